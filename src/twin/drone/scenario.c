// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * A flight for photographs near people: out to a motif, some seconds there, home.
 * People on the ground are a density, met by the area that the drone sweeps below head
 * height; the pilot is one person at a place of his own. Assumptions are in readme.md.
 */
#include <math.h>

#include "twin/drone/drone.h"
#include "twin/scenario_tables.h"

#define PI 3.14159265358979323846

#define EVERY_S      0.02 // 0.36 m of a fall from 30 m
#define SENDS_EACH   10   // calls: five messages a second
#define HEAD_M       1.8  // height of a standing person
#define BODY_M       0.26 // half of the shoulder breadth (Fruin's ellipse, 0.6 x 0.45 m)
#define CLEAR_M      3.0  // where the pilot lets nobody stand for take-off and landing
#define SLOW_M_S     5.0  // people see a slower drone come, and step aside
#define ASTRAY_M     10.0  // from the way, before somebody calls it astray
#define LOST_M       10.0  // from home: where it may be out of reach
#define FAR_M        200.0 // out of sight
#define GNSS_QUIET_S 5.0   // the device lands when positioning is silent for so long
#define EMERGENCY_S  6.0   // emergencies happen then

enum use {
    MASS_KG,
    ARM_M,
    ROTOR_M,
    TRANSFER_SHARE,
    START_HEIGHT_M,
    CHUTE_CDA_M2,
    RETURN_SHARE,
    MODE_IN,
    GOAL_EAST_M,
    GOAL_NORTH_M,
    GOAL_HEIGHT_M,
    WIND_EAST_M_S,
    WIND_NORTH_M_S,
    GNSS_EAST_M,
    GNSS_NORTH_M,
    GNSS_UP_M,
    ROTOR_SHARE,
    IS_FENCE_OFF,
    EAST_M,
    NORTH_M,
    HEIGHT_M,
    UP_M_S,
    SPEED_M_S,
    THRUST_N,
    FLOWN_MODE,
    IS_DOWN,
    IS_BROKEN,
    TWIN_IMPACT_M_S,
    TWIN_IMPACT_J,
    TWIN_TRANSFERRED_J
};
static const char *const uses[] = {
    [MASS_KG] = "mass_kg",
    [ARM_M] = "arm_m",
    [ROTOR_M] = "rotor_m",
    [TRANSFER_SHARE] = "transfer_share",
    [START_HEIGHT_M] = "start_height_m",
    [CHUTE_CDA_M2] = "chute_cda_m2",
    [RETURN_SHARE] = "return_share",
    [MODE_IN] = "mode",
    [GOAL_EAST_M] = "goal_east_m",
    [GOAL_NORTH_M] = "goal_north_m",
    [GOAL_HEIGHT_M] = "goal_height_m",
    [WIND_EAST_M_S] = "wind_east_m_s",
    [WIND_NORTH_M_S] = "wind_north_m_s",
    [GNSS_EAST_M] = "gnss_east_m",
    [GNSS_NORTH_M] = "gnss_north_m",
    [GNSS_UP_M] = "gnss_up_m",
    [ROTOR_SHARE] = "rotor_share",
    [IS_FENCE_OFF] = "is_fence_off",
    [EAST_M] = "east_m",
    [NORTH_M] = "north_m",
    [HEIGHT_M] = "height_m",
    [UP_M_S] = "up_m_s",
    [SPEED_M_S] = "speed_m_s",
    [THRUST_N] = "thrust_n",
    [FLOWN_MODE] = "flown_mode",
    [IS_DOWN] = "is_down",
    [IS_BROKEN] = "is_broken",
    [TWIN_IMPACT_M_S] = "impact_m_s",
    [TWIN_IMPACT_J] = "impact_energy_j",
    [TWIN_TRANSFERRED_J] = "transferred_j",
};

enum device { CONTROLLER, DEVICE, APP, CAMERA, GNSS };
enum signal {
    MODE,
    GOAL_EAST,
    GOAL_NORTH,
    GOAL_HEIGHT,
    BY_HAND,
    FIX_EAST,
    FIX_NORTH,
    FIX_HEIGHT,
    SHOWN_EAST,
    SHOWN_NORTH,
    SHOWN_HEIGHT
};
enum function { FENCE, LINK_LOSS };
enum response { LAND_AT_ONCE };
enum chance {
    OUT_M,
    FLIGHT_HEIGHT_M,
    HOVER_S,
    WIND_M_S,
    GUST_M_S,
    PILOT_M,
    CONTROLLER_ERROR_M,
    PEOPLE_PER_M2,
    KEEPS_CLEAR,
    WATCHES,
    REACTION_S,
    FLIES_BY_HAND,
    PILOT_DODGES,
    PEOPLE_DODGE,
    STEPS_ASIDE,
    HEAD_SHARE,
    BLADES_CUT,
    LINK_LOST_S,
    LINK_LOST_MODE,
    DESCENT_TRIPS_M_S,
    POSITION_GATE_M,
    PROPERTY_SHARE,
    UNREACHABLE_SHARE
};
enum outcome {
    IMPACT_J,
    IMPACT_M_S,
    TRANSFERRED_J,
    USER_J,
    USER_HEAD_J,
    USER_CUT,
    THIRD_PARTY_J,
    THIRD_PARTY_HEAD_J,
    THIRD_PARTY_CUT,
    PERSON_J,
    PEOPLE_HIT,
    PROPERTY_J,
    DRONE_LOST,
    FLIGHT_LOST,
    OFF_PLACE_M,
    OBEYS_AFTER_S,
    CHUTE_FAILS
};
enum emergency { ORDINARY, LINK_LOST, BATTERY_LOW, ROTOR_FAILS, LANDING_COMMAND };

