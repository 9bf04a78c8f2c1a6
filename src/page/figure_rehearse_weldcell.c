// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The welding cell: the beads of the part that came out worst in the worst run, as one
 * sees them from above. A bead is as wide as what was molten, whose radius is known
 * from the heat input; where heat or way are beyond their limits it is red.
 */
#include <math.h>

#include "page/figure_rehearse_kit.h"

#define TOP    58.0
#define STRIP  64.0 // a seam's part of the picture
#define BOTTOM (TOP + 2 * STRIP)
#define HEIGHT 262.0
#define WIDER  4.0 // beads are drawn wider than they are

enum { PROGRESS, HEAT, OFF, N_SIDES };

/* Of both arms, then what they share. */
static const char *const names[] = {
    "left_progress_mm", "left_heat_kj_mm", "left_off_mm", "right_progress_mm",
    "right_heat_kj_mm", "right_off_mm",    "phase",       "parts_made",
};
enum { N_NAMES = sizeof names / sizeof *names, PHASE = 2 * N_SIDES, PARTS };

/* A stretch of a bead: along the seam, off it, and the heat input there. */
struct bead {
    double from_mm, to_mm, off_mm, least_kj_mm, most_kj_mm;
};

struct seam {
    uint32_t n;
    struct bead beads[TRACE_BUCKETS];
};

/* The part of a run that is shown. */
struct part {
    double number; // from 1
    struct seam seams[2];
};

struct welds {
    struct part parts[2];
    double seam_mm, heat_least, heat_most, off_limit; // of the first run
};

/* ---- which part -------------------------------------------------------------------
 */

/* By how much a stretch is beyond its limits, as a share of the mean heat or of what it
 * may be off. */
static double beyond(const struct welds *x, const struct bead *b)
{
    double mean = (x->heat_least + x->heat_most) / 2;
    double cold = fmax(0, x->heat_least - b->least_kj_mm) / mean;
    double hot = fmax(0, b->most_kj_mm - x->heat_most) / mean;
    return fmin(5, fmax(cold, hot)) + fmax(0, b->off_mm / x->off_limit - 1);
}

static struct bead bead_at(const struct trace *t, uint32_t arm, uint32_t i)
{
    uint32_t first = arm * N_SIDES;
    return (struct bead){t->least[first + PROGRESS][i], t->most[first + PROGRESS][i],
                         t->most[first + OFF][i], t->least[first + HEAT][i],
                         t->most[first + HEAT][i]};
}

/* 1 if all of a stretch of time lies within the weld of one part. */
static int is_welding(const struct trace *t, uint32_t i)
{
    const double weld = 3; // of the twin's phases
    return t->least[PHASE][i] > weld - 0.5 && t->most[PHASE][i] < weld + 0.5;
}

/* Takes the part that begins at stretch i; returns the stretch after it. */
static uint32_t take_part(const struct trace *t, uint32_t i, struct part *part)
{
    *part = (struct part){.number = t->most[PARTS][i] + 1};
    for (; i < t->n && is_welding(t, i); i++)
        for (uint32_t arm = 0; arm < 2; arm++) {
            struct seam *seam = &part->seams[arm];
            struct bead b = bead_at(t, arm, i);
            if (seam->n && b.from_mm > seam->beads[seam->n - 1].to_mm)
                b.from_mm = seam->beads[seam->n - 1].to_mm; // no gap between stretches
            seam->beads[seam->n++] = b;
        }
    return i;
}

static double beyond_of(const struct welds *x, const struct part *part)
{
    double sum = 0;
    for (uint32_t arm = 0; arm < 2; arm++)
        for (uint32_t k = 0; k < part->seams[arm].n; k++)
            sum += beyond(x, &part->seams[arm].beads[k]);
    return sum;
}

/* 1 if a part was welded. */
static int find_worst(const struct welds *x, const struct trace *t, struct part *worst)
{
    double most = -1;
    for (uint32_t i = 0; i < t->n; i++) {
        struct part part;
        if (!is_welding(t, i)) continue;
        i = take_part(t, i, &part);
        double sum = beyond_of(x, &part);
        if (sum > most) *worst = part;
        most = fmax(most, sum);
    }
    return most >= 0;
}

