// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_FIGURE_SCENE_H
#define PAGE_FIGURE_SCENE_H
/*
 * What a figure of the system shows, before it is drawn: zones, boxes in them, and
 * lines between boxes. Private to figure_scene.c and figure_system.c. Everything is
 * built in the canonical order of the graph (by id) and lives in the scene's arena.
 */
#include "page/figure_int.h"

enum view { VIEW_CONFIGURATION, VIEW_DATAFLOW, VIEW_ZONE };

/* A zone drawn as a container. */
struct scene_zone {
    const char *id;
    struct label name, note;
    unsigned depth;
};

/* Flows between the same two boxes that look alike: one line. */
struct scene_line {
    const uint32_t *flows; // indices in the model's list, n_flows of them
    size_t n_flows;
    struct label label;    // words at the line, may be empty
    unsigned number;       // of its entry in the table below; 0: none
    uint8_t dashed;        // all wireless or by removable media
    uint8_t encrypted, authenticated; // all flows are
    uint8_t unprotected;   // some flow is neither
    uint8_t threat;        // some flow suffers a main threat
    double badge_width;
    struct point badge;    // its centre
};

struct scene {
    const struct assessment *a;
    enum lang lang;
    enum view view;
    int collapsed;           // boxes are zones
    struct arena *arena;
    uint32_t *main_threats;  // per graph asset: main threats not excluded
    uint32_t *box_of_component; // LAYOUT_NONE: not shown
    uint32_t *place_of_zone; // model zone -> container, or LAYOUT_NONE
    struct scene_zone *zones; // parallel to layout.zones
    struct box *boxes;        // parallel to layout.nodes
    unsigned *levels;         // of boxes: from the cloud (0) down to the field
    struct scene_line *lines; // parallel to layout.edges
    size_t n_hidden_lines, n_hidden_zones;
    struct layout layout;
};

/*
 * Builds the scene of a view; for VIEW_ZONE of one part of one zone. Returns 0 if there
 * is nothing to show.
 */
int scene_build(struct scene *scene, uint32_t zone, unsigned part);

/* Effective protection of a flow (index in the model's list). */
int flow_is_encrypted(const struct assessment *a, uint32_t flow);
int flow_is_authenticated(const struct assessment *a, uint32_t flow);
#endif
