// SPDX-License-Identifier: Apache-2.0
/* Two changes of one text, joined; see join.h. */
#include "web/join.h"

#include <string.h>

#include "base/yaml.h"
#include "web/merge.h"

static const struct node *read_tree(struct arena *a, const char *text)
{
    struct diag_list d = {0};
    int file = yaml_text(&d, "text", text, strlen(text));
    const struct node *root = file < 0 ? NULL : yaml_parse(a, &d, (uint32_t)file);
    diag_fini(&d);
    return root;
}

static int is_nothing(const struct node *n)
{
    return n == NULL || node_is_null(n);
}

static const struct node *get(const struct node *n, const char *key)
{
    return n && n->kind == NODE_MAPPING ? node_get(n, key) : NULL;
}

/* ---- deeds ---------------------------------------------------------------------- */

/* STEM1, STEM2, ...: the first that neither text has in a section. */
static const char *free_id(struct arena *a, const struct deed *d, const char *text,
                           const char *beside)
{
    const struct node *here = get(read_tree(a, text), d->path);
    const struct node *there = *beside ? get(read_tree(a, beside), d->path) : NULL;
    for (unsigned n = 1;; n++) {
        const char *id = arena_printf(a, "%s%u", d->id, n);
        if (get(here, id) == NULL && get(there, id) == NULL) return id;
    }
}

static enum text_edit_result do_one(const struct deed *d, const struct buf *text,
                                    const char *beside, struct buf *out)
{
    struct arena a = {0};
    const char *s = buf_text(text), *id = d->id;
    enum text_edit_result result;
    if (d->verb == DEED_ADD_NUMBERED) id = free_id(&a, d, s, beside);
    if (d->verb == DEED_SET)
        result = text_edit_set(s, text->len, d->path, d->value, out);
    else if (d->verb == DEED_DROP)
        result = text_edit_drop(s, text->len, d->path, out);
    else
        result = text_edit_add(s, text->len, d->path, id, d->value, out);
    arena_fini(&a);
    return result;
}

enum text_edit_result deeds_do(const struct deeds *deeds, const char *text,
                               const char *beside, struct buf *out, const char **failed)
{
    struct buf now = {0};
    enum text_edit_result result = EDIT_DONE;
    buf_str(&now, text);
    for (size_t i = 0; i < deeds->n && result == EDIT_DONE; i++) {
        struct buf next = {0};
        result = do_one(&deeds->items[i], &now, beside, &next);
        if (result == EDIT_DONE) {
            buf_fini(&now);
            now = next;
            continue;
        }
        buf_fini(&next);
        if (result == EDIT_TAKEN)
            result = EDIT_DONE;
        else
            *failed = deeds->items[i].path;
    }
    if (result == EDIT_DONE) buf_add(out, buf_text(&now), now.len);
    buf_fini(&now);
    return result;
}

/* ---- what is to come of it ------------------------------------------------------ */

enum { BASE, MINE, THEIRS, RESULT, N_TEXTS };
enum { ENTRY_DEPTH = 2 }; // an entry is a key of a section

/* One place in all texts; NULL where it is not. */
struct place_in_all {
    const struct node *of[N_TEXTS];
};

static int is_same(const struct node *a, const struct node *b)
{
    if (is_nothing(a) || is_nothing(b)) return is_nothing(a) && is_nothing(b);
    return node_means_same(a, b);
}

/* 1 if who alone changed an entry has changed it in the result. */
static int is_settled(const struct place_in_all *p)
{
    const struct node *base = p->of[BASE], *mine = p->of[MINE];
    const struct node *theirs = p->of[THEIRS];
    if (is_same(mine, base)) return is_same(p->of[RESULT], theirs);
    if (!is_same(theirs, base) && !is_same(mine, theirs)) return 0;
    return is_same(p->of[RESULT], mine);
}

/* The entry of that key. It is looked for from where the last one was found, since most
 * texts have their entries in the same order. */
