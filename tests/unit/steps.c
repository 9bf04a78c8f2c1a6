/* SPDX-License-Identifier: Apache-2.0
 *
 * Attack steps by what passes through them (risk/steps.h): what is known exactly of
 * steps in series and in parallel, that the shares are those of the attack simulation,
 * the gains those of a run without the step, and the laws: 0 <= gain <= share <= 1, the
 * same for any number of threads.
 *
 * Counts may be 4.5 standard deviations off, once in 150,000 tests.
 */
#include "unit.h"

#include <math.h>

#include "attack/model_net.h"
#include "attack/reached.h"
#include "attack/sim.h"
#include "risk/risk.h"
#include "tools/kit.h"

enum { N = 40000, WORLDS = 600, RANDOM_MODELS = 12, MOST_MODELS = 8 };
#define DEVIATIONS 4.5

static struct catalog *catalog;
static uint64_t seed;

static int agrees(uint64_t count, uint64_t n, double p)
{
    double all = (double)n;
    return fabs((double)count - all * p) <= DEVIATIONS * sqrt(all * p * (1 - p)) + 1e-9;
}

/* ---- ways ---- */

static void test_ways_by_their_numbers(void)
{
    struct ways a = {0}, b = {0};
    for (uint32_t i = 1; i <= 5000; i++) {
        uint32_t nodes[2] = {i, i + 1};
        ways_add(i % 2 ? &a : &b, i * (uint64_t)0x9E3779B97F4A7C15u, nodes, 2);
        ways_add(i % 3 ? &a : &b, i * (uint64_t)0x9E3779B97F4A7C15u, nodes, 2);
    }
    ways_join(&a, &b);
    CHECK_INT(a.n, 5000);
    CHECK_INT(a.n_nodes, 10000);
    CHECK(ways_find(&a, 12345) == NULL && !a.is_full);
    for (uint32_t i = 1; i <= 5000; i++) {
        const struct way *way = ways_find(&a, i * (uint64_t)0x9E3779B97F4A7C15u);
        REQUIRE(way && way->n == 2);
        CHECK_INT(a.nodes[way->first], i);
    }
    ways_fini(&a);
    ways_fini(&b);
}

static void test_too_many_ways_are_told(void)
{
    enum { LEN = 1 << 20 };
    uint32_t *nodes = mem_alloc(LEN * sizeof *nodes);
    struct ways w = {0};
    for (uint64_t i = 1; i <= WAYS_MOST_NODES / LEN; i++)
        ways_add(&w, i, nodes, LEN);
    CHECK(!w.is_full);
    ways_add(&w, 1, nodes, LEN); // it is there
    CHECK(!w.is_full);
    ways_add(&w, 1000, nodes, 1);
    CHECK(w.is_full && ways_find(&w, 1000) == NULL);
    ways_fini(&w);
    free(nodes);
}

/* ---- what is known exactly ---- */

/* Begin, two steps of exponential times, and the end that comes of either or both. */
struct pair {
    struct net net;
    uint32_t first, second, end;
};

static uint32_t add(struct net *net, enum net_type type, const char *name, double days)
{
    struct quantity_step time = {
        QUANTITY_PUT, {DIST_EXPONENTIAL, days, 0, 0}
    };
    return net_add_node(net, type, name, &time, days > 0);
}

static struct pair pair_of(enum net_type type, double first, double second,
                           double horizon)
{
    struct pair p = {0};
    uint32_t begin = add(&p.net, NET_OR, "begin", 0);
    p.first = add(&p.net, NET_OR, "first", first);
    p.second = add(&p.net, NET_OR, "second", second);
    p.end = add(&p.net, type, "end", 0);
    const struct net_edge edges[] = {
        {begin,    p.first },
        {begin,    p.second},
        {p.first,  p.end   },
        {p.second, p.end   }
    };
    net_link(&p.net, edges, 4);
    net_add_attacker(&p.net, "", 1, 1, horizon);
    net_add_entry(&p.net, begin);
    return p;
}

/* What worlds of a pair amount to: reached, of these through the first step, and of
 * these lost when it is impossible. */
struct seen {
    uint64_t reached, first, second, lost;
};

