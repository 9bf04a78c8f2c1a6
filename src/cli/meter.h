// SPDX-License-Identifier: Apache-2.0
#ifndef CLI_METER_H
#define CLI_METER_H
/*
 * What a command that may take long does beside its work: it tells how far it is, on a
 * terminal and from the moment when it has taken long enough to wonder; and Ctrl-C lets
 * it end with what there is.
 */
#include <signal.h>

#include "cli/cli.h"

/* Not 0 once Ctrl-C was pressed between meter_begin and meter_end. */
extern volatile sig_atomic_t meter_is_stopped;

struct meter {
    double start_s, last_s;
    enum lang lang;
    int is_shown, catches;
    struct sigaction before;
};

/* Starts the clock. */
void meter_start(struct meter *m, const struct cli *cli);
/* The same, and Ctrl-C sets meter_is_stopped instead of ending the program. */
void meter_begin(struct meter *m, const struct cli *cli);

/* Takes the line away, gives Ctrl-C back; returns the seconds since the beginning. */
double meter_end(struct meter *m);

/* 1 when something may be shown now: it begins with METER_LINE. */
int meter_is_due(struct meter *m);
#define METER_LINE "\r\033[K"

/* Shows a share, 0 to 1, and how long the rest may take; `meter` as void for callbacks.
 */
void meter_show_share(void *meter, double share);
#endif
