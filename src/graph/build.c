// SPDX-License-Identifier: Apache-2.0
/*
 * Builds the graph. Assets are numbered origins, zones, components, flows, incidents,
 * each in the order of ids; an asset's nodes are the steps of its kind's plan, then
 * one joint for every parent of an AND step ("any of these instances"). Parents are
 * written row by row as the children are visited, then transposed.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "graph/graph_int.h"

struct builder {
    struct graph *g;
    const struct model_data *m;
    const struct catalog *catalog;
    struct rows in, out, via, accepts; // of components: flows, as asset numbers
    struct rows members, inner;        // of zones: components, zones, as asset numbers
    uint32_t *asset_of_origin;         // origins are numbered by id, too
    uint32_t *edges;                   // parents, growing
    size_t n_edges, cap_edges;
};

struct sort_key {
    const char *id;
    uint32_t index;
};

static int compare_keys(const void *a, const void *b)
{
    return strcmp(((const struct sort_key *)a)->id, ((const struct sort_key *)b)->id);
}

/* Numbers the entries of a list in the order of their ids, from `asset` on. */
static uint32_t *number_assets(struct graph *g, const struct list *list, size_t size,
                               enum asset_type type, uint32_t asset)
{
    struct sort_key *keys = mem_alloc(list->n * sizeof *keys);
    uint32_t *asset_of = mem_alloc(list->n * sizeof *asset_of);
    const char *item = list->items;
    int sorted = 1;
    for (uint32_t i = 0; i < list->n; i++, item += size) {
        keys[i] = (struct sort_key){((const struct entry *)(const void *)item)->id, i};
        sorted &= i == 0 || strcmp(keys[i - 1].id, keys[i].id) <= 0;
    }
    if (!sorted) qsort(keys, list->n, sizeof *keys, compare_keys);
    for (uint32_t i = 0; i < list->n; i++) {
        g->assets[asset + i] = (struct asset_ref){(uint8_t)type, keys[i].index};
        asset_of[keys[i].index] = asset + i;
    }
    free(keys);
    return asset_of;
}

/* Returns the asset number of each origin, in the catalog's order; heap. */
static uint32_t *number_all(struct graph *g)
{
    const struct model_data *m = &g->model->m;
    uint32_t n_origins = g->catalog->c.origins.n;
    g->n_incidents = m->incidents.n;
    g->first_zone = n_origins;
    g->first_component = g->first_zone + m->zones.n;
    g->first_flow = g->first_component + m->components.n;
    g->first_incident = g->first_flow + m->flows.n;
    g->n_assets = g->first_incident + m->incidents.n;
    g->assets = mem_alloc((g->n_assets + 1) * sizeof *g->assets);
    g->asset_of_zone =
        number_assets(g, &m->zones, sizeof(struct zone), ASSET_ZONE, g->first_zone);
    g->asset_of_component = number_assets(g, &m->components, sizeof(struct component),
                                          ASSET_COMPONENT, g->first_component);
    g->asset_of_flow =
        number_assets(g, &m->flows, sizeof(struct flow), ASSET_FLOW, g->first_flow);
    g->asset_of_incident = number_assets(g, &m->incidents, sizeof(struct incident),
                                         ASSET_UNSET, g->first_incident);
    return number_assets(g, &g->catalog->c.origins, sizeof(struct origin), ASSET_UNSET,
                         0);
}

static void find_traits(struct graph *g)
{
    struct trait_bits bits;
    const struct model_data *m = &g->model->m;
    traits_init(&bits);
    g->traits = mem_alloc((g->n_assets + 1) * sizeof *g->traits);
    for (uint32_t i = 0; i < m->zones.n; i++)
        g->traits[g->asset_of_zone[i]] =
            traits_of_zone(&bits, g->model, LIST_AT(m->zones, struct zone, i));
    for (uint32_t i = 0; i < m->components.n; i++)
        g->traits[g->asset_of_component[i]] = traits_of_component(
            &bits, g->model, g->catalog, LIST_AT(m->components, struct component, i));
    for (uint32_t i = 0; i < m->flows.n; i++)
        g->traits[g->asset_of_flow[i]] = traits_of_flow(
            &bits, g->model, g->catalog, LIST_AT(m->flows, struct flow, i));
}

