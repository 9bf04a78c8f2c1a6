// SPDX-License-Identifier: Apache-2.0
#ifndef LSP_FORMAT_H
#define LSP_FORMAT_H
/*
 * A YAML text laid out anew without being written anew: its lines stay lines, with all
 * their words and comments, in their order. What changes is white space alone:
 *
 * - two columns for each level, the entries of a sequence further in than its key;
 * - one blank after the colon of a key, a dash and, in brackets on one line, a comma;
 * - no blanks at line ends, no two empty lines in a row, none at the beginning and end;
 * - lines end with LF, the last one too.
 *
 * A comment on a line of its own moves with what it belongs to: the entry after it, or,
 * if it stands further in than that, the innermost one before it that it is not left
 * of. What takes several lines (texts, brackets) is moved as a whole. What stands
 * beside anchors, tags and comments, and within brackets of several lines, is not
 * touched.
 *
 * The result is read again: unless it says the same by the same words, styles, anchors,
 * tags and comments, there is none.
 */
#include "base/diag.h"
#include "lsp/outline.h"

/*
 * Appends file `file` of d, formatted, to `out`. Returns 1; or 0 after an error, in d,
 * with nothing appended: the file is no YAML that yaml_parse reads, or the result would
 * not be the same. Takes time in proportion to the text.
 */
int format_file(struct diag_list *d, uint32_t file, struct buf *out);

/* A piece of a line of a text and what stands there after formatting. */
struct format_edit {
    struct span was, is;
};

/* The edits between a text and what format_file made of it, in their order, to be
 * freed. Each is within a line and takes blanks and line breaks alone, so that a cursor
 * stays at its word. */
struct format_edit *format_edits(const char *text, size_t len,
                                 const struct buf *formatted, size_t *n);
#endif
