// SPDX-License-Identifier: Apache-2.0
#ifndef LSP_POSITION_H
#define LSP_POSITION_H
/*
 * Positions as the protocol counts them: lines from 0 that end with LF, CR or both, and
 * units of UTF-16 from 0; a letter of Japanese is one, a pictograph two. A position
 * beyond its line is the end of the line, one beyond the text the end of the text.
 */
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"

struct cursor {
    uint32_t line, character;
};

/* A text with the places where its lines begin; the text is not owned. */
struct lines {
    const char *text;
    size_t len;
    size_t *starts;
    size_t n, cap;
    size_t *read_starts; // as the reader counts lines
    size_t n_read, cap_read;
};

void lines_make(struct lines *l, const char *text, size_t len);
void lines_fini(struct lines *l);

/* Never within a character. */
size_t lines_byte(const struct lines *l, struct cursor p);
struct cursor lines_position(const struct lines *l, size_t byte);

/*
 * The byte of a place of the reader, which counts lines from 1, in characters from 1,
 * and after the byte order mark; it ends lines at NEL, LS and PS as well.
 */
size_t lines_place(const struct lines *l, struct place at);
#endif
