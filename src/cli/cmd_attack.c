// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* awai attack: the attack simulation of a system, or of an attack graph of MAL. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "attack/attack.h"
#include "attack/enough.h"
#include "attack/mal_net.h"
#include "attack/model_net.h"
#include "attack/shard.h"
#include "cli/chance.h"
#include "cli/meter.h"
#include "cli/output.h"
#include "cli/ranks.h"
#include "page/figure.h"
#include "page/figure_times.h"
#include "page/term_attack.h"

/* ---- the options ------------------------------------------------------------------
 */

struct settings {
    uint64_t trials;
    struct chance chance;
    double horizon;       // days; HUGE_VAL: not given
    int is_auto;          // --trials auto: as many as it takes
    struct sim_goal goal; // of that
    struct shard shard;   // n 0: the whole
    struct ranks ranks;   // of mpirun
};

static int read_trials(const struct cli *cli, struct settings *s)
{
    const char *trials = cli_option(cli, "trials"), *shard = cli_option(cli, "shard");
    int in_parts = shard || cli_option(cli, "merge");
    s->is_auto = trials && strcmp(trials, "auto") == 0 && !in_parts;
    if (shard && !shard_parse(shard, &s->shard))
        return CLI_SAY(cli, SHARD_OPTION, text_same(shard));
    return s->is_auto ? EXIT_FINE
                      : cli_whole(cli, "trials", 1, 1000000000000, &s->trials);
}

static int read_settings(const struct cli *cli, struct settings *s)
{
    *s = (struct settings){
        .trials = 10000, .horizon = HUGE_VAL, .goal = {0.1, 0.001}
    };
    if (read_trials(cli, s) || chance_read(cli, &s->chance) ||
        cli_decimal(cli, "horizon", &s->horizon) ||
        cli_decimal(cli, "precision", &s->goal.precision) ||
        cli_decimal(cli, "resolution", &s->goal.resolution))
        return EXIT_USAGE;
    return EXIT_FINE;
}

struct run {
    struct sim_plan plan;
    struct meter meter;
    uint64_t planned; // trials of this process; 0: not known
};

static void show_progress(void *with, uint64_t done)
{
    struct run *r = with;
    if (r->planned > 0) {
        meter_show_share(&r->meter, (double)done / (double)r->planned);
    } else if (meter_is_due(&r->meter)) {
        fputs(r->meter.lang == LANG_JA ? METER_LINE "試行中" : METER_LINE "simulating",
              stderr);
        fflush(stderr);
    }
}

/* Lets Ctrl-C end a run with what there is, and shows progress on a terminal. */
static void begin_run(struct run *r, const struct cli *cli, const struct settings *s)
{
    meter_begin(&r->meter, cli);
    r->planned = r->plan.n_trials / s->ranks.n + 1;
    r->plan.stop = &meter_is_stopped;
    ranks_run(&s->ranks);
    if (s->ranks.rank > 0) return;
    r->plan.progress = show_progress;
    r->plan.with = r;
}

static void end_run(struct run *r, uint64_t trials, struct attack *a)
{
    a->seconds = meter_end(&r->meter);
    a->is_stopped = trials < r->plan.n_trials;
}

static struct run new_run(const struct settings *s, const struct net *net,
                          const uint32_t *targets, uint32_t n_targets)
{
    return (struct run){
        .plan = {.net = net,
                 .targets = targets,
                 .n_targets = n_targets,
                 .seed = s->chance.seed,
                 .n_trials = s->trials,
                 .threads = s->chance.threads}
    };
}

static struct term term_of(const struct cli *cli)
{
    return (struct term){cli->lang, cli->colour, cli->columns};
}

static void print_attack(struct cli *cli, const struct attack *a)
{
    struct term term = term_of(cli);
    if (cli_option(cli, "json") == NULL) {
        cli_prose(cli);
        term_attack(a, &term, &cli->out);
        return;
    }
    attack_document(a, &cli->out);
}

/* ---- ranks ---- */

/* The plan of this rank, which runs its part of the trials. */
static struct sim_plan plan_of_rank(const struct settings *s,
                                    const struct sim_plan *whole)
{
    struct shard part = {s->ranks.rank + 1, s->ranks.n};
    struct sim_plan plan = *whole;
    if (s->ranks.n > 1) shard_trials(&part, whole, &plan);
    return plan;
}

