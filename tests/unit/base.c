/* SPDX-License-Identifier: Apache-2.0
 *
 * The ground everything stands on: memory, buffers, maps, did-you-mean, UTF-8 and its
 * width on a terminal, JSON, diagnostics.
 */
#include "unit.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/intern.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/text.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- memory */

static void test_arena_is_zeroed_and_aligned(void)
{
    struct arena a = {0};

    for (size_t size = 0; size < 3000; size += 7) {
        unsigned char *p = arena_alloc(&a, size);
        CHECK((uintptr_t)p % 16 == 0);
        for (size_t i = 0; i < size; i++)
            CHECK(p[i] == 0);
        memset(p, 0xFF, size);
    }
    arena_fini(&a);
    CHECK(a.blocks == NULL);
}

static void test_arena_holds_what_is_larger_than_a_block(void)
{
    struct arena a = {0};
    char *before = arena_str(&a, "before");
    char *large = arena_alloc(&a, 10u << 20);
    char *after = arena_printf(&a, "%s %d", "after", 7);

    memset(large, 'x', 10u << 20);
    CHECK_STR(before, "before");
    CHECK_STR(after, "after 7");
    CHECK(a.total >= 10u << 20);
    arena_fini(&a);
}

static void test_arena_copies_stop_at_their_length(void)
{
    struct arena a = {0};

    CHECK_STR(arena_strn(&a, "abcdef", 3), "abc");
    CHECK_STR(arena_strn(&a, "", 0), "");
    CHECK(arena_array(&a, 0, 8) != NULL);
    arena_fini(&a);
}

static void test_push_zeroes_and_keeps(void)
{
    int *items = NULL;
    size_t n = 0, cap = 0;

    for (int i = 0; i < 1000; i++) {
        int *item = mem_push(&items, &n, &cap, sizeof *items);
        CHECK_INT(*item, 0);
        *item = i;
    }
    CHECK_INT(n, 1000);
    for (int i = 0; i < 1000; i++)
        CHECK_INT(items[i], i);
    free(items);
}

/* ---- buffers */

static void test_buf_appends(void)
{
    struct buf b = {0};

    CHECK_STR(buf_text(&b), "");
    buf_add(&b, "", 0);
    buf_str(&b, "");
    buf_printf(&b, "%s", "");
    CHECK_STR(buf_text(&b), "");
    buf_str(&b, "one");
    buf_char(&b, ' ');
    buf_add(&b, "twofold", 3);
    buf_printf(&b, " %d%s", 3, "!");
    CHECK_STR(buf_text(&b), "one two 3!");
    CHECK_INT(b.len, 10);
    buf_fini(&b);
    CHECK_STR(buf_text(&b), "");
}

static void test_buf_grows(void)
{
    struct buf b = {0};
    char line[301];

    memset(line, 'x', 300);
    line[300] = '\0';
    for (int i = 0; i < 1000; i++)
        buf_printf(&b, "%s", line);
    CHECK_INT(b.len, 300000);
    CHECK_INT(strlen(buf_text(&b)), 300000);
    buf_fini(&b);
}

static void test_buf_drains_to_its_sink(void)
{
    char *text = NULL;
    size_t len = 0;
    FILE *sink = open_memstream(&text, &len);
    struct buf b = {.sink = sink};

    REQUIRE(sink != NULL);
    for (int i = 0; i < 100000; i++)
        buf_printf(&b, "%06d\n", i);
    CHECK(b.cap < 1u << 20);
    CHECK_INT(buf_flush(&b), 0);
    fclose(sink);
    CHECK_INT(len, 700000);
    CHECK(memcmp(text + 699993, "099999\n", 7) == 0);
    buf_fini(&b);
    free(text);
}

static void test_buf_tells_of_a_failed_write(void)
{
    FILE *full = fopen("/dev/full", "w");
    struct buf b = {.sink = full};

    if (full == NULL) return;
    buf_str(&b, "anything");
    CHECK_INT(buf_flush(&b), -1);
    fclose(full);
    buf_fini(&b);
}

