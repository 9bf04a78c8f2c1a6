// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* awai twin: the twins, what there is to know of each, checks, and bare runs. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "cli/rehearsal.h"
#include "cli/twin_describe.h"

/* A ternary, so that the compiler sees the formats. */
#define IN(cli, en, ja) ((cli)->lang == LANG_JA ? (ja) : (en))

static const char *text_of(const struct cli *cli, struct text t)
{
    return text_in(t, cli->lang);
}

/* ---- what there is ----------------------------------------------------------------
 */

static void list_twins(struct cli *cli)
{
    for (size_t i = 0; i < n_twin_kinds; i++) {
        twin_pad(&cli->out, twin_kinds[i]->name, 12);
        buf_printf(&cli->out, "%s\n", text_of(cli, twin_kinds[i]->title));
    }
}

/* ---- settings NAME=VALUE ----------------------------------------------------------
 */

/* Splits a word; 0 if it is none of NAME=NUMBER. */
static int split(const char *word, char *name, size_t size, double *value)
{
    const char *equals = strchr(word, '=');
    char *end = NULL;
    if (equals == NULL || equals == word || (size_t)(equals - word) >= size) return 0;
    memcpy(name, word, (size_t)(equals - word));
    name[equals - word] = '\0';
    *value = strtod(equals + 1, &end);
    return end != equals + 1 && *end == '\0' && isfinite(*value);
}

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
    char name[64];
    double value;
    if (!split(word, name, sizeof name, &value))
        return CLI_SAY(cli, TWIN_SET, text_same(word));
    for (size_t i = 0; i < check->n_inputs; i++) {
        const struct twin_quantity *q = &check->inputs[i];
        if (strcmp(q->name, name) != 0) continue;
        if (value < q->least || value > q->most) return say_range(cli, q);
        inputs[i] = value;
        return EXIT_FINE;
    }
    return say_unknown(cli, name, kind);
}

