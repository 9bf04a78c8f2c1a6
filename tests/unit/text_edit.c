/* SPDX-License-Identifier: Apache-2.0
 *
 * Edits of a model's text in place: what each makes of texts in all their forms, what
 * is refused, and on the use cases that a value set and set back, and an entry added
 * and dropped, leave every byte as it was.
 */
#include <stdlib.h>

#include "base/assets.h"
#include "base/schema_diff.h"
#include "lsp/text_edit.h"
#include "model/model.h"
#include "unit.h"

enum deed { SET, ADD, ADD_ITEM, DROP };

struct row {
    enum deed deed;
    const char *text, *path, *id, *value;
    const char *expected; /* NULL: as `result` says */
    enum text_edit_result result;
};

static enum text_edit_result apply(const struct row *r, struct buf *out)
{
    size_t len = strlen(r->text);
    if (r->deed == SET) return text_edit_set(r->text, len, r->path, r->value, out);
    if (r->deed == DROP) return text_edit_drop(r->text, len, r->path, out);
    return text_edit_add(r->text, len, r->path, r->deed == ADD ? r->id : NULL, r->value,
                         out);
}

static void check_rows(const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct buf out = {0};
        CHECK_INT(apply(&rows[i], &out), rows[i].result);
        CHECK_STR(buf_text(&out), rows[i].expected ? rows[i].expected : "");
        buf_fini(&out);
    }
}
#define CHECK_ROWS(rows) check_rows(rows, sizeof(rows) / sizeof *(rows))

static void test_values_are_set(void)
{
    static const struct row rows[] = {
        {SET, "a: 1 # one\nb: 2\n",                                          "a",     NULL, "3",      "a: 3 # one\nb: 2\n",         EDIT_DONE},
        {SET, "a: \"x\"\n",                                                  "a",     NULL, "[p, q]", "a: [p, q]\n",                EDIT_DONE},
        {SET, "m:\n  x: {s: old, t: 1} # here\n",                            "m/x/s", NULL, "new",
         "m:\n  x: {s: new, t: 1} # here\n",                                                                                        EDIT_DONE},
        {SET, "m:\n  x: {t: 1}\n",                                           "m/x/s", NULL, "new",    "m:\n  x: {t: 1, s: new}\n",
         EDIT_DONE                                                                                                                           },
        {SET, "m:\n  x: {}\n",                                               "m/x/s", NULL, "new",    "m:\n  x:\n    s: new\n",
         EDIT_DONE                                                                                                                           },
        {SET, "m:\n  x:\n    t: 1 # t\n    # its own\n\n  # of y\n  y: 2\n", "m/x/s",
         NULL,                                                                              "new",
         "m:\n  x:\n    t: 1 # t\n    s: new\n    # its own\n\n  # of y\n  y: 2\n",                                                 EDIT_DONE},
        {SET, "a: # none\nb: 1\n",                                           "a",     NULL, "5",      "a: 5 # none\nb: 1\n",        EDIT_DONE},
        {SET, "a:\n  x: 1\n  y: 2\nb: 1\n",                                  "a",     NULL, "z",      "a: z\nb: 1\n",               EDIT_DONE},
        {SET, "a: |\n  long\n  text\nb: 1\n",                                "a",     NULL, "z",      "a: z\nb: 1\n",
         EDIT_DONE                                                                                                                           },
        {SET, "l:\n  - {a: 1}\n  - a: 2\n    b: 3\n",                        "l/1/a", NULL, "9",
         "l:\n  - {a: 1}\n  - a: 9\n    b: 3\n",                                                                                    EDIT_DONE},
        {SET, "a: 1",                                                        "b",     NULL, "2",      "a: 1\nb: 2\n",               EDIT_DONE},
        {SET, "a: 1\r\nb: 2\r\n",                                            "c",     NULL, "3",      "a: 1\r\nb: 2\r\nc: 3\r\n",
         EDIT_DONE                                                                                                                           },
        {SET, "a: 1\n...\n# after\n",                                        "b",     NULL, "2",      "a: 1\nb: 2\n...\n# after\n",
         EDIT_DONE                                                                                                                           },
    };
    CHECK_ROWS(rows);
}

