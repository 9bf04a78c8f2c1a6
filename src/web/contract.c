// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* The table of what the API promises; see contract.h. */
#include "web/contract.h"

#include "page/pictures.h"
#include "web/risk_desk.h"
#include "web/run.h"

// clang-format off
const struct parameter contract_lang = {
    "lang", PARAMETER_WORD, 0, 0, "en ja", NULL, "en", 0, 0,
    {{"language of what is told; else that of the header Accept-Language", "表示言語。既定はヘッダー Accept-Language による"}}};

const struct parameter contract_in = {
    "in", PARAMETER_TEXT, 0, 0, NULL, NULL, "default", 0, 0,
    {{"the workspace that is meant; refused if it is not that of the session or token", "対象のワークスペース。セッション又はトークンのものと異なれば拒否する"}}};

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
#define TARGET(en, ja) {"target", PARAMETER_TEXT, 0, 0, NULL, NULL, NULL, 0, 1, {{en, ja}}}
#define NODES TARGET("a node to tell about; else the incidents", "結果を示すノード。既定はインシデント")
#define STEPS TARGET("a step to tell about; else each", "結果を示すステップ。既定は全ステップ")
#define ENTRY {"entry", PARAMETER_TEXT, 0, 0, NULL, NULL, "Host:connect", 1, 1, \
    {{"a step where the attacker starts", "攻撃者の出発するステップ"}}}
#define HORIZON {"horizon", PARAMETER_DECIMAL, 1, 0, NULL, NULL, "365", 0, 0, \
    {{"when the attacker gives up, days; else never", "攻撃者があきらめるまでの日数。既定は無期限"}}}
#define TRIALS(most, en, ja) {"trials", PARAMETER_WHOLE, 1, most, NULL, "10000", "300", 0, 0, {{en, ja}}}
#define WORLDS TRIALS(1000000, "worlds to run", "試行の回数")
#define WORLDS_OF_ALL TRIALS(1000000000000, "worlds of all parts together", "全部分を合わせた試行の回数")
#define WHICH_PART {"part", PARAMETER_TEXT, 0, 0, NULL, NULL, "1/2", 1, 0, \
    {{"I/N: run only part I of N", "I/N: N分割のI番目だけを実行する"}}}
#define ENOUGH \
    FLAG("auto", "as many worlds as it takes, instead of trials", "trials の代わりに、必要なだけ試行する"), \
    {"precision", PARAMETER_DECIMAL, 1, 0, NULL, "0.1", NULL, 0, 0, {{"with auto: half an interval as a share of the probability", "auto のとき、信頼区間の半幅の確率に対する割合"}}}, \
    {"resolution", PARAMETER_DECIMAL, 1, 0, NULL, "0.001", NULL, 0, 0, {{"with auto: probabilities below it count as it", "auto のとき、これより小さい確率はこの値とみなす"}}}, \
    FLAG("rare", "estimate by splitting what fewer than 100 worlds have reached", "到達した試行が100未満のものを多段分岐法で推定する")
#define FIGURE(words, example, ...) {"figure", PARAMETER_WORD, 0, 0, words, NULL, example, 0, 0, {{__VA_ARGS__}}}
#define THAT_FIGURE "that figure of --svg instead, as SVG", "--svg が書き出す図のうち、指定した図をSVGで返す"

