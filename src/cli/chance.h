// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
#ifndef CLI_CHANCE_H
#define CLI_CHANCE_H
/*
 * The options that every command has which runs random worlds: the same words, ranges
 * and defaults wherever they stand.
 */
#include "cli/cli.h"

struct chance {
    uint64_t seed;    // of the random numbers: 0 to CLI_MOST_SEED, default 1
    unsigned threads; // 1 to 256, default one a core; no result depends on it
};

/* Rows of a command's table of options. */
// clang-format off
#define CHANCE_SEED_OPTION \
    {"seed", "S", {{"seed of the random numbers; default 1", "乱数の種。既定1"}}}
#define CHANCE_THREADS_OPTION \
    {"threads", "N", {{"threads; the result does not depend on it. Default: one a core", \
                       "スレッド数。結果には影響しない。既定はコア数"}}}
#define CHANCE_MEASURES_OPTION \
    {"measures", "SET", {{"measures in play: none, in-force, decided, all, ID, -ID, separated by " \
                          "commas; default in-force", \
                          "有効とする対策: none、in-force、decided、all、ID、-ID をコンマで" \
                          "区切る。既定は in-force"}}}
// clang-format on

/* Reads --seed and --threads. Returns EXIT_FINE, or EXIT_USAGE after a message. */
int chance_read(const struct cli *cli, struct chance *chance);

/*
 * Chooses the measures of a set of words (measures_choose) and warns of those that
 * exclude each other or lack what they require. Returns EXIT_FINE, or EXIT_INPUT after
 * a message.
 */
int chance_measures(const struct cli *cli, const struct model *model, const char *set,
                    uint8_t *of);

#endif
