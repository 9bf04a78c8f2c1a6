// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Files to hand over; see hand_over.h. */
#include "web/hand_over.h"

#include <errno.h>
#include <string.h>

#include "base/sha256.h"
#include "base/words.h"
#include "exchange/grid.h"
#include "exchange/zip_write.h"
#include "page/doc_html.h"
#include "page/doc_json.h"
#include "page/doc_md.h"
#include "page/doc_pdf.h"
#include "page/doc_svg.h"
#include "page/doc_xlsx.h"
#include "page/report.h"
#include "web/kept.h"
#include "web/long_work.h"

/* What a format is written from. */
struct making {
    struct exchange *ex;
    const struct seen *s;
    const struct hand_over *h;
    const char *stem; // of the file's name
    struct doc *doc;  // NULL for a picture, and for what is no document
    struct buf *out;
};

/* ---- formats -------------------------------------------------------------------- */

static int write_html(const struct making *m)
{
    doc_html(m->doc, m->ex->lang, m->out);
    return 0;
}

/* The whole is what `awai assess` says; of an extract there are the tables. */
static int write_json(const struct making *m)
{
    if (m->h->extract)
        doc_json(m->doc, m->ex->lang, m->out);
    else
        assess_json(m->s->a, m->out);
    return 0;
}

static int cannot_write(const struct making *m)
{
    WEB_SAY(m->ex, CANNOT_WRITE, text_same(m->ex->answer.file), words_error(errno));
    return -1;
}

/* The tables of the document, then the model itself, which an import reads back: not
 * with an extract, which is not the model. */
static int write_xlsx(const struct making *m)
{
    size_t n_long = 0;
    const struct doc_grid *grids =
        grid_make(m->s->m, m->ex->lang, m->doc->arena, &n_long);
    size_t n = m->h->extract ? 0 : grid_n_sheets;
    switch (doc_xlsx_with(m->doc, grids, n, m->ex->lang, m->out)) {
    case DOC_XLSX_DONE: return 0;
    case DOC_XLSX_ABSENT:
        WEB_SAY(m->ex, XLSX_ABSENT, text_same(m->ex->answer.file));
        return -1;
    case DOC_XLSX_FAILED: break;
    }
    return cannot_write(m);
}

static int write_pdf(const struct making *m)
{
    const struct doc_pdf_patience patience = {doc_pdf_seconds(HAND_OVER_PDF_SECONDS),
                                              NULL, NULL};
    const struct text file = text_same(m->ex->answer.file);
    struct buf said = {0};
    enum doc_pdf_end end = doc_pdf(m->doc, m->ex->lang, &patience, m->out, &said);
    int why = errno;
    if (said.len) text_clean(said.data);
    const char *words = arena_str(&m->ex->arena, buf_text(&said));
    buf_fini(&said);
    errno = why;
    switch (end) {
    case DOC_PDF_DONE: return 0;
    case DOC_PDF_ABSENT: WEB_SAY(m->ex, PDF_ABSENT, file); return -1;
    case DOC_PDF_LATE:
        WEB_SAY(m->ex, PDF_LATE, file,
                text_same(arena_printf(&m->ex->arena, "%u", patience.seconds)));
        return -1;
    case DOC_PDF_FAILED: WEB_SAY(m->ex, PDF_FAILED, file, text_same(words)); return -1;
    case DOC_PDF_SYSTEM: break;
    }
    return cannot_write(m);
}

/* The text and its pictures, in the folder that the text says. */
struct pack {
    struct zip_writer zip;
    struct exchange *ex;
    const char *folder;
};

static void take_picture(void *context, const char *name, const char *svg)
{
    struct pack *pack = context;
    zip_file(&pack->zip, arena_printf(&pack->ex->arena, "%s/%s", pack->folder, name),
             svg, strlen(svg));
}

static int write_md(const struct making *m)
{
    struct pack pack = {.ex = m->ex};
    pack.folder = arena_printf(&m->ex->arena, "%s-figures", m->stem);
    const struct doc_md_pictures pictures = {pack.folder, take_picture, &pack};
    struct buf text = {0};
    zip_begin(&pack.zip, m->out);
    doc_md(m->doc, m->ex->lang, &pictures, &text);
    zip_file(&pack.zip, arena_printf(&m->ex->arena, "%s.md", m->stem), buf_text(&text),
             text.len);
    zip_end(&pack.zip);
    buf_fini(&text);
    return 0;
}

int hand_over_svg(struct exchange *ex, const struct doc *doc, const char *name,
                  struct buf *out)
{
    struct buf names = {0};
    if (doc_svg(doc, ex->lang, name, out) > 0 || name == NULL) return 0;
    doc_svg_names(doc, &names);
    WEB_SAY(ex, FIGURE_ABSENT, text_same(name),
            text_same(names.len ? arena_str(&ex->arena, buf_text(&names)) : NULL));
    buf_fini(&names);
    return -1;
}

static int write_svg(const struct making *m)
{
    return hand_over_svg(m->ex, m->doc, m->h->figure ? m->h->figure->name : NULL,
                         m->out);
}

#define WORKBOOK "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// clang-format off
const struct hand_over_format hand_over_formats[] = {
    {"html", "text/html; charset=utf-8", "html", {{"Web page (HTML)", "ウェブページ(HTML)"}}, write_html},
    {"pdf",  "application/pdf",          "pdf",  {{"PDF", "PDF"}}, write_pdf},
    {"xlsx", WORKBOOK,                   "xlsx", {{"Workbook (XLSX)", "表計算ファイル(XLSX)"}}, write_xlsx},
    {"md",   "application/zip",          "zip",  {{"Markdown and its pictures (ZIP)", "Markdownと図(ZIP)"}}, write_md},
    {"svg",  "image/svg+xml",            "svg",  {{"Pictures on one sheet (SVG)", "図を1枚にまとめたもの(SVG)"}}, write_svg},
    {"json", "application/json",         "json", {{"Data (JSON)", "データ(JSON)"}}, write_json},
};
// clang-format on
const size_t hand_over_n_formats = sizeof hand_over_formats / sizeof *hand_over_formats;

