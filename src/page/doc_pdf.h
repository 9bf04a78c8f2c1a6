// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_DOC_PDF_H
#define PAGE_DOC_PDF_H
/*
 * A document as PDF: the page of doc_html_print, laid out by WeasyPrint, which is a
 * program of its own and optional. It is found on PATH and started without a shell; it
 * gets the page as its standard input, so that no name of ours reaches its command
 * line, and is ended when it takes too long. The same document gives the same bytes
 * with the same WeasyPrint and fonts.
 */
#include "base/buf.h"
#include "page/doc.h"

enum doc_pdf_end {
    DOC_PDF_DONE,
    DOC_PDF_ABSENT, // no weasyprint on PATH
    DOC_PDF_LATE,   // it was ended after `seconds`
    DOC_PDF_FAILED, // `said` has its last words
    DOC_PDF_SYSTEM, // errno says why it could not be started
};

/* How long to wait for it. `tick`, or NULL, is called again and again meanwhile. */
struct doc_pdf_patience {
    unsigned seconds;
    void (*tick)(void *context);
    void *context;
};

/* How many seconds that is: AWAI_PDF_SECONDS in the environment, or what is usual. */
unsigned doc_pdf_seconds(unsigned usual);

/*
 * Appends the PDF to `out`, or nothing. The document is left in one language
 * (doc_only), its figures with plain colours. `said`, at first empty, gets one line, of
 * any characters, if the program failed.
 */
enum doc_pdf_end doc_pdf(struct doc *doc, enum lang lang,
                         const struct doc_pdf_patience *patience, struct buf *out,
                         struct buf *said);
#endif
