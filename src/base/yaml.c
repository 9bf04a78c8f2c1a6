// SPDX-License-Identifier: Apache-2.0
/*
 * Builds the tree from libyaml's events with an explicit stack: depth is bounded by
 * LIMIT_DEPTH, not by the C stack. Keys are interned, so equal keys are equal
 * pointers; a key's `seen` stamp finds duplicates in constant time each.
 */
#include "base/yaml.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <yaml.h>

#include "base/intern.h"
#include "base/limits.h"
#include "base/text.h"
#include "base/words.h"

enum { LIMIT_ALIAS_NODES = 100000 }; // nodes that aliases may add to a document

struct level {
    struct node *collection;
    struct node **tail; // where the next entry is linked
    const char *key;    // pending key of a mapping, NULL if a key comes next
    struct place key_at;
    uint32_t serial; // of this collection, for the duplicate check
    size_t anchor;   // number of the one being defined, counted from 1; 0: none
};

struct anchor {
    const char *name;
    struct node *node;   // NULL while it is still open
    uint32_t n_before;   // nodes of the document before it
    uint32_t n_expanded; // nodes below and with it
};

struct builder {
    struct arena *arena;
    struct diag_list *diags;
    uint32_t file;
    struct level levels[LIMIT_DEPTH];
    unsigned depth;
    struct node *root;
    struct strmap keys;
    struct key {
        const char *text;
        uint32_t seen; // serial of the last mapping that had it
    } * key_items;
    size_t n_keys, cap_keys;
    struct anchor *anchors;
    size_t n_anchors, cap_anchors;
    uint32_t n_nodes, n_alias_nodes, serials;
    int failed;
};

struct place node_key_place(const struct node *n)
{
    if (n->key_line == 0) return n->at;
    return (struct place){n->at.file, n->key_line, n->key_column};
}

struct node *node_get(const struct node *mapping, const char *key)
{
    if (mapping == NULL || mapping->kind != NODE_MAPPING) return NULL;
    for (struct node *n = mapping->first; n; n = n->next) {
        if (strcmp(n->key, key) == 0) return n;
    }
    return NULL;
}

/* 1 if all of s, and something, is of these characters. */
static int is_of(const char *s, const char *characters)
{
    return s[0] != '\0' && s[strspn(s, characters)] == '\0';
}

/* 1 for a number of the core schema that is no word: digits, point, exponent. */
static int is_decimal(const char *s)
{
    static const char digits[] = "0123456789";
    s += s[0] == '+' || s[0] == '-';
    size_t whole = strspn(s, digits);
    s += whole;
    size_t part = *s == '.' ? strspn(s + 1, digits) : 0;
    if (whole + part == 0) return 0;
    if (*s == '.') s += part + 1;
    if (*s == '\0') return 1;
    if (*s != 'e' && *s != 'E') return 0;
    s++;
    return is_of(s + (*s == '+' || *s == '-'), digits);
}

enum scalar_type yaml_plain_type(const char *text)
{
    static const struct {
        const char *word;
        enum scalar_type type;
    } words[] = {
        {"",      SCALAR_NULL  },
        {"~",     SCALAR_NULL  },
        {"null",  SCALAR_NULL  },
        {"Null",  SCALAR_NULL  },
        {"NULL",  SCALAR_NULL  },
        {"true",  SCALAR_BOOL  },
        {"True",  SCALAR_BOOL  },
        {"TRUE",  SCALAR_BOOL  },
        {"false", SCALAR_BOOL  },
        {"False", SCALAR_BOOL  },
        {"FALSE", SCALAR_BOOL  },
        {".nan",  SCALAR_NUMBER},
        {".NaN",  SCALAR_NUMBER},
        {".NAN",  SCALAR_NUMBER},
        {".inf",  SCALAR_NUMBER},
        {".Inf",  SCALAR_NUMBER},
        {".INF",  SCALAR_NUMBER},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i].word, text) == 0) return words[i].type;
    }
    if (is_decimal(text)) return SCALAR_NUMBER;
    if (text[0] == '0' && text[1] == 'x')
        return is_of(text + 2, "0123456789abcdefABCDEF") ? SCALAR_NUMBER : SCALAR_TEXT;
    if (text[0] == '0' && text[1] == 'o')
        return is_of(text + 2, "01234567") ? SCALAR_NUMBER : SCALAR_TEXT;
    if ((text[0] == '+' || text[0] == '-') && text[1] == '.')
        return yaml_plain_type(text + 1) == SCALAR_NUMBER ? SCALAR_NUMBER : SCALAR_TEXT;
    return SCALAR_TEXT;
}

