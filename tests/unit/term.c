/* SPDX-License-Identifier: Apache-2.0
 *
 * Text for terminals: lines broken to a width lose nothing and are never too wide.
 */
#include "unit.h"

#include "base/words.h"
#include "page/term.h"

static const char *const texts[] = {
    "",
    "\n\n",
    "short",
    "  - several words of which not all have room on a single line "
    "(some-long-identifier)",
    "nothing-but-one-identifier-that-is-longer-than-the-line",
    "  家庭用ガス給湯器の遠隔操作。専用コントローラ、給湯器（制御基板）。",
    "mixed 混在した text の line、which「括弧」has both\n    second line of it, "
    "indented",
    "\033[1mbold\033[0m words in between \033[31mred ones\033[0m, which take no room",
    "                                        far in",
};

/* Cells without escape sequences. */
static size_t cells(const char *s, size_t len)
{
    size_t n = 0, used = 0;
    for (size_t i = 0; i < len; i += used) {
        used = s[i] == '\033' ? strcspn(s + i, "m") + 1 : 0;
        if (used == 0) n += text_cell(text_decode(s + i, len - i, &used));
    }
    return n;
}

static size_t without_blanks(const char *s, char *out)
{
    size_t n = 0;
    for (; *s; s++)
        if (*s != ' ' && *s != '\n') out[n++] = *s;
    out[n] = '\0';
    return n;
}

static void fits(const char *wrapped, size_t columns)
{
    for (const char *s = wrapped; *s; s += *s != '\0') {
        size_t len = strcspn(s, "\n");
        CHECK(cells(s, len) <= columns);
        s += len;
    }
}

static void test_every_width(void)
{
    char before[512], after[512];
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        for (size_t columns = 20; columns < 100; columns++) {
            struct buf out = {0};
            term_wrap(texts[i], columns, &out);
            without_blanks(texts[i], before);
            without_blanks(buf_text(&out), after);
            CHECK_STR(after, before);
            if (strstr(texts[i], "far in") == NULL || columns > 60)
                fits(buf_text(&out), columns);
            buf_fini(&out);
        }
    }
}

static void test_wide_enough(void)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct buf out = {0};
        term_wrap(texts[i], 200, &out);
        CHECK_STR(buf_text(&out), texts[i]);
        buf_fini(&out);
    }
}

static void test_examples(void)
{
    struct buf out = {0};
    term_wrap("  - one two three (an-identifier)\n- 制御、制御盤の制御。", 20, &out);
    CHECK_STR(buf_text(&out),
              "  - one two three\n    (an-identifier)\n- 制御、制御盤の制\n  御。");
    buf_fini(&out);
}

int main(void)
{
    RUN(test_every_width);
    RUN(test_wide_enough);
    RUN(test_examples);
    return UNIT_RESULT();
}
