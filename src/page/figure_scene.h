// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_FIGURE_SCENE_H
#define PAGE_FIGURE_SCENE_H
/*
 * What a figure of the system shows, before it is laid out and drawn: zones, boxes in
 * them, and lines between boxes. Private to figure_scene*.c and figure_system.c.
 * Everything is built in the canonical order of the graph (by id) and lives in the
 * scene's arena.
 */
#include "page/figure_int.h"

enum scene_view { SCENE_CONFIGURATION, SCENE_DATAFLOW, SCENE_ZONE };

enum {
    SCENE_MAX_ZONES = 80,   // containers
    SCENE_MAX_DEPTH = 6,    // of containers; deeper zones are drawn as their outer one
    SCENE_MAX_LINES = 99,   // what is beyond is counted, not drawn
    SCENE_MAX_BUNDLES = 60, // the same where boxes stand for several components
    SCENE_PART = 15,        // components of one part of a zone's detail
};

#define SIGN_STEP 9.5 // width of a sign in a badge

/* A zone drawn as a container; parallel to layout.zones. */
struct scene_zone {
    uint32_t zone; // index in the model's list
    struct label name, note;
    unsigned depth;
};

/* Flows between the same two boxes that look alike; parallel to layout.edges. */
struct scene_line {
    const uint32_t *flows; // indices in the model's list
    size_t n_flows;
    struct label label;               // words at the line, may be empty
    unsigned number;                  // of its entry in the table below; 0: none
    uint8_t dashed;                   // all wireless or by removable media
    uint8_t encrypted, authenticated; // all flows are
    uint8_t unprotected;              // some flow is neither
    uint8_t threat;                   // some flow suffers a main threat
};

struct scene {
    const struct assessment *a;
    struct arena *arena;
    enum lang lang;
    enum scene_view view;
    uint32_t zone; // of SCENE_ZONE
    unsigned part; // of SCENE_ZONE
    int collapsed; // boxes are zones
    struct figure_part only;
    const double *load; // of figure_attacks and figure_chain, else NULL
    const uint32_t *first_step, *last_step; // of figure_chain: of each asset, from 1
    uint32_t *main_threats;                 // per graph asset
    uint32_t *box_of_component;             // LAYOUT_NONE: not shown
    struct scene_zone *zones;
    struct box *boxes; // parallel to layout.nodes
    unsigned *levels;  // of boxes: from the cloud (0) down to the field
    struct scene_line *lines;
    struct layout_tag *tags; // of lines
    size_t n_hidden_lines, n_hidden_zones;
    struct layout layout;
};

/* 1 if a component, or a flow, is in the part that is drawn. */
static inline int scene_shows(const uint8_t *marks, uint32_t i)
{
    return marks == NULL || marks[i];
}

/* Fills zones and boxes. Returns 0 if there is nothing to show. */
int scene_add_boxes(struct scene *scene);

/* Fills lines (figure_lines.c); the boxes must be there. */
void scene_add_lines(struct scene *scene);

/* Effective protection of a flow (index in the model's list). */
int flow_is_encrypted(const struct assessment *a, uint32_t flow);
int flow_is_authenticated(const struct assessment *a, uint32_t flow);

static inline const struct component *component_at(const struct assessment *a,
                                                   uint32_t i)
{
    return LIST_AT(a->model->m.components, struct component, i);
}

static inline const struct flow *flow_at(const struct assessment *a, uint32_t i)
{
    return LIST_AT(a->model->m.flows, struct flow, i);
}

static inline const struct zone *zone_at(const struct assessment *a, uint32_t i)
{
    return LIST_AT(a->model->m.zones, struct zone, i);
}

/* The zone a component is in, or FIGURE_NO_ZONE. */
static inline uint32_t zone_of(const struct assessment *a, uint32_t component)
{
    const struct ref *zone = &component_at(a, component)->zone;
    return zone->id ? zone->index : FIGURE_NO_ZONE;
}
#endif
