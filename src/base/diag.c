// SPDX-License-Identifier: Apache-2.0
/* Collects and prints diagnostics; see diag.h. What they say is in diag.def. */
#include "base/diag.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag_int.h"
#include "base/limits.h"

enum {
    DEFAULT_WIDTH = 100, // cells of a line where the terminal does not say
    MARGIN = 10,         // of them, before a line of the source
    SHOWN_IN_FULL = 3,   // warnings of one code, before the rest becomes one line
    SUBJECTS_SHOWN = 30, // in that line
    VALUE_BYTES = 60,    // of a value that a message quotes
};

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

typedef void (*diag_writer)(enum diag_kind kind, enum lang lang,
                            const struct text *args, struct buf *out);

/* Message or hint in both languages, fit for a terminal; NULL where it is empty. */
static struct text texts_of(struct diag_list *d, diag_writer write, enum diag_kind kind,
                            const struct text *args)
{
    struct text t = {
        {NULL, NULL}
    };
    for (int lang = 0; lang < N_LANGS; lang++) {
        struct buf b = {0};
        write(kind, (enum lang)lang, args, &b);
        char *s = b.len ? arena_str(&d->arena, buf_text(&b)) : NULL;
        if (s) text_clean(s);
        t.in[lang] = s;
        buf_fini(&b);
    }
    return t;
}

static struct text copy_clean(struct arena *a, struct text t)
{
    for (int lang = 0; lang < N_LANGS; lang++) {
        if (t.in[lang] == NULL) continue;
        char *s = arena_str(a, t.in[lang]);
        text_clean(s);
        t.in[lang] = s;
    }
    return t;
}

void diag_put_as(struct diag_list *d, enum diag_severity severity, const char *code,
                 enum diag_kind kind, struct place at, const struct text *args)
{
    static const struct text none[1];
    assert((args != NULL) == (diag_rows[kind].n_args > 0));
    if (diag_full(d, severity)) return;
    if (args == NULL) args = none;
    struct diag item = {
        .severity = severity,
        .kind = kind,
        .at = at,
        .code = code,
        .subject = copy_clean(&d->arena, args[0]),
        .message = texts_of(d, diag_message, kind, args),
        .hint = texts_of(d, diag_hint, kind, args),
    };
    *(struct diag *)mem_push(&d->items, &d->n, &d->cap, sizeof *d->items) = item;
}

void diag_copy(struct diag_list *d, const struct diag *item, struct place at)
{
    if (diag_full(d, item->severity)) return;
    struct diag copy = *item;
    copy.at = at;
    copy.subject = copy_clean(&d->arena, item->subject);
    copy.message = copy_clean(&d->arena, item->message);
    copy.hint = copy_clean(&d->arena, item->hint);
    *(struct diag *)mem_push(&d->items, &d->n, &d->cap, sizeof *d->items) = copy;
}

struct text diag_quote(struct diag_list *d, const char *s)
{
    size_t len = strlen(s);
    if (len > VALUE_BYTES) len = text_whole(s, VALUE_BYTES);
    return text_same(arena_strn(&d->arena, s, len));
}

struct text diag_number(struct diag_list *d, long long value)
{
    return text_same(arena_printf(&d->arena, "%lld", value));
}

struct text diag_date(struct diag_list *d, int32_t yyyymmdd)
{
    int date = (int)yyyymmdd;
    return text_same(arena_printf(&d->arena, "%04d-%02d-%02d", date / 10000,
                                  date / 100 % 100, date % 100));
}

