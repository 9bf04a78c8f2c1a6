// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* The report as a whole, its cover, and the summary with the risk map. */
#include "page/report.h"

#include <stdlib.h>

#include "page/doc_html.h"
#include "page/figure.h"
#include "page/report_int.h"

// ---- cover --------------------------------------------------------------------------

static void add_fact(struct report *r, struct doc_block *b, struct text name,
                     struct text value)
{
    struct doc_fact *f = doc_fact(r->doc, b, name);
    doc_text(r->doc, doc_line(r->doc, &f->value), value);
}

static void add_cover_block(struct report *r)
{
    static const struct noun components = {"{0} component", "{0} components",
                                           "機器{0}件"};
    static const struct noun flows = {"{0} data flow", "{0} data flows",
                                      "データフロー{0}件"};
    static const struct noun zones = {"{0} zone", "{0} zones", "ゾーン{0}件"};
    static const struct noun people = {"{0} stakeholder", "{0} stakeholders",
                                       "ステークホルダー{0}者"};
    static const struct noun incidents = {"{0} incident", "{0} incidents",
                                          "インシデント{0}件"};
    const struct model_data *m = r->m;
    struct doc_block *b = doc_block(r->doc, NULL, DOC_COVER);
    b->heading =
        TEXT("IoT Security Safety Framework: assessment report",
             "IoTセキュリティ・セーフティ・フレームワーク（IoT-SSF）適用結果報告書");
    if (m->applicant.id) {
        struct doc_fact *f = doc_fact(r->doc, b, TEXT("Applicant", "適用主体"));
        report_add_stakeholder(r, doc_line(r->doc, &f->value), &m->applicant);
    }
    add_fact(r, b, TEXT("System", "対象システム"),
             FILL(r, TEXT("{0}, {1}, {2}", "{0}、{1}、{2}"),
                  report_count(r, m->components.n, &components),
                  report_count(r, m->flows.n, &flows),
                  report_count(r, m->zones.n, &zones)));
    add_fact(r, b, TEXT("Considered", "検討の範囲"),
             FILL(r, TEXT("{0}, {1}", "{0}、{1}"),
                  report_count(r, m->stakeholders.n, &people),
                  report_count(r, m->incidents.n, &incidents)));
    struct doc_fact *f = doc_fact(r->doc, b, TEXT("Model", "モデル"));
    doc_code(r->doc, doc_line(r->doc, &f->value), m->system.id);
}

// ---- summary ------------------------------------------------------------------------

/* Stakeholders above their target: now, and once decided measures are in. */
struct standing {
    unsigned n, with_target, above, planned_above;
};

static struct standing count_standing(const struct report *r)
{
    struct standing s = {0};
    for (uint32_t i = 0; i < r->a->map.n; i++) {
        const struct map_row *row = LIST_AT(r->a->map, const struct map_row, i);
        if (row->form) continue;
        s.n++;
        s.with_target += row->has_target;
        s.above += row->has_target && !row->within_target;
        s.planned_above += row->has_target && !row->planned_within;
    }
    return s;
}

static void add_tile(struct report *r, struct doc_block *tiles, struct text name,
                     unsigned long value, unsigned long of)
{
    struct doc_fact *f = doc_fact(r->doc, tiles, name);
    struct doc_line *line = doc_line(r->doc, &f->value);
    doc_strong(r->doc, line, report_number(r, value));
    doc_soft(r->doc, line, FILL(r, TEXT(" of {0}", " / {0}"), report_number(r, of)));
    f->tone = value ? DOC_OPEN : DOC_GOOD;
}

static void add_tiles(struct report *r, struct doc_block *s)
{
    struct standing standing = count_standing(r);
    struct doc_block *tiles = doc_block(r->doc, s, DOC_TILES);
    unsigned long n_main = 0, n_again = 0;
    for (uint32_t i = 0; i < r->a->threats.n; i++)
        n_main += LIST_AT(r->a->threats, const struct threat, i)->main;
    for (uint32_t i = 0; i < r->a->decisions.n; i++) {
        const struct decision_result *x =
            LIST_AT(r->a->decisions, const struct decision_result, i);
        n_again += x->state == SUBJECT_ORPHANED || x->overdue;
    }
    add_tile(r, tiles,
             TEXT("stakeholders above their target", "目標を超えるステークホルダー"),
             standing.above, standing.n);
    add_tile(r, tiles, TEXT("threats that can cause the main harm", "主要な脅威"),
             n_main, r->a->threats.n);
    add_tile(r, tiles, TEXT("requirements open", "未採用の対策要件"), report_n_open(r),
             r->a->requirements.n);
    add_tile(r, tiles, TEXT("decisions to look at again", "見直しが必要な意思決定"),
             n_again, r->a->decisions.n);
}

