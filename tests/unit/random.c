/* SPDX-License-Identifier: Apache-2.0
 *
 * Random numbers and distributions: the published known answers of Philox, and each
 * family against its distribution function by the test of Kolmogorov and Smirnov: with
 * N values, sqrt(N) D is above 2.3 once in 20,000 tests (2 exp(-2 x 2.3^2)).
 */
#include "unit.h"

#include <math.h>
#include <stdlib.h>

#include "base/dist.h"
#include "base/mem.h"

enum { N = 100000 };
#define KS_LIMIT 2.3
#define SEED     20261125u

/* Random123, tests/kat_vectors: philox2x64 10. */
static void test_known_answers(void)
{
    static const struct {
        uint64_t seed, trial, draw, first, second;
    } known[] = {
        {0,                   0,                   0,                   0xCA00A0459843D731u, 0x66C24222C9A845B5u},
        {UINT64_MAX,          UINT64_MAX,          UINT64_MAX,          0x65B021D60CD8310Fu, 0x4D02F3222F86DF20u},
        {0xA4093822299F31D0u, 0x243F6A8885A308D3u, 0x13198A2E03707344u,
         0x0A5E742C2997341Cu,                                                                0xB0F883D38000DE5Du},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct random_words w =
            random_draw(known[i].seed, known[i].trial, known[i].draw);
        CHECK(w.word[0] == known[i].first);
        CHECK(w.word[1] == known[i].second);
    }
}

static void test_unit_is_open(void)
{
    CHECK(random_unit(0) > 0);
    CHECK(random_unit(UINT64_MAX) < 1);
    CHECK(random_key("a") != random_key("b"));
    CHECK_INT((int)(random_key("a") & ((1u << RANDOM_KEY_BITS) - 1)), 0);
}

/* ---- distribution functions ---- */

static double exponential_cdf(double x)
{
    return 1 - exp(-x / 3);
}

static double erlang_cdf(double x)
{
    double z = x / 2; /* shape 3, scale 2 */
    return 1 - exp(-z) * (1 + z + z * z / 2);
}

static double half_gamma_cdf(double x)
{
    return erf(sqrt(x / 4)); /* shape 1/2, scale 4 */
}

static double lognormal_cdf(double x)
{
    return x > 0 ? erfc(-log(x / 5) / (0.8 * sqrt(2))) / 2 : 0;
}

static double weibull_cdf(double x)
{
    return 1 - exp(-pow(x / 7, 1.5));
}

static double uniform_cdf(double x)
{
    return (x - 2) / 3;
}

static double triangular_cdf(double x)
{
    return x < 2 ? (x - 1) * (x - 1) / 3 : 1 - (4 - x) * (4 - x) / 6;
}

/* Beta with shapes 3 and 3, and 1 and 5. */
static double pert_cdf(double x)
{
    double z = (x - 10) / 10;
    return z * z * z * (10 - 15 * z + 6 * z * z);
}

static double steep_pert_cdf(double x)
{
    return 1 - pow(1 - x / 2, 5);
}

/* The older rule gives mean 1/2 and deviation 1/6: beta with shapes 4 and 4. */
static double pert_spread_cdf(double x)
{
    double z = (x - 10) / 10;
    return z * z * z * z * (35 - 84 * z + 70 * z * z - 20 * z * z * z);
}

static double pareto_cdf(double x)
{
    return 1 - pow(1.5 / x, 2.5);
}

static double normal_cdf(double x, double mean, double deviation)
{
    return erfc((mean - x) / (deviation * sqrt(2))) / 2;
}

static double cut_normal_cdf(double x)
{
    double below = normal_cdf(0, 1, 2);
    return (normal_cdf(x, 1, 2) - below) / (1 - below);
}

