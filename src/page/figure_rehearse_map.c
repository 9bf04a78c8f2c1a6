// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The map with measured spreads; see figure_rehearse.h. As on the map of the framework,
 * a stakeholder stands where the worst of his incidents puts him: in each world the
 * highest level of each axis over all incidents rehearsed. Levels that no rule measures
 * are left out on both sides, so that what is compared is of the same incidents.
 */
#include <math.h>
#include <string.h>

#include "page/figure_rehearse_kit.h"

#define ACROSS  2
#define BLOCK   372.0 // a stakeholder
#define PAD     10.0
#define NAME    22.0
#define SUB     16.0 // name of a set
#define LEVEL   46.0 // names of the levels of axis 1
#define CELL    34.0
#define HIGH    24.0
#define BETWEEN 14.0
#define BELOW   24.0 // names of the levels of axis 2
#define KEY     34.0

struct text figure_rehearse_set(const char *set, struct arena *arena)
{
    static const struct {
        const char *set;
        struct text name;
    } known[] = {
        {"none",     {{"no measures", "対策なし"}}               },
        {"in-force", {{"measures in force", "実施済みの対策"}}},
        {"decided",  {{"measures decided", "決定済みの対策"}} },
        {"all",      {{"all measures", "すべての対策"}}        },
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(set, known[i].set) == 0) return known[i].name;
    return TEXT(arena_printf(arena, "measures: %s", set),
                arena_printf(arena, "対策: %s", set));
}

enum { MOST_BLOCKS = 16 };

/* The share of the worlds in each cell, and where the model declares him. */
struct spread_map {
    double share[2][N_LEVELS][N_LEVELS]; // [set][recovery][economic]
    int declared[2];                     // by axis; -1: no rule measures it
};

struct map_figure {
    const struct rehearse_view *v;
    struct arena arena;
    enum lang lang;
    struct buf *out;
};

/* ---- what is measured -------------------------------------------------------------
 */

static int highest(const struct rehearse_result *r, int set, uint32_t stakeholder,
                   int axis, uint64_t world)
{
    int most = LEVEL_NONE;
    for (size_t i = 0; i < r->n; i++) {
        const struct rehearsed *x = &r->items[i];
        const struct run_levels *l =
            &x->sets[set].levels[world * r->n_stakeholders + stakeholder];
        int level = axis ? l->economic : l->recovery;
        if (rehearse_measures(r->plan.cast, x->play->incident, stakeholder, axis) &&
            level > most)
            most = level;
    }
    return most;
}

static int declared(const struct rehearse_result *r, uint32_t stakeholder, int axis)
{
    int most = -1;
    for (size_t i = 0; i < r->n; i++) {
        uint32_t incident = r->items[i].play->incident;
        const struct harm *h = rehearse_declared(r->plan.cast, incident, stakeholder);
        int level = h ? (axis ? h->economic : h->recovery) : LEVEL_NONE;
        if (rehearse_measures(r->plan.cast, incident, stakeholder, axis) &&
            level > most)
            most = level;
    }
    return most;
}

/* 0 when no rule measures anything of this stakeholder. */
static int measure(const struct rehearse_result *r, uint32_t stakeholder,
                   struct spread_map *m)
{
    *m = (struct spread_map){0};
    for (int axis = 0; axis < 2; axis++)
        m->declared[axis] = declared(r, stakeholder, axis);
    if (m->declared[0] < 0 && m->declared[1] < 0) return 0;
    for (uint32_t set = 0; set < r->plan.n_sets; set++) {
        for (uint64_t w = 0; w < r->plan.runs; w++) {
            int recovery = highest(r, (int)set, stakeholder, 0, w);
            int economic = highest(r, (int)set, stakeholder, 1, w);
            m->share[set][recovery][economic] += 1 / (double)r->plan.runs;
        }
    }
    return 1;
}

/* ---- drawing ----------------------------------------------------------------------
 */

static struct point cell_at(double x, double y, int recovery, int economic)
{
    return (struct point){x + economic * CELL, y + (N_LEVELS - 1 - recovery) * HIGH};
}

static const char *percent(struct map_figure *f, double share)
{
    return arena_printf(&f->arena, share < 0.005 ? "<1" : "%.0f", 100 * share);
}

static void draw_cell(struct map_figure *f, double x, double y, double share,
                      int recovery, int economic)
{
    struct point at = cell_at(x, y, recovery, economic);
    svg_rect(f->out, at.x, at.y, CELL - 2, HIGH - 2, 3, (struct pen){.fill = SVG_ZONE});
    if (!(share > 0)) return;
    buf_printf(f->out, "<g opacity=\"%.2f\">", 0.1 + 0.4 * share);
    svg_rect(f->out, at.x, at.y, CELL - 2, HIGH - 2, 3,
             (struct pen){.fill = SVG_ACCENT});
    svg_group_end(f->out);
    svg_text(f->out, at.x + CELL / 2 - 1, at.y + HIGH / 2 + 2.8, 10.5, 1, ANCHOR_MIDDLE,
             SVG_INK, percent(f, share));
}

/* The declared position as a frame around its cell; around the whole row or column
 * where only one axis is measured. */
static void draw_declared(struct map_figure *f, double x, double y,
                          const struct spread_map *m)
{
    int recovery = m->declared[0], economic = m->declared[1];
    struct point from = cell_at(x, y, recovery < 0 ? N_LEVELS - 1 : recovery,
                                economic < 0 ? 0 : economic);
    struct point to = cell_at(x, y, recovery < 0 ? 0 : recovery,
                              economic < 0 ? N_LEVELS - 1 : economic);
    svg_rect(f->out, from.x - 1, from.y - 1, to.x - from.x + CELL, to.y - from.y + HIGH,
             4, (struct pen){.stroke = SVG_ALERT, .width = 2});
}

