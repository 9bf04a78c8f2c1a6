// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* What can go wrong: each incident with its cause, its harms, and the shortest way to
 * it. */
#include "web/seen.h"

#include <stdlib.h>

static void put_states(struct exchange *ex, const struct incident_result *r)
{
    if (!r->reached)
        put_badge(ex, "info", TEXT("not reached", "到達しない"));
    else if (!r->now)
        put_badge(ex, "", TEXT("prevented by measures in force", "実施済み対策で防止"));
    else if (!r->planned)
        put_badge(
            ex, "",
            TEXT("prevented once measures are in place", "決定済み対策の実施後に防止"));
    else
        put_badge(ex, "info", TEXT("can be reached", "到達し得る"));
    if (r->above && !r->excluded) {
        put(ex, " ");
        put_badge(ex, "open", TEXT("above a target", "目標超過"));
    }
    if (r->excluded) {
        put(ex, " ");
        put_badge(ex, "info", TEXT("excluded", "除外"));
    }
}

static void put_harms(struct exchange *ex, const struct seen *s,
                      const struct incident *in)
{
    static const struct text heads[] = {
        {{"Whom", "対象者"}},
        {{"Recovery × economic", "回復困難性×経済的影響"}},
        {{"Because", "根拠"}},
    };
    if (in->harms.n == 0) {
        put(ex, "<p>");
        put_badge(ex, "open", TEXT("no harm is stated", "被害の記載なし"));
        put(ex, "</p>\n");
        return;
    }
    frame_heads(ex, heads, sizeof heads / sizeof *heads);
    for (uint32_t i = 0; i < in->harms.n; i++) {
        const struct harm *h = LIST_AT(in->harms, struct harm, i);
        const struct stakeholder *who =
            LIST_AT(s->m->stakeholders, struct stakeholder, h->entry.key_index);
        put(ex, "<tr><th scope=\"row\">%t</th><td>",
            seen_name(who->name, who->entry.id));
        put_position_of(ex, (struct position){h->recovery, h->economic});
        put(ex, "</td><td>%t</td></tr>\n", h->because);
    }
    put(ex, "</tbody></table></div>\n");
}

/* The steps of the shortest chain, a name each. */
static void put_way(struct exchange *ex, const struct seen *s, uint32_t incident)
{
    const struct graph *g = s->a->graph;
    uint32_t node = graph_incident_node(g, incident), *nodes = NULL;
    if (s->a->reach.effort[node] == GRAPH_NONE) return;
    uint8_t *mark = mem_alloc(g->n_nodes);
    size_t n = assess_chain(s->a, node, &nodes, mark);
    put(ex, "<details><summary>%t</summary><ol class=\"chain\">\n",
        TEXT("The shortest way to it", "最短の経路"));
    for (size_t i = 0; i < n; i++) {
        const struct step *step = graph_step(g, nodes[i]);
        put(ex, "<li>%t", seen_asset_name(ex, s, g->node_asset[nodes[i]]));
        if (step) put(ex, ": %t", seen_name(step->name, step->entry.id));
        put(ex, "</li>\n");
    }
    put(ex, "</ol></details>\n");
    free(mark);
    free(nodes);
}

static void put_incident(struct exchange *ex, const struct seen *s,
                         const struct incident_result *r)
{
    const struct incident *in = LIST_AT(s->m->incidents, struct incident, r->incident);
    const struct threat_class *t =
        LIST_AT(s->c->threats, struct threat_class, in->threat.index);
    put(ex, "<section id=\"%m\"><h2>%t</h2>\n<p>", in->entry.id,
        seen_name(in->name, in->entry.id));
    put_states(ex, r);
    put(ex, "</p>\n<p>%t %t %t ", t->name, TEXT("at", "箇所:"), TEXT("", ""));
    seen_places(ex, s, &in->at);
    put(ex, "</p>\n");
    if (!text_empty(in->description))
        put(ex, "<p class=\"prose\">%t</p>\n", in->description);
    put_harms(ex, s, in);
    put_way(ex, s, r->incident);
    put(ex, "</section>\n");
}

void web_get_incidents(struct exchange *ex)
{
    struct seen s;
    if (seen_open(ex, &s) != 0) return;
    seen_begin(ex, &s, "/incidents", TEXT("incidents", "インシデント"));
    if (s.a->incidents.n == 0)
        put(ex, "<p>%t</p>\n",
            TEXT("No incident is written down yet.",
                 "インシデントはまだ記載されていない。"));
    for (uint32_t i = 0; i < s.a->incidents.n; i++)
        put_incident(ex, &s, LIST_AT(s.a->incidents, struct incident_result, i));
    frame_end(ex);
    seen_close(&s);
}
