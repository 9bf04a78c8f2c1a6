// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* The gas water heater and its bath; equations and sources are in readme.md. */
#include <math.h>

#include "twin/heater/skin.h"
#include "twin/twin.h"

#define WATER_J_LK 4186.0 // heat of a litre of water, J/K
#define GO_L_MIN_K 25.0   // 1 go: 1 L/min raised by 25 K
#define MINUTE_S   60.0

struct heater {
    // parameters
    double capacity_go, inlet_c, tub_l, loss_w_k, room_c, lag_s, cut_off_c, enters_s;
    // inputs
    double set_c, is_burning, is_filling, drain_l_min, is_bathing, is_showering,
        is_cut_off_on;
    // outputs
    double outlet_c, flow_l_min, shower_l_min, volume_l, bath_c, gas_mj, skin_c, damage,
        degree;
    double is_cut_off;
    struct skin skin;
};

// clang-format off
#define V(member, unit, causality, start, least, most, source, en, ja) \
    {{#member, unit, start, least, most, {{en, ja}}, source}, causality, offsetof(struct heater, member)}
#define OUTPUT(member, unit, en, ja) V(member, unit, TWIN_OUTPUT, 0, 0, 0, NULL, en, ja)
static const struct twin_variable variables[] = {
    V(capacity_go, "go", TWIN_PARAMETER, 24, 10, 32, "a usual family unit; 1 go = 1 L/min raised by 25 K", "capacity of the burner", "給湯能力(号)"),
    V(inlet_c, "degC", TWIN_PARAMETER, 15, 0, 35, "judgement: tap water of a year in Japan", "cold water", "給水温度"),
    V(tub_l, "L", TWIN_PARAMETER, 180, 100, 400, "the volume that the time to fill is told for", "volume at which filling stops", "湯はり量"),
    V(loss_w_k, "W/K", TWIN_PARAMETER, 25, 0, 100, "judgement: a bath of 180 L at 42 degC in a room of 20 cools by 1 K in 23 minutes", "heat lost by the tub for each kelvin over the room", "浴槽の放熱係数"),
    V(room_c, "degC", TWIN_PARAMETER, 20, -10, 40, "judgement", "bathroom", "浴室温度"),
    V(lag_s, "s", TWIN_PARAMETER, 3, 0.1, 60, "judgement: heat exchanger and pipe of a tankless unit", "time constant of the outlet temperature", "出湯温度の時定数"),
    V(cut_off_c, "degC", TWIN_PARAMETER, 100, 30, 100, "judgement: 100, no cut-off; a unit's own limit is to be stated", "outlet temperature at which the safety function shuts the burner", "安全遮断の温度"),
    V(enters_s, "s", TWIN_PARAMETER, 1e9, 0, 1e9, "the run decides", "when the bather enters", "入浴する時刻"),
    V(set_c, "degC", TWIN_INPUT, 42, 0, 100, "ECHONET Lite class 0x0272: 0 to 100, 42 by default (EPC E1)", "set temperature", "設定温度"),
    V(is_burning, "1", TWIN_INPUT, 1, 0, 1, NULL, "1: the burner may burn", "1: 燃焼を許可"),
    V(is_filling, "1", TWIN_INPUT, 1, 0, 1, NULL, "1: fills the tub up to its volume", "1: 湯はりを行う"),
    V(drain_l_min, "L/min", TWIN_INPUT, 0, 0, 60, NULL, "let out of the tub", "排水量"),
    V(is_bathing, "1", TWIN_INPUT, 0, 0, 1, NULL, "1: somebody is in the tub, whatever enters_s says", "1: enters_s によらず入浴中"),
    V(is_showering, "1", TWIN_INPUT, 0, 0, 1, NULL, "1: somebody stands under the shower, in water as it comes out of the heater", "1: 出湯をそのままシャワーで浴びている"),
    V(is_cut_off_on, "1", TWIN_INPUT, 1, 0, 1, NULL, "1: the cut-off works", "1: 安全遮断が有効"),
    OUTPUT(outlet_c, "degC", "water out of the heater", "出湯温度"),
    OUTPUT(flow_l_min, "L/min", "flow into the tub", "湯はりの流量"),
    OUTPUT(shower_l_min, "L/min", "flow of the shower", "シャワーの流量"),
    OUTPUT(volume_l, "L", "water in the tub", "浴槽の湯量"),
    OUTPUT(bath_c, "degC", "the bath", "浴槽の湯温"),
    OUTPUT(gas_mj, "MJ", "heat of the gas burnt", "燃焼熱量"),
    OUTPUT(is_cut_off, "1", "1: the safety function has shut the burner for good", "1: 安全機能が燃焼を遮断した"),
    OUTPUT(skin_c, "degC", "basal layer of the skin of the bather", "入浴者の皮膚基底層の温度"),
    OUTPUT(damage, "1", "damage integral at the basal layer", "皮膚基底層の損傷積分"),
    OUTPUT(degree, "1", "degree of burn, 0 to 3", "熱傷の深度(0～3度)"),
};
// clang-format on

static void start(void *state)
{
    struct heater *h = state;
    h->outlet_c = h->inlet_c;
    h->bath_c = h->room_c;
    skin_rest(&h->skin);
    h->skin_c = h->skin.basal_c;
}

/* The flow at which the burner just reaches the set temperature, at most that of the
 * pipe: the unit throttles the flow rather than deliver colder water. */
static double flow_limit(double capacity_go, double inlet_c, double outlet_c)
{
    const double pipe_l_min = 30;
    double rise = outlet_c - inlet_c;
    return rise > 0 ? fmin(pipe_l_min, capacity_go * GO_L_MIN_K / rise) : pipe_l_min;
}

/* What the shower takes of the hot water, and what is left for the tub. */
static void share_flow(struct heater *h, double target)
{
    const double usual_l_min = 10; // judgement: a usual shower head
    int fills = h->is_filling > 0.5 && h->volume_l < h->tub_l;
    double most = flow_limit(h->capacity_go, h->inlet_c, target);
    h->shower_l_min = h->is_showering > 0.5 ? fmin(usual_l_min, most) : 0;
    h->flow_l_min = fills ? most - h->shower_l_min : 0;
}

/* First order towards a temperature, exactly. */
static void approach(struct heater *h, double target, double dt)
{
    h->outlet_c += (target - h->outlet_c) * (1 - exp(-dt / h->lag_s));
}

/* When within dt the outlet comes to the temperature of the cut-off, on its way to the
 * target; dt if it does not. */
static double until_cut_off(const struct heater *h, double target, double dt)
{
    if (h->is_cut_off_on < 0.5) return dt;
    if (h->outlet_c >= h->cut_off_c) return h->outlet_c > h->cut_off_c ? 0 : dt;
    if (target <= h->cut_off_c) return dt;
    return fmin(dt, h->lag_s * log((target - h->outlet_c) / (target - h->cut_off_c)));
}

/* Burner and heat exchanger: the cut-off acts when it is reached, within a step too. */
static void heat(struct heater *h, double dt)
{
    int burns = h->is_burning > 0.5 && h->is_cut_off < 0.5 && h->set_c > h->inlet_c;
    double target = burns ? h->set_c : h->inlet_c;
    double part = burns ? until_cut_off(h, target, dt) : dt;
    share_flow(h, target);
    approach(h, target, part);
    if (part < dt) {
        h->is_cut_off = 1;
        approach(h, h->inlet_c, dt - part);
    }
    if (burns)
        h->gas_mj += (h->flow_l_min + h->shower_l_min) / MINUTE_S * dt * WATER_J_LK *
                     (h->outlet_c - h->inlet_c) / 1e6;
}

/* m c dT/dt = flow c (Tout - T) - UA (T - room): volume first, then heat, exactly. */
static void fill(struct heater *h, double dt)
{
    double in = h->flow_l_min / MINUTE_S * dt;
    double out = fmin(h->drain_l_min / MINUTE_S * dt, h->volume_l);
    double volume = h->volume_l - out + in;
    if (volume > 0)
        h->bath_c = ((h->volume_l - out) * h->bath_c + in * h->outlet_c) / volume;
    h->volume_l = volume;
    if (volume > 0)
        h->bath_c = h->room_c + (h->bath_c - h->room_c) *
                                    exp(-h->loss_w_k * dt / (volume * WATER_J_LK));
}

/* Who stands under the shower is in water as it comes, who bathes in that of the tub.
 */
static void bathe(struct heater *h, double t, double dt)
{
    enum { PARTS = 10 }; // skin is quicker than a bath
    int bathes = (t >= h->enters_s || h->is_bathing > 0.5) && h->volume_l > 0;
    int showers = h->is_showering > 0.5;
    if (!bathes && !showers) return;
    for (int i = 0; i < PARTS; i++)
        skin_step(&h->skin, showers ? h->outlet_c : h->bath_c, dt / PARTS);
    h->skin_c = h->skin.basal_c;
    h->damage = h->skin.basal_damage;
    h->degree = skin_degree(&h->skin);
}

static void step(void *state, double t, double dt)
{
    struct heater *h = state;
    heat(h, dt);
    fill(h, dt);
    bathe(h, t, dt);
}

/* ---- checks -----------------------------------------------------------------------
 */

/* Seconds until each degree in water of one temperature; (double)NAN after an hour. */
static void scald(const double *in, double *out)
{
    const double h = 0.01, longest_s = 3600;
    struct skin s;
    skin_rest(&s);
    for (int k = 0; k < 3; k++)
        out[k] = (double)NAN;
    for (long i = 1; (double)i * h <= longest_s && isnan(out[2]); i++) {
        skin_step(&s, in[0], h);
        for (int k = 0; k < skin_degree(&s); k++)
            if (isnan(out[k])) out[k] = (double)i * h;
    }
}

static void flow(const double *in, double *out)
{
    out[0] = flow_limit(in[2], in[0], in[1]);
}

static void filling(const double *in, double *out)
{
    out[0] = in[3] / flow_limit(in[2], in[0], in[1]);
}

// clang-format off
#define Q(name, unit, start, least, most, en, ja) {name, unit, start, least, most, {{en, ja}}, NULL}
static const struct twin_quantity scald_inputs[] = {
    Q("water_c", "degC", 51, 38, 100, "temperature of the water", "湯温"),
};
static const struct twin_quantity scald_results[] = {
    Q("time_s_first", "s", 0, 0, 0, "time to a burn of the first degree", "1度熱傷に至る時間"),
    Q("time_s_second", "s", 0, 0, 0, "time to a burn of the second degree", "2度熱傷に至る時間"),
    Q("time_s_third", "s", 0, 0, 0, "time to a burn of the third degree", "3度熱傷に至る時間"),
};
static const struct twin_quantity flow_inputs[] = {
    Q("inlet_c", "degC", 15, 0, 35, "cold water", "給水温度"),
    Q("outlet_c", "degC", 42, 20, 100, "hot water", "出湯温度"),
    Q("capacity_go", "go", 24, 10, 32, "capacity", "給湯能力(号)"),
    Q("volume_l", "L", 180, 1, 1000, "volume to fill", "湯はり量"),
};
static const struct twin_quantity flow_results[] = {Q("flow_l_min", "L/min", 0, 0, 0, "greatest flow", "最大流量")};
static const struct twin_quantity filling_results[] = {Q("time_min", "min", 0, 0, 0, "time to fill", "湯はりの時間")};

static const struct twin_case scald_cases[] = {
    {{48}, {(double)NAN, 18.1 * 60, (double)NAN}, 0.05, "the same equations by another implementation (reference facts of this project)"},
    {{51}, {(double)NAN, 2.6 * 60, (double)NAN},  0.05, "likewise"},
    {{60}, {(double)NAN, 4.25, (double)NAN},      0.05, "likewise"},
    {{48}, {(double)NAN, 15 * 60, (double)NAN},   0.25, "ASSE scald table, after A. R. Moritz and F. C. Henriques (1947)"},
    {{51}, {(double)NAN, 2 * 60, (double)NAN},    0.40, "likewise"},
    {{60}, {(double)NAN, 3, (double)NAN},         0.50, "likewise"},
};
static const struct twin_case flow_cases[] = {
    {{15, 42, 24, 180}, {22.2}, 0.005, "24 go: 24 x 25 / (42 - 15)"},
};
static const struct twin_case filling_cases[] = {
    {{15, 42, 24, 180}, {8.1}, 0.005, "180 L at 22.2 L/min"},
};

static const struct twin_check checks[] = {
    {"scald", {{"time until hot water burns the skin", "湯により熱傷に至る時間"}},
     "conduction in skin, damage by Henriques (1947); third degree by Torvi and Dale (1994)",
     scald_inputs, scald_results, 1, 3, scald, scald_cases, TWIN_COUNT(scald_cases)},
    {"flow", {{"greatest flow at an outlet temperature", "出湯温度ごとの最大流量"}},
     "flow = go x 25 / (outlet - inlet), at most 30 L/min of the pipe",
     flow_inputs, flow_results, 3, 1, flow, flow_cases, TWIN_COUNT(flow_cases)},
    {"filling", {{"time to fill a tub", "湯はりの時間"}},
     "volume / flow",
     flow_inputs, filling_results, 4, 1, filling, filling_cases, TWIN_COUNT(filling_cases)},
};
// clang-format on

const struct twin_kind twin_heater = {
    .name = "heater",
    .title = {{"Gas water heater and bath", "ガス給湯器と浴槽"}},
    .about = {{"Burner, heat exchanger, tub and the skin of the bather.",
               "バーナ、熱交換器、浴槽、入浴者の皮膚。"}},
    .variables = variables,
    .n_variables = TWIN_COUNT(variables),
    .size = sizeof(struct heater),
    .step_s = 1,
    .start = start,
    .step = step,
    .checks = checks,
    .n_checks = TWIN_COUNT(checks),
};
