// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * What changed in meaning from one model to another, and what follows from it
 * (assess/changes.h), as text or JSON; see diff.h.
 */
#include "page/diff.h"

#include <string.h>

#include "assess/changes.h"
#include "base/json.h"

struct changes_view {
    const struct diff_plan *plan;
    const struct changes *changes;
};

/* ---- text ---- */

static void tint(const struct term *term, struct buf *out, char sign)
{
    static const struct {
        char sign;
        const char *code;
    } tints[] = {
        {'+', "\033[32m"  },
        {'-', "\033[31m"  },
        {'~', "\033[33m"  },
        {'!', "\033[1;31m"}
    };
    for (size_t i = 0; term->colour && i < sizeof tints / sizeof *tints; i++) {
        if (tints[i].sign == sign) buf_str(out, tints[i].code);
    }
    buf_char(out, sign);
    buf_str(out, term->colour ? "\033[0m " : " ");
}

static void put_head(const struct term *term, const char *words, struct buf *out)
{
    if (term->colour)
        buf_printf(out, "\n\033[1m%s\033[0m\n", words);
    else
        buf_printf(out, "\n%s\n", words);
}

/* Text of a model without control characters, which terminals obey. */
static void put_clean(struct buf *out, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        buf_char(out, (unsigned char)text[i] < 0x20 || text[i] == 0x7F ? ' ' : text[i]);
}

/* A value shortened to what fits a line. */
static void put_value(struct buf *out, const char *value)
{
    enum { SHOWN = 96 };
    size_t len = strlen(value), end = text_offset(value, len, SHOWN);
    put_clean(out, value, end);
    if (end < len) buf_str(out, " \u2026");
}

static void put_name(struct buf *out, struct text name, enum lang lang)
{
    const char *text = text_in(name, lang);
    if (text[0] == '\0') return;
    buf_str(out, " (");
    put_clean(out, text, strlen(text));
    buf_char(out, ')');
}

static void put_values(struct buf *out, const char *old_value, const char *new_value)
{
    if (old_value) put_value(out, old_value);
    if (old_value && new_value) buf_str(out, " \u2192 ");
    if (new_value) put_value(out, new_value);
}

/* The entry of two changes is the same one. */
static int is_same_entry(const struct schema_change *a, const struct schema_change *b)
{
    if (strcmp(a->section, b->section) != 0 || (a->id == NULL) != (b->id == NULL))
        return 0;
    return a->id == NULL || strcmp(a->id, b->id) == 0;
}

static char sign_of(const struct schema_change *change)
{
    if (change->kind == CHANGE_ADDED || change->old_value == NULL) return '+';
    if (change->kind == CHANGE_REMOVED || change->new_value == NULL) return '-';
    return '~';
}

static void put_change(const struct term *term, const struct schema_change *change,
                       int is_first, struct buf *out)
{
    int is_whole = change->id && change->key == NULL;
    if (is_first) {
        buf_str(out, "  ");
        tint(term, out, is_whole ? sign_of(change) : '~');
        buf_printf(out, "%s%s%s", change->section, change->id ? " " : "",
                   change->id ? change->id : "");
        if (is_whole && !text_empty(change->name)) {
            put_name(out, change->name, term->lang);
        } else if (is_whole) {
            buf_str(out, "  ");
            put_values(out, change->old_value, change->new_value);
        }
        buf_char(out, '\n');
    }
    if (is_whole) return;
    buf_str(out, "      ");
    tint(term, out, sign_of(change));
    buf_printf(out, "%s%s", change->key ? change->key : "", change->key ? ": " : "");
    put_values(out, change->old_value, change->new_value);
    buf_char(out, '\n');
}

