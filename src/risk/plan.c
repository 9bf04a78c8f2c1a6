// SPDX-License-Identifier: Apache-2.0
/* What a plan is made from: candidates that can be had, and demands. */
#include "risk/plan.h"

#include <stdlib.h>
#include <string.h>

#include "risk/plan_int.h"

/* ---- candidates --------------------------------------------------------------------
 */

struct named {
    const char *id;
    uint32_t index;
};

static int compare_named(const void *a, const void *b)
{
    return strcmp(((const struct named *)a)->id, ((const struct named *)b)->id);
}

static void find_candidates(struct plan *plan)
{
    uint32_t n = plan->question.graph->model->m.measures.n;
    struct named *named = mem_alloc((n + 1) * sizeof *named);
    for (uint32_t i = 0; i < n; i++)
        if (plan->question.candidates[i] && !plan->question.base[i])
            named[plan->n_candidates++] =
                (struct named){plan_measure(plan, i)->entry.id, i};
    qsort(named, plan->n_candidates, sizeof *named, compare_named);
    plan->candidates = arena_array(&plan->arena, n, sizeof *plan->candidates);
    for (uint32_t i = 0; i < plan->n_candidates; i++)
        plan->candidates[i] = named[i].index;
    free(named);
}

/* 1 if it requires what `can` does not have, or conflicts with itself or what is there.
 */
static int cannot_be(const struct plan *plan, uint32_t measure, const uint8_t *can)
{
    const struct plan_question *q = &plan->question;
    const struct measure *m = plan_measure(plan, measure);
    for (uint32_t i = 0; i < m->requires.n; i++)
        if (!can[LIST_AT(m->requires, struct ref, i)->index]) return 1;
    for (uint32_t i = 0; i < q->graph->model->m.measures.n; i++)
        if ((q->base[i] && (refs_have(&m->conflicts, i) ||
                            refs_have(&plan_measure(plan, i)->conflicts, measure))) ||
            (i == measure && refs_have(&m->conflicts, i)))
            return 1;
    return 0;
}

/* What can be had at all: less and less, until nothing more falls. */
static void find_hopeless(struct plan *plan)
{
    uint32_t n = plan->question.graph->model->m.measures.n, n_fallen = 1;
    uint8_t *can = mem_alloc(n + 1);
    plan->hopeless = arena_alloc(&plan->arena, plan->n_candidates + 1);
    memcpy(can, plan->question.base, n);
    for (uint32_t i = 0; i < plan->n_candidates; i++)
        can[plan->candidates[i]] = 1;
    while (n_fallen) {
        n_fallen = 0;
        for (uint32_t i = 0; i < plan->n_candidates; i++) {
            if (plan->hopeless[i] || !cannot_be(plan, plan->candidates[i], can))
                continue;
            plan->hopeless[i] = 1;
            can[plan->candidates[i]] = 0;
            n_fallen++;
        }
    }
    free(can);
}

/* ---- demands -----------------------------------------------------------------------
 */

/* The row of a stakeholder over all forms of use; NULL: no target is held to him. */
static const struct map_row *row_of(const struct assessment *a, uint32_t stakeholder)
{
    for (uint32_t i = 0; i < a->map.n; i++) {
        const struct map_row *row = LIST_AT(a->map, struct map_row, i);
        if (row->stakeholder == stakeholder && row->form == NULL)
            return row->has_target && !row->excluded ? row : NULL;
    }
    return NULL;
}

int plan_is_held(const struct plan *plan, uint32_t stakeholder)
{
    return row_of(plan->question.assessment, stakeholder) != NULL;
}

/* Counts who suffers what an incident does above his target, by axis and level. */
static void count_harms(const struct plan *plan, const struct incident *incident,
                        uint32_t weights[N_AXES][N_LEVELS])
{
    const struct model_data *m = &plan->question.graph->model->m;
    for (uint32_t k = 0; k < incident->harms.n; k++) {
        const struct harm *h = LIST_AT(incident->harms, struct harm, k);
        const struct stakeholder *who =
            LIST_AT(m->stakeholders, struct stakeholder, h->entry.key_index);
        if (!plan_is_held(plan, h->entry.key_index)) continue;
        for (int axis = 0; axis < N_AXES; axis++)
            for (int level = LEVEL_ON(who->target, axis); level < LEVEL_ON(*h, axis);
                 level++)
                weights[axis][level]++;
    }
}

static void find_demands(struct plan *plan)
{
    const struct assessment *a = plan->question.assessment;
    uint32_t most = a->incidents.n * N_AXES * N_LEVELS;
    plan->demands = arena_array(&plan->arena, most, sizeof *plan->demands);
    for (uint32_t i = 0; i < a->incidents.n; i++) {
        const struct incident_result *r =
            LIST_AT(a->incidents, struct incident_result, i);
        uint32_t weights[N_AXES][N_LEVELS] = {{0}};
        if (r->excluded || !r->reached) continue;
        count_harms(plan, LIST_AT(a->model->m.incidents, struct incident, r->incident),
                    weights);
        for (int axis = 0; axis < N_AXES; axis++)
            for (int level = 0; level < N_LEVELS; level++) {
                if (weights[axis][level] == 0) continue;
                plan->demands[plan->n_demands++] = (struct plan_demand){
                    r->incident, (uint8_t)axis, (uint8_t)level, weights[axis][level]};
                plan->weight += weights[axis][level];
            }
    }
}

struct plan *plan_open(const struct plan_question *question)
{
    struct plan *plan = mem_alloc(sizeof *plan);
    plan->question = *question;
    find_candidates(plan);
    find_hopeless(plan);
    find_demands(plan);
    plan->search = plan_search_open(plan);
    return plan;
}

void plan_close(struct plan *plan)
{
    if (plan == NULL) return;
    plan_search_close(plan->search);
    arena_fini(&plan->arena);
    free(plan);
}
