/* SPDX-License-Identifier: Apache-2.0
 *
 * Risk in numbers against what can be computed without it: moments of compound Poisson
 * losses, layers in series, a published analysis of layers of protection, the bands of
 * SIL; and its laws: same seed same bytes for any number of threads, nothing that turns
 * injury into money.
 *
 * Means may be 4.5 standard deviations off, which happens once in 150,000 tests; of a
 * variance, whose own deviation is estimated from the fourth moment, as well.
 */
#include "unit.h"

#include <math.h>
#include <stdlib.h>

#include "risk/risk.h"
#include "risk/spread.h"
#include "tools/kit.h"

#define DEVIATIONS 4.5

static struct catalog *catalog;
static uint64_t seed;

/* ---- compound losses ---- */

enum { SOURCES = 3 };

/* One source a scenario, each with one incident that costs one bearer. */
struct scene {
    struct compound_source sources[SOURCES];
    struct compound_case cases[SOURCES];
    uint32_t case_parts[SOURCES];
    struct compound_layer layers[2];
    struct compound_part parts[SOURCES];
    struct compound_harm harms[SOURCES];
    struct compound_end ends[2 * SOURCES];
    double pfd[2];
    uint64_t layer_keys[2];
    struct compound compound;
};

static void set_scene(struct scene *s, const double *rates, const struct dist *losses)
{
    *s = (struct scene){0};
    for (uint32_t i = 0; i < SOURCES; i++) {
        char name[16];
        snprintf(name, sizeof name, "harm %u", i);
        s->sources[i] = (struct compound_source){rates[i], i, 1};
        s->cases[i] = (struct compound_case){i, 1};
        s->case_parts[i] = i;
        s->parts[i] = (struct compound_part){i, 1, 0, 0};
        s->harms[i] = (struct compound_harm){random_key(name), 0, i, 1};
        s->ends[i] = (struct compound_end){1, losses[i]};
    }
    s->compound = (struct compound){.sources = s->sources,
                                    .cases = s->cases,
                                    .case_parts = s->case_parts,
                                    .parts = s->parts,
                                    .harms = s->harms,
                                    .ends = s->ends,
                                    .layers = s->layers,
                                    .pfd = s->pfd,
                                    .layer_keys = s->layer_keys,
                                    .n_sources = SOURCES,
                                    .n_bearers = 1,
                                    .seed = seed,
                                    .years = 200000,
                                    .threads = 2};
}

static const double rates[SOURCES] = {0.2, 3, 40};
static const struct dist losses[SOURCES] = {
    {DIST_LOGNORMAL,   1000, 0.5, 0},
    {DIST_EXPONENTIAL, 50,   0,   0},
    {DIST_CONSTANT,    2,    0,   0}
};
/* E[X^2] and E[X^4] of each. */
static double moment(int source, int k)
{
    if (source == 0) return pow(1000, k) * exp(0.125 * k * k);
    if (source == 1) return k == 2 ? 2 * pow(50, 2) : 24 * pow(50, 4);
    return pow(2, k);
}

/* Mean, variance and deviation of the variance of yearly losses, with rates * by. */
static void expect_moments(const struct compound_result *r, const double *by,
                           const char *what)
{
    double mean = 0, variance = 0, fourth = 0, n = (double)r->years;
    for (int i = 0; i < SOURCES; i++) {
        mean += by[i] * rates[i] * dist_mean(&losses[i]);
        variance += by[i] * rates[i] * moment(i, 2);
        fourth += by[i] * rates[i] * moment(i, 4);
    }
    /* the fourth cumulant of a compound Poisson variable is lambda E[X^4] */
    double deviation = sqrt((fourth + 2 * variance * variance) / n);
    double own = r->bearers[0].sum / n;
    double spread = r->bearers[0].squares / n - own * own;
    unit_check(__FILE__, __LINE__, fabs(own - mean) < DEVIATIONS * sqrt(variance / n),
               what);
    unit_check(__FILE__, __LINE__, fabs(spread - variance) < DEVIATIONS * deviation,
               what);
}

