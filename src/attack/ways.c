// SPDX-License-Identifier: Apache-2.0
/* Ways by their numbers, in an open hash table; see ways.h. */
#include "attack/ways.h"

#include <stdlib.h>
#include <string.h>

/* Spreads the bits of a key, so that sums of keys do not meet by chance (the finalizer
 * of SplitMix64, Steele, Lea and Flood 2014). */
static uint64_t spread_bits(uint64_t key)
{
    key = (key ^ (key >> 30)) * 0xBF58476D1CE4E5B9u;
    key = (key ^ (key >> 27)) * 0x94D049BB133111EBu;
    return key ^ (key >> 31);
}

uint64_t way_number(const struct net *net, const uint32_t *nodes, size_t n)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += spread_bits(net->nodes[nodes[i]].key);
    return sum ? sum : 1;
}

/* The place of a number: its own, or the free one where it belongs. */
static size_t place_of(const struct way *places, size_t n_places, uint64_t number)
{
    size_t i = (size_t)number & (n_places - 1);
    while (places[i].number && places[i].number != number)
        i = (i + 1) & (n_places - 1);
    return i;
}

const struct way *ways_find(const struct ways *w, uint64_t number)
{
    if (w->n == 0) return NULL;
    const struct way *way = &w->places[place_of(w->places, w->n_places, number)];
    return way->number ? way : NULL;
}

static void make_room(struct ways *w)
{
    size_t n = w->n_places ? 2 * w->n_places : 64;
    if (2 * (w->n + 1) <= w->n_places) return;
    struct way *places = mem_alloc(n * sizeof *places);
    for (size_t i = 0; i < w->n_places; i++)
        if (w->places[i].number)
            places[place_of(places, n, w->places[i].number)] = w->places[i];
    free(w->places);
    w->places = places;
    w->n_places = n;
}

static void add_nodes(struct ways *w, const uint32_t *nodes, size_t n)
{
    if (w->n_nodes + n > w->cap_nodes) {
        w->cap_nodes = 2 * (w->n_nodes + n);
        w->nodes = mem_grow(w->nodes, w->cap_nodes * sizeof *w->nodes);
    }
    memcpy(w->nodes + w->n_nodes, nodes, n * sizeof *nodes);
    w->n_nodes += n;
}

void ways_add(struct ways *w, uint64_t number, const uint32_t *nodes, size_t n)
{
    make_room(w);
    struct way *place = &w->places[place_of(w->places, w->n_places, number)];
    if (place->number) return;
    w->is_full |= n > WAYS_MOST_NODES - w->n_nodes;
    if (w->is_full) return;
    *place = (struct way){number, (uint32_t)w->n_nodes, (uint32_t)n};
    w->n++;
    add_nodes(w, nodes, n);
}

void ways_join(struct ways *into, const struct ways *from)
{
    for (size_t i = 0; i < from->n_places; i++) {
        const struct way *way = &from->places[i];
        if (way->number) ways_add(into, way->number, from->nodes + way->first, way->n);
    }
    into->is_full |= from->is_full;
}

void ways_fini(struct ways *w)
{
    free(w->places);
    free(w->nodes);
    *w = (struct ways){0};
}
