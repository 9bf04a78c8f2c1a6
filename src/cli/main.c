// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The front door: finds the command, parses options by its table, runs it. Options
 * may stand anywhere; `--` ends them; a value follows as next word or after '='.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/cli.h"
#include "page/term.h"

#define AWAI_VERSION "0.1.0"

// clang-format off
static const struct option common_options[] = {
    {"catalog", "DIR", {{"add or override catalog entries with DIR/*.yaml", "DIR/*.yaml でカタログを追加・上書きする"}}},
    {"lang", "LANG", {{"language of what is printed: en or ja", "表示言語: en 又は ja"}}},
    {"time", NULL, {{"print the time of each stage to standard error", "各段階の所要時間を標準エラーに出力する"}}},
    {"include-root", "DIR", {{"let models include files anywhere in DIR, not only beside them", "モデルのフォルダーに限らず、DIR 以下のファイルの include を許可する"}}},
    {"help", NULL, {{"show this help", "このヘルプを表示する"}}},
    {NULL, NULL, {{NULL, NULL}}},
};
// clang-format on

static size_t n_options(const struct option *options)
{
    size_t n = 0;
    while (options && options[n].name)
        n++;
    return n;
}

const char *cli_option_at(const struct cli *cli, const char *name, int i)
{
    for (int k = 0; k < cli->n_given; k++)
        if (strcmp(cli->given[k].option->name, name) == 0 && i-- == 0)
            return cli->given[k].value;
    return NULL;
}

const char *cli_option(const struct cli *cli, const char *name)
{
    const char *value = NULL;
    for (int k = 0; k < cli->n_given; k++)
        if (strcmp(cli->given[k].option->name, name) == 0) value = cli->given[k].value;
    return value;
}

static void print_options(const struct option *options, enum lang lang, struct buf *out)
{
    for (size_t i = 0; i < n_options(options); i++) {
        char head[64];
        snprintf(head, sizeof head, "--%s%s%s", options[i].name,
                 options[i].argument ? " " : "",
                 options[i].argument ? options[i].argument : "");
        buf_printf(out, "  %-26s %s\n", head, text_in(options[i].doc, lang));
    }
}

static int help_command(struct cli *cli)
{
    const struct command *c = cli->command;
    struct buf *out = &cli->out;
    int ja = cli->lang == LANG_JA;
    buf_printf(out, "awai %s %s\n\n%s\n", c->name, c->arguments,
               text_in(c->summary, cli->lang));
    buf_str(out, ja ? "\nオプション:\n" : "\nOptions:\n");
    print_options(c->options, cli->lang, out);
    print_options(common_options, cli->lang, out);
    buf_printf(out, "%s  %s\n", ja ? "\n例:\n" : "\nExample:\n", c->example);
    return EXIT_FINE;
}

static int help_all(struct cli *cli)
{
    struct buf *out = &cli->out;
    int ja = cli->lang == LANG_JA;
    buf_str(
        out,
        ja ? "awai - IoTシステムのセキュリティとセーフティのワークベンチ (IoT-SSF)\n\n"
             "使い方: awai COMMAND [ARGUMENT...] [OPTION...]\n\nコマンド "
             "(一意に決まる先頭部分で十分):\n"
           : "awai - a workbench for the security and safety of IoT systems "
             "(IoT-SSF)\n\nusage: awai COMMAND [ARGUMENT...] [OPTION...]\n\n"
             "Commands (a unique beginning is enough):\n");
    for (size_t i = 0; i < n_commands; i++)
        buf_printf(out, "  %-9s %s\n", commands[i]->name,
                   text_in(commands[i]->summary, cli->lang));
    buf_str(out, ja ? "\n共通オプション:\n" : "\nOptions of every command:\n");
    print_options(common_options, cli->lang, out);
    buf_str(
        out,
        ja ? "\n終了コード: 0 正常、1 入力の誤り、2 使い方の誤り、3 ゲート未達\n"
           : "\nExit codes: 0 fine, 1 the input is wrong, 2 wrong usage, 3 a gate is "
             "not met\n");
    return EXIT_FINE;
}

