// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The audit log, for owners to read: nobody changes it. It is one log for the server,
 * since it is one chain; whoever owns the usual workspace reads all of it, other owners
 * what names their workspace.
 */
#include <string.h>

#include "web/frame.h"

enum { PER_PAGE = 100, LOOK_AT = STORE_AUDIT_MOST };

/* 1 if an entry is about a workspace. */
static int is_about(const struct store_audit *e, const char *workspace)
{
    size_t n = strlen(workspace);
    return strncmp(e->about, workspace, n) == 0 &&
           (e->about[n] == '\0' || e->about[n] == '/' || e->about[n] == ' ');
}

/* What the caller may read, below a number, the latest first; *next is the number below
 * which there is more to ask for, or 0. 0, or -1 after an answer. */
static int read_entries(struct exchange *ex, struct list *entries, int64_t *next)
{
    int is_all = strcmp(ex->workspace, STORE_WORKSPACE) == 0;
    const char *before = web_query(ex, "before");
    int64_t from = before ? request_number(before) : 0;
    pthread_mutex_lock(&ex->web->lock);
    enum store_result result =
        store_audit_list(ex->web->store, from < 0 ? 0 : from,
                         is_all ? PER_PAGE : LOOK_AT, &ex->arena, entries);
    pthread_mutex_unlock(&ex->web->lock);
    if (result != STORE_OK) {
        web_store_problem(ex, result, 0);
        return -1;
    }
    struct store_audit *e = entries->items;
    *next = entries->n && e[entries->n - 1].number > 1 ? e[entries->n - 1].number : 0;
    uint32_t n = 0;
    for (uint32_t i = 0; i < entries->n; i++)
        if (is_all || is_about(&e[i], ex->workspace)) e[n++] = e[i];
    entries->n = n;
    return 0;
}

/* What is noted in words of its own (access_audit), as people read it. */
// clang-format off
static const struct {
    const char *what;
    struct text text;
} words[] = {
    {"account-made",     {{"made the account", "アカウントを作成"}}},
    {"codes-on",         {{"switched one-time codes on", "ワンタイムコードを有効化"}}},
    {"denied",           {{"was denied", "拒否された要求"}}},
    {"link-withdrawn",   {{"withdrew a link", "リンクを取消し"}}},
    {"login",            {{"logged in", "ログイン"}}},
    {"login-failed",     {{"login failed", "ログイン失敗"}}},
    {"logout",           {{"logged out", "ログアウト"}}},
    {"member-invited",   {{"invited a member", "メンバーを招待"}}},
    {"password-changed", {{"changed the password", "パスワードを変更"}}},
    {"password-reset",   {{"set a new password by a link", "リンクでパスワードを再設定"}}},
    {"reset-link",       {{"made a link for a new password", "パスワード再設定のリンクを作成"}}},
    {"role-set",         {{"set a role", "役割を変更"}}},
    {"session-ended",    {{"ended a session", "セッションを終了"}}},
    {"sessions-ended",   {{"ended all other sessions", "他のセッションをすべて終了"}}},
    {"token-made",       {{"made a token", "トークンを作成"}}},
    {"token-revoked",    {{"revoked a token", "トークンを失効"}}},
};
// clang-format on

static const char *in_words(const struct exchange *ex, const char *what)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].what, what) == 0) return text_in(words[i].text, ex->lang);
    return what;
}

static void put_entry(struct exchange *ex, const struct store_audit *e)
{
    buf_printf(&ex->answer.body, "<tr><td class=\"number\">%lld</td>",
               (long long)e->number);
    access_time_cell(ex, e->at_s);
    access_cell(ex, e->who);
    access_cell(ex, in_words(ex, e->what));
    access_cell(ex, e->about);
    buf_str(&ex->answer.body, "</tr>\n");
}

static void page_audit(struct exchange *ex, const struct list *entries, int64_t next)
{
    static const struct text heads[] = {
        {{"Number", "番号"}}, {{"Time", "日時"}},  {{"Who", "誰が"}},
        {{"What", "何を"}},   {{"About", "対象"}},
    };
    struct buf *out = &ex->answer.body;
    const struct store_audit *e = entries->items;
    frame_open(
        ex, &(struct frame){.title = TEXT("Audit log", "監査ログ"), .asset = "access"});
    buf_str(out, "<p>");
    frame_link(
        ex, "/audit/check",
        TEXT("Check that nothing was changed", "改変されていないことを確かめる"));
    buf_str(out, "</p>\n");
    frame_heads(ex, heads, sizeof heads / sizeof *heads);
    for (uint32_t i = 0; i < entries->n; i++)
        put_entry(ex, &e[i]);
    buf_str(out, "</tbody></table></div>\n");
    if (next) {
        buf_printf(out, "<p><a href=\"/audit?before=%lld\">", (long long)next);
        frame_text(ex, TEXT("Earlier", "以前のもの"));
        buf_str(out, "</a></p>\n");
    }
    frame_end(ex);
}

