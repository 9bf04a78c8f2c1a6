// SPDX-License-Identifier: Apache-2.0
/* The names of a twin that a model uses, looked up; see cast_bind in cast.h. */
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "twin/cast.h"

enum { N_SCOPES = 6 };

/* Where in the scope "parts" signals and functions begin; devices come first. */
enum {
    PART_SIGNAL = STAGE_MOST_DEVICES,
    PART_FUNCTION = PART_SIGNAL + STAGE_MOST_SIGNALS
};

static void add(struct scope *to, const char *name, uint32_t value)
{
    strmap_add(&to->ids, name, value, NULL);
}

static void add_parts(struct scope *to, const struct scenario_part *parts, size_t n,
                      uint32_t first)
{
    for (size_t i = 0; i < n; i++)
        add(to, parts[i].name, first + (uint32_t)i);
}

static void add_parameters(struct scope *to, const struct scenario *s)
{
    for (uint32_t i = 0; i < cast_n_parameters(s); i++)
        if (i >= s->twin->n_variables ||
            s->twin->variables[i].causality == TWIN_PARAMETER)
            add(to, cast_quantity(s, i)->name, i);
}

static void fill(struct scope scopes[N_SCOPES], const struct scenario *s)
{
    enum { PARTS = 1, SIGNALS, PARAMETERS, OUTCOMES, RESPONSES };
    add_parts(&scopes[PARTS], s->devices, s->n_devices, 0);
    add_parts(&scopes[PARTS], s->functions, s->n_functions, PART_FUNCTION);
    add_parts(&scopes[RESPONSES], s->responses, s->n_responses, 0);
    add_parameters(&scopes[PARAMETERS], s);
    for (uint32_t i = 0; i < s->n_signals; i++) {
        add(&scopes[PARTS], s->signals[i].q.name, PART_SIGNAL + i);
        add(&scopes[SIGNALS], s->signals[i].q.name, i);
    }
    for (uint32_t i = 0; i < cast_n_outcomes(s); i++)
        add(&scopes[OUTCOMES], cast_outcome(s, i)->q.name, i);
}

static int resolve(struct model *model, const struct scenario *s)
{
    static const char *const names[N_SCOPES] = {"twins",      "parts",    "signals",
                                                "parameters", "outcomes", "responses"};
    struct scope scopes[N_SCOPES] = {{0}};
    struct rehearsal *r = &model->m.rehearsal;
    for (int i = 0; i < N_SCOPES; i++) {
        scopes[i].name = names[i];
        scopes[i].lister = "awai twin";
    }
    for (size_t i = 0; i < n_twin_kinds; i++)
        add(&scopes[0], twin_kinds[i]->name, (uint32_t)i);
    if (s) fill(scopes, s);
    size_t wrong = schema_resolve(&rehearsal_shape, r, scopes, s ? N_SCOPES : 1,
                                  &model->arena, &model->diags);
    for (int i = 0; i < N_SCOPES; i++)
        strmap_fini(&scopes[i].ids);
    return wrong == 0;
}

/* ---- what is bound must fit -------------------------------------------------------
 */

struct binder {
    struct model *model;
    const struct scenario *scenario;
    struct diag_list *d;
};

static const struct flow *flow_at(const struct model *m, const struct ref *r)
{
    return LIST_AT(m->m.flows, struct flow, r->index);
}

/* Flows, each beginning where the one before ends. */
static void check_way(const struct binder *b, const struct binding *x)
{
    const struct flow *last = NULL;
    if (x->to.n > STAGE_MOST_HOPS)
        DIAG_ADD(b->d, BIND_LONG, x->entry.at, text_same(x->entry.id),
                 diag_number(b->d, STAGE_MOST_HOPS));
    for (uint32_t i = 0; i < x->to.n; i++) {
        const struct ref *to = LIST_AT(x->to, struct ref, i);
        if (to->section != 1) {
            DIAG_ADD(b->d, BIND_SORT, to->at, text_same(x->entry.id),
                     text_same("flows"));
            return;
        }
        const struct flow *f = flow_at(b->model, to);
        if (last && last->to.index != f->from.index)
            DIAG_ADD(b->d, BIND_GAP, to->at, text_same(last->entry.id),
                     text_same(f->entry.id));
        last = f;
    }
}

/* What a part of the twin is bound to, or NULL. */
static const struct binding *binding_of(const struct binder *b, uint32_t part)
{
    const struct list *all = &b->model->m.rehearsal.bindings;
    for (uint32_t i = 0; i < all->n; i++)
        if (LIST_AT(*all, struct binding, i)->entry.key_index == part)
            return LIST_AT(*all, struct binding, i);
    return NULL;
}

