// SPDX-License-Identifier: Apache-2.0
#ifndef CATALOG_CATALOG_H
#define CATALOG_CATALOG_H
/*
 * What is known beforehand: threat classes, component kinds with their attack steps,
 * protocols and carriers, requirements (annex A) with the rules that derive them,
 * example measures (annex B) with what they do to attack steps, the demands of each
 * cell of the map, default criteria. Data files (catalog/...yaml) embedded in the
 * program, extended or overridden by the user's directory.
 *
 * The catalog owns its memory; it is read-only after catalog_read and may be shared.
 */
#include "base/dist.h"
#include "model/model.h"

/* A family of assets; steps are looked up per asset type. */
enum asset_type { ASSET_UNSET, ASSET_COMPONENT, ASSET_FLOW, ASSET_ZONE };

/* Facts about an asset that conditions of steps may ask for: bits of a 64-bit set. */
typedef uint64_t traits;

struct threat_class {
    struct entry entry;
    struct text name, description;
    const char *source;
};

struct origin {
    struct entry entry;
    struct text name, description;
    const char *source;
};

struct protocol {
    struct entry entry;
    struct text name, description;
    uint8_t can_encrypt, can_authenticate, encrypted, authenticated; // enum tri
    const char *source;
};

struct carrier {
    struct entry entry;
    struct text name, description;
    struct list traits;                             // struct ref to traits
    struct number latency_s, jitter_s, loss, per_s; // of a message, for rehearsals
    const char *source;
    traits mask;
};

extern const struct choice_set distributions;

/*
 * Local time to compromise of a step, in days. Each family has parameters of its own;
 * p, which goes with all of them, is the probability that the step is possible at all.
 */
struct ttc {
    uint8_t dist; // enum dist_family
    struct number mean, median, sigma, shape, scale, min, mode, max, p;
    struct list factors; // struct ttc, without factors and conditions of their own:
                         // what the time is multiplied by
    struct list if_traits, unless_traits; // struct ref to traits
    uint8_t judgement;                    // enum tri: our judgement, not a measurement
    const char *source;
    traits need, avoid;
    struct dist days;
    double possible;  // probability, by p and the factors' p; 1 where none is given
    double mean_days; // if it is possible, factors included
};
enum { TTC_MOST_FACTORS = 8 };

/*
 * Fills days, possible and mean_days from the parameters, without factors. Returns
 * NULL, or what is wrong: the parameters that the family takes, as "shape, scale".
 */
const char *ttc_prepare(struct ttc *t);
/* Multiplies by a factor that is prepared: a Bernoulli trial is 1 or never. */
void ttc_multiply(struct ttc *t, const struct ttc *factor);

enum { TTC_PARAMETERS = 9 };

struct ttc_parameter {
    const char *name; // its key in the catalog
    struct number number;
};

/* The parameters that are given, in the order of the keys; their count. */
uint32_t ttc_parameters(const struct ttc *t, struct ttc_parameter out[TTC_PARAMETERS]);

/* One way a step can be prepared: RELATION.STEP, under conditions on the step's asset.
 */
struct parent {
    const char *step; // as written
    struct list if_traits, unless_traits;
    struct place at;
    traits need, avoid;
    uint8_t relation; // enum relation_to
    uint32_t name;    // index in catalog->step_names, or of an origin
};

/* How a parent step's asset relates to the asset of the step. */
enum relation_to {
    TO_SELF,
    TO_ZONE,      // component: its zone
    TO_IN,        // component: flows to it
    TO_OUT,       // component: flows from it
    TO_VIA,       // component: flows through it
    TO_ACCEPTS,   // component: flows whose connection it accepts
    TO_FROM,      // flow: its sender
    TO_TO,        // flow: its receiver
    TO_THROUGH,   // flow: the components it passes
    TO_INITIATOR, // flow: the end that opens the connection
    TO_ACCEPTOR,  // flow: the other end
    TO_FROM_ZONE, // flow: the sender's zone
    TO_TO_ZONE,   // flow: the receiver's zone
    TO_MEMBER,    // zone: components in it
    TO_OUTER,     // zone: the zone around it
    TO_INNER,     // zone: zones within it
    TO_ORIGIN,    // an origin of attacks
};

enum step_type { STEP_UNSET, STEP_OR, STEP_AND };

struct step {
    struct entry entry;
    struct text name;
    uint8_t type;
    uint8_t remove; // enum tri: an inherited step this kind does not have
    struct ref threat;
    struct list if_traits, unless_traits;
    struct list from, also_from; // struct parent
    struct list ttc;             // struct ttc, first whose conditions hold
    const char *source;
    traits need, avoid;
    uint32_t name_index; // in catalog->step_names
};

