// SPDX-License-Identifier: Apache-2.0
/*
 * Boxes at places that were given, others around them, zones around what is in them;
 * the third way of figure_layout.h. From the inside out, the members of each zone are
 * set one after the other: those with a place (or with something in them that has one)
 * first, where they are wanted, then the others where the layout had them, but close to
 * those. Whoever would touch one that is set already goes to the nearest free place,
 * with all that is in it. So nothing overlaps, and what was wanted apart enough stands
 * just there.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "page/figure_layout.h"

enum {
    PAD = 2,         // lattice steps between a zone's border and its contents
    GAP_ZONE = 2,    // between zones
    GAP = 3,         // between others: a chip on the border, and a line
    MOST_EMPTY = 40, // between boxes, of a figure
    MOST_STEPS = 600,
    MOST_AREA =
        100000, // lattice steps of the whole: what lines are laid in a second on
};

/* A box or a zone; the last is the whole. Lengths in lattice steps. */
struct block {
    uint32_t outer;
    int is_zone, is_wanted; // it, or something in it
    int head, min_width;    // of zones
    int n_items;
    int x, y, w, h;
    int dx, dy; // how far it was moved when it was set
};

struct given {
    const struct layout *layout;
    struct block *blocks;
    uint32_t n_boxes, root;
    uint32_t *order; // members of the zone at hand
};

static int steps(double px)
{
    return (int)ceil(px / LATTICE - 1e-9);
}

/* ---- in ----------------------------------------------------------------------- */

static void add_boxes(struct given *g)
{
    for (uint32_t i = 0; i < g->n_boxes; i++) {
        const struct layout_node *n = &g->layout->nodes[i];
        double x = n->is_wanted ? n->want_x : n->x, y = n->is_wanted ? n->want_y : n->y;
        g->blocks[i] = (struct block){
            .outer = n->zone == LAYOUT_NONE ? g->root : g->n_boxes + n->zone,
            .is_wanted = n->is_wanted,
            .x = (int)lround(x / LATTICE),
            .y = (int)lround(y / LATTICE),
            .w = steps(n->width),
            .h = steps(n->height)};
    }
}

/* As the layout has left them, which matters for those without anything wanted. */
static void add_zones(struct given *g)
{
    for (uint32_t i = 0; i < g->root - g->n_boxes; i++) {
        const struct layout_zone *z = &g->layout->zones[i];
        g->blocks[g->n_boxes + i] = (struct block){
            .outer = z->outer == LAYOUT_NONE ? g->root : g->n_boxes + z->outer,
            .is_zone = 1,
            .head = steps(z->label_height + 10) + 1,
            .min_width = steps(z->label_width + 16) + 1,
            .x = (int)lround(z->x / LATTICE - 0.5),
            .y = (int)lround(z->y / LATTICE - 0.5),
            .w = (int)lround(z->width / LATTICE + 1),
            .h = (int)lround(z->height / LATTICE + 1)};
    }
    g->blocks[g->root] = (struct block){.outer = LAYOUT_NONE, .is_zone = 1};
}

/* Inner zones come after outer ones, so one pass backwards tells all. */
static void mark_wanted(struct given *g)
{
    for (uint32_t i = 0; i < g->n_boxes; i++)
        g->blocks[g->blocks[i].outer].is_wanted |= g->blocks[i].is_wanted;
    for (uint32_t i = g->root; i-- > g->n_boxes;)
        g->blocks[g->blocks[i].outer].is_wanted |= g->blocks[i].is_wanted;
    for (uint32_t i = 0; i < g->root; i++)
        g->blocks[g->blocks[i].outer].n_items++;
}

/* Where a box begins, across or down. */
static int *start_of(struct block *b, int is_vertical)
{
    return is_vertical ? &b->y : &b->x;
}

/* Boxes that want a place, in the order of their starts. */
static uint32_t list_wanted(struct given *g, int is_vertical)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < g->n_boxes; i++) {
        if (!g->blocks[i].is_wanted) continue;
        int start = *start_of(&g->blocks[i], is_vertical);
        uint32_t k = n++;
        for (; k > 0 && start < *start_of(&g->blocks[g->order[k - 1]], is_vertical);
             k--)
            g->order[k] = g->order[k - 1];
        g->order[k] = i;
    }
    return n;
}

/* Shortens stretches where no box is, so that one far off does not blow up the whole.
 */
