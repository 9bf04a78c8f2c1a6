// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_FIGURE_TEXT_H
#define PAGE_FIGURE_TEXT_H
/*
 * Text in figures: how wide it is, and where it is broken into lines. SVG does not
 * wrap, so everything is measured and placed beforehand. Lines live in the arena given.
 */
#include "base/mem.h"
#include "base/text.h"

enum { LABEL_LINES = 6 };

/* A text broken into lines, ready to be placed. Sizes in px. */
struct label {
    const char *line[LABEL_LINES];
    unsigned n;     // lines; 0 for an empty text
    int bold;       // weight 600
    int rough;      // a word had to be broken, or the end cut off
    double size;    // font size
    double leading; // from one baseline to the next
    double width;   // of the widest line
    double height;  // n * leading
};

/* Width of the first len bytes in px at a font size; generous by a few percent. */
double figure_text_width(const char *s, size_t len, double size, int bold);

/*
 * Cleans a text (no control or direction characters, blanks collapsed) and breaks it
 * into the fewest lines that fit max_width, at most max_lines (<= LABEL_LINES), evenly
 * filled and by the habits of the script: Latin at blanks, Japanese not before closing
 * marks nor within words in katakana. Words are broken where the text does not fit
 * otherwise; what does not fit at all is cut and ends in an ellipsis.
 */
struct label figure_label(struct arena *a, const char *s, double size, int bold,
                          double max_width, unsigned max_lines);

/*
 * What a break between two characters costs: an even line weighs 100; 0 to 300 where
 * the habits of the script allow one, 5000 where they never do.
 */
double figure_break_cost(uint32_t before, uint32_t after);

/* A cleaned copy; "" for NULL. */
char *figure_text_clean(struct arena *a, const char *s);
#endif
