// SPDX-License-Identifier: Apache-2.0
/* Accounts and their memberships; see accounts.h. */
#include "access/accounts.h"

#include <stdio.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const struct record_field account_fields[] = {
    RECORD_TEXT_AT(struct account, login),
    RECORD_TEXT_AT(struct account, password),
    RECORD_TEXT_AT(struct account, code_key),
    RECORD_TEXT_AT(struct account, next_key),
    RECORD_TEXT_AT(struct account, recovery),
    RECORD_NUMBER_AT(struct account, code_used),
    RECORD_NUMBER_AT(struct account, made_s),
};
static const struct record_field member_fields[] = {
    RECORD_TEXT_AT(struct member, login),
    RECORD_TEXT_AT(struct member, workspace),
    RECORD_WORD_AT(struct member, role, role_names, N_ROLES),
    RECORD_NUMBER_AT(struct member, made_s),
};
static const struct record_field workspace_fields[] = {
    RECORD_TEXT_AT(struct workspace, name),
    RECORD_NUMBER_AT(struct workspace, made_s),
};
const struct record_kind account_kind = {"account", account_fields,
                                         COUNT(account_fields), sizeof(struct account)};
const struct record_kind member_kind = {"member", member_fields, COUNT(member_fields),
                                        sizeof(struct member)};
const struct record_kind workspace_kind = {
    "workspace", workspace_fields, COUNT(workspace_fields), sizeof(struct workspace)};

/* ---- accounts ------------------------------------------------------------------- */

int login_read(const char *typed, char login[LOGIN_TEXT])
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789._+@-";
    size_t n = strlen(typed);
    if (n == 0 || n >= LOGIN_TEXT || typed[0] == '-' || typed[0] == '.') return 0;
    for (size_t i = 0; i < n; i++) {
        int is_capital = typed[i] >= 'A' && typed[i] <= 'Z';
        login[i] = is_capital ? (char)(typed[i] - 'A' + 'a') : typed[i];
    }
    login[n] = '\0';
    return strspn(login, allowed) == n;
}

int accounts_any(struct store *store)
{
    struct arena a = {0};
    struct list found = {0};
    enum store_result result = store_records(store, account_kind.kind, &a, &found);
    arena_fini(&a);
    return result == STORE_OK ? found.n > 0 : -1;
}

static size_t count_owners(const struct member *members, size_t n)
{
    size_t owners = 0;
    for (size_t i = 0; i < n; i++)
        owners += members[i].role == ROLE_OWNER;
    return owners;
}

int accounts_owned(struct store *store, const char *workspace)
{
    struct arena a = {0};
    struct member *members = NULL;
    size_t n = 0;
    enum store_result result = member_list(store, workspace, NULL, &a, &members, &n);
    int owned = count_owners(members, n) > 0;
    arena_fini(&a);
    return result == STORE_OK ? owned : -1;
}

enum store_result account_get(struct store *store, const char *login,
                              struct account *account, int64_t *revision)
{
    return record_get(store, &account_kind, login, account, revision);
}

enum store_result account_put(struct store *store, const struct account *account,
                              int64_t revision)
{
    return record_put(store, &account_kind, account->login, account, revision);
}

/* ---- the second factor ---------------------------------------------------------- */

/* Without blanks and hyphens, in lower case: as people type what they have copied. */
static void strip(const char *typed, char *out, size_t size)
{
    size_t n = 0;
    for (; *typed && n + 1 < size; typed++) {
        if (*typed == ' ' || *typed == '-') continue;
        out[n++] = *typed >= 'A' && *typed <= 'Z' ? (char)(*typed - 'A' + 'a') : *typed;
    }
    out[n] = '\0';
}

/* Takes a recovery code out of those left; 1 if it was one. */
static int take_recovery(struct account *account, const char *stripped)
{
    char hash[SECRET_TEXT];
    secret_hash(stripped, hash);
    char *at = strstr(account->recovery, hash);
    if (at == NULL) return 0;
    memmove(at, at + SECRET_TEXT, strlen(at + SECRET_TEXT) + 1);
    return 1;
}

