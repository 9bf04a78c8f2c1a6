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
    {"template", PARAMETER_TEXT, 0, 0, NULL, NULL, "drone", 0, 0, {{"without a body, one of listTemplates to begin with", "本文が無い場合のひな形。listTemplates に一覧がある"}}},
    REASON,
    NO_MORE,
};
static const struct parameter of_change[] = {REASON, NO_MORE};
static const struct parameter of_graph[] = {
    {"format", PARAMETER_WORD, 0, 0, "json dot text", "json", NULL, 0, 0, {{"json: every node; dot: the reachable part for Graphviz; text: a summary", "json: 全ノード、dot: 到達可能な部分(Graphviz)、text: 要約"}}},
    NO_MORE,
};
#define MEASURES(usual, en, ja) {"measures", PARAMETER_TEXT, 0, 0, NULL, usual, "all", 0, 0, {{en, ja}}}
#define IN_PLAY MEASURES("in-force", "measures in play: none, in-force, decided, all, ID, -ID, separated by commas", "有効とする対策: none、in-force、decided、all、ID、-ID をコンマで区切る")
#define COMPARE {"compare", PARAMETER_TEXT, 0, 0, NULL, NULL, "decided", 0, 0, \
    {{"another set of measures, after measures as before", "比べる対策の集合。measures を前、これを後とする"}}}
#define REHEARSE {"rehearse", PARAMETER_WHOLE, 1, 200, NULL, NULL, "2", 0, 0, \
    {{"rehearse each incident in so many worlds first, and take what is measured", "まず各インシデントを指定の回数リハーサルし、実測値を用いる"}}}
#define AT {"at", PARAMETER_DECIMAL, 0, 0, NULL, NULL, "10", 0, 0, \
    {{"when the attack begins, s; else as its play says", "攻撃の開始時刻(秒)。既定はプレイの記述による"}}}
#define JSON_OR_TEXT {"format", PARAMETER_WORD, 0, 0, "json text", "json", NULL, 0, 0, \
    {{"json, or text as a terminal shows it", "json、又は端末に示す文章 text"}}}
#define FLAG(name, en, ja) {name, PARAMETER_FLAG, 0, 0, NULL, "false", NULL, 0, 0, {{en, ja}}}

