// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The workspace's own form of reports: written here, checked as `awai report
 * --template` does, and kept for all who make reports in the workspace.
 */
#include <string.h>

#include "web/seen.h"
#include "web/template_kept.h"
#include "web/transfer.h"

/* What the page begins with where there is none yet. */
static const char beginning[] =
    "template: 1\n\ncover:\n  organization: {en: \"Our company\", ja: \"弊社\"}\n"
    "  heading: {en: \"Security assessment\", ja: \"セキュリティ評価書\"}\n"
    "  # logo: logo.svg\n\n"
    "# order: [summary, treat, assess, prepare]\n# leave-out: [sources]\n";

static void put_state(struct exchange *ex, const struct template_kept *kept)
{
    put(ex, "<p class=\"prose\">%t</p>\n",
        TEXT(
            "Cover, logo, order of chapters, headings and what is left out of the "
            "reports that are handed over from this workspace. What a report finds, it "
            "cannot change; what it leaves out, the cover says.",
            "このワークスペースから出力する報告書の表紙、ロゴ、章の順序、見出し、"
            "省く章を定める。評価の内容は変えられず、省いた章は表紙に示される。"));
    put(ex, "<p>%t</p>\n",
        kept->text == NULL ? TEXT("There is none yet.", "まだ登録されていない。")
        : kept->logo ? TEXT("One is kept, with a logo.", "登録済み(ロゴあり)。")
                     : TEXT("One is kept, without a logo.", "登録済み(ロゴなし)。"));
}

static void put_form(struct exchange *ex, const char *text, int is_kept)
{
    put(ex,
        "<form method=\"post\" enctype=\"multipart/form-data\" "
        "action=\"/template%l\">\n"
        "<label for=\"text\">%t</label><textarea id=\"text\" name=\"text\" "
        "spellcheck=\"false\">\n%s</textarea>\n",
        TEXT("Template (YAML)", "様式(YAML)"), text);
    put(ex,
        "<label for=\"logo\">%t</label><input type=\"file\" id=\"logo\" name=\"logo\" "
        "accept=\".svg,.png\">\n",
        TEXT("Logo: SVG or PNG, at most 48 KiB; without a file the one that is kept "
             "stays",
             "ロゴ(SVG又はPNG、48 KiBまで)。選択しなければ登録済みのものを使う"));
    put(ex,
        "<button type=\"submit\" name=\"do\" value=\"check\" "
        "class=\"quiet\">%t</button>\n"
        "<button type=\"submit\" name=\"do\" value=\"keep\">%t</button>\n",
        TEXT("Check", "検査のみ"), TEXT("Keep", "登録"));
    if (is_kept)
        put(ex,
            "<button type=\"submit\" name=\"do\" value=\"drop\" class=\"quiet\">%t"
            "</button>\n",
            TEXT("Take away", "登録を削除"));
    put(ex, "</form>\n");
}

/* The page with a text; `notice` or NULL, and what a check has found or NULL. */
static void show(struct exchange *ex, const struct template_kept *kept,
                 const char *text, const struct text *notice, const struct diag_list *d)
{
    frame_open(ex, &(struct frame){.title = TEXT("The workspace's form of reports",
                                                 "ワークスペースの報告書様式"),
                                   .asset = "pages"});
    if (notice) put(ex, "<p class=\"next\" role=\"status\">%t</p>\n", *notice);
    if (d && d->n) seen_diagnostics(ex, d);
    put_state(ex, kept);
    put_form(ex, text, kept->text != NULL);
    frame_end(ex);
}

void web_get_template(struct exchange *ex)
{
    struct template_kept kept;
    if (template_kept_find(ex, &kept) == 0)
        show(ex, &kept, kept.text ? kept.text : beginning, NULL, NULL);
}

/* The template of the form, with its logo or the one that is kept; -1 after an answer.
 */
static int read_sent(struct exchange *ex, const struct multipart *m,
                     const struct template_kept *kept, struct template_kept *sent)
{
    const struct multipart_part *logo = multipart_find(m, "logo");
    *sent = (struct template_kept){multipart_text(m, "text", &ex->arena), kept->logo,
                                   kept->logo_len};
    if (logo && logo->len) {
        sent->logo = logo->bytes;
        sent->logo_len = logo->len;
    }
    if (sent->text) return template_kept_fits(ex, sent) ? 0 : -1;
    web_problem(ex, DIAG_REQUEST_NOTE, NULL);
    return -1;
}

/* Keeps it if it is right and is to be kept. */
static void take(struct exchange *ex, const struct template_kept *kept,
                 const struct template_kept *sent, int is_to_keep)
{
    static const struct text good = {
        {"The template is right; it has not been kept.",
         "誤りはない。まだ登録していない。"}
    };
    static const struct text bad = {
        {"The template has errors; it has not been kept.",
         "誤りがあるため、登録していない。"}
    };
    struct report_template *t = template_kept_open(sent);
    int is_right = t->diags.n_errors == 0;
    if (is_right && is_to_keep) {
        if (template_kept_put(ex, sent) == 0) page_go(ex, "/template", "");
    } else {
        ex->answer.status = is_right ? 200 : 422;
        show(ex, kept, sent->text, is_right ? &good : &bad, &t->diags);
    }
    template_free(t);
}

void web_post_template(struct exchange *ex)
{
    static const struct template_kept none = {0};
    struct multipart m;
    struct template_kept kept, sent;
    if (upload_read(ex, &m) != 0 || template_kept_find(ex, &kept) != 0) return;
    const char *order = multipart_text(&m, "do", &ex->arena);
    if (order && strcmp(order, "drop") == 0) {
        if (template_kept_put(ex, &none) == 0) page_go(ex, "/template", "");
    } else if (read_sent(ex, &m, &kept, &sent) == 0) {
        take(ex, &kept, &sent, order && strcmp(order, "keep") == 0);
    }
}
