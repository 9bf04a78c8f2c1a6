// SPDX-License-Identifier: Apache-2.0
/*
 * The warehouse: its floor, figures, orders and vehicles by themselves, and the laws of
 * the whole: no collision, every order once, vehicles and energy kept, stopping
 * distance, more vehicles serve more.
 */
#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "tools/kit.h"
#include "tools/twin.h"
#include "twin/warehouse/fleet.h"
#include "twin/warehouse/orders.h"

static uint64_t seed;

static struct twin open_twin(void)
{
    return twin_new(twin_find("warehouse"));
}

/* ---- floor */

static void check_route(int from, int to)
{
    uint16_t way[SITE_LONGEST_ROUTE];
    int n = site_route(from, to, way), at = from, next[2];
    REQUIRE(n > 0 && n <= SITE_LONGEST_ROUTE);
    CHECK_INT(way[n - 1], to);
    for (int i = 0; i < n; i++) {
        int k = site_use(at) == SITE_LANE ? site_next(at, next) : 0;
        int is_lane = (k > 0 && next[0] == way[i]) || (k > 1 && next[1] == way[i]);
        int is_gate = site_gate(at) == way[i] || site_gate(way[i]) == at;
        CHECK(is_lane || is_gate);
        at = way[i];
    }
}

/* Every bay can be reached from every station and the other way, along lanes. */
static void test_routes(void)
{
    for (int i = 0; i < SITE_RACKS; i += 7)
        for (int j = 0; j < SITE_STATIONS; j += 3) {
            check_route(site_rack(i), site_station(j));
            check_route(site_station(j), site_rack(i));
            check_route(site_home((i * 31 + j) % SITE_HOMES), site_rack(i));
        }
}

static int count_bays(int n, int (*bay)(int), enum site_use use)
{
    static int seen[SITE_CELLS];
    int count = 0;
    memset(seen, 0, sizeof seen);
    for (int i = 0; i < n; i++) {
        CHECK_INT(site_use(bay(i)), use);
        CHECK_INT(site_use(site_gate(bay(i))), SITE_LANE);
        CHECK_NEAR(hypot(site_x_m(bay(i)) - site_x_m(site_gate(bay(i))),
                         site_y_m(bay(i)) - site_y_m(site_gate(bay(i)))),
                   SITE_CELL_M, 1e-12);
        count += seen[bay(i)]++ == 0;
    }
    return count;
}

static void test_bays(void)
{
    CHECK_INT(count_bays(SITE_RACKS, site_rack, SITE_RACK), 300);
    CHECK_INT(count_bays(SITE_STATIONS, site_station, SITE_STATION), SITE_STATIONS);
    CHECK_INT(count_bays(SITE_HOMES, site_home, SITE_HOME), SITE_HOMES);
}

/* ---- figures */

static struct hull box(double x, double y, double heading, double length, double width)
{
    return (struct hull){x, y, cos(heading), sin(heading), length / 2, width / 2};
}

static void test_gaps(void)
{
    const double right = acos(-1) / 2;
    struct hull a = box(0, 0, 0, 1, 0.7), b = box(2, 0, 0, 1, 0.7),
                c = box(2, 0, right, 1, 0.7), d = box(0, 0.8, 0, 1, 0.7),
                e = box(0, 0, right / 2, 4, 0.1), f = box(3, 4, 0, 1, 1);
    CHECK_NEAR(hull_gap(&a, &b), 1, 1e-12);
    CHECK_NEAR(hull_gap(&a, &c), 1.15, 1e-12);
    CHECK_NEAR(hull_gap(&a, &d), 0.1, 1e-12);
    CHECK(hull_gap(&a, &e) == 0); // crossed, no corner within
    CHECK_NEAR(hull_gap(&a, &f), hypot(2, 3.15), 1e-12);
    CHECK_NEAR(hull_distance(&a, 3.5, 4.35), 5, 1e-12);
}

