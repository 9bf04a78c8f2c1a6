// SPDX-License-Identifier: Apache-2.0
#ifndef ACCESS_RIGHTS_H
#define ACCESS_RIGHTS_H
/*
 * Who may do what: rights, the roles that have them in a workspace, and the scopes to
 * which a token of the API is held. The table of routes (web/routes.c) says which right
 * each route needs; nothing else decides.
 */
#include "base/text.h"

/* A route whose right is left out needs RIGHT_NOBODY, which nobody has. */
enum access_right {
    RIGHT_NOBODY,
    RIGHT_OPEN,   // needs no login: the login itself, style sheets, the state of health
    RIGHT_OWN,    // one's own account, whatever the workspace
    RIGHT_LOOK,   // read what is in the workspace
    RIGHT_REVIEW, // record what one thinks of it, without changing it
    RIGHT_CHANGE, // change systems
    RIGHT_MANAGE, // members, their roles, and the audit log
    N_RIGHTS
};

enum access_role {
    ROLE_NONE,
    ROLE_VIEWER,
    ROLE_REVIEWER,
    ROLE_EDITOR,
    ROLE_OWNER,
    N_ROLES
};

enum access_scope { SCOPE_NONE, SCOPE_READ, SCOPE_WRITE, SCOPE_ADMIN, N_SCOPES };

/* Sets of rights: bit 1 << right. */
unsigned rights_of_role(enum access_role role);
unsigned rights_of_scope(enum access_scope scope);
int rights_have(unsigned rights, enum access_right right);

/* "owner", "read": as they are kept and sent; the first is "". */
extern const char *const role_names[N_ROLES];
extern const char *const scope_names[N_SCOPES];
extern const char *const right_names[N_RIGHTS];
/* The value of a name; the first (none) if it is no such name. */
enum access_role role_of(const char *name);
enum access_scope scope_of(const char *name);

/* As people read them. */
struct text role_text(enum access_role role);
struct text scope_text(enum access_scope scope);
#endif
