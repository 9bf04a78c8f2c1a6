// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The model language as tables: every key with its type, where it is kept, what it
 * may refer to, and its meaning in both languages. Reader, writer, JSON Schema and
 * docs/model.md all come from here.
 */
#include "model/model.h"

// clang-format off
SCHEMA_SET(recovery_levels, "recovery level",
    {"none", LEVEL_NONE, {{"none", "なし"}}},
    {"limited", LEVEL_LIMITED, {{"limited", "限定的"}}},
    {"serious", LEVEL_SERIOUS, {{"serious", "重大"}}},
    {"fatal", LEVEL_WORST, {{"fatal", "致命的"}}})
SCHEMA_SET(economic_levels, "economic level",
    {"none", LEVEL_NONE, {{"none", "なし"}}},
    {"limited", LEVEL_LIMITED, {{"limited", "限定的"}}},
    {"serious", LEVEL_SERIOUS, {{"serious", "重大"}}},
    {"devastating", LEVEL_WORST, {{"devastating", "壊滅的"}}})
SCHEMA_SET(roles, "role",
    {"iot-user", ROLE_IOT_USER, {{"IoT user", "IoT利用者"}}},
    {"service-developer", ROLE_SERVICE_DEVELOPER, {{"IoT service developer", "IoTサービス開発者"}}},
    {"service-provider", ROLE_SERVICE_PROVIDER, {{"IoT service provider", "IoTサービス提供者"}}},
    {"device-maker", ROLE_DEVICE_MAKER, {{"device maker", "機器製造事業者"}}},
    {"integrator", ROLE_INTEGRATOR, {{"system integrator", "システムインテグレータ"}}},
    {"maintainer", ROLE_MAINTAINER, {{"maintenance and support", "保守・サポート事業者"}}},
    {"resident", ROLE_RESIDENT, {{"resident", "住民・住まい手"}}},
    {"third-party", ROLE_THIRD_PARTY, {{"third party", "第三者"}}},
    {"regulator", ROLE_REGULATOR, {{"regulator", "規制当局"}}})
SCHEMA_SET(relation_kinds, "relation",
    {"supplies", RELATION_SUPPLIES, {{"supplies", "供給"}}},
    {"maintains", RELATION_MAINTAINS, {{"maintains", "保守"}}},
    {"contracts", RELATION_CONTRACTS, {{"contracts with", "契約"}}},
    {"informs", RELATION_INFORMS, {{"informs", "情報提供"}}},
    {"lives-near", RELATION_LIVES_NEAR, {{"lives near", "近隣"}}},
    {"uses", RELATION_USES, {{"uses", "利用"}}},
    {"provides", RELATION_PROVIDES, {{"provides a service to", "サービス提供"}}})
SCHEMA_SET(zone_kinds, "zone kind",
    {"internet", ZONE_INTERNET, {{"internet", "インターネット"}}},
    {"cloud", ZONE_CLOUD, {{"cloud", "クラウド"}}},
    {"segment", ZONE_SEGMENT, {{"network segment", "ネットワークセグメント"}}},
    {"site", ZONE_SITE, {{"site", "拠点"}}},
    {"outdoor", ZONE_OUTDOOR, {{"outdoors", "屋外"}}})
SCHEMA_SET(trusts, "trust",
    {"none", TRUST_NONE, {{"no trust", "信頼なし"}}},
    {"partial", TRUST_PARTIAL, {{"partial trust", "部分的に信頼"}}},
    {"full", TRUST_FULL, {{"full trust", "信頼"}}})
SCHEMA_SET(physical_accesses, "physical access",
    {"public", ACCESS_PUBLIC, {{"anyone can get there", "誰でも立ち入れる"}}},
    {"occupants", ACCESS_OCCUPANTS, {{"those who live or work there", "居住者・従業者が立ち入れる"}}},
    {"controlled", ACCESS_CONTROLLED, {{"entry is controlled", "入退管理あり"}}})
SCHEMA_SET(authentications, "authentication",
    {"none", AUTH_NONE, {{"none", "なし"}}},
    {"default-password", AUTH_DEFAULT_PASSWORD, {{"default password", "初期パスワード"}}},
    {"password", AUTH_PASSWORD, {{"password", "パスワード"}}},
    {"certificate", AUTH_CERTIFICATE, {{"certificate or key", "証明書・鍵"}}},
    {"multi-factor", AUTH_MULTI_FACTOR, {{"multi-factor", "多要素認証"}}})
SCHEMA_SET(updates, "update",
    {"none", UPDATE_NONE, {{"cannot be updated", "更新不可"}}},
    {"manual", UPDATE_MANUAL, {{"by hand", "手動"}}},
    {"unsigned", UPDATE_UNSIGNED, {{"automatic, not verified", "自動(検証なし)"}}},
    {"signed", UPDATE_SIGNED, {{"automatic, signature verified", "自動(署名検証あり)"}}})
SCHEMA_SET(interfaces, "interface",
    {"internet", INTERFACE_INTERNET, {{"internet", "インターネット"}}},
    {"wireless", INTERFACE_WIRELESS, {{"wireless", "無線"}}},
    {"local", INTERFACE_LOCAL, {{"local network", "ローカルネットワーク"}}},
    {"usb", INTERFACE_USB, {{"USB", "USB"}}},
    {"serial", INTERFACE_SERIAL, {{"serial or debug port", "シリアル・デバッグポート"}}},
    {"panel", INTERFACE_PANEL, {{"operating panel", "操作パネル"}}})
SCHEMA_SET(initiators, "initiator",
    {"from", INITIATOR_FROM, {{"the sender", "送信側"}}},
    {"to", INITIATOR_TO, {{"the receiver", "受信側"}}})
SCHEMA_SET(data_classes, "data class",
    {"personal", DATA_PERSONAL, {{"personal", "個人情報"}}},
    {"trade-secret", DATA_TRADE_SECRET, {{"trade secret", "営業秘密"}}},
    {"control", DATA_CONTROL, {{"control", "制御"}}},
    {"safety", DATA_SAFETY, {{"safety", "安全"}}},
    {"program", DATA_PROGRAM, {{"program or update", "プログラム・更新"}}},
    {"credential", DATA_CREDENTIAL, {{"credential", "認証情報"}}},
    {"operational", DATA_OPERATIONAL, {{"operational", "運用"}}})
