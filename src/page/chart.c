// SPDX-License-Identifier: Apache-2.0
/* Scales and grids; see chart.h. */
#include "page/chart.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const struct pen chart_before = {.stroke = SVG_SOFT, .width = 1.4, .dash = "4 3"};
const struct pen chart_after = {.stroke = SVG_ACCENT, .width = 2};
const struct pen chart_grid = {.stroke = SVG_ZONE_ALT, .width = 1};

double scale_place(const struct scale *s, double value)
{
    double along = s->is_log
                       ? value > 0 ? log(value / s->from) / log(s->to / s->from) : 0
                       : (value - s->from) / (s->to - s->from);
    return s->at + (s->end - s->at) * fmin(fmax(along, 0), 1);
}

struct scale scale_decades(double least, double most, double at, double end)
{
    double from = pow(10, floor(log10(least) + 1e-9));
    double to = pow(10, ceil(log10(most) - 1e-9));
    return (struct scale){from, to > from ? to : from * 10, at, end, 1};
}

double round_up(double value)
{
    static const double steps[] = {1, 2, 5, 10};
    double power = pow(10, floor(log10(value)));
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (steps[i] * power >= value * (1 - 1e-12)) return steps[i] * power;
    return value;
}

void decade_text(double value, char out[16])
{
    double exponent = round(log10(value));
    if (exponent >= -3 && exponent <= 5)
        snprintf(out, 16, "%.*f", exponent < 0 ? (int)-exponent : 0, value);
    else
        snprintf(out, 16, "1e%.0f", exponent);
}

void chart_decades(struct buf *out, const struct scale *y, double left, double right)
{
    const double least_apart = 13;
    double n = round(log10(y->to / y->from)), apart = fabs(y->end - y->at) / n;
    int step = apart >= least_apart ? 1 : (int)ceil(least_apart / apart);
    for (int i = 0; i <= (int)n; i += step) {
        char text[16];
        double value = y->from * pow(10, i), at = scale_place(y, value);
        svg_line(out, left, at, right, at, chart_grid);
        decade_text(value, text);
        svg_text(out, left - 6, at + 3.5, 10, 0, ANCHOR_END, SVG_SOFT, text);
    }
}

/* As much of a name as is so wide. */
static const char *fit(struct arena *arena, const char *name, double width)
{
    struct label label = figure_label(arena, name, 11, 0, width, 1);
    return label.n ? label.line[0] : "";
}

void chart_key(struct buf *out, double y, const char *before, const char *after)
{
    enum { SAMPLE = 28, GAP = 6, BETWEEN = 24, NAME = 200 };
    struct arena arena = {0};
    double x = 8;
    before = before ? fit(&arena, before, NAME) : NULL;
    after = fit(&arena, after, NAME);
    if (before) {
        svg_line(out, x, y, x + SAMPLE, y, chart_before);
        svg_text(out, x + SAMPLE + GAP, y + 4, 11, 0, ANCHOR_START, SVG_INK, before);
        x += SAMPLE + GAP + figure_text_width(before, strlen(before), 11, 0) + BETWEEN;
    }
    svg_line(out, x, y, x + SAMPLE, y, chart_after);
    svg_text(out, x + SAMPLE + GAP, y + 4, 11, 0, ANCHOR_START, SVG_INK, after);
    arena_fini(&arena);
}