static void *gather(const struct rehearse_view *v, struct arena *arena)
{
    const struct twin_kind *kind = v->result->plan.cast->scenario->twin;
    struct welds *x = arena_alloc(arena, sizeof *x);
    int variables[N_NAMES], is_any = 0;
    for (int i = 0; i < N_NAMES; i++)
        if ((variables[i] = twin_variable(kind, names[i])) < 0) return NULL;
    for (uint32_t set = 0; set < v->result->plan.n_sets; set++) {
        struct trace *t =
            trace_run(v, (int)set, v->item->sets[0].worst, variables, N_NAMES, arena);
        x->seam_mm = trace_value(v, t, "seam_mm");
        x->heat_least = trace_value(v, t, "heat_least_kj_mm");
        x->heat_most = trace_value(v, t, "heat_most_kj_mm");
        x->off_limit = trace_value(v, t, "off_limit_mm");
        is_any |= find_worst(x, t, &x->parts[set]);
    }
    return is_any ? x : NULL;
}

/* ---- drawing ----------------------------------------------------------------------
 */

/* Radius of what is molten, in mm. */
static double radius(const struct rehearse_view *v, double heat_kj_mm)
{
    const struct twin_check *melts = picture_check(v, "penetration");
    double inputs[TWIN_MOST_VALUES], results[TWIN_MOST_VALUES] = {0};
    for (size_t i = 0; i < melts->n_inputs; i++)
        inputs[i] = melts->inputs[i].start;
    inputs[0] = fmax(0, heat_kj_mm);
    melts->run(inputs, results);
    return isnan(results[0]) ? 0 : results[0];
}

/* A full line where the bead should be, broken ones where it may end. */
static void draw_seam(const struct rehearse_view *v, const struct welds *x, double y,
                      double mm, const struct plot *p)
{
    const struct pen axis = {.stroke = SVG_SOFT, .width = 0.8},
                     edge = {.stroke = SVG_SOFT, .width = 0.8, .dash = "3 3"};
    const double heats[] = {x->heat_least, x->heat_most};
    svg_line(p->out, p->x.at, y, p->x.end, y, axis);
    for (int i = 0; i < 2; i++) {
        double half = radius(v, heats[i]) * mm * WIDER;
        svg_line(p->out, p->x.at, y - half, p->x.end, y - half, edge);
        svg_line(p->out, p->x.at, y + half, p->x.end, y + half, edge);
    }
}

static void draw_bead(const struct rehearse_view *v, const struct welds *x,
                      const struct bead *b, double y, double mm, const struct plot *p)
{
    const double most = STRIP / 2 - 2;
    double middle = (b->least_kj_mm + b->most_kj_mm) / 2;
    double half = fmin(most, radius(v, middle) * mm * WIDER);
    double off = fmin(most - half, b->off_mm * mm * WIDER);
    double from = scale_place(&p->x, b->from_mm), to = scale_place(&p->x, b->to_mm);
    const char *colour = beyond(x, b) > 0 ? SVG_ALERT : SVG_ACCENT;
    if (to > from && half > 0)
        svg_rect(p->out, from, y + off - half, to - from + 0.8, 2 * half, 0,
                 (struct pen){.fill = colour});
}

static const char *told(const struct welds *x, const struct part *part,
                        const struct plot *p)
{
    double least = HUGE_VAL, most = 0;
    int ja = p->lang == LANG_JA;
    for (uint32_t arm = 0; arm < 2; arm++)
        for (uint32_t k = 0; k < part->seams[arm].n; k++) {
            least = fmin(least, part->seams[arm].beads[k].least_kj_mm);
            most = fmax(most, part->seams[arm].beads[k].most_kj_mm);
        }
    if (part->seams[0].n == 0) return ja ? "溶接された部品なし" : "no part was welded";
    return arena_printf(p->arena,
                        ja ? "部品%.0f、入熱 %s～%s kJ/mm(限度 %s～%s)"
                           : "part %.0f, heat input %s to %s kJ/mm (limits %s to %s)",
                        part->number, plot_number(p->arena, least),
                        most < 100 ? plot_number(p->arena, most) : "> 100",
                        plot_number(p->arena, x->heat_least),
                        plot_number(p->arena, x->heat_most));
}

