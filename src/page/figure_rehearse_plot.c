// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Plots over time; see figure_rehearse_kit.h. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "page/figure_rehearse_kit.h"

#define SIZE_TICK 10.0
#define SIZE_KEY  11.0

/* ---- scales -----------------------------------------------------------------------
 */

static double step_of(const struct scale *s, double px_apart)
{
    return round_up(fabs(s->to - s->from) / fmax(fabs(s->end - s->at) / px_apart, 2));
}

/* A scale with whole steps at both ends is up to two steps longer, and must not come to
 * longer steps by that. */
#define PX_OF_SCALE 28.0
#define PX_OF_LEVEL 14.5

struct scale plot_scale(double least, double most, double at, double end)
{
    struct scale s = {least, most, at, end, 0};
    if (!(most - least > 1e-9 * fmax(fabs(most), 1e-6))) {
        double half = fmax(fabs(most) * 0.1, 0.5);
        s.from = least - half;
        s.to = most + half;
        if (least >= 0 && s.from < 0) s.from = 0;
    }
    double step = step_of(&s, PX_OF_SCALE);
    s.from = step * floor(s.from / step + 1e-9);
    s.to = step * ceil(s.to / step - 1e-9);
    return s;
}

const char *plot_number(struct arena *arena, double value)
{
    double size = fabs(value);
    if (size < 1e-12) return "0";
    if (size >= 1e6 || size < 1e-3) return arena_printf(arena, "%.3g", value);
    int digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    char text[48];
    snprintf(text, sizeof text, "%.*f", digits, value);
    if (strchr(text, '.')) {
        size_t len = strlen(text);
        while (text[len - 1] == '0')
            text[--len] = '\0';
        if (text[len - 1] == '.') text[len - 1] = '\0';
    }
    return arena_str(arena, text);
}

const char *plot_name(struct arena *arena, const struct twin_quantity *q,
                      enum lang lang)
{
    static const char *const units[][2] = {
        {"degC", "\u00b0C"},
        {"1",    ""       }
    };
    const char *unit = q->unit;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(unit, units[i][0]) == 0) unit = units[i][1];
    return arena_printf(arena, *unit ? "%s (%s)" : "%s", text_in(q->about, lang), unit);
}

void plot_text(const struct plot *p, double x, double y, double size, int bold,
               enum anchor anchor, const char *colour, double width, const char *text)
{
    struct label label = figure_label(p->arena, text, size, bold, width, 1);
    if (label.n) svg_text(p->out, x, y, size, bold, anchor, colour, label.line[0]);
}

/* ---- frame ------------------------------------------------------------------------
 */

static void draw_level(const struct plot *p, double value, int has_labels)
{
    double at = scale_place(&p->y, value);
    svg_line(p->out, p->x.at, at, p->x.end, at, chart_grid);
    if (has_labels)
        svg_text(p->out, p->x.at - 6, at + 3.5, SIZE_TICK, 0, ANCHOR_END, SVG_SOFT,
                 plot_number(p->arena, value));
}

static void draw_decades(const struct plot *p, int has_labels)
{
    int n = (int)lround(log10(p->y.to / p->y.from));
    int step = n <= 4 ? 1 : (n + 3) / 4;
    for (int i = 0; i <= n; i += step)
        draw_level(p, p->y.from * pow(10, i), has_labels);
}

void plot_levels(const struct plot *p, int has_labels)
{
    double step = step_of(&p->y, PX_OF_LEVEL),
           first = step * ceil(p->y.from / step - 1e-9);
    if (p->y.is_log)
        draw_decades(p, has_labels);
    else
        for (int i = 0; first + i * step <= p->y.to + step * 1e-6; i++) {
            double value = first + i * step;
            draw_level(p, fabs(value) < step * 1e-6 ? 0 : value, has_labels);
        }
    svg_line(p->out, p->x.at, p->y.at, p->x.end, p->y.at,
             (struct pen){.stroke = SVG_EDGE, .width = 1});
}

