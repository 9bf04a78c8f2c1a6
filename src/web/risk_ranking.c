// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Which attack steps carry the risk under a set (risk/steps.h): of all losses, and of
 * each incident, with what acts on them. What impossible steps would gain is known with
 * what drives the result, a moment later.
 */
#include "web/risk_parts.h"

#include <math.h>
#include <string.h>

#include "web/markup.h"

/* ---- what acts on a step -------------------------------------------------------- */

struct search {
    uint32_t node;
    int is_found;
};

static void note_found(void *with, uint32_t node, int is_blocked)
{
    struct search *s = with;
    (void)is_blocked; // to slow it is to act, too
    s->is_found |= node == s->node;
}

static int acts_on(const struct graph *g, uint32_t measure, uint32_t node)
{
    struct search s = {node, 0};
    graph_measure_effects(g, measure, note_found, &s);
    return s.is_found;
}

static void put_measure(const struct risk_page *p, uint32_t i)
{
    const struct measure *m = part_measure(p, i);
    const char *name = text_in(m->name, p->ex->lang);
    put(p->ex, "<li%m><a href=\"/systems/%m/measures%l#%m\">%s</a>",
        p->s->measures[i] ? "" : " class=\"soft\"", p->slug, m->entry.id,
        name[0] ? name : m->entry.id);
    if (!p->s->measures[i]) put(p->ex, " %t", TEXT("(left out)", "(外した対策)"));
    put(p->ex, "</li>");
}

static int matches(const struct list *patterns, uint32_t asset_type, uint32_t name)
{
    for (uint32_t i = 0; i < patterns->n; i++) {
        const struct step_pattern *x = LIST_AT(*patterns, struct step_pattern, i);
        if (x->asset_type == asset_type && x->name == name) return 1;
    }
    return 0;
}

/* The requirements of whose examples one acts on a step, a byte each. */
static const uint8_t *requirements_on(const struct risk_page *p, uint32_t node)
{
    const struct graph *g = p->desk->view.graph;
    const struct catalog_data *c = &g->catalog->c;
    uint8_t *of = arena_alloc(&p->ex->arena, c->requirements.n + 1);
    uint32_t type = g->assets[g->node_asset[node]].type;
    uint32_t name = graph_step(g, node)->name_index;
    for (uint32_t i = 0; i < c->examples.n; i++) {
        const struct example *x = LIST_AT(c->examples, struct example, i);
        if (matches(&x->block_steps, type, name) || matches(&x->slow_steps, type, name))
            of[x->requirement.index] = 1;
    }
    return of;
}

enum { MOST_NAMED = 3 };

/* Where no measure of the model acts on a step: which requirements would. */
static void put_requirements(const struct risk_page *p, uint32_t node)
{
    const struct catalog_data *c = &p->desk->view.graph->catalog->c;
    const uint8_t *of = requirements_on(p, node);
    uint32_t n = 0;
    for (uint32_t i = 0; i < c->requirements.n && n < MOST_NAMED; i++) {
        const struct requirement *r = LIST_AT(c->requirements, struct requirement, i);
        if (!of[i]) continue;
        if (n++ == 0)
            put(p->ex, "<span class=\"soft\">%t</span><ul>",
                TEXT("no measure; requirements:", "対策なし。対策要件:"));
        put(p->ex, "<li><a href=\"/systems/%m/requirements%l#%m\">%t</a></li>", p->slug,
            r->entry.id, r->name);
    }
    put(p->ex, n ? "</ul>" : "–");
}

/* Measures that act on a step and are in the set, or not; at most so many are told.
 * Returns how many there are. */
static uint32_t put_measures(const struct risk_page *p, uint32_t node, int is_in,
                             uint32_t most)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < p->model->m.measures.n; i++) {
        if (!p->s->measures[i] != !is_in) continue;
        if (!acts_on(p->desk->view.graph, i, node)) continue;
        if (n++ < most) put_measure(p, i);
    }
    return n;
}

/* Those in the plan before those left out. */
static void put_acting(const struct risk_page *p, uint32_t node)
{
    buf_str(p->out, "<ul>");
    uint32_t n_in = put_measures(p, node, 1, MOST_NAMED);
    uint32_t left = n_in < MOST_NAMED ? MOST_NAMED - n_in : 0;
    uint32_t n = n_in + put_measures(p, node, 0, left);
    if (n > MOST_NAMED)
        put(p->ex, "<li class=\"soft\">%t %d</li>", TEXT("and others:", "ほか:"),
            (int)(n - MOST_NAMED));
    buf_str(p->out, "</ul>");
    if (n == 0) put_requirements(p, node);
}

/* ---- one step ------------------------------------------------------------------- */

