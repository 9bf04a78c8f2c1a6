// SPDX-License-Identifier: Apache-2.0
#ifndef MODEL_REHEARSAL_H
#define MODEL_REHEARSAL_H
/*
 * What the model says of rehearsing its incidents on a digital twin: which twin, what
 * of it is which component and flow, what an attacker does when (plays), what measures
 * do there (acts), and what levels an outcome means for whom. Names of the twin's own
 * things (signals, parameters, outcomes) are references that stay open here: this room
 * knows no twin; twin/cast.c resolves them.
 */
#include "model/common.h"

/* What an attacker does to a component or flow. */
enum verb {
    VERB_UNSET,
    VERB_TAMPER,    // a flow: what passes is changed
    VERB_SPOOF,     // a flow: messages are feigned
    VERB_REPLAY,    // a flow: an earlier message is sent again
    VERB_DELAY,     // a flow: what passes is late
    VERB_DROP,      // a flow: nothing passes
    VERB_FLOOD,     // a flow or component: so many messages that others are lost
    VERB_EAVESDROP, // a flow: what passes is read
    VERB_TAKE_OVER, // a component: malware runs a payload
    VERB_MISUSE,    // a component: a valid login is used for a payload
    VERB_BAD_UPDATE // a flow: a false update is delivered, which runs a payload
};
extern const struct choice_set verbs;

/* What runs in a component that is taken over or misused. */
enum payload {
    PAYLOAD_NONE,
    PAYLOAD_STOP,     // it does its work no longer
    PAYLOAD_ENCRYPT,  // likewise, until it is restored
    PAYLOAD_FALSIFY,  // readings that pass are changed
    PAYLOAD_OVERRIDE, // commands that pass are changed, and made
    PAYLOAD_DISABLE,  // a safety function is switched off
    PAYLOAD_READ      // the data it holds are copied
};
extern const struct choice_set payloads;

/* One thing that the attacker does. Times in seconds of the run. */
struct play_step {
    struct estimate at, lasts; // lasts not given: to the end
    uint8_t verb, payload;
    struct ref on;                          // 0 components, 1 flows
    struct ref from;                        // component: where the attacker stands
    struct ref signal;                      // of the twin; none: all that pass
    struct number value, add, times, per_h; // value' = value, or times * value + add +
                                            // per_h * hours since the start
    struct number recorded;                 // replay: when the message was recorded, s
    struct number delay_s, per_s;           // of delay; messages of a flood
    struct ref function;                    // safety function, of disable
};

/* A parameter of the twin, or of people and the world: a value, or a PERT
 * distribution over the worlds. */
struct rehearsal_parameter {
    struct entry entry;
    struct estimate value;
};

struct play {
    struct entry entry; // an incident
    struct text about;
    struct text reason; // why there is nothing physical to run: the twin stands still
    struct list steps;  // struct play_step
    struct list parameters;       // struct rehearsal_parameter
    struct provenance provenance; // of its figures
};

/* What a measure does in a rehearsal. */
enum act_kind {
    ACT_UNSET,
    ACT_AUTHENTICATE,  // flow, component: who is not known is not heard
    ACT_INTEGRITY,     // flow: what is changed or old is thrown away
    ACT_ENCRYPT,       // flow, component: what is read cannot be understood
    ACT_ALLOW_LIST,    // component: only known programs run
    ACT_RATE_LIMIT,    // flow, component: a flood is held off
    ACT_SEGMENT,       // zone: only the model's flows cross its border
    ACT_SIGNED_UPDATE, // flow, component: only signed programs are taken
    ACT_ISOLATE,       // component: its safety function cannot be switched off
    ACT_LIMIT,         // a signal is kept between bounds where it arrives
    ACT_SET,           // a parameter of the twin or of people has another value
    ACT_CONFIRM,       // a command counts only when somebody there confirms it
    ACT_LOGIN,         // a person's commands wait for a login
    ACT_MONITOR,       // an attack there is seen, and ended
    ACT_RESPOND,       // likewise, and people do something
    ACT_RESTORE,       // what has been stopped comes back sooner
    ACT_SECOND_FACTOR, // component: a login from elsewhere is refused
    N_ACT_KINDS
};
extern const struct choice_set act_kinds;

struct act {
    uint8_t does;
    struct list on;            // struct ref: 0 components, 1 flows, 2 zones; none: as
                               // the measure
    struct ref signal;         // of limit and confirm
    struct ref parameter;      // of set
    struct ref response;       // of respond
    struct number least, most; // of limit
    struct number value;       // of set
    struct number chance;      // of confirm: that somebody does, though he should not
    struct number locks_s;     // of login: how long it locks somebody out
    struct estimate takes;     // s: of monitor and respond until it acts, of login, of
                               // restore
};

struct rehearsal_measure {
    struct entry entry; // a measure
    struct list acts;   // struct act
    struct provenance provenance;
};

struct binding {
    struct entry entry; // a device, signal or safety function of the twin
    struct list to; // struct ref: 0 components, 1 flows (in their order), 2 functions
};

/* How many records there are of a kind of data. */
struct record_count {
    struct entry entry;          // data
    struct number held, per_day; // in the components that hold it; sent on a flow
};

/* From which value of an outcome on a level is reached. */
struct level_bounds {
    struct number from[N_LEVELS]; // from[LEVEL_NONE] is not used
};

struct level_rule {
    struct ref outcome;     // of the twin
    struct ref stakeholder; // whose levels
    struct list incidents;  // struct ref; none: all
    struct level_bounds recovery, economic;
    struct money each; // money for each unit of the outcome
    struct text because;
};

struct rehearsal {
    uint8_t is_given; // TRI_YES when the model has the section
    struct ref twin;
    struct list parameters; // struct rehearsal_parameter
    struct list bindings;   // struct binding
    struct list records;    // struct record_count
    struct list measures;   // struct rehearsal_measure
    struct list plays;      // struct play
    struct list levels;     // struct level_rule
};

extern const struct shape rehearsal_shape;

/* Complains of estimates and bounds that are out of order, and of steps and acts that
 * lack what they need. */
void rehearsal_check(const struct rehearsal *r, struct diag_list *d);
/* Complains, once references are resolved, of verbs at the wrong sort of thing. */
void rehearsal_check_targets(const struct rehearsal *r, struct diag_list *d);
#endif
