// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_DOC_XLSX_H
#define PAGE_DOC_XLSX_H
/*
 * Writes the tables of a document as a workbook (Office Open XML), in one language, by
 * libxlsxwriter, which is loaded when it is needed. A sheet of contents comes first,
 * with the facts of the cover and a link to each sheet; then each table has its own,
 * in the order of the document, and so has the table that says what a figure shows.
 *
 * A sheet: caption, head, rows. Head and first column stay in view, each column can be
 * filtered; the title of a group of rows becomes a column, so that sorting and
 * filtering lose nothing. Cells are coloured as on the page. Texts are written as
 * texts, whatever they begin with; numbers, in columns of numbers, as numbers. The same
 * document gives the same bytes: a workbook states no time of its own.
 */
#include "base/buf.h"
#include "page/doc.h"

enum doc_xlsx_end {
    DOC_XLSX_DONE,
    DOC_XLSX_ABSENT, // the library is not installed
    DOC_XLSX_FAILED, // errno says why
};

/* Appends the workbook to `out`, or nothing. Uses a file in TMPDIR, or /tmp. */
enum doc_xlsx_end doc_xlsx(const struct doc *doc, enum lang lang, struct buf *out);

/*
 * A sheet of texts as they are, after those of the document: nothing is worded, cut or
 * coloured, so that a program can read it back. The rows that are heads stay in view.
 */
struct doc_grid {
    const char *name;   // of the sheet: at most DOC_XLSX_NAME characters
    struct text about;  // what it has, for the contents
    const char **cells; // row by row; NULL: empty
    size_t n_rows, n_columns, n_heads;
};
enum doc_xlsx_end doc_xlsx_with(const struct doc *doc, const struct doc_grid *grids,
                                size_t n_grids, enum lang lang, struct buf *out);

enum {
    DOC_XLSX_NAME = 31,    // characters of a sheet's name
    DOC_XLSX_TEXT = 32767, // UTF-16 units of a cell; longer texts are cut, and say so
    DOC_XLSX_ROWS = 1048576,
};

/*
 * Parts, for tests. The name of sheet number k: "k caption", without what a name must
 * not hold, and cut; the number keeps names apart.
 */
void doc_xlsx_name(unsigned k, const char *caption, struct buf *out);
/* A text as a cell can hold it. */
void doc_xlsx_text(const char *s, enum lang lang, struct buf *out);
#endif
