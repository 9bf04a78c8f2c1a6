// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The page from which a system is taken out as files: the report in each format, whole
 * or an extract, in the organization's own form; the model for other tools, whose page
 * says before what cannot be carried over. All of it are addresses: links, and forms
 * that are links.
 */
#include <string.h>

#include "exchange/export.h"
#include "web/contract.h"
#include "web/hand_over.h"
#include "web/template_kept.h"
#include "web/transfer.h"

/* ---- the page ------------------------------------------------------------------- */

static void put_part(struct exchange *ex, const char *kind, const char *id,
                     struct text name)
{
    put(ex, "<option value=\"%m/%s\">%t</option>\n", kind, id, name);
}

static void put_components(struct exchange *ex, const struct seen *s)
{
    put(ex, "<optgroup label=\"%t\">\n", TEXT("One component", "一つの機器"));
    for (uint32_t i = 0; i < s->m->components.n; i++) {
        const struct component *c =
            LIST_AT(s->m->components, const struct component, i);
        put_part(ex, "component", c->entry.id, seen_name(c->name, c->entry.id));
    }
    put(ex, "</optgroup>\n");
}

static void put_stakeholders(struct exchange *ex, const struct seen *s)
{
    put(ex, "<optgroup label=\"%t\">\n",
        TEXT("One stakeholder", "一つのステークホルダー"));
    for (uint32_t i = 0; i < s->m->stakeholders.n; i++) {
        const struct stakeholder *who =
            LIST_AT(s->m->stakeholders, const struct stakeholder, i);
        put_part(ex, "stakeholder", who->entry.id, seen_name(who->name, who->entry.id));
    }
    put(ex, "</optgroup>\n");
}

/* Each supplier once, in the order of the components. */
static void put_suppliers(struct exchange *ex, const struct seen *s)
{
    struct strmap told = {0};
    for (uint32_t i = 0; i < s->m->components.n; i++) {
        uint32_t value;
        const char *name =
            LIST_AT(s->m->components, const struct component, i)->supplier;
        if (name == NULL || strmap_get(&told, name, &value)) continue;
        if (told.n == 0)
            put(ex, "<optgroup label=\"%t\">\n", TEXT("One supplier", "一つの供給者"));
        strmap_add(&told, name, i, NULL);
        put_part(ex, "supplier", name, text_same(name));
    }
    if (told.n) put(ex, "</optgroup>\n");
    strmap_fini(&told);
}

static void put_parts(struct exchange *ex, const struct seen *s)
{
    put(ex, "<label>%t<select name=\"of\"><option value=\"\">%t</option>\n",
        TEXT("About", "対象"), TEXT("The whole system", "システム全体"));
    put_components(ex, s);
    put_stakeholders(ex, s);
    put_suppliers(ex, s);
    put(ex, "</select></label>\n");
}

static void put_formats(struct exchange *ex)
{
    put(ex, "<label>%t<select name=\"format\">\n", TEXT("Format", "形式"));
    for (size_t i = 0; i < hand_over_n_formats; i++)
        put_option(ex, hand_over_formats[i].name, NULL, hand_over_formats[i].text);
    put(ex, "</select></label>\n");
}

static void put_languages(struct exchange *ex)
{
    const char *code = ex->lang == LANG_JA ? "ja" : "en";
    put(ex, "<label>%t<select name=\"lang\">\n", TEXT("Language", "言語"));
    put_option(ex, "ja", code, text_same("日本語"));
    put_option(ex, "en", code, text_same("English"));
    put(ex, "</select></label>\n");
}

static void put_forms(struct exchange *ex, const struct template_kept *t)
{
    if (t->text == NULL) return;
    put(ex,
        "<label>%t<select name=\"form\"><option value=\"own\">%t</option>"
        "<option value=\"\">%t</option></select></label>\n",
        TEXT("Form", "様式"), TEXT("The workspace's own", "ワークスペースの様式"),
        TEXT("As Awai has it", "標準の様式"));
}

static void put_report(struct exchange *ex, const struct seen *s,
                       const struct template_kept *t)
{
    put(ex, "<h2>%t</h2>\n<p class=\"prose\">%t</p>\n", TEXT("The report", "報告書"),
        TEXT("As a file: whole, or all that is about one component, stakeholder or "
             "supplier, for whoever gets it. A PDF may take a minute.",
             "報告書をファイルにする。全体のほか、一つの機器、ステークホルダー、"
             "供給者に関する部分だけの抜粋も作れる。PDFの作成には1分ほどかかることがあ"
             "る。"));
    put(ex,
        "<form class=\"filter\" method=\"get\" "
        "action=\"/systems/%m/hand-over/report\">\n",
        s->slug);
    put_parts(ex, s);
    put_formats(ex);
    put_languages(ex);
    put_forms(ex, t);
    put(ex, "<button type=\"submit\">%t</button></form>\n",
        TEXT("Make the file", "ファイルを作成"));
    if (rights_have(ex->caller.rights, RIGHT_MANAGE))
        put(ex, "<p><a href=\"/template%l\">%t</a></p>\n",
            TEXT("The workspace's own form of reports", "ワークスペースの報告書様式"));
}