static const struct {
    const char *name;
    struct dist dist;
    double (*cdf)(double x);
} families[] = {
    {"exponential",      {DIST_EXPONENTIAL, 3, 0, 0},    exponential_cdf},
    {"gamma, 3",         {DIST_GAMMA, 3, 2, 0},          erlang_cdf     },
    {"gamma, 1/2",       {DIST_GAMMA, 0.5, 4, 0},        half_gamma_cdf },
    {"lognormal",        {DIST_LOGNORMAL, 5, 0.8, 0},    lognormal_cdf  },
    {"Weibull",          {DIST_WEIBULL, 1.5, 7, 0},      weibull_cdf    },
    {"uniform",          {DIST_UNIFORM, 2, 5, 0},        uniform_cdf    },
    {"triangular",       {DIST_TRIANGULAR, 1, 2, 4},     triangular_cdf },
    {"PERT",             {DIST_PERT, 10, 15, 20},        pert_cdf       },
    {"PERT, steep",      {DIST_PERT, 0, 0, 2},           steep_pert_cdf },
    {"PERT, older rule", {DIST_PERT_SPREAD, 10, 15, 20}, pert_spread_cdf},
    {"Pareto",           {DIST_PARETO, 1.5, 2.5, 0},     pareto_cdf     },
    {"normal, cut",      {DIST_NORMAL, 1, 2, 0},         cut_normal_cdf },
};

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* sqrt(N) times the greatest distance of the values from a distribution function. */
static double distance(double *values, double (*cdf)(double x))
{
    double d = 0;
    qsort(values, N, sizeof *values, compare);
    for (int i = 0; i < N; i++) {
        double f = cdf(values[i]);
        d = fmax(d, fmax(f - (double)i / N, (double)(i + 1) / N - f));
    }
    return d * sqrt(N);
}

static void test_families(void)
{
    double *values = mem_alloc(N * sizeof *values);
    printf("# seed %u\n", SEED);
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        double sum = 0, squares = 0, mean = dist_mean(&families[i].dist);
        CHECK(dist_is_valid(&families[i].dist));
        for (int k = 0; k < N; k++) {
            struct draws from = {SEED, (uint64_t)k, i << RANDOM_KEY_BITS, 0, NULL};
            values[k] = dist_draw(&families[i].dist, &from);
            sum += values[k];
            squares += values[k] * values[k];
        }
        double deviation = sqrt((squares / N - sum / N * sum / N) / N);
        double d = distance(values, families[i].cdf);
        printf("# %-12s sqrt(N) D %.3f, mean off by %.2f deviations\n",
               families[i].name, d, (sum / N - mean) / deviation);
        CHECK(d < KS_LIMIT);
        CHECK(fabs(sum / N - mean) < 4.5 * deviation);
    }
    free(values);
}

/* By luck: the quantile of the number, where more luck never gives less. */
static void test_quantiles(void)
{
    const struct draws from = {SEED, 1, 0, 0, NULL};
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        const struct dist *d = &families[i].dist;
        for (int k = 1; dist_is_monotone(d) && k < 1000; k++) {
            double u = k / 1000.0, x = dist_by_luck(d, u, &from);
            CHECK(fabs(families[i].cdf(x) - u) < 1e-9);
        }
        double x = dist_by_luck(d, 1e-9, &from), y = dist_by_luck(d, 1 - 1e-9, &from);
        CHECK(isfinite(x) && isfinite(y));
        CHECK(!dist_is_monotone(d) || x < y);
    }
}

/* Counts within 4.5 standard deviations of what is expected. */
static void test_counts(void)
{
    const struct dist chance = {DIST_BERNOULLI, 0.3, 0, 0},
                      binomial = {DIST_BINOMIAL, 12, 0.25, 0};
    int n = 0;
    double sum = 0;
    for (int k = 0; k < N; k++) {
        struct draws from = {SEED, (uint64_t)k, 77u << RANDOM_KEY_BITS, 0, NULL};
        double x = dist_draw(&chance, &from);
        CHECK(x == 0 || isinf(x));
        n += x == 0;
        sum += dist_draw(&binomial, &from);
    }
    CHECK(fabs(n - 0.3 * N) < 4.5 * sqrt(N * 0.3 * 0.7));
    CHECK(fabs(sum - 3.0 * N) < 4.5 * sqrt(N * 12 * 0.25 * 0.75));
}

