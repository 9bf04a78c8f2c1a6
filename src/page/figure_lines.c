// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Lines of a figure of the system. Flows become segments between boxes; segments
 * between the same boxes that look alike become one line. In the configuration a flow
 * runs by way of the components it passes and has no direction; in data flows it
 * keeps its direction and protection. Lines run from the cloud down to the field, so
 * that both figures of a system have the same order of boxes.
 */
#include "page/figure_scene.h"

#include <stdlib.h>
#include <string.h>

#define LINE_LABEL 100.0 // longer words are left out

/* One flow between two boxes. */
struct segment {
    uint32_t from, to; // boxes
    uint8_t dashed, encrypted, authenticated;
    uint8_t backwards; // the flow runs from `to` to `from`
    uint32_t order;    // of the flow, by id
    uint32_t flow;
};

struct segments {
    struct segment *items;
    size_t n, cap;
};

static int is_dashed(const struct assessment *a, uint32_t flow)
{
    const struct graph *g = a->graph;
    return (g->traits[g->asset_of_flow[flow]] &
            (trait_bit("c-wireless") | trait_bit("c-removable"))) != 0;
}

static void add_segment(struct scene *s, struct segments *all, uint32_t from,
                        uint32_t to, uint32_t order)
{
    uint32_t flow = s->a->graph->assets[order].index;
    uint32_t u = s->box_of_component[from], v = s->box_of_component[to];
    if (u == LAYOUT_NONE || v == LAYOUT_NONE) return;
    // what is within a box that stands for several components is not seen
    if (u == v && (from != to || s->collapsed || s->view != SCENE_DATAFLOW)) return;
    struct segment *seg = mem_push(&all->items, &all->n, &all->cap, sizeof *seg);
    // between crowds one line stands for both directions
    int swap = (s->view == SCENE_CONFIGURATION || s->collapsed) && u > v;
    *seg = (struct segment){
        .from = swap ? v : u, .to = swap ? u : v, .order = order, .flow = flow};
    seg->backwards = (uint8_t)swap;
    if (s->collapsed) return;
    seg->dashed = (uint8_t)is_dashed(s->a, flow);
    if (s->view == SCENE_CONFIGURATION) return;
    seg->encrypted = (uint8_t)flow_is_encrypted(s->a, flow);
    seg->authenticated = (uint8_t)flow_is_authenticated(s->a, flow);
}

static void add_flow(struct scene *s, struct segments *all, uint32_t order)
{
    const struct flow *f = flow_at(s->a, s->a->graph->assets[order].index);
    uint32_t from = f->from.index;
    if (!scene_shows(s->only.flows, s->a->graph->assets[order].index)) return;
    for (uint32_t i = 0; s->view == SCENE_CONFIGURATION && i < f->through.n; i++) {
        uint32_t next = LIST_AT(f->through, struct ref, i)->index;
        if (s->box_of_component[next] == LAYOUT_NONE) continue;
        add_segment(s, all, from, next, order);
        from = next;
    }
    add_segment(s, all, from, f->to.index, order);
}

static int compare_looks(const struct segment *a, const struct segment *b)
{
    if (a->from != b->from) return a->from < b->from ? -1 : 1;
    if (a->to != b->to) return a->to < b->to ? -1 : 1;
    int x = a->dashed * 4 + a->encrypted * 2 + a->authenticated;
    int y = b->dashed * 4 + b->encrypted * 2 + b->authenticated;
    return x - y;
}

static int compare_segments(const void *x, const void *y)
{
    const struct segment *a = x, *b = y;
    int order = compare_looks(a, b);
    if (order) return order;
    return a->order < b->order ? -1 : a->order > b->order;
}

/* How the flows of a line are carried: up to two names. */
static struct label carrier_label(struct scene *s, const struct scene_line *line)
{
    const char *names[2] = {NULL, NULL};
    int more = 0;
    for (size_t i = 0; i < line->n_flows; i++) {
        const struct ref *carrier = &flow_at(s->a, line->flows[i])->carrier;
        if (!carrier->id) continue;
        const char *name = text_in(
            LIST_AT(s->a->catalog->c.carriers, struct carrier, carrier->index)->name,
            s->lang);
        if (names[0] == name || names[1] == name) continue;
        if (names[1])
            more = 1;
        else
            names[names[0] ? 1 : 0] = name;
    }
    if (!names[0]) return (struct label){0};
    const char *comma = s->lang == LANG_JA ? "、" : ", ";
    const char *text =
        arena_printf(s->arena, "%s%s%s%s", names[0], names[1] ? comma : "",
                     names[1] ? names[1] : "", more ? ", …" : "");
    struct label label = figure_label(s->arena, text, SIZE_MARK, 0, LINE_LABEL, 2);
    return label.n == 1 ? label : (struct label){0};
}

static struct label count_label(struct scene *s, size_t n)
{
    const char *text = s->lang == LANG_JA ? arena_printf(s->arena, "フロー %zu", n)
                                          : arena_printf(s->arena, "%zu flows", n);
    if (n == 1) return (struct label){0};
    return figure_label(s->arena, text, SIZE_MARK, 0, LINE_LABEL, 1);
}

static void describe(struct scene *s, struct scene_line *line)
{
    line->encrypted = line->authenticated = line->dashed = 1;
    for (size_t i = 0; i < line->n_flows; i++) {
        uint32_t flow = line->flows[i];
        int encrypted = flow_is_encrypted(s->a, flow);
        int authenticated = flow_is_authenticated(s->a, flow);
        line->encrypted &= (uint8_t)encrypted;
        line->authenticated &= (uint8_t)authenticated;
        line->unprotected |= (uint8_t)(!encrypted && !authenticated);
        line->dashed &= (uint8_t)is_dashed(s->a, flow);
        line->threat |= s->main_threats[s->a->graph->asset_of_flow[flow]] > 0;
    }
    if (s->view == SCENE_CONFIGURATION && s->collapsed)
        line->label = count_label(s, line->n_flows);
    else if (s->view == SCENE_CONFIGURATION)
        line->label = carrier_label(s, line);
}