/* The gap is the same from both sides, and never more than from centre to centre. */
static void test_gaps_are_symmetric(void)
{
    for (uint64_t i = 0; i < 2000; i++) {
        struct random_words p = random_draw(seed, i, 0), q = random_draw(seed, i, 1);
        struct hull a = box(0, 0, 7 * random_unit(p.word[0]), 1, 0.7);
        struct hull b =
            box(4 * random_unit(p.word[1]) - 2, 4 * random_unit(q.word[0]) - 2,
                7 * random_unit(q.word[1]), 1.2, 0.5);
        double gap = hull_gap(&a, &b), centres = hypot(b.x_m, b.y_m);
        CHECK_NEAR(gap, hull_gap(&b, &a), 1e-12);
        CHECK(gap <= centres && gap >= centres - 1.27);
        CHECK(centres > 0.6 || gap == 0); // the inner circles overlap
    }
}

/* ---- orders */

static void test_orders(void)
{
    const long per_day = 5000;
    double before = -1;
    for (long n = 0; n < 2 * per_day; n++) {
        struct order o = order_at(7, (double)per_day, n, 20);
        CHECK(o.release_s >= before && o.release_s >= 0);
        CHECK(o.rack >= 0 && o.rack < SITE_RACKS);
        CHECK(o.pick_s >= 10 && o.pick_s <= 30);
        CHECK_INT((int)floor(o.release_s / 86400), (int)(n / per_day));
        CHECK(o.release_s == order_release_s(7, (double)per_day, n));
        before = o.release_s;
    }
    CHECK(order_at(7, 5000, 3, 20).release_s != order_at(8, 5000, 3, 20).release_s);
}

/* ---- one vehicle */

static const struct vehicle_kind usual = {
    .speed_m_s = 2,
    .accel_m_s2 = 1,
    .decel_m_s2 = 1.5,
    .response_s = 0.3,
    .restart_s = 2,
    .lag_s = 0.15,
    .turn_rad_s = 1,
    .track_m = 0.6,
    .length_m = 1,
    .width_m = 0.7,
    .mass_kg = 400,
    .rolling = 0.02,
    .efficiency = 0.75,
    .idle_w = 60,
    .battery_wh = 1500,
};

/* Wheels follow a step of what they are told as v (1 - exp(-t / lag)); the way is its
 * integral. No step of time is in that: whole, half and tenth come to the same. */
static void test_lag(void)
{
    const double steps[] = {0.1, 0.05, 0.01};
    for (size_t i = 0; i < 3; i++) {
        struct vehicle_kind k = usual;
        struct vehicle v = {.cosine = 1, .battery_j = 1e6};
        k.accel_m_s2 = 1e9;
        for (int n = 0; n < (int)lround(1 / steps[i]); n++)
            vehicle_drive(&v, &k, 1, 0, steps[i]);
        CHECK_NEAR(vehicle_speed_m_s(&v), 1 - exp(-1 / 0.15), 1e-12);
        CHECK_NEAR(v.x_m, 1 - 0.15 * (1 - exp(-1 / 0.15)), 1e-12);
    }
}

static double turned_circle(double h)
{
    struct vehicle v = {
        .left_m_s = 0.8, .right_m_s = 1.2, .cosine = 1, .battery_j = 1e6};
    v.reference_m_s = 1;
    for (int n = 0; n < (int)lround(3 / h); n++)
        vehicle_drive(&v, &usual, 1, 0.4 / 0.6, h);
    return hypot(v.x_m - 1.5 * sin(2), v.y_m - 1.5 * (1 - cos(2)));
}

/* On a circle the pose is of second order: half the step, a quarter of the error. */
static void test_arc_converges(void)
{
    double whole = turned_circle(0.1), half = turned_circle(0.05);
    CHECK(whole < 1e-3);
    CHECK_NEAR(whole / half, 4, 0.1);
}

static double way_to_stop(double speed_m_s, double decel, double response_s, double h)
{
    struct vehicle_kind k = usual;
    struct vehicle v = {.left_m_s = speed_m_s, .right_m_s = speed_m_s, .cosine = 1};
    k.decel_m_s2 = decel;
    k.response_s = response_s;
    v.battery_j = 1e6;
    v.reference_m_s = speed_m_s;
    for (int i = 0; i < 100000 && vehicle_speed_m_s(&v) > 0; i++) {
        vehicle_watch(&v, &k, 1, h);
        vehicle_drive(&v, &k, speed_m_s, 0, h);
    }
    return v.x_m;
}

