// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* The worst run over time; see figure_rehearse.h. */
#include <math.h>
#include <string.h>

#include "page/figure_rehearse_kit.h"

#define WIDTH   720.0
#define LEFT    56.0
#define RIGHT   12.0
#define BETWEEN 20.0
#define HEAD    48.0 // names of the sets, letters of marks
#define NAME    26.0
#define ROW     100.0 // name and plot of a variable
#define FOOT    26.0  // times

enum { MOST_ROWS = 5 };

struct run_figure {
    const struct rehearse_view *v;
    const struct scenario *scenario;
    struct arena arena;
    enum lang lang;
    struct buf *out;
    uint32_t n_sets, n_rows;
    const struct trace *traces[2];
    double end_s;
};

/* What is shown, and its two runs. */
struct recorded {
    uint32_t n_rows;
    const struct trace *traces[2];
};

static void *record(const struct rehearse_view *v, struct arena *arena)
{
    const struct scenario *sc = v->result->plan.cast->scenario;
    struct recorded *x = arena_alloc(arena, sizeof *x);
    int variables[MOST_ROWS];
    for (size_t i = 0; i < sc->n_shows && i < MOST_ROWS; i++)
        variables[x->n_rows++] = twin_variable(sc->twin, sc->uses[sc->shows[i]]);
    for (uint32_t k = 0; k < v->result->plan.n_sets; k++)
        x->traces[k] =
            trace_run(v, (int)k, v->item->sets[0].worst, variables, x->n_rows, arena);
    return x;
}

static void take(struct run_figure *f)
{
    const struct recorded *x = again_of(f->v, AGAIN_RUN, record);
    f->n_rows = x->n_rows;
    for (uint32_t k = 0; k < f->n_sets; k++) {
        f->traces[k] = x->traces[k];
        f->end_s = fmax(f->end_s, x->traces[k]->end_s);
    }
}

/* ---- scales -----------------------------------------------------------------------
 */

static int is_of(const struct limit *x, const struct run_figure *f, uint32_t row)
{
    int variable = f->traces[0]->variables[row];
    return strcmp(x->twin, f->scenario->twin->name) == 0 &&
           strcmp(x->variable, f->scenario->twin->variables[variable].q.name) == 0;
}

static double limit_value(const struct run_figure *f, const struct limit *x,
                          uint32_t set)
{
    return x->parameter ? trace_value(f->v, f->traces[set], x->parameter) : x->value;
}

/* Limits that are not far beyond what was reached are shown. */
static void widen(const struct run_figure *f, uint32_t row, double *least, double *most)
{
    double low = *least, high = *most, reach = 1.5 * (high - low);
    for (size_t i = 0; i < n_rehearse_limits; i++) {
        for (uint32_t k = 0; k < f->n_sets && is_of(&rehearse_limits[i], f, row); k++) {
            double value = limit_value(f, &rehearse_limits[i], k);
            if (!(value <= high + reach) || !(value >= low - reach)) continue;
            *least = fmin(*least, value);
            *most = fmax(*most, value);
        }
    }
}

/* Some powers of ten around what matters, where values differ by more than can be told
 * apart on a linear scale. */
static struct scale scale_of(const struct run_figure *f, uint32_t row, double at,
                             double end)
{
    double least = HUGE_VAL, most = -HUGE_VAL, mark = HUGE_VAL;
    for (uint32_t k = 0; k < f->n_sets; k++) {
        for (uint32_t i = 0; i < f->traces[k]->n; i++) {
            least = fmin(least, f->traces[k]->least[row][i]);
            most = fmax(most, f->traces[k]->most[row][i]);
        }
    }
    for (size_t i = 0; i < n_rehearse_limits; i++)
        if (is_of(&rehearse_limits[i], f, row) && rehearse_limits[i].parameter == NULL)
            mark = fmin(mark, rehearse_limits[i].value);
    if (least >= 0 && mark > 0 && mark < HUGE_VAL && most > 100 * mark)
        return scale_decades(mark / 50, most, at, end);
    widen(f, row, &least, &most);
    return plot_scale(least, most, at, end);
}

