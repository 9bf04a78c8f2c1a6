// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_SCENARIO_TABLES_H
#define TWIN_SCENARIO_TABLES_H
/* Words for writing the tables of a scenario; for its file only. */
#include <math.h>

#include "twin/scenario.h"

/* Numbers of a picture: to a thousandth, which nobody can see. */
static inline void put_number(struct json *j, double value)
{
    json_double(j, round(value * 1e3) / 1e3);
}

static inline void put_numbers(struct json *j, const char *key, const double *values,
                               size_t n)
{
    json_in(j, key, '[');
    for (size_t i = 0; i < n; i++)
        put_number(j, values[i]);
    json_close(j, ']');
}

// clang-format off
/* A quantity. */
#define Q(name, unit, start, least, most, en, ja, source) \
    {name, unit, start, least, most, {{en, ja}}, source}
/* How a chance is spread over the worlds: by PERT, or not at all. */
#define PERT(a, b, c) {DIST_PERT, 0, (b) - (a), (c) - (a)}, a
#define ALWAYS        {DIST_UNSET, 0, 0, 0}, 0
/* From where on an outcome is at each level of an axis. */
#define FROM(a, b, c) {a, b, c}
#define NONE          FROM(HUGE_VAL, HUGE_VAL, HUGE_VAL)

/* All tables of a file, by their usual names. */
#define SCENARIO_TABLES                                                        \
    .uses = uses, .n_uses = TWIN_COUNT(uses),                                  \
    .devices = devices, .n_devices = TWIN_COUNT(devices),                      \
    .functions = functions, .n_functions = TWIN_COUNT(functions),              \
    .responses = responses, .n_responses = TWIN_COUNT(responses),              \
    .ends = ends,                                                              \
    .signals = signals, .n_signals = TWIN_COUNT(signals),                      \
    .chances = chances, .n_chances = TWIN_COUNT(chances),                      \
    .outcomes = outcomes, .n_outcomes = TWIN_COUNT(outcomes),                  \
    .emergencies = emergencies, .n_emergencies = TWIN_COUNT(emergencies),      \
    .shows = shows, .n_shows = TWIN_COUNT(shows)
// clang-format on
#endif
