// SPDX-License-Identifier: Apache-2.0
/* ARKODE; see ode.h. */
#include "twin/ode.h"

#include <assert.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>

#include "base/library.h"
#include "base/mem.h"
#include "twin/ode_calls.h"

static const char library_name[] = "libsundials_arkode.so.5";

/* Set once, before it is used. */
static struct {
    int is_there;
#define F(result, name, ...) result (*name)(__VA_ARGS__);
    ODE_CALLS(F)
#undef F
} ark;

/* The solver of a thread. */
struct solver {
    struct ode ode; // that it is made for
    const void *context;
    void *suncontext, *y, *memory;
    double state[ODE_MOST_STATES];
};

static thread_local struct solver *own;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t at_end; // of a thread

static void solver_empty(struct solver *s)
{
    if (s->memory) ark.ERKStepFree(&s->memory);
    if (s->y) ark.N_VDestroy(s->y);
    if (s->suncontext) ark.SUNContext_Free(&s->suncontext);
}

static void solver_free(void *solver)
{
    solver_empty(solver);
    free(solver);
}

static void load(void)
{
#define F(result, name, ...) {#name, &ark.name},
    static const struct library_call calls[] = {ODE_CALLS(F)};
#undef F
    ark.is_there = pthread_key_create(&at_end, solver_free) == 0 &&
                   LIBRARY_LOAD(library_name, calls);
}

const char *ode_lacks(void)
{
    pthread_once(&once, load);
    return ark.is_there ? NULL : library_name;
}

/* ---- a solver ------------------------------------------------------------------- */

static int rates(double t, void *y, void *rate, void *solver)
{
    const struct solver *s = solver;
    (void)t;
    s->ode.rates(ark.N_VGetArrayPointer(y), s->context, ark.N_VGetArrayPointer(rate));
    return 0;
}

static int roots(double t, void *y, double *root, void *solver)
{
    const struct solver *s = solver;
    (void)t;
    s->ode.roots(ark.N_VGetArrayPointer(y), s->context, root);
    return 0;
}

/* What goes wrong is told by ode_run. */
static void keep_silent(int code, const char *module, const char *function, char *text,
                        void *unused)
{
    (void)code, (void)module, (void)function, (void)text, (void)unused;
}

/* 1 if all is made and set. */
static int solver_make(struct solver *s)
{
    enum { ORDER = 3, MOST_STEPS = 20000 };
    if (ark.SUNContext_Create(NULL, &s->suncontext) != 0) return 0;
    s->y = ark.N_VMake_Serial((int64_t)s->ode.n_states, s->state, s->suncontext);
    if (s->y == NULL) return 0;
    s->memory = ark.ERKStepCreate(rates, 0, s->y, s->suncontext);
    void *m = s->memory;
    return m && ark.ERKStepSetUserData(m, s) == 0 &&
           ark.ERKStepSetErrHandlerFn(m, keep_silent, NULL) == 0 &&
           ark.ERKStepSetOrder(m, ORDER) == 0 &&
           ark.ERKStepSetMaxNumSteps(m, MOST_STEPS) == 0 &&
           ark.ERKStepSStolerances(m, s->ode.relative, s->ode.absolute) == 0 &&
           (s->ode.n_roots == 0 ||
            ark.ERKStepRootInit(m, (int)s->ode.n_roots, roots) == 0);
}

_Static_assert(sizeof(struct ode) ==
                   2 * (sizeof(size_t) + sizeof(void *) + sizeof(double)),
               "no padding: two of them can be compared as bytes");

static struct solver *solver_for(const struct ode *ode)
{
    if (own == NULL) {
        own = mem_alloc(sizeof *own);
        if (pthread_setspecific(at_end, own) != 0) mem_out_of_memory();
    }
    if (own->memory && memcmp(&own->ode, ode, sizeof *ode) == 0) return own;
    solver_empty(own);
    *own = (struct solver){.ode = *ode};
    if (!solver_make(own)) mem_out_of_memory();
    return own;
}

/* ---- steps ---------------------------------------------------------------------- */

/* 1 if it has begun anew. */
static int restart(struct solver *s, double span, double step)
{
    void *m = s->memory;
    return ark.ERKStepReset(m, 0, s->y) == 0 &&
           ark.ERKStepSetInitStep(m, step > 0 ? fmin(step, span) : span) == 0 &&
           ark.ERKStepSetStopTime(m, span) == 0;
}

double ode_run(const struct ode *ode, const void *context, double *state, double span,
               double *step, int *events)
{
    enum { NORMAL = 1, ROOT_RETURN = 2 }; // ARK_NORMAL, ARK_ROOT_RETURN
    if (ode_lacks()) return -1;
    assert(ode->n_states <= ODE_MOST_STATES && ode->n_roots <= ODE_MOST_ROOTS);
    struct solver *s = solver_for(ode);
    double reached = 0;
    s->context = context;
    memcpy(s->state, state, ode->n_states * sizeof *state);
    for (size_t i = 0; i < ode->n_roots; i++)
        events[i] = 0;
    if (!restart(s, span, *step)) return -1;
    int result = ark.ERKStepEvolve(s->memory, span, s->y, &reached, NORMAL);
    if (result < 0 || isnan(s->state[0])) return -1;
    if (result == ROOT_RETURN) ark.ERKStepGetRootInfo(s->memory, events);
    ark.ERKStepGetCurrentStep(s->memory, step);
    memcpy(state, s->state, ode->n_states * sizeof *state);
    return reached;
}
