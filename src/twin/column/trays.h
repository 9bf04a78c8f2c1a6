// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_COLUMN_TRAYS_H
#define TWIN_COLUMN_TRAYS_H
/*
 * The stages of Skogestad's Column A: a binary mixture of constant relative volatility,
 * reboiler at the bottom (0), total condenser's drum at the top (40), feed on stage 20
 * (21 in his counting), equilibrium stages, linearized flow of liquid. Units: kmol and
 * minutes. Plain functions on the caller's arrays.
 *
 * Beside his model liquid may condense vapour or flash, by a share of its amount, when
 * pressure moves its boiling point.
 */
enum { TRAYS = 41, TRAYS_FEED = 20, TRAYS_TOP = TRAYS - 2, TRAYS_DRUM = TRAYS - 1 };

#define TRAYS_ALPHA    1.5     // relative volatility
#define TRAYS_HOLDUP   0.5     // kmol on each stage
#define TRAYS_CONTACT  0.05    // kmol below which vapour no longer meets all liquid
#define TRAYS_REFLUX   2.70629 // kmol/min, and so on
#define TRAYS_BOILUP   3.20629
#define TRAYS_FEED_IN  1.0
#define TRAYS_PRODUCT  0.5
#define TRAYS_TAU_MIN  0.063 // of the liquid's flow
#define TRAYS_LEVEL_KC 10.0  // of both level controllers, 1/min

struct trays_flows {
    double reflux, boilup, distillate, bottoms, feed, feed_x, feed_q;
    double condensed, condensed_light; // into the drum
    double condensing;                 // share of the liquid on each stage, 1/min
};

/* What leaves the top as vapour. */
struct trays_top {
    double vapour, light;
};

/* y in equilibrium with x. */
double trays_vapour_x(double x);

/* Rates of all amounts and of their light component, kmol/min. */
struct trays_top trays_rates(const double *amount, const double *light,
                             const struct trays_flows *f, double *amount_rate,
                             double *light_rate);

/* A Runge-Kutta step of h minutes of Column A as published: no vapour space, levels
 * kept by distillate and bottoms, a liquid feed. */
void trays_step(double *amount, double *light, double reflux, double boilup,
                double feed, double feed_x, double h);

/* Steady compositions without any vapour space, where D is boilup less reflux; 0 where
 * there is none: a product would have to flow backwards. */
int trays_steady(double reflux, double boilup, double feed, double feed_x, double *x);
#endif
