// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Chapter 1, prepare: what the system is, who has a stake in it, what it is made of,
 * what keeps it safe, and by which criteria harm is judged. How its parts are placed is
 * in report_zones.c, data flows are in report_flows.c.
 */
#include <string.h>

#include "page/figure.h"
#include "page/report_int.h"

void report_tell(struct report *r)
{
    r->n_drawn++;
    if (r->progress) r->progress->tell(r->progress->context, r->n_drawn, r->n_figures);
}

void report_draw_of(struct report *r, struct doc_block *parent, figure_draw_of *draw,
                    const void *of, struct text caption)
{
    const char *svg[N_LANGS] = {NULL, NULL};
    report_tell(r);
    for (int lang = 0; lang < N_LANGS; lang++) {
        struct buf out = {0};
        if (draw(of, (enum lang)lang, &out))
            svg[lang] = arena_str(r->arena, buf_text(&out));
        buf_fini(&out);
    }
    if (svg[LANG_EN] == NULL && svg[LANG_JA] == NULL) return;
    struct doc_figure *f = doc_figure(r->doc, parent, caption);
    memcpy(f->svg, svg, sizeof svg);
}

struct drawn {
    figure_draw *draw;
    const struct assessment *a;
};

static int draw_drawn(const void *of, enum lang lang, struct buf *out)
{
    const struct drawn *d = of;
    return d->draw(d->a, lang, out);
}

void report_draw(struct report *r, struct doc_block *parent, figure_draw *draw,
                 struct text caption, struct text usual)
{
    report_draw_of(r, parent, draw_drawn, &(struct drawn){draw, r->a},
                   text_empty(caption) ? usual : caption);
}

// ---- overview -----------------------------------------------------------------------

static void add_overview(struct report *r, struct doc_block *chapter)
{
    struct doc_block *s = doc_section(r->doc, chapter, "overview",
                                      TEXT("The solution", "対象ソリューションの概要"));
    doc_say(r->doc, s, DOC_PARAGRAPH, r->m->system.overview);
    if (r->m->applicant.id == NULL) return;
    struct doc_line *line = doc_say(r->doc, s, DOC_PARAGRAPH, NO_TEXT);
    doc_text(r->doc, line, TEXT("The framework is applied by: ", "適用主体："));
    report_add_stakeholder(r, line, &r->m->applicant);
    doc_text(r->doc, line, TEXT(".", ""));
}

// ---- stakeholders -------------------------------------------------------------------

static void add_stakeholder_row(struct report *r, struct doc_table *t, uint32_t i)
{
    const struct stakeholder *s = report_stakeholder(r, i);
    doc_row(r->doc, t, report_anchor(r, "stakeholder", s->entry.id));
    struct doc_cell *cell = report_cell_named(r, t, s->name, s->description);
    if (i == r->m->applicant.index) {
        struct doc_line *line = cell->lines.first;
        report_say(r, line, " ", " ");
        doc_badge(r->doc, line, TEXT("applicant", "適用主体"), DOC_INFO);
    }
    report_add_joined(r, report_cell(r, t), &roles, s->roles);
    if (s->target.is_set == TRI_YES) {
        report_cell_recovery(r, t, s->target.recovery);
        report_cell_economic(r, t, s->target.economic);
    } else {
        doc_soft(r->doc, report_cell(r, t), TEXT("none stated", "設定なし"));
        doc_soft(r->doc, report_cell(r, t), TEXT("none stated", "設定なし"));
    }
}

uint32_t *report_stakeholder_order(struct report *r)
{
    uint32_t *order = report_order(r, &r->m->stakeholders, sizeof(struct stakeholder));
    uint32_t n = r->m->stakeholders.n, k = 0;
    while (k < n && order[k] != r->m->applicant.index)
        k++;
    if (k < n) {
        memmove(order + 1, order, k * sizeof *order);
        order[0] = r->m->applicant.index;
    }
    return order;
}

