// SPDX-License-Identifier: Apache-2.0
/* Answers remembered: what is found, what goes first, and that bytes are bounded. */
#include "web/kept.h"

#include <stdint.h>

#include <string.h>

#include "unit.h"

static const char plain[] = "text/plain";

static void put(struct kept *k, const char *key, size_t bytes)
{
    struct buf body = {0};
    for (size_t i = 0; i < bytes; i++)
        buf_char(&body, key[0]);
    kept_put(k, key, plain, &body);
    buf_fini(&body);
}

/* How many bytes are found under a key; SIZE_MAX: it is not there. */
static size_t found(struct kept *k, const char *key)
{
    struct buf body = {0};
    const char *type = NULL;
    int is_there = kept_find(k, key, &body, &type);
    size_t len = is_there ? body.len : SIZE_MAX;
    if (is_there) CHECK(type == plain && (len == 0 || body.data[0] == key[0]));
    buf_fini(&body);
    return len;
}

static void test_finds_what_was_put(void)
{
    struct kept *k = kept_new();
    CHECK(found(k, "a") == SIZE_MAX);
    put(k, "a", 3);
    put(k, "b", 5);
    CHECK(found(k, "a") == 3 && found(k, "b") == 5);
    put(k, "a", 7);
    CHECK(found(k, "a") == 7);
    kept_free(k);
}

static void test_the_one_not_asked_for_longest_goes(void)
{
    struct kept *k = kept_new();
    char key[16];
    put(k, "first", 1);
    put(k, "second", 1);
    for (int i = 0; i < KEPT_MOST - 2; i++) {
        snprintf(key, sizeof key, "more-%d", i);
        put(k, key, 1);
    }
    CHECK(found(k, "first") == 1);
    put(k, "last", 1);
    CHECK(found(k, "first") == 1 && found(k, "second") == SIZE_MAX);
    kept_free(k);
}

static void test_bytes_are_bounded(void)
{
    struct kept *k = kept_new();
    char key[16];
    size_t sum = 0;
    put(k, "huge", KEPT_LARGEST + 1);
    CHECK(found(k, "huge") == SIZE_MAX);
    for (int i = 0; i < 12; i++) {
        snprintf(key, sizeof key, "k-%d", i);
        put(k, key, KEPT_LARGEST / 2);
    }
    for (int i = 0; i < 12; i++) {
        snprintf(key, sizeof key, "k-%d", i);
        size_t len = found(k, key);
        if (len != SIZE_MAX) sum += len;
    }
    CHECK(sum <= KEPT_BYTES && sum > KEPT_BYTES / 2);
    CHECK(found(k, "k-11") == KEPT_LARGEST / 2);
    kept_free(k);
}

int main(void)
{
    RUN(test_finds_what_was_put);
    RUN(test_the_one_not_asked_for_longest_goes);
    RUN(test_bytes_are_bounded);
    return UNIT_RESULT();
}
