/* SPDX-License-Identifier: Apache-2.0
 *
 * The store. The first part asks what every backend must do, by way of a function that
 * opens an empty one; then export and import, and what is SQLite's own: other files, a
 * full disk, backup beside writers, and a writer that is killed again and again.
 */
#include "store/store.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "unit.h"

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
    return store_save(s, slug, base, &t, number);
}

/* That a version has this text. */
static void check_text(struct store *s, const char *slug, int64_t number,
                       const char *expected)
{
    struct arena a = {0};
    const char *text = NULL;
    struct store_version v = {0};
    CHECK_INT(store_text(s, slug, number, &a, &text, &v), STORE_OK);
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
    CHECK_INT(store_systems(s, &a, &l), STORE_OK);
    CHECK_INT(l.n, 0);
    CHECK_INT(store_system(s, "x", &a, &one), STORE_MISSING);
    CHECK_INT(store_text(s, "x", 0, &a, &text, NULL), STORE_MISSING);
    CHECK_INT(store_versions(s, "x", &a, &l), STORE_MISSING);
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
    CHECK_INT(store_create(s, "b", &first), STORE_OK);
    CHECK_INT(store_create(s, "b", &first), STORE_EXISTS);
    CHECK_INT(store_create(s, "a", &first), STORE_OK);
    CHECK_INT(save(s, "b", 1, "two", &number), STORE_OK);
    CHECK_INT(number, 2);
    check_text(s, "b", 1, "one");
    check_text(s, "b", 2, "two");
    check_text(s, "b", 0, "two");
    check_text(s, "a", 0, "one");
    CHECK_INT(store_systems(s, &a, &l), STORE_OK);
    CHECK_INT(l.n, 2);
    CHECK_STR(((struct store_system *)l.items)[0].slug, "a");
    CHECK_INT(store_system(s, "b", &a, &one), STORE_OK);
    CHECK_INT(one.created_s, 50);
    CHECK_INT(one.latest.number, 2);
    CHECK_INT(one.latest.saved_s, 101);
    CHECK_STR(one.latest.who, "ann");
    CHECK_STR(one.latest.why, "because");
    CHECK_INT(store_versions(s, "b", &a, &l), STORE_OK);
    CHECK_INT(l.n, 2);
    CHECK_INT(((struct store_version *)l.items)[0].number, 2);
    arena_fini(&a);
}

static void check_conflict(struct store *s)
{
    int64_t number = 0;
    const struct store_text first = text_at("one", 1);
    const struct store_text note = {NULL, 0, 9, "bob", "as it was"};
    CHECK_INT(store_create(s, "c", &first), STORE_OK);
    CHECK_INT(save(s, "c", 1, "two", &number), STORE_OK);
    CHECK_INT(save(s, "c", 1, "other", &number), STORE_CONFLICT);
    CHECK_INT(number, 2);
    CHECK_INT(save(s, "c", 3, "other", &number), STORE_CONFLICT);
    CHECK_INT(save(s, "c", 0, "other", &number), STORE_CONFLICT);
    check_text(s, "c", 0, "two");
    CHECK_INT(store_restore(s, "c", 1, 1, &note, &number), STORE_CONFLICT);
    CHECK_INT(store_restore(s, "c", 7, 2, &note, &number), STORE_MISSING);
    CHECK_INT(store_restore(s, "c", 1, 2, &note, &number), STORE_OK);
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
        CHECK_INT(store_create(s, names[i], &good), STORE_REFUSED);
    bad.why = "two\nlines";
    CHECK_INT(store_create(s, "h", &bad), STORE_REFUSED);
    bad.why = " ";
    CHECK_INT(store_create(s, "h", &bad), STORE_REFUSED);
    bad = good;
    bad.who = "\xff";
    CHECK_INT(store_create(s, "h", &bad), STORE_REFUSED);
    bad = good;
    bad.len = 0;
    CHECK_INT(store_create(s, "h", &bad), STORE_REFUSED);
    bad = (struct store_text){"a\0b", 3, 1, "", ""};
    CHECK_INT(store_create(s, "h", &bad), STORE_REFUSED);
    bad.who = "'); DROP TABLE version; --";
    bad.text = "\xe9\x9b\xa8 %s \"'\\ --";
    bad.len = strlen(bad.text);
    CHECK_INT(store_create(s, "h", &bad), STORE_OK);
    check_text(s, "h", 1, bad.text);
}

