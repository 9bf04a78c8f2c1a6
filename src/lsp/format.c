// SPDX-License-Identifier: Apache-2.0
/*
 * Lays out a text token by token (base/yaml_tokens.h). Each collection in lines is a
 * level with two columns, the one that it has and the one that it gets; between two
 * tokens there is a gap, which is a blank on a line or the end of one and then
 * comments. Whether that was right is not for this file to say: the reader is asked
 * after it.
 */
#include "lsp/format.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/yaml.h"
#include "base/yaml_tokens.h"

enum { STEP = 2 };

struct level {
    size_t was, is;       // columns
    uint8_t is_mapping;   // else a sequence
    uint8_t is_dash_only; // a sequence in the column of its key: no token begins it
    uint8_t is_open;      // `is` is not known before its first token is placed
};

struct format {
    const char *text;
    size_t len;
    const struct yaml_token *tokens;
    size_t n;
    struct buf *out;
    size_t out_from, out_line; // where the text, and its last line, begin in `out`
    struct level levels[LIMIT_DEPTH + 1], closed[LIMIT_DEPTH + 1];
    size_t depth, n_closed;   // closed: since the token before, the innermost first
    size_t line_was, line_is; // columns of the first token of the line
    size_t flow;              // brackets around
    size_t flow_was, flow_is; // the same of the line that the outermost begins on
    int is_flow_long;         // its brackets are on several lines
    int is_key;               // a key comes next
    int before;               // kind of the token before; -1: none
    size_t at, line_at; // bytes of the text that are done; where their line begins
};

// ---- the text -----------------------------------------------------------------------

static int is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static int is_break(char c)
{
    return c == '\n' || c == '\r';
}

static size_t skip_blanks(const char *text, size_t at, size_t end)
{
    while (at < end && is_blank(text[at]))
        at++;
    return at;
}

/* The end of the line, its break not included. */
static size_t line_end(const char *text, size_t at, size_t end)
{
    while (at < end && !is_break(text[at]))
        at++;
    return at;
}

/* After a line break. */
static size_t next_line(const char *text, size_t at, size_t end)
{
    if (at + 1 < end && text[at] == '\r' && text[at + 1] == '\n') return at + 2;
    return at < end ? at + 1 : end;
}

static size_t without_blanks(const char *text, size_t from, size_t to)
{
    while (to > from && is_blank(text[to - 1]))
        to--;
    return to;
}

static int has_break(const char *text, size_t from, size_t to)
{
    return line_end(text, from, to) < to;
}

// ---- the result ---------------------------------------------------------------------

static void put_columns(struct format *f, size_t n)
{
    if (n) buf_printf(f->out, "%*s", (int)n, "");
}

static void put_break(struct format *f)
{
    if (f->out->len > f->out_from) buf_char(f->out, '\n');
    f->out_line = f->out->len;
}

/* Begins a line, after an empty one if there were any. */
static void begin_line(struct format *f, int is_apart)
{
    int is_first = f->out->len == f->out_from;
    put_break(f);
    if (is_apart && !is_first) put_break(f);
}

static size_t column_now(const struct format *f)
{
    return f->out->len - f->out_line;
}

// ---- columns ------------------------------------------------------------------------

static struct level *top(struct format *f)
{
    return f->depth ? &f->levels[f->depth - 1] : NULL;
}

/* The column of what is in the innermost `n` levels but has none of its own. */
static size_t column_within(const struct format *f, size_t n)
{
    return n ? f->levels[n - 1].is + STEP : 0;
}

/* A line of something that began on a line before, and moves with that. */
static size_t column_along(const struct format *f, size_t column, size_t least)
{
    size_t was = f->flow ? f->flow_was : f->line_was;
    size_t is = f->flow ? f->flow_is : f->line_is;
    size_t moved = column + is > was ? column + is - was : 0;
    return moved > least ? moved : least;
}

