// SPDX-License-Identifier: Apache-2.0
#ifndef WEB_ASK_LONG_H
#define WEB_ASK_LONG_H
/*
 * What takes long: computed in one thread, no more than so many at once and so long
 * (web_config), and remembered by system, version, day and parameters.
 */
#include <signal.h>

#include "web/ask.h"

/* The time that a computation has. What it is given to looks at is_over now and then;
 * the functions set it when the time has come. */
struct patience {
    double ends_s;
    volatile sig_atomic_t is_over;
};
/* For plans with a share, and with a number; told: the patience. */
void patience_share(void *patience, double share);
void patience_count(void *patience, uint64_t done);

/* Computes the answer. One that says so, or for which the time was not enough, is not
 * kept. */
typedef void long_fn(struct exchange *ex, const struct view *v, struct patience *p);

/* Answers of the path's system: from what is remembered, or by a computation. */
void ask_long(struct exchange *ex, long_fn *compute);
/* The same, not remembered: it depends on a body, or changes something. */
void ask_long_once(struct exchange *ex, long_fn *compute);
/* The same, of what is sent: there is no view. */
void ask_long_alone(struct exchange *ex, long_fn *compute);

/* Chooses measures by the set in a parameter; 0 after an answer. `of`: a byte each, in
 * the arena. */
int ask_measures(struct exchange *ex, const struct view *v, const char *parameter,
                 const uint8_t **of);
#endif
