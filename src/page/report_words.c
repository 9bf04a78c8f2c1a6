// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Words of the report: texts put together in both languages, things named and linked.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "page/report_int.h"

// ---- texts --------------------------------------------------------------------------

/* One language of report_fill. */
static const char *fill(struct report *r, const char *pattern, enum lang lang,
                        const struct text *args, size_t n)
{
    struct buf out = {0};
    for (const char *p = pattern; *p; p++) {
        size_t i = (size_t)(p[0] == '{' ? p[1] - '0' : 10);
        if (i < n && p[2] == '}') {
            buf_str(&out, text_in(args[i], lang));
            p += 2;
        } else {
            buf_char(&out, *p);
        }
    }
    const char *s = arena_strn(r->arena, buf_text(&out), out.len);
    buf_fini(&out);
    return s;
}

struct text report_fill(struct report *r, struct text pattern, const struct text *args,
                        size_t n)
{
    return TEXT(fill(r, pattern.in[LANG_EN], LANG_EN, args, n),
                fill(r, pattern.in[LANG_JA], LANG_JA, args, n));
}

struct text report_string(const char *s)
{
    return TEXT(s, s);
}

struct text report_number(struct report *r, unsigned long n)
{
    return report_string(arena_printf(r->arena, "%lu", n));
}

struct text report_count(struct report *r, unsigned long n, const struct noun *noun)
{
    struct text pattern = {
        {n == 1 ? noun->one : noun->many, noun->ja}
    };
    return FILL(r, pattern, report_number(r, n));
}

/* "2 million JPY", and by the myriad in Japanese. */
struct text report_percent(struct report *r, double share)
{
    double p = 100 * share;
    return report_string(arena_printf(r->arena,
                                      p >= 9.95    ? "%.0f%%"
                                      : p >= 0.995 ? "%.1f%%"
                                      : p > 0      ? "%.2f%%"
                                                   : "%.0f%%",
                                      p));
}

struct text report_money(struct report *r, const struct money *money)
{
    static const struct {
        double unit;
        const char *en;
    } scales[] = {
        {1e12, " trillion"},
        {1e9,  " billion" },
        {1e6,  " million" },
        {1,    ""         }
    };
    static const struct {
        double unit;
        const char *ja;
    } myriads[] = {
        {1e12, "兆"},
        {1e8,  "億"},
        {1e4,  "万"},
        {1,    ""   }
    };
    size_t e = 0, j = 0;
    if (money->unit[0] == '\0') return NO_TEXT;
    while (e < 3 && money->value < scales[e].unit)
        e++;
    while (j < 3 && money->value < myriads[j].unit)
        j++;
    int yen = strcmp(money->unit, "JPY") == 0;
    return TEXT(arena_printf(r->arena, "%g%s %s", money->value / scales[e].unit,
                             scales[e].en, money->unit),
                arena_printf(r->arena, "%g%s%s%s", money->value / myriads[j].unit,
                             myriads[j].ja, yen ? "" : " ", yen ? "円" : money->unit));
}

struct text report_date(struct report *r, int32_t d)
{
    if (d == 0) return NO_TEXT;
    return report_string(
        arena_printf(r->arena, "%04d-%02d-%02d", d / 10000, d / 100 % 100, d % 100));
}

struct text report_capital(struct report *r, struct text t)
{
    const char *en = t.in[LANG_EN];
    if (en && en[0] >= 'a' && en[0] <= 'z') {
        char *copy = arena_str(r->arena, en);
        copy[0] = (char)(copy[0] - 'a' + 'A');
        t.in[LANG_EN] = copy;
    }
    return t;
}

const char *report_anchor(struct report *r, const char *prefix, const char *id)
{
    return arena_printf(r->arena, "%s:%s", prefix, id);
}

const char *report_target(struct report *r, const char *prefix, const char *id)
{
    return arena_printf(r->arena, "#%s:%s", prefix, id);
}

