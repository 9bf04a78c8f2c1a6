// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Minutes of a busy shift: vehicles bring racks, a worker steps onto a lane, an
 * operator trusts his screen. What an incident does to the flow of orders is seen in
 * these minutes; for how many hours it goes on is drawn, and both together are the
 * outcomes. Assumptions are in readme.md.
 */
#include <math.h>

#include "twin/scenario_tables.h"
#include "twin/warehouse/fleet.h"

enum use {
    SEED,
    ORDERS_DAY,
    BEGINS_H,
    DUE_S,
    DECEL_M_S2,
    RESPONSE_S,
    SUPPLEMENT_M,
    LENGTH_M,
    SPEED_LIMIT_M_S,
    STATION_LIMIT_M_S,
    IS_STOPPED,
    IS_SCANNING,
    IS_RESERVING,
    IS_LETTING_IN,
    IS_ASSIGNING,
    IS_GRANTING,
    IS_LEAVING,
    WRONG_SHARE,
    WATCHED,
    VEHICLES,
    FASTEST_M_S,
    PERSON_X_M,
    PERSON_Y_M,
    CARRIED,
    DONE,
    LATE,
    MISDELIVERED,
    UNPICKED,
    MOVING,
    STANDING,
    BROKEN,
    STOPS,
    COLLIDED,
    HITS,
    HIT_M_S,
    GAP_M,
    WATCHED_X_M,
    WATCHED_Y_M,
    WATCHED_HEADING_RAD,
    WATCHED_M_S,
    WATCHED_JOB,
    WATCHED_APART_M
};
// clang-format off
static const char *const uses[] = {
    [SEED] = "seed", [ORDERS_DAY] = "orders_day", [BEGINS_H] = "begins_h", [DUE_S] = "due_s",
    [DECEL_M_S2] = "decel_m_s2", [RESPONSE_S] = "response_s", [SUPPLEMENT_M] = "supplement_m",
    [LENGTH_M] = "length_m", [SPEED_LIMIT_M_S] = "speed_limit_m_s", [STATION_LIMIT_M_S] = "station_m_s",
    [IS_STOPPED] = "is_stopped", [IS_SCANNING] = "is_scanning", [IS_RESERVING] = "is_reserving",
    [IS_LETTING_IN] = "is_letting_in", [IS_ASSIGNING] = "is_assigning", [IS_GRANTING] = "is_granting",
    [IS_LEAVING] = "is_leaving", [WRONG_SHARE] = "wrong_share", [WATCHED] = "watched",
    [VEHICLES] = "vehicles", [FASTEST_M_S] = "speed_m_s", [PERSON_X_M] = "person_x_m",
    [PERSON_Y_M] = "person_y_m", [CARRIED] = "orders_carried", [DONE] = "orders_done", [LATE] = "orders_late",
    [MISDELIVERED] = "misdelivered", [UNPICKED] = "unpicked", [MOVING] = "moving", [STANDING] = "stopped",
    [BROKEN] = "broken", [STOPS] = "stops", [COLLIDED] = "collisions", [HITS] = "hits", [HIT_M_S] = "hit_m_s",
    [GAP_M] = "person_gap_m", [WATCHED_X_M] = "watched_x_m", [WATCHED_Y_M] = "watched_y_m",
    [WATCHED_HEADING_RAD] = "watched_heading_rad", [WATCHED_M_S] = "watched_m_s",
    [WATCHED_JOB] = "watched_job", [WATCHED_APART_M] = "watched_apart_m",
};
// clang-format on
enum { TO_STATION = 4, IS_PICKED_FROM = 5 }; // of watched_job

enum device {
    PORTAL,
    WMS,
    WCS,
    PLC,
    AGV,
    SCANNER,
    ACCESS_POINT,
    TERMINAL,
    MAINTENANCE
};
enum signal {
    ORDERS,
    PICKING,
    TRANSPORT,
    TRAVEL,
    SPEED,
    LEAVE,
    FIRMWARE,
    FAULTS,
    FLEET_STOP,
    BUTTON
};
enum function { SCANNER_STOP, EMERGENCY_STOP, STATION_SPEED, LINK_STOP };
enum response { STOP_FLEET, PICK_BY_HAND, RESTART_CLEAN };
enum chance {
    BUSY_H,
    URGENT_S,
    USUAL_LATE,
    STEPS_S,
    MARGIN_M,
    LEANS_M,
    STAYS_S,
    STATION_M_S,
    ALARM_FAULTS,
    OPERATOR_S,
    SEES_WRONG,
    PEOPLE_H,
    ENDS_H,
    COUNT_H,
    CLEAN_H,
    CHECK_H,
    FREE_H,
    CLOSED_H,
    HAND_SHARE,
    HAND_STARTS_H,
    KEEPS_LIST,
    URGENT_SHARE,
    SLACK_H,
    CUSTOMERS,
    HANDS,
    AID_PER_MH,
    SOLD,
    ON_SITE_SHARE,
    RECALL_H
};
enum outcome {
    ORDERS_LATE,
    ORDERS_WRONG,
    ORDERS_MISSING,
    STANDSTILL_H,
    NEAR_MISSES,
    COLLISIONS,
    CONTACT_M_S,
    PERSON_GAP_M,
    CUSTOMERS_HIT,
    FIRST_AID,
    STATION_CLOSED_H,
    RECALLED,
    MAKER_FIRST_AID,
    DONE_PER_H,
    STOPS_AFTER_S,
    AMISS
};
enum emergency { ORDINARY, WORKER_STEPS, STOP_BUTTON, OPERATOR_STOPS, LINK_LOST };

