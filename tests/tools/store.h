/* SPDX-License-Identifier: Apache-2.0
 *
 * For the tests of the store: stores that are empty, one for each backend, a server of
 * PostgreSQL if it is installed, and what is put into them and looked for again and
 * again.
 */
#ifndef AWAI_TESTS_STORE_H
#define AWAI_TESTS_STORE_H

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/store.h"
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

static inline struct store *open_at(const char *path)
{
    struct diag_list d = {0};
    struct store *store = store_open(path, &d);
    diag_print(&d, stdout, (struct diag_view){.lang = LANG_EN});
    diag_fini(&d);
    return store;
}

static inline struct store *open_sqlite(void)
{
    return open_at(fresh_path());
}

/* ---- PostgreSQL, if it is installed: a server for this test alone --------------- */

static char pg_folder[300], pg_address[400]; // "": there is none

/* Runs tests/tools/postgres; its exit status. */
static inline int pg_do(const char *what)
{
    char command[700];
    fflush(stdout);
    snprintf(command, sizeof command, "tests/tools/postgres %s '%s' %d >'%s/address'",
             what, pg_folder, (int)getpid(), folder);
    return WEXITSTATUS(system(command));
}

static inline void pg_start(void)
{
    char path[300];
    snprintf(pg_folder, sizeof pg_folder, "%s/pg", folder);
    int status = pg_do("start");
    snprintf(path, sizeof path, "%s/address", folder);
    FILE *f = status == 0 ? fopen(path, "r") : NULL;
    if (f && fgets(pg_address, sizeof pg_address, f))
        pg_address[strcspn(pg_address, "\n")] = '\0';
    if (f) fclose(f);
    if (status == 77)
        printf("skip postgresql: it is not installed\n");
    else
        CHECK(pg_address[0] != '\0');
}

/* Says something to the database past the store; 0 if it was taken. */
static inline int pg_tell(const char *sql)
{
    char command[1000];
    fflush(stdout);
    snprintf(command, sizeof command,
             "psql -q -v ON_ERROR_STOP=1 '%s' -c \"%s\" >'%s/psql' 2>&1", pg_address,
             sql, folder);
    return system(command);
}

static inline struct store *open_postgres(void)
{
    CHECK_INT(pg_tell("DROP SCHEMA IF EXISTS awai CASCADE"), 0);
    return open_at(pg_address);
}

/* Each backend that there may be. */
static const struct {
    struct store *(*open_empty)(void);
    const char *where; // "": it is not there
} backends[] = {
    {open_sqlite,   "a file"  },
    {open_postgres, pg_address},
};
enum { N_BACKENDS = sizeof backends / sizeof *backends };

static inline struct store_text text_at(const char *text, int64_t at)
{
    return (struct store_text){text, strlen(text), at, "ann", "because"};
}

static inline enum store_result save(struct store *s, const char *slug, int64_t base,
                                     const char *text, int64_t *number)
{
    const struct store_text t = text_at(text, 100 + base);
    return store_save(s, W, slug, base, &t, number);
}

/* That a version has this text. */
static inline void check_text(struct store *s, const char *slug, int64_t number,
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

static inline enum store_result put(struct store *s, const char *key, const char *value,
                                    int64_t based_on, int64_t *revision)
{
    return store_record_put(s, "user", key, value, strlen(value), based_on, revision);
}

static inline void fill(struct store *s)
{
    int64_t number;
    const struct store_text first = {"# \xe9\x9b\xa8\na: 1\n", 11, 5, "", ""};
    CHECK_INT(store_create(s, W, "one", &first), STORE_OK);
    CHECK_INT(save(s, "one", 1, "b: \"2\"", &number), STORE_OK);
    CHECK_INT(store_create(s, W, "two", &first), STORE_OK);
}

static inline void check_empty(struct store *s)
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

static inline void conform(void (*check)(struct store *s))
{
    for (size_t i = 0; i < N_BACKENDS; i++) {
        if (backends[i].where[0] == '\0') continue;
        struct store *s = backends[i].open_empty();
        REQUIRE(s != NULL);
        check(s);
        store_close(s);
    }
}

/* Makes the folder and starts what there is; 0, or -1. */
static inline int begin_store_tests(void)
{
    const char *base = getenv("TEST_TMP");
    snprintf(folder, sizeof folder, "%.200s/store-XXXXXX", base ? base : "/tmp");
    if (mkdtemp(folder) == NULL) return -1;
    pg_start();
    return 0;
}

static inline void end_store_tests(void)
{
    if (pg_address[0]) pg_do("stop");
}
#endif
