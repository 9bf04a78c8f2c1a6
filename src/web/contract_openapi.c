// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* The API as OpenAPI 3.1, written from the table; see contract.h. */
#include <stdlib.h>
#include <string.h>

#include "base/assets.h"
#include "base/json.h"
#include "web/contract.h"

#define SCHEMAS "/api/v1/schemas/"
static const char error_schema[] = SCHEMAS "answers#/$defs/problem";

static void put_text(struct json *j, const char *key, struct text t, enum lang lang)
{
    json_put(j, key, text_in(t, lang));
}

static void put_ref(struct json *j, const char *to)
{
    json_in(j, "schema", '{');
    json_put(j, "$ref", to);
    json_close(j, '}');
}

static void put_named(struct json *j, const char *name, size_t len)
{
    char to[96];
    snprintf(to, sizeof to, SCHEMAS "%.*s", (int)len, name);
    json_put(j, "$ref", to);
}

/* A schema as a row names it, or one of several. */
static void put_schema(struct json *j, const char *schema)
{
    size_t len = strcspn(schema, " ");
    int is_one = schema[len] == '\0';
    json_in(j, "schema", '{');
    if (is_one)
        put_named(j, schema, len);
    else
        json_in(j, "anyOf", '[');
    for (const char *s = schema; !is_one && *s; s += len + (s[len] == ' ')) {
        len = strcspn(s, " ");
        json_open(j, '{');
        put_named(j, s, len);
        json_close(j, '}');
    }
    if (!is_one) json_close(j, ']');
    json_close(j, '}');
}

/* ---- parameters ----------------------------------------------------------------- */

static void put_words(struct json *j, const char *words)
{
    json_in(j, "enum", '[');
    for (const char *w = words; *w; w += strspn(w, " ")) {
        char word[32];
        size_t n = strcspn(w, " ");
        snprintf(word, sizeof word, "%.*s", (int)n, w);
        json_string(j, word);
        w += n;
    }
    json_close(j, ']');
}

/* The usual value, as the type writes it. */
static void put_usual(struct json *j, const char *key, const struct parameter *p,
                      const char *value)
{
    if (value == NULL) return;
    json_key(j, key);
    switch (p->type) {
    case PARAMETER_WHOLE: json_int(j, strtoll(value, NULL, 10)); break;
    case PARAMETER_DECIMAL: json_double(j, strtod(value, NULL)); break;
    case PARAMETER_FLAG: json_bool(j, strcmp(value, "true") == 0); break;
    default: json_string(j, value);
    }
}

static void put_value_schema(struct json *j, const struct parameter *p)
{
    static const char *const types[] = {[PARAMETER_WHOLE] = "integer",
                                        [PARAMETER_DECIMAL] = "number",
                                        [PARAMETER_WORD] = "string",
                                        [PARAMETER_FLAG] = "boolean",
                                        [PARAMETER_TEXT] = "string"};
    json_put(j, "type", types[p->type]);
    if (p->type == PARAMETER_WHOLE) {
        json_put_int(j, "minimum", (long long)p->least);
        json_put_int(j, "maximum", (long long)p->most);
    }
    if (p->type == PARAMETER_DECIMAL) {
        json_put_int(j, p->least ? "exclusiveMinimum" : "minimum", 0);
        if (p->most) json_put_int(j, "maximum", (long long)p->most);
    }
    if (p->words) put_words(j, p->words);
    put_usual(j, "default", p, p->usual);
}

static void put_parameter(struct json *j, const struct parameter *p, enum lang lang)
{
    json_open(j, '{');
    json_put(j, "name", p->name);
    json_put(j, "in", "query");
    put_text(j, "description", p->about, lang);
    if (p->is_needed) json_put_bool(j, "required", 1);
    json_in(j, "schema", '{');
    if (p->is_many) {
        json_put(j, "type", "array");
        json_in(j, "items", '{');
    }
    put_value_schema(j, p);
    if (p->is_many) json_close(j, '}');
    json_close(j, '}');
    if (p->is_many && p->example) {
        json_in(j, "example", '[');
        json_string(j, p->example);
        json_close(j, ']');
    } else {
        put_usual(j, "example", p, p->example);
    }
    json_close(j, '}');
}

