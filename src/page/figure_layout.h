// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_FIGURE_LAYOUT_H
#define PAGE_FIGURE_LAYOUT_H
/*
 * Where boxes, zones around them and lines between them go. The caller describes a
 * graph with fixed sizes in px; layout_run fills in positions, y downwards from 0, with
 * the whole within width x height. The arrays and all points live in the arena.
 */
#include "page/svg.h"

#define LAYOUT_NONE UINT32_MAX

struct layout_node {
    double width, height; // in
    uint32_t zone;        // in: the zone it is in, or LAYOUT_NONE
    double x, y;          // out: upper left corner
};

struct layout_zone {
    uint32_t outer;             // in: the zone around it (an earlier one), or LAYOUT_NONE
    double label_width, label_height; // in: room kept at its upper edge
    double x, y, width, height; // out; width 0: nothing is in it
};

/* Which end of an edge has an arrow head. */
enum layout_head { HEAD_NONE, HEAD_TO, HEAD_FROM };

struct layout_edge {
    uint32_t from, to;                // in
    enum layout_head head;            // in: where room for an arrow head is left
    unsigned weight;                  // in: how short and straight it should be; 0 = 1
    struct point *points;             // out: a Bezier path of n_points = 3k + 1
    size_t n_points;                  // out: 0 if the layout could not place it
    struct point tip, before_tip;     // out: arrow head, and where it comes from
};

struct layout {
    struct layout_node *nodes;
    struct layout_zone *zones;
    struct layout_edge *edges;
    size_t n_nodes, n_zones, n_edges;
    double node_gap, rank_gap; // in, px
    double extra_height;       // in: of what is drawn below, for the shape of the whole
    double width, height;      // out
};

/*
 * Lays out from top to bottom and from left to right and keeps what prints larger on a
 * portrait A4 page. Never fails: what Graphviz refuses is set in rows. Labels of lines
 * are not its business; see layout_place_tags.
 */
void layout_run(struct layout *layout, struct arena *a);

/* A label on the line of the same number; width 0: the line has none. */
struct layout_tag {
    double width, height; // in
    int must;             // in: shown even where it covers something
    int placed;           // out
    struct point at;      // out: its centre
};

/* Places tags[i] on edges[i], for all edges of a finished layout (figure_labels.c). */
void layout_place_tags(const struct layout *layout, struct layout_tag *tags,
                       struct arena *a);

/* Scale at which w x h px fits the text area of an A4 page (680 x 940 px), at most 1. */
double layout_scale(double width, double height);

/* The point at 0 <= t <= 1 of an edge's path, by its pieces. */
struct point layout_point(const struct layout_edge *edge, double t);
#endif
