// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_WELDCELL_WELD_H
#define TWIN_WELDCELL_WELD_H
/*
 * What an arc does to a thick plate, and how far people must stay from the arms. Closed
 * formulas, without state. Units are in the names.
 */

/* EN 1011-1: Q = k U I / v. Infinite at no speed. */
double weld_heat_kj_mm(double current_a, double voltage_v, double speed_mm_s,
                       double efficiency_k);

/* A plate without edges, its properties those of one temperature. */
struct weld_plate {
    double initial_c, conductivity_w_mk, diffusivity_mm2_s;
};

/* Carbon steel: 41 W/mK, 9.1 mm2/s. */
extern const struct weld_plate weld_steel;

/* D. Rosenthal (1941, 1946): a point source of power_w on the surface, moving along +x,
 * seen at (x, y, z) from it, z down; long after the start. NAN at the source. */
double weld_rosenthal_c(const struct weld_plate *plate, double power_w,
                        double speed_mm_s, const double *xyz_mm);

/* Radius of the molten half cylinder: where the peak temperature of Rosenthal's field
 * of a fast source is melting_c (C. M. Adams, 1958). */
double weld_penetration_mm(const struct weld_plate *plate, double heat_kj_mm,
                           double melting_c);

/* Cooling from 800 to 500 degC in a thick plate of low-alloy steel, EN 1011-2 with
 * shape factor 1; the plate below 500 degC. */
double weld_cooling_s(double heat_kj_mm, double plate_c);

/* ISO 13855, approach of a walking person: S = K T + C, K = 1600 mm/s, C = 1200 - 0.4 H
 * but at least 850 mm; H: height of the field of detection. */
double weld_separation_mm(double stopping_s, double height_mm);
#endif
