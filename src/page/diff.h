// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_DIFF_H
#define PAGE_DIFF_H
/*
 * What changed in meaning from one model to another, and what follows from it. Order
 * and layout of the texts are no change. Things are the same ones when their ids are.
 */
#include "page/term.h"

struct diff_plan {
    const struct assessment *before, *after; // under the same catalog
    const char *names[2];                    // what text calls the two
    int is_json;
    struct term term; // for text
};

void diff_write(const struct diff_plan *plan, struct buf *out);
#endif