/* Where a token that begins its line comes to stand; `column`: where it stood. */
static size_t column_of(const struct format *f, int kind, size_t column)
{
    if (f->flow)
        return column_along(f, column,
                            kind == TOKEN_CLOSE && f->depth
                                ? f->levels[f->depth - 1].is
                                : column_within(f, f->depth));
    if (kind == TOKEN_DOCUMENT || f->depth == 0) return 0;
    const struct level *l = &f->levels[f->depth - 1];
    if (l->is_open) return column_within(f, f->depth - 1);
    int is_entry =
        f->is_key || kind == TOKEN_DASH || kind == TOKEN_KEY || kind == TOKEN_COLON;
    return is_entry ? l->is : l->is + STEP;
}

// ---- levels -------------------------------------------------------------------------

static void open_level(struct format *f, int is_mapping, int is_dash_only)
{
    assert(f->depth <= LIMIT_DEPTH); // the reader has seen to it
    f->levels[f->depth++] = (struct level){.is_mapping = (uint8_t)is_mapping,
                                           .is_dash_only = (uint8_t)is_dash_only,
                                           .is_open = 1};
}

static void close_level(struct format *f)
{
    if (f->depth == 0) return;
    struct level l = f->levels[--f->depth];
    if (f->n_closed <= LIMIT_DEPTH) f->closed[f->n_closed++] = l;
}

/* A sequence that no token began is over where its mapping goes on or ends. */
static void close_dashes(struct format *f)
{
    if (f->flow == 0 && f->depth && top(f)->is_dash_only) close_level(f);
}

/* What a token does to levels before it is placed; 1 if it has no bytes to place. */
static int turn_levels(struct format *f, const struct yaml_token *t)
{
    int is_in_lines = f->flow == 0;
    switch (t->kind) {
    case TOKEN_SEQUENCE:
    case TOKEN_MAPPING: open_level(f, t->kind == TOKEN_MAPPING, 0); return 1;
    case TOKEN_BLOCK_END:
        close_dashes(f);
        close_level(f);
        return 1;
    case TOKEN_KEY:
        close_dashes(f);
        f->is_key = is_in_lines;
        return t->from == t->to;
    case TOKEN_COLON: close_dashes(f); return 0;
    case TOKEN_DASH:
        if (top(f) && top(f)->is_mapping) open_level(f, 0, 1);
        return 0;
    default: return 0;
    }
}

/* The innermost level is there: its first token is placed. */
static void settle_level(struct format *f, size_t was)
{
    struct level *l = top(f);
    if (l == NULL || !l->is_open) return;
    l->was = was;
    l->is = column_now(f);
    l->is_open = 0;
}

// ---- gaps ---------------------------------------------------------------------------

/* 1 after what a value may follow, or nothing. */
static int is_value_due(const struct format *f)
{
    return f->before == TOKEN_COLON || f->before == TOKEN_DASH ||
           f->before == TOKEN_KEY || f->before == TOKEN_PROPERTY;
}

/*
 * The column of a comment on a line of its own, that stood at `column`, before a token
 * of `next`. `is_inner`: that is a value, or the first of one, of what stands before.
 */
static size_t comment_column(const struct format *f, size_t column, size_t next,
                             int is_inner)
{
    if (f->flow) return column_along(f, column, column_within(f, f->depth));
    if (is_inner) return next;
    const struct level *l = f->depth ? &f->levels[f->depth - 1] : NULL;
    const struct level *deepest = f->n_closed ? &f->closed[0] : l;
    if (deepest && column > deepest->was && is_value_due(f)) return deepest->is + STEP;
    size_t was = l ? l->was : 0, is = next;
    for (size_t i = f->n_closed; i > 0; i--) {
        const struct level *c = &f->closed[i - 1];
        int is_root = f->depth == 0 && i == f->n_closed;
        if (column < c->was || (c->was <= was && !is_root)) continue;
        was = c->was;
        is = c->is;
    }
    return is;
}

/* What stands between two tokens within brackets on one line, or NULL: what stood
 * there.
 */
