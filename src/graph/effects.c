// SPDX-License-Identifier: Apache-2.0
/* What measures do to the graph: the steps of their examples, on the assets they are
 * on. */
#include "graph/graph_int.h"

/* Marks the steps of an asset that match any pattern. */
static void mark_asset(const struct graph *g, uint32_t asset,
                       const struct list *patterns, uint8_t *marks)
{
    for (uint32_t i = 0; marks && i < patterns->n; i++) {
        const struct step_pattern *p = LIST_AT(*patterns, struct step_pattern, i);
        const struct list *plan = &asset_kind(g, asset)->plan;
        for (uint32_t k = 0; p->asset_type == g->assets[asset].type && k < plan->n; k++)
            if (LIST_AT(*plan, struct step, k)->name_index == p->name &&
                has_bit(g, asset, k))
                marks[node_of_bit(g, asset, k)] = 1;
    }
}

static void apply_to_asset(const struct graph *g, uint32_t asset,
                           const struct example *x, const struct effects *effects)
{
    mark_asset(g, asset, &x->block_steps, effects->blocked);
    mark_asset(g, asset, &x->slow_steps, effects->slowed);
    mark_asset(g, asset, &x->limit_steps, effects->limited);
    mark_asset(g, asset, &x->detect_steps, effects->detected);
}

void graph_effects(const struct graph *g, enum measure_status status,
                   const struct effects *effects)
{
    const uint32_t *const numbers[] = {g->asset_of_component, g->asset_of_flow,
                                       g->asset_of_zone};
    for (uint32_t i = 0; i < g->model->m.measures.n; i++) {
        const struct measure *m = LIST_AT(g->model->m.measures, struct measure, i);
        if (m->status < status || m->example.id == NULL) continue;
        const struct example *x =
            LIST_AT(g->catalog->c.examples, struct example, m->example.index);
        for (uint32_t k = 0; k < m->on.n; k++) {
            const struct ref *on = LIST_AT(m->on, struct ref, k);
            apply_to_asset(g, numbers[on->section][on->index], x, effects);
        }
    }
}