static void add_relations(struct report *r, struct doc_block *s)
{
    static const struct doc_column columns[] = {
        COLUMN("From", "主体", DOC_MIDDLE, DOC_START),
        COLUMN("Relation", "関係", DOC_NARROW, DOC_START),
        COLUMN("To", "相手", DOC_MIDDLE, DOC_START),
        COLUMN("What", "内容", DOC_WIDE, DOC_START),
    };
    if (r->m->relations.n == 0) return;
    struct doc_table *t = doc_table(
        r->doc, s, TEXT("Relations", "ステークホルダー間の関係"), columns, 4, 0);
    for (uint32_t i = 0; i < r->m->relations.n; i++) {
        const struct relation *x = LIST_AT(r->m->relations, const struct relation, i);
        doc_row(r->doc, t, NULL);
        report_add_stakeholder(r, report_cell(r, t), &x->from);
        report_cell_choice(r, t, &relation_kinds, x->kind);
        report_add_stakeholder(r, report_cell(r, t), &x->to);
        doc_cell_text(r->doc, t, x->description);
    }
}

static void add_stakeholders(struct report *r, struct doc_block *chapter)
{
    static const struct doc_column columns[] = {
        COLUMN("Stakeholder", "ステークホルダー", DOC_WIDE, DOC_START),
        COLUMN("Roles", "役割", DOC_MIDDLE, DOC_START),
        COLUMN("Target: recovery", "目標：回復困難性", DOC_NARROW, DOC_START),
        COLUMN("Target: economic", "目標：経済的影響", DOC_NARROW, DOC_START),
    };
    struct doc_block *s =
        doc_section(r->doc, chapter, "stakeholders",
                    TEXT("Stakeholders and their relations", "ステークホルダー関係図"));
    report_draw(r, s, figure_stakeholders, r->m->system.figures.stakeholders,
                TEXT("Stakeholders and their relations", "ステークホルダー関係図"));
    struct doc_table *t = doc_table(
        r->doc, s,
        TEXT("Stakeholders, with the highest level of risk each accepts on either axis",
             "ステークホルダーの役割と、各軸で目標とするリスクの水準（上限）"),
        columns, 4, 0);
    const uint32_t *order = report_stakeholder_order(r);
    for (uint32_t i = 0; i < r->m->stakeholders.n; i++)
        add_stakeholder_row(r, t, order[i]);
    add_relations(r, s);
}

// ---- components ---------------------------------------------------------------------

const struct assumption *report_assumption(const struct report *r, uint32_t asset,
                                           const char *property)
{
    uint32_t low = 0, high = r->a->assumptions.n;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (LIST_AT(r->a->assumptions, const struct assumption, middle)->asset < asset)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < r->a->assumptions.n; low++) {
        const struct assumption *x =
            LIST_AT(r->a->assumptions, const struct assumption, low);
        if (x->asset != asset) break;
        if (strcmp(x->property, property) == 0) return x;
    }
    return NULL;
}

/* A value as the model gives it, or as it is assumed, which is said. */
static void add_value_cell(struct report *r, struct doc_table *t, uint32_t asset,
                           const char *property, const struct choice_set *set,
                           int value)
{
    struct doc_line *line = report_cell(r, t);
    const struct assumption *x = report_assumption(r, asset, property);
    if (value)
        doc_text(r->doc, line, choice_text(set, value));
    else if (x)
        doc_soft(r->doc, line,
                 FILL(r, TEXT("{0} (assumed)", "{0}（仮定）"),
                      choice_text(set, choice_value(set, x->value))));
    else
        doc_soft(r->doc, line, TEXT("\u2013", "\u2013"));
}

static void add_forms(struct report *r, struct doc_cell *cell,
                      const struct component *c)
{
    for (uint32_t i = 0; i < c->forms_of_use.n; i++) {
        const struct form_of_use *f =
            LIST_AT(c->forms_of_use, const struct form_of_use, i);
        struct doc_line *line = doc_item(r->doc, &cell->lines);
        doc_text(r->doc, line,
                 FILL(r, TEXT("Form of use: {0}", "使用形態：{0}"), f->name));
        if (!text_empty(f->description))
            doc_soft(r->doc, line, FILL(r, TEXT(". {0}", "。{0}"), f->description));
    }
}

