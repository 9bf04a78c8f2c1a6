// SPDX-License-Identifier: Apache-2.0
/*
 * The monitored plant in time: furnace, bearings, sensors, then the monitor. Equations
 * are in readme.md, the data in plant.h.
 */
#include "twin/monitor/plant.h"

#include <math.h>

#include "twin/monitor/heat.h"
#include "twin/monitor/thermocouple.h"

#define HOUR_S        3600.0
#define RPM_RAD_S     (3.14159265358979323846 / 30)
#define GREASE_C      70.0 // up to here its life is whole
#define GREASE_HALF_K 15.0 // and halves with each such step

static double clamp(double value, double least, double most)
{
    return fmax(least, fmin(most, value));
}

/* ---- furnace zone -----------------------------------------------------------------
 */

/* The junction follows the zone, its voltage is read against a junction at the room's
 * temperature, whose compensation may be wrong; drift and bias add to that. */
static void read_couple(const struct plant *p, struct thermocouple *k, double h)
{
    k->tip_c = heat_lag(k->tip_c, p->zone_c, p->couple_lag_s, h);
    k->drifted_k += k->drift_k_h * h / HOUR_S;
    double emf_mv = type_k_emf_mv(k->tip_c) - type_k_emf_mv(p->room_c);
    double made_up_mv = type_k_emf_mv(p->room_c + p->junction_error_k);
    k->reading_c = type_k_temperature_c(emf_mv + made_up_mv) + k->drifted_k + k->bias_k;
}

/* Proportional and integral; the integral stands still while the heater is at an end.
 */
static double control(struct plant *p, double h)
{
    double error_k = p->set_c - p->control.reading_c;
    double wanted_w = p->gain_w_k * error_k + p->integral_w;
    int saturates =
        (wanted_w > p->heater_w && error_k > 0) || (wanted_w < 0 && error_k < 0);
    if (!saturates) p->integral_w += p->gain_w_k * error_k * h / p->integral_s;
    return clamp(wanted_w, 0, p->heater_w);
}

/* The limiter has a switch of its own at the zone, and shuts the heater for good. */
static void limit(struct plant *p)
{
    if (p->is_limiter_on > 0.5 && p->zone_c > p->limiter_c)
        p->is_limited = 1;
    else if (p->reset > 0.5)
        p->is_limited = 0;
}

static int is_off_band(const struct plant *p, double temperature_c)
{
    return p->is_up > 0.5 && fabs(temperature_c - p->set_c) > p->band_k;
}

/* With one power for h seconds. */
static void warm_zone(struct plant *p, double power_w, double h)
{
    p->power_w = power_w;
    p->zone_c =
        heat_lump_c(p->zone_c, power_w, p->room_c, p->zone_j_k, p->zone_loss_w_k, h);
    p->zone_most_c = fmax(p->zone_most_c, p->zone_c);
    p->energy_mj += power_w * h / 1e6;
}

/* The limiter acts when its temperature is reached, within the step too. */
static void heat_zone(struct plant *p, double h)
{
    limit(p);
    double wanted_w = control(p, h);
    double power_w = p->is_heating > 0.5 && p->is_limited < 0.5 ? wanted_w : 0;
    double acts_s = heat_lump_reaches_s(p->zone_c, power_w, p->room_c, p->zone_j_k,
                                        p->zone_loss_w_k, p->limiter_c);
    if (p->is_limiter_on > 0.5 && acts_s < h) {
        warm_zone(p, power_w, acts_s);
        p->is_limited = 1;
        warm_zone(p, 0, h - acts_s);
    } else {
        warm_zone(p, power_w, h);
    }
    read_couple(p, &p->control, h);
    read_couple(p, &p->watch, h);
    if (fabs(p->zone_c - p->set_c) < p->band_k / 2) p->is_up = 1;
    if (is_off_band(p, p->zone_c)) p->off_band_s += h;
}

/* ---- shaft and bearings -----------------------------------------------------------
 */

static void turn(struct plant *p, double h)
{
    int stands = p->is_tripped > 0.5 || p->is_seized > 0.5;
    p->speed_rpm =
        heat_lag(p->speed_rpm, stands ? 0 : p->speed_set_rpm, p->run_down_s, h);
}

/* Share of the life of the grease, which halves with each 15 K over 70 degC. */
static void age_grease(const struct plant *p, struct bearing *b, double h)
{
    double faster = exp2(fmax(0, b->ring_c - GREASE_C) / GREASE_HALF_K);
    b->grease_used += faster * h / (p->grease_life_h * HOUR_S);
}

/* Seconds into the step at which a bearing passes the temperature at which it seizes,
 * by halving; it does within the step. */
static double seizes_s(const struct plant *p, const struct heat_bearing *nodes,
                       const struct bearing *before, double power_w, double h)
{
    double turns_s = 0, stands_s = h;
    for (int i = 0; i < 30; i++) {
        double ring_c = before->ring_c, housing_c = before->housing_c;
        double at_s = (turns_s + stands_s) / 2;
        heat_bearing_step(nodes, power_w, p->room_c, at_s, &ring_c, &housing_c);
        if (ring_c > p->seize_c)
            stands_s = at_s;
        else
            turns_s = at_s;
    }
    return stands_s;
}

/* It seizes: the shaft runs down for what is left of the step. */
static void seize(struct plant *p, double left_s)
{
    p->is_seized = 1;
    p->speed_rpm = heat_lag(p->speed_rpm, 0, p->run_down_s, left_s);
}

