// SPDX-License-Identifier: Apache-2.0
#ifndef STORE_STORE_INT_H
#define STORE_STORE_INT_H
/*
 * A backend of the store. Arguments have been checked (store.c) when a function gets
 * them; results are as in store.h. Each call is whole or has changed nothing; between
 * begin and end(1) many are, together. A backend embeds struct store as its first
 * member.
 */
#include "store/store.h"

struct store_ops {
    void (*close)(struct store *store);
    const char *(*problem)(const struct store *store);
    enum store_result (*begin)(struct store *store);
    enum store_result (*end)(struct store *store, int keep); // 0: as before begin
    enum store_result (*systems)(struct store *store, struct arena *a,
                                 struct list *systems);
    enum store_result (*system)(struct store *store, const char *slug, struct arena *a,
                                struct store_system *system);
    enum store_result (*create)(struct store *store, const char *slug,
                                const struct store_text *text);
    enum store_result (*save)(struct store *store, const char *slug, int64_t based_on,
                              const struct store_text *text, int64_t *number);
    enum store_result (*text)(struct store *store, const char *slug, int64_t number,
                              struct arena *a, const char **text,
                              struct store_version *version);
    enum store_result (*versions)(struct store *store, const char *slug,
                                  struct arena *a, struct list *versions);
    enum store_result (*backup)(struct store *store, const char *path);
};

struct store {
    const struct store_ops *ops;
};

/* Opens the SQLite backend. */
struct store *store_open_sqlite(const char *path, struct diag_list *d);

/* 1 if a text with its notes may be kept. */
int store_is_text(const struct store_text *text);
#endif
