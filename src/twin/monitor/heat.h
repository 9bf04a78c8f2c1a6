// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_MONITOR_HEAT_H
#define TWIN_MONITOR_HEAT_H
/*
 * Heat in lumps, stepped by the exact solution of their equations for power and
 * surroundings that stay: stable and exact for any step. Plain data.
 */

/* C dT/dt = P - G (T - Ta): the temperature after h seconds. */
double heat_lump_c(double now_c, double power_w, double ambient_c, double capacity_j_k,
                   double loss_w_k, double h);

/* Seconds until it rises to at_c, exactly; 0 if it is there, HUGE_VAL if it never is.
 */
double heat_lump_reaches_s(double now_c, double power_w, double ambient_c,
                           double capacity_j_k, double loss_w_k, double at_c);

/* First order towards a value. */
double heat_lag(double now, double target, double lag_s, double h);

/* A bearing in its housing, as two nodes:
 * C1 dT1/dt = P - G12 (T1 - T2), C2 dT2/dt = G12 (T1 - T2) - G2 (T2 - Ta). */
struct heat_bearing {
    double inner_j_k, housing_j_k; // C1, C2
    double between_w_k, out_w_k;   // G12, G2
};

/* Both temperatures, bearing and housing, after h seconds. */
void heat_bearing_step(const struct heat_bearing *b, double power_w, double ambient_c,
                       double h, double *bearing_c, double *housing_c);
#endif
