// SPDX-License-Identifier: Apache-2.0
/* The options of random worlds; see chance.h. */
#include "cli/chance.h"

#include <unistd.h>

enum { MOST_THREADS = 256 };

int chance_read(const struct cli *cli, struct chance *chance)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    uint64_t threads = cores < 1              ? 1
                       : cores > MOST_THREADS ? MOST_THREADS
                                              : (uint64_t)cores;
    chance->seed = 1;
    if (cli_whole(cli, "seed", 0, CLI_MOST_SEED, &chance->seed) ||
        cli_whole(cli, "threads", 1, MOST_THREADS, &threads))
        return EXIT_USAGE;
    chance->threads = (unsigned)threads;
    return EXIT_FINE;
}
