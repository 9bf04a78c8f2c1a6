// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The pages around the reports, in the language of the request: portfolio, editor,
 * history, and what a problem looks like.
 */
#include <stdlib.h>
#include <string.h>

#include "web/frame.h"
#include "web/markup.h"

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
    frame_open(
        ex, &(struct frame){.title = frame_title(
                                ex, edit->slug, TEXT("edit the model", "モデルの編集")),
                            .slug = edit->slug,
                            .page = "/edit",
                            .asset = "edit"});
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
               edit->slug, frame_form(ex), (long long)edit->base);
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
               slug, (long long)number, frame_form(ex), (long long)latest);
    frame_text(ex, TEXT("Restore", "この版に戻す"));
    buf_str(out, "</button></form>");
}

/* A cell in which a version can be chosen for the form below the table. */
static void put_choice(struct exchange *ex, const char *name, struct text words,
                       int64_t number, int is_chosen)
{
    put(ex,
        "<td><input type=\"radio\" form=\"compare\" name=\"%m\" value=\"%n\"%m "
        "aria-label=\"%t %n\"></td>",
        name, number, is_chosen ? " checked" : "", words, number);
}

static void put_version(struct exchange *ex, const char *slug,
                        const struct store_version *v, int64_t latest)
{
    struct buf *out = &ex->answer.body;
    char href[128], number[24];
    snprintf(number, sizeof number, "%lld", (long long)v->number);
    snprintf(href, sizeof href, "/systems/%s/versions/%s", slug, number);
    put(ex, "<tr>");
    put_choice(ex, "from", TEXT("from version", "変更前: 版"), v->number,
               v->number == latest - 1 || latest == 1);
    put_choice(ex, "to", TEXT("to version", "変更後: 版"), v->number,
               v->number == latest);
    buf_str(out, "<th scope=\"row\">");
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
        {{"From", "変更前"}},    {{"To", "変更後"}},    {{"Version", "版"}},
        {{"Saved", "保存日時"}}, {{"By", "保存者"}},    {{"Reason", "理由"}},
        {{"Bytes", "バイト数"}}, {{"Go back", "復元"}},
    };
    const struct store_version *v = versions->items;
    frame_open(ex,
               &(struct frame){.title = frame_title(ex, slug, TEXT("history", "履歴")),
                               .slug = slug,
                               .page = "/history",
                               .asset = "pages"});
    frame_heads(ex, heads, sizeof heads / sizeof *heads);
    for (uint32_t i = 0; i < versions->n; i++)
        put_version(ex, slug, &v[i], v[0].number);
    put(ex,
        "</tbody></table></div>\n<form id=\"compare\" method=\"get\" "
        "action=\"/systems/%m/compare\">",
        slug);
    put_lang_field(ex);
    put(ex, "<button type=\"submit\">%t</button></form>\n",
        TEXT("Compare the two in meaning", "選択した二つの版の意味を比較"));
    frame_end(ex);
}
