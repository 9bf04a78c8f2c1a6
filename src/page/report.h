// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_REPORT_H
#define PAGE_REPORT_H
/*
 * The report of an assessment, in the order of the method: prepare, assess, treat; and
 * the attack simulation of a model that states attackers. Else nothing is computed here
 * that the assessment does not know; the report selects, orders and words it.
 * Everything is in both languages.
 */
#include "assess/assess.h"
#include "page/doc.h"
#include "twin/rehearse.h"

/*
 * The report as a document in the arena, which must not outlive the assessment: it
 * borrows texts of model and catalog. Call doc_fini before the arena goes.
 */
struct doc *report_build(const struct assessment *a, struct arena *arena);

/* Who wants to know how far it is: called before each figure, k from 1 to n. */
struct report_progress {
    void (*tell)(void *context, unsigned k, unsigned n);
    void *context;
};

/* The report as one HTML file; `lang` is shown first. */
void report_html(const struct assessment *a, enum lang lang, struct buf *out);
/* The same, telling the progress. */
void report_html_telling(const struct assessment *a, enum lang lang,
                         const struct report_progress *progress, struct buf *out);

/* Incidents rehearsed without measures and with those decided; the others may be NULL.
 */
struct report_rehearsal {
    const struct rehearse_result *result;
    const struct rehearse_matrix *matrix;
    const struct compatibility *compatibility;
};
/* The document with a chapter about it, telling the progress; both may be NULL. */
struct doc *report_build_rehearsed(const struct assessment *a,
                                   const struct report_rehearsal *rehearsal,
                                   struct arena *arena,
                                   const struct report_progress *progress);
/* The document without what is simulated (attacks, risk, plan), which takes seconds. */
struct doc *report_build_assessed(const struct assessment *a, struct arena *arena,
                                  const struct report_progress *progress);
/* As HTML; `rehearsal` may be NULL. */
void report_html_rehearsed(const struct assessment *a,
                           const struct report_rehearsal *rehearsal, enum lang lang,
                           const struct report_progress *progress, struct buf *out);

/* "Viewpoint 1: confirmation before operation", in full. */
struct text report_viewpoint(int viewpoint);

/* A report as a page among others. */
struct report_frame {
    const struct doc_place *places; // links in its bar
    size_t n_places;
    int is_assessment; // without attack simulation, risk and plan: they take seconds
};
/* The same as such a page. */
void report_html_framed(const struct assessment *a, const struct report_frame *frame,
                        enum lang lang, struct buf *out);
#endif
