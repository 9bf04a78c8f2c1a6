// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_ODE_CALLS_H
#define TWIN_ODE_CALLS_H
/*
 * What is called of ARKODE (SUNDIALS 6, as Debian 12 builds it: double precision, 64
 * bit indices). Debian has its headers in a package that brings some three hundred
 * others, so the calls are declared here; tests/unit/ode.c compares them with the
 * headers where those are. SUNContext, N_Vector and the solver's memory are pointers.
 */
#include <stdint.h>

typedef int ode_rates(double t, void *y, void *rate, void *user);
typedef int ode_roots(double t, void *y, double *root, void *user);
typedef void ode_handler(int code, const char *module, const char *function, char *text,
                         void *user);

/* F(result, name, parameters...) */
#define ODE_CALLS(F)                                                                   \
    F(int, SUNContext_Create, void *communicator, void **context)                      \
    F(int, SUNContext_Free, void **context)                                            \
    F(void *, N_VMake_Serial, int64_t n, double *data, void *context)                  \
    F(double *, N_VGetArrayPointer, void *y)                                           \
    F(void, N_VDestroy, void *y)                                                       \
    F(void *, ERKStepCreate, ode_rates *rates, double t, void *y, void *context)       \
    F(int, ERKStepReset, void *memory, double t, void *y)                              \
    F(int, ERKStepSetUserData, void *memory, void *user)                               \
    F(int, ERKStepSetErrHandlerFn, void *memory, ode_handler *handler, void *user)     \
    F(int, ERKStepSetOrder, void *memory, int order)                                   \
    F(int, ERKStepSetMaxNumSteps, void *memory, long most)                             \
    F(int, ERKStepSStolerances, void *memory, double relative, double absolute)        \
    F(int, ERKStepRootInit, void *memory, int n, ode_roots *roots)                     \
    F(int, ERKStepSetInitStep, void *memory, double step)                              \
    F(int, ERKStepSetStopTime, void *memory, double t)                                 \
    F(int, ERKStepEvolve, void *memory, double until, void *y, double *t, int task)    \
    F(int, ERKStepGetRootInfo, void *memory, int *events)                              \
    F(int, ERKStepGetCurrentStep, void *memory, double *step)                          \
    F(void, ERKStepFree, void **memory)
#endif