/*
 * Who is above the target, by what, and (where it is not the same for all) what the
 * decided measures make of it.
 */
static void add_above(struct report *r, struct doc_block *list,
                      const struct map_row *row, int mixed)
{
    const struct stakeholder *s = report_stakeholder(r, row->stakeholder);
    struct doc_line *line = doc_line(r->doc, &list->lines);
    doc_link(r->doc, line, s->name, report_target(r, "map", s->entry.id));
    doc_text(r->doc, line, TEXT(" ", " "));
    report_add_recovery(r, line, row->now.recovery);
    doc_text(r->doc, line, TEXT(" ", " "));
    report_add_economic(r, line, row->now.economic);
    if (!mixed) return;
    doc_soft(r->doc, line,
             row->planned_within
                 ? TEXT(" Within the target once the decided measures are in.",
                        " 決定済みの対策の実施後は目標内に収まる。")
                 : TEXT(" Still above it once the decided measures are in.",
                        " 決定済みの対策の実施後も目標を超える。"));
}

static void add_standing(struct report *r, struct doc_block *words)
{
    static const struct noun people = {"{0} stakeholder is", "{0} stakeholders are",
                                       "{0}者"};
    struct standing s = count_standing(r);
    struct text sentence =
        s.with_target == 0
            ? TEXT("No stakeholder has a target, so nothing is compared with one.",
                   "目標が設定されたステークホルダーがいないため、"
                   "目標とは比較していない。")
        : s.above == 0 ? TEXT("No stakeholder is above the target.",
                              "目標を超えるステークホルダーはいない。")
        : s.planned_above == s.above
            ? TEXT("{0} above the target, and remain so with the decided measures.",
                   "{0}のステークホルダーのリスクが目標を超えており、"
                   "決定済みの対策を実施しても目標を超えたままである。")
        : s.planned_above == 0
            ? TEXT("{0} above the target. The decided measures bring everyone within "
                   "it.",
                   "{0}のステークホルダーのリスクが目標を超えている。"
                   "決定済みの対策を実施すると、全員が目標内に収まる。")
            : TEXT("{0} above the target; with the decided measures, {1}.",
                   "{0}のステークホルダーのリスクが目標を超えている。"
                   "決定済みの対策を実施すると{1}者となる。");
    doc_say(r->doc, words, DOC_LEAD,
            FILL(r, sentence, report_count(r, s.above, &people),
                 report_number(r, s.planned_above)));
}

/* The same, by name. */
static void add_above_list(struct report *r, struct doc_block *columns)
{
    struct standing s = count_standing(r);
    if (s.above == 0) return;
    struct doc_block *words = doc_block(r->doc, columns, DOC_GROUP);
    doc_strong(r->doc, doc_say(r->doc, words, DOC_PARAGRAPH, NO_TEXT),
               TEXT("Above their target", "目標を超えるステークホルダー"));
    int mixed = s.planned_above > 0 && s.planned_above < s.above;
    struct doc_block *list = doc_block(r->doc, words, DOC_LIST);
    for (uint32_t i = 0; i < r->a->map.n; i++) {
        const struct map_row *row = LIST_AT(r->a->map, const struct map_row, i);
        if (row->form == NULL && row->has_target && !row->within_target)
            add_above(r, list, row, mixed);
    }
}

enum { N_DEMANDED = 5 };