/* The way to a stop is v^2 / (2 a) + T v at any step, and grows with speed. */
static void test_stopping(void)
{
    for (uint64_t i = 0; i < 200; i++) {
        struct random_words p = random_draw(seed, i, 2), q = random_draw(seed, i, 3);
        double v = 0.1 + 2 * random_unit(p.word[0]),
               a = 0.5 + 3 * random_unit(p.word[1]), response = random_unit(q.word[0]),
               h = 0.02 + 0.1 * random_unit(q.word[1]);
        double way = way_to_stop(v, a, response, h);
        CHECK_NEAR(way, vehicle_stopping_m(v, a, response, 0), 1e-9);
        CHECK(way_to_stop(v * 1.01, a, response, h) > way);
    }
}

/* With no time to wait before it goes on, a demand still stops it. */
static void test_restart(void)
{
    struct vehicle_kind k = usual;
    struct vehicle v = {.left_m_s = 1, .right_m_s = 1, .cosine = 1, .battery_j = 1e6};
    k.restart_s = 0;
    for (int i = 0; i < 30; i++) {
        vehicle_watch(&v, &k, 1, 0.1);
        vehicle_drive(&v, &k, 1, 0, 0.1);
    }
    CHECK(vehicle_speed_m_s(&v) == 0);
    vehicle_watch(&v, &k, 0, 0.1);
    vehicle_drive(&v, &k, 1, 0, 0.1);
    CHECK(vehicle_speed_m_s(&v) > 0);
}

/* ---- the whole */

/* What holds after every step: a cell is of one vehicle, who stands on cells of its
 * own; an order is waiting, carried or done. */
static void check_state(const struct warehouse *w)
{
    for (int i = 0; i < w->n; i++) {
        const struct vehicle *v = &w->fleet[i];
        REQUIRE(v->at <= v->granted && v->granted < v->n_path);
        for (int k = v->at; k <= v->granted; k++)
            CHECK_INT(w->owner[v->path[k]], i + 1);
        double off =
            hypot(v->x_m - site_x_m(v->path[v->at]), v->y_m - site_y_m(v->path[v->at]));
        CHECK(off < SITE_CELL_M + 0.2);
        CHECK(v->battery_j >= 0);
        CHECK((v->order >= 0) == (v->job != JOB_IDLE && v->job != JOB_TO_HOME));
    }
    CHECK_NEAR(w->orders_done + w->orders_carried + w->orders_waiting,
               w->orders_released, 0.5);
    CHECK(w->orders_waiting >= 0);
}

static void check_harmless(const struct warehouse *w)
{
    CHECK_NEAR(w->collisions, 0, 0);
    CHECK_NEAR(w->hits, 0, 0);
    CHECK_NEAR(w->orders_twice, 0, 0);
    CHECK_NEAR(w->misdelivered, 0, 0);
    CHECK(w->least_m > 0.5);
}

/* All orders that were done are done once, and nothing else is. */
static void check_served(const struct warehouse *w)
{
    int n_served = 0;
    for (int32_t i = 0; i < w->n_released; i++)
        n_served += dispatch_is_served(w, i);
    CHECK_INT(n_served, (int)w->orders_done);
}

static void check_energy(const struct warehouse *w)
{
    double full = w->n * w->kind.battery_wh / 1e3;
    CHECK_NEAR(w->stored_kwh, full - w->used_kwh + w->charged_kwh, 1e-6 * full);
}

