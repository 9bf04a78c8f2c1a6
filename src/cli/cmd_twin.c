// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* awai twin: the twins, what there is to know of each, checks, and bare runs. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/rehearsal.h"
#include "page/twin_describe.h"
#include "page/twin_run.h"

/* ---- settings NAME=VALUE ----------------------------------------------------------
 */

static int say_range(const struct cli *cli, const struct twin_quantity *q)
{
    char least[32], most[32];
    snprintf(least, sizeof least, "%g", q->least);
    snprintf(most, sizeof most, "%g", q->most);
    return CLI_SAY(cli, TWIN_RANGE, text_same(q->name), text_same(least),
                   text_same(most), text_same(q->unit));
}

static int say_unknown(const struct cli *cli, const char *word, const char *kind)
{
    return CLI_SAY(cli, TWIN_NAME, text_same(word), text_same(kind));
}

static int set_input(const struct cli *cli, const struct twin_check *check,
                     const char *kind, const char *word, double *inputs)
{
    const struct twin_quantity *input;
    char name[64];
    size_t len = strcspn(word, "=");
    snprintf(name, sizeof name, "%.*s", (int)(len < sizeof name ? len : 0), word);
    switch (twin_set_input(check, word, inputs, &input)) {
    case SETTING_FINE: return EXIT_FINE;
    case SETTING_OUT: return say_range(cli, input);
    case SETTING_UNKNOWN: return say_unknown(cli, name, kind);
    default: return CLI_SAY(cli, TWIN_SET, text_same(word));
    }
}

static int set_variable(const struct cli *cli, struct twin *t, const char *word)
{
    char name[64];
    double value;
    if (!twin_setting(word, name, sizeof name, &value))
        return CLI_SAY(cli, TWIN_SET, text_same(word));
    int variable = twin_variable(t->kind, name);
    if (variable < 0) return say_unknown(cli, name, t->kind->name);
    switch (twin_set(t, variable, value)) {
    case TWIN_OUT_OF_RANGE: return say_range(cli, &t->kind->variables[variable].q);
    case TWIN_NOT_SETTABLE:
    case TWIN_NOT_NOW: return CLI_SAY(cli, TWIN_OUTPUT_SET, text_same(name));
    case TWIN_FINE: break;
    }
    return EXIT_FINE;
}

/* ---- checks -----------------------------------------------------------------------
 */

static struct twin_telling telling_of(struct cli *cli)
{
    return (struct twin_telling){cli->lang, &cli->out};
}

static int run_one(struct cli *cli, const struct twin_kind *kind,
                   const struct twin_check *check)
{
    double inputs[TWIN_MOST_VALUES];
    int code = EXIT_FINE;
    struct twin_telling to = telling_of(cli);
    for (size_t i = 0; i < check->n_inputs; i++)
        inputs[i] = check->inputs[i].start;
    for (int i = 0; cli_option_at(cli, "set", i) && code == EXIT_FINE; i++)
        code = set_input(cli, check, kind->name, cli_option_at(cli, "set", i), inputs);
    if (code == EXIT_FINE)
        twin_answer(&to, cli_option(cli, "json") != NULL, kind, check, inputs);
    return code;
}

static int run_all(struct cli *cli, const struct twin_kind *kind)
{
    struct twin_telling to = telling_of(cli);
    int n_wrong = twin_compare(&to, cli_option(cli, "json") != NULL, kind);
    return n_wrong ? CLI_SAY(cli, TWIN_GATE, text_same(kind->name)) : EXIT_FINE;
}

static int run_check(struct cli *cli, const struct twin_kind *kind, const char *name)
{
    const struct twin_check *check = twin_check_find(kind, name);
    if (name[0] == '\0') return run_all(cli, kind);
    return check ? run_one(cli, kind, check) : say_unknown(cli, name, kind->name);
}

/* ---- bare runs --------------------------------------------------------------------
 */

/* One row a step, until the time is reached. */
static int print_run(struct cli *cli, struct twin *t, double until_s)
{
    int *columns = mem_alloc((t->kind->n_variables + 1) * sizeof *columns);
    const char *kind = t->kind->name;
    size_t n;
    const char *wrong = twin_columns(t->kind, cli_option(cli, "csv"), columns, &n);
    int code = wrong ? say_unknown(cli, wrong, kind) : EXIT_FINE;
    if (!wrong &&
        !twin_run(t, twin_steps_until(t->kind, until_s), columns, n, &cli->out))
        code = CLI_SAY(cli, TWIN_UNSOUND, text_same(kind));
    free(columns);
    return code;
}

static int run_bare(struct cli *cli, const struct twin_kind *kind)
{
    const double most_steps = 1e7;
    double until_s = 0;
    int code = cli_decimal(cli, "until", &until_s);
    if (code == EXIT_FINE) code = rehearsal_say_lacks(cli, kind);
    if (code == EXIT_FINE && until_s > most_steps * kind->step_s)
        code = CLI_SAY(cli, TWIN_LONG, text_same(cli_option(cli, "until")));
    struct twin t = twin_new(kind);
    for (int i = 0; cli_option_at(cli, "set", i) && code == EXIT_FINE; i++)
        code = set_variable(cli, &t, cli_option_at(cli, "set", i));
    if (code == EXIT_FINE) code = print_run(cli, &t, until_s);
    twin_fini(&t);
    return code;
}

/* ---- command ----------------------------------------------------------------------
 */

static int run(struct cli *cli)
{
    struct twin_telling to = telling_of(cli);
    if (cli->n_args == 0) {
        twin_list(&to);
        return EXIT_FINE;
    }
    const struct twin_kind *kind = twin_find(cli->args[0]);
    if (kind == NULL) return CLI_SAY(cli, TWIN_KIND, text_same(cli->args[0]));
    if (cli_option(cli, "check")) return run_check(cli, kind, cli_option(cli, "check"));
    if (cli_option(cli, "until")) return run_bare(cli, kind);
    if (cli_option(cli, "json")) {
        twin_describe_json(&to, kind);
        return EXIT_FINE;
    }
    cli_prose(cli);
    twin_describe(&to, kind);
    return EXIT_FINE;
}

static const struct option options[] = {
    {"check",
     "[CHECK]",       {{"compare with published numbers; one check: at the values of --set",
       "公表値と比べる。検証を一つ指定すれば --set の値で計算する"}}         },
    {"set",
     "NAME=VALUE...", {{"values of variables, or of a check's inputs", "変数の値、又は検証の入力の値"}}},
    {"until",
     "SECONDS",       {{"run the bare twin and print a row a step, as CSV",
       "ツインを単独で動かし、刻みごとにCSVで出力する"}}                         },
    {"csv",
     "NAMES",         {{"with --until: the variables to print, separated by commas; default: outputs",
       "--until と共に: 出力する変数(コンマ区切り)。既定は出力変数"}}            },
    {"json",
     NULL,            {{"description or checks as JSON", "説明又は検証の結果をJSONで出力する"}}       },
    {NULL,    NULL,   {{NULL, NULL}}                                                                                 },
};

const struct command command_twin = {
    "twin",
    run,
    "[NAME]",
    0,
    1,
    options,
    {{"the digital twins: variables, what is rehearsed, checks against published "
      "numbers, bare runs",
      "デジタルツイン: 変数、リハーサルの内容、公表値による検証、単独の実行"}},
    "awai twin heater --check scald --set water_c=55",
};
