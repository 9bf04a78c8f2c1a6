// SPDX-License-Identifier: Apache-2.0
#ifndef GRAPH_GRAPH_WRITE_H
#define GRAPH_GRAPH_WRITE_H
/* The attack graph as text for people, JSON for scripts, DOT for drawing. */
#include "graph/graph.h"

/*
 * JSON: {"nodes": [{id, type, asset, step, threat, reached, effort_days, ttc,
 * parents[]}]}. Steps an asset does not have under the model's properties are no nodes.
 */
void graph_json(const struct graph *graph, const struct reach *reach, struct buf *out);

/* Graphviz DOT of the reachable part; assets are clusters, AND nodes boxes. */
void graph_dot(const struct graph *graph, const struct reach *reach, enum lang lang,
               struct buf *out);

/*
 * Counts, and for each incident the chain that reaches it: by `left`, what the measures
 * in force leave (NULL: there are none), else by `reach`, without measures.
 */
void graph_summary(const struct graph *graph, const struct reach *reach,
                   const struct reach *left, enum lang lang, struct buf *out);

/* One step of a chain in words: "Home router: log in without right". */
struct text graph_node_text(const struct graph *graph, uint32_t node, struct arena *a);
#endif
