// SPDX-License-Identifier: Apache-2.0
/* One vehicle; see vehicle.h. Wheels: dv/dt = (told - v) / lag, stepped by its exact
 * exponential, and the way they go is its exact integral; the brakes slow the faster
 * wheel at a constant rate and keep the curve. */
#include "twin/warehouse/vehicle.h"

#include <math.h>

#define GRAVITY_M_S2  9.81
#define BESIDE_M      0.05 // of the field, beyond each side of the hull
#define DRAWS_IN_M_S  0.4
#define SPEEDS_UP_M_S 0.02 // told so much more than it does

static void face(struct vehicle *v, double heading_rad)
{
    v->heading_rad = heading_rad;
    v->cosine = cos(heading_rad);
    v->sine = sin(heading_rad);
}

void vehicle_init(struct vehicle *v, int home, double battery_j)
{
    int gate = site_gate(home);
    v->x_m = site_x_m(home);
    v->y_m = site_y_m(home);
    face(v, atan2(site_y_m(gate) - v->y_m, site_x_m(gate) - v->x_m));
    v->battery_j = battery_j;
    v->home = home;
    v->order = v->rack = v->station = v->load = -1;
    v->path[0] = (uint16_t)home;
    v->n_path = 1;
}

static int stands(const struct vehicle *v)
{
    return v->left_m_s == 0 && v->right_m_s == 0;
}

double vehicle_speed_m_s(const struct vehicle *v)
{
    return (v->left_m_s + v->right_m_s) / 2;
}

void vehicle_note(struct vehicle *v)
{
    v->past =
        (struct vehicle_past){v->x_m, v->y_m, v->cosine, v->sine, vehicle_speed_m_s(v)};
}

struct vehicle_past vehicle_within(const struct vehicle *v, double share)
{
    const struct vehicle_past *from = &v->past;
    double rest = 1 - share, cosine = rest * from->cosine + share * v->cosine,
           sine = rest * from->sine + share * v->sine, length = hypot(cosine, sine);
    return (struct vehicle_past){rest * from->x_m + share * v->x_m,
                                 rest * from->y_m + share * v->y_m, cosine / length,
                                 sine / length,
                                 rest * from->speed_m_s + share * vehicle_speed_m_s(v)};
}

double vehicle_stopping_m(double speed_m_s, double decel_m_s2, double response_s,
                          double supplement_m)
{
    return speed_m_s * speed_m_s / (2 * decel_m_s2) + response_s * speed_m_s +
           supplement_m;
}

/* For the speed it has when the brakes act: more than now while it speeds up. */
static double field_of_speed(const struct vehicle *v, const struct vehicle_kind *k)
{
    double speed = fabs(vehicle_speed_m_s(v)), ramp_m_s = k->accel_m_s2 * k->response_s;
    if (v->reference_m_s > speed + SPEEDS_UP_M_S)
        speed = fmin(speed + ramp_m_s, k->speed_m_s);
    return vehicle_stopping_m(speed, k->decel_m_s2, k->response_s, k->supplement_m);
}

/* A field that demanded a stop stays as long as it was and, once the vehicle stands,
 * draws in: else what stands beyond the end of its way would hold it for good. */
static void hold_field(struct vehicle *v, const struct vehicle_kind *k, double h)
{
    double field = field_of_speed(v, k);
    double held = v->is_stopping ? v->field_m - stands(v) * DRAWS_IN_M_S * h : 0;
    v->field_m = fmax(field, held);
}

void vehicle_watch(struct vehicle *v, const struct vehicle_kind *k, int is_demanded,
                   double h)
{
    v->clear_s = is_demanded ? 0 : v->clear_s + h;
    if (is_demanded && !v->is_stopping) {
        v->is_stopping = 1;
        v->stop_in_s = k->response_s;
    }
    hold_field(v, k, h);
    if (v->is_stopping && !is_demanded && v->clear_s >= k->restart_s) {
        v->is_stopping = 0;
        v->reference_m_s = fmax(0, vehicle_speed_m_s(v));
    }
}

/* ---- motion */

/* The way of a wheel in h seconds, when `share` of the lag is made up in them. */
static double roll(double *wheel_m_s, double told_m_s, double share, double lag_s,
                   double h)
{
    double gained = (told_m_s - *wheel_m_s) * share;
    *wheel_m_s += gained;
    return told_m_s * h - gained * lag_s;
}

