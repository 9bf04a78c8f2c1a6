/* SPDX-License-Identifier: Apache-2.0
 *
 * The store. The first part asks what every backend must do, by way of a function that
 * opens an empty one; then export and import, and what is SQLite's own: other files, a
 * full disk, backup beside writers, and a writer that is killed again and again.
 */
#include "store/store.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "unit.h"

#define W STORE_WORKSPACE

static char folder[256];
static unsigned n_files;

/* A path that is not used yet. */
static const char *fresh_path(void)
{
    static char path[320];
    snprintf(path, sizeof path, "%s/%u", folder, n_files++);
    return path;
}

static struct store *open_at(const char *path)
{
    struct diag_list d = {0};
    struct store *store = store_open(path, &d);
    diag_print(&d, stdout, (struct diag_view){.lang = LANG_EN});
    diag_fini(&d);
    return store;
}

static struct store *open_sqlite(void)
{
    return open_at(fresh_path());
}

/* Each backend that there is. */
static const struct {
    const char *name;
    struct store *(*open_empty)(void);
} backends[] = {
    {"sqlite", open_sqlite}
};
enum { N_BACKENDS = sizeof backends / sizeof *backends };

static struct store_text text_at(const char *text, int64_t at)
{
    return (struct store_text){text, strlen(text), at, "ann", "because"};
}

static enum store_result save(struct store *s, const char *slug, int64_t base,
                              const char *text, int64_t *number)
{
    const struct store_text t = text_at(text, 100 + base);
    return store_save(s, W, slug, base, &t, number);
}

/* That a version has this text. */
static void check_text(struct store *s, const char *slug, int64_t number,
                       const char *expected)
{
    struct arena a = {0};
    const char *text = NULL;
    struct store_version v = {0};
    CHECK_INT(store_text(s, W, slug, number, &a, &text, &v), STORE_OK);
    CHECK_STR(text, expected);
    CHECK_INT(v.n_bytes, strlen(expected));
    arena_fini(&a);
}

/* ---- every backend -------------------------------------------------------------- */

static void check_empty(struct store *s)
{
    struct arena a = {0};
    struct list l;
    struct store_system one;
    const char *text;
    int64_t number = 0;
    CHECK_INT(store_systems(s, W, &a, &l), STORE_OK);
    CHECK_INT(l.n, 0);
    CHECK_INT(store_system(s, W, "x", &a, &one), STORE_MISSING);
    CHECK_INT(store_text(s, W, "x", 0, &a, &text, NULL), STORE_MISSING);
    CHECK_INT(store_versions(s, W, "x", &a, &l), STORE_MISSING);
    CHECK_INT(save(s, "x", 1, "t", &number), STORE_MISSING);
    arena_fini(&a);
}

static void check_versions(struct store *s)
{
    struct arena a = {0};
    struct list l;
    struct store_system one;
    int64_t number = 0;
    const struct store_text first = text_at("one", 50);
    CHECK_INT(store_create(s, W, "b", &first), STORE_OK);
    CHECK_INT(store_create(s, W, "b", &first), STORE_EXISTS);
    CHECK_INT(store_create(s, W, "a", &first), STORE_OK);
    CHECK_INT(save(s, "b", 1, "two", &number), STORE_OK);
    CHECK_INT(number, 2);
    check_text(s, "b", 1, "one");
    check_text(s, "b", 2, "two");
    check_text(s, "b", 0, "two");
    check_text(s, "a", 0, "one");
    CHECK_INT(store_systems(s, W, &a, &l), STORE_OK);
    CHECK_INT(l.n, 2);
    CHECK_STR(((struct store_system *)l.items)[0].slug, "a");
    CHECK_INT(store_system(s, W, "b", &a, &one), STORE_OK);
    CHECK_INT(one.created_s, 50);
    CHECK_INT(one.latest.number, 2);
    CHECK_INT(one.latest.saved_s, 101);
    CHECK_STR(one.latest.who, "ann");
    CHECK_STR(one.latest.why, "because");
    CHECK_INT(store_versions(s, W, "b", &a, &l), STORE_OK);
    CHECK_INT(l.n, 2);
    CHECK_INT(((struct store_version *)l.items)[0].number, 2);
    arena_fini(&a);
}