static struct tally run_ranks(const struct settings *s, const struct sim_plan *whole)
{
    struct sim_plan plan = plan_of_rank(s, whole);
    struct tally tally = sim_run(&plan);
    ranks_sum(&s->ranks, &tally);
    return tally;
}

static struct sim_comparison compare_ranks(const struct settings *s,
                                           const struct sim_plan *whole,
                                           const struct net *other)
{
    struct sim_plan plan = plan_of_rank(s, whole);
    struct sim_comparison c = sim_compare(&plan, other);
    ranks_sum(&s->ranks, &c.tallies[0]);
    ranks_sum(&s->ranks, &c.tallies[1]);
    ranks_sum_pairs(&s->ranks, c.pairs, whole->n_targets);
    return c;
}

/* ---- as many trials as it takes ---- */

static struct tally run_part(const void *with, const struct sim_plan *part)
{
    return run_ranks(with, part);
}

static struct sim_comparison compare_part(const void *with, const struct sim_plan *part,
                                          const struct net *other)
{
    return compare_ranks(with, part, other);
}

/* Sets how many trials the plan has in the end. */
static struct tally run_enough(const struct settings *s, struct run *r)
{
    const struct sim_runner by = {run_part, compare_part, s};
    const struct sim_plan plan = r->plan;
    r->planned = 0;
    return sim_run_enough(&plan, &s->goal, &by, &r->plan.n_trials);
}

static struct sim_comparison compare_enough(const struct settings *s, struct run *r,
                                            const struct net *other)
{
    const struct sim_runner by = {run_part, compare_part, s};
    const struct sim_plan plan = r->plan;
    r->planned = 0;
    return sim_compare_enough(&plan, &s->goal, other, &by, &r->plan.n_trials);
}

/* ---- parts ---- */

/* All values of an option, for free; how many. */
static size_t names_given(const struct cli *cli, const char *option,
                          const char ***names)
{
    const char *name;
    size_t n = 0, cap = 0;
    *names = NULL;
    for (int i = 0; (name = cli_option_at(cli, option, i)); i++)
        *(const char **)mem_push(names, &n, &cap, sizeof **names) = name;
    return n;
}

static int print_shard(struct cli *cli, const struct settings *s,
                       const struct sim_plan *whole, const struct attack *a)
{
    struct json j = json_on(&cli->out, 1);
    if (a->is_stopped) return cli_put(cli, DIAG_SHARD_ENDED, NULL);
    json_open(&j, '{');
    shard_write(&s->shard, whole, a->tally, &j);
    json_close(&j, '}');
    return EXIT_FINE;
}

/* Adds up the parts that are named among the options, and prints the whole. */
static int merge_shards(struct cli *cli, const struct sim_plan *whole, struct attack *a)
{
    const char **paths = NULL;
    size_t n = names_given(cli, "merge", &paths);
    struct diag_list d = {0};
    struct tally sum = shard_merge(whole, paths, n, &d);
    int code = cli_report(cli, &d);
    a->tally = &sum;
    if (code == EXIT_FINE) print_attack(cli, a);
    tally_fini(&sum);
    diag_fini(&d);
    free(paths);
    return code;
}

/* ---- rare events ---- */

/* With --rare, an estimate of its own for each target that few worlds have reached, of
 * those before Ctrl-C. The caller frees. */
static struct rare *find_rare(const struct cli *cli, const struct settings *s,
                              struct run *r, const struct tally *t)
{
    if (cli_option(cli, "rare") == NULL || s->shard.n) return NULL;
    r->planned = 0;
    return rare_where_few(&r->plan, t);
}

/* The measures in play, as they were asked for. */
static const char *set_of(const struct cli *cli)
{
    const char *set = cli_option(cli, "measures");
    return set ? set : "in-force";
}

