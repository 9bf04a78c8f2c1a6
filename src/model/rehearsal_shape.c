// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* The section `rehearsal` of a model as tables; see model_shape.c. */
#include "model/rehearsal.h"

// clang-format off
SCHEMA_SET(verbs, "verb",
    {"tamper", VERB_TAMPER, {{"what passes the flow is changed", "フローを流れる値を改ざんする"}}},
    {"spoof", VERB_SPOOF, {{"messages are feigned on the flow", "フローに偽のメッセージを送る"}}},
    {"replay", VERB_REPLAY, {{"a recorded message is sent again", "記録したメッセージを再送する"}}},
    {"delay", VERB_DELAY, {{"what passes the flow is late", "フローを遅延させる"}}},
    {"drop", VERB_DROP, {{"nothing passes the flow", "フローを遮断する"}}},
    {"flood", VERB_FLOOD, {{"so many messages that others are lost", "大量のメッセージで他を失わせる"}}},
    {"eavesdrop", VERB_EAVESDROP, {{"what passes the flow is read", "フローを盗聴する"}}},
    {"take-over", VERB_TAKE_OVER, {{"malware in the component runs a payload", "機器でマルウェアがペイロードを実行する"}}},
    {"misuse", VERB_MISUSE, {{"a valid login at the component is used for a payload", "正規のログインを悪用してペイロードを実行する"}}},
    {"bad-update", VERB_BAD_UPDATE, {{"a false update on the flow runs a payload in the component at its end", "フローで偽の更新を配信し、届いた機器でペイロードを実行する"}}})
SCHEMA_SET(payloads, "payload",
    {"stop", PAYLOAD_STOP, {{"the component does its work no longer", "機器を停止させる"}}},
    {"encrypt", PAYLOAD_ENCRYPT, {{"likewise, by ransomware", "ランサムウェアで機器を使えなくする"}}},
    {"falsify", PAYLOAD_FALSIFY, {{"readings that pass the component are changed", "機器を通る測定値・表示を偽る"}}},
    {"override", PAYLOAD_OVERRIDE, {{"commands that pass the component are changed, and made", "機器を通る指示を書き換え、又は送り出す"}}},
    {"disable", PAYLOAD_DISABLE, {{"a safety function that can be reached is switched off", "到達できる安全機能を無効にする"}}},
    {"read", PAYLOAD_READ, {{"the data that the component holds are copied", "機器が保持するデータを持ち出す"}}})
SCHEMA_SET(act_kinds, "act",
    {"authenticate", ACT_AUTHENTICATE, {{"who is not known is not heard: no spoof; an old message is known", "認証されない送信者を受け付けない(なりすましを防ぐ。再送は防がない)"}}},
    {"integrity", ACT_INTEGRITY, {{"what is changed, feigned or old is thrown away: no tamper, spoof, replay", "改ざん・偽造・再送されたメッセージを破棄する"}}},
    {"encrypt", ACT_ENCRYPT, {{"what is read cannot be understood", "読み取られても内容が分からない"}}},
    {"allow-list", ACT_ALLOW_LIST, {{"only known programs run: no take-over, no bad update", "許可したプログラムだけを実行する"}}},
    {"rate-limit", ACT_RATE_LIMIT, {{"a flood is held off", "大量のメッセージを退ける"}}},
    {"segment", ACT_SEGMENT, {{"nothing crosses the border of the zone but the model's flows: no attack from outside of it", "ゾーンの境界を、モデルのフロー以外は通さない"}}},
    {"signed-update", ACT_SIGNED_UPDATE, {{"only signed programs are taken: no bad update", "署名されたプログラムだけを受け入れる"}}},
    {"isolate", ACT_ISOLATE, {{"a safety function of the component cannot be switched off by network", "安全機能をネットワークから無効にできない"}}},
    {"limit", ACT_LIMIT, {{"the device keeps a signal between least and most", "装置が信号を上下限の間に保つ"}}},
    {"set", ACT_SET, {{"a parameter of the twin, of people or of the world has another value", "ツインや人などのパラメータを変える"}}},
    {"confirm", ACT_CONFIRM, {{"a command counts only when somebody there confirms it", "その場に居る人が確認した指示だけを受け付ける"}}},
    {"login", ACT_LOGIN, {{"a person's commands wait for a login", "人の操作にログインを要する"}}},
    {"monitor", ACT_MONITOR, {{"an attack there is seen after a while, and ended", "そこでの攻撃をやがて検知し、終わらせる"}}},
    {"respond", ACT_RESPOND, {{"likewise, and people do what `response` says", "検知し、人が response の対応を行う"}}},
    {"restore", ACT_RESTORE, {{"what has been stopped comes back after `takes`", "停止させられたものを takes の後に復旧する"}}},
    {"second-factor", ACT_SECOND_FACTOR, {{"a login from elsewhere is refused: no misuse by who has only a password (a step with `from`)", "他所からのログインを退ける(from のある手の、パスワードだけによる misuse を防ぐ)"}}})