/* The command called name, or the only one that begins so; NULL after a complaint. */
static const struct command *find_command(const struct cli *cli, const char *name)
{
    const struct command *found = NULL;
    const char *names[32];
    struct buf begun = {0}; // those that begin so
    size_t n_found = 0, len = strlen(name);
    for (size_t i = 0; i < n_commands; i++) {
        names[i] = commands[i]->name;
        if (strcmp(commands[i]->name, name) == 0) return commands[i];
        if (len == 0 || strncmp(commands[i]->name, name, len) != 0) continue;
        found = commands[i];
        buf_printf(&begun, "%s%s", n_found++ ? ", " : "", commands[i]->name);
    }
    if (n_found > 1)
        CLI_SAY(cli, AMBIGUOUS_COMMAND, text_same(name), text_same(buf_text(&begun)));
    else if (n_found == 0)
        CLI_SAY(cli, COMMAND, text_same(name),
                text_same(str_nearest(name, names, n_commands)));
    buf_fini(&begun);
    return n_found == 1 ? found : NULL;
}

/* Index of --name among options, or -1; len excludes an "=value". */
static int find_option(const struct option *options, const char *name, size_t len)
{
    for (size_t i = 0; options && options[i].name; i++)
        if (strlen(options[i].name) == len && strncmp(options[i].name, name, len) == 0)
            return (int)i;
    return -1;
}

/* The language of that name, or -1. */
static int parse_lang(const char *name)
{
    return strcmp(name, "en") == 0 ? LANG_EN : strcmp(name, "ja") == 0 ? LANG_JA : -1;
}

static int set_common(struct cli *cli, size_t i, const char *value, int *help)
{
    switch (i) {
    case 0: cli->catalog_directory = value; break;
    case 1:
        assert(value); // the option takes one
        if (parse_lang(value) < 0) return CLI_SAY(cli, LANGUAGE, text_same(value));
        cli->lang = (enum lang)parse_lang(value);
        cli->is_lang_given = 1;
        break;
    case 2: cli->show_times = 1; break;
    case 3: cli->include_root = value; break;
    default: *help = 1; break;
    }
    return EXIT_FINE;
}

/* Complains of an option that is in no table, with the nearest that is. */
static int unknown_option(const struct cli *cli, const char *word, const char *name)
{
    const char *names[MAX_OPTIONS + 8];
    const struct option *options = cli->command ? cli->command->options : NULL;
    size_t n = 0;
    for (size_t i = 0; options && options[i].name; i++)
        names[n++] = options[i].name;
    for (size_t i = 0; i < n_options(common_options); i++)
        names[n++] = common_options[i].name;
    const char *near = str_nearest(name, names, n);
    return CLI_SAY(cli, OPTION, text_same(word), text_same(near));
}

static void give(struct cli *cli, const struct option *o, const char *value)
{
    cli->given[cli->n_given++] = (struct given){o, value};
}

/* The words after the first that belong to an option, by what its argument is. */
static int take_more(struct cli *cli, int argc, char **argv, int *i,
                     const struct option *o)
{
    size_t len = strlen(o->argument);
    int is_open = len > 3 && strcmp(o->argument + len - 3, "...") == 0;
    while (is_open && *i + 1 < argc && argv[*i + 1][0] != '-')
        give(cli, o, argv[++*i]);
    for (const char *s = o->argument; (s = strchr(s, ' ')); s++) {
        if (*i + 1 >= argc)
            return CLI_SAY(cli, OPTION_WANTS, text_same(o->name),
                           text_same(o->argument));
        give(cli, o, argv[++*i]);
    }
    return EXIT_FINE;
}

/* Parses argv[*i], an option; may take the next words as its values. */
static int parse_option(struct cli *cli, int argc, char **argv, int *i, int *help)
{
    const char *word = argv[*i];
    const char *name = word[1] == '-'            ? word + 2
                       : strcmp(word, "-o") == 0 ? "output"
                       : strcmp(word, "-h") == 0 ? "help"
                                                 : word + 1;
    size_t len = strcspn(name, "=");
    const struct option *options = cli->command ? cli->command->options : NULL;
    int own = find_option(options, name, len);
    int common = own < 0 ? find_option(common_options, name, len) : -1;
    if (own < 0 && common < 0) return unknown_option(cli, word, name);
    assert(own < 0 || options); // where it was found
    const struct option *o = own >= 0 ? &options[own] : &common_options[common];
    const char *value = name[len] == '=' ? name + len + 1 : NULL;
    if (o->argument == NULL && value)
        return CLI_SAY(cli, OPTION_TAKES_NOTHING, text_same(o->name));
    int may_lack = o->argument && o->argument[0] == '[';
    if (may_lack && value == NULL)
        value = *i + 1 < argc && argv[*i + 1][0] != '-' ? argv[++*i] : "";
    if (o->argument && value == NULL) {
        if (*i + 1 >= argc)
            return CLI_SAY(cli, OPTION_WANTS, text_same(o->name),
                           text_same(o->argument));
        value = argv[++*i];
    }
    if (own < 0) return set_common(cli, (size_t)common, value, help);
    give(cli, o, value ? value : "");
    return o->argument ? take_more(cli, argc, argv, i, o) : EXIT_FINE;
}

