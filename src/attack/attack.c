// SPDX-License-Identifier: Apache-2.0
/* What a simulation says; see attack.h. */
#include "attack/attack.h"

#include <math.h>
#include <stdlib.h>

/* ---- ways -------------------------------------------------------------------------
 */

struct taken {
    uint64_t way, trial;
};

static int compare_taken(const void *a, const void *b)
{
    const struct taken *x = a, *y = b;
    if (x->way != y->way) return x->way < y->way ? -1 : 1;
    return x->trial < y->trial ? -1 : x->trial > y->trial;
}

/* Most frequent first; of equals the one that was taken first. */
static int compare_ways(const void *a, const void *b)
{
    const struct attack_way *x = a, *y = b;
    if (x->count != y->count) return x->count > y->count ? -1 : 1;
    return x->first < y->first ? -1 : x->first > y->first;
}

struct attack_way *attack_ways(const struct tally *t, uint32_t target, size_t *n,
                               uint64_t *n_reached)
{
    struct taken *taken = mem_alloc(TALLY_WAY_TRIALS * sizeof *taken);
    struct attack_way *ways = NULL;
    size_t n_taken = 0, cap = 0;
    *n = 0;
    for (size_t i = 0; t->has_ways && i < TALLY_WAY_TRIALS; i++) {
        uint64_t way = t->ways[(size_t)target * TALLY_WAY_TRIALS + i];
        if (way) taken[n_taken++] = (struct taken){way, i};
    }
    qsort(taken, n_taken, sizeof *taken, compare_taken);
    for (size_t i = 0; i < n_taken; i++) {
        if (i == 0 || taken[i].way != taken[i - 1].way) {
            struct attack_way *w = mem_push(&ways, n, &cap, sizeof *ways);
            w->first = taken[i].trial;
        }
        ways[*n - 1].count++;
    }
    *n_reached = n_taken;
    if (*n) qsort(ways, *n, sizeof *ways, compare_ways);
    free(taken);
    return ways;
}

/* Puts in what is shown for each node; `seen` has a zeroed byte for each of the net. */
static size_t show_nodes(const struct attack *a, uint32_t *nodes, size_t n,
                         uint8_t *seen)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t node = a->names.shown(a->names.of, nodes[i]);
        if (node == NET_NONE || seen[node]) continue;
        seen[node] = 1;
        nodes[kept++] = node;
    }
    return kept;
}

size_t attack_way(const struct attack *a, uint32_t target, uint64_t trial,
                  uint32_t **nodes)
{
    size_t n = sim_way(a->plan, trial, target, nodes);
    uint8_t *seen = mem_alloc(a->plan->net->n_nodes + 1);
    n = show_nodes(a, *nodes, n, seen);
    free(seen);
    return n;
}

/* ---- needs ------------------------------------------------------------------------
 */

static int compare_needs(const void *a, const void *b)
{
    const struct attack_need *x = a, *y = b;
    if (x->share < y->share || x->share > y->share) return x->share > y->share ? -1 : 1;
    return x->node < y->node ? -1 : x->node > y->node;
}

static uint64_t total_reached(const struct tally *t, uint32_t target)
{
    uint64_t sum = 0;
    for (uint32_t a = 0; a < t->n_attackers; a++)
        sum += t->targets[a * t->n_targets + target].reached;
    return sum;
}

static int is_entry(const struct net *net, uint32_t node)
{
    for (size_t i = 0; i < net->n_entries; i++)
        if (net->entries[i] == node) return 1;
    return 0;
}

/* Of several nodes shown as one the most needed stays, which comes first. */
static size_t drop_doubles(struct attack_need *needs, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (k < kept && needs[k].node != needs[i].node)
            k++;
        if (k == kept) needs[kept++] = needs[i];
    }
    return kept;
}

struct attack_need *attack_needs(const struct attack *a, uint32_t target, double share,
                                 size_t *n)
{
    const struct tally *t = a->tally;
    const uint64_t *used = t->used + (size_t)target * t->n_nodes;
    double reached = (double)total_reached(t, target);
    struct attack_need *needs = NULL;
    size_t cap = 0;
    *n = 0;
    for (uint32_t node = 0; t->has_ways && node < t->n_nodes; node++) {
        if (used[node] == 0 || (double)used[node] < share * reached) continue;
        uint32_t shown = a->names.shown(a->names.of, node);
        if (shown == NET_NONE || shown == a->plan->targets[target] ||
            is_entry(a->plan->net, shown))
            continue;
        struct attack_need *need = mem_push(&needs, n, &cap, sizeof *needs);
        *need = (struct attack_need){shown, (double)used[node] / reached};
    }
    if (*n) qsort(needs, *n, sizeof *needs, compare_needs);
    *n = drop_doubles(needs, *n);
    return needs;
}

/* ---- JSON -------------------------------------------------------------------------
 */

