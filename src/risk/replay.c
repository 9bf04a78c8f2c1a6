// SPDX-License-Identifier: Apache-2.0
/* Worlds that are kept; see replay.h. */
#include "risk/replay.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "attack/model_net.h"
#include "attack/world.h"

enum { BLOCK = 64 };

/* The worlds under one set of measures. */
struct kept {
    uint8_t *measures; // a byte each; NULL: an empty place
    uint64_t used;
    struct reached reached;
    uint64_t *met; // [world * words + word]: measures that would act here, and hold
};

struct replay {
    const struct graph *graph;
    uint64_t seed;
    uint32_t n_measures, words; // words of a set of measures
    // steps that any measure acts on, and which measures: by steps
    uint32_t n_steps, *steps;
    uint64_t *acting; // [step * words + word]
    uint64_t *keys;   // of each measure's holding
    double *holds;    // probability; 0: it acts on no step
    struct kept kept[REPLAY_SETS];
    struct ways ways; // of all that was kept
    uint64_t clock, work;
};

/* ---- what measures act on ---------------------------------------------------------
 */

static void put_bit(uint64_t *set, uint32_t i)
{
    set[i / 64] |= (uint64_t)1 << (i % 64);
}

/* The net under all measures knows what each of them would do. */
static void find_steps(struct replay *r, const struct net *all, const uint32_t *model)
{
    r->steps = mem_alloc((all->n_nodes + 1) * sizeof *r->steps);
    r->acting = mem_alloc((all->n_nodes + 1) * r->words * sizeof *r->acting);
    for (uint32_t n = 0; n < all->n_nodes; n++) {
        const struct net_node *node = &all->nodes[n];
        uint64_t *acting = r->acting + (size_t)r->n_steps * r->words;
        for (uint32_t e = node->effect; e < node->effect + node->n_effects; e++)
            put_bit(acting, model[all->effects[e].measure]);
        if (node->n_effects) r->steps[r->n_steps++] = n;
    }
}

struct replay *replay_open(const struct graph *g, uint64_t seed)
{
    struct replay *r = mem_alloc(sizeof *r);
    uint32_t n = g->model->m.measures.n, n_acting = 0;
    uint8_t *all = mem_alloc(n + 1);
    uint32_t *model = mem_alloc((n + 1) * sizeof *model); // of each of the net's
    *r =
        (struct replay){.graph = g, .seed = seed, .n_measures = n, .words = n / 64 + 1};
    r->keys = mem_alloc((n + 1) * sizeof *r->keys);
    r->holds = mem_alloc((n + 1) * sizeof *r->holds);
    memset(all, 1, n);
    struct net net = model_net(g, all, HUGE_VAL);
    for (uint32_t i = 0; i < n; i++) {
        if (LIST_AT(g->model->m.measures, struct measure, i)->example.id == NULL)
            continue;
        r->keys[i] = net.measures[n_acting].key;
        r->holds[i] = net.measures[n_acting].holds;
        model[n_acting++] = i;
    }
    assert(n_acting == net.n_measures);
    find_steps(r, &net, model);
    net_fini(&net);
    free(model);
    free(all);
    return r;
}

static void forget(struct kept *k)
{
    reached_fini(&k->reached);
    free(k->measures);
    free(k->met);
    *k = (struct kept){0};
}

/* Forgets all, so that ways of sets that nobody asks for any longer make room. */
static void start_over(struct replay *r)
{
    for (int i = 0; i < REPLAY_SETS; i++)
        forget(&r->kept[i]);
    ways_fini(&r->ways);
}

void replay_close(struct replay *r)
{
    if (r == NULL) return;
    start_over(r);
    free(r->steps);
    free(r->acting);
    free(r->keys);
    free(r->holds);
    free(r);
}

uint64_t replay_work(const struct replay *r)
{
    return r->work;
}

struct ways *replay_ways(struct replay *r)
{
    return &r->ways;
}

/* ---- running worlds ---------------------------------------------------------------
 */

