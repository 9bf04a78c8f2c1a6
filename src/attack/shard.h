// SPDX-License-Identifier: Apache-2.0
#ifndef ATTACK_SHARD_H
#define ATTACK_SHARD_H
/*
 * A run in parts, on machines that know nothing of each other: each runs its share of
 * the trials and writes what it counted to a file; the files together make the very
 * result of one run. They are JSON of whole numbers; those that need more than 53 bits
 * are strings.
 */
#include "attack/sim.h"
#include "base/diag.h"
#include "base/json.h"

/* Part i of n, counted from 1. */
struct shard {
    uint64_t i, n;
};

/* Reads "i/n", 1 <= i <= n <= SHARD_MOST; 0 if it is none. */
enum { SHARD_MOST = 100000 };
int shard_parse(const char *text, struct shard *shard);

/* The first trial of a part and how many it has, of the plan's first_trial and
 * n_trials. */
void shard_trials(const struct shard *shard, const struct sim_plan *whole,
                  struct sim_plan *part);

/* A number for all that a result depends on: net, targets, seed, trials. */
uint64_t shard_digest(const struct sim_plan *whole);

void shard_write(const struct shard *shard, const struct sim_plan *whole,
                 const struct tally *tally, struct json *j);

/*
 * Reads the parts of the plan's run from files and adds them up. Errors go to d: a file
 * that is no part, is of another run, or is there twice, and parts that are missing.
 * The tally is for tally_fini in any case.
 */
struct tally shard_merge(const struct sim_plan *whole, const char *const *paths,
                         size_t n, struct diag_list *d);
/* The same of the members of a sequence, as the parts are in one text. */
struct node;
struct tally shard_merge_list(const struct sim_plan *whole, const struct node *parts,
                              struct diag_list *d);
#endif
