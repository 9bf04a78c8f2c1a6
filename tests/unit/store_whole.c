/* SPDX-License-Identifier: Apache-2.0
 *
 * Stores as a whole: export and import, backup and the way back, looking through; then
 * what is SQLite's own: other files, old forms, a full disk, backup beside writers, and
 * a writer that is killed again and again; last what is PostgreSQL's own, which is
 * asked where it is installed.
 */
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <time.h>

#include "tools/store.h"

/* ---- export and import ---------------------------------------------------------- */

/* That two stores tell the same of all that is in them. */
static void check_same(struct store *one, struct store *other, const char *slug)
{
    struct arena a = {0};
    struct list l[2];
    CHECK_INT(store_versions(one, W, slug, &a, &l[0]), STORE_OK);
    CHECK_INT(store_versions(other, W, slug, &a, &l[1]), STORE_OK);
    CHECK_INT(l[0].n, l[1].n);
    for (uint32_t i = 0; i < l[0].n && i < l[1].n; i++) {
        const struct store_version *v = (struct store_version *)l[0].items + i;
        const struct store_version *w = (struct store_version *)l[1].items + i;
        const char *text;
        CHECK_INT(v->number, w->number);
        CHECK_INT(v->saved_s, w->saved_s);
        CHECK_STR(v->who, w->who);
        CHECK_STR(v->why, w->why);
        CHECK_INT(store_text(one, W, slug, v->number, &a, &text, NULL), STORE_OK);
        check_text(other, slug, v->number, text);
    }
    arena_fini(&a);
}

static void test_export_import(void)
{
    struct diag_list d = {0};
    char path[320];
    struct store *s = open_sqlite(), *t = open_sqlite();
    REQUIRE(s && t);
    fill(s);
    snprintf(path, sizeof path, "%s", fresh_path());
    CHECK_INT(store_export(s, path, &d), 0);
    CHECK_INT(store_import(t, path, &d), 0);
    diag_print(&d, stdout, (struct diag_view){.lang = LANG_EN});
    check_same(s, t, "one");
    check_same(s, t, "two");
    CHECK_INT(d.n_errors, 0);
    CHECK_INT(store_export(s, path, &d), -1); // it is there
    CHECK_INT(d.n_errors, 1);
    CHECK_INT(store_import(t, path, &d), -1); // they are there
    CHECK_INT(d.n_errors, 2);
    diag_fini(&d);
    store_close(s);
    store_close(t);
}

/* ---- backup, whatever the backends ---------------------------------------------- */

static void check_full(struct store *s)
{
    struct arena a = {0};
    struct list l;
    int64_t broken, n;
    char head[STORE_HASH];
    check_text(s, "one", 1, "# \xe9\x9b\xa8\na: 1\n");
    check_text(s, "one", 2, "b: \"2\"");
    CHECK_INT(store_versions(s, W, "one", &a, &l), STORE_OK);
    CHECK_INT(l.n, 2);
    CHECK_STR(((const struct store_version *)l.items)->who, "ann");
    CHECK_INT(store_records(s, "user", &a, &l), STORE_OK);
    CHECK_INT(l.n, 1);
    CHECK_INT(store_audit_verify(s, &broken, &n, head), STORE_OK);
    CHECK_INT(broken, 0);
    CHECK_INT(n, 2);
    arena_fini(&a);
}

