// SPDX-License-Identifier: Apache-2.0
/*
 * Whether and how hard: reachability over AND and OR nodes, the chains that explain it,
 * and what lies behind marked nodes.
 */
#include <stdlib.h>
#include <string.h>

#include "graph/graph_int.h"

/* An offer to reach a node: the parent it comes from; offers of one effort are linked.
 */
struct offer {
    uint32_t node, parent, next;
};

/* Offers by effort, modulo N_BUCKETS: no offer is more than EFFORT_MOST ahead. */
enum { N_BUCKETS = EFFORT_MOST + 1 };
struct search {
    const struct graph *g;
    const uint8_t *blocked;
    struct reach *r;
    uint32_t *bucket; // first offer, counted from 1; 0: none
    struct offer *offers;
    size_t n_offers, cap_offers, n_open;
};

/* Until an AND node is reached, its witness counts the parents still missing. */
static void count_missing(const struct graph *g, struct reach *r)
{
    for (uint32_t n = 0; n < g->n_nodes; n++)
        r->witness[n] = g->node_type[n] == NODE_AND
                            ? g->parents.start[n + 1] - g->parents.start[n]
                            : 1;
}

static void make_offer(struct search *s, uint32_t node, uint32_t parent,
                       uint32_t effort)
{
    uint32_t *bucket = &s->bucket[effort % N_BUCKETS];
    struct offer *o =
        mem_push(&s->offers, &s->n_offers, &s->cap_offers, sizeof *s->offers);
    *o = (struct offer){node, parent, *bucket};
    *bucket = (uint32_t)s->n_offers;
    s->n_open++;
}

/* A node is reached: each child hears of it, an AND node from its last parent only. */
static void settle(struct search *s, uint32_t node, uint32_t parent, uint32_t effort,
                   struct work *work)
{
    const struct graph *g = s->g;
    struct reach *r = s->r;
    uint32_t end = g->children.start[node + 1];
    r->effort[node] = effort;
    r->witness[node] = parent;
    r->order[r->n_order++] = node;
    work->edges += end - g->children.start[node];
    for (uint32_t e = g->children.start[node]; e < end; e++) {
        uint32_t child = g->children.items[e];
        if (r->effort[child] != GRAPH_NONE || (s->blocked && s->blocked[child]))
            continue;
        if (g->node_type[child] == NODE_AND && --r->witness[child] > 0) continue;
        make_offer(s, child, node, effort + g->node_effort[child]);
    }
}

/* Takes the offers of one effort, those that follow at no effort included. */
static void take_offers(struct search *s, uint32_t effort, struct work *work)
{
    uint32_t *bucket = &s->bucket[effort % N_BUCKETS];
    while (*bucket) {
        struct offer o = s->offers[*bucket - 1];
        *bucket = o.next;
        s->n_open--;
        if (s->r->effort[o.node] == GRAPH_NONE)
            settle(s, o.node, o.parent, effort, work);
    }
}

struct reach graph_reach(const struct graph *g, const uint8_t *blocked,
                         struct work *work)
{
    size_t bytes = (g->n_nodes + 1) * sizeof(uint32_t);
    struct reach r = {mem_alloc(bytes), mem_alloc(bytes), mem_alloc(bytes), 0};
    struct search s = {.g = g, .blocked = blocked, .r = &r};
    memset(r.effort, 0xff, bytes);
    count_missing(g, &r);
    s.bucket = mem_alloc(N_BUCKETS * sizeof *s.bucket);
    for (uint32_t n = 0; n < g->n_nodes && g->node_asset[n] < g->first_zone; n++)
        if (!(blocked && blocked[n])) make_offer(&s, n, GRAPH_NONE, 0);
    for (uint32_t effort = 0; s.n_open > 0; effort++)
        take_offers(&s, effort, work);
    work->nodes += r.n_order;
    free(s.bucket);
    free(s.offers);
    return r;
}

void reach_fini(struct reach *r)
{
    free(r->effort);
    free(r->witness);
    free(r->order);
    *r = (struct reach){0};
}

/* ---- what lies behind marked nodes --------------------------------------------- */

/* Marks: on the step itself, or on a node whose way leads over such a step. */
enum { MARK_OWN = 1, MARK_BEHIND };

/*
 * Spreads marks from reachable steps to all that follow on witness chains. Lists what
 * has a mark then, its length returned; `list` has room for every reachable node.
 */
static uint32_t spread_marks(const struct graph *g, const struct reach *r,
                             uint8_t *marks, uint32_t *list)
{
    uint32_t n = 0;
    for (uint32_t node = 0; node < g->n_nodes; node++) {
        if (marks[node] == 0) continue;
        marks[node] = r->effort[node] != GRAPH_NONE ? MARK_OWN : 0;
        if (marks[node]) list[n++] = node;
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t end = g->children.start[list[i] + 1];
        for (uint32_t e = g->children.start[list[i]]; e < end; e++) {
            uint32_t child = g->children.items[e];
            if (marks[child] || r->effort[child] == GRAPH_NONE) continue;
            if (g->node_type[child] == NODE_OR && r->witness[child] != list[i])
                continue;
            marks[child] = MARK_BEHIND;
            list[n++] = child;
        }
    }
    return n;
}

