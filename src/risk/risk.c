// SPDX-License-Identifier: Apache-2.0
/* Risk in numbers; see risk.h. */
#include "risk/risk.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "risk/measured.h"
#include "risk/risk_int.h"

/* Worlds that are run again without each measure. */
enum { MEASURE_WORLDS = 10000 };
/* Incidents of all worlds together; more are not kept. */
#define MOST_REACHED ((uint64_t)1 << 28)
/* Values of all draws together; each has eight bytes. */
#define MOST_DRAWN ((uint64_t)1 << 26)

/* ---- sums over incidents ----------------------------------------------------------
 */

double cells_harmed(const double *values)
{
    double sum = 0;
    for (uint32_t i = 1; i < N_CELLS; i++)
        sum += values[i];
    return sum;
}

double cells_from(const double *values, uint8_t recovery)
{
    double sum = 0;
    for (uint32_t i = cell_of(recovery, 0); i < N_CELLS; i++)
        sum += values[i];
    return sum;
}

void risk_total(const struct risk *r, const struct counts *c, const double *campaigns,
                const double *layers, double *values, double *of_incident)
{
    memset(values, 0, (size_t)r->n_bearers * N_VALUES * sizeof *values);
    for (uint32_t i = 0; i < r->endings.n; i++) {
        const struct ending *x = &r->endings.items[i];
        uint32_t bearer = r->bearer_of[x->stakeholder];
        double own[N_VALUES];
        counts_values(c, &r->endings, x, campaigns,
                      layers ? layers + (size_t)x->incident * N_CELLS
                             : r->incidents[x->incident].layers,
                      own);
        for (uint32_t v = 0; v < N_VALUES; v++)
            values[(size_t)bearer * N_VALUES + v] += own[v];
        if (of_incident)
            of_incident[(size_t)bearer * r->n_incidents + x->incident] +=
                own[VALUE_LOSS];
    }
}

void risk_levels(const struct risk *r, const struct counts *c, const struct ending *of,
                 const double *campaigns, const double *layers, double *levels)
{
    double own[N_VALUES];
    counts_values(c, &r->endings, of, campaigns,
                  layers ? layers + (size_t)of->incident * N_CELLS
                         : r->incidents[of->incident].layers,
                  own);
    for (uint32_t i = 0; i < N_AXIS_LEVELS; i++)
        levels[i] = 0;
    for (uint32_t i = 0; i < N_CELLS; i++) {
        levels[i / N_LEVELS] += own[i];
        levels[N_LEVELS + i % N_LEVELS] += own[i];
    }
}

static void add_harms(struct risk *r)
{
    r->harms = arena_array(&r->arena, r->endings.n + 1, sizeof *r->harms);
    for (uint32_t i = 0; i < r->endings.n; i++) {
        const struct ending *x = &r->endings.items[i];
        double levels[N_AXIS_LEVELS];
        r->harms[i].incident = x->incident;
        r->harms[i].bearer = r->bearer_of[x->stakeholder];
        risk_levels(r, &r->counts, x, r->campaigns, NULL, levels);
        for (uint32_t v = 0; v < N_AXIS_LEVELS; v++)
            r->harms[i].levels[v].mean = levels[v];
    }
}

/* ---- safety functions -------------------------------------------------------------
 */

int risk_acts(const struct safety_function *f, uint32_t incident)
{
    return refs_have(&f->against, incident);
}

uint32_t function_leaves(const struct safety_function *f)
{
    return f->leaves.is_set ? cell_of(f->leaves.recovery, f->leaves.economic) : 0;
}

/* Each function works or not, whatever the others do; those that work leave the lower
 * levels of theirs. */