struct shift {
    double stepped_s, alarm_s, stopped_s, stood_s; // HUGE_VAL: not yet
    double x_m, y_m;                               // of the person
    double near_misses, gap_m;
    double done_at_attack, done_60[60]; // orders done, a ring of seconds
    double job;                         // of the watched vehicle, a second ago
    double firmware;                    // the most that was written into the vehicles
    int has_leaned, is_hurried;
};

// clang-format off
static const struct scenario_part devices[] = {
    [PORTAL] = {"portal", {{"portal where customers order", "顧客が注文する受注ポータル"}}},
    [WMS] = {"wms", {{"warehouse management system: stock and orders", "倉庫管理システム(在庫と注文)"}}},
    [WCS] = {"wcs", {{"warehouse control system: which vehicle carries which rack where", "倉庫制御システム(搬送の割当て)"}}},
    [PLC] = {"plc", {{"controller that grants stretches to the vehicles", "車両に区画を許可する制御PLC"}}},
    [AGV] = {"agv", {{"the fleet of vehicles", "車両群"}}},
    [SCANNER] = {"scanner", {{"laser scanners of the vehicles", "車両のレーザスキャナ"}}},
    [ACCESS_POINT] = {"access_point", {{"wireless access point", "無線アクセスポイント"}}},
    [TERMINAL] = {"terminal", {{"screen of the operator", "操作員の端末"}}},
    [MAINTENANCE] = {"maintenance", {{"terminal of the maintenance engineer", "保守員の端末"}}},
};
static const struct scenario_part functions[] = {
    [SCANNER_STOP] = {"scanner_stop", {{"stop by the scanner of a vehicle", "スキャナによる防護停止"}}},
    [EMERGENCY_STOP] = {"emergency_stop", {{"emergency stop buttons", "非常停止ボタン"}}},
    [STATION_SPEED] = {"station_speed", {{"limit of speed at the stations, in the drive (near_m_s)", "ステーション付近での駆動装置の速度制限(near_m_s)"}}},
    [LINK_STOP] = {"link_stop", {{"stop at the end of what is granted when nothing is heard", "通信途絶時に許可済みの終端で停止"}}},
};
static const struct scenario_part responses[] = {
    [STOP_FLEET] = {"stop_fleet", {{"the operator stops the fleet", "操作員が全車両を止める"}}},
    [PICK_BY_HAND] = {"by_hand", {{"part of the orders is picked by hand", "注文の一部を手作業で出荷する"}}},
    [RESTART_CLEAN] = {"clean_restart", {{"restart from clean stock data", "正しい在庫情報から再開する"}}},
};
static const struct scenario_signal signals[] = {
    [ORDERS] = {Q("orders", "1", 1, 0, 1, "orders come in from the portal", "ポータルからの注文の取込み", "heard of every 5 s; silence of 15 s: none come in (judgement)"), 0, 5},
    [PICKING] = {Q("picking", "1", 0, 0, 1, "picking orders; the share of them that names another rack than the right one", "ピッキング指示。誤った棚を指す割合", "0 with true stock data"), 0, 5},
    [TRANSPORT] = {Q("transport", "1", 1, 0, 1, "transport commands: 1: racks are to be carried", "搬送指令。1: 棚を運ぶ", "0: no new rack is fetched"), 1, 2},
    [TRAVEL] = {Q("travel", "1", 1, 0, 1, "travel commands: 1: over free stretches only, 0: regardless of others", "走行指令。1: 空いた区画だけを走る、0: 他車に構わず走る", "VDA 5050: a vehicle drives the nodes released to it; who forges them forges every second (judgement)"), 1, 1},
    [SPEED] = {Q("speed", "m/s", 2, 0, 2, "speed that is told", "指示される速度", "twin: speed_limit_m_s"), 1, 1},
    [LEAVE] = {Q("leave", "1", 0, 0, 1, "1: leave the station now", "1: ステーションから直ちに発車する", "0 until the worker has confirmed"), 1, 1},
    [FIRMWARE] = {Q("firmware", "1", 0, 0, 1, "a program that is not the maker's is written into the vehicles; 0.5: it does nothing yet, 1: they drive regardless of others", "製造者のものでないプログラムが車両に書き込まれる。0.5: まだ何もしない、1: 他車に構わず走る", "judgement"), 1, 5},
    [FAULTS] = {Q("faults", "1", 0, 0, 100, "vehicles with a fault, as the operator is shown", "操作員に示される異常車両の数", NULL), 0, 5},
    [FLEET_STOP] = {Q("fleet_stop", "1", 0, 0, 1, "1: the operator stops all vehicles at the terminal", "1: 操作員が端末から全車両を止める", NULL), 1, 5},
    [BUTTON] = {Q("button", "1", 0, 0, 1, "1: emergency stop button", "1: 非常停止ボタン", "wired, or by a safety channel of its own"), 1, 5},
};
static const int ends[] = {
    [ORDERS] = WMS, [PICKING] = WCS, [TRANSPORT] = PLC, [TRAVEL] = AGV, [SPEED] = AGV, [LEAVE] = AGV, [FIRMWARE] = AGV, [FAULTS] = TERMINAL, [FLEET_STOP] = AGV, [BUTTON] = AGV,
};
static const struct scenario_chance chances[] = {
    [BUSY_H] = {Q("busy_h", "h", 9, 0, 23, "hour of the day that is played", "対象とする時刻", "twin: the demand is highest from 9 to 11 h"), ALWAYS},
    [URGENT_S] = {Q("urgent_s", "s", 360, 60, 7200, "an order that takes longer in the minutes that are played is late", "この時間を超えた注文を、再現する数分間での遅れとする", "judgement: two to three times what one takes"), ALWAYS},
    [USUAL_LATE] = {Q("usual_late", "1", 2, 0, 1000, "orders late in the minutes that are played on any day: not counted", "どの日でも再現する数分間に遅れる注文(数えない)", "judgement: of some hundred; one in 1,000 days of the twin has one"), ALWAYS},
    [STEPS_S] = {Q("steps_s", "s", 250, 0, 480, "from when on a worker steps onto a lane", "作業員が通路に立ち入る時刻", "judgement: once in the minutes that are played"), PERT(160, 230, 320)},
    [MARGIN_M] = {Q("margin_m", "m", 0.8, 0, 10, "distance from the end of the field of a vehicle at which a worker steps before it", "立ち入る位置と防護領域の端との間隔", "judgement: workers know the vehicles and look"), PERT(0.2, 0.8, 4)},
    [LEANS_M] = {Q("leans_m", "m", 0.1, 0, 2, "distance from a rack to the worker who takes goods from it", "取出し中の作業員と車両の間隔", "judgement: within the reach of an arm"), PERT(0, 0.1, 0.6)},
    [STAYS_S] = {Q("stays_s", "s", 8, 1, 60, "how long the worker stays on the lane", "通路にとどまる時間", "judgement"), PERT(3, 8, 20)},
    [STATION_M_S] = {Q("near_m_s", "m/s", 0.3, 0.05, 2, "limit of the drive to and from stations", "ステーションへの出入りの速度制限", "judgement: 0.3 m/s is usual where the field of the scanner is cut back; the figure of ISO 3691-4 was not verified"), ALWAYS},
    [ALARM_FAULTS] = {Q("alarm_faults", "1", 3, 1, 80, "vehicles with a fault on the screen at which the operator acts", "操作員が対応を始める異常車両の数", "judgement"), ALWAYS},
    [OPERATOR_S] = {Q("operator_s", "s", 60, 0, 3600, "from then until the operator stops the fleet", "それから全車両を止めるまでの時間", "judgement: looks, asks, decides"), PERT(20, 60, 240)},
    [SEES_WRONG] = {Q("sees_wrong", "1", 0.6, 0, 1, "probability that the worker sees that the goods are not those of the order", "取り出す品の誤りに作業員が気付く確率", "judgement: what lies in another place than told is seen, a wrong quantity or owner is not"), ALWAYS},
    [PEOPLE_H] = {Q("people_h", "h", 16, 0, 1000, "until people without help of systems find out that stock data are wrong", "在庫情報の誤りに人が気付くまでの時間", "judgement: goods go out the same day and are unpacked the next"), PERT(4, 16, 72)},
    [ENDS_H] = {Q("ends_h", "h", 120, 0, 10000, "until people end an attack that keeps orders or commands away", "注文や指令を妨げる攻撃を人が終わらせるまでの時間", "as the general restore_h: a day to three weeks where nothing is prepared"), PERT(24, 120, 504)},
    [COUNT_H] = {Q("count_h", "h", 72, 0, 2000, "to count the stock, with shipping stopped", "出荷を止めて棚卸しを行う時間", "judgement: a day with all hands to ten days; port of Nagoya 2023: three days, Kantsu 2024: some 50 until all was as before"), PERT(24, 72, 240)},
    [CLEAN_H] = {Q("clean_h", "h", 4, 0, 200, "to restart from clean stock data that are kept", "保管した正しい在庫情報からの再開に要する時間", "judgement"), PERT(1, 4, 12)},
    [CHECK_H] = {Q("check_h", "h", 6, 0, 500, "to find the cause and check the vehicles after a jam", "滞留の原因究明と車両の点検に要する時間", "judgement: hours, or until an engineer of the maker comes"), PERT(2, 8, 72)},
    [FREE_H] = {Q("free_h", "h", 1, 0, 50, "to free a vehicle that has collided", "衝突した車両1台の復旧に要する時間", "judgement: lift the rack off, push it out, set it up anew"), PERT(0.5, 1, 3)},
    [CLOSED_H] = {Q("closed_h", "h", 4, 0, 500, "a station is closed after a worker was touched or nearly so", "作業員との接触後にステーションを閉鎖する時間", "judgement"), PERT(1, 4, 20)},
    [HAND_SHARE] = {Q("hand_share", "1", 0.3, 0, 1, "share of the orders that can be picked by hand", "手作業で出荷できる注文の割合", "judgement: a person on foot does a third of what goods brought to him let him do"), ALWAYS},
    [HAND_STARTS_H] = {Q("hand_starts_h", "h", 4, 0, 500, "until picking by hand begins", "手作業の出荷を始めるまでの時間", "judgement"), ALWAYS},
    [KEEPS_LIST] = {Q("keeps_list", "1", 0, 0, 1, "1: stock and orders are kept on a list that no attack reaches", "1: 攻撃の及ばない在庫と注文の控えがある", "judgement: 0; measures set it"), ALWAYS},
    [URGENT_SHARE] = {Q("urgent_share", "1", 0.02, 0, 1, "share of orders without which the work of a customer stands", "無ければ顧客の業務が止まる注文の割合", "judgement: consumables; most are kept in stock"), ALWAYS},
    [SLACK_H] = {Q("slack_h", "h", 24, 0, 1000, "for so long a customer can wait", "顧客が待てる時間", "judgement"), PERT(12, 24, 72)},
    [CUSTOMERS] = {Q("customers", "1", 2000, 1, 1e6, "businesses that are served", "取引先の数", "judgement: four orders a day each"), ALWAYS},
    [HANDS] = {Q("hands", "1", 40, 1, 1000, "people who count, pick and free by hand", "手作業に当たる人数", "judgement"), PERT(20, 40, 60)},
    [AID_PER_MH] = {Q("aid_per_mh", "1", 120, 0, 10000, "cases of first aid in a million hours of such work", "手作業100万時間当たりの応急手当の件数", "about 4 accidents with lost days in a million hours in transport in Japan (MHLW statistics, from memory), 29 slight ones to each (Heinrich 1931)"), ALWAYS},
    [SOLD] = {Q("sold", "1", 1500, 1, 1e6, "vehicles of the kind that the maker has sold", "製造者が販売した同型車両の台数", "judgement"), ALWAYS},
    [ON_SITE_SHARE] = {Q("on_site_share", "1", 0, 0, 1, "share of them that a correction reaches where they are, before a recall is needed", "回収に至る前に現地で修正できる車両の割合", "judgement: 0; measures set it"), ALWAYS},
    [RECALL_H] = {Q("recall_h", "h", 2, 0, 100, "work on each vehicle that is called back", "回収する車両1台当たりの作業時間", "judgement"), ALWAYS},
};
static const struct scenario_outcome outcomes[] = {
    [ORDERS_LATE] = {Q("orders_late", "1", 0, 0, 0, "orders late: in the minutes played, and for the hours drawn at a day's mean demand", "遅れた注文(再現した数分間と、抽出した停止時間の平均需要分)", NULL), NONE, {1, 20000, HUGE_VAL}},
    [ORDERS_WRONG] = {Q("orders_wrong", "1", 0, 0, 0, "orders misdelivered: the share measured in the minutes played, for the hours drawn", "誤配送の注文(再現で測った割合を、抽出した時間に延ばす)", NULL), NONE, {1, 1000, HUGE_VAL}},
    [ORDERS_MISSING] = {Q("orders_missing", "1", 0, 0, 0, "orders without their goods: seen in time to be wrong, likewise, or left unpicked", "品が揃わない注文(誤りに気付いた分を同様に延ばす。取出し前の発車を含む)", NULL), NONE, {1, 5000, HUGE_VAL}},
    [STANDSTILL_H] = {Q("standstill_h", "h", 0, 0, 0, "hours without picking by vehicles: drawn, not played", "車両による出荷の停止時間(抽出値。再現はしない)", NULL), NONE, {0.5, 24, HUGE_VAL}},
    [NEAR_MISSES] = {Q("near_misses", "1", 0, 0, 0, "stops by a scanner, before any stop of the fleet", "スキャナによる停止の回数(全車停止の前まで)", NULL), NONE, NONE},
    [COLLISIONS] = {Q("collisions", "1", 0, 0, 0, "vehicles that ran into each other, pairs", "車両同士の衝突(組)", NULL), {1, HUGE_VAL, HUGE_VAL}, {1, HUGE_VAL, HUGE_VAL}},
    // a push by 400 kg at a walking pace throws over and squeezes; 0.6 and 1.9 m/s are judgements
    [CONTACT_M_S] = {Q("contact_m_s", "m/s", 0, 0, 0, "speed at which a person was hit", "人への衝突時の速度", NULL), {0.01, 0.6, 1.9}, NONE},
    [PERSON_GAP_M] = {Q("person_gap_m", "m", 0, 0, 0, "least distance of a vehicle from the person on the lane, 10 if there was none", "通路の人と車両の最小距離(居なければ10)", NULL), NONE, NONE},
    [CUSTOMERS_HIT] = {Q("customers_hit", "1", 0, 0, 0, "customers whose own work stands, extrapolated as above", "自らの業務が止まる取引先の数(同様に延ばした値)", NULL), NONE, {20, 100, 500}},
    [FIRST_AID] = {Q("first_aid", "1", 0, 0, 1, "1: first aid after hours of counting, picking and freeing by hand", "1: 棚卸し、手作業の出荷、車両の復旧での応急手当", NULL), {1, HUGE_VAL, HUGE_VAL}, NONE},
    [STATION_CLOSED_H] = {Q("station_closed_h", "h", 0, 0, 0, "hours that one station is closed, drawn", "ステーション1か所の閉鎖時間(抽出値)", NULL), NONE, {0.5, HUGE_VAL, HUGE_VAL}},
    [RECALLED] = {Q("recalled", "1", 0, 0, 0, "vehicles that the maker calls back", "製造者が回収する車両の台数", NULL), NONE, {1, 100, HUGE_VAL}},
    [MAKER_FIRST_AID] = {Q("maker_first_aid", "1", 0, 0, 1, "1: first aid in the work on vehicles called back", "1: 回収作業での応急手当", NULL), {1, HUGE_VAL, HUGE_VAL}, NONE},
    [DONE_PER_H] = {Q("done_per_h", "1/h", 0, 0, 0, "orders done an hour in the last minute", "最後の1分間の完了注文(毎時)", NULL), NONE, NONE},
    [STOPS_AFTER_S] = {Q("stops_after_s", "s", 0, 0, 0, "from button, command or loss of link until all vehicles stand", "ボタン、指令又は通信途絶から全車両の静止までの時間", NULL), NONE, NONE},
    [AMISS] = {Q("amiss", "1", 0, 0, 0, "hits, collisions, and orders wrong, unpicked or (beyond one in twenty) late in the minutes played", "再現した数分間の衝突、誤配送、未取出し、及び1/20を超える遅れの数", NULL), NONE, NONE},
};
static const struct scenario_emergency emergencies[] = {
    [ORDINARY] = {"ordinary", {{"an ordinary busy hour: nobody hit, no collision, no order wrong, at most one in twenty late", "通常の繁忙時: 衝突も誤配送も無く、遅れは1/20以下"}}, AMISS, 0, NULL, 0},
    [WORKER_STEPS] = {"worker_steps", {{"a worker steps onto the lane at the end of the field of a vehicle at speed: it stops in time", "走行中の車両の防護領域の端に作業員が立ち入る: 接触せず停止する"}}, CONTACT_M_S, 0, NULL, 0},
    [STOP_BUTTON] = {"stop_button", {{"emergency stop button: all stand within 4 s", "非常停止ボタン: 4秒以内に全車両が静止する"}}, STOPS_AFTER_S, 4, NULL, 0},
    [OPERATOR_STOPS] = {"operator_stops", {{"the operator stops the fleet at the terminal: all stand within 10 s", "操作員の端末からの停止: 10秒以内に全車両が静止する"}}, STOPS_AFTER_S, 10, NULL, 0},
    [LINK_LOST] = {"link_lost", {{"the vehicles hear nothing any more: all stand within 40 s, at the end of what was granted", "通信途絶: 40秒以内に許可済みの終端で全車両が静止する"}}, STOPS_AFTER_S, 40, NULL, 0},
};
// clang-format on
static const int shows[] = {MOVING, DONE, MISDELIVERED, COLLIDED, GAP_M};

