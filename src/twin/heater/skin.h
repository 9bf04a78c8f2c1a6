// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_HEATER_SKIN_H
#define TWIN_HEATER_SKIN_H
/*
 * Skin in hot water: conduction through three layers, and the damage that its
 * temperature does. Plain data, without pointers.
 *
 * Layers (thickness, conductivity, density, specific heat): epidermis 80 um, 0.23
 * W/mK, 1200 kg/m3, 3600 J/kgK; dermis 2 mm, 0.45, 1200, 3300; subcutis 10 mm, 0.19,
 * 1000, 2500; blood at 37 C flows through the lower two at 1.25e-3 1/s (1060 kg/m3,
 * 3770 J/kgK). The surface has the temperature of the water, as if stirred without
 * limit: a film of 1000 W/m2K would make it several times slower.
 *
 * Damage by F. C. Henriques (1947): Omega = integral of 3.1e98 exp(-75000 / T) dt, T in
 * kelvin. First degree: 0.53 at the basal layer (between epidermis and dermis); second:
 * 1 there; third: 1 between dermis and subcutis, as D. A. Torvi and J. D. Dale (1994)
 * have it.
 */
enum { SKIN_EPIDERMIS = 8, SKIN_DERMIS = 24, SKIN_SUBCUTIS = 20 };
enum { SKIN_CELLS = SKIN_EPIDERMIS + SKIN_DERMIS + SKIN_SUBCUTIS };

struct skin {
    double temperature_c[SKIN_CELLS]; // from the surface down
    double basal_c, base_c;           // at the two depths that count
    double basal_damage, base_damage; // Omega
    // of the cells: heat stored a kelvin, brought by blood (J/m2K, W/m2K), and let
    // through above each and below the last (W/m2K)
    double stored[SKIN_CELLS], blood[SKIN_CELLS], through[SKIN_CELLS + 1];
};

/* At rest: 34 C at the surface, 37 C at depth. */
void skin_rest(struct skin *s);

/* Conduction and damage over h seconds under a surface at surface_c, implicit in time:
 * stable for any h; 0.01 s is exact to a thousandth in the time to a degree of burn. */
void skin_step(struct skin *s, double surface_c, double h);

/* 0 to 3. */
int skin_degree(const struct skin *s);
#endif
