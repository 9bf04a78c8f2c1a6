// SPDX-License-Identifier: Apache-2.0
/*
 * The drone: laws of its physics (balances, conservation, order, symmetry), its
 * controller (holding, going, home, what the device does of itself), and impacts.
 */
#include "unit.h"

#include <math.h>

#include "base/random.h"
#include "tools/kit.h"
#include "twin/drone/drone.h"

static uint64_t seed;

/* A drone that is ours to set before its start. */
static struct drone at(double height_m, enum drone_mode mode)
{
    struct drone d = drone_default();
    d.start_height_m = height_m;
    d.mode = mode;
    return d;
}

static void fly_by(struct drone *d, double from_s, double until_s, double h)
{
    long first = lround(from_s / h), last = lround(until_s / h);
    for (long i = first; i < last; i++)
        drone_step(d, (double)i * h, h);
}

static void fly(struct drone *d, double from_s, double until_s)
{
    fly_by(d, from_s, until_s, 0.001);
}

static void start_and_fly(struct drone *d, double until_s)
{
    drone_start(d);
    fly(d, 0, until_s);
}

/* ---- physics */

/* With its motors off the twin falls as the closed form says, but for the 30 ms in
 * which its rotors run down: their impulse is weight x lag. */
static void test_fall(void)
{
    const double heights[] = {5, 30, 120, 500};
    for (size_t i = 0; i < TWIN_COUNT(heights); i++) {
        struct drone d = at(heights[i], DRONE_OFF);
        d.fence_height_m = 1e4;
        start_and_fly(&d, 40);
        double vt2 = 2 * d.mass_kg * GRAVITY_M_S2 / (d.rho_kg_m3 * d.cda_m2);
        double lost_m = GRAVITY_M_S2 * d.motor_lag_s * d.motor_lag_s / 2;
        double depth = GRAVITY_M_S2 * (heights[i] - lost_m) / vt2;
        CHECK_NEAR(d.impact_m_s / sqrt(vt2 * (1 - exp(-2 * depth))), 1, 1e-5);
        CHECK_NEAR(d.impact_time_s, sqrt(vt2) / GRAVITY_M_S2 * acosh(exp(depth)) + 0.03,
                   1e-3);
        CHECK_NEAR(d.impact_energy_j / (d.mass_kg * d.impact_m_s * d.impact_m_s / 2), 1,
                   1e-12);
        CHECK(d.is_down > 0.5 && d.is_broken > 0.5 && fabs(d.height_m) < 1e-12);
    }
}

/* A flight of everything: what the rotors did is in motion, height and air. */
static void test_energy_balance(void)
{
    struct drone d = at(30, DRONE_GO);
    d.goal_east_m = 80, d.goal_north_m = -40, d.goal_height_m = 70, d.goal_yaw_rad = 2;
    drone_start(&d);
    d.goal_yaw_rad = -1;
    double before = d.kinetic_j + d.potential_j;
    fly(&d, 0, 6);
    d.wind_north_m_s = 9, d.wind_up_m_s = -2;
    fly(&d, 6, 12);
    d.mode = DRONE_OFF;
    fly(&d, 12, 14);
    CHECK(d.is_down < 0.5 && d.thrust_j > 100 && d.drag_j > 1);
    CHECK_NEAR(d.kinetic_j + d.potential_j - before, d.thrust_j - d.drag_j, 1e-4);
}

/* A free body that spins about no main axis. */
static struct body spinning(void)
{
    struct body b = {0};
    b.x[BODY_ATTITUDE] = 1;
    b.x[BODY_RATE] = 3, b.x[BODY_RATE + 1] = 5, b.x[BODY_RATE + 2] = -4;
    return b;
}

/* J w in the world. */
static void spin_of(const struct body *b, const struct frame *f, double out[3])
{
    const double *q = b->x + BODY_ATTITUDE, *w = b->x + BODY_RATE;
    double l[3], t[3];
    for (int i = 0; i < 3; i++)
        l[i] = f->inertia_kg_m2[i] * w[i];
    t[0] = 2 * (q[2] * l[2] - q[3] * l[1]);
    t[1] = 2 * (q[3] * l[0] - q[1] * l[2]);
    t[2] = 2 * (q[1] * l[1] - q[2] * l[0]);
    out[0] = l[0] + q[0] * t[0] + q[2] * t[2] - q[3] * t[1];
    out[1] = l[1] + q[0] * t[1] + q[3] * t[0] - q[1] * t[2];
    out[2] = l[2] + q[0] * t[2] + q[1] * t[1] - q[2] * t[0];
}