SCHEMA_SET(measure_statuses, "status",
    {"proposed", STATUS_PROPOSED, {{"proposed", "提案"}}},
    {"decided", STATUS_DECIDED, {{"decided", "決定"}}},
    {"implemented", STATUS_IMPLEMENTED, {{"implemented", "実装済み"}}},
    {"verified", STATUS_VERIFIED, {{"verified", "検証済み"}}})
SCHEMA_SET(treatments, "treatment",
    {"reduce", TREATMENT_REDUCE, {{"reduce", "低減"}}},
    {"accept", TREATMENT_ACCEPT, {{"accept", "受容"}}},
    {"transfer", TREATMENT_TRANSFER, {{"transfer", "移転"}}},
    {"avoid", TREATMENT_AVOID, {{"avoid", "回避"}}})

SCHEMA_SET(domains, "domain",
    {"road-vehicle", DOMAIN_ROAD_VEHICLE, {{"road vehicle", "自動車"}}})
SCHEMA_SET(exposures, "exposure",
    {"E0", EXPOSURE_E0, {{"E0: incredible", "E0: あり得ない"}}},
    {"E1", EXPOSURE_E1, {{"E1: very low probability", "E1: 非常に低い"}}},
    {"E2", EXPOSURE_E2, {{"E2: low probability", "E2: 低い"}}},
    {"E3", EXPOSURE_E3, {{"E3: medium probability", "E3: 中程度"}}},
    {"E4", EXPOSURE_E4, {{"E4: high probability", "E4: 高い"}}})
SCHEMA_SET(controllabilities, "controllability",
    {"C0", CONTROLLABILITY_C0, {{"C0: controllable in general", "C0: 一般に制御可能"}}},
    {"C1", CONTROLLABILITY_C1, {{"C1: simply controllable", "C1: 容易に制御可能"}}},
    {"C2", CONTROLLABILITY_C2, {{"C2: normally controllable", "C2: 通常は制御可能"}}},
    {"C3", CONTROLLABILITY_C3, {{"C3: difficult to control or uncontrollable", "C3: 制御困難又は不可能"}}})

SCHEMA_SET(loss_dists, "distribution",
    {"pert", LOSS_PERT, {{"PERT: beta with shapes 1 + 4 (mode - min)/(max - min) and 1 + 4 (max - mode)/(max - min)", "PERT: 形状 1 + 4(mode - min)/(max - min)、1 + 4(max - mode)/(max - min) のベータ分布"}}},
    {"pert-spread", LOSS_PERT_SPREAD, {{"the older PERT: beta with mean (min + 4 mode + max)/6 and standard deviation (max - min)/6", "旧来のPERT: 平均 (min + 4 mode + max)/6、標準偏差 (max - min)/6 のベータ分布"}}},
    {"triangular", LOSS_TRIANGULAR, {{"triangular", "三角"}}},
    {"uniform", LOSS_UNIFORM, {{"uniform", "一様"}}},
    {"lognormal", LOSS_LOGNORMAL, {{"lognormal: 5% are below min and 5% above max", "対数正規: min未満が5%、max超が5%"}}})

const struct range probabilities = {0, 1}, factors = {1, 1000000}, amounts = {0, 1000000};
static const struct range skills = {0.001, 1000};

#define F SCHEMA_FIELD

/* What the figures of a thing rest on. */
#define PROVENANCE \
    F(S, "judgement", FIELD_BOOL, provenance.judgement, NULL, NULL, 0, "true: the figures are our judgement, not measurements", "true: 数値は測定でなく判断"), \
    F(S, "source", FIELD_STRING, provenance.source, NULL, NULL, 0, "where the figures come from", "出典")


#define S struct estimate
#define ESTIMATE(name, range, en, ja) \
    static const struct field name##_fields[] = { \
        F(S, "mode", FIELD_NUMBER, mode, range, NULL, FIELD_REQUIRED, "most likely value", "最頻値"), \
        F(S, "min", FIELD_NUMBER, min, range, NULL, 0, "least value", "最小値"), \
        F(S, "max", FIELD_NUMBER, max, range, NULL, 0, "greatest value", "最大値"), \
    }; \
    const struct shape name##_shape = {{{en, ja}}, sizeof(S), name##_fields, sizeof name##_fields / sizeof(struct field), \
        {{"A quantity that is not known exactly: the most likely value alone, or with the least and the greatest.", "正確には分からない量。最頻値だけ、又は最小値・最大値とともに書く。"}}};
ESTIMATE(estimate, &amounts, "an estimate", "見積り")
ESTIMATE(skill, &skills, "an estimate of skill", "技量の見積り")
ESTIMATE(chance, &probabilities, "an estimate of a probability", "確率の見積り")
#undef S


#define S struct loss
static const struct field loss_fields[] = {
    F(S, "mode", FIELD_MONEY, mode, NULL, NULL, 0, "most likely amount", "最頻値"),
    F(S, "min", FIELD_MONEY, min, NULL, NULL, 0, "least amount", "最小値"),
    F(S, "max", FIELD_MONEY, max, NULL, NULL, 0, "greatest amount", "最大値"),
    F(S, "dist", FIELD_CHOICE, dist, &loss_dists, NULL, 0, "the distribution; default pert. uniform and lognormal take min and max alone", "分布。既定は pert。uniform と lognormal は min と max だけを取る"),
};
SCHEMA_SHAPE(loss, "a loss", "損失額", S, "What one event costs: an amount alone, or a distribution by its least, most likely and greatest amounts.", "1回の損失額。金額だけ、又は最小値・最頻値・最大値による分布。")
#undef S
static const struct range rates = {1e-12, 1000000};

static const struct field target_fields[] = {
    F(struct target, "recovery", FIELD_CHOICE, recovery, &recovery_levels, NULL, FIELD_REQUIRED,
      "highest level on axis 1 that is still acceptable", "第1軸で許容できる上限"),
    F(struct target, "economic", FIELD_CHOICE, economic, &economic_levels, NULL, FIELD_REQUIRED,
      "highest level on axis 2 that is still acceptable", "第2軸で許容できる上限"),
    F(struct target, NULL, FIELD_PRESENCE, is_set, NULL, NULL, 0, NULL, NULL),
};
SCHEMA_SHAPE(target, "a target", "目標", struct target,
      "The level of risk a stakeholder aims at, on both axes.", "ステークホルダーが目標とするリスクの水準(両軸)。")

