// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * awai schema [FORMAT]: the JSON Schema of a file format, or with --manual the
 * reference of its keys; made from the tables that read the files. Likewise the
 * description of the server's API, from the table that it answers by.
 */
#include <string.h>

#include "cli/cli.h"
#include "exchange/formats.h"
#include "web/contract.h"

static void print_format(struct cli *cli, const struct file_format *format)
{
    if (cli_option(cli, "manual"))
        schema_manual(format->shape, cli->lang, &cli->out);
    else
        schema_json(format->shape, format->id, cli->lang, &cli->out);
}

static void print_api(struct cli *cli)
{
    if (cli_option(cli, "manual"))
        contract_manual(cli->lang, &cli->out);
    else
        contract_openapi(cli->lang, &cli->out);
}

static int run(struct cli *cli)
{
    const char *name = cli->n_args > 0 ? cli->args[0] : "model";
    const struct file_format *format = format_find(name);
    if (format)
        print_format(cli, format);
    else if (strcmp(name, "api") == 0)
        print_api(cli);
    else
        return CLI_SAY(cli, FORMAT, text_same(name),
                       TEXT("model, catalog, rules, template or api",
                            "model、catalog、rules、template、api"));
    return EXIT_FINE;
}

static const struct option options[] = {
    {"manual",
     NULL,           {{"the reference of all keys, or operations, as Markdown",
       "全キー又は全操作のリファレンス(Markdown)"}}},
    {NULL,     NULL, {{NULL, NULL}}                                         },
};

const struct command command_schema = {
    .name = "schema",
    .run = run,
    .arguments = "[model|catalog|rules|template|api]",
    .least_args = 0,
    .most_args = 1,
    .options = options,
    .summary =
        {{"print the JSON Schema of a file format, for editors; or the API as OpenAPI",
          "ファイル形式のJSON Schema(エディタ用)、又はAPIのOpenAPIを出力する"}},
    .example = "awai schema model",
};
