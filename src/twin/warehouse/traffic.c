// SPDX-License-Identifier: Apache-2.0
/*
 * Cells are granted one after the other, as far ahead as a vehicle needs to stop. A
 * crossing is granted only with the cell behind it, so that nobody waits on one; who
 * waits too long at a crossing leaves it by its other lane and goes round.
 */
#include <math.h>
#include <string.h>

#include "twin/warehouse/fleet.h"

#define NEAR_M      0.03 // so near a cell's middle counts as there
#define ALIGNED_RAD 0.02
#define PULL_1_S    2.5 // of the last decimetres and of turning

void traffic_start(struct warehouse *w)
{
    w->n = (int32_t)lround(w->vehicles);
    for (int i = 0; i < w->n; i++) {
        int home = site_home(i * SITE_HOMES / w->n);
        vehicle_init(&w->fleet[i], home, w->kind.battery_wh * 3600);
        w->owner[home] = (int16_t)(i + 1);
    }
}

int traffic_has_arrived(const struct vehicle *v)
{
    return v->at == v->n_path - 1;
}

void traffic_send(struct vehicle *v, int to)
{
    int kept = v->granted - v->at + 1;
    memmove(v->path, v->path + v->at, (size_t)kept * sizeof *v->path);
    v->granted -= v->at;
    v->at = 0;
    v->n_path = kept + site_route(v->path[v->granted], to, v->path + kept);
    if (v->granted == 0) v->is_turning = 1;
    v->blocked_s = 0;
}

/* ---- granting */

static int is_free(const struct warehouse *w, int cell, int vehicle)
{
    return w->owner[cell] == 0 || w->owner[cell] == vehicle + 1;
}

/* How many cells have to be granted at once: up to one where a vehicle may wait. */
static int chain(const struct vehicle *v)
{
    int n = 1;
    while (v->granted + n < v->n_path - 1 && site_is_crossing(v->path[v->granted + n]))
        n++;
    return n;
}

static int grant_next(struct warehouse *w, int vehicle)
{
    struct vehicle *v = &w->fleet[vehicle];
    int n = chain(v), is_reserving = w->is_reserving > 0.5;
    for (int i = 1; i <= n && is_reserving; i++)
        if (!is_free(w, v->path[v->granted + i], vehicle)) return 0;
    for (int i = 1; i <= n; i++)
        if (is_free(w, v->path[v->granted + i], vehicle))
            w->owner[v->path[v->granted + i]] = (int16_t)(vehicle + 1);
    v->granted += n;
    return 1;
}

/* The way that is granted, from the cell the vehicle left. */
static double granted_m(const struct vehicle *v)
{
    return (v->granted - v->at) * SITE_CELL_M;
}

static double along_m(const struct vehicle *v)
{
    int a = v->path[v->at], b = v->path[v->at + 1];
    double dx = (site_x_m(b) - site_x_m(a)) / SITE_CELL_M,
           dy = (site_y_m(b) - site_y_m(a)) / SITE_CELL_M;
    return (v->x_m - site_x_m(a)) * dx + (v->y_m - site_y_m(a)) * dy;
}

/* What it takes to stop as it likes to, and a cell more. */
static double wanted_m(const struct vehicle *v, const struct vehicle_kind *k)
{
    double speed = vehicle_speed_m_s(v);
    return speed * speed / (2 * k->accel_m_s2) + speed * (k->lag_s + 0.2) + SITE_CELL_M;
}

/* Leaves the crossing ahead by its other lane, if that is free. */
static void go_round(struct warehouse *w, int vehicle)
{
    struct vehicle *v = &w->fleet[vehicle];
    if (v->granted + 2 >= v->n_path || v->granted != v->at) return;
    int crossing = v->path[v->granted + 1], wanted = v->path[v->granted + 2];
    int to = v->path[v->n_path - 1], next[2];
    int n = site_is_crossing(crossing) ? site_next(crossing, next) : 0;
    for (int i = 0; i < n; i++) {
        if (next[i] == wanted || !is_free(w, next[i], vehicle)) continue;
        traffic_send(v, crossing);
        v->path[v->n_path] = (uint16_t)next[i];
        v->n_path += 1 + site_route(next[i], to, v->path + v->n_path + 1);
        return;
    }
}

