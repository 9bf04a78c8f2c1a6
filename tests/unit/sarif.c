/* SPDX-License-Identifier: Apache-2.0
 *
 * SARIF: the structure that code hosts want. JSON is YAML, so our own reader takes the
 * output apart.
 */
#include "unit.h"

#include <stdlib.h>

#include "base/yaml.h"
#include "page/sarif.h"

/* What was written, read back. */
struct read_back {
    struct arena arena;
    struct diag_list diags;
    const struct node *root;
};

static struct read_back write_and_read(const struct diag_list *const *lists, size_t n,
                                       enum lang lang)
{
    struct read_back r = {0};
    struct buf out = {0};

    sarif_write(lists, n, lang, &out);
    r.root = yaml_parse(&r.arena, &r.diags,
                        diag_add_file(&r.diags, "sarif", out.data, out.len));
    diag_print(&r.diags, stdout, (struct diag_view){.warnings = 1});
    return r; /* the text belongs to r.diags now */
}

static void read_back_fini(struct read_back *r)
{
    arena_fini(&r->arena);
    diag_fini(&r->diags);
}

/* The node at a path such as "runs.0.results.2.level", or NULL. */
static const struct node *at(const struct node *n, const char *path)
{
    char key[64];

    while (n && *path) {
        size_t len = strcspn(path, ".");
        snprintf(key, sizeof key, "%.*s", (int)len, path);
        path += len + (path[len] == '.');
        if (n->kind == NODE_SEQUENCE) {
            n = n->first;
            for (unsigned long i = strtoul(key, NULL, 10); i > 0 && n; i--)
                n = n->next;
        } else {
            n = node_get(n, key);
        }
    }
    return n;
}

static const char *text_at(const struct node *n, const char *path)
{
    const struct node *found = at(n, path);

    return found && found->kind == NODE_SCALAR ? found->text : NULL;
}

static struct diag_list sample(void)
{
    struct diag_list d = {0};
    uint32_t model = diag_add_file(&d,
                                   "./use cases/m\xC3\xB6"
                                   "del.yaml",
                                   NULL, 0);
    uint32_t other = diag_add_file(&d, "/etc/rules.yaml", NULL, 0);

    DIAG_ADD(&d, NO_DATA, ((struct place){model, 7, 3}), text_same("a \"b\""));
    DIAG_ADD(&d, UNKNOWN_ID, ((struct place){model, 9, 1}), text_same("bad"),
             text_same("kind"), text_same("good"), text_same(NULL));
    diag_put_as(&d, DIAG_NOTE, "my-own", DIAG_FINDING, (struct place){other, 0, 0},
                DIAG_ARGUMENTS(FINDING, text_same("b"), TEXT("odd", "\xE5\xA4\x89")));
    return d;
}

static void test_structure(void)
{
    struct diag_list d = sample();
    const struct diag_list *lists[] = {&d};
    struct read_back r = write_and_read(lists, 1, LANG_EN);
    const struct node *run = at(r.root, "runs.0");

    REQUIRE(run != NULL);
    CHECK_STR(text_at(r.root, "version"), "2.1.0");
    CHECK(strstr(text_at(r.root, "$schema"), "sarif-schema-2.1.0.json") != NULL);
    CHECK_STR(text_at(run, "tool.driver.name"), "awai");
    CHECK_STR(text_at(run, "columnKind"), "unicodeCodePoints");
    CHECK_INT(at(run, "tool.driver.rules")->n, 3);
    CHECK_STR(text_at(run, "tool.driver.rules.0.id"), "my-own");
    CHECK_STR(text_at(run, "tool.driver.rules.0.shortDescription.text"), "my own");
    CHECK_STR(text_at(run, "tool.driver.rules.1.id"), "no-data");
    CHECK_STR(text_at(run, "tool.driver.rules.1.shortDescription.text"),
              "A flow carries nothing.");
    CHECK_STR(text_at(run, "tool.driver.rules.1.defaultConfiguration.level"),
              "warning");
    CHECK_STR(text_at(run, "tool.driver.rules.2.id"), "reference");
    CHECK_INT(at(run, "results")->n, 3);
    read_back_fini(&r);
    diag_fini(&d);
}

