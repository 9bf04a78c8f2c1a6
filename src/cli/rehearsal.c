// SPDX-License-Identifier: Apache-2.0
/* Rehearsals for other commands; see rehearsal.h. */
#include "cli/rehearsal.h"

#include <stdlib.h>

#include "cli/meter.h"
#include "twin/measured.h"

/* What was ended early is told as such, and kept only where it is whole. */
static void drop_what_was_ended(struct rehearsal_runs *runs)
{
    if (runs->matrix && runs->matrix->is_stopped) {
        runs->result->is_stopped = 1;
        rehearse_matrix_free(runs->matrix);
        runs->matrix = NULL;
    }
    if (runs->compatibility && runs->compatibility->is_stopped) {
        runs->result->is_stopped = 1;
        compatibility_free(runs->compatibility);
        runs->compatibility = NULL;
    }
}

void rehearsal_run_plan(const struct cli *cli, struct rehearse_plan *plan, int also,
                        struct rehearsal_runs *runs)
{
    struct meter meter;
    meter_begin(&meter, cli);
    plan->stop = &meter_is_stopped;
    plan->progress = meter_show_share;
    plan->told = &meter;
    runs->result = rehearse_run(plan);
    if (also & REHEARSAL_MATRIX && !meter_is_stopped)
        runs->matrix = rehearse_matrix_run(runs->result);
    if (also & REHEARSAL_COMPATIBILITY && !meter_is_stopped)
        runs->compatibility = compatibility_run(plan);
    drop_what_was_ended(runs);
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

void rehearsal_json(const void *result, struct json *j)
{
    if (result) measured_json(result, j);
}

void rehearsal_fini(struct rehearsal_runs *runs)
{
    compatibility_free(runs->compatibility);
    rehearse_matrix_free(runs->matrix);
    rehearse_free(runs->result);
    cast_free(runs->cast);
    free(runs->measures);
    *runs = (struct rehearsal_runs){0};
}
