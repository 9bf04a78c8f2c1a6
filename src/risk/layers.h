// SPDX-License-Identifier: Apache-2.0
#ifndef RISK_LAYERS_H
#define RISK_LAYERS_H
/*
 * Layers of protection analysis: how much a safety function must reduce the frequency
 * of a hazardous event, and the safety integrity level that this is, in low demand mode
 * (IEC 61508-1 table 2, IEC 61511-1).
 */

/* The level of a probability of failure on demand that is wanted. */
enum sil {
    SIL_NOT_NEEDED = 0, // 1 or more: nothing to reduce
    SIL_1 = 1,          // 10^-2 to below 10^-1
    SIL_2 = 2,          // 10^-3 to below 10^-2
    SIL_3 = 3,          // 10^-4 to below 10^-3
    SIL_4 = 4,          // 10^-5 to below 10^-4
    SIL_BEYOND = 5,     // less: not by one safety function
    SIL_BELOW_1 = 6,    // 10^-1 to below 1: a reduction, but no SIL
};

enum sil sil_of(double pfd);

/* What is demanded of one layer beside others. */
struct layer_demand {
    double pfd;       // at most; 1 or more: it is not needed
    double reduction; // risk reduction factor, 1 at least
    enum sil sil;
};

/*
 * Of the layer that is left when an event that would happen `demand` times a year meets
 * other layers, whose probabilities of failure on demand multiply to `others`, and is
 * tolerated `tolerable` times a year.
 */
struct layer_demand layer_demanded(double demand, double others, double tolerable);
/*
 * The automotive safety integrity level of a hazardous event, ISO 26262-3 table 4:
 * severity S1 to S3, exposure E1 to E4 and controllability C1 to C3, by their numbers;
 * 0 of any (S0, E0, C0) demands nothing.
 */
enum asil { ASIL_QM, ASIL_A, ASIL_B, ASIL_C, ASIL_D };
enum asil asil_of(int severity, int exposure, int controllability);
#endif
