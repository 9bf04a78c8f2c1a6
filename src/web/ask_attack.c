// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* awai attack of a system, as an answer of the API: whole, in parts, and merged. */
#include "web/ask_attack.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "attack/enough.h"
#include "attack/model_net.h"
#include "attack/rare.h"
#include "attack/shard.h"
#include "page/figure.h"
#include "page/figure_times.h"
#include "page/term_attack.h"

/* ---- what is asked -------------------------------------------------------------- */

size_t ask_values(const struct exchange *ex, const char *parameter,
                  const char *values[REQUEST_MOST_FIELDS])
{
    size_t n = 0;
    while (n < REQUEST_MOST_FIELDS && contract_text_at(ex, parameter, n)) {
        values[n] = contract_text_at(ex, parameter, n);
        n++;
    }
    return n;
}

struct sim_plan ask_sim_plan(const struct exchange *ex, struct patience *p)
{
    return (struct sim_plan){.seed = contract_whole(ex, "seed"),
                             .n_trials = contract_whole(ex, "trials"),
                             .threads = 1,
                             .stop = &p->is_over,
                             .progress = patience_count,
                             .with = p};
}

void ask_miss_node(struct exchange *ex, const char *name, const char *of,
                   const char *nearest)
{
    WEB_SAY(ex, STEP_NAME, text_same(name), text_same(of), text_same(nearest));
}

static struct sim_goal goal_of(const struct exchange *ex)
{
    return (struct sim_goal){contract_decimal(ex, "precision", 0),
                             contract_decimal(ex, "resolution", 0)};
}

/* As many worlds as are asked for, or as it takes; the plan gets their number. */
static struct tally run(const struct exchange *ex, struct sim_plan *plan)
{
    const struct sim_goal goal = goal_of(ex);
    if (!contract_flag(ex, "auto")) return sim_run(plan);
    const struct sim_plan from = *plan;
    return sim_run_enough(&from, &goal, &sim_here, &plan->n_trials);
}

static void put_attack(struct exchange *ex, const struct attack *a)
{
    struct term term = ask_term(ex);
    if (ask_is_text(ex))
        term_attack(a, &term, &ex->answer.body);
    else
        attack_document(a, &ex->answer.body);
}

/* As the command has it, the plan that is told is the one of the parameters. */
void ask_attack_run(struct exchange *ex, const struct attack_asked *asked,
                    attack_draw *draw, const struct view *v)
{
    struct sim_plan plan = asked->plan;
    struct attack a = {.plan = &asked->plan, .names = asked->names, .set = asked->set};
    struct tally tally = run(ex, &plan);
    struct rare *rare =
        contract_flag(ex, "rare") ? rare_where_few(&plan, &tally) : NULL;
    a.tally = &tally;
    a.rare = rare;
    a.seconds = web_seconds(ex);
    if (draw == NULL || !draw(ex, v, asked, &tally)) put_attack(ex, &a);
    free(rare);
    tally_fini(&tally);
}

/* ---- parts ---------------------------------------------------------------------- */

/* The part asked for; 0 after an answer. */
static int read_part(struct exchange *ex, struct shard *shard)
{
    const char *text = contract_text(ex, "part");
    if (shard_parse(text, shard)) return 1;
    WEB_SAY(ex, REQUEST_VALUE, text_same("part"), text_same(text),
            TEXT("I/N, such as 3/8 for the third of eight parts; at most 100000",
                 "I/N(8分割の3番目なら 3/8。分割は100000まで)"));
    return 0;
}

void ask_attack_part(struct exchange *ex, const struct attack_asked *a)
{
    struct shard shard;
    struct sim_plan part;
    if (!read_part(ex, &shard)) return;
    shard_trials(&shard, &a->plan, &part);
    struct tally tally = sim_run(&part);
    struct json j = json_on(&ex->answer.body, 1);
    json_open(&j, '{');
    shard_write(&shard, &a->plan, &tally, &j);
    json_close(&j, '}');
    tally_fini(&tally);
}

