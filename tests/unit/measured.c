// SPDX-License-Identifier: Apache-2.0
/*
 * What rehearsals hand to the assessment and to risk in numbers: measured levels beside
 * declared ones, and how incidents end.
 */
#include "unit.h"

#include "risk/measured.h"
#include "risk/risk.h"
#include "tools/kit.h"
#include "twin/measured.h"

/* A water heater whose set temperature passes one flow without any protection; who gets
 * in never tries the water. */
static const char model_text[] =
    "awai: 1\n"
    "system: {id: s, name: S}\n"
    "applicant: firm\n"
    "stakeholders:\n"
    "  firm: {name: F, roles: [service-provider]}\n"
    "  user: {name: U, roles: [resident]}\n"
    "zones: {net: {name: N, kind: internet, trust: none}}\n"
    "components:\n"
    "  app: {name: A, kind: smartphone-app, zone: net}\n"
    "  heater: {name: H, kind: controller, zone: net}\n"
    "flows: {order: {from: app, to: heater, protocol: http, carrier: internet}}\n"
    "criteria: {economic: {limited: {below: 10 MJPY}, serious: {below: 1 GJPY}}}\n"
    "incidents:\n"
    "  hot:\n"
    "    name: I\n"
    "    threat: data-tampering\n"
    "    at: order\n"
    "    harms:\n"
    "      user: {recovery: limited, economic: limited, because: B}\n"
    "      firm: {recovery: none, economic: serious, because: B}\n"
    "attackers: {a: {name: A, origins: [internet], campaigns: 10, patience: 300}}\n"
    "rehearsal:\n"
    "  twin: heater\n"
    "  parameters: {tries_water: 0.5, sees_panel: 0}\n"
    "  bind: {bath_set: order, fill: order, app: app, heater: heater}\n"
    "  plays:\n"
    "    hot: {steps: [{at: 0, do: tamper, on: order, signal: bath_set, value: 75}]}\n"
    "  levels:\n"
    "    - {outcome: burn_degree, stakeholder: user, recovery: {limited: 1, serious: "
    "2}}\n"
    "    - {outcome: burn_degree, stakeholder: firm, each: 6 MJPY}\n";

enum { RUNS = 400 };

static struct catalog *catalog;
static uint64_t seed;

struct rehearsed_model {
    struct model *model;
    struct graph *graph;
    struct cast *cast;
    struct rehearse_result *result;
};

static struct rehearsed_model all, *const r = &all;

static struct rehearsed_model rehearse(void)
{
    struct rehearsed_model x = {
        model_read_text("heater.yaml", model_text, sizeof model_text - 1), NULL, NULL,
        NULL};
    catalog_bind(catalog, x.model);
    cast_bind(x.model);
    diag_print(&x.model->diags, stdout, (struct diag_view){0});
    x.graph = graph_build(x.model, catalog);
    x.cast = cast_new(x.graph);
    x.result = rehearse_run(&(struct rehearse_plan){.cast = x.cast,
                                                    .n_sets = 1,
                                                    .incident = REF_NONE,
                                                    .seed = seed,
                                                    .runs = RUNS,
                                                    .threads = 2,
                                                    .begins_s = -1});
    return x;
}

static void drop(struct rehearsed_model *x)
{
    rehearse_free(x->result);
    cast_free(x->cast);
    graph_free(x->graph);
    model_free(x->model);
}

/* In how many runs who gets in is burnt in the second degree. */
static uint64_t n_burnt(const struct rehearse_result *of)
{
    uint64_t n = 0;
    for (uint64_t i = 0; i < of->plan.runs; i++)
        n += of->items[0].sets[0].outcomes[i * of->n_outcomes] >= 2;
    return n;
}