#define F SCHEMA_FIELD
static const struct range counts = {0, 1e12}, numbers = {-1e9, 1e9}, times = {0, 1e9};

#define PROVENANCE \
    F(S, "judgement", FIELD_BOOL, provenance.judgement, NULL, NULL, 0, "true: the figures are our judgement, not measurements", "true: 数値は測定でなく判断"), \
    F(S, "source", FIELD_STRING, provenance.source, NULL, NULL, 0, "where the figures come from", "出典")

#define S struct estimate
static const struct field seconds_fields[] = {
    F(S, "mode", FIELD_NUMBER, mode, &times, NULL, FIELD_REQUIRED, "most likely, s", "最頻値(秒)"),
    F(S, "min", FIELD_NUMBER, min, &times, NULL, 0, "least, s", "最小値(秒)"),
    F(S, "max", FIELD_NUMBER, max, &times, NULL, 0, "greatest, s", "最大値(秒)"),
};
SCHEMA_SHAPE(seconds, "a time of a rehearsal", "リハーサルの時間", S, "Seconds, or a PERT distribution of them over the worlds.", "秒数、又は試行ごとのPERT分布。")
#undef S

#define S struct rehearsal_parameter
static const struct field parameter_fields[] = {
    F(S, "mode", FIELD_NUMBER, value.mode, &numbers, NULL, FIELD_REQUIRED, "most likely value", "最頻値"),
    F(S, "min", FIELD_NUMBER, value.min, &numbers, NULL, 0, "least value", "最小値"),
    F(S, "max", FIELD_NUMBER, value.max, &numbers, NULL, 0, "greatest value", "最大値"),
};
SCHEMA_SHAPE(parameter, "a parameter", "パラメータ", S, "A parameter of the twin, of people or of the world (awai twin NAME): a value, or a PERT distribution over the worlds.", "ツイン、人、環境のパラメータ(awai twin NAME)。値、又は試行ごとのPERT分布。")
#undef S

#define S struct play_step
static const struct field step_fields[] = {
    F(S, "at", FIELD_STRUCT, at, &seconds_shape, NULL, FIELD_REQUIRED | FIELD_SHORT, "when it begins, s of the run", "開始時刻(秒)"),
    F(S, "lasts", FIELD_STRUCT, lasts, &seconds_shape, NULL, FIELD_SHORT, "how long, s; default until the end", "継続時間(秒)。既定は終わりまで"),
    F(S, "do", FIELD_CHOICE, verb, &verbs, NULL, FIELD_REQUIRED, "what the attacker does", "攻撃者の行為"),
    F(S, "on", FIELD_REF, on, NULL, "components|flows", FIELD_REQUIRED, "where", "対象"),
    F(S, "from", FIELD_REF, from, NULL, "components", 0, "where the attacker stands; for segmentation", "攻撃者の足場。セグメント分離の効果に用いる"),
    F(S, "payload", FIELD_CHOICE, payload, &payloads, NULL, 0, "of take-over, misuse and bad-update: what is then run", "take-over、misuse、bad-update で実行する内容"),
    F(S, "signal", FIELD_REF, signal, NULL, "signals", 0, "the signal of the twin that is meant; default all that pass there", "対象の信号。既定はそこを通るすべて"),
    F(S, "value", FIELD_NUMBER, value, &numbers, NULL, 0, "the value that takes the place of the true one", "置き換える値"),
    F(S, "add", FIELD_NUMBER, add, &numbers, NULL, 0, "added to the true value", "加える値"),
    F(S, "times", FIELD_NUMBER, times, &numbers, NULL, 0, "the true value is multiplied by it", "掛ける値"),
    F(S, "per-hour", FIELD_NUMBER, per_h, &numbers, NULL, 0, "added for each hour since the beginning", "開始からの1時間ごとに加える値"),
    F(S, "recorded", FIELD_NUMBER, recorded, &times, NULL, 0, "of replay: when the message was recorded, s; default when the step begins", "replay: 記録した時刻(秒)。既定は開始時"),
    F(S, "delay", FIELD_NUMBER, delay_s, &times, NULL, 0, "of delay: by how much, s", "delay: 遅延(秒)"),
    F(S, "per-second", FIELD_NUMBER, per_s, &counts, NULL, 0, "of flood: messages a second", "flood: 毎秒のメッセージ数"),
    F(S, "function", FIELD_REF, function, NULL, "safety-functions", 0, "of the payload disable: which safety function", "disable で無効にする安全機能"),
};
SCHEMA_SHAPE(step, "a step of a play", "プレイの一手", S, "One thing that the attacker does.", "攻撃者の行為の一つ。")
#undef S

