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
#include "web/access.h"
#include "web/web.h"

/* Bytes of a request's body: a model as a form, where a character takes up to three
 * times as many. */
enum { WEB_BODY_BYTES = 3 * STORE_TEXT_BYTES + 65536 };

enum { WEB_MOST_ROUTES = 160 };

/* The statuses that are answered; anything else would be our mistake. */
enum web_status_index { WEB_N_STATUSES = 22 };

struct web_cache;
struct risk_desks;
struct kept;

struct web {
    struct store *store;
    const struct catalog *catalog;
    int32_t (*today)(void);
    FILE *log;
    pthread_mutex_t lock;          // of the cache and the counts
    pthread_mutex_t one_report[2]; // one is made at a time: [1] of whole ones
    struct web_cache *cache;       // with lock
    struct memory *memory;         // of the store: remember.h
    char mark[96];                 // what that depends on
    struct risk_desks *desks;      // with lock
    struct kept *kept;             // what took long to make; kept.h
    unsigned at_once, seconds;     // of web_config
    unsigned n_long;               // of long_work.h, under way; with lock
    uint64_t counts[WEB_MOST_ROUTES + 1][WEB_N_STATUSES]; // with lock; last: no route
    uint64_t n_saved;                                     // with lock
    struct web_access access;
    unsigned n_streams; // with lock
    int is_closing;     // with lock
    unsigned port;
    char address[96];
    char page_policy[256], report_policy[512];
    void *daemon;
};

struct exchange;
struct web_route {
    const char *method, *pattern;
    void (*handle)(struct exchange *ex);
    enum access_right right; // who may ask: access/rights.h
    int is_api;              // answers in JSON
};

/*
 * An answer that is sent while it comes about. `next` adds what comes next, waiting for
 * it at most WEB_STREAM_WAIT_S, so that a client who has gone is missed; 0 and nothing
 * added: that was all. `free` when it is sent or the client has gone, later than the
 * exchange: whatever it needs is its own. A request's thread calls both.
 */
#define WEB_STREAM_WAIT_S 1.0
enum { WEB_MOST_STREAMS = 8 };
struct web_stream {
    int (*next)(struct web_stream *s, struct buf *out);
    void (*free)(struct web_stream *s);
    struct buf out; // of the server
    size_t n_sent;  // likewise
};

