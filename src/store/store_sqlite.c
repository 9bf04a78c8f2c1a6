// SPDX-License-Identifier: Apache-2.0
/*
 * The store in a file of SQLite. The texts of all statements are constants in one
 * table, values are bound; the forms of the database are a table too, of which only
 * later rows are ever applied. A journal written ahead lets readers go on beside a
 * writer, and is synced at each commit: what was acknowledged survives the end of the
 * process and of the machine.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/store_int.h"

/* "Awai" marks our files, so that no other program's is changed. */
enum { APPLICATION_ID = 0x41776169, BUSY_MS = 5000 };

static const char set_up[] = "PRAGMA foreign_keys = ON;"
                             "PRAGMA journal_mode = WAL;"
                             "PRAGMA synchronous = FULL;"
                             "PRAGMA trusted_schema = OFF;";

/* What leads from each form to the next; user_version counts those that were applied.
 * A row that has been released is never changed. */
static const char *const migrations[] = {
    "CREATE TABLE system ("
    " id INTEGER PRIMARY KEY,"
    " slug TEXT NOT NULL UNIQUE,"
    " created_s INTEGER NOT NULL) STRICT;"
    "CREATE TABLE version ("
    " system INTEGER NOT NULL REFERENCES system (id),"
    " number INTEGER NOT NULL CHECK (number > 0),"
    " saved_s INTEGER NOT NULL,"
    " who TEXT NOT NULL,"
    " why TEXT NOT NULL,"
    " n_bytes INTEGER NOT NULL,"
    " text TEXT NOT NULL,"
    " UNIQUE (system, number)) STRICT;"
    "CREATE TRIGGER version_stays BEFORE UPDATE ON version"
    " BEGIN SELECT RAISE (ABORT, 'a version is never overwritten'); END;"
    "CREATE TRIGGER version_remains BEFORE DELETE ON version"
    " BEGIN SELECT RAISE (ABORT, 'a version is never taken away'); END;",
};
enum { N_MIGRATIONS = sizeof migrations / sizeof *migrations };

#define LATEST "(SELECT max(number) FROM version WHERE system = s.id)"

