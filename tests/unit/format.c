/* SPDX-License-Identifier: Apache-2.0
 *
 * Layout of texts: what becomes of each form, where comments go, what is left alone;
 * and on the use cases, that they are as they should be, and come back from any other
 * layout that means the same.
 */
#include <stdlib.h>

#include "base/assets.h"
#include "base/yaml.h"
#include "lsp/format.h"
#include "unit.h"

static int format(const char *text, size_t len, struct buf *out)
{
    struct diag_list d = {0};
    int file = yaml_text(&d, "text", text, len);
    int is_done = file >= 0 && format_file(&d, (uint32_t)file, out);
    CHECK_INT(is_done, d.n_errors == 0);
    CHECK(is_done || out->len == 0);
    diag_fini(&d);
    return is_done;
}

static void check_white(const char *text, struct span at)
{
    for (; at.from < at.to; at.from++)
        CHECK(strchr(" \t\r\n", text[at.from]) != NULL);
}

/* The text with the edits to what it becomes. */
static void check_edits(const char *text, size_t len, const struct buf *formatted)
{
    size_t n, at = 0;
    struct buf made = {0};
    struct format_edit *edits = format_edits(text, len, formatted, &n);
    for (size_t i = 0; i < n; i++) {
        check_white(text, edits[i].was);
        check_white(formatted->data, edits[i].is);
        buf_add(&made, text + at, edits[i].was.from - at);
        buf_add(&made, formatted->data + edits[i].is.from,
                edits[i].is.to - edits[i].is.from);
        at = edits[i].was.to;
    }
    buf_add(&made, text + at, len - at);
    CHECK_STR(buf_text(&made), buf_text(formatted));
    free(edits);
    buf_fini(&made);
}

struct row {
    const char *text, *expected; /* NULL: it is so already */
};

static void check_row(const struct row *r)
{
    struct buf out = {0}, again = {0};
    const char *expected = r->expected ? r->expected : r->text;
    CHECK(format(r->text, strlen(r->text), &out));
    CHECK_STR(buf_text(&out), expected);
    check_edits(r->text, strlen(r->text), &out);
    CHECK(format(expected, strlen(expected), &again));
    CHECK_STR(buf_text(&again), expected);
    buf_fini(&out);
    buf_fini(&again);
}

static void check_rows(const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        check_row(&rows[i]);
}
#define CHECK_ROWS(rows) check_rows(rows, sizeof(rows) / sizeof *(rows))

// clang-format off

static void test_levels(void)
{
    static const struct row rows[] = {
        {"a:\n    b:\n         c: 1\n    d: 2\n", "a:\n  b:\n    c: 1\n  d: 2\n"},
        {"a:\n b: 1\n c:\n  d: 2\n", "a:\n  b: 1\n  c:\n    d: 2\n"},
        {"l:\n- 1\n- 2\nm: 3\n", "l:\n  - 1\n  - 2\nm: 3\n"},
        {"l:\n-   a: 1\n    b: 2\n", "l:\n  - a: 1\n    b: 2\n"},
        {"l:\n- - 1\n  - 2\n-    - 3\n", "l:\n  - - 1\n    - 2\n  - - 3\n"},
        {"l:\n  -\n     a: 1\n     b: 2\n", "l:\n  -\n    a: 1\n    b: 2\n"},
        {"l:\n- m:\n  - n:\n    - 1\n- 2\n", "l:\n  - m:\n      - n:\n          - 1\n  - 2\n"},
        {"   a: 1\n   b: 2\n", "a: 1\nb: 2\n"},
        {"a:\n      word\n", "a:\n  word\n"},
        {"? a\n: - 1\n  - 2\n? b\n:   c: 3\n", "? a\n: - 1\n  - 2\n? b\n: c: 3\n"},
        {"a: 1\n...\n", NULL},
        {"%YAML 1.1\n---\na:\n    b: 1\n", "%YAML 1.1\n---\na:\n  b: 1\n"},
        {"\xEF\xBB\xBF  a:\n      b: 1\n", "\xEF\xBB\xBF" "a:\n  b: 1\n"},
        {"\xE5\xBA\x97:\n     \xE5\x90\x8D: \xE9\x8D\xB5\n", "\xE5\xBA\x97:\n  \xE5\x90\x8D: \xE9\x8D\xB5\n"},
    };
    CHECK_ROWS(rows);
}

static void test_blanks(void)
{
    static const struct row rows[] = {
        {"a:    1   \nb:\t2\t\n", "a: 1\nb: 2\n"},
        {"a : 1\n\"b\"  :  2\n", "a: 1\n\"b\": 2\n"},
        {"a: {b:   1,c: 2 , d:   [ 3,4 ]  }\n", "a: {b: 1, c: 2, d: [3, 4]}\n"},
        {"a: {\"b\":1, \"c\" : 2, d :1}\n", "a: {\"b\":1, \"c\": 2, d :1}\n"},
        {"a: [ ]\nb: {   }\nc: [1, ]\n", "a: []\nb: {}\nc: [1,]\n"},
        {"a: {b: }\n", NULL},
        {"a: &x   1\nb: *x \nc: !!str  2\n", "a: &x   1\nb: *x\nc: !!str  2\n"},
        {"a: 1\n\n\n\nb: 2\n\n\n", "a: 1\n\nb: 2\n"},
        {"\n\n# c\n\n\na: 1", "# c\n\na: 1\n"},
        {"a: 1\r\nb:\r\n  - 2\r\n\r\n", "a: 1\nb:\n  - 2\n"},
        {"a: 1\rb: 2\r", "a: 1\nb: 2\n"},
        {"a: \"x  y\"   # z  \n", "a: \"x  y\"   # z\n"},
    };
    CHECK_ROWS(rows);
}

