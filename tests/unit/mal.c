/* SPDX-License-Identifier: Apache-2.0
 *
 * Attack graphs of MAL: what their parts mean, by the shares and times of many worlds
 * against what the definitions give; counts may be 4.5 standard deviations off, once in
 * 150,000.
 */
#include "unit.h"

#include <math.h>
#include <stdlib.h>

#include "attack/mal.h"
#include "attack/sim.h"

enum { N = 40000 };
#define DEVIATIONS 4.5

/* Of the last step of a graph reached from its first. */
struct outcome {
    double share, mean;
};

static struct outcome simulate(const char *text)
{
    struct mal *m = mal_read_text("graph.yaml", text, strlen(text));
    struct outcome o = {-1, -1};
    diag_print(&m->diags, stdout, (struct diag_view){0});
    if (m->diags.n_errors == 0) {
        uint32_t target = (uint32_t)m->net.n_nodes - 1;
        net_add_attacker(&m->net, "", 1, 1, HUGE_VAL);
        net_add_entry(&m->net, 0);
        struct sim_plan plan = {.net = &m->net,
                                .targets = &target,
                                .n_targets = 1,
                                .seed = 1,
                                .n_trials = N,
                                .threads = 1};
        struct tally t = sim_run(&plan);
        o.share = (double)t.targets[0].reached / N;
        o.mean = tally_mean(&t.targets[0]);
        tally_fini(&t);
    }
    mal_free(m);
    return o;
}

static int agrees(double share, double p)
{
    return fabs(share - p) <= DEVIATIONS * sqrt(p * (1 - p) / N) + 1e-12;
}

/* A step after another, its time given: share and mean of the times. */
static void check_time(const char *ttc, double share, double mean, double deviation)
{
    char text[512];
    snprintf(
        text, sizeof text,
        "attack_steps:\n  a: {type: or, children: {\"1\": b}}\n  b: {type: or, ttc: "
        "%s, parents: {\"0\": a}}\n",
        ttc);
    struct outcome o = simulate(text);
    int good = agrees(o.share, share) &&
               (share <= 0 ||
                fabs(o.mean - mean) <= DEVIATIONS * deviation / sqrt(N * share) + 1e-5);
    if (!good) printf("# %s: share %g, mean %g\n", ttc, o.share, o.mean);
    CHECK(good);
}

#define FUNCTION(name, arguments)                                                      \
    "{type: function, name: " name ", arguments: [" arguments "]}"

static void test_classes(void)
{
    check_time("null", 1, 0, 0);
    check_time(FUNCTION("EasyAndCertain", ""), 1, 1, 1);
    check_time(FUNCTION("EasyAndUncertain", ""), 0.5, 0, 0);
    check_time(FUNCTION("HardAndCertain", ""), 1, 10, 10);
    check_time(FUNCTION("HardAndUncertain", ""), 0.5, 10, 10);
    check_time(FUNCTION("VeryHardAndCertain", ""), 1, 100, 100);
    check_time(FUNCTION("VeryHardAndUncertain", ""), 0.5, 100, 100);
    check_time(FUNCTION("Enabled", ""), 1, 0, 0);
    check_time(FUNCTION("Disabled", ""), 0, 0, 0);
    check_time(FUNCTION("Infinity", ""), 0, 0, 0);
    check_time("{type: function, name: Zero}", 1, 0, 0);
}

static void test_functions(void)
{
    check_time(FUNCTION("Bernoulli", "0.3"), 0.3, 0, 0);
    check_time(FUNCTION("Binomial", "10, 0.5"), 1, 5, sqrt(2.5));
    check_time(FUNCTION("Exponential", "0.25"), 1, 4, 4);
    check_time(FUNCTION("Gamma", "2, 3"), 1, 6, sqrt(18));
    check_time(FUNCTION("LogNormal", "1, 0.5"), 1, exp(1.125),
               exp(1.125) * sqrt(exp(0.25) - 1));
    check_time(FUNCTION("Pareto", "2, 4"), 1, 8.0 / 3, sqrt(4.0 * 4 / (9 * 2)));
    check_time(FUNCTION("Uniform", "2, 4"), 1, 3, sqrt(4.0 / 12));
    check_time(FUNCTION("TruncatedNormal", "30, 2"), 1, 30, 2);
}

