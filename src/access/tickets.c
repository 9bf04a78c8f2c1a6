// SPDX-License-Identifier: Apache-2.0
/*
 * What is had by a secret: sessions, known browsers, tokens and one-time links; see
 * accounts.h. Each is a record under the hash of its secret.
 */
#include <stdio.h>
#include <string.h>

#include "access/accounts.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const struct record_field session_fields[] = {
    RECORD_TEXT_AT(struct session, login),    RECORD_TEXT_AT(struct session, workspace),
    RECORD_TEXT_AT(struct session, source),   RECORD_TEXT_AT(struct session, agent),
    RECORD_NUMBER_AT(struct session, made_s), RECORD_NUMBER_AT(struct session, seen_s),
};
static const struct record_field token_fields[] = {
    RECORD_TEXT_AT(struct token, login),
    RECORD_TEXT_AT(struct token, workspace),
    RECORD_TEXT_AT(struct token, name),
    RECORD_WORD_AT(struct token, scope, scope_names, N_SCOPES),
    RECORD_NUMBER_AT(struct token, made_s),
    RECORD_NUMBER_AT(struct token, ends_s),
    RECORD_NUMBER_AT(struct token, seen_s),
};
static const struct record_field link_fields[] = {
    RECORD_TEXT_AT(struct link, login),
    RECORD_TEXT_AT(struct link, workspace),
    RECORD_TEXT_AT(struct link, by),
    RECORD_WORD_AT(struct link, role, role_names, N_ROLES),
    RECORD_NUMBER_AT(struct link, ends_s),
};
static const struct record_field device_fields[] = {
    RECORD_TEXT_AT(struct device, login),
    RECORD_NUMBER_AT(struct device, ends_s),
};
const struct record_kind session_kind = {"session", session_fields,
                                         COUNT(session_fields), sizeof(struct session)};
const struct record_kind token_kind = {"token", token_fields, COUNT(token_fields),
                                       sizeof(struct token)};
const struct record_kind link_kind = {"link", link_fields, COUNT(link_fields),
                                      sizeof(struct link)};
const struct record_kind device_kind = {"device", device_fields, COUNT(device_fields),
                                        sizeof(struct device)};

/* ---- all of them ---------------------------------------------------------------- */

static int session_ends(const void *value, int64_t now_s)
{
    const struct session *s = value;
    return now_s - s->made_s >= SESSION_MOST_S || now_s - s->seen_s >= SESSION_IDLE_S;
}

static int token_ends(const void *value, int64_t now_s)
{
    return now_s >= ((const struct token *)value)->ends_s;
}

static int link_ends(const void *value, int64_t now_s)
{
    return now_s >= ((const struct link *)value)->ends_s;
}

static int device_ends(const void *value, int64_t now_s)
{
    return now_s >= ((const struct device *)value)->ends_s;
}

/* Keeps a value under a new secret. */
static enum store_result put_new(struct store *store, const struct record_kind *kind,
                                 const void *value, char secret[SECRET_TEXT])
{
    char hash[SECRET_TEXT];
    secret_new(secret);
    secret_hash(secret, hash);
    return record_put(store, kind, hash, value, 0);
}

/* The value of a secret, its hash and its revision, which may be NULL. */
static enum store_result find(struct store *store, const struct record_kind *kind,
                              const char *secret, void *value, char hash[SECRET_TEXT],
                              int64_t *revision)
{
    if (strlen(secret) != SECRET_TEXT - 1) return STORE_MISSING;
    secret_hash(secret, hash);
    return record_get(store, kind, hash, value, revision);
}

/* Drops those of a kind for which `is` says 1. */
static enum store_result drop_where(struct store *store, const struct record_kind *kind,
                                    int (*is)(const char *key, const void *value,
                                              const void *context),
                                    const void *context)
{
    struct arena a = {0};
    struct record_list all;
    enum store_result result = record_all(store, kind, &a, &all);
    for (size_t i = 0; i < all.n && result == STORE_OK; i++) {
        const void *value = (const char *)all.values + i * kind->size;
        if (!is(all.keys[i], value, context)) continue;
        result = store_record_drop(store, kind->kind, all.keys[i]);
        if (result == STORE_MISSING) result = STORE_OK; // somebody else was quicker
    }
    arena_fini(&a);
    return result;
}

