// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Chapter 3, decisions: measures by the stakeholder who carries them out, decisions on
 * what was derived, and what was left out, with reasons.
 */
#include "page/report_int.h"

// ---- measures -----------------------------------------------------------------------

static void add_limits(struct report *r, struct doc_cell *cell, const struct measure *m)
{
    for (uint32_t i = 0; i < m->limits.n; i++) {
        const struct harm_limit *x = LIST_AT(m->limits, const struct harm_limit, i);
        struct doc_line *line = doc_item(r->doc, &cell->lines);
        doc_soft(r->doc, line, TEXT("Limits ", "被害の抑制："));
        report_add_incident(r, line, x->incident.index);
        doc_soft(r->doc, line, TEXT(" to ", " "));
        report_add_recovery(r, line, x->recovery);
        doc_text(r->doc, line, TEXT(" ", " "));
        report_add_economic(r, line, x->economic);
        if (!text_empty(x->because))
            doc_soft(r->doc, line, FILL(r, TEXT(". {0}", " {0}"), x->because));
    }
}

static void add_evidence(struct report *r, struct doc_cell *cell,
                         const struct list *evidence)
{
    for (uint32_t i = 0; i < evidence->n; i++) {
        const char *url = *LIST_AT(*evidence, const char *const, i);
        struct doc_line *line = doc_item(r->doc, &cell->lines);
        doc_soft(r->doc, line, TEXT("Evidence: ", "証跡："));
        doc_link(r->doc, line, report_string(url), url);
    }
}

/* Who answers for a measure, and until when it is to be in place. */
static void add_owner(struct report *r, struct doc_cell *cell, const struct measure *m)
{
    if (m->owner == NULL && m->due == 0) return;
    struct doc_line *line = doc_item(r->doc, &cell->lines);
    if (m->owner) doc_soft(r->doc, line, TEXT("Owner: ", "責任者："));
    if (m->owner) doc_name(r->doc, line, m->owner);
    if (m->owner && m->due) doc_text(r->doc, line, TEXT(" ", " "));
    if (m->due) doc_soft(r->doc, line, TEXT("Due: ", "期限："));
    if (m->due) doc_text(r->doc, line, report_date(r, m->due));
}

static void add_status(struct report *r, struct doc_table *t, const struct measure *m)
{
    static const enum doc_tone tones[] = {
        [STATUS_UNSET] = DOC_MUTED,   [STATUS_PROPOSED] = DOC_MUTED,
        [STATUS_DECIDED] = DOC_INFO,  [STATUS_IMPLEMENTED] = DOC_GOOD,
        [STATUS_VERIFIED] = DOC_GOOD,
    };
    int status = m->status ? m->status : STATUS_PROPOSED;
    doc_badge(r->doc, report_cell(r, t), choice_text(&measure_statuses, status),
              tones[status]);
}

/* The last column is the cost, left out where no measure has one. */
enum { N_COLUMNS = 5 };

static void add_measure_row(struct report *r, struct doc_table *t,
                            const struct measure *m)
{
    doc_row(r->doc, t, report_anchor(r, "measure", m->entry.id));
    struct doc_cell *cell = report_cell_named(r, t, m->name, NO_TEXT);
    if (!text_empty(m->description))
        doc_text(r->doc, doc_line(r->doc, &cell->lines), m->description);
    add_limits(r, cell, m);
    add_owner(r, cell, m);
    add_evidence(r, cell, &m->evidence);
    report_add_requirement(r, report_cell(r, t), m->requirement.index);
    report_add_places(r, report_cell(r, t), &m->on);
    add_status(r, t, m);
    struct text cost = report_money(r, &m->cost);
    if (t->n_columns < N_COLUMNS) return;
    if (text_empty(cost))
        doc_soft(r->doc, report_cell(r, t), TEXT("not given", "未記入"));
    else
        doc_cell_text(r->doc, t, cost);
}

