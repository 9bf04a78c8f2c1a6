// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_TERM_RISK_H
#define PAGE_TERM_RISK_H
/*
 * Risk in numbers, on a terminal: for each stakeholder how often a year which harm, and
 * what it costs; the protection demanded against hazardous incidents; what drives the
 * result; and what it rests on or lacks.
 */
#include "page/term.h"
#include "risk/risk.h"

void term_risk(const struct risk *r, const struct term *term, struct buf *out);
/* What two sets of measures make of it, side by side. */
void term_risk_compare(const struct risk *before, const struct risk *after,
                       const struct term *term, struct buf *out);
#endif
