// SPDX-License-Identifier: Apache-2.0
/*
 * Edits of a text in place; see text_edit.h. Each edit is at most one piece of the text
 * replaced by another, found in the outline; then the reader decides whether it was
 * right.
 */
#include "lsp/text_edit.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "lsp/outline.h"
#include "model/model.h"

enum { STEP = 2 }; // columns that what is below a key stands further in

struct edit {
    struct outline outline;
    struct arena arena;
    const char *text;
    size_t len;
    const char *eol;    // how lines end
    struct span at;     // what is replaced
    struct buf instead; // by this
};

/* ---- places in the text --------------------------------------------------------- */

static size_t line_start(const struct edit *e, size_t at)
{
    while (at > 0 && e->text[at - 1] != '\n')
        at--;
    return at;
}

/* After the line's end. */
static size_t line_end(const struct edit *e, size_t at)
{
    while (at < e->len && e->text[at] != '\n')
        at++;
    return at < e->len ? at + 1 : at;
}

static size_t column_of(const struct edit *e, size_t at)
{
    static const char mark[] = "\xEF\xBB\xBF";
    size_t start = line_start(e, at);
    if (start == 0 && e->len >= 3 && memcmp(e->text, mark, 3) == 0) start = 3;
    return at >= start ? at - start : 0;
}

/* After the comment lines from a line's start on that stand further in than a column:
 * they belong to the entry before them. */
static size_t skip_comments(const struct edit *e, size_t at, size_t column)
{
    for (size_t line = at; line < e->len; line = line_end(e, line)) {
        size_t i = line;
        while (i < e->len && e->text[i] == ' ')
            i++;
        int is_empty = i < e->len && (e->text[i] == '\n' || e->text[i] == '\r');
        if (!is_empty && (i == e->len || e->text[i] != '#' || i - line <= column))
            break;
        if (!is_empty) at = line_end(e, i);
    }
    return at;
}

static int is_flow(const struct edit *e, const struct spot *s)
{
    return s->at.from < s->at.to &&
           (e->text[s->at.from] == '{' || e->text[s->at.from] == '[');
}

/* ---- paths ---------------------------------------------------------------------- */

/* The child of that key, or number in a sequence. */
static struct spot *child(const struct spot *s, const char *name)
{
    char *end;
    if (s->kind == SPOT_SEQUENCE) {
        unsigned long i = strtoul(name, &end, 10);
        struct spot *c = s->first;
        while (c && i-- > 0)
            c = c->next;
        return *end || end == name ? NULL : c;
    }
    for (struct spot *c = s->kind == SPOT_MAPPING ? s->first : NULL; c; c = c->next)
        if (c->key && !c->is_bare && strcmp(c->key, name) == 0) return c;
    return NULL;
}

/* The next name of a path, in the arena; NULL at its end. */
static const char *next_name(struct arena *a, const char **path)
{
    size_t len = strcspn(*path, "/");
    if (len == 0) return NULL;
    const char *name = arena_strn(a, *path, len);
    *path += len + ((*path)[len] == '/');
    return name;
}

/* The spot of a path, or NULL; `parent` is what its last name is in, if that is there,
 * and `last` that name. */
static struct spot *find(struct edit *e, const char *path, struct spot **parent,
                         const char **last)
{
    struct spot *s = e->outline.root;
    *parent = NULL;
    *last = NULL;
    for (const char *name; (name = next_name(&e->arena, &path)) != NULL;) {
        if (s == NULL) {
            *parent = NULL;
            return NULL;
        }
        *parent = s;
        *last = name;
        s = child(s, name);
    }
    return *last ? s : NULL;
}

/* ---- values --------------------------------------------------------------------- */

static int is_safe(const char *s)
{
    size_t len = strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                           "0123456789-_.");
    return s[len] == '\0' && len > 0 && s[0] != '-' && s[0] != '.' &&
           yaml_plain_type(s) == SCALAR_TEXT;
}

void text_edit_word(struct buf *out, const char *s)
{
    if (is_safe(s)) {
        buf_str(out, s);
        return;
    }
    buf_char(out, '"');
    for (size_t used; *s; s += used) {
        uint32_t c = text_decode(s, strlen(s), &used);
        int is_hidden = c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 ||
                        c == 0x2029 || c == 0xFEFF;
        if (c == '"' || c == '\\')
            buf_printf(out, "\\%c", (int)c);
        else if (c == '\n' || c == '\t')
            buf_str(out, c == '\n' ? "\\n" : "\\t");
        else if (is_hidden)
            buf_printf(out, "\\u%04X", (unsigned)c);
        else
            buf_add(out, s, used);
    }
    buf_char(out, '"');
}

