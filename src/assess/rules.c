// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Reads rules by a table, then judges: for each rule the items that its condition
 * selects, less those that satisfy what it requires, are findings.
 */
#include "assess/rules.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"

// clang-format off
SCHEMA_SET(rule_severities, "severity",
    {"error", RULE_ERROR, {{"error", "エラー"}}},
    {"warning", RULE_WARNING, {{"warning", "警告"}}},
    {"note", RULE_NOTE, {{"note", "注記"}}})

#define F SCHEMA_FIELD
#define S struct exemption
static const struct field exemption_fields[] = {
    F(S, "id", FIELD_REF, item, NULL, "items", FIELD_REQUIRED | FIELD_RESULT, "identifier of the item; a threat's is CLASS@ASSET", "項目の識別子。脅威は CLASS@ASSET"),
    F(S, "because", FIELD_TEXT, because, NULL, NULL, FIELD_REQUIRED, "why it need not follow the rule", "規則を適用しない理由"),
    F(S, "until", FIELD_DATE, until, NULL, NULL, 0, "the last day of the exemption; without it, for good", "適用除外の最終日。無ければ無期限"),
};
SCHEMA_SHAPE(exemption, "an exemption", "適用除外", S, "An item that need not follow the rule.", "規則の適用を除外する項目。")
#undef S
#define S struct rule
static const struct field rule_fields[] = {
    F(S, "severity", FIELD_CHOICE, severity, &rule_severities, NULL, 0, "how bad a finding is; default error", "重大度。既定は error"),
    F(S, "for", FIELD_CHOICE, subject, &condition_subject_names, NULL, FIELD_REQUIRED, "what is judged", "対象の種類"),
    F(S, "where", FIELD_NODE, where, NULL, NULL, 0, "which of them: {attribute: value, [any of], {not: ...}, {at-least: ...} or {at-most: ...}}", "対象を選ぶ条件。{属性: 値、[いずれか]、{not: ...}、{at-least: ...}、{at-most: ...}}"),
    F(S, "require", FIELD_NODE, require, NULL, NULL, 0, "what each of them must satisfy; without it there must be none", "対象が満たすべき条件。無ければ、対象が存在してはならない"),
    F(S, "message", FIELD_TEXT, message, NULL, NULL, FIELD_REQUIRED, "what is wrong, for the one who reads the finding", "違反の説明"),
    F(S, "exempt", FIELD_LIST, exempt, &exemption_shape, NULL, 0, "items that need not follow it", "適用を除外する項目"),
    F(S, "source", FIELD_STRING, source, NULL, NULL, 0, "where the rule comes from", "規則の出典"),
};
SCHEMA_SHAPE(rule, "a rule", "規則", S, "Something that no item may be, or that each must be.", "項目がそうであってはならないこと、又はそうあるべきこと。")
#undef S
#define S struct rules
static const struct field rules_fields[] = {
    F(S, "rules", FIELD_MAP, rules, &rule_shape, NULL, FIELD_REQUIRED, "the rules", "規則"),
};
const struct shape rules_shape = {{{"the rules", "規則ファイル"}}, sizeof(S), rules_fields, sizeof rules_fields / sizeof(struct field),
    {{"What an organization demands of every system.", "組織がすべてのシステムに求める規則。"}}};
#undef S
// clang-format on

/* ---- reading ---- */

static const char *subject_of(const struct rule *rule)
{
    return choice_name(&condition_subject_names, rule->subject);
}

static void check_exemptions(struct rules *rules, const struct rule *rule)
{
    struct strmap seen = {0};
    for (uint32_t i = 0; i < rule->exempt.n; i++) {
        const struct ref *item = &LIST_AT(rule->exempt, struct exemption, i)->item;
        if (item->id && !strmap_add(&seen, item->id, i, NULL))
            DIAG_ADD(&rules->diags, EXEMPT_TWICE, item->at, text_same(item->id));
    }
    strmap_fini(&seen);
}

static void check_rule(struct rules *rules, const struct rule *rule,
                       const struct catalog *catalog)
{
    if (rule->where == NULL && rule->require == NULL)
        DIAG_ADD(&rules->diags, NO_CONDITION, rule->entry.at,
                 text_same(rule->entry.id));
    if (rule->subject) {
        condition_check(rule->where, subject_of(rule), rule->entry.at, &rules->diags,
                        catalog);
        condition_check(rule->require, subject_of(rule), rule->entry.at, &rules->diags,
                        catalog);
    }
    check_exemptions(rules, rule);
}

static void read_file(struct rules *rules, uint32_t file, const struct catalog *catalog)
{
    struct node *root = yaml_parse(&rules->arena, &rules->diags, file);
    if (root == NULL) return;
    schema_read(&rules_shape, root, rules, &rules->arena, &rules->diags);
    for (uint32_t i = 0; i < rules->rules.n; i++)
        check_rule(rules, LIST_AT(rules->rules, struct rule, i), catalog);
}

