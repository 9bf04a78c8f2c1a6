// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The Markdown writer: one function an element. Every text goes through md_text, which
 * puts a backslash before whatever Markdown could take for its own; blocks end with an
 * empty line. What is within a quotation is written apart and prefixed line by line.
 */
#include "page/doc_md.h"

#include <ctype.h>
#include <string.h>

struct md {
    const struct doc *doc;
    enum lang lang;
    const struct doc_md_pictures *pictures; // or NULL
    unsigned n_pictures;
    int in_table; // within a row, which must stay one line
    int starts;   // nothing was written yet on the line
    struct buf *out;
};

static void write_block(struct md *md, const struct doc_block *b);

// ---- texts --------------------------------------------------------------------------

/* Signs that mean something anywhere, and those that do at the start of a line. */
static int needs_escape(char c, int starts)
{
    return strchr("\\`*_[]<>|~&$#", c) != NULL || (starts && strchr("+-=:", c) != NULL);
}

/* "1." or "1)" at the start of a line is an item of a list. */
static size_t number_before_point(const char *s)
{
    size_t n = strspn(s, "0123456789");
    return s[n] == '.' || s[n] == ')' ? n : 0;
}

static void md_text(struct md *md, const char *s)
{
    while (md->starts && *s && (unsigned char)*s <= ' ')
        s++; // blanks would be code
    int starts = md->starts;
    size_t point = starts ? number_before_point(s) : 0;
    for (const char *p = s; *p; p++) {
        unsigned char c = (unsigned char)*p;
        if (needs_escape(*p, starts) || (point && p == s + point))
            buf_char(md->out, '\\');
        buf_char(md->out, c < ' ' || c == 0x7f ? ' ' : *p); // no text ends its line
        md->starts = starts = 0;
    }
}

static void md_both(struct md *md, struct text t)
{
    md_text(md, text_in(t, md->lang));
}

/* A fence longer than any run of backticks within; a bar would end the cell. */
static void md_code(struct md *md, const char *s)
{
    md->starts = 0;
    size_t longest = 0;
    if (md->out->len && md->out->data[md->out->len - 1] == '`')
        buf_char(md->out, ' '); // else two fences would be one
    for (const char *p = strchr(s, '`'); p; p = strchr(p, '`')) {
        size_t n = strspn(p, "`");
        longest = n > longest ? n : longest;
        p += n;
    }
    for (size_t i = 0; i <= longest; i++)
        buf_char(md->out, '`');
    if (longest) buf_char(md->out, ' ');
    for (const char *p = s; *p; p++) {
        if (md->in_table && *p == '|') buf_char(md->out, '\\');
        buf_char(md->out, (unsigned char)*p < ' ' ? ' ' : *p);
    }
    if (longest) buf_char(md->out, ' ');
    for (size_t i = 0; i <= longest; i++)
        buf_char(md->out, '`');
}

/* Asterisks work next to letters only, and Japanese has no blanks to help. */
static int is_letter(uint32_t c)
{
    return c < 0x80 ? isalnum((int)c) : c >= 0x3041 && c < 0xff00;
}

static int takes_asterisks(const char *s)
{
    size_t len = strlen(s), used, last = len;
    if (len == 0 || !is_letter(text_decode(s, len, &used))) return 0;
    do
        last--;
    while (last > 0 && ((unsigned char)s[last] & 0xc0) == 0x80);
    return is_letter(text_decode(s + last, len - last, &used));
}

static void md_strong(struct md *md, const char *s)
{
    int stars = takes_asterisks(s);
    md->starts = 0;
    buf_str(md->out, stars ? "**" : "<strong>");
    md_text(md, s);
    buf_str(md->out, stars ? "**" : "</strong>");
}

/* An address: what would end it or the cell is written as percent and two digits. */
static void md_address(struct md *md, const char *s)
{
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (c <= ' ' || c >= 0x7f || strchr("()<>\\|\"`[]", c))
            buf_printf(md->out, "%%%02X", c);
        else
            buf_char(md->out, *s);
    }
}

// ---- spans and lines ----------------------------------------------------------------

static void write_link(struct md *md, const struct doc_span *s)
{
    int leaves = s->target && s->target[0] != '#' && doc_leads(md->doc, s->target);
    if (leaves) buf_char(md->out, '[');
    if (leaves) md->starts = 0;
    md_both(md, s->text);
    if (!leaves) return;
    buf_str(md->out, "](");
    md_address(md, s->target);
    buf_char(md->out, ')');
}

static void write_badge(struct md *md, const struct doc_span *s)
{
    md->starts = 0;
    buf_str(md->out, "\\[");
    md_both(md, s->text);
    buf_str(md->out, "\\]");
}

static void write_mark(struct md *md, const struct doc_span *s)
{
    md_text(md, s->target);
}

static void write_plain(struct md *md, const struct doc_span *s)
{
    if (s->flags & DOC_STRONG)
        md_strong(md, text_in(s->text, md->lang));
    else
        md_both(md, s->text);
}

