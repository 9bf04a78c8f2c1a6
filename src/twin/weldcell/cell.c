// SPDX-License-Identifier: Apache-2.0
/*
 * The welding cell in time: safety, phases of the cycle, trajectories, joints, arcs,
 * judgement of the part. Equations are in readme.md, the data in cell.h.
 */
#include "twin/weldcell/cell.h"

#include <math.h>

#include "twin/weldcell/weld.h"

#define STILL_MM_S   1.0    // slower is standing
#define HELD_M_S     0.2    // what drives hold in teaching: a margin below REDUCED_M_S
#define REDUCED_M_S  0.25   // speed allowed near people, ISO 10218-1
#define MELTING_C    1527.0 // carbon steel, 1800 K
#define HOME_ABOVE_M 0.15   // torch over the middle of the seam
#define RESTART_1_S  2.0    // the pace comes back in half a second
#define LEAST_SPEED  0.1    // mm/s, below which heat input has no meaning
#define LEAST_TURN   1e-6   // rad

static double clamp(double value, double least, double most)
{
    return fmax(least, fmin(most, value));
}

/* First order towards a target, exactly. */
static double lag(double value, double target, double lag_s, double h)
{
    return value + (target - value) * (1 - exp(-h / lag_s));
}

/* ---- programs ---------------------------------------------------------------------
 */

/* Joint angles over the seam at a place from its start, shifted across it. */
static void aim(const struct cell *c, const struct arm *a, double at_mm, double above_m,
                double *q)
{
    double xyz[] = {c->seam_x_m + a->shift_mm / 1000,
                    a->sign * (at_mm - c->seam_mm / 2) / 1000, c->seam_z_m + above_m};
    puma_inverse(xyz, c->torch_m, q);
}

/* The program of the next part, as the inputs say now. */
static void load_program(const struct cell *c, struct arm *a)
{
    for (int i = 0; i < CELL_VIAS; i++)
        aim(c, a, c->seam_mm * i / (CELL_VIAS - 1), 0, a->via[i]);
    for (int i = 0; i < CELL_PIECES; i++)
        a->piece_kj[i] = 0;
    a->planned_mm = a->planned_speed_mm_s = 0;
}

static void copy(double *to, const double *from)
{
    for (int i = 0; i < PUMA_AXES; i++)
        to[i] = from[i];
}

static void between(const double *from, const double *to, double share, double *q)
{
    for (int i = 0; i < PUMA_AXES; i++)
        q[i] = from[i] + share * (to[i] - from[i]);
}

/* ---- trajectories -----------------------------------------------------------------
 */

static void begin_move(struct cell *c, int is_back)
{
    for (int k = 0; k < CELL_ARMS; k++) {
        struct arm *a = &c->arm[k];
        copy(a->from, a->command);
        copy(a->to, is_back ? a->home : a->via[0]);
    }
    c->moved = c->move_rate_1_s = 0;
}

/* The longest way of a joint in this move: all joints end together. */
static double longest_turn(const struct cell *c)
{
    double longest = LEAST_TURN;
    for (int k = 0; k < CELL_ARMS; k++)
        for (int i = 0; i < PUMA_AXES; i++)
            longest = fmax(longest, fabs(c->arm[k].to[i] - c->arm[k].from[i]));
    return longest;
}

/* A trapezoid of speed in joint space, the same share of the way for all joints. */
static void move(struct cell *c, double h)
{
    double turn = longest_turn(c), accel = c->joint_accel_rad_s2 / turn;
    double braking = sqrt(2 * accel * (1 - c->moved));
    c->move_rate_1_s =
        fmin(c->move_rate_1_s + accel * h, fmin(c->joint_limit_rad_s / turn, braking));
    c->moved = fmin(1, c->moved + c->move_rate_1_s * c->pace * h);
    for (int k = 0; k < CELL_ARMS; k++)
        between(c->arm[k].from, c->arm[k].to, c->moved, c->arm[k].command);
}

/* Joint angles at a place of the seam, linear between via points. */
static void follow_seam(const struct cell *c, struct arm *a)
{
    double place = clamp(a->planned_mm / c->seam_mm, 0, 1) * (CELL_VIAS - 1);
    int i = place < CELL_VIAS - 2 ? (int)place : CELL_VIAS - 2;
    between(a->via[i], a->via[i + 1], place - i, a->command);
}