// clang-format off
/* name, text; numbered parameters are bound in their order */
#define STATEMENTS(F)                                                                  \
    F(SYSTEMS,                                                                         \
      "SELECT s.slug, s.created_s, v.number, v.saved_s, v.who, v.why, v.n_bytes"       \
      " FROM system s JOIN version v ON v.system = s.id AND v.number = " LATEST        \
      " ORDER BY s.slug")                                                              \
    F(SYSTEM,                                                                          \
      "SELECT s.slug, s.created_s, v.number, v.saved_s, v.who, v.why, v.n_bytes"       \
      " FROM system s JOIN version v ON v.system = s.id AND v.number = " LATEST        \
      " WHERE s.slug = ?1")                                                            \
    F(CREATE, "INSERT INTO system (slug, created_s) VALUES (?1, ?2)")                  \
    F(NUMBER, "SELECT s.id, " LATEST " FROM system s WHERE s.slug = ?1")               \
    F(SAVE,                                                                            \
      "INSERT INTO version (system, number, saved_s, who, why, n_bytes, text)"         \
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")                                          \
    F(TEXT,                                                                            \
      "SELECT v.number, v.saved_s, v.who, v.why, v.n_bytes, v.text"                    \
      " FROM system s JOIN version v ON v.system = s.id"                               \
      " WHERE s.slug = ?1 AND v.number = CASE ?2 WHEN 0 THEN " LATEST " ELSE ?2 END")  \
    F(VERSIONS,                                                                        \
      "SELECT v.number, v.saved_s, v.who, v.why, v.n_bytes"                            \
      " FROM system s JOIN version v ON v.system = s.id"                               \
      " WHERE s.slug = ?1 ORDER BY v.number DESC")                                     \
    F(BEGIN, "BEGIN IMMEDIATE")                                                        \
    F(COMMIT, "COMMIT")                                                                \
    F(ROLLBACK, "ROLLBACK")

enum statement {
#define F(name, sql) SQL_##name,
    STATEMENTS(F)
#undef F
    N_STATEMENTS
};
static const char *const statement_texts[] = {
#define F(name, sql) sql,
    STATEMENTS(F)
#undef F
};
// clang-format on

struct sqlite_store {
    struct store store;
    sqlite3 *db;
    sqlite3_stmt *statements[N_STATEMENTS]; // prepared when first used
    unsigned depth;                         // of begin
};

static struct sqlite_store *of(struct store *store)
{
    return (struct sqlite_store *)(void *)store;
}

/* ---- statements ----------------------------------------------------------------- */

/* What a code of SQLite comes to. That a file must not grow (a limit of the process or
 * of a user's space) is told as an error of writing, without a cause. */
static enum store_result result_of(const struct sqlite_store *s, int code)
{
    int is_writing =
        code == SQLITE_IOERR && sqlite3_extended_errcode(s->db) == SQLITE_IOERR_WRITE;
    if (code == SQLITE_OK || code == SQLITE_DONE) return STORE_OK;
    return code == SQLITE_FULL || is_writing ? STORE_FULL : STORE_FAILED;
}

/* The statement, ready to be bound; NULL if the database does not take it. */
static sqlite3_stmt *statement(struct sqlite_store *s, enum statement which)
{
    sqlite3_stmt **slot = &s->statements[which];
    if (*slot == NULL)
        sqlite3_prepare_v3(s->db, statement_texts[which], -1, SQLITE_PREPARE_PERSISTENT,
                           slot, NULL);
    return *slot;
}

/* Gives a statement back for the next use; what its last step came to. */
static enum store_result finish(struct sqlite_store *s, sqlite3_stmt *q, int code)
{
    enum store_result result = result_of(s, code & 0xff);
    sqlite3_reset(q);
    sqlite3_clear_bindings(q);
    return result;
}

/* Runs a statement without parameters and rows. */
static enum store_result run(struct sqlite_store *s, enum statement which)
{
    sqlite3_stmt *q = statement(s, which);
    if (q == NULL) return STORE_FAILED;
    return finish(s, q, sqlite3_step(q));
}

static void bind_text(sqlite3_stmt *q, int i, const char *text, size_t len)
{
    sqlite3_bind_text64(q, i, text, len, SQLITE_STATIC, SQLITE_UTF8);
}

static const char *column_text(sqlite3_stmt *q, int i, struct arena *a)
{
    const unsigned char *text = sqlite3_column_text(q, i);
    int len = sqlite3_column_bytes(q, i);
    return arena_strn(a, text ? (const char *)text : "", len > 0 ? (size_t)len : 0);
}

/* ---- transactions --------------------------------------------------------------- */

static enum store_result begin(struct store *store)
{
    struct sqlite_store *s = of(store);
    enum store_result result = s->depth ? STORE_OK : run(s, SQL_BEGIN);
    if (result == STORE_OK) s->depth++;
    return result;
}

static enum store_result end(struct store *store, int keep)
{
    struct sqlite_store *s = of(store);
    if (--s->depth > 0) return STORE_OK; // the outermost decides
    enum store_result result = keep ? run(s, SQL_COMMIT) : STORE_OK;
    if ((!keep || result != STORE_OK) && !sqlite3_get_autocommit(s->db))
        run(s, SQL_ROLLBACK);
    return result;
}

/* ---- reading -------------------------------------------------------------------- */

/* The five columns that tell of a version, from column i on. */
static struct store_version read_version(sqlite3_stmt *q, int i, struct arena *a)
{
    return (struct store_version){
        .number = sqlite3_column_int64(q, i),
        .saved_s = sqlite3_column_int64(q, i + 1),
        .who = column_text(q, i + 2, a),
        .why = column_text(q, i + 3, a),
        .n_bytes = sqlite3_column_int64(q, i + 4),
    };
}

static struct store_system read_system(sqlite3_stmt *q, struct arena *a)
{
    return (struct store_system){
        .slug = column_text(q, 0, a),
        .created_s = sqlite3_column_int64(q, 1),
        .latest = read_version(q, 2, a),
    };
}

/* Moves a heap array into the arena as a list. */
static struct list keep_list(struct arena *a, void *items, size_t n, size_t size)
{
    struct list list = {arena_array(a, n + 1, size), (uint32_t)n};
    if (n) memcpy(list.items, items, n * size);
    free(items);
    return list;
}

static enum store_result systems(struct store *store, struct arena *a,
                                 struct list *list)
{
    struct sqlite_store *s = of(store);
    sqlite3_stmt *q = statement(s, SQL_SYSTEMS);
    struct store_system *items = NULL;
    size_t n = 0, cap = 0;
    int code;
    if (q == NULL) return STORE_FAILED;
    while ((code = sqlite3_step(q)) == SQLITE_ROW) {
        struct store_system *item = mem_push(&items, &n, &cap, sizeof *items);
        *item = read_system(q, a);
    }
    *list = keep_list(a, items, n, sizeof *items);
    return finish(s, q, code);
}

static enum store_result system_of(struct store *store, const char *slug,
                                   struct arena *a, struct store_system *system)
{
    struct sqlite_store *s = of(store);
    sqlite3_stmt *q = statement(s, SQL_SYSTEM);
    if (q == NULL) return STORE_FAILED;
    bind_text(q, 1, slug, strlen(slug));
    int code = sqlite3_step(q);
    if (code == SQLITE_ROW) *system = read_system(q, a);
    enum store_result result = finish(s, q, code == SQLITE_ROW ? SQLITE_DONE : code);
    return result == STORE_OK && code == SQLITE_DONE ? STORE_MISSING : result;
}

static enum store_result text_of(struct store *store, const char *slug, int64_t number,
                                 struct arena *a, const char **text,
                                 struct store_version *version)
{
    struct sqlite_store *s = of(store);
    sqlite3_stmt *q = statement(s, SQL_TEXT);
    if (q == NULL) return STORE_FAILED;
    bind_text(q, 1, slug, strlen(slug));
    sqlite3_bind_int64(q, 2, number);
    int code = sqlite3_step(q);
    if (code == SQLITE_ROW) {
        *version = read_version(q, 0, a);
        *text = column_text(q, 5, a);
    }
    enum store_result result = finish(s, q, code == SQLITE_ROW ? SQLITE_DONE : code);
    return result == STORE_OK && code == SQLITE_DONE ? STORE_MISSING : result;
}

static enum store_result versions(struct store *store, const char *slug,
                                  struct arena *a, struct list *list)
{
    struct sqlite_store *s = of(store);
    sqlite3_stmt *q = statement(s, SQL_VERSIONS);
    struct store_version *items = NULL;
    size_t n = 0, cap = 0;
    int code;
    if (q == NULL) return STORE_FAILED;
    bind_text(q, 1, slug, strlen(slug));
    while ((code = sqlite3_step(q)) == SQLITE_ROW) {
        struct store_version *item = mem_push(&items, &n, &cap, sizeof *items);
        *item = read_version(q, 0, a);
    }
    *list = keep_list(a, items, n, sizeof *items);
    enum store_result result = finish(s, q, code);
    return result == STORE_OK && n == 0 ? STORE_MISSING : result;
}

/* ---- writing -------------------------------------------------------------------- */

/* The row of a system and its latest number, 0 before the first. */
static enum store_result find_number(struct sqlite_store *s, const char *slug,
                                     int64_t *id, int64_t *number)
{
    sqlite3_stmt *q = statement(s, SQL_NUMBER);
    if (q == NULL) return STORE_FAILED;
    bind_text(q, 1, slug, strlen(slug));
    int code = sqlite3_step(q);
    if (code == SQLITE_ROW) {
        *id = sqlite3_column_int64(q, 0);
        *number = sqlite3_column_int64(q, 1);
    }
    enum store_result result = finish(s, q, code == SQLITE_ROW ? SQLITE_DONE : code);
    return result == STORE_OK && code == SQLITE_DONE ? STORE_MISSING : result;
}

static enum store_result add_version(struct sqlite_store *s, int64_t id, int64_t number,
                                     const struct store_text *t)
{
    sqlite3_stmt *q = statement(s, SQL_SAVE);
    if (q == NULL) return STORE_FAILED;
    sqlite3_bind_int64(q, 1, id);
    sqlite3_bind_int64(q, 2, number);
    sqlite3_bind_int64(q, 3, t->saved_s);
    bind_text(q, 4, t->who, strlen(t->who));
    bind_text(q, 5, t->why, strlen(t->why));
    sqlite3_bind_int64(q, 6, (int64_t)t->len);
    bind_text(q, 7, t->text, t->len);
    return finish(s, q, sqlite3_step(q));
}

/* Within a transaction. */
static enum store_result save_within(struct sqlite_store *s, const char *slug,
                                     int64_t based_on, const struct store_text *text,
                                     int64_t *number)
{
    int64_t id = 0;
    enum store_result result = find_number(s, slug, &id, number);
    if (result != STORE_OK) return result;
    if (*number != based_on) return STORE_CONFLICT;
    return add_version(s, id, ++*number, text);
}

static enum store_result save(struct store *store, const char *slug, int64_t based_on,
                              const struct store_text *text, int64_t *number)
{
    enum store_result result = begin(store), ended;
    if (result != STORE_OK) return result;
    result = save_within(of(store), slug, based_on, text, number);
    ended = end(store, result == STORE_OK);
    return result == STORE_OK ? ended : result;
}

static enum store_result create_within(struct sqlite_store *s, const char *slug,
                                       const struct store_text *text)
{
    int64_t id, number;
    sqlite3_stmt *q = statement(s, SQL_CREATE);
    enum store_result result = find_number(s, slug, &id, &number);
    if (q == NULL) return STORE_FAILED;
    if (result != STORE_MISSING) return result == STORE_OK ? STORE_EXISTS : result;
    bind_text(q, 1, slug, strlen(slug));
    sqlite3_bind_int64(q, 2, text->saved_s);
    result = finish(s, q, sqlite3_step(q));
    if (result != STORE_OK) return result;
    return add_version(s, sqlite3_last_insert_rowid(s->db), 1, text);
}

static enum store_result create(struct store *store, const char *slug,
                                const struct store_text *text)
{
    enum store_result result = begin(store), ended;
    if (result != STORE_OK) return result;
    result = create_within(of(store), slug, text);
    ended = end(store, result == STORE_OK);
    return result == STORE_OK ? ended : result;
}

/* ---- backup --------------------------------------------------------------------- */

/* All pages in one step: those who write meanwhile wait, and it is of one moment. */
static enum store_result copy_into(struct sqlite_store *s, sqlite3 *copy)
{
    sqlite3_backup *job = sqlite3_backup_init(copy, "main", s->db, "main");
    if (job == NULL) return STORE_FAILED;
    sqlite3_backup_step(job, -1);
    return result_of(s, sqlite3_backup_finish(job) & 0xff);
}

static enum store_result backup(struct store *store, const char *path)
{
    struct buf part = {0};
    sqlite3 *copy = NULL;
    buf_printf(&part, "%s.part", path);
    remove(buf_text(&part));
    enum store_result result = STORE_FAILED;
    if (sqlite3_open(buf_text(&part), &copy) == SQLITE_OK)
        result = copy_into(of(store), copy);
    if (sqlite3_close(copy) != SQLITE_OK) result = STORE_FAILED;
    if (result == STORE_OK && rename(buf_text(&part), path) != 0) result = STORE_FAILED;
    if (result != STORE_OK) remove(buf_text(&part));
    buf_fini(&part);
    return result;
}

/* ---- opening -------------------------------------------------------------------- */

static void close_store(struct store *store)
{
    struct sqlite_store *s = of(store);
    for (size_t i = 0; i < N_STATEMENTS; i++)
        sqlite3_finalize(s->statements[i]);
    sqlite3_close(s->db);
    free(s);
}

static const char *problem(const struct store *store)
{
    const struct sqlite_store *s = (const struct sqlite_store *)(const void *)store;
    return sqlite3_errcode(s->db) == SQLITE_OK ? "" : sqlite3_errmsg(s->db);
}

/* The number that a pragma answers with, or -1. */
static int pragma(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *q = NULL;
    int value = -1;
    if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) == SQLITE_OK &&
        sqlite3_step(q) == SQLITE_ROW)
        value = sqlite3_column_int(q, 0);
    sqlite3_finalize(q);
    return value;
}

