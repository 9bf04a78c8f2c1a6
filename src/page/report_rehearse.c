// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * What incidents do in the physical world, as rehearsed on the model's digital twin; a
 * chapter of reports that were given a rehearsal.
 */
#include <string.h>

#include "page/figure_rehearse_kit.h"
#include "page/report_int.h"

struct chapter {
    struct report *r;
    const struct rehearse_result *result;
    struct rehearse_view view;
    struct rehearse_again again;
    struct doc_block *chapter;
};

/* ---- words ------------------------------------------------------------------------
 */

static struct text number(struct report *r, double value)
{
    return report_string(plot_number(r->arena, value));
}

static struct text outcome_name(struct report *r, const struct twin_quantity *q)
{
    const char *en = plot_name(r->arena, q, LANG_EN);
    const char *ja = plot_name(r->arena, q, LANG_JA);
    // what is 1 if something is so: its mean is a share of the worlds
    return strncmp(en, "1: ", 3) == 0 && strncmp(ja, "1: ", 3) == 0
               ? TEXT(en + 3, ja + 3)
               : TEXT(en, ja);
}

static int declared_level(const struct chapter *h, const struct rehearsed *x,
                          uint32_t stakeholder, int axis)
{
    const struct harm *harm =
        rehearse_declared(h->result->plan.cast, x->play->incident, stakeholder);
    return harm ? (axis ? harm->economic : harm->recovery) : LEVEL_NONE;
}

static int measured_level(const struct chapter *h, const struct rehearsed *x, int set,
                          uint32_t stakeholder, int axis)
{
    uint64_t counts[N_LEVELS];
    rehearse_levels(h->result, x, set, stakeholder, axis, counts);
    return rehearse_measured(counts);
}

/* 1 if a rule measures more than the model declares. */
static int is_too_low(const struct chapter *h, const struct rehearsed *x,
                      uint32_t stakeholder, int axis)
{
    return rehearse_measures(h->result->plan.cast, x->play->incident, stakeholder,
                             axis) &&
           declared_level(h, x, stakeholder, axis) <
               measured_level(h, x, 0, stakeholder, axis);
}

static unsigned n_too_low(const struct chapter *h, const struct rehearsed *x)
{
    unsigned n = 0;
    for (uint32_t i = 0; i < h->result->n_stakeholders; i++)
        for (int axis = 0; axis < 2; axis++)
            n += is_too_low(h, x, i, axis) != 0;
    return n;
}

/* ---- what it rests on -------------------------------------------------------------
 */

static void add_basis(struct chapter *h)
{
    struct report *r = h->r;
    const struct rehearse_plan *p = &h->result->plan;
    const struct scenario *sc = p->cast->scenario;
    doc_say(
        r->doc, h->chapter, DOC_NOTE,
        FILL(r,
             TEXT("Beyond the framework: each incident is played in {0} worlds "
                  "(seed {1}) on the digital twin '{2}', without measures and with "
                  "the measures decided in the same worlds. What differs from world "
                  "to world, and what people do, is judged where no source is named. "
                  "It does not move the map.",
                  "フレームワークを超えた部分である。各インシデントをデジタルツイン"
                  "「{2}」の上で{0}通りの試行(乱数の種{1})により、対策の無い場合と"
                  "決定済みの対策がある場合について、同じ条件の組で演じた。試行ごと"
                  "に異なる条件と人の行動は、出典の無いものは判断による。"
                  "マップには影響しない。"),
             report_number(r, (unsigned long)p->runs),
             report_number(r, (unsigned long)p->seed), sc->twin->title));
    doc_say(r->doc, h->chapter, DOC_PARAGRAPH, sc->about);
    if (h->result->is_stopped)
        doc_say(r->doc, h->chapter, DOC_WARNING,
                TEXT("Ended early: only incidents that were done are shown.",
                     "途中で終了したため、完了したインシデントだけを示す。"));
    if (h->result->n_late)
        doc_say(r->doc, h->chapter, DOC_WARNING,
                FILL(r,
                     TEXT("{0} runs took too long and were ended: they count as they "
                          "stood.",
                          "{0}回の試行は時間がかかりすぎたため打ち切り、その時点の値で"
                          "数えた。"),
                     report_number(r, (unsigned long)h->result->n_late)));
    if (h->result->n_wrong)
        doc_say(
            r->doc, h->chapter, DOC_WARNING,
            FILL(r,
                 TEXT("{0} runs came to no number in '{1}': they count as they stood.",
                      "{0}回の試行で「{1}」が数値でなくなった。その時点の値で数えた。"),
                 report_number(r, (unsigned long)h->result->n_wrong),
                 report_string(h->result->wrong)));
}

