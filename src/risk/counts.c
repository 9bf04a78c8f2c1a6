// SPDX-License-Identifier: Apache-2.0
/* Means over worlds; see counts.h. */
#include "risk/counts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "attack/sim.h"
#include "risk/replay.h"

/* A measure in play that limits the harm of an incident. */
struct limit {
    uint32_t incident;
    uint8_t recovery, economic;
    uint64_t key; // of the chance that the measure holds
    double holds;
};

/* ---- worlds -----------------------------------------------------------------------
 */

static void add_limits(struct worlds *w, const struct worlds_plan *plan,
                       uint32_t measure, size_t *cap)
{
    const struct graph *g = plan->graph;
    const struct measure *m = LIST_AT(g->model->m.measures, struct measure, measure);
    double holds = plan->inputs.holds ? plan->inputs.holds[measure]
                                      : estimate_mean(measure_holds(g, m));
    for (uint32_t i = 0; i < m->limits.n; i++) {
        const struct harm_limit *x = LIST_AT(m->limits, struct harm_limit, i);
        size_t n = w->n_limits;
        struct limit *limit = mem_push(&w->limits, &n, cap, sizeof *w->limits);
        *limit = (struct limit){x->incident.index, x->recovery, x->economic,
                                random_key(m->entry.id), holds};
        w->n_limits = (uint32_t)n;
    }
}

static int compare_limits(const void *a, const void *b)
{
    const struct limit *x = a, *y = b;
    if (x->incident != y->incident) return x->incident < y->incident ? -1 : 1;
    int x_left = x->recovery + x->economic, y_left = y->recovery + y->economic;
    if (x_left != y_left) return x_left < y_left ? -1 : 1;
    return (x->key > y->key) - (x->key < y->key);
}

/* Those of an incident side by side, the strictest first. */
static void sort_limits(struct worlds *w)
{
    w->first_limit = mem_alloc(((size_t)w->n_incidents + 1) * sizeof *w->first_limit);
    if (w->n_limits) qsort(w->limits, w->n_limits, sizeof *w->limits, compare_limits);
    for (uint32_t i = 0, at = 0; i <= w->n_incidents; i++) {
        while (at < w->n_limits && w->limits[at].incident < i)
            at++;
        w->first_limit[i] = at;
    }
}

struct net worlds_net(const struct worlds_plan *plan, uint32_t *targets)
{
    const struct graph *g = plan->graph;
    struct net net =
        model_net_under(plan->graph, plan->measures, HUGE_VAL, plan->inputs);
    for (size_t i = 0; i < net.n_attackers && !plan->is_by_campaigns; i++)
        net.attackers[i].share = 1.0 / (double)net.n_attackers;
    for (uint32_t i = 0; i < g->n_incidents; i++)
        targets[i] = graph_incident_node(g, i);
    net_focus(&net, targets, g->n_incidents);
    return net;
}

/* Which incidents an attacker does not want. */
static void note_spared(struct worlds *w, const struct net *net,
                        const uint32_t *targets)
{
    w->spared = mem_alloc((size_t)w->n_attackers * w->n_incidents + 1);
    for (uint32_t a = 0; a < w->n_attackers; a++)
        for (uint32_t k = 0; k < net->attackers[a].n_spared; k++)
            for (uint32_t i = 0; i < w->n_incidents; i++)
                if (net->spared[net->attackers[a].spared + k] == targets[i])
                    w->spared[a * w->n_incidents + i] = 1;
}

struct worlds worlds_run(const struct worlds_plan *plan)
{
    const struct graph *g = plan->graph;
    uint32_t n = g->n_incidents;
    uint32_t *targets = mem_alloc((n + 1) * sizeof *targets);
    struct net net = worlds_net(plan, targets);
    struct worlds w = {
        .n_incidents = n, .n_attackers = (uint32_t)net.n_attackers, .seed = plan->seed};
    size_t cap = 0;
    const struct reached_plan reached = {.net = &net,
                                         .targets = targets,
                                         .n_targets = n,
                                         .seed = plan->seed,
                                         .n_worlds = plan->n_worlds,
                                         .ways = plan->ways,
                                         .threads = plan->threads,
                                         .stop = plan->stop,
                                         .progress = plan->progress,
                                         .told = plan->told};
    w.reached = plan->replay ? replay_run(plan->replay, &reached, plan->measures,
                                          !plan->is_tried)
                             : reached_run(&reached);
    for (uint32_t i = 0; i < g->model->m.measures.n; i++)
        if (plan->measures[i]) add_limits(&w, plan, i, &cap);
    sort_limits(&w);
    note_spared(&w, &net, targets);
    free(targets);
    net_fini(&net);
    return w;
}

void worlds_fini(struct worlds *w)
{
    reached_fini(&w->reached);
    free(w->spared);
    free(w->limits);
    free(w->first_limit);
    *w = (struct worlds){0};
}

