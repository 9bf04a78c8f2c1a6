// SPDX-License-Identifier: Apache-2.0
/*
 * An extract of a document; see doc_keep.h. Blocks are of three sorts: what stays
 * decides for itself (tables, lists, facts), words stay with what they explain, and
 * pictures of the whole go. Then anchors are counted anew, so that links to what has
 * gone become plain text.
 */
#include "page/doc_keep.h"

#include <stdlib.h>

static int is_own(const struct doc_keep *k, const char *anchor)
{
    return anchor && k->is_own(k->context, anchor);
}

static int is_kept(const struct doc_keep *k, const char *anchor)
{
    return anchor &&
           (k->is_own(k->context, anchor) || k->goes_along(k->context, anchor));
}

static int line_names(const struct doc_keep *k, const struct doc_line *line)
{
    if (is_own(k, line->anchor)) return 1;
    for (const struct doc_span *s = line->first; s; s = s->next)
        if (s->kind == DOC_LINK && s->target && s->target[0] == '#' &&
            is_own(k, s->target + 1))
            return 1;
    return 0;
}

static int lines_name(const struct doc_keep *k, const struct doc_lines *lines)
{
    for (const struct doc_line *line = lines->first; line; line = line->next)
        if (line_names(k, line)) return 1;
    return 0;
}

static int row_stays(const struct doc_keep *k, const struct doc_row *row)
{
    if (is_kept(k, row->anchor)) return 1;
    for (const struct doc_cell *c = row->first; c; c = c->next)
        if (is_own(k, c->anchor) || lines_name(k, &c->lines)) return 1;
    return 0;
}

/* A group that is a thing itself stays whole. */
static void keep_group(const struct doc_keep *k, struct doc_group *g)
{
    struct doc_row **link = &g->first, *row;
    if (is_own(k, g->anchor)) return;
    g->last = NULL;
    g->n_rows = 0;
    while ((row = *link) != NULL) {
        if (!row_stays(k, row)) {
            *link = row->next;
            continue;
        }
        g->last = row;
        g->n_rows++;
        link = &row->next;
    }
}

static int keep_table(const struct doc_keep *k, struct doc_table *t)
{
    struct doc_group **link = &t->first, *g;
    t->last = NULL;
    t->n_rows = 0;
    while ((g = *link) != NULL) {
        keep_group(k, g);
        if (g->n_rows == 0) {
            *link = g->next;
            continue;
        }
        t->last = g;
        t->n_rows += g->n_rows;
        link = &g->next;
    }
    return t->n_rows > 0;
}

static int keep_lines(const struct doc_keep *k, struct doc_lines *lines)
{
    struct doc_line **link = &lines->first, *line;
    lines->last = NULL;
    lines->n = 0;
    while ((line = *link) != NULL) {
        if (!line_names(k, line)) {
            *link = line->next;
            continue;
        }
        lines->last = line;
        lines->n++;
        link = &line->next;
    }
    return lines->n > 0;
}

static int keep_facts(const struct doc_keep *k, struct doc_facts *facts)
{
    struct doc_fact **link = &facts->first, *f;
    facts->last = NULL;
    while ((f = *link) != NULL) {
        if (!lines_name(k, &f->value)) {
            *link = f->next;
            continue;
        }
        facts->last = f;
        link = &f->next;
    }
    return facts->first != NULL;
}

/* Words that explain, naming nothing else, stay with what they explain. */
static int is_plain(const struct doc_lines *lines)
{
    for (const struct doc_line *line = lines->first; line; line = line->next)
        for (const struct doc_span *s = line->first; s; s = s->next)
            if (s->kind == DOC_LINK && s->target && s->target[0] == '#') return 0;
    return 1;
}

/* ALONE: stays without the words around it, which are about the whole. */
enum stay { GOES, EXPLAINS, ALONE, STAYS };

static int keep_children(const struct doc_keep *k, struct doc_block *b);

static enum stay judge(const struct doc_keep *k, struct doc_block *b)
{
    if (is_kept(k, b->anchor)) return STAYS;
    switch ((enum doc_block_kind)b->kind) {
    case DOC_COVER: return STAYS;
    case DOC_TABLE: return keep_table(k, b->table) ? STAYS : GOES;
    case DOC_LIST: return keep_lines(k, &b->lines) ? STAYS : GOES;
    case DOC_FACTS: return b->facts && keep_facts(k, b->facts) ? STAYS : GOES;
    case DOC_PARAGRAPH:
    case DOC_LEAD:
    case DOC_NOTE:
    case DOC_WARNING:
        if (lines_name(k, &b->lines)) return STAYS;
        return is_plain(&b->lines) ? EXPLAINS : GOES;
    case DOC_SECTION:
    case DOC_COLUMNS:
    case DOC_GROUP:
    case DOC_FOLDED: return keep_children(k, b) ? STAYS : GOES;
    case DOC_STEPS: return lines_name(k, &b->lines) ? STAYS : GOES;
    case DOC_FIGURE: return b->figure->is_part ? ALONE : GOES;
    case DOC_TILES: break;
    }
    return GOES;
}

static void unlink_goners(struct doc_block *b, const uint8_t *stays, int any)
{
    struct doc_block **link = &b->first, *child;
    b->last = NULL;
    for (size_t i = 0; (child = *link) != NULL; i++) {
        if (stays[i] == GOES || (stays[i] == EXPLAINS && !any)) {
            *link = child->next;
            continue;
        }
        b->last = child;
        link = &child->next;
    }
}

static int keep_children(const struct doc_keep *k, struct doc_block *b)
{
    size_t n = 0, i = 0;
    int any = 0, alone = 0;
    for (const struct doc_block *c = b->first; c; c = c->next)
        n++;
    uint8_t *stays = mem_alloc(n + 1);
    for (struct doc_block *c = b->first; c; c = c->next, i++) {
        stays[i] = (uint8_t)judge(k, c);
        any |= stays[i] == STAYS;
        alone |= stays[i] == ALONE;
    }
    unlink_goners(b, stays, any);
    free(stays);
    return any || alone;
}

// ---- anchors ------------------------------------------------------------------------

static void claim_lines(struct doc *doc, const struct doc_lines *lines)
{
    for (const struct doc_line *line = lines->first; line; line = line->next)
        doc_claim(doc, line->anchor);
}

static void claim_table(struct doc *doc, const struct doc_table *t)
{
    for (const struct doc_group *g = t->first; g; g = g->next) {
        doc_claim(doc, g->anchor);
        for (const struct doc_row *row = g->first; row; row = row->next) {
            doc_claim(doc, row->anchor);
            for (const struct doc_cell *c = row->first; c; c = c->next) {
                doc_claim(doc, c->anchor);
                claim_lines(doc, &c->lines);
            }
        }
    }
}

static void claim_block(struct doc *doc, const struct doc_block *b)
{
    doc_claim(doc, b->anchor);
    claim_lines(doc, &b->lines);
    claim_lines(doc, &b->aside);
    if (b->table) claim_table(doc, b->table);
    for (const struct doc_fact *f = b->facts ? b->facts->first : NULL; f; f = f->next)
        claim_lines(doc, &f->value);
    for (const struct doc_block *child = b->first; child; child = child->next)
        claim_block(doc, child);
}

void doc_keep(struct doc *doc, const struct doc_keep *keep)
{
    keep_children(keep, &doc->root);
    doc_reclaim(doc);
}

void doc_reclaim(struct doc *doc)
{
    strmap_fini(&doc->anchors);
    claim_block(doc, &doc->root);
}
