// SPDX-License-Identifier: Apache-2.0
/* Yearly losses; see compound.h. */
#include "risk/compound.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Trials are events, of a block of years; the last of a block says how many there are.
 * Draws of an event are keyed by the names of layers and harms; 0 says which case. */
enum { EVENT_BITS = 44 };
#define HOW_MANY (((uint64_t)1 << EVENT_BITS) - 1)

struct strip {
    double sum, squares, most;
};

struct run {
    const struct compound *c;
    double rate;          // of all sources
    struct strip *strips; // [strip * n_bearers + bearer]
    uint64_t **bins;      // of each thread: [bearer * N_BINS + bin]
    double **years;       // of each thread: [year * n_bearers + bearer]
};

/* ---- the histogram ----------------------------------------------------------------
 */

/* Exponent and first bits of the fraction, as IEEE 754 has them side by side. */
static uint32_t bin_of(double loss)
{
    enum { FRACTION_BITS = 52 - 7, BIAS = 1023 };
    uint64_t bits;
    if (!(loss >= ldexp(1, COMPOUND_LEAST_EXPONENT))) return 0;
    if (loss >= ldexp(1, COMPOUND_MOST_EXPONENT)) return COMPOUND_N_BINS - 1;
    memcpy(&bits, &loss, sizeof bits);
    bits >>= FRACTION_BITS;
    return (uint32_t)(bits -
                      (uint64_t)(BIAS + COMPOUND_LEAST_EXPONENT) * COMPOUND_BINS) +
           1;
}

static double bin_begin(uint32_t bin)
{
    if (bin == 0) return 0;
    double within = (double)((bin - 1) % COMPOUND_BINS) / COMPOUND_BINS;
    return ldexp(1 + within,
                 (int)((bin - 1) / COMPOUND_BINS) + COMPOUND_LEAST_EXPONENT);
}

/* ---- one event --------------------------------------------------------------------
 */

/* What its layers leave of a part, or NULL. */
static const struct compound_part *
pass_layers(const struct compound *c, const struct compound_part *p, uint64_t event)
{
    for (uint32_t i = 0; i < p->n_layers; i++) {
        const struct compound_layer *layer = &c->layers[p->layer + i];
        struct random_words w =
            random_draw(c->seed, event, c->layer_keys[layer->function]);
        if (random_unit(w.word[0]) < c->pfd[layer->function]) continue;
        if (layer->leaves == COMPOUND_NOTHING) return NULL;
        p = &c->parts[layer->leaves];
    }
    return p;
}

static double draw_loss(const struct compound *c, uint32_t harm, uint64_t event)
{
    const struct compound_harm *h = &c->harms[harm];
    const struct compound_end *end = &c->ends[h->end];
    struct draws from = {.seed = c->seed, .trial = event, .draw = h->key};
    if (h->n_ends > 1) {
        double u = random_unit(random_draw(from.seed, from.trial, from.draw++).word[0]);
        for (uint32_t i = 1; i < h->n_ends && u >= end->below; i++)
            end++;
    }
    return dist_draw(&end->loss, &from);
}

static void add_case(const struct compound *c, const struct compound_case *x,
                     uint64_t event, double *year)
{
    for (uint32_t i = x->part; i < x->part + x->n_parts; i++) {
        const struct compound_part *p = &c->parts[c->case_parts[i]];
        p = pass_layers(c, p, event);
        for (uint32_t h = p ? p->harm : 0; p && h < p->harm + p->n_harms; h++)
            year[c->harms[h].bearer] += draw_loss(c, h, event);
    }
}

/* The case at u, from 0 to the rate of all sources. */
static const struct compound_case *case_at(const struct compound *c, double u)
{
    uint32_t s = 0;
    while (s + 1 < c->n_sources && u >= c->sources[s].rate)
        u -= c->sources[s++].rate;
    const struct compound_source *source = &c->sources[s];
    double at = source->rate > 0 ? u / source->rate * source->n : 0;
    uint32_t i = at < source->n ? (uint32_t)at : source->n - 1;
    return &c->cases[source->first + i];
}

