// SPDX-License-Identifier: Apache-2.0
/*
 * The search: integer programs whose cuts are made when they are needed. Variables are
 * the candidates, then the demands; a demand's variable is 1 when it is held to be met.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "risk/plan_int.h"
#include "risk/plan_program.h"

/* A step that a candidate blocks. */
struct block {
    uint32_t node, candidate;
};

/* One of the candidates, from `first` on, or the demand is not met. */
struct cut {
    uint32_t demand, first, n;
};

struct plan_search {
    struct block *blocks; // sorted
    size_t n_blocks, cap_blocks;
    uint32_t adding; // the candidate whose blocks are being added
    double *units;   // cost of each candidate in units of the grid
    struct cut *cuts;
    size_t n_cuts, cap_cuts;
    uint32_t *members; // of cuts
    size_t n_members, cap_members;
};

/* What is made best, within what bounds. */
enum goal { GOAL_WEIGHT, GOAL_COST, GOAL_COUNT };

struct bounds {
    double most_cost; // HUGE_VAL: none
    uint32_t least_weight;
    uint32_t most_rounds, most_nodes; // of the plan, of a program; 0: no limit
};

/* ---- costs in whole units ----------------------------------------------------------
 */

/* Programs work in floating point: whole numbers up to this they tell apart. */
#define MOST_UNITS 1e7

/* Nothing that costs a little may become free. */
static int is_whole(double units)
{
    double near = round(units);
    return fabs(units - near) <= 1e-6 && (near > 0 || units <= 0);
}

/* The power of ten that makes every cost a whole number of few digits, or 0. */
static double whole_factor(const double *costs, uint32_t n)
{
    double most = 0;
    for (uint32_t i = 0; i < n; i++)
        most = fmax(most, costs[i]);
    if (most <= 0) return 0;
    double factor = pow(10, -floor(log10(most)));
    for (int digits = 1; digits <= 8; digits++) {
        uint32_t i = 0;
        while (i < n && is_whole(costs[i] * factor))
            i++;
        if (i == n) return factor;
        factor *= 10;
    }
    return 0;
}

/* The greatest unit of which all costs are multiples. */
static double common_unit(const double *costs, uint32_t n, double factor)
{
    double unit = 0;
    for (uint32_t i = 0; i < n; i++) {
        double rest = round(costs[i] * factor);
        while (rest > 0) {
            double next = fmod(unit, rest);
            unit = rest;
            rest = next;
        }
    }
    return unit / factor;
}

static void find_grid(struct plan *plan, const double *costs)
{
    uint32_t n = plan->n_candidates;
    double sum = 0, factor = whole_factor(costs, n);
    for (uint32_t i = 0; i < n; i++)
        sum += costs[i];
    plan->grid = factor > 0 ? common_unit(costs, n, factor) : 0;
    if (sum > 0 && !(plan->grid >= sum / MOST_UNITS)) {
        plan->grid = sum / MOST_UNITS;
        plan->gap = plan->grid * n;
    }
    if (!(plan->grid > 0)) plan->grid = 1;
}

/* ---- what blocks what --------------------------------------------------------------
 */

static void add_block(void *with, uint32_t node, int is_blocked)
{
    struct plan_search *s = with;
    if (!is_blocked) return;
    struct block *b = mem_push(&s->blocks, &s->n_blocks, &s->cap_blocks, sizeof *b);
    *b = (struct block){node, s->adding};
}

static int compare_blocks(const void *a, const void *b)
{
    const struct block *x = a, *y = b;
    if (x->node != y->node) return x->node < y->node ? -1 : 1;
    return (x->candidate > y->candidate) - (x->candidate < y->candidate);
}

struct plan_search *plan_search_open(struct plan *plan)
{
    struct plan_search *s = mem_alloc(sizeof *s);
    uint32_t n = plan->n_candidates;
    s->units = mem_alloc((n + 1) * sizeof *s->units);
    for (uint32_t i = 0; i < n; i++)
        s->units[i] = plan->question.costs[plan->candidates[i]];
    find_grid(plan, s->units);
    for (s->adding = 0; s->adding < n; s->adding++) {
        s->units[s->adding] = round(s->units[s->adding] / plan->grid);
        graph_measure_effects(plan->question.graph, plan->candidates[s->adding],
                              add_block, s);
    }
    if (s->n_blocks) qsort(s->blocks, s->n_blocks, sizeof *s->blocks, compare_blocks);
    return s;
}

void plan_search_close(struct plan_search *s)
{
    if (s == NULL) return;
    free(s->blocks);
    free(s->units);
    free(s->cuts);
    free(s->members);
    free(s);
}

/* ---- cuts --------------------------------------------------------------------------
 */

