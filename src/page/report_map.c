// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Chapter 2, the map: where each stakeholder stands, why, and what that demands. */
#include "page/report_int.h"

static void add_position(struct report *r, struct doc_table *t, struct position p)
{
    report_cell_recovery(r, t, p.recovery);
    report_cell_economic(r, t, p.economic);
}

void report_add_judgement(struct report *r, struct doc_line *line, int has_target,
                          int within)
{
    if (!has_target)
        doc_badge(r->doc, line, TEXT("no target", "目標なし"), DOC_MUTED);
    else if (within)
        doc_badge(r->doc, line, TEXT("within target", "目標内"), DOC_GOOD);
    else
        doc_badge(r->doc, line, TEXT("above target", "目標超過"), DOC_OPEN);
}

/* The harm an incident does to a stakeholder, or NULL. */
static const struct harm *find_harm(const struct report *r, uint32_t incident,
                                    uint32_t stakeholder)
{
    const struct incident *x = report_incident(r, incident);
    for (uint32_t i = 0; i < x->harms.n; i++) {
        const struct harm *h = LIST_AT(x->harms, const struct harm, i);
        if (h->entry.key_index == stakeholder) return h;
    }
    return NULL;
}

/* The incident that sets a position on an axis, with the reason the model gives. */
static void add_worst(struct report *r, struct doc_cell *cell, struct text axis,
                      uint32_t incident, uint32_t stakeholder)
{
    if (incident == GRAPH_NONE) return;
    struct doc_line *line = doc_line(r->doc, &cell->lines);
    const struct harm *h = find_harm(r, incident, stakeholder);
    doc_soft(r->doc, line, axis);
    report_add_incident(r, line, incident);
    if (h && !text_empty(h->because))
        doc_soft(r->doc, doc_line(r->doc, &cell->lines), h->because);
}

static void add_why(struct report *r, struct doc_table *t, const struct map_row *row)
{
    struct doc_cell *cell = doc_cell(r->doc, t);
    int same = row->worst_recovery == row->worst_economic;
    if (same) {
        add_worst(r, cell, TEXT("Both axes: ", "両軸："), row->worst_recovery,
                  row->stakeholder);
        return;
    }
    add_worst(r, cell, TEXT("Recovery: ", "回復困難性："), row->worst_recovery,
              row->stakeholder);
    add_worst(r, cell, TEXT("Economic: ", "経済的影響："), row->worst_economic,
              row->stakeholder);
}

static void add_target(struct report *r, struct doc_table *t, const struct map_row *row)
{
    const struct stakeholder *s = report_stakeholder(r, row->stakeholder);
    struct doc_cell *cell = doc_cell(r->doc, t);
    if (!row->has_target) {
        doc_soft(r->doc, doc_cell_line(r->doc, cell), TEXT("none stated", "設定なし"));
        return;
    }
    report_add_recovery(r, doc_cell_line(r->doc, cell), s->target.recovery);
    report_add_economic(r, doc_line(r->doc, &cell->lines), s->target.economic);
}

static void add_judgement_cell(struct report *r, struct doc_table *t,
                               const struct map_row *row)
{
    struct doc_cell *cell = doc_cell(r->doc, t);
    report_add_judgement(r, doc_cell_line(r->doc, cell), row->has_target,
                         row->within_target);
}

/* After measures decided: the position, and whether it is within the target then. */
static void add_planned(struct report *r, struct doc_table *t,
                        const struct map_row *row)
{
    struct doc_cell *cell = doc_cell(r->doc, t);
    struct doc_line *line = doc_cell_line(r->doc, cell);
    report_add_recovery(r, line, row->planned.recovery);
    report_add_economic(r, doc_line(r->doc, &cell->lines), row->planned.economic);
    if (row->has_target)
        report_add_judgement(r, doc_line(r->doc, &cell->lines), 1, row->planned_within);
}

/* A form of use that does harm is shown where it lands elsewhere than the whole. */
static int lands_elsewhere(const struct map_row *row, const struct map_row *whole)
{
    return (row->now.recovery || row->now.economic) &&
           (row->now.recovery != whole->now.recovery ||
            row->now.economic != whole->now.economic);
}

static void add_map_row(struct report *r, struct doc_table *t,
                        const struct map_row *row)
{
    const struct stakeholder *s = report_stakeholder(r, row->stakeholder);
    doc_row(r->doc, t, row->form ? NULL : report_anchor(r, "map", s->entry.id));
    struct doc_line *line = report_cell(r, t);
    if (row->form) {
        doc_soft(r->doc, line, s->name);
        doc_text(r->doc, line,
                 FILL(r,
                      TEXT(": in the form of use \u201c{0}\u201d",
                           "：使用形態「{0}」の場合"),
                      row->form->name));
    } else {
        doc_link(r->doc, line, s->name, report_target(r, "stakeholder", s->entry.id));
    }
    add_position(r, t, row->now);
    add_target(r, t, row);
    add_judgement_cell(r, t, row);
    add_planned(r, t, row);
    add_why(r, t, row);
}