/* Where the model is too mild comes first. */
static void add_lead(struct chapter *h)
{
    struct report *r = h->r;
    unsigned n = 0;
    for (size_t i = 0; i < h->result->n; i++)
        n += n_too_low(h, &h->result->items[i]) > 0;
    struct doc_line *line = doc_say(
        r->doc, h->chapter, DOC_LEAD,
        n ? FILL(
                r,
                TEXT(
                    "In {0} of {1} incidents a level is declared lower than measured: ",
                    "{1}件のうち{0}件のインシデントで、申告された水準が実測より低い："),
                report_number(r, n), report_number(r, h->result->n))
          : FILL(
                r,
                TEXT(
                    "In none of {0} incidents is a level declared lower than measured.",
                    "{0}"
                    "件のいずれのインシデントでも、申告された水準は実測を下回らない。"),
                report_number(r, h->result->n)));
    for (size_t i = 0, k = 0; i < h->result->n; i++) {
        const struct rehearsed *x = &h->result->items[i];
        const struct incident *of = report_incident(r, x->play->incident);
        if (n_too_low(h, x) == 0) continue;
        if (k++) doc_text(r->doc, line, TEXT(", ", "、"));
        doc_link(r->doc, line, of->name, report_target(r, "rehearsal", of->entry.id));
    }
}

/* ---- outcomes ---------------------------------------------------------------------
 */

/* An outcome that is always 0 says nothing. */
static int tells(const struct chapter *h, const struct rehearsed *x, uint32_t i)
{
    for (uint32_t set = 0; set < h->result->plan.n_sets; set++) {
        struct spread s = rehearse_outcome(h->result, x, (int)set, i);
        if (s.least < 0 || s.most > 0) return 1;
    }
    return 0;
}

static void add_spread(struct chapter *h, struct doc_table *t, const struct spread *s)
{
    struct report *r = h->r;
    doc_strong(r->doc, report_cell(r, t), number(r, s->mean));
    doc_cell_text(r->doc, t,
                  s->p5 < s->p95
                      ? FILL(r, TEXT("{0} ({1} to {2})", "{0} ({1}～{2})"),
                             number(r, s->median), number(r, s->p5), number(r, s->p95))
                      : number(r, s->median));
}

static void add_outcomes(struct chapter *h, struct doc_block *s,
                         const struct rehearsed *x)
{
    static const struct doc_column columns[] = {
        COLUMN("Outcome", "結果", DOC_WIDE, DOC_START),
        COLUMN("Without measures: mean", "対策なし：平均", DOC_MIDDLE, DOC_END),
        COLUMN("Median (5 to 95%)", "中央値(5～95%)", DOC_MIDDLE, DOC_END),
        COLUMN("With those decided: mean", "決定済みの対策：平均", DOC_MIDDLE, DOC_END),
        COLUMN("Median (5 to 95%)", "中央値(5～95%)", DOC_MIDDLE, DOC_END),
    };
    struct report *r = h->r;
    struct doc_table *t = doc_table(r->doc, s, TEXT("What comes of it", "結果"),
                                    columns, h->result->plan.n_sets > 1 ? 5 : 3, 0);
    for (uint32_t i = 0; i < h->result->n_outcomes; i++) {
        if (!tells(h, x, i)) continue;
        doc_row(r->doc, t, NULL);
        doc_cell_text(
            r->doc, t,
            report_capital(
                r,
                outcome_name(r, &cast_outcome(h->result->plan.cast->scenario, i)->q)));
        for (uint32_t set = 0; set < h->result->plan.n_sets; set++) {
            struct spread spread = rehearse_outcome(h->result, x, (int)set, i);
            add_spread(h, t, &spread);
        }
    }
}

/* ---- levels -----------------------------------------------------------------------
 */

static void add_level(struct report *r, struct doc_line *line, int axis, int level)
{
    if (axis)
        report_add_economic(r, line, level);
    else
        report_add_recovery(r, line, level);
}

