// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Panels of stakeholders; see figure_panels.h. */
#include "page/figure_panels.h"

#include <math.h>
#include <stdio.h>

#include "page/chart.h"

enum { MOST_PANELS = 12, NOTE_HEIGHT = 20 };

double panels_by_events(const struct risk_bearer *bearer)
{
    return bearer->events.mean;
}

double panels_by_loss(const struct risk_bearer *bearer)
{
    return bearer->loss.mean;
}

/* The bearer with the greatest of n values above 0, or n; of equals the first. */
static uint32_t greatest(const double *values, uint32_t n)
{
    uint32_t most = n;
    for (uint32_t i = 0; i < n; i++)
        if (values[i] > 0 && (most == n || values[i] > values[most])) most = i;
    return most;
}

struct panels panels_of(const struct risk_pair *pair,
                        double (*value)(const struct risk_bearer *bearer),
                        struct arena *arena)
{
    uint32_t n = pair->after->n_bearers;
    struct panels p = {.bearers = arena_array(arena, n + 1, sizeof *p.bearers)};
    double *values = arena_array(arena, n + 1, sizeof *values);
    for (uint32_t i = 0; i < n; i++) {
        values[i] = value(&pair->after->bearers[i]);
        if (pair->before) values[i] = fmax(values[i], value(&pair->before->bearers[i]));
        p.n_all += values[i] > 0;
    }
    for (uint32_t i, k = 0; k < MOST_PANELS && (i = greatest(values, n)) < n; k++)
        values[i] = -1; // taken
    for (uint32_t i = 0; i < n; i++)
        if (values[i] < 0) p.bearers[p.n++] = i;
    return p;
}

double panels_note_height(const struct panels *panels)
{
    return panels->n < panels->n_all ? NOTE_HEIGHT : 0;
}

void panels_note(const struct panels *panels, double y, enum lang lang, struct buf *out)
{
    char text[160];
    if (panels->n == panels->n_all) return;
    snprintf(
        text, sizeof text,
        lang == LANG_JA
            ? "値の最も大きい%u者(全%u者中)を示す。全員分は awai risk --json にある。"
            : "The %u of %u stakeholders with the greatest values; awai risk --json "
              "has all.",
        panels->n, panels->n_all);
    svg_text(out, 8, y + 12, 11, 0, ANCHOR_START, SVG_SOFT, text);
}