/* ---- many years -------------------------------------------------------------------
 */

static void draw_years(const struct run *run, uint64_t block, uint64_t n, double *years)
{
    const struct compound *c = run->c;
    struct draws many = {.seed = c->seed, .trial = block << EVENT_BITS | HOW_MANY};
    struct dist events = {DIST_POISSON, run->rate * (double)n, 0, 0};
    uint64_t n_events = (uint64_t)dist_draw(&events, &many);
    memset(years, 0, n * c->n_bearers * sizeof *years);
    for (uint64_t e = 0; e < n_events; e++) {
        uint64_t event = block << EVENT_BITS | e;
        struct random_words w = random_draw(c->seed, event, 0);
        uint64_t year = (w.word[0] >> 32) * n >> 32;
        add_case(c, case_at(c, random_unit(w.word[1]) * run->rate), event,
                 years + year * c->n_bearers);
    }
}

static void count_years(const struct run *run, uint64_t n, const double *years,
                        struct strip *strips, uint64_t *bins)
{
    uint32_t n_bearers = run->c->n_bearers;
    for (uint64_t i = 0; i < n; i++)
        for (uint32_t b = 0; b < n_bearers; b++) {
            double loss = years[i * n_bearers + b];
            bins[(size_t)b * COMPOUND_N_BINS + (loss > 0 ? bin_of(loss) : 0)]++;
            if (loss <= 0) continue;
            strips[b].sum += loss;
            strips[b].squares += loss * loss;
            strips[b].most = fmax(strips[b].most, loss);
        }
}

/* The years up to the begin of a strip. */
static uint64_t years_before(uint64_t years, uint64_t strip)
{
    uint64_t whole = years / COMPOUND_STRIPS, rest = years % COMPOUND_STRIPS;
    return whole * strip + (strip < rest ? strip : rest);
}

static void run_strip(void *with, unsigned worker, uint64_t strip)
{
    const struct run *run = with;
    uint64_t at = years_before(run->c->years, strip),
             end = years_before(run->c->years, strip + 1);
    for (uint64_t block = 0; at < end; block++) {
        uint64_t n =
            end - at < COMPOUND_YEARS_TOGETHER ? end - at : COMPOUND_YEARS_TOGETHER;
        draw_years(run, block * COMPOUND_STRIPS + strip, n, run->years[worker]);
        count_years(run, n, run->years[worker], run->strips + strip * run->c->n_bearers,
                    run->bins[worker]);
        at += n;
    }
}

static void begin(struct run *run, const struct compound *c, unsigned threads)
{
    run->c = c;
    for (uint32_t s = 0; s < c->n_sources; s++)
        run->rate += c->sources[s].n ? c->sources[s].rate : 0;
    run->strips =
        mem_alloc(((size_t)COMPOUND_STRIPS * c->n_bearers + 1) * sizeof *run->strips);
    run->bins = mem_alloc(threads * sizeof *run->bins);
    run->years = mem_alloc(threads * sizeof *run->years);
    for (unsigned i = 0; i < threads; i++) {
        run->bins[i] = mem_alloc(((size_t)c->n_bearers * COMPOUND_N_BINS + 1) *
                                 sizeof **run->bins);
        run->years[i] = mem_alloc(((size_t)c->n_bearers * COMPOUND_YEARS_TOGETHER + 1) *
                                  sizeof **run->years);
    }
}

/* So that a curve of many points need not add up the bins for each. */
static void sum_beyond(struct compound_result *r)
{
    r->beyond =
        mem_alloc(((size_t)r->n_bearers * COMPOUND_N_BINS + 1) * sizeof *r->beyond);
    for (uint32_t b = 0; b < r->n_bearers; b++) {
        struct compound_years *y = &r->bearers[b];
        y->beyond = r->beyond + (size_t)b * COMPOUND_N_BINS;
        for (size_t bin = COMPOUND_N_BINS - 1; bin > 0; bin--)
            y->beyond[bin - 1] = y->beyond[bin] + y->bins[bin];
    }
}

