// SPDX-License-Identifier: Apache-2.0
/*
 * Incidents, the map and importance. An incident counts where a chain reaches it; a
 * stakeholder stands at the worst of what reached incidents do to it, axis by axis.
 */
#include <stdlib.h>
#include <string.h>

#include "assess/assess_int.h"

static uint32_t excess_of(const struct stages *s, uint32_t i, enum view view)
{
    const struct model_data *m = &s->a->model->m;
    const struct incident *incident = LIST_AT(m->incidents, struct incident, i);
    uint32_t most = 0;
    for (uint32_t k = 0; k < incident->harms.n; k++) {
        const struct harm *h = LIST_AT(incident->harms, struct harm, k);
        const struct stakeholder *who =
            LIST_AT(m->stakeholders, struct stakeholder, h->entry.key_index);
        uint32_t excess = position_excess(harm_under(s, i, h, view), &who->target);
        if (excess > most) most = excess;
    }
    return most;
}

void assess_incidents(struct stages *s)
{
    struct assessment *a = s->a;
    const struct graph *g = a->graph;
    uint32_t n = g->n_incidents;
    s->excess = mem_alloc((n + 1) * sizeof *s->excess);
    a->incidents.n = n;
    a->incidents.items = arena_array(&a->arena, n, sizeof(struct incident_result));
    for (uint32_t i = 0; i < n; i++) {
        uint32_t index = g->assets[g->first_incident + i].index;
        uint32_t node = g->first_node[g->first_incident + i];
        struct incident_result *r = LIST_AT(a->incidents, struct incident_result, i);
        r->incident = index;
        const struct entry *e =
            &LIST_AT(a->model->m.incidents, struct incident, index)->entry;
        r->reached = reached_under(s, VIEW_INHERENT, node);
        r->now = reached_under(s, VIEW_NOW, node);
        r->planned = reached_under(s, VIEW_PLANNED, node);
        r->excluded = (uint8_t)is_excluded(s, "incident:", e->id);
        s->excess[index] = r->excluded ? 0 : excess_of(s, index, VIEW_NOW);
        r->excess = r->excluded ? 0 : excess_of(s, index, VIEW_INHERENT);
        r->above = s->excess[index] > 0;
        if (!r->reached) DIAG_ADD(&a->diags, NOT_REACHED, e->at, text_same(e->id));
    }
}

/* Lays one harm over a row of the map. */
static void add_harm(const struct stages *s, const struct incident_result *r,
                     const struct harm *h, struct map_row *row)
{
    struct position now = harm_under(s, r->incident, h, VIEW_NOW);
    if (r->reached)
        row->inherent =
            position_worst(row->inherent, harm_under(s, r->incident, h, VIEW_INHERENT));
    if (r->planned)
        row->planned =
            position_worst(row->planned, harm_under(s, r->incident, h, VIEW_PLANNED));
    if (!r->now) return;
    if (now.recovery > row->now.recovery) row->worst_recovery = r->incident;
    if (now.economic > row->now.economic) row->worst_economic = r->incident;
    row->now = position_worst(row->now, now);
}

static void fill_row(const struct stages *s, struct map_row *row)
{
    const struct assessment *a = s->a;
    const struct stakeholder *who =
        LIST_AT(a->model->m.stakeholders, struct stakeholder, row->stakeholder);
    row->worst_recovery = row->worst_economic = GRAPH_NONE;
    for (uint32_t i = 0; i < a->incidents.n; i++) {
        const struct incident_result *r =
            LIST_AT(a->incidents, struct incident_result, i);
        const struct incident *incident =
            LIST_AT(a->model->m.incidents, struct incident, r->incident);
        const char *form = incident->form_of_use.id;
        if (r->excluded) continue;
        if (row->form && form && strcmp(form, row->form->entry.id) != 0) continue;
        for (uint32_t k = 0; k < incident->harms.n; k++) {
            const struct harm *h = LIST_AT(incident->harms, struct harm, k);
            if (h->entry.key_index == row->stakeholder) add_harm(s, r, h, row);
        }
    }
    row->has_target = who->target.is_set == TRI_YES;
    row->excluded = (uint8_t)is_excluded(s, "map:", who->entry.id);
    row->within_target = row->excluded || position_excess(row->now, &who->target) == 0;
    row->planned_within =
        row->excluded || position_excess(row->planned, &who->target) == 0;
}

static int is_form_used(const struct model_data *m, const struct form_of_use *form)
{
    for (uint32_t i = 0; i < m->incidents.n; i++) {
        const char *id = LIST_AT(m->incidents, struct incident, i)->form_of_use.id;
        if (id && strcmp(id, form->entry.id) == 0) return 1;
    }
    return 0;
}

/* Forms of use that incidents name, in no particular order. */
static struct list used_forms(struct assessment *a)
{
    const struct model_data *m = &a->model->m;
    uint32_t n = 0;
    for (uint32_t i = 0; i < m->components.n; i++)
        n += LIST_AT(m->components, struct component, i)->forms_of_use.n;
    struct list forms = {arena_array(&a->arena, n, sizeof(struct form_of_use *)), 0};
    for (uint32_t i = 0; i < m->components.n; i++) {
        const struct component *c = LIST_AT(m->components, struct component, i);
        for (uint32_t k = 0; k < c->forms_of_use.n; k++) {
            const struct form_of_use *f =
                LIST_AT(c->forms_of_use, struct form_of_use, k);
            if (is_form_used(m, f))
                *LIST_AT(forms, const struct form_of_use *, forms.n++) = f;
        }
    }
    return forms;
}

struct row_key {
    const char *stakeholder, *form;
    struct map_row row;
};

static int compare_rows(const void *x, const void *y)
{
    const struct row_key *a = x, *b = y;
    int order = strcmp(a->stakeholder, b->stakeholder);
    return order ? order : strcmp(a->form, b->form);
}