/* Speed along the seam towards its set value; the right arm follows the left one. */
static void travel(struct cell *c, int k, double h)
{
    struct arm *a = &c->arm[k];
    double target = a->speed_set_mm_s, change = c->seam_accel_mm_s2 * h;
    if (k > 0 && c->is_synchronized > 0.5)
        target =
            fmax(0, target + c->sync_gain_1_s * (c->arm[0].planned_mm - a->planned_mm));
    a->planned_speed_mm_s += clamp(target - a->planned_speed_mm_s, -change, change);
    a->planned_mm =
        fmin(c->seam_mm, a->planned_mm + a->planned_speed_mm_s * c->pace * h);
    follow_seam(c, a);
}

static int has_ended(const struct cell *c, const struct arm *a)
{
    return a->planned_mm >= c->seam_mm;
}

/* ---- safety -----------------------------------------------------------------------
 */

static double top_joint_speed(const struct cell *c)
{
    double top = c->joint_limit_rad_s / 100;
    for (int k = 0; k < CELL_ARMS; k++)
        for (int i = 0; i < PUMA_AXES; i++)
            top =
                fmax(top, fabs(c->arm[k].command[i] - c->arm[k].q[i]) / c->joint_lag_s);
    return fmin(top, c->joint_limit_rad_s);
}

/* In teaching the enabling switch takes the place of fence and scanner. */
static int is_demanding(const struct cell *c)
{
    if (c->is_teaching > 0.5) return c->is_enabled < 0.5;
    return (c->is_fence_on > 0.5 && c->fence_open > 0.5) ||
           (c->is_scanner_on > 0.5 && c->person_m < c->field_m);
}

static int is_unsafe(const struct cell *c)
{
    return c->is_emergency_stop > 0.5 || (c->is_safety_on > 0.5 && is_demanding(c));
}

static void demand_stop(struct cell *c)
{
    c->is_demanded = 1;
    c->demanded_s = c->stopping_s = c->stopping_mm = c->needed_m = 0;
}

/* Category 1 of IEC 60204-1: arcs off and braking under control, then power off. */
static void begin_stop(struct cell *c)
{
    c->is_stopped = 1;
    c->brake_1_s = c->brake_rad_s2 / top_joint_speed(c);
    if (c->phase == CELL_IGNITE || c->phase == CELL_WELD) c->is_interrupted = 1;
}

static void restart(struct cell *c)
{
    c->is_demanded = c->is_stopped = 0;
}

/* By hand arms move at the pace that is set there; the drives hold the torches below
 * reduced speed, whatever that is. */
static double most_pace(const struct cell *c)
{
    if (c->is_teaching < 0.5) return 1;
    if (c->is_speed_held < 0.5 || c->tip_speed_m_s <= HELD_M_S) return c->manual_pace;
    return fmin(c->manual_pace, c->pace * HELD_M_S / c->tip_speed_m_s);
}

static void guard(struct cell *c, double h)
{
    int unsafe = is_unsafe(c);
    if (unsafe && c->is_demanded < 0.5) demand_stop(c);
    if (c->is_demanded > 0.5 && c->is_stopped < 0.5 && c->demanded_s >= c->response_s)
        begin_stop(c);
    if (c->is_stopped > 0.5 && c->is_still > 0.5 && c->reset > 0.5 && !unsafe)
        restart(c);
    c->demanded_s += c->is_demanded * h;
    c->pace = c->is_stopped > 0.5 ? fmax(0, c->pace - c->brake_1_s * h)
                                  : fmin(most_pace(c), c->pace + RESTART_1_S * h);
}

/* After the step: how long and how far since the demand, until they stand. */
static void measure_stop(struct cell *c, double h)
{
    c->is_still = c->tip_speed_m_s * 1000 < STILL_MM_S && c->pace <= 0;
    if (c->is_demanded < 0.5 || (c->is_stopped > 0.5 && c->is_still > 0.5)) return;
    c->stopping_s += h;
    c->stopping_mm += c->tip_speed_m_s * h * 1000;
    c->needed_m = weld_separation_mm(c->stopping_s, c->field_height_mm) / 1000;
}

/* ---- joints and arcs --------------------------------------------------------------
 */

/* Joints follow their commands, first order, no faster than they can. With drives
 * without power the brakes hold. */
static void turn_joints(const struct cell *c, struct arm *a, double h)
{
    double share = 1 - exp(-h / c->joint_lag_s), most = c->joint_limit_rad_s * h;
    if (c->is_stopped > 0.5 && c->is_still > 0.5) return;
    for (int i = 0; i < PUMA_AXES; i++)
        a->q[i] += clamp((a->command[i] - a->q[i]) * share, -most, most);
}

