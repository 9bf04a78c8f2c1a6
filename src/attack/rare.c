// SPDX-License-Identifier: Apache-2.0
/* Rare events; see rare.h. */
#include "attack/rare.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "attack/world.h"

/* Of the particles of a level so many shall go on to the next. */
#define GO_ON 0.25

enum {
    SWEEPS = 2,       // over the luck, of each particle on each level
    BLOCKS = 4,       // of luck that mostly does not matter, drawn anew together
    SHRINKINGS = 200, // of the range of one number, at most
    BISECTIONS = 24   // of the ease at which a particle reaches the target
};

/* What the pilot finds out: which numbers of the luck matter. */
struct matter {
    uint32_t *items;
    size_t n, cap;
    uint8_t *is_in;
};

/* One attacker, with the levels that the pilot has chosen for him. */
struct case_of {
    size_t attacker;
    double luck; // the number that chooses him
    struct matter matter;
    unsigned n_levels;
    double ease[RARE_MOST_LEVELS];
    double mean, variance; // of the mean of the batches
    uint64_t worlds;
};

/* A batch of particles; each is the luck of a world. */
struct batch {
    const struct rare_plan *plan;
    const struct case_of *of;
    struct world world;
    size_t n_luck; // numbers of a particle
    double *luck, *kept, *block;
    double *ease;     // of each: at which it reaches the target
    uint64_t number;  // of the batch among all, pilots included
    uint64_t n_draws; // of the batch
    uint64_t n_worlds;
};

static size_t luck_of(const struct net *net)
{
    return net->n_quantities + net->n_measures + 1;
}

/* A number in (0, 1). */
static double draw(struct batch *b)
{
    return random_unit(random_draw(b->plan->seed, b->number, b->n_draws++).word[0]);
}

static struct batch batch_new(const struct rare_plan *plan, const struct case_of *of,
                              uint64_t number)
{
    struct batch b = {.plan = plan, .of = of};
    b.number = number + of->attacker * (plan->batches + 1);
    size_t n = luck_of(plan->net), all = n * plan->particles;
    b.world = world_new(plan->net, plan->seed, &plan->target, 1);
    b.n_luck = n;
    b.luck = mem_alloc(all * sizeof *b.luck);
    b.kept = mem_alloc(all * sizeof *b.kept);
    b.block = mem_alloc(n * sizeof *b.block);
    b.ease = mem_alloc(plan->particles * sizeof *b.ease);
    for (size_t i = 0; i < all; i++)
        b.luck[i] = i % n == n - 1 ? of->luck : draw(&b);
    return b;
}

static void batch_fini(struct batch *b)
{
    world_fini(&b->world);
    free(b->luck);
    free(b->kept);
    free(b->block);
    free(b->ease);
}

static int reaches(struct batch *b, const double *luck, double ease)
{
    b->world.luck = luck;
    b->world.ease = ease;
    b->n_worlds++;
    world_run(&b->world, b->n_worlds);
    return b->world.target_time[0] < HUGE_VAL;
}

/* Whether a greater number is never of use to the attacker. */
static int is_monotone(const struct net *net, uint32_t i)
{
    return i >= net->n_quantities || (net->quantities[i].op == QUANTITY_PUT &&
                                      dist_is_monotone(&net->quantities[i].dist));
}

/*
 * Draws one number anew, given all others and that the target is reached. Where less is
 * never worse, that is a uniform number below a bound, and each number that is too
 * great bounds it: the range shrinks until one will do. Else a number that will not do
 * changes nothing.
 */
static void move_one(struct batch *b, double *luck, uint32_t i, double ease)
{
    double before = luck[i], bound = 1;
    int n = is_monotone(b->plan->net, i) ? SHRINKINGS : 1;
    for (int k = 0; k < n; k++) {
        luck[i] = bound * draw(b);
        if (reaches(b, luck, ease)) return;
        bound = luck[i];
    }
    luck[i] = before;
}

/* Draws a part of the luck that mostly does not matter anew; all of it if that will do.
 */
static void move_block(struct batch *b, double *luck, uint32_t block, double ease)
{
    memcpy(b->block, luck, b->n_luck * sizeof *luck);
    for (size_t i = block; i < b->n_luck - 1; i += BLOCKS)
        if (!b->of->matter.is_in[i]) luck[i] = draw(b);
    if (!reaches(b, luck, ease)) memcpy(luck, b->block, b->n_luck * sizeof *luck);
}

