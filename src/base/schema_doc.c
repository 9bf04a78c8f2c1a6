// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * What the tables say to people and editors: the JSON Schema and the manual of a file
 * format; see schema.h. Both list the shapes in the order in which they are met, depth
 * first, each once, under the name that shape_slug makes of its label.
 *
 * The JSON Schema accepts what the reader accepts, references and other checks across
 * the file apart (tests/cli/agree.sh). It cannot see how a number is written (1.0 for
 * the version 1), which characters are invisible, nor how large an amount of money is.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/schema.h"

#define ID_PATTERN "^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$"
#define RESULT_PATTERN                                                                 \
    "^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}(@[A-Za-z0-9_][A-Za-z0-9_-]{0,63})?$"
#define SAYS_SOMETHING "\\S"

/* Days that exist, from 1900 on: of months with 31 and 30 days, of February, leap days.
 */
#define YEAR "(19|[2-9][0-9])[0-9]{2}"
#define LEAP_YEAR                                                                      \
    "((19|[2-9][0-9])(0[48]|[2468][048]|[13579][26])|([2468][048]|[3579][26])00)"
#define DATE_PATTERN                                                                   \
    "^(" YEAR "-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|"       \
    "[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|" LEAP_YEAR "-02-29)$"
#define MONEY_PATTERN                                                                  \
    "^[0-9]{1,20}(\\.[0-9]{0,20})?([eE][+-]?[0-9]{1,2})? *[kMGT]?[A-Z]{3}$"

enum { SLUG_BYTES = 64 };

struct shapes {
    const struct shape **items;
    size_t n, cap;
};

static int has_shape(enum field_type type)
{
    return type == FIELD_STRUCT || type == FIELD_LIST || type == FIELD_MAP;
}

/* Adds a shape and those below it, once each. */
static void collect(struct shapes *list, const struct shape *shape)
{
    for (size_t i = 0; i < list->n; i++) {
        if (list->items[i] == shape) return;
    }
    *(const struct shape **)mem_push(&list->items, &list->n, &list->cap,
                                     sizeof(void *)) = shape;
    for (size_t i = 0; i < shape->n_fields; i++) {
        if (has_shape(shape->fields[i].type)) collect(list, shape->fields[i].of);
    }
}

/* "a kind of data" -> "kind-of-data": its anchor and the name of its definition. */
static const char *shape_slug(const struct shape *shape, char slug[SLUG_BYTES])
{
    static const char *const articles[] = {"a ", "an ", "the "};
    const char *name = text_in(shape->name, LANG_EN), *s = name;
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++) {
        size_t len = strlen(articles[i]);
        if (strncmp(name, articles[i], len) == 0) s = name + len;
    }
    size_t n = 0;
    for (; *s && n < SLUG_BYTES - 1; s++)
        slug[n++] = *s == ' ' ? '-' : (char)tolower((unsigned char)*s);
    slug[n] = '\0';
    return slug;
}

static int has_required(const struct shape *shape)
{
    for (size_t i = 0; i < shape->n_fields; i++) {
        if (shape->fields[i].flags & FIELD_REQUIRED) return 1;
    }
    return 0;
}

// ---- JSON Schema

/* key and bracket of something that is written on one line until close_line. */
static int open_line(struct json *j, const char *key, char bracket)
{
    int compact = j->compact;
    json_key(j, key);
    j->compact = 0;
    json_open(j, bracket);
    return compact;
}

/* The same of a member of a list. */
static int open_item(struct json *j)
{
    int compact = j->compact;
    j->compact = 0;
    json_open(j, '{');
    return compact;
}

static void close_line(struct json *j, char bracket, int compact)
{
    json_close(j, bracket);
    j->compact = compact;
}

static void put_ref(struct json *j, const char *name)
{
    char path[SLUG_BYTES + 16];
    snprintf(path, sizeof path, "#/$defs/%s", name);
    json_put(j, "$ref", path);
}

static void put_shape_ref(struct json *j, const struct field *f)
{
    char slug[SLUG_BYTES];
    put_ref(j, shape_slug(f->of, slug));
}

