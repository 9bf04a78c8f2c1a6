/* SPDX-License-Identifier: Apache-2.0
 *
 * The attack graph. By law, on random models: reachability, effort, chains and what a
 * node leads to agree with slow searches written here from their definitions; ids are
 * unique, found again, and outlive edits; the graph grows with the model. By example:
 * what protects, what carries, and where attackers come from.
 */
#include "unit.h"

#include "tools/grown.h"

enum { N_RANDOM = 60 };

/* ---- slow and obvious */

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

/* ---- laws: trust */

/* What is reached where one zone has this trust; *graph: free with graph_free. */
static struct reach reach_with(struct model *m, uint32_t zone, uint8_t trust,
                               struct graph **graph)
{
    struct zone *z = LIST_AT(m->m.zones, struct zone, zone);
    struct work work = {0};
    uint8_t before = z->trust;

    z->trust = trust;
    *graph = graph_build(m, catalog);
    z->trust = before;
    return graph_reach(*graph, NULL, &work);
}

/* Threats that are reached, or reached sooner, with more trust than with less. */
static uint32_t count_added(struct model *m, uint32_t zone, uint8_t less, uint8_t more)
{
    struct graph *low, *high;
    struct reach a = reach_with(m, zone, less, &low);
    struct reach b = reach_with(m, zone, more, &high);
    uint32_t n_added = low->n_nodes != high->n_nodes;

    for (uint32_t n = 0; n < low->n_nodes && n_added == 0; n++)
        n_added += low->node_threat[n] != NODE_NO_THREAT && a.effort[n] > b.effort[n];
    reach_fini(&a);
    reach_fini(&b);
    graph_free(low);
    graph_free(high);
    return n_added;
}

static void test_trust_never_adds_a_threat(void)
{
    for (uint32_t i = 0; i < N_RANDOM / 4; i++) {
        struct buf text = {0};
        uint32_t n_wrong = 0;

        random_text(catalog, seed + 5, i, &text);
        struct grown g = grow_len(buf_text(&text), text.len);
        for (uint32_t z = 0; g.graph && z < g.model->m.zones.n; z++) {
            n_wrong += count_added(g.model, z, TRUST_NONE, TRUST_PARTIAL);
            n_wrong += count_added(g.model, z, TRUST_PARTIAL, TRUST_FULL);
        }
        CHECK_LAW(i, n_wrong == 0, "more trust adds no threat and hastens none");
        fell(&g);
        buf_fini(&text);
    }
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
    RUN(test_trust_never_adds_a_threat);
    RUN(test_growth_is_linear);
    catalog_free(catalog);
    return UNIT_RESULT();
}
