// SPDX-License-Identifier: Apache-2.0
/*
 * The welding cell: laws of its arms, of Rosenthal's field, of the heat in its seams,
 * of its stops, and what each input does to the parts.
 */
#include "unit.h"

#include <math.h>
#include <string.h>

#include "base/random.h"
#include "tools/kit.h"
#include "tools/twin.h"
#include "twin/weldcell/cell.h"
#include "twin/weldcell/weld.h"

#define PI 3.14159265358979323846

static uint64_t seed;

static struct twin new_cell(void)
{
    return twin_new(twin_find("weldcell"));
}

static const struct cell *state_of(const struct twin *t)
{
    return t->state;
}

/* Runs to the end of a part, at most an hour. */
static void run_part(struct twin *t)
{
    double made = get(t, "parts_made"), latest_s = twin_time(t) + 3600;
    while (get(t, "parts_made") < made + 1 && twin_time(t) < latest_s)
        REQUIRE(twin_step(t));
    CHECK_NEAR(get(t, "parts_made"), made + 1, 0);
}

static double unit_at(uint64_t trial, uint64_t i)
{
    return random_unit(random_draw(seed, trial, i).word[0]);
}

/* ---- kinematics */

/* Without a tool the wrist axes do not move the point; the waist keeps its distance. */
static void test_wrist_and_waist(void)
{
    for (uint64_t k = 0; k < 200; k++) {
        double q[PUMA_AXES], turned[PUMA_AXES], a[3], b[3];
        for (uint64_t i = 0; i < PUMA_AXES; i++)
            turned[i] = q[i] = (2 * unit_at(k, i) - 1) * PI;
        puma_forward(q, 0, a);
        turned[3] += 1, turned[4] -= 2, turned[5] += 3;
        puma_forward(turned, 0, b);
        for (int i = 0; i < 3; i++)
            CHECK_NEAR(a[i], b[i], 1e-12);
        turned[0] += 0.7;
        puma_forward(turned, 0, b);
        CHECK_NEAR(hypot(a[0], a[1]), hypot(b[0], b[1]), 1e-12);
        CHECK_NEAR(a[2], b[2], 1e-12);
    }
}

/* What a drawing joins: links of their lengths, from the shoulder to the tip. */
static void test_points(void)
{
    for (uint64_t k = 0; k < 200; k++) {
        double q[PUMA_AXES], at[PUMA_POINTS][3], tip[3], length[PUMA_POINTS - 1];
        for (uint64_t i = 0; i < PUMA_AXES; i++)
            q[i] = (2 * unit_at(k, i) - 1) * PI;
        puma_points(q, 0.2, at);
        puma_forward(q, 0.2, tip);
        for (int i = 0; i < PUMA_POINTS - 1; i++) {
            double square = 0;
            for (int axis = 0; axis < 3; axis++)
                square += pow(at[i + 1][axis] - at[i][axis], 2);
            length[i] = sqrt(square);
        }
        CHECK_NEAR(length[0], 0.4318, 1e-12);
        CHECK_NEAR(length[1],
                   sqrt(0.4318 * 0.4318 + 0.0203 * 0.0203 + 0.15005 * 0.15005), 1e-12);
        CHECK_NEAR(length[2], 0.2, 1e-12);
        for (int i = 0; i < 3; i++) {
            CHECK_NEAR(at[0][i], 0, 1e-12);
            CHECK_NEAR(at[PUMA_POINTS - 1][i], tip[i], 1e-12);
        }
    }
}

/* There and back within reach, tool pointing down; no number that is none beyond. */
static void test_inverse(void)
{
    for (uint64_t k = 0; k < 1000; k++) {
        double at[] = {0.3 + 0.3 * unit_at(k, 0), 0.8 * unit_at(k, 1) - 0.4,
                       0.3 * unit_at(k, 2) - 0.2};
        double q[PUMA_AXES], tip[3], wrist[3];
        puma_inverse(at, 0.2, q);
        puma_forward(q, 0.2, tip);
        puma_forward(q, 0, wrist);
        for (int i = 0; i < 3; i++)
            CHECK_NEAR(tip[i], at[i], 1e-9);
        CHECK_NEAR(wrist[2] - tip[2], 0.2, 1e-9);
        at[0] *= 100;
        puma_inverse(at, 0.2, q);
        for (int i = 0; i < PUMA_AXES; i++)
            CHECK(isfinite(q[i]));
    }
}

/* ---- heat */

static double field(double power_w, double speed_mm_s, double x, double y, double z)
{
    double at[] = {x, y, z};
    return weld_rosenthal_c(&weld_steel, power_w, speed_mm_s, at);
}

/* Symmetric across; linear in power; hotter behind than ahead; no value at the source.
 */
