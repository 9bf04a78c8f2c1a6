// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* awai rehearse: incidents on the digital twin, with measures and without. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/chance.h"
#include "cli/output.h"
#include "cli/pictures.h"
#include "cli/rehearsal.h"
#include "cli/watch.h"
#include "page/term_rehearse.h"

struct settings {
    struct chance chance;
    uint64_t runs, world;
    const char *set; // of measures
    double begins_s; // below 0: as the plays say
    double speed;    // of --watch
};

static int read_settings(const struct cli *cli, struct settings *s)
{
    const char *set = cli_option(cli, "measures");
    *s = (struct settings){.runs = 200, .begins_s = -1, .set = set ? set : "decided"};
    if (chance_read(cli, &s->chance) ||
        cli_whole(cli, "runs", 1, REHEARSE_MOST_RUNS, &s->runs) ||
        cli_whole(cli, "world", 0, REHEARSE_MOST_RUNS, &s->world) ||
        cli_decimal_or_zero(cli, "at", &s->begins_s) || watch_speed(cli, &s->speed))
        return EXIT_USAGE;
    if (cli_option(cli, "world") && !cli_option(cli, "trace") &&
        !cli_option(cli, "watch"))
        return CLI_SAY(cli, TRACE_OF_WHAT, text_same("world"), text_same("trace"));
    return EXIT_FINE;
}

/* The incident asked for, REF_NONE without one; EXIT_INPUT if there is no play of it.
 */
static int find_incident(const struct cli *cli, const struct cast *c,
                         uint32_t *incident)
{
    const char *id = cli_option(cli, "incident");
    *incident = REF_NONE;
    if (id == NULL) return EXIT_FINE;
    const struct cast_play *play = rehearsal_play(c, id);
    if (play) *incident = play->incident;
    return play ? EXIT_FINE : CLI_SAY(cli, NO_PLAY, text_same(id));
}

/* An attack that begins when all is over would seem to do no harm. */
static void warn_if_late(const struct cli *cli, const struct cast *c, double begins_s)
{
    char ends[32];
    snprintf(ends, sizeof ends, "%g", c->scenario->lasts_s);
    if (begins_s < c->scenario->lasts_s) return;
    CLI_SAY(cli, AT_LATE, text_same(cli_option(cli, "at")), text_same(ends));
}

/* ---- one run as CSV ---------------------------------------------------------------
 */

static int write_trace(const struct cli *cli, const struct stage_plan *plan)
{
    struct buf text = {0};
    rehearsal_trace(plan, &text);
    int code = output_file(cli, cli_option(cli, "trace"), &text);
    buf_fini(&text);
    return code;
}

/* ---- all --------------------------------------------------------------------------
 */

static void print(struct cli *cli, const struct rehearsal_runs *r)
{
    struct term term = {cli->lang, cli->colour, cli->columns};
    if (cli_option(cli, "json")) {
        rehearsal_document(r, &cli->out);
        return;
    }
    cli_prose(cli);
    term_rehearse(r->result, &term, &cli->out);
    if (r->matrix) term_matrix(r->matrix, &term, &cli->out);
    if (r->compatibility) term_compatibility(r->compatibility, &term, &cli->out);
}

static int run_all(struct cli *cli, struct rehearse_plan *plan, const char *set)
{
    struct rehearsal_runs r = {0};
    int also = (cli_option(cli, "matrix") ? REHEARSAL_MATRIX : 0) |
               (cli_option(cli, "compatibility") ? REHEARSAL_COMPATIBILITY : 0);
    rehearsal_run_plan(cli, plan, also, &r);
    print(cli, &r);
    int code = pictures_write(cli, r.result, r.matrix, set);
    rehearsal_fini(&r);
    return code;
}

static int replay(struct cli *cli, const struct settings *s,
                  const struct rehearse_plan *plan)
{
    const struct cast *c = plan->cast;
    struct stage_plan one = {.cast = c,
                             .measures =
                                 cli_option(cli, "measures") ? plan->sets[1] : NULL,
                             .emergency = -1,
                             .seed = plan->seed,
                             .world = s->world,
                             .begins_s = s->begins_s};
    if (plan->incident == REF_NONE)
        return CLI_SAY(cli, TRACE_OF_WHAT,
                       text_same(cli_option(cli, "watch") ? "watch" : "trace"),
                       text_same("incident"));
    for (uint32_t i = 0; i < c->n_plays; i++)
        if (c->plays[i].incident == plan->incident) one.play = &c->plays[i];
    int code = cli_option(cli, "watch") ? watch_run(cli, &one, s->speed) : EXIT_FINE;
    if (code == EXIT_FINE && cli_option(cli, "trace")) code = write_trace(cli, &one);
    return code;
}

