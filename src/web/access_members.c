// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The members of the workspace: who is one, in which role, and links for those who are
 * to become one or have lost their password. Whoever is no member here is as if he were
 * nowhere.
 */
#include <string.h>

#include "web/frame.h"

/* ---- the page ------------------------------------------------------------------- */

static void put_roles(struct exchange *ex, const char *id, enum access_role now)
{
    struct buf *out = &ex->answer.body;
    buf_printf(out, "<select id=\"%s\" name=\"role\" aria-label=\"", id);
    frame_text(ex, TEXT("Role", "役割"));
    buf_str(out, "\">");
    for (int role = ROLE_VIEWER; role < N_ROLES; role++) {
        buf_printf(out, "<option value=\"%s\"%s>", role_names[role],
                   role == (int)now ? " selected" : "");
        frame_text(ex, role_text((enum access_role)role));
        buf_str(out, "</option>");
    }
    if (now != ROLE_NONE) {
        buf_str(out, "<option value=\"\">");
        frame_text(ex, TEXT("no member any more", "メンバーから外す"));
        buf_str(out, "</option>");
    }
    buf_str(out, "</select>");
}

static void put_member(struct exchange *ex, const struct member *m, size_t i)
{
    struct buf *out = &ex->answer.body;
    buf_str(out, "<tr><th scope=\"row\">");
    buf_html(out, m->login);
    buf_str(out, "</th>");
    access_time_cell(ex, m->made_s);
    buf_str(out, "<td class=\"row\">");
    access_open_form(ex, "/members/role");
    access_hidden(ex, "login", m->login);
    put_roles(ex, arena_printf(&ex->arena, "role-%zu", i), (enum access_role)m->role);
    access_close_form(ex, TEXT("Set", "変更"));
    buf_str(out, "</td><td>");
    access_post_button(ex, "/members/reset", "login", m->login,
                       TEXT("Make a link", "リンクを作る"));
    buf_str(out, "</td></tr>\n");
}

static void put_members(struct exchange *ex)
{
    static const struct text heads[] = {
        {{"Login", "ログイン名"}},
        {{"Since", "参加"}},
        {{"Role", "役割"}},
        {{"New password", "パスワードの再設定"}},
    };
    struct member *members = NULL;
    size_t n = 0;
    pthread_mutex_lock(&ex->web->lock);
    member_list(ex->web->store, ex->workspace, NULL, &ex->arena, &members, &n);
    pthread_mutex_unlock(&ex->web->lock);
    frame_heads(ex, heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < n; i++)
        put_member(ex, &members[i], i);
    buf_str(&ex->answer.body, "</tbody></table></div>\n");
}

static void put_link(struct exchange *ex, const char *key, const struct link *l)
{
    struct buf *out = &ex->answer.body;
    char id[ID_TEXT];
    snprintf(id, sizeof id, "%s", key);
    buf_str(out, "<li>");
    if (l->role == ROLE_NONE) {
        frame_text(ex, TEXT("New password for ", "パスワードの再設定: "));
        buf_html(out, l->login);
    } else {
        frame_text(ex, TEXT("New member: ", "新しいメンバー: "));
        frame_text(ex, role_text((enum access_role)l->role));
    }
    frame_text(ex, TEXT(", by ", "、作成者 "));
    if (l->by[0])
        buf_html(out, l->by);
    else
        frame_text(ex, TEXT("the server", "サーバー"));
    frame_text(ex, TEXT(", until ", "、期限 "));
    frame_time(ex, l->ends_s);
    access_post_button(ex, "/members/link/end", "id", id, TEXT("Withdraw", "取り消す"));
    buf_str(out, "</li>\n");
}

static void put_links(struct exchange *ex)
{
    struct record_list all;
    size_t n = 0;
    pthread_mutex_lock(&ex->web->lock);
    record_all(ex->web->store, &link_kind, &ex->arena, &all);
    pthread_mutex_unlock(&ex->web->lock);
    frame_element(ex, "h2", TEXT("Links that have not been used", "未使用のリンク"));
    buf_str(&ex->answer.body, "<ul class=\"rows\">\n");
    for (size_t i = 0; i < all.n; i++) {
        const struct link *l = &((const struct link *)all.values)[i];
        if (strcmp(l->workspace, ex->workspace) != 0) continue;
        put_link(ex, all.keys[i], l);
        n++;
    }
    buf_str(&ex->answer.body, "</ul>\n");
    if (n == 0) frame_element(ex, "p", TEXT("None.", "なし。"));
}

static void put_invite(struct exchange *ex)
{
    struct buf *out = &ex->answer.body;
    frame_element(ex, "h2", TEXT("A new member", "新しいメンバー"));
    access_open_form(ex, "/members/invite");
    buf_str(out, "<label for=\"role\">");
    frame_text(ex, TEXT("Role", "役割"));
    buf_str(out, "</label>");
    put_roles(ex, "role", ROLE_NONE);
    access_close_form(ex, TEXT("Make a link for somebody without an account",
                               "アカウントの無い人のためのリンクを作る"));
    access_open_form(ex, "/members/role");
    access_input(ex, &(struct access_input){
                         .name = "login",
                         .type = "text",
                         .autocomplete = "off",
                         .label = TEXT("Or the login of somebody who has an account",
                                       "又は、アカウントのある人のログイン名")});
    put_roles(ex, "role-add", ROLE_NONE);
    access_close_form(ex, TEXT("Add", "加える"));
}