void risk_layers(const struct risk *r, uint32_t incident, const double *pfd,
                 double *layers)
{
    const struct list *functions = &r->plan->graph->model->m.safety_functions;
    memset(layers, 0, N_CELLS * sizeof *layers);
    layers[N_CELLS - 1] = 1;
    for (uint32_t k = 0; k < functions->n; k++) {
        uint32_t f = r->function_order[k];
        const struct safety_function *x =
            LIST_AT(*functions, struct safety_function, f);
        double before[N_CELLS];
        if (isnan(pfd[f]) || !risk_acts(x, incident)) continue;
        memcpy(before, layers, sizeof before);
        for (uint32_t i = 0; i < N_CELLS; i++)
            layers[i] *= pfd[f];
        for (uint32_t i = 0; i < N_CELLS; i++)
            layers[cell_of_both(i, function_leaves(x))] += (1 - pfd[f]) * before[i];
    }
}

double layers_pass(const double *layers, uint8_t recovery)
{
    return cells_from(layers, recovery);
}

/* Only what works without the communication, and is known to, counts. */
static void credit_functions(struct risk *r)
{
    const struct list *functions = &r->plan->graph->model->m.safety_functions;
    r->pfd = arena_array(&r->arena, functions->n + 1, sizeof *r->pfd);
    r->function_keys = arena_array(&r->arena, functions->n + 1, sizeof(uint64_t));
    for (uint32_t k = 0; k < functions->n; k++) {
        uint32_t f = r->function_order[k];
        const struct safety_function *x =
            LIST_AT(*functions, struct safety_function, f);
        r->function_keys[f] = random_key(x->entry.id);
        int is_credited = x->independent == TRI_YES && x->pfd.mode.is_set;
        r->pfd[f] = is_credited ? estimate_mean(&x->pfd) : (double)NAN;
        r->notes[NOTE_FUNCTION_WITHOUT_PFD] |=
            x->independent == TRI_YES && !x->pfd.mode.is_set;
        r->notes[NOTE_FUNCTION_NOT_INDEPENDENT] |= x->independent != TRI_YES;
        r->notes[NOTE_LAYER_STOPS_ALL] |= is_credited;
    }
    for (uint32_t i = 0; i < r->n_incidents; i++)
        risk_layers(r, i, r->pfd, r->incidents[i].layers);
}

/* ---- begin ------------------------------------------------------------------------
 */

static void add_bearers(struct risk *r)
{
    const struct list *all = &r->plan->graph->model->m.stakeholders;
    const uint32_t *order = order_of_ids(&r->arena, all, sizeof(struct stakeholder));
    uint32_t n = all->n;
    r->bearer_of = arena_array(&r->arena, n + 1, sizeof *r->bearer_of);
    r->bearers = arena_array(&r->arena, n + 1, sizeof *r->bearers);
    for (uint32_t k = 0; k < n; k++) {
        uint32_t s = order[k];
        r->bearer_of[s] = REF_NONE;
        for (uint32_t i = 0; i < r->endings.n; i++)
            if (r->endings.items[i].stakeholder == s) r->bearer_of[s] = r->n_bearers;
        if (r->bearer_of[s] != REF_NONE) r->bearers[r->n_bearers++].stakeholder = s;
    }
}

static void add_attackers(struct risk *r)
{
    const struct graph *g = r->plan->graph;
    const struct list *attackers = model_attackers(g);
    const uint32_t *order = order_of_ids(&r->arena, attackers, sizeof(struct attacker));
    r->n_attackers = attackers->n;
    r->attackers = arena_array(&r->arena, r->n_attackers + 1, sizeof *r->attackers);
    r->campaigns = arena_array(&r->arena, r->n_attackers + 1, sizeof *r->campaigns);
    for (uint32_t a = 0; a < r->n_attackers; a++) {
        r->attackers[a] = LIST_AT(*attackers, struct attacker, order[a]);
        r->campaigns[a] = estimate_mean(&r->attackers[a]->campaigns);
    }
    r->inputs = inputs_of(g, r->plan->measures, &r->arena);
    r->notes[NOTE_NESTED] = r->inputs.is_nested;
    r->notes[NOTE_ATTACKERS_OF_CATALOG] = attackers != &g->model->m.attackers;
}

