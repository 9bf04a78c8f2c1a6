// SPDX-License-Identifier: Apache-2.0
/* awai twin, as answers of the API: the twins, one of them, its checks. */
#include <string.h>

#include "base/json.h"
#include "page/twin_describe.h"
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