/* Angular momentum, energy and the norm of the quaternion stay, unaided. */
static void test_free_body(void)
{
    struct frame f = {
        1, {0.004, 0.006, 0.009},
         0.1, 0.01, 0.03, 0, 0
    };
    struct air still = {0};
    struct body b = spinning();
    double before[3], after[3], energy = body_kinetic_j(&b, &f), norm = 0;
    spin_of(&b, &f, before);
    for (int i = 0; i < 20000; i++)
        body_step(&b, &f, &still, 0.001);
    spin_of(&b, &f, after);
    for (int i = 0; i < 3; i++)
        CHECK_NEAR(after[i], before[i], 1e-9);
    for (int i = 0; i < 4; i++)
        norm += b.x[BODY_ATTITUDE + i] * b.x[BODY_ATTITUDE + i];
    CHECK_NEAR(norm, 1, 1e-9);
    b.x[BODY_VELOCITY + 2] = 0; // it fell besides
    CHECK_NEAR(body_kinetic_j(&b, &f), energy, 1e-9);
}

static double tumbled(double h)
{
    struct frame f = {
        1, {0.004, 0.006, 0.009},
         0.1, 0.01, 0.05, 1e-4, 5
    };
    struct air a = {
        0.02, {5,    -3,  1  },
         { 2, 2.1, 2.2, 2.4}
    };
    struct body b = spinning();
    for (long i = 0; i < lround(1 / h); i++)
        body_step(&b, &f, &a, h);
    return b.x[BODY_PLACE] + b.x[BODY_PLACE + 1] + b.x[BODY_PLACE + 2];
}

/* Half the step, a sixteenth of the error. */
static void test_order(void)
{
    double exact = tumbled(1.0 / 4096);
    double coarse = fabs(tumbled(1.0 / 64) - exact),
           fine = fabs(tumbled(1.0 / 128) - exact);
    CHECK(fine > 0 && log2(coarse / fine) > 3.6 && log2(coarse / fine) < 4.4);
}

/* Flies out in wind and stops its motors at 8 s; or only falls. */
static struct drone landed(enum drone_mode mode, double h)
{
    struct drone d = at(60, mode);
    d.goal_east_m = 100, d.goal_north_m = 30, d.goal_height_m = 60;
    d.wind_north_m_s = 6, d.start_speed_m_s = 4;
    drone_start(&d);
    fly_by(&d, 0, 8, h);
    d.mode = DRONE_OFF;
    fly_by(&d, 8, 20, h);
    return d;
}

static void test_halving_the_step(void)
{
    const struct {
        enum drone_mode mode;
        double off_m;
    } cases[] = {
        {DRONE_OFF, 1e-6},
        {DRONE_GO,  0.01},
    };
    for (size_t i = 0; i < TWIN_COUNT(cases); i++) {
        struct drone whole = landed(cases[i].mode, 0.001),
                     half = landed(cases[i].mode, 0.0005);
        double off = hypot(whole.impact_east_m - half.impact_east_m,
                           whole.impact_north_m - half.impact_north_m);
        CHECK(whole.is_down > 0.5 && half.is_down > 0.5);
        CHECK(hypot(whole.impact_east_m, whole.impact_north_m) > 5);
        CHECK(off < cases[i].off_m);
        printf("# a step halved moves the landing by %.2g m\n", off);
    }
}

/* The same to the north and to the south, in each other's mirror. */
static void test_symmetry(void)
{
    struct drone a = at(40, DRONE_GO);
    a.goal_east_m = 30, a.goal_north_m = 20, a.goal_height_m = 50;
    a.wind_north_m_s = 7;
    struct drone b = a;
    b.goal_north_m = -20, b.wind_north_m_s = -7;
    start_and_fly(&a, 10);
    start_and_fly(&b, 10);
    CHECK_NEAR(a.east_m, b.east_m, 1e-9);
    CHECK_NEAR(a.north_m, -b.north_m, 1e-9);
    CHECK_NEAR(a.height_m, b.height_m, 1e-9);
    CHECK_NEAR(a.roll_rad, -b.roll_rad, 1e-9);
    CHECK_NEAR(a.battery_share, b.battery_share, 1e-12);
}

