// SPDX-License-Identifier: Apache-2.0
/* What measures do to the graph: the steps of their examples, on the assets they are
 * on. */
#include <stdlib.h>

#include "graph/graph_int.h"

/* The node of the step on an asset that a pattern names, or GRAPH_NONE. */
static uint32_t find_node(const struct graph *g, uint32_t asset,
                          const struct step_pattern *p)
{
    const struct list *plan = &asset_kind(g, asset)->plan;
    for (uint32_t k = 0; p->asset_type == g->assets[asset].type && k < plan->n; k++)
        if (LIST_AT(*plan, struct step, k)->name_index == p->name &&
            has_bit(g, asset, k))
            return node_of_bit(g, asset, k);
    return GRAPH_NONE;
}

/* Marks the steps of an asset that match any pattern. */
static void mark_asset(const struct graph *g, uint32_t asset,
                       const struct list *patterns, uint8_t *marks)
{
    for (uint32_t i = 0; marks && i < patterns->n; i++) {
        uint32_t node = find_node(g, asset, LIST_AT(*patterns, struct step_pattern, i));
        if (node != GRAPH_NONE) marks[node] = 1;
    }
}

static uint32_t asset_of(const struct graph *g, const struct ref *on)
{
    const uint32_t *const numbers[] = {g->asset_of_component, g->asset_of_flow,
                                       g->asset_of_zone};
    return numbers[on->section][on->index];
}

static int acts_on(const struct graph *g, uint32_t asset, const struct list *patterns)
{
    for (uint32_t i = 0; i < patterns->n; i++)
        if (find_node(g, asset, LIST_AT(*patterns, struct step_pattern, i)) !=
            GRAPH_NONE)
            return 1;
    return 0;
}

int graph_measure_acts(const struct graph *g, const struct measure *m)
{
    const struct example *x =
        LIST_AT(g->catalog->c.examples, struct example, m->example.index);
    const struct list *const patterns[] = {&x->block_steps, &x->slow_steps,
                                           &x->limit_steps, &x->detect_steps};
    for (uint32_t k = 0; k < m->on.n; k++) {
        uint32_t asset = asset_of(g, LIST_AT(m->on, struct ref, k));
        for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
            if (acts_on(g, asset, patterns[i])) return 1;
    }
    return 0;
}

static void apply_to_asset(const struct graph *g, uint32_t asset,
                           const struct example *x, const struct effects *effects)
{
    mark_asset(g, asset, &x->block_steps, effects->blocked);
    mark_asset(g, asset, &x->slow_steps, effects->slowed);
    mark_asset(g, asset, &x->limit_steps, effects->limited);
    mark_asset(g, asset, &x->detect_steps, effects->detected);
}

/* What befalls a step befalls the nodes of incidents that stand for it. */
static void mark_stand_ins(const struct graph *g, uint8_t *marks)
{
    uint32_t first = g->first_node[g->first_incident];
    for (uint32_t n = first; marks && n < g->n_nodes; n++)
        marks[n] |= marks[graph_stands_for(g, n)];
}

void graph_effects_of(const struct graph *g, const uint8_t *of,
                      const struct effects *effects)
{
    for (uint32_t i = 0; i < g->model->m.measures.n; i++) {
        const struct measure *m = LIST_AT(g->model->m.measures, struct measure, i);
        if (!of[i] || m->example.id == NULL) continue;
        const struct example *x =
            LIST_AT(g->catalog->c.examples, struct example, m->example.index);
        for (uint32_t k = 0; k < m->on.n; k++)
            apply_to_asset(g, asset_of(g, LIST_AT(m->on, struct ref, k)), x, effects);
    }
    uint8_t *const marks[] = {effects->blocked, effects->slowed, effects->limited,
                              effects->detected};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        mark_stand_ins(g, marks[i]);
}

void graph_measures_of(const struct model *model, enum measure_status status,
                       uint8_t *of)
{
    for (uint32_t i = 0; i < model->m.measures.n; i++)
        of[i] = LIST_AT(model->m.measures, struct measure, i)->status >= status;
}

void graph_effects(const struct graph *g, enum measure_status status,
                   const struct effects *effects)
{
    uint8_t *of = mem_alloc(g->model->m.measures.n + 1);
    graph_measures_of(g->model, status, of);
    graph_effects_of(g, of, effects);
    free(of);
}

static void tell_asset(const struct graph *g, uint32_t asset,
                       const struct list *patterns, int is_blocked,
                       void (*tell)(void *with, uint32_t node, int is_blocked),
                       void *with)
{
    for (uint32_t i = 0; i < patterns->n; i++) {
        uint32_t node = find_node(g, asset, LIST_AT(*patterns, struct step_pattern, i));
        if (node != GRAPH_NONE) tell(with, node, is_blocked);
    }
}

void graph_measure_effects(const struct graph *g, uint32_t measure,
                           void (*tell)(void *with, uint32_t node, int is_blocked),
                           void *with)
{
    const struct measure *m = LIST_AT(g->model->m.measures, struct measure, measure);
    if (m->example.id == NULL) return;
    const struct example *x =
        LIST_AT(g->catalog->c.examples, struct example, m->example.index);
    for (uint32_t k = 0; k < m->on.n; k++) {
        uint32_t asset = asset_of(g, LIST_AT(m->on, struct ref, k));
        tell_asset(g, asset, &x->block_steps, 1, tell, with);
        tell_asset(g, asset, &x->slow_steps, 0, tell, with);
    }
}
