// SPDX-License-Identifier: Apache-2.0
#ifndef RISK_RISK_INT_H
#define RISK_RISK_INT_H
/* Shared by the parts of risk.h. */
#include "risk/risk.h"

/* Years of compound Poisson losses, from the worlds under the measures in play. */
void risk_add_years(struct risk *r, const struct worlds *worlds,
                    void (*progress)(void *told, uint64_t done), void *told);

/* Where the ways of the worlds are. */
struct ways *risk_ways(struct risk *r);

/* Attack steps by what passes through them, and what impossible ones would gain. */
void risk_add_steps(struct risk *r, const struct worlds *worlds);

/* Layers of protection; `none`: counts without measures. */
void risk_add_protection(struct risk *r, const struct counts *none);

/* How many values a draw keeps, at least 1. */
uint64_t risk_values_of_draw(const struct risk *r);

/* Outer draws: spreads and drivers. */
void risk_add_spreads(struct risk *r, void (*progress)(void *told, uint64_t done),
                      void *told);

/* Safety functions that act against an incident. */
int risk_acts(const struct safety_function *f, uint32_t incident);

/*
 * What all incidents amount to for each bearer under some campaigns a year:
 * values[bearer * N_VALUES + value]. layers: [incident * N_CELLS + cell], NULL: as the
 * incidents' own. of_incident: NULL, or where the losses by incident go, [bearer
 * * n_incidents + incident].
 */
void risk_total(const struct risk *r, const struct counts *c, const double *campaigns,
                const double *layers, double *values, double *of_incident);

/* How often a year an ending is at each level of each axis; layers as in risk_total. */
void risk_levels(const struct risk *r, const struct counts *c, const struct ending *of,
                 const double *campaigns, const double *layers, double *levels);

/* The chances layers[N_CELLS] of an incident's layers, each failing by pfd[function]
 * (NAN: not credited). */
void risk_layers(const struct risk *r, uint32_t incident, const double *pfd,
                 double *layers);

/* The chance that they leave harm at a level of axis 1 or worse. */
double layers_pass(const double *layers, uint8_t recovery);

/* The cell at most left when a safety function works. */
uint32_t function_leaves(const struct safety_function *f);

/* Sums of cells: with some harm; at least at a level of axis 1. */
double cells_harmed(const double *values);
double cells_from(const double *values, uint8_t recovery);
#endif