/* Room for a number of two or three digits and the signs. */
static double badge_width(const struct scene_line *line)
{
    int signs =
        line->encrypted + line->authenticated + line->unprotected + line->threat;
    return 20.5 + SIGN_STEP * signs + (line->threat ? 1.5 : 0);
}

/* Which ways the flows of a line run. */
static enum layout_head head_of(const struct scene *s, const struct segment *first,
                                size_t n)
{
    int forwards = 0, backwards = 0;
    for (size_t k = 0; k < n; k++) {
        forwards |= !first[k].backwards;
        backwards |= first[k].backwards;
    }
    if (s->view == SCENE_CONFIGURATION) return HEAD_NONE;
    return forwards && backwards ? HEAD_BOTH : forwards ? HEAD_TO : HEAD_FROM;
}

static void add_line(struct scene *s, const struct segment *first, size_t n)
{
    size_t i = s->layout.n_edges++;
    struct scene_line *line = &s->lines[i];
    struct layout_edge *edge = &s->layout.edges[i];
    uint32_t *flows = arena_array(s->arena, n, sizeof *flows);
    line->flows = flows;
    for (size_t k = 0; k < n; k++) {
        if (line->n_flows == 0 || flows[line->n_flows - 1] != first[k].flow)
            flows[line->n_flows++] = first[k].flow;
    }
    describe(s, line);
    edge->from = first->from;
    edge->to = first->to;
    edge->head = head_of(s, first, n);
    s->tags[i] = (struct layout_tag){
        .width = line->label.width, .height = line->label.height, .must = 0};
    if (s->view != SCENE_CONFIGURATION)
        s->tags[i] = (struct layout_tag){
            .width = badge_width(line), .height = CHIP_HEIGHT, .must = 1};
}

/*
 * Ties for the placement: the same for configuration and data flows, so that a box
 * stands at the same place in both figures.
 */
static void add_ties(struct scene *s)
{
    const struct graph *g = s->a->graph;
    enum scene_view view = s->view;
    struct segments all = {0};
    s->view = view == SCENE_DATAFLOW ? SCENE_CONFIGURATION : view;
    for (uint32_t i = g->first_flow; i < g->first_incident; i++)
        add_flow(s, &all, i);
    s->view = view;
    for (size_t i = 0; i < all.n; i++) {
        struct segment *seg = &all.items[i];
        *seg = (struct segment){.from = seg->from, .to = seg->to, .order = seg->order};
        if (s->levels[seg->from] > s->levels[seg->to] ||
            (s->levels[seg->from] == s->levels[seg->to] && seg->from > seg->to)) {
            uint32_t swap = seg->from;
            seg->from = seg->to;
            seg->to = swap;
        }
    }
    if (all.n > 0) qsort(all.items, all.n, sizeof *all.items, compare_segments);
    s->layout.ties = arena_array(s->arena, all.n + 1, sizeof *s->layout.ties);
    for (size_t i = 0; i < all.n; i++) {
        const struct segment *seg = &all.items[i];
        if (i == 0 || compare_looks(seg - 1, seg) != 0)
            s->layout.ties[s->layout.n_ties++] = (struct layout_tie){
                seg->from, seg->to, 0.85, s->levels[seg->from] < s->levels[seg->to]};
        s->layout.ties[s->layout.n_ties - 1].weight += 0.15;
    }
    free(all.items);
}

/* A line to be: segments first..first+n. */
struct candidate {
    size_t first, n;
};

static int compare_candidates(const void *x, const void *y)
{
    const struct candidate *a = x, *b = y;
    if (a->n != b->n) return a->n < b->n ? 1 : -1;
    return a->first < b->first ? -1 : 1;
}

static int compare_places(const void *x, const void *y)
{
    const struct candidate *a = x, *b = y;
    return a->first < b->first ? -1 : a->first > b->first;
}

void scene_add_lines(struct scene *s)
{
    add_ties(s);
    const struct graph *g = s->a->graph;
    struct segments all = {0};
    for (uint32_t i = g->first_flow; i < g->first_incident; i++)
        add_flow(s, &all, i);
    if (all.n > 0) qsort(all.items, all.n, sizeof *all.items, compare_segments);
    struct candidate *lines = arena_array(s->arena, all.n + 1, sizeof *lines);
    size_t n = 0;
    for (size_t i = 0; i < all.n; i++) {
        if (i == 0 || compare_looks(&all.items[i - 1], &all.items[i]) != 0)
            lines[n++].first = i;
        lines[n - 1].n++;
    }
    size_t most =
        s->collapsed || s->view == SCENE_ZONE ? SCENE_MAX_BUNDLES : SCENE_MAX_LINES;
    if (n > most) {
        qsort(lines, n, sizeof *lines, compare_candidates);
        s->n_hidden_lines = n - most;
        n = most;
        qsort(lines, n, sizeof *lines, compare_places);
    }
    s->lines = arena_array(s->arena, n + 1, sizeof *s->lines);
    s->tags = arena_array(s->arena, n + 1, sizeof *s->tags);
    s->layout.edges = arena_array(s->arena, n + 1, sizeof *s->layout.edges);
    for (size_t i = 0; i < n; i++)
        add_line(s, &all.items[lines[i].first], lines[i].n);
    free(all.items);
}
