// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Laws of the table of messages (base/diag.def): every row is whole and in both
 * languages, with the same arguments; every code is explained. And how lists are
 * printed in either language. That each row can be provoked is shown by
 * tests/cli/messages.sh.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag_int.h"
#include "base/limits.h"
#include "unit.h"

/* Bit n for each placeholder %n. */
static unsigned placeholders(const char *s)
{
    unsigned mask = 0;
    for (; *s; s++) {
        if (s[0] == '%' && s[1] >= '1' && s[1] <= '9') mask |= 1u << (s[1] - '0');
    }
    return mask;
}

static size_t alternatives(const char *s)
{
    size_t n = 1;
    for (; *s; s++)
        n += *s == '|';
    return n;
}

static int is_ascii(const char *s)
{
    for (; *s; s++) {
        if ((unsigned char)*s >= 0x80) return 0;
    }
    return 1;
}

/* Something a person can read in each language, each in its own. A message that is made
 * of arguments only has no words of its own. */
static int is_in_both(struct text t)
{
    const char *en = t.in[LANG_EN], *ja = t.in[LANG_JA];
    if (en == NULL || ja == NULL || en[0] == '\0' || ja[0] == '\0') return 0;
    if (text_valid(ja, strlen(ja)) != strlen(ja) || !is_ascii(en)) return 0;
    return !is_ascii(ja) || strcmp(en, "%2: %1") == 0;
}

static void test_rows_are_in_both_languages(void)
{
    for (unsigned k = 0; k < N_DIAG_KINDS; k++) {
        const struct diag_row *row = &diag_rows[k];
        unit_check(__FILE__, __LINE__, is_in_both(row->message), row->message.in[0]);
        int only_counts = k == DIAG_ERRORS;
        unit_check(__FILE__, __LINE__,
                   only_counts ? text_empty(row->hint) : is_in_both(row->hint),
                   row->message.in[0]);
    }
}

static void test_rows_have_the_same_arguments(void)
{
    for (unsigned k = 0; k < N_DIAG_KINDS; k++) {
        const struct diag_row *row = &diag_rows[k];
        unsigned message = placeholders(row->message.in[LANG_EN]);
        unsigned hint = placeholders(text_in(row->hint, LANG_EN));
        const char *what = row->message.in[LANG_EN];
        unit_check_int(__FILE__, __LINE__, placeholders(row->message.in[LANG_JA]),
                       message, what);
        unit_check_int(__FILE__, __LINE__, placeholders(text_in(row->hint, LANG_JA)),
                       hint, what);
        // all that are given, and no others
        unit_check_int(__FILE__, __LINE__, message | hint, (2u << row->n_args) - 2,
                       what);
    }
}

static void test_rows_have_the_same_alternatives(void)
{
    for (unsigned k = 0; k < N_DIAG_KINDS; k++) {
        const struct diag_row *row = &diag_rows[k];
        CHECK_INT(alternatives(row->message.in[LANG_JA]),
                  alternatives(row->message.in[LANG_EN]));
        CHECK_INT(alternatives(text_in(row->hint, LANG_JA)),
                  alternatives(text_in(row->hint, LANG_EN)));
    }
}

static void test_codes_are_explained(void)
{
    for (unsigned k = 0; k < N_DIAG_KINDS; k++) {
        struct buf page = {0};
        const char *code = diag_rows[k].code;
        unit_check(__FILE__, __LINE__, is_in_both(diag_meaning(code)), code);
        for (int lang = 0; lang < N_LANGS; lang++) {
            unit_check(__FILE__, __LINE__, diag_manual(code, (enum lang)lang, &page),
                       code);
            unit_check(__FILE__, __LINE__, strstr(buf_text(&page), code) != NULL, code);
        }
        buf_fini(&page);
    }
    struct buf none = {0};
    CHECK(!diag_manual("no-such-code", LANG_EN, &none));
    CHECK(text_empty(diag_meaning("no-such-code")));
    CHECK_STR(diag_nearest_code("no-flw"), "no-flow");
    buf_fini(&none);
}

/* A message and its hint in one language, on two lines. */
static const char *said(enum diag_kind kind, enum lang lang, const struct text *args,
                        struct buf *out)
{
    out->len = 0;
    diag_message(kind, lang, args, out);
    buf_char(out, '\n');
    diag_hint(kind, lang, args, out);
    return buf_text(out);
}

