// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Threats per component and flow: a class of threat is present where a reachable step
 * of that class is. Chains of like shape (the same steps from the same origin) form a
 * group.
 */
#include <stdlib.h>
#include <string.h>

#include "assess/assess_int.h"

SCHEMA_SET(threat_states, "state", {"open", THREAT_OPEN, {{"open", "未対策"}}},
           {"slowed", THREAT_SLOWED, {{"made harder", "困難化"}}},
           {"blocked", THREAT_BLOCKED, {{"blocked", "遮断"}}})

static uint64_t mix(uint64_t h)
{
    h ^= h >> 33;
    h *= 0xff51afd7ed558ccdULL;
    h ^= h >> 33;
    h *= 0xc4ceb9fe1a85ec53ULL;
    return h ^ h >> 33;
}

/* What a node contributes to the shape of a chain: its step, or which origin it is. */
static uint64_t own_pattern(const struct graph *g, uint32_t node)
{
    uint32_t asset = g->node_asset[node];
    uint64_t type = g->assets[asset].type;
    uint64_t what = asset; // an origin
    if (g->kind[asset] != REF_NONE) {
        const struct step *s = graph_step(g, node);
        what = type << 32 | (s ? s->name_index + 1 : 0);
    }
    return mix(what * 0x9e3779b97f4a7c15ULL + type);
}

/* The hash of each reachable node's chain, in the order of reaching. */
static void find_patterns(struct stages *s)
{
    const struct graph *g = s->a->graph;
    const struct reach *r = &s->a->reach;
    s->patterns = mem_alloc((g->n_nodes + 1) * sizeof *s->patterns);
    for (uint32_t i = 0; i < r->n_order; i++) {
        uint32_t node = r->order[i];
        uint64_t h = own_pattern(g, node);
        uint32_t from = g->parents.start[node], to = g->parents.start[node + 1];
        for (uint32_t e = from; g->node_type[node] == NODE_AND && e < to; e++)
            h = mix(h + s->patterns[g->parents.items[e]]);
        if (g->node_type[node] == NODE_OR)
            h = mix(h * 31 + s->patterns[r->witness[node]]);
        s->patterns[node] = h;
    }
}

static int is_out_of_scope(const struct assessment *a, uint32_t asset)
{
    const struct asset_ref *ref = &a->graph->assets[asset];
    const struct model_data *m = &a->model->m;
    return ref->type == ASSET_FLOW
               ? !text_empty(LIST_AT(m->flows, struct flow, ref->index)->out_of_scope)
               : !text_empty(LIST_AT(m->components, struct component, ref->index)
                                 ->out_of_scope);
}

/* What is found of one class of threat at one asset. */
struct finding {
    uint32_t node;              // the first reachable step, or GRAPH_NONE
    uint8_t state[N_VIEWS];     // of its most open step
    uint8_t severity;           // of its gravest step
    uint8_t is_left;            // some step is left under measures decided
    uint8_t is_unseen, is_free; // one of these is not detected; not limited
};

static int is_marked(const uint8_t *marks, uint32_t node)
{
    return marks && marks[node];
}

static uint8_t state_under(const struct stages *s, enum view view, uint32_t node)
{
    if (is_marked(s->marks[view].cut, node)) return THREAT_BLOCKED;
    return is_marked(s->marks[view].hard, node) ? THREAT_SLOWED : THREAT_OPEN;
}

/* The largest excess over a target among the incidents a node leads to, 0 if none. */
static uint8_t severity_of(const struct stages *s, uint32_t node)
{
    const struct graph *g = s->a->graph;
    const struct forward *f = s->forward_now.slot ? &s->forward_now : &s->a->forward;
    uint32_t slot = f->slot[node], most = 0;
    if (slot == GRAPH_NONE) return 0;
    for (uint32_t i = 0; i < g->n_incidents; i++) {
        uint32_t excess = s->excess[g->assets[g->first_incident + i].index];
        if (excess > most && forward_leads(f, node, i)) most = excess;
    }
    return (uint8_t)most;
}

static void add_step(const struct stages *s, uint32_t node, struct finding *f)
{
    const uint32_t *effort = s->a->reach.effort;
    if (f->node == GRAPH_NONE || effort[node] < effort[f->node]) f->node = node;
    for (enum view view = VIEW_NOW; view < N_VIEWS; view++) {
        uint8_t state = state_under(s, view, node);
        if (state < f->state[view]) f->state[view] = state;
    }
    uint8_t severity = severity_of(s, node);
    if (severity > f->severity) f->severity = severity;
    if (is_marked(s->marks[VIEW_PLANNED].cut, node)) return;
    f->is_left = 1;
    f->is_unseen |= !is_marked(s->seen, node);
    f->is_free |= !is_marked(s->limited, node);
}

static struct threat make_threat(uint32_t asset, uint32_t class,
                                 const struct finding *f)
{
    return (struct threat){
        .class = class,
        .asset = asset,
        .node = f->node,
        .state = f->state[VIEW_NOW],
        .planned = f->state[VIEW_PLANNED],
        .severity = f->severity,
        .main = f->severity > 0,
        .detected = f->is_left && !f->is_unseen,
        .limited = f->is_left && !f->is_free,
    };
}

struct threats {
    struct threat *items;
    size_t n, cap;
};

struct slot {
    uint64_t hash;
    uint32_t group;
};

