// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Chapter 2, assess: incidents, what they do to each stakeholder, the importance of
 * the components. The map is in report_map.c.
 */
#include <stdlib.h>
#include <string.h>

#include "page/report_int.h"

// ---- incidents ----------------------------------------------------------------------

static void add_preconditions(struct report *r, struct doc_cell *cell,
                              const struct incident *x)
{
    for (uint32_t i = 0; i < x->preconditions.n; i++) {
        const struct precondition *p =
            LIST_AT(x->preconditions, const struct precondition, i);
        struct doc_line *line = doc_line(r->doc, &cell->lines);
        doc_soft(r->doc, line, TEXT("after: ", "前提："));
        doc_text(
            r->doc, line,
            LIST_AT(r->c->threats, const struct threat_class, p->threat.index)->name);
        doc_text(r->doc, line, TEXT(" at ", "（"));
        struct doc_line places = {0};
        report_add_places(r, &places, &p->at);
        if (places.first) {
            line->last->next = places.first;
            line->last = places.last;
        }
        doc_text(r->doc, line, TEXT("", "）"));
        if (!text_empty(p->because))
            doc_soft(r->doc, line, FILL(r, TEXT(". {0}", "{0}"), p->because));
    }
}

static void add_threat_cell(struct report *r, struct doc_table *t,
                            const struct incident *x)
{
    struct doc_cell *cell = doc_cell(r->doc, t);
    struct doc_line *line = doc_cell_line(r->doc, cell);
    doc_text(r->doc, line,
             LIST_AT(r->c->threats, const struct threat_class, x->threat.index)->name);
    line = doc_line(r->doc, &cell->lines);
    report_add_places(r, line, &x->at);
    add_preconditions(r, cell, x);
}

static struct text form_name(const struct report *r, const struct ref *form)
{
    for (uint32_t i = 0; form->id && i < r->m->components.n; i++) {
        const struct component *c = report_component(r, i);
        for (uint32_t k = 0; k < c->forms_of_use.n; k++) {
            const struct form_of_use *f =
                LIST_AT(c->forms_of_use, const struct form_of_use, k);
            if (f->entry.id == form->id || strcmp(f->entry.id, form->id) == 0)
                return f->name;
        }
    }
    return NO_TEXT;
}

/* Whether a chain of attack steps leads there, without, with, and with more measures.
 */
static void add_reached(struct report *r, struct doc_table *t,
                        const struct incident_result *x)
{
    struct doc_line *line = report_cell(r, t);
    if (!x->reached)
        doc_badge(r->doc, line, TEXT("no chain reaches it", "到達する攻撃経路なし"),
                  DOC_MUTED);
    else if (!x->now)
        doc_badge(r->doc, line, TEXT("prevented", "対策済み"), DOC_GOOD);
    else if (!x->planned)
        doc_badge(r->doc, line,
                  TEXT("prevented once decided measures are in",
                       "決定済みの対策の実施後は防止"),
                  DOC_INFO);
    else
        doc_badge(r->doc, line, TEXT("possible", "起こり得る"), DOC_OPEN);
}

static void add_incident_row(struct report *r, struct doc_table *t,
                             const struct incident_result *result)
{
    const struct incident *x = report_incident(r, result->incident);
    doc_row(r->doc, t, report_anchor(r, "incident", x->entry.id));
    struct doc_cell *cell = report_cell_named(r, t, x->name, NO_TEXT);
    if (x->rebuilt == TRI_YES) report_add_rebuilt(r, cell->lines.first);
    if (!text_empty(x->description))
        doc_text(r->doc, doc_line(r->doc, &cell->lines), x->description);
    if (!text_empty(form_name(r, &x->form_of_use)))
        doc_soft(r->doc, doc_line(r->doc, &cell->lines),
                 FILL(r, TEXT("Form of use: {0}", "使用形態：{0}"),
                      form_name(r, &x->form_of_use)));
    for (uint32_t i = 0; i < x->notes.n; i++)
        doc_soft(r->doc, doc_line(r->doc, &cell->lines),
                 FILL(r, TEXT("Note: {0}", "※ {0}"),
                      *LIST_AT(x->notes, const struct text, i)));
    add_threat_cell(r, t, x);
    add_reached(r, t, result);
}

