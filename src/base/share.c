// SPDX-License-Identifier: Apache-2.0
/* Pieces of work on several threads; see share.h. */
#include "base/share.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"

struct common {
    const struct share *work;
    atomic_uint_fast64_t next, done;
};

struct worker {
    struct common *common;
    pthread_t thread;
    unsigned number;
    int is_running; // as a thread of its own
};

static int is_stopped(const struct share *work)
{
    return work->stop && *work->stop;
}

static void *run(void *argument)
{
    struct worker *me = argument;
    struct common *c = me->common;
    const struct share *work = c->work;
    while (!is_stopped(work)) {
        uint64_t piece = atomic_fetch_add(&c->next, 1);
        if (piece >= work->n) break;
        work->piece(work->with, me->number, piece);
        uint64_t done = atomic_fetch_add(&c->done, 1) + 1;
        if (work->progress && !me->is_running) work->progress(work->told, done);
    }
    return NULL;
}

uint64_t share_out(const struct share *work)
{
    struct common common = {.work = work};
    unsigned n = work->threads ? work->threads : 1;
    struct worker *workers = mem_alloc(n * sizeof *workers);
    for (unsigned i = 0; i < n; i++)
        workers[i] = (struct worker){.common = &common, .number = i};
    for (unsigned i = 1; i < n; i++) {
        workers[i].is_running = 1;
        if (pthread_create(&workers[i].thread, NULL, run, &workers[i]) != 0)
            workers[i].is_running = 0;
    }
    run(&workers[0]);
    for (unsigned i = 1; i < n; i++)
        if (workers[i].is_running) pthread_join(workers[i].thread, NULL);
    free(workers);
    return atomic_load(&common.done);
}

unsigned share_threads(void)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    if (cores < 1) return 1;
    return cores < SHARE_MOST_THREADS ? (unsigned)cores : SHARE_MOST_THREADS;
}
