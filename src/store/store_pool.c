// SPDX-License-Identifier: Apache-2.0
/*
 * The connections of a store. To commit is to wait for the disk, and a disk takes what
 * many have written as fast as what one has: so those who want to write put down what
 * they want, and the first of them does it for all, in one transaction, while the next
 * ones gather. Each is marked by itself, and undone by itself when it is refused.
 * Reading waits for nobody: there is a connection for each thread that reads, up to a
 * number.
 */
#include <stdlib.h>
#include <string.h>

#include "store/store_int.h"

/* ---- a store -------------------------------------------------------------------- */

struct store *store_new(struct db *writer)
{
    struct store *store = mem_alloc(sizeof *store);
    store->writer = writer;
    store->problem = "";
    store->last_job = &store->jobs;
    pthread_mutex_init(&store->lock, NULL);
    pthread_cond_init(&store->reader_is_back, NULL);
    return store;
}

void store_free(struct store *store)
{
    while (store->n_idle) {
        struct db *db = store->idle[--store->n_idle];
        db->ops->close(db);
    }
    store->writer->ops->close(store->writer);
    pthread_cond_destroy(&store->reader_is_back);
    pthread_mutex_destroy(&store->lock);
    arena_fini(&store->problems);
    free(store);
}

/* Notes what a backend said; a text that was handed out stays. With the lock. */
static void note_problem(struct store *store, const struct db *db)
{
    enum { MOST_PROBLEMS = 1000 };
    const char *text = db->ops->problem(db);
    size_t len = strlen(text);
    if (len > STORE_PROBLEM_BYTES) len = text_whole(text, STORE_PROBLEM_BYTES);
    if (strncmp(text, store->problem, len) == 0 && store->problem[len] == '\0') return;
    if (store->n_problems++ < MOST_PROBLEMS)
        store->problem = arena_strn(&store->problems, text, len);
}

static int is_failure(enum store_result result)
{
    return result == STORE_FULL || result == STORE_FAILED;
}

const char *store_kind(const struct store *store)
{
    return store->writer->ops->kind;
}

const char *store_problem(struct store *store)
{
    if (store->bound) return store->bound->ops->problem(store->bound);
    pthread_mutex_lock(&store->lock);
    const char *problem = store->problem;
    pthread_mutex_unlock(&store->lock);
    return problem;
}

/* ---- reading -------------------------------------------------------------------- */

struct db *store_take(struct store *store)
{
    struct db *db = store->bound;
    if (db) return db;
    pthread_mutex_lock(&store->lock);
    while (store->n_idle == 0 && store->n_readers == STORE_READERS)
        pthread_cond_wait(&store->reader_is_back, &store->lock);
    if (store->n_idle)
        db = store->idle[--store->n_idle];
    else
        store->n_readers++;
    pthread_mutex_unlock(&store->lock);
    return db ? db : store->writer->ops->another(store->writer);
}

enum store_result store_give(struct store *store, struct db *db,
                             enum store_result result)
{
    if (store->bound) return result;
    pthread_mutex_lock(&store->lock);
    if (is_failure(result)) note_problem(store, db);
    store->idle[store->n_idle++] = db;
    pthread_cond_signal(&store->reader_is_back);
    pthread_mutex_unlock(&store->lock);
    return result;
}

enum store_result store_look(struct store *store,
                             enum store_result (*work)(struct store *within,
                                                       void *context),
                             void *context)
{
    struct db *db = store_take(store);
    struct store within = {.bound = db};
    enum store_result result = db->ops->look(db);
    if (result == STORE_OK) {
        result = work(&within, context);
        db->ops->end(db, 0);
    }
    return store_give(store, db, result);
}

/* ---- writing -------------------------------------------------------------------- */

struct job {
    enum store_result (*work)(struct db *db, void *context);
    void *context;
    enum store_result result;
    int is_done;
    pthread_cond_t is_over; // it is done, or its thread is to write
    struct job *next;
};

/* One job in a transaction of its own. */
static void write_alone(struct db *db, struct job *job)
{
    job->result = db->ops->begin(db);
    if (job->result != STORE_OK) return;
    job->result = job->work(db, job->context);
    enum store_result ended = db->ops->end(db, job->result == STORE_OK);
    if (job->result == STORE_OK) job->result = ended;
}

/* One of several jobs, which leaves no trace when it comes to nothing. */
static void write_marked(struct db *db, struct job *job)
{
    job->result = db->ops->mark(db);
    if (job->result != STORE_OK) return;
    job->result = job->work(db, job->context);
    enum store_result unmarked = db->ops->unmark(db, job->result == STORE_OK);
    if (job->result == STORE_OK || is_failure(unmarked)) job->result = unmarked;
}

/* All jobs in one transaction; 0 if that was undone, for the sake of one of them. */
static int write_jobs(struct db *db, struct job *jobs)
{
    enum store_result begun = db->ops->begin(db);
    for (struct job *j = jobs; j; j = j->next) {
        j->result = begun;
        if (begun == STORE_OK) write_marked(db, j);
        if (begun == STORE_OK && is_failure(j->result)) {
            db->ops->end(db, 0);
            return 0;
        }
    }
    if (begun != STORE_OK) return 1;
    enum store_result ended = db->ops->end(db, 1);
    for (struct job *j = jobs; j; j = j->next)
        if (j->result == STORE_OK) j->result = ended;
    return 1;
}

/* What failed for one is tried with each alone: so that a text for which there is no
 * room does not keep a small one out. */
static void write_all(struct db *db, struct job *jobs)
{
    if (jobs->next && write_jobs(db, jobs)) return;
    for (struct job *j = jobs; j; j = j->next)
        write_alone(db, j);
}

/* Writes what waits, and hands the pen to who has come meanwhile. With the lock. */
static void write_for_all(struct store *store)
{
    struct job *jobs = store->jobs, *next;
    int failed = 0;
    store->jobs = NULL;
    store->last_job = &store->jobs;
    store->is_writing = 1;
    pthread_mutex_unlock(&store->lock);
    write_all(store->writer, jobs);
    pthread_mutex_lock(&store->lock);
    for (struct job *j = jobs; j; j = next) {
        next = j->next; // a job is gone once its thread knows that it is done
        failed |= is_failure(j->result);
        j->is_done = 1;
        pthread_cond_signal(&j->is_over);
    }
    if (failed) note_problem(store, store->writer);
    store->is_writing = 0;
    if (store->jobs) pthread_cond_signal(&store->jobs->is_over);
}

enum store_result store_write(struct store *store,
                              enum store_result (*work)(struct db *db, void *context),
                              void *context)
{
    struct job job = {.work = work, .context = context};
    if (store->bound) return work(store->bound, context);
    pthread_cond_init(&job.is_over, NULL);
    pthread_mutex_lock(&store->lock);
    *store->last_job = &job;
    store->last_job = &job.next;
    while (!job.is_done && store->is_writing)
        pthread_cond_wait(&job.is_over, &store->lock);
    if (!job.is_done) write_for_all(store);
    pthread_mutex_unlock(&store->lock);
    pthread_cond_destroy(&job.is_over);
    return job.result;
}

struct together {
    enum store_result (*work)(struct store *within, void *context);
    void *context;
};

static enum store_result do_together(struct db *db, void *context)
{
    const struct together *t = context;
    struct store within = {.bound = db};
    return t->work(&within, t->context);
}

enum store_result store_together(struct store *store,
                                 enum store_result (*work)(struct store *within,
                                                           void *context),
                                 void *context)
{
    struct together t = {work, context};
    return store_write(store, do_together, &t);
}
