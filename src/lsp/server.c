// SPDX-License-Identifier: Apache-2.0
/* Messages in, answers out: the frame of Content-Length, the rules of JSON-RPC, and
 * the table of methods. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "awai.h"
#include "lsp/lsp_int.h"

static void initialize(struct call *c);
static void shut_down(struct call *c);
static void end(struct call *c);
static void nothing(struct call *c);

static const struct method {
    const char *name;
    void (*handle)(struct call *c);
    int is_request;
} methods[] = {
    {"$/cancelRequest",                  nothing,          0},
    {"$/setTrace",                       nothing,          0},
    {"exit",                             end,              0},
    {"initialize",                       initialize,       1},
    {"initialized",                      nothing,          0},
    {"shutdown",                         shut_down,        1},
    {"textDocument/completion",          complete,         1},
    {"textDocument/definition",          go_to_definition, 1},
    {"textDocument/didChange",           document_change,  0},
    {"textDocument/didClose",            document_close,   0},
    {"textDocument/didOpen",             document_open,    0},
    {"textDocument/didSave",             document_save,    0},
    {"textDocument/documentHighlight",   highlight,        1},
    {"textDocument/documentSymbol",      list_symbols,     1},
    {"textDocument/formatting",          lay_out_document, 1},
    {"textDocument/hover",               hover,            1},
    {"textDocument/prepareRename",       prepare_rename,   1},
    {"textDocument/references",          find_references,  1},
    {"textDocument/rename",              rename_id,        1},
    {"workspace/didChangeConfiguration", nothing,          0},
    {"workspace/didChangeWatchedFiles",  document_save,    0},
};

static const struct method *find_method(const char *name)
{
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (strcmp(methods[i].name, name) == 0) return &methods[i];
    return NULL;
}

// ---- what the server says

void send_message(struct buf *out, const struct buf *body)
{
    buf_printf(out, "Content-Length: %zu\r\n\r\n", body->len);
    buf_add(out, buf_text(body), body->len);
}

/* The id of a request as it was given; what can be none is null. */
static void put_id(struct json *j, const struct json_value *id)
{
    long long number = 0;
    json_key(j, "id");
    if (json_text(id))
        json_string(j, json_text(id));
    else if (json_whole(id, &number))
        json_int(j, number);
    else
        json_null(j);
}

static void send_error(struct buf *out, const struct json_value *id,
                       enum rpc_error error, const char *message)
{
    struct buf body = {0};
    struct json j = json_on(&body, 0);
    json_open(&j, '{');
    json_put(&j, "jsonrpc", "2.0");
    put_id(&j, id);
    json_in(&j, "error", '{');
    json_put_int(&j, "code", error);
    json_put(&j, "message", message);
    json_close(&j, '}');
    json_close(&j, '}');
    send_message(out, &body);
    buf_fini(&body);
}

void call_fail(struct call *c, enum rpc_error error, enum diag_kind kind,
               const struct text *args)
{
    struct buf message = {0}, hint = {0};
    diag_message(kind, c->lsp->lang, args, &message);
    diag_hint(kind, c->lsp->lang, args, &hint);
    c->error = error;
    c->why =
        (struct lsp_refusal){diag_code(kind), arena_str(c->arena, buf_text(&message)),
                             arena_str(c->arena, buf_text(&hint))};
    buf_fini(&message);
    buf_fini(&hint);
}

/* What a failure is called; without words of its own, programs read it, not people. */
static const char *words_of(const struct call *c)
{
    if (c->why.message)
        return arena_printf(c->arena, "%s\n%s", c->why.message, c->why.hint);
    return c->error == RPC_PARAMETERS ? "invalid params" : "request failed";
}

// ---- the life of the server

static void set_language(struct lsp *lsp, const struct json_value *params)
{
    const char *locale = json_text(json_get(params, "locale"));
    if (lsp->settings.is_lang_given || locale == NULL) return;
    lsp->lang = strncasecmp(locale, "ja", 2) == 0 ? LANG_JA : LANG_EN;
}

