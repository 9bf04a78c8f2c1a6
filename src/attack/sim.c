// SPDX-License-Identifier: Apache-2.0
/* Many worlds on several threads; see sim.h. */
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "attack/sim_int.h"

enum { BLOCK = 32 }; // trials a thread takes at a time

/* What is run: one net, or two with the same targets, each world in both. */
struct shared {
    const struct sim_plan *plan;
    const struct net *nets[2];
    int n_nets;
    atomic_uint_fast64_t next, done; // trials
};

struct worker {
    struct shared *shared;
    struct tally tallies[2];
    struct tally_pair *pairs; // of each target, with two nets
    pthread_t thread;
    int is_running;
};

static int is_stopped(const struct sim_plan *plan)
{
    return plan->stop && *plan->stop;
}

static void count_pairs(struct tally_pair *pairs, const struct world *worlds,
                        uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        int first = worlds[0].target_time[i] < HUGE_VAL,
            second = worlds[1].target_time[i] < HUGE_VAL;
        pairs[i].only_first += first && !second;
        pairs[i].only_second += second && !first;
    }
}

static void run_block(struct worker *me, struct world *worlds, uint64_t first)
{
    const struct sim_plan *plan = me->shared->plan;
    uint64_t end = first + BLOCK < plan->n_trials ? first + BLOCK : plan->n_trials;
    for (uint64_t i = first; i < end; i++) {
        for (int k = 0; k < me->shared->n_nets; k++) {
            world_run(&worlds[k], plan->first_trial + i);
            tally_count(&me->tallies[k], &worlds[k]);
        }
        if (me->pairs) count_pairs(me->pairs, worlds, plan->n_targets);
    }
}

static void *work(void *argument)
{
    struct worker *me = argument;
    struct shared *shared = me->shared;
    const struct sim_plan *plan = shared->plan;
    struct world worlds[2] = {{0}};
    for (int k = 0; k < shared->n_nets; k++)
        worlds[k] =
            world_new(shared->nets[k], plan->seed, plan->targets, plan->n_targets);
    while (!is_stopped(plan)) {
        uint64_t first = atomic_fetch_add(&shared->next, BLOCK);
        if (first >= plan->n_trials) break;
        run_block(me, worlds, first);
        uint64_t done = atomic_fetch_add(&shared->done, BLOCK) + BLOCK;
        // only the thread that was there before tells
        if (plan->progress && !me->is_running) plan->progress(plan->with, done);
    }
    for (int k = 0; k < shared->n_nets; k++) {
        me->tallies[k].node_visits = worlds[k].node_visits;
        me->tallies[k].edge_visits = worlds[k].edge_visits;
        world_fini(&worlds[k]);
    }
    return NULL;
}

static void worker_init(struct worker *w, struct shared *shared)
{
    uint32_t n_targets = shared->plan->n_targets;
    w->shared = shared;
    for (int k = 0; k < shared->n_nets; k++)
        w->tallies[k] = tally_new(shared->nets[k], n_targets);
    if (shared->n_nets == 2) w->pairs = mem_alloc((n_targets + 1) * sizeof *w->pairs);
}

static void add_pairs(struct tally_pair *into, const struct tally_pair *from,
                      uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        into[i].only_first += from[i].only_first;
        into[i].only_second += from[i].only_second;
    }
}

/* Adds what another worker counted to the first, and frees it. */
static void worker_join(struct worker *first, struct worker *w)
{
    for (int k = 0; k < first->shared->n_nets; k++) {
        tally_add(&first->tallies[k], &w->tallies[k]);
        tally_fini(&w->tallies[k]);
    }
    if (w->pairs) add_pairs(first->pairs, w->pairs, first->shared->plan->n_targets);
    free(w->pairs);
}

/*
 * Runs on as many threads as the plan says; returns the first worker, who has it all.
 * The calling thread works, too, as the first. A thread that cannot be had is not
 * missed but in time.
 */
static struct worker run_all(struct shared *shared)
{
    unsigned n = shared->plan->threads ? shared->plan->threads : 1;
    struct worker *workers = mem_alloc(n * sizeof *workers);
    for (unsigned i = 0; i < n; i++)
        worker_init(&workers[i], shared);
    for (unsigned i = 1; i < n; i++) {
        workers[i].is_running = 1;
        if (pthread_create(&workers[i].thread, NULL, work, &workers[i]) != 0)
            workers[i].is_running = 0;
    }
    work(&workers[0]);
    for (unsigned i = 1; i < n; i++) {
        if (workers[i].is_running) pthread_join(workers[i].thread, NULL);
        worker_join(&workers[0], &workers[i]);
    }
    struct worker all = workers[0];
    free(workers);
    return all;
}

struct tally sim_run(const struct sim_plan *plan)
{
    struct shared shared = {.plan = plan, .nets = {plan->net}, .n_nets = 1};
    return run_all(&shared).tallies[0];
}

struct sim_comparison sim_compare(const struct sim_plan *plan, const struct net *other)
{
    struct shared shared = {
        .plan = plan, .nets = {plan->net, other},
             .n_nets = 2
    };
    struct worker all = run_all(&shared);
    return (struct sim_comparison){
        {all.tallies[0], all.tallies[1]},
        all.pairs
    };
}

void sim_comparison_add(struct sim_comparison *into, const struct sim_comparison *from)
{
    tally_add(&into->tallies[0], &from->tallies[0]);
    tally_add(&into->tallies[1], &from->tallies[1]);
    add_pairs(into->pairs, from->pairs, into->tallies[0].n_targets);
}

void sim_comparison_fini(struct sim_comparison *c)
{
    tally_fini(&c->tallies[0]);
    tally_fini(&c->tallies[1]);
    free(c->pairs);
    *c = (struct sim_comparison){0};
}

/* ---- one world again --------------------------------------------------------------
 */

struct placed {
    uint32_t place, node;
};

static int compare_places(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    return x->place < y->place ? -1 : x->place > y->place;
}

size_t sim_way(const struct sim_plan *plan, uint64_t trial, uint32_t target,
               uint32_t **nodes)
{
    struct world w = world_new(plan->net, plan->seed, plan->targets, plan->n_targets);
    const uint32_t *needs = NULL;
    world_run(&w, trial);
    int is_reached = w.target_time[target] < HUGE_VAL;
    size_t n = is_reached ? world_needs(&w, plan->targets[target], &needs) : 0;
    struct placed *way = mem_alloc((n + 1) * sizeof *way);
    for (size_t i = 0; i < n; i++)
        way[i] = (struct placed){w.place[needs[i]], needs[i]};
    qsort(way, n, sizeof *way, compare_places);
    *nodes = mem_alloc((n + 1) * sizeof **nodes);
    for (size_t i = 0; i < n; i++)
        (*nodes)[i] = way[i].node;
    free(way);
    world_fini(&w);
    return n;
}
