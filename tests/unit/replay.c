/* SPDX-License-Identifier: Apache-2.0
 *
 * Worlds that are kept are the worlds that would be run: under any set of measures that
 * is come to by any way, for any number of worlds, the same attackers reach the same
 * incidents, for less work; and risk in numbers does not know the difference. Of a net
 * that is focused, what its targets come to does not change.
 */
#include "unit.h"

#include <math.h>

#include "attack/model_net.h"
#include "base/share.h"
#include "risk/replay.h"
#include "risk/risk.h"
#include "tools/kit.h"

enum { WORLDS = 400, STEPS = 25, MOST_MODELS = 8, RANDOM_MODELS = 12 };

static struct catalog *catalog;
static uint64_t seed;

/* A model with what worlds of it need. */
struct bench {
    struct kit_system system;
    struct net net;
    uint32_t n, targets[512];
    uint8_t measures[256];
};

static struct bench bench_open(const char *text, size_t len)
{
    struct bench b = {.system = kit_open(catalog, text, len, 0)};
    b.n = b.system.graph->n_incidents;
    for (uint32_t i = 0; i < b.n; i++)
        b.targets[i] = graph_incident_node(b.system.graph, i);
    return b;
}

static struct reached_plan plan_of(struct bench *b, uint64_t n_worlds)
{
    net_fini(&b->net);
    b->net = model_net(b->system.graph, b->measures, HUGE_VAL);
    for (size_t i = 0; i < b->net.n_attackers; i++)
        b->net.attackers[i].share = 1.0 / (double)b->net.n_attackers;
    return (struct reached_plan){.net = &b->net,
                                 .targets = b->targets,
                                 .n_targets = b->n,
                                 .seed = 7,
                                 .n_worlds = n_worlds,
                                 .threads = 1};
}

static void bench_close(struct bench *b)
{
    net_fini(&b->net);
    kit_close(&b->system);
}

static int same_worlds(const struct reached *a, const struct reached *b)
{
    return a->n_worlds == b->n_worlds && a->n_words == b->n_words &&
           memcmp(a->attacker, b->attacker, a->n_worlds * sizeof *a->attacker) == 0 &&
           memcmp(a->sets, b->sets, a->n_worlds * a->n_words * sizeof *a->sets) == 0;
}

/* Changes a measure or two, now and then all of them. */
static void change(struct bench *b, struct chance *c)
{
    uint32_t n = b->system.model->m.measures.n;
    if (n == 0) return;
    b->measures[chance_below(c, n)] ^= 1;
    if (chance_once(c, 3)) b->measures[chance_below(c, n)] ^= 1;
    for (uint32_t i = 0; chance_once(c, 12) && i < n; i++)
        b->measures[i] = (uint8_t)chance_below(c, 2);
}

/* Returns the worlds that were run over those that were asked for. */
static double walk(struct bench *b, struct chance *c)
{
    struct replay *replay = replay_open(b->system.graph, 7);
    uint64_t asked = 0;
    for (int i = 0; i < STEPS; i++) {
        struct reached_plan plan = plan_of(b, WORLDS / 2 + chance_below(c, WORLDS));
        struct reached fresh = reached_run(&plan);
        plan.threads = 1 + chance_below(c, 3);
        net_focus(&b->net, b->targets, b->n);
        struct reached kept =
            replay_run(replay, &plan, b->measures, !chance_once(c, 3));
        CHECK(same_worlds(&fresh, &kept));
        asked += plan.n_worlds;
        reached_fini(&fresh);
        reached_fini(&kept);
        change(b, c);
    }
    double share = (double)replay_work(replay) / (double)asked;
    replay_close(replay);
    return share;
}

static void test_use_cases_walk(void)
{
    const struct asset *usecases[MOST_MODELS];
    size_t n = kit_usecases(usecases, MOST_MODELS);
    REQUIRE(n > 0);
    for (size_t i = 0; i < n; i++) {
        struct chance c = chance_of(seed, i);
        struct bench b = bench_open((const char *)usecases[i]->bytes, usecases[i]->len);
        CHECK(walk(&b, &c) < 0.8); // else nothing is won
        bench_close(&b);
    }
}

static void test_random_models_walk(void)
{
    for (uint32_t i = 0; i < RANDOM_MODELS; i++) {
        struct chance c = chance_of(seed, 100 + i);
        struct buf text = {0};
        random_text(catalog, seed, i, &text);
        struct bench b = bench_open(buf_text(&text), text.len);
        CHECK(walk(&b, &c) <= 1);
        bench_close(&b);
        buf_fini(&text);
    }
}

/* ---- risk in numbers ---- */

static void write_risk(const struct bench *b, struct replay *replay, int tries,
                       struct buf *out)
{
    const struct risk_plan plan = {.graph = b->system.graph,
                                   .measures = b->measures,
                                   .set = "these",
                                   .worlds = WORLDS,
                                   .years = 500,
                                   .seed = 7,
                                   .outer = 3,
                                   .inner = 20,
                                   .measure_worlds = 100,
                                   .threads = 1,
                                   .replay = replay,
                                   .tries_all = tries,
                                   .leaves_out = tries ? 0 : RISK_SPREADS};
    struct risk *r = risk_run(&plan);
    struct json j = json_on(out, 1);
    json_open(&j, '{');
    risk_json(r, &j);
    json_close(&j, '}');
    risk_free(r);
}

static void test_risk_is_the_same(void)
{
    const struct asset *usecases[MOST_MODELS];
    struct chance c = chance_of(seed, 1000);
    REQUIRE(kit_usecases(usecases, MOST_MODELS) > 0);
    struct bench b = bench_open((const char *)usecases[0]->bytes, usecases[0]->len);
    struct replay *replay = replay_open(b.system.graph, 7);
    for (int i = 0; i < 6; i++) {
        struct buf fresh = {0}, kept = {0};
        write_risk(&b, NULL, i % 2, &fresh);
        write_risk(&b, replay, i % 2, &kept);
        CHECK_STR(buf_text(&kept), buf_text(&fresh));
        buf_fini(&fresh);
        buf_fini(&kept);
        change(&b, &c);
    }
    replay_close(replay);
    bench_close(&b);
}

/* Every measure that does something is tried, whether it is in play or not. */
static void test_all_are_tried(void)
{
    const struct asset *usecases[MOST_MODELS];
    REQUIRE(kit_usecases(usecases, MOST_MODELS) > 0);
    struct bench b = bench_open((const char *)usecases[0]->bytes, usecases[0]->len);
    const struct list *all = &b.system.model->m.measures;
    struct risk_plan plan = {.graph = b.system.graph,
                             .measures = b.measures,
                             .set = "none",
                             .worlds = 50,
                             .years = 10,
                             .threads = 1,
                             .tries_all = 1,
                             .leaves_out = RISK_SPREADS};
    struct risk *r = risk_run(&plan);
    REQUIRE(r->n_bearers > 0);
    for (uint32_t i = 0; i < all->n; i++) {
        int acts = LIST_AT(*all, struct measure, i)->example.id != NULL;
        CHECK(isnan(r->bearers[0].without_measure[i]));
        CHECK(!acts || !isnan(r->bearers[0].with_measure[i]));
    }
    CHECK_INT(r->n_outer, 0);
    risk_free(r);
    bench_close(&b);
}

int main(void)
{
    catalog = catalog_read(NULL);
    seed = kit_seed();
    RUN(test_use_cases_walk);
    RUN(test_random_models_walk);
    RUN(test_risk_is_the_same);
    RUN(test_all_are_tried);
    catalog_free(catalog);
    return UNIT_RESULT();
}
