// SPDX-License-Identifier: Apache-2.0
/*
 * The welding cell's shift and the incidents of its use case: no attack, no harm; what
 * each incident reaches, and with the decided measures; emergencies; runs that can be
 * had again.
 */
#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tools/kit.h"
#include "twin/rehearse.h"

#define FILE_NAME "usecases/welding-robot/model.yaml"

enum { SEED = 7, RUNS = 24, N_INCIDENTS = 5 };
enum { NONE = LEVEL_NONE, LIMITED = LEVEL_LIMITED, SERIOUS = LEVEL_SERIOUS };

/* A use case ready to be run, and its decided measures. */
struct cell {
    struct catalog *catalog;
    struct model *model;
    struct graph *graph;
    struct cast *cast;
    uint8_t *decided;
};

static struct cell open_cell(const char *text)
{
    struct cell c = {.catalog = catalog_read(NULL)};
    c.model = model_read_text(FILE_NAME, text, strlen(text));
    catalog_bind(c.catalog, c.model);
    cast_bind(c.model);
    diag_print(&c.model->diags, stdout, (struct diag_view){0});
    c.graph = graph_build(c.model, c.catalog);
    c.cast = cast_new(c.graph);
    c.decided = mem_alloc(c.model->m.measures.n + 1);
    for (uint32_t i = 0; i < c.model->m.measures.n; i++)
        c.decided[i] =
            LIST_AT(c.model->m.measures, struct measure, i)->status >= STATUS_DECIDED;
    return c;
}

static void close_cell(struct cell *c)
{
    free(c->decided);
    cast_free(c->cast);
    graph_free(c->graph);
    model_free(c->model);
    catalog_free(c->catalog);
}

static struct cell cell;

static const struct cast_play *play_of(const struct cast *c, const char *incident)
{
    for (uint32_t i = 0; i < c->n_plays; i++)
        if (strcmp(c->plays[i].from->entry.id, incident) == 0) return &c->plays[i];
    return NULL;
}

static double outcome(const struct stage *s, const char *name)
{
    const struct scenario *sc = s->plan.cast->scenario;
    for (uint32_t i = 0; i < cast_n_outcomes(sc); i++)
        if (strcmp(cast_outcome(sc, i)->q.name, name) == 0) return s->d.outcomes[i];
    CHECK_INT((long long)strlen(name), 0); // there is none of that name
    return (double)NAN;
}

static struct stage_plan plan_of(const struct cell *c, const char *incident,
                                 uint64_t world)
{
    return (struct stage_plan){.cast = c->cast,
                               .play = incident ? play_of(c->cast, incident) : NULL,
                               .emergency = -1,
                               .seed = SEED,
                               .world = world,
                               .begins_s = -1};
}

static struct stage stage; // large, so not on the stack

static void run(const struct stage_plan *plan)
{
    stage_begin(&stage, plan);
    stage_run(&stage);
    CHECK(stage.wrong == NULL);
}

/* ---- without attack */

static void test_no_attack_no_harm(void)
{
    static const char *const harms[] = {
        "parts_passed", "parts_recalled", "late_h",          "parts_spoilt",
        "went_in",      "contact_m_s",    "person_exposed_s"};
    double made = 0;
    for (uint64_t world = 0; world < 24; world++) {
        struct stage_plan plan = plan_of(&cell, NULL, world);
        run(&plan);
        for (size_t i = 0; i < KIT_COUNT(harms); i++)
            CHECK_NEAR(outcome(&stage, harms[i]), 0, 0);
        made += outcome(&stage, "parts_made");
    }
    CHECK(made > 24 * 6); // a cycle of 49 s in 420 s, and somebody goes in at times
}

static void check_emergencies(const uint8_t *measures)
{
    const struct scenario *sc = cell.cast->scenario;
    for (int e = 0; e < (int)sc->n_emergencies; e++)
        for (uint64_t world = 0; world < 4; world++) {
            struct stage_plan plan = plan_of(&cell, NULL, world);
            plan.emergency = e;
            plan.measures = measures;
            run(&plan);
            struct stage_demand demand = stage_demand(&stage, e);
            CHECK(demand.value <= demand.most);
        }
}

static void test_emergencies(void)
{
    check_emergencies(NULL);
    check_emergencies(cell.decided);
}

