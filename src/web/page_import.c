// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Files that others have written, taken in: as a new system, or a workbook as changes
 * to one that is there. A file is read and nothing of it kept; the page then says what
 * it was taken for, what could not be carried over and where, and what would come of
 * it, and holds the text of the model in the form that saves it. So what is saved is
 * what was looked at, and saving goes the way of every other text.
 */
#include <stddef.h>
#include <string.h>

#include "web/long_work.h"
#include "web/seen.h"
#include "web/transfer.h"

/* ---- the form ------------------------------------------------------------------- */

int upload_read(struct exchange *ex, struct multipart *m)
{
    char boundary[MULTIPART_BOUNDARY];
    if (!request_is_type(ex->content_type, "multipart/form-data"))
        WEB_SAY(ex, REQUEST_TYPE, text_same("multipart/form-data"));
    else if (multipart_boundary(ex->content_type, boundary) != 0 ||
             multipart_read(buf_text(&ex->body), ex->body.len, boundary, &ex->arena,
                            m) != 0)
        web_problem(ex, DIAG_REQUEST_MALFORMED, NULL);
    else
        return 0;
    return -1;
}

/* 1 if the page is about a system that is there. */
static int is_into(const struct exchange *ex)
{
    return ex->path.slug[0] != '\0';
}

static void open_page(struct exchange *ex, const char *file)
{
    struct text title = is_into(ex)
                            ? TEXT("Take a workbook in", "表計算ファイルの取込み")
                            : TEXT("Take a file in", "ファイルの取込み");
    for (int i = 0; file && file[0] && i < N_LANGS; i++)
        title.in[i] = arena_printf(&ex->arena, "%s: %s", title.in[i], file);
    frame_open(ex, &(struct frame){.title = title,
                                   .slug = is_into(ex) ? ex->path.slug : NULL,
                                   .page = "/hand-over",
                                   .asset = "pages"});
}

static const char *action(struct exchange *ex)
{
    return is_into(ex) ? frame_path(ex, ex->path.slug, "/import") : "/import";
}

static void put_form(struct exchange *ex)
{
    put(ex,
        "<form method=\"post\" enctype=\"multipart/form-data\" action=\"%m%l\">\n"
        "<label for=\"file\">%t</label><input type=\"file\" id=\"file\" name=\"file\" "
        "required%m>\n",
        action(ex), TEXT("File", "ファイル"), is_into(ex) ? " accept=\".xlsx\"" : "");
    if (!is_into(ex))
        put_select_set(ex, "from", TEXT("What it is", "種類"),
                       TEXT("by its content", "内容から判断"), &import_kinds, "");
    put(ex, "<button type=\"submit\">%t</button></form>\n",
        TEXT("Look at it", "内容を確認"));
}

static void put_about(struct exchange *ex)
{
    put(ex, "<p class=\"prose\">%t</p>\n",
        is_into(ex)
            ? TEXT("A workbook of this system, as the report in XLSX has it, or with "
                   "rows typed in. The rows change the model; what is not in the "
                   "workbook stays as it is. Nothing is saved before you have seen "
                   "what changes.",
                   "このシステムの報告書(XLSX)を編集したもの、又は行を書き足したものを"
                   "取り込む。各行がモデルへの変更になり、ファイルに無い部分はそのまま"
                   "残る。変更内容を確認するまで、何も保存されない。")
            : TEXT(
                  "A workbook (XLSX), an Open Threat Model, or a model of OWASP Threat "
                  "Dragon becomes a new system. Nothing is saved before you have seen "
                  "what came of it.",
                  "表計算ファイル(XLSX)、Open Threat Model、OWASP Threat Dragonの"
                  "モデルを、新しいシステムとして取り込む。結果を確認するまで、何も"
                  "保存されない。"));
}

/* The form, with what was wrong with the last one, or NULL. */
static void show_form(struct exchange *ex, const struct text *trouble)
{
    if (trouble) ex->answer.status = 422;
    open_page(ex, NULL);
    if (trouble) frame_notice(ex, text_in(*trouble, ex->lang));
    put_about(ex);
    put_form(ex);
    frame_end(ex);
}

void web_get_import(struct exchange *ex)
{
    if (is_into(ex) && web_text(ex, 0, NULL) == NULL) return;
    show_form(ex, NULL);
}

/* ---- what is said of a file ----------------------------------------------------- */

enum { MOST_SHOWN = 500 }; // of errors, and of all else

/* The place of a diagnostic, without the name of the file that the page is about. */
static const char *place_of(struct exchange *ex, const struct diag_list *d,
                            const struct place *at, const char *name)
{
    size_t n = strlen(name);
    const struct diag_file *f = at->file < d->n_files ? &d->files[at->file] : NULL;
    if (f == NULL) return "";
    if (!f->is_place && at->line)
        return arena_printf(&ex->arena, "%s:%u:%u", f->path, at->line, at->column);
    if (strncmp(f->path, name, n) == 0 && strncmp(f->path + n, ": ", 2) == 0)
        return f->path + n + 2;
    return f->path;
}

