// SPDX-License-Identifier: Apache-2.0
#ifndef ATTACK_MODEL_NET_H
#define ATTACK_MODEL_NET_H
/*
 * The net of a model's attack graph: its nodes by the same numbers, its times, the
 * measures of a set with the steps they block and slow, and the attackers of the model,
 * else of the catalog.
 */
#include "attack/attack.h"
#include "base/buf.h"
#include "graph/graph.h"

/*
 * Which measures are in play: a list of words and ids, separated by commas, that adds
 * one after the other: "none", "in-force" (implemented or verified), "decided" (those
 * too), "all" (also proposed ones), ID, or -ID to take one out. Sets of[i] (one byte a
 * measure of the model) and returns NULL, or the word that is neither; it lies in
 * `words`, up to the next comma.
 */
const char *measures_choose(const struct model *model, const char *words, uint8_t *of);

/*
 * "a (b)" for each measure a of a set that excludes one b which is in it, too, or that
 * requires one b which is not; the pairs parted by commas, appended.
 */
void measures_clash(const struct model *model, const uint8_t *of, struct buf *out);
void measures_lack(const struct model *model, const uint8_t *of, struct buf *out);

/*
 * Makes the net. `measures` as from measures_choose. An attacker's share is his mean
 * campaigns a year among those of all; he gives up after his patience, or after
 * `horizon` days if that is sooner. For net_fini.
 */
struct net model_net(const struct graph *graph, const uint8_t *measures,
                     double horizon);

/* What is uncertain, as one draw has it; NULL: the means of the estimates. */
struct net_inputs {
    const double *skill; // of each of model_attackers
    const double *holds; // of each measure of the model
};
struct net model_net_under(const struct graph *graph, const uint8_t *measures,
                           double horizon, struct net_inputs inputs);

/* The probability that a measure holds: its own, its example's, or the usual one. */
const struct estimate *measure_holds(const struct graph *graph,
                                     const struct measure *m);

/* The attackers that are taken: the model's, else the catalog's. In the net they are in
 * the order of their ids. */
const struct list *model_attackers(const struct graph *graph);

/*
 * The nodes to tell about: those that are named, each once, else every incident.
 * `targets` has room for all nodes of the graph. Returns NULL, or the first name that
 * no node has.
 */
const char *model_targets(const struct graph *graph, const char *const *names,
                          size_t n_names, uint32_t *targets, uint32_t *n);
/* The id of a node nearest to a name that none has, in the arena, or NULL. */
const char *model_nearest_node(const struct graph *graph, const char *name,
                               struct arena *arena);

/* Names of the nodes: ids as graph_node_id, titles "asset: step" or the incident's
 * name.
 */
struct attack_names model_names(const struct graph *graph);
#endif
