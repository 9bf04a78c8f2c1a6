/* SPDX-License-Identifier: Apache-2.0
 *
 * The plan: what it finds is what trying every set of measures finds, on random models;
 * laws; and hostile questions.
 */
#include "risk/plan_edit.h"

#include "tools/kit.h"
#include "unit.h"

enum { N_MODELS = 330, MOST_CANDIDATES = 12, MANY_CANDIDATES = 9, TODAY = 20270101 };

static struct catalog *catalog;
static uint64_t seed;

/* ---- random questions */

enum costs { COSTS_SMALL, COSTS_MIXED, COSTS_ZERO, COSTS_HUGE, COSTS_ODD, N_COSTS };

static double random_cost(struct chance *c, enum costs kind)
{
    switch (kind) {
    case COSTS_SMALL: return 1 + chance_below(c, 9);
    case COSTS_MIXED: return chance_once(c, 4) ? 0 : 100000.0 * chance_below(c, 60);
    case COSTS_HUGE: return 1e27 * (1 + chance_below(c, 1000));
    case COSTS_ODD: return 0.07 * (1 + chance_below(c, 100000));
    default: return 0;
    }
}

/* " KEY: [m.., m..]", now and then. */
static void put_measures(struct random_model *m, const char *key, uint32_t n,
                         uint32_t i)
{
    if (!chance_once(&m->chance, 5)) return;
    buf_printf(m->out, ", %s: [", key);
    for (uint32_t k = 1 + chance_below(&m->chance, 2); k > 0; k--) {
        uint32_t other = chance_below(&m->chance, n);

        put_id(m, 'm', other == i ? (i + 1) % n : other);
        buf_str(m->out, k > 1 ? ", " : "");
    }
    buf_char(m->out, ']');
}

/* Measures in every place, so that some sets of them are enough. */
static void put_candidate(struct random_model *m, uint32_t i, uint32_t n)
{
    const struct list *examples = &m->catalog->c.examples;
    const struct example *x;

    do
        x = LIST_AT(*examples, struct example, chance_below(&m->chance, examples->n));
    while (x->blocks.n == 0);
    buf_str(m->out, "  ");
    put_id(m, 'm', i);
    buf_printf(m->out, ": {name: M, requirement: %s, example: %s, by: user, on: [",
               x->requirement.id, x->entry.id);
    for (uint32_t k = 0; k < m->n_components; k++) {
        if (k > 0 && chance_once(&m->chance, 4)) continue;
        buf_str(m->out, k ? ", " : "");
        put_id(m, 'c', k);
    }
    for (uint32_t k = 0; k < m->n_flows; k++) {
        if (chance_once(&m->chance, 4)) continue;
        buf_str(m->out, ", ");
        put_id(m, 'f', k);
    }
    buf_str(m->out, "]");
    put_measures(m, "requires", n, i);
    put_measures(m, "conflicts", n, i);
    if (chance_once(&m->chance, 12)) buf_str(m->out, ", status: verified");
    buf_str(m->out, ", limits: [");
    for (uint32_t k = chance_below(&m->chance, 4); k > 0; k--) {
        buf_str(m->out, "{incident: ");
        put_id(m, 'i', chance_below(&m->chance, m->n_incidents));
        buf_str(m->out, ", ");
        put_random_levels(m);
        buf_str(m->out, ", because: so}, ");
    }
    buf_str(m->out, "]}\n");
}

struct question {
    struct kit_system system;
    struct plan_question q;
    uint8_t *base, *candidates;
    double *costs;
    uint32_t n; /* measures */
};

static struct question question_of(const char *text, size_t len, struct chance *c,
                                   enum costs kind)
{
    struct question r = {.system = kit_open(catalog, text, len, TODAY)};

    if (r.system.assessment == NULL) return r;
    r.n = r.system.model->m.measures.n;
    r.base = mem_alloc(r.n + 1);
    r.candidates = mem_alloc(r.n + 1);
    r.costs = mem_alloc((r.n + 1) * sizeof *r.costs);
    graph_measures_of(r.system.model, STATUS_IMPLEMENTED, r.base);
    for (uint32_t i = 0; i < r.n; i++) {
        r.candidates[i] = !r.base[i] && !chance_once(c, 10);
        r.costs[i] = random_cost(c, kind);
    }
    r.q = (struct plan_question){r.system.graph, r.system.assessment, r.base,
                                 r.candidates, r.costs};
    return r;
}

/* Writes random model number i; returns what is left of its luck. */
static struct chance write_question(uint32_t i, uint32_t n_measures, struct buf *text)
{
    struct random_model m = {chance_of(seed, i), catalog, .out = text};

