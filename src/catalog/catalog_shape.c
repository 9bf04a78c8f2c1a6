// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* The catalog's file format as tables; see base/schema.h. */
#include "catalog/catalog.h"

// clang-format off
SCHEMA_SET(distributions, "distribution",
    {"constant", DIST_CONSTANT, {{"constant", "一定"}}},
    {"exponential", DIST_EXPONENTIAL, {{"exponential", "指数"}}},
    {"gamma", DIST_GAMMA, {{"gamma", "ガンマ"}}},
    {"lognormal", DIST_LOGNORMAL, {{"lognormal", "対数正規"}}},
    {"weibull", DIST_WEIBULL, {{"Weibull", "ワイブル"}}},
    {"uniform", DIST_UNIFORM, {{"uniform", "一様"}}},
    {"triangular", DIST_TRIANGULAR, {{"triangular", "三角"}}},
    {"pert", DIST_PERT, {{"PERT", "PERT"}}},
    {"bernoulli", DIST_BERNOULLI, {{"possible with probability p", "確率pで可能"}}})
SCHEMA_SET(requirement_targets, "target",
    {"organization", TARGET_ORGANIZATION, {{"organization and people", "ソシキ・ヒト"}}},
    {"procedure", TARGET_PROCEDURE, {{"procedure", "プロシージャ"}}},
    {"system", TARGET_SYSTEM, {{"system", "システム"}}})
SCHEMA_SET(strengths, "strength of confirmation",
    {"self", STRENGTH_SELF, {{"by oneself", "自己による確認"}}},
    {"second-party", STRENGTH_SECOND, {{"by the other party", "第二者による確認"}}},
    {"third-party", STRENGTH_THIRD, {{"by a third party", "第三者による確認"}}})
static const struct choice step_type_items[] = {{"or", STEP_OR, {{"any of", "いずれか"}}}, {"and", STEP_AND, {{"all of", "すべて"}}}};
static const struct choice_set step_types = {"step type", step_type_items, 2};
static const struct choice asset_items[] = {{"component", ASSET_COMPONENT, {{"component", "機器"}}}, {"flow", ASSET_FLOW, {{"flow", "フロー"}}}, {"zone", ASSET_ZONE, {{"zone", "ゾーン"}}}};
static const struct choice_set asset_types = {"asset", asset_items, 3};

/* Bits; the order is free, at most 64. */
#define T(name, bit) {name, bit, {{name, name}}}
SCHEMA_SET(trait_names, "trait",
    T("auth-none", 0), T("auth-default", 1), T("auth-password", 2), T("auth-certificate", 3), T("auth-multi-factor", 4),
    T("update-none", 5), T("update-manual", 6), T("update-unsigned", 7), T("update-signed", 8),
    T("if-internet", 9), T("if-wireless", 10), T("if-local", 11), T("if-usb", 12), T("if-serial", 13), T("if-panel", 14),
    T("sensitive", 15), T("holds-data", 16), T("holds-program", 17), T("physical", 18), T("staffed", 19),
    T("software", 20), T("operable", 21), T("relay", 22), T("builds-programs", 23), T("portable", 24), T("person", 25), T("medium", 26), T("safety", 27),
    T("encrypted", 28), T("authenticated", 29),
    T("c-internet", 30), T("c-wireless", 31), T("c-local", 32), T("c-field", 33), T("c-removable", 34), T("c-manual", 35), T("c-internal", 36),
    T("d-personal", 37), T("d-trade-secret", 38), T("d-control", 39), T("d-safety", 40), T("d-program", 41), T("d-credential", 42), T("d-operational", 43),
    T("z-internet", 44), T("z-cloud", 45), T("z-segment", 46), T("z-site", 47), T("z-outdoor", 48),
    T("access-public", 49), T("access-occupants", 50), T("access-controlled", 51),
    T("trust-none", 52), T("trust-partial", 53), T("trust-full", 54), T("inside", 55))

static const struct range viewpoints = {1, N_VIEWPOINTS};

#define F SCHEMA_FIELD
#define NAMED(S) \
    F(S, "name", FIELD_TEXT, name, NULL, NULL, FIELD_REQUIRED, "what it is called", "名称"), \
    F(S, "description", FIELD_TEXT, description, NULL, NULL, 0, "more about it", "説明"), \
    F(S, "source", FIELD_STRING, source, NULL, NULL, FIELD_REQUIRED, "where it comes from", "出典")
