// SPDX-License-Identifier: Apache-2.0
/*
 * Finds keys and values by indentation and brackets; see outline.h. Every loop moves
 * on by at least one byte, and recursion is bounded by LIMIT_DEPTH, so that any bytes
 * are an outline. A line that fits nowhere is passed over.
 */
#include "lsp/outline.h"

#include <string.h>

#include "base/limits.h"
#include "lsp/outline_int.h"

struct scan {
    struct arena *arena;
    const char *s;
    size_t len, at;
    size_t line;  // where the line of `at` begins
    size_t least; // column that lines of a value must have within brackets or quotes
    unsigned depth;
};

static void read_node(struct scan *s, struct spot *spot, size_t least);
static void read_flow_node(struct scan *s, struct spot *spot);

// ---- characters

/* The byte `more` after the place, a line break beyond the end. */
static char peek(const struct scan *s, size_t more)
{
    return s->at + more < s->len ? s->s[s->at + more] : '\n';
}

static int is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static int is_break(char c)
{
    return c == '\n' || c == '\r';
}

static int is_space(char c)
{
    return is_blank(c) || is_break(c);
}

static int is_bracket(char c)
{
    return c != '\0' && strchr(",[]{}", c) != NULL;
}

static int is_quote(char c)
{
    return c == '"' || c == '\'';
}

static size_t column(const struct scan *s)
{
    return s->at - s->line;
}

static int is_dash(const struct scan *s)
{
    return peek(s, 0) == '-' && is_space(peek(s, 1));
}

static void skip_blanks(struct scan *s)
{
    while (s->at < s->len && is_blank(s->s[s->at]))
        s->at++;
}

static void skip_line(struct scan *s)
{
    while (s->at < s->len && !is_break(s->s[s->at]))
        s->at++;
}

static void take_break(struct scan *s)
{
    s->at++;
    s->line = s->at;
}

/* A comment, or what stands between documents. */
static int is_aside(const struct scan *s)
{
    if (peek(s, 0) == '#') return s->at == s->line || is_blank(s->s[s->at - 1]);
    return column(s) == 0 && peek(s, 0) == '%';
}

static int is_mark(const struct scan *s, const char *mark)
{
    return column(s) == 0 && s->len - s->at >= 3 &&
           memcmp(s->s + s->at, mark, 3) == 0 && is_space(peek(s, 3));
}

/* To the next key, value or bracket; 0 at the end of the document. */
static int skip_to_content(struct scan *s)
{
    while (s->at < s->len) {
        skip_blanks(s);
        if (s->at == s->len) break;
        if (is_break(s->s[s->at]))
            take_break(s);
        else if (is_aside(s))
            skip_line(s);
        else if (is_mark(s, "---"))
            s->at += 3;
        else if (is_mark(s, "..."))
            s->at = s->len;
        else
            return 1;
    }
    return 0;
}

/* Passes over anchors and tags on this line. */
static void skip_properties(struct scan *s)
{
    while (peek(s, 0) == '&' || peek(s, 0) == '!') {
        while (s->at < s->len && !is_space(s->s[s->at]))
            s->at++;
        skip_blanks(s);
    }
}

static int at_end_of_line(const struct scan *s)
{
    return is_break(peek(s, 0)) || is_aside(s);
}

// ---- spots

static struct spot *add(struct scan *s, struct spot *parent)
{
    struct spot *spot = arena_alloc(s->arena, sizeof *spot);
    spot->parent = parent;
    spot->key_at = spot->at = (struct span){s->at, s->at};
    if (parent->last)
        parent->last->next = spot;
    else
        parent->first = spot;
    parent->last = spot;
    return spot;
}

/* Line breaks with what is blank around them become one space. */
static const char *fold(struct scan *s, struct span at)
{
    char *text = arena_strn(s->arena, s->s + at.from, at.to - at.from);
    size_t len = at.to - at.from, n = 0;
    for (size_t i = 0; i < len;) {
        size_t k = i;
        int has_break = 0;
        while (k < len && is_space(text[k]))
            has_break |= is_break(text[k++]);
        if (k == i) {
            text[n++] = text[i++];
        } else if (has_break) {
            text[n++] = ' ';
            i = k;
        } else {
            while (i < k)
                text[n++] = text[i++];
        }
    }
    text[n] = '\0';
    return text;
}

