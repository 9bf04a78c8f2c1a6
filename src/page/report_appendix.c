// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Appendices: items tied to the three axes, assumptions, remarks, sources. */
#include <stdlib.h>
#include <string.h>

#include "page/report_int.h"

// ---- the three axes -----------------------------------------------------------------

/* What each part of the report has to do with each axis. */
static const struct {
    const char *anchor;
    struct text name;
    uint8_t axes; // 1: axis 1, 2: axis 2, 4: axis 3
} parts[] = {
    {"#criteria",     {{"Risk criteria", "リスク基準"}},                                          3},
    {"#stakeholders",
     {{"Targets of the stakeholders", "ステークホルダーの目標水準"}},
     3                                                                                                  },
    {"#incidents",    {{"Security incidents", "想定されるセキュリティインシデント"}}, 3},
    {"#harms",        {{"Harm to each stakeholder", "想定される被害"}},                         3},
    {"#importance",   {{"Importance of the components", "機器・システムの重要度"}},         3},
    {"#map",          {{"Risk map and its evaluation", "マッピング結果の整理と評価"}},    3},
    {"#demands",      {{"What the cells demand", "区画に応じて求められる観点"}},          7},
    {"#threats",      {{"Threats to each component and flow", "機器ごとの脅威の整理"}},      3},
    {"#policies",     {{"Policies for the great risks", "対策方針"}},                              4},
    {"#requirements",
     {{"Requirements against the threats", "脅威に対する対策の整理"}},
     4                                                                                                  },
    {"#measures",     {{"Measures", "講じる対策"}},                                               4},
    {"#decisions",    {{"Decisions", "意思決定の記録"}},                                        7},
};

static void add_parts(struct report *r, struct doc_block *s)
{
    static const struct doc_column columns[] = {
        COLUMN("Part of this report", "本書の記載事項", DOC_WIDE, DOC_START),
        COLUMN("Axis 1: difficulty of recovery", "第1軸：回復困難性の度合い",
               DOC_NARROW, DOC_CENTRE),
        COLUMN("Axis 2: economic impact", "第2軸：経済的影響の度合い", DOC_NARROW,
               DOC_CENTRE),
        COLUMN("Axis 3: requirements", "第3軸：求められるセキュリティ・セーフティ要求",
               DOC_NARROW, DOC_CENTRE),
    };
    struct doc_table *t = doc_table(
        r->doc, s,
        TEXT("Parts of this report and the three axes", "記載事項と3つの軸の対応"),
        columns, 4, 0);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!doc_leads(r->doc, parts[i].anchor)) continue;
        doc_row(r->doc, t, NULL);
        doc_link(r->doc, report_cell(r, t), parts[i].name, parts[i].anchor);
        for (int axis = 0; axis < 3; axis++) {
            struct doc_line *line = report_cell(r, t);
            if (parts[i].axes >> axis & 1)
                doc_mark(r->doc, line, "\u25cf", TEXT("applies", "該当"));
        }
    }
}

/* The strength that a cell demands from each viewpoint. */
static void add_viewpoints(struct report *r, struct doc_table *t, int recovery,
                           int economic)
{
    for (int v = 1; v <= N_VIEWPOINTS; v++) {
        int strength = catalog_strength(r->a->catalog, recovery, economic, v);
        struct doc_line *line = report_cell(r, t);
        if (strength != STRENGTH_NONE)
            doc_text(r->doc, line, choice_text(&strengths, strength));
    }
}

static void add_axes_incident(struct report *r, struct doc_table *t, uint32_t incident)
{
    const struct incident *x = report_incident(r, incident);
    int recovery = 0, economic = 0;
    for (uint32_t i = 0; i < x->harms.n; i++) {
        const struct harm *h = LIST_AT(x->harms, const struct harm, i);
        recovery = h->recovery > recovery ? h->recovery : recovery;
        economic = h->economic > economic ? h->economic : economic;
    }
    doc_row(r->doc, t, NULL);
    report_add_incident(r, report_cell(r, t), incident);
    report_cell_recovery(r, t, recovery);
    report_cell_economic(r, t, economic);
    add_viewpoints(r, t, recovery, economic);
}