#define SILENT_S     15.0  // three of what comes every 5 s
#define EMERGENCY_S  200.0 // when it comes to pass: the shift is in full swing
#define NOBODY_M     -100.0
#define STATIONS_Y_M 50.2 // north of the last lane
#define HOUR_S       3600.0

static void begin(struct stage *s)
{
    struct shift *x = stage_state(s);
    x->stepped_s = x->alarm_s = x->stopped_s = x->stood_s = HUGE_VAL;
    x->gap_m = 10;
    stage_set(s, SEED, floor(1e6 * stage_luck(s, "day", 0)));
    stage_set(s, BEGINS_H, stage_chance(s, BUSY_H));
    stage_set(s, DUE_S, stage_chance(s, URGENT_S));
}

/* ---- what systems tell each other -------------------------------------------------
 */

static int is_emergency(const struct stage *s, enum emergency e)
{
    return stage_emergency(s) == (int)e && stage_time(s) >= EMERGENCY_S;
}

static void tell(struct stage *s)
{
    static const struct {
        int signal;
        double value;
    } usual[] = {
        {ORDERS,    1},
        {PICKING,   0},
        {TRANSPORT, 1},
        {SPEED,     2}
    };
    stage_send(s, LEAVE, 0);
    if (fmod(stage_time(s), 5) > 0.5) return;
    for (size_t i = 0; i < TWIN_COUNT(usual); i++)
        stage_send(s, usual[i].signal, usual[i].value);
    if (!is_emergency(s, LINK_LOST)) stage_send(s, TRAVEL, 1);
    stage_send(s, FAULTS, stage_get(s, BROKEN));
}

