// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Who has a stake in the system, and what they are to each other. Boxes and labels of
 * relations are both nodes for Graphviz (each relation is an arrow in two pieces, with
 * its label between), so that no label covers anything.
 */
#include "page/figure_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NAME_WIDTH  150.0
#define LABEL_WIDTH 150.0
#define MARGIN      14.0

enum { MAX_STAKEHOLDERS = 40, MAX_RELATIONS = 90 };

/* A relation, or several of one kind between the same two. */
struct bond {
    const struct relation *relation;
    struct label kind, what;
    double width, height;
};

struct circle {
    const struct assessment *a;
    struct arena arena;
    enum lang lang;
    struct box *boxes;
    struct bond *bonds;
    size_t n_boxes, n_bonds;
    size_t n_hidden;  // stakeholders and relations beyond what is drawn
    uint32_t *box_of; // stakeholder -> box
    struct layout layout;
};

static const char *roles_text(struct circle *c, uint32_t mask)
{
    struct buf text = {0};
    for (size_t i = 0; i < roles.n; i++) {
        if (mask >> roles.items[i].value & 1)
            buf_printf(&text, "%s%s",
                       text.len ? (c->lang == LANG_JA ? "・" : ", ") : "",
                       text_in(roles.items[i].text, c->lang));
    }
    char *copy = arena_str(&c->arena, buf_text(&text));
    buf_fini(&text);
    return copy;
}

static void add_stakeholder(struct circle *c, uint32_t index)
{
    const struct model_data *m = &c->a->model->m;
    const struct stakeholder *s = LIST_AT(m->stakeholders, struct stakeholder, index);
    struct box *box = &c->boxes[c->n_boxes];
    int applicant = m->applicant.id && m->applicant.index == index;
    box->data_kind = "stakeholder";
    box->id = s->entry.id;
    box->title = name_or_id(&c->arena, s->name, s->entry.id, c->lang);
    box->name = name_label(&c->arena, box->title, NAME_WIDTH, 3);
    box->under =
        figure_label(&c->arena, roles_text(c, s->roles), SIZE_NOTE, 0, NAME_WIDTH, 3);
    box->border = 1.2;
    if (applicant) {
        box->look = BOX_ACCENT;
        box->over =
            figure_label(&c->arena, text_in(TEXT("applicant", "適用主体"), c->lang),
                         SIZE_NOTE, 0, NAME_WIDTH, 1);
    }
    box_measure(box, 120);
    c->box_of[index] = (uint32_t)c->n_boxes++;
}

/* Stakeholders in the order of their ids, the applicant first. */
static void add_stakeholders(struct circle *c)
{
    const struct model_data *m = &c->a->model->m;
    uint32_t n = m->stakeholders.n;
    c->box_of = arena_array(&c->arena, n + 1, sizeof *c->box_of);
    memset(c->box_of, 0xff, (n + 1) * sizeof *c->box_of);
    c->boxes = arena_array(&c->arena, MAX_STAKEHOLDERS, sizeof *c->boxes);
    if (m->applicant.id && m->applicant.index < n)
        add_stakeholder(c, m->applicant.index);
    // the map's rows are sorted by id; each stakeholder has one without a form of use
    for (uint32_t i = 0; i < c->a->map.n; i++) {
        const struct map_row *row = LIST_AT(c->a->map, struct map_row, i);
        if (row->form || c->box_of[row->stakeholder] != LAYOUT_NONE) continue;
        if (c->n_boxes < MAX_STAKEHOLDERS)
            add_stakeholder(c, row->stakeholder);
        else
            c->n_hidden++;
    }
}

static int compare_relations(const void *x, const void *y)
{
    const struct relation *a = *(const struct relation *const *)x;
    const struct relation *b = *(const struct relation *const *)y;
    int order = strcmp(a->from.id, b->from.id);
    order = order ? order : strcmp(a->to.id, b->to.id);
    order = order ? order : (int)a->kind - (int)b->kind;
    order = order ? order
                  : strcmp(text_in(a->description, LANG_EN),
                           text_in(b->description, LANG_EN));
    return order;
}

static void add_relations(struct circle *c)
{
    const struct list *all = &c->a->model->m.relations;
    const struct relation **sorted =
        arena_array(&c->arena, all->n + 1, sizeof(struct relation *));
    for (uint32_t i = 0; i < all->n; i++)
        sorted[i] = LIST_AT(*all, const struct relation, i);
    if (all->n > 0) qsort(sorted, all->n, sizeof *sorted, compare_relations);
    c->bonds = arena_array(&c->arena, MAX_RELATIONS, sizeof *c->bonds);
    for (uint32_t i = 0; i < all->n; i++) {
        const struct relation *r = sorted[i];
        uint32_t u = c->box_of[r->from.index], v = c->box_of[r->to.index];
        if (u == LAYOUT_NONE || v == LAYOUT_NONE || u == v ||
            c->n_bonds == MAX_RELATIONS) {
            c->n_hidden++;
            continue;
        }
        struct bond *b = &c->bonds[c->n_bonds++];
        b->relation = r;
        b->kind = figure_label(&c->arena,
                               text_in(choice_text(&relation_kinds, r->kind), c->lang),
                               SIZE_NOTE, 1, LABEL_WIDTH, 2);
        b->what = figure_label(&c->arena, text_in(r->description, c->lang), SIZE_NOTE,
                               0, LABEL_WIDTH, 4);
        b->width = fmax(b->kind.width, b->what.width) + 8;
        b->height = b->kind.height + b->what.height + 4;
    }
}