static void write_code(struct md *md, const struct doc_span *s)
{
    md_code(md, text_in(s->text, md->lang));
}

static void write_line(struct md *md, const struct doc_line *line)
{
    static void (*const writers[])(struct md *, const struct doc_span *) = {
        [DOC_TEXT] = write_plain, [DOC_LINK] = write_link, [DOC_BADGE] = write_badge,
        [DOC_CODE] = write_code,  [DOC_MARK] = write_mark, [DOC_NAME] = write_plain,
    };
    md->starts = !md->in_table;
    for (const struct doc_span *s = line->first; s; s = s->next)
        writers[s->kind](md, s);
    md->starts = 0;
}

/* Paragraphs, and items of lists; `every` is put before each line that has no other. */
static void write_lines(struct md *md, const struct doc_lines *lines, const char *every)
{
    for (const struct doc_line *line = lines->first; line; line = line->next) {
        const char *before = line->bullet ? "- " : every;
        buf_str(md->out, before);
        write_line(md, line);
        buf_char(md->out, '\n');
        if (!before[0] || line->next == NULL || line->next->bullet != line->bullet)
            buf_char(md->out, '\n');
    }
}

/* All lines in one, as in a cell. */
static void write_inner(struct md *md, const struct doc_lines *lines)
{
    for (const struct doc_line *line = lines->first; line; line = line->next) {
        if (line->bullet) buf_str(md->out, "\u2022 ");
        write_line(md, line);
        if (line->next) buf_str(md->out, "<br>");
    }
}

// ---- tables -------------------------------------------------------------------------

static void write_head(struct md *md, const struct doc_table *t)
{
    static const char *const rules[] = {" --- |", " :-: |", " --: |"};
    buf_char(md->out, '|');
    for (size_t c = 0; c < t->n_columns; c++) {
        buf_char(md->out, ' ');
        md_both(md, t->columns[c].title);
        buf_str(md->out, " |");
    }
    buf_str(md->out, "\n|");
    for (size_t c = 0; c < t->n_columns; c++)
        buf_str(md->out, rules[t->columns[c].align]);
    buf_char(md->out, '\n');
}

static void write_row(struct md *md, const struct doc_table *t,
                      const struct doc_row *row)
{
    const struct doc_cell *cell = row->first;
    buf_char(md->out, '|');
    for (size_t c = 0; c < t->n_columns; c++) {
        buf_char(md->out, ' ');
        if (cell) write_inner(md, &cell->lines);
        buf_str(md->out, " |");
        cell = cell ? cell->next : NULL;
    }
    buf_char(md->out, '\n');
}

/* A row of its own, as a table has no other place for it. */
static void write_group_title(struct md *md, const struct doc_table *t,
                              const struct doc_group *g)
{
    if (text_empty(g->title)) return;
    buf_str(md->out, "| ");
    md_strong(md, text_in(g->title, md->lang));
    if (!text_empty(g->detail)) buf_char(md->out, ' ');
    md_both(md, g->detail);
    buf_str(md->out, " |");
    for (size_t c = 1; c < t->n_columns; c++)
        buf_str(md->out, "  |");
    buf_char(md->out, '\n');
}

/* "**Table 3** caption" */
static void write_caption(struct md *md, struct text word, unsigned number,
                          struct text caption)
{
    if (text_empty(caption)) return;
    buf_printf(md->out, md->lang == LANG_JA ? "**%s%u** " : "**%s %u** ",
               text_in(word, md->lang), number);
    md_both(md, caption);
    buf_str(md->out, "\n\n");
}

static void write_rows(struct md *md, const struct doc_table *t)
{
    md->in_table++;
    write_head(md, t);
    for (const struct doc_group *g = t->first; g; g = g->next) {
        if (g->n_rows) write_group_title(md, t, g);
        for (const struct doc_row *row = g->first; row; row = row->next)
            write_row(md, t, row);
    }
    md->in_table--;
    buf_char(md->out, '\n');
}

static void write_table(struct md *md, const struct doc_block *b)
{
    write_caption(md, TEXT("Table", "表"), b->table->number, b->table->caption);
    if (b->table->n_rows)
        write_rows(md, b->table);
    else
        buf_str(md->out, md->lang == LANG_JA ? "該当なし。\n\n" : "None.\n\n");
}

// ---- other blocks -------------------------------------------------------------------

static void write_children(struct md *md, const struct doc_block *b)
{
    for (const struct doc_block *child = b->first; child; child = child->next)
        write_block(md, child);
}

static void write_section(struct md *md, const struct doc_block *b)
{
    unsigned level = b->depth < 5 ? b->depth + 1u : 6;
    for (unsigned i = 0; i < level; i++)
        buf_char(md->out, '#');
    buf_char(md->out, ' ');
    if (b->number) buf_printf(md->out, "%s ", b->number);
    md_both(md, b->heading);
    buf_str(md->out, "\n\n");
    write_lines(md, &b->lines, "");
    write_children(md, b);
}