enum scalar_type node_type(const struct node *n)
{
    if (n->kind != NODE_SCALAR || n->quoted) return SCALAR_TEXT;
    return yaml_plain_type(n->text);
}

int node_is_null(const struct node *n)
{
    return node_type(n) == SCALAR_NULL;
}

static int is_key_same(const struct node *a, const struct node *b)
{
    if (a->key == NULL || b->key == NULL) return a->key == b->key;
    return strcmp(a->key, b->key) == 0;
}

int node_means_same(const struct node *a, const struct node *b)
{
    if (a->kind != b->kind || a->n != b->n || node_type(a) != node_type(b)) return 0;
    if (a->kind == NODE_SCALAR) return strcmp(a->text, b->text) == 0;
    const struct node *x = a->first, *y = b->first;
    for (uint32_t i = 0; i < a->n; i++, x = x->next, y = y->next)
        if (!is_key_same(x, y) || !node_means_same(x, y)) return 0;
    return 1;
}

static struct place place_of(const struct builder *b, yaml_mark_t mark)
{
    return (struct place){b->file, (uint32_t)mark.line + 1, (uint32_t)mark.column + 1};
}

/* The first failure ends the reading of a document. */
static void fail(struct builder *b, struct place at, enum diag_kind kind,
                 const struct text *args)
{
    if (!b->failed) diag_put(b->diags, kind, at, args);
    b->failed = 1;
}

static void fail_beyond(struct builder *b, struct place at, enum diag_kind kind,
                        unsigned limit)
{
    struct text number = diag_number(b->diags, limit);
    fail(b, at, kind, &number);
}

static struct key *intern_key(struct builder *b, const char *text, size_t len)
{
    uint32_t i = 0;
    if (strmap_get(&b->keys, text, &i)) return &b->key_items[i];
    struct key *k = mem_push(&b->key_items, &b->n_keys, &b->cap_keys, sizeof *k);
    k->text = arena_strn(b->arena, text, len);
    strmap_add(&b->keys, k->text, (uint32_t)(b->n_keys - 1), NULL);
    return k;
}

/* Links a node into the open collection, or makes it the root. */
static void attach(struct builder *b, struct node *n)
{
    if (b->depth == 0) {
        b->root = n;
        return;
    }
    struct level *top = &b->levels[b->depth - 1];
    if (top->collection->kind == NODE_MAPPING) {
        n->key = top->key;
        n->key_line = top->key_at.line;
        n->key_column = top->key_at.column;
        top->key = NULL;
    }
    *top->tail = n;
    top->tail = &n->next;
    top->collection->n++;
}

static struct node *new_node(struct builder *b, enum node_kind kind,
                             const yaml_event_t *e)
{
    if (++b->n_nodes > LIMIT_NODES)
        fail_beyond(b, place_of(b, e->start_mark), DIAG_TOO_MANY_NODES, LIMIT_NODES);
    struct node *n = arena_alloc(b->arena, sizeof *n);
    n->kind = (uint8_t)kind;
    n->at = place_of(b, e->start_mark);
    return n;
}

static int expects_key(const struct builder *b)
{
    const struct level *top = b->depth ? &b->levels[b->depth - 1] : NULL;
    return top && top->collection->kind == NODE_MAPPING && top->key == NULL;
}

static void check_tag(struct builder *b, const yaml_char_t *tag, yaml_mark_t mark)
{
    static const char core[] = "tag:yaml.org,2002:";
    static const char *const known[] = {"str",  "int", "float", "bool",
                                        "null", "map", "seq"};
    const char *t = (const char *)tag;
    if (t == NULL || strcmp(t, "!") == 0) return;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strncmp(t, core, sizeof core - 1) == 0 &&
            strcmp(t + sizeof core - 1, known[i]) == 0)
            return;
    }
    fail(b, place_of(b, mark), DIAG_TAG, NULL);
}

/* The anchor called name, or NULL. */
static struct anchor *find_anchor(struct builder *b, const char *name)
{
    for (size_t i = b->n_anchors; i > 0; i--) {
        if (strcmp(b->anchors[i - 1].name, name) == 0) return &b->anchors[i - 1];
    }
    return NULL;
}

enum { LIMIT_ANCHORS = 1000 };

/* Registers an anchor, node NULL while the collection is open; returns its number, 0:
 * none. */