/* A signal ends at the component that its device is bound to. */
static void check_end(const struct binder *b, const struct binding *x)
{
    int device = b->scenario->ends[x->entry.key_index - PART_SIGNAL];
    const struct binding *at = device < 0 ? NULL : binding_of(b, (uint32_t)device);
    const struct ref *last = LIST_AT(x->to, struct ref, x->to.n - 1);
    if (at == NULL || at->to.n != 1 || last->section != 1) return;
    const struct ref *end = &flow_at(b->model, last)->to;
    const struct ref *wanted = LIST_AT(at->to, struct ref, 0);
    if (wanted->section == 0 && wanted->index != end->index)
        DIAG_ADD(b->d, BIND_END, last->at, text_same(x->entry.id), text_same(end->id),
                 text_same(wanted->id));
}

static void check_single(const struct binder *b, const struct binding *x,
                         uint32_t section, const char *sort)
{
    const struct ref *to = LIST_AT(x->to, struct ref, 0);
    if (x->to.n != 1 || to->section != section)
        DIAG_ADD(b->d, BIND_SORT, x->entry.at, text_same(x->entry.id), text_same(sort));
}

static void check_binding(const struct binder *b, const struct binding *x)
{
    if (x->entry.key_index >= PART_FUNCTION)
        check_single(b, x, 2, "safety-functions");
    else if (x->entry.key_index >= PART_SIGNAL) {
        check_way(b, x);
        check_end(b, x);
    } else
        check_single(b, x, 0, "components");
}

/* Marks a component, a flow with its ends, or the components of a safety function. */
static void touch(const struct model *m, const struct list *refs, uint8_t *is_touched)
{
    for (uint32_t i = 0; i < refs->n; i++) {
        const struct ref *r = LIST_AT(*refs, struct ref, i);
        if (r->section == 2) {
            touch(m,
                  &LIST_AT(m->m.safety_functions, struct safety_function, r->index)->on,
                  is_touched);
        } else if (r->section == 1) {
            const struct flow *f = flow_at(m, r);
            is_touched[m->m.components.n + r->index] = 1;
            is_touched[f->from.index] = is_touched[f->to.index] = 1;
        } else {
            is_touched[r->index] = 1;
        }
    }
}

/* Whether a flow of a signal is where a step is, or touches it. */
static int is_on(const struct model *m, const struct ref *flow,
                 const struct play_step *s)
{
    const struct flow *f = flow_at(m, flow);
    if (s->on.section != 1)
        return f->from.index == s->on.index || f->to.index == s->on.index;
    uint32_t end = flow_at(m, &s->on)->to.index;
    if (s->verb == VERB_BAD_UPDATE) return f->from.index == end || f->to.index == end;
    return flow->index == s->on.index;
}

static void check_value(const struct binder *b, const struct number *v, uint32_t i,
                        struct place at)
{
    const struct twin_quantity *q = cast_quantity(b->scenario, i);
    if (!v->is_set || (v->value >= q->least && v->value <= q->most)) return;
    const char *range =
        arena_printf(&b->d->arena, "%g to %g %s", q->least, q->most, q->unit);
    DIAG_ADD(b->d, PARAMETER_RANGE, at, text_same(q->name), text_same(range));
}

static void check_parameters(const struct binder *b, const struct list *list)
{
    for (uint32_t i = 0; i < list->n; i++) {
        const struct rehearsal_parameter *p =
            LIST_AT(*list, struct rehearsal_parameter, i);
        const struct number *values[] = {&p->value.mode, &p->value.min, &p->value.max};
        for (int k = 0; k < 3; k++)
            check_value(b, values[k], p->entry.key_index, p->entry.at);
    }
}

/* ---- what is touched ---- */

/* The components and flows that matter, each once. */
static uint32_t count_places(const struct model *m, const struct rehearsal *r)
{
    uint32_t n_components = m->m.components.n, all = n_components + m->m.flows.n, n = 0;
    uint8_t *is_touched = mem_alloc(all + 1);
    for (uint32_t i = 0; i < r->bindings.n; i++)
        touch(m, &LIST_AT(r->bindings, struct binding, i)->to, is_touched);
    for (uint32_t i = 0; i < r->plays.n; i++) {
        const struct play *p = LIST_AT(r->plays, struct play, i);
        for (uint32_t k = 0; k < p->steps.n; k++) {
            struct play_step *s = LIST_AT(p->steps, struct play_step, k);
            touch(m, &(struct list){&s->on, 1}, is_touched);
            if (s->from.id) touch(m, &(struct list){&s->from, 1}, is_touched);
        }
    }
    for (uint32_t i = 0; i < all; i++)
        n += is_touched[i];
    free(is_touched);
    return n;
}

