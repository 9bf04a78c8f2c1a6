// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The monitor: what is shown against what is, in the worst run, for the thing where the
 * two differ most; and when an alarm was due and when it was told.
 */
#include <math.h>

#include "page/figure_rehearse_kit.h"

#define TOP    36.0
#define BOTTOM 230.0
#define HEIGHT 282.0

enum { TRUE_C, SHOWN_C, DUE, TOLD, N_SIDES };

static const struct {
    const char *variables[N_SIDES];
    struct text name;
} things[] = {
    {{"bearing1_c", "bearing1_reading_c", "bearing1_true_level", "bearing1_level"},
     {{"Bearing 1", "軸受1"}}                                                                         },
    {{"bearing2_c", "bearing2_reading_c", "bearing2_true_level", "bearing2_level"},
     {{"Bearing 2", "軸受2"}}                                                                         },
    {{"zone_c", "watch_c", "zone_true_level", "zone_level"},                        {{"Furnace", "炉"}}},
};
enum { N_THINGS = sizeof things / sizeof *things };

struct watched {
    const struct trace *traces[2];
    uint32_t thing;
    double end_s, least, most;
};

/* How far what is shown is from what is, at most; a stretch where both move counts by
 * its middle. */
static double apart(const struct trace *t, uint32_t thing)
{
    uint32_t a = thing * N_SIDES + TRUE_C, b = thing * N_SIDES + SHOWN_C;
    double most = 0;
    for (uint32_t i = t->n / 5; i < t->n; i++) // all is warm by then
        most = fmax(
            most,
            fabs(t->least[a][i] + t->most[a][i] - t->least[b][i] - t->most[b][i]) / 2);
    return most;
}

/* Where an alarm was due comes before where things only look wrong. */
static double tells(const struct trace *t, uint32_t thing)
{
    const double due = 1e6;
    double most = 0;
    for (uint32_t i = 0; i < t->n; i++)
        most = fmax(most, t->most[thing * N_SIDES + DUE][i]);
    return (most > 0.5 ? due : 0) + apart(t, thing);
}

static void find_range(struct watched *x, uint32_t n_sets)
{
    uint32_t first = x->thing * N_SIDES;
    x->least = HUGE_VAL;
    x->most = -HUGE_VAL;
    for (uint32_t set = 0; set < n_sets; set++) {
        for (uint32_t side = TRUE_C; side <= SHOWN_C; side++) {
            for (uint32_t i = 0; i < x->traces[set]->n; i++) {
                x->least = fmin(x->least, x->traces[set]->least[first + side][i]);
                x->most = fmax(x->most, x->traces[set]->most[first + side][i]);
            }
        }
    }
}

static void *gather(const struct rehearse_view *v, struct arena *arena)
{
    const struct twin_kind *kind = v->result->plan.cast->scenario->twin;
    struct watched *x = arena_alloc(arena, sizeof *x);
    int variables[N_THINGS * N_SIDES];
    for (int i = 0; i < N_THINGS * N_SIDES; i++) {
        variables[i] = twin_variable(kind, things[i / N_SIDES].variables[i % N_SIDES]);
        if (variables[i] < 0) return NULL;
    }
    for (uint32_t set = 0; set < v->result->plan.n_sets; set++) {
        x->traces[set] = trace_run(v, (int)set, v->item->sets[0].worst, variables,
                                   N_THINGS * N_SIDES, arena);
        x->end_s = fmax(x->end_s, x->traces[set]->end_s);
    }
    for (uint32_t i = 1; i < N_THINGS; i++)
        if (tells(x->traces[0], i) > tells(x->traces[0], x->thing)) x->thing = i;
    find_range(x, v->result->plan.n_sets);
    return x;
}

/* ---- drawing ----------------------------------------------------------------------
 */

/* When a level first rose to 1 or more; HUGE_VAL: never. */
static double risen(const struct trace *t, uint32_t variable)
{
    for (uint32_t i = 0; i < t->n; i++)
        if (t->most[variable][i] > 0.5) return i * t->every_s;
    return HUGE_VAL;
}

static void draw_time(const struct plot *p, double t, struct pen pen, double y,
                      const char *name)
{
    if (!(t < p->x.to)) return;
    double x = scale_place(&p->x, t);
    int is_right = x > p->x.end - 90;
    svg_line(p->out, x, p->y.end, x, p->y.at, pen);
    plot_text(p, x + (is_right ? -4 : 4), y, 10, 1,
              is_right ? ANCHOR_END : ANCHOR_START, pen.stroke, 110, name);
}

static void draw_set(const struct rehearse_view *v, const struct watched *x,
                     uint32_t set, const struct plot *of)
{
    struct plot p = picture_part(of, v, set, TOP, BOTTOM);
    const struct trace *t = x->traces[set];
    uint32_t first = x->thing * N_SIDES;
    int ja = p.lang == LANG_JA;
    plot_text(&p, p.x.at, 18, 12, 1, ANCHOR_START, SVG_INK, p.x.end - p.x.at,
              arena_printf(p.arena, ja ? "%s(%s)" : "%s (%s)",
                           text_in(v->names[set], p.lang),
                           text_in(things[x->thing].name, p.lang)));
    p.x.to = fmax(x->end_s, 1);
    p.y = plot_scale(x->least, x->most, BOTTOM, TOP);
    plot_marks(&p, t);
    plot_levels(&p, set == 0);
    plot_series(&p, t, first + SHOWN_C, chart_before);
    plot_series(&p, t, first + TRUE_C, chart_after);
    draw_time(&p, risen(t, first + DUE), (struct pen){.stroke = SVG_INK, .width = 1.2},
              TOP + 12, ja ? "警報すべき時刻" : "alarm due");
    draw_time(&p, risen(t, first + TOLD),
              (struct pen){.stroke = SVG_ALERT, .width = 1.2, .dash = "3 2"}, TOP + 26,
              ja ? "警報" : "alarm told");
    plot_times(&p);
}

static void draw(const struct rehearse_view *v, const void *gathered,
                 const struct plot *p)
{
    for (uint32_t set = 0; set < v->result->plan.n_sets; set++)
        draw_set(v, gathered, set, p);
    plot_text(p, 50, TOP - 8, 10, 0, ANCHOR_END, SVG_SOFT, 44, "\u00b0C");
    chart_key(p->out, HEIGHT - 18, p->lang == LANG_JA ? "表示" : "shown",
              p->lang == LANG_JA ? "実際" : "true");
}

static const char *const spreads[] = {"found_late_h", "production_stop_h",
                                      "display_error_k", NULL};

const struct twin_picture picture_monitor = {
    .twin = "monitor",
    .gather = gather,
    .height = HEIGHT,
    .draw = draw,
    .title = {{"What is shown, and what is", "表示と実際"}},
    .about =
        {{"The worst run: true temperature and the one shown, when an alarm was due "
          "and when it was told.",
          "最悪の試行における実際と表示の温度、警報すべき時刻と警報の時刻。"}},
    .n_spreads = 2,
    .spreads = spreads,
};
