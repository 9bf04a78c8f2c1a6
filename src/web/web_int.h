// SPDX-License-Identifier: Apache-2.0
#ifndef WEB_WEB_INT_H
#define WEB_WEB_INT_H
/*
 * What the files of the server share. server.c has the sockets and fills an exchange;
 * routes.c finds the handler; handlers.c does what is asked, once for pages and API;
 * pages.c and api.c write the answer; view.c assesses what the store holds.
 */
#include <pthread.h>

#include "assess/assess.h"
#include "base/assets.h"
#include "store/store.h"
#include "web/web.h"

/* Bytes of a request's body: a model as a form, where a character takes up to three
 * times as many. */
enum { WEB_BODY_BYTES = 3 * STORE_TEXT_BYTES + 65536 };

enum { WEB_MOST_ROUTES = 160 };

/* The statuses that are answered; anything else would be our mistake. */
enum web_status_index { WEB_N_STATUSES = 20 };

struct web_cache;
struct kept;

struct web {
    struct store *store; // with lock
    const struct catalog *catalog;
    int32_t (*today)(void);
    FILE *log;
    pthread_mutex_t lock;       // of the store, the cache and the counts
    pthread_mutex_t one_report; // one report is made at a time
    struct web_cache *cache;    // with lock
    struct kept *kept;          // has a lock of its own
    unsigned at_once, seconds;  // of web_config
    unsigned n_long;            // long computations under way; with lock
    uint64_t counts[WEB_MOST_ROUTES + 1][WEB_N_STATUSES]; // with lock; last: no route
    uint64_t n_saved;                                     // with lock
    unsigned port;
    char address[96];
    char page_policy[256], report_policy[512];
    void *daemon;
};

enum web_right { RIGHT_LOOK, RIGHT_CHANGE };

struct exchange;
struct web_route {
    const char *method, *pattern;
    void (*handle)(struct exchange *ex);
    enum web_right right;
    int is_api; // answers in JSON
};

/* What is sent back. */
struct answer {
    unsigned status;
    const char *type; // a constant
    struct buf body;
    const char *location; // where to go instead, or NULL; in the arena
    int64_t version;      // for ETag, 0: none
    const char *allow;    // methods, with 405
    unsigned retry_after; // seconds, with 503; 0: none
    int is_report;        // brings its own style and script
};

/* One request and its answer. */
struct exchange {
    struct web *web;
    void *connection;              // of libmicrohttpd
    const struct web_route *route; // NULL: there is none
    struct request_path path;
    enum lang lang;
    int is_lang_asked; // by the address: links of the page ask for it, too
    const char *method;
    const char *slug, *reason; // of the query, or NULL
    struct request_form query; // of the API, when it was read
    const char *if_match, *if_none_match, *content_type;
    struct buf body; // as received
    int is_too_large, is_query_wrong;
    struct arena arena;
    struct answer answer;
    double began_s; // of a clock that never goes back
};

/* ---- server.c */

/* The value of a name in the address's query, or NULL; NULL, too, if it is not UTF-8.
 * Until the answer. */
const char *web_query(const struct exchange *ex, const char *name);

/* A clock that never goes back, and how long a request has taken so far, in seconds. */
double web_clock_s(void);
double web_seconds(const struct exchange *ex);
/* Reads the whole query into ex->query; -1 if it is malformed or too long. */
int web_read_query(struct exchange *ex);

/* ---- routes.c */

extern const struct web_route web_routes[];
extern const size_t n_web_routes;
/* The route, or NULL after an answer (404, 405). */
const struct web_route *web_find_route(struct exchange *ex, const char *path);
/* Counts an answer; the counts as text for Prometheus. */
void web_count(struct exchange *ex);
void web_metrics(struct exchange *ex);

/* ---- problems: api.c */

