// SPDX-License-Identifier: Apache-2.0
#ifndef CLI_TWIN_DESCRIBE_H
#define CLI_TWIN_DESCRIBE_H
/* What there is to know of a twin before it is run or bound: variables, checks, and the
 * scenario that rehearsals disturb. */
#include "cli/cli.h"
#include "twin/twin.h"

/* As text to the command's output. */
void twin_describe(struct cli *cli, const struct twin_kind *kind);
/* The same as JSON. */
void twin_describe_json(struct cli *cli, const struct twin_kind *kind);

/* A text, and blanks up to a width in cells. */
void twin_pad(struct buf *out, const char *s, size_t cells);
#endif
