// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Minutes of a shift of the cell: work instructions and programs come down, parts are
 * welded and sampled, and people go in. What takes hours, until somebody notices bad
 * parts or servers are back, is drawn and told from these minutes. Assumptions are in
 * readme.md.
 */
#include <math.h>

#include "twin/scenario_tables.h"
#include "twin/weldcell/cell.h"

enum use {
    IS_RUNNING,
    IS_SYNCHRONIZED,
    LEFT_SPEED,
    LEFT_CURRENT,
    LEFT_VOLTAGE,
    LEFT_SHIFT,
    RIGHT_SPEED,
    RIGHT_CURRENT,
    RIGHT_VOLTAGE,
    RIGHT_SHIFT,
    FENCE_OPEN,
    PERSON_M,
    FENCE_ON,
    SCANNER_ON,
    EMERGENCY_STOP,
    IS_TEACHING,
    MANUAL_PACE,
    IS_ENABLED,
    SPEED_HELD,
    RESET,
    IS_INSPECTED,
    MADE,
    BAD,
    REJECTED,
    ESCAPED,
    IS_INTERRUPTED,
    CYCLE_S,
    TIP_M_S,
    IS_STOPPED,
    NEEDED_M,
    FIELD_M,
    DANGER_M,
    TWIN_EXPOSED_S,
    LEFT_HEAT,
    RIGHT_HEAT,
    SYNC_ERROR
};
static const char *const uses[] = {
    [IS_RUNNING] = "is_running",
    [IS_SYNCHRONIZED] = "is_synchronized",
    [LEFT_SPEED] = "left_speed_set_mm_s",
    [LEFT_CURRENT] = "left_current_set_a",
    [LEFT_VOLTAGE] = "left_voltage_set_v",
    [LEFT_SHIFT] = "left_shift_mm",
    [RIGHT_SPEED] = "right_speed_set_mm_s",
    [RIGHT_CURRENT] = "right_current_set_a",
    [RIGHT_VOLTAGE] = "right_voltage_set_v",
    [RIGHT_SHIFT] = "right_shift_mm",
    [FENCE_OPEN] = "fence_open",
    [PERSON_M] = "person_m",
    [FENCE_ON] = "is_fence_on",
    [SCANNER_ON] = "is_scanner_on",
    [EMERGENCY_STOP] = "is_emergency_stop",
    [IS_TEACHING] = "is_teaching",
    [MANUAL_PACE] = "manual_pace",
    [IS_ENABLED] = "is_enabled",
    [SPEED_HELD] = "is_speed_held",
    [RESET] = "reset",
    [IS_INSPECTED] = "is_inspected",
    [MADE] = "parts_made",
    [BAD] = "parts_defective",
    [REJECTED] = "parts_rejected",
    [ESCAPED] = "parts_escaped",
    [IS_INTERRUPTED] = "is_interrupted",
    [CYCLE_S] = "cycle_s",
    [TIP_M_S] = "tip_speed_m_s",
    [IS_STOPPED] = "is_stopped",
    [NEEDED_M] = "needed_m",
    [FIELD_M] = "field_m",
    [DANGER_M] = "danger_m",
    [TWIN_EXPOSED_S] = "exposed_s",
    [LEFT_HEAT] = "left_heat_kj_mm",
    [RIGHT_HEAT] = "right_heat_kj_mm",
    [SYNC_ERROR] = "sync_error_mm",
};

enum device {
    MES,
    SCADA,
    SCREEN,
    ENGINEERING,
    PLC,
    SAFETY_PLC,
    LEFT,
    RIGHT,
    SOURCES,
    SCANNER_DEVICE,
    N_DEVICES
};
enum signal {
    WORK,
    START_LEFT,
    START_RIGHT,
    SET_LEFT_SPEED,
    SET_LEFT_CURRENT,
    SET_LEFT_VOLTAGE,
    SET_LEFT_SHIFT,
    SET_RIGHT_SPEED,
    SET_RIGHT_CURRENT,
    SET_RIGHT_VOLTAGE,
    SET_RIGHT_SHIFT,
    TEACH_PACE,
    SYNCHRONIZE,
    SCREEN_STOP,
    STOP_BUTTON,
    STATUS
};
enum function { FENCE, SCANNER, TEACHING };
enum response { STOP_CELL, HOLD_LOTS, RESTART };
enum chance {
    CURRENT_ERROR,
    ENTERS,
    ENTERS_AT_S,
    STAYS_S,
    GATE_M,
    WALKS_M_S,
    IN_THE_WAY,
    LOOKS_AFTER_S,
    HEARS_AFTER_S,
    HOLDS_WORK_H,
    STOCK_H,
    SAMPLED,
    FINDS,
    INLINE_FINDS,
    NOTICED_AFTER_H,
    SHIPS_AFTER_H,
    SORTING_H,
    TEACHES,
    STARTLES_M_S,
    REACTION_S,
    RETEACH_H
};
enum outcome {
    PARTS_MADE,
    PARTS_DEFECTIVE,
    PARTS_FOUND,
    PARTS_SHIPPED,
    UNNOTICED_H,
    SPOILT,
    RECALL,
    STOP_H,
    LATE_H,
    WENT_IN,
    EXPOSED_S,
    CONTACT_M_S,
    SHORT_M,
    STOPS_AFTER_S
};
enum emergency {
    ORDINARY_PARTS,
    ORDINARY_PEOPLE,
    GATE_EXPOSED,
    GATE_SHORT,
    FIELD_EXPOSED,
    FIELD_SHORT,
    BUTTON,
    ORDINARY_TEACHING
};

