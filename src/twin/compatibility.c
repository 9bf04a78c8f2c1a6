// SPDX-License-Identifier: Apache-2.0
/*
 * Whether safety functions meet their demand without any attack, with no measure, with
 * each one alone and with the sets that the model proposes; see rehearse.h. Every set
 * is run in the same worlds.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/share.h"
#include "twin/rehearse.h"

/* The values of the demanded outcome in the worlds of one row. */
struct emergency_runs {
    const struct compatibility *c;
    const uint8_t *measures;
    int emergency;
    struct stage_demand *demands; // by world
    struct stage *stages;         // by thread
};

static void run_piece(void *with, unsigned worker, uint64_t piece)
{
    struct emergency_runs *e = with;
    struct stage *s = &e->stages[worker];
    struct stage_plan plan = {.cast = e->c->cast,
                              .measures = e->measures,
                              .is_certain = 1,
                              .emergency = e->emergency,
                              .seed = e->c->seed,
                              .world = piece,
                              .begins_s = -1};
    stage_begin(s, &plan);
    stage_run(s);
    e->demands[piece] = stage_demand(s, e->emergency);
}

static void judge(struct compatibility *c, const char *set,
                  const struct emergency_runs *e)
{
    struct compatibility_row *row = mem_push(&c->rows, &c->n, &c->cap, sizeof *row);
    *row = (struct compatibility_row){.set = set, .emergency = e->emergency};
    double farthest = -HUGE_VAL;
    for (uint64_t i = 0; i < c->runs; i++) {
        const struct stage_demand *d = &e->demands[i];
        row->n_failed += !(d->value <= d->most);
        if (!(d->value - d->most > farthest)) continue;
        farthest = d->value - d->most;
        row->worst = d->value;
        row->most = d->most;
        row->world = i;
    }
}

static void run_set(struct compatibility *c, const struct rehearse_plan *plan,
                    const char *set, const uint8_t *measures)
{
    struct emergency_runs e = {.c = c, .measures = measures};
    e.demands = mem_alloc((size_t)c->runs * sizeof *e.demands);
    e.stages = mem_alloc(plan->threads * sizeof *e.stages);
    for (size_t k = 0; k < c->cast->scenario->n_emergencies && !c->is_stopped; k++) {
        struct share work = {.threads = plan->threads,
                             .n = c->runs,
                             .piece = run_piece,
                             .with = &e,
                             .stop = plan->stop};
        e.emergency = (int)k;
        uint64_t n_done = share_out(&work);
        c->n_runs += n_done;
        c->is_stopped |= n_done < c->runs;
        if (!c->is_stopped) judge(c, set, &e);
    }
    for (unsigned i = 0; i < plan->threads; i++)
        stage_fini(&e.stages[i]);
    free(e.stages);
    free(e.demands);
}

/* The measures whose status is at least this. */
static void choose(const struct model *m, int status, uint8_t *set)
{
    for (uint32_t i = 0; i < m->m.measures.n; i++) {
        uint8_t own = LIST_AT(m->m.measures, struct measure, i)->status;
        set[i] = (own ? own : STATUS_PROPOSED) >= status;
    }
}

struct compatibility *compatibility_run(const struct rehearse_plan *plan)
{
    static const struct {
        const char *name;
        int status;
    } sets[] = {
        {"in-force", STATUS_IMPLEMENTED},
        {"decided",  STATUS_DECIDED    },
        {"all",      STATUS_PROPOSED   }
    };
    const struct model *m = plan->cast->graph->model;
    struct compatibility *c = mem_alloc(sizeof *c);
    uint8_t *set = mem_alloc(m->m.measures.n + 1);
    *c = (struct compatibility){
        .cast = plan->cast, .seed = plan->seed, .runs = plan->runs};
    run_set(c, plan, "none", NULL);
    for (uint32_t i = 0; i < m->m.measures.n; i++) {
        if (!cast_acts_of(plan->cast, i)) continue;
        memset(set, 0, m->m.measures.n);
        set[i] = 1;
        run_set(c, plan, LIST_AT(m->m.measures, struct measure, i)->entry.id, set);
    }
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        choose(m, sets[i].status, set);
        run_set(c, plan, sets[i].name, set);
    }
    free(set);
    return c;
}

void compatibility_free(struct compatibility *c)
{
    if (c == NULL) return;
    free(c->rows);
    free(c);
}

int compatibility_breaks(const struct compatibility *c,
                         const struct compatibility_row *r)
{
    return r->n_failed > c->rows[r->emergency].n_failed;
}
