// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * A chain of attack steps as numbered boxes, in rows from left to right, each branch
 * in rows of its own. An arrow joins a box to the next where one step makes the other
 * possible; where a step needs others than the one before it, their numbers stand on
 * its border. In a chain, a step that needs all its parents has all of them, any other
 * step the one that came first.
 */
#include "page/figure_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BOX_WIDTH  148.0
#define GAP_X      28.0
#define GAP_Y      30.0
#define MARGIN     12.0
#define TEXT_WIDTH 111.0

enum { PER_ROW = 5, MAX_STEPS = 48, MAX_NEEDS = 12 };

static const char icon_flow[] = "M1.5 8h12M10 4.5L13.5 8 10 11.5";
static const char icon_burst[] = "M8 1.8l1.7 3.6 3.9-.9-1.7 3.6 2.7 2.9-4 .3-.6 3.9L8 "
                                 "11.8l-2 3.4-.6-3.9-4-.3 2.7-2.9"
                                 "L2.4 4.5l3.9.9z";

struct step_box {
    uint32_t node;
    struct box box;
    size_t needs[MAX_NEEDS]; // earlier steps, by place in the chain
    size_t n_needs, depth;
    int follows; // needs the one right before it
    double x, y;
    size_t column;
};

struct path {
    const struct assessment *a;
    struct arena arena;
    enum lang lang;
    struct step_box *steps;
    size_t n, n_hidden; // hidden: earlier steps that are left out
    size_t columns;
    double height;
};

/* ---- what needs what ---------------------------------------------------------- */

/* The place in the chain of a node before place `end`, or end. */
static size_t place_of(const struct path *p, uint32_t node, size_t end)
{
    for (size_t i = 0; i < end; i++) {
        if (p->steps[i].node == node) return i;
    }
    return end;
}

/* The same, looking through a joint (a node that stands for "any of these"). */
static size_t place_through(const struct path *p, uint32_t node, size_t end)
{
    const struct rows *parents = &p->a->graph->parents;
    size_t place = place_of(p, node, end);
    for (uint32_t e = parents->start[node];
         place == end && e < parents->start[node + 1]; e++)
        place = place_of(p, parents->items[e], end);
    return place;
}

static void add_need(struct step_box *s, size_t place)
{
    for (size_t i = 0; i < s->n_needs; i++) {
        if (s->needs[i] == place) return;
    }
    if (s->n_needs < MAX_NEEDS) s->needs[s->n_needs++] = place;
}

static void find_needs(struct path *p, size_t i)
{
    const struct graph *g = p->a->graph;
    struct step_box *s = &p->steps[i];
    const struct reach *r = assess_reach(p->a, s->node);
    uint32_t witness = r->witness ? r->witness[s->node] : GRAPH_NONE;
    int all = g->node_type[s->node] == NODE_AND;
    if (!all && witness != GRAPH_NONE && place_through(p, witness, i) < i) {
        add_need(s, place_through(p, witness, i));
    } else {
        for (uint32_t e = g->parents.start[s->node]; e < g->parents.start[s->node + 1];
             e++) {
            size_t place = place_through(p, g->parents.items[e], i);
            if (place < i && (all || s->n_needs == 0)) add_need(s, place);
        }
    }
}

/* How many steps a step needs, itself included (shared ones counted again). */
static size_t depth_of(const struct path *p, size_t i)
{
    size_t deepest = 0;
    for (size_t k = 0; k < p->steps[i].n_needs; k++) {
        size_t depth = p->steps[p->steps[i].needs[k]].depth;
        deepest = depth > deepest ? depth : deepest;
    }
    return deepest + 1;
}

/* The need of step i that comes next: the deepest not yet listed last. */
static size_t next_need(const struct path *p, size_t i, const size_t *place)
{
    const struct step_box *s = &p->steps[i];
    size_t next = p->n, depth = SIZE_MAX;
    for (size_t k = 0; k < s->n_needs; k++) {
        size_t need = s->needs[k];
        if (place[need] == p->n && p->steps[need].depth < depth) {
            next = need;
            depth = p->steps[need].depth;
        }
    }
    return next;
}

static int compare_places(const void *x, const void *y)
{
    size_t a = *(const size_t *)x, b = *(const size_t *)y;
    return a < b ? -1 : a > b;
}

/*
 * Puts the steps in an order in which each branch stands together and the longest one
 * comes last, right before what they join in: depth first from the end of the chain.
 */
