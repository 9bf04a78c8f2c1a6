// SPDX-License-Identifier: Apache-2.0
/* Definitions and uses of identifiers; see mentions.h. */
#include "lsp/mentions.h"

#include <stdlib.h>
#include <string.h>

#define ASSETS "components|flows|zones"

/* What the subject of a decision may begin with, and what follows. */
static const struct {
    const char *prefix, *targets;
} subjects[] = {
    {"incident:",    "incidents"   },
    {"requirement:", "requirements"},
    {"map:",         "stakeholders"},
};

struct finder {
    struct mentions *m;
    const char *text;
};

static const char *definition_key(struct mentions *m, const char *section, size_t len,
                                  const char *id)
{
    return arena_printf(&m->arena, "%.*s/%s", (int)len, section, id);
}

static void add(struct mentions *m, struct mention mention)
{
    uint32_t index = (uint32_t)m->n;
    *(struct mention *)mem_push(&m->items, &m->n, &m->cap, sizeof mention) = mention;
    if (mention.is_definition)
        strmap_add(
            &m->definitions,
            definition_key(m, mention.targets, strlen(mention.targets), mention.id),
            index, NULL);
}

/* Without the quotes. */
static struct span inner(const struct finder *f, struct span at)
{
    char c = at.to > at.from ? f->text[at.from] : '\0';
    if (c != '"' && c != '\'') return at;
    at.from++;
    if (at.to > at.from && f->text[at.to - 1] == c) at.to--;
    return at;
}

/* One whose identifier is written as it is, without escapes. */
static void add_word(const struct finder *f, const struct spot *spot,
                     const char *targets, const char *id, struct span at,
                     int is_definition)
{
    at = inner(f, at);
    if (strlen(id) == at.to - at.from && at.to > at.from)
        add(f->m, (struct mention){targets, id, at, spot, (uint8_t)is_definition});
}

/* A part of a subject, `len` bytes from byte `from` of its text on. */
static void add_part(const struct finder *f, const struct spot *spot,
                     const char *targets, size_t from, size_t len)
{
    struct span at = inner(f, spot->at);
    if (len == 0 || strlen(spot->text) != at.to - at.from) return;
    const char *id = arena_strn(&f->m->arena, spot->text + from, len);
    at = (struct span){at.from + from, at.from + from + len};
    add(f->m, (struct mention){targets, id, at, spot, 0});
}

static void add_subject(const struct finder *f, const struct spot *spot)
{
    size_t len = strlen(spot->text);
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
        size_t n = strlen(subjects[i].prefix);
        if (strncmp(spot->text, subjects[i].prefix, n) != 0) continue;
        add_part(f, spot, subjects[i].targets, n, len - n);
        return;
    }
    const char *at = strchr(spot->text, '@');
    if (at == NULL) return;
    size_t n = (size_t)(at - spot->text);
    add_part(f, spot, "threats", 0, n);
    add_part(f, spot, ASSETS, n + 1, len - n - 1);
}

static void find_in(const struct finder *f, const struct spot *s)
{
    const struct field *map = s->parent ? s->parent->entries : NULL;
    if (map && s->key && !s->is_bare)
        add_word(f, s, map->target ? map->target : map->key, s->key, s->key_at,
                 map->target == NULL);
    if (s->kind != SPOT_SCALAR || s->field == NULL) return;
    if (s->field->type == FIELD_REF || s->field->type == FIELD_REFS)
        add_word(f, s, s->field->target, s->text, s->at, 0);
    if (s->field->flags & FIELD_SUBJECT) add_subject(f, s);
}

void mentions_make(struct mentions *m, const struct outline *o, const char *text)
{
    struct finder f = {m, text};
    for (const struct spot *s = o->root; s; s = outline_next(s))
        find_in(&f, s);
}

void mentions_fini(struct mentions *m)
{
    free(m->items);
    strmap_fini(&m->definitions);
    arena_fini(&m->arena);
    *m = (struct mentions){0};
}

const struct mention *mentions_at(const struct mentions *m, size_t byte)
{
    for (size_t i = 0; i < m->n; i++)
        if (span_holds(m->items[i].at, byte)) return &m->items[i];
    return NULL;
}

const struct mention *mentions_defined(const struct mentions *m, const char *section,
                                       size_t len, const char *id)
{
    struct buf key = {0};
    uint32_t index = 0;
    buf_printf(&key, "%.*s/%s", (int)len, section, id);
    int found = strmap_get(&m->definitions, buf_text(&key), &index);
    buf_fini(&key);
    return found ? &m->items[index] : NULL;
}

const struct mention *mentions_definition(const struct mentions *m, const char *targets,
                                          const char *id)
{
    const struct mention *found = NULL;
    for (const char *t = targets; *t && found == NULL;) {
        size_t len = strcspn(t, "|");
        found = mentions_defined(m, t, len, id);
        t += len + (t[len] == '|');
    }
    return found;
}
