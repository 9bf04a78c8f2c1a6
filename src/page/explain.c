// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Why something is there; see explain.h. */
#include "page/explain.h"

#include <stdlib.h>
#include <string.h>

#include "graph/graph_write.h"
#include "page/term.h"

struct explanation {
    enum lang lang;
    struct buf *out;
    const struct assessment *a;
    struct arena arena;
};

static const char *in(const struct explanation *x, struct text t)
{
    return text_in(t, x->lang);
}

static int is_ja(const struct explanation *x)
{
    return x->lang == LANG_JA;
}

static void print_chain(struct explanation *x, uint32_t node)
{
    const struct graph *g = x->a->graph;
    struct buf *out = x->out;
    uint8_t *mark = mem_alloc(g->n_nodes + 1);
    uint32_t *chain = NULL;
    char id[192];
    size_t n = assess_chain(x->a, node, &chain, mark);
    int is_cut = x->a->left.effort && x->a->left.effort[node] == GRAPH_NONE;
    if (is_cut)
        buf_str(out, is_ja(x) ? "\n最短の連鎖(実施済みの対策により遮断):\n"
                              : "\nShortest chain, which measures in force cut:\n");
    else
        buf_str(out, is_ja(x) ? "\n最短の連鎖:\n" : "\nShortest chain:\n");
    for (size_t i = 0; i < n; i++) {
        const struct step *step = graph_step(g, chain[i]);
        graph_node_id(g, chain[i], id, sizeof id);
        buf_printf(out, "  %2zu. ", i + 1);
        term_pad(out, step ? in(x, step->name) : "", 42);
        buf_char(out, ' ');
        term_pad(out, in(x, graph_asset_name(g, g->node_asset[chain[i]], &x->arena)),
                 44);
        buf_printf(out, " %s\n", id);
    }
    free(chain);
    free(mark);
}

static void print_leads(struct explanation *x, const struct threat *t)
{
    const struct assessment *a = x->a;
    struct buf *out = x->out;
    buf_str(out, is_ja(x) ? "\nつながるインシデント:\n" : "\nIncidents it leads to:\n");
    for (uint32_t i = 0; i < a->incidents.n; i++) {
        const struct incident_result *r =
            LIST_AT(a->incidents, struct incident_result, i);
        const struct incident *incident =
            LIST_AT(a->model->m.incidents, struct incident, r->incident);
        if (threat_leads_to(a, t, r->incident))
            buf_printf(out, "  - %s (%s)%s\n", in(x, incident->name),
                       incident->entry.id,
                       !r->above  ? ""
                       : is_ja(x) ? " [目標超過]"
                                  : " [above a target]");
    }
}

static int explain_threat(struct explanation *x, const char *id)
{
    const struct assessment *a = x->a;
    const struct threat *t = assess_find_threat(a, id);
    if (t == NULL) return 0;
    const struct threat_class *class =
        LIST_AT(a->catalog->c.threats, struct threat_class, t->class);
    buf_printf(x->out, "%s: %s\n%s\n", in(x, class->name),
               in(x, graph_asset_name(a->graph, t->asset, &x->arena)),
               in(x, class->description));
    buf_printf(x->out,
               is_ja(x) ? "状態: %s、決定済み対策後: %s%s\n"
                        : "state: %s; after decided measures: %s%s\n",
               in(x, choice_text(&threat_states, t->state)),
               in(x, choice_text(&threat_states, t->planned)),
               !t->excluded ? ""
               : is_ja(x)   ? " (除外)"
                            : " (excluded)");
    print_chain(x, threat_node(a, t));
    print_leads(x, t);
    return 1;
}

static void print_measures(struct explanation *x, const struct requirement_result *r)
{
    struct buf *out = x->out;
    const struct model_data *m = &x->a->model->m;
    buf_str(out, is_ja(x) ? "\n対策:\n" : "\nMeasures:\n");
    for (uint32_t i = 0; i < r->measures.n; i++) {
        const struct measure *measure =
            LIST_AT(m->measures, struct measure, *LIST_AT(r->measures, uint32_t, i));
        buf_printf(out, "  - %s (%s, %s)\n", in(x, measure->name), measure->entry.id,
                   measure->by.id);
    }
    if (r->measures.n == 0)
        buf_str(out, is_ja(x) ? "  なし。カタログの例:\n"
                              : "  none. Examples in the catalog:\n");
    for (uint32_t i = 0; r->measures.n == 0 && i < r->proposals.n; i++) {
        const struct example *e = LIST_AT(x->a->catalog->c.examples, struct example,
                                          *LIST_AT(r->proposals, uint32_t, i));
        buf_printf(out, "  - %s (%s)\n", in(x, e->name), e->entry.id);
    }
}