static int set_variable(const struct cli *cli, struct twin *t, const char *word)
{
    char name[64];
    double value;
    if (!split(word, name, sizeof name, &value))
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

static void put_number(struct json *j, const char *key, double value)
{
    json_key(j, key);
    if (isfinite(value))
        json_double(j, value);
    else
        json_null(j);
}

static void put_values(struct json *j, const char *key, const struct twin_quantity *q,
                       size_t n, const double *values)
{
    json_in(j, key, '{');
    for (size_t i = 0; i < n; i++)
        put_number(j, q[i].name, values[i]);
    json_close(j, '}');
}

static void print_answer_json(struct cli *cli, const struct twin_kind *kind,
                              const struct twin_check *check, const double *inputs,
                              const double *results)
{
    struct json j = json_on(&cli->out, 2);
    json_open(&j, '{');
    json_put(&j, "twin", kind->name);
    json_put(&j, "check", check->name);
    put_values(&j, "inputs", check->inputs, check->n_inputs, inputs);
    put_values(&j, "value", check->results, check->n_results, results);
    json_in(&j, "unit", '{');
    for (size_t i = 0; i < check->n_results; i++)
        json_put(&j, check->results[i].name, check->results[i].unit);
    json_close(&j, '}');
    json_put(&j, "reference", check->reference);
    json_close(&j, '}');
}

static void print_answer(struct cli *cli, const struct twin_check *check,
                         const double *inputs, const double *results)
{
    for (size_t i = 0; i < check->n_inputs; i++)
        buf_printf(&cli->out, "%s%s=%g %s", i ? ", " : "", check->inputs[i].name,
                   inputs[i], check->inputs[i].unit);
    buf_char(&cli->out, '\n');
    for (size_t i = 0; i < check->n_results; i++) {
        buf_str(&cli->out, "  ");
        twin_pad(&cli->out, check->results[i].name, 20);
        if (isfinite(results[i]))
            buf_printf(&cli->out, "%.6g %s\n", results[i], check->results[i].unit);
        else
            buf_str(&cli->out, "\u2014\n");
    }
    buf_printf(&cli->out, "%s: %s\n", IN(cli, "reference", "出典"), check->reference);
}

static int run_one(struct cli *cli, const struct twin_kind *kind,
                   const struct twin_check *check)
{
    double inputs[TWIN_MOST_VALUES], results[TWIN_MOST_VALUES];
    int code = EXIT_FINE;
    for (size_t i = 0; i < check->n_inputs; i++)
        inputs[i] = check->inputs[i].start;
    for (int i = 0; cli_option_at(cli, "set", i) && code == EXIT_FINE; i++)
        code = set_input(cli, check, kind->name, cli_option_at(cli, "set", i), inputs);
    if (code != EXIT_FINE) return code;
    check->run(inputs, results);
    if (cli_option(cli, "json"))
        print_answer_json(cli, kind, check, inputs, results);
    else
        print_answer(cli, check, inputs, results);
    return EXIT_FINE;
}

/* One result against what was published. */
struct compared {
    const struct twin_check *check;
    const struct twin_case *of;
    size_t result;
    double value, off;
    int is_fine;
};

static void print_compared(struct cli *cli, const struct compared *c)
{
    const struct twin_quantity *q = &c->check->results[c->result];
    buf_printf(&cli->out, "%s %s", c->is_fine ? "ok " : "BAD", c->check->name);
    for (size_t i = 0; i < c->check->n_inputs; i++)
        buf_printf(&cli->out, " %s=%g", c->check->inputs[i].name, c->of->inputs[i]);
    buf_printf(&cli->out,
               IN(cli, ": %s %.5g %s, published %.5g, off %.2f%% of %g%% [%s]\n",
                  "：%s %.5g %s、公表値%.5g、差%.2f%%(許容%g%%) [%s]\n"),
               q->name, c->value, q->unit, c->of->results[c->result], 100 * c->off,
               100 * c->of->tolerance, c->of->source);
}

static void put_compared(struct json *j, const struct compared *c)
{
    json_open(j, '{');
    json_put(j, "check", c->check->name);
    put_values(j, "inputs", c->check->inputs, c->check->n_inputs, c->of->inputs);
    json_put(j, "result", c->check->results[c->result].name);
    json_put(j, "unit", c->check->results[c->result].unit);
    put_number(j, "value", c->value);
    put_number(j, "published", c->of->results[c->result]);
    put_number(j, "off", c->off);
    put_number(j, "tolerance", c->of->tolerance);
    json_put_bool(j, "ok", c->is_fine);
    json_put(j, "reference", c->of->source);
    json_close(j, '}');
}

/* Runs a case and tells each result that is given; returns how many are wrong. */
static int run_case(struct cli *cli, struct json *j, const struct twin_check *check,
                    const struct twin_case *of)
{
    double results[TWIN_MOST_VALUES];
    int n_wrong = 0;
    check->run(of->inputs, results);
    for (size_t i = 0; i < check->n_results; i++) {
        struct compared c = {check, of, i, results[i], 0, 0};
        if (isnan(of->results[i])) continue;
        double size = fabs(of->results[i]);
        c.off = fabs(results[i] - of->results[i]) / (size > 0 ? size : 1);
        c.is_fine = c.off <= of->tolerance;
        n_wrong += !c.is_fine;
        if (j)
            put_compared(j, &c);
        else
            print_compared(cli, &c);
    }
    return n_wrong;
}

static int run_all(struct cli *cli, const struct twin_kind *kind)
{
    int is_json = cli_option(cli, "json") != NULL, n_wrong = 0;
    struct json j = json_on(&cli->out, 3);
    if (is_json) {
        json_open(&j, '{');
        json_put(&j, "twin", kind->name);
        json_in(&j, "checks", '[');
    }
    for (size_t i = 0; i < kind->n_checks; i++)
        for (size_t k = 0; k < kind->checks[i].n_cases; k++)
            n_wrong += run_case(cli, is_json ? &j : NULL, &kind->checks[i],
                                &kind->checks[i].cases[k]);
    if (is_json) {
        json_close(&j, ']');
        json_close(&j, '}');
    }
    return n_wrong ? CLI_SAY(cli, TWIN_GATE, text_same(kind->name)) : EXIT_FINE;
}

static int run_check(struct cli *cli, const struct twin_kind *kind, const char *name)
{
    if (name[0] == '\0') return run_all(cli, kind);
    for (size_t i = 0; i < kind->n_checks; i++)
        if (strcmp(kind->checks[i].name, name) == 0)
            return run_one(cli, kind, &kind->checks[i]);
    return say_unknown(cli, name, kind->name);
}

/* ---- bare runs --------------------------------------------------------------------
 */

/* The columns asked for, separated by commas; all outputs without. */
static int choose_columns(const struct cli *cli, const struct twin_kind *kind,
                          int *columns, size_t *n)
{
    const char *words = cli_option(cli, "csv");
    *n = 0;
    for (size_t i = 0; words == NULL && i < kind->n_variables; i++)
        if (kind->variables[i].causality == TWIN_OUTPUT) columns[(*n)++] = (int)i;
    while (words && *words) {
        char name[64] = "";
        size_t len = strcspn(words, ",");
        if (len < sizeof name) memcpy(name, words, len);
        int variable = twin_variable(kind, name);
        if (variable < 0 || *n >= kind->n_variables)
            return say_unknown(cli, words, kind->name);
        columns[(*n)++] = variable;
        words += len + (words[len] == ',');
    }
    return EXIT_FINE;
}

static void print_row(struct cli *cli, const struct twin *t, const int *columns,
                      size_t n)
{
    buf_printf(&cli->out, "%.9g", twin_time(t));
    for (size_t i = 0; i < n; i++)
        buf_printf(&cli->out, ",%.9g", twin_get(t, columns[i]));
    buf_char(&cli->out, '\n');
}

/* One row a step, until the time is reached. */
static int print_run(struct cli *cli, struct twin *t, double until_s)
{
    int *columns = mem_alloc((t->kind->n_variables + 1) * sizeof *columns);
    size_t n;
    int code = choose_columns(cli, t->kind, columns, &n);
    uint64_t n_steps = (uint64_t)floor(until_s / t->kind->step_s + 1e-9);
    if (code == EXIT_FINE) {
        buf_str(&cli->out, "time_s");
        for (size_t i = 0; i < n; i++)
            buf_printf(&cli->out, ",%s", t->kind->variables[columns[i]].q.name);
        buf_char(&cli->out, '\n');
    }
    while (code == EXIT_FINE && t->n_steps < n_steps) {
        if (!twin_step(t)) code = CLI_SAY(cli, TWIN_UNSOUND, text_same(t->kind->name));
        if (code == EXIT_FINE) print_row(cli, t, columns, n);
    }
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
    if (cli->n_args == 0) {
        list_twins(cli);
        return EXIT_FINE;
    }
    const struct twin_kind *kind = twin_find(cli->args[0]);
    if (kind == NULL) return CLI_SAY(cli, TWIN_KIND, text_same(cli->args[0]));
    if (cli_option(cli, "check")) return run_check(cli, kind, cli_option(cli, "check"));
    if (cli_option(cli, "until")) return run_bare(cli, kind);
    if (cli_option(cli, "json")) {
        twin_describe_json(cli, kind);
        return EXIT_FINE;
    }
    cli_prose(cli);
    twin_describe(cli, kind);
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
