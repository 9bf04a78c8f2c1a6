// SPDX-License-Identifier: Apache-2.0
/*
 * awai report, as an answer of the API: the report in every format, and the pictures
 * that its Markdown links to. Whoever makes Markdown or one picture has made them all:
 * the others are remembered.
 */
#include <errno.h>
#include <string.h>

#include "base/words.h"
#include "exchange/grid.h"
#include "page/doc_html.h"
#include "page/doc_json.h"
#include "page/doc_md.h"
#include "page/doc_pdf.h"
#include "page/doc_xlsx.h"
#include "page/extract.h"
#include "page/pictures.h"
#include "page/report.h"
#include "web/ask_rehearsal.h"
#include "web/hand_over.h"
#include "web/kept.h"
#include "web/template_kept.h"

static const char svg_type[] = "image/svg+xml";

/* ---- the document --------------------------------------------------------------- */

static void look(void *patience, unsigned k, unsigned n)
{
    (void)k;
    (void)n;
    patience_share(patience, 0);
}

/* Figures are laid out by one thread at a time. */
static struct doc *build(struct exchange *ex, const struct view *v, struct patience *p,
                         const struct rehearsal_runs *x)
{
    const struct report_rehearsal rehearsal = {x->result, x->matrix, x->compatibility};
    const struct report_progress progress = {look, p};
    pthread_mutex_lock(&ex->web->one_report[1]);
    struct doc *doc = report_build_rehearsed(
        v->assessment, x->result ? &rehearsal : NULL, &ex->arena, &progress);
    pthread_mutex_unlock(&ex->web->one_report[1]);
    return doc;
}

/* ---- a part, and the form ------------------------------------------------------- */

/* What is made of the document. */
struct shaping {
    const struct view *v;
    enum extract_kind extract;
    const char *id;
    struct report_template *template; // or NULL
};

/* The extract that is asked for, if any: one at most. 0 after an answer. */
static int read_extract(struct exchange *ex, struct shaping *s)
{
    for (int kind = EXTRACT_COMPONENT; kind <= EXTRACT_SUPPLIER; kind++) {
        const char *id = contract_text(ex, hand_over_kind((enum extract_kind)kind));
        if (id && s->extract) {
            WEB_SAY(ex, REQUEST_NOT_BOTH, text_same(hand_over_kind(s->extract)),
                    text_same(hand_over_kind((enum extract_kind)kind)));
            return 0;
        }
        if (id == NULL) continue;
        s->extract = (enum extract_kind)kind;
        s->id = id;
    }
    return 1;
}

/* The same, and the model has it. */
static int find_extract(struct exchange *ex, struct shaping *s)
{
    return read_extract(ex, s) && hand_over_has(ex, &s->v->model->m, s->extract, s->id);
}

/* The workspace's form, if it is asked for; 0 after an answer. What is kept had no
 * errors when it was put there. */
static int find_template(struct exchange *ex, struct shaping *s)
{
    struct template_kept kept;
    if (!contract_flag(ex, "template")) return 1;
    if (template_kept_find(ex, &kept) != 0) return 0;
    if (kept.text == NULL) {
        web_problem(ex, DIAG_REQUEST_NOWHERE, NULL);
        return 0;
    }
    s->template = template_kept_open(&kept);
    if (s->template->diags.n_errors == 0) return 1;
    api_refused_file(ex, &s->template->diags);
    return 0;
}

static void shape(const struct shaping *s, struct doc *doc)
{
    if (s->extract)
        extract_apply(doc, s->v->assessment, s->extract, s->id, s->template == NULL);
    if (s->template) template_apply(s->template, doc);
}

/* ---- formats -------------------------------------------------------------------- */

static void write_html(struct exchange *ex, const struct shaping *s, struct doc *doc)
{
    (void)s;
    ask_begin(ex, "text/html; charset=utf-8");
    doc_html(doc, ex->lang, &ex->answer.body);
}

/* The key under which a picture is remembered, whoever has made it. */
static const char *picture_key(struct exchange *ex, const char *file)
{
    return arena_printf(&ex->arena, "picture %s %s %s %s %d", file,
                        ex->lang == LANG_JA ? "ja" : "en", ex->path.slug, ex->text_key,
                        (int)ex->web->today());
}

static void keep_picture(void *context, const char *name, const char *svg)
{
    struct exchange *ex = context;
    struct buf text = {0};
    buf_str(&text, svg);
    kept_put(ex->web->kept, picture_key(ex, name), svg_type, &text);
    buf_fini(&text);
}

static void put_md(struct exchange *ex, struct doc *doc, int has_pictures)
{
    const struct doc_md_pictures pictures = {"figures", keep_picture, ex};
    ask_begin(ex, ASK_MARKDOWN);
    doc_md(doc, ex->lang, has_pictures ? &pictures : NULL, &ex->answer.body);
}

/* The addresses of pictures tell of no rehearsal, extract or form. */
static void write_md(struct exchange *ex, const struct shaping *s, struct doc *doc)
{
    int is_whole = contract_text(ex, "rehearse") == NULL && !s->extract && !s->template;
    put_md(ex, doc, is_whole);
}

/* The tables of an extract; of the whole there is the JSON of the assessment. */
static void write_json(struct exchange *ex, const struct shaping *s, struct doc *doc)
{
    (void)s;
    ask_begin(ex, "application/json");
    doc_json(doc, ex->lang, &ex->answer.body);
}