/* The login is the first member of each. */
struct whose {
    const char *login, *except;
};
static int is_of(const char *key, const void *value, const void *context)
{
    const struct whose *w = context;
    return strcmp(value, w->login) == 0 &&
           (w->except == NULL || strcmp(key, w->except) != 0);
}

struct ended {
    int (*ends)(const void *value, int64_t now_s);
    int64_t now_s;
};
static int has_ended(const char *key, const void *value, const void *context)
{
    const struct ended *e = context;
    (void)key;
    return e->ends(value, e->now_s);
}

enum store_result accounts_sweep(struct store *store, int64_t now_s)
{
    static const struct {
        const struct record_kind *kind;
        int (*ends)(const void *value, int64_t now_s);
    } kinds[] = {
        {&session_kind, session_ends},
        {&token_kind,   token_ends  },
        {&link_kind,    link_ends   },
        {&device_kind,  device_ends },
    };
    enum store_result result = STORE_OK;
    for (size_t i = 0; i < COUNT(kinds) && result == STORE_OK; i++)
        result = drop_where(store, kinds[i].kind, has_ended,
                            &(struct ended){kinds[i].ends, now_s});
    return result;
}

/* Also those that are unreadable. */
static enum store_result drop_all(struct store *store, const struct record_kind *kind)
{
    struct arena a = {0};
    struct list all;
    enum store_result result = store_records(store, kind->kind, &a, &all);
    const struct store_record *records = all.items;
    for (uint32_t i = 0; i < all.n && result == STORE_OK; i++) {
        result = store_record_drop(store, kind->kind, records[i].key);
        if (result == STORE_MISSING) result = STORE_OK; // somebody else was quicker
    }
    arena_fini(&a);
    return result;
}

enum store_result accounts_log_out_all(struct store *store)
{
    const struct record_kind *const kinds[] = {&session_kind, &link_kind, &device_kind};
    enum store_result result = STORE_OK;
    for (size_t i = 0; i < COUNT(kinds) && result == STORE_OK; i++)
        result = drop_all(store, kinds[i]);
    return result;
}

/* The workspace follows the login in all that are had by an id. */
_Static_assert(offsetof(struct session, workspace) == LOGIN_TEXT &&
                   offsetof(struct token, workspace) == LOGIN_TEXT &&
                   offsetof(struct link, workspace) == LOGIN_TEXT,
               "is_wanted looks there");
static int is_wanted(const char *value, const char *login, const char *workspace)
{
    return (login == NULL || strcmp(value, login) == 0) &&
           (workspace == NULL || strcmp(value + LOGIN_TEXT, workspace) == 0);
}

const char *secret_by_id(struct store *store, const struct record_kind *kind,
                         const char *id, const char *login, const char *workspace,
                         struct arena *a)
{
    struct record_list all;
    if (strlen(id) != ID_TEXT - 1) return NULL;
    if (record_all(store, kind, a, &all) != STORE_OK) return NULL;
    for (size_t i = 0; i < all.n; i++) {
        const char *value = (const char *)all.values + i * kind->size;
        if (strncmp(all.keys[i], id, ID_TEXT - 1) == 0 &&
            is_wanted(value, login, workspace))
            return all.keys[i];
    }
    return NULL;
}

/* ---- sessions ------------------------------------------------------------------- */

enum store_result session_new(struct store *store, const struct session *session,
                              char secret[SECRET_TEXT])
{
    return put_new(store, &session_kind, session, secret);
}

enum store_result session_find(struct store *store, const char *secret, int64_t now_s,
                               struct session *session, char hash[SECRET_TEXT])
{
    int64_t revision;
    enum store_result result =
        find(store, &session_kind, secret, session, hash, &revision);
    if (result != STORE_OK) return result;
    if (session_ends(session, now_s)) {
        store_record_drop(store, session_kind.kind, hash);
        return STORE_MISSING;
    }
    if (now_s - session->seen_s < SESSION_SEEN_S) return STORE_OK;
    session->seen_s = now_s;
    // on a full disk one can still look around; what was ended meanwhile stays ended
    record_put(store, &session_kind, hash, session, revision);
    return STORE_OK;
}

enum store_result session_end_all(struct store *store, const char *login,
                                  const char *except)
{
    return drop_where(store, &session_kind, is_of, &(struct whose){login, except});
}

/* ---- devices -------------------------------------------------------------------- */