    m.n_components = 2 + chance_below(&m.chance, 8);
    m.n_flows = chance_below(&m.chance, 2 * m.n_components);
    m.n_zones = 1 + chance_below(&m.chance, 3);
    m.n_incidents = 1 + chance_below(&m.chance, 6);
    random_model_write(&m);
    buf_str(text, "measures:\n");
    for (uint32_t k = 0; k < n_measures; k++)
        put_candidate(&m, k, n_measures);
    return m.chance;
}

static struct question random_question(uint32_t i, uint32_t n_measures)
{
    struct buf text = {0};
    struct chance c = write_question(i, n_measures, &text);
    struct question r =
        question_of(buf_text(&text), text.len, &c, (enum costs)(i % N_COSTS));

    buf_fini(&text);
    return r;
}

static void question_fini(struct question *r)
{
    kit_close(&r->system);
    free(r->base);
    free(r->candidates);
    free(r->costs);
}

/* ---- trying every set */

static int has_ref(const struct list *refs, uint32_t i)
{
    for (uint32_t k = 0; k < refs->n; k++)
        if (LIST_AT(*refs, struct ref, k)->index == i) return 1;
    return 0;
}

/* 1 if a set may be: what is chosen has what it requires, and no conflict. */
static int may_be(const struct question *r, const uint8_t *of)
{
    for (uint32_t i = 0; i < r->n; i++) {
        const struct measure *m =
            LIST_AT(r->system.model->m.measures, struct measure, i);

        if (!of[i]) continue;
        for (uint32_t k = 0; k < r->n; k++) {
            int is_settled = r->base[i] && r->base[k];

            if (!r->base[i] && has_ref(&m->requires, k) && !of[k]) return 0;
            if (!is_settled && has_ref(&m->conflicts, k) && of[k]) return 0;
        }
    }
    return 1;
}

/* The risk above target under a set, as the assessment has it. */
static uint32_t left_of(const struct question *r, const uint8_t *of)
{
    struct assessment *a = assess_run_with(r->system.graph, TODAY, of);
    const struct model_data *m = &r->system.model->m;
    uint32_t left = 0;

    for (uint32_t i = 0; i < a->incidents.n; i++) {
        const struct incident_result *x =
            LIST_AT(a->incidents, struct incident_result, i);
        const struct incident *incident =
            LIST_AT(m->incidents, struct incident, x->incident);
        struct position cap = {LEVEL_WORST, LEVEL_WORST};

        if (x->excluded || !x->planned) continue;
        for (uint32_t k = 0; k < r->n; k++) {
            const struct measure *measure = LIST_AT(m->measures, struct measure, k);
            for (uint32_t l = 0; of[k] && l < measure->limits.n; l++) {
                const struct harm_limit *limit =
                    LIST_AT(measure->limits, struct harm_limit, l);
                if (limit->incident.index != x->incident) continue;
                if (limit->recovery < cap.recovery) cap.recovery = limit->recovery;
                if (limit->economic < cap.economic) cap.economic = limit->economic;
            }
        }
        for (uint32_t k = 0; k < incident->harms.n; k++) {
            const struct harm *h = LIST_AT(incident->harms, struct harm, k);
            const struct target *t =
                &LIST_AT(m->stakeholders, struct stakeholder, h->entry.key_index)
                     ->target;
            uint8_t recovery = h->recovery < cap.recovery ? h->recovery : cap.recovery;
            uint8_t economic = h->economic < cap.economic ? h->economic : cap.economic;
            if (t->is_set != TRI_YES) continue;
            left += recovery > t->recovery ? (uint32_t)(recovery - t->recovery) : 0;
            left += economic > t->economic ? (uint32_t)(economic - t->economic) : 0;
        }
    }
    assess_free(a);
    return left;
}

/* 1 if the map has everyone within the target under a set. */
static int is_within(const struct question *r, const uint8_t *of)
{
    struct assessment *a = assess_run_with(r->system.graph, TODAY, of);
    int is_in = 1;

    for (uint32_t i = 0; i < a->map.n; i++)
        is_in &= LIST_AT(a->map, struct map_row, i)->planned_within;
    assess_free(a);
    return is_in;
}

struct tried {
    double cost;
    uint32_t left, n;
};

/* Every set that may be. */
static struct tried *try_all(struct question *r, struct plan *plan, size_t *n_tried)
{
    uint32_t bits[32], n = 0;
    uint8_t *of = mem_alloc(r->n + 1);