struct text report_viewpoint(int viewpoint)
{
    static const struct text names[N_VIEWPOINTS + 1] = {
        {{"", ""}},
        {{"Viewpoint 1: confirmation before operation (design, manufacture)",
          "第1の観点：運用前（設計・製造段階等）における確認要求"}},
        {{"Viewpoint 2: confirmation in operation",
          "第2の観点：運用中における確認要求"}},
        {{"Viewpoint 3: ability of those who operate and manage",
          "第3の観点：運用・管理を行う者の能力に関する確認要求"}},
        {{"Viewpoint 4: other social support",
          "第4の観点：その他、社会的なサポート等の仕組みの要求"}},
    };
    return names[viewpoint >= 1 && viewpoint <= N_VIEWPOINTS ? viewpoint : 0];
}

struct text report_viewpoint_short(int viewpoint)
{
    static const struct text names[N_VIEWPOINTS + 1] = {
        {{"", ""}},
        {{"Viewpoint 1", "第1の観点"}},
        {{"Viewpoint 2", "第2の観点"}},
        {{"Viewpoint 3", "第3の観点"}},
        {{"Viewpoint 4", "第4の観点"}},
    };
    return names[viewpoint >= 1 && viewpoint <= N_VIEWPOINTS ? viewpoint : 0];
}

// ---- things -------------------------------------------------------------------------

const struct stakeholder *report_stakeholder(const struct report *r, uint32_t i)
{
    return LIST_AT(r->m->stakeholders, const struct stakeholder, i);
}

const struct component *report_component(const struct report *r, uint32_t i)
{
    return LIST_AT(r->m->components, const struct component, i);
}

const struct flow *report_flow(const struct report *r, uint32_t i)
{
    return LIST_AT(r->m->flows, const struct flow, i);
}

const struct incident *report_incident(const struct report *r, uint32_t i)
{
    return LIST_AT(r->m->incidents, const struct incident, i);
}

const struct requirement *report_requirement(const struct report *r, uint32_t i)
{
    return LIST_AT(r->c->requirements, const struct requirement, i);
}

const struct incident_result *report_incident_result(const struct report *r, uint32_t i)
{
    for (uint32_t k = 0; k < r->a->incidents.n; k++) {
        const struct incident_result *x =
            LIST_AT(r->a->incidents, const struct incident_result, k);
        if (x->incident == i) return x;
    }
    return NULL;
}

int report_is_open(const struct requirement_result *q)
{
    return requirement_is_open(q);
}

unsigned report_n_open(const struct report *r)
{
    unsigned n = 0;
    for (uint32_t i = 0; i < r->a->requirements.n; i++)
        n += (unsigned)report_is_open(
            LIST_AT(r->a->requirements, const struct requirement_result, i));
    return n;
}

/* Entries begin with struct entry, so a pointer to one is a pointer to its id. */
struct ordered {
    const char *id;
    uint32_t index;
};

static int compare_ordered(const void *a, const void *b)
{
    const struct ordered *x = a, *y = b;
    return strcmp(x->id, y->id);
}

uint32_t *report_order(struct report *r, const struct list *list, size_t entry_size)
{
    struct ordered *rows = arena_array(r->arena, list->n + 1u, sizeof *rows);
    uint32_t *order = arena_array(r->arena, list->n + 1u, sizeof *order);
    for (uint32_t i = 0; i < list->n; i++) {
        const char *item = (const char *)list->items + i * entry_size;
        rows[i].id = ((const struct entry *)(const void *)item)->id;
        rows[i].index = i;
    }
    qsort(rows, list->n, sizeof *rows, compare_ordered);
    for (uint32_t i = 0; i < list->n; i++)
        order[i] = rows[i].index;
    return order;
}

// ---- lines --------------------------------------------------------------------------

void report_say(struct report *r, struct doc_line *line, const char *en, const char *ja)
{
    doc_text(r->doc, line, TEXT(en, ja));
}

void report_comma(struct report *r, struct doc_line *line)
{
    if (line->first) doc_text(r->doc, line, TEXT(", ", "、"));
}

void report_add_stakeholder(struct report *r, struct doc_line *line,
                            const struct ref *ref)
{
    if (ref->id == NULL || ref->index == REF_NONE) return;
    const struct stakeholder *s = report_stakeholder(r, ref->index);
    doc_link(r->doc, line, s->name, report_target(r, "stakeholder", s->entry.id));
}