/* What stands in braces in a pattern. */
static const struct {
    const char *name, *type, *pattern, *example;
    struct text about;
} places[] = {
    {"slug",
     "string",            "^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$",
     "drone",                                                       {{"what the system is called in addresses", "アドレスで使うシステムの名前"}}},
    {"id",
     "string",            "^[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$",
     NULL,                                                          {{"the identifier of what is asked for", "求めるものの識別子"}}                  },
    {"file",
     "string",            "^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$",
     "figure-01.svg",                                               {{"the name of a file", "ファイル名"}}                                               },
    {"number", "integer", NULL,                                "1", {{"a version", "版の番号"}}                                                           },
};

static void put_place(struct json *j, size_t i, const struct operation *o,
                      enum lang lang)
{
    const char *example = places[i].example ? places[i].example : o->example;
    int is_number = strcmp(places[i].type, "integer") == 0;
    json_open(j, '{');
    json_put(j, "name", places[i].name);
    json_put(j, "in", "path");
    put_text(j, "description", places[i].about, lang);
    json_put_bool(j, "required", 1);
    json_in(j, "schema", '{');
    json_put(j, "type", places[i].type);
    if (places[i].pattern) json_put(j, "pattern", places[i].pattern);
    if (is_number) json_put_int(j, "minimum", 1);
    json_close(j, '}');
    if (is_number)
        json_put_int(j, "example", strtoll(example, NULL, 10));
    else if (example)
        json_put(j, "example", example);
    json_close(j, '}');
}

static void put_match(struct json *j, enum lang lang)
{
    json_open(j, '{');
    json_put(j, "name", "If-Match");
    json_put(j, "in", "header");
    put_text(j, "description",
             TEXT("the version that this was made from, in quotes",
                  "基にした版の番号。引用符で囲む"),
             lang);
    json_put_bool(j, "required", 1);
    json_in(j, "schema", '{');
    json_put(j, "type", "string");
    json_put(j, "pattern", "^\"[1-9][0-9]*\"$");
    json_close(j, '}');
    json_put(j, "example", "\"1\"");
    json_close(j, '}');
}

static void put_parameters(struct json *j, const struct operation *o, enum lang lang)
{
    json_in(j, "parameters", '[');
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        char braced[16];
        snprintf(braced, sizeof braced, "{%s}", places[i].name);
        if (strstr(o->pattern, braced)) put_place(j, i, o, lang);
    }
    if (o->takes_match) put_match(j, lang);
    for (const struct parameter *p = o->parameters; p && p->name; p++)
        put_parameter(j, p, lang);
    if (strcmp(o->method, "GET") != 0) put_parameter(j, &contract_in, lang);
    put_parameter(j, &contract_lang, lang);
    json_close(j, ']');
}

/* ---- bodies and answers --------------------------------------------------------- */

static void put_example(struct json *j, const struct contract_body *b)
{
    const struct asset *model = asset_find("src/page/assets/new-model.yaml");
    if (b->example && strcmp(b->type, "application/yaml") == 0) {
        json_put(j, "example", b->example);
    } else if (b->example) {
        json_key(j, "example");
        json_raw(j, b->example);
    } else if (model) {
        json_put(j, "example", (const char *)model->bytes);
    }
}

static void put_body(struct json *j, const struct operation *o, enum lang lang)
{
    const struct contract_body *b = o->body;
    if (b == NULL) return;
    json_in(j, "requestBody", '{');
    if (b->example == NULL)
        put_text(j, "description", TEXT("the text of a model", "モデルの文章"), lang);
    json_put_bool(j, "required", b->is_needed);
    json_in(j, "content", '{');
    json_in(j, b->type, '{');
    put_schema(j, b->schema);
    put_example(j, b);
    json_close(j, '}');
    json_close(j, '}');
    json_close(j, '}');
}

static void put_content(struct json *j, const struct contract_answer *a)
{
    json_in(j, a->type, '{');
    if (a->schema) put_schema(j, a->schema);
    json_close(j, '}');
}

static void put_good(struct json *j, const struct operation *o, enum lang lang)
{
    char status[8];
    snprintf(status, sizeof status, "%u", o->status);
    json_in(j, status, '{');
    put_text(j, "description", o->summary, lang);
    json_in(j, "content", '{');
    for (size_t i = 0; i < CONTRACT_MOST_ANSWERS && o->answers[i].type; i++)
        put_content(j, &o->answers[i]);
    json_close(j, '}');
    json_close(j, '}');
}