/* A scalar within brackets: as it is written where that may stand there. */
static void put_scalar(const struct edit *from, const struct spot *s, struct buf *out)
{
    size_t len = s->at.to - s->at.from;
    const char *raw = from->text + s->at.from;
    int is_plain = !s->is_quoted && !s->is_block && s->text &&
                   strpbrk(s->text, ",[]{}") == NULL && !memchr(raw, '\n', len);
    if (is_plain || (s->is_quoted && !memchr(raw, '\n', len)))
        buf_add(out, raw, len);
    else
        text_edit_word(out, s->text ? s->text : "");
}

/* A value, whatever its form, on one line. */
static void put_flow(const struct edit *from, const struct spot *s, struct buf *out)
{
    int is_mapping = s->kind == SPOT_MAPPING;
    if (s->kind == SPOT_NOTHING || s->kind == SPOT_SCALAR) {
        if (s->kind == SPOT_SCALAR) put_scalar(from, s, out);
        return;
    }
    buf_char(out, is_mapping ? '{' : '[');
    for (const struct spot *c = s->first; c; c = c->next) {
        if (is_mapping)
            buf_printf(out, "%.*s: ", (int)(c->key_at.to - c->key_at.from),
                       from->text + c->key_at.from);
        put_flow(from, c, out);
        if (c->next) buf_str(out, ", ");
    }
    buf_char(out, is_mapping ? '}' : ']');
}

static int is_one_line(const char *value)
{
    const char *end = strchr(value, '\n');
    if (end && end[1] != '\0') return 0;
    return value[0] == '{' || value[0] == '[' || (end == NULL && value[0] != '\0');
}

/* A block of lines as a value on one line. */
static void put_block_as_flow(const char *block, struct buf *out)
{
    struct edit from = {.text = block, .len = strlen(block)};
    outline_make(&from.outline, from.text, from.len, &model_shape);
    put_flow(&from, from.outline.root, out);
    outline_fini(&from.outline);
}

static void put_line_of(const char *value, struct buf *out)
{
    buf_add(out, value, strcspn(value, "\n"));
}

/* Lines of a block, each further in by so many columns. */
static void put_lines(const struct edit *e, const char *block, size_t column,
                      struct buf *out)
{
    while (*block) {
        size_t n = strcspn(block, "\n");
        if (n) buf_printf(out, "%*s", (int)column, "");
        buf_add(out, block, n);
        buf_str(out, e->eol);
        block += n + (block[n] == '\n');
    }
}

/* ---- one entry more ------------------------------------------------------------- */

/* "key: value" or "- value" lines at a column, their last line end included. */
static void put_entry(struct edit *e, const char *key, const char *block, size_t column)
{
    struct buf *out = &e->instead;
    int is_line = is_one_line(block);
    buf_printf(out, "%*s", (int)column, "");
    if (key)
        buf_printf(out, "%s:", key);
    else
        buf_char(out, '-');
    if (is_line) {
        buf_char(out, ' ');
        put_line_of(block, out);
        buf_str(out, e->eol);
    } else if (key) {
        buf_str(out, e->eol);
        put_lines(e, block, column + STEP, out);
    } else {
        size_t n = strcspn(block, "\n"); // its first line beside the dash
        buf_printf(out, " %.*s%s", (int)n, block, e->eol);
        put_lines(e, block + n + (block[n] == '\n'), column + STEP, out);
    }
}

/* Puts lines after the one of a place. */
static void after_line(struct edit *e, size_t at, size_t column, const char *key,
                       const char *block)
{
    size_t end = line_end(e, at);
    size_t place = skip_comments(e, end, column);
    e->at = (struct span){place, place};
    if (place > 0 && e->text[place - 1] != '\n') buf_str(&e->instead, e->eol);
    put_entry(e, key, block, column);
}

/* Within brackets: after the last entry, or alone. */
static void add_in_flow(struct edit *e, const struct spot *in, const char *key,
                        const char *block)
{
    size_t place = in->last ? in->last->at.to : in->at.from + 1;
    e->at = (struct span){place, place};
    if (in->last) buf_str(&e->instead, ", ");
    if (key) buf_printf(&e->instead, "%s: ", key);
    if (is_one_line(block))
        put_line_of(block, &e->instead);
    else
        put_block_as_flow(block, &e->instead);
}

/* Where a block collection's entries begin: dashes stand before their values. */
static size_t entries_column(const struct edit *e, const struct spot *in)
{
    return column_of(e, in->kind == SPOT_SEQUENCE || in->first == NULL
                            ? in->at.from
                            : in->first->key_at.from);
}

