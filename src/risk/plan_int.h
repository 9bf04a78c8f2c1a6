// SPDX-License-Identifier: Apache-2.0
#ifndef RISK_PLAN_INT_H
#define RISK_PLAN_INT_H
/* Shared between the files of the plan only. */
#include "risk/plan.h"

/* What is left under a set of measures. */
struct plan_view {
    struct reach reach;
    struct position *caps; // of each incident
};

struct plan_view plan_view_of(const struct plan *plan, const uint8_t *of);
void plan_view_fini(struct plan_view *view);
int plan_is_reached(const struct plan *plan, const struct plan_view *view,
                    uint32_t incident);
int plan_is_met(const struct plan *plan, const struct plan_view *view,
                const struct plan_demand *demand);

/* 1 if a stakeholder has a target that counts. */
int plan_is_held(const struct plan *plan, uint32_t stakeholder);

/* The worst of an incident's harm to those who have a target that counts, each axis by
 * itself, at most at `cap`. */
struct position plan_harm(const struct plan *plan, uint32_t incident,
                          struct position cap);

/* 1 if that harm is above someone's target. */
int plan_is_above(const struct plan *plan, uint32_t incident, struct position cap);

/* 1 if a measure keeps the harm of a demand at most at its level. */
int plan_limits(const struct measure *measure, const struct plan_demand *demand);

/* The chain to an incident that is left, as graph_chain; the caller frees. */
size_t plan_chain(const struct plan *plan, const struct plan_view *view,
                  uint32_t incident, uint32_t **nodes);

/* ---- the search */

struct plan_search *plan_search_open(struct plan *plan);
void plan_search_close(struct plan_search *search);

#define LEVEL_ON(position, axis)                                                       \
    ((axis) == AXIS_RECOVERY ? (position).recovery : (position).economic)

static inline const struct measure *plan_measure(const struct plan *plan, uint32_t i)
{
    return LIST_AT(plan->question.graph->model->m.measures, struct measure, i);
}
#endif