static void write_paragraph(struct md *md, const struct doc_block *b)
{
    write_lines(md, &b->lines, "");
}

static void write_list(struct md *md, const struct doc_block *b)
{
    write_lines(md, &b->lines, b->kind == DOC_STEPS ? "1. " : "- ");
}

/* The children of a block, written apart and quoted. */
static void write_quoted(struct md *md, const struct doc_block *b)
{
    struct buf inner = {0}, *out = md->out;
    md->out = &inner;
    if (b->kind == DOC_WARNING)
        buf_str(&inner, md->lang == LANG_JA ? "**注意**\n\n" : "**Warning**\n\n");
    write_lines(md, &b->lines, "");
    write_children(md, b);
    md->out = out;
    const char *s = buf_text(&inner), *end = s + inner.len;
    while (end > s && end[-1] == '\n')
        end--;
    while (s < end) {
        const char *line = memchr(s, '\n', (size_t)(end - s));
        size_t len = (size_t)((line ? line : end) - s);
        buf_str(out, len ? "> " : ">");
        buf_add(out, s, len);
        buf_char(out, '\n');
        s += len + 1;
    }
    buf_char(out, '\n');
    buf_fini(&inner);
}

static void write_facts(struct md *md, const struct doc_block *b)
{
    if (b->facts == NULL) return;
    for (const struct doc_fact *f = b->facts->first; f; f = f->next) {
        buf_str(md->out, "- ");
        md->starts = 1;
        md_both(md, f->name);
        buf_str(md->out, md->lang == LANG_JA ? "：" : ": ");
        md->in_table++;
        write_inner(md, &f->value);
        md->in_table--;
        buf_char(md->out, '\n');
    }
    buf_char(md->out, '\n');
}

static void write_picture(struct md *md, const struct doc_figure *f)
{
    const char *svg = f->svg[md->lang] ? f->svg[md->lang] : f->svg[!md->lang];
    char name[32];
    if (md->pictures == NULL || svg == NULL) return;
    snprintf(name, sizeof name, "figure-%02u.svg", ++md->n_pictures);
    md->pictures->take(md->pictures->context, name, svg);
    buf_str(md->out, "![");
    md_both(md, f->caption);
    buf_str(md->out, "](");
    md_address(md, md->pictures->folder);
    buf_printf(md->out, "/%s)\n\n", name);
}

static void write_figure(struct md *md, const struct doc_block *b)
{
    write_picture(md, b->figure);
    write_caption(md, TEXT("Figure", "図"), b->figure->number, b->figure->caption);
    if (b->figure->table) write_rows(md, b->figure->table);
}

static void write_folded(struct md *md, const struct doc_block *b)
{
    md_strong(md, text_in(b->heading, md->lang));
    if (b->aside.first) {
        buf_char(md->out, ' ');
        write_line(md, b->aside.first);
    }
    buf_str(md->out, "\n\n");
    write_lines(md, &b->lines, "");
    write_children(md, b);
}

static void write_cover(struct md *md, const struct doc_block *b)
{
    if (b->figure) write_picture(md, b->figure);
    buf_str(md->out, "# ");
    md_both(md, md->doc->title);
    buf_str(md->out, "\n\n");
    md->starts = 1;
    md_both(md, b->heading);
    buf_str(md->out, "\n\n");
    write_lines(md, &b->lines, "");
    write_facts(md, b);
    write_children(md, b);
}

static void write_block(struct md *md, const struct doc_block *b)
{
    static void (*const writers[])(struct md *, const struct doc_block *) = {
        [DOC_SECTION] = write_section, [DOC_PARAGRAPH] = write_paragraph,
        [DOC_LEAD] = write_paragraph,  [DOC_LIST] = write_list,
        [DOC_STEPS] = write_list,      [DOC_TABLE] = write_table,
        [DOC_FIGURE] = write_figure,   [DOC_NOTE] = write_quoted,
        [DOC_WARNING] = write_quoted,  [DOC_FACTS] = write_facts,
        [DOC_TILES] = write_facts,     [DOC_COLUMNS] = write_children,
        [DOC_GROUP] = write_children,  [DOC_FOLDED] = write_folded,
        [DOC_COVER] = write_cover,
    };
    writers[b->kind](md, b);
}

void doc_md(const struct doc *doc, enum lang lang,
            const struct doc_md_pictures *pictures, struct buf *out)
{
    struct md md = {doc, lang, pictures, 0, 0, 0, out};
    size_t start = out->len;
    write_children(&md, &doc->root);
    if (out->len > start + 1 && out->data[out->len - 2] == '\n') {
        out->len--; // the file ends with its last line
        out->data[out->len] = '\0';
    }
}

void doc_md_block(const struct doc *doc, const struct doc_block *block, enum lang lang,
                  struct buf *out)
{
    struct md md = {doc, lang, NULL, 0, 0, 0, out};
    write_block(&md, block);
}