/* After the colon of a key, in the place of what stands there on its line. */
static void add_below_key(struct edit *e, const struct spot *in, const char *key,
                          const char *block)
{
    size_t colon = in->key_at.to;
    while (colon < e->len && e->text[colon] != ':')
        colon++;
    size_t end = line_end(e, colon);
    if (in->kind != SPOT_NOTHING) { // {} or []
        end = in->at.to;
        while (end < e->len && (e->text[end] == ' ' || e->text[end] == '\r'))
            end++;
        if (end < e->len && e->text[end] == '#') end = in->at.to;
        e->at = (struct span){colon + 1, line_end(e, end)};
        while (end < e->len && e->text[end] != '\n' && e->text[end] != '\r')
            buf_char(&e->instead, e->text[end++]); // its comment
        buf_str(&e->instead, e->eol);
    } else {
        e->at = (struct span){end, end};
        if (end > 0 && e->text[end - 1] != '\n') buf_str(&e->instead, e->eol);
    }
    put_entry(e, key, block, column_of(e, in->key_at.from) + STEP);
}

/* Whether all of a collection in brackets stands on the line of its key, so that it can
 * be written in lines instead. */
static int is_empty_beside_key(const struct edit *e, const struct spot *in)
{
    return in->key && in->first == NULL && in->parent && !is_flow(e, in->parent);
}

/* Adds to what is there: a mapping for a key, a sequence without. */
static enum text_edit_result add_to(struct edit *e, const struct spot *in,
                                    const char *key, const char *block)
{
    int wanted = key ? SPOT_MAPPING : SPOT_SEQUENCE;
    if (in->kind != wanted && in->kind != SPOT_NOTHING) return EDIT_NOWHERE;
    if (is_empty_beside_key(e, in))
        add_below_key(e, in, key, block);
    else if (in->kind == SPOT_NOTHING)
        return EDIT_REFUSED;
    else if (is_flow(e, in))
        add_in_flow(e, in, key, block);
    else
        after_line(e, in->at.to, entries_column(e, in), key, block);
    return EDIT_DONE;
}

/* ---- an entry less -------------------------------------------------------------- */

/* From a spot's key, or the dash of an item, on. */
static size_t entry_from(const struct edit *e, const struct spot *s)
{
    size_t at = s->key ? s->key_at.from : s->at.from;
    if (s->key || is_flow(e, s->parent)) return at;
    while (at > 0 && e->text[at] != '-')
        at--;
    return at;
}

static int is_first_of_line(const struct edit *e, size_t at)
{
    size_t start = line_start(e, at);
    while (start < at && e->text[start] == ' ')
        start++;
    return start == at;
}

static struct spot *before(const struct spot *s)
{
    struct spot *b = s->parent->first;
    while (b && b->next != s)
        b = b->next;
    return b;
}

static void drop_from_flow(struct edit *e, const struct spot *s)
{
    const struct spot *b = before(s);
    size_t from = entry_from(e, s);
    if (s->next)
        e->at = (struct span){from, entry_from(e, s->next)};
    else
        e->at = (struct span){b ? b->at.to : from, s->at.to};
}

/* The only entry of a collection: brackets with nothing in them stay. */
static void drop_only(struct edit *e, const struct spot *s)
{
    const struct spot *in = s->parent;
    size_t colon = in->key_at.to;
    while (colon < e->len && e->text[colon] != ':')
        colon++;
    e->at = (struct span){colon + 1, s->at.to > colon ? s->at.to : colon + 1};
    buf_str(&e->instead, in->kind == SPOT_MAPPING ? " {}" : " []");
}

static void drop_lines(struct edit *e, const struct spot *s)
{
    size_t from = entry_from(e, s);
    size_t end = s->at.to > s->key_at.to ? s->at.to : s->key_at.to;
    if (is_first_of_line(e, from))
        e->at = (struct span){line_start(e, from), line_end(e, end)};
    else if (s->next) // beside a dash: the next key comes to stand there
        e->at = (struct span){from, entry_from(e, s->next)};
}

/* ---- what came of it ------------------------------------------------------------ */

static int same(const struct node *a, const struct node *b);

static int same_head(const struct node *a, const struct node *b)
{
    if (a->kind != b->kind || a->quoted != b->quoted) return 0;
    return a->kind != NODE_SCALAR || strcmp(a->text, b->text) == 0;
}

static int same_key(const struct node *a, const struct node *b)
{
    if (a->key == NULL || b->key == NULL) return a->key == b->key;
    return strcmp(a->key, b->key) == 0;
}

