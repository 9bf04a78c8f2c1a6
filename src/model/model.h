// SPDX-License-Identifier: Apache-2.0
#ifndef MODEL_MODEL_H
#define MODEL_MODEL_H
/*
 * The typed model of one IoT system, as its YAML file gives it: who has a stake in
 * it, what it is made of, what can go wrong, what is done about it. Nothing derived
 * is in here. docs/model.md describes every key; it is generated from the same
 * tables (model_shape.c) that read the file.
 *
 * The model owns all its memory (one arena) and its diagnostics; model_free gives
 * everything back. Lists keep the order of the file; references are indices into
 * the lists.
 */
#include "base/schema.h"
#include "model/common.h"
#include "model/rehearsal.h"

/* A position on the map. */
struct position {
    uint8_t recovery; // enum level
    uint8_t economic; // enum level
};

/* A target; `given` by TRI_YES when the file states it. */
enum role {
    ROLE_IOT_USER,
    ROLE_SERVICE_DEVELOPER,
    ROLE_SERVICE_PROVIDER,
    ROLE_DEVICE_MAKER,
    ROLE_INTEGRATOR,
    ROLE_MAINTAINER,
    ROLE_RESIDENT,
    ROLE_THIRD_PARTY,
    ROLE_REGULATOR,
};
extern const struct choice_set roles;

struct target {
    uint8_t recovery;
    uint8_t economic;
    uint8_t is_set; // TRI_YES when the file states a target
};

struct stakeholder {
    struct entry entry;
    struct text name, description;
    uint32_t roles; // 1 << enum role
    struct target target;
};

enum relation_kind {
    RELATION_SUPPLIES,
    RELATION_MAINTAINS,
    RELATION_CONTRACTS,
    RELATION_INFORMS,
    RELATION_LIVES_NEAR,
    RELATION_USES,
    RELATION_PROVIDES,
};
extern const struct choice_set relation_kinds;

struct relation {
    struct ref from, to; // stakeholders
    uint8_t kind;
    struct text description;
};

enum zone_kind {
    ZONE_UNSET,
    ZONE_INTERNET,
    ZONE_CLOUD,
    ZONE_SEGMENT,
    ZONE_SITE,
    ZONE_OUTDOOR
};
extern const struct choice_set zone_kinds;
enum trust { TRUST_UNSET, TRUST_NONE, TRUST_PARTIAL, TRUST_FULL };
extern const struct choice_set trusts;
enum physical_access {
    ACCESS_UNSET,
    ACCESS_PUBLIC,
    ACCESS_OCCUPANTS,
    ACCESS_CONTROLLED
};
extern const struct choice_set physical_accesses;

struct zone {
    struct entry entry;
    struct text name, description;
    uint8_t kind, trust, physical_access, rebuilt;
    struct ref within; // zones
};

enum authentication {
    AUTH_UNSET,
    AUTH_NONE,
    AUTH_DEFAULT_PASSWORD,
    AUTH_PASSWORD,
    AUTH_CERTIFICATE,
    AUTH_MULTI_FACTOR,
};
extern const struct choice_set authentications;
enum update {
    UPDATE_UNSET,
    UPDATE_NONE,
    UPDATE_MANUAL,
    UPDATE_UNSIGNED,
    UPDATE_SIGNED
};
extern const struct choice_set updates;
enum interface {
    INTERFACE_INTERNET,
    INTERFACE_WIRELESS,
    INTERFACE_LOCAL,
    INTERFACE_USB,
    INTERFACE_SERIAL,
    INTERFACE_PANEL,
};
extern const struct choice_set interfaces;

struct form_of_use {
    struct entry entry;
    struct text name, description;
};

/* Where something stands in drawings: px from the left and from the top. */
struct position_drawn {
    struct number x, y;
};
extern const struct range model_places; // within which both are

struct component {
    struct entry entry;
    struct text name, description, physical_effect, out_of_scope;
    struct ref kind; // catalog kinds
    struct ref zone;
    struct ref owner, operator; // stakeholders
    const char *supplier;       // who supplies it, as one is called; or NULL
    struct list data;           // struct ref to data
    struct list forms_of_use;   // struct form_of_use
    uint32_t interfaces;        // 1 << enum interface
    uint8_t authentication, update, rebuilt;
    struct position_drawn position; // of its box; not set: laid out
};

enum initiator { INITIATOR_UNSET, INITIATOR_FROM, INITIATOR_TO };
extern const struct choice_set initiators;

