// SPDX-License-Identifier: Apache-2.0
/*
 * No attack, no harm: ordinary days of every use case come to no level of any rule of
 * its rehearsal, with no measures and with all of them that exclude no other. A sample
 * in `make check`; SOAK_DAYS says how many days, and `make soak` asks for 1,000.
 */
#include <stdlib.h>

#include "tools/kit.h"
#include "twin/rehearse.h"
#include "unit.h"

static struct catalog *catalog;
static uint64_t seed;

struct running {
    const char *name;
    struct model *model;
    struct graph *graph;
    struct cast *cast;
};

static struct running open_system(const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "usecases/%s/model.yaml", name);
    struct running s = {name, model_read(path), NULL, NULL};
    catalog_bind(catalog, s.model);
    cast_bind(s.model);
    diag_print(&s.model->diags, stdout, (struct diag_view){0});
    if (s.model->diags.n_errors == 0) s.graph = graph_build(s.model, catalog);
    if (s.graph) s.cast = cast_new(s.graph);
    return s;
}

static void close_system(struct running *s)
{
    cast_free(s->cast);
    graph_free(s->graph);
    model_free(s->model);
}

static uint64_t days(void)
{
    const char *given = getenv("SOAK_DAYS");
    return given ? strtoull(given, NULL, 10) : 12;
}

/* The first rule that the outcomes of a day come to a level by, as a message. */
static void judge(const struct running *s, const double *outcomes, uint64_t world,
                  const char *set)
{
    const struct model_data *m = &s->model->m;
    struct run_levels *levels = mem_alloc((m->stakeholders.n + 1) * sizeof *levels);
    for (uint32_t i = 0; i < m->incidents.n; i++) {
        levels_of(s->cast, i, outcomes, levels);
        for (uint32_t k = 0; k < m->stakeholders.n; k++) {
            char text[256];
            snprintf(text, sizeof text, "%s, %s, world %llu: %s of %s is none (%d, %d)",
                     s->name, set, (unsigned long long)world,
                     LIST_AT(m->stakeholders, struct stakeholder, k)->entry.id,
                     LIST_AT(m->incidents, struct incident, i)->entry.id,
                     levels[k].recovery, levels[k].economic);
            unit_check(__FILE__, __LINE__,
                       levels[k].recovery == LEVEL_NONE &&
                           levels[k].economic == LEVEL_NONE,
                       text);
        }
    }
    free(levels);
}

static void run_days(const struct running *s, const uint8_t *measures, const char *set)
{
    struct stage *stage = mem_alloc(sizeof *stage);
    for (uint64_t i = 0; i < days() && unit_n_wrong < 5; i++) {
        struct stage_plan plan = {.cast = s->cast,
                                  .measures = measures,
                                  .emergency = -1,
                                  .seed = seed,
                                  .world = i,
                                  .begins_s = -1};
        stage_begin(stage, &plan);
        stage_run(stage);
        CHECK(stage->wrong == NULL);
        judge(s, stage->d.outcomes, i, set);
    }
    stage_fini(stage);
    free(stage);
}

/* All measures, but of those that exclude each other only the first. */
static uint8_t *all_measures(const struct model *m)
{
    uint8_t *set = mem_alloc(m->m.measures.n + 1);
    for (uint32_t i = 0; i < m->m.measures.n; i++) {
        const struct measure *x = LIST_AT(m->m.measures, struct measure, i);
        set[i] = 1;
        for (uint32_t k = 0; k < i; k++)
            if (set[k] &&
                (refs_have(&x->conflicts, k) ||
                 refs_have(&LIST_AT(m->m.measures, struct measure, k)->conflicts, i)))
                set[i] = 0;
    }
    return set;
}

static void check_system(const char *name)
{
    struct running s = open_system(name);
    CHECK(s.cast != NULL);
    if (s.cast) {
        uint8_t *set = all_measures(s.model);
        run_days(&s, NULL, "no measures");
        run_days(&s, set, "all measures");
        free(set);
    }
    close_system(&s);
}

static void test_column(void)
{
    check_system("distillation");
}

static void test_drone(void)
{
    check_system("drone");
}

static void test_heater(void)
{
    check_system("gas-water-heater");
}

static void test_monitor(void)
{
    check_system("condition-monitoring");
}

static void test_warehouse(void)
{
    check_system("warehouse-agv");
}

static void test_weldcell(void)
{
    check_system("welding-robot");
}

int main(void)
{
    catalog = catalog_read(NULL);
    seed = kit_seed();
    RUN(test_column);
    RUN(test_drone);
    RUN(test_heater);
    RUN(test_monitor);
    RUN(test_warehouse);
    RUN(test_weldcell);
    catalog_free(catalog);
    return UNIT_RESULT();
}
