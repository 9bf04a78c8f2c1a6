/* SPDX-License-Identifier: Apache-2.0
 *
 * YAML text to nodes: places, and every way in which hostile text is refused.
 */
#include "unit.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/yaml.h"

/* One text parsed. */
struct parse {
    struct arena arena;
    struct diag_list diags;
    struct node *root;
};

static void parse_bytes(struct parse *p, const char *text, size_t len)
{
    char *copy = mem_alloc(len + 1);

    memcpy(copy, text, len);
    memset(p, 0, sizeof *p);
    p->root =
        yaml_parse(&p->arena, &p->diags, diag_add_file(&p->diags, "t.yaml", copy, len));
}

static void parse(struct parse *p, const char *text)
{
    parse_bytes(p, text, strlen(text));
}

static void parse_free(struct parse *p)
{
    arena_fini(&p->arena);
    diag_fini(&p->diags);
}

/* That text is refused with exactly one error of this code at this place. */
static void refuse_at(const char *file, int line, const char *text, size_t len,
                      const char *code, unsigned at_line, unsigned at_column)
{
    struct parse p;

    parse_bytes(&p, text, len);
    unit_check_int(file, line, (long long)p.diags.n_errors, 1, "errors");
    if (p.diags.n_errors >= 1) {
        unit_check_str(file, line, p.diags.items[0].code, code, "code");
        if (at_line) {
            unit_check_int(file, line, p.diags.items[0].at.line, at_line, "line");
            unit_check_int(file, line, p.diags.items[0].at.column, at_column, "column");
        }
    }
    parse_free(&p);
}

#define REFUSE_AT(text, code, line, column)                                            \
    refuse_at(__FILE__, __LINE__, text, strlen(text), code, line, column)
#define REFUSE(text, code) REFUSE_AT(text, code, 0, 0)

/* ---- what is read */

static void test_places_are_in_characters(void)
{
    struct parse p;

    parse(&p, "a: 1\nname: {ja: 給湯器, en: heater}\nlist:\n  - x\n  - y: z\n");
    REQUIRE(p.root && p.diags.n_errors == 0);
    const struct node *name = node_get(p.root, "name");
    REQUIRE(name);
    CHECK_INT(name->kind, NODE_MAPPING);
    CHECK_INT(name->n, 2);
    CHECK_INT(node_key_place(name).line, 2);
    CHECK_INT(node_key_place(name).column, 1);
    const struct node *en = node_get(name, "en");
    REQUIRE(en);
    CHECK_STR(en->text, "heater");
    CHECK_INT(en->at.line, 2);
    CHECK_INT(node_key_place(en).column, 17);
    CHECK_INT(en->at.column, 21);
    const struct node *list = node_get(p.root, "list");
    REQUIRE(list && list->n == 2);
    CHECK_INT(list->first->at.line, 4);
    CHECK_INT(list->first->at.column, 5);
    CHECK_INT(node_key_place(list->first).column, 5); /* an item has no key */
    CHECK_STR(node_get(list->first->next, "y")->text, "z");
    CHECK(node_get(list, "y") == NULL);
    CHECK(node_get(NULL, "y") == NULL);
    parse_free(&p);
}

static void test_scalars_keep_their_text(void)
{
    static const struct {
        const char *yaml, *text;
        int quoted, is_null;
    } cases[] = {
        {"a: 1",                           "1",                 0, 0},
        {"a: 0x1F",                        "0x1F",              0, 0},
        {"a: yes",                         "yes",               0, 0},
        {"a: null",                        "null",              0, 1},
        {"a: ~",                           "~",                 0, 1},
        {"a:",                             "",                  0, 1},
        {"a: \"\"",                        "",                  1, 0},
        {"a: \"null\"",                    "null",              1, 0},
        {"a: 'it''s'",                     "it's",              1, 0},
        {"a: |\n  x\n  y\n",               "x\ny\n",            1, 0},
        {"a: >-\n  x\n  y\n",              "x y",               1, 0},
        {"a: \"\\u9593\\n\"",              "間\n",             1, 0},
        {"a: !!str null",                  "null",              0, 1},
        {"a: plain with spaces # comment", "plain with spaces", 0, 0},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct parse p;
        parse(&p, cases[i].yaml);
        const struct node *n = node_get(p.root, "a");
        CHECK_INT(p.diags.n_errors, 0);
        CHECK(n != NULL);
        if (n) {
            CHECK_STR(n->text, cases[i].text);
            CHECK_INT(n->quoted, cases[i].quoted);
            CHECK_INT(node_is_null(n), cases[i].is_null);
        }
        parse_free(&p);
    }
}

