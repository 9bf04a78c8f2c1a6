// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * awai new: a model to begin with, in a directory of its own, and beside it the JSON
 * Schema that the model's first line tells editors of; overwrites nothing.
 */
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/words.h"
#include "cli/cli.h"
#include "model/model.h"
#include "page/templates.h"

#define SCHEMA_NAME "model.schema.json"

/* Lists the use cases that can be templates, a line each. */
static void list_templates(struct buf *out)
{
    const char *names[TEMPLATES_MOST];
    size_t lens[TEMPLATES_MOST];
    size_t n = templates_list(names, lens);
    for (size_t i = 0; i < n; i++)
        buf_printf(out, "\n  %.*s", (int)lens[i], names[i]);
}

static int no_template(const struct cli *cli, const char *name)
{
    struct buf list = {0};
    list_templates(&list);
    int code = CLI_SAY(cli, TEMPLATE, text_same(name), text_same(buf_text(&list)));
    buf_fini(&list);
    return code;
}

static int fail(const struct cli *cli, const char *path)
{
    return CLI_SAY(cli, CANNOT_MAKE, text_same(path), words_error(errno));
}

/* Writes a file that must not be there yet. */
static int write_new(const struct cli *cli, const char *path, const struct buf *text)
{
    FILE *f = fopen(path, "wbx");
    if (f == NULL) return fail(cli, path);
    int failed = fwrite(text->data, 1, text->len, f) != text->len;
    failed |= fclose(f) != 0;
    if (failed) return CLI_SAY(cli, CANNOT_WRITE, text_same(path), words_error(errno));
    return EXIT_FINE;
}

static int write_model(const struct cli *cli, const char *path,
                       const struct asset *asset)
{
    struct buf text = {0};
    buf_str(&text, "# yaml-language-server: $schema=./" SCHEMA_NAME "\n");
    buf_add(&text, (const char *)asset->bytes, asset->len);
    int code = write_new(cli, path, &text);
    buf_fini(&text);
    return code;
}

/* A schema that is there already stays, like everything else. */
static int write_schema(const struct cli *cli, const char *dir)
{
    struct buf path = {0}, text = {0};
    buf_printf(&path, "%s/%s", dir, SCHEMA_NAME);
    schema_json(&model_shape, MODEL_SCHEMA_ID, cli->lang, &text);
    int code = access(buf_text(&path), F_OK) == 0
                   ? EXIT_FINE
                   : write_new(cli, buf_text(&path), &text);
    buf_fini(&path);
    buf_fini(&text);
    return code;
}

static int run(struct cli *cli)
{
    const char *dir = cli->args[0];
    const char *name = cli_option(cli, "template");
    const struct asset *asset = template_find(name);
    char path[4096];
    if (asset == NULL) return no_template(cli, name);
    int len = snprintf(path, sizeof path, "%s/model.yaml", dir);
    if (len < 0 || (size_t)len >= sizeof path)
        return CLI_SAY(cli, DIRECTORY_NAME, text_same(dir));
    if (mkdir(dir, 0777) != 0 && errno != EEXIST) return fail(cli, dir);
    int code = write_model(cli, path, asset);
    if (code == EXIT_FINE) code = write_schema(cli, dir);
    if (code == EXIT_FINE)
        buf_printf(&cli->out,
                   cli->lang == LANG_JA
                       ? "%s を作成しました。次: awai check %s; awai assess %s\n"
                       : "wrote %s\nnext: awai check %s; awai assess %s\n",
                   path, path, path);
    return code;
}

static const struct option options[] = {
    {"template",
     "USECASE",        {{"begin with one of the six use cases instead of a small example",
       "小さな例の代わりに6つのユースケースの一つから始める"}}},
    {NULL,       NULL, {{NULL, NULL}}                                                                 },
};

const struct command command_new = {
    "new",
    run,
    "DIR",
    1,
    1,
    options,
    {{"write a model to begin with", "最初のモデルを作成する"}},
    "awai new my-system --template gas-water-heater",
};
