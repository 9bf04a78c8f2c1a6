// SPDX-License-Identifier: Apache-2.0
/* The tables of a document as JSON; see doc_json.h. */
#include "page/doc_json.h"

#include "base/json.h"

struct writer {
    struct json json;
    enum lang lang;
    struct buf text; // of the cell at hand
};

static void put_lines(struct writer *w, const struct doc_lines *lines)
{
    w->text.len = 0;
    for (const struct doc_line *line = lines->first; line; line = line->next) {
        doc_plain(line, w->lang, &w->text);
        if (line->next) buf_char(&w->text, '\n');
    }
    buf_char(&w->text, '\0');
    json_string(&w->json, w->text.data);
}

static void put_row(struct writer *w, const struct doc_row *row, size_t n)
{
    static const struct doc_lines none;
    const struct doc_cell *c = row->first;
    json_open(&w->json, '[');
    for (size_t i = 0; i < n; i++) {
        put_lines(w, c ? &c->lines : &none);
        c = c ? c->next : NULL;
    }
    json_close(&w->json, ']');
}

static void put_table(struct writer *w, const struct doc_table *t, struct text section)
{
    struct json *j = &w->json;
    json_open(j, '{');
    json_put(j, "section", text_in(section, w->lang));
    json_put(j, "caption", text_in(t->caption, w->lang));
    json_in(j, "columns", '[');
    for (size_t c = 0; c < t->n_columns; c++)
        json_string(j, text_in(t->columns[c].title, w->lang));
    json_close(j, ']');
    json_in(j, "rows", '[');
    for (const struct doc_group *g = t->first; g; g = g->next)
        for (const struct doc_row *row = g->first; row; row = row->next)
            put_row(w, row, t->n_columns);
    json_close(j, ']');
    json_close(j, '}');
}

static void put_block(struct writer *w, const struct doc_block *b, struct text section)
{
    if (!text_empty(b->heading)) section = b->heading;
    if (b->table) put_table(w, b->table, section);
    for (const struct doc_block *child = b->first; child; child = child->next)
        put_block(w, child, section);
}

void doc_json(const struct doc *doc, enum lang lang, struct buf *out)
{
    struct writer w = {.json = json_on(out, 5), .lang = lang};
    json_open(&w.json, '{');
    json_put(&w.json, "schema", "urn:awai:schema:extract:1");
    json_put(&w.json, "title", text_in(doc->title, lang));
    json_in(&w.json, "tables", '[');
    put_block(&w, &doc->root, doc->title);
    json_close(&w.json, ']');
    json_close(&w.json, '}');
    buf_char(out, '\n');
    buf_fini(&w.text);
}