struct run {
    struct replay *replay;
    const struct reached_plan *plan;
    struct kept *to;
    const uint64_t *todo; // numbers of worlds
    uint64_t n_todo;
    struct world *worlds; // of each thread
    struct ways *ways;    // likewise, that were not known
};

/* The measures that a step which was begun would ask, as far as they hold. */
static void note_met(const struct replay *r, const struct world *w, uint64_t *met)
{
    memset(met, 0, r->words * sizeof *met);
    for (uint32_t i = 0; i < r->n_steps; i++) {
        if (w->nodes[r->steps[i]].mark != 2 * w->epoch + 1) continue;
        for (uint32_t k = 0; k < r->words; k++)
            met[k] |= r->acting[(size_t)i * r->words + k];
    }
    for (uint32_t m = 0; m < r->n_measures; m++) {
        uint64_t bit = (uint64_t)1 << (m % 64);
        if (!(met[m / 64] & bit)) continue;
        double chance = random_unit(random_draw(r->seed, w->trial, r->keys[m]).word[0]);
        if (chance >= r->holds[m]) met[m / 64] &= ~bit;
    }
}

static void run_block(void *with, unsigned worker, uint64_t block)
{
    struct run *run = with;
    struct world *w = &run->worlds[worker];
    uint64_t end = (block + 1) * BLOCK;
    for (uint64_t i = block * BLOCK; i < end && i < run->n_todo; i++) {
        world_run(w, run->todo[i]);
        reached_note(&run->to->reached, run->plan, w, &run->ways[worker]);
        note_met(run->replay, w, run->to->met + run->todo[i] * run->replay->words);
    }
}

static void run_worlds(struct run *run)
{
    const struct reached_plan *plan = run->plan;
    unsigned threads = plan->threads ? plan->threads : 1;
    if (run->n_todo == 0) return;
    run->worlds = mem_alloc(threads * sizeof *run->worlds);
    run->ways = mem_alloc(threads * sizeof *run->ways);
    for (unsigned i = 0; i < threads; i++)
        run->worlds[i] =
            world_new(plan->net, plan->seed, plan->targets, plan->n_targets);
    share_out(&(struct share){.threads = threads,
                              .n = (run->n_todo + BLOCK - 1) / BLOCK,
                              .piece = run_block,
                              .with = run});
    for (unsigned i = 0; i < threads; i++) {
        world_fini(&run->worlds[i]);
        if (plan->ways) ways_join(plan->ways, &run->ways[i]);
        ways_fini(&run->ways[i]);
    }
    free(run->worlds);
    free(run->ways);
    run->replay->work += run->n_todo;
}

/* ---- which to run -----------------------------------------------------------------
 */

/* 1 if a world of a kept set may go another way when the measures of `changed` do. */
static int differs(const struct replay *r, const struct kept *k, uint64_t world,
                   const uint64_t *changed)
{
    for (uint32_t i = 0; i < r->words; i++)
        if (k->met[world * r->words + i] & changed[i]) return 1;
    return 0;
}

static void find_changed(const struct replay *r, const struct kept *k,
                         const uint8_t *measures, uint64_t *changed)
{
    memset(changed, 0, r->words * sizeof *changed);
    for (uint32_t i = 0; i < r->n_measures; i++)
        if (!k->measures[i] != !measures[i]) put_bit(changed, i);
}

/* The worlds below n that a kept set tells nothing of, into todo unless it is NULL. */
static uint64_t find_todo(const struct replay *r, const struct kept *k, uint64_t n,
                          const uint8_t *measures, uint64_t *changed, uint64_t *todo)
{
    uint64_t n_todo = 0, n_known = k ? k->reached.n_worlds : 0;
    if (k) find_changed(r, k, measures, changed);
    for (uint64_t w = 0; w < n; w++) {
        if (w < n_known && !differs(r, k, w, changed)) continue;
        if (todo) todo[n_todo] = w;
        n_todo++;
    }
    return n_todo;
}

