// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* awai report: the assessment of one system as a file to hand over. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/chance.h"
#include "cli/meter.h"
#include "cli/output.h"
#include "page/report.h"

static int is_html(const char *path)
{
    size_t len = strlen(path);
    return (len > 5 && strcmp(path + len - 5, ".html") == 0) ||
           (len > 4 && strcmp(path + len - 4, ".htm") == 0);
}

/* ---- progress ----------------------------------------------------------------- */

static void show_progress(void *context, unsigned k, unsigned n)
{
    struct meter *meter = context;
    if (!meter_is_due(meter)) return;
    fprintf(stderr,
            meter->lang == LANG_JA ? METER_LINE "図を作成中 %u／%u"
                                   : METER_LINE "drawing figure %u of %u",
            k, n);
    fflush(stderr);
}

/* ---- rehearsal ---------------------------------------------------------------- */

/* What --rehearse asked for, all of it on the heap. */
struct rehearsed_model {
    uint64_t runs; // 0: none asked for
    struct cast *cast;
    uint8_t *measures;
    struct rehearse_result *result;
    struct rehearse_matrix *matrix;
    struct compatibility *compatibility;
};

/* Ctrl-C ends the rehearsal with what there is. */
static void rehearse(const struct cli *cli, const struct chance *chance,
                     struct rehearsed_model *x)
{
    struct meter meter;
    struct rehearse_plan plan = {
        .cast = x->cast,
        .sets = {NULL, x->measures},
        .n_sets = 2,
        .incident = REF_NONE,
        .seed = chance->seed,
        .runs = x->runs,
        .threads = chance->threads,
        .begins_s = -1,
        .stop = &meter_is_stopped,
        .progress = meter_show_share,
        .told = &meter
    };
    meter_begin(&meter, cli);
    x->result = rehearse_run(&plan);
    if (!x->result->is_stopped) x->matrix = rehearse_matrix_run(x->result);
    if (!x->result->is_stopped) x->compatibility = compatibility_run(&plan);
    x->result->seconds = meter_end(&meter);
    if (cli->show_times)
        fprintf(stderr, "time: %-8s %8.3f s\n", "rehearse", x->result->seconds);
}

static int rehearse_model(const struct cli *cli, const struct cli_system *system,
                          struct rehearsed_model *x)
{
    struct chance chance;
    if (x->runs == 0) return EXIT_FINE;
    if (chance_read(cli, &chance)) return EXIT_USAGE;
    x->cast = cast_new(system->graph);
    if (x->cast == NULL) return CLI_SAY(cli, NO_REHEARSAL, text_same(cli->args[0]));
    x->measures = mem_alloc(system->model->m.measures.n + 1);
    int code = chance_measures(cli, system->model, "decided", x->measures);
    if (code == EXIT_FINE) rehearse(cli, &chance, x);
    return code;
}

static void rehearsed_model_fini(struct rehearsed_model *x)
{
    compatibility_free(x->compatibility);
    rehearse_matrix_free(x->matrix);
    rehearse_free(x->result);
    cast_free(x->cast);
    free(x->measures);
}

/* ---- all ---------------------------------------------------------------------- */

static void write_report(struct cli *cli, const struct assessment *a,
                         const struct rehearsed_model *x, struct buf *out)
{
    const struct report_rehearsal rehearsal = {x->result, x->matrix, x->compatibility};
    struct meter meter;
    const struct report_progress progress = {show_progress, &meter};
    meter_start(&meter, cli);
    report_html_rehearsed(a, x->result ? &rehearsal : NULL, cli->lang, &progress, out);
    double seconds = meter_end(&meter);
    if (cli->show_times) fprintf(stderr, "time: %-8s %8.3f s\n", "report", seconds);
}

static int run_report(struct cli *cli)
{
    const char *path = cli_option(cli, "output");
    struct cli_system system = {0};
    struct rehearsed_model x = {0};
    if (cli_whole(cli, "rehearse", 1, REHEARSE_MOST_RUNS, &x.runs)) return EXIT_USAGE;
    if (path && strcmp(path, "-") != 0 && !is_html(path))
        return CLI_SAY(cli, REPORT_NAME, text_same(path));
    int code = cli_load(cli, cli->args[0], &system, 0);
    if (code == EXIT_FINE) code = rehearse_model(cli, &system, &x);
    if (code == EXIT_FINE && path && strcmp(path, "-") != 0) {
        struct buf page = {0};
        write_report(cli, system.assessment, &x, &page);
        code = output_file(cli, path, &page);
        buf_fini(&page);
    } else if (code == EXIT_FINE) {
        write_report(cli, system.assessment, &x, &cli->out);
    }
    rehearsed_model_fini(&x);
    cli_unload(&system);
    return code;
}

static const struct option options[] = {
    {"output",
     "FILE",           {{"write to FILE, which ends in .html (default: standard output)",
       "FILE(.html)に書き出す。既定は標準出力"}}},
    {"rehearse",
     "RUNS",           {{"also rehearse the incidents on the digital twin, in so many worlds each, and "
       "add a chapter about it; default: no rehearsal",
       "インシデントをデジタルツインで各RUNS回試行し、その章を加える。既定ではリハーサ"
       "ルを行わない"}}                                },
    {NULL,       NULL, {{NULL, NULL}}                                    },
};

const struct command command_report = {
    "report",
    run_report,
    "FILE",
    1,
    1,
    options,
    {{"the assessment as one HTML file to hand over, in both languages",
      "評価結果を1つのHTMLファイル(日英両言語)にまとめる"}},
    "awai report usecases/gas-water-heater/model.yaml -o build/report.html",
};
