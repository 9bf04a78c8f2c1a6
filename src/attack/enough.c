// SPDX-License-Identifier: Apache-2.0
/* As many worlds as it takes; see enough.h. */
#include "attack/enough.h"

#include <math.h>
#include <stdlib.h>

#include "base/dist.h"
#include "base/mem.h"

enum { FIRST_TRIALS = 4096 };
#define MOST_TRIALS ((uint64_t)1 << 36)

static struct tally run_here(const void *with, const struct sim_plan *part)
{
    (void)with;
    return sim_run(part);
}

static struct sim_comparison compare_here(const void *with, const struct sim_plan *part,
                                          const struct net *other)
{
    (void)with;
    return sim_compare(part, other);
}

const struct sim_runner sim_here = {run_here, compare_here, NULL};

/* Whether the interval of each target is as narrow as was asked for. */
static int is_precise(const struct sim_goal *goal, const struct tally *t)
{
    uint64_t *bins = mem_alloc(t->n_bins * sizeof *bins);
    int is_fine = 1;
    for (uint32_t i = 0; i < t->n_targets && is_fine; i++) {
        double interval[2];
        uint64_t reached = tally_total(t, i, bins).reached;
        double p = (double)reached / (double)t->trials;
        dist_share_interval(reached, t->trials, interval);
        is_fine = (interval[1] - interval[0]) / 2 <=
                  goal->precision * fmax(p, goal->resolution);
    }
    free(bins);
    return is_fine;
}

/* The part after `done` worlds: as many again, or to begin with the first. */
static struct sim_plan next_part(const struct sim_plan *plan, uint64_t done)
{
    struct sim_plan part = *plan;
    part.first_trial = plan->first_trial + done;
    part.n_trials = done ? done : FIRST_TRIALS;
    return part;
}

/* 1 if no world is to be run any more: someone has ended it, or there are as many as
 * may be. */
static int is_over(const struct tally *t, uint64_t planned)
{
    return t->trials != planned || planned >= MOST_TRIALS;
}

struct tally sim_run_enough(const struct sim_plan *plan, const struct sim_goal *goal,
                            const struct sim_runner *by, uint64_t *planned)
{
    struct sim_plan part = next_part(plan, 0);
    struct tally sum = by->run(by->with, &part);
    *planned = part.n_trials;
    while (!is_over(&sum, *planned) && !is_precise(goal, &sum)) {
        part = next_part(plan, *planned);
        *planned += part.n_trials;
        struct tally more = by->run(by->with, &part);
        tally_add(&sum, &more);
        tally_fini(&more);
    }
    return sum;
}

struct sim_comparison sim_compare_enough(const struct sim_plan *plan,
                                         const struct sim_goal *goal,
                                         const struct net *other,
                                         const struct sim_runner *by, uint64_t *planned)
{
    struct sim_plan part = next_part(plan, 0);
    struct sim_comparison sum = by->compare(by->with, &part, other);
    const struct tally *t = sum.tallies;
    *planned = part.n_trials;
    while (!is_over(t, *planned) &&
           !(is_precise(goal, &t[0]) && is_precise(goal, &t[1]))) {
        part = next_part(plan, *planned);
        *planned += part.n_trials;
        struct sim_comparison more = by->compare(by->with, &part, other);
        sim_comparison_add(&sum, &more);
        sim_comparison_fini(&more);
    }
    return sum;
}
