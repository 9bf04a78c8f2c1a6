// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* The warehouse of automated guided vehicles; equations and sources are in readme.md.
 */
#include <math.h>

#include "twin/twin.h"
#include "twin/warehouse/fleet.h"

enum { STEPS_PER_DISPATCH = 10 };

// clang-format off
#define V(name, member, unit, causality, start, least, most, source, en, ja) \
    {{name, unit, start, least, most, {{en, ja}}, source}, causality, offsetof(struct warehouse, member)}
#define PARAMETER(member, unit, start, least, most, source, en, ja) V(#member, member, unit, TWIN_PARAMETER, start, least, most, source, en, ja)
#define KIND(member, unit, start, least, most, source, en, ja) V(#member, kind.member, unit, TWIN_PARAMETER, start, least, most, source, en, ja)
#define INPUT(member, unit, start, least, most, en, ja) V(#member, member, unit, TWIN_INPUT, start, least, most, NULL, en, ja)
#define OUTPUT(member, unit, en, ja) V(#member, member, unit, TWIN_OUTPUT, 0, 0, 0, NULL, en, ja)
static const struct twin_variable variables[] = {
    PARAMETER(vehicles, "1", 50, 1, FLEET_MOST, "at least 50 are asked for; 80 have room to charge", "vehicles", "車両の台数"),
    PARAMETER(seed, "1", 1, 0, 1e9, "any number", "which day it is: the orders follow from it", "注文を定めるシード"),
    PARAMETER(orders_day, "1", 8000, 1, 30000, "judgement: a fleet of 50 serves the peak hour of it", "orders a day", "1日の注文数"),
    PARAMETER(pick_s, "s", 25, 1, 300, "judgement", "mean time of a picking; orders take half to one and a half of it", "ピッキングの平均時間"),
    PARAMETER(lift_s, "s", 8, 0, 60, "judgement", "time to take a load from its rack", "棚からの積込み時間"),
    PARAMETER(due_s, "s", 1800, 60, 86400, "judgement", "an order later than this is late", "注文の期限"),
    PARAMETER(patience_s, "s", 10, 2, 120, "judgement", "waiting time after which a vehicle leaves a crossing by its other lane", "迂回までの待ち時間"),
    PARAMETER(low, "1", 0.2, 0.05, 0.5, "judgement", "charge below which a vehicle takes no order", "受注を止める充電率"),
    PARAMETER(enough, "1", 0.6, 0.5, 0.95, "judgement", "charge from which it takes orders again", "受注を再開する充電率"),
    PARAMETER(begins_h, "h", 0, 0, 23, "any hour", "hour of the day at which it begins", "開始時刻"),
    KIND(speed_m_s, "m/s", 1.5, 0.3, 2, "judgement: usual for vehicles under racks", "greatest speed of a vehicle", "最高速度"),
    KIND(accel_m_s2, "m/s2", 0.7, 0.3, 1.5, "judgement", "speeding up, and slowing down in normal service", "常用の加速度と減速度"),
    KIND(decel_m_s2, "m/s2", 1.5, 1.5, 4, "judgement: not less than the normal one", "deceleration of the brakes", "制動の減速度"),
    KIND(response_s, "s", 0.3, 0.1, 0.8, "judgement: scanner 80 ms or more, controller and brakes", "from a demand to stop until the brakes act", "停止要求から制動までの応答時間"),
    KIND(supplement_m, "m", 0.2, 0, 0.5, "SICK S300, operating instructions: 200 mm for reflections (Z_R)", "supplement of the protective field", "防護領域の付加距離"),
    KIND(restart_s, "s", 2, 0, 60, "judgement; the figure of ISO 3691-4 was not verified", "time the field must be clear before it goes on", "再起動までの時間"),
    KIND(lag_s, "s", 0.15, 0.05, 0.3, "judgement: speed loop of a drive with a load", "time constant of the wheels", "車輪速度の時定数"),
    KIND(turn_rad_s, "rad/s", 1, 0.3, 1.5, "judgement", "rate of turning on the spot", "その場旋回の角速度"),
    KIND(track_m, "m", 0.6, 0.4, 0.7, "judgement", "distance between the wheels", "輪距"),
    KIND(length_m, "m", 1, 0.6, 1.2, "judgement", "length of a vehicle", "車体の長さ"),
    KIND(width_m, "m", 0.7, 0.5, 0.8, "judgement", "width of a vehicle", "車体の幅"),
    KIND(mass_kg, "kg", 400, 50, 1500, "judgement: with its load", "mass", "質量"),
    KIND(rolling, "1", 0.02, 0.005, 0.05, "judgement: polyurethane on concrete", "rolling resistance", "転がり抵抗係数"),
    KIND(efficiency, "1", 0.75, 0.3, 1, "judgement", "of the drive", "駆動効率"),
    KIND(idle_w, "W", 60, 0, 500, "judgement: scanner, computer, radio", "power of the electronics", "電子機器の消費電力"),
    KIND(battery_wh, "Wh", 1500, 300, 5000, "judgement", "capacity of the battery", "電池容量"),
    KIND(charge_w, "W", 1500, 100, 5000, "judgement: 1 C", "power of charging", "充電電力"),
    INPUT(is_stopped, "1", 0, 0, 1, "1: emergency stop of all vehicles", "1: 全車両の非常停止"),
    INPUT(is_scanning, "1", 1, 0, 1, "1: the scanners stop vehicles", "1: スキャナが車両を停止させる"),
    INPUT(is_reserving, "1", 1, 0, 1, "1: a cell is granted to one vehicle only", "1: 区画を1台だけに予約させる"),
    INPUT(speed_limit_m_s, "m/s", 2, 0, 2, "speed that the control system allows", "管制が許す速度"),
    INPUT(station_m_s, "m/s", 2, 0, 2, "speed that the drive allows to and from a picking station", "ピッキングステーションへの出入りで駆動装置が許す速度"),
    INPUT(is_letting_in, "1", 1, 0, 1, "1: orders are passed on to the control system", "1: 注文を倉庫制御に渡す"),
    INPUT(is_assigning, "1", 1, 0, 1, "1: the control system gives vehicles orders and stations", "1: 倉庫制御が車両に注文とステーションを割り当てる"),
    INPUT(is_granting, "1", 1, 0, 1, "1: vehicles are granted cells; 0: they go to the end of what they have", "1: 車両に区画を許可する。0: 許可済みの終端まで走る"),
    INPUT(is_leaving, "1", 0, 0, 1, "1: vehicles leave the stations at once, picked or not", "1: 取出しの完了を待たずにステーションを出る"),
    INPUT(wrong_share, "1", 0, 0, 1, "share of orders for which another rack is named", "誤った棚を指示される注文の割合"),
    INPUT(person_x_m, "m", -100, -100, 200, "where a person stands, eastward; -100: nobody", "人の位置(東方向)。-100は不在"),
    INPUT(person_y_m, "m", -100, -100, 200, "where a person stands, northward", "人の位置(北方向)"),
    INPUT(watched, "1", 0, 0, FLEET_MOST - 1, "number of the vehicle that is told of", "出力で注目する車両の番号"),
    OUTPUT(orders_released, "1", "orders that came in", "受け付けた注文"),
    OUTPUT(orders_waiting, "1", "orders that no vehicle has yet", "割当て待ちの注文"),
    OUTPUT(orders_carried, "1", "orders that a vehicle has", "搬送中の注文"),
    OUTPUT(orders_done, "1", "orders done", "完了した注文"),
    OUTPUT(orders_late, "1", "orders not done when they were due", "遅れた注文"),
    OUTPUT(orders_twice, "1", "orders done again", "重複して完了した注文"),
    OUTPUT(misdelivered, "1", "loads at another place than their order says", "誤配送"),
    OUTPUT(unpicked, "1", "loads that left a station before they were picked from", "取出し前にステーションを出た荷"),
    OUTPUT(moving, "1", "vehicles that move", "走行中の車両"),
    OUTPUT(blocked, "1", "vehicles that wait for the cell ahead", "前方の区画を待つ車両"),
    OUTPUT(stopped, "1", "vehicles stopped by scanner, emergency stop or contact", "停止中の車両(スキャナ、非常停止、接触)"),
    OUTPUT(stop_h, "h", "vehicle hours of being stopped", "停止の延べ時間"),
    OUTPUT(blocked_h, "h", "vehicle hours of waiting for a cell", "区画待ちの延べ時間"),
    OUTPUT(stops, "1", "stops by scanner, emergency stop or contact", "停止の回数"),
    OUTPUT(nearest_m, "m", "least distance of any two vehicles, 10 if greater", "2台間の最小距離(10以上は10)"),
    OUTPUT(least_m, "m", "the least of it so far", "これまでの最小値"),
    OUTPUT(person_gap_m, "m", "distance of the person from the nearest vehicle, 10 if greater", "人と最も近い車両との距離(10以上は10)"),
    OUTPUT(collisions, "1", "pairs of vehicles that collided", "車両同士の衝突"),
    OUTPUT(hits, "1", "times a moving vehicle ran into the person", "人への衝突"),
    OUTPUT(contact_m_s, "m/s", "greatest speed of a contact", "接触時の最大速度"),
    OUTPUT(hit_m_s, "m/s", "greatest speed at which the person was hit", "人への衝突時の最大速度"),
    OUTPUT(broken, "1", "vehicles that have collided", "衝突した車両"),
    OUTPUT(watched_x_m, "m", "where the watched vehicle is, eastward", "注目する車両の位置(東方向)"),
    OUTPUT(watched_y_m, "m", "where the watched vehicle is, northward", "注目する車両の位置(北方向)"),
    OUTPUT(watched_heading_rad, "rad", "its heading, from east", "注目する車両の向き(東から)"),
    OUTPUT(watched_m_s, "m/s", "its speed", "注目する車両の速度"),
    OUTPUT(watched_job, "1", "its work: 0 none, 1 to a rack, 2 lifts, 3 waits, 4 to a station, 5 is picked from, 6 home", "注目する車両の仕事: 0 無し、1 棚へ、2 積込み、3 待ち、4 ステーションへ、5 取出し、6 帰り"),
    OUTPUT(watched_apart_m, "m", "from its middle to that of the nearest other one, 100 if farther", "他の最も近い車両までの中心間距離(100以上は100)"),
    OUTPUT(driven_km, "km", "distance driven by all", "総走行距離"),
    OUTPUT(used_kwh, "kWh", "energy taken from the batteries", "電池から取り出した電力量"),
    OUTPUT(charged_kwh, "kWh", "energy charged", "充電した電力量"),
    OUTPUT(stored_kwh, "kWh", "energy in the batteries", "電池の残量"),
};
// clang-format on

