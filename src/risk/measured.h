// SPDX-License-Identifier: Apache-2.0
#ifndef RISK_MEASURED_H
#define RISK_MEASURED_H
/*
 * What rehearsals on a twin say of how incidents end, in the place of what the model
 * declares: the shares of the cells of the map over the runs without measures. An axis
 * that no rule measures stays at the declared level. What measures limit stays the
 * model's judgement (limits), so nothing counts twice.
 */
#include "risk/endings.h"
#include "twin/rehearse.h"

/* Returns how many harms are now measured. */
uint32_t endings_measure(struct endings *e, const struct rehearse_result *r);
#endif
