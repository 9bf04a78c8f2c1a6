// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* The map with likelihood; see figure_risk.h. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "page/chart.h"
#include "page/figure_panels.h"

#define WIDTH       760.0
#define PLOT_WIDTH  320.0
#define PLOT_HEIGHT 150.0
#define PLOT_LEFT   52.0
#define PLOT_TOP    44.0
#define PANEL       (PLOT_TOP + PLOT_HEIGHT + 30.0)
#define LEGEND_LINE 16.0
#define KEY_NAME    160.0

/* Rarer is not shown: no model knows that. */
#define LEAST_RATE 1e-8

/* Of one stakeholder at one level; more cannot be told apart. */
enum { MOST_HARMS = 10 };

enum { AXIS_ONE, AXIS_TWO, AXES, SHOWN_LEVELS = N_LEVELS - 1 };

struct drawing {
    const struct risk_pair *pair;
    const struct model_data *m;
    enum lang lang;
    struct buf *out;
    struct arena arena;
    struct panels panels;
    uint8_t *is_drawn;   // [harm * AXES * N_LEVELS + axis * N_LEVELS + level]
    uint32_t n_left_out; // harms that are shown, but for want of room
    uint32_t *number_of; // of each incident: in the legend, from 1; 0: not shown
    uint32_t n_numbers;
    double least, most; // a year, of all that is shown
};

/* The same harm in the other risk: endings of one model are in one order. */
static const struct risk_value *value_of(const struct risk *r, uint32_t harm, int axis,
                                         int level)
{
    return &r->harms[harm].levels[axis * N_LEVELS + level];
}

static int is_shown(const struct risk_value *v)
{
    return v->mean >= LEAST_RATE;
}

static uint8_t *mark_of(const struct drawing *d, uint32_t harm, int axis, int level)
{
    return &d->is_drawn[(size_t)harm * AXES * N_LEVELS + (size_t)(axis * N_LEVELS) +
                        (size_t)level];
}

static int harm_is_shown(const struct drawing *d, uint32_t harm, int axis, int level)
{
    return *mark_of(d, harm, axis, level);
}

struct often {
    double rate; // before or after, whichever is more
    uint32_t harm;
};

static int compare_often(const void *a, const void *b)
{
    const struct often *x = a, *y = b;
    if (x->rate < y->rate || x->rate > y->rate) return x->rate < y->rate ? 1 : -1;
    return x->harm < y->harm ? -1 : x->harm > y->harm;
}

/* Of what has one stakeholder at one level, the most frequent is drawn. */
static void choose_harms(struct drawing *d, uint32_t bearer, int axis, int level,
                         struct often *room)
{
    const struct risk *r = d->pair->after, *before = d->pair->before;
    uint32_t n = 0;
    for (uint32_t h = 0; h < r->endings.n; h++) {
        if (r->harms[h].bearer != bearer) continue;
        double rate = value_of(r, h, axis, level)->mean;
        if (before) rate = fmax(rate, value_of(before, h, axis, level)->mean);
        if (rate >= LEAST_RATE) room[n++] = (struct often){rate, h};
    }
    if (n) qsort(room, n, sizeof *room, compare_often);
    for (uint32_t i = 0; i < n && i < MOST_HARMS; i++)
        *mark_of(d, room[i].harm, axis, level) = 1;
    if (n > MOST_HARMS) d->n_left_out += n - MOST_HARMS;
}

static void choose(struct drawing *d)
{
    uint32_t n = d->pair->after->endings.n;
    struct often *room = mem_alloc((n + 1) * sizeof *room);
    d->is_drawn = arena_alloc(&d->arena, (size_t)n * AXES * N_LEVELS + 1);
    for (uint32_t i = 0; i < d->panels.n; i++)
        for (int axis = 0; axis < AXES; axis++)
            for (int level = LEVEL_LIMITED; level < N_LEVELS; level++)
                choose_harms(d, d->panels.bearers[i], axis, level, room);
    free(room);
}

static void measure_value(struct drawing *d, const struct risk_value *v)
{
    if (!is_shown(v)) return;
    // a spread that goes on for ever down is cut off
    double low = fmax(LEAST_RATE, fmax(v->mean / 100, fmin(v->mean, v->spread[0])));
    d->least = fmin(d->least, low);
    d->most = fmax(d->most, fmax(v->mean, v->spread[1]));
}

