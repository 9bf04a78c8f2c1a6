// SPDX-License-Identifier: Apache-2.0
/* Why a plan is what it is; see plan_answer.h. */
#include "risk/plan_answer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "risk/counts.h"
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

/* With twenty candidates of odd costs a front has taken seconds, with sixty it was not
 * done after six minutes. */
void plan_answer_front(struct plan_answer *a, int is_quick)
{
    enum { PROGRAMS = 200, NODES = 500 };
    a->front.most_programs = is_quick ? PROGRAMS : 0;
    a->front.most_nodes = is_quick ? NODES : 0;
    a->is_front_cut = plan_front(a->plan, &a->front) != PLAN_PROVEN;
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

/* The worlds as it is and with the plan: the same luck in both. */
struct pair {
    struct worlds worlds[2];
    uint64_t n;
};

static struct worlds play(struct plan_answer *a, const struct plan_trials *t,
                          const uint8_t *measures)
{
    return worlds_run(&(struct worlds_plan){.graph = &a->c->graph,
                                            .measures = measures,
                                            .is_by_campaigns = 1,
                                            .seed = t->seed,
                                            .n_worlds = t->trials,
                                            .threads = t->threads,
                                            .stop = t->stop});
}

/* 1 if a world reaches an incident, and, if so asked, with harm above a target. */
static int happens(const struct plan_answer *a, const struct worlds *w, uint64_t world,
                   uint32_t incident, int is_above)
{
    if (!reached_has(&w->reached, world, incident)) return 0;
    if (!is_above) return 1;
    uint32_t cap = world_cap(w, world, incident);
    return plan_is_above(
        a->plan, incident,
        (struct position){(uint8_t)(cap / N_LEVELS), (uint8_t)(cap % N_LEVELS)});
}

/* shares: as it is, with the plan. Returns their difference. */
static double compare_worlds(const struct plan_answer *a, const struct pair *p,
                             uint32_t incident, int is_above, double shares[2],
                             double interval[2])
{
    uint64_t counts[2] = {0};
    struct tally_pair pair = {0};
    for (uint64_t w = 0; w < p->n; w++) {
        int before = happens(a, &p->worlds[0], w, incident, is_above);
        int after = happens(a, &p->worlds[1], w, incident, is_above);
        counts[0] += before ? 1u : 0;
        counts[1] += after ? 1u : 0;
        pair.only_first += before && !after ? 1u : 0;
        pair.only_second += !before && after ? 1u : 0;
    }
    for (int i = 0; i < 2; i++)
        shares[i] = p->n ? (double)counts[i] / (double)p->n : 0;
    return tally_difference(&pair, p->n, interval);
}

static void fill_chance(const struct plan_answer *a, const struct pair *p,
                        struct plan_chance *x)
{
    double shares[2];
    x->difference = compare_worlds(a, p, x->incident, 0, shares, x->interval);
    x->before = shares[0];
    x->after = shares[1];
    x->above_difference =
        compare_worlds(a, p, x->incident, 1, shares, x->above_interval);
    x->above_before = shares[0];
    x->above_after = shares[1];
}

void plan_answer_chances(struct plan_answer *a, const struct plan_trials *t)
{
    const struct graph *g = &a->c->graph;
    struct pair p = {
        .worlds = {play(a, t, a->plan->question.base), play(a, t, a->set.of)}
    };
    p.n = p.worlds[0].reached.n_worlds;
    if (p.worlds[1].reached.n_worlds < p.n) p.n = p.worlds[1].reached.n_worlds;
    a->seed = t->seed;
    a->trials = p.n;
    a->n_chances = p.n ? g->n_incidents : 0;
    a->chances = mem_alloc((g->n_incidents + 1) * sizeof *a->chances);
    for (uint32_t i = 0; i < a->n_chances; i++) {
        a->chances[i].incident = g->assets[g->first_incident + i].index;
        fill_chance(a, &p, &a->chances[i]);
    }
    for (int i = 0; i < 2; i++)
        worlds_fini(&p.worlds[i]);
}
