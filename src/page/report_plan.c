// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The plan, for models whose candidate measures state costs: what it takes, beside what
 * is decided, to bring everyone within the target, and why.
 */
#include <math.h>

#include "base/share.h"
#include "page/figure_front.h"
#include "page/money.h"
#include "page/report_int.h"
#include "risk/plan_program.h"

enum { TRIALS = 10000, SEED = 1 };

static struct text money(struct report *r, const struct plan_answer *a, double value)
{
    struct text t = NO_TEXT;
    for (int lang = 0; lang < N_LANGS; lang++) {
        char text[MONEY_BYTES];
        money_exact(value, a->c->currency, (enum lang)lang, text);
        t.in[lang] = arena_str(r->arena, text);
    }
    return t;
}

/* ---- the outcome ------------------------------------------------------------------
 */

static struct text outcome(struct report *r, const struct plan_answer *a)
{
    struct text cost = money(r, a, a->set.cost);
    struct text chosen = report_number(r, a->n_choices);
    struct text all = report_number(r, a->plan->n_candidates);
    if (a->now.left == 0)
        return TEXT(
            "With the measures decided everyone is within the target: nothing "
            "more is needed.",
            "決定済みの対策により全員が目標水準に収まり、追加の対策は要らない。");
    if (a->end == PLAN_PROVEN)
        return FILL(
            r,
            TEXT("Beside the measures decided, {0} of {1} candidates for {2} "
                 "bring everyone within the target. No set of less cost does: "
                 "this is proven.",
                 "決定済みの対策に加え、候補{1}件のうち{0}件、{2}の実施により、"
                 "全員が目標水準に収まる。これより安い組合せが無いことは証明済みで"
                 "ある。"),
            chosen, all, cost);
    if (a->end == PLAN_UNPROVEN)
        return FILL(r,
                    TEXT("The solver gave up: {0} of {1} candidates for {2} are what "
                         "it had found, and nothing is proven.",
                         "ソルバーが中断した。見つかっていたのは候補{1}件のうち{0}件、"
                         "{2}であり、証明は無い。"),
                    chosen, all, cost);
    return FILL(
        r,
        TEXT("The target cannot be reached with the {1} candidates. As near as "
             "they come: {0} of them for {2}.",
             "候補{1}件では目標水準に届かない。最も近づくのは、うち{0}件、{2}の実施"
             "である。"),
        chosen, all, cost);
}

/* ---- measures ---------------------------------------------------------------------
 */

static void add_reasons(struct report *r, struct doc_table *t,
                        const struct plan_answer *a, const struct plan_choice *choice)
{
    struct doc_cell *cell = doc_cell(r->doc, t);
    for (size_t i = 0; i < choice->ways.n; i++) {
        const struct plan_way *way = &choice->ways.items[i];
        struct doc_line *line = doc_line(r->doc, &cell->lines);
        report_add_incident(r, line, way->incident);
        if (way->is_cut)
            report_say(r, line, ": cut off", "：経路を断つ");
        else
            doc_soft(r->doc, line,
                     FILL(r,
                          TEXT(": {0}\u00d7{1} instead of {2}\u00d7{3}",
                               "：{2}\u00d7{3}を{0}\u00d7{1}に抑える"),
                          recovery_text(way->to.recovery),
                          economic_text(way->to.economic),
                          recovery_text(way->from.recovery),
                          economic_text(way->from.economic)));
    }
    for (uint32_t i = 0; i < a->n_choices; i++) {
        const struct measure *m =
            LIST_AT(a->c->model.m.measures, struct measure, a->choices[i].measure);
        for (uint32_t k = 0; k < m->requires.n; k++)
            if (LIST_AT(m->requires, struct ref, k)->index == choice->measure)
                doc_soft(r->doc, doc_line(r->doc, &cell->lines),
                         FILL(r, TEXT("required by {0}", "「{0}」の前提"), m->name));
    }
}

static void add_choice(struct report *r, struct doc_table *t,
                       const struct plan_answer *a, uint32_t i)
{
    const struct plan_choice *choice = &a->choices[i];
    const struct measure *m =
        LIST_AT(a->c->model.m.measures, struct measure, choice->measure);
    doc_row(r->doc, t, report_anchor(r, "plan", m->entry.id));
    doc_cell_text(r->doc, t, report_number(r, i + 1));
    doc_link(r->doc, report_cell(r, t), m->name,
             report_target(r, "measure", m->entry.id));
    doc_cell_text(r->doc, t, money(r, a, choice->cost));
    add_reasons(r, t, a, choice);
}

