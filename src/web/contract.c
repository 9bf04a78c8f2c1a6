// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* The table of what the API promises; see contract.h. */
#include "web/contract.h"

// clang-format off
const struct parameter contract_lang = {
    "lang", PARAMETER_WORD, 0, 0, "en ja", NULL, "en", 0, 0,
    {{"language of what is told; else that of the header Accept-Language", "表示言語。既定はヘッダー Accept-Language による"}}};

#define NO_MORE {NULL, PARAMETER_TEXT, 0, 0, NULL, NULL, NULL, 0, 0, {{NULL, NULL}}}
#define SEED {"seed", PARAMETER_WHOLE, 0, 999999999999999999, NULL, "1", NULL, 0, 0, \
    {{"seed of the random numbers", "乱数の種"}}}
#define REASON {"reason", PARAMETER_TEXT, 0, 0, NULL, NULL, "a reason", 0, 0, \
    {{"why it is changed; told in the history", "変更の理由。履歴に残る"}}}

/* ---- parameters */

static const struct parameter of_new[] = {
    {"slug", PARAMETER_TEXT, 0, 0, NULL, NULL, "made-by-the-api", 1, 0, {{"what the system is called in addresses", "アドレスで使うシステムの名前"}}},
    REASON,
    NO_MORE,
};
static const struct parameter of_change[] = {REASON, NO_MORE};
static const struct parameter of_graph[] = {
    {"format", PARAMETER_WORD, 0, 0, "json dot text", "json", NULL, 0, 0, {{"json: every node; dot: the reachable part for Graphviz; text: a summary", "json: 全ノード、dot: 到達可能な部分(Graphviz)、text: 要約"}}},
    NO_MORE,
};
static const struct parameter of_schema[] = {
    {"format", PARAMETER_WORD, 0, 0, "json manual", "json", NULL, 0, 0, {{"json: the JSON Schema; manual: the reference as Markdown, of model, catalog, rules and api", "json: JSON Schema、manual: リファレンス(Markdown)。manual は model、catalog、rules、api にある"}}},
    NO_MORE,
};

/* ---- operations */

#define API "/api/v1"
#define SYSTEM API "/systems/{slug}"
#define PART(name) {"application/json", "answers#/$defs/" name}
#define JSON_OF(name) {"application/json", name}
#define MODEL_TEXT {"application/yaml", NULL}
#define PLAIN {"text/plain", NULL}
#define MARKDOWN {"text/markdown", NULL}

const struct operation operations[] = {
    {"listSystems", "GET", API "/systems",
     {{"all systems with their positions on the map", "すべてのシステムとマップ上の位置"}},
     NULL, NULL, NULL, 0, 0, 200, {PART("systems")}, {0}},
    {"createSystem", "POST", API "/systems",
     {{"a new system; without a body, from a small model to begin with", "新しいシステム。本文が無ければ小さなモデルから始める"}},
     "new", of_new, NULL, 2, 0, 201, {PART("saved")}, {403, 409, 413, 415, 422, 507}},
    {"getModel", "GET", SYSTEM "/model",
     {{"the latest text of the model; its version is the ETag", "モデルの最新の文章。版の番号は ETag"}},
     NULL, NULL, NULL, 0, 0, 200, {MODEL_TEXT}, {404}},
    {"saveModel", "PUT", SYSTEM "/model",
     {{"a new version, made from the one that If-Match names", "If-Match の版を基にした新しい版"}},
     NULL, of_change, NULL, 1, 1, 200, {PART("saved")}, {403, 404, 412, 413, 415, 422, 428, 507}},
    {"getAssessment", "GET", SYSTEM "/assessment",
     {{"the whole assessment", "評価の全体"}},
     "assess", NULL, NULL, 0, 0, 200, {JSON_OF("assess")}, {404, 422}},
    {"getCheck", "GET", SYSTEM "/check",
     {{"errors and warnings of the model, with their places", "モデルのエラーと警告、その箇所"}},
     "check", NULL, NULL, 0, 0, 200, {PART("check")}, {404}},
    {"getGraph", "GET", SYSTEM "/graph",
     {{"the attack graph", "攻撃グラフ"}},
     "graph", of_graph, NULL, 0, 0, 200, {PART("graph"), {"text/vnd.graphviz", NULL}, PLAIN}, {404, 422}},
    {"listVersions", "GET", SYSTEM "/versions",
     {{"all versions, the latest first", "すべての版。新しい順"}},
     NULL, NULL, NULL, 0, 0, 200, {PART("versions")}, {404}},
    {"getVersion", "GET", SYSTEM "/versions/{number}",
     {{"the text of a version", "一つの版の文章"}},
     NULL, NULL, NULL, 0, 0, 200, {MODEL_TEXT}, {404}},
    {"restoreVersion", "POST", SYSTEM "/versions/{number}/restore",
     {{"an old version once more, as a new one", "古い版を新しい版として保存する"}},
     NULL, of_change, NULL, 0, 1, 200, {PART("saved")}, {403, 404, 412, 422, 428, 507}},
    {"checkModel", "POST", API "/check",
     {{"errors and warnings of a model that is not kept", "保存しないモデルのエラーと警告"}},
     "check", NULL, NULL, 1, 0, 200, {PART("check")}, {413, 415}},
    {"assessModel", "POST", API "/assess",
     {{"the assessment of a model that is not kept", "保存しないモデルの評価"}},
     "assess", NULL, NULL, 1, 0, 200, {JSON_OF("assess")}, {413, 415, 422}},
    {"listMessages", "GET", API "/messages",
     {{"every message that is told, by its code", "すべてのメッセージ(コード別)"}},
     "messages", NULL, NULL, 0, 0, 200, {MARKDOWN}, {0}},
    {"getMessage", "GET", API "/messages/{id}",
     {{"the messages of one code: what they mean, what to do", "一つのコードのメッセージの意味と対処"}},
     "messages", NULL, "not-reached", 0, 0, 200, {MARKDOWN}, {404}},
    {"getSchema", "GET", API "/schemas/{id}",
     {{"the JSON Schema of a file format (model, catalog, rules) or of a result", "ファイル形式(model、catalog、rules)又は結果のJSON Schema"}},
     "schema", of_schema, "model", 0, 0, 200, {{"application/schema+json", NULL}, MARKDOWN}, {404}},
    {"getDescription", "GET", API "/openapi.json",
     {{"this description, as OpenAPI 3.1", "この説明(OpenAPI 3.1)"}},
     "schema", NULL, NULL, 0, 0, 200, {{"application/json", NULL}}, {0}},
};
// clang-format on
const size_t n_operations = sizeof operations / sizeof *operations;