/* A gate that does nothing lets a person walk up to arms that move. */
static void test_interlock_matters(void)
{
    enum { GATE = 2, GATE_DISTANCE = 3, FENCE = 0, FIELD = 1 };
    double exposed = 0, distance = 0;
    for (uint64_t world = 0; world < 8; world++) {
        struct stage_plan plan = plan_of(&cell, NULL, world);
        plan.emergency = world % 2 ? GATE : GATE_DISTANCE;
        stage_begin(&stage, &plan);
        stage.d.function_off_s[FENCE] = stage.d.function_off_s[FIELD] = HUGE_VAL;
        stage_run(&stage);
        exposed += outcome(&stage, "person_exposed_s");
        if (world % 2 == 0) distance = fmax(distance, outcome(&stage, "short_m"));
    }
    CHECK(exposed > 0);
    CHECK(distance > 0);
}

/* ---- incidents */

/* What physics gives: who reaches which measured level without measures, and with the
 * decided ones. Where a level does not fall, the comment of the use case says why. */
static const struct {
    const char *incident, *stakeholder;
    int axis, without, with;
} expected[] = {
    {"production-stop",   "parts-maker", 0, LIMITED, LIMITED},
    {"production-stop",   "parts-maker", 1, SERIOUS, SERIOUS},
    {"tampered-program",  "parts-maker", 0, LIMITED, NONE   },
    {"tampered-program",  "parts-maker", 1, SERIOUS, NONE   },
    {"missing-caution",   "integrator",  0, LIMITED, LIMITED},
    {"missing-caution",   "integrator",  1, LIMITED, LIMITED},
    {"missing-caution",   "parts-maker", 1, LIMITED, LIMITED},
    {"infected-medium",   "robot-maker", 0, LIMITED, LIMITED},
    {"infected-medium",   "robot-maker", 1, SERIOUS, SERIOUS},
    {"infected-medium",   "parts-maker", 1, LIMITED, LIMITED},
    {"tampered-teaching", "parts-maker", 0, LIMITED, LIMITED},
    {"tampered-teaching", "parts-maker", 1, LIMITED, LIMITED},
};

static struct rehearse_result *result;

static const struct rehearsed *item_of(const char *incident)
{
    for (size_t i = 0; i < result->n; i++)
        if (strcmp(result->items[i].play->from->entry.id, incident) == 0)
            return &result->items[i];
    return NULL;
}

static uint32_t stakeholder_of(const char *id)
{
    for (uint32_t i = 0; i < cell.model->m.stakeholders.n; i++)
        if (strcmp(LIST_AT(cell.model->m.stakeholders, struct stakeholder, i)->entry.id,
                   id) == 0)
            return i;
    return REF_NONE;
}

/* Runs that reach a level or a higher one. */
static uint64_t at_least(const uint64_t counts[N_LEVELS], int level)
{
    uint64_t n = 0;
    for (int i = level; i < N_LEVELS; i++)
        n += counts[i];
    return n;
}

static void check_levels(size_t i)
{
    uint64_t without[N_LEVELS], with[N_LEVELS];
    const struct rehearsed *x = item_of(expected[i].incident);
    uint32_t who = stakeholder_of(expected[i].stakeholder);
    rehearse_levels(result, x, 0, who, expected[i].axis, without);
    rehearse_levels(result, x, 1, who, expected[i].axis, with);
    printf("# %s, %s, axis %d\n", expected[i].incident, expected[i].stakeholder,
           expected[i].axis + 1);
    CHECK_INT(rehearse_measured(without), expected[i].without);
    CHECK_INT(rehearse_measured(with), expected[i].with);
    uint64_t before = at_least(without, expected[i].without);
    uint64_t after = at_least(with, expected[i].without);
    if (strcmp(expected[i].incident, "tampered-teaching") == 0)
        CHECK_INT((long long)after, (long long)before);
    else
        CHECK(2 * after < before);
}

static void test_levels(void)
{
    struct rehearse_plan plan = {
        .cast = cell.cast,
        .sets = {NULL, cell.decided},
        .n_sets = 2,
        .incident = REF_NONE,
        .seed = SEED,
        .runs = RUNS,
        .threads = 2,
        .begins_s = -1
    };
    result = rehearse_run(&plan);
    REQUIRE(result->n == N_INCIDENTS);
    CHECK_INT((long long)result->n_wrong, 0);
    for (size_t i = 0; i < KIT_COUNT(expected); i++)
        check_levels(i);
    rehearse_free(result);
}

