// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* awai explain: why a threat, requirement, incident, position or importance is there.
 */
#include "cli/cli.h"
#include "page/explain.h"

static int run(struct cli *cli)
{
    struct cli_system s = {0};
    int code = cli_load(cli, cli->args[0], &s, 0);
    if (code == EXIT_FINE) {
        cli_prose(cli);
        if (!explain(s.assessment, cli->args[1], cli->lang, &cli->out))
            code = CLI_SAY(cli, EXPLANATION, text_same(cli->args[1]),
                           text_same(cli->args[0]));
    }
    cli_unload(&s);
    return code;
}

static const struct option options[] = {
    {NULL, NULL, {{NULL, NULL}}}
};

const struct command command_explain = {
    "explain",
    run,
    "FILE ID",
    2,
    2,
    options,
    {{"explain why a threat, requirement, incident, position or importance is there",
      "脅威・対策要件・インシデント・位置・重要度の理由を説明する"}},
    "awai explain usecases/gas-water-heater/model.yaml access-control",
};
