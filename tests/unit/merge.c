/* SPDX-License-Identifier: Apache-2.0
 *
 * Merging by lines: what does not overlap is taken from both, what does is a conflict;
 * laws over many random texts: merged with an unchanged one, the other comes out; the
 * sides may change places; what was changed alike is no conflict.
 */
#include <stddef.h>
#include <stdlib.h>

#include "unit.h"
#include "web/merge.h"

struct row {
    const char *base, *mine, *theirs, *choice, *expected;
    int n_conflicts;
};

static void test_examples(void)
{
    static const struct row rows[] = {
        {"a\nb\nc\n",    "a\nb\nc\n",    "a\nb\nc\n",    NULL, "a\nb\nc\n",       0},
        {"a\nb\nc\n",    "A\nb\nc\n",    "a\nb\nC\n",    NULL, "A\nb\nC\n",       0},
        {"a\nb\nc\n",    "a\nx\nb\nc\n", "a\nb\nc\ny\n", NULL, "a\nx\nb\nc\ny\n", 0},
        {"a\nb\nc\n",    "a\nc\n",       "a\nb\nc\nd\n", NULL, "a\nc\nd\n",       0},
        {"a\nb\nc\n",    "a\nX\nc\n",    "a\nX\nc\n",    NULL, "a\nX\nc\n",       0},
        {"a\nb\nc\n",    "a\nX\nc\n",    "a\nY\nc\n",    "m",  "a\nX\nc\n",       1},
        {"a\nb\nc\n",    "a\nX\nc\n",    "a\nY\nc\n",    "t",  "a\nY\nc\n",       1},
        {"a\nb\nc\n",    "a\nX\nc\n",    "a\nY\nc\n",    "b",  "a\nX\nY\nc\n",    1},
        {"a\nb\nc\n",    "a\nX\nc\n",    "a\nY\nc\n",    NULL, "a\nX\nc\n",       1},
        {"a\nb\nc\n",    "a\nc\n",       "a\nB\nc\n",    "t",  "a\nB\nc\n",       1},
        {"a\nb\nc\nd\n", "A\nb\nc\nD\n", "1\nb\nc\n2\n", "tm", "1\nb\nc\nD\n",    2},
        {"",             "x\n",          "",             NULL, "x\n",             0},
        {"",             "x\n",          "y\n",          "b",  "x\ny\n",          1},
        {"a",            "a\nb",         "a",            NULL, "a\nb",            0},
        {"x\nx\nx\n",    "x\nx\nx\nx\n", "x\nx\nx\n",    NULL, "x\nx\nx\nx\n",    0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena a = {0};
        struct buf out = {0};
        struct merge m = merge_texts(&a, rows[i].base, rows[i].mine, rows[i].theirs);
        merge_write(&m, rows[i].choice, &out);
        CHECK_STR(buf_text(&out), rows[i].expected);
        CHECK_INT(m.n_conflicts, rows[i].n_conflicts);
        buf_fini(&out);
        arena_fini(&a);
    }
}

/* Lines of few words, so that many are the same; or one changed at a place or two. */
static uint32_t state = 1;

static uint32_t draw(uint32_t below)
{
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % below;
}

static void put_text(struct buf *out, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        buf_printf(out, "%c%u\n", (char)('a' + draw(4)), (unsigned)draw(3));
}

static void put_changed(const char *text, struct buf *out)
{
    for (const char *s = text; *s;) {
        size_t len = strcspn(s, "\n") + 1;
        if (draw(6) == 0) put_text(out, draw(3));
        if (draw(6) != 0) buf_add(out, s, len);
        s += len;
    }
}

/* The parts of a text, in their order, are the text. */
static int is_whole(const struct merge *m, size_t offset, const char *text)
{
    size_t at = 0, len = strlen(text);
    for (size_t i = 0; i < m->n; i++) {
        const struct lines_of *part =
            (const struct lines_of *)(const void *)((const char *)&m->parts[i] +
                                                    offset);
        if (at + part->len > len || memcmp(text + at, part->text, part->len) != 0)
            return 0;
        at += part->len;
    }
    return at == len;
}

static void merge_to(const char *base, const char *mine, const char *theirs,
                     struct buf *out, size_t *n_conflicts)
{
    struct arena a = {0};
    struct merge m = merge_texts(&a, base, mine, theirs);
    CHECK(is_whole(&m, offsetof(struct merge_part, base), base));
    CHECK(is_whole(&m, offsetof(struct merge_part, mine), mine));
    CHECK(is_whole(&m, offsetof(struct merge_part, theirs), theirs));
    out->len = 0;
    merge_write(&m, NULL, out);
    *n_conflicts = m.n_conflicts;
    arena_fini(&a);
}

static void test_laws(void)
{
    for (int round = 0; round < 400; round++) {
        struct buf base = {0}, one = {0}, two = {0}, out = {0}, back = {0};
        size_t n, n_back;
        put_text(&base, draw(40));
        put_changed(buf_text(&base), &one);
        put_changed(buf_text(&base), &two);
        merge_to(buf_text(&base), buf_text(&one), buf_text(&base), &out, &n);
        CHECK_STR(buf_text(&out), out.len ? buf_text(&one) : buf_text(&out));
        CHECK_INT(n, 0);
        CHECK_INT(out.len, one.len);
        merge_to(buf_text(&base), buf_text(&one), buf_text(&one), &out, &n);
        CHECK_INT(out.len, one.len);
        CHECK_INT(n, 0);
        merge_to(buf_text(&base), buf_text(&one), buf_text(&two), &out, &n);
        merge_to(buf_text(&base), buf_text(&two), buf_text(&one), &back, &n_back);
        CHECK_INT(n, n_back);
        if (n == 0) CHECK_INT(out.len, back.len);
        if (n == 0 && out.len) CHECK_STR(buf_text(&out), buf_text(&back));
        buf_fini(&base);
        buf_fini(&one);
        buf_fini(&two);
        buf_fini(&out);
        buf_fini(&back);
    }
}

static void test_large_texts_end(void)
{
    struct buf base = {0}, one = {0};
    size_t n;
    struct buf out = {0};
    for (unsigned i = 0; i < 30000; i++)
        buf_printf(&base, "%u\n", i % 7);
    for (unsigned i = 0; i < 30000; i++)
        buf_printf(&one, "%u\n", (i * 5 + 1) % 9);
    merge_to(buf_text(&base), buf_text(&one), buf_text(&base), &out, &n);
    CHECK_INT(n, 0);
    CHECK(out.len == one.len && memcmp(out.data, one.data, out.len) == 0);
    for (unsigned i = 0; i < 200001; i++)
        buf_char(&base, '\n');
    merge_to(buf_text(&base), "x\n", "y\n", &out, &n);
    CHECK_INT(n, 1);
    buf_fini(&base);
    buf_fini(&one);
    buf_fini(&out);
}

int main(void)
{
    RUN(test_examples);
    RUN(test_laws);
    RUN(test_large_texts_end);
    return UNIT_RESULT();
}
