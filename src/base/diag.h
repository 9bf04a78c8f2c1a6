// SPDX-License-Identifier: Apache-2.0
#ifndef BASE_DIAG_H
#define BASE_DIAG_H
/*
 * Diagnostics: everything Awai has to say about an input, collected while it is
 * read and checked, shown at the end, all at once and in the order of the text.
 * The list owns its texts and the source files it quotes.
 *
 * What can be said stands in one table, diag.def: each message with its code, severity
 * and hint, in both languages. A diagnostic holds its texts in both, so that one list
 * can be printed in either; the reference of all messages comes from the same table.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"

/* A place in a source file: 1-based line and column (in characters); line 0 = the file.
 */
struct place {
    uint32_t file; // index into diag_list.files
    uint32_t line;
    uint32_t column;
};

enum diag_severity { DIAG_ERROR, DIAG_WARNING, DIAG_NOTE };

/* A row of the table. */
// clang-format off
enum diag_kind {
#define CODE(code, en, ja)
#define DIAG(name, code, severity, n_args, en, ja, hint_en, hint_ja) DIAG_##name,
#include "base/diag.def"
    N_DIAG_KINDS
#undef DIAG
};
/* DIAG_N_NAME: how many arguments the row has. */
enum {
#define DIAG(name, code, severity, n_args, en, ja, hint_en, hint_ja) DIAG_N_##name = (n_args),
#include "base/diag.def"
#undef DIAG
#undef CODE
};
// clang-format on

struct diag {
    enum diag_severity severity;
    enum diag_kind kind;
    struct place at;
    const char *code; // stable short name, e.g. "unknown-key"; for SARIF and exemptions
    struct text subject; // what it is about, e.g. an identifier; may be empty
    struct text message; // what is wrong
    struct text hint;    // what to do
};

struct diag_file {
    const char *path;
    const char *text; // NUL-terminated, NULL if it could not be read
    size_t len;
    int borrowed;   // the text belongs to another list
    int is_place;   // its name says the place: messages have neither line nor column
    int is_foreign; // not known to be the user's to see: its lines are not quoted
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

/*
 * Adds what row `name` of the table says, with its arguments, each a struct text
 * (text_same for what is the same in both languages); all is copied. A wrong number of
 * arguments does not compile. A row without arguments: diag_put with NULL.
 */
#define DIAG_ADD(list, name, at, ...)                                                  \
    diag_put((list), DIAG_##name, (at), DIAG_ARGUMENTS(name, __VA_ARGS__))
void diag_put(struct diag_list *d, enum diag_kind kind, struct place at,
              const struct text *args);

/*
 * The same under a code and severity of its own, for rules of an organization; the code
 * must live as long as the list.
 */
void diag_put_as(struct diag_list *d, enum diag_severity severity, const char *code,
                 enum diag_kind kind, struct place at, const struct text *args);

/* The arguments of a row as an array. The compiler counts them: a wrong number is an
 * array of size -1. */
// clang-format off
#define DIAG_ARGUMENTS(name, ...)                                                      \
    ((void)sizeof(char[sizeof((const struct text[]){__VA_ARGS__}) ==                   \
                               DIAG_N_##name * sizeof(struct text) ? 1 : -1]),         \
     (const struct text[]){__VA_ARGS__})
// clang-format on

/* Adds a copy of a diagnostic of another list, at a place of this one. */
void diag_copy(struct diag_list *d, const struct diag *item, struct place at);

/* A value of the file as an argument: the beginning of it, copied into the list. */
struct text diag_quote(struct diag_list *d, const char *s);

/* A number, or a date given as yyyymmdd, as an argument. */
struct text diag_number(struct diag_list *d, long long value);
struct text diag_date(struct diag_list *d, int32_t yyyymmdd);

/* Sorts by file, line, column, keeping the order of equals. */
void diag_sort(struct diag_list *d);

/* How a list is printed. */
struct diag_view {
    enum lang lang;
    int colour;     // ANSI colours
    int warnings;   // warnings and notes too, not only errors
    int all;        // each of them; else of one code only the first few, then a summary
    unsigned width; // cells that a line of the source may take; 0: 100
};

/*
 * Prints each as `file:line:column: error: message [code]`, the source line, a caret
 * and the hint; then a count of what was dropped. Only words depend on the language:
 * the place is the same in both.
 */
void diag_print(const struct diag_list *d, FILE *out, struct diag_view view);

/* "error", "warning" or "note": as in SARIF and JSON. */
const char *diag_severity_name(enum diag_severity severity);

/* ---- the table */

/* The code of a row. */
const char *diag_code(enum diag_kind kind);

/* What a code means; empty for a code that is in no row. */
struct text diag_meaning(const char *code);

/*
 * Writes the message or hint of a row in one language, its arguments filled in; with
 * args NULL as a pattern, an ellipsis for each argument and ' / ' between alternatives.
 */
void diag_message(enum diag_kind kind, enum lang lang, const struct text *args,
                  struct buf *out);
void diag_hint(enum diag_kind kind, enum lang lang, const struct text *args,
               struct buf *out);

/*
 * Writes the reference of all messages (or, with `code`, of those that have it) as
 * Markdown: what each code means, its messages, what to do. 0 if there is no such code.
 */
int diag_manual(const char *code, enum lang lang, struct buf *out);

/* The code nearest to a word, or NULL. */
const char *diag_nearest_code(const char *word);
#endif
