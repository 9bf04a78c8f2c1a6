// SPDX-License-Identifier: Apache-2.0
/*
 * Changes in the text of a model; see merge.h. The tree says where keys begin; where
 * they end follows from indentation, which is what makes block style block style. Edits
 * are collected as ranges of lines and applied in one go.
 */
#include "exchange/merge.h"

#include <stdlib.h>
#include <string.h>

#include "base/schema.h"
#include "exchange/grid.h"

struct want *want_add(struct arena *a, struct want *parent, const char *key,
                      source from)
{
    struct want *w = arena_alloc(a, sizeof *w);
    w->key = key;
    w->from = from;
    if (parent->last)
        parent->last->next = w;
    else
        parent->first = w;
    parent->last = w;
    return w;
}

struct want *want_get(const struct want *parent, const char *key)
{
    for (struct want *w = parent->first; w; w = w->next)
        if (strcmp(w->key, key) == 0) return w;
    return NULL;
}

// ---- the text in lines --------------------------------------------------------------

struct span_of_lines {
    const char *text;
    size_t len;
};

/* Lines [from, to) are replaced by those of `in`; from == to: inserted before. */
struct edit {
    size_t from, to;
    struct merged in;
    size_t number; // in the order in which they were made
};

struct merging {
    struct span_of_lines *lines; // of the text, from 0
    size_t n, cap;
    struct edit *edits;
    size_t n_edits, cap_edits;
    struct {
        size_t line;
        source from;
    } * marks; // old lines where entries begin
    size_t n_marks, cap_marks;
    struct arena *arena;
    uint32_t file;
    int is_partial;
};

static void split(struct merging *m, const char *text, size_t len)
{
    while (len) {
        const char *end = memchr(text, '\n', len);
        size_t n = end ? (size_t)(end - text) : len;
        struct span_of_lines *line = mem_push(&m->lines, &m->n, &m->cap, sizeof *line);
        *line = (struct span_of_lines){text, n};
        n += end != NULL;
        text += n;
        len -= n;
    }
}

static size_t indent_of(const struct span_of_lines *line)
{
    size_t n = 0;
    while (n < line->len && line->text[n] == ' ')
        n++;
    return n;
}

/* Nothing, or a comment. */
static int is_bare(const struct span_of_lines *line)
{
    size_t n = indent_of(line);
    return n >= line->len || line->text[n] == '#' || line->text[n] == '\r';
}

/* "- " as deep as its key belongs to it. */
static int is_dash(const struct span_of_lines *line, size_t indent)
{
    return indent < line->len && line->text[indent] == '-' &&
           (indent + 1 == line->len || line->text[indent + 1] == ' ');
}

/* A line that opens a block scalar: what is deeper is text, whatever it begins with. */
static int opens_scalar(const struct span_of_lines *line)
{
    size_t n = line->len;
    while (n && strchr(" \r0123456789+-", line->text[n - 1]))
        n--;
    return n > 1 && strchr("|>", line->text[n - 1]) && line->text[n - 2] == ' ';
}

static int is_empty(const struct span_of_lines *line)
{
    size_t n = indent_of(line);
    return n >= line->len || line->text[n] == '\r';
}

/* The line after the last that belongs to a key on line `at`, indented so deep. */
static size_t end_of(const struct merging *m, size_t at, size_t indent)
{
    size_t end = at + 1, text = indent; // what is deeper than `text` is of a scalar
    int in_text = opens_scalar(&m->lines[at]);
    for (size_t i = at + 1; i < m->n; i++) {
        const struct span_of_lines *line = &m->lines[i];
        size_t deep = indent_of(line);
        if (in_text && !is_empty(line)) {
            in_text = deep > text;
            if (in_text) end = i + 1;
        }
        if (in_text || is_bare(line)) continue;
        in_text = opens_scalar(line);
        text = deep;
        if (deep < indent || (deep == indent && !is_dash(line, indent))) break;
        end = i + 1;
    }
    return end;
}

// ---- new lines ----------------------------------------------------------------------

static void add_line(struct merged *to, const char *text, source from)
{
    struct merge_line *line = mem_push(&to->lines, &to->n, &to->cap, sizeof *line);
    *line = (struct merge_line){text, strlen(text), 0, from};
}

static const char *key_of(struct arena *a, const char *key)
{
    struct buf out = {0};
    if (schema_is_id(key) && yaml_plain_type(key) == SCALAR_TEXT)
        buf_str(&out, key);
    else
        schema_quote(&out, key);
    const char *s = arena_str(a, buf_text(&out));
    buf_fini(&out);
    return s;
}

