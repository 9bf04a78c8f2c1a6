// SPDX-License-Identifier: Apache-2.0
/*
 * The warehouse control system: the oldest order first, to the nearest vehicle that is
 * free. A load leaves its rack only when a station is kept for it, so nobody queues in
 * a lane; a vehicle without order goes home to charge, and may be called on its way.
 */
#include <math.h>

#include "base/random.h"
#include "twin/warehouse/fleet.h"
#include "twin/warehouse/orders.h"

#define HERE_M 0.2 // so near a station counts as at it
#define HOUR_S 3600

static double released_s(const struct warehouse *w, int32_t order)
{
    return order_release_s(w->seed, w->orders_day, order) - w->begins_h * HOUR_S;
}

/* Orders of the hours before the first one are another shift's. */
void dispatch_start(struct warehouse *w)
{
    w->n_first = (int32_t)order_first(w->orders_day, w->begins_h);
    while (released_s(w, w->n_first) < 0)
        w->n_first++;
    w->n_released = w->n_due = w->n_taken = w->n_first;
    w->next_release_s = released_s(w, w->n_first);
    w->next_due_s = w->next_release_s + w->due_s;
}

/* ---- what was served */

int dispatch_is_served(const struct warehouse *w, int32_t order)
{
    int bit = order % FLEET_SERVED;
    return w->served[bit / 64] >> (bit % 64) & 1;
}

static void mark(struct warehouse *w, int32_t order, int is_served)
{
    int bit = order % FLEET_SERVED;
    uint64_t mask = (uint64_t)1 << (bit % 64);
    if (is_served)
        w->served[bit / 64] |= mask;
    else
        w->served[bit / 64] &= ~mask;
}

/* ---- orders that come in and come due */

static void release(struct warehouse *w, double t)
{
    while (w->next_release_s <= t) {
        mark(w, w->n_released++, 0);
        w->next_release_s = released_s(w, w->n_released);
    }
    while (w->next_due_s <= t) {
        w->orders_late += !dispatch_is_served(w, w->n_due++);
        w->next_due_s = released_s(w, w->n_due) + w->due_s;
    }
    if (w->is_letting_in < 0.5) return;
    while (w->n_open < FLEET_OPEN && w->n_taken < w->n_released)
        w->open[w->n_open++] = w->n_taken++;
}

/* ---- work at racks, stations and homes */

static void go_home(struct vehicle *v)
{
    v->job = JOB_TO_HOME;
    traffic_send(v, v->home);
}

static void finish(struct warehouse *w, struct vehicle *v)
{
    double away = hypot(v->x_m - site_x_m(v->station), v->y_m - site_y_m(v->station));
    w->misdelivered += away > HERE_M || v->load != v->rack || v->is_wrong;
    w->unpicked += v->timer_s > 0;
    w->orders_twice += dispatch_is_served(w, v->order);
    w->orders_done++;
    mark(w, v->order, 1);
    v->order = v->rack = v->station = v->load = -1;
    go_home(v);
}

static void charge(const struct warehouse *w, struct vehicle *v, double h)
{
    double full = w->kind.battery_wh * 3600;
    double gained = fmin(w->kind.charge_w * h, full - v->battery_j);
    v->battery_j += gained;
    v->charged_j += gained;
    if (v->battery_j >= w->enough * full) v->is_low = 0;
}

static void begin(struct vehicle *v, enum job job, double timer_s)
{
    v->job = (int32_t)job;
    v->timer_s = timer_s;
}

static void lift(struct vehicle *v)
{
    v->load = v->path[v->at];
    v->job = JOB_WAIT;
}

static void work(struct warehouse *w, struct vehicle *v, double h)
{
    if (v->battery_j < w->low * w->kind.battery_wh * 3600) v->is_low = 1;
    if (!traffic_has_arrived(v) || v->is_broken) return;
    v->timer_s -= h;
    switch ((enum job)v->job) {
    case JOB_TO_RACK: begin(v, JOB_LIFT, w->lift_s); break;
    case JOB_TO_STATION: begin(v, JOB_PICK, v->pick_s); break;
    case JOB_TO_HOME: v->job = JOB_IDLE; break;
    case JOB_IDLE: charge(w, v, h); break;
    case JOB_LIFT:
        if (v->timer_s <= 0) lift(v);
        break;
    case JOB_PICK:
        if (v->timer_s <= 0 || w->is_leaving > 0.5) finish(w, v);
        break;
    case JOB_WAIT: break;
    }
}