static void put_message(struct exchange *ex, const struct diag_list *d,
                        const struct diag *item, const char *name)
{
    put(ex, "<li><strong>%s</strong> %t", place_of(ex, d, &item->at, name),
        item->message);
    if (!text_empty(item->hint))
        put(ex, "<br><span class=\"soft\">%t</span>", item->hint);
    put(ex, "</li>\n");
}

static void put_part(struct exchange *ex, const struct diag_list *d, const char *name,
                     int is_errors)
{
    static const struct counted more = {{{"{n} more", "ほか{n}件"}},
                                        {{"{n} more", "ほか{n}件"}}};
    size_t n = is_errors ? d->n_errors : d->n - (d->n_errors - d->n_dropped), shown = 0;
    if (n == 0) return;
    put(ex, "<h2>%t</h2>\n<ul class=\"plain\">\n",
        is_errors ? TEXT("What must be corrected first", "先に直すべき誤り")
                  : TEXT("What is not carried over as it is",
                         "そのままでは引き継げないもの"));
    for (size_t i = 0; i < d->n && shown < MOST_SHOWN; i++) {
        if ((d->items[i].severity == DIAG_ERROR) != is_errors) continue;
        put_message(ex, d, &d->items[i], name);
        shown++;
    }
    put(ex, "</ul>\n");
    if (shown == n) return;
    put(ex, "<p>");
    put_count(ex, more, (int64_t)(n - shown));
    put(ex, "</p>\n");
}

void put_transfer_messages(struct exchange *ex, const struct diag_list *d,
                           const char *name)
{
    put_part(ex, d, name, 1);
    put_part(ex, d, name, 0);
}

/* ---- what would come of it ------------------------------------------------------ */

/* A list of the model whose entries have names. */
struct part {
    struct text text;
    size_t list, size, name;
};
// clang-format off
#define PART(list, type, en, ja) \
    {{{en, ja}}, offsetof(struct model_data, list), sizeof(struct type), \
     offsetof(struct type, name)}
static const struct part parts[] = {
    PART(stakeholders, stakeholder, "Stakeholders", "ステークホルダー"),
    PART(zones, zone, "Zones", "ゾーン"),
    PART(components, component, "Components", "機器"),
    PART(flows, flow, "Flows", "データフロー"),
    PART(data, data, "Data", "データ"),
    PART(incidents, incident, "Incidents", "インシデント"),
    PART(measures, measure, "Measures", "対策"),
};
// clang-format on

/* How many there are, and the first of their names. */
static void put_list(struct exchange *ex, const struct model_data *m,
                     const struct part *p)
{
    enum { NAMES = 12 };
    const struct list *l = (const void *)((const char *)m + p->list);
    put(ex, "<dt>%t</dt><dd>%n", p->text, (int64_t)l->n);
    for (uint32_t i = 0; i < l->n && i < NAMES; i++) {
        const char *item = (const char *)l->items + i * p->size;
        const struct text *name = (const void *)(item + p->name);
        const struct entry *entry = (const void *)item; // each begins with it
        put(ex, "%m%t", i ? "" : ": ", i ? TEXT(", ", "、") : TEXT("", ""));
        put(ex, "%t", seen_name(*name, entry->id));
    }
    put(ex, "%m</dd>\n", l->n > NAMES ? " …" : "");
}

static void put_preview(struct exchange *ex, const struct model_data *m)
{
    put(ex, "<h2>%t</h2>\n<dl>\n", TEXT("What comes of it", "取込み結果"));
    put(ex, "<dt>%t</dt><dd>%t</dd>\n", TEXT("System", "システム"), m->system.name);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        put_list(ex, m, &parts[i]);
    put(ex, "</dl>\n");
}

/* The fields of a form that saves the text. */
static void put_saving(struct exchange *ex, const char *text, const char *why,
                       struct text button)
{
    put(ex,
        "<label for=\"why\">%t</label><input id=\"why\" name=\"why\" maxlength=\"300\" "
        "value=\"%s\">\n<details><summary>%t</summary><textarea name=\"text\" "
        "aria-label=\"%t\" readonly spellcheck=\"false\">\n%s</textarea></details>\n"
        "<button type=\"submit\">%t</button></form>\n",
        TEXT("Reason for the change", "変更の理由"), why,
        TEXT("The text of the model", "モデルの文章"),
        TEXT("Model (YAML)", "モデル(YAML)"), text, button);
}

