// SPDX-License-Identifier: Apache-2.0
/*
 * Puts labels on lines after the layout. Graphviz could keep room for them, but that
 * makes pictures half as wide again (and its labels of level lines corrupt memory in
 * some versions). Each label tries places along its line, from the middle outwards,
 * and takes the one where it covers least; several rounds, so that the first ones can
 * give way to the later.
 */
#include <math.h>

#include "page/figure_layout.h"

enum { SAMPLES = 32, ROUNDS = 4 };

struct rect {
    double x0, y0, x1, y1;
};

static struct rect rect_at(struct point centre, double width, double height,
                           double more)
{
    return (struct rect){centre.x - width / 2 - more, centre.y - height / 2 - more,
                         centre.x + width / 2 + more, centre.y + height / 2 + more};
}

static int rects_meet(struct rect a, struct rect b)
{
    return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

static double shared_area(struct rect a, struct rect b)
{
    return (fmin(a.x1, b.x1) - fmax(a.x0, b.x0)) *
           (fmin(a.y1, b.y1) - fmax(a.y0, b.y0));
}

static int is_in(struct rect r, struct point p)
{
    return p.x > r.x0 && p.x < r.x1 && p.y > r.y0 && p.y < r.y1;
}

/* An arrow head, a little enlarged. */
static struct rect head_of(struct point tip, struct point before)
{
    double dx = before.x - tip.x, dy = before.y - tip.y;
    double length = fmax(hypot(dx, dy), 1);
    struct point middle = {tip.x + 5 * dx / length, tip.y + 5 * dy / length};
    return rect_at(middle, 10, 10, 0);
}

/* Points along every line, SAMPLES of each. */
static struct point *sample_lines(const struct layout *l, struct arena *a)
{
    struct point *points = arena_array(a, l->n_edges * SAMPLES + 1, sizeof *points);
    for (size_t i = 0; i < l->n_edges; i++) {
        for (size_t k = 0; k < SAMPLES && l->edges[i].n_points >= 2; k++)
            points[i * SAMPLES + k] =
                layout_point(&l->edges[i], ((double)k + 0.5) / SAMPLES);
    }
    return points;
}

static double cost_of_boxes(const struct layout *l, struct rect r)
{
    double cost = 0;
    for (size_t i = 0; i < l->n_nodes; i++) {
        const struct layout_node *n = &l->nodes[i];
        struct rect box = {n->x, n->y, n->x + n->width, n->y + n->height};
        struct rect tab = {box.x1 - n->tab, n->y - LATTICE, box.x1, n->y};
        if (rects_meet(r, box) || (n->tab > 0 && rects_meet(r, tab))) cost += 100;
    }
    for (size_t i = 0; i < l->n_zones; i++) {
        const struct layout_zone *z = &l->zones[i];
        struct rect head = {z->x, z->y, z->x + z->label_width + 14,
                            z->y + z->label_height + 8};
        if (z->width > 0 && rects_meet(r, head)) cost += 30;
    }
    if (r.x0 < 0 || r.y0 < 0 || r.x1 > l->width || r.y1 > l->height) cost += 100;
    return cost;
}

static double cost_of_tags(const struct layout_tag *tags, size_t n, size_t self,
                           struct rect r)
{
    double cost = 0;
    for (size_t i = 0; i < n; i++) {
        struct rect other = rect_at(tags[i].at, tags[i].width, tags[i].height, 1);
        // by area, so that two that meet can draw apart in turns
        if (i != self && tags[i].placed && rects_meet(r, other))
            cost += 10 + 0.15 * shared_area(r, other);
    }
    return cost;
}

static double cost_of_lines(const struct layout *l, const struct point *points,
                            size_t self, struct rect r)
{
    double cost = 0;
    for (size_t i = 0; i < l->n_edges; i++) {
        int covers = 0;
        const struct layout_edge *e = &l->edges[i];
        int meets =
            e->head != HEAD_NONE && rects_meet(r, head_of(e->tip, e->before_tip));
        if (e->head == HEAD_BOTH && rects_meet(r, head_of(e->points[0], e->points[1])))
            meets = 1;
        if (meets) cost += i == self ? 40 : 15;
        for (size_t k = 0; i != self && k < SAMPLES && l->edges[i].n_points >= 2; k++)
            covers |= is_in(r, points[i * SAMPLES + k]);
        cost += covers ? 9 : 0;
    }
    return cost;
}

/* Tries one place; keeps it if it is the best so far. */
static void try_place(const struct layout *l, const struct point *points,
                      struct layout_tag *tags, size_t self, struct point at,
                      double cost, double *best)
{
    struct layout_tag *tag = &tags[self];
    struct rect r = rect_at(at, tag->width, tag->height, 2);
    cost += cost_of_boxes(l, r) + cost_of_tags(tags, l->n_edges, self, r);
    if (cost < *best) // the rest takes longer
        cost += cost_of_lines(l, points, self, r);
    if (cost < *best) {
        *best = cost;
        tag->at = at;
    }
}

/* On the line, or a little beside it where another label is in the next lane. */
static void place_tag(const struct layout *l, const struct point *points,
                      struct layout_tag *tags, size_t self)
{
    enum { STEPS = 12 };
    static const double beside[] = {0, 3.5, -3.5};
    double best = HUGE_VAL;
    for (int step = -STEPS; step <= STEPS; step++) {
        double t = 0.5 + step * (0.38 / STEPS);
        struct point at = layout_point(&l->edges[self], t);
        struct point next = layout_point(&l->edges[self], t + 0.01);
        int level = fabs(next.x - at.x) > fabs(next.y - at.y);
        for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
            struct point p = {at.x + (level ? 0 : beside[i]),
                              at.y + (level ? beside[i] : 0)};
            try_place(l, points, tags, self, p,
                      10 * fabs(t - 0.5) + 0.7 * fabs(beside[i]), &best);
        }
    }
    tags[self].placed = tags[self].must || best < 9;
}

void layout_place_tags(const struct layout *l, struct layout_tag *tags, struct arena *a)
{
    const struct point *points = sample_lines(l, a);
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < l->n_edges; i++) {
            if (tags[i].width > 0 && l->edges[i].n_points >= 2)
                place_tag(l, points, tags, i);
        }
    }
}