static void test_arguments_are_filled_in(void)
{
    struct buf b = {0};
    const struct text near[] = {text_same("kindd"), TEXT("a zone", "ゾーン"),
                                text_same("kind"), text_same("name, kind")};
    const struct text far[] = {text_same("q"), TEXT("a zone", "ゾーン"),
                               text_same(NULL), text_same("name, kind")};
    CHECK_STR(said(DIAG_UNKNOWN_KEY, LANG_EN, near, &b),
              "unknown key 'kindd' in a zone\ndid you mean 'kind'?");
    CHECK_STR(said(DIAG_UNKNOWN_KEY, LANG_JA, near, &b),
              "ゾーンに不明なキー「kindd」がある\n「kind」の誤りではないか");
    CHECK_STR(said(DIAG_UNKNOWN_KEY, LANG_EN, far, &b),
              "unknown key 'q' in a zone\nknown keys: name, kind");
    CHECK_STR(said(DIAG_UNKNOWN_KEY, LANG_JA, far, &b),
              "ゾーンに不明なキー「q」がある\n使えるキー: name, kind");
    CHECK_STR(said(DIAG_UNKNOWN_KEY, LANG_EN, NULL, &b),
              "unknown key '\xE2\x80\xA6' in \xE2\x80\xA6\n"
              "did you mean '\xE2\x80\xA6'? / known keys: \xE2\x80\xA6");
    buf_fini(&b);
}

/* Arguments are words of a hostile file: no placeholder in them is one. */
static void test_arguments_are_not_formats(void)
{
    struct buf b = {0};
    const struct text args[] = {text_same("%2|%s%n"), text_same("%1"), text_same(NULL),
                                text_same(NULL)};
    CHECK_STR(said(DIAG_CHOICE, LANG_EN, args, &b), "'%2|%s%n' cannot be '%1'\n");
    buf_fini(&b);
}

static void test_long_arguments_are_cut(void)
{
    char name[3001];
    struct buf b = {0};
    for (size_t i = 0; i < sizeof name - 1; i += 3)
        memcpy(name + i, "\xE9\x8C\xA0", 3);
    name[sizeof name - 1] = '\0';
    struct text arg = text_same(name);
    diag_message(DIAG_DATE, LANG_JA, &arg, &b);
    CHECK(b.len < 600);
    CHECK_INT(text_valid(buf_text(&b), b.len), b.len);
    CHECK(strstr(buf_text(&b), "...") != NULL);
    buf_fini(&b);
}

/* ---- printing */

/* What diag_print writes, in the buffer of `size` bytes. */
static const char *printed(const struct diag_list *d, struct diag_view view, char *text,
                           size_t size)
{
    FILE *out = tmpfile();
    size_t len = 0;
    if (out) {
        diag_print(d, out, view);
        rewind(out);
        len = fread(text, 1, size - 1, out);
        fclose(out);
    }
    text[len] = '\0';
    return text;
}

/* How often `part` occurs. */
static int count(const char *text, const char *part)
{
    int n = 0;
    for (; (text = strstr(text, part)) != NULL; text++)
        n++;
    return n;
}

/* A line longer than the terminal is cut where the caret is not. */
static void test_long_lines_are_cut_around_the_caret(void)
{
    static const uint32_t columns[] = {1, 20, 30, 37, 38, 39, 100, 150, 199, 200};
    char line[201] = "", text[1000];
    for (size_t i = 0; i < sizeof line - 1; i++)
        line[i] = "0123456789abcdefghijklmnopqrstuvwxyz"[i % 36];
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        struct diag_list d = {0};
        char *copy = mem_alloc(sizeof line);
        memcpy(copy, line, sizeof line);
        uint32_t file = diag_add_file(&d, "f", copy, sizeof line - 1);
        diag_put(&d, DIAG_EMPTY, (struct place){file, 1, columns[i]}, NULL);
        printed(&d, (struct diag_view){.width = 48}, text, sizeof text);
        const char *shown = strstr(text, "      1 |"), *caret = strchr(text, '^');
        REQUIRE(shown && caret);
        const char *under = strrchr(text, '|') + 2; // of the line of the caret
        size_t at = (size_t)(caret - under);
        /* the caret is below the character, and no line is wider than asked for */
        CHECK(shown[10 + at] == line[columns[i] - 1]);
        CHECK(strcspn(shown, "\n") <= 48);
        diag_fini(&d);
    }
}

/* Marks without a cell do not make a line endless. */
static void test_lines_of_marks_are_cut(void)
{
    enum { N = 100000 };
    char *copy = mem_alloc((size_t)2 * N + 1), *text = mem_alloc((size_t)2 * N);
    struct diag_list d = {0};
    for (size_t i = 0; i < N; i++)
        memcpy(copy + 2 * i, "\xCC\x81", 2);
    uint32_t file = diag_add_file(&d, "f", copy, 2 * (size_t)N);
    diag_put(&d, DIAG_EMPTY, (struct place){file, 1, N / 2}, NULL);
    printed(&d, (struct diag_view){0}, text, 2 * (size_t)N);
    CHECK(strlen(text) < 4000);
    CHECK_INT(text_valid(text, strlen(text)), strlen(text));
    diag_fini(&d);
    free(text);
}