static void put_id(const struct attack *a, uint32_t node, struct json *j,
                   const char *key)
{
    char room[256];
    const char *id = a->names.id(a->names.of, node, room, sizeof room);
    if (key)
        json_put(j, key, id);
    else
        json_string(j, id);
}

/* A number, null where there is none. */
static void put_number(struct json *j, const char *key, double value)
{
    json_key(j, key);
    if (value < HUGE_VAL)
        json_double(j, value);
    else
        json_null(j);
}

static void put_interval(struct json *j, const char *key, const double *interval)
{
    json_in(j, key, '[');
    json_double(j, interval[0]);
    json_double(j, interval[1]);
    json_close(j, ']');
}

static void put_times(struct json *j, const struct tally *t,
                      const struct tally_target *target, uint64_t n)
{
    static const struct {
        const char *key;
        double p;
    } quantiles[] = {
        {"p05", 0.05},
        {"p25", 0.25},
        {"p50", 0.50},
        {"p75", 0.75},
        {"p95", 0.95}
    };
    json_in(j, "ttc_days", '{');
    put_number(j, "mean", tally_mean(target));
    for (size_t i = 0; i < sizeof quantiles / sizeof *quantiles; i++)
        put_number(j, quantiles[i].key, tally_quantile(t, target, n, quantiles[i].p));
    json_close(j, '}');
}

static void put_reached(struct json *j, const struct tally *t,
                        const struct tally_target *target, uint64_t n)
{
    double interval[2];
    dist_share_interval(target->reached, n, interval);
    json_put_int(j, "reached", (long long)target->reached);
    put_number(j, "probability", n ? (double)target->reached / (double)n : HUGE_VAL);
    put_interval(j, "ci95", interval);
    put_times(j, t, target, n);
}

static void put_rare(const struct rare *r, struct json *j)
{
    json_in(j, "rare", '{');
    put_number(j, "probability", r->probability);
    put_interval(j, "ci95", r->ci95);
    json_put_int(j, "levels", r->n_levels);
    json_put_int(j, "worlds", (long long)r->worlds);
    json_close(j, '}');
}

static void put_target(const struct attack *a, uint32_t i, uint64_t *bins,
                       struct json *j)
{
    const struct tally *t = a->tally;
    struct tally_target total = tally_total(t, i, bins);
    json_open(j, '{');
    put_id(a, a->plan->targets[i], j, "name");
    put_reached(j, t, &total, t->trials);
    if (a->rare && a->rare[i].n_levels) put_rare(&a->rare[i], j);
    if (t->n_attackers > 1) {
        json_in(j, "attackers", '[');
        for (uint32_t k = 0; k < t->n_attackers; k++) {
            json_open(j, '{');
            json_put(j, "name", a->plan->net->attackers[k].name);
            put_reached(j, t, &t->targets[k * t->n_targets + i], t->worlds[k]);
            json_close(j, '}');
        }
        json_close(j, ']');
    }
    json_close(j, '}');
}

static void put_way(const struct attack *a, uint32_t target,
                    const struct attack_way *way, uint64_t n_reached, struct json *j)
{
    uint32_t *nodes = NULL;
    size_t n = attack_way(a, target, way->first, &nodes);
    json_open(j, '{');
    put_id(a, a->plan->targets[target], j, "target");
    json_put_int(j, "count", (long long)way->count);
    put_number(j, "share", (double)way->count / (double)n_reached);
    json_in(j, "nodes", '[');
    for (size_t i = 0; i < n; i++)
        put_id(a, nodes[i], j, NULL);
    json_close(j, ']');
    json_close(j, '}');
    free(nodes);
}

static void put_ways(const struct attack *a, uint32_t target, struct json *j)
{
    size_t n = 0;
    uint64_t n_reached = 0;
    struct attack_way *ways = attack_ways(a->tally, target, &n, &n_reached);
    for (size_t i = 0; i < n && i < ATTACK_MOST_WAYS; i++)
        put_way(a, target, &ways[i], n_reached, j);
    free(ways);
}

static void put_needs(const struct attack *a, uint32_t target, struct json *j)
{
    size_t n = 0;
    struct attack_need *needs = attack_needs(a, target, ATTACK_NEED_SHARE, &n);
    for (size_t i = 0; i < n && i < ATTACK_MOST_NEEDS; i++) {
        json_open(j, '{');
        put_id(a, a->plan->targets[target], j, "target");
        put_id(a, needs[i].node, j, "node");
        put_number(j, "share", needs[i].share);
        json_close(j, '}');
    }
    free(needs);
}

/* Calls `put` for each target within a list called key. */
static void put_each(const struct attack *a, const char *key,
                     void (*put)(const struct attack *a, uint32_t target,
                                 struct json *j),
                     struct json *j)
{
    json_in(j, key, '[');
    for (uint32_t i = 0; i < a->tally->n_targets; i++)
        put(a, i, j);
    json_close(j, ']');
}

