// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * An evening: somebody on the way home fills the bath by the application, and somebody
 * gets in, who has tried the water or not. Assumptions are in readme.md.
 */
#include <math.h>

#include "twin/scenario_tables.h"

enum use {
    SET_C,
    IS_BURNING,
    IS_FILLING,
    IS_BATHING,
    OUTLET_C,
    VOLUME_L,
    BATH_C,
    GAS_MJ,
    SKIN_C,
    DAMAGE,
    DEGREE,
    TUB_L,
    CUT_OFF_C,
    IS_SHOWERING,
    IS_CUT_OFF_ON
};
static const char *const uses[] = {
    [SET_C] = "set_c",
    [IS_BURNING] = "is_burning",
    [IS_FILLING] = "is_filling",
    [IS_BATHING] = "is_bathing",
    [OUTLET_C] = "outlet_c",
    [VOLUME_L] = "volume_l",
    [BATH_C] = "bath_c",
    [GAS_MJ] = "gas_mj",
    [SKIN_C] = "skin_c",
    [DAMAGE] = "damage",
    [DEGREE] = "degree",
    [TUB_L] = "tub_l",
    [CUT_OFF_C] = "cut_off_c",
    [IS_SHOWERING] = "is_showering",
    [IS_CUT_OFF_ON] = "is_cut_off_on",
};

enum device { APP, CLOUD, CONTROLLER, HEATER, PANEL };
enum signal { BATH_SET, FILL, PANEL_SET, PANEL_STOP, STATUS };
enum function { LIMIT, CUT_OFF };
enum response { SWITCH_OFF };
enum chance {
    ORDERS_C,
    ORDERS_S,
    LEAST_WAIT_S,
    LIMIT_C,
    TRIES_WATER,
    SEES_PANEL,
    TOO_HOT_C,
    REACTION_S,
    SOAKS_S,
    SHOWERS
};
enum outcome {
    BURN_DEGREE,
    BURN_DAMAGE,
    BATH_ENTERED_C,
    HOTTEST_C,
    NO_BATH,
    GAS_USED_MJ,
    STOPS_AFTER_S,
    OVER_CUT_OFF_K
};
enum emergency { ORDINARY, STOP_AT_PANEL, BURNER_FAULT };

struct evening {
    double enters_s, leaves_s, hot_since_s, stopped_at_s;
    uint32_t n_set, n_panel;
    int has_ordered, is_done, is_off;
};

