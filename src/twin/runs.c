// SPDX-License-Identifier: Apache-2.0
/* A rehearsal with what goes beside it; see runs.h. */
#include "twin/runs.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "twin/measured.h"
#include "twin/rehearse_json.h"

/* What was ended early is told as such, and kept only where it is whole. */
static void drop_what_was_ended(struct rehearsal_runs *runs)
{
    if (runs->matrix && runs->matrix->is_stopped) {
        runs->result->is_stopped = 1;
        rehearse_matrix_free(runs->matrix);
        runs->matrix = NULL;
    }
    if (runs->compatibility && runs->compatibility->is_stopped) {
        runs->result->is_stopped = 1;
        compatibility_free(runs->compatibility);
        runs->compatibility = NULL;
    }
}

static int is_stopped(const struct rehearse_plan *plan)
{
    return plan->stop && *plan->stop;
}

void rehearsal_runs_make(struct rehearse_plan *plan, int also,
                         struct rehearsal_runs *runs)
{
    runs->result = rehearse_run(plan);
    if (also & REHEARSAL_MATRIX && !is_stopped(plan))
        runs->matrix = rehearse_matrix_run(runs->result);
    if (also & REHEARSAL_COMPATIBILITY && !is_stopped(plan))
        runs->compatibility = compatibility_run(plan);
    drop_what_was_ended(runs);
}

void rehearsal_fini(struct rehearsal_runs *runs)
{
    compatibility_free(runs->compatibility);
    rehearse_matrix_free(runs->matrix);
    rehearse_free(runs->result);
    cast_free(runs->cast);
    free(runs->measures);
    *runs = (struct rehearsal_runs){0};
}

void rehearsal_document(const struct rehearsal_runs *runs, struct buf *out)
{
    struct json j = json_on(out, 4);
    json_open(&j, '{');
    rehearse_json(runs->result, runs->matrix, runs->compatibility, &j);
    json_close(&j, '}');
}

void rehearsal_json(const void *result, struct json *j)
{
    if (result) measured_json(result, j);
}

const struct cast_play *rehearsal_play(const struct cast *c, const char *incident)
{
    const struct list *all = &c->graph->model->m.incidents;
    for (uint32_t i = 0; i < c->n_plays; i++) {
        const struct incident *x = LIST_AT(*all, struct incident, c->plays[i].incident);
        if (strcmp(x->entry.id, incident) == 0) return &c->plays[i];
    }
    return NULL;
}

/* ---- one run as CSV ------------------------------------------------------------- */

static void put_heads(const struct twin_kind *kind, struct buf *out)
{
    buf_str(out, "time_s");
    for (size_t i = 0; i < kind->n_variables; i++)
        if (kind->variables[i].causality != TWIN_PARAMETER)
            buf_printf(out, ",%s", kind->variables[i].q.name);
    buf_str(out, ",event\n");
}

static void put_row(const struct stage *s, uint32_t *n_marks, struct buf *out)
{
    const struct twin_kind *kind = s->twin.kind;
    const char *separator = "";
    buf_printf(out, "%.9g", s->d.t);
    for (size_t i = 0; i < kind->n_variables; i++)
        if (kind->variables[i].causality != TWIN_PARAMETER)
            buf_printf(out, ",%.9g", twin_get(&s->twin, (int)i));
    buf_char(out, ',');
    for (; *n_marks < s->d.n_marks; ++*n_marks) {
        const struct stage_mark *m = &s->d.marks[*n_marks];
        buf_printf(out, "%s%s@%.6g", separator, mark_name(m->kind), m->t);
        separator = " ";
    }
    buf_char(out, '\n');
}

void rehearsal_trace(const struct stage_plan *plan, struct buf *out)
{
    struct stage *s = mem_alloc(sizeof *s);
    uint32_t n_marks = 0;
    stage_begin(s, plan);
    put_heads(s->twin.kind, out);
    do
        put_row(s, &n_marks, out);
    while (stage_step(s));
    if (n_marks < s->d.n_marks) put_row(s, &n_marks, out);
    stage_fini(s);
    free(s);
}