void diag_put(struct diag_list *d, enum diag_kind kind, struct place at,
              const struct text *args)
{
    diag_put_as(d, diag_rows[kind].severity, diag_rows[kind].code, kind, at, args);
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

/* The start of 1-based line `line` in the file, and its length, or NULL. */
static const char *diag_line(const struct diag_file *f, uint32_t line, size_t *len)
{
    if (f->text == NULL || f->is_foreign || line == 0) return NULL;
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

/* The part of a line that is shown, as bytes of it. */
struct cut {
    size_t start, end;
};

enum {
    DOTS = 3,       // "...": cells where a line is cut
    CELL_BYTES = 8, // of marks without a cell, too, no more are shown
};

/* Cells of the character at s + i, and its bytes. */
static size_t cell_at(const char *s, size_t len, size_t i, size_t *used)
{
    return text_cell(text_decode(s + i, len - i, used));
}

/* The end of what begins at start and takes no more than `room` cells. */
static size_t reach_forward(const char *line, size_t len, size_t start, size_t room)
{
    size_t i = start, used = 0;
    for (size_t cells = 0; i < len; i += used) {
        cells += cell_at(line, len, i, &used);
        if (cells > room || i - start > CELL_BYTES * room) break;
    }
    return i;
}

/* The beginning of what ends at `at` and takes no more than `room` cells. */
static size_t reach_back(const char *line, size_t len, size_t at, size_t room)
{
    size_t start = at, used = 0;
    for (size_t cells = 0; start > 0;) {
        size_t i = start - 1;
        while (i > 0 && ((unsigned char)line[i] & 0xC0) == 0x80)
            i--;
        cells += cell_at(line, len, i, &used);
        if (cells > room || at - i > CELL_BYTES * room) break;
        start = i;
    }
    return start;
}

/* What is shown of a line in `room` cells: all of it, else two thirds before `at`. */
static struct cut cut_around(const char *line, size_t len, size_t at, size_t room)
{
    struct cut cut = {0, reach_forward(line, len, 0, room)};
    if (cut.end == len) return cut;
    cut.start = reach_back(line, len, at, room * 2 / 3);
    room -= cut.start > 0 ? DOTS : 0;
    cut.end = reach_forward(line, len, cut.start, room);
    if (cut.end < len) cut.end = reach_forward(line, len, cut.start, room - DOTS);
    return cut;
}

/* A part of a line, fit for a terminal; in out, from its beginning. */
static const char *clean_part(const char *line, size_t start, size_t end,
                              struct buf *out)
{
    out->len = 0;
    buf_add(out, line + start, end - start);
    buf_char(out, '\0');
    text_clean(out->data);
    return out->data;
}

static void diag_print_source(const struct diag *item, const struct diag_file *f,
                              FILE *out, struct diag_view view)
{
    size_t len = 0, column = item->at.column ? item->at.column - 1 : 0;
    const char *line = diag_line(f, item->at.line, &len);
    if (line == NULL) return;
    size_t width = view.width ? view.width : DEFAULT_WIDTH;
    size_t room = width > 30 + MARGIN ? width - MARGIN : 30;
    size_t at = text_offset(line, len, column);
    struct cut cut = cut_around(line, len, at, room);
    const char *dots = cut.start > 0 ? "..." : "";
    struct buf part = {0};
    fprintf(out, "  %5u | %s%s%s\n", item->at.line, dots,
            clean_part(line, cut.start, cut.end, &part), cut.end < len ? "..." : "");
    size_t before = strlen(dots) + text_width(clean_part(line, cut.start, at, &part));
    fprintf(out, "        | %*s%s^%s\n", (int)before, "",
            view.colour ? "\033[1;32m" : "", view.colour ? "\033[0m" : "");
    buf_fini(&part);
}

/* Who is told of what, and how. */
struct printer {
    const struct diag_list *list;
    FILE *out;
    struct diag_view view;
};

/* `file:line:column: severity:`, which editors read: the same in both languages but for
 * the word. */
static void print_head(const struct printer *p, const struct diag *item)
{
    static const char *const tints[] = {"\033[1;31m", "\033[1;35m", "\033[1;36m"};
    const struct diag_list *d = p->list;
    int colour = p->view.colour;
    if (item->at.file < d->n_files && d->files[item->at.file].is_place)
        fprintf(p->out, "%s: ", d->files[item->at.file].path);
    else if (item->at.file < d->n_files)
        fprintf(p->out, "%s:%u:%u: ", d->files[item->at.file].path,
                item->at.line ? item->at.line : 1,
                item->at.column ? item->at.column : 1);
    fprintf(p->out, "%s%s:%s ", colour ? tints[item->severity] : "",
            diag_severity_word(item->severity, p->view.lang), colour ? "\033[0m" : "");
}

static void print_hint(const struct printer *p, const char *hint)
{
    if (hint[0]) fprintf(p->out, "        = %s\n", hint);
}

static void print_one(const struct printer *p, const struct diag *item)
{
    const struct diag_list *d = p->list;
    print_head(p, item);
    fprintf(p->out, "%s [%s]\n", text_in(item->message, p->view.lang), item->code);
    if (item->at.file < d->n_files)
        diag_print_source(item, &d->files[item->at.file], p->out, p->view);
    print_hint(p, text_in(item->hint, p->view.lang));
}

/* Errors are each to be corrected, so each is shown. */
static int may_be_folded(const struct printer *p, const struct diag *item)
{
    return !p->view.all && item->severity != DIAG_ERROR;
}

static int is_alike(const struct diag *a, const struct diag *b)
{
    return a->severity == b->severity && strcmp(a->code, b->code) == 0;
}

/* How many before item i are like it; a list holds no more than 3 * LIMIT_ERRORS. */
static size_t n_alike_before(const struct diag_list *d, size_t i)
{
    size_t n = 0;
    for (size_t k = 0; k < i; k++)
        n += (size_t)is_alike(&d->items[k], &d->items[i]);
    return n;
}

/* One line for item i and all that are like it after it. */
static void print_rest(const struct printer *p, size_t i)
{
    const struct diag_list *d = p->list;
    enum lang lang = p->view.lang;
    struct buf subjects = {0}, line = {0};
    size_t n = 0;
    for (size_t k = i; k < d->n; k++) {
        if (!is_alike(&d->items[k], &d->items[i])) continue;
        if (n++ < SUBJECTS_SHOWN)
            buf_printf(&subjects, "%s%s", n > 1 ? ", " : "",
                       text_in(d->items[k].subject, lang));
    }
    if (n > SUBJECTS_SHOWN) buf_str(&subjects, ", ...");
    char number[24];
    snprintf(number, sizeof number, "%zu", n);
    struct text args[] = {text_same(number), text_same(buf_text(&subjects))};
    print_head(p, &d->items[i]);
    diag_message(DIAG_MORE, lang, args, &line);
    fprintf(p->out, "%s [%s]\n", buf_text(&line), d->items[i].code);
    line.len = 0;
    diag_hint(DIAG_MORE, lang, args, &line);
    print_hint(p, buf_text(&line));
    buf_fini(&subjects);
    buf_fini(&line);
}

static void print_dropped(const struct printer *p)
{
    char number[24], limit[24];
    struct buf line = {0};
    snprintf(number, sizeof number, "%zu", p->list->n_dropped);
    snprintf(limit, sizeof limit, "%u", LIMIT_ERRORS);
    const struct text *args =
        DIAG_ARGUMENTS(DROPPED, text_same(number), text_same(limit));
    diag_message(DIAG_DROPPED, p->view.lang, args, &line);
    fprintf(p->out, "%s\n", buf_text(&line));
    line.len = 0;
    diag_hint(DIAG_DROPPED, p->view.lang, args, &line);
    print_hint(p, buf_text(&line));
    buf_fini(&line);
}

void diag_print(const struct diag_list *d, FILE *out, struct diag_view view)
{
    struct printer p = {d, out, view};
    for (size_t i = 0; i < d->n; i++) {
        const struct diag *item = &d->items[i];
        if (item->severity != DIAG_ERROR && !view.warnings) continue;
        size_t before = may_be_folded(&p, item) ? n_alike_before(d, i) : 0;
        if (before < SHOWN_IN_FULL)
            print_one(&p, item);
        else if (before == SHOWN_IN_FULL)
            print_rest(&p, i);
    }
    if (d->n_dropped) print_dropped(&p);
}
