// SPDX-License-Identifier: Apache-2.0
/*
 * The store in a database of PostgreSQL, in a schema of its own. libpq is loaded when
 * such a store is opened. A connection that was lost is made anew by the next thing
 * that is asked, once: a transaction that it took with it is told as a failure, since
 * nobody knows then whether its end was heard.
 */
#include <errno.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/library.h"
#include "base/words.h"
#include "store/store_int.h"

/* What is called of libpq. */
#define CALLS(F)                                                                       \
    F(clear)                                                                           \
    F(cmdStatus)                                                                       \
    F(connectdbParams)                                                                 \
    F(errorMessage)                                                                    \
    F(exec)                                                                            \
    F(execPrepared)                                                                    \
    F(finish)                                                                          \
    F(getlength)                                                                       \
    F(getvalue)                                                                        \
    F(ntuples)                                                                         \
    F(prepare)                                                                         \
    F(resultErrorField)                                                                \
    F(resultErrorMessage)                                                              \
    F(resultStatus)                                                                    \
    F(setNoticeProcessor)                                                              \
    F(status)

/* Set once, by the first store, before there are threads. */
static struct {
    int is_there;
#define F(call) __typeof__(PQ##call) *call;
    CALLS(F)
#undef F
} pq;

static const char library_name[] = "libpq.so.5";

/* 1 if the library is there. */
static int load_library(void)
{
#define F(name) {"PQ" #name, &pq.name},
    static const struct library_call calls[] = {CALLS(F)};
#undef F
    if (!pq.is_there) pq.is_there = LIBRARY_LOAD(library_name, calls);
    return pq.is_there;
}

/* What leads from each form to the next; a row that has been released is never changed.
 */
static const char *const migrations[] = {
    "CREATE TABLE system ("
    " id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
    " workspace TEXT COLLATE \"C\" NOT NULL,"
    " slug TEXT COLLATE \"C\" NOT NULL,"
    " created_s BIGINT NOT NULL,"
    " UNIQUE (workspace, slug));"
    "CREATE TABLE version ("
    " system BIGINT NOT NULL REFERENCES system (id),"
    " number BIGINT NOT NULL CHECK (number > 0),"
    " saved_s BIGINT NOT NULL,"
    " who TEXT NOT NULL,"
    " why TEXT NOT NULL,"
    " n_bytes BIGINT NOT NULL,"
    " text TEXT NOT NULL,"
    " UNIQUE (system, number));"
    "CREATE TABLE records ("
    " kind TEXT COLLATE \"C\" NOT NULL,"
    " name TEXT COLLATE \"C\" NOT NULL,"
    " revision BIGINT NOT NULL,"
    " value TEXT NOT NULL,"
    " PRIMARY KEY (kind, name));"
    "CREATE TABLE counter (revision BIGINT NOT NULL);"
    "INSERT INTO counter VALUES (0);"
    "CREATE TABLE audit ("
    " number BIGINT PRIMARY KEY,"
    " at_s BIGINT NOT NULL,"
    " who TEXT NOT NULL,"
    " what TEXT NOT NULL,"
    " about TEXT NOT NULL,"
    " previous TEXT NOT NULL);"
    "CREATE FUNCTION stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " RAISE EXCEPTION 'in % nothing is overwritten or taken away', TG_TABLE_NAME;"
    " END $$;"
    "CREATE FUNCTION follows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " IF NEW.number <> 1 + (SELECT coalesce(max(number), 0) FROM awai.audit) THEN"
    " RAISE EXCEPTION 'an entry follows the last'; END IF; RETURN NEW; END $$;"
    "CREATE TRIGGER version_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON version"
    " FOR EACH STATEMENT EXECUTE FUNCTION stays();"
    "CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit"
    " FOR EACH STATEMENT EXECUTE FUNCTION stays();"
    "CREATE TRIGGER audit_follows BEFORE INSERT ON audit"
    " FOR EACH ROW EXECUTE FUNCTION follows();",

    "CREATE TABLE summary ("
    " system BIGINT PRIMARY KEY REFERENCES system (id),"
    " number BIGINT NOT NULL,"
    " mark TEXT NOT NULL,"
    " value TEXT NOT NULL);",

    "CREATE TABLE visit ("
    " person TEXT COLLATE \"C\" NOT NULL,"
    " system BIGINT NOT NULL REFERENCES system (id),"
    " number BIGINT NOT NULL,"
    " seen_s BIGINT NOT NULL,"
    " PRIMARY KEY (person, system));",
};
enum { N_MIGRATIONS = sizeof migrations / sizeof *migrations };

/* What each connection is told: to wait as long for others as SQLite does, and to say
 * that a change is kept when it is on the disk. */
