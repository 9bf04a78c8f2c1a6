// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_TWIN_H
#define TWIN_TWIN_H
/*
 * Digital twins: systems that run, with the physics that decides what an incident does.
 * A twin is a folder with its equations and a table of its variables; this harness
 * gives it time and asks for nothing but steps. The interface has the shape of FMI 3.0
 * co-simulation: set and get variables, step to a time, take and put back the state.
 *
 * State is plain data without pointers, so a snapshot is a copy, and a run from a
 * snapshot is the run. Time is counted in whole steps, t = n * step, never summed up. A
 * twin reads no clock, no file and no random number but what the harness gives it.
 *
 * Before it may say anything about risk, a twin answers for itself: its checks compare
 * it with published numbers, and anyone can run them, also at other values
 * (`awai twin NAME --check`).
 */
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* ---- variables --------------------------------------------------------------------
 */

enum twin_causality {
    TWIN_PARAMETER, // fixed before the start
    TWIN_INPUT,     // may be set between steps
    TWIN_OUTPUT,    // what it comes to
};

/* One quantity: what it is, in which unit, from where to where. */
struct twin_quantity {
    const char *name, *unit; // unit "1": a pure number
    double start, least, most;
    struct text about;
    const char *source; // of start and range; NULL: a result
};

struct twin_variable {
    struct twin_quantity q;
    uint8_t causality;
    size_t offset; // of its double in the state
};

/* ---- checks -----------------------------------------------------------------------
 */

enum { TWIN_MOST_VALUES = 8 };

/* A published or analytic case: inputs, results (NAN: not given there), and how far off
 * the results may be, as a share of them. */
struct twin_case {
    double inputs[TWIN_MOST_VALUES], results[TWIN_MOST_VALUES];
    double tolerance;
    const char *source;
};

/* A part of a twin's physics that can be asked by itself. */
struct twin_check {
    const char *name;
    struct text about;
    const char *reference; // formula or source of the method
    const struct twin_quantity *inputs, *results;
    size_t n_inputs, n_results;
    void (*run)(const double *inputs, double *results); // NAN: never, or no answer
    const struct twin_case *cases;
    size_t n_cases;
};

/* ---- twins ------------------------------------------------------------------------
 */

struct twin_kind {
    const char *name;
    struct text title, about;
    const struct twin_variable *variables;
    size_t n_variables, size; // size of the state in bytes
    double step_s;
    void (*start)(void *state);                    // first state, from the parameters
    void (*step)(void *state, double t, double h); // from t to t + h seconds
    const struct twin_check *checks;
    size_t n_checks;
    const char *(*lacks)(void); // as twin_lacks; NULL: nothing can be missing
};

/* The name of a library that the twin needs to run and that is not there, or NULL. */
const char *twin_lacks(const struct twin_kind *kind);

/* All twins, sorted by name. */
extern const struct twin_kind *const twin_kinds[];
extern const size_t n_twin_kinds;
const struct twin_kind *twin_find(const char *name);

struct twin {
    const struct twin_kind *kind;
    void *state;
    uint64_t n_steps; // since the start; t = n_steps * kind->step_s
    int is_started;
};

/* A twin with all variables at their start values; for twin_fini. */
struct twin twin_new(const struct twin_kind *kind);
/* Back to before the start, all variables at their start values. */
void twin_reset(struct twin *t);
void twin_fini(struct twin *t);

/* The number of a variable, or -1. */
int twin_variable(const struct twin_kind *kind, const char *name);
double twin_get(const struct twin *t, int variable);

enum twin_wrong { TWIN_FINE, TWIN_OUT_OF_RANGE, TWIN_NOT_NOW, TWIN_NOT_SETTABLE };
/* Parameters before the first step, inputs at any time, both within their range. */
enum twin_wrong twin_set(struct twin *t, int variable, double value);

/* One step; the first one starts it. Returns 0 when some output is no number any more,
 * which no twin may come to. */
int twin_step(struct twin *t);
/* n of them, looked at when they are done. */
int twin_steps(struct twin *t, uint64_t n);
double twin_time(const struct twin *t);

/* Room for kind->size bytes: the state, and the state put back; n_steps goes along. */
void twin_save(const struct twin *t, void *bytes);
void twin_restore(struct twin *t, const void *bytes, uint64_t n_steps);

#define TWIN_COUNT(array) (sizeof(array) / sizeof *(array))
#endif
