// SPDX-License-Identifier: Apache-2.0
#ifndef ATTACK_REACHED_H
#define ATTACK_REACHED_H
/*
 * What was reached together: for each of many worlds its attacker and the set of
 * targets he reached. Who needs the joint sets draws from these worlds again, instead
 * of running the graph for each event.
 */
#include "attack/ways.h"
#include "attack/world.h"
#include "base/share.h"

struct reached_plan {
    const struct net *net;
    const uint32_t *targets; // nodes
    uint32_t n_targets;
    uint64_t seed, n_worlds;
    struct ways *ways; // where the ways that are taken are added, or NULL
    unsigned threads;
    const volatile sig_atomic_t *stop; // not 0: end soon, with fewer worlds; or NULL
    void (*progress)(void *told, uint64_t done); // worlds; or NULL
    void *told;
};

/* Owns its arrays; for reached_fini. World w is trial w of the seed. */
struct reached {
    uint64_t n_worlds;  // that were run: the first ones
    uint32_t n_words;   // of a set
    uint16_t *attacker; // of each world
    uint64_t *sets;     // [world * n_words + target / 64], bit target % 64
    uint64_t *ways;     // [world * n_targets + target]: the number of the way to it, 0:
                        // not reached; NULL if the plan wanted none
};

/* Same plan, same worlds, whatever the number of threads. */
struct reached reached_run(const struct reached_plan *plan);
void reached_fini(struct reached *r);

/* Room for n worlds, nothing noted yet. */
struct reached reached_new(const struct reached_plan *plan);

/* Notes the last world that was run, in its place; a way that the plan's do not have
 * goes into `fresh`, of this thread. */
void reached_note(struct reached *r, const struct reached_plan *plan, struct world *w,
                  struct ways *fresh);

static inline int reached_has(const struct reached *r, uint64_t world, uint32_t target)
{
    return r->sets[world * r->n_words + target / 64] >> (target % 64) & 1;
}
#endif