static void squeeze(struct given *g, int is_vertical)
{
    uint32_t n = list_wanted(g, is_vertical);
    int end = 0, saved = 0;
    for (uint32_t i = 0; i < n; i++) {
        struct block *b = &g->blocks[g->order[i]];
        int start = *start_of(b, is_vertical);
        int own_end = start + (is_vertical ? b->h : b->w);
        if (i > 0 && start - end > MOST_EMPTY) saved += start - end - MOST_EMPTY;
        end = i == 0 || own_end > end ? own_end : end;
        *start_of(b, is_vertical) -= saved;
    }
}

/* ---- the members of one zone -------------------------------------------------- */

static int gap_of(const struct block *a, const struct block *b)
{
    return a->is_zone && b->is_zone ? GAP_ZONE : GAP;
}

static int is_before(const struct block *a, const struct block *b)
{
    if (a->is_wanted != b->is_wanted) return a->is_wanted;
    if (a->y != b->y) return a->y < b->y;
    return a->x < b->x;
}

/* Those with a place first, each sort from top to bottom; returns how many. */
static uint32_t list_members(struct given *g, uint32_t zone)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < g->root; i++) {
        if (g->blocks[i].outer != zone) continue;
        uint32_t k = n++;
        for (; k > 0 && is_before(&g->blocks[i], &g->blocks[g->order[k - 1]]); k--)
            g->order[k] = g->order[k - 1];
        g->order[k] = i;
    }
    return n;
}

static int is_free(const struct given *g, uint32_t n_set, const struct block *b, int x,
                   int y)
{
    for (uint32_t i = 0; i < n_set; i++) {
        const struct block *other = &g->blocks[g->order[i]];
        int gap = gap_of(b, other);
        if (x < other->x + other->w + gap && other->x < x + b->w + gap &&
            y < other->y + other->h + gap && other->y < y + b->h + gap)
            return 0;
    }
    return 1;
}

/* Places beside what is set, along one axis: the wanted one, before and after each. */
static int candidate(const struct given *g, const struct block *b, uint32_t i,
                     int is_vertical)
{
    if (i == 0) return is_vertical ? b->y : b->x;
    const struct block *other = &g->blocks[g->order[(i - 1) / 2]];
    int gap = gap_of(b, other), from = is_vertical ? other->y : other->x;
    int size = is_vertical ? other->h : other->w, own = is_vertical ? b->h : b->w;
    return i % 2 ? from + size + gap : from - gap - own;
}

/* Sets a block at the nearest free place; there is one, right of all others. */
static void set_block(struct given *g, uint32_t n_set, struct block *b)
{
    int best_x = b->x, best_y = b->y, least = -1;
    for (uint32_t i = 0; i <= 2 * n_set; i++)
        for (uint32_t k = 0; k <= 2 * n_set; k++) {
            int x = candidate(g, b, i, 0), y = candidate(g, b, k, 1);
            int far = abs(x - b->x) + abs(y - b->y);
            if ((least >= 0 && far >= least) || !is_free(g, n_set, b, x, y)) continue;
            least = far;
            best_x = x;
            best_y = y;
        }
    b->dx = best_x - b->x;
    b->dy = best_y - b->y;
    b->x = best_x;
    b->y = best_y;
}

/* The rectangle around what is set. */
static struct block hull_of(const struct given *g, uint32_t n_set)
{
    struct block hull = g->blocks[g->order[0]];
    int right = hull.x + hull.w, bottom = hull.y + hull.h;
    for (uint32_t i = 1; i < n_set; i++) {
        const struct block *b = &g->blocks[g->order[i]];
        hull.x = b->x < hull.x ? b->x : hull.x;
        hull.y = b->y < hull.y ? b->y : hull.y;
        right = b->x + b->w > right ? b->x + b->w : right;
        bottom = b->y + b->h > bottom ? b->y + b->h : bottom;
    }
    hull.w = right - hull.x;
    hull.h = bottom - hull.y;
    return hull;
}

static int between(int least, int x, int most)
{
    return x < least ? least : x > most ? most : x;
}

/* Brings one without a place to where those with one are, `hull`; what is in it moves
 * along. */
static void approach(struct block *b, const struct block *hull)
{
    int x = between(hull->x - GAP - b->w, b->x, hull->x + hull->w + GAP);
    int y = between(hull->y - GAP - b->h, b->y, hull->y + hull->h + GAP);
    b->dx = x - b->x;
    b->dy = y - b->y;
    b->x = x;
    b->y = y;
}

