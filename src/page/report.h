// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_REPORT_H
#define PAGE_REPORT_H
/*
 * The report of an assessment, in the order of the method: prepare, assess, treat.
 * Nothing is computed here that the assessment does not know; the report selects,
 * orders and words it. Everything is in both languages.
 */
#include "assess/assess.h"
#include "page/doc.h"

/*
 * The report as a document in the arena, which must not outlive the assessment: it
 * borrows texts of model and catalog. Call doc_fini before the arena goes.
 */
struct doc *report_build(const struct assessment *a, struct arena *arena);

/* The report as one HTML file; `lang` is shown first. */
void report_html(const struct assessment *a, enum lang lang, struct buf *out);
#endif
