// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_CATALOG_SHOW_H
#define PAGE_CATALOG_SHOW_H
/* The catalog for people and programs. An id names entries, or a whole section; NULL:
 * everything. */
#include "catalog/catalog.h"

/* 1 if there is an entry or section of that name. */
int catalog_has(const struct catalog *c, const char *id);
/* The name nearest to one that there is not, or NULL. */
const char *catalog_nearest(const struct catalog *c, const char *id);

/* Lists, or shows every entry called so (ids of different sections may be equal). */
void catalog_show(const struct catalog *c, const char *id, enum lang lang,
                  struct buf *out);
/* Ids, names and sources as JSON. */
void catalog_json(const struct catalog *c, const char *id, struct buf *out);
#endif