/* Higher falls are harder, draggier ones softer, and wind carries them farther. */
static void test_monotony(void)
{
    double last_energy = 0, last_drift = -1, last_soft = HUGE_VAL;
    for (int i = 1; i <= 8; i++) {
        struct drone high = at(15 * i, DRONE_OFF), windy = at(60, DRONE_OFF),
                     soft = at(60, DRONE_OFF);
        windy.wind_east_m_s = 2 * (i - 1);
        soft.cda_m2 = 0.02 * i;
        start_and_fly(&high, 10);
        start_and_fly(&windy, 10);
        start_and_fly(&soft, 20);
        CHECK(high.impact_energy_j > last_energy && soft.impact_energy_j < last_soft);
        CHECK(windy.impact_east_m > last_drift);
        last_energy = high.impact_energy_j, last_soft = soft.impact_energy_j;
        last_drift = windy.impact_east_m;
    }
}

/* ---- controller */

/* At rest thrust and drag carry the weight, whatever the drone and the wind. */
static void test_hover(void)
{
    for (uint64_t i = 0; i < 20; i++) {
        struct drone d = at(50, DRONE_HOLD);
        struct random_words w = random_draw(seed, i, 0);
        d.mass_kg = 0.5 + 4 * random_unit(w.word[0]);
        d.wind_east_m_s = 12 * random_unit(w.word[1]) - 6;
        d.wind_north_m_s = 8 * random_unit(w.word[0] ^ w.word[1]) - 4;
        d.return_share = d.land_share = 0;
        start_and_fly(&d, 40);
        double wind = hypot(d.wind_east_m_s, d.wind_north_m_s);
        double drag = d.rho_kg_m3 / 2 * d.cda_m2 * wind * wind;
        CHECK_NEAR(d.thrust_n, hypot(d.mass_kg * GRAVITY_M_S2, drag), 1e-6);
        CHECK_NEAR(d.east_m, 0, 1e-4);
        CHECK_NEAR(d.north_m, 0, 1e-4);
        CHECK_NEAR(d.height_m, 50, 1e-4);
    }
}

static void test_goes(void)
{
    struct drone d = at(0, DRONE_GO);
    d.goal_east_m = 60, d.goal_north_m = -25, d.goal_height_m = 20, d.goal_yaw_rad = 3;
    d.wind_east_m_s = -8;
    start_and_fly(&d, 40);
    CHECK_NEAR(d.east_m, 60, 0.01);
    CHECK_NEAR(d.north_m, -25, 0.01);
    CHECK_NEAR(d.height_m, 20, 0.01);
    CHECK_NEAR(d.yaw_rad, 3, 1e-3);
    CHECK(d.speed_m_s < 0.01 && d.is_down < 0.5);
    d.mode = DRONE_HOME;
    fly(&d, 40, 120);
    CHECK(d.is_down > 0.5 && d.is_broken < 0.5 && d.impact_m_s < 0.7);
    CHECK(hypot(d.east_m, d.north_m) < 2.5);
    CHECK_NEAR(d.thrust_n, 0, 1e-9);
}

/* Upside down and spinning at 80 m it comes to rest again. */
static void test_recovers(void)
{
    struct drone d = at(80, DRONE_HOLD);
    drone_start(&d);
    d.body.x[BODY_ATTITUDE] = 0, d.body.x[BODY_ATTITUDE + 1] = 1;
    d.body.x[BODY_RATE] = 8, d.body.x[BODY_RATE + 1] = -6;
    fly(&d, 0, 20);
    CHECK_NEAR(d.height_m, 80, 0.05);
    CHECK(fabs(d.roll_rad) < 1e-3 && fabs(d.pitch_rad) < 1e-3 && d.is_down < 0.5);
}

