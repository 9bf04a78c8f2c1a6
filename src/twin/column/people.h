// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_COLUMN_PEOPLE_H
#define TWIN_COLUMN_PEOPLE_H
/*
 * Who is hurt by a blast: people one by one, each at a distance of his own, indoors or
 * not. Pressure alone counts outdoors, walls and glass indoors; fragments and fire are
 * left out. Which share of those at a pressure is hurt, and how badly, is a judgement
 * about the published thresholds (readme.md).
 */
#include "twin/scenario.h"

struct people {
    const char *name; // what their luck is named after
    double n;         // at most PEOPLE_MOST
    double nearest_m, farthest_m;
    double indoors; // share of them
};
enum { PEOPLE_MOST = 1000 };

/* Each counted once, by the worst that he suffers. */
struct casualties {
    int slight, grave, dead;
};

struct casualties people_hurt(const struct stage *s, const struct people *p,
                              double tnt_kg);

/* Overpressure of a blast, kPa, at a distance; 0 without any blast. */
double people_blast_kpa(double tnt_kg, double distance_m);
#endif