static void test_operations(void)
{
    check_time("{type: number, value: 3}", 1, 3, 0);
    check_time("{type: addition, lhs: {type: number, value: 3}, rhs: " FUNCTION(
                   "Exponential", "0.5") "}",
               1, 5, 2);
    check_time("{type: multiplication, lhs: " FUNCTION(
                   "Bernoulli", "0.2") ", rhs: " FUNCTION("Exponential", "0.5") "}",
               0.2, 2, 2);
    check_time("{type: addition, lhs: " FUNCTION("Bernoulli",
                                                 "0.2") ", rhs: "
                                                        "{type: number, value: 7}}",
               0.2, 7, 0);
    check_time("{type: subtraction, lhs: {type: number, value: 3}, rhs: {type: number, "
               "value: 5}}",
               1, 0, 0);
    check_time("{type: division, lhs: {type: number, value: 3}, rhs: {type: number, "
               "value: 2}}",
               1, 1.5, 0);
    check_time("{type: exponentiation, lhs: {type: number, value: 3}, rhs: {type: "
               "number, value: 2}}",
               1, 9, 0);
}

static void test_defenses(void)
{
    static const struct {
        const char *ttc;
        double share;
    } cases[] = {
        {FUNCTION("Bernoulli", "0.3"), 0.7},
        {FUNCTION("Enabled",                    ""),         0},
        {FUNCTION("Disabled",                   ""),                 1},
        {"null",1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[512];
        snprintf(text, sizeof text,
                 "attack_steps:\n  a: {type: or, children: {\"2\": b}}\n"
                 "  d: {type: defense, ttc: %s, children: {\"2\": b}}\n"
                 "  b: {type: and, parents: {\"0\": a, \"1\": d}}\n",
                 cases[i].ttc);
        CHECK(agrees(simulate(text).share, cases[i].share));
    }
}

static void test_existence(void)
{
    static const struct {
        const char *type, *status;
        double share;
    } cases[] = {
        {"exist",    "true",  1},
        {"exist",    "false", 0},
        {"notExist", "true",  0},
        {"notExist", "False", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[512];
        snprintf(text, sizeof text,
                 "attack_steps:\n  a: {type: or, children: {\"2\": b}}\n"
                 "  e: {type: %s, existence_status: %s, children: {\"2\": b}}\n"
                 "  b: {type: and}\n",
                 cases[i].type, cases[i].status);
        CHECK(agrees(simulate(text).share, cases[i].share));
    }
}

/* Children and parents say the same edges; either is enough, and both are not two. */
static void test_edges(void)
{
    static const char *const texts[] = {
        "attack_steps: {a: {type: or, children: {\"1\": b}}, b: {type: and}}",
        "attack_steps: {a: {type: or}, b: {type: and, parents: {\"0\": a}}}",
        "attack_steps: {a: {type: or, children: [b]}, b: {type: and, parents: [a]}}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        CHECK(agrees(simulate(texts[i]).share, 1));
}

static void test_hostile(void)
{
    static const char *const texts[] = {
        "",
        "[]",
        "attack_steps: 3",
        "attack_steps: {a: }",
        "attack_steps: {a: {type: or, ttc: {}}}",
        "attack_steps: {a: {type: or, ttc: {type: function}}}",
        "attack_steps: {a: {type: or, ttc: {type: addition, lhs: {type: number}}}}",
        "attack_steps: {a: {type: or, ttc: {type: number, value: -1}}}",
        "attack_steps: {a: {type: or, ttc: {type: number, value: 1e999}}}",
        ("attack_steps: {a: {type: or, ttc: {type: function, name: Exponential, "
         "arguments: [0]}}}"),
        "attack_steps: {a: {type: or, children: b}}",
        "attack_steps: {a: {type: or, children: {\"1\": [b]}}}",
        "attack_steps: {a: {type: or}, a: {type: or}}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct mal *m = mal_read_text("hostile.yaml", texts[i], strlen(texts[i]));
        if (m->diags.n_errors == 0) printf("# accepted: %s\n", texts[i]);
        CHECK(m->diags.n_errors > 0);
        mal_free(m);
    }
}

int main(void)
{
    RUN(test_classes);
    RUN(test_functions);
    RUN(test_operations);
    RUN(test_defenses);
    RUN(test_existence);
    RUN(test_edges);
    RUN(test_hostile);
    return UNIT_RESULT();
}
