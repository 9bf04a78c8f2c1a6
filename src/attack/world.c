// SPDX-License-Identifier: Apache-2.0
/* One world; see world.h and, for what it means, net.h. */
#include "attack/world.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct world world_new(const struct net *net, uint64_t seed, const uint32_t *targets,
                       uint32_t n_targets)
{
    size_t n = net->n_nodes + 1;
    struct world w = {
        .net = net, .seed = seed, .targets = targets, .n_targets = n_targets};
    w.nodes = mem_alloc(n * sizeof *w.nodes);
    w.given = net->n_gates ? mem_alloc(n * sizeof *w.given) : NULL;
    w.held = mem_alloc((net->n_measures + 1) * sizeof *w.held);
    w.at_once = mem_alloc(n * sizeof *w.at_once);
    w.queue = mem_alloc(n * sizeof *w.queue);
    w.target_of = mem_alloc(n * sizeof *w.target_of);
    w.target_time = mem_alloc((n_targets + 1) * sizeof *w.target_time);
    w.seen = mem_alloc(n * sizeof *w.seen);
    w.stack = mem_alloc(n * sizeof *w.stack);
    w.place = mem_alloc(n * sizeof *w.place);
    for (uint32_t i = 0; i < n_targets; i++)
        w.target_of[targets[i]] = i + 1;
    return w;
}

void world_fini(struct world *w)
{
    free(w->nodes);
    free(w->given);
    free(w->held);
    free(w->at_once);
    free(w->queue);
    free(w->target_of);
    free(w->target_time);
    free(w->seen);
    free(w->stack);
    free(w->place);
    *w = (struct world){0};
}

/* ---- the queue --------------------------------------------------------------------
 */

/*
 * Events of one time come out in an order that depends on nothing but how they went in,
 * and so on the world alone.
 */
static void queue_put(struct world *w, struct world_event event)
{
    struct world_event *queue = w->queue;
    size_t i = w->n_queue++;
    while (i > 0) {
        size_t above = (i - 1) / 4;
        if (!(event.time < queue[above].time)) break;
        queue[i] = queue[above];
        i = above;
    }
    queue[i] = event;
}

/* The place of the earliest of four events; without branches, which would be guessed
 * wrong half of the time. */
static size_t earliest_of_four(const struct world_event *queue, size_t first)
{
    size_t a = first + (queue[first + 1].time < queue[first].time);
    size_t b = first + 2 + (queue[first + 3].time < queue[first + 2].time);
    return queue[b].time < queue[a].time ? b : a;
}

static size_t earliest_of(const struct world_event *queue, size_t first, size_t end)
{
    size_t least = first;
    for (size_t i = first + 1; i < end; i++)
        least = queue[i].time < queue[least].time ? i : least;
    return least;
}

/* The gap at the top goes down to the end of the heap, and the last event from there
 * up to its place, mostly not far. */
static struct world_event queue_take(struct world *w)
{
    struct world_event *queue = w->queue, first = queue[0], last = queue[--w->n_queue];
    size_t i = 0, n = w->n_queue, below = 1;
    for (; below + 4 <= n; below = 4 * i + 1) {
        size_t least = earliest_of_four(queue, below);
        queue[i] = queue[least];
        i = least;
    }
    if (below < n) {
        size_t least = earliest_of(queue, below, n);
        queue[i] = queue[least];
        i = least;
    }
    while (i > 0 && last.time < queue[(i - 1) / 4].time) {
        queue[i] = queue[(i - 1) / 4];
        i = (i - 1) / 4;
    }
    queue[i] = last;
    return first;
}

/* ---- chance -----------------------------------------------------------------------
 */

/* By luck, worse luck for the attacker is a greater number. */
static int draw_holds(const struct world *w, uint32_t measure)
{
    const struct net_measure *m = &w->net->measures[measure];
    if (w->luck)
        return w->luck[w->net->n_quantities + measure] >=
               dist_eased(1 - m->holds, w->ease);
    return random_unit(random_draw(w->seed, w->trial, m->key).word[0]) < m->holds;
}

