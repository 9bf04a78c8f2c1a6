/* SPDX-License-Identifier: Apache-2.0
 *
 * The busy hour of the warehouse, and the use case played on it: without an attack
 * nobody comes to harm, each incident comes to the levels pinned here, measures lower
 * them, safety functions meet their demands, and a world is the same each time.
 */
#include "unit.h"

#include <stdlib.h>

#include "catalog/catalog.h"
#include "tools/kit.h"
#include "twin/rehearse.h"

enum { DAYS = 40, WORLDS = 24, TRIALS = 8 };

static struct catalog *catalog;
static struct model *model;
static struct graph *graph;
static struct cast *cast;
static uint8_t *decided;
static struct rehearse_result *rehearsed; // without measures, and with those decided

static void open_cast(void)
{
    const struct asset *assets[16];
    size_t n = kit_usecases(assets, 16);
    for (size_t i = 0; i < n; i++)
        if (strstr(assets[i]->path, "warehouse-agv/model.yaml"))
            model = model_read_text(assets[i]->path, (const char *)assets[i]->bytes,
                                    assets[i]->len);
    catalog_bind(catalog, model);
    cast_bind(model);
    diag_print(&model->diags, stdout, (struct diag_view){0});
    graph = graph_build(model, catalog);
    cast = cast_new(graph);
    decided = mem_alloc(model->m.measures.n + 1);
    for (uint32_t i = 0; i < model->m.measures.n; i++)
        decided[i] =
            LIST_AT(model->m.measures, struct measure, i)->status >= STATUS_DECIDED;
}

static uint32_t outcome(const char *name)
{
    for (uint32_t i = 0; i < cast_n_outcomes(cast->scenario); i++)
        if (strcmp(cast_outcome(cast->scenario, i)->q.name, name) == 0) return i;
    unit_check(__FILE__, __LINE__, 0, "no such outcome");
    return 0;
}

static uint32_t id_of(const struct list *list, size_t size, const char *id)
{
    for (uint32_t i = 0; i < list->n; i++) {
        const char *at = (const char *)list->items + i * size;
        if (strcmp(((const struct entry *)(const void *)at)->id, id) == 0) return i;
    }
    unit_check(__FILE__, __LINE__, 0, "no such id");
    return 0;
}

static const struct cast_play *play_of(const char *incident)
{
    uint32_t index = id_of(&model->m.incidents, sizeof(struct incident), incident);
    for (uint32_t i = 0; i < cast->n_plays; i++)
        if (cast->plays[i].incident == index) return &cast->plays[i];
    unit_check(__FILE__, __LINE__, 0, "no play");
    return NULL;
}

static struct stage *begin(const struct cast_play *play, const uint8_t *measures,
                           int emergency, uint64_t world)
{
    struct stage_plan plan = {.cast = cast,
                              .play = play,
                              .measures = measures,
                              .emergency = emergency,
                              .seed = 7,
                              .world = world,
                              .begins_s = -1};
    struct stage *s = mem_alloc(sizeof *s);
    stage_begin(s, &plan);
    return s;
}

static void close_stage(struct stage *s)
{
    stage_fini(s);
    free(s);
}

/* ---- no attack, no harm */

static void test_no_attack_no_harm(void)
{
    static const char *const nothing[] = {
        "amiss",         "orders_wrong", "orders_missing",
        "standstill_h",  "collisions",   "contact_m_s",
        "customers_hit", "first_aid",    "station_closed_h",
        "recalled"};
    int n_stepped = 0;
    for (uint64_t day = 0; day < DAYS; day++) {
        struct stage *s = begin(NULL, NULL, -1, day);
        stage_run(s);
        for (size_t i = 0; i < KIT_COUNT(nothing); i++)
            CHECK_INT((long)ceil(s->d.outcomes[outcome(nothing[i])]), 0);
        CHECK(s->wrong == NULL);
        n_stepped += s->d.outcomes[outcome("person_gap_m")] < 10;
        close_stage(s);
    }
    CHECK(n_stepped > DAYS / 2); // the worker is in danger, were it not for scanners
}

/* ---- incidents */

static const struct rehearsed *rehearsal_of(const char *incident)
{
    const struct cast_play *play = play_of(incident);
    for (size_t i = 0; i < rehearsed->n; i++)
        if (rehearsed->items[i].play == play) return &rehearsed->items[i];
    return NULL;
}

static uint64_t reached(const char *incident, const char *who, int set, int axis,
                        int level)
{
    uint64_t counts[N_LEVELS], n = 0;
    uint32_t stakeholder =
        id_of(&model->m.stakeholders, sizeof(struct stakeholder), who);
    rehearse_levels(rehearsed, rehearsal_of(incident), set, stakeholder, axis, counts);
    for (int i = level; i < N_LEVELS; i++)
        n += counts[i];
    return n;
}

