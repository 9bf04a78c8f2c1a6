// SPDX-License-Identifier: Apache-2.0
#ifndef ACCESS_ACCOUNTS_H
#define ACCESS_ACCOUNTS_H
/*
 * Accounts and what hangs on them: memberships of workspaces, sessions of browsers,
 * tokens of programs, one-time links, and browsers that have logged in before. All are
 * records of the store; secrets are kept as their hash only, so that whoever reads the
 * store can use none of them.
 *
 * Functions that take a store want what guards it to be held. Times are seconds of
 * POSIX, given by the caller: nothing here has a clock. What has ended is as if it were
 * not there.
 */
#include "access/password.h"
#include "access/record.h"
#include "access/rights.h"
#include "access/secret.h"
#include "access/totp.h"

enum {
    LOGIN_TEXT = 65, // with the NUL
    WORKSPACE_TEXT = 65,
    SOURCE_TEXT = 48, // an address
    ID_TEXT = 17,     // of a session, token or link, as shown: the start of its hash
    RECOVERY_CODES = 8,
    RECOVERY_TEXT = 30, // six groups of four in base32, and a NUL: 120 bits
};

enum {
    SESSION_IDLE_S = 2 * 3600,  // without a request
    SESSION_MOST_S = 12 * 3600, // from the login on
    SESSION_SEEN_S = 60,        // how exactly it is known when it was used last
    DEVICE_S = 180 * 86400,     // a browser that has logged in is known for
    LINK_S = 3 * 86400,         // a one-time link waits for
    TOKEN_MOST_S = 366 * 86400,
    TOKEN_SEEN_S = 3600,
};

/* ---- records -------------------------------------------------------------------- */

struct account {
    char login[LOGIN_TEXT];
    char password[PASSWORD_KEPT];
    char code_key[TOTP_KEY_TEXT]; // of one-time codes, "": none are asked for
    char next_key[TOTP_KEY_TEXT]; // one that is not confirmed yet
    char recovery[RECOVERY_CODES * SECRET_TEXT + 1]; // hashes, a blank after each
    int64_t code_used; // the last step of which a code was taken
    int64_t made_s;
};

struct member {
    char login[LOGIN_TEXT], workspace[WORKSPACE_TEXT];
    int role; // enum access_role
    int64_t made_s;
};

struct workspace {
    char name[WORKSPACE_TEXT];
    int64_t made_s;
};

struct session {
    char login[LOGIN_TEXT], workspace[WORKSPACE_TEXT];
    char source[SOURCE_TEXT], agent[97]; // where it began
    int64_t made_s, seen_s;
};

struct token {
    char login[LOGIN_TEXT], workspace[WORKSPACE_TEXT], name[65];
    int scope; // enum access_scope
    int64_t made_s, ends_s, seen_s;
};

/* A link makes an account with a role (login ""), or gives one a new password. `by` is
 * who has made it, "" for whoever runs the server. */
struct link {
    char login[LOGIN_TEXT], workspace[WORKSPACE_TEXT], by[LOGIN_TEXT];
    int role; // ROLE_NONE: a new password
    int64_t ends_s;
};

struct device {
    char login[LOGIN_TEXT];
    int64_t ends_s;
};

/* Kept under: the login; WORKSPACE/LOGIN; the name; and the hash of the secret. */
extern const struct record_kind account_kind, member_kind, workspace_kind, session_kind,
    token_kind, link_kind, device_kind;

/* ---- accounts ------------------------------------------------------------------- */

/* Makes a login of what somebody typed: letters of ASCII are lower-case. 1 if it is
 * one: 1 to 64 of a-z 0-9 . _ + @ - and no '-' or '.' at the beginning. */
int login_read(const char *typed, char login[LOGIN_TEXT]);

/* 1 if there is any account; -1 if the store does not say. */
int accounts_any(struct store *store);
/* 1 if some account owns the workspace; -1 likewise. */
int accounts_owned(struct store *store, const char *workspace);

enum store_result account_get(struct store *store, const char *login,
                              struct account *account, int64_t *revision);