/* Marks the candidates that block a node. */
static void mark_blockers(const struct plan_search *s, uint32_t node, uint8_t *marks)
{
    size_t lo = 0, hi = s->n_blocks;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (s->blocks[mid].node < node)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < s->n_blocks && s->blocks[lo].node == node; lo++)
        marks[s->blocks[lo].candidate] = 1;
}

/* A cut for a demand that is not met, along the shortest chain that is left. */
static void add_cut(struct plan *plan, const struct plan_view *view, uint32_t demand)
{
    struct plan_search *s = plan->search;
    const struct plan_demand *d = &plan->demands[demand];
    uint8_t *marks = mem_alloc(plan->n_candidates + 1);
    uint32_t *nodes = NULL;
    size_t n_nodes = plan_chain(plan, view, d->incident, &nodes);
    for (size_t i = 0; i < n_nodes; i++)
        mark_blockers(s, nodes[i], marks);
    struct cut *cut = mem_push(&s->cuts, &s->n_cuts, &s->cap_cuts, sizeof *cut);
    *cut = (struct cut){demand, (uint32_t)s->n_members, 0};
    for (uint32_t i = 0; i < plan->n_candidates; i++) {
        if (!marks[i] && !plan_limits(plan_measure(plan, plan->candidates[i]), d))
            continue;
        *(uint32_t *)mem_push(&s->members, &s->n_members, &s->cap_members,
                              sizeof *s->members) = i;
        cut->n++;
    }
    plan->n_cuts++;
    free(nodes);
    free(marks);
}

/* ---- programs ----------------------------------------------------------------------
 */

/*
 * What a candidate brings with it, and what it excludes; in the order of candidates,
 * not of the file, on which no choice among equals may depend.
 */
static void put_relations(const struct plan *plan, uint32_t i, struct program *p)
{
    const struct measure *m = plan_measure(plan, plan->candidates[i]);
    if (plan->hopeless[i]) {
        program_row(p, -PROGRAM_FREE, 0);
        program_term(p, i, 1);
        return;
    }
    for (uint32_t k = 0; k < plan->n_candidates; k++) {
        if (k != i && refs_have(&m->requires, plan->candidates[k])) {
            program_row(p, 0, PROGRAM_FREE);
            program_term(p, k, 1);
            program_term(p, i, -1);
        }
        if (refs_have(&m->conflicts, plan->candidates[k])) {
            program_row(p, -PROGRAM_FREE, 1);
            program_term(p, i, 1);
            program_term(p, k, 1);
        }
    }
}

static void put_cut(const struct plan *plan, const struct cut *cut, struct program *p)
{
    program_row(p, 0, PROGRAM_FREE);
    for (uint32_t k = 0; k < cut->n; k++)
        program_term(p, plan->search->members[cut->first + k], 1);
    program_term(p, plan->n_candidates + cut->demand, -1);
}

static void put_bounds(const struct plan *plan, const struct bounds *b,
                       struct program *p)
{
    uint32_t n = plan->n_candidates;
    program_row(p, b->least_weight ? b->least_weight - 0.5 : 0, PROGRAM_FREE);
    for (uint32_t i = 0; i < plan->n_demands; i++)
        program_term(p, n + i, plan->demands[i].weight);
    if (b->most_cost >= HUGE_VAL) return;
    program_row(p, -PROGRAM_FREE,
                floor(b->most_cost / plan->grid + 1e-6) + 0.5 +
                    plan->gap / plan->grid / 2);
    for (uint32_t i = 0; i < n; i++)
        program_term(p, i, plan->search->units[i]);
}

static struct program make_program(const struct plan *plan, enum goal goal,
                                   const struct bounds *b)
{
    uint32_t n = plan->n_candidates;
    struct program p = {.n_variables = n + plan->n_demands,
                        .most_nodes = b->most_nodes};
    p.costs = mem_alloc((p.n_variables + 1) * sizeof *p.costs);
    for (uint32_t i = 0; i < n && goal != GOAL_WEIGHT; i++)
        p.costs[i] = goal == GOAL_COUNT ? 1 : plan->search->units[i];
    for (uint32_t i = 0; i < plan->n_demands && goal == GOAL_WEIGHT; i++)
        p.costs[n + i] = -(double)plan->demands[i].weight;
    for (uint32_t i = 0; i < n; i++)
        put_relations(plan, i, &p);
    put_bounds(plan, b, &p);
    for (size_t i = 0; i < plan->search->n_cuts; i++)
        put_cut(plan, &plan->search->cuts[i], &p);
    return p;
}

/* Just what was chosen costs too much, as the program could not tell. */
static void put_cover(const struct plan *plan, const uint8_t *values, struct program *p)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < plan->n_candidates; i++)
        n += values[i] ? 1u : 0;
    program_row(p, -PROGRAM_FREE, n - 1.0);
    for (uint32_t i = 0; i < plan->n_candidates; i++)
        if (values[i]) program_term(p, i, 1);
}

