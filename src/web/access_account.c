// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * One's own account: password, one-time codes, sessions, workspaces. What weakens or
 * replaces a way to log in wants the present password once more.
 */
#include <string.h>

#include "web/frame.h"

/* ---- what is shared ------------------------------------------------------------- */

/* The caller's account; 0 after an answer. */
static int own_account(struct exchange *ex, struct account *account, int64_t *revision)
{
    if (!access_wants_accounts(ex)) return 0;
    pthread_mutex_lock(&ex->web->lock);
    enum store_result result =
        account_get(ex->web->store, ex->caller.login, account, revision);
    pthread_mutex_unlock(&ex->web->lock);
    if (result != STORE_OK) web_store_problem(ex, result, 0);
    return result == STORE_OK;
}

static enum store_result keep_account(struct exchange *ex,
                                      const struct account *account, int64_t revision)
{
    pthread_mutex_lock(&ex->web->lock);
    enum store_result result = account_put(ex->web->store, account, revision);
    pthread_mutex_unlock(&ex->web->lock);
    return result;
}

/* 1 if the present password is right, which may be tried as often as at a login: a
 * browser left alone is no way to find it out. *notice tells what is wrong. */
static int is_present(struct exchange *ex, const struct account *account,
                      const char *password, const char **notice)
{
    struct throttle *throttle = ex->web->access.throttle;
    const char *place = ex->caller.session;
    int64_t now_s = access_now_s();
    pthread_mutex_lock(&ex->web->lock);
    int64_t wait_s = throttle_wait(throttle, account->login, place, now_s);
    if (wait_s == 0) throttle_try(throttle, account->login, place, now_s);
    pthread_mutex_unlock(&ex->web->lock);
    if (wait_s) {
        ex->answer.retry_s = wait_s;
        const char *seconds = arena_printf(&ex->arena, "%lld", (long long)wait_s);
        *notice = ACCESS_TELL(ex, LOGIN_WAIT, text_same(seconds));
        return 0;
    }
    if (!password_is(account->password, password)) {
        *notice = access_told(ex, DIAG_PASSWORD_WRONG, NULL);
        return 0;
    }
    pthread_mutex_lock(&ex->web->lock);
    throttle_right(throttle, account->login, place);
    pthread_mutex_unlock(&ex->web->lock);
    return 1;
}

static const struct access_input present = {
    .name = "present",
    .type = "password",
    .autocomplete = "current-password",
    .label = {{"Present password", "現在のパスワード"}},
};

/* ---- the page ------------------------------------------------------------------- */

static void put_password(struct exchange *ex)
{
    frame_element(ex, "h2", TEXT("Password", "パスワード"));
    access_open_form(ex, "/account/password");
    access_whose(ex, ex->caller.login);
    access_input(ex, &present);
    access_input(
        ex, &(struct access_input){.name = "password",
                                   .type = "password",
                                   .autocomplete = "new-password",
                                   .label = TEXT("New password, 12 characters or more",
                                                 "新しいパスワード(12文字以上)")});
    access_close_form(ex, TEXT("Change the password and end other sessions",
                               "パスワードを変え、他のセッションを終える"));
}

static void put_codes(struct exchange *ex, const struct account *account)
{
    frame_element(ex, "h2", TEXT("One-time codes", "ワンタイムコード"));
    buf_str(&ex->answer.body, "<p>");
    if (account->code_key[0]) {
        frame_text(ex, TEXT("Asked for at each login. Recovery codes left: ",
                            "ログインのたびに必要。残りの回復コード: "));
        buf_printf(&ex->answer.body, "%d ", account_recovery_left(account));
    } else {
        frame_text(ex, TEXT("Not set up. ", "未設定。"));
    }
    frame_link(ex, "/account/code",
               account->code_key[0] ? TEXT("Set up anew", "設定し直す")
                                    : TEXT("Set up", "設定する"));
    buf_str(&ex->answer.body, "</p>\n");
}

static void put_session(struct exchange *ex, const char *key, const struct session *s)
{
    struct buf *out = &ex->answer.body;
    char id[ID_TEXT];
    snprintf(id, sizeof id, "%s", key);
    buf_str(out, "<tr>");
    access_time_cell(ex, s->made_s);
    access_time_cell(ex, s->seen_s);
    access_cell(ex, s->source);
    access_cell(ex, s->agent);
    buf_str(out, "<td>");
    if (strcmp(key, ex->caller.session) == 0)
        frame_text(ex, TEXT("this one", "このセッション"));
    else
        access_post_button(ex, "/account/sessions/end", "id", id,
                           TEXT("End", "終える"));
    buf_str(out, "</td></tr>\n");
}

