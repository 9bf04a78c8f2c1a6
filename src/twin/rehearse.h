// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_REHEARSE_H
#define TWIN_REHEARSE_H
/*
 * Incidents rehearsed: each in many worlds, without measures and with a set of them,
 * and what comes of it as distributions: of outcomes, and of levels by the model's
 * rules. Any run can be had again from the seed and its world. The same worlds serve
 * all sets of measures, so that a difference is the measures' and not luck's; nothing
 * depends on the number of threads.
 */
#include <signal.h>

#include "twin/stage.h"

struct rehearse_plan {
    const struct cast *cast;
    const uint8_t *sets[2]; // by measure: 1 in force; NULL: no measures
    uint32_t n_sets;        // 1 or 2: usually none, and with measures
    uint32_t incident;      // REF_NONE: all that have a play
    uint64_t seed, runs;    // worlds 0 to runs - 1 of the seed
    unsigned threads;
    double begins_s; // of stage_plan
    int is_certain;  // likewise
    double most_s;   // of the clock for one run; 0: REHEARSE_MOST_S
    const volatile sig_atomic_t *stop;
    void (*progress)(void *told, double share);
    void *told;
};
enum { REHEARSE_MOST_RUNS = 1000000 };
/* A run that takes longer is ended, counts as it stood, and is told: only then does a
 * result depend on the machine. The longest of the six twins takes a fifth of a second.
 */
#define REHEARSE_MOST_S 300.0

/* What all runs of a plan are kept in, and how much that may be: what needs more is
 * refused before it is taken. */
#define REHEARSE_MOST_BYTES 1e9
double rehearse_bytes(const struct rehearse_plan *plan);

/* Levels of one stakeholder in one run. */
struct run_levels {
    uint8_t recovery, economic;
};

/* All runs of an incident with one set of measures; a row a run. */
struct run_set {
    double *outcomes;          // [run][cast_n_outcomes]
    struct run_levels *levels; // [run][stakeholder]
    uint64_t worst, typical;   // worlds: the highest levels, and the median
};

struct rehearsed {
    const struct cast_play *play;
    struct run_set sets[2]; // as in the plan
};

struct rehearse_result {
    struct rehearse_plan plan;
    uint32_t n_outcomes, n_stakeholders;
    size_t n;
    struct rehearsed *items; // in the order of the incidents
    uint64_t n_runs;         // done in all
    uint64_t n_steps;        // of the twin in all
    uint64_t n_wrong;        // runs that ended with what is no number
    const char *wrong;       // the variable of one of them
    uint64_t n_late;         // runs that were ended since they took too long
    double seconds;          // filled in by the caller
    int is_stopped;          // before all was done: then only `n` incidents are whole
};

/* Runs all; for rehearse_free. */
struct rehearse_result *rehearse_run(const struct rehearse_plan *plan);
void rehearse_free(struct rehearse_result *r);

/* ---- what it says ---- */

/* A distribution over the runs. */
struct spread {
    double mean, interval[2]; // of the mean, 95%, by its standard error
    double least, p5, median, p95, most;
};
struct spread rehearse_outcome(const struct rehearse_result *r,
                               const struct rehearsed *x, int set, uint32_t outcome);

/* How many runs came to each level of an axis (0 recovery, 1 economic). */
void rehearse_levels(const struct rehearse_result *r, const struct rehearsed *x,
                     int set, uint32_t stakeholder, int axis,
                     uint64_t counts[N_LEVELS]);

/* The measured level: the highest one that at least this share of the runs reached. */
#define MEASURED_SHARE 0.05
int rehearse_measured(const uint64_t counts[N_LEVELS]);

/* 1 if rules give the stakeholder levels in the incident, or the model declares them.
 */
int rehearse_concerns(const struct cast *c, uint32_t incident, uint32_t stakeholder);
/* 1 if some rule gives the stakeholder levels of an axis in the incident. */
int rehearse_measures(const struct cast *c, uint32_t incident, uint32_t stakeholder,
                      int axis);
/* The harm that the model declares, or NULL. */
const struct harm *rehearse_declared(const struct cast *c, uint32_t incident,
                                     uint32_t stakeholder);

/* levels.c: the levels of all stakeholders by the outcomes of a run. */
void levels_of(const struct cast *c, uint32_t incident, const double *outcomes,
               struct run_levels *levels);

/* Why a stakeholder comes to its level of an axis (0 recovery, 1 economic) in a run:
 * the first rule whose outcome is that high; NULL where the money of all its outcomes
 * decides, or where nothing raises it. */
struct level_reason {
    const struct level_rule *rule;
    double money; // in the unit of the criteria
};
struct level_reason levels_reason(const struct cast *c, uint32_t incident,
                                  const double *outcomes, uint32_t stakeholder,
                                  int axis);

/* ---- each measure alone ---- */

struct matrix_cell {
    double *means;             // of the outcomes
    struct run_levels *levels; // measured, by stakeholder
    int changes;               // 1 if any outcome of any run differs from without
                               // measures
};

struct rehearse_matrix {
    const struct rehearse_result *without;
    size_t n_measures;
    uint32_t *measures;        // those that do something, in the order of the model
    struct matrix_cell *cells; // [incident][measure]
    uint64_t n_runs;
    int is_stopped; // before all was done: the cells then are not whole
};
/* When the measure holds. With the worlds of `r`, whose first set must be without
 * measures; its plan's progress is told, and its stop ends it. */
struct rehearse_matrix *rehearse_matrix_run(const struct rehearse_result *r);
void rehearse_matrix_free(struct rehearse_matrix *m);
/* The limit that the model judges a measure to set to the harm of an incident, or NULL.
 */
const struct harm_limit *rehearse_judged(const struct cast *c, uint32_t incident,
                                         uint32_t measure);
/* 1 if a measure alone leaves a stakeholder more than the model judges it to. */
int rehearse_contradicts(const struct rehearse_matrix *m, size_t incident,
                         size_t measure, uint32_t stakeholder);

/* ---- compatibility: safety functions without any attack ---- */

struct compatibility_row {
    const char *set;   // "none", "in-force", "decided", "all", or a measure's id
    int emergency;     // of the scenario
    uint64_t n_failed; // runs that did not meet the demand
    uint64_t world; // the worst of them: the farthest beyond, or nearest to, its bound
    double worst, most; // the outcome there, and what it may be at most
};

struct compatibility {
    const struct cast *cast;
    uint64_t seed, runs, n_runs;
    size_t n, cap;
    struct compatibility_row *rows;
    int is_stopped; // before all was done: the rows then are not all
};
/* When measures hold. All emergencies with no measure, each one that does something
 * alone, and the sets; the plan's stop ends it. */
struct compatibility *compatibility_run(const struct rehearse_plan *plan);
void compatibility_free(struct compatibility *c);
/* 1 if the demand is missed in more runs than without measures. */
int compatibility_breaks(const struct compatibility *c,
                         const struct compatibility_row *r);
#endif