/* As many draws as were asked for, or as can be kept; two in any case. */
static void choose_outer(struct risk *r)
{
    uint64_t n = r->plan->outer ? r->plan->outer : r->inputs.is_nested ? 200 : 1000;
    uint64_t most = MOST_DRAWN / risk_values_of_draw(r);
    if (most < 2) most = 2;
    r->notes[NOTE_FEWER_DRAWS] = n > most;
    r->outer = (size_t)(n > most ? most : n);
}

/* What the amounts of the endings rest on. */
static void note_money(struct risk *r)
{
    if (r->endings.money.unit[0] == '\0') {
        r->notes[NOTE_NO_MONEY] = 1;
        return;
    }
    r->notes[NOTE_LOSS_IS_CHANCE] = 1;
    for (uint32_t i = 0; i < r->endings.n; i++)
        for (uint32_t k = 0; k < r->endings.items[i].n_ends; k++) {
            uint8_t basis = r->endings.items[i].ends[k].loss.basis;
            r->notes[NOTE_LOSS_FROM_BOUNDS] |= basis == BASIS_BOUNDS;
            r->notes[NOTE_LEVEL_WITHOUT_LOSS] |= basis == BASIS_MISSING;
        }
}

static struct risk *begin(const struct risk_plan *plan)
{
    struct risk *r = mem_alloc(sizeof *r);
    r->plan = plan;
    r->n_incidents = plan->graph->model->m.incidents.n;
    r->endings = endings_of(plan->graph->model, plan->graph->catalog);
    if (plan->rehearsed)
        r->notes[NOTE_REHEARSED] = endings_measure(&r->endings, plan->rehearsed) > 0;
    r->incidents = arena_array(&r->arena, r->n_incidents + 1, sizeof *r->incidents);
    const struct model_data *m = &plan->graph->model->m;
    r->incident_order = order_of_ids(&r->arena, &m->incidents, sizeof(struct incident));
    r->measure_order = order_of_ids(&r->arena, &m->measures, sizeof(struct measure));
    r->function_order =
        order_of_ids(&r->arena, &m->safety_functions, sizeof(struct safety_function));
    add_attackers(r);
    add_bearers(r);
    choose_outer(r);
    credit_functions(r);
    note_money(r);
    r->notes[NOTE_EXCLUDED] = r->endings.n_excluded > 0;
    for (uint32_t i = 0; i < r->endings.n; i++)
        r->notes[NOTE_ENDINGS_APART] |= r->endings.items[i].n_ends > 1;
    return r;
}

/* ---- means ------------------------------------------------------------------------
 */

/*
 * The interval of a cell: each incident's own, in the share of it that ends there. They
 * are added as if they were wrong together, as incidents of a campaign come together:
 * the interval is rather too wide than too narrow.
 */
static void add_intervals(struct risk *r, const struct ending *x)
{
    struct risk_bearer *b = &r->bearers[r->bearer_of[x->stakeholder]];
    const struct risk_incident *of = &r->incidents[x->incident];
    double own[N_VALUES] = {0};
    if (of->rate.mean > 0)
        counts_values(&r->counts, &r->endings, x, r->campaigns, of->layers, own);
    else // never reached: what the harm would be
        for (uint32_t i = 0; i < N_CELLS; i++)
            counts_ends(&r->endings, x, i, of->layers[i], own);
    for (int side = 0; side < 2; side++) {
        double factor =
            of->rate.interval[side] / (of->rate.mean > 0 ? of->rate.mean : 1);
        for (uint32_t v = 0; v < N_CELLS; v++)
            b->cells[v].interval[side] += factor * own[v];
        b->events.interval[side] += factor * cells_harmed(own);
        b->serious.interval[side] += factor * cells_from(own, LEVEL_SERIOUS);
    }
}

