// SPDX-License-Identifier: Apache-2.0
/*
 * Where boxes and zones stand, as one would set them by hand: in rows, zones as tiles
 * around their rows, everything on a lattice whose free lines the router uses. What is
 * chosen is the order of the members of each zone and how wide its rows may grow;
 * simulated annealing looks for short lines within the shape of a page. Random numbers
 * come from a fixed seed: the same model gives the same picture.
 *
 * Graphviz would do this too, but its layers leave nested zones so sparse that systems
 * of twenty components print at half the size.
 */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "page/figure_layout.h"

#define NOTHING UINT32_MAX

enum {
    PAD = 2,      // lattice steps between a zone's border and its contents
    GAP_ZONE = 2, // between zones
    GAP_BOX = 6,  // between boxes in a row
    GAP_ROW = 4,  // between rows of boxes
    PAGE_WIDTH = 72,
    PAGE_HEIGHT = 76, // of the picture, when it prints at full size
    MAX_ROWS = 64,
};

/* A box, a zone, or (the last) the whole. Lengths in lattice steps. */
struct block {
    uint32_t outer;
    uint32_t *items; // of zones: blocks in the order of their rows
    uint32_t n_items;
    int is_zone;
    int head; // room for the label
    int min_width;
    int limit;         // width that rows may have
    int width, height; // needed
    int x, y, w, h;    // given
};

struct row {
    uint32_t first, n;
    int width, height, zones;
};

struct plan {
    const struct layout *layout;
    struct block *blocks; // boxes, zones, the whole
    uint32_t n_boxes, n_zones, root;
    uint32_t *bottom_up; // zones and the whole, inner ones first
    uint64_t random;
};

static uint32_t pick(struct plan *p, uint32_t n)
{
    p->random ^= p->random << 13;
    p->random ^= p->random >> 7;
    p->random ^= p->random << 17;
    return (uint32_t)((p->random >> 33) % n);
}

static int steps(double px)
{
    return (int)ceil(px / LATTICE - 1e-9);
}

/* ---- rows --------------------------------------------------------------------- */

static int gap_before(const struct plan *p, uint32_t left, uint32_t right)
{
    int zones = p->blocks[left].is_zone + p->blocks[right].is_zone;
    return zones == 2 ? GAP_ZONE : zones == 1 ? GAP_ZONE + 1 : GAP_BOX;
}

/* Breaks the items of a zone into rows; returns how many. */
static int make_rows(const struct plan *p, const struct block *zone,
                     struct row rows[MAX_ROWS])
{
    int n = 0;
    for (uint32_t i = 0; i < zone->n_items; i++) {
        const struct block *item = &p->blocks[zone->items[i]];
        struct row *row = n > 0 ? &rows[n - 1] : NULL;
        int gap = row ? gap_before(p, zone->items[i - 1], zone->items[i]) : 0;
        if (!row || (row->width + gap + item->width > zone->limit && n < MAX_ROWS)) {
            row = &rows[n++];
            *row = (struct row){.first = i};
            gap = 0;
        }
        row->n++;
        row->width += gap + item->width;
        row->height = item->height > row->height ? item->height : row->height;
        row->zones += item->is_zone;
    }
    return n;
}

static int row_gap(const struct row *above, const struct row *below)
{
    return above->zones && below->zones   ? GAP_ZONE
           : above->zones || below->zones ? GAP_ZONE + 1
                                          : GAP_ROW;
}

/* What a zone needs, its members being measured. */
static void measure_zone(const struct plan *p, struct block *zone)
{
    struct row rows[MAX_ROWS];
    int n = make_rows(p, zone, rows), pad = zone->outer == NOTHING ? 0 : PAD;
    int width = 0, height = 0;
    for (int i = 0; i < n; i++) {
        width = rows[i].width > width ? rows[i].width : width;
        height += rows[i].height + (i > 0 ? row_gap(&rows[i - 1], &rows[i]) : 0);
    }
    zone->width = width + 2 * pad;
    zone->width = zone->width > zone->min_width ? zone->width : zone->min_width;
    zone->height = zone->head + height + (n > 0 ? pad : 0);
    if (pad > 0 && n == 0) zone->height += 1;
}

/* Gives a row's members their places; zones are stretched, boxes centred. */
static void place_row(struct plan *p, const struct block *zone, const struct row *row,
                      int x, int y, int width, int height)
{
    int slack = width - row->width, left = row->zones;
    if (!row->zones) x += slack / 2;
    for (uint32_t i = 0; i < row->n; i++) {
        uint32_t index = zone->items[row->first + i];
        struct block *b = &p->blocks[index];
        if (i > 0) x += gap_before(p, zone->items[row->first + i - 1], index);
        b->w = b->width;
        b->h = b->height;
        if (b->is_zone) {
            assert(left > 0); // each zone of the row is met once
            int more = slack / left--;
            slack -= more;
            b->w += more;
            b->h = height;
        }
        b->x = x;
        b->y = y + (height - b->h) / 2;
        x += b->w;
    }
}