static size_t add_anchor(struct builder *b, const yaml_char_t *name, struct node *node,
                         yaml_mark_t mark)
{
    if (name == NULL) return 0;
    if (b->n_anchors == LIMIT_ANCHORS) {
        fail_beyond(b, place_of(b, mark), DIAG_TOO_MANY_ANCHORS, LIMIT_ANCHORS);
        return 0;
    }
    struct anchor *a = mem_push(&b->anchors, &b->n_anchors, &b->cap_anchors, sizeof *a);
    a->name = arena_str(b->arena, (const char *)name);
    a->node = node;
    a->n_before = b->n_nodes - 1;
    a->n_expanded = 1;
    return b->n_anchors;
}

static void complain_of_invisible(struct diag_list *d, struct place at, uint32_t c)
{
    char name[16];
    snprintf(name, sizeof name, "U+%04X", (unsigned)c);
    DIAG_ADD(d, INVISIBLE_CHARACTER, at, text_same(name));
}

/* Moves a place over the text from byte `from` to byte `to`. */
static void advance(struct place *at, const char *text, size_t from, size_t to)
{
    size_t used = 0;
    for (size_t i = from; i < to; i += used) {
        uint32_t c = text_decode(text + i, to - i, &used);
        at->line += c == '\n';
        at->column = c == '\n' ? 1 : at->column + 1;
    }
}

/*
 * Invisible characters as they are, anywhere: in a comment they can hide a line as well
 * as in a text. Each is told; returns how many there are.
 */
static size_t count_invisible(struct diag_list *d, uint32_t file, size_t from)
{
    const char *text = d->files[file].text;
    size_t len = d->files[file].len, n = 0, used = 0;
    struct place at = {file, 1, 1};
    uint32_t c = 0;
    for (size_t i = from, next; i < len; i = next) {
        next = text_find_invisible(text, len, i, &c);
        if (next == len) break;
        advance(&at, text, i, next);
        complain_of_invisible(d, at, c);
        text_decode(text + next, len - next, &used);
        next += used;
        at.column++;
        n++;
    }
    return n;
}

/* The same of those that were written as escapes, in one scalar. */
static int has_invisible(struct builder *b, const yaml_event_t *e)
{
    const char *s = (const char *)e->data.scalar.value;
    size_t len = e->data.scalar.length;
    uint32_t c = 0;
    if (e->data.scalar.style != YAML_DOUBLE_QUOTED_SCALAR_STYLE ||
        text_find_invisible(s, len, 0, &c) == len)
        return 0;
    complain_of_invisible(b->diags, place_of(b, e->start_mark), c);
    b->failed = 1;
    return 1;
}

/* YAML refuses control characters as they are; as escapes they come through to here. */
static int has_control(struct builder *b, const yaml_event_t *e)
{
    const unsigned char *s = e->data.scalar.value;
    for (size_t i = 0; i < e->data.scalar.length; i++) {
        int is_control = (s[i] < 0x20 && s[i] != '\n' && s[i] != '\t') ||
                         s[i] == 0x7F || (s[i] == 0xC2 && s[i + 1] < 0xA0);
        if (!is_control) continue;
        fail(b, place_of(b, e->start_mark),
             s[i] ? DIAG_CONTROL_CHARACTER : DIAG_NUL_CHARACTER, NULL);
        return 1;
    }
    return 0;
}

static void on_key(struct builder *b, const yaml_event_t *e)
{
    struct level *top = &b->levels[b->depth - 1];
    struct place at = place_of(b, e->start_mark);
    if (e->data.scalar.length > LIMIT_KEY_BYTES) {
        fail_beyond(b, at, DIAG_LONG_KEY, LIMIT_KEY_BYTES);
        return;
    }
    struct key *k =
        intern_key(b, (const char *)e->data.scalar.value, e->data.scalar.length);
    if (k->seen == top->serial) DIAG_ADD(b->diags, KEY_TWICE, at, text_same(k->text));
    k->seen = top->serial;
    top->key = k->text;
    top->key_at = at;
}

static void on_scalar(struct builder *b, const yaml_event_t *e)
{
    check_tag(b, e->data.scalar.tag, e->start_mark);
    if (has_control(b, e) || has_invisible(b, e)) return;
    if (e->data.scalar.length > LIMIT_SCALAR_BYTES) {
        fail_beyond(b, place_of(b, e->start_mark), DIAG_LONG_VALUE, LIMIT_SCALAR_BYTES);
        return;
    }
    if (expects_key(b)) {
        on_key(b, e);
        return;
    }
    struct node *n = new_node(b, NODE_SCALAR, e);
    n->text =
        arena_strn(b->arena, (const char *)e->data.scalar.value, e->data.scalar.length);
    n->quoted = e->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    add_anchor(b, e->data.scalar.anchor, n, e->start_mark);
    attach(b, n);
}

