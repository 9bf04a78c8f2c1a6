/* SPDX-License-Identifier: Apache-2.0
 *
 * The attack graph. By law, on random models: reachability, effort, chains and what a
 * node leads to agree with slow searches written here from their definitions; ids are
 * unique, found again, and outlive edits; the graph grows with the model. By example:
 * what protects, what carries, and where attackers come from.
 */
#include "unit.h"

#include "graph/graph.h"
#include "tools/kit.h"

enum { N_RANDOM = 60 };

static struct catalog *catalog;
static uint64_t seed;

/* What a check says: which random model. */
static const char *number_text(uint32_t i, const char *law)
{
    static char text[260];

    snprintf(text, sizeof text, "random model %u: %s", i, law);
    return text;
}

#define CHECK_LAW(i, good, law)                                                        \
    unit_check(__FILE__, __LINE__, (good) ? 1 : 0, number_text(i, law))

/* ---- a graph of a text */

struct grown {
    struct model *model;
    struct graph *graph; /* NULL if the model is wrong: printed */
    struct reach reach;
};

static struct grown grow_len(const char *text, size_t len)
{
    struct grown g = {.model = model_read_text("graph.yaml", text, len)};
    struct work work = {0};

    if (g.model->diags.n_errors == 0) catalog_bind(catalog, g.model);
    diag_print(&g.model->diags, stdout, (struct diag_view){0});
    if (g.model->diags.n_errors > 0) return g;
    g.graph = graph_build(g.model, catalog);
    if (g.graph) g.reach = graph_reach(g.graph, NULL, &work);
    return g;
}

static struct grown grow(const char *text)
{
    return grow_len(text, strlen(text));
}

static void fell(struct grown *g)
{
    reach_fini(&g->reach);
    graph_free(g->graph);
    model_free(g->model);
    *g = (struct grown){0};
}

/* Random model number i, with some nodes blocked by chance (heap). */
static struct grown grow_random(uint32_t i, uint8_t **blocked)
{
    struct buf text = {0};
    struct chance c = chance_of(seed + 1, i);

    random_text(catalog, seed, i, &text);
    struct grown g = grow_len(buf_text(&text), text.len);
    buf_fini(&text);
    *blocked = NULL;
    if (g.graph == NULL) {
        CHECK_LAW(i, 0, "is legal");
        return g;
    }
    *blocked = mem_alloc(g.graph->n_nodes + 1);
    for (uint32_t n = 0; n < g.graph->n_nodes; n++)
        (*blocked)[n] = (uint8_t)chance_once(&c, 12);
    return g;
}

/* ---- slow and obvious */

static uint32_t n_parents(const struct graph *g, uint32_t node)
{
    return g->parents.start[node + 1] - g->parents.start[node];
}

static uint32_t parent_at(const struct graph *g, uint32_t node, uint32_t k)
{
    return g->parents.items[g->parents.start[node] + k];
}

/* How many of a node's parents have their mark. */
static uint32_t n_marked_parents(const struct graph *g, uint32_t node,
                                 const uint8_t *mark)
{
    uint32_t n = 0;

    for (uint32_t k = 0; k < n_parents(g, node); k++)
        n += mark[parent_at(g, node, k)] != 0;
    return n;
}

/* OR: any parent; AND: all, at least one; origins: always. */
static int is_possible(const struct graph *g, uint32_t node, const uint8_t *mark)
{
    uint32_t marked = n_marked_parents(g, node, mark);

    if (g->node_type[node] == NODE_ORIGIN) return 1;
    if (g->node_type[node] == NODE_AND)
        return marked > 0 && marked == n_parents(g, node);
    return marked > 0;
}

/* Marks what is possible, node by node until nothing changes. Heap. */
static uint8_t *slow_reach(const struct graph *g, const uint8_t *blocked)
{
    uint8_t *mark = mem_alloc(g->n_nodes + 1);

    for (int changed = 1; changed;) {
        changed = 0;
        for (uint32_t n = 0; n < g->n_nodes; n++) {
            if (mark[n] || (blocked && blocked[n]) || !is_possible(g, n, mark))
                continue;
            mark[n] = 1;
            changed = 1;
        }
    }
    return mark;
}

/* What a node would take now: an OR node from its easiest parent, an AND node its last.
 */
static uint32_t effort_now(const struct graph *g, uint32_t node, const uint32_t *effort)
{
    int is_and = g->node_type[node] == NODE_AND;
    uint32_t n = n_parents(g, node), found = is_and && n ? 0 : GRAPH_NONE;

    if (g->node_type[node] == NODE_ORIGIN) return 0;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t from = effort[parent_at(g, node, k)];

        if (is_and ? from > found : from < found) found = from;
    }
    return found == GRAPH_NONE ? GRAPH_NONE : found + g->node_effort[node];
}

/* Least effort by relaxing every node until nothing changes. Heap. */
static uint32_t *slow_effort(const struct graph *g, const uint8_t *blocked)
{
    uint32_t *effort = mem_alloc((g->n_nodes + 1) * sizeof *effort);

    memset(effort, 0xff, (g->n_nodes + 1) * sizeof *effort);
    for (int changed = 1; changed;) {
        changed = 0;
        for (uint32_t n = 0; n < g->n_nodes; n++) {
            uint32_t now = effort_now(g, n, effort);

            if ((blocked && blocked[n]) || now >= effort[n]) continue;
            effort[n] = now;
            changed = 1;
        }
    }
    return effort;
}

/* ---- laws: reachability */

static void check_reach(uint32_t i, const struct graph *g, const uint8_t *blocked)
{
    struct work work = {0};
    struct reach r = graph_reach(g, blocked, &work);
    uint8_t *mark = slow_reach(g, blocked);
    uint32_t *effort = slow_effort(g, blocked);
    uint32_t n_wrong = 0, n_hard = 0, n_marked = 0;

    for (uint32_t n = 0; n < g->n_nodes; n++) {
        n_marked += mark[n];
        n_wrong += (r.effort[n] != GRAPH_NONE) != (mark[n] != 0);
        n_hard += r.effort[n] != effort[n];
    }
    CHECK_LAW(i, n_wrong == 0, "graph_reach is the fix-point over the parents");
    CHECK_LAW(i, n_hard == 0, "effort is the least, AND after its last parent");
    CHECK_LAW(i, r.n_order == n_marked, "every reachable node is in the order once");
    CHECK_LAW(i, work.nodes == n_marked && work.edges <= g->n_edges,
              "no node or edge is visited twice");
    for (uint32_t k = 1; k < r.n_order; k++)
        CHECK_LAW(i, r.effort[r.order[k - 1]] <= r.effort[r.order[k]],
                  "the order is that of reaching");
    free(mark);
    free(effort);
    reach_fini(&r);
}

static void test_reach_is_the_fix_point(void)
{
    for (uint32_t i = 0; i < N_RANDOM; i++) {
        uint8_t *blocked;
        struct grown g = grow_random(i, &blocked);

        if (g.graph) check_reach(i, g.graph, NULL);
        if (g.graph) check_reach(i, g.graph, blocked);
        free(blocked);
        fell(&g);
    }
}

/* A node's witness is the parent that its effort follows from; origins have none. */
static void check_witnesses(uint32_t i, const struct graph *g, const struct reach *r)
{
    uint32_t n_wrong = 0;

    for (uint32_t k = 0; k < r->n_order; k++) {
        uint32_t node = r->order[k], witness = r->witness[node];
        int is_parent = 0;

        for (uint32_t p = 0; p < n_parents(g, node); p++)
            is_parent |= parent_at(g, node, p) == witness;
        if (g->node_type[node] == NODE_ORIGIN)
            n_wrong += witness != GRAPH_NONE;
        else
            n_wrong += !is_parent ||
                       r->effort[witness] + g->node_effort[node] != r->effort[node];
    }
    CHECK_LAW(i, n_wrong == 0, "a witness is the parent before");
}