struct flight {
    double pilot_m[2], controller_m[2]; // the controller: where it takes itself to be
    double motif_m[2];
    double fix_m[3], offset_m[3]; // place sent last, and what is seen, less that
    double place_m[2], speed_m_s, sink_m_s; // at the last call, in the air
    double exposure, next_met; // people met so far, and at which the next one is
    double noticed_s, pressed_s, home_s;
    uint64_t n_calls;
    uint32_t n_fixes[3], n_met;
    uint8_t is_low, is_user_met, is_descending, distrusts, is_off, has_pictures,
        has_obeyed;
};

// clang-format off
static const struct scenario_part devices[] = {
    [CONTROLLER] = {"controller", {{"remote controller", "コントローラ(送信機)"}}},
    [DEVICE] = {"drone", {{"flight controller of the drone", "ドローンの飛行制御装置"}}},
    [APP] = {"app", {{"application that shows the pilot where the drone is", "機体の状態を表示するアプリケーション"}}},
    [CAMERA] = {"camera", {{"camera", "カメラ"}}},
    [GNSS] = {"gnss", {{"receiver of satellite navigation", "GNSS受信機"}}},
};
static const struct scenario_part functions[] = {
    [FENCE] = {"fence", {{"limits of distance and height in the device (fence_m, fence_height_m)", "機体による距離・高度の制限(fence_m、fence_height_m)"}}},
    [LINK_LOSS] = {"link_loss", {{"landing or return when the link is silent (link_lost_s, link_lost_mode)", "通信途絶時の着陸又は帰還(link_lost_s、link_lost_mode)"}}},
};
static const struct scenario_part responses[] = {
    [LAND_AT_ONCE] = {"land_at_once", {{"the pilot, told by somebody, lands at once", "知らせを受けた操縦者が直ちに着陸させる"}}},
};
#define COMMAND(name, unit, start, least, most, en, ja, source) {Q(name, unit, start, least, most, en, ja, source), 1, 0.1}
#define READING(name, en, ja) {Q(name, "m", 0, -1e4, 1e4, en, ja, NULL), 0, 0.1}
static const struct scenario_signal signals[] = {
    [MODE] = COMMAND("mode_told", "1", DRONE_HOLD, DRONE_OFF, DRONE_CHUTE, "mode: 0 motors off, 1 hold, 2 to the goal, 3 home, 4 land, 5 parachute", "モード: 0 モータ停止、1 定点、2 目標点へ、3 帰還、4 着陸、5 パラシュート", "modes and arming of MAVLink, which comes unsigned (CVE-2020-10282)"),
    [GOAL_EAST] = COMMAND("goal_east", "m", 0, -1e4, 1e4, "goal, east of the controller", "目標点: コントローラから東", NULL),
    [GOAL_NORTH] = COMMAND("goal_north", "m", 0, -1e4, 1e4, "goal, north of the controller", "目標点: コントローラから北", NULL),
    [GOAL_HEIGHT] = COMMAND("goal_height", "m", 25, 0, 500, "goal, height", "目標点: 高度", NULL),
    [BY_HAND] = COMMAND("by_hand", "1", 0, 0, 1, "1: flown by hand, without satellite navigation", "1: 衛星測位によらない手動操縦", NULL),
    [FIX_EAST] = READING("fix_east", "place by satellite navigation, east", "衛星測位による位置(東)"),
    [FIX_NORTH] = READING("fix_north", "place by satellite navigation, north", "衛星測位による位置(北)"),
    [FIX_HEIGHT] = READING("fix_height", "height by satellite navigation", "衛星測位による高度"),
    [SHOWN_EAST] = READING("shown_east", "place shown to the pilot, east", "操縦者に表示される位置(東)"),
    [SHOWN_NORTH] = READING("shown_north", "place shown to the pilot, north", "操縦者に表示される位置(北)"),
    [SHOWN_HEIGHT] = READING("shown_height", "height shown to the pilot", "操縦者に表示される高度"),
};
static const int ends[] = {
    [MODE] = DEVICE, [GOAL_EAST] = DEVICE, [GOAL_NORTH] = DEVICE, [GOAL_HEIGHT] = DEVICE, [BY_HAND] = DEVICE,
    [FIX_EAST] = DEVICE, [FIX_NORTH] = DEVICE, [FIX_HEIGHT] = DEVICE,
    [SHOWN_EAST] = APP, [SHOWN_NORTH] = APP, [SHOWN_HEIGHT] = APP,
};
static const struct scenario_chance chances[] = {
    [OUT_M] = {Q("out_m", "m", 35, 0, 400, "from home to what is photographed", "離陸地点から撮影地点までの距離", "judgement: in sight"), PERT(15, 35, 60)},
    [FLIGHT_HEIGHT_M] = {Q("flight_height_m", "m", 25, 5, 120, "height of the flight", "飛行高度", "judgement"), PERT(15, 25, 40)},
    [HOVER_S] = {Q("hover_s", "s", 6, 0, 60, "time for photographs", "撮影の時間", "judgement: short, so that a run is"), PERT(4, 6, 12)},
    [WIND_M_S] = {Q("wind_m_s", "m/s", 2, 0, 12, "mean wind", "平均風速", "judgement: who flies for pleasure stays at home above 5 m/s, as manuals ask"), PERT(0, 2, 6)},
    [GUST_M_S] = {Q("gust_m_s", "m/s", 1, 0, 8, "amplitude of gusts", "突風の振幅", "judgement"), PERT(0, 1, 3)},
    [PILOT_M] = {Q("pilot_m", "m", 5, 3, 400, "from home to the pilot", "離陸地点から操縦者までの距離", "judgement: some steps back, out of the way of the landing"), PERT(3.5, 5, 10)},
    [CONTROLLER_ERROR_M] = {Q("controller_error_m", "m", 1, 0, 20, "error of the controller's place in the drone's view, to which goals refer", "機体から見た、目標点の基準となるコントローラ位置の誤差", "judgement: satellite positioning in the open is one to three metres off, of which two receivers near each other share most"), PERT(0.1, 1, 2.5)},
    [PEOPLE_PER_M2] = {Q("people_per_m2", "1/m2", 0.01, 0, 2, "people below the flight, for each square metre", "飛行の下にいる人の密度", "judgement: from an empty meadow to one person for each 20 m2"), PERT(0, 0.01, 0.05)},
    [KEEPS_CLEAR] = {Q("keeps_clear", "1", 0, 0, 1, "share of these people over whom the pilot does not fly", "操縦者が上空を避ける人の割合", "judgement: 0; measures set it"), ALWAYS},
    [WATCHES] = {Q("watches", "1", 0.5, 0, 1, "probability that the pilot watches the drone, not the screen", "操縦者が画面でなく機体を見ている確率", "judgement: half of the time, when photographing"), ALWAYS},
    [REACTION_S] = {Q("reaction_s", "s", 3, 0.3, 60, "from seeing that it goes astray until the pilot does something", "異常に気付いてから操作するまでの時間", "judgement: two seconds for the practised, a quarter of a minute for who looks for the button"), PERT(1.5, 3, 15)},
    [FLIES_BY_HAND] = {Q("flies_by_hand", "1", 0.1, 0, 1, "probability that the pilot then flies home by hand, rather than land where it is", "手動で帰還させる確率(それ以外はその場に着陸させる)", "judgement: few have practised it"), ALWAYS},
    [PILOT_DODGES] = {Q("pilot_dodges", "1", 0.5, 0, 1, "probability that a pilot who watches gets out of the way of a fast drone", "機体を見ている操縦者が高速の機体を避ける確率", "judgement: a fall takes two seconds, to see it and to step aside takes nearly as long"), ALWAYS},
    [PEOPLE_DODGE] = {Q("people_dodge", "1", 0.15, 0, 1, "probability that others get out of its way", "それ以外の人が高速の機体を避ける確率", "judgement: few look up"), ALWAYS},
    [STEPS_ASIDE] = {Q("steps_aside", "1", 0.8, 0, 1, "probability that people step aside from a slow drone", "低速の機体から人が離れる確率", "judgement: it is loud"), ALWAYS},
    [HEAD_SHARE] = {Q("head_share", "1", 0.4, 0, 1, "probability that it is the head that is hit", "頭部に当たる確率", "judgement: from above head and shoulders, level all of the body"), ALWAYS},
    [BLADES_CUT] = {Q("blades_cut", "1", 0.5, 0, 1, "probability that turning propellers cut who is hit", "回転するプロペラで切り傷を負う確率", "judgement: a light guard leaves them open above and below; 14 CFR 107.120 judges exposed blades apart from energy"), ALWAYS},
    [LINK_LOST_S] = {Q("link_lost_s", "s", 2, 0.5, 60, "silence after which the link counts as lost", "通信途絶とみなす無通信時間", "judgement: some seconds are usual"), ALWAYS},
    [LINK_LOST_MODE] = {Q("link_lost_mode", "1", DRONE_LAND, DRONE_HOLD, DRONE_CHUTE, "mode when the link is lost: 3 home, 4 land", "通信途絶時のモード: 3 帰還、4 着陸", "judgement: landing needs no position"), ALWAYS},
    [DESCENT_TRIPS_M_S] = {Q("descent_trips_m_s", "m/s", 1000, 4, 1000, "speed of falling at which a circuit of its own takes the motors over and lands; 1000: none", "独立した回路がモータを制御して緩降下させる落下速度。1000は無し", "judgement: 1000; measures set it"), ALWAYS},
    [POSITION_GATE_M] = {Q("position_gate_m", "m", 1e5, 1, 1e5, "by how much satellite navigation may contradict the drone's own motion before it is not believed and the drone lands; 1e5: none", "衛星測位と自らの動きとの食い違いの許容値。超えると測位を信じず着陸する。1e5は無し", "judgement: 1e5; measures set it"), ALWAYS},
    [PROPERTY_SHARE] = {Q("property_share", "1", 0.15, 0, 1, "share of the ground where something of others would be damaged", "他者の物品が損傷し得る地面の割合", "judgement: cars, roofs, fences, stalls"), PERT(0.05, 0.15, 0.4)},
    [UNREACHABLE_SHARE] = {Q("unreachable_share", "1", 0.15, 0, 1, "share of the ground out of reach", "回収できない地面の割合", "judgement: water, trees, roofs"), PERT(0.05, 0.15, 0.4)},
};
#define ENERGY(name, en, ja) {Q(name, "J", 0, 0, 0, en, ja, NULL), {14.9, 33.9, HUGE_VAL}, {14.9, HUGE_VAL, HUGE_VAL}}
#define TO_HEAD(name, en, ja) {Q(name, "J", 0, 0, 0, en, ja, NULL), {14.9, 33.9, 80}, NONE}
#define PLAIN(name, unit, en, ja) {Q(name, unit, 0, 0, 0, en, ja, NULL), NONE, NONE}
static const struct scenario_outcome outcomes[] = {
    [IMPACT_J] = PLAIN("impact_j", "J", "energy of the impact on the ground", "地面への衝突エネルギー"),
    [IMPACT_M_S] = PLAIN("impact_m_s", "m/s", "speed of the impact on the ground", "地面への衝突速度"),
    [TRANSFERRED_J] = PLAIN("transferred_j", "J", "what of it would be transferred to a person, by transfer_share", "そのうち人に伝わり得るエネルギー(transfer_share による)"),
    [USER_J] = ENERGY("user_j", "energy transferred to the pilot; 0: not hit", "操縦者に伝わったエネルギー(0: 当たらない)"),
    [USER_HEAD_J] = TO_HEAD("user_head_j", "energy transferred to the pilot's head", "操縦者の頭部に伝わったエネルギー"),
    [USER_CUT] = {Q("user_cut", "1", 0, 0, 1, "1: propellers have cut the pilot", "1: 操縦者がプロペラで切り傷を負った", NULL), {1, HUGE_VAL, HUGE_VAL}, NONE},
    [THIRD_PARTY_J] = ENERGY("third_party_j", "energy transferred to a third party, the greatest; 0: nobody hit", "第三者に伝わった最大のエネルギー(0: 誰にも当たらない)"),
    [THIRD_PARTY_HEAD_J] = TO_HEAD("third_party_head_j", "energy transferred to the head of a third party, the greatest", "第三者の頭部に伝わった最大のエネルギー"),
    [THIRD_PARTY_CUT] = {Q("third_party_cut", "1", 0, 0, 1, "1: propellers have cut a third party", "1: 第三者がプロペラで切り傷を負った", NULL), {1, HUGE_VAL, HUGE_VAL}, NONE},
    [PERSON_J] = PLAIN("person_j", "J", "energy transferred to anybody, the greatest", "いずれかの人に伝わった最大のエネルギー"),
    [PEOPLE_HIT] = PLAIN("people_hit", "1", "people hit, the pilot among them", "当たった人数(操縦者を含む)"),
    [PROPERTY_J] = PLAIN("property_j", "J", "energy of the impact on what belongs to others; 0: nothing hit", "他者の物品への衝突エネルギー(0: 当たらない)"),
    [DRONE_LOST] = {Q("drone_lost", "1", 0, 0, 1, "1: the drone is broken, out of reach or out of sight", "1: 機体が壊れ、回収できず、又は見失われた", NULL), NONE, {1, HUGE_VAL, HUGE_VAL}},
    [FLIGHT_LOST] = PLAIN("flight_lost", "1", "1: no photographs, or it did not come home", "1: 撮影できず、又は帰還しなかった"),
    [OFF_PLACE_M] = PLAIN("off_place_m", "m", "from home to where it came down", "離陸地点から降りた地点までの距離"),
    [OBEYS_AFTER_S] = PLAIN("obeys_after_s", "s", "from the pilot's landing command until the drone lands", "操縦者の着陸指示から着陸動作までの時間"),
    [CHUTE_FAILS] = PLAIN("chute_fails", "1", "1: a parachute is fitted, and the drone comes down faster than 6 m/s all the same", "1: パラシュートがあるのに6 m/sを超えて落下した"),
};
static const struct scenario_emergency emergencies[] = {
    [ORDINARY] = {"ordinary", {{"an ordinary flight: nobody is hit", "通常の飛行: 誰にも当たらない"}}, PEOPLE_HIT, 0, NULL, 0},
    [LINK_LOST] = {"link_lost", {{"the controller falls silent: the drone comes down by itself, not harder than 5 J (3 m/s)", "コントローラが停止: 機体が5 J(3 m/s)以下で自動的に降りる"}}, IMPACT_J, 5, NULL, 0},
    [BATTERY_LOW] = {"battery_low", {{"the battery runs low while the pilot goes on: it comes home, within 5 m", "操縦者が飛行を続けるうちに電池が減る: 5 m以内に帰還する"}}, OFF_PLACE_M, 5, NULL, 0},
    [ROTOR_FAILS] = {"rotor_fails", {{"a rotor fails: a parachute, where there is one, slows the fall to 6 m/s", "ロータの故障: パラシュートがあれば落下を6 m/s以下にする"}}, CHUTE_FAILS, 0, NULL, 0},
    [LANDING_COMMAND] = {"landing_command", {{"the pilot tells it to land: it does within 1 s", "操縦者の着陸指示: 1秒以内に従う"}}, OBEYS_AFTER_S, 1, NULL, 0},
};
// clang-format on
static const int shows[] = {HEIGHT_M, SPEED_M_S, EAST_M, NORTH_M};

