// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_FIGURE_PANELS_H
#define PAGE_FIGURE_PANELS_H
/*
 * Which stakeholders the figures of risk have a panel for: of many, those with the
 * greatest values, so that a figure can still be read.
 */
#include "page/figure_risk.h"

struct panels {
    uint32_t *bearers; // numbers, in order; in the arena
    uint32_t n, n_all; // that have a panel; that have a value
};

/* Of the bearers whose value is above 0, before or after, those where it is greatest.
 */
struct panels panels_of(const struct risk_pair *pair,
                        double (*value)(const struct risk_bearer *bearer),
                        struct arena *arena);

/* How often a year he is harmed, and what that costs: values to choose by. */
double panels_by_events(const struct risk_bearer *bearer);
double panels_by_loss(const struct risk_bearer *bearer);

/* The height of a note that not all are shown, 0 if all are; and the note, at y. */
double panels_note_height(const struct panels *panels);
void panels_note(const struct panels *panels, double y, enum lang lang,
                 struct buf *out);
#endif
