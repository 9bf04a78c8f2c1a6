// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_FIGURE_REHEARSE_KIT_H
#define PAGE_FIGURE_REHEARSE_KIT_H
/*
 * What the pictures of rehearsals share: runs had again and recorded, plots of values
 * over time, histograms. Private to figure_rehearse*.c and report_rehearse.c; the table
 * of limits serves the live page, too.
 */
#include "page/chart.h"
#include "page/figure_int.h"
#include "page/figure_rehearse.h"

/* ---- a run recorded ----------------------------------------------------------------
 */

enum { TRACE_VARIABLES = 12, TRACE_BUCKETS = 320 };

/* Variables of the twin over time: least and most of each stretch of time, so that a
 * peak is seen however long the run. */
struct trace {
    uint32_t n_variables, n; // n: stretches
    int variables[TRACE_VARIABLES];
    double every_s, end_s;
    double least[TRACE_VARIABLES][TRACE_BUCKETS], most[TRACE_VARIABLES][TRACE_BUCKETS];
    uint32_t n_marks;
    struct stage_mark marks[STAGE_MOST_MARKS];
    const double *last;    // of each variable of the twin, at the end
    const double *chances; // of the scenario
};

/* Runs a world of the item again with a set of measures and records the variables. */
struct trace *trace_run(const struct rehearse_view *v, int set, uint64_t world,
                        const int *variables, uint32_t n, struct arena *arena);

/*
 * Runs the worlds 0 to n - 1 again and lets `look` see each stage before each step and
 * at its end; `note`: of this world, of `size` bytes, zeroed at first.
 */
typedef void trace_look(void *note, const struct stage *s);
void trace_all(const struct rehearse_view *v, int set, uint64_t n, trace_look *look,
               void *notes, size_t size);

/* What a picture has run again for v->item, made by `gather` in the arena when it is
 * not there yet. */
typedef void *again_gather(const struct rehearse_view *v, struct arena *arena);
const void *again_of(const struct rehearse_view *v, int part, again_gather *gather);

/* The number of an outcome, or -1. */
int trace_outcome(const struct scenario *s, const char *name);
/* The chance or variable of the twin of that name, as it was at the end; NAN if there
 * is none. */
double trace_value(const struct rehearse_view *v, const struct trace *t,
                   const char *name);
/* A variable of the twin, NAN if there is none. */
double stage_value(const struct stage *s, const char *name);

/* ---- limits ------------------------------------------------------------------------
 */

/* What a variable is measured against. */
struct limit {
    const char *twin, *variable;
    const char *parameter; // whose value it is, of the twin or a chance; NULL: `value`
    double value;
    struct text name;
};
extern const struct limit rehearse_limits[];
extern const size_t n_rehearse_limits;

/* ---- plots -------------------------------------------------------------------------
 */

struct plot {
    struct scale x, y; // px: where the frame is
    enum lang lang;
    struct buf *out;
    struct arena *arena;
};

/* Frame with level lines and labels at the left, if wanted; steps of 1, 2, 5. */
void plot_levels(const struct plot *p, int has_labels);
/* Labels of whole steps of a linear x below the frame, `unit` at the last one. */
void plot_across(const struct plot *p, double per, const char *unit);
/* The same, in the unit of time that suits seconds. */
void plot_times(const struct plot *p);
/* A variable of a trace. */
void plot_series(const struct plot *p, const struct trace *t, uint32_t variable,
                 struct pen pen);
/* A limit as a dashed line, with its name above it at the left, or the right end. */
void plot_limit(const struct plot *p, double value, const char *name, int at_right);
/* What happened when: lines over the frame; the attack's time shaded. */
void plot_marks(const struct plot *p, const struct trace *t);
/* Letters of the marks at a height, and what they mean; returns the height it takes. */
void plot_mark_letters(const struct plot *p, const struct trace *t, double y);
double plot_mark_key(const struct plot *p, const struct trace *const t[2], double x,
                     double y, double width);

/* A scale from least to most, with whole steps at both ends. */
struct scale plot_scale(double least, double most, double at, double end);
/* "12.3": three digits, no exponent where it can be avoided. */
const char *plot_number(struct arena *arena, double value);
/* A text of at most so many px. */
void plot_text(const struct plot *p, double x, double y, double size, int bold,
               enum anchor anchor, const char *colour, double width, const char *text);
/* A name with its unit in brackets. */
const char *plot_name(struct arena *arena, const struct twin_quantity *q,
                      enum lang lang);

/* ---- distributions -----------------------------------------------------------------
 */

enum { MOST_SPREADS = 4 };
/* The outcomes that say most of an incident, at most `most`: those named first (ended
 * by NULL), then in the order of the scenario; only what differs between runs. */
uint32_t spreads_choose(const struct rehearse_view *v, const char *const *names,
                        uint32_t most, uint32_t *outcomes);
/* How the runs are spread over their values, with each set of measures, from y on;
 * returns the height. */
double spreads_draw(const struct rehearse_view *v, const uint32_t *outcomes, uint32_t n,
                    double y, double width, const struct plot *p);

/* ---- pictures of twins -------------------------------------------------------------
 */

/* One part of the picture of a twin. gather: NULL when there is nothing to draw. */
struct twin_picture {
    const char *twin;
    again_gather *gather;
    double height;
    void (*draw)(const struct rehearse_view *v, const void *gathered,
                 const struct plot *p);
    struct text title, about;
    uint32_t n_spreads;         // outcomes shown below it
    const char *const *spreads; // which rather than others; ended by NULL
};
#define TWIN_WIDTH 720.0
extern const struct twin_picture picture_heater, picture_column, picture_drone,
    picture_monitor, picture_weldcell;
/* The check of a twin by its name, or NULL. */
const struct twin_check *picture_check(const struct rehearse_view *v, const char *name);
/* The frame of a set's part of a picture: side by side. */
struct plot picture_part(const struct plot *p, const struct rehearse_view *v,
                         uint32_t set, double top, double bottom);
#endif
