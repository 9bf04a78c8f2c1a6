// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Risk in numbers on a terminal; see term_risk.h. */
#include "page/term_risk.h"

#include <math.h>
#include <stdlib.h>

#include "page/money.h"

/* A row with all columns has 79 cells. */
enum { NAME_CELLS = 30, VALUE_CELLS = 11, SPREAD_CELLS = 18, MOST_SHOWN = 5 };

struct writer {
    const struct risk *r;
    const struct model_data *m;
    const struct term *term;
    struct buf *out;
};

/* A ternary, so that the compiler sees the formats. */
#define IN(w, en, ja) ((w)->term->lang == LANG_JA ? (ja) : (en))

static const char *text_of(const struct writer *w, struct text t)
{
    return text_in(t, w->term->lang);
}

static void put_cell(const struct writer *w, const char *s, size_t cells)
{
    for (size_t i = text_width(s); i < cells; i++)
        buf_char(w->out, ' ');
    buf_str(w->out, s);
}

/* Three digits that mean something. */
static void print_number(char *text, size_t size, double value)
{
    double size_of = fabs(value);
    if (!isfinite(value))
        snprintf(text, size, "\u2014");
    else if (size_of > 0 && (size_of < 0.001 || size_of >= 1e6))
        snprintf(text, size, "%.2e", value);
    else
        snprintf(text, size, "%.*f",
                 size_of >= 100  ? 0
                 : size_of >= 10 ? 1
                 : size_of >= 1  ? 2
                                 : 4,
                 value);
}

static void put_number(const struct writer *w, double value, size_t cells)
{
    char text[32];
    print_number(text, sizeof text, value);
    put_cell(w, text, cells);
}

static void put_money(const struct writer *w, double value, size_t cells)
{
    char text[MONEY_BYTES];
    if (isfinite(value))
        money_rounded(value, w->r->endings.money.unit, w->term->lang, text);
    else
        snprintf(text, sizeof text, "\u2014");
    put_cell(w, text, cells);
}

static void put_pair(const struct writer *w, const double pair[2])
{
    char low[32], high[32], text[72];
    print_number(low, sizeof low, pair[0]);
    print_number(high, sizeof high, pair[1]);
    snprintf(text, sizeof text, "%s\u2013%s", low, high);
    put_cell(w, text, SPREAD_CELLS);
}

static void put_name(const struct writer *w, const char *indent, const char *name)
{
    buf_str(w->out, indent);
    term_pad(w->out, name, NAME_CELLS - 1);
    buf_char(w->out, ' ');
}

static void put_rate(const struct writer *w, const char *name,
                     const struct risk_value *v)
{
    put_name(w, "  ", name);
    put_number(w, v->mean, VALUE_CELLS);
    put_pair(w, v->interval);
    if (w->r->n_outer) put_pair(w, v->spread);
    buf_char(w->out, '\n');
}

/* ---- stakeholders -----------------------------------------------------------------
 */

static void put_head(const struct writer *w)
{
    const struct risk *r = w->r;
    buf_printf(w->out,
               IN(w, "%llu worlds, %llu years, seed %llu; measures: %s\n",
                  "試行%llu回、%llu年、乱数の種%llu。対策: %s\n"),
               (unsigned long long)r->worlds, (unsigned long long)r->years.years,
               (unsigned long long)r->plan->seed, r->plan->set);
    if (r->is_stopped) buf_str(w->out, IN(w, "ended early\n", "途中で終了した\n"));
    buf_char(w->out, '\n');
    put_name(w, "  ", IN(w, "times a year", "年間の回数"));
    put_cell(w, IN(w, "mean", "平均"), VALUE_CELLS);
    put_cell(w, IN(w, "95% interval", "95%信頼区間"), SPREAD_CELLS);
    put_cell(w, IN(w, "spread 5%-95%", "幅(5～95%)"), SPREAD_CELLS);
    buf_char(w->out, '\n');
}

