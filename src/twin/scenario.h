// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_SCENARIO_H
#define TWIN_SCENARIO_H
/*
 * How a twin is used on an ordinary day, and by whom: what a rehearsal disturbs. A
 * scenario names the twin's cyber side (devices, signals that travel between them,
 * safety functions), what differs from world to world (weather, habits of people), what
 * people do, what comes of it (outcomes), and emergencies in which safety functions
 * must do their work without any attack. It is one file in the twin's folder.
 *
 * Its code is called between steps of the twin. It reads no clock, no file and no
 * random number but through the stage, and keeps its state in plain data, so that a
 * snapshot of a stage is a copy.
 */
#include "base/dist.h"
#include "base/json.h"
#include "twin/twin.h"

/* Limits of what a stage holds; what a model asks for beyond them is refused. */
enum {
    STAGE_MOST_SIGNALS = 24,
    STAGE_MOST_HOPS = 8, // flows a signal goes along
    STAGE_MOST_DEVICES = 24,
    STAGE_MOST_FUNCTIONS = 8,
    STAGE_MOST_RESPONSES = 8,
    STAGE_MOST_CHANCES = 40,
    STAGE_MOST_USES = 64,
    STAGE_MOST_OUTCOMES = 24, // of the scenario; general ones come on top
    STAGE_MOST_EMERGENCIES = 8,
    STAGE_MOST_STEPS = 16,    // of a play
    STAGE_MOST_PLACES = 1024, // components and flows that matter
    STAGE_MOST_MESSAGES =
        256, // on their way at one time; beyond, those due last are lost
    STAGE_STATE_BYTES = 4096, // of the scenario
};

/* A device, safety function or response: what the model binds, or an act names. */
struct scenario_part {
    const char *name;
    struct text about;
};

/*
 * A value that travels: sent where it arises, seen where it is used, the last one that
 * arrived counting until the next. What the model binds to no flow arrives at once.
 */
struct scenario_signal {
    struct twin_quantity q; // start: what is seen before anything has arrived
    uint8_t is_command;     // 1: tells a device what to do; 0: a reading
    double period_s; // forged messages come so often; of readings: how often sent
};

/* What differs from world to world. */
struct scenario_chance {
    struct twin_quantity q; // start: a usual value, for docs
    struct dist dist;       // over the worlds; DIST_UNSET: always q.start
    double shift;           // added to what is drawn: distributions begin at 0
};

/* What is measured. Bounds: the suggested levels, HUGE_VAL where there is none. */
struct scenario_outcome {
    struct twin_quantity q;
    double recovery[3], economic[3];
};

/* A case without attack in which a safety function is demanded: it has met its demand
 * when the outcome is at most `most`, and `share` of a variable of the twin where one
 * is named: a bound that a design sets moves with it. */
struct scenario_emergency {
    const char *name;
    struct text about;
    int outcome; // of the scenario
    double most;
    const char *of; // or NULL
    double share;
};

struct stage;

struct scenario {
    const struct twin_kind *twin;
    struct text about;       // what day it is
    const char *const *uses; // variables of the twin, by number for stage_get
    const struct scenario_part *devices, *functions, *responses;
    const int *ends; // per signal: the device where it is used, or -1
    const struct scenario_signal *signals;
    const struct scenario_chance *chances;
    const struct scenario_outcome *outcomes;
    const struct scenario_emergency *emergencies;
    const int *shows; // uses that pictures show, most telling first
    size_t n_uses, n_devices, n_functions, n_responses, n_signals, n_chances,
        n_outcomes, n_emergencies, n_shows;
    size_t size;                    // of its state
    double lasts_s;                 // of a run
    double every_s;                 // its code is called so often: whole steps
    void (*begin)(struct stage *s); // before the first step: parameters may be set
    int (*act)(struct stage *s);    // every_s; returns 1 when nothing more can come
    void (*end)(struct stage *s);   // sets the outcomes
    /* What a moving picture needs beyond the variables, as members of an open object:
     * once, at the beginning, and of each moment. They look only. NULL: nothing. */
    void (*scene)(const struct stage *s, struct json *j);
    void (*picture)(const struct stage *s, struct json *j);
};

/* The scenario of a twin, or NULL. */
const struct scenario *scenario_find(const struct twin_kind *kind);

/* ---- what a scenario may ask and do -------------------------------------------------
 */

void *stage_state(struct stage *s); // its own, zeroed at the beginning
/* For pictures, which change nothing: the same, and the state of the twin itself. */
const void *stage_look(const struct stage *s);
const void *stage_look_twin(const struct stage *s);
double stage_time(const struct stage *s);
/* The number of the emergency that is run, or -1. */
int stage_emergency(const struct stage *s);

/* A variable of the twin, by its number in `uses`. What is set is kept within the range
 * of the variable: no device can be told more. */
double stage_get(const struct stage *s, int use);
void stage_set(struct stage *s, int use, double value);

/* What a chance came to in this world. */
double stage_chance(const struct stage *s, int chance);
/* A number in (0, 1) of this world: the same for the same name and number. */
double stage_luck(const struct stage *s, const char *name, uint32_t number);

/* Sends a signal from where it arises. */
void stage_send(struct stage *s, int signal, double value);
/* What was seen last at its end, and for how long nothing has arrived. */
double stage_seen(const struct stage *s, int signal);
double stage_silence_s(const struct stage *s, int signal);
/* For how long from now it will not get through, as components are stopped and steps of
 * the attack run now: what is lost after the end of the run. Of what never ends, 0. */
double stage_blocked_s(const struct stage *s, int signal);
/* How many messages have arrived. */
uint32_t stage_arrived(const struct stage *s, int signal);

/* 1 unless the component that the device is bound to has been stopped. */
int stage_works(const struct stage *s, int device);
/* When a stopped device works again, s of the run: what is past if it works. For what
 * comes after a run. */
double stage_back_s(const struct stage *s, int device);
/* From when to when the attack goes on, as far as is settled by now: what measures
 * refused does not count. HUGE_VAL: not yet, and not before somebody ends it. */
double stage_attacked_from_s(const struct stage *s);
double stage_attacked_until_s(const struct stage *s);
/* How long it takes, from the attack on, until the component that the device is bound
 * to runs its own programs again; 0 where it was neither stopped nor altered. */
double stage_restores_s(const struct stage *s, int device);
/* 1 unless the safety function has been switched off. */
int stage_protects(const struct stage *s, int function);
/* 1 once people respond; and from when on, HUGE_VAL if never, as far as is known. */
int stage_responds(const struct stage *s, int response);
double stage_responds_s(const struct stage *s, int response);
/* When monitoring sees the attack, likewise. */
double stage_noticed_s(const struct stage *s);

void stage_outcome(struct stage *s, int outcome, double value);
/* What an outcome is so far. */
double stage_outcome_so_far(const struct stage *s, int outcome);
#endif