#define S struct stakeholder
static const struct field stakeholder_fields[] = {
    F(S, "name", FIELD_TEXT, name, NULL, NULL, FIELD_REQUIRED, "who it is", "名称"),
    F(S, "roles", FIELD_CHOICES, roles, &roles, NULL, FIELD_REQUIRED,
      "the roles it has in the system", "システムにおける役割"),
    F(S, "description", FIELD_TEXT, description, NULL, NULL, 0, "what it does, what it has at stake", "役割や利害の説明"),
    F(S, "target", FIELD_STRUCT, target, &target_shape, NULL, 0,
      "the level of risk aimed at; without it none is compared", "目標とするリスクの水準。無い場合は比較しない"),
};
SCHEMA_SHAPE(stakeholder, "a stakeholder", "ステークホルダー", S,
      "Someone who builds, provides, runs, uses or is affected by the system.",
      "システムを開発・提供・運用・利用する者、又はその影響を受ける者。")
#undef S

#define S struct relation
static const struct field relation_fields[] = {
    F(S, "from", FIELD_REF, from, NULL, "stakeholders", FIELD_REQUIRED, "who", "主体"),
    F(S, "kind", FIELD_CHOICE, kind, &relation_kinds, NULL, FIELD_REQUIRED, "what it does for the other", "関係の種類"),
    F(S, "to", FIELD_REF, to, NULL, "stakeholders", FIELD_REQUIRED, "for whom", "相手"),
    F(S, "description", FIELD_TEXT, description, NULL, NULL, 0, "what is delivered, agreed or told", "内容"),
};
SCHEMA_SHAPE(relation, "a relation", "関係", S, "A relation between two stakeholders.", "ステークホルダー間の関係。")
#undef S

#define S struct zone
static const struct field zone_fields[] = {
    F(S, "name", FIELD_TEXT, name, NULL, NULL, FIELD_REQUIRED, "what it is called", "名称"),
    F(S, "kind", FIELD_CHOICE, kind, &zone_kinds, NULL, 0, "what sort of place; default segment", "種類。既定は segment"),
    F(S, "within", FIELD_REF, within, NULL, "zones", 0, "the zone around it", "外側のゾーン"),
    F(S, "trust", FIELD_CHOICE, trust, &trusts, NULL, 0, "who is on its network: none, an attacker from the start; partial, besides insiders the device of whoever can get there (physical-access public or occupants); full, insiders only; default partial", "ネットワークに居る者。none は初めから攻撃者、partial は内部者のほか立ち入れる者(physical-access が public 又は occupants)の機器、full は内部者のみ。既定は partial"),
    F(S, "physical-access", FIELD_CHOICE, physical_access, &physical_accesses, NULL, 0, "who can get there; default occupants", "物理的に立ち入れる者。既定は occupants"),
    F(S, "description", FIELD_TEXT, description, NULL, NULL, 0, "more about it", "説明"),
    F(S, "rebuilt", FIELD_BOOL, rebuilt, NULL, NULL, 0, "true: not in the source, filled in by the analyst", "true: 出典に無く分析者が補ったもの"),
};
SCHEMA_SHAPE(zone, "a zone", "ゾーン", S, "A part of the network or of the premises with the same protection.", "同じ保護水準をもつネットワーク又は場所の区画。")
#undef S

static const struct field form_fields[] = {
    F(struct form_of_use, "name", FIELD_TEXT, name, NULL, NULL, FIELD_REQUIRED, "what it is called", "名称"),
    F(struct form_of_use, "description", FIELD_TEXT, description, NULL, NULL, 0, "how the device is used there", "使い方"),
};
SCHEMA_SHAPE(form, "a form of use", "使用形態", struct form_of_use,
      "One way in which the same device is used; another way may land elsewhere on the map.",
      "同じ機器の使用形態の一つ。使用形態によりマッピング先が異なり得る。")

const struct range model_places = {-100000, 100000};
static const struct field position_fields[] = {
    F(struct position_drawn, "x", FIELD_NUMBER, x, &model_places, NULL, FIELD_REQUIRED, "px from the left to its left side", "左からの距離(px)"),
    F(struct position_drawn, "y", FIELD_NUMBER, y, &model_places, NULL, FIELD_REQUIRED, "px from the top to its upper side", "上からの距離(px)"),
};
SCHEMA_SHAPE(position, "a position", "位置", struct position_drawn,
      "Where a box stands in drawings. Only how places lie to each other matters: the drawing begins at the outermost.",
      "図の中での位置。意味をもつのは互いの位置関係だけで、図は最も外側の要素から始まる。")

#define S struct component
static const struct field component_fields[] = {
    F(S, "name", FIELD_TEXT, name, NULL, NULL, FIELD_REQUIRED, "what it is called", "名称"),
    F(S, "kind", FIELD_REF, kind, NULL, "kinds", FIELD_REQUIRED, "kind in the catalog; decides which attack steps exist (awai catalog)", "カタログの種別。攻撃ステップを決める(awai catalog)"),
    F(S, "zone", FIELD_REF, zone, NULL, "zones", FIELD_REQUIRED, "where it is", "所在するゾーン"),
    F(S, "owner", FIELD_REF, owner, NULL, "stakeholders", 0, "whose it is", "所有者"),
    F(S, "operator", FIELD_REF, operator, NULL, "stakeholders", 0, "who runs it; default the owner", "運用者。既定は所有者"),
    F(S, "supplier", FIELD_STRING, supplier, NULL, NULL, 0, "who makes or supplies it, by name; what awai report --supplier makes an extract for", "製造又は供給する者の名称。awai report --supplier の抜粋の対象となる"),
    F(S, "authentication", FIELD_CHOICE, authentication, &authentications, NULL, 0, "how it knows its users and peers; default from its kind", "利用者や相手の認証方式。既定は種別による"),
    F(S, "update", FIELD_CHOICE, update, &updates, NULL, 0, "how its software is updated; default from its kind", "ソフトウェア更新の方式。既定は種別による"),
    F(S, "interfaces", FIELD_CHOICES, interfaces, &interfaces, NULL, 0, "interfaces it exposes; default from its kind", "外部に開いたインタフェース。既定は種別による"),
    F(S, "data", FIELD_REFS, data, NULL, "data", 0, "data it holds", "保持するデータ"),
    F(S, "physical-effect", FIELD_TEXT, physical_effect, NULL, NULL, 0, "what it does in the physical world", "物理的な作用"),
    F(S, "forms-of-use", FIELD_MAP, forms_of_use, &form_shape, NULL, 0, "the ways it is used, where they differ", "使用形態(異なる場合)"),
    F(S, "description", FIELD_TEXT, description, NULL, NULL, 0, "more about it", "説明"),
    F(S, "rebuilt", FIELD_BOOL, rebuilt, NULL, NULL, 0, "true: not in the source, filled in by the analyst", "true: 出典に無く分析者が補ったもの"),
    F(S, "out-of-scope", FIELD_TEXT, out_of_scope, NULL, NULL, 0, "why it is left out of the assessment", "評価の対象外とする理由"),
    F(S, "position", FIELD_STRUCT, position, &position_shape, NULL, 0, "where its box stands in drawings; without it, it is laid out", "図の中での位置。既定は自動配置"),
};
SCHEMA_SHAPE(component, "a component", "機器", S, "A device, program, medium or person the system is made of.", "システムを構成する機器・プログラム・媒体・人。")
#undef S

