/* SPDX-License-Identifier: Apache-2.0
 *
 * The language server by its laws: positions, the outline beside the reader, what is
 * offered where, what references lead to, names changed and changed back.
 */
#include <stdlib.h>

#include "base/assets.h"
#include "base/json.h"
#include "base/json_read.h"
#include "lsp/lsp.h"
#include "lsp/position.h"
#include "lsp/things.h"
#include "unit.h"

static struct catalog *catalog;

/* ---- JSON */

static void test_json_is_read(void)
{
    static const struct {
        const char *text;
        int good;
    } rows[] = {
        {"{}",                           1},
        {" [1, -0.5e+3, true, null] ",   1},
        {"{\"a\": {\"b\": \"c\"}}",      1},
        {"\"\\u3042\\ud83d\\ude00\\n\"", 1},
        {"",                             0},
        {"{",                            0},
        {"[1,]",                         0},
        {"01",                           0},
        {"1.",                           0},
        {"nul",                          0},
        {"\"\\x\"",                      0},
        {"\"\\u12\"",                    0},
        {"\"\\u12\\\"4\"",               0},
        {"\"\n\"",                       0},
        {"\"a",                          0},
        {"\"a\\",                        0},
        {"{a: 1}",                       0},
        {"[] []",                        0},
        {"\"\xff\"",                     0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena a = {0};
        CHECK_INT(json_read(&a, rows[i].text, strlen(rows[i].text)) != NULL,
                  rows[i].good);
        arena_fini(&a);
    }
}

static void test_json_strings(void)
{
    static const char text[] =
        "[\"\\u3042\\ud83d\\ude00\\t\", \"a\\u0000b\", \"\\ud83dx\"]";
    struct arena a = {0};
    const struct json_value *v = json_read(&a, text, strlen(text));
    REQUIRE(v);
    v = v->first;
    CHECK_STR(json_text(v), "\xE3\x81\x82\xF0\x9F\x98\x80\t");
    CHECK_STR(json_text(v->next), NULL); /* a NUL within */
    CHECK_INT(v->next->len, 3);
    CHECK_STR(json_text(v->next->next), "\xEF\xBF\xBDx");
    arena_fini(&a);
}

/* ---- positions */

static const char mixed[] =
    "a\xE3\x81\x82\xF0\x9F\x98\x80z\r\n\n\xF0\x9F\x98\x80\xE3\x81\x82\rend";

static void test_positions_are_utf16(void)
{
    struct lines l;
    lines_make(&l, mixed, strlen(mixed));
    CHECK_INT(l.n, 4);
    CHECK_INT(lines_position(&l, 8).character, 4); /* a, one unit, two units */
    CHECK_INT(lines_byte(&l, (struct cursor){0, 4}), 8);
    CHECK_INT(lines_byte(&l, (struct cursor){0, 3}), 4);  /* within a pair: before it */
    CHECK_INT(lines_byte(&l, (struct cursor){0, 99}), 9); /* beyond: end of the line */
    CHECK_INT(lines_byte(&l, (struct cursor){99, 0}), strlen(mixed));
    CHECK_INT(lines_place(&l, (struct place){0, 3, 2}), 16);
    lines_fini(&l);
}

/* The reader ends lines at NEL, LS and PS, too, which the protocol does not. */
static void test_places_of_the_reader(void)
{
    static const char text[] = "\xEF\xBB\xBF"
                               "ab\xC2\x85"
                               "c\xE2\x80\xA8"
                               "d\re";
    struct lines l;
    lines_make(&l, text, strlen(text));
    CHECK_INT(l.n, 2);
    CHECK_INT(lines_place(&l, (struct place){0, 1, 2}), 4);
    CHECK_INT(lines_place(&l, (struct place){0, 1, 9}), 5); /* the end of the line */
    CHECK_INT(lines_place(&l, (struct place){0, 2, 1}), 7);
    CHECK_INT(lines_place(&l, (struct place){0, 3, 1}), 11);
    CHECK_INT(lines_place(&l, (struct place){0, 4, 1}), 13);
    CHECK_INT(lines_place(&l, (struct place){0, 9, 1}), 14);
    lines_fini(&l);
}

static void test_positions_come_back(void)
{
    struct lines l;
    size_t used = 0, len = strlen(mixed);
    lines_make(&l, mixed, len);
    for (size_t i = 0; i <= len; i += used) {
        size_t back = lines_byte(&l, lines_position(&l, i));
        int is_within_break =
            i > 0 && i < len && mixed[i] == '\n' && mixed[i - 1] == '\r';
        CHECK_INT(back, is_within_break ? i - 1 : i);
        if (i == len) break;
        text_decode(mixed + i, len - i, &used);
    }
    lines_fini(&l);
}

/* ---- the outline beside the reader */

static int agrees(const struct asset *asset)
{
    struct diag_list d = {0};
    struct arena a = {0};
    struct outline o = {0};
    const char *text = (const char *)asset->bytes;
    int file = yaml_text(&d, asset->path, text, asset->len);
    struct node *root = file < 0 ? NULL : yaml_parse(&a, &d, (uint32_t)file);
    outline_make(&o, text, asset->len, &model_shape);
    int good = root && outline_agrees(&o, text, asset->len, root);
    outline_fini(&o);
    arena_fini(&a);
    diag_fini(&d);
    return good;
}

static int is_yaml(const struct asset *a)
{
    size_t len = strlen(a->path);
    return len > 5 && strcmp(a->path + len - 5, ".yaml") == 0;
}

static void test_outline_is_what_is_read(void)
{
    size_t n = 0;
    for (size_t i = 0; i < embed_n_assets; i++) {
        if (!is_yaml(&embed_assets[i])) continue;
        n++;
        if (!agrees(&embed_assets[i])) printf("# %s\n", embed_assets[i].path);
        CHECK(agrees(&embed_assets[i]));
    }
    CHECK(n > 15);
}

static void test_outline_of_forms(void)
{
    static const char *const texts[] = {
        "a: 1\nb:\n- x\n- y: 2\n  z: [1, {q: r}]\nc:\n",
        "a: 'it''s'\nb: \"q \\\" w\"\nc: plain # comment\nd: >\n  folded\n  text\ne: "
        "|-\n  x\n\n  y\nf: z\n",
        "\xEF\xBB\xBF"
        "a: {b: c,\n  d: e\n}\nf: long text\n  that goes on\ng: h\r\ni: j\r\n",
        "---\na:\n  - - b\n    - c\n  -\n    d: e\n  - f\nx: y:z\n...\n",
        "{\"a\": [1, 2], \"b\": {\"c\": null}, d: [ ], e: {}}\n",
        "a: {text: some words\n    and more, k: v}\n\"b\": [x\n  y, z]\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct asset a = {"text", (const unsigned char *)texts[i], strlen(texts[i])};
        if (!agrees(&a)) printf("# text %zu\n", i);
        CHECK(agrees(&a));
    }
}

/* ---- a line that is half there spoils only its own section */

/* Definitions outside of the section that begins at `from` and ends at `to`. */
static size_t count_outside(const char *text, size_t len, struct span section)
{
    struct outline o = {0};
    struct mentions m = {0};
    size_t n = 0;
    outline_make(&o, text, len, &model_shape);
    mentions_make(&m, &o, text);
    for (size_t i = 0; i < m.n; i++)
        n += m.items[i].is_definition &&
             (m.items[i].at.from < section.from || m.items[i].at.from >= section.to);
    mentions_fini(&m);
    outline_fini(&o);
    return n;
}

static void test_half_a_line_spoils_little(void)
{
    const struct asset *asset = asset_find("usecases/drone/model.yaml");
    const char *text = (const char *)asset->bytes;
    struct outline o = {0};
    size_t n_cuts = 0;
    outline_make(&o, text, asset->len, &model_shape);
    for (const struct spot *s = o.root->first; s; s = s->next) {
        struct span section = {s->key_at.from,
                               s->next ? s->next->key_at.from : asset->len};
        size_t whole = count_outside(text, asset->len, section);
        for (size_t at = section.from; at < section.to; at++) {
            const char *end = memchr(text + at, '\n', asset->len - at);
            if (end == NULL || (n_cuts++ % 97 && at != section.from)) continue;
            size_t lost = (size_t)(end - (text + at));
            char *cut = malloc(asset->len);
            memcpy(cut, text, at);
            memcpy(cut + at, end, asset->len - at - lost);
            struct span rest = {section.from, section.to - lost};
            size_t got = count_outside(cut, asset->len - lost, rest);
            if (got != whole) printf("# byte %zu of %s\n", at, s->key);
            CHECK_INT(got, whole);
            free(cut);
        }
    }
    CHECK(n_cuts > 10000);
    outline_fini(&o);
}

/* ---- a server and its answers */

static struct lsp *lsp;

static int32_t today(void)
{
    return 20270101;
}

/* Sends a message and returns the JSON of the answer, or NULL; in the arena. */
static const struct json_value *send(struct arena *a, const struct buf *body)
{
    struct buf frame = {0}, out = {0};
    buf_printf(&frame, "Content-Length: %zu\r\n\r\n", body->len);
    buf_add(&frame, buf_text(body), body->len);
    lsp_feed(lsp, frame.data, frame.len, &out);
    const char *start = strstr(buf_text(&out), "\r\n\r\n");
    const struct json_value *v =
        start ? json_read(a, start + 4, out.len - (size_t)(start + 4 - out.data))
              : NULL;
    buf_fini(&frame);
    buf_fini(&out);
    return v;
}

static struct json begin(struct buf *body, const char *method, int is_request)
{
    struct json j = json_on(body, 0);
    json_open(&j, '{');
    json_put(&j, "jsonrpc", "2.0");
    if (is_request) json_put_int(&j, "id", 1);
    json_put(&j, "method", method);
    json_in(&j, "params", '{');
    json_in(&j, "textDocument", '{');
    json_put(&j, "uri", "untitled:test");
    return j;
}

static void open_text(const char *text)
{
    struct arena a = {0};
    struct buf body = {0};
    struct json j = begin(&body, "textDocument/didOpen", 0);
    json_put(&j, "text", text);
    json_close(&j, '}');
    json_close(&j, '}');
    json_close(&j, '}');
    send(&a, &body);
    buf_fini(&body);
    arena_fini(&a);
}

/* Asks about a byte of a text; the result, or NULL after an error. */
static const struct json_value *ask(struct arena *a, const char *method,
                                    const char *text, size_t byte, const char *name)
{
    struct buf body = {0};
    struct lines l;
    lines_make(&l, text, strlen(text));
    struct cursor at = lines_position(&l, byte);
    lines_fini(&l);
    struct json j = begin(&body, method, 1);
    json_close(&j, '}');
    json_in(&j, "position", '{');
    json_put_int(&j, "line", at.line);
    json_put_int(&j, "character", at.character);
    json_close(&j, '}');
    if (name) json_put(&j, "newName", name);
    json_close(&j, '}');
    json_close(&j, '}');
    const struct json_value *v = json_get(send(a, &body), "result");
    buf_fini(&body);
    return v;
}

static void start_server(enum lang lang)
{
    const struct lsp_settings settings = {
        .catalog = catalog, .lang = lang, .is_lang_given = 1, .today = today};
    struct arena a = {0};
    struct buf body = {0};
    lsp = lsp_new(&settings);
    buf_str(&body,
            "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{}}");
    CHECK(json_get(send(&a, &body), "result") != NULL);
    buf_fini(&body);
    arena_fini(&a);
}

static int offers(const struct json_value *result, const char *label)
{
    const struct json_value *items = json_get(result, "items");
    for (const struct json_value *v = items ? items->first : NULL; v; v = v->next)
        if (strcmp(json_text(json_get(v, "label")), label) == 0) return 1;
    return 0;
}

/* ---- each key of each shape is offered at its place */

struct place_of_keys {
    char text[4096]; /* up to the cursor */
    size_t n_checked;
};

/* That all keys are offered after `begun`, with a letter typed and without. */
static void check_keys(struct place_of_keys *p, const struct shape *shape,
                       const char *rest)
{
    static const char *const typed[] = {"", "x"};
    size_t len = strlen(p->text);
    for (size_t t = 0; t < 2; t++) {
        struct arena a = {0};
        char text[8192];
        snprintf(text, sizeof text, "%s%s%s", p->text, typed[t], rest);
        open_text(text);
        const struct json_value *result =
            ask(&a, "textDocument/completion", text, len + strlen(typed[t]), NULL);
        for (size_t i = 0; i < shape->n_fields; i++) {
            const struct field *f = &shape->fields[i];
            if (f->type == FIELD_PRESENCE) continue;
            if (!offers(result, f->key)) printf("# %s in:\n%s|\n", f->key, text);
            CHECK(offers(result, f->key));
            p->n_checked++;
        }
        arena_fini(&a);
    }
}

/* Goes down to all shapes in block style; `indent` is that of the keys of this one. */
static void walk_block(struct place_of_keys *p, const struct shape *shape, int indent)
{
    size_t len = strlen(p->text), room = sizeof p->text - len;
    check_keys(p, shape, "\n\nafter:\n  net: {name: N}\n");
    for (size_t i = 0; i < shape->n_fields; i++) {
        const struct field *f = &shape->fields[i];
        int in = indent + 2;
        if (f->type == FIELD_STRUCT)
            snprintf(p->text + len, room, "%s:\n%*s", f->key, in, "");
        else if (f->type == FIELD_LIST)
            snprintf(p->text + len, room, "%s:\n%*s- ", f->key, in, "");
        else if (f->type == FIELD_MAP)
            snprintf(p->text + len, room, "%s:\n%*sid:\n%*s", f->key, in, "", in + 2,
                     "");
        else
            continue;
        walk_block(p, f->of, f->type == FIELD_STRUCT ? in : in + 2);
        p->text[len] = '\0';
    }
}

static void walk_flow(struct place_of_keys *p, const struct shape *shape)
{
    size_t len = strlen(p->text), room = sizeof p->text - len;
    check_keys(p, shape, "\nafter:\n  net: {name: N}\n");
    for (size_t i = 0; i < shape->n_fields; i++) {
        const struct field *f = &shape->fields[i];
        const char *open = f->type == FIELD_STRUCT ? "{"
                           : f->type == FIELD_LIST ? "[{"
                           : f->type == FIELD_MAP  ? "{id: {"
                                                   : NULL;
        if (open == NULL) continue;
        snprintf(p->text + len, room, "%s: %s", f->key, open);
        walk_flow(p, f->of);
        p->text[len] = '\0';
    }
}

static void test_each_key_is_offered(void)
{
    struct place_of_keys p = {.n_checked = 0};
    walk_block(&p, &model_shape, 0);
    CHECK(p.n_checked > 500);
    p = (struct place_of_keys){.n_checked = 0};
    for (size_t i = 0; i < model_shape.n_fields; i++) {
        const struct field *f = &model_shape.fields[i];
        if (f->type != FIELD_MAP && f->type != FIELD_STRUCT) continue;
        snprintf(p.text, sizeof p.text, "%s: %s", f->key,
                 f->type == FIELD_MAP ? "{id: {" : "{");
        walk_flow(&p, f->of);
    }
    CHECK(p.n_checked > 500);
}

/* ---- values */

static void check_offered(const char *before, const char *after, const char *label)
{
    struct arena a = {0};
    char text[2048];
    snprintf(text, sizeof text, "%s%s", before, after);
    open_text(text);
    const struct json_value *result =
        ask(&a, "textDocument/completion", text, strlen(before), NULL);
    if (!offers(result, label)) printf("# %s in:\n%s|\n", label, before);
    CHECK(offers(result, label));
    arena_fini(&a);
}

#define COMPONENTS "components:\n  lock: {name: L}\n  hub: {name: H}\n"

static void test_values_are_offered(void)
{
    check_offered("zones:\n  a:\n    kind: ", "\n", "internet");
    check_offered("zones:\n  a: {kind: in", "}\n", "internet");
    check_offered("zones:\n  a: {kind: \"in", "\"}\n", "internet");
    check_offered("stakeholders:\n  a:\n    roles: [iot-user, ", "]\n", "integrator");
    check_offered("stakeholders:\n  a:\n    roles:\n      - ", "\n", "integrator");
    check_offered(COMPONENTS "flows:\n  f: {from: lock, to: ", "}\n", "hub");
    check_offered(COMPONENTS "flows:\n  f:\n    from: ", "\n    to: hub\n", "lock");
    check_offered("components:\n  c:\n    kind: cam", "\n", "camera");
    check_offered("components:\n  c:\n    rebuilt: ", "\n", "true");
    check_offered("flows:\n  f:\n    protocol: ", "\n", "mqtt-tls");
    check_offered(COMPONENTS "decisions:\n  d:\n    subject: ", "\n", "spoofing@");
    check_offered(COMPONENTS "decisions:\n  d:\n    subject: \"spoofing@", "\"\n",
                  "spoofing@hub");
    check_offered("stakeholders:\n  s: {name: S}\ndecisions:\n  d: {subject: map",
                  "}\n", "map:s");
    check_offered("incidents:\n  i: {name: I}\nrehearsal:\n  plays:\n    ", "\n", "i");
    check_offered("adoptions:\n  acc", "\n", "access-control");
    check_offered("rehearsal:\n  twin: ", "\n", "heater");
    check_offered("rehearsal:\n  twin: heater\n  levels:\n    - outcome: ", "\n",
                  "refused_steps");
    check_offered("system:\n  name: {", "}\n", "ja");
    check_offered("awai: ", "\n", "1");
}

/* ---- references of the use cases */

static void test_each_reference_resolves(void)
{
    for (size_t i = 0; i < embed_n_assets; i++) {
        const struct asset *asset = &embed_assets[i];
        if (strncmp(asset->path, "usecases/", 9) != 0 || !is_yaml(asset)) continue;
        struct outline o = {0};
        struct mentions m = {0};
        const char *text = (const char *)asset->bytes;
        size_t n = 0;
        outline_make(&o, text, asset->len, &model_shape);
        mentions_make(&m, &o, text);
        struct knowledge k = {&o, &m, catalog, NULL};
        for (size_t r = 0; r < m.n; r++) {
            struct thing thing;
            const struct mention *x = &m.items[r];
            CHECK(strncmp(text + x->at.from, x->id, x->at.to - x->at.from) == 0);
            if (!things_find(&k, x->targets, x->id, &thing))
                printf("# %s: %s (%s)\n", asset->path, x->id, x->targets);
            CHECK(things_find(&k, x->targets, x->id, &thing));
            n += !x->is_definition && thing.at != NULL;
            if (thing.at)
                CHECK(thing.at->is_definition && strcmp(thing.at->id, x->id) == 0);
        }
        CHECK(n > 100);
        mentions_fini(&m);
        outline_fini(&o);
    }
}

/* ---- rename */

/* The text after the edits of a rename, for free(); NULL if there are none. */
static char *renamed(const char *text, size_t byte, const char *name)
{
    struct arena a = {0};
    struct buf out = {0};
    struct lines l;
    size_t done = 0;
    open_text(text);
    const struct json_value *result = ask(&a, "textDocument/rename", text, byte, name);
    const struct json_value *edits =
        json_get(json_get(result, "changes"), "untitled:test");
    lines_make(&l, text, strlen(text));
    for (const struct json_value *e = edits ? edits->first : NULL; e; e = e->next) {
        const struct json_value *range = json_get(e, "range");
        size_t ends[2];
        for (int i = 0; i < 2; i++) {
            const struct json_value *p = json_get(range, i ? "end" : "start");
            long long line = 0, character = 0;
            json_whole(json_get(p, "line"), &line);
            json_whole(json_get(p, "character"), &character);
            ends[i] =
                lines_byte(&l, (struct cursor){(uint32_t)line, (uint32_t)character});
        }
        buf_add(&out, text + done, ends[0] - done);
        buf_str(&out, json_text(json_get(e, "newText")));
        done = ends[1];
    }
    if (edits) buf_str(&out, text + done);
    lines_fini(&l);
    arena_fini(&a);
    return out.data;
}

static size_t count_errors(const char *text)
{
    struct model *model = model_read_text("test.yaml", text, strlen(text));
    catalog_bind(catalog, model);
    size_t n = model->diags.n_errors;
    model_free(model);
    return n;
}

static void check_rename(const char *text, const struct mention *m)
{
    char *there = renamed(text, m->at.from, "a-new-name");
    REQUIRE(there);
    const char *at = strstr(there, "a-new-name");
    CHECK(at != NULL && strcmp(there, text) != 0);
    CHECK_INT(count_errors(there), 0);
    char *back = at ? renamed(there, (size_t)(at - there), m->id) : NULL;
    if (back == NULL || strcmp(back, text) != 0) printf("# %s\n", m->id);
    CHECK(back && strcmp(back, text) == 0);
    free(there);
    free(back);
}

static void test_rename_and_back(void)
{
    enum { EVERY = 7 }; /* of the definitions: each takes some ten milliseconds */
    size_t n = 0;
    for (size_t i = 0; i < embed_n_assets; i++) {
        const struct asset *asset = &embed_assets[i];
        if (strncmp(asset->path, "usecases/", 9) != 0 || !is_yaml(asset)) continue;
        struct outline o = {0};
        struct mentions m = {0};
        const char *text = (const char *)asset->bytes;
        outline_make(&o, text, asset->len, &model_shape);
        mentions_make(&m, &o, text);
        for (size_t r = 0; r < m.n; r++)
            if (m.items[r].is_definition && n++ % EVERY == 0)
                check_rename(text, &m.items[r]);
        mentions_fini(&m);
        outline_fini(&o);
    }
    CHECK(n > 300);
}

static void test_rename_goes_into_subjects(void)
{
    static const char text[] = "awai: 1\nzones:\n  net: {name: N}\ncomponents:\n  "
                               "net-a: {name: A, zone: net}\n"
                               "decisions:\n  d: {subject: spoofing@net-a}\n  e: "
                               "{subject: \"tampering@net\"}\n"
                               "  net: {subject: map:net}\n";
    char *there = renamed(text, (size_t)(strstr(text, "net-a}") - text), "b");
    CHECK(there && strstr(there, "spoofing@b}") && strstr(there, "  b: {name: A"));
    free(there);
    there = renamed(text, (size_t)(strstr(text, "net: {name") - text), "lan");
    CHECK(there && strstr(there, "tampering@lan\"") && strstr(there, "zone: lan}"));
    CHECK(there && strstr(there, "spoofing@net-a}") &&
          strstr(there, "  net: {subject: map:net}"));
    free(there);
}

static void test_rename_is_refused(void)
{
    static const char text[] = "awai: 1\nzones:\n  net: {name: N}\ncomponents:\n"
                               "  a: &x {name: A, zone: net}\n";
    static const char two[] =
        "zones:\n  net: {name: N}\ncomponents:\n  a: {zone: net, kind: plc}\n";
    static const char alike[] =
        "components:\n  a: {kind: plc}\nsafety-functions:\n  f: {on: a}\n";
    size_t at = (size_t)(strstr(two, "net:") - two);
    CHECK_STR(renamed(text, (size_t)(strstr(text, "net:") - text), "b"), NULL); /* & */
    CHECK_STR(renamed(two, at, "a"), NULL);   /* there is one */
    CHECK_STR(renamed(two, at, "a b"), NULL); /* no identifier */
    CHECK_STR(renamed(alike, (size_t)(strstr(alike, "f:") - alike), "a"), NULL);
    CHECK_STR(renamed(two, 0, "b"), NULL); /* a key */
    CHECK_STR(renamed(two, (size_t)(strstr(two, "plc") - two), "b"),
              NULL); /* catalog */
}

int main(void)
{
    catalog = catalog_read(NULL);
    RUN(test_json_is_read);
    RUN(test_json_strings);
    RUN(test_positions_are_utf16);
    RUN(test_places_of_the_reader);
    RUN(test_positions_come_back);
    RUN(test_outline_is_what_is_read);
    RUN(test_outline_of_forms);
    RUN(test_half_a_line_spoils_little);
    start_server(LANG_EN);
    RUN(test_each_key_is_offered);
    RUN(test_values_are_offered);
    RUN(test_each_reference_resolves);
    RUN(test_rename_and_back);
    RUN(test_rename_goes_into_subjects);
    RUN(test_rename_is_refused);
    lsp_free(lsp);
    catalog_free(catalog);
    return UNIT_RESULT();
}
