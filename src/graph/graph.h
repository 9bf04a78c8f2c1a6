// SPDX-License-Identifier: Apache-2.0
#ifndef GRAPH_GRAPH_H
#define GRAPH_GRAPH_H
/*
 * The attack graph: model + catalog -> "the attacker can do X to component, flow or
 * zone Y". A node is of kind OR (any parent makes it possible) or AND (all are
 * needed); an edge is "this makes that possible". Sources are the origins of
 * attacks, sinks the incidents of the model.
 *
 * The graph is linear in the model: every step an asset has is one node, and an
 * edge exists only between an asset and what it touches; zones are hubs, so members
 * of a zone are not joined pairwise. Assets are numbered in the order of their ids,
 * so nothing depends on the order of entries in the file.
 *
 * The graph borrows model and catalog, which must outlive it; it owns its arrays.
 */
#include "catalog/catalog.h"

enum node_type { NODE_ORIGIN, NODE_OR, NODE_AND };

#define GRAPH_NONE UINT32_MAX
enum { NODE_NO_THREAT = UINT8_MAX };

/* What an asset number stands for. */
struct asset_ref {
    uint8_t type;   // enum asset_type; ASSET_UNSET: an origin or an incident
    uint32_t index; // in the model's list (file order), or of origin / incident
};

/* Neighbours in compressed rows: those of i are items[start[i]] to items[start[i+1]].
 */
struct rows {
    uint32_t *start;
    uint32_t *items;
};

struct graph {
    const struct model *model;
    const struct catalog *catalog;
    // assets, in canonical order: origins, zones, components, flows, incidents
    uint32_t n_assets;
    uint32_t first_zone, first_component, first_flow, first_incident;
    struct asset_ref *assets;
    uint32_t *asset_of_zone, *asset_of_component, *asset_of_flow, *asset_of_incident;
    uint32_t *kind;       // of each asset: index in the catalog's kinds, or REF_NONE
    traits *traits;       // of each asset
    uint32_t *first_node; // of each asset; n_assets + 1 entries
    uint64_t *present;    // of each asset: which steps and joints of its plan it has
    // nodes
    uint32_t n_nodes;
    uint32_t *node_asset;
    uint8_t *node_type;    // enum node_type
    uint8_t *node_bit;     // of its kind's plan: steps, then joints of AND steps
    uint8_t *node_threat;  // index in catalog threats, NODE_NO_THREAT: of no class
    uint16_t *node_effort; // of the step alone; 0 where a node is no step
    struct rows parents, children;
    uint32_t n_edges;
    uint32_t n_incidents;
    // of nodes from first_node[first_incident] on: the step that an incident's node
    // stands for, which it shares its effects and its time with; GRAPH_NONE: none
    uint32_t *stands_for;
};

/* What the model says of a component, else the default of its kind. */
uint8_t effective_authentication(const struct catalog *catalog,
                                 const struct component *c);
uint8_t effective_update(const struct catalog *catalog, const struct component *c);
uint32_t effective_interfaces(const struct catalog *catalog, const struct component *c);
/* What the model says of a flow, else what its protocol usually does. */
int effective_encrypted(const struct catalog *catalog, const struct flow *f);
int effective_authenticated(const struct catalog *catalog, const struct flow *f);

/* Builds the graph of a bound model without errors. NULL when over LIMIT_GRAPH_NODES.
 */
struct graph *graph_build(const struct model *model, const struct catalog *catalog);
void graph_free(struct graph *graph);

/* The node that an incident's node stands for; any other node itself. */
uint32_t graph_stands_for(const struct graph *graph, uint32_t node);

/* 1 for a node that only joins others: no step, no origin, not the end of an incident.
 */
int graph_is_joint(const struct graph *graph, uint32_t node);

/* The step of a node, or NULL (origins, incidents, joints of AND steps). */
const struct step *graph_step(const struct graph *graph, uint32_t node);

/* The threat class of a node (index in catalog threats), or REF_NONE. */
uint32_t graph_threat(const struct graph *graph, uint32_t node);

/* Id of an asset. */
const char *graph_asset_id(const struct graph *graph, uint32_t asset);
/* Name of an asset in both languages (a flow without name: its two ends). */
struct text graph_asset_name(const struct graph *graph, uint32_t asset,
                             struct arena *a);

/*
 * Stable id of a node: "origin.internet", "cloud.login", "incident.burn"; joints of AND
 * steps: "cloud.login#2". Written to `out`, at most `size` bytes with the NUL.
 */
void graph_node_id(const struct graph *graph, uint32_t node, char *out, size_t size);

/* The node with that id, or GRAPH_NONE. */
uint32_t graph_find(const struct graph *graph, const char *id);

/* The node of an origin (index in the catalog's list). */
uint32_t graph_origin_node(const struct graph *graph, uint32_t origin);

