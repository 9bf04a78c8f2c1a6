// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* The frame of all pages; see frame.h. */
#include "web/frame.h"

#include <string.h>
#include <time.h>

#include "web/change.h"

/* ---- the frame ------------------------------------------------------------------ */

void frame_text(struct exchange *ex, struct text t)
{
    buf_html(&ex->answer.body, text_in(t, ex->lang));
}

void frame_element(struct exchange *ex, const char *element, struct text t)
{
    buf_printf(&ex->answer.body, "<%s>", element);
    frame_text(ex, t);
    buf_printf(&ex->answer.body, "</%s>\n", element);
}

const char *frame_lang(const struct exchange *ex)
{
    if (!ex->is_lang_asked) return "";
    return ex->lang == LANG_JA ? "?lang=ja" : "?lang=en";
}

const char *frame_form(struct exchange *ex)
{
    const char *lang = frame_lang(ex);
    if (ex->caller.kind != CALLER_SESSION) return lang;
    return arena_printf(&ex->arena, "%s%sin=%s", lang, lang[0] ? "&amp;" : "?",
                        ex->workspace);
}

void frame_link(struct exchange *ex, const char *href, struct text t)
{
    buf_str(&ex->answer.body, "<a href=\"");
    buf_html(&ex->answer.body, href);
    buf_str(&ex->answer.body, frame_lang(ex));
    buf_str(&ex->answer.body, "\">");
    frame_text(ex, t);
    buf_str(&ex->answer.body, "</a>\n");
}

/* The pages of a system, in the order of the method. */
static const struct {
    const char *page;
    struct text title;
} system_pages[] = {
    {"",              {{"Overview", "概要"}}             },
    {"/criteria",     {{"Criteria", "基準"}}             },
    {"/incidents",    {{"Incidents", "インシデント"}}},
    {"/threats",      {{"Threats", "脅威"}}              },
    {"/requirements", {{"Requirements", "対策要件"}}   },
    {"/measures",     {{"Measures", "対策"}}             },
    {"/risk",         {{"Risk", "リスク"}}              },
    {"/rehearse",     {{"Rehearse", "リハーサル"}}    },
    {"/edit",         {{"Edit", "編集"}}                 },
    {"/history",      {{"History", "履歴"}}              },
    {"/reviews",      {{"Reviews", "レビュー"}}        },
    {"/report",       {{"Report", "報告書"}}            },
    {"/hand-over",    {{"Hand over", "ファイル出力"}}},
};

static void put_system_pages(struct exchange *ex, const struct frame *f)
{
    struct buf *out = &ex->answer.body;
    if (f->slug == NULL) return;
    buf_str(out, "<nav class=\"pages\" aria-label=\"");
    buf_html(out, f->slug);
    buf_str(out, "\">\n");
    for (size_t i = 0; i < sizeof system_pages / sizeof *system_pages; i++) {
        int is_here = f->page && strcmp(f->page, system_pages[i].page) == 0;
        buf_printf(out, "<a href=\"/systems/%s%s%s\"%s>", f->slug, system_pages[i].page,
                   frame_lang(ex), is_here ? " aria-current=\"page\"" : "");
        frame_text(ex, system_pages[i].title);
        buf_str(out, "</a>\n");
    }
    buf_str(out, "</nav>\n");
}

static void put_head(struct exchange *ex, const struct frame *f)
{
    struct buf *out = &ex->answer.body;
    const char *asset = f->asset ? f->asset : "";
    buf_printf(out,
               "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
               "<meta name=\"viewport\" content=\"width=device-width, "
               "initial-scale=1\">\n"
               "<link rel=\"icon\" href=\"data:,\">\n"
               "<link rel=\"stylesheet\" href=\"/assets/web.css\">\n"
               "<script type=\"module\" src=\"/assets/web.js\"></script>\n",
               ex->lang == LANG_JA ? "ja" : "en");
    if (web_asset(arena_printf(&ex->arena, "%s.css", asset)))
        buf_printf(out, "<link rel=\"stylesheet\" href=\"/assets/%s.css\">\n", asset);
    if (web_asset(arena_printf(&ex->arena, "%s.js", asset)))
        buf_printf(out, "<script type=\"module\" src=\"/assets/%s.js\"></script>\n",
                   asset);
    frame_element(ex, "title", f->title);
    buf_str(out, "</head>\n<body>\n<a class=\"skip\" href=\"#content\">");
    frame_text(ex, TEXT("Skip to the content", "本文へ移動"));
    buf_str(out, "</a>\n");
}

/* Where the page is found once more: of an answer to a form, the page it is about. */
static const char *same_page(struct exchange *ex, const struct frame *f)
{
    if (strcmp(ex->method, "POST") != 0) return "";
    return f->slug ? frame_path(ex, f->slug, f->page ? f->page : "") : "/";
}

