// SPDX-License-Identifier: Apache-2.0
#ifndef ASSESS_STANDING_H
#define ASSESS_STANDING_H
/*
 * Several systems side by side: what each requirement of the catalog is to each, and
 * where systems in one cell of the map are protected differently. A system is in the
 * cell of its worst position.
 */
#include "assess/assess.h"

/* What a requirement is to a system. */
enum standing {
    NOT_DERIVED,
    STANDING_OPEN,
    STANDING_EXCLUDED,
    STANDING_ADOPTED,
    N_STANDINGS
};

struct standing_word {
    const char *name, *mark; // of JSON; one sign
    struct text text;
};
extern const struct standing_word standing_words[N_STANDINGS];

/* All that a comparison looks at of a system; nothing here is owned. */
struct compared {
    struct position worst;
    const uint8_t *demanded; // enum strength of viewpoint 1 to N_VIEWPOINTS; [0] unused
    const uint8_t *standing; // of each requirement of the catalog
};

/* Fills a byte for each requirement of the catalog. */
void standings_of(const struct assessment *a, uint8_t *standing);

int is_in_cell(const struct compared *system, struct position cell);
size_t count_in_cell(const struct compared *systems, size_t n, struct position cell);

/* 1 if systems of a cell differ in a requirement (index), or in a viewpoint's demand.
 */
int standing_differs(const struct compared *systems, size_t n, struct position cell,
                     uint32_t requirement);
int demand_differs(const struct compared *systems, size_t n, struct position cell,
                   uint32_t viewpoint);

/* All cells of the map, the gravest first. */
enum { N_CELLS = N_LEVELS * N_LEVELS };
struct position cell_by_gravity(unsigned i);
#endif
