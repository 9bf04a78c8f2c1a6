// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_MONITOR_PLANT_H
#define TWIN_MONITOR_PLANT_H
/*
 * The monitored plant as plain data: a furnace zone with its controller, a shaft in two
 * bearings, their sensors, and the monitor that samples them and raises alarms.
 */

enum { PLANT_BEARINGS = 2 };

/* What the monitor says, and what it would say of the true values. */
enum plant_level { PLANT_NORMAL, PLANT_INVESTIGATE, PLANT_ALARM, PLANT_TRIP };

/* Thresholds of a bearing. */
struct plant_limits {
    double investigate_k, alarm_c, trip_c;
};

/* An enum plant_level. baseline_c: NAN while there is none. */
int plant_bearing_level(const struct plant_limits *limits, double temperature_c,
                        double baseline_c);

/* The mean over the time of learning. */
struct baseline {
    double sum_c, n;
};

/* Alarms of one channel against the truth. */
struct alarm {
    double level, true_level;
    double pending, n_pending; // samples in a row that say more than the level
    double late_s, latency_s;  // the truth is worse than the level: since; last time
    double missed_s;           // in all
};

/* A thermocouple of type K. */
struct thermocouple {
    double drift_k_h, bias_k; // inputs
    double drifted_k, tip_c, reading_c;
};

struct bearing {
    // inputs
    double fault_n_m, drift_k_h, bias_k;
    // outputs
    double ring_c, housing_c, reading_c, grease_used;
    double drifted_k, sensor_c; // of the sensor
    struct baseline learnt, truth;
    double baseline_c; // as learnt; 0 while there is none
    struct alarm alarm;
};

struct plant {
    // parameters
    double heater_w, zone_j_k, zone_loss_w_k, room_c, gain_w_k, integral_s;
    double couple_lag_s, limiter_c, band_k, compare_k;
    double moment_n_m, inner_j_k, housing_j_k, between_w_k, out_w_k, sensor_lag_s;
    double run_down_s, grease_life_h, seize_c;
    double sample_s, n_confirm, warm_s, learn_s, investigate_k, alarm_c, trip_c;
    // inputs
    double set_c, is_heating, is_limiter_on, junction_error_k, speed_set_rpm,
        is_trip_on, reset;
    struct thermocouple control, watch; // the controller's and the monitor's
    struct bearing bearing[PLANT_BEARINGS];
    // outputs
    double zone_c, zone_most_c, power_w, energy_mj, is_limited, off_band_s;
    double speed_rpm, is_tripped, is_seized, n_samples;
    struct alarm zone_alarm;
    double integral_w, is_up, next_sample_s;
};

/* Cold and standing. Parameters and inputs are set. */
void plant_start(struct plant *p);

/* From t to t + h seconds. */
void plant_step(struct plant *p, double t, double h);
#endif