/* The document's harm, where it names one, is what the twin measures. */
static void test_declared(void)
{
    for (size_t i = 0; i < KIT_COUNT(expected); i++) {
        const struct cast_play *p = play_of(cell.cast, expected[i].incident);
        uint32_t who = stakeholder_of(expected[i].stakeholder);
        const struct harm *h = rehearse_declared(cell.cast, p->incident, who);
        if (h == NULL) continue;
        CHECK_INT(expected[i].axis ? h->economic : h->recovery, expected[i].without);
    }
}

/* A key that keeps the pace of the arms as it is keeps the worker from the shock. */
static void test_write_key_in_teaching(void)
{
    uint8_t *set = mem_alloc(cell.model->m.measures.n + 1);
    int n_hit = 0, n_hit_with = 0;
    for (uint32_t i = 0; i < cell.model->m.measures.n; i++)
        set[i] = strcmp(LIST_AT(cell.model->m.measures, struct measure, i)->entry.id,
                        "c-write-key") == 0;
    for (uint64_t world = 0; world < 16; world++) {
        struct stage_plan plan = plan_of(&cell, "tampered-teaching", world);
        run(&plan);
        n_hit += outcome(&stage, "contact_m_s") > 0;
        CHECK(outcome(&stage, "contact_m_s") <= 0.25);
        plan.measures = set;
        run(&plan);
        n_hit_with += outcome(&stage, "contact_m_s") > 0;
    }
    CHECK(n_hit > 0);
    CHECK(n_hit_with < n_hit);
    free(set);
}

/* Without reduced speed and enabling switch the same worker is struck hard. */
static void test_safeguards_matter(void)
{
    enum { TEACHING = 2 };
    double worst = 0;
    for (uint64_t world = 0; world < 12; world++) {
        struct stage_plan plan = plan_of(&cell, "tampered-teaching", world);
        stage_begin(&stage, &plan);
        stage.d.function_off_s[TEACHING] = HUGE_VAL;
        stage_run(&stage);
        worst = fmax(worst, outcome(&stage, "contact_m_s"));
    }
    CHECK(worst > 0.5);
}

/* ---- runs that can be had again */

static void test_same_world_same_outcomes(void)
{
    double first[STAGE_MOST_OUTCOMES + N_GENERAL_OUTCOMES];
    struct stage_plan plan = plan_of(&cell, "infected-medium", 3);
    run(&plan);
    memcpy(first, stage.d.outcomes, sizeof first);
    stage_fini(&stage);
    memset(&stage, 0, sizeof stage);
    run(&plan);
    CHECK(memcmp(first, stage.d.outcomes, sizeof first) == 0);
}

static void check_restored(const char *incident, int n_steps)
{
    struct stage_plan plan = plan_of(&cell, incident, 5);
    stage_begin(&stage, &plan);
    size_t size = stage_size(&stage);
    char *middle = mem_alloc(size), *end = mem_alloc(size), *again = mem_alloc(size);
    for (int i = 0; i < n_steps; i++)
        stage_step(&stage);
    stage_save(&stage, middle);
    stage_run(&stage);
    stage_save(&stage, end);
    stage_restore(&stage, middle);
    stage_run(&stage);
    stage_save(&stage, again);
    CHECK(memcmp(end, again, size) == 0);
    free(middle);
    free(end);
    free(again);
}

static void test_restored(void)
{
    check_restored("production-stop", 900);
    check_restored("tampered-program", 1111);
    check_restored("tampered-teaching", 300);
}

/* ---- other bindings and parameters */

static const char *text_of_model(void)
{
    return (const char *)asset_find(FILE_NAME)->bytes;
}

/* The use case with one piece of its text replaced. */
static struct cell open_changed(const char *old, const char *new)
{
    const char *text = text_of_model(), *at = strstr(text, old);
    size_t size = strlen(text) + strlen(new) + 1;
    char *changed = mem_alloc(size);
    snprintf(changed, size, "%.*s%s%s", (int)(at - text), text, new, at + strlen(old));
    struct cell c = open_cell(changed);
    free(changed);
    stage_fini(&stage);
    return c;
}

static void close_changed(struct cell *c)
{
    stage_fini(&stage);
    close_cell(c);
}

