// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * A day at a customer's factory: readings go from sensors by logger and gateway to the
 * server, which judges them and tells the manager, who sends somebody. On some days a
 * bearing or the controller's thermocouple goes wrong. Assumptions are in readme.md.
 */
#include <math.h>

#include "twin/monitor/plant.h"
#include "twin/scenario_tables.h"

enum use {
    SET_C,
    IS_LIMITER_ON,
    IS_TRIP_ON,
    SPEED_SET_RPM,
    CONTROL_BIAS_K,
    CONTROL_DRIFT_K_H,
    ZONE_C,
    ZONE_MOST_C,
    WATCH_BIAS_K,
    IS_LIMITED,
    IS_TRIPPED,
    IS_SEIZED,
    OFF_BAND_S,
    INVESTIGATE_K,
    ALARM_C,
    TRIP_C,
    N_CONFIRM,
    WARM_S,
    LEARN_S,
    TRUE_1,
    TRUE_2,
    FAULT_1,
    FAULT_2,
    BEARING_1_C,
    BEARING_2_C,
    READING_1_C,
    READING_2_C,
    WATCH_C,
    DRIFT_1_K_H,
    DRIFT_2_K_H,
    WATCH_DRIFT_K_H
};
static const char *const uses[] = {
    [SET_C] = "set_c",
    [IS_LIMITER_ON] = "is_limiter_on",
    [IS_TRIP_ON] = "is_trip_on",
    [SPEED_SET_RPM] = "speed_set_rpm",
    [CONTROL_BIAS_K] = "control_bias_k",
    [CONTROL_DRIFT_K_H] = "control_drift_k_h",
    [ZONE_C] = "zone_c",
    [ZONE_MOST_C] = "zone_most_c",
    [WATCH_BIAS_K] = "watch_bias_k",
    [IS_LIMITED] = "is_limited",
    [IS_TRIPPED] = "is_tripped",
    [IS_SEIZED] = "is_seized",
    [OFF_BAND_S] = "off_band_s",
    [INVESTIGATE_K] = "investigate_k",
    [ALARM_C] = "alarm_c",
    [TRIP_C] = "trip_c",
    [N_CONFIRM] = "n_confirm",
    [WARM_S] = "warm_s",
    [LEARN_S] = "learn_s",
    [TRUE_1] = "bearing1_true_level",
    [TRUE_2] = "bearing2_true_level",
    [FAULT_1] = "bearing1_fault_n_m",
    [FAULT_2] = "bearing2_fault_n_m",
    [BEARING_1_C] = "bearing1_c",
    [BEARING_2_C] = "bearing2_c",
    [READING_1_C] = "bearing1_reading_c",
    [READING_2_C] = "bearing2_reading_c",
    [WATCH_C] = "watch_c",
    [DRIFT_1_K_H] = "bearing1_drift_k_h",
    [DRIFT_2_K_H] = "bearing2_drift_k_h",
    [WATCH_DRIFT_K_H] = "watch_drift_k_h",
};

enum device {
    ZONE_SENSOR,
    WIRELESS_SENSOR,
    WIRED_SENSOR,
    LOGGER,
    GATEWAY,
    SERVER,
    DATABASE,
    PORTAL,
    MAIL,
    TERMINAL,
    MANAGER
};
enum signal {
    ZONE_READING,
    WIRELESS_READING,
    WIRED_READING,
    ZONE_UP,
    WIRELESS_UP,
    WIRED_UP,
    ZONE_SHOWN,
    WIRELESS_SHOWN,
    WIRED_SHOWN,
    NOTICE,
    REPORT,
    SHORT_MESSAGE,
    SAMPLING_SET,
    MARGIN_SET
};
enum function { LIMITER, BEARING_TRIP };
enum response { SEND_SOMEBODY, RESTORE_SERVICE };
enum chance {
    ANOMALY_SHARE,
    WIRELESS_SHARE,
    COUPLE_SHARE,
    ONSET_S,
    GROWS_N_M_H,
    DRIFTS_K_H,
    WALK_K,
    HAS_TRIP,
    ZONE_MARGIN_K,
    STALE_S,
    READS_S,
    GOES_S,
    DEVICES_RESET_S,
    REPAIR_H,
    RESTART_H,
    LOCAL_ALARM,
    SERVER_READS
};
enum outcome {
    ANOMALY_MISSED,
    FOUND_LATE_H,
    SEIZED,
    PRODUCTION_STOP_H,
    PRODUCT_OFF_S,
    FALSE_ALARMS,
    VISITS_IN_VAIN,
    DEVICES_RESET,
    DISPLAY_ERROR_K,
    LOST_H,
    UNSEEN_H,
    NOTICE_AT_C,
    ZONE_HOTTEST_C
};
enum emergency { ORDINARY, BEARING_FAULT, COUPLE_FAILS, SENSOR_DRIFT };

/* What goes wrong, if anything. */
enum anomaly { SOUND, AT_BEARING_1, AT_BEARING_2, AT_COUPLE, AT_SENSOR };