void dispatch_work(struct warehouse *w, double t, double h)
{
    release(w, t);
    w->orders_carried = 0;
    for (int i = 0; i < w->n; i++) {
        work(w, &w->fleet[i], h);
        w->orders_carried += w->fleet[i].order >= 0;
    }
    w->orders_released = w->n_released - w->n_first;
    w->orders_waiting = w->orders_released - w->orders_carried - w->orders_done;
}

/* ---- orders to vehicles */

static int is_available(const struct vehicle *v)
{
    return (v->job == JOB_IDLE || v->job == JOB_TO_HOME) && !v->is_low && !v->is_broken;
}

static int nearest_vehicle(const struct warehouse *w, int cell)
{
    int best = -1, least = SITE_CELLS;
    for (int i = 0; i < w->n; i++) {
        const struct vehicle *v = &w->fleet[i];
        if (!is_available(v)) continue;
        int away = site_distance(v->path[v->granted], cell);
        if (away >= least) continue;
        best = i;
        least = away;
    }
    return best;
}

/* The rack that the vehicle is told: another one where stock data are wrong. */
static int told_rack(const struct warehouse *w, int32_t number, int right)
{
    struct random_words luck = random_draw((uint64_t)w->seed, (uint64_t)number, 2);
    int by = 1 + (int)(random_unit(luck.word[1]) * (SITE_RACKS - 1));
    int is_wrong = random_unit(luck.word[0]) < w->wrong_share;
    return is_wrong ? (right + by) % SITE_RACKS : right;
}

/* 0 when there is no vehicle; 1 when the order is given; 2 when its rack is in use. */
static int give(struct warehouse *w, int32_t number)
{
    struct order o = order_at(w->seed, w->orders_day, number, w->pick_s);
    int told = w->wrong_share > 0 ? told_rack(w, number, o.rack) : o.rack;
    int rack = site_rack(told);
    if (w->user[rack]) return 2;
    int i = nearest_vehicle(w, rack);
    if (i < 0) return 0;
    struct vehicle *v = &w->fleet[i];
    w->user[rack] = (int16_t)(i + 1);
    v->order = number;
    v->rack = rack;
    v->is_wrong = told != o.rack;
    v->pick_s = o.pick_s;
    v->job = JOB_TO_RACK;
    traffic_send(v, rack);
    return 1;
}

static void give_orders(struct warehouse *w)
{
    int kept = 0, is_over = 0;
    for (int i = 0; i < w->n_open; i++) {
        int what = is_over ? 0 : give(w, w->open[i]);
        is_over |= what == 0;
        if (what != 1) w->open[kept++] = w->open[i];
    }
    w->n_open = kept;
}

/* ---- stations to loads */

/* What a way is worth: its cells, less one for so many seconds that the load waits. */
#define WAIT_S_CELL 10

struct match {
    int vehicle, station;
    double worth;
};

static void match_station(const struct warehouse *w, int station, struct match *best)
{
    for (int i = 0; i < w->n; i++) {
        const struct vehicle *v = &w->fleet[i];
        if (v->job != JOB_WAIT || v->is_broken) continue;
        // since it was lifted, its timer runs below zero
        double worth = site_distance(v->rack, station) + v->timer_s / WAIT_S_CELL;
        if (best->vehicle >= 0 && worth >= best->worth) continue;
        *best = (struct match){i, station, worth};
    }
}

static int give_station(struct warehouse *w)
{
    struct match best = {-1, -1, 0};
    for (int i = 0; i < SITE_STATIONS; i++)
        if (w->user[site_station(i)] == 0) match_station(w, site_station(i), &best);
    if (best.vehicle < 0) return 0;
    struct vehicle *v = &w->fleet[best.vehicle];
    w->user[best.station] = (int16_t)(best.vehicle + 1);
    v->station = best.station;
    v->job = JOB_TO_STATION;
    traffic_send(v, best.station);
    return 1;
}

void dispatch_assign(struct warehouse *w)
{
    if (w->is_assigning < 0.5) return;
    while (give_station(w))
        continue;
    give_orders(w);
}
