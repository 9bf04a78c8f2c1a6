// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
#ifndef CLI_REHEARSAL_H
#define CLI_REHEARSAL_H
/* Rehearsals for commands that show or use measured levels (--rehearse). */
#include "cli/chance.h"
#include "twin/rehearse.h"

/* Both NULL without --rehearse. */
struct rehearsal_runs {
    struct cast *cast;
    struct rehearse_result *result;
};

/* A row of a command's table of options. */
// clang-format off
#define REHEARSAL_OPTION \
    {"rehearse", "RUNS", {{"rehearse each incident on the digital twin in so many worlds first, and take what is measured", \
                           "まずデジタルツインで各インシデントを指定の回数リハーサルし、実測値を用いる"}}}
// clang-format on

/*
 * Runs the incidents of a graph's model as --rehearse says, without measures and, where
 * `measures` is not NULL, with them. Returns EXIT_FINE, or another code after a
 * message; for rehearsal_fini in any case.
 */
int rehearsal_run(const struct cli *cli, const struct graph *g, const uint8_t *measures,
                  const struct chance *chance, struct rehearsal_runs *runs);
void rehearsal_fini(struct rehearsal_runs *runs);
#endif
