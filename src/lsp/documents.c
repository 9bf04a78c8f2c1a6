// SPDX-License-Identifier: Apache-2.0
/* Open texts: what the client has of them, and what is found in them. */
#include <stdlib.h>
#include <string.h>

#include "lsp/lsp_int.h"

// ---- names of files

static int hex_value(char c)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *p = c ? strchr(digits, c) : NULL;
    return p ? (int)((p - digits) % 16) : -1;
}

char *path_of_uri(const char *uri)
{
    static const char scheme[] = "file://";
    if (strncmp(uri, scheme, sizeof scheme - 1) != 0) return NULL;
    const char *p = strchr(uri + sizeof scheme - 1, '/'); // after a host
    if (p == NULL) return NULL;
    char *path = mem_alloc(strlen(p) + 1), *to = path;
    for (; *p; p++) {
        int high = *p == '%' ? hex_value(p[1]) : -1;
        int low = high >= 0 ? hex_value(p[2]) : -1;
        *to++ = low >= 0 ? (char)(high * 16 + low) : *p;
        if (low >= 0) p += 2;
    }
    if (strlen(path) != (size_t)(to - path) ||
        text_valid(path, (size_t)(to - path)) != (size_t)(to - path)) {
        free(path);
        return NULL;
    }
    return path;
}

void uri_of_path(const char *path, struct buf *out)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789-._~/";
    buf_str(out, "file://");
    for (const char *p = path; *p; p++) {
        if (strchr(plain, *p))
            buf_char(out, *p);
        else
            buf_printf(out, "%%%02X", (unsigned)(unsigned char)*p);
    }
}

// ---- positions

int read_position(const struct json_value *v, struct cursor *p)
{
    long long line = 0, character = 0;
    if (!json_whole(json_get(v, "line"), &line) ||
        !json_whole(json_get(v, "character"), &character) || line < 0 || character < 0)
        return 0;
    *p = (struct cursor){line > INT32_MAX ? INT32_MAX : (uint32_t)line,
                         character > INT32_MAX ? INT32_MAX : (uint32_t)character};
    return 1;
}

void put_position(struct json *j, const char *key, struct cursor p)
{
    json_in(j, key, '{');
    json_put_int(j, "line", p.line);
    json_put_int(j, "character", p.character);
    json_close(j, '}');
}

void put_range(struct json *j, const char *key, const struct lines *l, struct span at)
{
    json_in(j, key, '{');
    put_position(j, "start", lines_position(l, at.from));
    put_position(j, "end", lines_position(l, at.to));
    json_close(j, '}');
}

// ---- documents

static struct document *find_by_name(const struct lsp *lsp, const char *uri)
{
    struct document *d = lsp->documents;
    while (d && strcmp(d->uri, uri) != 0)
        d = d->next;
    return d;
}

struct document *document_find(const struct lsp *lsp, const struct json_value *params)
{
    const char *uri = json_text(json_get(json_get(params, "textDocument"), "uri"));
    return uri ? find_by_name(lsp, uri) : NULL;
}

/* Forgets what was found in a text that is no more. */
static void forget(struct document *d)
{
    lines_fini(&d->lines);
    outline_fini(&d->outline);
    mentions_fini(&d->mentions);
    d->is_found = 0;
}

static void find(struct document *d)
{
    if (d->is_found) return;
    lines_make(&d->lines, d->text, d->len);
    outline_make(&d->outline, d->text, d->len, &model_shape);
    mentions_make(&d->mentions, &d->outline, d->text);
    d->is_found = 1;
}

void document_know(const struct lsp *lsp, struct document *d, struct knowledge *k)
{
    find(d);
    *k = (struct knowledge){&d->outline, &d->mentions, lsp->settings.catalog, d->model};
}

/* Puts text in the place of bytes from `at.from` to `at.to`. */
static void splice(struct document *d, struct span at, const char *text, size_t len)
{
    size_t rest = d->len - at.to, whole = at.from + len + rest;
    char *made = mem_alloc(whole + 1);
    if (at.from) memcpy(made, d->text, at.from);
    memcpy(made + at.from, text, len);
    if (rest) memcpy(made + at.from + len, d->text + at.to, rest);
    free(d->text);
    d->text = made;
    d->len = whole;
    d->is_dirty = 1;
    forget(d);
}

