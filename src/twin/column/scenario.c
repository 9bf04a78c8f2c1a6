// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * A shift at the column: recipes come from the MES, the controllers keep what they say,
 * and an operator who trusts the screen looks at it every so often. Assumptions are in
 * readme.md.
 */
#include <math.h>

#include "twin/column/column.h"
#include "twin/column/people.h"
#include "twin/column/plant.h"
#include "twin/scenario_tables.h"

enum use {
    XD_SET,
    XB_SET,
    PRESSURE_SET_KPA,
    IS_COMPOSITION_AUTO,
    V_HAND,
    IS_PRESSURE_AUTO,
    COOLANT_HAND,
    COOLANT_THERE,
    PRESSURE_BIAS,
    SIS_BIAS,
    IS_SIS_ON,
    IS_STOPPED,
    PRESSURE_KPAG,
    HEAT_KW,
    HEEL_KW,
    IS_TRIPPED,
    IS_RELAY_TRIPPED,
    IS_RELIEVING,
    RELIEVED_KG,
    OFF_SPEC,
    XD,
    BOTTOM_C,
    IS_BURST,
    CLOUD_KG,
    TNT_KG,
    OVERPRESSURE_KPA
};
static const char *const uses[] = {
    [XD_SET] = "xd_set",
    [XB_SET] = "xb_set",
    [PRESSURE_SET_KPA] = "pressure_set_kpa",
    [IS_COMPOSITION_AUTO] = "is_composition_auto",
    [V_HAND] = "v_hand_kmol_min",
    [IS_PRESSURE_AUTO] = "is_pressure_auto",
    [COOLANT_HAND] = "coolant_hand",
    [COOLANT_THERE] = "coolant_there",
    [PRESSURE_BIAS] = "pressure_bias_kpa",
    [SIS_BIAS] = "sis_bias_kpa",
    [IS_SIS_ON] = "is_sis_on",
    [IS_STOPPED] = "is_stopped",
    [PRESSURE_KPAG] = "pressure_kpag",
    [HEAT_KW] = "heat_kw",
    [HEEL_KW] = "heel_kw",
    [IS_TRIPPED] = "is_tripped",
    [IS_RELAY_TRIPPED] = "is_relay_tripped",
    [IS_RELIEVING] = "is_relieving",
    [RELIEVED_KG] = "relieved_kg",
    [OFF_SPEC] = "off_spec_kmol",
    [XD] = "xd",
    [BOTTOM_C] = "bottom_c",
    [IS_BURST] = "is_burst",
    [CLOUD_KG] = "cloud_kg",
    [TNT_KG] = "tnt_kg",
    [OVERPRESSURE_KPA] = "overpressure_kpa",
};

enum device { MES, DCS, HMI, PLC, SIS, SENSORS, VALVES, WORKSTATION };
enum signal {
    SET_TOP,
    SET_BOTTOM,
    SET_PRESSURE,
    HAND_COOLANT,
    HAND_STEAM,
    MEASURED,
    SHOWN,
    PROTECTED
};
enum function { SIS_TRIP, RELIEF, INTERLOCK, MANUAL };
enum response { SHUT_DOWN, ALARM };
enum chance {
    LOOKS_S,
    REACTION_S,
    ALARM_KPAG,
    INTERLOCK_KPAG,
    HEARS_RELIEF,
    ROUND_S,
    STAFF_DAY,
    STAFF_NIGHT,
    DAYTIME,
    STAFF_FAR_M,
    WITHDRAWN_M,
    INDOORS,
    RESIDENTS,
    RESIDENT_M,
    RESTART_H,
    REBUILD_H,
    STOCK_H,
    LAB_MISSES,
    FOUND_H,
    TO_TANK
};
enum outcome {
    TRIP,
    STOP_H,
    DRY_H,
    PEAK_KPAG,
    RELIEF_KG,
    LET_OFF_KG,
    BURST,
    RELEASED_KG,
    ROOM_KPA,
    RESIDENT_KPA,
    STAFF_HURT,
    STAFF_GRAVE,
    STAFF_DEAD,
    RESIDENTS_HURT,
    RESIDENTS_GRAVE,
    RESIDENTS_DEAD,
    OFF_SPEC_KMOL,
    SHIPPED_KMOL,
    SHIPPED_H,
    STOPS_AFTER_S
};
enum emergency {
    ORDINARY,
    ON_SPEC,
    COOLING_FAILS,
    SENSOR_FAILS,
    SIS_FAILS,
    MANUAL_STOP
};