static void make_layout(struct circle *c)
{
    struct layout *l = &c->layout;
    l->n_nodes = c->n_boxes + c->n_bonds;
    l->n_edges = 2 * c->n_bonds;
    l->nodes = arena_array(&c->arena, l->n_nodes, sizeof *l->nodes);
    l->edges = arena_array(&c->arena, l->n_edges + 1, sizeof *l->edges);
    for (size_t i = 0; i < c->n_boxes; i++)
        l->nodes[i] = (struct layout_node){.width = c->boxes[i].width,
                                           .height = c->boxes[i].height,
                                           .zone = LAYOUT_NONE};
    for (size_t i = 0; i < c->n_bonds; i++) {
        const struct bond *b = &c->bonds[i];
        uint32_t label = (uint32_t)(c->n_boxes + i);
        l->nodes[label] = (struct layout_node){
            .width = b->width, .height = b->height, .zone = LAYOUT_NONE};
        uint32_t from = c->box_of[b->relation->from.index];
        uint32_t to = c->box_of[b->relation->to.index];
        // the applicant is on top whichever way a relation runs
        int up = from > to;
        l->edges[2 * i] = (struct layout_edge){.from = up ? to : from,
                                               .to = label,
                                               .head = up ? HEAD_FROM : HEAD_NONE,
                                               .weight = 2};
        l->edges[2 * i + 1] = (struct layout_edge){.from = label,
                                                   .to = up ? from : to,
                                                   .head = up ? HEAD_NONE : HEAD_TO,
                                                   .weight = 2};
    }
    layout_graphviz(l, 16, 22, &c->arena);
}

static void draw_bond(const struct circle *c, struct buf *out, size_t i, double x,
                      double y)
{
    const struct bond *b = &c->bonds[i];
    const struct layout_node *at = &c->layout.nodes[c->n_boxes + i];
    double middle = x + at->x + at->width / 2, top = y + at->y + 2;
    svg_label(out, middle, top, ANCHOR_MIDDLE, SVG_INK, &b->kind);
    svg_label(out, middle, top + b->kind.height, ANCHOR_MIDDLE, SVG_SOFT, &b->what);
}

static void draw_piece(struct circle *c, struct buf *out, const struct layout_edge *e,
                       double x, double y)
{
    struct point *points = arena_array(&c->arena, e->n_points + 1, sizeof *points);
    for (size_t i = 0; i < e->n_points; i++)
        points[i] = (struct point){e->points[i].x + x, e->points[i].y + y};
    svg_spline(out, points, e->n_points, (struct pen){NULL, SVG_LINE, 1.4, NULL});
    if (e->head != HEAD_NONE && e->n_points > 0)
        svg_arrow(out, (struct point){e->before_tip.x + x, e->before_tip.y + y},
                  (struct point){e->tip.x + x, e->tip.y + y}, 9, SVG_LINE);
}

/* The relations in words. */
static const char *circle_description(struct circle *c)
{
    struct buf text = {0};
    for (size_t i = 0; i < c->n_bonds; i++) {
        const struct relation *r = c->bonds[i].relation;
        buf_printf(&text, "%s → %s: %s. ", c->boxes[c->box_of[r->from.index]].title,
                   c->boxes[c->box_of[r->to.index]].title,
                   text_in(choice_text(&relation_kinds, r->kind), c->lang));
    }
    char *copy = arena_str(&c->arena, buf_text(&text));
    buf_fini(&text);
    return copy;
}

static void draw_circle(struct circle *c, struct buf *out)
{
    static const struct legend_item legend[] = {
        {SYMBOL_APPLICANT,
         {{"applicant of the framework", "フレームワークの適用主体"}}},
        {SYMBOL_ARROW,
         {{"relation, read in the direction of the arrow",
           "関係（矢印の向きに読む）"}}                              },
    };
    const struct layout *l = &c->layout;
    double width = fmax(l->width + 2 * MARGIN, 560), x = (width - l->width) / 2;
    double below = l->height + 2 * MARGIN + 4;
    const char *rest = "";
    if (c->n_hidden > 0) rest = arena_printf(&c->arena, "+ %zu", c->n_hidden);
    svg_open(out, "stakeholders", width, below + 26,
             text_in(TEXT("Stakeholders", "ステークホルダーの関係図"), c->lang),
             circle_description(c), c->lang);
    for (size_t i = 0; i < l->n_edges; i++)
        draw_piece(c, out, &l->edges[i], x, MARGIN);
    for (size_t i = 0; i < c->n_boxes; i++)
        box_draw(out, &c->boxes[i], x + l->nodes[i].x, MARGIN + l->nodes[i].y);
    for (size_t i = 0; i < c->n_bonds; i++)
        draw_bond(c, out, i, x, MARGIN);
    legend_draw(out, legend, 2, MARGIN, below, width - 80, c->lang);
    svg_text(out, width - MARGIN, below + 14, SIZE_NOTE, 0, ANCHOR_END, SVG_SOFT, rest);
    svg_close(out);
}

int figure_stakeholders(const struct assessment *a, enum lang lang, struct buf *out)
{
    struct circle c = {.a = a, .lang = lang};
    add_stakeholders(&c);
    int drawn = c.n_boxes > 0;
    if (drawn) {
        add_relations(&c);
        make_layout(&c);
        draw_circle(&c, out);
    }
    arena_fini(&c.arena);
    return drawn;
}