static void test_rosenthal(void)
{
    double up = field(5200, 8, -5, 3, 2) - 20;
    CHECK_NEAR(field(5200, 8, -5, -3, 2) - 20, up, 1e-9);
    CHECK_NEAR(field(5200, 8, -5, 2, 3) - 20, up, 1e-9);
    CHECK_NEAR(field(10400, 8, -5, 3, 2) - 20, 2 * up, 1e-9);
    CHECK(field(5200, 8, 5, 3, 2) - 20 < up);
    CHECK_NEAR(field(5200, 0, 5, 3, 2), field(5200, 0, -5, 3, 2), 1e-9);
    CHECK(isnan(field(5200, 8, 0, 0, 0)));
}

/* It solves its equation: a (Txx + Tyy + Tzz) + v Tx = 0, by differences. */
static void test_rosenthal_conducts(void)
{
    const double h = 0.01, v = 8,
                 at[][3] = {
                     {-10, 3, 2},
                     {2,   4, 1},
                     {-20, 1, 5}
    };
    for (size_t i = 0; i < KIT_COUNT(at); i++) {
        double x = at[i][0], y = at[i][1], z = at[i][2],
               middle = field(5200, v, x, y, z);
        double ahead = field(5200, v, x + h, y, z),
               behind = field(5200, v, x - h, y, z);
        double bend = ahead + behind + field(5200, v, x, y + h, z) +
                      field(5200, v, x, y - h, z) + field(5200, v, x, y, z + h) +
                      field(5200, v, x, y, z - h) - 6 * middle;
        double stored = v * (ahead - behind) / (2 * h);
        double conducted = weld_steel.diffusivity_mm2_s * bend / (h * h);
        CHECK_NEAR(conducted + stored, 0, 1e-4 * (fabs(stored) + fabs(conducted)));
    }
}

/* All heat passes through a half sphere around a source that stands. */
static void test_rosenthal_balance(void)
{
    const double r = 10, h = 1e-3;
    double slope_k_mm =
        (field(5200, 0, r + h, 0, 0) - field(5200, 0, r - h, 0, 0)) / (2 * h);
    double flux_w =
        -weld_steel.conductivity_w_mk * slope_k_mm * 1000 * 2 * PI * r * r / 1e6;
    CHECK_NEAR(flux_w / 5200, 1, 1e-6);
}

static double peak_c(double power_w, double speed_mm_s, double aside_mm)
{
    double best = 0;
    for (double x = 0.1; x < 1e4; x *= 1.001)
        best = fmax(best, field(power_w, speed_mm_s, -x, aside_mm, 0));
    return best;
}

/* The molten radius is where Rosenthal's field peaks at melting, the faster the more.
 */
static void test_penetration(void)
{
    double last = 1e9;
    for (double v = 10; v <= 1000; v *= 10) {
        double heat = 0.65, radius = weld_penetration_mm(&weld_steel, heat, 1527);
        double off = fabs(peak_c(heat * 1000 * v, v, radius) - 1527);
        CHECK(off < last);
        last = off;
    }
    CHECK(last < 1527 * 0.01);
    CHECK_NEAR(weld_penetration_mm(&weld_steel, 4, 1527),
               2 * weld_penetration_mm(&weld_steel, 1, 1527), 1e-12);
}

/* ---- parts */

/* Undisturbed, parts are good, at the heat input of EN 1011-1. */
static void test_good_parts(void)
{
    struct twin t = new_cell();
    for (int i = 0; i < 3; i++)
        run_part(&t);
    CHECK_NEAR(get(&t, "parts_defective"), 0, 0);
    CHECK_NEAR(get(&t, "good_share"), 1, 0);
    CHECK_NEAR(get(&t, "heat_mean_kj_mm"), 0.65, 0.001);
    CHECK_NEAR(get(&t, "imbalance"), 0, 1e-3);
    CHECK(get(&t, "worst_sync_mm") < 0.1 && get(&t, "worst_off_mm") < 0.2);
    CHECK(get(&t, "cycle_s") > 300.0 / 8 + 10);
    twin_fini(&t);
}

/* The heat of the arcs is that in the pieces of both seams. */
static void test_heat_balance(void)
{
    struct twin t = new_cell();
    while (get(&t, "phase") < CELL_RETRACT)
        REQUIRE(twin_step(&t));
    double sum = 0;
    for (int k = 0; k < CELL_ARMS; k++)
        for (int i = 0; i < CELL_PIECES; i++)
            sum += state_of(&t)->arm[k].piece_kj[i];
    CHECK_NEAR(sum / get(&t, "energy_kj"), 1, 1e-9);
    // and k U I times the time of welding
    CHECK_NEAR(sum / (2 * 5.2 * 300 / 8), 1, 0.02);
    twin_fini(&t);
}