/* How far a sensor's last message told what the sensor had sent. */
struct told {
    double sent;
    int has_sent;
};

struct shift {
    struct told measured, protected;
    double look_s, due_s, stopped_at_s, pressed_s; // due: when the operator acts
    double lifted_s;                               // when the relief valve first did
    double peak_s, hour_off_spec;                  // product off an hour before the end
    int is_throttled, is_withdrawn;
};

// clang-format off
static const struct scenario_part devices[] = {
    [MES] = {"mes", {{"manufacturing execution system, which gives the recipe", "レシピを与えるMES"}}},
    [DCS] = {"dcs", {{"server of the distributed control system", "DCSサーバ"}}},
    [HMI] = {"hmi", {{"operator station", "監視操作端末"}}},
    [PLC] = {"plc", {{"process controller; when it halts, steam shuts and cooling opens", "プロセス制御PLC。停止すると加熱蒸気弁が閉じ冷却水弁が開く"}}},
    [SIS] = {"sis", {{"safety controller; when it halts, steam and feed shut", "安全PLC。停止すると加熱蒸気と原料を遮断する"}}},
    [SENSORS] = {"sensors", {{"pressure transmitters", "圧力伝送器"}}},
    [VALVES] = {"valves", {{"control valves", "調節弁"}}},
    [WORKSTATION] = {"workstation", {{"engineering workstation", "エンジニアリング端末"}}},
};
static const struct scenario_part functions[] = {
    [SIS_TRIP] = {"sis_trip", {{"trip of the safety system (is_sis_on)", "安全計装による遮断(is_sis_on)"}}},
    [RELIEF] = {"relief", {{"relief valve: a spring, which nothing can switch off", "安全弁。ばね式であり無効にできない"}}},
    [INTERLOCK] = {"interlock", {{"the controller shuts steam at interlock_kpag", "interlock_kpag でPLCが加熱蒸気を絞る"}}},
    [MANUAL] = {"manual_shutdown", {{"hard-wired stop button in the control room", "計器室の結線式停止ボタン"}}},
};
static const struct scenario_part responses[] = {
    [SHUT_DOWN] = {"shut_down", {{"the column is shut down by the hard-wired button, and people are withdrawn", "結線式ボタンで蒸留塔を停止し、人を退避させる"}}},
    [ALARM] = {"alarm", {{"the operator is told not to trust the screen, and acts as at an alarm", "画面を信用しないよう運転員に知らせ、警報時と同じ対応をとる"}}},
};
static const struct scenario_signal signals[] = {
    [SET_TOP] = {Q("xd_set", "1", 0.99, 0.9, 0.999, "set point of the top's composition", "塔頂組成の設定値", "Column A"), 1, 60},
    [SET_BOTTOM] = {Q("xb_set", "1", 0.01, 0.001, 0.1, "set point of the bottom's composition", "塔底組成の設定値", "Column A"), 1, 60},
    [SET_PRESSURE] = {Q("pressure_set", "kPa", 150, 110, 1000, "set point of the pressure, absolute", "圧力の設定値(絶対圧)", "judgement, as the twin's"), 1, 60},
    [HAND_COOLANT] = {Q("coolant_hand", "1", -1, -1, 1, "cooling water valve by hand; below 0: automatic", "冷却水弁の手動開度。負は自動", NULL), 1, 0},
    [HAND_STEAM] = {Q("steam_hand", "kmol/min", -1, -1, 6.4, "boil-up by hand; below 0: automatic", "手動のボイルアップ量。負は自動", NULL), 1, 0},
    [MEASURED] = {Q("measured", "kPag", 48.675, -101, 1500, "pressure measured for control", "制御用の圧力計測値", NULL), 0, 6},
    [SHOWN] = {Q("shown", "kPag", 48.675, -101, 1500, "pressure shown to the operator", "運転員に表示される圧力", NULL), 0, 6},
    [PROTECTED] = {Q("protected", "kPag", 48.675, -101, 1500, "pressure measured for protection", "保護用の圧力計測値", NULL), 0, 6},
};
static const int ends[] = {[SET_TOP] = PLC, [SET_BOTTOM] = PLC, [SET_PRESSURE] = PLC, [HAND_COOLANT] = VALVES, [HAND_STEAM] = VALVES, [MEASURED] = PLC, [SHOWN] = HMI, [PROTECTED] = SIS};
static const struct scenario_chance chances[] = {
    [LOOKS_S] = {Q("looks_s", "s", 300, 6, 3600, "time between two looks at the screen without alarm", "警報が無いときに画面を見る間隔", "judgement: rounds, logs and other units in between"), PERT(60, 300, 1200)},
    [REACTION_S] = {Q("reaction_s", "s", 300, 10, 7200, "from an alarm until the button is pressed", "警報から停止ボタンを押すまでの時間", "judgement: CCPS, Layer of Protection Analysis (2001), credits an operator only with ten minutes or more"), PERT(60, 300, 1800)},
    [ALARM_KPAG] = {Q("alarm_kpag", "kPag", 150, 60, 1000, "pressure shown at which an alarm sounds", "警報の圧力(表示値)", "judgement: well below the trip at 250"), ALWAYS},
    [INTERLOCK_KPAG] = {Q("interlock_kpag", "kPag", 200, 60, 1500, "pressure measured at which the controller shuts steam", "PLCが加熱蒸気を絞る圧力(計測値)", "judgement: between alarm and trip"), ALWAYS},
    [HEARS_RELIEF] = {Q("hears_relief", "1", 0.5, 0, 1, "probability that the operator believes his ears when the relief valve lifts", "安全弁の吹出し音に気付き画面を疑う確率", "judgement: it roars, but the screen says that nothing is wrong"), ALWAYS},
    [ROUND_S] = {Q("round_s", "s", 1800, 0, 14400, "from when the relief valve lifts until somebody outside tells the control room", "安全弁の吹出しから現場の者が計器室に知らせるまでの時間", "judgement: rounds of an hour"), PERT(600, 1800, 3600)},
    [STAFF_DAY] = {Q("staff_day", "1", 25, 0, 500, "people near the column by day", "日中に塔の周辺に居る人数", "judgement"), PERT(15, 25, 40)},
    [STAFF_NIGHT] = {Q("staff_night", "1", 5, 0, 500, "people near the column by night and at weekends", "夜間・休日に塔の周辺に居る人数", "judgement"), PERT(3, 5, 8)},
    [DAYTIME] = {Q("daytime", "1", 0.24, 0, 1, "share of the time with day staff", "日勤者が居る時間の割合", "40 of 168 hours a week"), ALWAYS},
    [STAFF_FAR_M] = {Q("staff_far_m", "m", 200, 20, 2000, "farthest of them; evenly spread from 5 m", "その最大距離。5 mから均等に分布", "judgement"), ALWAYS},
    [WITHDRAWN_M] = {Q("withdrawn_m", "m", 150, 20, 2000, "nearest of them once withdrawn", "退避後の最小距離", "judgement: beyond the fence of the unit"), ALWAYS},
    [INDOORS] = {Q("indoors", "1", 0.6, 0, 1, "share of people in the plant who are indoors", "構内で屋内に居る人の割合", "judgement"), ALWAYS},
    [RESIDENTS] = {Q("residents", "1", 100, 0, 1000, "residents from the nearest house to three times as far", "最も近い住家からその3倍の距離までの住民数", "judgement"), PERT(20, 100, 400)},
    [RESIDENT_M] = {Q("resident_m", "m", 300, 20, 5000, "nearest house", "最も近い住家までの距離", "judgement"), PERT(150, 300, 800)},
    [RESTART_H] = {Q("restart_h", "h", 16, 0, 1000, "from a shutdown until product is on specification again", "停止から規格内の製品が得られるまでの時間", "judgement: a shift to find the cause, one to heat up, one to settle"), PERT(8, 16, 48)},
    [REBUILD_H] = {Q("rebuild_h", "h", 8760, 0, 50000, "to rebuild after a burst", "破裂後の再建に要する時間", "judgement: half a year to two years"), PERT(4380, 8760, 17520)},
    [STOCK_H] = {Q("stock_h", "h", 240, 0, 10000, "for which stocks of the companies downstream last", "川下の企業の在庫が続く時間", "judgement: one to three weeks"), PERT(168, 240, 480)},
    [LAB_MISSES] = {Q("lab_misses", "1", 0.3, 0, 1, "probability that the laboratory passes what is off by little", "わずかな規格外れを試験室が見逃す確率", "judgement: most lots are found out there"), ALWAYS},
    [FOUND_H] = {Q("found_h", "h", 168, 0, 5000, "until customers find what has been shipped", "出荷品の規格外れが顧客で見つかるまでの時間", "judgement: two days to three weeks"), PERT(48, 168, 504)},
    [TO_TANK] = {Q("to_tank", "1", 0, 0, 1, "share of what the relief valve lets out that is caught in a tank", "安全弁の放出物のうちタンクに受ける割合", "judgement: 0, a flare; measures set it"), ALWAYS},
};
static const struct scenario_outcome outcomes[] = {
    [TRIP] = {Q("trip", "1", 0, 0, 1, "1: safety system or relay has tripped", "1: 安全計装又はリレーが作動した", NULL), NONE, FROM(1, HUGE_VAL, HUGE_VAL)},
    [STOP_H] = {Q("stop_h", "h", 0, 0, 0, "hours without product: restart, restoration, rebuilding", "生産停止時間(再立上げ、復旧、再建)", NULL), NONE, FROM(1, 48, 4380)}, // judgement: days, half a year
    [DRY_H] = {Q("dry_h", "h", 0, 0, 0, "hours for which companies downstream have nothing left", "川下の企業の在庫が尽きた時間", NULL), NONE, FROM(HUGE_VAL, HUGE_VAL, 1)}, // judgement
    [PEAK_KPAG] = {Q("peak_kpag", "kPag", 0, 0, 0, "highest pressure", "最高圧力", NULL), NONE, NONE},
    [RELIEF_KG] = {Q("relief_kg", "kg", 0, 0, 0, "let out by the relief valve", "安全弁の放出量", NULL), NONE, NONE},
    [LET_OFF_KG] = {Q("let_off_kg", "kg", 0, 0, 0, "likewise, and not caught in a tank", "うち、タンクに受けなかった量", NULL), FROM(100, 1000, HUGE_VAL), FROM(100, HUGE_VAL, HUGE_VAL)}, // judgement: a flare beyond its design
    [BURST] = {Q("burst", "1", 0, 0, 1, "1: the column has burst", "1: 塔が破裂した", NULL), NONE, FROM(HUGE_VAL, HUGE_VAL, 1)},
    [RELEASED_KG] = {Q("released_kg", "kg", 0, 0, 0, "vapour set free by the burst", "破裂による放出量", NULL), FROM(100, HUGE_VAL, HUGE_VAL), FROM(HUGE_VAL, 100, HUGE_VAL)}, // judgement
    [ROOM_KPA] = {Q("room_kpa", "kPa", 0, 0, 0, "overpressure at distance_m, the control room", "distance_m(計器室)での過圧", NULL), NONE, NONE},
    [RESIDENT_KPA] = {Q("resident_kpa", "kPa", 0, 0, 0, "overpressure at the nearest house", "最も近い住家での過圧", NULL), NONE, FROM(2.07, HUGE_VAL, HUGE_VAL)}, // Clancey: glass
    [STAFF_HURT] = {Q("staff_hurt", "1", 0, 0, 0, "people in the plant slightly hurt", "構内の軽傷者数", NULL), FROM(1, HUGE_VAL, HUGE_VAL), NONE},
    [STAFF_GRAVE] = {Q("staff_grave", "1", 0, 0, 0, "people in the plant gravely hurt", "構内の重傷者数", NULL), FROM(HUGE_VAL, 1, 10), NONE}, // judgement: ten are many
    [STAFF_DEAD] = {Q("staff_dead", "1", 0, 0, 0, "people in the plant killed", "構内の死者数", NULL), FROM(HUGE_VAL, HUGE_VAL, 1), NONE},
    [RESIDENTS_HURT] = {Q("residents_hurt", "1", 0, 0, 0, "residents slightly hurt", "住民の軽傷者数", NULL), FROM(1, HUGE_VAL, HUGE_VAL), NONE},
    [RESIDENTS_GRAVE] = {Q("residents_grave", "1", 0, 0, 0, "residents gravely hurt", "住民の重傷者数", NULL), FROM(HUGE_VAL, 1, 10), NONE},
    [RESIDENTS_DEAD] = {Q("residents_dead", "1", 0, 0, 0, "residents killed", "住民の死者数", NULL), FROM(HUGE_VAL, HUGE_VAL, 1), NONE},
    [OFF_SPEC_KMOL] = {Q("off_spec_kmol", "kmol", 0, 0, 0, "product off specification in the shift", "直の間の規格外製品", NULL), NONE, FROM(1, HUGE_VAL, HUGE_VAL)},
    [SHIPPED_KMOL] = {Q("shipped_kmol", "kmol", 0, 0, 0, "product off specification shipped until customers find it", "顧客で見つかるまでに出荷した規格外製品", NULL), NONE, FROM(1, 1000, HUGE_VAL)}, // judgement
    [SHIPPED_H] = {Q("shipped_h", "h", 0, 0, 0, "hours for which it is shipped", "その出荷が続く時間", NULL), NONE, NONE},
    [STOPS_AFTER_S] = {Q("stops_after_s", "s", 0, 0, 0, "from the button until heating is below a twentieth", "停止ボタンから加熱が20分の1未満になるまでの時間", NULL), NONE, NONE},
};
static const struct scenario_emergency emergencies[] = {
    [ORDINARY] = {"ordinary", {{"an ordinary shift: no trip", "通常の直: 遮断しない"}}, TRIP, 0, NULL, 0},
    [ON_SPEC] = {"on_spec", {{"an ordinary shift: no product off specification", "通常の直: 規格外製品を出さない"}}, OFF_SPEC_KMOL, 0, NULL, 0},
    [COOLING_FAILS] = {"cooling_fails", {{"cooling water and interlock fail: the safety system trips before the relief valve lifts", "冷却水とインターロックの喪失: 安全弁の設定圧の前に安全計装が遮断する"}}, PEAK_KPAG, -0.1, "relief_set_kpag", 1},
    [SENSOR_FAILS] = {"sensor_fails", {{"the controller's pressure sensor fails low: likewise", "制御用圧力計の低側故障: 同上"}}, PEAK_KPAG, -0.1, "relief_set_kpag", 1},
    [SIS_FAILS] = {"sis_fails", {{"safety system, interlock and cooling water fail: the relief valve keeps pressure below that of the test, 1.5 times the design pressure", "安全計装、インターロック、冷却水の喪失: 安全弁が試験圧力(設計圧力の1.5倍)未満に保つ"}}, PEAK_KPAG, 0, "relief_set_kpag", 1.5},
    [MANUAL_STOP] = {"manual_stop", {{"the stop button: heating is down within 30 s", "停止ボタン: 30秒以内に加熱が止まる"}}, STOPS_AFTER_S, 30, NULL, 0},
};
// clang-format on
static const int shows[] = {PRESSURE_KPAG, BOTTOM_C, HEAT_KW, XD};

