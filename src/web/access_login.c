// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Logging in and out, and one-time links. A login is one form: what was wrong in it is
 * not told, nor whether there is such an account, in words or in time. Passwords are
 * compared without the lock, since that takes its time on purpose.
 */
#include <string.h>

#include "web/frame.h"

/* ---- a new session -------------------------------------------------------------- */

/* The workspace to begin with: the usual one, else the first of one's own. With the
 * lock. */
static void first_workspace(struct exchange *ex, const char *login,
                            char workspace[WORKSPACE_TEXT])
{
    struct member *members = NULL;
    size_t n = 0;
    workspace[0] = '\0';
    if (member_role(ex->web->store, STORE_WORKSPACE, login) != ROLE_NONE)
        snprintf(workspace, WORKSPACE_TEXT, "%s", STORE_WORKSPACE);
    else if (member_list(ex->web->store, NULL, login, &ex->arena, &members, &n) ==
                 STORE_OK &&
             n)
        snprintf(workspace, WORKSPACE_TEXT, "%s", members[0].workspace);
}

/* Begins a session with a secret of its own, whatever cookie came; ends the one that
 * did. With the lock. */
static enum store_result begin_session(struct exchange *ex, const char *login)
{
    char secret[SECRET_TEXT], old[SECRET_TEXT];
    const char *before = access_cookie(ex, "session");
    int64_t now_s = access_now_s();
    struct session s = {.made_s = now_s, .seen_s = now_s};
    snprintf(s.login, sizeof s.login, "%s", login);
    snprintf(s.source, sizeof s.source, "%s", ex->head.source);
    snprintf(s.agent, sizeof s.agent, "%.96s", ex->head.agent ? ex->head.agent : "");
    text_clean(s.agent);
    s.agent[text_whole(s.agent, strlen(s.agent))] = '\0';
    first_workspace(ex, login, s.workspace);
    accounts_sweep(ex->web->store, now_s);
    if (before) {
        secret_hash(before, old);
        store_record_drop(ex->web->store, session_kind.kind, old);
    }
    enum store_result result = session_new(ex->web->store, &s, secret);
    if (result == STORE_OK) access_set_cookie(ex, "session", secret, 0);
    return result;
}

/* Marks the browser as one that has logged in. With the lock. */
static void know_device(struct exchange *ex, const char *login)
{
    char secret[SECRET_TEXT];
    const char *known = access_cookie(ex, "device");
    if (known && device_is(ex->web->store, known, login, access_now_s())) return;
    if (device_new(ex->web->store, login, access_now_s(), secret) == STORE_OK)
        access_set_cookie(ex, "device", secret, DEVICE_S);
}

/* ---- login ---------------------------------------------------------------------- */

static void page_login(struct exchange *ex, const char *notice, const char *login,
                       const char *next)
{
    frame_open(ex,
               &(struct frame){.title = TEXT("Log in", "ログイン"), .asset = "access"});
    frame_notice(ex, notice);
    access_open_form(ex, "/login");
    access_hidden(ex, "next", next);
    access_input(ex, &(struct access_input){.name = "login",
                                            .type = "text",
                                            .autocomplete = "username",
                                            .label = TEXT("Login", "ログイン名"),
                                            .value = login});
    access_input(ex, &(struct access_input){.name = "password",
                                            .type = "password",
                                            .autocomplete = "current-password",
                                            .label = TEXT("Password", "パスワード")});
    access_input(ex,
                 &(struct access_input){
                     .name = "code",
                     .type = "text",
                     .autocomplete = "one-time-code",
                     .label = TEXT("One-time code or recovery code, if you have "
                                   "set them up",
                                   "ワンタイムコード又は回復コード(設定している場合)"),
                     .is_optional = 1});
    access_close_form(ex, TEXT("Log in", "ログイン"));
    frame_element(
        ex, "p",
        TEXT(
            "Somebody who owns the workspace gives you a link when you have "
            "no account, or have lost your password.",
            "アカウントが無い場合やパスワードを忘れた場合は、ワークスペースの管理者から"
            "リンクを受け取る。"));
    frame_end(ex);
}

/* Where to go after a login: a page of ours. */
static const char *next_of(const char *asked)
{
    return asked && request_is_path(asked) ? asked : "/";
}

void access_get_login(struct exchange *ex)
{
    if (!access_wants_accounts(ex)) return;
    page_login(ex, NULL, "", next_of(web_query(ex, "next")));
}

/* One login under way. */
struct attempt {
    char login[LOGIN_TEXT]; // "" if none can be called so
    const char *typed, *password, *code, *next;
    const char *place; // what is slowed down: throttle.h
    struct account account;
};

/* What is slowed down with a login: a browser that is known, or an address. With the
 * lock. */
