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
