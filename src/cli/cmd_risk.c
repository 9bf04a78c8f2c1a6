// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* awai risk: how often, how much, and what protection that demands. */
#include <stdlib.h>

#include "attack/model_net.h"
#include "cli/chance.h"
#include "cli/meter.h"
#include "page/term_risk.h"
#include "risk/risk.h"

static int read_plan(const struct cli *cli, struct risk_plan *p)
{
    struct chance chance;
    const char *set = cli_option(cli, "measures");
    *p = (struct risk_plan){.worlds = 100000, .years = 100000, .inner = 2000};
    p->set = set ? set : "in-force";
    if (cli_whole(cli, "worlds", 1, 10000000, &p->worlds) ||
        cli_whole(cli, "years", 1, 1000000000, &p->years) ||
        cli_whole(cli, "outer", 2, 100000, &p->outer) ||
        cli_whole(cli, "inner", 1, 10000000, &p->inner) || chance_read(cli, &chance))
        return EXIT_USAGE;
    p->seed = chance.seed;
    p->threads = chance.threads;
    return EXIT_FINE;
}

static void print_risk(struct cli *cli, const struct risk *r)
{
    struct term term = {cli->lang, cli->colour, cli->columns};
    struct json j = json_on(&cli->out, 4);
    if (cli_option(cli, "json") == NULL) {
        cli_prose(cli);
        term_risk(r, &term, &cli->out);
        return;
    }
    json_open(&j, '{');
    risk_json(r, &j);
    json_close(&j, '}');
}

/* Runs and prints; Ctrl-C ends it with what there is. */
static void run_plan(struct cli *cli, struct risk_plan *plan)
{
    struct meter meter;
    meter_begin(&meter, cli);
    plan->stop = &meter_is_stopped;
    plan->progress = meter_show_share;
    plan->told = &meter;
    struct risk *r = risk_run(plan);
    plan->told = NULL; // it ends with this function
    r->seconds = meter_end(&meter);
    print_risk(cli, r);
    risk_free(r);
}

static int run_model(struct cli *cli, struct risk_plan *plan, const struct graph *g)
{
    uint8_t *measures = mem_alloc(g->model->m.measures.n + 1);
    int code = chance_measures(cli, g->model, plan->set, measures);
    plan->graph = g;
    plan->measures = measures;
    if (code == EXIT_FINE) run_plan(cli, plan);
    free(measures);
    return code;
}

static int run(struct cli *cli)
{
    struct risk_plan plan;
    struct cli_system system = {0};
    if (read_plan(cli, &plan)) return EXIT_USAGE;
    int code = cli_load(cli, cli->args[0], &system, 0);
    if (code == EXIT_FINE) code = run_model(cli, &plan, system.graph);
    cli_unload(&system);
    return code;
}

static const struct option options[] = {
    CHANCE_MEASURES_OPTION,
    {"worlds",
      "N",            {{"worlds of the attack simulation; default 100000",
       "攻撃シミュレーションの試行の回数。既定100000"}}                               },
    {"years",
      "N",            {{"years of losses; default 100000", "損失を計算する年数。既定100000"}}          },
    {"outer",
      "N",            {{"draws of what is uncertain; default 1000, or 200 where each needs worlds",
       "不確かな入力の抽出の回数。既定1000、抽出ごとに試行が要る場合は200"}}},
    {"inner",
      "N",            {{"worlds in each draw, where skill or holds are uncertain; default 2000",
       "技量又は有効性が不確かな場合の、抽出ごとの試行の回数。既定2000"}}   },
    CHANCE_SEED_OPTION,
    CHANCE_THREADS_OPTION,
    {"json",   NULL, {{"the result as JSON", "結果をJSONで出力する"}}                                     },
    {NULL,     NULL, {{NULL, NULL}}                                                                               },
};

const struct command command_risk = {
    "risk",
    run,
    "FILE",
    1,
    1,
    options,
    {{"risk in numbers: how often a year, how much money, what protection is demanded",
      "リスクの定量化: 年間の頻度、損失額、防護層への要求"}},
    "awai risk usecases/distillation/model.yaml --years 20000",
};
