// SPDX-License-Identifier: Apache-2.0
#ifndef BASE_BASE64_H
#define BASE_BASE64_H
/* Bytes as text and back (RFC 4648, with padding). */
#include "base/buf.h"

void base64_put(struct buf *out, const void *bytes, size_t len);

/* Appends the bytes that a text stands for: 0, or -1 and nothing if it is no base64. */
int base64_take(struct buf *out, const char *text, size_t len);
#endif