static void check_conflict(struct store *s)
{
    int64_t number = 0;
    const struct store_text first = text_at("one", 1);
    const struct store_text note = {NULL, 0, 9, "bob", "as it was"};
    CHECK_INT(store_create(s, W, "c", &first), STORE_OK);
    CHECK_INT(save(s, "c", 1, "two", &number), STORE_OK);
    CHECK_INT(save(s, "c", 1, "other", &number), STORE_CONFLICT);
    CHECK_INT(number, 2);
    CHECK_INT(save(s, "c", 3, "other", &number), STORE_CONFLICT);
    CHECK_INT(save(s, "c", 0, "other", &number), STORE_CONFLICT);
    check_text(s, "c", 0, "two");
    CHECK_INT(store_restore(s, W, "c", 1, 1, &note, &number), STORE_CONFLICT);
    CHECK_INT(store_restore(s, W, "c", 7, 2, &note, &number), STORE_MISSING);
    CHECK_INT(store_restore(s, W, "c", 1, 2, &note, &number), STORE_OK);
    CHECK_INT(number, 3);
    check_text(s, "c", 3, "one");
    check_text(s, "c", 2, "two");
}

static void check_hostile(struct store *s)
{
    static const char *const names[] = {
        "",
        "-a",
        "a/b",
        "..",
        "a b",
        "a'; DROP TABLE version; --",
        "\xff",
        "a\n",
        "0123456789012345678901234567890123456789012345678901234567890123456789"};
    const struct store_text good = text_at("one", 1);
    struct store_text bad = good;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        CHECK_INT(store_create(s, W, names[i], &good), STORE_REFUSED);
    bad.why = "two\nlines";
    CHECK_INT(store_create(s, W, "h", &bad), STORE_REFUSED);
    bad.why = " ";
    CHECK_INT(store_create(s, W, "h", &bad), STORE_REFUSED);
    bad = good;
    bad.who = "\xff";
    CHECK_INT(store_create(s, W, "h", &bad), STORE_REFUSED);
    bad = good;
    bad.len = 0;
    CHECK_INT(store_create(s, W, "h", &bad), STORE_REFUSED);
    bad = (struct store_text){"a\0b", 3, 1, "", ""};
    CHECK_INT(store_create(s, W, "h", &bad), STORE_REFUSED);
    bad.who = "'); DROP TABLE version; --";
    bad.text = "\xe9\x9b\xa8 %s \"'\\ --";
    bad.len = strlen(bad.text);
    CHECK_INT(store_create(s, W, "h", &bad), STORE_OK);
    check_text(s, "h", 1, bad.text);
}

static void check_sizes(struct store *s)
{
    char *large = mem_alloc(STORE_TEXT_BYTES + 2);
    memset(large, 'x', STORE_TEXT_BYTES + 1);
    struct store_text t = {large, STORE_TEXT_BYTES + 1, 1, "", ""};
    CHECK_INT(store_create(s, W, "l", &t), STORE_REFUSED);
    t.len--;
    CHECK_INT(store_create(s, W, "l", &t), STORE_OK);
    large[t.len] = '\0';
    check_text(s, "l", 1, large);
    large[STORE_WHY_BYTES + 1] = '\0';
    t = (struct store_text){"t", 1, 1, "", large};
    CHECK_INT(store_create(s, W, "m", &t), STORE_REFUSED);
    large[STORE_WHY_BYTES] = '\0';
    CHECK_INT(store_create(s, W, "m", &t), STORE_OK);
    free(large);
}

static void check_seed(struct store *s)
{
    struct arena a = {0};
    struct list l;
    CHECK_INT(store_seed(s, W, 7), STORE_OK);
    CHECK_INT(store_seed(s, W, 8), STORE_OK);
    CHECK_INT(store_systems(s, W, &a, &l), STORE_OK);
    CHECK_INT(l.n, 6);
    for (uint32_t i = 0; i < l.n; i++)
        CHECK_INT(((struct store_system *)l.items)[i].created_s, 7);
    arena_fini(&a);
}

