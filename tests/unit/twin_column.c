// SPDX-License-Identifier: Apache-2.0
/*
 * The twin of the column: laws of each part (balances, convergence, scaling, limits),
 * and which protection stops what. Published numbers are in its checks.
 */
#include "unit.h"

#include <math.h>
#include <string.h>

#include "base/random.h"
#include "tools/kit.h"
#include "tools/twin.h"
#include "twin/column/blast.h"
#include "twin/column/column.h"
#include "twin/column/reactor.h"
#include "twin/column/relief.h"
#include "twin/ode.h"

extern const struct twin_kind twin_column;
static uint64_t seed;

/* ---- stages */

static void test_equilibrium(void)
{
    for (double x = 0; x <= 1; x += 0.05) {
        double y = trays_vapour_x(x);
        CHECK(y >= x && y <= 1);
        // seen from the heavy component it is the same curve
        CHECK_NEAR(trays_vapour_x(1 - y), 1 - x, 1e-14);
    }
}

/* What goes in comes out, and the time to get there does not matter. */
static void test_steady_state(void)
{
    const double inputs[][3] = {
        {2.70629, 3.20629, 0.5 },
        {2.8,     3.2,     0.45},
        {3.5,     4.1,     0.6 },
        {2,       2.3,     0.3 }
    };
    for (size_t k = 0; k < sizeof inputs / sizeof *inputs; k++) {
        double l = inputs[k][0], v = inputs[k][1], zf = inputs[k][2], x[TRAYS];
        double amount[TRAYS], light[TRAYS];
        REQUIRE(trays_steady(l, v, 1, zf, x));
        CHECK_NEAR((v - l) * x[TRAYS_DRUM] + (1 - v + l) * x[0], zf, 1e-12);
        for (int i = 1; i < TRAYS; i++)
            CHECK(x[i] > x[i - 1]);
        for (int i = 0; i < TRAYS; i++) {
            amount[i] = TRAYS_HOLDUP;
            light[i] = TRAYS_HOLDUP * zf;
        }
        for (long i = 0; i < 250000; i++)
            trays_step(amount, light, l, v, 1, zf, 0.04);
        for (int i = 0; i < TRAYS; i++)
            CHECK_NEAR(light[i] / amount[i], x[i], 1e-8);
    }
}

static void test_steady_ends(void)
{
    double x[TRAYS], more[TRAYS];
    CHECK(!trays_steady(3.3, 3.2, 1, 0.5, x)); // distillate backwards
    CHECK(!trays_steady(1, 3, 1, 0.5, x));     // bottoms backwards
    CHECK(!trays_steady((double)NAN, 3, 1, 0.5, x));
    REQUIRE(trays_steady(2.7, 3.2, 1, 0, x) && trays_steady(2.7, 3.2, 1, 1, more));
    for (int i = 0; i < TRAYS; i++) {
        CHECK_NEAR(x[i], 0, 1e-12);
        CHECK_NEAR(more[i], 1, 1e-12);
    }
    // more reflux at the same boil-up: all of it purer in the light component
    REQUIRE(trays_steady(2.7, 3.2, 1, 0.5, x) && trays_steady(2.71, 3.2, 1, 0.5, more));
    for (int i = 0; i < TRAYS; i++)
        CHECK(more[i] > x[i]);
}

/* ---- plant */

static const struct plant_design usual = {
    .vapour_m3 = 30,
    .steam_c = 198,
    .reboiler_kw_k = 31,
    .coolant_c = 25,
    .coolant_kg_s = 60,
    .condenser_kw_k = 34,
    .relief_mm2 = 4116,
    .heel_onset_c = 160,
};

/* Pressure and temperature of the vapour lie on gas law and boiling curve. */
static void test_saturation(void)
{
    for (double kmol = 0.01; kmol < 100; kmol *= 1.7) {
        double k = plant_vapour_k(kmol, 30), kpa = kmol * PLANT_GAS * k / 30;
        CHECK_NEAR(plant_boils_k(kpa) / k, 1, 1e-8);
    }
    CHECK(plant_bubble_k(150, 0) > plant_bubble_k(150, 1));
    CHECK_NEAR(plant_boils_k(PLANT_ATM_KPA), PLANT_BOILS_K, 1e-9);
}