/* Parts recalled in a world in which nobody inspects, and the customer notices then. */
static double recalled(double noticed_after_h)
{
    char with[200];
    snprintf(with, sizeof with,
             "  twin: weldcell\n"
             "  parameters: {sampled: 0, enters: 0, noticed_after_h: %g}\n",
             noticed_after_h);
    struct cell c = open_changed("  twin: weldcell\n", with);
    struct stage_plan plan = plan_of(&c, "tampered-program", 1);
    run(&plan);
    double parts = outcome(&stage, "parts_recalled");
    CHECK_NEAR(outcome(&stage, "unnoticed_h"), noticed_after_h, 1e-9);
    close_changed(&c);
    return parts;
}

/* Parts an hour times hours: ten more hours are 3600 / 48.8 s x 10 more parts. */
static void test_later_notice_larger_recall(void)
{
    double never = recalled(1), soon = recalled(10), later = recalled(20);
    CHECK_NEAR(never, 0, 0);
    CHECK(soon > never);
    CHECK_NEAR(later - soon, 10 * 3600 / 48.8, 5);
}

/* The outcomes of a tampered program when people respond after half a minute. */
static void respond(const char *response, double *recalled_parts, double *spoilt)
{
    char with[200];
    snprintf(with, sizeof with,
             "{does: respond, response: %s, on: robot-controller-left, takes: 30}",
             response);
    struct cell c = open_changed("{does: set, parameter: sorting_h, value: 4}", with);
    for (uint32_t i = 0; i < c.model->m.measures.n; i++) {
        const struct measure *m = LIST_AT(c.model->m.measures, struct measure, i);
        c.decided[i] = strcmp(m->entry.id, "c-response-plan") == 0;
        c.cast->holds[i] = 1;
    }
    *recalled_parts = *spoilt = 0;
    for (uint64_t world = 0; world < 6; world++) {
        struct stage_plan plan = plan_of(&c, "tampered-program", world);
        plan.measures = c.decided;
        run(&plan);
        CHECK_NEAR(outcome(&stage, "attack_seen"), 1, 0);
        *recalled_parts += outcome(&stage, "parts_recalled");
        *spoilt += outcome(&stage, "parts_spoilt");
    }
    close_changed(&c);
}

/* Who responds has noticed: a part or two are spoilt a world, and none is called back.
 */
static void test_responses(void)
{
    double recalled_parts, stopped, held, restarted;
    respond("stop_cell", &recalled_parts, &stopped);
    CHECK_NEAR(recalled_parts, 0, 0);
    respond("restart", &recalled_parts, &restarted);
    CHECK_NEAR(recalled_parts, 0, 0);
    respond("hold_lots", &recalled_parts, &held);
    CHECK_NEAR(recalled_parts, 0, 0);
    CHECK(stopped <= 12);
    CHECK(restarted <= 12);
    CHECK(held <= 12);
}

/* A stop that goes by the screen waits for the operator's login; one by wire does not.
 */
static void test_stop_behind_a_login(void)
{
    enum { BUTTON = 6 };
    struct cell c = open_changed("stop_button: [safe-stop-left]",
                                 "stop_button: [screen-operation, cell-command]");
    double worst = 0, worst_with = 0;
    for (uint64_t world = 0; world < 6; world++) {
        struct stage_plan plan = plan_of(&c, NULL, world);
        plan.emergency = BUTTON;
        run(&plan);
        worst = fmax(worst, outcome(&stage, "stops_after_s"));
        plan.measures = c.decided;
        run(&plan);
        worst_with = fmax(worst_with, outcome(&stage, "stops_after_s"));
    }
    CHECK(worst <= 1);
    CHECK(worst_with > 5);
    close_changed(&c);
}

int main(void)
{
    cell = open_cell(text_of_model());
    RUN(test_no_attack_no_harm);
    RUN(test_emergencies);
    RUN(test_interlock_matters);
    RUN(test_levels);
    RUN(test_declared);
    RUN(test_write_key_in_teaching);
    RUN(test_safeguards_matter);
    RUN(test_same_world_same_outcomes);
    RUN(test_restored);
    RUN(test_later_notice_larger_recall);
    RUN(test_responses);
    RUN(test_stop_behind_a_login);
    stage_fini(&stage);
    close_cell(&cell);
    return UNIT_RESULT();
}