static void find_kinds(struct graph *g)
{
    g->kind = mem_alloc((g->n_assets + 1) * sizeof *g->kind);
    for (uint32_t a = 0; a < g->n_assets; a++) {
        const struct asset_ref *ref = &g->assets[a];
        uint32_t kind = REF_NONE;
        switch (ref->type) {
        case ASSET_COMPONENT:
            kind = LIST_AT(g->model->m.components, struct component, ref->index)
                       ->kind.index;
            break;
        case ASSET_FLOW: kind = g->catalog->flow_kind; break;
        case ASSET_ZONE: kind = g->catalog->zone_kind; break;
        default: break;
        }
        g->kind[a] = kind;
    }
}

const struct kind *asset_kind(const struct graph *g, uint32_t asset)
{
    return g->kind[asset] == REF_NONE
               ? NULL
               : LIST_AT(g->catalog->c.kinds, struct kind, g->kind[asset]);
}

/* Joints an AND step needs: one per parent. */
static uint32_t n_joints(const struct step *s)
{
    return s->type == STEP_AND ? s->from.n : 0;
}

/* Which steps and joints of its kind's plan an asset with these traits has. */
static uint64_t find_present(const struct kind *kind, traits t)
{
    uint64_t present = 0;
    uint32_t joint = kind->plan.n;
    for (uint32_t i = 0; i < kind->plan.n; i++) {
        const struct step *s = LIST_AT(kind->plan, struct step, i);
        int there = traits_fit(t, s->need, s->avoid);
        present |= (uint64_t)there << i;
        for (uint32_t k = 0; k < n_joints(s); k++, joint++) {
            const struct parent *p = LIST_AT(s->from, struct parent, k);
            int needed = there && traits_fit(t, p->need, p->avoid);
            present |= (uint64_t)needed << joint;
        }
    }
    return present;
}

/* Where a threat must strike for an incident, and by which steps (none: by any). */
struct strike {
    const struct list *at, *by;
    uint32_t threat;
};

static int is_named(const struct list *by, const struct step *s)
{
    for (uint32_t i = 0; s && i < by->n; i++)
        if (LIST_AT(*by, struct ref, i)->index == s->name_index) return 1;
    return 0;
}

static uint32_t asset_of_ref(const struct graph *g, const struct ref *r)
{
    return ref_is_flow(r) ? g->asset_of_flow[r->index]
                          : g->asset_of_component[r->index];
}

/* Steps of the class that need a stand-in, as only some of their ways count. */
static uint32_t n_stand_ins(const struct graph *g, struct strike strike)
{
    uint32_t n = 0;
    for (uint32_t i = 0; strike.by->n && i < strike.at->n; i++) {
        uint32_t asset = asset_of_ref(g, LIST_AT(*strike.at, struct ref, i));
        const struct list *plan = &asset_kind(g, asset)->plan;
        for (uint32_t k = 0; k < plan->n; k++) {
            const struct step *s = LIST_AT(*plan, struct step, k);
            n += has_bit(g, asset, k) && s->threat.id &&
                 s->threat.index == strike.threat && !is_named(strike.by, s);
        }
    }
    return n;
}

static struct strike incident_strike(const struct incident *x)
{
    return (struct strike){&x->at, &x->by, x->threat.index};
}

static struct strike precondition_strike(const struct precondition *p)
{
    return (struct strike){&p->at, &p->by, p->threat.index};
}

/* An incident's nodes: itself, "at", one per precondition, and stand-ins. */
static uint32_t n_incident_nodes(const struct graph *g, const struct incident *x)
{
    uint32_t n = 2 + x->preconditions.n + n_stand_ins(g, incident_strike(x));
    for (uint32_t i = 0; i < x->preconditions.n; i++)
        n += n_stand_ins(
            g, precondition_strike(LIST_AT(x->preconditions, struct precondition, i)));
    return n;
}