/* A position that is 40 m too far east holds the drone 40 m west. */
static void test_is_led_astray(void)
{
    struct drone d = at(30, DRONE_HOLD);
    start_and_fly(&d, 5);
    for (int i = 0; i <= 40; i++) {
        d.gnss_east_m = i;
        fly(&d, 5 + i, 6 + i);
    }
    fly(&d, 46, 70);
    CHECK_NEAR(d.east_m, -40, 0.01);
    CHECK_NEAR(d.height_m, 30, 0.01);
}

/* A jump that the device does not believe leaves it where it is; one that creeps up on
 * it does not. */
static void test_gate(void)
{
    struct drone d = at(30, DRONE_HOLD);
    d.gnss_gate_m = 5;
    struct drone crept = d;
    start_and_fly(&d, 5);
    d.gnss_east_m = 40;
    fly(&d, 5, 25);
    CHECK_NEAR(d.east_m, 0, 0.01);
    drone_start(&crept);
    for (int i = 0; i <= 40; i++) {
        crept.gnss_east_m = i;
        fly(&crept, i, i + 1);
    }
    fly(&crept, 41, 70);
    CHECK_NEAR(crept.east_m, -40, 0.01);
}

/* A quadrotor does not stay up on three rotors; on four of which one is weak, it may.
 */
static void test_rotor_fails(void)
{
    struct drone dead = at(60, DRONE_HOLD), weak = dead;
    dead.rotor_share = 0;
    weak.rotor_share = 0.9;
    start_and_fly(&dead, 20);
    start_and_fly(&weak, 20);
    CHECK(dead.is_broken > 0.5 && dead.impact_m_s > 5);
    CHECK(weak.is_down < 0.5 && fabs(weak.height_m - 60) < 1);
}

/* The fence keeps a set point in; a wrong position takes it out, or turns it home. */
static void test_fence(void)
{
    struct drone d = at(30, DRONE_GO);
    d.fence_m = 100;
    d.goal_east_m = 300, d.goal_height_m = 200;
    struct drone astray = d, turned = d;
    start_and_fly(&d, 60);
    CHECK_NEAR(d.east_m, 100, 0.1);
    CHECK_NEAR(d.height_m, 120, 0.1);
    CHECK(d.is_fenced < 0.5);
    astray.gnss_east_m = -90;
    start_and_fly(&astray, 60);
    CHECK_NEAR(astray.east_m, 190, 0.1);
    turned.gnss_east_m = 400;
    start_and_fly(&turned, 3);
    CHECK(turned.is_fenced > 0.5 && turned.flown_mode == DRONE_HOME);
    CHECK(turned.east_m_s < -1);
}

/* Low, it flies home; lower, it lands; empty, it falls. */
static void test_battery(void)
{
    struct drone d = at(50, DRONE_GO);
    d.goal_east_m = 5, d.battery_wh = 1.6;
    struct drone empty = d;
    start_and_fly(&d, 38);
    CHECK(d.flown_mode == DRONE_HOLD || d.flown_mode == DRONE_GO);
    fly(&d, 38, 42);
    CHECK(d.flown_mode == DRONE_HOME && d.battery_share < 0.2);
    empty.return_share = empty.land_share = 0;
    empty.battery_wh = 1;
    start_and_fly(&empty, 60);
    CHECK(empty.battery_j == 0 && empty.is_broken > 0.5 && empty.impact_m_s > 10);
    CHECK_NEAR(empty.impact_time_s, 30.4 + 3, 1.5);
}

/* Motors stopped in flight: a guard refuses, a parachute of its own softens. */
static void test_measures(void)
{
    struct drone bare = at(60, DRONE_OFF), guarded = bare, chuted = bare, low = bare;
    guarded.is_off_guarded = 1;
    chuted.chute_trips_m_s = 6;
    low.chute_trips_m_s = 6, low.start_height_m = 2;
    start_and_fly(&bare, 30);
    start_and_fly(&guarded, 30);
    start_and_fly(&chuted, 30);
    start_and_fly(&low, 30);
    CHECK(bare.category < 0.5 && bare.is_broken > 0.5);
    CHECK(guarded.is_down < 0.5 && guarded.flown_mode == DRONE_HOLD);
    CHECK_NEAR(guarded.height_m, 60, 0.1);
    double area = chuted.cda_m2 + chuted.chute_cda_m2;
    CHECK_NEAR(chuted.impact_m_s,
               sqrt(2 * chuted.mass_kg * GRAVITY_M_S2 / (chuted.rho_kg_m3 * area)),
               1e-4);
    CHECK_NEAR(chuted.category, 2, 1e-9);
    CHECK(low.impact_m_s > 5); // too low for it
}

