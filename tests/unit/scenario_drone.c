// SPDX-License-Identifier: Apache-2.0
/*
 * The flight of the drone's scenario, and the rehearsal of its use case: nobody is hurt
 * without an attack, each incident reaches what is pinned here, measures lower it,
 * safety functions meet their demand, and a world is a function of its number.
 */
#include "unit.h"

#include <math.h>

#include "tools/kit.h"
#include "twin/rehearse.h"

enum { NONE = LEVEL_NONE, LIMITED = LEVEL_LIMITED, SERIOUS = LEVEL_SERIOUS };

static struct catalog *catalog;
static struct model *model;
static struct graph *graph;
static struct cast *cast;
static uint8_t *decided, *one;

static void open_use_case(void)
{
    const struct asset *of[64];
    size_t n = kit_usecases(of, 64);
    catalog = catalog_read(NULL);
    for (size_t i = 0; i < n; i++)
        if (strcmp(of[i]->path, "usecases/drone/model.yaml") == 0)
            model =
                model_read_text(of[i]->path, (const char *)of[i]->bytes, of[i]->len);
    REQUIRE(model != NULL);
    catalog_bind(catalog, model);
    cast_bind(model);
    REQUIRE(model->diags.n_errors == 0);
    graph = graph_build(model, catalog);
    cast = cast_new(graph);
    REQUIRE(cast != NULL);
    decided = mem_alloc(model->m.measures.n + 1);
    one = mem_alloc(model->m.measures.n + 1);
    for (uint32_t i = 0; i < model->m.measures.n; i++)
        decided[i] =
            LIST_AT(model->m.measures, struct measure, i)->status >= STATUS_DECIDED;
}

static void close_use_case(void)
{
    free(one);
    free(decided);
    cast_free(cast);
    graph_free(graph);
    model_free(model);
    catalog_free(catalog);
}

static int outcome(const char *name)
{
    for (uint32_t i = 0; i < cast_n_outcomes(cast->scenario); i++)
        if (strcmp(cast_outcome(cast->scenario, i)->q.name, name) == 0) return (int)i;
    unit_check(__FILE__, __LINE__, 0, "an outcome of that name");
    return 0;
}

static uint32_t parameter(const char *name)
{
    for (uint32_t i = 0; i < cast->n_parameters; i++)
        if (strcmp(cast_quantity(cast->scenario, i)->name, name) == 0) return i;
    unit_check(__FILE__, __LINE__, 0, "a parameter of that name");
    return 0;
}

static const struct incident *incident_at(uint32_t i)
{
    return LIST_AT(model->m.incidents, struct incident, i);
}

static const struct cast_play *play(const char *incident)
{
    for (uint32_t i = 0; i < cast->n_plays; i++)
        if (strcmp(incident_at(cast->plays[i].incident)->entry.id, incident) == 0)
            return &cast->plays[i];
    unit_check(__FILE__, __LINE__, 0, "a play of that incident");
    return NULL;
}

/* Only this measure, in force in every world. */
static const uint8_t *only(const char *id)
{
    for (uint32_t i = 0; i < model->m.measures.n; i++) {
        const struct measure *m = LIST_AT(model->m.measures, struct measure, i);
        one[i] = strcmp(m->entry.id, id) == 0;
        if (one[i]) cast->holds[i] = 1;
    }
    return one;
}

static struct stage_plan plan_of(const struct cast_play *p, const uint8_t *measures,
                                 uint64_t world)
{
    return (struct stage_plan){.cast = cast,
                               .play = p,
                               .measures = measures,
                               .emergency = -1,
                               .seed = 4,
                               .world = world,
                               .begins_s = -1};
}

static struct stage stage;

static double run(const struct stage_plan *plan, const char *name)
{
    stage_begin(&stage, plan);
    stage_run(&stage);
    CHECK(stage.wrong == NULL);
    return stage.d.outcomes[outcome(name)];
}

static double last(const char *name)
{
    return stage.d.outcomes[outcome(name)];
}

/* A copy of a play with one parameter at a value. */
struct altered {
    struct cast_play play;
    struct cast_parameter parameters[256];
};