static void test_buf_html_escapes(void)
{
    struct buf b = {0};

    buf_html(&b, "a<b>&\"c'd");
    CHECK_STR(buf_text(&b), "a&lt;b&gt;&amp;&quot;c&#39;d");
    buf_fini(&b);
}

/* ---- maps and near words */

static void test_strmap_finds_what_was_added(void)
{
    static char keys[5000][8];
    struct strmap m = {0};
    uint32_t value = 77;

    CHECK(!strmap_get(&m, "absent", &value));
    for (unsigned i = 0; i < 5000; i++) {
        snprintf(keys[i], sizeof keys[i], "k%u", i);
        CHECK(strmap_add(&m, keys[i], i, NULL));
    }
    for (unsigned i = 0; i < 5000; i++) {
        CHECK(strmap_get(&m, keys[i], &value));
        CHECK_INT(value, i);
    }
    CHECK(!strmap_get(&m, "absent", &value));
    CHECK(!strmap_add(&m, "k42", 1, &value));
    CHECK_INT(value, 42);
    CHECK_INT(m.n, 5000);
    strmap_fini(&m);
    CHECK_INT(m.n, 0);
}

/* The published values of FNV-1a with 32 bits. */
static void test_hash_is_the_same_everywhere(void)
{
    CHECK_INT(str_hash(""), 0x811c9dc5u);
    CHECK_INT(str_hash("a"), 0xe40c292cu);
    CHECK_INT(str_hash("foobar"), 0xbf9cf968u);
}

static void test_distance(void)
{
    char long_word[80];

    memset(long_word, 'x', 79);
    long_word[79] = '\0';
    CHECK_INT(str_distance("", "", 3), 0);
    CHECK_INT(str_distance("zone", "zone", 3), 0);
    CHECK_INT(str_distance("zone", "zones", 3), 1);
    CHECK_INT(str_distance("zone", "tone", 3), 1);
    CHECK_INT(str_distance("zone", "znoe", 3), 1);
    CHECK_INT(str_distance("kitten", "sitting", 9), 3);
    CHECK_INT(str_distance("", "abc", 9), 3);
    CHECK_INT(str_distance("abc", "xyz", 1), 2);
    CHECK_INT(str_distance(long_word, long_word, 5), 6);
}

static void test_did_you_mean(void)
{
    const char *const keys[] = {"name", "kind", "within", "trust", "physical-access"};
    const char *const none[] = {""};
    char long_word[200];

    CHECK_STR(str_nearest("nmae", keys, COUNT(keys)), "name");
    CHECK_STR(str_nearest("Kind", keys, COUNT(keys)), "kind");
    CHECK_STR(str_nearest("withn", keys, COUNT(keys)), "within");
    CHECK_STR(str_nearest("physical_acces", keys, COUNT(keys)), "physical-access");
    CHECK_STR(str_nearest("colour", keys, COUNT(keys)), NULL);
    CHECK_STR(str_nearest("x", none, 0), NULL);
    memset(long_word, 'a', 199);
    long_word[199] = '\0';
    CHECK_STR(str_nearest(long_word, keys, COUNT(keys)), NULL);
}

/* ---- text */

static void test_text_falls_back_to_the_other_language(void)
{
    CHECK_STR(text_in(TEXT("lock", "錠"), LANG_JA), "錠");
    CHECK_STR(text_in(TEXT("lock", NULL), LANG_JA), "lock");
    CHECK_STR(text_in(TEXT(NULL, "錠"), LANG_EN), "錠");
    CHECK_STR(text_in(TEXT(NULL, NULL), LANG_EN), "");
    CHECK(text_empty(TEXT(NULL, NULL)));
    CHECK(!text_empty(TEXT("", NULL)));
}