static const double fails_at_s = 600;

static int is_emergency(const struct stage *s, enum emergency e)
{
    return stage_emergency(s) == (int)e && stage_time(s) >= fails_at_s;
}

static int is_in(const struct stage *s, unsigned emergencies_of)
{
    int e = stage_emergency(s);
    return e >= 0 && (emergencies_of >> e & 1);
}

static void begin(struct stage *s)
{
    struct shift *x = stage_state(s);
    x->look_s = stage_chance(s, LOOKS_S) * stage_luck(s, "first look", 0);
    x->due_s = x->stopped_at_s = x->pressed_s = x->lifted_s = HUGE_VAL;
}

/* ---- control ----------------------------------------------------------------------
 */

/* The recipe goes down again and again, as set points of a DCS do. */
static void send_recipe(struct stage *s)
{
    static const int recipe[] = {SET_TOP, SET_BOTTOM, SET_PRESSURE};
    if (fmod(stage_time(s), 60) > 0.5) return;
    for (size_t i = 0; i < TWIN_COUNT(recipe); i++)
        stage_send(s, recipe[i], signals[recipe[i]].q.start);
}

/* Sends what a transmitter measures; returns by how much what its receiver saw of the
 * last message differs from what was sent: nothing, however late within a scan. */
static double send_reading(struct stage *s, int signal, struct told *told, double now)
{
    double error = told->has_sent ? stage_seen(s, signal) - told->sent : 0;
    told->sent = now;
    told->has_sent = 1;
    stage_send(s, signal, now);
    return error;
}

