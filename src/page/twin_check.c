// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* What the checks of a twin say; see twin_describe.h. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "page/twin_describe.h"

/* A ternary, so that the compiler sees the formats. */
#define IN(to, en, ja) ((to)->lang == LANG_JA ? (ja) : (en))

/* ---- settings ------------------------------------------------------------------- */

const struct twin_check *twin_check_find(const struct twin_kind *kind, const char *name)
{
    for (size_t i = 0; i < kind->n_checks; i++)
        if (strcmp(kind->checks[i].name, name) == 0) return &kind->checks[i];
    return NULL;
}

int twin_setting(const char *word, char *name, size_t size, double *value)
{
    const char *equals = strchr(word, '=');
    char *end = NULL;
    if (equals == NULL || equals == word || (size_t)(equals - word) >= size) return 0;
    memcpy(name, word, (size_t)(equals - word));
    name[equals - word] = '\0';
    *value = strtod(equals + 1, &end);
    return end != equals + 1 && *end == '\0' && isfinite(*value);
}

enum twin_setting_end twin_set_input(const struct twin_check *check, const char *word,
                                     double *inputs, const struct twin_quantity **input)
{
    char name[64];
    double value;
    *input = NULL;
    if (!twin_setting(word, name, sizeof name, &value)) return SETTING_MALFORMED;
    for (size_t i = 0; i < check->n_inputs; i++) {
        const struct twin_quantity *q = &check->inputs[i];
        if (strcmp(q->name, name) != 0) continue;
        *input = q;
        if (value < q->least || value > q->most) return SETTING_OUT;
        inputs[i] = value;
        return SETTING_FINE;
    }
    return SETTING_UNKNOWN;
}

/* ---- checks --------------------------------------------------------------------- */

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

static void print_answer_json(const struct twin_telling *to,
                              const struct twin_kind *kind,
                              const struct twin_check *check, const double *inputs,
                              const double *results)
{
    struct json j = json_on(to->out, 2);
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

static void print_answer(const struct twin_telling *to, const struct twin_check *check,
                         const double *inputs, const double *results)
{
    for (size_t i = 0; i < check->n_inputs; i++)
        buf_printf(to->out, "%s%s=%g %s", i ? ", " : "", check->inputs[i].name,
                   inputs[i], check->inputs[i].unit);
    buf_char(to->out, '\n');
    for (size_t i = 0; i < check->n_results; i++) {
        buf_str(to->out, "  ");
        twin_pad(to->out, check->results[i].name, 20);
        if (isfinite(results[i]))
            buf_printf(to->out, "%.6g %s\n", results[i], check->results[i].unit);
        else
            buf_str(to->out, "\u2014\n");
    }
    buf_printf(to->out, "%s: %s\n", IN(to, "reference", "出典"), check->reference);
}

/* One result against what was published. */
struct compared {
    const struct twin_check *check;
    const struct twin_case *of;
    size_t result;
    double value, off;
    int is_fine;
};

static void print_compared(const struct twin_telling *to, const struct compared *c)
{
    const struct twin_quantity *q = &c->check->results[c->result];
    buf_printf(to->out, "%s %s", c->is_fine ? "ok " : "BAD", c->check->name);
    for (size_t i = 0; i < c->check->n_inputs; i++)
        buf_printf(to->out, " %s=%g", c->check->inputs[i].name, c->of->inputs[i]);
    buf_printf(to->out,
               IN(to, ": %s %.5g %s, published %.5g, off %.2f%% of %g%% [%s]\n",
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
static int run_case(const struct twin_telling *to, struct json *j,
                    const struct twin_check *check, const struct twin_case *of)
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
            print_compared(to, &c);
    }
    return n_wrong;
}

void twin_answer(const struct twin_telling *to, int is_json,
                 const struct twin_kind *kind, const struct twin_check *check,
                 const double *inputs)
{
    double results[TWIN_MOST_VALUES];
    check->run(inputs, results);
    if (is_json)
        print_answer_json(to, kind, check, inputs, results);
    else
        print_answer(to, check, inputs, results);
}

int twin_compare(const struct twin_telling *to, int is_json,
                 const struct twin_kind *kind)
{
    int n_wrong = 0;
    struct json j = json_on(to->out, 3);
    if (is_json) {
        json_open(&j, '{');
        json_put(&j, "twin", kind->name);
        json_in(&j, "checks", '[');
    }
    for (size_t i = 0; i < kind->n_checks; i++)
        for (size_t k = 0; k < kind->checks[i].n_cases; k++)
            n_wrong += run_case(to, is_json ? &j : NULL, &kind->checks[i],
                                &kind->checks[i].cases[k]);
    if (is_json) {
        json_close(&j, ']');
        json_close(&j, '}');
    }
    return n_wrong;
}