/* Applies the rows from `form` on; 0, or -1. Within a transaction. */
static int apply(sqlite3 *db, int form)
{
    char mark[96];
    snprintf(mark, sizeof mark, "PRAGMA application_id = %d; PRAGMA user_version = %d",
             APPLICATION_ID, N_MIGRATIONS);
    for (int i = form; i < N_MIGRATIONS; i++)
        if (sqlite3_exec(db, migrations[i], NULL, NULL, NULL) != SQLITE_OK) return -1;
    return sqlite3_exec(db, mark, NULL, NULL, NULL) == SQLITE_OK ? 0 : -1;
}

/* -1 after the error that the database itself tells. */
static int fail(sqlite3 *db, const char *path, struct diag_list *d)
{
    DIAG_ADD(d, STORE_OPEN, (struct place){0}, text_same(path),
             text_same(sqlite3_errmsg(db)));
    return -1;
}

/* The form of a file that is ours or empty; -1 after an error in d, the file as it was.
 */
static int find_form(sqlite3 *db, const char *path, struct diag_list *d)
{
    int form = pragma(db, "PRAGMA user_version");
    int mark = pragma(db, "PRAGMA application_id");
    int n = pragma(db, "SELECT count(*) FROM sqlite_schema");
    if (form < 0 || mark < 0 || n < 0) return fail(db, path, d);
    if (mark != APPLICATION_ID && (mark || form || n)) {
        DIAG_ADD(d, STORE_FOREIGN, (struct place){0}, text_same(path));
        return -1;
    }
    if (form > N_MIGRATIONS) {
        DIAG_ADD(d, STORE_NEWER, (struct place){0}, text_same(path));
        return -1;
    }
    return form;
}