/* The measured level, and the share of worlds that come to it or beyond. */
static void add_measured(struct chapter *h, struct doc_table *t,
                         const struct rehearsed *x, int set, uint32_t stakeholder,
                         int axis)
{
    struct report *r = h->r;
    uint64_t counts[N_LEVELS], reached = 0;
    double ends[2];
    rehearse_levels(h->result, x, set, stakeholder, axis, counts);
    int level = rehearse_measured(counts);
    for (int i = level; i < N_LEVELS; i++)
        reached += counts[i];
    struct doc_cell *cell = doc_cell(r->doc, t);
    add_level(r, doc_cell_line(r->doc, cell), axis, level);
    if (level == LEVEL_NONE) return;
    dist_share_interval(reached, h->result->plan.runs, ends);
    doc_soft(r->doc, doc_line(r->doc, &cell->lines),
             FILL(r, TEXT("in {0} ({1} to {2})", "{0}({1}～{2})"),
                  report_percent(r, (double)reached / (double)h->result->plan.runs),
                  report_percent(r, ends[0]), report_percent(r, ends[1])));
}

static void add_verdict(struct chapter *h, struct doc_table *t,
                        const struct rehearsed *x, uint32_t stakeholder, int axis)
{
    struct report *r = h->r;
    struct doc_line *line = report_cell(r, t);
    int declared = declared_level(h, x, stakeholder, axis);
    int measured = measured_level(h, x, 0, stakeholder, axis);
    if (declared < measured)
        doc_badge(r->doc, line, TEXT("declared too low", "申告が低い"), DOC_OPEN);
    else if (declared > measured)
        doc_soft(r->doc, line, TEXT("declared higher", "申告の方が高い"));
    else
        doc_badge(r->doc, line, TEXT("as declared", "申告どおり"), DOC_GOOD);
}

static void add_axis(struct chapter *h, struct doc_table *t, const struct rehearsed *x,
                     uint32_t stakeholder, int axis)
{
    struct report *r = h->r;
    const struct stakeholder *s = report_stakeholder(r, stakeholder);
    struct doc_row *row = doc_row(r->doc, t, NULL);
    doc_link(r->doc, report_cell(r, t), s->name,
             report_target(r, "stakeholder", s->entry.id));
    doc_cell_text(r->doc, t,
                  axis ? TEXT("Economic impact", "経済的影響")
                       : TEXT("Difficulty of recovery", "回復困難性"));
    add_level(r, report_cell(r, t), axis, declared_level(h, x, stakeholder, axis));
    if (!rehearse_measures(h->result->plan.cast, x->play->incident, stakeholder,
                           axis)) {
        doc_soft(r->doc, report_cell(r, t),
                 TEXT("no rule measures it", "測る規則なし"));
        return;
    }
    row->stands_out = (uint8_t)is_too_low(h, x, stakeholder, axis);
    for (uint32_t set = 0; set < h->result->plan.n_sets; set++)
        add_measured(h, t, x, (int)set, stakeholder, axis);
    add_verdict(h, t, x, stakeholder, axis);
}

static void add_levels(struct chapter *h, struct doc_block *s,
                       const struct rehearsed *x)
{
    static const struct doc_column columns[] = {
        COLUMN("Stakeholder", "ステークホルダー", DOC_WIDE, DOC_START),
        COLUMN("Axis", "軸", DOC_MIDDLE, DOC_START),
        COLUMN("Declared", "申告", DOC_NARROW, DOC_START),
        COLUMN("Measured, without measures", "実測、対策なし", DOC_MIDDLE, DOC_START),
        COLUMN("With the measures decided", "決定済みの対策", DOC_MIDDLE, DOC_START),
        COLUMN("Declared and measured", "申告と実測", DOC_MIDDLE, DOC_START),
    };
    struct report *r = h->r;
    struct doc_table *t = doc_table(
        r->doc, s,
        TEXT(
            "Levels declared, and measured: the highest that at least 5% of the worlds "
            "come to (with 95% intervals)",
            "申告の水準と実測の水準(5%以上の試行が至った最も高い水準。括弧内は95%"
            "信頼区間)"),
        columns, 6, 0);
    for (uint32_t i = 0; i < h->result->n_stakeholders; i++) {
        if (!rehearse_concerns(h->result->plan.cast, x->play->incident, i)) continue;
        add_axis(h, t, x, i, 0);
        add_axis(h, t, x, i, 1);
    }
}

/* ---- incidents --------------------------------------------------------------------
 */