static void grant(struct warehouse *w, int vehicle, double h)
{
    struct vehicle *v = &w->fleet[vehicle];
    double along = v->at < v->granted ? along_m(v) : 0, wanted = wanted_m(v, &w->kind);
    while (w->is_granting > 0.5 && v->granted < v->n_path - 1 &&
           granted_m(v) - along < wanted)
        if (!grant_next(w, vehicle)) break;
    int is_blocked = v->granted == v->at && !traffic_has_arrived(v);
    v->blocked_s = is_blocked ? v->blocked_s + h : 0;
    w->blocked += is_blocked;
    if (v->blocked_s < w->patience_s || w->is_granting < 0.5) return;
    go_round(w, vehicle);
    v->blocked_s = 0;
}

/* Another vehicle is asked first in each step. */
void traffic_grant(struct warehouse *w, double h)
{
    w->blocked = 0;
    for (int i = 0; i < w->n; i++)
        grant(w, (i + w->n_steps) % w->n, h);
    w->blocked_h += w->blocked * h / 3600;
}

/* ---- following a path */

/* What is granted without a turn. */
static double straight_m(const struct vehicle *v)
{
    int step = v->path[v->at + 1] - v->path[v->at], n = 1;
    while (v->at + n < v->granted &&
           v->path[v->at + n + 1] - v->path[v->at + n] == step)
        n++;
    return n * SITE_CELL_M;
}

/* At a station the drive itself keeps a limit, whatever it is told. */
static double drive_m_s(const struct warehouse *w, const struct vehicle *v)
{
    int is_at_station = site_use(v->path[v->at]) == SITE_STATION ||
                        site_use(v->path[v->at + 1]) == SITE_STATION;
    return is_at_station ? fmin(w->station_m_s, w->kind.speed_m_s) : w->kind.speed_m_s;
}

static double limit_m_s(const struct warehouse *w, const struct vehicle *v,
                        double room_m)
{
    double most = fmin(drive_m_s(w, v), w->speed_limit_m_s);
    if (room_m <= 0) return 0;
    return fmin(most, fmin(sqrt(2 * w->kind.accel_m_s2 * room_m), PULL_1_S * room_m));
}

static double within(double x, double most)
{
    return fmax(-most, fmin(most, x));
}

struct told {
    double speed_m_s, turn_rad_s;
};

/* Turns on the spot until it looks along its next lane; drives on the straight, aiming
 * at a point of the lane ahead. */
static struct told steer(const struct warehouse *w, struct vehicle *v)
{
    if (v->at >= v->granted) return (struct told){0, 0};
    int a = v->path[v->at], b = v->path[v->at + 1];
    double dx = site_x_m(b) - site_x_m(a), dy = site_y_m(b) - site_y_m(a);
    double along = along_m(v), speed = fabs(vehicle_speed_m_s(v));
    double across =
        ((v->y_m - site_y_m(a)) * dx - (v->x_m - site_x_m(a)) * dy) / SITE_CELL_M;
    double aim = v->is_turning ? 0 : -atan2(across, 1 + speed / 2);
    double off = remainder(atan2(dy, dx) + aim - v->heading_rad, 2 * acos(-1));
    double turn = within(PULL_1_S * off, w->kind.turn_rad_s);
    if (v->is_turning && fabs(off) < ALIGNED_RAD) v->is_turning = 0;
    if (v->is_turning) return (struct told){0, turn};
    double late_m = vehicle_speed_m_s(v) * w->kind.lag_s; // it goes on for so long
    return (struct told){limit_m_s(w, v, straight_m(v) - along - late_m), turn};
}

/* Who was called back on its way into a bay passes the gate twice. */
static int comes_back(const struct vehicle *v, int cell)
{
    for (int i = v->at + 1; i <= v->granted; i++)
        if (v->path[i] == cell) return 1;
    return 0;
}

/* Leaves a cell for the next one of the path: it, and a bay, may be another's now. */
static void pass(struct warehouse *w, int vehicle)
{
    struct vehicle *v = &w->fleet[vehicle];
    int left = v->path[v->at], step = v->path[v->at + 1] - left;
    if (w->owner[left] == vehicle + 1 && !comes_back(v, left)) w->owner[left] = 0;
    if (w->user[left] == vehicle + 1) w->user[left] = 0;
    v->at++;
    if (traffic_has_arrived(v)) return;
    v->is_turning = v->path[v->at + 1] - v->path[v->at] != step;
}

void traffic_move(struct warehouse *w, double h)
{
    for (int i = 0; i < w->n; i++) {
        struct vehicle *v = &w->fleet[i];
        struct told told = steer(w, v);
        vehicle_drive(v, &w->kind, told.speed_m_s, told.turn_rad_s, h);
        while (v->at < v->granted && along_m(v) >= SITE_CELL_M - NEAR_M) {
            pass(w, i);
            if (v->is_turning) break;
        }
    }
}