// clang-format off
static const struct scenario_part devices[] = {
    [APP] = {"app", {{"application on the smartphone", "スマートフォンのアプリケーション"}}},
    [CLOUD] = {"cloud", {{"service that passes commands on", "指示を中継するサービス"}}},
    [CONTROLLER] = {"controller", {{"dedicated controller in the home", "住宅内の専用コントローラ"}}},
    [HEATER] = {"heater", {{"control board of the heater", "給湯器の制御基板"}}},
    [PANEL] = {"panel", {{"panel in bathroom and kitchen", "浴室・台所のリモコン"}}},
};
static const struct scenario_part functions[] = {
    [LIMIT] = {"limit", {{"upper limit of the bath temperature in the control board (limit_c)", "制御基板によるふろ温度の上限(limit_c)"}}},
    [CUT_OFF] = {"cut_off", {{"cut-off of the burner at cut_off_c", "cut_off_c での燃焼の遮断"}}},
};
static const struct scenario_part responses[] = {
    [SWITCH_OFF] = {"switch_off", {{"the service or the resident switches remote operation and burner off", "サービス側又は住まい手が遠隔操作と燃焼を止める"}}},
};
static const struct scenario_signal signals[] = {
    [BATH_SET] = {Q("bath_set", "degC", 42, 0, 100, "bath temperature ordered by the application", "アプリケーションからのふろ設定温度", "ECHONET Lite class 0x0272, EPC E1: 0 to 100, default 42"), 1, 0},
    [FILL] = {Q("fill", "1", 0, 0, 1, "1: fill the bath, by the application", "1: アプリケーションからの湯はり", "EPC E3"), 1, 0},
    [PANEL_SET] = {Q("panel_set", "degC", 42, 0, 100, "bath temperature set at the panel", "リモコンでのふろ設定温度", NULL), 1, 0},
    [PANEL_STOP] = {Q("panel_stop", "1", 0, 0, 1, "1: off, at the panel", "1: リモコンでの停止", NULL), 1, 0},
    [STATUS] = {Q("status", "degC", 42, 0, 100, "set temperature shown", "表示される設定温度", "ECHONET Lite has no property for the true temperature of the bath"), 0, 60},
};
static const int ends[] = {[BATH_SET] = HEATER, [FILL] = HEATER, [PANEL_SET] = HEATER, [PANEL_STOP] = HEATER, [STATUS] = APP};
static const struct scenario_chance chances[] = {
    [ORDERS_C] = {Q("orders_c", "degC", 41, 35, 48, "temperature that is ordered", "注文する湯温", "judgement: 40 to 42 degC are usual in Japan"), PERT(39, 41, 43)},
    [ORDERS_S] = {Q("orders_s", "s", 120, 0, 3600, "when the bath is ordered", "湯はりを注文する時刻", "judgement"), PERT(30, 120, 600)},
    [LEAST_WAIT_S] = {Q("enters_after_s", "s", 1500, 0, 7200, "from the order until somebody gets in", "注文から入浴までの時間", "judgement: the way home"), PERT(600, 1500, 3600)},
    [LIMIT_C] = {Q("limit_c", "degC", 100, 30, 100, "upper limit of the bath temperature in the control board; 100: none", "制御基板によるふろ温度の上限。100は無し", "judgement: 100, as the protocol allows; measures set it"), ALWAYS},
    [TRIES_WATER] = {Q("tries_water", "1", 0.6, 0, 1, "probability that who gets in tries the water by hand", "入浴前に手で湯温を確かめる確率", "judgement: a habit of many, not of children and not of who trusts the application"), ALWAYS},
    [SEES_PANEL] = {Q("sees_panel", "1", 0.2, 0, 1, "probability that who gets in sees a wrong set temperature at the panel and does not get in", "リモコンの設定温度の異常に気付き入浴しない確率", "judgement"), ALWAYS},
    [TOO_HOT_C] = {Q("too_hot_c", "degC", 45, 42, 50, "temperature from which it hurts, and who is in gets out", "熱さを感じて出ようとする湯温", "A. R. Moritz, F. C. Henriques (1947): pain from 44 to 45 degC at the skin"), PERT(44, 45, 47)},
    [REACTION_S] = {Q("reaction_s", "s", 4, 0.5, 300, "from pain until out of the water", "熱さを感じてから湯を出るまでの時間", "judgement: seconds for most, half a minute and more for the aged, the disabled and small children"), PERT(2, 5, 40)},
    [SOAKS_S] = {Q("soaks_s", "s", 900, 60, 7200, "time in the bath", "入浴時間", "judgement"), PERT(300, 900, 1800)},
    [SHOWERS] = {Q("showers", "1", 0, 0, 1, "probability that who comes takes a shower instead", "入浴せずシャワーを浴びる確率", "judgement: 0, the evening is about the bath"), ALWAYS},
};
static const struct scenario_outcome outcomes[] = {
    [BURN_DEGREE] = {Q("burn_degree", "1", 0, 0, 3, "degree of burn of who got in", "入浴者の熱傷の深度", NULL), {1, 2, HUGE_VAL}, NONE},
    [BURN_DAMAGE] = {Q("burn_damage", "1", 0, 0, 0, "damage integral at the basal layer", "皮膚基底層の損傷積分", NULL), NONE, NONE},
    [BATH_ENTERED_C] = {Q("bath_entered_c", "degC", 0, 0, 0, "the bath when somebody came to get in", "入浴時の湯温", NULL), NONE, NONE},
    [HOTTEST_C] = {Q("hottest_c", "degC", 0, 0, 0, "hottest water out of the heater", "給湯器の最高出湯温度", NULL), NONE, NONE},
    [NO_BATH] = {Q("no_bath", "1", 0, 0, 1, "1: no bath to get into: too cold, too hot or not filled", "1: 入浴できない(ぬるい、熱い、湯が無い)", NULL), NONE, {1, HUGE_VAL, HUGE_VAL}},
    [GAS_USED_MJ] = {Q("gas_used_mj", "MJ", 0, 0, 0, "heat of the gas burnt", "燃焼熱量", NULL), NONE, NONE},
    [STOPS_AFTER_S] = {Q("stops_after_s", "s", 0, 0, 0, "from off at the panel until the burner is off", "リモコンでの停止から燃焼停止までの時間", NULL), NONE, NONE},
    [OVER_CUT_OFF_K] = {Q("over_cut_off_k", "K", 0, 0, 0, "how far the water came over the temperature of the cut-off", "出湯温度が遮断温度を超えた幅", NULL), NONE, NONE},
};
static const struct scenario_emergency emergencies[] = {
    [ORDINARY] = {"ordinary", {{"an ordinary evening: nobody is burnt", "通常の夜: 誰もやけどをしない"}}, BURN_DEGREE, 0, NULL, 0},
    [STOP_AT_PANEL] = {"stop_at_panel", {{"off at the panel while the bath is filled: the burner is off within 5 s", "湯はり中のリモコンでの停止: 5秒以内に燃焼が止まる"}}, STOPS_AFTER_S, 5, NULL, 0},
    [BURNER_FAULT] = {"burner_fault", {{"the control board fails and heats without limit: the cut-off keeps the water within 5 K over its temperature", "制御基板の故障による過熱: 遮断により出湯温度が遮断温度の5 K超以内に収まる"}}, OVER_CUT_OFF_K, 5, NULL, 0},
};
// clang-format on
static const int shows[] = {BATH_C, SET_C, SKIN_C, DAMAGE};