void report_add_asset(struct report *r, struct doc_line *line, uint32_t asset)
{
    static const char *const prefixes[] = {
        [ASSET_COMPONENT] = "component", [ASSET_FLOW] = "flow", [ASSET_ZONE] = "zone"};
    const struct graph *g = r->a->graph;
    uint8_t type = g->assets[asset].type;
    const char *prefix = type == ASSET_UNSET ? "incident" : prefixes[type];
    doc_link(r->doc, line, graph_asset_name(g, asset, r->arena),
             report_target(r, prefix, graph_asset_id(g, asset)));
}

void report_add_assets(struct report *r, struct doc_line *line, const uint32_t *assets,
                       uint32_t n)
{
    for (uint32_t i = 0; i < n && i < REPORT_MAX_NAMES; i++) {
        if (i) doc_text(r->doc, line, TEXT(", ", "、"));
        report_add_asset(r, line, assets[i]);
    }
    if (n > REPORT_MAX_NAMES)
        doc_soft(r->doc, line,
                 FILL(r, TEXT(", and {0} more", "、ほか{0}件"),
                      report_number(r, n - REPORT_MAX_NAMES)));
}

void report_add_incident(struct report *r, struct doc_line *line, uint32_t incident)
{
    const struct incident *x = report_incident(r, incident);
    doc_link(r->doc, line, x->name, report_target(r, "incident", x->entry.id));
}

/* "all 60 incidents but A, B"; incidents in the order of the results. */
static void add_all_but(struct report *r, struct doc_line *line,
                        const uint32_t *incidents, uint32_t n)
{
    struct text number = report_number(r, r->a->incidents.n);
    doc_link(r->doc, line,
             FILL(r, TEXT("all {0} incidents", "全{0}件のインシデント"), number),
             "#incidents");
    doc_text(r->doc, line, TEXT(" but ", "。ただし次を除く："));
    for (uint32_t i = 0, k = 0, any = 0; i < r->a->incidents.n; i++) {
        uint32_t incident =
            LIST_AT(r->a->incidents, const struct incident_result, i)->incident;
        if (k < n && incidents[k] == incident) {
            k++;
            continue;
        }
        if (any++) doc_text(r->doc, line, TEXT(", ", "、"));
        report_add_incident(r, line, incident);
    }
}

void report_add_incidents(struct report *r, struct doc_line *line,
                          const uint32_t *incidents, uint32_t n)
{
    if (n == r->a->incidents.n && n > 2) {
        doc_link(r->doc, line,
                 FILL(r, TEXT("all {0} incidents", "すべてのインシデント（{0}件）"),
                      report_number(r, n)),
                 "#incidents");
        return;
    }
    if (n > 6 && 2 * n > r->a->incidents.n) {
        add_all_but(r, line, incidents, n);
        return;
    }
    for (uint32_t i = 0; i < n; i++) {
        if (i) doc_text(r->doc, line, TEXT(", ", "、"));
        report_add_incident(r, line, incidents[i]);
    }
}

void report_add_requirement(struct report *r, struct doc_line *line, uint32_t i)
{
    const struct requirement *q = report_requirement(r, i);
    doc_link(r->doc, line, q->name, report_target(r, "requirement", q->entry.id));
}

void report_add_recovery(struct report *r, struct doc_line *line, int level)
{
    doc_badge(r->doc, line, recovery_text(level),
              (enum doc_tone)(DOC_LEVEL_NONE + level));
}

void report_add_economic(struct report *r, struct doc_line *line, int level)
{
    doc_badge(r->doc, line, economic_text(level),
              (enum doc_tone)(DOC_LEVEL_NONE + level));
}

/* References to components, flows or zones: sections 0, 1, 2. */
void report_add_places(struct report *r, struct doc_line *line, const struct list *refs)
{
    const struct graph *g = r->a->graph;
    const uint32_t *const assets[] = {g->asset_of_component, g->asset_of_flow,
                                      g->asset_of_zone};
    for (uint32_t i = 0; i < refs->n; i++) {
        const struct ref *ref = LIST_AT(*refs, const struct ref, i);
        if (ref->index == REF_NONE || ref->section > 2) continue;
        report_comma(r, line);
        report_add_asset(r, line, assets[ref->section][ref->index]);
    }
}

/* "Cloud service: misuse". */
static struct text threat_words(struct report *r, uint32_t class, uint32_t asset)
{
    return FILL(r, TEXT("{0}: {1}", "{0}：{1}"),
                graph_asset_name(r->a->graph, asset, r->arena),
                LIST_AT(r->c->threats, const struct threat_class, class)->name);
}