/* Grouped by who carries them out: what is to be asked of whom. */
static void add_choices(struct report *r, struct doc_block *s,
                        const struct plan_answer *a)
{
    static const struct doc_column columns[] = {
        COLUMN("Order", "順序", DOC_NARROW, DOC_END),
        COLUMN("Measure", "対策", DOC_WIDE, DOC_START),
        COLUMN("Cost", "費用", DOC_NARROW, DOC_END),
        COLUMN("What would be without it", "これが抑えるもの", DOC_WIDE, DOC_START),
    };
    struct doc_table *t = doc_table(
        r->doc, s,
        TEXT("Measures of the plan, in the order of most risk removed per money",
             "計画の対策(費用当たりに除くリスクの大きい順)"),
        columns, 4, 0);
    for (uint32_t k = 0; k < r->m->stakeholders.n; k++) {
        double sum = 0;
        uint32_t n = 0;
        for (uint32_t i = 0; i < a->n_choices; i++)
            if (LIST_AT(a->c->model.m.measures, struct measure, a->choices[i].measure)
                    ->by.index == k) {
                sum += a->choices[i].cost;
                n++;
            }
        if (n == 0) continue;
        doc_group(r->doc, t,
                  FILL(r,
                       k == r->m->applicant.index
                           ? TEXT("{0}, own measures: {1}", "{0}(自ら実施): {1}")
                           : TEXT("To be asked of {0}: {1}", "{0}に要請: {1}"),
                       report_stakeholder(r, k)->name, money(r, a, sum)));
        for (uint32_t i = 0; i < a->n_choices; i++)
            if (LIST_AT(a->c->model.m.measures, struct measure, a->choices[i].measure)
                    ->by.index == k)
                add_choice(r, t, a, i);
    }
}

/* ---- before and after -------------------------------------------------------------
 */

static void add_chances(struct report *r, struct doc_block *s,
                        const struct plan_answer *a)
{
    static const struct doc_column columns[] = {
        COLUMN("Incident", "インシデント", DOC_WIDE, DOC_START),
        COLUMN("Comes about, as decided", "発生(決定済み)", DOC_NARROW, DOC_END),
        COLUMN("With the plan", "計画後", DOC_NARROW, DOC_END),
        COLUMN("Above target, as decided", "目標超過(決定済み)", DOC_NARROW, DOC_END),
        COLUMN("With the plan", "計画後", DOC_NARROW, DOC_END),
    };
    struct doc_table *t = doc_table(
        r->doc, s,
        TEXT("Share of campaigns in which an incident comes about, and in which its "
             "harm is above someone's target",
             "インシデントに至る攻撃活動の割合と、被害が目標水準を超える割合"),
        columns, 5, 0);
    for (uint32_t i = 0; i < a->n_chances; i++) {
        const struct plan_chance *c = &a->chances[i];
        doc_row(r->doc, t, NULL);
        report_add_incident(r, report_cell(r, t), c->incident);
        doc_cell_text(r->doc, t, report_percent(r, c->before));
        doc_cell_text(r->doc, t, report_percent(r, c->after));
        doc_cell_text(r->doc, t, report_percent(r, c->above_before));
        doc_cell_text(r->doc, t, report_percent(r, c->above_after));
    }
}

static void add_left(struct report *r, struct doc_block *s, const struct plan_answer *a)
{
    if (a->left.n == 0) return;
    doc_say(r->doc, s, DOC_PARAGRAPH,
            TEXT("Left above target:", "目標水準を超えて残るもの："));
    struct doc_block *list = doc_block(r->doc, s, DOC_LIST);
    for (size_t i = 0; i < a->left.n; i++)
        report_add_incident(r, doc_item(r->doc, &list->lines),
                            a->left.items[i].incident);
}

static int draw_front(const void *of, enum lang lang, struct buf *out)
{
    return figure_front(of, lang, out);
}

static void add_chapter(struct report *r, const struct plan_answer *a)
{
    struct doc_block *chapter = doc_chapter(r->doc, "plan", TEXT("The plan", "計画"));
    doc_say(r->doc, chapter, DOC_LEAD, outcome(r, a));
    doc_say(
        r->doc, chapter, DOC_NOTE,
        TEXT(
            "Chosen by integer programming on the attack graph, with the costs "
            "that the model states. Risk above target is counted in levels, over "
            "all incidents and stakeholders.",
            "攻撃グラフ上の整数計画により、モデルに記載の費用を用いて選んだ。"
            "目標水準を超えるリスクは、全インシデントと全ステークホルダーについて、超え"
            "た水準の数で数える。"));
    if (a->n_choices) add_choices(r, chapter, a);
    report_draw_of(r, chapter, draw_front, a,
                   TEXT("Cost against the risk above target that is left",
                        "費用と、目標水準を超えて残るリスク"));
    add_left(r, chapter, a);
    if (a->n_chances && a->n_choices) add_chances(r, chapter, a);
}

/* Something to choose, at a price, for someone who has a target. */
int report_has_plan(const struct report *r)
{
    int has_costs = 0, has_targets = 0;
    for (uint32_t i = 0; i < r->m->measures.n; i++) {
        const struct measure *m = LIST_AT(r->m->measures, const struct measure, i);
        has_costs |= m->status < STATUS_DECIDED && m->cost.unit[0] != '\0';
    }
    for (uint32_t i = 0; i < r->m->stakeholders.n; i++)
        has_targets |= report_stakeholder(r, i)->target.is_set;
    return has_costs && has_targets && r->m->attackers.n > 0;
}

void report_plan(struct report *r)
{
    const struct plan_wish wish = {.keeps_decided = 1};
    const struct money none = {0};
    if (!report_has_plan(r) || !program_begin()) return;
    struct plan_case *c = plan_case_open(r->a, &wish);
    if (c->diags.n_errors == 0) {
        struct plan_answer *a = plan_answer_open(c, &none);
        plan_answer_front(a, 1);
        plan_answer_chances(a, &(struct plan_trials){.trials = TRIALS,
                                                     .seed = SEED,
                                                     .threads = share_threads()});
        add_chapter(r, a);
        plan_answer_close(a);
    }
    plan_case_close(c);
}
