// SPDX-License-Identifier: Apache-2.0
#ifndef ASSESS_GATES_H
#define ASSESS_GATES_H
/* Gates that a pipeline may ask about. A name may have several rows, each of which must
 * be met. */
#include "assess/assess.h"

struct gate {
    const char *name;
    int (*fails)(const struct assessment *a);
    struct text why; // what is so when it fails
};

extern const struct gate gates[];
extern const size_t n_gates;
#endif
