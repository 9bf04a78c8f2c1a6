// SPDX-License-Identifier: Apache-2.0
/*
 * The sockets: libmicrohttpd with a thread a connection, so that a report that takes
 * seconds keeps nobody else waiting, and as many connections as there may be threads.
 * A request becomes a struct exchange, is looked at before its body is read (host,
 * origin, size), and goes to its handler when it is whole. What handlers share is
 * guarded by two locks of struct web; nothing here needs one.
 *
 * A slow client costs a thread and what it has sent: it is dropped when it is silent
 * for IDLE_S, or has not sent its body within BODY_S.
 */
#include <dlfcn.h>
#include <errno.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "base/assets.h"
#include "base/sha256.h"
#include "base/words.h"
#include "web/contract.h"
#include "web/kept.h"

enum {
    MOST_CONNECTIONS = 64,
    IDLE_S = 10,
    BODY_S = 60,
    HEADER_BYTES = 32 * 1024, // all headers of a request, and the path
    BACKLOG = 128,
};

/* What is called of libmicrohttpd. */
#define CALLS(F)                                                                       \
    F(add_response_header)                                                             \
    F(create_response_from_buffer)                                                     \
    F(destroy_response)                                                                \
    F(get_connection_values)                                                           \
    F(lookup_connection_value)                                                         \
    F(queue_response)                                                                  \
    F(start_daemon)                                                                    \
    F(stop_daemon)

/* Loaded when a server is started: it brings GnuTLS, whose loading would cost every
 * command six milliseconds. Set once, before there are threads. */
static struct {
    void *library;
#define F(call) __typeof__(MHD_##call) *call;
    CALLS(F)
#undef F
} mhd;

static const char library_name[] = "libmicrohttpd.so.12";

