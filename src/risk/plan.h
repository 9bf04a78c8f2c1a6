// SPDX-License-Identifier: Apache-2.0
#ifndef RISK_PLAN_H
#define RISK_PLAN_H
/*
 * Which measures, at what cost, bring every stakeholder within the target.
 *
 * What is to be removed is counted in demands: "this incident, on this axis, no longer
 * above this level", one for each level by which its harm to someone is above the
 * target. A demand weighs as many as it concerns; the sum is the risk above target (as
 * position_excess of the map, summed over incidents and stakeholders). A demand is met
 * when no chain reaches the incident any more, or a measure limits its harm enough.
 *
 * The search is exact: an integer program chooses measures; the graph is asked what is
 * left under just these; each chain that still reaches an incident gives a cut, "one of
 * those that block a step of this chain, or limit the harm enough, else the demand is
 * not met", which every set of measures obeys; and again, until nothing is left to say.
 * So what the last program proves best is best.
 *
 * Borrows graph, model and assessment; what is returned lives until plan_close.
 */
#include "assess/assess.h"

/* What the plan is made from; arrays have one item a measure of graph->model. */
struct plan_question {
    const struct graph *graph;
    const struct assessment *assessment; // what is excluded; of the same model
    const uint8_t *base;                 // measures that are there anyway
    const uint8_t *candidates;           // measures that may be chosen
    const double *costs;                 // of candidates, in one currency
};

enum { AXIS_RECOVERY, AXIS_ECONOMIC, N_AXES };

struct plan_demand {
    uint32_t incident; // index in the model's list
    uint8_t axis;
    uint8_t level;   // its harm must be at most this
    uint32_t weight; // how many stakeholders it concerns
};

/* A set of measures, and what it comes to. */
struct plan_set {
    uint8_t *of; // a byte a measure: base and what is chosen
    double cost;
    uint32_t left; // risk above target that is left: weight of the demands not met
};

enum plan_end { PLAN_PROVEN, PLAN_IMPOSSIBLE, PLAN_UNPROVEN };

struct plan {
    struct arena arena;
    struct plan_question question;
    uint32_t n_candidates, *candidates; // indices of measures, in the order of ids
    uint8_t *hopeless; // of each candidate: it requires what cannot be had, or
                       // conflicts with what is there
    struct plan_demand *demands;
    uint32_t n_demands, weight; // sum of the weights
    double grid; // costs are whole multiples of it, or, if not, rounded to it
    double gap; // by how much a cost may be above the least, for that rounding; 0: none
    uint32_t n_rounds, n_cuts; // programs solved, cuts made
    struct plan_search *search;
};

struct plan *plan_open(const struct plan_question *question);
void plan_close(struct plan *plan);

/* What a set of measures leaves; `of` is copied. */
struct plan_set plan_look(struct plan *plan, const uint8_t *of);

/* The same of a set that the caller keeps: its `of` is NULL. */
struct plan_set plan_weigh(const struct plan *plan, const uint8_t *of);

/* The set of least cost that leaves nothing, of these one of fewest measures. */
enum plan_end plan_to_target(struct plan *plan, struct plan_set *set);

/*
 * The set that leaves least among those of at most this cost (HUGE_VAL: any), of these
 * the cheapest, of these one of fewest measures.
 */
enum plan_end plan_for_budget(struct plan *plan, double budget, struct plan_set *set);

/*
 * Every set for which none leaves less at no more cost, cheapest first. How long that
 * takes nobody can tell: with limits it ends unproven, and has the first of them. The
 * limits do not depend on time, so the same question gives the same sets.
 */
struct plan_front {
    struct plan_set *sets;
    size_t n, cap;
    uint32_t most_programs, most_nodes; // programs, nodes of each; 0: no limit
};
enum plan_end plan_front(struct plan *plan, struct plan_front *front);

/* A way that is open under a set of measures, and what it demands. */
struct plan_way {
    uint32_t incident;
    struct position from, to; // worst harm without the set, with it
    uint8_t is_cut;           // the set does not leave less harm, but no way at all
    uint32_t *nodes;          // the chain, as graph_chain
    size_t n_nodes;
};

struct plan_ways {
    struct plan_way *items;
    size_t n, cap;
};

/* The incidents whose demands a set does not meet though `than` does (NULL: all that it
 * does not meet), each with the shortest chain that is left. */
struct plan_ways plan_ways_left(struct plan *plan, const uint8_t *of,
                                const uint8_t *than);
#endif
