// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_FIGURE_FRONT_H
#define PAGE_FIGURE_FRONT_H
/* The picture of a plan; as figure.h says of all of them. */
#include "page/figure.h"
#include "risk/plan_answer.h"

/*
 * Cost against the risk above target that is left: the best trades (the Pareto front),
 * each with its measures as title, and the plan. Class figure-front. Needs
 * plan_answer_front.
 */
int figure_front(const struct plan_answer *answer, enum lang lang, struct buf *out);

/*
 * The same with another set marked, wherever it lies; NULL: none. Each trade is a group
 * with data-trade, its number in the front.
 */
int figure_front_beside(const struct plan_answer *answer, const struct plan_set *here,
                        enum lang lang, struct buf *out);
#endif
