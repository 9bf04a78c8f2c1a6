// SPDX-License-Identifier: Apache-2.0
#ifndef RISK_PLAN_ANSWER_H
#define RISK_PLAN_ANSWER_H
/*
 * A plan that explains itself: what each chosen measure is for, in which order to take
 * them, what is left, who has to do what, and how likely each incident is before and
 * after. For people (page/term_plan.h) and programs (plan_json).
 */
#include "attack/sim.h"
#include "base/json.h"
#include "risk/plan_case.h"

/* A measure of the plan. */
struct plan_choice {
    uint32_t measure;
    double cost;
    uint32_t gain; // risk above target that it removes, those before it in place
    uint32_t loss; // risk above target that comes back without it
    struct plan_ways ways; // what opens then
};

struct plan_chance {
    uint32_t incident; // index in the model's list
    // share of the campaigns that reach it as it is, with the plan, and the difference
    double before, after, difference, interval[2];
    // share that ends in harm above someone's target, after what limits it and holds
    double above_before, above_after, above_difference, above_interval[2];
};

/* How the simulation is to run; no trials: not at all. */
struct plan_trials {
    uint64_t trials, seed;
    unsigned threads;
    const volatile sig_atomic_t *stop;
};

struct plan_answer {
    struct plan_case *c; // borrowed, as is what it is of
    struct plan *plan;
    int has_budget; // else: to the target
    struct money budget;
    enum plan_end end;
    int is_conflict; // impossible only because candidates exclude each other
    struct plan_set inherent, now, set; // nothing, what is there, the plan
    struct plan_choice *choices;        // most risk removed per money first
    uint32_t n_choices;
    struct plan_ways left;    // above target under the plan
    struct plan_ways beyond;  // impossible: above target whatever is chosen
    struct assessment *after; // with the plan; its view `planned`
    int is_verified;          // `after` agrees on what is left
    struct plan_front front;  // n 0: not asked for
    int is_front_cut;         // dearer sets of it were not found
    uint64_t trials, seed;
    struct plan_chance *chances; // in the order of ids; none: no world was run
    uint32_t n_chances;
    int is_written;                         // into the model's file:
    uint32_t n_decided, n_added, n_entries; // measures, of the catalog; decisions
};

struct plan_answer *plan_answer_open(struct plan_case *c, const struct money *budget);
/* Adds the front; quick: at most as much of it as takes seconds. */
void plan_answer_front(struct plan_answer *answer, int is_quick);
void plan_answer_chances(struct plan_answer *answer, const struct plan_trials *trials);
void plan_answer_close(struct plan_answer *answer);

/* The members of a JSON object. */
void plan_json(const struct plan_answer *answer, struct json *j);
/* The whole object. */
void plan_document(const struct plan_answer *answer, struct buf *out);
#endif