/* ---- laws: chains */

static int is_joint(const struct graph *g, uint32_t node)
{
    uint32_t asset = g->node_asset[node];

    if (asset < g->first_zone) return 0;
    if (asset >= g->first_incident) return node != g->first_node[asset];
    return graph_step(g, node) == NULL;
}

/* What is in the chain so far holds the node up; joints are seen through. */
static int is_held(const struct graph *g, uint32_t node, const uint8_t *in_chain)
{
    uint32_t n_held = 0;

    for (uint32_t k = 0; k < n_parents(g, node); k++) {
        uint32_t parent = parent_at(g, node, k);

        n_held += is_joint(g, parent) ? (uint32_t)is_held(g, parent, in_chain)
                                      : in_chain[parent];
    }
    if (g->node_type[node] == NODE_ORIGIN) return 1;
    return g->node_type[node] == NODE_AND ? n_held == n_parents(g, node) : n_held > 0;
}

/* 1 if the chain ends in its node and each node stands on those before it. */
static int is_chain_sound(const struct graph *g, const uint32_t *chain, size_t n,
                          uint32_t node, uint8_t *in_chain)
{
    int sound =
        n > 0 && chain[n - 1] == node && g->node_asset[chain[0]] < g->first_zone;

    for (size_t k = 0; k < n; k++) {
        sound &= !is_joint(g, chain[k]) && !in_chain[chain[k]];
        sound &= is_held(g, chain[k], in_chain);
        in_chain[chain[k]] = 1;
    }
    for (size_t k = 0; k < n; k++)
        in_chain[chain[k]] = 0;
    return sound;
}

/* A chain without AND steps takes as much effort as its node, no easier one exists. */
static int is_chain_easy(const struct graph *g, const struct reach *r,
                         const uint32_t *chain, size_t n)
{
    uint32_t effort = 0;

    for (size_t k = 0; k < n; k++) {
        if (g->node_type[chain[k]] == NODE_AND) return 1;
        effort += g->node_effort[chain[k]];
    }
    return effort == r->effort[chain[n - 1]];
}

static void check_chains(uint32_t i, const struct graph *g, const struct reach *r)
{
    uint8_t *mark = mem_alloc(g->n_nodes + 1), *in_chain = mem_alloc(g->n_nodes + 1);
    uint32_t n_wrong = 0, n_long = 0, n_dirty = 0;

    for (uint32_t k = 0; k < r->n_order; k++) {
        uint32_t *chain = NULL, node = r->order[k];

        if (is_joint(g, node)) continue;
        size_t n = graph_chain(g, r, node, &chain, mark);
        n_wrong += !is_chain_sound(g, chain, n, node, in_chain);
        n_long += !is_chain_easy(g, r, chain, n);
        free(chain);
    }
    for (uint32_t n = 0; n < g->n_nodes; n++)
        n_dirty += mark[n] != 0;
    CHECK_LAW(i, n_wrong == 0,
              "a chain begins at an origin, holds itself up, ends in its node");
    CHECK_LAW(i, n_long == 0, "a chain is no longer than its node is deep");
    CHECK_LAW(i, n_dirty == 0, "graph_chain leaves the marks as they were");
    free(mark);
    free(in_chain);
}

static void test_chains_hold_themselves_up(void)
{
    for (uint32_t i = 0; i < N_RANDOM; i++) {
        uint8_t *blocked;
        struct grown g = grow_random(i, &blocked);
        struct work work = {0};

        if (g.graph) {
            struct reach r = graph_reach(g.graph, blocked, &work);

            check_witnesses(i, g.graph, &g.reach);
            check_chains(i, g.graph, &g.reach);
            check_witnesses(i, g.graph, &r);
            check_chains(i, g.graph, &r);
            reach_fini(&r);
        }
        free(blocked);
        fell(&g);
    }
}

static void test_chains_of_the_use_cases(void)
{
    const struct asset *assets[16];
    size_t n = kit_usecases(assets, KIT_COUNT(assets));

    CHECK(n >= 6);
    for (size_t i = 0; i < n; i++) {
        struct grown g = grow_len((const char *)assets[i]->bytes, assets[i]->len);

        CHECK(g.graph != NULL);
        if (g.graph) {
            check_reach((uint32_t)i, g.graph, NULL);
            check_witnesses((uint32_t)i, g.graph, &g.reach);
            check_chains((uint32_t)i, g.graph, &g.reach);
        }
        fell(&g);
    }
}

/* ---- laws: edges are those that the catalog names, none more, none less */

static uint32_t count_ref(const struct list *refs, uint32_t index)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < refs->n; i++)
        n += LIST_AT(*refs, struct ref, i)->index == index;
    return n;
}

/* How often flow f is related to its component c; 0 when it is not. */
static uint32_t flow_relates(uint8_t relation, const struct flow *f, uint32_t c)
{
    uint32_t initiator = f->initiator == INITIATOR_TO ? f->to.index : f->from.index;
    uint32_t acceptor = f->initiator == INITIATOR_TO ? f->from.index : f->to.index;

    switch (relation) {
    case TO_IN:
    case TO_TO: return f->to.index == c;
    case TO_OUT:
    case TO_FROM: return f->from.index == c;
    case TO_VIA:
    case TO_THROUGH: return count_ref(&f->through, c);
    case TO_ACCEPTS:
    case TO_ACCEPTOR: return acceptor == c;
    case TO_INITIATOR: return initiator == c;
    default: return 0;
    }
}

static uint32_t zone_of_component(const struct graph *g, uint32_t c)
{
    return LIST_AT(g->model->m.components, struct component, c)->zone.index;
}

static int is_within(const struct graph *g, uint32_t inner, uint32_t outer)
{
    const struct zone *z = LIST_AT(g->model->m.zones, struct zone, inner);

    return z->within.id != NULL && z->within.index == outer;
}

/* The same for any two assets: how often `other` is p's relation of `asset`. */
static uint32_t relates(const struct graph *g, const struct parent *p, uint32_t asset,
                        uint32_t other)
{
    const struct asset_ref a = g->assets[asset], b = g->assets[other];
    int is_component = a.type == ASSET_COMPONENT, is_flow = a.type == ASSET_FLOW;
    const struct list *flows = &g->model->m.flows;

    if (p->relation == TO_SELF) return asset == other;
    if (p->relation == TO_ORIGIN) return other < g->first_zone && b.index == p->name;
    if (is_component && b.type == ASSET_ZONE)
        return p->relation == TO_ZONE && zone_of_component(g, a.index) == b.index;
    if (is_component && b.type == ASSET_FLOW)
        return flow_relates(p->relation, LIST_AT(*flows, struct flow, b.index),
                            a.index);
    if (is_flow && b.type == ASSET_COMPONENT)
        return flow_relates(p->relation, LIST_AT(*flows, struct flow, a.index),
                            b.index);
    if (is_flow && b.type == ASSET_ZONE) {
        const struct flow *f = LIST_AT(*flows, struct flow, a.index);
        uint32_t end = p->relation == TO_FROM_ZONE ? f->from.index : f->to.index;

        return (p->relation == TO_FROM_ZONE || p->relation == TO_TO_ZONE) &&
               zone_of_component(g, end) == b.index;
    }
    if (a.type == ASSET_ZONE && b.type == ASSET_COMPONENT)
        return p->relation == TO_MEMBER && zone_of_component(g, b.index) == a.index;
    if (a.type == ASSET_ZONE && b.type == ASSET_ZONE)
        return (p->relation == TO_OUTER && is_within(g, a.index, b.index)) ||
               (p->relation == TO_INNER && is_within(g, b.index, a.index));
    return 0;
}

