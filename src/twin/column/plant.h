// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_COLUMN_PLANT_H
#define TWIN_COLUMN_PLANT_H
/*
 * The plant without any controller: Column A's stages under a vapour space that has a
 * pressure, a reboiler on steam, a condenser on cooling water, a relief valve, and,
 * where wanted, a heel in the reboiler that may run away. Plain doubles; kmol, minutes,
 * kW, kPa absolute, kelvin. The light component has the properties of n-hexane.
 *
 * Liquid on the stages is at its boiling point, so a rise of pressure first heats it:
 * vapour condenses on the stages; a fall lets it flash. The equations are in readme.md.
 */
#include "twin/column/trays.h"

#define PLANT_GAS     8.314462618 // kJ/kmol K
#define PLANT_MASS    86.177      // kg/kmol
#define PLANT_LATENT  28850.0     // kJ/kmol at the boiling point
#define PLANT_BOILS_K 341.88      // at PLANT_ATM_KPA
#define PLANT_LIQUID  195.6       // kJ/kmol K
#define PLANT_ATM_KPA 101.325
#define PLANT_GAMMA   1.06
#define PLANT_BURNING 44752.0 // kJ/kg of combustion
#define PLANT_KELVIN  273.15

/* Places of the state; sums are since the start, each with its light component. */
enum {
    PLANT_AMOUNT = 0,
    PLANT_LIGHT = TRAYS,
    PLANT_VAPOUR = 2 * TRAYS,
    PLANT_VAPOUR_LIGHT,
    PLANT_FED,
    PLANT_FED_LIGHT,
    PLANT_TOP,
    PLANT_TOP_LIGHT,
    PLANT_BOTTOM,
    PLANT_BOTTOM_LIGHT,
    PLANT_RELIEVED,
    PLANT_RELIEVED_LIGHT,
    PLANT_HEEL, // share of the reactive heel that is left
    PLANT_STATES
};

struct plant_design {
    double vapour_m3;
    double steam_c, reboiler_kw_k; // of steam, and UA with the valve open
    double coolant_c, coolant_kg_s, condenser_kw_k;
    double relief_mm2;
    double heel_mj, heel_onset_c; // all of its heat; where it reacts by 1% a minute
};

/* What is held over a step; openings from 0 to 1. */
struct plant_moves {
    double reflux, distillate, bottoms, feed, feed_x, feed_q;
    double steam, coolant, relief;
};

/* What there is at a state. */
struct plant_view {
    double pressure_kpa, vapour_k, top_k, bottom_k;
    double heat_kw, cooling_kw, heel_kw;
    double boilup, condensed, relieved, relief_kg_h; // kmol/min, and kg/h
};

/* Boiling point of the light component, by Clausius and Clapeyron. */
double plant_boils_k(double pressure_kpa);
/* That of a liquid with x of it. */
double plant_bubble_k(double pressure_kpa, double x);
/* Temperature and pressure of saturated vapour, kmol in m3. */
double plant_vapour_k(double vapour_kmol, double vapour_m3);

/* kW that a condenser takes from vapour at a temperature. */
double plant_cooling_kw(const struct plant_design *d, double opening, double vapour_k);

/* The steam valve for a boil-up, and the cooling valve for a condensation (kmol/min).
 */
double plant_steam_for(const struct plant_design *d, double boilup, double bottom_k);
double plant_coolant_for(const struct plant_design *d, double condensed, double top_k);

/* Steady compositions of Column A at a pressure; sums at zero. */
void column_plant_start(double *state, const struct plant_design *d,
                        double pressure_kpa);

/* Rates of all states, a minute. */
void plant_rates(const double *state, const struct plant_design *d,
                 const struct plant_moves *m, double *rate);

struct plant_view plant_look(const double *state, const struct plant_design *d,
                             const struct plant_moves *m);
#endif
