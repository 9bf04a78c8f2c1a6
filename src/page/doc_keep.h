// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_DOC_KEEP_H
#define PAGE_DOC_KEEP_H
/*
 * An extract of a document: what is about some of its things. A row of a table stays
 * when it is one of them or names one; a section stays with its words when something in
 * it does; pictures of the whole, sums and lists of what does not stay go. Numbers of
 * sections, tables and figures stay those of the whole, so that both can be read side
 * by side.
 */
#include "page/doc.h"

/* What stays, by anchors without "#". */
struct doc_keep {
    /* 1 if a thing is meant: what names it stays. */
    int (*is_own)(const void *context, const char *anchor);
    /* 1 if a thing goes along: it stays, but not all that names it. */
    int (*goes_along)(const void *context, const char *anchor);
    const void *context;
};

/* Leaves what stays. The document cannot be made whole again. */
void doc_keep(struct doc *doc, const struct doc_keep *keep);

/* Counts the anchors anew after parts have gone: links to those become plain text. */
void doc_reclaim(struct doc *doc);
#endif
