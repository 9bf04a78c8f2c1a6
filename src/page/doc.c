// SPDX-License-Identifier: Apache-2.0
/*
 * Builders of the document tree: every one allocates in the document's arena and
 * appends to a list that keeps its last element, so building is linear.
 */
#include "page/doc.h"

#include <string.h>

struct doc *doc_new(struct arena *arena, struct text title)
{
    struct doc *doc = arena_alloc(arena, sizeof *doc);
    doc->arena = arena;
    doc->title = title;
    return doc;
}

void doc_fini(struct doc *doc)
{
    strmap_fini(&doc->anchors);
}

const char *doc_claim(struct doc *doc, const char *anchor)
{
    uint32_t old;
    if (anchor == NULL) return NULL;
    return strmap_add(&doc->anchors, anchor, 0, &old) ? anchor : NULL;
}

int doc_leads(const struct doc *doc, const char *target)
{
    uint32_t value;
    if (target == NULL) return 0;
    if (target[0] == '#') return strmap_get(&doc->anchors, target + 1, &value);
    return strncmp(target, "https://", 8) == 0 || strncmp(target, "http://", 7) == 0;
}

void doc_plain(const struct doc_line *line, enum lang lang, struct buf *out)
{
    for (const struct doc_span *s = line->first; s; s = s->next)
        buf_str(out, s->kind == DOC_MARK ? s->target : text_in(s->text, lang));
}

// ---- blocks -------------------------------------------------------------------------

struct doc_block *doc_block(struct doc *doc, struct doc_block *parent,
                            enum doc_block_kind kind)
{
    struct doc_block *b = arena_alloc(doc->arena, sizeof *b);
    if (parent == NULL) parent = &doc->root;
    b->kind = (uint8_t)kind;
    b->parent = parent;
    if (parent->last)
        parent->last->next = b;
    else
        parent->first = b;
    parent->last = b;
    return b;
}

static struct doc_block *new_section(struct doc *doc, struct doc_block *parent,
                                     const char *anchor, struct text heading,
                                     const char *number)
{
    struct doc_block *b = doc_block(doc, parent, DOC_SECTION);
    b->depth = (uint8_t)(b->parent->depth + 1);
    b->heading = heading;
    b->number = number;
    b->anchor = doc_claim(doc, anchor);
    return b;
}

struct doc_block *doc_chapter(struct doc *doc, const char *anchor, struct text heading)
{
    const char *number = arena_printf(doc->arena, "%u", ++doc->n_chapters);
    return new_section(doc, NULL, anchor, heading, number);
}

struct doc_block *doc_appendix(struct doc *doc, const char *anchor, struct text heading)
{
    char letter = (char)('A' + doc->n_appendices++ % 26);
    return new_section(doc, NULL, anchor, heading, arena_strn(doc->arena, &letter, 1));
}

struct doc_block *doc_front(struct doc *doc, const char *anchor, struct text heading)
{
    return new_section(doc, NULL, anchor, heading, NULL);
}

struct doc_block *doc_section(struct doc *doc, struct doc_block *parent,
                              const char *anchor, struct text heading)
{
    const char *number = NULL;
    parent->n_sections++;
    if (parent->number)
        number = arena_printf(doc->arena, "%s.%u", parent->number, parent->n_sections);
    return new_section(doc, parent, anchor, heading, number);
}

struct doc_line *doc_say(struct doc *doc, struct doc_block *parent,
                         enum doc_block_kind kind, struct text text)
{
    struct doc_block *b = doc_block(doc, parent, kind);
    struct doc_line *line = doc_line(doc, &b->lines);
    doc_text(doc, line, text);
    return line;
}

struct doc_block *doc_folded(struct doc *doc, struct doc_block *parent,
                             const char *anchor, struct text heading)
{
    struct doc_block *b = doc_block(doc, parent, DOC_FOLDED);
    b->heading = heading;
    b->anchor = doc_claim(doc, anchor);
    return b;
}

struct doc_figure *doc_figure(struct doc *doc, struct doc_block *parent,
                              struct text caption)
{
    struct doc_block *b = doc_block(doc, parent, DOC_FIGURE);
    b->figure = arena_alloc(doc->arena, sizeof *b->figure);
    b->figure->caption = caption;
    if (!text_empty(caption)) b->figure->number = ++doc->n_figures;
    return b->figure;
}

struct doc_fact *doc_fact(struct doc *doc, struct doc_block *facts, struct text name)
{
    struct doc_fact *f = arena_alloc(doc->arena, sizeof *f);
    if (facts->facts == NULL)
        facts->facts = arena_alloc(doc->arena, sizeof *facts->facts);
    f->name = name;
    if (facts->facts->last)
        facts->facts->last->next = f;
    else
        facts->facts->first = f;
    facts->facts->last = f;
    return f;
}

// ---- lines --------------------------------------------------------------------------

struct doc_line *doc_line(struct doc *doc, struct doc_lines *lines)
{
    struct doc_line *line = arena_alloc(doc->arena, sizeof *line);
    if (lines->last)
        lines->last->next = line;
    else
        lines->first = line;
    lines->last = line;
    lines->n++;
    return line;
}

