// SPDX-License-Identifier: Apache-2.0
/* Rehearsals as JSON; see rehearse_json.h. */
#include "twin/rehearse_json.h"

const char *mark_name(enum mark_kind kind)
{
    static const char *const names[] = {"attack", "refused", "seen", "response",
                                        "ended"};
    return names[kind];
}

static void json_put_number(struct json *j, const char *key, double value)
{
    json_key(j, key);
    json_double(j, value);
}

static void put_spread(struct json *j, const char *name, const struct spread *s)
{
    const struct {
        const char *key;
        double value;
    } parts[] = {
        {"least",  s->least },
        {"p5",     s->p5    },
        {"median", s->median},
        {"p95",    s->p95   },
        {"most",   s->most  }
    };
    json_in(j, name, '{');
    json_put_number(j, "mean", s->mean);
    json_in(j, "interval", '[');
    json_double(j, s->interval[0]);
    json_double(j, s->interval[1]);
    json_close(j, ']');
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        json_put_number(j, parts[i].key, parts[i].value);
    json_close(j, '}');
}

static void put_axis(struct json *j, const struct rehearse_result *r,
                     const struct rehearsed *x, int set, uint32_t stakeholder, int axis)
{
    const struct choice_set *names = axis ? &economic_levels : &recovery_levels;
    uint64_t counts[N_LEVELS], at_least = 0;
    if (!rehearse_measures(r->plan.cast, x->play->incident, stakeholder, axis)) return;
    rehearse_levels(r, x, set, stakeholder, axis, counts);
    json_in(j, axis ? "economic" : "recovery", '{');
    json_put(j, "measured", choice_name(names, rehearse_measured(counts)));
    json_in(j, "levels", '{');
    for (int level = N_LEVELS - 1; level >= 0; level--) {
        double interval[2];
        at_least += counts[level];
        dist_share_interval(at_least, r->plan.runs, interval);
        json_in(j, choice_name(names, level), '{');
        json_put_int(j, "runs", (long long)counts[level]);
        json_put_number(j, "at_least", (double)at_least / (double)r->plan.runs);
        json_in(j, "interval", '[');
        json_double(j, interval[0]);
        json_double(j, interval[1]);
        json_close(j, ']');
        json_close(j, '}');
    }
    json_close(j, '}');
    json_close(j, '}');
}

static void put_stakeholders(struct json *j, const struct rehearse_result *r,
                             const struct rehearsed *x, int set)
{
    const struct model *m = r->plan.cast->graph->model;
    json_in(j, "stakeholders", '{');
    for (uint32_t i = 0; i < r->n_stakeholders; i++) {
        if (!rehearse_concerns(r->plan.cast, x->play->incident, i)) continue;
        json_in(j, LIST_AT(m->m.stakeholders, struct stakeholder, i)->entry.id, '{');
        put_axis(j, r, x, set, i, 0);
        put_axis(j, r, x, set, i, 1);
        json_close(j, '}');
    }
    json_close(j, '}');
}

static void put_run(struct json *j, const char *name, const struct rehearse_result *r,
                    const struct run_set *set, uint64_t world)
{
    json_in(j, name, '{');
    json_put_int(j, "world", (long long)world);
    json_in(j, "outcomes", '{');
    for (uint32_t i = 0; i < r->n_outcomes; i++)
        json_put_number(j, cast_outcome(r->plan.cast->scenario, i)->q.name,
                        set->outcomes[world * r->n_outcomes + i]);
    json_close(j, '}');
    json_close(j, '}');
}

static void put_set(struct json *j, const char *name, const struct rehearse_result *r,
                    const struct rehearsed *x, int set)
{
    json_in(j, name, '{');
    json_in(j, "outcomes", '{');
    for (uint32_t i = 0; i < r->n_outcomes; i++) {
        struct spread s = rehearse_outcome(r, x, set, i);
        put_spread(j, cast_outcome(r->plan.cast->scenario, i)->q.name, &s);
    }
    json_close(j, '}');
    put_stakeholders(j, r, x, set);
    put_run(j, "worst", r, &x->sets[set], x->sets[set].worst);
    put_run(j, "typical", r, &x->sets[set], x->sets[set].typical);
    json_close(j, '}');
}

static void put_declared(struct json *j, const struct incident *of)
{
    json_in(j, "declared", '{');
    for (uint32_t i = 0; i < of->harms.n; i++) {
        const struct harm *h = LIST_AT(of->harms, struct harm, i);
        json_in(j, h->entry.id, '{');
        json_put(j, "recovery", choice_name(&recovery_levels, h->recovery));
        json_put(j, "economic", choice_name(&economic_levels, h->economic));
        json_close(j, '}');
    }
    json_close(j, '}');
}

static void put_incident(struct json *j, const struct rehearse_result *r,
                         const struct rehearsed *x)
{
    const struct model *m = r->plan.cast->graph->model;
    const struct incident *of =
        LIST_AT(m->m.incidents, struct incident, x->play->incident);
    json_open(j, '{');
    json_put(j, "incident", of->entry.id);
    json_put_text(j, "name", of->name);
    json_put_text(j, "about", x->play->from->about);
    json_put_bool(j, "physical", !x->play->is_still);
    if (x->play->is_still) json_put_text(j, "reason", x->play->from->reason);
    put_declared(j, of);
    put_set(j, "without", r, x, 0);
    if (r->plan.n_sets > 1) put_set(j, "with", r, x, 1);
    json_close(j, '}');
}

static void put_measures(struct json *j, const struct rehearse_plan *p)
{
    const struct model *m = p->cast->graph->model;
    json_in(j, "measures", '[');
    for (uint32_t i = 0; p->n_sets > 1 && i < m->m.measures.n; i++)
        if (p->sets[1][i])
            json_string(j, LIST_AT(m->m.measures, struct measure, i)->entry.id);
    json_close(j, ']');
}