static const char set_up[] = "SET search_path = awai; SET lock_timeout = '5s';"
                             "SET synchronous_commit = on;"
                             "SET default_transaction_isolation = 'read committed'";

/* Held by who writes until the end of the transaction; the number is "Awai". */
#define WRITE_LOCK "SELECT pg_advisory_xact_lock(1098342761)"

struct postgres_db {
    struct db db;
    char *url;
    PGconn *connection;    // NULL before the first use
    int is_broken;         // libpq itself may find out later
    int is_in_transaction; // of ours, whether it is still there or not
    char problem[400];
    struct postgres_statement {
        int is_prepared;
        int row;          // the one that was had last
        PGresult *result; // NULL when it could not be asked
        enum store_result came_to;
    } statements[N_SQL];
};

static struct postgres_db *of(struct db *db)
{
    return (struct postgres_db *)(void *)db;
}

/* ---- the connection ------------------------------------------------------------- */

static void no_notice(void *context, const char *message)
{
    (void)context;
    (void)message;
}

/* Keeps the first line of what was said. */
static void note_problem(struct postgres_db *s, const char *message)
{
    size_t len = strcspn(message, "\n");
    if (len >= sizeof s->problem) len = text_whole(message, sizeof s->problem - 1);
    memcpy(s->problem, message, len);
    s->problem[len] = '\0';
}

static const char full_disk[] = "53100"; // SQLSTATE

/* What a result comes to; notes what was said with a failure. */
static enum store_result result_of(struct postgres_db *s, const PGresult *r)
{
    ExecStatusType status = pq.resultStatus(r);
    const char *state = pq.resultErrorField(r, PG_DIAG_SQLSTATE);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return STORE_OK;
    note_problem(s, r ? pq.resultErrorMessage(r) : pq.errorMessage(s->connection));
    // an error without a state is libpq's own; 57P.. is a server that ends or begins
    s->is_broken |= state == NULL || strncmp(state, "57P", 3) == 0;
    return state && strcmp(state, full_disk) == 0 ? STORE_FULL : STORE_FAILED;
}

static enum store_result run(struct postgres_db *s, const char *sql)
{
    PGresult *r = pq.exec(s->connection, sql);
    enum store_result result = result_of(s, r);
    pq.clear(r);
    return result;
}

static int is_lost(const struct postgres_db *s)
{
    return s->connection == NULL || s->is_broken ||
           pq.status(s->connection) != CONNECTION_OK;
}

static void disconnect(struct postgres_db *s)
{
    if (s->connection) pq.finish(s->connection);
    s->connection = NULL;
    s->is_broken = 0;
    for (size_t i = 0; i < N_SQL; i++)
        s->statements[i].is_prepared = 0;
}

/* Connects; -1 with the problem noted. What the address says goes before what we say,
 * but for the encoding. */
static int connect_to(struct postgres_db *s)
{
    static const char *const keys[] = {"connect_timeout",           "tcp_user_timeout",
                                       "fallback_application_name", "dbname",
                                       "client_encoding",           NULL};
    const char *const values[] = {"5", "10000", "awai", s->url, "UTF8", NULL};
    disconnect(s);
    s->connection = pq.connectdbParams(keys, values, 1);
    if (is_lost(s)) {
        note_problem(s, pq.errorMessage(s->connection));
        return -1;
    }
    pq.setNoticeProcessor(s->connection, no_notice, NULL);
    return 0;
}

/* 0 if there is a connection, made anew outside of a transaction; -1 if not. */
static int be_connected(struct postgres_db *s)
{
    if (!is_lost(s)) return 0;
    if (s->is_in_transaction) return -1;
    if (connect_to(s) == 0 && run(s, set_up) == STORE_OK) return 0;
    disconnect(s);
    return -1;
}

/* ---- statements ----------------------------------------------------------------- */

/* The text of a statement with $1 for ?1. */
static void write_statement(enum sql which, struct buf *out)
{
    for (const char *c = sql_texts[which]; *c; c++)
        buf_char(out, *c == '?' ? '$' : *c);
}

static const char *name_of(enum sql which, char name[16])
{
    snprintf(name, 16, "s%d", (int)which);
    return name;
}

static int prepare(struct postgres_db *s, enum sql which)
{
    struct buf text = {0};
    char name[16];
    if (s->statements[which].is_prepared) return 0;
    write_statement(which, &text);
    PGresult *r =
        pq.prepare(s->connection, name_of(which, name), buf_text(&text), 0, NULL);
    int is_prepared = result_of(s, r) == STORE_OK;
    s->statements[which].is_prepared = is_prepared;
    pq.clear(r);
    buf_fini(&text);
    return is_prepared ? 0 : -1;
}

