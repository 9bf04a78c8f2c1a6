// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_TERM_H
#define PAGE_TERM_H
/*
 * The assessment on a terminal: compact, aligned in cells also with wide Japanese
 * characters, coloured when asked, with a drawn map.
 */
#include "assess/assess.h"

/* Everything a person wants to know first, in about forty lines. */
void term_summary(const struct assessment *a, enum lang lang, int colour,
                  struct buf *out);

/* Adds s and blanks up to `cells`; longer text is cut with an ellipsis. */
void term_pad(struct buf *out, const char *s, size_t cells);

/* One thing to place on a drawn map. */
struct term_mark {
    struct position at;
    char letter[8]; // what stands in the cell, ASCII
};

/* Draws the 3x3 map (with a strip for "none") and the marks in its cells. */
void term_map(const struct term_mark *marks, size_t n, enum lang lang, int colour,
              struct buf *out);
#endif