/* ---- the world --------------------------------------------------------------------
 */

static void polar(const struct stage *s, const char *name, double distance_m,
                  double to[2])
{
    double angle = 2 * PI * stage_luck(s, name, 0);
    to[0] = distance_m * cos(angle);
    to[1] = distance_m * sin(angle);
}

static double next_person(const struct stage *s, uint32_t number)
{
    return -log(stage_luck(s, "person", number));
}

static void begin(struct stage *s)
{
    const double battery_in_emergency = 0.996; // reached after some seconds
    struct flight *f = stage_state(s);
    double error_m[2];
    polar(s, "stands", stage_chance(s, PILOT_M), f->pilot_m);
    polar(s, "error", stage_chance(s, CONTROLLER_ERROR_M), error_m);
    polar(s, "motif", stage_chance(s, OUT_M), f->motif_m);
    for (int i = 0; i < 2; i++)
        f->controller_m[i] = f->pilot_m[i] + error_m[i];
    f->next_met = next_person(s, 0);
    f->noticed_s = f->pressed_s = HUGE_VAL;
    f->home_s = stage_chance(s, OUT_M) / 6 + stage_chance(s, HOVER_S);
    stage_set(s, START_HEIGHT_M, stage_chance(s, FLIGHT_HEIGHT_M));
    if (stage_emergency(s) == BATTERY_LOW)
        stage_set(s, RETURN_SHARE, battery_in_emergency);
}