static int measure_holds(struct world *w, uint32_t measure)
{
    if (w->held[measure] / 2 != w->epoch)
        w->held[measure] = 2 * w->epoch + (uint32_t)draw_holds(w, measure);
    return w->held[measure] & 1;
}

/* What the measures that hold do to the time of a step. */
static double hindrance(struct world *w, const struct net_node *node)
{
    double factor = 1;
    for (uint32_t i = node->effect; i < node->effect + node->n_effects; i++) {
        const struct net_effect *effect = &w->net->effects[i];
        if (measure_holds(w, effect->measure)) factor *= effect->factor;
    }
    return factor;
}

static double draw_time(const struct world *w, const struct net_node *node)
{
    const struct quantity_step *steps = &w->net->quantities[node->quantity];
    struct draws from = {w->seed, w->trial, node->key, w->ease,
                         w->luck ? w->luck + node->quantity : NULL};
    if (node->n_quantity == 1 && from.luck == NULL)
        return dist_draw(&steps->dist, &from);
    return node->n_quantity ? quantity_draw(steps, node->n_quantity, &from) : 0;
}

/* The local time of a step for the attacker of this world; HUGE_VAL: never. */
static double local_time(struct world *w, const struct net_node *node)
{
    double factor = node->n_effects ? hindrance(w, node) : 1;
    if (factor >= HUGE_VAL) return HUGE_VAL;
    double time = draw_time(w, node);
    if (time >= HUGE_VAL) return HUGE_VAL;
    return time * factor * w->attacker->factor * (1 - w->ease);
}

/* ---- gates ------------------------------------------------------------------------
 */

/* AND steps do not wait for what is given; what that gives is put on the stack. */
static size_t give_children(struct world *w, uint32_t node, size_t n_stack)
{
    const struct net_node *n = &w->net->nodes[node];
    w->edge_visits += n->n_children;
    for (uint32_t i = n->child; i < n->child + n->n_children; i++) {
        uint32_t child = w->net->children[i] & ~NET_AND_BIT;
        struct world_node *state = &w->nodes[child];
        if (w->given[child] == w->epoch) continue;
        if (w->net->children[i] & NET_AND_BIT) {
            if (state->mark != 2 * w->epoch)
                state->from = w->net->nodes[child].n_parents;
            state->mark = 2 * w->epoch;
            if (--state->from > 0) continue;
            state->mark++; // nobody will ever come to it: it has no other parents
        }
        w->given[child] = w->epoch;
        w->stack[n_stack++] = child;
    }
    return n_stack;
}

static void open_gates(struct world *w)
{
    for (size_t g = 0; g < w->net->n_gates; g++) {
        uint32_t gate = w->net->gates[g];
        if (draw_time(w, &w->net->nodes[gate]) >= HUGE_VAL) continue;
        w->given[gate] = w->epoch;
        w->stack[0] = gate;
        for (size_t n = 1; n > 0;)
            n = give_children(w, w->stack[n - 1], n - 1);
    }
}

/* ---- a trial ----------------------------------------------------------------------
 */

static void begin(struct world *w, uint32_t node, uint32_t from)
{
    double local = from == NET_NONE ? 0 : local_time(w, &w->net->nodes[node]);
    if (w->shut && w->shut[node]) local = HUGE_VAL;
    double time = w->now + local;
    w->nodes[node] = (struct world_node){2 * w->epoch + 1, from};
    if (local >= HUGE_VAL || time > w->attacker->horizon) return;
    if (time <= w->now)
        w->at_once[w->n_at_once++] = node;
    else
        queue_put(w, (struct world_event){time, node});
}

/* A node is done: its children hear of it, an AND step begins with its last parent. */
static void settle(struct world *w, uint32_t node)
{
    const struct net_node *n = &w->net->nodes[node];
    int is_given = w->given && w->given[node] == w->epoch;
    uint32_t waiting = 2 * w->epoch;
    w->place[node] = w->n_settled++;
    w->edge_visits += n->n_children;
    if (w->target_of[node]) {
        w->target_time[w->target_of[node] - 1] = w->now;
        w->n_left--;
    }
    for (uint32_t i = n->child; i < n->child + n->n_children; i++) {
        uint32_t child = w->net->children[i] & ~NET_AND_BIT;
        struct world_node *state = &w->nodes[child];
        if (state->mark > waiting) continue;
        if (w->net->children[i] & NET_AND_BIT) {
            if (is_given) continue;
            if (state->mark != waiting) state->from = w->net->nodes[child].n_parents;
            state->mark = waiting;
            if (--state->from > 0) continue;
        }
        begin(w, child, node);
    }
}

