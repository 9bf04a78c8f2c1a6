/* SPDX-License-Identifier: Apache-2.0
 *
 * Conditions: what they match in a small system, what the check complains of, and that
 * every attribute of the tables answers.
 */
#include "unit.h"

#include <stdlib.h>

#include "assess/condition.h"
#include "assess/condition_int.h"
#include "world.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct world world;

/* A condition read from text; lives in its own arena and list. */
struct parsed {
    struct arena arena;
    struct diag_list diags;
    const struct node *node;
};

static struct parsed parse(const char *text)
{
    struct parsed p = {0};
    char *copy = mem_alloc(strlen(text) + 1);

    memcpy(copy, text, strlen(text) + 1);
    p.node = yaml_parse(&p.arena, &p.diags,
                        diag_add_file(&p.diags, "where.yaml", copy, strlen(text)));
    return p;
}

static void parsed_fini(struct parsed *p)
{
    arena_fini(&p->arena);
    diag_fini(&p->diags);
}

struct expected {
    const char *subject, *where;
    uint32_t n;
    const char *first; /* id of the first match, NULL if there is none */
};

static void check_counts(const struct expected *rows, size_t n)
{
    REQUIRE(world.assessment != NULL);
    for (size_t i = 0; i < n; i++) {
        struct parsed p = parse(rows[i].where);
        struct condition c = {.subject = rows[i].subject, .where = p.node};
        char text[300], id[160] = "";
        uint32_t first = 0;
        size_t wrong = condition_check(p.node, c.subject, (struct place){0}, &p.diags,
                                       world.catalog);
        uint32_t count = condition_count(world.assessment, &c, &first);

        snprintf(text, sizeof text, "%s %s", rows[i].subject, rows[i].where);
        unit_check_int(__FILE__, __LINE__, (long long)wrong, 0, text);
        unit_check_int(__FILE__, __LINE__, count, rows[i].n, text);
        if (first != GRAPH_NONE)
            condition_item_id(world.assessment, condition_subject(c.subject), first, id,
                              sizeof id);
        unit_check_str(__FILE__, __LINE__, id, rows[i].first ? rows[i].first : "",
                       text);
        parsed_fini(&p);
    }
}

/* ---- operators */

static void test_values_lists_and_operators(void)
{
    static const struct expected rows[] = {
        {"zones", "{}",                                             3, "cell"},
        {"zones", "{kind: segment}",                                1, "cell"},
        {"zones", "{kind: [internet, site]}",                       2, "net" },
        {"zones", "{kind: {not: segment}}",                         2, "net" },
        {"zones", "{kind: {not: [segment, site]}}",                 1, "net" },
        {"zones", "{trust: {at-least: partial}}",                   2, "cell"},
        {"zones", "{trust: {at-most: partial}}",                    2, "net" },
        {"zones", "{trust: {at-least: partial, at-most: partial}}", 1, "site"},
        {"zones", "{trust: {at-least: partial, not: full}}",        1, "site"},
        {"zones", "{within: site}",                                 1, "cell"},
        {"zones", "{within: ~}",                                    2, "net" },
        {"zones", "{within: {not: ~}}",                             1, "cell"},
        {"zones", "{kind: [], trust: full}",                        0, NULL  },
        {"zones", "{id: cell, kind: site}",                         0, NULL  },
        {"zones", "{physical-access: {at-least: controlled}}",      1, "site"},
    };
    check_counts(rows, COUNT(rows));
}

static void test_a_missing_where_selects_everything(void)
{
    struct condition c = {.subject = "data"};
    uint32_t first = 0;

    REQUIRE(world.assessment != NULL);
    CHECK_INT(condition_count(world.assessment, &c, &first), 2);
    CHECK_INT(condition_count(world.assessment, &c, NULL), 2);
}

/* ---- subjects */

