// SPDX-License-Identifier: Apache-2.0
/* Open addressing with linear probing; grows at 2/3 full. */
#include "base/intern.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

uint32_t str_hash(const char *s)
{
    uint32_t h = 2166136261u;
    for (; *s; s++)
        h = (h ^ (unsigned char)*s) * 16777619u;
    return h ? h : 1;
}

void strmap_fini(struct strmap *m)
{
    free(m->keys);
    free(m->values);
    free(m->hashes);
    *m = (struct strmap){0};
}

static size_t strmap_slot(const struct strmap *m, const char *key, uint32_t hash)
{
    size_t i = hash & (m->cap - 1);
    while (m->keys[i] && (m->hashes[i] != hash || strcmp(m->keys[i], key) != 0))
        i = (i + 1) & (m->cap - 1);
    return i;
}

static void strmap_rehash(struct strmap *m)
{
    struct strmap old = *m;
    m->cap = old.cap ? old.cap * 2 : 16;
    m->keys = mem_alloc(m->cap * sizeof *m->keys);
    m->values = mem_alloc(m->cap * sizeof *m->values);
    m->hashes = mem_alloc(m->cap * sizeof *m->hashes);
    for (size_t i = 0; i < old.cap; i++) {
        if (old.keys[i] == NULL) continue;
        size_t slot = strmap_slot(m, old.keys[i], old.hashes[i]);
        m->keys[slot] = old.keys[i];
        m->values[slot] = old.values[i];
        m->hashes[slot] = old.hashes[i];
    }
    strmap_fini(&old);
}

int strmap_get(const struct strmap *m, const char *key, uint32_t *value)
{
    if (m->cap == 0) return 0;
    size_t slot = strmap_slot(m, key, str_hash(key));
    if (m->keys[slot] == NULL) return 0;
    *value = m->values[slot];
    return 1;
}

int strmap_add(struct strmap *m, const char *key, uint32_t value, uint32_t *old)
{
    if (m->n * 3 >= m->cap * 2) strmap_rehash(m);
    uint32_t hash = str_hash(key);
    size_t slot = strmap_slot(m, key, hash);
    if (m->keys[slot]) {
        if (old) *old = m->values[slot];
        return 0;
    }
    m->keys[slot] = key;
    m->values[slot] = value;
    m->hashes[slot] = hash;
    m->n++;
    return 1;
}

static unsigned min3(unsigned a, unsigned b, unsigned c)
{
    unsigned m = a < b ? a : b;
    return m < c ? m : c;
}

enum { DISTANCE_MAX = 63 };

unsigned str_distance(const char *a, const char *b, unsigned limit)
{
    size_t na = strlen(a), nb = strlen(b);
    if (na > DISTANCE_MAX || nb > DISTANCE_MAX) return limit + 1;
    unsigned row[3][DISTANCE_MAX + 1] = {{0}};
    for (unsigned j = 0; j <= nb; j++)
        row[0][j] = j;
    for (unsigned i = 1; i <= na; i++) {
        unsigned *now = row[i % 3], *last = row[(i + 2) % 3],
                 *before = row[(i + 1) % 3];
        now[0] = i;
        for (unsigned j = 1; j <= nb; j++) {
            unsigned differ = a[i - 1] != b[j - 1];
            now[j] = min3(now[j - 1] + 1, last[j] + 1, last[j - 1] + differ);
            int swapped =
                i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped && before[j - 2] + 1 < now[j]) now[j] = before[j - 2] + 1;
        }
    }
    unsigned d = row[na % 3][nb];
    return d <= limit ? d : limit + 1;
}

const char *str_nearest(const char *word, const char *const *candidates, size_t n)
{
    unsigned best = (unsigned)(strlen(word) / 3);
    if (best < 1) best = 1;
    const char *nearest = NULL;
    for (size_t i = 0; i < n; i++) {
        unsigned d = str_distance(word, candidates[i], best);
        if (d < best || (d == best && nearest == NULL)) {
            best = d;
            nearest = candidates[i];
        }
    }
    return nearest;
}
