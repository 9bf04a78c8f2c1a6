// SPDX-License-Identifier: Apache-2.0
#ifndef ATTACK_WORLD_H
#define ATTACK_WORLD_H
/*
 * One world after another, on one thread: what sim.h runs many of. All its memory is
 * taken when it is made.
 */
#include "attack/net.h"

/* Of a node in the present world. */
struct world_node {
    uint32_t mark; // 2 epoch: some parents of an AND step are done; 2 epoch + 1: it is
                   // in the queue, done or impossible; less: untouched
    uint32_t from; // in the first case parents missing; then the parent that decided,
                   // or NET_NONE at entries
};

struct world_event {
    double time;
    uint32_t node;
};

struct world {
    const struct net *net;
    uint64_t seed;
    // for rare.h; 0 in worlds as they are
    const double
        *luck;   // NULL, or numbers in (0, 1) that decide instead of the seed: one
                 // for each step in quantities, each measure, and the attacker
    double ease; // 0 to 1: times are multiplied by 1 - ease, what has a
                 // chance p succeeds with p^(1 - ease), for the attacker
    // the present world
    uint64_t trial;
    uint32_t epoch;
    const struct net_attacker *attacker;
    double now;
    struct world_node *nodes;
    uint32_t *given; // epoch in which the node is open or given; NULL without gates
    uint32_t *held;  // of each measure: 2 epoch + (1: it holds), once that is known
    // what is to be settled: at this very time first, then by time
    uint32_t *at_once;
    size_t n_at_once;
    struct world_event *queue; // heap, four branches
    size_t n_queue;
    // targets, borrowed
    const uint32_t *targets;
    const uint8_t *shut; // a byte for each node: 1: its step is impossible; or NULL
    uint32_t n_targets, n_left; // different ones, those not reached yet
    uint32_t *target_of;        // of each node: number of the target + 1, or 0
    double *target_time;        // HUGE_VAL: not reached
    // ways: nodes seen, a stack, and the place of each node among those settled
    uint32_t *seen, *stack, *place;
    uint32_t seen_epoch, n_settled;
    uint64_t node_visits, edge_visits; // of all worlds
};

/* Targets must differ from each other. */
struct world world_new(const struct net *net, uint64_t seed, const uint32_t *targets,
                       uint32_t n_targets);
void world_fini(struct world *w);

/* Runs a trial: afterwards target_time of each target says when it was reached. */
void world_run(struct world *w, uint64_t trial);

/*
 * The nodes that the attack on a reached target needed in the last world, in no
 * particular order. They belong to the world, until the next call. Returns how many.
 */
size_t world_needs(struct world *w, uint32_t target, const uint32_t **nodes);
#endif
