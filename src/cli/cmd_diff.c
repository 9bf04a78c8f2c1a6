// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* awai diff: what changed in meaning from one model to another, and what follows. */
#include "cli/cli.h"
#include "page/diff.h"

static int run(struct cli *cli)
{
    struct cli_system before = {0}, after = {0};
    int code = cli_load(cli, cli->args[0], &before, 0);
    after.catalog = before.catalog;
    after.borrowed = 1;
    if (code == EXIT_FINE) code = cli_load(cli, cli->args[1], &after, 0);
    if (code == EXIT_FINE) {
        const struct diff_plan plan = {
            .before = before.assessment,
            .after = after.assessment,
            .names = {cli->args[0], cli->args[1]},
            .is_json = cli_option(cli, "json") != NULL,
            .term = { cli->lang, cli->colour, cli->columns}
        };
        if (!plan.is_json) cli_prose(cli);
        diff_write(&plan, &cli->out);
    }
    cli_unload(&after);
    cli_unload(&before);
    return code;
}

static const struct option options[] = {
    {"json",
     NULL,         {{"changes and consequences as JSON", "変更と帰結をJSONで出力する"}}},
    {NULL,   NULL, {{NULL, NULL}}                                                                 },
};

const struct command command_diff = {
    "diff",
    run,
    "OLD NEW",
    2,
    2,
    options,
    {{"what changed in meaning between two models, and what follows",
      "二つのモデルの意味の違いと、その帰結"}},
    "awai diff usecases/drone/model.yaml usecases/warehouse-agv/model.yaml",
};
