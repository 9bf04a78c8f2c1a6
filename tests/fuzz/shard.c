/* SPDX-License-Identifier: Apache-2.0
 *
 * Feeds bytes as the parts of a run of a small graph: what is accepted has counted what
 * the run can count, so that all that is said of it can be said.
 */
#include "attack/shard.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "attack/mal_net.h"
#include "base/yaml.h"

enum { TRIALS = 8 };
static const char graph[] =
    "attack_steps:\n"
    "  a: {type: or, children: {\"1\": b}}\n"
    "  b: {type: or, parents: {\"0\": a},\n"
    "      ttc: {type: function, name: Exponential, arguments: [1]}}\n";

static void look_at(const struct sim_plan *plan, const struct mal *m,
                    const struct tally *t)
{
    struct attack a = {.plan = plan, .tally = t, .names = mal_attack_names(m)};
    struct buf out = {0};
    assert(t->trials == TRIALS);
    for (uint32_t i = 0; i < t->n_targets; i++)
        assert(t->targets[i].reached <= TRIALS);
    attack_document(&a, &out);
    assert(out.len > 0);
    buf_fini(&out);
}

static void feed(const struct sim_plan *plan, const struct mal *m, const char *text,
                 size_t len)
{
    struct arena arena = {0};
    struct diag_list d = {0};
    int file = yaml_text(&d, "parts.json", text, len);
    const struct node *root = file >= 0 ? yaml_parse(&arena, &d, (uint32_t)file) : NULL;
    const struct node *parts =
        root && root->kind == NODE_MAPPING ? node_get(root, "parts") : NULL;
    if (parts && parts->kind == NODE_SEQUENCE) {
        struct tally sum = shard_merge_list(plan, parts, &d);
        if (d.n_errors == 0) look_at(plan, m, &sum);
        tally_fini(&sum);
    }
    arena_fini(&arena);
    diag_fini(&d);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    const char *entry = "a";
    struct mal *m = mal_read_text("graph.yaml", graph, sizeof graph - 1);
    uint32_t targets[2], n = 0;
    assert(m->diags.n_errors == 0 && m->net.n_nodes == 2);
    assert(mal_entries(m, &entry, 1, HUGE_VAL) == NULL);
    assert(mal_targets(m, NULL, 0, targets, &n) == NULL);
    struct sim_plan plan = {.net = &m->net,
                            .targets = targets,
                            .n_targets = n,
                            .seed = 1,
                            .n_trials = TRIALS,
                            .threads = 1};
    feed(&plan, m, (const char *)bytes, len);
    mal_free(m);
    return 0;
}
