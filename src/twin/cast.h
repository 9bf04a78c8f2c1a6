// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_CAST_H
#define TWIN_CAST_H
/*
 * A model cast for its twin: the components and flows that matter as numbered places
 * with what they can do (delay, loss, protection), the ways of signals over them, and
 * plays and measures in terms of those. Made once, read by all runs.
 */
#include "graph/graph.h"
#include "twin/scenario.h"

/* What every twin has in common, besides what its scenario states. */
enum general_outcome {
    GENERAL_PERSONAL,  // records of personal data that can be read by others
    GENERAL_SECRET,    // records of trade secrets
    GENERAL_STOPPED_H, // longest time that a component is stopped, h
    GENERAL_ALTERED,   // components in which a program of the attacker has run
    GENERAL_REFUSED,   // steps of the attack that measures refused
    GENERAL_SEEN,      // 1: the attack was seen
    N_GENERAL_OUTCOMES
};
extern const struct scenario_outcome general_outcomes[N_GENERAL_OUTCOMES];

enum general_chance {
    CHANCE_COPYING_H, // to copy what a component holds, h
    CHANCE_RESTORE_H, // until a stopped component works again, h
    CHANCE_NOTICE_S,  // until monitoring ends an attack, s
    CHANCE_LOGIN_S,   // a login, s
    CHANCE_MISTYPED,  // probability that somebody in a hurry is locked out
    CHANCE_READABLE,  // share of what a component holds that one login can read
    N_GENERAL_CHANCES
};
extern const struct scenario_chance general_chances[N_GENERAL_CHANCES];

/* A component or flow. */
struct cast_place {
    uint8_t is_flow;
    uint8_t encrypted, authenticated;
    uint32_t index;                   // in the model's list
    uint32_t zone;                    // of a component
    uint16_t from, to;                // of a flow: places
    double latency_s, jitter_s, loss; // of a flow
    double per_s;                     // messages that it can take
    double personal, secret;          // records it holds, or carries in a day
};

enum { CAST_NOWHERE = 0xffff };

/* The places a signal passes: component, flow, component, ... */
struct cast_route {
    uint16_t n, places[2 * STAGE_MOST_HOPS + 1];
};

struct cast_step {
    const struct play_step *from;
    uint16_t on;       // place
    uint16_t foothold; // place, or CAST_NOWHERE
    int16_t signal;    // -1: all that pass
    int16_t function;  // of the scenario, or -1
    struct dist at, lasts;
};

/* How a parameter is drawn: shift + dist, or where that is DIST_UNSET, `value`. */
struct cast_parameter {
    double value, shift;
    struct dist dist;
};

struct cast_play {
    uint32_t incident;
    const struct play *from;
    uint8_t is_still; // the twin stands still
    uint32_t n_steps;
    struct cast_step steps[STAGE_MOST_STEPS];
    const struct cast_parameter *parameters; // as those of the cast, of this play
};

/* What a measure does at one place, or to one signal or parameter. */
struct cast_act {
    uint8_t does; // enum act_kind
    uint32_t measure;
    uint16_t on;                         // place; CAST_NOWHERE where it needs none
    uint32_t zone;                       // of segment, else REF_NONE
    int16_t signal, response, parameter; // -1: none
    double least, most, value, chance, locks_s;
    struct dist takes; // family DIST_UNSET: as usual
};

struct cast {
    struct arena arena;
    const struct graph *graph;
    const struct rehearsal *rehearsal;
    const struct scenario *scenario;
    uint32_t n_places, n_plays;
    size_t n_acts, acts_cap;
    struct cast_place places[STAGE_MOST_PLACES];
    struct cast_route routes[STAGE_MOST_SIGNALS];
    uint16_t devices[STAGE_MOST_DEVICES];     // places, or CAST_NOWHERE
    uint32_t functions[STAGE_MOST_FUNCTIONS]; // safety functions, or REF_NONE
    uint8_t is_independent[STAGE_MOST_FUNCTIONS];
    uint16_t function_at[STAGE_MOST_FUNCTIONS]; // the first component of it
    struct cast_play *plays;                    // in the order of the model's incidents
    struct cast_act *acts;                      // on the heap, by measure
    double *holds;                              // of each measure, mean
    // variables of the twin first, then chances of the scenario, then general ones
    uint32_t n_parameters;
    const struct cast_parameter *parameters;
};

/*
 * Resolves the section `rehearsal` of a model, whose references into the catalog are
 * resolved, into its twin; what does not fit goes to the model's diagnostics.
 */
void cast_bind(struct model *model);
/* Casts a model without errors; NULL when it has no such section. For cast_free. */
struct cast *cast_new(const struct graph *g);
void cast_free(struct cast *c);

/* 1 if a measure does anything in rehearsals. */
int cast_acts_of(const struct cast *c, uint32_t measure);

/* 1 if zone a is b or lies within it. */
int cast_zone_within(const struct model *m, uint32_t a, uint32_t b);

/* The quantity of parameter i. */
const struct twin_quantity *cast_quantity(const struct scenario *s, uint32_t i);
uint32_t cast_n_parameters(const struct scenario *s);
/* All outcomes: those of the scenario, then the general ones. */
uint32_t cast_n_outcomes(const struct scenario *s);
const struct scenario_outcome *cast_outcome(const struct scenario *s, uint32_t i);
#endif