/* Of a model, with --svg: when, and where attacks pass with the last set. */
static int write_figures(const struct cli *cli, const struct settings *s,
                         const struct assessment *a, const struct times_set *before,
                         const struct times_set *after, const uint32_t *targets)
{
    struct arena arena = {0};
    struct buf svg = {0};
    const struct graph *g = a->graph;
    struct attack_names names = model_names(g);
    if (s->ranks.rank > 0) return EXIT_FINE;
    uint32_t n = after->tally->n_targets;
    struct text *titles = arena_array(&arena, n + 1, sizeof *titles);
    double *load = arena_array(&arena, g->n_assets + 1, sizeof *load);
    for (uint32_t i = 0; i < n; i++)
        titles[i] = names.title(names.of, targets[i], &arena);
    figure_times(before, after, titles, cli->lang, &svg);
    int code = output_figure(cli, "times", &svg);
    figure_attack_load(g, after->tally, load);
    if (code == EXIT_FINE) figure_attacks(a, load, cli->lang, &svg);
    if (code == EXIT_FINE) code = output_figure(cli, "attacks", &svg);
    buf_fini(&svg);
    arena_fini(&arena);
    return code;
}

/* Simulates and prints. */
static int attack_net(struct cli *cli, const struct settings *s, const struct net *net,
                      const uint32_t *targets, uint32_t n_targets,
                      struct attack_names names, const struct assessment *assessment)
{
    struct run r = new_run(s, net, targets, n_targets);
    struct sim_plan whole = r.plan;
    struct attack a = {
        .plan = &whole, .names = names, .set = assessment ? set_of(cli) : NULL};
    if (cli_option(cli, "merge")) return merge_shards(cli, &whole, &a);
    if (s->shard.n) shard_trials(&s->shard, &whole, &r.plan);
    begin_run(&r, cli, s);
    struct tally tally = s->is_auto ? run_enough(s, &r) : run_ranks(s, &r.plan);
    struct rare *rare = find_rare(cli, s, &r, &tally);
    end_run(&r, tally.trials, &a);
    a.tally = &tally;
    a.rare = rare;
    if (rare) a.is_stopped |= meter_is_stopped != 0;
    int code = EXIT_FINE;
    if (s->shard.n)
        code = print_shard(cli, s, &whole, &a);
    else
        print_attack(cli, &a);
    if (assessment && cli_option(cli, "svg") && !s->shard.n) {
        struct times_set after = {&tally, text_same(a.set)};
        code = write_figures(cli, s, assessment, NULL, &after, targets);
    }
    free(rare);
    tally_fini(&tally);
    return code;
}

/* ---- graphs of MAL ----------------------------------------------------------------
 */

/* Complains of a name that no step has. */
static int miss_step(const struct cli *cli, const struct mal *m, const char *name)
{
    return CLI_SAY(cli, STEP_NAME, text_same(name), text_same(m->diags.files[0].path),
                   text_same(mal_nearest(m, name)));
}

static int attack_mal(struct cli *cli, const struct settings *s, struct mal *m)
{
    const char **entries = NULL, **names = NULL;
    size_t n_entries = names_given(cli, "entry", &entries),
           n_names = names_given(cli, "target", &names);
    uint32_t *targets = mem_alloc((m->net.n_nodes + 1) * sizeof *targets), n = 0;
    const char *wrong = mal_entries(m, entries, n_entries, s->horizon);
    if (wrong == NULL) wrong = mal_targets(m, names, n_names, targets, &n);
    int code = wrong
                   ? miss_step(cli, m, wrong)
                   : attack_net(cli, s, &m->net, targets, n, mal_attack_names(m), NULL);
    free(targets);
    free(names);
    free(entries);
    return code;
}

static int run_mal(struct cli *cli, const struct settings *s, const char *path)
{
    if (cli_option(cli, "entry") == NULL)
        return CLI_SAY(cli, OPTION_WANTS, text_same("mal"),
                       text_same("--entry NAME..."));
    struct mal *m = mal_read(path);
    int code = cli_report(cli, &m->diags);
    if (code == EXIT_FINE) code = attack_mal(cli, s, m);
    mal_free(m);
    return code;
}

/* ---- models -----------------------------------------------------------------------
 */

/* Complains of a name that no node has, and tells the nearest that one has. */
static int miss_node(const struct cli *cli, const struct graph *g, const char *name)
{
    struct arena arena = {0};
    int code = CLI_SAY(cli, STEP_NAME, text_same(name), text_same(cli->args[0]),
                       text_same(model_nearest_node(g, name, &arena)));
    arena_fini(&arena);
    return code;
}

