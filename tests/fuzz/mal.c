/* SPDX-License-Identifier: Apache-2.0
 *
 * Feeds bytes to the reader of MAL attack graphs; on what it accepts a few worlds are
 * run, from the first step to all.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "attack/mal.h"
#include "attack/sim.h"

static void simulate(struct net *net)
{
    uint32_t *targets = mem_alloc(net->n_nodes * sizeof *targets);
    for (uint32_t i = 0; i < net->n_nodes; i++)
        targets[i] = i;
    net_add_attacker(net, "", 1, 1, HUGE_VAL);
    net_add_entry(net, 0);
    struct sim_plan plan = {.net = net,
                            .targets = targets,
                            .n_targets = (uint32_t)net->n_nodes,
                            .n_trials = 3,
                            .threads = 1};
    struct tally tally = sim_run(&plan);
    tally_fini(&tally);
    free(targets);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct mal *m = mal_read_text("fuzz.yaml", (const char *)bytes, len);
    if (m->diags.n_errors == 0) simulate(&m->net);
    mal_free(m);
    return 0;
}
