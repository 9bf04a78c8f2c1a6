// SPDX-License-Identifier: Apache-2.0
/* A few texts remembered by name; see kept.h. */
#include "web/kept.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct place {
    char name[KEPT_NAME_BYTES]; // "": nothing is here
    struct buf text;
    uint64_t used; // when it was last asked for
};

struct kept {
    pthread_mutex_t lock;
    struct place places[KEPT_TEXTS];
    size_t n, text_bytes; // how many places there are, and what one takes
    uint64_t n_used;
};

struct kept *kept_new(void)
{
    return kept_new_for(KEPT_TEXTS, KEPT_TEXT_BYTES);
}

struct kept *kept_new_for(size_t n, size_t text_bytes)
{
    struct kept *kept = mem_alloc(sizeof *kept);
    kept->n = n < KEPT_TEXTS ? n : KEPT_TEXTS;
    kept->text_bytes = text_bytes;
    pthread_mutex_init(&kept->lock, NULL);
    return kept;
}

void kept_free(struct kept *kept)
{
    if (kept == NULL) return;
    for (size_t i = 0; i < KEPT_TEXTS; i++)
        buf_fini(&kept->places[i].text);
    pthread_mutex_destroy(&kept->lock);
    free(kept);
}

static struct place *find(struct kept *kept, const char *name)
{
    for (size_t i = 0; i < kept->n; i++)
        if (strcmp(kept->places[i].name, name) == 0) return &kept->places[i];
    return NULL;
}

int kept_find(struct kept *kept, const char *name, struct buf *out)
{
    pthread_mutex_lock(&kept->lock);
    struct place *p = *name ? find(kept, name) : NULL;
    if (p) {
        p->used = ++kept->n_used;
        buf_add(out, p->text.data, p->text.len);
    }
    pthread_mutex_unlock(&kept->lock);
    return p != NULL;
}

static struct place *oldest(struct kept *kept)
{
    struct place *p = kept->places;
    for (size_t i = 1; i < kept->n; i++)
        if (kept->places[i].used < p->used) p = &kept->places[i];
    return p;
}

void kept_keep(struct kept *kept, const char *name, const char *text, size_t len)
{
    size_t n = strlen(name);
    if (n == 0 || n >= KEPT_NAME_BYTES || len > kept->text_bytes) return;
    pthread_mutex_lock(&kept->lock);
    struct place *p = find(kept, name);
    if (p == NULL) p = oldest(kept);
    memcpy(p->name, name, n + 1);
    p->text.len = 0;
    buf_add(&p->text, text, len);
    p->used = ++kept->n_used;
    pthread_mutex_unlock(&kept->lock);
}
