// SPDX-License-Identifier: Apache-2.0
/* A bare run of a twin; see twin_run.h. */
#include "page/twin_run.h"

#include <math.h>
#include <string.h>

const char *twin_columns(const struct twin_kind *kind, const char *words, int *columns,
                         size_t *n)
{
    *n = 0;
    for (size_t i = 0; words == NULL && i < kind->n_variables; i++)
        if (kind->variables[i].causality == TWIN_OUTPUT) columns[(*n)++] = (int)i;
    while (words && *words) {
        char name[64] = "";
        size_t len = strcspn(words, ",");
        if (len < sizeof name) memcpy(name, words, len);
        int variable = twin_variable(kind, name);
        if (variable < 0 || *n >= kind->n_variables) return words;
        columns[(*n)++] = variable;
        words += len + (words[len] == ',');
    }
    return NULL;
}

uint64_t twin_steps_until(const struct twin_kind *kind, double until_s)
{
    return (uint64_t)floor(until_s / kind->step_s + 1e-9);
}

static void put_row(const struct twin *t, const int *columns, size_t n, struct buf *out)
{
    buf_printf(out, "%.9g", twin_time(t));
    for (size_t i = 0; i < n; i++)
        buf_printf(out, ",%.9g", twin_get(t, columns[i]));
    buf_char(out, '\n');
}

int twin_run(struct twin *t, uint64_t n_steps, const int *columns, size_t n,
             struct buf *out)
{
    buf_str(out, "time_s");
    for (size_t i = 0; i < n; i++)
        buf_printf(out, ",%s", t->kind->variables[columns[i]].q.name);
    buf_char(out, '\n');
    while (t->n_steps < n_steps) {
        if (!twin_step(t)) return 0;
        put_row(t, columns, n, out);
    }
    return 1;
}
