// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Chapter 3, treat, first half: the threats of each component and flow, and the
 * policies for the great risks. Chains are in report_chains.c, requirements in
 * report_require.c, measures and decisions in report_measures.c.
 */
#include "page/report_int.h"

// ---- threats ------------------------------------------------------------------------

/* What measures make of a threat, in one small word; empty when nothing. */
static struct text state_word(const struct threat *t)
{
    if (t->excluded) return TEXT("left out", "除外");
    if (t->state == THREAT_BLOCKED) return TEXT("blocked", "遮断");
    if (t->planned == THREAT_BLOCKED) return TEXT("to be blocked", "遮断予定");
    if (t->state == THREAT_SLOWED) return TEXT("harder", "困難化");
    if (t->planned == THREAT_SLOWED) return TEXT("to be harder", "困難化予定");
    if (t->detected) return TEXT("detected", "検知");
    return NO_TEXT;
}

static void add_threat_cell(struct report *r, struct doc_table *table,
                            const struct threat *t)
{
    struct doc_cell *cell = doc_cell(r->doc, table);
    const char *id = threat_id(r->a, t, r->arena);
    struct doc_line *line = doc_cell_line(r->doc, cell);
    cell->anchor = doc_claim(r->doc, id);
    if (t->main) {
        cell->highlight = 1;
        doc_link(r->doc, line, TEXT("\u25cf main", "\u25cf 主要"),
                 arena_printf(r->arena, "#chain:%s", id));
    } else {
        doc_mark(r->doc, line, t->excluded ? "\u2013" : "\u25cb",
                 TEXT("present", "あり"));
    }
    if (!text_empty(state_word(t)))
        doc_soft(r->doc, doc_line(r->doc, &cell->lines), state_word(t));
}

/* One row: an asset, and a cell for each class of threat. */
static void add_threat_row(struct report *r, struct doc_table *table, uint32_t asset)
{
    const struct list *threats = &r->a->threats;
    uint32_t k = report_first_threat(r, asset), n_classes = r->c->threats.n;
    doc_row(r->doc, table, NULL);
    report_add_asset(r, report_cell(r, table), asset);
    for (uint32_t class = 0; class < n_classes; class ++) {
        const struct threat *t =
            k < threats->n ? LIST_AT(*threats, const struct threat, k) : NULL;
        if (t && t->asset == asset && t->class == class) {
            add_threat_cell(r, table, t);
            k++;
        } else {
            doc_cell(r->doc, table);
        }
    }
}

/* Rows only where there is a threat; the others are counted below the table. */
static int has_threat(const struct report *r, uint32_t asset)
{
    uint32_t k = report_first_threat(r, asset);
    return k < r->a->threats.n &&
           LIST_AT(r->a->threats, const struct threat, k)->asset == asset;
}

static const struct doc_column *threat_columns(struct report *r, struct text first)
{
    uint32_t n = r->c->threats.n;
    struct doc_column *columns = arena_array(r->arena, n + 1u, sizeof *columns);
    columns[0] = (struct doc_column){first, DOC_WIDE, DOC_START};
    for (uint32_t i = 0; i < n; i++)
        columns[i + 1] = (struct doc_column){
            LIST_AT(r->c->threats, const struct threat_class, i)->name, DOC_AUTO,
            DOC_CENTRE};
    return columns;
}

static void say_without(struct report *r, struct doc_block *s, uint32_t first,
                        uint32_t end, const struct noun *noun)
{
    unsigned n = 0;
    for (uint32_t i = first; i < end; i++)
        n += !has_threat(r, i);
    if (n == 0) return;
    struct doc_line *line = doc_say(r->doc, s, DOC_PARAGRAPH, NO_TEXT);
    doc_soft(r->doc, line,
             FILL(r,
                  TEXT("No chain leads to a threat at {0} (out of scope ones "
                       "included), which the table leaves out.",
                       "脅威に至る攻撃経路がない{0}（対象外を含む）は、表から省いた。"),
                  report_count(r, n, noun)));
}

static void add_matrix(struct report *r, struct doc_block *s, struct text caption,
                       struct text first_column, uint32_t first, uint32_t end)
{
    unsigned flags = DOC_DENSE | (r->large ? DOC_FILTER | DOC_FOLD : 0u);
    if (first == end) return;
    struct doc_table *table =
        doc_table(r->doc, s, caption, threat_columns(r, first_column),
                  r->c->threats.n + 1u, flags);
    report_by_zone(r, s, table, first, end, has_threat, add_threat_row);
}

