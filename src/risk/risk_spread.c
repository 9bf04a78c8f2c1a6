// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Uncertainty apart from chance: two nested loops. The outer one draws the uncertain
 * inputs (inputs.h); the inner one finds the means under that draw. Where only
 * campaigns and layers of protection are uncertain, all means are sums over attackers
 * of campaigns times what one campaign does, and no world is simulated again. Where
 * skill or the holding of measures is, the worlds are, fewer of them, with the same
 * luck in every draw: so the spread is that of the inputs, and hardly of the luck.
 */
#include <math.h>
#include <stdlib.h>

#include "risk/risk_int.h"
#include "risk/spread.h"

/* One draw of everything that is uncertain. */
struct draw {
    double *campaigns; // of each attacker, by number of order
    double *skill;     // of each of model_attackers
    double *holds;     // of each measure
    double *pfd;       // of each safety function; NAN: not credited
    double *layers;    // [incident * N_CELLS + cell], as in struct risk_incident
};

struct outer {
    struct risk *r;
    size_t n;        // draws that are done
    double *drawn;   // [input * outer + draw]
    double *values;  // [(bearer * N_VALUES + value) * outer + draw]
    double *rates;   // [incident * outer + draw]
    double *levels;  // [(ending * N_AXIS_LEVELS + level) * outer + draw]
    double *samples; // of one result, [draw]
    struct draw draw;
};

/* ---- one draw ---------------------------------------------------------------------
 */

/* What an estimate comes to: as drawn, or its mean. */
static double value_of(const struct outer *o, const struct estimate *e, size_t i)
{
    uint32_t input = inputs_find(&o->r->inputs, e);
    if (input == o->r->inputs.n) return estimate_mean(e);
    return o->drawn[input * o->r->outer + i];
}

static void put_attackers(const struct outer *o, size_t i)
{
    const struct list *all = model_attackers(o->r->plan->graph);
    for (uint32_t a = 0; a < o->r->n_attackers; a++) {
        const struct attacker *x = o->r->attackers[a];
        size_t of = (size_t)(x - LIST_AT(*all, struct attacker, 0));
        o->draw.campaigns[a] = value_of(o, &x->campaigns, i);
        o->draw.skill[of] = x->skill.mode.is_set ? value_of(o, &x->skill, i) : 1;
    }
}

static void put_measures(const struct outer *o, size_t i)
{
    const struct graph *g = o->r->plan->graph;
    const struct list *all = &g->model->m.measures;
    for (uint32_t m = 0; m < all->n; m++)
        if (o->r->plan->measures[m])
            o->draw.holds[m] =
                value_of(o, measure_holds(g, LIST_AT(*all, struct measure, m)), i);
}

static void put_layers(const struct outer *o, size_t i)
{
    const struct list *functions = &o->r->plan->graph->model->m.safety_functions;
    for (uint32_t f = 0; f < functions->n; f++) {
        const struct safety_function *x =
            LIST_AT(*functions, struct safety_function, f);
        o->draw.pfd[f] = isnan(o->r->pfd[f]) ? (double)NAN : value_of(o, &x->pfd, i);
    }
    for (uint32_t n = 0; n < o->r->n_incidents; n++)
        risk_layers(o->r, n, o->draw.pfd, o->draw.layers + (size_t)n * N_CELLS);
}

/* ---- all draws --------------------------------------------------------------------
 */

static void keep_levels(struct outer *o, const struct counts *counts)
{
    size_t outer = o->r->outer;
    for (uint32_t i = 0; i < o->r->endings.n; i++) {
        double levels[N_AXIS_LEVELS];
        risk_levels(o->r, counts, &o->r->endings.items[i], o->draw.campaigns,
                    o->draw.layers, levels);
        for (size_t v = 0; v < N_AXIS_LEVELS; v++)
            o->levels[(i * (size_t)N_AXIS_LEVELS + v) * outer + o->n] = levels[v];
    }
}

static void keep(struct outer *o, const struct counts *counts, double *values)
{
    size_t outer = o->r->outer, n = (size_t)o->r->n_bearers * N_VALUES;
    risk_total(o->r, counts, o->draw.campaigns, o->draw.layers, values, NULL);
    for (size_t v = 0; v < n; v++)
        o->values[v * outer + o->n] = values[v];
    for (uint32_t i = 0; i < o->r->n_incidents; i++)
        o->rates[i * outer + o->n] = counts_rate(counts, i, o->draw.campaigns);
    keep_levels(o, counts);
    o->n++;
}

