// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The HTML writer: one function an element. Everything that is not markup goes
 * through buf_html; the only bytes that are copied as they are come from our own
 * assets and from the figures, which escape for themselves.
 */
#include "page/doc_html.h"

#include <string.h>

#include "base/assets.h"

static const char *const tone_names[] = {
    [DOC_PLAIN] = "plain",     [DOC_LEVEL_NONE] = "level-0", [DOC_LEVEL_1] = "level-1",
    [DOC_LEVEL_2] = "level-2", [DOC_LEVEL_3] = "level-3",    [DOC_GOOD] = "good",
    [DOC_OPEN] = "open",       [DOC_INFO] = "info",          [DOC_MUTED] = "muted",
};

// ---- texts and attributes -----------------------------------------------------------

static void attribute(struct buf *out, const char *name, const char *value)
{
    if (value == NULL) return;
    buf_printf(out, " %s=\"", name);
    buf_html(out, value);
    buf_char(out, '"');
}

void doc_html_text(struct text t, struct buf *out)
{
    const char *en = t.in[LANG_EN], *ja = t.in[LANG_JA];
    if (en && ja && strcmp(en, ja) != 0) {
        buf_str(out, "<span lang=\"ja\">");
        buf_html(out, ja);
        buf_str(out, "</span><span lang=\"en\">");
        buf_html(out, en);
        buf_str(out, "</span>");
    } else if (en && ja) {
        buf_html(out, en);
    } else if (en || ja) {
        buf_printf(out, "<span class=\"only\" lang=\"%s\">", en ? "en" : "ja");
        buf_html(out, en ? en : ja);
        buf_str(out, "</span>");
    }
}

/* "Table 3", "Figure 3" before a caption. */
static void counted(struct buf *out, struct text word, unsigned number)
{
    if (number == 0) return;
    buf_printf(out,
               "<span class=\"count\"><span lang=\"ja\">%s%u</span>"
               "<span lang=\"en\">%s %u</span></span> ",
               word.in[LANG_JA], number, word.in[LANG_EN], number);
}

// ---- spans and lines ----------------------------------------------------------------

static void write_link(const struct doc *doc, const struct doc_span *s, struct buf *out)
{
    if (!doc_leads(doc, s->target)) {
        doc_html_text(s->text, out);
        return;
    }
    buf_str(out, "<a");
    attribute(out, "href", s->target);
    if (s->target[0] != '#') attribute(out, "rel", "noopener noreferrer");
    buf_char(out, '>');
    doc_html_text(s->text, out);
    buf_str(out, "</a>");
}

static void write_mark(const struct doc_span *s, struct buf *out)
{
    buf_str(out, "<span class=\"mark\"><span aria-hidden=\"true\">");
    buf_html(out, s->target);
    buf_str(out, "</span><span class=\"heard\">");
    doc_html_text(s->text, out);
    buf_str(out, "</span></span>");
}

static void write_span(const struct doc *doc, const struct doc_span *s, struct buf *out)
{
    const char *open = "", *close = "";
    if (s->kind == DOC_LINK) {
        write_link(doc, s, out);
        return;
    }
    if (s->kind == DOC_MARK) {
        write_mark(s, out);
        return;
    }
    if (s->kind == DOC_BADGE) {
        buf_printf(out, "<span class=\"badge %s\">", tone_names[s->tone]);
        close = "</span>";
    } else if (s->kind == DOC_CODE) {
        open = "<code>", close = "</code>";
    } else if (s->kind == DOC_NAME) {
        open = "<bdi>", close = "</bdi>";
    } else if (s->flags & DOC_STRONG) {
        open = "<strong>", close = "</strong>";
    } else if (s->flags & DOC_SOFT) {
        open = "<span class=\"soft\">", close = "</span>";
    } else if (s->flags & DOC_WHOLE) {
        open = "<span class=\"whole\">", close = "</span>";
    }
    buf_str(out, open);
    doc_html_text(s->text, out);
    buf_str(out, close);
}

void doc_html_line(const struct doc *doc, const struct doc_line *line, struct buf *out)
{
    for (const struct doc_span *s = line->first; s; s = s->next)
        write_span(doc, s, out);
}