/* 1 if the library is there. */
static int load_library(void)
{
    void *call;
    int is_whole = 1;
    if (mhd.library) return 1;
    mhd.library = dlopen(library_name, RTLD_NOW | RTLD_LOCAL);
    if (mhd.library == NULL) return 0;
        // a pointer to a function is not assigned from one to an object
#define F(name)                                                                        \
    call = dlsym(mhd.library, "MHD_" #name);                                           \
    memcpy(&mhd.name, &call, sizeof call);                                             \
    is_whole &= call != NULL;
    CALLS(F)
#undef F
    return is_whole;
}

double web_clock_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

double web_seconds(const struct exchange *ex)
{
    return web_clock_s() - ex->began_s;
}

/* ---- before the body ------------------------------------------------------------ */

static const char *header(struct MHD_Connection *c, const char *name)
{
    return mhd.lookup_connection_value(c, MHD_HEADER_KIND, name);
}

static const char *query(struct MHD_Connection *c, const char *name)
{
    return mhd.lookup_connection_value(c, MHD_GET_ARGUMENT_KIND, name);
}

const char *web_query(const struct exchange *ex, const char *name)
{
    const char *value = query(ex->connection, name);
    size_t len = value ? strlen(value) : 0;
    return value && text_valid(value, len) == len ? value : NULL;
}

static enum MHD_Result take_query(void *context, enum MHD_ValueKind kind,
                                  const char *name, const char *value)
{
    struct exchange *ex = context;
    struct request_form *q = &ex->query;
    (void)kind;
    if (value == NULL) value = "";
    if (q->n >= REQUEST_MOST_FIELDS || text_valid(name, strlen(name)) != strlen(name) ||
        text_valid(value, strlen(value)) != strlen(value)) {
        ex->is_query_wrong = 1;
        return MHD_NO;
    }
    q->fields[q->n++] = (struct request_field){name, value};
    return MHD_YES;
}

int web_read_query(struct exchange *ex)
{
    ex->query.n = 0;
    mhd.get_connection_values(ex->connection, MHD_GET_ARGUMENT_KIND, take_query, ex);
    return ex->is_query_wrong ? -1 : 0;
}

/* The language that the address asks for, else the one that the browser prefers. */
static void find_lang(struct exchange *ex, struct MHD_Connection *c)
{
    const char *asked = query(c, "lang");
    int is_ja = asked && strcmp(asked, "ja") == 0;
    ex->is_lang_asked = is_ja || (asked && strcmp(asked, "en") == 0);
    ex->lang = is_ja               ? LANG_JA
               : ex->is_lang_asked ? LANG_EN
                                   : request_accepts(header(c, "Accept-Language"));
}

static struct exchange *exchange_new(struct web *web, struct MHD_Connection *c,
                                     const char *method)
{
    struct exchange *ex = mem_alloc(sizeof *ex);
    ex->web = web;
    ex->connection = c;
    ex->method = arena_str(&ex->arena, method);
    find_lang(ex, c);
    ex->slug = query(c, "slug");
    ex->reason = query(c, "reason");
    ex->if_match = header(c, "If-Match");
    ex->if_none_match = header(c, "If-None-Match");
    ex->content_type = header(c, "Content-Type");
    ex->began_s = web_clock_s();
    return ex;
}

static void exchange_free(struct exchange *ex)
{
    buf_fini(&ex->body);
    buf_fini(&ex->answer.body);
    arena_fini(&ex->arena);
    free(ex);
}

/* 1 if a change comes from a page of ours, or from a program, which sends no Origin and
 * tells no site. */
static int is_from_here(struct MHD_Connection *c)
{
    const char *origin = header(c, "Origin"), *site = header(c, "Sec-Fetch-Site");
    if (origin && !request_is_own_origin(origin, header(c, "Host"))) return 0;
    return site == NULL || strcmp(site, "same-origin") == 0 ||
           strcmp(site, "none") == 0;
}

static void say_too_large(struct exchange *ex)
{
    const char *most = arena_printf(&ex->arena, "%d", WEB_BODY_BYTES);
    WEB_SAY(ex, REQUEST_LARGE, text_same(most));
}

/* What can be said of a request by its head; 1 if its body is to be read. */
static int admit(struct exchange *ex, struct MHD_Connection *c, const char *path)
{
    const char *length = header(c, "Content-Length");
    if (!request_is_own_host(header(c, "Host"), ex->web->port)) {
        web_problem(ex, DIAG_REQUEST_HOST, NULL);
        return 0;
    }
    ex->route = web_find_route(ex, path);
    if (ex->route == NULL) return 0;
    if (ex->route->right == RIGHT_CHANGE && !is_from_here(c)) {
        web_problem(ex, DIAG_REQUEST_ORIGIN, NULL);
        return 0;
    }
    if (length && strcmp(length, "0") != 0 &&
        (request_number(length) < 0 || request_number(length) > WEB_BODY_BYTES)) {
        say_too_large(ex);
        return 0;
    }
    return !ex->route->is_api || contract_check(ex);
}

/* ---- the answer ----------------------------------------------------------------- */

static void add(struct MHD_Response *r, const char *name, const char *value)
{
    if (value) mhd.add_response_header(r, name, value);
}

static void add_headers(const struct exchange *ex, struct MHD_Response *r)
{
    const struct answer *a = &ex->answer;
    char tag[32];
    snprintf(tag, sizeof tag, "\"%lld\"", (long long)a->version);
    add(r, "Content-Type", a->type);
    add(r, "Content-Security-Policy",
        a->is_report ? ex->web->report_policy : ex->web->page_policy);
    add(r, "X-Content-Type-Options", "nosniff");
    add(r, "X-Frame-Options", "DENY");
    add(r, "Referrer-Policy", "same-origin"); // with none, forms would send no Origin
    add(r, "Cross-Origin-Opener-Policy", "same-origin");
    add(r, "Cross-Origin-Resource-Policy", "same-origin");
    add(r, "Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    add(r, "Cache-Control", "no-cache");
    add(r, "Vary", "Accept-Language");
    add(r, "Location", a->location);
    add(r, "Allow", a->status == 405 ? a->allow : NULL);
    if (a->version) add(r, "ETag", tag);
    snprintf(tag, sizeof tag, "%u", a->retry_after);
    if (a->retry_after) add(r, "Retry-After", tag);
}

/* One line a request; nothing in it tells who asked, or for which system. */
static void log_answer(const struct exchange *ex)
{
    FILE *log = ex->web->log;
    time_t now = time(NULL);
    struct tm at;
    char when[32] = "";
    if (log == NULL) return;
    if (gmtime_r(&now, &at)) strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &at);
    fprintf(log, "time=%s method=%s route=%s status=%u bytes=%zu ms=%.0f\n", when,
            ex->route ? ex->route->method : "-", ex->route ? ex->route->pattern : "-",
            ex->answer.status, ex->answer.body.len,
            (web_clock_s() - ex->began_s) * 1e3);
    fflush(log);
}

static enum MHD_Result send_answer(struct exchange *ex, struct MHD_Connection *c)
{
    struct answer *a = &ex->answer;
    if (a->status == 0) a->status = 200;
    web_count(ex);
    log_answer(ex);
    void *body = a->body.data;
    struct MHD_Response *r = mhd.create_response_from_buffer(
        a->body.len, body ? body : (void *)a, // no byte of it is looked at
        body ? MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT);
    if (r == NULL) return MHD_NO;
    a->body = (struct buf){0}; // it is the response's now
    add_headers(ex, r);
    enum MHD_Result sent = mhd.queue_response(c, a->status, r);
    mhd.destroy_response(r);
    return sent;
}

/* ---- libmicrohttpd's calls ------------------------------------------------------ */

static enum MHD_Result on_body(struct exchange *ex, const char *bytes, size_t n)
{
    if (web_clock_s() - ex->began_s > BODY_S) return MHD_NO;
    if (ex->body.len + n > WEB_BODY_BYTES)
        ex->is_too_large = 1;
    else
        buf_add(&ex->body, bytes, n);
    return MHD_YES;
}

/* Called with the head of a request, then with pieces of its body, then without. */
static enum MHD_Result on_request(void *context, struct MHD_Connection *c,
                                  const char *path, const char *method,
                                  const char *version, const char *bytes, size_t *n,
                                  void **slot)
{
    struct exchange *ex = *slot;
    (void)version;
    if (ex == NULL) {
        *slot = ex = exchange_new(context, c, method);
        return admit(ex, c, path) ? MHD_YES : send_answer(ex, c);
    }
    if (*n) {
        size_t got = *n;
        *n = 0;
        return on_body(ex, bytes, got);
    }
    if (ex->is_too_large)
        say_too_large(ex);
    else
        ex->route->handle(ex);
    return send_answer(ex, c);
}

static void on_completed(void *context, struct MHD_Connection *c, void **slot,
                         enum MHD_RequestTerminationCode why)
{
    (void)context;
    (void)c;
    (void)why;
    if (*slot) exchange_free(*slot);
    *slot = NULL;
}

/* ---- policies ------------------------------------------------------------------- */

/* The hash by which a policy knows what stands between two tags of a report. */
static void hash_asset(const char *path, char text[SHA256_BASE64])
{
    const struct asset *asset = asset_find(path);
    uint8_t digest[SHA256_BYTES];
    struct buf inner = {0};
    buf_char(&inner, '\n'); // as doc_html.c writes it
    if (asset) buf_add(&inner, (const char *)asset->bytes, asset->len);
    sha256(inner.data, inner.len, digest);
    sha256_base64(digest, text);
    buf_fini(&inner);
}

/* Our pages have style sheets and scripts from here only. A report has its own, and
 * figures with widths in style attributes. */
static void make_policies(struct web *web)
{
    char script[SHA256_BASE64], style[SHA256_BASE64];
    hash_asset("src/page/assets/report.js", script);
    hash_asset("src/page/assets/report.css", style);
    snprintf(web->page_policy, sizeof web->page_policy,
             "default-src 'none'; style-src 'self'; script-src 'self'; "
             "connect-src 'self'; img-src 'self' data:; form-action 'self'; "
             "base-uri 'none'; frame-ancestors 'none'");
    snprintf(web->report_policy, sizeof web->report_policy,
             "default-src 'none'; script-src 'sha256-%s'; style-src 'sha256-%s'; "
             "style-src-attr 'unsafe-inline'; form-action 'none'; base-uri 'none'; "
             "frame-ancestors 'none'",
             script, style);
}

/* ---- start and end -------------------------------------------------------------- */

/* A socket that listens, its port in web; -1 with errno. */
static int listen_on(struct web *web, const struct listen_address *where)
{
    struct listen_address at = *where;
    const int yes = 1;
    int family = where->address.ss_family;
    int s = socket(family, SOCK_STREAM, 0);
    if (s < 0) return -1;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(s, (const struct sockaddr *)&where->address, where->len) != 0 ||
        listen(s, BACKLOG) != 0 ||
        getsockname(s, (struct sockaddr *)&at.address, &at.len) != 0) {
        int why = errno;
        close(s);
        errno = why;
        return -1;
    }
    web->port = request_port(&at);
    snprintf(web->address, sizeof web->address, "http://%s:%u/", where->host,
             web->port);
    return s;
}

