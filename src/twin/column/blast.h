// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_COLUMN_BLAST_H
#define TWIN_COLUMN_BLAST_H
/*
 * Blast of TNT on the ground: peak incident overpressure and positive impulse by M. M.
 * Swisdak, Simplified Kingery Airblast Calculations (1994), polynomials in the
 * logarithm of the scaled distance Z = distance / cube root of mass, fitted to Kingery
 * and Bulmash (1984); hemispherical surface burst, Z from 0.2 to 158.7 m/kg^(1/3).
 */
#define BLAST_NEAREST  0.2
#define BLAST_FARTHEST 158.7

double blast_scaled_m(double tnt_kg, double distance_m);

/* The distance, or where it lies outside of the fit, the nearest within. */
double blast_nearest_m(double tnt_kg, double distance_m);

/* NAN out of range. */
double blast_overpressure_kpa(double tnt_kg, double distance_m);
double blast_impulse_kpa_ms(double tnt_kg, double distance_m);

/* What a structure comes to, after Clancey (1972): 0 beyond the safe distance, 1 from
 * 2.07 kPa, 2 from 13.8 (walls and roofs partly collapse), 3 from 68.9 (total). */
int blast_damage(double overpressure_kpa);

/* What people come to by pressure alone (HHS REMM): 0 none, 1 eardrums from 5 psi, 2
 * lungs from 15, 3 half of them die from 50. Collapse and glass come on top. */
int blast_injury(double overpressure_kpa);
#endif
