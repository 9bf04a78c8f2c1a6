// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
#ifndef CLI_REHEARSAL_H
#define CLI_REHEARSAL_H
/* Rehearsals for commands that show or use measured levels (--rehearse). */

#include "base/json.h"
#include "cli/chance.h"
#include "twin/runs.h"

/* A row of a command's table of options. */
// clang-format off
#define REHEARSAL_OPTION \
    {"rehearse", "RUNS", {{"rehearse each incident on the digital twin in so many worlds first, and take what is measured", \
                           "まずデジタルツインで各インシデントを指定の回数リハーサルし、実測値を用いる"}}}
// clang-format on

/*
 * Runs the incidents of a graph's model as --rehearse says, without measures. Ctrl-C
 * ends it with the incidents that were done. Returns EXIT_FINE, or another code after a
 * message; for rehearsal_fini in any case. Without --rehearse all of runs is NULL.
 */
int rehearsal_run(const struct cli *cli, const struct graph *g,
                  struct rehearsal_runs *runs);
/* The same with the measures decided as well, each measure alone, and the safety
 * functions under measures: all that a report tells. */
int rehearsal_run_all(const struct cli *cli, const struct graph *g,
                      struct rehearsal_runs *runs);
/* rehearsal_runs_make with progress; Ctrl-C ends it. */
void rehearsal_run_plan(const struct cli *cli, struct rehearse_plan *plan, int also,
                        struct rehearsal_runs *runs);
/* Says which library a twin needs that is not there, if there is one. */
int rehearsal_say_lacks(const struct cli *cli, const struct twin_kind *kind);
/* Says that the results of a plan would take too much memory; its exit code. */
int rehearsal_say_large(const struct cli *cli, const struct rehearse_plan *plan);
#endif
