// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* What changed since a person last looked; see news.h. */
#include "web/news.h"

#include <string.h>
#include <time.h>

#include "web/transfer.h"

const char *news_person(const struct exchange *ex)
{
    int is_person =
        ex->caller.kind == CALLER_SESSION || ex->caller.kind == CALLER_LOCAL;
    return is_person ? ex->caller.login : "";
}

static enum store_result note_seen(struct exchange *ex, const char *slug,
                                   int64_t number)
{
    const struct store_visit visit = {number, (int64_t)time(NULL)};
    return store_see(ex->web->store, ex->workspace, slug, news_person(ex), &visit);
}

/* ---- the part of the overview --------------------------------------------------- */

static void put_since(struct exchange *ex, const struct seen *s,
                      const struct store_visit *visit)
{
    int64_t latest = s->version.number;
    if (ex->lang == LANG_EN)
        put(ex, "<p class=\"soft\">You know version %n (", visit->number);
    else
        put(ex, "<p class=\"soft\">確認済み: 第%n版(", visit->number);
    frame_time(ex, visit->seen_s);
    if (ex->lang == LANG_EN)
        put(ex, "); now it is version %n, saved ", latest);
    else
        put(ex, ")。最新: 第%n版(", latest);
    frame_time(ex, s->version.saved_s);
    put(ex, ex->lang == LANG_EN ? " by %s. " : " %s)。", s->version.who);
    put(ex, "<a href=\"/systems/%m/history%l\">%t</a></p>\n", s->slug,
        TEXT("All versions", "すべての版"));
}

/* What is new in meaning, closed: there may be much. */
static void put_difference(struct exchange *ex, const struct seen *s, int64_t seen)
{
    const char *text = web_text(ex, seen, NULL);
    if (text == NULL) return;
    struct view old = view_open(ex->web, s->slug, text, strlen(text));
    if (old.assessment) {
        put(ex, "<details><summary>%t</summary>\n",
            TEXT("What changed in meaning, and what follows", "意味の変更と帰結"));
        put_meaning(ex, old.assessment, s->a);
        put(ex, "</details>\n");
    }
    view_close(&old);
}

static void put_button(struct exchange *ex, const struct seen *s)
{
    put(ex,
        "<form method=\"post\" action=\"/systems/%m/seen%f\"><input type=\"hidden\" "
        "name=\"number\" value=\"%n\"><button type=\"submit\">%t</button></form>\n",
        s->slug, s->version.number, TEXT("Mark as seen", "確認済みにする"));
}

void put_news(struct exchange *ex, const struct seen *s)
{
    struct store_visit visit;
    const char *person = news_person(ex);
    enum store_result result =
        store_visited(ex->web->store, ex->workspace, s->slug, person, &visit);
    if (*person &&
        result == STORE_MISSING) // what fails is asked again at the next look
        note_seen(ex, s->slug, s->version.number);
    if (result != STORE_OK || visit.number >= s->version.number) return;
    put(ex, "<section class=\"news\" id=\"news\"><h2>%t</h2>\n",
        TEXT("Since you last looked", "前回の確認以降の変更"));
    put_since(ex, s, &visit);
    put_difference(ex, s, visit.number);
    put_button(ex, s);
    put(ex, "</section>\n");
}

/* ---- seen ----------------------------------------------------------------------- */

void web_post_seen(struct exchange *ex)
{
    const struct request_form *form = seen_form(ex);
    if (form == NULL) return;
    const char *words = request_field(form, "number");
    int64_t number = words ? request_number(words) : -1;
    enum store_result result = note_seen(ex, ex->path.slug, number);
    if (result == STORE_OK)
        page_go(ex, "/systems/*", ex->path.slug);
    else
        web_store_problem(ex, result, 0);
}
