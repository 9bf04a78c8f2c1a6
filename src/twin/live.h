// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_LIVE_H
#define TWIN_LIVE_H
/*
 * A run as it goes, in JSON: what somebody needs who draws it elsewhere. A head, then
 * frames, then the result; all as members of an open object, all only look at the
 * stage. The values of a frame are those of a row of `awai rehearse --trace`.
 */
#include "base/json.h"
#include "twin/rehearse.h"

/*
 * The twin, its day, the columns of each frame with their units, which of them tell
 * most (`shows`), signals, outcomes, parameters and chances as they came out in this
 * world, and what the scenario's picture needs once (`scene`). After stage_begin.
 */
void live_head(const struct stage *s, struct json *j);

/*
 * One moment: time, values in the order of the columns, what was sent and seen of each
 * signal, what has happened since *n_told marks, and the scenario's picture.
 */
void live_frame(const struct stage *s, uint32_t *n_told, struct json *j);

/* When it ended, all outcomes, and for each stakeholder whom the incident concerns its
 * level on each axis that a rule measures, with the rule that decided. Once it is over,
 * of a plan with a play. */
void live_result(const struct stage *s, struct json *j);
#endif