static void add_again(struct chapter *h, struct doc_block *s, const struct rehearsed *x,
                      const char *incident)
{
    struct report *r = h->r;
    const struct run_set *set = &x->sets[0];
    struct doc_line *line = doc_say(r->doc, s, DOC_PARAGRAPH, NO_TEXT);
    doc_soft(
        r->doc, line,
        FILL(r,
             TEXT("Seed {0}. Worst without measures: world {1}; typical: world {2}. "
                  "To see it again: ",
                  "乱数の種{0}。対策の無い場合の最悪は試行{1}、典型は試行{2}。"
                  "再実行："),
             report_number(r, (unsigned long)h->result->plan.seed),
             report_number(r, (unsigned long)set->worst),
             report_number(r, (unsigned long)set->typical)));
    doc_code(r->doc, line,
             arena_printf(r->arena,
                          "awai rehearse FILE --incident %s --seed %llu --world %llu "
                          "--watch",
                          incident, (unsigned long long)h->result->plan.seed,
                          (unsigned long long)set->worst));
}

static int draw_twin(const void *of, enum lang lang, struct buf *out)
{
    return figure_rehearse_twin(of, lang, out);
}

static int draw_run(const void *of, enum lang lang, struct buf *out)
{
    return figure_rehearse_run(of, lang, out);
}

static void add_incident(struct chapter *h, const struct rehearsed *x)
{
    struct report *r = h->r;
    const struct incident *of = report_incident(r, x->play->incident);
    struct doc_block *s = doc_section(
        r->doc, h->chapter, report_anchor(r, "rehearsal", of->entry.id), of->name);
    h->view.item = x;
    doc_say(r->doc, s, DOC_PARAGRAPH, x->play->from->about);
    if (x->play->is_still)
        doc_say(r->doc, s, DOC_NOTE,
                FILL(r, TEXT("Nothing physical is run: {0}", "物理的な実行は無い：{0}"),
                     x->play->from->reason));
    report_draw_of(r, s, draw_twin, &h->view,
                   TEXT("All runs: what they come to", "全試行の結果"));
    report_draw_of(r, s, draw_run, &h->view,
                   TEXT("The worst run over time, without measures and with them",
                        "最悪の試行の経過(対策の無い場合と有る場合)"));
    add_outcomes(h, s, x);
    add_levels(h, s, x);
    add_again(h, s, x, of->entry.id);
}

/* ---- the map ----------------------------------------------------------------------
 */

static int draw_map(const void *of, enum lang lang, struct buf *out)
{
    return figure_rehearse_map(of, lang, out);
}

static void add_map(struct chapter *h)
{
    struct report *r = h->r;
    struct doc_block *s =
        doc_section(r->doc, h->chapter, "rehearsal-map",
                    TEXT("The map as measured", "実測によるマッピング"));
    doc_say(
        r->doc, s, DOC_PARAGRAPH,
        TEXT("In each world a stakeholder stands at the highest level of each axis "
             "over all incidents rehearsed, as on the map. What no rule measures is "
             "left out.",
             "マッピングと同様に、各試行でのステークホルダーの位置は、すべての"
             "インシデントを通じて最も高い各軸の水準とする。測る規則の無いものは"
             "除く。"));
    report_draw_of(r, s, draw_map, &h->view,
                   TEXT("Share of worlds in each cell, and the declared position",
                        "各水準に至った試行の割合と申告の位置"));
}

/* ---- each measure alone -----------------------------------------------------------
 */

static int draw_matrix(const void *of, enum lang lang, struct buf *out)
{
    return figure_rehearse_matrix(of, lang, out);
}

/* "degree of burn 0.76 → 0.08", a line for each outcome that is moved. */
static void add_changes(struct chapter *h, struct doc_table *t, size_t incident,
                        size_t measure)
{
    struct report *r = h->r;
    const struct rehearse_matrix *m = h->view.matrix;
    const struct rehearsed *x = &h->result->items[incident];
    struct doc_cell *cell = doc_cell(r->doc, t);
    for (uint32_t i = 0; i < h->result->n_outcomes; i++) {
        double by = rehearse_moved(&h->view, incident, measure, i);
        if (!(by < 0) && !(by > 0)) continue;
        double after = m->cells[incident * m->n_measures + measure].means[i];
        double before = rehearse_outcome(h->result, x, 0, i).mean;
        struct doc_line *line = doc_line(r->doc, &cell->lines);
        doc_text(r->doc, line,
                 outcome_name(r, &cast_outcome(h->result->plan.cast->scenario, i)->q));
        doc_text(r->doc, line,
                 FILL(r, TEXT(": {0} \u2192 {1}", "：{0}→{1}"), number(r, before),
                      number(r, after)));
    }
}