static void add_incidents(struct report *r, struct doc_block *chapter)
{
    static const struct doc_column columns[] = {
        COLUMN("Incident", "想定されるセキュリティインシデント", DOC_WIDE, DOC_START),
        COLUMN("Threat and where", "脅威と発生箇所", DOC_WIDE, DOC_START),
        COLUMN("State", "状態", DOC_NARROW, DOC_START),
    };
    struct doc_block *s =
        doc_section(r->doc, chapter, "incidents",
                    TEXT("Security incidents", "想定されるセキュリティインシデント"));
    doc_say(
        r->doc, s, DOC_PARAGRAPH,
        TEXT("An incident counts where a chain of attack steps reaches the place it "
             "begins at, and each of its preconditions.",
             "インシデントは、発生箇所とすべての前提条件に攻撃経路が到達する場合に成立"
             "するものとして扱う。"));
    struct doc_table *t = doc_table(
        r->doc, s, TEXT("Incidents", "想定されるセキュリティインシデントの一覧"),
        columns, 3, r->a->incidents.n > 40 ? DOC_FILTER : 0);
    for (uint32_t i = 0; i < r->a->incidents.n; i++)
        add_incident_row(r, t,
                         LIST_AT(r->a->incidents, const struct incident_result, i));
    report_explain_rebuilt(r, s);
}

// ---- harms --------------------------------------------------------------------------

static void add_harm_row(struct report *r, struct doc_table *t, uint32_t incident,
                         const struct harm *h, int reached)
{
    doc_row(r->doc, t, NULL);
    struct doc_line *line = report_cell(r, t);
    report_add_incident(r, line, incident);
    if (!reached) {
        report_say(r, line, " ", " ");
        doc_badge(r->doc, line, TEXT("not reached", "到達経路なし"), DOC_MUTED);
    }
    doc_cell_text(r->doc, t, h->because);
    report_cell_recovery(r, t, h->recovery);
    report_cell_economic(r, t, h->economic);
}

static void add_harms_of(struct report *r, struct doc_table *t, uint32_t stakeholder)
{
    int any = 0;
    for (uint32_t i = 0; i < r->a->incidents.n; i++) {
        const struct incident_result *result =
            LIST_AT(r->a->incidents, const struct incident_result, i);
        const struct incident *x = report_incident(r, result->incident);
        for (uint32_t k = 0; k < x->harms.n; k++) {
            const struct harm *h = LIST_AT(x->harms, const struct harm, k);
            if (h->entry.key_index != stakeholder) continue;
            if (!any++)
                doc_group(r->doc, t,
                          FILL(r, TEXT("Risk of: {0}", "{0}にとってのリスク"),
                               report_stakeholder(r, stakeholder)->name));
            add_harm_row(r, t, result->incident, h, result->reached);
        }
    }
}

static void add_harms(struct report *r, struct doc_block *chapter)
{
    static const struct doc_column columns[] = {
        COLUMN("Incident", "想定されるセキュリティインシデント", DOC_MIDDLE, DOC_START),
        COLUMN("Harm", "想定される被害（例）", DOC_WIDE, DOC_START),
        COLUMN("Recovery", "回復困難性の度合い", DOC_NARROW, DOC_START),
        COLUMN("Economic", "経済的影響の度合い", DOC_NARROW, DOC_START),
    };
    struct doc_block *s = doc_section(
        r->doc, chapter, "harms",
        TEXT("Harm to each stakeholder", "ステークホルダーごとの想定される被害"));
    struct doc_table *t =
        doc_table(r->doc, s,
                  TEXT("Harm by stakeholder, without measures",
                       "ステークホルダーごとの想定される被害（対策を講じない場合）"),
                  columns, 4, 0);
    const uint32_t *order = report_stakeholder_order(r);
    for (uint32_t i = 0; i < r->m->stakeholders.n; i++)
        add_harms_of(r, t, order[i]);
}

