// SPDX-License-Identifier: Apache-2.0
/* Attack steps by what passes through them; see steps.h. What is counted is whole
 * worlds, so sums do not depend on the order of threads. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "attack/world.h"
#include "base/share.h"
#include "risk/replay.h"
#include "risk/risk_int.h"

/* Beyond so many incidents times nodes steps are not ranked. */
#define MOST_PLACES ((uint64_t)1 << 24)
/* Worlds times nodes of what is run again for gains, and worlds that say enough. */
#define MOST_TRIED ((uint64_t)1 << 30)
enum { ENOUGH_WORLDS = 500 };

struct ways *risk_ways(struct risk *r)
{
    const struct graph *g = r->plan->graph;
    if ((uint64_t)g->n_nodes * (r->n_incidents + 1) > MOST_PLACES) return NULL;
    return r->plan->replay ? replay_ways(r->plan->replay) : &r->ways;
}

/* What the work on a result is done with. */
struct ranking {
    struct risk *r;
    const struct worlds *worlds;
    const struct ways *ways;
    uint32_t n_nodes;
    uint32_t *shown;    // of each node: the step it is shown as, or REF_NONE
    uint32_t *seen, at; // of each step: the last way that was gone through
    uint64_t *used;     // [attacker * n_nodes + step]: worlds, of one incident
    double *of_loss;    // of each step: the loss a year that passes through it
};

/* 1 for a step that an attacker has to work for, or that is a threat: not an origin, a
 * joint, an incident, or what follows from other steps at once. */
static int is_ranked(const struct graph *g, uint32_t node)
{
    const struct ttc *time = graph_ttc(g, node);
    if (graph_is_joint(g, node) || graph_step(g, node) == NULL) return 0;
    return graph_threat(g, node) != REF_NONE ||
           (time && (time->mean_days > 0 || time->possible < 1));
}

static void find_shown(struct ranking *k)
{
    const struct graph *g = k->r->plan->graph;
    k->shown = mem_alloc((k->n_nodes + 1) * sizeof *k->shown);
    for (uint32_t n = 0; n < k->n_nodes; n++) {
        uint32_t step = graph_stands_for(g, n);
        k->shown[n] = is_ranked(g, step) ? step : REF_NONE;
    }
}

static const struct way *way_of(const struct ranking *k, uint64_t world,
                                uint32_t incident)
{
    const struct reached *x = &k->worlds->reached;
    uint64_t number = x->ways[world * k->worlds->n_incidents + incident];
    return number ? ways_find(k->ways, number) : NULL;
}

/* ---- shares -----------------------------------------------------------------------
 */

/* Of the nodes of a way, each step once. */
static void count_way(struct ranking *k, const struct way *way, uint64_t *used)
{
    k->at++;
    for (uint32_t i = way->first; i < way->first + way->n; i++) {
        uint32_t step = k->shown[k->ways->nodes[i]];
        if (step == REF_NONE || k->seen[step] == k->at) continue;
        k->seen[step] = k->at;
        used[step]++;
    }
}

static void count_incident(struct ranking *k, uint32_t incident)
{
    size_t n = (size_t)k->r->n_attackers * k->n_nodes;
    memset(k->used, 0, n * sizeof *k->used);
    for (uint64_t w = 0; w < k->r->worlds; w++) {
        const struct way *way = way_of(k, w, incident);
        size_t attacker = k->worlds->reached.attacker[w];
        if (way) count_way(k, way, k->used + attacker * k->n_nodes);
    }
}

/* Campaigns a year for counts of worlds, [attacker * stride], of all[attacker] each. */
static double rate_of(const struct risk *r, const uint64_t *counts, size_t stride,
                      const uint64_t *all)
{
    double rate = 0;
    for (uint32_t a = 0; a < r->n_attackers; a++)
        if (all[a])
            rate += r->campaigns[a] * (double)counts[a * stride] / (double)all[a];
    return rate;
}

static int compare_steps(const void *a, const void *b)
{
    const struct risk_step *x = a, *y = b;
    if (x->share < y->share || x->share > y->share) return x->share > y->share ? -1 : 1;
    return x->node < y->node ? -1 : x->node > y->node;
}