static int moves_any(const struct chapter *h, size_t incident, size_t measure)
{
    for (uint32_t i = 0; i < h->result->n_outcomes; i++) {
        double by = rehearse_moved(&h->view, incident, measure, i);
        if (by < 0 || by > 0) return 1;
    }
    return 0;
}

static void add_effects(struct chapter *h, struct doc_block *s)
{
    static const struct doc_column columns[] = {
        COLUMN("Measure", "対策", DOC_MIDDLE, DOC_START),
        COLUMN("Mean outcomes, without and with it", "結果の平均(無し→有り)", DOC_WIDE,
               DOC_START),
    };
    struct report *r = h->r;
    const struct rehearse_matrix *m = h->view.matrix;
    struct doc_block *folded = doc_folded(
        r->doc, s, NULL,
        TEXT("All outcomes that each measure changes", "対策ごとに変わる結果のすべて"));
    struct doc_table *t = doc_table(r->doc, folded,
                                    TEXT("What each measure alone changes, by incident",
                                         "対策ごとの効果(インシデント別)"),
                                    columns, 2, DOC_FILTER | DOC_FOLD);
    for (size_t i = 0; i < h->result->n; i++) {
        doc_group(r->doc, t,
                  report_incident(r, h->result->items[i].play->incident)->name);
        for (size_t k = 0; k < m->n_measures; k++) {
            const struct measure *of =
                LIST_AT(r->m->measures, const struct measure, m->measures[k]);
            if (!moves_any(h, i, k)) continue;
            doc_row(r->doc, t, NULL);
            doc_link(r->doc, report_cell(r, t), of->name,
                     report_target(r, "measure", of->entry.id));
            add_changes(h, t, i, k);
        }
    }
}

static void add_matrix(struct chapter *h)
{
    struct report *r = h->r;
    if (h->view.matrix == NULL) return;
    struct doc_block *s = doc_section(r->doc, h->chapter, "rehearsal-measures",
                                      TEXT("Each measure alone", "対策ごとの効果"));
    doc_say(
        r->doc, s, DOC_PARAGRAPH,
        TEXT("What the physical outcome of each incident is when only one measure is "
             "in force, and holds. Measures that change nothing here are left out: "
             "they may make "
             "the attack harder, which the other chapters tell.",
             "一つの対策だけを講じ、それが有効に働いた場合の、各インシデントの物理的な"
             "結果を示す。結果を"
             "変えない対策は除く(攻撃を困難にする効果は他の章に示す)。"));
    report_draw_of(
        r, s, draw_matrix, &h->view,
        TEXT("Incidents by measures: the first outcome that is changed, in the "
             "mean",
             "インシデントと対策(変わる結果のうち最も重要なものの平均)"));
    add_effects(h, s);
}

/* ---- safety functions without attack ----------------------------------------------
 */

static struct text set_name(struct report *r, const char *set)
{
    static const struct {
        const char *set;
        struct text name;
    } known[] = {
        {"none",     {{"none", "なし"}}                         },
        {"in-force", {{"those in force", "実施済みの対策"}}},
        {"decided",  {{"those decided", "決定済みの対策"}} },
        {"all",      {{"all", "すべての対策"}}              },
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(set, known[i].set) == 0) return known[i].name;
    for (uint32_t i = 0; i < r->m->measures.n; i++) {
        const struct measure *of = LIST_AT(r->m->measures, const struct measure, i);
        if (strcmp(of->entry.id, set) == 0) return of->name;
    }
    return report_string(set);
}

static int is_set(const char *set)
{
    return strcmp(set, "none") == 0 || strcmp(set, "in-force") == 0 ||
           strcmp(set, "decided") == 0 || strcmp(set, "all") == 0;
}

