// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* awai messages: what each message means and what to do, by its code. */
#include "cli/cli.h"

static int run(struct cli *cli)
{
    const char *code = cli->n_args > 0 ? cli->args[0] : NULL;
    if (diag_manual(code, cli->lang, &cli->out)) return EXIT_FINE;
    return CLI_SAY(cli, MESSAGE_CODE, text_same(code),
                   text_same(diag_nearest_code(code)));
}

static const struct option options[] = {
    {NULL, NULL, {{NULL, NULL}}},
};

const struct command command_messages = {
    .name = "messages",
    .run = run,
    .arguments = "[CODE]",
    .least_args = 0,
    .most_args = 1,
    .options = options,
    .summary = {{"what each message means and what to do, by its code",
                 "各メッセージの意味と対処をコード別に示す"}},
    .example = "awai messages not-reached",
};
