// SPDX-License-Identifier: Apache-2.0
/*
 * Leaves one language of a document. Every text becomes the same in both, so that the
 * writer of HTML, which puts both into the page, writes each once: half the bytes, and
 * nothing to hide for readers that lay out what is hidden as well.
 */
#include "page/doc.h"

#include <string.h>

static void only_text(struct text *t, enum lang lang)
{
    if (t->in[LANG_EN] && t->in[LANG_JA]) *t = text_same(t->in[lang]);
}

static void only_lines(struct doc_lines *lines, enum lang lang)
{
    for (struct doc_line *line = lines->first; line; line = line->next)
        for (struct doc_span *s = line->first; s; s = s->next)
            only_text(&s->text, lang);
}

static void only_group(struct doc_group *g, enum lang lang)
{
    only_text(&g->title, lang);
    only_text(&g->detail, lang);
    for (struct doc_row *row = g->first; row; row = row->next)
        for (struct doc_cell *cell = row->first; cell; cell = cell->next)
            only_lines(&cell->lines, lang);
}

/* Columns are borrowed, mostly from constants: the table gets its own. */
static void only_table(struct doc *doc, struct doc_table *t, enum lang lang)
{
    struct doc_column *own = arena_array(doc->arena, t->n_columns, sizeof *own);
    if (t->n_columns) memcpy(own, t->columns, t->n_columns * sizeof *own);
    for (size_t c = 0; c < t->n_columns; c++)
        only_text(&own[c].title, lang);
    t->columns = own;
    only_text(&t->caption, lang);
    for (struct doc_group *g = t->first; g; g = g->next)
        only_group(g, lang);
}

static void only_figure(struct doc *doc, struct doc_figure *f, enum lang lang)
{
    only_text(&f->caption, lang);
    if (f->table) only_table(doc, f->table, lang);
    if (f->svg[lang] == NULL) return;
    for (int other = 0; other < N_LANGS; other++)
        if (other != (int)lang) f->svg[other] = NULL;
}

static void only_facts(struct doc_facts *facts, enum lang lang)
{
    for (struct doc_fact *f = facts->first; f; f = f->next) {
        only_text(&f->name, lang);
        only_lines(&f->value, lang);
    }
}

static void only_block(struct doc *doc, struct doc_block *b, enum lang lang)
{
    only_text(&b->heading, lang);
    only_lines(&b->aside, lang);
    only_lines(&b->lines, lang);
    if (b->table) only_table(doc, b->table, lang);
    if (b->figure) only_figure(doc, b->figure, lang);
    if (b->facts) only_facts(b->facts, lang);
    for (struct doc_block *child = b->first; child; child = child->next)
        only_block(doc, child, lang);
}

void doc_only(struct doc *doc, enum lang lang)
{
    only_text(&doc->title, lang);
    only_block(doc, &doc->root, lang);
}
