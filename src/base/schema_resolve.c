// SPDX-License-Identifier: Apache-2.0
/* Resolves references by id; see schema.h. */
#include <string.h>

#include "base/limits.h"
#include "base/schema.h"

struct resolver {
    const struct scope *scopes;
    size_t n_scopes;
    struct arena *arena;
    struct diag_list *diags;
    size_t n_errors;
};

void schema_scope(struct scope *scope, const char *name, const struct list *entries,
                  size_t entry_size)
{
    scope->name = name;
    const char *item = entries->items;
    for (uint32_t i = 0; i < entries->n; i++, item += entry_size)
        strmap_add(&scope->ids, ((const struct entry *)(const void *)item)->id, i,
                   NULL);
}

/* The scope named by the len bytes at name, or NULL. */
static const struct scope *find_scope(const struct resolver *r, const char *name,
                                      size_t len)
{
    for (size_t i = 0; i < r->n_scopes; i++) {
        if (strlen(r->scopes[i].name) == len &&
            memcmp(r->scopes[i].name, name, len) == 0)
            return &r->scopes[i];
    }
    return NULL;
}

/* Nearest id over the scopes of a target, or NULL; scans all ids. */
static const char *nearest_id(const struct resolver *r, const char *target,
                              const char *id)
{
    const char *best = NULL;
    unsigned limit = (unsigned)(strlen(id) / 3 + 1);
    for (const char *t = target; *t;) {
        size_t len = strcspn(t, "|");
        const struct scope *s = find_scope(r, t, len);
        for (size_t i = 0; s && i < s->ids.cap && s->ids.cap <= 1u << 16; i++) {
            const char *key = s->ids.keys[i];
            if (key == NULL) continue;
            unsigned d = str_distance(id, key, limit);
            if (d > limit || (d == limit && best && strcmp(key, best) >= 0)) continue;
            limit = d;
            best = key;
        }
        t += len + (t[len] == '|');
    }
    return best;
}

/* Looks id up in the sections of target; 1 found, 0 not found, -1 not in these scopes.
 */
static int look_up(const struct resolver *r, const char *target, const char *id,
                   uint32_t *section, uint32_t *index)
{
    int known = 0;
    *section = 0;
    for (const char *t = target; *t; *section += 1) {
        size_t len = strcspn(t, "|");
        const struct scope *s = find_scope(r, t, len);
        known |= s != NULL;
        if (s && strmap_get(&s->ids, id, index)) return 1;
        t += len + (t[len] == '|');
    }
    return known ? 0 : -1;
}

static void not_found(struct resolver *r, const char *target, const char *id,
                      struct place at)
{
    r->n_errors++;
    int shown = r->diags->n_errors < LIMIT_ERRORS;
    const char *near = shown ? nearest_id(r, target, id) : NULL;
    const struct scope *first = find_scope(r, target, strcspn(target, "|"));
    if (!shown) {
        r->diags->n_errors++;
        r->diags->n_dropped++;
        return;
    }
    if (first && first->lister)
        DIAG_ADD(r->diags, CATALOG_REFERENCE, at, diag_quote(r->diags, id),
                 text_same(target), text_same(near), text_same(first->lister));
    else
        DIAG_ADD(r->diags, REFERENCE, at, diag_quote(r->diags, id), text_same(target),
                 text_same(near));
}

static void resolve_ref(struct resolver *r, const struct field *f, struct ref *ref)
{
    uint32_t section = 0, index = 0;
    if (ref->id == NULL) return;
    int found = look_up(r, f->target, ref->id, &section, &index);
    if (found == 0) not_found(r, f->target, ref->id, ref->at);
    if (found == 1) {
        ref->section = section;
        ref->index = index;
    }
}

static void resolve_key(struct resolver *r, const struct field *f, struct entry *e)
{
    uint32_t section = 0, index = 0;
    int found = look_up(r, f->target, e->id, &section, &index);
    if (found == 0) not_found(r, f->target, e->id, e->at);
    if (found == 1) e->key_index = index;
}

static void resolve_object(struct resolver *r, const struct shape *shape, void *object);

static void resolve_list(struct resolver *r, const struct field *f,
                         const struct list *list)
{
    const struct shape *shape = f->of;
    char *item = list->items;
    for (uint32_t i = 0; i < list->n; i++, item += shape->size) {
        if (f->type == FIELD_MAP && f->target)
            resolve_key(r, f, (struct entry *)(void *)item);
        resolve_object(r, shape, item);
    }
}

static void resolve_field(struct resolver *r, const struct field *f, void *slot)
{
    struct list *list = slot;
    switch (f->type) {
    case FIELD_REF: resolve_ref(r, f, slot); break;
    case FIELD_REFS:
        for (uint32_t i = 0; i < list->n; i++)
            resolve_ref(r, f, (struct ref *)list->items + i);
        break;
    case FIELD_STRUCT: resolve_object(r, f->of, slot); break;
    case FIELD_LIST:
    case FIELD_MAP: resolve_list(r, f, list); break;
    default: break;
    }
}

static void resolve_object(struct resolver *r, const struct shape *shape, void *object)
{
    for (size_t i = 0; i < shape->n_fields; i++)
        resolve_field(r, &shape->fields[i], (char *)object + shape->fields[i].offset);
}

size_t schema_resolve(const struct shape *shape, void *object,
                      const struct scope *scopes, size_t n_scopes, struct arena *a,
                      struct diag_list *d)
{
    struct resolver r = {scopes, n_scopes, a, d, 0};
    resolve_object(&r, shape, object);
    return r.n_errors;
}