/* The incidents, or the nodes that are named among the options. */
static int choose_nodes(const struct cli *cli, const struct graph *g, uint32_t *targets,
                        uint32_t *n)
{
    const char **names = NULL;
    size_t n_names = names_given(cli, "target", &names);
    const char *wrong = model_targets(g, names, n_names, targets, n);
    int code = wrong ? miss_node(cli, g, wrong) : EXIT_FINE;
    free(names);
    return code;
}

/* The net with the measures of a set; EXIT_INPUT after a message if it is none. */
static int make_net(const struct cli *cli, const struct settings *s,
                    const struct graph *g, const char *set, struct net *net)
{
    uint8_t *measures = mem_alloc(g->model->m.measures.n + 1);
    int code = chance_measures(cli, g->model, set, measures);
    if (code == EXIT_FINE) *net = model_net(g, measures, s->horizon);
    free(measures);
    return code;
}

static void print_comparison(struct cli *cli, const struct attack_comparison *c)
{
    struct term term = term_of(cli);
    if (cli_option(cli, "json") == NULL) {
        cli_prose(cli);
        term_attack_compare(c, &term, &cli->out);
        return;
    }
    attack_compare_document(c, &cli->out);
}

static int compare_nets(struct cli *cli, const struct settings *s,
                        const struct net *nets, const uint32_t *targets, uint32_t n,
                        const struct assessment *assessment)
{
    const struct graph *g = assessment->graph;
    struct run r = new_run(s, &nets[0], targets, n);
    struct attack_comparison c = {
        .attack = {.plan = &r.plan, .names = model_names(g)},
        .sets = { cli_option_at(cli, "compare", 0), cli_option_at(cli, "compare", 1)}
    };
    begin_run(&r, cli, s);
    struct sim_comparison result = s->is_auto ? compare_enough(s, &r, &nets[1])
                                              : compare_ranks(s, &r.plan, &nets[1]);
    end_run(&r, result.tallies[0].trials, &c.attack);
    c.result = &result;
    c.attack.tally = &result.tallies[0];
    print_comparison(cli, &c);
    struct times_set before = {&result.tallies[0], text_same(c.sets[0])},
                     after = {&result.tallies[1], text_same(c.sets[1])};
    int code = EXIT_FINE;
    if (cli_option(cli, "svg"))
        code = write_figures(cli, s, assessment, &before, &after, targets);
    sim_comparison_fini(&result);
    return code;
}

static int attack_model(struct cli *cli, const struct settings *s,
                        const struct assessment *assessment)
{
    const struct graph *g = assessment->graph;
    const char *first = cli_option_at(cli, "compare", 0),
               *second = cli_option_at(cli, "compare", 1);
    uint32_t *targets = mem_alloc((g->n_nodes + 1) * sizeof *targets), n = 0;
    struct net nets[2] = {{0}};
    int code = choose_nodes(cli, g, targets, &n);
    if (first == NULL) first = set_of(cli);
    if (code == EXIT_FINE) code = make_net(cli, s, g, first, &nets[0]);
    if (code == EXIT_FINE && second) code = make_net(cli, s, g, second, &nets[1]);
    if (code == EXIT_FINE && second)
        code = compare_nets(cli, s, nets, targets, n, assessment);
    else if (code == EXIT_FINE)
        code = attack_net(cli, s, &nets[0], targets, n, model_names(g), assessment);
    net_fini(&nets[0]);
    net_fini(&nets[1]);
    free(targets);
    return code;
}

static int run_model(struct cli *cli, const struct settings *s)
{
    struct cli_system system = {0};
    int code = cli_load(cli, cli->args[0], &system, 0);
    if (code == EXIT_FINE) code = attack_model(cli, s, system.assessment);
    cli_unload(&system);
    return code;
}

/* ---- command ----------------------------------------------------------------------
 */

/* What a rank that fails says, as its own messages were held back. */
static void say_rank(const struct cli *cli, const struct ranks *ranks)
{
    char rank[16], n[16];
    snprintf(rank, sizeof rank, "%u", ranks->rank);
    snprintf(n, sizeof n, "%u", ranks->n);
    CLI_SAY(cli, RANK, text_same(rank), text_same(n));
}

