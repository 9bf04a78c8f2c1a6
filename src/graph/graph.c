// SPDX-License-Identifier: Apache-2.0
/* Reading the graph: steps, names and stable ids of nodes. */
#include <stdio.h>
#include <string.h>

#include "graph/graph_int.h"

uint32_t graph_stands_for(const struct graph *g, uint32_t node)
{
    uint32_t first = g->first_node[g->first_incident];
    if (node < first || g->stands_for[node - first] == GRAPH_NONE) return node;
    return g->stands_for[node - first];
}

const struct step *graph_step(const struct graph *g, uint32_t node)
{
    uint32_t asset = g->node_asset[node];
    const struct kind *kind = asset_kind(g, asset);
    uint32_t bit = g->node_bit[node];
    return kind && bit < kind->plan.n ? LIST_AT(kind->plan, struct step, bit) : NULL;
}

uint32_t graph_threat(const struct graph *g, uint32_t node)
{
    uint8_t class = g->node_threat[node];
    return class == NODE_NO_THREAT ? REF_NONE : class;
}

const char *graph_asset_id(const struct graph *g, uint32_t asset)
{
    uint32_t i = g->assets[asset].index;
    const struct model_data *m = &g->model->m;
    if (asset < g->first_zone)
        return LIST_AT(g->catalog->c.origins, struct origin, i)->entry.id;
    if (asset < g->first_component) return LIST_AT(m->zones, struct zone, i)->entry.id;
    if (asset < g->first_flow)
        return LIST_AT(m->components, struct component, i)->entry.id;
    if (asset < g->first_incident) return LIST_AT(m->flows, struct flow, i)->entry.id;
    return LIST_AT(m->incidents, struct incident, i)->entry.id;
}

/* A flow without a name is called by its two ends. */
static struct text flow_name(const struct graph *g, const struct flow *f,
                             struct arena *a)
{
    struct text name = f->name;
    if (!text_empty(name)) return name;
    const struct component *from =
        LIST_AT(g->model->m.components, struct component, f->from.index);
    const struct component *to =
        LIST_AT(g->model->m.components, struct component, f->to.index);
    for (int lang = 0; lang < N_LANGS; lang++)
        name.in[lang] =
            arena_printf(a, "%s \xe2\x86\x92 %s", text_in(from->name, (enum lang)lang),
                         text_in(to->name, (enum lang)lang));
    return name;
}

struct text graph_asset_name(const struct graph *g, uint32_t asset, struct arena *a)
{
    uint32_t i = g->assets[asset].index;
    const struct model_data *m = &g->model->m;
    if (asset < g->first_zone)
        return LIST_AT(g->catalog->c.origins, struct origin, i)->name;
    if (asset < g->first_component) return LIST_AT(m->zones, struct zone, i)->name;
    if (asset < g->first_flow) return LIST_AT(m->components, struct component, i)->name;
    if (asset < g->first_incident)
        return flow_name(g, LIST_AT(m->flows, struct flow, i), a);
    return LIST_AT(m->incidents, struct incident, i)->name;
}

/* Which step and which of its parents the joint number k of a plan belongs to. */
static const char *joint_owner(const struct list *plan, uint32_t k, uint32_t *parent)
{
    for (uint32_t i = 0; i < plan->n; i++) {
        const struct step *s = LIST_AT(*plan, struct step, i);
        uint32_t n = s->type == STEP_AND ? s->from.n : 0;
        if (k < n) {
            *parent = k;
            return s->entry.id;
        }
        k -= n;
    }
    return "";
}

/* Appends s at *used as far as it fits, keeping a NUL. */
static void append(char *out, size_t size, size_t *used, const char *s)
{
    size_t len = strlen(s), room = size - 1 - *used;
    if (len > room) len = room;
    memcpy(out + *used, s, len);
    *used += len;
    out[*used] = '\0';
}

static void append_number(char *out, size_t size, size_t *used, uint32_t n)
{
    char digits[16];
    snprintf(digits, sizeof digits, "#%u", n);
    append(out, size, used, digits);
}

void graph_node_id(const struct graph *g, uint32_t node, char *out, size_t size)
{
    uint32_t asset = g->node_asset[node], bit = g->node_bit[node], parent = 0;
    uint32_t i = node - g->first_node[asset];
    const struct kind *kind = asset_kind(g, asset);
    size_t used = 0;
    if (kind == NULL)
        append(out, size, &used, asset < g->first_zone ? "origin." : "incident.");
    append(out, size, &used, graph_asset_id(g, asset));
    if (kind == NULL && i > 0) append_number(out, size, &used, i);
    if (kind == NULL) return;
    append(out, size, &used, ".");
    if (bit < kind->plan.n) {
        append(out, size, &used, LIST_AT(kind->plan, struct step, bit)->entry.id);
        return;
    }
    append(out, size, &used, joint_owner(&kind->plan, bit - kind->plan.n, &parent));
    append_number(out, size, &used, parent + 1);
}

uint32_t graph_find(const struct graph *g, const char *id)
{
    char node_id[160];
    size_t prefix = strcspn(id, ".");
    for (uint32_t a = 0; a < g->n_assets; a++) {
        const char *asset = graph_asset_id(g, a);
        int special = a < g->first_zone || a >= g->first_incident;
        if (!special && (strlen(asset) != prefix || strncmp(asset, id, prefix) != 0))
            continue;
        for (uint32_t n = g->first_node[a]; n < g->first_node[a + 1]; n++) {
            graph_node_id(g, n, node_id, sizeof node_id);
            if (strcmp(node_id, id) == 0) return n;
        }
    }
    return GRAPH_NONE;
}

uint32_t graph_origin_node(const struct graph *g, uint32_t origin)
{
    uint32_t asset = 0; // origins come first
    while (g->assets[asset].index != origin)
        asset++;
    return g->first_node[asset];
}

uint32_t graph_incident_node(const struct graph *g, uint32_t incident)
{
    return g->first_node[g->asset_of_incident[incident]];
}

const struct ttc *step_ttc(const struct step *step, traits t)
{
    for (uint32_t i = 0; i < step->ttc.n; i++) {
        const struct ttc *ttc = LIST_AT(step->ttc, struct ttc, i);
        if (traits_fit(t, ttc->need, ttc->avoid)) return ttc;
    }
    return NULL;
}

const struct ttc *graph_ttc(const struct graph *g, uint32_t node)
{
    uint32_t step_node = graph_stands_for(g, node);
    const struct step *s = graph_step(g, step_node);
    return s ? step_ttc(s, g->traits[g->node_asset[step_node]]) : NULL;
}