static uint64_t count_nodes(struct graph *g, uint32_t asset)
{
    const struct kind *kind = asset_kind(g, asset);
    if (kind) {
        g->present[asset] = find_present(kind, g->traits[asset]);
        return (uint64_t)__builtin_popcountll(g->present[asset]);
    }
    if (asset < g->first_zone) return 1;
    return n_incident_nodes(
        g, LIST_AT(g->model->m.incidents, struct incident, g->assets[asset].index));
}

/* The class of threat of the step or joint that has a bit of a plan. */
static uint8_t threat_of_bit(const struct kind *kind, uint32_t bit)
{
    if (kind == NULL || bit >= kind->plan.n) return NODE_NO_THREAT;
    const struct step *s = LIST_AT(kind->plan, struct step, bit);
    return s->threat.id ? (uint8_t)s->threat.index : NODE_NO_THREAT;
}

/* The mean time of the step that has a bit of a plan, in units of effort. */
static uint16_t effort_of_bit(const struct graph *g, uint32_t asset,
                              const struct kind *kind, uint32_t bit)
{
    if (kind == NULL || bit >= kind->plan.n) return 0;
    const struct ttc *t =
        step_ttc(LIST_AT(kind->plan, struct step, bit), g->traits[asset]);
    double effort = t ? t->mean_days * EFFORTS_PER_DAY : 0;
    if (effort >= EFFORT_MOST) return EFFORT_MOST;
    return effort < 1 ? 1 : (uint16_t)lround(effort);
}

static void describe_nodes(struct graph *g, uint32_t asset)
{
    const struct kind *kind = asset_kind(g, asset);
    uint64_t rest = g->present[asset];
    for (uint32_t i = g->first_node[asset]; i < g->first_node[asset + 1]; i++) {
        g->node_asset[i] = asset;
        g->node_bit[i] = rest ? (uint8_t)__builtin_ctzll(rest) : 0;
        g->node_threat[i] = threat_of_bit(kind, g->node_bit[i]);
        g->node_effort[i] = effort_of_bit(g, asset, kind, g->node_bit[i]);
        rest &= rest - (rest != 0);
    }
}

static int number_nodes(struct graph *g)
{
    uint64_t n = 0;
    g->first_node = mem_alloc((g->n_assets + 1) * sizeof *g->first_node);
    g->present = mem_alloc((g->n_assets + 1) * sizeof *g->present);
    for (uint32_t a = 0; a < g->n_assets && n <= LIMIT_GRAPH_NODES; a++) {
        g->first_node[a] = (uint32_t)n;
        n += count_nodes(g, a);
    }
    if (n > LIMIT_GRAPH_NODES) return 0;
    g->first_node[g->n_assets] = (uint32_t)n;
    g->n_nodes = (uint32_t)n;
    g->node_asset = mem_alloc((n + 1) * sizeof *g->node_asset);
    g->node_type = mem_alloc(n + 1);
    g->node_bit = mem_alloc(n + 1);
    g->node_threat = mem_alloc(n + 1);
    g->node_effort = mem_alloc((n + 1) * sizeof *g->node_effort);
    for (uint32_t a = 0; a < g->n_assets; a++)
        describe_nodes(g, a);
    return 1;
}

/* ---- neighbours -------------------------------------------------------------- */

struct pair {
    uint32_t row, item;
};

/* Rows from pairs, keeping the order of the pairs within a row. */
static struct rows rows_from(const struct pair *pairs, size_t n, uint32_t n_rows)
{
    struct rows r = {mem_alloc((n_rows + 2) * sizeof(uint32_t)),
                     mem_alloc((n + 1) * sizeof(uint32_t))};
    for (size_t i = 0; i < n; i++)
        r.start[pairs[i].row + 2]++;
    for (uint32_t i = 2; i < n_rows + 2; i++)
        r.start[i] += r.start[i - 1];
    for (size_t i = 0; i < n; i++)
        r.items[r.start[pairs[i].row + 1]++] = pairs[i].item;
    return r;
}

