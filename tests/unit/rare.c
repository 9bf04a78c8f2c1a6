/* SPDX-License-Identifier: Apache-2.0
 *
 * Rare events against exact values: chains of times and of chances, ways in parallel,
 * measures, down to 1e-12. An estimate may be 4.5 of its own standard errors off, and
 * the error must be below a third of the value, or it would say nothing.
 */
#include "unit.h"

#include <math.h>
#include <stdlib.h>

#include "attack/rare.h"
#include "tools/kit.h"

static uint64_t seed;

static uint32_t add(struct net *net, enum net_type type, struct dist dist)
{
    char name[32];
    struct quantity_step time = {QUANTITY_PUT, dist};
    snprintf(name, sizeof name, "n%zu", net->n_nodes);
    return net_add_node(net, type, name, &time, dist.family != DIST_UNSET);
}

static const struct dist at_once = {DIST_UNSET, 0, 0, 0};

static void finish(struct net *net, const struct net_edge *edges, size_t n,
                   double horizon)
{
    net_link(net, edges, n);
    net_add_attacker(net, "", 1, 1, horizon);
    net_add_entry(net, 0);
}

static struct rare estimate(const struct net *net, uint32_t target, unsigned threads)
{
    struct rare_plan plan = {net, target, seed, RARE_BATCHES, RARE_PARTICLES, threads};
    return rare_run(&plan);
}

static void check(const char *what, const struct net *net, uint32_t target,
                  double exact)
{
    struct rare r = estimate(net, target, 2);
    double error = (r.ci95[1] - r.probability) / 2.093;
    printf("# %s: %g, exact %g, error %.0f%%, off by %.1f errors, %u levels, %llu "
           "worlds\n",
           what, r.probability, exact, 100 * error / exact,
           (r.probability - exact) / error, r.n_levels, (unsigned long long)r.worlds);
    CHECK(fabs(r.probability - exact) < 4.5 * error);
    CHECK(error < exact / 3);
}

/* P(gamma(k, 1) < x) */
static double gamma_below(int k, double x)
{
    double term = exp(-x), sum = 0;
    for (int i = 1; i < k; i++)
        term *= x / i;
    for (int i = k; i < k + 60; i++)
        sum += term *= x / i;
    return sum;
}

/* A chain of k steps of a distribution, reached within the horizon. */
static void check_chain(const char *what, int k, struct dist dist, double horizon,
                        double exact)
{
    struct net net = {0};
    struct net_edge edges[64];
    add(&net, NET_OR, at_once);
    for (int i = 0; i < k; i++) {
        edges[i] = (struct net_edge){(uint32_t)i, (uint32_t)i + 1};
        add(&net, NET_OR, dist);
    }
    finish(&net, edges, (size_t)k, horizon);
    check(what, &net, (uint32_t)k, exact);
    net_fini(&net);
}

static void test_times(void)
{
    const struct dist day = {DIST_EXPONENTIAL, 1, 0, 0};
    CHECK(fabs(gamma_below(1, 1) - (1 - exp(-1))) < 1e-12);
    check_chain("3 days within 0.02", 3, day, 0.02, gamma_below(3, 0.02));
    check_chain("6 days within 0.2", 6, day, 0.2, gamma_below(6, 0.2));
    check_chain("10 days within 0.7", 10, day, 0.7, gamma_below(10, 0.7));
}

static void test_chances(void)
{
    const struct dist chance = {DIST_BERNOULLI, 0.03, 0, 0};
    check_chain("4 chances of 0.03", 4, chance, HUGE_VAL, pow(0.03, 4));
    check_chain("8 chances of 0.03", 8, chance, HUGE_VAL, pow(0.03, 8));
}

