// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_TERM_MEASURED_H
#define PAGE_TERM_MEASURED_H
/* Measured levels beside declared ones on a terminal, below the assessment's summary.
 */
#include "page/term.h"
#include "twin/measured.h"

void term_measured(const struct rehearse_result *r, const struct term *term,
                   struct buf *out);
#endif