static void put_cells(const struct writer *w, const struct risk_bearer *b)
{
    for (uint32_t i = N_CELLS - 1; i > 0; i--) {
        char name[160];
        if (b->cells[i].mean <= 0) continue;
        snprintf(name, sizeof name, IN(w, "%s / %s", "%s／%s"),
                 text_of(w, choice_text(&recovery_levels, (int)(i / N_LEVELS))),
                 text_of(w, choice_text(&economic_levels, (int)(i % N_LEVELS))));
        put_rate(w, name, &b->cells[i]);
    }
}

static void put_line(const struct writer *w, const char *name, double money)
{
    put_name(w, "  ", name);
    put_money(w, money, VALUE_CELLS + 4);
    buf_char(w->out, '\n');
}

/* 1 if values[i] comes after number `last`: it is less, or equal and further on. */
static int comes_after(const double *values, uint32_t i, uint32_t last)
{
    if (last == REF_NONE || values[i] < values[last]) return 1;
    return i > last && values[i] <= values[last];
}

/* Of n values above 0 the greatest after number `last`, of equals the first; REF_NONE
 * if there is none. Begin with REF_NONE. */
static uint32_t next_greatest(const double *values, uint32_t n, uint32_t last)
{
    uint32_t most = REF_NONE;
    for (uint32_t i = 0; i < n; i++) {
        if (!(values[i] > 0) || !comes_after(values, i, last)) continue;
        if (most == REF_NONE || values[i] > values[most]) most = i;
    }
    return most;
}

static void put_shares(const struct writer *w, const struct risk_bearer *b)
{
    uint32_t at = REF_NONE;
    for (int shown = 0; shown < MOST_SHOWN; shown++) {
        at = next_greatest(b->of_incident, w->r->n_incidents, at);
        if (at == REF_NONE) return;
        buf_printf(w->out, "    %5.1f%% %s\n", 100 * b->of_incident[at] / b->loss.mean,
                   text_of(w, LIST_AT(w->m->incidents, struct incident, at)->name));
    }
}

/* A saving, 0 if it is less than one part in 200 of what is lost without it. */
static double worth_telling(double saved, double without)
{
    return saved * 200 >= without ? saved : 0;
}

static void put_savings(const struct writer *w, const struct risk_bearer *b)
{
    uint32_t n = w->m->measures.n, at = REF_NONE;
    double *saved = mem_alloc((n + 1) * sizeof *saved);
    for (uint32_t i = 0; i < n; i++)
        saved[i] = worth_telling(b->without_measure[i] - b->with_measures,
                                 b->without_measure[i]);
    for (int shown = 0; shown < MOST_SHOWN; shown++) {
        at = next_greatest(saved, n, at);
        if (at == REF_NONE) break;
        if (shown == 0)
            buf_str(w->out, IN(w, "  a year less by\n", "  対策による年間の減少額\n"));
        put_money(w, saved[at], VALUE_CELLS + 4);
        buf_printf(w->out, " %s\n",
                   text_of(w, LIST_AT(w->m->measures, struct measure, at)->name));
    }
    free(saved);
}

static void put_loss(const struct writer *w, uint32_t bearer)
{
    const struct risk_bearer *b = &w->r->bearers[bearer];
    const struct compound_result *y = &w->r->years;
    put_name(w, "  ", IN(w, "loss a year, mean", "年間損失額の平均"));
    put_money(w, b->loss.mean, VALUE_CELLS + 4);
    if (w->r->n_outer) {
        buf_str(w->out, " (");
        put_money(w, b->loss.spread[0], 0);
        buf_str(w->out, "\u2013");
        put_money(w, b->loss.spread[1], 0);
        buf_char(w->out, ')');
    }
    buf_char(w->out, '\n');
    if (b->loss.mean <= 0 || y->years == 0) return;
    put_line(w, IN(w, "value at risk 95%", "バリュー・アット・リスク95%"),
             compound_quantile(y, bearer, 0.95));
    put_line(w, IN(w, "value at risk 99%", "バリュー・アット・リスク99%"),
             compound_quantile(y, bearer, 0.99));
    for (int i = 0; i < N_RISK_PERIODS; i++) {
        char name[80];
        if (risk_periods[i] * 10 > (double)y->years) break;
        snprintf(name, sizeof name,
                 IN(w, "exceeded once in %.0f years", "%.0f年に1回超える額"),
                 risk_periods[i]);
        double loss = compound_quantile(y, bearer, 1 - 1 / risk_periods[i]);
        if (loss > 0) put_line(w, name, loss);
    }
    put_shares(w, b);
    put_savings(w, b);
}