/* What each tampered value does to a part; the synchronization makes up for a right arm
 * set too slow, not for a left one set too fast. */
static void test_tampered_parts(void)
{
    const struct {
        const char *name;
        double value;
        int is_defective;
    } cases[] = {
        {"left_speed_set_mm_s",  12,  1},
        {"right_speed_set_mm_s", 6,   0},
        {"left_current_set_a",   200, 1},
        {"right_voltage_set_v",  32,  1},
        {"left_shift_mm",        2,   1},
        {"right_shift_mm",       -2,  1},
        {"left_shift_mm",        0.3, 0},
        {"left_current_set_a",   255, 0},
    };
    for (size_t i = 0; i < KIT_COUNT(cases); i++) {
        struct twin t = new_cell();
        set(&t, cases[i].name, cases[i].value);
        run_part(&t);
        CHECK_NEAR(get(&t, "parts_defective"), cases[i].is_defective, 0);
        twin_fini(&t);
    }
}

/* Every defective part is either found or has escaped, as the inspection was set. */
static void test_inspection(void)
{
    struct twin t = new_cell();
    set(&t, "left_current_set_a", 150);
    run_part(&t);
    set(&t, "is_inspected", 0);
    run_part(&t);
    run_part(&t);
    CHECK_NEAR(get(&t, "parts_rejected"), 1, 0);
    CHECK_NEAR(get(&t, "parts_escaped"), 2, 0);
    CHECK_NEAR(get(&t, "parts_defective"), 3, 0);
    twin_fini(&t);
}

/* The right arm set slower by 2%: with synchronization it keeps up within the lag that
 * the gain allows, (8 - 7.84) / 5 mm; without it falls behind for the whole seam. */
static void test_synchronization(void)
{
    for (int is_on = 0; is_on < 2; is_on++) {
        struct twin t = new_cell();
        set(&t, "right_speed_set_mm_s", 7.84);
        set(&t, "is_synchronized", is_on);
        run_part(&t);
        double worst = get(&t, "worst_sync_mm");
        if (is_on)
            CHECK_NEAR(worst, 0.032, 0.05);
        else
            CHECK_NEAR(worst, 300 * 0.02, 0.3);
        CHECK_NEAR(get(&t, "parts_defective"), !is_on, 0);
        twin_fini(&t);
    }
}

/* Heat input goes with current, voltage and one over speed. */
static void test_heat_follows(void)
{
    const double speeds[] = {6, 8, 10, 16};
    for (size_t i = 0; i < KIT_COUNT(speeds); i++) {
        struct twin t = new_cell();
        set(&t, "left_speed_set_mm_s", speeds[i]);
        set(&t, "right_speed_set_mm_s", speeds[i]);
        run_part(&t);
        double expected = weld_heat_kj_mm(250, 26, speeds[i], 0.8);
        CHECK_NEAR(get(&t, "heat_mean_kj_mm") / expected, 1, 0.005);
        CHECK_NEAR(get(&t, "penetration_mm"),
                   weld_penetration_mm(&weld_steel, expected, 1527), 0.05);
        twin_fini(&t);
    }
}

/* No joint ever turns faster than its limit; torches follow the line of their seam. */
static void test_speed_limit(void)
{
    struct twin t = new_cell();
    double before[CELL_ARMS][PUMA_AXES];
    run_until(&t, 0.004);
    while (get(&t, "parts_made") < 1) {
        for (int k = 0; k < CELL_ARMS; k++)
            memcpy(before[k], state_of(&t)->arm[k].q, sizeof before[k]);
        REQUIRE(twin_step(&t));
        for (int k = 0; k < CELL_ARMS; k++)
            for (int i = 0; i < PUMA_AXES; i++)
                CHECK(fabs(state_of(&t)->arm[k].q[i] - before[k][i]) <=
                      1.5 * 0.004 + 1e-12);
    }
    twin_fini(&t);
}

/* Half the step, the same part. */
static void test_converges(void)
{
    double heat[2], cycle[2], way[2];
    for (int i = 0; i < 2; i++) {
        double h = i ? 0.002 : 0.004;
        struct twin t = new_cell();
        struct cell *c = t.state;
        cell_start(c);
        long n = 0;
        for (; c->parts_made < 1 && n < 100000; n++)
            cell_step(c, h);
        heat[i] = c->heat_mean_kj_mm, cycle[i] = c->cycle_s, way[i] = c->worst_off_mm;
        twin_fini(&t);
    }
    CHECK_NEAR(heat[0] / heat[1], 1, 1e-3);
    CHECK_NEAR(cycle[0], cycle[1], 0.1);
    CHECK_NEAR(way[0], way[1], 0.01);
}

