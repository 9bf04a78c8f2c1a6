// SPDX-License-Identifier: Apache-2.0
/* Distributions; see dist.h. */
#include "base/dist.h"

#include <math.h>

#define TWO_PI 6.283185307179586

/* ---- what is valid ----------------------------------------------------------------
 */

static int rises(double a, double b, double c)
{
    return a >= 0 && a <= b && b <= c;
}

int dist_is_valid(const struct dist *d)
{
    double a = d->a, b = d->b;
    if (!isfinite(a) || !isfinite(b) || !isfinite(d->c)) return 0;
    switch ((enum dist_family)d->family) {
    case DIST_CONSTANT: return a >= 0;
    case DIST_EXPONENTIAL: return a > 0;
    case DIST_GAMMA:
    case DIST_LOGNORMAL:
    case DIST_WEIBULL:
    case DIST_PARETO: return a > 0 && b > 0;
    case DIST_UNIFORM: return rises(a, b, b);
    case DIST_TRIANGULAR:
    case DIST_PERT:
    case DIST_PERT_SPREAD: return rises(a, b, d->c);
    case DIST_POISSON: return a >= 0 && a <= DIST_MOST_EVENTS;
    case DIST_BERNOULLI: return a >= 0 && a <= 1 && b >= 0;
    case DIST_BINOMIAL: return rises(0, a, DIST_MOST_TRIALS) && b >= 0 && b <= 1;
    case DIST_NORMAL: return b > 0 && a >= -3 * b;
    case DIST_UNSET: break;
    }
    return 0;
}

/* Of a normal distribution cut off below 0. */
static double cut_normal_mean(double mean, double deviation)
{
    double z = -mean / deviation;
    double density = exp(-z * z / 2) / sqrt(TWO_PI), above = erfc(z / sqrt(2)) / 2;
    return mean + deviation * density / above;
}

double dist_mean(const struct dist *d)
{
    double a = d->a, b = d->b;
    switch ((enum dist_family)d->family) {
    case DIST_CONSTANT:
    case DIST_POISSON:
    case DIST_EXPONENTIAL: return a;
    case DIST_GAMMA:
    case DIST_BINOMIAL: return a * b;
    case DIST_LOGNORMAL: return a * exp(b * b / 2);
    case DIST_WEIBULL: return b * tgamma(1 + 1 / a);
    case DIST_UNIFORM: return (a + b) / 2;
    case DIST_TRIANGULAR: return (a + b + d->c) / 3;
    case DIST_PERT:
    case DIST_PERT_SPREAD: return (a + 4 * b + d->c) / 6;
    case DIST_BERNOULLI: return b;
    case DIST_PARETO: return b > 1 ? a * b / (b - 1) : HUGE_VAL;
    case DIST_NORMAL: return cut_normal_mean(a, b);
    case DIST_UNSET: break;
    }
    return 0;
}

/* ---- drawing ----------------------------------------------------------------------
 */

static struct random_words next(struct draws *from)
{
    return random_draw(from->seed, from->trial, from->draw++);
}

static double unit(struct draws *from)
{
    return random_unit(next(from).word[0]);
}

/* c[0] + c[1] x + ... + c[7] x^7, in pairs (Estrin), which need not wait for each
 * other.
 */
static double polynomial(const double c[8], double x)
{
    double x2 = x * x, x4 = x2 * x2;
    return ((c[0] + c[1] * x) + (c[2] + c[3] * x) * x2) +
           ((c[4] + c[5] * x) + (c[6] + c[7] * x) * x2) * x4;
}

static double ratio(const double c[8], const double d[8], double x)
{
    return polynomial(c, x) / polynomial(d, x);
}

/*
 * The quantile of the normal distribution, to 16 digits: M. J. Wichura, "Algorithm AS
 * 241: the percentage points of the normal distribution", Applied Statistics 37 (1988),
 * PPND16. Of six numbers five need no more than a ratio of polynomials, and a draw
 * takes one number.
 */
double dist_normal_quantile(double u)
{
    // clang-format off
    static const double near[2][8] = {
        {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
         1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
         3.3430575583588128105e4, 2.5090809287301226727e3},
        {1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
         2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
         5.2264952788528545610e3}};
    static const double far[2][8] = {
        {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
         3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
         2.27238449892691845833e-2, 7.74545014278341407640e-4},
        {1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
         1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
         1.05075007164441684324e-9}};
    static const double farther[2][8] = {
        {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
         2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
         2.71155556874348757815e-5, 2.01033439929228813265e-7},
        {1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
         7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
         2.04426310338993978564e-15}};
    // clang-format on
    double q = u - 0.5;
    if (fabs(q) <= 0.425) return q * ratio(near[0], near[1], 0.180625 - q * q);
    double r = sqrt(-log(q < 0 ? u : 1 - u));
    double z =
        r <= 5 ? ratio(far[0], far[1], r - 1.6) : ratio(farther[0], farther[1], r - 5);
    return q < 0 ? -z : z;
}

