// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Zones: rows of tables grouped by them, and of chapter 1 the configuration: diagram,
 * zones, and for large systems the detail of each zone. Rows and pictures have limits:
 * the gravest stand, and what is left out is said.
 */
#include <stdlib.h>
#include <string.h>

#include "page/figure.h"
#include "page/report_int.h"

enum {
    MAX_DETAILS = 40, // pictures, of zones in detail
    MAX_ROWS = 2000,  // of a table with a row for each component or flow
};

// ---- tables by zone -----------------------------------------------------------------

struct text report_zone_path(struct report *r, uint32_t zone)
{
    const struct zone *z = LIST_AT(r->m->zones, const struct zone, zone);
    struct text path = z->name;
    for (int depth = 0; z->within.id && z->within.index != REF_NONE && depth < 8;
         depth++) {
        z = LIST_AT(r->m->zones, const struct zone, z->within.index);
        path = FILL(r, TEXT("{0} \u203a {1}", "{0} \u203a {1}"), z->name, path);
    }
    return path;
}

uint32_t report_zone_of(const struct report *r, uint32_t asset)
{
    const struct asset_ref *ref = &r->a->graph->assets[asset];
    uint32_t i =
        ref->type == ASSET_FLOW ? report_flow(r, ref->index)->from.index : ref->index;
    const struct ref *zone = &report_component(r, i)->zone;
    return zone->id ? zone->index : REF_NONE;
}

/* Assets to be rows of a table. */
struct row_list {
    uint32_t *assets, n, left_out;
};

static int has_main_threat(const struct report *r, uint32_t asset)
{
    for (uint32_t k = report_first_threat(r, asset); k < r->a->threats.n; k++) {
        const struct threat *t = LIST_AT(r->a->threats, const struct threat, k);
        if (t->asset != asset) break;
        if (t->main) return 1;
    }
    return 0;
}

/* Those that are wanted, in canonical order; of too many the ones with main threats. */
static struct row_list choose_rows(struct report *r, uint32_t first, uint32_t end,
                                   report_wants *wants)
{
    struct row_list rows = {arena_array(r->arena, end - first + 1u, sizeof(uint32_t)),
                            0, 0};
    uint32_t all = 0, n_main = 0, n_kept = 0;
    for (uint32_t i = first; i < end; i++) {
        if (wants && !wants(r, i)) continue;
        rows.assets[all++] = i;
        n_main += (uint32_t)has_main_threat(r, i);
    }
    uint32_t others = all <= MAX_ROWS     ? MAX_ROWS
                      : n_main < MAX_ROWS ? MAX_ROWS - n_main
                                          : 0;
    for (uint32_t i = 0; i < all && n_kept < MAX_ROWS; i++) {
        int is_main = all > MAX_ROWS && has_main_threat(r, rows.assets[i]);
        if (!is_main && others == 0) continue;
        others -= !is_main;
        rows.assets[n_kept++] = rows.assets[i];
    }
    rows.n = n_kept;
    rows.left_out = all - n_kept;
    return rows;
}

static void say_left_out(struct report *r, struct doc_block *s,
                         const struct row_list *rows)
{
    if (rows->left_out == 0) return;
    struct doc_line *line = doc_say(
        r->doc, s, DOC_NOTE,
        FILL(r,
             TEXT("The table shows {0} rows, first of all those with main threats, and "
                  "leaves out {1}. All of them are in the output of ",
                  "表には主要な脅威のあるものを優先して{0}行を示し、{1}行を省いた。"
                  "すべての結果は次のコマンドで出力できる："),
             report_number(r, rows->n), report_number(r, rows->left_out)));
    doc_code(r->doc, line, "awai assess --json");
    doc_text(r->doc, line, TEXT(".", ""));
}

/* The rows sorted by zone, in canonical order within each. start[k]: the first of zone
 * k; the last zone stands for none. */
static uint32_t *sort_by_zone(struct report *r, const struct row_list *rows,
                              uint32_t *start)
{
    const struct graph *g = r->a->graph;
    uint32_t n_zones = r->m->zones.n;
    uint32_t *sorted = arena_array(r->arena, rows->n + 1u, sizeof *sorted);
    uint32_t *zones = arena_array(r->arena, rows->n + 1u, sizeof *zones);
    for (uint32_t i = 0; i < rows->n; i++) {
        uint32_t zone = report_zone_of(r, rows->assets[i]);
        zones[i] = zone == REF_NONE ? n_zones : g->asset_of_zone[zone] - g->first_zone;
        start[zones[i] + 2]++;
    }
    for (uint32_t k = 1; k < n_zones + 3; k++)
        start[k] += start[k - 1];
    for (uint32_t i = 0; i < rows->n; i++)
        sorted[start[zones[i] + 1]++] = rows->assets[i];
    return sorted;
}