static void see_tip(const struct cell *c, struct arm *a)
{
    double xyz[3];
    puma_forward(a->q, c->torch_m, xyz);
    a->x_m = xyz[0], a->y_m = xyz[1], a->z_m = xyz[2];
    a->progress_mm = a->sign * a->y_m * 1000 + c->seam_mm / 2;
    a->off_mm = 1000 * hypot(a->x_m - c->seam_x_m, a->z_m - c->seam_z_m);
}

static int piece_at(const struct cell *c, double at_mm)
{
    return (int)clamp(at_mm / c->seam_mm * CELL_PIECES, 0, CELL_PIECES - 1);
}

/* Heat goes evenly into the way of this step, piece by piece. */
static void deposit(const struct cell *c, struct arm *a, double from_mm, double heat_kj)
{
    double low = fmin(from_mm, a->progress_mm), high = fmax(from_mm, a->progress_mm);
    double piece_mm = c->seam_mm / CELL_PIECES;
    int first = piece_at(c, low), last = piece_at(c, high);
    if (first == last) {
        a->piece_kj[first] += heat_kj;
        return;
    }
    for (int i = first; i <= last; i++) {
        double begin = i == first ? low : i * piece_mm;
        double end = i == last ? high : (i + 1) * piece_mm;
        a->piece_kj[i] += heat_kj * (end - begin) / (high - low);
    }
}

/* The power source: current and voltage, first order towards what is set. */
static void burn(struct cell *c, struct arm *a, double from_mm, double h)
{
    int burns = a->is_burning > 0.5 && c->is_stopped < 0.5 && c->is_teaching < 0.5;
    a->current_a = lag(a->current_a, burns ? a->current_set_a : 0, c->source_lag_s, h);
    a->voltage_v = lag(a->voltage_v, burns ? a->voltage_set_v : 0, c->source_lag_s, h);
    double heat_kj =
        burns ? c->efficiency_k * a->current_a * a->voltage_v * h / 1000 : 0;
    c->energy_kj += heat_kj;
    if (burns) deposit(c, a, from_mm, heat_kj);
    a->heat_kj_mm = burns && a->speed_mm_s > LEAST_SPEED
                        ? weld_heat_kj_mm(a->current_a, a->voltage_v, a->speed_mm_s,
                                          c->efficiency_k)
                        : 0;
}

static double run_arm(struct cell *c, struct arm *a, double h)
{
    double x = a->x_m, y = a->y_m, z = a->z_m, from_mm = a->progress_mm;
    turn_joints(c, a, h);
    see_tip(c, a);
    a->speed_mm_s = (a->progress_mm - from_mm) / h;
    burn(c, a, from_mm, h);
    return sqrt((a->x_m - x) * (a->x_m - x) + (a->y_m - y) * (a->y_m - y) +
                (a->z_m - z) * (a->z_m - z)) /
           h;
}

/* ---- the part ---------------------------------------------------------------------
 */

static double heat_of_piece(const struct cell *c, const struct arm *a, int i)
{
    return a->piece_kj[i] / (c->seam_mm / CELL_PIECES);
}

/* Pieces within the limits, without the first and the last one (run on and off). */
static int good_pieces(const struct cell *c, const struct arm *a)
{
    int n = 0;
    for (int i = 1; i < CELL_PIECES - 1; i++) {
        double heat = heat_of_piece(c, a, i);
        n += heat >= c->heat_least_kj_mm && heat <= c->heat_most_kj_mm;
    }
    return n;
}

static double heat_of_seam(const struct cell *c, const struct arm *a)
{
    double sum = 0;
    for (int i = 1; i < CELL_PIECES - 1; i++)
        sum += heat_of_piece(c, a, i);
    return sum / (CELL_PIECES - 2);
}

static int is_defective(const struct cell *c)
{
    return c->good_share < c->good_least || c->worst_sync_mm > c->sync_limit_mm ||
           c->worst_off_mm > c->off_limit_mm || c->is_interrupted > 0.5;
}

/* An inspection finds every defect; without it they go to the customer. */
static void count_defect(struct cell *c, int is_one)
{
    c->parts_defective += is_one;
    if (c->is_inspected > 0.5)
        c->parts_rejected += is_one;
    else
        c->parts_escaped += is_one;
}

