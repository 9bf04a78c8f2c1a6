/* SPDX-License-Identifier: Apache-2.0
 *
 * Files described by tables: every field type read from good and bad text, all errors
 * at once, and written so that reading again gives the same. The six use cases and the
 * catalog go through the same mill.
 *
 *     schema --json FILE      prints a YAML file as JSON, types by YAML 1.2's core
 * schema; tests/cli/schema.sh validates the result
 *     schema --codes FORMAT   reads a document a line of model, catalog or rules, and
 * prints the codes of the errors that its reader has for it (tests/cli/agree.sh)
 */
#include "unit.h"

#include <stddef.h>
#include <stdlib.h>

#include "assess/rules.h"
#include "base/assets.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/schema.h"
#include "catalog/catalog.h"
#include "model/model.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- a shape with a field of every type */

enum { SIZE_UNSET, SIZE_SMALL, SIZE_LARGE };
SCHEMA_SET(sizes, "size", {"small", SIZE_SMALL, {{"small", "小"}}},
           {"large", SIZE_LARGE, {{"large", "大"}}})
SCHEMA_SET(grades, "grade", {"none", 0, {{"none", "なし"}}},
           {"some", 1, {{"some", "あり"}}}, {"full", 2, {{"full", "全部"}}})

struct inner {
    int32_t depth;
    struct text note;
};

/* Means something even when it holds nothing but zeros. */
struct marked {
    uint8_t grade;
    uint8_t is_set;
};

struct part {
    struct entry entry;
    const char *label;
    struct list parts; /* struct ref to parts */
};

/* Entries that may be written as the value of their first key. */
struct tie {
    struct entry entry;
    struct list to; /* struct ref to parts */
    struct number weight;
};
struct dose {
    struct entry entry;
    struct number amount;
    const char *unit;
};

struct link {
    struct ref from;
    struct inner inner;
};

struct every {
    struct text text;
    struct list texts;
    const char *string;
    struct list strings;
    const char *id;
    uint8_t flag, size, grade;
    int32_t whole;
    struct number number;
    uint32_t sizes;
    int32_t date;
    struct money money;
    struct ref ref;
    struct list refs;
    struct inner inner;
    struct marked marked;
    struct list links;
    struct list parts;
    struct list ties, doses;
    const struct node *node;
};

#define F SCHEMA_FIELD
static const struct field inner_fields[] = {
    F(struct inner, "depth", FIELD_INT, depth, NULL, NULL, 0, "depth", "深さ"),
    F(struct inner, "note", FIELD_TEXT, note, NULL, NULL, 0, "note", "注記"),
};
SCHEMA_SHAPE(inner, "an inner thing", "内側", struct inner, "Inner.", "内側。")
static const struct field marked_fields[] = {
    F(struct marked, "grade", FIELD_CHOICE, grade, &grades, NULL, 0, "grade", "等級"),
    F(struct marked, NULL, FIELD_PRESENCE, is_set, NULL, NULL, 0, NULL, NULL),
};
SCHEMA_SHAPE(marked, "a mark", "印", struct marked, "Mark.", "印。")
static const struct field part_fields[] = {
    F(struct part, "label", FIELD_STRING, label, NULL, NULL, 0, "label", "名札"),
    F(struct part, "parts", FIELD_REFS, parts, NULL, "parts", 0, "parts", "部品"),
};
SCHEMA_SHAPE(part, "a part", "部品", struct part, "Part.", "部品。")
static const struct field tie_fields[] = {
    F(struct tie, "to", FIELD_REFS, to, NULL, "parts", FIELD_REQUIRED, "to", "先"),
    F(struct tie, "weight", FIELD_NUMBER, weight, NULL, NULL, 0, "weight", "重み"),
};
SCHEMA_SHAPE(tie, "a tie", "結び", struct tie, "Tie.", "結び。")
static const struct field dose_fields[] = {
    F(struct dose, "amount", FIELD_NUMBER, amount, NULL, NULL, FIELD_REQUIRED, "amount",
      "量"),
    F(struct dose, "unit", FIELD_STRING, unit, NULL, NULL, 0, "unit", "単位"),
};
SCHEMA_SHAPE(dose, "a dose", "服用量", struct dose, "Dose.", "服用量。")
static const struct field link_fields[] = {
    F(struct link, "from", FIELD_REF, from, NULL, "parts", FIELD_REQUIRED, "from",
      "元"),
    F(struct link, "inner", FIELD_STRUCT, inner, &inner_shape, NULL, 0, "inner",
      "内側"),
};
SCHEMA_SHAPE(link, "a link", "リンク", struct link, "Link.", "リンク。")
#define S struct every
static const struct field every_fields[] = {
    F(S, "text", FIELD_TEXT, text, NULL, NULL, FIELD_REQUIRED, "text", "文章"),
    F(S, "texts", FIELD_TEXTS, texts, NULL, NULL, 0, "texts", "文章"),
    F(S, "string", FIELD_STRING, string, NULL, NULL, 0, "string", "文字列"),
    F(S, "strings", FIELD_STRINGS, strings, NULL, NULL, 0, "strings", "文字列"),
    F(S, "id", FIELD_ID, id, NULL, NULL, 0, "id", "識別子"),
    F(S, "flag", FIELD_BOOL, flag, NULL, NULL, 0, "flag", "旗"),
    F(S, "whole", FIELD_INT, whole, NULL, NULL, 0, "whole", "整数"),
    F(S, "number", FIELD_NUMBER, number, NULL, NULL, 0, "number", "数値"),
    F(S, "size", FIELD_CHOICE, size, &sizes, NULL, 0, "size", "大きさ"),
    F(S, "grade", FIELD_CHOICE, grade, &grades, NULL, 0, "grade", "等級"),
    F(S, "sizes", FIELD_CHOICES, sizes, &sizes, NULL, 0, "sizes", "大きさ"),
    F(S, "date", FIELD_DATE, date, NULL, NULL, 0, "date", "日付"),
    F(S, "money", FIELD_MONEY, money, NULL, NULL, 0, "money", "金額"),
    F(S, "ref", FIELD_REF, ref, NULL, "parts|others", 0, "ref", "参照"),
    F(S, "refs", FIELD_REFS, refs, NULL, "parts", 0, "refs", "参照"),
    F(S, "inner", FIELD_STRUCT, inner, &inner_shape, NULL, 0, "inner", "内側"),
    F(S, "marked", FIELD_STRUCT, marked, &marked_shape, NULL, 0, "marked", "印"),
    F(S, "links", FIELD_LIST, links, &link_shape, NULL, 0, "links", "リンク"),
    F(S, "parts", FIELD_MAP, parts, &part_shape, NULL, 0, "parts", "部品"),
    F(S, "ties", FIELD_MAP, ties, &tie_shape, NULL, FIELD_SHORT, "ties", "結び"),
    F(S, "doses", FIELD_MAP, doses, &dose_shape, NULL, FIELD_SHORT, "doses", "服用量"),
    F(S, "node", FIELD_NODE, node, NULL, NULL, 0, "node", "節"),
};
SCHEMA_SHAPE(every, "everything", "全体", S, "Everything.", "すべて。")
#undef S

