// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_FIGURE_LAYOUT_H
#define PAGE_FIGURE_LAYOUT_H
/*
 * Where boxes, zones around them and lines between them go. The caller describes a
 * graph with fixed sizes in px and gets positions, y downwards from 0, the whole within
 * width x height. Arrays and points live in the arena. Three ways:
 *
 *   layout_place, layout_route   nested zones, many lines: rows of boxes on a lattice,
 *                                lines along it (figure_place.c, figure_route.c)
 *   layout_place_given           in between: boxes at places that were given
 *                                (figure_given.c)
 *   layout_graphviz              few boxes, in layers, curved lines (figure_graphviz.c)
 *
 * layout_place_tags then finds room for labels on lines (figure_labels.c).
 */
#include "page/svg.h"

#define LAYOUT_NONE UINT32_MAX
#define LATTICE     10.0 // px between lines of the lattice
#define LATTICE_RIM 2    // free steps around the whole

struct layout_node {
    double width, height;  // in; placed: rounded up to the lattice
    double tab;            // in: what stands on its upper border, from the right, px
    uint32_t zone;         // in: the zone it is in, or LAYOUT_NONE
    int is_wanted;         // in: it has a place of its own,
    double want_x, want_y; // that of its upper left corner, in px from anywhere
    double x, y;           // out: upper left corner
    int is_moved;          // out: it could not have the place, others were there
};

struct layout_zone {
    uint32_t outer; // in: the zone around it (an earlier one), or LAYOUT_NONE
    double label_width, label_height; // in: room kept at its upper edge
    double x, y, width, height;       // out; width 0: nothing is in it
};

/* Boxes that should stand close to each other. */
struct layout_tie {
    uint32_t from, to;
    double weight;
    int downwards; // `to` rather below `from`
};

/* Which end of an edge has an arrow head. */
enum layout_head { HEAD_NONE, HEAD_TO, HEAD_FROM, HEAD_BOTH };

struct layout_edge {
    uint32_t from, to;     // in
    enum layout_head head; // in
    unsigned weight;       // in, Graphviz: how short and straight; 0 = 1
    int curved;            // out: points are of a Bezier path, else of a bent line
    struct point *points;  // out
    size_t n_points;       // out: 0 if there is no path
    // out: arrow head, and where it comes from; of HEAD_BOTH the one at `to`
    struct point tip, before_tip;
};

struct layout {
    struct layout_node *nodes;
    struct layout_zone *zones;
    struct layout_edge *edges;
    struct layout_tie *ties;
    size_t n_nodes, n_zones, n_edges, n_ties;
    double width, height;       // out
    double from_left, from_top; // out: where places that are wanted are counted from
    // out, of layout_place_given
    size_t n_moved;
    int is_spread; // places lie so far apart, or are so many, that none is taken
};

/* Places nodes and zones. Deterministic. */
void layout_place(struct layout *layout, struct arena *a);

/*
 * After layout_place: gives boxes the places that they want, rounded to the lattice,
 * and moves the others and the zones accordingly. Nothing overlaps; what cannot have
 * its place is marked. Deterministic; without anything wanted nothing changes. Bounded:
 * empty stretches between boxes are shortened, and where the whole would still be too
 * large for layout_route, no place is taken; nor is any of more than LAYOUT_MOST_GIVEN
 * boxes.
 */
enum { LAYOUT_MOST_GIVEN = 128 };
void layout_place_given(struct layout *layout, int is_bounded, struct arena *a);

/* Lays the edges between nodes that layout_place has placed. */
void layout_route(struct layout *layout, struct arena *a);

/*
 * Places nodes and edges by Graphviz, from top to bottom or from left to right, what
 * prints larger. Never fails: what Graphviz refuses is set in rows.
 */
void layout_graphviz(struct layout *layout, double node_gap, double rank_gap,
                     struct arena *a);

/* A label on the line of the same number; width 0: the line has none. */
struct layout_tag {
    double width, height; // in
    int must;             // in: shown even where it covers something
    int placed;           // out
    struct point at;      // out: its centre
};

/* Places tags[i] on edges[i] for all edges, which must be bent lines. */
void layout_place_tags(const struct layout *layout, struct layout_tag *tags,
                       struct arena *a);

/* Scale at which w x h px fits the text area of an A4 page (680 x 940 px), at most 1.
 */
double layout_scale(double width, double height);

/* The point at 0 <= t <= 1 of a bent line, by length. */
struct point layout_point(const struct layout_edge *edge, double t);
#endif
