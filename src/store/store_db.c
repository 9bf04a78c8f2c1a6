// SPDX-License-Identifier: Apache-2.0
/* What the functions of every backend are made into. */
#include <stdlib.h>
#include <string.h>

#include "store/store_int.h"

const char *const sql_texts[N_SQL] = {
#define SQL(name, text) [SQL_##name] = text,
#include "store/statements.def"
#undef SQL
};

enum store_result db_finish_one(struct db *db, enum sql which, int has_row)
{
    enum store_result result = db->ops->finish(db, which);
    return result == STORE_OK && !has_row ? STORE_MISSING : result;
}

enum store_result db_run(struct db *db, enum sql which)
{
    db->ops->next(db, which);
    return db->ops->finish(db, which);
}

enum store_result db_count(struct db *db, enum sql which, int64_t *n)
{
    db->ops->start(db, which, NULL, 0);
    int found = db->ops->next(db, which);
    if (found) *n = db->ops->number(db, which, 0);
    return db_finish_one(db, which, found);
}

struct list db_list(struct arena *a, void *items, size_t n, size_t size)
{
    struct list list = {arena_array(a, n + 1, size), (uint32_t)n};
    if (n) memcpy(list.items, items, n * size);
    free(items);
    return list;
}
