// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Tokens by which programs use the API for somebody: for one workspace, within a scope
 * and never beyond that person's role, until a day that is set when it is made.
 */
#include <string.h>

#include "web/frame.h"

static const enum access_scope offered[] = {SCOPE_READ, SCOPE_WRITE, SCOPE_ADMIN};
static const int days_offered[] = {30, 90, 365};

static void put_token(struct exchange *ex, const char *key, const struct token *t)
{
    struct buf *out = &ex->answer.body;
    char id[ID_TEXT];
    snprintf(id, sizeof id, "%s", key);
    buf_str(out, "<tr><th scope=\"row\">");
    buf_html(out, t->name);
    buf_str(out, "</th>");
    access_cell(ex, t->workspace);
    access_cell(ex, text_in(scope_text((enum access_scope)t->scope), ex->lang));
    access_time_cell(ex, t->ends_s);
    if (t->seen_s)
        access_time_cell(ex, t->seen_s);
    else
        access_cell(ex, text_in(TEXT("never", "なし"), ex->lang));
    buf_str(out, "<td>");
    access_post_button(ex, "/account/tokens/end", "id", id,
                       TEXT("Revoke", "失効させる"));
    buf_str(out, "</td></tr>\n");
}

static void put_tokens(struct exchange *ex)
{
    static const struct text heads[] = {
        {{"Name", "名前"}},  {{"Workspace", "ワークスペース"}}, {{"Scope", "範囲"}},
        {{"Until", "期限"}}, {{"Last used", "最終利用"}},       {{"Revoke", "失効"}},
    };
    struct record_list all;
    pthread_mutex_lock(&ex->web->lock);
    record_all(ex->web->store, &token_kind, &ex->arena, &all);
    pthread_mutex_unlock(&ex->web->lock);
    frame_heads(ex, heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < all.n; i++) {
        const struct token *t = &((const struct token *)all.values)[i];
        if (strcmp(t->login, ex->caller.login) == 0) put_token(ex, all.keys[i], t);
    }
    buf_str(&ex->answer.body, "</tbody></table></div>\n");
}

static void put_choices(struct exchange *ex)
{
    struct buf *out = &ex->answer.body;
    buf_str(out, "<label for=\"scope\">");
    frame_text(ex, TEXT("Scope: never more than your role allows",
                        "範囲(自分の役割を超えることはない)"));
    buf_str(out, "</label><select id=\"scope\" name=\"scope\">");
    for (size_t i = 0; i < sizeof offered / sizeof *offered; i++) {
        buf_printf(out, "<option value=\"%s\">", scope_names[offered[i]]);
        frame_text(ex, scope_text(offered[i]));
        buf_str(out, "</option>");
    }
    buf_str(out, "</select><label for=\"days\">");
    frame_text(ex, TEXT("Good for", "有効期間"));
    buf_str(out, "</label><select id=\"days\" name=\"days\">");
    for (size_t i = 0; i < sizeof days_offered / sizeof *days_offered; i++)
        buf_printf(out, "<option value=\"%d\">%d %s</option>", days_offered[i],
                   days_offered[i], ex->lang == LANG_JA ? "日" : "days");
    buf_str(out, "</select>\n");
}

static void page_tokens(struct exchange *ex, const char *notice, const char *secret)
{
    frame_open(ex, &(struct frame){
                       .title = TEXT("Tokens for programs", "プログラム用のトークン"),
                       .asset = "access"});
    frame_notice(ex, notice);
    if (secret)
        access_secret(ex,
                      TEXT("The new token. It is shown now and never again. Send it as "
                           "Authorization: Bearer TOKEN",
                           "新しいトークン。表示は今回限り。Authorization: Bearer "
                           "TOKEN として送る。"),
                      secret);
    put_tokens(ex);
    frame_element(ex, "h2", TEXT("A new token", "新しいトークン"));
    access_open_form(ex, "/account/tokens");
    access_input(ex, &(struct access_input){.name = "name",
                                            .type = "text",
                                            .autocomplete = "off",
                                            .label = TEXT("What it is for", "用途")});
    put_choices(ex);
    access_close_form(ex,
                      TEXT("Make it for this workspace", "このワークスペース用に作る"));
    frame_end(ex);
}

void access_get_tokens(struct exchange *ex)
{
    if (access_wants_accounts(ex)) page_tokens(ex, NULL, NULL);
}

/* A token as the form has it; 0 if it cannot be one. */
static int read_token(struct exchange *ex, const struct request_form *form,
                      struct token *t)
{
    const char *name = access_field(form, "name");
    int64_t days = request_number(access_field(form, "days"));
    int64_t now_s = access_now_s();
    size_t len = strlen(name);
    uint32_t found;
    *t = (struct token){.scope = (int)scope_of(access_field(form, "scope")),
                        .made_s = now_s};
    if (t->scope == SCOPE_NONE || days < 1 || days > TOKEN_MOST_S / 86400) return 0;
    if (text_is_blank(name) || len >= sizeof t->name ||
        text_find_invisible(name, len, 0, &found) < len)
        return 0;
    t->ends_s = now_s + days * 86400;
    snprintf(t->name, sizeof t->name, "%s", name);
    snprintf(t->login, sizeof t->login, "%s", ex->caller.login);
    snprintf(t->workspace, sizeof t->workspace, "%s", ex->workspace);
    return 1;
}

void access_post_token(struct exchange *ex)
{
    struct request_form form;
    struct token token;
    char secret[SECRET_TEXT];
    if (!access_wants_accounts(ex) || access_form(ex, &form) != 0) return;
    if (!read_token(ex, &form, &token)) {
        page_tokens(ex, access_told(ex, DIAG_TOKEN_FORM, NULL), NULL);
        return;
    }
    pthread_mutex_lock(&ex->web->lock);
    enum store_result result = token_new(ex->web->store, &token, secret);
    pthread_mutex_unlock(&ex->web->lock);
    if (result != STORE_OK) {
        web_store_problem(ex, result, 0);
        return;
    }
    access_audit(ex, "token-made",
                 arena_printf(&ex->arena, "%s %s: %s", token.workspace,
                              scope_names[token.scope], token.name));
    page_tokens(ex, NULL, secret);
}

void access_post_end_token(struct exchange *ex)
{
    struct request_form form;
    if (!access_wants_accounts(ex) || access_form(ex, &form) != 0) return;
    const char *id = access_field(&form, "id");
    pthread_mutex_lock(&ex->web->lock);
    const char *key = secret_by_id(ex->web->store, &token_kind, id, ex->caller.login,
                                   NULL, &ex->arena);
    enum store_result result =
        key ? store_record_drop(ex->web->store, token_kind.kind, key) : STORE_MISSING;
    pthread_mutex_unlock(&ex->web->lock);
    if (result != STORE_OK) {
        web_store_problem(ex, result, 0);
        return;
    }
    access_audit(ex, "token-revoked", id);
    access_go(ex, "/account/tokens");
}
