// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Checks of the column: parts of its physics by themselves, and published numbers. */
#include <math.h>

#include "twin/column/blast.h"
#include "twin/column/column.h"
#include "twin/column/reactor.h"
#include "twin/column/relief.h"

#define MM2_IN2 645.16
#define UNKNOWN ((double)NAN)

/* ---- runs -------------------------------------------------------------------------
 */

static int products(double l, double v, double zf, double feed, double *xd, double *xb)
{
    double x[TRAYS];
    *xd = *xb = UNKNOWN;
    if (!trays_steady(l, v, feed, zf, x)) return 0;
    *xd = x[TRAYS_DRUM];
    *xb = x[0];
    return 1;
}

static void steady(const double *in, double *out)
{
    double x[TRAYS];
    out[0] = out[1] = out[2] = UNKNOWN;
    if (!trays_steady(in[0], in[1], in[3], in[2], x)) return;
    out[0] = x[TRAYS_DRUM];
    out[1] = x[0];
    out[2] = x[TRAYS_FEED];
}

/* Central differences of the steady state by reflux and boil-up. */
static void gain(const double *in, double *out)
{
    const double d = 1e-5;
    double a[2], b[2];
    for (int k = 0; k < 2; k++) {
        double dl = k == 0 ? d : 0, dv = k == 1 ? d : 0;
        products(in[0] + dl, in[1] + dv, in[2], 1, &a[0], &a[1]);
        products(in[0] - dl, in[1] - dv, in[2], 1, &b[0], &b[1]);
        out[k] = (a[0] - b[0]) / (2 * d);
        out[2 + k] = (a[1] - b[1]) / (2 * d);
    }
    out[4] = 1 / (1 - out[1] * out[2] / (out[0] * out[3]));
}

/* Column A after a step of its feed from 1, and how fast it still moves there: the rest
 * to the steady state over the rate is the slowest time constant in the end. */
static void response(const double *in, double *out)
{
    const double h = 0.02, l = TRAYS_REFLUX, v = TRAYS_BOILUP, zf = 0.5;
    double amount[TRAYS], light[TRAYS], to[TRAYS];
    trays_steady(l, v, TRAYS_FEED_IN, zf, light);
    trays_steady(l, v, in[0], zf, to);
    for (int i = 0; i < TRAYS; i++) {
        amount[i] = TRAYS_HOLDUP;
        light[i] *= TRAYS_HOLDUP;
    }
    double before = light[0] / amount[0];
    for (long i = 0; i < lround(in[1] / h); i++) {
        before = light[0] / amount[0];
        trays_step(amount, light, l, v, in[0], zf, h);
    }
    out[0] = light[TRAYS_DRUM] / amount[TRAYS_DRUM];
    out[1] = light[0] / amount[0];
    double rate = (out[1] - before) / h;
    out[2] = fabs(rate) > 1e-12 ? (to[0] - (out[1] + before) / 2) / rate : UNKNOWN;
}

static void boiling(const double *in, double *out)
{
    out[0] = plant_bubble_k(in[0], in[1]);
}

static void relief(const double *in, double *out)
{
    out[0] = relief_area_in2(in[0], in[1], in[2], in[3], in[4], in[5], in[6], in[7]);
    out[1] = out[0] * MM2_IN2;
    out[2] = relief_coefficient(in[4]);
}

static void blast(const double *in, double *out)
{
    out[0] = blast_overpressure_kpa(in[0], in[1]);
    out[1] = blast_impulse_kpa_ms(in[0], in[1]);
    out[2] = blast_scaled_m(in[0], in[1]);
}

static void cstr(const double *in, double *out)
{
    const double h = 0.001;
    struct cstr c = {0.5, 350};
    long n = (long)floor(in[1] / h);
    for (long i = 0; i < n; i++)
        cstr_step(&c, in[0], h);
    cstr_step(&c, in[0], in[1] - (double)n * h);
    out[0] = c.temperature_k;
    out[1] = c.ca_mol_l;
}

static void semenov(const double *in, double *out)
{
    out[0] = exp(-1.0);
    out[1] = semenov_theta(in[0]);
    out[2] = semenov_induction(in[0]);
}

/* ---- tables -----------------------------------------------------------------------
 */