static void put_bearer(const struct writer *w, uint32_t bearer)
{
    const struct risk_bearer *b = &w->r->bearers[bearer];
    const struct stakeholder *s =
        LIST_AT(w->m->stakeholders, struct stakeholder, b->stakeholder);
    buf_printf(w->out, "\n%s\n", text_of(w, s->name));
    put_cells(w, b);
    put_rate(w, IN(w, "any harm", "何らかの被害"), &b->events);
    put_rate(w, IN(w, "serious or fatal damage", "重大又は致命的なダメージ"),
             &b->serious);
    if (!w->r->notes[NOTE_NO_MONEY]) put_loss(w, bearer);
}

/* ---- protection, drivers, notes ---------------------------------------------------
 */

static const char *sil_text(const struct writer *w, const struct layer_demand *d)
{
    return isnan(d->pfd) ? "\u2014" : text_of(w, sil_names[d->sil]);
}

static void put_demand(const struct writer *w, const char *name, const char *what,
                       const struct layer_demand *d)
{
    char reduction[32];
    print_number(reduction, sizeof reduction, d->reduction);
    put_name(w, "    ", name);
    buf_printf(w->out, IN(w, "%s; demanded: %s", "%s。要求: %s"), what, sil_text(w, d));
    if (!isnan(d->pfd) && d->sil != SIL_NOT_NEEDED)
        buf_printf(w->out, " (RRF %s)", reduction);
    buf_char(w->out, '\n');
}

static void put_layer(const struct writer *w, const struct risk_layer *x)
{
    const struct safety_function *f =
        LIST_AT(w->m->safety_functions, struct safety_function, x->function);
    char what[96], pfd[32];
    print_number(pfd, sizeof pfd, estimate_mean(&f->pfd));
    if (x->is_credited)
        snprintf(what, sizeof what, "PFD %s", pfd);
    else if (f->independent != TRI_YES)
        snprintf(what, sizeof what, "%s", IN(w, "not independent", "独立していない"));
    else if (f->pfd.mode.is_set)
        snprintf(what, sizeof what, "%s",
                 IN(w, "leaves this level", "この水準の被害を残す"));
    else
        snprintf(what, sizeof what, "%s", IN(w, "PFD not stated", "PFDの記載なし"));
    put_demand(w, text_of(w, f->name), what, &x->demand);
}

static void put_asil(const struct writer *w, const struct risk_asil *a)
{
    put_name(w, "    ", IN(w, "note of ISO 26262", "ISO 26262による参考"));
    buf_printf(w->out, "%s (S%d, E%d, C%d%s)\n", asil_names[a->asil], a->severity,
               a->exposure, a->controllability,
               a->is_assumed ? IN(w, "; partly assumed", "。一部は仮定") : "");
}

