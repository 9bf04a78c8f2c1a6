// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* awai twin, as answers of the API: the twins, one of them, its checks. */
#include <string.h>

#include "base/json.h"
#include "page/twin_describe.h"
#include "page/twin_run.h"
#include "web/ask.h"

static struct twin_telling telling(struct exchange *ex)
{
    return (struct twin_telling){ex->lang, &ex->answer.body};
}

/* The twin of the path; NULL after an answer. */
static const struct twin_kind *find(struct exchange *ex)
{
    const struct twin_kind *kind = twin_find(ex->path.id);
    ask_begin(ex, "application/json");
    if (kind == NULL) WEB_SAY(ex, TWIN_KIND, text_same(ex->path.id));
    return kind;
}

void ask_twins(struct exchange *ex)
{
    struct json j = json_on(&ex->answer.body, 3);
    ask_begin(ex, "application/json");
    json_open(&j, '{');
    json_in(&j, "twins", '[');
    for (size_t i = 0; i < n_twin_kinds; i++) {
        json_open(&j, '{');
        json_put(&j, "twin", twin_kinds[i]->name);
        json_put_text(&j, "title", twin_kinds[i]->title);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_close(&j, '}');
}

void ask_twin(struct exchange *ex)
{
    const struct twin_kind *kind = find(ex);
    struct twin_telling to = telling(ex);
    if (kind == NULL) return;
    if (ask_is_text(ex))
        twin_describe(&to, kind);
    else
        twin_describe_json(&to, kind);
}

/* ---- checks --------------------------------------------------------------------- */

void ask_twin_checks(struct exchange *ex)
{
    const struct twin_kind *kind = find(ex);
    struct twin_telling to = telling(ex);
    if (kind) twin_compare(&to, !ask_is_text(ex), kind);
}

static void say_range(struct exchange *ex, const struct twin_quantity *q)
{
    const char *least = arena_printf(&ex->arena, "%g", q->least);
    const char *most = arena_printf(&ex->arena, "%g", q->most);
    WEB_SAY(ex, TWIN_RANGE, text_same(q->name), text_same(least), text_same(most),
            text_same(q->unit));
}

/* Sets an input as a word says; 0 after an answer. */
static int set(struct exchange *ex, const struct twin_kind *kind,
               const struct twin_check *check, const char *word, double *inputs)
{
    const struct twin_quantity *input;
    const char *name = arena_strn(&ex->arena, word, strcspn(word, "="));
    switch (twin_set_input(check, word, inputs, &input)) {
    case SETTING_FINE: return 1;
    case SETTING_OUT: say_range(ex, input); break;
    case SETTING_UNKNOWN:
        WEB_SAY(ex, TWIN_NAME, text_same(name), text_same(kind->name));
        break;
    case SETTING_MALFORMED: WEB_SAY(ex, TWIN_SET, text_same(word)); break;
    }
    return 0;
}

void ask_twin_answer(struct exchange *ex)
{
    double inputs[TWIN_MOST_VALUES];
    const struct twin_kind *kind = find(ex);
    struct twin_telling to = telling(ex);
    const char *name = contract_text(ex, "check"), *word;
    const struct twin_check *check = kind ? twin_check_find(kind, name) : NULL;
    if (kind == NULL) return;
    if (check == NULL) {
        WEB_SAY(ex, TWIN_NAME, text_same(name), text_same(kind->name));
        return;
    }
    for (size_t i = 0; i < check->n_inputs; i++)
        inputs[i] = check->inputs[i].start;
    for (size_t i = 0; (word = contract_text_at(ex, "set", i)) != NULL; i++)
        if (!set(ex, kind, check, word, inputs)) return;
    twin_answer(&to, !ask_is_text(ex), kind, check, inputs);
}

/* ---- bare runs ------------------------------------------------------------------ */

enum { MOST_STEPS = 20000 };

/* Sets a variable as a word says; 0 after an answer. */
static int set_variable(struct exchange *ex, struct twin *t, const char *word)
{
    char name[64];
    double value;
    if (!twin_setting(word, name, sizeof name, &value)) {
        WEB_SAY(ex, TWIN_SET, text_same(word));
        return 0;
    }
    int variable = twin_variable(t->kind, name);
    enum twin_wrong end = variable < 0 ? TWIN_FINE : twin_set(t, variable, value);
    if (variable < 0)
        WEB_SAY(ex, TWIN_NAME, text_same(name), text_same(t->kind->name));
    else if (end == TWIN_OUT_OF_RANGE)
        say_range(ex, &t->kind->variables[variable].q);
    else if (end != TWIN_FINE)
        WEB_SAY(ex, TWIN_OUTPUT_SET, text_same(name));
    return variable >= 0 && end == TWIN_FINE;
}

/* The steps that were asked for; 0 after an answer. */
static uint64_t steps_of(struct exchange *ex, const struct twin_kind *kind)
{
    double until_s = contract_decimal(ex, "until", 0),
           most_s = MOST_STEPS * kind->step_s;
    const char *most = arena_printf(&ex->arena, "%g", most_s);
    if (until_s <= most_s && twin_steps_until(kind, until_s) > 0)
        return twin_steps_until(kind, until_s);
    WEB_SAY(ex, REQUEST_VALUE, text_same("until"),
            text_same(contract_text(ex, "until")),
            TEXT(arena_printf(&ex->arena, "from %g to %s", kind->step_s, most),
                 arena_printf(&ex->arena, "%g以上%s以下", kind->step_s, most)));
    return 0;
}

static void run(struct exchange *ex, struct twin *t, uint64_t n_steps)
{
    const struct twin_kind *kind = t->kind;
    int *columns = arena_array(&ex->arena, kind->n_variables + 1, sizeof *columns);
    const char *word;
    size_t n;
    for (size_t i = 0; (word = contract_text_at(ex, "set", i)) != NULL; i++)
        if (!set_variable(ex, t, word)) return;
    const char *wrong = twin_columns(kind, contract_text(ex, "csv"), columns, &n);
    ask_begin(ex, "text/csv; charset=utf-8");
    if (wrong)
        WEB_SAY(ex, TWIN_NAME, text_same(wrong), text_same(kind->name));
    else if (!twin_run(t, n_steps, columns, n, &ex->answer.body))
        WEB_SAY(ex, TWIN_UNSOUND, text_same(kind->name));
}

void ask_twin_run(struct exchange *ex)
{
    const struct twin_kind *kind = twin_find(ex->path.id);
    if (kind == NULL) {
        WEB_SAY(ex, TWIN_KIND, text_same(ex->path.id));
        return;
    }
    uint64_t n_steps = steps_of(ex, kind);
    struct twin t = twin_new(kind);
    if (n_steps) run(ex, &t, n_steps);
    twin_fini(&t);
}
