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

/* Caps per incident from the limits that the measures of a set state. */
static struct position *find_caps(const struct model *model, const uint8_t *of)
{
    struct position *caps = mem_alloc((model->m.incidents.n + 1) * sizeof *caps);
    for (uint32_t i = 0; i < model->m.incidents.n; i++)
        caps[i] = (struct position){LEVEL_WORST, LEVEL_WORST};
    for (uint32_t i = 0; i < model->m.measures.n; i++) {
        const struct measure *m = LIST_AT(model->m.measures, struct measure, i);
        for (uint32_t k = 0; of[i] && k < m->limits.n; k++) {
            const struct harm_limit *l = LIST_AT(m->limits, struct harm_limit, k);
            struct position *cap = &caps[l->incident.index];
            if (l->recovery < cap->recovery) cap->recovery = l->recovery;
            if (l->economic < cap->economic) cap->economic = l->economic;
        }
    }
    return caps;
}

uint8_t reached_under(const struct stages *s, enum view view, uint32_t node)
{
    const uint8_t *cut = s->marks[view].cut;
    return s->a->reach.effort[node] != GRAPH_NONE && !(cut && cut[node]);
}

/* Adds what is marked in `from`, so that hard steps are hard or impossible. */
static void join_marks(uint8_t *to, const uint8_t *from, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        to[i] |= from[i];
}

static void mark_view(struct stages *s, enum view view)
{
    struct assessment *a = s->a;
    uint32_t n = a->graph->n_nodes;
    struct view_marks *m = &s->marks[view];
    m->cut = mem_alloc(n + 1);
    m->hard = mem_alloc(n + 1);
    struct effects effects = {.blocked = m->cut, .slowed = m->hard};
    if (view == VIEW_PLANNED) {
        effects.detected = s->seen = mem_alloc(n + 1);
        effects.limited = s->limited = mem_alloc(n + 1);
    }
    graph_effects_of(a->graph, s->sets[view], &effects);
    graph_behind(a->graph, &a->reach, m->cut, &a->work);
    join_marks(m->hard, m->cut, n);
    graph_behind(a->graph, &a->reach, m->hard, &a->work);
    if (view != VIEW_PLANNED) return;
    join_marks(s->seen, m->cut, n);
    graph_behind(a->graph, &a->reach, s->seen, &a->work);
}

const struct reach *assess_reach(const struct assessment *a, uint32_t node)
{
    int is_left = a->left.effort && a->left.effort[node] != GRAPH_NONE;
    return is_left ? &a->left : &a->reach;
}

size_t assess_chain(const struct assessment *a, uint32_t node, uint32_t **nodes,
                    uint8_t *mark)
{
    return graph_chain(a->graph, assess_reach(a, node), node, nodes, mark);
}

/* 1 if there is any measure in a view. */
static int has_measures(const struct stages *s, enum view view)
{
    return memchr(s->sets[view], 1, s->a->model->m.measures.n) != NULL;
}

static void reach_all(struct stages *s)
{
    struct assessment *a = s->a;
    a->reach = graph_reach(a->graph, NULL, &a->work);
    a->forward = graph_forward(a->graph, &a->reach, NULL, LEADS_HOPS, &a->work);
    for (enum view view = VIEW_NOW; view < N_VIEWS; view++) {
        s->caps[view] = find_caps(a->model, s->sets[view]);
        if (has_measures(s, view)) mark_view(s, view);
    }
    const uint8_t *cut = s->marks[VIEW_NOW].cut;
    if (cut == NULL) return;
    s->forward_now = graph_forward(a->graph, &a->reach, cut, LEADS_HOPS, &a->work);
    a->left = graph_reach(a->graph, cut, &a->work);
}

static void fini_stages(struct stages *s)
{
    for (enum view view = VIEW_INHERENT; view < N_VIEWS; view++) {
        free(s->marks[view].cut);
        free(s->marks[view].hard);
        free(s->caps[view]);
    }
    free(s->seen);
    free(s->limited);
    forward_fini(&s->forward_now);
    free(s->patterns);
    free(s->excess);
    strmap_fini(&s->excluded);
    free(s->chain_classes);
    strmap_fini(&s->settled);
}

/* What is excluded, and what is decided otherwise than by reducing it. */
static void find_subjects(struct stages *s)
{
    const struct model_data *m = &s->a->model->m;
    for (uint32_t i = 0; i < m->exclusions.n; i++)
        strmap_add(&s->excluded, LIST_AT(m->exclusions, struct exclusion, i)->subject,
                   i, NULL);
    for (uint32_t i = 0; i < m->decisions.n; i++) {
        const struct decision *d = LIST_AT(m->decisions, struct decision, i);
        if (d->treatment != TREATMENT_REDUCE)
            strmap_add(&s->settled, d->subject, i, NULL);
    }
}

static void run_stages(struct stages *s, const struct graph *graph, int32_t today)
{
    struct assessment *a = s->a;
    a->graph = graph;
    a->model = graph->model;
    a->catalog = graph->catalog;
    a->today = today;
    diag_borrow_files(&a->diags, &graph->model->diags);
    find_subjects(s);
    reach_all(s);
    assess_incidents(s);
    assess_threats(s);
    assess_exclude_threats(s);
    assess_map(s);
    assess_importance(s);
    assess_requirements(s);
    assess_decisions(s);
    assess_assumptions(s);
    assess_warnings(s);
    diag_sort(&a->diags);
    fini_stages(s);
}

struct assessment *assess_run_with(const struct graph *graph, int32_t today,
                                   const uint8_t *planned)
{
    uint8_t *now = mem_alloc(graph->model->m.measures.n + 1);
    struct stages s = {
        .sets = {[VIEW_NOW] = now, [VIEW_PLANNED] = planned}
    };
    s.a = mem_alloc(sizeof *s.a);
    graph_measures_of(graph->model, STATUS_IMPLEMENTED, now);
    run_stages(&s, graph, today);
    free(now);
    return s.a;
}

struct assessment *assess_run(const struct graph *graph, int32_t today)
{
    uint8_t *planned = mem_alloc(graph->model->m.measures.n + 1);
    graph_measures_of(graph->model, STATUS_DECIDED, planned);
    struct assessment *a = assess_run_with(graph, today, planned);
    free(planned);
    return a;
}

void assess_free(struct assessment *a)
{
    if (a == NULL) return;
    reach_fini(&a->reach);
    reach_fini(&a->left);
    forward_fini(&a->forward);
    diag_fini(&a->diags);
    arena_fini(&a->arena);
    free(a);
}