static void put_enum(struct json *j, const struct choice_set *set)
{
    int compact = open_line(j, "enum", '[');
    for (size_t i = 0; i < set->n; i++)
        json_string(j, set->items[i].name);
    close_line(j, ']', compact);
}

/* What a number lies between; a whole number always lies between some. */
static void put_range(struct json *j, const struct field *f)
{
    static const struct range whole = {-1e9, 1e9};
    const struct range *range = f->of ? f->of : f->type == FIELD_INT ? &whole : NULL;
    if (range == NULL) return;
    json_key(j, "minimum");
    json_double(j, range->least);
    json_key(j, "maximum");
    json_double(j, range->greatest);
}

/* The definition that says what the field's value is, or NULL. */
static const char *definition_of(const struct field *f)
{
    static const char *const names[] = {
        [FIELD_TEXT] = "text",      [FIELD_TEXTS] = "text", [FIELD_STRING] = "string",
        [FIELD_STRINGS] = "string", [FIELD_ID] = "id",      [FIELD_DATE] = "date",
        [FIELD_MONEY] = "money",    [FIELD_REF] = "id",     [FIELD_REFS] = "id",
    };
    if (f->flags & FIELD_RESULT) return "result";
    return f->type < sizeof names / sizeof *names ? names[f->type] : NULL;
}

/* The schema of one value: of the field itself, or of each item of a simple list. */
static void put_value(struct json *j, const struct field *f)
{
    static const char *const types[] = {
        [FIELD_BOOL] = "boolean",   [FIELD_INT] = "integer",
        [FIELD_NUMBER] = "number",  [FIELD_CHOICE] = "string",
        [FIELD_CHOICES] = "string",
    };
    if (definition_of(f)) put_ref(j, definition_of(f));
    if (f->type < sizeof types / sizeof *types && types[f->type])
        json_put(j, "type", types[f->type]);
    if (f->type == FIELD_CHOICE || f->type == FIELD_CHOICES) put_enum(j, f->of);
    if (f->type == FIELD_INT || f->type == FIELD_NUMBER) put_range(j, f);
}

/* That at least one entry must be there, where it must. */
static void put_some(struct json *j, const struct field *f, const char *keyword)
{
    if (schema_wants_some(f)) json_put_int(j, keyword, 1);
}

/* A list whose only item may stand without brackets. */
static void put_one_or_many(struct json *j, const struct field *f)
{
    int compact = open_line(j, "anyOf", '[');
    json_open(j, '{');
    put_value(j, f);
    json_close(j, '}');
    json_open(j, '{');
    json_put(j, "type", "array");
    put_some(j, f, "minItems");
    json_in(j, "items", '{');
    put_value(j, f);
    json_close(j, '}');
    json_close(j, '}');
    close_line(j, ']', compact);
}

static void put_list(struct json *j, const struct field *f)
{
    json_put(j, "type", "array");
    put_some(j, f, "minItems");
    int compact = open_line(j, "items", '{');
    put_shape_ref(j, f);
    close_line(j, '}', compact);
}

static void put_type(struct json *j, const struct field *f);

/* An entry that may be something else than a mapping. */
static void put_entry(struct json *j, const struct field *f)
{
    const struct shape *shape = f->of;
    json_in(j, "anyOf", '[');
    json_open(j, '{');
    put_shape_ref(j, f);
    json_close(j, '}');
    if (f->flags & FIELD_SHORT) {
        json_open(j, '{');
        put_type(j, &shape->fields[0]);
        json_close(j, '}');
    }
    if (!has_required(shape)) {
        json_open(j, '{');
        json_put(j, "type", "null");
        json_close(j, '}');
    }
    json_close(j, ']');
}

/* Entries by identifier; one that needs no key may be left empty. */
static void put_map(struct json *j, const struct field *f)
{
    json_put(j, "type", "object");
    put_some(j, f, "minProperties");
    int compact = open_line(j, "patternProperties", '{');
    json_in(j, ID_PATTERN, '{');
    if (has_required(f->of) && !(f->flags & FIELD_SHORT))
        put_shape_ref(j, f);
    else
        put_entry(j, f);
    json_close(j, '}');
    close_line(j, '}', compact);
    json_put_bool(j, "additionalProperties", 0);
}