static void put_protection(const struct writer *w, const struct risk_protection *p)
{
    enum { DEMAND_LINE = 1 }; // the one with an interval
    const struct incident *i = LIST_AT(w->m->incidents, struct incident, p->incident);
    const struct {
        const char *name;
        double value;
    } lines[] = {
        {IN(w, "without measures and layers", "対策・安全機能なし"),          p->unmitigated},
        {IN(w, "demand on safety functions",  "安全機能への作動要求"),       p->demand     },
        {IN(w, "with credited layers",        "効果を見込む安全機能あり"), p->mitigated  },
        {IN(w, "tolerable",                   "許容頻度"),                         p->tolerable  },
    };
    buf_printf(w->out, IN(w, "  %s (%s, times a year)\n", "  %s (%s、年間の回数)\n"),
               text_of(w, i->name),
               text_of(w, choice_text(&recovery_levels, p->level)));
    for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
        put_name(w, "    ", lines[k].name);
        put_number(w, lines[k].value, VALUE_CELLS);
        if (k == DEMAND_LINE) put_pair(w, p->interval);
        buf_char(w->out, '\n');
    }
    for (uint32_t k = 0; k < p->n_layers; k++)
        put_layer(w, &p->layers[k]);
    if (p->n_layers && p->rest.sil != SIL_NOT_NEEDED && !isnan(p->rest.pfd))
        put_demand(w, IN(w, "one more layer", "追加の防護層"), IN(w, "missing", "不足"),
                   &p->rest);
    if (p->asil.is_noted) put_asil(w, &p->asil);
}

/* A bar from the one end to the other, on a scale from 0 to the greatest. */
static void put_bar(const struct writer *w, const struct risk_swing *s, double greatest)
{
    enum { BAR_CELLS = 13 };
    double low = fmin(s->ends[0], s->ends[1]), high = fmax(s->ends[0], s->ends[1]);
    int from = (int)(BAR_CELLS * low / greatest),
        to = (int)(BAR_CELLS * high / greatest);
    buf_str(w->out, "  ");
    for (int i = 0; i <= BAR_CELLS; i++)
        buf_char(w->out, i < from || i > to ? ' ' : '=');
}

static void put_result(const struct writer *w, enum risk_result result, double value)
{
    if (result == RESULT_LOSS)
        put_money(w, value, VALUE_CELLS);
    else
        put_number(w, value, VALUE_CELLS);
}

static void put_driver(const struct writer *w, enum risk_result result,
                       const struct risk_driver *d, double greatest)
{
    const struct risk_input *x = &w->r->inputs.items[d->input];
    const struct risk_swing *s = risk_swing_of(d, result);
    char name[256];
    snprintf(name, sizeof name, IN(w, "%s: %s", "%s：%s"),
             text_of(w, choice_text(&input_kinds, x->kind)), text_of(w, x->name));
    put_name(w, "    ", name);
    put_result(w, result, s->ends[0]);
    put_result(w, result, s->ends[1]);
    buf_printf(w->out, "%7.2f", s->correlation);
    put_bar(w, s, greatest);
    while (w->out->len && w->out->data[w->out->len - 1] == ' ')
        w->out->len--;
    buf_char(w->out, '\n');
}

/* The inputs that move a result of a bearer most, as a tornado. */
static void put_tornado(const struct writer *w, uint32_t bearer,
                        enum risk_result result)
{
    uint32_t top[MOST_SHOWN],
        n = risk_top_drivers(w->r, bearer, result, top, MOST_SHOWN);
    const struct list *all = &w->m->stakeholders;
    double greatest = 0;
    if (n == 0) return;
    for (uint32_t i = 0; i < n; i++) {
        const struct risk_swing *s = risk_swing_of(&w->r->drivers[top[i]], result);
        greatest = fmax(greatest, fmax(s->ends[0], s->ends[1]));
    }
    buf_printf(
        w->out, IN(w, "  %s: %s\n", "  %s：%s\n"),
        text_of(
            w,
            LIST_AT(*all, struct stakeholder, w->r->bearers[bearer].stakeholder)->name),
        text_of(w, risk_result_names[result]));
    for (uint32_t i = 0; i < n; i++)
        put_driver(w, result, &w->r->drivers[top[i]], greatest);
}