struct doc_line *doc_item(struct doc *doc, struct doc_lines *lines)
{
    struct doc_line *line = doc_line(doc, lines);
    line->bullet = 1;
    return line;
}

static struct doc_span *new_span(struct doc *doc, struct doc_line *line,
                                 enum doc_span_kind kind, struct text text)
{
    struct doc_span *span = arena_alloc(doc->arena, sizeof *span);
    span->kind = (uint8_t)kind;
    span->text = text;
    if (line->last)
        line->last->next = span;
    else
        line->first = span;
    line->last = span;
    return span;
}

void doc_text(struct doc *doc, struct doc_line *line, struct text text)
{
    if (!text_empty(text)) new_span(doc, line, DOC_TEXT, text);
}

void doc_strong(struct doc *doc, struct doc_line *line, struct text text)
{
    if (!text_empty(text)) new_span(doc, line, DOC_TEXT, text)->flags = DOC_STRONG;
}

void doc_soft(struct doc *doc, struct doc_line *line, struct text text)
{
    if (!text_empty(text)) new_span(doc, line, DOC_TEXT, text)->flags = DOC_SOFT;
}

void doc_whole(struct doc *doc, struct doc_line *line, struct text text)
{
    if (!text_empty(text)) new_span(doc, line, DOC_TEXT, text)->flags = DOC_WHOLE;
}

void doc_link(struct doc *doc, struct doc_line *line, struct text text,
              const char *target)
{
    if (!text_empty(text)) new_span(doc, line, DOC_LINK, text)->target = target;
}

void doc_badge(struct doc *doc, struct doc_line *line, struct text text,
               enum doc_tone tone)
{
    if (!text_empty(text)) new_span(doc, line, DOC_BADGE, text)->tone = (uint8_t)tone;
}

void doc_code(struct doc *doc, struct doc_line *line, const char *id)
{
    if (id) new_span(doc, line, DOC_CODE, TEXT(id, id));
}

void doc_name(struct doc *doc, struct doc_line *line, const char *name)
{
    if (name) new_span(doc, line, DOC_NAME, TEXT(name, name));
}

void doc_mark(struct doc *doc, struct doc_line *line, const char *sign,
              struct text meaning)
{
    new_span(doc, line, DOC_MARK, meaning)->target = sign;
}

// ---- tables -------------------------------------------------------------------------

struct doc_group *doc_group(struct doc *doc, struct doc_table *table, struct text title)
{
    struct doc_group *g = arena_alloc(doc->arena, sizeof *g);
    g->title = title;
    if (table->last && table->last->n_rows == 0 && text_empty(table->last->title)) {
        *table->last = *g; // the nameless group was not needed
        return table->last;
    }
    if (table->last)
        table->last->next = g;
    else
        table->first = g;
    table->last = g;
    return g;
}

static struct doc_table *new_table(struct doc *doc, const struct doc_column *columns,
                                   size_t n_columns)
{
    struct doc_table *t = arena_alloc(doc->arena, sizeof *t);
    t->columns = columns;
    t->n_columns = n_columns;
    doc_group(doc, t, TEXT(NULL, NULL));
    return t;
}

struct doc_table *doc_table(struct doc *doc, struct doc_block *parent,
                            struct text caption, const struct doc_column *columns,
                            size_t n_columns, unsigned flags)
{
    struct doc_block *b = doc_block(doc, parent, DOC_TABLE);
    struct doc_table *t = b->table = new_table(doc, columns, n_columns);
    t->caption = caption;
    t->flags = flags;
    if (!text_empty(caption)) t->number = ++doc->n_tables;
    return t;
}

struct doc_table *doc_figure_table(struct doc *doc, struct doc_figure *figure,
                                   const struct doc_column *columns, size_t n_columns)
{
    return figure->table = new_table(doc, columns, n_columns);
}

struct doc_row *doc_row(struct doc *doc, struct doc_table *table, const char *anchor)
{
    struct doc_row *row = arena_alloc(doc->arena, sizeof *row);
    struct doc_group *g = table->last;
    row->anchor = doc_claim(doc, anchor);
    if (g->last)
        g->last->next = row;
    else
        g->first = row;
    g->last = row;
    g->n_rows++;
    table->n_rows++;
    return row;
}

struct doc_cell *doc_cell(struct doc *doc, struct doc_table *table)
{
    struct doc_cell *cell = arena_alloc(doc->arena, sizeof *cell);
    struct doc_row *row = table->last->last;
    if (row->last)
        row->last->next = cell;
    else
        row->first = cell;
    row->last = cell;
    row->n_cells++;
    return cell;
}

struct doc_line *doc_cell_line(struct doc *doc, struct doc_cell *cell)
{
    return cell->lines.last ? cell->lines.last : doc_line(doc, &cell->lines);
}

struct doc_line *doc_cell_text(struct doc *doc, struct doc_table *table,
                               struct text text)
{
    struct doc_line *line = doc_cell_line(doc, doc_cell(doc, table));
    doc_text(doc, line, text);
    return line;
}