static void put_targets(const struct attack *a, struct json *j)
{
    uint64_t *bins = mem_alloc(a->tally->n_bins * sizeof *bins);
    json_in(j, "targets", '[');
    for (uint32_t i = 0; i < a->tally->n_targets; i++)
        put_target(a, i, bins, j);
    json_close(j, ']');
    free(bins);
}

/* Of the attackers the one who gives up last. */
static double longest_horizon(const struct net *net)
{
    double longest = 0;
    for (size_t i = 0; i < net->n_attackers; i++)
        longest = fmax(longest, net->attackers[i].horizon);
    return longest;
}

static void put_attackers(const struct attack *a, struct json *j)
{
    const struct net *net = a->plan->net;
    json_in(j, "attackers", '[');
    for (size_t i = 0; i < net->n_attackers; i++) {
        const struct net_attacker *x = &net->attackers[i];
        json_open(j, '{');
        json_put(j, "name", x->name);
        put_number(j, "share", x->share);
        put_number(j, "time_factor", x->factor);
        put_number(j, "horizon_days", x->horizon);
        json_put_int(j, "trials", (long long)a->tally->worlds[i]);
        json_in(j, "entries", '[');
        for (uint32_t k = 0; k < x->n_entries; k++)
            put_id(a, net->entries[x->entry + k], j, NULL);
        json_close(j, ']');
        json_close(j, '}');
    }
    json_close(j, ']');
}

/* Of n tallies: of a comparison those of both sets. */
static void put_work(const struct attack *a, const struct tally *tallies, int n,
                     struct json *j)
{
    uint64_t node_visits = 0, edge_visits = 0;
    for (int i = 0; i < n; i++) {
        node_visits += tallies[i].node_visits;
        edge_visits += tallies[i].edge_visits;
    }
    json_in(j, "work", '{');
    json_put_int(j, "trials", (long long)tallies->trials);
    json_put_int(j, "node_visits", (long long)node_visits);
    json_put_int(j, "edge_visits", (long long)edge_visits);
    put_number(j, "seconds", a->seconds);
    json_close(j, '}');
}

void attack_json(const struct attack *a, struct json *j)
{
    const struct tally *t = a->tally;
    json_put_int(j, "trials", (long long)t->trials);
    json_put_int(j, "seed", (long long)a->plan->seed);
    json_put(j, "measures", a->set);
    put_number(j, "horizon_days", longest_horizon(a->plan->net));
    json_put_bool(j, "stopped", a->is_stopped);
    // what was never seen in so many trials may still be as probable as this
    double none[2];
    dist_share_interval(0, t->trials, none);
    put_number(j, "resolution", none[1]);
    put_number(j, "time_resolution", 1.0 / t->bins_per_doubling);
    put_attackers(a, j);
    put_targets(a, j);
    put_each(a, "paths", put_ways, j);
    put_each(a, "critical", put_needs, j);
    put_work(a, t, 1, j);
}

/* ---- comparison -------------------------------------------------------------------
 */

static void put_pair(const struct attack_comparison *c, uint32_t i, uint64_t *bins,
                     struct json *j)
{
    static const char *const sides[] = {"first", "second"};
    double interval[2];
    json_open(j, '{');
    put_id(&c->attack, c->attack.plan->targets[i], j, "name");
    for (int k = 0; k < 2; k++) {
        const struct tally *t = &c->result->tallies[k];
        struct tally_target total = tally_total(t, i, bins);
        json_in(j, sides[k], '{');
        put_reached(j, t, &total, t->trials);
        json_close(j, '}');
    }
    uint64_t n = c->result->tallies[0].trials;
    put_number(j, "difference", tally_difference(&c->result->pairs[i], n, interval));
    put_interval(j, "difference_ci95", interval);
    json_close(j, '}');
}

void attack_compare_json(const struct attack_comparison *c, struct json *j)
{
    const struct tally *t = &c->result->tallies[0];
    uint64_t *bins = mem_alloc(t->n_bins * sizeof *bins);
    json_in(j, "compare", '[');
    json_string(j, c->sets[0]);
    json_string(j, c->sets[1]);
    json_close(j, ']');
    json_put_int(j, "trials", (long long)t->trials);
    json_put_int(j, "seed", (long long)c->attack.plan->seed);
    put_number(j, "horizon_days", longest_horizon(c->attack.plan->net));
    json_put_bool(j, "stopped", c->attack.is_stopped);
    json_in(j, "targets", '[');
    for (uint32_t i = 0; i < t->n_targets; i++)
        put_pair(c, i, bins, j);
    json_close(j, ']');
    put_work(&c->attack, t, 2, j);
    free(bins);
}

/* ---- whole documents */

void attack_document(const struct attack *a, struct buf *out)
{
    struct json j = json_on(out, 3);
    json_open(&j, '{');
    attack_json(a, &j);
    json_close(&j, '}');
}

void attack_compare_document(const struct attack_comparison *c, struct buf *out)
{
    struct json j = json_on(out, 3);
    json_open(&j, '{');
    attack_compare_json(c, &j);
    json_close(&j, '}');
}
