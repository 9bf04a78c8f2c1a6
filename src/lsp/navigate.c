// SPDX-License-Identifier: Apache-2.0
/* Where identifiers are defined and used, their new names, and the table of contents.
 */
#include <string.h>

#include "lsp/describe.h"
#include "lsp/lsp_int.h"

// ---- which mentions are of one thing

/* A thing of the text or from elsewhere, by the section that defines it. */
struct meant {
    const char *id, *section;
};

/* What the identifier at the place stands for; 0, and null as result, if nothing does.
 */
static const struct mention *find_target(struct call *c, struct meant *target)
{
    struct thing thing;
    if (!call_place(c)) return NULL;
    const struct mention *m = mentions_at(c->known.mentions, c->byte);
    if (m == NULL || !things_find(&c->known, m->targets, m->id, &thing)) return NULL;
    *target = (struct meant){m->id, thing.section};
    return m;
}

/* 1 if a mention is of the target: of several sections the first that has it counts. */
static int is_of(const struct call *c, const struct mention *m,
                 const struct meant *target)
{
    struct thing thing;
    if (strcmp(m->id, target->id) != 0) return 0;
    if (m->is_definition) return strcmp(m->targets, target->section) == 0;
    return things_find(&c->known, m->targets, m->id, &thing) &&
           strcmp(thing.section, target->section) == 0;
}

/* The next mention of the target from number *i on; NULL at the end. */
static const struct mention *next_of(const struct call *c, const struct meant *target,
                                     size_t *i)
{
    const struct mentions *all = c->known.mentions;
    while (*i < all->n) {
        const struct mention *m = &all->items[(*i)++];
        if (is_of(c, m, target)) return m;
    }
    return NULL;
}

static void put_location(struct call *c, const char *uri, struct span at)
{
    json_open(c->j, '{');
    json_put(c->j, "uri", uri);
    put_range(c->j, "range", &c->document->lines, at);
    json_close(c->j, '}');
}

// ---- definition, references

/* A place in an included file. */
static void put_included(struct call *c, struct place at)
{
    const struct diag_list *files = &c->document->model->diags;
    const struct diag_file *f = &files->files[at.file];
    struct buf uri = {0};
    struct lines lines;
    lines_make(&lines, f->text ? f->text : "", f->text ? f->len : 0);
    size_t byte = lines_place(&lines, at);
    uri_of_path(f->path, &uri);
    json_open(c->j, '{');
    json_put(c->j, "uri", buf_text(&uri));
    put_range(c->j, "range", &lines, (struct span){byte, byte});
    json_close(c->j, '}');
    lines_fini(&lines);
    buf_fini(&uri);
}

void go_to_definition(struct call *c)
{
    struct thing thing = {0};
    if (!call_place(c)) return;
    const struct mention *m = mentions_at(c->known.mentions, c->byte);
    if (m) things_find(&c->known, m->targets, m->id, &thing);
    if (thing.at)
        put_location(c, c->document->uri, thing.at->at);
    else if (thing.included)
        put_included(c, *thing.included);
    else
        json_null(c->j);
}

void find_references(struct call *c)
{
    struct meant target;
    size_t i = 0;
    const struct json_value *context = json_get(c->params, "context");
    const struct json_value *with = json_get(context, "includeDeclaration");
    int is_found = find_target(c, &target) != NULL;
    if (context && context->kind != JSON_OBJECT) c->error = RPC_PARAMETERS;
    if (c->error) return;
    json_open(c->j, '[');
    for (const struct mention *m; is_found && (m = next_of(c, &target, &i));)
        if (!m->is_definition || (with && with->kind == JSON_TRUE))
            put_location(c, c->document->uri, m->at);
    json_close(c->j, ']');
}

void highlight(struct call *c)
{
    enum { READ = 2, WRITE = 3 };
    struct meant target;
    size_t i = 0;
    int is_found = find_target(c, &target) != NULL;
    if (c->error) return;
    json_open(c->j, '[');
    for (const struct mention *m; is_found && (m = next_of(c, &target, &i));) {
        json_open(c->j, '{');
        put_range(c->j, "range", &c->document->lines, m->at);
        json_put_int(c->j, "kind", m->is_definition ? WRITE : READ);
        json_close(c->j, '}');
    }
    json_close(c->j, ']');
}

// ---- rename

/* 1 if the outline is what the reader reads: nothing is missed then. */
static int is_read_alike(const struct document *d)
{
    struct arena arena = {0};
    struct diag_list said = {0};
    int file = yaml_text(&said, "", d->text, d->len);
    struct node *root = file < 0 ? NULL : yaml_parse(&arena, &said, (uint32_t)file);
    int alike = root && said.n_errors == 0 &&
                outline_agrees(&d->outline, d->text, d->len, root);
    arena_fini(&arena);
    diag_fini(&said);
    return alike;
}

static int has_includes(const struct outline *o)
{
    for (const struct spot *s = o->root->first; s; s = s->next)
        if (s->key && strcmp(s->key, "include") == 0) return 1;
    return 0;
}