/* 1 if a kept set has the ways, where a plan wants them. */
static int tells(const struct kept *k, const struct reached_plan *plan)
{
    return plan->ways == NULL || k->reached.ways;
}

/* The kept set from which the fewest worlds are left to run; NULL: from none. */
static struct kept *find_nearest(struct replay *r, const struct reached_plan *plan,
                                 const uint8_t *measures, uint64_t *changed)
{
    struct kept *nearest = NULL;
    uint64_t n = plan->n_worlds, least = n;
    for (int i = 0; i < REPLAY_SETS && least > 0; i++) {
        struct kept *k = &r->kept[i];
        if (k->measures == NULL || !tells(k, plan)) continue;
        uint64_t n_todo = find_todo(r, k, n, measures, changed, NULL);
        if (n_todo >= least) continue;
        nearest = k;
        least = n_todo;
    }
    return nearest;
}

/* Room for the plan's worlds, with those that are known of it. */
static struct reached reached_copy(const struct reached *from,
                                   const struct reached_plan *plan)
{
    struct reached r = reached_new(plan);
    uint64_t n = plan->n_worlds;
    r.n_worlds = n;
    if (from == NULL) return r;
    if (from->n_worlds < n) n = from->n_worlds;
    memcpy(r.attacker, from->attacker, n * sizeof *r.attacker);
    memcpy(r.sets, from->sets, n * r.n_words * sizeof *r.sets);
    if (r.ways) memcpy(r.ways, from->ways, n * plan->n_targets * sizeof *r.ways);
    return r;
}

/* A set made from the nearest, with the worlds run that are not known of it. */
static struct kept make(struct replay *r, const struct reached_plan *plan,
                        const uint8_t *measures)
{
    uint64_t n = plan->n_worlds, *changed = mem_alloc(r->words * sizeof *changed);
    uint64_t *todo = mem_alloc((n + 1) * sizeof *todo);
    const struct kept *near = find_nearest(r, plan, measures, changed);
    struct kept k = {.measures = mem_alloc(r->n_measures + 1)};
    uint64_t n_near = near ? near->reached.n_worlds : 0;
    memcpy(k.measures, measures, r->n_measures);
    k.reached = reached_copy(near ? &near->reached : NULL, plan);
    k.met = mem_alloc((n + 1) * r->words * sizeof *k.met);
    if (n_near > n) n_near = n;
    if (near) memcpy(k.met, near->met, n_near * r->words * sizeof *k.met);
    uint64_t n_todo = find_todo(r, near, n, measures, changed, todo);
    run_worlds(&(struct run){r, plan, &k, todo, n_todo, NULL, NULL});
    free(todo);
    free(changed);
    return k;
}

static int is_set(const struct replay *r, const struct kept *k, const uint8_t *measures)
{
    return k->measures && memcmp(k->measures, measures, r->n_measures) == 0;
}

/* The place for another set: of the same measures, else an empty one, else that which
 * was not used longest. */
static struct kept *place_for(struct replay *r, const uint8_t *measures)
{
    struct kept *place = &r->kept[0];
    for (int i = 0; i < REPLAY_SETS; i++) {
        struct kept *k = &r->kept[i];
        if (is_set(r, k, measures)) return k;
        if (k->used < place->used) place = k;
    }
    return place;
}

struct reached replay_run(struct replay *r, const struct reached_plan *plan,
                          const uint8_t *measures, int keeps)
{
    if (plan->ways && r->ways.n_nodes > WAYS_MOST_NODES / 2) start_over(r);
    struct kept *k = place_for(r, measures), made = {0};
    assert(plan->seed == r->seed);
    if (!is_set(r, k, measures) || !tells(k, plan) ||
        k->reached.n_worlds < plan->n_worlds)
        made = make(r, plan, measures);
    if (made.measures && keeps) {
        forget(k);
        *k = made;
        made = (struct kept){0};
    }
    const struct kept *of = made.measures ? &made : k;
    struct reached reached = reached_copy(&of->reached, plan);
    if (keeps) k->used = ++r->clock;
    forget(&made);
    return reached;
}