static void test_texts_over_lines(void)
{
    static const struct row rows[] = {
        {"a:\n    b: |\n          x\n            y\n\n          z\n    c: 1\n", "a:\n  b: |\n    x\n      y\n\n    z\n  c: 1\n"},
        {"a: >-  # why\n x\n \n y  \n\n\nb: 1\n", "a: >-  # why\n  x\n\n  y  \n\nb: 1\n"},
        {"a:\n    b: |2\n         x\n      y\n", "a:\n  b: |2\n       x\n    y\n"},
        {"l:\n- |\n x\n- >2\n   y\n", "l:\n  - |\n    x\n  - >2\n     y\n"},
        {"a: |+\n   x\n\n\nb: 1\n", "a: |+\n  x\n\n\nb: 1\n"},
        {"a: |+\n   x\n\n\n", "a: |+\n  x\n\n\n"},
        {"a: |\n  x", NULL},
        {"a: |\n\n   x\n     \n", "a: |\n\n  x\n    \n"},
        {"a:\n    b: |\n     \n    c: >\n           \n", "a:\n  b: |\n\n  c: >\n"},
        {"a: |\nb: >\n\n\nc: 1\n", "a: |\nb: >\n\nc: 1\n"},
        {"a:\n    b: one\n      two\n\n       three\n", "a:\n  b: one\n    two\n\n     three\n"},
        {"a: \"one  \n\n   two\\\n     three\"\n", "a: \"one\n\n   two\\\n     three\"\n"},
        {"a: \"one\\ \n  two\"\n", NULL},
        {"a: 'one\n two'\n", "a: 'one\n  two'\n"},
        {"a:\n    [x,\n     y]\n", "a:\n  [x,\n   y]\n"},
        {"    a: [x,   y,\n        z]   \n", "a: [x,   y,\n    z]\n"},
        {"a: [\n  x, # one\n\n\n  # two\n  y,\n]\n", "a: [\n  x, # one\n\n  # two\n  y,\n]\n"},
        {"a:\n     - {b: 1,\n\t c: 2}\n", "a:\n  - {b: 1,\n    c: 2}\n"},
    };
    CHECK_ROWS(rows);
}

static void test_comments_move_with_what_they_belong_to(void)
{
    static const struct row rows[] = {
        {"a:\n      # of b\n      b: 1 # of 1\n      # last of a\n# of c\nc: 2\n", "a:\n  # of b\n  b: 1 # of 1\n  # last of a\n# of c\nc: 2\n"},
        {"a:\n# of b\n   b: 1\n", "a:\n  # of b\n  b: 1\n"},
        {"l:\n# one\n- 1\n# two\n- 2\n# of m\nm: 1\n", "l:\n  # one\n  - 1\n  # two\n  - 2\n# of m\nm: 1\n"},
        {"l:\n    - a: 1\n      # in a\n    # after it\n    - b: 2\n        # further in\n", "l:\n  - a: 1\n    # in a\n  # after it\n  - b: 2\n    # further in\n"},
        {"a:\n    # nothing yet\nb: 1\n", "a:\n  # nothing yet\nb: 1\n"},
        {"a:\n   b:\n       # nothing\n   # of c\n   c: 1\n", "a:\n  b:\n    # nothing\n  # of c\n  c: 1\n"},
        {"a:\n    b: 1\n\n\n    # apart\n\n\n    # again\n    # and on\nc: 1\n", "a:\n  b: 1\n\n  # apart\n\n  # again\n  # and on\nc: 1\n"},
        {"a: 1\n    # the end\n# of all\n", "a: 1\n# the end\n# of all\n"},
        {"a:\n    b:\n        c: 1\n      # between\n", "a:\n  b:\n    c: 1\n  # between\n"},
        {"a: |\n   x\n # no text\nb: 1\n", "a: |\n  x\n# no text\nb: 1\n"},
        {"l: [1,\n    # two\n    2]\n", NULL},
        {"a: 1 #no blank\n#nor here\n#\nb: '#' \n", "a: 1 #no blank\n#nor here\n#\nb: '#'\n"},
        {"a: # of a\n    b: 1\n", "a: # of a\n  b: 1\n"},
        {"\xEF\xBB\xBF# first\na: 1\n", NULL},
        {"\xEF\xBB\xBF\n\n\na: 1\n", "\xEF\xBB\xBF" "a: 1\n"},
    };
    CHECK_ROWS(rows);
}