/* What the report of this page, in which nothing is rehearsed, will have. */
static int is_offered(const struct seen *s, const struct picture *p)
{
    return p->needs != PICTURE_NEEDS_REHEARSAL && picture_may_be(p, s->a);
}

static void put_pictures(struct exchange *ex, const struct seen *s)
{
    put(ex, "<h2>%t</h2>\n<ul class=\"plain\">\n",
        TEXT("Single pictures (SVG)", "個々の図(SVG)"));
    for (size_t i = 0; i < picture_n; i++)
        if (is_offered(s, &picture_table[i]))
            put(ex,
                "<li><a href=\"/systems/%m/hand-over/report?format=svg&amp;"
                "figure=%m%m\">%t</a></li>\n",
                s->slug, picture_table[i].name, put_and_lang(ex),
                picture_table[i].text);
    put(ex, "</ul>\n");
}

static void put_models(struct exchange *ex, const struct seen *s)
{
    static const struct {
        const char *to;
        struct text text;
    } rows[] = {
        {"otm",
         {{"For other tools: Open Threat Model (JSON)",
           "他のツール向け: Open Threat Model(JSON)"}}                            },
        {"threat-dragon",
         {{"For OWASP Threat Dragon (JSON)", "OWASP Threat Dragon向け(JSON)"}}         },
        {"yaml",          {{"As it is, for Awai (YAML)", "そのまま、Awai用(YAML)"}}},
    };
    put(ex, "<h2>%t</h2>\n<ul class=\"plain\">\n", TEXT("The model", "モデル"));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        put(ex, "<li><a href=\"/systems/%m/export?to=%m%m\">%t</a></li>\n", s->slug,
            rows[i].to, put_and_lang(ex), rows[i].text);
    put(ex, "</ul>\n<p><a href=\"/systems/%m/import%l\">%t</a></p>\n", s->slug,
        TEXT("Take a workbook back in", "編集した表計算ファイルを取り込む"));
}

void web_get_hand_over(struct exchange *ex)
{
    struct seen s;
    struct template_kept t;
    if (template_kept_find(ex, &t) != 0 || seen_open(ex, &s) != 0) return;
    seen_begin(ex, &s, "/hand-over", TEXT("hand over", "ファイル出力"));
    put_report(ex, &s, &t);
    put_pictures(ex, &s);
    put_models(ex, &s);
    frame_end(ex);
    seen_close(&s);
}

/* ---- the report ----------------------------------------------------------------- */

static void refuse(struct exchange *ex, const char *name, const char *value)
{
    WEB_SAY(ex, REQUEST_VALUE, text_same(name), text_same(value),
            TEXT("one of those on the page", "ページの選択肢のいずれか"));
}

static const char *asked(const struct exchange *ex, const char *name)
{
    const char *value = web_query(ex, name);
    return value ? value : "";
}

/* What the address asks for; -1 after an answer. */
static int read_asked(struct exchange *ex, struct hand_over *h)
{
    const char *format = asked(ex, "format"), *of = asked(ex, "of");
    size_t n = strcspn(of, "/");
    const char *figure = asked(ex, "figure");
    h->format = hand_over_find(format[0] ? format : "html");
    h->figure = picture_find(figure, strlen(figure));
    h->extract = hand_over_kind_named(of, n);
    h->id = of[n] ? of + n + 1 : "";
    if (h->format == NULL)
        refuse(ex, "format", format);
    else if (of[0] && h->extract == EXTRACT_NONE)
        refuse(ex, "of", of);
    else if (figure[0] && h->figure == NULL && strcmp(figure, PICTURE_SHEET) != 0)
        refuse(ex, "figure", figure);
    else if (figure[0] && strcmp(h->format->name, "svg") != 0)
        refuse(ex, "format", format);
    else
        return 0;
    return -1;
}

/* The workspace's own form, if it is asked for; -1 after an answer. */
static int read_form(struct exchange *ex, struct hand_over *h,
                     struct report_template **own)
{
    const char *form = asked(ex, "form");
    struct template_kept t;
    h->template_text = "";
    if (form[0] == '\0') return 0;
    if (template_kept_find(ex, &t) != 0) return -1;
    *own = strcmp(form, "own") == 0 && t.text ? template_kept_open(&t) : NULL;
    if (*own && (*own)->diags.n_errors == 0) {
        h->template = *own;
        h->template_text = template_kept_name(ex, &t);
        return 0;
    }
    refuse(ex, "form", form);
    return -1;
}