/* Times in s of the run; HUGE_VAL: not yet, or never. */
struct shift {
    double opens_s, leaves_s; // of who goes in: at the gate, and turning back
    double stands_s;          // the cell has no work, or may not
    double noticed_s;         // somebody has noticed bad parts
    double first_bad_s, first_bad, n_bad; // the first one, its number, how many since
    double made, bad;                     // at the last look
    double pressed_s, ordered_s;          // the button, the stop at the screen
    double startled_s;
    int n_row; // bad parts in a row that in-line measuring has found
    int has_pressed;
    int has_looked;  // somebody went in to set the cell right
    int is_crossing; // goes in, but not by the gate
    int is_teaching;
};

// clang-format off
static const struct scenario_part devices[] = {
    [MES] = {"mes", {{"MES server: gives out work", "MESサーバ: 作業を指示する"}}},
    [SCADA] = {"scada", {{"SCADA server: passes work on and watches the cell", "SCADAサーバ: 作業を伝え、設備を監視する"}}},
    [SCREEN] = {"screen", {{"SCADA terminal of the operator", "操作者のSCADA端末"}}},
    [ENGINEERING] = {"engineering", {{"engineering terminal: loads programs", "エンジニアリング端末: プログラムを書き込む"}}},
    [PLC] = {"plc", {{"PLC of the cell: starts both robots", "設備制御PLC: 左右のロボットを起動する"}}},
    [SAFETY_PLC] = {"safety_plc", {{"safety PLC; when it is dead, drives have no power", "安全PLC。停止すると駆動電源が切れる"}}},
    [LEFT] = {"left", {{"controller of the left robot", "左のロボットコントローラ"}}},
    [RIGHT] = {"right", {{"controller of the right robot", "右のロボットコントローラ"}}},
    [SOURCES] = {"sources", {{"power sources of both arcs", "左右の溶接電源"}}},
    [SCANNER_DEVICE] = {"scanner", {{"laser scanner; when it is dead, the safety circuit stops the cell", "レーザースキャナ。停止すると安全回路が設備を止める"}}},
};
static const struct scenario_part functions[] = {
    [FENCE] = {"fence", {{"interlock of the fence: an open gate stops the cell", "安全柵のインタロック: 扉が開くと停止する"}}},
    [SCANNER] = {"field", {{"stop by the scanner: a person in its field stops the cell", "スキャナによる停止: 防護域に人が入ると停止する"}}},
    [TEACHING] = {"teaching", {{"reduced speed and enabling switch in teaching", "ティーチング時の低速制限とイネーブルスイッチ"}}},
};
static const struct scenario_part responses[] = {
    [STOP_CELL] = {"stop_cell", {{"the operator stops the cell: at the screen, and by the button if that does nothing for 30 s", "操作者が画面から設備を止め、30秒たっても止まらなければ非常停止を押す"}}},
    [HOLD_LOTS] = {"hold_lots", {{"nothing is shipped from then on", "以後の出荷を止める"}}},
    [RESTART] = {"restart", {{"programs are loaded anew from the backup, and an hour later the cell goes on", "バックアップからプログラムを入れ直し、1時間後に再開する"}}},
};
#define SET(name, unit, start, least, most, en, ja) {Q(name, unit, start, least, most, en, ja, NULL), 1, 0}
static const struct scenario_signal signals[] = {
    [WORK] = {Q("work", "1", 1, 0, 1, "1: work instruction, from MES by SCADA to the PLC", "1: 作業指示(MESからSCADAを経てPLCへ)", NULL), 1, 10},
    [START_LEFT] = {Q("start_left", "1", 0, 0, 1, "1: the PLC starts the left robot", "1: 左ロボットの起動", NULL), 1, 1},
    [START_RIGHT] = {Q("start_right", "1", 0, 0, 1, "1: the PLC starts the right robot", "1: 右ロボットの起動", NULL), 1, 1},
    [SET_LEFT_SPEED] = SET("left_speed", "mm/s", 8, 0, 60, "program: travel speed, left", "プログラムの溶接速度(左)"),
    [SET_LEFT_CURRENT] = SET("left_current", "A", 250, 0, 500, "program: current, left", "プログラムの電流(左)"),
    [SET_LEFT_VOLTAGE] = SET("left_voltage", "V", 26, 0, 60, "program: voltage, left", "プログラムの電圧(左)"),
    [SET_LEFT_SHIFT] = SET("left_shift", "mm", 0, -20, 20, "program: path shifted across the seam, left", "プログラムの教示点のずれ(左)"),
    [SET_RIGHT_SPEED] = SET("right_speed", "mm/s", 8, 0, 60, "program: travel speed, right", "プログラムの溶接速度(右)"),
    [SET_RIGHT_CURRENT] = SET("right_current", "A", 250, 0, 500, "program: current, right", "プログラムの電流(右)"),
    [SET_RIGHT_VOLTAGE] = SET("right_voltage", "V", 26, 0, 60, "program: voltage, right", "プログラムの電圧(右)"),
    [SET_RIGHT_SHIFT] = SET("right_shift", "mm", 0, -20, 20, "program: path shifted across the seam, right", "プログラムの教示点のずれ(右)"),
    [TEACH_PACE] = SET("teach_pace", "1", 0.15, 0, 1, "motion parameter: pace in teaching, as a share of the full one", "動作パラメータ: ティーチング時の動作速度の割合"),
    [SYNCHRONIZE] = {Q("synchronize", "1", 1, 0, 1, "1: the right robot follows the left one", "1: 右ロボットを左に同期させる", NULL), 1, 0.1},
    [SCREEN_STOP] = {Q("screen_stop", "1", 0, 0, 1, "1: stop, at the screen", "1: 画面からの停止", NULL), 1, 0},
    [STOP_BUTTON] = {Q("stop_button", "1", 0, 0, 1, "1: emergency stop at the cell", "1: 設備の非常停止ボタン", NULL), 1, 0},
    [STATUS] = {Q("status", "1", 1, 0, 1, "1: the cell works, as the screen shows", "1: 稼働中(画面の表示)", NULL), 0, 5},
};
static const int ends[] = {
    [WORK] = PLC, [START_LEFT] = LEFT, [START_RIGHT] = RIGHT,
    [SET_LEFT_SPEED] = LEFT, [SET_LEFT_CURRENT] = LEFT, [SET_LEFT_VOLTAGE] = LEFT, [SET_LEFT_SHIFT] = LEFT,
    [SET_RIGHT_SPEED] = RIGHT, [SET_RIGHT_CURRENT] = RIGHT, [SET_RIGHT_VOLTAGE] = RIGHT, [SET_RIGHT_SHIFT] = RIGHT,
    [TEACH_PACE] = LEFT, [SYNCHRONIZE] = RIGHT, [SCREEN_STOP] = PLC, [STOP_BUTTON] = LEFT, [STATUS] = SCREEN,
};
static const struct scenario_chance chances[] = {
    [CURRENT_ERROR] = {Q("current_error", "1", 0, -0.1, 0.1, "error of the currents, as a share of them", "電流の誤差の割合", "judgement: worn contact tips and cables"), PERT(-0.03, 0, 0.03)},
    [ENTERS] = {Q("enters", "1", 0.15, 0, 1, "probability that somebody goes in by the gate in these minutes", "この間に扉から人が入る確率", "judgement: once in some 45 minutes, for contact tips, spatter, parts that jam"), ALWAYS},
    [ENTERS_AT_S] = {Q("enters_at_s", "s", 200, 0, 420, "when he opens the gate", "扉を開ける時刻", "judgement"), PERT(30, 200, 350)},
    [STAYS_S] = {Q("stays_s", "s", 25, 1, 600, "how long he stays", "中にいる時間", "judgement"), PERT(10, 25, 50)},
    [GATE_M] = {Q("gate_m", "m", 2.5, 0.5, 10, "from the gate to the arms", "扉からアームまでの距離", "judgement: more than ISO 13855 asks for this stop"), ALWAYS},
    [WALKS_M_S] = {Q("walks_m_s", "m/s", 1.6, 0.1, 3, "speed of who goes in", "歩く速度", "ISO 13855: 1.6 m/s"), ALWAYS},
    [IN_THE_WAY] = {Q("in_the_way", "1", 0.3, 0, 1, "probability that who is within reach is where an arm passes", "届く範囲の人がアームの通り道にいる確率", "judgement"), ALWAYS},
    [LOOKS_AFTER_S] = {Q("looks_after_s", "s", 60, 1, 3600, "until somebody goes in to a cell that stands, as the screen shows", "画面で停止に気付いてから人が入るまでの時間", "judgement"), PERT(20, 60, 150)},
    [HEARS_AFTER_S] = {Q("hears_after_s", "s", 150, 1, 3600, "likewise where the screen shows that it works", "画面が稼働中を示す場合の同様の時間", "judgement: it is quiet, and no part comes"), PERT(60, 150, 300)},
    [HOLDS_WORK_H] = {Q("holds_work_h", "h", 0.02, 0, 1000, "how long the PLC goes on without new work instructions", "新しい作業指示が無くてもPLCが続けられる時間", "judgement: the part in work and the next one"), ALWAYS},
    [STOCK_H] = {Q("stock_h", "h", 4, 0, 1000, "production that stock makes good", "在庫で補える生産時間", "judgement: half a shift"), ALWAYS},
    [SAMPLED] = {Q("sampled", "1", 0.005, 0, 1, "share of the parts that the inspector looks at", "検査員が抜き取る割合", "judgement: three in a shift"), ALWAYS},
    [FINDS] = {Q("finds", "1", 0.2, 0, 1, "probability that he finds the defect of a bad one", "不良品の欠陥を検査員が見つける確率", "judgement: lack of fusion is hardly seen from outside"), PERT(0.05, 0.2, 0.6)},
    [INLINE_FINDS] = {Q("inline_finds", "1", 0, 0, 1, "probability that measuring of each weld finds a bad one; the third in a row stops the cell", "全数計測が不良を見つける確率。三つ続くと設備を止める", "judgement: there is none; measures set it"), ALWAYS},
    [NOTICED_AFTER_H] = {Q("noticed_after_h", "h", 48, 0, 10000, "hours of production until assembly or a customer notices bad parts", "後工程や取引先が不良に気付くまでの生産時間", "judgement: hours where parts do not fit, weeks where a weekly cut shows it"), PERT(8, 48, 240)},
    [SHIPS_AFTER_H] = {Q("ships_after_h", "h", 4, 0, 1000, "hours of production that stay in the factory before they leave", "出荷までに工場に留まる生産時間", "judgement: deliveries several times a day"), PERT(2, 4, 8)},
    [SORTING_H] = {Q("sorting_h", "h", 8, 0, 1000, "standstill to find the cause, sort parts and set the cell right", "原因究明、選別、復旧のための停止時間", "judgement: a shift"), PERT(2, 8, 24)},
    [TEACHES] = {Q("teaches", "1", 0, 0, 1, "probability that a worker teaches inside the fence instead of production", "生産でなく柵内でティーチングをしている確率", "judgement: some per cent of the time; plays set it"), ALWAYS},
    [STARTLES_M_S] = {Q("startles_m_s", "m/s", 0.15, 0.01, 2, "speed of a torch that a teaching worker did not expect", "ティーチング中の作業員が想定外と感じるトーチ速度", "judgement: faster than the pace that he set"), ALWAYS},
    [REACTION_S] = {Q("reaction_s", "s", 0.4, 0.05, 10, "until he lets the enabling switch go", "イネーブルスイッチを放すまでの時間", "judgement: simple reactions take 0.2 s, startled people up to a second"), PERT(0.2, 0.4, 1)},
    [RETEACH_H] = {Q("reteach_h", "h", 2, 0, 100, "to look into unexpected motion and teach again", "想定外の動作の調査と再教示の時間", "judgement"), PERT(0.5, 2, 8)},
};
// A recalled part counts 20 kJPY, an hour of standstill 150 kJPY, for 10 MJPY and 1 GJPY (readme.md).
static const struct scenario_outcome outcomes[] = {
    [PARTS_MADE] = {Q("parts_made", "1", 0, 0, 0, "parts made in the minutes that are run", "実行した数分間の生産数", NULL), NONE, NONE},
    [PARTS_DEFECTIVE] = {Q("parts_defective", "1", 0, 0, 0, "parts made that are defective", "生産した部品のうちの不良数", NULL), NONE, NONE},
    [PARTS_FOUND] = {Q("parts_found", "1", 0, 0, 0, "parts found defective and taken out", "不良が発見され除かれた部品の数", NULL), NONE, NONE},
    [PARTS_SHIPPED] = {Q("parts_passed", "1", 0, 0, 0, "defective parts passed on to be shipped", "出荷に回された不良品の数", NULL), NONE, NONE},
    [UNNOTICED_H] = {Q("unnoticed_h", "h", 0, 0, 0, "hours of production from the first bad part until somebody notices: seen, or drawn", "最初の不良から誰かが気付くまでの生産時間(実行中に判明、又は抽選)", NULL), NONE, NONE},
    [SPOILT] = {Q("parts_spoilt", "1", 0, 0, 0, "bad parts until then, still in the factory (parts an hour x share of bad ones x time)", "それまでの不良品のうち工場内に残る数(毎時の生産数×不良率×時間による推計)", NULL), NONE, NONE},
    [RECALL] = {Q("parts_recalled", "1", 0, 0, 0, "bad parts that left before somebody noticed, to be called back (parts an hour x share of bad ones x time)", "誰かが気付く前に出荷され回収を要する不良品数(毎時の生産数×不良率×時間による推計)", NULL), NONE, {1, 500, 50000}},
    [STOP_H] = {Q("production_stop_h", "h", 0, 0, 0, "hours of standstill until the cell is set right, as drawn", "復旧までの生産停止時間(抽選による)", NULL), NONE, NONE},
    [LATE_H] = {Q("late_h", "h", 0, 0, 0, "hours of standstill that stock does not make good", "在庫で補えない停止時間", NULL), NONE, {0.01, 67, 6700}},
    [WENT_IN] = {Q("went_in", "1", 0, 0, 0, "times somebody had to go into the cell to set it right: only the safety functions keep the arms from him", "設備を直すために人が柵内に入った回数(安全機能だけがアームから守る)", NULL), {1, HUGE_VAL, HUGE_VAL}, NONE},
    [EXPOSED_S] = {Q("person_exposed_s", "s", 0, 0, 0, "a person within reach of a torch faster than 0.25 m/s", "0.25 m/sを超えるトーチの届く範囲に人がいた時間", NULL), NONE, NONE},
    [CONTACT_M_S] = {Q("contact_m_s", "m/s", 0, 0, 0, "greatest speed of a torch that struck a person", "人に当たったトーチの最大速度", NULL), {0.05, 0.5, 2}, NONE},
    [SHORT_M] = {Q("short_m", "m", 0, 0, 0, "what ISO 13855 asks for the stop beyond the distance there is; 0 or less: far enough", "停止時間に対してISO 13855が求める距離の不足。0以下なら足りる", NULL), NONE, NONE},
    [STOPS_AFTER_S] = {Q("stops_after_s", "s", 0, 0, 0, "from the emergency stop until both arms stand", "非常停止から両アームの静止までの時間", NULL), NONE, NONE},
};
static const struct scenario_emergency emergencies[] = {
    [ORDINARY_PARTS] = {"ordinary_parts", {{"ordinary minutes: no bad part is passed on", "通常の生産: 不良品が出荷に回らない"}}, PARTS_SHIPPED, 0, NULL, 0},
    [ORDINARY_PEOPLE] = {"ordinary_people", {{"ordinary minutes: nobody is exposed, though somebody may go in by the gate", "通常の生産: 扉から人が入っても誰も危険にさらされない"}}, EXPOSED_S, 0, NULL, 0},
    [GATE_EXPOSED] = {"gate", {{"the gate is opened in production: nobody is within reach of moving arms", "生産中の扉の開放: 動くアームの範囲に人がいない"}}, EXPOSED_S, 0, NULL, 0},
    [GATE_SHORT] = {"gate_distance", {{"likewise: the arms stand within the distance of the gate by ISO 13855", "同上: ISO 13855による扉からの距離の内にアームが静止する"}}, SHORT_M, 0, NULL, 0},
    [FIELD_EXPOSED] = {"field", {{"a person comes into the scanner's field: never within reach of moving arms", "スキャナの防護域への立入り: 動くアームの範囲に入らない"}}, EXPOSED_S, 0, NULL, 0},
    [FIELD_SHORT] = {"field_distance", {{"likewise: the arms stand within the distance of the field by ISO 13855", "同上: ISO 13855による防護域の距離の内にアームが静止する"}}, SHORT_M, 0, NULL, 0},
    [BUTTON] = {"emergency_stop", {{"emergency stop: both arms stand within a second, and no login is waited for", "非常停止: ログインを待たずに1秒以内に両アームが静止する"}}, STOPS_AFTER_S, 1, NULL, 0},
    [ORDINARY_TEACHING] = {"ordinary_teaching", {{"ordinary teaching: no torch faster than 0.25 m/s beside the worker", "通常のティーチング: 作業員のそばでトーチが0.25 m/sを超えない"}}, EXPOSED_S, 0, NULL, 0},
};
// clang-format on
static const int shows[] = {LEFT_HEAT, RIGHT_HEAT, TIP_M_S, SYNC_ERROR, PERSON_M};

