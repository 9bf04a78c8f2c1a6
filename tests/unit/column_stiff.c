// SPDX-License-Identifier: Apache-2.0
/*
 * The column as it is integrated (an explicit method of ARKODE, by error) against CVODE
 * (backward differentiation, dense Newton), from the same state with the same moves:
 * composition, pressure and amounts, while the cooling fails, the relief valve opens,
 * or trays run dry. Skipped where SUNDIALS is not installed.
 */
#include <stdlib.h>

#include "tools/kit.h"
#include "twin/column/plant.h"
#include "twin/ode.h"
#include "unit.h"

#if __has_include(<cvode/cvode.h>)
#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunmatrix/sunmatrix_dense.h>

static const struct plant_design design = {.vapour_m3 = 30,
                                           .steam_c = 198,
                                           .reboiler_kw_k = 31,
                                           .coolant_c = 25,
                                           .coolant_kg_s = 60,
                                           .condenser_kw_k = 34,
                                           .relief_mm2 = 4116,
                                           .heel_onset_c = 160};

/* The usual operation, its valves a little off. */
static const struct plant_moves usual = {.reflux = TRAYS_REFLUX,
                                         .distillate = TRAYS_PRODUCT,
                                         .bottoms = TRAYS_PRODUCT,
                                         .feed = 1.02,
                                         .feed_x = 0.48,
                                         .feed_q = 1,
                                         .steam = 0.5,
                                         .coolant = 0.25};

static int right_side(double t, N_Vector y, N_Vector rate, void *moves)
{
    (void)t;
    plant_rates(N_VGetArrayPointer(y), &design, moves, N_VGetArrayPointer(rate));
    return 0;
}

/* Integrates `state` over so many minutes; the number of steps, or 0. */
static long solve(double *state, struct plant_moves moves, double minutes)
{
    SUNContext context = NULL;
    double t = 0;
    long steps = 0;
    SUNContext_Create(NULL, &context);
    N_Vector y = N_VMake_Serial(PLANT_STATES, state, context);
    SUNMatrix matrix = SUNDenseMatrix(PLANT_STATES, PLANT_STATES, context);
    SUNLinearSolver solver = SUNLinSol_Dense(y, matrix, context);
    void *cvode = CVodeCreate(CV_BDF, context);
    CVodeInit(cvode, right_side, 0, y);
    CVodeSStolerances(cvode, 1e-10, 1e-13);
    CVodeSetUserData(cvode, &moves);
    CVodeSetLinearSolver(cvode, solver, matrix);
    CVodeSetMaxNumSteps(cvode, 1000000);
    if (CVode(cvode, minutes, y, &t, CV_NORMAL) == CV_SUCCESS)
        CVodeGetNumSteps(cvode, &steps);
    CVodeFree(&cvode);
    SUNLinSolFree(solver);
    SUNMatDestroy(matrix);
    N_VDestroy(y);
    SUNContext_Free(&context);
    return steps;
}

static void rates(const double *state, const void *moves, double *rate)
{
    plant_rates(state, &design, moves, rate);
}

static const struct ode equations = {PLANT_STATES, 0, rates, NULL, 1e-7, 1e-9};

/* The greatest difference of any state, as a share of the greatest amount. */
static double differs(const struct plant_moves *moves, double minutes)
{
    const double h = 0.02;
    double ours[PLANT_STATES], theirs[PLANT_STATES], most = 0, step = 0;
    column_plant_start(ours, &design, 150);
    memcpy(theirs, ours, sizeof ours);
    for (long i = 0; i < lround(minutes / h); i++)
        CHECK_NEAR(ode_run(&equations, moves, ours, h, &step, NULL), h, 0);
    CHECK(solve(theirs, *moves, minutes) > 0);
    for (int i = 0; i < PLANT_STATES; i++)
        most = fmax(most, fabs(ours[i] - theirs[i]) / fmax(1, fabs(theirs[i])));
    printf("# %.0f min: %.2g\n", minutes, most);
    return most;
}

static void test_usual_operation(void)
{
    CHECK(differs(&usual, 60) < 1e-6);
}

static void test_cooling_fails(void)
{
    struct plant_moves m = usual;
    m.coolant = 0.02;
    CHECK(differs(&m, 5) < 1e-6);
}

static void test_relief_is_open(void)
{
    struct plant_moves m = usual;
    m.coolant = 0;
    m.relief = 1;
    CHECK(differs(&m, 10) < 1e-5);
}

static void test_trays_run_dry(void)
{
    struct plant_moves m = usual;
    m.reflux = 0;
    m.feed = 0;
    CHECK(differs(&m, 3) < 1e-3);
}

int main(void)
{
    RUN(test_usual_operation);
    RUN(test_cooling_fails);
    RUN(test_relief_is_open);
    RUN(test_trays_run_dry);
    return UNIT_RESULT();
}
#else
int main(void)
{
    printf("skip column_stiff: SUNDIALS is not installed (libsundials-dev)\n");
    return 0;
}
#endif
