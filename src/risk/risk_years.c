// SPDX-License-Identifier: Apache-2.0
/* From worlds to years: the joint sets of incidents of the worlds are the cases, the
 * attackers the sources. Worlds in which nothing is reached are left out, and the rate
 * of an attacker's campaigns lowered by as much. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "risk/risk_int.h"

/* More events, or harms of events, than that are not simulated, but fewer years. */
#define MOST_EVENTS 1e8
#define MOST_HARMS  1e9

struct maker {
    struct risk *r;
    const struct worlds *worlds;
    struct compound_source *sources;
    struct compound_case *cases;
    uint32_t *case_parts;
    struct compound_layer *layers;
    struct compound_part *parts;
    struct compound_harm *harms;
    struct compound_end *ends;
    size_t n_cases, cap_cases, n_case_parts, cap_case_parts, n_parts, cap_parts,
        n_harms, cap_harms, n_ends, cap_ends, n_layers, cap_layers;
    uint32_t *part_of; // [incident * N_CELLS + cap]: number + 1
};

/* Whatever the order of the file. */
static uint64_t harm_key(const struct risk *r, const struct ending *x)
{
    const struct model_data *m = &r->plan->graph->model->m;
    char name[192];
    snprintf(name, sizeof name, "%s harms %s",
             LIST_AT(m->incidents, struct incident, x->incident)->entry.id,
             LIST_AT(m->stakeholders, struct stakeholder, x->stakeholder)->entry.id);
    return random_key(name);
}

static void add_harm(struct maker *m, const struct ending *x, uint32_t cap)
{
    struct compound_harm *h =
        mem_push(&m->harms, &m->n_harms, &m->cap_harms, sizeof *m->harms);
    *h = (struct compound_harm){harm_key(m->r, x), m->r->bearer_of[x->stakeholder],
                                (uint32_t)m->n_ends, x->n_ends};
    double below = 0;
    for (uint32_t i = 0; i < x->n_ends; i++) {
        struct end end =
            end_limited(&m->r->endings, x->ends[i], (uint8_t)(cap / N_LEVELS),
                        (uint8_t)(cap % N_LEVELS));
        struct compound_end *to =
            mem_push(&m->ends, &m->n_ends, &m->cap_ends, sizeof *m->ends);
        below += end.share;
        *to = (struct compound_end){i + 1 < x->n_ends ? below : 1, end.loss.dist};
    }
}

static void add_layers(struct maker *m, uint32_t incident, uint32_t cap)
{
    const struct list *functions = &m->r->plan->graph->model->m.safety_functions;
    for (uint32_t f = 0; f < functions->n; f++) {
        const struct safety_function *x =
            LIST_AT(*functions, struct safety_function, f);
        if (isnan(m->r->pfd[f]) || !risk_acts(x, incident)) continue;
        struct compound_layer *layer =
            mem_push(&m->layers, &m->n_layers, &m->cap_layers, sizeof *m->layers);
        *layer = (struct compound_layer){f, cell_of_both(cap, function_leaves(x))};
    }
}

static uint32_t part_number(struct maker *m, uint32_t incident, uint32_t cap);

/* The layers of a part know what cell they leave; now the part that is. */
static void link_layers(struct maker *m, uint32_t incident, uint32_t part, uint32_t cap)
{
    for (uint32_t i = 0; i < m->parts[part].n_layers; i++) {
        uint32_t at = m->parts[part].layer + i, left = m->layers[at].leaves;
        uint32_t leaves = left == cap ? part
                          : left == 0 ? COMPOUND_NOTHING
                                      : part_number(m, incident, left);
        m->layers[at].leaves = leaves;
    }
}

static uint32_t part_number(struct maker *m, uint32_t incident, uint32_t cap)
{
    uint32_t *known = &m->part_of[incident * N_CELLS + cap];
    if (*known) return *known - 1;
    struct compound_part part = {.harm = (uint32_t)m->n_harms,
                                 .layer = (uint32_t)m->n_layers};
    const struct endings *e = &m->r->endings;
    for (uint32_t i = e->first[incident]; i < e->end[incident]; i++)
        add_harm(m, &e->items[i], cap);
    add_layers(m, incident, cap);
    part.n_harms = (uint32_t)m->n_harms - part.harm;
    part.n_layers = (uint32_t)m->n_layers - part.layer;
    struct compound_part *to =
        mem_push(&m->parts, &m->n_parts, &m->cap_parts, sizeof *m->parts);
    *to = part;
    uint32_t number = (uint32_t)m->n_parts - 1;
    *known = number + 1;
    link_layers(m, incident, number, cap);
    return number;
}

