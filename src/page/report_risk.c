// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Risk in numbers, for models that state attackers and what their incidents cost or how
 * often they are tolerated: without measures and with those decided.
 */
#include <math.h>
#include <stdlib.h>

#include "attack/model_net.h"
#include "base/share.h"
#include "page/figure_risk.h"
#include "page/money.h"
#include "page/report_int.h"

/* Fewer than the command runs: a report is written in seconds. */
enum { WORLDS = 10000, YEARS = 50000, OUTER = 60, INNER = 1000, SEED = 1 };
enum { MEASURE_WORLDS = 2000 };
enum { MOST_NAMED = 5, MOST_STEPS = 3 };

/* ---- words ------------------------------------------------------------------------
 */

static struct text number(struct report *r, double value)
{
    return report_string(arena_printf(r->arena,
                                      value <= 0      ? "%.0f"
                                      : value < 0.001 ? "%.1e"
                                      : value < 0.1   ? "%.4f"
                                      : value < 10    ? "%.2f"
                                                      : "%.0f",
                                      value));
}

static struct text money(struct report *r, const struct risk *x, double value)
{
    struct text t = NO_TEXT;
    for (int lang = 0; lang < N_LANGS; lang++) {
        char text[MONEY_BYTES];
        money_rounded(value, x->endings.money.unit, (enum lang)lang, text);
        t.in[lang] = arena_str(r->arena, text);
    }
    return t;
}

/* A value and, below it, its spread. */
static void add_value(struct report *r, struct doc_table *t, const struct risk *x,
                      const struct risk_value *v, int is_money)
{
    struct doc_cell *cell = doc_cell(r->doc, t);
    struct text texts[3];
    const double values[] = {v->mean, v->spread[0], v->spread[1]};
    for (int i = 0; i < 3; i++)
        texts[i] = is_money ? money(r, x, values[i]) : number(r, values[i]);
    doc_strong(r->doc, doc_cell_line(r->doc, cell), texts[0]);
    if (v->mean > 0)
        doc_soft(r->doc, doc_line(r->doc, &cell->lines),
                 FILL(r, TEXT("{0} to {1}", "{0}～{1}"), texts[1], texts[2]));
}

/* ---- stakeholders -----------------------------------------------------------------
 */

static void add_bearer(struct report *r, struct doc_table *t,
                       const struct risk_pair *pair, uint32_t i)
{
    const struct risk_bearer *after = &pair->after->bearers[i],
                             *before = &pair->before->bearers[i];
    const struct stakeholder *s = report_stakeholder(r, after->stakeholder);
    doc_row(r->doc, t, report_anchor(r, "risk", s->entry.id));
    doc_link(r->doc, report_cell(r, t), s->name,
             report_target(r, "stakeholder", s->entry.id));
    add_value(r, t, pair->before, &before->serious, 0);
    add_value(r, t, pair->after, &after->serious, 0);
    if (pair->after->notes[NOTE_NO_MONEY]) return;
    add_value(r, t, pair->before, &before->loss, 1);
    add_value(r, t, pair->after, &after->loss, 1);
    doc_cell_text(
        r->doc, t,
        money(r, pair->after, compound_quantile(&pair->after->years, i, 0.99)));
}

static void add_bearers(struct report *r, struct doc_block *s,
                        const struct risk_pair *pair)
{
    enum { WITHOUT_MONEY = 3, WITH_MONEY = 6 };
    static const struct doc_column columns[] = {
        COLUMN("Stakeholder", "ステークホルダー", DOC_WIDE, DOC_START),
        COLUMN("Serious or fatal damage a year, without measures",
               "重大又は致命的なダメージ(回/年)、対策なし", DOC_NARROW, DOC_END),
        COLUMN("With the measures decided", "決定済みの対策あり", DOC_NARROW, DOC_END),
        COLUMN("Loss a year, without measures", "年間損失額、対策なし", DOC_NARROW,
               DOC_END),
        COLUMN("With the measures decided", "決定済みの対策あり", DOC_NARROW, DOC_END),
        COLUMN("Exceeded in 1 year of 100", "100年に1回超える額", DOC_NARROW, DOC_END),
    };
    struct doc_table *t = doc_table(
        r->doc, s,
        TEXT("Frequency and loss a year: mean, with its spread from 5% to 95%",
             "年間の頻度と損失額(平均と、不確かさの幅5～95%)"),
        columns, pair->after->notes[NOTE_NO_MONEY] ? WITHOUT_MONEY : WITH_MONEY, 0);
    for (uint32_t i = 0; i < pair->after->n_bearers; i++)
        add_bearer(r, t, pair, i);
}