/* Options of which one would be passed over in silence. */
static int refuse_pairs(const struct cli *cli)
{
    static const char *const pairs[][2] = {
        {"compare",  "shard"   },
        {"compare",  "merge"   },
        {"compare",  "measures"},
        {"svg",      "shard"   },
        {"svg",      "merge"   },
        {"svg",      "mal"     },
        {"compare",  "mal"     },
        {"measures", "mal"     },
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (cli_option(cli, pairs[i][0]) && cli_option(cli, pairs[i][1]))
            return CLI_SAY(cli, NOT_BOTH, text_same(pairs[i][0]),
                           text_same(pairs[i][1]));
    return EXIT_FINE;
}

static int run_one(struct cli *cli, const struct settings *s)
{
    const char *mal = cli_option(cli, "mal");
    if (refuse_pairs(cli)) return EXIT_USAGE;
    if (mal) return run_mal(cli, s, mal);
    if (cli->n_args == 0)
        return CLI_SAY(cli, ARGUMENTS_WANTED, text_same("attack"), text_same("FILE"));
    return run_model(cli, s);
}

static int run(struct cli *cli)
{
    struct settings s;
    if (read_settings(cli, &s)) return EXIT_USAGE;
    s.ranks = ranks_begin();
    if (s.ranks.n == 0) return cli_put(cli, DIAG_NO_MPI, NULL);
    int code = run_one(cli, &s);
    ranks_run(&s.ranks);
    if (code && s.ranks.rank > 0) say_rank(cli, &s.ranks);
    return ranks_end(&s.ranks, code);
}

static const struct option options[] = {
    {"mal",
     "FILE",             {{"simulate an attack graph of MAL (JSON or YAML) instead of a model",
       "モデルの代わりにMALの攻撃グラフ(JSON又はYAML)でシミュレーションする"}}},
    {"entry",
     "NAME...",          {{"with --mal: steps where the attacker starts",
       "--mal と共に: 攻撃者の出発するステップ"}}                                      },
    {"target",
     "NAME...",          {{"what to tell about; default: the incidents, or with --mal each step",
       "結果を示すノード。既定はインシデント、--mal では全ステップ"}}       },
    CHANCE_MEASURES_OPTION,
    {"compare",
     "SET SET",          {{"two sets of measures in the same worlds, and the difference",
       "二つの対策の集合を同じ試行で比べ、差を示す"}}                            },
    {"horizon",
     "DAYS",             {{"when the attacker gives up; default: never",
       "攻撃者があきらめるまでの日数。既定は無期限"}}                               },
    {"trials",
     "N",                {{"worlds to run, or auto: as many as it takes; default 10000",
       "試行の回数、又は auto(必要なだけ)。既定10000"}}                                     },
    {"precision",
     "P",                {{"with --trials auto: half an interval as a share of the probability; default "
       "0.1",
       "--trials auto のとき、信頼区間の半幅の確率に対する割合。既定0.1"}}           },
    {"resolution",
     "P",                {{"with --trials auto: probabilities below it count as it; default 0.001",
       "--trials auto のとき、これより小さい確率はこの値とみなす。既定0.001"}}      },
    {"rare",
     NULL,               {{"estimate by splitting what fewer than 100 worlds have reached",
       "到達した試行が100未満のものを多段分岐法で推定する"}}                        },
    {"shard",
     "I/N",              {{"run only part I of N, and write what it counted for --merge",
       "N分割のI番目だけを実行し、--merge 用の部分結果を書き出す"}}                },
    {"merge",
     "FILE...",          {{"add up the parts of a run instead of simulating",
       "シミュレーションの代わりに、部分結果を結合する"}}                      },
    CHANCE_SEED_OPTION,
    CHANCE_THREADS_OPTION,
    OUTPUT_SVG_OPTION,
    {"json",
     NULL,               {{"the result as JSON (schema/attack.schema.json)",
       "結果をJSONで出力する (schema/attack.schema.json)"}}                                        },
    {NULL,         NULL, {{NULL, NULL}}                                                                              },
};

const struct command command_attack = {
    "attack",
    run,
    "FILE",
    0,
    1,
    options,
    {{"simulate attacks: how likely and how soon each incident is reached",
      "攻撃をシミュレーションする: 各インシデントに至る確率と時間"}},
    "awai attack usecases/gas-water-heater/model.yaml --trials 20000",
};
