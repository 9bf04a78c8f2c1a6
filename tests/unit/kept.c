/* SPDX-License-Identifier: Apache-2.0
 *
 * Texts remembered by name: found again, replaced, and given way to in the order in
 * which they were asked for.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "unit.h"
#include "web/kept.h"

static int finds(struct kept *k, const char *name, const char *expected)
{
    struct buf out = {0};
    int found = kept_find(k, name, &out);
    if (found) CHECK_STR(buf_text(&out), expected);
    buf_fini(&out);
    return found;
}

static void test_kept_is_found(void)
{
    struct kept *k = kept_new();
    CHECK(!finds(k, "a", ""));
    kept_keep(k, "a", "one", 3);
    CHECK(finds(k, "a", "one"));
    kept_keep(k, "a", "two", 3);
    CHECK(finds(k, "a", "two"));
    kept_keep(k, "", "none", 4);
    CHECK(!finds(k, "", ""));
    kept_free(k);
}

static void test_oldest_gives_way(void)
{
    struct kept *k = kept_new();
    char name[16];
    kept_keep(k, "first", "1", 1);
    kept_keep(k, "second", "2", 1);
    CHECK(finds(k, "first", "1"));
    for (int i = 0; i < KEPT_TEXTS - 1; i++) {
        snprintf(name, sizeof name, "n%d", i);
        kept_keep(k, name, "x", 1);
    }
    CHECK(finds(k, "first", "1"));
    CHECK(!finds(k, "second", ""));
    kept_free(k);
}

static void test_too_long_is_not_kept(void)
{
    struct kept *k = kept_new();
    char name[KEPT_NAME_BYTES + 1];
    char *text = mem_alloc(KEPT_TEXT_BYTES + 1);
    memset(name, 'n', KEPT_NAME_BYTES);
    name[KEPT_NAME_BYTES] = '\0';
    kept_keep(k, name, "x", 1);
    CHECK(!finds(k, name, ""));
    kept_keep(k, "long", text, KEPT_TEXT_BYTES + 1);
    CHECK(!finds(k, "long", ""));
    free(text);
    kept_free(k);
}

int main(void)
{
    RUN(test_kept_is_found);
    RUN(test_oldest_gives_way);
    RUN(test_too_long_is_not_kept);
    return UNIT_RESULT();
}