static int measured(const char *incident, const char *who, int set, int axis)
{
    uint64_t counts[N_LEVELS];
    uint32_t stakeholder =
        id_of(&model->m.stakeholders, sizeof(struct stakeholder), who);
    rehearse_levels(rehearsed, rehearsal_of(incident), set, stakeholder, axis, counts);
    return rehearse_measured(counts);
}

/* What is declared, but for axis 1 of the jam: vehicles have to be freed. */
static void test_levels_without_measures(void)
{
    static const struct {
        const char *incident, *who;
        int recovery, economic;
    } rows[] = {
        {"stock-tampering",   "warehouse-operator", LEVEL_LIMITED, LEVEL_WORST  },
        {"update-malware",    "warehouse-operator", LEVEL_LIMITED, LEVEL_SERIOUS},
        {"update-malware",    "integrator",         LEVEL_LIMITED, LEVEL_SERIOUS},
        {"agv-vulnerability", "agv-maker",          LEVEL_LIMITED, LEVEL_SERIOUS},
        {"agv-vulnerability", "warehouse-operator", LEVEL_NONE,    LEVEL_NONE   },
        {"wms-outage",        "warehouse-operator", LEVEL_NONE,    LEVEL_SERIOUS},
        {"fleet-jam",         "warehouse-operator", LEVEL_LIMITED, LEVEL_SERIOUS},
        {"worker-contact",    "warehouse-operator", LEVEL_LIMITED, LEVEL_LIMITED},
    };
    for (size_t i = 0; i < KIT_COUNT(rows); i++) {
        CHECK_INT(measured(rows[i].incident, rows[i].who, 0, 0), rows[i].recovery);
        CHECK_INT(measured(rows[i].incident, rows[i].who, 0, 1), rows[i].economic);
    }
}

static void test_measures_lower_levels(void)
{
    static const struct {
        const char *incident, *who;
        int axis, level;
    } rows[] = {
        {"stock-tampering",   "warehouse-operator", 1, LEVEL_WORST  },
        {"agv-vulnerability", "agv-maker",          0, LEVEL_LIMITED},
        {"agv-vulnerability", "agv-maker",          1, LEVEL_SERIOUS},
        {"wms-outage",        "warehouse-operator", 1, LEVEL_SERIOUS},
        {"fleet-jam",         "warehouse-operator", 0, LEVEL_LIMITED},
        {"fleet-jam",         "warehouse-operator", 1, LEVEL_SERIOUS},
    };
    for (size_t i = 0; i < KIT_COUNT(rows); i++) {
        uint64_t before =
            reached(rows[i].incident, rows[i].who, 0, rows[i].axis, rows[i].level);
        uint64_t after =
            reached(rows[i].incident, rows[i].who, 1, rows[i].axis, rows[i].level);
        printf("# %s, %s: %llu before, %llu after of %d\n", rows[i].incident,
               rows[i].who, (unsigned long long)before, (unsigned long long)after,
               WORLDS);
        CHECK(after < before);
    }
    CHECK(measured("agv-vulnerability", "agv-maker", 1, 1) < LEVEL_SERIOUS);
    CHECK(measured("wms-outage", "warehouse-operator", 1, 1) < LEVEL_SERIOUS);
}

/* Who leans into a rack is touched at times, at what the drive allows at a station. */
static void test_drive_limits_a_touch(void)
{
    const struct rehearsed *x = rehearsal_of("worker-contact");
    double fastest = 0;
    for (uint32_t i = 0; i < WORLDS; i++)
        fastest = fmax(
            fastest,
            x->sets[0].outcomes[i * rehearsed->n_outcomes + outcome("contact_m_s")]);
    CHECK(fastest > 0.05);
    CHECK(fastest < 0.31);
}

/* The mean of an outcome over the worlds, with some measures. */
static double mean_with(const char *incident, const char *of, const char *const *ids,
                        size_t n)
{
    uint8_t *set = mem_alloc(model->m.measures.n + 1);
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        set[id_of(&model->m.measures, sizeof(struct measure), ids[i])] = 1;
    for (uint64_t world = 0; world < WORLDS; world++) {
        struct stage *s = begin(play_of(incident), set, -1, world);
        stage_run(s);
        sum += s->d.outcomes[outcome(of)];
        close_stage(s);
    }
    free(set);
    return sum / WORLDS;
}