/* One line in an element of its own. */
static void write_element(const struct doc *doc, const struct doc_line *line,
                          const char *element, const char *class, struct buf *out)
{
    buf_printf(out, "<%s", element);
    attribute(out, "class", class);
    attribute(out, "id", line->anchor);
    buf_char(out, '>');
    doc_html_line(doc, line, out);
    buf_printf(out, "</%s>", element);
}

/* Lines: paragraphs, and lists of those that follow each other with a bullet. */
static void write_lines(const struct doc *doc, const struct doc_lines *lines,
                        const char *class, struct buf *out)
{
    int in_list = 0;
    for (const struct doc_line *line = lines->first; line; line = line->next) {
        if (line->bullet != in_list) buf_str(out, line->bullet ? "<ul>" : "</ul>");
        in_list = line->bullet;
        write_element(doc, line, line->bullet ? "li" : "p", line->bullet ? NULL : class,
                      out);
    }
    if (in_list) buf_str(out, "</ul>");
}

/* The same within a cell or a definition: a single line needs no element. */
static void write_inner(const struct doc *doc, const struct doc_lines *lines,
                        struct buf *out)
{
    const struct doc_line *first = lines->first;
    if (first && first->next == NULL && !first->bullet && first->anchor == NULL)
        doc_html_line(doc, first, out);
    else
        write_lines(doc, lines, NULL, out);
}

// ---- tables -------------------------------------------------------------------------

static const char *const width_names[] = {"", " narrow", " middle", " broad", " wide"};
static const char *const align_names[] = {"", " centre", " end"};

/* Names of classes, each with a blank before it; none: no attribute. */
static void class_attribute(struct buf *out, const char *a, const char *b,
                            const char *c)
{
    char names[64];
    snprintf(names, sizeof names, "%s%s%s", a, b, c);
    attribute(out, "class", names[0] ? names + 1 : NULL);
}

static void write_cell(const struct doc *doc, const struct doc_column *column,
                       const struct doc_cell *cell, int head, struct buf *out)
{
    char tone[24] = "";
    if (cell->tone) snprintf(tone, sizeof tone, " %s", tone_names[cell->tone]);
    buf_str(out, head ? "<th scope=\"row\"" : "<td");
    class_attribute(out, align_names[column->align], cell->highlight ? " main" : "",
                    tone);
    attribute(out, "id", cell->anchor);
    buf_char(out, '>');
    write_inner(doc, &cell->lines, out);
    buf_str(out, head ? "</th>" : "</td>");
}

static void write_row(const struct doc *doc, const struct doc_table *t,
                      const struct doc_row *row, struct buf *out)
{
    static const struct doc_cell empty;
    const struct doc_cell *cell = row->first;
    buf_str(out, "<tr");
    class_attribute(out, row->stands_out ? " stands-out" : "",
                    row->total ? " total" : "", "");
    attribute(out, "id", row->anchor);
    buf_char(out, '>');
    for (size_t c = 0; c < t->n_columns; c++) {
        write_cell(doc, &t->columns[c], cell ? cell : &empty, c == 0, out);
        cell = cell ? cell->next : NULL;
    }
    buf_str(out, "</tr>\n");
}

static void write_head(const struct doc_table *t, struct buf *out)
{
    buf_str(out, "<thead><tr>");
    for (size_t c = 0; c < t->n_columns; c++) {
        buf_str(out, "<th scope=\"col\"");
        class_attribute(out, width_names[t->columns[c].width],
                        align_names[t->columns[c].align], "");
        buf_char(out, '>');
        doc_html_text(t->columns[c].title, out);
        buf_str(out, "</th>");
    }
    buf_str(out, "</tr></thead>\n");
}

static void write_group_title(const struct doc_group *g, struct buf *out)
{
    doc_html_text(g->title, out);
    if (!text_empty(g->detail)) {
        buf_str(out, " <span class=\"soft\">");
        doc_html_text(g->detail, out);
        buf_str(out, "</span>");
    }
}