static int is_heard(const struct stage *s, int signal)
{
    return stage_silence_s(s, signal) < SILENT_S;
}

/* ---- what systems and vehicles do with it -----------------------------------------
 */

static void keep_flowing(struct stage *s)
{
    int is_let_in = is_heard(s, ORDERS) && is_heard(s, PICKING);
    stage_set(s, IS_LETTING_IN, is_let_in);
    stage_set(s, WRONG_SHARE, stage_seen(s, PICKING));
    stage_set(s, IS_ASSIGNING,
              is_heard(s, TRANSPORT) && stage_seen(s, TRANSPORT) > 0.5);
}

/* Without the stop on loss of link a vehicle that hears nothing would go on. */
static void drive(struct stage *s, struct shift *x)
{
    int is_linked = is_heard(s, TRAVEL), stops = stage_protects(s, LINK_STOP);
    x->firmware = fmax(x->firmware, stage_seen(s, FIRMWARE));
    int is_careful =
        stage_seen(s, TRAVEL) > 0.5 && x->firmware < 0.75 && (is_linked || stops);
    stage_set(s, IS_RESERVING, is_careful);
    stage_set(s, IS_GRANTING, is_linked || !stops);
    stage_set(s, SPEED_LIMIT_M_S, stage_seen(s, SPEED));
    stage_set(s, IS_LEAVING, stage_seen(s, LEAVE) > 0.5);
    stage_set(s, STATION_LIMIT_M_S,
              stage_protects(s, STATION_SPEED) ? stage_chance(s, STATION_M_S) : 2);
    stage_set(s, IS_SCANNING, stage_protects(s, SCANNER_STOP));
}

