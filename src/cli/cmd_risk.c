// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* awai risk: how often, how much, and what protection that demands. */
#include <stdlib.h>

#include "attack/model_net.h"
#include "cli/chance.h"
#include "cli/meter.h"
#include "cli/output.h"
#include "cli/rehearsal.h"
#include "page/figure_risk.h"
#include "page/term_risk.h"
#include "risk/risk.h"

static int read_plan(const struct cli *cli, struct risk_plan *p)
{
    struct chance chance;
    const char *set = cli_option(cli, "measures");
    if (set && cli_option(cli, "compare"))
        return CLI_SAY(cli, NOT_BOTH, text_same("measures"), text_same("compare"));
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

/* One set of measures, or two that are compared. */
struct pair {
    struct risk_plan plans[2];
    struct risk *risks[2];
    uint8_t *measures[2];
    int n;
    struct rehearsal_runs rehearsal;
};

static void print_text(struct cli *cli, const struct pair *p)
{
    struct term term = {cli->lang, cli->colour, cli->columns};
    cli_prose(cli);
    if (p->n == 2)
        term_risk_compare(p->risks[0], p->risks[1], &term, &cli->out);
    else
        term_risk(p->risks[0], &term, &cli->out);
}

static void print_risks(struct cli *cli, const struct pair *p)
{
    if (cli_option(cli, "json"))
        risk_document(p->risks, p->n, &cli->out);
    else
        print_text(cli, p);
}

static int write_figures(const struct cli *cli, const struct pair *p)
{
    struct risk_pair pair = {.before = p->n == 2 ? p->risks[0] : NULL,
                             .after = p->risks[p->n - 1],
                             .before_name = text_same(p->plans[0].set),
                             .after_name = text_same(p->plans[p->n - 1].set)};
    struct buf svg = {0};
    int code = EXIT_FINE;
    if (cli_option(cli, "svg") == NULL) return EXIT_FINE;
    for (size_t i = 0; code == EXIT_FINE && i < N_RISK_FIGURES; i++) {
        risk_figures[i].draw(&pair, cli->lang, &svg);
        code = output_figure(cli, risk_figures[i].name, &svg);
    }
    buf_fini(&svg);
    return code;
}

/* Ctrl-C ends a run with what there is. */
static struct risk *run_plan(const struct cli *cli, struct risk_plan *plan)
{
    struct meter meter;
    meter_begin(&meter, cli);
    plan->stop = &meter_is_stopped;
    plan->progress = meter_show_share;
    plan->told = &meter;
    struct risk *r = risk_run(plan);
    plan->told = NULL; // it ends with this function
    r->seconds = meter_end(&meter);
    return r;
}

/* Runs and prints; when the first of two is ended early, it stands alone. */
static int run_pair(struct cli *cli, struct pair *p)
{
    for (int i = 0; i < p->n; i++) {
        p->risks[i] = run_plan(cli, &p->plans[i]);
        if (p->risks[i]->is_stopped) p->n = i + 1;
    }
    print_risks(cli, p);
    return write_figures(cli, p);
}

static int run_model(struct cli *cli, const struct risk_plan *plan,
                     const struct graph *g)
{
    struct pair p = {.n = cli_option(cli, "compare") ? 2 : 1};
    int code = EXIT_FINE;
    for (int i = 0; code == EXIT_FINE && i < p.n; i++) {
        const char *set = p.n == 2 ? cli_option_at(cli, "compare", i) : plan->set;
        p.measures[i] = mem_alloc(g->model->m.measures.n + 1);
        code = chance_measures(cli, g->model, set, p.measures[i]);
        p.plans[i] = *plan;
        p.plans[i].set = set;
        p.plans[i].graph = g;
        p.plans[i].measures = p.measures[i];
    }
    if (code == EXIT_FINE) code = rehearsal_run(cli, g, &p.rehearsal);
    for (int i = 0; i < p.n; i++)
        p.plans[i].rehearsed = p.rehearsal.result;
    if (code == EXIT_FINE) code = run_pair(cli, &p);
    rehearsal_fini(&p.rehearsal);
    for (int i = 0; i < 2; i++) {
        risk_free(p.risks[i]);
        free(p.measures[i]);
    }
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
    {"compare",
      "SET SET",       {{"two sets of measures, before and after",
       "二つの対策の集合を、前後として比べる"}}                                  },
    {"worlds",
      "N",             {{"worlds of the attack simulation; default 100000",
       "攻撃シミュレーションの試行の回数。既定100000"}}                               },
    {"years",
      "N",             {{"years of losses; default 100000", "損失を計算する年数。既定100000"}}         },
    {"outer",
      "N",             {{"draws of what is uncertain; default 1000, or 200 where each needs worlds",
       "不確かな入力の抽出の回数。既定1000、抽出ごとに試行が要る場合は200"}}},
    {"inner",
      "N",             {{"worlds in each draw, where skill or holds are uncertain; default 2000",
       "技量又は有効性が不確かな場合の、抽出ごとの試行の回数。既定2000"}}   },
    REHEARSAL_OPTION,
    CHANCE_SEED_OPTION,
    CHANCE_THREADS_OPTION,
    OUTPUT_SVG_OPTION,
    {"json",
      NULL,            {{"the result as JSON (schema/risk.schema.json)",
       "結果をJSONで出力する (schema/risk.schema.json)"}}                                       },
    {NULL,      NULL, {{NULL, NULL}}                                                                              },
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
