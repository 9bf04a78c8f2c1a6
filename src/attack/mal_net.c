// SPDX-License-Identifier: Apache-2.0
/* An attack graph of MAL as it is simulated; see mal_net.h. */
#include "attack/mal_net.h"

#include <stdlib.h>

/* ---- names ---------------------------------------------------------------------- */

static const char *id_of(const void *of, uint32_t node, char *room, size_t size)
{
    const struct mal *m = of;
    (void)room;
    (void)size;
    return m->names[node];
}

static struct text title_of(const void *of, uint32_t node, struct arena *arena)
{
    const struct mal *m = of;
    (void)arena;
    return text_same(m->names[node]);
}

static uint32_t shown(const void *of, uint32_t node)
{
    (void)of;
    return node;
}

struct attack_names mal_attack_names(const struct mal *m)
{
    return (struct attack_names){m, id_of, title_of, shown};
}

const char *mal_nearest(const struct mal *m, const char *name)
{
    return str_nearest(name, m->names, m->net.n_nodes);
}

/* ---- entries and targets -------------------------------------------------------- */

const char *mal_entries(struct mal *m, const char *const *names, size_t n_names,
                        double horizon)
{
    uint32_t node;
    net_add_attacker(&m->net, "", 1, 1, horizon);
    for (size_t i = 0; i < n_names; i++) {
        if (!strmap_get(&m->nodes, names[i], &node)) return names[i];
        net_add_entry(&m->net, node);
    }
    return NULL;
}

/* Adds a target, each once. */
static void add_target(uint32_t *targets, uint32_t *n, uint32_t node,
                       uint8_t *is_target)
{
    if (is_target[node]) return;
    is_target[node] = 1;
    targets[(*n)++] = node;
}

const char *mal_targets(const struct mal *m, const char *const *names, size_t n_names,
                        uint32_t *targets, uint32_t *n)
{
    uint8_t *is_target = mem_alloc(m->net.n_nodes + 1);
    const char *wrong = NULL;
    uint32_t node;
    *n = 0;
    for (size_t i = 0; i < n_names && wrong == NULL; i++) {
        if (strmap_get(&m->nodes, names[i], &node))
            add_target(targets, n, node, is_target);
        else
            wrong = names[i];
    }
    for (node = 0; n_names == 0 && node < m->net.n_nodes; node++)
        if (m->net.nodes[node].type != NET_GATE)
            add_target(targets, n, node, is_target);
    free(is_target);
    return wrong;
}
