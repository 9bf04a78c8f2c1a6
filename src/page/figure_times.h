// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_FIGURE_TIMES_H
#define PAGE_FIGURE_TIMES_H
/*
 * When incidents are reached: a small picture for each, the share of campaigns that
 * have reached it by days on a logarithmic scale, before (dashed; or NULL) and after
 * (drawn through, with the band of its 95% interval). Shares have a scale of their own
 * in each picture, as they differ by powers of ten. An <svg> as figure.h describes;
 * class figure-times.
 */
#include "attack/sim.h"
#include "base/buf.h"
#include "base/text.h"

/* Worlds under a set of measures, and what the set is called. */
struct times_set {
    const struct tally *tally;
    struct text name;
};

/* names: of each target. 0, and nothing, without targets. */
int figure_times(const struct times_set *before, const struct times_set *after,
                 const struct text *names, enum lang lang, struct buf *out);
#endif