struct rules *rules_read(const char *path, const struct catalog *catalog)
{
    struct rules *rules = mem_alloc(sizeof *rules);
    int file = yaml_load(&rules->diags, path, (struct place){0});
    if (file >= 0) read_file(rules, (uint32_t)file, catalog);
    diag_sort(&rules->diags);
    return rules;
}

struct rules *rules_read_text(const char *name, const char *text, size_t len,
                              const struct catalog *catalog)
{
    struct rules *rules = mem_alloc(sizeof *rules);
    char *copy = mem_alloc(len + 1);
    memcpy(copy, text, len);
    uint32_t file = diag_add_file(&rules->diags, name, copy, len);
    size_t bad = text_valid(copy, len);
    if (bad < len)
        DIAG_ADD(&rules->diags, NOT_TEXT, ((struct place){file, 1, 1}),
                 diag_number(&rules->diags, (long long)bad));
    else
        read_file(rules, file, catalog);
    diag_sort(&rules->diags);
    return rules;
}

void rules_free(struct rules *rules)
{
    if (rules == NULL) return;
    arena_fini(&rules->arena);
    diag_fini(&rules->diags);
    free(rules);
}

/* ---- judging ---- */

struct judge {
    const struct assessment *a;
    struct arena *arena;
    struct finding *findings; // heap
    size_t n, cap;
    struct unused_exemption *unused; // heap
    size_t n_unused, cap_unused;
};

/* The rule's exemptions by item; `used` is set for those that a finding needs. */
struct exemptions {
    struct strmap ids;
    uint8_t *used;
};

static void add_finding(struct judge *j, const struct rule *rule, struct exemptions *e,
                        const struct condition_subject *subject, uint32_t index)
{
    char id[160];
    condition_item_id(j->a, subject, index, id, sizeof id);
    struct finding *f = mem_push(&j->findings, &j->n, &j->cap, sizeof *f);
    f->rule = rule;
    f->item = arena_str(j->arena, id);
    f->at = condition_item_place(j->a, subject, index);
    uint32_t k = 0;
    if (!strmap_get(&e->ids, id, &k)) return;
    const struct exemption *exemption = LIST_AT(rule->exempt, struct exemption, k);
    e->used[k] = 1;
    if (exemption->until && j->a->today > exemption->until)
        f->expired = exemption;
    else
        f->exempt = exemption;
}

static void note_unused(struct judge *j, const struct rule *rule,
                        const struct exemptions *e)
{
    for (uint32_t i = 0; i < rule->exempt.n; i++) {
        if (e->used[i]) continue;
        struct unused_exemption *u =
            mem_push(&j->unused, &j->n_unused, &j->cap_unused, sizeof *u);
        *u =
            (struct unused_exemption){rule, LIST_AT(rule->exempt, struct exemption, i)};
    }
}

static void judge_rule(struct judge *j, const struct rule *rule)
{
    struct condition_plan where = condition_plan(subject_of(rule), rule->where);
    struct condition_plan require = condition_plan(subject_of(rule), rule->require);
    struct exemptions e = {.used = mem_alloc(rule->exempt.n + 1)};
    for (uint32_t i = 0; i < rule->exempt.n; i++)
        strmap_add(&e.ids, LIST_AT(rule->exempt, struct exemption, i)->item.id, i,
                   NULL);
    uint32_t n = condition_n_items(j->a, where.subject);
    for (uint32_t i = 0; i < n; i++) {
        int satisfied = rule->require && condition_holds(j->a, &require, i);
        if (!satisfied && condition_selects(j->a, &where, i))
            add_finding(j, rule, &e, where.subject, i);
    }
    note_unused(j, rule, &e);
    strmap_fini(&e.ids);
    free(e.used);
}

static int compare_findings(const void *a, const void *b)
{
    const struct finding *one = a, *other = b;
    int c = strcmp(one->rule->entry.id, other->rule->entry.id);
    return c ? c : strcmp(one->item, other->item);
}

static int compare_unused(const void *a, const void *b)
{
    const struct unused_exemption *one = a, *other = b;
    int c = strcmp(one->rule->entry.id, other->rule->entry.id);
    return c ? c : strcmp(one->exemption->item.id, other->exemption->item.id);
}

/* Sorts a heap array into a list in the arena and frees it. */
static struct list settle(struct arena *arena, void *items, size_t n, size_t size,
                          int (*compare)(const void *, const void *))
{
    struct list list = {arena_array(arena, n, size), (uint32_t)n};
    if (n > 0) {
        qsort(items, n, size, compare);
        memcpy(list.items, items, n * size);
    }
    free(items);
    return list;
}

static void count(struct rules_result *result)
{
    for (uint32_t i = 0; i < result->findings.n; i++) {
        const struct finding *f = LIST_AT(result->findings, struct finding, i);
        uint32_t *counts[] = {&result->n_errors, &result->n_errors, &result->n_warnings,
                              &result->n_notes};
        *(f->exempt ? &result->n_exempt : counts[f->rule->severity]) += 1;
    }
}

