// SPDX-License-Identifier: Apache-2.0
/* Many runs, shared out to threads; see rehearse.h. */
#include "twin/rehearse.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/share.h"

/* What one thread has for itself. */
struct hand {
    struct stage stage;
    uint64_t n_steps, n_wrong, n_late;
    const char *wrong;
};

struct job {
    struct rehearse_result *r;
    struct hand **hands;
};

/* ---- one run ----------------------------------------------------------------------
 */

/* Of two names that of the variable to tell, whichever thread met it. */
static const char *first_name(const char *a, const char *b)
{
    return a && (b == NULL || strcmp(a, b) < 0) ? a : b;
}

static void keep(struct job *j, struct hand *h, struct rehearsed *x,
                 struct run_set *set, uint64_t run)
{
    struct rehearse_result *r = j->r;
    double *outcomes = set->outcomes + run * r->n_outcomes;
    memcpy(outcomes, h->stage.d.outcomes, r->n_outcomes * sizeof *outcomes);
    levels_of(r->plan.cast, x->play->incident, outcomes,
              set->levels + run * r->n_stakeholders);
    h->n_steps += h->stage.twin.n_steps;
    if (h->stage.wrong == NULL) return;
    h->n_wrong++;
    h->wrong = first_name(h->wrong, h->stage.wrong);
}

static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Runs to the end; 0 if that took too long by the clock, which is looked at now and
 * then. */
static int run_in_time(struct stage *s, double most_s)
{
    enum { LOOKS_EACH = 256 };
    double begin_s = now_s();
    for (uint32_t i = 1; stage_step(s); i++) {
        if (i % LOOKS_EACH || now_s() - begin_s <= most_s) continue;
        stage_finish(s);
        return 0;
    }
    return 1;
}

/* Piece k is a run of an incident with a set: all runs of the first incident first. */
static void run_piece(void *with, unsigned worker, uint64_t piece)
{
    struct job *j = with;
    struct rehearse_result *r = j->r;
    struct hand *h = j->hands[worker];
    uint64_t run = piece % r->plan.runs, rest = piece / r->plan.runs;
    uint64_t set = rest % r->plan.n_sets;
    struct rehearsed *x = &r->items[rest / r->plan.n_sets];
    struct stage_plan plan = {.cast = r->plan.cast,
                              .play = x->play,
                              .measures = r->plan.sets[set],
                              .is_certain = r->plan.is_certain,
                              .emergency = -1,
                              .seed = r->plan.seed,
                              .world = run,
                              .begins_s = r->plan.begins_s};
    stage_begin(&h->stage, &plan);
    double most_s = r->plan.most_s > 0 ? r->plan.most_s : REHEARSE_MOST_S;
    h->n_late += !run_in_time(&h->stage, most_s);
    keep(j, h, x, &x->sets[set], run);
}

static void tell(void *told, uint64_t done)
{
    const struct rehearse_result *r = told;
    uint64_t all = r->n * r->plan.n_sets * r->plan.runs;
    if (r->plan.progress)
        r->plan.progress(r->plan.told, (double)done / (double)(all ? all : 1));
}

/* ---- worst and typical ------------------------------------------------------------
 */

struct rank {
    int recovery, economic;
    double first;
    uint64_t run;
};

static int compare_ranks(const void *a, const void *b)
{
    const struct rank *x = a, *y = b;
    if (x->recovery != y->recovery) return x->recovery - y->recovery;
    if (x->economic != y->economic) return x->economic - y->economic;
    if (x->first < y->first || x->first > y->first) return x->first < y->first ? -1 : 1;
    return (x->run > y->run) - (x->run < y->run);
}

static struct rank rank_of(const struct rehearse_result *r, const struct run_set *set,
                           uint64_t run)
{
    struct rank k = {.run = run, .first = set->outcomes[run * r->n_outcomes]};
    for (uint32_t s = 0; s < r->n_stakeholders; s++) {
        const struct run_levels *l = &set->levels[run * r->n_stakeholders + s];
        k.recovery = l->recovery > k.recovery ? l->recovery : k.recovery;
        k.economic = l->economic > k.economic ? l->economic : k.economic;
    }
    return k;
}

static void find_telling(const struct rehearse_result *r, struct run_set *set)
{
    uint64_t n = r->plan.runs;
    struct rank *ranks = mem_alloc((size_t)n * sizeof *ranks);
    for (uint64_t i = 0; i < n; i++)
        ranks[i] = rank_of(r, set, i);
    qsort(ranks, (size_t)n, sizeof *ranks, compare_ranks);
    set->worst = ranks[n - 1].run;
    set->typical = ranks[n / 2].run;
    free(ranks);
}

/* ---- all --------------------------------------------------------------------------
 */

double rehearse_bytes(const struct rehearse_plan *plan)
{
    const struct cast *c = plan->cast;
    double a_run =
        (double)cast_n_outcomes(c->scenario) * sizeof(double) +
        (double)c->graph->model->m.stakeholders.n * sizeof(struct run_levels);
    double incidents = plan->incident == REF_NONE ? (double)c->n_plays : 1;
    return incidents * plan->n_sets * (double)plan->runs * a_run;
}