#define S struct flow
static const struct field flow_fields[] = {
    F(S, "name", FIELD_TEXT, name, NULL, NULL, 0, "what it is called; default its two ends", "名称。既定は両端の名称"),
    F(S, "from", FIELD_REF, from, NULL, "components", FIELD_REQUIRED, "the sender", "送信側"),
    F(S, "to", FIELD_REF, to, NULL, "components", FIELD_REQUIRED, "the receiver", "受信側"),
    F(S, "data", FIELD_REFS, data, NULL, "data", 0, "what it carries", "運ぶデータ"),
    F(S, "protocol", FIELD_REF, protocol, NULL, "protocols", 0, "protocol in the catalog", "カタログのプロトコル"),
    F(S, "carrier", FIELD_REF, carrier, NULL, "carriers", 0, "what carries it: internet, wifi, removable-medium, ...", "伝送手段(internet, wifi, removable-medium など)"),
    F(S, "through", FIELD_REFS, through, NULL, "components", 0, "components it passes through", "経由する機器"),
    F(S, "encrypted", FIELD_BOOL, encrypted, NULL, NULL, 0, "whether others cannot read it; default from the protocol", "暗号化の有無。既定はプロトコルによる"),
    F(S, "authenticated", FIELD_BOOL, authenticated, NULL, NULL, 0, "whether the receiver can tell sender and integrity; default from the protocol", "送信元と完全性を受信側が検証できるか。既定はプロトコルによる"),
    F(S, "initiator", FIELD_CHOICE, initiator, &initiators, NULL, 0, "which end opens the connection; default from", "接続を開始する側。既定は from"),
    F(S, "description", FIELD_TEXT, description, NULL, NULL, 0, "more about it", "説明"),
    F(S, "rebuilt", FIELD_BOOL, rebuilt, NULL, NULL, 0, "true: not in the source, filled in by the analyst", "true: 出典に無く分析者が補ったもの"),
    F(S, "out-of-scope", FIELD_TEXT, out_of_scope, NULL, NULL, 0, "why it is left out of the assessment", "評価の対象外とする理由"),
};
SCHEMA_SHAPE(flow, "a flow", "フロー", S, "Data going from one component to another.", "機器間のデータの流れ。")
#undef S

#define S struct data
static const struct field data_fields[] = {
    F(S, "name", FIELD_TEXT, name, NULL, NULL, FIELD_REQUIRED, "what it is called", "名称"),
    F(S, "class", FIELD_CHOICES, classes, &data_classes, NULL, FIELD_REQUIRED, "what sort of data", "分類"),
    F(S, "description", FIELD_TEXT, description, NULL, NULL, 0, "more about it", "説明"),
};
SCHEMA_SHAPE(data, "a kind of data", "データ", S, "Data that is held or sent.", "保持又は送受信されるデータ。")
#undef S

static const struct field leaves_fields[] = {
    F(struct target, "recovery", FIELD_CHOICE, recovery, &recovery_levels, NULL, FIELD_REQUIRED, "at most this on axis 1", "第1軸の上限"),
    F(struct target, "economic", FIELD_CHOICE, economic, &economic_levels, NULL, FIELD_REQUIRED, "at most this on axis 2", "第2軸の上限"),
    F(struct target, NULL, FIELD_PRESENCE, is_set, NULL, NULL, 0, NULL, NULL),
};
SCHEMA_SHAPE(leaves, "what is left", "残る被害", struct target, "The levels that the harm of an incident has at most where the safety function works.", "安全機能が作動したときの被害の水準の上限。")

#define S struct safety_function
static const struct field safety_function_fields[] = {
    F(S, "name", FIELD_TEXT, name, NULL, NULL, FIELD_REQUIRED, "what it is called", "名称"),
    F(S, "on", FIELD_REFS, on, NULL, "components", 0, "the components that perform it", "実装する機器"),
    F(S, "independent", FIELD_BOOL, independent, NULL, NULL, 0, "true: works without the communication", "true: 通信から独立して働く"),
    F(S, "against", FIELD_REFS, against, NULL, "incidents", 0, "the incidents whose harm it limits", "被害を抑える対象のインシデント"),
    F(S, "pfd", FIELD_STRUCT, pfd, &chance_shape, NULL, FIELD_SHORT, "probability of failure on demand; for awai risk", "作動要求時の機能失敗確率(PFD)。awai risk に用いる"),
    F(S, "leaves", FIELD_STRUCT, leaves, &leaves_shape, NULL, 0, "what harm is left at most when it works; default none on both axes; for awai risk", "作動したときに残る被害の上限。既定は両軸とも無し。awai risk に用いる"),
    PROVENANCE,
    F(S, "description", FIELD_TEXT, description, NULL, NULL, 0, "what it does, and when", "動作と条件"),
};
SCHEMA_SHAPE(safety_function, "a safety function", "安全機能", S, "What keeps a failure or attack from hurting people.", "故障や攻撃が人への危害に至ることを防ぐ機能。")
#undef S