void report_by_zone(struct report *r, struct doc_block *s, struct doc_table *t,
                    uint32_t first, uint32_t end, report_wants *wants, report_row *add)
{
    const struct graph *g = r->a->graph;
    uint32_t n_zones = r->m->zones.n;
    struct row_list rows = choose_rows(r, first, end, wants);
    uint32_t *start = arena_array(r->arena, n_zones + 3u, sizeof *start);
    const uint32_t *sorted = sort_by_zone(r, &rows, start);
    for (uint32_t k = 0; k <= n_zones; k++) {
        if (start[k] == start[k + 1]) continue;
        doc_group(r->doc, t,
                  k < n_zones ? report_zone_path(r, g->assets[g->first_zone + k].index)
                              : TEXT("In no zone", "ゾーンに属さないもの"));
        for (uint32_t i = start[k]; i < start[k + 1]; i++)
            add(r, t, sorted[i]);
    }
    say_left_out(r, s, &rows);
}

// ---- table of zones -----------------------------------------------------------------

static unsigned count_members(const struct report *r, uint32_t zone)
{
    unsigned n = 0;
    for (uint32_t i = 0; i < r->m->components.n; i++) {
        const struct ref *ref = &report_component(r, i)->zone;
        n += ref->id && ref->index == zone;
    }
    return n;
}

static void add_zone_row(struct report *r, struct doc_table *t, uint32_t i)
{
    const struct zone *z = LIST_AT(r->m->zones, const struct zone, i);
    doc_row(r->doc, t, report_anchor(r, "zone", z->entry.id));
    struct doc_cell *cell = report_cell_named(r, t, z->name, z->description);
    if (z->rebuilt == TRI_YES) report_add_rebuilt(r, cell->lines.first);
    report_cell_choice(r, t, &zone_kinds, z->kind ? z->kind : ZONE_SEGMENT);
    struct doc_line *within = report_cell(r, t);
    if (z->within.id && z->within.index != REF_NONE) {
        const struct zone *outer =
            LIST_AT(r->m->zones, const struct zone, z->within.index);
        doc_link(r->doc, within, outer->name,
                 report_target(r, "zone", outer->entry.id));
    }
    report_cell_choice(r, t, &trusts, z->trust ? z->trust : TRUST_PARTIAL);
    report_cell_choice(r, t, &physical_accesses,
                       z->physical_access ? z->physical_access : ACCESS_OCCUPANTS);
    doc_cell_text(r->doc, t, report_number(r, count_members(r, i)));
}

// ---- zones in detail ----------------------------------------------------------------

static struct text zone_title(struct report *r, uint32_t zone)
{
    return zone == FIGURE_NO_ZONE ? TEXT("In no zone", "ゾーンに属さないもの")
                                  : report_zone_path(r, zone);
}

static void add_zone_details(struct report *r, struct doc_block *s, uint32_t zone)
{
    unsigned parts = figure_zone_parts(r->a, zone);
    struct text name = zone_title(r, zone);
    struct doc_block *fold = doc_folded(r->doc, s, NULL, name);
    for (unsigned part = 0; part < parts; part++) {
        struct doc_figure *f = doc_figure(
            r->doc, fold,
            parts == 1
                ? name
                : FILL(r, TEXT("{0} (part {1} of {2})", "{0}（別図{1}／全{2}図）"),
                       name, report_number(r, part + 1), report_number(r, parts)));
        report_tell(r);
        for (int lang = 0; lang < N_LANGS; lang++) {
            struct buf out = {0};
            if (figure_zone(r->a, zone, part, (enum lang)lang, &out))
                f->svg[lang] = arena_str(r->arena, buf_text(&out));
            buf_fini(&out);
        }
    }
}

/* A zone, or what is in none, as a candidate for detail. */
struct candidate {
    uint32_t zone, order; // order: canonical
    uint32_t n_main, n_components;
    unsigned parts;
    int drawn;
};