/* ---- contributions ----------------------------------------------------------------
 */

struct part {
    double value;
    uint32_t index;
};

static int compare_parts(const void *a, const void *b)
{
    const struct part *x = a, *y = b;
    if (x->value < y->value || x->value > y->value) return x->value < y->value ? 1 : -1;
    return x->index < y->index ? -1 : x->index > y->index;
}

/* The greatest first; those of less than one part in 200 of `whole` are left out. */
static uint32_t sort_parts(struct part *parts, uint32_t n, double whole)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n; i++)
        if (parts[i].value > 0 && parts[i].value * 200 >= whole)
            parts[kept++] = parts[i];
    qsort(parts, kept, sizeof *parts, compare_parts);
    return kept < MOST_NAMED ? kept : MOST_NAMED;
}

static void add_incidents(struct report *r, struct doc_table *t, const struct risk *x,
                          const struct risk_bearer *b)
{
    struct part *parts = arena_array(r->arena, x->n_incidents + 1, sizeof *parts);
    struct doc_cell *cell = doc_cell(r->doc, t);
    for (uint32_t i = 0; i < x->n_incidents; i++)
        parts[i] = (struct part){b->of_incident[i], i};
    uint32_t n = sort_parts(parts, x->n_incidents, b->loss.mean);
    for (uint32_t i = 0; i < n; i++) {
        struct doc_line *line = doc_line(r->doc, &cell->lines);
        double share = 100 * parts[i].value / b->loss.mean;
        doc_whole(r->doc, line,
                  report_string(arena_printf(r->arena, "%.0f%% ", share)));
        report_add_incident(r, line, parts[i].index);
    }
}

static void add_savings(struct report *r, struct doc_table *t, const struct risk *x,
                        const struct risk_bearer *b)
{
    uint32_t n = r->m->measures.n, n_kept;
    struct part *parts = arena_array(r->arena, n + 1, sizeof *parts);
    struct doc_cell *cell = doc_cell(r->doc, t);
    for (uint32_t i = 0; i < n; i++) {
        double saved = b->without_measure[i] - b->with_measures;
        parts[i] = (struct part){saved > 0 ? saved : 0, i};
    }
    n_kept = sort_parts(parts, n, b->with_measures);
    for (uint32_t i = 0; i < n_kept; i++) {
        const struct measure *m =
            LIST_AT(r->m->measures, const struct measure, parts[i].index);
        struct doc_line *line = doc_line(r->doc, &cell->lines);
        doc_whole(r->doc, line, money(r, x, parts[i].value));
        report_say(r, line, " ", " ");
        doc_link(r->doc, line, m->name, report_target(r, "measure", m->entry.id));
    }
}

static void add_contributions(struct report *r, struct doc_block *s,
                              const struct risk *x)
{
    static const struct doc_column columns[] = {
        COLUMN("Stakeholder", "ステークホルダー", DOC_MIDDLE, DOC_START),
        COLUMN("Loss comes of", "損失の内訳", DOC_WIDE, DOC_START),
        COLUMN("A year less by", "対策による年間の減少額", DOC_WIDE, DOC_START),
    };
    struct doc_table *t = doc_table(
        r->doc, s,
        TEXT("Where the losses come from, and what each decided measure saves",
             "損失の内訳と、決定済みの対策による減少額"),
        columns, 3, 0);
    for (uint32_t i = 0; i < x->n_bearers; i++) {
        const struct risk_bearer *b = &x->bearers[i];
        if (!(b->loss.mean > 0)) continue;
        doc_row(r->doc, t, NULL);
        doc_cell_text(r->doc, t, report_stakeholder(r, b->stakeholder)->name);
        add_incidents(r, t, x, b);
        add_savings(r, t, x, b);
    }
}

