// SPDX-License-Identifier: Apache-2.0
/*
 * The twins: published numbers, laws of each (balances, convergence), and what the
 * harness promises of all: snapshots, ranges, no number that is none.
 */
#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "tools/kit.h"
#include "tools/twin.h"
#include "twin/heater/skin.h"

static uint64_t seed;

/* ---- all of them */

static void test_published_numbers(void)
{
    uint32_t n = 0;
    for (size_t k = 0; k < n_twin_kinds; k++)
        for (size_t i = 0; i < twin_kinds[k]->n_checks; i++) {
            const struct twin_check *c = &twin_kinds[k]->checks[i];
            CHECK(c->n_cases > 0);
            for (size_t j = 0; j < c->n_cases; j++) {
                double results[TWIN_MOST_VALUES];
                c->run(c->cases[j].inputs, results);
                for (size_t r = 0; r < c->n_results; r++) {
                    double expected = c->cases[j].results[r];
                    if (isnan(expected)) continue;
                    CHECK_NEAR(results[r], expected,
                               c->cases[j].tolerance * fmax(fabs(expected), 1e-12));
                    n++;
                }
            }
        }
    printf("# %u published numbers\n", n);
}

/* What every table says: names once, starts in their ranges, sources of parameters. */
static void test_tables(void)
{
    for (size_t k = 0; k < n_twin_kinds; k++) {
        const struct twin_kind *kind = twin_kinds[k];
        CHECK(twin_find(kind->name) == kind);
        for (size_t i = 0; i < kind->n_variables; i++) {
            const struct twin_variable *v = &kind->variables[i];
            CHECK_INT(twin_variable(kind, v->q.name), (int)i);
            CHECK(v->q.about.in[LANG_EN] && v->q.about.in[LANG_JA] && v->q.unit);
            if (v->causality == TWIN_OUTPUT) continue;
            CHECK(v->q.least <= v->q.start && v->q.start <= v->q.most);
            CHECK(v->causality == TWIN_INPUT || v->q.source);
        }
    }
    CHECK(twin_find("nothing") == NULL);
}

/* A run from a snapshot is the run, byte for byte. */
static void test_snapshots(void)
{
    for (size_t k = 0; k < n_twin_kinds; k++) {
        const struct twin_kind *kind = twin_kinds[k];
        struct twin whole = twin_new(kind), again = twin_new(kind);
        void *bytes = malloc(kind->size);
        REQUIRE(bytes);
        for (int i = 0; i < 300; i++)
            REQUIRE(twin_step(&whole));
        twin_save(&whole, bytes);
        twin_restore(&again, bytes, whole.n_steps);
        for (int i = 0; i < 300; i++)
            REQUIRE(twin_step(&whole) && twin_step(&again));
        CHECK(memcmp(whole.state, again.state, kind->size) == 0);
        CHECK(twin_time(&whole) == twin_time(&again));
        free(bytes);
        twin_fini(&whole);
        twin_fini(&again);
    }
}

/* Values at and between the ends of their ranges: all outputs stay numbers. */
static void test_ends_of_ranges(void)
{
    for (size_t k = 0; k < n_twin_kinds; k++)
        for (uint64_t trial = 0; trial < 200; trial++) {
            const struct twin_kind *kind = twin_kinds[k];
            struct twin t = twin_new(kind);
            for (size_t i = 0; i < kind->n_variables; i++) {
                const struct twin_variable *v = &kind->variables[i];
                struct random_words w = random_draw(seed, trial, i);
                double u = w.word[1] % 3 == 0   ? 0
                           : w.word[1] % 3 == 1 ? 1
                                                : random_unit(w.word[0]);
                if (v->causality == TWIN_OUTPUT) continue;
                CHECK_INT(
                    twin_set(&t, (int)i, v->q.least + u * (v->q.most - v->q.least)),
                    TWIN_FINE);
            }
            for (int i = 0; i < 600; i++)
                REQUIRE(twin_step(&t));
            twin_fini(&t);
        }
}

