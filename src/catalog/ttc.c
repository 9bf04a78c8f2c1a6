// SPDX-License-Identifier: Apache-2.0
/* Times to compromise; see catalog.h. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "catalog/catalog.h"

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

/* What a family takes, in the order of struct dist; p goes with all but the last. */
static const struct family {
    enum dist_family family;
    uint32_t n;
    const char *names[3];
    const char *list;
} families[] = {
    {DIST_CONSTANT,    1, {"mean"},               "mean"          },
    {DIST_EXPONENTIAL, 1, {"mean"},               "mean"          },
    {DIST_GAMMA,       2, {"shape", "scale"},     "shape, scale"  },
    {DIST_LOGNORMAL,   2, {"median", "sigma"},    "median, sigma" },
    {DIST_WEIBULL,     2, {"shape", "scale"},     "shape, scale"  },
    {DIST_UNIFORM,     2, {"min", "max"},         "min, max"      },
    {DIST_TRIANGULAR,  3, {"min", "mode", "max"}, "min, mode, max"},
    {DIST_PERT,        3, {"min", "mode", "max"}, "min, mode, max"},
    {DIST_BERNOULLI,   1, {"p"},                  "p"             },
};

static const struct family *family_of(uint8_t dist)
{
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if (families[i].family == (enum dist_family)dist) return &families[i];
    return NULL;
}

/* The parameter of a name, taken out of those that are given; 0 if it is not there. */
static int take(struct ttc_parameter *given, uint32_t *n, const char *name,
                double *value)
{
    for (uint32_t i = 0; i < *n; i++) {
        if (strcmp(given[i].name, name) != 0) continue;
        *value = given[i].number.value;
        given[i] = given[--*n];
        return 1;
    }
    return 0;
}

const char *ttc_prepare(struct ttc *t)
{
    struct ttc_parameter given[TTC_PARAMETERS];
    uint32_t n = ttc_parameters(t, given);
    const struct family *f = family_of(t->dist);
    double values[3] = {0};
    int is_right = f != NULL;
    for (uint32_t i = 0; f && i < f->n; i++)
        is_right &= take(given, &n, f->names[i], &values[i]);
    t->possible = 1;
    take(given, &n, "p", &t->possible);
    t->days = (struct dist){t->dist, values[0], values[1], values[2]};
    is_right = is_right && n == 0 && dist_is_valid(&t->days);
    is_right = is_right && t->possible >= 0 && t->possible <= 1;
    t->mean_days = is_right ? dist_mean(&t->days) : 0;
    if (!isfinite(t->mean_days)) t->mean_days = DBL_MAX;
    return is_right ? NULL : f ? f->list : "";
}

void ttc_multiply(struct ttc *t, const struct ttc *factor)
{
    if (factor->dist == DIST_BERNOULLI)
        t->possible *= factor->days.a;
    else
        t->mean_days *= factor->mean_days;
    t->possible *= factor->possible;
    if (!isfinite(t->mean_days)) t->mean_days = DBL_MAX;
}