static int explain_requirement(struct explanation *x, const char *id)
{
    const struct assessment *a = x->a;
    const struct requirement_result *r = assess_find_requirement(a, id);
    struct buf *out = x->out;
    if (r == NULL) return 0;
    const struct requirement *q =
        LIST_AT(a->catalog->c.requirements, struct requirement, r->requirement);
    buf_printf(out, "%s\n%s\n", in(x, q->name), in(x, q->description));
    buf_printf(out,
               is_ja(x) ? "第%dの観点、%s、優先順位%u、%s\n"
                        : "viewpoint %d, %s, rank %u, %s\n",
               (int)q->viewpoint, in(x, choice_text(&requirement_targets, q->target)),
               r->rank,
               in(x, r->adopted               ? TEXT("adopted", "採用済み")
                     : requirement_is_open(r) ? TEXT("open", "未採用")
                     : r->settled ? TEXT("settled by a decision", "決定済み")
                                  : TEXT("excluded", "除外")));
    buf_str(out, is_ja(x) ? "\n理由:\n" : "\nWhy:\n");
    for (uint32_t i = 0; i < r->why.n; i++) {
        const struct reason *reason = LIST_AT(r->why, struct reason, i);
        buf_printf(out, "  - %s%s%s%s\n", in(x, reason->text), reason->ref ? " (" : "",
                   reason->ref ? reason->ref : "", reason->ref ? ")" : "");
    }
    print_measures(x, r);
    return 1;
}

static void print_harm(struct explanation *x, const struct harm *h)
{
    const struct stakeholder *s =
        LIST_AT(x->a->model->m.stakeholders, struct stakeholder, h->entry.key_index);
    buf_printf(x->out, "  - %s: %s × %s. %s\n", in(x, s->name),
               in(x, recovery_text(h->recovery)), in(x, economic_text(h->economic)),
               in(x, h->because));
}

static int explain_incident(struct explanation *x, const char *id)
{
    const struct assessment *a = x->a;
    struct buf *out = x->out;
    for (uint32_t i = 0; i < a->incidents.n; i++) {
        const struct incident_result *r =
            LIST_AT(a->incidents, struct incident_result, i);
        const struct incident *incident =
            LIST_AT(a->model->m.incidents, struct incident, r->incident);
        if (strcmp(incident->entry.id, id) != 0) continue;
        buf_printf(out, "%s\n%s\n", in(x, incident->name),
                   in(x, incident->description));
        buf_str(out, is_ja(x) ? "\n被害:\n" : "\nHarms:\n");
        for (uint32_t k = 0; k < incident->harms.n; k++)
            print_harm(x, LIST_AT(incident->harms, struct harm, k));
        if (r->reached)
            print_chain(x, graph_incident_node(a->graph, r->incident));
        else
            buf_str(out, is_ja(x) ? "\n到達する攻撃の連鎖はない。\n"
                                  : "\nNo chain of attack steps reaches it.\n");
        return 1;
    }
    return 0;
}

static int explain_position(struct explanation *x, const char *id)
{
    const struct assessment *a = x->a;
    const struct model_data *m = &a->model->m;
    struct buf *out = x->out;
    for (uint32_t i = 0; i < a->map.n; i++) {
        const struct map_row *row = LIST_AT(a->map, struct map_row, i);
        const struct stakeholder *s =
            LIST_AT(m->stakeholders, struct stakeholder, row->stakeholder);
        if (row->form || strcmp(s->entry.id, id) != 0) continue;
        buf_printf(out, "%s: %s × %s\n", in(x, s->name),
                   in(x, recovery_text(row->now.recovery)),
                   in(x, economic_text(row->now.economic)));
        buf_str(out,
                is_ja(x) ? "\nインシデントごとの被害:\n" : "\nHarm by incident:\n");
        for (uint32_t k = 0; k < m->incidents.n; k++) {
            const struct incident *incident = LIST_AT(m->incidents, struct incident, k);
            for (uint32_t h = 0; h < incident->harms.n; h++) {
                const struct harm *harm = LIST_AT(incident->harms, struct harm, h);
                if (harm->entry.key_index != row->stakeholder) continue;
                buf_printf(out, "  - %s (%s): %s × %s. %s\n", in(x, incident->name),
                           incident->entry.id, in(x, recovery_text(harm->recovery)),
                           in(x, economic_text(harm->economic)), in(x, harm->because));
            }
        }
        return 1;
    }
    return 0;
}