/* Those of n steps that are told, at the front; returns how many. */
static uint32_t choose(struct risk_step *steps, size_t n)
{
    if (n) qsort(steps, n, sizeof *steps, compare_steps);
    return n < STEPS_MOST ? (uint32_t)n : STEPS_MOST;
}

/* Adds a step to a list, unless next to nothing passes through it. */
static void add_step(struct risk_step **steps, size_t *n, size_t *cap,
                     struct risk_step step)
{
    if (step.share < STEPS_LEAST_SHARE) return;
    *(struct risk_step *)mem_push(steps, n, cap, sizeof **steps) = step;
}

static double loss_of(const struct risk *r, uint32_t incident)
{
    double sum = 0;
    for (uint32_t b = 0; b < r->n_bearers; b++)
        sum += r->bearers[b].of_incident[incident];
    return sum;
}

static void rank_incident(struct ranking *k, uint32_t incident)
{
    struct risk *r = k->r;
    struct risk_step *steps = NULL;
    size_t n = 0, cap = 0;
    double rate = r->incidents[incident].rate.mean, loss = loss_of(r, incident);
    if (!(rate > 0)) return;
    count_incident(k, incident);
    for (uint32_t s = 0; s < k->n_nodes; s++) {
        double share = rate_of(r, k->used + s, k->n_nodes, r->counts.worlds) / rate;
        k->of_loss[s] += share * loss;
        add_step(&steps, &n, &cap,
                 (struct risk_step){incident, s, fmin(1, share), (double)NAN});
    }
    uint32_t n_told = choose(steps, n);
    if (n_told)
        memcpy(r->steps.of_incidents + r->steps.n_of_incidents, steps,
               n_told * sizeof *steps);
    r->steps.n_of_incidents += n_told;
    free(steps);
}

static void rank_losses(struct ranking *k)
{
    struct risk *r = k->r;
    struct risk_step *steps = NULL;
    size_t n = 0, cap = 0;
    double all = 0;
    for (uint32_t i = 0; i < r->n_incidents; i++)
        all += loss_of(r, r->incident_order[i]);
    for (uint32_t s = 0; all > 0 && s < k->n_nodes; s++)
        add_step(
            &steps, &n, &cap,
            (struct risk_step){REF_NONE, s, fmin(1, k->of_loss[s] / all), (double)NAN});
    r->steps.n_of_loss = choose(steps, n);
    r->steps.of_loss = arena_array(&r->arena, n + 1, sizeof *steps);
    if (r->steps.n_of_loss)
        memcpy(r->steps.of_loss, steps, r->steps.n_of_loss * sizeof *steps);
    free(steps);
}

static void rank(struct ranking *k)
{
    struct risk *r = k->r;
    size_t n = (size_t)r->n_attackers * k->n_nodes + 1;
    k->seen = mem_alloc((k->n_nodes + 1) * sizeof *k->seen);
    k->used = mem_alloc(n * sizeof *k->used);
    k->of_loss = mem_alloc((k->n_nodes + 1) * sizeof *k->of_loss);
    r->steps.of_incidents =
        arena_array(&r->arena, (size_t)STEPS_MOST * r->n_incidents + 1,
                    sizeof *r->steps.of_incidents);
    for (uint32_t i = 0; i < r->n_incidents; i++)
        rank_incident(k, r->incident_order[i]);
    rank_losses(k);
    free(k->seen);
    free(k->used);
    free(k->of_loss);
}

/* ---- gains ------------------------------------------------------------------------
 */

/* Of a step that is tried: worlds by [attacker * n_incidents + incident]. */
struct trial {
    uint32_t step;
    uint64_t *through, *lost; // attacks that need it; that fail without it
};

/* Of a thread. */
struct trier {
    struct world world;
    uint8_t *shut;  // of each node
    uint8_t *needs; // of each place of the ways: 1: the step is in it
};

