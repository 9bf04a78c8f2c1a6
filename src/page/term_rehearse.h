// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_TERM_REHEARSE_H
#define PAGE_TERM_REHEARSE_H
/*
 * Rehearsals on a terminal: for each incident what comes of it, without measures and
 * with them, the levels that means beside the declared ones, and which world to run
 * again to see it; each measure alone; and safety functions under measures.
 */
#include "page/term.h"
#include "twin/rehearse.h"

void term_rehearse(const struct rehearse_result *r, const struct term *term,
                   struct buf *out);
void term_matrix(const struct rehearse_matrix *m, const struct term *term,
                 struct buf *out);
void term_compatibility(const struct compatibility *c, const struct term *term,
                        struct buf *out);
#endif
