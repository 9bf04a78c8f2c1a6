// SPDX-License-Identifier: Apache-2.0
/* Lumped heat; see heat.h. */
#include "twin/monitor/heat.h"

#include <math.h>

double heat_lag(double now, double target, double lag_s, double h)
{
    return target + (now - target) * exp(-h / lag_s);
}

double heat_lump_c(double now_c, double power_w, double ambient_c, double capacity_j_k,
                   double loss_w_k, double h)
{
    if (loss_w_k <= 0) return now_c + power_w * h / capacity_j_k;
    return heat_lag(now_c, ambient_c + power_w / loss_w_k, capacity_j_k / loss_w_k, h);
}

double heat_lump_reaches_s(double now_c, double power_w, double ambient_c,
                           double capacity_j_k, double loss_w_k, double at_c)
{
    if (now_c >= at_c) return 0;
    if (loss_w_k <= 0)
        return power_w > 0 ? (at_c - now_c) * capacity_j_k / power_w : HUGE_VAL;
    double end_c = ambient_c + power_w / loss_w_k; // after a long time
    if (end_c <= at_c) return HUGE_VAL;
    return capacity_j_k / loss_w_k * log((end_c - now_c) / (end_c - at_c));
}

/* With y the distance from the steady state, y' = A y, A = [-a a; b -c]. Its two
 * eigenvalues are real, negative and apart, m + d and m - d, so
 * exp(A h) = (e1 + e2) / 2 I + (e1 - e2) / (2 d) (A - m I). The slower one is taken
 * from the determinant, without loss of digits. */
void heat_bearing_step(const struct heat_bearing *p, double power_w, double ambient_c,
                       double h, double *bearing_c, double *housing_c)
{
    double a = p->between_w_k / p->inner_j_k, b = p->between_w_k / p->housing_j_k;
    double out = p->out_w_k / p->housing_j_k, c = b + out;
    double m = -(a + c) / 2, d = sqrt((a - c) * (a - c) / 4 + a * b);
    double e1 = exp(a * out / (m - d) * h), e2 = exp((m - d) * h);
    double even = (e1 + e2) / 2, odd = (e1 - e2) / (2 * d);
    double housing_end_c = ambient_c + power_w / p->out_w_k;
    double bearing_end_c = housing_end_c + power_w / p->between_w_k;
    double y1 = *bearing_c - bearing_end_c, y2 = *housing_c - housing_end_c;
    *bearing_c = bearing_end_c + even * y1 + odd * ((-a - m) * y1 + a * y2);
    *housing_c = housing_end_c + even * y2 + odd * (b * y1 + (-c - m) * y2);
}
