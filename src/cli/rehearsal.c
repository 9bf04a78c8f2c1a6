// SPDX-License-Identifier: Apache-2.0
/* Rehearsals for other commands; see rehearsal.h. */
#include "cli/rehearsal.h"

#include "cli/meter.h"

/* Ctrl-C ends it with the incidents that were done. */
static void run_plan(const struct cli *cli, struct rehearse_plan *plan,
                     struct rehearsal_runs *runs)
{
    struct meter meter;
    meter_begin(&meter, cli);
    plan->stop = &meter_is_stopped;
    plan->progress = meter_show_share;
    plan->told = &meter;
    runs->result = rehearse_run(plan);
    runs->result->seconds = meter_end(&meter);
}

int rehearsal_run(const struct cli *cli, const struct graph *g, const uint8_t *measures,
                  const struct chance *chance, struct rehearsal_runs *runs)
{
    uint64_t n = 0;
    *runs = (struct rehearsal_runs){0};
    if (cli_option(cli, "rehearse") == NULL) return EXIT_FINE;
    if (cli_whole(cli, "rehearse", 1, REHEARSE_MOST_RUNS, &n)) return EXIT_USAGE;
    runs->cast = cast_new(g);
    if (runs->cast == NULL) return CLI_SAY(cli, NO_REHEARSAL, text_same(cli->args[0]));
    struct rehearse_plan plan = {
        .cast = runs->cast,
        .sets = {NULL, measures},
        .n_sets = measures ? 2 : 1,
        .incident = REF_NONE,
        .seed = chance->seed,
        .runs = n,
        .threads = chance->threads,
        .begins_s = -1
    };
    run_plan(cli, &plan, runs);
    return EXIT_FINE;
}

void rehearsal_fini(struct rehearsal_runs *runs)
{
    rehearse_free(runs->result);
    cast_free(runs->cast);
    *runs = (struct rehearsal_runs){0};
}