static double mean_without(const char *incident, const char *of)
{
    const struct rehearsed *x = rehearsal_of(incident);
    double sum = 0;
    for (uint32_t i = 0; i < WORLDS; i++)
        sum += x->sets[0].outcomes[i * rehearsed->n_outcomes + outcome(of)];
    return sum / WORLDS;
}

/* An altered program is taken back within hours where images of all are kept, altered
 * stock is set right from a journal. Each holds in most worlds, not in all. */
static void test_what_brings_it_back(void)
{
    static const char *const images[] = {"c-control-images", "c-agv-recovery-image"};
    static const char *const journal[] = {"c-stock-journal"};
    const char *malware = "update-malware", *stock = "stock-tampering";
    CHECK(mean_with(malware, "standstill_h", images, 2) <
          mean_without(malware, "standstill_h") / 2);
    CHECK(mean_with(stock, "standstill_h", journal, 1) <
          mean_without(stock, "standstill_h") / 2);
    CHECK(mean_with(stock, "customers_hit", journal, 1) <
          mean_without(stock, "customers_hit") / 2);
}

/* ---- emergencies */

static void test_emergencies(void)
{
    const struct scenario *sc = cast->scenario;
    for (int k = 0; k < (int)sc->n_emergencies; k++)
        for (uint64_t i = 0; i < 2 * TRIALS; i++) {
            struct stage *s = begin(NULL, i % 2 ? decided : NULL, k, i / 2);
            stage_run(s);
            double is = s->d.outcomes[sc->emergencies[k].outcome];
            if (is > sc->emergencies[k].most)
                printf("# %s, world %llu: %g\n", sc->emergencies[k].name,
                       (unsigned long long)i / 2, is);
            CHECK(is <= sc->emergencies[k].most);
            if (sc->emergencies[k].most > 0) CHECK(is > 0); // it was timed at all
            close_stage(s);
        }
}

/* ---- one world */

static void test_same_world(void)
{
    struct stage *a = begin(play_of("fleet-jam"), NULL, -1, 3),
                 *b = begin(play_of("fleet-jam"), NULL, -1, 3);
    stage_run(a);
    stage_run(b);
    CHECK(memcmp(a->d.outcomes, b->d.outcomes, sizeof a->d.outcomes) == 0);
    CHECK(a->d.outcomes[outcome("collisions")] > 0);
    close_stage(a);
    close_stage(b);
}

static void test_snapshot(void)
{
    struct stage *s = begin(play_of("update-malware"), NULL, -1, 5);
    char *middle = mem_alloc(stage_size(s)), *end = mem_alloc(stage_size(s)),
         *again = mem_alloc(stage_size(s));
    while (s->d.t < 230)
        REQUIRE(stage_step(s));
    stage_save(s, middle);
    stage_run(s);
    stage_save(s, end);
    stage_restore(s, middle);
    stage_run(s);
    stage_save(s, again);
    CHECK(memcmp(end, again, stage_size(s)) == 0);
    free(middle);
    free(end);
    free(again);
    close_stage(s);
}

/* More hours, more orders late. */
static void test_hours_and_late_orders(void)
{
    const struct rehearsed *x = rehearsal_of("wms-outage");
    uint32_t hours = outcome("standstill_h"), late = outcome("orders_late");
    for (uint32_t i = 0; i < WORLDS; i++)
        for (uint32_t k = 0; k < WORLDS; k++) {
            const double *a = x->sets[0].outcomes + i * rehearsed->n_outcomes,
                         *b = x->sets[0].outcomes + k * rehearsed->n_outcomes;
            if (a[hours] > b[hours] + 0.1) CHECK(a[late] > b[late]);
        }
}

int main(void)
{
    catalog = catalog_read(NULL);
    open_cast();
    if (cast == NULL) return 1;
    struct rehearse_plan plan = {
        .cast = cast,
        .sets = {NULL, decided},
        .n_sets = 2,
        .incident = REF_NONE,
        .seed = 7,
        .runs = WORLDS,
        .threads = 2,
        .begins_s = -1
    };
    rehearsed = rehearse_run(&plan);
    RUN(test_no_attack_no_harm);
    RUN(test_levels_without_measures);
    RUN(test_measures_lower_levels);
    RUN(test_drive_limits_a_touch);
    RUN(test_what_brings_it_back);
    RUN(test_emergencies);
    RUN(test_same_world);
    RUN(test_snapshot);
    RUN(test_hours_and_late_orders);
    rehearse_free(rehearsed);
    free(decided);
    cast_free(cast);
    graph_free(graph);
    model_free(model);
    catalog_free(catalog);
    return UNIT_RESULT();
}
