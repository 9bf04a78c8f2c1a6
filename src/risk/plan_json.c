// SPDX-License-Identifier: Apache-2.0
/* A plan as JSON. */
#include <stdlib.h>
#include <string.h>

#include "attack/model_net.h"
#include "risk/plan_answer.h"
#include "risk/plan_int.h"

struct writer {
    const struct plan_answer *a;
    struct json *j;
};

static void put_number(struct json *j, const char *key, double value)
{
    json_key(j, key);
    json_double(j, value);
}

static const char *incident_id(const struct plan_answer *a, uint32_t i)
{
    return LIST_AT(a->c->model.m.incidents, struct incident, i)->entry.id;
}

static const char *measure_id(const struct plan_answer *a, uint32_t i)
{
    return LIST_AT(a->c->model.m.measures, struct measure, i)->entry.id;
}

static void put_levels(struct json *j, const char *key, struct position p)
{
    json_in(j, key, '{');
    json_put(j, "recovery", recovery_name(p.recovery));
    json_put(j, "economic", economic_name(p.economic));
    json_close(j, '}');
}

static void put_costless(struct writer *w)
{
    const struct plan_case *c = w->a->c;
    json_in(w->j, "without_cost", '[');
    for (uint32_t i = 0; i < c->n_costless; i++)
        json_string(w->j, measure_id(w->a, c->costless[i]));
    json_close(w->j, ']');
}

static void put_ways(struct writer *w, const char *key, const struct plan_ways *ways)
{
    char id[160];
    json_in(w->j, key, '[');
    for (size_t i = 0; i < ways->n; i++) {
        const struct plan_way *way = &ways->items[i];
        json_open(w->j, '{');
        json_put(w->j, "incident", incident_id(w->a, way->incident));
        put_levels(w->j, "harm", way->from);
        put_levels(w->j, "harm_with", way->to);
        json_put_bool(w->j, "cut", way->is_cut);
        json_in(w->j, "chain", '[');
        for (size_t k = 0; k < way->n_nodes; k++) {
            graph_node_id(&w->a->c->graph, way->nodes[k], id, sizeof id);
            json_string(w->j, id);
        }
        json_close(w->j, ']');
        json_close(w->j, '}');
    }
    json_close(w->j, ']');
}

static void put_refs(struct json *j, const char *key, const struct list *refs)
{
    json_in(j, key, '[');
    for (uint32_t i = 0; i < refs->n; i++)
        json_string(j, LIST_AT(*refs, struct ref, i)->id);
    json_close(j, ']');
}

static void put_choice(struct writer *w, const struct plan_choice *choice)
{
    const struct plan_answer *a = w->a;
    const struct measure *m = plan_measure(a->plan, choice->measure);
    struct json *j = w->j;
    json_open(j, '{');
    json_put(j, "measure", m->entry.id);
    json_put_text(j, "name", m->name);
    json_put(j, "by", m->by.id);
    put_refs(j, "on", &m->on);
    put_number(j, "cost", choice->cost);
    json_put_bool(j, "cost_assumed", a->c->assumed[choice->measure]);
    json_put_bool(j, "from_catalog", choice->measure >= a->c->n_own);
    put_refs(j, "requires", &m->requires);
    json_put_int(j, "gain", choice->gain);
    json_put_int(j, "loss", choice->loss);
    put_ways(w, "without_it", &choice->ways);
    json_close(j, '}');
}

static void put_set(struct json *j, const char *key, const struct plan_set *set)
{
    json_in(j, key, '{');
    put_number(j, "cost", set->cost);
    json_put_int(j, "above_target", set->left);
    json_close(j, '}');
}

static void put_rows(struct writer *w)
{
    const struct model_data *m = &w->a->c->model.m;
    json_in(w->j, "stakeholders", '[');
    for (uint32_t i = 0; i < w->a->after->map.n; i++) {
        const struct map_row *row = LIST_AT(w->a->after->map, struct map_row, i);
        if (row->form) continue;
        json_open(w->j, '{');
        json_put(
            w->j, "stakeholder",
            LIST_AT(m->stakeholders, struct stakeholder, row->stakeholder)->entry.id);
        put_levels(w->j, "inherent", row->inherent);
        put_levels(w->j, "now", row->now);
        put_levels(w->j, "with_plan", row->planned);
        json_put_bool(w->j, "has_target", row->has_target);
        json_put_bool(w->j, "within_target", row->planned_within);
        json_close(w->j, '}');
    }
    json_close(w->j, ']');
}