static void test_text_decodes(void)
{
    static const struct {
        const char *bytes;
        size_t len, used;
        uint32_t character;
    } cases[] = {
        {"A",                1, 1, 'A'     },
        {"\xC3\xA9",         2, 2, 0xE9    },
        {"\xE9\x96\x93",     3, 3, 0x9593  },
        {"\xF0\x9F\x98\x80", 4, 4, 0x1F600 },
        {"\xF4\x8F\xBF\xBF", 4, 4, 0x10FFFF},
        {"\xE9\x96",         2, 1, 0xFFFD  }, /* cut */
        {"\xC0\xAF",         2, 1, 0xFFFD  }, /* overlong */
        {"\xE0\x80\xAF",     3, 1, 0xFFFD  }, /* overlong */
        {"\xED\xA0\x80",     3, 1, 0xFFFD  }, /* surrogate */
        {"\xF4\x90\x80\x80", 4, 1, 0xFFFD  }, /* above the last plane */
        {"\x80",             1, 1, 0xFFFD  },
        {"\xE9(x",           3, 1, 0xFFFD  },
        {"\xE9\x96x",        3, 1, 0xFFFD  },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t used = 0;
        CHECK_INT(text_decode(cases[i].bytes, cases[i].len, &used), cases[i].character);
        CHECK_INT(used, cases[i].used);
    }
}

static void test_text_width_of_japanese(void)
{
    CHECK_INT(text_width(""), 0);
    CHECK_INT(text_width("abc"), 3);
    CHECK_INT(text_width("給湯器"), 6);
    CHECK_INT(text_width("ガス給湯器（制御基板）"), 22);
    CHECK_INT(text_width("ｶﾞｽ"), 3);
    CHECK_INT(text_width("Ａ１"), 4);
    CHECK_INT(text_width("「、。」"), 8);
    CHECK_INT(text_width("e\xCC\x81"), 1); /* e and a combining accent */
    CHECK_INT(text_width("한국"), 4);
    CHECK_INT(text_width("𠮟"), 2);
    CHECK_INT(text_width("IoT利用者"), 9);
}

static void test_text_offsets(void)
{
    const char *s = "a間b";

    CHECK_INT(text_offset(s, 5, 0), 0);
    CHECK_INT(text_offset(s, 5, 1), 1);
    CHECK_INT(text_offset(s, 5, 2), 4);
    CHECK_INT(text_offset(s, 5, 9), 5);
    CHECK_INT(text_whole(s, 5), 5);
    CHECK_INT(text_whole(s, 4), 4);
    CHECK_INT(text_whole(s, 3), 1);
    CHECK_INT(text_whole(s, 2), 1);
    CHECK_INT(text_whole(s, 1), 1);
    CHECK_INT(text_whole(s, 0), 0);
}

static void test_text_clean(void)
{
    char s[] = "a\x1B[31mb\nc\x7F\xFF間";

    text_clean(s);
    CHECK_STR(s, "a [31mb c ?間");
}

/* U+0080 to U+009F are control characters, too: U+009B begins a terminal's command. */
static void test_text_clean_knows_all_control_characters(void)
{
    char s[] = "a\xC2\x9B"
               "2Jb\xC2\x85";

    text_clean(s);
    CHECK(strchr(s, 0xC2) == NULL);
    CHECK_INT(text_valid(s, strlen(s)), strlen(s));
}

/* What turns the direction of writing, or is not seen, and only that. */
static void test_text_is_invisible(void)
{
    static const uint32_t invisible[] = {0x00AD, 0x200B, 0x200D, 0x200F,
                                         0x202A, 0x202E, 0x2060, 0x2066,
                                         0x2069, 0x3164, 0xFEFF, 0xE0001};
    static const uint32_t visible[] = {' ',    'a',    0xA0,    0xE9,
                                       0x2010, 0x2026, 0x3000,  0x9593,
                                       0xFE0F, 0xFFE5, 0xE0100, 0x1F600};
    for (size_t i = 0; i < sizeof invisible / sizeof *invisible; i++)
        CHECK(text_is_invisible(invisible[i]));
    for (size_t i = 0; i < sizeof visible / sizeof *visible; i++)
        CHECK(!text_is_invisible(visible[i]));
    char s[] = "a\u202Eb\U000E0041c";
    text_clean(s);
    CHECK_STR(s, "a b c");
}