/* One text read by a shape. */
struct reading {
    struct arena arena;
    struct diag_list diags;
    struct every every;
};

static void read_as(const struct shape *shape, void *object, const char *text,
                    size_t len, struct arena *arena, struct diag_list *d)
{
    char *copy = mem_alloc(len + 1);

    memcpy(copy, text, len);
    struct node *root = yaml_parse(arena, d, diag_add_file(d, "t.yaml", copy, len));
    if (root) schema_read(shape, root, object, arena, d);
}

static void read_every(struct reading *r, const char *text)
{
    memset(r, 0, sizeof *r);
    read_as(&every_shape, &r->every, text, strlen(text), &r->arena, &r->diags);
}

static void reading_free(struct reading *r)
{
    arena_fini(&r->arena);
    diag_fini(&r->diags);
}

/* ---- whether two objects are the same, places apart, by the table */

static int same_object(const struct shape *shape, const void *a, const void *b);

static int same_string(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static int same_text(const struct text *a, const struct text *b)
{
    return same_string(a->in[LANG_EN], b->in[LANG_EN]) &&
           same_string(a->in[LANG_JA], b->in[LANG_JA]);
}

static int same_node(const struct node *a, const struct node *b)
{
    if (a == NULL || b == NULL) return a == b;
    if (a->kind != b->kind || !same_string(a->key, b->key)) return 0;
    if (a->kind == NODE_SCALAR)
        return node_is_null(a) == node_is_null(b) &&
               (node_is_null(a) || strcmp(a->text, b->text) == 0);
    if (a->n != b->n) return 0;
    const struct node *x = a->first, *y = b->first;
    for (uint32_t i = 0; i < a->n; i++, x = x->next, y = y->next)
        if (!same_node(x, y)) return 0;
    return 1;
}

/* Elements of a list, each of `size` bytes, by the type of their field. */
static int same_item(const struct field *f, const void *a, const void *b)
{
    switch (f->type) {
    case FIELD_TEXTS: return same_text(a, b);
    case FIELD_STRINGS:
        return same_string(*(const char *const *)a, *(const char *const *)b);
    case FIELD_REFS:
        return same_string(((const struct ref *)a)->id, ((const struct ref *)b)->id);
    case FIELD_MAP:
        if (!same_string(((const struct entry *)a)->id, ((const struct entry *)b)->id))
            return 0;
        return same_object(f->of, a, b);
    default: return same_object(f->of, a, b);
    }
}

static int same_list(const struct field *f, const struct list *a, const struct list *b)
{
    size_t size = f->type == FIELD_TEXTS     ? sizeof(struct text)
                  : f->type == FIELD_STRINGS ? sizeof(const char *)
                  : f->type == FIELD_REFS    ? sizeof(struct ref)
                                             : ((const struct shape *)f->of)->size;

    if (a->n != b->n) return 0;
    for (uint32_t i = 0; i < a->n; i++)
        if (!same_item(f, (const char *)a->items + i * size,
                       (const char *)b->items + i * size))
            return 0;
    return 1;
}

/* Bit for bit: -0 is not 0. */
static int same_double(double a, double b)
{
    uint64_t x = 0, y = 0;

    memcpy(&x, &a, sizeof x);
    memcpy(&y, &b, sizeof y);
    return x == y;
}

static int same_money(const struct money *a, const struct money *b)
{
    return same_double(a->value, b->value) && strcmp(a->unit, b->unit) == 0;
}

static int same_number(const struct number *a, const struct number *b)
{
    return a->is_set == b->is_set && same_double(a->value, b->value);
}

static int same_field(const struct field *f, const void *a, const void *b)
{
    switch (f->type) {
    case FIELD_TEXT: return same_text(a, b);
    case FIELD_STRING:
    case FIELD_ID: return same_string(*(const char *const *)a, *(const char *const *)b);
    case FIELD_BOOL:
    case FIELD_CHOICE:
    case FIELD_PRESENCE: return *(const uint8_t *)a == *(const uint8_t *)b;
    case FIELD_INT:
    case FIELD_DATE: return *(const int32_t *)a == *(const int32_t *)b;
    case FIELD_CHOICES: return *(const uint32_t *)a == *(const uint32_t *)b;
    case FIELD_NUMBER: return same_number(a, b);
    case FIELD_MONEY: return same_money(a, b);
    case FIELD_REF:
        return same_string(((const struct ref *)a)->id, ((const struct ref *)b)->id);
    case FIELD_STRUCT: return same_object(f->of, a, b);
    case FIELD_NODE:
        return same_node(*(const struct node *const *)a,
                         *(const struct node *const *)b);
    default: return same_list(f, a, b);
    }
}

static int same_object(const struct shape *shape, const void *a, const void *b)
{
    for (size_t i = 0; i < shape->n_fields; i++) {
        const struct field *f = &shape->fields[i];
        if (!same_field(f, (const char *)a + f->offset, (const char *)b + f->offset)) {
            printf("# differs: %s of %s\n", f->key ? f->key : "presence",
                   text_in(shape->name, LANG_EN));
            return 0;
        }
    }
    return 1;
}

/* ---- good values */

static const char good[] = "text: {en: lock, ja: 錠}\n"
                           "texts: [one, {ja: 二}]\n"
                           "string: \"null\"\n"
                           "strings: alone\n"
                           "id: front_door-1\n"
                           "flag: false\n"
                           "whole: -42\n"
                           "number: 2.5e-3\n"
                           "size: large\n"
                           "grade: none\n"
                           "sizes: [large, small]\n"
                           "date: 2028-02-29\n"
                           "money: 2.5 MJPY\n"
                           "ref: b\n"
                           "refs: a\n"
                           "inner: {depth: 0, note: x}\n"
                           "marked: {}\n"
                           "links:\n"
                           "  - from: a\n"
                           "  - {from: b, inner: {depth: 3}}\n"
                           "parts:\n"
                           "  a: {label: x, parts: [a, b]}\n"
                           "  b:\n"
                           "  c: {}\n"
                           "ties: {s: a, t: [a, b], u: {to: [c], weight: 2}}\n"
                           "doses: {v: 1.5, w: {amount: 2, unit: g}}\n"
                           "node: {x: [1, ~, {not: \"1\"}], y: [], z: {}}\n";

static void test_every_type_is_read(void)
{
    struct reading r;

    read_every(&r, good);
    const struct every *e = &r.every;
    CHECK_INT(r.diags.n_errors, 0);
    CHECK_STR(e->text.in[LANG_JA], "錠");
    REQUIRE(e->texts.n == 2);
    CHECK_STR(((struct text *)e->texts.items)[0].in[LANG_JA], "one");
    CHECK_STR(((struct text *)e->texts.items)[1].in[LANG_EN], NULL);
    CHECK_STR(e->string, "null");
    CHECK_INT(e->strings.n, 1);
    CHECK_STR(e->id, "front_door-1");
    CHECK_INT(e->flag, TRI_NO);
    CHECK_INT(e->whole, -42);
    CHECK(e->number.is_set);
    CHECK_NEAR(e->number.value, 0.0025, 0);
    CHECK_INT(e->size, SIZE_LARGE);
    CHECK_INT(e->grade, 0);
    CHECK_INT(e->sizes, 1 << SIZE_SMALL | 1 << SIZE_LARGE);
    CHECK_INT(e->date, 20280229);
    CHECK_NEAR(e->money.value, 2.5e6, 0);
    CHECK_STR(e->money.unit, "JPY");
    CHECK_STR(e->ref.id, "b");
    CHECK_INT(e->ref.index, REF_NONE);
    CHECK_INT(e->ref.at.line, 14);
    CHECK_INT(e->refs.n, 1);
    CHECK_INT(e->marked.is_set, TRI_YES);
    CHECK_INT(e->links.n, 2);
    REQUIRE(e->parts.n == 3);
    CHECK_STR(((struct part *)e->parts.items)[1].entry.id, "b");
    CHECK_INT(((struct part *)e->parts.items)[1].entry.at.line, 23);
    CHECK(e->node && e->node->kind == NODE_MAPPING);
    reading_free(&r);
}

/* The value of the first key for an entry, whatever form that has: a word, a list, a
 * number; and the same as the entry written out. */
static void test_short_entries(void)
{
    struct reading r;
    struct buf json = {0};

    read_every(&r, good);
    REQUIRE(r.every.ties.n == 3 && r.every.doses.n == 2);
    const struct tie *ties = r.every.ties.items;
    const struct dose *doses = r.every.doses.items;
    CHECK_STR(ties[0].entry.id, "s");
    CHECK_INT(ties[0].to.n, 1);
    CHECK_STR(((struct ref *)ties[0].to.items)->id, "a");
    CHECK_INT(ties[1].to.n, 2);
    CHECK(!ties[1].weight.is_set && ties[2].weight.is_set);
    CHECK_NEAR(doses[0].amount.value, 1.5, 0);
    CHECK(doses[0].unit == NULL);
    CHECK_STR(doses[1].unit, "g");
    reading_free(&r);
    schema_json(&every_shape, "urn:every", LANG_EN, &json);
    CHECK(
        strstr(buf_text(&json),
               "{\"anyOf\": [{\"$ref\": \"#/$defs/dose\"}, {\"type\": \"number\"}]}"));
    buf_fini(&json);
}

static void test_absent_keys_leave_zeros(void)
{
    struct reading r;

    read_every(&r, "text: x\nflag: ~\nsizes:\nmarked: null\nparts: null\n");
    CHECK_INT(r.diags.n_errors, 0);
    CHECK_INT(r.every.flag, TRI_UNSET);
    CHECK_INT(r.every.sizes, 0);
    CHECK_INT(r.every.marked.is_set, TRI_UNSET);
    CHECK_INT(r.every.parts.n, 0);
    CHECK(!r.every.number.is_set);
    reading_free(&r);
}

static void test_an_empty_choice_list_is_not_an_absent_one(void)
{
    struct reading r;

    read_every(&r, "text: x\nsizes: []\n");
    CHECK_INT(r.every.sizes, CHOICES_EMPTY);
    reading_free(&r);
    read_every(&r, "text: x\nsizes: small\n");
    CHECK_INT(r.every.sizes, 1 << SIZE_SMALL);
    reading_free(&r);
}

/* ---- bad values: a line added to "text: x", the code of its only error, its column */

static void test_every_type_is_refused(void)
{
    static const struct {
        const char *line, *code;
        unsigned column;
    } cases[] = {
        {"texts: {en: [x]}",                                                      "type",          13},
        {"texts: [[x]]",                                                          "type",          9 },
        {"string: [x]",                                                           "type",          9 },
        {"string: {a: b}",                                                        "type",          9 },
        {"strings: [x, {a: b}]",                                                  "type",          14},
        {"strings: [x, ~]",                                                       "type",          14},
        {"id: -x",                                                                "identifier",    5 },
        {"id: a b",                                                               "identifier",    5 },
        {"id: 間",                                                               "identifier",    5 },
        {"id: \"\"",                                                              "identifier",    5 },
        {"id: a123456789b123456789c123456789d123456789e123456789f123456789gxyzt",
         "identifier",                                                                             5 },
        {"string: ''",                                                            "blank",         9 },
        {"string: \" \\t\\n\u3000\"",                                             "blank",         9 },
        {"texts: [{}]",                                                           "blank",         9 },
        {"texts: [x, {en: \"\"}]",                                                "blank",         17},
        {"string: 5",                                                             "type",          9 },
        {"strings: [a, -1.5e3]",                                                  "type",          14},
        {"texts: [.inf, x]",                                                      "type",          9 },
        {"string: true",                                                          "type",          9 },
        {"texts: {ja: 0x1F}",                                                     "type",          13},
        {"id: 0o17",                                                              "type",          5 },
        {"ref: 123",                                                              "type",          6 },
        {"refs: [\"a b\"]",                                                       "identifier",    8 },
        {"ref: \"\"",                                                             "identifier",    6 },
        {"flag: \"true\"",                                                        "type",          7 },
        {"whole: \"1\"",                                                          "number",        8 },
        {"number: \"1\"",                                                         "number",        9 },
        {"money: 123456789012345678901 JPY",                                      "money",         8 },
        {"money: 1e31 JPY",                                                       "money",         8 },
        {"money: 1e-31 JPY",                                                      "money",         8 },
        {"flag: yes",                                                             "type",          7 },
        {"flag: True",                                                            "type",          7 },
        {"flag: [true]",                                                          "type",          7 },
        {"whole: 1.5",                                                            "number",        8 },
        {"whole: 2e9",                                                            "number",        8 },
        {"whole: -1000000001",                                                    "number",        8 },
        {"whole: ten",                                                            "number",        8 },
        {"whole: \"\"",                                                           "number",        8 },
        {"whole: 0x10",                                                           "number",        8 },
        {"number: 1e999",                                                         "number",        9 },
        {"number: .inf",                                                          "number",        9 },
        {"number: nan",                                                           "number",        9 },
        {"number: 1.2.3",                                                         "number",        9 },
        {"number: \"1 \"",                                                        "number",        9 },
        {"size: medium",                                                          "choice",        7 },
        {"size: [small]",                                                         "type",          7 },
        {"grade: ''",                                                             "choice",        8 },
        {"sizes: [small, medium]",                                                "choice",        16},
        {"sizes: {small: 1}",                                                     "type",          8 },
        {"date: 2027-02-29",                                                      "date",          7 },
        {"date: 2027-2-1",                                                        "date",          7 },
        {"date: 20270201",                                                        "date",          7 },
        {"date: 2027-13-01",                                                      "date",          7 },
        {"date: 2027-00-10",                                                      "date",          7 },
        {"date: 1899-12-31",                                                      "date",          7 },
        {"money: 10",                                                             "money",         8 },
        {"money: JPY",                                                            "money",         8 },
        {"money: -1 JPY",                                                         "money",         8 },
        {"money: 0x10 JPY",                                                       "money",         8 },
        {"money: inf JPY",                                                        "money",         8 },
        {"money: 1e300 TJPY",                                                     "money",         8 },
        {"money: 1e309 JPY",                                                      "money",         8 },
        {"money: 10 XJPY",                                                        "money",         8 },
        {"money: 10 jpy",                                                         "money",         8 },
        {"money: 10 MJPY more",                                                   "money",         8 },
        {"ref: [a]",                                                              "type",          6 },
        {"refs: [a, [b]]",                                                        "type",          11},
        {"refs: {a: b}",                                                          "type",          7 },
        {"inner: deep",                                                           "type",          8 },
        {"inner: [1]",                                                            "type",          8 },
        {"inner: {dept: 1}",                                                      "unknown-key",   9 },
        {"marked: yes",                                                           "type",          9 },
        {"links: {from: a}",                                                      "type",          8 },
        {"links: [{}]",                                                           "missing-key",   9 },
        {"links: [~]",                                                            "type",          9 },
        {"links: [{from: ~}]",                                                    "missing-key",   9 },
        {"parts: [a]",                                                            "type",          8 },
        {"parts: {a b: {}}",                                                      "identifier",    9 },
        {"parts: {a: 1}",                                                         "type",          12},
        {"ties: {s: {}}",                                                         "missing-key",   8 },
        {"ties: {s: ~}",                                                          "missing-key",   8 },
        {"ties: {s: []}",                                                         "blank",         11},
        {"ties: {s: {weight: 1}}",                                                "missing-key",   8 },
        {"ties: {s: {a: 1, to: a}}",                                              "unknown-key",   12},
        {"ties: {s: [[a]]}",                                                      "type",          12},
        {"ties: [s]",                                                             "type",          7 },
        {"doses: {s: [1]}",                                                       "type",          12},
        {"doses: {s: word}",                                                      "number",        12},
        {"doses: {s: ~}",                                                         "missing-key",   9 },
        {"nodes: 1",                                                              "unknown-key",   1 },
        {"\"\": 1",                                                               "unknown-key",   1 },
        {"text: x",                                                               "duplicate-key", 1 },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct reading r;
        char text[200];
        snprintf(text, sizeof text, "text: x\n%s\n", cases[i].line);
        read_every(&r, text);
        int good_one = r.diags.n_errors == 1 && r.diags.n == 1 &&
                       strcmp(r.diags.items[0].code, cases[i].code) == 0 &&
                       r.diags.items[0].at.line == 2 &&
                       r.diags.items[0].at.column == cases[i].column;
        CHECK(good_one);
        if (!good_one) {
            printf("# %s: %zu errors\n", cases[i].line, r.diags.n_errors);
            diag_print(&r.diags, stdout, (struct diag_view){0});
        }
        reading_free(&r);
    }
}

static void test_required_keys(void)
{
    static const char *const texts[] = {"flag: true\n", "text:\n", "text: ~\n", "{}\n"};

    for (size_t i = 0; i < COUNT(texts); i++) {
        struct reading r;
        read_every(&r, texts[i]);
        REQUIRE(r.diags.n == 1);
        CHECK_STR(r.diags.items[0].code, "missing-key");
        CHECK_STR(r.diags.items[0].hint.in[LANG_EN], "add 'text': text");
        reading_free(&r);
    }
}

/* An entry of a map without a value lacks what is required in it. */
static void test_required_keys_of_empty_entries(void)
{
    static const char text[] = "awai: 1\nsystem: {id: s, name: S}\napplicant: a\n"
                               "stakeholders:\n  a:\nzones: {z: {name: Z}}\n"
                               "components: {c: {}}\n";
    struct model *model = model_read_text("t.yaml", text, strlen(text));

    CHECK_INT(model->diags.n_errors, 5); /* name, roles; name, kind, zone */
    for (size_t i = 0; i < model->diags.n; i++)
        CHECK_STR(model->diags.items[i].code, "missing-key");
    model_free(model);
}

static void test_a_root_that_is_no_mapping(void)
{
    static const char *const texts[] = {"word\n", "- a\n", "~\n", "\"\"\n"};

    for (size_t i = 0; i < COUNT(texts); i++) {
        struct reading r;
        read_every(&r, texts[i]);
        CHECK_INT(r.diags.n_errors, 1);
        reading_free(&r);
        struct model *model = model_read_text("t.yaml", texts[i], strlen(texts[i]));
        CHECK(model->diags.n_errors > 0);
        model_free(model);
    }
}

static void test_all_errors_at_once(void)
{
    static const char text[] = "texts: x\n"
                               "nmber: 1\n"
                               "flag: maybe\n"
                               "size: smal\n"
                               "date: tomorrow\n"
                               "links: [{form: a}, {from: b, to: c}]\n"
                               "parts: {\"a b\": {}, c: {labl: x}}\n";
    static const struct {
        const char *code;
        unsigned line, column;
        const char *hint;
    } expected[] = {
        {"missing-key", 1, 1,  "add 'text': text"                           },
        {"unknown-key", 2, 1,  "did you mean 'number'?"                     },
        {"type",        3, 7,  NULL                                         },
        {"choice",      4, 7,  "did you mean 'small'? (one of small, large)"},
        {"date",        5, 7,  NULL                                         },
        {"missing-key", 6, 9,  "add 'from': from"                           },
        {"unknown-key", 6, 10, "did you mean 'from'?"                       },
        {"unknown-key", 6, 30, "known keys: from, inner"                    },
        {"identifier",  7, 9,  NULL                                         },
        {"unknown-key", 7, 24, "did you mean 'label'?"                      },
    };
    struct reading r;

    read_every(&r, text);
    diag_sort(&r.diags);
    CHECK_INT(r.diags.n_errors, COUNT(expected));
    REQUIRE(r.diags.n == COUNT(expected));
    for (size_t i = 0; i < COUNT(expected); i++) {
        const struct diag *d = &r.diags.items[i];
        CHECK_STR(d->code, expected[i].code);
        CHECK_INT(d->at.line, expected[i].line);
        CHECK_INT(d->at.column, expected[i].column);
        if (expected[i].hint) CHECK_STR(d->hint.in[LANG_EN], expected[i].hint);
    }
    reading_free(&r);
}

static void test_many_errors_are_counted(void)
{
    struct buf b = {0};
    struct reading r;

    buf_str(&b, "text: x\nparts:\n");
    for (unsigned i = 0; i < 5000; i++)
        buf_printf(&b, "  p%u: {wrong: 1, label: [1]}\n", i);
    read_every(&r, buf_text(&b));
    CHECK_INT(r.diags.n_errors, 10000);
    CHECK_INT(r.diags.n, LIMIT_ERRORS);
    reading_free(&r);
    buf_fini(&b);
}

/* ---- references */

static void test_references_are_resolved(void)
{
    struct reading r;
    struct scope scopes[2] = {{0}};
    struct list others = {0};

    read_every(&r, good);
    schema_scope(&scopes[0], "parts", &r.every.parts, sizeof(struct part));
    schema_scope(&scopes[1], "others", &others, sizeof(struct part));
    CHECK_INT(schema_resolve(&every_shape, &r.every, scopes, 2, &r.arena, &r.diags), 0);
    CHECK_INT(r.every.ref.index, 1);
    CHECK_INT(r.every.ref.section, 0);
    CHECK_INT(((struct ref *)r.every.refs.items)[0].index, 0);
    CHECK_INT(((struct link *)r.every.links.items)[1].from.index, 1);
    const struct part *a = r.every.parts.items;
    CHECK_INT(((struct ref *)a->parts.items)[1].index, 1);
    strmap_fini(&scopes[0].ids);
    strmap_fini(&scopes[1].ids);
    reading_free(&r);
}

static void test_unknown_references_are_refused(void)
{
    struct reading r;
    struct scope scope = {0};

    read_every(&r, "text: x\nref: front\nrefs: [front-door, bakc-door, garage]\n"
                   "parts: {front-door: {}, back-door: {}}\n");
    schema_scope(&scope, "parts", &r.every.parts, sizeof(struct part));
    CHECK_INT(schema_resolve(&every_shape, &r.every, &scope, 1, &r.arena, &r.diags), 3);
    diag_sort(&r.diags);
    REQUIRE(r.diags.n == 3);
    CHECK_STR(r.diags.items[1].hint.in[LANG_EN], "did you mean 'back-door'?");
    CHECK_INT(r.diags.items[1].at.column, 20);
    CHECK_STR(r.diags.items[2].hint.in[LANG_EN],
              "define it under 'parts', or correct the name");
    strmap_fini(&scope.ids);
    reading_free(&r);
}

/* ---- writing */

/* Writes, reads, compares, writes again; returns what was written (heap). */
static char *mill(const struct shape *shape, const void *object)
{
    struct buf first = {0}, second = {0};
    struct arena arena = {0};
    struct diag_list d = {0};
    void *again = mem_alloc(shape->size);

    schema_write(shape, object, &first);
    read_as(shape, again, buf_text(&first), first.len, &arena, &d);
    CHECK_INT(d.n_errors, 0);
    if (d.n_errors) diag_print(&d, stdout, (struct diag_view){0});
    CHECK(same_object(shape, object, again));
    schema_write(shape, again, &second);
    CHECK_STR(buf_text(&second), buf_text(&first));
    free(again);
    arena_fini(&arena);
    diag_fini(&d);
    buf_fini(&second);
    return first.data;
}

static void test_every_type_is_written(void)
{
    static const char canonical[] = "text: {ja: \"錠\", en: \"lock\"}\n"
                                    "texts:\n"
                                    "  - \"one\"\n"
                                    "  - {ja: \"二\"}\n"
                                    "string: \"null\"\n"
                                    "strings:\n"
                                    "  - \"alone\"\n"
                                    "id: front_door-1\n"
                                    "flag: false\n"
                                    "whole: -42\n"
                                    "number: 0.0025\n"
                                    "size: large\n"
                                    "grade: none\n"
                                    "sizes: [small, large]\n"
                                    "date: 2028-02-29\n"
                                    "money: 2.5 MJPY\n"
                                    "ref: b\n"
                                    "refs: [a]\n"
                                    "inner:\n"
                                    "  note: \"x\"\n"
                                    "marked:\n"
                                    "  grade: none\n"
                                    "links:\n"
                                    "  - from: a\n"
                                    "  - from: b\n"
                                    "    inner:\n"
                                    "      depth: 3\n"
                                    "parts:\n"
                                    "  a:\n"
                                    "    label: \"x\"\n"
                                    "    parts: [a, b]\n"
                                    "  b: {}\n"
                                    "  c: {}\n"
                                    "ties:\n"
                                    "  s:\n"
                                    "    to: [a]\n"
                                    "  t:\n"
                                    "    to: [a, b]\n"
                                    "  u:\n"
                                    "    to: [c]\n"
                                    "    weight: 2\n"
                                    "doses:\n"
                                    "  v:\n"
                                    "    amount: 1.5\n"
                                    "  w:\n"
                                    "    amount: 2\n"
                                    "    unit: \"g\"\n"
                                    "node:\n"
                                    "  x:\n"
                                    "    - 1\n"
                                    "    - null\n"
                                    "    - not: \"1\"\n"
                                    "  y: []\n"
                                    "  z: {}\n";
    struct reading r;

    read_every(&r, good);
    char *text = mill(&every_shape, &r.every);
    CHECK_STR(text, canonical);
    free(text);
    reading_free(&r);
}

static void test_odd_values_are_written(void)
{
    static const char *const lines[] = {
        "string: \"a\\\"b\\\\c\\td\\nef\\u2028\\u2029g\"",
        "string: \" lead and trail \"",
        "string: \"# no comment: {not} [a] & *map\"",
        "string: \"~\"",
        "string: |\n  two\n  lines\n",
        "string: \"\\U0001F600 \\u00e9 間\"",
        "text: {ja: 間, en: 間}",
        "text: {en: only}",
        "texts: []",
        "texts: [{en: y}, x]",
        "strings: [\"1\", \"true\", \"- a\", \"? b\"]",
        "whole: 0",
        "whole: -1000000000",
        "number: 0",
        "number: -0.0",
        "number: 1e-320",
        "number: 0.1",
        "number: 123456789012345678",
        "money: 0 JPY",
        "money: 1234567 EUR",
        "money: 0.1 USD",
        "money: 3.3333333333333335 GJPY",
        "money: 1e20 JPY",
        "sizes: []",
        "sizes: [large]",
        "grade: full",
        "id: null-and-void",
        "ref: \"null\"",
        "refs: [\"null\", \"123\", \"true\", \"0x1F\", \"1e5\"]",
        "refs: []",
        "marked: {grade: none}",
        "marked: {}",
        "inner: {}",
        "inner: {depth: 0}",
        "links: []",
        "links: [{from: \"1\"}]",
        "parts: {}",
        "parts: {null: {}, \"true\": {label: x}, 1: {}}",
        "node: word",
        "node: \"quoted word\"",
        "node: \"null\"",
        "node: ''",
        "node: [a, [b, [c, {d: [e]}]], {}, []]",
        "node: {\"a b\": 1, \": \": {x: -1.5}, \"\": [~, '~']}",
        "node: \"-\"",
        "node: plain text, with (signs)",
    };

    for (size_t i = 0; i < COUNT(lines); i++) {
        struct reading r;
        char text[300];
        int own_text = strncmp(lines[i], "text:", 5) == 0;
        snprintf(text, sizeof text, "%s%s\n", own_text ? "" : "text: x\n", lines[i]);
        read_every(&r, text);
        CHECK_INT(r.diags.n_errors, 0);
        if (r.diags.n_errors) diag_print(&r.diags, stdout, (struct diag_view){0});
        int before = unit_n_wrong;
        free(mill(&every_shape, &r.every));
        if (unit_n_wrong > before) printf("# %s\n", lines[i]);
        reading_free(&r);
    }
}

/* All characters below U+3100 but controls and invisible ones (both refused), and some
 * above, survive. */
static void test_all_characters_are_written(void)
{
    struct buf b = {0};
    struct reading r;

    buf_str(&b, "text: x\nstring: \"");
    for (unsigned c = 0xA0; c < 0x3100; c++) {
        if (!text_is_invisible(c)) buf_printf(&b, "\\u%04X", c);
    }
    for (unsigned c = 0x20; c < 0x7F; c++)
        buf_printf(&b, "\\u%04X", c);
    buf_str(&b, "\\u000A\\u0009");
    buf_str(&b, "\\uE000\\uFFFD\\uFFFE\\uFFFF\\U00010000\\U0010FFFF\"\n");
    read_every(&r, buf_text(&b));
    CHECK_INT(r.diags.n_errors, 0);
    free(mill(&every_shape, &r.every));
    reading_free(&r);
    buf_fini(&b);
}

static void test_an_object_of_zeros_is_written(void)
{
    struct every every = {0};
    struct inner inner = {0};
    struct buf b = {0};

    schema_write(&every_shape, &every, &b);
    CHECK_STR(buf_text(&b), "text: {}\ngrade: none\n");
    buf_fini(&b);
    schema_write(&inner_shape, &inner, &b);
    CHECK_STR(buf_text(&b), "{}\n");
    buf_fini(&b);
}

/* ---- use cases and catalog */

static int is_use_case(const char *path)
{
    size_t len = strlen(path);
    return strncmp(path, "usecases/", 9) == 0 && len > 10 &&
           strcmp(path + len - 10, "model.yaml") == 0;
}

static void test_use_cases_survive_writing(void)
{
    int n = 0;

    for (size_t i = 0; i < embed_n_assets; i++) {
        const struct asset *asset = &embed_assets[i];
        if (!is_use_case(asset->path)) continue;
        n++;
        struct model *model =
            model_read_text(asset->path, (const char *)asset->bytes, asset->len);
        CHECK_INT(model->diags.n_errors, 0);
        char *text = mill(&model_shape, &model->m);
        struct model *again = model_read_text("written.yaml", text, strlen(text));
        CHECK_INT(again->diags.n_errors, 0);
        CHECK(same_object(&model_shape, &model->m, &again->m));
        model_free(again);
        model_free(model);
        free(text);
    }
    CHECK_INT(n, 6);
}

static void test_the_catalog_survives_writing(void)
{
    struct catalog *catalog = catalog_read(NULL);

    CHECK_INT(catalog->diags.n_errors, 0);
    if (catalog->diags.n_errors)
        diag_print(&catalog->diags, stdout, (struct diag_view){0});
    free(mill(&catalog_shape, &catalog->c));
    catalog_free(catalog);
}

/* What decides on the map must not get lost: targets and harms of level none. */
static void test_levels_of_none_survive(void)
{
    static const char text[] =
        "awai: 1\nsystem: {id: s, name: S}\napplicant: a\n"
        "stakeholders:\n"
        "  a: {name: A, roles: [iot-user], target: {recovery: none, economic: none}}\n"
        "  b: {name: B, roles: [regulator], target: {economic: none, recovery: none}}\n"
        "  c: {name: C, roles: [resident]}\n"
        "zones: {z: {name: Z}}\n"
        "components: {c: {name: C, kind: k, zone: z, interfaces: []}}\n"
        "incidents:\n"
        "  i: {name: I, threat: t, at: c, harms: {a: {recovery: none, economic: "
        "limited,"
        " because: x}}}\n";
    static const uint8_t is_set[] = {TRI_YES, TRI_YES, TRI_UNSET};
    struct model *model = model_read_text("t.yaml", text, strlen(text));

    CHECK_INT(model->diags.n_errors, 0);
    char *written = mill(&model_shape, &model->m);
    CHECK(strstr(written, "recovery: none\n        economic: limited") != NULL);
    CHECK(strstr(written, "interfaces: []") != NULL);
    REQUIRE(model->m.stakeholders.n == 3);
    for (uint32_t i = 0; i < 3; i++)
        CHECK_INT(LIST_AT(model->m.stakeholders, struct stakeholder, i)->target.is_set,
                  is_set[i]);
    free(written);
    model_free(model);
}

/* Writes a file of the test; its path in `path`. */
static void put_file(char path[512], const char *name, const char *text)
{
    const char *folder = getenv("TEST_TMP");

    snprintf(path, 512, "%s/schema-%s", folder ? folder : "/tmp", name);
    FILE *f = fopen(path, "w");
    if (f) fputs(text, f);
    if (f) fclose(f);
}

/* A section that is an alias of another gets what its own include brings, no more. */
static void test_includes_join_sections_not_aliases(void)
{
    char main_path[512], part_path[512];
    struct buf part = {0};

    buf_str(&part, "data: {own: {name: D, class: []}}\nzones:\n");
    for (int i = 0; i < 1000; i++)
        buf_printf(&part, "  b%d: {name: B}\n", i);
    put_file(part_path, "part.yaml", buf_text(&part));
    put_file(main_path, "main.yaml",
             "awai: 1\ninclude: schema-part.yaml\nsystem: {id: s, name: S}\n"
             "applicant: p\nstakeholders: {p: {name: P, roles: [iot-user]}}\n"
             "zones: &z {a: {name: A}}\ncomponents: *z\ndata: *z\n");
    struct model *model = model_read(main_path);
    REQUIRE(model->m.zones.n == 1001);
    CHECK_STR(LIST_AT(model->m.zones, struct zone, 1)->entry.id, "b0");
    CHECK_INT(model->m.components.n, 1);
    REQUIRE(model->m.data.n == 2);
    CHECK_STR(LIST_AT(model->m.data, struct data, 1)->entry.id, "own");
    model_free(model);
    buf_fini(&part);
    remove(main_path);
    remove(part_path);
}

/* ---- documentation */

/* Every key, value and meaning of a shape and of those below it is in the text. */
static void check_documented(const struct shape *shape, enum lang lang,
                             const char *text)
{
    for (size_t i = 0; i < shape->n_fields; i++) {
        const struct field *f = &shape->fields[i];
        char cell[100];
        if (f->type == FIELD_PRESENCE) continue;
        snprintf(cell, sizeof cell, "| `%s` | ", f->key);
        CHECK(strstr(text, cell) != NULL);
        CHECK(strstr(text, f->doc.in[lang]) != NULL);
        if (f->type == FIELD_CHOICE || f->type == FIELD_CHOICES) {
            const struct choice_set *set = f->of;
            for (size_t k = 0; k < set->n; k++) {
                snprintf(cell, sizeof cell, "`%s`", set->items[k].name);
                CHECK(strstr(text, cell) != NULL);
            }
        }
        if (f->type == FIELD_STRUCT || f->type == FIELD_LIST || f->type == FIELD_MAP)
            check_documented(f->of, lang, text);
    }
}

static void test_the_manual_has_every_key_in_both_languages(void)
{
    static const struct shape *const shapes[] = {&model_shape, &catalog_shape,
                                                 &rules_shape};

    for (size_t i = 0; i < COUNT(shapes); i++) // NOLINT: they are pointers
        for (int lang = 0; lang < N_LANGS; lang++) {
            struct buf once = {0}, twice = {0};
            schema_manual(shapes[i], (enum lang)lang, &once);
            schema_manual(shapes[i], (enum lang)lang, &twice);
            CHECK_STR(buf_text(&once), buf_text(&twice));
            check_documented(shapes[i], (enum lang)lang, buf_text(&once));
            buf_fini(&once);
            buf_fini(&twice);
        }
}

/* Anchors of the manual are the names of definitions: each must be there once. */
static void test_anchors_are_unique(void)
{
    static const struct shape *const shapes[] = {&model_shape, &catalog_shape,
                                                 &rules_shape, &every_shape};

    for (size_t i = 0; i < COUNT(shapes); i++) { // NOLINT: they are pointers
        struct buf b = {0};
        schema_manual(shapes[i], LANG_EN, &b);
        for (const char *p = buf_text(&b); (p = strstr(p, "<a id=\"")) != NULL; p++) {
            char anchor[80];
            size_t len = strcspn(p + 7, "\"") + 8;
            snprintf(anchor, sizeof anchor, "%.*s", (int)len, p);
            CHECK(strstr(p + 1, anchor) == NULL);
        }
        /* every link leads to an anchor */
        for (const char *p = buf_text(&b); (p = strstr(p, "](#")) != NULL; p++) {
            char anchor[80];
            snprintf(anchor, sizeof anchor, "<a id=\"%.*s\">", (int)strcspn(p + 3, ")"),
                     p + 3);
            CHECK(strstr(buf_text(&b), anchor) != NULL);
        }
        buf_fini(&b);
    }
}

/* ---- schema --json FILE */

static void put_json(struct json *j, const struct node *n)
{
    if (n->kind == NODE_SCALAR) {
        if (node_is_null(n))
            json_null(j);
        else if (node_type(n) == SCALAR_BOOL)
            json_bool(j, n->text[0] == 't' || n->text[0] == 'T');
        else if (node_type(n) == SCALAR_NUMBER && n->text[0] != '.')
            json_double(j, strtod(n->text, NULL));
        else
            json_string(j, n->text);
        return;
    }
    json_open(j, n->kind == NODE_MAPPING ? '{' : '[');
    const struct node *e = n->first;
    for (uint32_t i = 0; i < n->n; i++, e = e->next) {
        if (n->kind == NODE_MAPPING) json_key(j, e->key);
        put_json(j, e);
    }
    json_close(j, n->kind == NODE_MAPPING ? '}' : ']');
}

static int print_json(const char *path)
{
    struct arena arena = {0};
    struct diag_list d = {0};
    struct buf out = {.sink = stdout};
    struct json j = json_on(&out, 0);
    int file = yaml_load(&d, path, (struct place){0, 0, 0});
    struct node *root = file < 0 ? NULL : yaml_parse(&arena, &d, (uint32_t)file);

    if (root) put_json(&j, root);
    buf_flush(&out);
    diag_print(&d, stderr, (struct diag_view){0});
    buf_fini(&out);
    arena_fini(&arena);
    diag_fini(&d);
    return root == NULL;
}

/* ---- schema --codes FORMAT */

static void print_codes(const struct diag_list *d)
{
    for (size_t i = 0; i < d->n; i++)
        printf("%s%s", i ? " " : "", d->items[i].code);
    printf("\n");
}

static void print_codes_of_model(const char *text)
{
    struct model *model = model_read_text("line", text, strlen(text));

    print_codes(&model->diags);
    model_free(model);
}

/* Of a format that is nothing but its table. */
static void print_codes_of(const struct shape *shape, const char *text)
{
    struct arena arena = {0};
    struct diag_list d = {0};

    read_as(shape, arena_alloc(&arena, shape->size), text, strlen(text), &arena, &d);
    print_codes(&d);
    arena_fini(&arena);
    diag_fini(&d);
}

static int print_all_codes(const char *format)
{
    char *line = NULL;
    size_t size = 0;

    while (getline(&line, &size, stdin) > 0) {
        if (strcmp(format, "catalog") == 0)
            print_codes_of(&catalog_shape, line);
        else if (strcmp(format, "rules") == 0)
            print_codes_of(&rules_shape, line);
        else if (strstr(line, "\"include\"")) // it has no files here
            print_codes_of(&model_shape, line);
        else
            print_codes_of_model(line);
    }
    free(line);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--json") == 0) return print_json(argv[2]);
    if (argc == 3 && strcmp(argv[1], "--codes") == 0) return print_all_codes(argv[2]);
    RUN(test_every_type_is_read);
    RUN(test_short_entries);
    RUN(test_absent_keys_leave_zeros);
    RUN(test_an_empty_choice_list_is_not_an_absent_one);
    RUN(test_every_type_is_refused);
    RUN(test_required_keys);
    RUN(test_required_keys_of_empty_entries);
    RUN(test_a_root_that_is_no_mapping);
    RUN(test_all_errors_at_once);
    RUN(test_many_errors_are_counted);
    RUN(test_references_are_resolved);
    RUN(test_unknown_references_are_refused);
    RUN(test_every_type_is_written);
    RUN(test_odd_values_are_written);
    RUN(test_all_characters_are_written);
    RUN(test_an_object_of_zeros_is_written);
    RUN(test_use_cases_survive_writing);
    RUN(test_the_catalog_survives_writing);
    RUN(test_levels_of_none_survive);
    RUN(test_includes_join_sections_not_aliases);
    RUN(test_the_manual_has_every_key_in_both_languages);
    RUN(test_anchors_are_unique);
    return UNIT_RESULT();
}
