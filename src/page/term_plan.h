// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_TERM_PLAN_H
#define PAGE_TERM_PLAN_H
/*
 * A plan on a terminal: what to do, by whom and in which order, what each measure is
 * for, why nothing cheaper does, what is left, how likely each incident is before and
 * after.
 */
#include "page/term.h"
#include "risk/plan_answer.h"

void term_plan(const struct plan_answer *answer, const struct term *term,
               struct buf *out);
#endif