static void prepare(struct rehearse_result *r)
{
    const struct cast *c = r->plan.cast;
    r->items = mem_alloc((c->n_plays + 1) * sizeof *r->items);
    for (uint32_t i = 0; i < c->n_plays; i++) {
        if (r->plan.incident != REF_NONE && c->plays[i].incident != r->plan.incident)
            continue;
        struct rehearsed *x = &r->items[r->n++];
        x->play = &c->plays[i];
        for (uint32_t k = 0; k < r->plan.n_sets; k++) {
            x->sets[k].outcomes = mem_alloc((size_t)r->plan.runs * r->n_outcomes *
                                            sizeof *x->sets[k].outcomes);
            x->sets[k].levels =
                mem_alloc(((size_t)r->plan.runs * r->n_stakeholders + 1) *
                          sizeof *x->sets[k].levels);
        }
    }
}

static void gather(struct rehearse_result *r, struct hand **hands)
{
    for (unsigned i = 0; i < r->plan.threads; i++) {
        r->n_steps += hands[i]->n_steps;
        r->n_wrong += hands[i]->n_wrong;
        r->n_late += hands[i]->n_late;
        r->wrong = first_name(r->wrong, hands[i]->wrong);
        stage_fini(&hands[i]->stage);
        free(hands[i]);
    }
    free(hands);
}

struct rehearse_result *rehearse_run(const struct rehearse_plan *plan)
{
    struct rehearse_result *r = mem_alloc(sizeof *r);
    *r = (struct rehearse_result){.plan = *plan};
    r->n_outcomes = cast_n_outcomes(plan->cast->scenario);
    r->n_stakeholders = plan->cast->graph->model->m.stakeholders.n;
    prepare(r);
    struct job job = {r, mem_alloc(plan->threads * sizeof *job.hands)};
    for (unsigned i = 0; i < plan->threads; i++)
        job.hands[i] = mem_alloc(sizeof **job.hands);
    uint64_t all = r->n * r->plan.n_sets * plan->runs;
    struct share work = {plan->threads, all, run_piece, &job, tell, r, plan->stop};
    r->n_runs = share_out(&work);
    r->is_stopped = r->n_runs < all;
    r->n = (size_t)(r->n_runs / (r->plan.n_sets * plan->runs));
    gather(r, job.hands);
    for (size_t i = 0; i < r->n * r->plan.n_sets; i++)
        find_telling(r, &r->items[i / r->plan.n_sets].sets[i % r->plan.n_sets]);
    return r;
}

void rehearse_free(struct rehearse_result *r)
{
    if (r == NULL) return;
    for (uint32_t i = 0; i <= r->plan.cast->n_plays; i++) {
        for (int k = 0; k < 2; k++) {
            free(r->items[i].sets[k].outcomes);
            free(r->items[i].sets[k].levels);
        }
    }
    free(r->items);
    free(r);
}

/* ---- what it says -----------------------------------------------------------------
 */

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The least value that at least this share of n sorted ones do not exceed. */
static double quantile(const double *sorted, uint64_t n, double share)
{
    double at = ceil(share * (double)n * (1 - 1e-12)) - 1;
    return sorted[at < 0 ? 0 : (uint64_t)at];
}

struct spread rehearse_outcome(const struct rehearse_result *r,
                               const struct rehearsed *x, int set, uint32_t outcome)
{
    const double z = 1.959963984540054;
    uint64_t n = r->plan.runs;
    double *values = mem_alloc((size_t)n * sizeof *values), sum = 0, squares = 0;
    for (uint64_t i = 0; i < n; i++)
        sum += values[i] = x->sets[set].outcomes[i * r->n_outcomes + outcome];
    double mean = sum / (double)n;
    for (uint64_t i = 0; i < n; i++)
        squares += (values[i] - mean) * (values[i] - mean);
    double error = n > 1 ? sqrt(squares / (double)(n - 1) / (double)n) : 0;
    qsort(values, (size_t)n, sizeof *values, compare_doubles);
    struct spread out = {
        .mean = mean,
        .interval = {mean - z * error, mean + z * error},
        .least = values[0],
        .p5 = quantile(values, n, 0.05),
        .median = quantile(values, n, 0.5),
        .p95 = quantile(values, n, 0.95),
        .most = values[n - 1],
    };
    free(values);
    return out;
}

void rehearse_levels(const struct rehearse_result *r, const struct rehearsed *x,
                     int set, uint32_t stakeholder, int axis, uint64_t counts[N_LEVELS])
{
    memset(counts, 0, N_LEVELS * sizeof *counts);
    for (uint64_t i = 0; i < r->plan.runs; i++) {
        const struct run_levels *l =
            &x->sets[set].levels[i * r->n_stakeholders + stakeholder];
        counts[axis ? l->economic : l->recovery]++;
    }
}

int rehearse_measured(const uint64_t counts[N_LEVELS])
{
    uint64_t all = 0, above = 0;
    for (int i = 0; i < N_LEVELS; i++)
        all += counts[i];
    for (int i = N_LEVELS - 1; i > LEVEL_NONE; i--) {
        above += counts[i];
        if (above && (double)above / (double)all >= MEASURED_SHARE) return i;
    }
    return LEVEL_NONE;
}
