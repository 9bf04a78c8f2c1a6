/* SPDX-License-Identifier: Apache-2.0
 *
 * An organization's rules: what the reader accepts and refuses, what is found in a
 * small system, exemptions and their end, and how findings are told.
 */
#include "unit.h"

#include <stdlib.h>

#include "assess/rules.h"
#include "base/json.h"
#include "world.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct world world;

static struct rules *read_rules(const char *text)
{
    return rules_read_text("rules.yaml", text, strlen(text), world.catalog);
}

/* ---- reading */

static void test_the_example_is_good(void)
{
    struct rules *rules = rules_read("docs/examples/rules.yaml", world.catalog);

    diag_print(&rules->diags, stdout, (struct diag_view){.warnings = 1});
    CHECK_INT(rules->diags.n, 0);
    CHECK(rules->rules.n >= 5);
    for (uint32_t i = 0; i < rules->rules.n; i++) {
        const struct rule *r = LIST_AT(rules->rules, struct rule, i);
        CHECK(r->message.in[LANG_EN] && r->message.in[LANG_JA]);
        CHECK(r->message.in[LANG_EN] != r->message.in[LANG_JA]);
    }
    rules_free(rules);
}

static void test_a_missing_file_is_an_error(void)
{
    struct rules *rules = rules_read("docs/examples/no-such-rules.yaml", NULL);

    CHECK_INT(rules->diags.n_errors, 1);
    rules_free(rules);
    rules_free(NULL);
}

static void test_reader_complains(void)
{
    static const struct {
        const char *text, *code;
    } rows[] = {
        {"",                                                                   "empty"       },
        {"[]",                                                                 "type"        },
        {"{}",                                                                 "missing-key" },
        {"rules: []",                                                          "type"        },
        {"rules: {a b: {for: flows, where: {}, message: m}}",                  "identifier"  },
        {"rules: {a: {where: {}, message: m}}",                                "missing-key" },
        {"rules: {a: {for: flows, where: {}}}",                                "missing-key" },
        {"rules: {a: {for: flows, message: m}}",                               "missing-key" },
        {"rules: {a: {for: flow, where: {}, message: m}}",                     "choice"      },
        {"rules: {a: {for: flows, where: {}, message: m, severty: error}}",
         "unknown-key"                                                                       },
        {"rules: {a: {for: flows, where: {}, message: m, severity: bad}}",     "choice"      },
        {"rules: {a: {for: flows, where: {knd: plc}, message: m}}",            "attribute"   },
        {"rules: {a: {for: flows, require: {knd: plc}, message: m}}",          "attribute"   },
        {"rules: {a: {for: flows, where: {encrypted: no}, message: m}}",       "choice"      },
        {"rules: {a: {for: flows, where: [], message: m}}",                    "type"        },
        {"rules: {a: {for: flows, where: {}, message: m, exempt: [{id: x}]}}",
         "missing-key"                                                                       },
        {"rules: {a: {for: flows, where: {}, message: m,\n"
         "  exempt: [{id: x, because: y, until: tomorrow}]}}",        "date"        },
        {"rules: {a: {for: flows, where: {}, message: m,\n"
         "  exempt: [{id: x, because: y}, {id: x, because: z}]}}",    "duplicate-id"},
        {"rules: \xFF",                                                        "encoding"    },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct rules *rules = read_rules(rows[i].text);
        int found = 0;
        for (size_t k = 0; k < rules->diags.n; k++)
            found |= strcmp(rules->diags.items[k].code, rows[i].code) == 0;
        unit_check(__FILE__, __LINE__, found && rules->diags.n_errors > 0,
                   rows[i].text);
        rules_free(rules);
    }
}

/* ---- findings */

/* "rule item" of each finding, exempt ones in brackets, joined by ", ". */
static const char *findings_of(const char *text, struct buf *out)
{
    struct rules *rules = read_rules(text);

    diag_print(&rules->diags, stdout, (struct diag_view){.warnings = 1});
    if (rules->diags.n_errors == 0 && world.assessment) {
        struct rules_result result = rules_evaluate(rules, world.assessment);
        for (uint32_t i = 0; i < result.findings.n; i++) {
            const struct finding *f = LIST_AT(result.findings, struct finding, i);
            buf_printf(out, f->exempt ? "%s[%s %s]" : "%s%s %s", i ? ", " : "",
                       f->rule->entry.id, f->item);
        }
        rules_result_fini(&result);
    }
    rules_free(rules);
    return buf_text(out);
}

static void check_findings(const char *text, const char *expected)
{
    struct buf out = {0};

    CHECK_STR(findings_of(text, &out), expected);
    buf_fini(&out);
}

