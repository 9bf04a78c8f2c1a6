// SPDX-License-Identifier: Apache-2.0
/* Runaway of a stirred tank, and Semenov's; see reactor.h. */
#include "twin/column/reactor.h"

#include <math.h>

#define FLOW_L_MIN   100.0
#define VOLUME_L     100.0
#define FEED_MOL_L   1.0
#define FEED_K       350.0
#define FREQUENCY    7.2e10 // 1/min
#define ACTIVATION_K 8750.0 // E/R
#define REACTION     5e4    // J/mol, given off
#define COOLING      5e4    // UA, J/min K
#define HEAT         239.0  // density times specific heat, J/L K

struct cstr cstr_rates(const struct cstr *c, double coolant_k)
{
    double rate = FREQUENCY * exp(-ACTIVATION_K / c->temperature_k) * c->ca_mol_l;
    double turnover = FLOW_L_MIN / VOLUME_L;
    return (struct cstr){
        turnover * (FEED_MOL_L - c->ca_mol_l) - rate,
        turnover * (FEED_K - c->temperature_k) + REACTION / HEAT * rate +
            COOLING / (VOLUME_L * HEAT) * (coolant_k - c->temperature_k),
    };
}

static struct cstr moved(const struct cstr *c, const struct cstr *rates, double h)
{
    return (struct cstr){c->ca_mol_l + h * rates->ca_mol_l,
                         c->temperature_k + h * rates->temperature_k};
}

void cstr_step(struct cstr *c, double coolant_k, double h)
{
    struct cstr k1 = cstr_rates(c, coolant_k), at = moved(c, &k1, h / 2);
    struct cstr k2 = cstr_rates(&at, coolant_k);
    at = moved(c, &k2, h / 2);
    struct cstr k3 = cstr_rates(&at, coolant_k);
    at = moved(c, &k3, h);
    struct cstr k4 = cstr_rates(&at, coolant_k);
    c->ca_mol_l +=
        h / 6 * (k1.ca_mol_l + 2 * k2.ca_mol_l + 2 * k3.ca_mol_l + k4.ca_mol_l);
    c->temperature_k += h / 6 *
                        (k1.temperature_k + 2 * k2.temperature_k +
                         2 * k3.temperature_k + k4.temperature_k);
}

/* Bisection: theta exp(-theta) rises up to theta = 1. */
double semenov_theta(double psi)
{
    double low = 0, high = 1;
    if (!(psi >= 0 && psi <= exp(-1.0))) return (double)NAN;
    for (int i = 0; i < 60; i++) {
        double middle = (low + high) / 2;
        if (middle * exp(-middle) < psi)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

/* The integral of d theta / (exp(theta) - theta / psi); with u = exp(-theta) it is that
 * of du / (1 + u ln(u) / psi) from 0 to 1, by Simpson's rule. */
double semenov_induction(double psi)
{
    enum { PARTS = 20000 };
    if (!(psi > exp(-1.0))) return (double)NAN;
    double sum = 0;
    for (int i = 0; i <= PARTS; i++) {
        double u = (double)i / PARTS, cooling = i ? u * log(u) / psi : 0;
        double weight = i == 0 || i == PARTS ? 1 : i % 2 ? 4 : 2;
        sum += weight / (1 + cooling);
    }
    return sum / (3.0 * PARTS);
}