static void test_exchangers(void)
{
    double kw = PLANT_LATENT / 60;
    for (double flow = 0.2; flow < 3.6; flow += 0.4) {
        double opening = plant_coolant_for(&usual, flow, 356);
        CHECK_NEAR(plant_cooling_kw(&usual, opening, 356) / kw, flow, 1e-9);
        opening = plant_steam_for(&usual, flow, 371);
        CHECK_NEAR(opening * 31 * (198 + 273.15 - 371) / kw, flow, 1e-9);
    }
    CHECK_NEAR(plant_cooling_kw(&usual, 0, 356), 0, 1e-12);
    CHECK_NEAR(plant_cooling_kw(&usual, 1, 290), 0, 1e-12);
    // never more than UA times the difference
    CHECK(plant_cooling_kw(&usual, 1, 356) < 34 * (356 - 298.15));
}

static struct plant_moves disturbed(void)
{
    return (struct plant_moves){.reflux = 2.9,
                                .distillate = 0.45,
                                .bottoms = 0.3,
                                .feed = 1.05,
                                .feed_x = 0.55,
                                .feed_q = 0.95,
                                .steam = 0.55,
                                .coolant = 0.3};
}

/* The plant by itself, its moves held. */
static void rates(const double *state, const void *moves, double *rate)
{
    plant_rates(state, &usual, moves, rate);
}

static void integrate(double *state, struct plant_moves m, double minutes,
                      double relative)
{
    const struct ode equations = {PLANT_STATES, 0,        rates,
                                  NULL,         relative, relative / 100};
    double step = 0;
    CHECK_NEAR(ode_run(&equations, &m, state, minutes, &step, NULL), minutes, 0);
}

/* As the twin integrates it. */
static void plant_step(double *state, const struct plant_moves *m, double minutes)
{
    integrate(state, *m, minutes, 1e-7);
}

static void run_plant(double *state, double h, double relative)
{
    column_plant_start(state, &usual, 150);
    for (long i = 0; i < lround(10 / h); i++)
        integrate(state, disturbed(), h, relative);
}

static double farthest(const double *a, const double *b)
{
    double most = 0;
    for (int i = 0; i < PLANT_STATES; i++)
        most = fmax(most, fabs(a[i] - b[i]));
    return most;
}

/* Neither the tolerance nor where the steps end decides what comes out. */
static void test_convergence(void)
{
    double used[PLANT_STATES], exact[PLANT_STATES], half[PLANT_STATES];
    run_plant(used, 0.02, 1e-7);
    run_plant(half, 0.01, 1e-7);
    run_plant(exact, 0.02, 1e-11);
    printf("# after 10 min, kmol: by tolerance %.2g, by halving %.2g\n",
           farthest(used, exact), farthest(used, half));
    CHECK(farthest(used, exact) < 1e-6);
    CHECK(farthest(used, half) < 1e-6);
}

/* With nothing let in or out the boiling liquid only keeps what it has, and heat in is
 * heat out where pressure stands still. */
static void test_closed_and_hot(void)
{
    double state[PLANT_STATES], sum = 0, before = 0;
    struct plant_moves m = {.steam = 0.3, .feed_q = 1};
    column_plant_start(state, &usual, 150);
    double kpa = 0;
    for (int i = 0; i < PLANT_HEEL; i++)
        before += i < TRAYS || i == PLANT_VAPOUR ? state[i] : 0;
    for (int i = 0; i < 100; i++) {
        plant_step(state, &m, 0.02);
        struct plant_view v = plant_look(state, &usual, &m);
        CHECK(v.pressure_kpa > kpa);
        kpa = v.pressure_kpa;
    }
    for (int i = 0; i < PLANT_HEEL; i++)
        sum += i < TRAYS || i == PLANT_VAPOUR ? state[i] : 0;
    CHECK_NEAR(sum, before, 1e-11);
}

/* Heat over latent heat is what liquid and vapour took up: the first law, for two
 * minutes of heating with no cooling; cp is of liquid at the vapour's rise of
 * temperature. */