static void test_moments_of_compound_losses(void)
{
    struct scene s;
    const double all[SOURCES] = {1, 1, 1};
    set_scene(&s, rates, losses);
    struct compound_result r = compound_run(&s.compound);
    CHECK(r.years == 200000);
    expect_moments(&r, all, "moments of compound Poisson losses");
    compound_fini(&r);
}

/* A layer lets through what its probability of failure says, two of them the product,
 * and what they stop costs nothing. */
static void test_layers_thin_events(void)
{
    struct scene s;
    const double thinned[SOURCES] = {0.5, 0.05, 1};
    set_scene(&s, rates, losses);
    s.layers[0] = (struct compound_layer){0, COMPOUND_NOTHING};
    s.layers[1] = (struct compound_layer){1, COMPOUND_NOTHING};
    s.pfd[0] = 0.5;
    s.pfd[1] = 0.1;
    s.layer_keys[0] = random_key("first layer");
    s.layer_keys[1] = random_key("second layer");
    s.parts[0].n_layers = 1;
    s.parts[1].n_layers = 2;
    struct compound_result r = compound_run(&s.compound);
    expect_moments(&r, thinned, "thinned by layers");
    compound_fini(&r);
}

static void test_ends_by_their_shares(void)
{
    struct scene s;
    const double none[SOURCES] = {4, 0, 0};
    set_scene(&s, none, losses);
    s.ends[0] = (struct compound_end){
        0.25, {DIST_CONSTANT, 100, 0, 0}
    };
    s.ends[1] = (struct compound_end){
        1, {DIST_CONSTANT, 0, 0, 0}
    };
    s.harms[0].n_ends = 2;
    struct compound_result r = compound_run(&s.compound);
    double n = (double)r.years, quiet = (double)r.bearers[0].bins[0];
    /* one event a year costs, so exp(-1) of the years cost nothing */
    CHECK(fabs(r.bearers[0].sum / n - 100) < DEVIATIONS * 100 / sqrt(n));
    CHECK(fabs(quiet / n - exp(-1)) < DEVIATIONS * sqrt(0.2325 / n));
    CHECK(fabs(compound_above(&r, 0, 50) - (1 - quiet / n)) < 1e-12);
    CHECK_NEAR(compound_quantile(&r, 0, 0.5), 100, 1);
    CHECK(compound_quantile(&r, 0, 0.1) == 0);
    CHECK(compound_quantile(&r, 0, 1) == r.bearers[0].most);
    compound_fini(&r);
}

static void test_same_seed_same_years(void)
{
    struct compound_result results[3];
    const unsigned threads[] = {1, 2, 5};
    struct scene s;
    set_scene(&s, rates, losses);
    s.compound.years = 12345;
    for (int i = 0; i < 3; i++) {
        s.compound.threads = threads[i];
        results[i] = compound_run(&s.compound);
    }
    for (int i = 1; i < 3; i++) {
        CHECK(results[i].bearers[0].sum == results[0].bearers[0].sum);
        CHECK(results[i].bearers[0].squares == results[0].bearers[0].squares);
        CHECK(memcmp(results[i].bins, results[0].bins,
                     COMPOUND_N_BINS * sizeof(uint64_t)) == 0);
    }
    uint64_t years = 0;
    for (size_t i = 0; i < COMPOUND_N_BINS; i++)
        years += results[0].bins[i];
    CHECK(years == 12345);
    for (int i = 0; i < 3; i++)
        compound_fini(&results[i]);
}

/* Quantiles and exceedance belong together, to within a bin. */
static void test_curve_is_one_curve(void)
{
    struct scene s;
    set_scene(&s, rates, losses);
    struct compound_result r = compound_run(&s.compound);
    double last = 0;
    for (int percent = 1; percent < 100; percent++) {
        double p = percent / 100.0;
        double at = compound_quantile(&r, 0, p);
        CHECK(at >= last);
        CHECK(fabs(compound_above(&r, 0, at) - (1 - p)) < 0.002);
        last = at;
    }
    compound_fini(&r);
}