static void heat_bearing(struct plant *p, struct bearing *b, double h)
{
    struct heat_bearing nodes = {p->inner_j_k, p->housing_j_k, p->between_w_k,
                                 p->out_w_k};
    double power_w = (p->moment_n_m + b->fault_n_m) * p->speed_rpm * RPM_RAD_S;
    const struct bearing before = *b;
    heat_bearing_step(&nodes, power_w, p->room_c, h, &b->ring_c, &b->housing_c);
    b->sensor_c = heat_lag(b->sensor_c, b->ring_c, p->sensor_lag_s, h);
    b->drifted_k += b->drift_k_h * h / HOUR_S;
    b->reading_c = b->sensor_c + b->drifted_k + b->bias_k;
    age_grease(p, b, h);
    if (b->ring_c > p->seize_c && p->is_seized < 0.5)
        seize(p, h - seizes_s(p, &nodes, &before, power_w, h));
}

/* ---- monitor ----------------------------------------------------------------------
 */

int plant_bearing_level(const struct plant_limits *limits, double temperature_c,
                        double baseline_c)
{
    if (temperature_c >= limits->trip_c) return PLANT_TRIP;
    if (temperature_c >= limits->alarm_c) return PLANT_ALARM;
    return temperature_c - baseline_c >= limits->investigate_k ? PLANT_INVESTIGATE
                                                               : PLANT_NORMAL;
}

static void learn(const struct plant *p, struct baseline *b, double t, double value_c)
{
    if (t < p->warm_s || t >= p->warm_s + p->learn_s) return;
    b->sum_c += value_c;
    b->n++;
}

static double learnt(const struct plant *p, const struct baseline *b, double t)
{
    return t >= p->warm_s + p->learn_s && b->n > 0 ? b->sum_c / b->n : (double)NAN;
}

/* A level is left upwards after n_confirm samples in a row, downwards at once. */
static void say(const struct plant *p, struct alarm *a, int level)
{
    if (level <= a->level) {
        a->level = level;
        a->n_pending = 0;
        return;
    }
    a->pending = a->n_pending > 0 ? fmin(a->pending, level) : level;
    a->n_pending++;
    if (a->n_pending < p->n_confirm) return;
    a->level = a->pending;
    a->n_pending = 0;
}

/* How long the truth has been worse than what is said. */
static void compare(struct alarm *a, int truth, double h)
{
    a->true_level = truth;
    if (truth > a->level) {
        a->late_s += h;
        a->missed_s += h;
    } else if (a->late_s > 0) {
        a->latency_s = a->late_s;
        a->late_s = 0;
    }
}

static void sample_bearing(const struct plant *p, struct bearing *b, double t)
{
    struct plant_limits limits = {p->investigate_k, p->alarm_c, p->trip_c};
    double baseline_c;
    learn(p, &b->learnt, t, b->reading_c);
    baseline_c = learnt(p, &b->learnt, t);
    b->baseline_c = isnan(baseline_c) ? 0 : baseline_c;
    say(p, &b->alarm, plant_bearing_level(&limits, b->reading_c, baseline_c));
}

static void sample_zone(struct plant *p)
{
    int disagrees = fabs(p->watch.reading_c - p->control.reading_c) > p->compare_k;
    int is_off = is_off_band(p, p->watch.reading_c) || disagrees;
    say(p, &p->zone_alarm, is_off ? PLANT_INVESTIGATE : PLANT_NORMAL);
}

static void sample(struct plant *p, double t)
{
    if (t < p->next_sample_s) return;
    p->next_sample_s += p->sample_s;
    p->n_samples++;
    sample_zone(p);
    for (int i = 0; i < PLANT_BEARINGS; i++)
        sample_bearing(p, &p->bearing[i], t);
}

static void compare_bearing(const struct plant *p, struct bearing *b, double t,
                            double h)
{
    struct plant_limits limits = {p->investigate_k, p->alarm_c, p->trip_c};
    learn(p, &b->truth, t, b->ring_c);
    compare(&b->alarm, plant_bearing_level(&limits, b->ring_c, learnt(p, &b->truth, t)),
            h);
}

static void trip(struct plant *p)
{
    int is_over = 0;
    for (int i = 0; i < PLANT_BEARINGS; i++)
        is_over |= p->bearing[i].alarm.level >= PLANT_TRIP;
    if (is_over && p->is_trip_on > 0.5)
        p->is_tripped = 1;
    else if (p->reset > 0.5)
        p->is_tripped = 0;
}

/* ---- time -------------------------------------------------------------------------
 */

void plant_start(struct plant *p)
{
    p->zone_c = p->zone_most_c = p->room_c;
    p->control.tip_c = p->watch.tip_c = p->room_c;
    p->control.reading_c = p->watch.reading_c = p->room_c;
    p->next_sample_s = p->sample_s;
    for (int i = 0; i < PLANT_BEARINGS; i++) {
        struct bearing *b = &p->bearing[i];
        b->ring_c = b->housing_c = b->sensor_c = b->reading_c = p->room_c;
    }
}

void plant_step(struct plant *p, double t, double h)
{
    heat_zone(p, h);
    turn(p, h);
    for (int i = 0; i < PLANT_BEARINGS; i++)
        heat_bearing(p, &p->bearing[i], h);
    sample(p, t + h);
    compare(&p->zone_alarm,
            is_off_band(p, p->zone_c) ? PLANT_INVESTIGATE : PLANT_NORMAL, h);
    for (int i = 0; i < PLANT_BEARINGS; i++)
        compare_bearing(p, &p->bearing[i], t + h, h);
    trip(p);
}
