/* SPDX-License-Identifier: Apache-2.0
 *
 * Rehearsals. By law, on a small home made for it: every verb of an attacker against
 * every act of a measure; messages in the order of their times, late, lost and held up
 * as the carrier says; a run from a snapshot is the run; the same bytes for any number
 * of threads; parameters as they were stated. By example, on the water heater: levels,
 * measures that stand in the way of an emergency, the matrix.
 *
 * Shares and means may be 4.5 standard deviations off, which happens once in 150,000
 * tests.
 */
#include "unit.h"

#include <math.h>
#include <stdlib.h>

#include "base/assets.h"
#include "base/mem.h"
#include "catalog/catalog.h"
#include "tools/kit.h"
#include "twin/rehearse.h"

#define DEVIATIONS 4.5

static struct catalog *catalog;

/* ---- models made for it -----------------------------------------------------------
 */

struct bench {
    struct model *model;
    struct graph *graph;
    struct cast *cast;
    struct stage stage;
    uint8_t measures[256]; // more than any model here has
};

static int bench_read(struct bench *b, const char *text, size_t len)
{
    *b = (struct bench){.model = model_read_text("bench.yaml", text, len)};
    catalog_bind(catalog, b->model);
    cast_bind(b->model);
    if (b->model->diags.n_errors) {
        diag_print(&b->model->diags, stdout, (struct diag_view){0});
        return 0;
    }
    b->graph = graph_build(b->model, catalog);
    b->cast = cast_new(b->graph);
    return b->cast != NULL;
}

static void bench_close(struct bench *b)
{
    stage_fini(&b->stage);
    cast_free(b->cast);
    graph_free(b->graph);
    model_free(b->model);
}

/* What is put into the small home. */
struct home {
    const char *steps;    // of the play of `hit`
    const char *acts;     // of the measure `m`
    const char *protocol; // of its flows
    const char *more;     // of the section rehearsal
    const char *holds;    // of the measure
    const char *play;     // further keys of the play
    const char *measures; // before the measure
};

static const char * or (const char *text, const char *usual)
{
    return text ? text : usual;
}

/* A home as small as can be: an application, a cloud, a controller, a heater, a panel.
 */
static void write_home(const struct home *h, struct buf *out)
{
    const char *protocol = or (h->protocol, "http");
    buf_str(
        out,
        "awai: 1\nsystem: {id: home, name: Home}\napplicant: maker\n"
        "stakeholders:\n"
        "  maker: {name: Maker, roles: [device-maker]}\n"
        "  user: {name: User, roles: [iot-user, resident]}\n"
        "criteria: {economic: {limited: {below: 10 MJPY}, serious: {below: 100 "
        "MJPY}}}\n"
        "zones:\n"
        "  net: {name: Internet, kind: internet}\n"
        "  home: {name: Home, kind: site}\n"
        "data:\n"
        "  people: {name: People, class: personal}\n"
        "  plans: {name: Plans, class: trade-secret}\n"
        "components:\n"
        "  stranger: {name: X, kind: cloud-service, zone: net}\n"
        "  app: {name: A, kind: cloud-service, zone: net}\n"
        "  cloud: {name: C, kind: cloud-service, zone: net, data: [people, plans]}\n"
        "  controller: {name: D, kind: plc, zone: home}\n"
        "  heater: {name: H, kind: plc, zone: home}\n"
        "  panel: {name: P, kind: plc, zone: home}\n");
    buf_printf(out,
               "flows:\n"
               "  a: {from: app, to: cloud, protocol: %s, data: [people]}\n"
               "  b: {from: cloud, to: controller, protocol: %s}\n"
               "  c: {from: controller, to: heater, protocol: %s}\n"
               "  p: {from: panel, to: heater, protocol: %s}\n"
               "  s: {from: heater, to: app, protocol: %s}\n",
               protocol, protocol, protocol, protocol, protocol);
    buf_printf(
        out,
        "safety-functions:\n"
        "  limit: {name: L, on: heater, against: hit}\n"
        "  cut: {name: C, on: heater, independent: true, against: hit}\n"
        "incidents:\n"
        "  hit: {name: H, threat: data-tampering, at: heater, harms: {user: {recovery: "
        "limited, economic: none, because: b}}}\n"
        "measures:\n%s"
        "  m: {name: M, requirement: safety-design, by: maker, on: [c, heater, home], "
        "holds: %s}\n",
        or (h->measures, ""), or (h->holds, "1"));
    buf_printf(out,
               "rehearsal:\n"
               "  twin: heater\n"
               "  bind:\n"
               "    app: app\n    heater: heater\n    panel: panel\n"
               "    bath_set: [a, b, c]\n    fill: [a, b, c]\n"
               "    panel_set: p\n    panel_stop: p\n    status: s\n"
               "    limit: limit\n    cut_off: cut\n"
               "  records: {people: {held: 1000, per-day: 24}, plans: 7}\n"
               "  measures: {m: {acts: [%s]}}\n"
               "  plays:\n"
               "    hit: {%s steps: [%s]}\n%s",
               or (h->acts, ""), or (h->play, ""),
               or (h->steps, "{at: 0, do: drop, on: p}"), or (h->more, ""));
}

/* Returns 1; 0 if the model is wrong, and says so. */
static int bench_open(struct bench *b, const struct home *h)
{
    struct buf text = {0};
    write_home(h, &text);
    int is_fine = bench_read(b, buf_text(&text), text.len);
    buf_fini(&text);
    return is_fine;
}

static int bench_heater(struct bench *b)
{
    const struct asset *file = asset_find("usecases/gas-water-heater/model.yaml");
    return file && bench_read(b, (const char *)file->bytes, file->len);
}

/* Begins a run of the play number `play`, below 0 without one; with all measures or
 * none. */
static void begin(struct bench *b, int play, int with, uint64_t world)
{
    memset(b->measures, with, sizeof b->measures);
    struct stage_plan plan = {.cast = b->cast,
                              .play = play < 0 ? NULL : &b->cast->plays[play],
                              .measures = b->measures,
                              .emergency = -1,
                              .seed = 7,
                              .world = world,
                              .begins_s = -1};
    stage_begin(&b->stage, &plan);
}

static int signal_of(const struct bench *b, const char *name)
{
    for (size_t i = 0; i < b->cast->scenario->n_signals; i++)
        if (strcmp(b->cast->scenario->signals[i].q.name, name) == 0) return (int)i;
    return -1;
}

static uint32_t outcome_of(const struct bench *b, const char *name)
{
    for (uint32_t i = 0; i < cast_n_outcomes(b->cast->scenario); i++)
        if (strcmp(cast_outcome(b->cast->scenario, i)->q.name, name) == 0) return i;
    return REF_NONE;
}

static double outcome(const struct bench *b, enum general_outcome o)
{
    return b->stage.d.outcomes[b->cast->scenario->n_outcomes + (size_t)o];
}

/* Sends at a time, and lets everything happen until another; the twin stands still. */
static double sent(struct bench *b, const char *name, double at, double value,
                   double until)
{
    int signal = signal_of(b, name);
    cyber_run(&b->stage, at);
    b->stage.d.t = at;
    cyber_send(&b->stage, signal, value);
    cyber_run(&b->stage, until);
    b->stage.d.t = until;
    return stage_seen(&b->stage, signal);
}

/* What carriers do otherwise, set for a test. */
static void make_way(struct bench *b, double latency, double jitter, double loss,
                     double per_s)
{
    for (uint32_t i = 0; i < b->cast->n_places; i++) {
        struct cast_place *p = &b->cast->places[i];
        if (!p->is_flow) continue;
        p->latency_s = latency;
        p->jitter_s = jitter;
        p->loss = loss;
        p->per_s = per_s;
    }
}

static void check_share(uint64_t k, uint64_t n, double p)
{
    CHECK_NEAR((double)k / (double)n, p,
               DEVIATIONS * sqrt(p * (1 - p) / (double)n) + 1e-12);
}

/* ---- verbs against acts -----------------------------------------------------------
 */