static void test_one_list_in_either_language(void)
{
    char en[1000], ja[1000];
    struct diag_list d = {0};
    uint32_t file = diag_add_file(&d, "m.yaml", NULL, 0);
    DIAG_ADD(&d, DATE, ((struct place){file, 2, 11}), text_same("x"));
    DIAG_ADD(&d, NO_FLOW, ((struct place){file, 3, 1}), text_same("pump"));
    printed(&d, (struct diag_view){.lang = LANG_EN, .warnings = 1}, en, sizeof en);
    printed(&d, (struct diag_view){.lang = LANG_JA, .warnings = 1}, ja, sizeof ja);
    CHECK_STR(en,
              "m.yaml:2:11: error: 'x' is not a date [date]\n"
              "        = write it as yyyy-mm-dd, for example 2027-03-31\n"
              "m.yaml:3:1: warning: no flow touches the component 'pump' [no-flow]\n"
              "        = add the flows it takes part in, or put it out-of-scope with a "
              "reason\n");
    CHECK_STR(ja,
              "m.yaml:2:11: エラー: 「x」は日付ではない [date]\n"
              "        = yyyy-mm-dd の形で書く。例: 2027-03-31\n"
              "m.yaml:3:1: 警告: 機器「pump」に関わるフローが無い [no-flow]\n"
              "        = 関わるフローを追加するか、理由を付けて out-of-scope とする\n");
    diag_fini(&d);
}

/* A list of n warnings of one code, about p0, p1, ..., with one of another between. */
static struct diag_list many_warnings(unsigned n)
{
    struct diag_list d = {0};
    uint32_t file = diag_add_file(&d, "m.yaml", NULL, 0);
    for (unsigned i = 0; i < n; i++) {
        char name[16];
        snprintf(name, sizeof name, "p%u", i);
        DIAG_ADD(&d, NO_FLOW, ((struct place){file, i + 1, 1}), text_same(name));
        if (i == 1) DIAG_ADD(&d, NO_DATA, ((struct place){file, 2, 1}), text_same("f"));
    }
    return d;
}

static void test_many_of_one_code_become_a_line(void)
{
    char text[8000];
    struct diag_list d = many_warnings(8);
    printed(&d, (struct diag_view){.warnings = 1}, text, sizeof text);
    CHECK_INT(count(text, "[no-flow]"), 4);
    CHECK_INT(count(text, "[no-data]"), 1);
    CHECK(strstr(text, "m.yaml:4:1: warning: 5 more like this: p3, p4, p5, p6, p7 "
                       "[no-flow]\n        = `awai check --all` shows each\n") != NULL);
    printed(&d, (struct diag_view){.lang = LANG_JA, .warnings = 1}, text, sizeof text);
    CHECK(strstr(text, "m.yaml:4:1: 警告: ほかに同様のもの5件: p3, p4, p5, p6, p7 "
                       "[no-flow]\n") != NULL);
    printed(&d, (struct diag_view){.warnings = 1, .all = 1}, text, sizeof text);
    CHECK_INT(count(text, "[no-flow]"), 8);
    CHECK(strstr(text, "like this") == NULL);
    diag_fini(&d);
    d = many_warnings(3);
    printed(&d, (struct diag_view){.warnings = 1}, text, sizeof text);
    CHECK(strstr(text, "like this") == NULL);
    diag_fini(&d);
    d = many_warnings(150);
    printed(&d, (struct diag_view){.warnings = 1}, text, sizeof text);
    CHECK(strstr(text, "147 more like this: p3, p4, ") != NULL);
    CHECK(strstr(text, "p32, ... [no-flow]") != NULL);
    diag_fini(&d);
}

/* Each error is to be corrected, so each is shown. */
static void test_errors_are_all_shown(void)
{
    char text[8000];
    struct diag_list d = {0};
    for (unsigned i = 0; i < 20; i++)
        DIAG_ADD(&d, DATE, (struct place){0}, text_same("x"));
    printed(&d, (struct diag_view){0}, text, sizeof text);
    CHECK_INT(count(text, "[date]"), 20);
    diag_fini(&d);
}

static void test_dropped_ones_are_told(void)
{
    static char text[200000];
    struct diag_list d = {0};
    for (unsigned i = 0; i < LIMIT_ERRORS + 7; i++)
        DIAG_ADD(&d, DATE, (struct place){0}, text_same("x"));
    printed(&d, (struct diag_view){0}, text, sizeof text);
    CHECK(strstr(text, "7 more not shown") != NULL);
    printed(&d, (struct diag_view){.lang = LANG_JA}, text, sizeof text);
    CHECK(strstr(text, "ほかに7件") != NULL);
    diag_fini(&d);
}

int main(void)
{
    RUN(test_rows_are_in_both_languages);
    RUN(test_rows_have_the_same_arguments);
    RUN(test_rows_have_the_same_alternatives);
    RUN(test_codes_are_explained);
    RUN(test_arguments_are_filled_in);
    RUN(test_arguments_are_not_formats);
    RUN(test_long_arguments_are_cut);
    RUN(test_long_lines_are_cut_around_the_caret);
    RUN(test_lines_of_marks_are_cut);
    RUN(test_one_list_in_either_language);
    RUN(test_many_of_one_code_become_a_line);
    RUN(test_errors_are_all_shown);
    RUN(test_dropped_ones_are_told);
    return UNIT_RESULT();
}
