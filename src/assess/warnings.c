// SPDX-License-Identifier: Apache-2.0
/*
 * What is legal but suspicious, and only seen with model, catalog and graph together:
 * measures that do nothing where they are put, incidents where nothing is assessed,
 * roles that no requirement is for.
 */
#include <string.h>

#include "assess/assess_int.h"

static int has_effects(const struct example *x)
{
    return x->block_steps.n + x->slow_steps.n + x->limit_steps.n + x->detect_steps.n >
           0;
}

/* An example that acts on steps must find one of them where the measure is put. */
static void warn_measures(struct assessment *a)
{
    const struct model_data *m = &a->model->m;
    for (uint32_t i = 0; i < m->measures.n; i++) {
        const struct measure *measure = LIST_AT(m->measures, struct measure, i);
        if (measure->example.id == NULL || measure->on.n == 0) continue;
        const struct example *x =
            LIST_AT(a->catalog->c.examples, struct example, measure->example.index);
        if (!has_effects(x) || graph_measure_acts(a->graph, measure)) continue;
        DIAG_ADD(&a->diags, NO_EFFECT, measure->example.at,
                 text_same(measure->entry.id), text_same(x->entry.id));
    }
}

static int is_out_of_scope(const struct model_data *m, const struct ref *at)
{
    struct text why =
        ref_is_flow(at)
            ? LIST_AT(m->flows, struct flow, at->index)->out_of_scope
            : LIST_AT(m->components, struct component, at->index)->out_of_scope;
    return !text_empty(why);
}

/* Its place is out of scope, or its threat is excluded there. */
static void warn_place(struct stages *s, const struct incident *incident,
                       const struct ref *at)
{
    struct assessment *a = s->a;
    char threat[160];
    snprintf(threat, sizeof threat, "%s@%s", incident->threat.id, at->id);
    if (is_out_of_scope(&a->model->m, at))
        DIAG_ADD(&a->diags, INCIDENT_OUT_OF_SCOPE, at->at,
                 text_same(incident->entry.id), text_same(at->id));
    else if (is_excluded(s, "", threat))
        DIAG_ADD(&a->diags, INCIDENT_EXCLUDED, at->at, text_same(incident->entry.id),
                 text_same(threat));
}

static void warn_incidents(struct stages *s)
{
    const struct list *incidents = &s->a->model->m.incidents;
    for (uint32_t i = 0; i < incidents->n; i++) {
        const struct incident *incident = LIST_AT(*incidents, struct incident, i);
        if (is_excluded(s, "incident:", incident->entry.id)) continue;
        for (uint32_t k = 0; k < incident->at.n; k++)
            warn_place(s, incident, LIST_AT(incident->at, struct ref, k));
    }
}

/* The roles that some requirement is for, or none could ever be derived for them. */
static void warn_roles(struct assessment *a)
{
    const struct model_data *m = &a->model->m;
    const struct stakeholder *applicant =
        LIST_AT(m->stakeholders, struct stakeholder, m->applicant.index);
    uint32_t known = 0;
    for (uint32_t i = 0; i < a->catalog->c.requirements.n; i++)
        known |= LIST_AT(a->catalog->c.requirements, struct requirement, i)->roles;
    for (size_t i = 0; i < roles.n; i++) {
        uint32_t bit = 1u << roles.items[i].value;
        if ((applicant->roles & bit) && !(known & bit))
            DIAG_ADD(&a->diags, NO_REQUIREMENT, applicant->entry.at,
                     text_same(applicant->entry.id), text_same(roles.items[i].name));
    }
}

void assess_warnings(struct stages *s)
{
    warn_measures(s->a);
    warn_incidents(s);
    warn_roles(s->a);
}
