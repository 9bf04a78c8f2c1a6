// SPDX-License-Identifier: Apache-2.0
#ifndef BASE_DIST_H
#define BASE_DIST_H
/*
 * Distributions and quantities made of them, to be drawn from random.h. A quantity is a
 * small program on a stack: distributions and numbers put a value on it, operations
 * take two and put one. Its parameters are checked when it is made, so drawing cannot
 * fail.
 *
 * Times to compromise have one more value: infinity, "never". A Bernoulli trial is 0
 * when it succeeds and never when it fails; as a factor of a product it is 1 or never.
 * Never stays never, whatever is done to it.
 */
#include "base/random.h"

enum dist_family {
    DIST_UNSET,
    DIST_CONSTANT,    // a: value
    DIST_EXPONENTIAL, // a: mean
    DIST_GAMMA,       // a: shape, b: scale; mean a b
    DIST_LOGNORMAL,   // a: median, b: sigma of the logarithm
    DIST_WEIBULL,     // a: shape, b: scale; P(X > x) = exp(-(x/b)^a)
    DIST_UNIFORM,     // a: min, b: max
    DIST_TRIANGULAR,  // a: min, b: mode, c: max
    DIST_PERT,        // a: min, b: mode, c: max; beta with shapes 1 + 4 (b-a)/(c-a) and
                      // 1 + 4 (c-b)/(c-a)
    DIST_PERT_SPREAD, // a: min, b: mode, c: max; the older rule: beta with mean
                      // (a + 4 b + c)/6 and standard deviation (c - a)/6
    DIST_POISSON,     // a: mean, at most DIST_MOST_EVENTS
    DIST_BERNOULLI,   // a: probability of success, b: value then; else never
    DIST_BINOMIAL,    // a: trials, at most DIST_MOST_TRIALS, b: probability of each
    DIST_PARETO,      // a: min, b: shape; P(X > x) = (a/x)^b
    DIST_NORMAL,      // a: mean, b: standard deviation; drawn again while below 0
};
enum { DIST_MOST_TRIALS = 1000 };
#define DIST_MOST_EVENTS 1e12

struct dist {
    uint8_t family; // enum dist_family
    double a, b, c;
};

/* 1 if the parameters are finite and make sense for the family, nothing is below 0 but
 * the mean of a normal distribution, which may be at most 3 deviations below. */
int dist_is_valid(const struct dist *d);

/* The mean; of a Bernoulli trial the value on success. Infinite where there is none. */
double dist_mean(const struct dist *d);

/*
 * Where the next random words come from: draw counts up. `ease`, 0 to 1, lets Bernoulli
 * trials succeed with p^(1 - ease) instead of p, for the same words: never less often.
 */
struct draws {
    uint64_t seed, trial, draw;
    double ease;
    const double *luck; // NULL, or a number in (0, 1) for each step of a quantity: that
                        // is drawn by it instead (dist_by_luck)
};

/* p^(1 - ease). */
double dist_eased(double p, double ease);

/*
 * The value that a number in (0, 1) stands for. Where dist_is_monotone, it is the
 * quantile of that number, so that more never gives less; else any value, drawn by the
 * number.
 */
int dist_is_monotone(const struct dist *d);
double dist_by_luck(const struct dist *d, double luck, const struct draws *from);

/* The value that a standard normal variable is below with probability u, in (0, 1). */
double dist_normal_quantile(double u);

/* A value of a valid distribution: 0 or more, or INFINITY for never. */
double dist_draw(const struct dist *d, struct draws *from);

/* Wilson's interval with 95% confidence for k of n. */
void dist_share_interval(uint64_t k, uint64_t n, double interval[2]);

enum quantity_op {
    QUANTITY_PUT,
    QUANTITY_ADD,
    QUANTITY_SUB,
    QUANTITY_MUL,
    QUANTITY_DIV,
    QUANTITY_POW
};
enum { QUANTITY_DEPTH = 16 }; // values on the stack at most

struct quantity_step {
    uint8_t op;       // enum quantity_op
    struct dist dist; // of QUANTITY_PUT
};

/* 1 if n steps leave one value and never take more than there are. */
int quantity_is_valid(const struct quantity_step *steps, size_t n);

/* A value of a valid quantity, never below 0: less is 0. */
double quantity_draw(const struct quantity_step *steps, size_t n, struct draws *from);
#endif
