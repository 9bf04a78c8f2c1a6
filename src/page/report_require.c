// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Chapter 3, requirements: by viewpoint and target, as axis 3 has them, with why each
 * is derived, who adopts it, and proposals for those that are open.
 */
#include <string.h>

#include "page/report_int.h"

static void add_name_cell(struct report *r, struct doc_table *t,
                          const struct requirement_result *x)
{
    const struct requirement *q = report_requirement(r, x->requirement);
    struct doc_cell *cell = report_cell_named(r, t, q->name, NO_TEXT);
    struct doc_line *line = doc_line(r->doc, &cell->lines);
    if (q->threats.n == 0) {
        doc_soft(r->doc, line, TEXT("General", "全般"));
        return;
    }
    for (uint32_t i = 0; i < x->threats.n; i++) {
        uint32_t class = *LIST_AT(x->threats, const uint32_t, i);
        if (i) doc_soft(r->doc, line, TEXT(", ", "、"));
        doc_soft(r->doc, line,
                 LIST_AT(r->c->threats, const struct threat_class, class)->name);
    }
}

// ---- reasons ------------------------------------------------------------------------

/*
 * A reason, and how many requirements have it. Those that several have are numbered and
 * told once, above the tables; the rows refer to them.
 */
struct shared {
    const struct reason *why;
    uint32_t n;
    const char *number, *target; // "R3", "#reason:R3"; NULL: too few have it
};

struct reasons {
    struct shared *items;
    uint32_t n;
};

static struct shared *find_shared(const struct reasons *all, const struct reason *why)
{
    const char *text = text_in(why->text, LANG_EN);
    for (uint32_t i = 0; i < all->n; i++) {
        if (strcmp(text_in(all->items[i].why->text, LANG_EN), text) == 0)
            return &all->items[i];
    }
    return NULL;
}

static struct reasons collect_reasons(struct report *r)
{
    enum { SEVERAL = 2 };
    struct reasons all = {0};
    uint32_t n = 0, number = 0;
    for (uint32_t i = 0; i < r->a->requirements.n; i++)
        n += LIST_AT(r->a->requirements, const struct requirement_result, i)->why.n;
    all.items = arena_array(r->arena, n + 1u, sizeof *all.items);
    for (uint32_t i = 0; i < r->a->requirements.n; i++) {
        const struct requirement_result *x =
            LIST_AT(r->a->requirements, const struct requirement_result, i);
        for (uint32_t k = 0; k < x->why.n; k++) {
            const struct reason *why = LIST_AT(x->why, const struct reason, k);
            struct shared *found = find_shared(&all, why);
            if (found == NULL) {
                found = &all.items[all.n++];
                found->why = why;
            }
            found->n++;
        }
    }
    for (uint32_t i = 0; i < all.n; i++) {
        if (all.items[i].n < SEVERAL) continue;
        all.items[i].number = arena_printf(r->arena, "R%u", ++number);
        all.items[i].target = report_target(r, "reason", all.items[i].number);
    }
    return all;
}

static void add_reason(struct report *r, struct doc_line *line,
                       const struct reason *why)
{
    const char *target = why->ref ? arena_printf(r->arena, "#%s", why->ref) : NULL;
    doc_link(r->doc, line, why->text, target);
}

static void add_shared_table(struct report *r, struct doc_block *s,
                             const struct reasons *all)
{
    static const struct doc_column columns[] = {
        COLUMN("No.", "番号", DOC_NARROW, DOC_START),
        COLUMN("Reason", "理由", DOC_WIDE, DOC_START),
        COLUMN("Requirements it leads to", "該当する要件の数", DOC_NARROW, DOC_END),
    };
    struct doc_table *t = NULL;
    for (uint32_t i = 0; i < all->n; i++) {
        const struct shared *x = &all->items[i];
        if (x->number == NULL) continue;
        if (t == NULL)
            t = doc_table(r->doc, s,
                          TEXT("Reasons that several requirements share",
                               "複数の対策要件に共通する導出の理由"),
                          columns, 3, 0);
        doc_row(r->doc, t, report_anchor(r, "reason", x->number));
        doc_strong(r->doc, report_cell(r, t), report_string(x->number));
        add_reason(r, report_cell(r, t), x->why);
        doc_cell_text(r->doc, t, report_number(r, x->n));
    }
}

