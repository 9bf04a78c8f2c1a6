// SPDX-License-Identifier: Apache-2.0
#ifndef ATTACK_ENOUGH_H
#define ATTACK_ENOUGH_H
/*
 * As many worlds as it takes: twice as many each time, until the interval of each
 * target's probability is as narrow as was asked for. What has been run is not run
 * again, so the result is that of a run with as many worlds.
 */
#include "attack/sim.h"

/* Half an interval of 95%, as a share of the probability; a probability below
 * `resolution` counts as that. */
struct sim_goal {
    double precision, resolution;
};

/* How worlds are run: as sim_run and sim_compare, by whoever asks (many machines, say).
 * One that ends early has fewer trials than its part, and then it is over. */
struct sim_runner {
    struct tally (*run)(const void *with, const struct sim_plan *part);
    struct sim_comparison (*compare)(const void *with, const struct sim_plan *part,
                                     const struct net *other);
    const void *with;
};
/* By sim_run and sim_compare. */
extern const struct sim_runner sim_here;

/*
 * From the plan's first trial on; its n_trials counts for nothing. *planned: how many
 * worlds were wanted, more than the result's if it ended early. For tally_fini, or
 * sim_comparison_fini.
 */
struct tally sim_run_enough(const struct sim_plan *plan, const struct sim_goal *goal,
                            const struct sim_runner *by, uint64_t *planned);
struct sim_comparison sim_compare_enough(const struct sim_plan *plan,
                                         const struct sim_goal *goal,
                                         const struct net *other,
                                         const struct sim_runner *by,
                                         uint64_t *planned);
#endif