/* Fails with STORE_CONFLICT when it has changed since the revision was read. */
enum store_result account_put(struct store *store, const struct account *account,
                              int64_t revision);

/* The second factor of a login: a code of the time, or a recovery code, each good once.
 * 1 if it is right, with *account changed: it is to be put with its revision before
 * anything is believed. */
int account_take_code(struct account *account, const char *code, int64_t now_s);
/* New recovery codes instead of the old; what is shown once. */
void account_new_recovery(struct account *account,
                          char codes[RECOVERY_CODES][RECOVERY_TEXT]);
int account_recovery_left(const struct account *account);

/* ---- memberships ---------------------------------------------------------------- */

/* ROLE_NONE for one who is no member, and when the store does not say. */
enum access_role member_role(struct store *store, const char *workspace,
                             const char *login);
/* ROLE_NONE takes the membership away. The last owner stays one: STORE_REFUSED. */
enum store_result member_set(struct store *store, const char *workspace,
                             const char *login, enum access_role role, int64_t now_s);
/*
 * Whether an owner may give a member of his workspace a new password: only if he owns
 * all workspaces that the member is in, else he would get into those of others.
 * STORE_MISSING: there is no such member here; STORE_REFUSED: he may not.
 */
enum store_result member_may_reset(struct store *store, const char *workspace,
                                   const char *owner, const char *login);
/* Those of a workspace (login NULL), or of a login (workspace NULL). */
enum store_result member_list(struct store *store, const char *workspace,
                              const char *login, struct arena *a, struct member **out,
                              size_t *n);

/* ---- sessions, devices, tokens, links ------------------------------------------- */

/* Makes one; its secret is told here only. */
enum store_result session_new(struct store *store, const struct session *session,
                              char secret[SECRET_TEXT]);
/* The session of a secret, with the hash it is kept under; notes that it was used. */
enum store_result session_find(struct store *store, const char *secret, int64_t now_s,
                               struct session *session, char hash[SECRET_TEXT]);
/* Ends all of a login but the one of a hash (or NULL). */
enum store_result session_end_all(struct store *store, const char *login,
                                  const char *except);

enum store_result device_new(struct store *store, const char *login, int64_t now_s,
                             char secret[SECRET_TEXT]);
/* 1 if a secret is that of a browser in which this login has logged in. */
int device_is(struct store *store, const char *secret, const char *login,
              int64_t now_s);

enum store_result token_new(struct store *store, const struct token *token,
                            char secret[SECRET_TEXT]);
enum store_result token_find(struct store *store, const char *secret, int64_t now_s,
                             struct token *token);
enum store_result token_end_all(struct store *store, const char *login);

enum store_result link_new(struct store *store, const struct link *link,
                           char secret[SECRET_TEXT]);
/* A link is as good as who has made it: STORE_MISSING, too, when that one does not own
 * the workspace any more, or may not give that member a new password any more. */
enum store_result link_find(struct store *store, const char *secret, int64_t now_s,
                            struct link *link);

/*
 * Uses a link, once, whoever else tries at the same time: makes the account and its
 * membership; or gives the account a new password without one-time codes, which are
 * set up anew, and ends its sessions and tokens.
 * STORE_MISSING: there is no such link now; STORE_EXISTS: the login is taken.
 */
enum store_result link_use(struct store *store, const char *secret, const char *login,
                           const char *password_kept, int64_t now_s);

/* The key of the one of a kind (session, token, link) whose hash begins with an id and
 * that belongs to the login (or NULL: to anybody) and workspace (or NULL); in the
 * arena, or NULL. */
const char *secret_by_id(struct store *store, const struct record_kind *kind,
                         const char *id, const char *login, const char *workspace,
                         struct arena *a);

/* Removes what has ended, of all kinds. */
enum store_result accounts_sweep(struct store *store, int64_t now_s);
/* Ends every session, and removes every one-time link and every browser that is known:
 * of a backup that was put back, for all of them may have been ended since. Tokens
 * stay, with which programs work on. */
enum store_result accounts_log_out_all(struct store *store);
#endif
