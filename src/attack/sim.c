// SPDX-License-Identifier: Apache-2.0
/* Many worlds on several threads; see sim.h. */
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "attack/sim_int.h"

enum { BLOCK = 32 }; // trials a thread takes at a time

struct shared {
    const struct sim_plan *plan;
    atomic_uint_fast64_t next, done; // trials
};

struct worker {
    struct shared *shared;
    struct tally tally;
    pthread_t thread;
    int is_running;
};

static int is_stopped(const struct sim_plan *plan)
{
    return plan->stop && *plan->stop;
}

static void run_block(const struct sim_plan *plan, struct world *w, struct tally *t,
                      uint64_t first)
{
    uint64_t end = first + BLOCK < plan->n_trials ? first + BLOCK : plan->n_trials;
    for (uint64_t i = first; i < end; i++) {
        world_run(w, plan->first_trial + i);
        tally_count(t, w);
    }
}

static void *work(void *argument)
{
    struct worker *me = argument;
    const struct sim_plan *plan = me->shared->plan;
    struct world w = world_new(plan->net, plan->seed, plan->targets, plan->n_targets);
    while (!is_stopped(plan)) {
        uint64_t first = atomic_fetch_add(&me->shared->next, BLOCK);
        if (first >= plan->n_trials) break;
        run_block(plan, &w, &me->tally, first);
        uint64_t done = atomic_fetch_add(&me->shared->done, BLOCK) + BLOCK;
        // only the thread that was there before tells
        if (plan->progress && !me->is_running) plan->progress(plan->with, done);
    }
    me->tally.node_visits = w.node_visits;
    me->tally.edge_visits = w.edge_visits;
    world_fini(&w);
    return NULL;
}

/* The calling thread works, too, as the first. A thread that cannot be had is not
 * missed but in time. */
struct tally sim_run(const struct sim_plan *plan)
{
    unsigned n = plan->threads ? plan->threads : 1;
    struct shared shared = {.plan = plan};
    struct worker *workers = mem_alloc(n * sizeof *workers);
    for (unsigned i = 0; i < n; i++) {
        workers[i].shared = &shared;
        workers[i].tally = tally_new(plan->net, plan->n_targets);
    }
    for (unsigned i = 1; i < n; i++) {
        workers[i].is_running = 1;
        if (pthread_create(&workers[i].thread, NULL, work, &workers[i]) != 0)
            workers[i].is_running = 0;
    }
    work(&workers[0]);
    struct tally all = workers[0].tally;
    for (unsigned i = 1; i < n; i++) {
        if (workers[i].is_running) pthread_join(workers[i].thread, NULL);
        tally_add(&all, &workers[i].tally);
        tally_fini(&workers[i].tally);
    }
    free(workers);
    return all;
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
