// SPDX-License-Identifier: Apache-2.0
#ifndef ATTACK_ATTACK_H
#define ATTACK_ATTACK_H
/*
 * What a simulation says, for people and programs: probabilities, times, ways, and what
 * most successful attacks depend on. One form for nets of any origin.
 */
#include "attack/rare.h"
#include "attack/sim.h"
#include "base/json.h"

/* Names of the nodes of a net. */
struct attack_names {
    const void *of;
    // the id of a node, in `room` or elsewhere; stable, for programs
    const char *(*id)(const void *of, uint32_t node, char *room, size_t size);
    // what people call it, in the arena or elsewhere
    struct text (*title)(const void *of, uint32_t node, struct arena *arena);
    // the node to show in its place in a way, or NET_NONE
    uint32_t (*shown)(const void *of, uint32_t node);
};

struct attack {
    const struct sim_plan *plan;
    const struct tally *tally;
    struct attack_names names;
    const struct rare *rare; // of each target, NULL: none was asked for; n_levels 0:
                             // not of this one, or it could not be estimated
    const char *set; // measures in play, as they were asked for; NULL: of no model
    double seconds;
    int is_stopped; // by the user, before all trials were run
};

/* A way to a target, as often as it was taken. */
struct attack_way {
    uint64_t count, first; // first: a trial that took it
};

/*
 * The ways to a target in the first trials, most frequent first, and in how many of
 * these trials it was reached. The caller frees. NULL, 0 of 0, without ways.
 */
struct attack_way *attack_ways(const struct tally *t, uint32_t target, size_t *n,
                               uint64_t *n_reached);

/*
 * The way an attacker took to a target in one trial, as it is shown: each node once, in
 * the order in which he was done. Returns how many; the caller frees.
 */
size_t attack_way(const struct attack *a, uint32_t target, uint64_t trial,
                  uint32_t **nodes);

/* What the successful attacks on a target need: a node and the share that need it. */
struct attack_need {
    uint32_t node;
    double share;
};

/*
 * The nodes that at least `share` of the successful attacks on a target need, most
 * needed first, as they are shown, without the target and the entries. The caller
 * frees.
 */
struct attack_need *attack_needs(const struct attack *a, uint32_t target, double share,
                                 size_t *n);

enum { ATTACK_MOST_WAYS = 5, ATTACK_MOST_NEEDS = 20 };
#define ATTACK_NEED_SHARE 0.5

/* The members of a JSON object: trials, seed, horizon_days, targets, paths, ... */
void attack_json(const struct attack *a, struct json *j);
/* The whole object. */
void attack_document(const struct attack *a, struct buf *out);

/* Two sets of measures in the same worlds; plan, names and time as in `attack`, whose
 * tally is that of the first. */
struct attack_comparison {
    struct attack attack;
    const struct sim_comparison *result;
    const char *sets[2]; // as they were asked for
};

/* The members of a JSON object: compare, trials, seed, targets with both and the
 * difference. */
void attack_compare_json(const struct attack_comparison *c, struct json *j);
/* The whole object. */
void attack_compare_document(const struct attack_comparison *c, struct buf *out);
#endif
