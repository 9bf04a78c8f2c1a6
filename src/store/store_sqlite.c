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

#include "store/store_int.h"

/* "Awai" marks our files, so that no other program's is changed. */
enum { APPLICATION_ID = 0x41776169, BUSY_MS = 5000 };

/* Foreign keys are watched once the form is the newest: a table that others refer to
 * cannot be made anew while they are. */
static const char set_up[] = "PRAGMA foreign_keys = OFF;"
                             "PRAGMA journal_mode = WAL;"
                             "PRAGMA synchronous = FULL;"
                             "PRAGMA trusted_schema = OFF;";
static const char set_watch[] = "PRAGMA foreign_keys = ON";

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
};
enum { N_MIGRATIONS = sizeof migrations / sizeof *migrations };

struct sqlite_db {
    struct db db;
    sqlite3 *sqlite;
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

static enum store_result run(struct sqlite_db *s, const char *sql)
{
    return result_of(s->sqlite, sqlite3_exec(s->sqlite, sql, NULL, NULL, NULL) & 0xff);
}

static void start(struct db *db, enum sql which, const struct sql_value *v, int n)
{
    struct sqlite_db *s = of(db);
    struct sqlite_statement *to = &s->statements[which];
    to->code = SQLITE_OK;
    if (to->q == NULL)
        to->code = sqlite3_prepare_v3(s->sqlite, sql_texts[which], -1,
                                      SQLITE_PREPARE_PERSISTENT, &to->q, NULL);
    for (int i = 0; i < n && to->q; i++)
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
    enum store_result result = result_of(s->sqlite, from->code & 0xff);
    sqlite3_reset(from->q);
    sqlite3_clear_bindings(from->q);
    return result;
}

/* ---- transactions --------------------------------------------------------------- */

static enum store_result begin(struct db *db)
{
    return run(of(db), "BEGIN IMMEDIATE");
}

static enum store_result end(struct db *db, int keep)
{
    struct sqlite_db *s = of(db);
    enum store_result result = keep ? run(s, "COMMIT") : STORE_OK;
    if (!sqlite3_get_autocommit(s->sqlite)) run(s, "ROLLBACK");
    return result;
}

/* ---- backup --------------------------------------------------------------------- */

/* All pages in one step: those who write meanwhile wait, and it is of one moment. */
static enum store_result copy_into(struct sqlite_db *s, sqlite3 *copy)
{
    sqlite3_backup *job = sqlite3_backup_init(copy, "main", s->sqlite, "main");
    if (job == NULL) return STORE_FAILED;
    sqlite3_backup_step(job, -1);
    return result_of(s->sqlite, sqlite3_backup_finish(job) & 0xff);
}

static enum store_result backup(struct db *db, const char *path)
{
    struct buf part = {0};
    sqlite3 *copy = NULL;
    buf_printf(&part, "%s.part", path);
    remove(buf_text(&part));
    enum store_result result = STORE_FAILED;
    if (sqlite3_open(buf_text(&part), &copy) == SQLITE_OK)
        result = copy_into(of(db), copy);
    if (sqlite3_close(copy) != SQLITE_OK) result = STORE_FAILED;
    if (result == STORE_OK && rename(buf_text(&part), path) != 0) result = STORE_FAILED;
    if (result != STORE_OK) remove(buf_text(&part));
    buf_fini(&part);
    return result;
}

/* ---- opening -------------------------------------------------------------------- */

static void close_db(struct db *db)
{
    struct sqlite_db *s = of(db);
    for (size_t i = 0; i < N_SQL; i++)
        sqlite3_finalize(s->statements[i].q);
    sqlite3_close(s->sqlite);
    free(s);
}

static const char *problem(const struct db *db)
{
    const struct sqlite_db *s = (const struct sqlite_db *)(const void *)db;
    return sqlite3_errcode(s->sqlite) == SQLITE_OK ? "" : sqlite3_errmsg(s->sqlite);
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

/* Opens s->sqlite; -1 after an error in d. */
static int open_database(struct sqlite_db *s, const char *path, struct diag_list *d)
{
    const int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX;
    if (sqlite3_open_v2(path, &s->sqlite, flags, NULL) != SQLITE_OK)
        return fail(s->sqlite, path, d);
    sqlite3_busy_timeout(s->sqlite, BUSY_MS);
    sqlite3_db_config(s->sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    if (find_form(s->sqlite, path, d) < 0) return -1;
    if (sqlite3_exec(s->sqlite, set_up, NULL, NULL, NULL) != SQLITE_OK)
        return fail(s->sqlite, path, d);
    if (migrate(s, path, d) != 0) return -1;
    return sqlite3_exec(s->sqlite, set_watch, NULL, NULL, NULL) == SQLITE_OK
               ? 0
               : fail(s->sqlite, path, d);
}

static const struct db_ops sqlite_ops = {
    .close = close_db,
    .problem = problem,
    .begin = begin,
    .end = end,
    .start = start,
    .next = next,
    .number = number,
    .text = text,
    .finish = finish,
    .backup = backup,
};

struct db *db_open_sqlite(const char *path, struct diag_list *d)
{
    struct sqlite_db *s = mem_alloc(sizeof *s);
    s->db.ops = &sqlite_ops;
    if (open_database(s, path, d) == 0) return &s->db;
    close_db(&s->db);
    return NULL;
}
