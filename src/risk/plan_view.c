// SPDX-License-Identifier: Apache-2.0
/* What a set of measures leaves: incidents still reached, harm still above a target. */
#include <stdlib.h>
#include <string.h>

#include "risk/plan_int.h"

static void lower(uint8_t *level, uint8_t to)
{
    if (to < *level) *level = to;
}

static void find_caps(const struct plan *plan, const uint8_t *of, struct position *caps)
{
    const struct model_data *m = &plan->question.graph->model->m;
    for (uint32_t i = 0; i < m->incidents.n; i++)
        caps[i] = (struct position){LEVEL_WORST, LEVEL_WORST};
    for (uint32_t i = 0; i < m->measures.n; i++) {
        const struct measure *measure = plan_measure(plan, i);
        for (uint32_t k = 0; of[i] && k < measure->limits.n; k++) {
            const struct harm_limit *l = LIST_AT(measure->limits, struct harm_limit, k);
            lower(&caps[l->incident.index].recovery, l->recovery);
            lower(&caps[l->incident.index].economic, l->economic);
        }
    }
}

struct plan_view plan_view_of(const struct plan *plan, const uint8_t *of)
{
    const struct graph *g = plan->question.graph;
    struct work work = {0};
    struct plan_view view = {0};
    uint8_t *blocked = mem_alloc(g->n_nodes + 1);
    graph_effects_of(g, of, &(struct effects){.blocked = blocked});
    view.reach = graph_reach(g, blocked, &work);
    view.caps = mem_alloc((g->model->m.incidents.n + 1) * sizeof *view.caps);
    find_caps(plan, of, view.caps);
    free(blocked);
    return view;
}

void plan_view_fini(struct plan_view *view)
{
    reach_fini(&view->reach);
    free(view->caps);
    view->caps = NULL;
}

int plan_is_reached(const struct plan *plan, const struct plan_view *view,
                    uint32_t incident)
{
    uint32_t node = graph_incident_node(plan->question.graph, incident);
    return view->reach.effort[node] != GRAPH_NONE;
}

int plan_is_met(const struct plan *plan, const struct plan_view *view,
                const struct plan_demand *d)
{
    return LEVEL_ON(view->caps[d->incident], d->axis) <= d->level ||
           !plan_is_reached(plan, view, d->incident);
}

int plan_limits(const struct measure *measure, const struct plan_demand *d)
{
    for (uint32_t k = 0; k < measure->limits.n; k++) {
        const struct harm_limit *l = LIST_AT(measure->limits, struct harm_limit, k);
        if (l->incident.index == d->incident && LEVEL_ON(*l, d->axis) <= d->level)
            return 1;
    }
    return 0;
}

size_t plan_chain(const struct plan *plan, const struct plan_view *view,
                  uint32_t incident, uint32_t **nodes)
{
    const struct graph *g = plan->question.graph;
    uint8_t *mark = mem_alloc(g->n_nodes + 1);
    size_t n =
        graph_chain(g, &view->reach, graph_incident_node(g, incident), nodes, mark);
    free(mark);
    return n;
}

struct plan_set plan_weigh(const struct plan *plan, const uint8_t *of)
{
    struct plan_set set = {0};
    struct plan_view view = plan_view_of(plan, of);
    for (uint32_t i = 0; i < plan->question.graph->model->m.measures.n; i++)
        if (of[i] && !plan->question.base[i]) set.cost += plan->question.costs[i];
    for (uint32_t i = 0; i < plan->n_demands; i++)
        if (!plan_is_met(plan, &view, &plan->demands[i]))
            set.left += plan->demands[i].weight;
    plan_view_fini(&view);
    return set;
}

struct plan_set plan_look(struct plan *plan, const uint8_t *of)
{
    uint32_t n = plan->question.graph->model->m.measures.n;
    struct plan_set set = plan_weigh(plan, of);
    set.of = arena_alloc(&plan->arena, n + 1);
    memcpy(set.of, of, n);
    return set;
}

/* ---- ways that are left -----------------------------------------------------------
 */

static uint8_t least(uint8_t a, uint8_t b)
{
    return a < b ? a : b;
}

/* The harm to one stakeholder, none if he has no target that counts. */
static struct position harm_to(const struct plan *plan, const struct harm *h,
                               struct position cap)
{
    if (!plan_is_held(plan, h->entry.key_index)) return (struct position){0};
    return (struct position){least(h->recovery, cap.recovery),
                             least(h->economic, cap.economic)};
}

static const struct list *harms_of(const struct plan *plan, uint32_t incident)
{
    const struct list *all = &plan->question.graph->model->m.incidents;
    return &LIST_AT(*all, struct incident, incident)->harms;
}

struct position plan_harm(const struct plan *plan, uint32_t incident,
                          struct position cap)
{
    const struct list *harms = harms_of(plan, incident);
    struct position worst = {0};
    for (uint32_t i = 0; i < harms->n; i++) {
        struct position p = harm_to(plan, LIST_AT(*harms, struct harm, i), cap);
        if (p.recovery > worst.recovery) worst.recovery = p.recovery;
        if (p.economic > worst.economic) worst.economic = p.economic;
    }
    return worst;
}

int plan_is_above(const struct plan *plan, uint32_t incident, struct position cap)
{
    const struct list *harms = harms_of(plan, incident);
    const struct list *all = &plan->question.graph->model->m.stakeholders;
    for (uint32_t i = 0; i < harms->n; i++) {
        const struct harm *h = LIST_AT(*harms, struct harm, i);
        const struct target *target =
            &LIST_AT(*all, struct stakeholder, h->entry.key_index)->target;
        struct position p = harm_to(plan, h, cap);
        if (p.recovery > target->recovery || p.economic > target->economic) return 1;
    }
    return 0;
}

static void add_way(struct plan *plan, const struct plan_view *view,
                    const struct plan_view *than, uint32_t incident,
                    struct plan_ways *ways)
{
    struct plan_way *w = mem_push(&ways->items, &ways->n, &ways->cap, sizeof *w);
    uint32_t *nodes = NULL;
    w->incident = incident;
    w->from = plan_harm(plan, incident, view->caps[incident]);
    w->is_cut = !plan_is_reached(plan, than, incident);
    if (!w->is_cut) w->to = plan_harm(plan, incident, than->caps[incident]);
    w->n_nodes = plan_chain(plan, view, incident, &nodes);
    w->nodes = arena_array(&plan->arena, w->n_nodes, sizeof *nodes);
    memcpy(w->nodes, nodes, w->n_nodes * sizeof *nodes);
    free(nodes);
}

struct plan_ways plan_ways_left(struct plan *plan, const uint8_t *of,
                                const uint8_t *than)
{
    struct plan_ways ways = {0};
    struct plan_view view = plan_view_of(plan, of);
    struct plan_view other = plan_view_of(plan, than ? than : of);
    uint32_t last = GRAPH_NONE; // demands of one incident lie together
    for (uint32_t i = 0; i < plan->n_demands; i++) {
        const struct plan_demand *d = &plan->demands[i];
        if (d->incident == last || plan_is_met(plan, &view, d)) continue;
        if (than && !plan_is_met(plan, &other, d)) continue;
        last = d->incident;
        add_way(plan, &view, &other, d->incident, &ways);
    }
    plan_view_fini(&view);
    plan_view_fini(&other);
    return ways;
}