#define S struct play
static const struct field play_fields[] = {
    F(S, "about", FIELD_TEXT, about, NULL, NULL, 0, "what is played", "内容"),
    F(S, "steps", FIELD_LIST, steps, &step_shape, NULL, 0, "what the attacker does, one after the other or at once", "攻撃者の行為"),
    F(S, "reason", FIELD_TEXT, reason, NULL, NULL, 0, "why there is nothing physical to run; the twin then stands still, and records and hours are computed", "物理的に実行するものが無い理由。その場合ツインは動かさず、記録件数や時間だけを計算する"),
    F(S, "parameters", FIELD_MAP, parameters, &parameter_shape, "parameters", FIELD_SHORT, "of this play, instead of those of the rehearsal", "このプレイでのパラメータ"),
    PROVENANCE,
};
SCHEMA_SHAPE(play, "a play", "プレイ", S, "How an incident is rehearsed.", "インシデントのリハーサルの筋書き。")
#undef S

#define S struct act
static const struct field act_fields[] = {
    F(S, "does", FIELD_CHOICE, does, &act_kinds, NULL, FIELD_REQUIRED, "what it does", "働き"),
    F(S, "on", FIELD_REFS, on, NULL, "components|flows|zones", 0, "where; default where the measure is", "箇所。既定は対策の適用箇所"),
    F(S, "signal", FIELD_REF, signal, NULL, "signals", 0, "of limit and confirm: which signal", "limit、confirm の対象の信号"),
    F(S, "least", FIELD_NUMBER, least, &numbers, NULL, 0, "of limit: least value", "limit: 下限"),
    F(S, "most", FIELD_NUMBER, most, &numbers, NULL, 0, "of limit: greatest value", "limit: 上限"),
    F(S, "parameter", FIELD_REF, parameter, NULL, "parameters", 0, "of set: which parameter", "set の対象のパラメータ"),
    F(S, "value", FIELD_NUMBER, value, &numbers, NULL, 0, "of set: its value", "set の値"),
    F(S, "chance", FIELD_NUMBER, chance, &probabilities, NULL, 0, "of confirm: probability that somebody confirms what he should not; default 0.1 (judgement)", "confirm: 誤って確認してしまう確率。既定0.1(判断)"),
    F(S, "response", FIELD_REF, response, NULL, "responses", 0, "of respond: what people do", "respond: 人の対応"),
    F(S, "takes", FIELD_STRUCT, takes, &seconds_shape, NULL, FIELD_SHORT, "of monitor and respond: s from the beginning of the attack until it acts; of login and restore: how long it takes, s", "monitor、respond: 攻撃の開始から働くまでの秒数。login、restore: 要する秒数"),
    F(S, "locks", FIELD_NUMBER, locks_s, &times, NULL, 0, "of login: how long somebody is locked out after wrong passwords, s", "login: 誤入力によりロックされる秒数"),
};
SCHEMA_SHAPE(act, "an act", "対策の働き", S, "What a measure does in a rehearsal.", "リハーサルにおける対策の働き。")
#undef S

#define S struct rehearsal_measure
static const struct field measure_fields[] = {
    F(S, "acts", FIELD_LIST, acts, &act_shape, NULL, 0, "what it does; none: nothing here", "働き。無ければここでは何もしない"),
    PROVENANCE,
};
SCHEMA_SHAPE(measure, "a measure in rehearsal", "リハーサルにおける対策", S, "What a measure does there, instead of what its example in the catalog does.", "カタログの対策例の働きに代えて、対策の働きを示す。")
#undef S

#define S struct binding
static const struct field binding_fields[] = {
    F(S, "to", FIELD_REFS, to, NULL, "components|flows|safety-functions", FIELD_REQUIRED, "a component for a device, the flows in their order for a signal, a safety function for one", "装置には機器、信号には順序どおりのフロー、安全機能には安全機能"),
};
SCHEMA_SHAPE(binding, "a binding", "対応付け", S, "What of the model a device, signal or safety function of the twin is.", "ツインの装置、信号、安全機能に対応するモデルの要素。")
#undef S

#define S struct record_count
static const struct field record_fields[] = {
    F(S, "held", FIELD_NUMBER, held, &counts, NULL, FIELD_REQUIRED, "records in each component that holds the data", "保持する機器ごとの件数"),
    F(S, "per-day", FIELD_NUMBER, per_day, &counts, NULL, 0, "records a day on each flow that carries the data", "運ぶフローごとの1日当たりの件数"),
};
SCHEMA_SHAPE(record, "a number of records", "記録の件数", S, "How many records there are of a kind of data.", "データの種類ごとの記録の件数。")
#undef S

