// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_WAREHOUSE_VEHICLE_H
#define TWIN_WAREHOUSE_VEHICLE_H
/*
 * One vehicle: a differential drive whose wheels follow what they are told with a lag,
 * brakes that take the wheels over after the response time, the field of its scanner,
 * and its battery. Where it is to go is decided elsewhere (traffic.h, dispatch.h).
 */
#include <stdint.h>

#include "twin/warehouse/hull.h"
#include "twin/warehouse/site.h"

/* What all vehicles have in common. */
struct vehicle_kind {
    double speed_m_s, accel_m_s2;      // greatest speed; speeding up and slowing down
    double decel_m_s2, response_s;     // of the brakes, and until they act
    double supplement_m, restart_s;    // of the field; clear for so long before it goes
    double lag_s, turn_rad_s, track_m; // wheels; turning on the spot; between wheels
    double length_m, width_m, mass_kg;
    double rolling, efficiency, idle_w; // resistance, drive, electronics
    double battery_wh, charge_w;
};

enum job {
    JOB_IDLE, // at home, charging
    JOB_TO_RACK,
    JOB_LIFT,
    JOB_WAIT, // loaded, for a station
    JOB_TO_STATION,
    JOB_PICK,
    JOB_TO_HOME,
};

enum { VEHICLE_LONGEST_PATH = SITE_LONGEST_ROUTE + 32 };

/* Where a vehicle was when a step began, and how fast. */
struct vehicle_past {
    double x_m, y_m, cosine, sine, speed_m_s;
};

struct vehicle {
    double x_m, y_m, heading_rad, cosine, sine;
    struct vehicle_past past;
    double left_m_s, right_m_s; // wheels
    double reference_m_s;       // the speed it is told, after the ramp
    double stop_in_s;           // until the brakes act
    double clear_s, field_m;    // since when nothing is in the field; its length
    double battery_j, used_j, charged_j, driven_m;
    double timer_s, pick_s; // of lifting and picking
    double blocked_s;       // since when the next cell is not granted
    int32_t is_stopping, is_broken, is_seen, is_touching, is_turning, is_low;
    int32_t job, order;          // order: -1 for none
    int32_t rack, station, home; // cells, -1 for none
    int32_t load;                // the rack its load is from, -1 for none
    int32_t is_wrong;            // 1: it was told another rack than the order's
    int32_t at, granted, n_path; // places in the path
    uint16_t path[VEHICLE_LONGEST_PATH];
};

/* At rest in its home, which looks towards its gate. */
void vehicle_init(struct vehicle *v, int home, double battery_j);

double vehicle_speed_m_s(const struct vehicle *v);

/* Braking distance, way of the response time and supplement (SICK S300):
 * v^2 / (2 a) + T v + Z. */
double vehicle_stopping_m(double speed_m_s, double decel_m_s2, double response_s,
                          double supplement_m);

/* Whether something demands a stop; the response time runs from when it first does. */
void vehicle_watch(struct vehicle *v, const struct vehicle_kind *k, int is_demanded,
                   double h);

/* Moves for h seconds, told a speed and a rate of turning. */
void vehicle_drive(struct vehicle *v, const struct vehicle_kind *k, double speed_m_s,
                   double turn_rad_s, double h);

struct hull vehicle_hull(const struct vehicle *v, const struct vehicle_kind *k);

/* Notes where it is: a step begins. */
void vehicle_note(struct vehicle *v);
/* Where it was at a share of the step, 0 at its beginning and 1 now, and how fast; on
 * the straight line between: a step is short. */
struct vehicle_past vehicle_within(const struct vehicle *v, double share);
/* What its scanner protects: as long as it needs to stop from its speed. */
struct hull vehicle_field(const struct vehicle *v, const struct vehicle_kind *k);
#endif
