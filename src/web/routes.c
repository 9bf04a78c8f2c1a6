// SPDX-License-Identifier: Apache-2.0
/* The table of routes, how one is found, and how often each was asked for. */
#include <string.h>

#include "web/transfer.h"
#include "web/web_int.h"

/* Pages send forms, which know no PUT: they save and restore by POST. */
// clang-format off
const struct web_route web_routes[] = {
    {"GET",  "/",                                        web_get_home,         RIGHT_LOOK,   0},
    {"POST", "/systems",                                 web_post_system,      RIGHT_CHANGE, 0},
    {"GET",  "/systems/{slug}",                          web_get_overview,     RIGHT_LOOK,   0},
    {"POST", "/systems/{slug}/seen",                     web_post_seen,        RIGHT_LOOK,   0},
    {"GET",  "/systems/{slug}/report",                   web_get_report,       RIGHT_LOOK,   0},
    {"GET",  "/systems/{slug}/report/whole",             web_get_whole_report, RIGHT_LOOK,   0},
    {"GET",  "/systems/{slug}/criteria",                 web_get_criteria,     RIGHT_LOOK,   0},
    {"GET",  "/systems/{slug}/incidents",                web_get_incidents,    RIGHT_LOOK,   0},
    {"GET",  "/systems/{slug}/threats",                  web_get_threats,      RIGHT_LOOK,   0},
    {"GET",  "/systems/{slug}/requirements",             web_get_requirements, RIGHT_LOOK,   0},
    {"POST", "/systems/{slug}/requirements",             web_post_requirements, RIGHT_CHANGE, 0},
    {"GET",  "/systems/{slug}/measures",                 web_get_measures,     RIGHT_LOOK,   0},
    {"POST", "/systems/{slug}/measures",                 web_post_measures,    RIGHT_CHANGE, 0},
    {"POST", "/systems/{slug}/decisions",                 web_post_decisions,    RIGHT_CHANGE, 0},
    {"GET",  "/systems/{slug}/compare",                  web_get_compare,      RIGHT_LOOK,   0},
    {"GET",  "/systems/{slug}/edit",                     web_get_edit,         RIGHT_LOOK,   0},
    {"POST", "/systems/{slug}/edit",                     web_put_model,        RIGHT_CHANGE, 0},
    {"POST", "/systems/{slug}/merge",                    web_post_merge,       RIGHT_CHANGE, 0},
    {"GET",  "/systems/{slug}/risk",                     web_get_risk,         RIGHT_LOOK,   0},
    {"POST", "/systems/{slug}/risk",                     web_post_adopt,       RIGHT_CHANGE, 0},
    {"GET",  "/systems/{slug}/history",                  web_get_versions,     RIGHT_LOOK,   0},
    {"POST", "/systems/{slug}/versions/{number}/restore", web_post_restore,    RIGHT_CHANGE, 0},
    {"GET",  "/systems/{slug}/versions/{number}",        web_get_model,        RIGHT_LOOK,   0},
    {"GET",  "/systems/{slug}/rehearse",                 web_get_rehearse,     RIGHT_LOOK,   0},
    {"GET",  "/systems/{slug}/rehearse/picture",         web_get_rehearse_picture, RIGHT_LOOK, 0},
    {"GET",  "/api/v1/systems/{slug}/rehearse/stream",   web_get_rehearse_stream, RIGHT_LOOK, 1},
    {"GET",  "/new",                                     web_get_new,          RIGHT_LOOK,   0},
    {"POST", "/new",                                     web_post_new,         RIGHT_CHANGE, 0},
    {"GET",  "/tour",                                    web_get_tour,         RIGHT_LOOK,   0},
    {"GET",  "/settings",                                web_get_settings,     RIGHT_LOOK,   0},
    {"POST", "/settings",                                web_post_settings,    RIGHT_LOOK,   0},
    {"GET",  "/compare",                                 web_get_systems_compared, RIGHT_LOOK, 0},
    {"GET",  "/catalog",                                 web_get_catalog,      RIGHT_LOOK,   0},
    {"GET",  "/catalog/{id}",                            web_get_catalog_entry, RIGHT_LOOK,  0},
    {"GET",  "/assets/{file}",                           web_get_asset,        RIGHT_OPEN,   0},
    {"GET",  "/healthz",                                 web_get_health,       RIGHT_OPEN,   0},
    {"GET",  "/metrics",                                 web_metrics,          RIGHT_LOOK,   0},
    {"GET",  "/api/v1/systems",                          web_get_portfolio,    RIGHT_LOOK,   1},
    {"POST", "/api/v1/systems",                          web_post_system,      RIGHT_CHANGE, 1},
    {"GET",  "/api/v1/systems/{slug}/model",             web_get_model,        RIGHT_LOOK,   1},
    {"PUT",  "/api/v1/systems/{slug}/model",             web_put_model,        RIGHT_CHANGE, 1},
    {"GET",  "/api/v1/systems/{slug}/risk",              web_get_risk,         RIGHT_LOOK,   1},
    {"GET",  "/api/v1/systems/{slug}/plan",              web_get_plan,         RIGHT_LOOK,   1},
    {"POST", "/api/v1/systems/{slug}/adopt",             web_post_adopt,       RIGHT_CHANGE, 1},
    {"GET",  "/api/v1/systems/{slug}/versions",          web_get_versions,     RIGHT_LOOK,   1},
    {"GET",  "/api/v1/systems/{slug}/versions/{number}", web_get_model,        RIGHT_LOOK,   1},
    {"POST", "/api/v1/systems/{slug}/versions/{number}/restore", web_post_restore, RIGHT_CHANGE, 1},

    // reviews.c
    {"GET",  "/systems/{slug}/reviews",        web_get_reviews, RIGHT_LOOK, 0},
    {"GET",  "/api/v1/systems/{slug}/reviews", web_get_reviews, RIGHT_LOOK, 1},
    {"POST", "/systems/{slug}/versions/{number}/review",        web_post_review, RIGHT_REVIEW, 0},
    {"POST", "/api/v1/systems/{slug}/versions/{number}/review", web_post_review, RIGHT_REVIEW, 1},

    // files out and in: page_hand_over.c, page_import.c, page_template.c
    {"GET",  "/systems/{slug}/hand-over",        web_get_hand_over,        RIGHT_LOOK,   0},
    {"GET",  "/systems/{slug}/hand-over/report", web_get_hand_over_report, RIGHT_LOOK,   0},
    {"GET",  "/systems/{slug}/export",           web_get_export,           RIGHT_LOOK,   0},
    {"GET",  "/api/v1/systems/{slug}/export",    web_get_export,           RIGHT_LOOK,   1},
    {"GET",  "/systems/{slug}/import",           web_get_import,           RIGHT_LOOK,   0},
    {"POST", "/systems/{slug}/import",           web_post_import,          RIGHT_CHANGE, 0},
    {"GET",  "/import",                          web_get_import,           RIGHT_LOOK,   0},
    {"POST", "/import",                          web_post_import,          RIGHT_CHANGE, 0},
    {"POST", "/api/v1/import",                   web_post_import_call,     RIGHT_LOOK,   1},
    {"GET",  "/template",                        web_get_template,         RIGHT_MANAGE, 0},
    {"POST", "/template",                        web_post_template,        RIGHT_MANAGE, 0},

    // accounts: access_*.c
    {"GET",  "/login",                       access_get_login,          RIGHT_OPEN,   0},
    {"POST", "/login",                       access_post_login,         RIGHT_OPEN,   0},
    {"POST", "/logout",                      access_post_logout,        RIGHT_OWN,    0},
    {"GET",  "/link/{id}",                   access_get_link,           RIGHT_OPEN,   0},
    {"POST", "/link/{id}",                   access_post_link,          RIGHT_OPEN,   0},
    {"GET",  "/account",                     access_get_account,        RIGHT_OWN,    0},
    {"POST", "/account/password",            access_post_password,      RIGHT_OWN,    0},
    {"GET",  "/account/code",                access_get_code,           RIGHT_OWN,    0},
    {"POST", "/account/code",                access_post_code,          RIGHT_OWN,    0},
    {"POST", "/account/sessions/end",        access_post_end_session,   RIGHT_OWN,    0},
    {"POST", "/account/sessions/end-others", access_post_end_others,    RIGHT_OWN,    0},
    {"POST", "/account/workspace",           access_post_workspace,     RIGHT_OWN,    0},
    {"GET",  "/account/tokens",              access_get_tokens,         RIGHT_OWN,    0},
    {"POST", "/account/tokens",              access_post_token,         RIGHT_OWN,    0},
    {"POST", "/account/tokens/end",          access_post_end_token,     RIGHT_OWN,    0},
    {"POST", "/workspaces",                  access_post_new_workspace, RIGHT_MANAGE, 0},
    {"GET",  "/members",                     access_get_members,        RIGHT_MANAGE, 0},
    {"POST", "/members/invite",              access_post_invite,        RIGHT_MANAGE, 0},
    {"POST", "/members/role",                access_post_role,          RIGHT_MANAGE, 0},
    {"POST", "/members/reset",               access_post_reset,         RIGHT_MANAGE, 0},
    {"POST", "/members/link/end",            access_post_end_link,      RIGHT_MANAGE, 0},
    {"GET",  "/audit",                       access_get_audit,          RIGHT_MANAGE, 0},
    {"GET",  "/audit/check",                 access_get_audit_check,    RIGHT_MANAGE, 0},
    {"GET",  "/api/v1/audit",                access_get_audit,          RIGHT_MANAGE, 1},
    {"GET",  "/api/v1/audit/check",          access_get_audit_check,    RIGHT_MANAGE, 1},
    {"GET",  "/api/v1/me",                   access_get_me,             RIGHT_LOOK,   1},
    {"POST", "/api/v1/editor/check",                   web_ask_editor,       RIGHT_LOOK,   1},
    {"POST", "/api/v1/editor/complete",                web_ask_editor,       RIGHT_LOOK,   1},
    {"POST", "/api/v1/editor/definition",              web_ask_editor,       RIGHT_LOOK,   1},
    {"POST", "/api/v1/editor/format",                  web_ask_editor,       RIGHT_LOOK,   1},
    {"POST", "/api/v1/editor/hover",                   web_ask_editor,       RIGHT_LOOK,   1},
    {"POST", "/api/v1/editor/references",              web_ask_editor,       RIGHT_LOOK,   1},
    {"POST", "/api/v1/editor/rename",                  web_ask_editor,       RIGHT_LOOK,   1},
    {"POST", "/api/v1/editor/drawing",                 web_draw_editor,      RIGHT_LOOK,   1},
    {"POST", "/api/v1/editor/edit",                    web_edit_editor,      RIGHT_LOOK,   1},
    {"POST", "/api/v1/editor/value",                   web_read_editor,      RIGHT_LOOK,   1},
    {"GET",  "/api/v1/systems/{slug}/assessment",        ask_assessment,       RIGHT_LOOK,   1},
    {"GET",  "/api/v1/systems/{slug}/check",             ask_check,            RIGHT_LOOK,   1},
    {"GET",  "/api/v1/systems/{slug}/graph",             ask_graph,            RIGHT_LOOK,   1},
    {"POST", "/api/v1/check",                            ask_check_posted,     RIGHT_LOOK,   1},
    {"POST", "/api/v1/assess",                           ask_assess_posted,    RIGHT_LOOK,   1},
    {"POST", "/api/v1/format",                           ask_format_posted,    RIGHT_LOOK,   1},
    {"GET",  "/api/v1/messages",                         ask_messages,         RIGHT_LOOK,   1},
    {"GET",  "/api/v1/messages/{id}",                    ask_messages,         RIGHT_LOOK,   1},
    {"GET",  "/api/v1/schemas/{id}",                     ask_schema,           RIGHT_LOOK,   1},
    {"GET",  "/api/v1/openapi.json",                     ask_openapi,          RIGHT_LOOK,   1},
    {"GET",  "/api/v1/systems/{slug}/gates",             ask_gates,            RIGHT_LOOK,   1},
    {"GET",  "/api/v1/systems/{slug}/explanation",       ask_explanation,      RIGHT_LOOK,   1},
    {"GET",  "/api/v1/systems/{slug}/attack",            ask_attack,           RIGHT_LOOK,   1},
    {"GET",  "/api/v1/systems/{slug}/attack/shard",      ask_attack_shard,     RIGHT_LOOK,   1},
    {"POST", "/api/v1/systems/{slug}/attack/merge",      ask_attack_merge,     RIGHT_LOOK,   1},
    {"POST", "/api/v1/attack",                           ask_mal,              RIGHT_LOOK,   1},
    {"POST", "/api/v1/attack/shard",                     ask_mal_shard,        RIGHT_LOOK,   1},
    {"POST", "/api/v1/attack/merge",                     ask_mal_merge,        RIGHT_LOOK,   1},
    {"GET",  "/api/v1/systems/{slug}/losses",            ask_losses,           RIGHT_LOOK,   1},
    {"GET",  "/api/v1/systems/{slug}/treatment",         ask_treatment,        RIGHT_LOOK,   1},
    {"POST", "/api/v1/systems/{slug}/treatment",         ask_write_plan,       RIGHT_CHANGE, 1},
    {"POST", "/api/v1/systems/{slug}/check",             ask_check_by_rules,   RIGHT_LOOK,   1},
    {"GET",  "/api/v1/template",                         ask_form,             RIGHT_LOOK,   1},
    {"PUT",  "/api/v1/template",                         ask_put_form,         RIGHT_MANAGE, 1},
    {"DELETE", "/api/v1/template",                       ask_drop_form,        RIGHT_MANAGE, 1},
    {"GET",  "/api/v1/rules",                            ask_rules,            RIGHT_LOOK,   1},
    {"PUT",  "/api/v1/rules",                            ask_put_rules,        RIGHT_MANAGE, 1},
    {"DELETE", "/api/v1/rules",                          ask_drop_rules,       RIGHT_MANAGE, 1},
    {"GET",  "/api/v1/systems/{slug}/rehearsal",         ask_rehearsal,        RIGHT_LOOK,   1},
    {"GET",  "/api/v1/systems/{slug}/rehearsal/trace",   ask_trace,            RIGHT_LOOK,   1},
    {"GET",  "/api/v1/systems/{slug}/report",            ask_report,           RIGHT_LOOK,   1},
    {"GET",  "/api/v1/systems/{slug}/figures/{file}",    ask_picture,          RIGHT_LOOK,   1},
    {"GET",  "/api/v1/systems/{slug}/diff",              ask_diff,             RIGHT_LOOK,   1},
    {"GET",  "/api/v1/compare",                          ask_compare,          RIGHT_LOOK,   1},
    {"GET",  "/api/v1/catalog",                          ask_catalog,          RIGHT_LOOK,   1},
    {"GET",  "/api/v1/catalog/{id}",                     ask_catalog,          RIGHT_LOOK,   1},
    {"GET",  "/api/v1/templates",                        ask_templates,        RIGHT_LOOK,   1},
    {"GET",  "/api/v1/templates/{id}",                   ask_template,         RIGHT_LOOK,   1},
    {"GET",  "/api/v1/synth",                            ask_synth,            RIGHT_LOOK,   1},
    {"GET",  "/api/v1/twins",                            ask_twins,            RIGHT_LOOK,   1},
    {"GET",  "/api/v1/twins/{id}",                       ask_twin,             RIGHT_LOOK,   1},
    {"GET",  "/api/v1/twins/{id}/checks",                ask_twin_checks,      RIGHT_LOOK,   1},
    {"GET",  "/api/v1/twins/{id}/answer",                ask_twin_answer,      RIGHT_LOOK,   1},
    {"GET",  "/api/v1/twins/{id}/run",                   ask_twin_run,         RIGHT_LOOK,   1},
    {"GET",  "/api",                                     page_api,             RIGHT_LOOK,   0},
};
// clang-format on
const size_t n_web_routes = sizeof web_routes / sizeof *web_routes;
_Static_assert(sizeof web_routes / sizeof *web_routes <= WEB_MOST_ROUTES,
               "each route has its row of counts");