static void on_open(struct builder *b, enum node_kind kind, const yaml_event_t *e,
                    const yaml_char_t *anchor, const yaml_char_t *tag)
{
    struct place at = place_of(b, e->start_mark);
    check_tag(b, tag, e->start_mark);
    if (expects_key(b)) {
        fail(b, at, DIAG_KEY_NOT_PLAIN, NULL);
        return;
    }
    if (b->depth == LIMIT_DEPTH) {
        fail_beyond(b, at, DIAG_TOO_DEEP, LIMIT_DEPTH);
        return;
    }
    struct node *n = new_node(b, kind, e);
    attach(b, n);
    b->levels[b->depth++] = (struct level){
        .collection = n,
        .tail = &n->first,
        .serial = ++b->serials,
        .anchor = add_anchor(b, anchor, NULL, e->start_mark),
    };
}

static void on_close(struct builder *b)
{
    struct level *top = &b->levels[--b->depth];
    if (top->anchor == 0) return;
    struct anchor *a = &b->anchors[top->anchor - 1];
    a->node = top->collection;
    a->n_expanded = b->n_nodes - a->n_before;
}

/* Copies the entries of an aliased collection, so that each can be joined on its own.
 */
static void copy_entries(struct builder *b, struct node *to, const struct node *from)
{
    struct node **tail = &to->first;
    for (const struct node *e = from->first; e; e = e->next) {
        struct node *copy = arena_alloc(b->arena, sizeof *copy);
        *copy = *e;
        copy->next = NULL;
        *tail = copy;
        tail = &copy->next;
    }
    to->n = from->n;
}

static void on_alias(struct builder *b, const yaml_event_t *e)
{
    struct place at = place_of(b, e->start_mark);
    struct anchor *a = find_anchor(b, (const char *)e->data.alias.anchor);
    if (a == NULL || a->node == NULL || expects_key(b)) {
        fail(b, at, DIAG_ALIAS, NULL);
        return;
    }
    b->n_alias_nodes += a->n_expanded;
    b->n_nodes += a->n_expanded;
    if (b->n_alias_nodes > LIMIT_ALIAS_NODES) {
        fail_beyond(b, at, DIAG_TOO_MANY_ALIASES, LIMIT_ALIAS_NODES);
        return;
    }
    struct node *n = new_node(b, (enum node_kind)a->node->kind, e);
    copy_entries(b, n, a->node);
    n->text = a->node->text;
    n->quoted = a->node->quoted;
    attach(b, n);
}

/* Handles one event; returns 0 at the end of the stream. */
static int on_event(struct builder *b, const yaml_event_t *e)
{
    switch (e->type) {
    case YAML_STREAM_END_EVENT: return 0;
    case YAML_DOCUMENT_START_EVENT:
        if (b->root) fail(b, place_of(b, e->start_mark), DIAG_SECOND_DOCUMENT, NULL);
        break;
    case YAML_SCALAR_EVENT: on_scalar(b, e); break;
    case YAML_ALIAS_EVENT: on_alias(b, e); break;
    case YAML_SEQUENCE_START_EVENT:
        on_open(b, NODE_SEQUENCE, e, e->data.sequence_start.anchor,
                e->data.sequence_start.tag);
        break;
    case YAML_MAPPING_START_EVENT:
        on_open(b, NODE_MAPPING, e, e->data.mapping_start.anchor,
                e->data.mapping_start.tag);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT: on_close(b); break;
    default: break;
    }
    return 1;
}

static void syntax_error(struct builder *b, const yaml_parser_t *p)
{
    yaml_mark_t mark = p->problem_mark;
    if (p->error == YAML_MEMORY_ERROR) mem_out_of_memory();
    fail(b, place_of(b, mark), DIAG_SYNTAX,
         DIAG_ARGUMENTS(SYNTAX, words_yaml(p->problem ? p->problem : "unreadable"),
                        words_yaml(p->context)));
}

static void parse_events(struct builder *b, yaml_parser_t *p)
{
    for (int more = 1; more && !b->failed;) {
        yaml_event_t e;
        if (!yaml_parser_parse(p, &e)) {
            syntax_error(b, p);
            return;
        }
        more = on_event(b, &e);
        yaml_event_delete(&e);
    }
}

/* Bytes of a byte order mark, which some editors put before UTF-8. */
static size_t byte_order_mark(const struct diag_file *f)
{
    static const char mark[] = "\xEF\xBB\xBF";
    return f->len >= 3 && memcmp(f->text, mark, 3) == 0 ? 3 : 0;
}