static void put_changes(const struct changes_view *c, struct buf *out)
{
    int ja = c->plan->term.lang == LANG_JA;
    put_head(&c->plan->term, ja ? "モデルの変更" : "Changes of the model", out);
    for (size_t i = 0; i < c->changes->diff.n; i++) {
        const struct schema_change *change = &c->changes->diff.items[i];
        put_change(&c->plan->term, change, i == 0 || !is_same_entry(change, change - 1),
                   out);
    }
    if (c->changes->diff.n == 0) buf_str(out, ja ? "  なし\n" : "  none\n");
}

/* From one position to another, in the words of the language. */
static void put_move(const struct changes_view *c, const struct consequence *item,
                     struct buf *out)
{
    enum lang lang = c->plan->term.lang;
    buf_printf(out, "%s \u00d7 %s \u2192 %s \u00d7 %s",
               text_in(recovery_text(item->from.recovery), lang),
               text_in(economic_text(item->from.economic), lang),
               text_in(recovery_text(item->to.recovery), lang),
               text_in(economic_text(item->to.economic), lang));
}

static void put_consequences(const struct changes_view *c, struct buf *out)
{
    enum lang lang = c->plan->term.lang;
    for (size_t i = 0; i < c->changes->n; i++) {
        const struct consequence *item = &c->changes->items[i];
        if (i == 0 || item[-1].effect != item->effect)
            put_head(&c->plan->term, text_in(effect_words[item->effect].text, lang),
                     out);
        buf_str(out, "  ");
        tint(&c->plan->term, out, effect_words[item->effect].sign);
        buf_str(out, item->id);
        put_name(out, item->name, lang);
        if (item->old_value || item->new_value) buf_str(out, ": ");
        if (effect_is_move(item->effect))
            put_move(c, item, out);
        else
            put_values(out, item->old_value, item->new_value);
        buf_char(out, '\n');
    }
}

static void put_text(const struct changes_view *c, struct buf *out)
{
    int ja = c->plan->term.lang == LANG_JA;
    if (c->changes->diff.n == 0 && c->changes->n == 0) {
        buf_str(out,
                ja ? "二つのモデルの意味は同じ\n" : "The two models mean the same.\n");
        return;
    }
    buf_printf(out, "%s \u2192 %s\n", c->plan->names[0], c->plan->names[1]);
    put_changes(c, out);
    put_consequences(c, out);
    buf_printf(out, ja ? "\n変更 %zu、帰結 %zu\n" : "\n%zu changes, %zu consequences\n",
               c->changes->diff.n, c->changes->n);
}

/* ---- JSON ---- */

static void put_json(const struct changes_view *c, struct buf *out)
{
    static const char *const kinds[] = {"added", "removed", "changed"};
    struct json j = json_on(out, 2);
    json_open(&j, '{');
    json_put_bool(&j, "same", c->changes->diff.n == 0 && c->changes->n == 0);
    json_in(&j, "changes", '[');
    for (size_t i = 0; i < c->changes->diff.n; i++) {
        const struct schema_change *change = &c->changes->diff.items[i];
        json_open(&j, '{');
        json_put(&j, "kind", kinds[change->kind]);
        json_put(&j, "section", change->section);
        json_put(&j, "id", change->id);
        json_put(&j, "key", change->key);
        json_put(&j, "old", change->old_value);
        json_put(&j, "new", change->new_value);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_in(&j, "consequences", '[');
    for (size_t i = 0; i < c->changes->n; i++) {
        const struct consequence *item = &c->changes->items[i];
        json_open(&j, '{');
        json_put(&j, "kind", effect_words[item->effect].name);
        json_put(&j, "id", item->id);
        json_put_text(&j, "name", item->name);
        json_put(&j, "old", item->old_value);
        json_put(&j, "new", item->new_value);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_close(&j, '}');
}

void diff_write(const struct diff_plan *plan, struct buf *out)
{
    struct changes changes;
    const struct changes_view c = {plan, &changes};
    changes_find(&changes, plan->before, plan->after);
    if (plan->is_json)
        put_json(&c, out);
    else
        put_text(&c, out);
    changes_fini(&changes);
}
