// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* The drone: where it came down in each world, seen from above. */
#include <math.h>

#include "page/figure_rehearse_kit.h"

#define TOP    46.0
#define SIDE   300.0
#define HEIGHT (TOP + SIDE + 62)

enum { MOST_DROPS = 60 };

struct drop {
    double east_m, north_m, energy_j, hit;
};

struct drops {
    uint64_t n;
    struct drop *of[2];
    double most_m, most_j;
};

/* Later looks count: at the end everything is known. */
static void look(void *note, const struct stage *s)
{
    struct drop *d = note;
    int hit = trace_outcome(s->plan.cast->scenario, "people_hit");
    if (!s->d.is_over) return;
    d->east_m = stage_value(s, "impact_east_m");
    d->north_m = stage_value(s, "impact_north_m");
    d->energy_j = stage_value(s, "impact_energy_j");
    d->hit = hit < 0 ? 0 : s->d.outcomes[hit];
}

static void *gather(const struct rehearse_view *v, struct arena *arena)
{
    const struct twin_kind *kind = v->result->plan.cast->scenario->twin;
    struct drops *x = arena_alloc(arena, sizeof *x);
    uint64_t runs = v->result->plan.runs;
    if (twin_variable(kind, "impact_east_m") < 0) return NULL;
    x->n = runs < MOST_DROPS ? runs : MOST_DROPS;
    x->most_m = 10;
    x->most_j = 10;
    for (uint32_t set = 0; set < v->result->plan.n_sets; set++) {
        x->of[set] = arena_array(arena, x->n, sizeof *x->of[set]);
        trace_all(v, (int)set, x->n, look, x->of[set], sizeof *x->of[set]);
        for (uint64_t w = 0; w < x->n; w++) {
            const struct drop *d = &x->of[set][w];
            x->most_m = fmax(x->most_m, fmax(fabs(d->east_m), fabs(d->north_m)));
            x->most_j = fmax(x->most_j, d->energy_j);
        }
    }
    x->most_m = round_up(x->most_m);
    return x;
}

/* ---- drawing ----------------------------------------------------------------------
 */

/* Area as energy, so that twice as much is twice as large. */
static double radius(const struct drops *x, double energy_j)
{
    const double widest = 9, least = 1.5;
    return fmax(least, widest * sqrt(fmax(energy_j, 0) / x->most_j));
}

static void draw_drop(const struct plot *p, const struct drops *x, const struct drop *d)
{
    double at = scale_place(&p->x, d->east_m), y = scale_place(&p->y, d->north_m);
    int is_hit = d->hit > 0.5;
    buf_str(p->out, "<g opacity=\"0.8\">");
    svg_circle(p->out, at, y, radius(x, d->energy_j),
               (struct pen){is_hit ? SVG_ALERT : SVG_ZONE_ALT,
                            is_hit ? SVG_ALERT : SVG_ACCENT, 1.2, NULL});
    svg_group_end(p->out);
}

static void draw_ground(const struct plot *p)
{
    double middle = scale_place(&p->x, 0), y = scale_place(&p->y, 0);
    svg_rect(p->out, p->x.at, p->y.end, SIDE, SIDE, 3,
             (struct pen){SVG_ZONE, SVG_EDGE, 1, NULL});
    for (int i = 1; i <= 2; i++)
        svg_circle(p->out, middle, y, i * (SIDE / 4 - 1), chart_grid);
    svg_line(p->out, middle - 6, y, middle + 6, y, chart_after);
    svg_line(p->out, middle, y - 6, middle, y + 6, chart_after);
}

static void draw_distances(const struct plot *p, const struct drops *x)
{
    double middle = scale_place(&p->x, 0), y = scale_place(&p->y, 0);
    svg_text(p->out, middle, y + SIDE / 4 + 10, 10, 0, ANCHOR_MIDDLE, SVG_SOFT,
             arena_printf(p->arena, "%g m", x->most_m / 2));
    svg_text(p->out, middle, y + SIDE / 2 - 6, 10, 0, ANCHOR_MIDDLE, SVG_SOFT,
             arena_printf(p->arena, "%g m", x->most_m));
}

