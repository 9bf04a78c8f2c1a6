// SPDX-License-Identifier: Apache-2.0
/*
 * The store in a file of SQLite. The forms of the database are a table, of which only
 * later rows are ever applied. A journal written ahead lets readers go on beside a
 * writer, and is synced at each commit: what was acknowledged survives the end of the
 * process and of the machine.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "store/store_int.h"

/* "Awai" marks our files, so that no other program's is changed. */
enum { APPLICATION_ID = 0x41776169, BUSY_MS = 5000 };

/* What each connection is told. */
static const char set_up[] = "PRAGMA synchronous = FULL;"
                             "PRAGMA trusted_schema = OFF;"
                             "PRAGMA foreign_keys = ON;";
/* And the first, before it brings the file to the newest form: a table that others
 * refer to cannot be made anew while that is watched. */
static const char set_up_file[] = "PRAGMA synchronous = FULL;"
                                  "PRAGMA trusted_schema = OFF;"
                                  "PRAGMA foreign_keys = OFF;"
                                  "PRAGMA journal_mode = WAL;";

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

    // workspaces: the name of a system is its own within one
    "CREATE TABLE system_of_workspace ("
    " id INTEGER PRIMARY KEY,"
    " workspace TEXT NOT NULL,"
    " slug TEXT NOT NULL,"
    " created_s INTEGER NOT NULL,"
    " UNIQUE (workspace, slug)) STRICT;"
    "INSERT INTO system_of_workspace"
    " SELECT id, '" STORE_WORKSPACE "', slug, created_s FROM system;"
    "DROP TABLE system;"
    "ALTER TABLE system_of_workspace RENAME TO system;"
    "CREATE TABLE records ("
    " kind TEXT NOT NULL,"
    " name TEXT NOT NULL,"
    " revision INTEGER NOT NULL,"
    " value TEXT NOT NULL,"
    " PRIMARY KEY (kind, name)) STRICT;"
    "CREATE TABLE counter (revision INTEGER NOT NULL) STRICT;"
    "INSERT INTO counter VALUES (0);"
    "CREATE TABLE audit ("
    " number INTEGER PRIMARY KEY,"
    " at_s INTEGER NOT NULL,"
    " who TEXT NOT NULL,"
    " what TEXT NOT NULL,"
    " about TEXT NOT NULL,"
    " previous TEXT NOT NULL) STRICT;"
    "CREATE TRIGGER audit_stays BEFORE UPDATE ON audit"
    " BEGIN SELECT RAISE (ABORT, 'an entry is never overwritten'); END;"
    "CREATE TRIGGER audit_remains BEFORE DELETE ON audit"
    " BEGIN SELECT RAISE (ABORT, 'an entry is never taken away'); END;"
    "CREATE TRIGGER audit_follows BEFORE INSERT ON audit"
    " WHEN new.number <> 1 + (SELECT coalesce(max(number), 0) FROM audit)"
    " BEGIN SELECT RAISE (ABORT, 'an entry follows the last'); END;",

    // what is remembered of versions
    "CREATE TABLE summary ("
    " system INTEGER PRIMARY KEY REFERENCES system (id),"
    " number INTEGER NOT NULL,"
    " mark TEXT NOT NULL,"
    " value TEXT NOT NULL) STRICT;",

    // up to which version who has looked
    "CREATE TABLE visit ("
    " person TEXT NOT NULL,"
    " system INTEGER NOT NULL REFERENCES system (id),"
    " number INTEGER NOT NULL,"
    " seen_s INTEGER NOT NULL,"
    " PRIMARY KEY (person, system)) STRICT, WITHOUT ROWID;",
};
enum { N_MIGRATIONS = sizeof migrations / sizeof *migrations };

struct sqlite_db {
    struct db db;
    char *path;
    sqlite3 *sqlite;       // NULL before the first use
    int is_in_transaction; // as we know; SQLite ends one by itself when a disk is full
    char problem[256];     // what was said with the last failure
    struct sqlite_statement {
        sqlite3_stmt *q; // prepared when first used
        int code;        // of the last step
    } statements[N_SQL];
};

static struct sqlite_db *of(struct db *db)
{
    return (struct sqlite_db *)(void *)db;
}

/* ---- statements ----------------------------------------------------------------- */

/* What a code of SQLite comes to. That a file must not grow (a limit of the process or
 * of a user's space) is told as an error of writing, without a cause. */