static void test_components(void)
{
    static const struct expected rows[] = {
        {"components", "{}",                                                     3, "camera"},
        {"components", "{kind: plc}",                                            0, NULL    },
        {"components", "{kind: plc, out-of-scope: true}",                        1, "old"   },
        {"components", "{out-of-scope: [true, false]}",                          4, "camera"},
        {"components", "{family: device}",                                       2, "camera"},
        {"components", "{family: server}",                                       1, "cloud" },
        {"components", "{zone: site}",                                           2, "camera"},
        {"components", "{zone: cell}",                                           2, "camera"},
        {"components", "{zone-kind: internet}",                                  1, "cloud" },
        {"components", "{trust: none}",                                          1, "cloud" },
        {"components", "{owner: user}",                                          1, "plc"   },
        {"components", "{owner: ~}",                                             1, "camera"},
        {"components", "{operator: maker}",                                      2, "cloud" },
        {"components", "{authentication: default-password}",                     1, "camera"},
        {"components", "{authentication: {at-most: default-password}}",          2, "camera"},
        {"components", "{update: manual}",                                       2, "camera"},
        {"components", "{data: orders}",                                         1, "cloud" },
        {"components", "{data-class: personal}",                                 1, "camera"},
        {"components", "{physical: true, id: plc}",                              1, "plc"   },
        {"components", "{trait: auth-default}",                                  1, "camera"},
        {"components", "{importance-recovery: fatal, id: plc}",                  1, "plc"   },
        {"components", "{importance-economic: {at-least: serious}, id: camera}", 1,
         "camera"                                                                           },
        {"components", "{rebuilt: true}",                                        1, "camera"},
    };
    check_counts(rows, COUNT(rows));
}

static void test_flows(void)
{
    static const struct expected rows[] = {
        {"flows", "{}",                                                 2, "command"},
        {"flows", "{out-of-scope: true}",                               1, "spare"  },
        {"flows", "{from: cloud, to: plc}",                             1, "command"},
        {"flows", "{to-kind: server}",                                  1, "view"   },
        {"flows", "{from-kind: cloud-service}",                         1, "command"},
        {"flows", "{to-zone: site}",                                    1, "command"},
        {"flows", "{from-zone: cell}",                                  1, "view"   },
        {"flows", "{through: camera}",                                  1, "command"},
        {"flows", "{protocol: modbus-tcp, crosses-zones: true}",        1, "command"},
        {"flows", "{crosses-zones: false, out-of-scope: true}",         1, "spare"  },
        {"flows", "{carrier: internet}",                                2, "command"},
        {"flows", "{encrypted: true}",                                  1, "view"   },
        {"flows", "{authenticated: false}",                             1, "command"},
        {"flows", "{data: orders}",                                     1, "command"},
        {"flows", "{data-class: [control, safety], trait: c-internet}", 1, "command"},
    };
    check_counts(rows, COUNT(rows));
}

static void test_people_and_data(void)
{
    static const struct expected rows[] = {
        {"stakeholders", "{role: resident}",                1, "user"    },
        {"stakeholders", "{applicant: true}",               1, "maker"   },
        {"stakeholders", "{recovery: fatal}",               1, "user"    },
        {"stakeholders", "{economic: {at-least: serious}}", 2, "maker"   },
        {"stakeholders", "{now-recovery: fatal}",           1, "user"    },
        {"stakeholders", "{planned-economic: serious}",     2, "maker"   },
        {"stakeholders", "{target-recovery: limited}",      1, "maker"   },
        {"stakeholders", "{target-economic: ~}",            1, "user"    },
        {"stakeholders", "{within-target: false}",          1, "maker"   },
        {"stakeholders", "{within-target: ~}",              1, "user"    },
        {"data",         "{class: control}",                1, "orders"  },
        {"data",         "{class: [personal, safety]}",     1, "pictures"},
    };
    check_counts(rows, COUNT(rows));
}