/* Numbers of shared reasons in one line, then those of its own. */
static void add_why_cell(struct report *r, struct doc_table *t,
                         const struct requirement_result *x, const struct reasons *all)
{
    struct doc_cell *cell = doc_cell(r->doc, t);
    struct doc_line *numbers = doc_cell_line(r->doc, cell);
    for (uint32_t i = 0; i < x->why.n; i++) {
        const struct reason *why = LIST_AT(x->why, const struct reason, i);
        const struct shared *shared = find_shared(all, why);
        if (shared->number) {
            report_comma(r, numbers);
            doc_link(r->doc, numbers, report_string(shared->number), shared->target);
        } else {
            add_reason(r, doc_line(r->doc, &cell->lines), why);
        }
    }
}

// ---- rows ---------------------------------------------------------------------------

static void add_adoption(struct report *r, struct doc_cell *cell,
                         const struct requirement_result *x)
{
    struct doc_line *line = doc_cell_line(r->doc, cell);
    if (x->excluded) {
        doc_badge(r->doc, line, TEXT("left out", "除外"), DOC_MUTED);
        return;
    }
    if (!x->adopted && x->settled) {
        doc_badge(r->doc, line, TEXT("settled by a decision", "決定済み"), DOC_MUTED);
        return;
    }
    if (!x->adopted) {
        doc_badge(r->doc, line, TEXT("open", "未採用"), DOC_OPEN);
        return;
    }
    doc_badge(r->doc, line, TEXT("adopted", "採用"), DOC_GOOD);
    if (x->adoption && x->adoption->by.id &&
        x->adoption->by.index != r->m->applicant.index) {
        line = doc_line(r->doc, &cell->lines);
        doc_soft(r->doc, line, TEXT("by ", "実施："));
        report_add_stakeholder(r, line, &x->adoption->by);
    }
    if (x->adoption && !text_empty(x->adoption->because))
        doc_soft(r->doc, doc_line(r->doc, &cell->lines), x->adoption->because);
}

/* Measures that meet it; for an open one what the catalog proposes. */
static void add_measures_cell(struct report *r, struct doc_table *t,
                              const struct requirement_result *x)
{
    struct doc_cell *cell = doc_cell(r->doc, t);
    for (uint32_t i = 0; i < x->measures.n; i++) {
        const struct measure *m = LIST_AT(r->m->measures, const struct measure,
                                          *LIST_AT(x->measures, const uint32_t, i));
        struct doc_line *line = doc_item(r->doc, &cell->lines);
        doc_link(r->doc, line, m->name, report_target(r, "measure", m->entry.id));
        doc_soft(r->doc, line,
                 FILL(r, TEXT(" ({0})", "（{0}）"),
                      choice_text(&measure_statuses, m->status)));
    }
    if (x->measures.n || x->excluded || (x->settled && !x->adopted)) return;
    struct doc_line *line = doc_cell_line(r->doc, cell);
    doc_soft(r->doc, line,
             x->adopted ? TEXT("No measure yet. Proposals: ", "対策は未定。候補：")
                        : TEXT("Proposals: ", "候補："));
    for (uint32_t i = 0; i < x->proposals.n; i++) {
        const struct example *e = LIST_AT(r->c->examples, const struct example,
                                          *LIST_AT(x->proposals, const uint32_t, i));
        if (i) doc_text(r->doc, line, TEXT("; ", "／"));
        doc_text(r->doc, line, e->name);
    }
}

static void add_requirement_row(struct report *r, struct doc_table *t,
                                const struct requirement_result *x,
                                const struct reasons *all)
{
    const struct requirement *q = report_requirement(r, x->requirement);
    struct doc_row *row =
        doc_row(r->doc, t, report_anchor(r, "requirement", q->entry.id));
    row->stands_out = (uint8_t)report_is_open(x);
    add_name_cell(r, t, x);
    doc_cell_text(r->doc, t, report_number(r, x->rank));
    add_why_cell(r, t, x, all);
    add_adoption(r, doc_cell(r->doc, t), x);
    add_measures_cell(r, t, x);
}

