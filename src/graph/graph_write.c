// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Writers of the attack graph; see graph_write.h. */
#include "graph/graph_write.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"

static const char *type_name(int type)
{
    static const char *const names[] = {"origin", "or", "and"};
    return names[type];
}

static void put_distribution(struct json *j, const struct ttc *t)
{
    struct ttc_parameter p[TTC_PARAMETERS];
    uint32_t n = ttc_parameters(t, p);
    json_put(j, "dist", choice_name(&distributions, t->dist));
    for (uint32_t i = 0; i < n; i++) {
        json_key(j, p[i].name);
        json_double(j, p[i].number.value);
    }
}

static void put_ttc(struct json *j, const struct ttc *t)
{
    json_key(j, "ttc");
    if (t == NULL) {
        json_null(j);
        return;
    }
    json_open(j, '{');
    put_distribution(j, t);
    if (t->factors.n) json_in(j, "factors", '[');
    for (uint32_t i = 0; i < t->factors.n; i++) {
        json_open(j, '{');
        put_distribution(j, LIST_AT(t->factors, struct ttc, i));
        json_close(j, '}');
    }
    if (t->factors.n) json_close(j, ']');
    json_put(j, "unit", "days");
    json_put_bool(j, "judgement", t->judgement == TRI_YES);
    json_put(j, "source", t->source);
    json_close(j, '}');
}

static void put_node(const struct graph *g, const struct reach *r, uint32_t node,
                     struct json *j)
{
    char id[192];
    const struct step *s = graph_step(g, node);
    uint32_t threat = graph_threat(g, node);
    graph_node_id(g, node, id, sizeof id);
    json_open(j, '{');
    json_put(j, "id", id);
    json_put(j, "type", type_name(g->node_type[node]));
    json_put(j, "asset", graph_asset_id(g, g->node_asset[node]));
    json_put(j, "step", s ? s->entry.id : NULL);
    json_put(
        j, "threat",
        threat == REF_NONE
            ? NULL
            : LIST_AT(g->catalog->c.threats, struct threat_class, threat)->entry.id);
    json_put_bool(j, "reached", r->effort[node] != GRAPH_NONE);
    json_key(j, "effort_days");
    if (r->effort[node] == GRAPH_NONE)
        json_null(j);
    else
        json_double(j, (double)r->effort[node] / EFFORTS_PER_DAY);
    put_ttc(j, graph_ttc(g, node));
    json_in(j, "parents", '[');
    for (uint32_t e = g->parents.start[node]; e < g->parents.start[node + 1]; e++) {
        graph_node_id(g, g->parents.items[e], id, sizeof id);
        json_string(j, id);
    }
    json_close(j, ']');
    json_close(j, '}');
}

void graph_json(const struct graph *g, const struct reach *r, struct buf *out)
{
    struct json j = json_on(out, 2);
    json_open(&j, '{');
    json_put(&j, "system", g->model->m.system.id);
    json_put_int(&j, "n_nodes", g->n_nodes);
    json_put_int(&j, "n_edges", g->n_edges);
    json_put_int(&j, "n_reached", r->n_order);
    json_in(&j, "nodes", '[');
    for (uint32_t n = 0; n < g->n_nodes; n++)
        put_node(g, r, n, &j);
    json_close(&j, ']');
    json_close(&j, '}');
}

struct text graph_node_text(const struct graph *g, uint32_t node, struct arena *a)
{
    const struct step *s = graph_step(g, node);
    struct text asset = graph_asset_name(g, g->node_asset[node], a);
    struct text t = asset;
    for (int lang = 0; s && lang < N_LANGS; lang++)
        t.in[lang] = arena_printf(a, "%s: %s", text_in(asset, (enum lang)lang),
                                  text_in(s->name, (enum lang)lang));
    return t;
}