// clang-format on

/* What cannot be done is said and leaves nothing. */
static void test_refused(void)
{
    static const char *const texts[] = {
        "a: [\n",
        "a: 1\n b: 2\n",
        "",
        "# nothing\n",
        "a: 1\na: 2\n",
        "a: \"x\n",
        "a:\n\tb: 1\n",
        "a: 1\n---\nb: 2\n",
        "a: !x 1\n",
        "a:\xC2\x85  b: 1\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct buf out = {0};
        CHECK(!format(texts[i], strlen(texts[i]), &out));
        buf_fini(&out);
    }
}

// ---- the use cases ------------------------------------------------------------------

static uint64_t chance = 20261126;

static size_t below(size_t n)
{
    chance = chance * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(chance >> 33) % n;
}

enum { MOST_LEVELS = 32 };

/* What scrambling knows of the line before. */
struct scramble {
    size_t columns[MOST_LEVELS]; /* of each level */
    size_t block;                /* level of a block scalar's header + 1; 0: none */
};

static void choose_columns(struct scramble *s)
{
    s->columns[0] = 0;
    for (size_t i = 1; i < MOST_LEVELS; i++)
        s->columns[i] = s->columns[i - 1] + 2 + below(5);
}

static void put_blanks(struct buf *out, size_t n)
{
    while (n-- > 0)
        buf_char(out, ' ');
}

/* A line's words: what a dash and a key's colon have after them changes. */
static void put_words(struct scramble *s, size_t level, const char *line, size_t len,
                      struct buf *out)
{
    size_t at = 0;
    for (; at + 1 < len && line[at] == '-' && line[at + 1] == ' '; at += 2, level++) {
        buf_char(out, '-');
        put_blanks(out, s->columns[level + 1] - s->columns[level] - 1);
    }
    size_t key = at + strspn(line + at, "abcdefghijklmnopqrstuvwxyz-0123456789");
    if (key > at && key + 1 < len && line[key] == ':' && line[key + 1] == ' ') {
        buf_add(out, line + at, key - at);
        put_blanks(out, below(3));
        buf_char(out, ':');
        put_blanks(out, 1 + below(4));
        at = key + 2;
    }
    buf_add(out, line + at, len - at);
    int is_header = strchr("|>", line[at]) || strncmp(line + at, ">-", 2) == 0;
    s->block = line[at] && is_header ? level + 1 : 0;
    if (s->block == 0) put_blanks(out, below(3));
}

static void put_line(struct scramble *s, const char *line, size_t len, struct buf *out)
{
    size_t blanks = strspn(line, " "), level = blanks / 2;
    if (len == 0) {
        size_t n = s->block ? 0 : below(3);
        for (; n > 0; n--)
            buf_str(out, "  \r\n");
    } else if (s->block && level >= s->block) {
        put_blanks(out, s->columns[s->block] + blanks - 2 * s->block);
        buf_add(out, line + blanks, len - blanks);
    } else {
        if (level == 0 && line[0] != '#') choose_columns(s);
        put_blanks(out, s->columns[level]);
        put_words(s, level, line + blanks, len - blanks, out);
    }
    buf_str(out, "\r\n");
}

/* The same model, laid out by chance. */
static void scramble(const struct buf *text, struct buf *out)
{
    struct scramble s = {{0}, 0};
    buf_str(out, "\r\n\r\n");
    choose_columns(&s);
    for (size_t at = 0; at < text->len;) {
        size_t len = strcspn(text->data + at, "\n");
        put_line(&s, text->data + at, len, out);
        at += len + 1;
    }
    buf_str(out, " \r\n");
}

static void check_use_case(const char *path)
{
    struct buf text = {0}, same = {0};
    const struct asset *asset = asset_find(path);
    buf_add(&text, (const char *)asset->bytes, asset->len);
    CHECK(format(text.data, text.len, &same));
    CHECK_STR(buf_text(&same), buf_text(&text));
    for (int i = 0; i < 5; i++) {
        struct buf other = {0}, back = {0};
        scramble(&text, &other);
        CHECK(other.len > text.len + 1000);
        CHECK(format(other.data, other.len, &back));
        CHECK(strcmp(buf_text(&back), buf_text(&text)) == 0);
        check_edits(other.data, other.len, &back);
        buf_fini(&other);
        buf_fini(&back);
    }
    buf_fini(&text);
    buf_fini(&same);
}

static void test_use_cases_come_back(void)
{
    check_use_case("usecases/condition-monitoring/model.yaml");
    check_use_case("usecases/distillation/model.yaml");
    check_use_case("usecases/drone/model.yaml");
    check_use_case("usecases/gas-water-heater/model.yaml");
    check_use_case("usecases/warehouse-agv/model.yaml");
    check_use_case("usecases/welding-robot/model.yaml");
}

int main(void)
{
    RUN(test_levels);
    RUN(test_blanks);
    RUN(test_texts_over_lines);
    RUN(test_comments_move_with_what_they_belong_to);
    RUN(test_refused);
    RUN(test_use_cases_come_back);
    return UNIT_RESULT();
}
