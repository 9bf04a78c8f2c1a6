// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* The drone's checks: the twin's own body and controller against published numbers and
 * closed forms. */
#include <math.h>

#include "twin/drone/drone.h"

#define STEP_S 0.001

/* ---- falling ----------------------------------------------------------------------
 */

/* The twin's body with its motors off, thrown to the east into wind, until it touches.
 */
struct thrown {
    double height_m, mass_kg, cda_m2, rho_kg_m3, speed_m_s, wind_m_s;
};

/* Returns the seconds it took. */
static double throw_down(const struct thrown *in, struct body *b)
{
    struct frame f = {.mass_kg = in->mass_kg, .lag_s = 1};
    struct air a = {.drag_n_s2_m2 = in->rho_kg_m3 * in->cda_m2 / 2};
    struct body before;
    long n = 0;
    for (int i = 0; i < 3; i++)
        f.inertia_kg_m2[i] = 1; // does not turn
    a.wind_m_s[0] = in->wind_m_s;
    *b = (struct body){0};
    b->x[BODY_PLACE + 2] = in->height_m;
    b->x[BODY_VELOCITY] = in->speed_m_s;
    b->x[BODY_ATTITUDE] = 1;
    for (before = *b; b->x[BODY_PLACE + 2] >= 0; n++) {
        before = *b;
        body_step(b, &f, &a, STEP_S);
    }
    *b = before;
    return (double)(n - 1) * STEP_S + body_land(b, &f, &a, STEP_S);
}

static void fall(const double *in, double *out)
{
    struct body b;
    out[1] = throw_down(&(struct thrown){in[0], in[1], in[2], in[3], 0, 0}, &b);
    out[0] = body_speed_m_s(&b);
    out[2] = in[1] * out[0] * out[0] / 2;
}

static void drift(const double *in, double *out)
{
    struct body b;
    out[1] = throw_down(&(struct thrown){in[0], in[1], in[2], in[3], in[4], in[5]}, &b);
    out[0] = b.x[BODY_PLACE];
    out[2] = body_speed_m_s(&b);
    out[3] = in[1] * out[2] * out[2] / 2;
}

/* Weight = rho CdA v^2 / 2. */
static void terminal(const double *in, double *out)
{
    out[0] = sqrt(2 * in[0] * GRAVITY_M_S2 / (in[2] * in[1]));
    out[1] = in[0] * out[0] * out[0] / 2;
}

/* ---- energy -----------------------------------------------------------------------
 */

static void transfer(const double *in, double *out)
{
    out[0] = in[0] * in[1];
    out[1] = out[0] / FT_LB_J;
    out[2] = drone_category(out[0]);
    out[3] = CATEGORY_2_FT_LB * FT_LB_J;
    out[4] = CATEGORY_3_FT_LB * FT_LB_J;
}

/* v^2 = vt^2 (1 - exp(-2 g h / vt^2)) solved for h; (double)NAN: it never gets so fast.
 */
static double height_for(double energy_j, double mass_kg, double cda_m2, double rho)
{
    double squared = 2 * energy_j / mass_kg;
    if (cda_m2 <= 0) return squared / (2 * GRAVITY_M_S2);
    double terminal_squared = 2 * mass_kg * GRAVITY_M_S2 / (rho * cda_m2);
    if (squared >= terminal_squared) return (double)NAN;
    return -terminal_squared / (2 * GRAVITY_M_S2) * log1p(-squared / terminal_squared);
}

static void height(const double *in, double *out)
{
    const double limits[] = {CATEGORY_2_FT_LB * FT_LB_J, CATEGORY_3_FT_LB * FT_LB_J};
    out[0] = out[1] = (double)NAN;
    for (int i = 0; i < 2 && in[3] > 0; i++)
        out[i] = height_for(limits[i] / in[3], in[0], in[1], in[2]);
}

/* ---- hovering ---------------------------------------------------------------------
 */

/* The twin itself, holding its place in wind until it is at rest; no answer if the wind
 * takes it away. */
