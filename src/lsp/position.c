// SPDX-License-Identifier: Apache-2.0
/* Positions; see position.h. */
#include "lsp/position.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* Bytes of what the reader takes for a line break at s, or 0. */
static size_t break_of_reader(const char *s, size_t len)
{
    static const char *const breaks[] = {"\r\n",     "\n",           "\r",
                                         "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"};
    if (*s != '\n' && *s != '\r' && *s != '\xC2' && *s != '\xE2') return 0;
    for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++) {
        size_t n = strlen(breaks[i]);
        if (len >= n && memcmp(s, breaks[i], n) == 0) return n;
    }
    return 0;
}

static void add_start(struct lines *l, size_t byte, int is_line)
{
    *(size_t *)mem_push(&l->read_starts, &l->n_read, &l->cap_read, sizeof(size_t)) =
        byte;
    if (is_line) *(size_t *)mem_push(&l->starts, &l->n, &l->cap, sizeof(size_t)) = byte;
}

void lines_make(struct lines *l, const char *text, size_t len)
{
    *l = (struct lines){.text = text, .len = len};
    add_start(l, 0, 1);
    for (size_t i = 0, used = 0; i < len; i += used ? used : 1) {
        used = break_of_reader(text + i, len - i);
        if (used) add_start(l, i + used, text[i] == '\n' || text[i] == '\r');
    }
}

void lines_fini(struct lines *l)
{
    free(l->starts);
    free(l->read_starts);
    *l = (struct lines){0};
}

/* Where the text of a line ends, its line break not included. */
static size_t end_of_line(const struct lines *l, size_t line)
{
    size_t end = line + 1 < l->n ? l->starts[line + 1] : l->len;
    while (end > l->starts[line] &&
           (l->text[end - 1] == '\n' || l->text[end - 1] == '\r'))
        end--;
    return end;
}

static uint32_t units(uint32_t character)
{
    return character >= 0x10000 ? 2 : 1;
}

size_t lines_byte(const struct lines *l, struct cursor p)
{
    size_t used = 0;
    if (p.line >= l->n) return l->len;
    size_t at = l->starts[p.line], end = end_of_line(l, p.line);
    for (uint32_t n = 0; at < end && n < p.character; at += used) {
        n += units(text_decode(l->text + at, end - at, &used));
        if (n > p.character) break; // within a pair: before it
    }
    return at;
}

/* The line that a byte is in. */
static size_t line_of(const struct lines *l, size_t byte)
{
    size_t low = 0, high = l->n;
    while (high - low > 1) {
        size_t mid = low + (high - low) / 2;
        if (l->starts[mid] <= byte)
            low = mid;
        else
            high = mid;
    }
    return low;
}

struct cursor lines_position(const struct lines *l, size_t byte)
{
    if (byte > l->len) byte = l->len;
    size_t line = line_of(l, byte), used = 0, end = end_of_line(l, line);
    struct cursor p = {(uint32_t)line, 0};
    for (size_t i = l->starts[line]; i < byte && i < end; i += used)
        p.character += units(text_decode(l->text + i, end - i, &used));
    return p;
}

size_t lines_place(const struct lines *l, struct place at)
{
    static const char mark[] = "\xEF\xBB\xBF";
    if (at.line == 0 || at.line > l->n_read) return at.line ? l->len : 0;
    size_t i = l->read_starts[at.line - 1], used = 0;
    if (i == 0 && l->len >= 3 && memcmp(l->text, mark, 3) == 0) i = 3;
    for (uint32_t column = 1; column < at.column && i < l->len; column++, i += used) {
        if (break_of_reader(l->text + i, l->len - i)) break;
        text_decode(l->text + i, l->len - i, &used);
    }
    return i;
}