/* What the statuses mean that are no success. */
static const struct {
    unsigned status;
    struct text meaning;
} meanings[] = {
    {400,
     {{"a parameter is unknown, missing or out of range",
       "パラメーターが不明、不足、又は範囲外"}}                                   },
    {401, {{"it needs a login or a token", "ログイン又はトークンが必要"}}              },
    {403,
     {{"whoever asks may not do it, or it comes from a page of another site",
       "権限が無い、又は他のサイトのページからの要求"}}                       },
    {404, {{"there is no such thing", "対象が無い"}}                                           },
    {409, {{"there is one of that name already", "同じ名前のものが既にある"}}           },
    {412,
     {{"there is a newer version; nothing was saved",
       "より新しい版がある。保存されていない"}}                                   },
    {413, {{"the body is too large", "本文が大きすぎる"}}                                   },
    {415, {{"the body is of another type", "本文の型が異なる"}}                             },
    {422,
     {{"the model has errors, which are listed, or cannot be worked with so",
       "モデルに誤りがある(一覧を示す)、又はこのままでは処理できない"}}},
    {428, {{"If-Match is missing", "If-Match が無い"}}                                           },
    {501,
     {{"the server lacks the program for it", "必要なプログラムがサーバーに無い"}}  },
    {503,
     {{"too much is being computed; ask again after Retry-After seconds",
       "計算が混み合っている。Retry-After の秒数の後にもう一度要求する"}}  },
    {507,
     {{"the disk is full; nothing was saved",
       "ディスクに空きが無い。保存されていない"}}                                },
};

static void put_problem_as(struct json *j, const char *key, struct text meaning,
                           enum lang lang)
{
    json_in(j, key, '{');
    put_text(j, "description", meaning, lang);
    json_in(j, "content", '{');
    json_in(j, "application/json", '{');
    put_ref(j, error_schema);
    json_close(j, '}');
    json_close(j, '}');
    json_close(j, '}');
}

static void put_problem(struct json *j, unsigned status, enum lang lang)
{
    char key[8];
    snprintf(key, sizeof key, "%u", status);
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (meanings[i].status == status)
            put_problem_as(j, key, meanings[i].meaning, lang);
}

/* What need not be sent again, as it is as If-None-Match names it. */
static void put_unchanged(struct json *j, const struct operation *o, enum lang lang)
{
    if (strcmp(o->method, "GET") != 0 ||
        strcmp(o->answers[0].type, "text/event-stream") == 0)
        return;
    json_in(j, "304", '{');
    put_text(
        j, "description",
        TEXT("it is as the tag of If-None-Match says, the ETag of an answer before",
             "If-None-Match のタグ(以前の応答の ETag)のときから変わっていない"),
        lang);
    json_close(j, '}');
}

static void put_responses(struct json *j, const struct operation *o, enum lang lang)
{
    json_in(j, "responses", '{');
    put_good(j, o, lang);
    put_unchanged(j, o, lang);
    put_problem(j, 400, lang);
    put_problem(j, 401, lang);
    put_problem(j, 403, lang);
    for (size_t i = 0; i < CONTRACT_MOST_PROBLEMS && o->problems[i]; i++)
        if (o->problems[i] != 403) put_problem(j, o->problems[i], lang);
    put_problem_as(
        j, "default",
        TEXT("whatever else goes wrong: a body where none is wanted, a host "
             "that is not this server, a store that cannot be used",
             "その他の問題: 不要な本文が大きすぎる、このサーバーでないホスト名、"
             "データベースを使用できない、など"),
        lang);
    json_close(j, '}');
}

/* ---- who may ask ---------------------------------------------------------------- */

static const char token_scheme[] = "token";

/* The least scope whose tokens have a right. */
static const char *scope_for(enum access_right right)
{
    int scope = SCOPE_READ;
    while (scope < SCOPE_ADMIN &&
           !rights_have(rights_of_scope((enum access_scope)scope), right))
        scope++;
    return scope_names[scope];
}