#define S struct criterion
#define MEANING F(S, "meaning", FIELD_TEXT, meaning, NULL, NULL, 0, "what the level means in this system", "このシステムにおける水準の意味")
static const struct field recovery_criterion_fields[] = {
    MEANING,
    F(S, "injury", FIELD_TEXT, injury, NULL, NULL, 0, "the injury or loss of privacy it stands for (axis 1)", "対応するけが・プライバシー被害(第1軸)"),
    F(S, "tolerable", FIELD_NUMBER, tolerable, &rates, NULL, 0, "how often a year an event of this level is tolerated; for awai risk", "この水準の被害が許容される頻度(回/年)。awai risk に用いる"),
    PROVENANCE,
};
SCHEMA_SHAPE(recovery_criterion, "a criterion of axis 1", "第1軸の一水準の基準", S, "What one level of axis 1 means.", "第1軸の一つの水準の意味。")
static const struct field economic_criterion_fields[] = {
    MEANING,
    F(S, "below", FIELD_MONEY, below, NULL, NULL, 0, "the money it stays below (axis 2)", "金額の上限(第2軸)"),
    F(S, "loss", FIELD_STRUCT, loss, &loss_shape, NULL, FIELD_SHORT, "what one event of this level costs; default from the bounds; for awai risk", "この水準の1回の損失額。既定は金額の上限による。awai risk に用いる"),
    PROVENANCE,
};
SCHEMA_SHAPE(economic_criterion, "a criterion of axis 2", "第2軸の一水準の基準", S, "What one level of axis 2 means.", "第2軸の一つの水準の意味。")
#undef MEANING
#undef S
// NOLINTNEXTLINE(bugprone-macro-parentheses): the name of a member takes none
#define C(axis, key, level, en, ja) F(struct criteria, key, FIELD_STRUCT, axis[level], &axis##_criterion_shape, NULL, 0, en, ja)
static const struct field recovery_criteria_fields[] = {
    C(recovery, "limited", LEVEL_LIMITED, "limited damage", "限定的なダメージ"),
    C(recovery, "serious", LEVEL_SERIOUS, "serious damage", "重大なダメージ"),
    C(recovery, "fatal", LEVEL_WORST, "fatal damage", "致命的なダメージ"),
};
SCHEMA_SHAPE(recovery_criteria, "recovery criteria", "第1軸の基準", struct criteria, "Axis 1: difficulty of recovery.", "第1軸: 回復困難性の度合い。")
static const struct field economic_criteria_fields[] = {
    C(economic, "limited", LEVEL_LIMITED, "limited impact", "限定的な経済影響"),
    C(economic, "serious", LEVEL_SERIOUS, "serious impact", "重大な経済影響"),
    C(economic, "devastating", LEVEL_WORST, "devastating impact", "壊滅的な経済影響"),
};
SCHEMA_SHAPE(economic_criteria, "economic criteria", "第2軸の基準", struct criteria, "Axis 2: economic impact.", "第2軸: 経済的影響の度合い。")
static const struct field criteria_fields[] = {
    {"recovery", FIELD_STRUCT, 0, &recovery_criteria_shape, NULL, 0, {{"axis 1", "第1軸"}}},
    {"economic", FIELD_STRUCT, 0, &economic_criteria_shape, NULL, 0, {{"axis 2", "第2軸"}}},
};
const struct shape criteria_shape = {{{"criteria", "リスク基準"}}, sizeof(struct criteria), criteria_fields, 2,
    {{"What each level means here; defaults come from the catalog.", "各水準の意味。既定はカタログによる。"}}};

#define S struct outcome
static const struct field outcome_fields[] = {
    F(S, "share", FIELD_NUMBER, share, &probabilities, NULL, FIELD_REQUIRED, "in what share of the cases; all shares of a harm sum to 1", "起こる割合。一つの被害の割合の合計は1"),
    F(S, "recovery", FIELD_CHOICE, recovery, &recovery_levels, NULL, FIELD_REQUIRED, "level on axis 1", "第1軸の水準"),
    F(S, "economic", FIELD_CHOICE, economic, &economic_levels, NULL, FIELD_REQUIRED, "level on axis 2", "第2軸の水準"),
    F(S, "loss", FIELD_STRUCT, loss, &loss_shape, NULL, FIELD_SHORT, "what it costs; default as its economic level", "損失額。既定は経済的影響の水準による"),
};
SCHEMA_SHAPE(outcome, "an outcome", "結果", S, "One of the ways in which an incident may end for a stakeholder.", "インシデントがステークホルダーにもたらし得る結果の一つ。")
#undef S

#define S struct harm
static const struct field harm_fields[] = {
    F(S, "recovery", FIELD_CHOICE, recovery, &recovery_levels, NULL, FIELD_REQUIRED, "level on axis 1", "第1軸の水準"),
    F(S, "economic", FIELD_CHOICE, economic, &economic_levels, NULL, FIELD_REQUIRED, "level on axis 2", "第2軸の水準"),
    F(S, "because", FIELD_TEXT, because, NULL, NULL, FIELD_REQUIRED, "why these levels", "水準の根拠"),
    F(S, "loss", FIELD_STRUCT, loss, &loss_shape, NULL, FIELD_SHORT, "what it costs, where that is known better than by its level; for awai risk", "損失額(水準より正確に分かる場合)。awai risk に用いる"),
    F(S, "outcomes", FIELD_LIST, outcomes, &outcome_shape, NULL, FIELD_SOME, "how it may end, where that is not always at these levels; for awai risk", "常に上の水準になるとは限らない場合の、あり得る結果。awai risk に用いる"),
    PROVENANCE,
};
SCHEMA_SHAPE(harm, "a harm", "被害", S, "What an incident does to one stakeholder.", "インシデントが一者のステークホルダーに与える被害。")
#undef S