/* A step begins. */
static void note_all(struct warehouse *w)
{
    for (int i = 0; i < w->n; i++)
        vehicle_note(&w->fleet[i]);
}

static void start(void *state)
{
    struct warehouse *w = state;
    traffic_start(w);
    dispatch_start(w);
    note_all(w);
    watch_distances(w);
}

static int is_moving(const struct vehicle *v)
{
    const double standing_m_s = 0.05;
    return fabs(v->left_m_s) > standing_m_s || fabs(v->right_m_s) > standing_m_s;
}

static void tell_watched(struct warehouse *w)
{
    int which = (int)fmin(w->watched, w->n - 1);
    const struct vehicle *v = &w->fleet[which];
    w->watched_x_m = v->x_m;
    w->watched_y_m = v->y_m;
    w->watched_heading_rad = v->heading_rad;
    w->watched_m_s = vehicle_speed_m_s(v);
    w->watched_job = v->job;
    w->watched_apart_m = 100;
    for (int i = 0; i < w->n; i++)
        if (i != which)
            w->watched_apart_m =
                fmin(w->watched_apart_m,
                     hypot(w->fleet[i].x_m - v->x_m, w->fleet[i].y_m - v->y_m));
}

static void sum_up(struct warehouse *w)
{
    double moving = 0, driven = 0, used = 0, charged = 0, stored = 0, broken = 0;
    for (int i = 0; i < w->n; i++) {
        const struct vehicle *v = &w->fleet[i];
        moving += is_moving(v);
        broken += v->is_broken;
        driven += v->driven_m;
        used += v->used_j;
        charged += v->charged_j;
        stored += v->battery_j;
    }
    w->moving = moving;
    w->broken = broken;
    w->driven_km = driven / 1e3;
    w->used_kwh = used / 3.6e6;
    w->charged_kwh = charged / 3.6e6;
    w->stored_kwh = stored / 3.6e6;
    tell_watched(w);
}

