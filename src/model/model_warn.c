// SPDX-License-Identifier: Apache-2.0
/* Warnings for what is legal but suspicious; each says what to do about it. */
#include <stdlib.h>
#include <string.h>

#include "model/model.h"

#define WARN(model, place, code, hint, ...)                                            \
    diag_add(&(model)->diags, DIAG_WARNING, (place), (code), (hint), __VA_ARGS__)

static void mark(unsigned char *seen, const struct list *refs)
{
    for (uint32_t i = 0; i < refs->n; i++) {
        const struct ref *r = LIST_AT(*refs, struct ref, i);
        if (r->index != REF_NONE) seen[r->index] = 1;
    }
}

static void warn_components(struct model *model)
{
    const struct model_data *m = &model->m;
    unsigned char *touched = mem_alloc(m->components.n + 1);
    for (uint32_t i = 0; i < m->flows.n; i++) {
        const struct flow *f = LIST_AT(m->flows, struct flow, i);
        if (f->from.index != REF_NONE) touched[f->from.index] = 1;
        if (f->to.index != REF_NONE) touched[f->to.index] = 1;
        mark(touched, &f->through);
    }
    for (uint32_t i = 0; i < m->components.n; i++) {
        const struct component *c = LIST_AT(m->components, struct component, i);
        if (!touched[i] && text_empty(c->out_of_scope))
            WARN(model, c->entry.at, "no-flow",
                 "add the flows it takes part in, or put it out-of-scope with a reason",
                 "no flow touches the component '%s'", c->entry.id);
    }
    free(touched);
}

static void warn_data(struct model *model)
{
    const struct model_data *m = &model->m;
    unsigned char *used = mem_alloc(m->data.n + 1);
    for (uint32_t i = 0; i < m->components.n; i++)
        mark(used, &LIST_AT(m->components, struct component, i)->data);
    for (uint32_t i = 0; i < m->flows.n; i++)
        mark(used, &LIST_AT(m->flows, struct flow, i)->data);
    for (uint32_t i = 0; i < m->data.n; i++) {
        const struct data *data = LIST_AT(m->data, struct data, i);
        if (!used[i])
            WARN(model, data->entry.at, "unused-data",
                 "name it in a component's or flow's 'data', or remove it",
                 "nothing holds or carries the data '%s'", data->entry.id);
    }
    free(used);
}

static void warn_flows(struct model *model)
{
    for (uint32_t i = 0; i < model->m.flows.n; i++) {
        const struct flow *f = LIST_AT(model->m.flows, struct flow, i);
        if (f->from.index != REF_NONE && f->from.index == f->to.index)
            WARN(model, f->entry.at, "self-flow", "correct 'from' or 'to'",
                 "the flow '%s' goes from a component to itself", f->entry.id);
        if (f->data.n == 0)
            WARN(model, f->entry.at, "no-data", "say what it carries under 'data'",
                 "the flow '%s' carries nothing", f->entry.id);
    }
}

static int harms_anyone(const struct incident *incident)
{
    for (uint32_t i = 0; i < incident->harms.n; i++) {
        const struct harm *h = LIST_AT(incident->harms, struct harm, i);
        if (h->recovery != LEVEL_NONE || h->economic != LEVEL_NONE) return 1;
    }
    return 0;
}

static void warn_incidents(struct model *model)
{
    for (uint32_t i = 0; i < model->m.incidents.n; i++) {
        const struct incident *incident =
            LIST_AT(model->m.incidents, struct incident, i);
        if (!harms_anyone(incident))
            WARN(model, incident->entry.at, "no-harm",
                 "say under 'harms' whom it hurts and how badly, or remove it",
                 "nobody suffers from the incident '%s'", incident->entry.id);
    }
}

static void warn_stakeholders(struct model *model)
{
    for (uint32_t i = 0; i < model->m.stakeholders.n; i++) {
        const struct stakeholder *s =
            LIST_AT(model->m.stakeholders, struct stakeholder, i);
        if (s->target.is_set != TRI_YES)
            WARN(model, s->entry.at, "no-target",
                 "add 'target: {recovery: ..., economic: ...}'",
                 "the stakeholder '%s' has no target; nothing is above it",
                 s->entry.id);
    }
}

static int is_met(const struct model_data *m, const char *requirement)
{
    for (uint32_t i = 0; i < m->measures.n; i++) {
        const struct measure *measure = LIST_AT(m->measures, struct measure, i);
        if (measure->requirement.id &&
            strcmp(measure->requirement.id, requirement) == 0)
            return 1;
    }
    return 0;
}

static void warn_adoptions(struct model *model)
{
    for (uint32_t i = 0; i < model->m.adoptions.n; i++) {
        const struct adoption *a = LIST_AT(model->m.adoptions, struct adoption, i);
        if (!is_met(&model->m, a->entry.id))
            WARN(model, a->entry.at, "no-measure",
                 "add a measure with 'requirement' set to it, or decide to accept it",
                 "the requirement '%s' is adopted by no measure", a->entry.id);
    }
}

void model_warn(struct model *model)
{
    warn_components(model);
    warn_flows(model);
    warn_data(model);
    warn_incidents(model);
    warn_stakeholders(model);
    warn_adoptions(model);
    diag_sort(&model->diags);
}
