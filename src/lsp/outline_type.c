// SPDX-License-Identifier: Apache-2.0
/* Which row of the tables each key and value is of; the ways of schema.c. And whether
 * the outline is what the reader reads. */
#include <string.h>

#include "lsp/outline.h"
#include "lsp/outline_int.h"

static void type_value(struct spot *spot, const struct field *f);

/* A value of a shape, or where it is short, of its first key. */
static void type_object(struct spot *spot, const struct shape *shape, unsigned flags)
{
    if (flags & FIELD_SHORT && spot->kind != SPOT_MAPPING)
        type_value(spot, &shape->fields[0]);
    spot->shape = shape;
    if (spot->kind != SPOT_MAPPING) return;
    for (struct spot *e = spot->first; e; e = e->next) {
        const struct field *f = e->key ? schema_field(shape, e->key) : NULL;
        if (f) type_value(e, f);
    }
}

static void type_value(struct spot *spot, const struct field *f)
{
    spot->field = f;
    if (f->type == FIELD_STRUCT) type_object(spot, f->of, f->flags);
    if (f->type == FIELD_MAP) spot->entries = f;
    for (struct spot *e = spot->first; e; e = e->next) {
        if (f->type == FIELD_LIST && spot->kind == SPOT_SEQUENCE)
            type_object(e, f->of, f->flags);
        else if (f->type == FIELD_MAP && spot->kind == SPOT_MAPPING)
            type_object(e, f->of, f->flags);
        else if (f->type != FIELD_STRUCT && spot->kind == SPOT_SEQUENCE)
            e->field = f;
    }
}

void outline_type(struct spot *root, const struct shape *shape)
{
    type_object(root, shape, 0);
}

// ---- beside what was read

/* A place of the text that only moves on; lines and columns as the reader counts. */
struct walker {
    const char *text;
    size_t len, at;
    uint32_t line, column;
};

static void walk_to(struct walker *w, size_t byte)
{
    size_t used = 0;
    while (w->at < byte && w->at < w->len) {
        int is_break = w->text[w->at] == '\n' ||
                       (w->text[w->at] == '\r' &&
                        (w->at + 1 == w->len || w->text[w->at + 1] != '\n'));
        text_decode(w->text + w->at, w->len - w->at, &used);
        w->at += used;
        w->line += (uint32_t)is_break;
        w->column = is_break ? 1 : w->column + 1;
    }
}

static int is_at(struct walker *w, size_t byte, uint32_t line, uint32_t column)
{
    walk_to(w, byte);
    return w->at == byte && w->line == line && w->column == column;
}

static int is_one_line(const struct walker *w, struct span at)
{
    return memchr(w->text + at.from, '\n', at.to - at.from) == NULL &&
           memchr(w->text + at.from, '\\', at.to - at.from) == NULL;
}

static int agrees(struct walker *w, const struct spot *s, const struct node *n);

static int members_agree(struct walker *w, const struct spot *s, const struct node *n)
{
    const struct spot *a = s->first;
    const struct node *b = n->first;
    for (uint32_t i = 0; i < n->n && a && b; i++, a = a->next, b = b->next) {
        if (!agrees(w, a, b)) return 0;
        if (i + 1 == n->n) return a->next == NULL;
    }
    return n->n == 0 && a == NULL;
}

static int agrees(struct walker *w, const struct spot *s, const struct node *n)
{
    static const uint8_t kinds[] = {[NODE_SCALAR] = SPOT_SCALAR,
                                    [NODE_SEQUENCE] = SPOT_SEQUENCE,
                                    [NODE_MAPPING] = SPOT_MAPPING};
    if ((n->key != NULL) != (s->key != NULL)) return 0;
    if (n->key && (strcmp(n->key, s->key) != 0 ||
                   !is_at(w, s->key_at.from, n->key_line, n->key_column)))
        return 0;
    if (s->kind == SPOT_NOTHING)
        return n->kind == NODE_SCALAR && !n->quoted && n->text[0] == '\0';
    if (s->at.from < w->len && w->text[s->at.from] == '*')
        return s->kind == SPOT_SCALAR; // an alias
    if (s->kind != kinds[n->kind]) return 0;
    if (!is_at(w, s->at.from, n->at.line, n->at.column)) return 0;
    if (s->kind != SPOT_SCALAR) return members_agree(w, s, n);
    return s->is_block || !is_one_line(w, s->at) || strcmp(s->text, n->text) == 0;
}

int outline_agrees(const struct outline *o, const char *text, size_t len,
                   const struct node *root)
{
    static const char mark[] = "\xEF\xBB\xBF";
    struct walker w = {text, len, 0, 1, 1};
    if (len >= 3 && memcmp(text, mark, 3) == 0) w.at = 3;
    return agrees(&w, o->root, root);
}
