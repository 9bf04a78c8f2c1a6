/* SPDX-License-Identifier: Apache-2.0
 *
 * Parts of the exchange with other tools: addresses and dates of workbooks, cells as
 * YAML and back, changes in a text, logos; and that all of it works from buffers. Whole
 * files are in tests/cli/exchange.sh, models.sh and extract.sh.
 */
#include "unit.h"

#include "exchange/grid.h"
#include "exchange/logo.h"
#include "exchange/merge.h"
#include "exchange/xlsx.h"
#include "zipped.h"

static void test_address(void)
{
    static const struct {
        uint32_t row, column;
        const char *address;
    } cases[] = {
        {0,       0,     "A1"        },
        {6,       2,     "C7"        },
        {9,       25,    "Z10"       },
        {0,       26,    "AA1"       },
        {1048575, 16383, "XFD1048576"}
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out = {0};
        xlsx_address(cases[i].row, cases[i].column, &out);
        CHECK_STR(buf_text(&out), cases[i].address);
        buf_fini(&out);
    }
}

static void test_days(void)
{
    struct xlsx x = {0};
    CHECK_INT(xlsx_day(&x, "61"), 19000301);
    CHECK_INT(xlsx_day(&x, "46000"), 20251209);
    CHECK_INT(xlsx_day(&x, "45351.75"), 20240229);
    CHECK_INT(xlsx_day(&x, "60"), 0); /* a day that never was */
    CHECK_INT(xlsx_day(&x, "soon"), 0);
    x.counts_from_1904 = 1;
    CHECK_INT(xlsx_day(&x, "44538"), 20251209);
}

static void test_zipped(void)
{
    static const char sheet[] =
        "<worksheet><sheetData><row r='3'><c r='B3'><v>1.50</v></c>"
        "<c t='b'><v>1</v></c></row></sheetData></worksheet>";
    struct buf zip = {0};
    struct xlsx x;
    zipped_sheet(sheet, sizeof sheet - 1, &zip);
    CHECK_INT(xlsx_read(&x, zip.data, zip.len, NULL), XLSX_DONE);
    CHECK_INT(x.n_sheets, 1);
    const struct xlsx_cell *c = xlsx_at(&x.sheets[0], 2, 1);
    CHECK(c != NULL);
    CHECK_STR(c ? c->text : "", "1.5");
    c = xlsx_at(&x.sheets[0], 2, 2);
    CHECK_STR(c ? c->text : "", "true");
    CHECK(xlsx_at(&x.sheets[0], 0, 0) == NULL);
    xlsx_fini(&x);
    for (size_t len = 0; len < zip.len; len += 7) { /* cut anywhere */
        CHECK(xlsx_read(&x, zip.data, len, NULL) != XLSX_DONE);
        xlsx_fini(&x);
    }
    buf_fini(&zip);
}

static void check_yaml(const char *key, const char *cell, const char *yaml)
{
    struct arena arena = {0};
    struct buf out = {0};
    const struct field *f =
        schema_field(schema_field(&model_shape, "components")->of, key);
    CHECK(grid_yaml(f, cell, &arena, &out) == NULL);
    CHECK_STR(buf_text(&out), yaml);
    buf_fini(&out);
    arena_fini(&arena);
}

static void test_cells(void)
{
    check_yaml("data", "a, b\nc", "[a, b, c]");
    check_yaml("data", "", "[]");
    check_yaml("data", "[a, b]", "[a, b]");
    check_yaml("data", "true, 3", "[\"true\", \"3\"]");
    check_yaml("zone", "null", "\"null\"");
    check_yaml("rebuilt", "true", "true");
    check_yaml("supplier", "x: y # z", "\"x: y # z\"");
    check_yaml("forms-of-use", "a: {name: A}", "{\"a\": {\"name\": A}}");
}

/* $1: a text, the path of one change and its value; what comes out. */
static void check_merge(const char *text, const char *section, const char *id,
                        const char *key, const char *yaml, const char *expected)
{
    struct arena arena = {0};
    struct diag_list d = {0};
    struct merged m;
    struct want root = {0};
    struct buf out = {0};
    int file = yaml_text(&d, "t", text, strlen(text));
    const struct node *tree = yaml_parse(&arena, &d, (uint32_t)file);
    struct want *w = want_add(&arena, &root, section, 1);
    w = want_add(&arena, w, id, 1);
    want_add(&arena, w, key, 1)->yaml = yaml;
    merge_text(&m, text, strlen(text), tree, &root, &arena);
    merged_text(&m, &out);
    CHECK_STR(buf_text(&out), expected);
    CHECK_INT(m.is_partial, 0);
    buf_fini(&out);
    merged_fini(&m);
    diag_fini(&d);
    arena_fini(&arena);
}

static void test_merge(void)
{
    check_merge(
        "a:\n  x: # one\n    k: 1 # two\n    l:\n    - 2\n  # three\n  y: {k: 1}\n",
        "a", "x", "k", "9",
        "a:\n  x: # one\n    k: 9\n    l:\n    - 2\n  # three\n  y: {k: 1}\n");
    check_merge("a:\n  x:\n    l:\n    - 2\n    - 3\n    k: 1\n", "a", "x", "l", "[]",
                "a:\n  x:\n    l: []\n    k: 1\n");
    check_merge("a:\n  x:\n    k: |\n      one\n\n      # no comment\n    l: 1\n", "a",
                "x", "k", NULL, "a:\n  x:\n    l: 1\n");
    check_merge("a:\n  x: {k: 1, l: [a, b]}\nb: 1\n", "a", "x", "k", "2",
                "a:\n  x:\n    k: 2\n    l: [a, b]\nb: 1\n");
    check_merge("a:\n  x:\n    k: 1\n\n# about b\nb: 1\n", "a", "z", "k", "2",
                "a:\n  x:\n    k: 1\n  z:\n    k: 2\n\n# about b\nb: 1\n");
    check_merge("b: 1", "a", "x", "k", "2", "b: 1\n\na:\n  x:\n    k: 2\n");
}

static void test_logo(void)
{
    static const char good[] =
        "<svg viewBox='0 0 20 10'><path d='M0 0h3' onclick='x'/></svg>";
    struct logo l;
    CHECK_INT(logo_read(&l, good, sizeof good - 1, "A & B"), LOGO_DONE);
    CHECK_INT(l.n_dropped, 1);
    CHECK(strstr(buf_text(&l.svg), "aria-label=\"A &amp; B\"") != NULL);
    CHECK(strstr(buf_text(&l.svg), "onclick") == NULL);
    logo_fini(&l);
    for (size_t len = 0; len < sizeof good - 1; len++) {
        CHECK(logo_read(&l, good, len, "") != LOGO_DONE);
        CHECK_INT(l.svg.len, 0);
        logo_fini(&l);
    }
}

int main(void)
{
    RUN(test_address);
    RUN(test_days);
    RUN(test_zipped);
    RUN(test_cells);
    RUN(test_merge);
    RUN(test_logo);
    return UNIT_RESULT();
}
