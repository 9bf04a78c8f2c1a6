// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* What the pages of accounts are put together from; see access.h. */
#include <string.h>

#include "web/frame.h"

int access_wants_accounts(struct exchange *ex)
{
    if (ex->web->access.is_on) return 1;
    web_problem(ex, DIAG_REQUEST_NOWHERE, NULL);
    return 0;
}

int access_form(struct exchange *ex, struct request_form *form)
{
    form->n = 0;
    if (ex->body.len && !request_is_type(ex->content_type, ACCESS_FORM)) {
        WEB_SAY(ex, REQUEST_TYPE, text_same(ACCESS_FORM));
        return -1;
    }
    if (request_form(buf_text(&ex->body), ex->body.len, &ex->arena, form) != 0) {
        web_problem(ex, DIAG_REQUEST_MALFORMED, NULL);
        return -1;
    }
    return 0;
}

const char *access_field(const struct request_form *form, const char *name)
{
    const char *value = request_field(form, name);
    return value ? value : "";
}

void access_go(struct exchange *ex, const char *where)
{
    const char *lang = frame_lang(ex);
    if (lang[0] && strchr(where, '?')) lang = arena_printf(&ex->arena, "&%s", lang + 1);
    ex->answer.status = 303;
    ex->answer.type = "text/plain; charset=utf-8";
    ex->answer.location = arena_printf(&ex->arena, "%s%s", where, lang);
}

const char *access_told(struct exchange *ex, enum diag_kind kind,
                        const struct text *args)
{
    struct buf out = {0};
    ex->answer.status = web_status_of(kind);
    diag_message(kind, ex->lang, args, &out);
    buf_str(&out, ex->lang == LANG_EN ? ". " : "。");
    diag_hint(kind, ex->lang, args, &out);
    buf_str(&out, ex->lang == LANG_EN ? "." : "。");
    const char *told = arena_str(&ex->arena, buf_text(&out));
    buf_fini(&out);
    return told;
}

void access_open_form(struct exchange *ex, const char *action)
{
    struct buf *out = &ex->answer.body;
    buf_str(out, "<form method=\"post\" action=\"");
    buf_html(out, action);
    buf_printf(out, "%s\">\n", frame_form(ex));
}

void access_input(struct exchange *ex, const struct access_input *input)
{
    struct buf *out = &ex->answer.body;
    buf_printf(out, "<label for=\"%s\">", input->name);
    frame_text(ex, input->label);
    buf_printf(out, "</label><input id=\"%s\" name=\"%s\" type=\"%s\" ", input->name,
               input->name, input->type);
    buf_printf(out, "autocomplete=\"%s\"%s maxlength=\"256\" value=\"",
               input->autocomplete, input->is_optional ? "" : " required");
    buf_html(out, input->value ? input->value : "");
    buf_str(out, "\">\n");
}

void access_hidden(struct exchange *ex, const char *name, const char *value)
{
    buf_printf(&ex->answer.body, "<input type=\"hidden\" name=\"%s\" value=\"", name);
    buf_html(&ex->answer.body, value);
    buf_str(&ex->answer.body, "\">\n");
}

void access_whose(struct exchange *ex, const char *login)
{
    buf_str(&ex->answer.body, "<input type=\"text\" name=\"username\" "
                              "autocomplete=\"username\" hidden value=\"");
    buf_html(&ex->answer.body, login);
    buf_str(&ex->answer.body, "\">\n");
}

void access_close_form(struct exchange *ex, struct text button)
{
    buf_str(&ex->answer.body, "<button type=\"submit\">");
    frame_text(ex, button);
    buf_str(&ex->answer.body, "</button></form>\n");
}

void access_post_button(struct exchange *ex, const char *action, const char *name,
                        const char *value, struct text button)
{
    access_open_form(ex, action);
    if (name) access_hidden(ex, name, value);
    access_close_form(ex, button);
}

void access_secret(struct exchange *ex, struct text what, const char *secret)
{
    struct buf *out = &ex->answer.body;
    buf_str(out, "<div class=\"told\" role=\"status\"><p>");
    frame_text(ex, what);
    buf_str(out, "</p><pre class=\"secret\" tabindex=\"0\">");
    buf_html(out, secret);
    buf_str(out, "</pre></div>\n");
}

void access_cell(struct exchange *ex, const char *s)
{
    buf_str(&ex->answer.body, "<td>");
    buf_html(&ex->answer.body, s);
    buf_str(&ex->answer.body, "</td>");
}

void access_time_cell(struct exchange *ex, int64_t seconds)
{
    buf_str(&ex->answer.body, "<td>");
    frame_time(ex, seconds);
    buf_str(&ex->answer.body, "</td>");
}

/* ---- the frame's part ----------------------------------------------------------- */

void access_header(struct exchange *ex)
{
    struct buf *out = &ex->answer.body;
    const struct caller *c = &ex->caller;
    if (c->kind != CALLER_SESSION) return;
    buf_str(out, "<span class=\"who\">");
    if (rights_have(c->rights, RIGHT_MANAGE)) {
        frame_link(ex, "/members", TEXT("Members", "メンバー"));
        frame_link(ex, "/audit", TEXT("Audit log", "監査ログ"));
    }
    frame_link(ex, "/account",
               text_same(arena_printf(&ex->arena, "%s · %s", c->login,
                                      c->workspace[0] ? c->workspace : "-")));
    buf_str(out, "<form method=\"post\" action=\"/logout\"><button type=\"submit\">");
    frame_text(ex, TEXT("Log out", "ログアウト"));
    buf_str(out, "</button></form></span>\n");
}
