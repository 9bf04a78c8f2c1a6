// SPDX-License-Identifier: Apache-2.0
/*
 * The assessment as JSON, the form schema/assess.schema.json describes. Everything is
 * in canonical order, so the bytes do not depend on the order of entries in the model.
 */
#include <stdlib.h>
#include <string.h>

#include "assess/assess.h"
#include "base/json.h"

struct writer {
    const struct assessment *a;
    struct json j;
    struct arena scratch; // emptied now and then
    uint8_t *mark;        // for graph_chain
    uint64_t *set;        // for threat_incidents
};

struct order_item {
    const char *id;
    uint32_t index;
};

static int compare_order(const void *a, const void *b)
{
    return strcmp(((const struct order_item *)a)->id,
                  ((const struct order_item *)b)->id);
}

/* Indices of a list of entries in the order of their ids; heap. */
static struct order_item *order_of(const struct list *list, size_t size)
{
    struct order_item *items = mem_alloc((list->n + 1) * sizeof *items);
    const char *item = list->items;
    for (uint32_t i = 0; i < list->n; i++, item += size)
        items[i] =
            (struct order_item){((const struct entry *)(const void *)item)->id, i};
    if (list->n) qsort(items, list->n, sizeof *items, compare_order);
    return items;
}

static const char *class_id(const struct assessment *a, uint32_t class)
{
    return LIST_AT(a->catalog->c.threats, struct threat_class, class)->entry.id;
}

static const char *stakeholder_id(const struct assessment *a, uint32_t i)
{
    return LIST_AT(a->model->m.stakeholders, struct stakeholder, i)->entry.id;
}

static void put_levels(struct json *j, struct position p)
{
    json_put(j, "recovery", recovery_name(p.recovery));
    json_put(j, "economic", economic_name(p.economic));
}

static void put_system(struct writer *w)
{
    const struct system *s = &w->a->model->m.system;
    struct json *j = &w->j;
    json_in(j, "system", '{');
    json_put(j, "id", s->id);
    json_put_text(j, "name", s->name);
    json_put_text(j, "overview", s->overview);
    json_put(j, "applicant", w->a->model->m.applicant.id);
    json_close(j, '}');
}

static void put_roles(struct json *j, uint32_t mask)
{
    json_in(j, "roles", '[');
    for (size_t i = 0; i < roles.n; i++)
        if (mask >> roles.items[i].value & 1) json_string(j, roles.items[i].name);
    json_close(j, ']');
}

static void put_stakeholders(struct writer *w)
{
    const struct list *list = &w->a->model->m.stakeholders;
    struct order_item *order = order_of(list, sizeof(struct stakeholder));
    struct json *j = &w->j;
    json_in(j, "stakeholders", '[');
    for (uint32_t i = 0; i < list->n; i++) {
        const struct stakeholder *s =
            LIST_AT(*list, struct stakeholder, order[i].index);
        json_open(j, '{');
        json_put(j, "id", s->entry.id);
        json_put_text(j, "name", s->name);
        put_roles(j, s->roles);
        json_key(j, "target");
        if (s->target.is_set == TRI_YES) {
            json_open(j, '{');
            put_levels(j, (struct position){s->target.recovery, s->target.economic});
            json_close(j, '}');
        } else {
            json_null(j);
        }
        json_close(j, '}');
    }
    json_close(j, ']');
    free(order);
}

static const char *importance_name(int rank)
{
    static const char *const names[] = {"none", "low", "medium", "high"};
    return names[rank];
}