static void hover(const double *in, double *out)
{
    const long settles = 30000;
    struct drone d = drone_default();
    double battery_wh = d.battery_wh;
    d.battery_wh = 1000; // a heavy one would empty it before it is at rest
    d.mass_kg = in[0];
    d.wind_east_m_s = in[1];
    d.cda_m2 = in[2];
    drone_start(&d);
    for (long i = 0; i < settles; i++)
        drone_step(&d, (double)i * STEP_S, STEP_S);
    int is_held = d.speed_m_s < 1e-3;
    out[0] = is_held ? d.thrust_n : (double)NAN;
    out[1] = is_held ? fabs(d.pitch_rad) : (double)NAN;
    out[2] = sqrt(d.east_m * d.east_m + d.north_m * d.north_m);
    out[3] = is_held ? d.power_w : (double)NAN;
    out[4] = battery_wh * 60 / out[3];
}

// clang-format off
#define Q(name, unit, start, least, most, en, ja) {name, unit, start, least, most, {{en, ja}}, NULL}
#define MASS Q("mass_kg", "kg", 0.907, 0.1, 25, "mass", "質量")
#define RHO Q("rho_kg_m3", "kg/m3", 1.225, 0.1, 1.5, "density of the air", "空気密度")
#define SHARE Q("transfer_share", "1", 1, 0, 1, "share that is transferred; 1: as a rigid body", "伝わる割合(1: 剛体)")
static const struct twin_quantity fall_inputs[] = {
    Q("height_m", "m", 30, 0, 1000, "height of the fall, from rest", "落下の高さ(初速0)"), MASS,
    Q("cda_m2", "m2", 0.03, 0, 1, "drag area", "抗力面積"), RHO,
};
static const struct twin_quantity drift_inputs[] = {
    Q("height_m", "m", 30, 0, 1000, "height at which the motors stop", "モータ停止時の高さ"), MASS,
    Q("cda_m2", "m2", 0.03, 0, 1, "drag area", "抗力面積"), RHO,
    Q("speed_m_s", "m/s", 10, -30, 30, "speed ahead", "前方への速度"),
    Q("wind_m_s", "m/s", 0, -20, 20, "wind ahead", "前方への風速"),
};
static const struct twin_quantity drift_results[] = {
    Q("distance_m", "m", 0, 0, 0, "how far ahead it comes down", "落下点までの水平距離"),
    Q("time_s", "s", 0, 0, 0, "time of the fall", "落下時間"),
    Q("impact_m_s", "m/s", 0, 0, 0, "speed at the ground", "接地時の速さ"),
    Q("energy_j", "J", 0, 0, 0, "energy of motion at the ground", "接地時の運動エネルギー"),
};
static const struct twin_quantity fall_results[] = {
    Q("speed_m_s", "m/s", 0, 0, 0, "speed at the ground", "接地時の速さ"),
    Q("time_s", "s", 0, 0, 0, "time of the fall", "落下時間"),
    Q("energy_j", "J", 0, 0, 0, "energy of motion at the ground", "接地時の運動エネルギー"),
};
static const struct twin_quantity terminal_inputs[] = {
    MASS, Q("cda_m2", "m2", 0.03, 1e-4, 10, "drag area; a parachute's besides", "抗力面積(パラシュートを含む)"), RHO,
};
static const struct twin_quantity terminal_results[] = {
    Q("speed_m_s", "m/s", 0, 0, 0, "terminal speed", "終端速度"),
    Q("energy_j", "J", 0, 0, 0, "energy of motion at that speed", "終端速度での運動エネルギー"),
};
static const struct twin_quantity transfer_inputs[] = {
    Q("energy_j", "J", 14.9, 0, 1e6, "energy of the impact", "衝突エネルギー"), SHARE,
};
static const struct twin_quantity transfer_results[] = {
    Q("transferred_j", "J", 0, 0, 0, "energy transferred", "伝わるエネルギー"),
    Q("transferred_ft_lb", "ft-lb", 0, 0, 0, "energy transferred", "伝わるエネルギー"),
    Q("category", "1", 0, 0, 0, "2 or 3: the strictest category that it keeps; 0: beyond both", "満たす最も厳しい区分2又は3。0: いずれも超える"),
    Q("category_2_j", "J", 0, 0, 0, "limit of category 2", "区分2の限度"),
    Q("category_3_j", "J", 0, 0, 0, "limit of category 3", "区分3の限度"),
};
static const struct twin_quantity height_inputs[] = {
    MASS, Q("cda_m2", "m2", 0.03, 0, 1, "drag area", "抗力面積"), RHO, SHARE,
};
static const struct twin_quantity height_results[] = {
    Q("category_2_m", "m", 0, 0, 0, "greatest fall within category 2", "区分2に収まる最大の落下高さ"),
    Q("category_3_m", "m", 0, 0, 0, "greatest fall within category 3", "区分3に収まる最大の落下高さ"),
};
static const struct twin_quantity hover_inputs[] = {
    Q("mass_kg", "kg", 0.907, 0.2, 25, "mass", "質量"),
    Q("wind_m_s", "m/s", 0, 0, 12, "wind", "風速"),
    Q("cda_m2", "m2", 0.03, 0, 0.05, "drag area", "抗力面積"),
};
static const struct twin_quantity hover_results[] = {
    Q("thrust_n", "N", 0, 0, 0, "thrust at rest", "静止時の推力"),
    Q("tilt_rad", "rad", 0, 0, 0, "tilt into the wind", "風上への傾斜角"),
    Q("off_m", "m", 0, 0, 0, "off the place it holds", "保持位置からのずれ"),
    Q("power_w", "W", 0, 0, 0, "electric power", "消費電力"),
    Q("time_min", "min", 0, 0, 0, "time until the battery is empty", "電池が空になるまでの時間"),
};