/* A DOT string: quotes and backslashes escaped. */
static void dot_string(struct buf *out, const char *s)
{
    buf_char(out, '"');
    for (; *s; s++) {
        if (*s == '"' || *s == '\\') buf_char(out, '\\');
        buf_char(out, *s);
    }
    buf_char(out, '"');
}

static void dot_node(const struct graph *g, uint32_t node, enum lang lang,
                     struct arena *a, struct buf *out)
{
    const struct step *s = graph_step(g, node);
    struct text name = s ? s->name : graph_asset_name(g, g->node_asset[node], a);
    buf_printf(out, "    n%u [label=", node);
    dot_string(out, text_in(name, lang));
    buf_printf(out, ", shape=%s%s];\n",
               g->node_type[node] == NODE_AND ? "box" : "ellipse",
               graph_threat(g, node) != REF_NONE ? ", style=bold" : "");
}

void graph_dot(const struct graph *g, const struct reach *r, enum lang lang,
               struct buf *out)
{
    struct arena a = {0};
    buf_str(out, "digraph attack {\n  rankdir=LR;\n  node [fontname=\"Noto Sans\"];\n");
    for (uint32_t asset = 0; asset < g->n_assets; asset++) {
        buf_printf(out, "  subgraph cluster_%u {\n    label=", asset);
        dot_string(out, text_in(graph_asset_name(g, asset, &a), lang));
        buf_str(out, ";\n");
        for (uint32_t n = g->first_node[asset]; n < g->first_node[asset + 1]; n++)
            if (r->effort[n] != GRAPH_NONE) dot_node(g, n, lang, &a, out);
        buf_str(out, "  }\n");
    }
    for (uint32_t n = 0; n < g->n_nodes; n++)
        for (uint32_t e = g->parents.start[n]; e < g->parents.start[n + 1]; e++)
            if (r->effort[n] != GRAPH_NONE &&
                r->effort[g->parents.items[e]] != GRAPH_NONE)
                buf_printf(out, "  n%u -> n%u;\n", g->parents.items[e], n);
    buf_str(out, "}\n");
    arena_fini(&a);
}

static void print_chain(const struct graph *g, const struct reach *r, uint32_t node,
                        enum lang lang, uint8_t *mark, struct arena *a, struct buf *out)
{
    uint32_t *chain = NULL;
    size_t n = graph_chain(g, r, node, &chain, mark);
    for (size_t i = 0; i < n; i++)
        buf_printf(out, "    %2zu. %s\n", i + 1,
                   text_in(graph_node_text(g, chain[i], a), lang));
    free(chain);
}

void graph_summary(const struct graph *g, const struct reach *r,
                   const struct reach *left, enum lang lang, struct buf *out)
{
    struct arena a = {0};
    uint8_t *mark = mem_alloc(g->n_nodes + 1);
    int ja = lang == LANG_JA;
    buf_printf(out,
               ja ? "攻撃グラフ: ノード %u、辺 %u、到達可能 %u\n"
                  : "Attack graph: %u nodes, %u edges, %u reachable\n",
               g->n_nodes, g->n_edges, r->n_order);
    for (uint32_t asset = g->first_incident; asset < g->n_assets; asset++) {
        uint32_t node = g->first_node[asset];
        buf_printf(out, "\n%s (%s)\n", text_in(graph_asset_name(g, asset, &a), lang),
                   graph_asset_id(g, asset));
        int is_left = left && left->effort[node] != GRAPH_NONE;
        if (r->effort[node] == GRAPH_NONE) {
            buf_str(out,
                    ja ? "    どの連鎖も到達しない\n" : "    no chain reaches it\n");
            continue;
        }
        if (left && !is_left)
            buf_str(out, ja ? "    実施済みの対策が遮断する連鎖:\n"
                            : "    cut by measures in force; without them:\n");
        print_chain(g, is_left ? left : r, node, lang, mark, &a, out);
    }
    free(mark);
    arena_fini(&a);
}