static void find_demanded(struct assessment *a)
{
    for (uint32_t i = 0; i < a->map.n; i++) {
        const struct map_row *row = LIST_AT(a->map, struct map_row, i);
        if (row->excluded) continue;
        a->worst = position_worst(a->worst, row->now);
        for (int v = 1; v <= N_VIEWPOINTS; v++) {
            int strength = catalog_strength(a->catalog, row->inherent.recovery,
                                            row->inherent.economic, v);
            if (strength > a->demanded[v]) a->demanded[v] = (uint8_t)strength;
        }
    }
}

void assess_map(struct stages *s)
{
    struct assessment *a = s->a;
    struct list forms = used_forms(a);
    uint32_t n_stakeholders = a->model->m.stakeholders.n, n = 0;
    struct row_key *keys =
        mem_alloc(((size_t)n_stakeholders * (forms.n + 1)) * sizeof *keys);
    for (uint32_t i = 0; i < n_stakeholders; i++) {
        const char *id =
            LIST_AT(a->model->m.stakeholders, struct stakeholder, i)->entry.id;
        for (uint32_t k = 0; k <= forms.n; k++) {
            const struct form_of_use *form =
                k ? *LIST_AT(forms, const struct form_of_use *, k - 1) : NULL;
            keys[n] = (struct row_key){
                id, form ? form->entry.id : "", {.stakeholder = i, .form = form}
            };
            fill_row(s, &keys[n++].row);
        }
    }
    if (n) qsort(keys, n, sizeof *keys, compare_rows);
    a->map.n = n;
    a->map.items = arena_array(&a->arena, n, sizeof(struct map_row));
    for (uint32_t i = 0; i < n; i++)
        *LIST_AT(a->map, struct map_row, i) = keys[i].row;
    free(keys);
    find_demanded(a);
}

/* ---- importance ------------------------------------------------------------------ */

/* How grave one harm is: 3 a worst level or serious on both axes, 0 no harm. */
static uint8_t harm_rank(struct position p)
{
    int worst = p.recovery > p.economic ? p.recovery : p.economic;
    int both = p.recovery >= LEVEL_SERIOUS && p.economic >= LEVEL_SERIOUS;
    return (uint8_t)(both ? 3 : worst);
}

static struct importance importance_worst(struct importance a, struct importance b)
{
    return (struct importance){a.recovery > b.recovery ? a.recovery : b.recovery,
                               a.economic > b.economic ? a.economic : b.economic,
                               a.rank > b.rank ? a.rank : b.rank};
}

/*
 * What an incident does at worst: levels over all stakeholders, rank of the gravest
 * harm to a single one.
 */
static struct importance incident_importance(const struct stages *s, uint32_t index)
{
    const struct incident *incident =
        LIST_AT(s->a->model->m.incidents, struct incident, index);
    struct importance worst = {0};
    for (uint32_t k = 0; k < incident->harms.n; k++) {
        struct position p = harm_under(
            s, index, LIST_AT(incident->harms, struct harm, k), VIEW_INHERENT);
        worst = importance_worst(
            worst, (struct importance){p.recovery, p.economic, harm_rank(p)});
    }
    return worst;
}

/* The worst of the incidents in a set; of[]: each in canonical order. */
static struct importance
set_importance(const struct graph *g, const struct importance *of, const uint64_t *set)
{
    struct importance worst = {0};
    for (uint32_t k = 0; k < g->n_incidents; k++)
        if (set[k / 64] >> (k % 64) & 1) worst = importance_worst(worst, of[k]);
    return worst;
}

static void add_threats(struct assessment *a, const struct importance *of)
{
    const struct graph *g = a->graph;
    uint64_t *set = mem_alloc((a->forward.words + 1) * sizeof *set);
    for (uint32_t i = 0; i < a->threats.n; i++) {
        const struct threat *t = LIST_AT(a->threats, struct threat, i);
        if (g->assets[t->asset].type != ASSET_COMPONENT || t->excluded) continue;
        struct importance *imp = &a->importance[g->assets[t->asset].index];
        threat_incidents(a, t, set);
        *imp = importance_worst(*imp, set_importance(g, of, set));
    }
    free(set);
}

/* Harm is done through those that act physically on the orders of others. */
static void add_actuators(struct assessment *a, const struct importance *commanding)
{
    const struct graph *g = a->graph;
    traits physical = trait_bit("physical"), control = trait_bit("d-control"),
           safety = trait_bit("d-safety");
    for (uint32_t i = 0; i < a->model->m.flows.n; i++) {
        const struct flow *f = LIST_AT(a->model->m.flows, struct flow, i);
        if (!(g->traits[g->asset_of_component[f->to.index]] & physical) ||
            !(g->traits[g->asset_of_flow[i]] & (control | safety)))
            continue;
        struct importance *imp = &a->importance[f->to.index];
        *imp = importance_worst(*imp, commanding[f->from.index]);
    }
}

void assess_importance(struct stages *s)
{
    struct assessment *a = s->a;
    const struct graph *g = a->graph;
    size_t size = (a->model->m.components.n + 1) * sizeof *a->importance;
    struct importance *of = mem_alloc((g->n_incidents + 1) * sizeof *of);
    struct importance *commanding = mem_alloc(size);
    a->importance = arena_alloc(&a->arena, size);
    for (uint32_t i = 0; i < g->n_incidents; i++)
        if (!LIST_AT(a->incidents, struct incident_result, i)->excluded)
            of[i] = incident_importance(s, g->assets[g->first_incident + i].index);
    add_threats(a, of);
    memcpy(commanding, a->importance, size);
    add_actuators(a, commanding);
    free(commanding);
    free(of);
}