uint32_t world_cap(const struct worlds *w, uint64_t world, uint32_t incident)
{
    uint8_t recovery = LEVEL_WORST, economic = LEVEL_WORST;
    for (uint32_t i = w->first_limit[incident]; i < w->first_limit[incident + 1]; i++) {
        const struct limit *x = &w->limits[i];
        if (x->recovery >= recovery && x->economic >= economic) continue; // no less
        if (random_unit(random_draw(w->seed, world, x->key).word[0]) >= x->holds)
            continue;
        recovery = recovery < x->recovery ? recovery : x->recovery;
        economic = economic < x->economic ? economic : x->economic;
    }
    return cell_of(recovery, economic);
}

/* ---- counts -----------------------------------------------------------------------
 */

struct counts counts_of(const struct worlds *w, uint64_t n)
{
    size_t rows = (size_t)w->n_attackers * w->n_incidents + 1;
    struct counts c = {.n_incidents = w->n_incidents, .n_attackers = w->n_attackers};
    c.worlds = mem_alloc((w->n_attackers + 1) * sizeof *c.worlds);
    c.caps = mem_alloc(rows * N_CELLS * sizeof *c.caps);
    c.reached = mem_alloc(rows * sizeof *c.reached);
    c.spared = mem_alloc(rows);
    memcpy(c.spared, w->spared, rows - 1);
    if (n > w->reached.n_worlds) n = w->reached.n_worlds;
    for (uint64_t t = 0; t < n; t++) {
        size_t attacker = w->reached.attacker[t];
        c.worlds[attacker]++;
        for (uint32_t i = 0; i < w->n_incidents; i++) {
            if (!reached_has(&w->reached, t, i)) continue;
            c.reached[attacker * w->n_incidents + i]++;
            c.caps[(attacker * w->n_incidents + i) * N_CELLS + world_cap(w, t, i)]++;
        }
    }
    return c;
}

void counts_fini(struct counts *c)
{
    free(c->worlds);
    free(c->caps);
    free(c->reached);
    free(c->spared);
    *c = (struct counts){0};
}

static double share_of(uint64_t count, uint64_t n)
{
    return n ? (double)count / (double)n : 0;
}

double counts_share(const struct counts *c, uint32_t attacker, uint32_t incident)
{
    return share_of(c->reached[(size_t)attacker * c->n_incidents + incident],
                    c->worlds[attacker]);
}

void counts_ends(const struct endings *e, const struct ending *of, uint32_t cap,
                 double rate, double *value)
{
    for (uint32_t i = 0; i < of->n_ends; i++) {
        struct end end = end_limited(e, of->ends[i], (uint8_t)(cap / N_LEVELS),
                                     (uint8_t)(cap % N_LEVELS));
        value[cell_of(end.recovery, end.economic)] += rate * end.share;
        value[VALUE_LOSS] += rate * end.share * dist_mean(&end.loss.dist);
    }
}

uint32_t cell_of_both(uint32_t a, uint32_t b)
{
    uint32_t recovery = a / N_LEVELS < b / N_LEVELS ? a / N_LEVELS : b / N_LEVELS;
    uint32_t economic = a % N_LEVELS < b % N_LEVELS ? a % N_LEVELS : b % N_LEVELS;
    return recovery * N_LEVELS + economic;
}

static void add_layered(const struct endings *e, const struct ending *of, uint32_t cap,
                        double rate, const double *layers, double *value)
{
    if (layers == NULL) {
        counts_ends(e, of, cap, rate, value);
        return;
    }
    for (uint32_t left = 0; left < N_CELLS; left++)
        if (layers[left] > 0)
            counts_ends(e, of, cell_of_both(cap, left), rate * layers[left], value);
}

void counts_values(const struct counts *c, const struct endings *e,
                   const struct ending *of, const double *campaigns,
                   const double *layers, double *value)
{
    for (uint32_t i = 0; i < N_VALUES; i++)
        value[i] = 0;
    for (uint32_t cap = 0; cap < N_CELLS; cap++) {
        double rate = 0;
        for (uint32_t a = 0; a < c->n_attackers; a++) {
            size_t row = (size_t)a * c->n_incidents + of->incident;
            rate += campaigns[a] * share_of(c->caps[row * N_CELLS + cap], c->worlds[a]);
        }
        if (rate > 0) add_layered(e, of, cap, rate, layers, value);
    }
}

double counts_rate(const struct counts *c, uint32_t incident, const double *campaigns)
{
    double rate = 0;
    for (uint32_t a = 0; a < c->n_attackers; a++)
        rate += campaigns[a] * counts_share(c, a, incident);
    return rate;
}

void counts_interval(const struct counts *c, uint32_t incident, const double *campaigns,
                     double interval[2])
{
    double rate = counts_rate(c, incident, campaigns), below = 0, above = 0;
    for (uint32_t a = 0; a < c->n_attackers; a++) {
        double ends[2], p = counts_share(c, a, incident);
        if (c->spared[(size_t)a * c->n_incidents + incident]) continue; // known: 0
        dist_share_interval(c->reached[(size_t)a * c->n_incidents + incident],
                            c->worlds[a], ends);
        below += pow(campaigns[a] * (p - ends[0]), 2);
        above += pow(campaigns[a] * (ends[1] - p), 2);
    }
    interval[0] = fmax(0, rate - sqrt(below));
    interval[1] = rate + sqrt(above);
}