/* Takes the mark off a node when parents without mark are enough to reach it. */
static int take_mark(const struct graph *g, const struct reach *r, uint8_t *marks,
                     uint32_t node)
{
    uint32_t from = g->parents.start[node], to = g->parents.start[node + 1], n = 0;
    if (marks[node] != MARK_BEHIND) return 0;
    for (uint32_t e = from; e < to; e++) {
        uint32_t parent = g->parents.items[e];
        n += r->effort[parent] != GRAPH_NONE && marks[parent] == 0;
    }
    int is_free = g->node_type[node] == NODE_AND ? n == to - from : n > 0;
    if (is_free) marks[node] = 0;
    return is_free;
}

/* Spread, then taken off wherever another way goes round. */
void graph_behind(const struct graph *g, const struct reach *r, uint8_t *marks,
                  struct work *work)
{
    uint32_t *list = mem_alloc((r->n_order + 1) * sizeof *list);
    uint32_t n = spread_marks(g, r, marks, list), n_freed = 0;
    uint32_t *freed = mem_alloc((n + 1) * sizeof *freed);
    for (uint32_t i = 0; i < n; i++)
        if (take_mark(g, r, marks, list[i])) freed[n_freed++] = list[i];
    for (uint32_t i = 0; i < n_freed; i++) {
        uint32_t end = g->children.start[freed[i] + 1];
        work->edges += end - g->children.start[freed[i]];
        for (uint32_t e = g->children.start[freed[i]]; e < end; e++)
            if (take_mark(g, r, marks, g->children.items[e]))
                freed[n_freed++] = g->children.items[e];
    }
    for (uint32_t i = 0; i < n; i++) {
        marks[list[i]] = marks[list[i]] != 0;
        work->edges += g->children.start[list[i] + 1] - g->children.start[list[i]];
    }
    work->nodes += n + n_freed;
    free(list);
    free(freed);
}

/* ---- the chain that explains ---------------------------------------------------- */

struct visit {
    uint32_t node, next; // next: how many of the nodes it needs have been looked at
};

struct chain {
    uint32_t *items; // finished: all they need stands before them
    size_t n, cap;
    struct visit *path; // from the end of the chain to where the search is
    size_t n_path, cap_path;
};

static void chain_enter(struct chain *c, uint32_t node, uint8_t *mark)
{
    struct visit *v = mem_push(&c->path, &c->n_path, &c->cap_path, sizeof *c->path);
    v->node = node;
    mark[node] = 1;
}

/* The i-th node that a reachable node needs at once, or GRAPH_NONE. */
static uint32_t chain_need(const struct graph *g, const struct reach *r, uint32_t node,
                           uint32_t i)
{
    uint32_t begin = g->parents.start[node], end = g->parents.start[node + 1];
    if (g->node_type[node] == NODE_AND)
        return i < end - begin ? g->parents.items[begin + i] : GRAPH_NONE;
    return i == 0 ? r->witness[node] : GRAPH_NONE;
}

/* Way by way: what a node needs comes just before it, branches one after another. */
static void chain_search(const struct graph *g, const struct reach *r, struct chain *c,
                         uint8_t *mark)
{
    while (c->n_path > 0) {
        struct visit *v = &c->path[c->n_path - 1];
        uint32_t need = chain_need(g, r, v->node, v->next++);
        if (need != GRAPH_NONE) {
            if (!mark[need]) chain_enter(c, need, mark);
            continue;
        }
        *(uint32_t *)mem_push(&c->items, &c->n, &c->cap, sizeof *c->items) = v->node;
        c->n_path--;
    }
}

int graph_is_joint(const struct graph *g, uint32_t node)
{
    uint32_t asset = g->node_asset[node];
    int special = asset < g->first_zone || node == g->first_node[asset] ||
                  graph_stands_for(g, node) != node;
    return graph_step(g, node) == NULL && !special;
}

/* Puts steps in the place of what stands for them, each once; returns how many. */
static size_t name_steps(const struct graph *g, uint32_t *nodes, size_t n,
                         uint8_t *mark)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t step = graph_stands_for(g, nodes[i]);
        if (!mark[step]) nodes[kept++] = step;
        mark[step] = 1;
    }
    for (size_t i = 0; i < kept; i++)
        mark[nodes[i]] = 0;
    return kept;
}

size_t graph_chain(const struct graph *g, const struct reach *r, uint32_t node,
                   uint32_t **nodes, uint8_t *mark)
{
    struct chain c = {0};
    chain_enter(&c, node, mark);
    chain_search(g, r, &c, mark);
    size_t kept = 0;
    for (size_t i = 0; i < c.n; i++) {
        mark[c.items[i]] = 0;
        if (!graph_is_joint(g, c.items[i])) c.items[kept++] = c.items[i];
    }
    free(c.path);
    *nodes = c.items;
    return name_steps(g, c.items, kept, mark);
}