static void rows_fini(struct rows *r)
{
    free(r->start);
    free(r->items);
    *r = (struct rows){0};
}

struct rows rows_transpose(const struct rows *rows, uint32_t n)
{
    uint32_t n_items = rows->start[n];
    struct rows r = {mem_alloc((n + 2) * sizeof(uint32_t)),
                     mem_alloc((n_items + 1) * sizeof(uint32_t))};
    for (uint32_t i = 0; i < n_items; i++)
        r.start[rows->items[i] + 2]++;
    for (uint32_t i = 2; i < n + 2; i++)
        r.start[i] += r.start[i - 1];
    for (uint32_t row = 0; row < n; row++)
        for (uint32_t i = rows->start[row]; i < rows->start[row + 1]; i++)
            r.items[r.start[rows->items[i] + 1]++] = row;
    return r;
}

struct pairs {
    struct pair *items;
    size_t n, cap;
};

static void add_pair(struct pairs *p, uint32_t row, uint32_t item)
{
    struct pair *pair = mem_push(&p->items, &p->n, &p->cap, sizeof *p->items);
    *pair = (struct pair){row, item};
}

static struct rows take_rows(struct pairs *p, uint32_t n_rows)
{
    struct rows r = rows_from(p->items, p->n, n_rows);
    free(p->items);
    *p = (struct pairs){0};
    return r;
}

/* The end of a flow that accepts the connection: the receiver unless it initiates. */
static const struct ref *acceptor(const struct flow *f)
{
    return f->initiator == INITIATOR_TO ? &f->from : &f->to;
}

static void relate_flows(struct builder *b)
{
    struct graph *g = b->g;
    struct pairs in = {0}, out = {0}, via = {0}, accepts = {0};
    for (uint32_t a = g->first_flow; a < g->first_incident; a++) {
        const struct flow *f = LIST_AT(b->m->flows, struct flow, g->assets[a].index);
        add_pair(&in, f->to.index, a);
        add_pair(&out, f->from.index, a);
        add_pair(&accepts, acceptor(f)->index, a);
        for (uint32_t i = 0; i < f->through.n; i++)
            add_pair(&via, LIST_AT(f->through, struct ref, i)->index, a);
    }
    b->in = take_rows(&in, b->m->components.n);
    b->out = take_rows(&out, b->m->components.n);
    b->via = take_rows(&via, b->m->components.n);
    b->accepts = take_rows(&accepts, b->m->components.n);
}

static void relate_zones(struct builder *b)
{
    struct graph *g = b->g;
    struct pairs members = {0}, inner = {0};
    for (uint32_t a = g->first_component; a < g->first_flow; a++)
        add_pair(
            &members,
            LIST_AT(b->m->components, struct component, g->assets[a].index)->zone.index,
            a);
    for (uint32_t a = g->first_zone; a < g->first_component; a++) {
        const struct zone *z = LIST_AT(b->m->zones, struct zone, g->assets[a].index);
        if (z->within.id) add_pair(&inner, z->within.index, a);
    }
    b->members = take_rows(&members, b->m->zones.n);
    b->inner = take_rows(&inner, b->m->zones.n);
}

/* ---- edges ------------------------------------------------------------------- */

/* The node of step `name` of an asset, or GRAPH_NONE where it has no such step. */
static uint32_t step_node(const struct graph *g, uint32_t asset, uint32_t name)
{
    const struct list *plan = &asset_kind(g, asset)->plan;
    uint32_t lo = 0, hi = plan->n;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        const struct step *s = LIST_AT(*plan, struct step, mid);
        if (s->name_index == name)
            return has_bit(g, asset, mid) ? node_of_bit(g, asset, mid) : GRAPH_NONE;
        if (s->name_index < name)
            lo = mid + 1;
        else
            hi = mid;
    }
    return GRAPH_NONE;
}