/* 1 if anything is to be written of it. */
static int is_something(const struct want *w)
{
    if (w->yaml) return 1;
    for (const struct want *child = w->first; child; child = child->next)
        if (is_something(child)) return 1;
    return 0;
}

static void put_want(struct merging *m, const struct want *w, size_t indent,
                     struct merged *to)
{
    m->is_partial |= w->is_old;
    if (!is_something(w)) return;
    add_line(to,
             arena_printf(m->arena, "%*s%s:%s%s", (int)indent, "",
                          key_of(m->arena, w->key), w->yaml ? " " : "",
                          w->yaml ? w->yaml : ""),
             w->from);
    for (const struct want *child = w->first; child && !w->yaml; child = child->next)
        put_want(m, child, indent + 2, to);
}

// ---- edits --------------------------------------------------------------------------

static struct merged *add_edit(struct merging *m, size_t from, size_t to)
{
    struct edit *e = mem_push(&m->edits, &m->n_edits, &m->cap_edits, sizeof *e);
    e->from = from;
    e->to = to;
    e->number = m->n_edits;
    return &e->in;
}

/* 1 if every key of a mapping begins a line of this file, all as deep as the first. */
static int is_block(const struct merging *m, const struct node *mapping)
{
    const struct node *e = mapping->first;
    if (mapping->kind != NODE_MAPPING || e == NULL) return 0;
    size_t column = e->key_column;
    if (mapping->key && e->key_line <= mapping->key_line) return 0; // as of an alias
    for (uint32_t i = 0; i < mapping->n && e; i++, e = e->next) {
        size_t at = e->key_line - 1;
        if (e->at.file != m->file || e->key_column != column || at >= m->n) return 0;
        if (indent_of(&m->lines[at]) != column - 1) return 0;
    }
    const struct span_of_lines *line = &m->lines[mapping->at.line - 1];
    size_t at = text_offset(line->text, line->len, mapping->at.column - 1);
    return at >= line->len || line->text[at] != '{';
}

static void mark(struct merging *m, size_t line, source from)
{
    size_t k = m->n_marks;
    mem_push(&m->marks, &m->n_marks, &m->cap_marks, sizeof *m->marks);
    m->marks[k].line = line;
    m->marks[k].from = from;
}

static void merge(struct merging *m, const struct node *mapping,
                  const struct want *wants);

static const char *node_yaml(struct arena *a, const struct node *n)
{
    struct buf out = {0};
    grid_node(n, &out);
    const char *s = arena_strn(a, buf_text(&out), out.len);
    buf_fini(&out);
    return s;
}

/* A mapping in flow style, or an alias, anew: what it has and what is wanted. */
static void put_both(struct merging *m, const struct node *n, const struct want *w,
                     size_t indent, struct merged *to)
{
    add_line(
        to, arena_printf(m->arena, "%*s%s:", (int)indent, "", key_of(m->arena, w->key)),
        w->from);
    const struct node *e = n->first;
    for (uint32_t i = 0; i < n->n && e; i++, e = e->next) {
        const struct want *wanted = want_get(w, e->key);
        if (wanted == NULL)
            add_line(to,
                     arena_printf(m->arena, "%*s%s: %s", (int)indent + 2, "",
                                  key_of(m->arena, e->key), node_yaml(m->arena, e)),
                     w->from);
        else if (wanted->first && !wanted->yaml && e->kind == NODE_MAPPING)
            put_both(m, e, wanted, indent + 2, to);
        else
            put_want(m, wanted, indent + 2, to);
    }
    for (const struct want *child = w->first; child; child = child->next)
        if (node_get(n, child->key) == NULL) put_want(m, child, indent + 2, to);
}

/* What has keys in the text and in the wants: key by key, where that can be. */
static void merge_entry(struct merging *m, const struct node *n, const struct want *w)
{
    size_t at = n->key_line - 1, indent = n->key_column - 1u;
    mark(m, at, w->from);
    if (is_block(m, n))
        merge(m, n, w);
    else if (n->kind == NODE_MAPPING)
        put_both(m, n, w, indent, add_edit(m, at, end_of(m, at, indent)));
    else if (n->kind == NODE_SCALAR && node_is_null(n)) {
        struct want here = *w;
        here.is_old = 0;
        put_want(m, &here, indent, add_edit(m, at, end_of(m, at, indent)));
    } else if (w->first)
        m->is_partial = 1;
}