#define S struct precondition
static const struct field precondition_fields[] = {
    F(S, "threat", FIELD_REF, threat, NULL, "threats", FIELD_REQUIRED, "threat class that must have come about too", "併せて成立すべき脅威"),
    F(S, "at", FIELD_REFS, at, NULL, "components|flows", FIELD_REQUIRED, "where (any of these)", "箇所(いずれか)"),
    F(S, "by", FIELD_REFS, by, NULL, "steps", FIELD_SOME, "the attack steps by which it comes about there; without it, any that the catalog knows", "そこで成立に至る攻撃ステップ。省略時はカタログにあるすべて"),
    F(S, "because", FIELD_TEXT, because, NULL, NULL, 0, "why it is needed", "必要な理由"),
};
SCHEMA_SHAPE(precondition, "a precondition", "前提条件", S, "What else must have happened.", "インシデントに必要な他の条件。")
#undef S

#define S struct incident
static const struct field incident_fields[] = {
    F(S, "name", FIELD_TEXT, name, NULL, NULL, FIELD_REQUIRED, "what it is called", "名称"),
    F(S, "description", FIELD_TEXT, description, NULL, NULL, 0, "what happens", "内容"),
    F(S, "threat", FIELD_REF, threat, NULL, "threats", FIELD_REQUIRED, "threat class that brings it about", "引き起こす脅威の分類"),
    F(S, "at", FIELD_REFS, at, NULL, "components|flows", FIELD_REQUIRED, "where the threat strikes (any of these)", "脅威が及ぶ箇所(いずれか)"),
    F(S, "by", FIELD_REFS, by, NULL, "steps", FIELD_SOME, "the attack steps by which it comes about there; without it, any that the catalog knows", "そこで成立に至る攻撃ステップ。省略時はカタログにあるすべて"),
    F(S, "form-of-use", FIELD_REF, form_of_use, NULL, "forms-of-use", 0, "the form of use in which it matters", "該当する使用形態"),
    F(S, "preconditions", FIELD_LIST, preconditions, &precondition_shape, NULL, 0, "what else must have happened (all of these)", "他に必要な条件(すべて)"),
    F(S, "harms", FIELD_MAP, harms, &harm_shape, "stakeholders", 0, "what it does to each stakeholder", "ステークホルダーごとの被害"),
    F(S, "notes", FIELD_TEXTS, notes, NULL, NULL, 0, "claims, liabilities and other remarks", "損害賠償や契約上の責任などの注記"),
    F(S, "exposure", FIELD_CHOICE, exposure, &exposures, NULL, 0, "of a road vehicle: how probable the situation is in which it is dangerous (ISO 26262-3); default E4", "自動車の場合: 危険となる状況の曝露確率(ISO 26262-3)。既定は E4"),
    F(S, "controllability", FIELD_CHOICE, controllability, &controllabilities, NULL, 0, "of a road vehicle: how well those involved can avoid the harm (ISO 26262-3); default C3", "自動車の場合: 関係者による危害の回避可能性(ISO 26262-3)。既定は C3"),
    F(S, "rebuilt", FIELD_BOOL, rebuilt, NULL, NULL, 0, "true: not in the source, filled in by the analyst", "true: 出典に無く分析者が補ったもの"),
};
SCHEMA_SHAPE(incident, "an incident", "インシデント", S, "Something that can happen to the system and harms someone.", "想定されるセキュリティインシデント。")
#undef S

#define S struct harm_limit
static const struct field harm_limit_fields[] = {
    F(S, "incident", FIELD_REF, incident, NULL, "incidents", FIELD_REQUIRED, "whose harm", "対象のインシデント"),
    F(S, "recovery", FIELD_CHOICE, recovery, &recovery_levels, NULL, FIELD_REQUIRED, "at most this on axis 1", "第1軸の上限"),
    F(S, "economic", FIELD_CHOICE, economic, &economic_levels, NULL, FIELD_REQUIRED, "at most this on axis 2", "第2軸の上限"),
    F(S, "because", FIELD_TEXT, because, NULL, NULL, FIELD_REQUIRED, "why (this is a judgement)", "根拠(判断である)"),
};
SCHEMA_SHAPE(harm_limit, "a limit", "被害の上限", S, "The judgement that a measure keeps an incident's harm at most at these levels.", "対策により被害がこの水準以下に収まるという判断。")
#undef S

#define S struct measure
static const struct field measure_fields[] = {
    F(S, "name", FIELD_TEXT, name, NULL, NULL, FIELD_REQUIRED, "what is done", "対策の内容"),
    F(S, "description", FIELD_TEXT, description, NULL, NULL, 0, "more about it", "説明"),
    F(S, "requirement", FIELD_REF, requirement, NULL, "requirements", FIELD_REQUIRED, "the requirement it meets", "満たす対策要件"),
    F(S, "example", FIELD_REF, example, NULL, "examples", 0, "example measure in the catalog; gives it its effect on attack steps", "カタログの対策例。攻撃ステップへの効果を与える"),
    F(S, "on", FIELD_REFS, on, NULL, "components|flows|zones", 0, "where it is put in place", "適用箇所"),
    F(S, "by", FIELD_REF, by, NULL, "stakeholders", FIELD_REQUIRED, "who carries it out; other than the applicant: it is asked of them", "実施主体。適用主体以外なら対応を要請する"),
    F(S, "status", FIELD_CHOICE, status, &measure_statuses, NULL, 0, "how far it is; default proposed", "状況。既定は proposed"),
    F(S, "cost", FIELD_MONEY, cost, NULL, NULL, 0, "what it costs", "費用"),
    F(S, "evidence", FIELD_STRINGS, evidence, NULL, NULL, 0, "what shows that it is in place: links, or names of files", "実施を示す証跡。リンク又は文書名"),
    F(S, "owner", FIELD_STRING, owner, NULL, NULL, 0, "who answers for it", "責任者"),
    F(S, "due", FIELD_DATE, due, NULL, NULL, 0, "when it must be in place", "実施期限"),
    F(S, "limits", FIELD_LIST, limits, &harm_limit_shape, NULL, 0, "incidents whose harm it limits, by judgement", "被害を抑えるインシデント(判断)"),
    F(S, "holds", FIELD_STRUCT, holds, &chance_shape, NULL, FIELD_SHORT, "probability that it holds in an attack; default as its example", "攻撃時に有効である確率。既定は対策例の値"),
    F(S, "slows-by", FIELD_NUMBER, slows_by, &factors, NULL, 0, "how many times as long the steps take that it slows; default as its example", "困難にするステップの所要時間の倍率。既定は対策例の値"),
    PROVENANCE,
    F(S, "requires", FIELD_REFS, requires, NULL, "measures", 0, "measures without which it cannot be had; a plan chooses them with it", "前提となる対策。計画では併せて選ばれる"),
    F(S, "conflicts", FIELD_REFS, conflicts, NULL, "measures", 0, "measures that exclude it; a plan chooses one at most", "両立しない対策。計画ではいずれか一方だけが選ばれる"),
};
SCHEMA_SHAPE(measure, "a measure", "対策", S, "Something that is done, or asked of another stakeholder, to meet a requirement.", "対策要件を満たすため実施する、又は他者に要請する対策。")
#undef S

