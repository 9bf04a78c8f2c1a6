// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* From the attack graph to a net; see model_net.h. */
#include "attack/model_net.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- which measures ---------------------------------------------------------------
 */

static void choose_status(const struct model *model, int status, uint8_t *of)
{
    for (uint32_t i = 0; i < model->m.measures.n; i++)
        of[i] |= LIST_AT(model->m.measures, struct measure, i)->status >= status;
}

static int choose_one(const struct model *model, const char *id, size_t len,
                      uint8_t is_in, uint8_t *of)
{
    for (uint32_t i = 0; i < model->m.measures.n; i++) {
        const char *own = LIST_AT(model->m.measures, struct measure, i)->entry.id;
        if (strlen(own) != len || strncmp(own, id, len) != 0) continue;
        of[i] = is_in;
        return 1;
    }
    return 0;
}

static int choose_word(const struct model *model, const char *word, size_t len,
                       uint8_t *of)
{
    static const struct {
        const char *word;
        int least; // status
    } sets[] = {
        {"none",     STATUS_VERIFIED + 1},
        {"in-force", STATUS_IMPLEMENTED },
        {"decided",  STATUS_DECIDED     },
        {"all",      0                  },
    };
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        if (strlen(sets[i].word) != len || strncmp(sets[i].word, word, len) != 0)
            continue;
        choose_status(model, sets[i].least, of);
        return 1;
    }
    return word[0] == '-' ? choose_one(model, word + 1, len - 1, 0, of)
                          : choose_one(model, word, len, 1, of);
}

const char *measures_choose(const struct model *model, const char *words, uint8_t *of)
{
    memset(of, 0, model->m.measures.n);
    for (const char *word = words; *word;) {
        size_t len = strcspn(word, ",");
        if (len == 0 || !choose_word(model, word, len, of)) return word;
        word += len + (word[len] == ',');
    }
    return NULL;
}

static const struct measure *measure_at(const struct model *m, uint32_t i)
{
    return LIST_AT(m->m.measures, struct measure, i);
}

/* Lists "a (b)" for each measure a in play that refers to a b which is in play, or is
 * not. */
static void list_pairs(const struct model *m, const uint8_t *of, int is_conflict,
                       struct buf *out)
{
    size_t begin = out->len;
    for (uint32_t i = 0; i < m->m.measures.n; i++) {
        const struct measure *x = measure_at(m, i);
        const struct list *refs = is_conflict ? &x->conflicts : &x->requires;
        for (uint32_t k = 0; of[i] && k < refs->n; k++) {
            uint32_t other = LIST_AT(*refs, struct ref, k)->index;
            if (of[other] != is_conflict) continue;
            if (is_conflict && other < i &&
                refs_have(&measure_at(m, other)->conflicts, i))
                continue; // told
            buf_printf(out, "%s%s (%s)", out->len > begin ? ", " : "", x->entry.id,
                       measure_at(m, other)->entry.id);
        }
    }
}

void measures_clash(const struct model *model, const uint8_t *of, struct buf *out)
{
    list_pairs(model, of, 1, out);
}

void measures_lack(const struct model *model, const uint8_t *of, struct buf *out)
{
    list_pairs(model, of, 0, out);
}

/* ---- measures ---------------------------------------------------------------------
 */

/* What a measure does to a node, before it is in the net. */
struct hit {
    uint32_t node, measure; // measure: in the net
    double factor;
};

struct hits {
    struct hit *items;
    size_t n, cap;
    uint32_t measure;
    double slows_by;
};

static void add_hit(void *with, uint32_t node, int is_blocked)
{
    struct hits *hits = with;
    struct hit *h = mem_push(&hits->items, &hits->n, &hits->cap, sizeof *hits->items);
    *h = (struct hit){node, hits->measure, is_blocked ? HUGE_VAL : hits->slows_by};
}

static double first_given(struct number a, struct number b, struct number c)
{
    return a.is_set ? a.value : b.is_set ? b.value : c.value;
}

/* By node; of one measure the gravest effect first, the others of it are dropped. */
static int compare_hits(const void *a, const void *b)
{
    const struct hit *x = a, *y = b;
    if (x->node != y->node) return x->node < y->node ? -1 : 1;
    if (x->measure != y->measure) return x->measure < y->measure ? -1 : 1;
    return (x->factor < y->factor) - (x->factor > y->factor);
}

static const struct example *example_of(const struct graph *g, const struct measure *m)
{
    static const struct example none;
    if (m->example.id == NULL) return &none;
    return LIST_AT(g->catalog->c.examples, struct example, m->example.index);
}