static void add_component_cell(struct report *r, struct doc_table *t,
                               const struct component *c)
{
    struct doc_cell *cell = report_cell_named(r, t, c->name, NO_TEXT);
    struct doc_line *line = cell->lines.first;
    if (c->rebuilt == TRI_YES) report_add_rebuilt(r, line);
    if (!text_empty(c->out_of_scope)) {
        report_say(r, line, " ", " ");
        doc_badge(r->doc, line, TEXT("out of scope", "対象外"), DOC_MUTED);
    }
    if (!text_empty(c->description))
        doc_soft(r->doc, doc_line(r->doc, &cell->lines), c->description);
    if (!text_empty(c->physical_effect))
        doc_soft(r->doc, doc_line(r->doc, &cell->lines),
                 FILL(r, TEXT("Physical effect: {0}", "物理的な作用：{0}"),
                      c->physical_effect));
    if (c->supplier)
        doc_soft(r->doc, doc_line(r->doc, &cell->lines),
                 FILL(r, TEXT("Supplier: {0}", "供給者：{0}"), text_same(c->supplier)));
    if (!text_empty(c->out_of_scope))
        doc_soft(
            r->doc, doc_line(r->doc, &cell->lines),
            FILL(r, TEXT("Out of scope: {0}", "対象外の理由：{0}"), c->out_of_scope));
    add_forms(r, cell, c);
}

void report_add_data(struct report *r, struct doc_line *line, const struct list *refs)
{
    for (uint32_t i = 0; i < refs->n; i++) {
        const struct ref *ref = LIST_AT(*refs, const struct ref, i);
        if (ref->index == REF_NONE) continue;
        const struct data *d = LIST_AT(r->m->data, const struct data, ref->index);
        report_comma(r, line);
        doc_link(r->doc, line, d->name, report_target(r, "data", d->entry.id));
    }
}

static void add_component_row(struct report *r, struct doc_table *t, uint32_t asset)
{
    const struct component *c = report_component(r, r->a->graph->assets[asset].index);
    doc_row(r->doc, t, report_anchor(r, "component", c->entry.id));
    add_component_cell(r, t, c);
    doc_cell_text(r->doc, t,
                  LIST_AT(r->c->kinds, const struct kind, c->kind.index)->name);
    struct doc_cell *who = doc_cell(r->doc, t);
    report_add_stakeholder(r, doc_cell_line(r->doc, who), &c->owner);
    if (c->operator.id && c->operator.index != c->owner.index) {
        struct doc_line *line = doc_line(r->doc, &who->lines);
        doc_soft(r->doc, line, TEXT("operated by ", "運用："));
        report_add_stakeholder(r, line, &c->operator);
    }
    add_value_cell(r, t, asset, "authentication", &authentications, c->authentication);
    add_value_cell(r, t, asset, "update", &updates, c->update);
    report_add_joined(r, report_cell(r, t), &interfaces, c->interfaces);
    report_add_data(r, report_cell(r, t), &c->data);
}

static void add_components(struct report *r, struct doc_block *chapter)
{
    static const struct doc_column columns[] = {
        COLUMN("Component", "機器", DOC_WIDE, DOC_START),
        COLUMN("Kind", "種類", DOC_NARROW, DOC_START),
        COLUMN("Owner", "所有者", DOC_MIDDLE, DOC_START),
        COLUMN("Authentication", "認証", DOC_NARROW, DOC_START),
        COLUMN("Update", "更新", DOC_NARROW, DOC_START),
        COLUMN("Interfaces", "インタフェース", DOC_MIDDLE, DOC_START),
        COLUMN("Data held", "保有データ", DOC_MIDDLE, DOC_START),
    };
    const struct graph *g = r->a->graph;
    struct doc_block *s =
        doc_section(r->doc, chapter, "components",
                    TEXT("Components", "システムを構成する機器の一覧"));
    struct text caption = r->m->system.figures.components;
    struct doc_table *t = doc_table(
        r->doc, s,
        text_empty(caption) ? TEXT("Components by zone", "システムを構成する機器の一覧")
                            : caption,
        columns, 7, r->large ? DOC_FILTER | DOC_FOLD : 0);
    report_by_zone(r, s, t, g->first_component, g->first_flow, NULL, add_component_row);
    report_explain_rebuilt(r, s);
}

// ---- safety functions, criteria -----------------------------------------------------