static void test_a_day(void)
{
    struct twin t = open_twin();
    const struct warehouse *w = t.state;
    set(&t, "seed", (double)(seed % 1000));
    for (int hour = 1; hour <= 24; hour++) {
        run_until(&t, hour * 3600.0);
        check_state(w);
    }
    check_harmless(w);
    check_served(w);
    check_energy(w);
    CHECK_NEAR(w->orders_released, 8000, 0.5);
    CHECK(w->orders_done >= 7960);
    CHECK_NEAR(w->orders_late, 0, 0);
    printf("# a day: %g done, %.0f km, %.1f h blocked, nearest %.2f m\n",
           w->orders_done, w->driven_km, w->blocked_h, w->least_m);
    twin_fini(&t);
}

/* Invariants at each step of a busy hour. */
static void test_each_step(void)
{
    struct twin t = open_twin();
    set(&t, "orders_day", 30000);
    set(&t, "vehicles", 70);
    for (int i = 0; i < 18000; i++) {
        REQUIRE(twin_step(&t));
        check_state(t.state);
    }
    check_harmless(t.state);
    twin_fini(&t);
}

static double served_with(double vehicles)
{
    struct twin t = open_twin();
    set(&t, "orders_day", 30000);
    set(&t, "vehicles", vehicles);
    run_until(&t, 9 * 3600.0);
    double done = ((const struct warehouse *)t.state)->orders_done;
    check_harmless(t.state);
    twin_fini(&t);
    return done;
}

/* Twice the fleet serves more in nine hours of more orders than any can serve: at least
 * a twentieth more, the less the fuller the lanes are. */
static void test_more_vehicles(void)
{
    double before = served_with(10);
    for (double n = 20; n <= 80; n *= 2) {
        double now = served_with(n);
        printf("# %g vehicles: %g orders, before %g\n", n, now, before);
        CHECK(now >= 1.05 * before);
        before = now;
    }
}

/* Any parameters of the table, at their ends too, come to no collision in an hour. */
static void test_any_parameters(void)
{
    for (uint64_t trial = 0; trial < 24; trial++) {
        struct twin t = open_twin();
        for (size_t i = 0; i < t.kind->n_variables; i++) {
            const struct twin_variable *v = &t.kind->variables[i];
            struct random_words p = random_draw(seed, trial, 100 + i);
            double u = p.word[1] % 4 == 0   ? 0
                       : p.word[1] % 4 == 1 ? 1
                                            : random_unit(p.word[0]);
            if (v->causality != TWIN_PARAMETER) continue;
            set(&t, v->q.name, v->q.least + u * (v->q.most - v->q.least));
        }
        run_until(&t, 1800);
        const struct warehouse *w = t.state;
        if (w->collisions > 0) printf("# trial %u collides\n", (unsigned)trial);
        CHECK_NEAR(w->collisions, 0, 0);
        CHECK_NEAR(w->misdelivered + w->orders_twice, 0, 0);
        check_energy(w);
        twin_fini(&t);
    }
}

/* ---- stops */

/* The fastest vehicle that drives straight, or NULL. */
static struct vehicle *fastest(struct warehouse *w)
{
    struct vehicle *best = NULL;
    for (int i = 0; i < w->n; i++) {
        struct vehicle *v = &w->fleet[i];
        double least = best ? vehicle_speed_m_s(best) : 1.4;
        if (!v->is_stopping && vehicle_speed_m_s(v) > least) best = v;
    }
    return best;
}

/* Never NULL: an hour without one ends in the first vehicle, and in a failure. */
static struct vehicle *run_until_fast(struct twin *t)
{
    struct warehouse *w = t->state;
    struct vehicle *v = NULL;
    while (v == NULL && twin_time(t) < 3600 && twin_step(t))
        v = fastest(w);
    CHECK(v != NULL);
    return v ? v : &w->fleet[0];
}

