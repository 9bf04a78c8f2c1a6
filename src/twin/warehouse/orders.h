// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_WAREHOUSE_ORDERS_H
#define TWIN_WAREHOUSE_ORDERS_H
/*
 * The orders of a day and of those after it, as a function of a seed and of the number
 * of the order: nothing is drawn, so nothing depends on what happened before.
 */

struct order {
    double release_s; // when it comes in
    double pick_s;    // time its picking takes
    int rack;         // number of the rack it is in
};

/* Order n of a demand of `per_day`, which follows the hours of a day from 0:00. Orders
 * come in the order of their numbers. */
struct order order_at(double seed, double per_day, long n, double mean_pick_s);

/* When it comes in; the same, cheaper. */
double order_release_s(double seed, double per_day, long n);

/* Some order that comes in before the hour, and not many before it does. */
long order_first(double per_day, double hour);
#endif