#define LASTS_S  420.0
#define EVERY_S  0.1
#define INSIDE_M 0.8 // where who goes in works: within reach
#define AWAY_M   10.0

/* 1 once in each period. */
static int is_due(const struct stage *s, double period_s)
{
    return fmod(stage_time(s) + EVERY_S / 2, period_s) < EVERY_S;
}

/* ---- beginning --------------------------------------------------------------------
 */

/* Adverse on purpose: at any moment of a cycle. */
static double emergency_s(const struct stage *s)
{
    return 60 + 100 * stage_luck(s, "emergency", 0);
}

static void go_in(struct stage *s, struct shift *x, double when_s)
{
    x->opens_s = when_s;
    x->leaves_s = when_s + stage_chance(s, STAYS_S);
}

static void begin_emergency(struct stage *s, struct shift *x)
{
    const double never_stood = 100;
    int e = stage_emergency(s);
    x->is_crossing = e == FIELD_EXPOSED || e == FIELD_SHORT;
    if (x->is_crossing || e == GATE_EXPOSED || e == GATE_SHORT) {
        go_in(s, x, emergency_s(s));
        stage_outcome(s, SHORT_M, never_stood);
    }
    if (e != BUTTON) return;
    x->pressed_s = emergency_s(s);
    stage_outcome(s, STOPS_AFTER_S, never_stood);
}

