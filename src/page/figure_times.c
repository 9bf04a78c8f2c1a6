// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* When incidents are reached; see figure_times.h. */
#include "page/figure_times.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "page/chart.h"

enum { ACROSS = 3, POINTS = 60, MOST_PANELS = 30 };

#define PANEL_WIDTH  250.0
#define PANEL_HEIGHT 178.0
#define PLOT_LEFT    44.0
#define PLOT_TOP     46.0
#define PLOT_WIDTH   188.0
#define PLOT_HEIGHT  96.0
#define LEAST_DAYS   0.1
#define MOST_DAYS    365.0
#define LEGEND       30.0
#define NOTE         18.0
#define LEAST_SHARE  1e-6

struct panel {
    const struct times_set *before, *after; // before: or NULL
    uint32_t target;
    double x, y, top; // top: the share at the upper end
    uint64_t *bins;
    struct arena *arena;
    enum lang lang;
};

/* The days at a point of the scale. */
static double days_at(int point)
{
    return LEAST_DAYS * pow(MOST_DAYS / LEAST_DAYS, (double)point / POINTS);
}

static double place_x(const struct panel *p, double days)
{
    double along = log(days / LEAST_DAYS) / log(MOST_DAYS / LEAST_DAYS);
    return p->x + PLOT_LEFT + PLOT_WIDTH * along;
}

static double place_y(const struct panel *p, double share)
{
    double up = share < p->top ? share / p->top : 1;
    return p->y + PLOT_TOP + PLOT_HEIGHT * (1 - up);
}

/* How many worlds have reached the target by each point. */
static void count_by(const struct panel *p, const struct tally *t, uint64_t *by)
{
    struct tally_target total = tally_total(t, p->target, p->bins);
    for (int i = 0; i <= POINTS; i++)
        by[i] = tally_reached_by(t, &total, days_at(i));
}

static double share_of(uint64_t k, uint64_t n)
{
    return n ? (double)k / (double)n : 0;
}

static void draw_curve(const struct panel *p, const struct tally *t, struct pen pen,
                       struct buf *out)
{
    struct point points[POINTS + 1];
    uint64_t by[POINTS + 1];
    count_by(p, t, by);
    for (int i = 0; i <= POINTS; i++)
        points[i] = (struct point){place_x(p, days_at(i)),
                                   place_y(p, share_of(by[i], t->trials))};
    svg_route(out, points, POINTS + 1, 0, pen);
}

static void draw_band(const struct panel *p, const struct tally *t, struct buf *out)
{
    struct point points[2 * POINTS + 2];
    uint64_t by[POINTS + 1];
    count_by(p, t, by);
    for (int i = 0; i <= POINTS; i++) {
        double ends[2];
        dist_share_interval(by[i], t->trials, ends);
        points[i] = (struct point){place_x(p, days_at(i)), place_y(p, ends[1])};
        points[2 * POINTS + 1 - i] =
            (struct point){place_x(p, days_at(i)), place_y(p, ends[0])};
    }
    svg_polygon(out, points, 2 * POINTS + 2, (struct pen){.fill = SVG_ZONE_ALT});
}

static void draw_axes(const struct panel *p, struct buf *out)
{
    static const double days[] = {0.1, 1, 10, 100};
    double left = p->x + PLOT_LEFT, bottom = p->y + PLOT_TOP + PLOT_HEIGHT;
    char text[32];
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        double x = place_x(p, days[i]);
        svg_line(out, x, p->y + PLOT_TOP, x, bottom, chart_grid);
        int is_last = i + 1 == sizeof days / sizeof *days;
        snprintf(text, sizeof text, "%g%s", days[i],
                 !is_last             ? ""
                 : p->lang == LANG_JA ? "日"
                                      : " days");
        svg_text(out, x, bottom + 13, 10, 0, ANCHOR_MIDDLE, SVG_SOFT, text);
    }
    svg_line(out, left, bottom, left + PLOT_WIDTH, bottom,
             (struct pen){.stroke = SVG_EDGE, .width = 1});
    snprintf(text, sizeof text, "%g%%", 100 * p->top);
    svg_text(out, left - 6, p->y + PLOT_TOP + 4, 10, 0, ANCHOR_END, SVG_SOFT, text);
    svg_text(out, left - 6, bottom + 3, 10, 0, ANCHOR_END, SVG_SOFT, "0");
}

