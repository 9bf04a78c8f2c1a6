// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_DRONE_DRONE_H
#define TWIN_DRONE_DRONE_H
/* The state of the drone twin, shared by its files; plain data. */
#include <stddef.h>
#include <stdint.h>

#include "twin/drone/body.h"
#include "twin/twin.h"

enum drone_mode {
    DRONE_OFF,   // motors off
    DRONE_HOLD,  // stays where it was when it was told
    DRONE_GO,    // to the set point
    DRONE_HOME,  // to where it started, and lands there
    DRONE_LAND,  // straight down
    DRONE_CHUTE, // motors off and parachute
};

/* What the flight controller remembers. */
struct pilot {
    double believed_m[3];        // where it believes to be
    double hold_m[3];            // in its own view of where it is
    double velocity_seen_m_s[3]; // of the observer of disturbances
    int64_t held;                // the mode that took hold_m
};

struct drone {
    // parameters
    double mass_kg, cda_m2, rho_kg_m3, arm_m, gyration_m, thrust_ratio, motor_lag_s,
        torque_m, spin_cda_m5;
    double battery_wh, rotor_m, efficiency, avionics_w;
    double start_height_m, start_speed_m_s;
    double speed_limit_m_s, climb_limit_m_s, tilt_limit_rad, return_height_m;
    double fence_m, fence_height_m, return_share, land_share, is_off_guarded,
        gnss_gate_m;
    double chute_cda_m2, chute_opens_s, chute_trips_m_s;
    double breaks_m_s, transfer_share;
    // inputs
    double mode, goal_east_m, goal_north_m, goal_height_m, goal_yaw_rad;
    double wind_east_m_s, wind_north_m_s, wind_up_m_s;
    double gnss_east_m, gnss_north_m, gnss_up_m, rotor_share, is_fence_off;
    // outputs
    double east_m, north_m, height_m, east_m_s, north_m_s, up_m_s, speed_m_s;
    double roll_rad, pitch_rad, yaw_rad, thrust_n, power_w, battery_share;
    double flown_mode, is_fenced, chute_share, is_down, is_broken;
    double impact_time_s, impact_east_m, impact_north_m, impact_m_s, impact_energy_j,
        transferred_j, category;
    double kinetic_j, potential_j, thrust_j, drag_j;
    // inside
    struct frame frame;
    struct body body;
    struct air air;
    struct pilot pilot;
    double battery_j, is_chute_out;
    double greatest_slope, w_per_n15; // of the tilt limit; power for n^1.5
};

/* Decides what is flown (flown_mode, is_fenced, is_chute_out) and tells the rotors
 * (air.told_n), from what the drone's own sensors see. */
void pilot_step(struct drone *d, double h);
void pilot_start(struct drone *d);

/* Energy that a collision may transfer: FAA Part 107, categories 2 and 3. */
#define FT_LB_J          1.3558179483
#define CATEGORY_2_FT_LB 11.0
#define CATEGORY_3_FT_LB 25.0

/* 2 or 3: the strictest category below whose limit the energy is; 0: neither. */
double drone_category(double transferred_j);

/* A drone at the defaults of its table, not started; for checks. */
struct drone drone_default(void);
void drone_start(void *state);
void drone_step(void *state, double t, double h);

enum { DRONE_CHECKS = 6 };
extern const struct twin_check drone_checks[DRONE_CHECKS];
#endif