/* Into a file; back from it; not over what is there, but in its place. */
static void check_backup(struct store *s)
{
    struct diag_list d = {0};
    struct store_count before, after;
    struct store *t = open_sqlite();
    int64_t number, revision = 0, later = 0;
    char path[320];
    snprintf(path, sizeof path, "%s", fresh_path());
    fill(s);
    CHECK_INT(put(s, "ann", "\xe9\x9b\xa8", 0, &revision), STORE_OK);
    for (int i = 0; i < 2; i++)
        CHECK_INT(store_audit_add(s, i, "ann", "save", "x"), STORE_OK);
    CHECK_INT(store_backup(s, path, &d), 0);
    CHECK_INT(store_verify(s, &before, &d), 0);
    CHECK_INT(store_refill(t, path, 0, &d), 0);
    CHECK_INT(store_verify(t, &after, &d), 0);
    check_full(t);
    CHECK_INT(before.n_versions, 3);
    CHECK_INT(after.n_versions, 3);
    CHECK_STR(after.head, before.head);
    CHECK_INT(put(t, "ann", "later", revision, &later), STORE_OK);
    CHECK(later > revision);
    CHECK_INT(save(t, "one", 2, "later", &number), STORE_OK);
    diag_print(&d, stdout, (struct diag_view){.lang = LANG_EN});
    CHECK_INT(d.n_errors, 0);
    CHECK_INT(store_refill(t, path, 0, &d), -1);
    CHECK_INT(d.n_errors, 1);
    if (d.n) CHECK_INT(d.items[0].kind, DIAG_STORE_HAS);
    check_text(t, "one", 3, "later");
    CHECK_INT(store_refill(t, path, 1, &d), 0);
    check_full(t);
    CHECK_INT(save(t, "one", 2, "later", &number), STORE_OK);
    CHECK_INT(d.n_errors, 1);
    diag_fini(&d);
    store_close(t);
}

/* What a backup puts into an empty store of this backend. */
static void check_refill(struct store *s)
{
    struct diag_list d = {0};
    struct store *t = open_sqlite();
    const struct store_visit visit = {2, 7};
    struct store_visit there;
    char path[320];
    snprintf(path, sizeof path, "%s", fresh_path());
    fill(t);
    CHECK_INT(put(t, "ann", "v", 0, NULL), STORE_OK);
    for (int i = 0; i < 2; i++)
        CHECK_INT(store_audit_add(t, i, "ann", "save", "x"), STORE_OK);
    CHECK_INT(store_see(t, W, "one", "ann", &visit), STORE_OK);
    CHECK_INT(store_backup(t, path, &d), 0);
    CHECK_INT(store_refill(s, path, 0, &d), 0);
    CHECK_INT(store_visited(s, W, "one", "ann", &there), STORE_OK);
    CHECK_INT(there.number, 2);
    CHECK_INT(there.seen_s, 7);
    diag_print(&d, stdout, (struct diag_view){.lang = LANG_EN});
    check_full(s);
    CHECK_INT(d.n_errors, 0);
    CHECK_INT(store_refill(s, path, 0, &d), -1);
    CHECK_INT(d.n_errors, 1);
    int64_t number;
    for (int i = 0; i < 2; i++) { // what was saved later goes, however often
        CHECK_INT(save(s, "one", 2, "later", &number), STORE_OK);
        CHECK_INT(store_audit_add(s, 3, "ann", "save", "x"), STORE_OK);
        CHECK_INT(store_refill(s, path, 1, &d), 0);
        check_full(s);
    }
    CHECK_INT(d.n_errors, 1);
    diag_fini(&d);
    store_close(t);
}

static void test_backup_of_all(void)
{
    conform(check_backup);
}

static void test_refill(void)
{
    conform(check_refill);
}

static void write_text(const char *path, const char *text)
{
    FILE *f = fopen(path, "wb");
    CHECK(f != NULL);
    if (f == NULL) return;
    fputs(text, f);
    CHECK_INT(fclose(f), 0);
}