static void order_by_branch(struct path *p)
{
    size_t *place = arena_array(&p->arena, p->n, sizeof *place);
    size_t *stack = arena_array(&p->arena, p->n + 1, sizeof *stack);
    struct step_box *sorted = arena_array(&p->arena, p->n, sizeof *sorted);
    size_t done = 0;
    for (size_t i = 0; i < p->n; i++) {
        p->steps[i].depth = depth_of(p, i);
        place[i] = p->n;
    }
    for (size_t end = p->n; end-- > 0;) {
        size_t top = 0;
        if (place[end] == p->n) stack[top++] = end;
        while (top > 0) {
            size_t i = stack[top - 1], need = next_need(p, i, place);
            if (need < p->n) {
                stack[top++] = need;
                continue;
            }
            top--;
            sorted[done] = p->steps[i];
            place[i] = done++;
        }
    }
    p->steps = sorted;
    for (size_t i = 0; i < p->n; i++) {
        struct step_box *s = &p->steps[i];
        for (size_t k = 0; k < s->n_needs; k++) {
            s->needs[k] = place[s->needs[k]];
            s->follows |= s->needs[k] + 1 == i;
        }
        if (s->n_needs > 1)
            qsort(s->needs, s->n_needs, sizeof *s->needs, compare_places);
    }
}

/* ---- boxes -------------------------------------------------------------------- */

static const char *icon_of_node(const struct graph *g, uint32_t node)
{
    const struct asset_ref *asset = &g->assets[g->node_asset[node]];
    if (asset->type == ASSET_COMPONENT) {
        const struct component *c =
            LIST_AT(g->model->m.components, struct component, asset->index);
        return icon_of_kind(g->catalog, c->kind.id ? c->kind.index : REF_NONE);
    }
    if (asset->type == ASSET_FLOW) return icon_flow;
    if (asset->type == ASSET_ZONE) return icon_zone;
    return g->node_asset[node] < g->first_zone ? icon_person : icon_burst;
}

/* "needs 2 and 5", "after 2"; nothing where the arrow from the step before says it. */
static const char *needs_text(struct path *p, const struct step_box *s, size_t i)
{
    struct buf text = {0};
    int ja = p->lang == LANG_JA;
    if (s->n_needs == 0 || (s->n_needs == 1 && s->needs[0] + 1 == i)) return "";
    if (!ja) buf_str(&text, s->n_needs > 1 ? "needs " : "after ");
    for (size_t k = 0; k < s->n_needs; k++)
        buf_printf(&text, "%s%zu",
                   k == 0               ? ""
                   : ja                 ? "・"
                   : k + 1 < s->n_needs ? ", "
                                        : " and ",
                   s->needs[k] + 1 + p->n_hidden);
    if (ja) buf_str(&text, s->n_needs > 1 ? "がすべて必要" : "の後");
    char *copy = arena_str(&p->arena, buf_text(&text));
    buf_fini(&text);
    return copy;
}

static void make_box(struct path *p, size_t i)
{
    const struct graph *g = p->a->graph;
    struct step_box *s = &p->steps[i];
    struct box *box = &s->box;
    const struct step *step = graph_step(g, s->node);
    uint32_t asset = g->node_asset[s->node], threat = graph_threat(g, s->node);
    char *id = arena_alloc(&p->arena, 200);
    graph_node_id(g, s->node, id, 200);
    const char *where = name_or_id(&p->arena, graph_asset_name(g, asset, &p->arena),
                                   graph_asset_id(g, asset), p->lang);
    const char *what =
        step ? name_or_id(&p->arena, step->name, step->entry.id, p->lang) : where;
    int is_end = asset >= g->first_incident, is_start = asset < g->first_zone;
    const char *above = where;
    if (is_end)
        above = text_in(TEXT("incident", "インシデント"), p->lang);
    else if (is_start)
        above = text_in(TEXT("origin of the attack", "攻撃の起点"), p->lang);
    box->data_kind = "node";
    box->id = id;
    box->title = what;
    box->icon = icon_of_node(g, s->node);
    box->over = figure_label(&p->arena, above, SIZE_NOTE, 0, TEXT_WIDTH, 3);
    box->name = figure_label(&p->arena, what, SIZE_NAME, 1, TEXT_WIDTH, 6);
    if (threat != REF_NONE && !is_end)
        box->under = figure_label(
            &p->arena,
            text_in(LIST_AT(g->catalog->c.threats, struct threat_class, threat)->name,
                    p->lang),
            SIZE_NOTE, 0, TEXT_WIDTH, 2);
    box->look = is_end ? BOX_ALERT : is_start ? BOX_ACCENT : BOX_PLAIN;
    box->border = threat != REF_NONE ? 1.9 : 1;
    const char *needs = needs_text(p, s, i);
    if (*needs) box->chips[0] = chip_of(needs, 0, SVG_INK, SVG_BOX);
    box_measure(box, BOX_WIDTH);
    box->width = BOX_WIDTH;
}