static int same(const struct node *a, const struct node *b)
{
    if (!same_head(a, b) || a->n != b->n) return 0;
    const struct node *x = a->first, *y = b->first;
    for (uint32_t i = 0; i < a->n; i++, x = x->next, y = y->next)
        if (!same_key(x, y) || !same(x, y)) return 0;
    return 1;
}

/* What an edit was to do. */
struct wish {
    const struct node *value; // NULL: the entry is to go
    struct arena *arena;
};

static int is_named(const struct node *n, uint32_t i, const char *name)
{
    char number[16];
    if (n->key) return strcmp(n->key, name) == 0;
    snprintf(number, sizeof number, "%u", (unsigned)i);
    return strcmp(number, name) == 0;
}

static int did(const struct wish *w, const struct node *a, const struct node *b,
               const char *path);

/* Whether a value is as was wished: `path` is what was yet to be made. */
static int is_made(const struct wish *w, const struct node *b, const char *path)
{
    const char *name = next_name(w->arena, &path);
    if (name == NULL) return w->value && node_means_same(b, w->value);
    return b->n == 1 && is_named(b->first, 0, name) && is_made(w, b->first, path);
}

/* Whether two collections are the same but for the entry that the path goes through;
 * an empty one may have been nothing. */
static int did_within(const struct wish *w, const struct node *a, const struct node *b,
                      const char *name, const char *rest)
{
    const struct node *x = a->first, *y = b->first;
    uint32_t i = 0, k = 0, n_a = a->kind == NODE_SCALAR ? 0 : a->n;
    for (; i < n_a && is_named(x, i, name) == 0; i++, k++, x = x->next, y = y->next)
        if (k >= b->n || !same_key(x, y) || !same(x, y)) return 0;
    int had = i < n_a, has = k < b->n && is_named(y, k, name);
    int is_drop = w->value == NULL && *rest == '\0';
    if (is_drop && !had) return 0;
    if (!is_drop && !has) return 0;
    if (had && !is_drop && !did(w, x, y, rest)) return 0;
    if (!had && !is_made(w, y, rest)) return 0;
    for (i += (uint32_t)had, k += (uint32_t)!is_drop, x = had ? x->next : x,
                                                      y = is_drop ? y : y->next;
         i < n_a; i++, k++, x = x->next, y = y->next)
        if (k >= b->n || !same_key(x, y) || !same(x, y)) return 0;
    return k == b->n;
}

/* Whether b is a but for what was wished at a path. */
static int did(const struct wish *w, const struct node *a, const struct node *b,
               const char *path)
{
    const char *name = next_name(w->arena, &path);
    if (name == NULL) return w->value && node_means_same(b, w->value);
    if (b->kind == NODE_SCALAR) return 0;
    if (a->kind != b->kind && !node_is_null(a)) return 0;
    return did_within(w, a, b, name, path);
}

static const struct node *parse(struct arena *a, struct diag_list *d, const char *text,
                                size_t len)
{
    int file = yaml_text(d, "edit", text, len);
    return file < 0 ? NULL : yaml_parse(a, d, (uint32_t)file);
}

/* A value alone. */
static const struct node *parse_value(struct edit *e, struct diag_list *d,
                                      const char *block)
{
    struct buf whole = {0};
    const struct edit plain = {.eol = "\n"};
    buf_str(&whole, is_one_line(block) ? "value: " : "value:\n");
    if (is_one_line(block))
        put_line_of(block, &whole);
    else
        put_lines(&plain, block, STEP, &whole);
    buf_char(&whole, '\n');
    const struct node *root = parse(&e->arena, d, buf_text(&whole), whole.len);
    buf_fini(&whole);
    return root && root->n == 1 ? node_get(root, "value") : NULL;
}

static void put_edited(const struct edit *e, struct buf *out)
{
    buf_add(out, e->text, e->at.from);
    buf_add(out, buf_text(&e->instead), e->instead.len);
    buf_add(out, e->text + e->at.to, e->len - e->at.to);
}

/* Appends the new text if it is the old one but for the wish. */
static enum text_edit_result settle(struct edit *e, const char *path, const char *value,
                                    struct buf *out)
{
    struct diag_list d = {0};
    struct buf edited = {0};
    struct wish wish = {NULL, &e->arena};
    enum text_edit_result result = EDIT_REFUSED;
    put_edited(e, &edited);
    const struct node *old = parse(&e->arena, &d, e->text, e->len);
    const struct node *new = parse(&e->arena, &d, buf_text(&edited), edited.len);
    if (value) wish.value = parse_value(e, &d, value);
    if (value && wish.value == NULL)
        result = EDIT_MALFORMED;
    else if (old && new &&did(&wish, old, new, path))
        result = EDIT_DONE;
    if (result == EDIT_DONE) buf_add(out, buf_text(&edited), edited.len);
    buf_fini(&edited);
    diag_fini(&d);
    return result;
}

