// SPDX-License-Identifier: Apache-2.0
/* The stages of Column A; see trays.h. */
#include "twin/column/trays.h"

#include <math.h>

double trays_vapour_x(double x)
{
    return TRAYS_ALPHA * x / (1 + (TRAYS_ALPHA - 1) * x);
}

/* Liquid off a stage: linear about the published flow, and never upwards. */
static double runs_off(int stage, double amount)
{
    double nominal = stage <= TRAYS_FEED ? TRAYS_REFLUX + TRAYS_FEED_IN : TRAYS_REFLUX;
    return fmax(0, nominal + (amount - TRAYS_HOLDUP) / TRAYS_TAU_MIN);
}

static double share(double light, double amount)
{
    return amount > 0 ? light / amount : 0;
}

/* Liquid downwards from the drum: each stage gets what the one above lets go. */
static void let_down(const double *amount, const double *light,
                     const struct trays_flows *f, double *amount_rate,
                     double *light_rate)
{
    double drum_x = share(light[TRAYS_DRUM], amount[TRAYS_DRUM]);
    double flow = f->reflux, flow_light = f->reflux * drum_x;
    amount_rate[TRAYS_DRUM] = f->condensed - f->reflux - f->distillate;
    light_rate[TRAYS_DRUM] = f->condensed_light - flow_light - f->distillate * drum_x;
    for (int i = TRAYS_TOP; i >= 0; i--) {
        double out = i ? runs_off(i, amount[i]) : f->bottoms;
        double out_light = out * share(light[i], amount[i]);
        amount_rate[i] = flow - out;
        light_rate[i] = flow_light - out_light;
        flow = out;
        flow_light = out_light;
    }
    amount_rate[TRAYS_FEED] += f->feed;
    light_rate[TRAYS_FEED] += f->feed * f->feed_x;
}

/* Light component of what passes a dry stage: as it came, less what condenses of it or
 * plus what flashes of the rest of the liquid, and of the feed's vapour. */
static double passing_light(const struct trays_top *v, double condenses, double x,
                            double feed_light)
{
    double of = condenses < 0 ? x : share(v->light, v->vapour);
    return v->light - condenses * of + feed_light;
}

/* Vapour upwards from the reboiler, less what condenses on its way. It leaves a stage
 * in equilibrium with the liquid, as far as there is some: below a tenth of the usual
 * amount ever more of it passes by. */
static struct trays_top let_up(const double *amount, const double *light,
                               const struct trays_flows *f, double *amount_rate,
                               double *light_rate)
{
    struct trays_top v = {0, 0};
    for (int i = 0; i <= TRAYS_TOP; i++) {
        double x = share(light[i], amount[i]), condenses = amount[i] * f->condensing;
        double fed = i == TRAYS_FEED ? (1 - f->feed_q) * f->feed : 0;
        double up = fmax(0, (i ? v.vapour : f->boilup) + fed - condenses);
        double meets = i ? fmin(1, fmax(0, amount[i] / TRAYS_CONTACT)) : 1;
        double up_light = up * trays_vapour_x(x);
        if (meets < 1)
            up_light = meets * up_light +
                       (1 - meets) * passing_light(&v, condenses, x, fed * f->feed_x);
        amount_rate[i] += v.vapour - up;
        light_rate[i] += v.light - up_light;
        v.vapour = up;
        v.light = up_light;
    }
    return v;
}

struct trays_top trays_rates(const double *amount, const double *light,
                             const struct trays_flows *f, double *amount_rate,
                             double *light_rate)
{
    let_down(amount, light, f, amount_rate, light_rate);
    return let_up(amount, light, f, amount_rate, light_rate);
}

/* ---- Column A by itself -----------------------------------------------------------
 */

enum { AMOUNT = 0, LIGHT = TRAYS, STATES = 2 * TRAYS };

static void lv_rates(const double *s, const struct trays_flows *given, double *rate)
{
    struct trays_flows f = *given;
    f.distillate =
        TRAYS_PRODUCT + TRAYS_LEVEL_KC * (s[AMOUNT + TRAYS_DRUM] - TRAYS_HOLDUP);
    f.bottoms = TRAYS_PRODUCT + TRAYS_LEVEL_KC * (s[AMOUNT] - TRAYS_HOLDUP);
    f.condensed = f.boilup;
    f.condensed_light =
        f.boilup * trays_vapour_x(share(s[LIGHT + TRAYS_TOP], s[TRAYS_TOP]));
    trays_rates(s + AMOUNT, s + LIGHT, &f, rate + AMOUNT, rate + LIGHT);
}