static void put_sessions(struct exchange *ex)
{
    static const struct text heads[] = {
        {{"Since", "開始"}},      {{"Last used", "最終利用"}},
        {{"From", "アクセス元"}}, {{"Browser", "ブラウザー"}},
        {{"End it", "終了"}},
    };
    struct record_list all;
    pthread_mutex_lock(&ex->web->lock);
    record_all(ex->web->store, &session_kind, &ex->arena, &all);
    pthread_mutex_unlock(&ex->web->lock);
    frame_element(ex, "h2", TEXT("Sessions", "セッション"));
    frame_heads(ex, heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < all.n; i++) {
        const struct session *s = &((const struct session *)all.values)[i];
        if (strcmp(s->login, ex->caller.login) == 0) put_session(ex, all.keys[i], s);
    }
    buf_str(&ex->answer.body, "</tbody></table></div>\n");
    access_post_button(ex, "/account/sessions/end-others", NULL, NULL,
                       TEXT("End all others", "他をすべて終える"));
}

static void put_workspaces(struct exchange *ex)
{
    struct buf *out = &ex->answer.body;
    struct member *mine = NULL;
    size_t n = 0;
    pthread_mutex_lock(&ex->web->lock);
    member_list(ex->web->store, NULL, ex->caller.login, &ex->arena, &mine, &n);
    pthread_mutex_unlock(&ex->web->lock);
    frame_element(ex, "h2", TEXT("Workspaces", "ワークスペース"));
    buf_str(out, "<ul class=\"rows\">\n");
    for (size_t i = 0; i < n; i++) {
        buf_printf(out, "<li><strong>%s</strong> ", mine[i].workspace);
        frame_text(ex, role_text((enum access_role)mine[i].role));
        if (strcmp(mine[i].workspace, ex->workspace) == 0) {
            buf_str(out, " <span class=\"badge\">");
            frame_text(ex, TEXT("open", "表示中"));
            buf_str(out, "</span>");
        } else {
            access_post_button(ex, "/account/workspace", "workspace", mine[i].workspace,
                               TEXT("Open", "開く"));
        }
        buf_str(out, "</li>\n");
    }
    buf_str(out, "</ul>\n");
    if (!rights_have(ex->caller.rights, RIGHT_MANAGE)) return;
    access_open_form(ex, "/workspaces");
    access_input(ex, &(struct access_input){
                         .name = "workspace",
                         .type = "text",
                         .autocomplete = "off",
                         .label = TEXT("A new workspace: letters, digits, - and _",
                                       "新しいワークスペース(英数字、-、_)")});
    access_close_form(ex, TEXT("Make it and own it", "作って管理者になる"));
}

static void page_account(struct exchange *ex, const struct account *account,
                         const char *notice)
{
    frame_open(
        ex, &(struct frame){
                .title = {{arena_printf(&ex->arena, "Account %s", account->login),
                           arena_printf(&ex->arena, "アカウント %s", account->login)}},
                .asset = "access"});
    frame_notice(ex, notice);
    buf_str(&ex->answer.body, "<p>");
    frame_link(ex, "/account/tokens",
               TEXT("Tokens for programs", "プログラム用のトークン"));
    buf_str(&ex->answer.body, "</p>\n");
    put_workspaces(ex);
    put_codes(ex, account);
    put_password(ex);
    put_sessions(ex);
    frame_end(ex);
}

void access_get_account(struct exchange *ex)
{
    struct account account;
    if (!own_account(ex, &account, NULL)) return;
    page_account(ex, &account, NULL);
    secret_wipe(&account, sizeof account);
}

/* ---- password ------------------------------------------------------------------- */

static void change_password(struct exchange *ex, struct account *account,
                            int64_t revision, const char *password)
{
    if (password_make(password, account->password) != 0) mem_out_of_memory();
    enum store_result result = keep_account(ex, account, revision);
    if (result != STORE_OK) {
        web_store_problem(ex, result, 0);
        return;
    }
    pthread_mutex_lock(&ex->web->lock);
    session_end_all(ex->web->store, account->login, ex->caller.session);
    pthread_mutex_unlock(&ex->web->lock);
    access_audit(ex, "password-changed", "");
    access_go(ex, "/account");
}

void access_post_password(struct exchange *ex)
{
    struct account account;
    struct request_form form;
    int64_t revision;
    const char *notice = NULL;
    if (!own_account(ex, &account, &revision) || access_form(ex, &form) != 0) return;
    const char *password = access_field(&form, "password");
    if (is_present(ex, &account, access_field(&form, "present"), &notice))
        notice = access_judge(ex, password, account.login);
    if (notice)
        page_account(ex, &account, notice);
    else
        change_password(ex, &account, revision, password);
    secret_wipe(&account, sizeof account);
}

/* ---- one-time codes ------------------------------------------------------------- */