/* Nothing where there are no accounts; else a token with the right of the route. */
static void put_security(struct json *j, const struct operation *o)
{
    const struct web_route *route = contract_route(o);
    if (route == NULL) return;
    json_in(j, "security", '[');
    json_open(j, '{');
    json_close(j, '}');
    json_open(j, '{');
    json_in(j, token_scheme, '[');
    json_string(j, scope_for(route->right));
    json_close(j, ']');
    json_close(j, '}');
    json_close(j, ']');
    json_put(j, "x-awai-right", right_names[route->right]);
}

static void put_schemes(struct json *j, enum lang lang)
{
    json_in(j, "components", '{');
    json_in(j, "securitySchemes", '{');
    json_in(j, token_scheme, '{');
    json_put(j, "type", "http");
    json_put(j, "scheme", "bearer");
    put_text(j, "description",
             TEXT("A token of the page of one's account, with the scope that the "
                  "operation names; needed where the server has accounts, as is the "
                  "right in x-awai-right.",
                  "アカウントのページで作るトークン。操作に示す範囲のもの。サーバーにア"
                  "カウントが"
                  "ある場合に必要で、x-awai-right の権限も要る。"),
             lang);
    json_close(j, '}');
    json_close(j, '}');
    json_close(j, '}');
}

/* ---- paths ---------------------------------------------------------------------- */

static void put_operation(struct json *j, const struct operation *o, enum lang lang)
{
    char method[8] = "";
    for (size_t i = 0; o->method[i] && i + 1 < sizeof method; i++)
        method[i] = (char)(o->method[i] - 'A' + 'a');
    json_in(j, method, '{');
    json_put(j, "operationId", o->id);
    put_text(j, "summary", o->summary, lang);
    if (o->command) json_put(j, "x-awai-command", o->command);
    put_parameters(j, o, lang);
    put_body(j, o, lang);
    put_responses(j, o, lang);
    put_security(j, o);
    json_close(j, '}');
}

/* All operations of a path, when its first row comes. */
static void put_path(struct json *j, size_t first, enum lang lang)
{
    const char *pattern = operations[first].pattern;
    for (size_t i = 0; i < first; i++)
        if (strcmp(operations[i].pattern, pattern) == 0) return;
    json_in(j, pattern, '{');
    for (size_t i = first; i < n_operations; i++)
        if (strcmp(operations[i].pattern, pattern) == 0)
            put_operation(j, &operations[i], lang);
    json_close(j, '}');
}

static void put_info(struct json *j, enum lang lang)
{
    json_in(j, "info", '{');
    json_put(j, "title", "Awai");
    json_put(j, "version", "1");
    put_text(
        j, "description",
        TEXT("The systems of the workbench and all that Awai says of them. Results "
             "are those of the command that x-awai-command names with --json.",
             "ワークベンチのシステムと、それらについてAwaiが示す結果。結果は "
             "x-awai-command のコマンドに --json を付けた出力に等しい。"),
        lang);
    json_in(j, "license", '{');
    json_put(j, "name", "Apache-2.0");
    json_put(j, "identifier", "Apache-2.0");
    json_close(j, '}');
    json_close(j, '}');
}

/* ---- the command line ----------------------------------------------------------- */

static void put_option(struct json *j, const struct contract_option *o, enum lang lang)
{
    json_open(j, '{');
    json_put(j, "command", o->command ? o->command : "");
    json_put(j, "option", o->option ? o->option : "");
    json_put(j, "by", o->by ? o->by : "");
    put_text(j, "about", o->about, lang);
    json_close(j, '}');
}

/* Which part of the API does what an option does, where their names do not tell. */
static void put_options(struct json *j, enum lang lang)
{
    json_in(j, "x-awai-options", '[');
    for (size_t i = 0; i < n_contract_options; i++)
        put_option(j, &contract_options[i], lang);
    json_close(j, ']');
}

void contract_openapi(enum lang lang, struct buf *out)
{
    struct json j = json_on(out, 5);
    json_open(&j, '{');
    json_put(&j, "openapi", "3.1.0");
    put_info(&j, lang);
    json_in(&j, "servers", '[');
    json_open(&j, '{');
    json_put(&j, "url", "/");
    json_close(&j, '}');
    json_close(&j, ']');
    json_in(&j, "paths", '{');
    for (size_t i = 0; i < n_operations; i++)
        put_path(&j, i, lang);
    json_close(&j, '}');
    put_schemes(&j, lang);
    put_options(&j, lang);
    json_close(&j, '}');
}
