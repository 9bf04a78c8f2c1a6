// SPDX-License-Identifier: Apache-2.0
/* Rehearsals for other commands; see rehearsal.h. */
#include "cli/rehearsal.h"

#include <stdlib.h>

#include "cli/meter.h"

void rehearsal_run_plan(const struct cli *cli, struct rehearse_plan *plan, int also,
                        struct rehearsal_runs *runs)
{
    struct meter meter;
    meter_begin(&meter, cli);
    plan->stop = &meter_is_stopped;
    plan->progress = meter_show_share;
    plan->told = &meter;
    rehearsal_runs_make(plan, also, runs);
    runs->result->seconds = meter_end(&meter);
    if (cli->show_times)
        fprintf(stderr, "time: %-8s %8.3f s\n", "rehearse", runs->result->seconds);
}

static int run(const struct cli *cli, const struct graph *g, int is_all,
               struct rehearsal_runs *runs)
{
    struct rehearse_plan plan = {
        .n_sets = is_all ? 2 : 1, .incident = REF_NONE, .begins_s = -1};
    struct chance chance;
    *runs = (struct rehearsal_runs){0};
    if (cli_option(cli, "rehearse") == NULL) return EXIT_FINE;
    if (cli_whole(cli, "rehearse", 1, REHEARSE_MOST_RUNS, &plan.runs) ||
        chance_read(cli, &chance))
        return EXIT_USAGE;
    plan.cast = runs->cast = cast_new(g);
    if (plan.cast == NULL) return CLI_SAY(cli, NO_REHEARSAL, text_same(cli->args[0]));
    if (rehearsal_say_lacks(cli, runs->cast->scenario->twin)) return EXIT_INPUT;
    plan.seed = chance.seed;
    plan.threads = chance.threads;
    if (rehearse_bytes(&plan) > REHEARSE_MOST_BYTES)
        return rehearsal_say_large(cli, &plan);
    plan.sets[1] = runs->measures = mem_alloc(g->model->m.measures.n + 1);
    int code = chance_measures(cli, g->model, "decided", runs->measures);
    int also = is_all ? REHEARSAL_MATRIX | REHEARSAL_COMPATIBILITY : 0;
    if (code == EXIT_FINE) rehearsal_run_plan(cli, &plan, also, runs);
    return code;
}

int rehearsal_run(const struct cli *cli, const struct graph *g,
                  struct rehearsal_runs *runs)
{
    return run(cli, g, 0, runs);
}

int rehearsal_run_all(const struct cli *cli, const struct graph *g,
                      struct rehearsal_runs *runs)
{
    return run(cli, g, 1, runs);
}

int rehearsal_say_lacks(const struct cli *cli, const struct twin_kind *kind)
{
    const char *library = twin_lacks(kind);
    if (library == NULL) return EXIT_FINE;
    return CLI_SAY(cli, TWIN_LACKS, text_same(kind->name), text_same(library));
}

int rehearsal_say_large(const struct cli *cli, const struct rehearse_plan *plan)
{
    char needs[32], most[32];
    snprintf(needs, sizeof needs, "%.1f", rehearse_bytes(plan) / 1e9);
    snprintf(most, sizeof most, "%.1f", REHEARSE_MOST_BYTES / 1e9);
    return CLI_SAY(cli, RUNS_LARGE, text_same(needs), text_same(most));
}