/* The node of an asset's step by its name's number; an origin's only node. */
static uint32_t node_of_step(const struct graph *g, uint32_t asset,
                             const struct parent *p)
{
    if (p->relation == TO_ORIGIN) return g->first_node[asset];
    for (uint32_t n = g->first_node[asset]; n < g->first_node[asset + 1]; n++) {
        const struct step *s = graph_step(g, n);

        if (s && s->name_index == p->name) return n;
    }
    return GRAPH_NONE;
}

static int has_traits(const struct graph *g, uint32_t asset, const struct parent *p)
{
    traits t = g->traits[asset];

    return (t & p->need) == p->need && (t & p->avoid) == 0;
}

/* Counts, per node, the edges of one parent into `mark`; returns how many. */
static uint32_t mark_parent(const struct graph *g, uint32_t asset,
                            const struct parent *p, uint8_t *mark)
{
    uint32_t n = 0;

    if (!has_traits(g, asset, p)) return 0;
    for (uint32_t other = 0; other < g->first_incident; other++) {
        uint32_t times = relates(g, p, asset, other);
        uint32_t node = times ? node_of_step(g, other, p) : GRAPH_NONE;

        if (node == GRAPH_NONE) continue;
        mark[node] = (uint8_t)(mark[node] + times);
        n += times;
    }
    return n;
}

/* The step a joint belongs to and which of its parents it stands for. */
static const struct parent *joint_parent(const struct graph *g, uint32_t node)
{
    uint32_t asset = g->node_asset[node];
    const struct list *plan =
        &LIST_AT(catalog->c.kinds, struct kind, g->kind[asset])->plan;
    char id[192];

    graph_node_id(g, node, id, sizeof id);
    const char *name = strchr(id, '.') + 1, *number = strchr(id, '#');
    for (uint32_t i = 0; number && i < plan->n; i++) {
        const struct step *s = LIST_AT(*plan, struct step, i);
        size_t len = strlen(s->entry.id);

        if (strncmp(s->entry.id, name, len) == 0 && name[len] == '#')
            return LIST_AT(s->from, struct parent, strtoul(number + 1, NULL, 10) - 1);
    }
    return NULL;
}

/* 1 if the edges to a node are those of the catalog. Clears mark. */
static int has_named_edges(const struct graph *g, uint32_t node, uint8_t *mark)
{
    uint32_t asset = g->node_asset[node], n = 0, n_met = 0;
    const struct step *s = graph_step(g, node);

    if (s == NULL) {
        const struct parent *p = joint_parent(g, node);

        n = p ? mark_parent(g, asset, p, mark) : 0;
    }
    for (uint32_t k = 0; s && k < s->from.n; k++)
        n += mark_parent(g, asset, LIST_AT(s->from, struct parent, k), mark);
    for (uint32_t k = 0; k < n_parents(g, node); k++) {
        uint32_t parent = parent_at(g, node, k);

        if (mark[parent] == 0) continue;
        mark[parent]--;
        n_met++;
    }
    memset(mark, 0, g->n_nodes);
    return n_met == n && n == n_parents(g, node);
}

/* An AND step has one joint for each parent whose conditions hold. */
static int has_its_joints(const struct graph *g, uint32_t node)
{
    const struct step *s = graph_step(g, node);
    uint32_t n = 0;

    for (uint32_t k = 0; k < s->from.n; k++)
        n += (uint32_t)has_traits(g, g->node_asset[node],
                                  LIST_AT(s->from, struct parent, k));
    for (uint32_t k = 0; k < n_parents(g, node); k++) {
        uint32_t joint = parent_at(g, node, k);

        if (!is_joint(g, joint) || g->node_asset[joint] != g->node_asset[node])
            return 0;
    }
    return n == n_parents(g, node);
}

static void check_edges(uint32_t i, const struct graph *g)
{
    uint8_t *mark = mem_alloc(g->n_nodes + 1);
    uint32_t end = g->first_node[g->first_incident];

    for (uint32_t n = g->first_node[g->first_zone]; n < end; n++) {
        int is_and = g->node_type[n] == NODE_AND;
        char id[192];

        graph_node_id(g, n, id, sizeof id);
        CHECK_LAW(i, is_and ? has_its_joints(g, n) : has_named_edges(g, n, mark), id);
    }
    free(mark);
}

static void test_edges_are_those_of_the_catalog(void)
{
    const struct asset *assets[16];
    size_t n = kit_usecases(assets, KIT_COUNT(assets));

    for (uint32_t i = 0; i < 15; i++) {
        uint8_t *blocked;
        struct grown g = grow_random(i, &blocked);

        if (g.graph) check_edges(i, g.graph);
        free(blocked);
        fell(&g);
    }
    for (uint32_t i = 0; i < n; i++) {
        struct grown g = grow_len((const char *)assets[i]->bytes, assets[i]->len);

        if (g.graph) check_edges(i, g.graph);
        fell(&g);
    }
}

/* ---- laws: what a node leads to */

/* Hops from a node back to one of its parents, as the header defines them. */
static uint32_t slow_hops(const struct graph *g, uint32_t node, uint32_t parent)
{
    uint32_t to = g->node_asset[node], from = g->node_asset[parent];
    int to_incident = to >= g->first_incident, same = to == from;
    int from_component = g->assets[from].type == ASSET_COMPONENT;

    if (to_incident || same || !from_component) return 0;
    return g->assets[to].type == ASSET_ZONE ? 2 : 1;
}

/* The fewest hops from each node to `goal` over nodes that are reachable and not cut.
 */
static uint32_t *slow_back(const struct graph *g, const struct reach *r,
                           const uint8_t *cut, uint32_t goal)
{
    uint32_t *hops = mem_alloc((g->n_nodes + 1) * sizeof *hops);

    memset(hops, 0xff, g->n_nodes * sizeof *hops);
    if (r->effort[goal] != GRAPH_NONE && !(cut && cut[goal])) hops[goal] = 0;
    for (int changed = hops[goal] == 0; changed;) {
        changed = 0;
        for (uint32_t n = 0; n < g->n_nodes; n++)
            for (uint32_t k = 0; hops[n] != GRAPH_NONE && k < n_parents(g, n); k++) {
                uint32_t parent = parent_at(g, n, k);
                uint32_t more = hops[n] + slow_hops(g, n, parent);

                if (r->effort[parent] == GRAPH_NONE || (cut && cut[parent])) continue;
                if (hops[parent] <= more) continue;
                hops[parent] = more;
                changed = 1;
            }
    }
    return hops;
}

/* Adds what is on the shortest chain of `goal`, if none of it is cut. */
static void slow_chain(const struct graph *g, const struct reach *r, const uint8_t *cut,
                       uint32_t goal, uint32_t *hops)
{
    uint8_t *mark = mem_alloc(g->n_nodes + 1);
    uint32_t *chain = NULL;
    int n_cut = 0;

    if (hops[goal] == GRAPH_NONE) {
        free(mark);
        return;
    }
    size_t n = graph_chain(g, r, goal, &chain, mark);
    for (size_t k = 0; k < n; k++)
        n_cut += cut && cut[chain[k]];
    for (size_t k = 0; n_cut == 0 && k < n; k++)
        hops[chain[k]] = 0;
    free(chain);
    free(mark);
}

static void check_forward(uint32_t i, const struct graph *g, const struct reach *r,
                          const uint8_t *cut, uint32_t most)
{
    struct work work = {0};
    struct forward f = graph_forward(g, r, cut, most, &work);
    uint32_t n_wrong = 0, n_empty = 0;

    for (uint32_t k = 0; k < g->n_incidents; k++) {
        uint32_t goal = g->first_node[g->first_incident + k];
        uint32_t *hops = slow_back(g, r, cut, goal);

        slow_chain(g, r, cut, goal, hops);
        for (uint32_t n = 0; n < g->n_nodes; n++)
            n_wrong += forward_leads(&f, n, k) !=
                       (hops[n] != GRAPH_NONE && (most == HOPS_ANY || hops[n] <= most));
        free(hops);
    }
    for (uint32_t n = 0; n < g->n_nodes; n++)
        n_empty += f.slot[n] != GRAPH_NONE && r->effort[n] == GRAPH_NONE;
    CHECK_LAW(i, n_wrong == 0, "graph_forward is a search from each incident");
    CHECK_LAW(i, n_empty == 0, "what is not reachable leads nowhere");
    forward_fini(&f);
}

