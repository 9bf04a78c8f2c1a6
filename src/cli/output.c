// SPDX-License-Identifier: Apache-2.0
/* What commands share; see output.h. */
#define _XOPEN_SOURCE 700 // realpath: glibc has it there, though POSIX.1-2008 does, too
#include "cli/output.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "assess/rules.h"
#include "base/limits.h"
#include "base/words.h"
#include "page/sarif.h"

static int fail_rules(const struct cli *cli, const char *path, uint32_t n)
{
    char number[16];
    snprintf(number, sizeof number, "%u", n);
    return CLI_SAY(cli, RULES_GATE, text_same(path), text_same(n == 1 ? NULL : number),
                   text_same(n == 1 ? number : NULL));
}

int output_rules(const struct cli *cli, struct cli_system *s)
{
    const char *path = cli_option(cli, "rules");
    if (path == NULL) return EXIT_FINE;
    struct rules *rules = rules_read(path, s->catalog);
    if (rules->diags.n_errors) {
        int wrong = cli_report(cli, &rules->diags);
        rules_free(rules);
        return wrong;
    }
    struct rules_result result = rules_evaluate(rules, s->assessment);
    rules_report(&result, rules, s->assessment, &s->findings);
    cli_print(cli, &s->findings, 1);
    int code = result.n_errors ? fail_rules(cli, path, result.n_errors) : EXIT_FINE;
    rules_result_fini(&result);
    rules_free(rules);
    return code;
}

int output_sarif(const struct cli *cli, const struct cli_system *systems, size_t n,
                 const char *path)
{
    const struct diag_list **lists = mem_alloc((n * 3 + 1) * sizeof *lists);
    size_t n_lists = 0;
    for (size_t i = 0; i < n; i++) {
        if (systems[i].model) lists[n_lists++] = &systems[i].model->diags;
        if (systems[i].assessment) lists[n_lists++] = &systems[i].assessment->diags;
        lists[n_lists++] = &systems[i].findings;
    }
    int is_stdout = strcmp(path, "-") == 0;
    struct buf out = {.sink = is_stdout ? stdout : fopen(path, "wb")};
    int failed = out.sink == NULL;
    if (!failed) {
        sarif_write(lists, n_lists, cli->lang, &out);
        failed = buf_flush(&out) != 0;
        failed |= !is_stdout && fclose(out.sink) != 0;
    }
    if (failed) CLI_SAY(cli, CANNOT_WRITE, text_same(path), words_error(errno));
    out.sink = NULL;
    buf_fini(&out);
    free(lists);
    return failed ? EXIT_INPUT : EXIT_FINE;
}

int output_only_sarif(const struct cli *cli)
{
    const char *path = cli_option(cli, "sarif");
    return path && strcmp(path, "-") == 0;
}

/* Writes a text and closes; 0, or why not. `was`: of the file whose place it will take,
 * or NULL. What takes it has its permissions, and is on the disk before. */
static int write_whole(FILE *f, const struct buf *text, const struct stat *was)
{
    int failed =
        fwrite(buf_text(text), 1, text->len, f) != text->len || fflush(f) != 0 ||
        (was &&
         (fchmod(fileno(f), was->st_mode & 07777) != 0 || fsync(fileno(f)) != 0));
    int why = errno;
    if (fclose(f) != 0 && !failed) return errno;
    return failed ? why : 0;
}

/* Through a file beside it; 0, or why not. */
static int replace_file(const char *path, const struct buf *text,
                        const struct stat *was)
{
    struct buf part = {0};
    buf_printf(&part, "%s.part", path);
    FILE *f = fopen(buf_text(&part), "wb");
    int why = f ? write_whole(f, text, was) : errno;
    if (f && why == 0 && rename(buf_text(&part), path) != 0) why = errno;
    if (f && why) remove(buf_text(&part));
    buf_fini(&part);
    return why;
}

/* A device or a pipe takes bytes; nothing takes its place. */
static int write_into(const char *path, const struct buf *text)
{
    FILE *f = fopen(path, "wb");
    return f ? write_whole(f, text, NULL) : errno;
}

int output_file(const struct cli *cli, const char *path, const struct buf *text)
{
    struct stat was;
    char *real = realpath(path, NULL); // a link stays one
    int is_there = stat(path, &was) == 0;
    int is_file = !is_there || S_ISREG(was.st_mode) || S_ISDIR(was.st_mode);
    int why = is_file ? replace_file(real ? real : path, text, is_there ? &was : NULL)
                      : write_into(path, text);
    free(real);
    if (why == 0) return EXIT_FINE;
    return CLI_SAY(cli, CANNOT_WRITE, text_same(path), words_error(why));
}

int output_read(const struct cli *cli, const char *path, struct buf *out)
{
    char piece[1 << 16];
    size_t n;
    FILE *f = fopen(path, "rb");
    int failed = f == NULL;
    while (!failed && (n = fread(piece, 1, sizeof piece, f)) > 0) {
        buf_add(out, piece, n);
        if (out->len > LIMIT_FILE_BYTES) {
            fclose(f);
            return CLI_SAY(cli, CANNOT_READ, text_same(path), words_too_large());
        }
    }
    int why = errno;
    failed = failed || ferror(f);
    if (f) fclose(f);
    if (!failed) return EXIT_FINE;
    return CLI_SAY(cli, CANNOT_READ, text_same(path), words_error(why));
}

int output_figure(const struct cli *cli, const char *name, struct buf *svg)
{
    const char *directory = cli_option(cli, "svg");
    struct buf path = {0};
    int code = EXIT_FINE;
    if (directory == NULL || svg->len == 0) return EXIT_FINE;
    buf_printf(&path, "%s/%s.svg", directory, name);
    if (mkdir(directory, 0777) != 0 && errno != EEXIST)
        code = CLI_SAY(cli, CANNOT_WRITE, text_same(directory), words_error(errno));
    else
        code = output_file(cli, buf_text(&path), svg);
    svg->len = 0;
    buf_fini(&path);
    return code;
}