static void add_most_demanded(struct report *r, struct doc_block *words)
{
    uint32_t n = r->a->requirements.n;
    if (n == 0) return;
    doc_strong(r->doc, doc_say(r->doc, words, DOC_PARAGRAPH, NO_TEXT),
               TEXT("What the risk demands most", "リスクが最も強く求める対策要件"));
    struct doc_block *list = doc_block(r->doc, words, DOC_LIST);
    for (uint32_t i = 0; i < n && i < N_DEMANDED; i++) {
        const struct requirement_result *x =
            LIST_AT(r->a->requirements, const struct requirement_result, i);
        struct doc_line *line = doc_line(r->doc, &list->lines);
        report_add_requirement(r, line, x->requirement);
        doc_text(r->doc, line, TEXT(" ", " "));
        if (report_is_open(x))
            doc_badge(r->doc, line, TEXT("open", "未採用"), DOC_OPEN);
        else if (x->excluded)
            doc_badge(r->doc, line, TEXT("left out", "除外"), DOC_MUTED);
        else
            doc_badge(r->doc, line, TEXT("adopted", "採用"), DOC_GOOD);
    }
}

/* The first open ones, when they are not among the most demanded anyway. */
static void add_open(struct report *r, struct doc_block *words)
{
    unsigned n_open = report_n_open(r), shown = 0;
    if (n_open == 0) return;
    doc_strong(r->doc, doc_say(r->doc, words, DOC_PARAGRAPH, NO_TEXT),
               FILL(r, TEXT("Open requirements: {0}", "未採用の対策要件：{0}件"),
                    report_number(r, n_open)));
    struct doc_block *list = doc_block(r->doc, words, DOC_LIST);
    for (uint32_t i = 0; i < r->a->requirements.n && shown < N_DEMANDED; i++) {
        const struct requirement_result *x =
            LIST_AT(r->a->requirements, const struct requirement_result, i);
        if (!report_is_open(x)) continue;
        shown++;
        report_add_requirement(r, doc_line(r->doc, &list->lines), x->requirement);
    }
    if (n_open <= shown) return;
    struct doc_line *line = doc_line(r->doc, &list->lines);
    doc_link(
        r->doc, line,
        FILL(r, TEXT("and {0} more", "ほか{0}件"), report_number(r, n_open - shown)),
        "#requirements");
}

/* ---- the map in words ---- */

static const enum doc_tone map_tones[2 * N_LEVELS - 1] = {
    DOC_LEVEL_NONE, DOC_LEVEL_NONE, DOC_LEVEL_1, DOC_LEVEL_1,
    DOC_LEVEL_2,    DOC_LEVEL_3,    DOC_LEVEL_3};

static int stands_at(struct position p, int recovery, int economic)
{
    return p.recovery == recovery && p.economic == economic;
}

/* Who stands in a cell now, then who would once the decided measures are in. */
static void add_map_cell(struct report *r, struct doc_table *t, int recovery,
                         int economic)
{
    struct doc_cell *cell = doc_cell(r->doc, t);
    cell->tone = (uint8_t)map_tones[recovery + economic];
    for (int planned = 0; planned < 2; planned++)
        for (uint32_t i = 0; i < r->a->map.n; i++) {
            const struct map_row *row = LIST_AT(r->a->map, const struct map_row, i);
            int is_now = stands_at(row->now, recovery, economic);
            int is_here = planned
                              ? stands_at(row->planned, recovery, economic) && !is_now
                              : is_now;
            if (row->form || !is_here) continue;
            const struct text name = report_stakeholder(r, row->stakeholder)->name;
            struct doc_line *line = doc_line(r->doc, &cell->lines);
            doc_text(r->doc, line,
                     planned ? FILL(r,
                                    TEXT("({0}, after decided measures)",
                                         "（{0}：決定済みの対策の実施後）"),
                                    name)
                             : name);
        }
}

/* For formats without pictures: the worst on top and to the right, as in the figure. */
static void add_map_in_words(struct report *r, struct doc_figure *figure)
{
    struct doc_column *columns = arena_array(r->arena, N_LEVELS + 1, sizeof *columns);
    columns[0].title = TEXT("Recovery \\ economic impact", "回復困難性＼経済的影響");
    for (int level = 0; level < N_LEVELS; level++)
        columns[level + 1].title = economic_text(level);
    struct doc_table *t = doc_figure_table(r->doc, figure, columns, N_LEVELS + 1);
    for (int recovery = N_LEVELS - 1; recovery >= 0; recovery--) {
        doc_row(r->doc, t, NULL);
        doc_text(r->doc, report_cell(r, t), recovery_text(recovery));
        for (int economic = 0; economic < N_LEVELS; economic++)
            add_map_cell(r, t, recovery, economic);
    }
}

