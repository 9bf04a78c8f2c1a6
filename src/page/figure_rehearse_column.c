// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The column: pressure of the worst run against what should hold it, and, where the
 * vessel bursts, how far the blast of that run goes.
 */
#include <math.h>

#include "page/figure_rehearse_kit.h"

#define TOP    46.0
#define BOTTOM 210.0
#define RINGS  250.0 // upper end of the rings
#define SIDE   190.0
#define HEIGHT 470.0

struct blast {
    const struct trace *traces[2];
    double end_s, most_kpag;
};

static void *gather(const struct rehearse_view *v, struct arena *arena)
{
    const struct twin_kind *kind = v->result->plan.cast->scenario->twin;
    struct blast *x = arena_alloc(arena, sizeof *x);
    int pressure = twin_variable(kind, "pressure_kpag");
    if (pressure < 0 || twin_variable(kind, "tnt_kg") < 0 ||
        picture_check(v, "blast") == NULL)
        return NULL;
    for (uint32_t set = 0; set < v->result->plan.n_sets; set++) {
        const struct trace *t = x->traces[set] =
            trace_run(v, (int)set, v->item->sets[0].worst, &pressure, 1, arena);
        x->end_s = fmax(x->end_s, t->end_s);
        for (uint32_t i = 0; i < t->n; i++)
            x->most_kpag = fmax(x->most_kpag, t->most[0][i]);
    }
    return x;
}

/* ---- pressure ---------------------------------------------------------------------
 */

static const struct {
    const char *parameter;
    struct text name;
} limits[] = {
    {"sis_trip_kpag",   {{"safety system trips", "安全計装の作動"}}},
    {"relief_set_kpag", {{"relief valve opens", "安全弁の作動"}}    },
    {"burst_kpag",      {{"vessel bursts", "塔の破裂"}}               },
};

static void draw_pressure(const struct rehearse_view *v, const struct blast *x,
                          uint32_t set, const struct plot *of)
{
    struct plot p = picture_part(of, v, set, TOP, BOTTOM);
    double most = x->most_kpag;
    for (int i = 0; i < 3; i++)
        most = fmax(most, trace_value(v, x->traces[0], limits[i].parameter));
    plot_text(&p, p.x.at, 18, 12, 1, ANCHOR_START, SVG_INK, p.x.end - p.x.at,
              text_in(v->names[set], p.lang));
    p.x.to = fmax(x->end_s, 1);
    p.y = plot_scale(0, most, BOTTOM, TOP);
    plot_marks(&p, x->traces[set]);
    plot_levels(&p, set == 0);
    for (int i = 0; i < 3; i++)
        plot_limit(&p, trace_value(v, x->traces[set], limits[i].parameter),
                   text_in(limits[i].name, p.lang), i == 1);
    plot_series(&p, x->traces[set], 0, chart_after);
    plot_times(&p);
}

/* ---- blast ------------------------------------------------------------------------
 */

/* Peak overpressures and what they do, as the twin's damage has them. */
static const struct {
    double kpa;
    struct text name;
} rings[] = {
    {68.9, {{"68.9 kPa: total destruction", "68.9 kPa: 全壊"}}          },
    {13.8, {{"13.8 kPa: walls fall", "13.8 kPa: 壁の倒壊"}}           },
    {2.07, {{"2.07 kPa: broken glass", "2.07 kPa: 窓ガラスの破損"}}},
};
enum { N_RINGS = sizeof rings / sizeof *rings };

/* The distance at which the blast has come down to a pressure, by halving. */
static double reach(const struct rehearse_view *v, double tnt_kg, double kpa)
{
    const struct twin_check *blast = picture_check(v, "blast");
    double least = 0.1, most = 1e5, results[TWIN_MOST_VALUES] = {0};
    for (int i = 0; i < 60; i++) {
        double inputs[TWIN_MOST_VALUES] = {tnt_kg, sqrt(least * most)};
        blast->run(inputs, results);
        // nearer than the formula goes: stronger than all that is asked for
        if (isnan(results[0]) ? inputs[1] < 1 + cbrt(tnt_kg) : results[0] > kpa)
            least = inputs[1];
        else
            most = inputs[1];
    }
    return least;
}

