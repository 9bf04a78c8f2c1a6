// SPDX-License-Identifier: Apache-2.0
#ifndef RISK_REPLAY_H
#define RISK_REPLAY_H
/*
 * Worlds that are kept, so that under another set of measures only those are run again
 * that can differ. A world is a function of the seed and its number, and asks a measure
 * only when it begins a step that the measure acts on: where a measure that is added or
 * taken away was never met, or does not hold, the world goes as it went. So what comes
 * out is what reached_run would give, bit by bit, for a part of the work.
 *
 * Borrows the graph. Not for two threads at once.
 */
#include "attack/reached.h"
#include "graph/graph.h"

/* Sets of measures whose worlds are kept; the one not used longest gives way. */
enum { REPLAY_SETS = 8 };

struct replay;

/* With attackers' skill and the holding of measures at their means, all attackers alike
 * often, as worlds_run has it without inputs. */
struct replay *replay_open(const struct graph *graph, uint64_t seed);
void replay_close(struct replay *replay);

/*
 * As reached_run, for a net of the graph under these measures (a byte each). It is not
 * stopped, and tells no progress. For reached_fini. `keeps`: another set may begin with
 * these worlds.
 */
struct reached replay_run(struct replay *replay, const struct reached_plan *plan,
                          const uint8_t *measures, int keeps);

/* Where a plan's ways go so that they are kept, too: those of all sets that were asked
 * for. It belongs to the replay, and may lose what it has when the next set with ways
 * is asked for. */
struct ways *replay_ways(struct replay *replay);

/* How many worlds were run in all. */
uint64_t replay_work(const struct replay *replay);
#endif