static void open_group(struct report *r, struct doc_table *t, uint32_t who)
{
    int own = who == r->m->applicant.index;
    struct doc_group *g = doc_group(r->doc, t, report_stakeholder(r, who)->name);
    g->detail = own ? TEXT("the applicant's own", "適用主体が自ら講じる対策")
                    : TEXT("asked of them", "対応を要請する対策");
    g->open = (uint8_t)own;
}

static void add_measures_of(struct report *r, struct doc_table *t,
                            const uint32_t *order, uint32_t who)
{
    int any = 0;
    for (uint32_t i = 0; i < r->m->measures.n; i++) {
        const struct measure *m =
            LIST_AT(r->m->measures, const struct measure, order[i]);
        if (m->by.index != who) continue;
        if (!any++) open_group(r, t, who);
        add_measure_row(r, t, m);
    }
}

static void add_measures_of_nobody(struct report *r, struct doc_table *t,
                                   const uint32_t *order)
{
    int any = 0;
    for (uint32_t i = 0; i < r->m->measures.n; i++) {
        const struct measure *m =
            LIST_AT(r->m->measures, const struct measure, order[i]);
        if (m->by.id) continue;
        if (!any++)
            doc_group(r->doc, t, TEXT("By whom is not decided", "実施者が未定の対策"));
        add_measure_row(r, t, m);
    }
}

static int has_cost(const struct report *r)
{
    for (uint32_t i = 0; i < r->m->measures.n; i++)
        if (LIST_AT(r->m->measures, const struct measure, i)->cost.unit[0]) return 1;
    return 0;
}

/* Measures in the order of the requirements they meet, then of their ids. */
static uint32_t *order_measures(struct report *r)
{
    uint32_t n = r->m->measures.n, n_requirements = r->c->requirements.n;
    uint32_t *by_id = report_order(r, &r->m->measures, sizeof(struct measure));
    uint32_t *start = arena_array(r->arena, n_requirements + 2u, sizeof *start);
    uint32_t *order = arena_array(r->arena, n + 1u, sizeof *order);
    for (uint32_t i = 0; i < n; i++)
        start[LIST_AT(r->m->measures, const struct measure, i)->requirement.index +
              1]++;
    for (uint32_t k = 1; k <= n_requirements; k++)
        start[k] += start[k - 1];
    for (uint32_t i = 0; i < n; i++) {
        const struct measure *m =
            LIST_AT(r->m->measures, const struct measure, by_id[i]);
        order[start[m->requirement.index]++] = by_id[i];
    }
    return order;
}

void report_measures(struct report *r, struct doc_block *chapter)
{
    static const struct doc_column columns[] = {
        COLUMN("Measure", "実際に講じる対策の例", DOC_WIDE, DOC_START),
        COLUMN("Requirement", "対策要件", DOC_MIDDLE, DOC_START),
        COLUMN("On", "対象", DOC_MIDDLE, DOC_START),
        COLUMN("Status", "状況", DOC_NARROW, DOC_START),
        COLUMN("Cost", "費用", DOC_NARROW, DOC_END),
    };
    struct doc_block *s =
        doc_section(r->doc, chapter, "measures",
                    TEXT("Measures, by who carries them out",
                         "整理した対策に対する意思決定（講じる対策）"));
    if (r->m->measures.n == 0) {
        doc_say(
            r->doc, s, DOC_NOTE,
            TEXT("The model holds no measures yet.", "対策はまだ登録されていない。"));
        return;
    }
    int costs = has_cost(r);
    if (!costs)
        doc_say(r->doc, s, DOC_PARAGRAPH,
                TEXT("The model gives no cost for any measure.",
                     "対策の費用はモデルに記載されていない。"));
    struct doc_table *t = doc_table(
        r->doc, s,
        TEXT("Measures by stakeholder", "ステークホルダーごとに講じる対策の例"),
        columns, costs ? N_COLUMNS : N_COLUMNS - 1,
        r->m->measures.n > 60 ? DOC_FILTER | DOC_FOLD : 0);
    const uint32_t *who = report_stakeholder_order(r);
    const uint32_t *order = order_measures(r);
    for (uint32_t k = 0; k < r->m->stakeholders.n; k++)
        add_measures_of(r, t, order, who[k]);
    add_measures_of_nobody(r, t, order);
}

