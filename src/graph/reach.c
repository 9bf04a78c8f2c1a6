// SPDX-License-Identifier: Apache-2.0
/*
 * Whether: breadth-first reachability over AND and OR nodes, the chains that explain
 * it, and which incidents each node leads to (strongly connected components by
 * Tarjan's algorithm, without recursion; then sets united from the sinks up).
 */
#include <stdlib.h>
#include <string.h>

#include "graph/graph_int.h"

/* Joins the queue: `node` became possible after `witness`. */
static void arrive(struct reach *r, uint32_t node, uint32_t witness, uint32_t depth)
{
    r->depth[node] = depth;
    r->witness[node] = witness;
    r->order[r->n_order++] = node;
}

static uint32_t *count_parents(const struct graph *g)
{
    uint32_t *left = mem_alloc((g->n_nodes + 1) * sizeof *left);
    for (uint32_t n = 0; n < g->n_nodes; n++) {
        uint32_t parents = g->parents.start[n + 1] - g->parents.start[n];
        left[n] = g->node_type[n] == NODE_AND ? parents : 1;
    }
    return left;
}

struct reach graph_reach(const struct graph *g, const uint8_t *blocked, struct work *work)
{
    size_t bytes = (g->n_nodes + 1) * sizeof(uint32_t);
    struct reach r = {mem_alloc(bytes), mem_alloc(bytes), mem_alloc(bytes), 0};
    uint32_t *left = count_parents(g);
    memset(r.depth, 0xff, bytes);
    memset(r.witness, 0xff, bytes);
    for (uint32_t n = 0; n < g->n_nodes; n++)
        if (g->node_type[n] == NODE_ORIGIN && !(blocked && blocked[n]))
            arrive(&r, n, GRAPH_NONE, 0);
    for (uint32_t i = 0; i < r.n_order; i++) {
        uint32_t node = r.order[i];
        uint32_t end = g->children.start[node + 1];
        work->edges += end - g->children.start[node];
        for (uint32_t e = g->children.start[node]; e < end; e++) {
            uint32_t child = g->children.items[e];
            if (r.depth[child] != GRAPH_NONE || --left[child] > 0 ||
                (blocked && blocked[child]))
                continue;
            arrive(&r, child, node, r.depth[node] + 1);
        }
    }
    work->nodes += r.n_order;
    free(left);
    return r;
}

void reach_fini(struct reach *r)
{
    free(r->depth);
    free(r->witness);
    free(r->order);
    *r = (struct reach){0};
}

struct chain {
    uint32_t *items;
    size_t n, cap;
};

static void chain_add(struct chain *c, uint32_t node)
{
    *(uint32_t *)mem_push(&c->items, &c->n, &c->cap, sizeof *c->items) = node;
}

static int compare_nodes_by_depth(const struct reach *r, uint32_t a, uint32_t b)
{
    if (r->depth[a] != r->depth[b])
        return r->depth[a] < r->depth[b] ? -1 : 1;
    return a < b ? -1 : a > b;
}

/* Insertion sort by depth, then number: chains are short. */
static void chain_sort(const struct reach *r, uint32_t *nodes, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        uint32_t node = nodes[i];
        size_t k = i;
        for (; k > 0 && compare_nodes_by_depth(r, node, nodes[k - 1]) < 0; k--)
            nodes[k] = nodes[k - 1];
        nodes[k] = node;
    }
}

/* Puts what `node` needs at once on the list, unless it is there. */
static void chain_needs(const struct graph *g, const struct reach *r, uint32_t node,
                        struct chain *all, uint8_t *mark)
{
    int is_and = g->node_type[node] == NODE_AND;
    uint32_t begin = g->parents.start[node], end = g->parents.start[node + 1];
    for (uint32_t e = begin; is_and && e < end; e++) {
        uint32_t parent = g->parents.items[e];
        if (!mark[parent]) {
            mark[parent] = 1;
            chain_add(all, parent);
        }
    }
    uint32_t witness = r->witness[node];
    if (!is_and && witness != GRAPH_NONE && !mark[witness]) {
        mark[witness] = 1;
        chain_add(all, witness);
    }
}

static int is_joint(const struct graph *g, uint32_t node)
{
    uint32_t asset = g->node_asset[node];
    int special = asset < g->first_zone || node == g->first_node[asset];
    return graph_step(g, node) == NULL && !special;
}

size_t graph_chain(const struct graph *g, const struct reach *r, uint32_t node,
                   uint32_t **nodes, uint8_t *mark)
{
    struct chain all = {0};
    mark[node] = 1;
    chain_add(&all, node);
    for (size_t i = 0; i < all.n; i++)
        chain_needs(g, r, all.items[i], &all, mark);
    size_t kept = 0;
    for (size_t i = 0; i < all.n; i++) {
        mark[all.items[i]] = 0;
        if (!is_joint(g, all.items[i]))
            all.items[kept++] = all.items[i];
    }
    chain_sort(r, all.items, kept);
    *nodes = all.items;
    return kept;
}