#define S struct attacker
static const struct field attacker_fields[] = {
    F(S, "name", FIELD_TEXT, name, NULL, NULL, FIELD_REQUIRED, "what he is called", "名称"),
    F(S, "description", FIELD_TEXT, description, NULL, NULL, 0, "who he is and what he wants", "説明"),
    F(S, "origins", FIELD_REFS, origins, NULL, "origins", FIELD_REQUIRED, "where he can start", "攻撃の起点"),
    F(S, "skill", FIELD_STRUCT, skill, &skill_shape, NULL, FIELD_SHORT, "how many times as fast he is as the catalog's times to compromise say; default 1", "カタログの所要時間に対する速さの倍率。既定1"),
    F(S, "campaigns", FIELD_STRUCT, campaigns, &estimate_shape, NULL, FIELD_REQUIRED | FIELD_SHORT, "how often a year he tries", "1年当たりの攻撃活動の回数"),
    F(S, "patience", FIELD_NUMBER, patience, &amounts, NULL, FIELD_REQUIRED, "days until he gives up", "あきらめるまでの日数"),
    PROVENANCE,
    F(S, "aims", FIELD_REFS, aims, NULL, "incidents", 0, "incidents he wants, others do not come of his campaigns; default all", "狙うインシデント。他のものはこの攻撃者からは生じない。既定はすべて"),
};
static const struct shape attacker_shape = {{{"an attacker", "攻撃者"}}, sizeof(S), attacker_fields, sizeof attacker_fields / sizeof(struct field),
    {{"Someone who attacks, for the attack simulation. Without attackers in the model those of the catalog are taken.", "攻撃シミュレーションにおける攻撃者。モデルに無ければカタログの攻撃者を用いる。"}}};
/* Without the last: a catalog knows no incidents. */
const struct shape catalog_attacker_shape = {{{"an attacker", "攻撃者"}}, sizeof(S), attacker_fields, sizeof attacker_fields / sizeof(struct field) - 1,
    {{"Someone who attacks, for the simulation of models that state no attackers.", "攻撃者を書いていないモデルのシミュレーションで用いる攻撃者。"}}};
#undef S

#define S struct policy
static const struct field policy_fields[] = {
    F(S, "stakeholder", FIELD_REF, stakeholder, NULL, "stakeholders", FIELD_REQUIRED, "whose risk it lowers", "誰にとってのリスクか"),
    F(S, "by", FIELD_REF, by, NULL, "stakeholders", 0, "who acts; default the applicant", "実施主体。既定は適用主体"),
    F(S, "text", FIELD_TEXT, text, NULL, NULL, FIELD_REQUIRED, "the policy for dealing with the high-impact risk", "影響が大きいリスクに対処するための対策方針"),
    F(S, "requirements", FIELD_REFS, requirements, NULL, "requirements", 0, "requirements that serve it", "行うべきと考えられる対策要件"),
};
SCHEMA_SHAPE(policy, "a policy", "対策方針", S, "A policy for dealing with a risk of high impact.", "影響が大きいリスクに対処するための対策方針。")
#undef S

#define S struct adoption
static const struct field adoption_fields[] = {
    F(S, "by", FIELD_REF, by, NULL, "stakeholders", 0, "who adopts it; default the applicant", "採用する主体。既定は適用主体"),
    F(S, "because", FIELD_TEXT, because, NULL, NULL, 0, "why", "理由"),
};
SCHEMA_SHAPE(adoption, "an adoption", "採用", S, "A requirement taken on, whether or not a measure is decided yet.", "採用した対策要件(対策が未定でもよい)。")
#undef S

#define S struct decision
static const struct field decision_fields[] = {
    F(S, "subject", FIELD_STRING, subject, NULL, NULL, FIELD_REQUIRED | FIELD_SUBJECT, "what is decided on: CLASS@ASSET, incident:ID, requirement:ID or map:STAKEHOLDER", "対象: CLASS@ASSET、incident:ID、requirement:ID、map:STAKEHOLDER"),
    F(S, "treatment", FIELD_CHOICE, treatment, &treatments, NULL, FIELD_REQUIRED, "how the risk is treated", "リスク対応"),
    F(S, "reason", FIELD_TEXT, reason, NULL, NULL, FIELD_REQUIRED, "why", "理由"),
    F(S, "owner", FIELD_STRING, owner, NULL, NULL, 0, "who answers for it", "責任者"),
    F(S, "reviewer", FIELD_STRING, reviewer, NULL, NULL, 0, "who reviewed it", "確認者"),
    F(S, "date", FIELD_DATE, date, NULL, NULL, 0, "when it was decided", "決定日"),
    F(S, "review-by", FIELD_DATE, review_by, NULL, NULL, 0, "when it must be looked at again", "見直し期限"),
    F(S, "evidence", FIELD_STRINGS, evidence, NULL, NULL, 0, "what it rests on: links, or names of files", "根拠となる資料。リンク又は文書名"),
};
SCHEMA_SHAPE(decision, "a decision", "意思決定", S, "A decision on something derived or declared; it survives edits of the model.", "導出又は宣言された項目に対する意思決定。モデルの編集後も保たれる。")
#undef S