/* Two workspaces may have a system of one name, and do not see each other's. */
static void check_workspaces(struct store *s)
{
    struct arena a = {0};
    struct list l;
    struct store_system one;
    const char *text;
    int64_t number = 0;
    const struct store_text mine = text_at("mine", 1), yours = text_at("yours", 2);
    CHECK_INT(store_create(s, "a-team", "x", &mine), STORE_OK);
    CHECK_INT(store_system(s, W, "x", &a, &one), STORE_MISSING);
    CHECK_INT(store_text(s, W, "x", 0, &a, &text, NULL), STORE_MISSING);
    CHECK_INT(store_versions(s, W, "x", &a, &l), STORE_MISSING);
    CHECK_INT(save(s, "x", 1, "stolen", &number), STORE_MISSING);
    CHECK_INT(store_create(s, W, "x", &yours), STORE_OK);
    CHECK_INT(store_text(s, "a-team", "x", 0, &a, &text, NULL), STORE_OK);
    CHECK_STR(text, "mine");
    check_text(s, "x", 0, "yours");
    CHECK_INT(store_systems(s, "a-team", &a, &l), STORE_OK);
    CHECK_INT(l.n, 1);
    CHECK_INT(store_systems(s, "no-team", &a, &l), STORE_OK);
    CHECK_INT(l.n, 0);
    CHECK_INT(store_systems(s, "../" W, &a, &l), STORE_MISSING);
    CHECK_INT(store_create(s, "", "x", &mine), STORE_REFUSED);
    CHECK_INT(store_workspaces(s, &a, &l), STORE_OK);
    CHECK_INT(l.n, 2);
    CHECK_STR(((const char *const *)l.items)[0], "a-team");
    CHECK_STR(((const char *const *)l.items)[1], W);
    arena_fini(&a);
}

/* ---- records -------------------------------------------------------------------- */

static enum store_result put(struct store *s, const char *key, const char *value,
                             int64_t based_on, int64_t *revision)
{
    return store_record_put(s, "user", key, value, strlen(value), based_on, revision);
}

static void check_value(struct store *s, const char *key, const char *expected,
                        int64_t revision)
{
    struct arena a = {0};
    const char *value = NULL;
    size_t len = 0;
    int64_t there = 0;
    CHECK_INT(store_record_get(s, "user", key, &a, &value, &len, &there), STORE_OK);
    CHECK_STR(value, expected);
    CHECK_INT(len, strlen(expected));
    CHECK_INT(there, revision);
    arena_fini(&a);
}

static void check_records(struct store *s)
{
    struct arena a = {0};
    const char *value;
    int64_t first = 0, second = 0, r = 0;
    CHECK_INT(store_record_get(s, "user", "ann", &a, &value, NULL, NULL),
              STORE_MISSING);
    CHECK_INT(put(s, "ann", "one", 7, &r), STORE_MISSING);
    CHECK_INT(put(s, "ann", "one", 0, &first), STORE_OK);
    CHECK_INT(put(s, "ann", "other", 0, &r), STORE_EXISTS);
    check_value(s, "ann", "one", first);
    CHECK_INT(put(s, "ann", "two", first, &second), STORE_OK);
    CHECK(second > first);
    CHECK_INT(put(s, "ann", "other", first, &r), STORE_CONFLICT);
    CHECK_INT(r, second);
    check_value(s, "ann", "two", second);
    CHECK_INT(put(s, "ann", "", -1, NULL), STORE_OK);
    CHECK_INT(put(s, "bob", "\xe9\x9b\xa8'--", -1, &r), STORE_OK);
    check_value(s, "bob", "\xe9\x9b\xa8'--", r);
    CHECK_INT(store_record_drop(s, "user", "ann"), STORE_OK);
    CHECK_INT(store_record_drop(s, "user", "ann"), STORE_MISSING);
    CHECK_INT(put(s, "ann", "anew", 0, &r), STORE_OK);
    CHECK(r > second); // who knew the old one does not take it for this
    CHECK_INT(put(s, "ann", "stale", second, NULL), STORE_CONFLICT);
    arena_fini(&a);
}

