// SPDX-License-Identifier: Apache-2.0
/*
 * Completion: a mark is put into the text where the cursor is, and the outline of that
 * says what the word with the mark is: a key of this shape, a value of that row. So a
 * line that is empty or half there needs no rules of its own.
 */
#include <string.h>

#include "lsp/describe.h"
#include "lsp/lsp_int.h"

/* A character for private use: it is part of words, and of no word that is in use. */
static const char mark[] = "\xEE\x80\x80";
enum { MARK_BYTES = sizeof mark - 1 };

/* As the protocol numbers them. */
enum item_kind {
    ITEM_PROPERTY = 10,
    ITEM_VALUE = 12,
    ITEM_REFERENCE = 18,
    ITEM_CHOICE = 20
};

struct list_of_items {
    struct call *call;
    struct json *j;
    struct span replaced; // of the text without the mark
    size_t n, n_left_out;
    struct strmap seen;
    int is_key;         // a colon comes after it
    const char *before; // what stands before an identifier: "incident:", or NULL
    const char *after;
};

// ---- items

/* One entry of the answer. `rank` orders them before their names do. */
static void put_item(struct list_of_items *list, const char *label,
                     const char *inserted, enum item_kind kind, int rank,
                     const char *detail, const struct buf *about)
{
    struct json *j = list->j;
    char order[16];
    if (!strmap_add(&list->seen, label, 0, NULL)) return;
    if (list->n == LSP_MOST_COMPLETIONS) {
        list->n_left_out++;
        return;
    }
    snprintf(order, sizeof order, "%04d", rank);
    list->n++;
    json_open(j, '{');
    json_put(j, "label", label);
    json_put_int(j, "kind", kind);
    if (detail && detail[0]) json_put(j, "detail", detail);
    json_in(j, "documentation", '{');
    json_put(j, "kind", "markdown");
    json_put(j, "value", buf_text(about));
    json_close(j, '}');
    json_put(j, "sortText", order);
    json_in(j, "textEdit", '{');
    put_range(j, "range", &list->call->document->lines, list->replaced);
    json_put(j, "newText", inserted);
    json_close(j, '}');
    json_close(j, '}');
}

static int is_nested(const struct field *f)
{
    return f->type == FIELD_STRUCT || f->type == FIELD_LIST || f->type == FIELD_MAP;
}

static int is_taken(const struct spot *mapping, const struct spot *own, const char *key)
{
    for (const struct spot *e = mapping ? mapping->first : NULL; e; e = e->next)
        if (e != own && e->key && strcmp(e->key, key) == 0) return 1;
    return 0;
}

/* The keys of a shape that are not there yet, those that must be first. */
static void put_keys(struct list_of_items *list, const struct shape *shape,
                     const struct spot *mapping, const struct spot *own, int has_colon)
{
    enum lang lang = list->call->lsp->lang;
    for (size_t i = 0; i < shape->n_fields; i++) {
        const struct field *f = &shape->fields[i];
        struct buf about = {0}, detail = {0};
        if (f->type == FIELD_PRESENCE || is_taken(mapping, own, f->key)) continue;
        describe_key(f, lang, &about);
        describe_type(f, lang, &detail);
        const char *end = has_colon ? "" : is_nested(f) ? ":" : ": ";
        put_item(list, f->key, arena_printf(list->call->arena, "%s%s", f->key, end),
                 ITEM_PROPERTY, (f->flags & FIELD_REQUIRED ? 0 : 1000) + (int)i,
                 buf_text(&detail), &about);
        buf_fini(&about);
        buf_fini(&detail);
    }
}

static void put_word(struct list_of_items *list, const char *word, int rank,
                     enum item_kind kind)
{
    struct buf nothing = {0};
    put_item(list, word, word, kind, rank, NULL, &nothing);
}

static void put_languages(struct list_of_items *list, const struct spot *mapping,
                          const struct spot *own)
{
    static const char *const keys[] = {"en", "ja"};
    for (int i = 0; i < 2; i++)
        if (!is_taken(mapping, own, keys[i])) put_word(list, keys[i], i, ITEM_PROPERTY);
}

static void put_choices(struct list_of_items *list, const struct choice_set *set,
                        const struct spot *among, const struct spot *own)
{
    enum lang lang = list->call->lsp->lang;
    for (size_t i = 0; i < set->n; i++) {
        const struct choice *c = &set->items[i];
        struct buf about = {0};
        int is_there = 0;
        for (const struct spot *e = among ? among->first : NULL; e; e = e->next)
            is_there |= e != own && e->text && strcmp(e->text, c->name) == 0;
        if (is_there) continue;
        describe_choice(c, lang, &about);
        put_item(list, c->name, c->name, ITEM_CHOICE, (int)i, text_in(c->text, lang),
                 &about);
        buf_fini(&about);
    }
}

/* An identifier, between what belongs before and after it. */
static void put_thing(void *told, const struct thing *thing)
{
    struct list_of_items *list = told;
    enum lang lang = list->call->lsp->lang;
    struct buf about = {0};
    const char *before = list->before ? list->before : "";
    const char *after = list->after ? list->after : "";
    const char *word =
        arena_printf(list->call->arena, "%s%s%s", before, thing->id, after);
    describe_thing(thing, lang, &about);
    const char *inserted =
        list->is_key ? arena_printf(list->call->arena, "%s:", word) : word;
    put_item(list, word, inserted, ITEM_REFERENCE, (int)list->n,
             text_in(thing->name, lang), &about);
    buf_fini(&about);
}