static const struct parameter of_attack[] = {
    IN_PLAY,
    COMPARE,
    NODES,
    HORIZON,
    WORLDS,
    ENOUGH,
    SEED,
    JSON_OR_TEXT,
    FIGURE("times attacks", NULL, THAT_FIGURE),
    NO_MORE,
};
static const struct parameter of_shard[] = {WHICH_PART, IN_PLAY, NODES, HORIZON, WORLDS_OF_ALL, SEED, NO_MORE};
static const struct parameter of_merge[] = {IN_PLAY, NODES, HORIZON, WORLDS_OF_ALL, SEED, JSON_OR_TEXT, NO_MORE};
static const struct parameter of_mal[] = {ENTRY, STEPS, HORIZON, WORLDS, ENOUGH, SEED, JSON_OR_TEXT, NO_MORE};
static const struct parameter of_mal_shard[] = {WHICH_PART, ENTRY, STEPS, HORIZON, WORLDS_OF_ALL, SEED, NO_MORE};
static const struct parameter of_mal_merge[] = {ENTRY, STEPS, HORIZON, WORLDS_OF_ALL, SEED, JSON_OR_TEXT, NO_MORE};
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
    FIGURE("likelihood exceedance drivers", NULL, THAT_FIGURE),
    NO_MORE,
};
#define BUDGET {"budget", PARAMETER_TEXT, 0, 0, NULL, NULL, "10 MJPY", 0, 0, {{"the most risk removed for at most this; else the least cost that brings everyone within the target", "この額以内で最も多くのリスクを除く。既定は、全員が目標水準に収まる最小費用"}}}
#define CANDIDATES \
    {"assume-cost", PARAMETER_TEXT, 0, 0, NULL, NULL, "1 MJPY", 0, 0, {{"the cost of each measure that states none; else it is left out", "費用の記載が無い対策の費用とする額。無ければ候補から除く"}}}, \
    FLAG("catalog-measures", "also examples of the catalog for open requirements", "未対応の要件に対するカタログの対策例も候補とする"), \
    FLAG("keep-decided", "measures already decided stay and cost nothing more", "決定済みの対策は実施するものとし、費用に含めない")
