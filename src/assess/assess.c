// SPDX-License-Identifier: Apache-2.0
/*
 * Runs the stages: reachability without measures, with those in force and with those
 * decided; threats and what they lead to; incidents, map, importance; requirements;
 * decisions. Each stage fills its part of the assessment.
 */
#include "assess/assess.h"

#include <stdlib.h>
#include <string.h>

#include "assess/assess_int.h"

const char *recovery_name(int level)
{
    return choice_name(&recovery_levels, level);
}

const char *economic_name(int level)
{
    return choice_name(&economic_levels, level);
}

struct text recovery_text(int level)
{
    return choice_text(&recovery_levels, level);
}

struct text economic_text(int level)
{
    return choice_text(&economic_levels, level);
}

struct position position_worst(struct position a, struct position b)
{
    return (struct position){a.recovery > b.recovery ? a.recovery : b.recovery,
                             a.economic > b.economic ? a.economic : b.economic};
}

unsigned position_excess(struct position p, const struct target *t)
{
    if (t->is_set != TRI_YES) return 0;
    return (unsigned)(p.recovery > t->recovery ? p.recovery - t->recovery : 0) +
           (unsigned)(p.economic > t->economic ? p.economic - t->economic : 0);
}

struct position harm_under(const struct stages *s, uint32_t incident,
                           const struct harm *harm, enum view view)
{
    struct position p = {harm->recovery, harm->economic};
    if (view == VIEW_INHERENT) return p;
    struct position cap = s->caps[view][incident];
    return (struct position){p.recovery < cap.recovery ? p.recovery : cap.recovery,
                             p.economic < cap.economic ? p.economic : cap.economic};
}

static const enum measure_status least_status[N_VIEWS] = {
    [VIEW_NOW] = STATUS_IMPLEMENTED,
    [VIEW_PLANNED] = STATUS_DECIDED,
};

/* Caps per incident from the limits that measures of at least `status` state. */
static struct position *find_caps(const struct model *model, enum measure_status status)
{
    struct position *caps = mem_alloc((model->m.incidents.n + 1) * sizeof *caps);
    for (uint32_t i = 0; i < model->m.incidents.n; i++)
        caps[i] = (struct position){LEVEL_WORST, LEVEL_WORST};
    for (uint32_t i = 0; i < model->m.measures.n; i++) {
        const struct measure *m = LIST_AT(model->m.measures, struct measure, i);
        for (uint32_t k = 0; m->status >= status && k < m->limits.n; k++) {
            const struct harm_limit *l = LIST_AT(m->limits, struct harm_limit, k);
            struct position *cap = &caps[l->incident.index];
            if (l->recovery < cap->recovery) cap->recovery = l->recovery;
            if (l->economic < cap->economic) cap->economic = l->economic;
        }
    }
    return caps;
}

/* Marks: on the step itself, or on a node whose way leads over such a step. */
enum { MARK_OWN = 1, MARK_BEHIND };

/*
 * Spreads marks from reachable steps to all that follow on witness chains. Lists what
 * has a mark then, its length returned; `list` has room for every reachable node.
 */
static uint32_t spread_marks(const struct graph *g, const struct reach *r,
                             uint8_t *marks, uint32_t *list)
{
    uint32_t n = 0;
    for (uint32_t node = 0; node < g->n_nodes; node++) {
        marks[node] &= r->depth[node] != GRAPH_NONE;
        if (marks[node]) list[n++] = node;
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t end = g->children.start[list[i] + 1];
        for (uint32_t e = g->children.start[list[i]]; e < end; e++) {
            uint32_t child = g->children.items[e];
            if (marks[child] || r->depth[child] == GRAPH_NONE) continue;
            if (g->node_type[child] == NODE_OR && r->witness[child] != list[i])
                continue;
            marks[child] = MARK_BEHIND;
            list[n++] = child;
        }
    }
    return n;
}

/* Takes the mark off a node when parents without mark are enough to reach it. */
static int take_mark(const struct graph *g, const struct reach *r, uint8_t *marks,
                     uint32_t node)
{
    uint32_t from = g->parents.start[node], to = g->parents.start[node + 1], n = 0;
    if (marks[node] != MARK_BEHIND) return 0;
    for (uint32_t e = from; e < to; e++) {
        uint32_t parent = g->parents.items[e];
        n += r->depth[parent] != GRAPH_NONE && marks[parent] == 0;
    }
    int is_free = g->node_type[node] == NODE_AND ? n == to - from : n > 0;
    if (is_free) marks[node] = 0;
    return is_free;
}

/*
 * From marks on steps to marks on what cannot be reached but over them: spread, then
 * taken off wherever another way goes round, so that one free way is enough to be
 * free. Costs as much as the marks spread.
 */
static void mark_behind(const struct graph *g, const struct reach *r, uint8_t *marks)
{
    uint32_t *list = mem_alloc((r->n_order + 1) * sizeof *list);
    uint32_t n = spread_marks(g, r, marks, list), n_freed = 0;
    uint32_t *freed = mem_alloc((n + 1) * sizeof *freed);
    for (uint32_t i = 0; i < n; i++)
        if (take_mark(g, r, marks, list[i])) freed[n_freed++] = list[i];
    for (uint32_t i = 0; i < n_freed; i++) {
        uint32_t end = g->children.start[freed[i] + 1];
        for (uint32_t e = g->children.start[freed[i]]; e < end; e++)
            if (take_mark(g, r, marks, g->children.items[e]))
                freed[n_freed++] = g->children.items[e];
    }
    for (uint32_t i = 0; i < n; i++)
        marks[list[i]] = marks[list[i]] != 0;
    free(list);
    free(freed);
}

