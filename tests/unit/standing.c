/* SPDX-License-Identifier: Apache-2.0
 *
 * Systems side by side: cells in the order of gravity, who is in one, and what differs.
 */
#include "assess/standing.h"
#include "unit.h"

static void test_cells_are_in_order(void)
{
    int seen[N_LEVELS][N_LEVELS] = {{0}}, last = 2 * LEVEL_WORST;
    for (unsigned i = 0; i < N_CELLS; i++) {
        struct position p = cell_by_gravity(i);
        CHECK_INT(seen[p.recovery][p.economic]++, 0);
        CHECK(p.recovery + p.economic <= last);
        last = p.recovery + p.economic;
    }
    CHECK_INT(cell_by_gravity(0).recovery, LEVEL_WORST);
    CHECK_INT(cell_by_gravity(1).recovery, LEVEL_WORST);
    CHECK_INT(cell_by_gravity(1).economic, LEVEL_SERIOUS);
}

static void test_only_systems_of_a_cell_differ(void)
{
    static const uint8_t none[N_VIEWPOINTS + 1] = {0};
    static const uint8_t first[N_VIEWPOINTS + 1] = {0, STRENGTH_SELF};
    static const uint8_t open[] = {NOT_DERIVED, STANDING_OPEN};
    static const uint8_t adopted[] = {NOT_DERIVED, STANDING_ADOPTED};
    const struct position here = {1, 2}, elsewhere = {2, 1};
    const struct compared systems[] = {
        {here,      none,  open   },
        {here,      none,  adopted},
        {elsewhere, first, adopted}
    };
    CHECK_INT(count_in_cell(systems, 3, here), 2);
    CHECK_INT(count_in_cell(systems, 3, elsewhere), 1);
    CHECK(!standing_differs(systems, 3, here, 0));
    CHECK(standing_differs(systems, 3, here, 1));
    CHECK(!standing_differs(systems, 3, elsewhere, 1));
    CHECK(!demand_differs(systems, 3, here, 1));
    CHECK(!demand_differs(systems, 0, here, 1));
}

int main(void)
{
    RUN(test_cells_are_in_order);
    RUN(test_only_systems_of_a_cell_differ);
    return UNIT_RESULT();
}
