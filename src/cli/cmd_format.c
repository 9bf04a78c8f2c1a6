// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* awai format: files in order, in place, with every comment. */
#include <string.h>

#include "base/yaml.h"
#include "cli/output.h"
#include "lsp/format.h"

/* A file as it is and as it should be. */
struct laid_out {
    const char *path;
    struct diag_list diags; // holds the text
    const struct diag_file *was;
    struct buf is;
};

static int is_standard(const char *path)
{
    return strcmp(path, "-") == 0;
}

static int is_changed(const struct laid_out *l)
{
    return l->was->len != l->is.len ||
           memcmp(l->was->text, buf_text(&l->is), l->is.len) != 0;
}

/* Writes what it should be to where it belongs, if it is not there already. */
static int write_text(struct cli *cli, struct laid_out *l)
{
    const char *to = cli_option(cli, "output");
    if (to == NULL && !is_standard(l->path) && !is_changed(l)) return EXIT_FINE;
    if (to == NULL) to = l->path;
    if (!is_standard(to)) return output_file(cli, to, &l->is);
    buf_add(&cli->out, buf_text(&l->is), l->is.len);
    return EXIT_FINE;
}

static int finish(struct cli *cli, struct laid_out *l)
{
    if (l->diags.n_errors) return cli_report(cli, &l->diags);
    if (cli_option(cli, "check") == NULL) return write_text(cli, l);
    return is_changed(l) ? CLI_SAY(cli, FORMAT_NEEDED, text_same(l->was->path))
                         : EXIT_FINE;
}

static int format_path(struct cli *cli, const char *path)
{
    struct laid_out l = {.path = path};
    int file = yaml_load(&l.diags, path, (struct place){0, 0, 0});
    if (file >= 0) {
        format_file(&l.diags, (uint32_t)file, &l.is);
        l.was = &l.diags.files[file];
    }
    int code = finish(cli, &l);
    buf_fini(&l.is);
    diag_fini(&l.diags);
    return code;
}

/* Files are independent: one that cannot be done keeps none of the others. */
static int run(struct cli *cli)
{
    int worst = EXIT_FINE;
    if (cli_option(cli, "output") && cli->n_args > 1)
        return cli_put(cli, DIAG_FORMAT_ONE, NULL);
    for (int i = 0; i < cli->n_args; i++) {
        int code = format_path(cli, cli->args[i]);
        worst = code > worst ? code : worst;
    }
    return worst;
}

static const struct option options[] = {
    {"check",
     NULL,           {{"change nothing; name the files that would change, and exit with 1 if there are "
       "any",
       "何も変更せず、整形で変わるファイルを示す。あれば終了コード1"}}                   },
    {"output",
     "FILE",         {{"write to FILE (- for standard output) instead of in place; for one file",
       "元のファイルでなくFILE(- は標準出力)に書き出す。対象が1ファイルの場合のみ"}}},
    {NULL,     NULL, {{NULL, NULL}}                                                                                             },
};

const struct command command_format = {
    "format",
    run,
    "FILE...",
    1,
    -1,
    options,
    {{"format model files, every comment kept; - reads standard input",
      "モデルのファイルを、コメントを残して整形する。- は標準入力"}},
    "awai format usecases/drone/model.yaml -o -",
};