/* The tables of the document, then the model itself, which an import reads back. */
static void write_xlsx(struct exchange *ex, const struct shaping *s, struct doc *doc)
{
    static const struct text name = {
        {"report.xlsx", "report.xlsx"}
    };
    size_t n_long = 0,
           n = s->extract ? 0 : grid_n_sheets; // an extract is not the model
    const struct doc_grid *grids =
        grid_make(&s->v->model->m, ex->lang, doc->arena, &n_long);
    ask_begin(ex, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    switch (doc_xlsx_with(doc, grids, n, ex->lang, &ex->answer.body)) {
    case DOC_XLSX_DONE: return;
    case DOC_XLSX_ABSENT: WEB_SAY(ex, XLSX_ABSENT, name); return;
    case DOC_XLSX_FAILED: break;
    }
    WEB_SAY(ex, CANNOT_WRITE, name, words_error(errno));
}

static void write_pdf(struct exchange *ex, const struct shaping *s, struct doc *doc)
{
    (void)s;
    static const struct text name = {
        {"report.pdf", "report.pdf"}
    };
    struct buf said = {0};
    const struct doc_pdf_patience patience = {ex->web->seconds, NULL, NULL};
    ask_begin(ex, "application/pdf");
    enum doc_pdf_end end = doc_pdf(doc, ex->lang, &patience, &ex->answer.body, &said);
    int why = errno;
    if (said.len) text_clean(said.data);
    const char *words = arena_str(&ex->arena, buf_text(&said));
    const char *seconds = arena_printf(&ex->arena, "%u", patience.seconds);
    buf_fini(&said);
    switch (end) {
    case DOC_PDF_DONE: return;
    case DOC_PDF_ABSENT: WEB_SAY(ex, PDF_ABSENT, name); return;
    case DOC_PDF_LATE: WEB_SAY(ex, REQUEST_LONG, text_same(seconds)); return;
    case DOC_PDF_FAILED: WEB_SAY(ex, PDF_FAILED, name, text_same(words)); return;
    case DOC_PDF_SYSTEM: break;
    }
    WEB_SAY(ex, CANNOT_WRITE, name, words_error(why));
}

static void write_svg(struct exchange *ex, const struct shaping *s, struct doc *doc)
{
    (void)s;
    const char *name = contract_text(ex, "figure");
    ask_begin(ex, svg_type);
    if (strcmp(name, PICTURE_SHEET) == 0) name = NULL;
    hand_over_svg(ex, doc, name, &ex->answer.body);
}

static const struct {
    const char *name;
    void (*write)(struct exchange *ex, const struct shaping *s, struct doc *doc);
} formats[] = {
    {"html", write_html},
    {"md",   write_md  },
    {"svg",  write_svg },
    {"xlsx", write_xlsx},
    {"pdf",  write_pdf },
    {"json", write_json},
};

static void write_format(struct exchange *ex, const struct shaping *s, struct doc *doc)
{
    const char *name = contract_text(ex, "format");
    shape(s, doc);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, name) == 0) formats[i].write(ex, s, doc);
}

/* ---- answers -------------------------------------------------------------------- */

/* JSON of the whole is that of the assessment, as the command has it. */
static void put_report(struct exchange *ex, const struct shaping *s, struct patience *p)
{
    const struct view *v = s->v;
    struct rehearsal_runs x;
    int is_json = strcmp(contract_text(ex, "format"), "json") == 0;
    if (ask_rehearsed(ex, v, p, !is_json, &x) && !p->is_over) {
        struct doc *doc = is_json && !s->extract ? NULL : build(ex, v, p, &x);
        if (doc)
            write_format(ex, s, doc);
        else
            assess_json_with(v->assessment, &ex->answer.body, rehearsal_json, x.result);
        if (doc) doc_fini(doc);
    }
    rehearsal_fini(&x);
}

static void report(struct exchange *ex, const struct view *v, struct patience *p)
{
    struct shaping s = {.v = v};
    if (find_extract(ex, &s) && find_template(ex, &s)) put_report(ex, &s, p);
    template_free(s.template);
}

/* A report in the workspace's form is remembered by that form as well. */
void ask_report(struct exchange *ex)
{
    struct template_kept kept = {0};
    if (contract_flag(ex, "template") && template_kept_find(ex, &kept) != 0) return;
    ex->depends_on = template_kept_name(ex, &kept);
    ask_long(ex, report);
    ex->answer.is_report = strncmp(ex->answer.type, "text/html", 9) == 0;
}

/* All pictures are remembered on the way; then the one asked for is among them. */
static void picture(struct exchange *ex, const struct view *v, struct patience *p)
{
    static const struct rehearsal_runs none;
    const char *type;
    struct doc *doc = build(ex, v, p, &none);
    put_md(ex, doc, 1);
    doc_fini(doc);
    ex->answer.body.len = 0;
    if (kept_find(ex->web->kept, picture_key(ex, ex->path.file), &ex->answer.body,
                  &type))
        ask_begin(ex, type);
    else
        web_problem(ex, DIAG_REQUEST_NOWHERE, NULL);
}

/* The key of a long answer does not tell the file: pictures are remembered by theirs.
 */
void ask_picture(struct exchange *ex)
{
    struct store_version version;
    const char *type, *text = web_text(ex, 0, &version);
    if (text == NULL) return;
    ex->answer.version = version.number;
    ex->text_key = web_text_key(&ex->arena, text, (size_t)version.n_bytes);
    if (kept_find(ex->web->kept, picture_key(ex, ex->path.file), &ex->answer.body,
                  &type))
        ask_begin(ex, type);
    else
        ask_long(ex, picture);
}
