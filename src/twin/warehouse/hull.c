// SPDX-License-Identifier: Apache-2.0
/* Rectangles on the floor; see hull.h. Two convex figures that do not overlap are
 * nearest at a corner of one of them; whether they overlap, the axis theorem tells. */
#include "twin/warehouse/hull.h"

#include <math.h>

double hull_distance(const struct hull *h, double x_m, double y_m)
{
    double dx = x_m - h->x_m, dy = y_m - h->y_m;
    double along = fabs(dx * h->cosine + dy * h->sine) - h->half_long,
           across = fabs(dy * h->cosine - dx * h->sine) - h->half_wide;
    if (along < 0) along = 0;
    if (across < 0) across = 0;
    return sqrt(along * along + across * across);
}

/* The nearest of the corners of b to a. */
static double corners_gap(const struct hull *a, const struct hull *b)
{
    static const double sides[4][2] = {
        {1,  1 },
        {1,  -1},
        {-1, 1 },
        {-1, -1}
    };
    double least = HUGE_VAL;
    for (int i = 0; i < 4; i++) {
        double along = sides[i][0] * b->half_long, across = sides[i][1] * b->half_wide;
        double d = hull_distance(a, b->x_m + along * b->cosine - across * b->sine,
                                 b->y_m + along * b->sine + across * b->cosine);
        if (d < least) least = d;
    }
    return least;
}

/* Whether an axis of a keeps the two apart. */
static int is_apart(const struct hull *a, const struct hull *b)
{
    double dx = b->x_m - a->x_m, dy = b->y_m - a->y_m;
    double c = fabs(a->cosine * b->cosine + a->sine * b->sine),
           s = fabs(a->cosine * b->sine - a->sine * b->cosine);
    double along = fabs(dx * a->cosine + dy * a->sine),
           across = fabs(dy * a->cosine - dx * a->sine);
    return along > a->half_long + b->half_long * c + b->half_wide * s ||
           across > a->half_wide + b->half_long * s + b->half_wide * c;
}

double hull_gap(const struct hull *a, const struct hull *b)
{
    if (!is_apart(a, b) && !is_apart(b, a)) return 0;
    return fmin(corners_gap(a, b), corners_gap(b, a));
}