static void test_entries_are_added(void)
{
    static const struct row rows[] = {
        {ADD,      "s:\n  a: {k: 1}\nt: 1\n",            "s", "b",  "k: 2\nl: [1, 2]\n",
         "s:\n  a: {k: 1}\n  b:\n    k: 2\n    l: [1, 2]\nt: 1\n",                                                            EDIT_DONE},
        {ADD,      "s:\n  a: {k: 1}\nt: 1\n",            "s", "b",  "{k: 2}",
         "s:\n  a: {k: 1}\n  b: {k: 2}\nt: 1\n",                                                                              EDIT_DONE},
        {ADD,      "s: {a: {k: 1}}\n",                   "s", "b",  "k: 2\nl:\n  - x, y\n  - z\n",
         "s: {a: {k: 1}, b: {k: 2, l: [\"x, y\", z]}}\n",                                                                     EDIT_DONE},
        {ADD,      "s: {} # none yet\nt: 1\n",           "s", "b",  "k: 2\n",
         "s: # none yet\n  b:\n    k: 2\nt: 1\n",                                                                             EDIT_DONE},
        {ADD,      "s:\nt: 1\n",                         "s", "b",  "{k: 2}",                      "s:\n  b: {k: 2}\nt: 1\n", EDIT_DONE},
        {ADD,      "t: 1 # last\n  # deeper\n\n# end\n", "s", "b",  "{k: 2}",
         "t: 1 # last\n  # deeper\ns:\n  b: {k: 2}\n\n# end\n",                                                               EDIT_DONE},
        {ADD_ITEM, "l:\n  - {a: 1}\n",                   "l", NULL, "{a: 2}",
         "l:\n  - {a: 1}\n  - {a: 2}\n",                                                                                      EDIT_DONE},
        {ADD_ITEM, "l:\n- {a: 1}\n",                     "l", NULL, "a: 2\nb: 3\n",
         "l:\n- {a: 1}\n- a: 2\n  b: 3\n",                                                                                    EDIT_DONE},
        {ADD_ITEM, "l: [1]\n",                           "l", NULL, "2",                           "l: [1, 2]\n",             EDIT_DONE},
        {ADD_ITEM, "a: 1\n",                             "l", NULL, "2",                           "a: 1\nl:\n  - 2\n",       EDIT_DONE},
    };
    CHECK_ROWS(rows);
}

static void test_entries_are_dropped(void)
{
    static const struct row rows[] = {
        {DROP, "s:\n  # of a\n  a: {k: 1} # a\n  b: 2\n", "s/a",   NULL, NULL,
         "s:\n  # of a\n  b: 2\n",                                                                  EDIT_DONE},
        {DROP, "s:\n  a:\n    k: 1\n    l: 2\n  b: 2\n",  "s/a",   NULL, NULL,
         "s:\n  b: 2\n",                                                                            EDIT_DONE},
        {DROP, "s:\n  a: 1\nt: 1\n",                      "s/a",   NULL, NULL, "s: {}\nt: 1\n",     EDIT_DONE},
        {DROP, "s: {a: 1, b: 2, c: 3}\n",                 "s/b",   NULL, NULL, "s: {a: 1, c: 3}\n",
         EDIT_DONE                                                                                           },
        {DROP, "s: {a: 1, b: 2}\n",                       "s/b",   NULL, NULL, "s: {a: 1}\n",       EDIT_DONE},
        {DROP, "s: {a: 1}\n",                             "s/a",   NULL, NULL, "s: {}\n",           EDIT_DONE},
        {DROP, "l:\n  - a: 1\n    b: 2\n  - c\n",         "l/0",   NULL, NULL, "l:\n  - c\n",
         EDIT_DONE                                                                                           },
        {DROP, "l:\n  - a: 1\n    b: 2\n",                "l/0/a", NULL, NULL, "l:\n  - b: 2\n",
         EDIT_DONE                                                                                           },
        {DROP, "l: [x, y]\n",                             "l/0",   NULL, NULL, "l: [y]\n",          EDIT_DONE},
    };
    CHECK_ROWS(rows);
}

static void test_what_cannot_be_done_is_refused(void)
{
    static const struct row rows[] = {
        {SET,  "a: 1\n",                "b/c", NULL,      "2",       NULL, EDIT_NOWHERE  },
        {SET,  "a: 1\n",                "a/c", NULL,      "2",       NULL, EDIT_NOWHERE  },
        {SET,  "a: 1\n",                "a",   NULL,      "",        NULL, EDIT_MALFORMED},
        {SET,  "a: 1\n",                "a",   NULL,      "1\nb: 2", NULL, EDIT_MALFORMED},
        {SET,  "a: 1\n",                "a",   NULL,      "[1",      NULL, EDIT_MALFORMED},
        {SET,  "a: 1\n",                "a",   NULL,      "x: y: z", NULL, EDIT_MALFORMED},
        {SET,  "m: {a: 1, b: 2}\n",     "m/a", NULL,      "3 # all", NULL, EDIT_REFUSED  },
        {SET,  "m: {a: 1, b: 2}\n",     "m/a", NULL,      "3, c",    NULL, EDIT_REFUSED  },
        {SET,  "a: &x 1\nb: *x\n",      "",    NULL,      "3",       NULL, EDIT_NOWHERE  },
        {SET,  "a: &x {k: 1}\nb: *x\n", "a/k", NULL,      "2",       NULL, EDIT_REFUSED  },
        {SET,  "a: [1\n",               "b",   NULL,      "2",       NULL, EDIT_REFUSED  },
        {ADD,  "s: {a: 1}\n",           "s",   "a",       "2",       NULL, EDIT_TAKEN    },
        {ADD,  "s: [1]\n",              "s",   "a",       "2",       NULL, EDIT_NOWHERE  },
        {ADD,  "s: {a: 1}\n",           "s",   "b",       "[",       NULL, EDIT_MALFORMED},
        {ADD,  "s: {a: 1}\n",           "s",   "b: 1, c", "2",       NULL, EDIT_REFUSED  },
        {DROP, "s: {a: 1}\n",           "s/b", NULL,      NULL,      NULL, EDIT_NOWHERE  },
        {DROP, "a: &x 1\nb: *x\n",      "a",   NULL,      NULL,      NULL, EDIT_REFUSED  },
    };
    CHECK_ROWS(rows);
}

