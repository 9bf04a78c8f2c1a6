// SPDX-License-Identifier: Apache-2.0
/* The plant without any controller; see plant.h. */
#include "twin/column/plant.h"

#include <math.h>
#include <string.h>

#include "twin/column/relief.h"

#define MINUTE_S   60.0
#define WATER_KJ   4.186 // kJ/kg K
#define DISCHARGE  0.975 // kd of a relief valve
#define DRY_KMOL   0.2   // below it pumps and reboiler fade out
#define MOST_BOILS 12.0  // kmol/min; what the way back to the column lets through
#define SLOPE      (PLANT_GAS / PLANT_LATENT)

/* ---- properties -------------------------------------------------------------------
 */

double plant_boils_k(double pressure_kpa)
{
    return 1 / (1 / PLANT_BOILS_K - SLOPE * log(pressure_kpa / PLANT_ATM_KPA));
}

double plant_bubble_k(double pressure_kpa, double x)
{
    return plant_boils_k(pressure_kpa / (x + (1 - x) / TRAYS_ALPHA));
}

/* With u = 1/T, gas law and boiling point give u = 1/Tb - (R/L) ln(n R / (V u p0));
 * Newton's method from Tb is exact after three turns. */
double plant_vapour_k(double vapour_kmol, double vapour_m3)
{
    double start = 1 / PLANT_BOILS_K, u = start;
    double scale = vapour_kmol * PLANT_GAS / (vapour_m3 * PLANT_ATM_KPA);
    for (int i = 0; i < 3; i++)
        u -= (u - start + SLOPE * log(scale / u)) / (1 - SLOPE / u);
    return 1 / u;
}

/* Condensing vapour has one temperature, water warms up: 1 - exp(-NTU). */
double plant_cooling_kw(const struct plant_design *d, double opening, double vapour_k)
{
    double water_kw_k = opening * d->coolant_kg_s * WATER_KJ;
    double difference = vapour_k - (d->coolant_c + PLANT_KELVIN);
    if (water_kw_k <= 0 || difference <= 0) return 0;
    return water_kw_k * (1 - exp(-d->condenser_kw_k / water_kw_k)) * difference;
}

double plant_steam_for(const struct plant_design *d, double boilup, double bottom_k)
{
    double difference = d->steam_c + PLANT_KELVIN - bottom_k;
    double kw = boilup * PLANT_LATENT / MINUTE_S;
    if (difference <= 0) return 1;
    return fmin(1, fmax(0, kw / (d->reboiler_kw_k * difference)));
}