static const char *blank_in_brackets(int before, int next)
{
    int is_word = before >= TOKEN_PLAIN || before == TOKEN_CLOSE;
    int is_end = next == TOKEN_CLOSE || next == TOKEN_COMMA;
    if (before == TOKEN_OPEN || (is_word && is_end)) return "";
    if (before == TOKEN_COMMA) return next == TOKEN_CLOSE ? "" : " ";
    return NULL;
}

/* The same anywhere on a line. A blank is taken only where the colon goes on to be one
 * without it. */
static const char *blank_between(const struct format *f, const struct yaml_token *t,
                                 size_t gap)
{
    int is_after_key = t->kind == TOKEN_COLON && f->before >= TOKEN_PLAIN &&
                       (t->to == f->len || strchr(" \t\r\n", f->text[t->to]));
    if (f->flow && f->is_flow_long) return NULL;
    if (f->before == TOKEN_COLON) return gap ? " " : NULL;
    if (is_after_key) return "";
    if (f->flow) return blank_in_brackets(f->before, t->kind);
    return f->before == TOKEN_DASH || f->before == TOKEN_KEY ? " " : NULL;
}

/* The rest of a line after its last token: a comment, or nothing. */
static size_t put_line_rest(struct format *f, size_t end)
{
    size_t eol = line_end(f->text, f->at, end);
    size_t word = skip_blanks(f->text, f->at, eol);
    if (word < eol && f->before >= 0)
        buf_add(f->out, f->text + f->at, without_blanks(f->text, f->at, eol) - f->at);
    return f->before >= 0 ? next_line(f->text, eol, end) : f->at;
}

/* The lines up to `end`, which is on the line of the next token; 1 if an empty one was
 * the last. */
static int put_comments(struct format *f, size_t end, size_t next, int is_inner)
{
    int is_apart = 0;
    size_t line = put_line_rest(f, end);
    for (size_t eol; (eol = line_end(f->text, line, end)) < end || line < end;) {
        size_t word = skip_blanks(f->text, line, eol);
        if (word < eol) {
            begin_line(f, is_apart);
            put_columns(f, comment_column(f, word - line, next, is_inner));
            buf_add(f->out, f->text + word, without_blanks(f->text, word, eol) - word);
        } else if (eol == end) {
            break;
        }
        is_apart = word == eol;
        line = next_line(f->text, eol, end);
    }
    return is_apart;
}

/* Notes where the last line of these bytes begins, if it begins in them. */
static void note_line(struct format *f, size_t from, size_t to)
{
    size_t line = to;
    while (line > from && !is_break(f->text[line - 1]))
        line--;
    if (line > from) f->line_at = line;
}

/* What is before a token that begins its line. */
static void put_lines_before(struct format *f, const struct yaml_token *t)
{
    const struct level *l = top(f);
    size_t was = t->from - f->line_at, is = column_of(f, t->kind, was);
    int is_inner =
        f->flow == 0 && l && t->kind != TOKEN_DOCUMENT && (l->is_open || is != l->is);
    begin_line(f, put_comments(f, t->from, is, is_inner));
    put_columns(f, is);
    f->line_was = was;
    f->line_is = is;
}

/* What is before a token; afterwards it stands where `out` ends. */
static void put_gap(struct format *f, const struct yaml_token *t)
{
    size_t gap = t->from - f->at;
    int is_first = has_break(f->text, f->at, t->from) || f->before < 0;
    note_line(f, f->at, t->from);
    const char *blank = is_first ? "" : blank_between(f, t, gap);
    if (is_first)
        put_lines_before(f, t);
    else if (blank)
        buf_str(f->out, blank);
    else
        buf_add(f->out, f->text + f->at, gap);
}

// ---- scalars ------------------------------------------------------------------------

/* Blanks before a line break mean nothing in a text, but for one after a backslash. */
static size_t scalar_line_end(const struct format *f, const struct yaml_token *t,
                              size_t from, size_t to)
{
    size_t end = without_blanks(f->text, from, to);
    int is_escape = t->kind == TOKEN_DOUBLE_QUOTED && end > from && end < to &&
                    f->text[end - 1] == '\\';
    return is_escape ? to : end;
}