void web_get_hand_over_report(struct exchange *ex)
{
    struct hand_over h = {0};
    struct report_template *own = NULL;
    const char *text = web_text(ex, 0, NULL);
    if (text && read_asked(ex, &h) == 0 && read_form(ex, &h, &own) == 0)
        hand_over_answer(ex, &h, text);
    template_free(own);
}

/* ---- the model ------------------------------------------------------------------ */

static void put_number_row(struct exchange *ex, struct text name, size_t n)
{
    put(ex, "<dt>%t</dt><dd>%n</dd>\n", name, (int64_t)n);
}

/* What would be in the file, and what would not. */
static void show_export(struct exchange *ex, const struct seen *s,
                        const struct export_result *r, const char *to)
{
    seen_begin(ex, s, "/hand-over",
               TEXT("the model for another tool", "他のツール向けのモデル"));
    put(ex, "<h2>%t</h2>\n<dl>\n", TEXT("What is in the file", "ファイルに入るもの"));
    put_number_row(ex, TEXT("Components", "機器"), r->n_components);
    put_number_row(ex, TEXT("Flows", "データフロー"), r->n_flows);
    put_number_row(ex, TEXT("Zones", "ゾーン"), r->n_zones);
    put_number_row(ex, TEXT("Threats", "脅威"), r->n_threats);
    put(ex, "</dl>\n<h2>%t</h2>\n",
        TEXT("What the other format has no place for", "相手の形式に入れられないもの"));
    put(ex, "<ul class=\"plain\">\n");
    for (size_t i = 0; i < r->diags.n; i++)
        put(ex, "<li>%t</li>\n", r->diags.items[i].message);
    put(ex, "</ul>\n");
    if (r->diags.n == 0) put(ex, "<p>%t</p>\n", TEXT("Nothing.", "ない。"));
    put(ex,
        "<p><a class=\"button\" href=\"/systems/%m/export?to=%m&amp;download=1%m\">%t"
        "</a></p>\n",
        s->slug, to, put_and_lang(ex), TEXT("Download", "ダウンロード"));
    frame_end(ex);
}

static void tell_export(struct exchange *ex, const struct export_result *r, int kind)
{
    struct json j = json_on(&ex->answer.body, 3);
    json_open(&j, '{');
    export_json(&j, r, (enum export_kind)kind, ex->lang, NULL);
    json_close(&j, '}');
    buf_char(&ex->answer.body, '\n');
    ex->answer.type = "application/json";
}

static void give(struct exchange *ex, const struct buf *text, const char *type,
                 const char *file)
{
    ex->answer.status = 200;
    ex->answer.type = type;
    ex->answer.file = file;
    buf_add(&ex->answer.body, buf_text(text), text->len);
}

static void export_as(struct exchange *ex, const struct seen *s, int kind,
                      const char *to)
{
    struct export_result r;
    int is_file = ex->route->is_api ? !contract_flag(ex, "about")
                                    : asked(ex, "download")[0] != '\0';
    export_model(s->view.model, ex->web->catalog, (enum export_kind)kind, ex->lang, &r);
    ex->answer.status = 200;
    if (is_file)
        give(ex, &r.text, "application/json",
             arena_printf(&ex->arena, "%s.%s.json", s->slug, to));
    else if (ex->route->is_api)
        tell_export(ex, &r, kind);
    else
        show_export(ex, s, &r, to);
    export_fini(&r);
}

/* The text of the model, with errors or without. */
static void give_text(struct exchange *ex)
{
    struct store_version version;
    struct buf out = {0};
    const char *text = web_text(ex, 0, &version);
    if (text == NULL) return;
    buf_add(&out, text, (size_t)version.n_bytes);
    give(ex, &out, "application/yaml; charset=utf-8",
         arena_printf(&ex->arena, "%s.yaml", ex->path.slug));
    buf_fini(&out);
}

/* Opens the path's system; -1 after an answer, in the form that the route has. */
static int open_system(struct exchange *ex, struct seen *s)
{
    struct store_version version;
    ex->answer.status = 422; // of what tells errors of the model
    if (!ex->route->is_api) return seen_open(ex, s);
    *s = (struct seen){.slug = ex->path.slug, .text = web_text(ex, 0, &version)};
    if (s->text == NULL) return -1;
    s->view = view_open(ex->web, s->slug, s->text, (size_t)version.n_bytes);
    if (s->view.assessment) return 0;
    api_refused(ex, &s->view.model->diags);
    seen_close(s);
    return -1;
}

void web_get_export(struct exchange *ex)
{
    const char *to = asked(ex, "to");
    int kind = choice_value(&export_kinds, to);
    struct seen s;
    if (strcmp(to, "yaml") == 0) {
        give_text(ex);
        return;
    }
    if (web_text(ex, 0, NULL) == NULL) return;
    if (kind <= 0) {
        refuse(ex, "to", to);
        return;
    }
    if (open_system(ex, &s) != 0) return;
    export_as(ex, &s, kind, to);
    seen_close(&s);
}
