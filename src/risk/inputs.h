// SPDX-License-Identifier: Apache-2.0
#ifndef RISK_INPUTS_H
#define RISK_INPUTS_H
/*
 * The inputs of a risk that are not known exactly, and draws of them. An input is an
 * estimate with a least and a greatest value; each draw takes one value of its PERT
 * distribution. Measures that take their probability of holding from the same place,
 * an example or the catalog's usual one, share an input: who is wrong about it is
 * wrong about all of them.
 *
 * Each input has numbers of its own, so that one more input changes no other's draws.
 */
#include "attack/model_net.h"

enum input_kind { INPUT_CAMPAIGNS, INPUT_SKILL, INPUT_HOLDS, INPUT_PFD, N_INPUT_KINDS };
extern const struct choice_set input_kinds;

struct risk_input {
    uint8_t kind;   // enum input_kind
    const char *id; // of the attacker, measure, example or safety function, or
                    // "effectiveness" of the catalog
    struct text name;
    const struct estimate *estimate;
};

/* Those of a model under a set of measures, in the order of kinds, then of ids; lives
 * in an arena. */
struct inputs {
    uint32_t n;
    struct risk_input *items;
    int is_nested; // some of them change what worlds look like: skill or holds
};

struct inputs inputs_of(const struct graph *graph, const uint8_t *measures,
                        struct arena *arena);

/* The value of one input in one draw. */
double input_draw(const struct risk_input *input, uint64_t seed, uint64_t draw);

/* The number of the input that is this estimate, or inputs->n: it is known. */
uint32_t inputs_find(const struct inputs *inputs, const struct estimate *e);
#endif
