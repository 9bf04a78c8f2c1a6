// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
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
#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "base/assets.h"
#include "base/library.h"
#include "base/sha256.h"
#include "base/words.h"
#include "web/contract.h"
#include "web/kept.h"
#include "web/remember.h"
#include "web/risk_desk.h"
#include "web/web_int.h"

enum {
    MOST_CONNECTIONS = 64,
    MOST_OF_ONE = 24, // of one address, beyond this computer
    IDLE_S = 10,
    BODY_S = 60,
    HEADER_BYTES = 32 * 1024, // all headers of a request, and the path
    BACKLOG = 128,
};

/* What is called of libmicrohttpd. */
#define CALLS(F)                                                                       \
    F(add_response_header)                                                             \
    F(create_response_from_buffer)                                                     \
    F(create_response_from_callback)                                                   \
    F(destroy_response)                                                                \
    F(get_connection_info)                                                             \
    F(get_connection_values)                                                           \
    F(lookup_connection_value)                                                         \
    F(queue_response)                                                                  \
    F(start_daemon)                                                                    \
    F(stop_daemon)

/* Loaded when a server is started: it brings GnuTLS, whose loading would cost every
 * command six milliseconds. Set once, before there are threads. */
static struct {
    int is_there;
#define F(call) __typeof__(MHD_##call) *call;
    CALLS(F)
#undef F
} mhd;

static const char library_name[] = "libmicrohttpd.so.12";