/* Asks once; texts go as they are, numbers as digits. */
static PGresult *ask(struct postgres_db *s, enum sql which, const struct sql_value *v,
                     int n)
{
    enum { MOST_VALUES = 8 };
    const char *values[MOST_VALUES];
    int lengths[MOST_VALUES], formats[MOST_VALUES];
    char digits[MOST_VALUES][24], name[16];
    if (be_connected(s) != 0 || prepare(s, which) != 0) return NULL;
    for (int i = 0; i < n && i < MOST_VALUES; i++) {
        snprintf(digits[i], sizeof digits[i], "%lld", (long long)v[i].number);
        values[i] = v[i].text ? v[i].text : digits[i];
        lengths[i] = (int)v[i].len;
        formats[i] = v[i].text != NULL;
    }
    return pq.execPrepared(s->connection, name_of(which, name), n, values, lengths,
                           formats, 0);
}

static void start(struct db *db, enum sql which, const struct sql_value *v, int n)
{
    struct postgres_db *s = of(db);
    struct postgres_statement *to = &s->statements[which];
    for (int i = 0; i < 2; i++) { // once more if it went away since it was asked last
        to->row = -1;
        to->result = ask(s, which, v, n);
        to->came_to = to->result ? result_of(s, to->result) : STORE_FAILED;
        if (i || s->connection == NULL || !is_lost(s) || s->is_in_transaction) return;
        pq.clear(to->result);
    }
}

static int next(struct db *db, enum sql which)
{
    struct postgres_statement *from = &of(db)->statements[which];
    return from->result && ++from->row < pq.ntuples(from->result);
}

static const char *value(struct db *db, enum sql which, int column, size_t *len)
{
    const struct postgres_statement *from = &of(db)->statements[which];
    *len = (size_t)pq.getlength(from->result, from->row, column);
    return pq.getvalue(from->result, from->row, column);
}

static int64_t number(struct db *db, enum sql which, int column)
{
    size_t len;
    return strtoll(value(db, which, column, &len), NULL, 10); // NULL is "", that is 0
}

static const char *text(struct db *db, enum sql which, int column, struct arena *a)
{
    size_t len;
    const char *bytes = value(db, which, column, &len);
    return arena_strn(a, bytes, len);
}

static enum store_result finish(struct db *db, enum sql which)
{
    struct postgres_statement *from = &of(db)->statements[which];
    pq.clear(from->result);
    from->result = NULL;
    return from->came_to;
}

/* ---- transactions --------------------------------------------------------------- */

/* Begins, once more if the connection went away since it was used last. */
static enum store_result begin_as(struct postgres_db *s, const char *sql)
{
    enum store_result result = STORE_FAILED;
    for (int i = 0; i < 2 && result != STORE_OK; i++) {
        if (be_connected(s) != 0) return STORE_FAILED;
        result = run(s, sql);
        if (!is_lost(s)) break;
    }
    if (result != STORE_OK && !is_lost(s)) run(s, "ROLLBACK");
    s->is_in_transaction = result == STORE_OK;
    return result;
}

static enum store_result begin(struct db *db)
{
    return begin_as(of(db), "BEGIN; " WRITE_LOCK);
}

