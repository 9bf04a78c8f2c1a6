// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* awai report: the assessment of one system as a file to hand over. */
#include <stdio.h>
#include <string.h>

#include "cli/meter.h"
#include "cli/output.h"
#include "cli/rehearsal.h"
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

/* ---- all ---------------------------------------------------------------------- */

static void write_report(struct cli *cli, const struct assessment *a,
                         const struct rehearsal_runs *x, struct buf *out)
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
    struct rehearsal_runs x = {0};
    if (path && strcmp(path, "-") != 0 && !is_html(path))
        return CLI_SAY(cli, REPORT_NAME, text_same(path));
    int code = cli_load(cli, cli->args[0], &system, 0);
    if (code == EXIT_FINE) code = rehearsal_run_all(cli, system.graph, &x);
    if (code == EXIT_FINE && path && strcmp(path, "-") != 0) {
        struct buf page = {0};
        write_report(cli, system.assessment, &x, &page);
        code = output_file(cli, path, &page);
        buf_fini(&page);
    } else if (code == EXIT_FINE) {
        write_report(cli, system.assessment, &x, &cli->out);
    }
    rehearsal_fini(&x);
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
