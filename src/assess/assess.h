// SPDX-License-Identifier: Apache-2.0
#ifndef ASSESS_ASSESS_H
#define ASSESS_ASSESS_H
/*
 * Plain IoT-SSF on the attack graph: threats per component and flow, incidents,
 * importance, the map, demanded viewpoints, requirements, decisions. No likelihood.
 * Everything here is derived from model, catalog and graph; every line can say why.
 *
 * The assessment borrows graph, model and catalog; it owns its arena. Lists are in
 * canonical order (by id), so they do not depend on the order of entries in the file;
 * requirements are in the order of their rank.
 */
#include "base/json.h"
#include "graph/graph.h"

/* How a threat stands under the measures in force. */
enum threat_state { THREAT_OPEN, THREAT_SLOWED, THREAT_BLOCKED };
extern const struct choice_set threat_states;

struct threat {
    uint32_t class;    // index in catalog threats
    uint32_t asset;    // in graph numbering; component or flow
    uint32_t node;     // its first reachable node in the graph
    uint8_t state;     // enum threat_state, under measures in force
    uint8_t planned;   // the same under measures decided
    uint8_t main;      // leads to an incident above the target of someone
    uint8_t excluded;  // by the model, with a reason
    uint8_t detected;  // measures in force or decided would show every way that is left
    uint8_t limited;   // likewise they limit what follows from it
    uint32_t group;    // threats with like chains have the same group
    uint32_t severity; // largest excess over a target among incidents it leads to
};

struct incident_result {
    uint32_t incident; // index in the model's list
    uint8_t reached;   // by a chain in the graph, without measures
    uint8_t now;       // with measures in force (implemented, verified)
    uint8_t planned;   // with measures decided as well
    uint8_t above;     // some harm is above the sufferer's target, as it is now
    uint8_t excluded;  // by the model, with a reason: it counts nowhere
    uint32_t excess;   // largest excess over a target, without measures
};

/* Where a stakeholder stands; form GRAPH_NONE: over all forms of use. */
struct map_row {
    uint32_t stakeholder;           // index in the model's list
    const struct form_of_use *form; // NULL: incidents of every form of use
    struct position now;      // worst over incidents reachable with measures in force
    struct position planned;  // with the measures decided as well
    struct position inherent; // without measures
    uint8_t has_target, within_target, planned_within;
    uint8_t excluded; // by the model, with a reason: no target is held against it
    uint32_t worst_recovery, worst_economic; // incidents that set it, or GRAPH_NONE
};

/* What depends on a component: the worst of the incidents that its threats lead to. */
struct importance {
    uint8_t recovery, economic; // over all incidents and stakeholders
    uint8_t rank; // of the gravest single harm: 3 high (a worst level, or serious on
                  // both axes), 2 medium (serious on one), 1 low, 0 none
};

/* One reason why a requirement is derived. */
struct reason {
    struct text text;
    const char *ref; // stable id it points to (threat, incident, map row), or NULL
};

struct requirement_result {
    uint32_t requirement; // index in catalog
    uint32_t rank;        // 1 = the model's risk demands it most
    uint8_t strength;     // enum strength, of its viewpoint
    uint8_t adopted;      // by an adoption or a decided measure
    uint8_t excluded;     // by the model, with a reason
    uint8_t settled;      // by a decision to accept, transfer or avoid what it is for
    double score;
    struct list why;                 // struct reason
    struct list threats;             // uint32_t: threat classes present that it answers
    struct list measures;            // uint32_t: indices of the model's measures
    const struct adoption *adoption; // or NULL
    struct list proposals;           // uint32_t: catalog examples that would meet it
};

enum subject_state { SUBJECT_FOUND, SUBJECT_ORPHANED };

struct decision_result {
    uint32_t decision; // index in the model's decisions or exclusions
    uint8_t is_exclusion;
    uint8_t state;   // enum subject_state
    uint8_t overdue; // past its review date
};