    for (uint32_t i = 0; i < r->n; i++)
        if (r->candidates[i] && !r->base[i]) bits[n++] = i;
    struct tried *all = mem_alloc(((size_t)1 << n) * sizeof *all);
    *n_tried = 0;
    for (uint32_t set = 0; set < (uint32_t)1 << n; set++) {
        memcpy(of, r->base, r->n);
        for (uint32_t k = 0; k < n; k++)
            if (set >> k & 1) of[bits[k]] = 1;
        if (!may_be(r, of)) continue;
        struct plan_set look = plan_look(plan, of);
        if (n <= 3) CHECK_INT(look.left, left_of(r, of));
        all[(*n_tried)++] =
            (struct tried){look.cost, look.left, (uint32_t)__builtin_popcount(set)};
    }
    free(of);
    return all;
}

static int is_near(double a, double b)
{
    return fabs(a - b) <= 1e-9 * (fabs(a) + fabs(b));
}

/* 1 if x is better than y by the goals of a budget. */
static int is_better(struct tried x, struct tried y)
{
    if (x.left != y.left) return x.left < y.left;
    if (!is_near(x.cost, y.cost)) return x.cost < y.cost;
    return x.n < y.n;
}

static struct tried best_within(const struct tried *all, size_t n, double budget)
{
    struct tried best = all[0]; /* nothing at all: always among them */

    for (size_t i = 0; i < n; i++)
        if (all[i].cost <= budget * (1 + 1e-12) && is_better(all[i], best))
            best = all[i];
    return best;
}

static uint32_t n_chosen(const struct question *r, const struct plan_set *set)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < r->n; i++)
        n += set->of[i] && !r->base[i];
    return n;
}

static void check_set(const struct question *r, const struct plan_set *set,
                      struct tried expected)
{
    CHECK(may_be(r, set->of));
    CHECK_INT(set->left, expected.left);
    CHECK(is_near(set->cost, expected.cost));
    CHECK_INT(n_chosen(r, set), expected.n);
    CHECK_INT(left_of(r, set->of), set->left);
    for (uint32_t i = 0; i < r->n; i++)
        CHECK(!set->of[i] || r->base[i] || r->candidates[i]);
}

static struct {
    uint32_t n_possible, n_real, n_impossible, n_points, n_cut, most_rounds, n_edits;
} seen;

static void check_target(const struct question *r, struct plan *plan,
                         const struct tried *all, size_t n)
{
    struct plan_set set = {0};
    enum plan_end end = plan_to_target(plan, &set);
    struct tried best = best_within(all, n, HUGE_VAL);

    CHECK_INT(end, best.left ? PLAN_IMPOSSIBLE : PLAN_PROVEN);
    if (best.left) seen.n_impossible++;
    if (end != PLAN_PROVEN) return;
    seen.n_possible++;
    seen.n_real += n_chosen(r, &set) > 1;
    check_set(r, &set, best);
    CHECK(is_within(r, set.of));
}

/* The front by definition: sets that no other beats. */
static void check_front(struct plan *plan, const struct tried *all, size_t n)
{
    struct plan_front front = {0};
    size_t n_found = 0;

    CHECK_INT(plan_front(plan, &front), PLAN_PROVEN);
    for (uint32_t left = 0; left <= plan->weight; left++) {
        double least = HUGE_VAL, less = HUGE_VAL;
        for (size_t i = 0; i < n; i++) {
            if (all[i].left == left && all[i].cost < least) least = all[i].cost;
            if (all[i].left < left && all[i].cost < less) less = all[i].cost;
        }
        if (least >= HUGE_VAL || less <= least) continue;
        if (less < HUGE_VAL && is_near(less, least)) continue;
        n_found++;
        if (n_found > front.n) break;
        CHECK_INT(front.sets[front.n - n_found].left, left);
        CHECK(is_near(front.sets[front.n - n_found].cost, least));
    }
    CHECK_INT(front.n, n_found);
    seen.n_points += (uint32_t)front.n;
    free(front.sets);
}

/* With limits the front has the first of its sets, as far as they were found. */
static void check_front_cut(struct plan *plan)
{
    struct plan_front whole = {0}, part = {.most_programs = 4, .most_nodes = 1};

    plan_front(plan, &whole);
    enum plan_end end = plan_front(plan, &part);
    CHECK(part.n <= whole.n);
    CHECK(end == PLAN_UNPROVEN || part.n == whole.n);
    for (size_t i = 0; i < part.n && i < whole.n; i++) {
        CHECK_INT(part.sets[i].left, whole.sets[i].left);
        CHECK(is_near(part.sets[i].cost, whole.sets[i].cost));
    }
    seen.n_cut += end == PLAN_UNPROVEN ? 1u : 0;
    free(whole.sets);
    free(part.sets);
}