static double normal(struct draws *from)
{
    return dist_normal_quantile(unit(from));
}

/* Marsaglia and Tsang, "A simple method for generating gamma variables" (2000). */
static double gamma_from(double shape, struct draws *from)
{
    double boost = shape < 1 ? pow(unit(from), 1 / shape) : 1;
    double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3, c = 1 / sqrt(9 * d);
    for (;;) {
        double x = normal(from), v = 1 + c * x;
        if (v <= 0) continue;
        v = v * v * v;
        if (log(unit(from)) < x * x / 2 + d - d * v + d * log(v)) return d * v * boost;
    }
}

/* A beta variable between min and max as the share of one gamma variable in two. */
static double beta_between(const struct dist *d, double left, double right,
                           struct draws *from)
{
    double x = gamma_from(left, from), y = gamma_from(right, from);
    return d->a + (d->c - d->a) * x / (x + y);
}

static double pert(const struct dist *d, struct draws *from)
{
    double range = d->c - d->a;
    if (range <= 0) return d->a;
    return beta_between(d, 1 + 4 * (d->b - d->a) / range, 1 + 4 * (d->c - d->b) / range,
                        from);
}

/* The shapes that give the beta the mean m and the deviation 1/6 of its range. */
static double pert_spread(const struct dist *d, struct draws *from)
{
    double range = d->c - d->a;
    if (range <= 0) return d->a;
    double m = (dist_mean(d) - d->a) / range, both = 36 * m * (1 - m) - 1;
    return beta_between(d, m * both, (1 - m) * both, from);
}

/* Counts how many uniform variables have a product of exp(-mean) or more. */
static double few_events(double mean, struct draws *from)
{
    double least = exp(-mean), product = unit(from), n = 0;
    while (product > least) {
        product *= unit(from);
        n++;
    }
    return n;
}

/* The logarithm of k!, by Stirling's series from 10 on (lgamma is not for threads). */
static double log_factorial(double k)
{
    double product = 1, x = k + 1;
    if (k >= 10)
        return (x - 0.5) * log(x) - x + 0.5 * log(TWO_PI) +
               (1 - (1 - 2 / (7 * x * x)) / (30 * x * x)) / (12 * x);
    for (int i = 2; i <= (int)k; i++)
        product *= i;
    return log(product);
}

/* W. Hormann, "The transformed rejection method for generating Poisson random
 * variables", Insurance: Mathematics and Economics 12 (1993), algorithm PTRS. */
static double many_events(double mean, struct draws *from)
{
    double log_mean = log(mean), b = 0.931 + 2.53 * sqrt(mean);
    double a = -0.059 + 0.02483 * b, inverse = 1.1239 + 1.1328 / (b - 3.4);
    double quick = 0.9277 - 3.6224 / (b - 2);
    for (;;) {
        struct random_words w = next(from);
        double u = random_unit(w.word[0]) - 0.5, v = random_unit(w.word[1]);
        double us = 0.5 - fabs(u), k = floor((2 * a / us + b) * u + mean + 0.43);
        if (us >= 0.07 && v <= quick) return k;
        if (k < 0 || (us < 0.013 && v > us)) continue;
        if (log(v * inverse / (a / (us * us) + b)) <=
            k * log_mean - mean - log_factorial(k))
            return k;
    }
}

static double poisson(double mean, struct draws *from)
{
    enum { FEW = 12 };
    return mean < FEW ? few_events(mean, from) : many_events(mean, from);
}

static double triangular_quantile(const struct dist *d, double u)
{
    double range = d->c - d->a;
    if (range <= 0) return d->a;
    double left = (d->b - d->a) / range;
    if (u < left) return d->a + range * sqrt(u * left);
    return d->c - range * sqrt((1 - u) * (1 - left));
}

static double binomial(const struct dist *d, struct draws *from)
{
    double n = 0;
    for (int i = 0; i < (int)d->a; i++)
        n += unit(from) < d->b;
    return n;
}

static double cut_normal(const struct dist *d, struct draws *from)
{
    double x;
    do {
        x = d->a + d->b * normal(from);
    } while (x < 0);
    return x;
}

double dist_eased(double p, double ease)
{
    return ease > 0 ? pow(p, 1 - ease) : p;
}