/* Incidents that chains still reach, whatever they do. */
static void put_reached(struct writer *w)
{
    json_in(w->j, "still_reached", '[');
    for (uint32_t i = 0; i < w->a->after->incidents.n; i++) {
        const struct incident_result *r =
            LIST_AT(w->a->after->incidents, struct incident_result, i);
        if (r->planned) json_string(w->j, incident_id(w->a, r->incident));
    }
    json_close(w->j, ']');
}

static void put_front(struct writer *w)
{
    const struct plan_answer *a = w->a;
    json_in(w->j, "front", '[');
    for (size_t i = 0; i < a->front.n; i++) {
        const struct plan_set *set = &a->front.sets[i];
        json_open(w->j, '{');
        put_number(w->j, "cost", set->cost);
        json_put_int(w->j, "above_target", set->left);
        json_in(w->j, "measures", '[');
        for (uint32_t k = 0; k < a->plan->n_candidates; k++)
            if (set->of[a->plan->candidates[k]])
                json_string(w->j, measure_id(a, a->plan->candidates[k]));
        json_close(w->j, ']');
        json_close(w->j, '}');
    }
    json_close(w->j, ']');
}

static void put_change(struct writer *w, double before, double after, double difference,
                       const double interval[2])
{
    put_number(w->j, "before", before);
    put_number(w->j, "after", after);
    put_number(w->j, "difference", difference);
    json_in(w->j, "ci95", '[');
    json_double(w->j, interval[0]);
    json_double(w->j, interval[1]);
    json_close(w->j, ']');
}

static void put_chances(struct writer *w)
{
    const struct plan_answer *a = w->a;
    json_in(w->j, "simulation", '{');
    json_put_int(w->j, "trials", (long long)a->trials);
    json_put_int(w->j, "seed", (long long)a->seed);
    json_in(w->j, "incidents", '[');
    for (uint32_t i = 0; i < a->n_chances; i++) {
        const struct plan_chance *c = &a->chances[i];
        json_open(w->j, '{');
        json_put(w->j, "incident", incident_id(a, c->incident));
        put_change(w, c->before, c->after, c->difference, c->interval);
        json_in(w->j, "above_target", '{');
        put_change(w, c->above_before, c->above_after, c->above_difference,
                   c->above_interval);
        json_close(w->j, '}');
        json_close(w->j, '}');
    }
    json_close(w->j, ']');
    json_close(w->j, '}');
}

static void put_proof(struct writer *w)
{
    const struct plan_answer *a = w->a;
    json_in(w->j, "proof", '{');
    json_put_bool(w->j, "optimal", a->end == PLAN_PROVEN);
    put_number(w->j, "gap", a->plan->gap);
    json_put_int(w->j, "programs", a->plan->n_rounds);
    json_put_int(w->j, "cuts", a->plan->n_cuts);
    json_put_bool(w->j, "verified", a->is_verified);
    json_close(w->j, '}');
}

void plan_json(const struct plan_answer *a, struct json *j)
{
    static const char *const ends[] = {"proven", "impossible", "unproven"};
    struct writer w = {a, j};
    json_put(j, "goal", a->has_budget ? "budget" : "target");
    json_put(j, "result", ends[a->end]);
    json_put(j, "currency", a->c->currency[0] ? a->c->currency : NULL);
    if (a->has_budget) put_number(j, "budget", a->budget.value);
    json_put_int(j, "candidates", a->plan->n_candidates);
    put_set(j, "inherent", &a->inherent);
    put_set(j, "now", &a->now);
    put_set(j, "plan", &a->set);
    put_proof(&w);
    json_in(j, "measures", '[');
    for (uint32_t i = 0; i < a->n_choices; i++)
        put_choice(&w, &a->choices[i]);
    json_close(j, ']');
    put_rows(&w);
    put_ways(&w, "left", &a->left);
    put_ways(&w, "beyond_candidates", &a->beyond);
    json_put_bool(j, "candidates_exclude_each_other", a->is_conflict);
    put_reached(&w);
    put_costless(&w);
    if (a->front.n) {
        put_front(&w);
        json_put_bool(j, "front_is_whole", !a->is_front_cut);
    }
    if (a->n_chances) put_chances(&w);
    if (!a->is_written) return;
    json_in(j, "written", '{');
    json_put_int(j, "measures_decided", a->n_decided);
    json_put_int(j, "measures_added", a->n_added);
    json_put_int(j, "decisions_added", a->n_entries);
    json_close(j, '}');
}

void plan_document(const struct plan_answer *answer, struct buf *out)
{
    struct json j = json_on(out, 3);
    json_open(&j, '{');
    plan_json(answer, &j);
    json_close(&j, '}');
}
