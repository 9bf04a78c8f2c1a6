// SPDX-License-Identifier: Apache-2.0
/* Collects and prints diagnostics; see diag.h. */
#include "base/diag.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"

enum { QUOTE_BYTES = 160 }; // of a source line shown

void diag_fini(struct diag_list *d)
{
    for (size_t i = 0; i < d->n_files; i++)
        if (!d->files[i].borrowed) free((void *)(uintptr_t)d->files[i].text);
    free(d->files);
    free(d->items);
    arena_fini(&d->arena);
    *d = (struct diag_list){0};
}

uint32_t diag_add_file(struct diag_list *d, const char *path, char *text, size_t len)
{
    struct diag_file *f =
        mem_push(&d->files, &d->n_files, &d->cap_files, sizeof *d->files);
    f->path = arena_str(&d->arena, path);
    f->text = text;
    f->len = len;
    return (uint32_t)(d->n_files - 1);
}

void diag_borrow_files(struct diag_list *d, const struct diag_list *from)
{
    for (size_t i = 0; i < from->n_files; i++) {
        struct diag_file *f =
            mem_push(&d->files, &d->n_files, &d->cap_files, sizeof *d->files);
        *f = from->files[i];
        f->borrowed = 1;
    }
}

static int diag_full(struct diag_list *d, enum diag_severity severity)
{
    size_t *count = severity == DIAG_ERROR ? &d->n_errors : &d->n_warnings;
    *count += 1;
    if (*count <= LIMIT_ERRORS) return 0;
    d->n_dropped++;
    return 1;
}

void diag_add(struct diag_list *d, enum diag_severity severity, struct place at,
              const char *code, const char *hint, const char *format, ...)
{
    if (diag_full(d, severity)) return;
    va_list args;
    va_start(args, format);
    char message[512];
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    text_clean(message);
    char *shown_hint = hint ? arena_str(&d->arena, hint) : NULL;
    if (shown_hint) text_clean(shown_hint);
    struct diag *item = mem_push(&d->items, &d->n, &d->cap, sizeof *d->items);
    *item =
        (struct diag){severity, at, code, arena_str(&d->arena, message), shown_hint};
}

static int place_compare(struct place a, struct place b)
{
    if (a.file != b.file) return a.file < b.file ? -1 : 1;
    if (a.line != b.line) return a.line < b.line ? -1 : 1;
    return a.column < b.column ? -1 : a.column > b.column;
}

static void diag_merge(const struct diag *from, struct diag *to, size_t lo, size_t mid,
                       size_t hi)
{
    size_t i = lo, j = mid;
    for (size_t k = lo; k < hi; k++) {
        int left = i < mid && (j >= hi || place_compare(from[i].at, from[j].at) <= 0);
        to[k] = left ? from[i++] : from[j++];
    }
}

void diag_sort(struct diag_list *d)
{
    // bottom-up merge sort: stable, as qsort is not
    struct diag *other = mem_alloc((d->n + 1) * sizeof *other);
    for (size_t width = 1; width < d->n; width *= 2) {
        for (size_t lo = 0; lo < d->n; lo += 2 * width) {
            size_t mid = lo + width < d->n ? lo + width : d->n;
            size_t hi = lo + 2 * width < d->n ? lo + 2 * width : d->n;
            diag_merge(d->items, other, lo, mid, hi);
        }
        memcpy(d->items, other, d->n * sizeof *other);
    }
    free(other);
}

const char *diag_severity_name(enum diag_severity severity)
{
    static const char *const names[] = {"error", "warning", "note"};
    return names[severity];
}

/* The start of 1-based line `line` in the file, and its length, or NULL. */
static const char *diag_line(const struct diag_file *f, uint32_t line, size_t *len)
{
    if (f->text == NULL || line == 0) return NULL;
    const char *p = f->text, *end = f->text + f->len;
    for (uint32_t i = 1; i < line && p; i++) {
        p = memchr(p, '\n', (size_t)(end - p));
        p = p ? p + 1 : NULL;
    }
    if (p == NULL || p > end) return NULL;
    const char *stop = memchr(p, '\n', (size_t)(end - p));
    *len = (size_t)((stop ? stop : end) - p);
    return p;
}

static void diag_print_source(const struct diag *item, const struct diag_file *f,
                              FILE *out, int colour)
{
    size_t len = 0;
    const char *line = diag_line(f, item->at.line, &len);
    if (line == NULL) return;
    char quote[QUOTE_BYTES + 1];
    size_t start =
        text_offset(line, len, item->at.column > 60 ? item->at.column - 60 : 0);
    size_t n = len - start < QUOTE_BYTES ? len - start : QUOTE_BYTES;
    memcpy(quote, line + start, n);
    quote[text_whole(quote, n)] = '\0';
    text_clean(quote);
    size_t column = item->at.column > 60 ? 60
                    : item->at.column    ? item->at.column - 1
                                         : 0;
    size_t caret = text_offset(quote, strlen(quote), column);
    char before[QUOTE_BYTES + 1];
    memcpy(before, quote, caret);
    before[caret] = '\0';
    fprintf(out, "  %5u | %s\n        | %*s%s^%s\n", item->at.line, quote,
            (int)text_width(before), "", colour ? "\033[1;32m" : "",
            colour ? "\033[0m" : "");
}

static void diag_print_one(const struct diag_list *d, const struct diag *item,
                           FILE *out, int colour)
{
    static const char *const tints[] = {"\033[1;31m", "\033[1;35m", "\033[1;36m"};
    const struct diag_file *f =
        item->at.file < d->n_files ? &d->files[item->at.file] : NULL;
    if (f)
        fprintf(out, "%s:%u:%u: ", f->path, item->at.line ? item->at.line : 1,
                item->at.column ? item->at.column : 1);
    fprintf(out, "%s%s:%s %s [%s]\n", colour ? tints[item->severity] : "",
            diag_severity_name(item->severity), colour ? "\033[0m" : "", item->message,
            item->code);
    if (f) diag_print_source(item, f, out, colour);
    if (item->hint) fprintf(out, "        = %s\n", item->hint);
}

void diag_print(const struct diag_list *d, FILE *out, int colour, int warnings)
{
    for (size_t i = 0; i < d->n; i++) {
        if (d->items[i].severity == DIAG_ERROR || warnings)
            diag_print_one(d, &d->items[i], out, colour);
    }
    if (d->n_dropped)
        fprintf(out, "%zu more not shown (the first %u of each severity are)\n",
                d->n_dropped, LIMIT_ERRORS);
}
