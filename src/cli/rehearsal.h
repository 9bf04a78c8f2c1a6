// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
#ifndef CLI_REHEARSAL_H
#define CLI_REHEARSAL_H
/* Rehearsals for commands that show or use measured levels (--rehearse). */

#include "base/json.h"
#include "cli/chance.h"
#include "twin/rehearse.h"

/* All NULL without --rehearse. */
struct rehearsal_runs {
    struct cast *cast;
    uint8_t *measures; // of the second set
    struct rehearse_result *result;
    struct rehearse_matrix *matrix;
    struct compatibility *compatibility;
};

/* A row of a command's table of options. */
// clang-format off
#define REHEARSAL_OPTION \
    {"rehearse", "RUNS", {{"rehearse each incident on the digital twin in so many worlds first, and take what is measured", \
                           "まずデジタルツインで各インシデントを指定の回数リハーサルし、実測値を用いる"}}}
// clang-format on

/*
 * Runs the incidents of a graph's model as --rehearse says, without measures. Ctrl-C
 * ends it with the incidents that were done. Returns EXIT_FINE, or another code after a
 * message; for rehearsal_fini in any case.
 */
int rehearsal_run(const struct cli *cli, const struct graph *g,
                  struct rehearsal_runs *runs);
/* The same with the measures decided as well, each measure alone, and the safety
 * functions under measures: all that a report tells. */
int rehearsal_run_all(const struct cli *cli, const struct graph *g,
                      struct rehearsal_runs *runs);
/* Runs a plan, then each measure alone and the safety functions under measures where
 * that is asked for, with progress. What Ctrl-C ended is left out, and told by
 * result->is_stopped. */
enum { REHEARSAL_MATRIX = 1, REHEARSAL_COMPATIBILITY = 2 };
void rehearsal_run_plan(const struct cli *cli, struct rehearse_plan *plan, int also,
                        struct rehearsal_runs *runs);
/* Says which library a twin needs that is not there, if there is one. */
int rehearsal_say_lacks(const struct cli *cli, const struct twin_kind *kind);
/* Says that the results of a plan would take too much memory; its exit code. */
int rehearsal_say_large(const struct cli *cli, const struct rehearse_plan *plan);
/* What assess_json_with adds: a struct rehearse_result, or nothing for NULL. */
void rehearsal_json(const void *result, struct json *j);
void rehearsal_fini(struct rehearsal_runs *runs);
#endif