static void write_group(const struct doc *doc, const struct doc_table *t,
                        const struct doc_group *g, int titled, struct buf *out)
{
    enum { FEW = 6 }; // paper keeps so many rows together, and with their title
    int has_title = titled && !text_empty(g->title);
    buf_str(out,
            has_title && g->n_rows <= FEW ? "<tbody class=\"few\">\n" : "<tbody>\n");
    if (has_title) {
        buf_str(out, "<tr class=\"group\"");
        attribute(out, "id", g->anchor);
        buf_printf(out, "><th scope=\"rowgroup\" colspan=\"%zu\">", t->n_columns);
        write_group_title(g, out);
        buf_str(out, "</th></tr>\n");
    }
    for (const struct doc_row *row = g->first; row; row = row->next)
        write_row(doc, t, row, out);
    buf_str(out, "</tbody>\n");
}

/* A paragraph before the table, which print keeps with it, unlike a <caption>. */
static void write_caption(const struct doc_table *t, struct buf *out)
{
    if (text_empty(t->caption)) return;
    buf_printf(out, "<p class=\"caption\" id=\"table-%u\">", t->number);
    counted(out, TEXT("Table", "表"), t->number);
    doc_html_text(t->caption, out);
    buf_str(out, "</p>\n");
}

static void open_table(const struct doc_table *t, struct buf *out)
{
    buf_str(out, "<div class=\"scroll\"><table");
    if (t->number) buf_printf(out, " aria-labelledby=\"table-%u\"", t->number);
    buf_str(out, ">\n");
    write_head(t, out);
}

/* Hidden until the script, which does the work, shows it. */
static void write_filter(const struct doc_table *t, struct buf *out)
{
    buf_str(out, "<div class=\"filter\" hidden><label>");
    doc_html_text(TEXT("Filter", "絞り込み"), out);
    buf_str(out, " <input type=\"search\" autocomplete=\"off\"></label> ");
    buf_printf(out, "<output>%zu</output><span class=\"soft\"> / %zu ", t->n_rows,
               t->n_rows);
    doc_html_text(TEXT("rows", "行"), out);
    buf_str(out, "</span></div>\n");
}

static void write_folded_groups(const struct doc *doc, const struct doc_table *t,
                                struct buf *out)
{
    for (const struct doc_group *g = t->first; g; g = g->next) {
        if (g->n_rows == 0) continue;
        buf_str(out, "<details class=\"group\"");
        attribute(out, "id", g->anchor);
        buf_str(out, g->open ? " open><summary>" : "><summary>");
        write_group_title(g, out);
        buf_printf(out, " <span class=\"count\">%zu</span></summary>\n", g->n_rows);
        open_table(t, out);
        write_group(doc, t, g, 0, out);
        buf_str(out, "</table></div></details>\n");
    }
}

static void write_table(const struct doc *doc, const struct doc_block *b,
                        struct buf *out)
{
    const struct doc_table *t = b->table;
    buf_printf(out, "<div class=\"table%s\"", t->flags & DOC_DENSE ? " dense" : "");
    attribute(out, "id", b->anchor);
    buf_str(out, ">\n");
    write_caption(t, out);
    if (t->n_rows == 0) {
        buf_str(out, "<p class=\"soft\">");
        doc_html_text(TEXT("None.", "該当なし。"), out);
        buf_str(out, "</p>\n</div>\n");
        return;
    }
    if (t->flags & DOC_FILTER) write_filter(t, out);
    if (t->flags & DOC_FOLD) {
        write_folded_groups(doc, t, out);
    } else {
        open_table(t, out);
        for (const struct doc_group *g = t->first; g; g = g->next)
            if (g->n_rows) write_group(doc, t, g, 1, out);
        buf_str(out, "</table></div>\n");
    }
    buf_str(out, "</div>\n");
}

// ---- other blocks -------------------------------------------------------------------

static void write_children(const struct doc *doc, const struct doc_block *b,
                           struct buf *out)
{
    for (const struct doc_block *child = b->first; child; child = child->next)
        doc_html_block(doc, child, out);
}