static void measure(struct stage *s, struct shift *x)
{
    double true_kpag = stage_get(s, PRESSURE_KPAG), dead = 0;
    int has_failed = is_emergency(s, SENSOR_FAILS);
    double bias = send_reading(s, MEASURED, &x->measured, true_kpag);
    stage_set(s, PRESSURE_BIAS, has_failed ? dead - true_kpag : bias);
    stage_set(s, SIS_BIAS, send_reading(s, PROTECTED, &x->protected, true_kpag));
    stage_send(s, SHOWN, has_failed ? dead : stage_seen(s, MEASURED));
}

/* The controller's own interlock, which falls with it. */
static void throttle(struct stage *s, struct shift *x)
{
    const unsigned without = 1u << COOLING_FAILS | 1u << SENSOR_FAILS | 1u << SIS_FAILS;
    const double resets_at = 0.75;
    double most = stage_chance(s, INTERLOCK_KPAG), seen = stage_seen(s, MEASURED);
    if (seen > most) x->is_throttled = 1;
    if (seen < resets_at * most || !stage_protects(s, INTERLOCK) || is_in(s, without))
        x->is_throttled = 0;
}

/* What stands in the controller: set points, and valves by hand. When it halts, its
 * outputs fall to where they are safe. */
static void control(struct stage *s, struct shift *x)
{
    int works = stage_works(s, PLC);
    double steam = works ? stage_seen(s, HAND_STEAM) : 0;
    double coolant = works ? stage_seen(s, HAND_COOLANT) : 1;
    throttle(s, x);
    if (x->is_throttled) steam = 0;
    stage_set(s, XD_SET, stage_seen(s, SET_TOP));
    stage_set(s, XB_SET, stage_seen(s, SET_BOTTOM));
    stage_set(s, PRESSURE_SET_KPA, stage_seen(s, SET_PRESSURE));
    stage_set(s, IS_COMPOSITION_AUTO, steam < 0);
    stage_set(s, V_HAND, steam);
    stage_set(s, IS_PRESSURE_AUTO, coolant < 0);
    stage_set(s, COOLANT_HAND, coolant);
}