/* A name for addresses that no system of the workspace has. */
static const char *free_slug(struct exchange *ex, const char *wanted)
{
    struct store_system unused;
    const char *stem = wanted && schema_is_id(wanted) ? wanted : "imported";
    const char *slug = stem;
    for (int k = 2; k < 100; k++) {
        if (store_system(ex->web->store, ex->workspace, slug, &ex->arena, &unused) !=
            STORE_OK)
            return slug;
        slug = arena_printf(&ex->arena, "%.60s-%d", stem, k);
    }
    return "";
}

/* The form that makes a system of a text, under a name like the one that is wanted. */
static void put_making(struct exchange *ex, const char *wanted, const char *text,
                       const char *why)
{
    put(ex,
        "<form method=\"post\" action=\"/systems%f\"><label for=\"slug\">%t</label>"
        "<input id=\"slug\" name=\"slug\" required maxlength=\"64\" "
        "pattern=\"[A-Za-z0-9_][A-Za-z0-9_\\-]*\" autocomplete=\"off\" "
        "value=\"%s\">\n",
        TEXT("Name in addresses: letters, digits, - and _",
             "アドレスに使う名前(英数字、-、_)"),
        free_slug(ex, wanted));
    put_saving(ex, text, why, TEXT("Make the system", "システムを作成"));
}

void page_make_again(struct exchange *ex, const char *slug, const char *text,
                     const char *why)
{
    frame_open(ex,
               &(struct frame){.title = TEXT("Choose another name", "別の名前を選ぶ"),
                               .asset = "pages"});
    put(ex, "<div class=\"notice\" role=\"alert\"><p>");
    if (slug && schema_is_id(slug))
        put(ex, "%t <a href=\"/systems/%m%l\">%s</a></p></div>\n",
            TEXT("Nothing was saved, since there is a system of that name already:",
                 "同じ名前のシステムが既にあるため、保存していない。既にあるシステム:"),
            slug, slug);
    else
        put(ex, "%t</p></div>\n",
            TEXT("Nothing was saved, since this is no name for a system.",
                 "システムの名前として使えないため、保存していない。"));
    put_making(ex, slug, text, why);
    frame_end(ex);
}

/* ---- reading -------------------------------------------------------------------- */

/* A file that was sent, and the system that it is to change, if any. */
struct incoming {
    struct import_job job;
    struct import_base base;
    struct store_version version; // of the base
    struct import_result r;
};

static void read_file(struct exchange *ex, struct incoming *in)
{
    in->job.catalog = ex->web->catalog;
    in->job.is_text_only = 1;
    import_bytes(&in->job, &in->r);
}

/* The system that a workbook changes; -1 after an answer. */
static int find_base(struct exchange *ex, struct incoming *in)
{
    const char *text = web_text(ex, 0, &in->version);
    if (text == NULL) return -1;
    in->base =
        (struct import_base){ex->path.slug, text, (size_t)in->version.n_bytes, NULL};
    in->job.base = &in->base;
    in->job.kind = IMPORT_XLSX;
    return 0;
}

/* The kind that is named, if one is; -1 after an answer. */
static int find_kind(struct exchange *ex, struct incoming *in, const char *from)
{
    int kind = from && from[0] ? choice_value(&import_kinds, from) : IMPORT_UNKNOWN;
    in->job.kind = kind < 0 ? IMPORT_UNKNOWN : (enum import_kind)kind;
    if (kind >= 0) return 0;
    WEB_SAY(ex, REQUEST_VALUE, text_same("from"), text_same(from),
            TEXT("xlsx, otm or threat-dragon", "xlsx、otm、threat-dragon のいずれか"));
    return -1;
}

/* ---- the answers ---------------------------------------------------------------- */

static void put_counts(struct exchange *ex, const struct import_result *r)
{
    put(ex, "<dl><dt>%t</dt><dd>%t</dd><dt>%t</dt><dd>%n</dd>",
        TEXT("Read as", "読取り形式"), choice_text(&import_kinds, (int)r->kind),
        TEXT("New entries", "新規の項目"), (int64_t)r->n_new);
    put(ex, "<dt>%t</dt><dd>%n</dd><dt>%t</dt><dd>%n</dd></dl>\n",
        TEXT("Changed", "変更される項目"), (int64_t)r->n_changed,
        TEXT("As they were", "変更のない項目"), (int64_t)r->n_same);
}

static void show_refused(struct exchange *ex, const struct incoming *in)
{
    ex->answer.status = 422;
    open_page(ex, in->job.name);
    frame_notice(
        ex,
        text_in(TEXT("The file cannot be taken in as it is; nothing was saved.",
                     "このファイルはそのままでは取り込めない。何も保存されていない。"),
                ex->lang));
    put_transfer_messages(ex, &in->r.diags, in->job.name);
    put(ex, "<h2>%t</h2>\n", TEXT("Choose another", "別のファイルを選ぶ"));
    put_form(ex);
    frame_end(ex);
}

