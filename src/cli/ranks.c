// SPDX-License-Identifier: Apache-2.0
/* Many machines; see ranks.h. AWAI_MPI: built with OpenMPI. */
#include "cli/ranks.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

/* Ranks that mpirun has started. */
static unsigned started(void)
{
    const char *size = getenv("OMPI_COMM_WORLD_SIZE");
    return size ? (unsigned)strtoul(size, NULL, 10) : 1;
}

#ifdef AWAI_MPI
#include <mpi.h>

static int own_errors = -1; // standard error while it is shut

static void shut(int fd)
{
    int null = open("/dev/null", O_WRONLY);
    if (null < 0) return;
    dup2(null, fd);
    close(null);
}

struct ranks ranks_begin(void)
{
    int rank = 0, n = 1, level = 0;
    if (started() <= 1) return (struct ranks){0, 1};
    MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &level);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &n);
    if (rank > 0) {
        own_errors = dup(STDERR_FILENO);
        shut(STDOUT_FILENO);
        shut(STDERR_FILENO);
    }
    return (struct ranks){(unsigned)rank, (unsigned)n};
}

void ranks_run(const struct ranks *ranks)
{
    (void)ranks;
    if (own_errors < 0) return;
    dup2(own_errors, STDERR_FILENO);
    close(own_errors);
    own_errors = -1;
}

static void sum(uint64_t *words, size_t n)
{
    enum { MOST = 1 << 24 }; // at a time, as lengths are int
    for (size_t at = 0; at < n; at += MOST)
        MPI_Allreduce(MPI_IN_PLACE, words + at, (int)(n - at < MOST ? n - at : MOST),
                      MPI_UINT64_T, MPI_SUM, MPI_COMM_WORLD);
}

/* Sums of times, in parts of 32 bits that leave room for carries. */
static void sum_times(struct tally_target *targets, size_t rows)
{
    uint64_t *parts = mem_alloc((4 * rows + 1) * sizeof *parts);
    for (size_t i = 0; i < rows; i++) {
        parts[4 * i] = targets[i].time_low & UINT32_MAX;
        parts[4 * i + 1] = targets[i].time_low >> 32;
        parts[4 * i + 2] = targets[i].time_high;
        parts[4 * i + 3] = targets[i].reached;
    }
    sum(parts, 4 * rows);
    for (size_t i = 0; i < rows; i++) {
        uint64_t middle = parts[4 * i + 1] + (parts[4 * i] >> 32);
        targets[i].time_low = (parts[4 * i] & UINT32_MAX) | middle << 32;
        targets[i].time_high = parts[4 * i + 2] + (middle >> 32);
        targets[i].reached = parts[4 * i + 3];
    }
    free(parts);
}

void ranks_sum(const struct ranks *ranks, struct tally *t)
{
    size_t rows = (size_t)t->n_targets * t->n_attackers;
    uint64_t counts[] = {t->trials, t->node_visits, t->edge_visits};
    if (ranks->n <= 1) return;
    sum(counts, sizeof counts / sizeof *counts);
    t->trials = counts[0];
    t->node_visits = counts[1];
    t->edge_visits = counts[2];
    sum(t->worlds, t->n_attackers);
    sum(t->bins, rows * t->n_bins);
    sum_times(t->targets, rows);
    if (!t->has_ways) return;
    sum(t->used, (size_t)t->n_targets * t->n_nodes);
    sum(t->ways, (size_t)t->n_targets * TALLY_WAY_TRIALS);
}

void ranks_sum_pairs(const struct ranks *ranks, struct tally_pair *pairs,
                     uint32_t n_pairs)
{
    for (uint32_t i = 0; ranks->n > 1 && i < n_pairs; i++) {
        uint64_t both[] = {pairs[i].only_first, pairs[i].only_second};
        sum(both, 2);
        pairs[i] = (struct tally_pair){both[0], both[1]};
    }
}

int ranks_end(const struct ranks *ranks, int code)
{
    if (ranks->n <= 1) return code;
    ranks_run(ranks);
    if (code != 0) MPI_Abort(MPI_COMM_WORLD, code);
    MPI_Finalize();
    return code;
}

#else

struct ranks ranks_begin(void)
{
    return (struct ranks){0, started() > 1 ? 0 : 1};
}

void ranks_run(const struct ranks *ranks)
{
    (void)ranks;
}

void ranks_sum(const struct ranks *ranks, struct tally *tally)
{
    (void)ranks;
    (void)tally;
}

void ranks_sum_pairs(const struct ranks *ranks, struct tally_pair *pairs,
                     uint32_t n_pairs)
{
    (void)ranks;
    (void)pairs;
    (void)n_pairs;
}

int ranks_end(const struct ranks *ranks, int code)
{
    (void)ranks;
    return code;
}
#endif
