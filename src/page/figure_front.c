// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Cost against risk; see figure_front.h. */
#include "page/figure_front.h"

#include <math.h>
#include <stdio.h>

#include "page/chart.h"
#include "page/money.h"

enum { TICKS = 5 };

#define WIDTH  760.0
#define HEIGHT 300.0
#define LEFT   64.0
#define RIGHT  (WIDTH - 44.0)
#define TOP    36.0
#define BOTTOM (HEIGHT - 52.0)

struct drawing {
    const struct plan_answer *a;
    const struct plan_set *here; // or NULL
    struct scale x, y;
    enum lang lang;
    struct buf *out;
    struct buf text; // of one point
};

/* The step between ticks: 1, 2 or 5 times a power of ten. */
static double tick_of(double most)
{
    return most > 0 ? round_up(most / TICKS) : 1;
}

static void draw_axes(struct drawing *d)
{
    double tick = tick_of(d->x.to), level = fmax(1, tick_of(d->y.to));
    char text[MONEY_BYTES];
    int ja = d->lang == LANG_JA;
    for (double left = 0; left <= d->y.to; left += level) {
        double y = scale_place(&d->y, left);
        svg_line(d->out, LEFT, y, RIGHT, y, chart_grid);
        snprintf(text, sizeof text, "%.0f", left);
        svg_text(d->out, LEFT - 8, y + 4, 10.5, 0, ANCHOR_END, SVG_SOFT, text);
    }
    for (double cost = 0; cost <= d->x.to; cost += tick) {
        double x = scale_place(&d->x, cost);
        svg_line(d->out, x, BOTTOM, x, BOTTOM + 4,
                 (struct pen){NULL, SVG_EDGE, 1, NULL});
        money_exact(cost, d->a->c->currency, d->lang, text);
        svg_text(d->out, x, BOTTOM + 18, 10.5, 0, ANCHOR_MIDDLE, SVG_SOFT, text);
    }
    svg_line(d->out, LEFT, BOTTOM, RIGHT, BOTTOM,
             (struct pen){NULL, SVG_EDGE, 1, NULL});
    svg_text(d->out, RIGHT, HEIGHT - 10, 11, 0, ANCHOR_END, SVG_SOFT,
             ja ? "費用" : "cost");
    svg_text(d->out, 8, TOP - 18, 11, 0, ANCHOR_START, SVG_SOFT,
             ja ? "目標水準を超えて残るリスク" : "risk left above target");
}

/* From one best trade to the next: less is left only when the next can be paid. */
static void draw_steps(const struct drawing *d)
{
    const struct plan_front *f = &d->a->front;
    for (size_t i = 0; i < f->n; i++) {
        double y = scale_place(&d->y, f->sets[i].left),
               x = scale_place(&d->x, f->sets[i].cost);
        if (i + 1 == f->n && d->a->is_front_cut) return;
        double next = i + 1 < f->n ? scale_place(&d->x, f->sets[i + 1].cost) : RIGHT;
        svg_line(d->out, x, y, next, y, chart_after);
        if (i + 1 < f->n)
            svg_line(d->out, next, y, next, scale_place(&d->y, f->sets[i + 1].left),
                     (struct pen){NULL, SVG_ACCENT, 1, "2 3"});
    }
}

static const char *describe(struct drawing *d, const struct plan_set *set)
{
    const struct plan *plan = d->a->plan;
    const struct list *measures = &d->a->c->model.m.measures;
    d->text.len = 0;
    for (uint32_t k = 0; k < plan->n_candidates; k++)
        if (set->of[plan->candidates[k]])
            buf_printf(
                &d->text, "%s%s", d->text.len ? ", " : "",
                LIST_AT(*measures, struct measure, plan->candidates[k])->entry.id);
    if (d->text.len) return buf_text(&d->text);
    return d->lang == LANG_JA ? "対策なし" : "no measure";
}

static int is_plan(const struct drawing *d, const struct plan_set *set)
{
    return fabs(set->cost - d->a->set.cost) <= 1e-9 * (1 + set->cost) &&
           set->left == d->a->set.left;
}