static const char *pick(enum lang lang, const char *en, const char *ja)
{
    return lang == LANG_JA ? ja : en;
}

/* What each value means, where its name alone does not say it. */
static void add_choices(struct buf *text, const struct choice_set *set, enum lang lang)
{
    int first = 1;
    for (size_t i = 0; i < set->n; i++) {
        const char *meaning = text_in(set->items[i].text, lang);
        if (strcmp(meaning, set->items[i].name) == 0) continue;
        buf_str(text, first ? pick(lang, ". ", "。") : pick(lang, "; ", "、"));
        buf_printf(text, "%s: %s", set->items[i].name, meaning);
        first = 0;
    }
}

/* Which ids a reference, or the keys of a map, may be. */
static void add_targets(struct buf *text, const struct field *f, enum lang lang)
{
    buf_str(text, f->type == FIELD_MAP
                      ? pick(lang, ". Keys: ids of ", "。キーの参照先: ")
                      : pick(lang, ". An id of: ", "。参照先: "));
    for (const char *t = f->target; *t; t++) {
        if (*t == '|')
            buf_str(text, pick(lang, ", ", "、"));
        else
            buf_char(text, *t);
    }
}

static void put_description(struct json *j, const struct field *f, enum lang lang)
{
    struct buf text = {0};
    buf_str(&text, text_in(f->doc, lang));
    if (f->type == FIELD_CHOICE || f->type == FIELD_CHOICES)
        add_choices(&text, f->of, lang);
    if (f->target) add_targets(&text, f, lang);
    json_put(j, "description", buf_text(&text));
    buf_fini(&text);
}

/* A mapping, or the value of its first key. */
static void put_short(struct json *j, const struct field *f)
{
    const struct shape *shape = f->of;
    int compact = open_line(j, "anyOf", '[');
    json_open(j, '{');
    put_value(j, &shape->fields[0]);
    json_close(j, '}');
    json_open(j, '{');
    put_shape_ref(j, f);
    json_close(j, '}');
    close_line(j, ']', compact);
}

static void put_type(struct json *j, const struct field *f)
{
    switch (f->type) {
    case FIELD_STRUCT:
        if (f->flags & FIELD_SHORT)
            put_short(j, f);
        else
            put_shape_ref(j, f);
        break;
    case FIELD_LIST: put_list(j, f); break;
    case FIELD_MAP: put_map(j, f); break;
    case FIELD_TEXTS:
    case FIELD_STRINGS:
    case FIELD_CHOICES:
    case FIELD_REFS: put_one_or_many(j, f); break;
    default: put_value(j, f); break;
    }
}

/* A key that may be left out may also be left without a value. */
static void put_type_or_null(struct json *j, const struct field *f)
{
    json_in(j, "anyOf", '[');
    json_open(j, '{');
    put_type(j, f);
    json_close(j, '}');
    int compact = open_item(j);
    json_put(j, "type", "null");
    close_line(j, '}', compact);
    json_close(j, ']');
}

static void put_property(struct json *j, const struct field *f, enum lang lang)
{
    int takes_all = f->type == FIELD_NODE;
    json_in(j, f->key, '{');
    put_description(j, f, lang);
    if (f->flags & FIELD_REQUIRED || takes_all)
        put_type(j, f);
    else
        put_type_or_null(j, f);
    json_close(j, '}');
}

static void put_required(struct json *j, const struct shape *shape)
{
    if (!has_required(shape)) return;
    int compact = open_line(j, "required", '[');
    for (size_t i = 0; i < shape->n_fields; i++) {
        if (shape->fields[i].flags & FIELD_REQUIRED)
            json_string(j, shape->fields[i].key);
    }
    close_line(j, ']', compact);
}