/* A joiner is seen where it joins two pictographs, and only there. */
static void test_text_find_invisible(void)
{
    static const struct {
        const char *text;
        size_t at; // of what is found, or its length
    } cases[] = {
        {"",                                 0 },
        {"plain \u9593",                     9 },
        {"a\u200Bb",                         1 },
        {"\U0001F469\u200D\U0001F467",       11},
        {"\u2764\uFE0F\u200D\U0001F525",     13},
        {"\U0001F469\u200D",                 4 },
        {"\u200D\U0001F469",                 0 },
        {"\U0001F469\u200D\u200D\U0001F467", 4 },
        {"a\u200D\U0001F469",                1 },
        {"\U0001F469\u200Da",                4 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t c = 0;
        CHECK_INT(text_find_invisible(cases[i].text, strlen(cases[i].text), 0, &c),
                  cases[i].at);
    }
}

static void test_text_valid(void)
{
    CHECK_INT(text_valid("", 0), 0);
    CHECK_INT(text_valid("間", 3), 3);
    CHECK_INT(text_valid("ab\0c", 4), 2);
    CHECK_INT(text_valid("ab\xFF", 3), 2);
    CHECK_INT(text_valid("ab\xE9\x96", 4), 2);
    CHECK_INT(text_valid("a\xED\xA0\x80", 4), 1);
}

/* ---- JSON */

static void test_json_escapes(void)
{
    struct buf b = {0};
    struct json j = json_on(&b, 0);

    json_string(&j, "a\"b\\c/d\n\t\x01間\x7F");
    CHECK_STR(buf_text(&b), "\"a\\\"b\\\\c/d\\n\\u0009\\u0001間\x7F\"");
    buf_fini(&b);
}

static void test_json_numbers(void)
{
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        {0,                 "0"                 },
        {-1,                "-1"                },
        {0.1,               "0.1"               },
        {1.0 / 3,           "0.3333333333333333"},
        {1e300,             "1e+300"            },
        {100000,            "100000"            },
        {123456789,         "123456789"         },
        {5e-324,            "4.94066e-324"      },
        {(double)NAN,       "null"              },
        {(double)INFINITY,  "null"              },
        {(double)-INFINITY, "null"              },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf b = {0};
        struct json j = json_on(&b, 0);
        json_double(&j, cases[i].value);
        CHECK_STR(buf_text(&b), cases[i].text);
        buf_fini(&b);
    }
}

/* Every double reads back as itself. */
static void test_json_doubles_read_back(void)
{
    uint64_t bits = 1;

    for (int i = 0; i < 20000; i++) {
        double value = 0;
        struct buf b = {0};
        struct json j = json_on(&b, 0);
        bits = bits * 6364136223846793005u + 1442695040888963407u;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value)) continue;
        json_double(&j, value);
        double back = strtod(buf_text(&b), NULL);
        uint64_t back_bits = 0;
        memcpy(&back_bits, &back, sizeof back_bits);
        CHECK(back_bits == bits);
        buf_fini(&b);
    }
}

static void write_sample(struct json *j)
{
    json_open(j, '{');
    json_put(j, "id", "a");
    json_put(j, "none", NULL);
    json_put_int(j, "n", -3);
    json_put_bool(j, "yes", 1);
    json_put_text(j, "name", TEXT("lock", "錠"));
    json_put_text(j, "empty", TEXT(NULL, NULL));
    json_in(j, "list", '[');
    json_close(j, ']');
    json_in(j, "more", '[');
    json_int(j, 1);
    json_null(j);
    json_close(j, ']');
    json_close(j, '}');
}