static void draw_set(const struct rehearse_view *v, const struct welds *x, uint32_t set,
                     const struct plot *of)
{
    static const struct text sides[] = {{{"left", "左"}}, {{"right", "右"}}};
    struct plot p = picture_part(of, v, set, TOP, BOTTOM);
    const struct part *part = &x->parts[set];
    p.x.from = 0;
    p.x.to = fmax(1, x->seam_mm);
    double mm = (p.x.end - p.x.at) / p.x.to;
    plot_text(&p, p.x.at, 18, 12, 1, ANCHOR_START, SVG_INK, p.x.end - p.x.at,
              text_in(v->names[set], p.lang));
    plot_text(&p, p.x.at, 36, 10, 0, ANCHOR_START, SVG_SOFT, p.x.end - p.x.at,
              told(x, part, &p));
    svg_rect(p.out, p.x.at, TOP, p.x.end - p.x.at, BOTTOM - TOP, 0,
             (struct pen){.fill = SVG_ZONE});
    for (uint32_t arm = 0; arm < 2; arm++) {
        double y = TOP + STRIP * (arm + 0.5);
        for (uint32_t k = 0; k < part->seams[arm].n; k++)
            draw_bead(v, x, &part->seams[arm].beads[k], y, mm, &p);
        draw_seam(v, x, y, mm, &p);
        if (set == 0)
            plot_text(&p, p.x.at - 8, y + 4, 10, 0, ANCHOR_END, SVG_SOFT, 44,
                      text_in(sides[arm], p.lang));
    }
    plot_across(&p, 1, "mm");
}

static void draw_key(const struct plot *p)
{
    static const struct {
        const char *colour;
        struct text name;
    } keys[] = {
        {SVG_ACCENT, {{"within the limits", "限度内"}}        },
        {SVG_ALERT,  {{"beyond: defective", "限度外(不良)"}}},
    };
    double x = 56, y = HEIGHT - 30;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        svg_rect(p->out, x, y - 9, 14, 10, 0, (struct pen){.fill = keys[i].colour});
        plot_text(p, x + 20, y, 11, 0, ANCHOR_START, SVG_INK, 130,
                  text_in(keys[i].name, p->lang));
        x += 160;
    }
    svg_line(p->out, x, y - 4, x + 22, y - 4,
             (struct pen){.stroke = SVG_SOFT, .width = 0.8, .dash = "3 3"});
    plot_text(p, x + 28, y, 11, 0, ANCHOR_START, SVG_INK, 300,
              p->lang == LANG_JA
                  ? "入熱の限度でのビードの縁(幅は長さの4倍で表示)"
                  : "edges at the limits of heat (widths drawn 4 times)");
}

static void draw(const struct rehearse_view *v, const void *gathered,
                 const struct plot *p)
{
    for (uint32_t set = 0; set < v->result->plan.n_sets; set++)
        draw_set(v, gathered, set, p);
    draw_key(p);
}

static const char *const spreads[] = {"defective_share", "escaped_share",
                                      "heat_mean_kj_mm", NULL};

const struct twin_picture picture_weldcell = {
    .twin = "weldcell",
    .gather = gather,
    .height = HEIGHT,
    .draw = draw,
    .title = {{"The worst part's welds", "最も悪い部品の溶接"}},
    .about =
        {{"The beads of both seams from above, as wide as what was molten, of the "
          "part that came out worst in the worst run; red where heat input or way are "
          "beyond their limits.",
          "最悪の試行で最も悪い部品の左右の溶接ビードを上から見た図。幅は溶融幅。入熱又"
          "は軌跡が限度を超えた箇所を赤で示す。"}},
    .n_spreads = 2,
    .spreads = spreads,
};