static void add_demand(struct report *r, struct doc_table *t,
                       const struct compatibility *c, const struct compatibility_row *x)
{
    int breaks = compatibility_breaks(c, x);
    struct doc_row *row = doc_row(r->doc, t, NULL);
    row->stands_out = (uint8_t)(breaks != 0);
    doc_cell_text(r->doc, t, set_name(r, x->set));
    struct doc_cell *cell = doc_cell(r->doc, t);
    doc_text(r->doc, doc_cell_line(r->doc, cell), number(r, x->worst));
    doc_soft(r->doc, doc_line(r->doc, &cell->lines),
             FILL(r, TEXT("at most {0}; world {1}", "{0}以下。試行{1}"),
                  number(r, x->most), report_number(r, (unsigned long)x->world)));
    doc_cell_text(r->doc, t,
                  FILL(r, TEXT("{0} of {1}", "{1}回中{0}回"),
                       report_number(r, (unsigned long)x->n_failed),
                       report_number(r, (unsigned long)c->runs)));
    struct doc_line *line = report_cell(r, t);
    if (breaks)
        doc_badge(r->doc, line, TEXT("the measures break it", "対策が妨げている"),
                  DOC_OPEN);
    else if (x->n_failed)
        doc_badge(r->doc, line, TEXT("not met anyway", "対策に関わらず満たさず"),
                  DOC_OPEN);
    else
        doc_badge(r->doc, line, TEXT("met", "満たす"), DOC_GOOD);
}

static void add_demands(struct report *r, struct doc_block *s,
                        const struct compatibility *c)
{
    static const struct doc_column columns[] = {
        COLUMN("Measures", "対策", DOC_WIDE, DOC_START),
        COLUMN("Worst", "最悪値", DOC_MIDDLE, DOC_START),
        COLUMN("Not met", "満たさず", DOC_NARROW, DOC_START),
        COLUMN("Demand", "要求", DOC_MIDDLE, DOC_START),
    };
    struct doc_table *t = doc_table(
        r->doc, s,
        TEXT("Safety functions without any attack", "攻撃の無い場合の安全機能"),
        columns, 4, 0);
    for (size_t e = 0; e < c->cast->scenario->n_emergencies; e++) {
        doc_group(r->doc, t,
                  report_capital(r, c->cast->scenario->emergencies[e].about));
        for (size_t i = 0; i < c->n; i++)
            if (c->rows[i].emergency == (int)e &&
                (is_set(c->rows[i].set) || compatibility_breaks(c, &c->rows[i])))
                add_demand(r, t, c, &c->rows[i]);
    }
}

static void add_compatibility(struct chapter *h)
{
    struct report *r = h->r;
    const struct compatibility *c = r->rehearsal->compatibility;
    unsigned n = 0;
    if (c == NULL || c->cast->scenario->n_emergencies == 0) return;
    struct doc_block *s = doc_section(
        r->doc, h->chapter, "rehearsal-safety",
        TEXT("Safety functions under the measures", "対策の下での安全機能"));
    for (size_t i = 0; i < c->n; i++)
        n += compatibility_breaks(c, &c->rows[i]) != 0;
    doc_say(
        r->doc, s, n ? DOC_WARNING : DOC_PARAGRAPH,
        n ? FILL(
                r,
                TEXT("Without any attack, measures keep a safety function from its "
                     "demand in {0} cases.",
                     "攻撃の無い場合に、対策が安全機能の要求を妨げるものが{0}件ある。"),
                report_number(r, n))
          : TEXT("Without any attack no measure, and no set of them, breaks a demand. "
                 "Shown are the sets; every measure was also run alone.",
                 "攻撃の無い場合に、安全機能への要求を妨げる対策も、その組合せも無い。"
                 "対策の組合せについて示すが、各対策についても個別に実行した。"));
    add_demands(r, s, c);
}

/* ---- the whole --------------------------------------------------------------------
 */

unsigned report_n_rehearsal(const struct report *r)
{
    if (r->rehearsal == NULL) return 0;
    const struct rehearse_result *x = r->rehearsal->result;
    unsigned of_all = 1 + (r->rehearsal->matrix != NULL); // map and matrix
    return (unsigned)(2 * x->n) + of_all;
}

void report_rehearse(struct report *r)
{
    if (r->rehearsal == NULL) return;
    struct chapter *h = arena_alloc(r->arena, sizeof *h);
    h->r = r;
    h->result = r->rehearsal->result;
    h->view = (struct rehearse_view){
        .result = h->result,
        .matrix = r->rehearsal->matrix,
        .names = {report_set_names[0], report_set_names[1]},
        .again = &h->again
    };
    h->chapter = doc_chapter(
        r->doc, "rehearsal",
        TEXT("Rehearsal on the digital twin", "デジタルツインによるリハーサル"));
    add_basis(h);
    if (h->result->n == 0) return; // ended before the first was done, as it says
    add_lead(h);
    for (size_t i = 0; i < h->result->n; i++)
        add_incident(h, &h->result->items[i]);
    add_map(h);
    add_matrix(h);
    add_compatibility(h);
    rehearse_again_fini(&h->again);
}