/* Rows of one viewpoint and target, in the order of rank. */
static void add_part(struct report *r, struct doc_table *t, int viewpoint, int target,
                     const struct reasons *all)
{
    int any = 0;
    for (uint32_t i = 0; i < r->a->requirements.n; i++) {
        const struct requirement_result *x =
            LIST_AT(r->a->requirements, const struct requirement_result, i);
        const struct requirement *q = report_requirement(r, x->requirement);
        if (q->viewpoint != viewpoint || q->target != target) continue;
        if (!any++) {
            struct doc_group *g =
                doc_group(r->doc, t, choice_text(&requirement_targets, target));
            g->title = report_capital(r, g->title);
        }
        add_requirement_row(r, t, x, all);
    }
}

static int has_viewpoint(const struct report *r, int viewpoint)
{
    for (uint32_t i = 0; i < r->a->requirements.n; i++) {
        const struct requirement_result *x =
            LIST_AT(r->a->requirements, const struct requirement_result, i);
        if (report_requirement(r, x->requirement)->viewpoint == viewpoint) return 1;
    }
    return 0;
}

static void add_viewpoint(struct report *r, struct doc_block *s, int viewpoint,
                          const struct reasons *all)
{
    static const struct doc_column columns[] = {
        COLUMN("Requirement and threat", "対策要件と想定される脅威", DOC_BROAD,
               DOC_START),
        COLUMN("Rank", "順位", DOC_NARROW, DOC_END),
        COLUMN("Reasons", "導出の理由", DOC_MIDDLE, DOC_START),
        COLUMN("Adopted", "採用", DOC_BROAD, DOC_START),
        COLUMN("Measures", "対策の例", DOC_WIDE, DOC_START),
    };
    struct text strength = choice_text(&strengths, r->a->demanded[viewpoint]);
    if (!has_viewpoint(r, viewpoint)) return;
    struct doc_block *sub =
        doc_section(r->doc, s, arena_printf(r->arena, "viewpoint-%d", viewpoint),
                    report_viewpoint(viewpoint));
    struct doc_table *t = doc_table(
        r->doc, sub,
        FILL(
            r,
            TEXT(
                "Requirements of viewpoint {0}; strength of confirmation demanded: {1}",
                "第{0}の観点の対策要件（求められる確認の強さ：{1}）"),
            report_number(r, (unsigned long)viewpoint), strength),
        columns, 5, 0);
    for (int target = TARGET_ORGANIZATION; target <= TARGET_SYSTEM; target++)
        add_part(r, t, viewpoint, target, all);
}

void report_requirements(struct report *r, struct doc_block *chapter)
{
    static const struct noun noun_requirements = {
        "{0} requirement is", "{0} requirements are", "{0}件の対策要件"};
    unsigned n_open = report_n_open(r);
    struct doc_block *s =
        doc_section(r->doc, chapter, "requirements",
                    TEXT("Requirements against the threats", "脅威に対する対策の整理"));
    doc_say(
        r->doc, s, DOC_PARAGRAPH,
        FILL(
            r,
            TEXT("{0} derived by general rules from the applicant's roles, the threats "
                 "present and the cells reached; {1} of them open. Rank 1 is what the "
                 "risk of this system demands most. Those adopted are carried out by "
                 "the applicant unless someone else is named.",
                 "適用主体の役割、存在する脅威、位置する区画から、"
                 "一般的な規則により{0}を導出した。うち{1}件が未採用である。順位1は、"
                 "本システムのリスクが最も強く求める要件を示す。採用した要件は、"
                 "特に記載がない限り適用主体が実施する。"),
            report_count(r, r->a->requirements.n, &noun_requirements),
            report_number(r, n_open)));
    const struct reasons all = collect_reasons(r);
    add_shared_table(r, s, &all);
    for (int viewpoint = 1; viewpoint <= N_VIEWPOINTS; viewpoint++)
        add_viewpoint(r, s, viewpoint, &all);
}