static void write_section(const struct doc *doc, const struct doc_block *b,
                          struct buf *out)
{
    int level = b->depth < 5 ? b->depth + 1 : 6;
    buf_printf(out, "<section class=\"depth-%d\"", b->depth);
    attribute(out, "id", b->anchor);
    buf_printf(out, ">\n<h%d>", level);
    if (b->number) buf_printf(out, "<span class=\"number\">%s</span> ", b->number);
    doc_html_text(b->heading, out);
    buf_printf(out, "</h%d>\n", level);
    write_lines(doc, &b->lines, NULL, out);
    write_children(doc, b, out);
    buf_str(out, "</section>\n");
}

static void write_paragraph(const struct doc *doc, const struct doc_block *b,
                            struct buf *out)
{
    write_lines(doc, &b->lines, b->kind == DOC_LEAD ? "lead" : NULL, out);
    buf_char(out, '\n');
}

static void write_list(const struct doc *doc, const struct doc_block *b,
                       struct buf *out)
{
    int steps = b->kind == DOC_STEPS;
    buf_str(out, steps ? "<ol class=\"steps\">" : "<ul>");
    for (const struct doc_line *line = b->lines.first; line; line = line->next)
        write_element(doc, line, "li", NULL, out);
    buf_str(out, steps ? "</ol>\n" : "</ul>\n");
}

static void write_note(const struct doc *doc, const struct doc_block *b,
                       struct buf *out)
{
    int warning = b->kind == DOC_WARNING;
    buf_printf(out, "<div class=\"note%s\" role=\"note\">", warning ? " warning" : "");
    write_lines(doc, &b->lines, NULL, out);
    write_children(doc, b, out);
    buf_str(out, "</div>\n");
}

static void write_facts(const struct doc *doc, const struct doc_block *b,
                        struct buf *out)
{
    if (b->facts == NULL) return;
    buf_printf(out, "<dl class=\"%s\">\n", b->kind == DOC_TILES ? "tiles" : "facts");
    for (const struct doc_fact *f = b->facts->first; f; f = f->next) {
        buf_str(out, "<div");
        attribute(out, "class", f->tone ? tone_names[f->tone] : NULL);
        buf_str(out, "><dt>");
        doc_html_text(f->name, out);
        buf_str(out, "</dt><dd>");
        write_inner(doc, &f->value, out);
        buf_str(out, "</dd></div>\n");
    }
    buf_str(out, "</dl>\n");
}

static void write_figure(const struct doc *doc, const struct doc_block *b,
                         struct buf *out)
{
    static const char *const codes[N_LANGS] = {"en", "ja"};
    const struct doc_figure *f = b->figure;
    (void)doc;
    buf_str(out, "<figure>\n");
    for (int lang = N_LANGS - 1; lang >= 0; lang--) {
        if (f->svg[lang] == NULL) continue;
        buf_printf(out, "<div class=\"picture\" lang=\"%s\">", codes[lang]);
        buf_str(out, f->svg[lang]);
        buf_str(out, "</div>\n");
    }
    if (!text_empty(f->caption)) {
        buf_str(out, "<figcaption class=\"caption\">");
        counted(out, TEXT("Figure", "図"), f->number);
        doc_html_text(f->caption, out);
        buf_str(out, "</figcaption>\n");
    }
    buf_str(out, "</figure>\n");
}

static void write_columns(const struct doc *doc, const struct doc_block *b,
                          struct buf *out)
{
    buf_str(out, "<div class=\"columns\">\n");
    for (const struct doc_block *child = b->first; child; child = child->next) {
        buf_str(out, "<div>\n");
        doc_html_block(doc, child, out);
        buf_str(out, "</div>\n");
    }
    buf_str(out, "</div>\n");
}

static void write_folded(const struct doc *doc, const struct doc_block *b,
                         struct buf *out)
{
    buf_str(out, "<details");
    attribute(out, "id", b->anchor);
    buf_str(out, b->open ? " open><summary>" : "><summary>");
    doc_html_text(b->heading, out);
    if (b->aside.first) {
        buf_str(out, " <span class=\"aside\">");
        doc_html_line(doc, b->aside.first, out);
        buf_str(out, "</span>");
    }
    buf_str(out, "</summary>\n<div class=\"folded\">\n");
    write_lines(doc, &b->lines, NULL, out);
    write_children(doc, b, out);
    buf_str(out, "</div></details>\n");
}

