// SPDX-License-Identifier: Apache-2.0
/* Diagnostics: those of `awai check`, made the same way, each with the word it is
 * about.
 */
#include <stdlib.h>
#include <string.h>

#include "assess/assess.h"
#include "base/limits.h"
#include "lsp/lsp_int.h"
#include "twin/cast.h"

/* All that is made of one text. */
struct checked {
    struct model *model;
    struct graph *graph;
    struct assessment *assessment;
};

static void run(const struct lsp *lsp, const struct document *d, struct checked *c)
{
    const struct lsp_settings *s = &lsp->settings;
    c->model = d->path ? model_read_edited(d->path, d->text, d->len, s->include_root)
                       : model_read_text(d->uri, d->text, d->len);
    catalog_bind(s->catalog, c->model);
    cast_bind(c->model);
    if (c->model->diags.n_errors) return;
    model_warn(c->model);
    c->graph = graph_build(c->model, s->catalog);
    if (c->graph)
        c->assessment = assess_run(c->graph, s->today());
    else
        diag_put(&c->model->diags, DIAG_LARGE_GRAPH,
                 (struct place){c->model->file, 1, 1}, NULL);
}

// ---- places

/* The word or key that begins at a byte; else what is left of its line. */
static struct span word_from(const struct outline *o, const struct lines *l,
                             size_t from)
{
    for (const struct spot *s = o ? o->root : NULL; s; s = outline_next(s)) {
        if (s->key && s->key_at.from == from && s->key_at.to > from) return s->key_at;
        if (s->kind == SPOT_SCALAR && s->at.from == from && !s->is_block) return s->at;
    }
    size_t to = from;
    while (to < l->len && l->text[to] != '\n' && l->text[to] != '\r')
        to++;
    return (struct span){from, to};
}

/* Where the text is not at hand, the place as it is told. */
static void put_far_range(struct json *j, struct place at)
{
    struct cursor p = {at.line ? at.line - 1 : 0, at.column ? at.column - 1 : 0};
    json_in(j, "range", '{');
    put_position(j, "start", p);
    put_position(j, "end", p);
    json_close(j, '}');
}

/* A file that diagnostics are of. */
struct source {
    const struct lines *lines;
    const struct outline *outline; // NULL: not known
};

static void put_place(struct json *j, const struct source *of, struct place at)
{
    if (of->lines == NULL) {
        put_far_range(j, at);
        return;
    }
    struct span word = {0, 0};
    if (at.line) word = word_from(of->outline, of->lines, lines_place(of->lines, at));
    put_range(j, "range", of->lines, word);
}

// ---- messages

static void put_diag(struct json *j, const struct diag *d, const struct source *of,
                     enum lang lang)
{
    const char *hint = text_in(d->hint, lang);
    struct buf text = {0};
    buf_str(&text, text_in(d->message, lang));
    if (hint[0]) buf_printf(&text, "\n%s", hint);
    json_open(j, '{');
    put_place(j, of, d->at);
    json_put_int(j, "severity", (int)d->severity + 1);
    json_put(j, "code", d->code);
    json_put(j, "source", "awai");
    json_put(j, "message", buf_text(&text));
    json_close(j, '}');
    buf_fini(&text);
}

/* How many more there are than a list keeps. */
static void put_dropped(struct json *j, const struct diag_list *list,
                        const struct source *of, enum lang lang)
{
    struct diag_list said = {0};
    if (list->n_dropped == 0) return;
    DIAG_ADD(&said, DROPPED, ((struct place){0, 1, 1}),
             diag_number(&said, (long long)list->n_dropped),
             diag_number(&said, LIMIT_ERRORS));
    put_diag(j, &said.items[0], of, lang);
    diag_fini(&said);
}

static void put_list(struct json *j, const struct diag_list *list, uint32_t file,
                     const struct source *of, enum lang lang)
{
    for (size_t i = 0; list && i < list->n; i++)
        if (list->items[i].at.file == file) put_diag(j, &list->items[i], of, lang);
}

static void open_message(struct json *j, const char *uri)
{
    json_open(j, '{');
    json_put(j, "jsonrpc", "2.0");
    json_put(j, "method", "textDocument/publishDiagnostics");
    json_in(j, "params", '{');
    json_put(j, "uri", uri);
}

static void close_message(struct json *j, struct buf *body, struct buf *out)
{
    json_close(j, ']');
    json_close(j, '}');
    json_close(j, '}');
    send_message(out, body);
    buf_fini(body);
}

