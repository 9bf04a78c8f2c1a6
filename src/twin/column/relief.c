// SPDX-License-Identifier: Apache-2.0
/* Relief valves in critical flow; see relief.h. */
#include "twin/column/relief.h"

#include <math.h>

/* sqrt(k (2 / (k + 1))^((k + 1) / (k - 1))), which tends to exp(-1/2) as k to 1. */
static double expansion(double k)
{
    const double limit = 1e-6;
    if (k - 1 < limit) return exp(-0.5);
    return sqrt(k * pow(2 / (k + 1), (k + 1) / (k - 1)));
}

double relief_coefficient(double k)
{
    return 520 * expansion(k);
}

double relief_area_in2(double flow_lb_h, double temperature_r, double z, double mass,
                       double k, double pressure_psia, double kd, double kb)
{
    return flow_lb_h / (relief_coefficient(k) * kd * pressure_psia * kb) *
           sqrt(temperature_r * z / mass);
}

double relief_flow_kg_h(double area_mm2, double temperature_k, double mass, double k,
                        double pressure_kpa, double kd)
{
    return area_mm2 * 0.03948 * expansion(k) * kd * pressure_kpa *
           sqrt(mass / temperature_k);
}