static void put_drivers(const struct writer *w)
{
    if (w->r->n_drivers == 0) return;
    buf_str(w->out,
            IN(w, "\nWhat drives it: the mean where an input is least, and greatest\n",
               "\n結果を左右するもの: 入力が小さいとき、大きいときの平均\n"));
    put_name(w, "    ", "");
    put_cell(w, IN(w, "bottom 1/4", "下位1/4"), VALUE_CELLS);
    put_cell(w, IN(w, "top 1/4", "上位1/4"), VALUE_CELLS);
    put_cell(w, IN(w, "corr.", "相関"), 7);
    buf_char(w->out, '\n');
    for (uint32_t b = 0; b < w->r->n_bearers; b++)
        for (int i = 0; i < N_RISK_RESULTS; i++)
            put_tornado(w, b, (enum risk_result)i);
}

static void put_share(const struct writer *w, double share)
{
    char text[16] = "-";
    if (!isnan(share)) snprintf(text, sizeof text, "%.0f%%", 100 * share);
    put_cell(w, text, VALUE_CELLS);
}

/* Attack steps of all losses: what passes through them, what is gained without. */
static void put_steps(const struct writer *w)
{
    const struct steps *s = &w->r->steps;
    struct arena arena = {0};
    struct attack_names names = model_names(w->r->plan->graph);
    if (s->n_of_loss == 0) return;
    buf_str(w->out, IN(w,
                       "\nAttack steps that carry the losses, and what is gained if "
                       "they are impossible\n",
                       "\n損失を担う攻撃ステップと、不可能にしたときに減る割合\n"));
    put_cell(w, IN(w, "through it", "通過"), VALUE_CELLS);
    put_cell(w, IN(w, "gained", "防げば減る"), VALUE_CELLS);
    buf_char(w->out, '\n');
    for (uint32_t i = 0; i < s->n_of_loss; i++) {
        put_share(w, s->of_loss[i].share);
        put_share(w, s->of_loss[i].gain);
        buf_printf(w->out, "  %s\n",
                   text_of(w, names.title(names.of, s->of_loss[i].node, &arena)));
    }
    arena_fini(&arena);
}

static void put_notes(const struct writer *w, int is_gap, const char *head)
{
    int n = 0;
    for (int i = 0; i < N_RISK_NOTES; i++) {
        if (!w->r->notes[i] || risk_notes[i].is_gap != is_gap) continue;
        if (n++ == 0) buf_printf(w->out, "\n%s\n", head);
        buf_printf(w->out, "- %s\n", text_of(w, risk_notes[i].text));
    }
}

void term_risk(const struct risk *r, const struct term *term, struct buf *out)
{
    struct writer w = {r, &r->plan->graph->model->m, term, out};
    put_head(&w);
    for (uint32_t i = 0; i < r->n_bearers; i++)
        put_bearer(&w, i);
    if (r->n_protections)
        buf_str(out, IN(&w, "\nLayers of protection\n", "\n防護層\n"));
    for (uint32_t i = 0; i < r->n_protections; i++)
        put_protection(&w, &r->protections[i]);
    put_steps(&w);
    put_drivers(&w);
    put_notes(&w, 0, IN(&w, "What it rests on", "前提"));
    put_notes(&w, 1,
              IN(&w, "What the model could still say", "モデルに不足しているもの"));
}

/* ---- two sets of measures ---------------------------------------------------------
 */

static void put_both(const struct writer *w, const char *name, const double values[2],
                     int is_money)
{
    put_name(w, "  ", name);
    for (int i = 0; i < 2; i++)
        if (is_money)
            put_money(w, values[i], SPREAD_CELLS);
        else
            put_number(w, values[i], SPREAD_CELLS);
    if (values[0] > 0 && isfinite(values[1]))
        buf_printf(w->out, "%+8.0f%%", 100 * (values[1] / values[0] - 1));
    buf_char(w->out, '\n');
}

/* How often a year a bearer is at a level of an axis, by cells. */
static double at_level(const struct risk_bearer *b, int is_economic, int level)
{
    double sum = 0;
    for (uint32_t i = 0; i < N_CELLS; i++)
        if ((int)(is_economic ? i % N_LEVELS : i / N_LEVELS) == level)
            sum += b->cells[i].mean;
    return sum;
}