/* Once stopped, the fleet stays so until somebody has found the cause. */
static void stop(struct stage *s, struct shift *x)
{
    int is_pressed = stage_seen(s, BUTTON) > 0.5 && stage_protects(s, EMERGENCY_STOP);
    int is_told = stage_seen(s, FLEET_STOP) > 0.5 || stage_responds(s, STOP_FLEET);
    if ((is_pressed || is_told || !stage_works(s, AGV)) && x->stopped_s > stage_time(s))
        x->stopped_s = stage_time(s);
    stage_set(s, IS_STOPPED, x->stopped_s <= stage_time(s));
}

/* ---- people -----------------------------------------------------------------------
 */

/* The operator believes the screen. */
static void operate(struct stage *s, struct shift *x)
{
    double t = stage_time(s);
    if (stage_seen(s, FAULTS) >= stage_chance(s, ALARM_FAULTS))
        x->alarm_s = fmin(x->alarm_s, t);
    int decides = t >= x->alarm_s + stage_chance(s, OPERATOR_S);
    if ((decides || is_emergency(s, OPERATOR_STOPS)) && fmod(t, 5) < 0.5)
        stage_send(s, FLEET_STOP, 1);
    if (is_emergency(s, STOP_BUTTON)) stage_send(s, BUTTON, 1);
}