/* Runs the worlds of a draw; 0 if they were ended early. */
static int play(struct outer *o, double *values)
{
    const struct risk_plan *p = o->r->plan;
    struct worlds w = worlds_run(&(struct worlds_plan){
        .graph = p->graph,
        .endings = &o->r->endings,
        .measures = p->measures,
        .inputs = {o->draw.skill, o->draw.holds},
        .seed = p->seed,
        .n_worlds = p->inner,
        .threads = p->threads,
        .stop = p->stop,
    });
    struct counts c = counts_of(&w, w.reached.n_worlds);
    int is_whole = w.reached.n_worlds == p->inner;
    if (is_whole) keep(o, &c, values);
    counts_fini(&c);
    worlds_fini(&w);
    return is_whole;
}

static void draw_all(struct outer *o, void (*progress)(void *told, uint64_t done),
                     void *told)
{
    struct risk *r = o->r;
    double *values = mem_alloc(((size_t)r->n_bearers * N_VALUES + 1) * sizeof *values);
    size_t outer = r->plan->leaves_out & RISK_SPREADS ? 0 : r->outer;
    for (size_t i = 0; i < outer; i++) {
        if (r->plan->stop && *r->plan->stop) break;
        for (uint32_t k = 0; k < r->inputs.n; k++)
            o->drawn[k * r->outer + i] =
                input_draw(&r->inputs.items[k], r->plan->seed, i);
        put_attackers(o, i);
        put_measures(o, i);
        put_layers(o, i);
        if (r->inputs.is_nested && !play(o, values)) break;
        if (!r->inputs.is_nested) keep(o, &r->counts, values);
        if (progress) progress(told, i + 1);
    }
    free(values);
}

/* ---- spreads ----------------------------------------------------------------------
 */

/* A result as a function of what the cells and the money of a bearer are. */
struct result {
    double (*of)(const double *values, uint32_t which);
    uint32_t which;
};

static double one_value(const double *values, uint32_t which)
{
    return values[which];
}

static double all_harmed(const double *values, uint32_t which)
{
    (void)which;
    return cells_harmed(values);
}

static double from_level(const double *values, uint32_t which)
{
    return cells_from(values, (uint8_t)which);
}

static void sample(const struct outer *o, uint32_t bearer, struct result result)
{
    const double *own = o->values + (size_t)bearer * N_VALUES * o->r->outer;
    for (size_t i = 0; i < o->n; i++) {
        double values[N_VALUES];
        for (size_t v = 0; v < N_VALUES; v++)
            values[v] = own[v * o->r->outer + i];
        o->samples[i] = result.of(values, result.which);
    }
}

static void put_spread(const struct outer *o, uint32_t bearer, struct result result,
                       struct risk_value *value)
{
    sample(o, bearer, result);
    spread_of(o->samples, o->n, value->spread);
}

static void spread_harms(const struct outer *o)
{
    size_t outer = o->r->outer;
    for (uint32_t i = 0; i < o->r->endings.n; i++)
        for (size_t v = 0; v < N_AXIS_LEVELS; v++)
            spread_of(o->levels + (i * (size_t)N_AXIS_LEVELS + v) * outer, o->n,
                      o->r->harms[i].levels[v].spread);
}

static void spread_bearer(const struct outer *o, uint32_t bearer)
{
    struct risk_bearer *b = &o->r->bearers[bearer];
    for (uint32_t v = 0; v < N_CELLS; v++)
        put_spread(o, bearer, (struct result){one_value, v}, &b->cells[v]);
    put_spread(o, bearer, (struct result){all_harmed, 0}, &b->events);
    put_spread(o, bearer, (struct result){from_level, LEVEL_SERIOUS}, &b->serious);
    put_spread(o, bearer, (struct result){one_value, VALUE_LOSS}, &b->loss);
}

/* ---- drivers ----------------------------------------------------------------------
 */

static struct risk_swing swing_of(const struct outer *o, const double *input)
{
    struct risk_swing s = {.correlation = rank_correlation(input, o->samples, o->n)};
    quarter_means(input, o->samples, o->n, s.ends);
    return s;
}

static void add_drivers(struct outer *o, uint32_t bearer)
{
    struct risk *r = o->r;
    for (uint32_t k = 0; k < r->inputs.n; k++) {
        const double *input = o->drawn + k * r->outer;
        struct risk_driver d = {.input = k, .bearer = bearer};
        sample(o, bearer, (struct result){one_value, VALUE_LOSS});
        d.loss = swing_of(o, input);
        sample(o, bearer, (struct result){from_level, LEVEL_SERIOUS});
        d.serious = swing_of(o, input);
        r->drivers[r->n_drivers++] = d;
    }
}

const struct text risk_result_names[N_RISK_RESULTS] = {
    [RESULT_LOSS] = {{"loss a year", "年間損失額"}},
    [RESULT_SERIOUS] = {{"serious or fatal damage a year",
                         "重大又は致命的なダメージ(回/年)"}},
};

const struct risk_swing *risk_swing_of(const struct risk_driver *d,
                                       enum risk_result result)
{
    return result == RESULT_LOSS ? &d->loss : &d->serious;
}