static void test_incidents_and_threats(void)
{
    static const struct expected rows[] = {
        {"incidents", "{}",                                                2, "crash"             },
        {"incidents", "{threat: data-tampering}",                          1, "crash"             },
        {"incidents", "{at: camera}",                                      1, "peek"              },
        {"incidents", "{stakeholder: maker}",                              1, "peek"              },
        {"incidents", "{recovery: {at-least: serious}}",                   1, "crash"             },
        {"incidents", "{economic: serious}",                               2, "crash"             },
        {"incidents", "{reached: true}",                                   2, "crash"             },
        {"incidents", "{above-target: true}",                              1, "peek"              },
        {"incidents", "{decided: true}",                                   1, "crash"             },
        {"threats",   "{id: data-tampering@plc}",                          1, "data-tampering@plc"},
        {"threats",   "{class: data-tampering, at: plc, on: component}",   1,
         "data-tampering@plc"                                                                     },
        {"threats",   "{class: misuse, on: flow}",                         0, NULL                },
        {"threats",   "{leads-to: crash, at: plc, class: data-tampering}", 1,
         "data-tampering@plc"                                                                     },
        {"threats",   "{main: true, class: information-leak, at: camera}", 1,
         "information-leak@camera"                                                                },
        {"threats",   "{decided: true}",                                   0, NULL                },
        {"threats",   "{at: old}",                                         0, NULL                },
    };
    check_counts(rows, COUNT(rows));
}

static void test_treatment(void)
{
    static const struct expected rows[] = {
        {"requirements", "{id: access-control, adopted: true, open: false}",   1,
         "access-control"                                                                          },
        {"requirements", "{id: access-control, viewpoint: 1, target: system}", 1,
         "access-control"                                                                          },
        {"requirements",
         "{id: access-control, threat: unauthorized-access, measured: true}",  1,
         "access-control"                                                                          },
        {"requirements", "{id: access-control, row: fatal, column: serious}",  1,
         "access-control"                                                                          },
        {"requirements", "{id: security-policy, excluded: true, open: false}", 1,
         "security-policy"                                                                         },
        {"requirements", "{id: security-policy, threat: ~}",                   1, "security-policy"},
        {"requirements", "{viewpoint: {at-least: 5}}",                         0, NULL             },
        {"requirements", "{rank: {at-most: 1}, decided: true}",                0, NULL             },
        {"measures",     "{status: {at-least: decided}}",                      1, "login"          },
        {"measures",     "{requirement: updates, evidence: false}",            1, "sign"           },
        {"measures",     "{on: plc}",                                          1, "sign"           },
        {"measures",     "{by: maker, example: ~}",                            1, "login"          },
        {"decisions",    "{type: decision}",                                   2, "gone"           },
        {"decisions",    "{type: exclusion, owner: head}",                     1, "paper"          },
        {"decisions",    "{state: orphaned}",                                  1, "gone"           },
        {"decisions",    "{overdue: true}",                                    1, "keep"           },
        {"decisions",    "{treatment: accept, owner: head, reviewer: ~}",      1, "keep"           },
        {"decisions",    "{subject: 'incident:crash', review-by: true}",       1, "keep"           },
        {"decisions",    "{treatment: ~}",                                     1, "paper"          },
    };
    check_counts(rows, COUNT(rows));
}

static void test_single_items(void)
{
    struct parsed p = parse("{kind: safety-plc}");

    REQUIRE(world.assessment != NULL);
    CHECK(condition_matches(world.assessment, "components", p.node, 0));
    CHECK(!condition_matches(world.assessment, "components", p.node, 1));
    CHECK(!condition_matches(world.assessment, "machines", p.node, 0));
    parsed_fini(&p);
}

static void test_items_have_places(void)
{
    const struct condition_subject *flows = condition_subject("flows");
    const struct condition_subject *threats = condition_subject("threats");

    REQUIRE(world.assessment != NULL);
    CHECK_INT(condition_item_place(world.assessment, flows, 0).line, 21);
    CHECK_INT(condition_item_place(world.assessment, flows, 0).column, 3);
    for (uint32_t i = 0; i < condition_n_items(world.assessment, threats); i++)
        CHECK(condition_item_place(world.assessment, threats, i).line > 12);
}

