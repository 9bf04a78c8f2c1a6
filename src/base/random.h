// SPDX-License-Identifier: Apache-2.0
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H
/*
 * Random numbers that are a function of (seed, trial, draw) and of nothing else: no
 * state, no order. Any trial can be repeated alone, on any thread or machine, and two
 * systems that share a draw's key share its chance (common random numbers).
 *
 * The function is Philox2x64-10, a counter-based generator: J. K. Salmon, M. A. Moraes,
 * R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11 (2011).
 */
#include <stddef.h>
#include <stdint.h>

/* Two independent words, uniform over 64 bits. */
struct random_words {
    uint64_t word[2];
};

/* What is drawn under a seed as draw `draw` of trial `trial`. */
struct random_words random_draw(uint64_t seed, uint64_t trial, uint64_t draw);

/* A number in (0, 1), never an end of it, from a word: 52 bits, so that
 * halves between them can be told apart. */
static inline double random_unit(uint64_t word)
{
    return ((double)(word >> 12) + 0.5) * 0x1p-52;
}

/* A key for the draws of something that has a name; the lowest RANDOM_KEY_BITS bits are
 * zero, room for the draws of one trial. */
enum { RANDOM_KEY_BITS = 8 };
uint64_t random_key(const char *name);
#endif