double plant_coolant_for(const struct plant_design *d, double condensed, double top_k)
{
    double kw = condensed * PLANT_LATENT / MINUTE_S, low = 0, high = 1;
    for (int i = 0; i < 50; i++) {
        double middle = (low + high) / 2;
        if (plant_cooling_kw(d, middle, top_k) < kw)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

/* ---- what there is ----------------------------------------------------------------
 */

static double share(double light, double amount)
{
    return amount > 0 ? fmin(1, fmax(0, light / amount)) : 0;
}

/* Full above the level at which a vessel runs dry. */
static double wet(double amount)
{
    const double nothing = 1e-9;
    return amount > nothing ? fmin(1, amount / DRY_KMOL) : 0;
}

/* 1/min, by Arrhenius with 15000 K (125 kJ/mol), at most 10. */
static double heel_rate(const struct plant_design *d, double bottom_k)
{
    const double activation_k = 15000, at_onset = 0.01, most = 10;
    double onset_k = d->heel_onset_c + PLANT_KELVIN;
    return fmin(most, at_onset * exp(activation_k * (1 / onset_k - 1 / bottom_k)));
}

static void look_at_heat(const double *s, const struct plant_design *d,
                         const struct plant_moves *m, struct plant_view *v)
{
    double difference = d->steam_c + PLANT_KELVIN - v->bottom_k;
    v->heat_kw = m->steam * d->reboiler_kw_k * fmax(0, difference);
    v->heel_kw = 0;
    if (d->heel_mj > 0)
        v->heel_kw =
            d->heel_mj * 1000 / MINUTE_S * heel_rate(d, v->bottom_k) * s[PLANT_HEEL];
    v->boilup = fmin(MOST_BOILS, (v->heat_kw + v->heel_kw) * MINUTE_S / PLANT_LATENT) *
                wet(s[PLANT_AMOUNT]);
    v->cooling_kw = plant_cooling_kw(d, m->coolant, v->top_k);
    v->condensed = v->cooling_kw * MINUTE_S / PLANT_LATENT;
}

struct plant_view plant_look(const double *state, const struct plant_design *d,
                             const struct plant_moves *m)
{
    const double least_kmol = 1e-6;
    struct plant_view v;
    double vapour = fmax(least_kmol, state[PLANT_VAPOUR]);
    v.vapour_k = plant_vapour_k(vapour, d->vapour_m3);
    v.pressure_kpa = vapour * PLANT_GAS * v.vapour_k / d->vapour_m3;
    v.top_k = plant_bubble_k(v.pressure_kpa, share(state[PLANT_VAPOUR_LIGHT], vapour));
    v.bottom_k =
        plant_bubble_k(v.pressure_kpa, share(state[PLANT_LIGHT], state[PLANT_AMOUNT]));
    look_at_heat(state, d, m, &v);
    v.relief_kg_h = 0;
    if (m->relief > 0)
        v.relief_kg_h =
            m->relief * relief_flow_kg_h(d->relief_mm2, v.vapour_k, PLANT_MASS,
                                         PLANT_GAMMA, v.pressure_kpa, DISCHARGE);
    v.relieved = v.relief_kg_h / MINUTE_S / PLANT_MASS;
    return v;
}

/* ---- balances ---------------------------------------------------------------------
 */

/* Kelvin by which the boiling point rises with each kmol of vapour. */
static double heats_k_kmol(double vapour, double vapour_k)
{
    return vapour_k * vapour_k * SLOPE / (1 - SLOPE * vapour_k) / vapour;
}

/* Share of the liquid that a rising pressure condenses onto it each minute: of the net
 * vapour, what the liquid takes to stay at its boiling point. */
static double condensing(const double *s, const struct plant_view *v, double net)
{
    double liquid = 0, vapour = fmax(1e-6, s[PLANT_VAPOUR]);
    for (int i = 0; i <= TRAYS_TOP; i++)
        liquid += s[PLANT_AMOUNT + i];
    double each =
        PLANT_LIQUID / PLANT_LATENT * heats_k_kmol(vapour, v->vapour_k); // 1/kmol
    return each * net / (1 + each * liquid);
}

static void sums(const double *s, const struct plant_moves *m,
                 const struct trays_flows *f, double relieved, double vapour_x,
                 double *r)
{
    r[PLANT_FED] = m->feed;
    r[PLANT_FED_LIGHT] = m->feed * m->feed_x;
    r[PLANT_TOP] = f->distillate;
    r[PLANT_TOP_LIGHT] = f->distillate * share(s[PLANT_LIGHT + TRAYS_DRUM],
                                               s[PLANT_AMOUNT + TRAYS_DRUM]);
    r[PLANT_BOTTOM] = f->bottoms;
    r[PLANT_BOTTOM_LIGHT] = f->bottoms * share(s[PLANT_LIGHT], s[PLANT_AMOUNT]);
    r[PLANT_RELIEVED] = relieved;
    r[PLANT_RELIEVED_LIGHT] = relieved * vapour_x;
}

void plant_rates(const double *s, const struct plant_design *d,
                 const struct plant_moves *m, double *r)
{
    struct plant_view v = plant_look(s, d, m);
    double vapour_x = share(s[PLANT_VAPOUR_LIGHT], s[PLANT_VAPOUR]);
    double drum = wet(s[PLANT_AMOUNT + TRAYS_DRUM]);
    double leaving = v.condensed + v.relieved;
    double net = v.boilup + (1 - m->feed_q) * m->feed - leaving;
    struct trays_flows f = {
        .reflux = m->reflux * drum,
        .boilup = v.boilup,
        .distillate = m->distillate * drum,
        .bottoms = m->bottoms * wet(s[PLANT_AMOUNT]),
        .feed = m->feed,
        .feed_x = m->feed_x,
        .feed_q = m->feed_q,
        .condensed = v.condensed,
        .condensed_light = v.condensed * vapour_x,
        .condensing = condensing(s, &v, net),
    };
    struct trays_top top = trays_rates(s + PLANT_AMOUNT, s + PLANT_LIGHT, &f,
                                       r + PLANT_AMOUNT, r + PLANT_LIGHT);
    r[PLANT_VAPOUR] = top.vapour - leaving;
    r[PLANT_VAPOUR_LIGHT] = top.light - leaving * vapour_x;
    r[PLANT_HEEL] = d->heel_mj > 0 ? -heel_rate(d, v.bottom_k) * s[PLANT_HEEL] : 0;
    sums(s, m, &f, v.relieved, vapour_x, r);
}

void column_plant_start(double *state, const struct plant_design *d,
                        double pressure_kpa)
{
    double x[TRAYS];
    trays_steady(TRAYS_REFLUX, TRAYS_BOILUP, TRAYS_FEED_IN, 0.5, x);
    memset(state, 0, PLANT_STATES * sizeof *state);
    for (int i = 0; i < TRAYS; i++) {
        state[PLANT_AMOUNT + i] = TRAYS_HOLDUP;
        state[PLANT_LIGHT + i] = TRAYS_HOLDUP * x[i];
    }
    state[PLANT_VAPOUR] =
        pressure_kpa * d->vapour_m3 / (PLANT_GAS * plant_boils_k(pressure_kpa));
    state[PLANT_VAPOUR_LIGHT] = state[PLANT_VAPOUR] * x[TRAYS_DRUM];
    state[PLANT_HEEL] = 1;
}
