// SPDX-License-Identifier: Apache-2.0
#ifndef WEB_RUN_H
#define WEB_RUN_H
/*
 * Which run of which incident an address asks for: the same words as `awai rehearse`
 * has, so that a run can be had again in either. The server remembers none of it.
 */
#include "twin/rehearse.h"
#include "web/web_int.h"

/* incident=ID&measures=SET&seed=N&world=N&speed=X&from=T&until=T */
struct run_query {
    const char *incident, *measures; // "": none named; "none" if not named
    uint64_t seed, world;            // 1 and 0 if not named
    double speed;                    // simulated seconds a second; 0: not named
    double from_s, until_s;          // of the run; until HUGE_VAL: to the end
};
enum { RUN_MOST_SPEED = 1000000, RUN_MOST_S = 1000000000 };

/* Reads the query, in the arena of the exchange; 0, or -1 after an answer. */
int run_query(struct exchange *ex, struct run_query *q);

/* The latest version of the path's system, cast for its twin. */
struct run_cast {
    struct view view;
    struct cast *cast;
};
/* 0, or -1 after an answer: no such system, a model with errors, or no rehearsal in it.
 * For run_close in any case. */
int run_open(struct exchange *ex, struct run_cast *c);
void run_close(struct run_cast *c);

/* The play of an incident, NULL after an answer where there is none. */
const struct cast_play *run_play(struct exchange *ex, const struct cast *c,
                                 const char *incident);
/* Which measures are in force, on the heap, a byte each; NULL after an answer. */
uint8_t *run_measures(struct exchange *ex, const struct cast *c, const char *set);
#endif