/* 1 if the library is there. */
static int load_library(void)
{
#define F(name) {"MHD_" #name, &mhd.name},
    static const struct library_call calls[] = {CALLS(F)};
#undef F
    if (!mhd.is_there) mhd.is_there = LIBRARY_LOAD(library_name, calls);
    return mhd.is_there;
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

struct asked {
    struct exchange *ex;
    const char *name, *all; // values so far, or NULL
};

static enum MHD_Result add_asked(void *with, enum MHD_ValueKind kind, const char *name,
                                 const char *value)
{
    struct asked *a = with;
    (void)kind;
    if (value == NULL || strcmp(name, a->name) != 0) return MHD_YES;
    a->all = a->all ? arena_printf(&a->ex->arena, "%s,%s", a->all, value)
                    : arena_str(&a->ex->arena, value);
    return MHD_YES;
}

const char *web_query_list(struct exchange *ex, const char *name)
{
    struct asked a = {ex, name, NULL};
    mhd.get_connection_values(ex->connection, MHD_GET_ARGUMENT_KIND, add_asked, &a);
    if (a.all == NULL) return NULL;
    size_t len = strlen(a.all);
    return text_valid(a.all, len) == len ? a.all : "?";
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

/* What an address needs no encoding for: letters, digits, and what stands in the lists
 * and names of our own addresses. */
static int is_plain(char c)
{
    return c && (strchr("-._~,@:", c) || (c >= '0' && c <= '9') ||
                 (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'));
}

static void put_encoded(struct buf *out, const char *s)
{
    for (; *s; s++)
        if (is_plain(*s))
            buf_char(out, *s);
        else
            buf_printf(out, "%%%02X", (unsigned)(unsigned char)*s);
}

struct rest {
    const char *but;
    struct buf text;
};

static enum MHD_Result add_rest(void *with, enum MHD_ValueKind kind, const char *name,
                                const char *value)
{
    struct rest *r = with;
    (void)kind;
    if (strcmp(name, r->but) == 0) return MHD_YES;
    buf_char(&r->text, '&');
    put_encoded(&r->text, name);
    if (value) buf_char(&r->text, '=');
    if (value) put_encoded(&r->text, value);
    return MHD_YES;
}

const char *web_query_rest(struct exchange *ex, const char *but)
{
    struct rest r = {but, {0}};
    mhd.get_connection_values(ex->connection, MHD_GET_ARGUMENT_KIND, add_rest, &r);
    const char *rest = arena_str(&ex->arena, buf_text(&r.text));
    buf_fini(&r.text);
    return rest;
}

/* A language by its code; 1 if it is one. */
static int is_lang(const char *code, enum lang *lang)
{
    if (code == NULL || (strcmp(code, "ja") != 0 && strcmp(code, "en") != 0)) return 0;
    *lang = code[0] == 'j' ? LANG_JA : LANG_EN;
    return 1;
}

/* The language that the address asks for, else the one that was chosen in the settings,
 * else the one that the browser prefers. */
static void find_lang(struct exchange *ex, struct MHD_Connection *c)
{
    ex->is_lang_asked = is_lang(query(c, "lang"), &ex->lang);
    if (ex->is_lang_asked || is_lang(access_cookie(ex, "lang"), &ex->lang)) return;
    ex->lang = request_accepts(header(c, "Accept-Language"));
}

/* Where a request comes from: an address, of IPv6 the network of 64 bits, of which
 * one house has all. */
static void find_source(struct MHD_Connection *c, char source[SOURCE_TEXT])
{
    const union MHD_ConnectionInfo *info =
        mhd.get_connection_info(c, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const void *address = info ? info->client_addr : NULL;
    struct sockaddr_in four = {.sin_family = AF_UNSPEC};
    struct sockaddr_in6 six;
    source[0] = '\0';
    if (address) memcpy(&four, address, sizeof four);
    if (four.sin_family == AF_INET)
        inet_ntop(AF_INET, &four.sin_addr, source, SOURCE_TEXT);
    if (four.sin_family != AF_INET6) return;
    memcpy(&six, address, sizeof six);
    memset(six.sin6_addr.s6_addr + 8, 0, 8);
    inet_ntop(AF_INET6, &six.sin6_addr, source, SOURCE_TEXT);
}

static struct request_head head_of(struct MHD_Connection *c)
{
    struct request_head head = {
        .cookie = header(c, "Cookie"),
        .authorization = header(c, "Authorization"),
        .origin = header(c, "Origin"),
        .site = header(c, "Sec-Fetch-Site"),
        .host = header(c, "Host"),
        .agent = header(c, "User-Agent"),
    };
    find_source(c, head.source);
    return head;
}

static struct exchange *exchange_new(struct web *web, struct MHD_Connection *c,
                                     const char *method, const char *url)
{
    struct exchange *ex = mem_alloc(sizeof *ex);
    ex->web = web;
    ex->connection = c;
    ex->method = arena_str(&ex->arena, method);
    ex->url = arena_str(&ex->arena, url);
    ex->head = head_of(c);
    find_lang(ex, c);
    ex->workspace = STORE_WORKSPACE;
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

static void say_too_large(struct exchange *ex)
{
    const char *most = arena_printf(&ex->arena, "%d", WEB_BODY_BYTES);
    WEB_SAY(ex, REQUEST_LARGE, text_same(most));
}

/* What can be said of a request by its head; 1 if its body is to be read. */
static int admit(struct exchange *ex, struct MHD_Connection *c, const char *path)
{
    const char *length = header(c, "Content-Length");
    if (!access_is_own_host(ex->web, ex->head.host)) {
        web_problem(ex, DIAG_REQUEST_HOST, NULL);
        return 0;
    }
    // a proxy before us may have believed the other one of the two
    if (length && header(c, "Transfer-Encoding")) {
        web_problem(ex, DIAG_REQUEST_MALFORMED, NULL);
        return 0;
    }
    ex->route = web_find_route(ex, path);
    if (ex->route == NULL || !access_admit(ex)) return 0;
    if (length && strcmp(length, "0") != 0 &&
        (request_number(length) < 0 || request_number(length) > WEB_BODY_BYTES)) {
        say_too_large(ex);
        return 0;
    }
    return !ex->route->is_api || contract_check(ex);
}

/* ---- the answer -----------------------------------------------------------------
 */

static void add(struct MHD_Response *r, const char *name, const char *value)
{
    if (value) mhd.add_response_header(r, name, value);
}

/* What only accounts and TLS need. What somebody saw must not be had from the disk of a
 * browser that others use after. */
static void add_access(struct exchange *ex, struct MHD_Response *r)
{
    const struct answer *a = &ex->answer;
    const struct web_access *access = &ex->web->access;
    int is_open = ex->route && ex->route->handle == web_get_asset;
    char seconds[24];
    snprintf(seconds, sizeof seconds, "%lld", (long long)a->retry_s);
    add(r, "Cache-Control", access->is_on && !is_open ? "no-store" : "no-cache");
    // what a program asks for is not to be shown by a browser
    if (ex->route && ex->route->is_api && a->file == NULL && a->status != 304 &&
        strcmp(a->type, "application/json") == 0)
        add(r, "Content-Disposition", "attachment; filename=\"api.json\"");
    if (a->file)
        add(r, "Content-Disposition",
            arena_printf(&ex->arena, "attachment; filename=\"%s\"", a->file));
    add(r, "Retry-After", a->retry_s ? seconds : NULL);
    add(r, "WWW-Authenticate", a->status == 401 ? "Bearer" : NULL);
    add(r, "Strict-Transport-Security", access->is_tls ? "max-age=31536000" : NULL);
    for (size_t i = 0; i < sizeof a->cookies / sizeof *a->cookies; i++)
        add(r, "Set-Cookie", a->cookies[i]);
}

static void add_headers(struct exchange *ex, struct MHD_Response *r)
{
    const struct answer *a = &ex->answer;
    add(r, "Content-Type", a->status == 304 ? NULL : a->type);
    add(r, "Content-Security-Policy",
        a->is_report ? ex->web->report_policy : ex->web->page_policy);
    add(r, "X-Content-Type-Options", "nosniff");
    add(r, "X-Frame-Options", "DENY");
    add(r, "Referrer-Policy",
        "same-origin"); // with none, forms would send no Origin
    add(r, "Cross-Origin-Opener-Policy", "same-origin");
    add(r, "Cross-Origin-Resource-Policy", "same-origin");
    add(r, "Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    add_access(ex, r);
    add(r, "Vary", "Accept-Language, Cookie");
    add(r, "Location", a->location);
    add(r, "Allow", a->status == 405 ? a->allow : NULL);
    add(r, "ETag", a->tag);
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

/* What comes next of a stream; waits for it. */
static ssize_t on_stream(void *of, uint64_t at, char *to, size_t most)
{
    struct web_stream *s = of;
    (void)at;
    if (s->n_sent == s->out.len) {
        s->out.len = s->n_sent = 0;
        if (!s->next(s, &s->out)) return MHD_CONTENT_READER_END_OF_STREAM;
    }
    size_t left = s->out.len - s->n_sent, n = left < most ? left : most;
    memcpy(to, s->out.data + s->n_sent, n);
    s->n_sent += n;
    return (ssize_t)n;
}

static void on_stream_end(void *of)
{
    struct web_stream *s = of;
    buf_fini(&s->out);
    s->free(s);
}

/* The body as libmicrohttpd takes it over. */
static struct MHD_Response *response_of(struct answer *a)
{
    const size_t block = 16 * 1024;
    void *body = a->body.data;
    struct web_stream *s = a->stream;
    a->stream = NULL;
    if (s) {
        struct MHD_Response *r = mhd.create_response_from_callback(
            MHD_SIZE_UNKNOWN, block, on_stream, s, on_stream_end);
        if (r == NULL) on_stream_end(s);
        return r;
    }
    return mhd.create_response_from_buffer(
        a->body.len, body ? body : (void *)a, // no byte of it is looked at
        body ? MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT);
}

static enum MHD_Result send_answer(struct exchange *ex, struct MHD_Connection *c)
{
    struct answer *a = &ex->answer;
    if (a->status == 0) a->status = 200;
    web_tag(ex);
    web_count(ex);
    log_answer(ex);
    struct MHD_Response *r = response_of(a);
    if (r == NULL) return MHD_NO;
    if (a->body.data) a->body = (struct buf){0}; // it is the response's now
    add_headers(ex, r);
    enum MHD_Result sent = mhd.queue_response(c, a->status, r);
    mhd.destroy_response(r);
    return sent;
}

/* ---- libmicrohttpd's calls ------------------------------------------------------
 */

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
        *slot = ex = exchange_new(context, c, method, path);
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
    access_note(ex);
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

/* ---- policies -------------------------------------------------------------------
 */

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

/* ---- start and end --------------------------------------------------------------
 */

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
    snprintf(web->address, sizeof web->address, "%s://%s:%u/",
             web->access.is_tls ? "https" : "http", where->host, web->port);
    return s;
}

/* TLS 1.2 and 1.3 with what GnuTLS calls secure; without files none. */
static const char tls_priorities[] = "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2";

/* A file in PEM, NUL-terminated; NULL after an error in d. Free with free. */
static char *read_pem(const char *path, struct diag_list *d)
{
    enum { MOST = 1 << 20 };
    FILE *f = fopen(path, "rb");
    char *text = f ? mem_alloc(MOST) : NULL;
    size_t n = f ? fread(text, 1, MOST - 1, f) : 0;
    int why = f && n ? 0 : f ? EINVAL : errno;
    if (f) fclose(f);
    if (why == 0) return text;
    DIAG_ADD(d, CANNOT_READ, (struct place){0}, text_same(path), words_error(why));
    free(text);
    return NULL;
}

static struct MHD_Daemon *start(struct web *web, int s, int family, const char *cert,
                                const char *key)
{
    unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION |
                     MHD_USE_POLL | MHD_USE_ITC;
    struct MHD_OptionItem tls[] = {
        {MHD_OPTION_HTTPS_MEM_CERT,   0, (void *)(uintptr_t)cert          },
        {MHD_OPTION_HTTPS_MEM_KEY,    0, (void *)(uintptr_t)key           },
        {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)tls_priorities},
        {MHD_OPTION_END,              0, NULL                             },
    };
    if (family == AF_INET6) flags |= MHD_USE_IPv6;
    if (cert) flags |= MHD_USE_TLS;
    return mhd.start_daemon(
        flags, 0, NULL, NULL, on_request, web, MHD_OPTION_LISTEN_SOCKET, s,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)MOST_CONNECTIONS,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)(cert ? MOST_OF_ONE : 0),
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADER_BYTES,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_NOTIFY_COMPLETED, on_completed,
        NULL, MHD_OPTION_ARRAY, cert ? tls : tls + 3, MHD_OPTION_END);
}

/* Listens with TLS; 0, or -1 after an error in d. */
static int start_tls(struct web *web, const struct web_config *config, int s,
                     struct diag_list *d)
{
    char *cert = read_pem(config->tls_cert, d);
    char *key = cert ? read_pem(config->tls_key, d) : NULL;
    if (key) {
        web->daemon = start(web, s, config->listen.address.ss_family, cert, key);
        if (web->daemon == NULL)
            DIAG_ADD(d, TLS_UNUSABLE, (struct place){0}, text_same(config->tls_cert),
                     text_same(config->tls_key));
        secret_wipe(key, strlen(key));
    }
    free(key);
    free(cert);
    return web->daemon ? 0 : -1;
}

/* 0, or -1 after an error in d. */
static int begin(struct web *web, const struct web_config *config, struct diag_list *d)
{
    char where[96];
    const struct listen_address *at = &config->listen;
    snprintf(where, sizeof where, "%s:%u", at->host, at->port);
    web->store = store_open(config->store, d);
    if (web->store == NULL) return -1;
    memory_mark(web->catalog, web->mark);
    web->memory = memory_new(web->store, web->mark);
    const struct text reason =
        TEXT("use case of the IoT-SSF collection", "IoT-SSFユースケース集の事例");
    enum store_result seeded =
        store_seed(web->store, STORE_WORKSPACE, (int64_t)time(NULL),
                   text_in(reason, config->lang));
    if (seeded != STORE_OK) {
        DIAG_ADD(d, STORE_OPEN, (struct place){0}, text_same(config->store),
                 text_same(store_problem(web->store)));
        return -1;
    }
    if (access_begin(web, config->owner_of, d) != 0) return -1;
    if (!load_library()) {
        DIAG_ADD(d, CANNOT_READ, (struct place){0}, text_same(library_name),
                 words_error(ENOENT));
        return -1;
    }
    int s = listen_on(web, at);
    if (s >= 0 && config->tls_cert) {
        if (start_tls(web, config, s, d) == 0) return 0;
        close(s);
        return -1;
    }
    if (s >= 0) web->daemon = start(web, s, at->address.ss_family, NULL, NULL);
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
    web->access = (struct web_access){
        .is_on = config->with_accounts,
        .is_tls = config->tls_cert != NULL,
        .may_be_behind_tls = config->may_be_behind_tls,
        .hosts = config->hosts,
        .n_hosts = config->n_hosts,
    };
    snprintf(web->access.own_host, sizeof web->access.own_host, "%s",
             config->listen.bare);
    pthread_mutex_init(&web->lock, NULL);
    pthread_mutex_init(&web->one_report[0], NULL);
    pthread_mutex_init(&web->one_report[1], NULL);
    web->cache = view_cache_new();
    web->desks = risk_desks_new();
    web->kept = kept_new();
    web->at_once = config->at_once;
    web->seconds = config->seconds;
    make_policies(web);
    if (begin(web, config, d) == 0) {
        access_listening(web);
        return web;
    }
    web_close(web);
    return NULL;
}

const char *web_address(const struct web *web)
{
    return web->address;
}

const char *web_owner_link(const struct web *web)
{
    return web->access.owner_address[0] ? web->access.owner_address : NULL;
}

void web_close(struct web *web)
{
    if (web == NULL) return;
    pthread_mutex_lock(&web->lock);
    web->is_closing = 1; // streams end
    pthread_mutex_unlock(&web->lock);
    // joins the threads: a handler that has begun ends, and its version is kept
    if (web->daemon) mhd.stop_daemon(web->daemon);
    memory_free(web->memory);
    store_close(web->store);
    view_cache_free(web->cache);
    throttle_free(web->access.throttle);
    risk_desks_free(web->desks);
    kept_free(web->kept);
    pthread_mutex_destroy(&web->one_report[0]);
    pthread_mutex_destroy(&web->one_report[1]);
    pthread_mutex_destroy(&web->lock);
    free(web);
}
