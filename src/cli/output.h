// SPDX-License-Identifier: Apache-2.0
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H
/* What `assess` and `check` share: an organization's rules and SARIF. */
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
#endif