void trays_step(double *amount, double *light, double reflux, double boilup,
                double feed, double feed_x, double h)
{
    static const double ahead[] = {0, 0.5, 0.5, 1}, weight[] = {1, 2, 2, 1};
    struct trays_flows f = {.reflux = reflux,
                            .boilup = boilup,
                            .feed = feed,
                            .feed_x = feed_x,
                            .feed_q = 1};
    double at[STATES], rate[STATES] = {0}, sum[STATES] = {0};
    for (int k = 0; k < 4; k++) {
        for (int i = 0; i < TRAYS; i++) {
            at[AMOUNT + i] = amount[i] + h * ahead[k] * rate[AMOUNT + i];
            at[LIGHT + i] = light[i] + h * ahead[k] * rate[LIGHT + i];
        }
        lv_rates(at, &f, rate);
        for (int i = 0; i < STATES; i++)
            sum[i] += weight[k] * rate[i];
    }
    for (int i = 0; i < TRAYS; i++) {
        amount[i] += h / 6 * sum[AMOUNT + i];
        light[i] += h / 6 * sum[LIGHT + i];
    }
}

/* ---- steady state -----------------------------------------------------------------
 */

struct balance {
    double below[TRAYS], middle[TRAYS], above[TRAYS], right[TRAYS];
};

/* How far each stage is from balance at x, and its derivatives. */
static void balance_at(const double *x, double reflux, double boilup, double feed,
                       double feed_x, struct balance *b)
{
    double slope_below = 0, y_below = 0, distillate = boilup - reflux;
    for (int i = 0; i < TRAYS; i++) {
        double down = i <= TRAYS_FEED ? reflux + feed : reflux; // off this stage
        double from_above = i + 1 <= TRAYS_FEED ? reflux + feed : reflux;
        double up = boilup, y = trays_vapour_x(x[i]);
        double slope = TRAYS_ALPHA / pow(1 + (TRAYS_ALPHA - 1) * x[i], 2);
        if (i == 0) down = feed - distillate;
        if (i == TRAYS_DRUM) down = boilup, up = 0, from_above = 0;
        b->below[i] = i ? boilup * slope_below : 0;
        b->middle[i] = -down - up * slope;
        b->above[i] = from_above;
        b->right[i] = (i ? boilup * y_below : 0) - down * x[i] - up * y +
                      (i < TRAYS_DRUM ? from_above * x[i + 1] : 0) +
                      (i == TRAYS_FEED ? feed * feed_x : 0);
        slope_below = slope;
        y_below = y;
    }
}

/* A tridiagonal system in place (Thomas): the answer is in right. */
static void solve(struct balance *b)
{
    for (int i = 1; i < TRAYS; i++) {
        double factor = b->below[i] / b->middle[i - 1];
        b->middle[i] -= factor * b->above[i - 1];
        b->right[i] -= factor * b->right[i - 1];
    }
    b->right[TRAYS - 1] /= b->middle[TRAYS - 1];
    for (int i = TRAYS - 2; i >= 0; i--)
        b->right[i] = (b->right[i] - b->above[i] * b->right[i + 1]) / b->middle[i];
}

/* A step of implicit Euler, linearized, with a stage of one kmol; returns the greatest
 * change. */
static double relax(double *x, double reflux, double boilup, double feed, double feed_x,
                    double minutes)
{
    struct balance b;
    double greatest = 0;
    balance_at(x, reflux, boilup, feed, feed_x, &b);
    for (int i = 0; i < TRAYS; i++) {
        b.middle[i] = 1 / minutes - b.middle[i];
        b.below[i] = -b.below[i];
        b.above[i] = -b.above[i];
    }
    solve(&b);
    for (int i = 0; i < TRAYS; i++) {
        greatest = fmax(greatest, fabs(b.right[i]));
        x[i] = fmin(1, fmax(0, x[i] + b.right[i]));
    }
    return greatest;
}

int trays_steady(double reflux, double boilup, double feed, double feed_x, double *x)
{
    const double enough = 1e-13;
    if (!(boilup >= reflux && boilup - reflux <= feed)) return 0;
    for (int i = 0; i < TRAYS; i++)
        x[i] = feed_x;
    double minutes = 0.1;
    for (int i = 0; i < 500; i++) {
        double change = relax(x, reflux, boilup, feed, feed_x, minutes);
        minutes = fmin(1e12, minutes * 1.3);
        if (minutes > 1e6 && change < enough) return 1;
    }
    return 0;
}