/* Half of the people do not try water of 70 degrees: the share is in its interval. */
static void test_levels(void)
{
    struct measured m;
    double interval[2];
    CHECK_INT(measured_of(r->result, r->result->items, 1, &m), 1);
    CHECK_INT(m.axes[0].measured, LEVEL_SERIOUS);
    CHECK_INT(m.axes[0].declared, LEVEL_LIMITED);
    CHECK(m.axes[0].is_low && !m.axes[0].is_high);
    CHECK(!m.axes[1].is_measured);
    CHECK_INT(m.axes[0].n_reached, n_burnt(r->result));
    dist_share_interval(m.axes[0].n_reached, RUNS, interval);
    CHECK(interval[0] < 0.5 && interval[1] > 0.5);
    CHECK_INT(measured_of(r->result, r->result->items, 0, &m), 1);
    CHECK(!m.axes[0].is_measured && m.axes[1].is_measured);
    // 6 MJPY a degree: 12 MJPY of a burn of the second degree are serious
    CHECK_INT(m.axes[1].measured, LEVEL_SERIOUS);
    CHECK(!m.axes[1].is_low && !m.axes[1].is_high);
}

/* Shares sum to one, and are those of the runs; the axis without a rule stays. */
static void test_endings(void)
{
    struct endings e = endings_of(r->model, catalog);
    CHECK_INT(endings_measure(&e, r->result), 2);
    for (uint32_t i = 0; i < e.n; i++) {
        const struct ending *x = &e.items[i];
        double sum = 0, serious = 0;
        for (uint32_t k = 0; k < x->n_ends; k++) {
            sum += x->ends[k].share;
            if (x->stakeholder == 1) CHECK_INT(x->ends[k].economic, LEVEL_LIMITED);
            if (x->stakeholder == 0) CHECK_INT(x->ends[k].recovery, LEVEL_NONE);
            serious += x->ends[k].recovery >= LEVEL_SERIOUS ? x->ends[k].share : 0;
        }
        CHECK_NEAR(sum, 1, 1e-12);
        if (x->stakeholder == 1)
            CHECK_NEAR(serious, (double)n_burnt(r->result) / RUNS, 1e-12);
    }
    endings_fini(&e);
}

/* How often a year somebody is gravely hurt: the incident's rate times the share. */
static void test_risk(void)
{
    static uint8_t none[1];
    struct risk_plan plan = {.graph = r->graph,
                             .measures = none,
                             .set = "none",
                             .worlds = 2000,
                             .years = 100,
                             .outer = 2,
                             .inner = 10,
                             .seed = seed,
                             .threads = 1,
                             .rehearsed = r->result};
    struct risk *risk = risk_run(&plan);
    const struct risk_bearer *user = &risk->bearers[risk->bearer_of[1]];
    double share = (double)n_burnt(r->result) / RUNS;
    CHECK(risk->incidents[0].rate.mean > 0);
    CHECK_NEAR(user->serious.mean, risk->incidents[0].rate.mean * share, 1e-9);
    CHECK(risk->notes[NOTE_REHEARSED]);
    risk_free(risk);
    plan.rehearsed = NULL;
    risk = risk_run(&plan);
    CHECK_NEAR(risk->bearers[risk->bearer_of[1]].serious.mean, 0, 0);
    CHECK(!risk->notes[NOTE_REHEARSED]);
    risk_free(risk);
}

static void test_json(void)
{
    struct buf out = {0};
    struct json j = json_on(&out, 1);
    json_open(&j, '{');
    measured_json(r->result, &j);
    json_close(&j, '}');
    CHECK(strstr(buf_text(&out), "\"declared_too_low\": true") != NULL);
    CHECK(strstr(buf_text(&out), "\"measured\": null") != NULL);
    buf_fini(&out);
}

int main(void)
{
    catalog = catalog_read(NULL);
    diag_print(&catalog->diags, stdout, (struct diag_view){0});
    if (catalog->diags.n_errors > 0) return 1;
    seed = kit_seed();
    all = rehearse();
    RUN(test_levels);
    RUN(test_endings);
    RUN(test_risk);
    RUN(test_json);
    drop(&all);
    catalog_free(catalog);
    return UNIT_RESULT();
}