static struct plan_set set_of(struct plan *plan, const uint8_t *values)
{
    uint32_t n = plan->question.graph->model->m.measures.n;
    uint8_t *of = mem_alloc(n + 1);
    memcpy(of, plan->question.base, n);
    for (uint32_t i = 0; i < plan->n_candidates; i++)
        of[plan->candidates[i]] |= values[i];
    struct plan_set set = plan_look(plan, of);
    free(of);
    return set;
}

/* Adds a cut for each demand that is held to be met and is not; returns how many. */
static uint32_t add_cuts(struct plan *plan, const uint8_t *values,
                         const struct plan_set *set, struct program *p)
{
    struct plan_view view = plan_view_of(plan, set->of);
    uint32_t n = 0;
    for (uint32_t i = 0; i < plan->n_demands; i++) {
        if (!values[plan->n_candidates + i] ||
            plan_is_met(plan, &view, &plan->demands[i]))
            continue;
        add_cut(plan, &view, i);
        put_cut(plan, &plan->search->cuts[plan->search->n_cuts - 1], p);
        n++;
    }
    plan_view_fini(&view);
    return n;
}

static int is_dearer(double cost, double most)
{
    return cost > most * (1 + 1e-12);
}

/* One program more, unless there were enough. */
static enum program_end solve(struct plan *plan, const struct bounds *bounds,
                              const struct program *p, uint8_t *values)
{
    if (bounds->most_rounds && plan->n_rounds >= bounds->most_rounds)
        return PROGRAM_UNPROVEN;
    enum program_end end = program_solve(p, values);
    plan->n_rounds += end == PROGRAM_OPTIMAL ? 1u : 0;
    return end;
}

static enum plan_end improve(struct plan *plan, enum goal goal,
                             const struct bounds *bounds, struct plan_set *set)
{
    static const enum plan_end ends[] = {PLAN_PROVEN, PLAN_IMPOSSIBLE, PLAN_UNPROVEN};
    struct program p = make_program(plan, goal, bounds);
    uint8_t *values = mem_alloc(p.n_variables + 1);
    enum program_end end;
    uint32_t n_wrong = 1;
    while (n_wrong && (end = solve(plan, bounds, &p, values)) == PROGRAM_OPTIMAL) {
        *set = set_of(plan, values);
        n_wrong = is_dearer(set->cost, bounds->most_cost) ? 1u : 0;
        if (n_wrong)
            put_cover(plan, values, &p);
        else
            n_wrong = add_cuts(plan, values, set, &p);
    }
    free(values);
    program_fini(&p);
    return ends[end];
}

/* Goals one after another, each within what those before it have reached. */
static enum plan_end improve_by(struct plan *plan, const enum goal *goals, size_t n,
                                struct bounds bounds, struct plan_set *set)
{
    for (size_t i = 0; i < n; i++) {
        enum plan_end end = improve(plan, goals[i], &bounds, set);
        if (end != PLAN_PROVEN) return end;
        if (goals[i] == GOAL_WEIGHT) bounds.least_weight = plan->weight - set->left;
        if (goals[i] == GOAL_COST) bounds.most_cost = set->cost;
    }
    return PLAN_PROVEN;
}

enum plan_end plan_to_target(struct plan *plan, struct plan_set *set)
{
    static const enum goal goals[] = {GOAL_COST, GOAL_COUNT};
    return improve_by(plan, goals, 2, (struct bounds){HUGE_VAL, plan->weight, 0, 0},
                      set);
}

enum plan_end plan_for_budget(struct plan *plan, double budget, struct plan_set *set)
{
    static const enum goal goals[] = {GOAL_WEIGHT, GOAL_COST, GOAL_COUNT};
    return improve_by(plan, goals, 3, (struct bounds){budget, 0, 0, 0}, set);
}

enum plan_end plan_front(struct plan *plan, struct plan_front *front)
{
    static const enum goal goals[] = {GOAL_COST, GOAL_WEIGHT, GOAL_COUNT};
    struct bounds bounds = {HUGE_VAL, 0, 0, front->most_nodes};
    if (front->most_programs)
        bounds.most_rounds = plan->n_rounds + front->most_programs;
    while (bounds.least_weight <= plan->weight) {
        struct plan_set set = {0};
        enum plan_end end = improve_by(plan, goals, 3, bounds, &set);
        if (end != PLAN_PROVEN) return end == PLAN_IMPOSSIBLE ? PLAN_PROVEN : end;
        *(struct plan_set *)mem_push(&front->sets, &front->n, &front->cap, sizeof set) =
            set;
        bounds.least_weight = plan->weight - set.left + 1;
    }
    return PLAN_PROVEN;
}