static void add_edge(struct builder *b, uint32_t parent)
{
    if (parent == GRAPH_NONE) return;
    if (b->n_edges == b->cap_edges) {
        b->cap_edges = b->cap_edges ? b->cap_edges * 2 : 1024;
        b->edges = mem_grow(b->edges, b->cap_edges * sizeof *b->edges);
    }
    b->edges[b->n_edges++] = parent;
}

static void add_asset_edge(struct builder *b, uint32_t asset, uint32_t name)
{
    add_edge(b, step_node(b->g, asset, name));
}

static void add_row_edges(struct builder *b, const struct rows *rows, uint32_t row,
                          uint32_t name)
{
    for (uint32_t i = rows->start[row]; i < rows->start[row + 1]; i++)
        add_asset_edge(b, rows->items[i], name);
}

static uint32_t zone_of(const struct builder *b, uint32_t component)
{
    const struct component *c = LIST_AT(b->m->components, struct component, component);
    return b->g->asset_of_zone[c->zone.index];
}

static void add_flow_edges(struct builder *b, const struct flow *f,
                           const struct parent *p)
{
    const uint32_t *asset_of = b->g->asset_of_component;
    const struct ref *accepts = acceptor(f);
    const struct ref *initiates = accepts == &f->to ? &f->from : &f->to;
    switch (p->relation) {
    case TO_FROM: add_asset_edge(b, asset_of[f->from.index], p->name); break;
    case TO_TO: add_asset_edge(b, asset_of[f->to.index], p->name); break;
    case TO_INITIATOR: add_asset_edge(b, asset_of[initiates->index], p->name); break;
    case TO_ACCEPTOR: add_asset_edge(b, asset_of[accepts->index], p->name); break;
    case TO_FROM_ZONE: add_asset_edge(b, zone_of(b, f->from.index), p->name); break;
    case TO_TO_ZONE: add_asset_edge(b, zone_of(b, f->to.index), p->name); break;
    case TO_THROUGH:
        for (uint32_t i = 0; i < f->through.n; i++)
            add_asset_edge(b, asset_of[LIST_AT(f->through, struct ref, i)->index],
                           p->name);
        break;
    default: break;
    }
}

static void add_zone_edges(struct builder *b, uint32_t zone, const struct parent *p)
{
    const struct zone *z = LIST_AT(b->m->zones, struct zone, zone);
    if (p->relation == TO_MEMBER) add_row_edges(b, &b->members, zone, p->name);
    if (p->relation == TO_INNER) add_row_edges(b, &b->inner, zone, p->name);
    if (p->relation == TO_OUTER && z->within.id)
        add_asset_edge(b, b->g->asset_of_zone[z->within.index], p->name);
}

static void add_component_edges(struct builder *b, uint32_t c, const struct parent *p)
{
    switch (p->relation) {
    case TO_ZONE: add_asset_edge(b, zone_of(b, c), p->name); break;
    case TO_IN: add_row_edges(b, &b->in, c, p->name); break;
    case TO_OUT: add_row_edges(b, &b->out, c, p->name); break;
    case TO_VIA: add_row_edges(b, &b->via, c, p->name); break;
    case TO_ACCEPTS: add_row_edges(b, &b->accepts, c, p->name); break;
    default: break;
    }
}

/* Adds all instances of one parent of a step of `asset`. */
static void add_parent(struct builder *b, uint32_t asset, const struct parent *p)
{
    const struct asset_ref *a = &b->g->assets[asset];
    if (p->relation == TO_SELF)
        add_asset_edge(b, asset, p->name);
    else if (p->relation == TO_ORIGIN)
        add_edge(b, b->g->first_node[b->asset_of_origin[p->name]]);
    else if (a->type == ASSET_COMPONENT)
        add_component_edges(b, a->index, p);
    else if (a->type == ASSET_FLOW)
        add_flow_edges(b, LIST_AT(b->m->flows, struct flow, a->index), p);
    else
        add_zone_edges(b, a->index, p);
}

