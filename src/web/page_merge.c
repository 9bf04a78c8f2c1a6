// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Two people have changed a model at once: the text of the later one is merged with
 * what was saved meanwhile (merge.h). What does not overlap is merged already; for each
 * overlap the page asks which lines are to be kept. What is sent back is merged anew on
 * the server, checked, and saved as a version made from the latest.
 */
#include <stdlib.h>
#include <string.h>

#include "web/merge.h"
#include "web/seen.h"

/* The text of a version; "" if it is not there. */
static const char *text_of(struct exchange *ex, int64_t number)
{
    const char *text = NULL;
    enum store_result result = STORE_MISSING;
    if (number > 0)
        result = store_text(ex->web->store, ex->workspace, ex->path.slug, number,
                            &ex->arena, &text, NULL);
    return result == STORE_OK ? text : "";
}

static struct merge merge_of(struct exchange *ex, const struct merge_ask *ask)
{
    return merge_texts(&ex->arena, text_of(ex, ask->base), ask->mine,
                       text_of(ex, ask->latest));
}

/* ---- the page ------------------------------------------------------------------- */

static const char *lines_text(struct exchange *ex, struct lines_of lines)
{
    return arena_strn(&ex->arena, lines.text, lines.len);
}

static void put_lines(struct exchange *ex, struct text title, struct lines_of lines)
{
    put(ex, "<div><h3>%t</h3>", title);
    if (lines.len)
        put(ex, "<pre tabindex=\"0\">%s</pre></div>\n", lines_text(ex, lines));
    else
        put(ex, "<p class=\"soft\">%t</p></div>\n", TEXT("no line", "行なし"));
}

static void put_choice(struct exchange *ex, unsigned number, char value, int is_chosen,
                       struct text words)
{
    put(ex,
        "<label class=\"check\"><input type=\"radio\" name=\"part-%d\" "
        "value=\"%m\"%m>%t</label>\n",
        (int)number, arena_printf(&ex->arena, "%c", value), is_chosen ? " checked" : "",
        words);
}

/* The columns that a part's first line with something in it stands in. */
static size_t column_of(const struct merge_part *p)
{
    const struct lines_of *side = p->mine.len     ? &p->mine
                                  : p->theirs.len ? &p->theirs
                                                  : &p->base;
    size_t at = 0, start = 0;
    for (; at < side->len && strchr(" \n", side->text[at]); at++)
        if (side->text[at] == '\n') start = at + 1;
    return at - start;
}

/* The keys that a line after a text is below, such as "measures / m-lock": a board has
 * no line numbers. In the arena. */
static const char *keys_above(struct exchange *ex, const struct buf *before,
                              size_t column)
{
    const char *path = "", *text = buf_text(before);
    for (size_t end = before->len; end > 0 && column > 0;) {
        size_t from = --end;
        while (from > 0 && text[from - 1] != '\n')
            from--;
        size_t indent = strspn(text + from, " ");
        const char *key = text + from + indent;
        size_t len = strcspn(key, ":\n");
        if (indent < column && key[len] == ':' && *key != '#') {
            path = arena_printf(&ex->arena, "%.*s%s%s", (int)len, key,
                                *path ? " / " : "", path);
            column = indent;
        }
        end = from;
    }
    return path;
}

static void put_conflict(struct exchange *ex, const struct merge_part *p,
                         unsigned number, const struct buf *before)
{
    const char *where = keys_above(ex, before, column_of(p));
    put(ex, "<fieldset class=\"conflict\"><legend>%t %d%m%s</legend>\n",
        TEXT("Conflict", "競合"), (int)number, *where ? ": " : "", where);
    put_choice(ex, number, 'm', 1, TEXT("keep mine", "自分の内容を残す"));
    put_choice(ex, number, 't', 0, TEXT("keep theirs", "相手の内容を残す"));
    put_choice(ex, number, 'b', 0, TEXT("keep both", "両方を残す"));
    put(ex, "<div class=\"choices\">\n");
    put_lines(ex, TEXT("Mine", "自分"), p->mine);
    put_lines(ex, TEXT("Theirs", "相手"), p->theirs);
    put_lines(ex, TEXT("Before", "変更前"), p->base);
    put(ex, "</div></fieldset>\n");
}

/* What was merged without asking. */
static void put_taken(struct exchange *ex, const struct merge_part *p)
{
    put(ex, "<details><summary>%t</summary><div class=\"choices\">\n",
        p->kind == MERGE_MINE ? TEXT("taken from mine", "自分の変更を採用")
                              : TEXT("taken from theirs", "相手の変更を採用"));
    put_lines(ex, TEXT("Now", "採用"), p->kind == MERGE_MINE ? p->mine : p->theirs);
    put_lines(ex, TEXT("Before", "変更前"), p->base);
    put(ex, "</div></details>\n");
}

static void put_parts(struct exchange *ex, const struct merge *merge)
{
    unsigned number = 0;
    struct buf before = {0};
    for (size_t i = 0; i < merge->n; i++) {
        const struct merge_part *p = &merge->parts[i];
        const struct lines_of *now = p->kind == MERGE_THEIRS ? &p->theirs : &p->mine;
        if (p->kind == MERGE_CONFLICT)
            put_conflict(ex, p, ++number, &before);
        else if (p->kind != MERGE_SAME)
            put_taken(ex, p);
        buf_add(&before, now->text, now->len);
    }
    buf_fini(&before);
}

