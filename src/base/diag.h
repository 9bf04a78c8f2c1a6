// SPDX-License-Identifier: Apache-2.0
#ifndef BASE_DIAG_H
#define BASE_DIAG_H
/*
 * Diagnostics: everything Awai has to say about an input, collected while it is
 * read and checked, shown at the end, all at once and in the order of the text.
 * The list owns its texts and the source files it quotes.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/mem.h"

/* A place in a source file: 1-based line and column (in characters); line 0 = the file.
 */
struct place {
    uint32_t file; // index into diag_list.files
    uint32_t line;
    uint32_t column;
};

enum diag_severity { DIAG_ERROR, DIAG_WARNING, DIAG_NOTE };

struct diag {
    enum diag_severity severity;
    struct place at;
    const char *code; // stable short name, e.g. "unknown-key"; for SARIF and exemptions
    const char *message; // what is wrong
    const char *hint;    // what to do, or NULL
};

struct diag_file {
    const char *path;
    const char *text; // NUL-terminated, NULL if it could not be read
    size_t len;
    int borrowed; // the text belongs to another list
};

struct diag_list {
    struct arena arena;
    struct diag *items;
    size_t n, cap;
    struct diag_file *files;
    size_t n_files, cap_files;
    size_t n_errors, n_warnings;
    size_t n_dropped; // errors beyond LIMIT_ERRORS, counted but not kept
};

void diag_fini(struct diag_list *d);

/* Registers a source; path is copied, text is taken over (freed by diag_fini). */
uint32_t diag_add_file(struct diag_list *d, const char *path, char *text, size_t len);

/* Registers the files of `from` in the same order; their texts stay from's. */
void diag_borrow_files(struct diag_list *d, const struct diag_list *from);

/* Adds a diagnostic; code must be a literal; hint may be NULL (copied). */
void diag_add(struct diag_list *d, enum diag_severity severity, struct place at,
              const char *code, const char *hint, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

/* Sorts by file, line, column, keeping the order of equals. */
void diag_sort(struct diag_list *d);

/*
 * Prints each as `file:line:column: error: message`, the source line, a caret and
 * the hint; then a count. With `colour`, ANSI colours. `warnings` 0 leaves them out.
 */
void diag_print(const struct diag_list *d, FILE *out, int colour, int warnings);

/* "error", "warning" or "note". */
const char *diag_severity_name(enum diag_severity severity);
#endif