static void stand(struct stage *s, struct shift *x, double before_front_m)
{
    const double body_m = 0.3;
    double away = stage_get(s, LENGTH_M) / 2 + before_front_m + body_m;
    x->stepped_s = stage_time(s);
    x->x_m = stage_get(s, WATCHED_X_M) + away * cos(stage_get(s, WATCHED_HEADING_RAD));
    x->y_m = stage_get(s, WATCHED_Y_M) + away * sin(stage_get(s, WATCHED_HEADING_RAD));
    stage_set(s, PERSON_X_M, x->x_m);
    stage_set(s, PERSON_Y_M, x->y_m);
}

/* Onto the lane before a vehicle at speed, beyond the field of its scanner, and not
 * where another one is near. */
static void step_onto_lane(struct stage *s, struct shift *x)
{
    const double slow_m_s = 0.8, others_m = 6;
    int is_worst = stage_emergency(s) == WORKER_STEPS;
    double least = is_worst ? 0.95 * stage_get(s, FASTEST_M_S) : slow_m_s;
    double speed = stage_get(s, WATCHED_M_S), decel = stage_get(s, DECEL_M_S2);
    double field_m = speed * speed / (2 * decel) + speed * stage_get(s, RESPONSE_S) +
                     stage_get(s, SUPPLEMENT_M);
    double before_m = field_m + (is_worst ? 0.01 : stage_chance(s, MARGIN_M));
    if (stage_time(s) < stage_chance(s, STEPS_S) || speed < least) return;
    if (stage_get(s, WATCHED_APART_M) > before_m + others_m) stand(s, x, before_m);
}

/* The vehicle leaves while the worker's arms are in its rack. */
static void lean(struct stage *s, struct shift *x)
{
    const double drives_m_s = 0.05;
    int leaves = x->is_hurried && stage_get(s, WATCHED_M_S) > drives_m_s;
    if (!leaves || x->has_leaned || stage_get(s, WATCHED_Y_M) < STATIONS_Y_M) return;
    x->has_leaned = 1;
    x->is_hurried = 0;
    stand(s, x, stage_chance(s, LEANS_M));
}

static int is_for_station(double job)
{
    return job >= TO_STATION && job <= IS_PICKED_FROM;
}

/* Looks at one vehicle after the other, and stays with one that leaves its station
 * while it is picked from. */
static void look(struct stage *s, struct shift *x)
{
    double job = stage_get(s, WATCHED_JOB), n = stage_get(s, VEHICLES);
    int is_told = stage_get(s, IS_LEAVING) > 0.5, was_there = is_for_station(x->job);
    if (was_there && !is_for_station(job) && is_told) x->is_hurried = 1;
    if (stage_get(s, WATCHED_Y_M) < STATIONS_Y_M) x->is_hurried = 0;
    x->job = job;
    if (x->is_hurried || (is_told && is_for_station(job))) return;
    stage_set(s, WATCHED, fmod(stage_get(s, WATCHED) + 1, n));
    x->job = 0;
}

static void be_there(struct stage *s, struct shift *x)
{
    if (x->stepped_s < HUGE_VAL) x->gap_m = fmin(x->gap_m, stage_get(s, GAP_M));
    if (stage_time(s) >= x->stepped_s + stage_chance(s, STAYS_S)) {
        stage_set(s, PERSON_X_M, NOBODY_M);
        stage_set(s, PERSON_Y_M, NOBODY_M);
    }
    lean(s, x);
    if (x->stepped_s == HUGE_VAL) step_onto_lane(s, x);
    look(s, x);
}

/* ---- what is measured in the minutes played ---------------------------------------
 */

static void count(struct stage *s, struct shift *x)
{
    int second = (int)fmod(stage_time(s), 60);
    double done = stage_get(s, DONE);
    double of_minute = stage_time(s) < 60 ? done : done - x->done_60[second];
    stage_outcome(s, DONE_PER_H, of_minute * 60);
    x->done_60[second] = done;
    if (stage_time(s) <= stage_attacked_from_s(s)) x->done_at_attack = done;
    if (x->stopped_s > stage_time(s)) x->near_misses = stage_get(s, STOPS);
    if (stage_get(s, MOVING) > 0)
        x->stood_s = HUGE_VAL;
    else
        x->stood_s = fmin(x->stood_s, stage_time(s));
}