static struct MHD_Daemon *start(struct web *web, int s, int family)
{
    unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION |
                     MHD_USE_POLL | MHD_USE_ITC;
    if (family == AF_INET6) flags |= MHD_USE_IPv6;
    return mhd.start_daemon(flags, 0, NULL, NULL, on_request, web,
                            MHD_OPTION_LISTEN_SOCKET, s, MHD_OPTION_CONNECTION_LIMIT,
                            (unsigned)MOST_CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT,
                            (unsigned)IDLE_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                            (size_t)HEADER_BYTES, MHD_OPTION_STRICT_FOR_CLIENT, 1,
                            MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL,
                            MHD_OPTION_END);
}

/* 0, or -1 after an error in d. */
static int begin(struct web *web, const struct web_config *config, struct diag_list *d)
{
    char where[96];
    const struct listen_address *at = &config->listen;
    snprintf(where, sizeof where, "%s:%u", at->host, at->port);
    web->store = store_open(config->store, d);
    if (web->store == NULL) return -1;
    enum store_result seeded = store_seed(web->store, (int64_t)time(NULL));
    if (seeded != STORE_OK) {
        DIAG_ADD(d, STORE_OPEN, (struct place){0}, text_same(config->store),
                 text_same(store_problem(web->store)));
        return -1;
    }
    if (!load_library()) {
        DIAG_ADD(d, CANNOT_READ, (struct place){0}, text_same(library_name),
                 words_error(ENOENT));
        return -1;
    }
    int s = listen_on(web, at);
    if (s >= 0) web->daemon = start(web, s, at->address.ss_family);
    if (web->daemon) return 0;
    int why = errno;
    if (s >= 0) close(s);
    DIAG_ADD(d, CANNOT_LISTEN, (struct place){0}, text_same(where), words_error(why));
    return -1;
}

struct web *web_open(const struct web_config *config, struct diag_list *d)
{
    struct web *web = mem_alloc(sizeof *web);
    web->catalog = config->catalog;
    web->today = config->today;
    web->log = config->log;
    pthread_mutex_init(&web->lock, NULL);
    pthread_mutex_init(&web->one_report, NULL);
    web->cache = view_cache_new();
    web->kept = kept_new();
    web->at_once = config->at_once;
    web->seconds = config->seconds;
    make_policies(web);
    if (begin(web, config, d) == 0) return web;
    web_close(web);
    return NULL;
}

const char *web_address(const struct web *web)
{
    return web->address;
}

void web_close(struct web *web)
{
    if (web == NULL) return;
    // joins the threads: a handler that has begun ends, and its version is kept
    if (web->daemon) mhd.stop_daemon(web->daemon);
    store_close(web->store);
    view_cache_free(web->cache);
    kept_free(web->kept);
    pthread_mutex_destroy(&web->one_report);
    pthread_mutex_destroy(&web->lock);
    free(web);
}
