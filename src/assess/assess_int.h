// SPDX-License-Identifier: Apache-2.0
#ifndef ASSESS_ASSESS_INT_H
#define ASSESS_ASSESS_INT_H
/* Shared between the stages of the assessment only. */
#include "assess/assess.h"
#include "base/intern.h"

/* Under which measures a position is looked at. */
enum view { VIEW_INHERENT, VIEW_NOW, VIEW_PLANNED, N_VIEWS };

/* Under a view; each a mark per node, NULL: none is marked. */
struct view_marks {
    uint8_t *cut;  // it cannot be reached
    uint8_t *hard; // it cannot be reached but over a step made harder
};

/* What the stages hand on; lives during assess_run. */
struct stages {
    struct assessment *a;
    const uint8_t *sets[N_VIEWS]; // the measures, a byte each; not of VIEW_INHERENT
    struct view_marks marks[N_VIEWS];
    uint8_t *seen;    // mark per node: out of reach unseen, under measures decided
    uint8_t *limited; // mark per step: its consequences are limited by such measures
    struct forward forward_now;     // under measures in force; slot NULL: a->forward
    uint64_t *patterns;             // of each node: hash of its chain's shape
    uint32_t *excess;               // per incident (model order): over targets
    struct position *caps[N_VIEWS]; // per incident: limits by measures
    struct strmap excluded;         // subjects of the model's exclusions
    struct strmap settled;          // subjects that are accepted, transferred, avoided
    uint16_t *chain_classes; // per incident (canonical): threat classes on its chain
};

/* 1 if a node that is reachable without measures is so under a view. */
uint8_t reached_under(const struct stages *s, enum view view, uint32_t node);

void assess_threats(struct stages *s);
void assess_exclude_threats(struct stages *s);
void assess_incidents(struct stages *s);
void assess_map(struct stages *s);
void assess_importance(struct stages *s);
void assess_requirements(struct stages *s);
void assess_decisions(struct stages *s);
void assess_assumptions(struct stages *s);
void assess_warnings(struct stages *s);

/* 1 if the model excludes the subject `prefix` + `id`, such as "incident:" + "burn". */
int is_excluded(const struct stages *s, const char *prefix, const char *id);
/* The same for a decision to do something else than reduce it. */
int is_settled(const struct stages *s, const char *prefix, const char *id);

/* A harm under a view: what is stated, capped by the limits of measures. */
struct position harm_under(const struct stages *s, uint32_t incident,
                           const struct harm *harm, enum view view);

/* The worse of two positions, axis by axis. */
struct position position_worst(struct position a, struct position b);

/* How far a position is above a target: sum over axes of the levels above. */
unsigned position_excess(struct position p, const struct target *target);
#endif
