// SPDX-License-Identifier: Apache-2.0
#ifndef ATTACK_RARE_H
#define ATTACK_RARE_H
/*
 * Probabilities far too small for plain Monte Carlo, by multilevel splitting (Z. I.
 * Botev and D. P. Kroese, "Efficient Monte Carlo simulation via the generalized
 * splitting method", Statistics and Computing 22, 2012).
 *
 * A world is made easier for the attacker by degrees (world.h, ease): with the same
 * luck, what is reached in a harder world is reached in every easier one. So the event
 * is a chain of events, each likely given the one before: reached at ease e1 > e2 > ...
 * > 0. From level to level the particles that reach the target are kept, multiplied,
 * and moved by drawing their luck anew number by number, given that they reach it: that
 * leaves their distribution as it is. The probability is the product of the shares that
 * go on.
 *
 * Each attacker is treated apart, as the share of one may be what is rare, and weighs
 * by his share. A pilot run chooses the levels and finds out which numbers of the luck
 * matter; independent batches then use both, and their spread gives the interval.
 */
#include "attack/net.h"
#include "attack/sim.h"

struct rare_plan {
    const struct net *net;
    uint32_t target; // node
    uint64_t seed;
    unsigned batches;   // 2 at least; RARE_BATCHES
    uint32_t particles; // in each; RARE_PARTICLES
    unsigned threads;
};
enum { RARE_BATCHES = 20, RARE_PARTICLES = 400, RARE_MOST_LEVELS = 64 };

struct rare {
    double probability;
    double ci95[2];    // Student's t over the batches, cut at 0 and 1
    unsigned n_levels; // the most that an attacker needed; 0: none reached the target
                       // even when all was easy
    uint64_t worlds;   // that were run
};

/* Depends on seed, batches and particles, not on threads. A target whose graph is
 * larger than RARE_MOST_LUCK numbers allow, nodes times particles, is not tried:
 * n_levels is 0. */
#define RARE_MOST_LUCK ((uint64_t)1 << 26)
struct rare rare_run(const struct rare_plan *plan);

/*
 * An estimate of its own for each target of a simulation that fewer than 100 of its
 * worlds have reached; of the others n_levels is 0. The plan's progress is told before
 * each, its stop ends it before the next. The caller frees.
 */
struct rare *rare_where_few(const struct sim_plan *plan, const struct tally *tally);
#endif