/* One row for all components of the same levels. */
static void add_axes_components(struct report *r, struct doc_table *t, int recovery,
                                int economic)
{
    const struct graph *g = r->a->graph;
    uint32_t *assets = arena_array(r->arena, r->m->components.n + 1u, sizeof *assets);
    uint32_t n = 0;
    for (uint32_t asset = g->first_component; asset < g->first_flow; asset++) {
        const struct importance *x = &r->a->importance[g->assets[asset].index];
        if (x->rank > 0 && x->recovery == recovery && x->economic == economic)
            assets[n++] = asset;
    }
    if (n == 0) return;
    doc_row(r->doc, t, NULL);
    report_add_assets(r, report_cell(r, t), assets, n);
    report_cell_recovery(r, t, recovery);
    report_cell_economic(r, t, economic);
    add_viewpoints(r, t, recovery, economic);
}

/* The worst of the cells that demand a viewpoint, axis by axis. */
static struct position worst_demanding(const struct report *r, int viewpoint)
{
    struct position worst = {0, 0};
    for (uint32_t i = 0; i < r->a->map.n; i++) {
        struct position p = LIST_AT(r->a->map, const struct map_row, i)->inherent;
        if (catalog_strength(r->a->catalog, p.recovery, p.economic, viewpoint) == 0)
            continue;
        worst.recovery = p.recovery > worst.recovery ? p.recovery : worst.recovery;
        worst.economic = p.economic > worst.economic ? p.economic : worst.economic;
    }
    return worst;
}

/* One row for all requirements of a viewpoint with the same target. */
static void add_axes_requirements(struct report *r, struct doc_table *t, int viewpoint,
                                  int target)
{
    struct position worst = worst_demanding(r, viewpoint);
    struct doc_line *line = NULL;
    for (uint32_t i = 0; i < r->a->requirements.n; i++) {
        uint32_t at = LIST_AT(r->a->requirements, const struct requirement_result, i)
                          ->requirement;
        const struct requirement *q = report_requirement(r, at);
        if (q->viewpoint != viewpoint || q->target != target) continue;
        if (line)
            report_comma(r, line);
        else if (doc_row(r->doc, t, NULL))
            line = report_cell(r, t);
        report_add_requirement(r, line, at);
    }
    if (line == NULL) return;
    report_cell_recovery(r, t, worst.recovery);
    report_cell_economic(r, t, worst.economic);
    for (int v = 1; v <= N_VIEWPOINTS; v++) {
        struct doc_line *cell = report_cell(r, t);
        if (viewpoint == v)
            doc_text(r->doc, cell, choice_text(&requirement_targets, target));
    }
}

static void add_items(struct report *r, struct doc_block *s)
{
    static const struct doc_column columns[] = {
        COLUMN("Item", "項目", DOC_AUTO, DOC_START),
        COLUMN("Axis 1", "第1軸", DOC_NARROW, DOC_START),
        COLUMN("Axis 2", "第2軸", DOC_NARROW, DOC_START),
        COLUMN("Axis 3, viewpoint 1", "第3軸 第1の観点", DOC_NARROW, DOC_START),
        COLUMN("Axis 3, viewpoint 2", "第3軸 第2の観点", DOC_NARROW, DOC_START),
        COLUMN("Axis 3, viewpoint 3", "第3軸 第3の観点", DOC_NARROW, DOC_START),
        COLUMN("Axis 3, viewpoint 4", "第3軸 第4の観点", DOC_NARROW, DOC_START),
    };
    doc_say(
        r->doc, s, DOC_PARAGRAPH,
        TEXT(
            "Incidents and components stand at the worst harm they cause; axis 3 shows "
            "how strongly that demands confirmation from each viewpoint. A "
            "requirement stands at the worst of the cells that demand its viewpoint; "
            "axis 3 shows what it is aimed at.",
            "インシデントと機器は、引き起こす最大の被害の水準と、"
            "それに応じて観点ごとに求められる確認の強さを示す。対策要件は、"
            "その観点を求める区画のうち最大の水準と、実装先を示す。"));
    struct doc_table *t =
        doc_table(r->doc, s, TEXT("Items and the three axes", "各項目と3つの軸の対応"),
                  columns, 7, r->large ? DOC_FILTER | DOC_FOLD : 0);
    doc_group(r->doc, t, TEXT("Incidents", "インシデント"));
    for (uint32_t i = 0; i < r->a->incidents.n; i++)
        add_axes_incident(
            r, t, LIST_AT(r->a->incidents, const struct incident_result, i)->incident);
    doc_group(r->doc, t,
              TEXT("Components that can cause harm", "被害を引き起こし得る機器"));
    for (int recovery = LEVEL_WORST; recovery >= 0; recovery--)
        for (int economic = LEVEL_WORST; economic >= 0; economic--)
            add_axes_components(r, t, recovery, economic);
    doc_group(r->doc, t, TEXT("Requirements", "対策要件"));
    for (int viewpoint = 1; viewpoint <= N_VIEWPOINTS; viewpoint++)
        for (int target = TARGET_ORGANIZATION; target <= TARGET_SYSTEM; target++)
            add_axes_requirements(r, t, viewpoint, target);
}