int account_take_code(struct account *account, const char *code, int64_t now_s)
{
    char typed[RECOVERY_TEXT];
    strip(code, typed, sizeof typed);
    int64_t step = totp_find(account->code_key, typed, now_s, account->code_used);
    if (step == 0) return strlen(typed) > TOTP_DIGITS && take_recovery(account, typed);
    account->code_used = step;
    return 1;
}

void account_new_recovery(struct account *account,
                          char codes[RECOVERY_CODES][RECOVERY_TEXT])
{
    char key[TOTP_KEY_TEXT], typed[RECOVERY_TEXT], hash[SECRET_TEXT];
    account->recovery[0] = '\0';
    for (size_t i = 0; i < RECOVERY_CODES; i++) {
        totp_key_new(key); // 24 characters of its 32 are 120 bits
        snprintf(codes[i], RECOVERY_TEXT, "%.4s-%.4s-%.4s-%.4s-%.4s-%.4s", key, key + 4,
                 key + 8, key + 12, key + 16, key + 20);
        strip(codes[i], typed, sizeof typed);
        secret_hash(typed, hash);
        size_t n = strlen(account->recovery);
        snprintf(account->recovery + n, sizeof account->recovery - n, "%s ", hash);
    }
    secret_wipe(key, sizeof key);
}

int account_recovery_left(const struct account *account)
{
    return (int)(strlen(account->recovery) / SECRET_TEXT);
}

/* ---- memberships ---------------------------------------------------------------- */

static void member_key(const char *workspace, const char *login, char *key, size_t size)
{
    snprintf(key, size, "%s/%s", workspace, login);
}

enum access_role member_role(struct store *store, const char *workspace,
                             const char *login)
{
    char key[WORKSPACE_TEXT + LOGIN_TEXT];
    struct member member;
    member_key(workspace, login, key, sizeof key);
    if (record_get(store, &member_kind, key, &member, NULL) != STORE_OK)
        return ROLE_NONE;
    return (enum access_role)member.role;
}

enum store_result member_list(struct store *store, const char *workspace,
                              const char *login, struct arena *a, struct member **out,
                              size_t *n)
{
    struct record_list all;
    enum store_result result = record_all(store, &member_kind, a, &all);
    *out = all.values;
    *n = 0;
    for (size_t i = 0; i < all.n; i++) {
        const struct member *m = &(*out)[i];
        if (workspace && strcmp(m->workspace, workspace) != 0) continue;
        if (login && strcmp(m->login, login) != 0) continue;
        (*out)[(*n)++] = *m;
    }
    return result;
}

/* 1 if without this member the workspace would have no owner. */
static int is_last_owner(struct store *store, const char *workspace, const char *login)
{
    struct arena a = {0};
    struct member *members = NULL;
    size_t n = 0;
    enum store_result result = member_list(store, workspace, NULL, &a, &members, &n);
    int last =
        result != STORE_OK || (count_owners(members, n) == 1 &&
                               member_role(store, workspace, login) == ROLE_OWNER);
    arena_fini(&a);
    return last;
}

enum store_result member_may_reset(struct store *store, const char *workspace,
                                   const char *owner, const char *login)
{
    struct arena a = {0};
    struct member *of = NULL;
    size_t n = 0;
    int is_here = 0, owns_all = 1;
    enum store_result result = member_list(store, NULL, login, &a, &of, &n);
    for (size_t i = 0; i < n; i++) {
        is_here |= strcmp(of[i].workspace, workspace) == 0;
        owns_all &= member_role(store, of[i].workspace, owner) == ROLE_OWNER;
    }
    arena_fini(&a);
    if (result != STORE_OK) return result;
    return !is_here ? STORE_MISSING : owns_all ? STORE_OK : STORE_REFUSED;
}

enum store_result member_set(struct store *store, const char *workspace,
                             const char *login, enum access_role role, int64_t now_s)
{
    char key[WORKSPACE_TEXT + LOGIN_TEXT];
    struct member member = {.role = (int)role, .made_s = now_s};
    member_key(workspace, login, key, sizeof key);
    if (role != ROLE_OWNER && is_last_owner(store, workspace, login))
        return STORE_REFUSED;
    if (role == ROLE_NONE) return store_record_drop(store, member_kind.kind, key);
    snprintf(member.login, sizeof member.login, "%s", login);
    snprintf(member.workspace, sizeof member.workspace, "%s", workspace);
    return record_put(store, &member_kind, key, &member, -1);
}