/* Answers with a row of base/diag.def, as page or JSON, and the status that is its. */
#define WEB_SAY(ex, name, ...)                                                         \
    web_problem((ex), DIAG_##name, DIAG_ARGUMENTS(name, __VA_ARGS__))
void web_problem(struct exchange *ex, enum diag_kind kind, const struct text *args);
/* The status of such an answer. */
unsigned web_status_of(enum diag_kind kind);
/* Answers for a result of the store that is not STORE_OK; `latest` with a conflict. */
void web_store_problem(struct exchange *ex, enum store_result result, int64_t latest);
/* The diagnostics of a model as members of an open JSON object. */
void api_diagnostics(struct json *j, const struct diag_list *d);
/* Answers with the diagnostics of a model and, unless it is NULL, of its assessment,
 * and the version they are of, unless it is 0. */
void api_check(struct exchange *ex, int64_t version, const struct diag_list *of_model,
               const struct diag_list *of_assessment);
void api_systems(struct exchange *ex, const struct list *systems);
void api_versions(struct exchange *ex, const struct list *versions);
void api_saved(struct exchange *ex, const char *slug, int64_t number);
void api_refused(struct exchange *ex, const struct diag_list *d);
/* A page's answer to a problem. */
void page_problem(struct exchange *ex, const char *message, const char *hint);

/* ---- view.c */

/* A text assessed; assessment is NULL when the model has errors. */
struct view {
    struct model *model;
    struct graph *graph;
    struct assessment *assessment;
};
struct view view_open(const struct web *web, const char *slug, const char *text,
                      size_t len);
void view_close(struct view *v);

/* What the portfolio says of a system. */
struct summary {
    struct text name; // in the arena
    struct position worst;
    unsigned n_above; // stakeholders above their target, as it is now
    int is_assessed;  // 0: the model has errors, or the store could not be read
};
/* Of the latest version; remembered until there is a newer one, or another day. */
struct summary view_summary(struct web *web, const struct store_system *system,
                            struct arena *a);
/* The report of the latest version into `out`; likewise remembered. `whole`: with what
 * is simulated. STORE_OK and nothing written: the model has errors. */
enum store_result view_report(struct web *web, const char *slug, enum lang lang,
                              int whole, struct buf *out);
struct web_cache *view_cache_new(void);
void view_cache_free(struct web_cache *cache);

/* ---- pages.c */

/* What stands in the form of the edit page. */
struct edit {
    const char *slug, *text, *reason;
    int64_t base;
    const struct diag_list *diags; // of a text that was refused, or NULL
    const char *notice;            // in the language of the page, or NULL
};
void page_portfolio(struct exchange *ex, const struct list *systems);
void page_edit(struct exchange *ex, const struct edit *edit);
void page_history(struct exchange *ex, const char *slug, const struct list *versions);
/* Answers 303: look there. */
void page_go(struct exchange *ex, const char *format, const char *slug);

/* ---- handlers.c */

/* The text of a version (0: the latest) of the path's system, NUL-terminated in the
 * arena, and what is known of it unless `version` is NULL; NULL after an answer. */
const char *web_text(struct exchange *ex, int64_t number,
                     struct store_version *version);
/* Keeps a text, which has no errors, as a new version made from `based_on`; as
 * store_save. Answers nothing. */
enum store_result web_save(struct exchange *ex, const char *slug, int64_t based_on,
                           const char *text, const char *why, int64_t *number);

/* Those of the table of routes. */

void web_get_portfolio(struct exchange *ex);
void web_get_report(struct exchange *ex);
void web_get_whole_report(struct exchange *ex);
void web_get_edit(struct exchange *ex);
void web_get_versions(struct exchange *ex);
void web_get_model(struct exchange *ex);
void web_get_asset(struct exchange *ex);
/* What is embedded for the address /assets/FILE, or NULL. */
const struct asset *web_asset(const char *file);
void web_get_health(struct exchange *ex);
void web_post_system(struct exchange *ex);
void web_put_model(struct exchange *ex);
void web_post_restore(struct exchange *ex);

/* ---- ask_*.c: what the commands say, as answers of the API */

void ask_graph(struct exchange *ex);
void ask_check(struct exchange *ex);
void ask_check_posted(struct exchange *ex);
void ask_gates(struct exchange *ex);
void ask_assess_posted(struct exchange *ex);
void ask_messages(struct exchange *ex);
void ask_schema(struct exchange *ex);
void ask_openapi(struct exchange *ex);
void ask_explanation(struct exchange *ex);
void ask_assessment(struct exchange *ex);
void ask_attack(struct exchange *ex);
void ask_losses(struct exchange *ex);
void ask_treatment(struct exchange *ex);
void ask_rehearsal(struct exchange *ex);
void ask_trace(struct exchange *ex);
void ask_report(struct exchange *ex);
void ask_picture(struct exchange *ex);
void ask_diff(struct exchange *ex);
void ask_compare(struct exchange *ex);
void ask_catalog(struct exchange *ex);
void ask_templates(struct exchange *ex);
void ask_template(struct exchange *ex);
void ask_synth(struct exchange *ex);
void ask_twins(struct exchange *ex);
void ask_twin(struct exchange *ex);
void ask_twin_checks(struct exchange *ex);
void ask_twin_answer(struct exchange *ex);
void ask_twin_run(struct exchange *ex);
/* The page that shows what the API can be asked for. */
void page_api(struct exchange *ex);
#endif