/* What is wrong in one system keeps all of them out. */
static void test_import_is_whole(void)
{
    static const char *const wrong[] = {
        "versions: []",
        "versions: [{number: 2, saved: 1}]",
        "versions: [{number: 1, saved: 1}, {number: 2, saved: 1}]", // no such text
        "versions: [{number: 1}]",
        "versions: [{number: 1, saved: -1}]",
        "versions: [{number: 1, saved: 1, who: \"a\\u0007\"}]",
        "nonsense",
        "",
    };
    char path[320], index[400];
    struct store *s = open_sqlite();
    REQUIRE(s != NULL);
    fill(s);
    snprintf(path, sizeof path, "%s", fresh_path());
    struct diag_list d = {0};
    CHECK_INT(store_export(s, path, &d), 0);
    snprintf(index, sizeof index, "%s/" W "/two/index.yaml", path);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct diag_list e = {0};
        struct store *t = open_sqlite();
        write_text(index, wrong[i]);
        CHECK_INT(store_import(t, path, &e), -1);
        CHECK(e.n_errors > 0);
        check_empty(t);
        store_close(t);
        diag_fini(&e);
    }
    diag_fini(&d);
    store_close(s);
}

/* ---- SQLite's own --------------------------------------------------------------- */

/* Says something to a file of SQLite past the store; what came of it. */
static int tell(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    int code = sqlite3_open(path, &db);
    if (code == SQLITE_OK) code = sqlite3_exec(db, sql, NULL, NULL, NULL);
    sqlite3_close(db);
    return code;
}

/* The first form of the database, as it was released, with two versions in it. */
static const char first_form[] =
    "CREATE TABLE system (id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE,"
    " created_s INTEGER NOT NULL) STRICT;"
    "CREATE TABLE version (system INTEGER NOT NULL REFERENCES system (id),"
    " number INTEGER NOT NULL CHECK (number > 0), saved_s INTEGER NOT NULL,"
    " who TEXT NOT NULL, why TEXT NOT NULL, n_bytes INTEGER NOT NULL,"
    " text TEXT NOT NULL, UNIQUE (system, number)) STRICT;"
    "CREATE TRIGGER version_stays BEFORE UPDATE ON version"
    " BEGIN SELECT RAISE (ABORT, 'a version is never overwritten'); END;"
    "CREATE TRIGGER version_remains BEFORE DELETE ON version"
    " BEGIN SELECT RAISE (ABORT, 'a version is never taken away'); END;"
    "INSERT INTO system VALUES (3, 'old', 40);"
    "INSERT INTO version VALUES (3, 1, 40, 'ann', '', 3, 'one');"
    "INSERT INTO version VALUES (3, 2, 41, 'bob', 'better', 3, 'two');"
    "PRAGMA application_id = 1098342761; PRAGMA user_version = 1";

static void test_first_form(void)
{
    char path[320];
    int64_t number = 0;
    struct arena a = {0};
    struct list l;
    snprintf(path, sizeof path, "%s", fresh_path());
    REQUIRE(tell(path, first_form) == SQLITE_OK);
    for (int i = 0; i < 2; i++) { // and as it is then
        struct store *s = open_at(path);
        REQUIRE(s != NULL);
        check_text(s, "old", 1, "one");
        CHECK_INT(save(s, "old", 2 + i, "more", &number), STORE_OK);
        CHECK_INT(store_versions(s, W, "old", &a, &l), STORE_OK);
        CHECK_INT(l.n, 3 + i);
        CHECK_INT(store_see(s, W, "old", "ann", &(struct store_visit){2 + i, 1}),
                  STORE_OK);
        store_close(s);
    }
    CHECK(tell(path, "UPDATE version SET text = 'x'") != SQLITE_OK);
    CHECK(tell(path, "PRAGMA foreign_keys = ON; DELETE FROM system") != SQLITE_OK);
    arena_fini(&a);
}