/* The map with likelihood, before and after: each axis by itself, worst first. */
static void put_levels(const struct writer *w, const struct risk_bearer *const b[2])
{
    for (int k = 0; k < 2 * (N_LEVELS - 1); k++) {
        int is_economic = k >= N_LEVELS - 1, level = N_LEVELS - 1 - k % (N_LEVELS - 1);
        const struct choice_set *set =
            is_economic ? &economic_levels : &recovery_levels;
        double values[2] = {at_level(b[0], is_economic, level),
                            at_level(b[1], is_economic, level)};
        char name[160];
        if (!(values[0] + values[1] > 0)) continue;
        snprintf(name, sizeof name,
                 is_economic ? IN(w, "  axis 2: %s", "  第2軸: %s")
                             : IN(w, "  axis 1: %s", "  第1軸: %s"),
                 text_of(w, choice_text(set, level)));
        put_both(w, name, values, 0);
    }
}

/* The loss exceedance curves, where one of them is above nothing. */
static void put_curves(const struct writer *w, const struct risk *const risks[2],
                       uint32_t i)
{
    for (int k = 0; k < N_RISK_PERIODS; k++) {
        double p = 1 - 1 / risk_periods[k], values[2];
        char name[80];
        for (int r = 0; r < 2; r++) {
            if (risk_periods[k] * 10 > (double)risks[r]->years.years) return;
            values[r] = compound_quantile(&risks[r]->years, i, p);
        }
        if (!(values[0] + values[1] > 0)) continue;
        snprintf(name, sizeof name,
                 IN(w, "  once in %.0f years", "  %.0f年に1回超える額"),
                 risk_periods[k]);
        put_both(w, name, values, 1);
    }
}

static void put_bearers(const struct writer *w, const struct risk *const risks[2],
                        uint32_t i)
{
    const struct risk_bearer *b[2] = {&risks[0]->bearers[i], &risks[1]->bearers[i]};
    const struct list *all = &w->m->stakeholders;
    buf_printf(w->out, "\n%s\n",
               text_of(w, LIST_AT(*all, struct stakeholder, b[0]->stakeholder)->name));
    put_both(w, IN(w, "any harm, times a year", "何らかの被害(回/年)"),
             (double[]){b[0]->events.mean, b[1]->events.mean}, 0);
    put_both(w, IN(w, "serious or fatal damage", "重大又は致命的なダメージ"),
             (double[]){b[0]->serious.mean, b[1]->serious.mean}, 0);
    put_levels(w, b);
    if (risks[0]->notes[NOTE_NO_MONEY] || !(b[0]->loss.mean + b[1]->loss.mean > 0))
        return;
    put_both(w, IN(w, "loss a year, mean", "年間損失額の平均"),
             (double[]){b[0]->loss.mean, b[1]->loss.mean}, 1);
    put_curves(w, risks, i);
}

void term_risk_compare(const struct risk *before, const struct risk *after,
                       const struct term *term, struct buf *out)
{
    struct writer w = {before, &before->plan->graph->model->m, term, out};
    const struct risk *const risks[2] = {before, after};
    buf_printf(out,
               IN(&w, "%llu worlds, %llu years, seed %llu\n\n",
                  "試行%llu回、%llu年、乱数の種%llu\n\n"),
               (unsigned long long)before->worlds,
               (unsigned long long)before->years.years,
               (unsigned long long)before->plan->seed);
    if (after->is_stopped)
        buf_str(out, IN(&w, "ended early\n\n", "途中で終了した\n\n"));
    put_name(&w, "  ", IN(&w, "measures", "対策"));
    for (int i = 0; i < 2; i++)
        put_cell(&w, risks[i]->plan->set, SPREAD_CELLS);
    buf_char(out, '\n');
    for (uint32_t i = 0; i < before->n_bearers; i++)
        put_bearers(&w, risks, i);
}
