// SPDX-License-Identifier: Apache-2.0
#ifndef RISK_COMPOUND_H
#define RISK_COMPOUND_H
/*
 * Yearly losses by compound Poisson Monte Carlo. Events come from sources, each at a
 * rate of its own; an event is one of its source's cases, all equally likely; a case is
 * the set of incidents (parts) that come about together. Each of its layers that works
 * turns a part into a lesser one, or nothing. What is left ends for each of its bearers
 * in one of several ways, and that costs an amount drawn for this event alone. A year's
 * loss is the sum of its events' amounts.
 *
 * Events of YEARS_TOGETHER years are drawn at once: how many is a Poisson variable, and
 * given that, each falls into any of the years alike. So the work is per event, not per
 * year and source. A layer is drawn once an event: parts that share it move together.
 *
 * Memory does not depend on the years: they are counted in a histogram. Same seed, same
 * bytes for any number of threads: counts are whole numbers, and sums are kept for each
 * of COMPOUND_STRIPS parts of the years and added in their order.
 */
#include "base/dist.h"
#include "base/share.h"

enum { COMPOUND_STRIPS = 256, COMPOUND_YEARS_TOGETHER = 1024 };
/* Each doubling of the amount has so many bins of equal width. */
enum {
    COMPOUND_BINS = 128,
    COMPOUND_LEAST_EXPONENT = -16,
    COMPOUND_MOST_EXPONENT = 112
};
enum {
    COMPOUND_N_BINS =
        (COMPOUND_MOST_EXPONENT - COMPOUND_LEAST_EXPONENT) * COMPOUND_BINS + 2
};

struct compound_end {
    double below; // sum of the shares up to this one; of the last: 1
    struct dist loss;
};

struct compound_harm {
    uint64_t key; // random_key of its name: its draws have numbers of their own
    uint32_t bearer, end, n_ends; // ends[end ...]
};

struct compound_part {
    uint32_t harm, n_harms;   // harms[harm ...]
    uint32_t layer, n_layers; // layers[layer ...]
};

/* A layer of protection of a part. */
struct compound_layer {
    uint32_t function; // number into pfd
    uint32_t leaves;   // the part that is left when it works, with the same layers in
                       // the same order; COMPOUND_NOTHING: none
};
#define COMPOUND_NOTHING UINT32_MAX

struct compound_case {
    uint32_t part, n_parts; // case_parts[part ...]: numbers into parts
};

struct compound_source {
    double rate;       // events a year
    uint32_t first, n; // cases[first ...]
};

/* Arrays are borrowed. */
struct compound {
    const struct compound_source *sources;
    const struct compound_case *cases;
    const uint32_t *case_parts;
    const struct compound_part *parts;
    const struct compound_harm *harms;
    const struct compound_end *ends;
    const struct compound_layer *layers;
    const double *pfd;
    const uint64_t *layer_keys; // likewise
    uint32_t n_sources, n_bearers;
    uint64_t seed, years;
    unsigned threads;
    const volatile sig_atomic_t *stop;
    void (*progress)(void *told, uint64_t done); // strips
    void *told;
};

/* What the years of one bearer amount to. */
struct compound_years {
    double sum, squares, most; // of the yearly losses
    uint64_t *bins;            // years by their loss
    uint64_t *beyond;          // of each bin: years in those behind it
};

/* For compound_fini. */
struct compound_result {
    uint64_t years; // that were run: all, but when it was stopped
    uint32_t n_bearers;
    struct compound_years *bearers;
    uint64_t *bins, *beyond; // of all of them
};

struct compound_result compound_run(const struct compound *c);
void compound_fini(struct compound_result *r);

/* The loss that a share p of the years does not exceed; exact to one part in
 * COMPOUND_BINS; NAN: no years were run. */
double compound_quantile(const struct compound_result *r, uint32_t bearer, double p);

/* The share of the years whose loss is above an amount, likewise. */
double compound_above(const struct compound_result *r, uint32_t bearer, double loss);
#endif