/* Plain or in quotes, over any number of lines. */
static void put_scalar(struct format *f, const struct yaml_token *t)
{
    size_t least = column_within(f, f->depth);
    size_t line = t->from, eol = line_end(f->text, line, t->to);
    while (eol < t->to) {
        buf_add(f->out, f->text + line, scalar_line_end(f, t, line, eol) - line);
        put_break(f);
        size_t from = next_line(f->text, eol, t->to);
        line = skip_blanks(f->text, from, t->to);
        eol = line_end(f->text, line, t->to);
        if (line < eol) put_columns(f, column_along(f, line - from, least));
    }
    buf_add(f->out, f->text + line, eol - line);
}

/* Columns that the lines of a block scalar begin with: of its first line with a word;
 * of the longest where there is none. `digit`: what its header says of them, counted
 * from what it is in, or 0. */
static size_t block_columns(const struct format *f, size_t from, size_t to, int digit)
{
    size_t longest = 0;
    if (digit) return (f->depth ? f->levels[f->depth - 1].was : 0) + (size_t)digit;
    for (size_t line = from, eol; line < to; line = next_line(f->text, eol, to)) {
        size_t word = line;
        eol = line_end(f->text, line, to);
        while (word < eol && f->text[word] == ' ')
            word++;
        if (word < eol) return word - line;
        if (eol - line > longest) longest = eol - line;
    }
    return longest;
}

/* What the header of a block scalar says: a digit or 0, and whether line ends at its
 * end count. */
static int read_header(const struct format *f, size_t from, size_t to, int *is_kept)
{
    int digit = 0;
    *is_kept = 0;
    for (size_t i = from + 1; i < to && !is_blank(f->text[i]); i++) {
        if (f->text[i] == '+') *is_kept = 1;
        if (f->text[i] >= '1' && f->text[i] <= '9') digit = f->text[i] - '0';
    }
    return digit;
}

/* Where a block scalar ends, the last line break not included; what follows is gap. */
static size_t block_end(const struct format *f, size_t from, size_t to, size_t columns,
                        int is_kept)
{
    size_t end = from;
    for (size_t line = next_line(f->text, from, to), eol; line < to;
         line = next_line(f->text, eol, to)) {
        eol = line_end(f->text, line, to);
        int is_word = skip_blanks(f->text, line, eol) < eol || eol - line > columns;
        if (is_word || is_kept) end = eol;
    }
    return end;
}

/* A block scalar: its lines keep what they have beyond its columns. Returns its end. */
static size_t put_block(struct format *f, const struct yaml_token *t)
{
    int is_kept;
    size_t eol = line_end(f->text, t->from, t->to);
    size_t from = next_line(f->text, eol, t->to);
    int digit = read_header(f, t->from, eol, &is_kept);
    size_t was = block_columns(f, from, t->to, digit);
    size_t step = digit ? (size_t)digit : STEP;
    size_t is = f->depth ? f->levels[f->depth - 1].is + step : was;
    size_t end = block_end(f, eol, t->to, was, is_kept);
    buf_add(f->out, f->text + t->from, without_blanks(f->text, t->from, eol) - t->from);
    for (size_t line = from; eol < end; line = next_line(f->text, eol, t->to)) {
        eol = line_end(f->text, line, t->to);
        put_break(f);
        if (eol - line > was) {
            put_columns(f, is);
            buf_add(f->out, f->text + line + was, eol - line - was);
        }
    }
    return end;
}

// ---- tokens -------------------------------------------------------------------------

/* Brackets begin: whether they end on the same line decides about what is in them. */
static void enter_flow(struct format *f, size_t i)
{
    size_t n = 0, last = i;
    if (f->flow++) return;
    for (; last < f->n; last++) {
        n += f->tokens[last].kind == TOKEN_OPEN;
        if (f->tokens[last].kind == TOKEN_CLOSE && --n == 0) break;
    }
    size_t to = last < f->n ? f->tokens[last].to : f->len;
    f->is_flow_long = has_break(f->text, f->tokens[i].from, to);
    f->flow_was = f->line_was;
    f->flow_is = f->line_is;
}

