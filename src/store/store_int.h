// SPDX-License-Identifier: Apache-2.0
#ifndef STORE_STORE_INT_H
#define STORE_STORE_INT_H
/*
 * Inside the store. store.c checks what comes from outside; store_systems.c,
 * store_records.c and store_audit.c do the work, once, in the statements of
 * statements.def; a backend runs these on its database. store_pool.c has the
 * connections: some to read, each by one thread at a time, and one that writes, for all
 * who want to write just then in one transaction.
 */
#include <pthread.h>

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

/*
 * One connection with a database, for one thread at a time; a backend embeds struct db
 * as its first member. A connection that was lost is made anew by what is asked next,
 * if it is not within a transaction. A statement is started once before it is finished;
 * its rows are had one after another.
 */
struct db_ops {
    const char *kind; // what people call the backend
    void (*close)(struct db *db);
    /* One more connection with the same database; it connects when it is first asked.
     */
    struct db *(*another)(const struct db *db);
    const char *(*problem)(const struct db *db);
    /* Begins a transaction in which no other connection writes. */
    enum store_result (*begin)(struct db *db);
    /* Begins one that reads, and sees what was there at its first statement. */
    enum store_result (*look)(struct db *db);
    /* Ends it; not STORE_OK: nothing has changed. */
    enum store_result (*end)(struct db *db, int keep);
    /* Within a transaction: sets a mark; goes back to it, or forgets it. */
    enum store_result (*mark)(struct db *db);
    enum store_result (*unmark)(struct db *db, int keep);
    void (*start)(struct db *db, enum sql which, const struct sql_value *values,
                  int n_values);
    int (*next)(struct db *db, enum sql which); // 1: there is a row
    int64_t (*number)(struct db *db, enum sql which, int column);
    const char *(*text)(struct db *db, enum sql which, int column, struct arena *a);
    /* What the statement has come to. */
    enum store_result (*finish)(struct db *db, enum sql which);
    /* Within a transaction: takes all away, also what guards itself against that. NULL
     * where there is `refill`. */
    enum store_result (*clear)(struct db *db);
    /* The following three may be NULL. Copies all into a new file of SQLite. */
    enum store_result (*backup)(struct db *db, const char *path);
    /* Puts all that is in such a file in the place of all that is there. */
    enum store_result (*refill)(struct db *db, const char *path);
    /* What the database itself finds wrong in it, a line each. */
    enum store_result (*examine)(struct db *db, struct buf *found);
};

struct db {
    const struct db_ops *ops;
};

extern const char *const sql_texts[N_SQL];

/* Open a backend: SQLite in a file, PostgreSQL at an address. NULL after an error in d.
 */
struct db *db_open_sqlite(const char *path, struct diag_list *d);
struct db *db_open_postgres(const char *url, struct diag_list *d);

/* Copies a file of SQLite that is ours, of whatever form, and only reads it; 0, or -1
 * after an error in d. */
int db_copy_sqlite(const char *path, const char *copy, struct diag_list *d);

/* ---- store_pool.c: who has which connection ------------------------------------- */

enum { STORE_READERS = 16, STORE_PROBLEM_BYTES = 400 };

struct store {
    struct db
        *bound; // that of who does several things at once; all else is unused then
    struct db *writer;
    pthread_mutex_t lock;
    pthread_cond_t reader_is_back;
    struct db *idle[STORE_READERS]; // with lock
    unsigned n_idle, n_readers;     // with lock
    struct job *jobs, **last_job;   // with lock: what waits to be written
    int is_writing;                 // with lock: somebody writes what others wait for
    struct arena problems;          // with lock, each there once until the end
    const char *problem;            // with lock
    unsigned n_problems;
};

/* A store of this connection. */
struct store *store_new(struct db *writer);
void store_free(struct store *store);

/* A connection to read with, and it back, with what came of it; returns that. */
struct db *store_take(struct store *store);
enum store_result store_give(struct store *store, struct db *db,
                             enum store_result result);

/* Does something in a transaction, together with others who want to write. It may be
 * called again when what it did was undone because of them. */
enum store_result store_write(struct store *store,
                              enum store_result (*work)(struct db *db, void *context),
                              void *context);

/* As store_together, but `work` only reads, what was there at one moment, and keeps
 * nobody from writing. */
enum store_result store_look(struct store *store,
                             enum store_result (*work)(struct store *within,
                                                       void *context),
                             void *context);

/* ---- store_db.c: what is made of a backend's functions -------------------------- */

#define SQL_TEXT_OF(s, n) ((struct sql_value){.text = (s), .len = (n)})
#define SQL_STRING(s)     SQL_TEXT_OF(s, strlen(s))
#define SQL_NUMBER_OF(n)  ((struct sql_value){.number = (n)})

/* Starts a statement with values. */
#define DB_START(db, which, ...)                                                       \
    (db)->ops->start((db), (which), (const struct sql_value[]){__VA_ARGS__},           \
                     (int)(sizeof((const struct sql_value[]){__VA_ARGS__}) /           \
                           sizeof(struct sql_value)))
/* Finishes a statement that gives one row; STORE_MISSING when it gave none. */
enum store_result db_finish_one(struct db *db, enum sql which, int has_row);
/* Runs a statement through that has been started, and gives no row. */
enum store_result db_run(struct db *db, enum sql which);

/* The number that a statement without parameters gives. */
enum store_result db_count(struct db *db, enum sql which, int64_t *n);

/* Moves a heap array into the arena as a list. */
struct list db_list(struct arena *a, void *items, size_t n, size_t size);

/* ---- store_copy.c --------------------------------------------------------------- */

/* Copies all into a store: into one that is empty, else STORE_EXISTS; or into the place
 * of all that is there, by its `clear`. All or nothing. */
enum store_result store_copy(struct store *from, struct store *to, int is_to_replace);
/* STORE_EXISTS if there is anything in a store that is bound. */
enum store_result store_be_empty(struct store *within);

/* ---- store_audit.c -------------------------------------------------------------- */

/* The next entries after a number, and one with the number and hash that it has. */
enum store_result db_audit_after(struct db *db, int64_t number, struct arena *a,
                                 struct list *entries);
enum store_result db_audit_put(struct db *db, const struct store_audit *entry);

/* ---- store_systems.c ------------------------------------------------------------ */

/* An empty system, to which versions with any numbers are then added. */
enum store_result db_add_system(struct db *db, const char *workspace, const char *slug,
                                int64_t created_s, int64_t *id);
enum store_result db_add_version(struct db *db, int64_t id, int64_t number,
                                 const struct store_text *text);

/* Notes a visit; the system is there. */
enum store_result db_put_visit(struct db *db, int64_t id, const char *person,
                               const struct store_visit *visit);
/* The row of a system and the number of its latest version. */
enum store_result db_find_system(struct db *db, const char *workspace, const char *slug,
                                 int64_t *id, int64_t *number);

/* ---- store.c -------------------------------------------------------------------- */

/* 1 if a text with its notes may be kept. */
int store_is_text(const struct store_text *text);
/* 1 if it is one line of visible characters of at most so many bytes, or empty. */
int store_is_note(const char *s, size_t most);
/* 1 if it is UTF-8 without NUL of at most so many bytes. */
int store_is_clean(const char *s, size_t len, size_t most);
#endif