static void begin(struct stage *s)
{
    struct shift *x = stage_state(s);
    x->opens_s = x->leaves_s = x->stands_s = x->noticed_s = x->first_bad_s = HUGE_VAL;
    x->pressed_s = x->ordered_s = x->startled_s = HUGE_VAL;
    x->is_teaching = stage_emergency(s) == ORDINARY_TEACHING ||
                     stage_luck(s, "teaches", 0) < stage_chance(s, TEACHES);
    if (!x->is_teaching && stage_luck(s, "enters", 0) < stage_chance(s, ENTERS))
        go_in(s, x, stage_chance(s, ENTERS_AT_S));
    begin_emergency(s, x);
    stage_set(s, IS_TEACHING, x->is_teaching);
    stage_set(s, RESET, 1);
}

/* ---- what is sent -----------------------------------------------------------------
 */

/* Inputs of the twin that programs set, beside their signals: one after the other in
 * both. */
enum { N_PROGRAM = SET_RIGHT_SHIFT - SET_LEFT_SPEED + 1 };

static void send_programs(struct stage *s)
{
    const double lot_s = 150; // judgement: a lot of three parts
    if (!is_due(s, lot_s)) return;
    for (int i = SET_LEFT_SPEED; i <= TEACH_PACE; i++)
        stage_send(s, i, signals[i].q.start);
}