struct flow {
    struct entry entry;
    struct text name, description, out_of_scope;
    struct ref from, to;              // components
    struct list data;                 // struct ref to data
    struct list through;              // struct ref to components
    struct ref protocol, carrier;     // catalog
    uint8_t encrypted, authenticated; // enum tri
    uint8_t initiator, rebuilt;
};

enum data_class {
    DATA_PERSONAL,
    DATA_TRADE_SECRET,
    DATA_CONTROL,
    DATA_SAFETY,
    DATA_PROGRAM,
    DATA_CREDENTIAL,
    DATA_OPERATIONAL,
};
extern const struct choice_set data_classes;

struct data {
    struct entry entry;
    struct text name, description;
    uint32_t classes; // 1 << enum data_class
};

struct safety_function {
    struct entry entry;
    struct text name, description;
    struct list on;               // struct ref to components
    struct list against;          // struct ref to incidents
    uint8_t independent;          // enum tri: works without the communication
    struct estimate pfd;          // probability of failure on demand
    struct target leaves;         // the harm at most when it works; not set: none
    struct provenance provenance; // of the pfd
};

enum loss_dist {
    LOSS_UNSET,
    LOSS_PERT,
    LOSS_PERT_SPREAD,
    LOSS_TRIANGULAR,
    LOSS_UNIFORM,
    LOSS_LOGNORMAL
};
extern const struct choice_set loss_dists;

/* What one event costs: an amount, or a distribution of it. */
struct loss {
    struct money mode, min, max; // as losses_check wants them for the distribution
    uint8_t dist;                // enum loss_dist; unset: PERT
};

/* 1 if a loss is stated at all. */
int loss_is_given(const struct loss *loss);

/* What one level means; `injury` and `tolerable` for axis 1, the others for axis 2. */
struct criterion {
    struct text meaning, injury;
    struct money below;
    struct loss loss;             // of one event of this level
    struct number tolerable;      // events a year of this level that are tolerated
    struct provenance provenance; // of its figures
};

struct criteria {
    struct criterion recovery[N_LEVELS];
    struct criterion economic[N_LEVELS];
};

/* One of the ways in which an incident may end for a stakeholder. */
struct outcome {
    struct number share; // of the incidents; all shares of a harm are 1
    uint8_t recovery, economic;
    struct loss loss;
};

struct harm {
    struct entry entry; // the stakeholder's id; key_index in stakeholders
    uint8_t recovery, economic;
    struct text because;
    struct loss loss;             // instead of that of the economic level
    struct list outcomes;         // struct outcome; none: always the levels above
    struct provenance provenance; // of losses and shares
};

struct precondition {
    struct ref threat; // catalog threats
    struct list at;    // struct ref to components or flows
    struct list by;    // struct ref to steps of the catalog
    struct text because;
};

/* ISO 26262-3, tables 2 and 3. */
enum exposure {
    EXPOSURE_UNSET,
    EXPOSURE_E0,
    EXPOSURE_E1,
    EXPOSURE_E2,
    EXPOSURE_E3,
    EXPOSURE_E4
};
enum controllability {
    CONTROLLABILITY_UNSET,
    CONTROLLABILITY_C0,
    CONTROLLABILITY_C1,
    CONTROLLABILITY_C2,
    CONTROLLABILITY_C3
};

struct incident {
    struct entry entry;
    struct text name, description;
    struct ref threat; // catalog threats
    struct list at;    // struct ref: section 0 components, 1 flows
    struct list by;    // struct ref to steps of the catalog
    struct ref form_of_use;
    struct list preconditions; // struct precondition
    struct list harms;         // struct harm
    struct list notes;         // struct text
    uint8_t exposure;          // enum exposure, for road vehicles
    uint8_t controllability;   // enum controllability, likewise
    uint8_t rebuilt;
};

enum measure_status {
    STATUS_UNSET,
    STATUS_PROPOSED,
    STATUS_DECIDED,
    STATUS_IMPLEMENTED,
    STATUS_VERIFIED
};
extern const struct choice_set measure_statuses;

/* The analyst's judgement that a measure keeps an incident's harm at most here. */
struct harm_limit {
    struct ref incident;
    uint8_t recovery, economic;
    struct text because;
};

struct measure {
    struct entry entry;
    struct text name, description;
    struct ref requirement; // catalog requirements
    struct ref example;     // catalog examples
    struct list on;         // struct ref: 0 components, 1 flows, 2 zones
    struct ref by;          // stakeholders
    uint8_t status;
    struct money cost;
    struct list evidence;            // const char *
    const char *owner;               // or NULL
    int32_t due;                     // yyyymmdd, 0 = not given
    struct list limits;              // struct harm_limit
    struct estimate holds;           // as in struct example
    struct number slows_by;          // likewise
    struct provenance provenance;    // of cost, holds and slows-by
    struct list requires, conflicts; // struct ref to measures, for awai plan
};

