// SPDX-License-Identifier: Apache-2.0
/*
 * Which incidents each node leads to: a search back from all incidents at once, 64 in a
 * word, in rounds by the number of hops, and within a round step by step, so that the
 * work does not depend on any order. A node is looked at again only when incidents
 * arrive at it that it did not have before. Nodes that lead nowhere take no room in the
 * sets.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "graph/graph_int.h"

/* Nodes that wait for a round. */
struct front {
    uint32_t *items;
    size_t n, cap;
};

struct backward {
    const struct graph *g;
    const struct reach *r;
    const uint8_t *cut;
    struct forward *f;
    unsigned hops;       // at most; HOPS_ANY: hops cost nothing
    unsigned n_rounds;   // hops + 1; 1
    struct front *front; // of each round
    struct front step;   // taken from the front of a round
    uint64_t *waiting;   // n_rounds + 1 a slot: incidents that wait for the round; last
                         // those that have just arrived
    uint32_t word;       // of the sets, searched now
    size_t cap_sets, cap_waiting;
    struct work *work;
};

/* Makes room for slot number `slot` in a growing array of `size` words each, zeroed. */
static void grow_slots(uint64_t **items, size_t *cap, size_t slot, size_t size)
{
    size_t old = *cap, need = (slot + 1) * size;
    if (need <= old) return;
    *cap = old * 2 > need ? old * 2 : need + 256;
    *items = mem_grow(*items, *cap * sizeof **items);
    memset(*items + old, 0, (*cap - old) * sizeof **items);
}

static uint32_t slot_of(struct backward *b, uint32_t node)
{
    struct forward *f = b->f;
    if (f->slot[node] == GRAPH_NONE) {
        grow_slots(&f->sets, &b->cap_sets, f->n_slots, f->words);
        grow_slots(&b->waiting, &b->cap_waiting, f->n_slots, b->n_rounds + 1);
        f->slot[node] = f->n_slots++;
    }
    return f->slot[node];
}

static uint64_t *waiting_at(const struct backward *b, uint32_t slot, unsigned round)
{
    return &b->waiting[(size_t)slot * (b->n_rounds + 1) + round];
}

static uint64_t *set_at(const struct backward *b, uint32_t slot)
{
    return &b->f->sets[(size_t)slot * b->f->words + b->word];
}

/* Lets incidents wait at a node for a round, unless it has them already. */
static void arrive(struct backward *b, uint32_t node, unsigned round,
                   uint64_t incidents)
{
    uint32_t slot = slot_of(b, node);
    uint64_t *waiting = waiting_at(b, slot, round),
             more = incidents & ~*set_at(b, slot);
    struct front *front = &b->front[round];
    if ((more & ~*waiting) == 0) return;
    if (*waiting == 0)
        *(uint32_t *)mem_push(&front->items, &front->n, &front->cap,
                              sizeof *front->items) = node;
    *waiting |= more;
}

/*
 * Hops from a node back to a parent of another asset: one into a component that sends
 * or passes on a flow, two into one that merely shares a zone; none within a component
 * and at the place of the incident itself.
 */
static unsigned hops_to(const struct backward *b, uint32_t node, uint32_t parent)
{
    const struct graph *g = b->g;
    uint32_t to = g->node_asset[node], from = g->node_asset[parent];
    int is_hop = to != from && to < g->first_incident && from >= g->first_component &&
                 from < g->first_flow;
    if (b->hops == HOPS_ANY || !is_hop) return 0;
    return to < g->first_component ? 2 : 1;
}

static int counts(const struct backward *b, uint32_t node)
{
    return b->r->effort[node] != GRAPH_NONE && !(b->cut && b->cut[node]);
}

/* Puts the incidents that wait at a node into its set. */
static void take_in(struct backward *b, uint32_t node, unsigned round)
{
    uint32_t slot = b->f->slot[node];
    uint64_t *waiting = waiting_at(b, slot, round);
    *waiting_at(b, slot, b->n_rounds) = *waiting & ~*set_at(b, slot);
    *set_at(b, slot) |= *waiting;
    *waiting = 0;
}

