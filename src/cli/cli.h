// SPDX-License-Identifier: Apache-2.0
#ifndef CLI_CLI_H
#define CLI_CLI_H
/*
 * The command line: a table of commands, each in its own file cmd_NAME.c, each with
 * its options, help and an example. main.c finds the command (a unique prefix is
 * enough), parses the options by its table, and runs it.
 */
#include "assess/assess.h"

/* Exit codes, the same for every command. */
enum { EXIT_FINE = 0, EXIT_INPUT = 1, EXIT_USAGE = 2, EXIT_GATE = 3 };

struct option {
    const char *name;     // long name without dashes
    const char *argument; // what follows: "FILE", "OLD NEW" for two words, "NAME..."
                          // for all up to the next option, "[NAME]" for a word that
                          // may be left out; NULL for a flag
    struct text doc;
};

/* One value of an option on the command line; "" for a flag. */
struct given {
    const struct option *option;
    const char *value;
};

struct cli;

struct command {
    const char *name;
    int (*run)(struct cli *cli);  // returns an exit code
    const char *arguments;        // e.g. "FILE..."
    int least_args, most_args;    // most_args -1: any number
    const struct option *options; // ends with {NULL}; common options are added
    struct text summary;          // one line
    const char *example;          // a command line that works in the source tree
};

enum { MAX_OPTIONS = 24 };

struct cli {
    const struct command *command;
    const char **args; // positional arguments
    int n_args;
    struct given *given; // of the command's options, in the order they were given
    int n_given;
    enum lang lang;    // --lang, else LC_ALL / LANG
    int is_lang_given; // by --lang
    int colour;        // of standard output: a terminal and no NO_COLOR
    size_t columns;    // of standard output: COLUMNS or the terminal's; 0: a file
    int show_times;    // --time: stage times on standard error
    int show_all;      // --all of check: each diagnostic
    const char *catalog_directory; // --catalog
    const char *include_root;      // --include-root
    struct buf out;                // standard output
};

/*
 * Says that what the command writes from here on is prose: its lines are broken where
 * the terminal ends, when the command is done.
 */
void cli_prose(struct cli *cli);

/* The last value of an option ("" for a flag that is set), or NULL when not given. */
const char *cli_option(const struct cli *cli, const char *name);

/* Its value number i, counted from 0 over all that were given, or NULL. */
const char *cli_option_at(const struct cli *cli, const char *name, int i);

/*
 * Reads an option that is a whole number from least to most (<= 10^19 - 1), or a
 * decimal number above 0 (or the word "0"); *value stays what it is when the option is
 * not given. Returns EXIT_FINE, or EXIT_USAGE after a message.
 */
#define CLI_MOST_SEED 999999999999999999u
int cli_whole(const struct cli *cli, const char *name, uint64_t least, uint64_t most,
              uint64_t *value);
int cli_decimal(const struct cli *cli, const char *name, double *value);
int cli_decimal_or_zero(const struct cli *cli, const char *name, double *value);

/*
 * Says what row `name` of base/diag.def says, on standard error, in the language of the
 * command line; wrong usage is followed by what would be right. Returns the exit code
 * that belongs to the row's code. A row without arguments: cli_put with NULL.
 */
#define CLI_SAY(cli, name, ...)                                                        \
    cli_put((cli), DIAG_##name, DIAG_ARGUMENTS(name, __VA_ARGS__))
int cli_put(const struct cli *cli, enum diag_kind kind, const struct text *args);

/* Prints errors, and warnings and notes too when asked, on standard error. */
void cli_print(const struct cli *cli, const struct diag_list *d, int show_warnings);

/* Prints the errors and how many they are; returns EXIT_INPUT if there are any. */
int cli_report(const struct cli *cli, const struct diag_list *d);

/* One system loaded, bound and assessed. */
struct cli_system {
    struct catalog *catalog; // shared between systems when `borrowed`
    int borrowed;
    struct model *model;
    struct graph *graph;
    struct assessment *assessment;
    struct diag_list findings; // of an organization's rules, when checked
};

/*
 * Reads FILE with the catalog of the command line (or the one already in s->catalog,
 * borrowed), assesses it; prints errors to standard error (warnings too when asked).
 * Returns EXIT_FINE, or EXIT_INPUT with nothing left to free but by cli_unload.
 */
int cli_load(const struct cli *cli, const char *path, struct cli_system *s,
             int show_warnings);
void cli_unload(struct cli_system *s);

/* A clock that never goes back, in seconds. */
double cli_seconds(void);

/* Today as yyyymmdd, or AWAI_TODAY (yyyy-mm-dd) from the environment, for tests. */
int32_t cli_today(void);

/* All commands, sorted by name. */
extern const struct command *const commands[];
extern const size_t n_commands;
#endif