static void put_notice(struct exchange *ex, int64_t latest)
{
    struct buf notice = {0};
    const char *number = arena_printf(&ex->arena, "%lld", (long long)latest);
    diag_message(DIAG_REQUEST_CONFLICT, ex->lang,
                 DIAG_ARGUMENTS(REQUEST_CONFLICT, text_same(number)), &notice);
    frame_notice(ex, buf_text(&notice));
    buf_fini(&notice);
}

void page_merge(struct exchange *ex, const struct merge_ask *ask)
{
    struct merge merge = merge_of(ex, ask);
    ex->answer.status = 409;
    frame_open(ex, &(struct frame){
                       .title = TEXT("Two changes at once", "同時に行われた変更の統合"),
                       .slug = ex->path.slug,
                       .page = "/edit",
                       .asset = "pages"});
    put_notice(ex, ask->latest);
    put(ex, "<p class=\"prose\">%t</p>\n",
        merge.n_conflicts
            ? TEXT("What does not overlap is merged. Choose for each conflict what is "
                   "kept.",
                   "重ならない変更は統合した。競合ごとに残す内容を選ぶ。")
            : TEXT("The two changes do not overlap and are merged. Look them over, and "
                   "save.",
                   "二つの変更は重ならないため統合した。内容を確かめて保存する。"));
    put(ex,
        "<form method=\"post\" action=\"/systems/%m/merge%f\" class=\"merge\">"
        "<input type=\"hidden\" name=\"base\" value=\"%n\">"
        "<input type=\"hidden\" name=\"latest\" value=\"%n\">\n",
        ex->path.slug, ask->base, ask->latest);
    put_parts(ex, &merge);
    put(ex,
        "<details><summary>%t</summary><label for=\"mine\">%t</label>"
        "<textarea id=\"mine\" name=\"text\" spellcheck=\"false\" readonly>\n%s"
        "</textarea></details>\n",
        TEXT("My whole text", "自分の文章の全体"), TEXT("Model (YAML)", "モデル(YAML)"),
        ask->mine);
    put(ex,
        "<label for=\"why\">%t</label><input id=\"why\" name=\"why\" "
        "maxlength=\"300\" value=\"%s\"><button type=\"submit\">%t</button></form>\n",
        TEXT("Reason for the change", "変更の理由"), ask->why,
        TEXT("Check and save the merged text", "統合した内容を検査して保存"));
    frame_end(ex);
}

/* ---- saving --------------------------------------------------------------------- */

/* What was chosen, a letter for each conflict. */
static const char *choices(struct exchange *ex, const struct request_form *form,
                           size_t n)
{
    char *choice = arena_alloc(&ex->arena, n + 1);
    for (size_t i = 0; i < n; i++) {
        const char *name = arena_printf(&ex->arena, "part-%zu", i + 1);
        const char *value = request_field(form, name);
        choice[i] = value && value[0] && value[1] == '\0' ? value[0] : 'm';
    }
    return choice;
}

/* Saves the merged text, or shows what is wrong with it in the editor. */
static void save_merged(struct exchange *ex, const struct merge_ask *ask,
                        const char *text)
{
    int64_t number = 0;
    struct view v = view_open(ex->web, ex->path.slug, text, strlen(text));
    enum store_result result = STORE_OK;
    if (v.assessment)
        result = web_save(ex, ex->path.slug, ask->latest, text, ask->why, &number);
    if (v.assessment == NULL) {
        ex->answer.status = web_status_of(DIAG_REQUEST_MODEL);
        page_edit(ex, &(struct edit){.slug = ex->path.slug,
                                     .text = text,
                                     .reason = ask->why,
                                     .base = ask->latest,
                                     .diags = &v.model->diags});
    } else if (result == STORE_OK) {
        page_go(ex, "/systems/*", ex->path.slug);
    } else if (result == STORE_CONFLICT) {
        page_merge(ex, &(struct merge_ask){text, ask->why, ask->latest, number});
    } else {
        web_store_problem(ex, result, number);
    }
    view_close(&v);
}

void web_post_merge(struct exchange *ex)
{
    struct buf text = {0};
    const struct request_form *form = seen_form(ex);
    if (form == NULL) return;
    const char *mine = request_field(form, "text"), *why = request_field(form, "why");
    const char *base = request_field(form, "base");
    const char *latest = request_field(form, "latest");
    struct merge_ask ask = {mine ? mine : "", why && !text_is_blank(why) ? why : "",
                            request_number(base ? base : ""),
                            request_number(latest ? latest : "")};
    if (ask.base < 1 || ask.latest < 1) {
        web_problem(ex, DIAG_REQUEST_BASE, NULL);
        return;
    }
    struct merge merge = merge_of(ex, &ask);
    merge_write(&merge, choices(ex, form, merge.n_conflicts), &text);
    save_merged(ex, &ask, buf_text(&text));
    buf_fini(&text);
}
