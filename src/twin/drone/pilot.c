// SPDX-License-Identifier: Apache-2.0
/*
 * The flight controller. It sees the place that satellite navigation tells it, which an
 * input may move, and true velocity, attitude and rates (inertial, optical).
 *
 * Four loops in each other: place, velocity, attitude, rate. The rate loop with the lag
 * of the rotors is damped at 0.707 by a gain of 1 / (2 lag); every loop around is three
 * times slower than the one inside. A disturbance observer takes the place of integral
 * action against wind: it cannot wind up.
 */
#include <math.h>

#include "twin/drone/drone.h"

#define SLOWER         3.0
#define BRAKING_M_S2   3.0
#define YAW_RATE_RAD_S 1.5
#define AT_HOME_M      2.0
#define LANDING_M_S    0.5 // below LOW_M
#define LOW_M          5.0
#define FENCE_SLACK_M  5.0 // over the fence before it returns
#define LEAST_LOAD     0.3 // vertical thrust in flight, in weights
#define RESERVE        0.1 // of the thrust, for torque

static double clamp(double x, double limit)
{
    return fmax(-limit, fmin(limit, x));
}

/* hypot, which spends its time on sizes that do not occur here. */
static double length(double x, double y)
{
    return sqrt(x * x + y * y);
}

static double rate_gain(const struct drone *d)
{
    return 1 / (2 * d->motor_lag_s);
}

/* Where it believes to be: where satellite navigation says, unless that jumped away
 * from where its own motion takes it by more than its receiver accepts. */
static void see(struct drone *d, double h)
{
    const double *place = d->body.x + BODY_PLACE, *v = d->body.x + BODY_VELOCITY;
    const double told[3] = {place[0] + d->gnss_east_m, place[1] + d->gnss_north_m,
                            place[2] + d->gnss_up_m};
    double *believed = d->pilot.believed_m, off = 0;
    for (int i = 0; i < 3; i++) {
        believed[i] += v[i] * h;
        off += (told[i] - believed[i]) * (told[i] - believed[i]);
    }
    for (int i = 0; i < 3 && off <= d->gnss_gate_m * d->gnss_gate_m; i++)
        believed[i] = told[i];
}

/* ---- what is flown ----------------------------------------------------------------
 */

static int is_outside(const struct drone *d, double slack_m)
{
    const double *p = d->pilot.believed_m;
    return d->is_fence_off < 0.5 && (length(p[0], p[1]) > d->fence_m + slack_m ||
                                     p[2] > d->fence_height_m + slack_m);
}

/* The fence turns it home, and holds until it is well inside again. */
static void watch_fence(struct drone *d)
{
    double slack_m = d->is_fenced > 0.5 ? -FENCE_SLACK_M : FENCE_SLACK_M;
    d->is_fenced = is_outside(d, slack_m);
}

static void watch_chute(struct drone *d, int asked)
{
    int falls = -d->body.x[BODY_VELOCITY + 2] > d->chute_trips_m_s;
    int flies = d->is_down < 0.5;
    if (flies && d->chute_cda_m2 > 0 && (asked == DRONE_CHUTE || falls))
        d->is_chute_out = 1;
}

/* What the device makes of a mode that it may fly: battery and fence come first. */
static int overrule(const struct drone *d, int asked)
{
    int is_free = asked == DRONE_HOLD || asked == DRONE_GO;
    if (d->battery_share < d->land_share) return DRONE_LAND;
    if (is_free && d->battery_share < d->return_share) return DRONE_HOME;
    if (is_free && d->is_fenced > 0.5) return DRONE_HOME;
    return asked;
}

static int decide(struct drone *d)
{
    int asked = (int)lround(d->mode);
    watch_fence(d);
    watch_chute(d, asked);
    if (d->is_chute_out > 0.5) return DRONE_CHUTE;
    if (d->is_broken > 0.5 || d->battery_j <= 0) return DRONE_OFF;
    if (asked == DRONE_CHUTE) return DRONE_OFF; // there is none
    if (asked == DRONE_OFF && !(d->is_off_guarded > 0.5 && d->is_down < 0.5))
        return DRONE_OFF;
    return overrule(d, asked == DRONE_OFF ? DRONE_HOLD : asked);
}

/* ---- where to, how fast -----------------------------------------------------------
 */

static void take_hold(struct drone *d, int mode)
{
    if (d->pilot.held == mode) return;
    d->pilot.held = mode;
    for (int i = 0; i < 3; i++)
        d->pilot.hold_m[i] = d->pilot.believed_m[i];
}