static void test_a_document_marker_is_fine(void)
{
    struct parse p;

    parse(&p, "%YAML 1.2\n---\na: 1\n...\n");
    CHECK_INT(p.diags.n_errors, 0);
    CHECK(node_get(p.root, "a") != NULL);
    parse_free(&p);
}

static void test_carriage_returns_are_line_breaks(void)
{
    struct parse p;

    parse(&p, "a: 1\r\nb: two\r\n");
    CHECK_INT(p.diags.n_errors, 0);
    const struct node *b = node_get(p.root, "b");
    REQUIRE(b);
    CHECK_STR(b->text, "two");
    CHECK_INT(b->at.line, 2);
    parse_free(&p);
}

/* Some editors put one before UTF-8. */
static void test_a_byte_order_mark_is_skipped(void)
{
    struct parse p;

    parse(&p, "\xEF\xBB\xBF"
              "a: 1\nb: 2\n");
    CHECK_INT(p.diags.n_errors, 0);
    CHECK(node_get(p.root, "a") != NULL);
    CHECK(node_get(p.root, "b") != NULL);
    parse_free(&p);
}

static void test_aliases_stand_for_their_value(void)
{
    struct parse p;

    parse(&p, "a: &x {k: [1, 2]}\nb: *x\nc: &y word\nd: [*y, *x]\n");
    CHECK_INT(p.diags.n_errors, 0);
    const struct node *b = node_get(p.root, "b"), *d = node_get(p.root, "d");
    REQUIRE(b && d && b->kind == NODE_MAPPING && d->n == 2);
    CHECK_INT(node_get(b, "k")->n, 2);
    CHECK_INT(b->at.line, 2); /* where the alias stands */
    CHECK_STR(d->first->text, "word");
    CHECK_INT(d->first->next->n, 1);
    parse_free(&p);
}

/* ---- what is refused */

static void test_syntax_errors_have_a_place(void)
{
    REFUSE_AT("a: [1, 2\nb: 3\n", "syntax", 2, 2);
    REFUSE("a: \"open\n", "syntax");
    REFUSE("a: b: c\n", "syntax");
    REFUSE("a: @x\n", "syntax");
    REFUSE("a: 1\n\tb: 2\n", "syntax");
    REFUSE("%YAML 9.9\n---\na: 1\n", "syntax");
    REFUSE("a: \"\\xZZ\"\n", "syntax");
    REFUSE("]", "syntax");
}

static void test_an_empty_text_is_refused(void)
{
    REFUSE("", "empty");
    REFUSE("# only a comment\n", "empty");
    REFUSE("\n\n\n", "empty");
    REFUSE("---\n...\n---\na: 1\n", "document");
}

static void test_duplicate_keys(void)
{
    REFUSE_AT("a: 1\nb: 2\na: 3\n", "duplicate-key", 3, 1);
    REFUSE_AT("m: {x: 1, y: 2, x: 3}\n", "duplicate-key", 1, 17);
    REFUSE_AT("\"a\": 1\na: 2\n", "duplicate-key", 2, 1);
}

static void test_equal_keys_of_different_mappings_are_fine(void)
{
    struct parse p;

    parse(&p, "a: {x: 1}\nb: {x: 1, a: {x: 2}}\nx: [{x: 1}, {x: 2}]\n");
    CHECK_INT(p.diags.n_errors, 0);
    parse_free(&p);
}

static void test_keys_are_plain_words(void)
{
    REFUSE("? [a, b]\n: 1\n", "key");
    REFUSE("{a: 1}: 2\n", "key");
    REFUSE("a: &k x\n*k : 2\n", "alias");
    char text[400];
    memset(text, 'k', 300);
    memcpy(text + 300, ": 1\n", 5);
    REFUSE(text, "too-large");
}

static void test_a_second_document_is_refused(void)
{
    REFUSE_AT("a: 1\n---\nb: 2\n", "document", 2, 1);
}

static void test_application_tags_are_refused(void)
{
    REFUSE_AT("a: !!python/object:os.system x\n", "tag", 1, 4);
    REFUSE("a: !mine {b: 1}\n", "tag");
    REFUSE("a: !<tag:example.org,2000:x> [1]\n", "tag");
    REFUSE("!!set {a: 1}\n", "tag");
}

static void test_core_tags_are_fine(void)
{
    struct parse p;

    parse(&p, "a: !!str 1\nb: !!int 2\nc: !!map {}\nd: !!seq []\ne: ! x\n");
    CHECK_INT(p.diags.n_errors, 0);
    parse_free(&p);
}

static void test_aliases_must_be_defined_before(void)
{
    REFUSE_AT("a: *x\nb: &x 1\n", "alias", 1, 4);
    REFUSE("a: &x [1, *x]\n", "alias");
    REFUSE("a: &x {b: {c: *x}}\n", "alias");
}