/* ---- safety */

static void run_into_move(struct twin *t)
{
    while (get(t, "tip_speed_m_s") < 0.4)
        REQUIRE(twin_step(t));
}

/* A gate opens in a move: stopped after the response and even braking, for longer the
 * longer either takes; still until reset, and then the part is finished. */
static void test_stop(void)
{
    double last_s = 0;
    for (double brake = 10; brake >= 2.5; brake /= 2) {
        struct twin t = new_cell();
        set(&t, "brake_rad_s2", brake);
        run_into_move(&t);
        set(&t, "fence_open", 1);
        run_until(&t, twin_time(&t) + 3);
        double stopping_s = get(&t, "stopping_s");
        CHECK(stopping_s > last_s && stopping_s > 0.1);
        CHECK(stopping_s < 0.1 + 1.5 / brake + 8 * 0.02);
        CHECK_NEAR(get(&t, "needed_m"), 1.6 * stopping_s + 1.08, 1e-9);
        CHECK_NEAR(get(&t, "tip_speed_m_s"), 0, 1e-9);
        CHECK_NEAR(get(&t, "is_stopped"), 1, 0);
        set(&t, "fence_open", 0);
        run_until(&t, twin_time(&t) + 60);
        CHECK_NEAR(get(&t, "stopped_s"), 63 - 0.1, 0.02);
        CHECK_NEAR(get(&t, "parts_made"), 0, 0);
        set(&t, "reset", 1);
        run_part(&t);
        last_s = stopping_s;
        twin_fini(&t);
    }
}

/* A stop puts out the arcs within its response, and spoils the part; one in the loading
 * of a part does not. */
static void test_stop_spoils(void)
{
    for (int is_welding = 0; is_welding < 2; is_welding++) {
        struct twin t = new_cell();
        run_until(&t, is_welding ? 20 : 2);
        set(&t, "person_m", 1.5);
        run_until(&t, twin_time(&t) + 1);
        CHECK_NEAR(state_of(&t)->arm[0].current_a, 0, 1e-6);
        set(&t, "person_m", 10);
        set(&t, "reset", 1);
        run_part(&t);
        CHECK_NEAR(get(&t, "parts_defective"), is_welding, 0);
        twin_fini(&t);
    }
}

/* With safety off, a person near the arms is exposed; with it, hardly. */
static void test_exposure(void)
{
    double exposed[2];
    for (int is_on = 0; is_on < 2; is_on++) {
        struct twin t = new_cell();
        set(&t, "is_safety_on", is_on);
        run_into_move(&t);
        set(&t, "person_m", 0.8);
        run_until(&t, 120);
        exposed[is_on] = get(&t, "exposed_s");
        CHECK_NEAR(get(&t, "is_stopped"), is_on, 0);
        twin_fini(&t);
    }
    CHECK(exposed[0] > 1);
    CHECK(exposed[1] < 0.5);
}

/* ---- the ranges, for longer than a cycle */

static void test_ranges(void)
{
    const struct twin_kind *kind = twin_find("weldcell");
    for (uint64_t trial = 0; trial < 40; trial++) {
        struct twin t = twin_new(kind);
        for (size_t i = 0; i < kind->n_variables; i++) {
            const struct twin_variable *v = &kind->variables[i];
            double u = unit_at(trial, i), most = v->q.most;
            if (v->causality == TWIN_OUTPUT) continue;
            if (strcmp(v->q.name, "load_s") == 0 || strcmp(v->q.name, "unload_s") == 0)
                most = 1;
            set(&t, v->q.name, v->q.least + u * (most - v->q.least));
        }
        set(&t, "fence_open", 0);
        set(&t, "is_safety_on", trial % 2 ? 1 : 0);
        set(&t, "is_running", 1);
        run_until(&t, 60);
        CHECK(get(&t, "parts_defective") <= get(&t, "parts_made"));
        CHECK(get(&t, "left_progress_mm") < 1e4);
        twin_fini(&t);
    }
}

int main(void)
{
    seed = kit_seed();
    RUN(test_wrist_and_waist);
    RUN(test_points);
    RUN(test_inverse);
    RUN(test_rosenthal);
    RUN(test_rosenthal_conducts);
    RUN(test_rosenthal_balance);
    RUN(test_penetration);
    RUN(test_good_parts);
    RUN(test_heat_balance);
    RUN(test_tampered_parts);
    RUN(test_inspection);
    RUN(test_synchronization);
    RUN(test_heat_follows);
    RUN(test_speed_limit);
    RUN(test_converges);
    RUN(test_stop);
    RUN(test_stop_spoils);
    RUN(test_exposure);
    RUN(test_ranges);
    return UNIT_RESULT();
}