/* Leaves the distribution of particles that reach the target at an ease as it is. */
static void move(struct batch *b, double *luck, double ease)
{
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
        for (uint32_t block = 0; block < BLOCKS; block++)
            move_block(b, luck, block, ease);
        for (size_t i = 0; i < b->of->matter.n; i++)
            move_one(b, luck, b->of->matter.items[i], ease);
    }
}

/* Keeps the particles that reach the target at an ease; returns how many. */
static uint32_t keep(struct batch *b, double ease)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < b->plan->particles; i++) {
        const double *luck = b->luck + b->n_luck * i;
        if (!reaches(b, luck, ease)) continue;
        memcpy(b->kept + b->n_luck * n++, luck, b->n_luck * sizeof *luck);
    }
    return n;
}

/* Fills the batch from the n kept, chosen at random, and moves each. */
static void multiply(struct batch *b, uint32_t n, double ease)
{
    for (uint32_t i = 0; i < b->plan->particles; i++) {
        double *luck = b->luck + b->n_luck * i;
        uint32_t from = (uint32_t)(draw(b) * n);
        memcpy(luck, b->kept + b->n_luck * from, b->n_luck * sizeof *luck);
        move(b, luck, ease);
    }
}

/* ---- the pilot --------------------------------------------------------------------
 */

/* The least ease at which a particle reaches the target; 2 if at none. */
static double least_ease(struct batch *b, const double *luck)
{
    double low = 0, high = 1;
    if (reaches(b, luck, 0)) return 0;
    if (!reaches(b, luck, 1)) return 2;
    for (int k = 0; k < BISECTIONS; k++) {
        double middle = (low + high) / 2;
        if (reaches(b, luck, middle))
            high = middle;
        else
            low = middle;
    }
    return high;
}

static void add_matter(struct matter *m, size_t i)
{
    if (m->is_in[i]) return;
    m->is_in[i] = 1;
    *(uint32_t *)mem_push(&m->items, &m->n, &m->cap, sizeof *m->items) = (uint32_t)i;
}

static void add_node(struct matter *m, const struct net *net, uint32_t index)
{
    const struct net_node *node = &net->nodes[index];
    for (uint32_t q = 0; q < node->n_quantity; q++)
        add_matter(m, node->quantity + q);
    for (uint32_t e = 0; e < node->n_effects; e++)
        add_matter(m, net->n_quantities + net->effects[node->effect + e].measure);
}

