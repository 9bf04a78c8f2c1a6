// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_DOC_HTML_H
#define PAGE_DOC_HTML_H
/*
 * Writes a document as HTML. The whole page is one file that needs nothing else:
 * style and script are inline, pictures are inline SVG, and its content policy
 * forbids the browser to fetch anything. Both languages are in it, each text as a
 * pair of elements with lang="ja" and lang="en", of which the style sheet hides the
 * one that is not chosen in html[data-lang]; that works without the script, which
 * adds the switch, the search in large tables, and folding.
 *
 * Parts can be written alone, for pages that bring their own frame.
 */
#include "base/buf.h"
#include "page/doc.h"

/* The whole page; `lang` is the language shown first. */
void doc_html(const struct doc *doc, enum lang lang, struct buf *out);

/*
 * The page for a program that makes PDF of it (doc_pdf.h): without bar and script, with
 * a running title, and in the style of print.css alone. Meant for a document of one
 * language (doc_only).
 */
void doc_html_print(const struct doc *doc, enum lang lang, struct buf *out);

/* One block with all that is in it. */
void doc_html_block(const struct doc *doc, const struct doc_block *block,
                    struct buf *out);

/* The list of sections, two levels deep. */
void doc_html_contents(const struct doc *doc, struct buf *out);

/* The pieces of one line, without an element around them. */
void doc_html_line(const struct doc *doc, const struct doc_line *line, struct buf *out);

/* A text in both languages; once, if they are the same or only one is given. */
void doc_html_text(struct text text, struct buf *out);
#endif
