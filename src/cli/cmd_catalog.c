// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* awai catalog: what is known beforehand; lists sections or shows one entry. */
#include "cli/cli.h"
#include "page/catalog_show.h"

static int run(struct cli *cli)
{
    struct catalog *c = assess_read_catalog(cli->catalog_directory);
    const char *id = cli->n_args ? cli->args[0] : NULL;
    int as_json = cli_option(cli, "json") != NULL, code = EXIT_FINE;
    if (!as_json) cli_prose(cli);
    if (c->diags.n_errors)
        code = cli_report(cli, &c->diags);
    else if (!catalog_has(c, id))
        code = CLI_SAY(cli, CATALOG_ENTRY, text_same(id),
                       text_same(catalog_nearest(c, id)));
    else if (as_json)
        catalog_json(c, id, &cli->out);
    else
        catalog_show(c, id, cli->lang, &cli->out);
    catalog_free(c);
    return code;
}

static const struct option options[] = {
    {"json",
     NULL,         {{"list ids, names and sources as JSON", "識別子・名称・出典をJSONで出力する"}}},
    {NULL,   NULL, {{NULL, NULL}}                                                                                },
};

const struct command command_catalog = {
    "catalog",
    run,
    "[ID|SECTION]",
    0,
    1,
    options,
    {{"show the catalog: threats, kinds, protocols, requirements, example measures",
      "カタログを示す: 脅威、種別、プロトコル、対策要件、対策例"}},
    "awai catalog plc",
};