/* The PLC goes on while it has work, unless it was stopped at the screen. */
static int has_work(const struct stage *s)
{
    double holds_s = 3600 * stage_chance(s, HOLDS_WORK_H);
    return stage_works(s, PLC) && stage_seen(s, WORK) > 0.5 &&
           stage_silence_s(s, WORK) <= fmax(holds_s, 2 * signals[WORK].period_s) &&
           stage_seen(s, SCREEN_STOP) < 0.5;
}

static void send(struct stage *s)
{
    if (is_due(s, signals[WORK].period_s)) stage_send(s, WORK, 1);
    send_programs(s);
    stage_send(s, SYNCHRONIZE, 1);
    if (is_due(s, signals[STATUS].period_s))
        stage_send(s, STATUS, stage_get(s, IS_RUNNING));
    if (!is_due(s, signals[START_LEFT].period_s)) return;
    stage_send(s, START_LEFT, has_work(s));
    stage_send(s, START_RIGHT, has_work(s));
}

/* ---- what obeys -------------------------------------------------------------------
 */

static int is_started(const struct stage *s, int start, int controller)
{
    const double watchdog_s = 3; // of the field bus
    return stage_works(s, controller) && stage_seen(s, start) > 0.5 &&
           stage_silence_s(s, start) < watchdog_s;
}

/* Who has noticed bad parts stops the cell at its panel. */
static int may_run(const struct stage *s, const struct shift *x)
{
    return is_started(s, START_LEFT, LEFT) && is_started(s, START_RIGHT, RIGHT) &&
           x->noticed_s > stage_time(s);
}

