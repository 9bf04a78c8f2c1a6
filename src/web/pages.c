// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The pages around the reports, in the language of the request: portfolio, editor,
 * history, and what a problem looks like.
 */
#include <stdlib.h>
#include <string.h>

#include "web/frame.h"

/* ---- portfolio ------------------------------------------------------------------ */

static void put_position(struct exchange *ex, const struct summary *s)
{
    struct buf *out = &ex->answer.body;
    if (!s->is_assessed) {
        buf_str(out, "<span class=\"badge open\">");
        frame_text(ex, TEXT("has errors", "モデルに誤りあり"));
        buf_str(out, "</span>");
        return;
    }
    frame_text(ex, recovery_text(s->worst.recovery));
    buf_str(out, " × ");
    frame_text(ex, economic_text(s->worst.economic));
}

static void put_standing(struct exchange *ex, const struct summary *s)
{
    struct buf *out = &ex->answer.body;
    char n[16];
    if (!s->is_assessed) return;
    snprintf(n, sizeof n, "%u", s->n_above);
    buf_printf(out, "<span class=\"badge%s\">", s->n_above ? " open" : "");
    if (s->n_above && ex->lang == LANG_EN) buf_printf(out, "%s ", n);
    frame_text(ex, s->n_above ? TEXT("above target", "目標超過: ")
                              : TEXT("within targets", "目標内"));
    if (s->n_above && ex->lang == LANG_JA) buf_printf(out, "%s者", n);
    buf_str(out, "</span>");
}

static void put_system(struct exchange *ex, const struct store_system *system)
{
    struct buf *out = &ex->answer.body;
    struct summary s = view_summary(ex->web, system, &ex->arena);
    buf_str(out, "<tr><th scope=\"row\">");
    frame_link(ex, frame_path(ex, system->slug, ""), s.name);
    buf_str(out, "<div class=\"soft\">");
    buf_html(out, system->slug);
    buf_str(out, "</div></th><td>");
    put_position(ex, &s);
    buf_str(out, "</td><td>");
    put_standing(ex, &s);
    buf_str(out, "</td><td>");
    frame_time(ex, system->latest.saved_s);
    buf_printf(out, "<div class=\"soft\">%s %lld</div></td><td>",
               ex->lang == LANG_JA ? "版" : "version",
               (long long)system->latest.number);
    frame_link(ex, frame_path(ex, system->slug, "/edit"), TEXT("Edit", "編集"));
    frame_link(ex, frame_path(ex, system->slug, "/history"), TEXT("History", "履歴"));
    frame_link(ex, frame_path(ex, system->slug, "/report"),
               TEXT("Whole report", "報告書の全体"));
    buf_str(out, "</td></tr>\n");
}

static void put_new_system(struct exchange *ex)
{
    struct buf *out = &ex->answer.body;
    frame_element(ex, "h2", TEXT("A new system", "新しいシステム"));
    buf_printf(out, "<form method=\"post\" action=\"/systems%s\"><label for=\"slug\">",
               frame_lang(ex));
    frame_text(ex, TEXT("Name in addresses: letters, digits, - and _",
                        "アドレスに使う名前(英数字、-、_)"));
    buf_str(out, "</label><input id=\"slug\" name=\"slug\" required maxlength=\"64\" "
                 "pattern=\"[A-Za-z0-9_][A-Za-z0-9_\\-]*\" autocomplete=\"off\">"
                 "<button type=\"submit\">");
    frame_text(ex, TEXT("Begin with a small model", "小さなモデルから始める"));
    buf_str(out, "</button></form>\n");
}

void page_portfolio(struct exchange *ex, const struct list *systems)
{
    static const struct text heads[] = {
        {{"System", "システム"}},
        {{"Position on the map (recovery × economic)",
          "マップ上の位置(回復困難性×経済的影響)"}},
        {{"Stakeholders", "ステークホルダー"}},
        {{"Last saved", "最終保存"}},
        {{"Pages", "ページ"}},
    };
    frame_begin(ex, TEXT("All systems", "システム一覧"));
    frame_heads(ex, heads, sizeof heads / sizeof *heads);
    for (uint32_t i = 0; i < systems->n; i++)
        put_system(ex, &((const struct store_system *)systems->items)[i]);
    buf_str(&ex->answer.body, "</tbody></table></div>\n");
    put_new_system(ex);
    frame_element(ex, "h2", TEXT("For programs", "プログラムから使う"));
    frame_link(ex, "/api",
               TEXT("What the API can be asked for", "APIで要求できる内容"));
    frame_end(ex);
}

/* ---- editor --------------------------------------------------------------------- */

