// SPDX-License-Identifier: Apache-2.0
/* Random numbers without state; see random.h. */
#include "base/random.h"

__extension__ typedef unsigned __int128 wide;

/* Multiplier and Weyl increment of Philox2x64, from the paper. */
#define MULTIPLIER 0xD2B74407B1CE6E93u
#define INCREMENT  0x9E3779B97F4A7C15u
enum { ROUNDS = 10 };

struct random_words random_draw(uint64_t seed, uint64_t trial, uint64_t draw)
{
    uint64_t x = trial, y = draw, key = seed;
    for (int round = 0; round < ROUNDS; round++) {
        wide product = (wide)MULTIPLIER * x;
        x = (uint64_t)(product >> 64) ^ key ^ y;
        y = (uint64_t)product;
        key += INCREMENT;
    }
    return (struct random_words){
        {x, y}
    };
}

/* FNV-1a, its bits mixed once more so that like names have unlike keys. */
uint64_t random_key(const char *name)
{
    uint64_t hash = 0xCBF29CE484222325u;
    for (const char *s = name; *s; s++)
        hash = (hash ^ (unsigned char)*s) * 0x100000001B3u;
    return random_draw(0, hash, 0).word[0] << RANDOM_KEY_BITS;
}