static void reach_under(struct stages *s, enum view view)
{
    const struct graph *g = s->a->graph;
    uint8_t *blocked = mem_alloc(g->n_nodes + 1);
    s->slowed[view] = mem_alloc(g->n_nodes + 1);
    struct effects effects = {.blocked = blocked, .slowed = s->slowed[view]};
    if (view == VIEW_PLANNED) effects.detected = s->detected;
    if (view != VIEW_INHERENT) graph_effects(g, least_status[view], &effects);
    s->reach[view] = graph_reach(g, blocked, &s->a->work);
    if (view != VIEW_INHERENT) mark_behind(g, &s->reach[view], s->slowed[view]);
    if (view == VIEW_PLANNED) mark_behind(g, &s->reach[view], s->detected);
    if (view != VIEW_PLANNED)
        s->forward[view] = graph_forward(g, &s->reach[view], &s->a->work);
    free(blocked);
}

/* Views without a measure of their status are the view before them. */
static int view_differs(const struct model *model, enum view view)
{
    for (uint32_t i = 0; view != VIEW_INHERENT && i < model->m.measures.n; i++)
        if (LIST_AT(model->m.measures, struct measure, i)->status >= least_status[view])
            return 1;
    return view == VIEW_INHERENT;
}

static void reach_all(struct stages *s)
{
    const struct model *model = s->a->model;
    s->detected = mem_alloc(s->a->graph->n_nodes + 1);
    for (int view = VIEW_INHERENT; view < N_VIEWS; view++) {
        s->caps[view] = view ? find_caps(model, least_status[view]) : NULL;
        if (view_differs(model, (enum view)view)) {
            reach_under(s, (enum view)view);
            continue;
        }
        s->reach[view] = s->reach[view - 1];
        s->forward[view] = s->forward[view - 1];
        s->slowed[view] = s->slowed[view - 1];
    }
    s->a->reach = s->reach[VIEW_INHERENT];
    s->a->forward = s->forward[VIEW_INHERENT];
}

static void fini_stages(struct stages *s)
{
    for (int view = N_VIEWS - 1; view > VIEW_INHERENT; view--) {
        if (s->reach[view].depth != s->reach[view - 1].depth)
            reach_fini(&s->reach[view]);
        if (s->forward[view].group != s->forward[view - 1].group)
            forward_fini(&s->forward[view]);
        if (s->slowed[view] != s->slowed[view - 1]) free(s->slowed[view]);
        free(s->caps[view]);
    }
    free(s->slowed[VIEW_INHERENT]);
    free(s->detected);
    free(s->patterns);
    free(s->excess);
    free(s->class_sets);
}

static void add_assumption(struct assumption **items, size_t *n, size_t *cap,
                           struct assumption value)
{
    *(struct assumption *)mem_push(items, n, cap, sizeof **items) = value;
}

/* Everything that a default decided: nothing is silent. */
static void list_assumptions(struct assessment *a)
{
    const struct graph *g = a->graph;
    struct assumption *items = NULL;
    size_t n = 0, cap = 0;
    for (uint32_t asset = g->first_component; asset < g->first_flow; asset++) {
        const struct component *c =
            LIST_AT(a->model->m.components, struct component, g->assets[asset].index);
        if (c->authentication == AUTH_UNSET)
            add_assumption(&items, &n, &cap,
                           (struct assumption){
                               asset, "authentication",
                               choice_name(&authentications,
                                           effective_authentication(a->catalog, c)),
                               c->kind.id});
        if (c->update == UPDATE_UNSET)
            add_assumption(&items, &n, &cap,
                           (struct assumption){
                               asset, "update",
                               choice_name(&updates, effective_update(a->catalog, c)),
                               c->kind.id});
    }
    for (uint32_t asset = g->first_flow; asset < g->first_incident; asset++) {
        const struct flow *f =
            LIST_AT(a->model->m.flows, struct flow, g->assets[asset].index);
        const char *from = f->protocol.id ? f->protocol.id : "no protocol";
        if (f->encrypted == TRI_UNSET)
            add_assumption(&items, &n, &cap,
                           (struct assumption){
                               asset, "encrypted",
                               effective_encrypted(a->catalog, f) ? "true" : "false",
                               from});
        if (f->authenticated == TRI_UNSET)
            add_assumption(
                &items, &n, &cap,
                (struct assumption){
                    asset, "authenticated",
                    effective_authenticated(a->catalog, f) ? "true" : "false", from});
    }
    a->assumptions.n = (uint32_t)n;
    a->assumptions.items = arena_array(&a->arena, n, sizeof *items);
    if (n) memcpy(a->assumptions.items, items, n * sizeof *items);
    free(items);
}

struct assessment *assess_run(const struct graph *graph, int32_t today)
{
    struct assessment *a = mem_alloc(sizeof *a);
    struct stages s = {.a = a};
    a->graph = graph;
    a->model = graph->model;
    a->catalog = graph->catalog;
    a->today = today;
    diag_borrow_files(&a->diags, &graph->model->diags);
    reach_all(&s);
    assess_incidents(&s);
    assess_threats(&s);
    assess_exclusions(&s);
    assess_map(&s);
    assess_importance(&s);
    assess_requirements(&s);
    assess_decisions(&s);
    list_assumptions(a);
    diag_sort(&a->diags);
    fini_stages(&s);
    return a;
}

void assess_free(struct assessment *a)
{
    if (a == NULL) return;
    reach_fini(&a->reach);
    forward_fini(&a->forward);
    diag_fini(&a->diags);
    arena_fini(&a->arena);
    free(a);
}
