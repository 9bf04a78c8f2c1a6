// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_SARIF_H
#define PAGE_SARIF_H
/*
 * Diagnostics as SARIF 2.1.0 (OASIS), which code hosts show beside the lines they are
 * about. One run, one result for each diagnostic, in the order given; the codes are the
 * rules. Fingerprints depend on code, file and message, not on lines, so that a finding
 * stays the same one when text above it is added, and not on the language. The texts
 * are in one language, the run's (3.14.7). Writes only; borrows everything.
 */
#include "base/buf.h"
#include "base/diag.h"

void sarif_write(const struct diag_list *const *lists, size_t n, enum lang lang,
                 struct buf *out);
#endif
