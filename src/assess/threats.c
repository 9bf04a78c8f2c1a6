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

/* The reachable node of each class at an asset that is not slowed, then least deep. */
static void find_class_nodes(const struct graph *g, const struct reach *r,
                             const uint8_t *slowed, uint32_t asset,
                             uint32_t best[MAX_THREAT_CLASSES])
{
    for (uint32_t n = g->first_node[asset]; n < g->first_node[asset + 1]; n++) {
        if (r->depth[n] == GRAPH_NONE) continue;
        uint32_t class = graph_threat(g, n);
        if (class == REF_NONE || class >= MAX_THREAT_CLASSES) continue;
        uint32_t old = best[class];
        if (old == GRAPH_NONE || slowed[n] < slowed[old] ||
            (slowed[n] == slowed[old] && r->depth[n] < r->depth[old]))
            best[class] = n;
    }
}

/* The state of a threat whose node under a view is `node`. */
static uint8_t state_of(const struct stages *s, enum view view, uint32_t node)
{
    if (node == GRAPH_NONE) return THREAT_BLOCKED;
    return s->slowed[view][node] ? THREAT_SLOWED : THREAT_OPEN;
}

/* 1 if every step that is left of a class, `node` among them, would be detected. */
static uint8_t is_detected(const struct stages *s, uint32_t asset, uint32_t class,
                           uint32_t node)
{
    const struct graph *g = s->a->graph;
    if (node == GRAPH_NONE || !s->detected[node]) return 0;
    for (uint32_t n = g->first_node[asset]; n < g->first_node[asset + 1]; n++)
        if (graph_threat(g, n) == class && !s->detected[n] &&
            s->reach[VIEW_PLANNED].depth[n] != GRAPH_NONE)
            return 0;
    return 1;
}

/* What was found last for a set of incidents: neighbours mostly lead to the same. */
struct severity_memo {
    const uint64_t *set; // NULL: nothing yet
    uint32_t severity;
};

static int same_set(const uint64_t *a, const uint64_t *b, uint32_t words)
{
    return a && memcmp(a, b, words * sizeof *a) == 0;
}

/* The largest excess over a target among the incidents a node leads to, 0 if none. */
static uint32_t severity_of(const struct stages *s, uint32_t node,
                            struct severity_memo *memo)
{
    const struct graph *g = s->a->graph;
    const struct forward *f = &s->forward[VIEW_NOW];
    uint32_t group = f->group[node], most = 0;
    if (group == GRAPH_NONE || f->words == 0) return 0;
    const uint64_t *set = &f->sets[(size_t)group * f->words];
    if (same_set(memo->set, set, f->words)) return memo->severity;
    for (uint32_t i = 0; i < g->n_incidents; i++) {
        uint32_t excess = s->excess[g->assets[g->first_incident + i].index];
        if (excess > most && (set[i / 64] >> (i % 64) & 1)) most = excess;
    }
    *memo = (struct severity_memo){set, most};
    return most;
}

/* The nodes of the classes of threat at one asset, under each view. */
struct class_nodes {
    uint32_t best[N_VIEWS][MAX_THREAT_CLASSES];
};

static void find_all_class_nodes(const struct stages *s, uint32_t asset,
                                 struct class_nodes *nodes)
{
    memset(nodes, 0xff, sizeof *nodes);
    for (int view = VIEW_INHERENT; view < N_VIEWS; view++) {
        int same = view && s->reach[view].depth == s->reach[view - 1].depth;
        if (same)
            memcpy(nodes->best[view], nodes->best[view - 1], sizeof nodes->best[view]);
        else
            find_class_nodes(s->a->graph, &s->reach[view], s->slowed[view], asset,
                             nodes->best[view]);
    }
}

static struct threat make_threat(const struct stages *s, uint32_t asset, uint32_t class,
                                 const struct class_nodes *nodes,
                                 struct severity_memo *memo)
{
    uint32_t node = nodes->best[VIEW_INHERENT][class];
    struct threat t = {.class = class, .asset = asset, .node = node};
    t.state = state_of(s, VIEW_NOW, nodes->best[VIEW_NOW][class]);
    t.planned = state_of(s, VIEW_PLANNED, nodes->best[VIEW_PLANNED][class]);
    t.severity = severity_of(s, node, memo);
    t.main = t.severity > 0;
    t.detected = is_detected(s, asset, class, nodes->best[VIEW_PLANNED][class]);
    return t;
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

static void add_threats_at(struct stages *s, uint32_t asset, struct severity_memo *memo,
                           struct threats *out)
{
    struct class_nodes nodes;
    find_all_class_nodes(s, asset, &nodes);
    for (uint32_t c = 0; c < s->a->catalog->c.threats.n && c < MAX_THREAT_CLASSES; c++)
        if (nodes.best[VIEW_INHERENT][c] != GRAPH_NONE)
            *(struct threat *)mem_push(&out->items, &out->n, &out->cap,
                                       sizeof *out->items) =
                make_threat(s, asset, c, &nodes, memo);
}

void assess_threats(struct stages *s)
{
    struct assessment *a = s->a;
    const struct graph *g = a->graph;
    struct severity_memo memo = {0};
    struct threats out = {0};
    find_patterns(s);
    for (uint32_t asset = g->first_component; asset < g->first_incident; asset++)
        if (!is_out_of_scope(a, asset)) add_threats_at(s, asset, &memo, &out);
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
    return arena_printf(arena, "%s@%s", class, graph_asset_id(a->graph, t->asset));
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

int threat_leads_to(const struct assessment *a, const struct threat *t,
                    uint32_t incident)
{
    const struct graph *g = a->graph;
    return forward_leads(&a->forward, t->node,
                         g->asset_of_incident[incident] - g->first_incident);
}