/* In groups of four, as people type it. */
static const char *grouped(struct exchange *ex, const char *key)
{
    struct buf out = {0};
    for (size_t i = 0; key[i]; i++) {
        if (i && i % 4 == 0) buf_char(&out, ' ');
        buf_char(&out, key[i]);
    }
    const char *text = arena_str(&ex->arena, buf_text(&out));
    buf_fini(&out);
    return text;
}

/* A key that is confirmed by its first code. */
static void page_code(struct exchange *ex, const struct account *account,
                      const char *notice)
{
    struct buf *out = &ex->answer.body;
    const char *address =
        arena_printf(&ex->arena, "otpauth://totp/Awai:%s?secret=%s&issuer=Awai",
                     account->login, account->next_key);
    frame_open(ex, &(struct frame){.title = TEXT("One-time codes", "ワンタイムコード"),
                                   .asset = "access"});
    frame_notice(ex, notice);
    frame_element(
        ex, "p",
        TEXT("Owners need them, and everybody else may have them. Take this key "
             "into an authenticator app: with its camera, by the link, or "
             "typed.",
             "管理者には必須で、他の人も設定できる。認証アプリに、カメラ、リンク又は"
             "手入力でこの鍵を登録する。"));
    access_qr(out, address);
    buf_str(out, "<p><a href=\"");
    buf_html(out, address);
    buf_str(out, "\">");
    frame_text(ex, TEXT("Open in an app on this device", "この端末のアプリで開く"));
    buf_str(out, "</a></p>\n");
    access_secret(ex, TEXT("Key", "鍵"), grouped(ex, account->next_key));
    access_open_form(ex, "/account/code");
    access_whose(ex, ex->caller.login);
    access_input(ex, &present);
    access_input(ex, &(struct access_input){
                         .name = "code",
                         .type = "text",
                         .autocomplete = "one-time-code",
                         .label = TEXT("The six digits that the app shows now",
                                       "アプリが今表示している6桁")});
    access_close_form(ex, TEXT("Switch on", "有効にする"));
    frame_end(ex);
}

/* A key waits for its confirmation; the one in use stays until then. */
void access_get_code(struct exchange *ex)
{
    struct account account;
    int64_t revision;
    enum store_result result = STORE_OK;
    if (!own_account(ex, &account, &revision)) return;
    if (account.next_key[0] == '\0') {
        totp_key_new(account.next_key);
        result = keep_account(ex, &account, revision);
    }
    if (result == STORE_OK)
        page_code(ex, &account, NULL);
    else
        web_store_problem(ex, result, 0);
    secret_wipe(&account, sizeof account);
}

static void page_recovery(struct exchange *ex,
                          char codes[RECOVERY_CODES][RECOVERY_TEXT])
{
    struct buf text = {0};
    for (size_t i = 0; i < RECOVERY_CODES; i++)
        buf_printf(&text, "%s%s", i ? "\n" : "", codes[i]);
    frame_open(ex, &(struct frame){.title = TEXT("Recovery codes", "回復コード"),
                                   .asset = "access"});
    access_secret(
        ex,
        TEXT("One-time codes are on. Keep these: each is taken once instead of "
             "a code. They are shown now and never again.",
             "ワンタイムコードを有効にした。次の回復コードを保管する。"
             "それぞれ一度だけ、コードの代わりに使える。表示は今回限り。"),
        buf_text(&text));
    buf_str(&ex->answer.body, "<p>");
    frame_link(ex, "/", TEXT("On to the systems", "システム一覧へ"));
    buf_str(&ex->answer.body, "</p>\n");
    frame_end(ex);
    buf_fini(&text);
}

/* The key that was confirmed takes effect, with recovery codes. */
static void switch_on(struct exchange *ex, struct account *account, int64_t revision,
                      int64_t step)
{
    char codes[RECOVERY_CODES][RECOVERY_TEXT];
    snprintf(account->code_key, sizeof account->code_key, "%s", account->next_key);
    account->next_key[0] = '\0';
    account->code_used = step;
    account_new_recovery(account, codes);
    enum store_result result = keep_account(ex, account, revision);
    if (result != STORE_OK) {
        web_store_problem(ex, result, 0);
        return;
    }
    pthread_mutex_lock(&ex->web->lock);
    session_end_all(ex->web->store, account->login, ex->caller.session);
    pthread_mutex_unlock(&ex->web->lock);
    access_audit(ex, "codes-on", "");
    page_recovery(ex, codes);
    secret_wipe(codes, sizeof codes);
}