static void check_sizes(struct store *s)
{
    char *large = mem_alloc(STORE_TEXT_BYTES + 2);
    memset(large, 'x', STORE_TEXT_BYTES + 1);
    struct store_text t = {large, STORE_TEXT_BYTES + 1, 1, "", ""};
    CHECK_INT(store_create(s, "l", &t), STORE_REFUSED);
    t.len--;
    CHECK_INT(store_create(s, "l", &t), STORE_OK);
    large[t.len] = '\0';
    check_text(s, "l", 1, large);
    large[STORE_WHY_BYTES + 1] = '\0';
    t = (struct store_text){"t", 1, 1, "", large};
    CHECK_INT(store_create(s, "m", &t), STORE_REFUSED);
    large[STORE_WHY_BYTES] = '\0';
    CHECK_INT(store_create(s, "m", &t), STORE_OK);
    free(large);
}

static void check_seed(struct store *s)
{
    struct arena a = {0};
    struct list l;
    CHECK_INT(store_seed(s, 7), STORE_OK);
    CHECK_INT(store_seed(s, 8), STORE_OK);
    CHECK_INT(store_systems(s, &a, &l), STORE_OK);
    CHECK_INT(l.n, 6);
    for (uint32_t i = 0; i < l.n; i++)
        CHECK_INT(((struct store_system *)l.items)[i].created_s, 7);
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

/* ---- export and import ---------------------------------------------------------- */

static void fill(struct store *s)
{
    int64_t number;
    const struct store_text first = {"# \xe9\x9b\xa8\na: 1\n", 11, 5, "", ""};
    CHECK_INT(store_create(s, "one", &first), STORE_OK);
    CHECK_INT(save(s, "one", 1, "b: \"2\"", &number), STORE_OK);
    CHECK_INT(store_create(s, "two", &first), STORE_OK);
}

/* That two stores tell the same of all that is in them. */
static void check_same(struct store *one, struct store *other, const char *slug)
{
    struct arena a = {0};
    struct list l[2];
    CHECK_INT(store_versions(one, slug, &a, &l[0]), STORE_OK);
    CHECK_INT(store_versions(other, slug, &a, &l[1]), STORE_OK);
    CHECK_INT(l[0].n, l[1].n);
    for (uint32_t i = 0; i < l[0].n && i < l[1].n; i++) {
        const struct store_version *v = (struct store_version *)l[0].items + i;
        const struct store_version *w = (struct store_version *)l[1].items + i;
        const char *text;
        CHECK_INT(v->number, w->number);
        CHECK_INT(v->saved_s, w->saved_s);
        CHECK_STR(v->who, w->who);
        CHECK_STR(v->why, w->why);
        CHECK_INT(store_text(one, slug, v->number, &a, &text, NULL), STORE_OK);
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
    snprintf(index, sizeof index, "%s/two/index.yaml", path);
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
    if (store_system(s, "k", &a, &one) == STORE_MISSING) store_create(s, "k", &first);
    store_system(s, "k", &a, &one);
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
            CHECK_INT(store_system(s, "k", &a, &one), STORE_OK);
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
    RUN(test_export_import);
    RUN(test_import_is_whole);
    RUN(test_other_files);
    RUN(test_open_again);
    RUN(test_backup);
    RUN(test_full_disk);
    RUN(test_killed);
    return UNIT_RESULT();
}