// ---- decisions and exclusions -------------------------------------------------------

static void add_result_badges(struct report *r, struct doc_table *t,
                              const struct decision_result *x)
{
    struct doc_line *line = report_cell(r, t);
    if (x->state == SUBJECT_ORPHANED)
        doc_badge(r->doc, line, TEXT("orphaned: its subject is gone", "対象が消滅"),
                  DOC_OPEN);
    if (x->state == SUBJECT_ORPHANED && x->overdue) report_say(r, line, " ", " ");
    if (x->overdue)
        doc_badge(r->doc, line, TEXT("review overdue", "見直し期限超過"), DOC_OPEN);
    if (x->state != SUBJECT_ORPHANED && !x->overdue)
        doc_badge(r->doc, line, TEXT("in force", "有効"), DOC_GOOD);
}

static void add_dates(struct report *r, struct doc_table *t, int32_t date,
                      int32_t review)
{
    struct doc_cell *cell = doc_cell(r->doc, t);
    doc_whole(r->doc, doc_cell_line(r->doc, cell), report_date(r, date));
    if (review == 0) return;
    doc_soft(r->doc, doc_line(r->doc, &cell->lines), TEXT("review by", "見直し期限"));
    doc_whole(r->doc, doc_line(r->doc, &cell->lines), report_date(r, review));
}

static void add_people(struct report *r, struct doc_table *t, const char *owner,
                       const char *reviewer)
{
    struct doc_cell *cell = doc_cell(r->doc, t);
    if (owner) doc_name(r->doc, doc_cell_line(r->doc, cell), owner);
    if (reviewer == NULL) return;
    struct doc_line *line = doc_line(r->doc, &cell->lines);
    doc_soft(r->doc, line, TEXT("reviewed by ", "確認者："));
    doc_name(r->doc, line, reviewer);
}

static void add_decision_row(struct report *r, struct doc_table *t,
                             const struct decision_result *x)
{
    const struct decision *d =
        LIST_AT(r->m->decisions, const struct decision, x->decision);
    struct doc_row *row = doc_row(r->doc, t, report_anchor(r, "decision", d->entry.id));
    row->stands_out = x->state == SUBJECT_ORPHANED || x->overdue;
    report_add_subject(r, report_cell(r, t), d->subject);
    doc_strong(r->doc, report_cell(r, t), choice_text(&treatments, d->treatment));
    struct doc_cell *why = doc_cell(r->doc, t);
    doc_text(r->doc, doc_cell_line(r->doc, why), d->reason);
    add_evidence(r, why, &d->evidence);
    add_people(r, t, d->owner, d->reviewer);
    add_dates(r, t, d->date, d->review_by);
    add_result_badges(r, t, x);
}

static void add_exclusion_row(struct report *r, struct doc_table *t,
                              const struct decision_result *x)
{
    const struct exclusion *e =
        LIST_AT(r->m->exclusions, const struct exclusion, x->decision);
    struct doc_row *row =
        doc_row(r->doc, t, report_anchor(r, "exclusion", e->entry.id));
    row->stands_out = x->state == SUBJECT_ORPHANED || x->overdue;
    report_add_subject(r, report_cell(r, t), e->subject);
    doc_cell_text(r->doc, t, e->reason);
    add_people(r, t, e->owner, NULL);
    add_dates(r, t, e->date, e->review_by);
    add_result_badges(r, t, x);
}

