// SPDX-License-Identifier: Apache-2.0
/* What was reached together; see reached.h. */
#include "attack/reached.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 64 }; // worlds of a piece of work

struct worker {
    struct world world;
    struct ways ways; // that the plan's had not when all began
};

struct run {
    const struct reached_plan *plan;
    struct reached *result;
    struct worker *workers; // of each thread
};

struct reached reached_new(const struct reached_plan *plan)
{
    struct reached r = {.n_words = plan->n_targets / 64 + 1};
    size_t n = plan->n_worlds + 1;
    r.attacker = mem_alloc(n * sizeof *r.attacker);
    r.sets = mem_alloc(n * r.n_words * sizeof *r.sets);
    if (plan->ways) r.ways = mem_alloc(n * plan->n_targets * sizeof *r.ways + 1);
    return r;
}

static void note_way(struct reached *r, const struct reached_plan *plan,
                     struct world *w, uint32_t target, struct ways *fresh)
{
    const uint32_t *nodes;
    size_t n = world_needs(w, w->targets[target], &nodes);
    uint64_t number = way_number(plan->net, nodes, n);
    r->ways[w->trial * w->n_targets + target] = number;
    if (ways_find(plan->ways, number) == NULL) ways_add(fresh, number, nodes, n);
}

void reached_note(struct reached *r, const struct reached_plan *plan, struct world *w,
                  struct ways *fresh)
{
    uint64_t *set = r->sets + w->trial * r->n_words;
    r->attacker[w->trial] = (uint16_t)(w->attacker - plan->net->attackers);
    memset(set, 0, r->n_words * sizeof *set);
    for (uint32_t i = 0; i < w->n_targets; i++) {
        int is_reached = w->target_time[i] < HUGE_VAL;
        if (is_reached) set[i / 64] |= (uint64_t)1 << (i % 64);
        if (r->ways == NULL) continue;
        r->ways[w->trial * w->n_targets + i] = 0;
        if (is_reached) note_way(r, plan, w, i, fresh);
    }
}

static void run_block(void *with, unsigned worker, uint64_t block)
{
    struct run *run = with;
    const struct reached_plan *plan = run->plan;
    uint64_t first = block * BLOCK, end = first + BLOCK;
    struct worker *me = &run->workers[worker];
    for (uint64_t i = first; i < end && i < plan->n_worlds; i++) {
        world_run(&me->world, i);
        reached_note(run->result, plan, &me->world, &me->ways);
    }
}

static void tell(void *with, uint64_t done)
{
    const struct run *run = with;
    run->plan->progress(run->plan->told, done * BLOCK);
}

struct reached reached_run(const struct reached_plan *plan)
{
    struct reached r = reached_new(plan);
    unsigned threads = plan->threads ? plan->threads : 1;
    struct run run = {plan, &r, mem_alloc(threads * sizeof *run.workers)};
    struct share work = {.threads = threads,
                         .n = (plan->n_worlds + BLOCK - 1) / BLOCK,
                         .piece = run_block,
                         .with = &run,
                         .progress = plan->progress ? tell : NULL,
                         .told = &run,
                         .stop = plan->stop};
    for (unsigned i = 0; i < threads; i++)
        run.workers[i].world =
            world_new(plan->net, plan->seed, plan->targets, plan->n_targets);
    uint64_t done = share_out(&work) * BLOCK;
    r.n_worlds = done < plan->n_worlds ? done : plan->n_worlds;
    for (unsigned i = 0; i < threads; i++) {
        if (plan->ways) ways_join(plan->ways, &run.workers[i].ways);
        ways_fini(&run.workers[i].ways);
        world_fini(&run.workers[i].world);
    }
    free(run.workers);
    return r;
}

void reached_fini(struct reached *r)
{
    free(r->attacker);
    free(r->sets);
    free(r->ways);
    *r = (struct reached){0};
}
