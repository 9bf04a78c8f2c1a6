// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Rights, roles and scopes as tables; see rights.h. */
#include "access/rights.h"

#include <string.h>

#define BIT(right) (1u << RIGHT_##right)

// clang-format off
static const struct {
    unsigned rights;
    struct text text;
} roles[N_ROLES] = {
    [ROLE_NONE]     = {BIT(OPEN) | BIT(OWN), {{"no member", "メンバーではない"}}},
    [ROLE_VIEWER]   = {BIT(OPEN) | BIT(OWN) | BIT(LOOK),
                       {{"viewer", "閲覧者"}}},
    [ROLE_REVIEWER] = {BIT(OPEN) | BIT(OWN) | BIT(LOOK) | BIT(REVIEW),
                       {{"reviewer", "レビュー担当"}}},
    [ROLE_EDITOR]   = {BIT(OPEN) | BIT(OWN) | BIT(LOOK) | BIT(REVIEW) | BIT(CHANGE),
                       {{"editor", "編集者"}}},
    [ROLE_OWNER]    = {BIT(OPEN) | BIT(OWN) | BIT(LOOK) | BIT(REVIEW) | BIT(CHANGE) | BIT(MANAGE),
                       {{"owner", "管理者"}}},
};

/* No token reaches an account: it cannot make itself last longer, or another one. */
static const struct {
    unsigned rights;
    struct text text;
} scopes[N_SCOPES] = {
    [SCOPE_NONE]  = {BIT(OPEN), {{"nothing", "なし"}}},
    [SCOPE_READ]  = {BIT(OPEN) | BIT(LOOK), {{"read", "読み取り"}}},
    [SCOPE_WRITE] = {BIT(OPEN) | BIT(LOOK) | BIT(REVIEW) | BIT(CHANGE),
                     {{"read and write", "読み書き"}}},
    [SCOPE_ADMIN] = {BIT(OPEN) | BIT(LOOK) | BIT(REVIEW) | BIT(CHANGE) | BIT(MANAGE),
                     {{"everything in the workspace", "ワークスペースのすべて"}}},
};
// clang-format on

const char *const role_names[N_ROLES] = {"", "viewer", "reviewer", "editor", "owner"};
const char *const scope_names[N_SCOPES] = {"", "read", "write", "admin"};
const char *const right_names[N_RIGHTS] = {"nobody", "open",   "own",   "look",
                                           "review", "change", "manage"};

unsigned rights_of_role(enum access_role role)
{
    return roles[role].rights;
}

unsigned rights_of_scope(enum access_scope scope)
{
    return scopes[scope].rights;
}

int rights_have(unsigned rights, enum access_right right)
{
    return right != RIGHT_NOBODY && (rights >> right & 1);
}

static int find(const char *const *names, int n, const char *name)
{
    for (int i = 1; i < n; i++)
        if (strcmp(names[i], name) == 0) return i;
    return 0;
}

enum access_role role_of(const char *name)
{
    return (enum access_role)find(role_names, N_ROLES, name);
}

enum access_scope scope_of(const char *name)
{
    return (enum access_scope)find(scope_names, N_SCOPES, name);
}

struct text role_text(enum access_role role)
{
    return roles[role].text;
}

struct text scope_text(enum access_scope scope)
{
    return scopes[scope].text;
}
