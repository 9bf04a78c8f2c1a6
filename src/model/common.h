// SPDX-License-Identifier: Apache-2.0
#ifndef MODEL_COMMON_H
#define MODEL_COMMON_H
/* What the sections of a model share: levels, estimates, what figures rest on. */
#include "base/schema.h"

/* Axis 1, how hard it is to recover; axis 2, economic impact. 0 = no harm. */
enum level { LEVEL_NONE, LEVEL_LIMITED, LEVEL_SERIOUS, LEVEL_WORST };
enum { N_LEVELS = 4 };

extern const struct choice_set recovery_levels; // none limited serious fatal
extern const struct choice_set economic_levels; // none limited serious devastating

/* What figures rest on. */
struct provenance {
    uint8_t judgement;  // enum tri: our judgement, not a measurement
    const char *source; // where they come from, or NULL
};

/* A quantity that is not known exactly. */
struct estimate {
    struct number mode, min, max; // most likely; both of the others, or neither
};

/* The mean of the PERT distribution of an estimate that is given. */
double estimate_mean(const struct estimate *e);
/* 1 if it has a least and a greatest value that differ. */
int estimate_is_range(const struct estimate *e);

/* Complains of an estimate that is out of order. */
void estimate_check(const struct estimate *e, struct place at, const char *whose,
                    struct diag_list *d);

extern const struct range probabilities, factors, amounts;
// of struct estimate: any amount, a skill, a probability
extern const struct shape estimate_shape, skill_shape, chance_shape;

/* 1 if one of a list of struct ref is to number `index`. */
int refs_have(const struct list *refs, uint32_t index);

/* Typed access to the i-th of a list. */
#define LIST_AT(list, type, i) (&((type *)(list).items)[i])
#endif