static void protect(struct stage *s)
{
    const unsigned without = 1u << COOLING_FAILS | 1u << SIS_FAILS;
    if (is_in(s, without) && stage_time(s) >= fails_at_s)
        stage_set(s, COOLANT_THERE, 0);
    stage_set(s, IS_SIS_ON, stage_protects(s, SIS_TRIP) && !is_emergency(s, SIS_FAILS));
    if (!stage_works(s, SIS)) stage_set(s, IS_STOPPED, 1); // de-energized: it shuts
}

/* ---- the operator -----------------------------------------------------------------
 */

/* At a look: a picture that stands still, or too high a pressure without any alarm. */
static int looks_wrong(struct stage *s, struct shift *x)
{
    const double stale_s = 60, wrong_kpa = 40;
    double t = stage_time(s), set = signals[SHOWN].q.start;
    if (t < x->look_s) return 0;
    x->look_s = t + stage_chance(s, LOOKS_S);
    return !stage_works(s, HMI) || stage_silence_s(s, SHOWN) > stale_s ||
           stage_seen(s, SHOWN) > set + wrong_kpa;
}

/* A relief valve that has lifted roars; who does not believe his ears is told. */
static int knows_of_relief(const struct stage *s, struct shift *x)
{
    double t = stage_time(s);
    int hears = stage_luck(s, "hears relief", 0) < stage_chance(s, HEARS_RELIEF);
    if (stage_get(s, IS_RELIEVING) > 0.5) x->lifted_s = fmin(x->lifted_s, t);
    return t >= x->lifted_s + (hears ? 0 : stage_chance(s, ROUND_S));
}

