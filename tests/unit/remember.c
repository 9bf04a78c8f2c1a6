/* SPDX-License-Identifier: Apache-2.0
 *
 * What the server remembers of systems: a summary that was written is read back, and of
 * another version, or in any other form, it is none.
 */
#include "web/remember.h"

#include <stdlib.h>
#include <string.h>

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
    CHECK_INT(back.planned.recovery, s->planned.recovery);
    CHECK_INT(back.planned.economic, s->planned.economic);
    CHECK_INT(back.n_overdue, s->n_overdue);
    CHECK_INT(back.next_date, s->next_date);
    CHECK_INT(back.day, s->day);
    CHECK(memcmp(back.demanded, s->demanded, sizeof s->demanded) == 0);
    CHECK_INT(back.standing == NULL, s->standing == NULL);
    if (s->standing) CHECK_STR(back.standing, s->standing);
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
         .is_assessed = 1,
         .planned = {1, 2},
         .n_overdue = 3,
         .next_date = 20270131,
         .day = 20261126,
         .demanded = {1, 2, 3},
         .standing = "0123"},
        {.name = {{"", NULL}}                   },
        {.name = {{NULL, " 3:a\n1:"}},               .n_above = 4000000000u},
    };
    for (size_t i = 0; i < sizeof summaries / sizeof *summaries; i++)
        check_round_trip(&summaries[i]);
}

/* Of whatever is not what was written nothing is read: a part of it, more than it, a
 * level that is none, another version's. */
static void test_hostile(void)
{
    const struct summary s = {
        .name = {{"Drone", "abc"}},
        .worst = { 3,               2},
        .is_assessed = 1,
        .standing = "012"
    };
    const struct store_version other = {
        .number = 3, .saved_s = 1700000001, .n_bytes = 12};
    struct buf text = {0};
    struct arena a = {0};
    struct summary back;
    summary_write(&version, &s, &text);
    CHECK_INT(summary_read(buf_text(&text), &other, &back, &a), -1);
    for (size_t len = 0; len < text.len; len++)
        CHECK_INT(summary_read(arena_strn(&a, text.data, len), &version, &back, &a),
                  -1);
    buf_char(&text, ' ');
    CHECK_INT(summary_read(buf_text(&text), &version, &back, &a), -1);
    static const char *const texts[] = {
        "x",
        "1700000000 12 1 9 2 0 0 7 0 0 0",
        "1700000000 12 1 3 2 0 0 7 0 0 0 99999999999999999999:Drone 4:abc",
        "1700000000 12 1 -3 2",
        "99999999999999999999999 12",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        CHECK_INT(summary_read(texts[i], &version, &back, &a), -1);
    buf_fini(&text);
    arena_fini(&a);
}

/* What was found on a day holds until a date has passed, and not before that day. */
static void test_days(void)
{
    struct summary s = {.day = 20261126, .next_date = 20270131};
    CHECK(summary_is_of(&s, 20261126) && summary_is_of(&s, 20270131));
    CHECK(!summary_is_of(&s, 20270201) && !summary_is_of(&s, 20261125));
    s.next_date = 0;
    CHECK(summary_is_of(&s, 20991231));
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
    RUN(test_days);
    RUN(test_mark);
    return UNIT_RESULT();
}
