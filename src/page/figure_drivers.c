// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* What drives a result, as a tornado; see figure_risk.h. */
#include <math.h>
#include <stdio.h>

#include "page/chart.h"
#include "page/figure_panels.h"
#include "page/money.h"

enum { MOST_BARS = 6 };

#define WIDTH      760.0
#define NAME_WIDTH 310.0
#define BAR_LEFT   395.0
#define BAR_WIDTH  285.0
#define BAR_HEIGHT 14.0
#define ROW        22.0
#define HEAD       46.0
#define FOOT       14.0

struct tornado {
    const struct risk *r;
    uint32_t bearer;
    enum risk_result result;
    uint32_t top[MOST_BARS], n;
    struct scale x;
    enum lang lang;
    struct buf *out;
    struct arena *arena;
};

static struct tornado tornado_of(const struct risk *r, uint32_t bearer,
                                 enum risk_result result)
{
    struct tornado t = {.r = r, .bearer = bearer, .result = result};
    double most = 0;
    t.n = risk_top_drivers(r, bearer, result, t.top, MOST_BARS);
    for (uint32_t i = 0; i < t.n; i++) {
        const struct risk_swing *s = risk_swing_of(&r->drivers[t.top[i]], result);
        most = fmax(most, fmax(s->ends[0], s->ends[1]));
    }
    t.x = (struct scale){0, most, BAR_LEFT, BAR_LEFT + BAR_WIDTH, 0};
    return t;
}

static void write_value(const struct tornado *t, double value, char out[MONEY_BYTES])
{
    if (t->result == RESULT_LOSS)
        money_rounded(value, t->r->endings.money.unit, t->lang, out);
    else
        snprintf(out, MONEY_BYTES, "%.2g", value);
}

static void draw_end(const struct tornado *t, double value, double y, int is_right)
{
    char text[MONEY_BYTES];
    double x = scale_place(&t->x, value);
    write_value(t, value, text);
    svg_text(t->out, is_right ? x + 5 : x - 5, y + BAR_HEIGHT - 3, 10, 0,
             is_right ? ANCHOR_START : ANCHOR_END, SVG_SOFT, text);
}

static void draw_bar(const struct tornado *t, uint32_t i, double y)
{
    const struct risk_driver *d = &t->r->drivers[t->top[i]];
    const struct risk_input *input = &t->r->inputs.items[d->input];
    const struct risk_swing *s = risk_swing_of(d, t->result);
    double low = fmin(s->ends[0], s->ends[1]), high = fmax(s->ends[0], s->ends[1]);
    double left = scale_place(&t->x, low), right = scale_place(&t->x, high);
    const char *name =
        arena_printf(t->arena, t->lang == LANG_JA ? "%s（%s）" : "%s (%s)",
                     text_in(input->name, t->lang),
                     text_in(choice_text(&input_kinds, input->kind), t->lang));
    struct label label = figure_label(t->arena, name, 11, 0, NAME_WIDTH, 1);
    int rises = s->ends[1] > s->ends[0];
    svg_label(t->out, 8, y - 1, ANCHOR_START, SVG_INK, &label);
    svg_rect(t->out, left, y, fmax(1, right - left), BAR_HEIGHT, 2,
             (struct pen){rises ? SVG_ACCENT : SVG_ZONE_ALT, SVG_ACCENT, 1, NULL});
    draw_end(t, low, y, 0);
    draw_end(t, high, y, 1);
}

/* The value that the means of the inputs give. */
static void draw_mean(const struct tornado *t, double top, double bottom)
{
    const struct risk_bearer *b = &t->r->bearers[t->bearer];
    double mean = t->result == RESULT_LOSS ? b->loss.mean : b->serious.mean;
    char text[MONEY_BYTES];
    double x = scale_place(&t->x, mean);
    write_value(t, mean, text);
    svg_line(t->out, x, top - 2, x, bottom, (struct pen){NULL, SVG_INK, 1, "2 2"});
    svg_text(t->out, x, top - 6, 10, 1, ANCHOR_MIDDLE, SVG_INK, text);
}

