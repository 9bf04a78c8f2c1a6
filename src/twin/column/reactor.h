// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_COLUMN_REACTOR_H
#define TWIN_COLUMN_REACTOR_H
/*
 * Runaway: the stirred tank with an exothermic reaction of Seborg, Edgar and Mellichamp
 * (Process Dynamics and Control, example 2.5), and Semenov's thermal explosion.
 */
struct cstr {
    double ca_mol_l, temperature_k;
};

/* A classical Runge-Kutta step under a coolant, h in minutes. */
void cstr_step(struct cstr *c, double coolant_k, double h);

/* The rates of it, mol/L min and K/min. */
struct cstr cstr_rates(const struct cstr *c, double coolant_k);

/* Semenov, in units of R T0^2 / E of heating and the adiabatic time to explosion:
 * d theta/d tau = exp(theta) - theta / psi. The stable steady theta, theta exp(-theta)
 * = psi, from 0 to 1; NAN beyond psi = 1/e. */
double semenov_theta(double psi);

/* tau from theta = 0 to explosion, 1 without cooling; NAN where there is none. */
double semenov_induction(double psi);
#endif
