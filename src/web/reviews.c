// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * What people think of a version: approved, objected to, or a remark, with a note; one
 * of each person and version, the last. A review changes no version, so it needs less
 * than the right to change (RIGHT_REVIEW).
 */
#include <stdlib.h>
#include <string.h>

#include "base/json_read.h"
#include "web/frame.h"

enum { VERDICT_NONE, VERDICT_APPROVED, VERDICT_OBJECTED, VERDICT_REMARK, N_VERDICTS };

static const char *const verdict_names[N_VERDICTS] = {"", "approved", "objected",
                                                      "remark"};
static const struct text verdict_texts[N_VERDICTS] = {
    {{"", ""}},
    {{"approved", "承認"}},
    {{"objected to", "異議あり"}},
    {{"remark", "所見"}},
};

struct review {
    char login[LOGIN_TEXT], workspace[WORKSPACE_TEXT], slug[65], note[1025];
    int verdict;
    int64_t number, at_s;
};

static const struct record_field fields[] = {
    RECORD_TEXT_AT(struct review, login),
    RECORD_TEXT_AT(struct review, workspace),
    RECORD_TEXT_AT(struct review, slug),
    RECORD_TEXT_AT(struct review, note),
    RECORD_WORD_AT(struct review, verdict, verdict_names, N_VERDICTS),
    RECORD_NUMBER_AT(struct review, number),
    RECORD_NUMBER_AT(struct review, at_s),
};
static const struct record_kind review_kind = {
    "review", fields, sizeof fields / sizeof *fields, sizeof(struct review)};

/* ---- reading -------------------------------------------------------------------- */

/* The latest version first, then the latest review. */
static int compare(const void *a, const void *b)
{
    const struct review *x = a, *y = b;
    if (x->number != y->number) return x->number < y->number ? 1 : -1;
    if (x->at_s != y->at_s) return x->at_s < y->at_s ? 1 : -1;
    return strcmp(x->login, y->login);
}

/* The reviews of the path's system and its latest version; -1 after an answer. */
static int read_reviews(struct exchange *ex, struct review **out, size_t *n,
                        int64_t *latest)
{
    struct record_list all = {0};
    struct store_system system;
    pthread_mutex_lock(&ex->web->lock);
    enum store_result result =
        store_system(ex->web->store, ex->workspace, ex->path.slug, &ex->arena, &system);
    if (result == STORE_OK)
        result = record_all(ex->web->store, &review_kind, &ex->arena, &all);
    pthread_mutex_unlock(&ex->web->lock);
    if (result != STORE_OK) {
        web_store_problem(ex, result, 0);
        return -1;
    }
    *latest = system.latest.number;
    *out = all.values;
    *n = 0;
    for (size_t i = 0; i < all.n; i++)
        if (strcmp((*out)[i].workspace, ex->workspace) == 0 &&
            strcmp((*out)[i].slug, ex->path.slug) == 0)
            (*out)[(*n)++] = (*out)[i];
    if (*n) qsort(*out, *n, sizeof **out, compare);
    return 0;
}

/* ---- the page ------------------------------------------------------------------- */

static void put_review(struct exchange *ex, const struct review *r)
{
    struct buf *out = &ex->answer.body;
    buf_str(out, "<tr><th scope=\"row\">");
    frame_link(
        ex,
        frame_path(ex, r->slug,
                   arena_printf(&ex->arena, "/versions/%lld", (long long)r->number)),
        text_same(arena_printf(&ex->arena, "%lld", (long long)r->number)));
    buf_printf(out, "</th><td><span class=\"badge%s\">",
               r->verdict == VERDICT_OBJECTED ? " open" : "");
    frame_text(ex, verdict_texts[r->verdict]);
    buf_str(out, "</span></td>");
    access_cell(ex, r->login);
    access_cell(ex, r->note);
    access_time_cell(ex, r->at_s);
    buf_str(out, "</tr>\n");
}

static void put_form(struct exchange *ex, int64_t latest)
{
    struct buf *out = &ex->answer.body;
    const char *number = arena_printf(&ex->arena, "%lld", (long long)latest);
    frame_element(ex, "h2",
                  (struct text){
                      {arena_printf(&ex->arena, "Your review of version %s", number),
                       arena_printf(&ex->arena, "第%s版のレビュー", number)}
    });
    access_open_form(ex, arena_printf(&ex->arena, "/systems/%s/versions/%s/review",
                                      ex->path.slug, number));
    buf_str(out, "<label for=\"verdict\">");
    frame_text(ex, TEXT("Verdict", "判断"));
    buf_str(out, "</label><select id=\"verdict\" name=\"verdict\">");
    for (int v = VERDICT_APPROVED; v < N_VERDICTS; v++) {
        buf_printf(out, "<option value=\"%s\">", verdict_names[v]);
        frame_text(ex, verdict_texts[v]);
        buf_str(out, "</option>");
    }
    buf_str(out, "</select>");
    access_input(ex, &(struct access_input){.name = "note",
                                            .type = "text",
                                            .autocomplete = "off",
                                            .label = TEXT("Note", "メモ"),
                                            .is_optional = 1});
    access_close_form(ex, TEXT("Record it", "記録する"));
}

