// SPDX-License-Identifier: Apache-2.0
/*
 * Controllers of the column, once a step: levels (proportional), composition and
 * pressure (PI), and the safety system, which has a transmitter and a valve of its own.
 *
 * Level gains and both composition controllers are Skogestad's (cola_lv.m, colas_PI.m),
 * with his delay of a minute in the analysis. The tuning of pressure is ours.
 */
#include <math.h>

#include "twin/column/column.h"

#define MINUTE_S 60.0

static double within(double value, double least, double most)
{
    return fmin(most, fmax(least, value));
}

/* PI about a bias; the integral stands still while the output is at an end. */
static double pi(double error, double gain, double reset_min, double bias,
                 double *integral, double most, double h)
{
    double output = bias + gain * (error + *integral);
    int winds = (output > most && gain * error > 0) || (output < 0 && gain * error < 0);
    if (!winds) *integral += error * h / reset_min;
    return within(output, 0, most);
}

/* What left COLUMN_DELAY steps ago is what the analyser tells now. */
static void analyse(struct column *c, double *xd, double *xb)
{
    size_t at = (size_t)c->past_at;
    *xd = c->past_xd[at] + c->xd_bias;
    *xb = c->past_xb[at] + c->xb_bias;
    c->past_xd[at] = c->xd;
    c->past_xb[at] = c->xb;
    c->past_at = (double)((at + 1) % COLUMN_DELAY);
}

/* Reflux keeps the top, boil-up the bottom. */
static void control_composition(struct column *c, double h)
{
    const double most_reflux = 6, most_boilup = 6.4; // twice the usual
    double xd, xb;
    analyse(c, &xd, &xb);
    c->l_kmol_min = c->l_hand_kmol_min;
    c->v_kmol_min = c->v_hand_kmol_min;
    if (c->is_composition_auto < 0.5) return;
    c->l_kmol_min =
        pi(c->xd_set - xd, 26.1, 3.76, TRAYS_REFLUX, &c->top_integral, most_reflux, h);
    c->v_kmol_min = pi(c->xb_set - xb, -37.5, 3.31, TRAYS_BOILUP, &c->bottom_integral,
                       most_boilup, h);
}

static void control_levels(struct column *c)
{
    const double most = 5;
    double drum = c->drum_kmol - TRAYS_HOLDUP, sump = c->reboiler_kmol - TRAYS_HOLDUP;
    c->d_kmol_min = within(TRAYS_PRODUCT + TRAYS_LEVEL_KC * drum, 0, most);
    c->b_kmol_min = within(TRAYS_PRODUCT + TRAYS_LEVEL_KC * sump, 0, most);
}

/* More cooling water where pressure is high. */
static double control_pressure(struct column *c, double h)
{
    const double gain = 0.02, reset_min = 3; // judgement: damped in some minutes
    double error = c->pressure_kpa + c->pressure_bias_kpa - c->pressure_set_kpa;
    double opening = pi(error, gain, reset_min, 0, &c->pressure_integral, 1, h);
    return c->is_pressure_auto < 0.5 ? c->coolant_hand : opening;
}

/* Trips on its own measurement, and stays tripped until reset. A relay has nothing to
 * reset it but hands. */
static void guard(struct column *c)
{
    double measured = c->pressure_kpag + c->sis_bias_kpa;
    if (c->is_sis_on < 0.5 || c->sis_reset > 0.5) c->is_tripped = 0;
    if (c->is_sis_on > 0.5 && measured > c->sis_trip_kpag) c->is_tripped = 1;
    if (c->bottom_c > c->relay_trip_c) c->is_relay_tripped = 1;
}

/* 1 unless safety system, relay or button holds steam and feed shut. */
static int is_open(const struct column *c)
{
    return c->is_tripped < 0.5 && c->is_relay_tripped < 0.5 && c->is_stopped < 0.5;
}

/* Pops at its set pressure, shuts a blowdown below. */
static void relieve(struct column *c)
{
    double shuts = c->relief_set_kpag * (1 - c->blowdown);
    if (c->pressure_kpag >= c->relief_set_kpag) c->is_relieving = 1;
    if (c->pressure_kpag < shuts || c->design.relief_mm2 <= 0) c->is_relieving = 0;
}

/* How far a valve goes in h minutes, as a share. */
static double moved(const struct column *c, double h)
{
    return 1 - exp(-h * MINUTE_S / c->valve_lag_s);
}

/* What the plant is told until something changes. */
static void set_moves(struct column *c)
{
    c->moves = (struct plant_moves){
        .reflux = c->l_kmol_min,
        .distillate = c->d_kmol_min,
        .bottoms = c->b_kmol_min,
        .feed = c->feed_kmol_min * c->sis_valve,
        .feed_x = c->zf,
        .feed_q = c->qf,
        .steam = c->steam_open * c->sis_valve,
        .coolant = c->coolant_open * c->coolant_there,
        .relief = c->is_relieving,
    };
}

void control_scan(struct column *c, double h)
{
    control_composition(c, h);
    control_levels(c);
    double coolant = control_pressure(c, h);
    double steam =
        plant_steam_for(&c->design, c->v_kmol_min, c->bottom_c + PLANT_KELVIN);
    guard(c);
    relieve(c);
    c->steam_open += (steam - c->steam_open) * moved(c, h);
    c->coolant_open += (coolant - c->coolant_open) * moved(c, h);
    c->sis_valve += (is_open(c) - c->sis_valve) * moved(c, h);
    set_moves(c);
}

/* ---- between two scans ------------------------------------------------------------
 */

void control_roots(const struct column *c, const struct plant_view *view, double *root)
{
    const double never = 1;
    double kpag = view->pressure_kpa - PLANT_ATM_KPA;
    double opens = c->relief_set_kpag;
    root[COLUMN_RELIEF] = root[COLUMN_TRIP] = root[COLUMN_RELAY] = never;
    if (c->design.relief_mm2 > 0)
        root[COLUMN_RELIEF] =
            kpag - (c->is_relieving > 0.5 ? opens * (1 - c->blowdown) : opens);
    if (c->is_sis_on > 0.5 && c->is_tripped < 0.5)
        root[COLUMN_TRIP] = kpag + c->sis_bias_kpa - c->sis_trip_kpag;
    if (c->is_relay_tripped < 0.5)
        root[COLUMN_RELAY] = view->bottom_k - PLANT_KELVIN - c->relay_trip_c;
    root[COLUMN_BURST] = kpag - c->burst_kpag;
}

void control_events(struct column *c, const int *events, double left)
{
    int was_open = is_open(c);
    if (events[COLUMN_RELIEF]) c->is_relieving = events[COLUMN_RELIEF] > 0;
    if (events[COLUMN_TRIP] > 0) c->is_tripped = 1;
    if (events[COLUMN_RELAY] > 0) c->is_relay_tripped = 1;
    if (was_open && !is_open(c)) c->sis_valve -= c->sis_valve * moved(c, left);
    set_moves(c);
}

void control_start(struct column *c)
{
    const double gain = 0.02;
    c->steam_open =
        plant_steam_for(&c->design, TRAYS_BOILUP, c->bottom_c + PLANT_KELVIN);
    c->coolant_open =
        plant_coolant_for(&c->design, TRAYS_BOILUP, c->top_c + PLANT_KELVIN);
    c->pressure_integral = c->coolant_open / gain;
    c->sis_valve = 1;
    for (int i = 0; i < COLUMN_DELAY; i++) {
        c->past_xd[i] = c->xd;
        c->past_xb[i] = c->xb;
    }
}
