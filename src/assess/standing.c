// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Several systems side by side; see standing.h. */
#include "assess/standing.h"

// clang-format off
const struct standing_word standing_words[N_STANDINGS] = {
    [NOT_DERIVED] = {"not-derived", "-", {{"not derived", "導出されない"}}},
    [STANDING_OPEN] = {"open", "\u25cb", {{"derived, open", "導出・未採用"}}},
    [STANDING_EXCLUDED] = {"excluded", "\u00d7", {{"excluded", "除外"}}},
    [STANDING_ADOPTED] = {"adopted", "\u25cf", {{"derived, adopted", "導出・採用済み"}}},
};
// clang-format on

void standings_of(const struct assessment *a, uint8_t *standing)
{
    for (uint32_t k = 0; k < a->catalog->c.requirements.n; k++)
        standing[k] = NOT_DERIVED;
    for (uint32_t k = 0; k < a->requirements.n; k++) {
        const struct requirement_result *r =
            LIST_AT(a->requirements, struct requirement_result, k);
        standing[r->requirement] = r->adopted               ? STANDING_ADOPTED
                                   : requirement_is_open(r) ? STANDING_OPEN
                                                            : STANDING_EXCLUDED;
    }
}

int is_in_cell(const struct compared *system, struct position cell)
{
    return system->worst.recovery == cell.recovery &&
           system->worst.economic == cell.economic;
}

size_t count_in_cell(const struct compared *systems, size_t n, struct position cell)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += is_in_cell(&systems[i], cell) ? 1 : 0;
    return count;
}

static int standing_at(const struct compared *s, uint32_t requirement)
{
    return s->standing[requirement];
}

static int demand_at(const struct compared *s, uint32_t viewpoint)
{
    return s->demanded[viewpoint];
}

static int differs(const struct compared *systems, size_t n, struct position cell,
                   int (*value)(const struct compared *s, uint32_t what), uint32_t what)
{
    int first = -1;
    for (size_t i = 0; i < n; i++) {
        if (!is_in_cell(&systems[i], cell)) continue;
        int v = value(&systems[i], what);
        if (first >= 0 && v != first) return 1;
        first = v;
    }
    return 0;
}

int standing_differs(const struct compared *systems, size_t n, struct position cell,
                     uint32_t requirement)
{
    return differs(systems, n, cell, standing_at, requirement);
}

int demand_differs(const struct compared *systems, size_t n, struct position cell,
                   uint32_t viewpoint)
{
    return differs(systems, n, cell, demand_at, viewpoint);
}

/* Sums of the levels fall, and of one sum the recovery does. */
struct position cell_by_gravity(unsigned i)
{
    unsigned k = 0;
    for (int sum = 2 * LEVEL_WORST; sum >= 0; sum--)
        for (int recovery = LEVEL_WORST; recovery >= LEVEL_NONE; recovery--) {
            int economic = sum - recovery;
            if (economic < LEVEL_NONE || economic > LEVEL_WORST || k++ != i) continue;
            return (struct position){(uint8_t)recovery, (uint8_t)economic};
        }
    return (struct position){LEVEL_NONE, LEVEL_NONE};
}