static void step(void *state, double t, double h)
{
    struct warehouse *w = state;
    note_all(w);
    watch_stops(w, h);
    traffic_grant(w, h);
    traffic_move(w, h);
    w->n_steps++;
    watch_distances(w);
    dispatch_work(w, t + h, h);
    if (w->n_steps % STEPS_PER_DISPATCH == 0) dispatch_assign(w);
    sum_up(w);
}

/* ---- checks -----------------------------------------------------------------------
 */

static void stopping(const double *in, double *out)
{
    out[0] = vehicle_stopping_m(in[0], in[1], in[2], in[3]);
}

/* A vehicle of the twin by itself at a steady speed, and a demand to stop. */
static void braking(const double *in, double *out)
{
    const double h = 0.1;
    struct vehicle v = {.left_m_s = in[0], .right_m_s = in[0], .cosine = 1};
    struct vehicle_kind k = {.speed_m_s = in[0],
                             .accel_m_s2 = 1,
                             .decel_m_s2 = in[1],
                             .response_s = in[2],
                             .lag_s = 0.15,
                             .track_m = 0.6,
                             .efficiency = 1};
    v.battery_j = 1;
    v.reference_m_s = in[0];
    for (int i = 0; i < 2000 && vehicle_speed_m_s(&v) > 0; i++) {
        vehicle_watch(&v, &k, 1, h);
        vehicle_drive(&v, &k, in[0], 0, h);
    }
    out[0] = v.x_m;
}

