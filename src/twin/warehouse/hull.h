// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_WAREHOUSE_HULL_H
#define TWIN_WAREHOUSE_HULL_H
/* Rectangles on the floor: hulls of vehicles and fields of scanners. */

struct hull {
    double x_m, y_m;             // centre
    double cosine, sine;         // of its heading
    double half_long, half_wide; // m
};

/* The distance between two rectangles, 0 where they overlap. */
double hull_gap(const struct hull *a, const struct hull *b);

/* The distance of a point from a rectangle, 0 inside. */
double hull_distance(const struct hull *h, double x_m, double y_m);
#endif
