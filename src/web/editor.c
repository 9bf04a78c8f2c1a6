// SPDX-License-Identifier: Apache-2.0
/*
 * What an editor in a page asks about the text that stands in it. Nothing is kept: each
 * question brings its text, and the language server's functions answer it. The body is
 * JSON, a type that no form of another site can send.
 */
#include <string.h>

#include "base/json_read.h"
#include "lsp/lsp.h"
#include "page/figure.h"
#include "web/edit_order.h"
#include "web/web_int.h"

/* What places in an answer are of. */
static const char text_name[] = "untitled:model";

static void say_too_large(struct exchange *ex)
{
    const char *most = arena_printf(&ex->arena, "%d", STORE_TEXT_BYTES);
    WEB_SAY(ex, REQUEST_LARGE, text_same(most));
}

/* The body as JSON with a text of a size that could be saved; NULL after an answer. */
static const struct json_value *read_question(struct exchange *ex,
                                              const struct json_value **text)
{
    static const char json_type[] = "application/json";
    if (!request_is_type(ex->content_type, json_type)) {
        WEB_SAY(ex, REQUEST_TYPE, text_same(json_type));
        return NULL;
    }
    const struct json_value *body =
        json_read(&ex->arena, buf_text(&ex->body), ex->body.len);
    *text = json_get(body, "text");
    if (*text == NULL || (*text)->kind != JSON_STRING) {
        web_problem(ex, DIAG_REQUEST_MALFORMED, NULL);
        return NULL;
    }
    if ((*text)->len > STORE_TEXT_BYTES) {
        say_too_large(ex);
        return NULL;
    }
    return body;
}

static void begin_json(struct exchange *ex, unsigned status)
{
    ex->answer.status = status;
    ex->answer.type = "application/json";
    ex->answer.body.len = 0;
}

static void put_refusal(struct exchange *ex, const struct lsp_refusal *why)
{
    enum { CANNOT = 422 };
    begin_json(ex, CANNOT);
    struct json j = json_on(&ex->answer.body, 2);
    json_open(&j, '{');
    json_in(&j, "error", '{');
    json_put_int(&j, "status", CANNOT);
    json_put(&j, "code", why->code);
    json_put(&j, "message", why->message);
    json_put(&j, "hint", why->hint);
    json_close(&j, '}');
    json_close(&j, '}');
    buf_char(&ex->answer.body, '\n');
}

/* The question is the last part of the route. */
void web_ask_editor(struct exchange *ex)
{
    const struct lsp_settings settings = {.catalog = ex->web->catalog,
                                          .lang = ex->lang,
                                          .is_lang_given = 1,
                                          .today = ex->web->today};
    const struct json_value *text, *body = read_question(ex, &text);
    struct lsp_refusal why;
    if (body == NULL) return;
    const struct lsp_text of = {text_name, text->text, text->len};
    begin_json(ex, 200);
    struct json j = json_on(&ex->answer.body, 0);
    enum lsp_answer answer =
        lsp_ask(&settings, &of, strrchr(ex->route->pattern, '/') + 1, body, &ex->arena,
                &j, &why);
    if (answer == LSP_MALFORMED)
        web_problem(ex, DIAG_REQUEST_MALFORMED, NULL);
    else if (answer == LSP_REFUSED)
        put_refusal(ex, &why);
    else
        buf_char(&ex->answer.body, '\n');
}

/* A figure says how wide it is at most in a style, which pages may not have. */
static void take_style(struct buf *svg)
{
    static const char style[] = " style=\"";
    char *from = strstr(buf_text(svg), style);
    char *to = from ? strchr(from + sizeof style - 1, '"') : NULL;
    if (to == NULL) return;
    to++;
    size_t n = (size_t)(to - from);
    memmove(from, to, svg->len - (size_t)(to - svg->data) + 1);
    svg->len -= n;
}

/* The drawing of a text; null if it has errors, or there is nothing to draw. */
void web_draw_editor(struct exchange *ex)
{
    const struct json_value *text;
    struct buf svg = {0};
    if (read_question(ex, &text) == NULL) return;
    struct view v = view_open(ex->web, text_name, text->text, text->len);
    if (v.assessment) figure_configuration(v.assessment, ex->lang, &svg);
    take_style(&svg);
    begin_json(ex, 200);
    struct json j = json_on(&ex->answer.body, 0);
    json_open(&j, '{');
    json_put(&j, "svg", svg.len ? buf_text(&svg) : NULL);
    json_put_bool(&j, "is_collapsed",
                  v.assessment && figure_is_collapsed(v.assessment));
    json_close(&j, '}');
    buf_char(&ex->answer.body, '\n');
    buf_fini(&svg);
    view_close(&v);
}

/* The text with edits in it that a form or a drawing asks for. */
void web_edit_editor(struct exchange *ex)
{
    const struct json_value *text, *body = read_question(ex, &text);
    struct buf edited = {0};
    if (body == NULL) return;
    struct edit_outcome outcome = edit_order_run(body, STORE_TEXT_BYTES, &edited);
    const struct text what = text_same(outcome.what);
    if (outcome.is_done) {
        begin_json(ex, 200);
        struct json j = json_on(&ex->answer.body, 0);
        json_open(&j, '{');
        json_put(&j, "text", buf_text(&edited));
        json_close(&j, '}');
        buf_char(&ex->answer.body, '\n');
    } else if (outcome.why == DIAG_REQUEST_LARGE) {
        say_too_large(ex);
    } else {
        web_problem(ex, outcome.why, &what);
    }
    buf_fini(&edited);
}

/* What the text says at a path, for a form that changes it. */
void web_read_editor(struct exchange *ex)
{
    const struct json_value *text, *body = read_question(ex, &text);
    if (body == NULL) return;
    begin_json(ex, 200);
    struct json j = json_on(&ex->answer.body, 0);
    json_open(&j, '{');
    json_key(&j, "value");
    if (!edit_order_read(body, &j)) {
        web_problem(ex, DIAG_REQUEST_MALFORMED, NULL);
        return;
    }
    json_close(&j, '}');
    buf_char(&ex->answer.body, '\n');
}
