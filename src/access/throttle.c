// SPDX-License-Identifier: Apache-2.0
/* Waiting after wrong passwords; see throttle.h. A set of small buckets: a name belongs
 * to one, and takes the place there that was tried longest ago. */
#include "access/throttle.h"

#include <stdlib.h>
#include <string.h>

#include "access/secret.h"
#include "base/mem.h"

enum { WAYS = 8, BUCKETS = THROTTLE_PLACES / WAYS };

/* In the place of a login: all of a place. No login is called so. */
#define ANY "*"

struct entry {
    char name[SECRET_TEXT]; // a hash; "" is an empty place
    int64_t last_s;
    int n; // wrong tries
};

struct throttle {
    char salt[SECRET_TEXT]; // so that nobody can choose names of one bucket
    struct entry entries[BUCKETS][WAYS];
};

struct throttle *throttle_new(void)
{
    struct throttle *t = mem_alloc(sizeof *t);
    secret_new(t->salt);
    return t;
}

void throttle_free(struct throttle *t)
{
    free(t);
}

static void name_of(const struct throttle *t, const char *login, const char *place,
                    char name[SECRET_TEXT])
{
    struct arena a = {0};
    secret_hash(arena_printf(&a, "%s\n%s\n%s", t->salt, login, place), name);
    arena_fini(&a);
}

static struct entry *bucket_of(struct throttle *t, const char *name)
{
    char digits[9] = "";
    memcpy(digits, name, 8);
    return t->entries[strtoul(digits, NULL, 16) % BUCKETS];
}

static struct entry *find(struct throttle *t, const char *name)
{
    struct entry *bucket = bucket_of(t, name);
    for (size_t i = 0; i < WAYS; i++)
        if (strcmp(bucket[i].name, name) == 0) return &bucket[i];
    return NULL;
}

/* The place of a name, taken from the oldest if it has none. */
static struct entry *claim(struct throttle *t, const char *name)
{
    struct entry *found = find(t, name), *bucket = bucket_of(t, name);
    if (found) return found;
    for (size_t i = 0; i < WAYS; i++)
        if (found == NULL || bucket[i].last_s < found->last_s) found = &bucket[i];
    *found = (struct entry){0};
    memcpy(found->name, name, SECRET_TEXT);
    return found;
}

static int64_t wait_of(const struct entry *e, int n_free, int64_t now_s)
{
    int64_t delay_s = THROTTLE_LEAST_S;
    if (e == NULL || e->n < n_free || now_s - e->last_s >= THROTTLE_FORGET_S) return 0;
    for (int i = n_free; i < e->n && delay_s < THROTTLE_MOST_S; i++)
        delay_s *= 2;
    if (delay_s > THROTTLE_MOST_S) delay_s = THROTTLE_MOST_S;
    int64_t left_s = e->last_s + delay_s - now_s;
    return left_s > 0 ? left_s : 0;
}

int64_t throttle_wait(struct throttle *t, const char *login, const char *place,
                      int64_t now_s)
{
    char pair[SECRET_TEXT], alone[SECRET_TEXT];
    name_of(t, login, place, pair);
    name_of(t, ANY, place, alone);
    int64_t a = wait_of(find(t, pair), THROTTLE_FREE, now_s);
    int64_t b = wait_of(find(t, alone), THROTTLE_PLACE_FREE, now_s);
    return a > b ? a : b;
}

static void count(struct throttle *t, const char *login, const char *place,
                  int64_t now_s)
{
    char name[SECRET_TEXT];
    name_of(t, login, place, name);
    struct entry *e = claim(t, name);
    if (now_s - e->last_s >= THROTTLE_FORGET_S) e->n = 0;
    if (e->n < 1000) e->n++;
    e->last_s = now_s;
}

void throttle_try(struct throttle *t, const char *login, const char *place,
                  int64_t now_s)
{
    count(t, login, place, now_s);
    count(t, ANY, place, now_s);
}

void throttle_right(struct throttle *t, const char *login, const char *place)
{
    char name[SECRET_TEXT];
    name_of(t, login, place, name);
    struct entry *pair = find(t, name);
    if (pair) pair->n = 0;
    name_of(t, ANY, place, name);
    struct entry *alone = find(t, name);
    if (alone && alone->n > 0) alone->n--;
}
