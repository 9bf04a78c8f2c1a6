// SPDX-License-Identifier: Apache-2.0
/*
 * The monitored plant: laws of its heat and its thermocouple, balances, and what drift,
 * bias and faults do to what the monitor says.
 */
#include "unit.h"

#include <math.h>

#include "base/random.h"
#include "tools/kit.h"
#include "tools/twin.h"
#include "twin/monitor/heat.h"
#include "twin/monitor/plant.h"
#include "twin/monitor/thermocouple.h"

#define HOUR_S 3600.0

static uint64_t seed;

static struct twin new_plant(void)
{
    return twin_new(twin_find("monitor"));
}

static double unit_at(uint64_t trial, uint64_t i)
{
    return random_unit(random_draw(seed, trial, i).word[0]);
}

/* ---- thermocouple */

/* Rising, smooth where its two parts meet, zero at 0 degC, and back again. */
static void test_type_k(void)
{
    CHECK_NEAR(type_k_emf_mv(0), 0, 1e-6);
    CHECK_NEAR(type_k_emf_mv(1e-9), type_k_emf_mv(-1e-9), 1e-6);
    for (double t = -260; t < 1372; t += 1) {
        double emf_mv = type_k_emf_mv(t);
        CHECK(type_k_emf_mv(t + 1) > emf_mv);
        CHECK_NEAR(type_k_temperature_c(emf_mv), t, t > -250 ? 1e-4 : 0.1);
    }
    CHECK_NEAR(type_k_temperature_c(1000), TYPE_K_MOST_C, 0);
    CHECK_NEAR(type_k_temperature_c(-1000), TYPE_K_LEAST_C, 0);
    CHECK_NEAR(type_k_emf_mv(5000), 54.886, 1e-3);
}

/* ---- lumps */

/* Many small steps are one large one. */
static void test_steps_are_exact(void)
{
    const struct heat_bearing b = {800, 6000, 20, 4.5};
    double lump_c = 20, ring_c = 20, housing_c = 20, one_c = 20, one_housing_c = 20;
    for (int i = 0; i < 5000; i++) {
        lump_c = heat_lump_c(lump_c, 5000, 20, 1e5, 20, 1);
        heat_bearing_step(&b, 110, 20, 1, &ring_c, &housing_c);
    }
    heat_bearing_step(&b, 110, 20, 5000, &one_c, &one_housing_c);
    CHECK_NEAR(lump_c, heat_lump_c(20, 5000, 20, 1e5, 20, 5000), 1e-9);
    CHECK_NEAR(ring_c, one_c, 1e-9);
    CHECK_NEAR(housing_c, one_housing_c, 1e-9);
}

/* When a temperature is reached, it is that: with loss and without. */
static void test_reaches(void)
{
    for (double loss_w_k = 0; loss_w_k <= 20; loss_w_k += 5) {
        double s = heat_lump_reaches_s(300, 17000, 20, 1e5, loss_w_k, 600);
        CHECK(s > 0 && s < HUGE_VAL);
        CHECK_NEAR(heat_lump_c(300, 17000, 20, 1e5, loss_w_k, s), 600, 1e-9);
    }
    CHECK_NEAR(heat_lump_reaches_s(600, 0, 20, 1e5, 20, 600), 0, 0);
    CHECK(isinf(heat_lump_reaches_s(300, 0, 20, 1e5, 20, 600)));
    CHECK(isinf(heat_lump_reaches_s(300, 5000, 20, 1e5, 20, 600))); // ends at 270
}

/* Against a plain method of small steps, whose error halves with its step. */
static void test_bearing_against_euler(void)
{
    const struct heat_bearing b = {800, 6000, 20, 4.5};
    double exact_c = 20, housing_c = 30, last = 0;
    heat_bearing_step(&b, 200, 20, 600, &exact_c, &housing_c);
    for (double h = 1; h > 0.1; h /= 2) {
        double x = 20, y = 30;
        for (double t = 0; t < 600; t += h) {
            double across = 20 * (x - y);
            x += h * (200 - across) / 800;
            y += h * (across - 4.5 * (y - 20)) / 6000;
        }
        double off = fabs(x - exact_c);
        CHECK(off < 0.1);
        if (last > 0) CHECK_NEAR(last / off, 2, 0.1);
        last = off;
    }
}

/* Insulated, all heat of friction is in the two nodes. */
static void test_bearing_balance(void)
{
    const struct heat_bearing b = {800, 6000, 20, 1e-5};
    double ring_c = 20, housing_c = 20;
    for (int i = 0; i < 1000; i++)
        heat_bearing_step(&b, 110, 20, 1, &ring_c, &housing_c);
    CHECK_NEAR((800 * (ring_c - 20) + 6000 * (housing_c - 20)) / 110000, 1, 1e-5);
    CHECK(ring_c > housing_c);
}