enum store_result device_new(struct store *store, const char *login, int64_t now_s,
                             char secret[SECRET_TEXT])
{
    struct device device = {.ends_s = now_s + DEVICE_S};
    snprintf(device.login, sizeof device.login, "%s", login);
    return put_new(store, &device_kind, &device, secret);
}

int device_is(struct store *store, const char *secret, const char *login, int64_t now_s)
{
    char hash[SECRET_TEXT];
    struct device device;
    return find(store, &device_kind, secret, &device, hash, NULL) == STORE_OK &&
           strcmp(device.login, login) == 0 && !device_ends(&device, now_s);
}

/* ---- tokens --------------------------------------------------------------------- */

enum store_result token_new(struct store *store, const struct token *token,
                            char secret[SECRET_TEXT])
{
    return put_new(store, &token_kind, token, secret);
}

enum store_result token_find(struct store *store, const char *secret, int64_t now_s,
                             struct token *token)
{
    char hash[SECRET_TEXT];
    int64_t revision;
    enum store_result result = find(store, &token_kind, secret, token, hash, &revision);
    if (result != STORE_OK) return result;
    if (token_ends(token, now_s)) return STORE_MISSING;
    if (now_s - token->seen_s < TOKEN_SEEN_S) return STORE_OK;
    token->seen_s = now_s;
    record_put(store, &token_kind, hash, token, revision);
    return STORE_OK;
}

enum store_result token_end_all(struct store *store, const char *login)
{
    return drop_where(store, &token_kind, is_of, &(struct whose){login, NULL});
}

/* ---- one-time links ------------------------------------------------------------- */

enum store_result link_new(struct store *store, const struct link *link,
                           char secret[SECRET_TEXT])
{
    return put_new(store, &link_kind, link, secret);
}

/* 1 if who has made a link may still do what it does. */
static int is_backed(struct store *store, const struct link *link)
{
    if (link->by[0] == '\0') return 1;
    if (member_role(store, link->workspace, link->by) != ROLE_OWNER) return 0;
    return link->role != ROLE_NONE ||
           member_may_reset(store, link->workspace, link->by, link->login) == STORE_OK;
}

enum store_result link_find(struct store *store, const char *secret, int64_t now_s,
                            struct link *link)
{
    char hash[SECRET_TEXT];
    enum store_result result = find(store, &link_kind, secret, link, hash, NULL);
    if (result != STORE_OK) return result;
    return link_ends(link, now_s) || !is_backed(store, link) ? STORE_MISSING : STORE_OK;
}

struct use {
    const char *secret, *login, *password;
    int64_t now_s;
};

static enum store_result make_account(struct store *store, const struct link *link,
                                      const struct use *use)
{
    struct account account = {.made_s = use->now_s};
    snprintf(account.login, sizeof account.login, "%s", use->login);
    snprintf(account.password, sizeof account.password, "%s", use->password);
    enum store_result result = account_put(store, &account, 0);
    if (result != STORE_OK) return result;
    return member_set(store, link->workspace, use->login, (enum access_role)link->role,
                      use->now_s);
}

static enum store_result give_password(struct store *store, const struct link *link,
                                       const struct use *use)
{
    struct account account;
    int64_t revision;
    enum store_result result = account_get(store, link->login, &account, &revision);
    if (result != STORE_OK) return result;
    snprintf(account.password, sizeof account.password, "%s", use->password);
    account.code_key[0] = account.next_key[0] = account.recovery[0] = '\0';
    result = account_put(store, &account, revision);
    if (result == STORE_OK) result = session_end_all(store, link->login, NULL);
    if (result == STORE_OK) result = token_end_all(store, link->login);
    return result;
}

static enum store_result use_within(struct store *store, void *context)
{
    const struct use *use = context;
    char hash[SECRET_TEXT];
    struct link link;
    enum store_result result = link_find(store, use->secret, use->now_s, &link);
    if (result != STORE_OK) return result;
    secret_hash(use->secret, hash);
    result = store_record_drop(store, link_kind.kind, hash);
    if (result != STORE_OK) return result;
    return link.role == ROLE_NONE ? give_password(store, &link, use)
                                  : make_account(store, &link, use);
}

enum store_result link_use(struct store *store, const char *secret, const char *login,
                           const char *password_kept, int64_t now_s)
{
    struct use use = {secret, login, password_kept, now_s};
    return store_together(store, use_within, &use);
}