/* What is sent back. */
struct answer {
    unsigned status;
    const char *type; // a constant
    struct buf body;
    const char *location;      // where to go instead, or NULL; in the arena
    int64_t version;           // that it is about, 0: none
    const char *tag;           // ETag, or NULL; web_tag makes it, in the arena
    const char *allow;         // methods, with 405
    int is_report;             // brings its own style and script
    const char *cookies[3];    // to be set, from the first on; in the arena
    int64_t retry_s;           // when to ask again, with 429 and 503
    struct web_stream *stream; // instead of a body, or NULL
    const char *file;          // to be kept under this name, or NULL; in the arena
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
    const char *url; // without its query
    struct request_head head;
    struct caller caller;
    const char *workspace;     // whose systems are looked at and changed
    const char *slug, *reason; // of the query, or NULL
    struct request_form query; // of the API, when it was read
    const char *text_key;      // of the text asked about, where that was needed
    const char *depends_on;    // what else an answer that is remembered was made of
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

/* All values of a name in the address's query, commas between them: so that boxes of a
 * form that are ticked are a list. NULL: there is none; "?" if they are not UTF-8. In
 * the arena. */
const char *web_query_list(struct exchange *ex, const char *name);
/* The address's query without the values of a name, as one appends it to another: each
 * "&name=value", encoded for an address (not for HTML). In the arena. */
const char *web_query_rest(struct exchange *ex, const char *but);

/* A clock that never goes back, and how long a request has taken so far, in seconds. */
double web_clock_s(void);
double web_seconds(const struct exchange *ex);
/* Reads the whole query into ex->query; -1 if it is malformed or too long. */
int web_read_query(struct exchange *ex);

/* ---- tag.c */

/* Gives an answer its ETag; 304 instead, if whoever asks has it already. */
void web_tag(struct exchange *ex);

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
/* Answers with lists of diagnostics, and the version they are of, unless it is 0. */
void api_check(struct exchange *ex, int64_t version,
               const struct diag_list *const *lists, size_t n);
void api_systems(struct exchange *ex, const struct list *systems, const char *next);
void api_versions(struct exchange *ex, const struct list *versions);
void api_saved(struct exchange *ex, const char *slug, int64_t number);
void api_refused(struct exchange *ex, const struct diag_list *d);
/* The same of a file that was sent and is no model. */
void api_refused_file(struct exchange *ex, const struct diag_list *d);
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

/* Whether a text is known to have no errors; notes that it has none; and that it is a
 * system's new version now. */
int view_is_known(struct web *web, const char *text, size_t len);
void view_know(struct web *web, const char *text, size_t len, const struct view *v);
void view_saved(struct web *web, const char *workspace, const char *slug,
                int64_t number, const struct store_text *text);

/* What the portfolio says of a system. */
struct summary {
    struct text name; // in the arena
    struct position worst;
    unsigned n_above;        // stakeholders above their target, as it is now
    int is_assessed;         // 0: the model has errors, or the store could not be read
    struct position planned; // the worst with the measures decided
    unsigned n_overdue;      // decisions, exclusions and measures past their date
    int32_t next_date;       // the next such date, 0: none
    int32_t day;             // on which this was found, yyyymmdd
    uint8_t demanded[N_VIEWPOINTS + 1];
    const char *standing; // '0' + enum standing of each requirement of the catalog
};
/* What an assessment says of a system, its texts in the arena. summary.c */
void summary_fill(struct summary *s, const struct view *v, struct arena *a);
/* 1 if a summary of an earlier day still holds: no date has passed since. */
int summary_is_of(const struct summary *s, int32_t today);
/* Of the latest version; remembered until there is a newer one, or a date has passed.
 */
struct summary view_summary(struct web *web, const char *workspace,
                            const struct store_system *system, struct arena *a);
/* Which report is wanted; `whole`: with what is simulated. */
struct report_wish {
    const char *workspace, *slug;
    enum lang lang;
    int whole;
};
/* That of the latest version into `out`; remembered until there is a newer one, or
 * another day. STORE_OK and nothing written: the model has errors. */
enum store_result view_report(struct web *web, const struct report_wish *wish,
                              struct buf *out);
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
/* A text that was made from version `base` while there is a later one. */
struct merge_ask {
    const char *mine, *why;
    int64_t base, latest;
};
/* Asks how to merge it; page_merge.c. Its status is 409. */
void page_merge(struct exchange *ex, const struct merge_ask *ask);
void web_post_merge(struct exchange *ex);
void page_edit(struct exchange *ex, const struct edit *edit);
/* A system was not made, since its name is taken or is none: asks for another, and has
 * all else of the form. page_import.c */
void page_make_again(struct exchange *ex, const char *slug, const char *text,
                     const char *why);
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

/* What a text is known by in what is remembered, whoever has it: of versions of one
 * number there are several, in several workspaces. In the arena. */
const char *web_text_key(struct arena *a, const char *text, size_t len);
/* Keeps a text, which has no errors, as a new system; as store_create. Answers nothing,
 * but remembers the name for what may be said of it. */
enum store_result web_create(struct exchange *ex, const char *slug, const char *text,
                             size_t len, const char *why);

/* Those of the table of routes. */

void web_get_portfolio(struct exchange *ex);
void web_get_home(struct exchange *ex);     // page_portfolio.c
void web_get_overview(struct exchange *ex); // page_overview.c
void web_post_seen(struct exchange *ex);    // news.c
void web_get_criteria(struct exchange *ex);
void web_get_new(struct exchange *ex); // page_wizard.c
void web_post_new(struct exchange *ex);
void web_get_tour(struct exchange *ex);
void web_get_settings(struct exchange *ex); // page_settings.c
void web_post_settings(struct exchange *ex);
void web_get_catalog(struct exchange *ex); // page_catalog.c
void web_get_catalog_entry(struct exchange *ex);
void web_get_compare(struct exchange *ex);          // two versions
void web_get_systems_compared(struct exchange *ex); // page_systems.c
void web_get_incidents(struct exchange *ex);
void web_get_threats(struct exchange *ex);
void web_get_requirements(struct exchange *ex);
void web_post_requirements(struct exchange *ex);
void web_get_measures(struct exchange *ex);
void web_post_measures(struct exchange *ex);
void web_post_decisions(struct exchange *ex);
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
void web_get_reviews(struct exchange *ex); // reviews.c
void web_post_review(struct exchange *ex);

/* ---- editor.c: about a text that is not kept */

void web_ask_editor(struct exchange *ex);
void web_draw_editor(struct exchange *ex);
void web_edit_editor(struct exchange *ex);
void web_read_editor(struct exchange *ex);

/* ---- rehearse.c, live.c: the page on which incidents are rehearsed, and its stream */

void web_get_rehearse(struct exchange *ex);
void web_get_rehearse_picture(struct exchange *ex);
void web_get_rehearse_stream(struct exchange *ex);

/* ---- risk.c, risk_adopt.c: the page of risk, and what it asks for */

void web_get_risk(struct exchange *ex);
void web_get_plan(struct exchange *ex);
void web_post_adopt(struct exchange *ex);

/* ---- ask_*.c: what the commands say, as answers of the API */

void ask_graph(struct exchange *ex);
void ask_check(struct exchange *ex);
void ask_check_posted(struct exchange *ex);
void ask_format_posted(struct exchange *ex);
void ask_gates(struct exchange *ex);
void ask_assess_posted(struct exchange *ex);
void ask_messages(struct exchange *ex);
void ask_schema(struct exchange *ex);
void ask_openapi(struct exchange *ex);
void ask_explanation(struct exchange *ex);
void ask_assessment(struct exchange *ex);
void ask_attack(struct exchange *ex);
void ask_attack_shard(struct exchange *ex);
void ask_attack_merge(struct exchange *ex);
void ask_mal(struct exchange *ex);
void ask_mal_shard(struct exchange *ex);
void ask_mal_merge(struct exchange *ex);
void ask_losses(struct exchange *ex);
void ask_treatment(struct exchange *ex);
void ask_write_plan(struct exchange *ex);
void ask_form(struct exchange *ex);
void ask_put_form(struct exchange *ex);
void ask_drop_form(struct exchange *ex);
void ask_rules(struct exchange *ex);
void ask_put_rules(struct exchange *ex);
void ask_drop_rules(struct exchange *ex);
void ask_check_by_rules(struct exchange *ex);
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
