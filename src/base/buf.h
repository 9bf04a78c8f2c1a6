// SPDX-License-Identifier: Apache-2.0
#ifndef BASE_BUF_H
#define BASE_BUF_H
/*
 * Growable byte buffer, optionally draining to a stream: output of any size is
 * written with bounded memory. Zero-initialized is a valid empty buffer in memory.
 * The bytes belong to the buffer until buf_fini.
 */
#include <stddef.h>
#include <stdio.h>

struct buf {
    char *data; // NUL-terminated once anything was added and sink is NULL
    size_t len;
    size_t cap;
    FILE *sink; // when set, full buffers are written here
    int failed; // 1 after a write to sink failed
};

/* Frees the bytes; with a sink call buf_flush first. */
void buf_fini(struct buf *b);

/* Writes what is pending to the sink; returns 0, or -1 if any write failed. */
int buf_flush(struct buf *b);

/*
 * For writers of many small pieces: room for `more` bytes at the end of the buffer,
 * good until the next call on it; buf_used then says up to where the caller has
 * written.
 */
char *buf_room(struct buf *b, size_t more);
void buf_used(struct buf *b, const char *end);

void buf_add(struct buf *b, const char *s, size_t len);
void buf_str(struct buf *b, const char *s);
void buf_char(struct buf *b, char c);
void buf_printf(struct buf *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The text so far, never NULL. Only for buffers without sink. */
const char *buf_text(const struct buf *b);

/* Appends text escaped for HTML and XML, in element content or a quoted attribute. */
void buf_html(struct buf *b, const char *s);
#endif