/* The identifier at the place, if it may have another name; else an error says why. */
static const struct mention *find_renamed(struct call *c, struct meant *target)
{
    const struct mention *m = find_target(c, target);
    if (c->error) return NULL;
    if (m == NULL ||
        mentions_definition(c->known.mentions, target->section, target->id) == NULL) {
        call_fail(c, RPC_FAILED, DIAG_RENAME_PLACE, NULL);
        return NULL;
    }
    if (has_includes(c->known.outline)) {
        call_fail(c, RPC_FAILED, DIAG_RENAME_INCLUDES, NULL);
        return NULL;
    }
    if (!is_read_alike(c->document)) {
        call_fail(c, RPC_FAILED, DIAG_RENAME_SYNTAX, NULL);
        return NULL;
    }
    return m;
}

void prepare_rename(struct call *c)
{
    struct meant target;
    const struct mention *m = find_renamed(c, &target);
    if (m == NULL) return;
    json_open(c->j, '{');
    put_range(c->j, "range", &c->document->lines, m->at);
    json_put(c->j, "placeholder", m->id);
    json_close(c->j, '}');
}

/* What may not have the same name as what is renamed: components, flows and zones share
 * one name space, and what binds a twin may mean a safety function as well as those. */
static const char *name_space(const char *section)
{
    static const char assets[] = "components|flows|zones|safety-functions";
    for (const char *t = assets; *t;) {
        size_t len = strcspn(t, "|");
        if (strlen(section) == len && memcmp(section, t, len) == 0) return assets;
        t += len + (t[len] == '|');
    }
    return section;
}

/* 1 if the new name can be had; else an error says why not. */
static int may_be_called(struct call *c, const struct meant *target, const char *name)
{
    const struct text args = text_same(name);
    if (!schema_is_id(name))
        call_fail(c, RPC_FAILED, DIAG_IDENTIFIER, &args);
    else if (mentions_definition(c->known.mentions, name_space(target->section), name))
        call_fail(c, RPC_FAILED, DIAG_ASSET_TWICE, &args);
    return c->error == RPC_FINE;
}

void rename_id(struct call *c)
{
    struct meant target;
    size_t i = 0;
    const char *name = json_text(json_get(c->params, "newName"));
    if (name == NULL) {
        c->error = RPC_PARAMETERS;
        return;
    }
    if (find_renamed(c, &target) == NULL) return;
    if (strcmp(name, target.id) != 0 && !may_be_called(c, &target, name)) return;
    json_open(c->j, '{');
    json_in(c->j, "changes", '{');
    json_in(c->j, c->document->uri, '[');
    for (const struct mention *m; (m = next_of(c, &target, &i));) {
        json_open(c->j, '{');
        put_range(c->j, "range", &c->document->lines, m->at);
        json_put(c->j, "newText", name);
        json_close(c->j, '}');
    }
    json_close(c->j, ']');
    json_close(c->j, '}');
    json_close(c->j, '}');
}

// ---- symbols

static const char *own_name(const struct spot *s, enum lang lang)
{
    const char *keys[] = {lang == LANG_JA ? "ja" : "en", lang == LANG_JA ? "en" : "ja"};
    for (const struct spot *e = s->first; e; e = e->next) {
        if (e->key == NULL || strcmp(e->key, "name") != 0) continue;
        if (e->kind == SPOT_SCALAR) return e->text;
        for (int i = 0; i < 2; i++)
            for (const struct spot *t = e->first; t; t = t->next)
                if (t->key && t->text && strcmp(t->key, keys[i]) == 0) return t->text;
    }
    return NULL;
}

static void put_symbols(struct call *c, const struct spot *of, unsigned depth);

/* Sections, and what is called by an identifier in them. */
static void put_symbol(struct call *c, const struct spot *s, unsigned depth)
{
    enum { MODULE = 2, OBJECT = 19, PROPERTY = 7 };
    const char *name = own_name(s, c->lsp->lang);
    struct span whole = {s->key_at.from,
                         s->at.to > s->key_at.to ? s->at.to : s->key_at.to};
    int kind = depth == 0 ? MODULE : s->parent->entries ? OBJECT : PROPERTY;
    json_open(c->j, '{');
    json_put(c->j, "name", s->key[0] ? s->key : "-");
    if (name) json_put(c->j, "detail", name);
    json_put_int(c->j, "kind", kind);
    put_range(c->j, "range", &c->document->lines, whole);
    put_range(c->j, "selectionRange", &c->document->lines, s->key_at);
    put_symbols(c, s, depth + 1);
    json_close(c->j, '}');
}

static int is_symbol(const struct spot *s, unsigned depth)
{
    if (s->key == NULL || s->is_bare) return 0;
    return depth == 0 || s->parent->entries != NULL || s->entries != NULL;
}

/* As many as somebody could look through: the text comes from outside, and what is told
 * of an entry takes thirty times as much as the entry. */
static void put_symbols(struct call *c, const struct spot *of, unsigned depth)
{
    enum { MOST = 10000 };
    if (depth > 0) json_key(c->j, "children");
    json_open(c->j, '[');
    for (const struct spot *s = of->kind == SPOT_MAPPING ? of->first : NULL;
         s && c->n_symbols < MOST; s = s->next) {
        if (!is_symbol(s, depth)) continue;
        c->n_symbols++;
        put_symbol(c, s, depth);
    }
    json_close(c->j, ']');
}

void put_symbol_list(struct call *c)
{
    document_know(c->lsp, c->document, &c->known);
    put_symbols(c, c->known.outline->root, 0);
}

void list_symbols(struct call *c)
{
    if (call_document(c)) put_symbol_list(c);
}