/* An entry that was changed past the store is found, and the database refuses to. */
static void test_audit_is_told(void)
{
    static const char *const refused[] = {
        "UPDATE audit SET who = 'bob' WHERE number = 2",
        "DELETE FROM audit WHERE number = 4",
        "INSERT OR REPLACE INTO audit VALUES (2, 1, 'bob', '', '', '')",
        "INSERT INTO audit VALUES (9, 1, 'bob', '', '', '')",
    };
    char path[320], head[STORE_HASH];
    int64_t broken = 0, n = 0;
    snprintf(path, sizeof path, "%s", fresh_path());
    struct store *s = open_at(path);
    REQUIRE(s != NULL);
    for (int i = 0; i < 4; i++)
        CHECK_INT(store_audit_add(s, i, "ann", "save", "x"), STORE_OK);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        CHECK(tell(path, refused[i]) != SQLITE_OK);
    CHECK_INT(store_audit_verify(s, &broken, &n, head), STORE_OK);
    CHECK_INT(broken, 0);
    CHECK_INT(tell(path, "DROP TRIGGER audit_stays;"
                         "UPDATE audit SET who = 'bob' WHERE number = 2"),
              SQLITE_OK);
    CHECK_INT(store_audit_verify(s, &broken, &n, head), STORE_OK);
    CHECK_INT(broken, 3);
    CHECK_INT(n, 2);
    CHECK_INT(tell(path, "DROP TRIGGER audit_remains;"
                         "DELETE FROM audit WHERE number = 1"),
              SQLITE_OK);
    CHECK_INT(store_audit_verify(s, &broken, &n, head), STORE_OK);
    CHECK_INT(broken, 1);
    store_close(s);
}

/* That a file is refused with this code, and is as it was. */
static void check_refused(const char *path, enum diag_kind kind)
{
    struct diag_list d = {0};
    CHECK(store_open(path, &d) == NULL);
    CHECK_INT(d.n_errors, 1);
    if (d.n) CHECK_INT(d.items[0].kind, kind);
    diag_fini(&d);
}

static void test_other_files(void)
{
    char path[320];
    snprintf(path, sizeof path, "%s", fresh_path());
    write_text(path, "this is a letter to somebody, and not a database at all\n");
    check_refused(path, DIAG_STORE_OPEN);
    snprintf(path, sizeof path, "%s/none/x", folder);
    check_refused(path, DIAG_STORE_OPEN);
    check_refused(folder, DIAG_STORE_OPEN);
}

/* What was changed past the store is found. */
static void test_verify(void)
{
    static const char *const damages[] = {
        "DROP TRIGGER version_stays; UPDATE version SET text = 'xx' WHERE number = 2",
        "DROP TRIGGER version_remains; DELETE FROM version WHERE number = 1",
        "DROP TRIGGER version_stays; UPDATE version SET who = char(10)",
        "DROP TRIGGER audit_stays; UPDATE audit SET who = 'bob' WHERE number = 1",
        "INSERT INTO version VALUES (99, 1, 1, '', '', 1, 'x')",
    };
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        struct diag_list d = {0};
        struct store_count count;
        char path[320];
        snprintf(path, sizeof path, "%s", fresh_path());
        struct store *s = open_at(path);
        REQUIRE(s != NULL);
        fill(s);
        CHECK_INT(store_audit_add(s, 1, "ann", "save", "x"), STORE_OK);
        CHECK_INT(store_audit_add(s, 2, "ann", "save", "x"), STORE_OK);
        CHECK_INT(store_verify(s, &count, &d), 0);
        CHECK_INT(tell(path, damages[i]), SQLITE_OK);
        CHECK_INT(store_verify(s, &count, &d), -1);
        CHECK(d.n_errors > 0);
        if (d.n) CHECK_INT(d.items[0].kind, DIAG_STORE_DAMAGED);
        diag_fini(&d);
        store_close(s);
    }
}