/* ---- every attribute */

/* An item either has some value of an attribute or has none. */
static void check_attribute(const struct condition_subject *s, const char *attribute)
{
    char text[128];
    snprintf(text, sizeof text, "{%s: ~}", attribute);
    struct parsed none = parse(text);
    snprintf(text, sizeof text, "{%s: {not: ~}}", attribute);
    struct parsed some = parse(text);
    struct condition_plan without = condition_plan(s->name, none.node);
    struct condition_plan with = condition_plan(s->name, some.node);

    for (uint32_t i = 0; i < condition_n_items(world.assessment, s); i++) {
        int sum = condition_holds(world.assessment, &without, i) +
                  condition_holds(world.assessment, &with, i);
        snprintf(text, sizeof text, "%s.%s of item %u", s->name, attribute, i);
        unit_check_int(__FILE__, __LINE__, sum, 1, text);
    }
    parsed_fini(&none);
    parsed_fini(&some);
}

static void test_every_attribute_answers(void)
{
    size_t n = 0;
    const struct condition_subject *all = condition_subjects(&n);

    REQUIRE(world.assessment != NULL);
    for (size_t s = 0; s < n; s++) {
        CHECK(condition_n_items(world.assessment, &all[s]) > 0);
        CHECK(all[s].n_attributes < CONDITION_TESTS);
        for (size_t i = 0; i < all[s].n_attributes; i++) {
            const struct condition_attribute *at = &all[s].attributes[i];
            check_attribute(&all[s], at->name);
            CHECK(at->doc.in[LANG_EN] && at->doc.in[LANG_JA]);
            CHECK(at->set == NULL || at->ids == NULL);
        }
    }
}

static void test_names_of_subjects_agree(void)
{
    size_t n = 0;
    const struct condition_subject *all = condition_subjects(&n);

    CHECK_INT(condition_subject_names.n, n);
    for (size_t i = 0; i < n; i++) {
        CHECK_STR(choice_name(&condition_subject_names, (int)i + 1), all[i].name);
        CHECK(condition_subject(all[i].name) == &all[i]);
    }
    CHECK(condition_subject("") == NULL);
}

static void test_manual_tells_all(void)
{
    size_t n = 0;
    const struct condition_subject *all = condition_subjects(&n);

    for (int lang = 0; lang < N_LANGS; lang++) {
        struct buf out = {0};
        condition_manual((enum lang)lang, &out);
        for (size_t s = 0; s < n; s++) {
            for (size_t i = 0; i < all[s].n_attributes; i++)
                CHECK(strstr(buf_text(&out), all[s].attributes[i].name) != NULL);
        }
        buf_fini(&out);
    }
}

/* ---- the check */

