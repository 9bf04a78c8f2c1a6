// SPDX-License-Identifier: Apache-2.0
#ifndef CLI_RANKS_H
#define CLI_RANKS_H
/*
 * A simulation on many machines at once, under `mpirun -n N awai attack ...` (OpenMPI,
 * where Awai was built with it). Each rank runs a part of the trials; what they counted
 * is added up on all of them, so that all decide alike whether to go on; the first
 * prints. Without mpirun there is one rank, and all of this does nothing.
 */
#include "attack/sim.h"

struct ranks {
    unsigned rank, n; // rank: from 0
};

/*
 * Joins the ranks of mpirun. Those but the first write nothing from here on, to
 * standard output and, until ranks_run, to standard error: they would say the same.
 * Under mpirun with a build without MPI: n is 0.
 */
struct ranks ranks_begin(void);

/* What follows may differ between ranks: each may write to standard error again. */
void ranks_run(const struct ranks *ranks);

/* Adds up the tallies, and pairs where there are some (n_pairs), of all ranks, in all.
 */
void ranks_sum(const struct ranks *ranks, struct tally *tally);
void ranks_sum_pairs(const struct ranks *ranks, struct tally_pair *pairs,
                     uint32_t n_pairs);

/* Leaves; if code is not 0 the other ranks end, too. Returns the code. */
int ranks_end(const struct ranks *ranks, int code);
#endif