static void place_items(struct plan *p, const struct block *zone)
{
    struct row rows[MAX_ROWS];
    int n = make_rows(p, zone, rows), pad = zone->outer == NOTHING ? 0 : PAD;
    int y = zone->y + zone->head, stretch = 0;
    int slack = zone->h - zone->height;
    for (int i = 0; i < n; i++)
        stretch += rows[i].zones > 0;
    if (stretch == 0) y += slack / 2;
    for (int i = 0; i < n; i++) {
        int more = 0;
        if (rows[i].zones > 0) {
            more = slack / stretch--;
            slack -= more;
        }
        if (i > 0) y += row_gap(&rows[i - 1], &rows[i]);
        place_row(p, zone, &rows[i], zone->x + pad, y, zone->w - 2 * pad,
                  rows[i].height + more);
        y += rows[i].height + more;
    }
}

static void place_all(struct plan *p)
{
    uint32_t n = p->n_zones + 1;
    for (uint32_t i = 0; i < n; i++)
        measure_zone(p, &p->blocks[p->bottom_up[i]]);
    struct block *root = &p->blocks[p->root];
    root->x = root->y = 0;
    root->w = root->width;
    root->h = root->height;
    for (uint32_t i = n; i-- > 0;)
        place_items(p, &p->blocks[p->bottom_up[i]]);
}

/* ---- cost --------------------------------------------------------------------- */

/* Length of the lines, and how far the whole exceeds a page. */
static double cost_of(struct plan *p)
{
    const struct layout *l = p->layout;
    double length = 0;
    place_all(p);
    for (size_t i = 0; i < l->n_ties; i++) {
        const struct block *u = &p->blocks[l->ties[i].from];
        const struct block *v = &p->blocks[l->ties[i].to];
        double dx = fabs(u->x + u->w / 2.0 - v->x - v->w / 2.0);
        double dy = (v->y + v->h / 2.0) - (u->y + u->h / 2.0);
        // lines that run down and straight are read most easily
        double upwards = l->ties[i].downwards && dy < 0 ? 2.0 * -dy : 0;
        length += l->ties[i].weight *
                  (dx * 0.8 + fabs(dy) + 0.6 * fmin(dx, fabs(dy)) + upwards);
    }
    const struct block *root = &p->blocks[p->root];
    double excess = fmax((double)root->w / PAGE_WIDTH, (double)root->h / PAGE_HEIGHT);
    double wires = length / (double)(l->n_ties + 1);
    return wires + 160 * fmax(excess, 0.8) +
           0.004 * (double)root->w * (double)root->h / (double)(p->n_boxes + 1);
}

/* ---- search ------------------------------------------------------------------- */

/* What a move changed, so that it can be taken back. */
struct undo {
    struct block *zone;
    int limit;
    uint32_t i, k; // items moved from i to k
};

static void move_item(struct block *zone, uint32_t from, uint32_t to)
{
    uint32_t item = zone->items[from];
    if (from < to)
        memmove(zone->items + from, zone->items + from + 1, (to - from) * sizeof item);
    else
        memmove(zone->items + to + 1, zone->items + to, (from - to) * sizeof item);
    zone->items[to] = item;
}

static struct undo move(struct plan *p)
{
    struct block *zone = &p->blocks[p->bottom_up[pick(p, p->n_zones + 1)]];
    struct undo u = {.zone = zone, .limit = zone->limit};
    if (zone->n_items < 2) return u;
    if (pick(p, 3) == 0) {
        int most = zone->outer == NOTHING ? 2 * PAGE_WIDTH : PAGE_WIDTH + 20;
        zone->limit += (int)pick(p, 49) - 24;
        zone->limit = zone->limit < 14 ? 14 : zone->limit > most ? most : zone->limit;
        return u;
    }
    u.i = pick(p, zone->n_items);
    u.k = pick(p, zone->n_items);
    move_item(zone, u.i, u.k);
    return u;
}

static void take_back(const struct undo *u)
{
    u->zone->limit = u->limit;
    if (u->i != u->k) move_item(u->zone, u->k, u->i);
}

/* Keeps the best order found in `best`: for each zone its limit and items. */
static void remember(const struct plan *p, uint32_t *best)
{
    for (uint32_t i = 0; i <= p->n_zones; i++) {
        const struct block *zone = &p->blocks[p->bottom_up[i]];
        *best++ = (uint32_t)zone->limit;
        memcpy(best, zone->items, zone->n_items * sizeof *best);
        best += zone->n_items;
    }
}

static void recall(struct plan *p, const uint32_t *best)
{
    for (uint32_t i = 0; i <= p->n_zones; i++) {
        struct block *zone = &p->blocks[p->bottom_up[i]];
        zone->limit = (int)*best++;
        memcpy(zone->items, best, zone->n_items * sizeof *best);
        best += zone->n_items;
    }
}