void report_add_threat(struct report *r, struct doc_line *line, const struct threat *t)
{
    const char *id = threat_id(r->a, t, r->arena);
    doc_link(r->doc, line, threat_words(r, t->class, t->asset),
             arena_printf(r->arena, "#%s", id));
}

/* The words for a subject such as "map:resident"; no text if there is no such thing. */
static struct text subject_words(struct report *r, const char *subject)
{
    const struct threat *t = assess_find_threat(r->a, subject);
    if (t) return threat_words(r, t->class, t->asset);
    for (uint32_t i = 0; i < r->m->incidents.n; i++) {
        const struct incident *x = report_incident(r, i);
        if (strncmp(subject, "incident:", 9) == 0 && !strcmp(x->entry.id, subject + 9))
            return FILL(r, TEXT("Incident: {0}", "インシデント：{0}"), x->name);
    }
    for (uint32_t i = 0; i < r->c->requirements.n; i++) {
        const struct requirement *q = report_requirement(r, i);
        if (strncmp(subject, "requirement:", 12) == 0 &&
            !strcmp(q->entry.id, subject + 12))
            return FILL(r, TEXT("Requirement: {0}", "対策要件：{0}"), q->name);
    }
    for (uint32_t i = 0; i < r->m->stakeholders.n; i++) {
        const struct stakeholder *s = report_stakeholder(r, i);
        if (strncmp(subject, "map:", 4) == 0 && !strcmp(s->entry.id, subject + 4))
            return FILL(r, TEXT("Position on the map: {0}", "マッピング結果：{0}"),
                        s->name);
    }
    return NO_TEXT;
}

void report_add_subject(struct report *r, struct doc_line *line, const char *subject)
{
    struct text words = subject_words(r, subject);
    if (text_empty(words))
        doc_code(r->doc, line, subject);
    else
        doc_link(r->doc, line, words, arena_printf(r->arena, "#%s", subject));
}

void report_add_rebuilt(struct report *r, struct doc_line *line)
{
    r->n_rebuilt++;
    report_say(r, line, "\u00a0", "\u00a0");
    doc_mark(r->doc, line, "\u2020", TEXT("(rebuilt)", "（再構成）"));
}

void report_explain_rebuilt(struct report *r, struct doc_block *parent)
{
    if (r->n_rebuilt == 0) return;
    r->n_rebuilt = 0;
    struct doc_line *line = doc_say(r->doc, parent, DOC_PARAGRAPH, NO_TEXT);
    doc_soft(r->doc, line,
             TEXT("\u2020 Rebuilt: not in the source, filled in by the analyst.",
                  "\u2020 再構成：出典に記載がなく、分析者が補ったもの。"));
}

void report_add_joined(struct report *r, struct doc_line *line,
                       const struct choice_set *set, uint32_t bits)
{
    int any = 0;
    for (size_t i = 0; i < set->n; i++) {
        if ((bits >> set->items[i].value & 1) == 0) continue;
        if (any++) doc_text(r->doc, line, TEXT(", ", "、"));
        doc_text(r->doc, line, set->items[i].text);
    }
}

// ---- cells --------------------------------------------------------------------------

struct doc_line *report_cell(struct report *r, struct doc_table *t)
{
    return doc_cell_line(r->doc, doc_cell(r->doc, t));
}

void report_cell_recovery(struct report *r, struct doc_table *t, int level)
{
    report_add_recovery(r, report_cell(r, t), level);
}

void report_cell_economic(struct report *r, struct doc_table *t, int level)
{
    report_add_economic(r, report_cell(r, t), level);
}

void report_cell_choice(struct report *r, struct doc_table *t,
                        const struct choice_set *set, int value)
{
    doc_cell_text(r->doc, t, choice_text(set, value));
}

struct doc_cell *report_cell_named(struct report *r, struct doc_table *t,
                                   struct text name, struct text description)
{
    struct doc_cell *cell = doc_cell(r->doc, t);
    doc_strong(r->doc, doc_cell_line(r->doc, cell), name);
    if (!text_empty(description))
        doc_soft(r->doc, doc_line(r->doc, &cell->lines), description);
    return cell;
}