/* A mean and two slow waves, whose phases are drawn. */
static void blow(struct stage *s)
{
    const double periods_s[2] = {7.3, 3.1}, shares[2] = {0.6, 0.4};
    double t = stage_time(s), wind[2], gust = 0;
    for (uint32_t i = 0; i < 2; i++)
        gust += shares[i] * sin(2 * PI * (t / periods_s[i] + stage_luck(s, "gust", i)));
    polar(s, "wind", stage_chance(s, WIND_M_S) + gust * stage_chance(s, GUST_M_S),
          wind);
    stage_set(s, WIND_EAST_M_S, wind[0]);
    stage_set(s, WIND_NORTH_M_S, wind[1]);
}

/* ---- the pilot --------------------------------------------------------------------
 */

/* How far a place is from the way between home and motif. */
static double astray_m(const struct flight *f, double east_m, double north_m)
{
    double e = f->motif_m[0], n = f->motif_m[1], length2 = e * e + n * n;
    double along = length2 > 0 ? (east_m * e + north_m * n) / length2 : 0;
    along = fmin(1, fmax(0, along));
    return hypot(east_m - along * e, north_m - along * n);
}

static int is_watching(const struct stage *s)
{
    return stage_luck(s, "watches", 0) < stage_chance(s, WATCHES);
}