static void test_energy(void)
{
    double state[PLANT_STATES], heat = 0;
    struct plant_moves m = {.steam = 0.5, .feed_q = 1};
    column_plant_start(state, &usual, 150);
    struct plant_view v = plant_look(state, &usual, &m), start = v;
    double vapour = state[PLANT_VAPOUR], liquid = 20;
    for (int i = 0; i < 100; i++) {
        double kw = v.heat_kw;
        plant_step(state, &m, 0.02);
        v = plant_look(state, &usual, &m);
        heat += (kw + v.heat_kw) / 2 * 1.2;
    }
    // boil-up fades where the reboiler is nearly dry: not here
    CHECK(state[PLANT_AMOUNT] > 0.2);
    double taken = PLANT_LATENT * (state[PLANT_VAPOUR] - vapour) +
                   PLANT_LIQUID * liquid * (v.vapour_k - start.vapour_k);
    CHECK_NEAR(taken / heat, 1, 0.06); // liquid 20.0 to 18.9 kmol
}

/* ---- the running twin */

static void test_stands_still(void)
{
    for (int is_auto = 0; is_auto < 2; is_auto++) {
        struct twin t = twin_new(twin_find("column"));
        set(&t, "is_composition_auto", is_auto);
        run_until(&t, 36000);
        CHECK_NEAR(get(&t, "xd"), 0.99, 1e-6);
        CHECK_NEAR(get(&t, "xb"), 0.01, 1e-6);
        CHECK_NEAR(get(&t, "pressure_kpa"), 150, 1e-6);
        CHECK_NEAR(get(&t, "heat_kw") / get(&t, "cooling_kw"), 1, 1e-6);
        CHECK_NEAR(get(&t, "off_spec_kmol"), 0, 1e-12);
        twin_fini(&t);
    }
}

/* By hand the running column comes to the steady state of the bare stages. */
static void test_comes_to_steady(void)
{
    double x[TRAYS];
    struct twin t = twin_new(twin_find("column"));
    set(&t, "is_composition_auto", 0);
    set(&t, "feed_kmol_min", 1.01);
    run_until(&t, 150000);
    REQUIRE(trays_steady(2.70629, 3.20629, 1.01, 0.5, x));
    CHECK_NEAR(get(&t, "xd"), x[TRAYS_DRUM], 2e-6);
    CHECK_NEAR(get(&t, "xb"), x[0], 2e-5);
    twin_fini(&t);
}

/* Controllers bring back what feed and set points disturb. */
static void test_controllers(void)
{
    const struct {
        const char *name;
        double value, xd, xb, kpa;
    } cases[] = {
        {"feed_kmol_min",     1.1,   0.99,  0.01, 150},
        {"zf",                0.55,  0.99,  0.01, 150},
        {"qf",                0.9,   0.99,  0.01, 150},
        {"xd_set",            0.995, 0.995, 0.01, 150},
        {"pressure_set_kpa",  170,   0.99,  0.01, 170},
        {"pressure_bias_kpa", 20,    0.99,  0.01, 130},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct twin t = twin_new(twin_find("column"));
        run_until(&t, 60);
        set(&t, cases[i].name, cases[i].value);
        run_until(&t, 28800);
        CHECK_NEAR(get(&t, "xd"), cases[i].xd, 1e-4);
        CHECK_NEAR(get(&t, "xb"), cases[i].xb, 1e-4);
        CHECK_NEAR(get(&t, "pressure_kpa"), cases[i].kpa, 0.1);
        CHECK_NEAR(get(&t, "is_tripped"), 0, 0);
        twin_fini(&t);
    }
}

/* Cooling water fails: each protection alone is enough, none is not; a lying
 * transmitter of the safety system leaves it to the valve. */
