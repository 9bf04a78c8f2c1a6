/* SPDX-License-Identifier: Apache-2.0
 *
 * Column A as published, after a step of its feed, in Runge-Kutta steps of 0.02 min:
 * how long a step takes, and where it comes to. Prints JSON. column.m does the same
 * work, with the same arguments.
 *
 *     column [MINUTES]
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "twin/column/trays.h"

#define STEP_MIN  0.02
#define FEED_AWAY 1.01

int main(int argc, char **argv)
{
    double minutes = argc > 1 ? strtod(argv[1], NULL) : 2000;
    double amount[TRAYS], light[TRAYS];
    long steps = (long)(minutes / STEP_MIN + 0.5);
    if (!trays_steady(TRAYS_REFLUX, TRAYS_BOILUP, TRAYS_FEED_IN, 0.5, light)) return 1;
    for (int i = 0; i < TRAYS; i++) {
        amount[i] = TRAYS_HOLDUP;
        light[i] *= TRAYS_HOLDUP;
    }
    clock_t begin = clock();
    for (long i = 0; i < steps; i++)
        trays_step(amount, light, TRAYS_REFLUX, TRAYS_BOILUP, FEED_AWAY, 0.5, STEP_MIN);
    double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    printf(
        "{\"minutes\": %.6g, \"steps\": %ld, \"seconds\": %.6g, \"us_a_step\": %.6g, "
        "\"times_real_time\": %.6g, \"xd\": %.10f, \"xb\": %.10f}\n",
        minutes, steps, seconds, 1e6 * seconds / (double)steps, 60 * minutes / seconds,
        light[TRAYS_DRUM] / amount[TRAYS_DRUM], light[0] / amount[0]);
    return 0;
}