void access_post_code(struct exchange *ex)
{
    struct account account;
    struct request_form form;
    int64_t revision, step = 0;
    const char *notice = NULL;
    if (!own_account(ex, &account, &revision) || access_form(ex, &form) != 0) return;
    if (is_present(ex, &account, access_field(&form, "present"), &notice)) {
        step =
            totp_find(account.next_key, access_field(&form, "code"), access_now_s(), 0);
        if (step == 0) notice = access_told(ex, DIAG_CODE_WRONG, NULL);
    }
    if (notice)
        page_code(ex, &account, notice);
    else
        switch_on(ex, &account, revision, step);
    secret_wipe(&account, sizeof account);
}

/* ---- sessions and workspaces ---------------------------------------------------- */

void access_post_end_session(struct exchange *ex)
{
    struct request_form form;
    if (!access_wants_accounts(ex) || access_form(ex, &form) != 0) return;
    const char *id = access_field(&form, "id");
    pthread_mutex_lock(&ex->web->lock);
    const char *key = secret_by_id(ex->web->store, &session_kind, id, ex->caller.login,
                                   NULL, &ex->arena);
    enum store_result result =
        key ? store_record_drop(ex->web->store, session_kind.kind, key) : STORE_MISSING;
    pthread_mutex_unlock(&ex->web->lock);
    if (result != STORE_OK) {
        web_store_problem(ex, result, 0);
        return;
    }
    access_audit(ex, "session-ended", id);
    access_go(ex, "/account");
}

void access_post_end_others(struct exchange *ex)
{
    if (!access_wants_accounts(ex)) return;
    pthread_mutex_lock(&ex->web->lock);
    enum store_result result =
        session_end_all(ex->web->store, ex->caller.login, ex->caller.session);
    pthread_mutex_unlock(&ex->web->lock);
    if (result != STORE_OK) {
        web_store_problem(ex, result, 0);
        return;
    }
    access_audit(ex, "sessions-ended", "all others");
    access_go(ex, "/account");
}

/* Opens another workspace in this session. With the lock. */
static enum store_result open_workspace(struct exchange *ex, const char *workspace)
{
    struct session session;
    int64_t revision;
    if (member_role(ex->web->store, workspace, ex->caller.login) == ROLE_NONE)
        return STORE_MISSING; // it may be there for others
    enum store_result result = record_get(ex->web->store, &session_kind,
                                          ex->caller.session, &session, &revision);
    if (result != STORE_OK) return result;
    snprintf(session.workspace, sizeof session.workspace, "%s", workspace);
    return record_put(ex->web->store, &session_kind, ex->caller.session, &session,
                      revision);
}

void access_post_workspace(struct exchange *ex)
{
    struct request_form form;
    if (!access_wants_accounts(ex) || access_form(ex, &form) != 0) return;
    pthread_mutex_lock(&ex->web->lock);
    enum store_result result = open_workspace(ex, access_field(&form, "workspace"));
    pthread_mutex_unlock(&ex->web->lock);
    if (result != STORE_OK)
        web_store_problem(ex, result, 0);
    else
        access_go(ex, "/");
}

struct new_workspace {
    const char *name, *login;
    int64_t now_s;
};

static enum store_result make_workspace(struct store *store, void *context)
{
    const struct new_workspace *n = context;
    struct workspace workspace = {.made_s = n->now_s};
    snprintf(workspace.name, sizeof workspace.name, "%s", n->name);
    enum store_result result =
        record_put(store, &workspace_kind, n->name, &workspace, 0);
    if (result != STORE_OK) return result;
    return member_set(store, n->name, n->login, ROLE_OWNER, n->now_s);
}

/* 1 if nobody has used the name, nor put systems there by an import. With the lock. */
static int is_free(struct exchange *ex, const char *name)
{
    struct list found = {0};
    if (store_workspaces(ex->web->store, &ex->arena, &found) != STORE_OK) return 0;
    for (uint32_t i = 0; i < found.n; i++)
        if (strcmp(((const char *const *)found.items)[i], name) == 0) return 0;
    return strcmp(name, STORE_WORKSPACE) != 0;
}

void access_post_new_workspace(struct exchange *ex)
{
    struct request_form form;
    if (!access_wants_accounts(ex) || access_form(ex, &form) != 0) return;
    struct new_workspace n = {access_field(&form, "workspace"), ex->caller.login,
                              access_now_s()};
    ex->slug = n.name;
    if (!schema_is_id(n.name) || strlen(n.name) >= WORKSPACE_TEXT) {
        web_problem(ex, DIAG_REQUEST_SLUG, NULL);
        return;
    }
    pthread_mutex_lock(&ex->web->lock);
    enum store_result result = is_free(ex, n.name)
                                   ? store_together(ex->web->store, make_workspace, &n)
                                   : STORE_EXISTS;
    if (result == STORE_OK) result = open_workspace(ex, n.name);
    pthread_mutex_unlock(&ex->web->lock);
    if (result == STORE_OK)
        access_go(ex, "/");
    else
        web_store_problem(ex, result, 0);
}
