// SPDX-License-Identifier: Apache-2.0
/* Spread and drivers; see spread.h. */
#include "risk/spread.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double sorted_quantile(const double *sorted, size_t n, double p)
{
    double at = p * (double)(n - 1);
    size_t i = (size_t)at;
    if (i + 1 >= n) return sorted[n - 1];
    return sorted[i] + (at - (double)i) * (sorted[i + 1] - sorted[i]);
}

void spread_of(const double *values, size_t n, double spread[2])
{
    double *sorted = mem_alloc(n * sizeof *sorted);
    memcpy(sorted, values, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, compare);
    spread[0] = sorted_quantile(sorted, n, 0.05);
    spread[1] = sorted_quantile(sorted, n, 0.95);
    free(sorted);
}

struct ranked {
    double value;
    size_t index;
};

static int compare_ranked(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    int order = compare(&x->value, &y->value);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

static struct ranked *sort(const double *values, size_t n)
{
    struct ranked *r = mem_alloc((n + 1) * sizeof *r);
    for (size_t i = 0; i < n; i++)
        r[i] = (struct ranked){values[i], i};
    qsort(r, n, sizeof *r, compare_ranked);
    return r;
}

void quarter_means(const double *x, const double *y, size_t n, double means[2])
{
    struct ranked *r = sort(x, n);
    size_t part = n < 4 ? 1 : n / 4;
    means[0] = means[1] = 0;
    for (size_t i = 0; i < part; i++) {
        means[0] += y[r[i].index] / (double)part;
        means[1] += y[r[n - 1 - i].index] / (double)part;
    }
    free(r);
}

/* Ranks from 0, of equal values the mean of theirs. */
static double *ranks_of(const double *values, size_t n)
{
    struct ranked *r = sort(values, n);
    double *ranks = mem_alloc((n + 1) * sizeof *ranks);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && !(r[end].value > r[i].value);)
            end++;
        for (size_t k = i; k < end; k++)
            ranks[r[k].index] = (double)(i + end - 1) / 2;
    }
    free(r);
    return ranks;
}

double rank_correlation(const double *x, const double *y, size_t n)
{
    double *a = ranks_of(x, n), *b = ranks_of(y, n);
    double mean = (double)(n - 1) / 2, xx = 0, yy = 0, xy = 0;
    for (size_t i = 0; i < n; i++) {
        xx += (a[i] - mean) * (a[i] - mean);
        yy += (b[i] - mean) * (b[i] - mean);
        xy += (a[i] - mean) * (b[i] - mean);
    }
    free(a);
    free(b);
    return xx > 0 && yy > 0 ? xy / sqrt(xx * yy) : (double)NAN;
}
