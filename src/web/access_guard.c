// SPDX-License-Identifier: Apache-2.0
/*
 * Who asks, and whether he may: the one place that decides; see access.h. A caller is
 * found by a token (Authorization) or else by a session (cookie), never by both, so
 * that a browser's session adds nothing to what a program's token may do.
 *
 * A change with a session must say that it comes from a page of ours: browsers say so
 * of every form and call (Origin), and a page of another site cannot.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/words.h"
#include "web/web_int.h"

int64_t access_now_s(void)
{
    return (int64_t)time(NULL);
}

/* ---- hosts and origins ---------------------------------------------------------- */

int access_is_own_host(const struct web *web, const char *host)
{
    if (request_is_own_host(host, web->port)) return 1;
    if (request_is_host(host, web->access.own_host)) return 1;
    for (size_t i = 0; i < web->access.n_hosts; i++)
        if (request_is_host(host, web->access.hosts[i])) return 1;
    return 0;
}

static int is_own_origin(const struct exchange *ex)
{
    const struct web_access *access = &ex->web->access;
    const struct request_head *h = &ex->head;
    const char *scheme = access->is_tls ? "https" : "http";
    return request_is_own_origin(h->origin, scheme, h->host) ||
           (access->may_be_behind_tls &&
            request_is_own_origin(h->origin, "https", h->host));
}

static int is_change(const struct exchange *ex)
{
    return strcmp(ex->route->method, "GET") != 0;
}

/* 1 if a change comes from a page of ours, or without a session from a program, which
 * sends no Origin and tells no site. */
static int is_from_here(const struct exchange *ex)
{
    const struct request_head *h = &ex->head;
    int is_same = h->site && strcmp(h->site, "same-origin") == 0;
    if (h->origin && !is_own_origin(ex)) return 0;
    if (ex->caller.kind == CALLER_SESSION) return h->origin || is_same;
    return h->site == NULL || is_same || strcmp(h->site, "none") == 0;
}

/* ---- cookies -------------------------------------------------------------------- */

/* With TLS a name that no other host may set, and no page without TLS. */
static const char *cookie_name(struct exchange *ex, const char *name)
{
    const char *mark = ex->web->access.is_tls ? "__Host-" : "";
    return arena_printf(&ex->arena, "%sawai-%s", mark, name);
}

const char *access_cookie(struct exchange *ex, const char *name)
{
    return request_cookie(ex->head.cookie, cookie_name(ex, name), &ex->arena);
}

void access_set_cookie(struct exchange *ex, const char *name, const char *value,
                       int64_t most_s)
{
    const size_t n = sizeof ex->answer.cookies / sizeof *ex->answer.cookies;
    const char *age = "";
    size_t i = 0;
    while (i < n - 1 && ex->answer.cookies[i])
        i++;
    if (most_s || value[0] == '\0')
        age = arena_printf(&ex->arena, "; Max-Age=%lld", (long long)most_s);
    ex->answer.cookies[i] = arena_printf(
        &ex->arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s", cookie_name(ex, name),
        value, ex->web->access.is_tls ? "; Secure" : "", age);
}

/* ---- the caller ----------------------------------------------------------------- */

static void copy(char *out, size_t size, const char *s)
{
    snprintf(out, size, "%s", s);
}

/* What a login may in a workspace. With the lock. */
static void take_role(struct exchange *ex, const char *login, const char *workspace,
                      unsigned within)
{
    struct caller *c = &ex->caller;
    struct account account;
    copy(c->login, sizeof c->login, login);
    copy(c->workspace, sizeof c->workspace, workspace);
    c->role = member_role(ex->web->store, workspace, login);
    c->rights = rights_of_role(c->role) & within;
    if (account_get(ex->web->store, login, &account, NULL) != STORE_OK)
        c->rights = 0; // nobody's session: the account has gone
    c->lacks_code = c->role == ROLE_OWNER && account.code_key[0] == '\0';
    secret_wipe(&account, sizeof account);
}

static enum store_result find_token(struct exchange *ex, const char *secret)
{
    struct token token;
    enum store_result result =
        token_find(ex->web->store, secret, access_now_s(), &token);
    if (result != STORE_OK) return result;
    ex->caller.kind = CALLER_TOKEN;
    take_role(ex, token.login, token.workspace,
              rights_of_scope((enum access_scope)token.scope));
    return STORE_OK;
}