static void add_map_table(struct report *r, struct doc_block *s)
{
    static const struct doc_column columns[] = {
        COLUMN("Stakeholder", "ステークホルダー", DOC_MIDDLE, DOC_START),
        COLUMN("Recovery", "回復困難性の度合い", DOC_NARROW, DOC_START),
        COLUMN("Economic", "経済的影響の度合い", DOC_NARROW, DOC_START),
        COLUMN("Target", "目標", DOC_NARROW, DOC_START),
        COLUMN("Judgement", "評価", DOC_NARROW, DOC_START),
        COLUMN("After decided measures", "決定済みの対策の実施後", DOC_NARROW,
               DOC_START),
        COLUMN("Set by", "位置を決める主な被害", DOC_WIDE, DOC_START),
    };
    struct doc_table *t =
        doc_table(r->doc, s,
                  TEXT("Position of each stakeholder, with measures in force",
                       "ステークホルダーごとのリスクの大きさ（実施済みの対策を反映）"),
                  columns, 7, 0);
    const struct map_row *whole = NULL;
    for (uint32_t i = 0; i < r->a->map.n; i++) {
        const struct map_row *row = LIST_AT(r->a->map, const struct map_row, i);
        if (row->form == NULL) whole = row;
        if (row->form == NULL || (whole && lands_elsewhere(row, whole)))
            add_map_row(r, t, row);
    }
}

// ---- demanded viewpoints ------------------------------------------------------------

static void add_strength(struct report *r, struct doc_table *t, int strength)
{
    static const enum doc_tone tones[] = {DOC_MUTED, DOC_LEVEL_1, DOC_LEVEL_2,
                                          DOC_LEVEL_3};
    struct doc_line *line = report_cell(r, t);
    if (strength == STRENGTH_NONE)
        doc_soft(r->doc, line, TEXT("\u2013", "\u2013"));
    else
        doc_badge(r->doc, line, choice_text(&strengths, strength), tones[strength]);
}

static void add_demand_row(struct report *r, struct doc_table *t,
                           const struct map_row *row)
{
    const struct stakeholder *s = report_stakeholder(r, row->stakeholder);
    doc_row(r->doc, t, NULL);
    doc_link(r->doc, report_cell(r, t), s->name, report_target(r, "map", s->entry.id));
    struct doc_cell *cell = doc_cell(r->doc, t);
    report_add_recovery(r, doc_cell_line(r->doc, cell), row->inherent.recovery);
    report_add_economic(r, doc_line(r->doc, &cell->lines), row->inherent.economic);
    for (int v = 1; v <= N_VIEWPOINTS; v++)
        add_strength(r, t,
                     catalog_strength(r->a->catalog, row->inherent.recovery,
                                      row->inherent.economic, v));
}

static void add_demands(struct report *r, struct doc_block *chapter)
{
    static const struct doc_column columns[] = {
        COLUMN("Stakeholder", "ステークホルダー", DOC_MIDDLE, DOC_START),
        COLUMN("Cell, without measures", "区画（対策前）", DOC_NARROW, DOC_START),
        COLUMN("Viewpoint 1: before operation", "第1の観点：運用前", DOC_NARROW,
               DOC_START),
        COLUMN("Viewpoint 2: in operation", "第2の観点：運用中", DOC_NARROW, DOC_START),
        COLUMN("Viewpoint 3: ability of operators", "第3の観点：運用者の能力",
               DOC_NARROW, DOC_START),
        COLUMN("Viewpoint 4: social support", "第4の観点：社会的な仕組み", DOC_NARROW,
               DOC_START),
    };
    struct doc_block *s =
        doc_section(r->doc, chapter, "demands",
                    TEXT("What the cells demand", "区画に応じて求められる観点"));
    doc_say(
        r->doc, s, DOC_PARAGRAPH,
        TEXT("Axis 3. The cell a stakeholder would stand in without measures says from "
             "which viewpoints security and safety must be confirmed, and by whom.",
             "第3軸。対策を講じない場合に各ステークホルダーが位置する区画により、"
             "セキュリティ・セーフティ要求の観点と、確認の強さが定まる。"));
    struct doc_table *t =
        doc_table(r->doc, s,
                  TEXT("Strength of confirmation demanded from each viewpoint",
                       "観点ごとに求められる確認の強さ"),
                  columns, 6, 0);
    for (uint32_t i = 0; i < r->a->map.n; i++) {
        const struct map_row *row = LIST_AT(r->a->map, const struct map_row, i);
        if (row->form == NULL) add_demand_row(r, t, row);
    }
    doc_row(r->doc, t, NULL)->total = 1;
    doc_strong(r->doc, report_cell(r, t), TEXT("The whole system", "システム全体"));
    report_cell(r, t);
    for (int v = 1; v <= N_VIEWPOINTS; v++)
        add_strength(r, t, r->a->demanded[v]);
}

void report_map(struct report *r, struct doc_block *chapter)
{
    struct doc_block *s =
        doc_section(r->doc, chapter, "map",
                    TEXT("Risk map and its evaluation", "マッピング結果の整理と評価"));
    struct doc_line *line = doc_say(
        r->doc, s, DOC_PARAGRAPH,
        TEXT(
            "Each stakeholder stands at the worst, axis by axis, of what the incidents "
            "that can happen do to it. The map itself is in the ",
            "各ステークホルダーの位置は、起こり得るインシデントによる被害のうち、"
            "軸ごとに最も大きいもので決まる。図は"));
    doc_link(r->doc, line, TEXT("summary", "要約"), "#summary");
    doc_text(r->doc, line,
             TEXT(". A form of use is listed where it lands elsewhere.",
                  "に示す。同じ機器でも使用形態によって位置が異なる場合は、"
                  "行を分けて示す。"));
    add_map_table(r, s);
    doc_say(
        r->doc, s, DOC_NOTE,
        TEXT("Both axes name the main harm only. Economic impact includes effects on "
             "society and daily life.",
             "「回復困難性の度合い」及び「経済的影響の度合い」には主要な被害のみを記載"
             "した。「経済的影響の度合い」は、社会的・生活的影響を含めて考慮している"
             "。"));
    add_demands(r, chapter);
}