static void add_means(struct risk *r)
{
    size_t n = (size_t)r->n_bearers * N_VALUES + 1;
    double *values = arena_array(&r->arena, n, sizeof *values);
    double *by =
        arena_array(&r->arena, (size_t)r->n_bearers * r->n_incidents + 1, sizeof *by);
    for (uint32_t i = 0; i < r->n_incidents; i++) {
        struct risk_value *rate = &r->incidents[i].rate;
        rate->mean = counts_rate(&r->counts, i, r->campaigns);
        counts_interval(&r->counts, i, r->campaigns, rate->interval);
    }
    risk_total(r, &r->counts, r->campaigns, NULL, values, by);
    for (uint32_t i = 0; i < r->n_bearers; i++) {
        struct risk_bearer *b = &r->bearers[i];
        const double *own = values + (size_t)i * N_VALUES;
        for (uint32_t v = 0; v < N_CELLS; v++)
            b->cells[v].mean = own[v];
        b->events.mean = cells_harmed(own);
        b->serious.mean = cells_from(own, LEVEL_SERIOUS);
        b->loss.mean = own[VALUE_LOSS];
        b->of_incident = by + (size_t)i * r->n_incidents;
    }
    for (uint32_t i = 0; i < r->endings.n; i++)
        add_intervals(r, &r->endings.items[i]);
}

/* ---- the work, and how far it is ----------------------------------------------------
 */

struct portion {
    const struct risk_plan *plan;
    double before, share, n; // of all work: done before, of this; its pieces
};

static void tell(void *told, uint64_t done)
{
    const struct portion *s = told;
    double part = s->n > 0 ? fmin(1, (double)done / s->n) : 1;
    s->plan->progress(s->plan->told, s->before + s->share * part);
}

/* As many worlds as were asked for, or as can be kept. */
static uint64_t worlds_of(struct risk *r)
{
    uint64_t most = MOST_REACHED / (r->n_incidents + 1);
    if (r->plan->worlds <= most) return r->plan->worlds;
    r->notes[NOTE_FEWER_WORLDS] = 1;
    return most;
}

static struct worlds run_worlds(struct risk *r, const uint8_t *measures, uint64_t n,
                                struct portion *stage, int is_tried)
{
    const struct risk_plan *p = r->plan;
    stage->n = (double)n;
    return worlds_run(&(struct worlds_plan){.graph = p->graph,
                                            .endings = &r->endings,
                                            .measures = measures,
                                            .seed = p->seed,
                                            .n_worlds = n,
                                            .replay = p->replay,
                                            .is_tried = is_tried,
                                            .ways = is_tried ? NULL : risk_ways(r),
                                            .threads = p->threads,
                                            .stop = p->stop,
                                            .progress = p->progress ? tell : NULL,
                                            .told = stage});
}

/* 1 if there is anything that a measure does in the simulation. */
static int does_something(const struct risk *r, uint32_t measure)
{
    const struct graph *g = r->plan->graph;
    const struct measure *m = LIST_AT(g->model->m.measures, struct measure, measure);
    return m->limits.n || m->example.id;
}

/* ---- single measures --------------------------------------------------------------
 */

/* The losses of all bearers in the first worlds under a set of measures. */
static void put_losses(const struct risk *r, const struct worlds *w, double *values)
{
    struct counts c = counts_of(w, r->measure_worlds);
    risk_total(r, &c, r->campaigns, NULL, values, NULL);
    counts_fini(&c);
}

/* Tries a measure: without it, or with it too. */
static void try(struct risk *r, uint32_t measure, uint8_t *set, double *values,
                struct portion *stage)
{
    uint8_t was = set[measure];
    set[measure] = !was;
    struct worlds w = run_worlds(r, set, r->measure_worlds, stage, 1);
    int is_whole = w.reached.n_worlds == r->measure_worlds;
    if (is_whole) put_losses(r, &w, values);
    for (uint32_t b = 0; is_whole && b < r->n_bearers; b++) {
        struct risk_bearer *x = &r->bearers[b];
        (was ? x->without_measure : x->with_measure)[measure] =
            values[(size_t)b * N_VALUES + VALUE_LOSS];
    }
    worlds_fini(&w);
    set[measure] = was;
}

/* What each bearer loses in the worlds that measures are tried in, and nothing yet of
 * single measures. */