#define ANALYTIC "v = vt sqrt(1 - exp(-2 g h / vt^2)), t = vt / g acosh(exp(g h / vt^2))"
static const struct twin_case fall_cases[] = {
    {{30, 0.907, 0.03, 1.225}, {18.456, 2.730, (double)NAN}, 0.0002, "published: 0.907 kg, CdA 0.03 m2, rho 1.225 kg/m3 (reference facts of this project)"},
    {{30, 0.907, 0.03, 1.225}, {18.45617368, 2.729542926, 154.4758623}, 1e-8, ANALYTIC},
    {{120, 0.907, 0.03, 1.225}, {21.91990259, 7.003740531, 217.8986458}, 1e-8, ANALYTIC},
    {{100, 0.249, 0.015, 1.225}, {16.30046451, 7.284725852, 33.08029031}, 1e-8, ANALYTIC},
    {{10, 4, 0.1, 1}, {13.17562695, 1.457767418, 347.1942909}, 1e-8, ANALYTIC},
    {{20, 0.907, 0, 1.225}, {19.80908882, 2.019275109, (double)NAN}, 1e-8, "no air: v = sqrt(2 g h), t = sqrt(2 h / g)"},
};
static const struct twin_case drift_cases[] = {
    {{45, 0.907, 0, 1.225, 12, 7}, {36.34695197, 3.028912664, 32.04528046, (double)NAN}, 1e-8, "no air: v sqrt(2 h / g)"},
    {{30, 0.907, 0.03, 1.225, 8, 8}, {21.8363434, 2.729542926, (double)NAN, (double)NAN}, 1e-8, "air that moves along: a fall, carried by the wind for its time"},
    {{30, 0.907, 0.03, 1.225, 10, 0}, {20.33495273, 2.791532386, 18.69289187, 158.4638776}, 1e-7, "Taylor series of the same equations in 20 digits (mpmath)"},
    {{100, 0.907, 0.03, 1.225, 15, -8}, {3.78674184, 6.348336871, 22.52509133, 230.0967119}, 1e-7, "Taylor series of the same equations in 20 digits (mpmath)"},
};
static const struct twin_case terminal_cases[] = {
    {{0.907, 0.03, 1.225}, {22.0051571, (double)NAN}, 1e-8, "sqrt(2 x 0.907 x 9.81 / (1.225 x 0.03))"},
    {{0.907, 1.03, 1.225}, {3.75548895, (double)NAN}, 1e-8, "under a parachute of 1 m2"},
};
static const struct twin_case transfer_cases[] = {
    {{14.9, 1}, {14.9, 11, 2, 14.9, 33.9}, 0.002, "FAA 14 CFR 107.120, category 2: 11 ft-lb = 14.9 J"},
    {{33.9, 1}, {33.9, 25, (double)NAN, 14.9, 33.9}, 0.002, "FAA 14 CFR 107.130, category 3: 25 ft-lb = 33.9 J"},
};
static const struct twin_case height_cases[] = {
    {{0.907, 0, 1.225, 1}, {1.67616887, 3.80947469}, 1e-8, "no air: energy / (m g)"},
    {{0.907, 0.03, 1.225, 1}, {1.73580358, 4.13772895}, 1e-8, "-vt^2 / (2 g) ln(1 - 2 E / (m vt^2))"},
    {{0.907, 0.03, 1.225, 0.5}, {3.60298748, 9.11171341}, 1e-8, "likewise, half of the energy transferred"},
};
static const struct twin_case hover_cases[] = {
    {{0.907, 0, 0.03}, {8.89767, (double)NAN, (double)NAN, 118.711075, 29.9719297}, 1e-6, "thrust = weight = 0.907 x 9.81; power by momentum theory"},
    {{0.907, 5, 0.03}, {8.90952057, 0.0515828856, (double)NAN, (double)NAN, (double)NAN}, 1e-6, "sqrt((m g)^2 + D^2), atan(D / (m g))"},
    {{0.907, 10, 0.03}, {9.08542446, 0.203651812, (double)NAN, (double)NAN, (double)NAN}, 1e-6, "likewise"},
};