static int way_has(const struct ways *ways, uint64_t number, uint32_t node)
{
    const struct way *way = ways_find(ways, number);
    for (uint32_t i = 0; way && i < way->n; i++)
        if (ways->nodes[way->first + i] == node) return 1;
    return 0;
}

static struct seen look(const struct pair *p)
{
    struct seen s = {0};
    struct ways ways = {0};
    uint8_t shut[8] = {0};
    struct reached r = reached_run(&(struct reached_plan){.net = &p->net,
                                                          .targets = &p->end,
                                                          .n_targets = 1,
                                                          .seed = seed,
                                                          .n_worlds = N,
                                                          .ways = &ways,
                                                          .threads = 2});
    struct world without = world_new(&p->net, seed, &p->end, 1);
    shut[p->first] = 1;
    without.shut = shut;
    for (uint64_t w = 0; w < N; w++) {
        CHECK_INT(r.ways[w] != 0, reached_has(&r, w, 0));
        int is_first = way_has(&ways, r.ways[w], p->first);
        s.reached += r.ways[w] != 0;
        s.first += (uint64_t)is_first;
        s.second += (uint64_t)way_has(&ways, r.ways[w], p->second);
        world_run(&without, w);
        s.lost += is_first && without.target_time[0] >= HUGE_VAL;
        // what does not need the step goes as it went
        CHECK(is_first || (without.target_time[0] < HUGE_VAL) == (r.ways[w] != 0));
    }
    world_fini(&without);
    reached_fini(&r);
    ways_fini(&ways);
    return s;
}

/* The faster of two takes all; what gains is what the slower would not do in time. */
static void test_parallel_steps(void)
{
    const double a = 1 / 3.0, b = 1 / 7.0, horizon = 5;
    struct pair p = pair_of(NET_OR, 1 / a, 1 / b, HUGE_VAL);
    struct seen s = look(&p);
    CHECK_INT(s.reached, N);
    CHECK_INT(s.first + s.second, N);
    CHECK(agrees(s.first, N, a / (a + b)));
    CHECK_INT(s.lost, 0);
    net_fini(&p.net);
    p = pair_of(NET_OR, 1 / a, 1 / b, horizon);
    s = look(&p);
    CHECK_INT(s.first + s.second, s.reached);
    CHECK(agrees(s.reached, N, 1 - exp(-(a + b) * horizon)));
    CHECK(agrees(s.first, N, a / (a + b) * (1 - exp(-(a + b) * horizon))));
    CHECK(agrees(s.lost, N, (1 - exp(-a * horizon)) * exp(-b * horizon)));
    net_fini(&p.net);
}

static void test_steps_in_series(void)
{
    struct pair p = pair_of(NET_AND, 3, 7, 12);
    struct seen s = look(&p);
    CHECK(agrees(s.reached, N, (1 - exp(-12 / 3.0)) * (1 - exp(-12 / 7.0))));
    CHECK_INT(s.first, s.reached);
    CHECK_INT(s.second, s.reached);
    CHECK_INT(s.lost, s.reached);
    net_fini(&p.net);
}

/* A step that becomes quicker carries more, world by world; the other less. */
static void test_quicker_steps_carry_more(void)
{
    struct seen before = {0};
    for (double days = 30; days > 0.4; days /= 2) {
        struct pair p = pair_of(NET_OR, days, 7, 10);
        struct seen s = look(&p);
        CHECK(s.first >= before.first && s.reached >= before.reached);
        CHECK(before.reached == 0 || s.second <= before.second);
        before = s;
        net_fini(&p.net);
    }
}

/* ---- of models ---- */

struct bench {
    struct kit_system system;
    uint8_t measures[256];
    struct risk_plan plan;
};

static struct bench bench_open(const char *text, size_t len)
{
    struct bench b = {.system = kit_open(catalog, text, len, 0)};
    b.plan = (struct risk_plan){.graph = b.system.graph,
                                .set = "these",
                                .worlds = WORLDS,
                                .years = 20,
                                .seed = 7,
                                .measure_worlds = WORLDS,
                                .threads = 1,
                                .leaves_out = RISK_SPREADS | RISK_MEASURES};
    return b;
}