static int is_alarmed(struct stage *s, struct shift *x)
{
    int knows = x->due_s == HUGE_VAL && knows_of_relief(s, x);
    int sounds =
        stage_works(s, HMI) && stage_seen(s, SHOWN) >= stage_chance(s, ALARM_KPAG);
    return looks_wrong(s, x) || sounds || knows || stage_responds(s, ALARM);
}

static void press(struct stage *s, struct shift *x)
{
    if (x->pressed_s < HUGE_VAL) return;
    x->pressed_s = stage_time(s);
    if (stage_protects(s, MANUAL)) stage_set(s, IS_STOPPED, 1);
}

/* The first alarm counts; with the button people are withdrawn. In the emergencies
 * of other functions nobody is there to help. */
static void operate(struct stage *s, struct shift *x)
{
    double t = stage_time(s);
    int is_away = stage_emergency(s) >= 0 && stage_emergency(s) != MANUAL_STOP;
    if (is_emergency(s, MANUAL_STOP) || stage_responds(s, SHUT_DOWN)) press(s, x);
    if (is_away) return;
    if (is_alarmed(s, x) && x->due_s == HUGE_VAL)
        x->due_s = t + stage_chance(s, REACTION_S);
    if (t >= x->due_s) press(s, x);
}

/* ---- what comes of it -------------------------------------------------------------
 */