/* By eye, or by what the application shows. */
static void look_after(struct stage *s, struct flight *f)
{
    double off =
        is_watching(s)
            ? astray_m(f, stage_get(s, EAST_M), stage_get(s, NORTH_M))
            : astray_m(f, stage_seen(s, SHOWN_EAST), stage_seen(s, SHOWN_NORTH));
    if (off > ASTRAY_M) f->noticed_s = fmin(f->noticed_s, stage_time(s));
    if (stage_responds(s, LAND_AT_ONCE))
        f->noticed_s = fmin(f->noticed_s, stage_time(s));
}

static int is_emergency(const struct stage *s, enum emergency which)
{
    return stage_emergency(s) == (int)which && stage_time(s) >= EMERGENCY_S;
}

static int flies_by_hand(const struct stage *s)
{
    return stage_luck(s, "by_hand", 0) < stage_chance(s, FLIES_BY_HAND);
}

/* What the pilot wants: out, home after the photographs, down when it goes astray. */
static int wanted_mode(const struct stage *s, const struct flight *f)
{
    double t = stage_time(s);
    if (is_emergency(s, LANDING_COMMAND)) return DRONE_LAND;
    if (t >= f->noticed_s + stage_chance(s, REACTION_S))
        return flies_by_hand(s) ? DRONE_HOME : DRONE_LAND;
    if (stage_emergency(s) == BATTERY_LOW) return DRONE_GO; // does not look at it
    return t >= f->home_s ? DRONE_HOME : DRONE_GO;
}

