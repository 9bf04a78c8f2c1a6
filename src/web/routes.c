// SPDX-License-Identifier: Apache-2.0
/* The table of routes, how one is found, and how often each was asked for. */
#include <string.h>

#include "web/web_int.h"

/* Pages send forms, which know no PUT: they save and restore by POST. */
// clang-format off
const struct web_route web_routes[] = {
    {"GET",  "/",                                        web_get_portfolio,    RIGHT_LOOK,   0},
    {"POST", "/systems",                                 web_post_system,      RIGHT_CHANGE, 0},
    {"GET",  "/systems/{slug}",                          web_get_report,       RIGHT_LOOK,   0},
    {"GET",  "/systems/{slug}/report",                   web_get_whole_report, RIGHT_LOOK,   0},
    {"GET",  "/systems/{slug}/edit",                     web_get_edit,         RIGHT_LOOK,   0},
    {"POST", "/systems/{slug}/edit",                     web_put_model,        RIGHT_CHANGE, 0},
    {"GET",  "/systems/{slug}/history",                  web_get_versions,     RIGHT_LOOK,   0},
    {"POST", "/systems/{slug}/versions/{number}/restore", web_post_restore,    RIGHT_CHANGE, 0},
    {"GET",  "/systems/{slug}/versions/{number}",        web_get_model,        RIGHT_LOOK,   0},
    {"GET",  "/assets/{file}",                           web_get_asset,        RIGHT_LOOK,   0},
    {"GET",  "/healthz",                                 web_get_health,       RIGHT_LOOK,   0},
    {"GET",  "/metrics",                                 web_metrics,          RIGHT_LOOK,   0},
    {"GET",  "/api/v1/systems",                          web_get_portfolio,    RIGHT_LOOK,   1},
    {"POST", "/api/v1/systems",                          web_post_system,      RIGHT_CHANGE, 1},
    {"GET",  "/api/v1/systems/{slug}/model",             web_get_model,        RIGHT_LOOK,   1},
    {"PUT",  "/api/v1/systems/{slug}/model",             web_put_model,        RIGHT_CHANGE, 1},
    {"GET",  "/api/v1/systems/{slug}/assessment",        ask_assessment,       RIGHT_LOOK,   1},
    {"GET",  "/api/v1/systems/{slug}/check",             ask_check,            RIGHT_LOOK,   1},
    {"GET",  "/api/v1/systems/{slug}/versions",          web_get_versions,     RIGHT_LOOK,   1},
    {"GET",  "/api/v1/systems/{slug}/versions/{number}", web_get_model,        RIGHT_LOOK,   1},
    {"POST", "/api/v1/systems/{slug}/versions/{number}/restore", web_post_restore, RIGHT_CHANGE, 1},
    {"GET",  "/api/v1/systems/{slug}/graph",             ask_graph,            RIGHT_LOOK,   1},
    {"POST", "/api/v1/check",                            ask_check_posted,     RIGHT_LOOK,   1},
    {"POST", "/api/v1/assess",                           ask_assess_posted,    RIGHT_LOOK,   1},
    {"GET",  "/api/v1/messages",                         ask_messages,         RIGHT_LOOK,   1},
    {"GET",  "/api/v1/messages/{id}",                    ask_messages,         RIGHT_LOOK,   1},
    {"GET",  "/api/v1/schemas/{id}",                     ask_schema,           RIGHT_LOOK,   1},
    {"GET",  "/api/v1/openapi.json",                     ask_openapi,          RIGHT_LOOK,   1},
    {"GET",  "/api/v1/systems/{slug}/gates",             ask_gates,            RIGHT_LOOK,   1},
    {"GET",  "/api/v1/systems/{slug}/explanation",       ask_explanation,      RIGHT_LOOK,   1},
    {"GET",  "/api/v1/systems/{slug}/attack",            ask_attack,           RIGHT_LOOK,   1},
    {"GET",  "/api/v1/systems/{slug}/losses",            ask_losses,           RIGHT_LOOK,   1},
    {"GET",  "/api/v1/systems/{slug}/treatment",         ask_treatment,        RIGHT_LOOK,   1},
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

static const unsigned statuses[WEB_N_STATUSES] = {200, 201, 303, 304, 400, 403, 404,
                                                  405, 409, 412, 413, 415, 421, 422,
                                                  428, 500, 501, 503, 507, 0};

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
        ex->answer.allow =
            others ? arena_printf(&ex->arena, "%s, %s", others, r->method) : r->method;
        near = r;
    }
    ex->route = near; // so that the answer is in its form
    web_problem(ex, near ? DIAG_REQUEST_METHOD : DIAG_REQUEST_NOWHERE, NULL);
    ex->route = NULL;
    return NULL;
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
