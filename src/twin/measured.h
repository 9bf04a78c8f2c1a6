// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_MEASURED_H
#define TWIN_MEASURED_H
/* The levels that rehearsals measure without measures, beside those that are declared.
 */
#include "base/json.h"
#include "twin/rehearse.h"

struct measured_axis {
    uint8_t declared, measured; // enum level; measured: rehearse_measured
    int is_measured;            // 0: no rule says what outcomes mean on this axis
    int is_low, is_high;        // the declared level is lower, higher than measured
    uint64_t n_reached;         // runs that came to the measured level or above
};

struct measured {
    uint32_t incident, stakeholder;
    struct measured_axis axes[2]; // recovery, economic
};

/* What is measured of a stakeholder in an incident; 0 if that does not concern it. */
int measured_of(const struct rehearse_result *r, const struct rehearsed *x,
                uint32_t stakeholder, struct measured *m);

/* All of it, as the member "measured" of an open JSON object. */
void measured_json(const struct rehearse_result *r, struct json *j);
#endif