/* A controller keeps its program while nothing new arrives. */
static void set_program(struct stage *s)
{
    int is_restored = stage_responds(s, RESTART);
    double share = 1 + stage_chance(s, CURRENT_ERROR);
    for (int i = 0; i < N_PROGRAM; i++) {
        int signal = SET_LEFT_SPEED + i, use = LEFT_SPEED + i;
        int is_current = use == LEFT_CURRENT || use == RIGHT_CURRENT;
        double value = is_restored ? signals[signal].q.start : stage_seen(s, signal);
        if (is_current) value *= stage_works(s, SOURCES) ? share : 0;
        stage_set(s, use, value);
    }
    stage_set(s, MANUAL_PACE,
              is_restored ? signals[TEACH_PACE].q.start : stage_seen(s, TEACH_PACE));
}

/* What is dead stops the cell: safety circuits fail to the safe side, and drives
 * without a controller have no power. */
static int is_safety_dead(const struct stage *s)
{
    return !stage_works(s, SAFETY_PLC) || !stage_works(s, SCANNER_DEVICE) ||
           !stage_works(s, LEFT) || !stage_works(s, RIGHT);
}

static void obey(struct stage *s, struct shift *x)
{
    const double keeps_pace_s = 0.5;
    int runs = x->is_teaching || may_run(s, x);
    stage_set(s, IS_RUNNING, runs);
    stage_set(s, IS_SYNCHRONIZED,
              stage_seen(s, SYNCHRONIZE) > 0.5 &&
                  stage_silence_s(s, SYNCHRONIZE) < keeps_pace_s);
    set_program(s);
    stage_set(s, FENCE_ON, stage_protects(s, FENCE));
    stage_set(s, SCANNER_ON, stage_protects(s, SCANNER));
    stage_set(s, SPEED_HELD, stage_protects(s, TEACHING));
    stage_set(s, EMERGENCY_STOP, stage_seen(s, STOP_BUTTON) > 0.5 || is_safety_dead(s));
    if (!runs && x->stands_s > stage_time(s)) x->stands_s = stage_time(s);
    if (runs && !x->has_looked) x->stands_s = HUGE_VAL;
}

/* ---- people -----------------------------------------------------------------------
 */

/* How far from the arms who goes in is: in, stays, and out again. */
static double way_m(const struct stage *s, const struct shift *x)
{
    double t = stage_time(s), speed = stage_chance(s, WALKS_M_S);
    double from = stage_chance(s, GATE_M);
    double in = from - speed * (t - x->opens_s);
    double out = INSIDE_M + speed * (t - x->leaves_s);
    if (t < x->opens_s || out > from) return AWAY_M;
    return fmax(fmax(in, out), INSIDE_M);
}

static int is_inside(const struct stage *s)
{
    return stage_get(s, PERSON_M) < stage_chance(s, GATE_M);
}

static void walk(struct stage *s, struct shift *x)
{
    double at = x->is_teaching ? INSIDE_M : way_m(s, x);
    int is_in = x->is_teaching || (at < AWAY_M && !x->is_crossing);
    stage_set(s, PERSON_M, at);
    stage_set(s, FENCE_OPEN, is_in);
    if (at >= AWAY_M && stage_time(s) > x->leaves_s)
        x->opens_s = x->leaves_s = HUGE_VAL;
}

/* Whether the operator knows that the cell stands, from the screen or his ears. */
static int is_missed(const struct stage *s, const struct shift *x)
{
    const double blank_s = 30;
    int shows_it = stage_seen(s, STATUS) < 0.5 || stage_silence_s(s, STATUS) > blank_s;
    int after = shows_it ? LOOKS_AFTER_S : HEARS_AFTER_S;
    return stage_time(s) >= x->stands_s + stage_chance(s, after);
}

/* Somebody goes in to set the cell right; who is in already does it. */
static void look(struct stage *s, struct shift *x)
{
    if (x->has_looked || x->is_teaching || !is_missed(s, x)) return;
    x->has_looked = 1;
    stage_outcome(s, WENT_IN, stage_outcome_so_far(s, WENT_IN) + 1);
    if (x->opens_s >= stage_time(s)) go_in(s, x, stage_time(s));
}

/* At the screen, and by the button where that does nothing. */
static void stop(struct stage *s, struct shift *x)
{
    const double waits_s = 30;
    double t = stage_time(s);
    if (stage_responds(s, STOP_CELL) && x->ordered_s > t) {
        x->ordered_s = t;
        stage_send(s, SCREEN_STOP, 1);
    }
    if (t >= x->ordered_s + waits_s && stage_get(s, IS_RUNNING) > 0.5)
        x->pressed_s = fmin(x->pressed_s, t);
    if (t < x->pressed_s || x->has_pressed) return;
    x->has_pressed = 1;
    stage_send(s, STOP_BUTTON, 1);
}

/* Who teaches lets go when an arm is faster than he expects, and then presses the
 * emergency stop of the pendant if that did nothing. */
static void teach(struct stage *s, struct shift *x)
{
    const double then_s = 1;
    double t = stage_time(s);
    if (!x->is_teaching) return;
    if (stage_get(s, TIP_M_S) > stage_chance(s, STARTLES_M_S))
        x->startled_s = fmin(x->startled_s, t);
    double lets_go_s = x->startled_s + stage_chance(s, REACTION_S);
    stage_set(s, IS_ENABLED, t < lets_go_s || !stage_protects(s, TEACHING));
    if (t >= lets_go_s + then_s) stage_set(s, EMERGENCY_STOP, 1);
}

/* ---- parts ------------------------------------------------------------------------
 */

static int is_found_inline(const struct stage *s, uint32_t part)
{
    return stage_luck(s, "inline", part) < stage_chance(s, INLINE_FINDS);
}

static int is_found_by_sample(const struct stage *s, uint32_t part)
{
    return stage_luck(s, "sampled", part) < stage_chance(s, SAMPLED) &&
           stage_luck(s, "finds", part) < stage_chance(s, FINDS);
}