/* What a text in quotes says; rare escapes stay as they are. */
static const char *unquote(struct scan *s, struct span at)
{
    static const char names[] = "\"\\/nt", meanings[] = "\"\\/\n\t";
    char quote = s->s[at.from];
    size_t end = at.to > at.from + 1 && s->s[at.to - 1] == quote ? at.to - 1 : at.to;
    char *text = (char *)(uintptr_t)fold(s, (struct span){at.from + 1, end});
    size_t n = 0;
    for (const char *p = text; *p; p++) {
        const char *known =
            quote == '"' && *p == '\\' && p[1] ? strchr(names, p[1]) : NULL;
        int is_double = quote == '\'' && *p == '\'' && p[1] == '\'';
        text[n++] = known ? meanings[known - names] : *p;
        p += known != NULL || is_double;
    }
    text[n] = '\0';
    return text;
}

/* The end of a quoted text that begins here; it ends with its line where the next one
 * is not indented as its own lines must be. */
static size_t take_quoted(struct scan *s)
{
    char quote = s->s[s->at++];
    size_t end = s->at;
    while (s->at < s->len && s->s[s->at] != quote) {
        if (is_break(s->s[s->at])) {
            end = s->at;
            while (s->at < s->len && is_space(s->s[s->at])) {
                if (is_break(s->s[s->at])) s->line = s->at + 1;
                s->at++;
            }
            if (column(s) < s->least || s->at == s->len) return end;
            continue;
        }
        s->at += quote == '"' && s->s[s->at] == '\\' && !is_break(peek(s, 1)) ? 2 : 1;
        if (quote == '\'' && peek(s, 0) == '\'' && peek(s, 1) == '\'') s->at += 2;
    }
    if (s->at < s->len) s->at++;
    if (s->at > s->len) s->at = s->len;
    return s->at;
}

static void read_quoted(struct scan *s, struct spot *spot)
{
    spot->kind = SPOT_SCALAR;
    spot->is_quoted = 1;
    spot->at.from = s->at;
    spot->at.to = take_quoted(s);
    spot->text = unquote(s, spot->at);
}

/* To the end of a plain word on this line, blanks after it not included. */
static size_t take_plain(struct scan *s)
{
    size_t end = s->at;
    while (!is_break(peek(s, 0)) && !is_aside(s)) {
        if (!is_blank(s->s[s->at])) end = s->at + 1;
        s->at++;
    }
    return end;
}

// ---- keys

/* The end of the key that begins here, if one does on this line; else 0. */
static size_t find_key(const struct scan *s)
{
    struct scan k = *s;
    size_t end = 0;
    k.least = (size_t)-1; // a key ends on its line
    if (is_quote(peek(&k, 0))) {
        end = take_quoted(&k);
        skip_blanks(&k);
        return peek(&k, 0) == ':' && is_space(peek(&k, 1)) ? end : 0;
    }
    if (is_bracket(peek(&k, 0)) || peek(&k, 0) == '|' || peek(&k, 0) == '>') return 0;
    for (; !is_break(peek(&k, 0)) && !is_aside(&k); k.at++) {
        if (k.s[k.at] == ':' && is_space(peek(&k, 1))) return end ? end : k.at;
        if (!is_blank(k.s[k.at])) end = k.at + 1;
    }
    return 0;
}

static const char *word_at(struct scan *s, struct span at)
{
    if (at.to > at.from && is_quote(s->s[at.from])) return unquote(s, at);
    return arena_strn(s->arena, s->s + at.from, at.to - at.from);
}

// ---- blocks

/* The lines of a text after | or >. */
static void read_block_text(struct scan *s, struct spot *spot, size_t least)
{
    size_t indent = 0;
    spot->kind = SPOT_SCALAR;
    spot->is_block = 1;
    spot->at.from = s->at;
    skip_line(s);
    spot->at.to = s->at;
    while (s->at < s->len) {
        struct scan line = *s;
        take_break(&line);
        while (peek(&line, 0) == ' ')
            line.at++;
        int is_empty = is_break(peek(&line, 0));
        if (!is_empty && indent == 0)
            indent = column(&line) > least ? column(&line) : least;
        if (!is_empty && column(&line) < indent) break;
        skip_line(&line);
        *s = line;
        if (!is_empty) spot->at.to = s->at;
    }
    spot->text = fold(s, spot->at);
}

/* 1 if the line after this one goes on with a text whose lines have a column of at
 * least `least`; the place is then there. */
static int goes_on(struct scan *s, size_t least)
{
    struct scan next = *s;
    if (is_aside(&next)) return 0;
    while (next.at < next.len && is_space(next.s[next.at])) {
        if (is_break(next.s[next.at])) next.line = next.at + 1;
        next.at++;
    }
    if (next.at == next.len || column(&next) < least || is_aside(&next) ||
        is_mark(&next, "---") || is_mark(&next, "...") || find_key(&next))
        return 0;
    *s = next;
    return 1;
}