static void command(struct stage *s, struct flight *f)
{
    int mode = wanted_mode(s, f);
    int is_taking_over = stage_time(s) >= f->noticed_s + stage_chance(s, REACTION_S);
    if (is_emergency(s, LINK_LOST)) return;
    if (mode == DRONE_LAND) f->pressed_s = fmin(f->pressed_s, stage_time(s));
    stage_send(s, GOAL_EAST, f->motif_m[0] - f->pilot_m[0]);
    stage_send(s, GOAL_NORTH, f->motif_m[1] - f->pilot_m[1]);
    stage_send(s, GOAL_HEIGHT, stage_chance(s, FLIGHT_HEIGHT_M));
    stage_send(s, BY_HAND, is_taking_over && flies_by_hand(s));
    stage_send(s, MODE, mode);
}

/* ---- the device -------------------------------------------------------------------
 */

/* Satellites and telemetry, five times a second. */
static void send_places(struct stage *s, struct flight *f)
{
    for (int i = 0; i < 3; i++) {
        f->fix_m[i] = stage_get(s, EAST_M + i);
        stage_send(s, FIX_EAST + i, f->fix_m[i]);
        stage_send(s, SHOWN_EAST + i, f->fix_m[i] + f->offset_m[i]);
    }
}

/* How far off satellite navigation is. What is late counts from when it was sent: the
 * receiver knows its own delay. */
static void take_fixes(struct stage *s, struct flight *f)
{
    double off2 = 0;
    for (int i = 0; i < 3; i++) {
        uint32_t n = stage_arrived(s, FIX_EAST + i);
        if (n != f->n_fixes[i])
            f->offset_m[i] = stage_seen(s, FIX_EAST + i) - f->fix_m[i];
        f->n_fixes[i] = n;
        off2 += f->offset_m[i] * f->offset_m[i];
    }
    if (sqrt(off2) > stage_chance(s, POSITION_GATE_M)) f->distrusts = 1;
    int goes_by_itself = f->distrusts || stage_seen(s, BY_HAND) > 0.5;
    for (int i = 0; i < 3; i++)
        stage_set(s, GNSS_EAST_M + i, goes_by_itself ? 0 : f->offset_m[i]);
}

static int is_link_lost(const struct stage *s)
{
    return stage_silence_s(s, MODE) > stage_chance(s, LINK_LOST_S);
}

/* The mode that the device flies; the twin puts battery, fence and parachute on top. */
static int device_mode(const struct stage *s, const struct flight *f)
{
    if (f->is_descending) return DRONE_LAND;
    if (!stage_works(s, DEVICE)) return DRONE_OFF;
    if (is_link_lost(s) && stage_protects(s, LINK_LOSS))
        return (int)lround(stage_chance(s, LINK_LOST_MODE));
    if (f->distrusts || stage_silence_s(s, FIX_EAST) > GNSS_QUIET_S) return DRONE_LAND;
    return f->is_off ? DRONE_OFF : (int)lround(stage_seen(s, MODE));
}

/* Motors that a command stops do not start again in flight, as with disarming. */
static void note_motors_off(const struct stage *s, struct flight *f)
{
    if (!is_link_lost(s) && lround(stage_seen(s, MODE)) == DRONE_OFF) f->is_off = 1;
}

