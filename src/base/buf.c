// SPDX-License-Identifier: Apache-2.0
/* Growable byte buffer; see buf.h. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { SINK_BYTES = 256 << 10 };

void buf_fini(struct buf *b)
{
    free(b->data);
    *b = (struct buf){0};
}

int buf_flush(struct buf *b)
{
    if (b->sink && b->len > 0) {
        if (fwrite(b->data, 1, b->len, b->sink) != b->len) b->failed = 1;
        b->len = 0;
    }
    if (b->sink && fflush(b->sink) != 0) b->failed = 1;
    return b->failed ? -1 : 0;
}

/* Drains a full buffer to its sink, or makes it larger. */
static void make_room(struct buf *b, size_t more)
{
    if (b->sink && b->len + more > SINK_BYTES && b->len > 0) {
        if (fwrite(b->data, 1, b->len, b->sink) != b->len) b->failed = 1;
        b->len = 0;
    }
    size_t cap = b->cap ? b->cap : 256;
    while (cap < b->len + more + 1)
        cap *= 2;
    if (cap > b->cap) b->data = mem_grow(b->data, cap);
    b->cap = cap;
}

char *buf_room(struct buf *b, size_t more)
{
    if (b->len + more + 1 > b->cap) make_room(b, more);
    return b->data + b->len;
}

void buf_used(struct buf *b, const char *end)
{
    b->len = (size_t)(end - b->data);
    b->data[b->len] = '\0';
}

void buf_add(struct buf *b, const char *s, size_t len)
{
    if (len == 0) return;
    char *room = buf_room(b, len);
    memcpy(room, s, len);
    buf_used(b, room + len);
}

void buf_str(struct buf *b, const char *s)
{
    buf_add(b, s, strlen(s));
}

void buf_char(struct buf *b, char c)
{
    buf_add(b, &c, 1);
}

void buf_printf(struct buf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len <= 0) return;
    char *room = buf_room(b, (size_t)len);
    va_start(args, format);
    vsnprintf(room, (size_t)len + 1, format, args);
    va_end(args);
    b->len += (size_t)len;
}

const char *buf_text(const struct buf *b)
{
    return b->data ? b->data : "";
}

void buf_html(struct buf *b, const char *s)
{
    for (const char *p = s; *p; p++) {
        switch (*p) {
        case '&': buf_str(b, "&amp;"); break;
        case '<': buf_str(b, "&lt;"); break;
        case '>': buf_str(b, "&gt;"); break;
        case '"': buf_str(b, "&quot;"); break;
        case '\'': buf_str(b, "&#39;"); break;
        default: buf_char(b, *p); break;
        }
    }
}
