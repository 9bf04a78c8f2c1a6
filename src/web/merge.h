// SPDX-License-Identifier: Apache-2.0
#ifndef WEB_MERGE_H
#define WEB_MERGE_H
/*
 * Two texts made of a third, merged line by line: what only one of them changed is
 * taken, what both changed alike is taken once, and where they changed the same lines
 * differently there is a conflict, to be decided by whoever saves. Pure: texts in,
 * parts out. Lines are found again by those that occur once in both texts (as patience
 * diff does) and below that by the longest common sequence, so that a moved or repeated
 * line leads to a conflict rather than to a wrong merge.
 */
#include "base/buf.h"
#include "base/mem.h"

enum merge_kind {
    MERGE_SAME, // unchanged by both
    MERGE_MINE, // changed by one of them, or by both alike: taken from there
    MERGE_THEIRS,
    MERGE_CONFLICT, // to be decided
};

/* Whole lines of a text; not NUL-terminated. */
struct lines_of {
    const char *text;
    size_t len;
};

/* A part of the merged text, in its order. */
struct merge_part {
    enum merge_kind kind;
    struct lines_of base, mine, theirs;
};

struct merge {
    struct merge_part *parts; // in the arena
    size_t n, n_conflicts;
};

/* Merges; the parts point into the texts, which are NUL-terminated. */
struct merge merge_texts(struct arena *a, const char *base, const char *mine,
                         const char *theirs);

/*
 * Appends the merged text. `choice` says for each conflict, in order, what is taken:
 * 'm' mine, 't' theirs, 'b' both (mine, then theirs); NULL, or anything else, mine.
 */
void merge_write(const struct merge *merge, const char *choice, struct buf *out);
#endif