/* With its class of threat, to that threat; else to those of its place. */
static void put_step(const struct risk_page *p, uint32_t node)
{
    const struct graph *g = p->desk->view.graph;
    uint32_t class = graph_threat(g, node), asset = g->node_asset[node];
    const struct step *step = graph_step(g, node);
    put(p->ex, "<a href=\"/systems/%m/threats?asset=%s", p->slug,
        graph_asset_id(g, asset));
    if (class != REF_NONE)
        put(p->ex, "&amp;class=%s",
            LIST_AT(g->catalog->c.threats, struct threat_class, class)->entry.id);
    put(p->ex, "%m\">%t</a><span class=\"soft\">%t</span>", put_and_lang(p->ex),
        graph_asset_name(g, asset, &p->ex->arena), step->name);
}

static void put_percent(const struct risk_page *p, double share)
{
    buf_printf(p->out, "<data value=\"%.17g\">", share);
    if (share > 0 && share < 0.01)
        buf_html(p->out, "<1%");
    else
        buf_printf(p->out, "%.0f%%", share * 100);
    buf_str(p->out, "</data>");
}

/* The gain within the share, as it never is more. */
static void put_bar(const struct risk_page *p, const struct risk_step *s)
{
    buf_printf(p->out,
               "<svg viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" "
               "aria-hidden=\"true\"><rect class=\"share\" width=\"%.1f\" "
               "height=\"8\"/><rect class=\"gain\" width=\"%.1f\" height=\"8\"/></svg>",
               s->share * 100, isnan(s->gain) ? 0 : s->gain * 100);
}

static void put_row(const struct risk_page *p, const struct risk_step *s)
{
    char id[256];
    graph_node_id(p->desk->view.graph, s->node, id, sizeof id);
    put(p->ex, "<tr data-step=\"%s\"><th scope=\"row\">", id);
    put_step(p, s->node);
    put_bar(p, s);
    buf_str(p->out, "</th><td class=\"number\">");
    put_percent(p, s->share);
    buf_str(p->out, "</td><td class=\"number\">");
    if (isnan(s->gain))
        buf_str(p->out, "…");
    else
        put_percent(p, s->gain);
    buf_str(p->out, "</td><td class=\"acting\">");
    put_acting(p, s->node);
    buf_str(p->out, "</td></tr>\n");
}

/* ---- all ------------------------------------------------------------------------ */

static void put_table(const struct risk_page *p, struct text name,
                      const struct risk_step *steps, uint32_t n)
{
    static const struct text heads[] = {
        {{"Attack step", "攻撃ステップ"}},
        {{"Passes through it", "通過する割合"}},
        {{"Would end without it", "防げば減る割合"}},
        {{"What acts on it", "効く対策"}},
    };
    part_heads(p, name, heads, sizeof heads / sizeof *heads);
    for (uint32_t i = 0; i < n; i++)
        put_row(p, &steps[i]);
    buf_str(p->out, "</tbody></table></div>\n");
}

static void put_incident(const struct risk_page *p, const struct risk_step *steps,
                         uint32_t n, int is_open)
{
    const struct incident *x =
        LIST_AT(p->model->m.incidents, struct incident, steps->incident);
    put(p->ex, "<details id=\"steps-%m\"%m><summary>%t <span class=\"soft\">",
        x->entry.id, is_open ? " open" : "", x->name);
    part_rate(p, p->s->after.risk->incidents[steps->incident].rate.mean);
    buf_str(p->out, "</span></summary>\n");
    put_table(p, x->name, steps, n);
    buf_str(p->out, "</details>\n");
}

static void put_incidents(const struct risk_page *p)
{
    const struct steps *s = &p->s->after.risk->steps;
    for (uint32_t i = 0, end = 0; i < s->n_of_incidents; i = end) {
        while (end < s->n_of_incidents &&
               s->of_incidents[end].incident == s->of_incidents[i].incident)
            end++;
        put_incident(p, &s->of_incidents[i], end - i, s->n_of_loss == 0 && i == 0);
    }
}

void risk_put_steps(const struct risk_page *p)
{
    const struct steps *s = &p->s->after.risk->steps;
    if (s->n_of_incidents == 0) return;
    part_open(p, "steps", "risk-steps",
              TEXT("Attack steps that carry the risk", "リスクを担う攻撃ステップ"));
    put(p->ex, "<p class=\"soft\">%t</p>\n",
        TEXT(
            "How much passes through a step (its share in the successful attacks), and "
            "how much would end if it were impossible: where that is less, attackers "
            "have other ways.",
            "成功した攻撃のうち、そのステップを通るものの割合と、そのステップを不可能に"
            "したときに無くなる割合。後者が小さければ、攻撃者にはほかの経路がある。"));
    if (s->n_of_loss) {
        struct text all = TEXT("Of the expected loss of all", "全員の期待損失額のうち");
        put(p->ex, "<h3>%t</h3>\n", all);
        put_table(p, all, s->of_loss, s->n_of_loss);
        put(p->ex, "<h3>%t</h3>\n", TEXT("Incident by incident", "インシデントごと"));
    }
    put_incidents(p);
    part_close(p);
}