static const unsigned statuses[WEB_N_STATUSES] = {
    200, 201, 303, 304, 400, 401, 403, 404, 405, 409, 412,
    413, 415, 421, 422, 428, 429, 500, 501, 503, 507, 0};

/* HEAD is GET whose body is not sent. */
static int is_method(const char *method, const char *wanted)
{
    return strcmp(method, wanted) == 0 ||
           (strcmp(method, "HEAD") == 0 && strcmp(wanted, "GET") == 0);
}

const struct web_route *web_find_route(struct exchange *ex, const char *path)
{
    const struct web_route *near = NULL;
    for (size_t i = 0; i < n_web_routes; i++) {
        struct request_path found;
        const struct web_route *r = &web_routes[i];
        if (!request_match(r->pattern, path, &found)) continue;
        ex->path = found;
        if (is_method(ex->method, r->method)) return r;
        const char *others = ex->answer.allow;
        const char *own = strcmp(r->method, "GET") == 0 ? "GET, HEAD" : r->method;
        ex->answer.allow =
            others ? arena_printf(&ex->arena, "%s, %s", others, own) : own;
        near = r;
    }
    ex->route = near; // so that the answer is in its form
    web_problem(ex, near ? DIAG_REQUEST_METHOD : DIAG_REQUEST_NOWHERE, NULL);
    ex->route = NULL;
    return NULL;
}