/* 1 if a body has no more values than parts of its length may have: a value of a byte
 * would take a hundred times as much as a tree. */
static int is_bounded(const struct buf *body)
{
    enum { MOST_VALUES = 1 << 21 };
    size_t n = 0;
    for (size_t i = 0; i < body->len && n <= MOST_VALUES; i++)
        n += body->data[i] == ',';
    return n <= MOST_VALUES;
}

const struct node *ask_parts(struct exchange *ex, struct diag_list *d)
{
    if (!is_bounded(&ex->body)) {
        web_problem(ex, DIAG_REQUEST_MALFORMED, NULL);
        return NULL;
    }
    int file = yaml_text(d, "parts.json", buf_text(&ex->body), ex->body.len);
    const struct node *root =
        file >= 0 ? yaml_parse(&ex->arena, d, (uint32_t)file) : NULL;
    int is_object = root && root->kind == NODE_MAPPING;
    const struct node *parts = is_object ? node_get(root, "parts") : NULL;
    if (parts && parts->kind == NODE_SEQUENCE) return root;
    web_problem(ex, DIAG_REQUEST_MALFORMED, NULL);
    return NULL;
}

void ask_attack_merged(struct exchange *ex, const struct attack_asked *asked,
                       const struct node *parts, struct diag_list *d)
{
    struct attack a = {.plan = &asked->plan, .names = asked->names, .set = asked->set};
    struct tally sum = shard_merge_list(&asked->plan, parts, d);
    a.tally = &sum;
    if (d->n_errors)
        api_refused_file(ex, d);
    else
        put_attack(ex, &a);
    tally_fini(&sum);
}

/* ---- of a system ---------------------------------------------------------------- */

/* The targets, in the arena; 0 after an answer. */
static int choose_targets(struct exchange *ex, const struct view *v,
                          struct sim_plan *plan)
{
    const char *names[REQUEST_MOST_FIELDS];
    size_t n = ask_values(ex, "target", names);
    uint32_t *targets = arena_array(&ex->arena, v->graph->n_nodes + 1, sizeof *targets);
    plan->targets = targets;
    const char *wrong = model_targets(v->graph, names, n, targets, &plan->n_targets);
    if (wrong == NULL) return 1;
    ask_miss_node(ex, wrong, ex->path.slug,
                  model_nearest_node(v->graph, wrong, &ex->arena));
    return 0;
}

/* The simulation with the measures of a parameter, its net for net_fini; 0 after an
 * answer. */
static int ask_system(struct exchange *ex, const struct view *v, struct patience *p,
                      struct attack_asked *a, struct net *net)
{
    const uint8_t *measures;
    *a = (struct attack_asked){ask_sim_plan(ex, p), model_names(v->graph),
                               contract_text(ex, "measures")};
    if (!choose_targets(ex, v, &a->plan) || !ask_measures(ex, v, "measures", &measures))
        return 0;
    *net = model_net(v->graph, measures, contract_decimal(ex, "horizon", HUGE_VAL));
    a->plan.net = net;
    return 1;
}

/* ---- figures -------------------------------------------------------------------- */

static void put_times(struct exchange *ex, const struct view *v,
                      const struct sim_plan *plan, const struct times_set *before,
                      const struct times_set *after)
{
    struct attack_names names = model_names(v->graph);
    struct text *titles = arena_array(&ex->arena, plan->n_targets + 1, sizeof *titles);
    for (uint32_t i = 0; i < plan->n_targets; i++)
        titles[i] = names.title(names.of, plan->targets[i], &ex->arena);
    figure_times(before, after, titles, ex->lang, &ex->answer.body);
}

