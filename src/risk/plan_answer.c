// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Why a plan is what it is; see plan_answer.h. */
#include "risk/plan_answer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attack/model_net.h"
#include "risk/plan_int.h"

/* ---- what each measure is for ------------------------------------------------------
 */

/* Takes out what requires, of itself or by others, what is not there any more. */
static void take_dependants(const struct plan_answer *a, uint8_t *of)
{
    const struct plan *plan = a->plan;
    for (uint32_t i = 0, k; i < plan->n_candidates; i++) {
        uint32_t measure = plan->candidates[i];
        const struct list *requires = &plan_measure(plan, measure)->requires;
        for (k = 0; of[measure] && k < requires->n; k++)
            if (!of[LIST_AT(*requires, struct ref, k)->index]) break;
        if (!of[measure] || k == requires->n) continue;
        of[measure] = 0;
        i = UINT32_MAX; // from the first again
    }
}

/* The plan without one of its measures, and without those that require it. */
static void explain(struct plan_answer *a, struct plan_choice *choice)
{
    uint32_t n = a->c->model.m.measures.n;
    uint8_t *of = mem_alloc(n + 1);
    memcpy(of, a->set.of, n);
    of[choice->measure] = 0;
    take_dependants(a, of);
    for (uint32_t i = 0; i < n; i++)
        of[i] |= a->plan->question.base[i];
    choice->loss = plan_look(a->plan, of).left - a->set.left;
    choice->ways = plan_ways_left(a->plan, of, a->set.of);
    free(of);
}

static void find_choices(struct plan_answer *a)
{
    const struct plan *plan = a->plan;
    a->choices = arena_array(&a->plan->arena, plan->n_candidates, sizeof *a->choices);
    for (uint32_t i = 0; i < plan->n_candidates; i++) {
        uint32_t measure = plan->candidates[i];
        if (!a->set.of[measure]) continue;
        struct plan_choice *choice = &a->choices[a->n_choices++];
        choice->measure = measure;
        choice->cost = plan->question.costs[measure];
        explain(a, choice);
    }
}

/* ---- which first -------------------------------------------------------------------
 */

/* Of two choices that can be taken next: more risk removed per money, at once, then in
 * the end; else the cheaper. */
static int comes_before(const struct plan_choice *x, const struct plan_choice *y)
{
    double gains = x->gain * y->cost, other = y->gain * x->cost;
    double losses = x->loss * y->cost, other_losses = y->loss * x->cost;
    if (x->gain == 0 || y->gain == 0) gains = x->gain, other = y->gain;
    if (x->loss == 0 || y->loss == 0) losses = x->loss, other_losses = y->loss;
    if (gains < other || gains > other) return gains > other;
    if (losses < other_losses || losses > other_losses) return losses > other_losses;
    return x->cost < y->cost;
}

/* 1 if all that a measure requires of the plan is taken already. */
static int is_ready(const struct plan_answer *a, uint32_t measure, const uint8_t *taken)
{
    const struct list *requires = &plan_measure(a->plan, measure)->requires;
    for (uint32_t i = 0; i < requires->n; i++) {
        uint32_t other = LIST_AT(*requires, struct ref, i)->index;
        if (other != measure && !taken[other]) return 0;
    }
    return 1;
}

/* The one to take next, from number i on; those that are ready come first. */
static uint32_t next_choice(struct plan_answer *a, uint32_t i, uint8_t *taken)
{
    uint32_t best = i, left = plan_look(a->plan, taken).left;
    int best_ready = 0;
    for (uint32_t k = i; k < a->n_choices; k++) {
        struct plan_choice *choice = &a->choices[k];
        taken[choice->measure] = 1;
        choice->gain = left - plan_look(a->plan, taken).left;
        taken[choice->measure] = 0;
        int ready = is_ready(a, choice->measure, taken);
        if (k == i || ready > best_ready ||
            (ready == best_ready && comes_before(choice, &a->choices[best]))) {
            best = k;
            best_ready = ready;
        }
    }
    return best;
}

/* Greedily; ties keep the order of ids. */
static void order_choices(struct plan_answer *a)
{
    uint32_t n = a->c->model.m.measures.n;
    uint8_t *taken = mem_alloc(n + 1);
    memcpy(taken, a->plan->question.base, n);
    for (uint32_t i = 0; i < a->n_choices; i++) {
        uint32_t best = next_choice(a, i, taken);
        struct plan_choice kept = a->choices[best];
        memmove(&a->choices[i + 1], &a->choices[i], (best - i) * sizeof kept);
        a->choices[i] = kept;
        taken[kept.measure] = 1;
    }
    free(taken);
}

/* ---- what is left ------------------------------------------------------------------
 */

/* Everything that can be had at all, conflicts aside. */
static void look_beyond(struct plan_answer *a)
{
    struct plan *plan = a->plan;
    uint8_t *of = mem_alloc(a->c->model.m.measures.n + 1);
    memcpy(of, plan->question.base, a->c->model.m.measures.n);
    for (uint32_t i = 0; i < plan->n_candidates; i++)
        if (!plan->hopeless[i]) of[plan->candidates[i]] = 1;
    a->beyond = plan_ways_left(plan, of, NULL);
    a->is_conflict = a->beyond.n == 0;
    free(of);
}

