// SPDX-License-Identifier: Apache-2.0
/* Making nets; see net.h. */
#include "attack/net.h"

#include <stdlib.h>
#include <string.h>

uint32_t net_add_node(struct net *net, enum net_type type, const char *name,
                      const struct quantity_step *time, size_t n_time)
{
    uint32_t index = (uint32_t)net->n_nodes, first = (uint32_t)net->n_quantities;
    struct net_node *node =
        mem_push(&net->nodes, &net->n_nodes, &net->cap_nodes, sizeof *net->nodes);
    node->key = random_key(name);
    node->type = (uint8_t)type;
    node->quantity = first;
    node->n_quantity = (uint8_t)n_time;
    node->effect = (uint32_t)net->n_effects;
    for (size_t i = 0; i < n_time; i++) {
        struct quantity_step *step = mem_push(&net->quantities, &net->n_quantities,
                                              &net->cap_quantities, sizeof *step);
        *step = time[i];
    }
    return index;
}

void net_add_effect(struct net *net, uint32_t node, uint32_t measure, double factor)
{
    struct net_effect *effect =
        mem_push(&net->effects, &net->n_effects, &net->cap_effects, sizeof *effect);
    *effect = (struct net_effect){measure, factor};
    net->nodes[node].n_effects++;
}

uint32_t net_add_measure(struct net *net, const char *name, double holds)
{
    struct net_measure *measure =
        mem_push(&net->measures, &net->n_measures, &net->cap_measures, sizeof *measure);
    *measure = (struct net_measure){random_key(name), holds};
    return (uint32_t)net->n_measures - 1;
}

void net_add_attacker(struct net *net, const char *name, double share, double factor,
                      double horizon)
{
    struct net_attacker *attacker = mem_push(&net->attackers, &net->n_attackers,
                                             &net->cap_attackers, sizeof *attacker);
    *attacker = (struct net_attacker){.name = name,
                                      .entry = (uint32_t)net->n_entries,
                                      .share = share,
                                      .factor = factor,
                                      .horizon = horizon,
                                      .spared = (uint32_t)net->n_spared};
}

void net_add_entry(struct net *net, uint32_t node)
{
    uint32_t *entry =
        mem_push(&net->entries, &net->n_entries, &net->cap_entries, sizeof *entry);
    *entry = node;
    net->attackers[net->n_attackers - 1].n_entries++;
}

void net_spare(struct net *net, uint32_t node)
{
    uint32_t *spared =
        mem_push(&net->spared, &net->n_spared, &net->cap_spared, sizeof *spared);
    *spared = node;
    net->attackers[net->n_attackers - 1].n_spared++;
}

/* ---- edges ------------------------------------------------------------------------
 */

static int compare_edges(const void *a, const void *b)
{
    const struct net_edge *x = a, *y = b;
    if (x->parent != y->parent) return x->parent < y->parent ? -1 : 1;
    return x->child < y->child ? -1 : x->child > y->child;
}

static size_t sort_edges(struct net_edge *edges, size_t n)
{
    size_t kept = 0;
    qsort(edges, n, sizeof *edges, compare_edges);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || compare_edges(&edges[i], &edges[i - 1]) != 0)
            edges[kept++] = edges[i];
    return kept;
}

/* Parents by child, in the order of their numbers. */
static void link_parents(struct net *net, const struct net_edge *edges)
{
    uint32_t at = 0;
    for (size_t i = 0; i < net->n_edges; i++)
        net->nodes[edges[i].child].n_parents++;
    for (size_t n = 0; n < net->n_nodes; n++) {
        net->nodes[n].parent = at;
        at += net->nodes[n].n_parents;
        net->nodes[n].n_parents = 0;
    }
    for (size_t i = 0; i < net->n_edges; i++) {
        struct net_node *child = &net->nodes[edges[i].child];
        net->parents[child->parent + child->n_parents++] = edges[i].parent;
    }
}

static void list_gates(struct net *net)
{
    for (size_t n = 0; n < net->n_nodes; n++)
        net->n_gates += net->nodes[n].type == NET_GATE;
    net->gates = mem_alloc((net->n_gates + 1) * sizeof *net->gates);
    net->n_gates = 0;
    for (size_t n = 0; n < net->n_nodes; n++)
        if (net->nodes[n].type == NET_GATE) net->gates[net->n_gates++] = (uint32_t)n;
}

void net_link(struct net *net, const struct net_edge *given, size_t n)
{
    struct net_edge *edges = mem_alloc((n + 1) * sizeof *edges);
    if (n) memcpy(edges, given, n * sizeof *edges);
    net->n_edges = sort_edges(edges, n);
    net->children = mem_alloc((net->n_edges + 1) * sizeof *net->children);
    net->parents = mem_alloc((net->n_edges + 1) * sizeof *net->parents);
    for (size_t i = 0; i < net->n_edges; i++) {
        struct net_node *parent = &net->nodes[edges[i].parent];
        if (parent->n_children++ == 0) parent->child = (uint32_t)i;
        net->children[i] = edges[i].child;
        if (net->nodes[edges[i].child].type == NET_AND) net->children[i] |= NET_AND_BIT;
    }
    link_parents(net, edges);
    list_gates(net);
    free(edges);
}

/* Marks a node that is not marked yet, and puts it on the stack. */
static size_t mark(uint8_t *marks, uint32_t *stack, size_t n, uint32_t node)
{
    if (marks[node]) return n;
    marks[node] = 1;
    stack[n] = node;
    return n + 1;
}

/* Marks what any of the targets can come of. */
static void mark_before(const struct net *net, const uint32_t *targets,
                        uint32_t n_targets, uint8_t *marks)
{
    uint32_t *stack = mem_alloc((net->n_nodes + 1) * sizeof *stack);
    size_t n = 0;
    for (uint32_t i = 0; i < n_targets; i++)
        n = mark(marks, stack, n, targets[i]);
    while (n > 0) {
        const struct net_node *node = &net->nodes[stack[--n]];
        for (uint32_t p = node->parent; p < node->parent + node->n_parents; p++)
            n = mark(marks, stack, n, net->parents[p]);
    }
    free(stack);
}

void net_focus(struct net *net, const uint32_t *targets, uint32_t n_targets)
{
    uint8_t *marks = mem_alloc(net->n_nodes + 1);
    mark_before(net, targets, n_targets, marks);
    for (size_t i = 0; i < net->n_nodes; i++) {
        struct net_node *node = &net->nodes[i];
        uint32_t *children = net->children + node->child, kept = 0;
        for (uint32_t k = 0; k < node->n_children; k++)
            if (marks[children[k] & ~NET_AND_BIT]) children[kept++] = children[k];
        node->n_children = kept;
    }
    free(marks);
}

void net_fini(struct net *net)
{
    free(net->nodes);
    free(net->children);
    free(net->parents);
    free(net->entries);
    free(net->spared);
    free(net->gates);
    free(net->quantities);
    free(net->effects);
    free(net->measures);
    free(net->attackers);
    *net = (struct net){0};
}