/* What is measured: zone, bearing on the wireless sensor, bearing on the wired one. */
enum { CHANNELS = 3, ZONE = 0 };
static const struct channel {
    enum signal reading, up, shown;
    enum device sensor;
    enum use is, true_c; // the sensor's reading, and the truth
    enum use drift;
} channels[CHANNELS] = {
    {ZONE_READING,     ZONE_UP,     ZONE_SHOWN,     ZONE_SENSOR,     WATCH_C,     ZONE_C,      WATCH_DRIFT_K_H},
    {WIRELESS_READING, WIRELESS_UP, WIRELESS_SHOWN, WIRELESS_SENSOR, READING_1_C,
     BEARING_1_C,                                                                              DRIFT_1_K_H    },
    {WIRED_READING,    WIRED_UP,    WIRED_SHOWN,    WIRED_SENSOR,    READING_2_C, BEARING_2_C,
     DRIFT_2_K_H                                                                                              },
};

/* Who judges readings: the server, and the gateway where it can. */
struct judge {
    struct baseline learnt[CHANNELS];
    uint32_t n_seen[CHANNELS];
    int level[CHANNELS], pending[CHANNELS], n_pending[CHANNELS];
    double tells_at_s; // again, while something is wrong
};

struct day {
    struct judge server, gateway;
    uint32_t n_up[CHANNELS];
    double sampled_s[CHANNELS];
    enum anomaly anomaly;
    double onset_s, true_s, told_s, harm_s, stopped_s; // HUGE_VAL: not yet
    double visit_s, rests_until_s, lost_since_s;
    double warm_off_s, report_s, wander_s;
    int report_level, told_level, is_found, stays, was_reset;
    double lost_s, unseen_s;
    uint32_t n_notices, n_reports, n_short;
};

#define EVERY_S 60.0
/* A notice is sent again so often, reports come once a shift, and nobody is sent to the
 * same alarm twice within a shift (judgement). */
#define AGAIN_S 3600.0
#define SHIFT_S 28800.0