static void merge_key(struct merging *m, const struct node *n, const struct want *w)
{
    if (n->at.file != m->file) {
        m->is_partial = 1;
        return;
    }
    size_t at = n->key_line - 1, indent = n->key_column - 1u;
    if (w->first && w->yaml == NULL)
        merge_entry(m, n, w);
    else
        put_want(m, w, indent, add_edit(m, at, end_of(m, at, indent)));
}

/* First what is there, then what is new: so that what is new within the last key comes
 * before what is new beside it. */
static void merge(struct merging *m, const struct node *mapping,
                  const struct want *wants)
{
    size_t end = 0, indent = 0;
    const struct node *e = mapping->first;
    for (uint32_t i = 0; i < mapping->n && e; i++, e = e->next) {
        const struct want *w = want_get(wants, e->key);
        indent = e->key_column - 1u;
        size_t after = end_of(m, e->key_line - 1, indent);
        end = after > end ? after : end;
        if (w) merge_key(m, e, w);
    }
    for (const struct want *w = wants->first; w; w = w->next)
        if (node_get(mapping, w->key) == NULL && is_something(w)) {
            struct merged *to = add_edit(m, end, end);
            if (indent == 0 && w->yaml == NULL) add_line(to, "", 0);
            put_want(m, w, indent, to);
        }
}

// ---- the whole ----------------------------------------------------------------------

static int compare_edits(const void *a, const void *b)
{
    const struct edit *x = a, *y = b;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    // what is inserted at a place comes before what replaces from there on
    if ((x->to == x->from) != (y->to == y->from)) return x->to == x->from ? -1 : 1;
    return x->number < y->number ? -1 : 1;
}

static int compare_marks(const void *a, const void *b)
{
    const size_t *x = a, *y = b; // begin with the line
    return *x < *y ? -1 : *x > *y;
}

static void copy_old(const struct merging *m, size_t from, size_t to,
                     struct merged *out)
{
    for (size_t i = from; i < to; i++) {
        struct merge_line *line =
            mem_push(&out->lines, &out->n, &out->cap, sizeof *line);
        const size_t wanted = i;
        const void *found = m->n_marks ? bsearch(&wanted, m->marks, m->n_marks,
                                                 sizeof *m->marks, compare_marks)
                                       : NULL;
        line->text = m->lines[i].text;
        line->len = m->lines[i].len;
        line->line = (uint32_t)i + 1;
        if (found)
            line->from = m->marks[((const char *)found - (const char *)m->marks) /
                                  (ptrdiff_t)sizeof *m->marks]
                             .from;
    }
}

static void apply(struct merging *m, struct merged *out)
{
    size_t at = 0;
    if (m->n_edits) qsort(m->edits, m->n_edits, sizeof *m->edits, compare_edits);
    if (m->n_marks) qsort(m->marks, m->n_marks, sizeof *m->marks, compare_marks);
    for (size_t i = 0; i < m->n_edits; i++) {
        struct edit *e = &m->edits[i];
        if (e->from < at) { // two keys on one line: not as block style has it
            out->is_partial = 1;
            continue;
        }
        copy_old(m, at, e->from, out);
        for (size_t k = 0; k < e->in.n; k++) {
            struct merge_line *line =
                mem_push(&out->lines, &out->n, &out->cap, sizeof *line);
            *line = e->in.lines[k];
        }
        at = e->to;
    }
    copy_old(m, at, m->n, out);
}

void merge_text(struct merged *out, const char *text, size_t len,
                const struct node *root, const struct want *wants, struct arena *a)
{
    struct merging m = {.arena = a, .file = root->at.file};
    *out = (struct merged){0};
    split(&m, text, len);
    if (is_block(&m, root))
        merge(&m, root, wants);
    else
        m.is_partial = 1;
    apply(&m, out);
    out->is_partial |= m.is_partial;
    for (size_t i = 0; i < m.n_edits; i++)
        free(m.edits[i].in.lines);
    free(m.edits);
    free(m.marks);
    free(m.lines);
}

void merged_fini(struct merged *m)
{
    free(m->lines);
    *m = (struct merged){0};
}

void merged_text(const struct merged *m, struct buf *out)
{
    for (size_t i = 0; i < m->n; i++) {
        buf_add(out, m->lines[i].text, m->lines[i].len);
        buf_char(out, '\n');
    }
}