static double highest(const struct panel *p)
{
    double most = 0, none[2];
    for (int k = p->before ? 0 : 1; k < 2; k++) {
        const struct tally *t = k ? p->after->tally : p->before->tally;
        dist_share_interval(0, t->trials, none);
        most = fmax(most, none[1]); // what was never reached may be as likely
        most =
            fmax(most, share_of(tally_total(t, p->target, p->bins).reached, t->trials));
    }
    return fmin(1, round_up(fmax(most, LEAST_SHARE)));
}

static void draw_panel(struct panel *p, const struct text *name, struct buf *out)
{
    const char *title = text_in(*name, p->lang);
    struct label label = figure_label(p->arena, title, 11.5, 1, PANEL_WIDTH - 24, 2);
    p->top = highest(p);
    svg_group(out, NULL, NULL, title);
    svg_label(out, p->x + 8, p->y + 8, ANCHOR_START, SVG_INK, &label);
    draw_axes(p, out);
    draw_band(p, p->after->tally, out);
    if (p->before) draw_curve(p, p->before->tally, chart_before, out);
    draw_curve(p, p->after->tally, chart_after, out);
    svg_group_end(out);
}

static void open(double width, double height, enum lang lang, struct buf *out)
{
    int ja = lang == LANG_JA;
    svg_open(
        out, "times", width, height,
        ja ? "到達までの日数" : "Days until incidents are reached",
        ja ? "インシデントごとに、攻撃活動のうち到達したものの割合を日数に対して示す"
             "（帯は95%信頼区間）。"
           : "For each incident the share of campaigns that have reached it, by "
             "days (band: 95% interval).",
        lang);
}

/* How many are not drawn. */
static void draw_note(uint32_t n, uint32_t n_more, double y, enum lang lang,
                      struct buf *out)
{
    char text[120];
    if (n_more == 0) return;
    snprintf(text, sizeof text,
             lang == LANG_JA
                 ? "初めの%u件を示す。ほかの%u件は awai attack --json にある。"
                 : "The first %u; awai attack --json has the other %u.",
             n, n_more);
    svg_text(out, 8, y + 8, 11, 0, ANCHOR_START, SVG_SOFT, text);
}

int figure_times(const struct times_set *before, const struct times_set *after,
                 const struct text *names, enum lang lang, struct buf *out)
{
    struct arena arena = {0};
    uint32_t n =
        after->tally->n_targets < MOST_PANELS ? after->tally->n_targets : MOST_PANELS;
    if (n == 0) return 0;
    double bottom = (n + ACROSS - 1) / ACROSS * PANEL_HEIGHT;
    struct panel p = {.before = before, .after = after, .arena = &arena, .lang = lang};
    p.bins = mem_alloc(after->tally->n_bins * sizeof *p.bins);
    uint32_t n_more = after->tally->n_targets - n;
    open(ACROSS * PANEL_WIDTH, bottom + LEGEND + (n_more ? NOTE : 0), lang, out);
    for (uint32_t i = 0; i < n; i++) {
        p.target = i;
        p.x = i % ACROSS * PANEL_WIDTH;
        p.y = (double)(i / ACROSS) * PANEL_HEIGHT;
        draw_panel(&p, &names[i], out);
    }
    chart_key(out, bottom + LEGEND / 2, before ? text_in(before->name, lang) : NULL,
              text_in(after->name, lang));
    draw_note(n, n_more, bottom + LEGEND, lang, out);
    svg_close(out);
    free(p.bins);
    arena_fini(&arena);
    return 1;
}