static enum store_result result_of(sqlite3 *sqlite, int code)
{
    int is_writing =
        code == SQLITE_IOERR && sqlite3_extended_errcode(sqlite) == SQLITE_IOERR_WRITE;
    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return STORE_OK;
    return code == SQLITE_FULL || is_writing ? STORE_FULL : STORE_FAILED;
}

/* The same, of a connection, which keeps what was said with a failure. */
static enum store_result note_result(struct sqlite_db *s, int code)
{
    enum store_result result = result_of(s->sqlite, code & 0xff);
    if (result != STORE_OK && s->sqlite)
        snprintf(s->problem, sizeof s->problem, "%s", sqlite3_errmsg(s->sqlite));
    return result;
}

static enum store_result run(struct sqlite_db *s, const char *sql)
{
    return note_result(s, sqlite3_exec(s->sqlite, sql, NULL, NULL, NULL));
}

static int connect_again(struct sqlite_db *s);

/* Prepares a statement; what is said when that cannot be. A statement that belongs to a
 * transaction is none without it. */
static int prepare(struct sqlite_db *s, enum sql which)
{
    sqlite3_stmt **q = &s->statements[which].q;
    if (s->sqlite == NULL && connect_again(s) != 0) return SQLITE_CANTOPEN;
    if (s->is_in_transaction && sqlite3_get_autocommit(s->sqlite)) return SQLITE_ABORT;
    if (*q) return SQLITE_OK;
    return sqlite3_prepare_v3(s->sqlite, sql_texts[which], -1,
                              SQLITE_PREPARE_PERSISTENT, q, NULL);
}

static void start(struct db *db, enum sql which, const struct sql_value *v, int n)
{
    struct sqlite_statement *to = &of(db)->statements[which];
    to->code = prepare(of(db), which);
    for (int i = 0; i < n && to->code == SQLITE_OK; i++)
        if (v[i].text)
            sqlite3_bind_text64(to->q, i + 1, v[i].text, v[i].len, SQLITE_STATIC,
                                SQLITE_UTF8);
        else
            sqlite3_bind_int64(to->q, i + 1, v[i].number);
}

static int next(struct db *db, enum sql which)
{
    struct sqlite_statement *from = &of(db)->statements[which];
    if (from->code == SQLITE_OK || from->code == SQLITE_ROW)
        from->code = sqlite3_step(from->q);
    return from->code == SQLITE_ROW;
}

static int64_t number(struct db *db, enum sql which, int column)
{
    return sqlite3_column_int64(of(db)->statements[which].q, column);
}

static const char *text(struct db *db, enum sql which, int column, struct arena *a)
{
    sqlite3_stmt *q = of(db)->statements[which].q;
    const unsigned char *text = sqlite3_column_text(q, column);
    int len = sqlite3_column_bytes(q, column);
    return arena_strn(a, text ? (const char *)text : "", len > 0 ? (size_t)len : 0);
}

static enum store_result finish(struct db *db, enum sql which)
{
    struct sqlite_db *s = of(db);
    struct sqlite_statement *from = &s->statements[which];
    enum store_result result = note_result(s, from->code);
    if (from->q == NULL) return result;
    sqlite3_reset(from->q);
    sqlite3_clear_bindings(from->q);
    return result;
}

/* ---- transactions --------------------------------------------------------------- */

static enum store_result begin_as(struct sqlite_db *s, const char *sql)
{
    if (s->sqlite == NULL && connect_again(s) != 0) return STORE_FAILED;
    enum store_result result = run(s, sql);
    s->is_in_transaction = result == STORE_OK;
    return result;
}

static enum store_result begin(struct db *db)
{
    return begin_as(of(db), "BEGIN IMMEDIATE");
}

static enum store_result look(struct db *db)
{
    return begin_as(of(db), "BEGIN");
}

static enum store_result end(struct db *db, int keep)
{
    struct sqlite_db *s = of(db);
    enum store_result result = keep ? run(s, "COMMIT") : STORE_OK;
    if (!sqlite3_get_autocommit(s->sqlite)) run(s, "ROLLBACK");
    s->is_in_transaction = 0;
    return result;
}

static enum store_result mark(struct db *db)
{
    return run(of(db), "SAVEPOINT job");
}

static enum store_result unmark(struct db *db, int keep)
{
    return run(of(db), keep ? "RELEASE job" : "ROLLBACK TO job; RELEASE job");
}