static void read_plain(struct scan *s, struct spot *spot, size_t least)
{
    spot->kind = SPOT_SCALAR;
    spot->at.from = s->at;
    do
        spot->at.to = take_plain(s);
    while (goes_on(s, least));
    spot->text = fold(s, spot->at);
}

/* What may stand on the line of its key. */
static void read_inline(struct scan *s, struct spot *spot, size_t least)
{
    char c = peek(s, 0);
    s->least = least;
    if (c == '{' || c == '[')
        read_flow_node(s, spot);
    else if (is_quote(c))
        read_quoted(s, spot);
    else if (c == '|' || c == '>')
        read_block_text(s, spot, least);
    else
        read_plain(s, spot, least);
}

/* What comes after a colon or dash that stands in column `from`. */
static void read_value(struct scan *s, struct spot *spot, size_t from, int is_item)
{
    skip_blanks(s);
    skip_properties(s);
    spot->at = (struct span){s->at, s->at};
    if (!at_end_of_line(s)) {
        if (is_item)
            read_node(s, spot, from + 1);
        else
            read_inline(s, spot, from + 1);
        return;
    }
    struct scan next = *s;
    if (!skip_to_content(&next)) return;
    int is_list = !is_item && column(&next) == from && is_dash(&next);
    if (column(&next) <= from && !is_list) return;
    *s = next;
    read_node(s, spot, is_list ? from : from + 1);
}

static void read_entry(struct scan *s, struct spot *mapping)
{
    struct spot *spot = add(s, mapping);
    size_t from = column(s), end = find_key(s);
    spot->key_at.to = end;
    if (end == 0) {
        spot->key_at.to = take_plain(s);
        spot->is_bare = 1;
        spot->at = (struct span){spot->key_at.to, spot->key_at.to};
    }
    spot->key = word_at(s, spot->key_at);
    if (end == 0) return;
    s->at = end;
    while (peek(s, 0) != ':')
        s->at++;
    s->at++;
    read_value(s, spot, from, 0);
}

/* Entries in column `col`, added to those that the mapping has. */
static void read_mapping(struct scan *s, struct spot *spot, size_t col)
{
    spot->kind = SPOT_MAPPING;
    if (spot->first == NULL) spot->at.from = s->at;
    while (skip_to_content(s) && column(s) >= col) {
        if (column(s) == col && !is_dash(s))
            read_entry(s, spot);
        else
            skip_line(s);
    }
    if (spot->last) spot->at.to = spot->last->at.to;
}

static void read_sequence(struct scan *s, struct spot *spot, size_t col)
{
    spot->kind = SPOT_SEQUENCE;
    spot->at.from = s->at;
    while (skip_to_content(s) && column(s) >= col) {
        if (column(s) == col && !is_dash(s)) break;
        if (column(s) > col) {
            skip_line(s);
            continue;
        }
        s->at++;
        struct spot *item = add(s, spot);
        read_value(s, item, col, 1);
    }
    if (spot->last) spot->at.to = spot->last->at.to;
}

/* 1 if a word without colon stands where keys are: the next line has one. */
static int is_begun_key(const struct scan *s)
{
    struct scan next = *s;
    size_t col = column(s);
    take_plain(&next);
    return skip_to_content(&next) && column(&next) == col && !is_dash(&next) &&
           find_key(&next);
}

static void read_node(struct scan *s, struct spot *spot, size_t least)
{
    skip_properties(s);
    if (at_end_of_line(s) && (!skip_to_content(s) || column(s) < least)) return;
    if (s->depth++ >= LIMIT_DEPTH)
        skip_line(s);
    else if (is_dash(s))
        read_sequence(s, spot, column(s));
    else if (find_key(s) ||
             (!is_bracket(peek(s, 0)) && !is_quote(peek(s, 0)) && is_begun_key(s)))
        read_mapping(s, spot, column(s));
    else
        read_inline(s, spot, least);
    s->depth--;
}

// ---- brackets

/* 1 if a line that is not indented as those within brackets must be begins an entry of
 * what is around them: the closing bracket is not there yet. */
static int is_broken_off(const struct scan *s)
{
    size_t i = s->line;
    while (i < s->at && is_blank(s->s[i]))
        i++;
    return i == s->at && column(s) < s->least && (is_dash(s) || find_key(s));
}

/* 0 at the end of the text, or where brackets are broken off. */
static int skip_in_flow(struct scan *s)
{
    return skip_to_content(s) && !is_broken_off(s);
}

/* A colon after a plain key, or within one a character like others. */
static int is_colon(const struct scan *s)
{
    return peek(s, 0) == ':' && (is_space(peek(s, 1)) || is_bracket(peek(s, 1)));
}