static void set_version(struct document *d, const struct json_value *params)
{
    const struct json_value *of = json_get(params, "textDocument");
    d->has_version = json_whole(json_get(of, "version"), &d->version);
}

static struct document *document_new(struct lsp *lsp, const char *uri)
{
    struct document *d = mem_alloc(sizeof *d);
    d->uri = mem_alloc(strlen(uri) + 1);
    memcpy(d->uri, uri, strlen(uri));
    d->path = path_of_uri(uri);
    d->next = lsp->documents;
    lsp->documents = d;
    lsp->n_documents++;
    return d;
}

struct document *document_keep(struct lsp *lsp, const char *uri, const char *text,
                               size_t len)
{
    struct document *d = find_by_name(lsp, uri);
    if (d == NULL) d = document_new(lsp, uri);
    splice(d, (struct span){0, d->len}, text, len);
    return d;
}

void document_open(struct call *c)
{
    const struct json_value *of = json_get(c->params, "textDocument");
    const char *uri = json_text(json_get(of, "uri"));
    const struct json_value *text = json_get(of, "text");
    if (uri == NULL || text == NULL || text->kind != JSON_STRING) return;
    if (c->lsp->n_documents == LSP_MOST_DOCUMENTS && !find_by_name(c->lsp, uri)) return;
    set_version(document_keep(c->lsp, uri, text->text, text->len), c->params);
}

/* The bytes that a change replaces; all of them where it states no range. */
static int changed_span(struct document *d, const struct json_value *change,
                        struct span *at)
{
    const struct json_value *range = json_get(change, "range");
    struct cursor from, to;
    *at = (struct span){0, d->len};
    if (range == NULL) return 1;
    if (!read_position(json_get(range, "start"), &from) ||
        !read_position(json_get(range, "end"), &to))
        return 0;
    if (d->lines.starts == NULL) lines_make(&d->lines, d->text, d->len);
    *at = (struct span){lines_byte(&d->lines, from), lines_byte(&d->lines, to)};
    return at->from <= at->to;
}

void document_change(struct call *c)
{
    struct document *d = document_find(c->lsp, c->params);
    const struct json_value *changes = json_get(c->params, "contentChanges");
    if (d == NULL || changes == NULL || changes->kind != JSON_ARRAY) return;
    for (const struct json_value *v = changes->first; v; v = v->next) {
        const struct json_value *text = json_get(v, "text");
        struct span at;
        if (text == NULL || text->kind != JSON_STRING || !changed_span(d, v, &at))
            continue;
        if (d->len - (at.to - at.from) + text->len <= LSP_MOST_MESSAGE)
            splice(d, at, text->text, text->len);
    }
    set_version(d, c->params);
}

/* Others may include a file that is saved or changes on the disk: each is looked at
 * again. */
void document_save(struct call *c)
{
    for (struct document *d = c->lsp->documents; d; d = d->next)
        d->is_dirty = 1;
}

void document_free(struct document *d)
{
    forget(d);
    model_free(d->model);
    for (size_t i = 0; i < d->n_others; i++)
        free(d->others[i]);
    free(d->others);
    free(d->uri);
    free(d->path);
    free(d->text);
    free(d);
}

void document_close(struct call *c)
{
    struct document *d = document_find(c->lsp, c->params);
    struct document **link = &c->lsp->documents;
    if (d == NULL) return;
    while (*link != d)
        link = &(*link)->next;
    *link = d->next;
    c->lsp->n_documents--;
    check_clear(d, c->out);
    document_free(d);
}

int call_document(struct call *c)
{
    if (c->document == NULL) c->document = document_find(c->lsp, c->params);
    if (c->document == NULL) c->error = RPC_PARAMETERS;
    return c->document != NULL;
}

int call_place(struct call *c)
{
    struct cursor p;
    if (!call_document(c)) return 0;
    if (!read_position(json_get(c->params, "position"), &p)) {
        c->error = RPC_PARAMETERS;
        return 0;
    }
    document_know(c->lsp, c->document, &c->known);
    c->byte = lines_byte(&c->document->lines, p);
    return 1;
}
