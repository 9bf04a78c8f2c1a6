// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_COLUMN_COLUMN_H
#define TWIN_COLUMN_COLUMN_H
/*
 * The running column: plant, controllers (BPCS), safety system (SIS), relief and burst.
 * Plain data; the variables of the twin lie in it.
 */
#include <stddef.h>

#include "twin/column/plant.h"
#include "twin/twin.h"

enum { COLUMN_DELAY = 50 }; // steps of 1.2 s that an analysis of composition takes

struct column {
    // parameters
    struct plant_design design;
    double relief_set_kpag, blowdown, sis_trip_kpag, relay_trip_c, burst_kpag;
    double valve_lag_s, tnt_yield, distance_m;
    // inputs
    double feed_kmol_min, zf, qf, xd_set, xb_set, pressure_set_kpa;
    double is_composition_auto, l_hand_kmol_min, v_hand_kmol_min;
    double is_pressure_auto, coolant_hand, coolant_there;
    double pressure_bias_kpa, sis_bias_kpa, xd_bias, xb_bias;
    double is_sis_on, sis_reset, is_stopped;
    // outputs
    double xd, xb, pressure_kpa, pressure_kpag, top_c, bottom_c;
    double l_kmol_min, v_kmol_min, d_kmol_min, b_kmol_min;
    double drum_kmol, reboiler_kmol, steam_open, coolant_open, heat_kw, cooling_kw;
    double is_tripped, is_relay_tripped, is_relieving, relief_kg_h, relieved_kg;
    double heel_left, heel_kw;
    double off_spec_kmol, off_kmol, off_light_kmol;
    double is_burst, cloud_kg, tnt_kg, overpressure_kpa, impulse_kpa_ms, damage, injury;
    // the rest of the state
    double state[PLANT_STATES], start_amount, start_light;
    double top_integral, bottom_integral, pressure_integral, sis_valve;
    double solver_min; // the step that the solver would try next
    double past_xd[COLUMN_DELAY], past_xb[COLUMN_DELAY], past_at;
    struct plant_moves moves;
};

/* control.c */
void control_start(struct column *c);
/* Reads sensors, moves valves: once a step of h minutes. */
void control_scan(struct column *c, double h);

/* What happens between two scans, each where a number goes through zero. */
enum { COLUMN_RELIEF, COLUMN_TRIP, COLUMN_RELAY, COLUMN_BURST, COLUMN_EVENTS };
void control_roots(const struct column *c, const struct plant_view *view, double *root);
/* Acts on them; `left` minutes of the step are left. Burst is the twin's affair. */
void control_events(struct column *c, const int *events, double left);

/* checks.c */
enum { N_COLUMN_CHECKS = 8 };
extern const struct twin_check column_checks[N_COLUMN_CHECKS];
#endif