static void test_json_raw(void)
{
    struct buf b = {0};
    struct json j = json_on(&b, 0);
    json_open(&j, '[');
    json_raw(&j, "{\"a\": 1}");
    json_raw(&j, "2");
    json_close(&j, ']');
    CHECK_STR(buf_text(&b), "[{\"a\": 1}, 2]\n");
    buf_fini(&b);
}

static void test_json_on_one_line(void)
{
    struct buf b = {0};
    struct json j = json_on(&b, 0);

    write_sample(&j);
    CHECK_STR(buf_text(&b),
              "{\"id\": \"a\", \"none\": null, \"n\": -3, \"yes\": true, "
              "\"name\": {\"ja\": \"錠\", \"en\": \"lock\"}, \"empty\": null, "
              "\"list\": [], \"more\": [1, null]}\n");
    buf_fini(&b);
}

static void test_json_on_lines(void)
{
    struct buf b = {0};
    struct json j = json_on(&b, 1);

    write_sample(&j);
    CHECK_STR(buf_text(&b),
              "{\n  \"id\": \"a\",\n  \"none\": null,\n  \"n\": -3,\n  \"yes\": true,\n"
              "  \"name\": {\"ja\": \"錠\", \"en\": \"lock\"},\n  \"empty\": null,\n"
              "  \"list\": [],\n  \"more\": [1, null]\n}\n");
    buf_fini(&b);
}

static void test_json_text_in_one_language_fills_the_other(void)
{
    struct buf b = {0};
    struct json j = json_on(&b, 0);

    json_open(&j, '{');
    json_put_text(&j, "name", TEXT(NULL, "錠"));
    json_close(&j, '}');
    CHECK_STR(buf_text(&b), "{\"name\": {\"ja\": \"錠\", \"en\": \"錠\"}}\n");
    buf_fini(&b);
}

/* ---- diagnostics */

/* What diag_print writes, in the buffer of `size` bytes. */
static const char *printed(const struct diag_list *d, int warnings, char *text,
                           size_t size)
{
    FILE *out = tmpfile();
    size_t len = 0;

    if (out) {
        diag_print(d, out, (struct diag_view){.warnings = warnings});
        rewind(out);
        len = fread(text, 1, size - 1, out);
        fclose(out);
    }
    text[len] = '\0';
    return text;
}

static char *copy_of(const char *s)
{
    char *copy = mem_alloc(strlen(s) + 1);

    memcpy(copy, s, strlen(s) + 1);
    return copy;
}

static void test_diag_shows_the_line_and_a_caret(void)
{
    static const char source[] = "a: 1\nname: 給湯器 x\n";
    struct diag_list d = {0};
    uint32_t file = diag_add_file(&d, "m.yaml", copy_of(source), strlen(source));

    DIAG_ADD(&d, DATE, ((struct place){file, 2, 11}), text_same("x"));
    char text[1000];
    printed(&d, 0, text, sizeof text);
    CHECK(strstr(text, "m.yaml:2:11: error: 'x' is not a date [date]\n") == text);
    CHECK(strstr(text, "name: 給湯器 x\n") != NULL);
    CHECK(strstr(text, "write it as yyyy-mm-dd") != NULL);
    /* the caret stands below the x: six wide cells and seven narrow ones after the rule
     */
    const char *line = strstr(text, "name:"), *start = line;
    while (line && start > text && start[-1] != '\n')
        start--;
    const char *caret = strchr(text, '^'), *caret_line = caret;
    REQUIRE(line && caret);
    while (caret_line > text && caret_line[-1] != '\n')
        caret_line--;
    CHECK_INT(caret - caret_line, line - start + 6 + 6 + 1);
    diag_fini(&d);
}