/* The members of a schema that describes a shape. */
static void put_shape(struct json *j, const struct shape *shape, enum lang lang)
{
    char slug[SLUG_BYTES];
    json_put(j, "title", shape_slug(shape, slug));
    json_put(j, "description", text_in(shape->doc, lang));
    json_put(j, "type", "object");
    json_in(j, "properties", '{');
    for (size_t i = 0; i < shape->n_fields; i++) {
        if (shape->fields[i].type != FIELD_PRESENCE)
            put_property(j, &shape->fields[i], lang);
    }
    json_close(j, '}');
    put_required(j, shape);
    json_put_bool(j, "additionalProperties", 0);
}

static void put_text_definition(struct json *j, enum lang lang)
{
    json_in(j, "text", '{');
    json_put(j, "description",
             pick(lang, "A text: one string for both languages, or one a language.",
                  "文章。両言語に共通の文字列、又は言語ごとの文字列。"));
    int compact = open_line(j, "anyOf", '[');
    json_open(j, '{');
    put_ref(j, "string");
    json_close(j, '}');
    json_open(j, '{');
    json_put(j, "type", "object");
    json_put_int(j, "minProperties", 1);
    json_in(j, "properties", '{');
    for (int i = 0; i < N_LANGS; i++) {
        json_in(j, i ? "en" : "ja", '{');
        put_ref(j, "string");
        json_close(j, '}');
    }
    json_close(j, '}');
    json_put_bool(j, "additionalProperties", 0);
    json_close(j, '}');
    close_line(j, ']', compact);
    compact = open_line(j, "examples", '[');
    json_open(j, '{');
    json_put(j, "ja", "電子錠");
    json_put(j, "en", "Door lock");
    json_close(j, '}');
    close_line(j, ']', compact);
    json_close(j, '}');
}

/* Strings that match a pattern. */
static const struct {
    const char *name;
    struct text doc;
    const char *pattern, *example;
} patterns[] = {
    {"string",
     {{"A text that says something.", "空でない文字列。"}},
     SAYS_SOMETHING, "https://example.com/report"},
    {"id",
     {{"An identifier: letters, digits, '-' and '_', at most 64.",
       "識別子。英数字と「-」「_」、64文字以内。"}},
     ID_PATTERN,     "front-door"                },
    {"result",
     {{"An identifier, or CLASS@ASSET for a threat.", "識別子。脅威は CLASS@ASSET。"}},
     RESULT_PATTERN, "tampering@front-door"      },
    {"date",
     {{"A date, yyyy-mm-dd.", "日付。yyyy-mm-dd。"}},
     DATE_PATTERN,   "2027-03-31"                },
    {"money",
     {{"A number, optionally k, M, G or T, and a currency (ISO 4217).",
       "数値、必要ならk・M・G・T、通貨記号(ISO 4217)。"}},
     MONEY_PATTERN,  "10 MJPY"                   },
};

static void put_pattern(struct json *j, size_t i, enum lang lang)
{
    json_in(j, patterns[i].name, '{');
    json_put(j, "description", text_in(patterns[i].doc, lang));
    json_put(j, "type", "string");
    json_put(j, "pattern", patterns[i].pattern);
    int compact = open_line(j, "examples", '[');
    json_string(j, patterns[i].example);
    close_line(j, ']', compact);
    json_close(j, '}');
}

/* 1 if a field of the shapes refers to the definition; a text refers to "string". */
static int is_used(const struct shapes *list, const char *name)
{
    for (size_t i = 0; i < list->n; i++) {
        for (size_t k = 0; k < list->items[i]->n_fields; k++) {
            const char *own = definition_of(&list->items[i]->fields[k]);
            if (own == NULL) continue;
            int is_string = strcmp(own, "text") == 0 && strcmp(name, "string") == 0;
            if (is_string || strcmp(own, name) == 0) return 1;
        }
    }
    return 0;
}

static void put_definitions(struct json *j, const struct shapes *list, enum lang lang)
{
    if (is_used(list, "text")) put_text_definition(j, lang);
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        if (is_used(list, patterns[i].name)) put_pattern(j, i, lang);
    }
}

