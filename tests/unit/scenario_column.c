// SPDX-License-Identifier: Apache-2.0
/*
 * The shift at the column and the incidents of the distillation process on it: nothing
 * happens without an attack, each incident reaches the levels that physics gives it,
 * measures lower them, safety functions do their work, and a run is a function of its
 * world.
 */
#include "unit.h"

#include <stdlib.h>

#include "assess/assess.h"
#include "twin/rehearse.h"

#define USE_CASE "usecases/distillation/model.yaml"

static struct catalog *catalog;
static struct model *model;
static struct graph *graph;
static struct cast *cast;
static struct stage *stage;
static uint8_t *decided, *one;

static const struct measure *measure_at(uint32_t i)
{
    return LIST_AT(model->m.measures, struct measure, i);
}

/* Casts the model, which is then the one that tests look at. */
static int open_model(struct model *of)
{
    model = of;
    catalog_bind(catalog, model);
    cast_bind(model);
    if (model->diags.n_errors) return 0;
    graph = graph_build(model, catalog);
    cast = graph ? cast_new(graph) : NULL;
    decided = mem_alloc(model->m.measures.n + 1);
    one = mem_alloc(model->m.measures.n + 1);
    for (uint32_t i = 0; i < model->m.measures.n; i++)
        decided[i] = measure_at(i)->status >= STATUS_DECIDED;
    return cast != NULL;
}

static void close_model(void)
{
    stage_fini(stage);
    cast_free(cast);
    graph_free(graph);
    model_free(model);
    free(decided);
    free(one);
}

/* ---- by name */

static uint32_t outcome(const char *name)
{
    for (uint32_t i = 0; i < cast_n_outcomes(cast->scenario); i++)
        if (strcmp(cast_outcome(cast->scenario, i)->q.name, name) == 0) return i;
    CHECK(name == NULL); // there is none
    return 0;
}

static uint32_t incident(const char *id)
{
    for (uint32_t i = 0; i < model->m.incidents.n; i++)
        if (strcmp(LIST_AT(model->m.incidents, struct incident, i)->entry.id, id) == 0)
            return i;
    CHECK(id == NULL);
    return 0;
}

static uint32_t stakeholder(const char *id)
{
    for (uint32_t i = 0; i < model->m.stakeholders.n; i++)
        if (strcmp(LIST_AT(model->m.stakeholders, struct stakeholder, i)->entry.id,
                   id) == 0)
            return i;
    CHECK(id == NULL);
    return 0;
}

static uint32_t measure(const char *id)
{
    for (uint32_t i = 0; i < model->m.measures.n; i++)
        if (strcmp(measure_at(i)->entry.id, id) == 0) return i;
    CHECK(id == NULL);
    return 0;
}

/* A set of one measure, which holds in every world. */
static const uint8_t *only(const char *id)
{
    memset(one, 0, model->m.measures.n);
    one[measure(id)] = 1;
    cast->holds[measure(id)] = 1;
    return one;
}

static struct stage_plan plan_of(const char *of, uint64_t world)
{
    struct stage_plan p = {
        .cast = cast, .emergency = -1, .seed = 7, .world = world, .begins_s = -1};
    for (uint32_t i = 0; of && i < cast->n_plays; i++)
        if (cast->plays[i].incident == incident(of)) p.play = &cast->plays[i];
    return p;
}

static double run(const struct stage_plan *p, const char *name)
{
    stage_begin(stage, p);
    stage_run(stage);
    CHECK(stage->wrong == NULL);
    return stage->d.outcomes[outcome(name)];
}

static struct rehearse_result *rehearse(const char *of, const uint8_t *measures,
                                        uint64_t runs)
{
    struct rehearse_plan p = {
        .cast = cast,
        .sets = {NULL, measures},
        .n_sets = 2,
        .incident = incident(of),
        .seed = 1,
        .runs = runs,
        .threads = 2,
        .begins_s = -1
    };
    return rehearse_run(&p);
}

/* ---- no attack */

static void test_ordinary(void)
{
    for (uint64_t world = 0; world < 60; world++) {
        struct stage_plan p = plan_of(NULL, world);
        p.measures = world % 2 ? decided : NULL;
        CHECK_NEAR(run(&p, "trip"), 0, 0);
        for (uint32_t i = 0; i < cast_n_outcomes(cast->scenario); i++)
            if (i != outcome("peak_kpag")) CHECK_NEAR(stage->d.outcomes[i], 0, 0);
        CHECK_NEAR(stage->d.outcomes[outcome("peak_kpag")], 48.7, 0.5);
    }
}

/* ---- levels */

struct reached {
    const char *incident, *stakeholder;
    int recovery, economic; // measured without measures
    int with_r, with_e;     // and with those decided
    uint64_t runs;
};
enum { N = LEVEL_NONE, L = LEVEL_LIMITED, S = LEVEL_SERIOUS, W = LEVEL_WORST };

/* As the document has it, but for residents (broken windows, not grave injuries) and
 * for the stop that a missing warning means for the plant operator. */