static void anneal(struct plan *p, struct arena *a)
{
    uint32_t size = 2 * p->n_zones + p->n_boxes + 2;
    uint32_t *best = arena_array(a, size, sizeof *best);
    size_t work = p->n_boxes + p->n_zones + p->layout->n_ties + 8;
    // enough to settle, bounded for large pictures
    size_t rounds = 2200 * (size_t)(p->n_boxes + p->n_zones);
    size_t most = 4800000 / work;
    rounds = rounds > most ? most : rounds;
    double cost = cost_of(p), least = cost;
    remember(p, best);
    for (size_t i = 0; i < rounds; i++) {
        double warmth = 14.0 * pow(1 - (double)i / (double)rounds, 2) + 0.01;
        struct undo u = move(p);
        double next = cost_of(p);
        double chance = exp(fmin(0, (cost - next) / warmth));
        if (chance * 65536 > pick(p, 65536)) {
            cost = next;
            if (cost < least - 1e-9) {
                least = cost;
                remember(p, best);
            }
        } else {
            take_back(&u);
        }
    }
    recall(p, best);
    place_all(p);
}

/* ---- in and out --------------------------------------------------------------- */

static void list_items(struct plan *p, struct arena *a)
{
    uint32_t *counts = arena_array(a, p->root + 1, sizeof *counts);
    for (uint32_t b = 0; b < p->root; b++)
        counts[p->blocks[b].outer]++;
    for (uint32_t b = p->n_boxes; b <= p->root; b++)
        p->blocks[b].items = arena_array(a, counts[b] + 1, sizeof(uint32_t));
    for (uint32_t b = 0; b < p->root; b++) {
        struct block *outer = &p->blocks[p->blocks[b].outer];
        outer->items[outer->n_items++] = b;
    }
}

static struct plan make_plan(const struct layout *l, struct arena *a)
{
    struct plan p = {.layout = l,
                     .n_boxes = (uint32_t)l->n_nodes,
                     .n_zones = (uint32_t)l->n_zones,
                     .random = 0x9E3779B97F4A7C15u};
    p.root = p.n_boxes + p.n_zones;
    p.blocks = arena_array(a, p.root + 1, sizeof *p.blocks);
    p.bottom_up = arena_array(a, p.n_zones + 1, sizeof *p.bottom_up);
    for (uint32_t i = 0; i < p.n_boxes; i++) {
        uint32_t zone = l->nodes[i].zone;
        p.blocks[i] =
            (struct block){.outer = zone == LAYOUT_NONE ? p.root : p.n_boxes + zone,
                           .width = steps(l->nodes[i].width),
                           .height = steps(l->nodes[i].height)};
    }
    for (uint32_t i = 0; i < p.n_zones; i++) {
        const struct layout_zone *z = &l->zones[i];
        p.blocks[p.n_boxes + i] = (struct block){
            .outer = z->outer == LAYOUT_NONE ? p.root : p.n_boxes + z->outer,
            .is_zone = 1,
            .head = steps(z->label_height + 10) + 1,
            .min_width = steps(z->label_width + 16) + 1,
            .limit = 40};
        // outer zones come before inner ones in the list
        p.bottom_up[p.n_zones - 1 - i] = p.n_boxes + i;
    }
    p.blocks[p.root] =
        (struct block){.outer = NOTHING, .is_zone = 1, .limit = PAGE_WIDTH};
    p.bottom_up[p.n_zones] = p.root;
    list_items(&p, a);
    return p;
}

void layout_place(struct layout *l, struct arena *a)
{
    struct plan p = make_plan(l, a);
    anneal(&p, a);
    const struct block *root = &p.blocks[p.root];
    l->width = (root->w + 2 * LATTICE_RIM) * LATTICE;
    l->height = (root->h + 2 * LATTICE_RIM) * LATTICE;
    for (uint32_t i = 0; i < p.n_boxes; i++) {
        const struct block *b = &p.blocks[i];
        struct layout_node *n = &l->nodes[i];
        n->x = (b->x + LATTICE_RIM) * LATTICE;
        n->y = (b->y + LATTICE_RIM) * LATTICE;
        n->width = b->w * LATTICE;
        n->height = b->h * LATTICE;
    }
    // borders run between the lines of the lattice, where no flow can be taken for one
    for (uint32_t i = 0; i < p.n_zones; i++) {
        const struct block *b = &p.blocks[p.n_boxes + i];
        struct layout_zone *z = &l->zones[i];
        z->x = (b->x + LATTICE_RIM + 0.5) * LATTICE;
        z->y = (b->y + LATTICE_RIM + 0.5) * LATTICE;
        z->width = (b->w - 1) * LATTICE;
        z->height = (b->h - 1) * LATTICE;
    }
}
