// SPDX-License-Identifier: Apache-2.0
/* What was reached together; see reached.h. */
#include "attack/reached.h"

#include <math.h>
#include <stdlib.h>

#include "attack/world.h"

enum { BLOCK = 64 }; // worlds of a piece of work

struct run {
    const struct reached_plan *plan;
    struct reached *result;
    struct world *worlds; // of each thread
};

static void note(const struct world *w, const struct net *net, uint64_t trial,
                 struct reached *r)
{
    r->attacker[trial] = (uint16_t)(w->attacker - net->attackers);
    for (uint32_t i = 0; i < w->n_targets; i++)
        if (w->target_time[i] < HUGE_VAL)
            r->sets[trial * r->n_words + i / 64] |= (uint64_t)1 << (i % 64);
}

static void run_block(void *with, unsigned worker, uint64_t block)
{
    struct run *run = with;
    const struct reached_plan *plan = run->plan;
    uint64_t first = block * BLOCK, end = first + BLOCK;
    for (uint64_t i = first; i < end && i < plan->n_worlds; i++) {
        world_run(&run->worlds[worker], i);
        note(&run->worlds[worker], plan->net, i, run->result);
    }
}

static void tell(void *with, uint64_t done)
{
    const struct run *run = with;
    run->plan->progress(run->plan->told, done * BLOCK);
}

struct reached reached_run(const struct reached_plan *plan)
{
    struct reached r = {.n_words = plan->n_targets / 64 + 1};
    unsigned threads = plan->threads ? plan->threads : 1;
    struct run run = {plan, &r, mem_alloc(threads * sizeof *run.worlds)};
    struct share work = {.threads = threads,
                         .n = (plan->n_worlds + BLOCK - 1) / BLOCK,
                         .piece = run_block,
                         .with = &run,
                         .progress = plan->progress ? tell : NULL,
                         .told = &run,
                         .stop = plan->stop};
    r.attacker = mem_alloc((plan->n_worlds + 1) * sizeof *r.attacker);
    r.sets = mem_alloc((plan->n_worlds + 1) * r.n_words * sizeof *r.sets);
    for (unsigned i = 0; i < threads; i++)
        run.worlds[i] =
            world_new(plan->net, plan->seed, plan->targets, plan->n_targets);
    uint64_t done = share_out(&work) * BLOCK;
    r.n_worlds = done < plan->n_worlds ? done : plan->n_worlds;
    for (unsigned i = 0; i < threads; i++)
        world_fini(&run.worlds[i]);
    free(run.worlds);
    return r;
}

void reached_fini(struct reached *r)
{
    free(r->attacker);
    free(r->sets);
    *r = (struct reached){0};
}