/* Of n pairs without relation, fewer than 3 in 1,000 correlate more than that. */
static double least_correlation(size_t n)
{
    return n > 1 ? 3 / sqrt((double)n - 1) : 1;
}

static double width_of(const struct risk *r, const struct risk_driver *d,
                       enum risk_result result)
{
    double strength = least_correlation(r->n_outer);
    const struct risk_swing *s = risk_swing_of(d, result);
    return fabs(s->correlation) >= strength ? fabs(s->ends[1] - s->ends[0]) : 0;
}

uint32_t risk_top_drivers(const struct risk *r, uint32_t bearer,
                          enum risk_result result, uint32_t *top, uint32_t most)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->n_drivers; i++) {
        double width = width_of(r, &r->drivers[i], result);
        uint32_t at = n;
        if (r->drivers[i].bearer != bearer || !(width > 0)) continue;
        while (at > 0 && width > width_of(r, &r->drivers[top[at - 1]], result))
            at--;
        if (at == most) continue;
        if (n < most) n++;
        for (uint32_t k = n - 1; k > at; k--)
            top[k] = top[k - 1];
        top[at] = i;
    }
    return n;
}

/* ---- all --------------------------------------------------------------------------
 */

static void set_unknown(struct risk_value *v)
{
    v->spread[0] = v->spread[1] = (double)NAN;
}

/* Without a draw no spread is known, which is another thing than none. */
static void forget_spreads(struct risk *r)
{
    for (uint32_t i = 0; i < r->n_incidents; i++)
        set_unknown(&r->incidents[i].rate);
    for (uint32_t i = 0; i < r->endings.n; i++)
        for (uint32_t v = 0; v < N_AXIS_LEVELS; v++)
            set_unknown(&r->harms[i].levels[v]);
    for (uint32_t i = 0; i < r->n_bearers; i++) {
        struct risk_bearer *b = &r->bearers[i];
        for (uint32_t v = 0; v < N_CELLS; v++)
            set_unknown(&b->cells[v]);
        set_unknown(&b->events);
        set_unknown(&b->serious);
        set_unknown(&b->loss);
    }
}

uint64_t risk_values_of_draw(const struct risk *r)
{
    return 1 + (uint64_t)r->inputs.n + (uint64_t)r->n_bearers * N_VALUES +
           r->n_incidents + (uint64_t)r->endings.n * N_AXIS_LEVELS;
}

static struct outer outer_new(struct risk *r)
{
    const struct model_data *m = &r->plan->graph->model->m;
    size_t n = r->outer;
    struct outer o = {.r = r};
    o.drawn = mem_alloc(((size_t)r->inputs.n * n + 1) * sizeof *o.drawn);
    o.values = mem_alloc(((size_t)r->n_bearers * N_VALUES * n + 1) * sizeof *o.values);
    o.rates = mem_alloc((r->n_incidents * n + 1) * sizeof *o.rates);
    o.levels =
        mem_alloc(((size_t)r->endings.n * N_AXIS_LEVELS * n + 1) * sizeof *o.levels);
    o.samples = mem_alloc((n + 1) * sizeof *o.samples);
    o.draw.campaigns = mem_alloc((r->n_attackers + 1) * sizeof(double));
    o.draw.skill = mem_alloc((r->n_attackers + 1) * sizeof(double));
    o.draw.holds = mem_alloc((m->measures.n + 1) * sizeof(double));
    o.draw.pfd = mem_alloc((m->safety_functions.n + 1) * sizeof(double));
    o.draw.layers = mem_alloc(((size_t)r->n_incidents * N_CELLS + 1) * sizeof(double));
    return o;
}

static void outer_fini(struct outer *o)
{
    free(o->drawn);
    free(o->values);
    free(o->rates);
    free(o->levels);
    free(o->samples);
    free(o->draw.campaigns);
    free(o->draw.skill);
    free(o->draw.holds);
    free(o->draw.pfd);
    free(o->draw.layers);
}

void risk_add_spreads(struct risk *r, void (*progress)(void *told, uint64_t done),
                      void *told)
{
    struct outer o = outer_new(r);
    r->drivers = arena_array(&r->arena, (size_t)r->inputs.n * r->n_bearers + 1,
                             sizeof *r->drivers);
    draw_all(&o, progress, told);
    r->n_outer = o.n;
    for (uint32_t i = 0; o.n && i < r->n_incidents; i++)
        spread_of(o.rates + i * r->outer, o.n, r->incidents[i].rate.spread);
    if (o.n == 0) forget_spreads(r);
    if (o.n) spread_harms(&o);
    for (uint32_t b = 0; o.n && b < r->n_bearers; b++) {
        spread_bearer(&o, b);
        add_drivers(&o, b);
    }
    outer_fini(&o);
}