const struct estimate *measure_holds(const struct graph *g, const struct measure *m)
{
    const struct estimate *of_example = &example_of(g, m)->holds;
    if (m->holds.mode.is_set) return &m->holds;
    return of_example->mode.is_set ? of_example : &g->catalog->c.effectiveness.holds;
}

static double attacker_skill(const struct attacker *a)
{
    return a->skill.mode.is_set ? estimate_mean(&a->skill) : 1;
}

static void add_measures(struct net *net, const struct graph *g, const uint8_t *chosen,
                         const double *holds, struct hits *hits)
{
    const struct effectiveness *usual = &g->catalog->c.effectiveness;
    for (uint32_t i = 0; i < g->model->m.measures.n; i++) {
        const struct measure *m = LIST_AT(g->model->m.measures, struct measure, i);
        if (!chosen[i] || m->example.id == NULL) continue;
        hits->measure = net_add_measure(
            net, m->entry.id, holds ? holds[i] : estimate_mean(measure_holds(g, m)));
        hits->slows_by =
            first_given(m->slows_by, example_of(g, m)->slows_by, usual->slows_by);
        graph_measure_effects(g, i, add_hit, hits);
    }
    if (hits->n) qsort(hits->items, hits->n, sizeof *hits->items, compare_hits);
}

/* ---- nodes and edges --------------------------------------------------------------
 */

/* The most steps of a time: itself, whether it is possible, and its factors. */
enum { MOST_STEPS = 3 + 2 * TTC_MOST_FACTORS };

static size_t multiply(struct quantity_step *time, size_t n, struct dist by)
{
    time[n++] = (struct quantity_step){QUANTITY_PUT, by};
    time[n++] = (struct quantity_step){QUANTITY_MUL, {0}};
    return n;
}

static size_t node_time(const struct graph *g, uint32_t node,
                        struct quantity_step *time)
{
    const struct ttc *t = graph_ttc(g, node);
    if (t == NULL) return 0;
    size_t n = 1;
    time[0] = (struct quantity_step){QUANTITY_PUT, t->days};
    if (t->possible < 1)
        n = multiply(time, n, (struct dist){DIST_BERNOULLI, t->possible, 1, 0});
    for (uint32_t i = 0; i < t->factors.n; i++) {
        const struct ttc *factor = LIST_AT(t->factors, struct ttc, i);
        if (factor->dist != DIST_BERNOULLI) n = multiply(time, n, factor->days);
    }
    return n;
}

/* Adds what measures do to a step to the node that was added last. */
static void add_effects(struct net *net, uint32_t step, const struct hits *hits)
{
    size_t low = 0, high = hits->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (hits->items[middle].node < step)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t h = low; h < hits->n && hits->items[h].node == step; h++) {
        const struct hit *hit = &hits->items[h];
        if (h == low || hit[-1].measure != hit->measure)
            net_add_effect(net, (uint32_t)net->n_nodes - 1, hit->measure, hit->factor);
    }
}

/* A node that stands for a step draws what the step draws, and shares its effects. */
static void add_nodes(struct net *net, const struct graph *g, const struct hits *hits)
{
    for (uint32_t n = 0; n < g->n_nodes; n++) {
        struct quantity_step time[MOST_STEPS];
        char id[192];
        uint32_t step = graph_stands_for(g, n);
        enum net_type type = g->node_type[n] == NODE_AND ? NET_AND : NET_OR;
        graph_node_id(g, step, id, sizeof id);
        net_add_node(net, type, id, time, node_time(g, step, time));
        add_effects(net, step, hits);
    }
}

static void add_edges(struct net *net, const struct graph *g)
{
    struct net_edge *edges = mem_alloc(((size_t)g->n_edges + 1) * sizeof *edges);
    size_t n = 0;
    for (uint32_t node = 0; node < g->n_nodes; node++)
        for (uint32_t e = g->children.start[node]; e < g->children.start[node + 1]; e++)
            edges[n++] = (struct net_edge){node, g->children.items[e]};
    net_link(net, edges, n);
    free(edges);
}

/* ---- attackers --------------------------------------------------------------------
 */

const struct list *model_attackers(const struct graph *g)
{
    return g->model->m.attackers.n ? &g->model->m.attackers : &g->catalog->c.attackers;
}

/* The incidents that are none of an attacker's aims. */
static void spare_incidents(struct net *net, const struct graph *g,
                            const struct attacker *a)
{
    for (uint32_t i = 0; a->aims.n && i < g->model->m.incidents.n; i++) {
        if (!refs_have(&a->aims, i)) net_spare(net, graph_incident_node(g, i));
    }
}

static int compare_attackers(const void *x, const void *y)
{
    const struct attacker *const *a = x, *const *b = y;
    return strcmp((*a)->entry.id, (*b)->entry.id);
}

