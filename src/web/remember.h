// SPDX-License-Identifier: Apache-2.0
#ifndef WEB_REMEMBER_H
#define WEB_REMEMBER_H
/* What the portfolio says of systems, as the store remembers it (store_remember). */
#include "web/web_int.h"

/* A summary of a version as text; and back, its texts in the arena: 0, or -1 if it is
 * none of this version. */
void summary_write(const struct store_version *of, const struct summary *s,
                   struct buf *out);
int summary_read(const char *text, const struct store_version *of, struct summary *s,
                 struct arena *a);

/* What summaries depend on besides the model, as text: this Awai and its catalog. */
enum { MEMORY_MARK = 96 };
void memory_mark(const struct catalog *catalog, char mark[MEMORY_MARK]);

/* What is to be written to the store: some at a time, and the rest at the end. What it
 * is given must outlive it. */
struct memory *memory_new(struct store *store, const char *mark);
void memory_put(struct memory *m, const char *workspace,
                const struct store_system *system, const struct summary *s);
void memory_free(struct memory *m);
#endif
