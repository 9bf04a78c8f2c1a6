// SPDX-License-Identifier: Apache-2.0
#ifndef ASSESS_ASSESS_INT_H
#define ASSESS_ASSESS_INT_H
/* Shared between the stages of the assessment only. */
#include "assess/assess.h"

/* Under which measures a position is looked at. */
enum view { VIEW_INHERENT, VIEW_NOW, VIEW_PLANNED, N_VIEWS };

/* What the stages hand on; lives during assess_run. */
struct stages {
    struct assessment *a;
    struct reach reach[N_VIEWS];     // [VIEW_INHERENT] is a->reach
    struct forward forward[N_VIEWS]; // PLANNED unused
    uint8_t *slowed[N_VIEWS];        // node lies behind a slowed step
    uint8_t *detected;               // node lies behind a detected step
    uint64_t *patterns;              // of each node: hash of its chain's shape
    uint32_t *excess;                // per incident (model order): over targets
    struct position *caps[N_VIEWS];  // per incident: limits by measures
    uint64_t *class_sets;            // per threat class: incidents its threats lead to
};

void assess_threats(struct stages *s);
void assess_exclusions(struct stages *s);
void assess_incidents(struct stages *s);
void assess_map(struct stages *s);
void assess_importance(struct stages *s);
void assess_requirements(struct stages *s);
void assess_decisions(struct stages *s);

/* A harm under a view: what is stated, capped by the limits of measures. */
struct position harm_under(const struct stages *s, uint32_t incident,
                           const struct harm *harm, enum view view);

/* The worse of two positions, axis by axis. */
struct position position_worst(struct position a, struct position b);

/* How far a position is above a target: sum over axes of the levels above. */
unsigned position_excess(struct position p, const struct target *target);
#endif