// ---- assumptions --------------------------------------------------------------------

struct assumed {
    const struct assumption *x;
    uint32_t order;
};

static int same_assumption(const struct assumption *a, const struct assumption *b)
{
    int order = strcmp(a->property, b->property);
    order = order ? order : strcmp(a->value ? a->value : "", b->value ? b->value : "");
    return order ? order : strcmp(a->from ? a->from : "", b->from ? b->from : "");
}

static int compare_assumed(const void *a, const void *b)
{
    const struct assumed *x = a, *y = b;
    int order = same_assumption(x->x, y->x);
    return order ? order : x->order < y->order ? -1 : x->order > y->order;
}

/* The words for a property and a value of it; ids where there are none. */
static const struct {
    const char *property;
    struct text name;
    const struct choice_set *values;
} properties[] = {
    {"authentication",  {{"Authentication", "認証"}},                      &authentications  },
    {"update",          {{"Update", "更新"}},                              &updates          },
    {"encrypted",       {{"Encryption", "暗号化"}},                       NULL              },
    {"authenticated",   {{"Authentication of the flow", "通信の認証"}}, NULL              },
    {"interfaces",      {{"Interfaces", "インタフェース"}},           &interfaces       },
    {"initiator",       {{"Opened by", "接続の開始側"}},               &initiators       },
    {"kind",            {{"Kind of zone", "ゾーンの種類"}},            &zone_kinds       },
    {"trust",           {{"Trust", "信頼"}},                               &trusts           },
    {"physical-access", {{"Physical access", "物理的な立入り"}},      &physical_accesses},
};

static struct text property_text(const char *property)
{
    for (size_t i = 0; i < sizeof properties / sizeof *properties; i++)
        if (strcmp(properties[i].property, property) == 0) return properties[i].name;
    return report_string(property);
}

static struct text value_text(const char *property, const char *value)
{
    if (strcmp(value, "true") == 0) return TEXT("yes", "あり");
    if (strcmp(value, "false") == 0) return TEXT("no", "なし");
    if (strcmp(property, "interfaces") == 0 && strcmp(value, "none") == 0)
        return TEXT("none", "なし");
    for (size_t i = 0; i < sizeof properties / sizeof *properties; i++) {
        const struct choice_set *set = properties[i].values;
        if (strcmp(properties[i].property, property) == 0 && set &&
            choice_value(set, value) >= 0)
            return choice_text(set, choice_value(set, value));
    }
    return report_string(value);
}

/* Several values, "usb, local", each in words. */
static struct text values_text(struct report *r, const char *property,
                               const char *value)
{
    struct text all = NO_TEXT;
    for (const char *p = value; *p;) {
        size_t len = strcspn(p, ",");
        struct text one = value_text(property, arena_strn(r->arena, p, len));
        all = text_empty(all) ? one : FILL(r, TEXT("{0}, {1}", "{0}、{1}"), all, one);
        p += len;
        p += strspn(p, ", ");
    }
    return all;
}

/* The name of the kind or protocol that says so. */
static struct text origin_text(const struct report *r, const char *id)
{
    for (uint32_t i = 0; id && i < r->c->kinds.n; i++) {
        const struct kind *k = LIST_AT(r->c->kinds, const struct kind, i);
        if (strcmp(k->entry.id, id) == 0) return k->name;
    }
    for (uint32_t i = 0; id && i < r->c->protocols.n; i++) {
        const struct protocol *p = LIST_AT(r->c->protocols, const struct protocol, i);
        if (strcmp(p->entry.id, id) == 0) return p->name;
    }
    return TEXT("no protocol stated", "プロトコルの指定なし");
}

