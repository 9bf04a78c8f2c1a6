// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* awai lsp: the language server on standard input and output. */
#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "cli/cli.h"
#include "lsp/lsp.h"

/* 1 if nothing can be read at once. */
static int is_quiet(void)
{
    struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
    return poll(&in, 1, 0) == 0;
}

/* Reads, answers, and checks texts while nothing is to be read. */
static int serve(struct cli *cli, struct lsp *lsp)
{
    static char bytes[1 << 16];
    while (!lsp_is_over(lsp)) {
        if (is_quiet()) lsp_idle(lsp, &cli->out);
        if (buf_flush(&cli->out) != 0) return cli_put(cli, DIAG_STANDARD_OUTPUT, NULL);
        ssize_t n = read(STDIN_FILENO, bytes, sizeof bytes);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break;
        lsp_feed(lsp, bytes, (size_t)n, &cli->out);
    }
    return lsp_exit_code(lsp) ? EXIT_INPUT : EXIT_FINE;
}

static int run(struct cli *cli)
{
    struct catalog *catalog = assess_read_catalog(cli->catalog_directory);
    const struct lsp_settings settings = {
        .catalog = catalog,
        .include_root = cli->include_root,
        .lang = cli->lang,
        .is_lang_given = cli->is_lang_given,
        .today = cli_today,
    };
    int code = cli_report(cli, &catalog->diags);
    if (code == EXIT_FINE) {
        struct lsp *lsp = lsp_new(&settings);
        code = serve(cli, lsp);
        lsp_free(lsp);
    }
    catalog_free(catalog);
    return code;
}

static const struct option options[] = {
    {"stdio",
     NULL,          {{"for editors that ask for it; standard input and output are used anyway",
       "エディタの指定用。指定が無くても標準入出力を用いる"}}},
    {NULL,    NULL, {{NULL, NULL}}                                                              },
};

const struct command command_lsp = {
    "lsp",
    run,
    "",
    0,
    0,
    options,
    {{"language server for editors: checks, completion, explanations, renaming, "
      "formatting",
      "エディタ用の言語サーバー: 検査、補完、説明、名前の変更、整形"}},
    "awai lsp --help",
};