// clang-format off
#define PART(name, en, ja) {name, {{en, ja}}}
static const struct scenario_part devices[] = {
    [ZONE_SENSOR] = PART("zone_sensor", "the monitor's thermocouple at the furnace", "炉に取り付けた監視用の熱電対"),
    [WIRELESS_SENSOR] = PART("wireless_sensor", "wireless sensor at bearing 1", "軸受1の無線センサ"),
    [WIRED_SENSOR] = PART("wired_sensor", "wired sensor at bearing 2", "軸受2の有線センサ"),
    [LOGGER] = PART("logger", "data logger", "データロガー"),
    [GATEWAY] = PART("gateway", "gateway, which sends up what it gathers", "値を集めて送信するゲートウェイ"),
    [SERVER] = PART("server", "collection server, which judges and tells", "異常を判定し通知する情報収集サーバ"),
    [DATABASE] = PART("database", "database behind it", "サーバの背後のデータベース"),
    [PORTAL] = PART("portal", "portal for reports", "レポートのポータル"),
    [MAIL] = PART("mail", "mail server", "メールサーバ"),
    [TERMINAL] = PART("terminal", "terminal of the provider's staff on duty", "サポート事業者の監視用端末"),
    [MANAGER] = PART("manager", "terminal of the customer's manager", "顧客の管理者の端末"),
};
static const struct scenario_part functions[] = {
    [LIMITER] = PART("limiter", "limiter of the furnace, with a sensor of its own (limiter_c)", "専用センサをもつ炉の過熱防止器(limiter_c)"),
    [BEARING_TRIP] = PART("bearing_trip", "trip of the shaft by a bearing's temperature (trip_c), where fitted (has_trip)", "軸受温度(trip_c)による軸の停止装置(has_trip の割合で装備)"),
};
static const struct scenario_part responses[] = {
    [SEND_SOMEBODY] = PART("send_somebody", "the manager sends somebody, who stays at the equipment", "管理者が人を送り、設備のそばで監視させる"),
    [RESTORE_SERVICE] = PART("restore_service", "the provider sets the devices anew", "サポート事業者が機器を設定し直す"),
};
#define READING(name, en, ja) {Q(name, "degC", 20, -50, 1500, en, ja, NULL), 0, EVERY_S}
static const struct scenario_signal signals[] = {
    [ZONE_READING] = READING("zone_reading", "zone temperature, from sensor to gateway", "センサからゲートウェイへの炉の温度"),
    [WIRELESS_READING] = READING("wireless_reading", "bearing 1, from wireless sensor to gateway", "無線センサからゲートウェイへの軸受1の温度"),
    [WIRED_READING] = READING("wired_reading", "bearing 2, from sensor to gateway", "センサからゲートウェイへの軸受2の温度"),
    [ZONE_UP] = READING("zone_up", "zone temperature, from gateway to server", "ゲートウェイからサーバへの炉の温度"),
    [WIRELESS_UP] = READING("wireless_up", "bearing 1, from gateway to server", "ゲートウェイからサーバへの軸受1の温度"),
    [WIRED_UP] = READING("wired_up", "bearing 2, from gateway to server", "ゲートウェイからサーバへの軸受2の温度"),
    [ZONE_SHOWN] = READING("zone_shown", "zone temperature shown to the staff on duty", "当直者に表示される炉の温度"),
    [WIRELESS_SHOWN] = READING("wireless_shown", "bearing 1 shown", "表示される軸受1の温度"),
    [WIRED_SHOWN] = READING("wired_shown", "bearing 2 shown", "表示される軸受2の温度"),
    [NOTICE] = {Q("notice", "1", 0, 0, 3, "notice of an anomaly to the manager, its level", "管理者への異常の通知(水準)", NULL), 0, AGAIN_S},
    [REPORT] = {Q("report", "1", 0, 0, 3, "report of a shift: the worst level in it", "直ごとのレポート(最悪の水準)", NULL), 0, SHIFT_S},
    [SHORT_MESSAGE] = {Q("short_message", "1", 0, 0, 3, "alarm of the gateway itself by mobile network", "ゲートウェイ自身の携帯電話網での警報", NULL), 0, AGAIN_S},
    [SAMPLING_SET] = {Q("sampling_set", "s", 60, 1, 86400, "interval of sampling, set from afar", "遠隔で設定する収集間隔", "judgement: sample_s of the twin"), 1, 0},
    [MARGIN_SET] = {Q("margin_set", "K", 12.5, 1, 100, "deviation from which the gateway itself alarms", "ゲートウェイ自身が警報する偏差", "10 to 15 K over the baseline, as investigate_k"), 1, 0},
};
static const int ends[] = {
    [ZONE_READING] = GATEWAY, [WIRELESS_READING] = GATEWAY, [WIRED_READING] = GATEWAY, [ZONE_UP] = SERVER, [WIRELESS_UP] = SERVER, [WIRED_UP] = SERVER,
    [ZONE_SHOWN] = TERMINAL, [WIRELESS_SHOWN] = TERMINAL, [WIRED_SHOWN] = TERMINAL, [NOTICE] = MANAGER, [REPORT] = MANAGER, [SHORT_MESSAGE] = -1,
    [SAMPLING_SET] = LOGGER, [MARGIN_SET] = GATEWAY,
};
static const struct scenario_chance chances[] = {
    [ANOMALY_SHARE] = {Q("anomaly_share", "1", 0.1, 0, 1, "probability that something goes wrong on the day", "その日に異常が生じる確率", "judgement: far more than in a factory, so that rehearsals meet it"), ALWAYS},
    [WIRELESS_SHARE] = {Q("wireless_share", "1", 0.4, 0, 1, "of these: bearing 1, on the wireless sensor", "そのうち無線センサの軸受1の割合", "judgement"), ALWAYS},
    [COUPLE_SHARE] = {Q("couple_share", "1", 0.3, 0, 1, "of these: the controller's thermocouple; the rest: bearing 2", "そのうち調節計の熱電対の割合。残りは軸受2", "judgement"), ALWAYS},
    [ONSET_S] = {Q("onset_s", "s", 25200, 0, 86400, "when it begins", "異常の始まる時刻", "judgement: once the baseline is learnt"), PERT(14400, 25200, 36000)},
    [GROWS_N_M_H] = {Q("grows_n_m_h", "N m/h", 0.5, 0.01, 10, "growth of a faulty bearing's friction", "異常な軸受の摩擦の増加速度", "judgement: two to ten hours until it seizes, as where lubrication fails"), PERT(0.25, 0.5, 1)},
    [DRIFTS_K_H] = {Q("drifts_k_h", "K/h", 2, 0, 100, "a failing thermocouple of the controller shows less by", "劣化した調節計の熱電対の指示の低下速度", "judgement: no verified constant is known"), PERT(1, 2, 3)},
    [WALK_K] = {Q("walk_k", "K", 0.2, 0, 10, "random walk of each sensor: standard deviation after an hour", "各センサのランダムウォーク: 1時間後の標準偏差", "judgement: 1 K after a day"), ALWAYS},
    [HAS_TRIP] = {Q("has_trip", "1", 0.5, 0, 1, "probability that a trip is fitted at the bearings", "軸受に停止装置がある確率", "judgement"), ALWAYS},
    [ZONE_MARGIN_K] = {Q("zone_margin_k", "K", 6, 1, 100, "deviation of the zone that is told", "通知する炉温の偏差", "judgement: well within the band of the product (band_k)"), ALWAYS},
    [STALE_S] = {Q("stale_s", "s", 600, 120, 86400, "without a reading for so long nothing is watched any more", "これ以上値が届かなければ監視されていないとみなす時間", "judgement: ten samples"), ALWAYS},
    [READS_S] = {Q("reads_s", "s", 600, 0, 86400, "until the manager has read a notice", "管理者が通知を読むまでの時間", "judgement: at once to an hour"), PERT(60, 600, 3600)},
    [GOES_S] = {Q("goes_s", "s", 600, 0, 86400, "until who is sent is at the equipment", "送られた人が設備に着くまでの時間", "judgement: minutes within the factory"), PERT(120, 600, 1800)},
    [DEVICES_RESET_S] = {Q("devices_reset_s", "s", 14400, 0, 1e6, "until the provider has set devices anew that no longer report", "値の届かない機器をサポート事業者が設定し直すまでの時間", "judgement: a visit on the same day"), PERT(3600, 14400, 86400)},
    [REPAIR_H] = {Q("repair_h", "h", 16, 0, 1000, "production stands after a bearing has seized", "軸受の焼付き後に生産が止まる時間", "judgement: a shift to three days"), PERT(8, 16, 72)},
    [RESTART_H] = {Q("restart_h", "h", 3, 0, 1000, "production stands after trip or limiter", "停止装置・過熱防止器の動作後に生産が止まる時間", "judgement: search for the cause, and warming up"), PERT(1, 3, 8)},
    [LOCAL_ALARM] = {Q("local_alarm", "1", 0, 0, 1, "1: the gateway judges and alarms by itself, and keeps values", "1: ゲートウェイ自身が判定・警報し、値を蓄積する", "0: as first planned; measures set it"), ALWAYS},
    [SERVER_READS] = {Q("server_reads", "1", 1, 0, 1, "0: the server cannot read what it stores, and neither judges nor shows", "0: サーバは値を読めず、判定も表示もしない", "1; measures set it"), ALWAYS},
};
static const struct scenario_outcome outcomes[] = {
    [ANOMALY_MISSED] = {Q("anomaly_missed", "1", 0, 0, 1, "1: an anomaly was told to nobody before it did harm, or at all", "1: 異常が被害の前に誰にも知らされない、又は最後まで知らされない", NULL), NONE, NONE},
    [FOUND_LATE_H] = {Q("found_late_h", "h", 0, 0, 0, "from when the truth could be told as an anomaly until it was, or production stood", "真の値から異常と判定できる時点から、知らされるか生産が止まるまでの時間", NULL), NONE, NONE},
    [SEIZED] = {Q("bearing_seized", "1", 0, 0, 1, "1: a bearing has seized", "1: 軸受が焼き付いた", "limited: hot parts, somebody is hurt slightly (judgement)"), FROM(1, HUGE_VAL, HUGE_VAL), FROM(1, HUGE_VAL, HUGE_VAL)},
    [PRODUCTION_STOP_H] = {Q("production_stop_h", "h", 0, 0, 0, "production stands unplanned", "生産の予定外の停止時間", "limited from an hour, serious from a week (judgement)"), NONE, FROM(1, 168, HUGE_VAL)},
    [PRODUCT_OFF_S] = {Q("product_off_s", "s", 0, 0, 0, "product out of its band", "製品が許容帯を外れた時間", "limited from a quarter of an hour (judgement)"), NONE, FROM(900, HUGE_VAL, HUGE_VAL)},
    [FALSE_ALARMS] = {Q("false_alarms", "1", 0, 0, 0, "alarms that reached the manager without cause", "管理者に届いた原因のない警報の数", NULL), NONE, NONE},
    [VISITS_IN_VAIN] = {Q("visits_in_vain", "1", 0, 0, 0, "visits to equipment that was sound", "正常な設備への駆け付けの回数", "limited from one (judgement)"), NONE, FROM(1, HUGE_VAL, HUGE_VAL)},
    [DEVICES_RESET] = {Q("devices_reset", "1", 0, 0, 0, "visits to set devices anew", "機器を設定し直す訪問の回数", "limited from one (judgement)"), NONE, FROM(1, HUGE_VAL, HUGE_VAL)},
    [DISPLAY_ERROR_K] = {Q("display_error_k", "K", 0, 0, 0, "largest difference of what is shown and what is", "表示と実際の値の最大の差", NULL), NONE, NONE},
    [LOST_H] = {Q("lost_h", "h", 0, 0, 0, "service lost: nothing watches some channel; until it is restored, also after the day", "監視が失われた時間(当日以降の復旧まで含む)", "limited from one hour, serious from a day (judgement: days cost customers)"), NONE, FROM(1, 24, HUGE_VAL)},
    [UNSEEN_H] = {Q("unseen_h", "h", 0, 0, 0, "no fresh readings at the server, likewise", "サーバに新しい値が無い時間(同上)", NULL), NONE, NONE},
    [NOTICE_AT_C] = {Q("notice_at_c", "degC", 0, 0, 0, "hottest bearing until an anomaly was told, or at all", "異常が知らされるまでの軸受の最高温度", NULL), NONE, NONE},
    [ZONE_HOTTEST_C] = {Q("zone_hottest_c", "degC", 0, 0, 0, "hottest zone", "炉の最高温度", NULL), NONE, NONE},
};
static const struct scenario_emergency emergencies[] = {
    [ORDINARY] = {"ordinary", {{"an ordinary day: no alarm reaches the manager", "通常の日: 管理者に警報が届かない"}}, FALSE_ALARMS, 0, NULL, 0},
    [BEARING_FAULT] = {"bearing_fault", {{"a bearing goes wrong: the manager is told before it reaches trip_c", "軸受の異常: 停止温度に達する前に管理者に知らされる"}}, NOTICE_AT_C, 0, "trip_c", 1},
    [COUPLE_FAILS] = {"couple_fails", {{"the controller's thermocouple fails low: the limiter keeps the zone within 5 K over limiter_c", "調節計の熱電対が低く故障: 過熱防止器が炉温を limiter_c の5 K超以内に保つ"}}, ZONE_HOTTEST_C, 5, "limiter_c", 1},
    [SENSOR_DRIFT] = {"sensor_drift", {{"the monitor's thermocouple drifts by 6 K/h: told and put right before the display is off by 20 K", "監視用熱電対が毎時6 Kドリフト: 表示の誤差が20 Kとなる前に知らされ、直される"}}, DISPLAY_ERROR_K, 20, NULL, 0},
};
// clang-format on
static const int shows[] = {BEARING_1_C, READING_1_C, ZONE_C, WATCH_C};

