// SPDX-License-Identifier: Apache-2.0
#ifndef RISK_ENDINGS_H
#define RISK_ENDINGS_H
/*
 * What an incident does to a stakeholder, as a distribution: how it may end, with what
 * share, at which levels, for how much money. By default what the model says; a twin
 * may put its own in (endings_put). Axis 1 is a level here, never an amount.
 */
#include "graph/graph.h"

/* What an amount of money rests on, from best to worst. */
enum basis {
    BASIS_NOTHING_LOST, // no economic impact
    BASIS_STATED,       // a loss in the model
    BASIS_BOUNDS,       // between the bounds of the levels: an assumption
    BASIS_MISSING,      // nothing says what it costs
};

struct amount {
    uint8_t basis; // enum basis
    struct dist dist;
};

/* Money by level, from the losses and bounds of the model, then from the losses of the
 * catalog, if they are in the same currency. The bounds of the catalog are no figures
 * of anybody. */
struct money_scale {
    char unit[4]; // "" when the model has no amounts
    struct amount levels[N_LEVELS];
};

struct money_scale money_scale_of(const struct model *model,
                                  const struct catalog *catalog);

/* One way to end. */
struct end {
    double share;
    uint8_t recovery, economic; // enum level
    struct amount loss;
};

struct ending {
    uint32_t incident, stakeholder; // in the model's lists
    uint32_t n_ends;
    struct end *ends;
};

/* Owns its memory. Endings are in the order of the ids of their incidents, whatever the
 * order of the file; those of an incident from first[incident] to end[incident]. */
struct endings {
    struct arena arena;
    struct money_scale money;
    uint32_t n, n_incidents, n_excluded; // of the incidents; they have no endings
    struct ending *items;
    uint32_t *first, *end;
};

/* The numbers of a list of entries, in the order of their ids; in the arena. */
uint32_t *order_of_ids(struct arena *a, const struct list *list, size_t size);

struct endings endings_of(const struct model *model, const struct catalog *catalog);

/* Other ends for what an incident does to a stakeholder, copied; their shares sum to 1.
 * Returns 0 if the model knows no such harm. */
int endings_put(struct endings *e, uint32_t incident, uint32_t stakeholder,
                const struct end *ends, uint32_t n);
void endings_fini(struct endings *e);

/* At most these levels; a lower level on axis 2 costs what that level does, if that is
 * less. */
struct end end_limited(const struct endings *e, struct end end, uint8_t recovery,
                       uint8_t economic);
#endif