static void test_words_are_read_back(void)
{
    static const char *const words[] = {
        "plain",      "true",     "1.5",          "",   "a: b", "# no",
        "\"quoted\"", "a\nb\t\\", "\xE9\x96\x93", "-x", "null"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct buf text = {0};
        struct arena a = {0};
        struct diag_list d = {0};
        buf_str(&text, "w: [");
        text_edit_word(&text, words[i]);
        buf_str(&text, "]\n");
        int file = yaml_text(&d, "w", buf_text(&text), text.len);
        const struct node *root = yaml_parse(&a, &d, (uint32_t)file);
        CHECK(root != NULL);
        if (root) CHECK_STR(root->first->first->text, words[i]);
        if (root) CHECK_INT(node_type(root->first->first), SCALAR_TEXT);
        diag_fini(&d);
        arena_fini(&a);
        buf_fini(&text);
    }
}

/* ---- on the use cases */

static const char *const names[] = {
    "condition-monitoring", "distillation",  "drone",
    "gas-water-heater",     "warehouse-agv", "welding-robot"};

static size_t count_changes(const struct buf *one, const struct buf *other)
{
    struct model *a = model_read_text("a", one->data, one->len);
    struct model *b = model_read_text("b", other->data, other->len);
    struct schema_diff diff = schema_diff(&model_shape, &a->m, &b->m);
    size_t n = b->diags.n_errors ? 999 : diff.n;
    schema_diff_fini(&diff);
    model_free(a);
    model_free(b);
    return n;
}

static int is_same(const struct buf *a, const struct buf *b)
{
    return a->len == b->len && memcmp(a->data, b->data, a->len) == 0;
}

/* A measure's status there and back. */
static void check_status(const struct buf *text, const struct measure *m)
{
    struct buf one = {0}, back = {0};
    char path[128];
    const char *was = choice_name(&measure_statuses, m->status);
    snprintf(path, sizeof path, "measures/%s/status", m->entry.id);
    const char *other = strcmp(was, "proposed") == 0 ? "verified" : "proposed";
    CHECK_INT(text_edit_set(text->data, text->len, path, other, &one), EDIT_DONE);
    CHECK_INT(count_changes(text, &one), 1);
    CHECK_INT(text_edit_set(one.data, one.len, path, was, &back), EDIT_DONE);
    CHECK(is_same(text, &back));
    buf_fini(&one);
    buf_fini(&back);
}

/* An entry there and gone again. */
static void check_entry(const struct buf *text, const char *section, const char *block)
{
    struct buf one = {0}, back = {0};
    char path[128];
    snprintf(path, sizeof path, "%s/one-more", section);
    CHECK_INT(text_edit_add(text->data, text->len, section, "one-more", block, &one),
              EDIT_DONE);
    CHECK_INT(count_changes(text, &one), 1);
    CHECK_INT(text_edit_drop(one.data, one.len, path, &back), EDIT_DONE);
    CHECK(is_same(text, &back));
    buf_fini(&one);
    buf_fini(&back);
}

static void test_use_cases_there_and_back(void)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[128];
        struct buf text = {0};
        snprintf(path, sizeof path, "usecases/%s/model.yaml", names[i]);
        const struct asset *asset = asset_find(path);
        REQUIRE(asset != NULL);
        buf_add(&text, (const char *)asset->bytes, asset->len);
        struct model *m = model_read_text("model", text.data, text.len);
        for (uint32_t k = 0; k < m->m.measures.n; k++)
            check_status(&text, LIST_AT(m->m.measures, struct measure, k));
        check_entry(&text, "stakeholders",
                    "name: {en: One more, ja: \"\xE8\x80\x85\"}\nroles: [resident]\n");
        check_entry(&text, "zones", "{name: One more, kind: site}");
        check_entry(&text, "data", "name: One more\nclass: control\n");
        model_free(m);
        buf_fini(&text);
    }
}

int main(void)
{
    RUN(test_values_are_set);
    RUN(test_entries_are_added);
    RUN(test_entries_are_dropped);
    RUN(test_what_cannot_be_done_is_refused);
    RUN(test_words_are_read_back);
    RUN(test_use_cases_there_and_back);
    return UNIT_RESULT();
}