/* ---- limits */

/* `n` opening brackets, a word, `n` closing ones. */
static void nest(struct buf *b, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        buf_char(b, '[');
    buf_str(b, "x");
    for (unsigned i = 0; i < n; i++)
        buf_char(b, ']');
}

static void test_depth_is_limited(void)
{
    struct buf b = {0};
    struct parse p;

    buf_str(&b, "a: ");
    nest(&b, LIMIT_DEPTH - 1);
    parse(&p, buf_text(&b));
    CHECK_INT(p.diags.n_errors, 0);
    parse_free(&p);
    buf_fini(&b);
    buf_str(&b, "a: ");
    nest(&b, LIMIT_DEPTH);
    REFUSE_AT(buf_text(&b), "too-deep", 1, 3 + LIMIT_DEPTH);
    buf_fini(&b);
    for (unsigned i = 0; i < 200000; i++)
        buf_char(&b, '[');
    REFUSE(buf_text(&b), "too-deep");
    buf_fini(&b);
}

static void test_scalars_are_limited(void)
{
    char *text = mem_alloc(LIMIT_SCALAR_BYTES + 8);
    struct parse p;

    memset(text, 'x', LIMIT_SCALAR_BYTES + 4);
    memcpy(text, "a: ", 3);
    text[LIMIT_SCALAR_BYTES + 3] = '\0';
    parse(&p, text);
    CHECK_INT(p.diags.n_errors, 0);
    parse_free(&p);
    text[LIMIT_SCALAR_BYTES + 3] = 'x';
    REFUSE_AT(text, "too-large", 1, 4);
    free(text);
}

/* Nine levels of nine aliases each: 387 million values in 500 bytes. */
static void test_billion_laughs(void)
{
    struct buf b = {0};

    buf_str(&b, "a: &a [x, x, x, x, x, x, x, x, x]\n");
    for (int c = 'b'; c <= 'i'; c++)
        buf_printf(&b, "%c: &%c [*%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c]\n", c, c,
                   c - 1, c - 1, c - 1, c - 1, c - 1, c - 1, c - 1, c - 1, c - 1);
    REFUSE(buf_text(&b), "too-large");
    buf_fini(&b);
}

/* The same, with an anchor that is defined again inside of itself. */
static void test_billion_laughs_with_a_shadowed_anchor(void)
{
    struct buf b = {0};

    buf_str(&b, "a: &a [x, x, x, x, x, x, x, x, &a x]\n");
    for (int c = 'b'; c <= 'i'; c++)
        buf_printf(&b, "%c: &%c [*%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c, &%c x]\n", c,
                   c, c - 1, c - 1, c - 1, c - 1, c - 1, c - 1, c - 1, c - 1, c);
    struct parse p;
    parse(&p, buf_text(&b));
    /* refused, or read as YAML has it: the inner anchor, a single word, is the later */
    if (p.diags.n_errors == 0) {
        const struct node *last = node_get(p.root, "i");
        REQUIRE(last && last->n == 9);
        CHECK_INT(last->first->kind, NODE_SCALAR);
    }
    parse_free(&p);
    buf_fini(&b);
}

static void test_anchors_are_limited(void)
{
    struct buf b = {0};

    for (unsigned i = 0; i < 5000; i++)
        buf_printf(&b, "- &a%u x\n", i);
    REFUSE(buf_text(&b), "too-large");
    buf_fini(&b);
}

/* Alike and large: refused or read, but soon. */
static void test_odd_texts_end_soon(void)
{
    static const struct {
        const char *piece;
        unsigned n;
    } cases[] = {
        {"? ",         100000 },
        {"- ",         100000 },
        {"- \n",       100000 },
        {"{",          100000 },
        {"a: ",        100000 },
        {"&a ",        100000 },
        {"*a ",        100000 },
        {"!!str ",     100000 },
        {"#",          1000000},
        {"\n",         1000000},
        {"---\n",      50000  },
        {"a,",         300000 },
        {"\"",         300000 },
        {"%TAG ! x\n", 50000  },
        {"'a' ",       100000 },
        {"[a]: ",      50000  },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf b = {0};
        struct parse p;
        clock_t start = clock();
        for (unsigned k = 0; k < cases[i].n; k++)
            buf_str(&b, cases[i].piece);
        parse(&p, buf_text(&b));
        CHECK(p.root != NULL || p.diags.n_errors > 0);
        CHECK((double)(clock() - start) / CLOCKS_PER_SEC < 10);
        parse_free(&p);
        buf_fini(&b);
    }
}