static const struct cast_play *with(struct altered *a, const struct cast_play *p,
                                    const char *name, double value)
{
    CHECK(cast->n_parameters <= 256);
    a->play = *p;
    memcpy(a->parameters, p->parameters, cast->n_parameters * sizeof *a->parameters);
    a->parameters[parameter(name)] = (struct cast_parameter){.value = value};
    a->play.parameters = a->parameters;
    return &a->play;
}

/* ---- an ordinary day */

static void test_nobody_is_hurt(void)
{
    for (uint64_t world = 0; world < 30; world++) {
        struct stage_plan plan = plan_of(NULL, NULL, world);
        CHECK_NEAR(run(&plan, "people_hit"), 0, 0);
        CHECK_NEAR(last("person_j") + last("property_j") + last("drone_lost"), 0, 0);
        CHECK_NEAR(last("flight_lost"), 0, 0);
        CHECK(last("impact_j") < 0.5 && last("off_place_m") < 3);
        CHECK(stage.d.t < 75);
    }
}

static void test_emergencies(void)
{
    const struct scenario *sc = cast->scenario;
    const uint8_t *sets[] = {NULL, decided, only("c-parachute")};
    for (uint64_t i = 0; i < 3 * 8 * sc->n_emergencies; i++) {
        const struct scenario_emergency *e = &sc->emergencies[i % sc->n_emergencies];
        struct stage_plan plan = plan_of(NULL, sets[i % 3], i / sc->n_emergencies);
        plan.emergency = (int)(i % sc->n_emergencies);
        stage_begin(&stage, &plan);
        stage_run(&stage);
        CHECK(stage.d.outcomes[e->outcome] <= e->most);
    }
}

/* A drone that hangs in the air without a link has not come down by itself. */
static void test_hangs_without_link(void)
{
    const double hold = 1;
    const struct cast_parameter *usual = cast->parameters;
    struct cast_parameter *p = mem_alloc(cast->n_parameters * sizeof *p);
    memcpy(p, usual, cast->n_parameters * sizeof *p);
    p[parameter("link_lost_mode")] = (struct cast_parameter){.value = hold};
    for (int hangs = 0; hangs <= 1; hangs++) {
        cast->parameters = hangs ? p : usual;
        struct stage_plan plan = plan_of(NULL, NULL, 0);
        plan.emergency = 1;
        CHECK_INT(run(&plan, "impact_j") > cast->scenario->emergencies[1].most, hangs);
    }
    cast->parameters = usual;
    free(p);
}

/* A rotor that fails without a parachute ends the flight; with one it comes down at
 * about 4 m/s. */
static void test_parachute(void)
{
    for (uint64_t world = 0; world < 4; world++) {
        struct stage_plan plan = plan_of(NULL, NULL, world);
        plan.emergency = 3;
        double without = run(&plan, "impact_j");
        plan.measures = only("c-parachute");
        CHECK(run(&plan, "impact_j") < without / 2);
    }
}

/* ---- incidents */

/* What is reached without measures and with those decided. Where the document differs,
 * the use case says why. */