static void add_safety(struct report *r, struct doc_block *chapter)
{
    static const struct doc_column columns[] = {
        COLUMN("Safety function", "安全機能", DOC_WIDE, DOC_START),
        COLUMN("On", "実装先", DOC_MIDDLE, DOC_START),
        COLUMN("Works without the communication", "通信から独立", DOC_NARROW,
               DOC_START),
        COLUMN("Against", "対象とするインシデント", DOC_WIDE, DOC_START),
    };
    if (r->m->safety_functions.n == 0) return;
    struct doc_block *s = doc_section(r->doc, chapter, "safety-functions",
                                      TEXT("Safety functions", "安全機能"));
    struct doc_table *t = doc_table(
        r->doc, s,
        TEXT("Safety functions, and whether an attack over the network can reach them",
             "安全機能と、通信からの独立性"),
        columns, 4, 0);
    const uint32_t *order =
        report_order(r, &r->m->safety_functions, sizeof(struct safety_function));
    for (uint32_t i = 0; i < r->m->safety_functions.n; i++) {
        const struct safety_function *f =
            LIST_AT(r->m->safety_functions, const struct safety_function, order[i]);
        doc_row(r->doc, t, NULL);
        report_cell_named(r, t, f->name, f->description);
        report_add_places(r, report_cell(r, t), &f->on);
        int yes = f->independent == TRI_YES;
        doc_badge(r->doc, report_cell(r, t),
                  yes                        ? TEXT("independent", "独立")
                  : f->independent == TRI_NO ? TEXT("not independent", "独立していない")
                                             : TEXT("not stated", "記載なし"),
                  yes ? DOC_GOOD : DOC_OPEN);
        struct doc_line *line = report_cell(r, t);
        for (uint32_t k = 0; k < f->against.n; k++) {
            report_comma(r, line);
            report_add_incident(r, line,
                                LIST_AT(f->against, const struct ref, k)->index);
        }
    }
}

static int is_stated(const struct criterion *c)
{
    return !text_empty(c->meaning);
}

/* The model's criterion where it states one, else the catalog's, which is said. */
static void add_criterion(struct report *r, struct doc_table *t, int level, int axis)
{
    const struct criterion *own =
        axis == 1 ? &r->m->criteria.recovery[level] : &r->m->criteria.economic[level];
    const struct criterion *usual =
        axis == 1 ? &r->c->criteria.recovery[level] : &r->c->criteria.economic[level];
    const struct criterion *c = is_stated(own) ? own : usual;
    struct text bound = c->injury;
    if (axis == 2 && c->below.unit[0])
        bound = FILL(r, TEXT("below {0}", "{0}未満"), report_money(r, &c->below));
    doc_row(r->doc, t, NULL);
    if (axis == 1)
        report_cell_recovery(r, t, level);
    else
        report_cell_economic(r, t, level);
    struct doc_line *line = doc_cell_text(r->doc, t, c->meaning);
    if (c == usual)
        doc_soft(r->doc, line, TEXT(" (default of the catalog)", "（カタログの既定）"));
    doc_cell_text(r->doc, t, bound);
}

static void add_criteria(struct report *r, struct doc_block *chapter)
{
    static const struct doc_column recovery[] = {
        COLUMN("Level", "水準", DOC_NARROW, DOC_START),
        COLUMN("What it means here", "判断基準", DOC_WIDE, DOC_START),
        COLUMN("Injury", "負傷の目安", DOC_MIDDLE, DOC_START),
    };
    static const struct doc_column economic[] = {
        COLUMN("Level", "水準", DOC_NARROW, DOC_START),
        COLUMN("What it means here", "判断基準", DOC_WIDE, DOC_START),
        COLUMN("Loss", "損失額の目安", DOC_MIDDLE, DOC_START),
    };
    struct doc_block *s =
        doc_section(r->doc, chapter, "criteria", TEXT("Risk criteria", "リスク基準"));
    struct doc_table *t = doc_table(
        r->doc, s,
        TEXT("Axis 1: how hard it is to recover", "第1軸：回復困難性の度合い"),
        recovery, 3, 0);
    for (int level = LEVEL_LIMITED; level < N_LEVELS; level++)
        add_criterion(r, t, level, 1);
    t = doc_table(r->doc, s,
                  TEXT("Axis 2: economic impact, society and daily life included",
                       "第2軸：経済的影響の度合い（社会的・生活的影響を含む）"),
                  economic, 3, 0);
    for (int level = LEVEL_LIMITED; level < N_LEVELS; level++)
        add_criterion(r, t, level, 2);
}

void report_prepare(struct report *r)
{
    struct doc_block *chapter =
        doc_chapter(r->doc, "prepare",
                    TEXT("Prepare", "リスクアセスメント、リスク対応に向けた事前準備"));
    add_overview(r, chapter);
    add_stakeholders(r, chapter);
    add_components(r, chapter);
    report_configuration(r, chapter);
    report_flows(r, chapter);
    add_safety(r, chapter);
    add_criteria(r, chapter);
}
