// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_CHART_H
#define PAGE_CHART_H
/*
 * What the diagrams of numbers share: scales, their grid and labels. Lengths in px.
 */
#include "page/svg.h"

/* Values from `from` to `to` on a line of px from `at` to `end`. */
struct scale {
    double from, to, at, end;
    int is_log; // from and to are above 0
};

/* Where a value is; what is beyond an end is at that end. */
double scale_place(const struct scale *s, double value);

/* Whole powers of ten around values from least to most, both above 0. */
struct scale scale_decades(double least, double most, double at, double end);

/* 1, 2 or 5 times a power of ten: the least that is at least a value above 0. */
double round_up(double value);

/* "0.001", "1e-5": a power of ten. */
void decade_text(double value, char out[16]);

/* A level grid line for each power of ten of a logarithmic y scale, with its label at
 * the left; not all labels where they would be too close. */
void chart_decades(struct buf *out, const struct scale *y, double left, double right);

/* The key below a diagram: before as a dashed line, after as a full one. */
void chart_key(struct buf *out, double y, const char *before, const char *after);

/* Draws with it. */
extern const struct pen chart_before, chart_after, chart_grid;
#endif
