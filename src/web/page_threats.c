// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The threats of each component and flow. One that is asked for (?of=CLASS@ASSET) is
 * shown with its chain: the steps as a picture and in words, and drawn on the
 * configuration.
 */
#include "web/seen.h"

#include <stdlib.h>
#include <string.h>

#include "page/figure.h"

/* What the address asks for. */
struct wanted {
    const char *of, *asset, *class_id;
    int is_main;
};

static struct wanted read_wanted(struct exchange *ex)
{
    const char *main = web_query(ex, "main");
    return (struct wanted){web_query(ex, "of"), web_query(ex, "asset"),
                           web_query(ex, "class"), main && strcmp(main, "1") == 0};
}

static const struct threat_class *class_of(const struct seen *s, const struct threat *t)
{
    return LIST_AT(s->c->threats, struct threat_class, t->class);
}

static const char *asset_id(const struct seen *s, const struct threat *t)
{
    return graph_asset_id(s->a->graph, t->asset);
}

static int is_empty(const char *s)
{
    return s == NULL || *s == '\0';
}

static int is_wanted(const struct seen *s, const struct wanted *w,
                     const struct threat *t)
{
    if (w->is_main && !t->main) return 0;
    if (!is_empty(w->class_id) && strcmp(w->class_id, class_of(s, t)->entry.id) != 0)
        return 0;
    return is_empty(w->asset) || strcmp(w->asset, asset_id(s, t)) == 0;
}

/* ---- one threat ----------------------------------------------------------------- */

static void put_steps(struct exchange *ex, const struct seen *s, const uint32_t *nodes,
                      size_t n)
{
    const struct graph *g = s->a->graph;
    put(ex, "<ol class=\"chain\">\n");
    for (size_t i = 0; i < n; i++) {
        const struct step *step = graph_step(g, nodes[i]);
        put(ex, "<li>%t", seen_asset_name(ex, s, g->node_asset[nodes[i]]));
        if (step) put(ex, ": %t", seen_name(step->name, step->entry.id));
        put(ex, "</li>\n");
    }
    put(ex, "</ol>\n");
}

static void put_chain(struct exchange *ex, const struct seen *s, const struct threat *t)
{
    struct buf svg = {0};
    uint32_t *nodes = NULL;
    uint8_t *mark = mem_alloc(s->a->graph->n_nodes);
    size_t n = assess_chain(s->a, threat_node(s->a, t), &nodes, mark);
    put(ex, "<section class=\"step\"><h2>%t: %t</h2>\n", class_of(s, t)->name,
        seen_asset_name(ex, s, t->asset));
    put(ex, "<p>%t</p>\n", class_of(s, t)->description);
    if (figure_threat_path(s->a, nodes, n, ex->lang, &svg))
        put_figure(ex, &svg, TEXT("The shortest chain of steps", "最短の攻撃の連鎖"));
    svg.len = 0;
    if (figure_chain(s->a, nodes, n, ex->lang, &svg))
        put_figure(
            ex, &svg,
            TEXT("The chain on the system's configuration", "システム構成図上の連鎖"));
    put_steps(ex, s, nodes, n);
    put(ex, "</section>\n");
    buf_fini(&svg);
    free(mark);
    free(nodes);
}

/* ---- the table ------------------------------------------------------------------ */

static void put_leads_to(struct exchange *ex, const struct seen *s,
                         const struct threat *t)
{
    int n = 0;
    for (uint32_t i = 0; i < s->a->incidents.n; i++) {
        const struct incident_result *r =
            LIST_AT(s->a->incidents, struct incident_result, i);
        if (!threat_leads_to(s->a, t, r->incident)) continue;
        if (n++) put(ex, "%t", TEXT(", ", "、"));
        seen_incident_link(ex, s, r->incident);
    }
}

static void put_threat(struct exchange *ex, const struct seen *s,
                       const struct threat *t)
{
    static const char *const tones[] = {
        [THREAT_OPEN] = "open", [THREAT_SLOWED] = "info", [THREAT_BLOCKED] = ""};
    put(ex, "<tr><th scope=\"row\"><a href=\"/systems/%m/threats?of=%s%m\">%t</a>",
        s->slug, threat_id(s->a, t, &ex->arena), put_and_lang(ex),
        class_of(s, t)->name);
    if (t->main) {
        put(ex, " ");
        put_badge(ex, "open", TEXT("main", "主要"));
    }
    put(ex, "</th><td>");
    put_badge(ex, tones[t->state], choice_text(&threat_states, t->state));
    if (t->planned != t->state) {
        put(ex, " → ");
        put_badge(ex, tones[t->planned], choice_text(&threat_states, t->planned));
    }
    if (t->excluded) put_badge(ex, "info", TEXT("excluded", "除外"));
    put(ex, "</td><td><div>");
    put_leads_to(ex, s, t);
    put(ex, "</div></td></tr>\n");
}