static void draw_tornado(const struct tornado *t, double y)
{
    const struct stakeholder *s =
        LIST_AT(t->r->plan->graph->model->m.stakeholders, struct stakeholder,
                t->r->bearers[t->bearer].stakeholder);
    const char *title = arena_printf(t->arena, t->lang == LANG_JA ? "%s：%s" : "%s: %s",
                                     text_in(s->name, t->lang),
                                     text_in(risk_result_names[t->result], t->lang));
    struct label head = figure_label(t->arena, title, 12, 1, WIDTH - 24, 1);
    double first = y + HEAD;
    svg_group(t->out, "panel", s->entry.id, title);
    svg_label(t->out, 8, y + 6, ANCHOR_START, SVG_INK, &head);
    for (uint32_t i = 0; i < t->n; i++)
        draw_bar(t, i, first + ROW * i);
    draw_mean(t, first, first + ROW * t->n - (ROW - BAR_HEIGHT));
    svg_group_end(t->out);
}

static double height_of(const struct tornado *t)
{
    return t->n ? HEAD + ROW * t->n + FOOT : 0;
}

static void draw_key(double y, enum lang lang, struct buf *out)
{
    int ja = lang == LANG_JA;
    svg_rect(out, 8, y - 7, 24, BAR_HEIGHT, 2,
             (struct pen){SVG_ACCENT, SVG_ACCENT, 1, NULL});
    svg_text(out, 38, y + 4, 11, 0, ANCHOR_START, SVG_INK,
             ja ? "入力が大きいほど大きい" : "grows with the input");
    svg_rect(out, 200, y - 7, 24, BAR_HEIGHT, 2,
             (struct pen){SVG_ZONE_ALT, SVG_ACCENT, 1, NULL});
    svg_text(out, 230, y + 4, 11, 0, ANCHOR_START, SVG_INK,
             ja ? "入力が大きいほど小さい" : "falls with the input");
    svg_text(out, 400, y + 4, 11, 0, ANCHOR_START, SVG_SOFT,
             ja ? "棒の両端: 入力が下位1/4、上位1/4のときの平均"
                : "ends: mean in the lowest and highest quarter of it");
}

static void open(double height, enum lang lang, struct buf *out)
{
    int ja = lang == LANG_JA;
    svg_open(out, "drivers", WIDTH, height,
             ja ? "結果を左右するもの" : "What drives the results",
             ja ? "不確かな入力ごとに、小さいときと大きいときの結果の平均を示す。"
                : "For each uncertain input the mean of the result where it is small, "
                  "and where it is great.",
             lang);
}

int figure_drivers(const struct risk_pair *pair, enum lang lang, struct buf *out)
{
    const struct risk *r = pair->after;
    struct arena arena = {0};
    struct panels panels = panels_of(pair, panels_by_events, &arena);
    double height = 0, y = 0;
    uint32_t n = panels.n * N_RISK_RESULTS;
    for (uint32_t i = 0; i < n; i++) {
        struct tornado t = tornado_of(r, panels.bearers[i / N_RISK_RESULTS],
                                      (enum risk_result)(i % N_RISK_RESULTS));
        height += height_of(&t);
    }
    if (!(height > 0)) {
        arena_fini(&arena);
        return 0;
    }
    open(height + 26 + panels_note_height(&panels), lang, out);
    for (uint32_t i = 0; i < n; i++) {
        struct tornado t = tornado_of(r, panels.bearers[i / N_RISK_RESULTS],
                                      (enum risk_result)(i % N_RISK_RESULTS));
        t.lang = lang;
        t.out = out;
        t.arena = &arena;
        if (t.n) draw_tornado(&t, y);
        y += height_of(&t);
    }
    draw_key(height + 12, lang, out);
    panels_note(&panels, height + 26, lang, out);
    svg_close(out);
    arena_fini(&arena);
    return 1;
}