const struct twin_check drone_checks[DRONE_CHECKS] = {
    {"fall", {{"fall with quadratic drag, motors off", "二乗抗力を受ける落下(モータ停止)"}},
     "the twin's body at 1 kHz; " ANALYTIC,
     fall_inputs, fall_results, 4, 3, fall, fall_cases, TWIN_COUNT(fall_cases)},
    {"drift", {{"where it comes down when its motors stop in forward flight", "前進中にモータが止まったときの落下点"}},
     "the twin's body at 1 kHz, drag against the air that moves with the wind",
     drift_inputs, drift_results, 6, 4, drift, drift_cases, TWIN_COUNT(drift_cases)},
    {"terminal", {{"terminal speed", "終端速度"}},
     "vt = sqrt(2 m g / (rho CdA))",
     terminal_inputs, terminal_results, 3, 2, terminal, terminal_cases, TWIN_COUNT(terminal_cases)},
    {"transfer", {{"energy transferred, against the FAA's categories", "伝わるエネルギーとFAAの区分"}},
     "FAA 14 CFR 107.120 and 107.130: injury less than by 11 and 25 ft-lb transferred by a rigid object; 1 ft-lb = 1.3558179 J",
     transfer_inputs, transfer_results, 2, 5, transfer, transfer_cases, TWIN_COUNT(transfer_cases)},
    {"height", {{"greatest fall within the FAA's categories", "FAAの区分に収まる最大の落下高さ"}},
     "h = -vt^2 / (2 g) ln(1 - v^2 / vt^2), v^2 = 2 E / (m share)",
     height_inputs, height_results, 4, 2, height, height_cases, TWIN_COUNT(height_cases)},
    {"hover", {{"holding a place in wind: thrust, tilt, power", "風の中の定点保持: 推力・傾斜・電力"}},
     "the twin after 30 s; thrust = sqrt((m g)^2 + D^2), tilt = atan(D / (m g)); power = sum of T^1.5 / sqrt(2 rho A) / efficiency",
     hover_inputs, hover_results, 3, 5, hover, hover_cases, TWIN_COUNT(hover_cases)},
};
// clang-format on
