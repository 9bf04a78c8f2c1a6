// SPDX-License-Identifier: Apache-2.0
/* Answers that took long; see kept.h. */
#include "web/kept.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct answer_kept {
    char *key; // NULL: an empty place
    const char *type;
    struct buf body;
    uint64_t used; // when it was last asked for, in requests
};

struct kept {
    pthread_mutex_t lock;
    struct answer_kept answers[KEPT_MOST];
    size_t bytes;
    uint64_t n_used;
};

struct kept *kept_new(void)
{
    struct kept *k = mem_alloc(sizeof *k);
    pthread_mutex_init(&k->lock, NULL);
    return k;
}

static void forget(struct kept *k, struct answer_kept *a)
{
    k->bytes -= a->body.len;
    buf_fini(&a->body);
    free(a->key);
    *a = (struct answer_kept){0};
}

void kept_free(struct kept *k)
{
    if (k == NULL) return;
    for (size_t i = 0; i < KEPT_MOST; i++)
        forget(k, &k->answers[i]);
    pthread_mutex_destroy(&k->lock);
    free(k);
}

static struct answer_kept *find(struct kept *k, const char *key)
{
    for (size_t i = 0; i < KEPT_MOST; i++)
        if (k->answers[i].key && strcmp(k->answers[i].key, key) == 0)
            return &k->answers[i];
    return NULL;
}

int kept_find(struct kept *k, const char *key, struct buf *out, const char **type)
{
    pthread_mutex_lock(&k->lock);
    struct answer_kept *a = find(k, key);
    if (a) {
        a->used = ++k->n_used;
        buf_add(out, a->body.data, a->body.len);
        *type = a->type;
    }
    pthread_mutex_unlock(&k->lock);
    return a != NULL;
}

/* The place of the one not asked for longest; an empty one was never asked for. */
static struct answer_kept *oldest(struct kept *k, int must_be_full)
{
    struct answer_kept *place = NULL;
    for (size_t i = 0; i < KEPT_MOST; i++) {
        struct answer_kept *a = &k->answers[i];
        if (must_be_full && a->key == NULL) continue;
        if (place == NULL || a->used < place->used) place = a;
    }
    return place;
}

void kept_put(struct kept *k, const char *key, const char *type, const struct buf *body)
{
    size_t size = strlen(key) + 1;
    if (body->len > KEPT_LARGEST) return;
    pthread_mutex_lock(&k->lock);
    while (k->bytes + body->len > KEPT_BYTES)
        forget(k, oldest(k, 1));
    struct answer_kept *a = find(k, key);
    if (a == NULL) a = oldest(k, 0);
    forget(k, a);
    a->key = mem_alloc(size);
    memcpy(a->key, key, size);
    a->type = type;
    a->used = ++k->n_used;
    buf_add(&a->body, body->data, body->len);
    k->bytes += body->len;
    pthread_mutex_unlock(&k->lock);
}