static void add_results(struct report *r, struct doc_table *t, int exclusions)
{
    for (uint32_t i = 0; i < r->a->decisions.n; i++) {
        const struct decision_result *x =
            LIST_AT(r->a->decisions, const struct decision_result, i);
        if (x->is_exclusion != exclusions) continue;
        if (exclusions)
            add_exclusion_row(r, t, x);
        else
            add_decision_row(r, t, x);
    }
}

static void add_decisions(struct report *r, struct doc_block *chapter)
{
    static const struct doc_column columns[] = {
        COLUMN("About", "対象", DOC_MIDDLE, DOC_START),
        COLUMN("Treatment", "対応", DOC_NARROW, DOC_START),
        COLUMN("Reason", "理由", DOC_WIDE, DOC_START),
        COLUMN("Owner", "責任者", DOC_MIDDLE, DOC_START),
        COLUMN("Date", "日付", DOC_NARROW, DOC_START),
        COLUMN("State", "状態", DOC_NARROW, DOC_START),
    };
    struct doc_block *s =
        doc_section(r->doc, chapter, "decisions", TEXT("Decisions", "意思決定の記録"));
    if (r->m->decisions.n == 0) {
        doc_say(
            r->doc, s, DOC_NOTE,
            TEXT("No decision is recorded yet.", "意思決定はまだ記録されていない。"));
        return;
    }
    struct doc_table *t =
        doc_table(r->doc, s, TEXT("Decisions", "意思決定"), columns, 6, 0);
    add_results(r, t, 0);
}

static void add_out_of_scope(struct report *r, struct doc_block *s)
{
    static const struct doc_column columns[] = {
        COLUMN("Part", "対象外とした部分", DOC_MIDDLE, DOC_START),
        COLUMN("Reason", "理由", DOC_WIDE, DOC_START),
    };
    const struct graph *g = r->a->graph;
    struct doc_table *t = NULL;
    for (uint32_t asset = g->first_component; asset < g->first_incident; asset++) {
        uint32_t i = g->assets[asset].index;
        struct text why = g->assets[asset].type == ASSET_FLOW
                              ? report_flow(r, i)->out_of_scope
                              : report_component(r, i)->out_of_scope;
        if (text_empty(why)) continue;
        if (t == NULL)
            t = doc_table(r->doc, s, TEXT("Parts out of scope", "対象外とした部分"),
                          columns, 2, 0);
        doc_row(r->doc, t, NULL);
        report_add_asset(r, report_cell(r, t), asset);
        doc_cell_text(r->doc, t, why);
    }
    if (t == NULL)
        doc_say(
            r->doc, s, DOC_PARAGRAPH,
            TEXT("No part of the system is out of scope.", "対象外とした部分はない。"));
}

static void add_left_out(struct report *r, struct doc_block *chapter)
{
    static const struct doc_column columns[] = {
        COLUMN("What is left out", "除外した結果", DOC_MIDDLE, DOC_START),
        COLUMN("Reason", "理由", DOC_WIDE, DOC_START),
        COLUMN("Owner", "責任者", DOC_NARROW, DOC_START),
        COLUMN("Date", "日付", DOC_NARROW, DOC_START),
        COLUMN("State", "状態", DOC_NARROW, DOC_START),
    };
    struct doc_block *s = doc_section(r->doc, chapter, "left-out",
                                      TEXT("What is left out", "除外と対象外"));
    if (r->m->exclusions.n) {
        struct doc_table *t = doc_table(
            r->doc, s, TEXT("Results excluded", "除外した結果"), columns, 5, 0);
        add_results(r, t, 1);
    } else {
        doc_say(r->doc, s, DOC_PARAGRAPH,
                TEXT("No result is excluded.", "除外した結果はない。"));
    }
    add_out_of_scope(r, s);
}

void report_decisions(struct report *r, struct doc_block *chapter)
{
    add_decisions(r, chapter);
    add_left_out(r, chapter);
}