static const struct pin {
    const char *incident, *stakeholder;
    int axis, without, with;
} pins[] = {
    {"grave-vulnerability", "maker",       0, LIMITED, LIMITED},
    {"grave-vulnerability", "maker",       1, SERIOUS, SERIOUS}, // half as often
    {"camera-intrusion",    "user",        0, SERIOUS, SERIOUS}, // none decided
    {"camera-intrusion",    "third-party", 0, SERIOUS, SERIOUS},
    {"hijack",              "user",        0, SERIOUS, NONE   },
    {"hijack",              "user",        1, LIMITED, LIMITED},
    {"hijack",              "third-party", 0, SERIOUS, NONE   },
    {"open-field-hijack",   "user",        0, NONE,    NONE   },
    {"open-field-hijack",   "user",        1, LIMITED, LIMITED},
    {"open-field-hijack",   "third-party", 0, NONE,    NONE   },
    {"open-field-hijack",   "third-party", 1, LIMITED, NONE   },
    {"false-position",      "user",        0, NONE,    NONE   },
    {"false-position",      "user",        1, LIMITED, LIMITED},
    {"false-position",      "third-party", 0, SERIOUS, LIMITED},
    {"false-position",      "third-party", 1, LIMITED, LIMITED},
    {"jammed-link",         "user",        0, NONE,    NONE   },
    {"jammed-link",         "user",        1, LIMITED, LIMITED},
    {"jammed-link",         "third-party", 0, NONE,    NONE   },
    {"tampered-firmware",   "maker",       0, LIMITED, LIMITED},
    {"tampered-firmware",   "maker",       1, SERIOUS, LIMITED},
    {"tampered-firmware",   "user",        0, SERIOUS, NONE   },
    {"tampered-firmware",   "third-party", 0, SERIOUS, NONE   },
    {"album-leak",          "user",        0, SERIOUS, SERIOUS},
    {"album-leak",          "third-party", 0, SERIOUS, SERIOUS},
    {"discarded-card",      "user",        0, SERIOUS, SERIOUS},
};

static uint32_t stakeholder(const char *id)
{
    for (uint32_t i = 0; i < model->m.stakeholders.n; i++)
        if (strcmp(LIST_AT(model->m.stakeholders, struct stakeholder, i)->entry.id,
                   id) == 0)
            return i;
    unit_check(__FILE__, __LINE__, 0, "a stakeholder of that id");
    return 0;
}

static void check_pin(const struct rehearse_result *r, const struct pin *p)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct rehearsed *x = &r->items[i];
        uint64_t counts[N_LEVELS];
        if (strcmp(incident_at(x->play->incident)->entry.id, p->incident) != 0)
            continue;
        rehearse_levels(r, x, 0, stakeholder(p->stakeholder), p->axis, counts);
        int without = rehearse_measured(counts);
        rehearse_levels(r, x, 1, stakeholder(p->stakeholder), p->axis, counts);
        int with_measures = rehearse_measured(counts);
        if (without != p->without || with_measures != p->with)
            printf("# %s, %s, axis %d: %d, %d\n", p->incident, p->stakeholder,
                   p->axis + 1, without, with_measures);
        CHECK_INT(without, p->without);
        CHECK_INT(with_measures, p->with);
    }
}

static double mean_of(const struct rehearse_result *r, size_t i, int set,
                      const char *name)
{
    return rehearse_outcome(r, &r->items[i], set, (uint32_t)outcome(name)).mean;
}

static void test_incidents(void)
{
    struct rehearse_plan plan = {
        .cast = cast,
        .sets = {NULL, decided},
        .n_sets = 2,
        .incident = REF_NONE,
        .seed = 2,
        .runs = 100,
        .threads = 2,
        .begins_s = -1
    };
    struct rehearse_result *r = rehearse_run(&plan);
    CHECK_INT(r->n, model->m.incidents.n);
    CHECK_INT(r->n_wrong, 0);
    for (size_t i = 0; i < TWIN_COUNT(pins); i++)
        check_pin(r, &pins[i]);
    for (size_t i = 0; i < r->n; i++) {
        double hurt = mean_of(r, i, 0, "person_j");
        CHECK(mean_of(r, i, 1, "person_j") <= hurt);
        CHECK(hurt < 1 || mean_of(r, i, 1, "person_j") < hurt / 2);
        CHECK(mean_of(r, i, 1, "stopped_h") <= mean_of(r, i, 0, "stopped_h"));
    }
    rehearse_free(r);
}

