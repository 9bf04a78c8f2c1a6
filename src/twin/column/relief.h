// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_COLUMN_RELIEF_H
#define TWIN_COLUMN_RELIEF_H
/*
 * Relief valves in critical flow of gas or vapour, as API 520 Part I sizes them: the
 * required area for a flow, and the flow through an area. k is the ratio of ideal
 * specific heats; kd, kb and kc are discharge, back pressure and rupture disk.
 */

/* The coefficient C of API 520 in US units; 315 where k is 1, which is its limit. */
double relief_coefficient(double k);

/* Square inches for lb/h at degrees Rankine and psi absolute upstream. */
double relief_area_in2(double flow_lb_h, double temperature_r, double z, double mass,
                       double k, double pressure_psia, double kd, double kb);

/* kg/h through an area, of an ideal gas, from kelvin and kPa absolute upstream. */
double relief_flow_kg_h(double area_mm2, double temperature_k, double mass, double k,
                        double pressure_kpa, double kd);
#endif