static void fly(struct stage *s, struct flight *f)
{
    if (-stage_get(s, UP_M_S) > stage_chance(s, DESCENT_TRIPS_M_S))
        f->is_descending = 1;
    note_motors_off(s, f);
    stage_set(s, IS_FENCE_OFF, !stage_protects(s, FENCE));
    stage_set(s, MODE_IN, device_mode(s, f));
    stage_set(s, GOAL_EAST_M, f->controller_m[0] + stage_seen(s, GOAL_EAST));
    stage_set(s, GOAL_NORTH_M, f->controller_m[1] + stage_seen(s, GOAL_NORTH));
    stage_set(s, GOAL_HEIGHT_M, stage_seen(s, GOAL_HEIGHT));
    if (is_emergency(s, ROTOR_FAILS)) stage_set(s, ROTOR_SHARE, 0);
}

/* ---- people -----------------------------------------------------------------------
 */

/* Outcomes of who is hit. */
struct victim {
    int hit_j, head_j, cut;
};
static const struct victim user = {USER_J, USER_HEAD_J, USER_CUT},
                           third_party = {THIRD_PARTY_J, THIRD_PARTY_HEAD_J,
                                          THIRD_PARTY_CUT};

static void at_least(struct stage *s, int outcome, double value)
{
    stage_outcome(s, outcome, fmax(stage_outcome_so_far(s, outcome), value));
}

static void hit(struct stage *s, const struct flight *f, const struct victim *who,
                uint32_t number)
{
    double v = f->speed_m_s;
    double j = stage_get(s, TRANSFER_SHARE) * stage_get(s, MASS_KG) * v * v / 2;
    double idle_n = 0.1 * GRAVITY_M_S2 * stage_get(s, MASS_KG);
    int is_head = stage_luck(s, "head", number) < stage_chance(s, HEAD_SHARE);
    int is_cut = stage_get(s, THRUST_N) > idle_n &&
                 stage_luck(s, "cut", number) < stage_chance(s, BLADES_CUT);
    at_least(s, who->hit_j, j);
    at_least(s, PERSON_J, j);
    at_least(s, who->head_j, is_head ? j : 0);
    at_least(s, who->cut, is_cut);
    stage_outcome(s, PEOPLE_HIT, stage_outcome_so_far(s, PEOPLE_HIT) + 1);
}

static double dodge_chance(const struct stage *s, const struct flight *f, int is_user)
{
    if (f->speed_m_s < SLOW_M_S) return stage_chance(s, STEPS_ASIDE);
    if (!is_user) return stage_chance(s, PEOPLE_DODGE);
    return is_watching(s) ? stage_chance(s, PILOT_DODGES) : 0;
}

/* Half of the breadth in which the drone touches somebody. */
static double reach_m(const struct stage *s)
{
    return stage_get(s, ARM_M) + stage_get(s, ROTOR_M) + BODY_M;
}

static void meet_user(struct stage *s, struct flight *f)
{
    double away = hypot(f->place_m[0] - f->pilot_m[0], f->place_m[1] - f->pilot_m[1]);
    if (f->is_user_met || away > reach_m(s)) return;
    f->is_user_met = 1;
    if (stage_luck(s, "pilot_dodges", 0) >= dodge_chance(s, f, 1)) hit(s, f, &user, 0);
}

/* People met are a Poisson process over the area that is swept: what the drone covers,
 * and a strip as it moves on. Nobody stands where the pilot lands it. */
static void meet_others(struct stage *s, struct flight *f, double moved_m)
{
    double reach = reach_m(s), area = 2 * reach * moved_m;
    if (!f->is_low) area += PI * reach * reach;
    if (hypot(f->place_m[0], f->place_m[1]) < CLEAR_M) return;
    f->exposure +=
        area * stage_chance(s, PEOPLE_PER_M2) * (1 - stage_chance(s, KEEPS_CLEAR));
    while (f->exposure >= f->next_met) {
        f->n_met++;
        f->next_met += next_person(s, f->n_met);
        if (stage_luck(s, "dodges", f->n_met) >= dodge_chance(s, f, 0))
            hit(s, f, &third_party, f->n_met);
    }
}

/* Speed and place are those of the last call in the air, when it is down now. */
static void watch_people(struct stage *s, struct flight *f)
{
    double place[2] = {stage_get(s, EAST_M), stage_get(s, NORTH_M)};
    double moved_m = hypot(place[0] - f->place_m[0], place[1] - f->place_m[1]);
    f->place_m[0] = place[0];
    f->place_m[1] = place[1];
    if (stage_get(s, IS_DOWN) < 0.5) {
        f->speed_m_s = stage_get(s, SPEED_M_S);
        f->sink_m_s = -stage_get(s, UP_M_S);
    }
    if (stage_get(s, HEIGHT_M) >= HEAD_M) {
        f->is_low = 0;
        return;
    }
    meet_user(s, f);
    meet_others(s, f, moved_m);
    f->is_low = 1;
}