/* An escape for NUL would cut the text silently: C strings end there. */
static void test_an_escaped_nul_is_refused(void)
{
    static const char *const texts[] = {"a: \"x\\0y\"\n", "a: \"x\\x00y\"\n",
                                        "a: \"x\\u0000y\"\n", "\"x\\0y\": 1\n",
                                        "a: \"\\0\"\n"};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct parse p;
        parse(&p, texts[i]);
        CHECK_INT(p.diags.n_errors, 1);
        parse_free(&p);
    }
}

/* ---- files */

/* Writes a file of the test; returns its path, static. */
static const char *put_file(const char *bytes, size_t len)
{
    static char path[512];
    const char *folder = getenv("TEST_TMP");

    snprintf(path, sizeof path, "%s/yaml-%ld.yaml", folder ? folder : "/tmp",
             (long)getpid());
    FILE *f = fopen(path, "wb");
    if (f == NULL || fwrite(bytes, 1, len, f) != len) perror(path);
    if (f) fclose(f);
    return path;
}

/* That loading these bytes fails with one error that says so at this place. */
static void check_refused_file(const char *bytes, size_t len, const char *code,
                               unsigned line, unsigned column)
{
    struct diag_list d = {0};
    const char *path = put_file(bytes, len);

    CHECK_INT(yaml_load(&d, path, (struct place){0, 0, 0}), -1);
    CHECK_INT(d.n_errors, 1);
    if (d.n == 1) {
        CHECK_STR(d.items[0].code, code);
        CHECK_INT(d.items[0].at.line, line);
        CHECK_INT(d.items[0].at.column, column);
    }
    diag_fini(&d);
    remove(path);
}

static void test_files_must_be_utf8_without_nul(void)
{
    check_refused_file("a: 1\nb: 間\xFF\n", 13, "encoding", 2, 5);
    check_refused_file("\xFF\xFE\x00", 3, "encoding", 1, 1);
    check_refused_file("a: 1\nb: \0\n", 10, "encoding", 2, 4);
    check_refused_file("\0", 1, "encoding", 1, 1);
    check_refused_file("a: \xED\xA0\x80\n", 7, "encoding", 1, 4);
}

static void test_files_are_read_whole(void)
{
    struct diag_list d = {0};
    struct buf b = {0};

    for (unsigned i = 0; i < 20000; i++)
        buf_printf(&b, "key-%u: value\n", i);
    int file = yaml_load(&d, put_file(buf_text(&b), b.len), (struct place){0, 0, 0});
    REQUIRE(file >= 0);
    CHECK_INT(d.files[file].len, b.len);
    CHECK_STR(d.files[file].text, buf_text(&b));
    remove(d.files[file].path);
    diag_fini(&d);
    buf_fini(&b);
}

static void test_what_is_no_file_is_refused(void)
{
    struct diag_list d = {0};

    CHECK_INT(yaml_load(&d, "/nowhere/at/all.yaml", (struct place){0, 0, 0}), -1);
    CHECK_INT(yaml_load(&d, ".", (struct place){0, 0, 0}), -1);
    /* by include only regular files: no device, no pipe to wait for */
    CHECK_INT(yaml_load(&d, "/dev/zero", (struct place){0, 1, 1}), -1);
    CHECK_INT(d.n_errors, 3);
    for (size_t i = 0; i < d.n; i++)
        CHECK_STR(d.items[i].code, "file");
    diag_fini(&d);
}

int main(void)
{
    RUN(test_places_are_in_characters);
    RUN(test_scalars_keep_their_text);
    RUN(test_a_document_marker_is_fine);
    RUN(test_carriage_returns_are_line_breaks);
    RUN(test_a_byte_order_mark_is_skipped);
    RUN(test_aliases_stand_for_their_value);
    RUN(test_syntax_errors_have_a_place);
    RUN(test_an_empty_text_is_refused);
    RUN(test_duplicate_keys);
    RUN(test_equal_keys_of_different_mappings_are_fine);
    RUN(test_keys_are_plain_words);
    RUN(test_a_second_document_is_refused);
    RUN(test_application_tags_are_refused);
    RUN(test_core_tags_are_fine);
    RUN(test_aliases_must_be_defined_before);
    RUN(test_depth_is_limited);
    RUN(test_scalars_are_limited);
    RUN(test_billion_laughs);
    RUN(test_billion_laughs_with_a_shadowed_anchor);
    RUN(test_anchors_are_limited);
    RUN(test_odd_texts_end_soon);
    RUN(test_an_escaped_nul_is_refused);
    RUN(test_files_must_be_utf8_without_nul);
    RUN(test_files_are_read_whole);
    RUN(test_what_is_no_file_is_refused);
    return UNIT_RESULT();
}