// ---- importance ---------------------------------------------------------------------

/* A component with what it can cause: a set of incidents, one bit each. */
struct weighed {
    uint32_t asset, rank;
    const struct importance *importance;
    const uint8_t *caused;
    size_t size; // bytes of the set
};

/* By what makes their rows differ: rank, levels, incidents. */
static int compare_causes(const struct weighed *x, const struct weighed *y)
{
    const struct importance *a = x->importance, *b = y->importance;
    if (x->rank != y->rank) return x->rank > y->rank ? -1 : 1;
    if (a->recovery != b->recovery) return a->recovery > b->recovery ? -1 : 1;
    if (a->economic != b->economic) return a->economic > b->economic ? -1 : 1;
    return -memcmp(x->caused, y->caused, x->size);
}

static int compare_weighed(const void *a, const void *b)
{
    const struct weighed *x = a, *y = b;
    int order = compare_causes(x, y);
    if (order) return order;
    return x->asset < y->asset ? -1 : x->asset > y->asset;
}

/* 1 if some threat at the asset leads to the incident. */
static int causes(const struct report *r, uint32_t asset, uint32_t incident)
{
    const struct list *threats = &r->a->threats;
    for (uint32_t k = report_first_threat(r, asset); k < threats->n; k++) {
        const struct threat *t = LIST_AT(*threats, const struct threat, k);
        if (t->asset != asset) break;
        if (threat_leads_to(r->a, t, incident)) return 1;
    }
    return 0;
}

/* The incidents that some threat at the asset leads to, by their place in the results.
 */
static const uint8_t *find_caused(struct report *r, uint32_t asset, size_t size)
{
    uint8_t *caused = arena_array(r->arena, size + 1, 1);
    for (uint32_t i = 0; i < r->a->incidents.n; i++) {
        uint32_t incident =
            LIST_AT(r->a->incidents, const struct incident_result, i)->incident;
        if (causes(r, asset, incident)) caused[i / 8] |= (uint8_t)(0x80u >> i % 8);
    }
    return caused;
}

static void add_caused(struct report *r, struct doc_line *line, const uint8_t *caused)
{
    uint32_t n = 0;
    uint32_t *incidents =
        arena_array(r->arena, r->a->incidents.n + 1u, sizeof *incidents);
    for (uint32_t i = 0; i < r->a->incidents.n; i++) {
        if (caused[i / 8] & 0x80u >> i % 8)
            incidents[n++] =
                LIST_AT(r->a->incidents, const struct incident_result, i)->incident;
    }
    report_add_incidents(r, line, incidents, n);
}

