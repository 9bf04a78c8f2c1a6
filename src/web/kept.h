// SPDX-License-Identifier: Apache-2.0
#ifndef WEB_KEPT_H
#define WEB_KEPT_H
/*
 * A few texts that take long to make, remembered by name: pictures of a version, say.
 * The name says all that a text depends on, so that nothing here is ever stale; who is
 * not asked for longest gives way. Any thread may ask.
 */
#include "base/buf.h"

enum { KEPT_TEXTS = 64, KEPT_NAME_BYTES = 160, KEPT_TEXT_BYTES = 1 << 20 };

struct kept;
struct kept *kept_new(void);
/* The same for at most n texts (of KEPT_TEXTS), each of so many bytes at most. */
struct kept *kept_new_for(size_t n, size_t text_bytes);
void kept_free(struct kept *kept); // NULL is fine

/* Appends the text of that name and returns 1, or returns 0. */
int kept_find(struct kept *kept, const char *name, struct buf *out);

/* Remembers a copy; a name or text that is too long is not. */
void kept_keep(struct kept *kept, const char *name, const char *text, size_t len);
#endif