/* A weld that a stop has interrupted is known to the cell, and taken out. */
static void inspect(struct stage *s)
{
    uint32_t part = (uint32_t)stage_get(s, MADE);
    stage_set(s, IS_INSPECTED,
              stage_get(s, IS_INTERRUPTED) > 0.5 || is_found_inline(s, part) ||
                  is_found_by_sample(s, part));
}

static void count_bad(struct stage *s, struct shift *x, uint32_t part)
{
    const int line_stops = 3;
    if (x->n_bad < 1) {
        x->first_bad_s = stage_time(s);
        x->first_bad = part;
    }
    x->n_bad++;
    x->n_row = is_found_inline(s, part) ? x->n_row + 1 : 0;
    if (is_found_by_sample(s, part) || x->n_row >= line_stops)
        x->noticed_s = fmin(x->noticed_s, stage_time(s));
}

/* Looks at the part that has been judged since the last look. */
static void count(struct stage *s, struct shift *x)
{
    double made = stage_get(s, MADE), bad = stage_get(s, BAD);
    if (made > x->made && bad > x->bad && stage_get(s, IS_INTERRUPTED) < 0.5)
        count_bad(s, x, (uint32_t)x->made);
    else if (made > x->made)
        x->n_row = 0;
    x->made = made;
    x->bad = bad;
}

/* From the alarm of monitoring or a response on it is known why. */
static double told_s(const struct stage *s)
{
    return fmin(stage_noticed_s(s),
                fmin(stage_responds_s(s, STOP_CELL), stage_responds_s(s, RESTART)));
}

static void hear(struct stage *s, struct shift *x)
{
    if (x->n_bad > 0 && stage_time(s) >= told_s(s))
        x->noticed_s = fmin(x->noticed_s, stage_time(s));
}

/* ---- what is measured -------------------------------------------------------------
 */

static void most(struct stage *s, int outcome, double value)
{
    stage_outcome(s, outcome, fmax(stage_outcome_so_far(s, outcome), value));
}

static int stands(const struct stage *s)
{
    const double still_m_s = 0.001;
    return stage_get(s, IS_STOPPED) > 0.5 && stage_get(s, TIP_M_S) < still_m_s;
}

/* Struck: in the way of an arm that moves though it should not, or not so. */
static void strike(struct stage *s, const struct shift *x)
{
    const double slowest_m_s = 0.01;
    int is_near = stage_get(s, PERSON_M) < stage_get(s, DANGER_M);
    int is_unforeseen = !x->is_teaching || x->startled_s <= stage_time(s);
    if (!is_near || !is_unforeseen || stage_get(s, TIP_M_S) < slowest_m_s) return;
    if (stage_luck(s, "in_the_way", 0) >= stage_chance(s, IN_THE_WAY)) return;
    most(s, CONTACT_M_S, stage_get(s, TIP_M_S));
}

static void measure_stop(struct stage *s, const struct shift *x)
{
    double pressed_for_s = stage_time(s) - x->pressed_s;
    if (pressed_for_s >= 0)
        stage_outcome(s, STOPS_AFTER_S,
                      stands(s) ? fmin(stage_outcome_so_far(s, STOPS_AFTER_S),
                                       pressed_for_s) // it may have stood already
                                : pressed_for_s + EVERY_S);
    if (!is_inside(s) || x->is_teaching || !stands(s)) return;
    double there_m = stage_chance(s, GATE_M);
    if (x->is_crossing) there_m = stage_get(s, FIELD_M);
    stage_outcome(s, SHORT_M, stage_get(s, NEEDED_M) - there_m);
}

/* ---- the end ----------------------------------------------------------------------
 */

/* The device that is back last, of those without which nothing is made. */
static double back_s(const struct stage *s)
{
    double last = 0;
    for (int i = 0; i < N_DEVICES; i++)
        if (i != SCREEN && i != ENGINEERING) last = fmax(last, stage_back_s(s, i));
    return last;
}

/* Nothing more can come once a cell that stands for good has been looked at, a worker
 * who was startled is safe, or the emergency is over. */
static int is_over(const struct stage *s, const struct shift *x)
{
    double t = stage_time(s);
    int is_known = x->noticed_s <= t || back_s(s) > LASTS_S;
    if (x->is_teaching) return x->startled_s < t && stands(s);
    if (x->has_looked && is_known) return stage_get(s, PERSON_M) >= AWAY_M;
    if (x->pressed_s + 10 < t) return 1;
    return stage_emergency(s) >= GATE_EXPOSED && t > emergency_s(s) + 60;
}

static int act(struct stage *s)
{
    struct shift *x = stage_state(s);
    send(s);
    count(s, x);
    hear(s, x);
    obey(s, x);
    stop(s, x);
    look(s, x);
    walk(s, x);
    teach(s, x);
    inspect(s);
    strike(s, x);
    measure_stop(s, x);
    return is_over(s, x);
}

/* Share of the parts that are bad since the first bad one. */
static double bad_share(const struct shift *x)
{
    return x->n_bad > 0 ? x->n_bad / (x->made - x->first_bad) : 0;
}

static double parts_per_h(const struct stage *s)
{
    double cycle_s = stage_get(s, CYCLE_S);
    return cycle_s > 0 ? 3600 / cycle_s : 0;
}

/* Hours from the end of the run until inspection finds one more of the bad parts that
 * come: their number is geometric. */
