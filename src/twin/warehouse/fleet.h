// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_WAREHOUSE_FLEET_H
#define TWIN_WAREHOUSE_FLEET_H
/*
 * The whole warehouse as plain data, and the three that work on it: traffic (who may
 * enter which cell, and how a vehicle follows its path), dispatch (which vehicle
 * serves which order, and where it goes next) and watch (scanners, distances,
 * contacts).
 */
#include <stdint.h>

#include "twin/warehouse/vehicle.h"

enum { FLEET_MOST = 80, FLEET_OPEN = 64, FLEET_SERVED = 65536 };

struct warehouse {
    // parameters
    double vehicles, seed, orders_day, pick_s, lift_s, due_s, low, enough, patience_s,
        begins_h;
    struct vehicle_kind kind;
    // inputs
    double is_stopped, is_scanning, is_reserving, speed_limit_m_s;
    double is_letting_in, is_assigning, is_granting, is_leaving, wrong_share,
        station_m_s;
    double person_x_m, person_y_m, watched;
    // outputs
    double orders_released, orders_waiting, orders_carried, orders_done, orders_late,
        orders_twice, misdelivered, unpicked;
    double moving, blocked, stopped, stop_h, blocked_h;
    double nearest_m, least_m, person_gap_m, collisions, hits, contact_m_s, hit_m_s;
    double broken, watched_x_m, watched_y_m, watched_heading_rad, watched_m_s,
        watched_job, watched_apart_m;
    double driven_km, stops, used_kwh, charged_kwh, stored_kwh;

    int32_t n, n_steps;
    struct vehicle fleet[FLEET_MOST];
    int16_t owner[SITE_CELLS];        // of a cell: number of a vehicle + 1
    int16_t user[SITE_CELLS];         // of a bay: who may go there next, likewise
    uint64_t touching[FLEET_MOST][2]; // pairs that have met, a bit each

    int32_t open[FLEET_OPEN];           // orders that wait, oldest first
    int32_t n_open, n_taken;            // n_taken: orders that are or were among them
    int32_t n_first, n_released, n_due; // n_first: of the hour it begins at
    double next_release_s, next_due_s;
    uint64_t served[FLEET_SERVED / 64]; // a bit an order
};

/* ---- traffic */

/* Puts each vehicle in its home. */
void traffic_start(struct warehouse *w);
/* Grants cells; none belongs to two vehicles. */
void traffic_grant(struct warehouse *w, double h);
/* Moves all vehicles along what is granted to them. */
void traffic_move(struct warehouse *w, double h);
/* A new way for a vehicle, from the last cell it was granted. */
void traffic_send(struct vehicle *v, int to);
int traffic_has_arrived(const struct vehicle *v);

/* ---- dispatch */

void dispatch_start(struct warehouse *w);
/* Orders that came in or came due until t; lifting, picking, charging. */
void dispatch_work(struct warehouse *w, double t, double h);
/* Gives orders to vehicles and stations to loads. */
void dispatch_assign(struct warehouse *w);
int dispatch_is_served(const struct warehouse *w, int32_t order);

/* ---- watch */

/* Which vehicles have to stop, by their scanners or for all. */
void watch_stops(struct warehouse *w, double h);
/* Vehicles in each other's fields, distances, contacts. */
void watch_distances(struct warehouse *w);
#endif