static enum store_result find_session(struct exchange *ex, const char *secret)
{
    struct session session;
    enum store_result result = session_find(ex->web->store, secret, access_now_s(),
                                            &session, ex->caller.session);
    if (result != STORE_OK) return result;
    ex->caller.kind = CALLER_SESSION;
    take_role(ex, session.login, session.workspace, ~0u);
    return STORE_OK;
}

/* Everybody, where there are no accounts. */
static void be_local(struct caller *c)
{
    c->kind = CALLER_LOCAL;
    c->role = ROLE_OWNER;
    c->rights = rights_of_role(ROLE_OWNER);
    copy(c->login, sizeof c->login, "local");
    copy(c->workspace, sizeof c->workspace, STORE_WORKSPACE);
}

/* STORE_MISSING: nobody whom we know. */
static enum store_result find_caller(struct exchange *ex)
{
    const char *token = request_bearer(ex->head.authorization);
    const char *session = access_cookie(ex, "session");
    enum store_result result = STORE_MISSING;
    ex->caller.rights = 1u << RIGHT_OPEN;
    if (!ex->web->access.is_on) {
        be_local(&ex->caller);
        return STORE_OK;
    }
    pthread_mutex_lock(&ex->web->lock);
    if (ex->head.authorization)
        result = token ? find_token(ex, token) : STORE_MISSING;
    else if (session)
        result = find_session(ex, session);
    pthread_mutex_unlock(&ex->web->lock);
    return result;
}

/* ---- the decision --------------------------------------------------------------- */

/* To the login, and back to this page afterwards. */
static void lead_to_login(struct exchange *ex)
{
    access_go(ex, strcmp(ex->url, "/") == 0
                      ? "/login"
                      : arena_printf(&ex->arena, "/login?next=%s", ex->url));
}

static void refuse(struct exchange *ex)
{
    int is_known = ex->caller.kind != CALLER_NOBODY && ex->caller.rights;
    if (is_known) {
        access_audit(ex, "denied",
                     arena_printf(&ex->arena, "%s %s %s", ex->workspace,
                                  ex->route->method, ex->route->pattern));
        web_problem(ex, DIAG_REQUEST_RIGHT, NULL);
    } else if (ex->route->is_api || is_change(ex))
        web_problem(ex, DIAG_REQUEST_LOGIN, NULL);
    else
        lead_to_login(ex);
}

/* An owner without one-time codes gets as far as the page that sets them up. */
static void demand_code(struct exchange *ex)
{
    if (ex->route->is_api || is_change(ex))
        web_problem(ex, DIAG_REQUEST_CODES, NULL);
    else
        access_go(ex, "/account/code");
}

/* 1 if a change comes from a page of a workspace that is no longer the one open in its
 * session: there, a system may have the same name and number of version. */
static int is_from_elsewhere(const struct exchange *ex)
{
    const char *in = web_query(ex, "in");
    return in && strcmp(in, ex->workspace) != 0 && is_change(ex) &&
           ex->caller.kind == CALLER_SESSION &&
           ex->route->handle != access_post_workspace;
}

int access_admit(struct exchange *ex)
{
    enum store_result result = find_caller(ex);
    ex->workspace = ex->caller.workspace;
    if (result != STORE_OK && result != STORE_MISSING) {
        web_store_problem(ex, result, 0);
        return 0;
    }
    if (is_change(ex) && !is_from_here(ex)) {
        web_problem(ex, DIAG_REQUEST_ORIGIN, NULL);
        return 0;
    }
    if (!rights_have(ex->caller.rights, ex->route->right)) {
        refuse(ex);
        return 0;
    }
    if (ex->caller.lacks_code && ex->route->right > RIGHT_OWN) {
        demand_code(ex);
        return 0;
    }
    if (is_from_elsewhere(ex)) {
        web_problem(ex, DIAG_REQUEST_ELSEWHERE, NULL);
        return 0;
    }
    return 1;
}

/* ---- the audit log -------------------------------------------------------------- */