void plot_across(const struct plot *p, double per, const char *unit)
{
    const double px_apart = 56;
    double from = p->x.from / per, to = p->x.to / per;
    double step = round_up((to - from) * px_apart / (p->x.end - p->x.at));
    double first = step * ceil(from / step - 1e-9);
    for (int i = 0; first + i * step <= to + step * 1e-6; i++) {
        double value = first + i * step, at = scale_place(&p->x, value * per);
        int is_last = first + (i + 1) * step > to + step * 1e-6;
        svg_line(p->out, at, p->y.at, at, p->y.at + 3,
                 (struct pen){.stroke = SVG_EDGE, .width = 1});
        const char *number =
            plot_number(p->arena, fabs(value) < step * 1e-6 ? 0 : value);
        int is_at_end = *unit && at > p->x.end - 12; // a neighbour may begin there
        svg_text(p->out, is_at_end ? p->x.end + 4 : at, p->y.at + 14, SIZE_TICK, 0,
                 is_at_end ? ANCHOR_END : ANCHOR_MIDDLE, SVG_SOFT,
                 is_last && *unit ? arena_printf(p->arena, "%s %s", number, unit)
                                  : number);
    }
}

void plot_times(const struct plot *p)
{
    static const struct {
        double most, per;
        struct text unit;
    } units[] = {
        {300,       1,     {{"s", "秒"}}   },
        {3 * 3600,  60,    {{"min", "分"}} },
        {3 * 86400, 3600,  {{"h", "時間"}}},
        {HUGE_VAL,  86400, {{"days", "日"}}}
    };
    size_t i = 0;
    while (p->x.to > units[i].most)
        i++;
    plot_across(p, units[i].per, text_in(units[i].unit, p->lang));
}

/* ---- series and limits ------------------------------------------------------------
 */

void plot_series(const struct plot *p, const struct trace *t, uint32_t variable,
                 struct pen pen)
{
    struct point *points = arena_array(p->arena, 2 * t->n + 2, sizeof *points);
    size_t n = 0;
    for (uint32_t i = 0; i < t->n; i++) {
        double ends[] = {scale_place(&p->y, t->least[variable][i]),
                         scale_place(&p->y, t->most[variable][i])};
        int first =
            n && fabs(points[n - 1].y - ends[1]) < fabs(points[n - 1].y - ends[0]);
        for (int k = 0; k < 2; k++) {
            double y = ends[k ^ first], along = i + (k ? 0.75 : 0.25);
            double x = scale_place(&p->x, fmin(along * t->every_s, t->end_s));
            // what stays as it was is one line, not many points
            int goes_on = n > 1 && fabs(points[n - 1].y - y) < 0.05 &&
                          fabs(points[n - 2].y - y) < 0.05;
            if (k == 1 && fabs(ends[0] - ends[1]) < 0.05) break;
            if (goes_on) n--;
            points[n++] = (struct point){x, y};
        }
    }
    if (n > 1) svg_route(p->out, points, n, 0, pen);
}

void plot_limit(const struct plot *p, double value, const char *name, int at_right)
{
    double least = fmin(p->y.from, p->y.to), most = fmax(p->y.from, p->y.to);
    if (!(value >= least) || !(value <= most)) return;
    double y = scale_place(&p->y, value);
    svg_line(p->out, p->x.at, y, p->x.end, y,
             (struct pen){.stroke = SVG_ALERT, .width = 1, .dash = "5 3"});
    double up = y - 3 < p->y.end + 8 ? y + 10 : y - 3;
    plot_text(p, at_right ? p->x.end - 4 : p->x.at + 4, up, SIZE_TICK - 0.5, 0,
              at_right ? ANCHOR_END : ANCHOR_START, SVG_ALERT,
              (p->x.end - p->x.at) * 0.45, name);
}

/* ---- what happened when -----------------------------------------------------------
 */

static const struct {
    const char *letter, *colour, *dash;
    struct text name;
} looks[] = {
    [MARK_ATTACK] = {"A",      SVG_ALERT,  NULL,  {{"attack begins", "攻撃の開始"}}},
    [MARK_REFUSED] = {"\u00d7",
                     SVG_SOFT,             "2 2",
                     {{"refused by a measure", "対策による拒否"}}                },
    [MARK_SEEN] = {"S",      SVG_ACCENT, "2 2", {{"attack seen", "攻撃の検知"}}  },
    [MARK_RESPONSE] = {"R",      SVG_ACCENT, NULL,  {{"people respond", "人の対応"}}  },
    [MARK_ENDED] = {"E",      SVG_SOFT,   "4 2", {{"attack ends", "攻撃の終了"}}  },
};