static void put_asset_head(struct exchange *ex, const struct seen *s, uint32_t asset)
{
    const struct graph *g = s->a->graph;
    int is_flow = asset >= g->first_flow;
    put(ex,
        "<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"3\" id=\"%m\">%t "
        "<span class=\"soft\">%t</span>",
        graph_asset_id(g, asset), seen_asset_name(ex, s, asset),
        is_flow ? TEXT("data flow", "データフロー") : TEXT("component", "構成要素"));
    if (!is_flow && s->a->importance[g->assets[asset].index].rank == 3)
        put_badge(ex, "open", TEXT("importance: high", "重要度: 高"));
    put(ex, "</th></tr>\n");
}

enum { MOST_ROWS = 1000 }; // beyond, the filters help

static void put_table(struct exchange *ex, const struct seen *s, const struct wanted *w)
{
    static const struct text heads[] = {
        {{"Threat", "脅威"}},
        {{"State: now → with measures decided", "状態: 現在 → 決定済み対策後"}},
        {{"Leads to", "至るインシデント"}},
    };
    uint32_t last = GRAPH_NONE;
    unsigned n_rows = 0;
    frame_heads(ex, heads, sizeof heads / sizeof *heads);
    for (uint32_t i = 0; i < s->a->threats.n; i++) {
        const struct threat *t = LIST_AT(s->a->threats, struct threat, i);
        if (!is_wanted(s, w, t) || n_rows++ >= MOST_ROWS) continue;
        if (t->asset != last) put_asset_head(ex, s, t->asset);
        last = t->asset;
        put_threat(ex, s, t);
    }
    put(ex, "</tbody></table></div>\n");
    if (n_rows > MOST_ROWS)
        put(ex, "<p>%t %d</p>\n",
            TEXT("Not shown, choose where or which class:", "表示外(絞り込みで表示):"),
            (int)(n_rows - MOST_ROWS));
    if (last == GRAPH_NONE)
        put(ex, "<p>%t</p>\n",
            TEXT("No threat is like that.", "条件に合う脅威はない。"));
}

static void put_filter(struct exchange *ex, const struct seen *s,
                       const struct wanted *w)
{
    const struct graph *g = s->a->graph;
    put(ex,
        "<form method=\"get\" action=\"/systems/%m/threats\" class=\"filter\">"
        "<label>%t<select name=\"asset\">",
        s->slug, TEXT("Where", "箇所"));
    put_option(ex, "", w->asset, TEXT("everywhere", "すべて"));
    for (uint32_t i = g->first_component; i < g->first_incident; i++)
        put_option(ex, graph_asset_id(g, i), w->asset, seen_asset_name(ex, s, i));
    put(ex, "</select></label><label>%t<select name=\"class\">",
        TEXT("Class", "脅威の分類"));
    put_option(ex, "", w->class_id, TEXT("all", "すべて"));
    for (uint32_t i = 0; i < s->c->threats.n; i++) {
        const struct threat_class *t = LIST_AT(s->c->threats, struct threat_class, i);
        put_option(ex, t->entry.id, w->class_id, t->name);
    }
    put(ex,
        "</select></label><label class=\"check\"><input type=\"checkbox\" "
        "name=\"main\" value=\"1\"%m>%t</label>",
        w->is_main ? " checked" : "",
        TEXT("only those that can cause the main harm", "主要な被害に至る脅威のみ"));
    put_lang_field(ex);
    put(ex, "<button type=\"submit\">%t</button></form>\n", TEXT("Filter", "絞り込む"));
}

void web_get_threats(struct exchange *ex)
{
    struct seen s;
    struct wanted w = read_wanted(ex);
    if (seen_open(ex, &s) != 0) return;
    seen_begin(ex, &s, "/threats", TEXT("threats", "脅威"));
    const struct threat *t = w.of ? assess_find_threat(s.a, w.of) : NULL;
    if (w.of && t == NULL)
        frame_notice(ex, text_in(TEXT("There is no such threat in this system.",
                                      "その脅威はこのシステムにはない。"),
                                 ex->lang));
    if (t) put_chain(ex, &s, t);
    put_filter(ex, &s, &w);
    put_table(ex, &s, &w);
    frame_end(ex);
    seen_close(&s);
}
