// SPDX-License-Identifier: Apache-2.0
/* The harness; see twin.h. */
#include "twin/twin.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

extern const struct twin_kind twin_column;
extern const struct twin_kind twin_drone;
extern const struct twin_kind twin_heater;
extern const struct twin_kind twin_monitor;
extern const struct twin_kind twin_warehouse;
extern const struct twin_kind twin_weldcell;

const struct twin_kind *const twin_kinds[] = {&twin_column,    &twin_drone,
                                              &twin_heater,    &twin_monitor,
                                              &twin_warehouse, &twin_weldcell};
const size_t n_twin_kinds = TWIN_COUNT(twin_kinds);

const struct twin_kind *twin_find(const char *name)
{
    for (size_t i = 0; i < n_twin_kinds; i++)
        if (strcmp(twin_kinds[i]->name, name) == 0) return twin_kinds[i];
    return NULL;
}

const char *twin_lacks(const struct twin_kind *kind)
{
    return kind->lacks ? kind->lacks() : NULL;
}

static double *place(const struct twin *t, int variable)
{
    return (double *)(void *)((char *)t->state + t->kind->variables[variable].offset);
}

struct twin twin_new(const struct twin_kind *kind)
{
    struct twin t = {.kind = kind, .state = mem_alloc(kind->size)};
    twin_reset(&t);
    return t;
}

void twin_reset(struct twin *t)
{
    memset(t->state, 0, t->kind->size);
    for (size_t i = 0; i < t->kind->n_variables; i++)
        *place(t, (int)i) = t->kind->variables[i].q.start;
    t->n_steps = 0;
    t->is_started = 0;
}

void twin_fini(struct twin *t)
{
    free(t->state);
    t->state = NULL;
}

int twin_variable(const struct twin_kind *kind, const char *name)
{
    for (size_t i = 0; i < kind->n_variables; i++)
        if (strcmp(kind->variables[i].q.name, name) == 0) return (int)i;
    return -1;
}

double twin_get(const struct twin *t, int variable)
{
    return *place(t, variable);
}

enum twin_wrong twin_set(struct twin *t, int variable, double value)
{
    const struct twin_variable *v = &t->kind->variables[variable];
    if (v->causality == TWIN_OUTPUT) return TWIN_NOT_SETTABLE;
    if (v->causality == TWIN_PARAMETER && t->is_started) return TWIN_NOT_NOW;
    if (!(value >= v->q.least && value <= v->q.most)) return TWIN_OUT_OF_RANGE;
    *place(t, variable) = value;
    return TWIN_FINE;
}

double twin_time(const struct twin *t)
{
    return (double)t->n_steps * t->kind->step_s;
}

static int is_sound(const struct twin *t)
{
    for (size_t i = 0; i < t->kind->n_variables; i++)
        if (isnan(*place(t, (int)i))) return 0;
    return 1;
}

int twin_step(struct twin *t)
{
    return twin_steps(t, 1);
}

int twin_steps(struct twin *t, uint64_t n)
{
    if (!t->is_started) t->kind->start(t->state);
    t->is_started = 1;
    for (uint64_t i = 0; i < n; i++) {
        t->kind->step(t->state, twin_time(t), t->kind->step_s);
        t->n_steps++;
    }
    return is_sound(t);
}

void twin_save(const struct twin *t, void *bytes)
{
    memcpy(bytes, t->state, t->kind->size);
}

void twin_restore(struct twin *t, const void *bytes, uint64_t n_steps)
{
    memcpy(t->state, bytes, t->kind->size);
    t->n_steps = n_steps;
    t->is_started = n_steps > 0;
}