/* ---- backup --------------------------------------------------------------------- */

/* All pages of one database into another in one step, which is of one moment; who holds
 * the other is waited for. */
static enum store_result copy_into(sqlite3 *from, sqlite3 *to)
{
    const struct timespec pause = {0, 10000000};
    sqlite3_backup *job = sqlite3_backup_init(to, "main", from, "main");
    int code = job ? SQLITE_BUSY : SQLITE_ERROR;
    for (int i = 0; i < BUSY_MS / 10 && code == SQLITE_BUSY; i++) {
        code = sqlite3_backup_step(job, -1);
        if (code == SQLITE_BUSY || code == SQLITE_LOCKED) nanosleep(&pause, NULL);
    }
    int finished = sqlite3_backup_finish(job);
    return code == SQLITE_DONE ? result_of(to, finished & 0xff)
                               : result_of(to, code & 0xff);
}

/* A copy is one file: without a journal written ahead. */
static enum store_result copy_to_file(struct sqlite_db *s, const char *path)
{
    sqlite3 *copy = NULL;
    enum store_result result = STORE_FAILED;
    if (sqlite3_open(path, &copy) == SQLITE_OK) result = copy_into(s->sqlite, copy);
    if (result == STORE_OK && sqlite3_exec(copy, "PRAGMA journal_mode = DELETE", NULL,
                                           NULL, NULL) != SQLITE_OK)
        result = STORE_FAILED;
    if (result != STORE_OK)
        snprintf(s->problem, sizeof s->problem, "%s", sqlite3_errmsg(copy));
    return sqlite3_close(copy) == SQLITE_OK ? result : STORE_FAILED;
}

static enum store_result backup(struct db *db, const char *path)
{
    struct sqlite_db *s = of(db);
    struct buf part = {0};
    if (s->sqlite == NULL && connect_again(s) != 0) return STORE_FAILED;
    buf_printf(&part, "%s.part", path);
    remove(buf_text(&part));
    enum store_result result = copy_to_file(s, buf_text(&part));
    if (result == STORE_OK && rename(buf_text(&part), path) != 0) result = STORE_FAILED;
    if (result != STORE_OK) remove(buf_text(&part));
    buf_fini(&part);
    return result;
}

/* The file has been opened as a store of its own before, so it has the newest form. */
static enum store_result refill(struct db *db, const char *path)
{
    struct sqlite_db *s = of(db);
    sqlite3 *from = NULL;
    enum store_result result = STORE_FAILED;
    if (s->sqlite == NULL && connect_again(s) != 0) return STORE_FAILED;
    if (sqlite3_open_v2(path, &from, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK)
        result = copy_into(from, s->sqlite);
    if (result != STORE_OK)
        snprintf(s->problem, sizeof s->problem, "%s", sqlite3_errmsg(s->sqlite));
    sqlite3_close(from);
    return result;
}

/* What a question about the database's state is answered with, but for "ok". */
static enum store_result ask_state(struct sqlite_db *s, const char *sql,
                                   struct buf *out)
{
    sqlite3_stmt *q = NULL;
    int code = sqlite3_prepare_v2(s->sqlite, sql, -1, &q, NULL);
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(q);
        const char *said =
            code == SQLITE_ROW ? (const char *)sqlite3_column_text(q, 0) : "ok";
        if (said && strcmp(said, "ok") != 0) buf_printf(out, "%s\n", said);
    }
    sqlite3_finalize(q);
    return note_result(s, code);
}

static enum store_result examine(struct db *db, struct buf *found)
{
    struct sqlite_db *s = of(db);
    if (s->sqlite == NULL && connect_again(s) != 0) return STORE_FAILED;
    enum store_result result = ask_state(s, "PRAGMA integrity_check(20)", found);
    if (result != STORE_OK) return result;
    return ask_state(s, "PRAGMA foreign_key_check", found);
}

/* ---- opening -------------------------------------------------------------------- */

static void close_db(struct db *db)
{
    struct sqlite_db *s = of(db);
    for (size_t i = 0; i < N_SQL; i++)
        sqlite3_finalize(s->statements[i].q);
    sqlite3_close(s->sqlite);
    free(s->path);
    free(s);
}