// clang-format off
#define Q(name, unit, start, least, most, en, ja) {name, unit, start, least, most, {{en, ja}}, NULL}
#define R(name, unit, en, ja) Q(name, unit, 0, 0, 0, en, ja)
static const struct twin_quantity steady_inputs[] = {
    Q("l_kmol_min", "kmol/min", 2.70629, 0.1, 20, "reflux", "還流量"),
    Q("v_kmol_min", "kmol/min", 3.20629, 0.1, 20, "boil-up", "ボイルアップ量"),
    Q("zf", "1", 0.5, 0, 1, "light component in the feed", "原料中の軽質成分のモル分率"),
    Q("f_kmol_min", "kmol/min", 1, 0.1, 10, "feed, liquid at its boiling point", "原料の流量(飽和液)"),
};
static const struct twin_quantity steady_results[] = {
    R("xd", "1", "light component at the top", "塔頂の軽質成分のモル分率"),
    R("xb", "1", "light component at the bottom", "塔底の軽質成分のモル分率"),
    R("x_feed_stage", "1", "light component on the feed stage", "原料段の軽質成分のモル分率"),
};
#define COLA_LV "Skogestad's cola_lv.m, run to its steady state in Octave by others (dist_model_cola_cas)"
static const struct twin_case steady_cases[] = {
    {{2.70629, 3.20629, 0.5, 1},    {0.9900, 0.0100, UNKNOWN}, 1e-4, "S. Skogestad, Column A (1997): xD 0.9900, xB 0.0100"},
    {{2.70629, 3.20629, 0.5, 1},    {0.989999967, 0.01000004946, 0.4987250205}, 1e-6, COLA_LV},
    {{2.70629, 3.20629, 0.5, 1.01}, {0.9925, UNKNOWN, UNKNOWN}, 1e-4, "S. Skogestad, cola.html: feed 1% up, nonlinear simulation"},
    {{2.70629, 3.20629, 0.5, 1.01}, {UNKNOWN, 0.0172, UNKNOWN}, 0.05, "likewise, with the level of the reboiler not controlled there"},
};

static const struct twin_quantity gain_results[] = {
    R("xd_by_l", "min/kmol", "gain of the top's composition by reflux", "塔頂組成の還流量に対するゲイン"),
    R("xd_by_v", "min/kmol", "gain of the top's composition by boil-up", "塔頂組成のボイルアップ量に対するゲイン"),
    R("xb_by_l", "min/kmol", "gain of the bottom's composition by reflux", "塔底組成の還流量に対するゲイン"),
    R("xb_by_v", "min/kmol", "gain of the bottom's composition by boil-up", "塔底組成のボイルアップ量に対するゲイン"),
    R("relative_gain", "1", "relative gain of top and reflux", "相対ゲイン"),
};
static const struct twin_case gain_cases[] = {
    {{2.70629, 3.20629, 0.5}, {0.8754, -0.8618, 1.0846, -1.0982, 35.94}, 0.01,
     "S. Skogestad, Dynamics and control of distillation columns, Trans IChemE 75A (1997), 539-562; quoted from memory"},
};

static const struct twin_quantity response_inputs[] = {
    Q("f_kmol_min", "kmol/min", 1.01, 0.8, 1.2, "feed from time 0, after 1", "時刻0以後の原料の流量(それまでは1)"),
    Q("time_min", "min", 500, 0.02, 5000, "time", "経過時間"),
};
static const struct twin_quantity response_results[] = {
    R("xd", "1", "light component at the top", "塔頂の軽質成分のモル分率"),
    R("xb", "1", "light component at the bottom", "塔底の軽質成分のモル分率"),
    R("time_constant_min", "min", "rest to the steady state over the rate, at the bottom", "塔底組成の時定数"),
};
static const struct twin_case response_cases[] = {
    {{1.01, 3000},  {0.9925, 0.0172, UNKNOWN},   0.005, "S. Skogestad, cola.html: nonlinear simulation of feed 1% up (his reboiler's level was not controlled)"},
    {{1.0001, 800}, {UNKNOWN, UNKNOWN, 193.9},   0.01,  "likewise: dominant time constant, 1/5.1562e-3 min, of the linear model"},
};

static const struct twin_quantity boiling_inputs[] = {
    Q("pressure_kpa", "kPa", 101.325, 1, 3000, "pressure, absolute", "圧力(絶対圧)"),
    Q("x", "1", 1, 0, 1, "light component", "軽質成分のモル分率"),
};
static const struct twin_quantity boiling_results[] = {R("temperature_k", "K", "boiling point", "沸点")};
static const struct twin_case boiling_cases[] = {
    {{101.325, 1}, {341.9}, 0.001, "S. Skogestad, cola.html: boiling point of the light component"},
    {{101.325, 0}, {355.4}, 0.003, "likewise of the heavy one"},
    {{500, 1},     {403.4}, 0.01,  "n-hexane by Antoine (4.00266, 1171.53, -48.784; NIST, fitted from 286 to 342 K, beyond here)"},
};

