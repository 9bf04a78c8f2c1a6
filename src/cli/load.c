// SPDX-License-Identifier: Apache-2.0
/* Loading one system for a command: catalog, model, graph, assessment, with times. */
#include <stdlib.h>
#include <time.h>

#include "cli/cli.h"

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

static double seconds(void)
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
    double now = seconds();
    if (w->show) fprintf(stderr, "time: %-8s %8.3f s\n", stage, now - w->last);
    w->last = now;
}

static int load_catalog(const struct cli *cli, struct cli_system *s)
{
    if (s->catalog) {
        s->borrowed = 1;
        return EXIT_FINE;
    }
    s->catalog = catalog_read(cli->catalog_directory);
    return cli_report(cli, &s->catalog->diags);
}

int cli_load(const struct cli *cli, const char *path, struct cli_system *s,
             int show_warnings)
{
    struct stopwatch watch = {seconds(), cli->show_times};
    if (load_catalog(cli, s) != EXIT_FINE) return EXIT_INPUT;
    lap(&watch, "catalog");
    s->model = model_read(path);
    catalog_bind(s->catalog, s->model);
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