static const char *headline(const struct rehearse_view *v, uint32_t set,
                            const struct plot *p)
{
    int hit = trace_outcome(v->result->plan.cast->scenario, "people_hit");
    uint64_t n = v->result->plan.runs, n_hit = 0;
    if (hit < 0) return "";
    for (uint64_t w = 0; w < n; w++)
        n_hit +=
            v->item->sets[set].outcomes[w * v->result->n_outcomes + (uint32_t)hit] >
            0.5;
    return arena_printf(p->arena,
                        p->lang == LANG_JA ? "人に当たった試行 %.1f%%"
                                           : "somebody hit in %.1f%% of the worlds",
                        100 * (double)n_hit / (double)n);
}

static void draw_set(const struct rehearse_view *v, const struct drops *x, uint32_t set,
                     const struct plot *of)
{
    struct plot p = picture_part(of, v, set, TOP, TOP + SIDE);
    plot_text(&p, p.x.at, 18, 12, 1, ANCHOR_START, SVG_INK, p.x.end - p.x.at,
              text_in(v->names[set], p.lang));
    plot_text(&p, p.x.at, 36, 11, 0, ANCHOR_START, SVG_INK, p.x.end - p.x.at,
              headline(v, set, &p));
    p.x = (struct scale){-x->most_m, x->most_m, p.x.at, p.x.at + SIDE, 0};
    p.y = (struct scale){-x->most_m, x->most_m, TOP + SIDE, TOP, 0};
    draw_ground(&p);
    for (int is_hit = 0; is_hit < 2; is_hit++) // who was hit is not covered
        for (uint64_t w = 0; w < x->n; w++)
            if (x->of[set][w].energy_j > 0 && (x->of[set][w].hit > 0.5) == is_hit)
                draw_drop(&p, x, &x->of[set][w]);
    draw_distances(&p, x);
}

static void draw_key(const struct drops *x, const struct plot *p)
{
    double y = TOP + SIDE + 28, biggest = round_up(x->most_j / 2.01);
    svg_circle(p->out, 70, y, radius(x, biggest),
               (struct pen){SVG_ZONE_ALT, SVG_ACCENT, 1.2, NULL});
    plot_text(p, 90, y + 4, 11, 0, ANCHOR_START, SVG_INK, 250,
              arena_printf(p->arena,
                           p->lang == LANG_JA
                               ? "落下・着地点(面積: 衝突エネルギー、図は%g J)"
                               : "where it came down; area: energy, here %g J",
                           biggest));
    svg_circle(p->out, 370, y, 6, (struct pen){SVG_ALERT, SVG_ALERT, 1.2, NULL});
    plot_text(p, 384, y + 4, 11, 0, ANCHOR_START, SVG_INK, 130,
              p->lang == LANG_JA ? "人に当たった" : "somebody hit");
    svg_line(p->out, 524, y, 536, y, chart_after);
    svg_line(p->out, 530, y - 6, 530, y + 6, chart_after);
    plot_text(p, 544, y + 4, 11, 0, ANCHOR_START, SVG_INK, 160,
              p->lang == LANG_JA ? "離陸地点。上が北" : "start; north is up");
}

static void draw(const struct rehearse_view *v, const void *gathered,
                 const struct plot *p)
{
    for (uint32_t set = 0; set < v->result->plan.n_sets; set++)
        draw_set(v, gathered, set, p);
    draw_key(gathered, p);
}

static const char *const spreads[] = {"person_j", "people_hit", "impact_j", NULL};

const struct twin_picture picture_drone = {
    .twin = "drone",
    .gather = gather,
    .height = HEIGHT,
    .draw = draw,
    .title = {{"Where it comes down", "落下・着地点"}},
    .about =
        {{"The hardest impact of each world, seen from above, with its energy, and "
          "whether somebody was hit.",
          "試行ごとの最も強い衝突の地点とエネルギー、人に当たったか否か。"}},
    .n_spreads = 2,
    .spreads = spreads,
};