/* How far what happens is from what is tolerated is to be seen. */
static void measure_tolerable(struct drawing *d, int level)
{
    const struct number *tolerable = &d->m->criteria.recovery[level].tolerable;
    if (!tolerable->is_set) return;
    d->least = fmin(d->least, fmax(LEAST_RATE, tolerable->value));
    d->most = fmax(d->most, tolerable->value);
}

static int has_tolerable(const struct drawing *d)
{
    int n = 0;
    for (int level = LEVEL_LIMITED; level < N_LEVELS; level++)
        n += d->m->criteria.recovery[level].tolerable.is_set;
    return n > 0;
}

/* What is to be shown: its range, and numbers of the incidents in the order of ids. */
static void survey(struct drawing *d)
{
    const struct risk *r = d->pair->after;
    d->number_of = arena_array(&d->arena, r->n_incidents + 1, sizeof *d->number_of);
    d->least = HUGE_VAL;
    choose(d);
    for (uint32_t h = 0; h < r->endings.n; h++)
        for (int k = 0; k < AXES * N_LEVELS; k++) {
            int axis = k / N_LEVELS, level = k % N_LEVELS;
            uint32_t *number = &d->number_of[r->harms[h].incident];
            if (level == LEVEL_NONE || !harm_is_shown(d, h, axis, level)) continue;
            measure_value(d, value_of(r, h, axis, level));
            if (d->pair->before)
                measure_value(d, value_of(d->pair->before, h, axis, level));
            if (*number == 0) *number = ++d->n_numbers;
            if (axis == AXIS_ONE) measure_tolerable(d, level);
        }
}

/* ---- one plot ---------------------------------------------------------------------
 */

struct plot {
    const struct drawing *d;
    uint32_t bearer;
    int axis;
    double left;
    struct scale y;
};

static double column_width(void)
{
    return PLOT_WIDTH / SHOWN_LEVELS;
}

static void draw_box(const struct plot *p, double x, double width,
                     const struct risk_value *v, int is_after)
{
    struct pen pen = is_after ? (struct pen){SVG_ZONE_ALT, SVG_ACCENT, 1.4, NULL}
                              : (struct pen){NULL, SVG_SOFT, 1.1, "3 2"};
    struct pen mean = {NULL, is_after ? SVG_ACCENT : SVG_SOFT, is_after ? 2.4 : 1.6,
                       NULL};
    if (!is_shown(v)) return;
    double top = scale_place(&p->y, fmax(v->mean, v->spread[1])),
           bottom = scale_place(&p->y, fmin(v->mean, v->spread[0])),
           at = scale_place(&p->y, v->mean);
    if (bottom - top > 1.5) svg_rect(p->d->out, x, top, width, bottom - top, 2, pen);
    svg_line(p->d->out, x, at, x + width, at, mean);
}

static uint32_t count_harms(const struct plot *p, int level)
{
    const struct risk *r = p->d->pair->after;
    uint32_t n = 0;
    for (uint32_t h = 0; h < r->endings.n; h++)
        n += r->harms[h].bearer == p->bearer && harm_is_shown(p->d, h, p->axis, level);
    return n;
}

/* The upper end of what is drawn for a harm. */
static double top_of(const struct plot *p, uint32_t harm, int level)
{
    const struct risk_value *after = value_of(p->d->pair->after, harm, p->axis, level);
    double most = fmax(after->mean, after->spread[1]);
    if (p->d->pair->before) {
        const struct risk_value *before =
            value_of(p->d->pair->before, harm, p->axis, level);
        most = fmax(most, fmax(before->mean, before->spread[1]));
    }
    return scale_place(&p->y, most);
}

static void draw_harm(const struct plot *p, uint32_t harm, int level, double x,
                      double slot)
{
    const struct risk_pair *pair = p->d->pair;
    double half = fmin(11, slot * 0.42);
    char number[16];
    snprintf(number, sizeof number, "%u",
             p->d->number_of[pair->after->harms[harm].incident]);
    if (pair->before)
        draw_box(p, x - half, half - 0.5, value_of(pair->before, harm, p->axis, level),
                 0);
    draw_box(p, pair->before ? x + 0.5 : x - half / 2, half - 0.5,
             value_of(pair->after, harm, p->axis, level), 1);
    svg_text(p->d->out, x, top_of(p, harm, level) - 3, slot < 15 ? 8.5 : 10, 1,
             ANCHOR_MIDDLE, SVG_INK, number);
}