/* The page in both languages, with what else its address asks for. */
static void put_languages(struct exchange *ex, const struct frame *f)
{
    static const char *const languages[][2] = {
        {"ja", "日本語"},
        {"en", "English"  }
    };
    struct buf *out = &ex->answer.body;
    const char *path = same_page(ex, f);
    const char *rest = *path ? "" : web_query_rest(ex, "lang");
    buf_str(out, "<span class=\"languages\">");
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        const char *code = languages[i][0];
        buf_printf(out, "<a href=\"%s?lang=%s", path, code);
        buf_html(out, rest);
        buf_printf(out, "\" lang=\"%s\" hreflang=\"%s\"%s>%s</a>", code, code,
                   (ex->lang == LANG_JA) == (i == 0) ? " aria-current=\"true\"" : "",
                   languages[i][1]);
    }
    buf_str(out, "</span>");
}

void frame_open(struct exchange *ex, const struct frame *f)
{
    struct buf *out = &ex->answer.body;
    out->len = 0;
    if (ex->answer.status == 0) ex->answer.status = 200;
    ex->answer.type = "text/html; charset=utf-8";
    put_head(ex, f);
    buf_str(out, "<header><span class=\"brand\">Awai</span>\n");
    frame_link(ex, "/", TEXT("All systems", "システム一覧"));
    frame_link(ex, "/compare", TEXT("Compare", "比較"));
    frame_link(ex, "/catalog", TEXT("Catalog", "カタログ"));
    frame_link(ex, "/settings", TEXT("Settings", "設定"));
    access_header(ex);
    put_languages(ex, f);
    buf_str(out, "</header>\n");
    put_system_pages(ex, f);
    buf_str(out, "<main id=\"content\">\n");
    frame_element(ex, "h1", f->title);
    change_notice(ex, f->slug);
}

struct text frame_title(struct exchange *ex, const char *slug, struct text what)
{
    struct store_system system;
    struct text name = text_same(slug), title;
    if (store_system(ex->web->store, ex->workspace, slug, &ex->arena, &system) ==
        STORE_OK)
        name = view_summary(ex->web, ex->workspace, &system, &ex->arena).name;
    for (int i = 0; i < N_LANGS; i++)
        title.in[i] =
            arena_printf(&ex->arena, "%s: %s", text_in(name, (enum lang)i), what.in[i]);
    return title;
}

void frame_begin(struct exchange *ex, struct text title)
{
    frame_open(ex, &(struct frame){.title = title});
}

void frame_end(struct exchange *ex)
{
    buf_str(&ex->answer.body, "</main>\n</body>\n</html>\n");
}

void frame_time(struct exchange *ex, int64_t seconds)
{
    time_t t = (time_t)seconds;
    struct tm at;
    char text[128] = "";
    if (gmtime_r(&t, &at))
        strftime(text, sizeof text,
                 "<time datetime=\"%Y-%m-%dT%H:%MZ\">%Y-%m-%d %H:%M UTC</time>", &at);
    buf_str(&ex->answer.body, text);
}

void frame_heads(struct exchange *ex, const struct text *heads, size_t n)
{
    struct buf *out = &ex->answer.body;
    buf_str(out, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"");
    frame_text(ex, TEXT("Table: ", "表: "));
    frame_text(ex, heads[0]);
    buf_str(out, "\"><table>\n<thead><tr>");
    for (size_t i = 0; i < n; i++) {
        buf_str(out, "<th scope=\"col\">");
        frame_text(ex, heads[i]);
        buf_str(out, "</th>");
    }
    buf_str(out, "</tr></thead>\n<tbody>\n");
}

void page_go(struct exchange *ex, const char *format, const char *slug)
{
    struct buf to = {0};
    for (const char *s = format; *s; s++)
        if (*s == '*')
            buf_str(&to, slug);
        else
            buf_char(&to, *s);
    buf_str(&to, frame_lang(ex));
    ex->answer.status = 303;
    ex->answer.type = "text/plain; charset=utf-8";
    ex->answer.location = arena_str(&ex->arena, buf_text(&to));
    buf_fini(&to);
}

void page_problem(struct exchange *ex, const char *message, const char *hint)
{
    frame_begin(ex, text_same(message));
    frame_element(ex, "p", text_same(hint));
    frame_end(ex);
}

const char *frame_path(struct exchange *ex, const char *slug, const char *page)
{
    return arena_printf(&ex->arena, "/systems/%s%s", slug, page);
}

void frame_notice(struct exchange *ex, const char *notice)
{
    if (notice == NULL) return;
    buf_str(&ex->answer.body, "<div class=\"notice\" role=\"alert\"><p>");
    buf_html(&ex->answer.body, notice);
    buf_str(&ex->answer.body, "</p></div>\n");
}