/* The same in both languages; of a document in one language only that is left. */
static void write_logo(const struct doc_figure *f, struct buf *out)
{
    const char *svg = f->svg[LANG_EN] ? f->svg[LANG_EN] : f->svg[LANG_JA];
    if (svg) buf_printf(out, "<div>%s</div>\n", svg);
}

static void write_cover(const struct doc *doc, const struct doc_block *b,
                        struct buf *out)
{
    buf_str(out, "<div class=\"cover\">\n");
    if (b->figure) write_logo(b->figure, out);
    buf_str(out, "<p class=\"kicker\">");
    doc_html_text(b->heading, out);
    buf_str(out, "</p>\n<h1>");
    doc_html_text(doc->title, out);
    buf_str(out, "</h1>\n");
    write_lines(doc, &b->lines, "lead", out);
    write_facts(doc, b, out);
    write_children(doc, b, out);
    buf_str(out, "</div>\n");
}

static void write_group_of_blocks(const struct doc *doc, const struct doc_block *b,
                                  struct buf *out)
{
    buf_str(out, "<div>\n");
    write_children(doc, b, out);
    buf_str(out, "</div>\n");
}

typedef void block_writer(const struct doc *doc, const struct doc_block *b,
                          struct buf *out);

void doc_html_block(const struct doc *doc, const struct doc_block *b, struct buf *out)
{
    static block_writer *const writers[] = {
        [DOC_SECTION] = write_section,
        [DOC_PARAGRAPH] = write_paragraph,
        [DOC_LEAD] = write_paragraph,
        [DOC_LIST] = write_list,
        [DOC_STEPS] = write_list,
        [DOC_TABLE] = write_table,
        [DOC_FIGURE] = write_figure,
        [DOC_NOTE] = write_note,
        [DOC_WARNING] = write_note,
        [DOC_FACTS] = write_facts,
        [DOC_TILES] = write_facts,
        [DOC_COLUMNS] = write_columns,
        [DOC_FOLDED] = write_folded,
        [DOC_COVER] = write_cover,
        [DOC_GROUP] = write_group_of_blocks,
    };
    writers[b->kind](doc, b, out);
}

// ---- the page -----------------------------------------------------------------------

static void write_entry(const struct doc_block *b, struct buf *out)
{
    buf_str(out, "<a");
    if (b->anchor) {
        buf_str(out, " href=\"#");
        buf_html(out, b->anchor);
        buf_char(out, '"');
    }
    buf_printf(out, "><span class=\"number\">%s</span> <span>",
               b->number ? b->number : "");
    doc_html_text(b->heading, out);
    buf_str(out, "</span></a>");
}

static void write_entries(const struct doc_block *parent, struct buf *out)
{
    int any = 0;
    for (const struct doc_block *b = parent->first; b; b = b->next) {
        if (b->kind != DOC_SECTION) continue;
        if (!any) buf_str(out, "<ol>\n");
        any = 1;
        buf_str(out, "<li>");
        write_entry(b, out);
        if (b->depth < 2) write_entries(b, out);
        buf_str(out, "</li>\n");
    }
    if (any) buf_str(out, "</ol>");
}

void doc_html_contents(const struct doc *doc, struct buf *out)
{
    buf_str(out, "<nav class=\"contents\" aria-labelledby=\"contents-title\">"
                 "<details open><summary id=\"contents-title\">");
    doc_html_text(TEXT("Contents", "目次"), out);
    buf_str(out, "</summary>\n");
    write_entries(&doc->root, out);
    buf_str(out, "</details></nav>\n");
}

/* Our own file between two tags; it holds nothing that would end the element. */
static void write_asset(const char *element, const char *path, struct buf *out)
{
    const struct asset *asset = asset_find(path);
    if (asset == NULL) return;
    buf_printf(out, "<%s>\n", element);
    buf_add(out, (const char *)asset->bytes, asset->len);
    buf_printf(out, "</%s>\n", element);
}