static const struct parameter of_treatment[] = {
    BUDGET,
    CANDIDATES,
    FLAG("pareto", "also each best trade of cost against risk left", "費用と残るリスクの最良の組合せもすべて示す"),
    {"trials", PARAMETER_WHOLE, 0, 1000000, NULL, "10000", "300", 0, 0, {{"worlds of the simulation before and after; 0: none", "計画前後のシミュレーションの試行回数。0なら行わない"}}},
    SEED,
    JSON_OR_TEXT,
    FIGURE("front", NULL, THAT_FIGURE),
    NO_MORE,
};
static const struct parameter of_writing[] = {
    BUDGET,
    CANDIDATES,
    {"owner", PARAMETER_TEXT, 0, 0, NULL, NULL, "Security Team", 0, 0, {{"who answers for the decisions", "意思決定の責任者"}}},
    REASON,
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
    FIGURE("rehearse-map rehearse-matrix rehearse-twin rehearse-run", NULL, "that figure of --svg instead, as SVG: rehearse-matrix needs matrix, the last two are of the incident asked for, else of the first", "--svg が書き出す図のうち、指定した図をSVGで返す。rehearse-matrix には matrix が必要。最後の二つは指定したインシデント(無ければ最初のもの)の図"),
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
#define EXTRACT(name, en, ja) {name, PARAMETER_TEXT, 0, 0, NULL, NULL, NULL, 0, 0, {{en, ja}}}
static const struct parameter of_report[] = {
    EXTRACT("component", "only what is about this component: an extract to hand over", "指定した機器に関する部分だけの抜粋"),
    EXTRACT("stakeholder", "only what is about this stakeholder, and what it owns or runs", "指定したステークホルダーと、その所有・運用する機器に関する部分だけの抜粋"),
    EXTRACT("supplier", "only what is about the components that name this supplier", "指定した供給者の機器に関する部分だけの抜粋"),
    FLAG("template", "in the workspace's own form, which putReportForm keeps", "ワークスペース独自の様式(putReportForm で登録)を用いる"),
    {"format", PARAMETER_WORD, 0, 0, "html pdf xlsx md svg json", "html", NULL, 0, 0, {{"html, pdf, xlsx, json, svg (pictures), or md (Markdown; its pictures are at figures/, and left out where incidents are rehearsed)", "html、pdf、xlsx、json、svg(図)、md(Markdown。図は figures/ にあり、リハーサルを含む場合は省く)"}}},
    {"figure", PARAMETER_WORD, 0, 0, picture_words, PICTURE_SHEET, "map", 0, 0, {{"of format=svg: those that sum up, on one sheet, or the pictures of one name", "format=svg のとき、要約となる図をまとめた1枚(sheet)、又はその名前の図"}}},
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
#define JSON_OR_SARIF {"format", PARAMETER_WORD, 0, 0, "json sarif", "json", NULL, 0, 0, {{"json, or SARIF 2.1.0 for code hosts", "json、又はコードホスト用の sarif(SARIF 2.1.0)"}}}
static const struct parameter of_check[] = {
    FLAG("rules", "also by the rules that the workspace keeps (putRules)", "ワークスペースに登録した規則(putRules)でも検査する"),
    JSON_OR_SARIF,
    NO_MORE,
};
static const struct parameter of_check_posted[] = {JSON_OR_SARIF, NO_MORE};
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

/* A part of a list, and of the log. */
static const struct parameter of_systems[] = {
    {"after", PARAMETER_TEXT, 0, 0, NULL, NULL, "distillation", 0, 0, {{"only systems after this one: next of the answer before", "このシステムより後だけ。前の応答の next を指定する"}}},
    {"most", PARAMETER_WHOLE, 1, 1000, NULL, "200", "2", 0, 0, {{"so many at once", "一度に返す数"}}},
    NO_MORE,
};
static const struct parameter of_audit[] = {
    {"before", PARAMETER_WHOLE, 1, 999999999999999, NULL, NULL, "100", 0, 0, {{"only entries below this number: next of the answer before", "この番号より前の項目だけ。前の応答の next を指定する"}}},
    NO_MORE,
};
_Static_assert(DESK_WORLDS == 5000 && DESK_YEARS == 20000, "as the rows say");
/* Of the page of risk as well, as the next are of the page of rehearsals. */
static const struct parameter of_set[] = {
    {"measures", PARAMETER_TEXT, 0, 0, NULL, "decided", "all", 0, 1, {{"the set: none, in-force, decided, all, ID, -ID, separated by commas", "対策の集合: none、in-force、decided、all、ID、-ID をコンマで区切る"}}},
    {"worlds", PARAMETER_WHOLE, 1, DESK_MOST_WORLDS, NULL, "5000", "100", 0, 0, {{"worlds of the attack simulation", "攻撃シミュレーションの試行の回数"}}},
    {"years", PARAMETER_WHOLE, 1, DESK_MOST_YEARS, NULL, "20000", "100", 0, 0, {{"years of losses", "損失を計算する年数"}}},
    FLAG("drivers", "also what drives the result, and what each measure saves", "結果を左右する入力と、対策ごとの効果も示す"),
    NO_MORE,
};
static const struct parameter of_stream[] = {
    {"incident", PARAMETER_TEXT, 0, 0, NULL, NULL, "hijack", 1, 0, {{"the incident", "インシデント"}}},
    MEASURES("none", "measures in play", "有効とする対策"),
    {"seed", PARAMETER_WHOLE, 0, 999999999999999, NULL, "1", NULL, 0, 0, {{"seed of the random numbers", "乱数の種"}}},
    {"world", PARAMETER_WHOLE, 0, REHEARSE_MOST_RUNS, NULL, "0", NULL, 0, 0, {{"which world", "試行の番号"}}},
    {"speed", PARAMETER_DECIMAL, 1, RUN_MOST_SPEED, NULL, NULL, "1000", 0, 0, {{"simulated seconds a second; else about 20 s for the run", "1秒間に進めるシミュレーション上の秒数。既定は全体が約20秒になる速さ"}}},
    {"from", PARAMETER_DECIMAL, 0, RUN_MOST_S, NULL, NULL, "1", 0, 0, {{"from when on, s; what was before comes at once", "開始する時刻(秒)。それ以前は一度に送る"}}},
    {"until", PARAMETER_DECIMAL, 0, RUN_MOST_S, NULL, NULL, "2", 0, 0, {{"until when, s; then it ends with pause", "終了する時刻(秒)。pause で終わる"}}},
    NO_MORE,
};

/* ---- bodies */

static const struct parameter of_export[] = {
    {"to", PARAMETER_WORD, 0, 0, "otm threat-dragon yaml", NULL, "otm", 1, 0, {{"otm: Open Threat Model, threat-dragon: OWASP Threat Dragon 2, yaml: the model's own text", "otm: Open Threat Model、threat-dragon: OWASP Threat Dragon 2、yaml: モデルの文章"}}},
    FLAG("about", "what could and could not be carried over, in place of the file", "ファイルの代わりに、移せたものと移せなかったもの"),
    NO_MORE,
};
static const struct parameter of_import[] = {
    {"from", PARAMETER_TEXT, 0, 0, NULL, NULL, "otm", 0, 0, {{"what the file is, xlsx, otm or threat-dragon; else found by its content", "ファイルの種類(xlsx、otm、threat-dragon)。既定は内容から判断する"}}},
    {"into", PARAMETER_TEXT, 0, 0, NULL, NULL, NULL, 0, 0, {{"a system that a workbook changes; else a new model", "ワークブックで変更するシステム。既定は新しいモデル"}}},
    {"name", PARAMETER_TEXT, 0, 0, NULL, "file", "shop.otm.json", 0, 0, {{"the file's name, for messages", "メッセージで使うファイル名"}}},
    NO_MORE,
};
static const struct contract_body a_file = {1, "application/octet-stream", "answers#/$defs/file",
    "{\"otmVersion\": \"0.2.0\", \"project\": {\"name\": \"Shop\", \"id\": \"shop\"}, \"trustZones\": [{\"id\": \"net\", \"name\": \"Net\", \"risk\": {\"trustRating\": 10}}], \"components\": [{\"id\": \"web\", \"name\": \"Web\", \"type\": \"web-service\", \"parent\": {\"trustZone\": \"net\"}}]}"};
static const struct contract_body a_model = {1, "application/yaml", "model", NULL};
static const struct contract_body a_model_or_none = {0, "application/yaml", "model", NULL};
#define BODY(name, schema, example) static const struct contract_body name = {1, "application/json", "answers#/$defs/" schema, example};
#define A_GRAPH "{\"attack_steps\": {\"Host:connect\": {\"type\": \"or\", \"children\": {\"1\": \"Host:own\"}}, \"Host:own\": {\"type\": \"or\", \"ttc\": {\"type\": \"function\", \"name\": \"Exponential\", \"arguments\": [0.1]}, \"parents\": {\"0\": \"Host:connect\"}}}}"
#define NO_PARTS "\"parts\": [{\"awai-attack-shard\": 1, \"shard\": 1, \"shards\": 1, \"run\": \"0\", \"trials\": \"300\", \"node-visits\": \"0\", \"edge-visits\": \"0\", \"worlds\": [], \"targets\": [], \"bins\": []}]"
static const struct contract_body a_graph = {1, "application/yaml", "answers#/$defs/mal-graph", A_GRAPH};
static const struct contract_body some_rules = {1, "application/yaml", "rules",
    "rules:\n  own-review:\n    severity: warning\n    for: components\n    where: {out-of-scope: false}\n    message: {en: a part of the system, ja: システムの部品}\n"};
BODY(a_form, "form", "{\"text\": \"template: 1\\ncover: {organization: Our company}\\n\"}")
BODY(some_parts, "shards", "{" NO_PARTS "}")
BODY(some_parts_of_graph, "graph-shards", "{\"graph\": \"attack_steps:\\n  a: {type: or}\\n\", " NO_PARTS "}")
#define A_TEXT "\"text\": \"components:\\n  lock: {name: Lock, kind: door-lock}\\nflows:\\n  open: {from: app, to: lock}\\n\""
#define A_PLACE A_TEXT ", \"position\": {\"line\": 3, \"character\": 24}"
BODY(some_measures, "adoption", "{\"measures\": [\"strong-login\"], \"reason\": \"a reason\"}")
BODY(a_review, "review", "{\"verdict\": \"approved\", \"note\": \"a note\"}")
BODY(a_text, "text-question", "{" A_TEXT "}")
BODY(a_place, "text-place-question", "{" A_PLACE "}")
BODY(an_id, "text-references-question", "{" A_PLACE ", \"context\": {\"includeDeclaration\": true}}")
BODY(a_new_id, "text-rename-question", "{" A_PLACE ", \"newName\": \"latch\"}")
BODY(some_edits, "text-edit-question", "{" A_TEXT ", \"edits\": [{\"set\": \"components/lock/kind\", \"value\": \"gateway\"}]}")
BODY(a_path, "text-value-question", "{" A_TEXT ", \"path\": \"components/lock\"}")

/* ---- operations */

#define API "/api/v1"
#define SYSTEM API "/systems/{slug}"
#define PART(name) {"application/json", "answers#/$defs/" name}
#define JSON_OF(name) {"application/json", name}
#define MODEL_TEXT {"application/yaml", NULL}
#define PLAIN {"text/plain", NULL}
#define SVG {"image/svg+xml", NULL}
#define MARKDOWN {"text/markdown", NULL}

const struct operation operations[] = {
    {"listSystems", "GET", API "/systems",
     {{"All systems with their positions on the map", "すべてのシステムとマップ上の位置"}},
     NULL, of_systems, NULL, 0, 0, 200, {PART("systems")}, {0}},
    {"createSystem", "POST", API "/systems",
     {{"A new system; without a body, from a small model to begin with", "新しいシステム。本文が無ければ小さなモデルから始める"}},
     "new", of_new, NULL, &a_model_or_none, 0, 201, {PART("saved")}, {403, 404, 409, 413, 415, 422, 507}},
    {"getModel", "GET", SYSTEM "/model",
     {{"The latest text of the model; its version is the ETag", "モデルの最新の文章。版の番号は ETag"}},
     NULL, NULL, NULL, 0, 0, 200, {MODEL_TEXT}, {404}},
    {"saveModel", "PUT", SYSTEM "/model",
     {{"A new version, made from the one that If-Match names", "If-Match の版を基にした新しい版"}},
     NULL, of_change, NULL, &a_model, 1, 200, {PART("saved")}, {403, 404, 412, 413, 415, 422, 428, 507}},
    {"getAssessment", "GET", SYSTEM "/assessment",
     {{"The whole assessment", "評価の全体"}},
     "assess", of_assessment, NULL, 0, 0, 200, {JSON_OF("assess"), PLAIN}, {404, 422, 501, 503}},
    {"getCheck", "GET", SYSTEM "/check",
     {{"Errors and warnings of the model, with their places", "モデルのエラーと警告、その箇所"}},
     "check", of_check, NULL, 0, 0, 200, {PART("check"), {"application/sarif+json", NULL}}, {404, 422}},
    {"checkByRules", "POST", SYSTEM "/check",
     {{"The same, also by an organization's rules that are sent and not kept", "同上。送信した組織独自の規則(保存しない)でも検査する"}},
     "check", of_check_posted, NULL, &some_rules, 0, 200, {PART("check"), {"application/sarif+json", NULL}}, {403, 404, 413, 415, 422}},
    {"getRules", "GET", API "/rules",
     {{"The workspace's own rules", "ワークスペースに登録した規則"}},
     NULL, NULL, NULL, NULL, 0, 200, {MODEL_TEXT}, {404}},
    {"getReportForm", "GET", API "/template",
     {{"The workspace's own form of reports, as the page /template keeps it", "ワークスペースの報告書様式(/template のページで登録するもの)"}},
     NULL, NULL, NULL, NULL, 0, 200, {MODEL_TEXT}, {404}},
    {"putReportForm", "PUT", API "/template",
     {{"Keeps a form of reports: the text of a template and, in base64, the logo that it names; without one, the logo that is kept stays", "報告書様式を登録する。様式の文章と、そこで指定したロゴ(base64)。ロゴが無ければ登録済みのものを使う"}},
     NULL, NULL, NULL, &a_form, 0, 200, {PART("form-kept")}, {403, 413, 415, 422, 507}},
    {"deleteReportForm", "DELETE", API "/template",
     {{"Takes the workspace's form of reports away, if there is one", "報告書様式の登録があれば削除する"}},
     NULL, NULL, NULL, NULL, 0, 200, {PART("form-kept")}, {403, 507}},
    {"putRules", "PUT", API "/rules",
     {{"Keeps rules for the workspace, instead of those before", "ワークスペースの規則を登録する。以前のものは置き換える"}},
     NULL, NULL, NULL, &some_rules, 0, 200, {PART("rules-kept")}, {403, 413, 415, 422, 507}},
    {"deleteRules", "DELETE", API "/rules",
     {{"Takes the workspace's rules away", "ワークスペースの規則の登録を削除する"}},
     NULL, NULL, NULL, NULL, 0, 200, {PART("rules-kept")}, {403, 404, 507}},
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
     "attack", of_attack, NULL, 0, 0, 200, {JSON_OF("attack"), PLAIN, SVG}, {404, 422, 503}},
    {"getAttackShard", "GET", SYSTEM "/attack/shard",
     {{"One part of an attack simulation, for mergeAttack: so several servers share the work", "攻撃シミュレーションの一部分。mergeAttack で結合する。複数のサーバーで分担できる"}},
     "attack", of_shard, NULL, NULL, 0, 200, {PART("shard")}, {404, 422, 503}},
    {"mergeAttack", "POST", SYSTEM "/attack/merge",
     {{"The attack simulation that all its parts make; parameters are those of the parts", "全部分を結合した攻撃シミュレーション。パラメーターは各部分と同じにする"}},
     "attack", of_merge, NULL, &some_parts, 0, 200, {JSON_OF("attack"), PLAIN}, {403, 404, 413, 415, 422, 503}},
    {"attackGraph", "POST", API "/attack",
     {{"The attack simulation of an attack graph of MAL that is not kept, JSON or YAML", "保存しないMALの攻撃グラフ(JSON又はYAML)の攻撃シミュレーション"}},
     "attack", of_mal, NULL, &a_graph, 0, 200, {JSON_OF("attack"), PLAIN}, {403, 413, 415, 422, 503}},
    {"attackGraphShard", "POST", API "/attack/shard",
     {{"One part of it, for mergeGraphAttack", "その一部分。mergeGraphAttack で結合する"}},
     "attack", of_mal_shard, NULL, &a_graph, 0, 200, {PART("shard")}, {403, 413, 415, 422, 503}},
    {"mergeGraphAttack", "POST", API "/attack/merge",
     {{"The attack simulation of a graph of MAL that all its parts make", "MALの攻撃グラフの全部分を結合した攻撃シミュレーション"}},
     "attack", of_mal_merge, NULL, &some_parts_of_graph, 0, 200, {JSON_OF("attack"), PLAIN}, {403, 413, 415, 422, 503}},
    {"getLosses", "GET", SYSTEM "/losses",
     {{"Risk in numbers: how often a year, how much, what protection is demanded", "リスクの定量化: 年間の頻度、損失額、防護層への要求"}},
     "risk", of_losses, NULL, 0, 0, 200, {JSON_OF("risk"), PLAIN, SVG}, {404, 422, 501, 503}},
    {"getTreatment", "GET", SYSTEM "/treatment",
     {{"Which measures, at what cost, bring every stakeholder within the target", "全員を目標水準に収める対策と費用"}},
     "plan", of_treatment, NULL, 0, 0, 200, {JSON_OF("plan"), PLAIN, SVG}, {404, 422, 501, 503}},
    {"writePlan", "POST", SYSTEM "/treatment",
     {{"A new version with the plan in it, as --write puts it: measures decided, a decision for each incident", "計画を書き込んだ新しい版(--write に当たる)。対策を決定とし、インシデントごとに意思決定を加える"}},
     "plan", of_writing, NULL, NULL, 1, 200, {PART("saved")}, {403, 404, 412, 422, 428, 501, 503, 507}},
    {"getRehearsal", "GET", SYSTEM "/rehearsal",
     {{"Incidents on the digital twin, with measures and without", "デジタルツインによるインシデントのリハーサル(対策の有無ごと)"}},
     "rehearse", of_rehearsal, NULL, 0, 0, 200, {JSON_OF("rehearse"), PLAIN, SVG}, {404, 422, 501, 503}},
    {"getTrace", "GET", SYSTEM "/rehearsal/trace",
     {{"One run of an incident, a row a time", "インシデントの一つの試行。時刻ごとに1行"}},
     "rehearse", of_trace, NULL, 0, 0, 200, {{"text/csv", NULL}}, {404, 422, 501, 503}},
    {"streamRehearsal", "GET", SYSTEM "/rehearse/stream",
     {{"An incident on the digital twin as it runs: begin, frame..., and end, pause (at until) or limit (of time), as server-sent events", "デジタルツイン上で進行中のインシデント。サーバー送信イベントで begin、frame…、最後に end、pause(until に達した)又は limit(時間切れ)を送る"}},
     "rehearse", of_stream, NULL, NULL, 0, 200, {{"text/event-stream", "live"}}, {404, 422, 503}},
    {"getRisk", "GET", SYSTEM "/risk",
     {{"What a set of measures comes to, beside what is in force: risk as getLosses has it without what takes a second, the map, and cost", "対策の集合の効果を、実施済みの対策と並べて示す: getLosses のリスク(時間の掛かる部分を除く)、マップ、費用"}},
     "risk", of_set, NULL, NULL, 0, 200, {JSON_OF("risk-page")}, {404, 422}},
    {"getPlan", "GET", SYSTEM "/plan",
     {{"Which measures bring every stakeholder within the target, and each best trade of cost against risk left", "全員を目標水準に収める対策と、費用と残るリスクの最良の組合せ"}},
     "plan", NULL, NULL, NULL, 0, 200, {JSON_OF("plan")}, {404, 422, 501}},
    {"exportSystem", "GET", SYSTEM "/export",
     {{"The model as a file of another tool, or its text", "他のツールのファイルとしてのモデル、又はその文章"}},
     "export", of_export, NULL, NULL, 0, 200, {{"application/json", NULL}, MODEL_TEXT}, {404, 422}},
    {"importFile", "POST", API "/import",
     {{"What comes of a file of another tool, or of a workbook: messages and, unless there are errors, a model; nothing is kept", "他のツールのファイル又はワークブックを取り込んだ結果。メッセージと、誤りが無ければモデル。保存はしない"}},
     "import", of_import, NULL, &a_file, 0, 200, {{"application/json", NULL}}, {403, 404, 413, 415, 422, 503}},
    {"adoptMeasures", "POST", SYSTEM "/adopt",
     {{"A new version in which just these measures are decided; what is in force stays so", "指定した対策だけを決定済みとする新しい版。実施済みのものは変わらない"}},
     NULL, NULL, NULL, &some_measures, 1, 200, {PART("saved")}, {403, 404, 412, 413, 415, 422, 428, 507}},
    {"listReviews", "GET", SYSTEM "/reviews",
     {{"What people think of versions", "版に対するレビュー"}},
     NULL, NULL, NULL, NULL, 0, 200, {PART("reviews")}, {404}},
    {"reviewVersion", "POST", SYSTEM "/versions/{number}/review",
     {{"A review of a version, instead of what one said of it before", "版へのレビュー。同じ人の以前のものに代わる"}},
     NULL, NULL, NULL, &a_review, 0, 200, {PART("reviews")}, {403, 404, 413, 415, 422, 507}},
    {"getReport", "GET", SYSTEM "/report",
     {{"The report, as a file to hand over", "報告書"}},
     "report", of_report, NULL, 0, 0, 200,
     {{"text/html", NULL}, {"application/pdf", NULL}, {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", NULL}, MARKDOWN, SVG, JSON_OF("assess extract")},
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
     "check", of_check_posted, NULL, &a_model, 0, 200, {PART("check"), {"application/sarif+json", NULL}}, {413, 415}},
    {"assessModel", "POST", API "/assess",
     {{"The assessment of a model that is not kept", "保存しないモデルの評価"}},
     "assess", NULL, NULL, &a_model, 0, 200, {JSON_OF("assess")}, {413, 415, 422}},
    {"formatModel", "POST", API "/format",
     {{"The text of a model formatted: the same words, values and comments; nothing is kept", "整形したモデルの文章。語、値、コメントは変わらない。保存はしない"}},
     "format", NULL, NULL, &a_model, 0, 200, {MODEL_TEXT}, {413, 415, 422}},
    {"checkText", "POST", API "/editor/check",
     {{"What is wrong with a text, and what is in it, as an editor shows it", "文章の誤りと見出し。エディター用"}},
     NULL, NULL, NULL, &a_text, 0, 200, {PART("text-check")}, {403, 413, 415}},
    {"completeText", "POST", API "/editor/complete",
     {{"What may stand at a place of a text", "文章のその箇所に書けるもの"}},
     NULL, NULL, NULL, &a_place, 0, 200, {PART("text-completions")}, {403, 413, 415}},
    {"findDefinition", "POST", API "/editor/definition",
     {{"Where an identifier is defined", "識別子が定義されている箇所"}},
     NULL, NULL, NULL, &a_place, 0, 200, {PART("text-definition")}, {403, 413, 415}},
    {"explainText", "POST", API "/editor/hover",
     {{"What stands at a place of a text, in words", "文章のその箇所の説明"}},
     NULL, NULL, NULL, &a_place, 0, 200, {PART("text-hover")}, {403, 413, 415}},
    {"findReferences", "POST", API "/editor/references",
     {{"Where an identifier is mentioned", "識別子が使われている箇所"}},
     NULL, NULL, NULL, &an_id, 0, 200, {PART("text-references")}, {403, 413, 415}},
    {"renameId", "POST", API "/editor/rename",
     {{"What changes an identifier wherever it is mentioned", "識別子を、使われている箇所すべてで変える編集"}},
     NULL, NULL, NULL, &a_new_id, 0, 200, {PART("text-changes")}, {403, 413, 415, 422}},
    {"formatText", "POST", API "/editor/format",
     {{"What formats the text, as edits of blanks and line breaks; comments stay", "文章を整形する、空白と改行だけの編集。コメントは残る"}},
     NULL, NULL, NULL, &a_text, 0, 200, {PART("text-edits")}, {403, 413, 415, 422}},
    {"drawText", "POST", API "/editor/drawing",
     {{"The drawing of a text", "文章のシステム構成図"}},
     NULL, NULL, NULL, &a_text, 0, 200, {PART("text-drawing")}, {403, 413, 415}},
    {"editText", "POST", API "/editor/edit",
     {{"The text with changes in places; comments and all else stay", "一部を変えた文章。コメントなど他の部分は変わらない"}},
     NULL, NULL, NULL, &some_edits, 0, 200, {PART("text-edited")}, {403, 413, 415, 422}},
    {"readText", "POST", API "/editor/value",
     {{"What a text says at a path", "パスの箇所に書かれている値"}},
     NULL, NULL, NULL, &a_path, 0, 200, {PART("text-value")}, {403, 413, 415}},
    {"listAudit", "GET", API "/audit",
     {{"The audit log, the latest first", "監査ログ。新しい順"}},
     NULL, of_audit, NULL, NULL, 0, 200, {PART("audit")}, {0}},
    {"checkAudit", "GET", API "/audit/check",
     {{"Whether the audit log is as it was written", "監査ログが改変されていないか"}},
     NULL, NULL, NULL, NULL, 0, 200, {PART("audit-check")}, {0}},
    {"getMe", "GET", API "/me",
     {{"Who asks, and what they may do", "要求者とその権限"}},
     NULL, NULL, NULL, NULL, 0, 200, {PART("me")}, {0}},
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
