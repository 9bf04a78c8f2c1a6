// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Chapter 3, chains: how each incident comes about, as a picture, and how the main
 * threats do, in words; threats whose chains are alike share one account.
 */
#include <stdlib.h>

#include "page/figure.h"
#include "page/report_int.h"

/* The chain to a node, in the arena; its length goes to *n. */
static const uint32_t *find_chain(struct report *r, uint32_t node, size_t *n)
{
    uint32_t *nodes = NULL;
    *n = assess_chain(r->a, node, &nodes, r->mark);
    uint32_t *copy = arena_array(r->arena, *n + 1, sizeof *copy);
    for (size_t i = 0; i < *n; i++)
        copy[i] = nodes[i];
    free(nodes);
    return copy;
}

// ---- incidents ----------------------------------------------------------------------

static void add_incident_chain(struct report *r, struct doc_block *s,
                               const struct incident_result *x)
{
    size_t n = 0;
    const struct incident *incident = report_incident(r, x->incident);
    const uint32_t *nodes =
        find_chain(r, graph_incident_node(r->a->graph, x->incident), &n);
    struct doc_block *fold =
        doc_folded(r->doc, s, report_anchor(r, "chain:incident", incident->entry.id),
                   incident->name);
    struct doc_line *aside = doc_line(r->doc, &fold->aside);
    if (x->above)
        doc_badge(r->doc, aside, TEXT("above a target", "目標超過"), DOC_OPEN);
    fold->open = x->above;
    struct doc_figure *f = doc_figure(
        r->doc, fold,
        FILL(r, TEXT("Shortest chain to: {0}", "最短の攻撃経路：{0}"), incident->name));
    report_tell(r);
    for (int lang = 0; lang < N_LANGS; lang++) {
        struct buf out = {0};
        if (figure_threat_path(r->a, nodes, n, (enum lang)lang, &out))
            f->svg[lang] = arena_str(r->arena, buf_text(&out));
        buf_fini(&out);
    }
}

unsigned report_n_chains(const struct report *r)
{
    unsigned n = 0;
    for (uint32_t i = 0; i < r->a->incidents.n; i++)
        n += LIST_AT(r->a->incidents, const struct incident_result, i)->reached;
    return n;
}

static void add_incident_chains(struct report *r, struct doc_block *s)
{
    for (uint32_t i = 0; i < r->a->incidents.n; i++) {
        const struct incident_result *x =
            LIST_AT(r->a->incidents, const struct incident_result, i);
        if (x->reached) add_incident_chain(r, s, x);
    }
}

// ---- groups of main threats ---------------------------------------------------------

struct group {
    uint32_t best;  // index of the threat with the shortest chain
    uint32_t first; // threats of the group, chained by `next`
    uint32_t n, severity, effort;
};

static int compare_groups(const void *a, const void *b)
{
    const struct group *x = *(struct group *const *)a, *y = *(struct group *const *)b;
    if (x->severity != y->severity) return x->severity > y->severity ? -1 : 1;
    if (x->n != y->n) return x->n > y->n ? -1 : 1;
    return x->best < y->best ? -1 : x->best > y->best;
}

/* Groups of main threats, gravest first. `next` chains the threats of each. */
static struct group **collect_groups(struct report *r, uint32_t *next,
                                     uint32_t *n_groups)
{
    const struct list *threats = &r->a->threats;
    struct group *groups = arena_array(r->arena, r->a->n_groups + 1u, sizeof *groups);
    struct group **found = arena_array(r->arena, r->a->n_groups + 1u, sizeof(void *));
    for (uint32_t i = threats->n; i-- > 0;) {
        const struct threat *t = LIST_AT(*threats, const struct threat, i);
        struct group *g = &groups[t->group];
        uint32_t effort = r->a->reach.effort[t->node];
        if (!t->main) continue;
        if (g->n++ == 0) {
            *g = (struct group){i, GRAPH_NONE, 1, 0, effort};
            found[(*n_groups)++] = g;
        }
        if (effort <= g->effort) g->best = i, g->effort = effort;
        if (t->severity > g->severity) g->severity = t->severity;
        next[i] = g->first;
        g->first = i;
    }
    if (*n_groups) qsort(found, *n_groups, sizeof *found, compare_groups);
    return found;
}

/* A step of a chain in words: where, and what the attacker does there. */
static void add_step(struct report *r, struct doc_block *steps, uint32_t node)
{
    const struct graph *g = r->a->graph;
    uint32_t asset = g->node_asset[node];
    struct doc_line *line = doc_line(r->doc, &steps->lines);
    const struct step *step = graph_step(g, node);
    if (asset < g->first_zone) {
        doc_soft(r->doc, line, TEXT("Origin: ", "起点："));
        doc_text(r->doc, line, graph_asset_name(g, asset, r->arena));
        return;
    }
    report_add_asset(r, line, asset);
    if (step) {
        doc_text(r->doc, line, TEXT(": ", "："));
        doc_text(r->doc, line, step->name);
    }
    if (step && step->threat.id) {
        doc_text(r->doc, line, TEXT(" ", " "));
        doc_badge(
            r->doc, line,
            LIST_AT(r->c->threats, const struct threat_class, step->threat.index)->name,
            DOC_INFO);
    }
}

