// SPDX-License-Identifier: Apache-2.0
/* The workspace's own form of reports, for programs: what the page /template keeps. */
#include <string.h>

#include "base/base64.h"
#include "base/json.h"
#include "base/json_read.h"
#include "web/ask.h"
#include "web/template_kept.h"

void ask_form(struct exchange *ex)
{
    struct template_kept kept;
    if (template_kept_find(ex, &kept) != 0) return;
    if (kept.text == NULL) {
        web_problem(ex, DIAG_REQUEST_NOWHERE, NULL);
        return;
    }
    ask_begin(ex, "application/yaml; charset=utf-8");
    buf_str(&ex->answer.body, kept.text);
}

static void put_kept(struct exchange *ex, const struct template_kept *t)
{
    struct json j = json_on(&ex->answer.body, 3);
    ask_begin(ex, "application/json");
    json_open(&j, '{');
    json_put_bool(&j, "template", t->text != NULL);
    json_put_bool(&j, "logo", t->text != NULL && t->logo != NULL);
    json_close(&j, '}');
}

/* ---- what is sent --------------------------------------------------------------- */

/* The logo of the body, else the one that is kept; 0 after an answer. */
static int read_logo(struct exchange *ex, const struct json_value *logo,
                     const struct template_kept *kept, struct template_kept *sent)
{
    struct buf bytes = {0};
    const char *text = json_text(logo);
    sent->logo = kept->logo;
    sent->logo_len = kept->logo_len;
    if (logo == NULL) return 1;
    if (text == NULL || base64_take(&bytes, text, strlen(text)) != 0) {
        buf_fini(&bytes);
        web_problem(ex, DIAG_REQUEST_MALFORMED, NULL);
        return 0;
    }
    sent->logo = arena_strn(&ex->arena, buf_text(&bytes), bytes.len);
    sent->logo_len = bytes.len;
    buf_fini(&bytes);
    return 1;
}

/* 0 after an answer. */
static int read_sent(struct exchange *ex, const struct template_kept *kept,
                     struct template_kept *sent)
{
    if (!ask_is_type(ex, "application/json")) return 0;
    const struct json_value *body =
        json_read(&ex->arena, buf_text(&ex->body), ex->body.len);
    *sent = (struct template_kept){.text = json_text(json_get(body, "text"))};
    if (sent->text == NULL) {
        web_problem(ex, DIAG_REQUEST_MALFORMED, NULL);
        return 0;
    }
    return read_logo(ex, json_get(body, "logo"), kept, sent) &&
           template_kept_fits(ex, sent);
}

/* ---- keeping -------------------------------------------------------------------- */

static void keep(struct exchange *ex, const struct template_kept *sent)
{
    struct report_template *t = template_kept_open(sent);
    if (t->diags.n_errors)
        api_refused_file(ex, &t->diags);
    else if (template_kept_put(ex, sent) == 0)
        put_kept(ex, sent);
    template_free(t);
}

void ask_put_form(struct exchange *ex)
{
    struct template_kept kept, sent;
    if (template_kept_find(ex, &kept) == 0 && read_sent(ex, &kept, &sent))
        keep(ex, &sent);
}

void ask_drop_form(struct exchange *ex)
{
    static const struct template_kept none;
    if (template_kept_put(ex, &none) == 0) put_kept(ex, &none);
}