/* ---- the three ------------------------------------------------------------------ */

static struct edit begin(const char *text, size_t len)
{
    struct edit e = {.text = text, .len = len, .eol = "\n"};
    const char *end = memchr(text, '\n', len);
    if (end && end > text && end[-1] == '\r') e.eol = "\r\n";
    outline_make(&e.outline, text, len, &model_shape);
    return e;
}

static enum text_edit_result end(struct edit *e, enum text_edit_result result,
                                 const char *path, const char *value, struct buf *out)
{
    if (result == EDIT_DONE) result = settle(e, path, value, out);
    buf_fini(&e->instead);
    outline_fini(&e->outline);
    arena_fini(&e->arena);
    return result;
}

/* Puts a value in the place of another. */
static void replace(struct edit *e, const struct spot *s, const char *value)
{
    size_t colon = s->key_at.to;
    e->at = s->at;
    if (s->key && !is_flow(e, s) && s->kind != SPOT_SCALAR) { // lines below the key
        while (colon < e->len && e->text[colon] != ':')
            colon++;
        e->at =
            (struct span){colon + 1, s->kind == SPOT_NOTHING ? colon + 1 : s->at.to};
        buf_char(&e->instead, ' ');
    }
    put_line_of(value, &e->instead);
}

enum text_edit_result text_edit_set(const char *text, size_t len, const char *path,
                                    const char *value, struct buf *out)
{
    struct edit e = begin(text, len);
    struct spot *parent;
    const char *last;
    enum text_edit_result result = EDIT_DONE;
    struct spot *s = find(&e, path, &parent, &last);
    if (value[0] == '\0' || strchr(value, '\n'))
        result = EDIT_MALFORMED;
    else if (s)
        replace(&e, s, value);
    else if (parent == NULL || parent->kind == SPOT_SEQUENCE)
        result = EDIT_NOWHERE;
    else
        result = add_to(&e, parent, last, value);
    return end(&e, result, path, value, out);
}

/* The path of what is added: its key, or its number. */
static const char *path_of(struct edit *e, const char *section, const struct spot *in,
                           const char *id)
{
    unsigned n = 0;
    if (id) return arena_printf(&e->arena, "%s/%s", section, id);
    for (const struct spot *c = in ? in->first : NULL; c; c = c->next)
        n++;
    return arena_printf(&e->arena, "%s/%u", section, n);
}

/* A section that is not there yet, with its first entry. */
static void add_section(struct edit *e, const struct spot *parent, const char *name,
                        const char *id, const char *block)
{
    size_t column = entries_column(e, parent);
    size_t at = skip_comments(e, line_end(e, parent->at.to), column);
    e->at = (struct span){at, at};
    if (at > 0 && e->text[at - 1] != '\n') buf_str(&e->instead, e->eol);
    buf_printf(&e->instead, "%*s%s:%s", (int)column, "", name, e->eol);
    put_entry(e, id, block, column + STEP);
}

enum text_edit_result text_edit_add(const char *text, size_t len, const char *section,
                                    const char *id, const char *block, struct buf *out)
{
    struct edit e = begin(text, len);
    struct spot *parent;
    const char *last;
    enum text_edit_result result = EDIT_DONE;
    struct spot *s = find(&e, section, &parent, &last);
    const char *path = path_of(&e, section, s, id);
    int is_new = s == NULL && parent && parent->kind == SPOT_MAPPING;
    if (block[0] == '\0')
        result = EDIT_MALFORMED;
    else if (s && id && child(s, id))
        result = EDIT_TAKEN;
    else if (s)
        result = add_to(&e, s, id, block);
    else if (!is_new)
        result = EDIT_NOWHERE;
    else if (is_flow(&e, parent))
        result = EDIT_REFUSED;
    else
        add_section(&e, parent, last, id, block);
    return end(&e, result, path, block, out);
}

enum text_edit_result text_edit_drop(const char *text, size_t len, const char *path,
                                     struct buf *out)
{
    struct edit e = begin(text, len);
    struct spot *parent;
    const char *last;
    struct spot *s = find(&e, path, &parent, &last);
    if (s == NULL) return end(&e, EDIT_NOWHERE, path, NULL, out);
    if (is_flow(&e, parent))
        drop_from_flow(&e, s);
    else if (parent->first == parent->last && parent->key)
        drop_only(&e, s);
    else
        drop_lines(&e, s);
    return end(&e, EDIT_DONE, path, NULL, out);
}