struct node *yaml_parse(struct arena *a, struct diag_list *d, uint32_t file)
{
    size_t mark = byte_order_mark(&d->files[file]);
    if (count_invisible(d, file, mark) > 0) return NULL;
    struct builder *b = mem_alloc(sizeof *b);
    b->arena = a;
    b->diags = d;
    b->file = file;
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) mem_out_of_memory();
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser,
                                 (const unsigned char *)d->files[file].text + mark,
                                 d->files[file].len - mark);
    parse_events(b, &parser);
    yaml_parser_delete(&parser);
    struct node *root = b->failed ? NULL : b->root;
    if (!b->failed && root == NULL)
        diag_put(d, DIAG_EMPTY, (struct place){file, 1, 1}, NULL);
    strmap_fini(&b->keys);
    free(b->key_items);
    free(b->anchors);
    free(b);
    return root;
}

static void load_error(struct diag_list *d, const char *path, struct place from,
                       struct text why)
{
    struct place at = from;
    if (from.line == 0) at = (struct place){diag_add_file(d, path, NULL, 0), 0, 0};
    DIAG_ADD(d, CANNOT_READ, at, text_same(path), why);
}

/* Reads an open stream whole; NULL and *why on failure. */
static char *read_whole(FILE *f, size_t size_hint, size_t *len, struct text *why)
{
    size_t cap = size_hint + 1, n = 0;
    char *text = mem_alloc(cap + 1);
    for (;;) {
        n += fread(text + n, 1, cap - n, f);
        if (n < cap) break;
        if (cap > LIMIT_FILE_BYTES) {
            *why = words_too_large();
            free(text);
            return NULL;
        }
        cap *= 2;
        text = mem_grow(text, cap + 1);
    }
    if (ferror(f)) {
        *why = words_error(errno);
        free(text);
        return NULL;
    }
    text[n] = '\0';
    *len = n;
    return text;
}

/* Checks the encoding of a registered file; 1 if it is clean UTF-8 without NUL. */
static int check_encoding(struct diag_list *d, uint32_t file)
{
    const char *text = d->files[file].text;
    size_t len = d->files[file].len, bad = text_valid(text, len);
    if (bad == len) return 1;
    struct place at = {file, 1, 1};
    size_t line_start = 0, used = 0;
    for (size_t i = 0; i < bad; i++) {
        if (text[i] == '\n') {
            at.line++;
            line_start = i + 1;
        }
    }
    for (size_t i = line_start; i < bad; i += used, at.column++)
        text_decode(text + i, bad - i, &used);
    char byte[8];
    snprintf(byte, sizeof byte, "%02X", (unsigned)(unsigned char)text[bad]);
    if (text[bad] == '\0')
        diag_put(d, DIAG_NUL_BYTE, at, NULL);
    else
        DIAG_ADD(d, NOT_UTF8, at, text_same(byte));
    return 0;
}

int yaml_text(struct diag_list *d, const char *path, const char *text, size_t len)
{
    char *copy = mem_alloc(len + 1);
    memcpy(copy, text, len);
    uint32_t file = diag_add_file(d, path, copy, len);
    return check_encoding(d, file) ? (int)file : -1;
}

int yaml_load(struct diag_list *d, const char *path, struct place from)
{
    struct stat info;
    if (from.line && stat(path, &info) == 0 && !S_ISREG(info.st_mode)) {
        load_error(d, path, from, words_not_regular());
        return -1;
    }
    int is_stdin = strcmp(path, "-") == 0;
    FILE *f = is_stdin ? stdin : fopen(path, "rb");
    if (f == NULL || fstat(fileno(f), &info) != 0) {
        load_error(d, path, from, words_error(errno));
        if (f) fclose(f);
        return -1;
    }
    struct text why = {
        {NULL, NULL}
    };
    size_t len = 0;
    char *text = NULL;
    if (S_ISDIR(info.st_mode))
        why = words_error(EISDIR);
    else if (S_ISREG(info.st_mode) && info.st_size > (off_t)LIMIT_FILE_BYTES)
        why = words_too_large();
    else
        text = read_whole(f, S_ISREG(info.st_mode) ? (size_t)info.st_size : 65536, &len,
                          &why);
    if (!is_stdin) fclose(f);
    if (text == NULL) {
        load_error(d, path, from, why);
        return -1;
    }
    uint32_t file = diag_add_file(d, is_stdin ? "<stdin>" : path, text, len);
    d->files[file].is_foreign = from.line != 0;
    return check_encoding(d, file) ? (int)file : -1;
}