static void test_check_complains(void)
{
    static const struct {
        const char *subject, *where, *code, *hint;
    } rows[] = {
        {"component",    "{}",                               "subject",   "did you mean 'components'?"   },
        {"machines",     "{}",                               "subject",   "one of components"            },
        {"flows",        "[a]",                              "type",      "write {attribute: value, ...}"},
        {"flows",        "{protokol: https}",                "attribute", "did you mean 'protocol'?"     },
        {"flows",        "{colour: red}",                    "attribute", "one of id, from"              },
        {"flows",        "{protocol: modbus-tpc}",           "reference", "did you mean 'modbus-tcp'?"   },
        {"flows",        "{encrypted: yes}",                 "choice",    "one of true, false"           },
        {"flows",        "{data-class: [control, saftey]}",  "choice",
         "did you mean 'safety'?"                                                                        },
        {"flows",        "{data-class: [[control]]}",        "type",      "write a word"                 },
        {"components",   "{family: devices}",                "reference", "did you mean 'device'?"       },
        {"components",   "{kind: {nott: plc}}",              "operator",  "did you mean 'not'?"          },
        {"components",   "{kind: {at-least: plc}}",          "operator",  "list the values"              },
        {"components",   "{trust: {at-least: [none]}}",      "type",      "write a word"                 },
        {"components",   "{trust: {at-least: ~}}",           "operator",  "list the values"              },
        {"components",   "{trust: {not: {at-least: full}}}", "type",      "write a word"                 },
        {"requirements", "{viewpoint: one}",                 "number",    NULL                           },
        {"requirements", "{viewpoint: {at-least: -1}}",      "number",    NULL                           },
        {"requirements", "{id: x, threat: hacking}",         "reference", "one of"                       },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct parsed p = parse(rows[i].where);
        size_t n = condition_check(p.node, rows[i].subject, (struct place){0, 1, 1},
                                   &p.diags, world.catalog);
        const struct diag *d = p.diags.n ? &p.diags.items[0] : NULL;

        unit_check_int(__FILE__, __LINE__, (long long)n, 1, rows[i].where);
        unit_check_str(__FILE__, __LINE__, d ? d->code : NULL, rows[i].code,
                       rows[i].where);
        if (d && rows[i].hint)
            unit_check(__FILE__, __LINE__,
                       d->hint.in[LANG_EN] && strstr(d->hint.in[LANG_EN], rows[i].hint),
                       d->hint.in[LANG_EN] ? d->hint.in[LANG_EN] : rows[i].where);
        parsed_fini(&p);
    }
}

static void test_check_without_catalog_lets_ids_pass(void)
{
    struct parsed p = parse("{kind: my-own-kind}");

    CHECK_INT(condition_check(p.node, "components", (struct place){0}, &p.diags, NULL),
              0);
    CHECK_INT(condition_check(NULL, "components", (struct place){0}, &p.diags, NULL),
              0);
    parsed_fini(&p);
}

static void test_what_is_wrong_never_matches(void)
{
    static const char *const wheres[] = {
        "[a]",
        "word",
        "{colour: red}",
        "{kind: {nott: plc}}",
        "{kind: {at-least: []}}",
        "{kind: [[plc]]}",
    };
    REQUIRE(world.assessment != NULL);
    for (size_t i = 0; i < COUNT(wheres); i++) {
        struct parsed p = parse(wheres[i]);
        struct condition c = {.subject = "components", .where = p.node};
        unit_check_int(__FILE__, __LINE__, condition_count(world.assessment, &c, NULL),
                       0, wheres[i]);
        parsed_fini(&p);
    }
}

/* The catalog's own conditions are checked here: the catalog cannot know of them. */
static void test_conditions_of_the_catalog_are_good(void)
{
    const struct list *all = &world.catalog->c.requirements;
    struct diag_list diags = {0};

    for (uint32_t i = 0; i < all->n; i++) {
        const struct requirement *r = LIST_AT(*all, struct requirement, i);
        for (uint32_t k = 0; k < r->evidence.n; k++) {
            const struct condition *c = LIST_AT(r->evidence, struct condition, k);
            unit_check_int(__FILE__, __LINE__,
                           (long long)condition_check(c->where, c->subject, c->at,
                                                      &diags, world.catalog),
                           0, r->entry.id);
        }
    }
    diag_print(&diags, stdout, (struct diag_view){.warnings = 1});
    diag_fini(&diags);
}

int main(void)
{
    world = world_open(WORLD_MODEL, 20260101);
    RUN(test_values_lists_and_operators);
    RUN(test_a_missing_where_selects_everything);
    RUN(test_components);
    RUN(test_flows);
    RUN(test_people_and_data);
    RUN(test_incidents_and_threats);
    RUN(test_treatment);
    RUN(test_single_items);
    RUN(test_items_have_places);
    RUN(test_every_attribute_answers);
    RUN(test_names_of_subjects_agree);
    RUN(test_manual_tells_all);
    RUN(test_check_complains);
    RUN(test_check_without_catalog_lets_ids_pass);
    RUN(test_what_is_wrong_never_matches);
    RUN(test_conditions_of_the_catalog_are_good);
    world_close(&world);
    return UNIT_RESULT();
}