#define CONDITIONS(S) \
    F(S, "if", FIELD_REFS, if_traits, NULL, "traits", 0, "traits the asset must have (all)", "必要な特性(すべて)"), \
    F(S, "unless", FIELD_REFS, unless_traits, NULL, "traits", 0, "traits the asset must not have (none)", "あってはならない特性")

static const struct field threat_fields[] = {NAMED(struct threat_class)};
SCHEMA_SHAPE(threat, "a threat class", "脅威の分類", struct threat_class, "One of the classes of threat.", "脅威の分類。")
static const struct field origin_fields[] = {NAMED(struct origin)};
SCHEMA_SHAPE(origin, "an origin", "攻撃の起点", struct origin, "Where an attacker comes from.", "攻撃の起点。")

#define S struct protocol
static const struct field protocol_fields[] = {
    NAMED(S),
    F(S, "can-encrypt", FIELD_BOOL, can_encrypt, NULL, NULL, FIELD_REQUIRED, "whether it can encrypt at all", "暗号化できるか"),
    F(S, "can-authenticate", FIELD_BOOL, can_authenticate, NULL, NULL, FIELD_REQUIRED, "whether it can authenticate at all", "認証できるか"),
    F(S, "encrypted", FIELD_BOOL, encrypted, NULL, NULL, FIELD_REQUIRED, "whether it usually does", "通常暗号化されるか"),
    F(S, "authenticated", FIELD_BOOL, authenticated, NULL, NULL, FIELD_REQUIRED, "whether it usually does", "通常認証されるか"),
};
SCHEMA_SHAPE(protocol, "a protocol", "プロトコル", S, "A protocol and what it can protect.", "プロトコルとその保護機能。")
#undef S
static const struct range message_times = {0, 1e6}, message_rates = {0.001, 1e9};
#define S struct carrier
static const struct field carrier_fields[] = {
    NAMED(S),
    F(S, "traits", FIELD_REFS, traits, NULL, "traits", FIELD_REQUIRED, "what it gives a flow", "フローに与える特性"),
    F(S, "latency", FIELD_NUMBER, latency_s, &message_times, NULL, 0, "delay of a message in a rehearsal, s; default none", "リハーサルでのメッセージの遅延(秒)。既定は無し"),
    F(S, "jitter", FIELD_NUMBER, jitter_s, &message_times, NULL, 0, "added at random, up to this, s", "遅延に無作為に加わる最大値(秒)"),
    F(S, "loss", FIELD_NUMBER, loss, &probabilities, NULL, 0, "probability that a message is lost", "メッセージが失われる確率"),
    F(S, "per-second", FIELD_NUMBER, per_s, &message_rates, NULL, 0, "messages a second that it can carry; default 1000", "毎秒運べるメッセージ数。既定1000"),
};
#undef S
SCHEMA_SHAPE(carrier, "a carrier", "伝送手段", struct carrier, "What carries a flow.", "伝送手段。")

#define S struct ttc
#define DISTRIBUTION \
    F(S, "dist", FIELD_CHOICE, dist, &distributions, NULL, FIELD_REQUIRED, "family of the distribution", "分布の種類"), \
    F(S, "mean", FIELD_NUMBER, mean, NULL, NULL, 0, "mean, days", "平均(日)"), \
    F(S, "median", FIELD_NUMBER, median, NULL, NULL, 0, "median, days (lognormal)", "中央値(日)"), \
    F(S, "sigma", FIELD_NUMBER, sigma, NULL, NULL, 0, "standard deviation of the logarithm", "対数の標準偏差"), \
    F(S, "shape", FIELD_NUMBER, shape, NULL, NULL, 0, "shape (gamma, Weibull)", "形状"), \
    F(S, "scale", FIELD_NUMBER, scale, NULL, NULL, 0, "scale, days", "尺度(日)"), \
    F(S, "min", FIELD_NUMBER, min, NULL, NULL, 0, "least, days", "最小(日)"), \
    F(S, "mode", FIELD_NUMBER, mode, NULL, NULL, 0, "most likely, days", "最頻(日)"), \
    F(S, "max", FIELD_NUMBER, max, NULL, NULL, 0, "greatest, days", "最大(日)"), \
    F(S, "p", FIELD_NUMBER, p, &probabilities, NULL, 0, "probability that it is possible at all", "可能である確率")