static void check_record_list(struct store *s)
{
    static const char *const keys[] = {"b", "B", "a/b", "\xe9\x9b\xa8", "a-b", "a"};
    static const char *const sorted[] = {"B", "a", "a-b", "a/b", "b", "\xe9\x9b\xa8"};
    struct arena a = {0};
    struct list l;
    for (size_t i = 0; i < 6; i++)
        CHECK_INT(put(s, keys[i], keys[i], 0, NULL), STORE_OK);
    CHECK_INT(store_record_put(s, "other", "z", "z", 1, 0, NULL), STORE_OK);
    CHECK_INT(store_records(s, "user", &a, &l), STORE_OK);
    CHECK_INT(l.n, 6);
    for (uint32_t i = 0; i < l.n && i < 6; i++) {
        const struct store_record *r = (const struct store_record *)l.items + i;
        CHECK_STR(r->key, sorted[i]);
        CHECK_STR(r->value, sorted[i]);
    }
    CHECK_INT(store_records(s, "none", &a, &l), STORE_OK);
    CHECK_INT(l.n, 0);
    arena_fini(&a);
}

static void check_record_limits(struct store *s)
{
    char *large = mem_alloc(STORE_RECORD_BYTES + 2);
    memset(large, 'x', STORE_RECORD_BYTES + 1);
    CHECK_INT(store_record_put(s, "user", "k", large, STORE_RECORD_BYTES + 1, 0, NULL),
              STORE_REFUSED);
    CHECK_INT(store_record_put(s, "user", "k", large, STORE_RECORD_BYTES, 0, NULL),
              STORE_OK);
    large[STORE_KEY_BYTES + 1] = '\0';
    CHECK_INT(put(s, large, "v", 0, NULL), STORE_REFUSED);
    large[STORE_KEY_BYTES] = '\0';
    CHECK_INT(put(s, large, "v", 0, NULL), STORE_OK);
    CHECK_INT(put(s, "", "v", 0, NULL), STORE_REFUSED);
    CHECK_INT(put(s, "a\nb", "v", 0, NULL), STORE_REFUSED);
    CHECK_INT(put(s, "k\xff", "v", 0, NULL), STORE_REFUSED);
    CHECK_INT(put(s, "v", "\xff", 0, NULL), STORE_REFUSED);
    CHECK_INT(store_record_put(s, "user", "v", "a\0b", 3, 0, NULL), STORE_REFUSED);
    CHECK_INT(store_record_put(s, "a b", "v", "v", 1, 0, NULL), STORE_REFUSED);
    free(large);
}

/* ---- the audit log -------------------------------------------------------------- */

static void check_audit(struct store *s)
{
    struct arena a = {0};
    struct list l;
    int64_t broken = 1, n = 1;
    char empty[STORE_HASH], head[STORE_HASH];
    CHECK_INT(store_audit_verify(s, &broken, &n, empty), STORE_OK);
    CHECK_INT(broken, 0);
    CHECK_INT(n, 0);
    CHECK_STR(empty, "");
    for (int i = 1; i <= 5; i++)
        CHECK_INT(store_audit_add(s, 100 + i, "ann", i % 2 ? "save" : "look", "x"),
                  STORE_OK);
    CHECK_INT(store_audit_add(s, 1, "ann", "two\nlines", "x"), STORE_REFUSED);
    CHECK_INT(store_audit_list(s, 0, 2, &a, &l), STORE_OK);
    CHECK_INT(l.n, 2);
    const struct store_audit *e = l.items;
    CHECK_INT(e[0].number, 5);
    CHECK_INT(e[0].at_s, 105);
    CHECK_STR(e[0].what, "save");
    CHECK_INT(strlen(e[0].previous), STORE_HASH - 1);
    CHECK_INT(e[1].number, 4);
    CHECK_INT(store_audit_list(s, 2, 9, &a, &l), STORE_OK);
    CHECK_INT(l.n, 1);
    CHECK_STR(((const struct store_audit *)l.items)->previous, "");
    CHECK_INT(store_audit_verify(s, &broken, &n, head), STORE_OK);
    CHECK_INT(broken, 0);
    CHECK_INT(n, 5);
    CHECK_INT(strlen(head), STORE_HASH - 1);
    arena_fini(&a);
}