void web_routes_list(struct buf *out)
{
    for (size_t i = 0; i < n_web_routes; i++) {
        const struct web_route *r = &web_routes[i];
        buf_printf(out, "%s\t%s\t%s\t%s\n", r->method, r->pattern,
                   right_names[r->right], r->is_api ? "api" : "page");
    }
}

void web_count(struct exchange *ex)
{
    size_t route = ex->route ? (size_t)(ex->route - web_routes) : WEB_MOST_ROUTES;
    size_t i = 0;
    while (i < WEB_N_STATUSES - 1 && statuses[i] != ex->answer.status)
        i++;
    pthread_mutex_lock(&ex->web->lock);
    ex->web->counts[route][i]++;
    pthread_mutex_unlock(&ex->web->lock);
}

static void write_count(struct buf *out, size_t route, size_t status, uint64_t n)
{
    const struct web_route *r = route < n_web_routes ? &web_routes[route] : NULL;
    if (n == 0) return;
    buf_printf(out,
               "awai_requests_total{method=\"%s\",route=\"%s\",status=\"%u\"} %llu\n",
               r ? r->method : "", r ? r->pattern : "", statuses[status],
               (unsigned long long)n);
}

void web_metrics(struct exchange *ex)
{
    struct web *web = ex->web;
    struct buf *out = &ex->answer.body;
    ex->answer.type = "text/plain; version=0.0.4; charset=utf-8";
    buf_str(out, "# HELP awai_requests_total Answers by route and status.\n"
                 "# TYPE awai_requests_total counter\n");
    pthread_mutex_lock(&web->lock);
    for (size_t r = 0; r <= WEB_MOST_ROUTES; r++)
        for (size_t s = 0; s < WEB_N_STATUSES; s++)
            write_count(out, r, s, web->counts[r][s]);
    buf_printf(out,
               "# HELP awai_versions_saved_total Versions of models that were saved.\n"
               "# TYPE awai_versions_saved_total counter\n"
               "awai_versions_saved_total %llu\n",
               (unsigned long long)web->n_saved);
    pthread_mutex_unlock(&web->lock);
}