static void write_page_head(const struct doc *doc, const char *code, enum lang lang,
                            struct buf *out)
{
    buf_printf(out, "<!DOCTYPE html>\n<html lang=\"%s\" data-lang=\"%s\">\n<head>\n",
               code, code);
    buf_str(out, "<meta charset=\"utf-8\">\n"
                 "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                 "'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'");
    if (doc->has_images) buf_str(out, "; img-src data:");
    buf_str(out, "\">\n"
                 "<meta name=\"viewport\" content=\"width=device-width, "
                 "initial-scale=1\">\n"
                 "<meta name=\"color-scheme\" content=\"light dark\">\n"
                 "<meta name=\"generator\" content=\"Awai\">\n<title");
    attribute(out, "data-en", text_in(doc->title, LANG_EN));
    attribute(out, "data-ja", text_in(doc->title, LANG_JA));
    buf_char(out, '>');
    buf_html(out, text_in(doc->title, lang));
    buf_str(out, "</title>\n");
}

/* Links to the pages beside this one. */
static void write_places(const struct doc *doc, struct buf *out)
{
    if (doc->n_places == 0) return;
    buf_str(out, "<nav class=\"places\">");
    for (size_t i = 0; i < doc->n_places; i++) {
        buf_str(out, "<a");
        attribute(out, "href", doc->places[i].href);
        buf_char(out, '>');
        doc_html_text(doc->places[i].text, out);
        buf_str(out, "</a>");
    }
    buf_str(out, "</nav>");
}

static void write_bar(const struct doc *doc, struct buf *out)
{
    buf_str(out, "<a class=\"skip\" href=\"#content\">");
    doc_html_text(TEXT("Skip to the content", "本文へ移動"), out);
    buf_str(out, "</a>\n<header class=\"bar\"><span class=\"brand\">Awai</span>"
                 "<span class=\"name\">");
    doc_html_text(doc->title, out);
    buf_str(out, "</span>");
    write_places(doc, out);
    buf_str(out, "<span class=\"switch\" role=\"group\" "
                 "aria-label=\"Language / 言語\" hidden>"
                 "<button type=\"button\" class=\"only\" lang=\"ja\">日本語</button>"
                 "<button type=\"button\" class=\"only\" lang=\"en\">English</button>"
                 "</span></header>\n");
}

/* The blocks of the document, either its covers or all others. */
static void write_top_blocks(const struct doc *doc, int covers, struct buf *out)
{
    for (const struct doc_block *b = doc->root.first; b; b = b->next)
        if ((b->kind == DOC_COVER) == covers) doc_html_block(doc, b, out);
}

void doc_html(const struct doc *doc, enum lang lang, struct buf *out)
{
    write_page_head(doc, lang == LANG_JA ? "ja" : "en", lang, out);
    write_asset("style", "src/page/assets/report.css", out);
    buf_str(out, "</head>\n<body>\n");
    write_bar(doc, out);
    buf_str(out, "<main id=\"content\" class=\"page\">\n");
    write_top_blocks(doc, 1, out);
    doc_html_contents(doc, out);
    buf_str(out, "<div class=\"body\">\n");
    write_top_blocks(doc, 0, out);
    buf_str(out, "</div>\n</main>\n");
    write_asset("script", "src/page/assets/report.js", out);
    buf_str(out, "</body>\n</html>\n");
}

void doc_html_print(const struct doc *doc, enum lang lang, struct buf *out)
{
    write_page_head(doc, lang == LANG_JA ? "ja" : "en", lang, out);
    write_asset("style", "src/page/assets/print.css", out);
    buf_str(out, "</head>\n<body>\n<p class=\"running\">");
    buf_html(out, text_in(doc->title, lang));
    buf_str(out, "</p>\n<main class=\"page\">\n");
    write_top_blocks(doc, 1, out);
    doc_html_contents(doc, out);
    buf_str(out, "<div class=\"body\">\n");
    write_top_blocks(doc, 0, out);
    buf_str(out, "</div>\n</main>\n</body>\n</html>\n");
}