/* What cannot be noted is told in the log of the server: the change has happened. */
void access_audit_as(struct exchange *ex, const char *who, const char *what,
                     const char *about)
{
    if (!ex->web->access.is_on) return;
    pthread_mutex_lock(&ex->web->lock);
    enum store_result result =
        store_audit_add(ex->web->store, access_now_s(), who, what, about);
    pthread_mutex_unlock(&ex->web->lock);
    if (result != STORE_OK && ex->web->log)
        fprintf(ex->web->log, "audit=failed what=%s\n", what);
}

void access_audit(struct exchange *ex, const char *what, const char *about)
{
    access_audit_as(ex, ex->caller.login, what, about);
}

/* What is looked at here leaves the server as a document. */
static int is_taken_out(const char *pattern)
{
    return strstr(pattern, "/report") != NULL || strstr(pattern, "/export") != NULL;
}

/* Where a route has an entry of its own, with what the address does not tell. */
static int has_own_entry(const struct web_route *route)
{
    return route->right == RIGHT_OPEN || route->right == RIGHT_OWN ||
           strncmp(route->pattern, "/members", 8) == 0;
}

/* Every change of every route, whoever wrote its handler; and what is taken out. Who
 * may only look changes nothing, though an editor's questions come by POST. */
void access_note(struct exchange *ex)
{
    const struct web_route *r = ex->route;
    if (r == NULL || ex->answer.status >= 400 || has_own_entry(r)) return;
    int has_changed = is_change(ex) && r->right > RIGHT_LOOK;
    if (!has_changed && !is_taken_out(r->pattern)) return;
    const char *slug = ex->path.slug[0] ? ex->path.slug : ex->slug ? ex->slug : "";
    const char *about = arena_printf(&ex->arena, "%s/%s", ex->workspace, slug);
    if (ex->path.number)
        about = arena_printf(&ex->arena, "%s version %lld", about,
                             (long long)ex->path.number);
    access_audit(ex, arena_printf(&ex->arena, "%s %s", r->method, r->pattern), about);
}

/* ---- start ---------------------------------------------------------------------- */

static enum store_result make_owner_link(struct web *web, const char *workspace)
{
    struct link link = {.role = ROLE_OWNER, .ends_s = access_now_s() + LINK_S};
    copy(link.workspace, sizeof link.workspace, workspace);
    return link_new(web->store, &link, web->access.owner_link);
}

/* Sweeps, and makes the link if it is wanted or nobody owns the usual workspace. */
static enum store_result prepare(struct web *web, const char *owner_of)
{
    enum store_result result = accounts_sweep(web->store, access_now_s());
    if (result != STORE_OK) return result;
    int owned = accounts_owned(web->store, STORE_WORKSPACE);
    if (owned < 0) return STORE_FAILED;
    if (owner_of == NULL && owned) return STORE_OK;
    return make_owner_link(web, owner_of ? owner_of : STORE_WORKSPACE);
}

int access_begin(struct web *web, const char *owner_of, struct diag_list *d)
{
    int any = accounts_any(web->store);
    if (any > 0 || owner_of) web->access.is_on = 1;
    if (!web->access.is_on && any == 0) return 0;
    if (!password_ready()) {
        DIAG_ADD(d, CANNOT_READ, (struct place){0}, text_same("libargon2.so.1"),
                 words_error(ENOENT));
        return -1;
    }
    web->access.throttle = throttle_new();
    if (any >= 0 && prepare(web, owner_of) == STORE_OK) return 0;
    DIAG_ADD(d, STORE_UNUSABLE, (struct place){0},
             text_same(store_problem(web->store)));
    return -1;
}

void access_listening(struct web *web)
{
    struct web_access *access = &web->access;
    const char *scheme = access->is_tls ? "https" : "http";
    if (access->owner_link[0] == '\0') return;
    if (access->n_hosts)
        snprintf(access->owner_address, sizeof access->owner_address,
                 "%s://%.120s:%u/link/%s", scheme, access->hosts[0], web->port,
                 access->owner_link);
    else
        snprintf(access->owner_address, sizeof access->owner_address, "%slink/%s",
                 web->address, access->owner_link);
    secret_wipe(access->owner_link, sizeof access->owner_link);
}
