// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_MONITOR_THERMOCOUPLE_H
#define TWIN_MONITOR_THERMOCOUPLE_H
/*
 * A thermocouple of type K: the reference function of ITS-90 (NIST Monograph 175, IEC
 * 60584-1), with its exponential term above 0 degC, and its inverse. Pure functions.
 */
#define TYPE_K_LEAST_C (-270.0)
#define TYPE_K_MOST_C  1372.0

/* Reference junction at 0 degC. Beyond the ends of the table: their values. */
double type_k_emf_mv(double temperature_c);

/* Its inverse by Newton's method, to 1e-9 mV above -250 degC; between the ends. */
double type_k_temperature_c(double emf_mv);
#endif
