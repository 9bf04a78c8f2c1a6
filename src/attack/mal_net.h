// SPDX-License-Identifier: Apache-2.0
#ifndef ATTACK_MAL_NET_H
#define ATTACK_MAL_NET_H
/*
 * An attack graph of MAL as it is simulated: where the attacker starts, what is told
 * about, and what its nodes are called. As model_net.h does for models.
 */
#include "attack/attack.h"
#include "attack/mal.h"

/*
 * Adds the attacker, who starts at the steps named and gives up after `horizon` days.
 * Returns NULL, or the first name that no step has; then the graph is for mal_free.
 */
const char *mal_entries(struct mal *m, const char *const *names, size_t n_names,
                        double horizon);

/*
 * The steps to tell about: those that are named, each once, else every attack step.
 * `targets` has room for all nodes. Returns as mal_entries.
 */
const char *mal_targets(const struct mal *m, const char *const *names, size_t n_names,
                        uint32_t *targets, uint32_t *n);

/* The name of a step nearest to one that none has, or NULL. */
const char *mal_nearest(const struct mal *m, const char *name);

/* Names of the nodes: as the file has them, for people too. */
struct attack_names mal_attack_names(const struct mal *m);
#endif