/* The node of an incident (index in the model's list). */
uint32_t graph_incident_node(const struct graph *graph, uint32_t incident);

/* The local time to compromise of a node under its asset's traits, or NULL. */
const struct ttc *graph_ttc(const struct graph *graph, uint32_t node);

/* Work counted, so that growth shows without a clock. */
struct work {
    uint64_t nodes, edges; // visited
};

/*
 * What the attacker can reach, and how hard that is. The effort of a step is the mean
 * of its local time to compromise, in units of 1/EFFORTS_PER_DAY days, 1 at least and
 * EFFORT_MOST at most; that of a node is the least over the ways to it, where an AND
 * node waits for the last of its parents. It ranks ways; it is no forecast.
 */
enum { EFFORTS_PER_DAY = 100, EFFORT_MOST = UINT16_MAX };
struct reach {
    uint32_t *effort;  // GRAPH_NONE: not reachable; origins 0
    uint32_t *witness; // of a reachable node: the parent that made it possible;
                       // GRAPH_NONE at origins
    uint32_t *order;   // reachable nodes in the order they became so
    uint32_t n_order;
};

/*
 * Which nodes are reachable when those with blocked[node] != 0 are impossible (NULL:
 * none are). The least effort first (Knuth's generalization of Dijkstra's algorithm,
 * with buckets, as efforts are small whole numbers): an OR node follows its easiest
 * parent, an AND node its last, so each witness chain is the shortest in time. O(nodes
 * + edges).
 */
struct reach graph_reach(const struct graph *graph, const uint8_t *blocked,
                         struct work *work);
void reach_fini(struct reach *reach);

/*
 * What cannot be reached but over marked nodes: widens marks (one a node, not 0:
 * marked) to every reachable node all of whose ways pass a marked one. Afterwards marks
 * are 1 there and 0 elsewhere. Costs one look at each mark and as much as they spread.
 */
void graph_behind(const struct graph *graph, const struct reach *reach, uint8_t *marks,
                  struct work *work);

/*
 * The chain that explains a reachable node: every node it needs, each after all that it
 * needs in turn, way by way, the node itself last. An AND node brings the chains of all
 * its parents; joints are left out, nodes that stand for a step give way to it.
 * Appends to nodes (heap, caller frees), returns its length. `mark` has n_nodes zeroed
 * bytes and is left zeroed.
 */
size_t graph_chain(const struct graph *graph, const struct reach *reach, uint32_t node,
                   uint32_t **nodes, uint8_t *mark);

/*
 * For each node the set of incidents it leads to through nodes that are reachable and
 * not cut[] (NULL: none is): those that are near, at most `hops` away, and those whose
 * shortest chain it is a part of (if no part of that is cut). A hop leads from the
 * component that sends or passes on a flow to where the flow goes; what merely shares
 * a zone is two hops away; the place of the incident and its preconditions none.
 * HOPS_ANY: near is whatever can lead there at all. O(hops x edges near incidents) a
 * word.
 */
#define HOPS_ANY UINT32_MAX
struct forward {
    uint32_t *slot; // of each node; GRAPH_NONE: it leads to none
    uint64_t *sets; // words per slot; bit i = incident i in canonical order
    uint32_t words, n_slots;
};
struct forward graph_forward(const struct graph *graph, const struct reach *reach,
                             const uint8_t *cut, unsigned hops, struct work *work);
void forward_fini(struct forward *forward);
/* 1 if node leads to incident number i (canonical: asset first_incident + i). */
int forward_leads(const struct forward *forward, uint32_t node, uint32_t i);

/*
 * Marks (blocked[node] = 1) what the examples of the measures with at least `status`
 * block on the assets they are put on; slowed, limited, detected likewise when not
 * NULL. Arrays of n_nodes bytes, caller zeroes.
 */
struct effects {
    uint8_t *blocked, *slowed, *limited, *detected;
};
void graph_effects(const struct graph *graph, enum measure_status status,
                   const struct effects *effects);
/* The same for a set of measures, a byte for each of the model's. */
void graph_effects_of(const struct graph *graph, const uint8_t *of,
                      const struct effects *effects);
/* The set of the measures that have come as far as `status`. */
void graph_measures_of(const struct model *model, enum measure_status status,
                       uint8_t *of);

/*
 * What one measure (index in the model's list) does: calls `tell` for each node that
 * its example blocks or slows on the assets it is put on; the nodes that stand for such
 * a step (graph_stands_for) share that, and are not told. A node may be told more than
 * once.
 */
void graph_measure_effects(const struct graph *graph, uint32_t measure,
                           void (*tell)(void *with, uint32_t node, int is_blocked),
                           void *with);

/* 1 if the example of a measure, which has one, acts on a step where it is put. */
int graph_measure_acts(const struct graph *graph, const struct measure *m);
#endif
