// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * awai import: a model from what others have written, or the changes of a workbook to a
 * model that is there. What could not be carried over is told, never dropped in
 * silence.
 */
#include <string.h>

#include "base/json.h"
#include "cli/output.h"
#include "exchange/import.h"

// ---- what is said of it -------------------------------------------------------------

static void put_json(struct cli *cli, const struct import_result *r, const char *wrote)
{
    struct json j = json_on(&cli->out, 3);
    json_open(&j, '{');
    import_json(&j, r, wrote);
    json_close(&j, '}');
    buf_char(&cli->out, '\n');
}

static void put_words(struct cli *cli, const struct import_result *r, const char *wrote)
{
    buf_printf(&cli->out,
               cli->lang == LANG_JA
                   ? "%s を書き出しました: 新規 %zu件、変更 %zu件、変更なし %zu件\n"
                   : "wrote %s: %zu new, %zu changed, %zu as they were\n",
               wrote, r->n_new, r->n_changed, r->n_same);
}

// ---- the command --------------------------------------------------------------------

/* Writes the model where it belongs; `wrote` is then its name, NULL for standard
 * output.
 */
static int write_model(struct cli *cli, const struct import_result *r,
                       const char **wrote)
{
    const char *path = cli_option(cli, "output");
    if (path == NULL) path = cli_option(cli, "into");
    if (path && strcmp(path, "-") == 0) path = NULL;
    *wrote = path;
    if (path) return output_file(cli, path, &r->text);
    if (cli_option(cli, "json") == NULL)
        buf_add(&cli->out, buf_text(&r->text), r->text.len);
    return EXIT_FINE;
}

static int finish(struct cli *cli, const struct import_result *r)
{
    int is_json = cli_option(cli, "json") != NULL;
    const char *wrote = NULL;
    int code = r->diags.n_errors ? cli_report(cli, &r->diags) : EXIT_FINE;
    if (code == EXIT_FINE) cli_print(cli, &r->diags, 1);
    if (code == EXIT_FINE) code = write_model(cli, r, &wrote);
    if (is_json)
        put_json(cli, r, wrote);
    else if (wrote && code == EXIT_FINE)
        put_words(cli, r, wrote);
    return code;
}

static int import(struct cli *cli, const struct import_job *job)
{
    struct import_result r;
    import_bytes(job, &r);
    int code = finish(cli, &r);
    import_fini(&r);
    return code;
}

static int with_catalog(struct cli *cli, struct import_job *job)
{
    struct catalog *catalog = assess_read_catalog(cli->catalog_directory);
    int code = cli_report(cli, &catalog->diags);
    job->catalog = catalog;
    if (code == EXIT_FINE) code = import(cli, job);
    catalog_free(catalog);
    return code;
}

/* The kind that --from names; a message for another word. */
static int find_kind(const struct cli *cli, struct import_job *job)
{
    const char *given = cli_option(cli, "from");
    int kind = given ? choice_value(&import_kinds, given) : IMPORT_UNKNOWN;
    if (kind < 0)
        return CLI_SAY(cli, FORMAT, text_same(given),
                       TEXT("xlsx, otm or threat-dragon", "xlsx、otm、threat-dragon"));
    job->kind = (enum import_kind)kind;
    return EXIT_FINE;
}

static int run(struct cli *cli)
{
    struct buf bytes = {0}, model = {0};
    struct import_job job = {.name = cli->args[0]};
    const char *into = cli_option(cli, "into");
    cli->show_all = 1; // what is left out is told to the last
    int code = find_kind(cli, &job);
    if (code == EXIT_FINE) code = output_read(cli, job.name, &bytes);
    if (code == EXIT_FINE && into) code = output_read(cli, into, &model);
    const struct import_base base = {into, buf_text(&model), model.len,
                                     cli->include_root};
    job.bytes = buf_text(&bytes);
    job.len = bytes.len;
    job.base = into ? &base : NULL;
    if (code == EXIT_FINE) code = with_catalog(cli, &job);
    buf_fini(&bytes);
    buf_fini(&model);
    return code;
}

static const struct option options[] = {
    {"output",
     "FILE",         {{"write the model to FILE; default: to that of --into, else to standard output",
       "モデルをFILEに書き出す。既定は --into のファイル、なければ標準出力"}}},
    {"into",
     "MODEL",        {{"take the rows of a workbook as changes to this model; the rest of it stays",
       "表計算ファイルの行を、このモデルへの変更として取り込む。他の部分はそのまま残"
       "す"}}                                                                                         },
    {"from",
     "FORMAT",       {{"what FILE is: xlsx, otm or threat-dragon; default: by its content",
       "FILEの形式: xlsx、otm、threat-dragon。既定では内容から判断する"}}           },
    {"json",
     NULL,           {{"tell what was taken over, and what not, as JSON",
       "取り込んだものと取り込めなかったものをJSONで示す"}}                         },
    {NULL,     NULL, {{NULL, NULL}}                                                                                 },
};

const struct command command_import = {
    "import",
    run,
    "FILE",
    1,
    1,
    options,
    {{"a model from a workbook, an Open Threat Model or a model of Threat Dragon",
      "表計算ファイル、Open Threat Model、Threat Dragonのモデルを取り込む"}},
    "awai import build/drone.otm.json -o build/drone.yaml",
};