static void put_outcomes(struct json *j, const struct scenario *s)
{
    json_in(j, "outcomes", '{');
    for (uint32_t i = 0; i < cast_n_outcomes(s); i++) {
        const struct twin_quantity *q = &cast_outcome(s, i)->q;
        json_in(j, q->name, '{');
        json_put(j, "unit", q->unit);
        json_put_text(j, "about", q->about);
        json_close(j, '}');
    }
    json_close(j, '}');
}

/* Measured levels of those whom the incident concerns. */
static void put_cell_levels(struct json *j, const struct rehearse_matrix *m,
                            size_t cell)
{
    const struct rehearse_result *r = m->without;
    const struct model *model = r->plan.cast->graph->model;
    uint32_t incident = r->items[cell / m->n_measures].play->incident;
    json_in(j, "levels", '{');
    for (uint32_t i = 0; i < r->n_stakeholders; i++) {
        const struct run_levels *l = &m->cells[cell].levels[i];
        if (!rehearse_concerns(r->plan.cast, incident, i)) continue;
        json_in(j, LIST_AT(model->m.stakeholders, struct stakeholder, i)->entry.id,
                '{');
        json_put(j, "recovery", choice_name(&recovery_levels, l->recovery));
        json_put(j, "economic", choice_name(&economic_levels, l->economic));
        json_close(j, '}');
    }
    json_close(j, '}');
}

static void put_cell(struct json *j, const struct rehearse_matrix *m,
                     const struct matrix_cell *cell)
{
    const struct rehearse_result *r = m->without;
    const struct scenario *s = r->plan.cast->scenario;
    json_in(j, "means", '{');
    for (uint32_t i = 0; i < r->n_outcomes; i++)
        json_put_number(j, cast_outcome(s, i)->q.name, cell->means[i]);
    json_close(j, '}');
}

/* The stakeholders to whom the measure leaves more than the model judges. */
static void put_contradicted(struct json *j, const struct rehearse_matrix *m,
                             size_t cell)
{
    const struct rehearse_result *r = m->without;
    const struct model *model = r->plan.cast->graph->model;
    json_in(j, "leaves_more_than_judged", '[');
    for (uint32_t i = 0; i < r->n_stakeholders; i++)
        if (rehearse_contradicts(m, cell / m->n_measures, cell % m->n_measures, i))
            json_string(
                j, LIST_AT(model->m.stakeholders, struct stakeholder, i)->entry.id);
    json_close(j, ']');
}

static void put_matrix(struct json *j, const struct rehearse_matrix *m)
{
    const struct model *model = m->without->plan.cast->graph->model;
    json_in(j, "matrix", '[');
    for (size_t i = 0; i < m->without->n * m->n_measures; i++) {
        const struct rehearsed *x = &m->without->items[i / m->n_measures];
        uint32_t measure = m->measures[i % m->n_measures];
        json_open(j, '{');
        json_put(
            j, "incident",
            LIST_AT(model->m.incidents, struct incident, x->play->incident)->entry.id);
        json_put(j, "measure",
                 LIST_AT(model->m.measures, struct measure, measure)->entry.id);
        json_put_bool(j, "changes", m->cells[i].changes);
        put_cell_levels(j, m, i);
        put_cell(j, m, &m->cells[i]);
        put_contradicted(j, m, i);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_compatibility(struct json *j, const struct compatibility *c)
{
    json_in(j, "compatibility", '[');
    for (size_t i = 0; i < c->n; i++) {
        const struct compatibility_row *row = &c->rows[i];
        const struct scenario_emergency *of =
            &c->cast->scenario->emergencies[row->emergency];
        json_open(j, '{');
        json_put(j, "measures", row->set);
        json_put(j, "emergency", of->name);
        json_put_bool(j, "breaks", compatibility_breaks(c, row));
        json_put_int(j, "failed", (long long)row->n_failed);
        json_put_int(j, "runs", (long long)c->runs);
        json_put(j, "outcome", c->cast->scenario->outcomes[of->outcome].q.name);
        json_put_number(j, "most", row->most);
        json_put_number(j, "worst", row->worst);
        json_put_int(j, "world", (long long)row->world);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_work(struct json *j, const struct rehearse_result *r)
{
    json_in(j, "work", '{');
    json_put_int(j, "runs", (long long)r->n_runs);
    json_put_int(j, "steps", (long long)r->n_steps);
    json_put_int(j, "threads", (long long)r->plan.threads);
    json_put_number(j, "seconds", r->seconds);
    json_close(j, '}');
}

void rehearse_json(const struct rehearse_result *r, const struct rehearse_matrix *m,
                   const struct compatibility *c, struct json *j)
{
    const struct cast *cast = r->plan.cast;
    json_put(j, "system", cast->graph->model->m.system.id);
    json_put(j, "twin", cast->scenario->twin->name);
    json_put_int(j, "seed", (long long)r->plan.seed);
    json_put_int(j, "runs", (long long)r->plan.runs);
    json_put_bool(j, "stopped", r->is_stopped);
    json_put_int(j, "broken_runs", (long long)r->n_wrong);
    json_put_int(j, "late_runs", (long long)r->n_late);
    put_measures(j, &r->plan);
    put_outcomes(j, cast->scenario);
    json_in(j, "incidents", '[');
    for (size_t i = 0; i < r->n; i++)
        put_incident(j, r, &r->items[i]);
    json_close(j, ']');
    if (m) put_matrix(j, m);
    if (c) put_compatibility(j, c);
    put_work(j, r);
}
