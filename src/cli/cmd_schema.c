// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * awai schema [FORMAT]: the JSON Schema of a file format, or with --manual the
 * reference of its keys. Both are made from the tables that read the files.
 */
#include <string.h>

#include "assess/rules.h"
#include "catalog/catalog.h"
#include "cli/cli.h"
#include "exchange/template.h"
#include "model/model.h"

static const struct {
    const char *name;
    const struct shape *shape;
    const char *id; // of the JSON Schema
} formats[] = {
    {"model",    &model_shape,    MODEL_SCHEMA_ID            },
    {"catalog",  &catalog_shape,  "urn:awai:schema:catalog:1"},
    {"rules",    &rules_shape,    "urn:awai:schema:rules:1"  },
    {"template", &template_shape, TEMPLATE_SCHEMA_ID         },
};

static int run(struct cli *cli)
{
    const char *name = cli->n_args > 0 ? cli->args[0] : "model";
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (strcmp(formats[i].name, name) != 0) continue;
        if (cli_option(cli, "manual"))
            schema_manual(formats[i].shape, cli->lang, &cli->out);
        else
            schema_json(formats[i].shape, formats[i].id, cli->lang, &cli->out);
        return EXIT_FINE;
    }
    return CLI_SAY(
        cli, FORMAT, text_same(name),
        TEXT("model, catalog, rules or template", "model、catalog、rules、template"));
}

static const struct option options[] = {
    {"manual",
     NULL,           {{"the reference of all keys, as Markdown", "全キーのリファレンス(Markdown)"}}},
    {NULL,     NULL, {{NULL, NULL}}                                                                          },
};

const struct command command_schema = {
    .name = "schema",
    .run = run,
    .arguments = "[model|catalog|rules|template]",
    .least_args = 0,
    .most_args = 1,
    .options = options,
    .summary = {{"print the JSON Schema of a file format, for editors",
                 "ファイル形式のJSON Schemaを出力する(エディタ用)"}},
    .example = "awai schema model",
};