/* What is no backup changes nothing. */
static void test_no_backup(void)
{
    char path[320];
    struct diag_list d = {0};
    struct store *s = open_sqlite();
    REQUIRE(s != NULL);
    fill(s);
    snprintf(path, sizeof path, "%s", fresh_path());
    CHECK_INT(store_refill(s, path, 1, &d), -1); // it is not there
    write_text(path, "");
    CHECK_INT(store_refill(s, path, 1, &d), -1);
    write_text(path, "this is a letter to somebody, and not a database at all\n");
    CHECK_INT(store_refill(s, path, 1, &d), -1);
    snprintf(path, sizeof path, "%s", fresh_path());
    CHECK_INT(tell(path, "CREATE TABLE other (x)"), SQLITE_OK);
    CHECK_INT(store_refill(s, path, 1, &d), -1);
    CHECK_INT(d.n_errors, 4);
    check_text(s, "one", 2, "b: \"2\"");
    diag_fini(&d);
    store_close(s);
}

/* A backup of the first form is of use, and stays as it is. */
static void test_old_backup(void)
{
    char path[320];
    struct diag_list d = {0};
    struct store *s = open_sqlite();
    REQUIRE(s != NULL);
    snprintf(path, sizeof path, "%s", fresh_path());
    REQUIRE(tell(path, first_form) == SQLITE_OK);
    for (int i = 0; i < 2; i++) {
        CHECK_INT(store_refill(s, path, i, &d), 0);
        check_text(s, "old", 2, "two");
    }
    CHECK(tell(path, "SELECT workspace FROM system") != SQLITE_OK);
    CHECK_INT(d.n_errors, 0);
    diag_fini(&d);
    store_close(s);
}

/* A database that somebody has broken is told, by each function. */
static void test_broken(void)
{
    char path[320];
    struct arena a = {0};
    struct list l;
    const char *text;
    int64_t number;
    snprintf(path, sizeof path, "%s", fresh_path());
    struct store *s = open_at(path);
    REQUIRE(s != NULL);
    fill(s);
    CHECK_INT(tell(path, "DROP TABLE version; DROP TABLE audit"), SQLITE_OK);
    CHECK_INT(store_text(s, W, "one", 0, &a, &text, NULL), STORE_FAILED);
    CHECK_INT(store_systems(s, W, &a, &l), STORE_FAILED);
    CHECK_INT(save(s, "one", 2, "more", &number), STORE_FAILED);
    CHECK_INT(store_audit_add(s, 1, "ann", "", ""), STORE_FAILED);
    CHECK(strstr(store_problem(s), "no such table") != NULL);
    store_close(s);
    arena_fini(&a);
}

static void test_open_again(void)
{
    char path[320];
    snprintf(path, sizeof path, "%s", fresh_path());
    struct store *s = open_at(path), *t = open_at(path);
    int64_t number;
    REQUIRE(s && t);
    fill(s);
    check_text(t, "one", 2, "b: \"2\"");
    CHECK_INT(save(t, "one", 2, "c", &number), STORE_OK);
    CHECK_INT(save(s, "one", 2, "d", &number), STORE_CONFLICT);
    store_close(s);
    store_close(t);
    s = open_at(path);
    REQUIRE(s != NULL);
    check_text(s, "one", 3, "c");
    store_close(s);
}

static void test_backup(void)
{
    char path[320];
    snprintf(path, sizeof path, "%s", fresh_path());
    struct store *s = open_sqlite(), *t;
    struct diag_list d = {0};
    int64_t number;
    REQUIRE(s != NULL);
    fill(s);
    CHECK_INT(store_backup(s, path, &d), 0);
    CHECK_INT(store_backup(s, path, &d), -1); // it is there
    CHECK_INT(d.n_errors, 1);
    CHECK_INT(save(s, "one", 2, "later", &number), STORE_OK);
    t = open_at(path);
    REQUIRE(t != NULL);
    check_text(t, "one", 0, "b: \"2\"");
    check_same(s, t, "two");
    CHECK_INT(store_backup(s, "/nowhere/at/all", &d), -1);
    CHECK_INT(d.n_errors, 2);
    diag_fini(&d);
    store_close(s);
    store_close(t);
}