static const struct reached levels[] = {
    {"data-leak",        "plant-operator",    S, L, S, L, 20 },
    {"data-leak",        "residents",         N, N, N, N, 20 },
    {"explosion",        "plant-operator",    W, W, S, W, 120},
    {"explosion",        "residents",         L, S, L, S, 120},
    {"plant-stop",       "plant-operator",    L, W, L, W, 40 },
    {"missing-warning",  "integrator",        L, L, L, L, 20 },
    {"missing-warning",  "plant-operator",    L, L, L, L, 20 },
    {"update-malware",   "plant-engineering", L, S, L, S, 20 },
    {"update-malware",   "plant-operator",    L, S, L, S, 20 },
    {"off-spec-product", "plant-operator",    L, S, L, S, 40 },
};

static int level(const struct rehearse_result *r, int set, const char *of, int axis)
{
    uint64_t counts[N_LEVELS] = {0};
    rehearse_levels(r, &r->items[0], set, stakeholder(of), axis, counts);
    return rehearse_measured(counts);
}

static void test_levels(void)
{
    struct rehearse_result *r = NULL;
    for (size_t i = 0; i < TWIN_COUNT(levels); i++) {
        const struct reached *x = &levels[i];
        if (i == 0 || strcmp(levels[i - 1].incident, x->incident) != 0) {
            rehearse_free(r);
            r = rehearse(x->incident, decided, x->runs);
            REQUIRE(r->n == 1);
        }
        CHECK_INT(level(r, 0, x->stakeholder, 0), x->recovery);
        CHECK_INT(level(r, 0, x->stakeholder, 1), x->economic);
        CHECK_INT(level(r, 1, x->stakeholder, 0), x->with_r);
        CHECK_INT(level(r, 1, x->stakeholder, 1), x->with_e);
    }
    rehearse_free(r);
}

/* Every incident of the model has a play. */
static void test_plays(void)
{
    CHECK_INT(cast->n_plays, model->m.incidents.n);
}

struct lowers {
    const char *incident, *measure, *outcome;
    double to; // share of what it is without, at most
};
static const struct lowers lowers[] = {
    {"explosion",        "log-analysis",            "burst",            0.01},
    {"explosion",        "c-relief-review",         "burst",            0.01},
    {"explosion",        "c-hardwired-trip",        "burst",            0.01},
    {"explosion",        "c-hardwired-trip",        "let_off_kg",       0.1 },
    {"explosion",        "c-heat-limit",            "burst",            0.01},
    {"explosion",        "c-locked-safety-program", "burst",            0.01},
    {"explosion",        "c-stop-procedure",        "let_off_kg",       0.9 },
    {"explosion",        "c-catch-tank",            "let_off_kg",       0.01},
    {"plant-stop",       "security-manager",        "stop_h",           0.9 },
    {"plant-stop",       "c-offline-backup",        "stop_h",           0.6 },
    {"plant-stop",       "c-restoration-contract",  "dry_h",            0.01},
    {"plant-stop",       "c-customer-stock",        "dry_h",            0.01},
    {"update-malware",   "c-signed-programs",       "stop_h",           0.01},
    {"off-spec-product", "c-set-point-sealing",     "shipped_kmol",     0.01},
    {"off-spec-product", "log-analysis",            "shipped_kmol",     0.01},
    {"data-leak",        "c-encrypted-files",       "personal_records", 0.01},
};

static void test_measures(void)
{
    for (size_t i = 0; i < TWIN_COUNT(lowers); i++) {
        const struct lowers *x = &lowers[i];
        struct rehearse_result *r = rehearse(x->incident, only(x->measure), 9);
        double before = rehearse_outcome(r, &r->items[0], 0, outcome(x->outcome)).mean;
        double after = rehearse_outcome(r, &r->items[0], 1, outcome(x->outcome)).mean;
        CHECK(before > 0);
        CHECK(after <= x->to * before);
        rehearse_free(r);
    }
}

/* ---- safety functions */

static void set_parameter(const char *name, double value)
{
    CHECK_INT(twin_set(&stage->twin, twin_variable(stage->twin.kind, name), value),
              TWIN_FINE);
}

static void test_emergencies(void)
{
    const struct scenario *sc = cast->scenario;
    const uint8_t *sets[] = {NULL, decided};
    for (size_t e = 0; e < sc->n_emergencies; e++)
        for (uint64_t world = 0; world < 12; world++) {
            struct stage_plan p = plan_of(NULL, world);
            p.emergency = (int)e;
            p.measures = sets[world % 2];
            run(&p, "trip");
            struct stage_demand demand = stage_demand(stage, (int)e);
            CHECK(demand.value <= demand.most);
        }
}

/* A design with other pressures is held to its own: what is demanded moves with them,
 * and a trip above the relief valve comes too late. */
static void test_other_designs(void)
{
    enum { COOLING = 2, SIS = 4 };
    const struct {
        double trip_kpag, relief_kpag;
        int is_met;
    } cases[] = {
        {400, 500, 1},
        {600, 500, 0}
    };
    for (size_t i = 0; i < TWIN_COUNT(cases); i++) {
        struct stage_plan p = plan_of(NULL, 0);
        p.emergency = COOLING;
        stage_begin(stage, &p);
        set_parameter("sis_trip_kpag", cases[i].trip_kpag);
        set_parameter("relief_set_kpag", cases[i].relief_kpag);
        stage_run(stage);
        struct stage_demand demand = stage_demand(stage, COOLING);
        CHECK_NEAR(demand.most, cases[i].relief_kpag - 0.1, 1e-9);
        CHECK_INT(demand.value <= demand.most, cases[i].is_met);
    }
}