enum {
    AUTHENTICATE = 1 << ACT_AUTHENTICATE,
    INTEGRITY = 1 << ACT_INTEGRITY,
    ENCRYPT = 1 << ACT_ENCRYPT,
    ALLOW_LIST = 1 << ACT_ALLOW_LIST,
    RATE_LIMIT = 1 << ACT_RATE_LIMIT,
    SEGMENT = 1 << ACT_SEGMENT,
    SIGNED_UPDATE = 1 << ACT_SIGNED_UPDATE,
    ISOLATE = 1 << ACT_ISOLATE,
    SECOND_FACTOR = 1 << ACT_SECOND_FACTOR,
};

/* By which acts each thing done in the home, from outside of it, is refused. */
static const struct {
    const char *step;
    unsigned refused;
} verb_rows[] = {
    {"do: tamper, on: c, signal: bath_set, value: 75",               INTEGRITY                 },
    {"do: spoof, on: c, signal: bath_set, value: 75",                AUTHENTICATE | INTEGRITY  },
    {"do: replay, on: c, signal: bath_set",                          INTEGRITY                 },
    {"do: delay, on: c, delay: 10",                                  0                         },
    {"do: drop, on: c",                                              0                         },
    {"do: flood, on: c, per-second: 1e6",                            RATE_LIMIT                },
    {"do: flood, on: heater, per-second: 1e6",                       RATE_LIMIT                },
    {"do: eavesdrop, on: c",                                         ENCRYPT                   },
    {"do: take-over, on: heater, payload: override, value: 75",      ALLOW_LIST                },
    {"do: misuse, on: heater, payload: override, value: 75",         SECOND_FACTOR             },
    {"do: bad-update, on: c, payload: override, value: 75",          ALLOW_LIST | SIGNED_UPDATE},
    {"do: take-over, on: heater, payload: disable, function: limit",
     ALLOW_LIST | ISOLATE                                                                      },
    {"do: misuse, on: heater, payload: disable, function: limit",
     ISOLATE | SECOND_FACTOR                                                                   },
    {"do: misuse, on: heater, payload: disable, function: cut",      ~0u                       },
};

static const char *const act_rows[] = {
    [ACT_AUTHENTICATE] = "does: authenticate",
    [ACT_INTEGRITY] = "does: integrity",
    [ACT_ENCRYPT] = "does: encrypt",
    [ACT_ALLOW_LIST] = "does: allow-list",
    [ACT_RATE_LIMIT] = "does: rate-limit",
    [ACT_SEGMENT] = "does: segment",
    [ACT_SIGNED_UPDATE] = "does: signed-update",
    [ACT_ISOLATE] = "does: isolate",
    [ACT_LIMIT] = "does: limit, signal: bath_set, most: 48",
    [ACT_SET] = "does: set, parameter: limit_c, value: 48",
    [ACT_CONFIRM] = "does: confirm, signal: bath_set",
    [ACT_LOGIN] = "does: login",
    [ACT_MONITOR] = "does: monitor, takes: 60",
    [ACT_RESPOND] = "does: respond, response: switch_off, takes: 60",
    [ACT_RESTORE] = "does: restore, takes: 60",
    [ACT_SECOND_FACTOR] = "does: second-factor",
};

static void check_pair(size_t verb, int act)
{
    char step[160], does[80];
    snprintf(step, sizeof step, "{at: 5, from: stranger, %s}", verb_rows[verb].step);
    snprintf(does, sizeof does, "{%s}", act_rows[act]);
    struct home h = {.steps = step, .acts = does};
    struct bench b;
    int expected = act == ACT_SEGMENT || (verb_rows[verb].refused >> act & 1);
    REQUIRE(bench_open(&b, &h));
    for (int with = 0; with <= 1; with++) {
        begin(&b, 0, with, 0);
        cyber_run(&b.stage, 10);
        int is_refused = b.stage.d.steps[0].state == STEP_REFUSED;
        int wanted = with ? expected : verb_rows[verb].refused == ~0u;
        CHECK_INT(is_refused, wanted);
        CHECK_INT((int)outcome(&b, GENERAL_REFUSED), wanted);
        if (is_refused != wanted)
            printf("#  %s; %s; %d\n", verb_rows[verb].step, act_rows[act], with);
    }
    bench_close(&b);
}

/* Nothing but what an act is against is refused, and nothing without measures but what
 * cannot be reached at all. */
static void test_every_verb_against_every_act(void)
{
    for (size_t verb = 0; verb < KIT_COUNT(verb_rows); verb++)
        for (int act = ACT_AUTHENTICATE; act < N_ACT_KINDS; act++)
            check_pair(verb, act);
}

/* Protection by the protocol itself. */
static void test_protocols_protect(void)
{
    static const char *const steps[] = {
        "do: tamper, on: c, value: 75", "do: spoof, on: c, signal: bath_set, value: 75",
        "do: replay, on: c, signal: bath_set", "do: eavesdrop, on: c"};
    for (size_t i = 0; i < KIT_COUNT(steps); i++) {
        for (int is_secure = 0; is_secure <= 1; is_secure++) {
            char step[120];
            struct bench b;
            snprintf(step, sizeof step, "{at: 0, %s}", steps[i]);
            REQUIRE(bench_open(
                &b, &(struct home){.steps = step,
                                   .protocol = is_secure ? "https" : "http"}));
            begin(&b, 0, 0, 0);
            cyber_run(&b.stage, 1);
            CHECK_INT(b.stage.d.steps[0].state == STEP_REFUSED, is_secure);
            bench_close(&b);
        }
    }
}

/* A border keeps out who stands outside and has no flow in; who has one, or stands
 * inside, gets in. */
static void test_segments(void)
{
    static const struct {
        const char *step;
        int is_refused;
    } rows[] = {
        {"do: misuse, on: controller, from: stranger, payload: stop", 1},
        {"do: misuse, on: controller, from: cloud, payload: stop",    0},
        {"do: misuse, on: heater, from: cloud, payload: stop",        1},
        {"do: misuse, on: heater, from: controller, payload: stop",   0},
        {"do: misuse, on: heater, from: panel, payload: stop",        0},
        {"do: misuse, on: cloud, from: stranger, payload: stop",      0},
        {"do: misuse, on: heater, payload: stop",                     0},
        {"do: drop, on: b, from: stranger",                           0},
        {"do: drop, on: b, from: panel",                              0},
        {"do: drop, on: c, from: stranger",                           1},
        {"do: drop, on: p, from: controller",                         0},
    };
    for (size_t i = 0; i < KIT_COUNT(rows); i++) {
        char step[120];
        struct bench b;
        snprintf(step, sizeof step, "{at: 0, %s}", rows[i].step);
        REQUIRE(bench_open(
            &b, &(struct home){.steps = step, .acts = "{does: segment, on: home}"}));
        begin(&b, 0, 1, 0);
        cyber_run(&b.stage, 1);
        CHECK_INT(b.stage.d.steps[0].state == STEP_REFUSED, rows[i].is_refused);
        bench_close(&b);
    }
}

/* ---- what comes through -----------------------------------------------------------
 */

/* What is seen of 41 sent at 100 s when all has been done, by the measure off and on.
 */
static void check_seen(const char *steps, const char *acts, double without, double with)
{
    struct bench b;
    double wanted[2] = {without, with};
    REQUIRE(bench_open(&b, &(struct home){.steps = steps, .acts = acts}));
    for (int i = 0; i <= 1; i++) {
        begin(&b, 0, i, 0);
        CHECK_NEAR(sent(&b, "bath_set", 100, 41, 200), wanted[i], 1e-12);
    }
    bench_close(&b);
}

