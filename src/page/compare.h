// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_COMPARE_H
#define PAGE_COMPARE_H
/*
 * Several systems on one map, who stands where in each, and where systems in one cell
 * differ in what is demanded of them or adopted by them. A system is in the cell of its
 * worst position.
 */
#include "page/term.h"

struct compared_system {
    const struct assessment *assessment; // all under the same catalog
    const char *file;                    // what its model is called
};

/* At least one system. As text for a terminal, or as JSON without one (NULL). */
void compare_write(const struct compared_system *systems, size_t n,
                   const struct term *term, struct buf *out);
#endif