/* 1 if a figure is asked for, and answered with: as --svg writes it. */
static int put_figure(struct exchange *ex, const struct view *v,
                      const struct sim_plan *plan, const struct times_set *before,
                      const struct times_set *after)
{
    const char *figure = contract_text(ex, "figure");
    if (figure == NULL) return 0;
    ask_begin(ex, "image/svg+xml");
    if (strcmp(figure, "times") == 0) {
        put_times(ex, v, plan, before, after);
        return 1;
    }
    double *load = arena_array(&ex->arena, v->graph->n_assets + 1, sizeof *load);
    figure_attack_load(v->graph, after->tally, load);
    pthread_mutex_lock(&ex->web->one_report[1]); // figures are laid out one at a time
    figure_attacks(v->assessment, load, ex->lang, &ex->answer.body);
    pthread_mutex_unlock(&ex->web->one_report[1]);
    ask_nothing_drawn(ex);
    return 1;
}

static int draw_one(struct exchange *ex, const struct view *v,
                    const struct attack_asked *a, const struct tally *tally)
{
    const struct times_set after = {tally, text_same(a->set)};
    return put_figure(ex, v, &a->plan, NULL, &after);
}

/* ---- two sets ------------------------------------------------------------------- */

static struct sim_comparison run_both(const struct exchange *ex,
                                      const struct sim_plan *plan,
                                      const struct net *other)
{
    const struct sim_goal goal = goal_of(ex);
    uint64_t planned;
    return contract_flag(ex, "auto")
               ? sim_compare_enough(plan, &goal, other, &sim_here, &planned)
               : sim_compare(plan, other);
}

static void put_comparison(struct exchange *ex, const struct attack_comparison *c)
{
    struct term term = ask_term(ex);
    if (ask_is_text(ex))
        term_attack_compare(c, &term, &ex->answer.body);
    else
        attack_compare_document(c, &ex->answer.body);
}

static void run_two(struct exchange *ex, const struct view *v,
                    const struct attack_asked *a, const struct net *other)
{
    struct attack_comparison c = {
        .attack = {.plan = &a->plan,  .names = a->names},
        .sets = { a->set, contract_text(ex,        "compare")}
    };
    struct sim_comparison result = run_both(ex, &a->plan, other);
    const struct times_set before = {&result.tallies[0], text_same(c.sets[0])},
                           after = {&result.tallies[1], text_same(c.sets[1])};
    c.result = &result;
    c.attack.tally = &result.tallies[0];
    c.attack.seconds = web_seconds(ex);
    if (!put_figure(ex, v, &a->plan, &before, &after)) put_comparison(ex, &c);
    sim_comparison_fini(&result);
}

static void compare(struct exchange *ex, const struct view *v,
                    const struct attack_asked *a)
{
    const uint8_t *others;
    if (!ask_measures(ex, v, "compare", &others)) return;
    struct net other =
        model_net(v->graph, others, contract_decimal(ex, "horizon", HUGE_VAL));
    run_two(ex, v, a, &other);
    net_fini(&other);
}

/* ---- answers -------------------------------------------------------------------- */

static void attack(struct exchange *ex, const struct view *v, struct patience *p)
{
    struct attack_asked a;
    struct net net = {0};
    if (!ask_system(ex, v, p, &a, &net)) return;
    if (contract_text(ex, "compare"))
        compare(ex, v, &a);
    else
        ask_attack_run(ex, &a, draw_one, v);
    net_fini(&net);
}

void ask_attack(struct exchange *ex)
{
    ask_long(ex, attack);
}

static void part(struct exchange *ex, const struct view *v, struct patience *p)
{
    struct attack_asked a;
    struct net net = {0};
    if (!ask_system(ex, v, p, &a, &net)) return;
    ask_attack_part(ex, &a);
    net_fini(&net);
}

void ask_attack_shard(struct exchange *ex)
{
    ask_long(ex, part);
}

static void merge(struct exchange *ex, const struct view *v, struct patience *p)
{
    struct attack_asked a;
    struct net net = {0};
    struct diag_list d = {0};
    const struct node *body = ask_parts(ex, &d);
    if (body && ask_system(ex, v, p, &a, &net))
        ask_attack_merged(ex, &a, node_get(body, "parts"), &d);
    net_fini(&net);
    diag_fini(&d);
}

void ask_attack_merge(struct exchange *ex)
{
    if (ask_is_type(ex, "application/json")) ask_long_once(ex, merge);
}