struct kind_defaults {
    uint8_t authentication, update;
    uint32_t interfaces;
};

struct kind {
    struct entry entry;
    struct text name, description;
    struct ref extends; // kinds
    uint8_t is_abstract, asset;
    struct list traits; // struct ref to traits
    struct kind_defaults defaults;
    struct list steps; // struct step, as written; see kind_plan for the resolved ones
    const char *source;
    // resolved
    uint8_t asset_type; // enum asset_type
    traits mask;
    struct list plan; // const struct step *: inherited and own steps, sorted by name
};

struct condition {
    const char *subject;      // components, flows, ...
    const struct node *where; // read by assess/condition.c
    struct text about;        // what it selects, in words; may be empty
    struct place at;
};

struct requirement {
    struct entry entry;
    struct text name, description;
    int32_t viewpoint;   // 1..4
    uint8_t target;      // enum requirement_target
    struct list threats; // struct ref; empty = general
    uint32_t roles;      // of the applicant: 1 << enum role
    struct target at_least;
    struct list evidence; // struct condition: any must match
    struct list also;     // const char *: variant spellings
    const char *source;
};

enum requirement_target {
    TARGET_UNSET,
    TARGET_ORGANIZATION,
    TARGET_PROCEDURE,
    TARGET_SYSTEM
};
extern const struct choice_set requirement_targets;

struct example {
    struct entry entry;
    struct text name, description;
    struct ref requirement;
    struct list blocks, slows, limits, detects; // const char *: "component.STEP"
    const char *source;
    struct estimate holds;   // of attack simulation; absent: effectiveness
    struct number slows_by;  // likewise
    uint32_t acts;           // in a rehearsal: 1 << enum act_kind
    struct list block_steps; // struct step_pattern
    struct list slow_steps, limit_steps, detect_steps;
};

/* What is assumed of measures that say nothing about it. */
struct effectiveness {
    struct estimate holds;  // probability in an attack
    struct number slows_by; // factor of the times of steps it slows
    uint8_t judgement;
    const char *source;
};

struct step_pattern {
    uint8_t asset_type;
    uint32_t name; // in catalog->step_names
};

enum strength { STRENGTH_NONE, STRENGTH_SELF, STRENGTH_SECOND, STRENGTH_THIRD };
extern const struct choice_set strengths;

struct viewpoint_demand {
    int32_t viewpoint;
    uint8_t strength;
};

struct demand {
    struct entry entry;
    uint8_t recovery, economic;
    struct list viewpoints; // struct viewpoint_demand
    const char *source;
};

enum { N_VIEWPOINTS = 4, MAX_THREAT_CLASSES = 16 };

struct catalog_data {
    struct list threats, origins, protocols, carriers, kinds, requirements, examples,
        demands, attackers;
    struct effectiveness effectiveness;
    struct criteria criteria;
};

struct catalog {
    struct arena arena;
    struct diag_list diags;
    struct catalog_data c;
    const char **step_names; // distinct names of steps, sorted
    size_t n_step_names;
    struct strmap step_ids;
    uint32_t flow_kind, zone_kind, component_kind; // the built-in kinds' indices
    uint8_t strength[N_LEVELS][N_LEVELS]
                    [N_VIEWPOINTS + 1]; // [recovery][economic][viewpoint]
};

extern const struct shape catalog_shape;
extern const struct choice_set trait_names; // value = bit number

/*
 * Reads the embedded catalog, then the *.yaml files of `directory` (may be NULL) in
 * the order of their names; an entry with the id of an earlier one replaces it.
 * Always returns a catalog; with errors (catalog->diags) it must not be used further.
 */
struct catalog *catalog_read(const char *directory);
void catalog_free(struct catalog *catalog);

/*
 * Resolves the model's references into the catalog (kinds, threats, protocols, ...) and
 * checks what only both together can tell. Errors go to the model's diagnostics.
 */
void catalog_bind(const struct catalog *catalog, struct model *model);

/* Default strengths of a cell: 0 where a viewpoint is not demanded. */
int catalog_strength(const struct catalog *catalog, int recovery, int economic,
                     int viewpoint);

/* The bit of a trait by name; 0 if there is none. */
traits trait_bit(const char *name);

/* 1 if `is_a` (a kind's id) is kind k or one it extends. */
int kind_is_a(const struct catalog *catalog, uint32_t k, const char *is_a);
#endif