/* A line across the column at what is tolerated of harm at this level, on axis 1. */
static void draw_tolerable(const struct plot *p, int level, double x)
{
    const struct criterion *c = &p->d->m->criteria.recovery[level];
    if (p->axis != AXIS_ONE || !c->tolerable.is_set) return;
    if (c->tolerable.value < p->y.from || c->tolerable.value > p->y.to) return;
    double at = scale_place(&p->y, c->tolerable.value);
    svg_line(p->d->out, x + 3, at, x + column_width() - 3, at,
             (struct pen){NULL, SVG_ALERT, 1.6, "7 3"});
}

static void draw_column(const struct plot *p, int level)
{
    const struct risk *r = p->d->pair->after;
    const struct choice_set *levels =
        p->axis == AXIS_ONE ? &recovery_levels : &economic_levels;
    double x = p->left + column_width() * (level - 1);
    uint32_t n = count_harms(p, level), i = 0;
    double slot = n ? fmin(34, (column_width() - 8) / n) : 0;
    svg_line(p->d->out, x, PLOT_TOP, x, PLOT_TOP + PLOT_HEIGHT, chart_grid);
    svg_text(p->d->out, x + column_width() / 2, PLOT_TOP + PLOT_HEIGHT + 15, 11, 0,
             ANCHOR_MIDDLE, SVG_INK, text_in(choice_text(levels, level), p->d->lang));
    draw_tolerable(p, level, x);
    for (uint32_t h = 0; h < r->endings.n; h++) {
        if (r->harms[h].bearer != p->bearer || !harm_is_shown(p->d, h, p->axis, level))
            continue;
        double middle = x + column_width() / 2 + slot * (i++ - (n - 1) / 2.0);
        draw_harm(p, h, level, middle, slot);
    }
}

static void draw_plot(const struct plot *p)
{
    static const struct text titles[AXES] = {
        {{"axis 1: difficulty of recovery", "第1軸: 回復困難性の度合い"}},
        {{"axis 2: economic impact", "第2軸: 経済的影響の度合い"}}};
    svg_text(p->d->out, p->left + PLOT_WIDTH / 2, PLOT_TOP - 6, 10.5, 0, ANCHOR_MIDDLE,
             SVG_SOFT, text_in(titles[p->axis], p->d->lang));
    chart_decades(p->d->out, &p->y, p->left, p->left + PLOT_WIDTH);
    for (int level = LEVEL_LIMITED; level < N_LEVELS; level++)
        draw_column(p, level);
    svg_line(p->d->out, p->left, PLOT_TOP + PLOT_HEIGHT, p->left + PLOT_WIDTH,
             PLOT_TOP + PLOT_HEIGHT, (struct pen){NULL, SVG_EDGE, 1, NULL});
}

/* ---- all --------------------------------------------------------------------------
 */

/* Draws at the upper left; the group moves it down. */
static void draw_bearer(struct drawing *d, uint32_t bearer, double y)
{
    const struct stakeholder *s = LIST_AT(d->m->stakeholders, struct stakeholder,
                                          d->pair->after->bearers[bearer].stakeholder);
    const char *name = text_in(s->name, d->lang);
    struct label title = figure_label(&d->arena, name, 12.5, 1, WIDTH - 24, 1);
    buf_str(d->out, "<g transform=\"translate(0 ");
    svg_number(d->out, y);
    buf_str(d->out, ")\">");
    svg_group(d->out, "panel", s->entry.id, name);
    svg_label(d->out, 8, 4, ANCHOR_START, SVG_INK, &title);
    for (int axis = 0; axis < AXES; axis++) {
        struct plot p = {
            d, bearer, axis, PLOT_LEFT + axis * (PLOT_WIDTH + PLOT_LEFT),
            scale_decades(d->least, d->most, PLOT_TOP + PLOT_HEIGHT, PLOT_TOP)};
        draw_plot(&p);
    }
    svg_group_end(d->out);
    buf_str(d->out, "</g>\n");
}

/* Numbers and names, in two columns. */
static void draw_legend(struct drawing *d, double y)
{
    const struct risk *r = d->pair->after;
    uint32_t half = (d->n_numbers + 1) / 2;
    for (uint32_t i = 0; i < r->n_incidents; i++) {
        uint32_t number = d->number_of[i];
        if (number == 0) continue;
        const struct incident *x = LIST_AT(d->m->incidents, struct incident, i);
        char text[16];
        double left = number > half ? WIDTH / 2 : 0;
        double line = y + LEGEND_LINE * (double)((number - 1) % half);
        struct label name = figure_label(&d->arena, text_in(x->name, d->lang), 11, 0,
                                         WIDTH / 2 - 40, 1);
        snprintf(text, sizeof text, "%u", number);
        svg_text(d->out, left + 22, line + 11, 11, 1, ANCHOR_END, SVG_INK, text);
        svg_label(d->out, left + 30, line, ANCHOR_START, SVG_INK, &name);
    }
}