/* ---- attack steps -----------------------------------------------------------------
 */

static struct text percent(struct report *r, double share)
{
    if (isnan(share)) return report_string("\u2014");
    return report_string(share > 0 && share < 0.01
                             ? "<1%"
                             : arena_printf(r->arena, "%.0f%%", 100 * share));
}

/* What it is a share of stands in the first row of several. */
static void add_step(struct report *r, struct doc_table *t, const struct risk_step *s,
                     int is_first)
{
    const struct graph *g = r->a->graph;
    doc_row(r->doc, t, NULL);
    struct doc_line *of = report_cell(r, t);
    if (is_first && s->incident == REF_NONE)
        report_say(r, of, "All losses", "すべての損失");
    else if (is_first)
        report_add_incident(r, of, s->incident);
    struct doc_line *line = report_cell(r, t);
    report_add_asset(r, line, g->node_asset[s->node]);
    report_say(r, line, ": ", ": ");
    doc_text(r->doc, line, graph_step(g, s->node)->name);
    doc_cell_text(r->doc, t, percent(r, s->share));
    doc_cell_text(r->doc, t, percent(r, s->gain));
}

static void add_most(struct report *r, struct doc_table *t,
                     const struct risk_step *steps, uint32_t n)
{
    uint32_t n_same = 0;
    for (uint32_t i = 0; i < n; i++) {
        n_same = i && steps[i].incident == steps[i - 1].incident ? n_same + 1 : 0;
        if (n_same < (steps->incident == REF_NONE ? MOST_NAMED : MOST_STEPS))
            add_step(r, t, &steps[i], n_same == 0);
    }
}

static void add_steps(struct report *r, struct doc_block *chapter, const struct risk *x)
{
    static const struct doc_column columns[] = {
        COLUMN("Of", "対象", DOC_MIDDLE, DOC_START),
        COLUMN("Attack step", "攻撃ステップ", DOC_WIDE, DOC_START),
        COLUMN("Passes through it", "通過する割合", DOC_NARROW, DOC_END),
        COLUMN("Would end without it", "防げば減る割合", DOC_NARROW, DOC_END),
    };
    if (x->steps.n_of_incidents == 0) return;
    struct doc_block *s = doc_section(
        r->doc, chapter, "risk-steps",
        TEXT("Attack steps that carry the risk", "リスクを担う攻撃ステップ"));
    doc_say(
        r->doc, s, DOC_NOTE,
        TEXT("With the measures decided: how much of the successful attacks passes "
             "through a step, and how much would end if it were impossible. Where "
             "that is less, attackers have other ways.",
             "決定済みの対策のもとで、成功した攻撃のうちそのステップを通るものの割合"
             "と、そのステップを不可能にしたときに無くなる割合。後者が小さければ、"
             "攻撃者にはほかの経路がある。"));
    struct doc_table *t =
        doc_table(r->doc, s,
                  TEXT("The steps through which most passes, of all losses and of each "
                       "incident",
                       "すべての損失と各インシデントについて、通過する割合が最も大きい"
                       "攻撃ステップ"),
                  columns, 4, 0);
    add_most(r, t, x->steps.of_loss, x->steps.n_of_loss);
    add_most(r, t, x->steps.of_incidents, x->steps.n_of_incidents);
}

/* ---- layers of protection ---------------------------------------------------------
 */

static struct text sil_text(const struct layer_demand *d, int is_function)
{
    if (isnan(d->pfd)) return report_string("\u2014");
    if (!is_function && d->sil != SIL_NOT_NEEDED)
        return TEXT("a lower demand", "作動要求の低減");
    return sil_names[d->sil];
}

