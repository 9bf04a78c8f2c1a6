// SPDX-License-Identifier: Apache-2.0
/* What worlds amount to; see sim.h. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "attack/sim_int.h"

/* How fine bins can be within the memory meant for them. */
static uint32_t bins_for(uint32_t n_rows)
{
    enum { FINEST = 128, COARSEST = 8 };
    const uint64_t most_bytes = (uint64_t)64 << 20;
    uint32_t bins = FINEST;
    while (bins > COARSEST &&
           (uint64_t)n_rows * bins * N_DOUBLINGS * sizeof(uint64_t) > most_bytes)
        bins /= 2;
    return bins;
}

struct tally tally_new(const struct net *net, uint32_t n_targets)
{
    const uint64_t most_needs = (uint64_t)1 << 24, most_ways = 256;
    struct tally t = {.n_targets = n_targets,
                      .n_attackers = (uint32_t)net->n_attackers,
                      .n_nodes = (uint32_t)net->n_nodes};
    uint32_t rows = t.n_targets * t.n_attackers;
    t.bins_per_doubling = bins_for(rows);
    t.n_bins = t.bins_per_doubling * N_DOUBLINGS + 1;
    t.worlds = mem_alloc((t.n_attackers + 1) * sizeof *t.worlds);
    t.targets = mem_alloc((rows + 1) * sizeof *t.targets);
    uint64_t *bins = mem_alloc(((size_t)rows * t.n_bins + 1) * sizeof *bins);
    for (uint32_t i = 0; i < rows; i++)
        t.targets[i].bins = bins + (size_t)i * t.n_bins;
    t.bins = bins;
    t.has_ways =
        n_targets <= most_ways && (uint64_t)n_targets * t.n_nodes <= most_needs;
    if (!t.has_ways) return t;
    t.used = mem_alloc(((size_t)n_targets * t.n_nodes + 1) * sizeof *t.used);
    t.ways = mem_alloc(((size_t)n_targets * TALLY_WAY_TRIALS + 1) * sizeof *t.ways);
    return t;
}

void tally_fini(struct tally *t)
{
    free(t->worlds);
    free(t->targets);
    free(t->bins);
    free(t->used);
    free(t->ways);
    *t = (struct tally){0};
}

/* ---- counting ---------------------------------------------------------------------
 */

/* The bin of a time: exponent and first bits of the fraction. */
static uint32_t bin_of(const struct tally *t, double time)
{
    int exponent = 0;
    if (!(time >= ldexp(1, TALLY_LEAST_EXPONENT))) return 0;
    double fraction = frexp(time, &exponent); // 0.5 to 1
    exponent = exponent - 1 - TALLY_LEAST_EXPONENT;
    if (exponent >= N_DOUBLINGS) return t->n_bins - 1;
    uint32_t within = (uint32_t)((2 * fraction - 1) * t->bins_per_doubling);
    return 1 + (uint32_t)exponent * t->bins_per_doubling + within;
}

/* Time at which a bin begins. */
static double bin_begin(const struct tally *t, uint32_t bin)
{
    if (bin == 0) return 0;
    uint32_t doubling = (bin - 1) / t->bins_per_doubling,
             within = (bin - 1) % t->bins_per_doubling;
    return ldexp(1 + (double)within / t->bins_per_doubling,
                 (int)doubling + TALLY_LEAST_EXPONENT);
}

static void add_time(struct tally_target *target, uint64_t low, uint64_t high)
{
    target->time_low += low;
    target->time_high += high + (target->time_low < low);
}

static void count_target(const struct tally *t, struct tally_target *target,
                         double time)
{
    const double most = 0x1p62;
    double units = time / TALLY_TIME_UNIT;
    target->reached++;
    target->bins[bin_of(t, time)]++;
    add_time(target, (uint64_t)(units < most ? units : most), 0);
}

static void count_way(struct tally *t, struct world *w, uint32_t i)
{
    const uint32_t *nodes;
    size_t n = world_needs(w, w->targets[i], &nodes);
    uint64_t *used = t->used + (size_t)i * t->n_nodes, way = 0;
    for (size_t k = 0; k < n; k++) {
        used[nodes[k]]++;
        way += random_draw(0, w->net->nodes[nodes[k]].key, 1).word[0];
    }
    if (w->trial < TALLY_WAY_TRIALS)
        t->ways[(size_t)i * TALLY_WAY_TRIALS + w->trial] = way ? way : 1;
}