static const struct field factor_fields[] = {DISTRIBUTION};
SCHEMA_SHAPE(factor, "a factor", "因子", S, "A number that a time is multiplied by; the keys as those of the time, without a unit.", "所要時間に掛ける数。キーは所要時間と同じで、単位をもたない。")
static const struct field ttc_fields[] = {
    DISTRIBUTION,
    F(S, "factors", FIELD_LIST, factors, &factor_shape, NULL, 0, "what the time is multiplied by; bernoulli: 1 or never", "所要時間に掛ける因子。bernoulli は1又は不可能"),
    CONDITIONS(S),
    F(S, "judgement", FIELD_BOOL, judgement, NULL, NULL, 0, "true: our judgement, not a measurement", "true: 測定でなく判断"),
    F(S, "source", FIELD_STRING, source, NULL, NULL, 0, "where the figure comes from", "出典"),
};
SCHEMA_SHAPE(ttc, "a time to compromise", "所要時間", S, "Local time to compromise, in days.", "ステップに要する時間(日)。")
#undef S
#define S struct parent
static const struct field parent_fields[] = {
    F(S, "step", FIELD_STRING, step, NULL, NULL, FIELD_REQUIRED, "RELATION.STEP that makes this one possible", "前提となる 関係.ステップ"),
    CONDITIONS(S),
};
SCHEMA_SHAPE(parent, "a parent step", "ステップの前提", S, "What makes a step possible.", "ステップの前提。")
#undef S
#define S struct step
static const struct field step_fields[] = {
    F(S, "name", FIELD_TEXT, name, NULL, NULL, 0, "what the attacker does", "攻撃者の行為"),
    F(S, "type", FIELD_CHOICE, type, &step_types, NULL, 0, "or: any parent is enough; and: all are needed", "or: いずれか、and: すべて"),
    F(S, "threat", FIELD_REF, threat, NULL, "threats", 0, "the threat class this step is", "該当する脅威の分類"),
    CONDITIONS(S),
    F(S, "from", FIELD_LIST, from, &parent_shape, NULL, 0, "what makes it possible", "前提"),
    F(S, "also-from", FIELD_LIST, also_from, &parent_shape, NULL, 0, "added to what is inherited", "継承した前提への追加"),
    F(S, "ttc", FIELD_LIST, ttc, &ttc_shape, NULL, 0, "how long it takes; the first that fits", "要する時間。最初に合うもの"),
    F(S, "remove", FIELD_BOOL, remove, NULL, NULL, 0, "true: this kind does not have the inherited step", "true: 継承したステップを除く"),
    F(S, "source", FIELD_STRING, source, NULL, NULL, 0, "where it comes from", "出典"),
};
SCHEMA_SHAPE(step, "an attack step", "攻撃ステップ", S, "Something an attacker can do to an asset of this kind.", "この種別の資産に対して攻撃者ができること。")
#undef S
#define S struct kind_defaults
static const struct field defaults_fields[] = {
    F(S, "authentication", FIELD_CHOICE, authentication, &authentications, NULL, 0, "usual authentication", "通常の認証"),
    F(S, "update", FIELD_CHOICE, update, &updates, NULL, 0, "usual way of update", "通常の更新方式"),
    F(S, "interfaces", FIELD_CHOICES, interfaces, &interfaces, NULL, 0, "interfaces usually exposed", "通常のインタフェース"),
};
SCHEMA_SHAPE(defaults, "defaults", "既定値", S, "What a component of this kind is taken to have when the model is silent.", "モデルに記述が無い場合の仮定。")
#undef S
#define S struct kind
static const struct field kind_fields[] = {
    NAMED(S),
    F(S, "extends", FIELD_REF, extends, NULL, "kinds", 0, "the kind whose steps and traits it takes over", "継承元の種別"),
    F(S, "abstract", FIELD_BOOL, is_abstract, NULL, NULL, 0, "true: only for others to extend", "true: 継承専用"),
    F(S, "asset", FIELD_CHOICE, asset, &asset_types, NULL, 0, "component, flow or zone; default as inherited", "機器・フロー・ゾーン"),
    F(S, "traits", FIELD_REFS, traits, NULL, "traits", 0, "what it is", "特性"),
    F(S, "defaults", FIELD_STRUCT, defaults, &defaults_shape, NULL, 0, "what is assumed when the model is silent", "記述が無い場合の仮定"),
    F(S, "steps", FIELD_MAP, steps, &step_shape, NULL, 0, "its attack steps", "攻撃ステップ"),
};
SCHEMA_SHAPE(kind, "a kind", "種別", S, "A kind of component, with what an attacker can do to it.", "機器の種別と、それに対する攻撃ステップ。")
#undef S
#define S struct condition
static const struct field condition_fields[] = {
    F(S, "for", FIELD_STRING, subject, NULL, NULL, FIELD_REQUIRED, "components, flows, zones, incidents, threats, stakeholders or data", "対象の種類"),
    F(S, "where", FIELD_NODE, where, NULL, NULL, 0, "attribute: value, [any of], {not: ...} or {at-least: ...}", "属性の条件"),
    F(S, "about", FIELD_TEXT, about, NULL, NULL, 0, "what it selects, in words, for the reasons shown", "選ばれるものの説明(理由の表示に用いる)"),
};
SCHEMA_SHAPE(condition, "a condition", "条件", S, "Something that must exist.", "存在すべきものの条件。")
#undef S
static const struct field at_least_fields[] = {
    F(struct target, "recovery", FIELD_CHOICE, recovery, &recovery_levels, NULL, 0, "level on axis 1", "第1軸の水準"),
    F(struct target, "economic", FIELD_CHOICE, economic, &economic_levels, NULL, 0, "level on axis 2", "第2軸の水準"),
    F(struct target, NULL, FIELD_PRESENCE, is_set, NULL, NULL, 0, NULL, NULL),
};
SCHEMA_SHAPE(at_least, "a least level", "最低水準", struct target, "Reached by some stakeholder on either axis.", "いずれかの軸で到達すべき水準。")
#define S struct requirement
static const struct field requirement_fields[] = {
    NAMED(S),
    F(S, "viewpoint", FIELD_INT, viewpoint, &viewpoints, NULL, FIELD_REQUIRED, "viewpoint of axis 3, 1 to 4", "第3軸の観点(1から4)"),
    F(S, "target", FIELD_CHOICE, target, &requirement_targets, NULL, FIELD_REQUIRED, "whom or what it is aimed at", "実装先"),
    F(S, "threats", FIELD_REFS, threats, NULL, "threats", 0, "threat classes it answers; none = general", "対応する脅威。無ければ全般"),
    F(S, "roles", FIELD_CHOICES, roles, &roles, NULL, FIELD_REQUIRED, "roles of the applicant it concerns", "対象となる適用主体の役割"),
    F(S, "at-least", FIELD_STRUCT, at_least, &at_least_shape, NULL, 0, "level some stakeholder must reach", "到達すべき水準"),
    F(S, "evidence", FIELD_LIST, evidence, &condition_shape, NULL, 0, "what the system must have (any of these)", "システムに存在すべきもの(いずれか)"),
    F(S, "also", FIELD_STRINGS, also, NULL, NULL, 0, "variant spellings in the source", "出典における表記ゆれ"),
};
SCHEMA_SHAPE(requirement, "a requirement", "対策要件", S, "A requirement of annex A and the rule that derives it.", "対策要件(添付A)と、その導出規則。")
#undef S
#define S struct example
static const struct field example_fields[] = {
    NAMED(S),
    F(S, "requirement", FIELD_REF, requirement, NULL, "requirements", FIELD_REQUIRED, "the requirement it meets", "満たす対策要件"),
    F(S, "blocks", FIELD_STRINGS, blocks, NULL, NULL, 0, "steps it makes impossible where it is put", "不可能にするステップ"),
    F(S, "slows", FIELD_STRINGS, slows, NULL, NULL, 0, "steps it makes harder", "困難にするステップ"),
    F(S, "limits", FIELD_STRINGS, limits, NULL, NULL, 0, "steps whose consequences it limits", "影響を抑えるステップ"),
    F(S, "detects", FIELD_STRINGS, detects, NULL, NULL, 0, "steps it makes visible", "検知するステップ"),
    F(S, "holds", FIELD_STRUCT, holds, &chance_shape, NULL, FIELD_SHORT, "probability that it holds in an attack; default: effectiveness", "攻撃時に有効である確率。既定は effectiveness の値"),
    F(S, "slows-by", FIELD_NUMBER, slows_by, &factors, NULL, 0, "how many times as long the steps take that it slows; default: effectiveness", "困難にするステップの所要時間の倍率。既定は effectiveness の値"),
    F(S, "acts", FIELD_CHOICES, acts, &act_kinds, NULL, 0, "what it does in a rehearsal where it is put (awai rehearse)", "適用箇所での、リハーサルにおける働き(awai rehearse)"),
};
SCHEMA_SHAPE(example, "an example measure", "対策例", S, "An example of a measure (annex B).", "対策の例(添付B)。")
#undef S
static const struct field viewpoint_fields[] = {
    F(struct viewpoint_demand, "viewpoint", FIELD_INT, viewpoint, &viewpoints, NULL, FIELD_REQUIRED, "1 to 4", "1から4"),
    F(struct viewpoint_demand, "strength", FIELD_CHOICE, strength, &strengths, NULL, FIELD_REQUIRED, "who must confirm", "確認の主体"),
};
SCHEMA_SHAPE(viewpoint, "a viewpoint", "観点", struct viewpoint_demand, "A viewpoint and the strength of confirmation.", "観点と確認の強さ。")
#define S struct demand
static const struct field demand_fields[] = {
    F(S, "recovery", FIELD_CHOICE, recovery, &recovery_levels, NULL, FIELD_REQUIRED, "level on axis 1", "第1軸の水準"),
    F(S, "economic", FIELD_CHOICE, economic, &economic_levels, NULL, FIELD_REQUIRED, "level on axis 2", "第2軸の水準"),
    F(S, "viewpoints", FIELD_LIST, viewpoints, &viewpoint_shape, NULL, FIELD_REQUIRED, "what is demanded", "求められる観点"),
    F(S, "source", FIELD_STRING, source, NULL, NULL, 0, "where it comes from", "出典"),
};
SCHEMA_SHAPE(demand, "a demand", "区画の要求", S, "What a cell of the map demands.", "マップの各区画で求められるもの。")
#undef S
#define S struct effectiveness
static const struct field effectiveness_fields[] = {
    F(S, "holds", FIELD_STRUCT, holds, &chance_shape, NULL, FIELD_REQUIRED | FIELD_SHORT, "probability that a measure holds in an attack", "攻撃時に対策が有効である確率"),
    F(S, "slows-by", FIELD_NUMBER, slows_by, &factors, NULL, FIELD_REQUIRED, "how many times as long the steps take that it slows", "困難にするステップの所要時間の倍率"),
    F(S, "judgement", FIELD_BOOL, judgement, NULL, NULL, 0, "true: our judgement, not a measurement", "true: 測定でなく判断"),
    F(S, "source", FIELD_STRING, source, NULL, NULL, FIELD_REQUIRED, "where the figures come from", "出典"),
};
SCHEMA_SHAPE(effectiveness, "an effectiveness", "有効性", S, "What is assumed of measures in the attack simulation where neither measure nor example say it.", "攻撃シミュレーションで、対策にも対策例にも値の無い場合の仮定。")
#undef S
#define S struct catalog_data
static const struct field catalog_fields[] = {
    F(S, "threats", FIELD_MAP, threats, &threat_shape, NULL, 0, "threat classes", "脅威の分類"),
    F(S, "origins", FIELD_MAP, origins, &origin_shape, NULL, 0, "origins of attacks", "攻撃の起点"),
    F(S, "protocols", FIELD_MAP, protocols, &protocol_shape, NULL, 0, "protocols", "プロトコル"),
    F(S, "carriers", FIELD_MAP, carriers, &carrier_shape, NULL, 0, "carriers", "伝送手段"),
    F(S, "kinds", FIELD_MAP, kinds, &kind_shape, NULL, 0, "kinds of components", "機器の種別"),
    F(S, "requirements", FIELD_MAP, requirements, &requirement_shape, NULL, 0, "requirements", "対策要件"),
    F(S, "examples", FIELD_MAP, examples, &example_shape, NULL, 0, "example measures", "対策の例"),
    F(S, "demands", FIELD_MAP, demands, &demand_shape, NULL, 0, "demands of the cells", "区画ごとの要求"),
    F(S, "attackers", FIELD_MAP, attackers, &catalog_attacker_shape, NULL, 0, "attackers of a model that has none", "モデルに無い場合の攻撃者"),
    F(S, "effectiveness", FIELD_STRUCT, effectiveness, &effectiveness_shape, NULL, 0, "how well measures hold", "対策の有効性"),
    F(S, "criteria", FIELD_STRUCT, criteria, &criteria_shape, NULL, 0, "default meaning of the levels", "水準の既定の意味"),
};
const struct shape catalog_shape = {{{"the catalog", "カタログ"}}, sizeof(S), catalog_fields, sizeof catalog_fields / sizeof(struct field),
    {{"What is known beforehand, for all systems.", "すべてのシステムに共通の知識。"}}};
#undef S
// clang-format on