static void test_what_is_changed(void)
{
    const char *none = NULL;
    check_seen("{at: 0, do: tamper, on: b, signal: bath_set, value: 75}", none, 75, 75);
    check_seen("{at: 0, do: tamper, on: b, value: 75}", none, 75, 75);
    check_seen("{at: 0, do: tamper, on: b, signal: fill, value: 0}", none, 41, 41);
    check_seen("{at: 0, do: tamper, on: b, times: 2, add: 3}", none, 85, 85);
    check_seen("{at: 0, do: tamper, on: b, add: 1, per-hour: 36}", none, 43, 43);
    check_seen("{at: 100.5, do: tamper, on: b, value: 75}", none, 41, 41);
    check_seen("{at: 0, lasts: 99, do: tamper, on: b, value: 75}", none, 41, 41);
    check_seen("{at: 0, lasts: 101, do: tamper, on: b, value: 75}", none, 75, 75);
    check_seen("{at: 0, do: drop, on: b}", none, 42, 42);
    check_seen("{at: 0, do: drop, on: p}", none, 41, 41);
    check_seen("{at: 0, do: delay, on: b, delay: 99}", none, 41, 41);
    check_seen("{at: 0, do: delay, on: b, delay: 101}", none, 42, 42);
    check_seen("{at: 0, do: take-over, on: cloud, payload: stop}", none, 42, 42);
    check_seen("{at: 0, do: take-over, on: panel, payload: stop}", none, 41, 41);
    check_seen("{at: 0, do: take-over, on: cloud, payload: falsify, value: 60}", none,
               41, 41);
    check_seen("{at: 0, do: take-over, on: cloud, payload: override, value: 60}", none,
               60, 60);
    check_seen("{at: 0, do: bad-update, on: b, payload: override, value: 60}", none, 60,
               60);
    check_seen("{at: 0, do: misuse, on: controller, payload: override, signal: "
               "bath_set, value: 60}",
               none, 60, 60);
}

static void test_acts_on_the_way(void)
{
    const char *tamper = "{at: 0, do: tamper, on: b, value: 75}";
    check_seen(tamper, "{does: limit, signal: bath_set, most: 48}", 75, 48);
    check_seen(tamper, "{does: limit, signal: bath_set, least: 80}", 75, 80);
    check_seen(tamper, "{does: limit, signal: fill, most: 48}", 75, 75);
    check_seen(tamper, "{does: confirm, signal: bath_set, chance: 0}", 75, 42);
    check_seen(tamper, "{does: confirm, signal: bath_set, chance: 1}", 75, 75);
    check_seen(tamper, "{does: confirm, signal: fill, chance: 0}", 75, 75);
    check_seen(tamper, "{does: monitor, on: b, takes: 99}", 75, 41);
    check_seen(tamper, "{does: monitor, on: controller, takes: 99}", 75, 41);
    check_seen(tamper, "{does: monitor, on: panel, takes: 99}", 75, 75);
    check_seen(tamper, "{does: monitor, on: b, takes: 101}", 75, 75);
    check_seen("{at: 0, do: take-over, on: cloud, payload: encrypt}",
               "{does: restore, on: cloud, takes: 99}", 42, 41);
    check_seen("{at: 0, do: take-over, on: cloud, payload: encrypt}",
               "{does: restore, on: cloud, takes: 101}", 42, 42);
    // what nobody has forged needs no confirmation
    check_seen("{at: 0, do: drop, on: p}",
               "{does: confirm, signal: bath_set, chance: 0}", 41, 41);
}

/* People respond to what was seen, and the attack ends then. */
static void test_response(void)
{
    struct bench b;
    REQUIRE(bench_open(
        &b,
        &(struct home){
            .steps = "{at: 10, do: misuse, on: heater, payload: override, value: 75}",
            .acts = "{does: respond, on: heater, response: switch_off, takes: 50}"}));
    begin(&b, 0, 1, 0);
    cyber_run(&b.stage, 100);
    CHECK_NEAR(b.stage.d.responds_s[0], 60, 1e-12);
    CHECK_NEAR(b.stage.d.steps[0].ends_s, 60, 1e-12);
    CHECK_NEAR(outcome(&b, GENERAL_SEEN), 1, 0);
    b.stage.d.t = 59.9;
    CHECK(!stage_responds(&b.stage, 0));
    b.stage.d.t = 60;
    CHECK(stage_responds(&b.stage, 0));
    begin(&b, 0, 0, 0);
    cyber_run(&b.stage, 100);
    CHECK(isinf(b.stage.d.responds_s[0]) && outcome(&b, GENERAL_SEEN) <= 0);
    bench_close(&b);
}

/* A person's commands wait until the login is done, in the order in which they were
 * given; later ones do not; a lock is added to it. */
static void test_login(void)
{
    struct bench b;
    REQUIRE(bench_open(
        &b, &(struct home){.acts = "{does: login, on: panel, takes: 30, locks: 600}",
                           .more = "  parameters: {locked_out: 0}\n"}));
    begin(&b, -1, 1, 0);
    CHECK_NEAR(sent(&b, "panel_set", 0, 50, 29.9), 42, 0);
    CHECK_NEAR(sent(&b, "panel_set", 29.9, 55, 29.95), 42, 0);
    cyber_run(&b.stage, 30.01);
    CHECK_NEAR(stage_seen(&b.stage, signal_of(&b, "panel_set")), 55, 0);
    CHECK_NEAR(sent(&b, "panel_set", 40, 56, 40), 56, 0);
    begin(&b, -1, 0, 0);
    CHECK_NEAR(sent(&b, "panel_set", 0, 50, 0), 50, 0);
    bench_close(&b);
    REQUIRE(bench_open(
        &b, &(struct home){.acts = "{does: login, on: panel, takes: 30, locks: 600}",
                           .more = "  parameters: {locked_out: 1}\n"}));
    begin(&b, -1, 1, 0);
    CHECK_NEAR(sent(&b, "panel_set", 0, 50, 629.9), 42, 0);
    cyber_run(&b.stage, 630);
    CHECK_NEAR(stage_seen(&b.stage, signal_of(&b, "panel_set")), 50, 0);
    bench_close(&b);
}

/* A replay sends what it has recorded, never what a liar sent, and nothing where
 * nothing has passed. */
static void test_replay(void)
{
    static const struct {
        const char *step;
        double seen;
    } rows[] = {
        {"{at: 100, do: replay, on: b, signal: bath_set}",               44},
        {"{at: 100, do: replay, on: b, signal: bath_set, recorded: 0}",  43},
        {"{at: 100, do: replay, on: b, signal: bath_set, recorded: 20}", 44},
        {"{at: 5, do: replay, on: b, signal: bath_set}",                 43},
        {"{at: 100, do: replay, on: p, signal: panel_set}",              45},
    };
    for (size_t i = 0; i < KIT_COUNT(rows); i++) {
        struct bench b;
        REQUIRE(bench_open(&b, &(struct home){.steps = rows[i].step}));
        begin(&b, 0, 0, 0);
        sent(&b, "bath_set", 10, 43, 11);
        sent(&b, "bath_set", 30, 44, 31);
        CHECK_NEAR(sent(&b, "bath_set", 99, 44, 99), 44, 0);
        sent(&b, "bath_set", 101, 45, 101);
        cyber_run(&b.stage, 107);
        CHECK_NEAR(stage_seen(&b.stage, signal_of(&b, "bath_set")), rows[i].seen, 0);
        CHECK_NEAR(stage_seen(&b.stage, signal_of(&b, "panel_set")), 42, 0);
        CHECK(i < 4 || stage_arrived(&b.stage, signal_of(&b, "panel_set")) == 0);
        bench_close(&b);
    }
}

/* ---- messages ---------------------------------------------------------------------
 */

/* What is bound to no flow arrives at once. */
static void test_unbound(void)
{
    struct bench b;
    REQUIRE(bench_open(&b, &(struct home){0}));
    b.cast->routes[signal_of(&b, "bath_set")].n = 0;
    begin(&b, 0, 0, 0);
    CHECK_NEAR(sent(&b, "bath_set", 5, 43, 5), 43, 0);
    CHECK_INT(stage_arrived(&b.stage, signal_of(&b, "bath_set")), 1);
    CHECK_NEAR(stage_silence_s(&b.stage, signal_of(&b, "bath_set")), 0, 0);
    bench_close(&b);
}

/* After three times the latency, and not before. */
static void test_latency(void)
{
    struct bench b;
    REQUIRE(bench_open(&b, &(struct home){0}));
    make_way(&b, 2, 0, 0, 1e9);
    begin(&b, 0, 0, 0);
    CHECK_NEAR(sent(&b, "bath_set", 1, 43, 6.999), 42, 0);
    cyber_run(&b.stage, 7.001);
    CHECK_NEAR(stage_seen(&b.stage, signal_of(&b, "bath_set")), 43, 0);
    CHECK_NEAR(b.stage.d.signals[signal_of(&b, "bath_set")].seen_s, 7, 1e-6);
    bench_close(&b);
}