static void judge(struct cell *c)
{
    double left = heat_of_seam(c, &c->arm[0]), right = heat_of_seam(c, &c->arm[1]);
    int good = good_pieces(c, &c->arm[0]) + good_pieces(c, &c->arm[1]);
    c->good_share = good / (double)(CELL_ARMS * (CELL_PIECES - 2));
    c->heat_mean_kj_mm = (left + right) / 2;
    c->imbalance = left + right > 0 ? fabs(left - right) / (left + right) : 0;
    c->penetration_mm = weld_penetration_mm(&weld_steel, c->heat_mean_kj_mm, MELTING_C);
    c->cooling_s = weld_cooling_s(c->heat_mean_kj_mm, weld_steel.initial_c);
    c->parts_made++;
    count_defect(c, is_defective(c));
}

static void watch(struct cell *c)
{
    int welds = c->phase == CELL_WELD;
    c->sync_error_mm = welds ? fabs(c->arm[0].progress_mm - c->arm[1].progress_mm) : 0;
    c->worst_sync_mm = fmax(c->worst_sync_mm, c->sync_error_mm);
    for (int k = 0; k < CELL_ARMS && welds; k++)
        c->worst_off_mm = fmax(c->worst_off_mm, c->arm[k].off_mm);
}

/* ---- the cycle --------------------------------------------------------------------
 */

static void enter(struct cell *c, enum cell_phase phase)
{
    c->phase = phase;
    c->in_phase_s = 0;
}

static void begin_part(struct cell *c)
{
    for (int k = 0; k < CELL_ARMS; k++)
        load_program(c, &c->arm[k]);
    c->worst_sync_mm = c->worst_off_mm = c->is_interrupted = 0;
    begin_move(c, 0);
    enter(c, CELL_APPROACH);
}

static void end_part(struct cell *c)
{
    if (c->is_teaching < 0.5) judge(c);
    c->cycle_s = c->in_cycle_s;
    c->in_cycle_s = 0;
    enter(c, CELL_LOAD);
}

static void set_arcs(struct cell *c, int is_burning)
{
    for (int k = 0; k < CELL_ARMS; k++)
        c->arm[k].is_burning = is_burning && !has_ended(c, &c->arm[k]);
}

static void weld(struct cell *c, double h)
{
    for (int k = 0; k < CELL_ARMS; k++)
        travel(c, k, h);
    set_arcs(c, 1);
    if (!has_ended(c, &c->arm[0]) || !has_ended(c, &c->arm[1])) return;
    begin_move(c, 1);
    enter(c, CELL_RETRACT);
}

static void wait_for_part(struct cell *c)
{
    if (c->is_running > 0.5 && c->in_phase_s >= c->load_s) begin_part(c);
}

static void approach(struct cell *c, double h)
{
    move(c, h);
    if (c->moved >= 1) enter(c, CELL_IGNITE);
}

static void ignite(struct cell *c)
{
    set_arcs(c, 1);
    if (c->in_phase_s >= c->arc_start_s) enter(c, CELL_WELD);
}

static void retract(struct cell *c, double h)
{
    move(c, h);
    if (c->moved >= 1) enter(c, CELL_UNLOAD);
}

static void run_phase(struct cell *c, double h)
{
    switch ((int)c->phase) {
    case CELL_LOAD: wait_for_part(c); break;
    case CELL_APPROACH: approach(c, h); break;
    case CELL_IGNITE: ignite(c); break;
    case CELL_WELD: weld(c, h); break;
    case CELL_RETRACT: retract(c, h); break;
    default:
        if (c->in_phase_s >= c->unload_s) end_part(c);
        break;
    }
}

/* While the cell stands after a stop, so does its clock. */
static void keep_time(struct cell *c, double h)
{
    c->in_cycle_s += h;
    if (c->is_stopped > 0.5)
        c->stopped_s += h;
    else
        c->in_phase_s += h;
}

void cell_start(struct cell *c)
{
    c->pace = 1;
    for (int k = 0; k < CELL_ARMS; k++) {
        struct arm *a = &c->arm[k];
        a->sign = k == 0 ? 1 : -1;
        aim(c, a, c->seam_mm / 2, HOME_ABOVE_M, a->home);
        copy(a->q, a->home);
        copy(a->command, a->home);
        see_tip(c, a);
    }
}

void cell_step(struct cell *c, double h)
{
    guard(c, h);
    keep_time(c, h);
    if (c->is_stopped < 0.5 || c->pace > 0) run_phase(c, h);
    double left = run_arm(c, &c->arm[0], h), right = run_arm(c, &c->arm[1], h);
    c->tip_speed_m_s = fmax(left, right);
    watch(c);
    measure_stop(c, h);
    if (c->person_m < c->danger_m && c->tip_speed_m_s > REDUCED_M_S) c->exposed_s += h;
}