/* From the emergency until all stand, as long as they do not. */
static void time_stop(struct stage *s, const struct shift *x)
{
    int is_timed = is_emergency(s, STOP_BUTTON) || is_emergency(s, OPERATOR_STOPS) ||
                   is_emergency(s, LINK_LOST);
    if (is_timed && x->stood_s == HUGE_VAL)
        stage_outcome(s, STOPS_AFTER_S, stage_time(s) - EMERGENCY_S + 1);
}

/* Nothing flows any more, or ever will in this run. */
static int is_standstill(const struct stage *s, const struct shift *x)
{
    int is_cut = stage_get(s, IS_LETTING_IN) < 0.5 ||
                 stage_get(s, IS_ASSIGNING) < 0.5 || stage_get(s, IS_GRANTING) < 0.5 ||
                 x->stopped_s <= stage_time(s);
    return is_cut && stage_time(s) >= x->stood_s + 20;
}

/* What an emergency or a contact was played for has come. */
static int is_seen_through(const struct stage *s, const struct shift *x)
{
    double since_s = stage_time(s) - x->stepped_s;
    if (stage_emergency(s) == WORKER_STEPS) return since_s > 20;
    return x->has_leaned && since_s > 20;
}

static int act(struct stage *s)
{
    struct shift *x = stage_state(s);
    tell(s);
    keep_flowing(s);
    drive(s, x);
    operate(s, x);
    stop(s, x);
    be_there(s, x);
    count(s, x);
    time_stop(s, x);
    return is_standstill(s, x) || is_seen_through(s, x);
}

/* ---- what comes of it in the hours after ------------------------------------------
 */

/* The hours that follow, from what was measured and what is drawn. */
struct aftermath {
    double per_h;              // orders an hour, mean of the day
    double wrong_h, wrong_per; // hours of wrong picks, their share
    double stop_h;             // hours without vehicles
    double by_hand_h, work_h;  // hours of picking by hand; person hours by hand
    int is_hand_possible;
};

/* For how long the attack goes on: until monitoring or people end it. */
static double attacked_h(const struct stage *s)
{
    double from = stage_attacked_from_s(s), until = stage_attacked_until_s(s);
    return from < HUGE_VAL ? fmax(0, until - from) / HOUR_S : 0;
}

static double stopped_h(const struct stage *s)
{
    static const enum device parts[] = {WMS, WCS, PLC, AGV};
    double until = 0, from = stage_attacked_from_s(s);
    for (size_t i = 0; i < TWIN_COUNT(parts); i++)
        until = fmax(until, stage_back_s(s, (int)parts[i]));
    return until > from ? (until - from) / HOUR_S : 0;
}

/* After a jam: two crews free what has collided, and all is checked. */
static double freeing_h(const struct stage *s, const struct shift *x)
{
    const double crews = 2;
    double broken = stage_get(s, BROKEN);
    int is_jammed = x->stopped_s <= stage_time(s) && stage_works(s, AGV);
    if (!is_jammed && broken <= 0) return 0;
    return stage_chance(s, CHECK_H) + broken * stage_chance(s, FREE_H) / crews;
}

/* As long as the attack keeps orders or grants away from systems that work; people end
 * it by and by. */
static double cut_h(const struct stage *s)
{
    int is_cut = stage_get(s, IS_LETTING_IN) < 0.5 ||
                 stage_get(s, IS_ASSIGNING) < 0.5 || stage_get(s, IS_GRANTING) < 0.5;
    double until_h = fmin(attacked_h(s), stage_chance(s, ENDS_H));
    return is_cut && stopped_h(s) <= 0 ? until_h : 0;
}

static double counting_h(const struct stage *s)
{
    double count = stage_chance(s, COUNT_H);
    return stage_responds_s(s, RESTART_CLEAN) < HUGE_VAL
               ? fmin(count, stage_chance(s, CLEAN_H))
               : count;
}

static struct aftermath look_ahead(const struct stage *s, const struct shift *x)
{
    double wrong = stage_get(s, MISDELIVERED),
           done = stage_get(s, DONE) - x->done_at_attack;
    struct aftermath a = {.per_h = stage_get(s, ORDERS_DAY) / 24};
    if (wrong > 0) {
        a.wrong_h = fmin(attacked_h(s), stage_chance(s, PEOPLE_H));
        a.wrong_per = wrong / fmax(wrong, done);
        a.stop_h = counting_h(s);
    }
    a.stop_h = fmax(a.stop_h, fmax(stopped_h(s), fmax(freeing_h(s, x), cut_h(s))));
    int is_stock_known = wrong <= 0 && stage_works(s, WMS) && is_heard(s, ORDERS);
    a.is_hand_possible = is_stock_known || stage_chance(s, KEEPS_LIST) > 0.5 ||
                         stage_responds_s(s, PICK_BY_HAND) < HUGE_VAL;
    a.by_hand_h =
        a.is_hand_possible ? fmax(0, a.stop_h - stage_chance(s, HAND_STARTS_H)) : 0;
    a.work_h = (wrong > 0 ? a.stop_h : a.by_hand_h) * stage_chance(s, HANDS);
    return a;
}

static double late_orders(const struct stage *s, const struct aftermath *a)
{
    const double shift_h = 0.5; // what is half an hour behind is made up
    double by_hand = a->by_hand_h * stage_chance(s, HAND_SHARE);
    return floor(a->per_h * fmax(0, a->stop_h - shift_h - by_hand));
}