void schema_json(const struct shape *shape, const char *id, enum lang lang,
                 struct buf *out)
{
    struct json j = json_on(out, 100);
    struct shapes list = {0};
    char slug[SLUG_BYTES];
    collect(&list, shape);
    json_open(&j, '{');
    json_put(&j, "$schema", "https://json-schema.org/draft/2020-12/schema");
    json_put(&j, "$id", id);
    put_shape(&j, shape, lang);
    json_in(&j, "$defs", '{');
    put_definitions(&j, &list, lang);
    for (size_t i = 1; i < list.n; i++) {
        json_in(&j, shape_slug(list.items[i], slug), '{');
        put_shape(&j, list.items[i], lang);
        json_close(&j, '}');
    }
    json_close(&j, '}');
    json_close(&j, '}');
    free(list.items);
}

// ---- manual

/* Text in a cell of a table. */
static void put_cell(struct buf *out, const char *s)
{
    for (; *s; s++) {
        if (*s == '|')
            buf_str(out, "\\|");
        else if (*s == '<')
            buf_str(out, "&lt;");
        else
            buf_char(out, *s);
    }
}

static void put_link(struct buf *out, const struct shape *shape)
{
    char slug[SLUG_BYTES];
    shape_slug(shape, slug);
    buf_printf(out, "[%s](#%s)", slug, slug);
}

static void put_choices(struct buf *out, const struct choice_set *set, enum lang lang)
{
    for (size_t i = 0; i < set->n; i++) {
        const struct choice *c = &set->items[i];
        const char *meaning = text_in(c->text, lang);
        buf_printf(out, "%s`%s`", i ? ", " : "", c->name);
        if (meaning[0] && strcmp(meaning, c->name) != 0) {
            buf_str(out, pick(lang, " (", "（"));
            put_cell(out, meaning);
            buf_str(out, pick(lang, ")", "）"));
        }
    }
}

/* The field of the root that holds the section called so, or NULL. */
static const struct field *find_section(const struct shape *root, const char *name,
                                        size_t len)
{
    for (size_t i = 0; i < root->n_fields; i++) {
        const struct field *f = &root->fields[i];
        if (f->type == FIELD_MAP && strlen(f->key) == len &&
            memcmp(f->key, name, len) == 0)
            return f;
    }
    return NULL;
}

/* The sections of a target, linked where they belong to this format. */
static void put_target(struct buf *out, const struct shape *root, const char *target)
{
    for (const char *t = target; *t;) {
        size_t len = strcspn(t, "|");
        const struct field *section = find_section(root, t, len);
        char slug[SLUG_BYTES];
        buf_str(out, t == target ? "" : ", ");
        if (section)
            buf_printf(out, "[`%.*s`](#%s)", (int)len, t,
                       shape_slug(section->of, slug));
        else
            buf_printf(out, "`%.*s`", (int)len, t);
        t += len + (t[len] == '|');
    }
}

static void put_values(struct buf *out, const struct shape *root, const struct field *f,
                       enum lang lang)
{
    switch (f->type) {
    case FIELD_CHOICE:
    case FIELD_CHOICES: put_choices(out, f->of, lang); return;
    case FIELD_BOOL: buf_str(out, "`true`, `false`"); return;
    case FIELD_DATE: buf_str(out, "`2027-03-31`"); return;
    case FIELD_MONEY: buf_str(out, "`10 MJPY`"); return;
    case FIELD_STRUCT:
    case FIELD_LIST:
    case FIELD_MAP: put_link(out, f->of); break;
    default: break;
    }
    if (f->target && f->type == FIELD_MAP)
        buf_str(out, pick(lang, "; keys: ", "、キー: "));
    if (f->target) put_target(out, root, f->target);
}

