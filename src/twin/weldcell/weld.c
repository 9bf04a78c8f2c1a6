// SPDX-License-Identifier: Apache-2.0
/* Heat of an arc, and distances; see weld.h. */
#include "twin/weldcell/weld.h"

#include <math.h>

#define PI 3.14159265358979323846
#define E  2.71828182845904523536

const struct weld_plate weld_steel = {20, 41, 9.1};

double weld_heat_kj_mm(double current_a, double voltage_v, double speed_mm_s,
                       double efficiency_k)
{
    return efficiency_k * voltage_v * current_a / speed_mm_s / 1000;
}

/* T = T0 + Q / (2 pi k r) exp(-v (x + r) / (2 a)) */
double weld_rosenthal_c(const struct weld_plate *plate, double power_w,
                        double speed_mm_s, const double *xyz_mm)
{
    double x = xyz_mm[0], y = xyz_mm[1], z = xyz_mm[2];
    double across = y * y + z * z, r = sqrt(x * x + across);
    if (r <= 0) return (double)NAN;
    // x + r, without loss of digits behind the source
    double ahead = x < 0 ? across / (r - x) : r + x;
    return plate->initial_c +
           power_w / (2 * PI * plate->conductivity_w_mk * r / 1000) *
               exp(-speed_mm_s * ahead / (2 * plate->diffusivity_mm2_s));
}

/* Tpeak - T0 = 2 q / (pi e rho c r^2), q in J/m, rho c = k / a */
double weld_penetration_mm(const struct weld_plate *plate, double heat_kj_mm,
                           double melting_c)
{
    double capacity_j_m3k =
        plate->conductivity_w_mk / (plate->diffusivity_mm2_s * 1e-6);
    double square_m2 = 2 * heat_kj_mm * 1e6 /
                       (PI * E * capacity_j_m3k * (melting_c - plate->initial_c));
    return 1000 * sqrt(fmax(0, square_m2));
}

double weld_cooling_s(double heat_kj_mm, double plate_c)
{
    return (6700 - 5 * plate_c) * heat_kj_mm *
           (1 / (500 - plate_c) - 1 / (800 - plate_c));
}

double weld_separation_mm(double stopping_s, double height_mm)
{
    return 1600 * stopping_s + fmax(850, 1200 - 0.4 * height_mm);
}