/* ---- layers of protection ---- */

static void test_bands_of_sil(void)
{
    static const struct {
        double pfd;
        enum sil sil;
    } cases[] = {
        {2,         SIL_NOT_NEEDED},
        {1,         SIL_NOT_NEEDED},
        {0.999999,  SIL_BELOW_1   },
        {0.1,       SIL_BELOW_1   },
        {0.099999,  SIL_1         },
        {0.01,      SIL_1         },
        {0.009999,  SIL_2         },
        {0.001,     SIL_2         },
        {0.000999,  SIL_3         },
        {0.0001,    SIL_3         },
        {0.000099,  SIL_4         },
        {0.00001,   SIL_4         },
        {0.0000099, SIL_BEYOND    },
        {0,         SIL_BEYOND    },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_INT(sil_of(cases[i].pfd), cases[i].sil);
    struct layer_demand idle = layer_demanded(0, 1, 1e-5);
    CHECK(idle.sil == SIL_NOT_NEEDED && idle.reduction == 1);
}

/*
 * C. A. Lassen, "Layer of protection analysis (LOPA) for determination of safety
 * integrity level (SIL)", master's thesis, NTNU, Trondheim 2008, section 3.4,
 * table 3.1: overpressure of a topside separator. Ignition 0.3 and occupancy 0.7 (0.21
 * together), relief valves 0.08; both initiating causes come to 1.717e-3 a year with
 * these; tolerated 3e-5. The thesis: a reduction to 1.75e-2, SIL 1; the greater of the
 * causes (1.7e-3) is then mitigated to 3e-5, the lesser by as much to 3e-7.
 */
static void test_published_analysis(void)
{
    const double others = 0.3 * 0.7 * 0.08, intermediate = 1.717e-3;
    double initiating = intermediate / others;
    struct layer_demand d = layer_demanded(initiating, others, 3e-5);
    CHECK_NEAR(d.pfd, 1.75e-2, 0.005e-2);
    CHECK_INT(d.sil, SIL_1);
    CHECK_NEAR(d.reduction, 57.2, 0.1);
    CHECK_NEAR(1.7e-3 * d.pfd, 3e-5, 0.05e-5);
    CHECK_NEAR(1.7e-5 * d.pfd, 3e-7, 0.05e-7);
    CHECK_NEAR(intermediate * d.pfd, 3e-5, 1e-12);
}

/* ISO 26262-3, table 4, row by row: S1 E1 to E4, S2, S3; in each C1, C2, C3. */
static void test_table_of_asil(void)
{
    static const char *const table[3][4] = {
        {"QQQ", "QQQ", "QQA", "QAB"},
        {"QQQ", "QQA", "QAB", "ABC"},
        {"QQA", "QAB", "ABC", "BCD"},
    };
    for (int s = 1; s <= 3; s++)
        for (int e = 1; e <= 4; e++)
            for (int c = 1; c <= 3; c++) {
                char letter = table[s - 1][e - 1][c - 1];
                int level = letter == 'Q' ? 0 : letter - 'A' + 1;
                CHECK(asil_of(s, e, c) == (enum asil)level);
            }
    CHECK(asil_of(0, 4, 3) == ASIL_QM && asil_of(3, 0, 3) == ASIL_QM);
    CHECK(asil_of(3, 4, 0) == ASIL_QM);
}

/* ---- spread and drivers ---- */

static void test_rank_correlation(void)
{
    const double x[] = {1, 2, 3, 4, 5}, up[] = {1, 4, 9, 16, 25},
                 down[] = {5, 4, 3, 2, 1}, ties[] = {1, 1, 2, 2, 3},
                 still[] = {7, 7, 7, 7, 7};
    CHECK_NEAR(rank_correlation(x, up, 5), 1, 1e-12);
    CHECK_NEAR(rank_correlation(x, down, 5), -1, 1e-12);
    /* ranks 1.5 1.5 3.5 3.5 5: Pearson's correlation of ranks is 9/sqrt(10 * 9) */
    CHECK_NEAR(rank_correlation(x, ties, 5), 9 / sqrt(90), 1e-12);
    CHECK(isnan(rank_correlation(x, still, 5)));
    double spread[2], means[2];
    const double late[] = {3, 9, 1, 1, 8, 4, 7, 2}, of[] = {1, 10, 5, 7, 20, 0, 0, 0};
    quarter_means(late, of, 8, means);
    CHECK_NEAR(means[0], 6, 1e-12);
    CHECK_NEAR(means[1], 15, 1e-12);
    spread_of(down, 5, spread);
    CHECK_NEAR(spread[0], 1.2, 1e-12);
    CHECK_NEAR(spread[1], 4.8, 1e-12);
}

/* ---- whole models ---- */

#define HEAD                                                                           \
    "awai: 1\nsystem: {id: s, name: S}\napplicant: firm\n"                             \
    "stakeholders: {firm: {name: F, roles: [iot-user]},"                               \
    " other: {name: O, roles: [third-party]}}\n"                                       \
    "zones: {net: {name: N, kind: internet, trust: none}}\n"                           \
    "components: {c: {name: C, kind: plc, zone: net}}\n"                               \
    "attackers: {a: {name: A, origins: internet, campaigns: {min: 1, mode: 2, max: "   \
    "3}, patience: 1000000}}\n"
#define INCIDENTS(harm)                                                                \
    "incidents: {i: {name: I, threat: malware-infection, at: c, harms: {firm: {"       \
    "because: B, " harm                                                                \
    "}, other: {recovery: limited, economic: none, because: B}}}}\n"

struct grown {
    struct model *model;
    struct graph *graph;
};

static struct grown grown;
static struct risk_plan plan;

static struct grown grow(const char *text)
{
    struct grown g = {model_read_text("risk.yaml", text, strlen(text)), NULL};
    catalog_bind(catalog, g.model);
    diag_print(&g.model->diags, stdout, (struct diag_view){0});
    if (g.model->diags.n_errors == 0) g.graph = graph_build(g.model, catalog);
    return g;
}

static void fell(struct grown *g)
{
    graph_free(g->graph);
    model_free(g->model);
    *g = (struct grown){0};
}

static uint8_t measures[8];

static struct risk *risk_of(const char *text)
{
    grown = grow(text);
    plan = (struct risk_plan){.graph = grown.graph,
                              .measures = measures,
                              .set = "none",
                              .worlds = 4000,
                              .years = 20000,
                              .outer = 500,
                              .inner = 4000,
                              .seed = seed,
                              .threads = 2};
    return grown.graph ? risk_run(&plan) : NULL;
}

static void drop(struct risk *r)
{
    risk_free(r);
    fell(&grown);
}

static const struct risk_bearer *bearer(const struct risk *r, const char *id)
{
    for (uint32_t i = 0; i < r->n_bearers; i++)
        if (strcmp(LIST_AT(grown.model->m.stakeholders, struct stakeholder,
                           r->bearers[i].stakeholder)
                       ->entry.id,
                   id) == 0)
            return &r->bearers[i];
    return NULL;
}

/* Money follows axis 2 alone, frequency of injury axis 1 alone: a model in which
 * everybody dies costs what one in which nobody is hurt does. */
static void test_injury_is_no_money(void)
{
    struct risk *hurt =
        risk_of(HEAD "criteria: {economic: {serious: {loss: 10 JPY}}}\n" INCIDENTS(
            "recovery: fatal, economic: serious"));
    REQUIRE(hurt);
    double loss = bearer(hurt, "firm")->loss.mean,
           serious = bearer(hurt, "firm")->serious.mean,
           sum = hurt->years.bearers[0].sum;
    CHECK(loss > 0 && serious > 0);
    CHECK_NEAR(loss, 10 * serious, 1e-9);
    CHECK(bearer(hurt, "other")->loss.mean == 0);
    drop(hurt);
    struct risk *safe =
        risk_of(HEAD "criteria: {economic: {serious: {loss: 10 JPY}}}\n" INCIDENTS(
            "recovery: none, economic: serious"));
    REQUIRE(safe);
    CHECK(bearer(safe, "firm")->loss.mean == loss);
    CHECK(safe->years.bearers[0].sum == sum);
    CHECK(bearer(safe, "firm")->serious.mean == 0);
    drop(safe);
    struct risk *poor = risk_of(HEAD INCIDENTS("recovery: fatal, economic: serious"));
    REQUIRE(poor);
    CHECK(poor->notes[NOTE_NO_MONEY] && poor->years.bins == NULL);
    CHECK(bearer(poor, "firm")->serious.mean == serious);
    drop(poor);
}

/* The years have the mean that the worlds say, outcomes their shares, and a safety
 * function lets its share through. */
static void test_years_meet_the_means(void)
{
    struct risk *r = risk_of(
        HEAD
        "safety-functions: {f: {name: F, independent: true, pfd: 0.25, against: i}}\n"
        "criteria: {recovery: {serious: {tolerable: 0.01}}}\n" INCIDENTS(
            "recovery: serious, economic: serious, outcomes: ["
            "{share: 0.4, recovery: serious, economic: serious, loss: {min: 1 JPY, "
            "max: 7 JPY, dist: uniform}},"
            "{share: 0.6, recovery: limited, economic: limited, loss: 10 JPY}]"));
    REQUIRE(r);
    const struct risk_bearer *b = bearer(r, "firm");
    uint32_t at = (uint32_t)(b - r->bearers);
    double rate = r->incidents[0].rate.mean * 0.25;
    CHECK_NEAR(b->serious.mean, 0.4 * rate, 1e-12);
    CHECK_NEAR(b->events.mean, rate, 1e-12);
    CHECK_NEAR(b->loss.mean, rate * (0.4 * 4 + 0.6 * 10), 1e-12);
    double n = (double)r->years.years, square = rate * (0.4 * 19 + 0.6 * 100);
    CHECK(fabs(r->years.bearers[at].sum / n - b->loss.mean) <
          DEVIATIONS * sqrt(square / n));
    /* campaigns from 1 to 3 a year, so the mean cannot spread further than that */
    CHECK(b->loss.spread[0] > b->loss.mean / 2 && b->loss.spread[0] < b->loss.mean);
    CHECK(b->loss.spread[1] > b->loss.mean && b->loss.spread[1] < b->loss.mean * 1.5);
    REQUIRE(r->n_drivers == 2);
    CHECK_NEAR(r->drivers[0].loss.correlation, 1, 1e-12);
    /* demand x 0.25 against 0.01 */
    REQUIRE(r->n_protections == 1 && r->protections[0].n_layers == 1);
    const struct risk_protection *p = &r->protections[0];
    CHECK_NEAR(p->mitigated, p->demand * 0.25, 1e-12);
    CHECK_NEAR(p->layers[0].demand.pfd, 0.01 / p->demand, 1e-12);
    CHECK_NEAR(p->rest.pfd, 0.01 / p->mitigated, 1e-12);
    drop(r);
}

/* Two functions that leave something: each of four ends has the product of chances,
 * the lower level of both on each axis, and the years agree. */
static void test_functions_leave_harm(void)
{
    struct risk *r = risk_of(
        HEAD
        "safety-functions: {f: {name: F, independent: true, pfd: 0.25, against: i, "
        "leaves: {recovery: none, economic: serious}},"
        " g: {name: G, independent: true, pfd: 0.5, against: i, leaves: {recovery: "
        "serious, economic: limited}}}\n"
        "criteria: {economic: {limited: {loss: 1 JPY}, serious: {loss: 10 JPY}, "
        "devastating: {loss: 100 JPY}}}\n" INCIDENTS(
            "recovery: fatal, economic: devastating"));
    REQUIRE(r);
    const struct risk_bearer *b = bearer(r, "firm");
    double rate = r->incidents[0].rate.mean, n = (double)r->years.years;
    CHECK_NEAR(b->cells[cell_of(LEVEL_WORST, LEVEL_WORST)].mean, 0.125 * rate, 1e-9);
    CHECK_NEAR(b->cells[cell_of(LEVEL_SERIOUS, LEVEL_LIMITED)].mean, 0.125 * rate,
               1e-9);
    CHECK_NEAR(b->cells[cell_of(LEVEL_NONE, LEVEL_SERIOUS)].mean, 0.375 * rate, 1e-9);
    CHECK_NEAR(b->cells[cell_of(LEVEL_NONE, LEVEL_LIMITED)].mean, 0.375 * rate, 1e-9);
    CHECK_NEAR(b->loss.mean, rate * (12.5 + 0.125 + 3.75 + 0.375), 1e-9);
    double square = rate * (0.125 * 10000 + 0.375 * 100 + 0.5);
    CHECK(fabs(r->years.bearers[b - r->bearers].sum / n - b->loss.mean) <
          DEVIATIONS * sqrt(square / n));
    /* of death only both failing tells; of serious harm, f alone prevents it */
    REQUIRE(r->n_protections == 1);
    CHECK(r->protections[0].level == LEVEL_SERIOUS || r->protections[0].n_layers == 2);
    drop(r);
}

/* An incident that is excluded counts nowhere, and that is told. */
static void test_excluded_incident(void)
{
    struct risk *r =
        risk_of(HEAD "exclusions: {e: {subject: 'incident:i', reason: R}}\n"
                     "criteria: {economic: {serious: {loss: 1 JPY}}}\n" INCIDENTS(
                         "recovery: fatal, economic: serious"));
    REQUIRE(r);
    CHECK(r->endings.n == 0 && r->n_bearers == 0 && r->n_protections == 0);
    CHECK(r->notes[NOTE_EXCLUDED]);
    drop(r);
}

/* Of a function that never fails so much is demanded as of any: the others count. */
static void test_function_that_never_fails(void)
{
    struct risk *r = risk_of(
        HEAD "safety-functions: {f: {name: F, independent: true, pfd: 0, against: i},"
             " g: {name: G, independent: true, pfd: 0.5, against: i}}\n"
             "criteria: {recovery: {serious: {tolerable: 0.001}}}\n" INCIDENTS(
                 "recovery: serious, economic: none"));
    REQUIRE(r && r->n_protections == 1 && r->protections[0].n_layers == 2);
    const struct risk_protection *p = &r->protections[0];
    CHECK_NEAR(p->layers[0].demand.pfd, 0.001 / (p->demand * 0.5), 1e-12);
    CHECK_NEAR(p->layers[1].demand.reduction, 1, 1e-12);
    drop(r);
}

#define KNOWN_ATTACKER                                                                 \
    "awai: 1\nsystem: {id: s, name: S}\napplicant: firm\n"                             \
    "stakeholders: {firm: {name: F, roles: [iot-user]},"                               \
    " other: {name: O, roles: [third-party]}}\n"                                       \
    "zones: {net: {name: N, kind: internet, trust: none}}\n"                           \
    "components: {c: {name: C, kind: plc, zone: net}}\n"                               \
    "attackers: {a: {name: A, origins: internet, campaigns: 2, patience: 1000000}}\n"  \
    "criteria: {economic: {serious: {loss: 10 JPY}}}\n" INCIDENTS(                     \
        "recovery: serious, economic: serious")

/* 5% and 95% quantiles of the PERT distribution from 0.2 to 0.8 about 0.5: a beta
 * distribution of shapes 3 and 3, whose quantiles are 0.18926 and 0.81074. */
static const double pert_quantiles[2] = {0.2 + 0.6 * 0.18926, 0.2 + 0.6 * 0.81074};

/* One input alone that is uncertain: spreads are the quantiles of its distribution,
 * within what 500 draws know of them, and it is followed wholly. */
static void check_followed(const struct risk *r, double sign, int is_nested)
{
    const double near = 0.035;
    REQUIRE(r && r->inputs.n == 1 && r->inputs.is_nested == is_nested);
    const struct risk_bearer *b = bearer(r, "firm");
    double whole = r->incidents[0].rate.mean * 10;
    CHECK_NEAR(b->loss.mean, whole * 0.5, 1e-9 + is_nested * 0.05 * whole);
    CHECK_NEAR(b->loss.spread[0] / whole, pert_quantiles[0], near);
    CHECK_NEAR(b->loss.spread[1] / whole, pert_quantiles[1], near);
    REQUIRE(r->n_drivers == 2 && r->n_outer == 500);
    const struct risk_driver *d = &r->drivers[0];
    CHECK(d->loss.correlation * sign > 0.99);
    CHECK((d->loss.ends[1] - d->loss.ends[0]) * sign > 0.2 * whole);
}

static void test_uncertain_pfd(void)
{
    struct risk *r = risk_of(
        KNOWN_ATTACKER "safety-functions: {f: {name: F, independent: true, against: i, "
                       "pfd: {min: 0.2, mode: 0.5, max: 0.8}}}\n");
    check_followed(r, 1, 0);
    drop(r);
}

static void test_uncertain_holding(void)
{
    measures[0] = 1;
    struct risk *r = risk_of(
        KNOWN_ATTACKER
        "measures: {m: {name: M, requirement: access-control, by: firm, holds: {min: "
        "0.2, mode: 0.5, max: 0.8}, limits: [{incident: i, recovery: none, economic: "
        "none, because: B}]}}\n");
    measures[0] = 0;
    check_followed(r, -1, 1);
    drop(r);
}

/* What was not run when it was ended is not known, which is another thing than 0. */
static void test_ended_at_once(void)
{
    static const volatile sig_atomic_t stop = 1;
    grown = grow(KNOWN_ATTACKER);
    REQUIRE(grown.graph);
    plan = (struct risk_plan){.graph = grown.graph,
                              .measures = measures,
                              .set = "none",
                              .worlds = 1000,
                              .years = 1000,
                              .outer = (uint64_t)1 << 40, // more than can be kept
                              .inner = 10,
                              .stop = &stop};
    struct risk *r = risk_run(&plan);
    const struct risk_bearer *b = bearer(r, "firm");
    REQUIRE(b);
    CHECK(isnan(b->loss.spread[0]) && isnan(b->cells[1].spread[1]));
    CHECK(r->notes[NOTE_FEWER_DRAWS] && r->outer < (uint64_t)1 << 26);
    CHECK(r->is_stopped && r->worlds == 0 && r->years.years == 0);
    CHECK(isnan(compound_quantile(&r->years, 0, 0.99)));
    REQUIRE(r->n_protections == 1);
    CHECK(isnan(r->protections[0].unmitigated));
    drop(r);
}

/* A more skilled attacker reaches more in his time. */
static void test_uncertain_skill(void)
{
    struct risk *r = risk_of(
        "awai: 1\nsystem: {id: s, name: S}\napplicant: firm\n"
        "stakeholders: {firm: {name: F, roles: [iot-user]}}\n"
        "zones: {net: {name: N, kind: internet, trust: none}}\n"
        "components: {c: {name: C, kind: plc, zone: net}}\n"
        "attackers: {a: {name: A, origins: internet, campaigns: 2, patience: 3, skill: "
        "{min: 0.1, mode: 1, max: 10}}}\n"
        "incidents: {i: {name: I, threat: malware-infection, at: c, harms: {firm: "
        "{recovery: serious, economic: none, because: B}}}}\n");
    REQUIRE(r && r->inputs.n == 1 && r->inputs.is_nested);
    REQUIRE(r->n_drivers == 1);
    CHECK(r->drivers[0].serious.correlation > 0.95);
    CHECK(isnan(r->drivers[0].loss.correlation));
    drop(r);
}

/* What a twin finds takes the place of what the model says. */
static void test_endings_can_be_put(void)
{
    struct grown g = grow(HEAD INCIDENTS("recovery: fatal, economic: serious"));
    REQUIRE(g.graph);
    struct endings e = endings_of(g.model, catalog);
    const struct end ends[] = {
        {0.5, LEVEL_NONE,    LEVEL_NONE,    {BASIS_NOTHING_LOST, {DIST_CONSTANT, 0, 0, 0}}},
        {0.5, LEVEL_SERIOUS, LEVEL_LIMITED, {BASIS_STATED, {DIST_CONSTANT, 5, 0, 0}}      }
    };
    CHECK(endings_put(&e, 0, 0, ends, 2));
    CHECK(e.items[0].n_ends == 2 && e.items[0].ends[1].recovery == LEVEL_SERIOUS);
    CHECK(!endings_put(&e, 0, 7, ends, 2));
    struct end limited = end_limited(&e, ends[1], LEVEL_LIMITED, LEVEL_WORST);
    CHECK(limited.recovery == LEVEL_LIMITED && limited.economic == LEVEL_LIMITED);
    CHECK(limited.loss.basis == BASIS_STATED);
    endings_fini(&e);
    fell(&g);
}

/* Levels that state no loss take it from the bounds. */
static void test_money_from_bounds(void)
{
    static const char text[] =
        HEAD "criteria: {economic: {limited: {below: 100 JPY}, serious: {below: 10 "
             "kJPY}}}\n" INCIDENTS("recovery: none, economic: limited");
    struct grown g = grow(text);
    REQUIRE(g.graph);
    struct money_scale s = money_scale_of(g.model, catalog);
    static const double expected[N_LEVELS][2] = {
        {0,     0     },
        {10,    100   },
        {100,   10000 },
        {10000, 100000}
    };
    CHECK_STR(s.unit, "JPY");
    for (int i = LEVEL_LIMITED; i < N_LEVELS; i++) {
        CHECK_INT(s.levels[i].basis, BASIS_BOUNDS);
        CHECK_NEAR(s.levels[i].dist.a, expected[i][0], 1e-9);
        CHECK_NEAR(s.levels[i].dist.b, sqrt(expected[i][0] * expected[i][1]), 1e-9);
        CHECK_NEAR(s.levels[i].dist.c, expected[i][1], 1e-9);
    }
    fell(&g);
}

int main(void)
{
    catalog = catalog_read(NULL);
    diag_print(&catalog->diags, stdout, (struct diag_view){0});
    if (catalog->diags.n_errors > 0) return 1;
    seed = kit_seed();
    RUN(test_moments_of_compound_losses);
    RUN(test_layers_thin_events);
    RUN(test_ends_by_their_shares);
    RUN(test_same_seed_same_years);
    RUN(test_curve_is_one_curve);
    RUN(test_bands_of_sil);
    RUN(test_published_analysis);
    RUN(test_table_of_asil);
    RUN(test_rank_correlation);
    RUN(test_injury_is_no_money);
    RUN(test_years_meet_the_means);
    RUN(test_functions_leave_harm);
    RUN(test_excluded_incident);
    RUN(test_function_that_never_fails);
    RUN(test_uncertain_pfd);
    RUN(test_uncertain_holding);
    RUN(test_uncertain_skill);
    RUN(test_ended_at_once);
    RUN(test_endings_can_be_put);
    RUN(test_money_from_bounds);
    catalog_free(catalog);
    return UNIT_RESULT();
}