static const struct twin_quantity relief_inputs[] = {
    Q("flow_lb_h", "lb/h", 53500, 1, 1e7, "flow to relieve", "吹出し流量"),
    Q("temperature_r", "R", 627, 300, 2500, "temperature upstream", "入口温度"),
    Q("z", "1", 0.84, 0.1, 2, "compressibility", "圧縮係数"),
    Q("molar_mass", "lb/lbmol", 65, 2, 400, "molar mass", "分子量"),
    Q("k", "1", 1.09, 1, 2, "ratio of ideal specific heats", "比熱比"),
    Q("p1_psia", "psia", 97.2, 15, 10000, "pressure upstream: set, overpressure and atmosphere", "入口圧力(設定圧、超過圧、大気圧の和)"),
    Q("kd", "1", 0.975, 0.1, 1, "coefficient of discharge", "吐出係数"),
    Q("kb", "1", 1, 0.1, 1, "correction for back pressure; times 0.9 behind a rupture disk", "背圧補正係数(破裂板併用時は0.9を乗じる)"),
};
static const struct twin_quantity relief_results[] = {
    R("area_in2", "in2", "required area", "所要面積"),
    R("area_mm2", "mm2", "required area", "所要面積"),
    R("c", "1", "coefficient C of API 520 in US units", "API 520の係数C"),
};
static const struct twin_case relief_cases[] = {
    {{53500, 627, 0.84, 65, 1.09, 97.2, 0.975, 1}, {4.93, UNKNOWN, 326}, 0.002, "API 520 Part I, 7th edition, example of 3.6.2; the standard was not at hand"},
    {{53500, 627, 0.90, 51, 1.11, 97.2, 0.975, 1}, {5.73, 3698, 328},    0.002, "API 520 Part I, 8th and 9th edition, the same example; its SI result after the library fluids (Bell)"},
    {{53500, 627, 0.84, 65, 1, 97.2, 0.975, 1},    {UNKNOWN, UNKNOWN, 315.4}, 0.0005, "C tends to 520 exp(-1/2) as k to 1; API's table has 315"},
};

static const struct twin_quantity blast_inputs[] = {
    Q("tnt_kg", "kg", 1000, 0.001, 1e7, "TNT", "TNT質量"),
    Q("distance_m", "m", 100, 0.01, 1e5, "distance", "距離"),
};
static const struct twin_quantity blast_results[] = {
    R("overpressure_kpa", "kPa", "peak incident overpressure", "最大過圧"),
    R("impulse_kpa_ms", "kPa ms", "positive incident impulse", "正圧インパルス"),
    R("z_m_kg13", "m/kg^1/3", "scaled distance", "換算距離"),
};
#define K_FACTOR "DoD 6055.09 K-factors (psi at feet per cube root of pounds), above ground; quoted from memory"
static const struct twin_case blast_cases[] = {
    {{10000, 500},   {5.05496, 295.877, UNKNOWN}, 1e-5, "the same polynomials by another implementation (kingery-bulmash, README)"},
    {{1000, 35.70},  {82.7, UNKNOWN, 3.570}, 0.03, K_FACTOR ": K9, 12 psi"},
    {{1000, 71.41},  {24.1, UNKNOWN, 7.141}, 0.03, K_FACTOR ": K18, 3.5 psi"},
    {{1000, 95.21},  {15.9, UNKNOWN, 9.521}, 0.05, K_FACTOR ": K24, 2.3 psi"},
    {{1000, 158.7},  {8.27, UNKNOWN, 15.87}, 0.08, K_FACTOR ": K40, 1.2 psi"},
    {{1000, 198.4},  {6.21, UNKNOWN, 19.84}, 0.08, K_FACTOR ": K50, 0.9 psi"},
};