/* Where one message a second passes, the tenth of ten sent together waits for nine. */
static void test_bandwidth(void)
{
    struct bench b;
    REQUIRE(bench_open(&b, &(struct home){0}));
    make_way(&b, 0, 0, 0, 1);
    begin(&b, 0, 0, 0);
    int signal = signal_of(&b, "panel_set");
    for (int i = 0; i < 10; i++)
        cyber_send(&b.stage, signal, 40 + i);
    for (int i = 0; i < 10; i++) {
        cyber_run(&b.stage, i);
        CHECK_INT(stage_arrived(&b.stage, signal), i + 1);
        CHECK_NEAR(stage_seen(&b.stage, signal), 40 + i, 0);
    }
    bench_close(&b);
}

/* With jitter, delays are uniform between latency and latency + jitter on each flow;
 * with loss, a command is late by another second for each loss and arrives, and of
 * readings a share is lost, of true ones and of forged ones. */
static void check_late(struct bench *b, const char *name, double flows, double again_s)
{
    enum { N = 20000 };
    const double loss = 0.02;
    double sum = 0, squares = 0, before = 0;
    uint32_t n = 0;
    make_way(b, 0.5, 1, loss, 1e9);
    begin(b, 0, 0, 0);
    int signal = signal_of(b, name);
    for (int i = 0; i < N; i++) {
        double t = 10.0 * i;
        sent(b, name, t, i, t + 9);
        if (stage_arrived(&b->stage, signal) == n) continue;
        double late = b->stage.d.signals[signal].seen_s - t;
        CHECK(late >= 0.5 * flows - 1e-6 && late <= (1.5 + again_s) * flows + 1e-6 &&
              b->stage.d.signals[signal].seen_s > before);
        before = b->stage.d.signals[signal].seen_s;
        n = stage_arrived(&b->stage, signal);
        sum += late;
        squares += late * late;
    }
    double mean = sum / n, variance = squares / n - mean * mean;
    double wanted = flows * (1.0 / 12 + again_s * again_s * loss * (1 - loss));
    check_share(n, N, again_s > 0 ? 1 : pow(1 - loss, flows));
    CHECK_NEAR(mean, flows * (1 + again_s * loss), DEVIATIONS * sqrt(wanted / n));
    CHECK_NEAR(variance, wanted, 0.02);
}

static void test_jitter_and_loss(void)
{
    enum { N = 20000 };
    struct bench b;
    REQUIRE(bench_open(&b, &(struct home){0}));
    check_late(&b, "bath_set", 3, 1);
    check_late(&b, "status", 1, 0);
    bench_close(&b);
    REQUIRE(bench_open(
        &b, &(struct home){
                .steps = "{at: 0, do: spoof, on: b, signal: bath_set, value: 75}"}));
    make_way(&b, 0, 0, 0.1, 1e9);
    begin(&b, 0, 0, 0);
    cyber_run(&b.stage, 5.0 * (N - 0.5));
    CHECK_INT((long long)b.stage.d.steps[0].n_forged, N);
    CHECK_INT((long long)stage_arrived(&b.stage, signal_of(&b, "bath_set")), N);
    bench_close(&b);
}

/* Messages leave the heap in the order of their times, and those of one time as sent.
 */
static void test_order(void)
{
    struct bench b;
    REQUIRE(bench_open(&b, &(struct home){0}));
    make_way(&b, 0, 7, 0, 1e9);
    begin(&b, 0, 0, 0);
    for (int i = 0; i < 200; i++)
        cyber_send(&b.stage, signal_of(&b, i % 2 ? "bath_set" : "panel_set"), i);
    CHECK_INT(b.stage.d.n_messages, 200);
    double last = 0;
    while (b.stage.d.n_messages) {
        double due = b.stage.d.messages[0].due;
        for (uint32_t i = 1; i < b.stage.d.n_messages; i++)
            CHECK(b.stage.d.messages[i].due >= b.stage.d.messages[(i - 1) / 2].due);
        CHECK(due >= last && due <= 21 + 1e-6);
        last = due;
        cyber_run(&b.stage, due);
    }
    CHECK_INT(stage_arrived(&b.stage, signal_of(&b, "bath_set")), 100);
    CHECK_INT(stage_arrived(&b.stage, signal_of(&b, "panel_set")), 100);
    bench_close(&b);
    REQUIRE(bench_open(&b, &(struct home){0}));
    make_way(&b, 1, 0, 0, 1e12);
    begin(&b, 0, 0, 0);
    for (int i = 0; i < 100; i++)
        cyber_send(&b.stage, signal_of(&b, "panel_set"), i);
    cyber_run(&b.stage, 2);
    CHECK_NEAR(stage_seen(&b.stage, signal_of(&b, "panel_set")), 99, 0);
    bench_close(&b);
}

/* What an attack holds back for long keeps no other message from its way. */
static void test_delayed_messages(void)
{
    struct bench b;
    REQUIRE(bench_open(&b, &(struct home){.steps = "{at: 0, do: delay, on: c, signal: "
                                                   "bath_set, delay: 10000}"}));
    make_way(&b, 1, 0, 0, 1e9);
    begin(&b, 0, 0, 0);
    for (int i = 0; i < 2 * STAGE_MOST_MESSAGES; i++)
        sent(&b, "bath_set", i, 41, i);
    CHECK_INT(b.stage.d.n_messages, STAGE_MOST_MESSAGES);
    CHECK_NEAR(sent(&b, "panel_set", 600, 50, 602), 50, 0);
    cyber_run(&b.stage, 20000);
    CHECK_NEAR(stage_seen(&b.stage, signal_of(&b, "bath_set")), 41, 0);
    bench_close(&b);
}

/* More than a stage holds are lost, and nothing else happens. */
static void test_too_many_messages(void)
{
    struct bench b;
    REQUIRE(bench_open(&b, &(struct home){0}));
    make_way(&b, 10, 0, 0, 1e12);
    begin(&b, 0, 0, 0);
    for (int i = 0; i < 3 * STAGE_MOST_MESSAGES; i++)
        cyber_send(&b.stage, signal_of(&b, "panel_set"), i);
    CHECK_INT(b.stage.d.n_messages, STAGE_MOST_MESSAGES);
    cyber_run(&b.stage, 20);
    CHECK_INT(stage_arrived(&b.stage, signal_of(&b, "panel_set")), STAGE_MOST_MESSAGES);
    bench_close(&b);
}

/* A flood loses what the flow cannot carry, once for a component on the way. */
static void test_flood(void)
{
    enum { N = 4000 };
    static const char *const where[] = {"b", "cloud", "app", "heater"};
    for (size_t k = 0; k < KIT_COUNT(where); k++) {
        char step[80];
        struct bench b;
        snprintf(step, sizeof step, "{at: 0, do: flood, on: %s, per-second: 4000}",
                 where[k]);
        REQUIRE(bench_open(&b, &(struct home){.steps = step}));
        make_way(&b, 0, 0, 0, 1000);
        begin(&b, 0, 0, 0);
        for (int i = 0; i < N; i++)
            sent(&b, "bath_set", 10.0 * i, i, 10.0 * i + 9);
        check_share(stage_arrived(&b.stage, signal_of(&b, "bath_set")), N, 0.25);
        bench_close(&b);
    }
}

/* ---- attacks in time --------------------------------------------------------------
 */

static void test_at(void)
{
    struct bench b;
    REQUIRE(bench_open(
        &b, &(struct home){
                .steps =
                    "{at: 10, do: drop, on: a}, {at: 25, lasts: 5, do: drop, on: b}"}));
    for (int moved = 0; moved <= 1; moved++) {
        memset(b.measures, 0, sizeof b.measures);
        struct stage_plan plan = {.cast = b.cast,
                                  .play = b.cast->plays,
                                  .emergency = -1,
                                  .begins_s = moved ? 100 : -1};
        double by = moved ? 90 : 0;
        stage_begin(&b.stage, &plan);
        CHECK_NEAR(b.stage.d.steps[0].begins_s, 10 + by, 1e-12);
        CHECK_NEAR(b.stage.d.steps[1].begins_s, 25 + by, 1e-12);
        CHECK_NEAR(b.stage.d.steps[1].ends_s, 30 + by, 1e-12);
        CHECK(isinf(b.stage.d.steps[0].ends_s));
        cyber_run(&b.stage, 27 + by);
        CHECK_INT(b.stage.d.steps[1].state, STEP_RUNS);
        cyber_run(&b.stage, 30 + by);
        CHECK_INT(b.stage.d.steps[1].state, STEP_OVER);
    }
    bench_close(&b);
}