static void page_members(struct exchange *ex, const char *notice, const char *link)
{
    const char *workspace = ex->workspace;
    frame_open(ex,
               &(struct frame){
                   .title = {{arena_printf(&ex->arena, "Members of %s", workspace),
                              arena_printf(&ex->arena, "%s のメンバー", workspace)}},
                   .asset = "access"});
    frame_notice(ex, notice);
    if (link)
        access_secret(ex,
                      TEXT("Give this link to that person, by a way that nobody else "
                           "reads. It works once, within three days.",
                           "このリンクを、他の人に読まれない方法で本人に渡す。"
                           "3日以内に一度だけ使える。"),
                      link);
    put_members(ex);
    put_invite(ex);
    put_links(ex);
    frame_end(ex);
}

void access_get_members(struct exchange *ex)
{
    if (access_wants_accounts(ex)) page_members(ex, NULL, NULL);
}

/* ---- changes -------------------------------------------------------------------- */

/* The address that leads to a link's page: by the name by which this page was asked
 * for, which is one of ours. */
static const char *address_of(struct exchange *ex, const char *secret)
{
    int is_https = ex->web->access.is_tls ||
                   (ex->head.origin && strncmp(ex->head.origin, "https", 5) == 0);
    return arena_printf(&ex->arena, "%s://%s/link/%s", is_https ? "https" : "http",
                        ex->head.host, secret);
}

static void make_link(struct exchange *ex, struct link *link, const char *what,
                      const char *about)
{
    char secret[SECRET_TEXT];
    link->ends_s = access_now_s() + LINK_S;
    snprintf(link->workspace, sizeof link->workspace, "%s", ex->workspace);
    snprintf(link->by, sizeof link->by, "%s", ex->caller.login);
    pthread_mutex_lock(&ex->web->lock);
    enum store_result result = link_new(ex->web->store, link, secret);
    pthread_mutex_unlock(&ex->web->lock);
    if (result != STORE_OK) {
        web_store_problem(ex, result, 0);
        return;
    }
    access_audit(ex, what, arena_printf(&ex->arena, "%s %s", ex->workspace, about));
    page_members(ex, NULL, address_of(ex, secret));
}

void access_post_invite(struct exchange *ex)
{
    struct request_form form;
    if (!access_wants_accounts(ex) || access_form(ex, &form) != 0) return;
    enum access_role role = role_of(access_field(&form, "role"));
    if (role == ROLE_NONE) {
        web_problem(ex, DIAG_REQUEST_MALFORMED, NULL);
        return;
    }
    make_link(ex, &(struct link){.role = (int)role}, "member-invited",
              role_names[role]);
}

void access_post_reset(struct exchange *ex)
{
    struct request_form form;
    struct link link = {.role = ROLE_NONE};
    if (!access_wants_accounts(ex) || access_form(ex, &form) != 0) return;
    if (!login_read(access_field(&form, "login"), link.login)) link.login[0] = '\0';
    pthread_mutex_lock(&ex->web->lock);
    enum store_result result =
        member_may_reset(ex->web->store, ex->workspace, ex->caller.login, link.login);
    pthread_mutex_unlock(&ex->web->lock);
    if (result == STORE_REFUSED)
        web_problem(ex, DIAG_REQUEST_RIGHT, NULL);
    else if (result != STORE_OK)
        web_store_problem(ex, result, 0);
    else
        make_link(ex, &link, "reset-link", link.login);
}

/* Sets a role; somebody new must have an account. With the lock. */
static enum store_result set_role(struct exchange *ex, const char *login,
                                  enum access_role role)
{
    struct account account;
    enum store_result result = account_get(ex->web->store, login, &account, NULL);
    secret_wipe(&account, sizeof account);
    if (result != STORE_OK) return result;
    return member_set(ex->web->store, ex->workspace, login, role, access_now_s());
}

void access_post_role(struct exchange *ex)
{
    struct request_form form;
    char login[LOGIN_TEXT] = "";
    if (!access_wants_accounts(ex) || access_form(ex, &form) != 0) return;
    const char *word = access_field(&form, "role");
    enum access_role role = role_of(word);
    if (role == ROLE_NONE && word[0]) {
        web_problem(ex, DIAG_REQUEST_MALFORMED, NULL);
        return;
    }
    if (!login_read(access_field(&form, "login"), login)) login[0] = '\0';
    pthread_mutex_lock(&ex->web->lock);
    enum store_result result = set_role(ex, login, role);
    pthread_mutex_unlock(&ex->web->lock);
    if (result == STORE_REFUSED) {
        page_members(ex, access_told(ex, DIAG_OWNER_LAST, NULL), NULL);
    } else if (result != STORE_OK) {
        web_store_problem(ex, result, 0);
    } else {
        access_audit(ex, "role-set",
                     arena_printf(&ex->arena, "%s %s %s", ex->workspace, login, word));
        access_go(ex, "/members");
    }
}

void access_post_end_link(struct exchange *ex)
{
    struct request_form form;
    if (!access_wants_accounts(ex) || access_form(ex, &form) != 0) return;
    const char *id = access_field(&form, "id");
    pthread_mutex_lock(&ex->web->lock);
    const char *key =
        secret_by_id(ex->web->store, &link_kind, id, NULL, ex->workspace, &ex->arena);
    enum store_result result =
        key ? store_record_drop(ex->web->store, link_kind.kind, key) : STORE_MISSING;
    pthread_mutex_unlock(&ex->web->lock);
    if (result != STORE_OK) {
        web_store_problem(ex, result, 0);
        return;
    }
    access_audit(ex, "link-withdrawn",
                 arena_printf(&ex->arena, "%s %s", ex->workspace, id));
    access_go(ex, "/members");
}