void tally_count(struct tally *t, struct world *w)
{
    size_t attacker = (size_t)(w->attacker - w->net->attackers);
    t->trials++;
    t->worlds[attacker]++;
    for (uint32_t i = 0; i < t->n_targets; i++) {
        if (w->target_time[i] >= HUGE_VAL) continue;
        count_target(t, &t->targets[attacker * t->n_targets + i], w->target_time[i]);
        if (t->has_ways) count_way(t, w, i);
    }
}

static void add_counts(uint64_t *into, const uint64_t *from, size_t n)
{
    for (size_t i = 0; i < n; i++)
        into[i] += from[i];
}

void tally_add(struct tally *into, const struct tally *from)
{
    uint32_t rows = into->n_targets * into->n_attackers;
    into->trials += from->trials;
    into->node_visits += from->node_visits;
    into->edge_visits += from->edge_visits;
    add_counts(into->worlds, from->worlds, into->n_attackers);
    add_counts(into->bins, from->bins, (size_t)rows * into->n_bins);
    for (uint32_t i = 0; i < rows; i++) {
        into->targets[i].reached += from->targets[i].reached;
        add_time(&into->targets[i], from->targets[i].time_low,
                 from->targets[i].time_high);
    }
    if (!into->has_ways) return;
    add_counts(into->used, from->used, (size_t)into->n_targets * into->n_nodes);
    add_counts(into->ways, from->ways, (size_t)into->n_targets * TALLY_WAY_TRIALS);
}

/* The point that a normal variable is below in 97.5% of cases. */
#define NORMAL_95 1.959963984540054

/* ---- what it says -----------------------------------------------------------------
 */

double tally_difference(const struct tally_pair *pair, uint64_t n, double interval[2])
{
    double less = (double)pair->only_first, more = (double)pair->only_second;
    double count = (double)n + 2, middle = (more - less) / count;
    double variance = (less + more + 1) / count - middle * middle;
    double half = NORMAL_95 * sqrt(variance / count);
    interval[0] = fmax(-1, middle - half);
    interval[1] = fmin(1, middle + half);
    return n ? (more - less) / (double)n : 0;
}

struct tally_target tally_total(const struct tally *t, uint32_t target, uint64_t *bins)
{
    struct tally_target sum = {.bins = bins};
    memset(bins, 0, t->n_bins * sizeof *bins);
    for (uint32_t a = 0; a < t->n_attackers; a++) {
        const struct tally_target *row = &t->targets[a * t->n_targets + target];
        sum.reached += row->reached;
        add_time(&sum, row->time_low, row->time_high);
        add_counts(bins, row->bins, t->n_bins);
    }
    return sum;
}

double tally_mean(const struct tally_target *t)
{
    double sum = (double)t->time_high * 0x1p64 + (double)t->time_low;
    return t->reached ? sum * TALLY_TIME_UNIT / (double)t->reached : HUGE_VAL;
}

uint64_t tally_reached_by(const struct tally *tally, const struct tally_target *t,
                          double days)
{
    uint32_t last = bin_of(tally, days);
    uint64_t sum = 0;
    for (uint32_t bin = 0; bin < last; bin++)
        sum += t->bins[bin];
    double begin = bin_begin(tally, last), end = bin_begin(tally, last + 1);
    double share = last + 1 < tally->n_bins ? (days - begin) / (end - begin) : 1;
    return sum + (uint64_t)(share * (double)t->bins[last]);
}

double tally_quantile(const struct tally *tally, const struct tally_target *t,
                      uint64_t n, double p)
{
    double wanted = p * (double)n;
    uint64_t below = 0;
    if (wanted > (double)t->reached) return HUGE_VAL;
    for (uint32_t bin = 0; bin < tally->n_bins; bin++) {
        uint64_t here = t->bins[bin];
        if (here && (double)(below + here) >= wanted) {
            double begin = bin_begin(tally, bin), end = bin_begin(tally, bin + 1);
            double share = (wanted - (double)below) / (double)here;
            return bin == 0 ? 0 : begin + (end - begin) * (share > 0 ? share : 0);
        }
        below += here;
    }
    return HUGE_VAL;
}