/* Marks that would stand on an earlier one of the same kind say nothing more. */
static int is_new(const struct plot *p, const struct trace *t, uint32_t i)
{
    double at = scale_place(&p->x, t->marks[i].t);
    for (uint32_t k = 0; k < i; k++)
        if (t->marks[k].kind == t->marks[i].kind &&
            fabs(scale_place(&p->x, t->marks[k].t) - at) < 8)
            return 0;
    return 1;
}

static double ends_at(const struct trace *t, uint32_t attack)
{
    for (uint32_t i = attack + 1; i < t->n_marks; i++)
        if (t->marks[i].kind == MARK_ENDED && t->marks[i].step == t->marks[attack].step)
            return t->marks[i].t;
    return t->end_s;
}

/* From the first attack to the end of the last: one shade, however many steps. */
static void shade(const struct plot *p, const struct trace *t)
{
    double from = HUGE_VAL, to = 0;
    for (uint32_t i = 0; i < t->n_marks; i++) {
        if (t->marks[i].kind != MARK_ATTACK) continue;
        from = fmin(from, t->marks[i].t);
        to = fmax(to, ends_at(t, i));
    }
    if (!(to > from)) return;
    double x = scale_place(&p->x, from);
    svg_rect(p->out, x, p->y.end, scale_place(&p->x, to) - x, p->y.at - p->y.end, 0,
             (struct pen){.fill = SVG_ZONE});
}

void plot_marks(const struct plot *p, const struct trace *t)
{
    shade(p, t);
    for (uint32_t i = 0; i < t->n_marks; i++) {
        double x = scale_place(&p->x, t->marks[i].t);
        if (is_new(p, t, i))
            svg_line(p->out, x, p->y.end, x, p->y.at,
                     (struct pen){.stroke = looks[t->marks[i].kind].colour,
                                  .width = 1,
                                  .dash = looks[t->marks[i].kind].dash});
    }
}

static void draw_letter(const struct plot *p, int kind, double x, double y)
{
    svg_circle(p->out, x, y, 7,
               (struct pen){SVG_PAPER, looks[kind].colour, 1.4, looks[kind].dash});
    svg_text(p->out, x, y + 3.5, SIZE_TICK, 1, ANCHOR_MIDDLE, looks[kind].colour,
             looks[kind].letter);
}

/* Side by side where they would cover each other. */
void plot_mark_letters(const struct plot *p, const struct trace *t, double y)
{
    double free_from = -HUGE_VAL;
    for (uint32_t i = 0; i < t->n_marks; i++) {
        double x = fmax(scale_place(&p->x, t->marks[i].t), free_from);
        if (!is_new(p, t, i) || x > p->x.end + 8) continue;
        draw_letter(p, t->marks[i].kind, x, y);
        free_from = x + 16;
    }
}

static int has_mark(const struct trace *const t[2], int kind)
{
    for (int k = 0; k < 2; k++)
        for (uint32_t i = 0; t[k] && i < t[k]->n_marks; i++)
            if (t[k]->marks[i].kind == kind) return 1;
    return 0;
}

double plot_mark_key(const struct plot *p, const struct trace *const t[2], double x,
                     double y, double width)
{
    const double row = 20, gap = 22, sign = 13;
    double at = x, height = 0;
    for (int kind = 0; kind <= MARK_ENDED; kind++) {
        const char *name = text_in(looks[kind].name, p->lang);
        double wide = sign + figure_text_width(name, strlen(name), SIZE_KEY, 0) + gap;
        if (!has_mark(t, kind)) continue;
        if (at > x && at + wide > x + width) {
            at = x;
            height += row;
        }
        draw_letter(p, kind, at + 7, y + height + row / 2);
        svg_text(p->out, at + 7 + sign, y + height + row / 2 + 4, SIZE_KEY, 0,
                 ANCHOR_START, SVG_INK, name);
        at += wide + 7;
    }
    return at > x ? height + row : height;
}
