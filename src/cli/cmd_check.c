// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* awai check: errors and warnings of models, all at once, with an organization's rules.
 */
#include <stdlib.h>

#include "cli/cli.h"
#include "cli/output.h"

/* The worse of two exit codes: wrong input before an unmet gate. */
static int worse(int a, int b)
{
    if (a == EXIT_INPUT || b == EXIT_INPUT) return EXIT_INPUT;
    return a > b ? a : b;
}

static int check_one(struct cli *cli, const char *path, struct cli_system *s)
{
    int code = cli_load(cli, path, s, 1);
    if (code != EXIT_FINE) return code;
    size_t warnings = s->model->diags.n_warnings + s->assessment->diags.n_warnings;
    int rules = output_rules(cli, s);
    if (output_only_sarif(cli)) return rules;
    buf_printf(&cli->out,
               cli->lang == LANG_JA ? "%s: エラーなし、警告%zu件\n"
               : warnings == 1      ? "%s: no errors, %zu warning\n"
                                    : "%s: no errors, %zu warnings\n",
               path, warnings);
    return rules;
}

static int run(struct cli *cli)
{
    size_t n = (size_t)cli->n_args;
    cli->show_all = cli_option(cli, "all") != NULL;
    struct cli_system *systems = mem_alloc((n + 1) * sizeof *systems);
    const char *sarif = cli_option(cli, "sarif");
    int code = EXIT_FINE;
    for (size_t i = 0; i < n; i++) {
        systems[i].catalog = i ? systems[0].catalog : NULL;
        code = worse(code, check_one(cli, cli->args[i], &systems[i]));
    }
    if (sarif) code = worse(code, output_sarif(cli, systems, n, sarif));
    for (size_t i = n; i > 0; i--)
        cli_unload(&systems[i - 1]);
    free(systems);
    return code;
}

static const struct option options[] = {
    {"all",
     NULL,          {{"show every warning, not only the first three of a code",
       "同じコードの警告も、先頭の3件に限らずすべて表示する"}}  },
    {"rules",
     "FILE",        {{"check your organization's own rules too; exit 3 on an error",
       "組織独自の規則も検査する。エラーがあれば終了コード3"}}},
    {"sarif",
     "FILE",        {{"write findings as SARIF 2.1.0 for code hosts ('-': standard output)",
       "検出結果をSARIF 2.1.0で書き出す(- は標準出力)"}}                },
    {NULL,    NULL, {{NULL, NULL}}                                                                 },
};

const struct command command_check = {
    "check",
    run,
    "FILE...",
    1,
    -1,
    options,
    {{"check models: every error and warning, with its place",
      "モデルを検査し、すべてのエラーと警告を箇所とともに示す"}},
    "awai check usecases/drone/model.yaml",
};