static void show_new(struct exchange *ex, const struct incoming *in,
                     const struct view *v)
{
    const struct model_data *m = &v->model->m;
    const char *why = arena_printf(
        &ex->arena, "%s%s", text_in(TEXT("taken in from ", "取込み: "), ex->lang),
        in->job.name);
    put_preview(ex, m);
    put_making(ex, m->system.id, buf_text(&in->r.text), why);
}

static void show_changes(struct exchange *ex, const struct incoming *in,
                         const struct view *v)
{
    struct view old = view_open(ex->web, ex->path.slug, in->base.text, in->base.len);
    const char *why = arena_printf(
        &ex->arena, "%s%s",
        text_in(TEXT("workbook ", "表計算ファイルの取込み: "), ex->lang), in->job.name);
    if (old.assessment) put_meaning(ex, old.assessment, v->assessment);
    view_close(&old);
    put(ex,
        "<form method=\"post\" action=\"/systems/%m/edit%f\"><input type=\"hidden\" "
        "name=\"base\" value=\"%n\">"
        "<input type=\"hidden\" name=\"join\" value=\"1\">\n",
        ex->path.slug, in->version.number);
    put_saving(ex, buf_text(&in->r.text), why,
               TEXT("Save as a new version", "新しい版として保存"));
}

static void show_result(struct exchange *ex, const struct incoming *in)
{
    const char *slug = is_into(ex) ? ex->path.slug : "imported";
    struct view v = view_open(ex->web, slug, buf_text(&in->r.text), in->r.text.len);
    if (v.assessment == NULL) ex->answer.status = 422;
    open_page(ex, in->job.name);
    put_counts(ex, &in->r);
    put_transfer_messages(ex, &in->r.diags, in->job.name);
    if (v.assessment == NULL)
        seen_diagnostics(ex, &v.model->diags);
    else if (is_into(ex))
        show_changes(ex, in, &v);
    else
        show_new(ex, in, &v);
    frame_end(ex);
    view_close(&v);
}

static void answer(struct exchange *ex, struct incoming *in)
{
    if (!long_work_enter(ex)) return;
    read_file(ex, in);
    if (in->r.diags.n_errors)
        show_refused(ex, in);
    else
        show_result(ex, in);
    import_fini(&in->r);
    long_work_leave(ex);
}

void web_post_import(struct exchange *ex)
{
    static const struct text none = {
        {"Choose a file first.", "ファイルを選択する必要がある。"}
    };
    struct multipart m;
    struct incoming in = {0};
    if (upload_read(ex, &m) != 0) return;
    if (is_into(ex) && find_base(ex, &in) != 0) return;
    const struct multipart_part *file = multipart_find(&m, "file");
    if (file == NULL || file->file == NULL || file->len == 0) {
        show_form(ex, &none);
        return;
    }
    if (!is_into(ex) && find_kind(ex, &in, multipart_text(&m, "from", &ex->arena)) != 0)
        return;
    in.job.name = file->file[0] ? file->file : "file";
    in.job.bytes = file->bytes;
    in.job.len = file->len;
    answer(ex, &in);
}

/* ---- the API -------------------------------------------------------------------- */

static void tell(struct exchange *ex, const struct import_result *r)
{
    struct json j = json_on(&ex->answer.body, 3);
    ex->answer.status = 200; // as of a check: the messages tell what is wrong
    ex->answer.type = "application/json";
    json_open(&j, '{');
    import_json(&j, r, NULL);
    if (r->diags.n_errors == 0) json_put(&j, "model", buf_text(&r->text));
    json_close(&j, '}');
    buf_char(&ex->answer.body, '\n');
}

/* The system that ?into= names, as the path's. */
static int find_into(struct exchange *ex, struct incoming *in, const char *into)
{
    if (!schema_is_id(into)) {
        web_problem(ex, DIAG_REQUEST_SLUG, NULL);
        return -1;
    }
    snprintf(ex->path.slug, sizeof ex->path.slug, "%s", into);
    return find_base(ex, in);
}

/* What comes of a file; nothing is kept. */
void web_post_import_call(struct exchange *ex)
{
    static const char type[] = "application/octet-stream";
    const char *name = web_query(ex, "name"), *into = web_query(ex, "into");
    struct incoming in = {0};
    if (!request_is_type(ex->content_type, type)) {
        WEB_SAY(ex, REQUEST_TYPE, text_same(type));
        return;
    }
    if (find_kind(ex, &in, web_query(ex, "from")) != 0) return;
    if (into && find_into(ex, &in, into) != 0) return;
    in.job.name = name && name[0] ? name : "file";
    in.job.bytes = buf_text(&ex->body);
    in.job.len = ex->body.len;
    if (!long_work_enter(ex)) return;
    read_file(ex, &in);
    tell(ex, &in.r);
    import_fini(&in.r);
    long_work_leave(ex);
}
