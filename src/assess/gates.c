// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Gates that a pipeline may ask about; see gates.h. */
#include "assess/gates.h"

static int is_outside_target(const struct assessment *a)
{
    for (uint32_t i = 0; i < a->map.n; i++) {
        const struct map_row *row = LIST_AT(a->map, struct map_row, i);
        if (row->form == NULL && row->has_target && !row->within_target) return 1;
    }
    return 0;
}

/* A grave incident that nothing explains must not make a system look harmless. */
static int is_unexplained(const struct assessment *a)
{
    for (uint32_t i = 0; i < a->incidents.n; i++) {
        const struct incident_result *r =
            LIST_AT(a->incidents, struct incident_result, i);
        if (!r->reached && r->excess > 0) return 1;
    }
    return 0;
}

static int has_open_requirements(const struct assessment *a)
{
    for (uint32_t i = 0; i < a->requirements.n; i++) {
        const struct requirement_result *r =
            LIST_AT(a->requirements, struct requirement_result, i);
        if (requirement_is_open(r)) return 1;
    }
    return 0;
}

const struct gate gates[] = {
    {"outside-target",
     is_outside_target,     {{"a stakeholder stands above its target", "目標を超えるステークホルダーがいる"}}},
    {"outside-target",
     is_unexplained,        {{"an incident above a target is reached by no chain, so it does not count; "
       "correct "
       "it, or exclude it with a reason",
       "目標を超えるインシデントに到達する攻撃の連鎖が無く、マップに数えられていない。"
       "モデルを正すか、理由を付けて除外する"}}                                         },
    {"open-requirements",
     has_open_requirements, {{"a derived requirement is not adopted", "未採用の対策要件がある"}}                   },
};
const size_t n_gates = sizeof gates / sizeof *gates;
