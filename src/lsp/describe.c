// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Words for what stands at a place; see describe.h. */
#include "lsp/describe.h"

#include <math.h>
#include <string.h>

static const char *pick(enum lang lang, const char *en, const char *ja)
{
    return lang == LANG_JA ? ja : en;
}

/* What a value is; of those that NULL stands for, describe_type knows more. */
// clang-format off
static const struct text types[] = {
    [FIELD_TEXT] = {{"a text, or {en: ..., ja: ...}", "文章、又は {en: ..., ja: ...}"}},
    [FIELD_TEXTS] = {{"a list of texts", "文章のリスト"}},
    [FIELD_STRING] = {{"a text", "文字列"}},
    [FIELD_STRINGS] = {{"a list of texts", "文字列のリスト"}},
    [FIELD_ID] = {{"an identifier", "識別子"}},
    [FIELD_BOOL] = {{"true or false", "true 又は false"}},
    [FIELD_INT] = {{"a whole number", "整数"}},
    [FIELD_NUMBER] = {{"a number", "数値"}},
    [FIELD_CHOICE] = {{"one of the values below", "次のいずれか"}},
    [FIELD_CHOICES] = {{"a list of the values below", "次の値のリスト"}},
    [FIELD_DATE] = {{"a date, yyyy-mm-dd", "日付(yyyy-mm-dd)"}},
    [FIELD_MONEY] = {{"an amount of money, such as 10 MJPY", "金額(10 MJPY など)"}},
    [FIELD_REF] = {{"an id of ", "識別子。参照先: "}},
    [FIELD_REFS] = {{"a list of ids of ", "識別子のリスト。参照先: "}},
    [FIELD_NODE] = {{"a condition", "条件"}},
};
/* Names of sections that no table of the model has. */
static const struct {
    const char *section;
    struct text name;
} sections[] = {
    {"kinds", {{"kind of component", "機器の種別"}}},
    {"threats", {{"threat class", "脅威の分類"}}},
    {"protocols", {{"protocol", "プロトコル"}}},
    {"carriers", {{"carrier", "伝送手段"}}},
    {"requirements", {{"requirement", "対策要件"}}},
    {"examples", {{"example of a measure", "対策例"}}},
    {"origins", {{"origin of attacks", "攻撃の起点"}}},
    {"steps", {{"attack step", "攻撃ステップ"}}},
    {"twins", {{"digital twin", "デジタルツイン"}}},
    {"parts", {{"part of the twin", "ツインの部分"}}},
    {"signals", {{"signal of the twin", "ツインの信号"}}},
    {"parameters", {{"parameter of the twin", "ツインのパラメータ"}}},
    {"outcomes", {{"outcome of the twin", "ツインの結果"}}},
    {"responses", {{"response of people", "人の対応"}}},
    {"forms-of-use", {{"form of use", "使用形態"}}},
};
// clang-format on

static const char *without_article(const char *name)
{
    if (strncmp(name, "a ", 2) == 0) return name + 2;
    return strncmp(name, "an ", 3) == 0 ? name + 3 : name;
}

const char *describe_section(const char *section, enum lang lang)
{
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        if (strcmp(sections[i].section, section) == 0)
            return text_in(sections[i].name, lang);
    const struct field *f = schema_field(&model_shape, section);
    if (f == NULL || f->type != FIELD_MAP) return section;
    return without_article(text_in(((const struct shape *)f->of)->name, lang));
}

static void add_targets(const char *targets, enum lang lang, struct buf *out)
{
    for (const char *t = targets; *t; t++) {
        if (*t == '|')
            buf_str(out, pick(lang, ", ", "、"));
        else
            buf_char(out, *t);
    }
}

/* Formats are written where they are used: the compiler checks them. */
static void add_bounds(double least, double most, enum lang lang, struct buf *out)
{
    if (lang == LANG_JA)
        buf_printf(out, "(%g 以上 %g 以下)", least, most);
    else
        buf_printf(out, ", from %g to %g", least, most);
}

void describe_type(const struct field *f, enum lang lang, struct buf *out)
{
    const struct shape *shape = f->of;
    int is_number = f->type == FIELD_INT || f->type == FIELD_NUMBER;
    if (f->type == FIELD_STRUCT)
        buf_str(out, text_in(shape->name, lang));
    else if (f->type == FIELD_LIST || f->type == FIELD_MAP)
        buf_printf(out, "%s%s%s", pick(lang, "a list, each ", ""),
                   text_in(shape->name, lang), pick(lang, "", "のリスト"));
    else if (f->type < sizeof types / sizeof *types)
        buf_str(out, text_in(types[f->type], lang));
    if (f->type == FIELD_REF || f->type == FIELD_REFS)
        add_targets(f->target, lang, out);
    if (is_number && f->of)
        add_bounds(((const struct range *)f->of)->least,
                   ((const struct range *)f->of)->greatest, lang, out);
}

void describe_choice(const struct choice *choice, enum lang lang, struct buf *out)
{
    buf_printf(out, "`%s`: %s", choice->name, text_in(choice->text, lang));
}

static void add_choices(const struct choice_set *set, enum lang lang, struct buf *out)
{
    for (size_t i = 0; i < set->n; i++) {
        buf_str(out, "\n- ");
        describe_choice(&set->items[i], lang, out);
    }
}

void describe_key(const struct field *f, enum lang lang, struct buf *out)
{
    buf_printf(out, "**%s**%s: %s\n\n", f->key,
               f->flags & FIELD_REQUIRED ? pick(lang, " (required)", "(必須)") : "",
               text_in(f->doc, lang));
    describe_type(f, lang, out);
    if (f->type == FIELD_CHOICE || f->type == FIELD_CHOICES) {
        buf_char(out, '\n');
        add_choices(f->of, lang, out);
    }
    if (f->type == FIELD_MAP && f->target) {
        buf_str(out, pick(lang, "; by ids of ", "。キーの参照先: "));
        add_targets(f->target, lang, out);
    }
}

void describe_plain(const char *s, struct buf *out)
{
    for (; *s; s++) {
        if (strchr("\\`*_{}[]<>()#!|~&", *s)) buf_char(out, '\\');
        buf_char(out, *s);
    }
}

void describe_thing(const struct thing *thing, enum lang lang, struct buf *out)
{
    const char *name = text_in(thing->name, lang), *about = text_in(thing->about, lang);
    buf_printf(out, "**%s** ", describe_section(thing->section, lang));
    if (schema_is_id(thing->id))
        buf_printf(out, "`%s`", thing->id);
    else
        describe_plain(thing->id, out);
    buf_str(out, name[0] ? ": " : "");
    describe_plain(name, out);
    buf_str(out, about[0] ? "\n\n" : "");
    describe_plain(about, out);
    if (thing->unit == NULL) return;
    buf_printf(out, "\n\n%s%s", pick(lang, "unit: ", "単位: "), thing->unit);
    if (isfinite(thing->least) && isfinite(thing->most) && thing->least < thing->most)
        add_bounds(thing->least, thing->most, lang, out);
}