/* What is stopped comes back: with the attack, after `takes`, or when nothing is ready.
 */
static void test_restore(void)
{
    static const struct {
        const char *step, *acts;
        double hours;
    } rows[] = {
        {"{at: 60, lasts: 7200, do: take-over, on: heater, payload: stop}",    "", 2  },
        {"{at: 60, lasts: 7200, do: take-over, on: heater, payload: encrypt}", "", 48 },
        {"{at: 60, do: take-over, on: heater, payload: encrypt}",
         "{does: restore, takes: 36000}",                                          10 },
        {"{at: 60, do: take-over, on: heater, payload: stop}",
         "{does: monitor, takes: 1800}",                                           0.5},
        {"{at: 60, do: take-over, on: heater, payload: encrypt}",
         "{does: monitor, takes: 1800}",                                           48 },
    };
    for (size_t i = 0; i < KIT_COUNT(rows); i++) {
        struct bench b;
        REQUIRE(
            bench_open(&b, &(struct home){.steps = rows[i].step,
                                          .acts = rows[i].acts,
                                          .more = "  parameters: {restore_h: 48}\n"}));
        begin(&b, 0, 1, 0);
        cyber_run(&b.stage, 100);
        cyber_end(&b.stage);
        b.stage.d.t = 59 + rows[i].hours * 3600;
        CHECK(!stage_works(&b.stage, 3));
        b.stage.d.t = 60 + rows[i].hours * 3600;
        CHECK(stage_works(&b.stage, 3));
        CHECK_NEAR(outcome(&b, GENERAL_STOPPED_H), rows[i].hours, 1e-9);
        bench_close(&b);
    }
}

/* Records of each place once, whoever reads them and how often. */
static void test_records(void)
{
    static const struct {
        const char *steps;
        double personal, secret, altered;
    } rows[] = {
        {"{at: 0, do: take-over, on: cloud, payload: read}",                             1000, 7, 1},
        {"{at: 0, do: misuse, on: cloud, payload: read}",                                1000, 7, 0},
        {"{at: 0, lasts: 3600, do: misuse, on: cloud, payload: read}",                   500,  3, 0},
        {"{at: 0, do: misuse, on: cloud, payload: read}, {at: 9, do: take-over, on: "
         "cloud, payload: read}",                                               1000, 7, 1},
        {"{at: 0, lasts: 1800, do: misuse, on: cloud, payload: read}, {at: 9000, "
         "lasts: 3600, do: misuse, on: cloud, payload: read}",                  500,  3, 0},
        {"{at: 0, do: eavesdrop, on: a}",                                                24,   0, 0},
        {"{at: 0, lasts: 43200, do: eavesdrop, on: a}",                                  12,   0, 0},
        {"{at: 0, do: eavesdrop, on: a}, {at: 0, do: eavesdrop, on: a}",                 24,   0, 0},
        {"{at: 0, do: eavesdrop, on: a}, {at: 0, do: misuse, on: cloud, payload: read}",
         1024,                                                                                 7, 0},
        {"{at: 0, do: eavesdrop, on: c}",                                                0,    0, 0},
        {"{at: 0, do: take-over, on: cloud, payload: stop}, {at: 0, do: bad-update, "
         "on: b, payload: stop}",                                               0,    0, 2},
    };
    for (size_t i = 0; i < KIT_COUNT(rows); i++) {
        struct bench b;
        REQUIRE(
            bench_open(&b, &(struct home){.steps = rows[i].steps,
                                          .play = "reason: r,",
                                          .more = "  parameters: {copying_h: 2}\n"}));
        begin(&b, 0, 0, 0);
        stage_run(&b.stage);
        CHECK_NEAR(outcome(&b, GENERAL_PERSONAL), rows[i].personal, 0);
        CHECK_NEAR(outcome(&b, GENERAL_SECRET), rows[i].secret, 0);
        CHECK_NEAR(outcome(&b, GENERAL_ALTERED), rows[i].altered, 0);
        CHECK_INT((long long)b.stage.twin.n_steps, 0);
        bench_close(&b);
    }
}

/* ---- worlds -----------------------------------------------------------------------
 */

static uint32_t parameter_of(const struct bench *b, const char *name)
{
    for (uint32_t i = 0; i < b->cast->n_parameters; i++)
        if (strcmp(cast_quantity(b->cast->scenario, i)->name, name) == 0) return i;
    return REF_NONE;
}

static double drawn(const struct bench *b, const char *name)
{
    uint32_t i = parameter_of(b, name),
             n = (uint32_t)b->cast->scenario->twin->n_variables;
    return i < n ? twin_get(&b->stage.twin, (int)i) : b->stage.chances[i - n];
}

/* The mean of every parameter over the worlds is that of its distribution, and a play's
 * own parameters stand instead of those of the rehearsal. */
static void test_parameters_are_unbiased(void)
{
    enum { N = 4000 };
    static const struct {
        const char *name;
        double least, mode, most;
    } rows[] = {
        {"inlet_c",    5,   15,   28   },
        {"soaks_s",    300, 900,  1800 },
        {"reaction_s", 2,   5,    40   },
        {"notice_s",   600, 1800, 43200},
        {"orders_c",   40,  40.5, 47   },
    };
    double sums[KIT_COUNT(rows)] = {0};
    struct bench b;
    REQUIRE(bench_open(
        &b,
        &(struct home){
            .play =
                "parameters: {orders_c: {min: 40, mode: 40.5, max: 47}, tub_l: 200},",
            .more = "  parameters: {inlet_c: {min: 5, mode: 15, max: 28}, orders_c: "
                    "36}\n"}));
    for (uint64_t world = 0; world < N; world++) {
        begin(&b, 0, 0, world);
        for (size_t i = 0; i < KIT_COUNT(rows); i++) {
            double x = drawn(&b, rows[i].name);
            CHECK(x >= rows[i].least && x <= rows[i].most);
            sums[i] += x;
        }
        CHECK_NEAR(drawn(&b, "tub_l"), 200, 0);
    }
    for (size_t i = 0; i < KIT_COUNT(rows); i++) {
        struct dist d = {DIST_PERT, rows[i].least, rows[i].mode, rows[i].most};
        double a = d.a, c = d.c, mean = dist_mean(&d);
        double deviation = sqrt((mean - a) * (c - mean) / 7); // of PERT
        CHECK_NEAR(sums[i] / N, mean, DEVIATIONS * deviation / sqrt(N));
    }
    begin(&b, -1, 0, 0);
    CHECK_NEAR(drawn(&b, "orders_c"), 36, 0);
    bench_close(&b);
}

/* A measure holds in as many worlds as it states, all it does together; the weather and
 * people of a world are the same with it and without. */
static void test_holds(void)
{
    enum { N = 4000 };
    struct bench b;
    uint64_t n_held = 0;
    REQUIRE(bench_open(
        &b,
        &(struct home){
            .acts =
                "{does: limit, signal: fill, most: 0}, {does: confirm, signal: fill}",
            .holds = "0.3"}));
    for (uint64_t world = 0; world < N; world++) {
        begin(&b, 0, 0, world);
        double soaks = drawn(&b, "soaks_s"), inlet = drawn(&b, "inlet_c");
        CHECK(b.stage.limited == 0 && b.stage.confirmed == 0);
        begin(&b, 0, 1, world);
        CHECK_NEAR(drawn(&b, "soaks_s"), soaks, 0);
        CHECK_NEAR(drawn(&b, "inlet_c"), inlet, 0);
        CHECK(b.stage.limited == b.stage.confirmed);
        n_held += b.stage.limited != 0;
    }
    check_share(n_held, N, 0.3);
    bench_close(&b);
}