/* The set point, within the fence. */
static void go_where(const struct drone *d, double goal[3])
{
    double far = length(d->goal_east_m, d->goal_north_m);
    int is_free = d->is_fence_off > 0.5;
    double share = far > d->fence_m && !is_free ? d->fence_m / far : 1;
    goal[0] = d->goal_east_m * share;
    goal[1] = d->goal_north_m * share;
    goal[2] = is_free ? d->goal_height_m : fmin(d->goal_height_m, d->fence_height_m);
}

/* Towards a distance: proportional when near, as fast as it can still brake when far.
 */
static double approach(double distance_m, double gain)
{
    double near_m = BRAKING_M_S2 / (gain * gain);
    if (distance_m < near_m) return gain * distance_m;
    return sqrt(2 * BRAKING_M_S2 * (distance_m - near_m / 2));
}

static double sink_m_s(const struct drone *d, double height_m)
{
    return height_m > LOW_M ? d->climb_limit_m_s
                            : fmin(LANDING_M_S, d->climb_limit_m_s);
}

/* The velocity wanted to reach a goal; is_landing: down, whatever the goal's height. */
static void steer(const struct drone *d, const double goal[3], int is_landing,
                  double wanted[3])
{
    const double *p = d->pilot.believed_m;
    double gain = rate_gain(d) / (SLOWER * SLOWER * SLOWER);
    double far = length(goal[0] - p[0], goal[1] - p[1]), up = goal[2] - p[2];
    double speed = fmin(approach(far, gain), d->speed_limit_m_s);
    for (int i = 0; i < 2; i++)
        wanted[i] = far > 0 ? (goal[i] - p[i]) / far * speed : 0;
    wanted[2] = is_landing
                    ? -sink_m_s(d, p[2])
                    : clamp(copysign(approach(fabs(up), gain), up), d->climb_limit_m_s);
}

static void plan(struct drone *d, int mode, double wanted[3])
{
    const double *p = d->pilot.believed_m;
    double goal[3] = {0, 0, d->return_height_m};
    take_hold(d, mode);
    if (mode == DRONE_GO) go_where(d, goal);
    if (mode == DRONE_HOLD || mode == DRONE_LAND)
        for (int i = 0; i < 3; i++)
            goal[i] = d->pilot.hold_m[i];
    int is_home = mode == DRONE_HOME && length(p[0], p[1]) < AT_HOME_M;
    steer(d, goal, mode == DRONE_LAND || is_home, wanted);
}

/* ---- the force for it -------------------------------------------------------------
 */

/* Acceleration that thrust and weight do not explain: v' = thrust/m - g + disturbance;
 * the velocity seen follows the true one at the given gain. */
static void observe(struct drone *d, const double up[3], double gain, double h,
                    double disturbance[3])
{
    const double *v = d->body.x + BODY_VELOCITY;
    double *seen = d->pilot.velocity_seen_m_s;
    double per_kg = body_thrust_n(&d->body) / d->mass_kg;
    for (int i = 0; i < 3; i++) {
        disturbance[i] = gain * (v[i] - seen[i]);
        seen[i] += h * (per_kg * up[i] - (i == 2 ? GRAVITY_M_S2 : 0) + disturbance[i]);
    }
}

/* Into what the rotors can do: height first, then no more tilt than allowed. */
static void limit_force(const struct drone *d, double force[3])
{
    double weight = d->mass_kg * GRAVITY_M_S2,
           most = (1 - RESERVE) * ROTORS * d->frame.greatest_thrust_n;
    force[2] = fmin(most, fmax(LEAST_LOAD * weight, force[2]));
    double aside = length(force[0], force[1]);
    double most_aside = fmin(force[2] * d->greatest_slope,
                             sqrt(fmax(0, most * most - force[2] * force[2])));
    double share = aside > most_aside ? most_aside / aside : 1;
    force[0] *= share;
    force[1] *= share;
}

static void push(struct drone *d, const double wanted[3], double h, double force[3])
{
    double gain = rate_gain(d) / (SLOWER * SLOWER), up[3], disturbance[3];
    const double *v = d->body.x + BODY_VELOCITY;
    body_up(&d->body, up);
    observe(d, up, gain / 2, h, disturbance);
    for (int i = 0; i < 3; i++)
        force[i] = d->mass_kg * (gain * (wanted[i] - v[i]) - disturbance[i] +
                                 (i == 2 ? GRAVITY_M_S2 : 0));
    limit_force(d, force);
}

/* ---- the attitude for it ----------------------------------------------------------
 */

/* A vector of the world in the body: its components along forward, left, up. */
static void into_body(const double *q, const double v[3], double out[3])
{
    const double *u = q + 1;
    double t[3] = {2 * (v[1] * u[2] - v[2] * u[1]), 2 * (v[2] * u[0] - v[0] * u[2]),
                   2 * (v[0] * u[1] - v[1] * u[0])};
    out[0] = v[0] + q[0] * t[0] + t[1] * u[2] - t[2] * u[1];
    out[1] = v[1] + q[0] * t[1] + t[2] * u[0] - t[0] * u[2];
    out[2] = v[2] + q[0] * t[2] + t[0] * u[1] - t[1] * u[0];
}

