// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* How runs are spread over the values of outcomes; see figure_rehearse_kit.h. */
#include <math.h>
#include <string.h>

#include "page/figure_rehearse_kit.h"

#define LEFT   150.0
#define RIGHT  16.0
#define NAME   22.0
#define STRIP  30.0 // of a set of measures
#define ACROSS 26.0 // values

enum { BINS = 30, MOST_WHOLE = 8 };

struct bins {
    double from, wide; // of the first one; each
    uint32_t n;
    int is_whole; // a bin a whole number
    uint64_t counts[2][BINS];
};

static double value(const struct rehearse_view *v, uint32_t set, uint32_t outcome,
                    uint64_t world)
{
    return v->item->sets[set].outcomes[world * v->result->n_outcomes + outcome];
}

static int differs(const struct rehearse_view *v, uint32_t outcome)
{
    double first = value(v, 0, outcome, 0);
    for (uint32_t set = 0; set < v->result->plan.n_sets; set++)
        for (uint64_t w = 0; w < v->result->plan.runs; w++)
            if (fabs(value(v, set, outcome, w) - first) > 1e-9 * fabs(first)) return 1;
    return 0;
}

static uint32_t add(const struct rehearse_view *v, uint32_t outcome, uint32_t most,
                    uint32_t *outcomes, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (outcomes[i] == outcome) return n;
    if (n < most && differs(v, outcome)) outcomes[n++] = outcome;
    return n;
}

uint32_t spreads_choose(const struct rehearse_view *v, const char *const *names,
                        uint32_t most, uint32_t *outcomes)
{
    uint32_t n = 0, own = v->result->n_outcomes - N_GENERAL_OUTCOMES;
    for (size_t i = 0; names && names[i]; i++) {
        int outcome = trace_outcome(v->result->plan.cast->scenario, names[i]);
        if (outcome >= 0) n = add(v, (uint32_t)outcome, most, outcomes, n);
    }
    for (uint32_t i = 0; i < own; i++)
        n = add(v, i, most, outcomes, n);
    return n;
}

/* ---- counting ---------------------------------------------------------------------
 */

static void find_range(const struct rehearse_view *v, uint32_t outcome, double *least,
                       double *most, int *is_whole)
{
    *least = HUGE_VAL;
    *most = -HUGE_VAL;
    *is_whole = 1;
    for (uint32_t set = 0; set < v->result->plan.n_sets; set++) {
        for (uint64_t w = 0; w < v->result->plan.runs; w++) {
            double x = value(v, set, outcome, w);
            *least = fmin(*least, x);
            *most = fmax(*most, x);
            if (fabs(x - round(x)) > 1e-9) *is_whole = 0;
        }
    }
}

static struct bins count(const struct rehearse_view *v, uint32_t outcome)
{
    struct bins b = {.n = BINS};
    double least, most;
    find_range(v, outcome, &least, &most, &b.is_whole);
    b.is_whole = b.is_whole && most - least < MOST_WHOLE;
    struct scale s = plot_scale(least, most, 0, 480);
    b.from = b.is_whole ? least - 0.5 : s.from;
    b.n = b.is_whole ? (uint32_t)lround(most - least) + 1 : BINS;
    b.wide = b.is_whole ? 1 : (s.to - s.from) / BINS;
    for (uint32_t set = 0; set < v->result->plan.n_sets; set++) {
        for (uint64_t w = 0; w < v->result->plan.runs; w++) {
            double at = floor((value(v, set, outcome, w) - b.from) / b.wide);
            b.counts[set][(uint32_t)fmin(fmax(at, 0), b.n - 1)]++;
        }
    }
    return b;
}

/* ---- drawing ----------------------------------------------------------------------
 */