static void put_capabilities(struct json *j)
{
    static const char *const triggers[] = {" ", "-", "[", "{", ",", "@"};
    json_in(j, "capabilities", '{');
    json_put(j, "positionEncoding", "utf-16");
    json_in(j, "textDocumentSync", '{');
    json_put_bool(j, "openClose", 1);
    json_put_int(j, "change", 2); // incremental
    json_put_bool(j, "save", 1);
    json_close(j, '}');
    json_in(j, "completionProvider", '{');
    json_in(j, "triggerCharacters", '[');
    for (size_t i = 0; i < sizeof triggers / sizeof *triggers; i++)
        json_string(j, triggers[i]);
    json_close(j, ']');
    json_close(j, '}');
    json_put_bool(j, "hoverProvider", 1);
    json_put_bool(j, "definitionProvider", 1);
    json_put_bool(j, "referencesProvider", 1);
    json_put_bool(j, "documentHighlightProvider", 1);
    json_put_bool(j, "documentSymbolProvider", 1);
    json_put_bool(j, "documentFormattingProvider", 1);
    json_in(j, "renameProvider", '{');
    json_put_bool(j, "prepareProvider", 1);
    json_close(j, '}');
    json_close(j, '}');
}

static void initialize(struct call *c)
{
    if (c->lsp->is_ready) {
        c->error = RPC_INVALID;
        return;
    }
    c->lsp->is_ready = 1;
    set_language(c->lsp, c->params);
    json_open(c->j, '{');
    put_capabilities(c->j);
    json_in(c->j, "serverInfo", '{');
    json_put(c->j, "name", "awai");
    json_put(c->j, "version", AWAI_VERSION);
    json_close(c->j, '}');
    json_close(c->j, '}');
}

static void shut_down(struct call *c)
{
    c->lsp->is_shut_down = 1;
    json_null(c->j);
}

static void end(struct call *c)
{
    c->lsp->has_exited = 1;
}

static void nothing(struct call *c)
{
    (void)c;
}

// ---- one message

/* Runs a request and sends its result or error. */
static void answer(struct call *c, const struct method *m, const struct json_value *id)
{
    struct buf body = {0};
    struct json j = json_on(&body, 0);
    c->j = &j;
    json_open(&j, '{');
    json_put(&j, "jsonrpc", "2.0");
    put_id(&j, id);
    json_key(&j, "result");
    m->handle(c);
    if (c->error) {
        send_error(c->out, id, c->error, words_of(c));
    } else {
        json_close(&j, '}');
        send_message(c->out, &body);
    }
    buf_fini(&body);
}

static void on_request(struct call *c, const char *name, const struct json_value *id)
{
    const struct method *m = find_method(name);
    if (!c->lsp->is_ready && strcmp(name, "initialize") != 0)
        send_error(c->out, id, RPC_NOT_READY, "not initialized");
    else if (c->lsp->is_shut_down)
        send_error(c->out, id, RPC_INVALID, "shut down");
    else if (m == NULL || !m->is_request)
        send_error(c->out, id, RPC_NO_METHOD, "method not found");
    else
        answer(c, m, id);
}

/* One that is not known, or comes at a wrong time, is passed over: the protocol says
 * so. */
static void on_notification(struct call *c, const char *name)
{
    const struct method *m = find_method(name);
    int is_exit = strcmp(name, "exit") == 0;
    int is_time = is_exit || (c->lsp->is_ready && !c->lsp->is_shut_down);
    if (m && !m->is_request && is_time) m->handle(c);
}

static void on_message(struct lsp *lsp, const char *text, size_t len, struct buf *out)
{
    struct arena arena = {0};
    const struct json_value *message = json_read(&arena, text, len);
    const struct json_value *id = json_get(message, "id");
    const char *name = json_text(json_get(message, "method"));
    int is_answer = json_get(message, "result") || json_get(message, "error");
    struct call c = {
        .lsp = lsp, .params = json_get(message, "params"), .out = out, .arena = &arena};
    if (message == NULL)
        send_error(out, NULL, RPC_PARSE, "not JSON, or beyond a limit");
    else if (name && id)
        on_request(&c, name, id);
    else if (name)
        on_notification(&c, name);
    else if (!is_answer)
        send_error(out, id, RPC_INVALID, "neither a request nor a notification");
    arena_fini(&arena);
}

