// SPDX-License-Identifier: Apache-2.0
#ifndef ATTACK_WAYS_H
#define ATTACK_WAYS_H
/*
 * The ways that attacks took, each kept once: the nodes that a successful attack needed
 * (world_needs), under a number that is a function of which nodes these are. So worlds
 * keep a number for each target, and threads, runs and sets of measures of one graph
 * agree on it: what they found is joined in any order.
 */
#include "attack/net.h"

/* In all ways together, 64 MB; with more, nothing is added any longer. */
#define WAYS_MOST_NODES ((size_t)1 << 24)

struct way {
    uint64_t number;   // 0: a free place
    uint32_t first, n; // nodes[first ...] of struct ways, in no particular order
};

/* Owns its arrays; zero-initialized is valid and empty. */
struct ways {
    struct way *places; // by their numbers, at most half of them taken
    size_t n_places, n;
    uint32_t *nodes;
    size_t n_nodes, cap_nodes;
    int is_full; // some way is not in it
};

/* The number of a set of nodes, whatever their order; never 0. */
uint64_t way_number(const struct net *net, const uint32_t *nodes, size_t n);

/* The way of a number, until the next that is added, or NULL. */
const struct way *ways_find(const struct ways *ways, uint64_t number);

/* Adds a way, unless it is there, and copies its nodes. */
void ways_add(struct ways *ways, uint64_t number, const uint32_t *nodes, size_t n);

/* Adds all that another has. */
void ways_join(struct ways *into, const struct ways *from);
void ways_fini(struct ways *ways);
#endif