static const char *type_word(enum field_type type, enum lang lang)
{
    // clang-format off
    static const struct text words[] = {
        [FIELD_TEXT] = {{"text", "文章"}},
        [FIELD_TEXTS] = {{"list of texts", "文章の列"}},
        [FIELD_STRING] = {{"string", "文字列"}},
        [FIELD_STRINGS] = {{"list of strings", "文字列の列"}},
        [FIELD_ID] = {{"identifier", "識別子"}},
        [FIELD_BOOL] = {{"yes or no", "真偽"}},
        [FIELD_INT] = {{"whole number", "整数"}},
        [FIELD_NUMBER] = {{"number", "数値"}},
        [FIELD_CHOICE] = {{"one of", "いずれか"}},
        [FIELD_CHOICES] = {{"any of", "任意個"}},
        [FIELD_DATE] = {{"date", "日付"}},
        [FIELD_MONEY] = {{"money", "金額"}},
        [FIELD_REF] = {{"reference", "参照"}},
        [FIELD_REFS] = {{"references", "参照の列"}},
        [FIELD_STRUCT] = {{"mapping", "マッピング"}},
        [FIELD_LIST] = {{"list", "列"}},
        [FIELD_MAP] = {{"entries by identifier", "識別子ごとの項目"}},
        [FIELD_NODE] = {{"mapping of conditions", "条件のマッピング"}},
        [FIELD_PRESENCE] = {{"", ""}},
    };
    // clang-format on
    return words[type].in[lang];
}

static void put_row(struct buf *out, const struct shape *root, const struct field *f,
                    enum lang lang)
{
    int required = (f->flags & FIELD_REQUIRED) != 0;
    buf_printf(out, "| `%s` | ", f->key);
    if (f->flags & FIELD_SHORT) {
        buf_str(out, type_word(((const struct shape *)f->of)->fields[0].type, lang));
        buf_str(out, pick(lang, " or ", "又は"));
    }
    buf_printf(out, "%s | %s | ", type_word(f->type, lang),
               required ? pick(lang, "yes", "必須") : "");
    put_values(out, root, f, lang);
    buf_str(out, " | ");
    put_cell(out, text_in(f->doc, lang));
    buf_str(out, " |\n");
}

/* Under which keys the shape is found. */
static void put_places(struct buf *out, const struct shapes *list,
                       const struct shape *shape, enum lang lang)
{
    const char *separator = pick(lang, "Found under ", "記述箇所: ");
    for (size_t i = 0; i < list->n; i++) {
        const struct shape *parent = list->items[i];
        for (size_t k = 0; k < parent->n_fields; k++) {
            const struct field *f = &parent->fields[k];
            if (!has_shape(f->type) || f->of != shape) continue;
            buf_printf(out, "%s`%s`", separator, f->key);
            if (i > 0) {
                buf_str(out, pick(lang, " of ", " - "));
                put_link(out, parent);
            }
            separator = pick(lang, ", ", "、");
        }
    }
    buf_str(out, pick(lang, ".\n\n", "。\n\n"));
}

static void put_section(struct buf *out, const struct shapes *list, size_t i,
                        enum lang lang)
{
    const struct shape *shape = list->items[i];
    char slug[SLUG_BYTES];
    shape_slug(shape, slug);
    buf_printf(out, "\n### <a id=\"%s\"></a>%s\n\n%s\n\n", slug, slug,
               text_in(shape->doc, lang));
    if (i > 0) put_places(out, list, shape, lang);
    buf_str(out, pick(lang, "| key | type | required | values or targets | meaning |\n",
                      "| キー | 型 | 必須 | 値・参照先 | 意味 |\n"));
    buf_str(out, "|---|---|---|---|---|\n");
    for (size_t k = 0; k < shape->n_fields; k++) {
        if (shape->fields[k].type != FIELD_PRESENCE)
            put_row(out, list->items[0], &shape->fields[k], lang);
    }
}

void schema_manual(const struct shape *shape, enum lang lang, struct buf *out)
{
    struct shapes list = {0};
    collect(&list, shape);
    buf_str(out, pick(lang, "## All keys\n", "## すべてのキー\n"));
    for (size_t i = 0; i < list.n; i++)
        put_section(out, &list, i, lang);
    free(list.items);
}
