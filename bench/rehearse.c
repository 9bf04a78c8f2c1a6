/* SPDX-License-Identifier: Apache-2.0
 *
 * How fast rehearsals are: of each use case, ordinary days with the cyber layer in the
 * loop (times real time, on one thread), and all incidents with their plays (runs a
 * second, on one thread and on two). Prints JSON.
 *
 *     rehearse [SECONDS] MODEL...
 *
 * Each figure comes of as many runs as fit in SECONDS (default 1) of the clock.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "twin/rehearse.h"

static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double least_s = 1;

/* Simulated seconds for each second of the clock, of ordinary days. */
static double times_real_time(const struct cast *c)
{
    struct stage *stage = mem_alloc(sizeof *stage);
    double begin = now_s(), simulated = 0;
    for (uint64_t world = 0; now_s() - begin < least_s; world++) {
        struct stage_plan plan = {
            .cast = c, .emergency = -1, .seed = 1, .world = world, .begins_s = -1};
        stage_begin(stage, &plan);
        stage_run(stage);
        simulated += twin_time(&stage->twin);
    }
    double seconds = now_s() - begin;
    stage_fini(stage);
    free(stage);
    return simulated / seconds;
}

/* Runs a second of all incidents; ever more worlds, until they take long enough. */
static double runs_a_second(const struct cast *c, unsigned threads)
{
    for (uint64_t runs = 4;; runs *= 2) {
        double begin = now_s();
        struct rehearse_result *r =
            rehearse_run(&(struct rehearse_plan){.cast = c,
                                                 .n_sets = 1,
                                                 .incident = REF_NONE,
                                                 .seed = 1,
                                                 .runs = runs,
                                                 .threads = threads,
                                                 .begins_s = -1});
        double seconds = now_s() - begin, done = (double)r->n_runs;
        rehearse_free(r);
        if (seconds >= least_s || runs >= 100000) return done / seconds;
    }
}

static int bench(const struct catalog *catalog, const char *path, const char *separator)
{
    struct model *model = model_read(path);
    catalog_bind(catalog, model);
    cast_bind(model);
    struct graph *g = model->diags.n_errors ? NULL : graph_build(model, catalog);
    struct cast *c = g ? cast_new(g) : NULL;
    if (c) {
        double one = runs_a_second(c, 1), two = runs_a_second(c, 2);
        printf("%s{\"system\": \"%s\", \"twin\": \"%s\", \"incidents\": %u, "
               "\"times_real_time\": %.6g, \"runs_a_second\": %.6g, "
               "\"runs_a_second_two_threads\": %.6g}",
               separator, model->m.system.id, c->scenario->twin->name, c->n_plays,
               times_real_time(c), one, two);
    }
    int is_done = c != NULL;
    cast_free(c);
    graph_free(g);
    model_free(model);
    return is_done;
}

int main(int argc, char **argv)
{
    int first = 1, n = 0;
    char *end = NULL;
    double seconds = argc > 1 ? strtod(argv[1], &end) : 0;
    if (argc > 1 && *end == '\0') {
        least_s = seconds;
        first = 2;
    }
    struct catalog *catalog = catalog_read(NULL);
    printf("[");
    for (int i = first; i < argc; i++)
        n += bench(catalog, argv[i], n ? ",\n" : "");
    printf("]\n");
    catalog_free(catalog);
    return n == argc - first ? 0 : 1;
}