static void draw_rings(const struct rehearse_view *v, const struct blast *x,
                       double tnt_kg, const struct plot *p)
{
    static const char *const tints[N_RINGS] = {"var(--fig-tint-5, #f0b8a8)",
                                               "var(--fig-tint-4, #f8d2b4)",
                                               "var(--fig-tint-2, #f3f1d8)"};
    double middle = p->x.at + SIDE / 2, y = RINGS + SIDE / 2;
    double widest = reach(v, tnt_kg, rings[N_RINGS - 1].kpa);
    for (int i = N_RINGS - 1; i >= 0; i--) {
        double r = reach(v, tnt_kg, rings[i].kpa), px = r / widest * (SIDE / 2 - 4);
        double at = RINGS + 50 + 42 * i;
        svg_circle(p->out, middle, y, px, (struct pen){tints[i], SVG_EDGE, 1, NULL});
        svg_rect(p->out, p->x.at + SIDE + 8, at, 12, 12, 2,
                 (struct pen){tints[i], SVG_EDGE, 1, NULL});
        struct label label = figure_label(
            p->arena,
            arena_printf(p->arena,
                         p->lang == LANG_JA ? "%s、%.0f mまで" : "%s, to %.0f m",
                         text_in(rings[i].name, p->lang), r),
            10, 0, p->x.end - p->x.at - SIDE - 26, 3);
        svg_label(p->out, p->x.at + SIDE + 24, at - 1, ANCHOR_START, SVG_INK, &label);
    }
    svg_circle(p->out, middle, y, 2.5, (struct pen){.fill = SVG_INK});
    double room = trace_value(v, x->traces[0], "distance_m") / widest * (SIDE / 2 - 4);
    if (!(room < SIDE / 2 - 8)) return;
    svg_circle(p->out, middle + room, y, 4,
               (struct pen){SVG_PAPER, SVG_ACCENT, 1.8, NULL});
    plot_text(p, middle + room, y - 8, 10, 1, ANCHOR_MIDDLE, SVG_ACCENT, 80,
              p->lang == LANG_JA ? "計器室" : "control room");
}

static void draw_blast(const struct rehearse_view *v, const struct blast *x,
                       uint32_t set, const struct plot *of)
{
    struct plot p = picture_part(of, v, set, RINGS, RINGS + SIDE);
    double tnt_kg = trace_value(v, x->traces[set], "tnt_kg");
    if (!(tnt_kg > 0)) {
        plot_text(&p, p.x.at, RINGS + SIDE / 2, 12, 0, ANCHOR_START, SVG_INK,
                  p.x.end - p.x.at,
                  p.lang == LANG_JA ? "この試行では塔は破裂しない。"
                                    : "The vessel does not burst in this run.");
        return;
    }
    plot_text(&p, p.x.at + SIDE + 8, RINGS + 30, 11, 1, ANCHOR_START, SVG_INK,
              p.x.end - p.x.at - SIDE - 8,
              arena_printf(p.arena, "TNT %.0f kg", tnt_kg));
    draw_rings(v, x, tnt_kg, &p);
}

static void draw(const struct rehearse_view *v, const void *gathered,
                 const struct plot *p)
{
    for (uint32_t set = 0; set < v->result->plan.n_sets; set++) {
        draw_pressure(v, gathered, set, p);
        draw_blast(v, gathered, set, p);
    }
    plot_text(p, 50, TOP - 8, 10, 0, ANCHOR_END, SVG_SOFT, 44, "kPag");
}

static const char *const spreads[] = {"peak_kpag", "staff_dead", "residents_hurt",
                                      NULL};

const struct twin_picture picture_column = {
    .twin = "column",
    .gather = gather,
    .height = HEIGHT,
    .draw = draw,
    .title = {{"Pressure, and how far a blast goes", "圧力と爆風の及ぶ範囲"}},
    .about =
        {{"The worst run: pressure against the set points of the protection, and the "
          "blast where the vessel bursts.",
          "最悪の試行における、保護の設定値に対する圧力と、破裂した場合の爆風。"}},
    .n_spreads = 2,
    .spreads = spreads,
};