static const char *place_of(struct exchange *ex, const char *login)
{
    const char *device = access_cookie(ex, "device");
    if (device && device_is(ex->web->store, device, login, access_now_s()))
        return arena_printf(&ex->arena, "device %s", device);
    return ex->head.source;
}

/* 1 if the attempt may be made now; it counts. 0 after an answer. */
static int may_try(struct exchange *ex, struct attempt *t)
{
    struct throttle *throttle = ex->web->access.throttle;
    int64_t now_s = access_now_s();
    pthread_mutex_lock(&ex->web->lock);
    t->place = place_of(ex, t->login);
    int64_t wait_s = throttle_wait(throttle, t->login, t->place, now_s);
    if (wait_s == 0) throttle_try(throttle, t->login, t->place, now_s);
    if (wait_s == 0 && t->login[0]) // else it stays empty, and fits no password
        account_get(ex->web->store, t->login, &t->account, NULL);
    pthread_mutex_unlock(&ex->web->lock);
    if (wait_s == 0) return 1;
    ex->answer.retry_s = wait_s;
    const char *seconds = arena_printf(&ex->arena, "%lld", (long long)wait_s);
    page_login(ex, ACCESS_TELL(ex, LOGIN_WAIT, text_same(seconds)), t->typed, t->next);
    return 0;
}

/* Takes the second factor, if there is one, and keeps what changes with the login; 1 if
 * all is right. With the lock: what was read before may be old. */
static int take_code(struct exchange *ex, const struct attempt *t, const char *renewed)
{
    struct account now;
    int64_t revision;
    int changed = renewed[0] != '\0';
    if (account_get(ex->web->store, t->login, &now, &revision) != STORE_OK) return 0;
    if (strcmp(now.password, t->account.password) != 0) return 0;
    if (now.code_key[0]) {
        if (!account_take_code(&now, t->code, access_now_s())) return 0;
        changed = 1;
    }
    if (renewed[0]) snprintf(now.password, sizeof now.password, "%s", renewed);
    return !changed || account_put(ex->web->store, &now, revision) == STORE_OK;
}

/* 1 if login, password and code are right: then there is a session. */
static int try_login(struct exchange *ex, const struct attempt *t)
{
    char renewed[PASSWORD_KEPT] = "";
    if (!password_is(t->account.password, t->password)) return 0;
    if (password_is_old(t->account.password)) password_make(t->password, renewed);
    pthread_mutex_lock(&ex->web->lock);
    int right = take_code(ex, t, renewed) && begin_session(ex, t->login) == STORE_OK;
    if (right) {
        know_device(ex, t->login);
        throttle_right(ex->web->access.throttle, t->login, t->place);
    }
    pthread_mutex_unlock(&ex->web->lock);
    return right;
}

static void log_in(struct exchange *ex, struct attempt *t)
{
    if (!may_try(ex, t)) return;
    int is_known = t->account.login[0] != '\0';
    if (try_login(ex, t)) {
        access_audit_as(ex, t->login, "login", "");
        access_go(ex, t->next);
        return;
    }
    // what stands in the field for the login may be a password typed there
    access_audit_as(ex, is_known ? t->login : "", "login-failed",
                    is_known ? "" : "no such account");
    page_login(ex, access_told(ex, DIAG_LOGIN_WRONG, NULL), t->typed, t->next);
}

void access_post_login(struct exchange *ex)
{
    struct request_form form;
    struct attempt t = {.login = ""};
    if (!access_wants_accounts(ex) || access_form(ex, &form) != 0) return;
    t.typed = access_field(&form, "login");
    t.password = access_field(&form, "password");
    t.code = access_field(&form, "code");
    t.next = next_of(request_field(&form, "next"));
    if (!login_read(t.typed, t.login)) t.login[0] = '\0';
    if (strlen(t.password) > PASSWORD_MOST) t.password = "";
    log_in(ex, &t);
    secret_wipe(&t.account, sizeof t.account);
}

void access_post_logout(struct exchange *ex)
{
    pthread_mutex_lock(&ex->web->lock);
    store_record_drop(ex->web->store, session_kind.kind, ex->caller.session);
    pthread_mutex_unlock(&ex->web->lock);
    access_set_cookie(ex, "session", "", 0);
    access_audit(ex, "logout", "");
    access_go(ex, "/login");
}

/* ---- one-time links ------------------------------------------------------------- */

