/* SPDX-License-Identifier: Apache-2.0
 *
 * What the server remembers of systems: a summary that was written is read back, and of
 * another version, or in any other form, it is none.
 */
#include "web/remember.h"

#include <stdlib.h>

#include "unit.h"

static const struct store_version version = {
    .number = 3, .saved_s = 1700000000, .n_bytes = 12};

static void check_round_trip(const struct summary *s)
{
    struct buf text = {0};
    struct arena a = {0};
    struct summary back = {0};
    summary_write(&version, s, &text);
    CHECK_INT(summary_read(buf_text(&text), &version, &back, &a), 0);
    CHECK_INT(back.is_assessed, s->is_assessed);
    CHECK_INT(back.worst.recovery, s->worst.recovery);
    CHECK_INT(back.worst.economic, s->worst.economic);
    CHECK_INT(back.n_above, s->n_above);
    for (int i = 0; i < N_LANGS; i++) {
        CHECK_INT(back.name.in[i] == NULL, s->name.in[i] == NULL);
        if (s->name.in[i]) CHECK_STR(back.name.in[i], s->name.in[i]);
    }
    buf_fini(&text);
    arena_fini(&a);
}

static void test_round_trip(void)
{
    const struct summary summaries[] = {
        {.name = {{"Drone", "\xe9\x9b\xa8"}},
         .worst = {3, 2},
         .n_above = 7,
         .is_assessed = 1},
        {.name = {{"", NULL}}                   },
        {.name = {{NULL, " 3:a\n1:"}},                .n_above = 4000000000u},
    };
    for (size_t i = 0; i < sizeof summaries / sizeof *summaries; i++)
        check_round_trip(&summaries[i]);
}

static void test_hostile(void)
{
    static const char *const texts[] = {
        "",
        "x",
        "1700000000 12 1 3 2 7",
        "1700000000 12 1 3 2 7 6:Drone",
        "1700000000 12 1 3 2 7 6:Drone 9:abc",
        "1700000000 12 1 3 2 7 6:Drone 4:abcd",
        "1700000000 12 1 3 2 7 6:Drone 4:abc ",
        "1700000000 12 1 9 2 7 6:Drone 4:abc",
        "1700000000 12 1 3 9 7 6:Drone 4:abc",
        "1700000000 12 1 3 2 7 99999999999999999999:Drone 4:abc",
        "1700000000 12 1 3 2 7 -1:Drone 4:abc",
        "1700000001 12 1 3 2 7 6:Drone 4:abc", // of another version of that number
        "1700000000 13 1 3 2 7 6:Drone 4:abc",
    };
    struct arena a = {0};
    struct summary s = {.n_above = 42};
    CHECK_INT(summary_read("1700000000 12 1 3 2 7 6:Drone 4:abc", &version, &s, &a), 0);
    CHECK_INT(s.n_above, 7);
    s.n_above = 42;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        CHECK_INT(summary_read(texts[i], &version, &s, &a), -1);
        CHECK_INT(s.n_above, 42);
    }
    arena_fini(&a);
}

/* Another catalog makes another mark; the same makes the same. */
static void test_mark(void)
{
    char one[MEMORY_MARK], same[MEMORY_MARK], other[MEMORY_MARK];
    struct catalog *c = catalog_read(NULL), *d = catalog_read(NULL);
    memory_mark(c, one);
    memory_mark(d, same);
    CHECK_STR(one, same);
    char *text = mem_alloc(8);
    memcpy(text, "kinds:", 6);
    diag_add_file(&d->diags, "other.yaml", text, 6);
    memory_mark(d, other);
    CHECK(strcmp(one, other) != 0);
    catalog_free(c);
    catalog_free(d);
}

int main(void)
{
    RUN(test_round_trip);
    RUN(test_hostile);
    RUN(test_mark);
    return UNIT_RESULT();
}