/* The luck that the attacks of the kept particles needed matters. */
static void learn(struct batch *b, struct matter *m, uint32_t n_kept, double ease)
{
    const struct net *net = b->plan->net;
    for (uint32_t i = 0; i < n_kept; i++) {
        const uint32_t *nodes = NULL;
        reaches(b, b->kept + b->n_luck * i, ease);
        size_t n = world_needs(&b->world, b->plan->target, &nodes);
        for (size_t k = 0; k < n; k++)
            add_node(m, net, nodes[k]);
    }
    for (size_t g = 0; g < net->n_gates; g++)
        add_node(m, net, net->gates[g]);
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The ease at which a share GO_ON of the particles goes on, or any at all; 2: none. */
static double next_level(struct batch *b, double before)
{
    uint32_t n = b->plan->particles;
    for (uint32_t i = 0; i < n; i++)
        b->ease[i] = least_ease(b, b->luck + b->n_luck * i);
    qsort(b->ease, n, sizeof *b->ease, compare);
    double ease = b->ease[(uint32_t)(GO_ON * n)];
    return ease < before ? ease : b->ease[0];
}

/* Chooses the levels, the last of ease 0, and finds out what matters. */
static void run_pilot(const struct rare_plan *plan, struct case_of *of)
{
    struct batch b = batch_new(plan, of, 0);
    double ease = 1;
    while (ease > 0 && of->n_levels < RARE_MOST_LEVELS) {
        ease = next_level(&b, ease);
        if (ease > 1) break; // not even when all is easy
        of->ease[of->n_levels++] = ease;
        uint32_t n = keep(&b, ease);
        learn(&b, &of->matter, n, ease);
        multiply(&b, n, ease);
    }
    if (of->n_levels && of->ease[of->n_levels - 1] > 0) of->n_levels = 0;
    of->worlds += b.n_worlds;
    batch_fini(&b);
}

/* ---- batches ----------------------------------------------------------------------
 */

struct shared {
    const struct rare_plan *plan;
    const struct case_of *of;
    double *estimates; // of each batch
    atomic_uint next;
    atomic_uint_fast64_t worlds;
};

static double run_batch(struct shared *s, unsigned i)
{
    struct batch b = batch_new(s->plan, s->of, i + 1);
    double product = 1;
    for (unsigned k = 0; k < s->of->n_levels && product > 0; k++) {
        uint32_t n = keep(&b, s->of->ease[k]);
        product *= (double)n / s->plan->particles;
        int is_last = k + 1 == s->of->n_levels;
        if (n > 0 && !is_last) multiply(&b, n, s->of->ease[k]);
    }
    atomic_fetch_add(&s->worlds, b.n_worlds);
    batch_fini(&b);
    return product;
}

static void *work(void *argument)
{
    struct shared *s = argument;
    for (unsigned i; (i = atomic_fetch_add(&s->next, 1)) < s->plan->batches;)
        s->estimates[i] = run_batch(s, i);
    return NULL;
}

static void run_threads(struct shared *s)
{
    unsigned n = s->plan->threads > 1 ? s->plan->threads - 1 : 0;
    pthread_t *threads = mem_alloc((n + 1) * sizeof *threads);
    unsigned n_started = 0;
    while (n_started < n && pthread_create(&threads[n_started], NULL, work, s) == 0)
        n_started++;
    work(s);
    for (unsigned i = 0; i < n_started; i++)
        pthread_join(threads[i], NULL);
    free(threads);
}

/* The 97.5% point of Student's t; by Hill's expansion, good to 1e-3 from 3 degrees. */
static double student(unsigned degrees)
{
    const double z = 1.959963984540054;
    double n = degrees, z3 = z * z * z, z5 = z3 * z * z, z7 = z5 * z * z;
    return z + (z3 + z) / (4 * n) + (5 * z5 + 16 * z3 + 3 * z) / (96 * n * n) +
           (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * n * n * n);
}

/* Mean of the batches, and its variance. */
static void summarize(const double *estimates, unsigned n, struct case_of *of)
{
    double sum = 0, squares = 0;
    for (unsigned i = 0; i < n; i++)
        sum += estimates[i];
    of->mean = sum / n;
    for (unsigned i = 0; i < n; i++)
        squares += (estimates[i] - of->mean) * (estimates[i] - of->mean);
    of->variance = squares / (n - 1) / n;
}

static void run_case(const struct rare_plan *plan, struct case_of *of)
{
    of->matter.is_in = mem_alloc(luck_of(plan->net));
    run_pilot(plan, of);
    if (of->n_levels > 0) {
        struct shared s = {.plan = plan, .of = of};
        s.estimates = mem_alloc(plan->batches * sizeof *s.estimates);
        run_threads(&s);
        summarize(s.estimates, plan->batches, of);
        of->worlds += atomic_load(&s.worlds);
        free(s.estimates);
    }
    free(of->matter.items);
    free(of->matter.is_in);
}

struct rare rare_run(const struct rare_plan *plan)
{
    const struct net *net = plan->net;
    struct rare r = {
        .ci95 = {0, 1}
    };
    double before = 0, variance = 0;
    if ((uint64_t)luck_of(net) * plan->particles > RARE_MOST_LUCK) return r;
    for (size_t i = 0; i < net->n_attackers; i++) {
        double share = net->attackers[i].share;
        struct case_of of = {.attacker = i, .luck = before + share / 2};
        before += share;
        run_case(plan, &of);
        if (of.n_levels > r.n_levels) r.n_levels = of.n_levels;
        r.probability += share * of.mean;
        variance += share * share * of.variance;
        r.worlds += of.worlds;
    }
    double half = student(plan->batches - 1) * sqrt(variance);
    if (r.n_levels == 0) return r;
    r.ci95[0] = fmax(0, r.probability - half);
    r.ci95[1] = fmin(1, r.probability + half);
    return r;
}

/* ---- where plain worlds are too few */

struct rare *rare_where_few(const struct sim_plan *plan, const struct tally *tally)
{
    enum { FEW = 100 };
    uint64_t *bins = mem_alloc(tally->n_bins * sizeof *bins);
    struct rare *rare = mem_alloc((tally->n_targets + 1) * sizeof *rare);
    for (uint32_t i = 0; i < tally->n_targets && !(plan->stop && *plan->stop); i++) {
        const struct rare_plan one = {plan->net,    plan->targets[i], plan->seed,
                                      RARE_BATCHES, RARE_PARTICLES,   plan->threads};
        if (plan->progress) plan->progress(plan->with, 0);
        if (tally_total(tally, i, bins).reached < FEW) rare[i] = rare_run(&one);
    }
    free(bins);
    return rare;
}