static struct bench bench_of_usecase(size_t i)
{
    const struct asset *usecases[MOST_MODELS];
    size_t n = kit_usecases(usecases, MOST_MODELS);
    return i < n ? bench_open((const char *)usecases[i]->bytes, usecases[i]->len)
                 : (struct bench){0};
}

static void choose(struct bench *b, struct chance *c)
{
    for (uint32_t i = 0; i < b->system.model->m.measures.n; i++)
        b->measures[i] = (uint8_t)chance_once(c, 3);
    b->plan.measures = b->measures;
}

static void check_laws(const struct risk_step *steps, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        const struct risk_step *s = &steps[i];
        CHECK(s->share >= STEPS_LEAST_SHARE && s->share <= 1);
        CHECK(s->gain >= 0 && s->gain <= s->share);
        if (i == 0 || steps[i - 1].incident != s->incident) continue;
        CHECK(steps[i - 1].share > s->share ||
              (steps[i - 1].share >= s->share && steps[i - 1].node < s->node));
    }
}

/* The frequency of an incident when a step is impossible, of a run of its own. */
static double rate_without(const struct bench *b, const struct risk *r,
                           const struct risk_step *step)
{
    const struct graph *g = b->system.graph;
    uint32_t targets[512];
    struct net net =
        worlds_net(&(struct worlds_plan){.graph = g, .measures = b->measures}, targets);
    uint8_t *shut = mem_alloc(g->n_nodes + 1);
    struct world w = world_new(&net, r->plan->seed, targets, g->n_incidents);
    double rate = 0;
    for (uint32_t n = 0; n < g->n_nodes; n++)
        shut[n] = graph_stands_for(g, n) == step->node;
    w.shut = shut;
    for (uint64_t i = 0; i < WORLDS; i++) {
        world_run(&w, i);
        size_t attacker = (size_t)(w.attacker - net.attackers);
        if (w.target_time[step->incident] < HUGE_VAL)
            rate += r->campaigns[attacker] / (double)r->counts.worlds[attacker];
    }
    world_fini(&w);
    net_fini(&net);
    free(shut);
    return rate;
}

static void check_gains(const struct bench *b, const struct risk *r)
{
    for (uint32_t i = 0; i < r->steps.n_of_incidents; i += 3) {
        const struct risk_step *s = &r->steps.of_incidents[i];
        double rate = r->incidents[s->incident].rate.mean;
        CHECK_NEAR(s->gain, 1 - rate_without(b, r, s) / rate, 1e-9);
    }
}

static void test_laws_on_use_cases(void)
{
    for (size_t i = 0; i < 6; i++) {
        struct chance c = chance_of(seed, i);
        struct bench b = bench_of_usecase(i);
        REQUIRE(b.system.graph);
        choose(&b, &c);
        struct risk *r = risk_run(&b.plan);
        CHECK(r->steps.n_of_incidents > 0 && r->steps.n_of_loss > 0);
        check_laws(r->steps.of_incidents, r->steps.n_of_incidents);
        check_laws(r->steps.of_loss, r->steps.n_of_loss);
        check_gains(&b, r);
        risk_free(r);
        kit_close(&b.system);
    }
}

static void test_laws_on_random_models(void)
{
    for (uint32_t i = 0; i < RANDOM_MODELS; i++) {
        struct chance c = chance_of(seed, 100 + i);
        struct buf text = {0};
        random_text(catalog, seed, i, &text);
        struct bench b = bench_open(buf_text(&text), text.len);
        choose(&b, &c);
        struct risk *r = risk_run(&b.plan);
        check_laws(r->steps.of_incidents, r->steps.n_of_incidents);
        check_laws(r->steps.of_loss, r->steps.n_of_loss);
        check_gains(&b, r);
        risk_free(r);
        kit_close(&b.system);
        buf_fini(&text);
    }
}