static int run_cast(struct cli *cli, const struct settings *s, const struct cast *c)
{
    uint8_t *measures = mem_alloc(c->graph->model->m.measures.n + 1);
    struct rehearse_plan plan = {
        .cast = c,
        .sets = {NULL, measures},
        .n_sets = 2,
        .seed = s->chance.seed,
        .runs = s->runs,
        .threads = s->chance.threads,
        .begins_s = s->begins_s
    };
    int code = find_incident(cli, c, &plan.incident);
    if (code == EXIT_FINE) warn_if_late(cli, c, s->begins_s);
    if (code == EXIT_FINE)
        code = chance_measures(cli, c->graph->model, s->set, measures);
    if (code == EXIT_FINE && (cli_option(cli, "trace") || cli_option(cli, "watch")))
        code = replay(cli, s, &plan);
    else if (code == EXIT_FINE && rehearse_bytes(&plan) > REHEARSE_MOST_BYTES)
        code = rehearsal_say_large(cli, &plan);
    else if (code == EXIT_FINE)
        code = run_all(cli, &plan, s->set);
    free(measures);
    return code;
}

static int run(struct cli *cli)
{
    struct settings settings;
    struct cli_system system = {0};
    if (read_settings(cli, &settings)) return EXIT_USAGE;
    int code = cli_load(cli, cli->args[0], &system, 0);
    struct cast *cast = code == EXIT_FINE ? cast_new(system.graph) : NULL;
    if (code == EXIT_FINE && cast == NULL)
        code = CLI_SAY(cli, NO_REHEARSAL, text_same(cli->args[0]));
    if (cast) code = rehearsal_say_lacks(cli, cast->scenario->twin);
    if (cast && code == EXIT_FINE) code = run_cast(cli, &settings, cast);
    cast_free(cast);
    cli_unload(&system);
    return code;
}

static const struct option options[] = {
    {"incident",      "ID", {{"only this incident", "このインシデントだけ"}}                                           },
    {"measures",
     "SET",                 {{"measures of the second set, beside none: none, in-force, decided, all, ID, "
       "-ID, separated by commas; default decided",
       "対策無しと比べる対策の集合: none、in-force、decided、all、ID、-ID "
       "をコンマで区切る。既定は decided"}}                                                               },
    {"runs",
     "N",                   {{"worlds for each incident and set; default 200",
       "インシデントと集合ごとの試行の回数。既定200"}}                                              },
    CHANCE_SEED_OPTION,
    CHANCE_THREADS_OPTION,
    {"at",
     "TIME",                {{"the attack begins then, s, instead of when its play says",
       "攻撃の開始時刻(秒)。既定はプレイの記述による"}}                                         },
    {"matrix",
     NULL,                  {{"also each measure alone, when it holds: what it changes in each incident",
       "対策ごとに、有効に働いた場合に各インシデントの結果をどう変えるかも示す"}}   },
    {"compatibility",
     NULL,                  {{"also whether safety functions meet their demand without any attack, under each "
       "measure and set",
       "攻撃の無い場合に、各対策とその組合せの下で安全機能が要求を満たすかも示す"}}},
    {"trace",
     "FILE",                {{"run one world of --incident again, without measures unless --measures is "
       "given, and write a row a time to FILE, as CSV",
       "--incident の一つの試行を再実行し(--measures "
       "が無ければ対策無し)、時刻ごとにFILEへCSVで書き出す"}}                                   },
    {"world",
     "N",                   {{"with --trace and --watch: which world; default 0",
       "--trace、--watch と共に: 試行の番号。既定0"}}                                                       },
    {"watch",
     NULL,                  {{"run one world of --incident again and draw it on the terminal while it runs; "
       "elsewhere a line a simulated minute",
       "--incident "
       "の一つの試行を再実行し、経過を端末に描く。端末以外では1分ごとに1行を書く"}} },
    {"speed",
     "FACTOR",              {{"with --watch: simulated seconds a second, 0: as fast as it goes; default: "
       "about 20 s for the run",
       "--watch と共に: 1秒当たりに進める秒数。0は最速。既定は約20秒で終わる速さ"}}   },
    {"json",
     NULL,                  {{"the result as JSON (schema/rehearse.schema.json)",
       "結果をJSONで出力する (schema/rehearse.schema.json)"}}                                                  },
    OUTPUT_SVG_OPTION,
    {NULL,            NULL, {{NULL, NULL}}                                                                                       },
};

const struct command command_rehearse = {
    "rehearse",
    run,
    "FILE",
    1,
    1,
    options,
    {{"what incidents do in the physical world: rehearsed on the digital twin, with "
      "measures and without",
      "インシデントが物理空間に及ぼす結果: "
      "デジタルツインによる、対策の有無ごとのリハーサル"}},
    "awai rehearse usecases/gas-water-heater/model.yaml --runs 50",
};