static void test_what_may_be_set(void)
{
    struct twin t = twin_new(twin_find("heater"));
    int set_c = twin_variable(t.kind, "set_c"),
        inlet = twin_variable(t.kind, "inlet_c"),
        bath = twin_variable(t.kind, "bath_c");
    CHECK_INT(twin_set(&t, set_c, 101), TWIN_OUT_OF_RANGE);
    CHECK_INT(twin_set(&t, set_c, (double)NAN), TWIN_OUT_OF_RANGE);
    CHECK_INT(twin_set(&t, bath, 40), TWIN_NOT_SETTABLE);
    CHECK_INT(twin_set(&t, inlet, 10), TWIN_FINE);
    REQUIRE(twin_step(&t));
    CHECK_INT(twin_set(&t, inlet, 10), TWIN_NOT_NOW);
    CHECK_INT(twin_set(&t, set_c, 50), TWIN_FINE);
    CHECK(twin_variable(t.kind, "nothing") < 0);
    twin_fini(&t);
}

/* ---- heater */

/* Where nothing is lost, the gas burnt is the heat in the tub. */
static void test_heater_energy(void)
{
    struct twin t = twin_new(twin_find("heater"));
    set(&t, "loss_w_k", 0);
    set(&t, "set_c", 55);
    run_until(&t, 1200);
    double heat_mj =
        get(&t, "volume_l") * 4186.0 * (get(&t, "bath_c") - get(&t, "inlet_c")) / 1e6;
    CHECK_NEAR(get(&t, "volume_l"), 180, 0.4);
    CHECK_NEAR(heat_mj / get(&t, "gas_mj"), 1, 1e-9);
    twin_fini(&t);
}

/* A full tub loses heat as its exponential says. */
static void test_heater_cools(void)
{
    struct twin t = twin_new(twin_find("heater"));
    run_until(&t, 600);
    double begin = get(&t, "bath_c"), volume = get(&t, "volume_l");
    run_until(&t, 4200);
    double expected = 20 + (begin - 20) * exp(-25.0 * 3600 / (volume * 4186.0));
    CHECK_NEAR(get(&t, "bath_c"), expected, 1e-9);
    twin_fini(&t);
}

static double time_to_second_degree(double water_c, double h)
{
    struct skin s;
    skin_rest(&s);
    double t = 0;
    for (long i = 1; skin_degree(&s) < 2 && t < 4000; i++) {
        skin_step(&s, water_c, h);
        t = (double)i * h;
    }
    return t;
}

static void test_skin_converges(void)
{
    const double waters[] = {48, 51, 55, 60};
    for (size_t i = 0; i < sizeof waters / sizeof *waters; i++) {
        double whole = time_to_second_degree(waters[i], 0.01),
               half = time_to_second_degree(waters[i], 0.005);
        CHECK_NEAR(whole / half, 1, 0.01);
    }
    // hotter is sooner
    CHECK(time_to_second_degree(55, 0.01) > time_to_second_degree(56, 0.01));
}

/* At rest nothing moves, and the profile is between surface and blood. */
static void test_skin_rests(void)
{
    struct skin s;
    skin_rest(&s);
    double before = s.basal_c;
    CHECK(before > 34 && before < 34.5);
    for (int i = 0; i < 1000; i++)
        skin_step(&s, 34, 1);
    CHECK_NEAR(s.basal_c, before, 1e-9);
    CHECK(skin_degree(&s) == 0);
}

/* Water of a bath does no harm in an hour; a set point of somebody else's does; the
 * cut-off at 50 keeps the bath below. */
static void test_heater_burns(void)
{
    const struct {
        double set_c, cut_off_c, degree;
    } cases[] = {
        {42, 100, 0},
        {60, 100, 3},
        {60, 50,  0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct twin t = twin_new(twin_find("heater"));
        set(&t, "set_c", cases[i].set_c);
        set(&t, "cut_off_c", cases[i].cut_off_c);
        set(&t, "enters_s", 900);
        run_until(&t, 1500);
        CHECK_NEAR(get(&t, "degree"), cases[i].degree, 1e-9);
        CHECK_NEAR(get(&t, "is_cut_off"), cases[i].set_c > cases[i].cut_off_c, 1e-9);
        twin_fini(&t);
    }
}

int main(void)
{
    seed = kit_seed();
    RUN(test_published_numbers);
    RUN(test_tables);
    RUN(test_snapshots);
    RUN(test_ends_of_ranges);
    RUN(test_what_may_be_set);
    RUN(test_heater_energy);
    RUN(test_heater_cools);
    RUN(test_skin_converges);
    RUN(test_skin_rests);
    RUN(test_heater_burns);
    return UNIT_RESULT();
}