/* Two ways of three chances each. */
static void test_parallel(void)
{
    const struct dist chance = {DIST_BERNOULLI, 0.005, 0, 0};
    static const struct net_edge edges[] = {
        {0, 1},
        {1, 2},
        {2, 3},
        {0, 4},
        {4, 5},
        {5, 6},
        {3, 7},
        {6, 7}
    };
    struct net net = {0};
    add(&net, NET_OR, at_once);
    for (int i = 0; i < 6; i++)
        add(&net, NET_OR, chance);
    add(&net, NET_OR, at_once);
    finish(&net, edges, KIT_COUNT(edges), HUGE_VAL);
    double one = pow(0.005, 3);
    check("two ways of 3 chances", &net, 7, 1 - (1 - one) * (1 - one));
    net_fini(&net);
}

/* Three measures that hold but once in a thousand. */
static void test_measures(void)
{
    struct net net = {0};
    static const struct net_edge edges[] = {
        {0, 1},
        {1, 2},
        {2, 3}
    };
    add(&net, NET_OR, at_once);
    for (int i = 0; i < 3; i++) {
        char name[8];
        snprintf(name, sizeof name, "m%d", i);
        uint32_t measure = net_add_measure(&net, name, 0.999);
        net_add_effect(&net, add(&net, NET_OR, at_once), measure, HUGE_VAL);
    }
    finish(&net, edges, 3, HUGE_VAL);
    check("3 measures of 0.999", &net, 3, 1e-9);
    net_fini(&net);
}

/* An attacker who comes once in a million, and then finds it easy. */
static void test_attackers(void)
{
    static const struct net_edge edges[] = {
        {0, 2},
        {1, 3}
    };
    struct net net = {0};
    add(&net, NET_OR, at_once);
    add(&net, NET_OR, at_once);
    add(&net, NET_OR, (struct dist){DIST_BERNOULLI, 0.5, 0, 0});
    add(&net, NET_OR, at_once);
    net_link(&net, edges, KIT_COUNT(edges));
    net_add_attacker(&net, "usual", 1 - 1e-6, 1, HUGE_VAL);
    net_add_entry(&net, 1);
    net_add_attacker(&net, "rare", 1e-6, 1, HUGE_VAL);
    net_add_entry(&net, 0);
    check("an attacker of 1e-6", &net, 2, 0.5e-6);
    net_fini(&net);
}

/* What is not rare comes out as well; what is impossible is told. */
static void test_ends(void)
{
    static const struct net_edge edges[] = {
        {0, 1}
    };
    struct net net = {0};
    add(&net, NET_OR, at_once);
    add(&net, NET_OR, (struct dist){DIST_BERNOULLI, 0.5, 0, 0});
    uint32_t apart = add(&net, NET_OR, at_once);
    finish(&net, edges, 1, HUGE_VAL);
    check("a chance of 0.5", &net, 1, 0.5);
    struct rare r = estimate(&net, apart, 1);
    CHECK_INT((int)r.n_levels, 0);
    CHECK(r.probability == 0);
    net_fini(&net);
}

static void test_threads(void)
{
    const struct dist day = {DIST_EXPONENTIAL, 1, 0, 0};
    static const struct net_edge edges[] = {
        {0, 1},
        {1, 2}
    };
    struct net net = {0};
    add(&net, NET_OR, at_once);
    add(&net, NET_OR, day);
    add(&net, NET_OR, day);
    finish(&net, edges, 2, 1e-3);
    struct rare one = estimate(&net, 2, 1), five = estimate(&net, 2, 5);
    CHECK(one.probability == five.probability); /* bit by bit */
    CHECK(one.ci95[0] == five.ci95[0] && one.ci95[1] == five.ci95[1]);
    CHECK(one.worlds == five.worlds);
    net_fini(&net);
}

int main(void)
{
    seed = kit_seed();
    RUN(test_times);
    RUN(test_chances);
    RUN(test_parallel);
    RUN(test_measures);
    RUN(test_attackers);
    RUN(test_ends);
    RUN(test_threads);
    return UNIT_RESULT();
}