static struct json begin_json(struct exchange *ex)
{
    ex->answer.status = 200;
    ex->answer.type = "application/json";
    struct json j = json_on(&ex->answer.body, 3);
    json_open(&j, '{');
    return j;
}

static void api_audit(struct exchange *ex, const struct list *entries, int64_t next)
{
    const struct store_audit *e = entries->items;
    struct json j = begin_json(ex);
    json_in(&j, "entries", '[');
    for (uint32_t i = 0; i < entries->n; i++) {
        json_open(&j, '{');
        json_put_int(&j, "number", e[i].number);
        json_put_int(&j, "at", e[i].at_s);
        json_put(&j, "who", e[i].who);
        json_put(&j, "what", e[i].what);
        json_put(&j, "about", e[i].about);
        json_put(&j, "previous", e[i].previous);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_put_int(&j, "next", next);
    json_close(&j, '}');
    buf_char(&ex->answer.body, '\n');
}

void access_get_audit(struct exchange *ex)
{
    struct list entries = {0};
    int64_t next;
    if (read_entries(ex, &entries, &next) != 0) return;
    if (ex->route->is_api)
        api_audit(ex, &entries, next);
    else
        page_audit(ex, &entries, next);
}

/* ---- the chain ------------------------------------------------------------------ */

struct chain {
    int64_t broken, n;
    char head[STORE_HASH];
};

static void page_check(struct exchange *ex, const struct chain *c)
{
    struct buf *out = &ex->answer.body;
    frame_open(ex,
               &(struct frame){.title = TEXT("The audit log's chain", "監査ログの連鎖"),
                               .asset = "access"});
    if (c->broken)
        frame_notice(ex, arena_printf(&ex->arena,
                                      ex->lang == LANG_JA ? "第%lld項で連鎖が切れている"
                                                          : "broken at entry %lld",
                                      (long long)c->broken));
    buf_str(out, "<p>");
    frame_text(ex, TEXT("Entries whose hashes follow one another: ",
                        "ハッシュが連なっている項目の数: "));
    buf_printf(out, "%lld</p>\n", (long long)c->n);
    access_secret(
        ex,
        TEXT("Hash of the last. Whoever keeps it elsewhere can tell later "
             "whether something before it was changed or removed.",
             "最後の項目のハッシュ。別の場所に控えておけば、それ以前の改変や削除を"
             "後から確かめられる。"),
        c->head);
    frame_end(ex);
}

void access_get_audit_check(struct exchange *ex)
{
    struct chain c = {0};
    pthread_mutex_lock(&ex->web->lock);
    enum store_result result =
        store_audit_verify(ex->web->store, &c.broken, &c.n, c.head);
    pthread_mutex_unlock(&ex->web->lock);
    if (result != STORE_OK) {
        web_store_problem(ex, result, 0);
        return;
    }
    if (!ex->route->is_api) {
        page_check(ex, &c);
        return;
    }
    struct json j = begin_json(ex);
    json_put_bool(&j, "sound", c.broken == 0);
    json_put_int(&j, "broken", c.broken);
    json_put_int(&j, "entries", c.n);
    json_put(&j, "head", c.head);
    json_close(&j, '}');
    buf_char(&ex->answer.body, '\n');
}

void access_get_me(struct exchange *ex)
{
    const struct caller *c = &ex->caller;
    struct json j = begin_json(ex);
    json_put(&j, "login", c->login);
    json_put(&j, "workspace", c->workspace);
    json_put(&j, "role", role_names[c->role]);
    json_in(&j, "rights", '[');
    for (int right = RIGHT_OPEN; right < N_RIGHTS; right++)
        if (rights_have(c->rights, (enum access_right)right))
            json_string(&j, right_names[right]);
    json_close(&j, ']');
    json_close(&j, '}');
    buf_char(&ex->answer.body, '\n');
}
