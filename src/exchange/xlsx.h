// SPDX-License-Identifier: Apache-2.0
#ifndef EXCHANGE_XLSX_H
#define EXCHANGE_XLSX_H
/*
 * Reads the cells of a workbook (Office Open XML) from bytes: texts, numbers, truth
 * values and the last values of formulas. For bytes from outside: parts, their unpacked
 * sizes, cells, texts and the nesting of XML are limited before memory is taken for
 * them; a document type, which could define entities, is refused; nothing but the
 * workbook, its texts and the sheets that are wanted is unpacked at all.
 *
 * The only file that sees minizip and expat. What is read lives in the workbook's
 * arena.
 */
#include "base/buf.h"
#include "base/mem.h"

enum {
    XLSX_MOST_PARTS = 4096,     // files in the archive
    XLSX_MOST_SHEETS = 1024,    // of the workbook
    XLSX_MOST_BYTES = 64 << 20, // of one part, unpacked; likewise of the workbook
    XLSX_MOST_TEXT = 64 << 20,  // of all texts and cells read, together
    XLSX_MOST_CELL = 1 << 20,   // of one text
    XLSX_MOST_CELLS = 2 << 20,  // with a value, over all sheets
    XLSX_MOST_DEPTH = 64,       // of nested elements
    XLSX_MOST_ROWS = 1048576,   // of a sheet, as the format has it
    XLSX_MOST_COLUMNS = 16384,
};

enum xlsx_kind { XLSX_TEXT, XLSX_NUMBER, XLSX_BOOL, XLSX_ERROR };

struct xlsx_cell {
    uint32_t row, column; // from 0
    const char *text;     // UTF-8; of a number its shortest form, of a truth value
                          // "true" or "false", of an error its name
    uint8_t kind;         // enum xlsx_kind
};

struct xlsx_sheet {
    const char *name;
    struct xlsx_cell *cells; // by row, then by column
    size_t n, cap;
};

struct xlsx {
    struct arena arena;
    struct xlsx_sheet *sheets; // those wanted, in the order of the workbook
    size_t n_sheets;
    int counts_from_1904; // days: of workbooks that were made so
};

enum xlsx_end {
    XLSX_DONE,
    XLSX_NO_ZIP,    // no archive, or a broken one
    XLSX_NO_BOOK,   // an archive, but of no workbook
    XLSX_ENCRYPTED, // needs a password
    XLSX_BAD_XML,   // a part is not well formed, or has a document type
    XLSX_BEYOND,    // something is beyond a limit
};

/*
 * Reads the sheets whose name `wants` (NULL: all). Whatever the end, free with
 * xlsx_fini.
 */
enum xlsx_end xlsx_read(struct xlsx *x, const void *bytes, size_t len,
                        int (*wants)(const char *name));
void xlsx_fini(struct xlsx *x);

/* 1 if the bytes begin as an archive does. */
int xlsx_is_like(const void *bytes, size_t len);

/* The cell at a place, or NULL. */
const struct xlsx_cell *xlsx_at(const struct xlsx_sheet *s, uint32_t row,
                                uint32_t column);

/* Appends the address of a cell: "C7". */
void xlsx_address(uint32_t row, uint32_t column, struct buf *out);

/* The day of a number as a date has it, as yyyymmdd; 0 if it is none. */
int32_t xlsx_day(const struct xlsx *x, const char *number);
#endif
