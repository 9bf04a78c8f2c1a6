/* SPDX-License-Identifier: Apache-2.0
 *
 * The store: what every backend must do, asked of an empty one of each.
 */
#include <pthread.h>

#include "tools/store.h"

/* ---- every backend -------------------------------------------------------------- */

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
    CHECK_INT(store_seed(s, W, 7, "why"), STORE_OK);
    CHECK_INT(store_seed(s, W, 8, "why"), STORE_OK);
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

/* A list in parts, and what is remembered of the latest versions only. */
static void check_pages(struct store *s)
{
    static const char *const slugs[] = {"a", "b", "c", "d", "e"};
    struct arena a = {0};
    struct list l;
    int64_t number;
    const struct store_text first = text_at("one", 1);
    struct store_page page = {"", 2, "m", ""};
    const struct store_summary known[] = {
        {W, "a",    1, "m", "sum \xe9\x9b\xa8"},
        {W, "b",    1, "m", "old"             },
        {W, "none", 1, "m", "x"               }
    };
    const struct store_summary again = {W, "a", 1, "m", "new"},
                               bad = {W, "a", 1, "m", "\xff"};
    for (size_t i = 0; i < 5; i++)
        CHECK_INT(store_create(s, W, slugs[i], &first), STORE_OK);
    CHECK_INT(store_remember(s, known, 3), STORE_OK);
    CHECK_INT(save(s, "b", 1, "two", &number), STORE_OK);
    CHECK_INT(store_systems_page(s, W, &page, &a, &l), STORE_OK);
    CHECK_INT(l.n, 2);
    const struct store_system *system = l.items;
    CHECK_STR(system[0].summary, "sum \xe9\x9b\xa8");
    CHECK_STR(system[1].slug, "b");
    CHECK_STR(system[1].summary, "");
    page.after = "b";
    page.most = 9;
    CHECK_INT(store_systems_page(s, W, &page, &a, &l), STORE_OK);
    CHECK_INT(l.n, 3);
    CHECK_STR(((const struct store_system *)l.items)->slug, "c");
    CHECK_INT(store_remember(s, &again, 1), STORE_OK);
    CHECK_INT(store_remember(s, &bad, 1), STORE_REFUSED);
    page = (struct store_page){"", 1, "other", ""};
    CHECK_INT(store_systems_page(s, W, &page, &a, &l), STORE_OK);
    CHECK_STR(((const struct store_system *)l.items)->summary, "");
    page.mark = "m";
    CHECK_INT(store_systems_page(s, W, &page, &a, &l), STORE_OK);
    CHECK_STR(((const struct store_system *)l.items)->summary, "new");
    arena_fini(&a);
}

/* ---- visits --------------------------------------------------------------------- */

static int64_t seen_by(struct store *s, const char *slug, const char *person)
{
    struct store_visit v = {0};
    enum store_result result = store_visited(s, W, slug, person, &v);
    CHECK(result == STORE_OK || result == STORE_MISSING);
    CHECK_INT(v.number > 0, result == STORE_OK);
    return v.number;
}

static enum store_result see(struct store *s, const char *slug, const char *person,
                             int64_t number)
{
    return store_see(s, W, slug, person, &(struct store_visit){number, 70 + number});
}

static void check_visits(struct store *s)
{
    struct arena a = {0};
    struct list l;
    struct store_visit v;
    int64_t number;
    const struct store_text first = text_at("one", 1);
    CHECK_INT(store_create(s, W, "a", &first), STORE_OK);
    CHECK_INT(store_create(s, W, "b", &first), STORE_OK);
    CHECK_INT(save(s, "a", 1, "two", &number), STORE_OK);
    CHECK_INT(seen_by(s, "a", "bob"), 0);
    CHECK_INT(see(s, "a", "bob", 2), STORE_OK);
    CHECK_INT(see(s, "a", "bob", 1), STORE_OK); // does not go back
    CHECK_INT(seen_by(s, "a", "bob"), 2);
    CHECK_INT(store_visited(s, W, "a", "bob", &v), STORE_OK);
    CHECK_INT(v.seen_s, 72);
    CHECK_INT(seen_by(s, "a", "Bob"), 0);
    CHECK_INT(seen_by(s, "b", "bob"), 0);
    CHECK_INT(see(s, "a", "bob", 3), STORE_MISSING);
    CHECK_INT(see(s, "a", "bob", 0), STORE_MISSING);
    CHECK_INT(see(s, "a", "bob", -1), STORE_MISSING);
    CHECK_INT(see(s, "none", "bob", 1), STORE_MISSING);
    CHECK_INT(see(s, "a", "", 1), STORE_REFUSED);
    CHECK_INT(see(s, "a", "two\nlines", 1), STORE_REFUSED);
    CHECK_INT(see(s, "a", "\xff", 1), STORE_REFUSED);
    CHECK_INT(store_see(s, "other", "a", "bob", &v), STORE_MISSING);
    CHECK_INT(store_visited(s, "other", "a", "bob", &v), STORE_MISSING);
    const struct store_page page = {"", 9, "m", "bob"};
    CHECK_INT(store_systems_page(s, W, &page, &a, &l), STORE_OK);
    CHECK_INT(l.n, 2);
    CHECK_INT(((const struct store_system *)l.items)[0].seen, 2);
    CHECK_INT(((const struct store_system *)l.items)[1].seen, 0);
    arena_fini(&a);
}

