// SPDX-License-Identifier: Apache-2.0
#ifndef TESTS_TOOLS_TWIN_H
#define TESTS_TOOLS_TWIN_H
/* What the tests of twins share. Include it after unit.h. */
#include <math.h>

#include "twin/twin.h"

/* The value of a variable; NAN if there is none of that name. */
static inline double get(const struct twin *t, const char *name)
{
    int variable = twin_variable(t->kind, name);
    return variable < 0 ? (double)NAN : twin_get(t, variable);
}

static inline void set(struct twin *t, const char *name, double value)
{
    CHECK_INT(twin_set(t, twin_variable(t->kind, name), value), TWIN_FINE);
}

static inline void run_until(struct twin *t, double seconds)
{
    while (twin_time(t) < seconds)
        REQUIRE(twin_step(t));
}
#endif
