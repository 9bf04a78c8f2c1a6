// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_RUNS_H
#define TWIN_RUNS_H
/* A rehearsal with what goes beside it, and one run of it as a table. */
#include "base/json.h"
#include "twin/rehearse.h"

struct rehearsal_runs {
    struct cast *cast;
    uint8_t *measures; // of the second set
    struct rehearse_result *result;
    struct rehearse_matrix *matrix;
    struct compatibility *compatibility;
};

/*
 * Runs a plan, then each measure alone and the safety functions under measures where
 * that is asked for, into result, matrix and compatibility. What the plan's stop ended
 * is left out, and told by result->is_stopped.
 */
enum { REHEARSAL_MATRIX = 1, REHEARSAL_COMPATIBILITY = 2 };
void rehearsal_runs_make(struct rehearse_plan *plan, int also,
                         struct rehearsal_runs *runs);
void rehearsal_fini(struct rehearsal_runs *runs);

/* All of it as JSON (schema/rehearse.schema.json): the whole object. */
void rehearsal_document(const struct rehearsal_runs *runs, struct buf *out);
/* What assess_json_with adds: a struct rehearse_result, or nothing for NULL. */
void rehearsal_json(const void *result, struct json *j);

/* One run, a row a time, as CSV: what is observed, then the marks since the last row.
 */
void rehearsal_trace(const struct stage_plan *plan, struct buf *out);

/* The play of the incident of that id, or NULL. */
const struct cast_play *rehearsal_play(const struct cast *c, const char *incident);
#endif