static void put_components(struct writer *w)
{
    const struct assessment *a = w->a;
    const struct graph *g = a->graph;
    struct json *j = &w->j;
    json_in(j, "components", '[');
    for (uint32_t asset = g->first_component; asset < g->first_flow; asset++) {
        uint32_t i = g->assets[asset].index;
        const struct component *c =
            LIST_AT(a->model->m.components, struct component, i);
        const struct importance *imp = &a->importance[i];
        json_open(j, '{');
        json_put(j, "id", c->entry.id);
        json_put_text(j, "name", c->name);
        json_put(j, "kind", c->kind.id);
        json_put(j, "zone", c->zone.id);
        json_put(j, "importance", importance_name(imp->rank));
        put_levels(j, (struct position){imp->recovery, imp->economic});
        json_put_bool(j, "rebuilt", c->rebuilt == TRI_YES);
        json_put_text(j, "out_of_scope", c->out_of_scope);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_flows(struct writer *w)
{
    const struct assessment *a = w->a;
    const struct graph *g = a->graph;
    struct json *j = &w->j;
    json_in(j, "flows", '[');
    for (uint32_t asset = g->first_flow; asset < g->first_incident; asset++) {
        const struct flow *f =
            LIST_AT(a->model->m.flows, struct flow, g->assets[asset].index);
        json_open(j, '{');
        json_put(j, "id", f->entry.id);
        json_put(j, "from", f->from.id);
        json_put(j, "to", f->to.id);
        json_put(j, "protocol", f->protocol.id);
        json_put(j, "carrier", f->carrier.id);
        json_put_bool(j, "encrypted", effective_encrypted(a->catalog, f));
        json_put_bool(j, "authenticated", effective_authenticated(a->catalog, f));
        json_put_text(j, "out_of_scope", f->out_of_scope);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_chain(struct writer *w, const struct threat *t)
{
    uint32_t *chain = NULL;
    char id[192];
    size_t n = assess_chain(w->a, threat_node(w->a, t), &chain, w->mark);
    json_in(&w->j, "chain", '[');
    for (size_t i = 0; i < n; i++) {
        graph_node_id(w->a->graph, chain[i], id, sizeof id);
        json_string(&w->j, id);
    }
    json_close(&w->j, ']');
    free(chain);
}

static void put_leads_to(struct writer *w, const struct threat *t)
{
    const struct graph *g = w->a->graph;
    threat_incidents(w->a, t, w->set);
    json_in(&w->j, "leads_to", '[');
    for (uint32_t i = 0; i < g->n_incidents; i++)
        if (w->set[i / 64] >> (i % 64) & 1)
            json_string(&w->j, graph_asset_id(g, g->first_incident + i));
    json_close(&w->j, ']');
}

static void put_threats(struct writer *w)
{
    const struct assessment *a = w->a;
    struct json *j = &w->j;
    json_in(j, "threats", '[');
    for (uint32_t i = 0; i < a->threats.n; i++) {
        const struct threat *t = LIST_AT(a->threats, struct threat, i);
        json_open(j, '{');
        json_put(j, "id", threat_id(a, t, &w->scratch));
        json_put(j, "class", class_id(a, t->class));
        json_put(j, "at", graph_asset_id(a->graph, t->asset));
        put_leads_to(w, t);
        put_chain(w, t);
        json_put_bool(j, "main", t->main);
        json_put_int(j, "severity", t->severity);
        json_put(j, "state", choice_name(&threat_states, t->state));
        json_put(j, "planned", choice_name(&threat_states, t->planned));
        json_put_bool(j, "detected", t->detected);
        json_put_bool(j, "limited", t->limited);
        json_put_bool(j, "excluded", t->excluded);
        json_put_int(j, "group", t->group);
        json_close(j, '}');
        if (w->scratch.total > 1 << 20) arena_fini(&w->scratch);
    }
    json_close(j, ']');
}

static void put_harms(struct writer *w, const struct incident *incident)
{
    struct order_item *order = order_of(&incident->harms, sizeof(struct harm));
    struct json *j = &w->j;
    json_in(j, "harms", '[');
    for (uint32_t i = 0; i < incident->harms.n; i++) {
        const struct harm *h = LIST_AT(incident->harms, struct harm, order[i].index);
        json_open(j, '{');
        json_put(j, "stakeholder", h->entry.id);
        put_levels(j, (struct position){h->recovery, h->economic});
        json_put_text(j, "because", h->because);
        json_close(j, '}');
    }
    json_close(j, ']');
    free(order);
}

static int compare_strings(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void put_refs(struct writer *w, const char *key, const struct list *refs)
{
    const char **ids = mem_alloc((refs->n + 1) * sizeof *ids);
    for (uint32_t i = 0; i < refs->n; i++)
        ids[i] = LIST_AT(*refs, struct ref, i)->id;
    if (refs->n) qsort(ids, refs->n, sizeof *ids, compare_strings);
    json_in(&w->j, key, '[');
    for (uint32_t i = 0; i < refs->n; i++)
        json_string(&w->j, ids[i]);
    json_close(&w->j, ']');
    free(ids);
}

static void put_incidents(struct writer *w)
{
    const struct assessment *a = w->a;
    struct json *j = &w->j;
    json_in(j, "incidents", '[');
    for (uint32_t i = 0; i < a->incidents.n; i++) {
        const struct incident_result *r =
            LIST_AT(a->incidents, struct incident_result, i);
        const struct incident *incident =
            LIST_AT(a->model->m.incidents, struct incident, r->incident);
        json_open(j, '{');
        json_put(j, "id", incident->entry.id);
        json_put_text(j, "name", incident->name);
        json_put(j, "threat", incident->threat.id);
        put_refs(w, "at", &incident->at);
        json_put(j, "form_of_use", incident->form_of_use.id);
        put_harms(w, incident);
        json_put_bool(j, "reached", r->reached);
        json_put_bool(j, "reached_now", r->now);
        json_put_bool(j, "reached_planned", r->planned);
        json_put_bool(j, "above_target", r->above);
        json_put_bool(j, "excluded", r->excluded);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_position(struct json *j, const char *key, struct position p)
{
    json_in(j, key, '{');
    put_levels(j, p);
    json_close(j, '}');
}

static void put_row(struct writer *w, const struct map_row *row)
{
    const struct assessment *a = w->a;
    struct json *j = &w->j;
    const uint32_t worst[] = {row->worst_recovery, row->worst_economic};
    json_open(j, '{');
    json_put(j, "stakeholder", stakeholder_id(a, row->stakeholder));
    if (row->form) json_put(j, "form_of_use", row->form->entry.id);
    put_levels(j, row->now);
    json_key(j, "within_target");
    if (row->has_target)
        json_bool(j, row->within_target);
    else
        json_null(j);
    put_position(j, "without_measures", row->inherent);
    put_position(j, "planned", row->planned);
    json_put_bool(j, "planned_within_target", row->planned_within);
    json_put_bool(j, "excluded", row->excluded);
    json_in(j, "because", '[');
    for (size_t i = 0; i < 2; i++)
        if (worst[i] != GRAPH_NONE && (i == 0 || worst[0] != worst[1]))
            json_string(
                j, LIST_AT(a->model->m.incidents, struct incident, worst[i])->entry.id);
    json_close(j, ']');
    json_close(j, '}');
}

static void put_map(struct writer *w, const char *key, int forms)
{
    json_in(&w->j, key, '[');
    for (uint32_t i = 0; i < w->a->map.n; i++) {
        const struct map_row *row = LIST_AT(w->a->map, struct map_row, i);
        if ((row->form != NULL) == forms) put_row(w, row);
    }
    json_close(&w->j, ']');
}

static void put_demanded(struct writer *w)
{
    static const char *const keys[] = {"", "1", "2", "3", "4"};
    json_in(&w->j, "demanded_viewpoints", '{');
    for (int v = 1; v <= N_VIEWPOINTS; v++)
        if (w->a->demanded[v])
            json_put(&w->j, keys[v], choice_name(&strengths, w->a->demanded[v]));
    json_close(&w->j, '}');
}

static void put_reasons(struct writer *w, const struct requirement_result *r)
{
    json_in(&w->j, "why", '[');
    for (uint32_t i = 0; i < r->why.n; i++) {
        const struct reason *reason = LIST_AT(r->why, struct reason, i);
        json_open(&w->j, '{');
        json_put_text(&w->j, "text", reason->text);
        json_put(&w->j, "ref", reason->ref);
        json_close(&w->j, '}');
    }
    json_close(&w->j, ']');
}

/* The measures of a requirement by id, sorted. */
static void put_measure_ids(struct writer *w, const struct requirement_result *r)
{
    const char **ids = mem_alloc((r->measures.n + 1) * sizeof *ids);
    for (uint32_t i = 0; i < r->measures.n; i++)
        ids[i] = LIST_AT(w->a->model->m.measures, struct measure,
                         *LIST_AT(r->measures, uint32_t, i))
                     ->entry.id;
    if (r->measures.n) qsort(ids, r->measures.n, sizeof *ids, compare_strings);
    json_in(&w->j, "measures", '[');
    for (uint32_t i = 0; i < r->measures.n; i++)
        json_string(&w->j, ids[i]);
    json_close(&w->j, ']');
    free(ids);
}

/* "general", or the first class present of those it answers. */
static const char *requirement_threat(const struct assessment *a,
                                      const struct requirement_result *r)
{
    const struct requirement *requirement =
        LIST_AT(a->catalog->c.requirements, struct requirement, r->requirement);
    if (requirement->threats.n == 0 || r->threats.n == 0) return "general";
    return class_id(a, *LIST_AT(r->threats, uint32_t, 0));
}

static void put_requirement(struct writer *w, const struct requirement_result *r)
{
    const struct assessment *a = w->a;
    const struct requirement *q =
        LIST_AT(a->catalog->c.requirements, struct requirement, r->requirement);
    struct json *j = &w->j;
    json_open(j, '{');
    json_put(j, "id", q->entry.id);
    json_put_text(j, "name", q->name);
    json_put_int(j, "viewpoint", q->viewpoint);
    json_put(j, "target", choice_name(&requirement_targets, q->target));
    json_put(j, "threat", requirement_threat(a, r));
    json_in(j, "threats", '[');
    for (uint32_t i = 0; q->threats.n && i < r->threats.n; i++)
        json_string(j, class_id(a, *LIST_AT(r->threats, uint32_t, i)));
    json_close(j, ']');
    json_put_int(j, "rank", r->rank);
    json_key(j, "score");
    json_double(j, r->score);
    json_put(j, "strength", choice_name(&strengths, r->strength));
    put_reasons(w, r);
    json_put_bool(j, "adopted", r->adopted);
    json_put(j, "adopted_by",
             !r->adopted                         ? NULL
             : r->adoption && r->adoption->by.id ? r->adoption->by.id
                                                 : a->model->m.applicant.id);
    json_put_bool(j, "excluded", r->excluded);
    json_put_bool(j, "settled", r->settled);
    json_put_bool(j, "open", requirement_is_open(r));
    put_measure_ids(w, r);
    json_in(j, "proposals", '[');
    for (uint32_t i = 0; i < r->proposals.n; i++)
        json_string(j, LIST_AT(a->catalog->c.examples, struct example,
                               *LIST_AT(r->proposals, uint32_t, i))
                           ->entry.id);
    json_close(j, ']');
    json_close(j, '}');
}

static void put_requirements(struct writer *w)
{
    json_in(&w->j, "requirements", '[');
    for (uint32_t i = 0; i < w->a->requirements.n; i++)
        put_requirement(w, LIST_AT(w->a->requirements, struct requirement_result, i));
    json_close(&w->j, ']');
}

static void put_measures(struct writer *w)
{
    const struct list *list = &w->a->model->m.measures;
    struct order_item *order = order_of(list, sizeof(struct measure));
    struct json *j = &w->j;
    json_in(j, "measures", '[');
    for (uint32_t i = 0; i < list->n; i++) {
        const struct measure *m = LIST_AT(*list, struct measure, order[i].index);
        uint8_t status = m->status ? m->status : STATUS_PROPOSED;
        json_open(j, '{');
        json_put(j, "id", m->entry.id);
        json_put_text(j, "name", m->name);
        json_put(j, "requirement", m->requirement.id);
        json_put(j, "example", m->example.id);
        put_refs(w, "on", &m->on);
        json_put(j, "by", m->by.id);
        json_put_bool(j, "own", m->by.index == w->a->model->m.applicant.index);
        json_put(j, "status", choice_name(&measure_statuses, status));
        json_close(j, '}');
    }
    json_close(j, ']');
    free(order);
}

static void put_date(struct json *j, const char *key, int32_t date)
{
    char text[16];
    snprintf(text, sizeof text, "%04d-%02d-%02d", (int)(date / 10000),
             (int)(date / 100 % 100), (int)(date % 100));
    json_put(j, key, date ? text : NULL);
}

static void put_decision(struct json *j, const struct decision_result *r,
                         const struct decision *d)
{
    json_open(j, '{');
    json_put(j, "id", d->entry.id);
    json_put(j, "subject", d->subject);
    json_put(j, "treatment", choice_name(&treatments, d->treatment));
    json_put_text(j, "reason", d->reason);
    json_put(j, "owner", d->owner);
    json_put(j, "reviewer", d->reviewer);
    put_date(j, "date", d->date);
    put_date(j, "review_by", d->review_by);
    json_put_bool(j, "orphaned", r->state == SUBJECT_ORPHANED);
    json_put_bool(j, "overdue", r->overdue);
    json_close(j, '}');
}

static void put_exclusion(struct json *j, const struct decision_result *r,
                          const struct exclusion *e)
{
    json_open(j, '{');
    json_put(j, "id", e->entry.id);
    json_put(j, "subject", e->subject);
    json_put_text(j, "reason", e->reason);
    json_put(j, "owner", e->owner);
    put_date(j, "date", e->date);
    put_date(j, "review_by", e->review_by);
    json_put_bool(j, "orphaned", r->state == SUBJECT_ORPHANED);
    json_put_bool(j, "overdue", r->overdue);
    json_close(j, '}');
}

static void put_decisions(struct writer *w)
{
    const struct assessment *a = w->a;
    for (int exclusions = 0; exclusions < 2; exclusions++) {
        json_in(&w->j, exclusions ? "exclusions" : "decisions", '[');
        for (uint32_t i = 0; i < a->decisions.n; i++) {
            const struct decision_result *r =
                LIST_AT(a->decisions, struct decision_result, i);
            if (r->is_exclusion != exclusions) continue;
            if (exclusions)
                put_exclusion(
                    &w->j, r,
                    LIST_AT(a->model->m.exclusions, struct exclusion, r->decision));
            else
                put_decision(
                    &w->j, r,
                    LIST_AT(a->model->m.decisions, struct decision, r->decision));
        }
        json_close(&w->j, ']');
    }
}

static void put_assumptions(struct writer *w)
{
    const struct assessment *a = w->a;
    json_in(&w->j, "assumptions", '[');
    for (uint32_t i = 0; i < a->assumptions.n; i++) {
        const struct assumption *s = LIST_AT(a->assumptions, struct assumption, i);
        json_open(&w->j, '{');
        json_put(&w->j, "at", graph_asset_id(a->graph, s->asset));
        json_put(&w->j, "property", s->property);
        json_put(&w->j, "value", s->value);
        json_put(&w->j, "from", s->from);
        json_close(&w->j, '}');
    }
    json_close(&w->j, ']');
}

struct warning {
    const char *code;
    struct text message, hint;
};

static int compare_warnings(const void *x, const void *y)
{
    const struct warning *a = x, *b = y;
    int order = strcmp(a->code, b->code);
    return order ? order
                 : strcmp(text_in(a->message, LANG_EN), text_in(b->message, LANG_EN));
}

/* Warnings without their places: a place depends on the order of entries. */
static void put_warnings(struct writer *w)
{
    const struct diag_list *lists[] = {&w->a->model->diags, &w->a->diags};
    struct warning *items = NULL;
    size_t n = 0, cap = 0;
    for (size_t l = 0; l < 2; l++)
        for (size_t i = 0; i < lists[l]->n; i++)
            *(struct warning *)mem_push(&items, &n, &cap, sizeof *items) =
                (struct warning){lists[l]->items[i].code, lists[l]->items[i].message,
                                 lists[l]->items[i].hint};
    if (n) qsort(items, n, sizeof *items, compare_warnings);
    json_in(&w->j, "warnings", '[');
    for (size_t i = 0; i < n; i++) {
        json_open(&w->j, '{');
        json_put(&w->j, "code", items[i].code);
        json_put_text(&w->j, "message", items[i].message);
        json_put_text(&w->j, "hint", items[i].hint);
        json_close(&w->j, '}');
    }
    json_close(&w->j, ']');
    free(items);
}

static void put_work(struct writer *w)
{
    const struct assessment *a = w->a;
    json_in(&w->j, "work", '{');
    json_put_int(&w->j, "graph_nodes", a->graph->n_nodes);
    json_put_int(&w->j, "graph_edges", a->graph->n_edges);
    json_put_int(&w->j, "node_visits", (long long)a->work.nodes);
    json_put_int(&w->j, "edge_visits", (long long)a->work.edges);
    json_close(&w->j, '}');
}

void assess_json(const struct assessment *a, struct buf *out)
{
    assess_json_with(a, out, NULL, NULL);
}

void assess_json_with(const struct assessment *a, struct buf *out,
                      void (*more)(const void *with, struct json *j), const void *with)
{
    struct writer w = {.a = a, .j = json_on(out, 2)};
    w.mark = mem_alloc(a->graph->n_nodes + 1);
    w.set = mem_alloc((a->forward.words + 1) * sizeof *w.set);
    json_open(&w.j, '{');
    json_put_int(&w.j, "awai", 1);
    put_system(&w);
    put_stakeholders(&w);
    put_components(&w);
    put_flows(&w);
    put_threats(&w);
    put_incidents(&w);
    put_map(&w, "map", 0);
    put_map(&w, "map_by_form_of_use", 1);
    put_demanded(&w);
    put_requirements(&w);
    put_measures(&w);
    put_decisions(&w);
    put_assumptions(&w);
    put_warnings(&w);
    put_work(&w);
    if (more) more(with, &w.j);
    json_close(&w.j, '}');
    free(w.mark);
    free(w.set);
    arena_fini(&w.scratch);
}