/* ---- the world --------------------------------------------------------------------
 */

static enum anomaly drawn_anomaly(const struct stage *s)
{
    static const enum anomaly of_emergency[] = {
        [ORDINARY] = SOUND,
        [BEARING_FAULT] = AT_BEARING_1,
        [COUPLE_FAILS] = AT_COUPLE,
        [SENSOR_DRIFT] = AT_SENSOR,
    };
    double which = stage_luck(s, "which_anomaly", 0);
    if (stage_emergency(s) >= 0) return of_emergency[stage_emergency(s)];
    if (stage_luck(s, "anomaly", 0) >= stage_chance(s, ANOMALY_SHARE)) return SOUND;
    if (which < stage_chance(s, WIRELESS_SHARE)) return AT_BEARING_1;
    which -= stage_chance(s, WIRELESS_SHARE);
    return which < stage_chance(s, COUPLE_SHARE) ? AT_COUPLE : AT_BEARING_2;
}

static void begin(struct stage *s)
{
    struct day *d = stage_state(s);
    d->anomaly = drawn_anomaly(s);
    d->onset_s = d->anomaly == SOUND ? HUGE_VAL : stage_chance(s, ONSET_S);
    d->true_s = d->told_s = d->harm_s = d->stopped_s = d->visit_s = d->lost_since_s =
        HUGE_VAL;
    d->report_s = SHIFT_S;
}