double dist_draw(const struct dist *d, struct draws *from)
{
    double a = d->a, b = d->b;
    switch ((enum dist_family)d->family) {
    case DIST_CONSTANT: return a;
    case DIST_EXPONENTIAL: return -a * log(unit(from));
    case DIST_GAMMA: return b * gamma_from(a, from);
    case DIST_LOGNORMAL: return a * exp(b * normal(from));
    case DIST_WEIBULL: return b * pow(-log(unit(from)), 1 / a);
    case DIST_UNIFORM: return a + (b - a) * unit(from);
    case DIST_TRIANGULAR: return triangular_quantile(d, unit(from));
    case DIST_PERT: return pert(d, from);
    case DIST_PERT_SPREAD: return pert_spread(d, from);
    case DIST_POISSON: return poisson(a, from);
    case DIST_BERNOULLI: return unit(from) < dist_eased(a, from->ease) ? b : HUGE_VAL;
    case DIST_BINOMIAL: return binomial(d, from);
    case DIST_PARETO: return a * pow(unit(from), -1 / b);
    case DIST_NORMAL: return cut_normal(d, from);
    case DIST_UNSET: break;
    }
    return 0;
}

/* ---- by luck ----------------------------------------------------------------------
 */

int dist_is_monotone(const struct dist *d)
{
    return d->family != DIST_GAMMA && d->family != DIST_PERT &&
           d->family != DIST_PERT_SPREAD && d->family != DIST_POISSON &&
           d->family != DIST_BINOMIAL && d->family != DIST_NORMAL;
}

double dist_by_luck(const struct dist *d, double luck, const struct draws *from)
{
    double a = d->a, b = d->b;
    struct draws own = *from;
    switch ((enum dist_family)d->family) {
    case DIST_CONSTANT: return a;
    case DIST_EXPONENTIAL: return -a * log1p(-luck);
    case DIST_LOGNORMAL: return a * exp(b * dist_normal_quantile(luck));
    case DIST_WEIBULL: return b * pow(-log1p(-luck), 1 / a);
    case DIST_UNIFORM: return a + (b - a) * luck;
    case DIST_TRIANGULAR: return triangular_quantile(d, luck);
    case DIST_BERNOULLI: return luck < dist_eased(a, from->ease) ? b : HUGE_VAL;
    case DIST_PARETO: return a * pow(1 - luck, -1 / b);
    default: break;
    }
    own.seed ^= (uint64_t)(luck * 0x1p52) * 0x9E3779B97F4A7C15u;
    return dist_draw(d, &own);
}

/* ---- quantities -------------------------------------------------------------------
 */

int quantity_is_valid(const struct quantity_step *steps, size_t n)
{
    int depth = 0;
    for (size_t i = 0; i < n; i++) {
        if (steps[i].op > QUANTITY_POW) return 0;
        if (steps[i].op == QUANTITY_PUT && !dist_is_valid(&steps[i].dist)) return 0;
        depth += steps[i].op == QUANTITY_PUT ? 1 : -1;
        if (depth < 1 || depth > QUANTITY_DEPTH) return 0;
    }
    return depth == 1;
}

static double combine(enum quantity_op op, double x, double y)
{
    if (isinf(x) || isinf(y)) return HUGE_VAL;
    switch (op) {
    case QUANTITY_ADD: return x + y;
    case QUANTITY_SUB: return x - y;
    case QUANTITY_MUL: return x * y;
    case QUANTITY_DIV: return y > 0 ? x / y : HUGE_VAL;
    case QUANTITY_POW: return x > 0 ? pow(x, y) : y > 0 ? 0 : 1;
    case QUANTITY_PUT: break;
    }
    return x;
}

double quantity_draw(const struct quantity_step *steps, size_t n, struct draws *from)
{
    double stack[QUANTITY_DEPTH + 1] = {0};
    size_t depth = 0;
    for (size_t i = 0; i < n; i++) {
        if (steps[i].op == QUANTITY_PUT) {
            stack[depth++] = from->luck
                                 ? dist_by_luck(&steps[i].dist, from->luck[i], from)
                                 : dist_draw(&steps[i].dist, from);
            continue;
        }
        depth--;
        stack[depth - 1] =
            combine((enum quantity_op)steps[i].op, stack[depth - 1], stack[depth]);
    }
    return stack[0] > 0 ? stack[0] : 0;
}

void dist_share_interval(uint64_t k, uint64_t n, double interval[2])
{
    const double z = 1.959963984540054, count = (double)n;
    interval[0] = 0;
    interval[1] = 1;
    if (n == 0) return;
    double p = (double)k / count, spread = 1 + z * z / count;
    double middle = (p + z * z / (2 * count)) / spread;
    double half = z / spread * sqrt(p * (1 - p) / count + z * z / (4 * count * count));
    if (k > 0) interval[0] = middle - half;
    if (k < n) interval[1] = middle + half;
}
