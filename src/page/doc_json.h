// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_DOC_JSON_H
#define PAGE_DOC_JSON_H
/*
 * Writes the tables of a document as JSON, in one language: for each its section,
 * caption, columns and rows of texts, as a workbook has them. For programs that take
 * over what a report says; what Awai knows of a system, in its own words, is `awai
 * assess --json`.
 */
#include "base/buf.h"
#include "page/doc.h"

void doc_json(const struct doc *doc, enum lang lang, struct buf *out);
#endif
