// SPDX-License-Identifier: Apache-2.0
#ifndef WEB_KEPT_H
#define WEB_KEPT_H
/*
 * Answers that took long, remembered by what was asked for: at most so many, and so
 * many bytes; those not asked for longest go first. Any thread may call.
 */
#include "base/buf.h"

enum { KEPT_MOST = 64, KEPT_BYTES = 32 << 20, KEPT_LARGEST = 8 << 20 };

struct kept;

struct kept *kept_new(void);
void kept_free(struct kept *k); // NULL is fine

/* 1, a copy in `out` and its type if it is remembered. */
int kept_find(struct kept *k, const char *key, struct buf *out, const char **type);
/* Remembers a copy, unless it is larger than KEPT_LARGEST; `type` is a constant. */
void kept_put(struct kept *k, const char *key, const char *type,
              const struct buf *body);
#endif
