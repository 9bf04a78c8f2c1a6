// SPDX-License-Identifier: Apache-2.0
#ifndef GRAPH_GRAPH_INT_H
#define GRAPH_GRAPH_INT_H
/* Shared between the files of this room only. */
#include "graph/graph.h"

enum { N_INTERFACES = INTERFACE_PANEL + 1, N_DATA_CLASSES = DATA_OPERATIONAL + 1 };

/* The bits of the traits that come from the model's properties, by their value. */
struct trait_bits {
    traits sensitive, holds_data, holds_program, physical, staffed, encrypted,
        authenticated, inside;
    traits auth[AUTH_MULTI_FACTOR + 1], update[UPDATE_SIGNED + 1];
    traits interface[N_INTERFACES], data[N_DATA_CLASSES];
    traits zone_kind[ZONE_OUTDOOR + 1], access[ACCESS_CONTROLLED + 1],
        trust[TRUST_FULL + 1];
};

void traits_init(struct trait_bits *b);
traits traits_of_component(const struct trait_bits *b, const struct model *model,
                           const struct catalog *catalog, const struct component *c);
traits traits_of_flow(const struct trait_bits *b, const struct model *model,
                      const struct catalog *catalog, const struct flow *f);
traits traits_of_zone(const struct trait_bits *b, const struct model *model,
                      const struct zone *z);

/* 1 if an asset with traits t fulfils a condition. */
static inline int traits_fit(traits t, traits need, traits avoid)
{
    return (t & need) == need && (t & avoid) == 0;
}

/*
 * Steps and joints of a kind's plan are numbered together, steps first; an asset has
 * those whose bit is set in `present`, and its nodes are these in order.
 */
static inline uint32_t node_of_bit(const struct graph *g, uint32_t asset, uint32_t bit)
{
    uint64_t below = g->present[asset] & (((uint64_t)1 << bit) - 1);
    return g->first_node[asset] + (uint32_t)__builtin_popcountll(below);
}

static inline int has_bit(const struct graph *g, uint32_t asset, uint32_t bit)
{
    return (int)(g->present[asset] >> bit & 1);
}

/* The time to compromise of a step for an asset with traits t, or NULL. */
const struct ttc *step_ttc(const struct step *step, traits t);

/* The kind an asset's steps come from. */
const struct kind *asset_kind(const struct graph *g, uint32_t asset);

/* Turns parents (rows by child) into children (rows by parent); allocates. */
struct rows rows_transpose(const struct rows *rows, uint32_t n);
#endif
