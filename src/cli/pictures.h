// SPDX-License-Identifier: Apache-2.0
#ifndef CLI_PICTURES_H
#define CLI_PICTURES_H
/* The figures of rehearsals as files, for --svg. */
#include "cli/cli.h"
#include "twin/rehearse.h"

/* Writes them into the directory of --svg, without one none; `m` may be NULL, `set` is
 * what the second set of measures is called. EXIT_FINE, or EXIT_INPUT after a message.
 */
int pictures_write(const struct cli *cli, const struct rehearse_result *r,
                   const struct rehearse_matrix *m, const char *set);
#endif
