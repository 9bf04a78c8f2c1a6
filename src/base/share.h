// SPDX-License-Identifier: Apache-2.0
#ifndef BASE_SHARE_H
#define BASE_SHARE_H
/*
 * Pieces of work, numbered, shared out to threads. Which thread does which piece is
 * chance: a result that does not depend on it is made of whole numbers, or is kept for
 * each piece and reduced in their order.
 */
#include <signal.h>
#include <stdint.h>

struct share {
    unsigned threads; // 1 at least
    uint64_t n;       // pieces
    // does one piece; `worker` counts the threads from 0
    void (*piece)(void *with, unsigned worker, uint64_t piece);
    void *with;
    // called by the calling thread now and then with the pieces that are done, or NULL
    void (*progress)(void *told, uint64_t done);
    void *told;
    const volatile sig_atomic_t *stop; // not 0: no more pieces are begun; or NULL
};

/*
 * Returns when all pieces are done, or those that were begun when it was stopped; how
 * many that is: the first ones. A thread that cannot be had is missed only in time.
 */
uint64_t share_out(const struct share *work);
/* Threads that are worth it here: one a core, at most SHARE_MOST_THREADS. */
enum { SHARE_MOST_THREADS = 256 };
unsigned share_threads(void);
#endif