/* Who saves (ann) takes along what he knows, unless others' versions are between. */
static void check_own_versions(struct store *s)
{
    int64_t number;
    const struct store_text first = text_at("one", 1);
    const struct store_text note = {NULL, 0, 9, "bob", ""};
    CHECK_INT(store_create(s, W, "a", &first), STORE_OK);
    CHECK_INT(save(s, "a", 1, "two", &number), STORE_OK);
    CHECK_INT(seen_by(s, "a", "ann"), 0); // who never looked has not looked
    CHECK_INT(see(s, "a", "ann", 2), STORE_OK);
    CHECK_INT(see(s, "a", "bob", 1), STORE_OK);
    CHECK_INT(save(s, "a", 2, "three", &number), STORE_OK);
    CHECK_INT(seen_by(s, "a", "ann"), 3);
    CHECK_INT(seen_by(s, "a", "bob"), 1);
    CHECK_INT(store_restore(s, W, "a", 1, 3, &note, &number), STORE_OK);
    CHECK_INT(seen_by(s, "a", "bob"), 1);
    CHECK_INT(save(s, "a", 4, "five", &number), STORE_OK);
    CHECK_INT(seen_by(s, "a", "ann"), 3);
    CHECK_INT(save(s, "a", 3, "late", &number), STORE_CONFLICT);
    CHECK_INT(seen_by(s, "a", "ann"), 3);
}

/* ---- records -------------------------------------------------------------------- */

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

/* ---- threads -------------------------------------------------------------------- */

enum { N_THREADS = 8, N_ROUNDS = 20 };

struct crowd {
    struct store *s;
    int me;
    int n_saved, n_wrong;
};

static enum store_result put_and_regret(struct store *within, void *context)
{
    (void)context;
    put(within, "regretted", "v", -1, NULL);
    return STORE_REFUSED;
}

/* Adds versions to one system among others who do, an own record, and what it regrets.
 */
static void *join_crowd(void *context)
{
    struct crowd *c = context;
    char key[16];
    snprintf(key, sizeof key, "k%d", c->me);
    for (int i = 0; i < N_ROUNDS; i++) {
        struct arena a = {0};
        struct store_system one = {0};
        int64_t number = 0;
        enum store_result result = store_system(c->s, W, "t", &a, &one);
        c->n_wrong += result != STORE_OK;
        result = save(c->s, "t", one.latest.number, "more", &number);
        c->n_saved += result == STORE_OK;
        c->n_wrong += result != STORE_OK && result != STORE_CONFLICT;
        c->n_wrong += put(c->s, key, "v", -1, NULL) != STORE_OK;
        c->n_wrong += store_together(c->s, put_and_regret, NULL) != STORE_REFUSED;
        c->n_wrong += store_audit_add(c->s, i, key, "round", "") != STORE_OK;
        arena_fini(&a);
    }
    return NULL;
}

static void check_threads(struct store *s)
{
    struct crowd crowd[N_THREADS];
    pthread_t threads[N_THREADS];
    struct arena a = {0};
    struct list l;
    int64_t n_saved = 1, broken, n;
    char head[STORE_HASH];
    const struct store_text first = text_at("one", 1);
    CHECK_INT(store_create(s, W, "t", &first), STORE_OK);
    for (int i = 0; i < N_THREADS; i++) {
        crowd[i] = (struct crowd){s, i, 0, 0};
        CHECK_INT(pthread_create(&threads[i], NULL, join_crowd, &crowd[i]), 0);
    }
    for (int i = 0; i < N_THREADS; i++) {
        pthread_join(threads[i], NULL);
        CHECK_INT(crowd[i].n_wrong, 0);
        n_saved += crowd[i].n_saved;
    }
    CHECK_INT(store_versions(s, W, "t", &a, &l), STORE_OK);
    CHECK_INT(l.n, n_saved);
    CHECK_INT(((struct store_version *)l.items)->number, n_saved);
    CHECK_INT(store_records(s, "user", &a, &l), STORE_OK);
    CHECK_INT(l.n, N_THREADS);
    CHECK_INT(store_audit_verify(s, &broken, &n, head), STORE_OK);
    CHECK_INT(broken, 0);
    CHECK_INT(n, N_THREADS * N_ROUNDS);
    arena_fini(&a);
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

static void test_pages(void)
{
    conform(check_pages);
}

static void test_visits(void)
{
    conform(check_visits);
}

static void test_own_versions(void)
{
    conform(check_own_versions);
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

static void test_threads(void)
{
    conform(check_threads);
}

int main(void)
{
    if (begin_store_tests() != 0) return 1;
    RUN(test_empty);
    RUN(test_versions);
    RUN(test_conflict);
    RUN(test_hostile);
    RUN(test_sizes);
    RUN(test_seed);
    RUN(test_workspaces);
    RUN(test_pages);
    RUN(test_visits);
    RUN(test_own_versions);
    RUN(test_records);
    RUN(test_record_list);
    RUN(test_record_limits);
    RUN(test_audit);
    RUN(test_together);
    RUN(test_threads);
    end_store_tests();
    return UNIT_RESULT();
}
