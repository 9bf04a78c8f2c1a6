// SPDX-License-Identifier: Apache-2.0
/* Each measure alone; see rehearse.h. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "twin/rehearse.h"

/* Whether an act is at a place that a step touches. */
static int is_near(const struct cast *c, const struct cast_step *step, uint16_t place)
{
    const struct cast_place *p = &c->places[step->on];
    if (place == step->on || (p->is_flow && (place == p->from || place == p->to)))
        return 1;
    return step->function >= 0 && c->function_at[step->function] == place;
}

/* Whether an act can change anything in a play: the others have been left out of no
 * run that they would have changed. */
static int can_matter(const struct cast *c, const struct cast_play *play,
                      const struct cast_act *a)
{
    switch (a->does) {
    case ACT_SET:
    case ACT_LIMIT:
    case ACT_CONFIRM:
    case ACT_LOGIN: return 1;
    default: break;
    }
    for (uint32_t i = 0; i < play->n_steps; i++) {
        const struct cast_step *step = &play->steps[i];
        if (a->does == ACT_SEGMENT && step->foothold != CAST_NOWHERE) return 1;
        if (a->does != ACT_SEGMENT && is_near(c, step, a->on)) return 1;
    }
    return 0;
}

static int measure_matters(const struct cast *c, const struct cast_play *play,
                           uint32_t measure)
{
    for (size_t i = 0; i < c->n_acts; i++)
        if (c->acts[i].measure == measure && can_matter(c, play, &c->acts[i])) return 1;
    return 0;
}

static void fill_cell(const struct rehearse_matrix *m,
                      const struct rehearse_result *with, const struct rehearsed *x,
                      const struct rehearsed *without, struct matrix_cell *cell)
{
    const struct rehearse_result *r = m->without;
    uint64_t counts[N_LEVELS];
    size_t bytes = (size_t)r->plan.runs * r->n_outcomes * sizeof(double);
    cell->means = mem_alloc(r->n_outcomes * sizeof *cell->means);
    cell->levels = mem_alloc((r->n_stakeholders + 1) * sizeof *cell->levels);
    cell->changes = memcmp(x->sets[0].outcomes, without->sets[0].outcomes, bytes) != 0;
    for (uint32_t i = 0; i < r->n_outcomes; i++)
        cell->means[i] = rehearse_outcome(with, x, 0, i).mean;
    for (uint32_t i = 0; i < r->n_stakeholders; i++) {
        rehearse_levels(with, x, 0, i, 0, counts);
        cell->levels[i].recovery = (uint8_t)rehearse_measured(counts);
        rehearse_levels(with, x, 0, i, 1, counts);
        cell->levels[i].economic = (uint8_t)rehearse_measured(counts);
    }
}

/* One incident with one measure alone. */
static void run_cell(struct rehearse_matrix *m, size_t incident, size_t measure)
{
    const struct rehearse_result *r = m->without;
    const struct rehearsed *x = &r->items[incident];
    const struct cast *c = r->plan.cast;
    struct matrix_cell *cell = &m->cells[incident * m->n_measures + measure];
    if (!measure_matters(c, x->play, m->measures[measure])) {
        fill_cell(m, r, x, x, cell);
        return;
    }
    uint8_t *set = mem_alloc(c->graph->model->m.measures.n + 1);
    set[m->measures[measure]] = 1;
    struct rehearse_plan plan = r->plan;
    plan.sets[0] = set;
    plan.n_sets = 1;
    plan.is_certain = 1;
    plan.incident = x->play->incident;
    plan.progress = NULL;
    struct rehearse_result *with = rehearse_run(&plan);
    m->is_stopped = with->is_stopped;
    if (!with->is_stopped) fill_cell(m, with, with->items, x, cell);
    m->n_runs += with->n_runs;
    rehearse_free(with);
    free(set);
}

struct rehearse_matrix *rehearse_matrix_run(const struct rehearse_result *r)
{
    const struct cast *c = r->plan.cast;
    uint32_t n = c->graph->model->m.measures.n;
    struct rehearse_matrix *m = mem_alloc(sizeof *m);
    *m = (struct rehearse_matrix){.without = r};
    m->measures = mem_alloc((n + 1) * sizeof *m->measures);
    for (uint32_t i = 0; i < n; i++)
        if (cast_acts_of(c, i)) m->measures[m->n_measures++] = i;
    size_t all = r->n * m->n_measures;
    m->cells = mem_alloc((all + 1) * sizeof *m->cells);
    for (size_t i = 0; i < all && !m->is_stopped; i++) {
        run_cell(m, i / m->n_measures, i % m->n_measures);
        if (r->plan.progress)
            r->plan.progress(r->plan.told, (double)(i + 1) / (double)all);
    }
    return m;
}

void rehearse_matrix_free(struct rehearse_matrix *m)
{
    if (m == NULL) return;
    for (size_t i = 0; i < m->without->n * m->n_measures; i++) {
        free(m->cells[i].means);
        free(m->cells[i].levels);
    }
    free(m->cells);
    free(m->measures);
    free(m);
}

const struct harm_limit *rehearse_judged(const struct cast *c, uint32_t incident,
                                         uint32_t measure)
{
    const struct measure *of =
        LIST_AT(c->graph->model->m.measures, struct measure, measure);
    for (uint32_t i = 0; i < of->limits.n; i++) {
        const struct harm_limit *x = LIST_AT(of->limits, struct harm_limit, i);
        if (x->incident.index == incident) return x;
    }
    return NULL;
}

int rehearse_contradicts(const struct rehearse_matrix *m, size_t incident,
                         size_t measure, uint32_t stakeholder)
{
    const struct cast *c = m->without->plan.cast;
    uint32_t of = m->without->items[incident].play->incident;
    const struct harm_limit *x = rehearse_judged(c, of, m->measures[measure]);
    const struct run_levels *l =
        &m->cells[incident * m->n_measures + measure].levels[stakeholder];
    if (x == NULL) return 0;
    return (l->recovery > x->recovery && rehearse_measures(c, of, stakeholder, 0)) ||
           (l->economic > x->economic && rehearse_measures(c, of, stakeholder, 1));
}
