// SPDX-License-Identifier: Apache-2.0
/* Loading one system for a command: catalog, model, graph, assessment, with times. */
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "cli/cli.h"
#include "twin/cast.h"

int32_t cli_today(void)
{
    const char *given = getenv("AWAI_TODAY");
    int32_t date = given ? date_parse(given) : 0;
    if (date) return date;
    time_t now = time(NULL);
    struct tm day;
    if (gmtime_r(&now, &day) == NULL) return 0;
    return (day.tm_year + 1900) * 10000 + (day.tm_mon + 1) * 100 + day.tm_mday;
}

double cli_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

struct stopwatch {
    double last;
    int show;
};

static void lap(struct stopwatch *w, const char *stage)
{
    double now = cli_seconds();
    if (w->show) fprintf(stderr, "time: %-8s %8.3f s\n", stage, now - w->last);
    w->last = now;
}

/* A catalog that is read beside the model: neither needs the other. */
struct catalog_job {
    const char *directory;
    struct catalog *catalog;
    pthread_t thread;
    int is_running;
};

static void *read_catalog(void *job)
{
    struct catalog_job *j = job;
    j->catalog = assess_read_catalog(j->directory);
    return NULL;
}

/* Without a thread to spare it is read at once. */
static void start_catalog(struct catalog_job *j)
{
    j->is_running = pthread_create(&j->thread, NULL, read_catalog, j) == 0;
    if (!j->is_running) read_catalog(j);
}

static struct catalog *finish_catalog(struct catalog_job *j)
{
    if (j->is_running) pthread_join(j->thread, NULL);
    return j->catalog;
}

/* Reads catalog and model; both are in s, whatever is wrong with them. */
static void read_both(const struct cli *cli, const char *path, struct cli_system *s)
{
    struct catalog_job job = {.directory = cli->catalog_directory};
    s->borrowed = s->catalog != NULL;
    if (!s->borrowed) start_catalog(&job);
    s->model = model_read_within(path, cli->include_root);
    if (!s->borrowed) s->catalog = finish_catalog(&job);
}

int cli_load(const struct cli *cli, const char *path, struct cli_system *s,
             int show_warnings)
{
    struct stopwatch watch = {cli_seconds(), cli->show_times};
    read_both(cli, path, s);
    if (s->catalog->diags.n_errors) return cli_report(cli, &s->catalog->diags);
    catalog_bind(s->catalog, s->model);
    cast_bind(s->model);
    if (s->model->diags.n_errors) return cli_report(cli, &s->model->diags);
    model_warn(s->model);
    lap(&watch, "read");
    s->graph = graph_build(s->model, s->catalog);
    if (s->graph == NULL) {
        diag_put(&s->model->diags, DIAG_LARGE_GRAPH,
                 (struct place){s->model->file, 1, 1}, NULL);
        return cli_report(cli, &s->model->diags);
    }
    lap(&watch, "graph");
    s->assessment = assess_run(s->graph, cli_today());
    lap(&watch, "assess");
    if (show_warnings) {
        cli_print(cli, &s->model->diags, 1);
        cli_print(cli, &s->assessment->diags, 1);
    }
    return EXIT_FINE;
}

void cli_unload(struct cli_system *s)
{
    diag_fini(&s->findings);
    assess_free(s->assessment);
    graph_free(s->graph);
    model_free(s->model);
    if (!s->borrowed) catalog_free(s->catalog);
    *s = (struct cli_system){0};
}
