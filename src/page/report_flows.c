// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Chapter 1, data flows: the diagram, the flows with their protection, the data. */
#include <string.h>

#include "page/figure.h"
#include "page/report_int.h"

/* 1 yes, 0 no, -1 not known; *assumed is set when a default says so. */
static int protection(const struct report *r, uint32_t asset, uint8_t stated,
                      const char *property, int *assumed)
{
    const struct assumption *x = report_assumption(r, asset, property);
    *assumed = stated == TRI_UNSET;
    if (stated != TRI_UNSET) return stated == TRI_YES;
    return x ? strcmp(x->value, "true") == 0 : -1;
}

static void add_protection(struct report *r, struct doc_cell *cell, int yes,
                           int assumed, struct text has, struct text has_not)
{
    struct doc_line *line = doc_line(r->doc, &cell->lines);
    if (yes < 0) return;
    doc_badge(r->doc, line, yes ? has : has_not, yes ? DOC_GOOD : DOC_OPEN);
    if (assumed) doc_soft(r->doc, line, TEXT(" assumed", " 仮定"));
}

static void add_ends(struct report *r, struct doc_cell *cell, const struct flow *f)
{
    const struct graph *g = r->a->graph;
    struct doc_line *line = doc_line(r->doc, &cell->lines);
    report_add_asset(r, line, g->asset_of_component[f->from.index]);
    doc_text(r->doc, line, TEXT(" \u2192 ", " \u2192 "));
    report_add_asset(r, line, g->asset_of_component[f->to.index]);
    for (uint32_t i = 0; i < f->through.n; i++) {
        const struct ref *ref = LIST_AT(f->through, const struct ref, i);
        doc_soft(r->doc, line, i ? TEXT(", ", "、") : TEXT(", by way of ", "、経由："));
        report_add_asset(r, line, g->asset_of_component[ref->index]);
    }
    if (f->initiator == INITIATOR_TO)
        doc_soft(r->doc, line, TEXT(", opened by the receiver", "、受信側から接続"));
}

static void add_carriage(struct report *r, struct doc_table *t, const struct flow *f)
{
    struct doc_cell *cell = doc_cell(r->doc, t);
    if (f->protocol.id)
        doc_text(
            r->doc, doc_cell_line(r->doc, cell),
            LIST_AT(r->c->protocols, const struct protocol, f->protocol.index)->name);
    if (f->carrier.id)
        doc_soft(r->doc, doc_line(r->doc, &cell->lines),
                 LIST_AT(r->c->carriers, const struct carrier, f->carrier.index)->name);
}

static void add_flow_row(struct report *r, struct doc_table *t, uint32_t asset)
{
    const struct flow *f = report_flow(r, r->a->graph->assets[asset].index);
    int assumed = 0;
    doc_row(r->doc, t, report_anchor(r, "flow", f->entry.id));
    struct doc_cell *cell = report_cell_named(
        r, t, graph_asset_name(r->a->graph, asset, r->arena), NO_TEXT);
    if (f->rebuilt == TRI_YES) report_add_rebuilt(r, cell->lines.first);
    add_ends(r, cell, f);
    if (!text_empty(f->description))
        doc_soft(r->doc, doc_line(r->doc, &cell->lines), f->description);
    if (!text_empty(f->out_of_scope)) {
        report_say(r, cell->lines.first, " ", " ");
        doc_badge(r->doc, cell->lines.first, TEXT("out of scope", "対象外"), DOC_MUTED);
        doc_soft(
            r->doc, doc_line(r->doc, &cell->lines),
            FILL(r, TEXT("Out of scope: {0}", "対象外の理由：{0}"), f->out_of_scope));
    }
    report_add_data(r, report_cell(r, t), &f->data);
    add_carriage(r, t, f);
    cell = doc_cell(r->doc, t);
    int yes = protection(r, asset, f->encrypted, "encrypted", &assumed);
    add_protection(r, cell, yes, assumed, TEXT("encrypted", "暗号化あり"),
                   TEXT("not encrypted", "暗号化なし"));
    yes = protection(r, asset, f->authenticated, "authenticated", &assumed);
    add_protection(r, cell, yes, assumed, TEXT("authenticated", "認証あり"),
                   TEXT("not authenticated", "認証なし"));
}

static void add_data_table(struct report *r, struct doc_block *s)
{
    static const struct doc_column columns[] = {
        COLUMN("Data", "データ", DOC_MIDDLE, DOC_START),
        COLUMN("Class", "分類", DOC_MIDDLE, DOC_START),
        COLUMN("What it is", "内容", DOC_WIDE, DOC_START),
    };
    if (r->m->data.n == 0) return;
    struct doc_table *t =
        doc_table(r->doc, s, TEXT("Data", "データの一覧"), columns, 3, 0);
    const uint32_t *order = report_order(r, &r->m->data, sizeof(struct data));
    for (uint32_t i = 0; i < r->m->data.n; i++) {
        const struct data *d = LIST_AT(r->m->data, const struct data, order[i]);
        doc_row(r->doc, t, report_anchor(r, "data", d->entry.id));
        doc_strong(r->doc, report_cell(r, t), d->name);
        report_add_joined(r, report_cell(r, t), &data_classes, d->classes);
        doc_cell_text(r->doc, t, d->description);
    }
}

void report_flows(struct report *r, struct doc_block *chapter)
{
    static const struct doc_column columns[] = {
        COLUMN("Flow, from and to", "データフロー、送信元・送信先", DOC_WIDE,
               DOC_START),
        COLUMN("Data", "データ", DOC_MIDDLE, DOC_START),
        COLUMN("Protocol, carrier", "プロトコル・伝送手段", DOC_MIDDLE, DOC_START),
        COLUMN("Protection", "保護", DOC_MIDDLE, DOC_START),
    };
    const struct graph *g = r->a->graph;
    struct doc_block *s = doc_section(r->doc, chapter, "data-flows",
                                      TEXT("Data flows", "データフロー図"));
    report_draw(r, s, figure_dataflow, r->m->system.figures.data_flow,
                TEXT("Data flows", "データフロー図"));
    if (r->m->flows.n) {
        struct doc_table *t =
            doc_table(r->doc, s,
                      TEXT("Data flows, by the zone of the sender",
                           "データフローの一覧（送信元のゾーン別）"),
                      columns, 4, r->large ? DOC_FILTER | DOC_FOLD : 0);
        report_by_zone(r, s, t, g->first_flow, g->first_incident, NULL, add_flow_row);
        report_explain_rebuilt(r, s);
    }
    add_data_table(r, s);
}