/* ---- furnace */

/* Held at its set value; heat put in is heat stored and lost; steady power is the loss.
 */
static void test_furnace(void)
{
    struct twin t = new_plant();
    double lost_mj = 0;
    while (twin_time(&t) < 4 * HOUR_S) {
        double before_c = twin_time(&t) > 0 ? get(&t, "zone_c") : 20;
        REQUIRE(twin_step(&t));
        lost_mj += 20 * ((before_c + get(&t, "zone_c")) / 2 - 20) / 1e6;
    }
    CHECK_NEAR(get(&t, "zone_c"), 850, 0.01);
    CHECK_NEAR(get(&t, "power_w"), 20 * 830, 1);
    CHECK_NEAR((get(&t, "energy_mj") - lost_mj) / 83, 1, 1e-5);
    CHECK_NEAR(get(&t, "off_band_s"), 0, 0);
    CHECK_NEAR(get(&t, "zone_level"), 0, 0);
    twin_fini(&t);
}

/* A drift of the controller's thermocouple is followed by the zone, the other way; the
 * monitor's own thermocouple tells it; where that drifts along, nothing does. */
static void test_furnace_drift(void)
{
    for (int both = 0; both < 2; both++) {
        struct twin t = new_plant();
        run_until(&t, 4 * HOUR_S);
        set(&t, "control_drift_k_h", 5);
        if (both) set(&t, "watch_drift_k_h", 5);
        run_until(&t, 8 * HOUR_S);
        CHECK_NEAR(get(&t, "control_c"), 850, 0.5);
        CHECK_NEAR(get(&t, "zone_c"), 830, 0.5);
        CHECK_NEAR(get(&t, "off_band_s"), 2 * HOUR_S, 300);
        CHECK_NEAR(get(&t, "zone_true_level"), 1, 0);
        CHECK_NEAR(get(&t, "zone_level"), !both, 0);
        if (both)
            CHECK_NEAR(get(&t, "zone_missed_s"), get(&t, "off_band_s"), 1);
        else
            CHECK(get(&t, "zone_latency_s") <= 120 && get(&t, "zone_missed_s") <= 120);
        twin_fini(&t);
    }
}

/* A reading that is too low by far overheats the zone, until the limiter ends it. */
static void test_furnace_limiter(void)
{
    for (int is_on = 0; is_on < 2; is_on++) {
        struct twin t = new_plant();
        set(&t, "is_limiter_on", is_on);
        set(&t, "control_bias_k", -300);
        run_until(&t, 6 * HOUR_S);
        CHECK_NEAR(get(&t, "is_limited"), is_on, 0);
        if (is_on) CHECK_NEAR(get(&t, "zone_most_c"), 950, 1e-9); // at its time
        CHECK(is_on ? get(&t, "zone_c") < 951 : get(&t, "zone_c") > 1140);
        twin_fini(&t);
    }
}

/* An error of the reference junction's compensation is about as much in the reading. */
static void test_reference_junction(void)
{
    struct twin t = new_plant();
    set(&t, "junction_error_k", 10);
    run_until(&t, 4 * HOUR_S);
    CHECK_NEAR(get(&t, "zone_c"), 840, 1);
    twin_fini(&t);
}

/* ---- bearings */

/* Sound: steady as the two nodes say, a baseline, no alarm, both alike. */
static void test_sound_bearings(void)
{
    struct twin t = new_plant();
    run_until(&t, 10 * HOUR_S);
    double friction_w = 0.7 * 1500 * 3.14159265358979323846 / 30;
    CHECK_NEAR(get(&t, "bearing1_housing_c"), 20 + friction_w / 4.5, 0.01);
    CHECK_NEAR(get(&t, "bearing1_c"), 20 + friction_w / 4.5 + friction_w / 20, 0.01);
    CHECK_NEAR(get(&t, "bearing1_baseline_c"), get(&t, "bearing1_c"), 0.2);
    CHECK_NEAR(get(&t, "bearing1_c"), get(&t, "bearing2_c"), 0);
    CHECK_NEAR(get(&t, "bearing1_level"), 0, 0);
    CHECK_NEAR(get(&t, "bearing1_missed_s"), 0, 0);
    CHECK_NEAR(get(&t, "bearing1_grease_used"), 10.0 / 10000, 1e-9);
    CHECK_NEAR(get(&t, "n_samples"), 600, 0);
    twin_fini(&t);
}

