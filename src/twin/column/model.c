// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* The distillation column; equations and sources are in readme.md. */
#include <math.h>

#include "twin/column/blast.h"
#include "twin/column/column.h"
#include "twin/ode.h"

#define MINUTE_S  60.0
#define TNT_KJ_KG 4680.0

// clang-format off
#define AT(name, member, unit, causality, start, least, most, source, en, ja) \
    {{#name, unit, start, least, most, {{en, ja}}, source}, causality, offsetof(struct column, member)}
#define DESIGN(name, unit, start, least, most, source, en, ja) \
    AT(name, design.name, unit, TWIN_PARAMETER, start, least, most, source, en, ja)
#define PARAMETER(name, unit, start, least, most, source, en, ja) \
    AT(name, name, unit, TWIN_PARAMETER, start, least, most, source, en, ja)
#define INPUT(name, unit, start, least, most, source, en, ja) \
    AT(name, name, unit, TWIN_INPUT, start, least, most, source, en, ja)
#define OUTPUT(name, unit, en, ja) AT(name, name, unit, TWIN_OUTPUT, 0, 0, 0, NULL, en, ja)
static const struct twin_variable variables[] = {
    DESIGN(vapour_m3, "m3", 30, 5, 200, "judgement: a column of 1.5 m, 20 m high, less its liquid", "vapour space of column, condenser and drum", "塔・凝縮器・還流槽の気相容積"),
    DESIGN(steam_c, "degC", 198, 130, 250, "judgement: saturated steam of 15 bar", "heating steam", "加熱蒸気の温度"),
    DESIGN(reboiler_kw_k, "kW/K", 31, 8, 120, "judgement: twice the usual boil-up with the valve open", "UA of the reboiler with the steam valve open", "リボイラの伝熱係数と面積の積(弁全開)"),
    DESIGN(coolant_c, "degC", 25, 0, 40, "judgement: cooling water of a year", "cooling water", "冷却水の温度"),
    DESIGN(coolant_kg_s, "kg/s", 60, 10, 300, "judgement: a quarter of it, 23 K warmer, takes the usual load", "cooling water with the valve open", "冷却水の流量(弁全開)"),
    DESIGN(condenser_kw_k, "kW/K", 34, 10, 200, "judgement: 20% over the usual load at 150 kPa with the valve open", "UA of the condenser", "凝縮器の伝熱係数と面積の積"),
    DESIGN(relief_mm2, "mm2", 4116, 0, 16774, "API 526, orifice P; API 520 asks for 3,090 for the whole usual boil-up at 10% over 350 kPa; 0: none, or blocked", "area of the relief valve", "安全弁の面積"),
    DESIGN(heel_mj, "MJ", 0, 0, 20000, "judgement: 0, nothing in the reboiler reacts", "heat in a reactive heel of the reboiler", "リボイラ残渣の反応熱"),
    DESIGN(heel_onset_c, "degC", 160, 100, 250, "judgement: a heel reacts by 1% a minute there, with 125 kJ/mol", "temperature at which the heel reacts by 1% a minute", "残渣が毎分1%反応する温度"),
    PARAMETER(relief_set_kpag, "kPag", 350, 150, 1500, "judgement: 50 psi, a usual least design pressure", "set pressure of the relief valve, and design pressure", "安全弁の設定圧(設計圧力)"),
    PARAMETER(blowdown, "1", 0.07, 0.01, 0.3, "ASME VIII asks for 7% at most when certified", "pressure below set at which the relief valve shuts, as a share", "安全弁の吹下り(設定圧に対する割合)"),
    PARAMETER(sis_trip_kpag, "kPag", 250, 50, 1500, "judgement: 70% of the design pressure", "pressure at which the safety system trips", "安全計装の作動圧"),
    PARAMETER(relay_trip_c, "degC", 400, 60, 400, "judgement: 400, no such trip; a relay has a thermometer in the reboiler and no program", "temperature of the reboiler at which a relay shuts steam and feed", "リレーが加熱蒸気と原料を遮断するリボイラの温度"),
    PARAMETER(burst_kpag, "kPag", 875, 300, 3500, "judgement: 2.5 times the design pressure; the test is at 1.3 to 1.5, the strength of steel at 3.5 to 4 times", "pressure at which the vessel bursts", "破裂圧力"),
    PARAMETER(valve_lag_s, "s", 6, 0.5, 60, "judgement: pneumatic valves", "time constant of the valves", "弁の時定数"),
    PARAMETER(tnt_yield, "1", 0.04, 0.001, 0.2, "judgement: 3 to 5% of the heat in the cloud is usual for TNT equivalence, up to 10%", "share of the cloud's heat that goes into the blast", "TNT当量の収率"),
    PARAMETER(distance_m, "m", 100, 5, 5000, "judgement: control room", "distance at which the blast is told", "爆風を評価する距離"),
    INPUT(feed_kmol_min, "kmol/min", 1, 0, 1.5, "Column A: 1", "feed", "原料の流量"),
    INPUT(zf, "1", 0.5, 0.2, 0.8, "Column A: 0.5", "light component in the feed", "原料中の軽質成分のモル分率"),
    INPUT(qf, "1", 1, 0.5, 1.1, "Column A: 1", "liquid share of the feed", "原料の液割合"),
    INPUT(xd_set, "1", 0.99, 0.9, 0.999, "Column A: 0.99", "set point of the top's composition", "塔頂組成の設定値"),
    INPUT(xb_set, "1", 0.01, 0.001, 0.1, "Column A: 0.01", "set point of the bottom's composition", "塔底組成の設定値"),
    INPUT(pressure_set_kpa, "kPa", 150, 110, 1000, "judgement: a little above the atmosphere", "set point of the pressure, absolute", "圧力の設定値(絶対圧)"),
    INPUT(is_composition_auto, "1", 1, 0, 1, NULL, "1: reflux and boil-up keep the compositions; 0: as set by hand", "1: 組成制御は自動、0: 手動"),
    INPUT(l_hand_kmol_min, "kmol/min", 2.70629, 0, 6, "Column A", "reflux by hand", "還流量(手動)"),
    INPUT(v_hand_kmol_min, "kmol/min", 3.20629, 0, 6.4, "Column A", "boil-up by hand", "ボイルアップ量(手動)"),
    INPUT(is_pressure_auto, "1", 1, 0, 1, NULL, "1: cooling water keeps the pressure; 0: by hand", "1: 圧力制御は自動、0: 手動"),
    INPUT(coolant_hand, "1", 0.5, 0, 1, NULL, "cooling water valve by hand", "冷却水弁の開度(手動)"),
    INPUT(coolant_there, "1", 1, 0, 1, NULL, "share of the cooling water that comes", "供給される冷却水の割合"),
    INPUT(pressure_bias_kpa, "kPa", 0, -1000, 1000, NULL, "error of the controllers' pressure", "制御系の圧力計の誤差"),
    INPUT(sis_bias_kpa, "kPa", 0, -1000, 1000, NULL, "error of the safety system's pressure", "安全計装の圧力計の誤差"),
    INPUT(xd_bias, "1", 0, -0.1, 0.1, NULL, "error of the analysis at the top", "塔頂分析計の誤差"),
    INPUT(xb_bias, "1", 0, -0.1, 0.1, NULL, "error of the analysis at the bottom", "塔底分析計の誤差"),
    INPUT(is_sis_on, "1", 1, 0, 1, NULL, "1: the safety system works; 0: bypassed", "1: 安全計装は有効、0: バイパス"),
    INPUT(sis_reset, "1", 0, 0, 1, NULL, "1: resets a trip", "1: 安全計装を復帰"),
    INPUT(is_stopped, "1", 0, 0, 1, NULL, "1: the hard-wired button has shut steam and feed", "1: 結線式の停止ボタンによる加熱蒸気と原料の遮断"),
    OUTPUT(xd, "1", "light component at the top", "塔頂の軽質成分のモル分率"),
    OUTPUT(xb, "1", "light component at the bottom", "塔底の軽質成分のモル分率"),
    OUTPUT(pressure_kpa, "kPa", "pressure, absolute", "圧力(絶対圧)"),
    OUTPUT(pressure_kpag, "kPag", "pressure over the atmosphere", "圧力(ゲージ圧)"),
    OUTPUT(top_c, "degC", "vapour at the top, at its boiling point", "塔頂の温度"),
    OUTPUT(bottom_c, "degC", "reboiler", "塔底の温度"),
    OUTPUT(l_kmol_min, "kmol/min", "reflux asked for", "還流量(指令)"),
    OUTPUT(v_kmol_min, "kmol/min", "boil-up asked for", "ボイルアップ量(指令)"),
    OUTPUT(d_kmol_min, "kmol/min", "distillate asked for", "留出量(指令)"),
    OUTPUT(b_kmol_min, "kmol/min", "bottoms asked for", "缶出量(指令)"),
    OUTPUT(drum_kmol, "kmol", "liquid in the drum", "還流槽の液量"),
    OUTPUT(reboiler_kmol, "kmol", "liquid in the reboiler", "リボイラの液量"),
    OUTPUT(steam_open, "1", "steam valve", "蒸気弁の開度"),
    OUTPUT(coolant_open, "1", "cooling water valve", "冷却水弁の開度"),
    OUTPUT(heat_kw, "kW", "heat of the steam", "加熱量"),
    OUTPUT(cooling_kw, "kW", "heat to the cooling water", "除熱量"),
    OUTPUT(is_tripped, "1", "1: the safety system has shut steam and feed", "1: 安全計装が作動"),
    OUTPUT(is_relay_tripped, "1", "1: the relay has shut steam and feed", "1: リレーが作動"),
    OUTPUT(is_relieving, "1", "1: the relief valve is open", "1: 安全弁が開いている"),
    OUTPUT(relief_kg_h, "kg/h", "flow of the relief valve", "安全弁の流量"),
    OUTPUT(relieved_kg, "kg", "let out by the relief valve so far", "安全弁の放出量"),
    OUTPUT(heel_left, "1", "share of the reactive heel that is left", "未反応の残渣の割合"),
    OUTPUT(heel_kw, "kW", "heat of the reactive heel", "残渣の反応による発熱"),
    OUTPUT(off_spec_kmol, "kmol", "products drawn with more than 2% of the other component", "規格外製品の量"),
    OUTPUT(off_kmol, "kmol", "by how much the amounts do not balance", "物質収支の誤差"),
    OUTPUT(off_light_kmol, "kmol", "by how much the light component does not balance", "軽質成分の収支の誤差"),
    OUTPUT(is_burst, "1", "1: the vessel has burst, and all has ended", "1: 塔が破裂した"),
    OUTPUT(cloud_kg, "kg", "vapour that the burst has set free", "破裂により放出された蒸気"),
    OUTPUT(tnt_kg, "kg", "TNT of the same blast", "TNT当量"),
    OUTPUT(overpressure_kpa, "kPa", "peak overpressure at the distance", "爆風の過圧"),
    OUTPUT(impulse_kpa_ms, "kPa ms", "positive impulse at the distance", "爆風のインパルス"),
    OUTPUT(damage, "1", "structures there: 0, 1 (over 2.07 kPa), 2 (walls fall, 13.8), 3 (total, 68.9)", "構造物の被害(0～3: 2.07、13.8、68.9 kPa以上)"),
    OUTPUT(injury, "1", "people there, by pressure alone: 0, 1 (eardrum), 2 (lung), 3 (half die)", "人の被害(0～3: 鼓膜、肺、半数致死)"),
};
// clang-format on

/* ---- outputs ----------------------------------------------------------------------
 */

static void amounts(const struct column *c, double *amount, double *light)
{
    const double *s = c->state;
    *amount = s[PLANT_VAPOUR] + s[PLANT_TOP] + s[PLANT_BOTTOM] + s[PLANT_RELIEVED] -
              s[PLANT_FED];
    *light = s[PLANT_VAPOUR_LIGHT] + s[PLANT_TOP_LIGHT] + s[PLANT_BOTTOM_LIGHT] +
             s[PLANT_RELIEVED_LIGHT] - s[PLANT_FED_LIGHT];
    for (int i = 0; i < TRAYS; i++) {
        *amount += s[PLANT_AMOUNT + i];
        *light += s[PLANT_LIGHT + i];
    }
}

static double share(double light, double amount, double otherwise)
{
    return amount > 1e-9 ? light / amount : otherwise;
}

static void look(struct column *c)
{
    const double *s = c->state;
    struct plant_view v = plant_look(s, &c->design, &c->moves);
    c->xd = share(s[PLANT_LIGHT + TRAYS_DRUM], s[PLANT_AMOUNT + TRAYS_DRUM], c->xd);
    c->xb = share(s[PLANT_LIGHT], s[PLANT_AMOUNT], c->xb);
    c->pressure_kpa = v.pressure_kpa;
    c->pressure_kpag = v.pressure_kpa - PLANT_ATM_KPA;
    c->top_c = v.top_k - PLANT_KELVIN;
    c->bottom_c = v.bottom_k - PLANT_KELVIN;
    c->drum_kmol = s[PLANT_AMOUNT + TRAYS_DRUM];
    c->reboiler_kmol = s[PLANT_AMOUNT];
    c->heat_kw = v.heat_kw;
    c->cooling_kw = v.cooling_kw;
    c->relief_kg_h = v.relief_kg_h;
    c->relieved_kg = s[PLANT_RELIEVED] * PLANT_MASS;
    c->heel_left = s[PLANT_HEEL];
    c->heel_kw = v.heel_kw;
}

static void balance(struct column *c)
{
    double amount, light;
    amounts(c, &amount, &light);
    c->off_kmol = amount - c->start_amount;
    c->off_light_kmol = light - c->start_light;
}

static void start(void *state)
{
    struct column *c = state;
    column_plant_start(c->state, &c->design, c->pressure_set_kpa);
    amounts(c, &c->start_amount, &c->start_light);
    look(c);
    control_start(c);
}

/* ---- burst ------------------------------------------------------------------------
 */

/* Vapour, and the liquid that flashes when its pressure is gone. */
static double cloud_kg(const struct column *c)
{
    double superheat = c->bottom_c + PLANT_KELVIN - PLANT_BOILS_K, liquid = 0;
    double flashes = 1 - exp(-PLANT_LIQUID * fmax(0, superheat) / PLANT_LATENT);
    for (int i = 0; i < TRAYS; i++)
        liquid += c->state[PLANT_AMOUNT + i];
    return PLANT_MASS * (c->state[PLANT_VAPOUR] + flashes * liquid);
}

static void burst(struct column *c)
{
    c->is_burst = 1;
    c->cloud_kg = cloud_kg(c);
    c->tnt_kg = c->tnt_yield * c->cloud_kg * PLANT_BURNING / TNT_KJ_KG;
    double distance_m = blast_nearest_m(c->tnt_kg, c->distance_m);
    c->overpressure_kpa = blast_overpressure_kpa(c->tnt_kg, distance_m);
    c->impulse_kpa_ms = blast_impulse_kpa_ms(c->tnt_kg, distance_m);
    c->damage = blast_damage(c->overpressure_kpa);
    c->injury = blast_injury(c->overpressure_kpa);
    c->pressure_kpa = PLANT_ATM_KPA;
    c->pressure_kpag = c->heat_kw = c->cooling_kw = c->relief_kg_h = c->heel_kw = 0;
}

/* ---- steps ------------------------------------------------------------------------
 */

static void count_off_spec(struct column *c, double top, double bottom)
{
    const double most = 0.02;
    if (c->xd < 1 - most) c->off_spec_kmol += c->state[PLANT_TOP] - top;
    if (c->xb > most) c->off_spec_kmol += c->state[PLANT_BOTTOM] - bottom;
}

static void rates(const double *state, const void *column, double *rate)
{
    const struct column *c = column;
    plant_rates(state, &c->design, &c->moves, rate);
}

static void roots(const double *state, const void *column, double *root)
{
    const struct column *c = column;
    struct plant_view view = plant_look(state, &c->design, &c->moves);
    control_roots(c, &view, root);
}

/* kmol, and shares of them; over a shift errors stay below those of any analyser. */
static const struct ode equations = {.n_states = PLANT_STATES,
                                     .n_roots = COLUMN_EVENTS,
                                     .rates = rates,
                                     .roots = roots,
                                     .relative = 1e-7,
                                     .absolute = 1e-9};

/* The plant over h minutes, event by event. */
static void run_plant(struct column *c, double h)
{
    enum { MOST_EVENTS = 64 }; // a valve that pops and shuts has a blowdown between
    int events[COLUMN_EVENTS];
    double left = h;
    for (int i = 0; left > 0 && c->is_burst < 0.5; i++) {
        double went = i < MOST_EVENTS ? ode_run(&equations, c, c->state, left,
                                                &c->solver_min, events)
                                      : -1;
        if (went < 0) {
            c->pressure_kpa = (double)NAN; // the harness tells it
            return;
        }
        left -= went;
        look(c);
        control_events(c, events, left);
        if (events[COLUMN_BURST] > 0 || c->pressure_kpag >= c->burst_kpag) burst(c);
    }
}

static void step(void *state, double t, double dt)
{
    struct column *c = state;
    (void)t;
    if (c->is_burst > 0.5) return;
    double h = dt / MINUTE_S, top = c->state[PLANT_TOP],
           bottom = c->state[PLANT_BOTTOM];
    control_scan(c, h);
    run_plant(c, h);
    balance(c);
    count_off_spec(c, top, bottom);
}

const struct twin_kind twin_column = {
    .name = "column",
    .title = {{"Distillation column", "蒸留塔"}},
    .about =
        {{"Skogestad's Column A with vapour space, reboiler, condenser, controllers, "
          "safety system, relief valve and blast.",
          "SkogestadのColumn "
          "Aに気相、リボイラ、凝縮器、制御系、安全計装、安全弁、爆風を加えたもの。"}},
    .variables = variables,
    .n_variables = TWIN_COUNT(variables),
    .size = sizeof(struct column),
    .step_s = 1.2,
    .start = start,
    .step = step,
    .lacks = ode_lacks,
    .checks = column_checks,
    .n_checks = N_COLUMN_CHECKS,
};