static size_t put_words(struct format *f, const struct yaml_token *t)
{
    if (t->kind == TOKEN_BLOCK_SCALAR) return put_block(f, t);
    if (t->kind >= TOKEN_PLAIN)
        put_scalar(f, t);
    else
        buf_add(f->out, f->text + t->from, t->to - t->from);
    return t->to;
}

static void put_token(struct format *f, size_t i)
{
    const struct yaml_token *t = &f->tokens[i];
    if (turn_levels(f, t)) return;
    put_gap(f, t);
    settle_level(f, t->from - f->line_at);
    if (t->kind == TOKEN_OPEN) enter_flow(f, i);
    f->at = put_words(f, t);
    note_line(f, t->from, t->to);
    f->flow -= t->kind == TOKEN_CLOSE && f->flow > 0;
    f->before = t->kind;
    f->is_key = 0;
    f->n_closed = 0;
}

/* A block scalar that no line break ends says so by it. */
static void put_end(struct format *f)
{
    int is_cut = f->before == TOKEN_BLOCK_SCALAR && f->at == f->len;
    put_comments(f, f->len, 0, 0);
    if (!is_cut) buf_char(f->out, '\n');
}

static void lay_out(const char *text, size_t len, const struct yaml_token *tokens,
                    size_t n, struct buf *out)
{
    struct format *f = mem_alloc(sizeof *f);
    *f = (struct format){.text = text,
                         .len = len,
                         .tokens = tokens,
                         .n = n,
                         .out = out,
                         .out_from = out->len,
                         .out_line = out->len,
                         .before = -1};
    for (size_t i = 0; i < n; i++)
        put_token(f, i);
    put_end(f);
    free(f);
}

// ---- the law ------------------------------------------------------------------------

/* Comments of a gap, or of a header, a line each. */
static void put_comments_of(const char *text, size_t from, size_t to, struct buf *out)
{
    for (size_t line = from, eol; line < to; line = next_line(text, eol, to)) {
        eol = line_end(text, line, to);
        const char *mark = memchr(text + line, '#', eol - line);
        if (mark == NULL) continue;
        size_t at = (size_t)(mark - text);
        buf_add(out, mark, without_blanks(text, at, eol) - at);
        buf_char(out, '\n');
    }
}

static void list_comments(const char *text, size_t len, const struct yaml_token *tokens,
                          size_t n, struct buf *out)
{
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        const struct yaml_token *t = &tokens[i];
        if (t->from > at) put_comments_of(text, at, t->from, out);
        if (t->kind == TOKEN_BLOCK_SCALAR)
            put_comments_of(text, t->from, line_end(text, t->from, t->to), out);
        at = t->to > at ? t->to : at;
    }
    put_comments_of(text, at, len, out);
}

static int has_comments(const struct buf *comments, const char *text, size_t len)
{
    size_t n;
    struct buf now = {0};
    struct yaml_token *tokens = yaml_tokens(text, len, &n);
    if (tokens) list_comments(text, len, tokens, n, &now);
    int is_same = tokens && now.len == comments->len &&
                  memcmp(buf_text(&now), buf_text(comments), now.len) == 0;
    buf_fini(&now);
    free(tokens);
    return is_same;
}

/* Lays out a text that is YAML; 0, with nothing appended, if that changed it. */
static int format_yaml(const char *text, size_t len, struct buf *out)
{
    size_t n, from = out->len;
    struct buf comments = {0};
    struct yaml_token *tokens = yaml_tokens(text, len, &n);
    int is_done = tokens != NULL;
    if (is_done) {
        list_comments(text, len, tokens, n, &comments);
        lay_out(text, len, tokens, n, out);
        is_done = yaml_says_same(text, len, out->data + from, out->len - from) &&
                  has_comments(&comments, out->data + from, out->len - from);
    }
    if (!is_done) out->len = from;
    buf_fini(&comments);
    free(tokens);
    return is_done;
}

