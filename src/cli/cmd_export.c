// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * awai export: a model for another tool. What that tool has no place for is told.
 */
#include <string.h>

#include "base/json.h"
#include "cli/output.h"
#include "exchange/export.h"

/* The format by --to, else by the ending of the name; 0 for neither. */
static int kind_of(const struct cli *cli)
{
    const char *to = cli_option(cli, "to"), *path = cli_option(cli, "output");
    if (to) return choice_value(&export_kinds, to);
    if (path && strstr(path, ".otm.")) return EXPORT_OTM;
    return -1;
}

static void put_json(struct cli *cli, const struct export_result *r, int kind,
                     const char *wrote)
{
    struct json j = json_on(&cli->out, 3);
    json_open(&j, '{');
    export_json(&j, r, (enum export_kind)kind, cli->lang, wrote);
    json_close(&j, '}');
    buf_char(&cli->out, '\n');
}

static void put_words(struct cli *cli, const struct export_result *r, const char *wrote)
{
    buf_printf(&cli->out,
               cli->lang == LANG_JA
                   ? "%s を書き出しました: 機器 %zu件、フロー %zu件、ゾーン "
                     "%zu件、脅威 %zu件\n"
                   : "wrote %s: %zu components, %zu flows, %zu zones, %zu threats\n",
               wrote, r->n_components, r->n_flows, r->n_zones, r->n_threats);
}

static int export(struct cli *cli, const struct cli_system *s, int kind)
{
    struct export_result r;
    const char *path = cli_option(cli, "output");
    int is_json = cli_option(cli, "json") != NULL, code = EXIT_FINE;
    if (path && strcmp(path, "-") == 0) path = NULL;
    export_model(s->model, s->catalog, (enum export_kind)kind, cli->lang, &r);
    cli_print(cli, &r.diags, 1);
    if (path)
        code = output_file(cli, path, &r.text);
    else if (!is_json)
        buf_add(&cli->out, buf_text(&r.text), r.text.len);
    if (is_json && code == EXIT_FINE)
        put_json(cli, &r, kind, path);
    else if (path && code == EXIT_FINE)
        put_words(cli, &r, path);
    export_fini(&r);
    return code;
}

static int run(struct cli *cli)
{
    struct cli_system s = {0};
    int kind = kind_of(cli);
    cli->show_all = 1; // what is left out is told to the last
    const char *to = cli_option(cli, "to");
    if (kind <= 0)
        return CLI_SAY(
            cli, FORMAT, text_same(to ? to : ""),
            TEXT("--to otm or threat-dragon", "--to otm 又は --to threat-dragon"));
    int code = cli_load(cli, cli->args[0], &s, 0);
    if (code == EXIT_FINE) code = export(cli, &s, kind);
    cli_unload(&s);
    return code;
}

static const struct option options[] = {
    {"output",
     "FILE",         {{"write to FILE; default: standard output", "FILEに書き出す。既定は標準出力"}}},
    {"to",
     "FORMAT",       {{"otm (Open Threat Model; also by a name like x.otm.json) or threat-dragon",
       "otm(Open Threat Model。x.otm.json のような名前でもよい)又は threat-dragon"}}  },
    {"json",
     NULL,           {{"tell what was carried over, and what not, as JSON",
       "引き継いだものと引き継げなかったものをJSONで示す"}}                      },
    {NULL,     NULL, {{NULL, NULL}}                                                                              },
};

const struct command command_export = {
    "export",
    run,
    "FILE",
    1,
    1,
    options,
    {{"the model for another tool: Open Threat Model, Threat Dragon",
      "他のツールのための書き出し: Open Threat Model、Threat Dragon"}},
    "awai export usecases/drone/model.yaml -o build/drone.otm.json",
};
