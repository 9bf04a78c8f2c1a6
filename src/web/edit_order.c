// SPDX-License-Identifier: Apache-2.0
/* Orders to change a text in places; see edit_order.h. */
#include "web/edit_order.h"

#include <string.h>

#include "base/schema.h"
#include "base/yaml.h"
#include "lsp/text_edit.h"

/* ---- values: JSON as YAML ------------------------------------------------------- */

static void put_flow(struct buf *out, const struct json_value *v);

static void put_members(struct buf *out, const struct json_value *v, int with_keys)
{
    for (const struct json_value *e = v->first; e; e = e->next) {
        if (e != v->first) buf_str(out, ", ");
        if (with_keys) {
            text_edit_word(out, e->key);
            buf_str(out, ": ");
        }
        put_flow(out, e);
    }
}

/* A value on one line. A text with a NUL ends at it. */
static void put_flow(struct buf *out, const struct json_value *v)
{
    static const char *const words[] = {
        [JSON_NULL] = "null", [JSON_FALSE] = "false", [JSON_TRUE] = "true"};
    if (v->kind == JSON_OBJECT || v->kind == JSON_ARRAY) {
        int is_object = v->kind == JSON_OBJECT;
        buf_char(out, is_object ? '{' : '[');
        put_members(out, v, is_object);
        buf_char(out, is_object ? '}' : ']');
    } else if (v->kind == JSON_STRING) {
        text_edit_word(out, v->text);
    } else {
        buf_str(out, v->kind == JSON_NUMBER ? v->text : words[v->kind]);
    }
}

/* An entry's value: the members of an object on a line each. */
static void put_block(struct buf *out, const struct json_value *v)
{
    if (v->kind != JSON_OBJECT || v->first == NULL) {
        put_flow(out, v);
        return;
    }
    for (const struct json_value *e = v->first; e; e = e->next) {
        text_edit_word(out, e->key);
        buf_str(out, ": ");
        put_flow(out, e);
        buf_char(out, '\n');
    }
}

/* ---- edits ---------------------------------------------------------------------- */

static const struct edit_outcome malformed = {.why = DIAG_REQUEST_MALFORMED};
static const struct edit_outcome too_large = {.why = DIAG_REQUEST_LARGE};

/* What text_edit says of an edit at a path. */
static struct edit_outcome outcome_of(enum text_edit_result result, const char *path)
{
    static const enum diag_kind kinds[] = {
        [EDIT_NOWHERE] = DIAG_EDIT_NOWHERE,
        [EDIT_TAKEN] = DIAG_EDIT_TAKEN,
        [EDIT_MALFORMED] = DIAG_EDIT_VALUE,
        [EDIT_REFUSED] = DIAG_EDIT_PLACE,
    };
    if (result == EDIT_DONE) return (struct edit_outcome){.is_done = 1};
    return (struct edit_outcome){.why = kinds[result], .what = path};
}

static struct edit_outcome set(const char *path, const struct json_value *edit,
                               const struct buf *text, struct buf *out)
{
    const struct json_value *value = json_get(edit, "value");
    struct buf yaml = {0};
    if (value == NULL) return malformed;
    put_flow(&yaml, value);
    enum text_edit_result result =
        text_edit_set(buf_text(text), text->len, path, buf_text(&yaml), out);
    buf_fini(&yaml);
    return outcome_of(result, path);
}

static struct edit_outcome add(const char *path, const struct json_value *edit,
                               const struct buf *text, struct buf *out)
{
    const struct json_value *value = json_get(edit, "value");
    const struct json_value *name = json_get(edit, "id");
    const char *id = json_text(name);
    struct buf yaml = {0};
    if (value == NULL || (name && id == NULL)) return malformed;
    if (id && !schema_is_id(id))
        return (struct edit_outcome){.why = DIAG_IDENTIFIER, .what = id};
    put_block(&yaml, value);
    enum text_edit_result result =
        text_edit_add(buf_text(text), text->len, path, id, buf_text(&yaml), out);
    buf_fini(&yaml);
    return outcome_of(result, id ? id : path);
}

static struct edit_outcome drop(const char *path, const struct json_value *edit,
                                const struct buf *text, struct buf *out)
{
    (void)edit;
    return outcome_of(text_edit_drop(buf_text(text), text->len, path, out), path);
}

static const struct deed {
    const char *name;
    struct edit_outcome (*carry_out)(const char *path, const struct json_value *edit,
                                     const struct buf *text, struct buf *out);
} deeds[] = {
    {"add",  add },
    {"drop", drop},
    {"set",  set },
};

/* Carries one edit out on a text, which it replaces. */
static struct edit_outcome run_one(const struct json_value *edit, size_t most,
                                   struct buf *text)
{
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++) {
        const char *path = json_text(json_get(edit, deeds[i].name));
        struct buf out = {0};
        if (path == NULL) continue;
        struct edit_outcome done = deeds[i].carry_out(path, edit, text, &out);
        if (done.is_done && out.len > most) done = too_large;
        if (done.is_done) {
            buf_fini(text);
            *text = out;
        } else {
            buf_fini(&out);
        }
        return done;
    }
    return malformed;
}

struct edit_outcome edit_order_run(const struct json_value *body, size_t most,
                                   struct buf *out)
{
    const struct json_value *given = json_get(body, "text");
    const struct json_value *edits = json_get(body, "edits");
    struct edit_outcome done = {.is_done = 1};
    struct buf text = {0};
    size_t n = 0, work = 0;
    if (given == NULL || given->kind != JSON_STRING || given->len > most ||
        edits == NULL || edits->kind != JSON_ARRAY)
        return malformed;
    buf_add(&text, given->text, given->len);
    for (const struct json_value *e = edits->first; e && done.is_done; e = e->next) {
        work += text.len;
        done = ++n > EDIT_ORDER_MOST    ? malformed
               : work > EDIT_ORDER_WORK ? too_large
                                        : run_one(e, most, &text);
    }
    if (done.is_done) buf_add(out, buf_text(&text), text.len);
    buf_fini(&text);
    return done;
}

/* ---- reading -------------------------------------------------------------------- */

static void put_node(struct json *j, const struct node *n)
{
    if (n == NULL || node_is_null(n)) {
        json_null(j);
    } else if (n->kind == NODE_SCALAR) {
        json_string(j, n->text);
    } else {
        char bracket = n->kind == NODE_MAPPING ? '{' : '[';
        json_open(j, bracket);
        for (const struct node *e = n->first; e; e = e->next) {
            if (n->kind == NODE_MAPPING) json_key(j, e->key);
            put_node(j, e);
        }
        json_close(j, bracket == '{' ? '}' : ']');
    }
}

/* The node at a path of keys, or NULL. */
static const struct node *node_at(const struct node *n, const char *path,
                                  struct arena *a)
{
    while (n && *path) {
        size_t len = strcspn(path, "/");
        const char *key = arena_strn(a, path, len);
        n = n->kind == NODE_MAPPING ? node_get(n, key) : NULL;
        path += len + (path[len] == '/');
    }
    return n;
}

int edit_order_read(const struct json_value *body, struct json *j)
{
    const struct json_value *text = json_get(body, "text");
    const char *path = json_text(json_get(body, "path"));
    struct arena a = {0};
    struct diag_list d = {0};
    if (text == NULL || text->kind != JSON_STRING || path == NULL) return 0;
    int file = yaml_text(&d, "text", text->text, text->len);
    const struct node *root = file < 0 ? NULL : yaml_parse(&a, &d, (uint32_t)file);
    put_node(j, node_at(root, path, &a));
    diag_fini(&d);
    arena_fini(&a);
    return 1;
}