/* ---- together ------------------------------------------------------------------- */

struct pair {
    enum store_result result; // what the work ends with
};

static enum store_result change_two(struct store *within, void *context)
{
    const struct pair *pair = context;
    CHECK_INT(put(within, "together", "v", 0, NULL), STORE_OK);
    CHECK_INT(store_audit_add(within, 1, "ann", "put", "together"), STORE_OK);
    return pair->result;
}

static void check_together(struct store *s)
{
    struct arena a = {0};
    struct list l;
    struct pair pair = {STORE_CONFLICT};
    CHECK_INT(store_together(s, change_two, &pair), STORE_CONFLICT);
    CHECK_INT(store_records(s, "user", &a, &l), STORE_OK);
    CHECK_INT(l.n, 0);
    CHECK_INT(store_audit_list(s, 0, 9, &a, &l), STORE_OK);
    CHECK_INT(l.n, 0);
    pair.result = STORE_OK;
    CHECK_INT(store_together(s, change_two, &pair), STORE_OK);
    CHECK_INT(store_records(s, "user", &a, &l), STORE_OK);
    CHECK_INT(l.n, 1);
    CHECK_INT(store_audit_list(s, 0, 9, &a, &l), STORE_OK);
    CHECK_INT(l.n, 1);
    arena_fini(&a);
}

static void conform(void (*check)(struct store *s))
{
    for (size_t i = 0; i < N_BACKENDS; i++) {
        struct store *s = backends[i].open_empty();
        REQUIRE(s != NULL);
        check(s);
        store_close(s);
    }
}

static void test_empty(void)
{
    conform(check_empty);
}

static void test_versions(void)
{
    conform(check_versions);
}

static void test_conflict(void)
{
    conform(check_conflict);
}

static void test_hostile(void)
{
    conform(check_hostile);
}

static void test_sizes(void)
{
    conform(check_sizes);
}

static void test_seed(void)
{
    conform(check_seed);
}

static void test_workspaces(void)
{
    conform(check_workspaces);
}

static void test_records(void)
{
    conform(check_records);
}

static void test_record_list(void)
{
    conform(check_record_list);
}

static void test_record_limits(void)
{
    conform(check_record_limits);
}

static void test_audit(void)
{
    conform(check_audit);
}

static void test_together(void)
{
    conform(check_together);
}

/* ---- export and import ---------------------------------------------------------- */

static void fill(struct store *s)
{
    int64_t number;
    const struct store_text first = {"# \xe9\x9b\xa8\na: 1\n", 11, 5, "", ""};
    CHECK_INT(store_create(s, W, "one", &first), STORE_OK);
    CHECK_INT(save(s, "one", 1, "b: \"2\"", &number), STORE_OK);
    CHECK_INT(store_create(s, W, "two", &first), STORE_OK);
}

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
    int64_t number;
    REQUIRE(s != NULL);
    fill(s);
    CHECK_INT(store_backup(s, path), STORE_OK);
    CHECK_INT(save(s, "one", 2, "later", &number), STORE_OK);
    t = open_at(path);
    REQUIRE(t != NULL);
    check_text(t, "one", 0, "b: \"2\"");
    check_same(s, t, "two");
    CHECK_INT(store_backup(s, "/nowhere/at/all"), STORE_FAILED);
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

int main(void)
{
    const char *base = getenv("TEST_TMP");
    snprintf(folder, sizeof folder, "%.200s/store-XXXXXX", base ? base : "/tmp");
    if (mkdtemp(folder) == NULL) return 1;
    RUN(test_empty);
    RUN(test_versions);
    RUN(test_conflict);
    RUN(test_hostile);
    RUN(test_sizes);
    RUN(test_seed);
    RUN(test_workspaces);
    RUN(test_records);
    RUN(test_record_list);
    RUN(test_record_limits);
    RUN(test_audit);
    RUN(test_together);
    RUN(test_export_import);
    RUN(test_import_is_whole);
    RUN(test_other_files);
    RUN(test_first_form);
    RUN(test_audit_is_told);
    RUN(test_open_again);
    RUN(test_backup);
    RUN(test_full_disk);
    RUN(test_killed);
    return UNIT_RESULT();
}
