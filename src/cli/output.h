// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H
/* What commands share: an organization's rules, SARIF, files. */
#include "cli/cli.h"

/*
 * Checks the rules of --rules against an assessed system and prints the findings to
 * standard error, adding them to the system's diagnostics. EXIT_FINE without --rules or
 * findings of severity error; EXIT_GATE with one; EXIT_INPUT when the file is wrong.
 */
int output_rules(const struct cli *cli, struct cli_system *s);

/* Writes the diagnostics of n systems as SARIF to path; EXIT_INPUT if it cannot. */
int output_sarif(const struct cli *cli, const struct cli_system *systems, size_t n,
                 const char *path);
/* 1 if SARIF goes to standard output, which then holds nothing else. */
int output_only_sarif(const struct cli *cli);

/*
 * Writes a file beside the target and renames it, so that it is there whole or not at
 * all; with the permissions of the one it replaces, and where that is if it is a link.
 * A device or a pipe is written to. Returns EXIT_FINE, or EXIT_INPUT after a message.
 */
int output_file(const struct cli *cli, const char *path, const struct buf *text);

/* Reads a file whole, LIMIT_FILE_BYTES at most; EXIT_INPUT after a message. */
int output_read(const struct cli *cli, const char *path, struct buf *out);

/* With --svg DIR: writes a picture to DIR/NAME.svg, making DIR if it is not there, and
 * empties the buffer; nothing for an empty one. */
int output_figure(const struct cli *cli, const char *name, struct buf *svg);
/* A row of a command's table of options. */
// clang-format off
#define OUTPUT_SVG_OPTION \
    {"svg", "DIR", {{"also write the figures into DIR, as SVG", "図をSVGとしてDIRにも書き出す"}}}
// clang-format on
#endif