static int parse(struct cli *cli, int argc, char **argv, int *help)
{
    int only_arguments = 0, wrong = EXIT_FINE;
    for (int i = 1; i < argc && wrong == EXIT_FINE; i++) {
        const char *word = argv[i];
        if (!only_arguments && strcmp(word, "--") == 0)
            only_arguments = 1;
        else if (!only_arguments && word[0] == '-' && word[1] != '\0')
            wrong = parse_option(cli, argc, argv, &i, help);
        else if (cli->command == NULL && strcmp(word, "help") == 0)
            *help = 1;
        else if (cli->command)
            cli->args[cli->n_args++] = word;
        else if ((cli->command = find_command(cli, word)) == NULL)
            return EXIT_USAGE;
    }
    return wrong;
}

static enum lang environment_lang(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && value[0]) return strncmp(value, "ja", 2) == 0 ? LANG_JA : LANG_EN;
    }
    return LANG_EN;
}

/* The language of --lang wherever it stands, so that complaints about what stands
 * before it are told in it too; else that of the environment. */
static enum lang find_lang(int argc, char **argv)
{
    static const char option[] = "--lang=";
    enum lang lang = environment_lang();
    for (int i = 1; i < argc && argv[i] && strcmp(argv[i], "--") != 0; i++) {
        const char *value = NULL;
        if (strncmp(argv[i], option, sizeof option - 1) == 0)
            value = argv[i] + sizeof option - 1;
        else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
            value = argv[i + 1];
        if (value && parse_lang(value) >= 0) lang = (enum lang)parse_lang(value);
    }
    return lang;
}

static int run(struct cli *cli)
{
    const struct command *c = cli->command;
    if (cli->n_args < c->least_args)
        return CLI_SAY(cli, ARGUMENTS_WANTED, text_same(c->name),
                       text_same(c->arguments));
    if (c->most_args >= 0 && cli->n_args > c->most_args)
        return CLI_SAY(cli, TOO_MANY_ARGUMENTS, text_same(c->name),
                       text_same(cli->args[c->most_args]));
    return c->run(cli);
}

/* Cells of a line of standard output; 0 where there is no end to it. */
static size_t find_columns(void)
{
    enum { LEAST = 20, MOST = 1000, USUAL = 80 };
    const char *given = getenv("COLUMNS");
    struct winsize size = {0};
    size_t columns = given ? (size_t)strtoul(given, NULL, 10) : 0;
    if (columns == 0 && !isatty(STDOUT_FILENO)) return 0;
    if (columns == 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        columns = size.ws_col;
    if (columns == 0) columns = USUAL;
    return columns < LEAST ? LEAST : columns > MOST ? MOST : columns;
}

void cli_prose(struct cli *cli)
{
    if (cli->columns == 0) return;
    buf_flush(&cli->out);
    cli->out.sink = NULL; // kept until flush breaks the lines
}

static int flush(struct cli *cli)
{
    struct buf lines = {.sink = stdout};
    if (cli->out.sink) return buf_flush(&cli->out);
    term_wrap(buf_text(&cli->out), cli->columns, &lines);
    int failed = buf_flush(&lines);
    buf_fini(&lines);
    return failed;
}

int main(int argc, char **argv)
{
    struct cli cli = {.lang = find_lang(argc, argv)};
    int help = 0;
    cli.args = mem_alloc((size_t)argc * sizeof *cli.args);
    cli.given = mem_alloc((size_t)argc * sizeof *cli.given);
    cli.out.sink = stdout;
    cli.colour = isatty(STDOUT_FILENO) && getenv("NO_COLOR") == NULL;
    cli.columns = find_columns();
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        puts("awai " AWAI_VERSION);
        free(cli.args);
        free(cli.given);
        return EXIT_FINE;
    }
    int code = parse(&cli, argc, argv, &help);
    if (code == EXIT_FINE && (help || cli.command == NULL))
        code = cli.command ? help_command(&cli) : help_all(&cli);
    else if (code == EXIT_FINE)
        code = run(&cli);
    if (flush(&cli) != 0 && code == EXIT_FINE)
        code = cli_put(&cli, DIAG_STANDARD_OUTPUT, NULL);
    buf_fini(&cli.out);
    free(cli.args);
    free(cli.given);
    return code;
}
