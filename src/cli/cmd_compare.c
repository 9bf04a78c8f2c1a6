// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* awai compare: several systems on one map, and what differs within a cell. */
#include <stdlib.h>

#include "cli/cli.h"
#include "page/compare.h"

static void print(struct cli *cli, const struct cli_system *systems, size_t n)
{
    const struct term term = {cli->lang, cli->colour, cli->columns};
    int is_json = cli_option(cli, "json") != NULL;
    struct compared_system *compared = mem_alloc(n * sizeof *compared);
    for (size_t i = 0; i < n; i++)
        compared[i] = (struct compared_system){systems[i].assessment, cli->args[i]};
    if (!is_json) cli_prose(cli);
    compare_write(compared, n, is_json ? NULL : &term, &cli->out);
    free(compared);
}

static int run(struct cli *cli)
{
    size_t n = (size_t)cli->n_args;
    struct cli_system *systems = mem_alloc(n * sizeof *systems);
    int code = EXIT_FINE;
    for (size_t i = 0; i < n && code == EXIT_FINE; i++) {
        systems[i].catalog = i ? systems[0].catalog : NULL;
        systems[i].borrowed = i > 0;
        code = cli_load(cli, cli->args[i], &systems[i], 0);
    }
    if (code == EXIT_FINE) print(cli, systems, n);
    for (size_t i = n; i-- > 0;)
        cli_unload(&systems[i]);
    free(systems);
    return code;
}

static const struct option options[] = {
    {"json", NULL, {{"the comparison as JSON", "比較をJSONで出力する"}}},
    {NULL,   NULL, {{NULL, NULL}}                                              },
};

const struct command command_compare = {
    "compare",
    run,
    "FILE...",
    2,
    -1,
    options,
    {{"compare systems: one map, and what differs within a cell",
      "システムを比較する: 共通のマップと、同じ区画内の違い"}},
    "awai compare usecases/distillation/model.yaml usecases/welding-robot/model.yaml",
};
