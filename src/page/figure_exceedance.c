// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Loss exceedance curves; see figure_risk.h. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "page/chart.h"
#include "page/figure_panels.h"
#include "page/money.h"

enum { ACROSS = 2, POINTS = 100 };

#define PANEL_WIDTH  380.0
#define PANEL_HEIGHT 220.0
#define PLOT_LEFT    52.0
#define PLOT_TOP     34.0
#define PLOT_WIDTH   306.0
#define PLOT_HEIGHT  140.0
#define KEY          30.0

struct panel {
    const struct risk_pair *pair;
    uint32_t bearer;
    struct scale x, y;
    enum lang lang;
    struct buf *out;
};

static const struct compound_years *years_of(const struct risk *r, uint32_t bearer)
{
    static const struct compound_years none;
    return r && r->years.bearers ? &r->years.bearers[bearer] : &none;
}

static double most_of(const struct risk_pair *pair, uint32_t bearer)
{
    return fmax(years_of(pair->before, bearer)->most,
                years_of(pair->after, bearer)->most);
}

/* A loss that nearly all years with any loss exceed. */
static double least_of(const struct risk *r, uint32_t bearer)
{
    const struct compound_years *y = years_of(r, bearer);
    double some = 0, loss = y->most;
    if (!(loss > 0)) return HUGE_VAL;
    some = compound_above(&r->years, bearer, 0);
    while (loss > y->most * 1e-6 &&
           compound_above(&r->years, bearer, loss) < 0.98 * some)
        loss /= 1.5;
    return loss;
}

/* From above any loss at the left to where the greatest year is. */
static void draw_curve(const struct panel *p, const struct risk *r, struct pen pen)
{
    struct point points[POINTS + 1];
    size_t n = 0;
    double least = r ? 1 / (double)r->years.years : 0;
    if (!(years_of(r, p->bearer)->most > 0)) return;
    for (int i = 0; i <= POINTS; i++) {
        double loss = p->x.from * pow(p->x.to / p->x.from, (double)i / POINTS);
        double above = compound_above(&r->years, p->bearer, loss);
        if (above < fmax(least, p->y.from)) break;
        points[n++] =
            (struct point){scale_place(&p->x, loss), scale_place(&p->y, above)};
    }
    if (n > 1) svg_route(p->out, points, n, 0, pen);
}

/* What ten of the years tell; some decade in any case. */
static double rarest_of(const struct risk_pair *pair)
{
    double years = (double)pair->after->years.years;
    if (pair->before) years = fmax(years, (double)pair->before->years.years);
    return fmax(1e-6, fmin(0.1, 10 / years));
}

static void draw_amounts(const struct panel *p)
{
    const char *unit = p->pair->after->endings.money.unit;
    double n = round(log10(p->x.to / p->x.from));
    int step = n > 4 ? (int)ceil(n / 4) : 1;
    for (int i = 0; i <= (int)n; i += step) {
        char text[MONEY_BYTES];
        double value = p->x.from * pow(10, i), x = scale_place(&p->x, value);
        svg_line(p->out, x, p->y.at, x, p->y.end, chart_grid);
        money_exact(value, unit, p->lang, text);
        svg_text(p->out, x, p->y.at + 15, 10, 0, ANCHOR_MIDDLE, SVG_SOFT, text);
    }
}

/* The bound of the economic level that a stakeholder will bear, 0 without one. */
static double bound_of_target(const struct panel *p, const struct stakeholder *s)
{
    const struct model_data *m = &p->pair->after->plan->graph->model->m;
    const struct money *below = &m->criteria.economic[s->target.economic].below;
    const char *unit = p->pair->after->endings.money.unit;
    if (s->target.is_set != TRI_YES || strcmp(below->unit, unit) != 0) return 0;
    return below->value;
}