/* The incidents of a world as a case, unless there are none. */
static void add_case(struct maker *m, uint64_t world)
{
    const struct reached *r = &m->worlds->reached;
    struct compound_case x = {(uint32_t)m->n_case_parts, 0};
    for (uint32_t k = 0; k < m->worlds->n_incidents; k++) {
        uint32_t i = m->r->incident_order[k];
        if (!reached_has(r, world, i)) continue;
        uint32_t part = part_number(m, i, world_cap(m->worlds, world, i));
        uint32_t *to = mem_push(&m->case_parts, &m->n_case_parts, &m->cap_case_parts,
                                sizeof *m->case_parts);
        *to = part;
        x.n_parts++;
    }
    if (x.n_parts == 0) return;
    struct compound_case *to =
        mem_push(&m->cases, &m->n_cases, &m->cap_cases, sizeof *m->cases);
    *to = x;
}

static void add_source(struct maker *m, uint32_t attacker)
{
    const struct reached *r = &m->worlds->reached;
    struct compound_source *s = &m->sources[attacker];
    s->first = (uint32_t)m->n_cases;
    for (uint64_t w = 0; w < r->n_worlds; w++)
        if (r->attacker[w] == attacker) add_case(m, w);
    s->n = (uint32_t)m->n_cases - s->first;
    uint64_t n = m->r->counts.worlds[attacker];
    s->rate = n ? m->r->campaigns[attacker] * s->n / (double)n : 0;
}

static void maker_fini(struct maker *m)
{
    free(m->sources);
    free(m->cases);
    free(m->case_parts);
    free(m->layers);
    free(m->parts);
    free(m->harms);
    free(m->ends);
    free(m->part_of);
}

/* How many harms the cases of a source have in the mean. */
static double harms_of(const struct compound *c, const struct compound_source *s)
{
    double sum = 0;
    for (uint32_t i = s->first; i < s->first + s->n; i++)
        for (uint32_t k = 0; k < c->cases[i].n_parts; k++)
            sum += c->parts[c->case_parts[c->cases[i].part + k]].n_harms;
    return s->n ? sum / s->n : 0;
}

/* As many years as were asked for, or as take no more than can be awaited. */
static uint64_t years_of(struct risk *r, const struct compound *c)
{
    double rate = 0, harms = 0, years = (double)r->plan->years;
    for (uint32_t s = 0; s < c->n_sources; s++) {
        rate += c->sources[s].rate;
        harms += c->sources[s].rate * harms_of(c, &c->sources[s]);
    }
    double most = fmin(MOST_EVENTS / rate, MOST_HARMS / harms);
    if (!(rate > 0) || years <= most) return r->plan->years;
    r->notes[NOTE_FEWER_YEARS] = 1;
    return (uint64_t)fmax(1, most);
}

void risk_add_years(struct risk *r, const struct worlds *worlds,
                    void (*progress)(void *told, uint64_t done), void *told)
{
    struct maker m = {.r = r, .worlds = worlds};
    m.sources = mem_alloc((r->n_attackers + 1) * sizeof *m.sources);
    m.part_of = mem_alloc(((size_t)r->n_incidents * N_CELLS + 1) * sizeof *m.part_of);
    for (uint32_t a = 0; a < r->n_attackers; a++)
        add_source(&m, a);
    struct compound c = {.sources = m.sources,
                         .cases = m.cases,
                         .case_parts = m.case_parts,
                         .parts = m.parts,
                         .harms = m.harms,
                         .ends = m.ends,
                         .layers = m.layers,
                         .pfd = r->pfd,
                         .layer_keys = r->function_keys,
                         .n_sources = r->n_attackers,
                         .n_bearers = r->n_bearers,
                         .threads = r->plan->threads,
                         .stop = r->plan->stop,
                         .progress = progress,
                         .told = told};
    // numbers of their own: not those that the worlds were drawn with
    c.seed = random_draw(r->plan->seed, 0, random_key("years of risk")).word[0];
    c.years = r->years_planned = years_of(r, &c);
    r->years = compound_run(&c);
    maker_fini(&m);
}