static double inspection_h(const struct stage *s, const struct shift *x)
{
    double passes = (1 - stage_chance(s, SAMPLED) * stage_chance(s, FINDS)) *
                    (1 - stage_chance(s, INLINE_FINDS));
    double bad_per_h = bad_share(x) * parts_per_h(s);
    if (passes >= 1 || bad_per_h <= 0) return HUGE_VAL;
    double n = passes > 0 ? log(stage_luck(s, "inspection", 0)) / log(passes) : 0;
    return (1 + floor(n)) / bad_per_h;
}

/* Hours of production from the first bad part until somebody notices. */
static double unnoticed_h(const struct stage *s, const struct shift *x)
{
    double first = x->first_bad_s, seen_h = (stage_time(s) - first) / 3600;
    if (x->noticed_s < HUGE_VAL) return (x->noticed_s - first) / 3600;
    double h = fmin(stage_chance(s, NOTICED_AFTER_H), seen_h + inspection_h(s, x));
    return fmin(fmax(h, seen_h), fmax(seen_h, (told_s(s) - first) / 3600));
}

/* What the bad minutes come to until somebody notices. */
static void extrapolate(struct stage *s, const struct shift *x)
{
    double hours = unnoticed_h(s, x), per_h = bad_share(x) * parts_per_h(s);
    double held_h = (stage_responds_s(s, HOLD_LOTS) - x->first_bad_s) / 3600;
    double leaving_h = fmin(hours, held_h) - stage_chance(s, SHIPS_AFTER_H);
    double passes = 1 - stage_chance(s, INLINE_FINDS);
    double recalled = floor(per_h * passes * fmax(0, leaving_h));
    stage_outcome(s, UNNOTICED_H, hours);
    stage_outcome(s, RECALL, recalled);
    stage_outcome(s, SPOILT, fmax(x->n_bad, floor(per_h * hours)) - recalled);
    if (!x->has_looked) stage_outcome(s, WENT_IN, 1); // once it is noticed
}

/* Standstill: for what is dead, less the work that the PLC holds where only MES or
 * SCADA are; for what was noticed; for teaching again. */
static double stop_h(const struct stage *s, const struct shift *x)
{
    const double restart_h = 1;
    double t = stage_time(s), back = back_s(s), h = 0;
    double cut_s = t - stage_silence_s(s, WORK);
    double begins = cut_s + 3600 * stage_chance(s, HOLDS_WORK_H);
    if (x->stands_s < HUGE_VAL) begins = x->stands_s;
    if (back > t) h = fmax(0, back - begins) / 3600;
    if (x->startled_s < HUGE_VAL) h += stage_chance(s, RETEACH_H);
    int still_stands = x->has_looked && stage_get(s, IS_RUNNING) < 0.5;
    int is_searched = x->n_bad > 0 || (still_stands && back <= t);
    if (!is_searched) return h;
    int is_restored = stage_responds_s(s, RESTART) < HUGE_VAL;
    return h + (is_restored ? restart_h : stage_chance(s, SORTING_H));
}

static void end(struct stage *s)
{
    const struct shift *x = stage_state(s);
    stage_outcome(s, PARTS_MADE, stage_get(s, MADE));
    stage_outcome(s, PARTS_DEFECTIVE, stage_get(s, BAD));
    stage_outcome(s, PARTS_FOUND, stage_get(s, REJECTED));
    stage_outcome(s, PARTS_SHIPPED, stage_get(s, ESCAPED));
    stage_outcome(s, EXPOSED_S, stage_get(s, TWIN_EXPOSED_S));
    if (x->n_bad > 0) extrapolate(s, x);
    double hours = stop_h(s, x);
    stage_outcome(s, STOP_H, hours);
    stage_outcome(s, LATE_H, fmax(0, hours - stage_chance(s, STOCK_H)));
}

/* Shoulder, elbow, wrist and tip in the frame of the hall, whose middle is the part:
 * the right arm is the left one turned by half a turn. */
static void put_arm(struct json *j, const struct cell *c, int which)
{
    double points[PUMA_POINTS][3], turn = which ? -1 : 1;
    puma_points(c->arm[which].q, c->torch_m, points);
    json_open(j, '[');
    for (int i = 0; i < PUMA_POINTS; i++) {
        json_open(j, '[');
        put_number(j, turn * (points[i][0] - c->seam_x_m));
        put_number(j, turn * points[i][1]);
        put_number(j, points[i][2]);
        json_close(j, ']');
    }
    json_close(j, ']');
}

static void picture(const struct stage *s, struct json *j)
{
    const struct cell *c = stage_look_twin(s);
    const struct shift *x = stage_look(s);
    double burning[CELL_ARMS];
    json_in(j, "arms", '[');
    for (int i = 0; i < CELL_ARMS; i++) {
        put_arm(j, c, i);
        burning[i] = c->arm[i].is_burning > 0.5 && c->arm[i].current_a > 1;
    }
    json_close(j, ']');
    put_numbers(j, "burning", burning, CELL_ARMS);
    json_put_bool(j, "is_noticed", stage_time(s) >= x->noticed_s);
}

extern const struct twin_kind twin_weldcell;

const struct scenario scenario_weldcell = {
    .twin = &twin_weldcell,
    .about =
        {{"Seven minutes of a shift: parts are welded and sampled, and now and then "
          "somebody goes into the cell.",
          "あるシフトの7分間: 部品を溶接して抜き取り検査を行い、時に人が柵内に入る。"}},
    SCENARIO_TABLES,
    .size = sizeof(struct shift),
    .lasts_s = LASTS_S,
    .every_s = EVERY_S,
    .begin = begin,
    .act = act,
    .end = end,
    .picture = picture,
};