uint64_t rules_work(const struct rules *rules, const struct assessment *a)
{
    uint64_t work = 0;
    for (uint32_t i = 0; i < rules->rules.n; i++) {
        const struct rule *rule = LIST_AT(rules->rules, struct rule, i);
        work += condition_n_items(a, condition_subject(subject_of(rule)));
    }
    return work;
}

struct rules_result rules_evaluate(const struct rules *rules,
                                   const struct assessment *a)
{
    struct rules_result result = {0};
    struct judge j = {.a = a, .arena = &result.arena};
    for (uint32_t i = 0; i < rules->rules.n; i++)
        judge_rule(&j, LIST_AT(rules->rules, struct rule, i));
    result.findings = settle(&result.arena, j.findings, j.n, sizeof(struct finding),
                             compare_findings);
    result.unused = settle(&result.arena, j.unused, j.n_unused,
                           sizeof(struct unused_exemption), compare_unused);
    count(&result);
    return result;
}

void rules_result_fini(struct rules_result *result)
{
    arena_fini(&result->arena);
    *result = (struct rules_result){0};
}

/* ---- reporting ---- */

/* Copies of the sources that places point into, made when one is first needed. */
struct quoted {
    const struct diag_list *from;
    struct diag_list *to;
    uint32_t *number; // of each file of `from` in `to`, + 1; 0: not there yet
};

static struct quoted quote(const struct diag_list *from, struct diag_list *to)
{
    return (struct quoted){from, to, mem_alloc((from->n_files + 1) * sizeof(uint32_t))};
}

static struct place quoted_place(struct quoted *q, struct place at)
{
    if (q->from == q->to || at.file >= q->from->n_files) return at;
    const struct diag_file *f = &q->from->files[at.file];
    if (q->number[at.file] == 0) {
        char *text = f->text ? mem_alloc(f->len + 1) : NULL;
        if (text) memcpy(text, f->text, f->len);
        q->number[at.file] = diag_add_file(q->to, f->path, text, f->len) + 1;
    }
    return (struct place){q->number[at.file] - 1, at.line, at.column};
}

static enum diag_severity severity_of(const struct rule *rule)
{
    return rule->severity == RULE_WARNING ? DIAG_WARNING
           : rule->severity == RULE_NOTE  ? DIAG_NOTE
                                          : DIAG_ERROR;
}

static void report_finding(const struct finding *f, struct place at,
                           struct diag_list *out)
{
    const char *rule = arena_str(&out->arena, f->rule->entry.id);
    diag_put_as(out, severity_of(f->rule), rule, DIAG_FINDING, at,
                DIAG_ARGUMENTS(FINDING, text_same(f->item), f->rule->message));
}

static void report_expired(const struct finding *f, struct place at,
                           struct diag_list *out)
{
    DIAG_ADD(out, EXPIRED_EXEMPTION, at, text_same(f->item),
             text_same(f->rule->entry.id), diag_date(out, f->expired->until));
}

static void report_unused(const struct unused_exemption *u, struct place at,
                          struct diag_list *out)
{
    DIAG_ADD(out, UNUSED_EXEMPTION, at, text_same(u->exemption->item.id),
             text_same(u->rule->entry.id));
}

void rules_report(const struct rules_result *result, const struct rules *rules,
                  const struct assessment *a, struct diag_list *out)
{
    struct quoted model = quote(&a->model->diags, out);
    struct quoted file = quote(&rules->diags, out);
    for (uint32_t i = 0; i < result->findings.n; i++) {
        const struct finding *f = LIST_AT(result->findings, struct finding, i);
        if (f->exempt == NULL) report_finding(f, quoted_place(&model, f->at), out);
        if (f->expired)
            report_expired(f, quoted_place(&file, f->expired->item.at), out);
    }
    for (uint32_t i = 0; i < result->unused.n; i++) {
        const struct unused_exemption *u =
            LIST_AT(result->unused, struct unused_exemption, i);
        report_unused(u, quoted_place(&file, u->exemption->item.at), out);
    }
    diag_sort(out);
    free(model.number);
    free(file.number);
}

void rules_json(const struct rules_result *result, struct json *j)
{
    json_open(j, '[');
    for (uint32_t i = 0; i < result->findings.n; i++) {
        const struct finding *f = LIST_AT(result->findings, struct finding, i);
        json_open(j, '{');
        json_put(j, "rule", f->rule->entry.id);
        json_put(j, "severity", diag_severity_name(severity_of(f->rule)));
        json_put(j, "item", f->item);
        json_put_text(j, "message", f->rule->message);
        if (f->exempt) json_put_text(j, "exempt", f->exempt->because);
        json_close(j, '}');
    }
    json_close(j, ']');
}
