// SPDX-License-Identifier: Apache-2.0
/*
 * Whether: breadth-first reachability over AND and OR nodes, the chains that explain
 * it, and which incidents each node leads to: strongly connected components by Tarjan's
 * algorithm, without recursion. Components are finished sinks first, so a component's
 * set of incidents is the union of what its nodes' children already have.
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

/* Until an AND node is reached, its witness counts the parents still missing. */
static void count_missing(const struct graph *g, struct reach *r)
{
    for (uint32_t n = 0; n < g->n_nodes; n++)
        r->witness[n] = g->node_type[n] == NODE_AND
                            ? g->parents.start[n + 1] - g->parents.start[n]
                            : 1;
}

struct reach graph_reach(const struct graph *g, const uint8_t *blocked,
                         struct work *work)
{
    size_t bytes = (g->n_nodes + 1) * sizeof(uint32_t);
    struct reach r = {mem_alloc(bytes), mem_alloc(bytes), mem_alloc(bytes), 0};
    memset(r.depth, 0xff, bytes);
    count_missing(g, &r);
    for (uint32_t n = 0; n < g->n_nodes && g->node_asset[n] < g->first_zone; n++)
        if (!(blocked && blocked[n])) arrive(&r, n, GRAPH_NONE, 0);
    for (uint32_t i = 0; i < r.n_order; i++) {
        uint32_t node = r.order[i];
        uint32_t end = g->children.start[node + 1];
        work->edges += end - g->children.start[node];
        for (uint32_t e = g->children.start[node]; e < end; e++) {
            uint32_t child = g->children.items[e];
            if (r.depth[child] == GRAPH_NONE && --r.witness[child] == 0 &&
                !(blocked && blocked[child]))
                arrive(&r, child, node, r.depth[node] + 1);
        }
    }
    work->nodes += r.n_order;
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
    if (r->depth[a] != r->depth[b]) return r->depth[a] < r->depth[b] ? -1 : 1;
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
        if (!is_joint(g, all.items[i])) all.items[kept++] = all.items[i];
    }
    chain_sort(r, all.items, kept);
    *nodes = all.items;
    return kept;
}

/* ---- which incidents a node leads to ------------------------------------------- */

struct visit {
    uint32_t node, edge; // edge: the next child to look at
};

struct tarjan {
    const struct graph *g;
    const struct reach *r;
    struct forward *f;
    uint32_t *index;    // number of the visit, GRAPH_NONE before it
    uint32_t *low;      // least index reachable, while the node is on the stack;
                        // then its group: shares memory with f->group
    uint8_t *done;      // the node has its group
    struct visit *path; // from the start of the walk
    size_t n_path, cap_path;
    uint32_t *stack; // nodes without group
    size_t n_stack, cap_stack;
    uint32_t next;
    size_t cap_sets;
    uint64_t edges;
};

static void tarjan_enter(struct tarjan *t, uint32_t node)
{
    struct visit *v = mem_push(&t->path, &t->n_path, &t->cap_path, sizeof *t->path);
    *v = (struct visit){node, t->g->children.start[node]};
    *(uint32_t *)mem_push(&t->stack, &t->n_stack, &t->cap_stack, sizeof *t->stack) =
        node;
    t->index[node] = t->low[node] = t->next++;
}

/* Makes room for one more group's set, empty. */
static uint64_t *add_set(struct tarjan *t)
{
    struct forward *f = t->f;
    size_t used = (size_t)f->n_groups * f->words;
    if (f->words == 0) {
        f->n_groups++;
        return NULL;
    }
    if (used + f->words > t->cap_sets) {
        t->cap_sets = t->cap_sets ? t->cap_sets * 2 : 1024 + f->words;
        f->sets = mem_grow(f->sets, t->cap_sets * sizeof *f->sets);
    }
    memset(f->sets + used, 0, f->words * sizeof *f->sets);
    f->n_groups++;
    return f->sets + used;
}

/* Unites into `set` what the node itself is and what its finished children lead to. */
static void unite(struct tarjan *t, uint32_t node, uint64_t *set)
{
    const struct graph *g = t->g;
    uint32_t asset = g->node_asset[node], words = t->f->words;
    if (asset >= g->first_incident && node == g->first_node[asset])
        set[(asset - g->first_incident) / 64] |= (uint64_t)1
                                                 << ((asset - g->first_incident) % 64);
    for (uint32_t e = g->children.start[node]; e < g->children.start[node + 1]; e++) {
        uint32_t child = g->children.items[e];
        for (uint32_t w = 0; t->done[child] && w < words; w++)
            set[w] |= t->f->sets[(size_t)t->low[child] * words + w];
    }
}

/* Takes a finished component off the stack: its nodes become one group. */
static void tarjan_group(struct tarjan *t, uint32_t root)
{
    size_t first = t->n_stack;
    uint32_t group = t->f->n_groups;
    uint64_t *set = add_set(t);
    while (t->stack[--first] != root)
        ;
    for (size_t i = first; i < t->n_stack; i++)
        unite(t, t->stack[i], set);
    for (size_t i = first; i < t->n_stack; i++) {
        t->low[t->stack[i]] = group;
        t->done[t->stack[i]] = 1;
    }
    t->n_stack = first;
}

static void tarjan_leave(struct tarjan *t, uint32_t node)
{
    uint32_t low = t->low[node];
    t->n_path--;
    if (low == t->index[node]) {
        tarjan_group(t, node);
        return;
    }
    uint32_t before = t->path[t->n_path - 1].node;
    if (low < t->low[before]) t->low[before] = low;
}

static void tarjan_walk(struct tarjan *t, uint32_t start)
{
    tarjan_enter(t, start);
    while (t->n_path > 0) {
        struct visit *v = &t->path[t->n_path - 1];
        uint32_t node = v->node;
        if (v->edge == t->g->children.start[node + 1]) {
            tarjan_leave(t, node);
            continue;
        }
        uint32_t child = t->g->children.items[v->edge++];
        t->edges++;
        if (t->r->depth[child] == GRAPH_NONE) continue;
        if (t->index[child] == GRAPH_NONE)
            tarjan_enter(t, child);
        else if (!t->done[child] && t->index[child] < t->low[node])
            t->low[node] = t->index[child];
    }
}

struct forward graph_forward(const struct graph *g, const struct reach *r,
                             struct work *work)
{
    size_t bytes = (g->n_nodes + 1) * sizeof(uint32_t);
    struct forward f = {.group = mem_alloc(bytes), .words = (g->n_incidents + 63) / 64};
    struct tarjan t = {.g = g, .r = r, .f = &f, .low = f.group};
    t.index = mem_alloc(bytes);
    t.done = mem_alloc(g->n_nodes + 1);
    memset(f.group, 0xff, bytes);
    memset(t.index, 0xff, bytes);
    for (uint32_t i = 0; i < r->n_order; i++)
        if (t.index[r->order[i]] == GRAPH_NONE) tarjan_walk(&t, r->order[i]);
    if (f.sets == NULL) f.sets = mem_alloc(sizeof *f.sets);
    work->nodes += r->n_order;
    work->edges += 2 * t.edges;
    free(t.index);
    free(t.done);
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
