// SPDX-License-Identifier: Apache-2.0
#ifndef BASE_INTERN_H
#define BASE_INTERN_H
/*
 * A hash map from strings to a 32-bit value, used to intern identifiers and to
 * resolve references. Keys are not copied: they must outlive the map.
 * Zero-initialized is valid and empty.
 */
#include <stddef.h>
#include <stdint.h>

struct strmap {
    const char **keys;
    uint32_t *values;
    uint32_t *hashes;
    size_t n;
    size_t cap; // a power of two, or 0
};

void strmap_fini(struct strmap *m);

/* 1 and *value set if key is present, else 0. */
int strmap_get(const struct strmap *m, const char *key, uint32_t *value);

/* Adds key if absent and returns 1; if present leaves it, sets *old, returns 0. */
int strmap_add(struct strmap *m, const char *key, uint32_t value, uint32_t *old);

/* FNV-1a hash of a string, the same on every machine. */
uint32_t str_hash(const char *s);

/*
 * The candidate nearest to `word` by edit distance, or NULL if none is near enough
 * (a third of its length, at least 1). For "did you mean".
 */
const char *str_nearest(const char *word, const char *const *candidates, size_t n);

/* Edit distance with transpositions, at most `limit` + 1. */
unsigned str_distance(const char *a, const char *b, unsigned limit);
#endif