static void put_things(struct list_of_items *list, const char *targets)
{
    for (const char *t = targets; *t;) {
        size_t len = strcspn(t, "|");
        things_each(&list->call->known, t, len, put_thing, list);
        t += len + (t[len] == '|');
    }
}

/* Subjects: of a threat, first its class, and after the '@' where. */
static void put_subjects(struct list_of_items *list, const char *begun)
{
    static const struct {
        const char *before, *targets;
    } rows[] = {
        {"incident:",    "incidents"   },
        {"requirement:", "requirements"},
        {"map:",         "stakeholders"},
    };
    const char *at = strchr(begun, '@');
    if (at) {
        list->before = arena_strn(list->call->arena, begun, (size_t)(at + 1 - begun));
        put_things(list, "components|flows|zones");
        return;
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        list->before = rows[i].before;
        put_things(list, rows[i].targets);
    }
    list->before = NULL;
    list->after = "@";
    put_things(list, "threats");
}

// ---- what is wanted at the mark

static void put_values(struct list_of_items *list, const struct spot *s)
{
    const struct field *f = s->field;
    const struct spot *among =
        s->parent && s->parent->kind == SPOT_SEQUENCE ? s->parent : NULL;
    if (f->type == FIELD_CHOICE || f->type == FIELD_CHOICES)
        put_choices(list, f->of, among, s);
    if (f->type == FIELD_REF || f->type == FIELD_REFS) put_things(list, f->target);
    if (f->flags & FIELD_SUBJECT) put_subjects(list, s->text);
    if (f->type == FIELD_BOOL) {
        put_word(list, "true", 0, ITEM_VALUE);
        put_word(list, "false", 1, ITEM_VALUE);
    }
    if (f->flags & FIELD_VERSION) put_word(list, "1", 0, ITEM_VALUE);
}

/* 1 if a mapping can begin here: nothing but blanks and dashes before it. */
static int begins_line(const char *text, size_t at)
{
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '-'))
        at--;
    return at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r';
}

static void put_at_key(struct list_of_items *list, const struct spot *s)
{
    const struct spot *in = s->parent;
    list->is_key = s->is_bare;
    if (in->entries && in->entries->target) put_things(list, in->entries->target);
    if (in->shape) put_keys(list, in->shape, in, s, !s->is_bare);
    if (in->field && (in->field->type == FIELD_TEXT || in->field->type == FIELD_TEXTS))
        put_languages(list, in, s);
}

static void put_at_value(struct list_of_items *list, const struct spot *s,
                         const char *text)
{
    if (begins_line(text, s->at.from) && !s->is_quoted) {
        if (s->shape) put_keys(list, s->shape, NULL, NULL, 0);
        list->is_key = 1;
        if (s->entries && s->entries->target) put_things(list, s->entries->target);
        list->is_key = 0;
    }
    if (s->field) put_values(list, s);
}

/* The part of a word that is replaced: without quotes, up to the end of its line. */
static struct span replaced(const char *text, struct span at, size_t byte)
{
    char c = text[at.from];
    if (c == '"' || c == '\'') {
        at.from++;
        if (at.to > at.from && text[at.to - 1] == c) at.to--;
    }
    for (size_t i = byte; i < at.to; i++)
        if (text[i] == '\n' || text[i] == '\r') at.to = i;
    at.to -= MARK_BYTES;
    return at;
}

static void put_items(struct list_of_items *list, const struct outline *o,
                      const char *text, size_t byte)
{
    const struct spot *s = outline_at(o, byte + 1); // within the mark
    if (s == NULL || s->is_block) return;
    int is_key = s->key && span_holds(s->key_at, byte + 1);
    if (!is_key && s->kind != SPOT_SCALAR) return;
    list->replaced = replaced(text, is_key ? s->key_at : s->at, byte);
    if (list->replaced.from > byte || list->replaced.to < byte) return;
    if (is_key)
        put_at_key(list, s);
    else
        put_at_value(list, s, text);
}

static char *marked(struct call *c)
{
    const struct document *d = c->document;
    char *text = arena_alloc(c->arena, d->len + MARK_BYTES + 1);
    memcpy(text, d->text, c->byte);
    memcpy(text + c->byte, mark, MARK_BYTES);
    memcpy(text + c->byte + MARK_BYTES, d->text + c->byte, d->len - c->byte);
    return text;
}

void complete(struct call *c)
{
    struct list_of_items list = {.call = c, .j = c->j};
    struct outline o = {0};
    if (!call_place(c)) return;
    const char *text = marked(c);
    outline_make(&o, text, c->document->len + MARK_BYTES, &model_shape);
    json_open(c->j, '{');
    json_in(c->j, "items", '[');
    put_items(&list, &o, text, c->byte);
    json_close(c->j, ']');
    json_put_bool(c->j, "isIncomplete", list.n_left_out > 0);
    json_close(c->j, '}');
    strmap_fini(&list.seen);
    outline_fini(&o);
}
