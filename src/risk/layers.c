// SPDX-License-Identifier: Apache-2.0
/* Layers of protection; see layers.h. */
#include "risk/layers.h"

#include <math.h>
#include <stddef.h>

enum sil sil_of(double pfd)
{
    static const struct {
        double least;
        enum sil sil;
    } bands[] = {
        {1,    SIL_NOT_NEEDED},
        {1e-1, SIL_BELOW_1   },
        {1e-2, SIL_1         },
        {1e-3, SIL_2         },
        {1e-4, SIL_3         },
        {1e-5, SIL_4         },
    };
    for (size_t i = 0; i < sizeof bands / sizeof *bands; i++)
        if (pfd >= bands[i].least) return bands[i].sil;
    return SIL_BEYOND;
}

struct layer_demand layer_demanded(double demand, double others, double tolerable)
{
    double met = demand * others;
    double pfd = met > 0 ? tolerable / met : HUGE_VAL;
    return (struct layer_demand){pfd, fmax(1, 1 / pfd), sil_of(pfd)};
}

/* The table is one of sums: each step less on any of the three lowers it by one. */
enum asil asil_of(int severity, int exposure, int controllability)
{
    enum { LEAST = 6 }; // sum of the events that quality management is enough for
    int sum = severity + exposure + controllability;
    if (severity == 0 || exposure == 0 || controllability == 0 || sum <= LEAST)
        return ASIL_QM;
    return (enum asil)(sum - LEAST);
}