/* Sine of the angle from the heading to the one wanted; 1 beyond a right angle. */
static double heading_error(const struct drone *d)
{
    const double *q = d->body.x + BODY_ATTITUDE;
    double x = 1 - 2 * (q[2] * q[2] + q[3] * q[3]), y = 2 * (q[1] * q[2] + q[0] * q[3]);
    double c = cos(d->goal_yaw_rad), s = sin(d->goal_yaw_rad), size = length(x, y);
    if (size < 1e-6) return 0; // forward is up or down
    double sine = (x * s - y * c) / size;
    return x * c + y * s < 0 ? copysign(1, sine) : sine;
}

/* The rates that turn the body's up towards the force, and its heading as wanted. */
static void turn(const struct drone *d, const double force[3], double rates[3])
{
    double gain = rate_gain(d) / SLOWER, to[3];
    into_body(d->body.x + BODY_ATTITUDE, force, to);
    double aside = length(to[0], to[1]), size = length(aside, to[2]);
    double share = gain / (to[2] < 0 ? fmax(aside, 1e-9) : size);
    rates[0] = -to[1] * share;
    rates[1] = to[0] * share;
    if (to[2] < 0 && aside < 1e-6 * size) rates[0] = gain; // upside down: either way
    rates[2] = clamp(gain * heading_error(d), YAW_RATE_RAD_S);
}

/* ---- the rotors for it ------------------------------------------------------------
 */

/* Thrusts for a total and torques. Roll and pitch come before yaw, so that no rotor is
 * told less than nothing or more than it can. */
static void mix(struct drone *d, double total_n, const double torque_nm[3])
{
    static const double sign[ROTORS][3] = {
        {1,  -1, -1},
        {-1, -1, 1 },
        {1,  1,  1 },
        {-1, 1,  -1},
    };
    const struct frame *f = &d->frame;
    double each = total_n / ROTORS, room = fmin(each, f->greatest_thrust_n - each);
    double roll = torque_nm[0] / (ROTORS * f->arm_m),
           pitch = torque_nm[1] / (ROTORS * f->arm_m);
    double both = fabs(roll) + fabs(pitch), share = both > room ? room / both : 1;
    double yaw = clamp(torque_nm[2] / (ROTORS * f->torque_m), room - share * both);
    for (int i = 0; i < ROTORS; i++)
        d->air.told_n[i] =
            each + share * (sign[i][0] * roll + sign[i][1] * pitch) + sign[i][2] * yaw;
}

/* What of a force lies along the body's up, within what the rotors can do. */
static double total_thrust(const struct drone *d, const double force[3])
{
    double up[3], least = LEAST_LOAD * d->mass_kg * GRAVITY_M_S2 / 2;
    body_up(&d->body, up);
    double along = force[0] * up[0] + force[1] * up[1] + force[2] * up[2];
    double most = (1 - RESERVE) * ROTORS * d->frame.greatest_thrust_n;
    return fmin(most, fmax(least, along));
}

static void fly(struct drone *d, int mode, double h)
{
    double wanted[3], force[3], rates[3], torque_nm[3];
    plan(d, mode, wanted);
    push(d, wanted, h, force);
    turn(d, force, rates);
    for (int i = 0; i < 3; i++)
        torque_nm[i] = d->frame.inertia_kg_m2[i] * rate_gain(d) *
                       (rates[i] - d->body.x[BODY_RATE + i]);
    mix(d, total_thrust(d, force), torque_nm);
}

/* On the ground only a set point in the air starts the motors. */
static int is_idle(const struct drone *d, int mode)
{
    if (mode == DRONE_OFF || mode == DRONE_CHUTE) return 1;
    return d->is_down > 0.5 && !(mode == DRONE_GO && d->goal_height_m > 0);
}

/* What it held and observed is of no use any more. */
static void forget(struct drone *d)
{
    d->pilot.held = -1;
    for (int i = 0; i < 3; i++)
        d->pilot.velocity_seen_m_s[i] = d->body.x[BODY_VELOCITY + i];
}

void pilot_start(struct drone *d)
{
    forget(d);
    for (int i = 0; i < 3; i++)
        d->pilot.believed_m[i] = d->body.x[BODY_PLACE + i];
}

void pilot_step(struct drone *d, double h)
{
    see(d, h);
    int mode = decide(d);
    d->flown_mode = mode;
    if (is_idle(d, mode)) {
        forget(d);
        for (int i = 0; i < ROTORS; i++)
            d->air.told_n[i] = 0;
    } else {
        fly(d, mode, h);
    }
    d->air.told_n[0] *= d->rotor_share;
}
