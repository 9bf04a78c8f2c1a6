/* SPDX-License-Identifier: Apache-2.0
 *
 * How fast yearly losses are: 10 scenarios, each Poisson with a mean of 0.1 events a
 * year, lognormal losses, 1,000,000 years, quantiles and the loss exceedance curve
 * included. Prints seconds of the processor, the least of several runs, and what came
 * of it, as JSON.
 *
 *     losses [YEARS [RUNS [EVENTS A YEAR AND SCENARIO]]]
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "risk/compound.h"

enum { SCENARIOS = 10 };

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

/* All that is told of the years; returns the loss exceeded once in 100 years. */
static double summarize(const struct compound_result *r)
{
    double loss = 0;
    for (int percent = 1; percent < 100; percent++)
        loss = compound_quantile(r, 0, percent / 100.0);
    for (int i = 0; i < 20; i++)
        (void)compound_above(r, 0, ldexp(1e3, i));
    return loss;
}

int main(int argc, char **argv)
{
    struct scene s;
    uint64_t years = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000000;
    long runs = argc > 2 ? strtol(argv[2], NULL, 10) : 5;
    double least = HUGE_VAL, mean = 0, rare = 0;
    set_scene(&s, argc > 3 ? strtod(argv[3], NULL) : 0.1);
    struct compound c = {.sources = s.sources,
                         .cases = s.cases,
                         .case_parts = s.case_parts,
                         .parts = s.parts,
                         .harms = s.harms,
                         .ends = s.ends,
                         .n_sources = SCENARIOS,
                         .n_bearers = 1,
                         .seed = 1,
                         .years = years,
                         .threads = 1};
    for (long i = 0; i < runs; i++) {
        double begin = seconds();
        struct compound_result r = compound_run(&c);
        rare = summarize(&r);
        least = fmin(least, seconds() - begin);
        mean = r.bearers[0].sum / (double)r.years;
        compound_fini(&r);
    }
    printf("{\"years\": %llu, \"scenarios\": %d, \"seconds\": %.4f, \"mean\": %.0f, "
           "\"p99\": %.0f}\n",
           (unsigned long long)years, SCENARIOS, least, mean, rare);
    return 0;
}