/* The end of the row that begins with step i: a branch begins a row. */
static size_t row_end(const struct path *p, size_t i)
{
    size_t end = i + 1;
    while (end < p->n && end - i < PER_ROW && p->steps[end].follows)
        end++;
    return end;
}

static void place_boxes(struct path *p)
{
    double y = MARGIN + 8;
    for (size_t row = 0, end; row < p->n; row = end) {
        double tallest = 0;
        end = row_end(p, row);
        for (size_t i = row; i < end; i++)
            tallest = fmax(tallest, p->steps[i].box.height);
        for (size_t i = row; i < end; i++) {
            p->steps[i].column = i - row;
            p->steps[i].x = MARGIN + 10 + (double)(i - row) * (BOX_WIDTH + GAP_X);
            p->steps[i].y = y;
            p->steps[i].box.height = tallest;
        }
        p->columns = end - row > p->columns ? end - row : p->columns;
        y += tallest + GAP_Y;
    }
    p->height = y - GAP_Y + MARGIN;
}

/* ---- drawing ------------------------------------------------------------------ */

static void draw_arrow(const struct path *p, struct buf *out, size_t i)
{
    const struct step_box *a = &p->steps[i - 1], *b = &p->steps[i];
    const struct pen pen = {NULL, SVG_LINE, 1.5, NULL};
    struct point from = {a->x + BOX_WIDTH, a->y + a->box.height / 2};
    struct point to = {b->x, b->y + b->box.height / 2};
    if (!b->follows) return;
    if (b->column > 0) {
        svg_line(out, from.x, from.y, to.x - 5, to.y, pen);
        svg_arrow(out, from, to, 9, SVG_LINE);
        return;
    }
    double lane = b->y - GAP_Y / 2 - 3, left = b->x - 12;
    struct point route[] = {
        from,         {from.x + 12, from.y},
                 {from.x + 12, lane  },
        {left,        lane  },
                 {left,        to.y  },
                 {to.x - 5,    to.y  }
    };
    svg_route(out, route, 6, 6, pen);
    svg_arrow(out, (struct point){left, to.y}, to, 9, SVG_LINE);
}

static void draw_number(struct path *p, struct buf *out, size_t i)
{
    const struct step_box *s = &p->steps[i];
    const char *number = arena_printf(&p->arena, "%zu", i + 1 + p->n_hidden);
    double width =
        fmax(17, figure_text_width(number, strlen(number), SIZE_MARK, 1) + 9);
    svg_rect(out, s->x + 8, s->y - 8.5, width, 17, 8.5,
             (struct pen){SVG_PAPER, SVG_LINE, 1, NULL});
    svg_text(out, s->x + 8 + width / 2, s->y + 3.6, SIZE_MARK, 1, ANCHOR_MIDDLE,
             SVG_INK, number);
}

static const char *path_description(struct path *p)
{
    struct buf text = {0};
    for (size_t i = 0; i < p->n; i++)
        buf_printf(&text, "%zu. %s%s%s. ", i + 1 + p->n_hidden,
                   p->steps[i].box.over.n ? p->steps[i].box.over.line[0] : "",
                   p->lang == LANG_JA ? "：" : ": ", p->steps[i].box.title);
    char *copy = arena_str(&p->arena, buf_text(&text));
    buf_fini(&text);
    return copy;
}

static void draw_path(struct path *p, struct buf *out)
{
    double width = 2 * MARGIN + 20 + (double)p->columns * (BOX_WIDTH + GAP_X) - GAP_X;
    svg_open(out, "path", width, p->height,
             text_in(TEXT("Chain of attack steps", "攻撃ステップの連鎖"), p->lang),
             path_description(p), p->lang);
    for (size_t i = 1; i < p->n; i++)
        draw_arrow(p, out, i);
    for (size_t i = 0; i < p->n; i++) {
        box_draw(out, &p->steps[i].box, p->steps[i].x, p->steps[i].y);
        draw_number(p, out, i);
    }
    svg_close(out);
}

int figure_threat_path(const struct assessment *a, const uint32_t *nodes, size_t n,
                       enum lang lang, struct buf *out)
{
    struct path p = {.a = a, .lang = lang};
    if (n == 0) return 0;
    p.n = n < MAX_STEPS ? n : MAX_STEPS;
    p.n_hidden = n - p.n;
    p.steps = arena_array(&p.arena, p.n, sizeof *p.steps);
    for (size_t i = 0; i < p.n; i++)
        p.steps[i].node = nodes[p.n_hidden + i];
    for (size_t i = 0; i < p.n; i++)
        find_needs(&p, i);
    order_by_branch(&p);
    for (size_t i = 0; i < p.n; i++)
        make_box(&p, i);
    place_boxes(&p);
    draw_path(&p, out);
    arena_fini(&p.arena);
    return 1;
}