/* The worse the fault, the higher the level; a trip ends it, without one it seizes. */
static void test_faults(void)
{
    const struct {
        double fault_n_m, is_trip_on, level, is_tripped, is_seized;
    } cases[] = {
        {0.1, 1, 0, 0, 0},
        {0.5, 1, 1, 0, 0},
        {1.1, 1, 2, 0, 0},
        {4,   1, 0, 1, 0},
        {4,   0, 0, 0, 1},
    };
    for (size_t i = 0; i < KIT_COUNT(cases); i++) {
        struct twin t = new_plant();
        run_until(&t, 4 * HOUR_S);
        set(&t, "is_trip_on", cases[i].is_trip_on);
        set(&t, "bearing1_fault_n_m", cases[i].fault_n_m);
        run_until(&t, 12 * HOUR_S);
        CHECK_NEAR(get(&t, "bearing1_level"), cases[i].level, 0);
        CHECK_NEAR(get(&t, "bearing2_level"), 0, 0);
        CHECK_NEAR(get(&t, "is_tripped"), cases[i].is_tripped, 0);
        CHECK_NEAR(get(&t, "is_seized"), cases[i].is_seized, 0);
        twin_fini(&t);
    }
}

static double latency(double sample_s, double n_confirm, double bias_k)
{
    struct twin t = new_plant();
    set(&t, "sample_s", sample_s);
    set(&t, "n_confirm", n_confirm);
    run_until(&t, 4 * HOUR_S);
    set(&t, "bearing1_fault_n_m", 0.5);
    set(&t, "bearing1_bias_k", bias_k);
    run_until(&t, 12 * HOUR_S);
    double latency_s = get(&t, "bearing1_latency_s"),
           missed_s = get(&t, "bearing1_missed_s");
    twin_fini(&t);
    return latency_s > 0 ? latency_s : missed_s;
}

/* Detection is later with rarer samples, with more of them to confirm, and with a
 * reading held down; it is at most the samples and the lag of the sensor. */
static void test_latency(void)
{
    double quick = latency(10, 1, 0), rare = latency(600, 1, 0);
    double sure = latency(600, 3, 0), held_down = latency(10, 1, -8);
    CHECK(quick > 0 && quick < 10 + 5 * 30);
    CHECK(quick < rare && rare < sure);
    CHECK(rare <= quick + 600 && sure <= quick + 3 * 600);
    CHECK(held_down > quick);
}

/* A drift of the sensor alone: an alarm for a bearing that is sound, or none for one
 * that is not. */
static void test_sensor_drift(void)
{
    struct twin t = new_plant();
    run_until(&t, 4 * HOUR_S);
    set(&t, "bearing1_drift_k_h", 10);
    set(&t, "bearing2_drift_k_h", -10);
    set(&t, "bearing2_fault_n_m", 0.5);
    run_until(&t, 6.5 * HOUR_S);
    CHECK_NEAR(get(&t, "bearing1_reading_c") - get(&t, "bearing1_c"), 25, 0.1);
    CHECK_NEAR(get(&t, "bearing1_level"), 1, 0);
    CHECK_NEAR(get(&t, "bearing1_true_level"), 0, 0);
    CHECK_NEAR(get(&t, "bearing2_level"), 0, 0);
    CHECK_NEAR(get(&t, "bearing2_true_level"), 1, 0);
    CHECK(get(&t, "bearing2_missed_s") > HOUR_S);
    twin_fini(&t);
}

/* ---- the ranges, for days */

static void test_ranges(void)
{
    const struct twin_kind *kind = twin_find("monitor");
    for (uint64_t trial = 0; trial < 40; trial++) {
        struct twin t = twin_new(kind);
        for (size_t i = 0; i < kind->n_variables; i++) {
            const struct twin_variable *v = &kind->variables[i];
            double u = trial % 2 ? unit_at(trial, i) : floor(2 * unit_at(trial, i));
            if (v->causality == TWIN_OUTPUT) continue;
            set(&t, v->q.name, v->q.least + u * (v->q.most - v->q.least));
        }
        run_until(&t, 30000);
        for (size_t i = 0; i < kind->n_variables; i++)
            CHECK(isfinite(twin_get(&t, (int)i)));
        twin_fini(&t);
    }
}

int main(void)
{
    seed = kit_seed();
    RUN(test_type_k);
    RUN(test_steps_are_exact);
    RUN(test_reaches);
    RUN(test_bearing_against_euler);
    RUN(test_bearing_balance);
    RUN(test_furnace);
    RUN(test_furnace_drift);
    RUN(test_furnace_limiter);
    RUN(test_reference_junction);
    RUN(test_sound_bearings);
    RUN(test_faults);
    RUN(test_latency);
    RUN(test_sensor_drift);
    RUN(test_ranges);
    return UNIT_RESULT();
}
