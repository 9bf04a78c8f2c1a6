// SPDX-License-Identifier: Apache-2.0
#ifndef ATTACK_SIM_INT_H
#define ATTACK_SIM_INT_H
/* Shared between the files of this room only. */
#include "attack/sim.h"
#include "attack/world.h"

enum { N_DOUBLINGS = TALLY_MOST_EXPONENT - TALLY_LEAST_EXPONENT };

/* Times are summed in whole units of as many days. */
#define TALLY_TIME_UNIT 0x1p-20

struct tally tally_new(const struct net *net, uint32_t n_targets);

/* Counts the last world run. */
void tally_count(struct tally *t, struct world *w);
#endif