static void test_results(void)
{
    struct diag_list d = sample();
    const struct diag_list *lists[] = {&d};
    struct read_back r = write_and_read(lists, 1, LANG_EN);
    const struct node *result = at(r.root, "runs.0.results.0");
    const struct node *where = at(result, "locations.0.physicalLocation");

    REQUIRE(where != NULL);
    CHECK_STR(text_at(result, "ruleId"), "no-data");
    CHECK_STR(text_at(result, "ruleIndex"), "1");
    CHECK_STR(text_at(result, "level"), "warning");
    CHECK_STR(text_at(result, "message.text"),
              "the flow 'a \"b\"' carries nothing\nsay what it carries under 'data'");
    CHECK_STR(text_at(where, "artifactLocation.uri"), "use%20cases/m%C3%B6del.yaml");
    CHECK_STR(text_at(where, "artifactLocation.uriBaseId"), "%SRCROOT%");
    CHECK_STR(text_at(where, "region.startLine"), "7");
    CHECK_STR(text_at(where, "region.startColumn"), "3");
    result = at(r.root, "runs.0.results.1");
    CHECK_STR(text_at(result, "level"), "error");
    CHECK_STR(text_at(result, "message.text"),
              "'bad' is not a value of 'kind'\ndid you mean 'good'?");
    result = at(r.root, "runs.0.results.2");
    where = at(result, "locations.0.physicalLocation");
    CHECK_STR(text_at(result, "level"), "note");
    CHECK_STR(text_at(where, "artifactLocation.uri"), "file:///etc/rules.yaml");
    CHECK(at(where, "artifactLocation.uriBaseId") == NULL);
    CHECK(at(where, "region") == NULL);
    read_back_fini(&r);
    diag_fini(&d);
}

/* Lines above a finding do not change what it is; equal findings are told apart. */
static void test_fingerprints_are_stable(void)
{
    static const char print[] = "partialFingerprints.primaryLocationLineHash";
    struct diag_list d = {0};
    uint32_t file = diag_add_file(&d, "m.yaml", NULL, 0);

    DIAG_ADD(&d, DATE, ((struct place){file, 3, 1}), text_same("same"));
    DIAG_ADD(&d, DATE, ((struct place){file, 4, 1}), text_same("same"));
    DIAG_ADD(&d, DATE, ((struct place){file, 5, 1}), text_same("other"));
    const struct diag_list *lists[] = {&d};
    struct read_back before = write_and_read(lists, 1, LANG_EN);
    for (size_t i = 0; i < d.n; i++)
        d.items[i].at.line += 100;
    struct read_back after = write_and_read(lists, 1, LANG_EN);
    const struct node *old_results = at(before.root, "runs.0.results");
    const struct node *new_results = at(after.root, "runs.0.results");

    REQUIRE(old_results && new_results && old_results->n == 3);
    const char *prints[3];
    const struct node *o = old_results->first, *n = new_results->first;
    for (int i = 0; i < 3; i++, o = o->next, n = n->next) {
        prints[i] = text_at(o, print);
        REQUIRE(prints[i] != NULL);
        CHECK_STR(text_at(n, print), prints[i]);
    }
    CHECK(strcmp(prints[0], prints[1]) != 0);
    CHECK(strncmp(prints[0], prints[1], 16) == 0);
    CHECK(strncmp(prints[0], prints[2], 16) != 0);
    read_back_fini(&before);
    read_back_fini(&after);
    diag_fini(&d);
}

/* The language changes words only: a finding is the same one in both. */
static void test_japanese(void)
{
    static const char print[] = "partialFingerprints.primaryLocationLineHash";
    struct diag_list d = sample();
    const struct diag_list *lists[] = {&d};
    struct read_back en = write_and_read(lists, 1, LANG_EN);
    struct read_back ja = write_and_read(lists, 1, LANG_JA);
    const struct node *en_results = at(en.root, "runs.0.results");
    const struct node *ja_results = at(ja.root, "runs.0.results");

    REQUIRE(en_results && ja_results && en_results->n == ja_results->n);
    CHECK_STR(text_at(en.root, "runs.0.language"), "en");
    CHECK_STR(text_at(ja.root, "runs.0.language"), "ja");
    CHECK_STR(text_at(ja.root, "runs.0.tool.driver.language"), "ja");
    for (const struct node *e = en_results->first, *j = ja_results->first; e && j;
         e = e->next, j = j->next) {
        CHECK_STR(text_at(j, print), text_at(e, print));
        CHECK_STR(text_at(j, "level"), text_at(e, "level"));
        CHECK(strcmp(text_at(j, "message.text"), text_at(e, "message.text")) != 0);
    }
    read_back_fini(&en);
    read_back_fini(&ja);
    diag_fini(&d);
}

static void test_several_lists_and_none(void)
{
    struct diag_list one = sample(), other = sample();
    const struct diag_list *lists[] = {&one, &other};
    struct read_back both = write_and_read(lists, 2, LANG_EN);
    struct read_back none = write_and_read(NULL, 0, LANG_EN);

    REQUIRE(at(both.root, "runs.0.results") && at(none.root, "runs.0.results"));
    CHECK_INT(at(both.root, "runs.0.results")->n, 6);
    CHECK_INT(at(both.root, "runs.0.tool.driver.rules")->n, 3);
    CHECK_INT(at(none.root, "runs.0.results")->n, 0);
    CHECK_INT(at(none.root, "runs.0.tool.driver.rules")->n, 0);
    read_back_fini(&both);
    read_back_fini(&none);
    diag_fini(&one);
    diag_fini(&other);
}

int main(void)
{
    RUN(test_structure);
    RUN(test_results);
    RUN(test_fingerprints_are_stable);
    RUN(test_japanese);
    RUN(test_several_lists_and_none);
    return UNIT_RESULT();
}