uint32_t report_first_threat(const struct report *r, uint32_t asset)
{
    uint32_t low = 0, high = r->a->threats.n;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (LIST_AT(r->a->threats, const struct threat, middle)->asset < asset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct text rank_text(int rank)
{
    static const struct text names[] = {
        {{"none", "なし"}}, {{"low", "低"}}, {{"medium", "中"}}, {{"high", "高"}}};
    return names[rank >= 0 && rank <= 3 ? rank : 0];
}

static uint32_t *assets_of(struct report *r, const struct weighed *rows, uint32_t n)
{
    uint32_t *assets = arena_array(r->arena, n + 1u, sizeof *assets);
    for (uint32_t i = 0; i < n; i++)
        assets[i] = rows[i].asset;
    return assets;
}

/* One row for all components that can cause the same. */
static void add_importance_row(struct report *r, struct doc_table *t,
                               const struct weighed *rows, uint32_t n)
{
    doc_row(r->doc, t, NULL);
    doc_badge(r->doc, report_cell(r, t), rank_text((int)rows->rank),
              (enum doc_tone)(DOC_LEVEL_NONE + rows->rank));
    report_cell_recovery(r, t, rows->importance->recovery);
    report_cell_economic(r, t, rows->importance->economic);
    add_caused(r, report_cell(r, t), rows->caused);
    report_add_assets(r, report_cell(r, t), assets_of(r, rows, n), n);
}

/* Components through which nothing can be caused: named, without a row each. */
static void add_unimportant(struct report *r, struct doc_block *s,
                            const struct weighed *rows, uint32_t n)
{
    if (n == 0) return;
    struct doc_line *line =
        doc_say(r->doc, s, DOC_PARAGRAPH,
                TEXT("No incident follows directly from an attack on: ",
                     "次の機器への攻撃から直接生じるインシデントはない："));
    report_add_assets(r, line, assets_of(r, rows, n), n);
    doc_text(r->doc, line, TEXT(".", "。"));
}

static void add_importance(struct report *r, struct doc_block *chapter)
{
    static const struct doc_column columns[] = {
        COLUMN("Importance", "重要度", DOC_NARROW, DOC_START),
        COLUMN("Recovery", "回復困難性の度合い", DOC_NARROW, DOC_START),
        COLUMN("Economic", "経済的影響の度合い", DOC_NARROW, DOC_START),
        COLUMN("Incidents they can cause", "引き起こし得るインシデント", DOC_BROAD,
               DOC_START),
        COLUMN("Components", "機器", DOC_AUTO, DOC_START),
    };
    const struct graph *g = r->a->graph;
    uint32_t n = g->first_flow - g->first_component;
    size_t size = (r->a->incidents.n + 7u) / 8u;
    struct weighed *rows = arena_array(r->arena, n + 1u, sizeof *rows);
    struct doc_block *s =
        doc_section(r->doc, chapter, "importance",
                    TEXT("Importance of the components", "機器・システムの重要度"));
    doc_say(
        r->doc, s, DOC_PARAGRAPH,
        TEXT(
            "A component is as important as the gravest harm to one stakeholder that a "
            "threat at it leads to: low for limited, medium for serious, high for "
            "fatal or devastating harm, or where both axes are serious. A threat "
            "leads to what happens at its place or at what it sends data to, and to "
            "what has it on its shortest chain. What acts physically on the orders "
            "of a component ranks with it.",
            "機器の重要度は、その機器における脅威がつながるインシデントの、"
            "一者のステークホルダーに対する最も大きな被害により判断する。"
            "限定的であれば「低」、重大であれば「中」、"
            "致命的若しくは壊滅的、又は両軸とも重大であれば「高」とする。脅威は、"
            "同じ場所又はデータの送り先で起きるインシデントと、"
            "最短の連鎖がその脅威を通るインシデントにつながるものとする。"
            "機器の指令に従って物理的に作用するものは、その機器と同じ重要度とする。"));
    for (uint32_t i = 0; i < n; i++) {
        uint32_t asset = g->first_component + i;
        const struct importance *x = &r->a->importance[g->assets[asset].index];
        rows[i] =
            (struct weighed){asset, x->rank, x, find_caused(r, asset, size), size};
    }
    qsort(rows, n, sizeof *rows, compare_weighed);
    struct doc_table *t =
        doc_table(r->doc, s, TEXT("Components by importance", "判断された重要度の一覧"),
                  columns, 5, 0);
    uint32_t done = 0;
    for (uint32_t end; done < n && rows[done].rank > 0; done = end) {
        for (end = done + 1; end < n && compare_causes(&rows[done], &rows[end]) == 0;)
            end++;
        add_importance_row(r, t, rows + done, end - done);
    }
    add_unimportant(r, s, rows + done, n - done);
}

void report_assess(struct report *r)
{
    struct doc_block *chapter =
        doc_chapter(r->doc, "assess", TEXT("Assess", "リスクアセスメント"));
    add_incidents(r, chapter);
    add_harms(r, chapter);
    add_importance(r, chapter);
    report_map(r, chapter);
}
