// SPDX-License-Identifier: Apache-2.0
#ifndef CLI_WATCH_H
#define CLI_WATCH_H
/*
 * A rehearsal to look at: one world run again, drawn while it runs on a terminal, as a
 * line a simulated minute elsewhere. The run knows nothing of it: the clock only tells
 * when the next frame is due, so paced and free running come to the same.
 */
#include "cli/cli.h"
#include "twin/stage.h"

/*
 * Runs a world and draws it. `speed`: simulated seconds a second, 0: as fast as it
 * goes; below 0: on a terminal so that it takes about 20 s, else 0. Ctrl-C ends it with
 * the terminal as it was. Returns EXIT_FINE.
 */
int watch_run(struct cli *cli, const struct stage_plan *plan, double speed);

/* Reads --speed: 0 or above; -1 without it. EXIT_FINE, or EXIT_USAGE after a message.
 */
int watch_speed(const struct cli *cli, double *speed);
#endif
