/* SPDX-License-Identifier: Apache-2.0
 *
 * The attack simulation against what can be computed without it: sums, minima and
 * maxima of exponential times, chances in series and parallel, exact enumeration, a
 * slow fix-point iteration; and the laws of worlds: same seed same counts, measures
 * never help the attacker.
 *
 * Distributions are tested as in random.c: sqrt(N) D above 2.3 happens once in 20,000
 * tests; counts may be 4.5 standard deviations off, once in 150,000.
 */
#include "unit.h"

#include <math.h>

#include "attack/sim.h"
#include "attack/world.h"
#include "tools/kit.h"

enum { N = 40000 };
#define KS_LIMIT   2.3
#define DEVIATIONS 4.5

static uint64_t seed;

/* ---- nets ---- */

static uint32_t add(struct net *net, enum net_type type, struct dist dist)
{
    char name[32];
    struct quantity_step time = {QUANTITY_PUT, dist};
    snprintf(name, sizeof name, "n%zu", net->n_nodes);
    return net_add_node(net, type, name, &time, dist.family != DIST_UNSET);
}

static struct dist after(double days)
{
    return (struct dist){DIST_EXPONENTIAL, days, 0, 0};
}

static struct dist chance(double p)
{
    return (struct dist){DIST_BERNOULLI, p, 0, 0};
}

static const struct dist at_once = {DIST_UNSET, 0, 0, 0};

struct edges {
    struct net_edge items[512];
    size_t n;
};

static void join(struct edges *e, uint32_t parent, uint32_t child)
{
    e->items[e->n++] = (struct net_edge){parent, child};
}