static void add_threats(struct report *r, struct doc_block *chapter)
{
    static const struct noun components = {"{0} component", "{0} components",
                                           "{0}件の機器"};
    static const struct noun flows = {"{0} data flow", "{0} data flows",
                                      "{0}件のデータフロー"};
    const struct graph *g = r->a->graph;
    struct text caption = r->m->system.figures.threats;
    struct doc_block *s = doc_section(r->doc, chapter, "threats",
                                      TEXT("Threats to each component and flow",
                                           "システムを構成する機器ごとの脅威の整理"));
    doc_say(
        r->doc, s, DOC_PARAGRAPH,
        TEXT("A threat stands where a chain of attack steps leads to it. "
             "\u25cf main (bold, shaded): it can lead to an incident above someone's "
             "target. \u25cb: present, but no such incident follows. The small word "
             "says what measures do.",
             "攻撃経路が到達する脅威を示す。\u25cf 主要（太字・網掛け）は、"
             "目標とする水準を超える主要な被害を引き起こす可能性のある脅威、"
             "\u25cb はそれ以外の脅威を示す。小さな文字は対策の効果を示す。"));
    add_matrix(r, s,
               text_empty(caption) ? TEXT("Threats to components", "機器ごとの脅威")
                                   : caption,
               TEXT("Component", "機器"), g->first_component, g->first_flow);
    say_without(r, s, g->first_component, g->first_flow, &components);
    add_matrix(r, s, TEXT("Threats to data flows", "データフローごとの脅威"),
               TEXT("Data flow", "データフロー"), g->first_flow, g->first_incident);
    say_without(r, s, g->first_flow, g->first_incident, &flows);
}

// ---- policies -----------------------------------------------------------------------

static void add_policy_row(struct report *r, struct doc_table *t,
                           const struct policy *p)
{
    doc_row(r->doc, t, report_anchor(r, "policy", p->entry.id));
    doc_cell_text(r->doc, t, p->text);
    struct doc_cell *by = doc_cell(r->doc, t);
    report_add_stakeholder(r, doc_cell_line(r->doc, by), &p->by);
    if (p->by.index != r->m->applicant.index)
        doc_soft(r->doc, doc_line(r->doc, &by->lines),
                 TEXT("asked of them", "対応を要請"));
    struct doc_cell *cell = doc_cell(r->doc, t);
    for (uint32_t i = 0; i < p->requirements.n; i++)
        report_add_requirement(r, doc_item(r->doc, &cell->lines),
                               LIST_AT(p->requirements, const struct ref, i)->index);
}

static void add_policies(struct report *r, struct doc_block *chapter)
{
    static const struct doc_column columns[] = {
        COLUMN("Policy", "影響が大きいリスクに対処するための対策方針", DOC_WIDE,
               DOC_START),
        COLUMN("Carried out by", "実施者", DOC_MIDDLE, DOC_START),
        COLUMN("Requirements", "行うべきと考えられる対策", DOC_WIDE, DOC_START),
    };
    if (r->m->policies.n == 0) return;
    struct doc_block *s =
        doc_section(r->doc, chapter, "policies",
                    TEXT("Policies for the great risks",
                         "影響が大きいリスクに対処するための対策方針"));
    struct doc_table *t =
        doc_table(r->doc, s,
                  TEXT("Policies, by the stakeholder whose risk they reduce",
                       "対策方針（リスクを低減する対象のステークホルダー別）"),
                  columns, 3, 0);
    const uint32_t *who = report_stakeholder_order(r);
    const uint32_t *order = report_order(r, &r->m->policies, sizeof(struct policy));
    for (uint32_t k = 0; k < r->m->stakeholders.n; k++) {
        int any = 0;
        for (uint32_t i = 0; i < r->m->policies.n; i++) {
            const struct policy *p =
                LIST_AT(r->m->policies, const struct policy, order[i]);
            if (p->stakeholder.index != who[k]) continue;
            if (!any++)
                doc_group(r->doc, t,
                          FILL(r,
                               TEXT("To reduce the risk of: {0}",
                                    "{0}にとってのリスクを低減するための対策"),
                               report_stakeholder(r, who[k])->name));
            add_policy_row(r, t, p);
        }
    }
}

void report_treat(struct report *r)
{
    struct doc_block *chapter =
        doc_chapter(r->doc, "treat", TEXT("Treat", "リスク対応"));
    add_threats(r, chapter);
    report_chains(r, chapter);
    add_policies(r, chapter);
    report_requirements(r, chapter);
    report_measures(r, chapter);
    report_decisions(r, chapter);
}