/* In a process of its own whose files must not grow: what is there stays, and once
 * there is room again, it goes on. 0 if all was as it should. */
static int fill_disk(const char *path)
{
    struct rlimit old, small;
    struct store *s = open_at(path);
    char *text = mem_alloc(200001);
    int64_t number = 0, n = 1;
    enum store_result result = STORE_OK;
    memset(text, 'x', 200000);
    fill(s);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &old);
    small = (struct rlimit){600000, old.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    for (; n < 20 && result == STORE_OK; n += result == STORE_OK)
        result = save(s, "two", n, text, &number);
    if (result != STORE_FULL) return 1;
    result = save(s, "two", n, text, &number);
    if (result == STORE_OK || result == STORE_CONFLICT) return 2;
    setrlimit(RLIMIT_FSIZE, &old);
    if (save(s, "two", n, text, &number) != STORE_OK) return 3;
    store_close(s);
    free(text);
    return number == n + 1 ? 0 : 4;
}

static void test_full_disk(void)
{
    char path[320];
    int status = -1;
    snprintf(path, sizeof path, "%s", fresh_path());
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) _exit(fill_disk(path));
    waitpid(child, &status, 0);
    CHECK(WIFEXITED(status));
    CHECK_INT(WEXITSTATUS(status), 0);
    struct store *s = open_at(path);
    REQUIRE(s != NULL);
    check_text(s, "one", 2, "b: \"2\"");
    store_close(s);
}

/* Saves without end, and tells each number when it was acknowledged. */
static void write_until_killed(const char *path, int to)
{
    struct store *s = open_at(path);
    struct arena a = {0};
    struct store_system one = {0};
    const struct store_text first = text_at("0", 1);
    if (store_system(s, W, "k", &a, &one) == STORE_MISSING)
        store_create(s, W, "k", &first);
    store_system(s, W, "k", &a, &one);
    for (int64_t n = one.latest.number;;) {
        char text[32];
        snprintf(text, sizeof text, "%lld", (long long)n);
        if (save(s, "k", n, text, &n) != STORE_OK) _exit(1);
        if (write(to, &n, sizeof n) != sizeof n) _exit(1);
    }
}

static void test_killed(void)
{
    enum { ROUNDS = 20, LEAST_MS = 20, STEP_MS = 7 };
    char path[320];
    int64_t acknowledged = 0, number;
    snprintf(path, sizeof path, "%s", fresh_path());
    for (int i = 0; i < ROUNDS; i++) {
        int ends[2];
        const struct timespec pause = {0, (LEAST_MS + i * STEP_MS) * 1000000L};
        REQUIRE(pipe(ends) == 0);
        fflush(stdout);
        pid_t child = fork();
        if (child == 0) write_until_killed(path, ends[1]);
        close(ends[1]);
        nanosleep(&pause, NULL);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        while (read(ends[0], &number, sizeof number) == sizeof number)
            acknowledged = number;
        close(ends[0]);
        struct store *s = open_at(path);
        struct arena a = {0};
        struct store_system one = {0};
        REQUIRE(s != NULL);
        if (acknowledged) {
            char text[32];
            CHECK_INT(store_system(s, W, "k", &a, &one), STORE_OK);
            CHECK(one.latest.number >= acknowledged);
            snprintf(text, sizeof text, "%lld", (long long)(acknowledged - 1));
            check_text(s, "k", acknowledged, text);
        }
        arena_fini(&a);
        store_close(s);
    }
    printf("# %lld versions acknowledged in %d lives\n", (long long)acknowledged,
           ROUNDS);
    CHECK(acknowledged > ROUNDS);
}

/* ---- PostgreSQL's own ----------------------------------------------------------- */