static void test_protections(void)
{
    const struct {
        double is_sis_on, sis_bias_kpa, relief_mm2, tripped, relieved, burst;
    } cases[] = {
        {1, 0,     4116, 1, 0, 0},
        {1, 0,     0,    1, 0, 0},
        {0, 0,     4116, 0, 1, 0},
        {1, -800,  4116, 0, 1, 0},
        {0, 0,     0,    0, 0, 1},
        {1, -1000, 0,    0, 0, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct twin t = twin_new(twin_find("column"));
        double highest = 0;
        set(&t, "relief_mm2", cases[i].relief_mm2);
        set(&t, "is_sis_on", cases[i].is_sis_on);
        set(&t, "sis_bias_kpa", cases[i].sis_bias_kpa);
        run_until(&t, 60);
        set(&t, "coolant_there", 0);
        while (twin_time(&t) < 3600) {
            REQUIRE(twin_step(&t));
            highest = fmax(highest, get(&t, "pressure_kpag"));
        }
        CHECK_NEAR(get(&t, "is_tripped"), cases[i].tripped, 0);
        CHECK_NEAR(get(&t, "relieved_kg") > 0, cases[i].relieved, 0);
        CHECK_NEAR(get(&t, "is_burst"), cases[i].burst, 0);
        CHECK(cases[i].burst > 0 || highest < 350 * 1.1);
        CHECK_NEAR(get(&t, "off_kmol"), 0, 1e-9);
        CHECK_NEAR(get(&t, "off_light_kmol"), 0, 1e-9);
        CHECK(cases[i].burst < 1 || (get(&t, "tnt_kg") > 0 && get(&t, "damage") > 0));
        twin_fini(&t);
    }
}

/* Events happen at their own time, not at the next scan: nothing is above the pressure
 * at which it acts, and the twin's step does not shift them. */
static void test_events_between_scans(void)
{
    struct column *c;
    struct twin t = twin_new(twin_find("column"));
    set(&t, "is_sis_on", 0);
    set(&t, "coolant_there", 0);
    set(&t, "relief_mm2", 0);
    set(&t, "burst_kpag", 400);
    REQUIRE(twin_step(&t));
    c = t.state;
    while (c->is_burst < 0.5)
        REQUIRE(twin_step(&t));
    struct plant_view v = plant_look(c->state, &c->design, &c->moves);
    CHECK_NEAR(v.pressure_kpa - PLANT_ATM_KPA, 400, 1e-6);
    twin_fini(&t);
}

/* Column `c` after one step of h seconds, half steps or quarters. */
static void go(struct column *c, int parts)
{
    for (int i = 0; i < parts; i++)
        twin_column.step(c, 0, 1.2 / parts);
}

/* How far a trip within the step has shut steam and feed by its end hangs on when it
 * came, not on how the step is divided; the controllers, which then look more often,
 * make the difference of pressure. */
static void test_trip_within_step(void)
{
    struct twin t = twin_new(twin_find("column"));
    struct column *c = t.state;
    set(&t, "coolant_there", 0);
    struct column before;
    do {
        before = *c;
        REQUIRE(twin_step(&t));
        c = t.state;
    } while (c->is_tripped < 0.5);
    struct column parts = before;
    go(&parts, 8);
    CHECK_NEAR(parts.is_tripped, 1, 0);
    CHECK(c->sis_valve < 1 - 1e-6 && c->sis_valve > exp(-1.2 / 6));
    CHECK_NEAR(parts.sis_valve, c->sis_valve, 2e-3);
    CHECK_NEAR(parts.pressure_kpag, c->pressure_kpag, 0.5);
    twin_fini(&t);
}

/* A trip shuts until reset, and stays while pressure is high. */
static void test_trip(void)
{
    struct twin t = twin_new(twin_find("column"));
    set(&t, "coolant_there", 0);
    run_until(&t, 600);
    CHECK_NEAR(get(&t, "is_tripped"), 1, 0);
    CHECK_NEAR(get(&t, "heat_kw"), 0, 1e-6);
    set(&t, "sis_reset", 1);
    REQUIRE(twin_step(&t));
    CHECK_NEAR(get(&t, "is_tripped"), 1, 0); // too early
    set(&t, "coolant_there", 1);
    run_until(&t, 1800);
    CHECK_NEAR(get(&t, "is_tripped"), 0, 0);
    CHECK(get(&t, "pressure_kpag") < 250);
    twin_fini(&t);
}

/* Where steam is off, a reactive heel goes on by itself: the trip does not help. */
static void test_heel(void)
{
    const double heel_mj[] = {0, 20000};
    for (int i = 0; i < 2; i++) {
        struct twin t = twin_new(twin_find("column"));
        set(&t, "heel_mj", heel_mj[i]);
        set(&t, "heel_onset_c", 130);
        set(&t, "relief_mm2", 0);
        set(&t, "coolant_there", 0);
        run_until(&t, 7200);
        CHECK_NEAR(get(&t, "is_burst"), i, 0);
        CHECK(i || get(&t, "heel_left") > 0.5);
        twin_fini(&t);
    }
}

/* Every variable at the ends of its range and between, inputs again and again. */
static void shake(struct twin *t, uint64_t trial, uint64_t turn)
{
    for (size_t i = 0; i < t->kind->n_variables; i++) {
        const struct twin_variable *v = &t->kind->variables[i];
        struct random_words w = random_draw(seed, trial * 100 + turn, i);
        double ends[] = {0, 1, random_unit(w.word[0])}, u = ends[w.word[1] % 3];
        if (v->causality == TWIN_OUTPUT || w.word[1] / 3 % 2) continue;
        if (v->causality == TWIN_PARAMETER && turn > 0) continue;
        CHECK_INT(twin_set(t, (int)i, v->q.least + u * (v->q.most - v->q.least)),
                  TWIN_FINE);
    }
}

static int is_sound(const struct column *c)
{
    for (int i = 0; i < TRAYS; i++) {
        double amount = c->state[PLANT_AMOUNT + i], light = c->state[PLANT_LIGHT + i];
        if (!(amount >= 0 && light >= 0 && light <= amount * (1 + 1e-9) + 1e-12))
            return 0;
    }
    return c->state[PLANT_VAPOUR] > 0 && fabs(c->off_kmol) < 1e-8 &&
           fabs(c->off_light_kmol) < 1e-8;
}

/* Whatever is done to it: no amount below nothing, no share beyond one, balances close.
 */
static void test_whatever_is_done(void)
{
    for (uint64_t trial = 0; trial < 60; trial++) {
        struct twin t = twin_new(twin_find("column"));
        for (uint64_t turn = 0; turn < 10; turn++) {
            shake(&t, trial, turn);
            for (int i = 0; i < 400; i++)
                REQUIRE(twin_step(&t) && is_sound(t.state));
        }
        twin_fini(&t);
    }
}

/* ---- relief */

static void test_relief(void)
{
    // what an area lets through needs that area
    for (double k = 1; k < 1.7; k += 0.05) {
        double kg_h = relief_flow_kg_h(4116, 400, 86, k, 500, 0.975);
        double in2 = relief_area_in2(kg_h * 2.2046226, 400 * 1.8, 1, 86, k,
                                     500 / 6.894757, 0.975, 1);
        CHECK_NEAR(in2 * 645.16 / 4116, 1, 0.002);
    }
    CHECK_NEAR(relief_coefficient(1 + 1e-5), relief_coefficient(1), 0.01);
    CHECK_NEAR(relief_coefficient(1.4), 356, 0.5); // air
    // all of the usual boil-up at 10% over the set pressure of the twin
    double need =
        relief_area_in2(3.20629 * 60 * 86.177 * 2.2046226, plant_boils_k(486.3) * 1.8,
                        1, 86.177, 1.06, 486.3 / 6.894757, 0.975, 1);
    CHECK_NEAR(need * 645.16, 3090, 60);
}

/* ---- blast */

/* Kinney and Graham (1985), in free air, of a charge 1.8 times: the usual factor for
 * one on the ground. */
static double kinney_kpa(double z)
{
    double y = z / cbrt(1.8);
    return 101.325 * 808 * (1 + pow(y / 4.5, 2)) /
           (sqrt(1 + pow(y / 0.048, 2)) * sqrt(1 + pow(y / 0.32, 2)) *
            sqrt(1 + pow(y / 1.35, 2)));
}

static void test_blast(void)
{
    double last = HUGE_VAL;
    for (double z = 0.2; z < 158; z *= 1.01) {
        double kpa = blast_overpressure_kpa(1, z);
        CHECK(kpa < last);
        last = kpa;
        // cube root scaling
        CHECK_NEAR(blast_overpressure_kpa(1000, 10 * z) / kpa, 1, 1e-9);
        CHECK_NEAR(blast_impulse_kpa_ms(1000, 10 * z) / blast_impulse_kpa_ms(1, z), 10,
                   1e-7);
        CHECK(z < 1 || z > 40 || fabs(kpa / kinney_kpa(z) - 1) < 0.35);
    }
    const double joins[] = {2.9, 23.8, 0.96, 2.38, 33.7};
    for (size_t i = 0; i < sizeof joins / sizeof *joins; i++) {
        double below = joins[i] * (1 - 1e-9), above = joins[i] * (1 + 1e-9);
        CHECK_NEAR(blast_overpressure_kpa(1, above) / blast_overpressure_kpa(1, below),
                   1,
                   0.03); // the fit jumps by 2.4% at most
        CHECK_NEAR(blast_impulse_kpa_ms(1, above) / blast_impulse_kpa_ms(1, below), 1,
                   0.03); // the fit jumps by 2.4% at most
    }
    CHECK(isnan(blast_overpressure_kpa(1, 0.19)) &&
          isnan(blast_impulse_kpa_ms(1, 159)));
}

static void test_thresholds(void)
{
    CHECK_INT(blast_damage(2.06), 0);
    CHECK_INT(blast_damage(2.07), 1);
    CHECK_INT(blast_damage(13.8), 2);
    CHECK_INT(blast_damage(68.9), 3);
    CHECK_INT(blast_injury(34.4), 0);
    CHECK_INT(blast_injury(34.5), 1);
    CHECK_INT(blast_injury(103.5), 2);
    CHECK_INT(blast_injury(344.8), 3);
}

/* ---- runaway */

static double cstr_after(double coolant_k, double minutes, double h)
{
    struct cstr c = {0.5, 350};
    for (long i = 0; i < lround(minutes / h); i++)
        cstr_step(&c, coolant_k, h);
    return c.temperature_k;
}

static void test_cstr(void)
{
    struct cstr c = {0.5, 350}, rates = cstr_rates(&c, 300);
    CHECK_NEAR(rates.ca_mol_l, 0, 1e-4);
    CHECK_NEAR(rates.temperature_k, 0, 0.02);
    double whole = cstr_after(305, 2, 0.01), half = cstr_after(305, 2, 0.005),
           quarter = cstr_after(305, 2, 0.0025);
    CHECK((whole - half) / (half - quarter) > 12);
    CHECK_NEAR(cstr_after(305, 2, 0.001), quarter, 1e-3);
    // colder goes out, hotter ignites; never hotter than all of the feed burnt at once
    CHECK(cstr_after(299, 30, 0.001) < 330 && cstr_after(301, 1, 0.001) > 400);
    for (int i = 0; i < 20000; i++) {
        cstr_step(&c, 310, 0.001);
        CHECK(c.temperature_k < 350 + 5e4 / 239 && c.ca_mol_l > 0 && c.ca_mol_l < 1);
    }
}

static void test_semenov(void)
{
    for (double psi = 0.01; psi < exp(-1.0); psi += 0.01) {
        double theta = semenov_theta(psi);
        CHECK_NEAR(theta * exp(-theta), psi, 1e-12);
        CHECK(theta < 1 && isnan(semenov_induction(psi)));
    }
    CHECK_NEAR(semenov_theta(exp(-1.0)), 1, 1e-6);
    CHECK(isnan(semenov_theta(0.368)));
    double last = HUGE_VAL;
    for (double psi = 0.37; psi < 10; psi *= 1.2) {
        double tau = semenov_induction(psi);
        CHECK(tau > 1 && tau < last);
        last = tau;
    }
}

int main(void)
{
    seed = kit_seed();
    RUN(test_equilibrium);
    RUN(test_steady_state);
    RUN(test_steady_ends);
    RUN(test_saturation);
    RUN(test_exchangers);
    RUN(test_convergence);
    RUN(test_closed_and_hot);
    RUN(test_energy);
    RUN(test_stands_still);
    RUN(test_comes_to_steady);
    RUN(test_controllers);
    RUN(test_protections);
    RUN(test_events_between_scans);
    RUN(test_trip_within_step);
    RUN(test_trip);
    RUN(test_heel);
    RUN(test_whatever_is_done);
    RUN(test_relief);
    RUN(test_blast);
    RUN(test_thresholds);
    RUN(test_cstr);
    RUN(test_semenov);
    return UNIT_RESULT();
}