/* The plan's own view against a whole assessment with its measures. */
static void verify(struct plan_answer *a)
{
    const struct assessment *before = a->plan->question.assessment;
    int is_within = 1;
    a->after = assess_run_with(&a->c->graph, before->today, a->set.of);
    for (uint32_t i = 0; i < a->after->map.n; i++)
        is_within &= LIST_AT(a->after->map, struct map_row, i)->planned_within;
    a->is_verified = is_within == (a->set.left == 0);
}

static struct plan_set look_at_nothing(struct plan_answer *a)
{
    uint8_t *none = mem_alloc(a->c->model.m.measures.n + 1);
    struct plan_set set = plan_look(a->plan, none);
    free(none);
    return set;
}

struct plan_answer *plan_answer_open(struct plan_case *c, const struct money *budget)
{
    struct plan_answer *a = mem_alloc(sizeof *a);
    a->c = c;
    a->plan = plan_open(&c->question);
    a->has_budget = budget->unit[0] != '\0';
    a->budget = *budget;
    a->inherent = look_at_nothing(a);
    a->set = a->now = plan_look(a->plan, c->question.base);
    a->end = a->has_budget ? plan_for_budget(a->plan, budget->value, &a->set)
                           : plan_to_target(a->plan, &a->set);
    if (a->end == PLAN_IMPOSSIBLE) {
        look_beyond(a);
        if (plan_for_budget(a->plan, HUGE_VAL, &a->set) != PLAN_PROVEN)
            a->end = PLAN_UNPROVEN;
    }
    find_choices(a);
    order_choices(a);
    a->left = plan_ways_left(a->plan, a->set.of, NULL);
    verify(a);
    return a;
}

void plan_answer_front(struct plan_answer *a)
{
    if (plan_front(a->plan, &a->front) != PLAN_PROVEN) a->end = PLAN_UNPROVEN;
}

void plan_answer_close(struct plan_answer *a)
{
    if (a == NULL) return;
    for (uint32_t i = 0; i < a->n_choices; i++)
        free(a->choices[i].ways.items);
    free(a->left.items);
    free(a->beyond.items);
    free(a->front.sets);
    free(a->chances);
    assess_free(a->after);
    plan_close(a->plan);
    free(a);
}

/* ---- chances -----------------------------------------------------------------------
 */

static void fill_chances(struct plan_answer *a, const struct sim_comparison *result)
{
    const struct graph *g = &a->c->graph;
    const struct tally *tallies = result->tallies;
    uint64_t *bins = mem_alloc(tallies[0].n_bins * sizeof *bins);
    a->trials = tallies[0].trials;
    a->n_chances = g->n_incidents;
    a->chances = mem_alloc((g->n_incidents + 1) * sizeof *a->chances);
    for (uint32_t i = 0; i < g->n_incidents; i++) {
        struct plan_chance *x = &a->chances[i];
        double n = a->trials ? (double)a->trials : 1;
        x->incident = g->assets[g->first_incident + i].index;
        x->before = (double)tally_total(&tallies[0], i, bins).reached / n;
        x->after = (double)tally_total(&tallies[1], i, bins).reached / n;
        x->difference = tally_difference(&result->pairs[i], a->trials, x->interval);
    }
    free(bins);
}

void plan_answer_chances(struct plan_answer *a, const struct plan_trials *t)
{
    const struct graph *g = &a->c->graph;
    uint32_t *targets = mem_alloc((g->n_incidents + 1) * sizeof *targets);
    struct net before = model_net(g, a->plan->question.base, HUGE_VAL);
    struct net after = model_net(g, a->set.of, HUGE_VAL);
    for (uint32_t i = 0; i < g->n_incidents; i++)
        targets[i] = g->first_node[g->first_incident + i];
    struct sim_plan sim = {
        .net = &before,
        .targets = targets,
        .n_targets = g->n_incidents,
        .seed = t->seed,
        .n_trials = t->trials,
        .threads = t->threads,
        .stop = t->stop,
    };
    struct sim_comparison result = sim_compare(&sim, &after);
    a->seed = t->seed;
    fill_chances(a, &result);
    sim_comparison_fini(&result);
    net_fini(&before);
    net_fini(&after);
    free(targets);
}

void plan_money(double value, const char *currency, enum lang lang, char *out,
                size_t size)
{
    enum { N_SCALES = 4 };
    // clang-format off
    static const struct {
        double factor;
        const char *prefix;
    } scales[N_LANGS][N_SCALES] = {
        [LANG_EN] = {{1e9, "G"}, {1e6, "M"}, {1e3, "k"}, {1, ""}},
        [LANG_JA] = {{1e12, "兆"}, {1e8, "億"}, {1e4, "万"}, {1, ""}},
    };
    // clang-format on
    int is_yen = lang == LANG_JA && strcmp(currency, "JPY") == 0;
    size_t i = 0;
    while (i < N_SCALES - 1 && value < scales[lang][i].factor)
        i++;
    snprintf(out, size, lang == LANG_JA ? "%.6g%s%s" : "%.6g %s%s",
             value / scales[lang][i].factor, scales[lang][i].prefix,
             is_yen ? "円" : currency);
}