/* An emergency stop of the whole: everyone within the formula, then still; and on. */
static void test_emergency_stop(void)
{
    struct twin t = open_twin();
    struct warehouse *w = t.state;
    set(&t, "orders_day", 30000);
    struct vehicle *v = run_until_fast(&t);
    double speed = vehicle_speed_m_s(v), driven = v->driven_m;
    set(&t, "is_stopped", 1);
    run_until(&t, twin_time(&t) + 10);
    double way = v->driven_m - driven;
    CHECK(way <= vehicle_stopping_m(speed + 0.05, 1.5, 0.3, 0) && way > 0.3);
    CHECK_NEAR(w->moving, 0, 0);
    CHECK_NEAR(w->stopped, 50, 0);
    double km = w->driven_km, hours = w->stop_h;
    run_until(&t, twin_time(&t) + 360);
    CHECK_NEAR(w->driven_km, km, 1e-12);
    CHECK_NEAR(w->stop_h - hours, 5, 0.03);
    set(&t, "is_stopped", 0);
    run_until(&t, twin_time(&t) + 60);
    CHECK(w->moving > 0);
    check_harmless(w);
    twin_fini(&t);
}

/* A person ahead of a vehicle: gap metres before its front. */
static double speed_of_contact(double gap_m, int is_scanning)
{
    struct twin t = open_twin();
    struct warehouse *w = t.state;
    set(&t, "vehicles", 1);
    set(&t, "orders_day", 30000);
    struct vehicle *v = run_until_fast(&t);
    double ahead = 0.5 + 0.3 + gap_m;
    set(&t, "is_scanning", is_scanning);
    set(&t, "person_x_m", v->x_m + ahead * v->cosine);
    set(&t, "person_y_m", v->y_m + ahead * v->sine);
    run_until(&t, twin_time(&t) + 3);
    double speed = w->hits > 0 ? w->contact_m_s : 0;
    twin_fini(&t);
    return speed;
}

/* The scanner keeps a vehicle off whoever stands where its field begins or further; who
 * steps in nearer is hit, the faster the nearer; without scanner at full speed. */
static void test_person(void)
{
    CHECK_NEAR(speed_of_contact(1.25, 1), 0, 0);
    CHECK_NEAR(speed_of_contact(1.4, 1), 0, 0);
    double near = speed_of_contact(0.6, 1), nearer = speed_of_contact(0.5, 1);
    CHECK(near > 0 && nearer > near && nearer < 1.5);
    CHECK(speed_of_contact(1.25, 0) > 1.3);
}

/* While it brakes, v^2 falls by 2 a for each metre, whichever step the contact is in:
 * it is found within the step. */
static void test_contact_is_located(void)
{
    struct twin t = open_twin();
    double decel_m_s2 = twin_get(&t, twin_variable(t.kind, "decel_m_s2"));
    twin_fini(&t);
    for (double gap_m = 0.5; gap_m < 0.9; gap_m += 0.02) {
        double near = speed_of_contact(gap_m, 1),
               far = speed_of_contact(gap_m + 0.02, 1);
        CHECK(far > 0);
        CHECK_NEAR((near * near - far * far) / 0.02 / (2 * decel_m_s2), 1, 0.1);
    }
}

/* Without reservation the scanners are what is left; without both, vehicles collide. */
static void test_layers(void)
{
    double collisions[2];
    for (int is_scanning = 0; is_scanning <= 1; is_scanning++) {
        struct twin t = open_twin();
        set(&t, "orders_day", 30000);
        set(&t, "is_reserving", 0);
        set(&t, "is_scanning", is_scanning);
        run_until(&t, 3600);
        collisions[is_scanning] = ((const struct warehouse *)t.state)->collisions;
        twin_fini(&t);
    }
    printf("# no reservation: %g collisions, %g with scanners\n", collisions[0],
           collisions[1]);
    CHECK(collisions[0] > collisions[1]);
}

int main(void)
{
    seed = kit_seed();
    RUN(test_routes);
    RUN(test_bays);
    RUN(test_gaps);
    RUN(test_gaps_are_symmetric);
    RUN(test_orders);
    RUN(test_lag);
    RUN(test_arc_converges);
    RUN(test_stopping);
    RUN(test_restart);
    RUN(test_emergency_stop);
    RUN(test_person);
    RUN(test_contact_is_located);
    RUN(test_layers);
    RUN(test_each_step);
    RUN(test_any_parameters);
    RUN(test_more_vehicles);
    RUN(test_a_day);
    return UNIT_RESULT();
}