/* S = K T + C, K = 1600 mm/s; C = 1200 - 0.4 H, at least 850 mm. */
static void approach(const double *in, double *out)
{
    const double walk_mm_s = 1600;
    out[0] = walk_mm_s * in[0] + fmax(850, 1200 - 0.4 * in[1]);
    out[1] = out[0] / 1000;
}

/* A vehicle of the twin whose wheels turn at two steady speeds: radius and rate. */
static void arc(const double *in, double *out)
{
    const double h = 0.1;
    double speed = (in[0] + in[1]) / 2, turn = (in[1] - in[0]) / in[2];
    struct vehicle v = {.left_m_s = in[0], .right_m_s = in[1], .cosine = 1};
    struct vehicle_kind k = {.accel_m_s2 = 1, .lag_s = 0.15, .track_m = in[2]};
    k.efficiency = v.battery_j = 1;
    v.reference_m_s = speed;
    for (int i = 0; i < 10; i++)
        vehicle_drive(&v, &k, speed, turn, h);
    out[0] = v.heading_rad;
    out[1] = hypot(v.x_m, v.y_m) / (2 * fabs(sin(v.heading_rad / 2)));
    if (v.heading_rad == 0) out[1] = (double)NAN;
}

// clang-format off
#define Q(name, unit, start, least, most, en, ja) {name, unit, start, least, most, {{en, ja}}, NULL}
static const struct twin_quantity stopping_inputs[] = {
    Q("speed_m_s", "m/s", 1.5, 0, 10, "greatest speed", "最高速度"),
    Q("decel_m_s2", "m/s2", 1.5, 0.1, 20, "deceleration", "減速度"),
    Q("response_s", "s", 0.3, 0, 5, "response time of scanner and controller", "スキャナと制御器の応答時間"),
    Q("supplement_m", "m", 0.2, 0, 2, "supplements", "付加距離"),
};
static const struct twin_quantity distance_m[] = {Q("distance_m", "m", 0, 0, 0, "distance", "距離")};
static const struct twin_quantity approach_inputs[] = {
    Q("response_s", "s", 0.5, 0, 10, "overall response and stopping time", "全体の応答・停止時間"),
    Q("height_mm", "mm", 300, 0, 1000, "height of the plane of detection", "検出面の高さ"),
};
static const struct twin_quantity approach_results[] = {
    Q("distance_mm", "mm", 0, 0, 0, "least distance", "最小距離"),
    Q("distance_m", "m", 0, 0, 0, "the same in metres", "同(メートル)"),
};
static const struct twin_quantity arc_inputs[] = {
    Q("left_m_s", "m/s", 0.8, -2, 2, "speed of the left wheel", "左車輪の速度"),
    Q("right_m_s", "m/s", 1.2, -2, 2, "speed of the right wheel", "右車輪の速度"),
    Q("track_m", "m", 0.6, 0.4, 2, "distance between the wheels", "輪距"),
};
static const struct twin_quantity arc_results[] = {
    Q("turned_rad", "rad", 0, 0, 0, "turned in a second", "1秒間の旋回角"),
    Q("radius_m", "m", 0, 0, 0, "radius of the curve", "旋回半径"),
};