static enum store_result look(struct db *db)
{
    return begin_as(of(db), "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
}

/* COMMIT of a transaction in which something failed is answered, well, by ROLLBACK. */
static enum store_result commit(struct postgres_db *s)
{
    PGresult *r = pq.exec(s->connection, "COMMIT");
    enum store_result result = result_of(s, r);
    if (result == STORE_OK && strcmp(pq.cmdStatus(r), "COMMIT") != 0)
        result = STORE_FAILED;
    pq.clear(r);
    return result;
}

static enum store_result end(struct db *db, int keep)
{
    struct postgres_db *s = of(db);
    enum store_result result = keep ? STORE_FAILED : STORE_OK;
    s->is_in_transaction = 0;
    if (is_lost(s)) return result;
    if (keep) return commit(s);
    run(s, "ROLLBACK");
    return STORE_OK;
}

static enum store_result mark(struct db *db)
{
    return is_lost(of(db)) ? STORE_FAILED : run(of(db), "SAVEPOINT job");
}

static enum store_result unmark(struct db *db, int keep)
{
    if (is_lost(of(db))) return STORE_FAILED;
    return run(of(db), keep ? "RELEASE SAVEPOINT job"
                            : "ROLLBACK TO SAVEPOINT job; RELEASE SAVEPOINT job");
}

/* ---- opening -------------------------------------------------------------------- */

static void close_db(struct db *db)
{
    struct postgres_db *s = of(db);
    disconnect(s);
    free(s->url);
    free(s);
}

static const char *problem(const struct db *db)
{
    return ((const struct postgres_db *)(const void *)db)->problem;
}

/* An address without what nobody should see: user, password and parameters. */
static struct text public_name(const char *url, struct diag_list *d)
{
    const char *host = strstr(url, "://");
    host = host ? host + 3 : url;
    size_t len = strcspn(host, "?");
    for (size_t i = len; i > 0; i--)
        if (host[i - 1] == '@') {
            host += i;
            len -= i;
            break;
        }
    return text_same(arena_printf(&d->arena, "postgresql://%.*s", (int)len, host));
}

/* -1 after the error that the database itself told. */
static int fail(const struct postgres_db *s, struct diag_list *d)
{
    DIAG_ADD(d, STORE_OPEN, (struct place){0}, public_name(s->url, d),
             text_same(s->problem));
    return -1;
}

/* The number that a question is answered with, or -1. */
static int ask_number(struct postgres_db *s, const char *sql)
{
    PGresult *r = pq.exec(s->connection, sql);
    int value = -1;
    if (result_of(s, r) == STORE_OK && pq.ntuples(r) == 1)
        value = (int)strtol(pq.getvalue(r, 0, 0), NULL, 10);
    pq.clear(r);
    return value;
}

/* The form of a schema of ours, 0 when there is none; -1 after an error in d. */
static int find_form(struct postgres_db *s, struct diag_list *d)
{
    int n_schemas = ask_number(s, "SELECT count(*) FROM pg_namespace"
                                  " WHERE nspname = 'awai'");
    int n_tables = ask_number(s, "SELECT count(*) FROM pg_tables WHERE"
                                 " schemaname = 'awai' AND tablename = 'form'");
    if (n_schemas < 0 || n_tables < 0) return fail(s, d);
    if (n_schemas == 0) return 0;
    int form = n_tables ? ask_number(s, "SELECT max(number) FROM awai.form") : 0;
    if (form > 0 && form <= N_MIGRATIONS) return form;
    if (form > 0)
        DIAG_ADD(d, STORE_NEWER, (struct place){0}, public_name(s->url, d));
    else
        DIAG_ADD(d, STORE_FOREIGN, (struct place){0}, public_name(s->url, d));
    return -1;
}

/* Applies the rows from `form` on; 0, or -1. Within a transaction. */
static int apply(struct postgres_db *s, int form)
{
    char mark[64];
    snprintf(mark, sizeof mark, "INSERT INTO form VALUES (%d)", N_MIGRATIONS);
    if (form == 0 && run(s, "CREATE SCHEMA awai; SET search_path = awai;"
                            "CREATE TABLE form (number INTEGER NOT NULL)") != STORE_OK)
        return -1;
    for (int i = form; i < N_MIGRATIONS; i++)
        if (run(s, migrations[i]) != STORE_OK) return -1;
    return form == N_MIGRATIONS || run(s, mark) == STORE_OK ? 0 : -1;
}

/* The tables guard their rows, so they go as a whole, and new ones come; statements
 * that were prepared find those by their names. */
static enum store_result clear(struct db *db)
{
    enum store_result result = run(of(db), "DROP SCHEMA awai CASCADE");
    if (result != STORE_OK) return result;
    return apply(of(db), 0) == 0 ? STORE_OK : STORE_FAILED;
}

/* Brings the database to the newest form; of two who come at once, one does it. */
static int migrate(struct postgres_db *s, struct diag_list *d)
{
    if (begin(&s->db) != STORE_OK) return fail(s, d);
    int form = find_form(s, d), wrong = form < 0;
    if (!wrong && apply(s, form) != 0) wrong = fail(s, d);
    if (end(&s->db, !wrong) == STORE_OK) return wrong ? -1 : 0;
    return wrong ? -1 : fail(s, d);
}

static struct postgres_db *postgres_new(const char *url);

static struct db *another(const struct db *db)
{
    return &postgres_new(((const struct postgres_db *)(const void *)db)->url)->db;
}

static const struct db_ops postgres_ops = {
    .kind = "PostgreSQL",
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
    .clear = clear,
};

static struct postgres_db *postgres_new(const char *url)
{
    struct postgres_db *s = mem_alloc(sizeof *s);
    size_t size = strlen(url) + 1;
    s->db.ops = &postgres_ops;
    s->url = memcpy(mem_alloc(size), url, size);
    return s;
}

struct db *db_open_postgres(const char *url, struct diag_list *d)
{
    if (!load_library()) {
        DIAG_ADD(d, CANNOT_READ, (struct place){0}, text_same(library_name),
                 words_error(ENOENT));
        return NULL;
    }
    struct postgres_db *s = postgres_new(url);
    int wrong = be_connected(s) != 0 ? fail(s, d) : migrate(s, d);
    if (!wrong) return &s->db;
    close_db(&s->db);
    return NULL;
}
