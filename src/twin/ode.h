// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_ODE_H
#define TWIN_ODE_H
/*
 * Ordinary differential equations whose steps the error decides, and events at the time
 * at which they happen: ARKODE of SUNDIALS, an explicit method of third order (Bogacki
 * and Shampine), which begins anew at each call. So a state is all that there is to
 * know, and a run from a snapshot is the run.
 *
 * The library is loaded when it is first needed. Each thread has a solver of its own,
 * made at its first call, and takes no memory after it; it is given back when the
 * thread ends.
 */
#include <stddef.h>

enum { ODE_MOST_STATES = 128, ODE_MOST_ROOTS = 8 };

struct ode {
    size_t n_states, n_roots; // up to the above
    /* The rates of all states. */
    void (*rates)(const double *state, const void *context, double *rate);
    /* With n_roots: numbers of which each has its event where it goes through zero,
     * either way; one that does not change has none. */
    void (*roots)(const double *state, const void *context, double *root);
    /* What an error within a step may come to: a share of each state, and in its unit.
     */
    double relative, absolute;
};

/* The library's name if it is not there, else NULL. */
const char *ode_lacks(void);

/*
 * Moves a state on by `span`, or to the first event before that: returns how far, and
 * in events[i] 1 or -1 for each root that went up or down through zero there, else 0.
 * *step is the length to try first, and then the one to try next; 0: the whole span.
 * -1 and the state as it was if no step is small enough, a rate is no number, or the
 * library is not there.
 */
double ode_run(const struct ode *ode, const void *context, double *state, double span,
               double *step, int *events);
#endif
