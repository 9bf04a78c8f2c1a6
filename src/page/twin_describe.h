// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_TWIN_DESCRIBE_H
#define PAGE_TWIN_DESCRIBE_H
/* What there is to know of a twin before it is run or bound: variables, checks, and the
 * scenario that rehearsals disturb; and what its checks say. */
#include "base/buf.h"
#include "twin/twin.h"

/* In which language, and where to. */
struct twin_telling {
    enum lang lang;
    struct buf *out;
};

/* All twins, a line each. */
void twin_list(const struct twin_telling *to);
/* As text, and as JSON. */
void twin_describe(const struct twin_telling *to, const struct twin_kind *kind);
void twin_describe_json(const struct twin_telling *to, const struct twin_kind *kind);

/* A text, and blanks up to a width in cells. */
void twin_pad(struct buf *out, const char *s, size_t cells);

/* ---- twin_check.c */

/* The check of that name, or NULL. */
const struct twin_check *twin_check_find(const struct twin_kind *kind,
                                         const char *name);

/* Splits NAME=NUMBER; 0 if a word is no such setting. */
int twin_setting(const char *word, char *name, size_t size, double *value);

enum twin_setting_end { SETTING_FINE, SETTING_MALFORMED, SETTING_UNKNOWN, SETTING_OUT };
/* Sets an input of a check by such a word; *input is the one that is meant, or NULL. */
enum twin_setting_end twin_set_input(const struct twin_check *check, const char *word,
                                     double *inputs,
                                     const struct twin_quantity **input);

/* Runs a check at inputs, all of which are within their ranges, and tells what comes.
 */
void twin_answer(const struct twin_telling *to, int is_json,
                 const struct twin_kind *kind, const struct twin_check *check,
                 const double *inputs);
/* Runs every check against what was published; returns how many results are wrong. */
int twin_compare(const struct twin_telling *to, int is_json,
                 const struct twin_kind *kind);
#endif
