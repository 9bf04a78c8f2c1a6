// SPDX-License-Identifier: Apache-2.0
/* Blast of TNT on the ground; see blast.h. */
#include "twin/column/blast.h"

#include <math.h>
#include <stddef.h>

#define PSI_KPA 6.894757

/* exp of a polynomial in ln Z, up to a scaled distance. */
struct piece {
    double up_to, coefficients[5];
};

static const struct piece overpressure[] = {
    {2.9,   {7.2106, -2.1069, -0.3229, 0.1117, 0.0685}  },
    {23.8,  {7.5938, -3.0523, 0.40977, 0.0261, -0.01267}},
    {198.5, {6.0536, -1.4066, 0, 0, 0}                  },
};
static const struct piece impulse[] = {
    {0.96,  {5.522, 1.117, 0.6, -0.292, -0.087}         },
    {2.38,  {5.465, -0.308, -1.464, 1.362, -0.432}      },
    {33.7,  {5.2749, -0.4677, -0.2499, 0.0588, -0.00554}},
    {158.7, {5.9825, -1.062, 0, 0, 0}                   },
};

static double fitted(const struct piece *pieces, double z)
{
    if (!(z >= BLAST_NEAREST && z <= BLAST_FARTHEST)) return (double)NAN;
    while (z > pieces->up_to)
        pieces++;
    double sum = 0;
    for (size_t i = 5; i-- > 0;)
        sum = sum * log(z) + pieces->coefficients[i];
    return exp(sum);
}

double blast_scaled_m(double tnt_kg, double distance_m)
{
    return distance_m / cbrt(tnt_kg);
}

double blast_nearest_m(double tnt_kg, double distance_m)
{
    double scaled = blast_scaled_m(tnt_kg, distance_m);
    scaled = fmin(BLAST_FARTHEST, fmax(BLAST_NEAREST, scaled));
    // the other way round may leave the range by a rounding
    return scaled * cbrt(tnt_kg) * (scaled < 1 ? 1 + 1e-12 : 1 - 1e-12);
}

double blast_overpressure_kpa(double tnt_kg, double distance_m)
{
    return fitted(overpressure, blast_scaled_m(tnt_kg, distance_m));
}

double blast_impulse_kpa_ms(double tnt_kg, double distance_m)
{
    return fitted(impulse, blast_scaled_m(tnt_kg, distance_m)) * cbrt(tnt_kg);
}

static int level(double value, const double *thresholds)
{
    int n = 0;
    while (n < 3 && value >= thresholds[n])
        n++;
    return n;
}

int blast_damage(double overpressure_kpa)
{
    static const double clancey_kpa[] = {2.07, 13.8, 68.9};
    return level(overpressure_kpa, clancey_kpa);
}

int blast_injury(double overpressure_kpa)
{
    static const double remm_kpa[] = {5 * PSI_KPA, 15 * PSI_KPA, 50 * PSI_KPA};
    return level(overpressure_kpa, remm_kpa);
}
