/* SPDX-License-Identifier: Apache-2.0
 *
 * How fast yearly losses are: 10 scenarios, each Poisson with a mean of 0.1 events a
 * year, lognormal losses, 1,000,000 years, quantiles and the loss exceedance curve
 * included. Prints seconds of the processor, the least of several runs, and what came
 * of it, as JSON. losses_numpy.py does the same work, with the same arguments.
 *
 *     losses [YEARS [RUNS [EVENTS A YEAR AND SCENARIO]]]
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "risk/compound.h"

enum { SCENARIOS = 10 };

/* What is told of the years besides their mean: the loss that a share of them does not
 * exceed. The rows in years are the loss exceedance curve by return periods. */
static const struct {
    const char *name;
    double share;
} rows[] = {
    {"p50",               0.5           },
    {"p90",               0.9           },
    {"p95",               0.95          },
    {"p99",               0.99          },
    {"value at risk 95%", 0.95          },
    {"value at risk 99%", 0.99          },
    {"2 years",           1 - 1.0 / 2   },
    {"5 years",           1 - 1.0 / 5   },
    {"10 years",          1 - 1.0 / 10  },
    {"20 years",          1 - 1.0 / 20  },
    {"50 years",          1 - 1.0 / 50  },
    {"100 years",         1 - 1.0 / 100 },
    {"200 years",         1 - 1.0 / 200 },
    {"500 years",         1 - 1.0 / 500 },
    {"1000 years",        1 - 1.0 / 1000},
};
enum { N_ROWS = sizeof rows / sizeof *rows };

struct summary {
    double mean, losses[N_ROWS];
};

struct scene {
    struct compound_source sources[SCENARIOS];
    struct compound_case cases[SCENARIOS];
    uint32_t case_parts[SCENARIOS];
    struct compound_part parts[SCENARIOS];
    struct compound_harm harms[SCENARIOS];
    struct compound_end ends[SCENARIOS];
};

static void set_scene(struct scene *s, double rate)
{
    for (uint32_t i = 0; i < SCENARIOS; i++) {
        char name[16];
        snprintf(name, sizeof name, "scenario %u", i);
        s->sources[i] = (struct compound_source){rate, i, 1};
        s->cases[i] = (struct compound_case){i, 1};
        s->case_parts[i] = i;
        s->parts[i] = (struct compound_part){i, 1, 0, 0};
        s->harms[i] = (struct compound_harm){random_key(name), 0, i, 1};
        s->ends[i] = (struct compound_end){
            1, {DIST_LOGNORMAL, 1e5 * (i + 1), 1.2, 0}
        };
    }
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static struct summary summarize(const struct compound_result *r)
{
    struct summary s = {.mean = r->bearers[0].sum / (double)r->years};
    for (int i = 0; i < N_ROWS; i++)
        s.losses[i] = compound_quantile(r, 0, rows[i].share);
    return s;
}

static struct compound compound_of(const struct scene *s, uint64_t years)
{
    return (struct compound){.sources = s->sources,
                             .cases = s->cases,
                             .case_parts = s->case_parts,
                             .parts = s->parts,
                             .harms = s->harms,
                             .ends = s->ends,
                             .n_sources = SCENARIOS,
                             .n_bearers = 1,
                             .seed = 1,
                             .years = years,
                             .threads = 1};
}

static void print(uint64_t years, double rate, double least, const struct summary *s)
{
    printf("{\"years\": %llu, \"scenarios\": %d, \"events_per_y\": %g, "
           "\"seconds\": %.4f, \"losses\": {\"mean\": %.0f",
           (unsigned long long)years, SCENARIOS, rate, least, s->mean);
    for (int i = 0; i < N_ROWS; i++)
        printf(", \"%s\": %.0f", rows[i].name, s->losses[i]);
    puts("}}");
}

int main(int argc, char **argv)
{
    struct scene scene;
    struct summary summary = {0};
    uint64_t years = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000000;
    long runs = argc > 2 ? strtol(argv[2], NULL, 10) : 5;
    double rate = argc > 3 ? strtod(argv[3], NULL) : 0.1, least = HUGE_VAL;
    set_scene(&scene, rate);
    struct compound c = compound_of(&scene, years);
    for (long i = 0; i < runs; i++) {
        double begin = seconds();
        struct compound_result r = compound_run(&c);
        summary = summarize(&r);
        least = fmin(least, seconds() - begin);
        compound_fini(&r);
    }
    print(years, rate, least, &summary);
    return 0;
}