static int is_stopped(const struct stage *s)
{
    return stage_get(s, IS_STOPPED) > 0.5 || stage_get(s, IS_TRIPPED) > 0.5 ||
           stage_get(s, IS_RELAY_TRIPPED) > 0.5 || !stage_works(s, PLC);
}

static void raise_to(struct stage *s, int outcome, double value)
{
    stage_outcome(s, outcome, fmax(stage_outcome_so_far(s, outcome), value));
}

static void watch(struct stage *s, struct shift *x)
{
    const double hour_s = 3600, usual_kw = 1541, down = 0.05;
    double t = stage_time(s);
    raise_to(s, PEAK_KPAG, stage_get(s, PRESSURE_KPAG));
    raise_to(s, TRIP,
             fmax(stage_get(s, IS_TRIPPED), stage_get(s, IS_RELAY_TRIPPED)) > 0.5);
    if (is_stopped(s)) x->stopped_at_s = fmin(x->stopped_at_s, t);
    if (t <= 3 * hour_s) x->hour_off_spec = stage_get(s, OFF_SPEC);
    if (stage_emergency(s) == MANUAL_STOP && x->pressed_s < t &&
        stage_get(s, HEAT_KW) > down * usual_kw)
        stage_outcome(s, STOPS_AFTER_S, t - x->pressed_s);
}

/* After a burst there is nothing to come; nor an hour after a stop, unless a heel goes
 * on by itself; nor an hour after what fails in an emergency. */
static int is_done(const struct stage *s, const struct shift *x)
{
    const double settles_s = 3600, cold_kw = 20;
    if (stage_get(s, IS_BURST) > 0.5) return 1;
    if (stage_emergency(s) >= 0 && stage_time(s) >= fails_at_s + settles_s) return 1;
    return stage_time(s) > x->stopped_at_s + settles_s &&
           stage_get(s, HEEL_KW) < cold_kw;
}

static int act(struct stage *s)
{
    struct shift *x = stage_state(s);
    send_recipe(s);
    measure(s, x);
    control(s, x);
    protect(s);
    operate(s, x);
    watch(s, x);
    return is_done(s, x);
}

/* Restart after any stop, after restoring what was altered; rebuilding after a burst.
 * A relief valve that has lifted is noticed by the end of the shift at the latest. */
static double stop_h(const struct stage *s, const struct shift *x)
{
    static const int restored[] = {DCS, HMI, PLC, SIS};
    double takes_s = 0;
    if (stage_get(s, IS_BURST) > 0.5) return stage_chance(s, REBUILD_H);
    if (x->stopped_at_s == HUGE_VAL && stage_get(s, RELIEVED_KG) <= 0) return 0;
    for (size_t i = 0; i < TWIN_COUNT(restored); i++)
        takes_s = fmax(takes_s, stage_restores_s(s, restored[i]));
    return stage_chance(s, RESTART_H) + takes_s / 3600;
}

/* Where nobody has stopped the column, it goes on as in its last hour until the
 * laboratory or customers find out. */
