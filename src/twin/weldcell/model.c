// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* The welding cell's variables and checks; equations and sources are in readme.md. */
#include <math.h>
#include <stddef.h>

#include "twin/twin.h"
#include "twin/weldcell/cell.h"
#include "twin/weldcell/weld.h"

// clang-format off
#define V(name, member, unit, causality, start, least, most, source, en, ja) \
    {{name, unit, start, least, most, {{en, ja}}, source}, causality, offsetof(struct cell, member)}
#define PARAMETER(member, unit, start, least, most, source, en, ja) \
    V(#member, member, unit, TWIN_PARAMETER, start, least, most, source, en, ja)
#define INPUT(member, unit, start, least, most, en, ja) \
    V(#member, member, unit, TWIN_INPUT, start, least, most, NULL, en, ja)
#define OUTPUT(member, unit, en, ja) V(#member, member, unit, TWIN_OUTPUT, 0, 0, 0, NULL, en, ja)
#define ARM_INPUT(name, member, unit, start, least, most, en, ja) \
    V("left_" name, arm[0].member, unit, TWIN_INPUT, start, least, most, NULL, en ", left", "左: " ja), \
    V("right_" name, arm[1].member, unit, TWIN_INPUT, start, least, most, NULL, en ", right", "右: " ja)
#define ARM_OUTPUT(name, member, unit, en, ja) \
    V("left_" name, arm[0].member, unit, TWIN_OUTPUT, 0, 0, 0, NULL, en ", left", "左: " ja), \
    V("right_" name, arm[1].member, unit, TWIN_OUTPUT, 0, 0, 0, NULL, en ", right", "右: " ja)
static const struct twin_variable variables[] = {
    PARAMETER(efficiency_k, "1", 0.8, 0.1, 1, "EN 1011-1: MAG 0.8, TIG 0.6, submerged arc 1.0", "thermal efficiency of the process", "熱効率"),
    PARAMETER(source_lag_s, "s", 0.02, 0.005, 1, "judgement: an inverter power source with its cables", "time constant of current and voltage", "溶接電源の時定数"),
    PARAMETER(arc_start_s, "s", 0.3, 0, 5, "judgement: ignition and hot start", "arcs burn before the torches travel", "アークスタートの時間"),
    PARAMETER(seam_mm, "mm", 300, 50, 400, "judgement: one of the seams of a body frame", "length of each seam", "溶接線の長さ"),
    PARAMETER(seam_x_m, "m", 0.5, 0.4, 0.6, "judgement: well within the reach of the arm, 0.86 m", "seam in front of the base", "溶接線までの距離"),
    PARAMETER(seam_z_m, "m", -0.1, -0.25, 0.1, "judgement", "seam above the shoulder", "溶接線の高さ(肩基準)"),
    PARAMETER(torch_m, "m", 0.2, 0.1, 0.3, "judgement: torch with its holder", "from the wrist to the tip of the wire", "手首からワイヤ先端までの長さ"),
    PARAMETER(joint_limit_rad_s, "rad/s", 1.5, 0.5, 4, "judgement: the slowest axes of arms of this size", "greatest speed of a joint", "関節の最大速度"),
    PARAMETER(joint_accel_rad_s2, "rad/s2", 5, 1, 20, "judgement", "acceleration of a joint in a move", "関節の加速度"),
    PARAMETER(joint_lag_s, "s", 0.02, 0.01, 0.2, "judgement: position loops of 8 Hz", "time constant of a joint behind its command", "関節サーボの時定数"),
    PARAMETER(seam_accel_mm_s2, "mm/s2", 200, 10, 2000, "judgement", "acceleration along the seam", "溶接線に沿う加速度"),
    PARAMETER(sync_gain_1_s, "1/s", 5, 0, 20, "judgement: the right arm makes up for a lag in a fifth of a second", "gain of the synchronization", "同期制御の利得"),
    PARAMETER(load_s, "s", 5, 0.1, 600, "judgement", "to bring a part in", "搬入の時間"),
    PARAMETER(unload_s, "s", 5, 0.1, 600, "judgement", "to take a part out", "搬出の時間"),
    PARAMETER(heat_least_kj_mm, "kJ/mm", 0.55, 0, 10, "judgement: 0.65 kJ/mm less 15%", "least heat input of a good bead", "良品の入熱の下限"),
    PARAMETER(heat_most_kj_mm, "kJ/mm", 0.75, 0, 10, "judgement: 0.65 kJ/mm and 15%", "greatest heat input of a good bead", "良品の入熱の上限"),
    PARAMETER(good_least, "1", 1, 0, 1, "judgement: no piece may be out of the limits", "share of the pieces of both seams that must be within", "合格に必要な区間の割合"),
    PARAMETER(sync_limit_mm, "mm", 5, 0.1, 100, "judgement: a pool's length; no published tolerance was found", "greatest difference between left and right", "左右の同期誤差の限度"),
    PARAMETER(off_limit_mm, "mm", 0.6, 0.1, 20, "judgement: half a wire of 1.2 mm", "greatest distance of a wire from its seam", "溶接線からのずれの限度"),
    PARAMETER(response_s, "s", 0.1, 0.01, 1, "judgement: scanner, safety PLC and drives together", "from a demand to the start of braking", "安全機能の応答時間"),
    PARAMETER(brake_rad_s2, "rad/s2", 5, 1, 20, "judgement: as in a move", "braking of the fastest joint in a stop", "停止時の関節の減速度"),
    PARAMETER(field_m, "m", 2, 0, 5, "judgement: more than ISO 13855 asks for this stop", "protective field of the scanner", "スキャナの防護域"),
    PARAMETER(field_height_mm, "mm", 300, 0, 1000, "judgement: usual mounting of a scanner", "height of the field over the floor", "防護域の高さ"),
    PARAMETER(danger_m, "m", 1.1, 0.3, 3, "reach of the arm 0.86 m and torch 0.2 m", "within reach of a torch", "トーチの届く範囲"),
    INPUT(is_running, "1", 1, 0, 1, "1: parts are to be welded", "1: 生産する"),
    INPUT(is_synchronized, "1", 1, 0, 1, "1: the right arm follows the left one", "1: 右を左に同期させる"),
    ARM_INPUT("speed_set_mm_s", speed_set_mm_s, "mm/s", 8, 0, 60, "travel speed as set", "溶接速度の設定"),
    ARM_INPUT("current_set_a", current_set_a, "A", 250, 0, 500, "current as set", "電流の設定"),
    ARM_INPUT("voltage_set_v", voltage_set_v, "V", 26, 0, 60, "voltage as set", "電圧の設定"),
    ARM_INPUT("shift_mm", shift_mm, "mm", 0, -20, 20, "taught path shifted across the seam, from the next part on", "教示点のずれ(次の部品から)"),
    INPUT(fence_open, "1", 0, 0, 1, "1: a gate of the fence is open", "1: 柵の扉が開いている"),
    INPUT(person_m, "m", 10, 0, 10, "nearest person to the arms", "最も近い人までの距離"),
    INPUT(is_safety_on, "1", 1, 0, 1, "1: fence and scanner stop the cell", "1: 柵とスキャナの安全機能が有効"),
    INPUT(reset, "1", 0, 0, 1, "1: start again after a stop, once all is safe", "1: 安全確認後に再起動する"),
    INPUT(is_inspected, "1", 1, 0, 1, "1: parts are inspected, and defective ones taken out", "1: 検査で不良品を取り除く"),
    INPUT(is_fence_on, "1", 1, 0, 1, "1: the interlock of the fence works", "1: 安全柵のインタロックが有効"),
    INPUT(is_scanner_on, "1", 1, 0, 1, "1: the stop by the scanner works", "1: スキャナによる停止が有効"),
    INPUT(is_emergency_stop, "1", 0, 0, 1, "1: the emergency stop is pressed, or the safety circuit is dead", "1: 非常停止が押されている、又は安全回路が停止している"),
    INPUT(is_teaching, "1", 0, 0, 1, "1: key on teaching: no arc, no part, fence and scanner bypassed", "1: ティーチング(アーク無し、生産無し、柵とスキャナは解除)"),
    INPUT(manual_pace, "1", 0.15, 0, 1, "pace of motion in teaching, as a share of the full one", "ティーチング時の動作速度の割合"),
    INPUT(is_enabled, "1", 1, 0, 1, "1: the enabling switch is held, in teaching", "1: イネーブルスイッチを握っている(ティーチング時)"),
    INPUT(is_speed_held, "1", 1, 0, 1, "1: in teaching the drives hold the torches at 0.2 m/s at most", "1: ティーチング時に駆動装置がトーチを0.2 m/s以下に保つ"),
    OUTPUT(phase, "1", "0 loads, 1 approaches, 2 ignites, 3 welds, 4 retracts, 5 unloads", "0搬入、1接近、2点弧、3溶接、4退避、5搬出"),
    ARM_OUTPUT("x_m", x_m, "m", "tip of the torch in the frame of the arm", "トーチ先端のx座標(各アームの座標系)"),
    ARM_OUTPUT("y_m", y_m, "m", "tip of the torch in the frame of the arm", "トーチ先端のy座標(各アームの座標系)"),
    ARM_OUTPUT("z_m", z_m, "m", "tip of the torch in the frame of the arm", "トーチ先端のz座標(各アームの座標系)"),
    ARM_OUTPUT("progress_mm", progress_mm, "mm", "along the seam from its start", "溶接線に沿う位置"),
    ARM_OUTPUT("speed_mm_s", speed_mm_s, "mm/s", "speed along the seam", "溶接線に沿う速度"),
    ARM_OUTPUT("off_mm", off_mm, "mm", "distance from the seam", "溶接線からのずれ"),
    ARM_OUTPUT("current_a", current_a, "A", "current", "電流"),
    ARM_OUTPUT("voltage_v", voltage_v, "V", "voltage", "電圧"),
    ARM_OUTPUT("heat_kj_mm", heat_kj_mm, "kJ/mm", "heat input at the moment", "現在の入熱"),
    OUTPUT(sync_error_mm, "mm", "difference between left and right while welding", "溶接中の左右の同期誤差"),
    OUTPUT(worst_sync_mm, "mm", "greatest difference on this part", "この部品での最大の同期誤差"),
    OUTPUT(worst_off_mm, "mm", "greatest distance from a seam on this part", "この部品での溶接線からの最大のずれ"),
    OUTPUT(good_share, "1", "pieces within the limits, last part", "限度内の区間の割合(直前の部品)"),
    OUTPUT(imbalance, "1", "difference of the heat of the seams as a share of both, last part", "左右の入熱の不均衡(直前の部品)"),
    OUTPUT(heat_mean_kj_mm, "kJ/mm", "mean heat input of both seams, last part", "平均入熱(直前の部品)"),
    OUTPUT(penetration_mm, "mm", "radius molten, last part", "溶込みの半径(直前の部品)"),
    OUTPUT(cooling_s, "s", "cooling from 800 to 500 degC, last part", "800→500℃の冷却時間(直前の部品)"),
    OUTPUT(energy_kj, "kJ", "heat of both arcs since the start", "両アークの累積熱量"),
    OUTPUT(parts_made, "1", "parts made", "生産数"),
    OUTPUT(parts_defective, "1", "of these, defective", "不良数"),
    OUTPUT(parts_rejected, "1", "of these, found by the inspection", "検査で除かれた数"),
    OUTPUT(parts_escaped, "1", "of these, gone to the customer: to be recalled", "出荷された不良数(回収対象)"),
    OUTPUT(is_interrupted, "1", "1: a stop has interrupted the weld of this part", "1: この部品の溶接が停止で中断された"),
    OUTPUT(cycle_s, "s", "time of the last cycle", "直前のサイクル時間"),
    OUTPUT(tip_speed_m_s, "m/s", "faster one of the torches", "トーチ先端の速度(速い方)"),
    OUTPUT(is_stopped, "1", "1: a safety stop is in force", "1: 安全停止中"),
    OUTPUT(stopped_s, "s", "in safety stops since the start", "安全停止の合計時間"),
    OUTPUT(stopping_s, "s", "from the last demand to standstill", "直前の停止要求から静止までの時間"),
    OUTPUT(stopping_mm, "mm", "way of a torch in that time", "その間のトーチの移動距離"),
    OUTPUT(needed_m, "m", "distance that ISO 13855 asks for that time", "その時間に対してISO 13855が求める距離"),
    OUTPUT(exposed_s, "s", "a person within reach of a torch faster than 0.25 m/s", "0.25 m/sを超えるトーチの範囲に人がいた時間"),
};
// clang-format on

static void start(void *state)
{
    cell_start(state);
}

static void step(void *state, double t, double h)
{
    (void)t;
    cell_step(state, h);
}

/* ---- checks -----------------------------------------------------------------------
 */

static void kinematics(const double *in, double *out)
{
    puma_forward(in, in[PUMA_AXES], out);
}

/* The place that the joint angles found for it lead to. */
static void inverse(const double *in, double *out)
{
    double q[PUMA_AXES];
    puma_inverse(in, in[3], q);
    puma_forward(q, in[3], out);
}

static void heat_input(const double *in, double *out)
{
    out[0] = weld_heat_kj_mm(in[0], in[1], in[2], in[3]);
}

static void rosenthal(const double *in, double *out)
{
    struct weld_plate plate = {in[5], in[6], in[7]};
    out[0] = weld_rosenthal_c(&plate, in[0], in[1], in + 2);
}

static void penetration(const double *in, double *out)
{
    struct weld_plate plate = {in[2], in[3], in[4]};
    out[0] = weld_penetration_mm(&plate, in[0], in[1]);
}

static void cooling(const double *in, double *out)
{
    out[0] = weld_cooling_s(in[0], in[1]);
}

static void separation(const double *in, double *out)
{
    out[0] = weld_separation_mm(in[0], in[1]);
}

/* A joint at a speed, its response, then even braking. */
static void stopping(const double *in, double *out)
{
    out[0] = in[1] + in[0] / in[2];
    out[1] = 1000 * in[3] * in[0] * (in[1] + in[0] / in[2] / 2);
}

// clang-format off
#define Q(name, unit, start, least, most, en, ja) {name, unit, start, least, most, {{en, ja}}, NULL}
static const struct twin_quantity kinematics_inputs[] = {
    Q("q1", "rad", 0, -6.3, 6.3, "waist", "腰"), Q("q2", "rad", 0, -6.3, 6.3, "shoulder", "肩"),
    Q("q3", "rad", 0, -6.3, 6.3, "elbow", "肘"), Q("q4", "rad", 0, -6.3, 6.3, "wrist roll", "手首(回転)"),
    Q("q5", "rad", 0, -6.3, 6.3, "wrist bend", "手首(曲げ)"), Q("q6", "rad", 0, -6.3, 6.3, "flange", "フランジ"),
    Q("tool_m", "m", 0, 0, 1, "tool beyond the wrist along the flange's axis", "手首から先の工具の長さ"),
};
static const struct twin_quantity inverse_inputs[] = {
    Q("x_m", "m", 0.5, 0.2, 0.6, "tip of the tool", "工具先端"), Q("y_m", "m", 0, -0.4, 0.4, "tip of the tool", "工具先端"),
    Q("z_m", "m", -0.1, -0.4, 0.2, "tip of the tool", "工具先端"), Q("tool_m", "m", 0.2, 0, 0.4, "tool, pointing down", "下向きの工具の長さ"),
};
static const struct twin_quantity place_results[] = {
    Q("x_m", "m", 0, 0, 0, "position", "位置"), Q("y_m", "m", 0, 0, 0, "position", "位置"), Q("z_m", "m", 0, 0, 0, "position", "位置"),
};
static const struct twin_quantity heat_inputs[] = {
    Q("current_a", "A", 250, 0, 1000, "current", "電流"), Q("voltage_v", "V", 26, 0, 100, "voltage", "電圧"),
    Q("speed_mm_s", "mm/s", 8, 0.1, 100, "travel speed", "溶接速度"), Q("efficiency_k", "1", 0.8, 0, 1, "thermal efficiency of the process", "熱効率"),
};
static const struct twin_quantity heat_results[] = {Q("heat_kj_mm", "kJ/mm", 0, 0, 0, "heat input", "入熱")};
static const struct twin_quantity rosenthal_inputs[] = {
    Q("power_w", "W", 5200, 0, 1e5, "heat of the arc, k U I", "アークの熱(kUI)"), Q("speed_mm_s", "mm/s", 8, 0, 100, "travel speed, along +x", "溶接速度(+x方向)"),
    Q("x_mm", "mm", -20, -1000, 1000, "ahead of the source", "熱源の前方"), Q("y_mm", "mm", 0, -1000, 1000, "across", "横"),
    Q("z_mm", "mm", 0, 0, 1000, "below the surface", "深さ"), Q("plate_c", "degC", 20, -50, 500, "plate before welding", "予熱・初期温度"),
    Q("conductivity_w_mk", "W/mK", 41, 1, 500, "material: carbon steel 41", "材料の熱伝導率(炭素鋼41)"), Q("diffusivity_mm2_s", "mm2/s", 9.1, 0.1, 200, "material: carbon steel 9.1", "材料の温度伝導率(炭素鋼9.1)"),
};
static const struct twin_quantity rosenthal_results[] = {Q("temperature_c", "degC", 0, 0, 0, "temperature", "温度")};
static const struct twin_quantity penetration_inputs[] = {
    Q("heat_kj_mm", "kJ/mm", 0.65, 0, 100, "heat input", "入熱"), Q("melting_c", "degC", 1527, 600, 4000, "melting point", "融点"),
    Q("plate_c", "degC", 20, -50, 500, "plate before welding", "予熱・初期温度"), Q("conductivity_w_mk", "W/mK", 41, 1, 500, "material", "熱伝導率"),
    Q("diffusivity_mm2_s", "mm2/s", 9.1, 0.1, 200, "material", "温度伝導率"),
};
static const struct twin_quantity penetration_results[] = {Q("radius_mm", "mm", 0, 0, 0, "radius molten", "溶込みの半径")};
static const struct twin_quantity cooling_inputs[] = {
    Q("heat_kj_mm", "kJ/mm", 0.65, 0, 100, "heat input", "入熱"), Q("plate_c", "degC", 20, -50, 400, "plate before welding", "予熱・初期温度"),
};
static const struct twin_quantity cooling_results[] = {Q("time_s", "s", 0, 0, 0, "from 800 to 500 degC", "800→500℃の時間")};
static const struct twin_quantity separation_inputs[] = {
    Q("stopping_s", "s", 0.5, 0, 10, "from detection to standstill", "検出から静止までの時間"), Q("height_mm", "mm", 300, 0, 1000, "height of the field", "防護域の高さ"),
};
static const struct twin_quantity separation_results[] = {Q("distance_mm", "mm", 0, 0, 0, "least distance", "最小距離")};
static const struct twin_quantity stopping_inputs[] = {
    Q("speed_rad_s", "rad/s", 1.5, 0, 4, "joint", "関節の速度"), Q("response_s", "s", 0.1, 0, 1, "until braking begins", "制動開始までの時間"),
    Q("brake_rad_s2", "rad/s2", 5, 1, 20, "braking", "減速度"), Q("radius_m", "m", 0.5, 0, 1.2, "from the axis", "軸からの距離"),
};
static const struct twin_quantity stopping_results[] = {
    Q("time_s", "s", 0, 0, 0, "to standstill", "静止までの時間"), Q("way_mm", "mm", 0, 0, 0, "way of the point", "移動距離"),
};

#define TOOLBOX "P. Corke, Robotics Toolbox, model puma560"
static const struct twin_case kinematics_cases[] = {
    {{0, 0, 0, 0, 0, 0, 0}, {0.4521, -0.15005, 0.4318}, 1e-4, TOOLBOX ": zero angles (reference facts of this project)"},
    {{0, 1.5707963267948966, -1.5707963267948966, 0, 0, 0, 0}, {0.0203, -0.15005, 0.8636}, 1e-4, "by geometry, configuration qr of the toolbox: upper arm and forearm up, a3, -d3, a2 + d4"},
    {{0, 0, -1.5707963267948966, 0, 0, 0, 0}, {0.8636, -0.15005, -0.0203}, 1e-4, "by geometry, configuration qs: stretched out, a2 + d4, -d3, -a3"},
    {{0, 0.7853981633974483, 3.141592653589793, 0, 0.7853981633974483, 0, 0}, {0.5963, -0.1501, -0.01435}, 1e-3, TOOLBOX ", configuration qn as printed, from memory"},
    {{1.5707963267948966, 0, 0, 0, 0, 0, 0}, {0.15005, 0.4521, 0.4318}, 1e-4, "analytic: the waist turned by a quarter"},
    {{0, 0, 0, 0, 0, 0, 0.2}, {0.4521, -0.15005, 0.6318}, 1e-4, "analytic: a tool of 0.2 m points up at zero angles"},
};
static const struct twin_case inverse_cases[] = {
    {{0.5, 0.15, -0.1, 0.2}, {0.5, 0.15, -0.1}, 1e-9, "analytic: there and back"},
    {{0.5, -0.15, -0.1, 0.2}, {0.5, -0.15, -0.1}, 1e-9, "likewise"},
    {{0.35, 0.3, 0.1, 0.1}, {0.35, 0.3, 0.1}, 1e-9, "likewise"},
};
static const struct twin_case heat_cases[] = {
    {{250, 26, 8, 0.8}, {0.65}, 1e-6, "EN 1011-1, MAG (reference facts of this project)"},
    {{250, 26, 8, 0.6}, {0.4875}, 1e-6, "EN 1011-1, TIG: k 0.6"},
    {{250, 26, 8, 1.0}, {0.8125}, 1e-6, "EN 1011-1, submerged arc: k 1.0"},
};
static const struct twin_case rosenthal_cases[] = {
    {{5200, 8, -20, 0, 0, 20, 41, 9.1}, {1029.27525}, 1e-5, "analytic: behind the source T0 + Q / (2 pi k d), at any speed"},
    {{5200, 40, -20, 0, 0, 20, 41, 9.1}, {1029.27525}, 1e-5, "likewise, five times as fast"},
    {{5200, 0, 0, 20, 0, 20, 41, 9.1}, {1029.27525}, 1e-5, "analytic: a source that stands, T0 + Q / (2 pi k r)"},
    {{5200, 8, 5, 0, 0, 20, 41, 9.1}, {69.783208}, 1e-5, "analytic: ahead by d, a rise of Q / (2 pi k d) exp(-v d / a)"},
    {{5200, 0, 0, 0, 1000, 20, 41, 9.1}, {40.185505}, 1e-5, "analytic: far away the plate's own temperature, 20.19 K over it at 1 m"},
};
static const struct twin_case penetration_cases[] = {
    {{0.65, 1527, 20, 41, 9.1}, {4.735018}, 1e-5, "analytic: sqrt(2 q a / (pi e k (Tm - T0)))"},
};
static const struct twin_case cooling_cases[] = {
    {{1, 20}, {5.288462}, 1e-5, "EN 1011-2 by hand: 6600 (1/480 - 1/780); the standard's text was not seen"},
};
static const struct twin_case separation_cases[] = {
    {{0.5, 300}, {1880}, 1e-6, "ISO 13855 by hand: 1600 x 0.5 + 1200 - 0.4 x 300"},
    {{0.5, 1000}, {1650}, 1e-6, "ISO 13855 by hand: C is at least 850 mm"},
};
static const struct twin_case stopping_cases[] = {
    {{1.5, 0.1, 5, 0.5}, {0.4, 187.5}, 1e-9, "analytic: t + w / a, r (w t + w^2 / (2 a))"},
};

#define CHECK(name, en, ja, reference, inputs, results, run, cases) \
    {name, {{en, ja}}, reference, inputs, results, TWIN_COUNT(inputs), TWIN_COUNT(results), run, cases, TWIN_COUNT(cases)}
static const struct twin_check checks[] = {
    CHECK("kinematics", "where joint angles put the arm", "関節角からアームの位置を求める",
          "PUMA 560, standard Denavit-Hartenberg parameters by P. Corke", kinematics_inputs, place_results, kinematics, kinematics_cases),
    CHECK("inverse", "joint angles found for a place lead there", "位置から求めた関節角が元の位置を与える",
          "closed solution, elbow up, tool down", inverse_inputs, place_results, inverse, inverse_cases),
    CHECK("heat-input", "heat input of an arc", "アーク溶接の入熱",
          "EN 1011-1: Q = k U I / v", heat_inputs, heat_results, heat_input, heat_cases),
    CHECK("rosenthal", "temperature around a moving arc in a thick plate", "厚板上を移動するアークの周りの温度",
          "D. Rosenthal (1946): T = T0 + Q / (2 pi k r) exp(-v (x + r) / (2 a)); no value at the source itself", rosenthal_inputs, rosenthal_results, rosenthal, rosenthal_cases),
    CHECK("penetration", "radius molten by a fast arc in a thick plate", "厚板での溶込みの半径",
          "C. M. Adams (1958), the fast limit of Rosenthal's field", penetration_inputs, penetration_results, penetration, penetration_cases),
    CHECK("cooling-time", "cooling from 800 to 500 degC in a thick plate", "厚板の800→500℃冷却時間",
          "EN 1011-2: t = (6700 - 5 T0) Q (1 / (500 - T0) - 1 / (800 - T0))", cooling_inputs, cooling_results, cooling, cooling_cases),
    CHECK("separation", "least distance of a protective field", "防護域の最小距離",
          "ISO 13855: S = 1600 T + C, C = 1200 - 0.4 H, at least 850 mm", separation_inputs, separation_results, separation, separation_cases),
    CHECK("stopping", "time and way of a stop of category 1", "カテゴリ1停止の時間と距離",
          "even braking after the response time", stopping_inputs, stopping_results, stopping, stopping_cases),
};
// clang-format on

const struct twin_kind twin_weldcell = {
    .name = "weldcell",
    .title = {{"Welding cell with two arms", "2台のアームによる溶接セル"}},
    .about =
        {{"Two synchronized six-axis arms, their arcs, the parts, and the safety stop.",
          "同期する2台の6軸アーム、アーク、部品、安全停止。"}},
    .variables = variables,
    .n_variables = TWIN_COUNT(variables),
    .size = sizeof(struct cell),
    .step_s = 0.004,
    .start = start,
    .step = step,
    .checks = checks,
    .n_checks = TWIN_COUNT(checks),
};