/* Each sensor walks at random: another even drift in each hour, with the standard
 * deviation of a step of the walk (a number spread evenly over 2 has 1/sqrt 3). */
static void wander(struct stage *s, struct day *d)
{
    static const int drifts[] = {WATCH_DRIFT_K_H, DRIFT_1_K_H, DRIFT_2_K_H,
                                 CONTROL_DRIFT_K_H};
    double most_k_h = stage_chance(s, WALK_K) * sqrt(3);
    uint32_t hour = (uint32_t)(stage_time(s) / 3600);
    if (stage_time(s) < d->wander_s) return;
    d->wander_s = (hour + 1) * 3600.0;
    for (uint32_t i = 0; i < TWIN_COUNT(drifts); i++)
        stage_set(s, drifts[i],
                  most_k_h * (2 * stage_luck(s, "walk", hour * 8 + i) - 1));
}

/* The anomaly goes on; a thermocouple is put right once it is found. */
static void grow(struct stage *s, const struct day *d)
{
    const double fails_by_k = -200, sensor_k_h = 6;
    double since_h = (stage_time(s) - d->onset_s) / 3600;
    double drift_k = d->is_found ? 0 : since_h;
    if (since_h < 0) return;
    switch (d->anomaly) {
    case AT_BEARING_1:
        stage_set(s, FAULT_1, since_h * stage_chance(s, GROWS_N_M_H));
        break;
    case AT_BEARING_2:
        stage_set(s, FAULT_2, since_h * stage_chance(s, GROWS_N_M_H));
        break;
    case AT_COUPLE:
        stage_set(s, CONTROL_BIAS_K,
                  stage_emergency(s) == COUPLE_FAILS
                      ? fails_by_k
                      : -drift_k * stage_chance(s, DRIFTS_K_H));
        break;
    case AT_SENSOR: stage_set(s, WATCH_BIAS_K, drift_k * sensor_k_h); break;
    default: break;
    }
}

/* Safety functions, which are the equipment's own. */
static void protect(struct stage *s)
{
    int has_trip = stage_luck(s, "has_trip", 0) < stage_chance(s, HAS_TRIP);
    stage_set(s, IS_LIMITER_ON, stage_protects(s, LIMITER));
    stage_set(s, IS_TRIP_ON, has_trip && stage_protects(s, BEARING_TRIP));
}

static double learnt_at(const struct stage *s)
{
    return stage_get(s, WARM_S) + stage_get(s, LEARN_S);
}

/* Whether the truth is such that it could be told. */
static int is_wrong(const struct stage *s, const struct day *d)
{
    double margin_k = stage_chance(s, ZONE_MARGIN_K);
    switch (d->anomaly) {
    case AT_BEARING_1: return stage_get(s, TRUE_1) >= PLANT_INVESTIGATE;
    case AT_BEARING_2: return stage_get(s, TRUE_2) >= PLANT_INVESTIGATE;
    case AT_COUPLE: return fabs(stage_get(s, ZONE_C) - stage_get(s, SET_C)) > margin_k;
    case AT_SENSOR:
        return fabs(stage_get(s, WATCH_C) - stage_get(s, ZONE_C)) > margin_k;
    default: return 0;
    }
}

/* ---- readings on their way --------------------------------------------------------
 */

static int is_sent(const struct stage *s, int channel)
{
    int is_wired = channels[channel].sensor != WIRELESS_SENSOR;
    return stage_works(s, (int)channels[channel].sensor) &&
           (!is_wired || stage_works(s, LOGGER));
}

/* The logger samples its channels as it has been set; the wireless sensor sends of
 * itself. */
static void measure(struct stage *s, struct day *d)
{
    double t = stage_time(s), set_s = stage_seen(s, SAMPLING_SET);
    double usual_s = signals[SAMPLING_SET].q.start;
    if (d->was_reset) set_s = usual_s;
    for (int i = 0; i < CHANNELS; i++) {
        const struct channel *c = &channels[i];
        double every_s = c->sensor == WIRELESS_SENSOR ? usual_s : set_s;
        if (!is_sent(s, i) || t < d->sampled_s[i] + every_s) continue;
        d->sampled_s[i] = t;
        stage_send(s, (int)c->reading, stage_get(s, (int)c->is));
    }
}