/* The two rules disagree as they should: for 0.2, 0.5, 0.8 a deviation of 0.113 by
 * mc2d::rpert, of 0.1 by the older rule. */
static void test_both_perts(void)
{
    const struct dist perts[] = {
        {DIST_PERT,        0.2, 0.5, 0.8},
        {DIST_PERT_SPREAD, 0.2, 0.5, 0.8},
        {DIST_PERT_SPREAD, 0,   0,   6  }
    };
    const double means[] = {0.5, 0.5, 1}, deviations[] = {0.113389, 0.1, 1};
    for (int d = 0; d < 3; d++) {
        double sum = 0, squares = 0;
        for (int k = 0; k < N; k++) {
            struct draws from = {SEED, (uint64_t)k,
                                 (100u + (unsigned)d) << RANDOM_KEY_BITS, 0, NULL};
            double x = dist_draw(&perts[d], &from) - means[d];
            sum += x;
            squares += x * x;
        }
        CHECK(fabs(sum / N) < 4.5 * deviations[d] / sqrt(N));
        CHECK(fabs(sqrt(squares / N) / deviations[d] - 1) < 4.5 * 1.5 / sqrt(N));
    }
}

/* The numbers of events by the test of chi-square, those below 5 expected in one; the
 * limit is met by chance once in 20,000 tests (Wilson and Hilferty's approximation). */
static void test_poisson(void)
{
    const double means[] = {0, 0.3, 4, 11.9, 12.1, 300};
    for (size_t m = 0; m < sizeof means / sizeof *means; m++) {
        struct dist poisson = {DIST_POISSON, means[m], 0, 0};
        enum { MOST = 1000 };
        double seen[MOST] = {0}, chi = 0, rest = N, rest_seen = N;
        int n = 0;
        for (int k = 0; k < N; k++) {
            struct draws from = {SEED, (uint64_t)k, (200u + m) << RANDOM_KEY_BITS, 0,
                                 NULL};
            double x = dist_draw(&poisson, &from);
            seen[x < MOST - 1 ? (int)x : MOST - 1]++;
        }
        for (int i = 0; i < MOST; i++) {
            double log_p = i * log(means[m]) - means[m] - lgamma(i + 1.0);
            double expected = means[m] > 0 ? N * exp(log_p) : i == 0 ? N : 0;
            if (expected < 5) continue;
            chi += (seen[i] - expected) * (seen[i] - expected) / expected;
            rest -= expected;
            rest_seen -= seen[i];
            n++;
        }
        if (rest >= 5) chi += (rest_seen - rest) * (rest_seen - rest) / rest;
        double v = 2.0 / (9 * n);
        CHECK(chi <= n * pow(1 - v + 3.9 * sqrt(v), 3));
    }
}

