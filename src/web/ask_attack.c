// SPDX-License-Identifier: Apache-2.0
/* awai attack, as an answer of the API. */
#include <math.h>
#include <stdlib.h>

#include "attack/attack.h"
#include "attack/model_net.h"
#include "attack/rare.h"
#include "page/term_attack.h"
#include "web/ask_long.h"

/* The plan, its targets in the arena; 0 after an answer. */
static int make_plan(struct exchange *ex, const struct view *v, struct patience *p,
                     struct sim_plan *plan)
{
    const char *names[REQUEST_MOST_FIELDS];
    size_t n = 0;
    while (contract_text_at(ex, "target", n)) {
        names[n] = contract_text_at(ex, "target", n);
        n++;
    }
    uint32_t *targets = arena_array(&ex->arena, v->graph->n_nodes + 1, sizeof *targets);
    *plan = (struct sim_plan){.targets = targets,
                              .seed = contract_whole(ex, "seed"),
                              .n_trials = contract_whole(ex, "trials"),
                              .threads = 1,
                              .stop = &p->is_over,
                              .progress = patience_count,
                              .with = p};
    const char *wrong = model_targets(v->graph, names, n, targets, &plan->n_targets);
    if (wrong == NULL) return 1;
    WEB_SAY(ex, STEP_NAME, text_same(wrong), text_same(ex->path.slug),
            text_same(model_nearest_node(v->graph, wrong, &ex->arena)));
    return 0;
}

static void run_one(struct exchange *ex, const struct view *v, struct sim_plan *plan)
{
    struct attack a = {.plan = plan,
                       .names = model_names(v->graph),
                       .set = contract_text(ex, "measures")};
    struct term term = ask_term(ex);
    struct tally tally = sim_run(plan);
    struct rare *rare = contract_flag(ex, "rare") ? rare_where_few(plan, &tally) : NULL;
    a.tally = &tally;
    a.rare = rare;
    a.seconds = web_seconds(ex);
    if (ask_is_text(ex))
        term_attack(&a, &term, &ex->answer.body);
    else
        attack_document(&a, &ex->answer.body);
    free(rare);
    tally_fini(&tally);
}

static void run_two(struct exchange *ex, const struct view *v, struct sim_plan *plan,
                    const struct net *other)
{
    struct attack_comparison c = {
        .attack = {.plan = plan,      .names = model_names(v->graph)},
        .sets = { contract_text(ex, "measures"),                     contract_text(ex, "compare")}
    };
    struct term term = ask_term(ex);
    struct sim_comparison result = sim_compare(plan, other);
    c.result = &result;
    c.attack.tally = &result.tallies[0];
    c.attack.seconds = web_seconds(ex);
    if (ask_is_text(ex))
        term_attack_compare(&c, &term, &ex->answer.body);
    else
        attack_compare_document(&c, &ex->answer.body);
    sim_comparison_fini(&result);
}

static void attack(struct exchange *ex, const struct view *v, struct patience *p)
{
    struct sim_plan plan;
    struct net nets[2] = {{0}};
    const uint8_t *measures, *others = NULL;
    double horizon = contract_decimal(ex, "horizon", HUGE_VAL);
    int is_pair = contract_text(ex, "compare") != NULL;
    if (!make_plan(ex, v, p, &plan) || !ask_measures(ex, v, "measures", &measures) ||
        (is_pair && !ask_measures(ex, v, "compare", &others)))
        return;
    nets[0] = model_net(v->graph, measures, horizon);
    if (is_pair) nets[1] = model_net(v->graph, others, horizon);
    plan.net = &nets[0];
    if (is_pair)
        run_two(ex, v, &plan, &nets[1]);
    else
        run_one(ex, v, &plan);
    net_fini(&nets[0]);
    net_fini(&nets[1]);
}

void ask_attack(struct exchange *ex)
{
    ask_long(ex, attack);
}
