// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_STAGE_H
#define TWIN_STAGE_H
/*
 * One run of a cast: the twin, its scenario, messages on their way, an attack, the
 * measures in force. Everything that changes is plain data in one struct, so a snapshot
 * is a copy and a run from it is the run; nothing is allocated after stage_begin.
 *
 * A world is a function of the seed and its number: whatever is drawn depends on these
 * and on what it is for, not on what was drawn before. So the same world with other
 * measures has the same weather, people and attacker.
 */
#include "twin/cast.h"

/* What a run is of. */
struct stage_plan {
    const struct cast *cast;
    const struct cast_play *play; // NULL: no attack
    const uint8_t *measures;      // by measure: 1 in force; NULL: none
    int is_certain;               // 1: measures in force hold, whatever their chance
    int emergency;                // of the scenario, or -1
    uint64_t seed, world;
    double begins_s; // the play begins then instead; below 0: as it says
};

/* What happened when, for pictures. */
enum mark_kind { MARK_ATTACK, MARK_REFUSED, MARK_SEEN, MARK_RESPONSE, MARK_ENDED };
struct stage_mark {
    double t;
    uint8_t kind; // enum mark_kind
    uint8_t step; // of the play; of a response: its number
};
enum { STAGE_MOST_MARKS = 48 };

struct message {
    double due, value;
    uint32_t order;     // in which it was sent, of messages due at one time
    uint32_t number;    // of its signal and sender: what its luck hangs on
    uint8_t signal, at; // the next place of its route
    uint8_t is_false;   // forged or changed
};

struct stage_signal {
    double seen, seen_s, sent;
    uint32_t n_sent, n_arrived;
};

enum step_state { STEP_WAITING, STEP_RUNS, STEP_REFUSED, STEP_OVER };
struct stage_step {
    double begins_s, ends_s, forges_s, recorded;
    uint32_t n_forged;
    uint8_t state, has_recorded;
};

struct stage_place {
    double stopped_until_s, free_s;
    double stopped_s;     // how long it is stopped at one time, at most
    uint32_t guards;      // 1 << enum act_kind
    double login_until_s; // once somebody has begun to log in
    uint8_t has_login;
};

/* All that changes in a run, besides the twin. */
struct stage_data {
    double t;
    uint64_t n_acts; // calls of the scenario
    uint32_t order, n_messages, n_marks;
    struct message messages[STAGE_MOST_MESSAGES]; // a heap by due, order
    struct stage_signal signals[STAGE_MOST_SIGNALS];
    struct stage_step steps[STAGE_MOST_STEPS];
    struct stage_place places[STAGE_MOST_PLACES];
    double function_off_s[STAGE_MOST_FUNCTIONS]; // off until then
    double responds_s[STAGE_MOST_RESPONSES];     // from then on; HUGE_VAL: never
    double outcomes[STAGE_MOST_OUTCOMES + N_GENERAL_OUTCOMES];
    struct stage_mark marks[STAGE_MOST_MARKS];
    int is_over;
    uint64_t n_steps; // of the twin
    _Alignas(double) unsigned char state[STAGE_STATE_BYTES];
};

struct stage {
    struct stage_plan plan;
    struct twin twin;
    int uses[STAGE_MOST_USES];
    double chances[STAGE_MOST_CHANCES + N_GENERAL_CHANCES];
    uint8_t *holds;              // by act: 1 in force in this world
    uint32_t limited, confirmed; // by signal: some act in force limits, asks for it
    uint32_t n_steps_each;       // of the twin between calls of the scenario
    struct stage_data d;
    const char *wrong; // a variable of the twin became no number: its name
};

/* Makes a zeroed stage, or one that ran, ready for a plan. */
void stage_begin(struct stage *s, const struct stage_plan *plan);
void stage_fini(struct stage *s);

/* Goes on by every_s of the scenario; 0 when the run is over. */
int stage_step(struct stage *s);
/* Ends a run as it stands. */
void stage_finish(struct stage *s);
/* To the end: outcomes are in d.outcomes. */
void stage_run(struct stage *s);

/* What an emergency demands, of a run of it that has ended: the demand is met if the
 * value is at most that. */
struct stage_demand {
    double value, most;
};
struct stage_demand stage_demand(const struct stage *s, int emergency);

/* What changes in a run, and back: `bytes` has room for stage_size. */
size_t stage_size(const struct stage *s);
void stage_save(const struct stage *s, void *bytes);
void stage_restore(struct stage *s, const void *bytes);

/* What draws are for, as a number in (0, 1) under the plan's seed and world. */
double stage_draw(const struct stage *s, const char *what, const char *of,
                  uint32_t number);

/* ---- cyber.c: messages and the attack -------------------------------------------- */
void cyber_begin(struct stage *s);
/* Everything that is due until t. */
void cyber_run(struct stage *s, double t);
void cyber_send(struct stage *s, int signal, double value);
void cyber_end(struct stage *s);
double cyber_blocked_s(const struct stage *s, int signal);
#endif