static int compare_gravity(const void *x, const void *y)
{
    const struct candidate *a = x, *b = y;
    if (a->n_main != b->n_main) return a->n_main > b->n_main ? -1 : 1;
    if (a->n_components != b->n_components)
        return a->n_components > b->n_components ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

static int compare_order(const void *x, const void *y)
{
    const struct candidate *a = x, *b = y;
    return a->order < b->order ? -1 : a->order > b->order;
}

static void count_main_threats(const struct report *r, struct candidate *zones,
                               const uint32_t *place)
{
    const struct graph *g = r->a->graph;
    for (uint32_t i = 0; i < r->a->threats.n; i++) {
        const struct threat *t = LIST_AT(r->a->threats, const struct threat, i);
        if (!t->main || g->assets[t->asset].type != ASSET_COMPONENT) continue;
        uint32_t zone = report_zone_of(r, t->asset);
        zones[zone == REF_NONE ? r->m->zones.n : place[zone]].n_main++;
    }
}

/* All zones in canonical order, with what is in none as the last; which are drawn. */
static struct candidate *choose_details(struct report *r)
{
    const struct graph *g = r->a->graph;
    uint32_t n = r->m->zones.n;
    struct candidate *zones = arena_array(r->arena, n + 1u, sizeof *zones);
    uint32_t *place = arena_array(r->arena, n + 1u, sizeof *place);
    for (uint32_t i = 0; i <= n; i++) {
        uint32_t zone = i < n ? g->assets[g->first_zone + i].index : FIGURE_NO_ZONE;
        if (i < n) place[zone] = i;
        zones[i] = (struct candidate){.zone = zone, .order = i};
    }
    for (uint32_t i = g->first_component; i < g->first_flow; i++) {
        uint32_t zone = report_zone_of(r, i);
        zones[zone == REF_NONE ? n : place[zone]].n_components++;
    }
    count_main_threats(r, zones, place);
    qsort(zones, n + 1, sizeof *zones, compare_gravity);
    unsigned left = MAX_DETAILS;
    for (uint32_t i = 0; i <= n; i++) {
        unsigned parts = figure_zone_parts(r->a, zones[i].zone);
        zones[i].parts = parts;
        zones[i].drawn = parts > 0 && parts <= left;
        if (zones[i].drawn) left -= parts;
    }
    qsort(zones, n + 1, sizeof *zones, compare_order);
    return zones;
}

unsigned report_n_details(struct report *r)
{
    unsigned n = 0;
    if (!r->large) return 0;
    const struct candidate *zones = choose_details(r);
    for (uint32_t i = 0; i <= r->m->zones.n; i++)
        n += zones[i].drawn ? zones[i].parts : 0;
    return n;
}

static void say_not_drawn(struct report *r, struct doc_block *s,
                          const struct candidate *zones)
{
    static const struct noun noun_zones = {"{0} more zone", "{0} more zones",
                                           "ほか{0}ゾーン"};
    unsigned n = 0, n_components = 0;
    for (uint32_t i = 0; i <= r->m->zones.n; i++) {
        n += zones[i].parts > 0 && !zones[i].drawn;
        n_components += zones[i].drawn ? 0 : zones[i].n_components;
    }
    if (n == 0) return;
    doc_say(
        r->doc, s, DOC_NOTE,
        FILL(r,
             TEXT("Not drawn, since the report has at most {0} such drawings and "
                  "those above have more or graver threats: {1}, with {2} "
                  "components. The tables list them all.",
                  "詳細図は最大{0}図とし、主要な脅威の多いゾーンを優先して示した。"
                  "図示を省いたもの：{1}（機器{2}件）。一覧表にはすべて記載している。"),
             report_number(r, MAX_DETAILS), report_count(r, n, &noun_zones),
             report_number(r, n_components)));
}

static void add_details(struct report *r, struct doc_block *s)
{
    const struct candidate *zones = choose_details(r);
    doc_say(r->doc, s, DOC_PARAGRAPH,
            TEXT("The drawing shows one box a zone. The components of each zone are "
                 "drawn below.",
                 "図ではゾーンを一つの箱で示す。各ゾーンの機器は以下に示す。"));
    for (uint32_t i = 0; i <= r->m->zones.n; i++)
        if (zones[i].drawn) add_zone_details(r, s, zones[i].zone);
    say_not_drawn(r, s, zones);
}

// ---- the section --------------------------------------------------------------------

void report_configuration(struct report *r, struct doc_block *chapter)
{
    static const struct doc_column columns[] = {
        COLUMN("Zone", "ゾーン", DOC_WIDE, DOC_START),
        COLUMN("Kind", "種類", DOC_NARROW, DOC_START),
        COLUMN("Within", "外側のゾーン", DOC_NARROW, DOC_START),
        COLUMN("Trust", "信頼", DOC_NARROW, DOC_START),
        COLUMN("Physical access", "物理的な立入り", DOC_NARROW, DOC_START),
        COLUMN("Components", "機器の数", DOC_NARROW, DOC_END),
    };
    const struct graph *g = r->a->graph;
    struct doc_block *s = doc_section(r->doc, chapter, "configuration",
                                      TEXT("System configuration", "システム構成図"));
    report_draw(
        r, s, figure_configuration, r->m->system.figures.configuration,
        TEXT("System configuration with zones", "システム構成図（ゾーンを含む）"));
    if (r->large) add_details(r, s);
    if (r->m->zones.n == 0) return;
    struct doc_table *t = doc_table(r->doc, s, TEXT("Zones", "ゾーンの一覧"), columns,
                                    6, r->large ? DOC_FILTER : 0);
    for (uint32_t k = g->first_zone; k < g->first_component; k++)
        add_zone_row(r, t, g->assets[k].index);
}