static const struct twin_case stopping_cases[] = {
    {{1.5, 1.5, 0.3, 0.2}, {1.4}, 1e-9, "analytic: 0.75 + 0.45 + 0.2"},
    {{2, 1, 0.5, 0.2}, {3.2}, 1e-9, "analytic: 2 + 1 + 0.2"},
    {{1, 0.5, 0.08, 0}, {1.08}, 1e-9, "analytic: 1 + 0.08"},
    {{0, 1, 0.5, 0.2}, {0.2}, 1e-9, "analytic: the supplement alone"},
};
static const struct twin_case braking_cases[] = {
    {{1.5, 1.5, 0.3}, {1.2}, 1e-9, "analytic: v^2 / (2 a) + T v"},
    {{2, 1, 0.5}, {3}, 1e-9, "likewise"},
    {{1.37, 1.83, 0.234}, {0.83339420765027}, 1e-9, "likewise; neither time is a whole number of steps"},
};
static const struct twin_case approach_cases[] = {
    {{0.5, 0}, {2000, 2}, 1e-9, "ISO 13855: 800 + 1200"},
    {{0.5, 300}, {1880, 1.88}, 1e-9, "800 + 1080"},
    {{0.2, 875}, {1170, 1.17}, 1e-9, "320 + 850, where both branches meet"},
    {{0.2, 1000}, {1170, 1.17}, 1e-9, "320 + 850: C is not less than 850"},
};
static const struct twin_case arc_cases[] = {
    {{0.8, 1.2, 0.6}, {2.0 / 3, 1.5}, 1e-3, "analytic: (vr - vl) / b and b (vr + vl) / (2 (vr - vl))"},
    {{0.5, 1, 0.6}, {5.0 / 6, 0.9}, 1e-3, "likewise"},
};

static const struct twin_check checks[] = {
    {"stopping", {{"length of the protective field of a vehicle", "車両の防護領域の長さ"}},
     "S = v^2 / (2 a) + T v + supplements; SICK S300, operating instructions 8010948 (mobile hazardous area protection)",
     stopping_inputs, distance_m, 4, 1, stopping, stopping_cases, TWIN_COUNT(stopping_cases)},
    {"approach", {{"distance of a scanner from a hazard, for a walking person", "歩行者の接近に対するスキャナの安全距離"}},
     "ISO 13855, approach parallel to the field: S = 1600 T + C mm, C = 1200 - 0.4 H, at least 850; after manuals of makers, the standard itself was not seen",
     approach_inputs, approach_results, 2, 2, approach, approach_cases, TWIN_COUNT(approach_cases)},
    {"braking", {{"way of a vehicle of the twin from a demand to stop to standstill", "ツインの車両の停止距離(停止要求から静止まで)"}},
     "v^2 / (2 a) + T v, against the stepped vehicle",
     stopping_inputs, distance_m, 3, 1, braking, braking_cases, TWIN_COUNT(braking_cases)},
    {"arc", {{"curve of a vehicle of the twin with two wheel speeds", "左右の車輪速度が異なる車両の旋回"}},
     "differential drive: rate (vr - vl) / b, radius b (vr + vl) / (2 (vr - vl)), against the stepped vehicle",
     arc_inputs, arc_results, 3, 2, arc, arc_cases, TWIN_COUNT(arc_cases)},
};
// clang-format on

const struct twin_kind twin_warehouse = {
    .name = "warehouse",
    .title = {{"Warehouse of automated guided vehicles", "無人搬送車(AGV)の倉庫"}},
    .about = {{"Vehicles on one-way lanes, racks, picking stations, orders, dispatch, "
               "scanners and brakes.",
               "一方通行の通路を走る車両、棚、ピッキングステーション、注文、配車、"
               "スキャナと制動。"}},
    .variables = variables,
    .n_variables = TWIN_COUNT(variables),
    .size = sizeof(struct warehouse),
    .step_s = 0.1,
    .start = start,
    .step = step,
    .checks = checks,
    .n_checks = TWIN_COUNT(checks),
};
