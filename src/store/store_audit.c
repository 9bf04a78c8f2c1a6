// SPDX-License-Identifier: Apache-2.0
/*
 * The audit log: a chain in which each entry carries the hash of the one before. What
 * is hashed is the entry as text, each part with its length before it, so that no two
 * entries come to the same bytes.
 */
#include <string.h>

#include "base/sha256.h"
#include "store/store_int.h"

static void put_part(struct buf *out, const char *part)
{
    buf_printf(out, "%zu:%s,", strlen(part), part);
}

/* The hash of an entry as text: what the next one carries. */
static void hash(const struct store_audit *e, char text[STORE_HASH])
{
    struct buf all = {0};
    uint8_t digest[SHA256_BYTES];
    buf_printf(&all, "%lld,%lld,", (long long)e->number, (long long)e->at_s);
    put_part(&all, e->who);
    put_part(&all, e->what);
    put_part(&all, e->about);
    put_part(&all, e->previous);
    sha256(all.data, all.len, digest);
    for (size_t i = 0; i < SHA256_BYTES; i++)
        snprintf(text + 2 * i, 3, "%02x", digest[i]);
    buf_fini(&all);
}

static struct store_audit read_entry(struct db *db, enum sql q, struct arena *a)
{
    return (struct store_audit){
        .number = db->ops->number(db, q, 0),
        .at_s = db->ops->number(db, q, 1),
        .who = db->ops->text(db, q, 2, a),
        .what = db->ops->text(db, q, 3, a),
        .about = db->ops->text(db, q, 4, a),
        .previous = db->ops->text(db, q, 5, a),
    };
}

static enum store_result entries(struct db *db, enum sql q, int64_t from, int64_t most,
                                 struct arena *a, struct list *list)
{
    struct store_audit *items = NULL;
    size_t n = 0, cap = 0;
    DB_START(db, q, SQL_NUMBER_OF(from), SQL_NUMBER_OF(most));
    while (db->ops->next(db, q)) {
        struct store_audit *item = mem_push(&items, &n, &cap, sizeof *items);
        *item = read_entry(db, q, a);
    }
    *list = db_list(a, items, n, sizeof *items);
    return db->ops->finish(db, q);
}

enum store_result store_audit_list(struct store *store, int64_t before, int64_t most,
                                   struct arena *a, struct list *list)
{
    if (most > STORE_AUDIT_MOST) most = STORE_AUDIT_MOST;
    if (most < 0) most = 0;
    return entries(store->db, SQL_AUDIT_BEFORE, before > 0 ? before : INT64_MAX, most,
                   a, list);
}

/* Within a transaction. */
static enum store_result add(struct db *db, struct store_audit *e, struct arena *a)
{
    struct list last;
    char previous[STORE_HASH] = "";
    enum store_result result = entries(db, SQL_AUDIT_BEFORE, INT64_MAX, 1, a, &last);
    if (result != STORE_OK) return result;
    e->number = 1;
    if (last.n) {
        const struct store_audit *l = last.items;
        hash(l, previous);
        e->number = l->number + 1;
    }
    DB_START(db, SQL_AUDIT_ADD, SQL_NUMBER_OF(e->number), SQL_NUMBER_OF(e->at_s),
             SQL_STRING(e->who), SQL_STRING(e->what), SQL_STRING(e->about),
             SQL_STRING(previous));
    return db_run(db, SQL_AUDIT_ADD);
}

enum store_result store_audit_add(struct store *store, int64_t at_s, const char *who,
                                  const char *what, const char *about)
{
    struct arena a = {0};
    struct store_audit e = {.at_s = at_s, .who = who, .what = what, .about = about};
    if (!store_is_note(who, STORE_WHO_BYTES) || !store_is_note(what, STORE_WHO_BYTES) ||
        !store_is_note(about, STORE_WHY_BYTES))
        return STORE_REFUSED;
    enum store_result result = db_begin(store->db);
    if (result == STORE_OK) result = db_end(store->db, add(store->db, &e, &a));
    arena_fini(&a);
    return result;
}

/* 1 if the entries follow `last` number and `head`, which become those of the last. */
static int follow(const struct list *list, int64_t *last, char head[STORE_HASH],
                  int64_t *broken)
{
    const struct store_audit *e = list->items;
    for (uint32_t i = 0; i < list->n; i++) {
        *broken = *last + 1;
        if (e[i].number != *broken || strcmp(e[i].previous, head) != 0) return 0;
        hash(&e[i], head);
        *last = e[i].number;
    }
    *broken = 0;
    return 1;
}

enum store_result store_audit_verify(struct store *store, int64_t *broken,
                                     int64_t *n_entries, char head[STORE_HASH])
{
    struct list list = {.n = 1};
    enum store_result result = STORE_OK;
    *broken = *n_entries = 0;
    head[0] = '\0';
    while (result == STORE_OK && list.n && *broken == 0) {
        struct arena a = {0};
        result = entries(store->db, SQL_AUDIT_AFTER, *n_entries, STORE_AUDIT_MOST, &a,
                         &list);
        if (result == STORE_OK) follow(&list, n_entries, head, broken);
        arena_fini(&a);
    }
    return result;
}
