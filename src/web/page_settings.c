// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Settings: one's own (the language, which the browser remembers), and the ways to
 * what is set elsewhere: account, workspace, server. Shows only what the caller may.
 */
#include <string.h>

#include "awai.h"
#include "web/frame.h"
#include "web/markup.h"

enum { REMEMBERED_S = 365 * 86400 };

/* ---- the language --------------------------------------------------------------- */

static void put_language(struct exchange *ex)
{
    const char *chosen = access_cookie(ex, "lang");
    put(ex,
        "<section><h2>%t</h2>\n<form method=\"post\" action=\"/settings%f\">"
        "<label for=\"language\">%t</label><select id=\"language\" name=\"language\">",
        TEXT("Language", "言語"), TEXT("Pages and reports", "画面と報告書の言語"));
    if (chosen == NULL) chosen = "";
    put_option(ex, "", chosen,
               TEXT("as the browser prefers", "ブラウザーの設定に従う"));
    put_option(ex, "ja", chosen, TEXT("日本語", "日本語"));
    put_option(ex, "en", chosen, TEXT("English", "English"));
    put(ex,
        "</select><button type=\"submit\">%t</button></form>\n<p "
        "class=\"prose\">%t</p></section>\n",
        TEXT("Remember", "保存"),
        TEXT("This browser remembers it. Light or dark, larger print and less motion "
             "are "
             "taken from the browser or the system.",
             "このブラウザーに保存される。配色の明暗、文字の大きさ、動きの抑制は、"
             "ブラウザー又は端末の設定に従う。"));
}

/* Of the same page without the language that its address may ask for: what was chosen
 * here is to be seen. */
void web_post_settings(struct exchange *ex)
{
    struct request_form form;
    if (access_form(ex, &form) != 0) return;
    const char *language = access_field(&form, "language");
    int is_known = strcmp(language, "ja") == 0 || strcmp(language, "en") == 0;
    if (language[0] && !is_known) {
        web_problem(ex, DIAG_REQUEST_NOTE, NULL);
        return;
    }
    access_set_cookie(ex, "lang", language, is_known ? REMEMBERED_S : 0);
    ex->is_lang_asked = 0;
    access_go(ex, "/settings");
}

/* ---- where the rest is set ------------------------------------------------------ */

/* A way to another page, for who has the right. */
struct way {
    const char *path;
    struct text title, what;
    enum access_right right;
    int of_accounts; // there only with accounts
};

static const struct way own_ways[] = {
    {"/account",
     {{"Account", "アカウント"}},
     {{"password, one-time codes, sessions, workspaces",
       "パスワード、ワンタイムコード、セッション、ワークスペース"}},
     RIGHT_OWN,  1},
    {"/account/tokens",
     {{"API tokens", "APIトークン"}},
     {{"for programs that ask in your name", "本人に代わって動くプログラム用"}},
     RIGHT_OWN,  1},
    {"/tour",
     {{"Tour", "使い方"}},
     {{"the method by one of the use cases", "ユースケースを例に手順をたどる"}},
     RIGHT_LOOK, 0},
};

static const struct way workspace_ways[] = {
    {"/members",
     {{"Members", "メンバー"}},
     {{"who may look, change, review and manage", "閲覧、変更、レビュー、管理の権限"}},
     RIGHT_MANAGE, 1},
    {"/template",
     {{"Form of reports", "報告書様式"}},
     {{"cover, logo, order, headings and what is left out",
       "表紙、ロゴ、章の順序、見出し、省く章"}},
     RIGHT_MANAGE, 0},
    {"/import",
     {{"Take a file in", "ファイルの取込み"}},
     {{"workbook, Open Threat Model, Threat Dragon",
       "ブック、Open Threat Model、Threat Dragon"}},
     RIGHT_CHANGE, 0},
    {"/audit",
     {{"Audit log", "監査ログ"}},
     {{"who has done what, in a chain that shows tampering",
       "誰が何をしたか(改ざんが分かる連鎖記録)"}},
     RIGHT_MANAGE, 1},
};

static const struct way server_ways[] = {
    {"/api",
     {{"API", "API"}},
     {{"what programs can ask for, with its OpenAPI description",
       "プログラムから要求できる内容とOpenAPI記述"}},
     RIGHT_LOOK, 0},
    {"/catalog",
     {{"Catalog", "カタログ"}},
     {{"kinds, threats, requirements and measures that are built in",
       "組込みの種別、脅威、対策要件、対策例"}},
     RIGHT_LOOK, 0},
    {"/metrics",
     {{"Metrics", "メトリクス"}},
     {{"counts of requests, for Prometheus", "要求の件数(Prometheus形式)"}},
     RIGHT_LOOK, 0},
};

static void put_ways(struct exchange *ex, const struct way *ways, size_t n)
{
    put(ex, "<ul class=\"plain\">\n");
    for (size_t i = 0; i < n; i++) {
        const struct way *w = &ways[i];
        if (!rights_have(ex->caller.rights, w->right)) continue;
        if (w->of_accounts && ex->caller.kind != CALLER_SESSION) continue;
        put(ex, "<li><a href=\"%m%l\">%t</a> <span class=\"soft\">%t</span></li>\n",
            w->path, w->title, w->what);
    }
    put(ex, "</ul>\n");
}

#define PUT_WAYS(ex, ways) put_ways((ex), (ways), sizeof(ways) / sizeof *(ways))

static void put_fact(struct exchange *ex, struct text what, struct text value)
{
    put(ex, "<dt>%t</dt><dd>%t</dd>\n", what, value);
}

static void put_facts(struct exchange *ex)
{
    const struct web_access *access = &ex->web->access;
    put(ex, "<dl>\n");
    put_fact(ex, TEXT("Version", "バージョン"), text_same("Awai " AWAI_VERSION));
    put_fact(ex, TEXT("Database", "データベース"),
             text_same(store_kind(ex->web->store)));
    put_fact(ex, TEXT("Accounts", "アカウント"),
             access->is_on ? TEXT("demanded", "必要")
                           : TEXT("none: for one person, on this machine only",
                                  "なし(この端末だけで一人が使う)"));
    put_fact(ex, TEXT("Encryption (TLS)", "暗号化(TLS)"),
             access->is_tls ? TEXT("by this server", "このサーバーが行う")
                            : TEXT("not by this server", "このサーバーは行わない"));
    put(ex, "</dl>\n");
}

void web_get_settings(struct exchange *ex)
{
    frame_open(ex,
               &(struct frame){.title = TEXT("Settings", "設定"), .asset = "pages"});
    put(ex, "<div class=\"columns\">\n");
    put_language(ex);
    put(ex, "<section><h2>%t</h2>\n", TEXT("Yours", "個人"));
    PUT_WAYS(ex, own_ways);
    put(ex, "</section>\n<section><h2>%t</h2>\n", TEXT("Workspace", "ワークスペース"));
    PUT_WAYS(ex, workspace_ways);
    put(ex, "</section>\n<section><h2>%t</h2>\n", TEXT("Server", "サーバー"));
    put_facts(ex);
    PUT_WAYS(ex, server_ways);
    put(ex, "</section>\n</div>\n");
    frame_end(ex);
}
