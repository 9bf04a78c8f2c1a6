// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_FIGURE_TIMES_H
#define PAGE_FIGURE_TIMES_H
/*
 * When incidents are reached: a small picture for each, the share of campaigns that
 * have reached it by days on a logarithmic scale, without measures (dashed) and with
 * those decided (drawn through, with the band of its 95% interval). Shares have a scale
 * of their own in each picture, as they differ by powers of ten. An <svg> as figure.h
 * describes; class figure-times.
 */
#include "attack/sim.h"
#include "base/buf.h"
#include "base/text.h"

/* names: of each target. 0, and nothing, without targets. */
int figure_times(const struct sim_comparison *c, const struct text *names,
                 enum lang lang, struct buf *out);
#endif