/* What one world of the attack simulation adds to the frequency through each step. */
static void add_world(const struct risk *r, const struct tally *t, double *through)
{
    const struct graph *g = r->plan->graph;
    uint32_t a = 0;
    while (t->worlds[a] == 0)
        a++;
    for (uint32_t i = 0; i < r->steps.n_of_incidents; i++) {
        const struct risk_step *s = &r->steps.of_incidents[i];
        const uint64_t *used = t->used + (size_t)s->incident * g->n_nodes;
        int is_used = 0;
        for (uint32_t n = 0; n < g->n_nodes; n++)
            is_used |= used[n] && graph_stands_for(g, n) == s->node;
        if (is_used) through[i] += r->campaigns[a] / (double)r->counts.worlds[a];
    }
}

/* `awai attack` counts the needs of the same worlds, one by one. */
static void test_shares_are_those_of_attacks(void)
{
    struct bench b = bench_of_usecase(0);
    const struct graph *g = b.system.graph;
    uint32_t targets[512];
    REQUIRE(g);
    b.plan.worlds = 150;
    b.plan.measures = b.measures;
    struct risk *r = risk_run(&b.plan);
    double *through = mem_alloc((r->steps.n_of_incidents + 1) * sizeof *through);
    struct net net =
        worlds_net(&(struct worlds_plan){.graph = g, .measures = b.measures}, targets);
    for (uint64_t w = 0; w < b.plan.worlds; w++) {
        struct tally t = sim_run(&(struct sim_plan){.net = &net,
                                                    .targets = targets,
                                                    .n_targets = g->n_incidents,
                                                    .seed = 7,
                                                    .first_trial = w,
                                                    .n_trials = 1,
                                                    .threads = 1});
        add_world(r, &t, through);
        tally_fini(&t);
    }
    CHECK(r->steps.n_of_incidents > 0);
    for (uint32_t i = 0; i < r->steps.n_of_incidents; i++) {
        const struct risk_step *s = &r->steps.of_incidents[i];
        CHECK_NEAR(s->share, through[i] / r->incidents[s->incident].rate.mean, 1e-9);
    }
    free(through);
    net_fini(&net);
    risk_free(r);
    kit_close(&b.system);
}

static void write_risk(const struct bench *b, unsigned threads, struct buf *out)
{
    struct risk_plan plan = b->plan;
    plan.threads = threads;
    struct risk *r = risk_run(&plan);
    struct json j = json_on(out, 2);
    json_open(&j, '{');
    risk_json(r, &j);
    json_close(&j, '}');
    risk_free(r);
}

static void test_same_for_any_threads(void)
{
    struct bench b = bench_of_usecase(1);
    struct buf one = {0}, three = {0};
    b.plan.measures = b.measures;
    write_risk(&b, 1, &one);
    write_risk(&b, 3, &three);
    CHECK(strstr(buf_text(&one), "\"gain\""));
    CHECK_STR(buf_text(&three), buf_text(&one));
    buf_fini(&one);
    buf_fini(&three);
    kit_close(&b.system);
}

/* Where gains are left out, the shares are the same, and no gain is told. */
static void test_gains_can_be_left_out(void)
{
    struct bench b = bench_of_usecase(1);
    b.plan.measures = b.measures;
    struct risk *all = risk_run(&b.plan);
    b.plan.leaves_out |= RISK_GAINS;
    struct risk *r = risk_run(&b.plan);
    REQUIRE(r->steps.n_of_incidents == all->steps.n_of_incidents);
    for (uint32_t i = 0; i < r->steps.n_of_incidents; i++) {
        CHECK(isnan(r->steps.of_incidents[i].gain));
        CHECK_INT(r->steps.of_incidents[i].node, all->steps.of_incidents[i].node);
        CHECK_NEAR(r->steps.of_incidents[i].share, all->steps.of_incidents[i].share, 0);
    }
    risk_free(r);
    risk_free(all);
    kit_close(&b.system);
}

int main(void)
{
    catalog = catalog_read(NULL);
    seed = kit_seed();
    RUN(test_ways_by_their_numbers);
    RUN(test_too_many_ways_are_told);
    RUN(test_parallel_steps);
    RUN(test_steps_in_series);
    RUN(test_quicker_steps_carry_more);
    RUN(test_laws_on_use_cases);
    RUN(test_laws_on_random_models);
    RUN(test_shares_are_those_of_attacks);
    RUN(test_same_for_any_threads);
    RUN(test_gains_can_be_left_out);
    catalog_free(catalog);
    return UNIT_RESULT();
}