static void test_sets(void)
{
    struct bench b;
    REQUIRE(bench_open(
        &b, &(struct home){.acts = "{does: set, parameter: limit_c, value: 48}, {does: "
                                   "set, parameter: cut_off_c, value: 60}"}));
    begin(&b, 0, 0, 3);
    CHECK_NEAR(drawn(&b, "limit_c"), 100, 0);
    begin(&b, 0, 1, 3);
    CHECK_NEAR(drawn(&b, "limit_c"), 48, 0);
    CHECK_NEAR(drawn(&b, "cut_off_c"), 60, 0);
    bench_close(&b);
}

/* What an attack switches off does nothing any more: also the cut-off of the burner,
 * unless it is independent. */
static void test_cut_off_is_disabled(void)
{
    struct bench b;
    REQUIRE(bench_open(
        &b, &(struct home){
                .steps = "{at: 0, do: tamper, on: c, signal: bath_set, value: 75}, "
                         "{at: 0, do: misuse, on: heater, payload: disable, function: "
                         "cut}",
                .more = "  parameters: {cut_off_c: 50}\n"}));
    for (uint8_t i = 0; i <= 1; i++) {
        b.cast->is_independent[1] = !i;
        begin(&b, 0, 0, 0);
        stage_run(&b.stage);
        double hottest_c = b.stage.d.outcomes[outcome_of(&b, "hottest_c")];
        CHECK(i ? hottest_c > 74 : hottest_c <= 50);
    }
    bench_close(&b);
}

/* Of measures that set one parameter, the one counts that is farthest from what it is
 * without them, in any order. */
static void test_sets_of_one(void)
{
    static const char *const acts[] = {
        "{does: set, parameter: limit_c, value: 48}, {does: set, parameter: limit_c, "
        "value: 60}",
        "{does: set, parameter: limit_c, value: 60}, {does: set, parameter: limit_c, "
        "value: 48}"};
    for (size_t i = 0; i < KIT_COUNT(acts); i++) {
        struct bench b;
        REQUIRE(bench_open(&b, &(struct home){.acts = acts[i]}));
        begin(&b, 0, 1, 3);
        CHECK_NEAR(drawn(&b, "limit_c"), 48, 0);
        bench_close(&b);
    }
}

/* What is drawn hangs on names: another entry in the file changes no run. */
static void test_order_of_the_file(void)
{
    static const char *const before[] = {
        "", "  a: {name: A, requirement: safety-design, by: maker, on: panel}\n"};
    struct bench b[2];
    for (size_t i = 0; i < 2; i++)
        REQUIRE(bench_open(
            &b[i],
            &(struct home){
                .steps = "{at: 0, do: spoof, on: c, signal: bath_set, value: 75}, "
                         "{at: 5, do: misuse, on: heater, payload: encrypt}",
                .acts = "{does: monitor, takes: {min: 10, mode: 60, max: 300}}, {does: "
                        "confirm, signal: bath_set, chance: 0.5}, {does: login, on: "
                        "cloud, takes: {min: 1, mode: 30, max: 60}}, {does: restore, "
                        "takes: {min: 60, mode: 600, max: 6000}}",
                .measures = before[i]}));
    for (uint64_t world = 0; world < 20; world++) {
        for (size_t i = 0; i < 2; i++) {
            begin(&b[i], 0, 1, world);
            stage_run(&b[i].stage);
        }
        CHECK(memcmp(b[0].stage.d.outcomes, b[1].stage.d.outcomes,
                     sizeof b[0].stage.d.outcomes) == 0);
    }
    for (size_t i = 0; i < 2; i++)
        bench_close(&b[i]);
}

/* No parameter at an end of its range makes a variable or an outcome that is no number.
 */
static void test_ends_of_ranges(void)
{
    struct bench b;
    REQUIRE(bench_heater(&b));
    const struct scenario *s = b.cast->scenario;
    struct cast_parameter *p = mem_alloc(b.cast->n_parameters * sizeof *p);
    b.cast->plays[0].parameters = p;
    for (uint32_t i = 0; i < 2 * b.cast->n_parameters; i++) {
        const struct twin_quantity *q = cast_quantity(s, i / 2);
        if (i / 2 < s->twin->n_variables &&
            s->twin->variables[i / 2].causality != TWIN_PARAMETER)
            continue;
        memcpy(p, b.cast->parameters, b.cast->n_parameters * sizeof *p);
        p[i / 2] = (struct cast_parameter){.value = i % 2 ? q->most : q->least};
        begin(&b, 0, 0, i);
        stage_run(&b.stage);
        CHECK(b.stage.wrong == NULL);
        for (uint32_t k = 0; k < cast_n_outcomes(s); k++)
            CHECK(isfinite(b.stage.d.outcomes[k]));
        if (b.stage.wrong) printf("#  %s\n", q->name);
    }
    free(p);
    bench_close(&b);
}

/* ---- runs -------------------------------------------------------------------------
 */

static struct rehearse_plan plan_of(const struct bench *b, uint64_t runs,
                                    unsigned threads)
{
    return (struct rehearse_plan){
        .cast = b->cast,
        .sets = {NULL, b->measures},
        .n_sets = 2,
        .incident = REF_NONE,
        .seed = 11,
        .runs = runs,
        .threads = threads,
        .begins_s = -1
    };
}

static uint8_t *all_measures(const struct bench *b)
{
    uint8_t *set = mem_alloc(b->model->m.measures.n + 1);
    memset(set, 1, b->model->m.measures.n);
    return set;
}

static void check_same_sets(const struct rehearse_result *a,
                            const struct rehearse_result *b, const struct run_set *x,
                            const struct run_set *y)
{
    CHECK(memcmp(x->outcomes, y->outcomes,
                 a->plan.runs * a->n_outcomes * sizeof *x->outcomes) == 0);
    CHECK(memcmp(x->levels, y->levels,
                 b->plan.runs * b->n_stakeholders * sizeof *x->levels) == 0);
    CHECK(x->worst == y->worst && x->typical == y->typical);
}

static void test_threads(void)
{
    struct bench b;
    REQUIRE(bench_heater(&b));
    uint8_t *set = all_measures(&b);
    struct rehearse_plan plan = plan_of(&b, 12, 1);
    plan.sets[1] = set;
    struct rehearse_result *one = rehearse_run(&plan);
    CHECK_INT((long long)one->n_runs, 12 * 2 * b.cast->n_plays);
    for (unsigned threads = 2; threads <= 4; threads += 2) {
        plan.threads = threads;
        struct rehearse_result *more = rehearse_run(&plan);
        CHECK_INT((long long)more->n, (long long)one->n);
        CHECK_INT((long long)more->n_steps, (long long)one->n_steps);
        for (size_t i = 0; i < one->n; i++)
            for (int k = 0; k < 2; k++)
                check_same_sets(one, more, &one->items[i].sets[k],
                                &more->items[i].sets[k]);
        rehearse_free(more);
    }
    rehearse_free(one);
    free(set);
    bench_close(&b);
}

/* A run put back to its middle, after another world, ends as it did. */
static void test_snapshots(void)
{
    struct bench b;
    REQUIRE(bench_heater(&b));
    for (uint32_t play = 0; play < b.cast->n_plays; play++) {
        for (int middle = 0; middle <= 1500; middle += 500) {
            begin(&b, (int)play, 0, play);
            for (int i = 0; i < middle; i++)
                stage_step(&b.stage);
            size_t size = stage_size(&b.stage);
            unsigned char *bytes = mem_alloc(size), *first = mem_alloc(size),
                          *second = mem_alloc(size);
            stage_save(&b.stage, bytes);
            stage_run(&b.stage);
            stage_save(&b.stage, first);
            stage_restore(&b.stage, bytes);
            stage_run(&b.stage);
            stage_save(&b.stage, second);
            CHECK(memcmp(first, second, size) == 0);
            free(bytes);
            free(first);
            free(second);
        }
    }
    bench_close(&b);
}

/* The worst and the typical run, run alone, have the outcomes that were told of them.
 */