struct assumption {
    uint32_t asset;       // in graph numbering
    const char *property; // model key
    const char *value;
    const char *from; // the kind or protocol that says so
};

struct assessment {
    struct arena arena;
    const struct graph *graph;
    const struct model *model;
    const struct catalog *catalog;
    struct reach reach;       // without measures
    struct reach left;        // with measures in force; effort NULL: there are none
    struct forward forward;   // without measures
    struct list threats;      // struct threat, sorted by asset id, class id
    struct list incidents;    // struct incident_result, sorted by id
    struct list map;          // struct map_row, sorted by stakeholder id, then form id
    struct list requirements; // struct requirement_result, by rank
    struct list decisions;    // struct decision_result
    struct list assumptions;  // struct assumption, sorted by asset
    struct importance *importance;      // per component, in the model's order
    struct position worst;              // of the whole system
    uint8_t demanded[N_VIEWPOINTS + 1]; // enum strength per viewpoint
    uint32_t n_groups;                  // of threats
    int32_t today;                      // yyyymmdd that review dates are compared with
    struct work work;
    struct diag_list diags; // orphaned, overdue; places in the model's files
};

/*
 * catalog_read, and the conditions under which its requirements are derived: attributes
 * and values that no model can have are errors of the catalog. The second does only
 * that, with a catalog that has no errors.
 */
struct catalog *assess_read_catalog(const char *directory);
void assess_check_catalog(struct catalog *catalog);

/* Assesses; today as yyyymmdd (0: no date is overdue). Free with assess_free. */
struct assessment *assess_run(const struct graph *graph, int32_t today);
/*
 * The same with a set of measures, a byte for each of the model's, in the place of
 * those decided: the view `planned` is then under this set, whatever their status.
 */
struct assessment *assess_run_with(const struct graph *graph, int32_t today,
                                   const uint8_t *planned);
void assess_free(struct assessment *a);

/* "CLASS@ASSET" in the arena given. */
const char *threat_id(const struct assessment *a, const struct threat *t,
                      struct arena *arena);

/* The threat with that id, or NULL. */
const struct threat *assess_find_threat(const struct assessment *a, const char *id);
/* The result of a requirement by id, or NULL if it is not derived. */
const struct requirement_result *assess_find_requirement(const struct assessment *a,
                                                         const char *id);

/*
 * How near an incident must be for a threat to lead to it, unless it is on the shortest
 * chain (see graph_forward). In a network, everything leads to everything in the end;
 * with one hop, those stand out that are where it happens or deal directly with what
 * is.
 */
enum { LEADS_HOPS = 1 };

/*
 * The incidents a threat leads to, without measures: bit i for number i in canonical
 * order, `a->forward.words` words.
 */
void threat_incidents(const struct assessment *a, const struct threat *t,
                      uint64_t *set);
/*
 * What explains a node best: how it is reached with the measures in force where it is,
 * else without them.
 */
const struct reach *assess_reach(const struct assessment *a, uint32_t node);
/* The easiest step of a threat in that sense. */
uint32_t threat_node(const struct assessment *a, const struct threat *t);
/* graph_chain under assess_reach: a chain that is left, else one that measures cut. */
size_t assess_chain(const struct assessment *a, uint32_t node, uint32_t **nodes,
                    uint8_t *mark);

/* 1 if a requirement is neither adopted nor excluded nor settled. */
int requirement_is_open(const struct requirement_result *r);

/* 1 if the threat leads to incident (index in the model's list). */
int threat_leads_to(const struct assessment *a, const struct threat *t,
                    uint32_t incident);

/* Level names, per axis. */
const char *recovery_name(int level);
const char *economic_name(int level);
struct text recovery_text(int level);
struct text economic_text(int level);

/* Writes the assessment as JSON (schema/assess.schema.json). Warnings of `model` too.
 */
void assess_json(const struct assessment *a, struct buf *out);
/* The same with members that `more` adds at the end. */
void assess_json_with(const struct assessment *a, struct buf *out,
                      void (*more)(const void *with, struct json *j), const void *with);
#endif