/* Links, and lets one attacker start at node 0. */
static void finish(struct net *net, const struct edges *e, double horizon)
{
    net_link(net, e->items, e->n);
    net_add_attacker(net, "", 1, 1, horizon);
    net_add_entry(net, 0);
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* sqrt(N) times the greatest distance of the times of a target from a distribution. */
static double distance(const struct net *net, uint32_t target, double (*cdf)(double x))
{
    static double times[N];
    struct world w = world_new(net, seed, &target, 1);
    double d = 0;
    for (int i = 0; i < N; i++) {
        world_run(&w, (uint64_t)i);
        times[i] = w.target_time[0];
    }
    world_fini(&w);
    qsort(times, N, sizeof *times, compare);
    for (int i = 0; i < N; i++) {
        double f = cdf(times[i]);
        d = fmax(d, fmax(f - (double)i / N, (double)(i + 1) / N - f));
    }
    return d * sqrt(N);
}

static struct tally run(const struct net *net, uint32_t target, uint64_t n)
{
    struct sim_plan plan = {.net = net,
                            .targets = &target,
                            .n_targets = 1,
                            .seed = seed,
                            .n_trials = n,
                            .threads = 1};
    return sim_run(&plan);
}

/* Whether a share seen in n trials agrees with a probability. */
static int agrees(uint64_t reached, uint64_t n, double p)
{
    double count = (double)n;
    return fabs((double)reached - count * p) <=
           DEVIATIONS * sqrt(count * p * (1 - p)) + 1e-9;
}

static uint64_t reached(const struct net *net, uint32_t target, uint64_t n)
{
    struct tally t = run(net, target, n);
    uint64_t k = t.targets[0].reached;
    tally_fini(&t);
    return k;
}

/* ---- what is known exactly ---- */

static double gamma_of_five(double x)
{
    double term = 1, sum = 1, z = x / 2;
    for (int i = 1; i < 5; i++)
        sum += term *= z / i;
    return 1 - exp(-z) * sum;
}

static double least_of_three(double x)
{
    return 1 - exp(-x * (1.0 / 2 + 1.0 / 3 + 1.0 / 6));
}

static double most_of_four(double x)
{
    return pow(1 - exp(-x / 3), 4);
}

/* Two ways of two exponential steps each. */
static double best_of_diamond(double x)
{
    double one = 1 - exp(-x) * (1 + x);
    return 1 - (1 - one) * (1 - one);
}

static void test_chain_is_gamma(void)
{
    struct net net = {0};
    struct edges e = {.n = 0};
    uint32_t last = add(&net, NET_OR, at_once);
    for (int i = 0; i < 5; i++) {
        uint32_t next = add(&net, NET_OR, after(2));
        join(&e, last, next);
        last = next;
    }
    finish(&net, &e, HUGE_VAL);
    CHECK(distance(&net, last, gamma_of_five) < KS_LIMIT);
    struct tally t = run(&net, last, N);
    CHECK(t.targets[0].reached == N);
    CHECK(fabs(tally_mean(&t.targets[0]) - 10) < DEVIATIONS * sqrt(20.0 / N));
    double median = tally_quantile(&t, &t.targets[0], N, 0.5);
    CHECK(fabs(gamma_of_five(median) - 0.5) < DEVIATIONS * 0.5 / sqrt(N) + 0.002);
    CHECK(t.node_visits == 6 * (uint64_t)N);
    CHECK(t.edge_visits == 5 * (uint64_t)N);
    tally_fini(&t);
    net_fini(&net);
}

static void test_parallel_is_minimum(void)
{
    static const double means[] = {2, 3, 6};
    struct net net = {0};
    struct edges e = {.n = 0};
    uint32_t entry = add(&net, NET_OR, at_once), end = add(&net, NET_OR, at_once);
    for (int i = 0; i < 3; i++) {
        uint32_t way = add(&net, NET_OR, after(means[i]));
        join(&e, entry, way);
        join(&e, way, end);
    }
    finish(&net, &e, HUGE_VAL);
    CHECK(distance(&net, end, least_of_three) < KS_LIMIT);
    net_fini(&net);
}

static void test_and_is_maximum(void)
{
    struct net net = {0};
    struct edges e = {.n = 0};
    uint32_t entry = add(&net, NET_OR, at_once), all = add(&net, NET_AND, at_once);
    for (int i = 0; i < 4; i++) {
        uint32_t way = add(&net, NET_OR, after(3));
        join(&e, entry, way);
        join(&e, way, all);
    }
    finish(&net, &e, HUGE_VAL);
    CHECK(distance(&net, all, most_of_four) < KS_LIMIT);
    net_fini(&net);
}

static void test_diamond(void)
{
    struct net net = {0};
    struct edges e = {.n = 0};
    uint32_t entry = add(&net, NET_OR, at_once), end = add(&net, NET_OR, at_once);
    for (int i = 0; i < 2; i++) {
        uint32_t first = add(&net, NET_OR, after(1)),
                 second = add(&net, NET_OR, after(1));
        join(&e, entry, first);
        join(&e, first, second);
        join(&e, second, end);
    }
    finish(&net, &e, HUGE_VAL);
    CHECK(distance(&net, end, best_of_diamond) < KS_LIMIT);
    net_fini(&net);
}

/* `wide` ways in parallel, `long_` of that in series, each step possible by chance p.
 */
static void test_lattice_of_chances(void)
{
    const int wide = 3, stages = 4;
    const double p = 0.6;
    struct net net = {0};
    struct edges e = {.n = 0};
    uint32_t last = add(&net, NET_OR, at_once);
    for (int i = 0; i < stages; i++) {
        uint32_t hub = add(&net, NET_OR, at_once);
        for (int k = 0; k < wide; k++) {
            uint32_t way = add(&net, NET_OR, chance(p));
            join(&e, last, way);
            join(&e, way, hub);
        }
        last = hub;
    }
    finish(&net, &e, HUGE_VAL);
    double exact = pow(1 - pow(1 - p, wide), stages);
    CHECK(agrees(reached(&net, last, N), N, exact));
    net_fini(&net);
}

static void test_horizon(void)
{
    struct net net = {0};
    struct edges e = {.n = 0};
    uint32_t entry = add(&net, NET_OR, at_once), end = add(&net, NET_OR, after(10));
    join(&e, entry, end);
    finish(&net, &e, 4);
    struct tally t = run(&net, end, N);
    double p = 1 - exp(-0.4), interval[2];
    CHECK(agrees(t.targets[0].reached, N, p));
    dist_share_interval(t.targets[0].reached, N, interval);
    CHECK(interval[0] < p && p < interval[1]);
    CHECK(tally_quantile(&t, &t.targets[0], N, 0.9) >= HUGE_VAL);
    CHECK(fabs(tally_quantile(&t, &t.targets[0], N, 0.2) + 10 * log(0.8)) < 0.1);
    tally_fini(&t);
    net_fini(&net);
}

/* ---- exact enumeration ---- */

enum { SMALL = 12 };

struct small {
    uint32_t n;
    uint8_t type[SMALL];
    double p[SMALL]; /* of a step being possible */
    uint8_t edge[SMALL][SMALL];
};

static struct small small_random(struct chance *c)
{
    struct small s = {.n = 4 + chance_below(c, SMALL - 4)};
    for (uint32_t i = 0; i < s.n; i++) {
        s.type[i] = i && chance_once(c, 3) ? NET_AND : NET_OR;
        s.p[i] = i ? 0.2 + 0.7 * (double)chance_below(c, 1000) / 1000 : 1;
        for (uint32_t k = 0; k < s.n; k++)
            s.edge[i][k] = i != k && k > 0 && chance_once(c, 4);
    }
    return s;
}

/* Whether the last node is reached when the steps in a set are possible. */
static int small_reaches(const struct small *s, unsigned possible)
{
    unsigned done = 1, before = 0;
    while (done != before) {
        before = done;
        for (uint32_t k = 1; k < s->n; k++) {
            unsigned parents = 0;
            for (uint32_t i = 0; i < s->n; i++)
                parents |= (unsigned)s->edge[i][k] << i;
            int can = s->type[k] == NET_AND ? parents && (parents & done) == parents
                                            : (parents & done) != 0;
            if (can && possible >> k & 1) done |= 1u << k;
        }
    }
    return done >> (s->n - 1) & 1;
}

static double small_exact(const struct small *s)
{
    double sum = 0;
    for (unsigned possible = 1; possible < 1u << s->n; possible += 2) {
        double p = 1;
        for (uint32_t i = 1; i < s->n; i++)
            p *= possible >> i & 1 ? s->p[i] : 1 - s->p[i];
        if (small_reaches(s, possible)) sum += p;
    }
    return sum;
}

static struct net small_net(const struct small *s)
{
    struct net net = {0};
    struct edges e = {.n = 0};
    for (uint32_t i = 0; i < s->n; i++)
        add(&net, (enum net_type)s->type[i], chance(s->p[i]));
    for (uint32_t i = 0; i < s->n; i++)
        for (uint32_t k = 0; k < s->n; k++)
            if (s->edge[i][k]) join(&e, i, k);
    finish(&net, &e, HUGE_VAL);
    return net;
}

static void test_enumeration(void)
{
    unsigned n_between = 0;
    for (uint32_t i = 0; i < 60; i++) {
        struct chance c = chance_of(seed, i);
        struct small s = small_random(&c);
        struct net net = small_net(&s);
        double exact = small_exact(&s);
        uint64_t k = reached(&net, s.n - 1, 20000);
        n_between += exact > 0 && exact < 1;
        if (!agrees(k, 20000, exact))
            printf("# graph %u: %llu of 20000, exact %g\n", i, (unsigned long long)k,
                   exact);
        CHECK(agrees(k, 20000, exact));
        net_fini(&net);
    }
    CHECK(n_between > 20);
}

/* ---- Knuth's algorithm against a fix-point ---- */

enum { MIDDLE = 30 };

struct middle {
    uint32_t n;
    uint8_t type[MIDDLE];
    double days[MIDDLE]; /* HUGE_VAL: never */
    struct edges edges;
};

static struct middle middle_random(struct chance *c)
{
    struct middle m = {.n = 3 + chance_below(c, MIDDLE - 3)};
    for (uint32_t i = 0; i < m.n; i++) {
        m.type[i] = i && chance_once(c, 3) ? NET_AND : NET_OR;
        m.days[i] = chance_once(c, 12) ? HUGE_VAL : chance_below(c, 8);
        if (i == 0) m.days[i] = 0;
    }
    for (uint32_t i = 0; i < 2 * m.n; i++) {
        uint32_t parent = chance_below(c, m.n), child = 1 + chance_below(c, m.n - 1);
        join(&m.edges, parent, child);
    }
    return m;
}

/* The least solution, from below: times that grow until nothing changes would not end
 * at cycles, so it goes from above: nothing is reached, then ever more. */
static void fix_point(const struct middle *m, double time[MIDDLE])
{
    for (uint32_t i = 0; i < MIDDLE; i++)
        time[i] = i ? HUGE_VAL : 0;
    for (int changed = 1; changed;) {
        changed = 0;
        for (uint32_t k = 1; k < m->n; k++) {
            double best = m->type[k] == NET_AND ? 0 : HUGE_VAL;
            int n = 0;
            for (size_t e = 0; e < m->edges.n; e++) {
                if (m->edges.items[e].child != k) continue;
                double t = time[m->edges.items[e].parent];
                best = m->type[k] == NET_AND ? fmax(best, t) : fmin(best, t);
                n++;
            }
            if (n == 0) best = HUGE_VAL;
            if (best + m->days[k] < time[k]) {
                time[k] = best + m->days[k];
                changed = 1;
            }
        }
    }
}

static void test_fix_point(void)
{
    unsigned wrong = 0, n_reached = 0;
    for (uint32_t i = 0; i < 10000; i++) {
        struct chance c = chance_of(seed, 1000 + i);
        struct middle m = middle_random(&c);
        struct net net = {0};
        uint32_t targets[MIDDLE];
        double time[MIDDLE];
        for (uint32_t k = 0; k < m.n; k++) {
            int never = m.days[k] >= HUGE_VAL;
            targets[k] =
                add(&net, (enum net_type)m.type[k],
                    never ? chance(0) : (struct dist){DIST_CONSTANT, m.days[k], 0, 0});
        }
        finish(&net, &m.edges, HUGE_VAL);
        struct world w = world_new(&net, seed, targets, m.n);
        world_run(&w, i);
        fix_point(&m, time);
        for (uint32_t k = 0; k < m.n; k++) {
            wrong += fabs(time[k] - w.target_time[k]) > 1e-12; /* inf - inf is no > */
            wrong += isinf(time[k]) != isinf(w.target_time[k]);
            n_reached += k && time[k] < HUGE_VAL;
        }
        world_fini(&w);
        net_fini(&net);
    }
    printf("# %u nodes reached\n", n_reached);
    CHECK_INT((int)wrong, 0);
    CHECK(n_reached > 10000);
}

/* ---- gates ---- */

/* entry -> step (AND, with a gate that is open by chance p) */
static void test_gate_before_and(void)
{
    struct net net = {0};
    struct edges e = {.n = 0};
    uint32_t entry = add(&net, NET_OR, at_once),
             gate = add(&net, NET_GATE, chance(0.3)),
             step = add(&net, NET_AND, at_once);
    join(&e, entry, step);
    join(&e, gate, step);
    finish(&net, &e, HUGE_VAL);
    CHECK(agrees(reached(&net, step, N), N, 0.3));
    net_fini(&net);
}

/* An OR step with an open gate is given to AND steps, but nobody has reached it. */
static void test_gate_before_or(void)
{
    struct net net = {0};
    struct edges e = {.n = 0};
    uint32_t entry = add(&net, NET_OR, at_once),
             gate = add(&net, NET_GATE, chance(0.4)),
             given = add(&net, NET_OR, at_once), elsewhere = add(&net, NET_OR, at_once),
             both = add(&net, NET_AND, at_once);
    join(&e, gate, given);
    join(&e, elsewhere, given); /* which nobody can reach */
    join(&e, entry, both);
    join(&e, given, both);
    finish(&net, &e, HUGE_VAL);
    CHECK(agrees(reached(&net, both, N), N, 0.4));
    CHECK(reached(&net, given, N) == 0);
    net_fini(&net);
}

/* ---- measures, attackers ---- */

static void test_measures(void)
{
    struct net net = {0};
    struct edges e = {.n = 0};
    uint32_t wall = net_add_measure(&net, "wall", 0.7),
             mud = net_add_measure(&net, "mud", 1);
    uint32_t entry = add(&net, NET_OR, at_once);
    uint32_t first = add(&net, NET_OR, after(1));
    net_add_effect(&net, first, wall, HUGE_VAL);
    uint32_t second = add(&net, NET_OR, after(1));
    net_add_effect(&net, second, wall, HUGE_VAL);
    net_add_effect(&net, second, mud, 3);
    join(&e, entry, first);
    join(&e, first, second);
    finish(&net, &e, HUGE_VAL);
    struct tally t = run(&net, second, N);
    uint64_t k = t.targets[0].reached;
    CHECK(agrees(k, N, 0.3)); /* the wall stands or falls as one */
    CHECK(fabs(tally_mean(&t.targets[0]) - 4) < DEVIATIONS * sqrt(10 / (double)k));
    tally_fini(&t);
    net_fini(&net);
}

/* Random nets with measures: in each world, more measures never make anything earlier.
 */
static void test_measures_never_help(void)
{
    unsigned n_later = 0, n_earlier = 0;
    for (uint32_t i = 0; i < 200; i++) {
        struct chance c = chance_of(seed, 50000 + i);
        struct middle m = middle_random(&c);
        struct net with = {0}, without = {0};
        uint32_t last = m.n - 1;
        uint32_t shield = net_add_measure(&with, "shield", 0.5);
        for (uint32_t k = 0; k < m.n; k++) {
            add(&without, (enum net_type)m.type[k], after(1 + k % 3));
            add(&with, (enum net_type)m.type[k], after(1 + k % 3));
            if (k && chance_once(&c, 4))
                net_add_effect(&with, k, shield, chance_once(&c, 2) ? HUGE_VAL : 2);
        }
        finish(&with, &m.edges, HUGE_VAL);
        finish(&without, &m.edges, HUGE_VAL);
        struct world a = world_new(&with, seed, &last, 1),
                     b = world_new(&without, seed, &last, 1);
        for (uint32_t trial = 0; trial < 50; trial++) {
            world_run(&a, trial);
            world_run(&b, trial);
            n_earlier += a.target_time[0] < b.target_time[0];
            n_later += a.target_time[0] > b.target_time[0];
        }
        world_fini(&a);
        world_fini(&b);
        net_fini(&with);
        net_fini(&without);
    }
    CHECK_INT((int)n_earlier, 0);
    CHECK(n_later > 100);
}

/* The same worlds with and without a measure: pairs agree with both counts. */
static void test_comparison(void)
{
    struct net nets[2] = {{0}};
    struct edges e = {.n = 0};
    for (int k = 0; k < 2; k++) {
        uint32_t wall = k ? net_add_measure(&nets[k], "wall", 0.5) : 0;
        add(&nets[k], NET_OR, at_once);
        add(&nets[k], NET_OR, chance(0.6));
        if (k) net_add_effect(&nets[k], 1, wall, HUGE_VAL);
    }
    join(&e, 0, 1);
    finish(&nets[0], &e, HUGE_VAL);
    finish(&nets[1], &e, HUGE_VAL);
    uint32_t target = 1;
    struct sim_plan plan = {.net = &nets[0],
                            .targets = &target,
                            .n_targets = 1,
                            .seed = seed,
                            .n_trials = N,
                            .threads = 1};
    struct sim_comparison one = sim_compare(&plan, &nets[1]);
    plan.threads = 3;
    struct sim_comparison three = sim_compare(&plan, &nets[1]);
    struct tally alone = sim_run(&plan);
    double interval[2];
    double difference = tally_difference(one.pairs, N, interval);
    CHECK(one.pairs[0].only_second == 0);
    CHECK(one.pairs[0].only_first ==
          one.tallies[0].targets[0].reached - one.tallies[1].targets[0].reached);
    CHECK(agrees(one.pairs[0].only_first, N, 0.3));
    CHECK(interval[0] < difference && difference < interval[1]);
    CHECK(interval[0] < -0.3 && -0.3 < interval[1]);
    CHECK(one.pairs[0].only_first == three.pairs[0].only_first);
    CHECK(alone.targets[0].reached == one.tallies[0].targets[0].reached);
    tally_fini(&alone);
    sim_comparison_fini(&three);
    sim_comparison_fini(&one);
    net_fini(&nets[1]);
    net_fini(&nets[0]);
}

static void test_attackers(void)
{
    struct net net = {0};
    struct edges e = {.n = 0};
    uint32_t street = add(&net, NET_OR, at_once), inside = add(&net, NET_OR, at_once),
             end = add(&net, NET_OR, after(2));
    join(&e, inside, end);
    net_link(&net, e.items, e.n);
    net_add_attacker(&net, "stranger", 0.75, 1, 100);
    net_add_entry(&net, street);
    net_add_attacker(&net, "insider", 0.25, 0.5, 1);
    net_add_entry(&net, inside);
    struct tally t = run(&net, end, N);
    CHECK(agrees(t.worlds[1], N, 0.25));
    CHECK(t.targets[0].reached == 0);
    CHECK(
        agrees(t.targets[1].reached, t.worlds[1], 1 - exp(-1))); /* mean 1, within 1 */
    tally_fini(&t);
    net_fini(&net);
}

/* ---- same seed, same counts ---- */

static int same(const struct tally *a, const struct tally *b)
{
    size_t rows = (size_t)a->n_targets * a->n_attackers;
    int is_same =
        a->trials == b->trials && a->node_visits == b->node_visits &&
        a->edge_visits == b->edge_visits &&
        memcmp(a->bins, b->bins, rows * a->n_bins * sizeof *a->bins) == 0 &&
        memcmp(a->used, b->used, (size_t)a->n_targets * a->n_nodes * sizeof *a->used) ==
            0 &&
        memcmp(a->ways, b->ways,
               (size_t)a->n_targets * TALLY_WAY_TRIALS * sizeof *a->ways) == 0;
    for (size_t i = 0; i < rows; i++)
        is_same &= a->targets[i].time_low == b->targets[i].time_low &&
                   a->targets[i].time_high == b->targets[i].time_high &&
                   a->targets[i].reached == b->targets[i].reached;
    return is_same;
}

/* Three rows of three, each joined to the next, with AND steps and chances in it. */
static struct net rows_net(void)
{
    struct net net = {0};
    struct edges e = {.n = 0};
    add(&net, NET_OR, at_once);
    for (uint32_t i = 1; i <= 9; i++) {
        add(&net, i % 4 == 0 ? NET_AND : NET_OR, i == 5 ? chance(0.5) : after(i));
        for (uint32_t k = 0; k < 3; k++)
            join(&e, i <= 3 ? 0 : 3 * ((i - 1) / 3 - 1) + 1 + k, i);
    }
    finish(&net, &e, 12);
    return net;
}

static void test_same_counts(void)
{
    static const unsigned threads[] = {2, 5};
    static const uint64_t shards[] = {0, 1000, 1001, 2500, 5000};
    static const unsigned order[] = {2, 0, 3, 1};
    struct net net = rows_net();
    uint32_t targets[] = {8, 9};
    struct sim_plan plan = {.net = &net,
                            .targets = targets,
                            .n_targets = 2,
                            .seed = seed,
                            .n_trials = 5000,
                            .threads = 1};
    struct tally one = sim_run(&plan);
    CHECK(one.targets[0].reached > 100 && one.targets[1].reached > 100);
    for (size_t i = 0; i < KIT_COUNT(threads); i++) {
        plan.threads = threads[i];
        struct tally t = sim_run(&plan);
        CHECK(same(&one, &t));
        tally_fini(&t);
    }
    struct tally sum = {0};
    for (size_t i = 0; i < KIT_COUNT(order); i++) {
        plan.first_trial = shards[order[i]];
        plan.n_trials = shards[order[i] + 1] - shards[order[i]];
        struct tally t = sim_run(&plan);
        if (i == 0) {
            sum = t;
            continue;
        }
        tally_add(&sum, &t);
        tally_fini(&t);
    }
    CHECK(same(&one, &sum));
    plan.seed = seed + 1;
    plan.first_trial = 0;
    plan.n_trials = 5000;
    struct tally other = sim_run(&plan);
    CHECK(!same(&one, &other));
    tally_fini(&other);
    tally_fini(&sum);
    tally_fini(&one);
    net_fini(&net);
}

/* ---- ways ---- */

static void test_way(void)
{
    struct net net = {0};
    struct edges e = {.n = 0};
    uint32_t entry = add(&net, NET_OR, at_once), quick = add(&net, NET_OR, after(1)),
             slow = add(&net, NET_OR, (struct dist){DIST_CONSTANT, 1e9, 0, 0}),
             either = add(&net, NET_OR, after(1)), need = add(&net, NET_OR, after(1)),
             both = add(&net, NET_AND, after(1)), aside = add(&net, NET_OR, after(1));
    join(&e, entry, quick);
    join(&e, entry, slow);
    join(&e, quick, either);
    join(&e, slow, either);
    join(&e, entry, need);
    join(&e, either, both);
    join(&e, need, both);
    join(&e, quick, aside);
    finish(&net, &e, HUGE_VAL);
    struct sim_plan plan = {.net = &net,
                            .targets = &both,
                            .n_targets = 1,
                            .seed = seed,
                            .n_trials = 100,
                            .threads = 1};
    struct tally t = sim_run(&plan);
    CHECK(t.used[entry] == 100 && t.used[quick] == 100 && t.used[need] == 100);
    CHECK(t.used[slow] == 0 && t.used[aside] == 0);
    for (int i = 1; i < 100; i++)
        CHECK(t.ways[i] == t.ways[0] && t.ways[i] != 0);
    CHECK(t.ways[100] == 0);
    uint32_t *way;
    size_t n = sim_way(&plan, 3, 0, &way);
    CHECK_INT((int)n, 5);
    CHECK(way[0] == entry && way[n - 1] == both);
    free(way);
    tally_fini(&t);
    net_fini(&net);
}

/* ---- intervals ---- */

/* Values of Wilson's interval computed by hand from its formula (Wilson 1927). */
static void test_interval(void)
{
    double interval[2];
    dist_share_interval(0, 10, interval);
    CHECK(interval[0] == 0 && fabs(interval[1] - 0.27753) < 1e-5);
    dist_share_interval(10, 10, interval);
    CHECK(fabs(interval[0] - 0.72247) < 1e-5 && interval[1] == 1);
    dist_share_interval(50, 100, interval);
    CHECK(fabs(interval[0] - 0.40383) < 1e-5 && fabs(interval[1] - 0.59617) < 1e-5);
    dist_share_interval(0, 0, interval);
    CHECK(interval[0] == 0 && interval[1] == 1);
}

int main(void)
{
    seed = kit_seed();
    RUN(test_chain_is_gamma);
    RUN(test_parallel_is_minimum);
    RUN(test_and_is_maximum);
    RUN(test_diamond);
    RUN(test_lattice_of_chances);
    RUN(test_horizon);
    RUN(test_enumeration);
    RUN(test_fix_point);
    RUN(test_gate_before_and);
    RUN(test_gate_before_or);
    RUN(test_measures);
    RUN(test_measures_never_help);
    RUN(test_comparison);
    RUN(test_attackers);
    RUN(test_same_counts);
    RUN(test_way);
    RUN(test_interval);
    return UNIT_RESULT();
}
