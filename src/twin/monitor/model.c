// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* The monitored plant's variables and checks; equations and sources are in readme.md.
 */
#include <math.h>
#include <stddef.h>

#include "twin/monitor/heat.h"
#include "twin/monitor/plant.h"
#include "twin/monitor/thermocouple.h"
#include "twin/twin.h"

#define INNER_J_K   800.0
#define HOUSING_J_K 6000.0
#define BETWEEN_W_K 20.0
#define OUT_W_K     4.5
#define MOMENT_N_M  0.7
#define SPEED_RPM   1500.0
#define ROOM_C      20.0

// clang-format off
#define V(name, member, unit, causality, start, least, most, source, en, ja) \
    {{name, unit, start, least, most, {{en, ja}}, source}, causality, offsetof(struct plant, member)}
#define PARAMETER(member, unit, start, least, most, source, en, ja) \
    V(#member, member, unit, TWIN_PARAMETER, start, least, most, source, en, ja)
#define INPUT(name, member, unit, start, least, most, en, ja) \
    V(name, member, unit, TWIN_INPUT, start, least, most, NULL, en, ja)
#define OUTPUT(name, member, unit, en, ja) V(name, member, unit, TWIN_OUTPUT, 0, 0, 0, NULL, en, ja)
#define BEARING_INPUT(name, member, unit, start, least, most, en, ja) \
    INPUT("bearing1_" name, bearing[0].member, unit, start, least, most, en ", bearing 1", "軸受1: " ja), \
    INPUT("bearing2_" name, bearing[1].member, unit, start, least, most, en ", bearing 2", "軸受2: " ja)
#define BEARING_OUTPUT(name, member, unit, en, ja) \
    OUTPUT("bearing1_" name, bearing[0].member, unit, en ", bearing 1", "軸受1: " ja), \
    OUTPUT("bearing2_" name, bearing[1].member, unit, en ", bearing 2", "軸受2: " ja)
static const struct twin_variable variables[] = {
    PARAMETER(heater_w, "W", 40000, 1000, 100000, "judgement: 2.4 times what holds 850 degC", "greatest power of the zone", "炉ゾーンの最大電力"),
    PARAMETER(zone_j_k, "J/K", 1e5, 1e4, 1e7, "judgement: lining and load; 850 degC in an hour", "heat capacity of the zone", "炉ゾーンの熱容量"),
    PARAMETER(zone_loss_w_k, "W/K", 20, 1, 200, "judgement: 17 kW at 850 degC", "heat lost for each kelvin over the room", "炉ゾーンの放熱係数"),
    PARAMETER(room_c, "degC", ROOM_C, -10, 50, "judgement", "the hall", "室温"),
    PARAMETER(gain_w_k, "W/K", 500, 1, 5000, "judgement: full power 80 K below the set value", "gain of the controller", "調節計の比例ゲイン"),
    PARAMETER(integral_s, "s", 600, 10, 36000, "judgement: slower than the lag of the thermocouple", "integral time of the controller", "調節計の積分時間"),
    PARAMETER(couple_lag_s, "s", 20, 1, 600, "judgement: a sheathed thermocouple", "time constant of a thermocouple", "熱電対の時定数"),
    PARAMETER(limiter_c, "degC", 950, 100, 1300, "judgement: 100 K over the set value", "zone temperature at which the limiter shuts the heater", "過熱防止器の動作温度"),
    PARAMETER(band_k, "K", 10, 1, 100, "judgement: a usual uniformity class of heat treatment", "deviation from the set value at which product is bad", "製品不良となる設定値からの偏差"),
    PARAMETER(compare_k, "K", 15, 1, 1000, "judgement: twice the tolerance of class 2 (0.75%) would be 13 K at 850 degC", "difference of the two thermocouples that is told", "2本の熱電対の差の警報値"),
    PARAMETER(moment_n_m, "N m", MOMENT_N_M, 0, 10, "judgement: 22 K of rise in the first 30 min, as is normal after start", "friction of a sound bearing", "正常な軸受の摩擦モーメント"),
    PARAMETER(inner_j_k, "J/K", INNER_J_K, 100, 1e5, "judgement: rings and rolling elements of 1.7 kg", "heat capacity of a bearing", "軸受の熱容量"),
    PARAMETER(housing_j_k, "J/K", HOUSING_J_K, 100, 1e6, "judgement: cast iron of 13 kg", "heat capacity of a housing", "ハウジングの熱容量"),
    PARAMETER(between_w_k, "W/K", BETWEEN_W_K, 1, 1000, "judgement", "from bearing to housing", "軸受とハウジングの間の熱コンダクタンス"),
    PARAMETER(out_w_k, "W/K", OUT_W_K, 0.5, 100, "judgement: 0.3 m2 at 15 W/m2K", "from housing to hall", "ハウジングから室内への熱コンダクタンス"),
    PARAMETER(sensor_lag_s, "s", 30, 1, 600, "judgement: a resistance thermometer in a bore", "time constant of a bearing's sensor", "軸受温度センサの時定数"),
    PARAMETER(run_down_s, "s", 20, 1, 600, "judgement", "time constant of the speed", "回転数の時定数"),
    PARAMETER(grease_life_h, "h", 10000, 100, 100000, "judgement: about a year of running", "life of the grease up to 70 degC", "70℃以下でのグリース寿命"),
    PARAMETER(seize_c, "degC", 150, 100, 300, "judgement: grease and cage give way", "bearing temperature at which it seizes", "焼付きの温度"),
    PARAMETER(sample_s, "s", 60, 1, 3600, "judgement", "time between samples of the monitor", "監視の周期"),
    PARAMETER(n_confirm, "1", 2, 1, 10, "judgement: one sample alone may be a disturbance", "samples in a row before a worse level is told", "警報の確定に要する連続回数"),
    PARAMETER(warm_s, "s", 7200, 0, 1e6, "judgement: five time constants of a housing", "before learning of the baseline", "基準値の学習開始までの時間"),
    PARAMETER(learn_s, "s", 3600, 1, 1e6, "judgement", "time of learning", "基準値の学習時間"),
    PARAMETER(investigate_k, "K", 12.5, 1, 100, "10 to 15 K over the baseline: investigate (reference facts of this project)", "over the baseline: investigate", "基準値からの上昇: 調査"),
    PARAMETER(alarm_c, "degC", 92.5, 30, 200, "alarm at 90 to 95 degC (likewise)", "bearing: alarm", "軸受の警報温度"),
    PARAMETER(trip_c, "degC", 102.5, 30, 200, "trip at 100 to 105 degC (likewise)", "bearing: trip", "軸受の停止温度"),
    INPUT("set_c", set_c, "degC", 850, 0, 1300, "set value of the zone", "炉の設定温度"),
    INPUT("is_heating", is_heating, "1", 1, 0, 1, "1: the heater may heat", "1: 加熱を許可"),
    INPUT("is_limiter_on", is_limiter_on, "1", 1, 0, 1, "1: the limiter works", "1: 過熱防止器が有効"),
    INPUT("junction_error_k", junction_error_k, "K", 0, -50, 50, "error of the compensation of both reference junctions", "基準接点補償の誤差"),
    INPUT("control_drift_k_h", control.drift_k_h, "K/h", 0, -100, 100, "drift of the controller's thermocouple; no verified constant is known", "調節計の熱電対のドリフト速度"),
    INPUT("control_bias_k", control.bias_k, "K", 0, -500, 500, "added to the controller's reading", "調節計の指示に加わる偏り"),
    INPUT("watch_drift_k_h", watch.drift_k_h, "K/h", 0, -100, 100, "drift of the monitor's thermocouple", "監視用熱電対のドリフト速度"),
    INPUT("watch_bias_k", watch.bias_k, "K", 0, -500, 500, "added to the monitor's reading", "監視用の指示に加わる偏り"),
    INPUT("speed_set_rpm", speed_set_rpm, "1/min", SPEED_RPM, 0, 3600, "speed of the shaft", "回転数の設定"),
    INPUT("is_trip_on", is_trip_on, "1", 1, 0, 1, "1: a trip stops the shaft", "1: 停止警報で軸を止める"),
    INPUT("reset", reset, "1", 0, 0, 1, "1: limiter and trip are reset", "1: 過熱防止器と停止を復帰する"),
    BEARING_INPUT("fault_n_m", fault_n_m, "N m", 0, 0, 10, "friction more than sound", "異常による摩擦モーメントの増加"),
    BEARING_INPUT("drift_k_h", drift_k_h, "K/h", 0, -100, 100, "drift of the sensor", "センサのドリフト速度"),
    BEARING_INPUT("bias_k", bias_k, "K", 0, -500, 500, "added to the reading", "指示に加わる偏り"),
    OUTPUT("zone_c", zone_c, "degC", "true temperature of the zone", "炉ゾーンの真の温度"),
    OUTPUT("zone_most_c", zone_most_c, "degC", "hottest zone so far", "これまでの炉の最高温度"),
    OUTPUT("control_c", control.reading_c, "degC", "reading of the controller", "調節計の指示"),
    OUTPUT("watch_c", watch.reading_c, "degC", "reading of the monitor", "監視の指示"),
    OUTPUT("power_w", power_w, "W", "power of the heater", "ヒータ電力"),
    OUTPUT("energy_mj", energy_mj, "MJ", "heat of the heater since the start", "ヒータの累積熱量"),
    OUTPUT("is_limited", is_limited, "1", "1: the limiter has shut the heater", "1: 過熱防止器が遮断した"),
    OUTPUT("off_band_s", off_band_s, "s", "product out of its band, once the zone was up", "製品が許容帯を外れた時間"),
    OUTPUT("zone_level", zone_alarm.level, "1", "what the monitor says: 1 the zone is off, or its thermocouples differ", "監視の判定: 1は炉の異常"),
    OUTPUT("zone_true_level", zone_alarm.true_level, "1", "what the true temperature says", "真の温度による判定"),
    OUTPUT("zone_latency_s", zone_alarm.latency_s, "s", "from truth to alarm, the last time", "検出遅れ(直近)"),
    OUTPUT("zone_missed_s", zone_alarm.missed_s, "s", "the truth worse than what is said, in all", "見逃した時間の合計"),
    OUTPUT("speed_rpm", speed_rpm, "1/min", "speed of the shaft", "回転数"),
    BEARING_OUTPUT("c", ring_c, "degC", "true temperature of the bearing", "真の温度"),
    BEARING_OUTPUT("housing_c", housing_c, "degC", "housing", "ハウジング温度"),
    BEARING_OUTPUT("reading_c", reading_c, "degC", "reading", "指示"),
    BEARING_OUTPUT("baseline_c", baseline_c, "degC", "baseline as learnt; 0: none yet", "学習した基準値(0: 未学習)"),
    BEARING_OUTPUT("level", alarm.level, "1", "what the monitor says: 1 investigate, 2 alarm, 3 trip", "監視の判定: 1調査、2警報、3停止"),
    BEARING_OUTPUT("true_level", alarm.true_level, "1", "what the true temperature says", "真の温度による判定"),
    BEARING_OUTPUT("latency_s", alarm.latency_s, "s", "from truth to alarm, the last time", "検出遅れ(直近)"),
    BEARING_OUTPUT("missed_s", alarm.missed_s, "s", "the truth worse than what is said, in all", "見逃した時間の合計"),
    BEARING_OUTPUT("grease_used", grease_used, "1", "share of the life of the grease", "グリース寿命の消費割合"),
    OUTPUT("is_tripped", is_tripped, "1", "1: a trip has stopped the shaft", "1: 停止警報で軸が止まった"),
    OUTPUT("is_seized", is_seized, "1", "1: a bearing has seized", "1: 軸受が焼き付いた"),
    OUTPUT("n_samples", n_samples, "1", "samples taken", "監視の回数"),
};
// clang-format on

static void start(void *state)
{
    plant_start(state);
}

static void step(void *state, double t, double h)
{
    plant_step(state, t, h);
}

/* ---- checks -----------------------------------------------------------------------
 */

static void type_k(const double *in, double *out)
{
    out[0] = type_k_emf_mv(in[0]);
}

static void type_k_inverse(const double *in, double *out)
{
    out[0] = type_k_temperature_c(in[0]);
}

static void lump(const double *in, double *out)
{
    out[0] = heat_lump_c(in[0], in[1], in[2], in[3], in[4], in[5]);
}

/* The steady state, as the stepped equations come to it. */
static void bearing(const double *in, double *out)
{
    const double long_s = 1e9;
    struct heat_bearing b = {INNER_J_K, HOUSING_J_K, in[1], in[2]};
    out[0] = out[1] = in[3];
    heat_bearing_step(&b, in[0], in[3], long_s, &out[0], &out[1]);
}

/* Rise over the room from a cold start. */
static void bearing_start(const double *in, double *out)
{
    const double to_rad_s = 3.14159265358979323846 / 30;
    struct heat_bearing b = {INNER_J_K, HOUSING_J_K, BETWEEN_W_K, OUT_W_K};
    double bearing_k = 0, housing_k = 0;
    heat_bearing_step(&b, in[0] * in[1] * to_rad_s, 0, in[2], &bearing_k, &housing_k);
    out[0] = bearing_k;
}

static void alarm(const double *in, double *out)
{
    struct plant_limits limits = {in[2], in[3], in[4]};
    out[0] = plant_bearing_level(&limits, in[0], in[1]);
}

// clang-format off
#define Q(name, unit, start, least, most, en, ja) {name, unit, start, least, most, {{en, ja}}, NULL}
static const struct twin_quantity type_k_inputs[] = {Q("temperature_c", "degC", 100, -270, 1372, "measuring junction, the other one at 0 degC", "測温接点(基準接点0℃)")};
static const struct twin_quantity type_k_results[] = {Q("emf_mv", "mV", 0, 0, 0, "electromotive force", "熱起電力")};
static const struct twin_quantity inverse_inputs[] = {Q("emf_mv", "mV", 4.096, -6.458, 54.886, "electromotive force", "熱起電力")};
static const struct twin_quantity temperature_results[] = {Q("temperature_c", "degC", 0, 0, 0, "temperature", "温度")};
static const struct twin_quantity lump_inputs[] = {
    Q("start_c", "degC", 20, -50, 2000, "at the start", "初期温度"), Q("power_w", "W", 16600, -1e6, 1e6, "heat put in", "加熱"),
    Q("ambient_c", "degC", 20, -50, 2000, "surroundings", "周囲温度"), Q("capacity_j_k", "J/K", 1e5, 1, 1e9, "heat capacity", "熱容量"),
    Q("loss_w_k", "W/K", 20, 0, 1e6, "heat lost for each kelvin", "放熱係数"), Q("time_s", "s", 5000, 0, 1e9, "time", "時間"),
};
static const struct twin_quantity bearing_inputs[] = {
    Q("friction_w", "W", 110, 0, 1e5, "heat of friction", "摩擦熱"), Q("between_w_k", "W/K", BETWEEN_W_K, 1, 1000, "from bearing to housing", "軸受とハウジングの間"),
    Q("out_w_k", "W/K", OUT_W_K, 0.5, 100, "from housing to hall", "ハウジングから室内"), Q("ambient_c", "degC", 20, -50, 100, "the hall", "室温"),
};
static const struct twin_quantity bearing_results[] = {
    Q("bearing_c", "degC", 0, 0, 0, "bearing", "軸受"), Q("housing_c", "degC", 0, 0, 0, "housing", "ハウジング"),
};
static const struct twin_quantity start_inputs[] = {
    Q("moment_n_m", "N m", MOMENT_N_M, 0, 10, "friction", "摩擦モーメント"), Q("speed_rpm", "1/min", SPEED_RPM, 0, 3600, "speed", "回転数"),
    Q("time_s", "s", 1800, 0, 1e6, "since a cold start", "始動からの時間"),
};
static const struct twin_quantity start_results[] = {Q("rise_k", "K", 0, 0, 0, "of the bearing over the hall", "軸受の温度上昇")};
static const struct twin_quantity alarm_inputs[] = {
    Q("temperature_c", "degC", 50, -50, 500, "bearing", "軸受温度"), Q("baseline_c", "degC", 50, -50, 500, "its baseline", "基準値"),
    Q("investigate_k", "K", 12.5, 1, 100, "over the baseline: investigate", "調査"), Q("alarm_c", "degC", 92.5, 30, 200, "alarm", "警報"),
    Q("trip_c", "degC", 102.5, 30, 200, "trip", "停止"),
};
static const struct twin_quantity alarm_results[] = {Q("level", "1", 0, 0, 0, "0 normal, 1 investigate, 2 alarm, 3 trip", "0正常、1調査、2警報、3停止")};

#define TABLE "NIST ITS-90 table of type K, to 0.001 mV"
static const struct twin_case type_k_cases[] = {
    {{100}, {4.096}, 1.3e-4, TABLE " (reference facts of this project)"},
    {{1000}, {41.276}, 2e-5, TABLE " (likewise)"},
    {{25}, {1.000}, 5e-4, TABLE},
    {{200}, {8.138}, 7e-5, TABLE},
    {{500}, {20.644}, 3e-5, TABLE},
    {{800}, {33.275}, 2e-5, TABLE},
    {{1200}, {48.838}, 2e-5, TABLE},
    {{1372}, {54.886}, 1e-5, TABLE},
    {{-100}, {-3.554}, 2e-4, TABLE},
    {{-200}, {-5.891}, 1e-4, TABLE},
    {{-270}, {-6.458}, 1e-4, TABLE},
};
static const struct twin_case type_k_inverse_cases[] = {
    {{4.096}, {100}, 2e-4, TABLE ", read backwards"},
    {{41.276}, {1000}, 2e-5, TABLE ", read backwards"},
    {{-3.554}, {-100}, 2e-4, TABLE ", read backwards"},
    {{20.644}, {500}, 4e-5, TABLE ", read backwards"},
};
static const struct twin_case lump_cases[] = {
    {{20, 16600, 20, 1e5, 20, 5000}, {544.660064}, 1e-6, "analytic: 20 + 830 (1 - exp(-1)), one time constant"},
    {{100, 0, 20, 1000, 10, 100}, {49.430355}, 1e-6, "analytic: 20 + 80 exp(-1)"},
    {{20, 1000, 20, 1e4, 10, 1e9}, {120}, 1e-9, "analytic: the steady state Ta + P / G"},
    {{20, 1000, 20, 1e4, 0, 60}, {26}, 1e-9, "analytic: nothing lost, P t / C"},
};
static const struct twin_case bearing_cases[] = {
    {{110, 20, 4.5, 20}, {49.944444, 44.444444}, 1e-6, "analytic: housing Ta + P / G2, bearing P / G12 more"},
    {{200, 10, 5, 25}, {85, 65}, 1e-9, "likewise"},
};
static const struct twin_case start_cases[] = {
    {{MOMENT_N_M, SPEED_RPM, 1800}, {22}, 0.05, "about 22 K in the first 30 min after start is normal (reference facts of this project); friction was chosen to meet it"},
};
#define LIMITS 12.5, 92.5, 102.5
static const struct twin_case alarm_cases[] = {
    {{59, 50, LIMITS}, {0}, 0, "under 10 K over the baseline: normal (reference facts of this project)"},
    {{65, 50, LIMITS}, {1}, 0, "15 K over the baseline: investigate (likewise)"},
    {{89, 85, LIMITS}, {0}, 0, "under 90 degC: no alarm (likewise)"},
    {{95, 85, LIMITS}, {2}, 0, "95 degC: alarm (likewise)"},
    {{99, 85, LIMITS}, {2}, 0, "under 100 degC: no trip (likewise)"},
    {{105, 85, LIMITS}, {3}, 0, "105 degC: trip (likewise)"},
    {{60, 50, 10, 90, 100}, {1}, 0, "10 K over the baseline, lower ends of the ranges (likewise)"},
    {{90, 85, 10, 90, 100}, {2}, 0, "90 degC, lower ends (likewise)"},
    {{100, 85, 10, 90, 100}, {3}, 0, "100 degC, lower ends (likewise)"},
};

#define CHECK(name, en, ja, reference, inputs, results, run, cases) \
    {name, {{en, ja}}, reference, inputs, results, TWIN_COUNT(inputs), TWIN_COUNT(results), run, cases, TWIN_COUNT(cases)}
static const struct twin_check checks[] = {
    CHECK("type-k", "voltage of a thermocouple of type K", "K熱電対の熱起電力",
          "ITS-90 reference function, NIST Monograph 175 and IEC 60584-1", type_k_inputs, type_k_results, type_k, type_k_cases),
    CHECK("type-k-inverse", "temperature from the voltage of a thermocouple of type K", "K熱電対の熱起電力から温度を求める",
          "the reference function solved by Newton's method", inverse_inputs, temperature_results, type_k_inverse, type_k_inverse_cases),
    CHECK("lump", "temperature of a lumped thermal mass", "集中熱容量の温度",
          "C dT/dt = P - G (T - Ta), exactly", lump_inputs, temperature_results, lump, lump_cases),
    CHECK("bearing", "steady temperatures of a bearing and its housing", "軸受とハウジングの定常温度",
          "two nodes: T2 = Ta + P / G2, T1 = T2 + P / G12", bearing_inputs, bearing_results, bearing, bearing_cases),
    CHECK("bearing-start", "rise of a bearing after a cold start", "始動後の軸受の温度上昇",
          "two nodes, exactly in time; friction moment times speed", start_inputs, start_results, bearing_start, start_cases),
    CHECK("alarm", "level of a bearing's temperature", "軸受温度の判定",
          "trip, alarm, or over the baseline", alarm_inputs, alarm_results, alarm, alarm_cases),
};
// clang-format on

const struct twin_kind twin_monitor = {
    .name = "monitor",
    .title = {{"Condition monitoring of a furnace and bearings", "炉と軸受の状態監視"}},
    .about =
        {{"A furnace zone with its controller, two bearings, their sensors and alarms.",
          "炉ゾーンと調節計、2個の軸受、センサと警報。"}},
    .variables = variables,
    .n_variables = TWIN_COUNT(variables),
    .size = sizeof(struct plant),
    .step_s = 1,
    .start = start,
    .step = step,
    .checks = checks,
    .n_checks = TWIN_COUNT(checks),
};