// ---- the frame

/* The value of Content-Length in a header of len bytes, or -1. */
static long long content_length(const char *header, size_t len)
{
    static const char name[] = "Content-Length:";
    for (size_t i = 0; i < len; i++) {
        int is_line = i == 0 || header[i - 1] == '\n';
        if (!is_line || len - i < sizeof name ||
            strncasecmp(header + i, name, sizeof name - 1) != 0)
            continue;
        const char *p = header + i + sizeof name - 1, *last = header + len;
        long long value = 0;
        while (p < last && *p == ' ')
            p++;
        const char *first = p;
        for (; p < last && *p >= '0' && *p <= '9' && value < 1LL << 50; p++)
            value = value * 10 + (*p - '0');
        return p > first && p < last && (*p == '\r' || *p == '\n') ? value : -1;
    }
    return -1;
}

/* Bytes of the header that the input begins with, its empty line included; or 0. */
static size_t header_length(const struct buf *in)
{
    size_t most = in->len < LSP_MOST_HEADER ? in->len : LSP_MOST_HEADER;
    for (size_t i = 0; i + 3 < most; i++)
        if (memcmp(in->data + i, "\r\n\r\n", 4) == 0) return i + 4;
    return 0;
}

static void drop(struct buf *in, size_t n)
{
    memmove(in->data, in->data + n, in->len - n);
    in->len -= n;
}

static size_t skip_bytes(struct lsp *lsp)
{
    size_t n = lsp->skip < lsp->input.len ? lsp->skip : lsp->input.len;
    lsp->skip -= n;
    return n;
}

/* Handles the next of the input; returns how many bytes that took, 0: more are needed.
 */
static size_t take_message(struct lsp *lsp, struct buf *out)
{
    struct buf *in = &lsp->input;
    if (lsp->skip) return skip_bytes(lsp);
    size_t header = header_length(in);
    if (header == 0) {
        lsp->is_broken = in->len >= LSP_MOST_HEADER;
        return 0;
    }
    long long length = content_length(in->data, header);
    if (length < 0 || length > LSP_MOST_MESSAGE) {
        send_error(out, NULL, RPC_INVALID,
                   length < 0 ? "no Content-Length" : "the message is too long");
        lsp->skip = length < 0 ? 0 : (size_t)length;
        return header;
    }
    if (in->len - header < (size_t)length) return 0;
    on_message(lsp, in->data + header, (size_t)length, out);
    return header + (size_t)length;
}

/* Input is taken in pieces, so that what is passed over is never held. */
void lsp_feed(struct lsp *lsp, const char *bytes, size_t len, struct buf *out)
{
    enum { PIECE = 1 << 16 };
    for (size_t i = 0; i < len && !lsp_is_over(lsp); i += PIECE) {
        size_t used = 0;
        buf_add(&lsp->input, bytes + i, len - i < PIECE ? len - i : PIECE);
        while (lsp->input.len && !lsp_is_over(lsp) &&
               (used = take_message(lsp, out)) > 0)
            drop(&lsp->input, used);
    }
}

void lsp_idle(struct lsp *lsp, struct buf *out)
{
    for (struct document *d = lsp->documents; d && !lsp->is_shut_down; d = d->next)
        if (d->is_dirty) check_document(lsp, d, out);
}

struct lsp *lsp_new(const struct lsp_settings *settings)
{
    struct lsp *lsp = mem_alloc(sizeof *lsp);
    lsp->settings = *settings;
    lsp->lang = settings->lang;
    return lsp;
}

void lsp_free(struct lsp *lsp)
{
    if (lsp == NULL) return;
    for (struct document *d = lsp->documents, *next; d; d = next) {
        next = d->next;
        document_free(d);
    }
    buf_fini(&lsp->input);
    free(lsp);
}

int lsp_is_over(const struct lsp *lsp)
{
    return lsp->has_exited || lsp->is_broken;
}

int lsp_exit_code(const struct lsp *lsp)
{
    return lsp->has_exited && lsp->is_shut_down ? 0 : 1;
}