static const struct parameter of_format[] = {JSON_OR_TEXT, NO_MORE};
static const struct parameter of_assessment[] = {REHEARSE, SEED, JSON_OR_TEXT, NO_MORE};
static const struct parameter of_explanation[] = {
    {"id", PARAMETER_TEXT, 0, 0, NULL, NULL, "access-control", 1, 0, {{"CLASS@ASSET (a threat), requirement:ID, incident:ID, map:STAKEHOLDER, component:ID, flow:ID or ASSET.STEP", "CLASS@ASSET(脅威)、requirement:ID、incident:ID、map:STAKEHOLDER、component:ID、flow:ID、ASSET.STEP"}}},
    NO_MORE,
};
static const struct parameter of_attack[] = {
    IN_PLAY,
    COMPARE,
    {"target", PARAMETER_TEXT, 0, 0, NULL, NULL, NULL, 0, 1, {{"a node to tell about; else the incidents", "結果を示すノード。既定はインシデント"}}},
    {"horizon", PARAMETER_DECIMAL, 1, 0, NULL, NULL, "365", 0, 0, {{"when the attacker gives up, days; else never", "攻撃者があきらめるまでの日数。既定は無期限"}}},
    {"trials", PARAMETER_WHOLE, 1, 1000000, NULL, "10000", "300", 0, 0, {{"worlds to run", "試行の回数"}}},
    FLAG("rare", "estimate by splitting what fewer than 100 worlds have reached", "到達した試行が100未満のものを多段分岐法で推定する"),
    SEED,
    JSON_OR_TEXT,
    NO_MORE,
};
static const struct parameter of_losses[] = {
    IN_PLAY,
    COMPARE,
    {"worlds", PARAMETER_WHOLE, 1, 1000000, NULL, "10000", "300", 0, 0, {{"worlds of the attack simulation", "攻撃シミュレーションの試行の回数"}}},
    {"years", PARAMETER_WHOLE, 1, 1000000, NULL, "10000", "300", 0, 0, {{"years of losses", "損失を計算する年数"}}},
    {"outer", PARAMETER_WHOLE, 2, 10000, NULL, "50", "5", 0, 0, {{"draws of what is uncertain", "不確かな入力の抽出の回数"}}},
    {"inner", PARAMETER_WHOLE, 1, 100000, NULL, "500", "50", 0, 0, {{"worlds in each draw, where skill or holds are uncertain", "技量又は有効性が不確かな場合の、抽出ごとの試行の回数"}}},
    REHEARSE,
    SEED,
    JSON_OR_TEXT,
    NO_MORE,
};
static const struct parameter of_treatment[] = {
    {"budget", PARAMETER_TEXT, 0, 0, NULL, NULL, "10 MJPY", 0, 0, {{"the most risk removed for at most this; else the least cost that brings everyone within the target", "この額以内で最も多くのリスクを除く。既定は、全員が目標水準に収まる最小費用"}}},
    {"assume-cost", PARAMETER_TEXT, 0, 0, NULL, NULL, "1 MJPY", 0, 0, {{"the cost of each measure that states none; else it is left out", "費用の記載が無い対策の費用とする額。無ければ候補から除く"}}},
    FLAG("pareto", "also each best trade of cost against risk left", "費用と残るリスクの最良の組合せもすべて示す"),
    FLAG("catalog-measures", "also examples of the catalog for open requirements", "未対応の要件に対するカタログの対策例も候補とする"),
    FLAG("keep-decided", "measures already decided stay and cost nothing more", "決定済みの対策は実施するものとし、費用に含めない"),
    {"trials", PARAMETER_WHOLE, 0, 1000000, NULL, "10000", "300", 0, 0, {{"worlds of the simulation before and after; 0: none", "計画前後のシミュレーションの試行回数。0なら行わない"}}},
    SEED,
    JSON_OR_TEXT,
    NO_MORE,
};
static const struct parameter of_rehearsal[] = {
    {"incident", PARAMETER_TEXT, 0, 0, NULL, NULL, NULL, 0, 0, {{"only this incident", "このインシデントだけ"}}},
    MEASURES("decided", "measures of the second set, beside none", "対策無しと比べる対策の集合"),
    {"runs", PARAMETER_WHOLE, 1, 1000, NULL, "10", "2", 0, 0, {{"worlds for each incident and set", "インシデントと集合ごとの試行の回数"}}},
    AT,
    FLAG("matrix", "also each measure alone", "対策ごとの結果も示す"),
    FLAG("compatibility", "also whether safety functions meet their demand without any attack", "攻撃の無い場合に安全機能が要求を満たすかも示す"),
    SEED,
    JSON_OR_TEXT,
    NO_MORE,
};
static const struct parameter of_trace[] = {
    {"incident", PARAMETER_TEXT, 0, 0, NULL, NULL, "grave-vulnerability", 1, 0, {{"the incident", "インシデント"}}},
    MEASURES(NULL, "measures in play; else none", "有効とする対策。既定は無し"),
    {"world", PARAMETER_WHOLE, 0, 1000000, NULL, "0", NULL, 0, 0, {{"which world", "試行の番号"}}},
    AT,
    SEED,
    NO_MORE,
};
static const struct parameter of_report[] = {
    {"format", PARAMETER_WORD, 0, 0, "html pdf xlsx md json", "html", NULL, 0, 0, {{"html, pdf, xlsx, json, or md (Markdown; its pictures are at figures/, and left out where incidents are rehearsed)", "html、pdf、xlsx、json、md(Markdown。図は figures/ にあり、リハーサルを含む場合は省く)"}}},
    REHEARSE,
    SEED,
    NO_MORE,
};
static const struct parameter of_diff[] = {
    {"from", PARAMETER_WHOLE, 0, 999999999999999, NULL, "0", "1", 0, 0, {{"the version before; 0: the latest", "変更前の版。0は最新"}}},
    {"from-system", PARAMETER_TEXT, 0, 0, NULL, NULL, "warehouse-agv", 0, 0, {{"another system that from is a version of", "from が別のシステムの版である場合、そのシステム"}}},
    {"to", PARAMETER_WHOLE, 0, 999999999999999, NULL, "0", NULL, 0, 0, {{"the version after; 0: the latest", "変更後の版。0は最新"}}},
    JSON_OR_TEXT,
    NO_MORE,
};
static const struct parameter of_compare[] = {
    {"system", PARAMETER_TEXT, 0, 0, NULL, NULL, "drone", 1, 1, {{"a system; at most 14", "システム。14個まで"}}},
    JSON_OR_TEXT,
    NO_MORE,
};
static const struct parameter of_synth[] = {
    {"components", PARAMETER_WHOLE, 2, 100000, NULL, "100", NULL, 0, 0, {{"how many components", "機器の数"}}},
    SEED,
    NO_MORE,
};
static const struct parameter of_answer[] = {
    {"check", PARAMETER_TEXT, 0, 0, NULL, NULL, "scald", 1, 0, {{"the check, as getTwin lists them", "検証の名前。getTwin に一覧がある"}}},
    {"set", PARAMETER_TEXT, 0, 0, NULL, NULL, "water_c=55", 0, 1, {{"NAME=NUMBER, an input of the check", "NAME=数値。検証の入力"}}},
    JSON_OR_TEXT,
    NO_MORE,
};
static const struct parameter of_check[] = {
    {"format", PARAMETER_WORD, 0, 0, "json sarif", "json", NULL, 0, 0, {{"json, or SARIF 2.1.0 for code hosts", "json、又はコードホスト用の sarif(SARIF 2.1.0)"}}},
    NO_MORE,
};
static const struct parameter of_run[] = {
    {"until", PARAMETER_DECIMAL, 1, 0, NULL, NULL, "60", 1, 0, {{"how long, in the twin's time, s; at most 20000 steps", "ツインの時刻で何秒まで動かすか。20000刻みまで"}}},
    {"set", PARAMETER_TEXT, 0, 0, NULL, NULL, NULL, 0, 1, {{"NAME=NUMBER, a parameter or input", "名前=数値。パラメータ又は入力"}}},
    {"csv", PARAMETER_TEXT, 0, 0, NULL, NULL, NULL, 0, 0, {{"the variables to show, separated by commas; else all outputs", "出力する変数(コンマ区切り)。既定は出力変数"}}},
    NO_MORE,
};
static const struct parameter of_schema[] = {
    {"format", PARAMETER_WORD, 0, 0, "json manual", "json", NULL, 0, 0, {{"json: the JSON Schema; manual: the reference as Markdown, of model, catalog, rules, template and api", "json: JSON Schema、manual: リファレンス(Markdown)。manual は model、catalog、rules、template、api にある"}}},
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
     {{"All systems with their positions on the map", "すべてのシステムとマップ上の位置"}},
     NULL, NULL, NULL, 0, 0, 200, {PART("systems")}, {0}},
    {"createSystem", "POST", API "/systems",
     {{"A new system; without a body, from a small model to begin with", "新しいシステム。本文が無ければ小さなモデルから始める"}},
     "new", of_new, NULL, 2, 0, 201, {PART("saved")}, {403, 404, 409, 413, 415, 422, 507}},
    {"getModel", "GET", SYSTEM "/model",
     {{"The latest text of the model; its version is the ETag", "モデルの最新の文章。版の番号は ETag"}},
     NULL, NULL, NULL, 0, 0, 200, {MODEL_TEXT}, {404}},
    {"saveModel", "PUT", SYSTEM "/model",
     {{"A new version, made from the one that If-Match names", "If-Match の版を基にした新しい版"}},
     NULL, of_change, NULL, 1, 1, 200, {PART("saved")}, {403, 404, 412, 413, 415, 422, 428, 507}},
    {"getAssessment", "GET", SYSTEM "/assessment",
     {{"The whole assessment", "評価の全体"}},
     "assess", of_assessment, NULL, 0, 0, 200, {JSON_OF("assess"), PLAIN}, {404, 422, 503}},
    {"getCheck", "GET", SYSTEM "/check",
     {{"Errors and warnings of the model, with their places", "モデルのエラーと警告、その箇所"}},
     "check", of_check, NULL, 0, 0, 200, {PART("check"), {"application/sarif+json", NULL}}, {404}},
    {"getGates", "GET", SYSTEM "/gates",
     {{"Whether each gate is met, as --fail-on of awai assess asks", "各ゲートを満たすか(awai assess の --fail-on に当たる)"}},
     "assess", NULL, NULL, 0, 0, 200, {PART("gates")}, {404, 422}},
    {"getGraph", "GET", SYSTEM "/graph",
     {{"The attack graph", "攻撃グラフ"}},
     "graph", of_graph, NULL, 0, 0, 200, {PART("graph"), {"text/vnd.graphviz", NULL}, PLAIN}, {404, 422}},
    {"listVersions", "GET", SYSTEM "/versions",
     {{"All versions, the latest first", "すべての版。新しい順"}},
     NULL, NULL, NULL, 0, 0, 200, {PART("versions")}, {404}},
    {"getVersion", "GET", SYSTEM "/versions/{number}",
     {{"The text of a version", "一つの版の文章"}},
     NULL, NULL, NULL, 0, 0, 200, {MODEL_TEXT}, {404}},
    {"restoreVersion", "POST", SYSTEM "/versions/{number}/restore",
     {{"An old version once more, as a new one", "古い版を新しい版として保存する"}},
     NULL, of_change, NULL, 0, 1, 200, {PART("saved")}, {403, 404, 412, 422, 428, 507}},
    {"getExplanation", "GET", SYSTEM "/explanation",
     {{"Why a threat, requirement, incident, position or importance is there", "脅威・対策要件・インシデント・位置・重要度の理由"}},
     "explain", of_explanation, NULL, 0, 0, 200, {PLAIN}, {404, 422}},
    {"getAttack", "GET", SYSTEM "/attack",
     {{"The attack simulation: how likely and how soon each incident is reached", "攻撃シミュレーション: 各インシデントに至る確率と時間"}},
     "attack", of_attack, NULL, 0, 0, 200, {JSON_OF("attack"), PLAIN}, {404, 422, 503}},
    {"getLosses", "GET", SYSTEM "/losses",
     {{"Risk in numbers: how often a year, how much, what protection is demanded", "リスクの定量化: 年間の頻度、損失額、防護層への要求"}},
     "risk", of_losses, NULL, 0, 0, 200, {JSON_OF("risk"), PLAIN}, {404, 422, 503}},
    {"getTreatment", "GET", SYSTEM "/treatment",
     {{"Which measures, at what cost, bring every stakeholder within the target", "全員を目標水準に収める対策と費用"}},
     "plan", of_treatment, NULL, 0, 0, 200, {JSON_OF("plan"), PLAIN}, {404, 422, 501, 503}},
    {"getRehearsal", "GET", SYSTEM "/rehearsal",
     {{"Incidents on the digital twin, with measures and without", "デジタルツインによるインシデントのリハーサル(対策の有無ごと)"}},
     "rehearse", of_rehearsal, NULL, 0, 0, 200, {JSON_OF("rehearse"), PLAIN}, {404, 422, 503}},
    {"getTrace", "GET", SYSTEM "/rehearsal/trace",
     {{"One run of an incident, a row a time", "インシデントの一つの試行。時刻ごとに1行"}},
     "rehearse", of_trace, NULL, 0, 0, 200, {{"text/csv", NULL}}, {404, 422, 503}},
    {"getReport", "GET", SYSTEM "/report",
     {{"The report, as a file to hand over", "報告書"}},
     "report", of_report, NULL, 0, 0, 200,
     {{"text/html", NULL}, {"application/pdf", NULL}, {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", NULL}, MARKDOWN, JSON_OF("assess")},
     {404, 422, 501, 503}},
    {"getFigure", "GET", SYSTEM "/figures/{file}",
     {{"A picture of the report, as its Markdown links to it", "報告書の図。Markdownから参照される"}},
     "report", NULL, NULL, 0, 0, 200, {{"image/svg+xml", NULL}}, {404, 422, 503}},
    {"getDiff", "GET", SYSTEM "/diff",
     {{"What changed in meaning between two versions, or from another system, and what follows", "二つの版又はシステムの意味の違いと、その帰結"}},
     "diff", of_diff, NULL, 0, 0, 200, {PART("diff"), PLAIN}, {404, 422}},
    {"compareSystems", "GET", API "/compare",
     {{"Systems on one map, and what differs within a cell", "システムの比較: 共通のマップと、同じ区画内の違い"}},
     "compare", of_compare, NULL, 0, 0, 200, {PART("compare"), PLAIN}, {404, 422}},
    {"getCatalog", "GET", API "/catalog",
     {{"What is known beforehand: threats, kinds, protocols, requirements, example measures", "カタログ: 脅威、種別、プロトコル、対策要件、対策例"}},
     "catalog", of_format, NULL, 0, 0, 200, {PART("catalog"), PLAIN}, {0}},
    {"getCatalogEntry", "GET", API "/catalog/{id}",
     {{"An entry of the catalog, or a section", "カタログの項目、又は節"}},
     "catalog", of_format, "plc", 0, 0, 200, {PART("catalog"), PLAIN}, {404}},
    {"listTemplates", "GET", API "/templates",
     {{"The use cases that a model can begin with", "ひな形にできるユースケース"}},
     "new", NULL, NULL, 0, 0, 200, {PART("templates")}, {0}},
    {"getTemplate", "GET", API "/templates/{id}",
     {{"The model of a use case", "ユースケースのモデル"}},
     "new", NULL, "drone", 0, 0, 200, {MODEL_TEXT}, {404}},
    {"getSynthetic", "GET", API "/synth",
     {{"A valid synthetic model, the same for the same seed", "合成した正しいモデル。同じ種なら同じもの"}},
     "synth", of_synth, NULL, 0, 0, 200, {MODEL_TEXT}, {0}},
    {"listTwins", "GET", API "/twins",
     {{"The digital twins", "デジタルツインの一覧"}},
     "twin", NULL, NULL, 0, 0, 200, {PART("twins")}, {0}},
    {"getTwin", "GET", API "/twins/{id}",
     {{"A twin: variables, checks, what is rehearsed", "ツインの変数、検証、リハーサルの内容"}},
     "twin", of_format, "heater", 0, 0, 200, {PART("twin"), PLAIN}, {404}},
    {"getTwinChecks", "GET", API "/twins/{id}/checks",
     {{"Every check of a twin against published numbers", "ツインの検証と公表値との比較"}},
     "twin", of_format, "heater", 0, 0, 200, {PART("checks"), PLAIN}, {404}},
    {"getTwinAnswer", "GET", API "/twins/{id}/answer",
     {{"One check of a twin, at values of your own", "指定した値による一つの検証"}},
     "twin", of_answer, "heater", 0, 0, 200, {PART("answer"), PLAIN}, {404}},
    {"getTwinRun", "GET", API "/twins/{id}/run",
     {{"A bare run of a twin, a row a step", "ツイン単独の実行。刻みごとに1行"}},
     "twin", of_run, "heater", 0, 0, 200, {{"text/csv", NULL}}, {404, 422}},
    {"checkModel", "POST", API "/check",
     {{"Errors and warnings of a model that is not kept", "保存しないモデルのエラーと警告"}},
     "check", of_check, NULL, 1, 0, 200, {PART("check"), {"application/sarif+json", NULL}}, {413, 415}},
    {"assessModel", "POST", API "/assess",
     {{"The assessment of a model that is not kept", "保存しないモデルの評価"}},
     "assess", NULL, NULL, 1, 0, 200, {JSON_OF("assess")}, {413, 415, 422}},
    {"listMessages", "GET", API "/messages",
     {{"Every message that is told, by its code", "すべてのメッセージ(コード別)"}},
     "messages", NULL, NULL, 0, 0, 200, {MARKDOWN}, {0}},
    {"getMessage", "GET", API "/messages/{id}",
     {{"The messages of one code: what they mean, what to do", "一つのコードのメッセージの意味と対処"}},
     "messages", NULL, "not-reached", 0, 0, 200, {MARKDOWN}, {404}},
    {"getSchema", "GET", API "/schemas/{id}",
     {{"The JSON Schema of a file format (model, catalog, rules) or of a result", "ファイル形式(model、catalog、rules)又は結果のJSON Schema"}},
     "schema", of_schema, "model", 0, 0, 200, {{"application/schema+json", NULL}, MARKDOWN}, {404}},
    {"getDescription", "GET", API "/openapi.json",
     {{"This description, as OpenAPI 3.1", "この説明(OpenAPI 3.1)"}},
     "schema", NULL, NULL, 0, 0, 200, {{"application/json", NULL}}, {0}},
};
// clang-format on
const size_t n_operations = sizeof operations / sizeof *operations;
