// SPDX-License-Identifier: Apache-2.0
#ifndef RISK_COUNTS_H
#define RISK_COUNTS_H
/*
 * What campaigns amount to on average under one set of measures: of the worlds of each
 * attacker, how many reach an incident, how many of these with its harm limited by
 * measures, and so how often a campaign leads to each cell of the map, and what it
 * costs. All means are sums over attackers of campaigns a year times what is in here:
 * exact for the worlds that were run, without a year being simulated.
 *
 * A measure that limits harm holds in the worlds where it holds in the attack graph:
 * one chance for both.
 */
#include "attack/model_net.h"
#include "attack/reached.h"
#include "risk/endings.h"

struct replay;

/* Cells of the map, then the money. */
enum { N_CELLS = N_LEVELS * N_LEVELS, VALUE_LOSS = N_CELLS, N_VALUES };
static inline uint32_t cell_of(uint8_t recovery, uint8_t economic)
{
    return (uint32_t)recovery * N_LEVELS + economic;
}

struct worlds_plan {
    const struct graph *graph;
    const struct endings *endings;
    const uint8_t *measures;  // in play
    struct net_inputs inputs; // of skill and holds; NULL: their means
    int is_by_campaigns; // worlds by the campaigns a year of the attackers, not equal
    uint64_t seed, n_worlds;
    struct replay *replay; // of graph and seed, where there are no inputs, and worlds
                           // equal; what it keeps is not run again; or NULL
    int is_tried;          // it need not keep these worlds
    struct ways *ways;     // as in reached_plan; with a replay its own, or NULL
    unsigned threads;
    const volatile sig_atomic_t *stop;
    void (*progress)(void *told, uint64_t done);
    void *told;
};

/* Worlds under a set of measures; for worlds_fini. All attackers have equal shares of
 * them, so that rare ones are known as well as frequent ones, unless is_by_campaigns.
 */
struct worlds {
    struct reached reached; // targets: the incidents, as the model lists them
    uint32_t n_incidents, n_attackers;
    uint32_t n_limits;
    struct limit *limits;  // of the measures in play, those of an incident together:
    uint32_t *first_limit; // its first; that of the next incident is behind its last
    uint8_t *spared; // [attacker * n_incidents + incident]: he does not want it at all
    uint64_t seed;
};

struct worlds worlds_run(const struct worlds_plan *plan);
void worlds_fini(struct worlds *w);

/* The net that the worlds of a plan are of, and its targets, one for each incident. For
 * net_fini. */
struct net worlds_net(const struct worlds_plan *plan, uint32_t *targets);

/* The cell of highest levels that an incident's harm can have in a world. */
uint32_t world_cap(const struct worlds *w, uint64_t world, uint32_t incident);

/* For counts_fini. */
struct counts {
    uint32_t n_incidents, n_attackers;
    uint64_t *worlds;  // of each attacker
    uint64_t *caps;    // [(attacker * n_incidents + incident) * N_CELLS + cap]
    uint64_t *reached; // [attacker * n_incidents + incident]
    uint8_t *spared;   // likewise: as in struct worlds
};

/* Of the first n worlds. */
struct counts counts_of(const struct worlds *w, uint64_t n);
void counts_fini(struct counts *c);

/* Share of an attacker's campaigns that reach an incident. */
double counts_share(const struct counts *c, uint32_t attacker, uint32_t incident);

/*
 * What an incident amounts to for one ending at given campaigns a year: value[cell], a
 * year, and value[VALUE_LOSS], money a year. layers[cell]: with what chance the layers
 * of protection leave the harm at most there; NULL: there are none.
 */
void counts_values(const struct counts *c, const struct endings *e,
                   const struct ending *of, const double *campaigns,
                   const double *layers, double *value);

/* Adds to value[] what an ending amounts to, `rate` times a year with its harm at most
 * at cell `cap`. */
void counts_ends(const struct endings *e, const struct ending *of, uint32_t cap,
                 double rate, double *value);

/* The cell of the lower level of two on each axis. */
uint32_t cell_of_both(uint32_t a, uint32_t b);

/* How often a year an incident is reached. */
double counts_rate(const struct counts *c, uint32_t incident, const double *campaigns);

/*
 * The same with 95% confidence, from Wilson's interval for each attacker: G. Y. Zou and
 * A. Donner, "Construction of confidence limits about effect measures", Statistics in
 * Medicine 27 (2008).
 */
void counts_interval(const struct counts *c, uint32_t incident, const double *campaigns,
                     double interval[2]);
#endif