static void draw_strip(const struct rehearse_view *v, const struct bins *b,
                       uint32_t set, const struct plot *p)
{
    const struct pen pens[] = {
        {SVG_EDGE,   SVG_SOFT,   0.8, NULL},
        {SVG_ACCENT, SVG_ACCENT, 0.8, NULL}
    };
    uint64_t most = 1;
    for (uint32_t k = 0; k < v->result->plan.n_sets; k++)
        for (uint32_t i = 0; i < b->n; i++)
            if (b->counts[k][i] > most) most = b->counts[k][i];
    for (uint32_t i = 0; i < b->n; i++) {
        double share = (double)b->counts[set][i] / (double)v->result->plan.runs;
        double high = (p->y.at - p->y.end) * (double)b->counts[set][i] / (double)most;
        double x = scale_place(&p->x, b->from + i * b->wide);
        double end = scale_place(&p->x, b->from + (i + 1) * b->wide);
        double pad = b->is_whole ? (end - x) * 0.3 : 0.5;
        if (b->counts[set][i] == 0) continue;
        svg_rect(p->out, x + pad, p->y.at - fmax(high, 0.8), end - x - 2 * pad,
                 fmax(high, 0.8), 0, pens[set]);
        if (b->is_whole)
            svg_text(p->out, end - pad + 5, p->y.at - 4, 10, 0, ANCHOR_START, SVG_INK,
                     arena_printf(p->arena, share < 0.01 ? "%.1f%%" : "%.0f%%",
                                  100 * share));
    }
    svg_line(p->out, p->x.at, p->y.at, p->x.end, p->y.at,
             (struct pen){.stroke = SVG_EDGE, .width = 1});
}

/* "1: somebody was hit" is a question: what is asked, or NULL. */
static const char *question(const struct twin_quantity *q, enum lang lang)
{
    const char *about = text_in(q->about, lang);
    return strncmp(about, "1: ", 3) == 0 ? about + 3 : NULL;
}

static void draw_answers(const struct bins *b, const struct plot *p)
{
    static const struct text answers[] = {{{"no", "いいえ"}}, {{"yes", "はい"}}};
    for (uint32_t i = 0; i < b->n; i++)
        svg_text(p->out, scale_place(&p->x, b->from + i + 0.5), p->y.at + 14, 10, 0,
                 ANCHOR_MIDDLE, SVG_SOFT,
                 text_in(answers[b->from + i + 0.5 > 0.5], p->lang));
}

static void draw_values(const struct bins *b, const struct plot *p)
{
    if (!b->is_whole) {
        plot_across(p, 1, "");
        return;
    }
    for (uint32_t i = 0; i < b->n; i++)
        svg_text(p->out, scale_place(&p->x, b->from + i + 0.5), p->y.at + 14, 10, 0,
                 ANCHOR_MIDDLE, SVG_SOFT,
                 arena_printf(p->arena, "%.0f", b->from + i + 0.5));
}

static double draw_one(const struct rehearse_view *v, uint32_t outcome, double y,
                       double width, const struct plot *of)
{
    const struct twin_quantity *q =
        &cast_outcome(v->result->plan.cast->scenario, outcome)->q;
    struct bins b = count(v, outcome);
    struct plot p = *of;
    uint32_t n_sets = v->result->plan.n_sets;
    int is_question = b.is_whole && question(q, p.lang) && b.from > -1 && b.n <= 2;
    p.x = (struct scale){b.from, b.from + b.n * b.wide, LEFT, width - RIGHT, 0};
    svg_group(p.out, "outcome", q->name, text_in(q->about, p.lang));
    plot_text(&p, 8, y + 15, 11.5, 1, ANCHOR_START, SVG_INK, width - 16,
              is_question ? question(q, p.lang) : plot_name(p.arena, q, p.lang));
    for (uint32_t set = 0; set < n_sets; set++) {
        double bottom = y + NAME + (set + 1) * STRIP;
        p.y = (struct scale){0, 1, bottom, bottom - STRIP + 6, 0};
        plot_text(&p, LEFT - 8, bottom - 6, 10.5, 0, ANCHOR_END, SVG_SOFT, LEFT - 14,
                  text_in(v->names[set], p.lang));
        draw_strip(v, &b, set, &p);
    }
    if (is_question)
        draw_answers(&b, &p);
    else
        draw_values(&b, &p);
    svg_group_end(p.out);
    return NAME + n_sets * STRIP + ACROSS;
}

double spreads_draw(const struct rehearse_view *v, const uint32_t *outcomes, uint32_t n,
                    double y, double width, const struct plot *p)
{
    double from = y;
    for (uint32_t i = 0; i < n; i++)
        y += draw_one(v, outcomes[i], y, width, p);
    return y - from;
}