static void draw_grid(struct map_figure *f, double x, double y,
                      const struct spread_map *m, int set)
{
    for (int r = 0; r < N_LEVELS; r++)
        for (int e = 0; e < N_LEVELS; e++)
            draw_cell(f, x, y, m->share[set][r][e], r, e);
    draw_declared(f, x, y, m);
}

static void draw_levels(struct map_figure *f, const struct plot *p, double x, double y,
                        int has_rows)
{
    for (int level = 0; level < N_LEVELS; level++) {
        struct point row = cell_at(x, y, level, 0), column = cell_at(x, y, 0, level);
        const char *recovery = text_in(choice_text(&recovery_levels, level), f->lang);
        const char *economic = text_in(choice_text(&economic_levels, level), f->lang);
        if (has_rows)
            plot_text(p, x - 6, row.y + HIGH / 2 + 2.5, 9.5, 0, ANCHOR_END, SVG_SOFT,
                      LEVEL - 4, recovery);
        struct label label = figure_label(&f->arena, economic, 8.5, 0, CELL + 2, 2);
        svg_label(f->out, column.x + CELL / 2 - 1, y + N_LEVELS * HIGH, ANCHOR_MIDDLE,
                  SVG_SOFT, &label);
    }
}

static void draw_block(struct map_figure *f, double x, double y, uint32_t stakeholder,
                       const struct spread_map *m)
{
    const struct rehearse_result *r = f->v->result;
    const struct stakeholder *s = LIST_AT(r->plan.cast->graph->model->m.stakeholders,
                                          struct stakeholder, stakeholder);
    struct plot p = {.lang = f->lang, .out = f->out, .arena = &f->arena};
    const char *name = name_or_id(&f->arena, s->name, s->entry.id, f->lang);
    svg_group(f->out, "stakeholder", s->entry.id, name);
    plot_text(&p, x + PAD, y + 15, 12, 1, ANCHOR_START, SVG_INK, BLOCK - 2 * PAD, name);
    for (uint32_t set = 0; set < r->plan.n_sets; set++) {
        double left = x + PAD + LEVEL + set * (N_LEVELS * CELL + BETWEEN);
        plot_text(&p, left, y + NAME + 10, 10, 0, ANCHOR_START, SVG_SOFT,
                  N_LEVELS * CELL, text_in(f->v->names[set], f->lang));
        draw_grid(f, left, y + NAME + SUB, m, (int)set);
        draw_levels(f, &p, left, y + NAME + SUB, set == 0);
    }
    svg_group_end(f->out);
}

static void draw_key(struct map_figure *f, double y, uint32_t n_more)
{
    int ja = f->lang == LANG_JA;
    struct plot p = {.lang = f->lang, .out = f->out, .arena = &f->arena};
    svg_rect(f->out, 10, y + 3, 18, 13, 3,
             (struct pen){.stroke = SVG_ALERT, .width = 2});
    plot_text(
        &p, 36, y + 14, 11, 0, ANCHOR_START, SVG_INK, ACROSS * BLOCK - 46,
        ja ? "モデルの申告。数値はその水準に至った試行の割合(%)。縦: 回復困難性、横: "
             "経済的影響"
           : "declared in the model; numbers: share of worlds, %. Vertical: recovery, "
             "horizontal: economic impact");
    if (n_more)
        plot_text(&p, 10, y + KEY - 3, 11, 0, ANCHOR_START, SVG_SOFT,
                  ACROSS * BLOCK - 20,
                  arena_printf(&f->arena,
                               ja ? "ほかの%u者は awai rehearse --json にある。"
                                  : "awai rehearse --json has the other %u.",
                               n_more));
}

static double block_height(void)
{
    return NAME + SUB + N_LEVELS * HIGH + BELOW + 12;
}

int figure_rehearse_map(const struct rehearse_view *v, enum lang lang, struct buf *out)
{
    const struct rehearse_result *r = v->result;
    struct map_figure f = {.v = v, .lang = lang, .out = out};
    struct spread_map *maps =
        arena_array(&f.arena, r->n_stakeholders + 1, sizeof *maps);
    uint32_t *who = arena_array(&f.arena, r->n_stakeholders + 1, sizeof *who), n = 0;
    for (uint32_t i = 0; i < r->n_stakeholders; i++)
        if (r->n && measure(r, i, &maps[n])) who[n++] = i;
    uint32_t shown = n < MOST_BLOCKS ? n : MOST_BLOCKS;
    double bottom = (shown + ACROSS - 1) / ACROSS * block_height();
    if (n) {
        svg_open(
            out, "rehearse-map", ACROSS * BLOCK, bottom + KEY,
            lang == LANG_JA ? "実測したマッピング" : "The map as measured",
            lang == LANG_JA
                ? "ステークホルダーごとに、各水準に至った試行の割合と、モデルの申告を示"
                  "す。"
                : "For each stakeholder the share of worlds that come to each cell, "
                  "and what the model declares.",
            lang);
        for (uint32_t i = 0; i < shown; i++)
            draw_block(&f, i % ACROSS * BLOCK, (double)(i / ACROSS) * block_height(),
                       who[i], &maps[i]);
        draw_key(&f, bottom, n - shown);
        svg_close(out);
    }
    arena_fini(&f.arena);
    return n > 0;
}