/* Who picks by hand picks first what is urgent. */
static double customers_hit(const struct stage *s, const struct aftermath *a,
                            double amiss)
{
    double n = stage_chance(s, CUSTOMERS);
    double waits_h = fmax(0, a->stop_h - stage_chance(s, SLACK_H));
    double late = a->is_hand_possible ? 0 : a->per_h * waits_h;
    double urgent = stage_chance(s, URGENT_SHARE) * (late + amiss);
    return floor(-n * expm1(-urgent / n));
}

static int needs_aid(const struct stage *s, const char *who, double hours)
{
    double expected = hours * stage_chance(s, AID_PER_MH) / 1e6;
    return stage_luck(s, who, 0) < -expm1(-expected);
}

static void tell_orders(struct stage *s, const struct aftermath *a)
{
    double wrong =
        fmax(stage_get(s, MISDELIVERED), floor(a->per_h * a->wrong_h * a->wrong_per));
    double seen = floor(wrong * stage_chance(s, SEES_WRONG));
    double missing = seen + stage_get(s, UNPICKED);
    stage_outcome(s, ORDERS_WRONG, wrong - seen);
    stage_outcome(s, ORDERS_MISSING, missing);
    double late = fmax(0, stage_get(s, LATE) - stage_chance(s, USUAL_LATE));
    stage_outcome(s, ORDERS_LATE, late + late_orders(s, a));
    stage_outcome(s, STANDSTILL_H, a->stop_h);
    stage_outcome(s, CUSTOMERS_HIT, customers_hit(s, a, wrong - seen + missing));
}

static void tell_people(struct stage *s, const struct shift *x,
                        const struct aftermath *a)
{
    int is_untried = stage_emergency(s) == WORKER_STEPS && x->stepped_s == HUGE_VAL;
    double recalled =
        x->firmware > 0.25
            ? floor(stage_chance(s, SOLD) * (1 - stage_chance(s, ON_SITE_SHARE)))
            : 0;
    stage_outcome(s, CONTACT_M_S, is_untried ? 100 : stage_get(s, HIT_M_S));
    stage_outcome(s, PERSON_GAP_M, x->gap_m);
    stage_outcome(s, FIRST_AID, needs_aid(s, "first_aid", a->work_h));
    stage_outcome(s, STATION_CLOSED_H, x->has_leaned ? stage_chance(s, CLOSED_H) : 0);
    stage_outcome(s, RECALLED, recalled);
    stage_outcome(
        s, MAKER_FIRST_AID,
        needs_aid(s, "maker_first_aid", recalled * stage_chance(s, RECALL_H)));
}

static void end(struct stage *s)
{
    const struct shift *x = stage_state(s);
    struct aftermath a = look_ahead(s, x);
    double late = stage_get(s, LATE), usual = ceil(stage_get(s, DONE) / 20);
    tell_orders(s, &a);
    tell_people(s, x, &a);
    stage_outcome(s, NEAR_MISSES, x->near_misses);
    stage_outcome(s, COLLISIONS, stage_get(s, COLLIDED));
    stage_outcome(s, AMISS,
                  stage_get(s, HITS) + stage_get(s, COLLIDED) +
                      stage_get(s, MISDELIVERED) + stage_get(s, UNPICKED) +
                      fmax(0, late - usual));
}

/* ---- what pictures show -----------------------------------------------------------
 */

static void put_cells(struct json *j, const char *key, enum site_use use)
{
    json_in(j, key, '[');
    for (int cell = 0; cell < SITE_CELLS; cell++) {
        if (site_use(cell) != use) continue;
        json_double(j, site_x_m(cell));
        json_double(j, site_y_m(cell));
    }
    json_close(j, ']');
}

/* Places as x, y, x, y, ... */
static void scene(const struct stage *s, struct json *j)
{
    (void)s;
    json_key(j, "cell_m");
    json_double(j, SITE_CELL_M);
    put_cells(j, "racks", SITE_RACK);
    put_cells(j, "stations", SITE_STATION);
    put_cells(j, "homes", SITE_HOME);
}

/* 0 at rest, 1 drives, 2 waits for the way, 3 stopped, 4 has collided. */
static int state_of(const struct vehicle *v)
{
    const double drives_m_s = 0.05, waits_s = 1;
    if (v->is_broken) return 4;
    if (v->is_stopping) return 3;
    if (fabs(vehicle_speed_m_s(v)) > drives_m_s) return 1;
    return v->blocked_s > waits_s ? 2 : 0;
}

/* Five numbers a vehicle: x, y, heading, state, 1 with a load. */
static void picture(const struct stage *s, struct json *j)
{
    const struct warehouse *w = stage_look_twin(s);
    json_in(j, "vehicles", '[');
    for (int i = 0; i < w->n; i++) {
        const struct vehicle *v = &w->fleet[i];
        put_number(j, v->x_m);
        put_number(j, v->y_m);
        put_number(j, v->heading_rad);
        json_int(j, state_of(v));
        json_int(j, v->load >= 0);
    }
    json_close(j, ']');
}

extern const struct twin_kind twin_warehouse;

const struct scenario scenario_warehouse = {
    .twin = &twin_warehouse,
    .about = {{"Minutes of a busy shift: vehicles bring racks to pickers, and a worker "
               "steps "
               "onto a lane.",
               "繁忙時の数分間: "
               "車両が棚を作業員のもとへ運び、作業員が一度通路に立ち入る。"}},
    SCENARIO_TABLES,
    .size = sizeof(struct shift),
    .lasts_s = 480,
    .every_s = 1,
    .begin = begin,
    .act = act,
    .end = end,
    .scene = scene,
    .picture = picture,
};
