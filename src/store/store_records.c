// SPDX-License-Identifier: Apache-2.0
/* Records: small texts by kind and key, changed only by who knows what is there. */
#include <string.h>

#include "store/store_int.h"

static int is_key(const char *kind, const char *key)
{
    return schema_is_id(kind) && key && key[0] && store_is_note(key, STORE_KEY_BYTES);
}

/* The revision that is there and its value, which may be NULL with its arena. */
static enum store_result find(struct db *db, const char *kind, const char *key,
                              struct arena *a, const char **value, int64_t *revision)
{
    DB_START(db, SQL_RECORD, SQL_STRING(kind), SQL_STRING(key));
    int found = db->ops->next(db, SQL_RECORD);
    if (found) *revision = db->ops->number(db, SQL_RECORD, 0);
    if (found && value) *value = db->ops->text(db, SQL_RECORD, 1, a);
    return db_finish_one(db, SQL_RECORD, found);
}

enum store_result store_record_get(struct store *store, const char *kind,
                                   const char *key, struct arena *a, const char **value,
                                   size_t *len, int64_t *revision)
{
    int64_t unused;
    if (!is_key(kind, key)) return STORE_MISSING;
    enum store_result result =
        find(store->db, kind, key, a, value, revision ? revision : &unused);
    if (result == STORE_OK && len) *len = strlen(*value);
    return result;
}

static struct store_record read_record(struct db *db, struct arena *a)
{
    struct store_record r = {
        .key = db->ops->text(db, SQL_RECORDS, 2, a),
        .value = db->ops->text(db, SQL_RECORDS, 1, a),
        .revision = db->ops->number(db, SQL_RECORDS, 0),
    };
    r.len = strlen(r.value);
    return r;
}

enum store_result store_records(struct store *store, const char *kind, struct arena *a,
                                struct list *records)
{
    struct db *db = store->db;
    struct store_record *items = NULL;
    size_t n = 0, cap = 0;
    *records = (struct list){0};
    if (!schema_is_id(kind)) return STORE_REFUSED;
    DB_START(db, SQL_RECORDS, SQL_STRING(kind));
    while (db->ops->next(db, SQL_RECORDS)) {
        struct store_record *item = mem_push(&items, &n, &cap, sizeof *items);
        *item = read_record(db, a);
    }
    *records = db_list(a, items, n, sizeof *items);
    return db->ops->finish(db, SQL_RECORDS);
}

/* A revision that no record has had. */
static enum store_result next_revision(struct db *db, int64_t *revision)
{
    db->ops->start(db, SQL_REVISION, NULL, 0);
    int found = db->ops->next(db, SQL_REVISION);
    if (found) *revision = db->ops->number(db, SQL_REVISION, 0);
    if (found) db->ops->next(db, SQL_REVISION);
    return db_finish_one(db, SQL_REVISION, found);
}

/* What becomes of an order that found this there. */
static enum store_result judge(enum store_result found, int64_t there, int64_t based_on)
{
    if (found != STORE_OK && found != STORE_MISSING) return found;
    if (based_on == 0) return found == STORE_OK ? STORE_EXISTS : STORE_OK;
    if (based_on < 0) return STORE_OK;
    if (found == STORE_MISSING) return STORE_MISSING;
    return there == based_on ? STORE_OK : STORE_CONFLICT;
}

/* Within a transaction. */
static enum store_result put(struct db *db, const char *kind, const char *key,
                             struct sql_value value, int64_t based_on,
                             int64_t *revision)
{
    enum store_result found = find(db, kind, key, NULL, NULL, revision);
    enum store_result result = judge(found, *revision, based_on);
    enum sql q = found == STORE_OK ? SQL_RECORD_CHANGE : SQL_RECORD_ADD;
    if (result == STORE_OK) result = next_revision(db, revision);
    if (result != STORE_OK) return result;
    DB_START(db, q, SQL_STRING(kind), SQL_STRING(key), SQL_NUMBER_OF(*revision), value);
    return db_run(db, q);
}

enum store_result store_record_put(struct store *store, const char *kind,
                                   const char *key, const char *value, size_t len,
                                   int64_t based_on, int64_t *revision)
{
    int64_t unused = 0;
    if (!is_key(kind, key) || !store_is_clean(value, len, STORE_RECORD_BYTES))
        return STORE_REFUSED;
    enum store_result result = db_begin(store->db);
    if (result != STORE_OK) return result;
    return db_end(store->db, put(store->db, kind, key, SQL_TEXT_OF(value, len),
                                 based_on, revision ? revision : &unused));
}

enum store_result store_record_drop(struct store *store, const char *kind,
                                    const char *key)
{
    struct db *db = store->db;
    if (!is_key(kind, key)) return STORE_MISSING;
    enum store_result result = db_begin(db);
    if (result != STORE_OK) return result;
    DB_START(db, SQL_RECORD_DROP, SQL_STRING(kind), SQL_STRING(key));
    int found = db->ops->next(db, SQL_RECORD_DROP);
    if (found) db->ops->next(db, SQL_RECORD_DROP);
    return db_end(db, db_finish_one(db, SQL_RECORD_DROP, found));
}
