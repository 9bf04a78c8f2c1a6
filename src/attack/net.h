// SPDX-License-Identifier: Apache-2.0
#ifndef ATTACK_NET_H
#define ATTACK_NET_H
/*
 * The net that attacks are simulated on: an attack graph, whatever it comes from (a
 * model of ours, a MAL attack graph), reduced to what a trial needs. It is made once,
 * then only read, by any number of threads.
 *
 * What a world (one trial) is, as in MAL and securiCAD:
 *   - every step has a local time to compromise, drawn once in each world;
 *   - an OR step can begin when the first of its parents is done, an AND step when the
 *     last is; it is done a local time later. A time of infinity is never;
 *   - a gate (a defense, a condition of existence) is open or shut. An AND step does
 * not wait for an open gate and waits for a shut one for ever. An OR step with an open
 *     gate among its parents is given: AND steps do not wait for it, but the attacker
 *     has not reached it by that. An AND step all of whose parents are open or given is
 *     given, too;
 *   - a measure holds or does not. Where it holds, the steps it blocks are impossible
 *     and those it slows take longer by a factor;
 *   - one of the attackers, by their shares, starts at time 0 from his entries, takes
 *     the fastest way everywhere, and gives up at his horizon.
 *
 * Every draw has a key made of the name of what it is for. So two nets that share a
 * part share its chance: what differs between them differs by cause, not by luck.
 */
#include "base/dist.h"
#include "base/mem.h"

enum net_type { NET_OR, NET_AND, NET_GATE };

#define NET_NONE UINT32_MAX

struct net_node {
    uint64_t key;               // of its draws: random_key of its name
    uint32_t child, n_children; // children[child ...]
    uint32_t parent, n_parents; // parents[parent ...]
    uint32_t quantity;          // quantities[quantity ...]: its local time, days
    uint32_t effect;            // effects[effect ...]
    uint8_t n_quantity;         // 0: no time
    uint8_t type;               // enum net_type
    uint16_t n_effects;
};

/* What a measure does to a step in worlds where it holds. */
struct net_effect {
    uint32_t measure;
    double factor; // of the step's time; HUGE_VAL: the step is impossible
};

struct net_measure {
    uint64_t key;
    double holds; // probability
};

struct net_attacker {
    const char *name;          // borrowed; "" for the only one
    uint32_t entry, n_entries; // entries[entry ...]: done at time 0
    double share;              // of the worlds; all shares are 1
    double factor;             // of every time: his skill
    double horizon;            // days; later is not reached. HUGE_VAL: no end
    uint32_t spared, n_spared; // spared[spared ...]: nodes he could reach and does not
                               // want; as targets they do not count as reached by him
};

/* In children this bit says that the child is an AND step. */
#define NET_AND_BIT    ((uint32_t)1 << 31)
#define NET_MOST_NODES (NET_AND_BIT - 1)

/* Owns its arrays; zero-initialized is valid and empty. */
struct net {
    struct net_node *nodes;
    uint32_t *children; // with NET_AND_BIT
    uint32_t *parents, *entries, *gates, *spared;
    struct quantity_step *quantities;
    struct net_effect *effects;
    struct net_measure *measures;
    struct net_attacker *attackers;
    size_t n_nodes, n_edges, n_entries, n_spared, n_gates, n_quantities, n_effects,
        n_measures, n_attackers;
    size_t cap_nodes, cap_entries, cap_spared, cap_quantities, cap_effects,
        cap_measures, cap_attackers;
};

/*
 * Making one: nodes first, each with its time (valid, see quantity_is_valid), then all
 * edges at once. Effects of a node are given when it is added, in effects.
 */
uint32_t net_add_node(struct net *net, enum net_type type, const char *name,
                      const struct quantity_step *time, size_t n_time);
void net_add_effect(struct net *net, uint32_t node, uint32_t measure, double factor);
uint32_t net_add_measure(struct net *net, const char *name, double holds);

struct net_edge {
    uint32_t parent, child;
};
/* Takes the edges in any order; of equal ones it keeps one. */
void net_link(struct net *net, const struct net_edge *edges, size_t n);

/*
 * Takes away the edges to nodes that none of these targets can come of: when they are
 * reached does not change, only less is done in a world.
 */
void net_focus(struct net *net, const uint32_t *targets, uint32_t n_targets);

/* Begins an attacker; his entries follow. */
void net_add_attacker(struct net *net, const char *name, double share, double factor,
                      double horizon);
void net_add_entry(struct net *net, uint32_t node);
void net_spare(struct net *net, uint32_t node);

void net_fini(struct net *net);
#endif