/* In the order of their ids, whatever the order of the file. */
static const struct attacker **sort_attackers(const struct list *list)
{
    const struct attacker **sorted = mem_alloc((list->n + 1) * sizeof *sorted);
    for (uint32_t i = 0; i < list->n; i++)
        sorted[i] = LIST_AT(*list, struct attacker, i);
    qsort(sorted, list->n, sizeof *sorted, compare_attackers);
    return sorted;
}

static void add_attackers(struct net *net, const struct graph *g, double horizon,
                          const double *skill)
{
    const struct list *list = model_attackers(g);
    const struct attacker **sorted = sort_attackers(list);
    double all = 0;
    for (uint32_t i = 0; i < list->n; i++)
        all += estimate_mean(&sorted[i]->campaigns);
    for (uint32_t i = 0; i < list->n; i++) {
        const struct attacker *a = sorted[i];
        double campaigns = estimate_mean(&a->campaigns);
        double own =
            skill ? skill[a - LIST_AT(*list, struct attacker, 0)] : attacker_skill(a);
        net_add_attacker(net, a->entry.id, all > 0 ? campaigns / all : 1.0 / list->n,
                         1 / own, fmin(a->patience.value, horizon));
        for (uint32_t k = 0; k < a->origins.n; k++)
            net_add_entry(
                net, graph_origin_node(g, LIST_AT(a->origins, struct ref, k)->index));
        spare_incidents(net, g, a);
    }
    free(sorted);
}

struct net model_net(const struct graph *g, const uint8_t *measures, double horizon)
{
    return model_net_under(g, measures, horizon, (struct net_inputs){0});
}

struct net model_net_under(const struct graph *g, const uint8_t *measures,
                           double horizon, struct net_inputs inputs)
{
    struct net net = {0};
    struct hits hits = {0};
    add_measures(&net, g, measures, inputs.holds, &hits);
    add_nodes(&net, g, &hits);
    add_edges(&net, g);
    add_attackers(&net, g, horizon, inputs.skill);
    free(hits.items);
    return net;
}

/* ---- names ------------------------------------------------------------------------
 */

static const char *node_id(const void *of, uint32_t node, char *room, size_t size)
{
    graph_node_id(of, node, room, size);
    return room;
}

static struct text node_title(const void *of, uint32_t node, struct arena *arena)
{
    const struct graph *g = of;
    struct text asset = graph_asset_name(g, g->node_asset[node], arena);
    const struct step *step = graph_step(g, node);
    struct text title = asset;
    for (int lang = 0; step && lang < N_LANGS; lang++)
        title.in[lang] = arena_printf(arena, "%s%s%s", text_in(asset, (enum lang)lang),
                                      lang == LANG_JA ? "：" : ": ",
                                      text_in(step->name, (enum lang)lang));
    return title;
}

/* Of an incident's nodes the last, and the steps that others of them stand for. */
static uint32_t node_shown(const void *of, uint32_t node)
{
    const struct graph *g = of;
    return graph_is_joint(g, node) ? NET_NONE : graph_stands_for(g, node);
}

struct attack_names model_names(const struct graph *g)
{
    return (struct attack_names){g, node_id, node_title, node_shown};
}

/* ---- targets */

/* Adds a target, each once. */
static void add_target(uint32_t *targets, uint32_t *n, uint32_t node,
                       uint8_t *is_target)
{
    if (!is_target[node]) targets[(*n)++] = node;
    is_target[node] = 1;
}

const char *model_targets(const struct graph *graph, const char *const *names,
                          size_t n_names, uint32_t *targets, uint32_t *n)
{
    uint8_t *is_target = mem_alloc(graph->n_nodes + 1);
    const char *wrong = NULL;
    *n = 0;
    for (size_t i = 0; wrong == NULL && i < n_names; i++) {
        uint32_t node = graph_find(graph, names[i]);
        if (node == GRAPH_NONE)
            wrong = names[i];
        else
            add_target(targets, n, node, is_target);
    }
    for (uint32_t i = 0; n_names == 0 && i < graph->n_incidents; i++)
        add_target(targets, n, graph->first_node[graph->first_incident + i], is_target);
    free(is_target);
    return wrong;
}

const char *model_nearest_node(const struct graph *graph, const char *name,
                               struct arena *arena)
{
    const char **ids = arena_array(arena, graph->n_nodes + 1, sizeof *ids);
    char id[256];
    for (uint32_t i = 0; i < graph->n_nodes; i++) {
        graph_node_id(graph, i, id, sizeof id);
        ids[i] = arena_str(arena, id);
    }
    return str_nearest(name, ids, graph->n_nodes);
}