/* The gateway sends up what has come in. */
static void gather(struct stage *s, struct day *d)
{
    if (!stage_works(s, GATEWAY)) return;
    for (int i = 0; i < CHANNELS; i++) {
        const struct channel *c = &channels[i];
        uint32_t n = stage_arrived(s, (int)c->reading);
        if (n == d->n_up[i]) continue;
        d->n_up[i] = n;
        stage_send(s, (int)c->up, stage_seen(s, (int)c->reading));
    }
}

/* ---- judging ----------------------------------------------------------------------
 */

/* The rule of the twin's monitor on what has arrived, once there is a baseline. */
static int judged(const struct stage *s, const struct judge *j, int channel,
                  double seen_c, double margin_k)
{
    struct plant_limits limits = {margin_k, stage_get(s, ALARM_C),
                                  stage_get(s, TRIP_C)};
    const struct baseline *b = &j->learnt[channel];
    if (stage_time(s) < learnt_at(s) || b->n <= 0) return PLANT_NORMAL;
    if (channel == ZONE)
        return fabs(seen_c - stage_get(s, SET_C)) > stage_chance(s, ZONE_MARGIN_K);
    return plant_bearing_level(&limits, seen_c, b->sum_c / b->n);
}

/* A worse level counts after some samples in a row, a better one at once. Returns 1 if
 * it got worse. */
static int settle(const struct stage *s, struct judge *j, int channel, int level)
{
    if (level <= j->level[channel]) {
        j->level[channel] = level;
        j->n_pending[channel] = 0;
        return 0;
    }
    int *pending = &j->pending[channel];
    *pending = j->n_pending[channel] > 0 && *pending < level ? *pending : level;
    if (++j->n_pending[channel] < stage_get(s, N_CONFIRM)) return 0;
    j->level[channel] = *pending;
    j->n_pending[channel] = 0;
    return 1;
}

static int learns(const struct stage *s)
{
    return stage_time(s) >= stage_get(s, WARM_S) && stage_time(s) < learnt_at(s);
}

/* What is new of a channel; returns 1 if it got worse. */
static int judge_channel(const struct stage *s, struct judge *j, int channel,
                         int signal, double margin_k)
{
    double seen_c = stage_seen(s, signal);
    if (stage_arrived(s, signal) == j->n_seen[channel]) return 0;
    j->n_seen[channel] = stage_arrived(s, signal);
    if (learns(s)) {
        j->learnt[channel].sum_c += seen_c;
        j->learnt[channel].n++;
    }
    return settle(s, j, channel, judged(s, j, channel, seen_c, margin_k));
}

static int worst_level(const struct judge *j)
{
    int worst = PLANT_NORMAL;
    for (int i = 0; i < CHANNELS; i++)
        worst = j->level[i] > worst ? j->level[i] : worst;
    return worst;
}

/* Told when it gets worse, and again while it is wrong. */
static void tell(struct stage *s, struct judge *j, int got_worse, int by)
{
    int worst = worst_level(j);
    if (worst == PLANT_NORMAL || (!got_worse && stage_time(s) < j->tells_at_s)) return;
    j->tells_at_s = stage_time(s) + AGAIN_S;
    stage_send(s, by, worst);
}

static void report(struct stage *s, struct day *d)
{
    int worst = worst_level(&d->server);
    d->report_level = worst > d->report_level ? worst : d->report_level;
    if (stage_time(s) < d->report_s) return;
    d->report_s += SHIFT_S;
    if (stage_works(s, DATABASE) && stage_works(s, PORTAL))
        stage_send(s, REPORT, d->report_level);
    d->report_level = PLANT_NORMAL;
}

static void serve(struct stage *s, struct day *d)
{
    int got_worse = 0;
    if (!stage_works(s, SERVER) || stage_chance(s, SERVER_READS) < 0.5) return;
    for (int i = 0; i < CHANNELS; i++) {
        const struct channel *c = &channels[i];
        int is_new = stage_arrived(s, (int)c->up) != d->server.n_seen[i];
        got_worse |=
            judge_channel(s, &d->server, i, (int)c->up, stage_get(s, INVESTIGATE_K));
        if (is_new) stage_send(s, (int)c->shown, stage_seen(s, (int)c->up));
    }
    tell(s, &d->server, got_worse, NOTICE);
    report(s, d);
}

/* The gateway by itself, where it can. */
static void alarm_locally(struct stage *s, struct day *d)
{
    int got_worse = 0;
    double margin_k =
        d->was_reset ? signals[MARGIN_SET].q.start : stage_seen(s, MARGIN_SET);
    if (stage_chance(s, LOCAL_ALARM) < 0.5 || !stage_works(s, GATEWAY)) return;
    for (int i = 0; i < CHANNELS; i++)
        got_worse |=
            judge_channel(s, &d->gateway, i, (int)channels[i].reading, margin_k);
    tell(s, &d->gateway, got_worse, SHORT_MESSAGE);
}

/* ---- people -----------------------------------------------------------------------
 */

/* The level that something new says to the manager. */
static int news(const struct stage *s, int signal, uint32_t *n)
{
    if (stage_arrived(s, signal) == *n) return PLANT_NORMAL;
    *n = stage_arrived(s, signal);
    return (int)fmin(PLANT_TRIP, fmax(PLANT_NORMAL, stage_seen(s, signal)));
}