static void test_replay_of_runs(void)
{
    struct bench b;
    REQUIRE(bench_heater(&b));
    struct rehearse_plan plan = plan_of(&b, 20, 2);
    plan.n_sets = 1;
    struct rehearse_result *r = rehearse_run(&plan);
    for (size_t i = 0; i < r->n; i++) {
        const struct run_set *set = &r->items[i].sets[0];
        uint64_t worlds[] = {set->worst, set->typical};
        for (int k = 0; k < 2; k++) {
            struct stage_plan one = {.cast = b.cast,
                                     .play = r->items[i].play,
                                     .emergency = -1,
                                     .seed = plan.seed,
                                     .world = worlds[k],
                                     .begins_s = -1};
            stage_begin(&b.stage, &one);
            stage_run(&b.stage);
            CHECK(memcmp(b.stage.d.outcomes, set->outcomes + worlds[k] * r->n_outcomes,
                         r->n_outcomes * sizeof(double)) == 0);
        }
    }
    rehearse_free(r);
    bench_close(&b);
}

/* ---- levels -----------------------------------------------------------------------
 */

/* The levels of the user when the outcome `name` is `value`. */
static struct run_levels level_at(const struct bench *b, const char *name, double value)
{
    double outcomes[STAGE_MOST_OUTCOMES + N_GENERAL_OUTCOMES] = {0};
    struct run_levels levels[2];
    outcomes[outcome_of(b, name)] = value;
    levels_of(b->cast, 0, outcomes, levels);
    return levels[1];
}

static void check_level(const char *rules, const char *name, double value, int recovery,
                        int economic)
{
    char text[600];
    struct bench b;
    snprintf(text, sizeof text, "  levels:\n%s", rules);
    REQUIRE(bench_open(&b, &(struct home){.more = text}));
    struct run_levels l = level_at(&b, name, value);
    CHECK_INT(l.recovery, recovery);
    CHECK_INT(l.economic, economic);
    if (l.recovery != recovery || l.economic != economic)
        printf("#  %s = %g, %s\n", name, value, rules);
    bench_close(&b);
}

static void test_levels(void)
{
    const char *bounds =
        "    - {outcome: burn_degree, stakeholder: user, recovery: {limited: 1, "
        "serious: 2, fatal: 3}, economic: {devastating: 2.5}}\n";
    check_level(bounds, "burn_degree", 0.999, LEVEL_NONE, LEVEL_NONE);
    check_level(bounds, "burn_degree", 1, LEVEL_LIMITED, LEVEL_NONE);
    check_level(bounds, "burn_degree", 2, LEVEL_SERIOUS, LEVEL_NONE);
    check_level(bounds, "burn_degree", 2.5, LEVEL_SERIOUS, LEVEL_WORST);
    check_level(bounds, "burn_degree", 3, LEVEL_WORST, LEVEL_WORST);
    check_level(bounds, "gas_used_mj", 1e6, LEVEL_NONE, LEVEL_NONE);
    const char *money =
        "    - {outcome: personal_records, stakeholder: user, each: 1 kJPY}\n"
        "    - {outcome: personal_records, stakeholder: user, each: 1 kJPY}\n";
    check_level(money, "personal_records", 0, LEVEL_NONE, LEVEL_NONE);
    check_level(money, "personal_records", 1, LEVEL_NONE, LEVEL_LIMITED);
    check_level(money, "personal_records", 4999, LEVEL_NONE, LEVEL_LIMITED);
    check_level(money, "personal_records", 5000, LEVEL_NONE, LEVEL_SERIOUS);
    check_level(money, "personal_records", 50000, LEVEL_NONE, LEVEL_WORST);
    const char *others =
        "    - {outcome: burn_degree, stakeholder: maker, recovery: {limited: 1}}\n";
    check_level(others, "burn_degree", 3, LEVEL_NONE, LEVEL_NONE);
    const char *several =
        "    - {outcome: burn_degree, stakeholder: user, recovery: {serious: 2}}\n"
        "    - {outcome: burn_degree, stakeholder: user, incidents: hit, recovery: "
        "{limited: 1}}\n";
    check_level(several, "burn_degree", 1, LEVEL_LIMITED, LEVEL_NONE);
    check_level(several, "burn_degree", 2, LEVEL_SERIOUS, LEVEL_NONE);
    // a rule that says nothing: what the twin suggests
    const char *silent = "    - {outcome: burn_degree, stakeholder: user}\n";
    check_level(silent, "burn_degree", 1, LEVEL_LIMITED, LEVEL_NONE);
    check_level(silent, "burn_degree", 3, LEVEL_SERIOUS, LEVEL_NONE);
    check_level("    - {outcome: no_bath, stakeholder: user}\n", "no_bath", 1,
                LEVEL_NONE, LEVEL_LIMITED);
}

/* A level counts as measured from one run in twenty on, to the run. */
static void test_measured(void)
{
    for (uint64_t n = 1; n <= 400; n++) {
        for (uint64_t k = 0; k <= n && k <= 30; k++) {
            uint64_t counts[N_LEVELS] = {n - k, 0, 0, k};
            CHECK_INT(rehearse_measured(counts),
                      k > 0 && 20 * k >= n ? LEVEL_WORST : 0);
            uint64_t spread[N_LEVELS] = {n - k, k / 2, k - k / 2, 0};
            int serious = k - k / 2 > 0 && 20 * (k - k / 2) >= n;
            int limited = k > 0 && 20 * k >= n;
            CHECK_INT(rehearse_measured(spread),
                      serious ? LEVEL_SERIOUS : (limited ? LEVEL_LIMITED : LEVEL_NONE));
        }
    }
}

/* Of the numbers 1 to n, shuffled: the mean, its error, and quantiles by their
 * definition. */
static void test_spread(void)
{
    static const uint64_t sizes[] = {1, 2, 19, 20, 21, 60, 100, 140, 999};
    for (size_t k = 0; k < KIT_COUNT(sizes); k++) {
        uint64_t n = sizes[k];
        double *values = mem_alloc(n * sizeof *values);
        for (uint64_t i = 0; i < n; i++)
            values[i * 13 % n] = 0;
        for (uint64_t i = 0; i < n; i++)
            values[i] = (double)((i * 607) % n + 1);
        struct rehearse_result r = {.plan = {.runs = n}, .n_outcomes = 1};
        struct rehearsed x = {.sets = {{.outcomes = values}}};
        struct spread s = rehearse_outcome(&r, &x, 0, 0);
        double d = (double)n, mean = (d + 1) / 2;
        double error = n > 1 ? sqrt(d * (d + 1) / 12 / d) : 0;
        CHECK_NEAR(s.mean, mean, 1e-9);
        CHECK_NEAR(s.interval[1] - s.mean, 1.959963984540054 * error, 1e-9);
        CHECK_NEAR(s.mean - s.interval[0], s.interval[1] - s.mean, 1e-9);
        CHECK_NEAR(s.least, 1, 0);
        CHECK_NEAR(s.most, d, 0);
        CHECK_NEAR(s.p5, (double)((n + 19) / 20), 0);
        CHECK_NEAR(s.median, (double)((n + 1) / 2), 0);
        CHECK_NEAR(s.p95, (double)((19 * n + 19) / 20), 0);
        free(values);
    }
}

/* ---- measures alone, and emergencies ----------------------------------------------
 */

/* A cell of the matrix is a rehearsal with that measure alone that holds, also where it
 * was not run because nothing it does could matter. */
static void test_matrix(void)
{
    enum { RUNS = 6 };
    struct bench b;
    REQUIRE(bench_heater(&b));
    struct rehearse_plan plan = plan_of(&b, RUNS, 2);
    plan.n_sets = 1;
    struct rehearse_result *r = rehearse_run(&plan);
    struct rehearse_matrix *m = rehearse_matrix_run(r);
    plan.is_certain = 1; // as in the matrix: the measure holds
    uint8_t *set = mem_alloc(b.model->m.measures.n + 1);
    CHECK(m->n_measures > 5 && !m->is_stopped);
    for (size_t k = 0; k < m->n_measures; k++) {
        memset(set, 0, b.model->m.measures.n);
        set[m->measures[k]] = 1;
        plan.sets[0] = set;
        struct rehearse_result *alone = rehearse_run(&plan);
        for (size_t i = 0; i < r->n; i++) {
            const struct matrix_cell *cell = &m->cells[i * m->n_measures + k];
            size_t bytes = RUNS * r->n_outcomes * sizeof(double);
            int differs = memcmp(alone->items[i].sets[0].outcomes,
                                 r->items[i].sets[0].outcomes, bytes) != 0;
            CHECK_INT(cell->changes, differs);
            for (uint32_t o = 0; o < r->n_outcomes; o++)
                CHECK_NEAR(cell->means[o],
                           rehearse_outcome(alone, &alone->items[i], 0, o).mean, 0);
        }
        rehearse_free(alone);
    }
    free(set);
    rehearse_matrix_free(m);
    rehearse_free(r);
    bench_close(&b);
}