/* Each emergency is one: what fails is felt. */
static void test_what_fails(void)
{
    enum { COOLING = 2, SENSOR, SIS, BUTTON };
    for (int e = COOLING; e <= BUTTON; e++) {
        struct stage_plan p = plan_of(NULL, 0);
        p.emergency = e;
        double peak = run(&p, "peak_kpag");
        double trip = stage->d.outcomes[outcome("trip")];
        CHECK(e == BUTTON ? peak < 60 : peak > 250);
        CHECK_NEAR(trip, e == COOLING || e == SENSOR, 0);
        CHECK((stage->d.outcomes[outcome("relief_kg")] > 0) == (e == SIS));
        CHECK((stage->d.outcomes[outcome("stops_after_s")] > 0) == (e == BUTTON));
    }
}

/* A valve that is taken away by mistake is told, alone and in no other emergency. */
static void test_broken_measure(void)
{
    uint32_t m = measure("c-relief-review");
    for (size_t i = 0; i < cast->n_acts; i++)
        if (cast->acts[i].measure == m) cast->acts[i].value = 0;
    only("c-relief-review");
    struct rehearse_plan p = {
        .cast = cast, .n_sets = 1, .seed = 1, .runs = 1, .threads = 2, .begins_s = -1};
    struct compatibility *c = compatibility_run(&p);
    int told = 0;
    for (size_t i = 0; i < c->n; i++) {
        const struct compatibility_row *r = &c->rows[i];
        if (strcmp(r->set, "c-relief-review") == 0 && compatibility_breaks(c, r))
            told |= 1 << r->emergency;
        if (strcmp(r->set, "none") == 0 || strcmp(r->set, "decided") == 0)
            CHECK_INT(r->n_failed, 0);
    }
    CHECK_INT(told, 1 << 4); // sis_fails
    compatibility_free(c);
}

/* More area never means a higher peak, but for what replies that come a little earlier
 * or later add; one that is large enough holds the set pressure. Peaks are of the
 * scans. */
static void test_relief_area(void)
{
    const double areas[] = {800, 1300, 2100, 3400, 5500, 8900, 16774}, set_kpag = 350,
                 step_kpa = 5;
    uint32_t m = measure("c-relief-review");
    for (uint64_t world = 0; world < 2; world++) {
        double last = HUGE_VAL;
        for (size_t i = 0; i < TWIN_COUNT(areas); i++) {
            struct stage_plan p = plan_of("explosion", world);
            p.measures = only("c-relief-review");
            for (size_t k = 0; k < cast->n_acts; k++)
                if (cast->acts[k].measure == m) cast->acts[k].value = areas[i];
            double peak = run(&p, "peak_kpag");
            CHECK(peak <= last + step_kpa);
            last = fmin(last, peak);
        }
        CHECK(last <= set_kpag + 0.1 && last > set_kpag * (1 - 0.07));
    }
}

/* ---- runs */

static void test_again(void)
{
    for (uint32_t i = 0; i < cast->n_plays; i++) {
        struct stage_plan p = plan_of(NULL, 3);
        double first[STAGE_MOST_OUTCOMES + N_GENERAL_OUTCOMES];
        p.play = &cast->plays[i];
        run(&p, "trip");
        memcpy(first, stage->d.outcomes, sizeof first);
        run(&p, "trip");
        CHECK(memcmp(first, stage->d.outcomes, sizeof first) == 0);
    }
}

static void test_snapshot(void)
{
    struct stage_plan p = plan_of("explosion", 5);
    stage_begin(stage, &p);
    for (int i = 0; i < 905; i++)
        CHECK(stage_step(stage));
    size_t size = stage_size(stage);
    unsigned char *before = mem_alloc(size), *end = mem_alloc(size),
                  *again = mem_alloc(size);
    stage_save(stage, before);
    stage_run(stage);
    stage_save(stage, end);
    stage_restore(stage, before);
    stage_run(stage);
    stage_save(stage, again);
    CHECK(memcmp(end, again, size) == 0);
    CHECK(memcmp(before, end, size) != 0);
    free(before);
    free(end);
    free(again);
}

int main(void)
{
    catalog = assess_read_catalog(NULL);
    stage = mem_alloc(sizeof *stage);
    if (!open_model(model_read(USE_CASE))) return 1;
    RUN(test_plays);
    RUN(test_ordinary);
    RUN(test_levels);
    RUN(test_emergencies);
    RUN(test_other_designs);
    RUN(test_what_fails);
    RUN(test_again);
    RUN(test_snapshot);
    RUN(test_measures);
    RUN(test_relief_area);
    RUN(test_broken_measure);
    close_model();
    free(stage);
    catalog_free(catalog);
    return UNIT_RESULT();
}