static int level_told(const struct stage *s, struct day *d)
{
    int level = news(s, SHORT_MESSAGE, &d->n_short), more;
    if (!stage_works(s, MANAGER)) return level;
    more = news(s, NOTICE, &d->n_notices);
    level = more > level ? more : level;
    more = news(s, REPORT, &d->n_reports);
    return more > level ? more : level;
}

static void count(struct stage *s, int outcome)
{
    stage_outcome(s, outcome, stage_outcome_so_far(s, outcome) + 1);
}

/* The manager hears of it and sends somebody, but not twice for the same within a
 * shift. */
static void hear(struct stage *s, struct day *d)
{
    int level = level_told(s, d);
    double t = stage_time(s);
    if (level < PLANT_INVESTIGATE) return;
    if (t >= d->onset_s && d->told_s > t) d->told_s = t;
    if (t < d->rests_until_s && level <= d->told_level) return;
    if (d->visit_s < HUGE_VAL || d->is_found) return;
    d->told_level = level;
    d->visit_s = t + stage_chance(s, READS_S) + stage_chance(s, GOES_S);
    if (t < d->onset_s) count(s, FALSE_ALARMS);
}

/* What is wrong is seen at the equipment, and stopped or put right. */
static void find(struct stage *s, struct day *d)
{
    d->is_found = 1;
    if (d->told_s > stage_time(s)) d->told_s = stage_time(s);
    if (d->anomaly == AT_BEARING_1 || d->anomaly == AT_BEARING_2)
        stage_set(s, SPEED_SET_RPM, 0);
}

static void visit(struct stage *s, struct day *d)
{
    double t = stage_time(s);
    if (d->stays && !d->is_found && d->true_s <= t) find(s, d);
    if (t < d->visit_s) return;
    d->visit_s = HUGE_VAL;
    d->rests_until_s = t + SHIFT_S;
    if (t >= d->onset_s && !d->is_found)
        find(s, d);
    else if (t < d->onset_s)
        count(s, VISITS_IN_VAIN);
}

/* Somebody is sent because an attack was seen. */
static void respond(struct stage *s, struct day *d)
{
    if (stage_responds(s, SEND_SOMEBODY)) d->stays = 1;
    if (!stage_responds(s, RESTORE_SERVICE) || d->was_reset) return;
    d->was_reset = 1;
    count(s, DEVICES_RESET);
}

/* ---- the service ------------------------------------------------------------------
 */

static int is_stale(const struct stage *s, int signal)
{
    return stage_silence_s(s, signal) > stage_chance(s, STALE_S);
}

/* Whether nothing fresh of some channel is at the server; *by_devices: because none
 * comes from the devices. */
static int is_unseen(const struct stage *s, int *by_devices)
{
    int is_out = !stage_works(s, SERVER);
    *by_devices = !stage_works(s, GATEWAY);
    for (int i = 0; i < CHANNELS; i++) {
        is_out |= is_stale(s, (int)channels[i].up);
        *by_devices |= is_stale(s, (int)channels[i].reading);
    }
    return is_out;
}

/* Devices that no longer report are set anew after a while. */
static void reset_devices(struct stage *s, struct day *d, int by_devices)
{
    double t = stage_time(s);
    if (by_devices && d->lost_since_s > t) d->lost_since_s = t;
    if (d->was_reset || t < d->lost_since_s + stage_chance(s, DEVICES_RESET_S)) return;
    d->was_reset = 1;
    count(s, DEVICES_RESET);
}

static void count_service(struct stage *s, struct day *d)
{
    int by_devices, is_out = is_unseen(s, &by_devices);
    int is_local = stage_chance(s, LOCAL_ALARM) > 0.5 && !by_devices;
    int is_blind = stage_chance(s, SERVER_READS) < 0.5;
    d->unseen_s += is_out ? EVERY_S : 0;
    d->lost_s += (is_out || is_blind) && !is_local ? EVERY_S : 0;
    reset_devices(s, d, by_devices);
}

static void count_display(struct stage *s)
{
    double worst_k = stage_outcome_so_far(s, DISPLAY_ERROR_K);
    if (stage_time(s) < learnt_at(s)) return;
    for (int i = 0; i < CHANNELS; i++) {
        const struct channel *c = &channels[i];
        double off_k = stage_seen(s, (int)c->shown) - stage_get(s, (int)c->true_c);
        if (stage_arrived(s, (int)c->shown) > 0) worst_k = fmax(worst_k, fabs(off_k));
    }
    stage_outcome(s, DISPLAY_ERROR_K, worst_k);
}

static int stands(const struct stage *s)
{
    return stage_get(s, IS_SEIZED) > 0.5 || stage_get(s, IS_TRIPPED) > 0.5 ||
           stage_get(s, IS_LIMITED) > 0.5;
}

/* Harm is a stop, or product out of its band once the furnace is warm. */
static void note_harm(struct stage *s, struct day *d)
{
    double t = stage_time(s), off_s = stage_get(s, OFF_BAND_S);
    if (t < stage_get(s, WARM_S)) d->warm_off_s = off_s;
    if (stands(s)) d->stopped_s = fmin(d->stopped_s, t);
    if (stands(s) || off_s > d->warm_off_s) d->harm_s = fmin(d->harm_s, t);
}