/* Of what type each node is. */
static void type_nodes(struct graph *g, uint32_t asset)
{
    uint32_t node = g->first_node[asset];
    const struct kind *kind = asset_kind(g, asset);
    memset(&g->node_type[node], NODE_OR, g->first_node[asset + 1] - node);
    if (kind == NULL) {
        g->node_type[node] = asset < g->first_zone ? NODE_ORIGIN : NODE_AND;
        return;
    }
    for (uint32_t i = 0; i < kind->plan.n; i++)
        if (has_bit(g, asset, i) &&
            LIST_AT(kind->plan, struct step, i)->type == STEP_AND)
            g->node_type[node_of_bit(g, asset, i)] = NODE_AND;
}

static void end_row(struct builder *b, uint32_t node)
{
    b->g->parents.start[node + 1] = (uint32_t)b->n_edges;
}

/* The parents of a step that is there; `joint` is the bit of its first joint. */
static void build_step(struct builder *b, uint32_t asset, const struct step *s,
                       uint32_t joint)
{
    traits t = b->g->traits[asset];
    for (uint32_t k = 0; k < s->from.n; k++) {
        const struct parent *p = LIST_AT(s->from, struct parent, k);
        if (!traits_fit(t, p->need, p->avoid)) continue;
        if (s->type == STEP_AND)
            add_edge(b, node_of_bit(b->g, asset, joint + k));
        else
            add_parent(b, asset, p);
    }
}

static void build_steps(struct builder *b, uint32_t asset, const struct list *plan)
{
    uint32_t joint = plan->n;
    for (uint32_t i = 0; i < plan->n; i++) {
        const struct step *s = LIST_AT(*plan, struct step, i);
        if (has_bit(b->g, asset, i)) {
            build_step(b, asset, s, joint);
            end_row(b, node_of_bit(b->g, asset, i));
        }
        joint += n_joints(s);
    }
}

static void build_joints(struct builder *b, uint32_t asset, const struct list *plan)
{
    uint32_t joint = plan->n;
    for (uint32_t i = 0; i < plan->n; i++) {
        const struct step *s = LIST_AT(*plan, struct step, i);
        for (uint32_t k = 0; k < n_joints(s); k++, joint++) {
            if (!has_bit(b->g, asset, joint)) continue;
            add_parent(b, asset, LIST_AT(s->from, struct parent, k));
            end_row(b, node_of_bit(b->g, asset, joint));
        }
    }
}

static void build_asset(struct builder *b, uint32_t asset)
{
    const struct list *plan = &asset_kind(b->g, asset)->plan;
    build_steps(b, asset, plan);
    build_joints(b, asset, plan);
}

/* Edges from every step of the class where it strikes, or from its stand-in. */
static void add_strike_edges(struct builder *b, struct strike strike,
                             uint32_t *stand_in)
{
    struct graph *g = b->g;
    for (uint32_t i = 0; i < strike.at->n; i++) {
        uint32_t asset = asset_of_ref(g, LIST_AT(*strike.at, struct ref, i));
        for (uint32_t n = g->first_node[asset]; n < g->first_node[asset + 1]; n++) {
            if (graph_threat(g, n) != strike.threat) continue;
            int any = strike.by->n == 0 || is_named(strike.by, graph_step(g, n));
            add_edge(b, any ? n : (*stand_in)++);
        }
    }
}

/* A stand-in is possible by those parents of its step that are named. */
static void build_stand_in(struct builder *b, uint32_t step, const struct list *by,
                           uint32_t stand_in)
{
    struct graph *g = b->g;
    uint32_t end = g->parents.start[step + 1];
    for (uint32_t e = g->parents.start[step]; e < end; e++)
        if (is_named(by, graph_step(g, b->edges[e]))) add_edge(b, b->edges[e]);
    g->stands_for[stand_in - g->first_node[g->first_incident]] = step;
    g->node_effort[stand_in] = g->node_effort[step];
    end_row(b, stand_in);
}