static void check_question(struct question *r, struct chance *c)
{
    struct plan *plan = plan_open(&r->q);
    size_t n = 0;
    struct tried *all = try_all(r, plan, &n);

    check_target(r, plan, all, n);
    for (int k = 0; k < 3; k++) {
        double budget = k ? all[chance_below(c, (uint32_t)n)].cost : 0;
        struct plan_set set = {0};
        CHECK_INT(plan_for_budget(plan, budget, &set), PLAN_PROVEN);
        check_set(r, &set, best_within(all, n, budget));
    }
    check_front(plan, all, n);
    check_front_cut(plan);
    CHECK(plan->gap == 0);
    if (plan->n_rounds > seen.most_rounds) seen.most_rounds = plan->n_rounds;
    free(all);
    plan_close(plan);
}

static void test_every_set_tried(void)
{
    for (uint32_t i = 0; i < N_MODELS; i++) {
        struct chance c = chance_of(seed, 100000 + i);
        struct question r = random_question(
            i, 1 + chance_below(&c, i % 4 ? MANY_CANDIDATES : MOST_CANDIDATES));
        CHECK(r.system.assessment != NULL);
        if (r.system.assessment) check_question(&r, &c);
        question_fini(&r);
    }
    printf("# %u possible (%u with more than one measure), %u impossible, %u points; "
           "at most %u programs a model\n",
           seen.n_possible, seen.n_real, seen.n_impossible, seen.n_points,
           seen.most_rounds);
    CHECK(seen.n_cut > 0);
    CHECK(seen.n_real >= 10);
    CHECK(seen.n_impossible >= 20);
}

/* ---- laws */

/* The least cost to the target with some candidates; HUGE_VAL: there is no way. */
static double least_cost(struct question *r)
{
    struct plan *plan = plan_open(&r->q);
    struct plan_set set = {0};
    enum plan_end end = plan_to_target(plan, &set);
    double cost = end == PLAN_PROVEN ? set.cost : HUGE_VAL;

    CHECK(end != PLAN_UNPROVEN);
    plan_close(plan);
    return cost;
}

/* A candidate more never raises the least cost. */
static void test_more_to_choose_from(void)
{
    for (uint32_t i = 0; i < 50; i++) {
        struct question r = random_question(i, 1 + i % 25);
        double all, before = HUGE_VAL;
        if (r.system.assessment == NULL) continue;
        all = least_cost(&r);
        memset(r.candidates, 0, r.n);
        for (uint32_t k = 0; k <= r.n; k++) {
            double cost = least_cost(&r);
            CHECK(cost <= before * (1 + 1e-9));
            before = cost;
            if (k < r.n) r.candidates[k] = 1;
        }
        CHECK(before <= all * (1 + 1e-9));
        question_fini(&r);
    }
}

/* What is chosen for a text, as the ids in their order, at a cost that an id decides.
 */
static void put_chosen(const char *text, size_t len, struct buf *out)
{
    struct chance none = {0};
    struct question r = question_of(text, len, &none, COSTS_ZERO);
    if (r.system.assessment == NULL) return;
    for (uint32_t i = 0; i < r.n; i++) {
        const struct measure *m =
            LIST_AT(r.system.model->m.measures, struct measure, i);
        r.candidates[i] = !r.base[i];
        r.costs[i] = 1 + m->entry.id[1] % 2;
    }
    struct plan *plan = plan_open(&r.q);
    struct plan_set set = {0};
    plan_for_budget(plan, 6, &set);
    for (uint32_t i = 0; i < plan->n_candidates; i++) {
        uint32_t k = plan->candidates[i];
        if (set.of[k])
            buf_printf(
                out, "%s ",
                LIST_AT(r.system.model->m.measures, struct measure, k)->entry.id);
    }
    plan_close(plan);
    question_fini(&r);
}

/* Which of several best sets is taken does not depend on the order of the file. */
static void test_order_of_the_file(void)
{
    uint32_t n_chosen_sets = 0;
    for (uint32_t i = 0; i < 60; i++) {
        struct buf text = {0}, other = {0}, first = {0}, second = {0};
        struct chance c = write_question(i, 14, &text);
        struct tree tree = tree_read(buf_text(&text), text.len);
        REQUIRE(tree.root != NULL);
        tree_write(tree.root, &c, &other);
        put_chosen(buf_text(&text), text.len, &first);
        put_chosen(buf_text(&other), other.len, &second);
        CHECK_STR(buf_text(&second), buf_text(&first));
        n_chosen_sets += first.len > 0;
        tree_fini(&tree);
        buf_fini(&text);
        buf_fini(&other);
        buf_fini(&first);
        buf_fini(&second);
    }
    CHECK(n_chosen_sets > 5);
}