/* Both wheels slow down in proportion. Returns the seconds they roll at their mean. */
static double brake(struct vehicle *v, double decel_m_s2, double h)
{
    double fast = fmax(fabs(v->left_m_s), fabs(v->right_m_s));
    if (fast <= 0) return 0;
    double rolls_s = fmin(h, fast / decel_m_s2);
    double share = fmax(0, 1 - decel_m_s2 * rolls_s / fast);
    if (rolls_s < h) share = 0;
    v->left_m_s *= share;
    v->right_m_s *= share;
    return rolls_s * (1 + share) / 2;
}

/* The pose after both wheels have gone their ways: the middle of an arc. */
static void move(struct vehicle *v, double left_m, double right_m, double track_m)
{
    double way = (left_m + right_m) / 2, turn = (right_m - left_m) / track_m;
    if (way == 0 && turn == 0) return;
    double middle = v->heading_rad + turn / 2;
    v->x_m += way * cos(middle);
    v->y_m += way * sin(middle);
    v->driven_m += fabs(way);
    face(v, remainder(v->heading_rad + turn, 2 * acos(-1)));
}

static void roll_both(struct vehicle *v, const struct vehicle_kind *k, double speed_m_s,
                      double turn_rad_s, double h)
{
    const double still_m_s = 1e-6;
    double half = turn_rad_s * k->track_m / 2;
    int is_told_to_stand = speed_m_s == 0 && turn_rad_s == 0;
    if (is_told_to_stand && stands(v)) return;
    double share = -expm1(-h / k->lag_s);
    double left = roll(&v->left_m_s, speed_m_s - half, share, k->lag_s, h),
           right = roll(&v->right_m_s, speed_m_s + half, share, k->lag_s, h);
    move(v, left, right, k->track_m);
    if (is_told_to_stand && fmax(fabs(v->left_m_s), fabs(v->right_m_s)) < still_m_s)
        v->left_m_s = v->right_m_s = 0;
}

static void brake_both(struct vehicle *v, const struct vehicle_kind *k, double h)
{
    double left = v->left_m_s, right = v->right_m_s,
           mean_s = brake(v, k->decel_m_s2, h);
    move(v, left * mean_s, right * mean_s, k->track_m);
}

/* Electronics, rolling resistance, and what speeding up takes; slowing down gives
 * nothing back. */
static void discharge(struct vehicle *v, const struct vehicle_kind *k, double before,
                      double way_m, double h)
{
    double speed = vehicle_speed_m_s(v);
    double gained = k->mass_kg * (speed * speed - before * before) / 2;
    double rolled = k->rolling * k->mass_kg * GRAVITY_M_S2 * way_m;
    double used = k->idle_w * h + (rolled + fmax(0, gained)) / k->efficiency;
    used = fmin(used, v->battery_j);
    v->battery_j -= used;
    v->used_j += used;
}

void vehicle_drive(struct vehicle *v, const struct vehicle_kind *k, double speed_m_s,
                   double turn_rad_s, double h)
{
    double before = vehicle_speed_m_s(v), driven = v->driven_m;
    double rolls_s = v->is_stopping ? fmin(h, v->stop_in_s) : h;
    if (v->is_broken || v->battery_j <= 0) speed_m_s = turn_rad_s = 0;
    v->reference_m_s = fmin(v->reference_m_s + k->accel_m_s2 * h, speed_m_s);
    if (rolls_s > 0) roll_both(v, k, v->reference_m_s, turn_rad_s, rolls_s);
    if (v->is_stopping) v->stop_in_s -= rolls_s;
    if (rolls_s < h) brake_both(v, k, h - rolls_s);
    discharge(v, k, before, v->driven_m - driven, h);
}

/* ---- figures */

struct hull vehicle_hull(const struct vehicle *v, const struct vehicle_kind *k)
{
    return (struct hull){v->x_m,  v->y_m,          v->cosine,
                         v->sine, k->length_m / 2, k->width_m / 2};
}

struct hull vehicle_field(const struct vehicle *v, const struct vehicle_kind *k)
{
    double length = fmax(v->field_m, field_of_speed(v, k));
    double ahead = (k->length_m + length) / 2;
    return (struct hull){v->x_m + ahead * v->cosine,
                         v->y_m + ahead * v->sine,
                         v->cosine,
                         v->sine,
                         length / 2,
                         k->width_m / 2 + BESIDE_M};
}