static void settle(struct given *g, uint32_t zone)
{
    struct block *z = &g->blocks[zone], hull = {0};
    uint32_t n = list_members(g, zone);
    for (uint32_t i = 0; i < n; i++) {
        struct block *b = &g->blocks[g->order[i]];
        int dx = 0, dy = 0;
        if (i > 0 && !b->is_wanted) {
            if (hull.w == 0) hull = hull_of(g, i);
            approach(b, &hull);
            dx = b->dx;
            dy = b->dy;
        }
        set_block(g, i, b);
        b->dx += dx;
        b->dy += dy;
    }
    hull = hull_of(g, n);
    if (z->outer == LAYOUT_NONE) {
        *z = (struct block){LAYOUT_NONE, 1,      1,      0,      0, (int)n,
                            hull.x,      hull.y, hull.w, hull.h, 0, 0};
        return;
    }
    z->x = hull.x - PAD;
    z->y = hull.y - z->head;
    z->w = hull.w + 2 * PAD > z->min_width ? hull.w + 2 * PAD : z->min_width;
    z->h = hull.h + z->head + PAD;
}

/* ---- out ---------------------------------------------------------------------- */

/* What its zones were moved by moves what is in them: outer ones come first. */
static void move_along(struct given *g)
{
    for (uint32_t i = g->n_boxes; i < g->root; i++) {
        const struct block *outer = &g->blocks[g->blocks[i].outer];
        g->blocks[i].x += outer->dx;
        g->blocks[i].y += outer->dy;
        g->blocks[i].dx += outer->dx;
        g->blocks[i].dy += outer->dy;
    }
    for (uint32_t i = 0; i < g->n_boxes; i++) {
        const struct block *outer = &g->blocks[g->blocks[i].outer];
        g->blocks[i].x += outer->dx;
        g->blocks[i].y += outer->dy;
        g->blocks[i].dx += outer->dx;
        g->blocks[i].dy += outer->dy;
    }
}

static void put_out(const struct given *g, struct layout *l)
{
    const struct block *whole = &g->blocks[g->root];
    int left = LATTICE_RIM - whole->x, top = LATTICE_RIM - whole->y;
    l->from_left = left * LATTICE;
    l->from_top = top * LATTICE;
    l->width = (whole->w + 2 * LATTICE_RIM) * LATTICE;
    l->height = (whole->h + 2 * LATTICE_RIM) * LATTICE;
    for (uint32_t i = 0; i < g->n_boxes; i++) {
        const struct block *b = &g->blocks[i];
        struct layout_node *n = &l->nodes[i];
        n->x = (b->x + left) * LATTICE;
        n->y = (b->y + top) * LATTICE;
        n->is_moved = n->is_wanted && (b->dx || b->dy);
        l->n_moved += (size_t)n->is_moved;
    }
    for (uint32_t i = g->n_boxes; i < g->root; i++) {
        const struct block *b = &g->blocks[i];
        struct layout_zone *z = &l->zones[i - g->n_boxes];
        z->x = (b->x + left + 0.5) * LATTICE;
        z->y = (b->y + top + 0.5) * LATTICE;
        z->width = (b->w - 1) * LATTICE;
        z->height = (b->h - 1) * LATTICE;
    }
}

static int is_too_large(const struct block *whole)
{
    return whole->w > MOST_STEPS || whole->h > MOST_STEPS ||
           whole->w * whole->h > MOST_AREA;
}

void layout_place_given(struct layout *l, int is_bounded, struct arena *a)
{
    struct given g = {.layout = l,
                      .n_boxes = (uint32_t)l->n_nodes,
                      .root = (uint32_t)(l->n_nodes + l->n_zones)};
    g.blocks = arena_array(a, g.root + 1u, sizeof *g.blocks);
    g.order = arena_array(a, g.root + 1u, sizeof *g.order);
    add_boxes(&g);
    add_zones(&g);
    mark_wanted(&g);
    if (!g.blocks[g.root].is_wanted) return;
    l->is_spread = l->n_nodes > LAYOUT_MOST_GIVEN;
    if (l->is_spread) return;
    if (is_bounded) squeeze(&g, 0);
    if (is_bounded) squeeze(&g, 1);
    for (uint32_t i = g.root; i-- > g.n_boxes;) // inner zones first
        if (g.blocks[i].is_wanted) settle(&g, i);
    settle(&g, g.root);
    move_along(&g);
    const struct block *whole = &g.blocks[g.root];
    l->is_spread = is_bounded && is_too_large(whole);
    if (!l->is_spread) put_out(&g, l);
}