static void test_what_is_valid(void)
{
    static const struct {
        struct dist dist;
        int is_valid;
    } cases[] = {
        {{DIST_UNSET, 1, 1, 1},                         0},
        {{DIST_CONSTANT, 0, 0, 0},                      1},
        {{DIST_CONSTANT, -1, 0, 0},                     0},
        {{DIST_CONSTANT, HUGE_VAL, 0, 0},               0},
        {{DIST_EXPONENTIAL, 0, 0, 0},                   0},
        {{DIST_GAMMA, 1, 0, 0},                         0},
        {{DIST_UNIFORM, 2, 1, 0},                       0},
        {{DIST_UNIFORM, 2, 2, 0},                       1},
        {{DIST_TRIANGULAR, 0, 3, 2},                    0},
        {{DIST_PERT, 1, 1, 1},                          1},
        {{DIST_PERT_SPREAD, 1, 3, 2},                   0},
        {{DIST_POISSON, -1, 0, 0},                      0},
        {{DIST_POISSON, 2e12, 0, 0},                    0},
        {{DIST_BERNOULLI, 1.1, 0, 0},                   0},
        {{DIST_BINOMIAL, DIST_MOST_TRIALS + 1, 0.5, 0}, 0},
        {{DIST_NORMAL, -7, 2, 0},                       0},
        {{99, 1, 1, 1},                                 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_INT(dist_is_valid(&cases[i].dist), cases[i].is_valid);
}

/* ---- quantities ---- */

#define PUT(family, a, b)                                                              \
    {                                                                                  \
        QUANTITY_PUT,                                                                  \
        {                                                                              \
            family, a, b, 0                                                            \
        }                                                                              \
    }
#define OP(op)                                                                         \
    {                                                                                  \
        op,                                                                            \
        {                                                                              \
            0                                                                          \
        }                                                                              \
    }

static double value_of(const struct quantity_step *steps, size_t n)
{
    struct draws from = {SEED, 1, 0, 0, NULL};
    return quantity_draw(steps, n, &from);
}

static void test_quantities(void)
{
    const struct quantity_step sum[] = {PUT(DIST_CONSTANT, 2, 0),
                                        PUT(DIST_CONSTANT, 3, 0), OP(QUANTITY_ADD)},
                               below[] = {PUT(DIST_CONSTANT, 2, 0),
                                          PUT(DIST_CONSTANT, 3, 0), OP(QUANTITY_SUB)},
                               power[] = {PUT(DIST_CONSTANT, 2, 0),
                                          PUT(DIST_CONSTANT, 3, 0), OP(QUANTITY_POW)},
                               none[] = {PUT(DIST_CONSTANT, 2, 0),
                                         PUT(DIST_CONSTANT, 0, 0), OP(QUANTITY_DIV)},
                               never[] = {PUT(DIST_CONSTANT, 0, 0),
                                          PUT(DIST_BERNOULLI, 0, 1), OP(QUANTITY_MUL)},
                               always[] = {PUT(DIST_CONSTANT, 5, 0),
                                           PUT(DIST_BERNOULLI, 1, 1), OP(QUANTITY_MUL)};
    CHECK(value_of(sum, 3) == 5);
    CHECK(value_of(below, 3) == 0);
    CHECK(value_of(power, 3) == 8);
    CHECK(isinf(value_of(none, 3)));
    CHECK(isinf(value_of(never, 3)));
    CHECK(value_of(always, 3) == 5);
    CHECK(quantity_is_valid(sum, 3));
    CHECK(!quantity_is_valid(sum, 2));
    CHECK(!quantity_is_valid(sum, 0));
    CHECK(!quantity_is_valid(sum + 1, 2));
    struct quantity_step deep[QUANTITY_DEPTH + 1];
    for (int i = 0; i <= QUANTITY_DEPTH; i++)
        deep[i] = sum[0];
    CHECK(!quantity_is_valid(deep, QUANTITY_DEPTH + 1));
}

/* The quantile against the distribution itself, by erfc, which is exact to rounding,
 * and three published values. */
static void test_normal_quantile(void)
{
    CHECK_NEAR(dist_normal_quantile(0.5), 0, 1e-15);
    CHECK_NEAR(dist_normal_quantile(0.975), 1.959963984540054, 1e-14);
    CHECK_NEAR(dist_normal_quantile(1e-10), -6.361340902404056, 1e-13);
    for (int i = 1; i < 4000; i++) {
        double u = i <= 2000 ? i / 4000.0 : pow(10, -(i - 2000) / 130.0);
        double z = dist_normal_quantile(u);
        CHECK_NEAR(erfc(-z / sqrt(2)) / 2 / u, 1, 1e-12);
        if (u > 1e-3) CHECK_NEAR(dist_normal_quantile(1 - u), -z, 1e-11);
    }
}

int main(void)
{
    RUN(test_known_answers);
    RUN(test_normal_quantile);
    RUN(test_unit_is_open);
    RUN(test_families);
    RUN(test_quantiles);
    RUN(test_counts);
    RUN(test_both_perts);
    RUN(test_poisson);
    RUN(test_what_is_valid);
    RUN(test_quantities);
    return UNIT_RESULT();
}