static const struct node *find(const struct node *in, const struct node **near,
                               const char *key)
{
    if (is_nothing(in)) return NULL;
    const struct node *from = *near ? *near : in->first;
    for (const struct node *n = from; n; n = n->next)
        if (strcmp(n->key, key) == 0) return *near = n;
    for (const struct node *n = in->first; n != from; n = n->next)
        if (strcmp(n->key, key) == 0) return *near = n;
    return NULL;
}

static int are_settled(const struct place_in_all *p, int depth);

/* The entries of all four, by the keys of each. */
static int are_settled_within(const struct place_in_all *p, int depth)
{
    for (int t = 0; t < N_TEXTS; t++) {
        const struct node *near[N_TEXTS] = {NULL};
        if (is_nothing(p->of[t])) continue;
        for (const struct node *e = p->of[t]->first; e; e = e->next) {
            struct place_in_all below;
            for (int k = 0; k < N_TEXTS; k++)
                below.of[k] = find(p->of[k], &near[k], e->key);
            if (!are_settled(&below, depth - 1)) return 0;
        }
    }
    return 1;
}

static int are_settled(const struct place_in_all *p, int depth)
{
    int is_section = depth > 0;
    for (int k = 0; k < N_TEXTS; k++)
        is_section &= is_nothing(p->of[k]) || p->of[k]->kind == NODE_MAPPING;
    return is_section ? are_settled_within(p, depth) : is_settled(p);
}

/* 1 if what an entry says of the subject is said in the other text as well. */
static int is_said_alike(const struct node *e, const struct node *other,
                         const struct claim *c)
{
    const struct node *about = get(e, c->key);
    if (c->subject == NULL) return is_same(about, get(other, c->key));
    int is_about =
        about && about->kind == NODE_SCALAR && strcmp(about->text, c->subject) == 0;
    return !is_about || is_same(e, other);
}

/* 1 if the entries of `a` about the subject are in `b` as well. */
static int has_all_about(const struct node *a, const struct node *b,
                         const struct claim *c)
{
    const struct node *section = get(a, c->section), *other = get(b, c->section);
    if (is_nothing(section)) return 1;
    for (const struct node *e = section->first; e && e->key; e = e->next)
        if (!is_said_alike(e, get(other, e->key), c)) return 0;
    return 1;
}

/* 1 if they said nothing new of what my change is about. */
static int is_claim_free(const struct claim *c, const struct place_in_all *p)
{
    if (c->section == NULL) return 1;
    return has_all_about(p->of[BASE], p->of[THEIRS], c) &&
           has_all_about(p->of[THEIRS], p->of[BASE], c);
}

/* 1 if a text holds both changes and nothing else. */
static int is_joined(const struct join *join, const struct buf *text)
{
    struct arena a = {0};
    const char *const texts[] = {join->base, join->mine, join->theirs, buf_text(text)};
    struct place_in_all all;
    int is_read = 1;
    for (int k = 0; k < N_TEXTS; k++) {
        all.of[k] = read_tree(&a, texts[k]);
        is_read &= all.of[k] != NULL;
    }
    int good =
        is_read && are_settled(&all, ENTRY_DEPTH) && is_claim_free(&join->claim, &all);
    arena_fini(&a);
    return good;
}

/* ---- joining -------------------------------------------------------------------- */

static int by_lines(const struct join *join, struct buf *out)
{
    struct arena a = {0};
    struct merge merge = merge_texts(&a, join->base, join->mine, join->theirs);
    if (merge.n_conflicts == 0) merge_write(&merge, NULL, out);
    arena_fini(&a);
    return merge.n_conflicts == 0;
}

static int by_deeds(const struct join *join, struct buf *out)
{
    const char *failed;
    return join->deeds.n &&
           deeds_do(&join->deeds, join->theirs, join->base, out, &failed) == EDIT_DONE;
}

int join_texts(const struct join *join, struct buf *out)
{
    int (*const ways[])(const struct join *, struct buf *) = {by_lines, by_deeds};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct buf text = {0};
        int good = ways[i](join, &text) && is_joined(join, &text);
        if (good) buf_add(out, buf_text(&text), text.len);
        buf_fini(&text);
        if (good) return 1;
    }
    return 0;
}