static void test_nothing_may_match(void)
{
    check_findings("rules: {defaults: {for: components, message: m,\n"
                   "  where: {authentication: default-password}}}",
                   "defaults camera");
    check_findings("rules: {keys: {for: components, message: m,\n"
                   "  where: {authentication: multi-factor}}}",
                   "");
}

static void test_each_must_satisfy(void)
{
    check_findings("rules: {owned: {for: components, message: m,\n"
                   "  require: {owner: {not: ~}}}}",
                   "owned camera");
    check_findings("rules: {authentic: {for: flows, message: m,\n"
                   "  where: {data-class: control, trait: c-internet},\n"
                   "  require: {authenticated: true}}}",
                   "authentic command");
    check_findings("rules: {known: {for: flows, message: m,\n"
                   "  where: {data-class: personal}, require: {encrypted: true}}}",
                   "");
}

/* `where` chooses; what is chosen is judged, be it out of scope or not. */
static void test_parts_out_of_scope(void)
{
    check_findings("rules: {a: {for: components, where: {kind: plc}, message: m}}", "");
    check_findings("rules: {a: {for: components, message: m,\n"
                   "  where: {out-of-scope: true}, require: {kind: plc}}}",
                   "");
    check_findings("rules: {a: {for: components, message: m,\n"
                   "  where: {out-of-scope: true}, require: {kind: camera}}}",
                   "a old");
}

static void test_order_of_rules_is_nothing(void)
{
    const char *expected = "a command, b camera, b cloud, b plc";

    check_findings("rules:\n"
                   "  a: {for: flows, where: {protocol: modbus-tcp}, message: m}\n"
                   "  b: {for: components, where: {}, message: m}\n",
                   expected);
    check_findings("rules:\n"
                   "  b: {for: components, where: {}, message: m}\n"
                   "  a: {for: flows, where: {protocol: modbus-tcp}, message: m}\n",
                   expected);
}

static void test_threats_requirements_decisions(void)
{
    check_findings("rules: {t: {for: threats, message: m,\n"
                   "  where: {main: true, at: camera, class: information-leak},\n"
                   "  require: {decided: true}}}",
                   "t information-leak@camera");
    check_findings("rules: {r: {for: requirements, message: m,\n"
                   "  where: {row: fatal, id: [access-control, security-policy]},\n"
                   "  require: {open: false}}}",
                   "");
    check_findings("rules: {d: {for: decisions, message: m,\n"
                   "  require: {state: found, overdue: false}}}",
                   "d gone, d keep");
}

/* ---- exemptions; the world's day is 2026-01-01 */

#define EXEMPT(list)                                                                   \
    "rules: {modbus: {for: flows, where: {protocol: modbus-tcp}, message: m,\n"        \
    "  severity: warning, exempt: [" list "]}}"

static void test_exemptions(void)
{
    check_findings(EXEMPT("{id: command, because: b}"), "[modbus command]");
    check_findings(EXEMPT("{id: command, because: b, until: 2026-01-01}"),
                   "[modbus command]");
    check_findings(EXEMPT("{id: command, because: b, until: 2025-12-31}"),
                   "modbus command");
    check_findings(EXEMPT("{id: other, because: b}"), "modbus command");
    check_findings("rules: {t: {for: threats, where: {class: information-leak,\n"
                   "  at: camera}, message: m,\n"
                   "  exempt: [{id: information-leak@camera, because: b}]}}",
                   "[t information-leak@camera]");
}

static void test_findings_are_counted(void)
{
    struct rules *rules = read_rules(
        "rules:\n"
        "  e: {for: components, where: {id: plc}, message: m}\n"
        "  w: {for: components, where: {id: plc}, message: m, severity: warning}\n"
        "  n: {for: components, where: {id: plc}, message: m, severity: note}\n"
        "  x: {for: components, where: {id: [plc, cloud]}, message: m,\n"
        "    exempt: [{id: plc, because: b}, {id: nothing, because: b}]}\n");

    REQUIRE(world.assessment != NULL);
    struct rules_result result = rules_evaluate(rules, world.assessment);
    CHECK_INT(result.n_errors, 2);
    CHECK_INT(result.n_warnings, 1);
    CHECK_INT(result.n_notes, 1);
    CHECK_INT(result.n_exempt, 1);
    CHECK_INT(result.unused.n, 1);
    rules_result_fini(&result);
    rules_free(rules);
}

/* ---- telling */

/* The report; rules and result are gone before it is looked at. */
static struct diag_list report_of(const char *text)
{
    struct diag_list out = {0};
    struct rules *rules = read_rules(text);
    struct rules_result result = rules_evaluate(rules, world.assessment);