static void add_leads_to(struct report *r, struct doc_block *fold,
                         const struct threat *t)
{
    uint32_t n = 0;
    uint32_t *incidents =
        arena_array(r->arena, r->a->incidents.n + 1u, sizeof *incidents);
    struct doc_line *line = doc_say(r->doc, fold, DOC_PARAGRAPH,
                                    TEXT("Leads to: ", "引き起こし得るインシデント："));
    for (uint32_t i = 0; i < r->a->incidents.n; i++) {
        const struct incident_result *x =
            LIST_AT(r->a->incidents, const struct incident_result, i);
        if (threat_leads_to(r->a, t, x->incident)) incidents[n++] = x->incident;
    }
    report_add_incidents(r, line, incidents, n);
}

/* The threats of a group. One alone is told by the heading, and has its anchor there.
 */
static void add_members(struct report *r, struct doc_block *fold, const struct group *g,
                        const uint32_t *next)
{
    if (g->n == 1) {
        const struct threat *t = LIST_AT(r->a->threats, const struct threat, g->best);
        fold->anchor = doc_claim(
            r->doc, arena_printf(r->arena, "chain:%s", threat_id(r->a, t, r->arena)));
        return;
    }
    doc_say(r->doc, fold, DOC_PARAGRAPH,
            TEXT("Threats that come about alike:", "同様の経路で生じる脅威："));
    struct doc_block *list = doc_block(r->doc, fold, DOC_LIST);
    uint32_t n = 0;
    for (uint32_t i = g->first; i != GRAPH_NONE && n < REPORT_MAX_NAMES;
         i = next[i], n++) {
        const struct threat *t = LIST_AT(r->a->threats, const struct threat, i);
        struct doc_line *line = doc_line(r->doc, &list->lines);
        line->anchor = doc_claim(
            r->doc, arena_printf(r->arena, "chain:%s", threat_id(r->a, t, r->arena)));
        report_add_threat(r, line, t);
    }
    if (g->n > n)
        doc_soft(
            r->doc, doc_line(r->doc, &list->lines),
            FILL(r, TEXT("and {0} more", "ほか{0}件"), report_number(r, g->n - n)));
}

static void add_group(struct report *r, struct doc_block *s, const struct group *g,
                      const uint32_t *next)
{
    static const struct noun more = {"and {0} more like it", "and {0} more like it",
                                     "ほか同様の脅威{0}件"};
    static const struct noun steps_noun = {"{0} step", "{0} steps", "{0}段階"};
    const struct threat *t = LIST_AT(r->a->threats, const struct threat, g->best);
    size_t n = 0;
    const uint32_t *nodes = find_chain(r, threat_node(r->a, t), &n);
    struct text name =
        FILL(r, TEXT("{0}: {1}", "{0}：{1}"),
             graph_asset_name(r->a->graph, t->asset, r->arena),
             LIST_AT(r->c->threats, const struct threat_class, t->class)->name);
    struct doc_block *fold = doc_folded(r->doc, s, NULL, name);
    struct doc_line *aside = doc_line(r->doc, &fold->aside);
    if (g->n > 1) {
        doc_soft(r->doc, aside, report_count(r, g->n - 1, &more));
        doc_soft(r->doc, aside, TEXT(", ", "、"));
    }
    doc_soft(r->doc, aside, report_count(r, n, &steps_noun));
    struct doc_block *steps = doc_block(r->doc, fold, DOC_STEPS);
    for (size_t i = 0; i < n; i++)
        add_step(r, steps, nodes[i]);
    add_leads_to(r, fold, t);
    add_members(r, fold, g, next);
}

void report_chains(struct report *r, struct doc_block *chapter)
{
    static const struct noun noun_threats = {"{0} main threat", "{0} main threats",
                                             "主要な脅威{0}件"};
    static const struct noun noun_groups = {"{0} group", "{0} groups", "{0}群"};
    uint32_t n_groups = 0, n_threats = 0;
    uint32_t *next = arena_array(r->arena, r->a->threats.n + 1u, sizeof *next);
    struct group **groups = collect_groups(r, next, &n_groups);
    struct doc_block *s = doc_section(
        r->doc, chapter, "chains",
        TEXT("How incidents and threats come about", "脅威と被害に至る経路"));
    if (report_n_chains(r) == 0 && n_groups == 0) {
        doc_say(r->doc, s, DOC_PARAGRAPH,
                TEXT("No chain of attack steps reaches an incident.",
                     "インシデントに到達する攻撃経路はない。"));
        return;
    }
    doc_say(r->doc, s, DOC_PARAGRAPH,
            TEXT("For each incident, the shortest chain of attack steps that brings it "
                 "about without measures: every step is possible once those before it "
                 "have been taken.",
                 "インシデントごとに、対策がない場合に成立させる最短の攻撃経路を示す。"
                 "各段階は、それより前の段階が成立すると可能になる。"));
    add_incident_chains(r, s);
    if (n_groups == 0) return;
    for (uint32_t i = 0; i < n_groups; i++)
        n_threats += groups[i]->n;
    struct doc_block *sub =
        doc_section(r->doc, s, "main-threats",
                    TEXT("The main threats, step by step", "主要な脅威の経路"));
    doc_say(r->doc, sub, DOC_PARAGRAPH,
            FILL(r,
                 TEXT("{0} in {1} of like chains, gravest first.",
                      "{0}を、経路が似た{1}にまとめ、被害の大きいものから示す。"),
                 report_count(r, n_threats, &noun_threats),
                 report_count(r, n_groups, &noun_groups)));
    for (uint32_t i = 0; i < n_groups; i++)
        add_group(r, sub, groups[i], next);
}
