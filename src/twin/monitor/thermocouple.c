// SPDX-License-Identifier: Apache-2.0
/* Type K on ITS-90; see thermocouple.h. */
#include "twin/monitor/thermocouple.h"

#include <math.h>

/* E = sum of c[i] t^i in mV, t in degC. */
static const double below_0[] = {
    0,
    0.394501280250e-1,
    0.236223735980e-4,
    -0.328589067840e-6,
    -0.499048287770e-8,
    -0.675090591730e-10,
    -0.574103274280e-12,
    -0.310888728940e-14,
    -0.104516093650e-16,
    -0.198892668780e-19,
    -0.163226974860e-22,
};

static const double above_0[] = {
    -0.176004136860e-1, 0.389212049750e-1,   0.185587700320e-4,  -0.994575928740e-7,
    0.318409457190e-9,  -0.560728448890e-12, 0.560750590590e-15, -0.320207200030e-18,
    0.971511471520e-22, -0.121047212750e-25,
};

/* Above 0 degC also height * exp(width (t - middle)^2). */
#define HEIGHT_MV 0.1185976
#define WIDTH     (-0.1183432e-3)
#define MIDDLE_C  126.9686

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

/* A polynomial and its slope, by Horner's rule. */
static double polynomial(const double *c, int n, double t, double *slope)
{
    double value = 0;
    *slope = 0;
    for (int i = n - 1; i >= 0; i--) {
        *slope = *slope * t + value;
        value = value * t + c[i];
    }
    return value;
}

static double reference(double t, double *slope)
{
    if (t < 0) return polynomial(below_0, COUNT(below_0), t, slope);
    double value = polynomial(above_0, COUNT(above_0), t, slope);
    double bump = HEIGHT_MV * exp(WIDTH * (t - MIDDLE_C) * (t - MIDDLE_C));
    *slope += 2 * WIDTH * (t - MIDDLE_C) * bump;
    return value + bump;
}

static double within(double t)
{
    return fmax(TYPE_K_LEAST_C, fmin(TYPE_K_MOST_C, t));
}

double type_k_emf_mv(double temperature_c)
{
    double slope;
    return reference(within(temperature_c), &slope);
}

double type_k_temperature_c(double emf_mv)
{
    enum { MOST_TRIES = 50 };
    const double mean_mv_k = 0.041, close_mv = 1e-10, least_mv_k = 1e-4;
    double t = within(emf_mv / mean_mv_k);
    for (int i = 0; i < MOST_TRIES; i++) {
        double slope, off = reference(t, &slope) - emf_mv;
        if (fabs(off) < close_mv) break;
        t = within(t - off / fmax(slope, least_mv_k));
    }
    return t;
}