/* The diagnostics as `awai check` prints them: place, line, caret, what to do. */
static void put_diagnostics(struct exchange *ex, const struct diag_list *d)
{
    const struct diag_view view = {.lang = ex->lang, .warnings = 1};
    char *text = NULL;
    size_t len = 0;
    FILE *f = open_memstream(&text, &len);
    if (f == NULL) mem_out_of_memory();
    diag_print(d, f, view);
    if (fclose(f) != 0) mem_out_of_memory();
    buf_str(&ex->answer.body, "<pre tabindex=\"0\">");
    buf_html(&ex->answer.body, text);
    buf_str(&ex->answer.body, "</pre>\n");
    free(text);
}

void page_edit(struct exchange *ex, const struct edit *edit)
{
    struct buf *out = &ex->answer.body;
    const char *title = arena_printf(&ex->arena, "%s: ", edit->slug);
    frame_open(ex, &(struct frame){
                       .title = {{arena_printf(&ex->arena, "%sedit the model", title),
                                  arena_printf(&ex->arena, "%sモデルの編集", title)}},
                       .slug = edit->slug,
                       .page = "/edit"});
    frame_notice(ex, edit->notice);
    if (edit->diags) put_diagnostics(ex, edit->diags);
    frame_link(
        ex,
        frame_path(ex, edit->slug,
                   arena_printf(&ex->arena, "/versions/%lld", (long long)edit->base)),
        TEXT("The version that is replaced", "置き換える版"));
    buf_printf(out,
               "<form method=\"post\" action=\"/systems/%s/edit%s\">"
               "<input type=\"hidden\" name=\"base\" value=\"%lld\">"
               "<label for=\"text\">",
               edit->slug, frame_lang(ex), (long long)edit->base);
    frame_text(ex, TEXT("Model (YAML)", "モデル(YAML)"));
    buf_str(out, "</label><textarea id=\"text\" name=\"text\" spellcheck=\"false\" "
                 "required>\n");
    buf_html(out, edit->text);
    buf_str(out, "</textarea><label for=\"why\">");
    frame_text(ex, TEXT("Reason for the change", "変更の理由"));
    buf_str(out, "</label><input id=\"why\" name=\"why\" maxlength=\"300\" value=\"");
    buf_html(out, edit->reason);
    buf_str(out, "\"><button type=\"submit\">");
    frame_text(ex, TEXT("Save as a new version", "新しい版として保存"));
    buf_str(out, "</button></form>\n");
    frame_end(ex);
}

/* ---- history -------------------------------------------------------------------- */

static void put_restore(struct exchange *ex, const char *slug, int64_t number,
                        int64_t latest)
{
    struct buf *out = &ex->answer.body;
    if (number == latest) {
        frame_text(ex, TEXT("in use", "使用中"));
        return;
    }
    buf_printf(out,
               "<form method=\"post\" action=\"/systems/%s/versions/%lld/restore%s\">"
               "<input type=\"hidden\" name=\"base\" value=\"%lld\">"
               "<button type=\"submit\">",
               slug, (long long)number, frame_lang(ex), (long long)latest);
    frame_text(ex, TEXT("Restore", "この版に戻す"));
    buf_str(out, "</button></form>");
}

static void put_version(struct exchange *ex, const char *slug,
                        const struct store_version *v, int64_t latest)
{
    struct buf *out = &ex->answer.body;
    char href[128], number[24];
    snprintf(number, sizeof number, "%lld", (long long)v->number);
    snprintf(href, sizeof href, "/systems/%s/versions/%s", slug, number);
    buf_str(out, "<tr><th scope=\"row\">");
    frame_link(ex, href, text_same(number));
    buf_str(out, "</th><td>");
    frame_time(ex, v->saved_s);
    buf_str(out, "</td><td>");
    buf_html(out, v->who);
    buf_str(out, "</td><td>");
    buf_html(out, v->why);
    buf_printf(out, "</td><td class=\"number\">%lld</td><td>", (long long)v->n_bytes);
    put_restore(ex, slug, v->number, latest);
    buf_str(out, "</td></tr>\n");
}

void page_history(struct exchange *ex, const char *slug, const struct list *versions)
{
    static const struct text heads[] = {
        {{"Version", "版"}},  {{"Saved", "保存日時"}}, {{"By", "保存者"}},
        {{"Reason", "理由"}}, {{"Bytes", "バイト数"}}, {{"Go back", "復元"}},
    };
    const struct store_version *v = versions->items;
    frame_open(ex,
               &(struct frame){.title = {{arena_printf(&ex->arena, "%s: history", slug),
                                          arena_printf(&ex->arena, "%s: 履歴", slug)}},
                               .slug = slug,
                               .page = "/history"});
    frame_heads(ex, heads, sizeof heads / sizeof *heads);
    for (uint32_t i = 0; i < versions->n; i++)
        put_version(ex, slug, &v[i], v[0].number);
    buf_str(&ex->answer.body, "</tbody></table></div>\n");
    frame_end(ex);
}