static void add_assumption_rows(struct report *r, struct doc_table *t,
                                const struct assumed *rows, uint32_t n)
{
    for (uint32_t i = 0; i < n;) {
        const struct assumption *x = rows[i].x;
        uint32_t end = i;
        if (i == 0 || strcmp(x->property, rows[i - 1].x->property) != 0)
            doc_group(r->doc, t, property_text(x->property));
        doc_row(r->doc, t, NULL);
        doc_cell_text(r->doc, t, origin_text(r, x->from));
        doc_strong(r->doc, report_cell(r, t),
                   x->value ? values_text(r, x->property, x->value) : NO_TEXT);
        uint32_t *assets = arena_array(r->arena, n - i + 1u, sizeof *assets);
        for (; end < n && same_assumption(rows[end].x, x) == 0; end++)
            assets[end - i] = rows[end].x->asset;
        report_add_assets(r, report_cell(r, t), assets, end - i);
        i = end;
    }
}

static void add_assumptions(struct report *r)
{
    static const struct doc_column columns[] = {
        COLUMN("Kind or protocol", "種類・プロトコル", DOC_MIDDLE, DOC_START),
        COLUMN("Assumed", "仮定した値", DOC_NARROW, DOC_START),
        COLUMN("For", "対象", DOC_WIDE, DOC_START),
    };
    uint32_t n = r->a->assumptions.n;
    struct assumed *rows = arena_array(r->arena, n + 1u, sizeof *rows);
    struct doc_block *s = doc_appendix(
        r->doc, "assumptions", TEXT("Assumptions by default", "既定値による仮定"));
    doc_say(
        r->doc, s, DOC_PARAGRAPH,
        n ? TEXT("Where the model does not state a property that matters, a default of "
                 "the catalog was used. Stating it in the model replaces the "
                 "assumption.",
                 "結果に影響する項目がモデルに記載されていない場合は、"
                 "カタログの既定値を用いた。モデルに記載すれば仮定は置き換えられる。")
          : TEXT("The model states every property that matters; nothing was assumed.",
                 "結果に影響する項目はすべてモデルに記載されており、仮定はない。"));
    if (n == 0) return;
    for (uint32_t i = 0; i < n; i++)
        rows[i] =
            (struct assumed){LIST_AT(r->a->assumptions, const struct assumption, i), i};
    qsort(rows, n, sizeof *rows, compare_assumed);
    struct doc_table *t =
        doc_table(r->doc, s, TEXT("Assumptions", "仮定の一覧"), columns, 3, 0);
    add_assumption_rows(r, t, rows, n);
}

// ---- sources ------------------------------------------------------------------------

static void add_sources(struct report *r)
{
    size_t remarks = r->a->diags.n_warnings + r->a->model->diags.n_warnings;
    struct doc_block *s =
        doc_appendix(r->doc, "sources", TEXT("Sources", "出典と作成方法"));
    if (r->m->system.sources.n) {
        doc_say(r->doc, s, DOC_PARAGRAPH,
                TEXT("The model was made from:", "モデルの出典："));
        struct doc_block *list = doc_block(r->doc, s, DOC_LIST);
        for (uint32_t i = 0; i < r->m->system.sources.n; i++)
            doc_name(r->doc, doc_line(r->doc, &list->lines),
                     *LIST_AT(r->m->system.sources, const char *const, i));
    }
    doc_say(
        r->doc, s, DOC_PARAGRAPH,
        TEXT("The method, the classes of threat and the requirements are those of the "
             "IoT Security Safety Framework (IoT-SSF) Version 1.0 of Japan's Ministry "
             "of Economy, Trade and Industry and its use case collection (2022). "
             "Threats, importance, positions and requirements are derived by Awai from "
             "the model and its catalog; the catalog names the source of each entry.",
             "手法、脅威の分類及び対策要件は、経済産業省「IoTセキュリティ・"
             "セーフティ・フレームワーク（IoT-SSF）Version 1.0」及びそのユースケース集"
             "（2022年）による。脅威、重要度、マッピング結果及び対策要件は、"
             "モデルとカタログからAwaiが導出した。カタログの各項目には出典を記載してい"
             "る。"));
    if (remarks == 0) return;
    struct doc_line *line = doc_say(
        r->doc, s, DOC_NOTE,
        FILL(r,
             TEXT("Remarks on the model that do not stop the assessment: {0}. They are "
                  "listed by ",
                  "評価を妨げないモデルへの指摘：{0}件。一覧は次のコマンドで表示できる"
                  "："),
             report_number(r, remarks)));
    doc_code(r->doc, line, "awai check");
    doc_text(r->doc, line, TEXT(".", ""));
}

void report_appendices(struct report *r)
{
    struct doc_block *s = doc_appendix(
        r->doc, "axes", TEXT("Items and the three axes", "記載事項と3つの軸の対応"));
    add_parts(r, s);
    add_items(r, s);
    add_assumptions(r);
    add_sources(r);
}