/* ---- written back */

/* Plans for a text, puts the plan into it, and reads that again. */
static void check_edit(const char *text, size_t len)
{
    struct plan_wish wish = {
        .with_catalog = 1, .assumed = {1, "JPY"}
    };
    struct money budget = {1e12, "JPY"};
    struct kit_system s = kit_open(catalog, text, len, TODAY);
    REQUIRE(s.assessment != NULL);
    struct plan_case *c = plan_case_open(s.assessment, &wish);
    struct plan_answer *answer = plan_answer_open(c, &budget);
    struct plan_edit edit = plan_edit_make(answer, "me: \"#\"", 20270203);
    struct model *again =
        model_read_text("again.yaml", buf_text(&edit.text), edit.text.len);

    catalog_bind(catalog, again);
    CHECK_INT(again->diags.n_errors, 0);
    plan_edit_check(answer, again, &edit);
    CHECK_INT(edit.diags.n_errors, 0);
    CHECK(answer->is_verified);
    CHECK_INT(edit.text.len + edit.n_measures >= len, 1); // "decided" is shorter
    seen.n_edits += edit.n_measures + edit.n_added + edit.n_decisions;
    model_free(again);
    plan_edit_fini(&edit);
    plan_answer_close(answer);
    plan_case_close(c);
    kit_close(&s);
}

/* As it is, and in flow style, in another order. */
static void check_styles(const char *text, size_t len, struct chance *c)
{
    struct buf other = {0};
    struct tree tree = tree_read(text, len);

    check_edit(text, len);
    tree_write(tree.root, c, &other);
    check_edit(buf_text(&other), other.len);
    buf_fini(&other);
    tree_fini(&tree);
}

static void test_written_back(void)
{
    const struct asset *assets[8];
    size_t n = kit_usecases(assets, 8);
    struct chance c = chance_of(seed, 7);

    for (size_t i = 0; i < n; i++)
        check_styles((const char *)assets[i]->bytes, assets[i]->len, &c);
    for (uint32_t i = 0; i < 60; i++) {
        struct buf text = {0};
        write_question(i, 1 + i % 9, &text);
        check_styles(buf_text(&text), text.len, &c);
        buf_fini(&text);
    }
    printf("# %u entries written\n", seen.n_edits);
    CHECK(seen.n_edits > 100);
}

/* ---- hostile questions */

static void test_no_candidates(void)
{
    for (uint32_t i = 0; i < 20; i++) {
        struct question r = random_question(i, 3);
        if (r.system.assessment == NULL) continue;
        memset(r.candidates, 0, r.n);
        struct plan *plan = plan_open(&r.q);
        struct plan_set set = {0}, none = plan_look(plan, r.base);
        struct plan_front front = {0};
        CHECK_INT(plan_to_target(plan, &set),
                  none.left ? PLAN_IMPOSSIBLE : PLAN_PROVEN);
        CHECK_INT(plan_for_budget(plan, 0, &set), PLAN_PROVEN);
        CHECK_INT(set.left, none.left);
        CHECK_INT(plan_front(plan, &front), PLAN_PROVEN);
        CHECK_INT(front.n, 1);
        free(front.sets);
        plan_close(plan);
        question_fini(&r);
    }
}

/* Costs so far apart that no double holds both: the gap says so. */
static void test_costs_far_apart(void)
{
    for (uint32_t i = 0; i < 40; i++) {
        struct question r = random_question(i, 8);
        if (r.system.assessment == NULL) continue;
        for (uint32_t k = 0; k < r.n; k++)
            r.costs[k] = k % 2 ? 1e30 : 1e-30;
        struct plan *plan = plan_open(&r.q);
        struct plan_set set = {0};
        size_t n = 0;
        struct tried *all = try_all(&r, plan, &n), best = best_within(all, n, HUGE_VAL);
        if (plan_to_target(plan, &set) == PLAN_PROVEN) {
            CHECK_INT(best.left, 0);
            CHECK(set.cost <= best.cost + plan->gap);
        } else {
            CHECK(best.left > 0);
        }
        free(all);
        plan_close(plan);
        question_fini(&r);
    }
}

int main(void)
{
    seed = kit_seed();
    catalog = assess_read_catalog(NULL);
    RUN(test_no_candidates);
    RUN(test_every_set_tried);
    RUN(test_more_to_choose_from);
    RUN(test_order_of_the_file);
    RUN(test_written_back);
    RUN(test_costs_far_apart);
    catalog_free(catalog);
    return UNIT_RESULT();
}