#define S struct exclusion
static const struct field exclusion_fields[] = {
    F(S, "subject", FIELD_STRING, subject, NULL, NULL, FIELD_REQUIRED | FIELD_SUBJECT, "what is left out: CLASS@ASSET, incident:ID, requirement:ID or map:STAKEHOLDER", "除外対象: CLASS@ASSET、incident:ID、requirement:ID、map:STAKEHOLDER"),
    F(S, "reason", FIELD_TEXT, reason, NULL, NULL, FIELD_REQUIRED, "why; shown in the report", "理由。報告書に示す"),
    F(S, "owner", FIELD_STRING, owner, NULL, NULL, 0, "who answers for it", "責任者"),
    F(S, "date", FIELD_DATE, date, NULL, NULL, 0, "when it was decided", "決定日"),
    F(S, "review-by", FIELD_DATE, review_by, NULL, NULL, 0, "when it must be looked at again", "見直し期限"),
};
SCHEMA_SHAPE(exclusion, "an exclusion", "除外", S, "A single result that is left out, with a reason.", "理由を付して除外した個別の結果。")
#undef S

#define S struct figures
static const struct field figures_fields[] = {
    F(S, "stakeholders", FIELD_TEXT, stakeholders, NULL, NULL, 0, "caption of the stakeholder diagram", "ステークホルダー関係図の説明"),
    F(S, "components", FIELD_TEXT, components, NULL, NULL, 0, "caption of the component list", "機器一覧の説明"),
    F(S, "configuration", FIELD_TEXT, configuration, NULL, NULL, 0, "caption of the system configuration", "システム構成図の説明"),
    F(S, "data-flow", FIELD_TEXT, data_flow, NULL, NULL, 0, "caption of the data-flow diagram", "データフロー図の説明"),
    F(S, "map", FIELD_TEXT, map, NULL, NULL, 0, "caption of the risk map", "マッピング結果の説明"),
    F(S, "threats", FIELD_TEXT, threats, NULL, NULL, 0, "caption of the table of threats", "脅威の表の説明"),
};
SCHEMA_SHAPE(figures, "figures", "図表", S, "Captions of the figures.", "図表の説明。")
#undef S

#define S struct system
static const struct field system_fields[] = {
    F(S, "id", FIELD_ID, id, NULL, NULL, FIELD_REQUIRED, "identifier of the system", "システムの識別子"),
    F(S, "name", FIELD_TEXT, name, NULL, NULL, FIELD_REQUIRED, "what it is called", "名称"),
    F(S, "overview", FIELD_TEXT, overview, NULL, NULL, 0, "overview of the solution", "対象ソリューションの概要"),
    F(S, "figures", FIELD_STRUCT, figures, &figures_shape, NULL, 0, "captions of the figures", "図表の説明"),
    F(S, "domain", FIELD_CHOICE, domain, &domains, NULL, 0, "where other standards of safety apply; road-vehicle: awai risk notes the ASIL", "別の安全規格が適用される分野。road-vehicle では awai risk が ASIL を示す"),
    F(S, "sources", FIELD_STRINGS, sources, NULL, NULL, 0, "documents the model rests on", "モデルの根拠とした文書"),
};
SCHEMA_SHAPE(system, "the system", "システム", S, "The system that is assessed.", "評価対象のシステム。")
#undef S

static const struct range versions = {MODEL_VERSION, MODEL_VERSION};
#define S struct model_data
static const struct field model_fields[] = {
    F(S, "awai", FIELD_INT, version, &versions, NULL, FIELD_REQUIRED | FIELD_VERSION, "version of the model language: 1", "モデル言語の版: 1"),
    F(S, "include", FIELD_STRINGS, includes, NULL, NULL, 0, "files whose sections are joined to these; paths from this file", "結合するファイル(このファイルからの相対パス)"),
    F(S, "system", FIELD_STRUCT, system, &system_shape, NULL, FIELD_REQUIRED, "what is assessed", "評価対象"),
    F(S, "applicant", FIELD_REF, applicant, NULL, "stakeholders", FIELD_REQUIRED, "the stakeholder who applies the framework", "フレームワークの適用主体"),
    F(S, "stakeholders", FIELD_MAP, stakeholders, &stakeholder_shape, NULL, FIELD_REQUIRED, "everyone concerned", "ステークホルダー"),
    F(S, "relations", FIELD_LIST, relations, &relation_shape, NULL, 0, "relations between them", "ステークホルダー間の関係"),
    F(S, "zones", FIELD_MAP, zones, &zone_shape, NULL, FIELD_REQUIRED, "parts with the same protection", "ゾーン"),
    F(S, "components", FIELD_MAP, components, &component_shape, NULL, FIELD_REQUIRED, "what the system is made of", "構成機器"),
    F(S, "flows", FIELD_MAP, flows, &flow_shape, NULL, 0, "who sends what to whom", "データフロー"),
    F(S, "data", FIELD_MAP, data, &data_shape, NULL, 0, "kinds of data", "データ"),
    F(S, "safety-functions", FIELD_MAP, safety_functions, &safety_function_shape, NULL, 0, "what protects people", "安全機能"),
    F(S, "criteria", FIELD_STRUCT, criteria, &criteria_shape, NULL, 0, "what the levels mean here", "リスク基準"),
    F(S, "incidents", FIELD_MAP, incidents, &incident_shape, NULL, 0, "what can happen, and whom it harms", "想定されるインシデントと被害"),
    F(S, "policies", FIELD_MAP, policies, &policy_shape, NULL, 0, "policies for the risks of high impact", "対策方針"),
    F(S, "adoptions", FIELD_MAP, adoptions, &adoption_shape, "requirements", 0, "requirements taken on", "採用した対策要件"),
    F(S, "measures", FIELD_MAP, measures, &measure_shape, NULL, 0, "what is done", "対策"),
    F(S, "decisions", FIELD_MAP, decisions, &decision_shape, NULL, 0, "decisions on risks and requirements", "意思決定"),
    F(S, "attackers", FIELD_MAP, attackers, &attacker_shape, NULL, 0, "who attacks; for the attack simulation", "攻撃者(攻撃シミュレーションに用いる)"),
    F(S, "exclusions", FIELD_MAP, exclusions, &exclusion_shape, NULL, 0, "single results left out", "除外"),
    F(S, "rehearsal", FIELD_STRUCT, rehearsal, &rehearsal_shape, NULL, 0, "how incidents are rehearsed on a digital twin", "デジタルツインによるリハーサル"),
};
const struct shape model_shape = {{{"the model", "モデル"}}, sizeof(S), model_fields, sizeof model_fields / sizeof(struct field),
    {{"One IoT system, as it is assessed.", "評価対象となる一つのIoTシステム。"}}};
#undef S
// clang-format on