/* The link of the path; 0 after an answer that it is none. */
static int find_link(struct exchange *ex, struct link *link)
{
    if (!access_wants_accounts(ex)) return 0;
    pthread_mutex_lock(&ex->web->lock);
    enum store_result result =
        link_find(ex->web->store, ex->path.id, access_now_s(), link);
    pthread_mutex_unlock(&ex->web->lock);
    if (result == STORE_OK) return 1;
    if (result == STORE_MISSING)
        web_problem(ex, DIAG_LINK_GONE, NULL);
    else
        web_store_problem(ex, result, 0);
    return 0;
}

static void page_link(struct exchange *ex, const struct link *link, const char *notice,
                      const char *typed)
{
    int is_new = link->role != ROLE_NONE;
    frame_open(ex, &(struct frame){
                       .title = is_new ? TEXT("Your account", "アカウントの作成")
                                       : TEXT("A new password", "新しいパスワード"),
                       .asset = "access"});
    frame_notice(ex, notice);
    access_open_form(ex, arena_printf(&ex->arena, "/link/%s", ex->path.id));
    if (is_new)
        access_input(ex,
                     &(struct access_input){
                         .name = "login",
                         .type = "text",
                         .autocomplete = "username",
                         .label = TEXT("Login, under which others see what you do",
                                       "ログイン名(他の人にはこの名前で表示される)"),
                         .value = typed});
    else
        access_whose(ex, link->login);
    access_input(ex,
                 &(struct access_input){.name = "password",
                                        .type = "password",
                                        .autocomplete = "new-password",
                                        .label = TEXT("Password, 12 characters or more",
                                                      "パスワード(12文字以上)")});
    access_close_form(ex, is_new ? TEXT("Make the account", "アカウントを作る")
                                 : TEXT("Change the password", "パスワードを変える"));
    frame_end(ex);
}

void access_get_link(struct exchange *ex)
{
    struct link link;
    if (find_link(ex, &link)) page_link(ex, &link, NULL, "");
}

/* What is wrong with a new password, as a notice; NULL if nothing is. */
const char *access_judge(struct exchange *ex, const char *password, const char *login)
{
    const char *least = arena_printf(&ex->arena, "%d", PASSWORD_LEAST);
    const char *most = arena_printf(&ex->arena, "%d", PASSWORD_MOST);
    switch (password_judge(password, login)) {
    case PASSWORD_SHORT: return ACCESS_TELL(ex, PASSWORD_SHORT, text_same(least));
    case PASSWORD_LONG: return ACCESS_TELL(ex, PASSWORD_LONG, text_same(most));
    case PASSWORD_COMMON: return access_told(ex, DIAG_PASSWORD_COMMON, NULL);
    case PASSWORD_NAMED: return access_told(ex, DIAG_PASSWORD_NAMED, NULL);
    default: return NULL;
    }
}

/* Uses the link and begins a session. */
static void use_link(struct exchange *ex, const struct link *link, const char *login,
                     const char *password)
{
    char kept[PASSWORD_KEPT];
    if (password_make(password, kept) != 0) mem_out_of_memory();
    pthread_mutex_lock(&ex->web->lock);
    enum store_result result =
        link_use(ex->web->store, ex->path.id, login, kept, access_now_s());
    if (result == STORE_OK) {
        // after a new password one logs in with it; whoever has lost it, does not
        if (link->role != ROLE_NONE) result = begin_session(ex, login);
        if (link->role != ROLE_NONE && result == STORE_OK) know_device(ex, login);
    }
    pthread_mutex_unlock(&ex->web->lock);
    if (result == STORE_EXISTS) {
        page_link(ex, link, ACCESS_TELL(ex, LOGIN_TAKEN, text_same(login)), login);
    } else if (result == STORE_MISSING) {
        web_problem(ex, DIAG_LINK_GONE, NULL);
    } else if (result != STORE_OK) {
        web_store_problem(ex, result, 0);
    } else {
        access_audit_as(
            ex, login, link->role ? "account-made" : "password-reset",
            arena_printf(&ex->arena, "%s %s", link->workspace, role_names[link->role]));
        access_go(ex, link->role == ROLE_NONE    ? "/login"
                      : link->role == ROLE_OWNER ? "/account/code"
                                                 : "/");
    }
}

void access_post_link(struct exchange *ex)
{
    struct request_form form;
    struct link link;
    char login[LOGIN_TEXT];
    if (!find_link(ex, &link) || access_form(ex, &form) != 0) return;
    const char *typed = access_field(&form, "login");
    const char *password = access_field(&form, "password");
    snprintf(login, sizeof login, "%s", link.login);
    if (link.role != ROLE_NONE && !login_read(typed, login)) {
        page_link(ex, &link, access_told(ex, DIAG_LOGIN_NAME, NULL), typed);
        return;
    }
    const char *notice = access_judge(ex, password, login);
    if (notice)
        page_link(ex, &link, notice, typed);
    else
        use_link(ex, &link, login, password);
}