static void page_reviews(struct exchange *ex, const struct review *reviews, size_t n,
                         int64_t latest)
{
    static const struct text heads[] = {
        {{"Version", "版"}}, {{"Verdict", "判断"}}, {{"By", "レビュー者"}},
        {{"Note", "メモ"}},  {{"Time", "日時"}},
    };
    const char *slug = ex->path.slug;
    frame_open(
        ex, &(struct frame){.title = frame_title(ex, slug, TEXT("reviews", "レビュー")),
                            .slug = slug,
                            .page = "/reviews",
                            .asset = "access"});
    if (n == 0)
        frame_element(ex, "p",
                      TEXT("Nobody has reviewed it yet.", "レビューはまだない。"));
    if (n) frame_heads(ex, heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < n; i++)
        put_review(ex, &reviews[i]);
    if (n) buf_str(&ex->answer.body, "</tbody></table></div>\n");
    if (rights_have(ex->caller.rights, RIGHT_REVIEW)) put_form(ex, latest);
    frame_end(ex);
}

static void api_reviews(struct exchange *ex, const struct review *reviews, size_t n)
{
    struct json j = json_on(&ex->answer.body, 3);
    ex->answer.status = 200;
    ex->answer.type = "application/json";
    json_open(&j, '{');
    json_in(&j, "reviews", '[');
    for (size_t i = 0; i < n; i++) {
        json_open(&j, '{');
        json_put_int(&j, "version", reviews[i].number);
        json_put(&j, "verdict", verdict_names[reviews[i].verdict]);
        json_put(&j, "who", reviews[i].login);
        json_put(&j, "note", reviews[i].note);
        json_put_int(&j, "at", reviews[i].at_s);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_close(&j, '}');
    buf_char(&ex->answer.body, '\n');
}

void web_get_reviews(struct exchange *ex)
{
    struct review *reviews = NULL;
    size_t n = 0;
    int64_t latest = 0;
    if (read_reviews(ex, &reviews, &n, &latest) != 0) return;
    if (ex->route->is_api)
        api_reviews(ex, reviews, n);
    else
        page_reviews(ex, reviews, n, latest);
}

/* ---- recording ------------------------------------------------------------------ */

/* The words of an order: a form of a page, or JSON, which no form of another site can
 * send; -1 after an answer. */
static int read_order(struct exchange *ex, const char **verdict, const char **note)
{
    struct request_form form;
    if (!ex->route->is_api) {
        if (access_form(ex, &form) != 0) return -1;
        *verdict = access_field(&form, "verdict");
        *note = access_field(&form, "note");
        return 0;
    }
    if (!request_is_type(ex->content_type, "application/json")) {
        WEB_SAY(ex, REQUEST_TYPE, text_same("application/json"));
        return -1;
    }
    const struct json_value *v =
        json_read(&ex->arena, buf_text(&ex->body), ex->body.len);
    const struct json_value *words = json_get(v, "note");
    *verdict = json_text(json_get(v, "verdict"));
    *note = json_text(words);
    if (v && v->kind == JSON_OBJECT && (words == NULL || *note)) return 0;
    web_problem(ex, DIAG_REQUEST_MALFORMED, NULL);
    return -1;
}

/* 1 if the words make a review. */
static int make_review(struct exchange *ex, const char *verdict, const char *note,
                       struct review *r)
{
    uint32_t found;
    size_t len = note ? strlen(note) : 0;
    for (int v = VERDICT_APPROVED; verdict && v < N_VERDICTS; v++)
        if (strcmp(verdict, verdict_names[v]) == 0) r->verdict = v;
    if (r->verdict == VERDICT_NONE || len >= sizeof r->note) return 0;
    if (note && (text_find_invisible(note, len, 0, &found) < len || strchr(note, '\n')))
        return 0;
    snprintf(r->note, sizeof r->note, "%s", note ? note : "");
    snprintf(r->login, sizeof r->login, "%s", ex->caller.login);
    snprintf(r->workspace, sizeof r->workspace, "%s", ex->workspace);
    snprintf(r->slug, sizeof r->slug, "%s", ex->path.slug);
    r->number = ex->path.number;
    r->at_s = access_now_s();
    return 1;
}

/* Of a version that is there. With the lock. */
static enum store_result keep_review(struct exchange *ex, const struct review *r)
{
    char key[SECRET_TEXT];
    const char *text;
    enum store_result result = store_text(ex->web->store, r->workspace, r->slug,
                                          r->number, &ex->arena, &text, NULL);
    if (result != STORE_OK) return result;
    secret_hash(arena_printf(&ex->arena, "%s/%s/%lld/%s", r->workspace, r->slug,
                             (long long)r->number, r->login),
                key);
    return record_put(ex->web->store, &review_kind, key, r, -1);
}

void web_post_review(struct exchange *ex)
{
    struct review r = {.verdict = VERDICT_NONE};
    const char *verdict, *note;
    if (read_order(ex, &verdict, &note) != 0) return;
    if (!make_review(ex, verdict, note, &r)) {
        web_problem(ex, DIAG_REVIEW_FORM, NULL);
        return;
    }
    pthread_mutex_lock(&ex->web->lock);
    enum store_result result = keep_review(ex, &r);
    pthread_mutex_unlock(&ex->web->lock);
    if (result != STORE_OK)
        web_store_problem(ex, result, 0);
    else if (ex->route->is_api)
        api_reviews(ex, &r, 1);
    else
        page_go(ex, "/systems/*/reviews", r.slug);
}