static void add_functions(struct report *r, struct doc_table *t,
                          const struct risk_protection *p)
{
    struct doc_cell *cell = doc_cell(r->doc, t);
    for (uint32_t i = 0; i < p->n_layers; i++) {
        const struct risk_layer *x = &p->layers[i];
        const struct safety_function *f =
            LIST_AT(r->m->safety_functions, const struct safety_function, x->function);
        struct doc_line *line = doc_line(r->doc, &cell->lines);
        doc_text(r->doc, line, f->name);
        doc_soft(r->doc, line,
                 x->is_credited
                     ? FILL(r,
                            TEXT(" (PFD {0}; demanded: {1})", "(PFD {0}、要求: {1})"),
                            number(r, estimate_mean(&f->pfd)), sil_text(&x->demand, 1))
                     : FILL(r,
                            TEXT(" (not credited; demanded: {0})",
                                 "(効果を見込まない。要求: {0})"),
                            sil_text(&x->demand, 1)));
    }
    if (p->asil.is_noted) {
        doc_soft(r->doc, doc_line(r->doc, &cell->lines),
                 FILL(r, TEXT("note of ISO 26262: {0}", "ISO 26262による参考: {0}"),
                      report_string(asil_names[p->asil.asil])));
    }
}

static void add_protection(struct report *r, struct doc_table *t,
                           const struct risk_protection *p)
{
    int is_met = p->mitigated <= p->tolerable;
    struct doc_row *row = doc_row(
        r->doc, t,
        report_anchor(r, "protection", report_incident(r, p->incident)->entry.id));
    row->stands_out = !isnan(p->tolerable) && !is_met;
    struct doc_line *line = report_cell(r, t);
    report_add_incident(r, line, p->incident);
    report_say(r, line, " ", " ");
    report_add_recovery(r, line, p->level);
    doc_cell_text(r->doc, t, number(r, p->unmitigated));
    doc_cell_text(r->doc, t, number(r, p->demand));
    add_functions(r, t, p);
    doc_cell_text(r->doc, t, number(r, p->mitigated));
    doc_cell_text(r->doc, t,
                  isnan(p->tolerable) ? report_string("\u2014")
                                      : number(r, p->tolerable));
    doc_cell_text(r->doc, t, sil_text(&p->rest, p->n_layers > 0));
}

static void add_protections(struct report *r, struct doc_block *chapter,
                            const struct risk *x)
{
    static const struct doc_column columns[] = {
        COLUMN("Incident, level", "インシデントと水準", DOC_WIDE, DOC_START),
        COLUMN("A year, without measures", "対策なし(回/年)", DOC_NARROW, DOC_END),
        COLUMN("With the measures decided", "決定済みの対策あり", DOC_NARROW, DOC_END),
        COLUMN("Safety functions", "安全機能", DOC_WIDE, DOC_START),
        COLUMN("With the credited ones", "効果を見込む機能あり", DOC_NARROW, DOC_END),
        COLUMN("Tolerable", "許容頻度", DOC_NARROW, DOC_END),
        COLUMN("Demanded besides", "さらに必要な防護", DOC_NARROW, DOC_START),
    };
    if (x->n_protections == 0) return;
    struct doc_block *s = doc_section(r->doc, chapter, "protection",
                                      TEXT("Layers of protection", "防護層"));
    struct doc_table *t = doc_table(
        r->doc, s,
        TEXT("Incidents that may end serious or fatal, and what is demanded of "
             "protection",
             "重大又は致命的となり得るインシデントと、防護層への要求"),
        columns, sizeof columns / sizeof *columns, 0);
    for (uint32_t i = 0; i < x->n_protections; i++)
        add_protection(r, t, &x->protections[i]);
}

/* ---- the chapter ------------------------------------------------------------------
 */

static int draw_likelihood(const void *of, enum lang lang, struct buf *out)
{
    return figure_likelihood(of, lang, out);
}

static int draw_exceedance(const void *of, enum lang lang, struct buf *out)
{
    return figure_exceedance(of, lang, out);
}