/* ---- the flight -------------------------------------------------------------------
 */

static void note_photographs(struct stage *s, struct flight *f)
{
    double near_m = 5;
    double off = hypot(f->place_m[0] - f->motif_m[0], f->place_m[1] - f->motif_m[1]);
    if (off < near_m && stage_works(s, CAMERA)) f->has_pictures = 1;
}

static void note_obedience(struct stage *s, struct flight *f)
{
    if (stage_time(s) < f->pressed_s || f->has_obeyed) return;
    f->has_obeyed = (int)lround(stage_get(s, FLOWN_MODE)) == DRONE_LAND;
    if (!f->has_obeyed) stage_outcome(s, OBEYS_AFTER_S, stage_time(s) - f->pressed_s);
}

/* What has happened since the last call; 1 when the flight is over. */
static int look_back(struct stage *s, struct flight *f)
{
    if (f->n_calls == 0) return 0; // the twin has not begun
    watch_people(s, f);
    note_photographs(s, f);
    note_obedience(s, f);
    return stage_get(s, IS_DOWN) > 0.5;
}

static int act(struct stage *s)
{
    struct flight *f = stage_state(s);
    if (look_back(s, f)) return 1;
    if (f->n_calls++ % SENDS_EACH == 0) {
        blow(s);
        look_after(s, f);
        send_places(s, f);
        command(s, f);
    }
    take_fixes(s, f);
    fly(s, f);
    return 0;
}

static int is_lost(const struct stage *s, double off_m)
{
    if (stage_get(s, IS_DOWN) < 0.5) return off_m > FAR_M;
    if (stage_get(s, IS_BROKEN) > 0.5) return 1;
    return off_m > LOST_M &&
           stage_luck(s, "reach", 0) < stage_chance(s, UNREACHABLE_SHARE);
}

/* Of the impact; where nothing has brought it down when the link was lost, what it
 * will come to once the battery is empty. */
static double impact_j(const struct stage *s)
{
    int hangs = stage_emergency(s) == LINK_LOST && stage_get(s, IS_DOWN) < 0.5;
    return hangs ? stage_get(s, MASS_KG) * GRAVITY_M_S2 * stage_get(s, HEIGHT_M)
                 : stage_get(s, TWIN_IMPACT_J);
}

static void end(struct stage *s)
{
    const double chuted_m_s = 6;
    struct flight *f = stage_state(s);
    double off_m = hypot(f->place_m[0], f->place_m[1]);
    double energy = impact_j(s);
    int is_home = stage_get(s, IS_DOWN) > 0.5 && off_m < LOST_M;
    int on_property = off_m > CLEAR_M &&
                      stage_luck(s, "property", 0) < stage_chance(s, PROPERTY_SHARE);
    stage_outcome(s, IMPACT_J, energy);
    stage_outcome(s, IMPACT_M_S, stage_get(s, TWIN_IMPACT_M_S));
    stage_outcome(s, TRANSFERRED_J, stage_get(s, TWIN_TRANSFERRED_J));
    stage_outcome(s, PROPERTY_J, on_property ? energy : 0);
    stage_outcome(s, DRONE_LOST, is_lost(s, off_m));
    stage_outcome(s, FLIGHT_LOST, !(f->has_pictures && is_home) || is_lost(s, off_m));
    stage_outcome(s, OFF_PLACE_M, off_m);
    stage_outcome(s, CHUTE_FAILS,
                  stage_get(s, CHUTE_CDA_M2) > 0 && f->sink_m_s > chuted_m_s);
}

static void scene(const struct stage *s, struct json *j)
{
    const struct flight *f = stage_look(s);
    put_numbers(j, "pilot", f->pilot_m, 2);
    put_numbers(j, "motif", f->motif_m, 2);
}

static void picture(const struct stage *s, struct json *j)
{
    const struct flight *f = stage_look(s);
    const double shown[] = {stage_seen(s, SHOWN_EAST), stage_seen(s, SHOWN_NORTH),
                            stage_seen(s, SHOWN_HEIGHT)};
    put_numbers(j, "shown", shown, TWIN_COUNT(shown)); // where the pilot is told it is
    json_put_int(j, "met", f->n_met);                  // people it came near
    json_put_bool(j, "is_noticed", stage_time(s) >= f->noticed_s);
}

extern const struct twin_kind twin_drone;

const struct scenario scenario_drone = {
    .twin = &twin_drone,
    .about = {{"A flight for photographs near people: out to the motif, some seconds "
               "there, and home.",
               "人の近くでの撮影飛行: 撮影地点へ飛び、数秒間撮影して帰還する。"}},
    SCENARIO_TABLES,
    .size = sizeof(struct flight),
    .lasts_s = 90,
    .every_s = EVERY_S,
    .begin = begin,
    .act = act,
    .end = end,
    .scene = scene,
    .picture = picture,
};