static void begin_measures(struct risk *r, const double *values)
{
    uint32_t n = r->plan->graph->model->m.measures.n;
    for (uint32_t b = 0; b < r->n_bearers; b++) {
        struct risk_bearer *x = &r->bearers[b];
        x->with_measures = values[(size_t)b * N_VALUES + VALUE_LOSS];
        x->without_measure = arena_array(&r->arena, n + 1, sizeof(double));
        x->with_measure = arena_array(&r->arena, n + 1, sizeof(double));
        for (uint32_t m = 0; m < n; m++)
            x->without_measure[m] = x->with_measure[m] = (double)NAN;
    }
}

/* 1 if a measure is to be tried. */
static int is_tried(const struct risk *r, uint32_t measure)
{
    if (r->plan->stop && *r->plan->stop) return 0;
    return r->endings.money.unit[0] && !(r->plan->leaves_out & RISK_MEASURES) &&
           (r->plan->measures[measure] || r->plan->tries_all) &&
           does_something(r, measure);
}

/* The mean loss without each measure, in the same worlds as with it. */
static void add_measures(struct risk *r, const struct worlds *all,
                         struct portion *stage)
{
    uint32_t n = r->plan->graph->model->m.measures.n;
    uint8_t *set = mem_alloc(n + 1);
    double *values = mem_alloc(((size_t)r->n_bearers * N_VALUES + 1) * sizeof *values);
    put_losses(r, all, values);
    begin_measures(r, values);
    memcpy(set, r->plan->measures, n);
    double share = stage->share / (n ? n : 1), before = stage->before;
    for (uint32_t m = 0; m < n; m++) {
        *stage = (struct portion){r->plan, before + share * m, share, 0};
        if (is_tried(r, m)) try(r, m, set, values, stage);
    }
    free(values);
    free(set);
}

/* ---- all --------------------------------------------------------------------------
 */

static void add_unmitigated(struct risk *r, struct portion *stage)
{
    if (memchr(r->plan->measures, 1, r->plan->graph->model->m.measures.n) == NULL) {
        risk_add_protection(r, &r->counts);
        return;
    }
    uint8_t *none = mem_alloc(r->plan->graph->model->m.measures.n + 1);
    struct worlds w = run_worlds(r, none, worlds_of(r), stage, 0);
    struct counts c = counts_of(&w, w.reached.n_worlds);
    risk_add_protection(r, &c);
    counts_fini(&c);
    worlds_fini(&w);
    free(none);
}

/* Worlds that are run again for what is tried: a measure, an impossible step. */
static void choose_measure_worlds(struct risk *r)
{
    uint64_t wanted =
        r->plan->measure_worlds ? r->plan->measure_worlds : (uint64_t)MEASURE_WORLDS;
    r->measure_worlds = r->worlds < wanted ? r->worlds : wanted;
}

struct risk *risk_run(const struct risk_plan *plan)
{
    struct risk *r = begin(plan);
    struct portion stage = {plan, 0, 0.2, 0};
    struct worlds worlds = run_worlds(r, plan->measures, worlds_of(r), &stage, 0);
    r->worlds = worlds.reached.n_worlds;
    r->counts = counts_of(&worlds, r->worlds);
    choose_measure_worlds(r);
    add_means(r);
    add_harms(r);
    risk_add_steps(r, &worlds);
    stage = (struct portion){plan, 0.2, 0.2, 0};
    add_unmitigated(r, &stage);
    stage = (struct portion){plan, 0.4, 0.1, COMPOUND_STRIPS};
    if (r->endings.money.unit[0])
        risk_add_years(r, &worlds, plan->progress ? tell : NULL, &stage);
    stage = (struct portion){plan, 0.5, 0.3, (double)r->outer};
    risk_add_spreads(r, plan->progress ? tell : NULL, &stage);
    stage = (struct portion){plan, 0.8, 0.2, 0};
    add_measures(r, &worlds, &stage);
    r->is_stopped = plan->stop && *plan->stop;
    worlds_fini(&worlds);
    return r;
}

void risk_free(struct risk *r)
{
    if (r == NULL) return;
    counts_fini(&r->counts);
    compound_fini(&r->years);
    endings_fini(&r->endings);
    ways_fini(&r->ways);
    arena_fini(&r->arena);
    free(r);
}