/* ---- which incidents a node leads to ------------------------------------------- */

struct tarjan {
    const struct graph *g;
    const struct reach *r;
    uint32_t *group, *low, *index, *edge; // edge: next child to look at
    uint32_t *path, *stack;
    uint32_t n_path, n_stack, next, n_groups;
    uint64_t edges;
};

static void tarjan_enter(struct tarjan *t, uint32_t node)
{
    t->index[node] = t->low[node] = t->next++;
    t->edge[node] = t->g->children.start[node];
    t->path[t->n_path++] = node;
    t->stack[t->n_stack++] = node;
}

static void tarjan_leave(struct tarjan *t, uint32_t node)
{
    t->n_path--;
    if (t->n_path > 0) {
        uint32_t before = t->path[t->n_path - 1];
        if (t->low[node] < t->low[before])
            t->low[before] = t->low[node];
    }
    if (t->low[node] != t->index[node])
        return;
    for (uint32_t member = GRAPH_NONE; member != node;) {
        member = t->stack[--t->n_stack];
        t->group[member] = t->n_groups;
    }
    t->n_groups++;
}

static void tarjan_walk(struct tarjan *t, uint32_t start)
{
    tarjan_enter(t, start);
    while (t->n_path > 0) {
        uint32_t node = t->path[t->n_path - 1];
        if (t->edge[node] == t->g->children.start[node + 1]) {
            tarjan_leave(t, node);
            continue;
        }
        uint32_t child = t->g->children.items[t->edge[node]++];
        t->edges++;
        if (t->r->depth[child] == GRAPH_NONE)
            continue;
        if (t->index[child] == GRAPH_NONE)
            tarjan_enter(t, child);
        else if (t->group[child] == GRAPH_NONE && t->index[child] < t->low[node])
            t->low[node] = t->index[child];
    }
}

static uint32_t *new_array(const struct graph *g, int fill)
{
    size_t bytes = (g->n_nodes + 1) * sizeof(uint32_t);
    uint32_t *a = mem_alloc(bytes);
    memset(a, fill, bytes);
    return a;
}

/* Groups come out sinks first, so a group's successors are finished before it. */
static void unite_sets(struct forward *f, const struct graph *g, const struct reach *r)
{
    uint32_t *members = new_array(g, 0), *start = mem_alloc((f->n_groups + 2) * 4u);
    for (uint32_t i = 0; i < r->n_order; i++)
        start[f->group[r->order[i]] + 2]++;
    for (uint32_t i = 2; i < f->n_groups + 2; i++)
        start[i] += start[i - 1];
    for (uint32_t i = 0; i < r->n_order; i++)
        members[start[f->group[r->order[i]] + 1]++] = r->order[i];
    for (uint32_t i = 0; i < r->n_order; i++) {
        uint32_t node = members[i], group = f->group[node];
        for (uint32_t e = g->children.start[node]; e < g->children.start[node + 1]; e++) {
            uint32_t child = f->group[g->children.items[e]];
            for (uint32_t w = 0; child != GRAPH_NONE && child != group && w < f->words; w++)
                f->sets[(size_t)group * f->words + w] |=
                    f->sets[(size_t)child * f->words + w];
        }
    }
    free(members);
    free(start);
}

struct forward graph_forward(const struct graph *g, const struct reach *r,
                             struct work *work)
{
    struct tarjan t = {
        .g = g,
        .r = r,
        .group = new_array(g, 0xff),
        .low = new_array(g, 0),
        .index = new_array(g, 0xff),
        .edge = new_array(g, 0),
        .path = new_array(g, 0),
        .stack = new_array(g, 0),
    };
    for (uint32_t i = 0; i < r->n_order; i++)
        if (t.index[r->order[i]] == GRAPH_NONE)
            tarjan_walk(&t, r->order[i]);
    struct forward f = {.group = t.group, .n_groups = t.n_groups};
    f.words = (g->n_incidents + 63) / 64;
    f.sets = mem_alloc(((size_t)f.n_groups * f.words + 1) * sizeof *f.sets);
    for (uint32_t i = 0; i < g->n_incidents; i++) {
        uint32_t group = f.group[g->first_node[g->first_incident + i]];
        if (group != GRAPH_NONE)
            f.sets[(size_t)group * f.words + i / 64] |= (uint64_t)1 << (i % 64);
    }
    unite_sets(&f, g, r);
    work->nodes += 2 * (uint64_t)r->n_order;
    work->edges += 2 * t.edges;
    free(t.low);
    free(t.index);
    free(t.edge);
    free(t.path);
    free(t.stack);
    return f;
}

void forward_fini(struct forward *f)
{
    free(f->group);
    free(f->sets);
    *f = (struct forward){0};
}

int forward_leads(const struct forward *f, uint32_t node, uint32_t i)
{
    uint32_t group = f->group[node];
    return group != GRAPH_NONE &&
           (f->sets[(size_t)group * f->words + i / 64] >> (i % 64) & 1) != 0;
}