static void begin(struct stage *s)
{
    struct evening *e = stage_state(s);
    e->enters_s = stage_chance(s, ORDERS_S) + stage_chance(s, LEAST_WAIT_S);
    e->leaves_s = e->enters_s + stage_chance(s, SOAKS_S);
    e->hot_since_s = e->stopped_at_s = HUGE_VAL;
    stage_set(s, IS_FILLING, 0);
    stage_set(s, IS_BURNING, 1);
}

/* The application, on the way home: temperature and filling. */
static void order(struct stage *s, struct evening *e)
{
    if (e->has_ordered || stage_time(s) < stage_chance(s, ORDERS_S)) return;
    e->has_ordered = 1;
    stage_send(s, BATH_SET, stage_chance(s, ORDERS_C));
    stage_send(s, FILL, 1);
}

/* The control board obeys who spoke last, within its limit while that works. */
static void obey(struct stage *s, struct evening *e)
{
    int is_new = stage_arrived(s, BATH_SET) != e->n_set;
    int is_panel = stage_arrived(s, PANEL_SET) != e->n_panel;
    double set = stage_get(s, SET_C);
    stage_set(s, IS_CUT_OFF_ON, stage_protects(s, CUT_OFF));
    if (!stage_works(s, HEATER)) {
        stage_set(s, IS_FILLING, 0);
        return;
    }
    if (is_new) set = stage_seen(s, BATH_SET);
    if (is_panel) set = stage_seen(s, PANEL_SET);
    e->n_set = stage_arrived(s, BATH_SET);
    e->n_panel = stage_arrived(s, PANEL_SET);
    if (stage_emergency(s) == BURNER_FAULT && stage_time(s) > 300)
        set = 100;
    else if (stage_protects(s, LIMIT))
        set = fmin(set, stage_chance(s, LIMIT_C));
    stage_set(s, SET_C, set);
    stage_set(s, IS_FILLING, stage_seen(s, FILL));
    stage_set(s, IS_BURNING,
              stage_seen(s, PANEL_STOP) < 0.5 && !stage_responds(s, SWITCH_OFF));
}

/* Somebody presses "off" while the bath is filled. */
static void press_stop(struct stage *s, struct evening *e)
{
    const double when_s = 400;
    if (stage_emergency(s) != STOP_AT_PANEL || stage_time(s) < when_s) return;
    if (e->stopped_at_s > stage_time(s)) {
        e->stopped_at_s = stage_time(s);
        stage_send(s, PANEL_STOP, 1);
    }
    if (!e->is_off) stage_outcome(s, STOPS_AFTER_S, stage_time(s) - e->stopped_at_s);
    e->is_off = stage_get(s, IS_BURNING) < 0.5;
}