static void build_stand_ins(struct builder *b, struct strike strike, uint32_t *stand_in)
{
    struct graph *g = b->g;
    for (uint32_t i = 0; strike.by->n && i < strike.at->n; i++) {
        uint32_t asset = asset_of_ref(g, LIST_AT(*strike.at, struct ref, i));
        for (uint32_t n = g->first_node[asset]; n < g->first_node[asset + 1]; n++)
            if (graph_threat(g, n) == strike.threat &&
                !is_named(strike.by, graph_step(g, n)))
                build_stand_in(b, n, strike.by, (*stand_in)++);
    }
}

static void build_incident(struct builder *b, uint32_t asset)
{
    struct graph *g = b->g;
    const struct incident *incident =
        LIST_AT(b->m->incidents, struct incident, g->assets[asset].index);
    const struct list *more = &incident->preconditions;
    uint32_t node = g->first_node[asset], n = 2 + more->n, stand_in = node + n;
    for (uint32_t i = 1; i < n; i++)
        add_edge(b, node + i);
    end_row(b, node);
    add_strike_edges(b, incident_strike(incident), &stand_in);
    end_row(b, node + 1);
    for (uint32_t i = 2; i < n; i++) {
        add_strike_edges(
            b, precondition_strike(LIST_AT(*more, struct precondition, i - 2)),
            &stand_in);
        end_row(b, node + i);
    }
    stand_in = node + n;
    build_stand_ins(b, incident_strike(incident), &stand_in);
    for (uint32_t i = 0; i < more->n; i++)
        build_stand_ins(b, precondition_strike(LIST_AT(*more, struct precondition, i)),
                        &stand_in);
}

static void build_incidents(struct builder *b)
{
    struct graph *g = b->g;
    uint32_t n = g->n_nodes - g->first_node[g->first_incident];
    g->stands_for = mem_alloc((n + 1) * sizeof *g->stands_for);
    memset(g->stands_for, 0xff, (n + 1) * sizeof *g->stands_for);
    for (uint32_t a = g->first_incident; a < g->n_assets; a++)
        build_incident(b, a);
}

static void build_edges(struct builder *b)
{
    struct graph *g = b->g;
    g->parents.start = mem_alloc((g->n_nodes + 2) * sizeof(uint32_t));
    for (uint32_t a = 0; a < g->n_assets; a++)
        type_nodes(g, a);
    for (uint32_t a = 0; a < g->first_zone; a++)
        end_row(b, g->first_node[a]);
    for (uint32_t a = g->first_zone; a < g->first_incident; a++)
        build_asset(b, a);
    build_incidents(b);
    g->parents.items = b->edges ? b->edges : mem_alloc(sizeof(uint32_t));
    g->n_edges = (uint32_t)b->n_edges;
    g->children = rows_transpose(&g->parents, g->n_nodes);
}

struct graph *graph_build(const struct model *model, const struct catalog *catalog)
{
    struct graph *g = mem_alloc(sizeof *g);
    struct builder b = {.g = g, .m = &model->m, .catalog = catalog};
    g->model = model;
    g->catalog = catalog;
    b.asset_of_origin = number_all(g);
    find_kinds(g);
    find_traits(g);
    if (!number_nodes(g)) {
        free(b.asset_of_origin);
        graph_free(g);
        return NULL;
    }
    relate_flows(&b);
    relate_zones(&b);
    build_edges(&b);
    struct rows *rows[] = {&b.in, &b.out, &b.via, &b.accepts, &b.members, &b.inner};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        rows_fini(rows[i]);
    free(b.asset_of_origin);
    return g;
}

void graph_free(struct graph *g)
{
    if (g == NULL) return;
    free(g->assets);
    free(g->asset_of_zone);
    free(g->asset_of_component);
    free(g->asset_of_flow);
    free(g->asset_of_incident);
    free(g->traits);
    free(g->kind);
    free(g->first_node);
    free(g->present);
    free(g->node_asset);
    free(g->node_type);
    free(g->node_bit);
    free(g->node_threat);
    free(g->node_effort);
    free(g->stands_for);
    rows_fini(&g->parents);
    rows_fini(&g->children);
    free(g);
}