static int is_read(struct diag_list *d, uint32_t file)
{
    struct arena a = {0};
    size_t n = d->n_errors;
    int is_good = yaml_parse(&a, d, file) != NULL && d->n_errors == n;
    arena_fini(&a);
    return is_good;
}

/* Bytes of a byte order mark, which stays and is no column. */
static size_t order_mark(const char *text, size_t len)
{
    static const char mark[] = "\xEF\xBB\xBF";
    return len >= 3 && memcmp(text, mark, 3) == 0 ? 3 : 0;
}

int format_file(struct diag_list *d, uint32_t file, struct buf *out)
{
    if (!is_read(d, file)) return 0;
    const struct diag_file *f = &d->files[file];
    size_t mark = order_mark(f->text, f->len), from = out->len;
    buf_add(out, f->text, mark);
    if (format_yaml(f->text + mark, f->len - mark, out)) return 1;
    out->len = from;
    diag_put(d, DIAG_FORMAT_REFUSED, (struct place){file, 1, 1}, NULL);
    return 0;
}

// ---- edits --------------------------------------------------------------------------

static int is_empty_line(const char *text, struct span line)
{
    size_t at = skip_blanks(text, line.from, line.to);
    return at == line.to || is_break(text[at]);
}

static struct span line_at(const char *text, size_t at, size_t len)
{
    return (struct span){at, next_line(text, line_end(text, at, len), len)};
}

/* What is collected. */
struct edits {
    struct format_edit *items;
    size_t n, cap;
};

static void add_edit(struct edits *edits, struct span was, struct span is)
{
    struct format_edit *e;
    if (was.from == was.to && is.from == is.to) return;
    e = mem_push(&edits->items, &edits->n, &edits->cap, sizeof *e);
    *e = (struct format_edit){was, is};
}

/* The ends of two lines: never half a break, since a place between CR and LF is none to
 * an editor. */
static void edit_break(struct edits *edits, const char *text, struct span was,
                       const char *now, struct span is)
{
    size_t was_end = line_end(text, was.from, was.to);
    size_t is_end = line_end(now, is.from, is.to);
    size_t n = was.to - was_end;
    if (n == is.to - is_end && memcmp(text + was_end, now + is_end, n) == 0) {
        was.to = was_end;
        is.to = is_end;
    }
    add_edit(edits, was, is);
}

/* Two lines with the same words: their blanks. */
static void edit_line(struct edits *edits, const char *text, struct span was,
                      const char *now, struct span is)
{
    size_t was_end = without_blanks(text, was.from, line_end(text, was.from, was.to));
    size_t is_end = without_blanks(now, is.from, line_end(now, is.from, is.to));
    while (was.from < was_end && is.from < is_end) {
        struct format_edit e = {was, is};
        for (; was.from < was_end && is.from < is_end && text[was.from] == now[is.from];
             was.from++)
            is.from++;
        e.was.from = was.from;
        e.is.from = is.from;
        e.was.to = skip_blanks(text, was.from, was_end);
        e.is.to = skip_blanks(now, is.from, is_end);
        if (e.was.to == was.from && e.is.to == is.from) break;
        add_edit(edits, e.was, e.is);
        was.from = e.was.to;
        is.from = e.is.to;
    }
    edit_break(edits, text, was, now, is);
}

/* Lines go together in their order; only empty ones go away. */
struct format_edit *format_edits(const char *text, size_t len,
                                 const struct buf *formatted, size_t *n)
{
    const char *now = buf_text(formatted);
    struct edits edits = {NULL, 0, 0};
    size_t at = order_mark(text, len), to = at;
    while (at < len || to < formatted->len) {
        struct span was = line_at(text, at, len);
        struct span is = line_at(now, to, formatted->len);
        int is_gone = at < len && is_empty_line(text, was) &&
                      (to == formatted->len || !is_empty_line(now, is));
        at = was.to;
        to = is_gone ? is.from : is.to;
        if (is_gone)
            add_edit(&edits, was, (struct span){is.from, is.from});
        else
            edit_line(&edits, text, was, now, is);
    }
    *n = edits.n;
    return edits.items;
}