/* Which emergencies a set of measures breaks, as bits. */
static unsigned broken_by(const struct compatibility *c, const char *set)
{
    unsigned broken = 0;
    for (size_t i = 0; i < c->n; i++)
        if (strcmp(c->rows[i].set, set) == 0 && compatibility_breaks(c, &c->rows[i]))
            broken |= 1u << c->rows[i].emergency;
    return broken;
}

/* A login at the panel delays "off", whether it locks or not; one at the cloud does
 * not, nor does what changes no command of the panel. */
static void test_compatibility(void)
{
    static const struct {
        const char *acts;
        unsigned broken;
    } rows[] = {
        {"{does: login, on: panel, locks: 600}",         1u << 1},
        {"{does: login, on: panel, takes: 6}",           1u << 1},
        {"{does: login, on: panel, takes: 1}",           0      },
        {"{does: login, on: cloud, locks: 600}",         0      },
        {"{does: confirm, signal: panel_stop}",          0      },
        {"{does: limit, signal: panel_stop, most: 0}",   1u << 1},
        {"{does: set, parameter: cut_off_c, value: 50}", 0      },
        {"{does: segment, on: home}",                    0      },
        {"{does: authenticate}",                         0      },
    };
    for (size_t i = 0; i < KIT_COUNT(rows); i++) {
        struct bench b;
        REQUIRE(bench_open(&b, &(struct home){.acts = rows[i].acts}));
        struct rehearse_plan plan = plan_of(&b, 12, 2);
        struct compatibility *c = compatibility_run(&plan);
        CHECK_INT(broken_by(c, "m"), rows[i].broken);
        CHECK_INT(broken_by(c, "all"), rows[i].broken);
        CHECK_INT(broken_by(c, "decided"), 0);
        CHECK_INT(broken_by(c, "none"), 0);
        if (broken_by(c, "m") != rows[i].broken) printf("#  %s\n", rows[i].acts);
        compatibility_free(c);
        bench_close(&b);
    }
}

static void test_compatibility_of_the_heater(void)
{
    struct bench b;
    REQUIRE(bench_heater(&b));
    struct rehearse_plan plan = plan_of(&b, 3, 2);
    struct compatibility *c = compatibility_run(&plan);
    CHECK(c->n >= 4 * c->cast->scenario->n_emergencies);
    for (size_t i = 0; i < c->n; i++) {
        CHECK(!compatibility_breaks(c, &c->rows[i]));
        CHECK_INT((long long)c->rows[i].n_failed, 0);
    }
    compatibility_free(c);
    bench_close(&b);
}

/* What is ended has no row and no cell that is not whole. */
static void test_stop(void)
{
    struct bench b;
    volatile sig_atomic_t stop = 1;
    REQUIRE(bench_heater(&b));
    struct rehearse_plan plan = plan_of(&b, 10, 2);
    plan.n_sets = 1;
    struct rehearse_result *r = rehearse_run(&plan);
    r->plan.stop = plan.stop = &stop;
    struct rehearse_matrix *m = rehearse_matrix_run(r);
    struct compatibility *c = compatibility_run(&plan);
    struct rehearse_result *none = rehearse_run(&plan);
    CHECK(m->is_stopped && c->is_stopped && none->is_stopped);
    CHECK_INT((long long)c->n, 0);
    CHECK_INT((long long)none->n, 0);
    rehearse_free(none);
    compatibility_free(c);
    rehearse_matrix_free(m);
    rehearse_free(r);
    bench_close(&b);
}

/* How much is kept is known before it is taken. */
static void test_bytes(void)
{
    struct bench b;
    REQUIRE(bench_heater(&b));
    struct rehearse_plan plan = plan_of(&b, 1000, 1);
    double all = rehearse_bytes(&plan);
    plan.incident = b.cast->plays[0].incident;
    CHECK_NEAR(rehearse_bytes(&plan) * b.cast->n_plays, all, 1e-6);
    plan.n_sets = 1;
    CHECK_NEAR(rehearse_bytes(&plan) * 2 * b.cast->n_plays, all, 1e-6);
    plan.runs = REHEARSE_MOST_RUNS;
    plan.n_sets = 2;
    plan.incident = REF_NONE;
    CHECK(rehearse_bytes(&plan) > REHEARSE_MOST_BYTES);
    bench_close(&b);
}

/* A use case's incidents come to the levels that the document names; but for two, where
 * the physics disagree: 48 degC does not burn in the time of a bath, and water that
 * gets hot drives out who sits in it. */
static int is_disputed(const char *incident)
{
    return strcmp(incident, "neglected-warning") == 0 ||
           strcmp(incident, "changed-while-in-use") == 0;
}

static void test_levels_of_the_heater(void)
{
    struct bench b;
    REQUIRE(bench_heater(&b));
    struct rehearse_plan plan = plan_of(&b, 100, 2);
    plan.n_sets = 1;
    struct rehearse_result *r = rehearse_run(&plan);
    CHECK_INT((long long)r->n_wrong, 0);
    for (size_t i = 0; i < r->n; i++) {
        const struct rehearsed *x = &r->items[i];
        for (uint32_t s = 0; s < r->n_stakeholders; s++) {
            const struct harm *h = rehearse_declared(b.cast, x->play->incident, s);
            uint64_t counts[N_LEVELS];
            if (h == NULL || !rehearse_measures(b.cast, x->play->incident, s, 0))
                continue;
            rehearse_levels(r, x, 0, s, 0, counts);
            const char *id =
                LIST_AT(b.model->m.incidents, struct incident, x->play->incident)
                    ->entry.id;
            CHECK(rehearse_measured(counts) >= h->recovery || is_disputed(id));
        }
    }
    rehearse_free(r);
    bench_close(&b);
}

/* A run that takes too long by the clock is ended and told; it has its outcomes. */
static void test_runs_end_in_time(void)
{
    struct bench b;
    REQUIRE(bench_open(&b, &(struct home){0}));
    struct rehearse_plan plan = plan_of(&b, 6, 2);
    struct rehearse_result *r = rehearse_run(&plan);
    CHECK_INT((long long)r->n_late, 0);
    rehearse_free(r);
    plan.most_s = 1e-9;
    r = rehearse_run(&plan);
    CHECK_INT((long long)r->n_late, (long long)r->n_runs);
    CHECK_INT(r->is_stopped, 0);
    CHECK(r->n_steps < 300 * r->n_runs);
    rehearse_free(r);
    bench_close(&b);
}

int main(void)
{
    catalog = catalog_read(NULL);
    RUN(test_every_verb_against_every_act);
    RUN(test_protocols_protect);
    RUN(test_segments);
    RUN(test_what_is_changed);
    RUN(test_acts_on_the_way);
    RUN(test_response);
    RUN(test_login);
    RUN(test_replay);
    RUN(test_unbound);
    RUN(test_latency);
    RUN(test_bandwidth);
    RUN(test_jitter_and_loss);
    RUN(test_runs_end_in_time);
    RUN(test_order);
    RUN(test_delayed_messages);
    RUN(test_too_many_messages);
    RUN(test_flood);
    RUN(test_at);
    RUN(test_restore);
    RUN(test_records);
    RUN(test_parameters_are_unbiased);
    RUN(test_holds);
    RUN(test_sets);
    RUN(test_cut_off_is_disabled);
    RUN(test_sets_of_one);
    RUN(test_order_of_the_file);
    RUN(test_ends_of_ranges);
    RUN(test_threads);
    RUN(test_snapshots);
    RUN(test_replay_of_runs);
    RUN(test_levels);
    RUN(test_measured);
    RUN(test_spread);
    RUN(test_matrix);
    RUN(test_compatibility);
    RUN(test_compatibility_of_the_heater);
    RUN(test_stop);
    RUN(test_bytes);
    RUN(test_levels_of_the_heater);
    catalog_free(catalog);
    return UNIT_RESULT();
}