static const char *problem(const struct db *db)
{
    return ((const struct sqlite_db *)(const void *)db)->problem;
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
static int migrate(struct sqlite_db *s, const char *path, struct diag_list *d)
{
    if (begin(&s->db) != STORE_OK) return fail(s->sqlite, path, d);
    int form = find_form(s->sqlite, path, d);
    int wrong = form < 0;
    if (form >= 0 && form < N_MIGRATIONS && apply(s->sqlite, form) != 0)
        wrong = fail(s->sqlite, path, d);
    if (end(&s->db, !wrong) == STORE_OK) return wrong ? -1 : 0;
    return wrong ? -1 : fail(s->sqlite, path, d);
}

/* Opens the file itself; a code of SQLite. */
static int connect_with(struct sqlite_db *s, int flags)
{
    int code =
        sqlite3_open_v2(s->path, &s->sqlite, flags | SQLITE_OPEN_READWRITE, NULL);
    if (code != SQLITE_OK) return code;
    sqlite3_busy_timeout(s->sqlite, BUSY_MS);
    return sqlite3_db_config(s->sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
}

/* One more connection with a file that has been opened; -1 with the problem noted. */
static int connect_again(struct sqlite_db *s)
{
    if (connect_with(s, SQLITE_OPEN_NOMUTEX) == SQLITE_OK &&
        sqlite3_exec(s->sqlite, set_up, NULL, NULL, NULL) == SQLITE_OK)
        return 0;
    snprintf(s->problem, sizeof s->problem, "%s", sqlite3_errmsg(s->sqlite));
    sqlite3_close(s->sqlite);
    s->sqlite = NULL;
    return -1;
}

/* Opens the store's file; -1 after an error in d. */
static int open_database(struct sqlite_db *s, struct diag_list *d)
{
    if (connect_with(s, SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX) != SQLITE_OK)
        return fail(s->sqlite, s->path, d);
    if (find_form(s->sqlite, s->path, d) < 0) return -1;
    if (sqlite3_exec(s->sqlite, set_up_file, NULL, NULL, NULL) != SQLITE_OK)
        return fail(s->sqlite, s->path, d);
    if (migrate(s, s->path, d) != 0) return -1;
    return sqlite3_exec(s->sqlite, set_up, NULL, NULL, NULL) == SQLITE_OK
               ? 0
               : fail(s->sqlite, s->path, d);
}

static struct sqlite_db *sqlite_new(const char *path);

static struct db *another(const struct db *db)
{
    return &sqlite_new(((const struct sqlite_db *)(const void *)db)->path)->db;
}

static const struct db_ops sqlite_ops = {
    .kind = "SQLite",
    .close = close_db,
    .another = another,
    .problem = problem,
    .begin = begin,
    .look = look,
    .end = end,
    .mark = mark,
    .unmark = unmark,
    .start = start,
    .next = next,
    .number = number,
    .text = text,
    .finish = finish,
    .backup = backup,
    .refill = refill,
    .examine = examine,
};

static struct sqlite_db *sqlite_new(const char *path)
{
    struct sqlite_db *s = mem_alloc(sizeof *s);
    size_t size = strlen(path) + 1;
    s->db.ops = &sqlite_ops;
    s->path = memcpy(mem_alloc(size), path, size);
    return s;
}

struct db *db_open_sqlite(const char *path, struct diag_list *d)
{
    struct sqlite_db *s = sqlite_new(path);
    if (open_database(s, d) == 0) return &s->db;
    close_db(&s->db);
    return NULL;
}

/* A file without a form is an empty one, and nobody's backup. */
static int find_backup(struct sqlite_db *s, struct diag_list *d)
{
    if (sqlite3_open_v2(s->path, &s->sqlite, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
        return fail(s->sqlite, s->path, d);
    int form = find_form(s->sqlite, s->path, d);
    if (form != 0) return form > 0 ? 0 : -1;
    DIAG_ADD(d, STORE_FOREIGN, (struct place){0}, text_same(s->path));
    return -1;
}

int db_copy_sqlite(const char *path, const char *copy, struct diag_list *d)
{
    struct sqlite_db *s = sqlite_new(path);
    int wrong = find_backup(s, d);
    if (!wrong && copy_to_file(s, copy) != STORE_OK) {
        DIAG_ADD(d, STORE_OPEN, (struct place){0}, text_same(path),
                 text_same(s->problem));
        wrong = -1;
    }
    close_db(&s->db);
    return wrong;
}
