// SPDX-License-Identifier: Apache-2.0
#ifndef RISK_SPREAD_H
#define RISK_SPREAD_H
/* Samples of a result under uncertain inputs: how wide they are, what drives them. */
#include <stddef.h>

/* The value that a share p of n sorted values does not exceed, between two of them. */
double sorted_quantile(const double *sorted, size_t n, double p);

/* Sorts a copy of n values; spread: its 5% and 95% quantiles. */
void spread_of(const double *values, size_t n, double spread[2]);

/* Spearman's rank correlation of n pairs, ties by their mean rank; NaN where one of
 * both does not vary. */
double rank_correlation(const double *x, const double *y, size_t n);
/* The mean of y where x is in its lowest quarter, and where it is in its highest. Ties
 * go by their order. */
void quarter_means(const double *x, const double *y, size_t n, double means[2]);
#endif