static void draw_key(struct drawing *d, double y)
{
    int ja = d->lang == LANG_JA;
    double x = 8;
    const struct text names[] = {d->pair->before_name, d->pair->after_name};
    for (int i = d->pair->before ? 0 : 1; i < 2; i++) {
        struct label label =
            figure_label(&d->arena, text_in(names[i], d->lang), 11, 0, KEY_NAME, 1);
        const char *name = label.n ? label.line[0] : "";
        svg_rect(d->out, x, y - 6, 12, 12, 2,
                 i ? (struct pen){SVG_ZONE_ALT, SVG_ACCENT, 1.4, NULL}
                   : (struct pen){NULL, SVG_SOFT, 1.1, "3 2"});
        svg_text(d->out, x + 18, y + 4, 11, 0, ANCHOR_START, SVG_INK, name);
        x += 40 + figure_text_width(name, strlen(name), 11, 0);
    }
    const char *spread = ja ? "縦軸は年間の頻度。箱は不確かさの幅（5～95%）、線は平均"
                            : "times a year; box: spread 5% to 95%, line: mean";
    svg_text(d->out, x, y + 4, 11, 0, ANCHOR_START, SVG_SOFT, spread);
    if (!has_tolerable(d)) return;
    x += 16 + figure_text_width(spread, strlen(spread), 11, 0);
    svg_line(d->out, x, y, x + 26, y, (struct pen){NULL, SVG_ALERT, 1.6, "7 3"});
    svg_text(d->out, x + 32, y + 4, 11, 0, ANCHOR_START, SVG_INK,
             ja ? "許容頻度" : "tolerable");
}

static double note_height(const struct drawing *d)
{
    return panels_note_height(&d->panels) + (d->n_left_out ? LEGEND_LINE : 0);
}

/* What is not drawn. */
static void draw_notes(const struct drawing *d, double y)
{
    char text[160];
    panels_note(&d->panels, y, d->lang, d->out);
    y += panels_note_height(&d->panels);
    if (d->n_left_out == 0) return;
    snprintf(
        text, sizeof text,
        d->lang == LANG_JA
            ? "各水準では頻度の高い%d件までを示す。ほかの%u件は awai risk --json "
              "にある。"
            : "At each level the %d most frequent; awai risk --json has the other %u.",
        MOST_HARMS, d->n_left_out);
    svg_text(d->out, 8, y + 12, 11, 0, ANCHOR_START, SVG_SOFT, text);
}

int figure_likelihood(const struct risk_pair *pair, enum lang lang, struct buf *out)
{
    struct drawing d = {.pair = pair,
                        .m = &pair->after->plan->graph->model->m,
                        .lang = lang,
                        .out = out};
    d.panels = panels_of(pair, panels_by_events, &d.arena);
    uint32_t n = d.panels.n;
    survey(&d);
    if (d.n_numbers) {
        double bottom = n * PANEL, note = note_height(&d),
               legend = LEGEND_LINE * ((d.n_numbers + 1) / 2);
        int ja = lang == LANG_JA;
        svg_open(out, "likelihood", WIDTH, bottom + legend + note + 40,
                 ja ? "起こりやすさを加えたマップ" : "The map with likelihood",
                 ja ? "ステークホルダーごとに、各インシデントの被害が各軸の水準に至る"
                      "年間の頻度を示す。"
                    : "For each stakeholder how often a year each incident does harm "
                      "at each level of each axis.",
                 lang);
        for (uint32_t i = 0; i < n; i++)
            draw_bearer(&d, d.panels.bearers[i], i * PANEL);
        draw_key(&d, bottom + 10);
        draw_notes(&d, bottom + 24);
        draw_legend(&d, bottom + note + 28);
        svg_close(out);
    }
    arena_fini(&d.arena);
    return d.n_numbers > 0;
}

const struct risk_figure risk_figures[N_RISK_FIGURES] = {
    {"likelihood", figure_likelihood},
    {"exceedance", figure_exceedance},
    {"drivers",    figure_drivers   },
};