static void draw_target(const struct panel *p, const struct stakeholder *s)
{
    double bound = bound_of_target(p, s), x = scale_place(&p->x, bound);
    if (!(bound > p->x.from && bound < p->x.to)) return;
    svg_line(p->out, x, p->y.at, x, p->y.end,
             (struct pen){NULL, SVG_ALERT, 1.5, "5 4"});
    svg_text(p->out, x + 4, p->y.end + 11, 10, 1, ANCHOR_START, SVG_ALERT,
             p->lang == LANG_JA ? "目標水準の上限" : "target");
}

static void draw_panel(struct panel *p, double left, double top, struct arena *arena)
{
    const struct risk *r = p->pair->after;
    const struct stakeholder *s =
        LIST_AT(r->plan->graph->model->m.stakeholders, struct stakeholder,
                r->bearers[p->bearer].stakeholder);
    const char *name = text_in(s->name, p->lang);
    struct label title = figure_label(arena, name, 12, 1, PANEL_WIDTH - 24, 1);
    double bottom = top + PLOT_TOP + PLOT_HEIGHT, x = left + PLOT_LEFT;
    double least =
        fmin(p->pair->before ? least_of(p->pair->before, p->bearer) : HUGE_VAL,
             least_of(r, p->bearer));
    p->x = scale_decades(least, most_of(p->pair, p->bearer), x, x + PLOT_WIDTH);
    p->y = scale_decades(rarest_of(p->pair), 1, bottom, top + PLOT_TOP);
    svg_group(p->out, "panel", s->entry.id, name);
    svg_label(p->out, left + 8, top + 6, ANCHOR_START, SVG_INK, &title);
    draw_amounts(p);
    chart_decades(p->out, &p->y, x, x + PLOT_WIDTH);
    svg_line(p->out, x, bottom, x + PLOT_WIDTH, bottom,
             (struct pen){NULL, SVG_EDGE, 1, NULL});
    draw_target(p, s);
    if (p->pair->before) draw_curve(p, p->pair->before, chart_before);
    draw_curve(p, r, chart_after);
    svg_group_end(p->out);
}

static void open(const struct risk_pair *pair, const struct panels *panels,
                 enum lang lang, struct buf *out)
{
    int ja = lang == LANG_JA;
    double rows = (panels->n + ACROSS - 1) / ACROSS, bottom = rows * PANEL_HEIGHT;
    svg_open(out, "exceedance", ACROSS * PANEL_WIDTH,
             bottom + KEY + panels_note_height(panels),
             ja ? "損失超過曲線" : "Loss exceedance curves",
             ja ? "ステークホルダーごとに、年間損失額がある金額を超える確率を示す。"
                : "For each stakeholder the probability that a year's loss is above an "
                  "amount.",
             lang);
    chart_key(out, bottom + KEY / 2,
              pair->before ? text_in(pair->before_name, lang) : NULL,
              text_in(pair->after_name, lang));
    panels_note(panels, bottom + KEY, lang, out);
    svg_text(out, ACROSS * PANEL_WIDTH - 8, bottom + KEY / 2 + 4, 11, 0, ANCHOR_END,
             SVG_SOFT,
             ja ? "縦軸: その額を超える年の割合"
                : "share of the years above the amount");
}

int figure_exceedance(const struct risk_pair *pair, enum lang lang, struct buf *out)
{
    struct arena arena = {0};
    struct panels panels = panels_of(pair, panels_by_loss, &arena);
    uint32_t n = panels.n;
    panels.n = 0;
    for (uint32_t i = 0; i < n; i++)
        if (most_of(pair, panels.bearers[i]) > 0)
            panels.bearers[panels.n++] = panels.bearers[i];
    panels.n_all -= n - panels.n; // nothing to draw
    if (panels.n) open(pair, &panels, lang, out);
    for (uint32_t k = 0; k < panels.n; k++) {
        struct panel p = {
            .pair = pair, .bearer = panels.bearers[k], .lang = lang, .out = out};
        draw_panel(&p, k % ACROSS * PANEL_WIDTH, k / ACROSS * PANEL_HEIGHT, &arena);
    }
    if (panels.n) svg_close(out);
    arena_fini(&arena);
    return panels.n > 0;
}
