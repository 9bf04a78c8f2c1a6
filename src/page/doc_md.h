// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_DOC_MD_H
#define PAGE_DOC_MD_H
/*
 * Writes a document as Markdown (CommonMark with the tables of GitHub), in one
 * language: for wikis, code hosts and whatever compares texts line by line. Every text
 * is escaped, so that it shows as it was written. A row of a table is one line. Folds
 * are open; links within the document are plain text, since anchors are made
 * differently by everyone who shows Markdown; colours are left out, as all that they
 * say is said in words.
 *
 * Pictures are files of their own: the text links to FOLDER/figure-NN.svg, NN counted
 * from 01 in the order of the document, and each is given to the caller to be written.
 * A figure that has a table in words has that as well.
 */
#include "base/buf.h"
#include "page/doc.h"

/* Where pictures go. `name`: the file's within the folder; valid during the call. */
struct doc_md_pictures {
    const char *folder; // as the text names it, relative to the file; not escaped yet
    void (*take)(void *context, const char *name, const char *svg);
    void *context;
};

/* The whole document; without `pictures` (NULL) figures leave their captions. */
void doc_md(const struct doc *doc, enum lang lang,
            const struct doc_md_pictures *pictures, struct buf *out);

/* One block with all that is in it, without pictures. */
void doc_md_block(const struct doc *doc, const struct doc_block *block, enum lang lang,
                  struct buf *out);
#endif