/* Numbers the groups in the order in which they first appear. */
static void group_threats(struct stages *s)
{
    struct assessment *a = s->a;
    size_t cap = 64;
    while (cap < 2 * (size_t)a->threats.n)
        cap *= 2;
    struct slot *slots = mem_alloc(cap * sizeof *slots);
    for (uint32_t i = 0; i < a->threats.n; i++) {
        struct threat *t = LIST_AT(a->threats, struct threat, i);
        uint64_t h = s->patterns[t->node] | 1;
        size_t k = (size_t)h & (cap - 1);
        while (slots[k].hash && slots[k].hash != h)
            k = (k + 1) & (cap - 1);
        if (slots[k].hash == 0) slots[k] = (struct slot){h, a->n_groups++};
        t->group = slots[k].group;
    }
    free(slots);
}

static void add_threats_at(const struct stages *s, uint32_t asset, struct threats *out)
{
    const struct graph *g = s->a->graph;
    struct finding found[MAX_THREAT_CLASSES];
    for (uint32_t c = 0; c < MAX_THREAT_CLASSES; c++)
        found[c] = (struct finding){
            .node = GRAPH_NONE, .state = {0, THREAT_BLOCKED, THREAT_BLOCKED}
        };
    for (uint32_t n = g->first_node[asset]; n < g->first_node[asset + 1]; n++)
        if (g->node_threat[n] < MAX_THREAT_CLASSES &&
            s->a->reach.effort[n] != GRAPH_NONE)
            add_step(s, n, &found[g->node_threat[n]]);
    for (uint32_t c = 0; c < MAX_THREAT_CLASSES; c++)
        if (found[c].node != GRAPH_NONE)
            *(struct threat *)mem_push(&out->items, &out->n, &out->cap,
                                       sizeof *out->items) =
                make_threat(asset, c, &found[c]);
}

void assess_threats(struct stages *s)
{
    struct assessment *a = s->a;
    const struct graph *g = a->graph;
    struct threats out = {0};
    find_patterns(s);
    for (uint32_t asset = g->first_component; asset < g->first_incident; asset++)
        if (!is_out_of_scope(a, asset)) add_threats_at(s, asset, &out);
    a->threats.n = (uint32_t)out.n;
    a->threats.items = arena_array(&a->arena, out.n, sizeof *out.items);
    if (out.n) memcpy(a->threats.items, out.items, out.n * sizeof *out.items);
    free(out.items);
    group_threats(s);
}

const char *threat_id(const struct assessment *a, const struct threat *t,
                      struct arena *arena)
{
    const char *class =
        LIST_AT(a->catalog->c.threats, struct threat_class, t->class)->entry.id;
    const char *asset = graph_asset_id(a->graph, t->asset);
    size_t class_len = strlen(class), asset_len = strlen(asset);
    char *id = arena_alloc(arena, class_len + asset_len + 2);
    memcpy(id, class, class_len);
    id[class_len] = '@';
    memcpy(id + class_len + 1, asset, asset_len);
    return id;
}

/* First threat of an asset, by bisection: threats are sorted by asset. */
static uint32_t first_threat_of(const struct assessment *a, uint32_t asset)
{
    uint32_t lo = 0, hi = a->threats.n;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (LIST_AT(a->threats, struct threat, mid)->asset < asset)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* The component or flow called id, by bisection in its section, or GRAPH_NONE. */
static uint32_t find_asset(const struct graph *g, uint32_t lo, uint32_t hi,
                           const char *id)
{
    uint32_t end = hi;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (strcmp(graph_asset_id(g, mid), id) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < end && strcmp(graph_asset_id(g, lo), id) == 0 ? lo : GRAPH_NONE;
}

const struct threat *assess_find_threat(const struct assessment *a, const char *id)
{
    const struct graph *g = a->graph;
    const char *at = strchr(id, '@');
    if (at == NULL) return NULL;
    uint32_t asset = find_asset(g, g->first_component, g->first_flow, at + 1);
    if (asset == GRAPH_NONE)
        asset = find_asset(g, g->first_flow, g->first_incident, at + 1);
    for (uint32_t i = first_threat_of(a, asset); i < a->threats.n; i++) {
        const struct threat *t = LIST_AT(a->threats, struct threat, i);
        if (t->asset != asset) break;
        const char *class =
            LIST_AT(a->catalog->c.threats, struct threat_class, t->class)->entry.id;
        if (strlen(class) == (size_t)(at - id) &&
            strncmp(class, id, (size_t)(at - id)) == 0)
            return t;
    }
    return NULL;
}

uint32_t threat_node(const struct assessment *a, const struct threat *t)
{
    const struct graph *g = a->graph;
    uint32_t best = GRAPH_NONE;
    if (a->left.effort == NULL) return t->node;
    for (uint32_t n = g->first_node[t->asset]; n < g->first_node[t->asset + 1]; n++) {
        if (g->node_threat[n] != t->class || a->left.effort[n] == GRAPH_NONE) continue;
        if (best == GRAPH_NONE || a->left.effort[n] < a->left.effort[best]) best = n;
    }
    return best == GRAPH_NONE ? t->node : best;
}

void threat_incidents(const struct assessment *a, const struct threat *t, uint64_t *set)
{
    const struct graph *g = a->graph;
    const struct forward *f = &a->forward;
    memset(set, 0, f->words * sizeof *set);
    for (uint32_t n = g->first_node[t->asset]; n < g->first_node[t->asset + 1]; n++) {
        if (g->node_threat[n] != t->class || f->slot[n] == GRAPH_NONE) continue;
        for (uint32_t w = 0; w < f->words; w++)
            set[w] |= f->sets[(size_t)f->slot[n] * f->words + w];
    }
}

int threat_leads_to(const struct assessment *a, const struct threat *t,
                    uint32_t incident)
{
    const struct graph *g = a->graph;
    uint32_t i = g->asset_of_incident[incident] - g->first_incident;
    for (uint32_t n = g->first_node[t->asset]; n < g->first_node[t->asset + 1]; n++)
        if (g->node_threat[n] == t->class && forward_leads(&a->forward, n, i)) return 1;
    return 0;
}