/* Passes on what has just arrived at a node. */
static void look_back(struct backward *b, uint32_t node, unsigned round)
{
    const struct rows *parents = &b->g->parents;
    uint32_t end = parents->start[node + 1];
    uint64_t arrived = *waiting_at(b, b->f->slot[node], b->n_rounds);
    if (arrived == 0) return;
    b->work->nodes++;
    b->work->edges += end - parents->start[node];
    for (uint32_t e = parents->start[node]; e < end; e++) {
        uint32_t parent = parents->items[e];
        unsigned at = round + hops_to(b, node, parent);
        if (at < b->n_rounds && counts(b, parent)) arrive(b, parent, at, arrived);
    }
}

/* One step back from all nodes at the front of a round. */
static void search_step(struct backward *b, unsigned round)
{
    struct front step = b->front[round];
    b->front[round] = b->step;
    b->front[round].n = 0;
    for (size_t i = 0; i < step.n; i++)
        take_in(b, step.items[i], round);
    for (size_t i = 0; i < step.n; i++)
        look_back(b, step.items[i], round);
    b->step = step;
}

static void search_word(struct backward *b)
{
    const struct graph *g = b->g;
    for (uint32_t i = 64 * b->word; i < g->n_incidents && i < 64 * (b->word + 1); i++) {
        uint32_t node = g->first_node[g->first_incident + i];
        if (counts(b, node)) arrive(b, node, 0, (uint64_t)1 << i % 64);
    }
    for (unsigned round = 0; round < b->n_rounds; round++)
        while (b->front[round].n > 0)
            search_step(b, round);
}

/* What the shortest chain of an incident consists of leads to it, however far off. */
static void add_chain(struct backward *b, uint32_t i, uint8_t *mark)
{
    const struct graph *g = b->g;
    uint32_t node = g->first_node[g->first_incident + i], *chain = NULL;
    if (!counts(b, node)) return;
    size_t n = graph_chain(g, b->r, node, &chain, mark), n_there = 0;
    for (size_t k = 0; k < n; k++)
        n_there += (size_t)counts(b, chain[k]);
    assert(n_there != n || b->f->sets); // what counts has a slot
    for (size_t k = 0; n_there == n && k < n; k++)
        b->f->sets[(size_t)slot_of(b, chain[k]) * b->f->words + i / 64] |= (uint64_t)1
                                                                           << i % 64;
    free(chain);
}

struct forward graph_forward(const struct graph *g, const struct reach *r,
                             const uint8_t *cut, unsigned hops, struct work *work)
{
    struct forward f = {.slot = mem_alloc((g->n_nodes + 1) * sizeof *f.slot),
                        .words = (g->n_incidents + 63) / 64};
    struct backward b = {
        .g = g, .r = r, .cut = cut, .f = &f, .hops = hops, .work = work};
    uint8_t *mark = mem_alloc(g->n_nodes + 1);
    b.n_rounds = hops == HOPS_ANY ? 1 : hops + 1;
    b.front = mem_alloc(b.n_rounds * sizeof *b.front);
    memset(f.slot, 0xff, (g->n_nodes + 1) * sizeof *f.slot);
    for (b.word = 0; b.word < f.words; b.word++)
        search_word(&b);
    for (uint32_t i = 0; i < g->n_incidents; i++)
        add_chain(&b, i, mark);
    for (unsigned round = 0; round < b.n_rounds; round++)
        free(b.front[round].items);
    free(b.front);
    free(b.step.items);
    free(b.waiting);
    free(mark);
    return f;
}

void forward_fini(struct forward *f)
{
    free(f->slot);
    free(f->sets);
    *f = (struct forward){0};
}

int forward_leads(const struct forward *f, uint32_t node, uint32_t i)
{
    uint32_t slot = f->slot[node];
    return slot != GRAPH_NONE &&
           (f->sets[(size_t)slot * f->words + i / 64] >> (i % 64) & 1) != 0;
}