    rules_report(&result, rules, world.assessment, &out);
    rules_result_fini(&result);
    rules_free(rules);
    return out;
}

static void check_diag(const struct diag_list *list, size_t i, enum lang lang,
                       const char *expected)
{
    struct buf line = {0};

    REQUIRE(i < list->n);
    const struct diag *d = &list->items[i];
    buf_printf(&line, "%s:%u:%u: %s: %s [%s]", list->files[d->at.file].path, d->at.line,
               d->at.column, diag_severity_name(d->severity), d->message.in[lang],
               d->code);
    CHECK_STR(buf_text(&line), expected);
    buf_fini(&line);
}

static void test_report_is_like_other_diagnostics(void)
{
    REQUIRE(world.assessment != NULL);
    struct diag_list d = report_of(
        "rules:\n"
        "  modbus: {for: flows, where: {protocol: modbus-tcp},\n"
        "    message: {en: stays inside, ja: \"\xE5\xA4\x96\xE3\x81\xB8\"}}\n"
        "  gone: {for: components, where: {id: camera}, message: m, severity: note,\n"
        "    exempt: [{id: camera, because: b, until: 2024-02-29},\n"
        "      {id: plc, because: c}]}\n");
    CHECK_INT(d.n, 4);
    CHECK_INT(d.n_errors, 1);
    check_diag(&d, 0, LANG_EN, "world.yaml:15:3: note: m: camera [gone]");
    check_diag(&d, 1, LANG_EN,
               "world.yaml:23:3: error: stays inside: command [modbus]");
    check_diag(&d, 2, LANG_EN,
               "rules.yaml:5:19: warning: the exemption from gone has expired on "
               "2024-02-29: camera [expired-exemption]");
    check_diag(&d, 3, LANG_EN,
               "rules.yaml:6:12: note: nothing to exempt from gone: plc "
               "[unused-exemption]");
    diag_fini(&d);
}

static void test_report_in_japanese(void)
{
    REQUIRE(world.assessment != NULL);
    struct diag_list d = report_of(
        "rules:\n"
        "  modbus: {for: flows, where: {protocol: modbus-tcp},\n"
        "    message: {en: stays inside, ja: \"\xE5\xA4\x96\xE3\x81\xB8\"}}\n");
    check_diag(&d, 0, LANG_JA,
               "world.yaml:23:3: error: \xE5\xA4\x96\xE3\x81\xB8: command [modbus]");
    diag_fini(&d);
}

static void test_report_into_the_models_own_list(void)
{
    struct world own = world_open(WORLD_MODEL, 20260101);
    struct rules *rules = read_rules("rules: {a: {for: flows, where: {}, message: m}}");

    REQUIRE(own.assessment != NULL);
    size_t n = own.model->diags.n, n_files = own.model->diags.n_files;
    struct rules_result result = rules_evaluate(rules, own.assessment);
    rules_report(&result, rules, own.assessment, &own.model->diags);
    CHECK_INT(own.model->diags.n, n + 2);
    CHECK_INT(own.model->diags.n_files, n_files);
    rules_result_fini(&result);
    rules_free(rules);
    world_close(&own);
}

static void test_json(void)
{
    struct rules *rules = read_rules(EXEMPT("{id: command, because: b}"));
    struct buf out = {0};

    REQUIRE(world.assessment != NULL);
    struct rules_result result = rules_evaluate(rules, world.assessment);
    struct json j = json_on(&out, 0);
    rules_json(&result, &j);
    CHECK_STR(
        buf_text(&out),
        "[{\"rule\": \"modbus\", \"severity\": \"warning\", \"item\": \"command\", "
        "\"message\": {\"ja\": \"m\", \"en\": \"m\"}, "
        "\"exempt\": {\"ja\": \"b\", \"en\": \"b\"}}]\n");
    buf_fini(&out);
    rules_result_fini(&result);
    rules_free(rules);
}

int main(void)
{
    world = world_open(WORLD_MODEL, 20260101);
    RUN(test_the_example_is_good);
    RUN(test_a_missing_file_is_an_error);
    RUN(test_reader_complains);
    RUN(test_nothing_may_match);
    RUN(test_each_must_satisfy);
    RUN(test_parts_out_of_scope);
    RUN(test_order_of_rules_is_nothing);
    RUN(test_threats_requirements_decisions);
    RUN(test_exemptions);
    RUN(test_findings_are_counted);
    RUN(test_report_is_like_other_diagnostics);
    RUN(test_report_in_japanese);
    RUN(test_report_into_the_models_own_list);
    RUN(test_json);
    world_close(&world);
    return UNIT_RESULT();
}
