// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * What the command line says on standard error. The words are in base/diag.def; the
 * exit code follows from the code of the row.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/cli.h"

static const struct {
    const char *code;
    int exit_code;
} exits[] = {
    {"usage", EXIT_USAGE},
    {"gate",  EXIT_GATE },
};

static int exit_code_of(enum diag_kind kind)
{
    for (size_t i = 0; i < sizeof exits / sizeof *exits; i++) {
        if (strcmp(exits[i].code, diag_code(kind)) == 0) return exits[i].exit_code;
    }
    return EXIT_INPUT;
}

/* How the command is used. */
static void print_usage(const struct cli *cli)
{
    const struct command *c = cli->command;
    int ja = cli->lang == LANG_JA;
    if (c == NULL)
        fputs(ja ? "コマンドの一覧: `awai --help`\n"
                 : "`awai --help` lists the commands.\n",
              stderr);
    else
        fprintf(stderr,
                ja ? "使い方: awai %s %s\n詳しくは `awai %s --help`\n"
                   : "usage: awai %s %s\n`awai %s --help` tells more.\n",
                c->name, c->arguments, c->name);
}

int cli_put(const struct cli *cli, enum diag_kind kind, const struct text *args)
{
    struct buf line = {0};
    int code = exit_code_of(kind);
    diag_message(kind, cli->lang, args, &line);
    fprintf(stderr, "awai: %s\n", buf_text(&line));
    line.len = 0;
    diag_hint(kind, cli->lang, args, &line);
    if (line.len) fprintf(stderr, "      = %s\n", buf_text(&line));
    buf_fini(&line);
    if (code == EXIT_USAGE) print_usage(cli);
    return code;
}

/* Cells of a line of standard error, 0 where it is no terminal. */
static unsigned terminal_width(void)
{
    struct winsize size = {0};
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

void cli_print(const struct cli *cli, const struct diag_list *d, int show_warnings)
{
    struct diag_view view = {
        .lang = cli->lang,
        .colour = isatty(STDERR_FILENO) && getenv("NO_COLOR") == NULL,
        .warnings = show_warnings,
        .all = cli->show_all,
        .width = terminal_width(),
    };
    diag_print(d, stderr, view);
}

int cli_report(const struct cli *cli, const struct diag_list *d)
{
    char number[24];
    if (d->n_errors == 0) return EXIT_FINE;
    cli_print(cli, d, 0);
    snprintf(number, sizeof number, "%zu", d->n_errors);
    int one = d->n_errors == 1;
    return CLI_SAY(cli, ERRORS, text_same(one ? NULL : number),
                   text_same(one ? number : NULL));
}