struct gains {
    struct ranking *k;
    struct net net;
    uint32_t *targets;
    struct trial *trials;
    size_t n;
    uint64_t n_worlds;      // the first ones, of each
    uint64_t *counts, *all; // all: worlds of each attacker
    struct trier *triers;
    unsigned threads;
};

static int compare_trials(const void *a, const void *b)
{
    const struct trial *x = a, *y = b;
    return (x->step > y->step) - (x->step < y->step);
}

/* Adds the steps of a list that are not there yet. */
static void add_trials(struct gains *g, const struct risk_step *steps, uint32_t n)
{
    size_t all = g->n;
    for (uint32_t i = 0; i < n; i++)
        g->trials[all++].step = steps[i].node;
    if (all) qsort(g->trials, all, sizeof *g->trials, compare_trials);
    g->n = 0;
    for (size_t i = 0; i < all; i++)
        if (g->n == 0 || g->trials[g->n - 1].step != g->trials[i].step)
            g->trials[g->n++] = g->trials[i];
}

/* Worlds of each, within what may be tried. */
static uint64_t worlds_each(const struct gains *g)
{
    uint64_t most = MOST_TRIED / (g->k->n_nodes + 1) / (g->n + 1);
    uint64_t wanted = g->k->r->measure_worlds;
    return most < wanted ? most : wanted;
}

/* Each step that is told of anywhere, once; in large graphs only those of all losses,
 * and in fewer worlds. */
static void find_trials(struct gains *g)
{
    struct risk *r = g->k->r;
    const struct steps *s = &r->steps;
    size_t rows = (size_t)r->n_attackers * r->n_incidents;
    g->trials = mem_alloc((s->n_of_loss + s->n_of_incidents + 1) * sizeof *g->trials);
    add_trials(g, s->of_loss, s->n_of_loss);
    add_trials(g, s->of_incidents, s->n_of_incidents);
    g->n_worlds = worlds_each(g);
    if (g->n_worlds < ENOUGH_WORLDS && g->n_worlds < r->measure_worlds) {
        r->notes[NOTE_FEWER_GAINS] = 1;
        g->n = 0;
        add_trials(g, s->of_loss, s->n_of_loss);
        g->n_worlds = worlds_each(g);
    }
    g->counts = mem_alloc((2 * g->n * rows + 1) * sizeof *g->counts);
    for (size_t i = 0; i < g->n; i++) {
        g->trials[i].through = g->counts + 2 * i * rows;
        g->trials[i].lost = g->trials[i].through + rows;
    }
}

/* Makes a step impossible, and finds the ways that are lost by that. */
static void shut_step(const struct ranking *k, struct trier *me, uint32_t step)
{
    for (uint32_t n = 0; n < k->n_nodes; n++)
        me->shut[n] = k->shown[n] == step;
    for (size_t i = 0; i < k->ways->n_places; i++) {
        const struct way *way = &k->ways->places[i];
        me->needs[i] = 0;
        for (uint32_t at = way->first; at < way->first + way->n; at++)
            me->needs[i] |= me->shut[k->ways->nodes[at]];
    }
}

static int is_through(const struct ranking *k, const struct trier *me, uint64_t world,
                      uint32_t incident)
{
    const struct way *way = way_of(k, world, incident);
    return way && me->needs[way - k->ways->places];
}

/* A world whose attacks all go other ways goes as it went, and is not run. */
static void try_world(const struct ranking *k, struct trier *me, uint64_t w,
                      const struct trial *trial)
{
    uint32_t n = k->r->n_incidents;
    size_t row = (size_t)k->worlds->reached.attacker[w] * n;
    int is_run = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (!is_through(k, me, w, i)) continue;
        if (!is_run++) world_run(&me->world, w);
        trial->through[row + i]++;
        trial->lost[row + i] += me->world.target_time[i] >= HUGE_VAL;
    }
}

static void try_step(void *with, unsigned worker, uint64_t i)
{
    struct gains *g = with;
    struct trier *me = &g->triers[worker];
    shut_step(g->k, me, g->trials[i].step);
    for (uint64_t w = 0; w < g->n_worlds; w++)
        try_world(g->k, me, w, &g->trials[i]);
}