static size_t take_flow_word(struct scan *s)
{
    size_t end = s->at;
    while (!is_break(peek(s, 0)) && !is_bracket(peek(s, 0)) && !is_aside(s) &&
           !is_colon(s)) {
        if (!is_blank(s->s[s->at])) end = s->at + 1;
        s->at++;
    }
    return end;
}

/* 1 if a plain text within brackets goes on with the next line; the place is there. */
static int flow_goes_on(struct scan *s)
{
    struct scan next = *s;
    if (!is_break(peek(s, 0)) || s->at == s->len || !skip_in_flow(&next)) return 0;
    char c = peek(&next, 0);
    if (is_bracket(c) || is_quote(c) || is_colon(&next)) return 0;
    struct scan word = next;
    take_flow_word(&word);
    if (is_colon(&word)) return 0;
    *s = next;
    return 1;
}

/* A key or value within brackets that is itself none. */
static struct span take_flow_scalar(struct scan *s)
{
    struct span at = {s->at, s->at};
    if (is_quote(peek(s, 0))) {
        at.to = take_quoted(s);
        return at;
    }
    do
        at.to = take_flow_word(s);
    while (flow_goes_on(s));
    return at;
}

static void read_flow_entry(struct scan *s, struct spot *mapping)
{
    struct spot *spot = add(s, mapping);
    skip_properties(s);
    spot->key_at = take_flow_scalar(s);
    spot->key = word_at(s, spot->key_at);
    spot->at = (struct span){spot->key_at.to, spot->key_at.to};
    spot->is_bare = (uint8_t)(!skip_in_flow(s) || peek(s, 0) != ':');
    if (spot->is_bare) return;
    s->at++;
    spot->at = (struct span){s->at, s->at};
    if (skip_in_flow(s) && peek(s, 0) != ',' && peek(s, 0) != '}' && peek(s, 0) != ']')
        read_flow_node(s, spot);
}

static void read_members(struct scan *s, struct spot *spot)
{
    int is_mapping = s->s[s->at++] == '{';
    spot->kind = is_mapping ? SPOT_MAPPING : SPOT_SEQUENCE;
    while (skip_in_flow(s)) {
        size_t before = s->at;
        char c = peek(s, 0);
        if (c == '}' || c == ']') {
            s->at++;
            break;
        }
        if (c == ',')
            s->at++;
        else if (is_mapping && c != '{' && c != '[')
            read_flow_entry(s, spot);
        else
            read_flow_node(s, add(s, spot));
        if (s->at == before) s->at++;
    }
    spot->at.to = s->at;
}

static void read_flow_node(struct scan *s, struct spot *spot)
{
    skip_properties(s);
    spot->at.from = spot->at.to = s->at;
    if (peek(s, 0) != '{' && peek(s, 0) != '[') {
        spot->kind = SPOT_SCALAR;
        spot->is_quoted = (uint8_t)is_quote(peek(s, 0));
        spot->at = take_flow_scalar(s);
        spot->text = spot->is_quoted ? unquote(s, spot->at) : fold(s, spot->at);
    } else if (s->depth < LIMIT_DEPTH) {
        s->depth++;
        read_members(s, spot);
        s->depth--;
    } else {
        s->at++;
    }
}

// ---- all of it

static void read_all(struct scan *s, struct spot *root)
{
    static const char mark[] = "\xEF\xBB\xBF";
    if (s->len >= 3 && memcmp(s->s, mark, 3) == 0) s->at = s->line = 3;
    if (skip_to_content(s)) read_node(s, root, 0);
    while (skip_to_content(s)) {
        size_t before = s->at;
        if (root->kind == SPOT_MAPPING && find_key(s)) read_mapping(s, root, column(s));
        if (s->at == before) skip_line(s);
    }
}

void outline_make(struct outline *o, const char *text, size_t len,
                  const struct shape *shape)
{
    struct scan s = {.arena = &o->arena, .s = text, .len = len};
    o->root = arena_alloc(&o->arena, sizeof *o->root);
    read_all(&s, o->root);
    outline_type(o->root, shape);
}

void outline_fini(struct outline *o)
{
    arena_fini(&o->arena);
    *o = (struct outline){0};
}

struct spot *outline_next(const struct spot *s)
{
    if (s->first) return s->first;
    while (s && s->next == NULL)
        s = s->parent;
    return s ? s->next : NULL;
}

int span_holds(struct span s, size_t byte)
{
    return byte >= s.from && byte <= s.to;
}

struct spot *outline_at(const struct outline *o, size_t byte)
{
    struct spot *best = NULL;
    for (struct spot *s = o->root; s; s = outline_next(s)) {
        int has_key = s->key && span_holds(s->key_at, byte);
        if (has_key || span_holds(s->at, byte)) best = s;
    }
    return best;
}
