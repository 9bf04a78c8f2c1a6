// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_DOC_SVG_H
#define PAGE_DOC_SVG_H
/*
 * Writes the pictures of a document as one SVG that is a file of its own: for walls,
 * slides and programs that draw. Fonts are named, with those of the usual systems after
 * them; colours are those of paper; it is as large as what is on it, and needs nothing
 * from outside. The same document gives the same bytes.
 *
 * The sheet has the document's cover (title, facts, logo), its first tiles, and the
 * pictures that sum up (page/pictures.h), in two columns where there are several. The
 * pictures of one name are a sheet without facts, or, if there is only one, just that.
 */
#include "base/buf.h"
#include "page/doc.h"

/* `name`: of pictures, or NULL for the sheet. Returns how many pictures are drawn; with
 * a name and none, nothing is written. */
size_t doc_svg(const struct doc *doc, enum lang lang, const char *name,
               struct buf *out);

/* One picture as such a file, which is appended, and its size in units; 0 if it is none
 * of ours (a logo, say). */
int doc_svg_figure(const struct doc_figure *f, enum lang lang, struct buf *out,
                   double *width, double *height);

/* The names of the pictures that the document has, each once, separated by ", ". */
void doc_svg_names(const struct doc *doc, struct buf *out);
#endif
