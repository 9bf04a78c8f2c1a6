// SPDX-License-Identifier: Apache-2.0
/*
 * An organization's own rules: a file of them for each workspace, as the store keeps
 * it, and models checked by them, or by rules that are sent and not kept.
 */
#include "assess/rules.h"

#include "base/json.h"
#include "web/ask.h"

static const char kind[] = "rules", file_name[] = "rules.yaml";

/* ---- what is kept --------------------------------------------------------------- */

/* The text of the workspace's rules, in the arena; NULL after an answer, 404 if there
 * are none. */
static const char *find_rules(struct exchange *ex, size_t *len)
{
    const char *text = NULL;
    enum store_result result = store_record_get(ex->web->store, kind, ex->workspace,
                                                &ex->arena, &text, len, NULL);
    if (result == STORE_OK) return text;
    web_store_problem(ex, result, 0);
    return NULL;
}

void ask_rules(struct exchange *ex)
{
    size_t len;
    const char *text = find_rules(ex, &len);
    if (text == NULL) return;
    ask_begin(ex, "application/yaml; charset=utf-8");
    buf_add(&ex->answer.body, text, len);
}

/* Answers how many rules are kept now. */
static void put_kept(struct exchange *ex, uint32_t n)
{
    struct json j = json_on(&ex->answer.body, 3);
    ask_begin(ex, "application/json");
    json_open(&j, '{');
    json_put_int(&j, "rules", n);
    json_close(&j, '}');
}

/* The body as rules without errors, for rules_free; NULL after an answer. */
static struct rules *read_body(struct exchange *ex)
{
    const char *most = arena_printf(&ex->arena, "%d", STORE_RECORD_BYTES);
    if (!ask_is_posted(ex)) return NULL;
    if (ex->body.len > STORE_RECORD_BYTES) {
        WEB_SAY(ex, REQUEST_LARGE, text_same(most));
        return NULL;
    }
    struct rules *rules =
        rules_read_text(file_name, buf_text(&ex->body), ex->body.len, ex->web->catalog);
    if (rules->diags.n_errors == 0) return rules;
    api_refused_file(ex, &rules->diags);
    rules_free(rules);
    return NULL;
}

static void keep(struct exchange *ex, const struct rules *rules)
{
    enum store_result result =
        store_record_put(ex->web->store, kind, ex->workspace, buf_text(&ex->body),
                         ex->body.len, -1, NULL);
    if (result == STORE_OK)
        put_kept(ex, rules->rules.n);
    else
        web_store_problem(ex, result, 0);
}

void ask_put_rules(struct exchange *ex)
{
    struct rules *rules = read_body(ex);
    if (rules == NULL) return;
    keep(ex, rules);
    rules_free(rules);
}

void ask_drop_rules(struct exchange *ex)
{
    enum store_result result = store_record_drop(ex->web->store, kind, ex->workspace);
    if (result == STORE_OK)
        put_kept(ex, 0);
    else
        web_store_problem(ex, result, 0);
}

/* ---- models checked by them ----------------------------------------------------- */

/* Each may be a finding, which is told in both languages. */
enum { MOST_JUDGED = 250000 };

/* 1 if there are not too many items to be judged; 0 after an answer. */
static int is_bounded(struct exchange *ex, const struct view *v,
                      const struct rules *rules)
{
    if (v->assessment == NULL || rules == NULL) return 1;
    if (rules_work(rules, v->assessment) <= MOST_JUDGED) return 1;
    const char *most = arena_printf(&ex->arena, "%d", MOST_JUDGED);
    WEB_SAY(ex, REQUEST_RULES, text_same(most));
    return 0;
}

/* A model with errors is not looked at by rules. */
static void put_judged(struct exchange *ex, const struct view *v, int64_t version,
                       const struct rules *rules)
{
    struct diag_list found = {0};
    if (v->assessment && rules) {
        struct rules_result result = rules_evaluate(rules, v->assessment);
        rules_report(&result, rules, v->assessment, &found);
        rules_result_fini(&result);
    }
    ask_put_check(ex, v, version, &found);
    diag_fini(&found);
}

/* Checks the path's system by rules, or without for NULL. */
static void check_system(struct exchange *ex, const struct rules *rules)
{
    struct store_version version;
    const char *text = web_text(ex, 0, &version);
    if (text == NULL) return;
    struct view v = view_open(ex->web, ex->path.slug, text, (size_t)version.n_bytes);
    ex->answer.version = version.number;
    if (is_bounded(ex, &v, rules)) put_judged(ex, &v, version.number, rules);
    view_close(&v);
}

/* What was kept had no errors then; by another catalog it may have. */
static void check_by_kept(struct exchange *ex)
{
    size_t len;
    const char *text = find_rules(ex, &len);
    if (text == NULL) return;
    struct rules *rules = rules_read_text(file_name, text, len, ex->web->catalog);
    if (rules->diags.n_errors)
        api_refused_file(ex, &rules->diags);
    else
        check_system(ex, rules);
    rules_free(rules);
}

void ask_check(struct exchange *ex)
{
    if (contract_flag(ex, "rules"))
        check_by_kept(ex);
    else
        check_system(ex, NULL);
}

void ask_check_by_rules(struct exchange *ex)
{
    struct rules *rules = read_body(ex);
    if (rules == NULL) return;
    check_system(ex, rules);
    rules_free(rules);
}
