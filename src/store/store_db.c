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

enum store_result db_begin(struct db *db)
{
    enum store_result result = db->depth ? STORE_OK : db->ops->begin(db);
    if (result == STORE_OK) db->depth++;
    return result;
}

enum store_result db_end(struct db *db, enum store_result result)
{
    if (--db->depth > 0) return result;
    enum store_result ended = db->ops->end(db, result == STORE_OK);
    return result == STORE_OK ? ended : result;
}

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

struct list db_list(struct arena *a, void *items, size_t n, size_t size)
{
    struct list list = {arena_array(a, n + 1, size), (uint32_t)n};
    if (n) memcpy(list.items, items, n * size);
    free(items);
    return list;
}