static void publish_nothing(const char *uri, struct buf *out)
{
    struct buf body = {0};
    struct json j = json_on(&body, 0);
    open_message(&j, uri);
    json_in(&j, "diagnostics", '[');
    close_message(&j, &body, out);
}

void check_clear(struct document *d, struct buf *out)
{
    publish_nothing(d->uri, out);
    for (size_t i = 0; i < d->n_others; i++)
        publish_nothing(d->others[i], out);
}

/* Those of the text itself, into an open array. */
static void put_own(struct json *j, const struct lsp *lsp, const struct document *d,
                    const struct checked *c)
{
    const struct source of = {&d->lines, &d->outline};
    const struct diag_list *lists[] = {&c->model->diags,
                                       c->assessment ? &c->assessment->diags : NULL};
    for (int i = 0; i < 2; i++) {
        put_list(j, lists[i], c->model->file, &of, lsp->lang);
        if (lists[i]) put_dropped(j, lists[i], &of, lsp->lang);
    }
}

static void publish_own(const struct lsp *lsp, const struct document *d,
                        const struct checked *c, struct buf *out)
{
    struct buf body = {0};
    struct json j = json_on(&body, 0);
    open_message(&j, d->uri);
    if (d->has_version) json_put_int(&j, "version", d->version);
    json_in(&j, "diagnostics", '[');
    put_own(&j, lsp, d, c);
    close_message(&j, &body, out);
}

static int has_any(const struct diag_list *list, uint32_t file)
{
    for (size_t i = 0; list && i < list->n; i++)
        if (list->items[i].at.file == file) return 1;
    return 0;
}

/* Those of an included file, under its own name; what is foreign is not quoted. */
static void publish_other(const struct lsp *lsp, struct document *d,
                          const struct checked *c, uint32_t file, struct buf *out)
{
    const struct diag_file *f = &c->model->diags.files[file];
    const struct diag_list *more = c->assessment ? &c->assessment->diags : NULL;
    struct buf body = {0}, uri = {0};
    struct json j = json_on(&body, 0);
    struct lines lines = {0};
    if (!has_any(&c->model->diags, file) && !has_any(more, file)) return;
    if (f->text && !f->is_foreign) lines_make(&lines, f->text, f->len);
    const struct source of = {lines.starts ? &lines : NULL, NULL};
    uri_of_path(f->path, &uri);
    open_message(&j, buf_text(&uri));
    json_in(&j, "diagnostics", '[');
    put_list(&j, &c->model->diags, file, &of, lsp->lang);
    put_list(&j, more, file, &of, lsp->lang);
    close_message(&j, &body, out);
    lines_fini(&lines);
    *(char **)mem_push(&d->others, &d->n_others, &d->cap_others, sizeof(char *)) =
        uri.data;
}

static void publish(const struct lsp *lsp, struct document *d, const struct checked *c,
                    struct buf *out)
{
    for (size_t i = 0; i < d->n_others; i++) {
        publish_nothing(d->others[i], out);
        free(d->others[i]);
    }
    d->n_others = 0;
    publish_own(lsp, d, c, out);
    for (uint32_t i = 0; i < c->model->diags.n_files; i++)
        if (i != c->model->file) publish_other(lsp, d, c, i, out);
}

/* Keeps the model for what its included files define, unless nothing could be read. */
static void keep(struct document *d, struct model *model)
{
    if (d->model && model->m.components.n == 0) {
        model_free(model);
        return;
    }
    model_free(d->model);
    d->model = model;
}

void check_document(struct lsp *lsp, struct document *d, struct buf *out)
{
    struct checked c = {0};
    struct knowledge known;
    document_know(lsp, d, &known);
    run(lsp, d, &c);
    publish(lsp, d, &c, out);
    assess_free(c.assessment);
    graph_free(c.graph);
    keep(d, c.model);
    d->is_dirty = 0;
}

/* Diagnostics and symbols of a text, in one answer: a page needs both of them. */
void check_and_list(struct call *c)
{
    struct checked made = {0};
    if (!call_document(c)) return;
    document_know(c->lsp, c->document, &c->known);
    run(c->lsp, c->document, &made);
    json_open(c->j, '{');
    json_in(c->j, "diagnostics", '[');
    put_own(c->j, c->lsp, c->document, &made);
    json_close(c->j, ']');
    json_key(c->j, "symbols");
    put_symbol_list(c);
    json_close(c->j, '}');
    assess_free(made.assessment);
    graph_free(made.graph);
    keep(c->document, made.model);
}