static int takes_shower(const struct stage *s)
{
    return stage_luck(s, "showers", 0) < stage_chance(s, SHOWERS);
}

/* Whether who comes to the bath gets in. */
static int gets_in(const struct stage *s)
{
    const double least_c = 36, least_share = 0.5;
    double bath = stage_get(s, BATH_C);
    int is_there = stage_get(s, VOLUME_L) > least_share * stage_get(s, TUB_L);
    if (!is_there || bath < least_c) return 0;
    if (bath < stage_chance(s, TOO_HOT_C)) return 1;
    return stage_luck(s, "tries_water", 0) >= stage_chance(s, TRIES_WATER) &&
           stage_luck(s, "sees_panel", 0) >= stage_chance(s, SEES_PANEL);
}

static void come(struct stage *s, struct evening *e)
{
    if (takes_shower(s)) {
        stage_set(s, IS_SHOWERING, 1);
        return;
    }
    stage_outcome(s, BATH_ENTERED_C, stage_get(s, BATH_C));
    e->is_done = !gets_in(s);
    stage_outcome(s, NO_BATH, e->is_done);
    stage_set(s, IS_BATHING, !e->is_done);
}

/* In the bath: out after a while, or as soon as can be once it hurts. */
static void bathe(struct stage *s, struct evening *e)
{
    double t = stage_time(s);
    if (e->is_done || t < e->enters_s) return;
    int showers = stage_get(s, IS_SHOWERING) > 0.5;
    if (!showers && stage_get(s, IS_BATHING) < 0.5) {
        come(s, e);
        return;
    }
    double water_c = stage_get(s, showers ? OUTLET_C : BATH_C);
    if (water_c >= stage_chance(s, TOO_HOT_C) && e->hot_since_s > t)
        e->hot_since_s = t - 1; // it has hurt since the last look
    if (t < e->leaves_s && t < e->hot_since_s + stage_chance(s, REACTION_S)) return;
    stage_set(s, IS_BATHING, 0);
    stage_set(s, IS_SHOWERING, 0);
    e->is_done = 1;
}

static int act(struct stage *s)
{
    struct evening *e = stage_state(s);
    if (fmod(stage_time(s), 60) < 0.5) stage_send(s, STATUS, stage_get(s, SET_C));
    order(s, e);
    obey(s, e);
    press_stop(s, e);
    bathe(s, e);
    stage_outcome(s, HOTTEST_C,
                  fmax(stage_outcome_so_far(s, HOTTEST_C), stage_get(s, OUTLET_C)));
    stage_outcome(
        s, OVER_CUT_OFF_K,
        fmax(0, stage_outcome_so_far(s, HOTTEST_C) - stage_get(s, CUT_OFF_C)));
    return e->is_done;
}

static void end(struct stage *s)
{
    stage_outcome(s, BURN_DEGREE, stage_get(s, DEGREE));
    stage_outcome(s, BURN_DAMAGE, stage_get(s, DAMAGE));
    stage_outcome(s, GAS_USED_MJ, stage_get(s, GAS_MJ));
}

/* 0 nobody has come yet, 1 in the water, 2 somebody has come and gone. */
static void picture(const struct stage *s, struct json *j)
{
    const struct evening *e = stage_look(s);
    int is_in = stage_get(s, IS_BATHING) > 0.5 || stage_get(s, IS_SHOWERING) > 0.5;
    json_put_int(j, "bather", is_in ? 1 : e->is_done ? 2 : 0);
}

extern const struct twin_kind twin_heater;

const struct scenario scenario_heater = {
    .twin = &twin_heater,
    .about =
        {{"An evening: the bath is ordered by the application on the way home, and "
          "somebody gets in.",
          "ある晩: 帰宅途中にアプリケーションで湯はりを注文し、誰かが入浴する。"}},
    SCENARIO_TABLES,
    .size = sizeof(struct evening),
    .lasts_s = 7200,
    .every_s = 1,
    .begin = begin,
    .act = act,
    .end = end,
    .picture = picture,
};