/* ---- drawing ----------------------------------------------------------------------
 */

static void draw_plot(const struct run_figure *f, const struct plot *p, uint32_t row,
                      uint32_t set)
{
    plot_marks(p, f->traces[set]);
    plot_levels(p, set == 0);
    for (size_t i = 0, n = 0; i < n_rehearse_limits; i++)
        if (is_of(&rehearse_limits[i], f, row)) // names of neighbours stay apart
            plot_limit(p, limit_value(f, &rehearse_limits[i], set),
                       text_in(rehearse_limits[i].name, f->lang), n++ % 2 == 1);
    plot_series(p, f->traces[set], row, chart_after);
    if (row == f->n_rows - 1) plot_times(p);
}

static struct plot plot_at(struct run_figure *f, uint32_t set)
{
    double wide = (WIDTH - LEFT - RIGHT - BETWEEN * (f->n_sets - 1)) / f->n_sets;
    double left = LEFT + set * (wide + BETWEEN);
    return (struct plot){
        .x = {0, fmax(f->end_s, 1), left, left + wide, 0},
        .lang = f->lang,
        .out = f->out,
        .arena = &f->arena
    };
}

static void draw_row(struct run_figure *f, uint32_t row)
{
    int variable = f->traces[0]->variables[row];
    const struct twin_quantity *q = &f->scenario->twin->variables[variable].q;
    double top = HEAD + row * ROW + NAME, bottom = HEAD + (row + 1) * ROW - 8;
    struct plot p = plot_at(f, 0);
    svg_group(f->out, "variable", q->name, text_in(q->about, f->lang));
    plot_text(&p, 8, top - 10, 11.5, 1, ANCHOR_START, SVG_INK, WIDTH - 16,
              plot_name(&f->arena, q, f->lang));
    for (uint32_t set = 0; set < f->n_sets; set++) {
        p = plot_at(f, set);
        p.y = scale_of(f, row, bottom, top);
        draw_plot(f, &p, row, set);
    }
    svg_group_end(f->out);
}

static void draw_heads(struct run_figure *f)
{
    for (uint32_t set = 0; set < f->n_sets; set++) {
        struct plot p = plot_at(f, set);
        plot_text(&p, p.x.at, 14, 12, 1, ANCHOR_START, SVG_INK, p.x.end - p.x.at,
                  text_in(f->v->names[set], f->lang));
        plot_mark_letters(&p, f->traces[set], 31);
    }
}

static void draw(struct run_figure *f)
{
    static const struct text worst = {
        {"The worst run over time", "最悪の試行の経過"}
    };
    int ja = f->lang == LANG_JA;
    double bottom = HEAD + f->n_rows * ROW + FOOT;
    struct plot p = plot_at(f, 0);
    struct buf key = {0};
    p.out = &key;
    double height = plot_mark_key(&p, f->traces, 8, bottom, WIDTH - 16);
    svg_open(
        f->out, "rehearse-run", WIDTH, bottom + height + 6,
        text_in(f->v->run.in[LANG_EN] ? f->v->run : worst, f->lang),
        ja ? "ツインの主な変数の経過を、対策の無い場合と有る場合について同じ目盛りで示"
             "す。"
           : "The twin's main variables over time, without measures and with them, "
             "on the same scales.",
        f->lang);
    draw_heads(f);
    for (uint32_t row = 0; row < f->n_rows; row++)
        draw_row(f, row);
    buf_str(f->out, buf_text(&key));
    buf_fini(&key);
    svg_close(f->out);
}

int figure_rehearse_run(const struct rehearse_view *v, enum lang lang, struct buf *out)
{
    const struct scenario *scenario = v->result->plan.cast->scenario;
    struct run_figure f = {.v = v,
                           .scenario = scenario,
                           .lang = lang,
                           .out = out,
                           .n_sets = v->result->plan.n_sets};
    if (v->item->play->is_still || scenario->n_shows == 0) return 0;
    take(&f);
    draw(&f);
    arena_fini(&f.arena);
    return 1;
}