/* Someone who attacks; also in the catalog. */
struct attacker {
    struct entry entry;
    struct text name, description;
    struct list origins;       // struct ref to catalog origins
    struct list aims;          // struct ref to incidents; none: all of them
    struct estimate skill;     // how many times as fast as the catalog's times
    struct estimate campaigns; // a year
    struct number patience;    // days until he gives up
    struct provenance provenance;
};

struct policy {
    struct entry entry;
    struct ref stakeholder; // whose risk
    struct ref by;          // who acts
    struct text text;
    struct list requirements; // struct ref to catalog requirements
};

struct adoption {
    struct entry entry; // a catalog requirement; key_index resolved
    struct ref by;      // stakeholders
    struct text because;
};

enum treatment {
    TREATMENT_UNSET,
    TREATMENT_REDUCE,
    TREATMENT_ACCEPT,
    TREATMENT_TRANSFER,
    TREATMENT_AVOID
};
extern const struct choice_set treatments;

struct decision {
    struct entry entry;
    const char *subject; // stable id of what it is about
    uint8_t treatment;
    struct text reason;
    const char *owner, *reviewer;
    int32_t date, review_by; // yyyymmdd, 0 = not given
    struct list evidence;    // const char *
};

struct exclusion {
    struct entry entry;
    const char *subject;
    struct text reason;
    const char *owner;
    int32_t date, review_by;
};

struct figures {
    struct text stakeholders, components, configuration, data_flow, map, threats;
};

enum domain { DOMAIN_UNSET, DOMAIN_ROAD_VEHICLE };

struct system {
    const char *id;
    uint8_t domain; // enum domain
    struct text name, overview;
    struct figures figures;
    struct list sources; // const char *
};

struct model_data {
    int32_t version;
    struct system system;
    struct ref applicant;
    struct list includes; // const char *, already joined
    struct list stakeholders, relations, zones, components, flows, data;
    struct list safety_functions, incidents, measures, policies, adoptions;
    struct list decisions, exclusions, attackers;
    struct criteria criteria;
    struct rehearsal rehearsal;
};

struct model {
    struct arena arena;
    struct model_data m;
    struct diag_list diags; // of reading and checking; also quotes the text
    uint32_t file;          // index of the main file in diags
};

extern const struct shape model_shape;

/* The version of the language that is read. */
enum { MODEL_VERSION = 1 };

/* What its JSON Schema is called by. */
#define MODEL_SCHEMA_ID "urn:awai:schema:model:1"
extern const struct shape criteria_shape, catalog_attacker_shape; // of the catalog

/*
 * Reads a model file with its includes, checks identifiers and references within
 * it. Always returns a model (free it with model_free); if model->diags.n_errors is
 * not 0 the model is incomplete and must only be used to print the diagnostics.
 */
struct model *model_read(const char *path);

/*
 * The same with included files anywhere in `folder`; without it (NULL) they must lie in
 * the folder of the model, and their paths be relative.
 */
struct model *model_read_within(const char *path, const char *folder);

/*
 * The same of a file whose text is at hand, as in an editor: `path` need not hold it
 * yet. Files that it includes are read from where they are. Takes a copy.
 */
struct model *model_read_edited(const char *path, const char *text, size_t len,
                                const char *folder);

/* The same from text in memory; `name` stands in messages. Takes a copy. No includes.
 */
struct model *model_read_text(const char *name, const char *text, size_t len);

void model_free(struct model *model);

/*
 * Complains of amounts of money that do not rise from level to level, or are not in one
 * currency. `root` is what was read into c: a model or a catalog.
 */
void criteria_check(const struct node *root, const struct criteria *c,
                    struct diag_list *d);

/* Complains of estimates of attackers that are out of order. */
void attackers_check(const struct list *attackers, struct diag_list *d);
/* Complains of estimates of measures and safety functions, likewise. */
void estimates_check(const struct model_data *m, struct diag_list *d);

/* Complains of losses of harms, of several currencies, and of shares of outcomes. */
void losses_check(const struct node *root, const struct model_data *m,
                  struct diag_list *d);

/* Warnings for what is legal but suspicious (no catalog needed). */
void model_warn(struct model *model);

/* A component's index from a reference `at` of components|flows, or REF_NONE. */
int ref_is_flow(const struct ref *ref);
#endif