static void test_diag_sorts_and_keeps_the_order_of_equals(void)
{
    static const struct place places[] = {
        {0, 3, 1},
        {0, 1, 9},
        {0, 1, 2},
        {0, 3, 1},
        {1, 1, 1},
        {0, 3, 1}
    };
    struct diag_list d = {0};

    for (unsigned i = 0; i < COUNT(places); i++)
        DIAG_ADD(&d, DATE, places[i], diag_number(&d, i));
    diag_sort(&d);
    static const char *const order[] = {"2", "1", "0", "3", "5", "4"};
    for (size_t i = 0; i < COUNT(order); i++)
        CHECK_STR(d.items[i].subject.in[LANG_EN], order[i]);
    diag_fini(&d);
}

static void test_diag_counts_what_it_does_not_keep(void)
{
    const struct place nowhere = {0, 0, 0};
    struct diag_list d = {0};

    for (unsigned i = 0; i < 3 * LIMIT_ERRORS; i++)
        DIAG_ADD(&d, DATE, nowhere, diag_number(&d, i));
    CHECK_INT(d.n, LIMIT_ERRORS);
    CHECK_INT(d.n_errors, 3 * LIMIT_ERRORS);
    CHECK_INT(d.n_dropped, 2 * LIMIT_ERRORS);
    diag_fini(&d);
}

/* What a hostile file says must not steer the terminal. */
static void test_diag_cleans_messages_and_hints(void)
{
    static const char source[] = "x: \x1B]0;title\x07\n";
    struct diag_list d = {0};
    uint32_t file = diag_add_file(&d, "m.yaml", copy_of(source), strlen(source));

    DIAG_ADD(&d, REFERENCE, ((struct place){file, 1, 4}), text_same("\x1B[2J"),
             text_same("kinds"), text_same("\x1B[3J"));
    char text[1000];
    for (const char *p = printed(&d, 0, text, sizeof text); *p; p++)
        CHECK((unsigned char)*p >= 0x20 || *p == '\n');
    diag_fini(&d);
}

/* Warnings are shown on request only. */
static void test_diag_warnings(void)
{
    const struct place nowhere = {0, 0, 0};
    struct diag_list d = {0};

    DIAG_ADD(&d, NO_FLOW, nowhere, text_same("odd"));
    CHECK_INT(d.n_errors, 0);
    CHECK_INT(d.n_warnings, 1);
    char text[1000];
    CHECK_STR(printed(&d, 0, text, sizeof text), "");
    CHECK(strstr(printed(&d, 1, text, sizeof text),
                 "warning: no flow touches the component 'odd' [no-flow]") != NULL);
    diag_fini(&d);
}

int main(void)
{
    RUN(test_arena_is_zeroed_and_aligned);
    RUN(test_arena_holds_what_is_larger_than_a_block);
    RUN(test_arena_copies_stop_at_their_length);
    RUN(test_push_zeroes_and_keeps);
    RUN(test_buf_appends);
    RUN(test_buf_grows);
    RUN(test_buf_drains_to_its_sink);
    RUN(test_buf_tells_of_a_failed_write);
    RUN(test_buf_html_escapes);
    RUN(test_strmap_finds_what_was_added);
    RUN(test_hash_is_the_same_everywhere);
    RUN(test_distance);
    RUN(test_did_you_mean);
    RUN(test_text_falls_back_to_the_other_language);
    RUN(test_text_decodes);
    RUN(test_text_width_of_japanese);
    RUN(test_text_offsets);
    RUN(test_text_clean);
    RUN(test_text_clean_knows_all_control_characters);
    RUN(test_text_is_invisible);
    RUN(test_text_find_invisible);
    RUN(test_text_valid);
    RUN(test_json_escapes);
    RUN(test_json_numbers);
    RUN(test_json_doubles_read_back);
    RUN(test_json_on_one_line);
    RUN(test_json_raw);
    RUN(test_json_on_lines);
    RUN(test_json_text_in_one_language_fills_the_other);
    RUN(test_diag_shows_the_line_and_a_caret);
    RUN(test_diag_sorts_and_keeps_the_order_of_equals);
    RUN(test_diag_counts_what_it_does_not_keep);
    RUN(test_diag_cleans_messages_and_hints);
    RUN(test_diag_warnings);
    return UNIT_RESULT();
}