/* A signal that a step means must pass the place of the step. */
static void check_passes(const struct binder *b, const struct play_step *s)
{
    const struct rehearsal *r = &b->model->m.rehearsal;
    if (s->signal.id == NULL) return;
    for (uint32_t i = 0; i < r->bindings.n; i++) {
        const struct binding *x = LIST_AT(r->bindings, struct binding, i);
        if (x->entry.key_index != PART_SIGNAL + s->signal.index) continue;
        for (uint32_t k = 0; k < x->to.n; k++)
            if (is_on(b->model, LIST_AT(x->to, struct ref, k), s)) return;
    }
    DIAG_ADD(b->d, STEP_PASSES, s->signal.at, text_same(s->signal.id),
             text_same(s->on.id));
}

/* What is disabled must be something of the twin. */
static void check_disabled(const struct binder *b, const struct play_step *s)
{
    const struct list *bindings = &b->model->m.rehearsal.bindings;
    if (s->function.id == NULL) return;
    for (uint32_t i = 0; i < bindings->n; i++) {
        const struct binding *x = LIST_AT(*bindings, struct binding, i);
        if (x->entry.key_index >= PART_FUNCTION &&
            LIST_AT(x->to, struct ref, 0)->index == s->function.index)
            return;
    }
    DIAG_ADD(b->d, FUNCTION_UNBOUND, s->function.at, text_same(s->function.id));
}

static void check_acts(const struct binder *b, const struct rehearsal_measure *m)
{
    for (uint32_t i = 0; i < m->acts.n; i++) {
        const struct act *a = LIST_AT(m->acts, struct act, i);
        if (a->parameter.id)
            check_value(b, &a->value, a->parameter.index, a->parameter.at);
    }
}

static void check_plays(const struct binder *b, const struct rehearsal *r)
{
    for (uint32_t i = 0; i < r->plays.n; i++) {
        const struct play *p = LIST_AT(r->plays, struct play, i);
        check_parameters(b, &p->parameters);
        if (p->steps.n > STAGE_MOST_STEPS)
            DIAG_ADD(b->d, PLAY_LONG, p->entry.at, text_same(p->entry.id),
                     diag_number(b->d, STAGE_MOST_STEPS));
        for (uint32_t k = 0; k < p->steps.n; k++) {
            check_passes(b, LIST_AT(p->steps, struct play_step, k));
            check_disabled(b, LIST_AT(p->steps, struct play_step, k));
        }
    }
    if (count_places(b->model, r) > STAGE_MOST_PLACES)
        DIAG_ADD(b->d, PLAY_WIDE, r->twin.at, text_same(r->twin.id),
                 diag_number(b->d, STAGE_MOST_PLACES));
}

/* Amounts are compared with the bounds of axis 2, so in their currency. */
static void check_money(const struct binder *b, const struct level_rule *rule)
{
    const char *unit = "";
    for (int level = LEVEL_WORST; level >= LEVEL_LIMITED; level--) {
        const struct money *below = &b->model->m.criteria.economic[level].below;
        if (below->unit[0]) unit = below->unit;
    }
    if (rule->each.unit[0] && strcmp(rule->each.unit, unit) != 0)
        DIAG_ADD(b->d, LEVEL_MONEY, rule->outcome.at, text_same(rule->outcome.id),
                 text_same(unit[0] ? unit : "-"));
}

void cast_bind(struct model *model)
{
    struct rehearsal *r = &model->m.rehearsal;
    const struct twin_kind *kind = r->twin.id ? twin_find(r->twin.id) : NULL;
    struct binder b = {model, kind ? scenario_find(kind) : NULL, &model->diags};
    if (r->is_given != TRI_YES || model->diags.n_errors) return;
    if (resolve(model, b.scenario) && b.scenario) {
        for (uint32_t i = 0; i < r->bindings.n; i++)
            check_binding(&b, LIST_AT(r->bindings, struct binding, i));
    }
    if (b.scenario && model->diags.n_errors == 0) {
        check_parameters(&b, &r->parameters);
        check_plays(&b, r);
        for (uint32_t i = 0; i < r->levels.n; i++)
            check_money(&b, LIST_AT(r->levels, struct level_rule, i));
        for (uint32_t i = 0; i < r->measures.n; i++)
            check_acts(&b, LIST_AT(r->measures, struct rehearsal_measure, i));
    }
    diag_sort(&model->diags);
}