static const struct twin_quantity cstr_inputs[] = {
    Q("coolant_k", "K", 300, 250, 400, "coolant", "冷媒の温度"),
    Q("time_min", "min", 10, 0, 1000, "time since 0.5 mol/L and 350 K", "経過時間(初期状態は0.5 mol/L、350 K)"),
};
static const struct twin_quantity cstr_results[] = {
    R("temperature_k", "K", "reactor", "反応器の温度"),
    R("ca_mol_l", "mol/L", "reactant", "反応物の濃度"),
};
#define ROOT "steady state by its own equation, solved by bisection elsewhere"
static const struct twin_case cstr_cases[] = {
    {{300, 0},  {350, 0.5},           1e-12, "Seborg, Edgar, Mellichamp: start"},
    {{300, 1},  {350, 0.5},           1e-3,  "likewise: steady (unstable) state of CA 0.5, T 350, which its rounded constants only nearly keep"},
    {{290, 50}, {312.656, 0.9519},    1e-4,  "goes out: " ROOT},
    {{310, 50}, {383.888, 0.0991},    1e-3,  "ignites: " ROOT},
    {{305, 1},  {395.8873, 0.0446},   1e-3,  "ignites: the same equations integrated by another program"},
    {{300, 50}, {324.475, 0.8773},    1e-4,  "falls off the unstable state: " ROOT},
};

static const struct twin_quantity semenov_inputs[] = {
    Q("psi", "1", 0.3, 0.001, 1e6, "heat set free over heat let go (Semenov)", "Semenov数"),
};
static const struct twin_quantity semenov_results[] = {
    R("psi_critical", "1", "critical psi: beyond it nothing is steady", "臨界値"),
    R("theta", "1", "steady heating, in R T0^2 / E", "定常の無次元温度上昇"),
    R("induction", "1", "time to explosion, in adiabatic ones", "爆発までの無次元時間"),
};
static const struct twin_case semenov_cases[] = {
    {{0.2},   {0.36787944117144, 0.2591711018, UNKNOWN}, 1e-9, "analytic: critical psi 1/e; theta exp(-theta) = psi, theta = -W(-psi)"},
    {{0.303265329856}, {UNKNOWN, 0.5, UNKNOWN}, 1e-6, "analytic: 0.5 exp(-0.5)"},
    {{1e6},   {UNKNOWN, UNKNOWN, 1}, 1e-5, "analytic: the adiabatic time is 1"},
};

const struct twin_check column_checks[N_COLUMN_CHECKS] = {
    {"steady", {{"steady compositions of Column A, LV configuration", "Column Aの定常組成(LV構成)"}},
     "S. Skogestad, Trans IChemE 75A (1997), 539-562, and his colamod.m",
     steady_inputs, steady_results, 4, 3, steady, steady_cases, TWIN_COUNT(steady_cases)},
    {"gain", {{"steady gains and relative gain of the LV configuration", "LV構成の定常ゲインと相対ゲイン"}},
     "central differences of the steady state at feed 1",
     steady_inputs, gain_results, 3, 5, gain, gain_cases, TWIN_COUNT(gain_cases)},
    {"response", {{"Column A after a step of its feed", "原料流量のステップ変化に対するColumn Aの応答"}},
     "the same model, levels controlled, in steps of 0.02 min",
     response_inputs, response_results, 2, 3, response, response_cases, TWIN_COUNT(response_cases)},
    {"boiling", {{"boiling point", "沸点"}},
     "Clausius and Clapeyron with the latent heat of n-hexane, 28.85 kJ/mol, and constant relative volatility",
     boiling_inputs, boiling_results, 2, 1, boiling, boiling_cases, TWIN_COUNT(boiling_cases)},
    {"relief", {{"area of a relief valve, critical flow of gas or vapour", "安全弁の所要面積(気体・蒸気の臨界流)"}},
     "API 520 Part I: A = W / (C Kd P1 Kb) sqrt(T Z / M), C = 520 sqrt(k (2/(k+1))^((k+1)/(k-1)))",
     relief_inputs, relief_results, 8, 3, relief, relief_cases, TWIN_COUNT(relief_cases)},
    {"blast", {{"blast of TNT on the ground", "地表のTNTの爆風"}},
     "M. M. Swisdak, Simplified Kingery Airblast Calculations (1994): hemispherical surface burst, 0.2 to 158.7 m/kg^(1/3)",
     blast_inputs, blast_results, 2, 3, blast, blast_cases, TWIN_COUNT(blast_cases)},
    {"cstr", {{"runaway of a stirred tank", "撹拌槽反応器の熱暴走"}},
     "D. E. Seborg, T. F. Edgar, D. A. Mellichamp, Process Dynamics and Control, example 2.5",
     cstr_inputs, cstr_results, 2, 2, cstr, cstr_cases, TWIN_COUNT(cstr_cases)},
    {"semenov", {{"thermal explosion of a stirred vessel", "Semenovの熱爆発"}},
     "d theta/d tau = exp(theta) - theta / psi (N. N. Semenov, 1928)",
     semenov_inputs, semenov_results, 1, 3, semenov, semenov_cases, TWIN_COUNT(semenov_cases)},
};
// clang-format on