static void test_forward_is_a_search_from_each_incident(void)
{
    for (uint32_t i = 0; i < N_RANDOM; i++) {
        uint8_t *blocked;
        struct grown g = grow_random(i, &blocked);
        struct work work = {0};

        if (g.graph) {
            struct reach r = graph_reach(g.graph, blocked, &work);

            check_forward(i, g.graph, &g.reach, NULL, i % 4);
            check_forward(i, g.graph, &g.reach, blocked, i % 4);
            check_forward(i, g.graph, &r, NULL, HOPS_ANY);
            reach_fini(&r);
        }
        free(blocked);
        fell(&g);
    }
}

/* ---- laws: what lies behind marked nodes */

static void test_behind_is_what_is_lost_without(void)
{
    for (uint32_t i = 0; i < N_RANDOM; i++) {
        uint8_t *blocked;
        struct grown g = grow_random(i, &blocked);
        struct work work = {0};
        uint32_t n_wrong = 0;

        if (g.graph) {
            struct reach r = graph_reach(g.graph, blocked, &work);

            graph_behind(g.graph, &g.reach, blocked, &work);
            for (uint32_t n = 0; n < g.graph->n_nodes; n++)
                n_wrong += blocked[n] != (g.reach.effort[n] != GRAPH_NONE &&
                                          r.effort[n] == GRAPH_NONE);
            CHECK_LAW(i, n_wrong == 0,
                      "behind marked nodes lies what is not reached without them");
            reach_fini(&r);
        }
        free(blocked);
        fell(&g);
    }
}

/* More incidents than a word of the sets has bits. */
static void test_forward_with_many_incidents(void)
{
    struct buf text = {0};
    struct random_model m = {chance_of(seed, 1000), catalog, .out = &text};

    m.n_components = 30;
    m.n_flows = 80;
    m.n_zones = 4;
    m.n_incidents = 150;
    random_model_write(&m);
    struct grown g = grow_len(buf_text(&text), text.len);
    REQUIRE(g.graph != NULL);
    CHECK_INT(g.graph->n_incidents, 150);
    check_forward(1000, g.graph, &g.reach, NULL, 1);
    check_forward(1000, g.graph, &g.reach, NULL, HOPS_ANY);
    fell(&g);
    buf_fini(&text);
}

/* ---- laws: ids */

static void test_ids_are_unique_and_found(void)
{
    for (uint32_t i = 0; i < N_RANDOM / 2; i++) {
        uint8_t *blocked;
        struct grown g = grow_random(i, &blocked);
        uint32_t n_wrong = 0;
        char id[192];

        for (uint32_t n = 0; g.graph && n < g.graph->n_nodes; n++) {
            graph_node_id(g.graph, n, id, sizeof id);
            n_wrong += graph_find(g.graph, id) != n;
        }
        CHECK_LAW(i, n_wrong == 0, "a node's id finds the node");
        if (g.graph) {
            CHECK_INT(graph_find(g.graph, ""), GRAPH_NONE);
            CHECK_INT(graph_find(g.graph, "nobody.login"), GRAPH_NONE);
        }
        free(blocked);
        fell(&g);
    }
}

static void test_long_ids_are_found(void)
{
#define LONG_ID "a23456789-123456789-123456789-123456789-123456789-123456789-1234"
    struct grown g =
        grow("{awai: 1, system: {id: s, name: S}, applicant: u, stakeholders: {u: "
             "{name: U, roles: iot-user}}, zones: {z: {name: Z}}, components: {" LONG_ID
             ": {name: C, kind: plc, zone: z}}}");
    char id[192];
    uint32_t n_wrong = 0;

    REQUIRE(g.graph != NULL);
    CHECK(graph_find(g.graph, LONG_ID ".reach") != GRAPH_NONE);
    for (uint32_t n = 0; n < g.graph->n_nodes; n++) {
        graph_node_id(g.graph, n, id, sizeof id);
        n_wrong += graph_find(g.graph, id) != n;
    }
    CHECK_INT(n_wrong, 0);
    fell(&g);
}

/* The ids of a node's parents, in one string, sorted by what they are sorted by. */
static void node_line(const struct graph *g, const struct reach *r, uint32_t n,
                      struct buf *out)
{
    char id[192];

    graph_node_id(g, n, id, sizeof id);
    buf_printf(out, "%s %d %d %u %u", id, g->node_type[n],
               r->effort[n] == GRAPH_NONE ? -1 : (int)r->effort[n], graph_threat(g, n),
               n_parents(g, n));
}