#define S struct level_bounds
#define FROM(name, level, en, ja) F(S, name, FIELD_NUMBER, from[level], &numbers, NULL, 0, en, ja)
static const struct field recovery_bounds_fields[] = {
    FROM("limited", LEVEL_LIMITED, "limited from this value on", "限定的となる値"),
    FROM("serious", LEVEL_SERIOUS, "serious from this value on", "重大となる値"),
    FROM("fatal", LEVEL_WORST, "fatal from this value on", "致命的となる値"),
};
SCHEMA_SHAPE(recovery_bounds, "bounds on axis 1", "第1軸の境界", S, "From which value of an outcome on a level of axis 1 is reached.", "第1軸の各水準に達する結果の値。")
static const struct field economic_bounds_fields[] = {
    FROM("limited", LEVEL_LIMITED, "limited from this value on", "限定的となる値"),
    FROM("serious", LEVEL_SERIOUS, "serious from this value on", "重大となる値"),
    FROM("devastating", LEVEL_WORST, "devastating from this value on", "壊滅的となる値"),
};
SCHEMA_SHAPE(economic_bounds, "bounds on axis 2", "第2軸の境界", S, "From which value of an outcome on a level of axis 2 is reached.", "第2軸の各水準に達する結果の値。")
#undef S

#define S struct level_rule
static const struct field level_fields[] = {
    F(S, "outcome", FIELD_REF, outcome, NULL, "outcomes", FIELD_REQUIRED, "the outcome of the twin", "ツインの結果"),
    F(S, "stakeholder", FIELD_REF, stakeholder, NULL, "stakeholders", FIELD_REQUIRED, "whose levels", "ステークホルダー"),
    F(S, "incidents", FIELD_REFS, incidents, NULL, "incidents", FIELD_SOME, "of which incidents; default all", "対象のインシデント。既定はすべて"),
    F(S, "recovery", FIELD_STRUCT, recovery, &recovery_bounds_shape, NULL, 0, "levels of axis 1", "第1軸の水準"),
    F(S, "economic", FIELD_STRUCT, economic, &economic_bounds_shape, NULL, 0, "levels of axis 2", "第2軸の水準"),
    F(S, "each", FIELD_MONEY, each, NULL, NULL, 0, "what each unit of the outcome costs; all amounts of a stakeholder are added up and compared with the criteria of axis 2", "結果の1単位当たりの金額。合計を第2軸の基準と比べる"),
    F(S, "because", FIELD_TEXT, because, NULL, NULL, 0, "why", "根拠"),
};
SCHEMA_SHAPE(level, "a rule of levels", "水準の規則", S, "What levels an outcome means for a stakeholder; of several rules the highest counts.", "結果がステークホルダーにもたらす水準。複数の規則では最も高いもの。")
#undef S

#define S struct rehearsal
static const struct field rehearsal_fields[] = {
    F(S, "twin", FIELD_REF, twin, NULL, "twins", FIELD_REQUIRED, "which digital twin (awai twin)", "デジタルツイン(awai twin)"),
    F(S, "parameters", FIELD_MAP, parameters, &parameter_shape, "parameters", FIELD_SHORT, "of the twin, of people and of the world, where they differ from the defaults (awai twin NAME)", "既定と異なるパラメータ(awai twin NAME)"),
    F(S, "bind", FIELD_MAP, bindings, &binding_shape, "parts", FIELD_SHORT, "which component, flows or safety function the parts of the twin are; what is not bound has no cyber side", "ツインの各部分に対応する要素。無いものはサイバー側をもたない"),
    F(S, "records", FIELD_MAP, records, &record_shape, "data", FIELD_SHORT, "how many records there are of the data", "データの件数"),
    F(S, "measures", FIELD_MAP, measures, &measure_shape, "measures", FIELD_SHORT, "what measures do in a rehearsal, where it is not what their example in the catalog does", "リハーサルにおける対策の働き(カタログの対策例と異なる場合)"),
    F(S, "plays", FIELD_MAP, plays, &play_shape, "incidents", 0, "how each incident is rehearsed", "インシデントごとの筋書き"),
    F(S, "levels", FIELD_LIST, levels, &level_shape, NULL, 0, "what levels the outcomes mean", "結果の水準への対応"),
    F(S, NULL, FIELD_PRESENCE, is_given, NULL, NULL, 0, NULL, NULL),
};
const struct shape rehearsal_shape = {{{"a rehearsal", "リハーサル"}}, sizeof(S), rehearsal_fields, sizeof rehearsal_fields / sizeof(struct field),
    {{"How the incidents are rehearsed on a digital twin.", "デジタルツインによるインシデントのリハーサル。"}}};
#undef S
// clang-format on