static void note(struct stage *s, struct day *d)
{
    double t = stage_time(s), hottest_c = stage_outcome_so_far(s, NOTICE_AT_C);
    hottest_c = fmax(hottest_c, stage_get(s, BEARING_1_C));
    hottest_c = fmax(hottest_c, stage_get(s, BEARING_2_C));
    note_harm(s, d);
    if (t >= d->onset_s && d->true_s > t && is_wrong(s, d)) d->true_s = t;
    if (d->told_s >= t) stage_outcome(s, NOTICE_AT_C, hottest_c);
}

/* ---- the day ----------------------------------------------------------------------
 */

/* An emergency is over once its question has an answer. */
static int is_answered(const struct stage *s, const struct day *d)
{
    double t = stage_time(s);
    int is_stopped = d->stopped_s < t - 1800;
    switch (stage_emergency(s)) {
    case BEARING_FAULT: return d->told_s < t || is_stopped;
    case COUPLE_FAILS: return is_stopped;
    case SENSOR_DRIFT: return d->is_found && t > d->onset_s + 3 * 3600;
    default: return 0;
    }
}

static int act(struct stage *s)
{
    struct day *d = stage_state(s);
    wander(s, d);
    grow(s, d);
    protect(s);
    measure(s, d);
    gather(s, d);
    alarm_locally(s, d);
    serve(s, d);
    note(s, d);
    hear(s, d);
    respond(s, d);
    visit(s, d);
    count_service(s, d);
    count_display(s);
    return is_answered(s, d);
}

/* How late an anomaly was told; what was told to nobody, until the stop or the end. */
static void end_anomaly(struct stage *s, const struct day *d)
{
    double last_s = fmin(d->stopped_s, stage_time(s));
    double late_s = fmin(d->told_s, last_s) - d->true_s;
    if (d->true_s > stage_time(s)) return;
    stage_outcome(s, FOUND_LATE_H, fmax(0, late_s) / 3600);
    stage_outcome(s, ANOMALY_MISSED, d->told_s > fmin(d->harm_s, last_s));
}

/* Whatever is out at the end stays so for as long as what blocks it now does. */
static double still_out_s(const struct stage *s)
{
    double longest = 0;
    for (int i = 0; i < CHANNELS; i++) {
        longest = fmax(longest, stage_blocked_s(s, (int)channels[i].up));
        longest = fmax(longest, stage_blocked_s(s, (int)channels[i].reading));
    }
    return longest;
}

static void end_service(struct stage *s, const struct day *d)
{
    int by_devices, is_out = is_unseen(s, &by_devices);
    int is_local = stage_chance(s, LOCAL_ALARM) > 0.5 && !by_devices;
    double more_s = is_out ? still_out_s(s) : 0;
    stage_outcome(s, UNSEEN_H, (d->unseen_s + more_s) / 3600);
    stage_outcome(s, LOST_H, (d->lost_s + (is_local ? 0 : more_s)) / 3600);
}

static void end(struct stage *s)
{
    struct day *d = stage_state(s);
    int is_seized = stage_get(s, IS_SEIZED) > 0.5;
    double stop_h = stage_chance(s, is_seized ? REPAIR_H : RESTART_H);
    end_anomaly(s, d);
    end_service(s, d);
    stage_outcome(s, SEIZED, is_seized);
    stage_outcome(s, ZONE_HOTTEST_C, stage_get(s, ZONE_MOST_C));
    stage_outcome(s, PRODUCTION_STOP_H, d->stopped_s < HUGE_VAL ? stop_h : 0);
    stage_outcome(s, PRODUCT_OFF_S, stage_get(s, OFF_BAND_S) - d->warm_off_s);
}

/* What the server shows of each channel, for how long it has heard nothing of it, and
 * what has come of it. */
static void picture(const struct stage *s, struct json *j)
{
    const struct day *d = stage_look(s);
    double shown[CHANNELS], silent_s[CHANNELS];
    for (int i = 0; i < CHANNELS; i++) {
        shown[i] = stage_seen(s, (int)channels[i].shown);
        silent_s[i] = stage_silence_s(s, (int)channels[i].up);
    }
    put_numbers(j, "shown", shown, CHANNELS);
    put_numbers(j, "silent_s", silent_s, CHANNELS);
    json_put_int(j, "told", d->told_level);
    json_put_int(j, "anomaly", stage_time(s) >= d->onset_s ? (int)d->anomaly : SOUND);
    json_put_bool(j, "is_found", d->is_found);
    json_put_bool(j, "is_visited", d->stays);
    json_put_bool(j, "is_server_up", stage_works(s, SERVER));
    json_put_bool(j, "is_gateway_up", stage_works(s, GATEWAY));
}

extern const struct twin_kind twin_monitor;

const struct scenario scenario_monitor = {
    .twin = &twin_monitor,
    .about = {{"A day at a customer's factory, watched by the support provider: a "
               "furnace and two bearings, one of which may go wrong.",
               "サポート事業者が監視する顧客の工場の1日: 炉と二つの軸受のいずれかに"
               "異常が生じることがある。"}},
    SCENARIO_TABLES,
    .size = sizeof(struct day),
    .lasts_s = 86400,
    .every_s = EVERY_S,
    .begin = begin,
    .act = act,
    .end = end,
    .picture = picture,
};