static int compare_lines(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* All edges as "parent > child", or all nodes by node_line, sorted; in the arena. */
static struct list graph_lines(const struct graph *g, const struct reach *r, int edges,
                               struct arena *a)
{
    struct list lines = {
        arena_array(a, edges ? g->n_edges : g->n_nodes, sizeof(char *)), 0};
    char parent[192], child[192];

    for (uint32_t n = 0; n < g->n_nodes; n++) {
        struct buf line = {0};

        if (!edges) {
            node_line(g, r, n, &line);
            *LIST_AT(lines, const char *, lines.n++) = arena_str(a, buf_text(&line));
        }
        buf_fini(&line);
        graph_node_id(g, n, child, sizeof child);
        for (uint32_t k = 0; edges && k < n_parents(g, n); k++) {
            graph_node_id(g, parent_at(g, n, k), parent, sizeof parent);
            *LIST_AT(lines, const char *, lines.n++) =
                arena_printf(a, "%s > %s", parent, child);
        }
    }
    if (lines.n) qsort(lines.items, lines.n, sizeof(char *), compare_lines);
    return lines;
}

/* 1 if every line of `some` is in `all`; both sorted. */
static int is_subset(const struct list *some, const struct list *all)
{
    uint32_t k = 0;

    for (uint32_t i = 0; i < some->n; i++, k++) {
        const char *line = *LIST_AT(*some, const char *, i);

        while (k < all->n && strcmp(*LIST_AT(*all, const char *, k), line) < 0)
            k++;
        if (k == all->n || strcmp(*LIST_AT(*all, const char *, k), line) != 0) return 0;
    }
    return 1;
}

static void test_order_of_entries_does_not_matter(void)
{
    for (uint32_t i = 0; i < N_RANDOM / 2; i++) {
        struct buf text = {0}, shuffled = {0};
        struct chance c = chance_of(seed + 2, i);
        struct arena a = {0};

        random_text(catalog, seed, i, &text);
        struct tree t = tree_read(buf_text(&text), text.len);
        tree_write(t.root, &c, &shuffled);
        struct grown one = grow_len(buf_text(&text), text.len);
        struct grown two = grow_len(buf_text(&shuffled), shuffled.len);
        CHECK_LAW(i, one.graph && two.graph, "is legal in any order");
        for (int edges = 0; one.graph && two.graph && edges < 2; edges++) {
            struct list before = graph_lines(one.graph, &one.reach, edges, &a);
            struct list after = graph_lines(two.graph, &two.reach, edges, &a);

            CHECK_LAW(i, before.n == after.n && is_subset(&before, &after),
                      edges ? "edges do not depend on the order of entries"
                            : "nodes do not depend on the order of entries");
        }
        if (one.graph && two.graph)
            CHECK_LAW(i,
                      memcmp(one.reach.witness, two.reach.witness,
                             one.graph->n_nodes * sizeof(uint32_t)) == 0,
                      "witnesses do not depend on the order of entries");
        fell(&one);
        fell(&two);
        tree_fini(&t);
        arena_fini(&a);
        buf_fini(&text);
        buf_fini(&shuffled);
    }
}

/* Two systems in one file: what is said of each alone stays true, ids included. */
static void test_new_neighbours_change_no_id(void)
{
    static const char more[] =
        "zones: {a-new-zone: {name: N, kind: site}, zz-new-zone: {name: N}}\n"
        "components: {a-new-part: {name: N, kind: plc, zone: a-new-zone},\n"
        "  zz-new-part: {name: N, kind: scada, zone: zz-new-zone}}\n"
        "flows: {a-new-flow: {from: a-new-part, to: zz-new-part, protocol: "
        "modbus-tcp}}\n"
        "incidents: {a-new-incident: {name: N, threat: misuse, at: zz-new-part}}\n";
    struct tree extra = tree_read(more, sizeof more - 1);

    REQUIRE(extra.root != NULL);
    for (uint32_t i = 0; i < N_RANDOM / 2; i++) {
        struct buf text = {0}, grown = {0};
        struct arena a = {0};

        random_text(catalog, seed, i, &text);
        struct tree t = tree_read(buf_text(&text), text.len);
        for (struct node *section = extra.root->first; section;
             section = section->next) {
            struct node *mine = node_get(t.root, section->key), **end;

            for (end = mine ? &mine->first : NULL; end && *end; end = &(*end)->next)
                ;
            for (const struct node *e = section->first; mine && e; e = e->next) {
                *end = arena_alloc(&a, sizeof **end);
                **end = *e;
                (*end)->next = NULL;
                end = &(*end)->next;
                mine->n++;
            }
        }
        tree_write(t.root, NULL, &grown);
        struct grown one = grow_len(buf_text(&text), text.len);
        struct grown two = grow_len(buf_text(&grown), grown.len);
        CHECK_LAW(i, one.graph && two.graph, "is legal with neighbours");
        for (int edges = 0; one.graph && two.graph && edges < 2; edges++) {
            struct list before = graph_lines(one.graph, &one.reach, edges, &a);
            struct list after = graph_lines(two.graph, &two.reach, edges, &a);

            CHECK_LAW(i, before.n < after.n && is_subset(&before, &after),
                      edges ? "edges stay when others come" : "nodes stay");
        }
        fell(&one);
        fell(&two);
        tree_fini(&t);
        arena_fini(&a);
        buf_fini(&text);
        buf_fini(&grown);
    }
    tree_fini(&extra);
}

/* ---- laws: growth */

struct size {
    double nodes, edges, visits;
};

static struct size size_of(uint32_t n, int has_one_zone)
{
    struct buf text = {0};
    struct random_model m = {chance_of(seed, n), catalog, .out = &text};
    struct work work = {0};
    struct size size = {0};

    m.n_components = n;
    m.n_flows = 3 * n;
    m.n_zones = n / 25;
    m.n_incidents = 20;
    m.is_regular = 1;
    m.has_one_zone = has_one_zone;
    random_model_write(&m);
    struct grown g = grow_len(buf_text(&text), text.len);
    if (g.graph) {
        struct reach r = graph_reach(g.graph, NULL, &work);
        struct forward f = graph_forward(g.graph, &r, NULL, 1, &work);

        size = (struct size){g.graph->n_nodes, g.graph->n_edges,
                             (double)(work.nodes + work.edges)};
        forward_fini(&f);
        reach_fini(&r);
    }
    fell(&g);
    buf_fini(&text);
    return size;
}

static void test_growth_is_linear(void)
{
    for (int one_zone = 0; one_zone < 2; one_zone++) {
        struct size a = size_of(500, one_zone), b = size_of(1000, one_zone),
                    c = size_of(2000, one_zone);

        printf("# %s: nodes %.0f %.0f %.0f, edges %.0f %.0f %.0f, visits %.0f %.0f "
               "%.0f\n",
               one_zone ? "one zone" : "zones of 25", a.nodes, b.nodes, c.nodes,
               a.edges, b.edges, c.edges, a.visits, b.visits, c.visits);
        REQUIRE(a.nodes > 500 && a.edges > 500);
        CHECK_NEAR(b.nodes / a.nodes, 2, 0.1);
        CHECK_NEAR(c.nodes / b.nodes, 2, 0.1);
        CHECK_NEAR(b.edges / a.edges, 2, 0.1);
        CHECK_NEAR(c.edges / b.edges, 2, 0.1);
        // what lies near the incidents, of which there are as many, grows less
        CHECK(b.visits / a.visits < 2.1 && c.visits / b.visits < 2.1);
        CHECK(b.visits > a.visits && c.visits > b.visits);
    }
}

/* ---- examples: what is there and what is reached */

#define HEAD                                                                           \
    "awai: 1\nsystem: {id: s, name: S}\napplicant: firm\nstakeholders:\n"              \
    "  firm: {name: Firm, roles: [iot-user]}\n  family: {name: F, roles: "             \
    "[resident]}\n"                                                                    \
    "zones:\n  net: {name: Net, kind: internet}\n"                                     \
    "  site: {name: Site, kind: site, physical-access: controlled}\n"                  \
    "  vault: {name: Vault, kind: segment, physical-access: controlled}\n"             \
    "data:\n  diary: {name: D, class: personal}\n  orders: {name: O, class: "          \
    "control}\n"                                                                       \
    "  program: {name: P, class: program}\n  log: {name: L, class: operational}\n"

enum standing { ABSENT, UNREACHED, REACHED };

static enum standing standing_of(const struct grown *g, const char *id)
{
    uint32_t node = g->graph ? graph_find(g->graph, id) : GRAPH_NONE;

    if (node == GRAPH_NONE) return ABSENT;
    return g->reach.effort[node] == GRAPH_NONE ? UNREACHED : REACHED;
}

static int has_parent(const struct graph *g, const char *child, const char *parent)
{
    uint32_t node = graph_find(g, child), wanted = graph_find(g, parent);

    for (uint32_t k = 0; node != GRAPH_NONE && k < n_parents(g, node); k++)
        if (parent_at(g, node, k) == wanted) return 1;
    return 0;
}

/* 1 if the shortest chain to a node passes another. */
static int chain_passes(const struct grown *g, const char *id, const char *by)
{
    uint8_t *mark = mem_alloc(g->graph->n_nodes + 1);
    uint32_t *chain = NULL, goal = graph_find(g->graph, id);
    uint32_t wanted = graph_find(g->graph, by);
    size_t n = standing_of(g, id) == REACHED
                   ? graph_chain(g->graph, &g->reach, goal, &chain, mark)
                   : 0;
    int found = 0;

    for (size_t i = 0; i < n; i++)
        found |= chain[i] == wanted;
    free(chain);
    free(mark);
    return found;
}

/* Whether a node is reached when some others are impossible; NULL ends the list. */
static enum standing without(const struct grown *g, const char *id,
                             const char *const *impossible)
{
    uint8_t *blocked = mem_alloc(g->graph->n_nodes + 1);
    struct work work = {0};
    uint32_t node = graph_find(g->graph, id);

    for (; *impossible; impossible++) {
        uint32_t n = graph_find(g->graph, *impossible);

        CHECK(n != GRAPH_NONE);
        if (n != GRAPH_NONE) blocked[n] = 1;
    }
    struct reach r = graph_reach(g->graph, blocked, &work);
    enum standing s = node == GRAPH_NONE             ? ABSENT
                      : r.effort[node] == GRAPH_NONE ? UNREACHED
                                                     : REACHED;
    reach_fini(&r);
    free(blocked);
    return s;
}

#define WITHOUT(g, id, ...) without(g, id, (const char *const[]){__VA_ARGS__, NULL})

/* A cloud that sends a diary and orders to a robot, over a carrier, protected or not.
 */
static struct grown grow_flow(const char *properties)
{
    struct buf text = {0};

    buf_printf(&text,
               HEAD
               "components:\n"
               "  cloud: {name: C, kind: cloud-service, zone: net, interfaces: "
               "[internet]}\n"
               "  robot: {name: R, kind: robot-controller, zone: vault, "
               "interfaces: [panel], physical-effect: moves}\n"
               "flows:\n  f: {from: cloud, to: robot, data: [diary, orders], %s}\n",
               properties);
    struct grown g = grow(buf_text(&text));
    buf_fini(&text);
    return g;
}

static void test_encryption_keeps_from_reading(void)
{
    struct grown open =
        grow_flow("carrier: internet, encrypted: false, authenticated: false");
    struct grown closed =
        grow_flow("carrier: internet, encrypted: true, authenticated: false");

    CHECK_INT(standing_of(&open, "f.eavesdrop"), REACHED);
    CHECK_INT(standing_of(&closed, "f.eavesdrop"), ABSENT);
    CHECK_INT(standing_of(&closed, "f.access"), REACHED);
    CHECK_INT(standing_of(&closed, "f.tamper-in-transit"), REACHED);
    CHECK_INT(standing_of(&closed, "f.spoof"), REACHED);
    fell(&open);
    fell(&closed);
}

static void test_authentication_keeps_from_altering_but_not_at_the_source(void)
{
    struct grown open =
        grow_flow("carrier: internet, encrypted: false, authenticated: false");
    struct grown closed =
        grow_flow("carrier: internet, encrypted: false, authenticated: true");

    CHECK_INT(standing_of(&open, "f.tamper-in-transit"), REACHED);
    CHECK_INT(standing_of(&open, "f.spoof"), REACHED);
    CHECK_INT(standing_of(&closed, "f.tamper-in-transit"), ABSENT);
    CHECK_INT(standing_of(&closed, "f.spoof"), ABSENT);
    CHECK_INT(standing_of(&closed, "robot.deceived"), UNREACHED);
    CHECK_INT(standing_of(&closed, "f.eavesdrop"), REACHED);
    CHECK_INT(standing_of(&closed, "f.falsify-at-source"), REACHED);
    CHECK(chain_passes(&closed, "f.falsify-at-source", "cloud.control"));
    CHECK_INT(WITHOUT(&closed, "f.falsify-at-source", "cloud.control"), UNREACHED);
    CHECK_INT(standing_of(&closed, "robot.misoperate"), REACHED);
    fell(&open);
    fell(&closed);
}

static void test_a_protocol_protects_when_the_flow_is_silent(void)
{
    struct grown plain = grow_flow("carrier: internet, protocol: http");
    struct grown tls = grow_flow("carrier: internet, protocol: https");
    struct grown overruled =
        grow_flow("carrier: internet, protocol: https, encrypted: false");

    CHECK_INT(standing_of(&plain, "f.eavesdrop"), REACHED);
    CHECK_INT(standing_of(&tls, "f.eavesdrop"), ABSENT);
    CHECK_INT(standing_of(&overruled, "f.eavesdrop"), REACHED);
    fell(&plain);
    fell(&tls);
    fell(&overruled);
}

static void test_wifi_is_reached_from_the_street(void)
{
    struct grown wifi = grow_flow("carrier: wifi, authenticated: false");
    struct grown cable = grow_flow("carrier: wired-lan, authenticated: false");
    struct grown inside = grow_flow("carrier: internal, authenticated: false");

    REQUIRE(wifi.graph && cable.graph && inside.graph);
    CHECK(has_parent(wifi.graph, "f.access", "origin.wireless"));
    CHECK(has_parent(wifi.graph, "f.block", "origin.wireless"));
    CHECK(chain_passes(&wifi, "f.spoof", "origin.wireless"));
    CHECK(!has_parent(cable.graph, "f.access", "origin.wireless"));
    CHECK(!has_parent(cable.graph, "f.block", "origin.wireless"));
    CHECK_INT(WITHOUT(&cable, "f.access", "net.network", "vault.network"), UNREACHED);
    CHECK_INT(standing_of(&inside, "f.access"), UNREACHED);
    fell(&wifi);
    fell(&cable);
    fell(&inside);
}

/* An update server that serves a controller, which takes programs so or so. */
static struct grown grow_update(const char *update, const char *carrier)
{
    struct buf text = {0};

    buf_printf(&text,
               HEAD "components:\n"
                    "  builder: {name: B, kind: update-server, zone: net, "
                    "interfaces: [internet], data: [program]}\n"
                    "  device: {name: D, kind: controller, zone: vault, "
                    "interfaces: [panel], update: %s}\n"
                    "flows:\n  f: {from: builder, to: device, data: [program], "
                    "carrier: %s, authenticated: %s, initiator: to}\n",
               update, carrier, strcmp(update, "signed") == 0 ? "true" : "false");
    struct grown g = grow(buf_text(&text));
    buf_fini(&text);
    return g;
}

static void test_signed_updates_of_a_compromised_builder_are_installed(void)
{
    struct grown g = grow_update("signed", "internet");

    REQUIRE(g.graph != NULL);
    CHECK_INT(standing_of(&g, "f.swap-program"), UNREACHED);
    CHECK_INT(standing_of(&g, "f.bad-program"), REACHED);
    CHECK_INT(standing_of(&g, "device.install-bad-program"), REACHED);
    CHECK(chain_passes(&g, "device.install-bad-program", "builder.alter"));
    CHECK_INT(WITHOUT(&g, "device.install-bad-program", "builder.alter"), UNREACHED);
    fell(&g);
}

static void test_unsigned_updates_can_be_swapped_on_the_way(void)
{
    struct grown g = grow_update("unsigned", "internet");
    struct grown none = grow_update("none", "internet");

    REQUIRE(g.graph && none.graph);
    CHECK_INT(WITHOUT(&g, "device.install-bad-program", "builder.alter"), REACHED);
    CHECK(has_parent(g.graph, "device.install-bad-program", "f.swap-program"));
    CHECK_INT(WITHOUT(&g, "device.infect", "builder.alter"), REACHED);
    CHECK_INT(standing_of(&none, "device.install-bad-program"), ABSENT);
    fell(&g);
    fell(&none);
}

/* An incident that comes about by a medium, though the network would do as well. */
static void test_incidents_come_about_by_the_steps_named(void)
{
    struct grown g =
        grow(HEAD "components:\n"
                  "  pc: {name: P, kind: business-terminal, zone: site, interfaces: "
                  "[internet, local, usb]}\n"
                  "incidents:\n"
                  "  any: {name: A, threat: malware-infection, at: pc}\n"
                  "  usb: {name: U, threat: malware-infection, at: pc, by: insert}\n"
                  "  none: {name: N, threat: misuse, at: pc, by: insert}\n");

    REQUIRE(g.graph != NULL);
    CHECK(!chain_passes(&g, "incident.any", "pc.insert"));
    CHECK(chain_passes(&g, "incident.usb", "pc.insert"));
    CHECK(chain_passes(&g, "incident.usb", "pc.infect"));
    CHECK(!chain_passes(&g, "incident.usb", "pc.exploit"));
    CHECK_INT(WITHOUT(&g, "incident.any", "pc.insert"), REACHED);
    CHECK_INT(WITHOUT(&g, "incident.usb", "pc.insert"), UNREACHED);
    CHECK_INT(standing_of(&g, "incident.none"), UNREACHED);
    fell(&g);
}

/* What blocks, slows or shows a step does so to the incident's stand-in for it. */
static void test_stand_ins_share_the_effects_of_their_steps(void)
{
    struct grown g =
        grow(HEAD "components:\n"
                  "  pc: {name: P, kind: business-terminal, zone: site, interfaces: "
                  "[internet, local, usb]}\n"
                  "incidents:\n"
                  "  usb: {name: U, threat: malware-infection, at: pc, by: insert}\n"
                  "measures:\n"
                  "  m: {name: M, requirement: malware-protection, by: firm, on: [pc], "
                  "status: implemented}\n");
    uint32_t n_marked = 0;

    REQUIRE(g.graph != NULL);
    uint32_t infect = graph_find(g.graph, "pc.infect");
    uint32_t stand_in = g.graph->n_nodes - 1;
    CHECK_INT(graph_stands_for(g.graph, stand_in), infect);
    CHECK(graph_ttc(g.graph, stand_in) == graph_ttc(g.graph, infect));
    for (uint32_t i = 0; i < catalog->c.examples.n; i++) {
        const struct example *x = LIST_AT(catalog->c.examples, struct example, i);
        uint8_t *marks = mem_alloc(g.graph->n_nodes + 1);

        LIST_AT(g.model->m.measures, struct measure, 0)->example =
            (struct ref){.id = x->entry.id, .index = i};
        graph_effects(g.graph, STATUS_IMPLEMENTED, &(struct effects){.slowed = marks});
        CHECK_INT(marks[stand_in], marks[infect]);
        n_marked += marks[infect];
        free(marks);
    }
    CHECK(n_marked > 0);
    fell(&g);
}

/* An office PC whose files go by USB stick to a machine that no network reaches. */
static void test_a_removable_medium_carries_malware(void)
{
    struct grown g = grow(
        HEAD "components:\n"
             "  pc: {name: P, kind: business-terminal, zone: site, interfaces: "
             "[internet, local]}\n"
             "  stick: {name: S, kind: removable-medium, zone: site}\n"
             "  island: {name: I, kind: plc, zone: vault, interfaces: [usb]}\n"
             "flows:\n"
             "  f1: {from: pc, to: stick, data: [log], carrier: removable-medium}\n"
             "  f2: {from: stick, to: island, data: [log], carrier: "
             "removable-medium}\n");

    REQUIRE(g.graph != NULL);
    CHECK_INT(standing_of(&g, "stick.infect"), REACHED);
    CHECK_INT(standing_of(&g, "island.infect"), REACHED);
    CHECK(has_parent(g.graph, "stick.infect", "f1.carry-malware"));
    CHECK(has_parent(g.graph, "island.infect", "f2.carry-malware"));
    CHECK_INT(WITHOUT(&g, "island.infect", "vault.enter"), REACHED);
    CHECK_INT(WITHOUT(&g, "island.infect", "origin.physical", "origin.supply-chain"),
              REACHED);
    CHECK_INT(WITHOUT(&g, "island.infect", "origin.physical", "origin.supply-chain",
                      "pc.infect"),
              UNREACHED);
    CHECK_INT(WITHOUT(&g, "island.infect", "vault.enter", "stick.infect"), UNREACHED);
    fell(&g);
}

static void test_insiders_are_where_there_is_staff(void)
{
    struct grown g =
        grow(HEAD "components:\n"
                  "  office: {name: O, kind: scada, zone: vault, operator: firm}\n"
                  "  home: {name: H, kind: scada, zone: vault, operator: family}\n"
                  "  nobody: {name: N, kind: scada, zone: vault}\n");

    REQUIRE(g.graph != NULL);
    CHECK(has_parent(g.graph, "office.misuse", "origin.insider"));
    CHECK(chain_passes(&g, "office.misuse", "origin.insider"));
    CHECK(!has_parent(g.graph, "home.misuse", "origin.insider"));
    CHECK(!has_parent(g.graph, "nobody.misuse", "origin.insider"));
    fell(&g);
}

/* Someone who works at a terminal, deceived by telephone or disloyal. */
static struct grown grow_person(const char *authentication)
{
    struct buf text = {0};

    buf_printf(&text,
               HEAD "components:\n"
                    "  clerk: {name: C, kind: person, zone: site, operator: firm}\n"
                    "  guest: {name: G, kind: person, zone: site, operator: family}\n"
                    "  desk: {name: D, kind: business-terminal, zone: site, "
                    "authentication: %s, interfaces: [local]}\n"
                    "flows:\n"
                    "  f: {from: clerk, to: desk, data: [orders], carrier: manual}\n",
               authentication);
    struct grown g = grow(buf_text(&text));
    buf_fini(&text);
    return g;
}

static void test_stolen_credentials_need_a_person_and_a_way_in(void)
{
    struct grown g = grow_person("certificate");
    struct grown strong = grow_person("multi-factor");
    const char *step = "desk.use-stolen-credentials";

    REQUIRE(g.graph && strong.graph);
    uint32_t node = graph_find(g.graph, step);
    REQUIRE(node != GRAPH_NONE);
    CHECK_INT(g.graph->node_type[node], NODE_AND);
    CHECK_INT(standing_of(&g, step), REACHED);
    CHECK(chain_passes(&g, step, "clerk.deceive"));
    CHECK(chain_passes(&g, step, "origin.social"));
    CHECK(chain_passes(&g, step, "desk.reach"));
    CHECK_INT(WITHOUT(&g, step, "clerk.deceive"), UNREACHED);
    CHECK_INT(WITHOUT(&g, step, "origin.social"), UNREACHED);
    CHECK_INT(WITHOUT(&g, step, "desk.reach"), UNREACHED);
    CHECK_INT(standing_of(&strong, step), ABSENT);
    fell(&g);
    fell(&strong);
}

static void test_a_disloyal_person_misuses_what_is_at_hand(void)
{
    struct grown g = grow_person("multi-factor");

    REQUIRE(g.graph != NULL);
    CHECK(chain_passes(&g, "clerk.misuse", "origin.insider"));
    CHECK(has_parent(g.graph, "desk.misuse", "f.insider-use"));
    CHECK_INT(WITHOUT(&g, "f.insider-use", "clerk.misuse"), UNREACHED);
    // A private person has nobody to betray, but can be deceived.
    CHECK_INT(standing_of(&g, "guest.misuse"), ABSENT);
    CHECK_INT(standing_of(&g, "guest.deceive"), REACHED);
    fell(&g);
}

/* A guarded room in a plant, a desk in it; a rented cloud; a place on the internet's
 * side. */
static void test_places_are_entered_through_what_lies_around_them(void)
{
    struct grown g = grow(
        "awai: 1\nsystem: {id: s, name: S}\napplicant: firm\n"
        "stakeholders: {firm: {name: Firm, roles: [iot-user]}}\n"
        "zones:\n"
        "  net: {name: N, kind: internet}\n"
        "  plant: {name: P, kind: site, physical-access: controlled}\n"
        "  room: {name: R, within: plant, physical-access: controlled}\n"
        "  yard: {name: Y, kind: site, within: net, physical-access: occupants}\n"
        "  wall: {name: W, kind: outdoor, within: plant, physical-access: public}\n"
        "  rented: {name: C, kind: cloud}\n"
        "components:\n"
        "  desk: {name: D, kind: scada, zone: room, operator: firm}\n"
        "  base: {name: B, kind: database-server, zone: rented, operator: firm}\n");

    REQUIRE(g.graph != NULL);
    CHECK_INT(standing_of(&g, "room.enter"), REACHED);
    CHECK_INT(WITHOUT(&g, "room.enter", "plant.enter"), UNREACHED);
    CHECK(has_parent(g.graph, "plant.enter", "origin.physical"));
    CHECK(has_parent(g.graph, "yard.enter", "origin.physical"));
    CHECK(has_parent(g.graph, "wall.enter", "origin.physical"));
    CHECK(standing_of(&g, "rented.enter") != REACHED);
    CHECK_INT(standing_of(&g, "base.touch") == REACHED, 0);
    // Where entry is controlled, those who may enter are the ones who are there.
    CHECK(has_parent(g.graph, "room.plug-in", "origin.insider"));
    CHECK(has_parent(g.graph, "room.network", "room.plug-in"));
    CHECK_INT(standing_of(&g, "yard.plug-in"), ABSENT);
    CHECK_INT(standing_of(&g, "rented.plug-in"), ABSENT);
    fell(&g);
}

/* An incident: its threat at any of its places, and every precondition. */
static void test_incidents_need_their_preconditions(void)
{
    struct grown g = grow(
        HEAD
        "components:\n"
        "  scada: {name: C, kind: scada, zone: vault, interfaces: [local]}\n"
        "  plc: {name: P, kind: plc, zone: vault, interfaces: [local], "
        "physical-effect: heats}\n"
        "incidents:\n"
        "  fire:\n    name: Fire\n    threat: data-tampering\n    at: [plc, scada]\n"
        "    preconditions: [{threat: denial-of-service, at: scada}]\n");

    REQUIRE(g.graph != NULL);
    CHECK_INT(standing_of(&g, "incident.fire"), REACHED);
    CHECK_INT(g.graph->node_type[graph_find(g.graph, "incident.fire")], NODE_AND);
    CHECK_INT(WITHOUT(&g, "incident.fire", "plc.alter"), REACHED);
    CHECK_INT(WITHOUT(&g, "incident.fire", "plc.alter", "scada.alter"), UNREACHED);
    CHECK_INT(WITHOUT(&g, "incident.fire", "scada.deny"), UNREACHED);
    CHECK_INT(graph_incident_node(g.graph, 0), graph_find(g.graph, "incident.fire"));
    fell(&g);
}

/* A regression: origins are numbered by id, not in the order of the catalog. */
static void check_origins(const struct graph *g, uint32_t *n_edges)
{
    for (uint32_t n = 0; n < g->n_nodes; n++) {
        const struct step *s = graph_step(g, n);
        char id[192];

        for (uint32_t k = 0; s && k < n_parents(g, n); k++) {
            uint32_t origin = parent_at(g, n, k);
            int is_named = 0;

            if (g->node_asset[origin] >= g->first_zone) continue;
            graph_node_id(g, origin, id, sizeof id);
            for (uint32_t p = 0; p < s->from.n; p++)
                is_named |= strcmp(LIST_AT(s->from, struct parent, p)->step, id) == 0;
            unit_check(__FILE__, __LINE__, is_named, id);
            ++*n_edges;
        }
    }
}

static void test_origins_are_the_ones_named(void)
{
    uint32_t n_edges = 0;

    for (uint32_t i = 0; i < 10; i++) {
        uint8_t *blocked;
        struct grown g = grow_random(i, &blocked);

        if (g.graph) check_origins(g.graph, &n_edges);
        for (uint32_t o = 1; g.graph && o < g.graph->first_zone; o++)
            CHECK(strcmp(graph_asset_id(g.graph, o - 1), graph_asset_id(g.graph, o)) <
                  0);
        free(blocked);
        fell(&g);
    }
    CHECK(n_edges > 100);
}

/* ---- measures */

/* The marks of an effect are on the assets that the measure is put on. */
static uint32_t count_marks(const struct graph *g, const uint8_t *marks)
{
    uint32_t n_marked = 0, n_astray = 0;

    for (uint32_t n = 0; n < g->n_nodes; n++) {
        n_marked += marks[n];
        n_astray +=
            marks[n] && strncmp(graph_asset_id(g, g->node_asset[n]), "on-", 3) != 0;
    }
    CHECK_INT(n_astray, 0);
    return n_marked;
}

/* What example x does under a measure of some status, counted. */
static uint32_t count_effects(const struct graph *g, enum measure_status status,
                              const struct example *x)
{
    const uint32_t n_patterns[] = {x->block_steps.n, x->slow_steps.n, x->limit_steps.n,
                                   x->detect_steps.n};
    uint8_t *marks[4];
    uint32_t n = 0;

    for (size_t i = 0; i < 4; i++)
        marks[i] = mem_alloc(g->n_nodes + 1);
    graph_effects(g, status, &(struct effects){marks[0], marks[1], marks[2], marks[3]});
    for (size_t i = 0; i < 4; i++) {
        uint32_t n_here = count_marks(g, marks[i]);

        CHECK(n_here <= n_patterns[i]);
        n += n_here;
        free(marks[i]);
    }
    return n;
}

static void test_effects_mark_their_steps_where_they_are_put(void)
{
    struct grown g =
        grow(HEAD "components:\n"
                  "  on-part: {name: A, kind: scada, zone: vault, data: [diary], "
                  "interfaces: [usb, local]}\n"
                  "  other: {name: B, kind: scada, zone: vault, data: [diary]}\n"
                  "flows:\n"
                  "  on-flow: {from: on-part, to: other, data: [orders, diary], "
                  "carrier: wifi}\n"
                  "  back: {from: other, to: on-part, data: [orders], carrier: wifi}\n"
                  "measures:\n"
                  "  m: {name: M, requirement: access-control, by: firm, on: [on-part, "
                  "on-flow], status: implemented}\n");
    uint32_t n_seen = 0, n_effective = 0;

    REQUIRE(g.graph != NULL);
    for (uint32_t i = 0; i < catalog->c.examples.n; i++) {
        const struct example *x = LIST_AT(catalog->c.examples, struct example, i);
        struct measure *m = LIST_AT(g.model->m.measures, struct measure, 0);

        m->example = (struct ref){.id = x->entry.id, .index = i};
        CHECK_INT(count_effects(g.graph, STATUS_VERIFIED, x), 0);
        n_seen += count_effects(g.graph, STATUS_DECIDED, x) > 0;
        n_effective +=
            x->block_steps.n + x->slow_steps.n + x->limit_steps.n + x->detect_steps.n >
            0;
    }
    printf("# %u examples, %u with effects, %u seen here\n", catalog->c.examples.n,
           n_effective, n_seen);
    CHECK(n_seen > n_effective / 2);
    fell(&g);
}

int main(void)
{
    catalog = catalog_read(NULL);
    diag_print(&catalog->diags, stdout, (struct diag_view){0});
    if (catalog->diags.n_errors > 0) return 1;
    seed = kit_seed();
    RUN(test_reach_is_the_fix_point);
    RUN(test_chains_hold_themselves_up);
    RUN(test_chains_of_the_use_cases);
    RUN(test_edges_are_those_of_the_catalog);
    RUN(test_forward_is_a_search_from_each_incident);
    RUN(test_forward_with_many_incidents);
    RUN(test_behind_is_what_is_lost_without);
    RUN(test_ids_are_unique_and_found);
    RUN(test_long_ids_are_found);
    RUN(test_order_of_entries_does_not_matter);
    RUN(test_new_neighbours_change_no_id);
    RUN(test_growth_is_linear);
    RUN(test_encryption_keeps_from_reading);
    RUN(test_authentication_keeps_from_altering_but_not_at_the_source);
    RUN(test_a_protocol_protects_when_the_flow_is_silent);
    RUN(test_wifi_is_reached_from_the_street);
    RUN(test_signed_updates_of_a_compromised_builder_are_installed);
    RUN(test_unsigned_updates_can_be_swapped_on_the_way);
    RUN(test_incidents_come_about_by_the_steps_named);
    RUN(test_stand_ins_share_the_effects_of_their_steps);
    RUN(test_a_removable_medium_carries_malware);
    RUN(test_insiders_are_where_there_is_staff);
    RUN(test_stolen_credentials_need_a_person_and_a_way_in);
    RUN(test_a_disloyal_person_misuses_what_is_at_hand);
    RUN(test_places_are_entered_through_what_lies_around_them);
    RUN(test_incidents_need_their_preconditions);
    RUN(test_origins_are_the_ones_named);
    RUN(test_effects_mark_their_steps_where_they_are_put);
    catalog_free(catalog);
    return UNIT_RESULT();
}