/* First how things stand, then in figures, then where on the map, then what to do. */
static void add_summary(struct report *r)
{
    struct doc_block *s = doc_front(r->doc, "summary", TEXT("Summary", "要約"));
    add_standing(r, s);
    add_tiles(r, s);
    report_draw(r, s, figure_map, r->m->system.figures.map,
                TEXT("Risk map", "想定されるリスクのマッピング結果"));
    if (s->last->figure) add_map_in_words(r, s->last->figure);
    struct doc_block *columns = doc_block(r->doc, s, DOC_COLUMNS);
    add_above_list(r, columns);
    add_most_demanded(r, doc_block(r->doc, columns, DOC_GROUP));
    add_open(r, doc_block(r->doc, columns, DOC_GROUP));
}

void report_cover(struct report *r)
{
    add_cover_block(r);
    add_summary(r);
}

// ---- the whole ----------------------------------------------------------------------

/* What is simulated, and what rests on it. */
static void add_simulated(struct report *r)
{
    if (r->is_assessment) return;
    report_attack(r);
    report_risk(r);
    report_plan(r);
}

static struct doc *build(const struct assessment *a,
                         const struct report_rehearsal *rehearsal, struct arena *arena,
                         const struct report_progress *progress, int is_assessment)
{
    enum { OTHERS = 4 };          // map, stakeholders, configuration, data flows
    enum { FIGURES_OF_RISK = 3 }; // likelihood, exceedance, drivers
    struct report *r = arena_alloc(arena, sizeof *r);
    r->a = a;
    r->m = &a->model->m;
    r->c = &a->catalog->c;
    r->arena = arena;
    r->large = r->m->components.n > FIGURE_MAX_BOXES;
    r->mark = arena_alloc(arena, a->graph->n_nodes + 1u);
    r->doc = doc_new(arena, r->m->system.name);
    r->progress = progress;
    r->rehearsal = rehearsal;
    r->is_assessment = is_assessment;
    r->n_figures = OTHERS + report_n_details(r) + report_n_chains(r) +
                   (r->m->attackers.n && r->m->incidents.n) +
                   (report_has_risk(r) ? FIGURES_OF_RISK : 0) +
                   (report_has_plan(r) ? 1 : 0) + report_n_rehearsal(r);
    report_cover(r);
    report_prepare(r);
    report_assess(r);
    report_treat(r);
    add_simulated(r);
    report_rehearse(r);
    report_appendices(r);
    return r->doc;
}

struct doc *report_build_rehearsed(const struct assessment *a,
                                   const struct report_rehearsal *rehearsal,
                                   struct arena *arena,
                                   const struct report_progress *progress)
{
    return build(a, rehearsal, arena, progress, 0);
}

struct doc *report_build_assessed(const struct assessment *a, struct arena *arena,
                                  const struct report_progress *progress)
{
    return build(a, NULL, arena, progress, 1);
}

struct doc *report_build(const struct assessment *a, struct arena *arena)
{
    return report_build_rehearsed(a, NULL, arena, NULL);
}

void report_html(const struct assessment *a, enum lang lang, struct buf *out)
{
    report_html_telling(a, lang, NULL, out);
}

void report_html_telling(const struct assessment *a, enum lang lang,
                         const struct report_progress *progress, struct buf *out)
{
    report_html_rehearsed(a, NULL, lang, progress, out);
}

void report_html_rehearsed(const struct assessment *a,
                           const struct report_rehearsal *rehearsal, enum lang lang,
                           const struct report_progress *progress, struct buf *out)
{
    struct arena arena = {0};
    struct doc *doc = build(a, rehearsal, &arena, progress, 0);
    doc_html(doc, lang, out);
    doc_fini(doc);
    arena_fini(&arena);
}

void report_html_framed(const struct assessment *a, const struct report_frame *frame,
                        enum lang lang, struct buf *out)
{
    struct arena arena = {0};
    struct doc *doc = build(a, NULL, &arena, NULL, frame->is_assessment);
    doc->places = frame->places;
    doc->n_places = frame->n_places;
    doc_html(doc, lang, out);
    doc_fini(doc);
    arena_fini(&arena);
}
