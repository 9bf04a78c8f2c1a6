// SPDX-License-Identifier: Apache-2.0
/*
 * Differential equations with known solutions, events at known times, what cannot be
 * integrated; and the calls that we declare ourselves against the library's headers,
 * where those are installed.
 */
#include <math.h>
#include <pthread.h>
#include <string.h>

#include "tools/kit.h"
#include "twin/ode.h"
#include "twin/ode_calls.h"
#include "unit.h"

/* ---- without events ------------------------------------------------------------- */

static void decay(const double *y, const void *rate_constant, double *rate)
{
    rate[0] = -*(const double *)rate_constant * y[0];
}

static const struct ode decays = {1, 0, decay, NULL, 1e-9, 1e-12};

/* exp(-k t), slow and so fast that the step has to be cut. */
static void test_decay(void)
{
    for (double k = 1e-3; k < 1e4; k *= 7) {
        double y = 1, step = 0;
        for (int i = 0; i < 10; i++)
            CHECK_NEAR(ode_run(&decays, &k, &y, 0.05, &step, NULL), 0.05, 0);
        CHECK_NEAR(y, exp(-k * 0.5), 1e-8);
    }
}

static void swing(const double *y, const void *unused, double *rate)
{
    (void)unused;
    rate[0] = y[1];
    rate[1] = -y[0];
}

/* A smaller tolerance is a smaller error, about in proportion. */
static void test_tolerance(void)
{
    double last = 1;
    for (double tolerance = 1e-3; tolerance > 1e-10; tolerance /= 100) {
        const struct ode swings = {2, 0, swing, NULL, tolerance, tolerance};
        double y[2] = {1, 0}, step = 0;
        CHECK_NEAR(ode_run(&swings, NULL, y, 10, &step, NULL), 10, 0);
        double error = hypot(y[0] - cos(10), y[1] + sin(10));
        CHECK(error < 100 * tolerance && error < last / 10);
        last = error;
    }
}

/* ---- events --------------------------------------------------------------------- */

/* A ball thrown up: height and speed, 9.81 m/s2. */
static void fly(const double *y, const void *unused, double *rate)
{
    (void)unused;
    rate[0] = y[1];
    rate[1] = -9.81;
}

/* Passes the height of the hand and of the branch. */
static void pass(const double *y, const void *branch_m, double *root)
{
    root[0] = y[0];
    root[1] = y[0] - *(const double *)branch_m;
}

static const struct ode ball = {2, 2, fly, pass, 1e-10, 1e-12};

/* Up past a branch at 2 m, down past it again, and to the hand: each at its time. */
static void test_events(void)
{
    const double branch_m = 2, v = 10, g = 9.81, root = sqrt(v * v - 2 * g * branch_m);
    const double times[] = {(v - root) / g, (v + root) / g, 2 * v / g};
    const int which[] = {1, 1, 0}, ways[] = {1, -1, -1};
    double y[2] = {0, v}, t = 0, step = 0;
    for (int i = 0; i < 3; i++) {
        int events[2];
        t += ode_run(&ball, &branch_m, y, 5 - t, &step, events);
        CHECK_NEAR(t, times[i], 1e-8);
        CHECK_INT(events[which[i]], ways[i]);
        CHECK_INT(events[!which[i]], 0);
    }
}

static void test_no_event(void)
{
    const double branch_m = 100;
    double y[2] = {1, 10}, step = 0;
    int events[2] = {7, 7};
    CHECK_NEAR(ode_run(&ball, &branch_m, y, 1, &step, events), 1, 0);
    CHECK(events[0] == 0 && events[1] == 0);
}

/* ---- what cannot be integrated -------------------------------------------------- */

static void blow_up(const double *y, const void *unused, double *rate)
{
    (void)unused;
    rate[0] = y[0] * y[0];
}

static void no_number(const double *y, const void *unused, double *rate)
{
    (void)y, (void)unused;
    rate[0] = (double)NAN;
}

/* 1 / (1 - t) ends at 1. */
static void test_failures(void)
{
    const struct ode ends = {1, 0, blow_up, NULL, 1e-9, 1e-12},
                     none = {1, 0, no_number, NULL, 1e-9, 1e-12};
    double y = 1, step = 0;
    CHECK_NEAR(ode_run(&ends, NULL, &y, 2, &step, NULL), -1, 0);
    CHECK_NEAR(y, 1, 0);
    step = 0;
    CHECK_NEAR(ode_run(&none, NULL, &y, 2, &step, NULL), -1, 0);
    CHECK_NEAR(y, 1, 0);
    step = 0;
    CHECK_NEAR(ode_run(&ends, NULL, &y, 0.5, &step, NULL), 0.5, 0);
    CHECK_NEAR(y, 2, 1e-7);
}

/* ---- threads -------------------------------------------------------------------- */

static void *swing_long(void *state)
{
    static const struct ode swings = {2, 0, swing, NULL, 1e-6, 1e-9};
    double *y = state, step = 0;
    for (int i = 0; i < 1000; i++)
        ode_run(&swings, NULL, y, 0.1, &step, NULL);
    return NULL;
}

/* Threads do not see each other, and end without leaving anything behind. */
static void test_threads(void)
{
    enum { N = 3 };
    pthread_t threads[N];
    double y[N][2];
    for (int i = 0; i < N; i++) {
        y[i][0] = 1;
        y[i][1] = 0;
        REQUIRE(pthread_create(&threads[i], NULL, swing_long, y[i]) == 0);
    }
    for (int i = 0; i < N; i++)
        pthread_join(threads[i], NULL);
    for (int i = 1; i < N; i++)
        CHECK(memcmp(y[i], y[0], sizeof y[0]) == 0);
}

/* ---- declarations --------------------------------------------------------------- */

#if __has_include(<arkode/arkode_erkstep.h>)
#include <arkode/arkode_erkstep.h>
#include <nvector/nvector_serial.h>

static void test_declarations(void)
{
    _Static_assert(sizeof(realtype) == sizeof(double), "double precision");
    _Static_assert(sizeof(sunindextype) == sizeof(int64_t), "64 bit indices");
    int (*evolve)(void *, double, N_Vector, double *, int) = ERKStepEvolve;
    int (*reset)(void *, double, N_Vector) = ERKStepReset;
    int (*roots)(void *, int, ARKRootFn) = ERKStepRootInit;
    int (*tolerances)(void *, double, double) = ERKStepSStolerances;
    int (*most)(void *, long) = ERKStepSetMaxNumSteps;
    int (*current)(void *, double *) = ERKStepGetCurrentStep;
    N_Vector (*make)(int64_t, double *, SUNContext) = N_VMake_Serial;
    void *(*create)(ARKRhsFn, double, N_Vector, SUNContext) = ERKStepCreate;
    int (*context)(void *, SUNContext *) = SUNContext_Create;
    CHECK(evolve && reset && roots && tolerances && most && current && make && create &&
          context);
    CHECK_INT(ARK_NORMAL, 1);
    CHECK_INT(ARK_ROOT_RETURN, 2);
}
#else
static void test_declarations(void)
{
    printf("# the library's headers are not installed (libsundials-dev)\n");
}
#endif

int main(void)
{
    CHECK(ode_lacks() == NULL);
    RUN(test_decay);
    RUN(test_tolerance);
    RUN(test_events);
    RUN(test_no_event);
    RUN(test_failures);
    RUN(test_threads);
    RUN(test_declarations);
    return UNIT_RESULT();
}