static const struct net_attacker *choose_attacker(const struct world *w)
{
    const struct net_attacker *a = w->net->attackers;
    if (w->net->n_attackers == 1) return a;
    double left = w->luck ? w->luck[w->net->n_quantities + w->net->n_measures]
                          : random_unit(random_draw(w->seed, w->trial, 0).word[0]);
    for (size_t i = 0; i + 1 < w->net->n_attackers; i++) {
        left -= a[i].share;
        if (left < 0) return &a[i];
    }
    return &a[w->net->n_attackers - 1];
}

/* Marks of earlier worlds are below those of this one; at the end of the numbers all
 * begins anew. */
static void next_epoch(struct world *w)
{
    if (++w->epoch < UINT32_MAX / 2 - 1) return;
    size_t n = w->net->n_nodes + 1;
    memset(w->nodes, 0, n * sizeof *w->nodes);
    if (w->given) memset(w->given, 0, n * sizeof *w->given);
    memset(w->held, 0, (w->net->n_measures + 1) * sizeof *w->held);
    w->epoch = 1;
}

/* What the attacker does not want has not happened. */
static void spare(struct world *w)
{
    for (uint32_t i = 0; i < w->attacker->n_spared; i++) {
        uint32_t target = w->target_of[w->net->spared[w->attacker->spared + i]];
        if (target) w->target_time[target - 1] = HUGE_VAL;
    }
}

void world_run(struct world *w, uint64_t trial)
{
    next_epoch(w);
    w->trial = trial;
    w->now = 0;
    w->n_queue = w->n_at_once = 0;
    w->n_settled = 0;
    w->n_left = w->n_targets;
    for (uint32_t i = 0; i < w->n_targets; i++)
        w->target_time[i] = HUGE_VAL;
    w->attacker = choose_attacker(w);
    if (w->given) open_gates(w);
    for (uint32_t i = 0; i < w->attacker->n_entries; i++) {
        uint32_t entry = w->net->entries[w->attacker->entry + i];
        if (w->nodes[entry].mark <= 2 * w->epoch) begin(w, entry, NET_NONE);
    }
    while (w->n_left > 0 && w->n_at_once + w->n_queue > 0) {
        if (w->n_at_once == 0) {
            struct world_event event = queue_take(w);
            w->now = event.time;
            w->at_once[w->n_at_once++] = event.node;
        }
        settle(w, w->at_once[--w->n_at_once]);
    }
    spare(w);
    w->node_visits += w->n_settled;
}

/* ---- ways -------------------------------------------------------------------------
 */

/* Puts a needed node at the end of the stack, unless it is there. */
static void need(struct world *w, uint32_t node, size_t *n)
{
    if (w->seen[node] == w->seen_epoch) return;
    w->seen[node] = w->seen_epoch;
    w->stack[(*n)++] = node;
}

size_t world_needs(struct world *w, uint32_t target, const uint32_t **nodes)
{
    size_t n = 0;
    if (++w->seen_epoch == 0) {
        memset(w->seen, 0, (w->net->n_nodes + 1) * sizeof *w->seen);
        w->seen_epoch = 1;
    }
    need(w, target, &n);
    for (size_t i = 0; i < n; i++) {
        const struct net_node *node = &w->net->nodes[w->stack[i]];
        uint32_t from = w->nodes[w->stack[i]].from;
        if (from == NET_NONE) continue;
        if (node->type == NET_OR) {
            need(w, from, &n);
            continue;
        }
        for (uint32_t p = node->parent; p < node->parent + node->n_parents; p++) {
            uint32_t parent = w->net->parents[p];
            if (!(w->given && w->given[parent] == w->epoch)) need(w, parent, &n);
        }
    }
    *nodes = w->stack;
    return n;
}