/* The energy transferred is a share, beside the energy of the impact. */
static void test_transfer(void)
{
    struct drone rigid = at(3, DRONE_OFF), soft = rigid;
    soft.transfer_share = 0.25;
    start_and_fly(&rigid, 5);
    start_and_fly(&soft, 5);
    CHECK_NEAR(rigid.impact_energy_j, soft.impact_energy_j, 1e-12);
    CHECK_NEAR(soft.transferred_j, soft.impact_energy_j / 4, 1e-12);
    CHECK_NEAR(rigid.category, 3, 1e-9);
    CHECK_NEAR(soft.category, 2, 1e-9);
}

/* On the ground, stopped, nothing happens. */
static void test_stands(void)
{
    struct drone d = at(0, DRONE_HOLD);
    d.wind_east_m_s = 15;
    start_and_fly(&d, 5);
    CHECK(d.is_down > 0.5 && d.east_m == 0 && d.height_m == 0 &&
          d.impact_energy_j == 0);
    CHECK_NEAR(d.power_w, d.avionics_w, 1e-12);
}

/* ---- any values */

static double any_of(const struct twin_quantity *q, uint64_t trial, uint64_t i)
{
    struct random_words w = random_draw(seed, trial, i);
    double u = w.word[1] % 3 == 0 ? 0 : w.word[1] % 3 == 1 ? 1 : random_unit(w.word[0]);
    return q->least + u * (q->most - q->least);
}

static void check_sane(const struct drone *d)
{
    const double *q = d->body.x + BODY_ATTITUDE, *w = d->body.x + BODY_RATE;
    double norm = q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3];
    CHECK_NEAR(norm, 1, 1e-12);
    CHECK(d->height_m >= 0 && d->speed_m_s < 500);
    CHECK(fabs(w[0]) + fabs(w[1]) + fabs(w[2]) < 1e4);
    CHECK(d->battery_share >= 0 && d->battery_share <= 1);
    for (int i = 0; i < ROTORS; i++)
        CHECK(d->body.x[BODY_THRUST + i] >= -1e-9 &&
              d->body.x[BODY_THRUST + i] <= d->frame.greatest_thrust_n * (1 + 1e-9));
}

/* Ends of ranges, with inputs that jump each second, for longer than the test of all
 * twins: numbers, a unit quaternion, rotors within what they can. */
static void test_any_values(void)
{
    const struct twin_kind *kind = twin_find("drone");
    for (uint64_t trial = 0; trial < 100; trial++) {
        struct twin t = twin_new(kind);
        for (uint64_t s = 0; s < 15; s++) {
            for (size_t i = 0; i < kind->n_variables; i++) {
                const struct twin_variable *v = &kind->variables[i];
                if (v->causality == TWIN_INPUT ||
                    (s == 0 && v->causality == TWIN_PARAMETER))
                    twin_set(&t, (int)i, any_of(&v->q, trial, 1000 * s + i));
            }
            for (int i = 0; i < 1000; i++)
                REQUIRE(twin_step(&t));
            check_sane(t.state);
        }
        twin_fini(&t);
    }
}

int main(void)
{
    seed = kit_seed();
    RUN(test_fall);
    RUN(test_energy_balance);
    RUN(test_free_body);
    RUN(test_order);
    RUN(test_halving_the_step);
    RUN(test_symmetry);
    RUN(test_monotony);
    RUN(test_hover);
    RUN(test_goes);
    RUN(test_recovers);
    RUN(test_is_led_astray);
    RUN(test_gate);
    RUN(test_rotor_fails);
    RUN(test_fence);
    RUN(test_battery);
    RUN(test_measures);
    RUN(test_transfer);
    RUN(test_stands);
    RUN(test_any_values);
    return UNIT_RESULT();
}