/* Brings the database to the newest form. Two who open a new file at once apply each
 * row once: the form is asked again within the transaction. */
static int migrate(struct sqlite_store *s, const char *path, struct diag_list *d)
{
    if (begin(&s->store) != STORE_OK) return fail(s->db, path, d);
    int form = find_form(s->db, path, d);
    int wrong = form < 0;
    if (form >= 0 && form < N_MIGRATIONS && apply(s->db, form) != 0)
        wrong = fail(s->db, path, d);
    if (end(&s->store, !wrong) == STORE_OK) return wrong ? -1 : 0;
    return wrong ? -1 : fail(s->db, path, d);
}

/* Opens s->db; -1 after an error in d. */
static int open_database(struct sqlite_store *s, const char *path, struct diag_list *d)
{
    const int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX;
    if (sqlite3_open_v2(path, &s->db, flags, NULL) != SQLITE_OK)
        return fail(s->db, path, d);
    sqlite3_busy_timeout(s->db, BUSY_MS);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    if (find_form(s->db, path, d) < 0) return -1;
    if (sqlite3_exec(s->db, set_up, NULL, NULL, NULL) != SQLITE_OK)
        return fail(s->db, path, d);
    return migrate(s, path, d);
}

static const struct store_ops sqlite_ops = {
    .close = close_store,
    .problem = problem,
    .begin = begin,
    .end = end,
    .systems = systems,
    .system = system_of,
    .create = create,
    .save = save,
    .text = text_of,
    .versions = versions,
    .backup = backup,
};

struct store *store_open_sqlite(const char *path, struct diag_list *d)
{
    struct sqlite_store *s = mem_alloc(sizeof *s);
    s->store.ops = &sqlite_ops;
    if (open_database(s, path, d) == 0) return &s->store;
    close_store(&s->store);
    return NULL;
}
