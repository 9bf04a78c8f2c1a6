// SPDX-License-Identifier: Apache-2.0
/* Times to compromise; see catalog.h. */
#include <math.h>

#include "catalog/catalog.h"

double ttc_mean(const struct ttc *t)
{
    switch (t->dist) {
    case DIST_CONSTANT:
    case DIST_EXPONENTIAL: return t->mean.value;
    case DIST_GAMMA: return t->shape.value * t->scale.value;
    case DIST_LOGNORMAL:
        return t->median.value * exp(t->sigma.value * t->sigma.value / 2);
    case DIST_WEIBULL: return t->scale.value * tgamma(1 + 1 / t->shape.value);
    case DIST_UNIFORM: return (t->min.value + t->max.value) / 2;
    case DIST_TRIANGULAR: return (t->min.value + t->mode.value + t->max.value) / 3;
    case DIST_PERT: return (t->min.value + 4 * t->mode.value + t->max.value) / 6;
    default: return 0;
    }
}

uint32_t ttc_parameters(const struct ttc *t, struct ttc_parameter out[TTC_PARAMETERS])
{
    const struct ttc_parameter all[TTC_PARAMETERS] = {
        {"mean",   t->mean  },
        {"median", t->median},
        {"sigma",  t->sigma },
        {"shape",  t->shape },
        {"scale",  t->scale },
        {"min",    t->min   },
        {"mode",   t->mode  },
        {"max",    t->max   },
        {"p",      t->p     }
    };
    uint32_t n = 0;
    for (uint32_t i = 0; i < TTC_PARAMETERS; i++)
        if (all[i].number.is_set) out[n++] = all[i];
    return n;
}