static void gains_init(struct gains *g, struct ranking *k)
{
    struct risk *r = k->r;
    *g = (struct gains){.k = k, .threads = r->plan->threads ? r->plan->threads : 1};
    g->targets = mem_alloc((r->n_incidents + 1) * sizeof *g->targets);
    g->net = worlds_net(
        &(struct worlds_plan){.graph = r->plan->graph, .measures = r->plan->measures},
        g->targets);
    find_trials(g);
    g->all = mem_alloc((r->n_attackers + 1) * sizeof *g->all);
    for (uint64_t w = 0; w < g->n_worlds; w++)
        g->all[k->worlds->reached.attacker[w]]++;
    g->triers = mem_alloc(g->threads * sizeof *g->triers);
    for (unsigned i = 0; i < g->threads; i++) {
        struct trier *me = &g->triers[i];
        me->shut = mem_alloc(k->n_nodes + 1);
        me->needs = mem_alloc(k->ways->n_places + 1);
        me->world = world_new(&g->net, r->plan->seed, g->targets, r->n_incidents);
        me->world.shut = me->shut;
    }
}

static void gains_fini(struct gains *g)
{
    for (unsigned i = 0; i < g->threads; i++) {
        free(g->triers[i].shut);
        free(g->triers[i].needs);
        world_fini(&g->triers[i].world);
    }
    free(g->triers);
    free(g->trials);
    free(g->counts);
    free(g->all);
    free(g->targets);
    net_fini(&g->net);
}

/* The share of what passes through a step that would end with it: of an incident, or of
 * all, each by its loss; NAN where nothing was seen to pass, or it was not tried. */
static double ending_share(const struct gains *g, const struct risk_step *step)
{
    const struct risk *r = g->k->r;
    const struct trial key = {.step = step->node};
    const struct trial *t =
        bsearch(&key, g->trials, g->n, sizeof *g->trials, compare_trials);
    double through = 0, lost = 0;
    for (uint32_t o = 0; t && o < r->n_incidents; o++) {
        uint32_t i = r->incident_order[o];
        double rate = r->incidents[i].rate.mean;
        if (step->incident != REF_NONE && step->incident != i) continue;
        double weight = step->incident == i ? 1 : rate > 0 ? loss_of(r, i) / rate : 0;
        through += weight * rate_of(r, t->through + i, r->n_incidents, g->all);
        lost += weight * rate_of(r, t->lost + i, r->n_incidents, g->all);
    }
    return through > 0 ? fmin(1, lost / through) : (double)NAN;
}

static void add_gains(struct ranking *k)
{
    struct steps *s = &k->r->steps;
    struct gains g;
    gains_init(&g, k);
    const struct share work = {.threads = g.threads,
                               .n = g.n,
                               .piece = try_step,
                               .with = &g,
                               .stop = k->r->plan->stop};
    int is_whole = g.n && share_out(&work) == g.n;
    if (is_whole) s->n_worlds = g.n_worlds;
    for (uint32_t i = 0; is_whole && i < s->n_of_loss; i++)
        s->of_loss[i].gain = s->of_loss[i].share * ending_share(&g, &s->of_loss[i]);
    for (uint32_t i = 0; is_whole && i < s->n_of_incidents; i++) {
        struct risk_step *step = &s->of_incidents[i];
        step->gain = step->share * ending_share(&g, step);
    }
    gains_fini(&g);
}

/* ---- all --------------------------------------------------------------------------
 */

void risk_add_steps(struct risk *r, const struct worlds *worlds)
{
    struct ranking k = {.r = r,
                        .worlds = worlds,
                        .ways = risk_ways(r),
                        .n_nodes = r->plan->graph->n_nodes};
    if (k.ways == NULL || k.ways->is_full) {
        r->notes[NOTE_NO_STEPS] = 1;
        return;
    }
    find_shown(&k);
    rank(&k);
    if (!(r->plan->leaves_out & RISK_GAINS)) add_gains(&k);
    free(k.shown);
}
