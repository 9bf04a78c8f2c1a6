// SPDX-License-Identifier: Apache-2.0
/* Orders; see orders.h. Order n of a day comes in where the share (n + u) / per_day of
 * the day's demand has passed, u of (0, 1): sorted, and never two for one. */
#include "twin/warehouse/orders.h"

#include <math.h>

#include "base/random.h"
#include "twin/warehouse/site.h"

enum { HOURS = 24 };
#define HOUR_S 3600.0
#define DAY_S  86400.0

/* Weight of each hour. Judgement: a warehouse of two shifts, with a peak before noon
 * and one in the afternoon, and what is ordered in the night. */
static const double weights[HOURS] = {
    2, 1, 1, 1, 1, 2, 4, 6, 8, 10, 10, 9, 6, 8, 9, 9, 8, 7, 6, 5, 4, 4, 3, 2,
};
enum { WEIGHT = 126 }; // their sum

/* Seconds of the day at which a share of its demand has passed. */
static double moment_s(double share)
{
    double left = share * WEIGHT;
    int hour = 0;
    while (hour < HOURS - 1 && left > weights[hour])
        left -= weights[hour++];
    return (hour + fmin(left / weights[hour], 1)) * HOUR_S;
}

static double release_s(double per_day, long n, double u)
{
    long whole = (long)per_day, day = n / whole;
    double share = ((double)(n % whole) + u) / (double)whole;
    return (double)day * DAY_S + moment_s(share);
}

long order_first(double per_day, double hour)
{
    double passed = 0;
    for (int i = 0; i < HOURS && i < hour; i++)
        passed += weights[i] * fmin(1, hour - i);
    long n = (long)(passed / WEIGHT * floor(per_day)) - 1;
    return n < 0 ? 0 : n;
}

static struct random_words words_of(double seed, long n)
{
    return random_draw((uint64_t)seed, (uint64_t)n, 0);
}

double order_release_s(double seed, double per_day, long n)
{
    return release_s(per_day, n, random_unit(words_of(seed, n).word[0]));
}

struct order order_at(double seed, double per_day, long n, double mean_pick_s)
{
    struct random_words w = words_of(seed, n),
                        more = random_draw((uint64_t)seed, (uint64_t)n, 1);
    return (struct order){
        .release_s = release_s(per_day, n, random_unit(w.word[0])),
        .pick_s = mean_pick_s * (0.5 + random_unit(w.word[1])),
        .rack = (int)(random_unit(more.word[0]) * SITE_RACKS),
    };
}
