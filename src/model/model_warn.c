// SPDX-License-Identifier: Apache-2.0
/* Warnings for what is legal but suspicious; each says what to do about it. */
#include <stdlib.h>
#include <string.h>

#include "model/model.h"

#define WARN(model, name, entry)                                                       \
    DIAG_ADD(&(model)->diags, name, (entry).at, text_same((entry).id))

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
        if (!touched[i] && text_empty(c->out_of_scope)) WARN(model, NO_FLOW, c->entry);
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
        if (!used[i]) WARN(model, UNUSED_DATA, data->entry);
    }
    free(used);
}

static void warn_flows(struct model *model)
{
    for (uint32_t i = 0; i < model->m.flows.n; i++) {
        const struct flow *f = LIST_AT(model->m.flows, struct flow, i);
        if (f->from.index != REF_NONE && f->from.index == f->to.index)
            WARN(model, SELF_FLOW, f->entry);
        if (f->data.n == 0) WARN(model, NO_DATA, f->entry);
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
        if (!harms_anyone(incident)) WARN(model, NO_HARM, incident->entry);
    }
}

static void warn_stakeholders(struct model *model)
{
    for (uint32_t i = 0; i < model->m.stakeholders.n; i++) {
        const struct stakeholder *s =
            LIST_AT(model->m.stakeholders, struct stakeholder, i);
        if (s->target.is_set != TRI_YES) WARN(model, NO_TARGET, s->entry);
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
        if (!is_met(&model->m, a->entry.id)) WARN(model, NO_MEASURE, a->entry);
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