/* Puts what strips and threads have into the result, and frees the rest. */
static void end(struct run *run, unsigned threads, uint64_t n_strips,
                struct compound_result *r)
{
    for (unsigned i = 1; i < threads; i++)
        for (size_t k = 0; k < (size_t)r->n_bearers * COMPOUND_N_BINS; k++)
            run->bins[0][k] += run->bins[i][k];
    r->bins = run->bins[0];
    for (uint32_t b = 0; b < r->n_bearers; b++) {
        struct compound_years *y = &r->bearers[b];
        y->bins = r->bins + (size_t)b * COMPOUND_N_BINS;
        for (uint64_t s = 0; s < n_strips; s++) {
            const struct strip *x = &run->strips[s * r->n_bearers + b];
            y->sum += x->sum;
            y->squares += x->squares;
            y->most = fmax(y->most, x->most);
        }
    }
    for (unsigned i = 0; i < threads; i++) {
        if (i) free(run->bins[i]);
        free(run->years[i]);
    }
    free(run->bins);
    free(run->years);
    free(run->strips);
    sum_beyond(r);
}

/* As many as are wanted, or as there is room for: each has a histogram of its own. */
static unsigned threads_of(const struct compound *c)
{
    const uint64_t room = (uint64_t)1 << 29;
    uint64_t each = ((uint64_t)c->n_bearers + 1) *
                    (COMPOUND_N_BINS + COMPOUND_YEARS_TOGETHER) * sizeof(uint64_t);
    uint64_t most = each < room ? room / each : 1;
    unsigned wanted = c->threads ? c->threads : 1;
    return wanted < most ? wanted : (unsigned)most;
}

struct compound_result compound_run(const struct compound *c)
{
    unsigned threads = threads_of(c);
    struct run run = {0};
    struct compound_result r = {.n_bearers = c->n_bearers};
    struct share work = {.threads = threads,
                         .n = COMPOUND_STRIPS,
                         .piece = run_strip,
                         .with = &run,
                         .progress = c->progress,
                         .told = c->told,
                         .stop = c->stop};
    r.bearers = mem_alloc((c->n_bearers + 1) * sizeof *r.bearers);
    begin(&run, c, threads);
    uint64_t n_strips = share_out(&work);
    r.years = years_before(c->years, n_strips);
    end(&run, threads, n_strips, &r);
    return r;
}

void compound_fini(struct compound_result *r)
{
    free(r->bearers);
    free(r->bins);
    free(r->beyond);
    *r = (struct compound_result){0};
}

/* ---- what the years say -----------------------------------------------------------
 */

double compound_quantile(const struct compound_result *r, uint32_t bearer, double p)
{
    const struct compound_years *y = &r->bearers[bearer];
    double wanted = p * (double)r->years, below = 0;
    if (r->years == 0) return (double)NAN;
    for (uint32_t bin = 0; bin < COMPOUND_N_BINS; bin++) {
        double here = (double)y->bins[bin];
        if (here > 0 && below + here >= wanted) {
            double from = bin_begin(bin), to = fmin(bin_begin(bin + 1), y->most);
            if (bin == 0) return 0;
            return from + fmax(0, to - from) * fmax(0, (wanted - below) / here);
        }
        below += here;
    }
    return y->most;
}

double compound_above(const struct compound_result *r, uint32_t bearer, double loss)
{
    const struct compound_years *y = &r->bearers[bearer];
    uint32_t at = bin_of(loss);
    double above = (double)y->beyond[at], from = bin_begin(at), to = bin_begin(at + 1);
    if (at > 0) above += (double)y->bins[at] * (to - loss) / (to - from);
    return r->years ? above / (double)r->years : 0;
}
