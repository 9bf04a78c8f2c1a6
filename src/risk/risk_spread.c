// SPDX-License-Identifier: Apache-2.0
/*
 * Uncertainty apart from chance: campaigns a year are drawn from their estimates, many
 * times; all means are sums over attackers of campaigns times what one campaign does,
 * so each draw costs a few products, and no year is simulated again.
 */
#include <math.h>
#include <stdlib.h>

#include "risk/risk_int.h"
#include "risk/spread.h"

struct outer {
    struct risk *r;
    size_t n;         // draws
    double *drawn;    // campaigns a year, [attacker * n + draw]
    double *per;      // of one campaign a year, [attacker][bearer * N_VALUES + value]
    double *samples;  // of one result, [draw]
    double *samples2; // of another
};

static int is_uncertain(const struct estimate *e)
{
    return e->min.is_set && e->max.is_set && e->min.value < e->max.value;
}

/* Each attacker's estimate has its own numbers. */
static void draw_campaigns(struct outer *o)
{
    for (uint32_t a = 0; a < o->r->n_attackers; a++) {
        const struct attacker *x = o->r->attackers[a];
        const struct estimate *e = &x->campaigns;
        struct dist d = {DIST_CONSTANT, e->mode.value, 0, 0};
        if (is_uncertain(e))
            d = (struct dist){DIST_PERT, e->min.value, e->mode.value, e->max.value};
        uint64_t seed =
            random_draw(o->r->plan->seed, 1, random_key("campaigns of risk")).word[0];
        for (size_t i = 0; i < o->n; i++)
            o->drawn[a * o->n + i] = dist_draw(
                &d, &(struct draws){
                        .seed = seed, .trial = i, .draw = random_key(x->entry.id)});
    }
}

/* What one campaign a year of each attacker alone amounts to. */
static void prepare(struct outer *o)
{
    size_t row = (size_t)o->r->n_bearers * N_VALUES;
    double *alone = mem_alloc((o->r->n_attackers + 1) * sizeof *alone);
    for (uint32_t a = 0; a < o->r->n_attackers; a++) {
        alone[a] = 1;
        risk_total(o->r, &o->r->counts, alone, o->per + a * row, NULL);
        alone[a] = 0;
    }
    free(alone);
}

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

static void sample(const struct outer *o, uint32_t bearer, struct result result,
                   double *samples)
{
    size_t row = (size_t)o->r->n_bearers * N_VALUES;
    for (size_t i = 0; i < o->n; i++)
        samples[i] = 0;
    for (uint32_t a = 0; a < o->r->n_attackers; a++) {
        const double *values = o->per + a * row + (size_t)bearer * N_VALUES;
        double one = result.of(values, result.which);
        for (size_t i = 0; i < o->n; i++)
            samples[i] += o->drawn[a * o->n + i] * one;
    }
}

static void put_spread(const struct outer *o, uint32_t bearer, struct result result,
                       struct risk_value *value)
{
    sample(o, bearer, result, o->samples);
    spread_of(o->samples, o->n, value->spread);
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

static void spread_incident(const struct outer *o, uint32_t incident)
{
    for (size_t i = 0; i < o->n; i++)
        o->samples[i] = 0;
    for (uint32_t a = 0; a < o->r->n_attackers; a++) {
        double one = counts_share(&o->r->counts, a, incident);
        for (size_t i = 0; i < o->n; i++)
            o->samples[i] += o->drawn[a * o->n + i] * one;
    }
    spread_of(o->samples, o->n, o->r->incidents[incident].rate.spread);
}

static void add_drivers(struct outer *o, uint32_t bearer)
{
    struct risk *r = o->r;
    sample(o, bearer, (struct result){one_value, VALUE_LOSS}, o->samples);
    sample(o, bearer, (struct result){from_level, LEVEL_SERIOUS}, o->samples2);
    for (uint32_t a = 0; a < r->n_attackers; a++) {
        const double *x = o->drawn + a * o->n;
        if (!is_uncertain(&r->attackers[a]->campaigns)) continue;
        r->drivers[r->n_drivers++] =
            (struct risk_driver){a, bearer, rank_correlation(x, o->samples, o->n),
                                 rank_correlation(x, o->samples2, o->n)};
    }
}

void risk_add_spreads(struct risk *r)
{
    size_t n = r->plan->outer, row = (size_t)r->n_bearers * N_VALUES;
    struct outer o = {.r = r, .n = n};
    o.drawn = mem_alloc((r->n_attackers * n + 1) * sizeof *o.drawn);
    o.per = mem_alloc((r->n_attackers * row + 1) * sizeof *o.per);
    o.samples = mem_alloc((n + 1) * sizeof *o.samples);
    o.samples2 = mem_alloc((n + 1) * sizeof *o.samples2);
    r->drivers =
        arena_array(&r->arena, r->n_attackers * r->n_bearers + 1, sizeof *r->drivers);
    draw_campaigns(&o);
    prepare(&o);
    for (uint32_t i = 0; i < r->n_incidents; i++)
        spread_incident(&o, i);
    for (uint32_t b = 0; b < r->n_bearers; b++) {
        spread_bearer(&o, b);
        add_drivers(&o, b);
    }
    free(o.drawn);
    free(o.per);
    free(o.samples);
    free(o.samples2);
}