/* Candidates do what they say where each alone is in force. */
static void test_candidates(void)
{
    for (uint64_t world = 0; world < 5; world++) {
        struct stage_plan plan = plan_of(play("hijack"), NULL, world);
        double without = run(&plan, "impact_j");
        CHECK(without > 100);
        plan.measures = only("c-light-airframe");
        CHECK(run(&plan, "impact_j") < 14.9);
        plan.measures = only("c-parachute");
        CHECK(run(&plan, "impact_j") < 40);
        plan.measures = only("c-signed-commands");
        CHECK(run(&plan, "impact_j") < 1 && last("refused_steps") >= 5);
        plan = plan_of(play("false-position"), only("c-position-checked"), world);
        CHECK(run(&plan, "impact_j") < 1);
        plan = plan_of(play("jammed-link"), only("c-flight-without-link"), world);
        CHECK(run(&plan, "off_place_m") < 3);
        plan = plan_of(play("tampered-firmware"), only("c-signed-updates"), world);
        CHECK(run(&plan, "altered_components") < 0.5 && last("flight_lost") < 0.5);
        plan = plan_of(play("album-leak"), only("c-album-end-to-end"), world);
        CHECK_NEAR(run(&plan, "personal_records"), 0, 0);
    }
}

/* The fence holds the drone that is sent away, unless it is switched off first. */
static void test_fence(void)
{
    struct altered a;
    with(&a, play("open-field-hijack"), "fence_m", 100);
    struct stage_plan plan = plan_of(&a.play, NULL, 0);
    CHECK(run(&plan, "off_place_m") > 110);
    a.play.n_steps--;
    memmove(a.play.steps, a.play.steps + 1, a.play.n_steps * sizeof *a.play.steps);
    CHECK(run(&plan, "off_place_m") < 110);
}

/* ---- laws */

static void test_monotony(void)
{
    const double heights[] = {8, 20, 45, 90}, densities[] = {0, 0.05, 0.2, 0.8};
    struct altered a;
    double all = 0;
    for (uint64_t world = 0; world < 20; world++) {
        double energy = 0, hits = 0;
        for (size_t i = 0; i < 4 && world < 3; i++) {
            struct stage_plan plan = plan_of(
                with(&a, play("open-field-hijack"), "flight_height_m", heights[i]),
                NULL, world);
            CHECK(run(&plan, "impact_j") > energy);
            energy = last("impact_j");
        }
        for (size_t i = 0; i < 4; i++) {
            struct stage_plan plan = plan_of(
                with(&a, play("hijack"), "people_per_m2", densities[i]), NULL, world);
            CHECK(run(&plan, "people_hit") >= hits);
            hits = last("people_hit");
        }
        all += hits;
    }
    CHECK(all > 5); // 0.88 m2 at 0.8 persons each, of whom some dodge
}

static void check_same(const struct stage *a, const struct stage *b)
{
    CHECK(memcmp(a->d.outcomes, b->d.outcomes, sizeof a->d.outcomes) == 0);
    CHECK(memcmp(a->d.signals, b->d.signals, sizeof a->d.signals) == 0);
    CHECK(memcmp(a->d.state, b->d.state, sizeof a->d.state) == 0);
    CHECK(memcmp(a->twin.state, b->twin.state, a->twin.kind->size) == 0);
    CHECK(a->d.n_acts == b->d.n_acts && a->d.n_steps == b->d.n_steps);
}

/* The same world twice, and once more from the middle of the flight. */
static void test_same(void)
{
    const char *const incidents[] = {"hijack", "false-position", "jammed-link"};
    for (size_t i = 0; i < TWIN_COUNT(incidents); i++) {
        struct stage_plan plan = plan_of(play(incidents[i]), decided, i);
        struct stage again = {0};
        run(&plan, "impact_j");
        stage_begin(&again, &plan);
        while (again.d.t < 11 && stage_step(&again)) {
        }
        void *bytes = mem_alloc(stage_size(&again));
        stage_save(&again, bytes);
        stage_run(&again);
        check_same(&again, &stage);
        stage_restore(&again, bytes);
        CHECK(again.d.t < 12 && !again.d.is_over);
        stage_run(&again);
        check_same(&again, &stage);
        free(bytes);
        stage_fini(&again);
    }
}

int main(void)
{
    open_use_case();
    RUN(test_nobody_is_hurt);
    RUN(test_incidents); // before others make measures hold in every world
    RUN(test_emergencies);
    RUN(test_hangs_without_link);
    RUN(test_parachute);
    RUN(test_candidates);
    RUN(test_fence);
    RUN(test_monotony);
    RUN(test_same);
    stage_fini(&stage);
    close_use_case();
    return UNIT_RESULT();
}
