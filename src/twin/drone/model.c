// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* The camera drone; equations and sources are in readme.md. */
#include <math.h>
#include <string.h>

#include "twin/drone/drone.h"

#define WH_J      3600.0
#define PI        3.14159265358979323846
#define YAW_SHARE 2.0 // inertia about up over that about forward: of a flat body

// clang-format off
#define V(member, unit, causality, start, least, most, source, en, ja) \
    {{#member, unit, start, least, most, {{en, ja}}, source}, causality, offsetof(struct drone, member)}
#define INPUT(member, unit, least, most, en, ja) V(member, unit, TWIN_INPUT, 0, least, most, NULL, en, ja)
#define OUTPUT(member, unit, en, ja) V(member, unit, TWIN_OUTPUT, 0, 0, 0, NULL, en, ja)
static const struct twin_variable variables[] = {
    V(mass_kg, "kg", TWIN_PARAMETER, 0.907, 0.08, 25, "the published fall; a usual camera drone; least and most: judgement", "mass", "質量"),
    V(cda_m2, "m2", TWIN_PARAMETER, 0.03, 0, 0.5, "the published fall; range: judgement", "drag area CdA, the same from all sides", "抗力面積CdA(向きによらない)"),
    V(rho_kg_m3, "kg/m3", TWIN_PARAMETER, 1.225, 0.5, 1.5, "standard atmosphere at sea level; 0.5: at 8,000 m", "density of the air", "空気密度"),
    V(arm_m, "m", TWIN_PARAMETER, 0.16, 0.05, 1, "judgement: 354 mm over the diagonal, less half a hub", "from the centre to a rotor's axis", "中心からロータ軸まで"),
    V(gyration_m, "m", TWIN_PARAMETER, 0.075, 0.03, 0.5, "judgement: about half of an arm; 5.1e-3 kg m2 for 0.907 kg", "radius of gyration about forward and left axes; about up: times the root of 2", "前後・左右軸まわりの回転半径(上下軸は√2倍)"),
    V(thrust_ratio, "1", TWIN_PARAMETER, 2, 1.3, 5, "judgement: about twice the weight is usual for camera drones", "greatest thrust over weight", "最大推力と重量の比"),
    V(motor_lag_s, "s", TWIN_PARAMETER, 0.03, 0.01, 0.2, "judgement: 20 to 50 ms are usual for rotors of this size", "time constant of a rotor's thrust", "ロータ推力の時定数"),
    V(torque_m, "m", TWIN_PARAMETER, 0.016, 0.003, 0.1, "judgement: about 0.07 of a rotor's diameter", "torque against the spin for each newton of thrust", "推力当たりの反トルク"),
    V(spin_cda_m5, "m5", TWIN_PARAMETER, 1e-4, 0, 0.01, "judgement: the drag area at the rotors' arms, CdA x arm^3", "drag of the air on spin: torque = rho / 2 x this x rate^2", "回転の空気抵抗係数"),
    V(battery_wh, "Wh", TWIN_PARAMETER, 59.3, 1, 2000, "judgement: 3.85 Ah at 15.4 V, as a maker's data sheet has it (not verified here)", "energy in the battery at the start", "電池の初期エネルギー"),
    V(rotor_m, "m", TWIN_PARAMETER, 0.11, 0.03, 0.5, "judgement: propellers of 8.7 inches", "radius of a rotor", "ロータの半径"),
    V(efficiency, "1", TWIN_PARAMETER, 0.4, 0.1, 1, "judgement: figure of merit 0.55, motor and its drive 0.73", "ideal power of the rotors over electric power", "ロータの理想動力と電力の比"),
    V(avionics_w, "W", TWIN_PARAMETER, 10, 0, 100, "judgement: computer, camera, radio", "power of all but the rotors", "ロータ以外の電力"),
    V(start_height_m, "m", TWIN_PARAMETER, 30, 0, 500, "the published fall; 0: on the ground", "height at the start", "開始時の高度"),
    V(start_speed_m_s, "m/s", TWIN_PARAMETER, 0, -25, 25, "the run decides", "speed to the east at the start, when in the air", "開始時の東向きの速度(飛行中のとき)"),
    V(speed_limit_m_s, "m/s", TWIN_PARAMETER, 10, 0.5, 25, "judgement: a usual limit of automatic flight", "speed of automatic flight", "自動飛行の速度"),
    V(climb_limit_m_s, "m/s", TWIN_PARAMETER, 3, 0.3, 10, "judgement: likewise", "speed of climb and descent", "上昇・降下の速度"),
    V(tilt_limit_rad, "rad", TWIN_PARAMETER, 0.6, 0.1, 0.8, "judgement: 35 degrees, a usual limit", "greatest tilt", "最大傾斜角"),
    V(return_height_m, "m", TWIN_PARAMETER, 30, 5, 120, "judgement: a usual default", "height of the flight home", "帰還時の高度"),
    V(fence_m, "m", TWIN_PARAMETER, 500, 20, 1e5, "judgement: in sight; 100 km is none", "radius of the geofence in the device, around the start", "機体のジオフェンスの半径(開始点が中心)"),
    V(fence_height_m, "m", TWIN_PARAMETER, 120, 10, 1e4, "judgement: 400 ft, the FAA's limit; 10 km is none", "height of the geofence in the device", "機体のジオフェンスの高度"),
    V(return_share, "1", TWIN_PARAMETER, 0.2, 0, 1, "judgement: a usual default", "share of the battery at which it flies home by itself", "自動帰還する電池残量"),
    V(land_share, "1", TWIN_PARAMETER, 0.08, 0, 1, "judgement: a usual default", "share of the battery at which it lands where it is", "自動着陸する電池残量"),
    V(is_off_guarded, "1", TWIN_PARAMETER, 0, 0, 1, "the run decides", "1: refuses to stop its motors in flight and holds", "1: 飛行中のモータ停止を拒み、定点を保つ"),
    V(gnss_gate_m, "m", TWIN_PARAMETER, 1e5, 1, 1e5, "judgement: 100 km, none; a receiver's own check is to be stated", "jump of the position shown that the device does not believe; it then goes by its own motion", "機体が信じない測位の飛び(以後は自らの動きから推定)"),
    V(chute_cda_m2, "m2", TWIN_PARAMETER, 1, 0, 3, "judgement: 3.8 m/s for 0.907 kg; 0: there is none", "drag area of the parachute", "パラシュートの抗力面積"),
    V(chute_opens_s, "s", TWIN_PARAMETER, 0.5, 0.3, 5, "judgement", "from its release until the parachute is open", "パラシュートが開き切るまでの時間"),
    V(chute_trips_m_s, "m/s", TWIN_PARAMETER, 1000, 5, 1000, "judgement: 1000, never; a device's own release is to be stated", "speed of falling at which the parachute releases itself", "パラシュートが自動で開く落下速度"),
    V(breaks_m_s, "m/s", TWIN_PARAMETER, 3, 0.6, 100, "judgement: landing gear of a camera drone", "speed on the ground above which it does not fly again", "これを超える速度で接地すると飛べなくなる"),
    V(transfer_share, "1", TWIN_PARAMETER, 1, 0, 1, "judgement: 1, as a rigid body, is on the safe side; flexible ones transfer less (ASSURE A4), no share verified", "share of the impact energy that is transferred", "衝突エネルギーのうち伝わる割合"),
    V(mode, "1", TWIN_INPUT, DRONE_HOLD, DRONE_OFF, DRONE_CHUTE, NULL, "0 motors off, 1 hold, 2 to the set point, 3 return home, 4 land, 5 parachute", "0 モータ停止、1 定点保持、2 目標点へ、3 帰還、4 着陸、5 パラシュート"),
    INPUT(goal_east_m, "m", -1e4, 1e4, "set point: east of the start", "目標点: 開始点から東"),
    INPUT(goal_north_m, "m", -1e4, 1e4, "set point: north of the start", "目標点: 開始点から北"),
    V(goal_height_m, "m", TWIN_INPUT, 30, 0, 500, NULL, "set point: height", "目標点: 高度"),
    INPUT(goal_yaw_rad, "rad", -PI, PI, "heading, from east to north", "機首方位(東から北へ)"),
    INPUT(wind_east_m_s, "m/s", -20, 20, "wind towards the east", "東向きの風"),
    INPUT(wind_north_m_s, "m/s", -20, 20, "wind towards the north", "北向きの風"),
    INPUT(wind_up_m_s, "m/s", -20, 20, "wind upwards", "上向きの風"),
    INPUT(gnss_east_m, "m", -1e4, 1e4, "what satellite navigation shows too far east", "衛星測位の誤差(東)"),
    INPUT(gnss_north_m, "m", -1e4, 1e4, "what satellite navigation shows too far north", "衛星測位の誤差(北)"),
    INPUT(gnss_up_m, "m", -500, 500, "what satellite navigation shows too high", "衛星測位の誤差(高度)"),
    V(rotor_share, "1", TWIN_INPUT, 1, 0, 1, NULL, "share of its thrust that the front left rotor gives; 0: it fails", "左前のロータが出す推力の割合(0: 故障)"),
    INPUT(is_fence_off, "1", 0, 1, "1: the geofence has been switched off, as some devices let a command do", "1: ジオフェンスが無効にされている(指示で無効にできる機体がある)"),
    OUTPUT(east_m, "m", "place: east of the start", "位置(東)"),
    OUTPUT(north_m, "m", "place: north of the start", "位置(北)"),
    OUTPUT(height_m, "m", "place: height", "高度"),
    OUTPUT(east_m_s, "m/s", "speed to the east", "速度(東)"),
    OUTPUT(north_m_s, "m/s", "speed to the north", "速度(北)"),
    OUTPUT(up_m_s, "m/s", "speed upwards", "速度(上)"),
    OUTPUT(speed_m_s, "m/s", "speed", "速さ"),
    OUTPUT(roll_rad, "rad", "roll", "ロール角"),
    OUTPUT(pitch_rad, "rad", "pitch, nose down", "ピッチ角(機首下げが正)"),
    OUTPUT(yaw_rad, "rad", "heading, from east to north", "機首方位(東から北へ)"),
    OUTPUT(thrust_n, "N", "thrust of all rotors", "全ロータの推力"),
    OUTPUT(power_w, "W", "electric power", "消費電力"),
    OUTPUT(battery_share, "1", "share of the battery left", "電池残量"),
    OUTPUT(flown_mode, "1", "the mode flown, after battery, fence and guards", "実際の飛行モード"),
    OUTPUT(is_fenced, "1", "1: outside of the fence, by its own view", "1: (自己位置では)ジオフェンスの外"),
    OUTPUT(chute_share, "1", "how far the parachute is open", "パラシュートの開き"),
    OUTPUT(is_down, "1", "1: on the ground", "1: 接地"),
    OUTPUT(is_broken, "1", "1: it does not fly again", "1: 飛行不能"),
    OUTPUT(impact_time_s, "s", "hardest impact: when", "最大の衝突: 時刻"),
    OUTPUT(impact_east_m, "m", "hardest impact: east of the start", "最大の衝突: 位置(東)"),
    OUTPUT(impact_north_m, "m", "hardest impact: north of the start", "最大の衝突: 位置(北)"),
    OUTPUT(impact_m_s, "m/s", "hardest impact: speed", "最大の衝突: 速さ"),
    OUTPUT(impact_energy_j, "J", "hardest impact: energy of motion, without spin", "最大の衝突: 並進の運動エネルギー"),
    OUTPUT(transferred_j, "J", "hardest impact: energy transferred, by the stated share", "最大の衝突: 伝わるエネルギー(指定した割合による)"),
    OUTPUT(category, "1", "hardest impact: FAA Part 107 category 2 or 3 by energy transferred; 0: beyond both", "最大の衝突: 伝わるエネルギーによるFAA Part 107の区分2又は3。0: いずれも超える"),
    OUTPUT(kinetic_j, "J", "energy of motion, with spin", "運動エネルギー(回転を含む)"),
    OUTPUT(potential_j, "J", "energy of height", "位置エネルギー"),
    OUTPUT(thrust_j, "J", "work of the rotors on the body", "ロータが機体にした仕事"),
    OUTPUT(drag_j, "J", "work of the body on the air", "機体が空気にした仕事"),
};
// clang-format on

double drone_category(double transferred_j)
{
    if (transferred_j < CATEGORY_2_FT_LB * FT_LB_J) return 2;
    return transferred_j < CATEGORY_3_FT_LB * FT_LB_J ? 3 : 0;
}

/* ---- battery ----------------------------------------------------------------------
 */

static double electric_power(const struct drone *d)
{
    double sum = 0;
    for (int i = 0; i < ROTORS; i++) {
        double n = fmax(0, d->body.x[BODY_THRUST + i]);
        sum += n * sqrt(n);
    }
    return sum * d->w_per_n15 + d->avionics_w;
}

static void discharge(struct drone *d, double h)
{
    d->power_w = electric_power(d);
    d->battery_j = fmax(0, d->battery_j - d->power_w * h);
    d->battery_share = d->battery_j / (d->battery_wh * WH_J);
}

/* ---- ground -----------------------------------------------------------------------
 */

static void record_impact(struct drone *d, double t)
{
    double speed = body_speed_m_s(&d->body), energy = d->mass_kg * speed * speed / 2;
    if (speed > d->breaks_m_s) d->is_broken = 1;
    if (energy <= d->impact_energy_j) return;
    d->impact_time_s = t;
    d->impact_east_m = d->body.x[BODY_PLACE];
    d->impact_north_m = d->body.x[BODY_PLACE + 1];
    d->impact_m_s = speed;
    d->impact_energy_j = energy;
    d->transferred_j = d->transfer_share * energy;
    d->category = drone_category(d->transferred_j);
}

/* All motion ends where it touches, level, its heading kept. */
static void rest(struct drone *d)
{
    double *x = d->body.x, *q = x + BODY_ATTITUDE;
    double norm = hypot(q[0], q[3]);
    q[0] = norm > 0 ? q[0] / norm : 1;
    q[3] = norm > 0 ? q[3] / norm : 0;
    q[1] = q[2] = 0;
    x[BODY_PLACE + 2] = 0;
    memset(x + BODY_VELOCITY, 0, 3 * sizeof *x);
    memset(x + BODY_RATE, 0, 3 * sizeof *x);
    d->is_down = 1;
}

/* On the ground only the rotors move, until they lift more than the weight. */
static void stand(struct drone *d, double h)
{
    double *x = d->body.x;
    for (int i = 0; i < ROTORS; i++) {
        double *n = x + BODY_THRUST + i;
        *n += (d->air.told_n[i] - *n) * (1 - exp(-h / d->motor_lag_s));
    }
    if (body_thrust_n(&d->body) > d->mass_kg * GRAVITY_M_S2) d->is_down = 0;
}

static void move(struct drone *d, double t, double h)
{
    struct body before = d->body;
    body_step(&d->body, &d->frame, &d->air, h);
    if (d->body.x[BODY_PLACE + 2] < 0) {
        d->body = before;
        record_impact(d, t + body_land(&d->body, &d->frame, &d->air, h));
        rest(d);
    }
    body_normalize(&d->body);
}

/* ---- the twin ---------------------------------------------------------------------
 */

static void look(struct drone *d)
{
    const double *x = d->body.x, *q = x + BODY_ATTITUDE;
    d->east_m = x[BODY_PLACE], d->north_m = x[BODY_PLACE + 1];
    d->height_m = x[BODY_PLACE + 2];
    d->east_m_s = x[BODY_VELOCITY], d->north_m_s = x[BODY_VELOCITY + 1];
    d->up_m_s = x[BODY_VELOCITY + 2];
    d->speed_m_s = body_speed_m_s(&d->body);
    d->roll_rad =
        atan2(2 * (q[0] * q[1] + q[2] * q[3]), 1 - 2 * (q[1] * q[1] + q[2] * q[2]));
    d->pitch_rad = asin(fmax(-1, fmin(1, 2 * (q[0] * q[2] - q[3] * q[1]))));
    d->yaw_rad =
        atan2(2 * (q[0] * q[3] + q[1] * q[2]), 1 - 2 * (q[2] * q[2] + q[3] * q[3]));
    d->thrust_n = body_thrust_n(&d->body);
    d->kinetic_j = body_kinetic_j(&d->body, &d->frame);
    d->potential_j = body_potential_j(&d->body, &d->frame);
    d->thrust_j = x[BODY_THRUST_J];
    d->drag_j = x[BODY_DRAG_J];
}

static void make_frame(struct drone *d)
{
    double inertia = d->mass_kg * d->gyration_m * d->gyration_m;
    d->frame = (struct frame){
        .mass_kg = d->mass_kg,
        .inertia_kg_m2 = {inertia, inertia, YAW_SHARE * inertia},
        .arm_m = d->arm_m / sqrt(2),
        .torque_m = d->torque_m,
        .lag_s = d->motor_lag_s,
        .spin_drag_nm_s2 = d->rho_kg_m3 / 2 * d->spin_cda_m5,
        .greatest_thrust_n = d->thrust_ratio * d->mass_kg * GRAVITY_M_S2 / ROTORS,
    };
}

/* Ideal power of a rotor by momentum theory, n^1.5 / sqrt(2 rho A), over efficiency. */
static void make_constants(struct drone *d)
{
    d->w_per_n15 = 1 / (d->efficiency * d->rotor_m * sqrt(2 * d->rho_kg_m3 * PI));
    d->greatest_slope = tan(d->tilt_limit_rad);
}

/* In the air it starts hovering, with the heading of its set point. */
void drone_start(void *state)
{
    struct drone *d = state;
    double *x = d->body.x;
    make_frame(d);
    make_constants(d);
    d->is_down = d->start_height_m <= 0;
    x[BODY_PLACE + 2] = d->start_height_m;
    x[BODY_VELOCITY] = d->is_down > 0.5 ? 0 : d->start_speed_m_s;
    x[BODY_ATTITUDE] = cos(d->goal_yaw_rad / 2);
    x[BODY_ATTITUDE + 3] = sin(d->goal_yaw_rad / 2);
    for (int i = 0; i < ROTORS && d->is_down < 0.5; i++)
        x[BODY_THRUST + i] = d->mass_kg * GRAVITY_M_S2 / ROTORS;
    d->battery_j = d->battery_wh * WH_J;
    d->battery_share = 1;
    d->category = drone_category(0);
    pilot_start(d);
    look(d);
}

static void feel_air(struct drone *d, double h)
{
    if (d->is_chute_out > 0.5)
        d->chute_share = fmin(1, d->chute_share + h / d->chute_opens_s);
    double area = d->cda_m2 + d->chute_share * d->chute_cda_m2;
    d->air.drag_n_s2_m2 = d->rho_kg_m3 / 2 * area;
    d->air.wind_m_s[0] = d->wind_east_m_s;
    d->air.wind_m_s[1] = d->wind_north_m_s;
    d->air.wind_m_s[2] = d->wind_up_m_s;
}

void drone_step(void *state, double t, double h)
{
    struct drone *d = state;
    pilot_step(d, h);
    feel_air(d, h);
    if (d->is_down > 0.5)
        stand(d, h);
    else
        move(d, t, h);
    discharge(d, h);
    look(d);
}

struct drone drone_default(void)
{
    struct drone d;
    memset(&d, 0, sizeof d);
    for (size_t i = 0; i < TWIN_COUNT(variables); i++) {
        const struct twin_variable *v = &variables[i];
        *(double *)(void *)((char *)&d + v->offset) = v->q.start;
    }
    return d;
}

const struct twin_kind twin_drone = {
    .name = "drone",
    .title = {{"Camera drone", "空撮ドローン"}},
    .about = {{"A quadrotor in wind: rigid body, battery, flight controller, geofence, "
               "parachute.",
               "風の中のクワッドロータ: "
               "剛体、電池、飛行制御、ジオフェンス、パラシュート。"}},
    .variables = variables,
    .n_variables = TWIN_COUNT(variables),
    .size = sizeof(struct drone),
    .step_s = 0.001,
    .start = drone_start,
    .step = drone_step,
    .checks = drone_checks,
    .n_checks = DRONE_CHECKS,
};