const struct hand_over_format *hand_over_find(const char *name)
{
    for (size_t i = 0; i < hand_over_n_formats; i++)
        if (strcmp(hand_over_formats[i].name, name) == 0) return &hand_over_formats[i];
    return NULL;
}

/* ---- extracts ------------------------------------------------------------------- */

static const struct {
    const char *name;
    enum extract_kind kind;
} kinds[] = {
    {"component",   EXTRACT_COMPONENT  },
    {"stakeholder", EXTRACT_STAKEHOLDER},
    {"supplier",    EXTRACT_SUPPLIER   },
};

const char *hand_over_kind(enum extract_kind kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].kind == kind) return kinds[i].name;
    return NULL;
}

enum extract_kind hand_over_kind_named(const char *name, size_t len)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strlen(kinds[i].name) == len && strncmp(kinds[i].name, name, len) == 0)
            return kinds[i].kind;
    return EXTRACT_NONE;
}

/* ---- making --------------------------------------------------------------------- */

/* All that a file is made of, as a name. */
static const char *key_of(struct exchange *ex, const struct hand_over *h,
                          const char *text)
{
    struct buf all = {0};
    uint8_t digest[SHA256_BYTES];
    char hash[SHA256_BASE64];
    const char *kind = hand_over_kind(h->extract);
    buf_printf(&all, "%s\n%s\n%s\n%s\n%s\n%ld\n%d\n%zu\n%s", ex->path.slug,
               h->format->name, h->figure ? h->figure->name : "", kind ? kind : "",
               h->id ? h->id : "", (long)ex->web->today(), (int)ex->lang,
               strlen(h->template_text), h->template_text);
    buf_str(&all, text);
    sha256(all.data, all.len, digest);
    sha256_base64(digest, hash);
    buf_fini(&all);
    return arena_printf(&ex->arena, "hand-over/%s", hash);
}

/* SLUG-report, or of an extract SLUG-KIND-ID; suppliers have names of any characters. A
 * picture has its name instead of "report", or after the rest. */
static const char *stem_of(struct exchange *ex, const struct hand_over *h)
{
    const char *kind = hand_over_kind(h->extract), *slug = ex->path.slug;
    const char *figure = h->figure ? h->figure->name : NULL;
    if (kind == NULL)
        return arena_printf(&ex->arena, "%s-%s", slug, figure ? figure : "report");
    const char *id = schema_is_id(h->id) ? h->id : NULL;
    return arena_printf(&ex->arena, "%s-%s%s%s%s%s", slug, kind, id ? "-" : "",
                        id ? id : "", figure ? "-" : "", figure ? figure : "");
}

/* 1 if a format is written from the document. */
static int is_document(const struct hand_over *h)
{
    return h->extract || h->format->write != write_json;
}

static int write_file(struct making *m)
{
    const struct hand_over *h = m->h;
    struct arena arena = {0};
    if (!is_document(h)) return h->format->write(m);
    m->doc = h->figure && picture_is_assessed(h->figure)
                 ? report_build_assessed(m->s->a, &arena, NULL)
                 : report_build_rehearsed(m->s->a, NULL, &arena, NULL);
    if (h->extract)
        extract_apply(m->doc, m->s->a, h->extract, h->id, h->template == NULL);
    if (h->template) template_apply(h->template, m->doc);
    int wrong = h->format->write(m);
    doc_fini(m->doc);
    arena_fini(&arena);
    return wrong;
}

int hand_over_has(struct exchange *ex, const struct model_data *m,
                  enum extract_kind kind, const char *id)
{
    if (kind == EXTRACT_NONE || extract_has(m, kind, id)) return 1;
    WEB_SAY(ex, EXTRACT, text_same(id), extract_name(kind),
            text_same(extract_nearest(m, kind, id)));
    return 0;
}

/* Makes the file and answers with it. */
static void make(struct exchange *ex, const struct hand_over *h, const char *stem)
{
    struct seen s;
    struct buf out = {0};
    ex->answer.status = 422; // of a page that tells errors of the model
    if (seen_open(ex, &s) != 0) return;
    ex->answer.status = 0;
    struct making m = {ex, &s, h, stem, NULL, &out};
    const char *key = key_of(ex, h, s.text);
    if (hand_over_has(ex, s.m, h->extract, h->id) && write_file(&m) == 0) {
        kept_put(ex->web->kept, key, h->format->type, &out);
        ex->answer.body.len = 0;
        buf_add(&ex->answer.body, buf_text(&out), out.len);
    }
    seen_close(&s);
    buf_fini(&out);
}

void hand_over_answer(struct exchange *ex, const struct hand_over *h, const char *text)
{
    const char *stem = stem_of(ex, h), *ending = h->format->ending;
    ex->answer.file = arena_printf(&ex->arena, "%s.%s", stem, ending);
    const char *type;
    if (!kept_find(ex->web->kept, key_of(ex, h, text), &ex->answer.body, &type) &&
        long_work_enter(ex)) {
        make(ex, h, stem);
        long_work_leave(ex);
    }
    if (ex->answer.status == 0) {
        ex->answer.status = 200;
        ex->answer.type = h->format->type;
    } else {
        ex->answer.file = NULL; // it is a page that says why not
    }
}
