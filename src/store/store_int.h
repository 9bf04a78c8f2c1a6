// SPDX-License-Identifier: Apache-2.0
#ifndef STORE_STORE_INT_H
#define STORE_STORE_INT_H
/*
 * Inside the store. store.c checks what comes from outside; store_systems.c,
 * store_records.c and store_audit.c do the work, once, in the statements of
 * statements.def; a backend runs these on its database. Each function that changes
 * something is whole or has changed nothing; between db_begin and db_end many are,
 * together.
 */
#include "store/store.h"

/* ---- a backend ------------------------------------------------------------------ */

enum sql {
#define SQL(name, text) SQL_##name,
#include "store/statements.def"
#undef SQL
    N_SQL
};

/* What is bound to a parameter: a text of len bytes, or a number when text is NULL. */
struct sql_value {
    const char *text;
    size_t len;
    int64_t number;
};

struct db;

/* One connection with a database; a backend embeds struct db as its first member. A
 * statement is started once before it is finished; its rows are had one after another.
 */
struct db_ops {
    void (*close)(struct db *db);
    const char *(*problem)(const struct db *db);
    /* Begins a transaction in which no other connection writes. */
    enum store_result (*begin)(struct db *db);
    /* Ends it; not STORE_OK: nothing has changed. */
    enum store_result (*end)(struct db *db, int keep);
    void (*start)(struct db *db, enum sql which, const struct sql_value *values,
                  int n_values);
    int (*next)(struct db *db, enum sql which); // 1: there is a row
    int64_t (*number)(struct db *db, enum sql which, int column);
    const char *(*text)(struct db *db, enum sql which, int column, struct arena *a);
    /* What the statement has come to. */
    enum store_result (*finish)(struct db *db, enum sql which);
    enum store_result (*backup)(struct db *db, const char *path);
};

struct db {
    const struct db_ops *ops;
    unsigned depth; // of db_begin
};

struct store {
    struct db *db;
};

extern const char *const sql_texts[N_SQL];

/* Opens the SQLite backend; NULL after an error in d. */
struct db *db_open_sqlite(const char *path, struct diag_list *d);

/* ---- store_db.c: what is made of these ------------------------------------------ */

#define SQL_TEXT_OF(s, n) ((struct sql_value){.text = (s), .len = (n)})
#define SQL_STRING(s)     SQL_TEXT_OF(s, strlen(s))
#define SQL_NUMBER_OF(n)  ((struct sql_value){.number = (n)})

/* Starts a statement with values. */
#define DB_START(db, which, ...)                                                       \
    (db)->ops->start((db), (which), (const struct sql_value[]){__VA_ARGS__},           \
                     (int)(sizeof((const struct sql_value[]){__VA_ARGS__}) /           \
                           sizeof(struct sql_value)))
/* The outermost decides what comes of a transaction. */
enum store_result db_begin(struct db *db);
enum store_result db_end(struct db *db, enum store_result result);

/* Finishes a statement that gives one row; STORE_MISSING when it gave none. */
enum store_result db_finish_one(struct db *db, enum sql which, int has_row);
/* Runs a statement through that has been started, and gives no row. */
enum store_result db_run(struct db *db, enum sql which);

/* Moves a heap array into the arena as a list. */
struct list db_list(struct arena *a, void *items, size_t n, size_t size);

/* ---- store.c -------------------------------------------------------------------- */

/* 1 if a text with its notes may be kept. */
int store_is_text(const struct store_text *text);
/* 1 if it is one line of visible characters of at most so many bytes, or empty. */
int store_is_note(const char *s, size_t most);
/* 1 if it is UTF-8 without NUL of at most so many bytes. */
int store_is_clean(const char *s, size_t len, size_t most);
#endif