/* A database that goes away is told, and used again when it is back. */
static void test_postgres_comes_back(void)
{
    struct arena a = {0};
    const char *text;
    int64_t number = 0;
    if (pg_address[0] == '\0') return;
    struct store *s = open_postgres();
    REQUIRE(s != NULL);
    fill(s);
    for (int i = 0; i < 2; i++) {
        CHECK_INT(pg_do("stop"), 0);
        CHECK_INT(store_text(s, W, "one", 0, &a, &text, NULL), STORE_FAILED);
        CHECK(store_problem(s)[0] != '\0');
        CHECK_INT(save(s, "one", 2 + 2 * i, "lost", &number), STORE_FAILED);
        CHECK_INT(pg_do("again"), 0);
        if (i == 0) check_text(s, "one", 0, "b: \"2\"");
        CHECK_INT(save(s, "one", 2 + 2 * i, "back", &number), STORE_OK);
        check_text(s, "one", 0, "back");
        CHECK_INT(pg_do("stop"), 0); // between two calls
        CHECK_INT(pg_do("again"), 0);
        CHECK_INT(save(s, "one", 3 + 2 * i, "again", &number), STORE_OK);
        check_text(s, "one", 0, "again");
    }
    store_close(s);
    arena_fini(&a);
}

static void test_postgres_refuses(void)
{
    static const char *const refused[] = {
        "UPDATE awai.version SET text = 'x'",
        "DELETE FROM awai.version",
        "TRUNCATE awai.version",
        "UPDATE awai.audit SET who = 'bob' WHERE number = 1",
        "DELETE FROM awai.audit",
        "TRUNCATE awai.audit",
        "INSERT INTO awai.audit VALUES (9, 1, 'bob', '', '', '')",
    };
    if (pg_address[0] == '\0') return;
    struct store *s = open_postgres();
    REQUIRE(s != NULL);
    fill(s);
    CHECK_INT(store_audit_add(s, 1, "ann", "save", "x"), STORE_OK);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        CHECK(pg_tell(refused[i]) != 0);
    check_text(s, "two", 1, "# \xe9\x9b\xa8\na: 1\n");
    store_close(s);
}

static void test_postgres_others(void)
{
    if (pg_address[0] == '\0') return;
    CHECK_INT(pg_tell("DROP SCHEMA IF EXISTS awai CASCADE; CREATE SCHEMA awai"), 0);
    check_refused(pg_address, DIAG_STORE_FOREIGN);
    CHECK_INT(pg_tell("CREATE TABLE awai.form (number int);"
                      "INSERT INTO awai.form VALUES (99)"),
              0);
    check_refused(pg_address, DIAG_STORE_NEWER);
    CHECK_INT(pg_tell("DROP SCHEMA awai CASCADE"), 0);
}

/* Nobody sees the password of an address in a message. */
static void test_postgres_is_discreet(void)
{
    struct diag_list d = {0};
    const char *address = "postgresql://ann:sec@ret@/db?host=/nowhere&password=secret";
    CHECK(store_open(address, &d) == NULL);
    CHECK_INT(d.n_errors, 1);
    if (d.n) CHECK_INT(d.items[0].kind, DIAG_STORE_OPEN);
    if (d.n) CHECK(strstr(text_in(d.items[0].message, LANG_EN), "ret") == NULL);
    diag_fini(&d);
}

int main(void)
{
    if (begin_store_tests() != 0) return 1;
    RUN(test_export_import);
    RUN(test_import_is_whole);
    RUN(test_other_files);
    RUN(test_first_form);
    RUN(test_audit_is_told);
    RUN(test_broken);
    RUN(test_open_again);
    RUN(test_backup);
    RUN(test_backup_of_all);
    RUN(test_refill);
    RUN(test_verify);
    RUN(test_no_backup);
    RUN(test_old_backup);
    RUN(test_full_disk);
    RUN(test_killed);
    RUN(test_postgres_comes_back);
    RUN(test_postgres_refuses);
    RUN(test_postgres_others);
    RUN(test_postgres_is_discreet);
    end_store_tests();
    return UNIT_RESULT();
}