static void print_threats(struct explanation *x, uint32_t asset)
{
    const struct assessment *a = x->a;
    struct buf *out = x->out;
    buf_str(out, is_ja(x) ? "\n脅威:\n" : "\nThreats:\n");
    for (uint32_t i = 0; i < a->threats.n; i++) {
        const struct threat *t = LIST_AT(a->threats, struct threat, i);
        if (t->asset != asset) continue;
        buf_printf(
            out, "  - %s (%s)%s\n",
            in(x, LIST_AT(a->catalog->c.threats, struct threat_class, t->class)->name),
            threat_id(a, t, &x->arena),
            !t->main   ? ""
            : is_ja(x) ? " [主要な被害につながる]"
                       : " [leads to an incident above a target]");
    }
}

static struct text yes_no(int value)
{
    return value ? TEXT("yes", "あり") : TEXT("no", "なし");
}

/* What a component is taken to be, and why it matters. */
static int explain_component(struct explanation *x, const char *id)
{
    const struct assessment *a = x->a;
    const struct graph *g = a->graph;
    struct buf *out = x->out;
    uint32_t asset = g->first_component;
    while (asset < g->first_flow && strcmp(graph_asset_id(g, asset), id) != 0)
        asset++;
    if (asset == g->first_flow) return 0;
    uint32_t index = g->assets[asset].index;
    const struct component *c =
        LIST_AT(a->model->m.components, struct component, index);
    const struct importance *imp = &a->importance[index];
    buf_printf(out, "%s (%s, %s)\n", in(x, c->name), c->kind.id, c->zone.id);
    buf_printf(
        out, is_ja(x) ? "認証: %s、更新: %s\n" : "authentication: %s; update: %s\n",
        in(x, choice_text(&authentications, effective_authentication(a->catalog, c))),
        in(x, choice_text(&updates, effective_update(a->catalog, c))));
    buf_printf(out, is_ja(x) ? "重要度: %s × %s\n" : "importance: %s × %s\n",
               in(x, recovery_text(imp->recovery)),
               in(x, economic_text(imp->economic)));
    print_threats(x, asset);
    return 1;
}

static int explain_flow(struct explanation *x, const char *id)
{
    const struct assessment *a = x->a;
    const struct graph *g = a->graph;
    struct buf *out = x->out;
    uint32_t asset = g->first_flow;
    while (asset < g->first_incident && strcmp(graph_asset_id(g, asset), id) != 0)
        asset++;
    if (asset == g->first_incident) return 0;
    const struct flow *f =
        LIST_AT(a->model->m.flows, struct flow, g->assets[asset].index);
    buf_printf(out, "%s (%s → %s)\n", in(x, graph_asset_name(g, asset, &x->arena)),
               f->from.id, f->to.id);
    buf_printf(out,
               is_ja(x) ? "プロトコル: %s、暗号化: %s、認証: %s\n"
                        : "protocol: %s; encrypted: %s; authenticated: %s\n",
               f->protocol.id ? f->protocol.id : "-",
               in(x, yes_no(effective_encrypted(a->catalog, f))),
               in(x, yes_no(effective_authenticated(a->catalog, f))));
    print_threats(x, asset);
    return 1;
}

static int explain_node(struct explanation *x, const char *id)
{
    uint32_t node = graph_find(x->a->graph, id);
    if (node == GRAPH_NONE) return 0;
    buf_printf(x->out, "%s\n", in(x, graph_node_text(x->a->graph, node, &x->arena)));
    if (x->a->reach.effort[node] == GRAPH_NONE)
        buf_str(x->out, is_ja(x) ? "到達できない。\n" : "It cannot be reached.\n");
    else
        print_chain(x, node);
    return 1;
}

static const struct {
    const char *prefix; // may stand before the id, to be exact
    int (*explain)(struct explanation *x, const char *id);
} subjects[] = {
    {"",             explain_threat     },
    {"requirement:", explain_requirement},
    {"incident:",    explain_incident   },
    {"map:",         explain_position   },
    {"component:",   explain_component  },
    {"flow:",        explain_flow       },
    {"",             explain_node       },
};

/* Tries each kind of subject, with its prefix or without. */
static int explain_any(struct explanation *x, const char *id)
{
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
        size_t len = strlen(subjects[i].prefix);
        int named = strncmp(id, subjects[i].prefix, len) == 0;
        const char *rest = named ? id + len : id;
        if (strchr(rest, ':') == NULL && subjects[i].explain(x, rest)) return 1;
    }
    return 0;
}

int explain(const struct assessment *a, const char *id, enum lang lang, struct buf *out)
{
    struct explanation x = {.lang = lang, .out = out, .a = a};
    int is_known = explain_any(&x, id);
    arena_fini(&x.arena);
    return is_known;
}