static void ship(struct stage *s, const struct shift *x)
{
    double off = stage_get(s, OFF_SPEC), each_h = off - x->hour_off_spec;
    int is_missed = stage_luck(s, "laboratory", 0) < stage_chance(s, LAB_MISSES);
    stage_outcome(s, OFF_SPEC_KMOL, off);
    if (stage_outcome_so_far(s, STOP_H) > 0 || !is_missed || each_h <= 0) return;
    stage_outcome(s, SHIPPED_H, stage_chance(s, FOUND_H));
    stage_outcome(s, SHIPPED_KMOL, off + each_h * stage_chance(s, FOUND_H));
}

static void tell(struct stage *s, int first, struct casualties c)
{
    stage_outcome(s, first, c.slight);
    stage_outcome(s, first + 1, c.grave);
    stage_outcome(s, first + 2, c.dead);
}

static void hurt(struct stage *s, const struct shift *x)
{
    const double withdraws_s = 600, nearest_m = 5, thrice = 3;
    int is_day = stage_luck(s, "daytime", 0) < stage_chance(s, DAYTIME);
    int is_withdrawn = x->pressed_s + withdraws_s < stage_time(s);
    double tnt_kg = stage_get(s, TNT_KG), house_m = stage_chance(s, RESIDENT_M);
    double near_m = is_withdrawn ? stage_chance(s, WITHDRAWN_M) : nearest_m;
    struct people staff = {"staff", stage_chance(s, is_day ? STAFF_DAY : STAFF_NIGHT),
                           near_m, fmax(near_m, stage_chance(s, STAFF_FAR_M)),
                           stage_chance(s, INDOORS)};
    struct people residents = {"residents", stage_chance(s, RESIDENTS), house_m,
                               thrice * house_m, 1};
    tell(s, STAFF_HURT, people_hurt(s, &staff, tnt_kg));
    tell(s, RESIDENTS_HURT, people_hurt(s, &residents, tnt_kg));
    stage_outcome(s, RESIDENT_KPA, people_blast_kpa(tnt_kg, house_m));
}

static void end(struct stage *s)
{
    const struct shift *x = stage_state(s);
    double stop = stop_h(s, x), relief_kg = stage_get(s, RELIEVED_KG);
    stage_outcome(s, STOP_H, stop);
    stage_outcome(s, DRY_H, fmax(0, stop - stage_chance(s, STOCK_H)));
    stage_outcome(s, RELIEF_KG, relief_kg);
    stage_outcome(s, LET_OFF_KG, relief_kg * (1 - stage_chance(s, TO_TANK)));
    stage_outcome(s, BURST, stage_get(s, IS_BURST));
    stage_outcome(s, RELEASED_KG, stage_get(s, CLOUD_KG));
    stage_outcome(s, ROOM_KPA, stage_get(s, OVERPRESSURE_KPA));
    ship(s, x);
    hurt(s, x);
}

/* The light component on each stage from the reboiler up, and what the operator is
 * shown. */
static void picture(const struct stage *s, struct json *j)
{
    const struct column *c = stage_look_twin(s);
    const struct shift *x = stage_look(s);
    double share[TRAYS], shown = stage_seen(s, SHOWN);
    for (int i = 0; i < TRAYS; i++)
        share[i] = c->state[PLANT_AMOUNT + i] > 1e-9
                       ? c->state[PLANT_LIGHT + i] / c->state[PLANT_AMOUNT + i]
                       : 0;
    put_numbers(j, "trays", share, TRAYS);
    put_numbers(j, "shown_kpag", &shown, 1);
    json_put_bool(j, "is_pressed", stage_time(s) >= x->pressed_s);
    json_put_bool(j, "is_withdrawn", x->is_withdrawn);
}

extern const struct twin_kind twin_column;

const struct scenario scenario_column = {
    .twin = &twin_column,
    .about = {{"A shift at the column: recipes from the MES, controllers, a safety "
               "system, and an operator who trusts the screen.",
               "蒸留塔のある直: "
               "MESからのレシピ、制御系、安全計装、画面を信用する運転員。"}},
    SCENARIO_TABLES,
    .size = sizeof(struct shift),
    .lasts_s = 4 * 3600,
    .every_s = 6,
    .begin = begin,
    .act = act,
    .end = end,
    .picture = picture,
};