static void draw_point(struct drawing *d, const struct plan_set *set, int chosen,
                       const char *number)
{
    double x = scale_place(&d->x, set->cost), y = scale_place(&d->y, set->left);
    svg_group(d->out, number ? "trade" : NULL, number, describe(d, set));
    svg_circle(d->out, x, y, chosen ? 6.5 : 4.5,
               (struct pen){chosen ? SVG_ACCENT : SVG_PAPER, SVG_ACCENT, 2, NULL});
    if (chosen)
        svg_text(d->out, x - 2, y - 12, 11, 1, ANCHOR_END, SVG_INK,
                 d->lang == LANG_JA ? "計画" : "the plan");
    svg_group_end(d->out);
}

static void draw_points(struct drawing *d)
{
    const struct plan_front *f = &d->a->front;
    char number[24];
    int n_chosen = 0;
    for (size_t i = 0; i < f->n; i++) {
        int chosen = is_plan(d, &f->sets[i]);
        n_chosen += chosen;
        snprintf(number, sizeof number, "%zu", i);
        draw_point(d, &f->sets[i], chosen, number);
    }
    if (!d->a->is_front_cut) return;
    if (n_chosen == 0) draw_point(d, &d->a->set, 1, NULL);
    svg_text(d->out, LEFT, HEIGHT - 10, 11, 0, ANCHOR_START, SVG_SOFT,
             d->lang == LANG_JA
                 ? "線の先の組合せは、長くかかるため探していない"
                 : "where the line ends, further sets were not sought for so long");
}

/* Where the marked set lies: a ring around the point, and what it is, below it. */
static void draw_here(const struct drawing *d)
{
    if (d->here == NULL) return;
    double x = scale_place(&d->x, d->here->cost), y = scale_place(&d->y, d->here->left);
    int is_right = x > (LEFT + RIGHT) / 2;
    const char *words = d->lang == LANG_JA ? "この組合せ" : "these measures";
    svg_group(d->out, "here", "", words);
    svg_circle(d->out, x, y, 10, (struct pen){NULL, SVG_ALERT, 2.5, NULL});
    svg_text(d->out, is_right ? x - 14 : x + 14, y - 8, 11, 1,
             is_right ? ANCHOR_END : ANCHOR_START, SVG_ALERT, words);
    svg_group_end(d->out);
}

static void set_scales(struct drawing *d)
{
    const struct plan_front *f = &d->a->front;
    double cost = f->sets[f->n - 1].cost, left = f->sets[0].left;
    if (d->a->is_front_cut) cost = fmax(cost, d->a->set.cost);
    if (d->here) cost = fmax(cost, d->here->cost);
    if (d->here) left = fmax(left, d->here->left);
    double tick = tick_of(cost);
    d->x = (struct scale){0, tick * ceil(cost / tick), LEFT, RIGHT, 0};
    d->y = (struct scale){0, left, BOTTOM, TOP, 0};
}

int figure_front(const struct plan_answer *a, enum lang lang, struct buf *out)
{
    return figure_front_beside(a, NULL, lang, out);
}

int figure_front_beside(const struct plan_answer *a, const struct plan_set *here,
                        enum lang lang, struct buf *out)
{
    const struct plan_front *f = &a->front;
    struct drawing d = {.a = a, .here = here, .lang = lang, .out = out};
    int ja = lang == LANG_JA;
    if (f->n < (a->is_front_cut ? 1 : 2)) return 0;
    set_scales(&d);
    svg_open(out, "front", WIDTH, HEIGHT,
             ja ? "費用と残るリスク" : "Cost against risk left above target",
             ja ? "費用ごとに、目標水準を超えて残るリスクの最小値を示す。"
                : "For each cost the least risk above target that can be left.",
             lang);
    draw_axes(&d);
    draw_steps(&d);
    draw_points(&d);
    draw_here(&d);
    svg_close(out);
    buf_fini(&d.text);
    return 1;
}