static int draw_drivers(const void *of, enum lang lang, struct buf *out)
{
    return figure_drivers(of, lang, out);
}

static void add_notes(struct report *r, struct doc_block *chapter, const struct risk *x)
{
    struct doc_block *s =
        doc_section(r->doc, chapter, "risk-basis",
                    TEXT("What the numbers rest on", "数値の前提と不足"));
    struct doc_block *list = doc_block(r->doc, s, DOC_LIST);
    for (int is_gap = 0; is_gap < 2; is_gap++)
        for (int i = 0; i < N_RISK_NOTES; i++)
            if (x->notes[i] && risk_notes[i].is_gap == is_gap)
                doc_text(r->doc, doc_item(r->doc, &list->lines), risk_notes[i].text);
}

static void add_chapter(struct report *r, const struct risk_pair *pair)
{
    struct doc_block *chapter = doc_chapter(r->doc, "risk-in-numbers",
                                            TEXT("Risk in numbers", "リスクの定量化"));
    doc_say(r->doc, chapter, DOC_NOTE,
            TEXT("Beyond the framework: how often a year, and how much money. Injury "
                 "and death stay on axis 1 and are counted; money stays on axis 2 and "
                 "is summed; nothing adds the two. Figures without a source are "
                 "judgements.",
                 "フレームワークを超えた部分である。年間の頻度と金額を示す。けがや死亡"
                 "は第1軸"
                 "で数え、金銭は第2軸で合計し、両者を足し合わせない。"
                 "出典の無い数値は判断による。"));
    report_draw_of(r, chapter, draw_likelihood, pair,
                   TEXT("The map with likelihood: how often a year each incident does "
                        "harm at each level",
                        "起こりやすさを加えたマップ(各水準の被害に至る年間の頻度)"));
    struct doc_block *s =
        doc_section(r->doc, chapter, "losses", TEXT("A year", "年間の頻度と損失額"));
    add_bearers(r, s, pair);
    if (!pair->after->notes[NOTE_NO_MONEY]) add_contributions(r, s, pair->after);
    report_draw_of(r, s, draw_exceedance, pair,
                   TEXT("Loss exceedance curves", "損失超過曲線"));
    add_steps(r, chapter, pair->after);
    add_protections(r, chapter, pair->after);
    report_draw_of(r, chapter, draw_drivers, pair,
                   TEXT("What drives the results, with the measures decided",
                        "結果を左右するもの(決定済みの対策のもとで)"));
    add_notes(r, chapter, pair->after);
}

int report_has_risk(const struct report *r)
{
    int has_figures = 0;
    for (int level = LEVEL_LIMITED; level < N_LEVELS; level++) {
        has_figures |= r->m->criteria.economic[level].below.unit[0] != '\0';
        has_figures |= loss_is_given(&r->m->criteria.economic[level].loss);
        has_figures |= r->m->criteria.recovery[level].tolerable.is_set;
    }
    return has_figures && r->m->attackers.n > 0 && r->m->incidents.n > 0;
}

void report_risk(struct report *r)
{
    uint32_t n = r->m->measures.n + 1;
    struct risk_plan plans[2];
    struct risk *risks[2];
    if (!report_has_risk(r)) return;
    for (int i = 0; i < 2; i++) {
        uint8_t *measures = arena_alloc(r->arena, n);
        measures_choose(r->a->model, report_sets[i], measures);
        plans[i] = (struct risk_plan){.graph = r->a->graph,
                                      .measures = measures,
                                      .set = report_sets[i],
                                      .worlds = WORLDS,
                                      .years = YEARS,
                                      .outer = OUTER,
                                      .inner = INNER,
                                      .seed = SEED,
                                      .measure_worlds = MEASURE_WORLDS,
                                      .leaves_out = i ? 0 : RISK_GAINS,
                                      .threads = share_threads()};
        risks[i] = risk_run(&plans[i]);
    }
    add_chapter(r, &(struct risk_pair){risks[0], risks[1], report_set_names[0],
                                       report_set_names[1]});
    risk_free(risks[0]);
    risk_free(risks[1]);
}
