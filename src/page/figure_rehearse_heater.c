// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The bath: how hot, and how long somebody was in it, against the time that the skin
 * stands (the chart of Moritz and Henriques, here by the twin's own skin). A point a
 * world in which somebody got in; the worst run also as it went, bath and skin.
 */
#include <math.h>

#include "page/figure_rehearse_kit.h"

#define TOP     46.0
#define BOTTOM  250.0
#define HEIGHT  296.0
#define LEAST_S 1.0
#define MOST_S  3600.0

enum { MOST_BATHERS = 100, CURVE = 13, PATH = 120, DEGREES = 3 };

/* One world: when somebody was in the bath, and what he felt. */
struct bather {
    double in_s, out_s, hottest_c, degree;
    uint32_t n; // of the path
    double path_s[PATH], bath_c[PATH], skin_c[PATH];
};

/* Seconds until each degree, by temperature of the water; NAN: not within an hour. */
struct curves {
    double water_c[CURVE], time_s[CURVE][DEGREES];
};

struct baths {
    const struct curves *curves;
    uint64_t n;
    struct bather *bathers[2];
    double least_c, most_c;
};

/* ---- what is run again ------------------------------------------------------------
 */

/* Points of the path are as far apart as they are on the scale: a share of the time. */
static void look(void *note, const struct stage *s)
{
    struct bather *b = note;
    double bath = stage_value(s, "bath_c");
    b->degree = fmax(b->degree, stage_value(s, "degree"));
    if (!(stage_value(s, "is_bathing") > 0.5)) return;
    if (!(b->out_s > 0)) b->in_s = s->d.t;
    b->out_s = s->d.t + s->plan.cast->scenario->every_s;
    b->hottest_c = fmax(b->hottest_c, bath);
    double since = b->out_s - b->in_s;
    if (b->n == PATH || (b->n && since < 1.06 * b->path_s[b->n - 1])) return;
    b->path_s[b->n] = since;
    b->bath_c[b->n] = bath;
    b->skin_c[b->n++] = stage_value(s, "skin_c");
}

static const struct curves *curves_of(const struct rehearse_view *v)
{
    static const double water_c[CURVE] = {46, 47, 48, 49, 50, 51, 53,
                                          55, 58, 62, 67, 75, 90};
    const struct twin_check *scald = picture_check(v, "scald");
    struct rehearse_again *again = v->again;
    if (scald == NULL || again->curves) return again->curves;
    struct curves *c = again->curves = arena_alloc(&again->for_all, sizeof *c);
    for (int i = 0; i < CURVE; i++) {
        c->water_c[i] = water_c[i];
        scald->run(&water_c[i], c->time_s[i]);
    }
    return c;
}

static void find_range(struct baths *x, uint32_t n_sets)
{
    x->least_c = 35;
    x->most_c = 60;
    for (uint32_t set = 0; set < n_sets; set++)
        for (uint64_t w = 0; w < x->n; w++)
            x->most_c = fmax(x->most_c, x->bathers[set][w].hottest_c);
    struct scale s = plot_scale(x->least_c, x->most_c, BOTTOM, TOP);
    x->least_c = s.from;
    x->most_c = s.to;
}

static void *gather(const struct rehearse_view *v, struct arena *arena)
{
    const struct twin_kind *kind = v->result->plan.cast->scenario->twin;
    struct baths *x = arena_alloc(arena, sizeof *x);
    uint64_t runs = v->result->plan.runs;
    if (twin_variable(kind, "is_bathing") < 0 || twin_variable(kind, "bath_c") < 0)
        return NULL;
    x->curves = curves_of(v);
    x->n = runs < MOST_BATHERS ? runs : MOST_BATHERS;
    for (uint32_t set = 0; set < v->result->plan.n_sets; set++) {
        x->bathers[set] = arena_array(arena, x->n, sizeof *x->bathers[set]);
        trace_all(v, (int)set, x->n, look, x->bathers[set], sizeof *x->bathers[set]);
    }
    find_range(x, v->result->plan.n_sets);
    return x;
}

/* ---- drawing ----------------------------------------------------------------------
 */

static const struct text degree_names[DEGREES] = {
    {{"1st degree", "1度"}}, {{"2nd degree", "2度"}}, {{"3rd degree", "3度"}}};
static const char *const tints[DEGREES] = {"var(--fig-tint-2, #f3f1d8)",
                                           "var(--fig-tint-3, #fbe6c2)",
                                           "var(--fig-tint-5, #f0b8a8)"};

/* What lies beyond the time to a degree, up to the right upper corner. */
static void draw_band(const struct plot *p, const struct curves *c, int degree)
{
    struct point points[CURVE + 2];
    size_t n = 0;
    for (int i = CURVE - 1; i >= 0; i--) {
        double t = c->time_s[i][degree];
        if (isnan(t)) t = MOST_S;
        points[n++] =
            (struct point){scale_place(&p->x, t), scale_place(&p->y, c->water_c[i])};
        if (t >= MOST_S) break;
    }
    points[n] = (struct point){p->x.end, points[n - 1].y};
    points[n + 1] = (struct point){p->x.end, p->y.end};
    svg_polygon(p->out, points, n + 2,
                (struct pen){tints[degree], SVG_EDGE, 0.7, NULL});
}

/* The name stands where its band is widest: above the curve, at the right. */
static void draw_band_names(const struct plot *p, const struct curves *c)
{
    static const double at_c[DEGREES] = {47.6, 50.6, 56};
    for (int d = 0; d < DEGREES; d++) {
        double y = scale_place(&p->y, at_c[d]);
        int i = 0;
        while (i < CURVE - 1 && (isnan(c->time_s[i][d]) || c->water_c[i] < at_c[d]))
            i++;
        if (c->time_s[i][d] < MOST_S)
            svg_text(p->out, p->x.end - 5, y, 10, 0, ANCHOR_END, SVG_INK,
                     text_in(degree_names[d], p->lang));
    }
}

static void draw_path(const struct plot *p, const struct bather *b,
                      const double *values, struct pen pen)
{
    struct point points[PATH];
    for (uint32_t i = 0; i < b->n; i++)
        points[i] = (struct point){scale_place(&p->x, b->path_s[i]),
                                   scale_place(&p->y, values[i])};
    if (b->n > 1) svg_route(p->out, points, b->n, 0, pen);
}

static void draw_bather(const struct plot *p, const struct bather *b)
{
    double x = scale_place(&p->x, b->out_s - b->in_s);
    double y = scale_place(&p->y, b->hottest_c);
    int is_burnt = b->degree > 0.5, is_grave = b->degree > 1.5;
    svg_circle(p->out, x, y, is_grave ? 4 : 3,
               (struct pen){is_grave ? SVG_ALERT : SVG_PAPER,
                            is_burnt ? SVG_ALERT : SVG_ACCENT, 1.3, NULL});
}

static void draw_axes(const struct plot *p, int has_labels)
{
    static const struct {
        double s;
        struct text name;
    } ticks[] = {
        {1,    {{"1 s", "1秒"}}    },
        {10,   {{"10 s", "10秒"}}  },
        {60,   {{"1 min", "1分"}}  },
        {600,  {{"10 min", "10分"}}},
        {3600, {{"1 h", "1時間"}} },
    };
    plot_levels(p, has_labels);
    for (size_t i = 0; i < sizeof ticks / sizeof *ticks; i++) {
        double x = scale_place(&p->x, ticks[i].s);
        svg_line(p->out, x, p->y.at, x, p->y.at + 3,
                 (struct pen){.stroke = SVG_EDGE, .width = 1});
        int is_at_end = x > p->x.end - 1; // a neighbour begins there
        svg_text(p->out, x + 4 * is_at_end, p->y.at + 14, 10, 0,
                 is_at_end ? ANCHOR_END : ANCHOR_MIDDLE, SVG_SOFT,
                 text_in(ticks[i].name, p->lang));
    }
}

/* "200 worlds: 38% burnt to the 2nd degree or worse, 62% found no bath". */
static const char *headline(const struct rehearse_view *v, uint32_t set,
                            const struct plot *p)
{
    const struct scenario *sc = v->result->plan.cast->scenario;
    int degree = trace_outcome(sc, "burn_degree"), none = trace_outcome(sc, "no_bath");
    uint64_t n = v->result->plan.runs, n_burnt = 0, n_none = 0;
    if (degree < 0 || none < 0) return "";
    for (uint64_t w = 0; w < n; w++) {
        const double *o = v->item->sets[set].outcomes + w * v->result->n_outcomes;
        n_burnt += o[degree] > 1.5;
        n_none += o[none] > 0.5;
    }
    return arena_printf(
        p->arena,
        p->lang == LANG_JA ? "2度以上の熱傷 %.0f%%、入浴できず %.0f%%"
                           : "burnt, 2nd degree or worse: %.0f%%; no bath: %.0f%%",
        100 * (double)n_burnt / (double)n, 100 * (double)n_none / (double)n);
}

static void draw_set(const struct rehearse_view *v, const struct baths *x, uint32_t set,
                     const struct plot *of)
{
    struct plot p = picture_part(of, v, set, TOP, BOTTOM);
    uint64_t worst = v->item->sets[0].worst;
    plot_text(&p, p.x.at, 18, 12, 1, ANCHOR_START, SVG_INK, p.x.end - p.x.at,
              text_in(v->names[set], p.lang));
    plot_text(&p, p.x.at, 36, 11, 0, ANCHOR_START, SVG_INK, p.x.end - p.x.at,
              headline(v, set, &p));
    p.x = (struct scale){LEAST_S, MOST_S, p.x.at, p.x.end, 1};
    p.y = (struct scale){x->least_c, x->most_c, BOTTOM, TOP, 0};
    for (int d = 0; x->curves && d < DEGREES; d++)
        draw_band(&p, x->curves, d);
    draw_axes(&p, set == 0);
    if (x->curves) draw_band_names(&p, x->curves);
    if (worst < x->n) {
        const struct bather *b = &x->bathers[set][worst];
        draw_path(&p, b, b->bath_c, chart_before);
        draw_path(&p, b, b->skin_c, chart_after);
    }
    for (uint64_t w = 0; w < x->n; w++)
        if (x->bathers[set][w].out_s > 0) draw_bather(&p, &x->bathers[set][w]);
}

static void draw_key(const struct plot *p)
{
    static const struct {
        struct pen pen;
        struct text name;
    } items[] = {
        {{SVG_PAPER, SVG_ACCENT, 1.3, NULL},
         {{"a world: got out unhurt", "試行: 無傷"}}                            },
        {{SVG_PAPER, SVG_ALERT, 1.3, NULL},  {{"1st degree", "1度"}}               },
        {{SVG_ALERT, SVG_ALERT, 1.3, NULL},  {{"2nd degree or worse", "2度以上"}}},
    };
    double x = 14, y = HEIGHT - 18;
    for (int i = 0; i < 3; i++) {
        svg_circle(p->out, x, y, 3.5, items[i].pen);
        plot_text(p, x + 9, y + 4, 11, 0, ANCHOR_START, SVG_INK, 170,
                  text_in(items[i].name, p->lang));
        x += i == 0 ? 172 : i == 1 ? 92 : 152;
    }
    svg_line(p->out, x, y, x + 20, y, chart_before);
    plot_text(p, x + 25, y + 4, 11, 0, ANCHOR_START, SVG_INK, 110,
              p->lang == LANG_JA ? "最悪の試行の湯温" : "bath, worst run");
    svg_line(p->out, x + 150, y, x + 170, y, chart_after);
    plot_text(p, x + 175, y + 4, 11, 0, ANCHOR_START, SVG_INK, 110,
              p->lang == LANG_JA ? "同じく皮膚温" : "skin, worst run");
}

static void draw(const struct rehearse_view *v, const void *gathered,
                 const struct plot *p)
{
    for (uint32_t set = 0; set < v->result->plan.n_sets; set++)
        draw_set(v, gathered, set, p);
    plot_text(p, 50, TOP - 8, 10, 0, ANCHOR_END, SVG_SOFT, 44, "\u00b0C");
    draw_key(p);
}

static const char *const spreads[] = {"burn_degree", "no_bath", NULL};

const struct twin_picture picture_heater = {
    .twin = "heater",
    .gather = gather,
    .height = HEIGHT,
    .draw = draw,
    .title = {{"How hot, how long: who got into the bath", "湯温と入浴時間"}},
    .about =
        {{"For each world in which somebody got in: temperature of the water and time "
          "in it, against the time in which the skin is burnt.",
          "入浴した試行ごとの湯温と入浴時間を、熱傷に至る時間と比べて示す。"}},
    .n_spreads = 2,
    .spreads = spreads,
};
