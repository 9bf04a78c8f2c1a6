// SPDX-License-Identifier: Apache-2.0
#ifndef ATTACK_SIM_H
#define ATTACK_SIM_H
/*
 * Monte Carlo over the worlds of a net (net.h): which targets are reached, when, by
 * which way.
 *
 * In one world, Knuth's generalization of Dijkstra's algorithm settles nodes in the
 * order of their times. A node's time of its own is drawn when its first parent (OR) or
 * last parent (AND) is settled; as times are never negative that parent decides, and
 * the node enters the queue once. Nothing is allocated within a trial.
 *
 * Same seed, same bytes: a world depends on (seed, trial) only, and all that is counted
 * is whole numbers, whose sums do not depend on order. So threads, shards and machines
 * may share trials in any way (tally_add).
 */
#include <signal.h>

#include "attack/net.h"

/* Bins of times: each doubling of the time has as many bins of equal width. */
enum { TALLY_LEAST_EXPONENT = -20, TALLY_MOST_EXPONENT = 20 };

/* The first trials tell which way was taken. */
enum { TALLY_WAY_TRIALS = 1 << 15 };

/* Of one target and one attacker. */
struct tally_target {
    uint64_t reached;
    uint64_t time_low, time_high; // sum of times, 2^-20 days, 128 bits
    uint64_t *bins; // the first is for times below 2^-20 days, the last for the longest
};

struct tally {
    uint32_t n_targets, n_attackers, n_nodes, bins_per_doubling, n_bins;
    uint64_t trials;                   // worlds counted
    uint64_t *worlds;                  // of each attacker
    uint64_t node_visits, edge_visits; // nodes settled, children looked at
    struct tally_target *targets;      // [attacker * n_targets + target]
    uint64_t *bins;                    // of all of them
    // both NULL where that would be too large, which has_ways says
    int has_ways;
    uint64_t
        *used; // [target * n_nodes + node]: worlds whose attack on it needs the node
    uint64_t *ways; // [target * TALLY_WAY_TRIALS + trial]: a number for the set of
                    // nodes that the attack needed; 0: not reached
};

struct sim_plan {
    const struct net *net;
    const uint32_t *targets; // nodes
    uint32_t n_targets;
    uint64_t seed, first_trial, n_trials;
    unsigned threads;                  // 1 at least
    const volatile sig_atomic_t *stop; // not 0: end after the trials under way, or NULL
    void (*progress)(void *with, uint64_t done); // now and then, or NULL
    void *with;
};

/* Runs trials; returns what they amount to, for tally_fini. */
struct tally sim_run(const struct sim_plan *plan);

/* Of a target, the worlds in which only one of two nets has it reached. */
struct tally_pair {
    uint64_t only_first, only_second;
};

struct sim_comparison {
    struct tally tallies[2];
    struct tally_pair *pairs; // of each target
};

/*
 * Runs each world in the plan's net and in another with the same nodes and attackers
 * but other measures: the luck is the same in both, so their difference has a small
 * spread. For sim_comparison_fini.
 */
struct sim_comparison sim_compare(const struct sim_plan *plan, const struct net *other);
void sim_comparison_add(struct sim_comparison *into, const struct sim_comparison *from);
void sim_comparison_fini(struct sim_comparison *c);

/* Adds `from` to `into`, made for the same net, targets and attackers. */
void tally_add(struct tally *into, const struct tally *from);
void tally_fini(struct tally *t);

/*
 * The way an attacker took to a target (its number) in one trial: nodes in the order in
 * which he was done with them. Returns how many, 0 if he did not reach it; the caller
 * frees.
 */
size_t sim_way(const struct sim_plan *plan, uint64_t trial, uint32_t target,
               uint32_t **nodes);

/* ---- what a tally says */

/*
 * The difference of two probabilities, second less first, in n worlds of both, with an
 * interval of 95% confidence: normal, half a world added to each of the four outcomes
 * (Agresti and Min, "Simple improved confidence intervals for comparing matched
 * proportions", 2005), so that it has a width also where no world differs.
 */
double tally_difference(const struct tally_pair *pair, uint64_t n, double interval[2]);

/* A target's counts, over all attackers; bins: room for n_bins. */
struct tally_target tally_total(const struct tally *t, uint32_t target, uint64_t *bins);

/* How many worlds have reached the target by a time, exact to a bin; within one by its
 * share. */
uint64_t tally_reached_by(const struct tally *tally, const struct tally_target *t,
                          double days);

/* Mean of the times of the worlds that reached it, days. */
double tally_mean(const struct tally_target *t);

/*
 * The time by which a share p of n worlds has reached the target, days; HUGE_VAL if
 * fewer have. Exact to one part in bins_per_doubling.
 */
double tally_quantile(const struct tally *tally, const struct tally_target *t,
                      uint64_t n, double p);
#endif
