// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * A system at a glance: where it stands, its drawing, and the three steps of the
 * method, each with what is there, what is missing, and what comes next. What can be
 * missing is a table: a count, its words, and the page where it is mended.
 */
#include <string.h>

#include "page/figure.h"
#include "web/news.h"

/* ---- what there is, and what is missing ----------------------------------------- */

/* clang-format off */
#define COUNT(name) static unsigned name(const struct seen *s)
/* clang-format on */

#define EACH(list, type, variable)                                                     \
    for (const type *variable = s->m->list.items,                                      \
                    *end_##variable = variable + s->m->list.n;                         \
         variable && variable < end_##variable; variable++)

COUNT(n_stakeholders)
{
    return s->m->stakeholders.n;
}

COUNT(n_components)
{
    return s->m->components.n;
}

COUNT(n_flows)
{
    return s->m->flows.n;
}

COUNT(n_incidents)
{
    return s->m->incidents.n;
}

COUNT(n_threats)
{
    return s->a->threats.n;
}

COUNT(n_requirements)
{
    return s->a->requirements.n;
}

COUNT(n_measures)
{
    return s->m->measures.n;
}

COUNT(n_decisions)
{
    return s->m->decisions.n;
}

COUNT(lacks_overview)
{
    return text_empty(s->m->system.overview) ? 1 : 0;
}

COUNT(lacks_target)
{
    unsigned n = 0;
    EACH(stakeholders, struct stakeholder, who)
    n += who->target.is_set != TRI_YES;
    return n;
}

COUNT(lacks_relations)
{
    return s->m->stakeholders.n > 1 && s->m->relations.n == 0 ? 1 : 0;
}

COUNT(lacks_owner)
{
    unsigned n = 0;
    EACH(components, struct component, c)
    n += c->owner.id == NULL && c->operator.id == NULL && text_empty(c->out_of_scope);
    return n;
}

COUNT(lacks_data)
{
    unsigned n = 0;
    EACH(flows, struct flow, f)
    n += f->data.n == 0 && text_empty(f->out_of_scope);
    return n;
}

COUNT(lacks_criteria)
{
    for (int i = 1; i < N_LEVELS; i++)
        if (!text_empty(s->m->criteria.recovery[i].meaning) ||
            s->m->criteria.economic[i].below.unit[0])
            return 0;
    return 1;
}

COUNT(lacks_incidents)
{
    return s->m->incidents.n == 0 ? 1 : 0;
}

COUNT(lacks_harm)
{
    unsigned n = 0;
    EACH(incidents, struct incident, in)
    n += in->harms.n == 0;
    return n;
}

static int is_harmed(const struct seen *s, uint32_t stakeholder)
{
    EACH(incidents, struct incident, in)
    for (uint32_t i = 0; i < in->harms.n; i++)
        if (LIST_AT(in->harms, struct harm, i)->entry.key_index == stakeholder)
            return 1;
    return 0;
}

COUNT(lacks_part)
{
    unsigned n = 0;
    for (uint32_t i = 0; i < s->m->stakeholders.n; i++)
        n += !is_harmed(s, i);
    return n;
}

COUNT(not_reached)
{
    unsigned n = 0;
    for (uint32_t i = 0; i < s->a->incidents.n; i++)
        n += !LIST_AT(s->a->incidents, struct incident_result, i)->reached;
    return n;
}

COUNT(are_open)
{
    unsigned n = 0;
    for (uint32_t i = 0; i < s->a->requirements.n; i++)
        n += requirement_is_open(
                 LIST_AT(s->a->requirements, struct requirement_result, i)) != 0;
    return n;
}

/* Requirements adopted without any measure. */
COUNT(lacks_measure)
{
    unsigned n = 0;
    for (uint32_t i = 0; i < s->a->requirements.n; i++) {
        const struct requirement_result *r =
            LIST_AT(s->a->requirements, struct requirement_result, i);
        n += r->adopted && r->measures.n == 0;
    }
    return n;
}

static unsigned count_above(const struct seen *s, int is_planned)
{
    unsigned n = 0;
    for (uint32_t i = 0; i < s->a->map.n; i++) {
        const struct map_row *row = LIST_AT(s->a->map, struct map_row, i);
        n += row->form == NULL && row->has_target && !row->excluded &&
             !(is_planned ? row->planned_within : row->within_target);
    }
    return n;
}

COUNT(stay_above)
{
    return count_above(s, 1);
}

static int has_decision(const struct seen *s, const char *incident)
{
    EACH(decisions, struct decision, d)
    if (strncmp(d->subject, "incident:", 9) == 0 &&
        strcmp(d->subject + 9, incident) == 0)
        return 1;
    return 0;
}

COUNT(lacks_decision)
{
    unsigned n = 0;
    for (uint32_t i = 0; i < s->a->incidents.n; i++) {
        const struct incident_result *r =
            LIST_AT(s->a->incidents, struct incident_result, i);
        const struct incident *in =
            LIST_AT(s->m->incidents, struct incident, r->incident);
        n += r->above && r->reached && !r->excluded && !has_decision(s, in->entry.id);
    }
    return n;
}

COUNT(lacks_evidence)
{
    unsigned n = 0;
    EACH(measures, struct measure, me)
    n += me->status >= STATUS_IMPLEMENTED && me->evidence.n == 0;
    return n;
}

COUNT(are_overdue)
{
    unsigned n = 0;
    for (uint32_t i = 0; i < s->a->decisions.n; i++)
        n += LIST_AT(s->a->decisions, struct decision_result, i)->overdue;
    EACH(measures, struct measure, me)
    n += me->due && me->due < s->a->today && me->status < STATUS_IMPLEMENTED;
    return n;
}

/* ---- the steps ------------------------------------------------------------------ */

struct fact {
    unsigned (*count)(const struct seen *s);
    struct counted words;
    const char *page;
};

enum { FACTS_MOST = 8 };
struct method_step {
    struct text title, about;
    struct fact there[FACTS_MOST], missing[FACTS_MOST];
};

// clang-format off
#define BOTH(en_one, en_many, ja_all) {{{en_one, ja_all}}, {{en_many, ja_all}}}
static const struct method_step steps[] = {
    {{{"1. Prepare", "1. 準備"}},
     {{"What the system is, whom it concerns, and by which criteria it is judged.",
       "システムの概要、ステークホルダー、構成、判断の基準を明らかにする。"}},
     {{n_stakeholders, BOTH("{n} stakeholder", "{n} stakeholders", "ステークホルダー {n}"), "/criteria"},
      {n_components, BOTH("{n} component", "{n} components", "構成要素 {n}"), "/threats"},
      {n_flows, BOTH("{n} data flow", "{n} data flows", "データフロー {n}"), "/threats"}},
     {{lacks_overview, BOTH("an overview of the system", "an overview of the system", "システムの概要の記述"), "/edit"},
      {lacks_relations, BOTH("relations between the stakeholders", "relations between the stakeholders", "ステークホルダー間の関係"), "/edit"},
      {lacks_owner, BOTH("{n} component without owner or operator", "{n} components without owner or operator", "所有者・運用者のない構成要素 {n}"), "/edit"},
      {lacks_data, BOTH("{n} flow that names no data", "{n} flows that name no data", "データの示されていないフロー {n}"), "/edit"},
      {lacks_target, BOTH("{n} stakeholder without a target", "{n} stakeholders without a target", "目標水準のないステークホルダー {n}"), "/criteria"},
      {lacks_criteria, BOTH("criteria of its own: those of the catalog are used", "criteria of its own: those of the catalog are used", "独自の基準(カタログの基準を使用中)"), "/criteria"}}},
    {{{"2. Assess", "2. リスクアセスメント"}},
     {{"What can go wrong, whom it harms how much, and where everybody stands on the map.",
       "起こり得るインシデントと被害、各ステークホルダーのマップ上の位置を評価する。"}},
     {{n_incidents, BOTH("{n} incident", "{n} incidents", "インシデント {n}"), "/incidents"},
      {n_threats, BOTH("{n} threat", "{n} threats", "脅威 {n}"), "/threats"}},
     {{lacks_incidents, BOTH("incidents", "incidents", "インシデント"), "/edit"},
      {lacks_harm, BOTH("{n} incident that harms nobody", "{n} incidents that harm nobody", "被害の示されていないインシデント {n}"), "/incidents"},
      {lacks_part, BOTH("{n} stakeholder whom no incident harms", "{n} stakeholders whom no incident harms", "被害の検討されていないステークホルダー {n}"), "/incidents"},
      {not_reached, BOTH("{n} incident to which no chain of steps leads", "{n} incidents to which no chain of steps leads", "攻撃の連鎖が到達しないインシデント {n}"), "/incidents"}}},
    {{{"3. Treat", "3. リスク対応"}},
     {{"Which requirements follow, which measures meet them, and what is decided.",
       "導出された要件、それを満たす対策、意思決定を定める。"}},
     {{n_requirements, BOTH("{n} requirement", "{n} requirements", "対策要件 {n}"), "/requirements"},
      {n_measures, BOTH("{n} measure", "{n} measures", "対策 {n}"), "/measures"},
      {n_decisions, BOTH("{n} decision", "{n} decisions", "意思決定 {n}"), "/measures"}},
     {{are_open, BOTH("{n} requirement that is open", "{n} requirements that are open", "未採用の対策要件 {n}"), "/requirements"},
      {lacks_measure, BOTH("{n} adopted requirement without a measure", "{n} adopted requirements without a measure", "対策のない採用済み要件 {n}"), "/requirements"},
      {stay_above, BOTH("{n} stakeholder above the target, even with what is decided", "{n} stakeholders above their targets, even with what is decided", "決定済みの対策後も目標を超えるステークホルダー {n}"), "/requirements"},
      {lacks_decision, BOTH("{n} incident above a target without a decision", "{n} incidents above a target without a decision", "意思決定のない目標超過インシデント {n}"), "/measures"},
      {lacks_evidence, BOTH("{n} measure in place without evidence", "{n} measures in place without evidence", "証跡のない実施済み対策 {n}"), "/measures"},
      {are_overdue, BOTH("{n} date that has passed", "{n} dates that have passed", "期限超過 {n}"), "/measures"}}},
};
// clang-format on
enum { N_STEPS = sizeof steps / sizeof *steps };

static void put_fact(struct exchange *ex, const struct seen *s, const struct fact *f,
                     unsigned n)
{
    put_link_open(ex, frame_path(ex, s->slug, f->page));
    put_count(ex, f->words, n);
    put(ex, "</a>");
}

static void put_missing(struct exchange *ex, const struct seen *s,
                        const struct method_step *step)
{
    unsigned n_missing = 0;
    for (const struct fact *f = step->missing; f->count; f++) {
        unsigned n = f->count(s);
        if (n == 0) continue;
        if (n_missing++ == 0)
            put(ex, "<h3>%t</h3>\n<ul class=\"todo\">\n",
                TEXT("To be done", "残っていること"));
        put(ex, "<li>");
        put_fact(ex, s, f, n);
        put(ex, "</li>\n");
    }
    if (n_missing)
        put(ex, "</ul>\n");
    else
        put(ex, "<p><span class=\"badge\">%t</span></p>\n",
            TEXT("nothing is missing", "不足なし"));
}

static void put_step(struct exchange *ex, const struct seen *s,
                     const struct method_step *step)
{
    put(ex,
        "<section class=\"step\"><h2>%t</h2>\n<p class=\"soft\">%t</p>\n"
        "<ul class=\"facts\">\n",
        step->title, step->about);
    for (const struct fact *f = step->there; f->count; f++) {
        put(ex, "<li>");
        put_fact(ex, s, f, f->count(s));
        put(ex, "</li>\n");
    }
    put(ex, "</ul>\n");
    put_missing(ex, s, step);
    put(ex, "</section>\n");
}

/* The first thing that is missing, in the order of the method. */
static void put_next(struct exchange *ex, const struct seen *s)
{
    for (size_t i = 0; i < N_STEPS; i++)
        for (const struct fact *f = steps[i].missing; f->count; f++) {
            unsigned n = f->count(s);
            if (n == 0 || f->count == lacks_criteria) continue;
            put(ex, "<p class=\"next\">%t ", TEXT("Next:", "次は:"));
            put_fact(ex, s, f, n);
            put(ex, "</p>\n");
            return;
        }
    put(ex, "<p class=\"next\">%t</p>\n",
        TEXT("The three steps are complete; look again when something changes.",
             "三つの手順は完了している。変更があれば見直す。"));
}

/* ---- the page ------------------------------------------------------------------- */

static void put_state(struct exchange *ex, const struct seen *s)
{
    static const struct counted above =
        BOTH("{n} stakeholder above the target", "{n} stakeholders above their targets",
             "目標を超えるステークホルダー {n}");
    unsigned n = count_above(s, 0);
    put(ex, "<p class=\"state\">%t ", TEXT("Stands at", "現在の位置:"));
    put_position_of(ex, s->a->worst);
    if (n) {
        put(ex, " <span class=\"badge open\">");
        put_count(ex, above, n);
        put(ex, "</span>");
    } else {
        put(ex, " ");
        put_badge(ex, "", TEXT("within all targets", "すべて目標内"));
    }
    put(ex, "</p>\n");
}

static void put_figures(struct exchange *ex, const struct seen *s)
{
    struct buf svg = {0};
    put(ex, "<h2>%t</h2>\n", TEXT("Risk map", "リスクマップ"));
    if (seen_picture(ex, s, "map", figure_map, &svg))
        put_figure(ex, &svg,
                   TEXT("Where everybody stands now, and after the measures decided",
                        "現在の位置と、決定済みの対策後の位置"));
    svg.len = 0;
    put(ex, "<h2>%t</h2>\n", TEXT("The system", "システム構成"));
    if (seen_picture(ex, s, "configuration", figure_configuration, &svg))
        put_figure(ex, &svg,
                   TEXT("Zones, components, and what talks to what",
                        "ゾーン、構成要素とその接続"));
    buf_fini(&svg);
}

static void put_warnings(struct exchange *ex, const struct seen *s)
{
    const struct diag_list *d = &s->view.model->diags;
    if (d->n + s->a->diags.n == 0) return;
    put(ex, "<h2>%t</h2>\n", TEXT("Warnings", "警告"));
    if (d->n) seen_diagnostics(ex, d);
    if (s->a->diags.n) seen_diagnostics(ex, &s->a->diags);
}

void web_get_overview(struct exchange *ex)
{
    struct seen s;
    if (seen_open(ex, &s) != 0) return;
    frame_open(ex, &(struct frame){.title = seen_name(s.m->system.name, s.slug),
                                   .slug = s.slug,
                                   .page = "",
                                   .asset = "pages"});
    put_state(ex, &s);
    put_next(ex, &s);
    put_news(ex, &s);
    if (!lacks_overview(&s))
        put(ex, "<p class=\"prose\">%t</p>\n", s.m->system.overview);
    put(ex, "<div class=\"steps\">\n");
    for (size_t i = 0; i < N_STEPS; i++)
        put_step(ex, &s, &steps[i]);
    put(ex, "</div>\n");
    put_figures(ex, &s);
    put_warnings(ex, &s);
    frame_end(ex);
    seen_close(&s);
}
