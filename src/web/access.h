// SPDX-License-Identifier: Apache-2.0
#ifndef WEB_ACCESS_H
#define WEB_ACCESS_H
/*
 * Who asks, and whether he may. access_admit decides, for every route and before its
 * body is read, by the right that the table of routes demands; no handler decides it
 * anew. The files access_*.c have the pages of accounts.
 *
 * Without accounts (the usual way on the loopback) everybody is "local" and may do all.
 */
#include "access/accounts.h"
#include "access/throttle.h"
#include "base/diag.h"

struct web;
struct exchange;

/* What the server knows of its accounts. */
struct web_access {
    int is_on;                // accounts are demanded
    int is_tls;               // what goes over the wire is encrypted by us
    int may_be_behind_tls;    // by something before us: its pages are https
    char own_host[64];        // the address it listens on, if that is not the loopback
    const char *const *hosts; // by which it is called besides its address
    size_t n_hosts;
    struct throttle *throttle;    // with the lock of struct web
    char owner_link[SECRET_TEXT]; // the secret of the link that makes an owner, or ""
    char owner_address[256];      // where it is, or ""; told to nobody over the wire
};

enum caller_kind { CALLER_NOBODY, CALLER_LOCAL, CALLER_SESSION, CALLER_TOKEN };

/* Who asks. */
struct caller {
    enum caller_kind kind;
    char login[LOGIN_TEXT]; // "local" without accounts, "" for nobody
    char workspace[WORKSPACE_TEXT];
    char session[SECRET_TEXT]; // the hash under which the session is kept, or ""
    enum access_role role;     // in the workspace
    unsigned rights;
    int lacks_code; // owns something, and has no one-time codes yet
};

/* What is looked at of a request's head. */
struct request_head {
    const char *cookie, *authorization, *origin, *site, *host, *agent; // or NULL
    char source[SOURCE_TEXT]; // the address it came from; of IPv6 the network
};

/* Opens what is needed for accounts and makes the link that makes an owner: of the
 * usual workspace if nobody owns it, or of `owner_of` unless that is NULL. 0, or -1
 * after an error in d. */
int access_begin(struct web *web, const char *owner_of, struct diag_list *d);
/* Once it is known where the server listens: the address of that link. */
void access_listening(struct web *web);

/* 1 if a request's host is one of ours. */
int access_is_own_host(const struct web *web, const char *host);

/* Finds out who asks, into ex->caller, and what he may; 1, or 0 after an answer that
 * refuses. The route is known. */
int access_admit(struct exchange *ex);

/* Notes what has been done, after the answer: changes, and what is taken out. */
void access_note(struct exchange *ex);
/* An entry of the audit log by who asks; nothing without accounts. */
void access_audit(struct exchange *ex, const char *what, const char *about);
void access_audit_as(struct exchange *ex, const char *who, const char *what,
                     const char *about);

/* The value of a cookie of ours: NAME is followed by the port's or the TLS's mark. In
 * the arena, or NULL. */
const char *access_cookie(struct exchange *ex, const char *name);
/* Sets one; "" takes it away. `most_s` 0: until the browser ends. */
void access_set_cookie(struct exchange *ex, const char *name, const char *value,
                       int64_t most_s);

/* 1 if there are accounts; 0 after the answer that there is nothing here. */
int access_wants_accounts(struct exchange *ex);
/* Reads the form of a page; -1 after an answer. */
struct request_form;
int access_form(struct exchange *ex, struct request_form *form);
/* The value of a field, "" without it. */
const char *access_field(const struct request_form *form, const char *name);
/* Goes to an address of ours, a constant or in the arena. */
void access_go(struct exchange *ex, const char *where);
int64_t access_now_s(void);

/* ---- parts of pages: access_parts.c */

/* Who is logged in, and the way out; for the frame. */
void access_header(struct exchange *ex);

/* Message and hint of a row of base/diag.def as one text in the arena, for
 * frame_notice; the answer gets the row's status. */
#define ACCESS_TELL(ex, name, ...)                                                     \
    access_told((ex), DIAG_##name, DIAG_ARGUMENTS(name, __VA_ARGS__))
const char *access_told(struct exchange *ex, enum diag_kind kind,
                        const struct text *args);

/* A form, from its beginning to the button that sends it. */
struct access_input {
    const char *name, *type, *autocomplete;
    struct text label;
    int is_optional;
    const char *value; // what stands in it, or NULL
};
void access_open_form(struct exchange *ex, const char *action);
void access_input(struct exchange *ex, const struct access_input *input);
void access_hidden(struct exchange *ex, const char *name, const char *value);
/* Whose password a form has: for programs that keep passwords. */
void access_whose(struct exchange *ex, const char *login);
void access_close_form(struct exchange *ex, struct text button);
/* A form of a button and one hidden value (name NULL: none). */
void access_post_button(struct exchange *ex, const char *action, const char *name,
                        const char *value, struct text button);
/* What is shown once only. */
void access_secret(struct exchange *ex, struct text what, const char *secret);
/* What is wrong with a new password, as a notice; NULL if nothing is. */
const char *access_judge(struct exchange *ex, const char *password, const char *login);
/* A text as QR code; nothing without libqrencode. */
void access_qr(struct buf *out, const char *text);
/* Cells of a table. */
void access_cell(struct exchange *ex, const char *s);
void access_time_cell(struct exchange *ex, int64_t seconds);
#define ACCESS_FORM "application/x-www-form-urlencoded"

/* ---- the routes */

void access_get_login(struct exchange *ex);
void access_post_login(struct exchange *ex);
void access_post_logout(struct exchange *ex);
void access_get_link(struct exchange *ex);
void access_post_link(struct exchange *ex);
void access_get_account(struct exchange *ex);
void access_post_password(struct exchange *ex);
void access_get_code(struct exchange *ex);
void access_post_code(struct exchange *ex);
void access_post_end_session(struct exchange *ex);
void access_post_end_others(struct exchange *ex);
void access_post_workspace(struct exchange *ex);
void access_post_new_workspace(struct exchange *ex);
void access_get_tokens(struct exchange *ex);
void access_post_token(struct exchange *ex);
void access_post_end_token(struct exchange *ex);
void access_get_members(struct exchange *ex);
void access_post_invite(struct exchange *ex);
void access_post_role(struct exchange *ex);
void access_post_reset(struct exchange *ex);
void access_post_end_link(struct exchange *ex);
void access_get_audit(struct exchange *ex);
void access_get_audit_check(struct exchange *ex);
void access_get_me(struct exchange *ex);
#endif
