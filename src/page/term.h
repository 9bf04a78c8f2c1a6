// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_TERM_H
#define PAGE_TERM_H
/*
 * The assessment on a terminal: compact, aligned in cells also with wide Japanese
 * characters, coloured when asked, with a drawn map.
 */
#include "assess/assess.h"

/* How to write: `columns` is the width of the terminal in cells, 0 for a file. */
struct term {
    enum lang lang;
    int colour;
    size_t columns;
};

/* Everything a person wants to know first, in about forty lines. */
void term_summary(const struct assessment *a, const struct term *term, struct buf *out);

/*
 * Adds a text, its lines broken where they are longer than `columns`: at blanks, in
 * Japanese as figure_break_cost says, and continued below the start of the line's text
 * and two cells more. Escape sequences of colours take no room.
 */
void term_wrap(const char *s, size_t columns, struct buf *out);

/* Adds s and blanks up to `cells`; longer text is cut with an ellipsis. */
void term_pad(struct buf *out, const char *s, size_t cells);

/* One thing to place on a drawn map. */
struct term_mark {
    struct position at;
    char letter[8]; // what stands in the cell, ASCII
};

/*
 * Draws the 3x3 map (with a strip for "none") and the marks in its cells: 80 cells
 * wide, less on a narrower terminal.
 */
void term_map(const struct term_mark *marks, size_t n, const struct term *term,
              struct buf *out);
#endif
