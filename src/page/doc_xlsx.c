// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The workbook writer; see doc_xlsx.h. The only file that sees libxlsxwriter. The tree
 * is walked once to collect the sheets, so that the contents can name them all before
 * the first is written.
 */
#include "page/doc_xlsx.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/library.h"
#include "page/doc_svg.h"
#include "page/raster.h"

// ---- the library --------------------------------------------------------------------

#define CALLS(F)                                                                       \
    F(format_set_align)                                                                \
    F(format_set_bg_color)                                                             \
    F(format_set_bold)                                                                 \
    F(format_set_border)                                                               \
    F(format_set_border_color)                                                         \
    F(format_set_font_color)                                                           \
    F(format_set_font_size)                                                            \
    F(format_set_text_wrap)                                                            \
    F(workbook_add_format)                                                             \
    F(workbook_add_worksheet)                                                          \
    F(workbook_close)                                                                  \
    F(workbook_new)                                                                    \
    F(workbook_set_properties)                                                         \
    F(worksheet_autofilter)                                                            \
    F(worksheet_fit_to_pages)                                                          \
    F(worksheet_freeze_panes)                                                          \
    F(worksheet_insert_image_buffer_opt)                                               \
    F(worksheet_repeat_rows)                                                           \
    F(worksheet_set_column)                                                            \
    F(worksheet_set_landscape)                                                         \
    F(worksheet_set_paper)                                                             \
    F(worksheet_write_blank)                                                           \
    F(worksheet_write_number)                                                          \
    F(worksheet_write_string)                                                          \
    F(worksheet_write_url)

/* Loaded when a workbook is written: it brings a library of cryptography for a check
 * sum, which would cost every command a millisecond. */
struct xlsxwriter {
#define F(call) __typeof__(call) *call;
    CALLS(F)
#undef F
};

/* 1 if the library is there. */
static int load_library(struct xlsxwriter *lib)
{
#define F(name) {#name, &lib->name},
    const struct library_call calls[] = {CALLS(F)};
#undef F
    return LIBRARY_LOAD("libxlsxwriter.so.4", calls);
}

// ---- the workbook -------------------------------------------------------------------

enum { N_TONES = DOC_MUTED + 1, N_ALIGNS = 3 };

struct sheet {
    const struct doc_table *table;
    const struct doc_figure *figure; // of which the table says what it shows, or NULL
    struct text caption;             // what it is called
    char *name;
    struct sheet *next;
};

struct book {
    struct xlsxwriter lib;
    const struct doc *doc;
    enum lang lang;
    lxw_workbook *file;
    lxw_format *formats[N_TONES][N_ALIGNS][2]; // the last: bold; NULL until needed
    lxw_format *head, *title;
    struct sheet *first, *last;
    unsigned n_sheets;
    const struct doc_grid *grids;
    size_t n_grids;
    struct arena arena;
    struct buf text; // of the cell at hand
    int failed;
};

/* Colours of the light page (report.css): ground and ink; -1: the usual. */
static const struct {
    int ground, ink;
} colours[N_TONES] = {
    [DOC_PLAIN] = {-1,       -1      },
    [DOC_LEVEL_NONE] = {0xeceff2, 0x4a5561},
    [DOC_LEVEL_1] = {0xfbf0c8, 0x5e4700},
    [DOC_LEVEL_2] = {0xfbd8b4, 0x713000},
    [DOC_LEVEL_3] = {0xa61b1b, 0xffffff},
    [DOC_GOOD] = {0xdff0e5, 0x175234},
    [DOC_OPEN] = {0xfbe2de, 0x8a1c14},
    [DOC_INFO] = {0xe6f1f7, 0x14577a},
    [DOC_MUTED] = {-1,       0x55616e},
};

static lxw_format *new_format(struct book *b, int bold)
{
    lxw_format *f = b->lib.workbook_add_format(b->file);
    b->lib.format_set_text_wrap(f);
    b->lib.format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
    if (bold) b->lib.format_set_bold(f);
    return f;
}

static lxw_format *find_format(struct book *b, unsigned tone, unsigned align, int bold)
{
    static const uint8_t aligns[N_ALIGNS] = {LXW_ALIGN_LEFT, LXW_ALIGN_CENTER,
                                             LXW_ALIGN_RIGHT};
    lxw_format **f = &b->formats[tone][align][bold];
    if (*f) return *f;
    *f = new_format(b, bold);
    b->lib.format_set_align(*f, aligns[align]);
    b->lib.format_set_border(*f, LXW_BORDER_THIN);
    b->lib.format_set_border_color(*f, 0xdde2e8);
    if (colours[tone].ground >= 0)
        b->lib.format_set_bg_color(*f, (lxw_color_t)colours[tone].ground);
    if (colours[tone].ink >= 0)
        b->lib.format_set_font_color(*f, (lxw_color_t)colours[tone].ink);
    return *f;
}

static void make_formats(struct book *b)
{
    b->head = new_format(b, 1);
    b->lib.format_set_bg_color(b->head, 0xe9eef2);
    b->lib.format_set_border(b->head, LXW_BORDER_THIN);
    b->lib.format_set_border_color(b->head, 0x55616e);
    b->title = b->lib.workbook_add_format(b->file); // runs over the cells beside it
    b->lib.format_set_bold(b->title);
    b->lib.format_set_font_size(b->title, 13);
}

// ---- texts --------------------------------------------------------------------------

/* What XML cannot hold; line breaks and tabs it can. */
static int is_outside_xml(uint32_t c)
{
    return (c < ' ' && c != '\n' && c != '\t') || c == 0x7f || c == 0xfffe ||
           c == 0xffff;
}

/* "_x0041_" in a text, which a reader would take for the character of that number. */
static int is_like_escape(const char *s)
{
    return s[0] == '_' && s[1] == 'x' && strspn(s + 2, "0123456789abcdefABCDEF") >= 4 &&
           s[6] == '_';
}

void doc_xlsx_text(const char *s, enum lang lang, struct buf *out)
{
    static const char *const ends[N_LANGS] = {"\u2026 (cut)", "\u2026（以下省略）"};
    static const char escaped[] = "_x005F_"; // the line itself
    enum { END_UNITS = 8 };
    size_t len = strlen(s), used, units = 0, fits = 0, start = out->len;
    for (size_t i = 0; i < len; i += used) {
        uint32_t c = text_decode(s + i, len - i, &used);
        int escape = is_like_escape(s + i);
        size_t more = escape ? sizeof escaped - 1 : used; // bytes
        units += escape ? more : c > 0xffff ? 2 : 1;
        if (units <= DOC_XLSX_TEXT - END_UNITS) fits = out->len - start + more;
        if (units > DOC_XLSX_TEXT) {
            out->len = start + fits;
            buf_str(out, ends[lang]);
            return;
        }
        if (escape)
            buf_str(out, escaped);
        else if (is_outside_xml(c)) // as many bytes, so that `fits` stays right
            for (size_t k = 0; k < used; k++)
                buf_char(out, ' ');
        else
            buf_add(out, s + i, used);
    }
}

static void add_line(const struct doc_line *line, enum lang lang, struct buf *out)
{
    if (line->bullet) buf_str(out, "\u2022 ");
    doc_plain(line, lang, out);
}

static void add_lines(const struct doc_lines *lines, enum lang lang, struct buf *out)
{
    for (const struct doc_line *line = lines->first; line; line = line->next) {
        add_line(line, lang, out);
        if (line->next) buf_char(out, '\n');
    }
}

void doc_xlsx_name(unsigned k, const char *caption, struct buf *out)
{
    char number[16];
    size_t n = (size_t)snprintf(number, sizeof number, "%u", k), len = strlen(caption);
    size_t used, blanks = 1;
    buf_str(out, number);
    for (size_t i = 0; i < len; i += used) {
        uint32_t c = text_decode(caption + i, len - i, &used);
        if (c <= ' ' || is_outside_xml(c) ||
            (c < 0x80 && strchr("[]:*?/\\'", (int)c))) {
            blanks = 1;
            continue;
        }
        n += blanks + (c > 0xffff ? 2 : 1);
        if (n > DOC_XLSX_NAME) return;
        if (blanks) buf_char(out, ' ');
        buf_add(out, caption + i, used);
        blanks = 0;
    }
}

// ---- cells --------------------------------------------------------------------------

static void write_text(struct book *b, lxw_worksheet *sheet, uint32_t row,
                       uint16_t column, const char *s, lxw_format *format)
{
    b->text.len = 0;
    doc_xlsx_text(s, b->lang, &b->text);
    lxw_error e =
        b->text.len == 0
            ? b->lib.worksheet_write_blank(sheet, row, column, format)
            : b->lib.worksheet_write_string(sheet, row, column, b->text.data, format);
    if (e != LXW_NO_ERROR) b->failed = 1;
}

/* A plain decimal that a double holds exactly enough: at most 15 digits. */
static int is_number(const char *s, double *value)
{
    const char *p = s + (*s == '-');
    size_t whole = strspn(p, "0123456789"), part = 0;
    if (p[whole] == '.') part = strspn(p + whole + 1, "0123456789");
    if (whole == 0 || whole + part > 15 || (p[whole] == '.' && part == 0)) return 0;
    if (p[whole + (part ? part + 1 : 0)] != '\0') return 0;
    *value = strtod(s, NULL);
    return 1;
}

/* The cell's own tone, or that of its first badge. */
static unsigned tone_of(const struct doc_cell *cell)
{
    if (cell->tone) return cell->tone;
    for (const struct doc_line *line = cell->lines.first; line; line = line->next)
        for (const struct doc_span *s = line->first; s; s = s->next)
            if (s->kind == DOC_BADGE) return s->tone;
    return DOC_PLAIN;
}

static void write_cell(struct book *b, lxw_worksheet *sheet, uint32_t row, uint16_t at,
                       const struct doc_column *column, const struct doc_cell *cell,
                       int bold)
{
    struct buf text = {0};
    double value;
    lxw_format *format =
        find_format(b, tone_of(cell), column->align, bold || cell->highlight);
    add_lines(&cell->lines, b->lang, &text);
    if (column->align == DOC_END && is_number(buf_text(&text), &value))
        b->lib.worksheet_write_number(sheet, row, at, value, format);
    else
        write_text(b, sheet, row, at, buf_text(&text), format);
    buf_fini(&text);
}

// ---- sheets -------------------------------------------------------------------------

static int has_groups(const struct doc_table *t)
{
    for (const struct doc_group *g = t->first; g; g = g->next)
        if (g->n_rows && !text_empty(g->title)) return 1;
    return 0;
}

/* The widest line of a cell, in cells of a terminal. */
static size_t width_of(const struct book *b, const struct doc_cell *cell)
{
    size_t widest = 0;
    for (const struct doc_line *line = cell->lines.first; line; line = line->next) {
        struct buf text = {0};
        add_line(line, b->lang, &text);
        size_t width = text_width(buf_text(&text));
        widest = width > widest ? width : widest;
        buf_fini(&text);
    }
    return widest;
}

/* As wide as the widest line, within bounds; the head may be broken. */
static void set_width(struct book *b, lxw_worksheet *sheet, uint16_t at, size_t widest)
{
    enum { LEAST = 9, MOST = 56 };
    size_t width = widest + 2 < LEAST ? LEAST : widest + 2 > MOST ? MOST : widest + 2;
    b->lib.worksheet_set_column(sheet, at, at, (double)width, NULL);
}

static void set_widths(struct book *b, lxw_worksheet *sheet, const struct doc_table *t,
                       uint16_t shift)
{
    size_t *widest = mem_alloc((t->n_columns + 1) * sizeof *widest);
    for (size_t c = 0; c < t->n_columns; c++)
        widest[c] = text_width(text_in(t->columns[c].title, b->lang)) / 2 + 3;
    for (const struct doc_group *g = t->first; g; g = g->next)
        for (const struct doc_row *row = g->first; row; row = row->next) {
            size_t c = 0;
            for (const struct doc_cell *cell = row->first; cell && c < t->n_columns;
                 cell = cell->next, c++) {
                size_t width = width_of(b, cell);
                widest[c] = width > widest[c] ? width : widest[c];
            }
        }
    if (shift) set_width(b, sheet, 0, 24);
    for (size_t c = 0; c < t->n_columns; c++)
        set_width(b, sheet, (uint16_t)(c + shift), widest[c]);
    free(widest);
}

static void write_row(struct book *b, lxw_worksheet *sheet, const struct doc_table *t,
                      const struct doc_row *row, uint32_t at, uint16_t shift)
{
    static const struct doc_cell empty;
    const struct doc_cell *cell = row->first;
    for (size_t c = 0; c < t->n_columns; c++) {
        write_cell(b, sheet, at, (uint16_t)(c + shift), &t->columns[c],
                   cell ? cell : &empty, row->total);
        cell = cell ? cell->next : NULL;
    }
}

/* The group's title and what is said beside it, in the first column of each row. */
static void write_group_cell(struct book *b, lxw_worksheet *sheet,
                             const struct doc_group *g, uint32_t at)
{
    struct buf text = {0};
    buf_str(&text, text_in(g->title, b->lang));
    if (!text_empty(g->detail)) buf_char(&text, ' ');
    buf_str(&text, text_in(g->detail, b->lang));
    write_text(b, sheet, at, 0, buf_text(&text),
               find_format(b, DOC_PLAIN, DOC_START, 0));
    buf_fini(&text);
}

static void write_head(struct book *b, lxw_worksheet *sheet, const struct doc_table *t,
                       uint16_t shift)
{
    if (shift)
        write_text(b, sheet, 1, 0, b->lang == LANG_JA ? "区分" : "Group", b->head);
    for (size_t c = 0; c < t->n_columns; c++)
        write_text(b, sheet, 1, (uint16_t)(c + shift),
                   text_in(t->columns[c].title, b->lang), b->head);
}

/* Rows from the third on; returns the row after the last. */
static uint32_t write_rows(struct book *b, lxw_worksheet *sheet,
                           const struct doc_table *t, uint16_t shift)
{
    uint32_t at = 2;
    for (const struct doc_group *g = t->first; g; g = g->next)
        for (const struct doc_row *row = g->first; row; row = row->next) {
            if (at == DOC_XLSX_ROWS - 1) {
                write_text(b, sheet, at, 0,
                           b->lang == LANG_JA ? "…（以降の行を省略）"
                                              : "\u2026 (the rest is left out)",
                           b->head);
                return DOC_XLSX_ROWS;
            }
            if (shift) write_group_cell(b, sheet, g, at);
            write_row(b, sheet, t, row, at++, shift);
        }
    return at;
}

static void set_printed(struct book *b, lxw_worksheet *sheet)
{
    enum { A4 = 9 };
    b->lib.worksheet_set_paper(sheet, A4);
    b->lib.worksheet_set_landscape(sheet);
    b->lib.worksheet_fit_to_pages(sheet, 1, 0);
}

static lxw_worksheet *add_worksheet(struct book *b, const char *name)
{
    lxw_worksheet *sheet = b->lib.workbook_add_worksheet(b->file, name);
    if (sheet == NULL) b->failed = 1;
    return sheet;
}

static const struct text no_picture = {
    {"The picture is left out: the package librsvg2-2, which would make dots of it, is "
     "not installed, or failed. A report in SVG has it.", "図は省略した。点画像を作るパッケージ librsvg2-2 が未導入か、失敗した。"
     "SVGの報告書には図がある。"}
};

/* The picture of what the table says, below it: twice as many dots as a screen needs,
 * so that it can be printed. */
static void write_figure(struct book *b, lxw_worksheet *sheet,
                         const struct doc_figure *f, uint32_t at)
{
    const double finer = 2;
    struct buf svg = {0}, png = {0};
    double width, height, scale;
    if (!doc_svg_figure(f, b->lang, &svg, &width, &height)) return;
    enum raster_end end =
        raster_png(svg.data, svg.len, width, height, finer, &png, &scale);
    if (end == RASTER_DONE) {
        lxw_image_options options = {
            .x_scale = 1 / scale,
            .y_scale = 1 / scale,
            .object_position = LXW_OBJECT_MOVE_DONT_SIZE,
            .description = arena_str(&b->arena, text_in(f->caption, b->lang)),
        };
        if (b->lib.worksheet_insert_image_buffer_opt(
                sheet, at, 0, (unsigned char *)png.data, png.len, &options))
            b->failed = 1;
    } else {
        write_text(b, sheet, at, 0, text_in(no_picture, b->lang), NULL);
    }
    buf_fini(&svg);
    buf_fini(&png);
}

static void write_sheet(struct book *b, const struct sheet *s)
{
    const struct doc_table *t = s->table;
    lxw_worksheet *sheet = add_worksheet(b, s->name);
    uint16_t shift = (uint16_t)has_groups(t);
    if (sheet == NULL || t->n_columns == 0) return;
    write_text(b, sheet, 0, 0, text_in(s->caption, b->lang), b->title);
    write_head(b, sheet, t, shift);
    set_widths(b, sheet, t, shift);
    uint32_t end = write_rows(b, sheet, t, shift);
    b->lib.worksheet_autofilter(sheet, 1, 0, end > 2 ? end - 1 : 1,
                                (uint16_t)(t->n_columns + shift - 1));
    b->lib.worksheet_freeze_panes(sheet, 2, 1);
    b->lib.worksheet_repeat_rows(sheet, 1, 1);
    if (s->figure && end < DOC_XLSX_ROWS - 2)
        write_figure(b, sheet, s->figure, end + 1);
    set_printed(b, sheet);
}

// ---- grids --------------------------------------------------------------------------

static void set_grid_widths(struct book *b, lxw_worksheet *sheet,
                            const struct doc_grid *g)
{
    for (size_t c = 0; c < g->n_columns; c++) {
        size_t widest = 0;
        for (size_t row = g->n_heads ? g->n_heads - 1 : 0; row < g->n_rows; row++) {
            const char *s = g->cells[row * g->n_columns + c];
            size_t width = s ? text_width(s) : 0;
            widest = width > widest ? width : widest;
        }
        set_width(b, sheet, (uint16_t)c, widest);
    }
}

/* The last of the heads can be filtered by. */
static void write_grid(struct book *b, const struct doc_grid *g)
{
    lxw_worksheet *sheet = add_worksheet(b, g->name);
    lxw_format *format = find_format(b, DOC_PLAIN, DOC_START, 0);
    if (sheet == NULL || g->n_columns == 0) return;
    set_grid_widths(b, sheet, g);
    for (size_t row = 0; row < g->n_rows; row++)
        for (size_t c = 0; c < g->n_columns; c++) {
            const char *s = g->cells[row * g->n_columns + c];
            write_text(b, sheet, (uint32_t)row, (uint16_t)c, s ? s : "",
                       row < g->n_heads ? b->head : format);
        }
    uint32_t head = g->n_heads ? (uint32_t)g->n_heads - 1 : 0;
    b->lib.worksheet_autofilter(sheet, head, 0, (uint32_t)g->n_rows - 1,
                                (uint16_t)(g->n_columns - 1));
    b->lib.worksheet_freeze_panes(sheet, head + 1, 1);
    set_printed(b, sheet);
}

// ---- contents -----------------------------------------------------------------------

static uint32_t write_facts(struct book *b, lxw_worksheet *sheet,
                            const struct doc_block *cover, uint32_t at)
{
    lxw_format *format = find_format(b, DOC_PLAIN, DOC_START, 0);
    if (cover->facts == NULL) return at;
    for (const struct doc_fact *f = cover->facts->first; f; f = f->next) {
        struct buf text = {0};
        add_lines(&f->value, b->lang, &text);
        write_text(b, sheet, at, 0, text_in(f->name, b->lang), format);
        write_text(b, sheet, at++, 1, buf_text(&text), format);
        buf_fini(&text);
    }
    return at;
}

static void write_link(struct book *b, lxw_worksheet *sheet, uint32_t at,
                       const char *name, struct text caption)
{
    struct buf target = {0};
    lxw_format *format = find_format(b, DOC_INFO, DOC_START, 0);
    buf_printf(&target, "internal:'%s'!A1", name);
    b->lib.worksheet_write_url(sheet, at, 0, buf_text(&target), format);
    write_text(b, sheet, at, 0, name, format);
    write_text(b, sheet, at, 1, text_in(caption, b->lang),
               find_format(b, DOC_PLAIN, DOC_START, 0));
    buf_fini(&target);
}

static void write_contents(struct book *b)
{
    lxw_worksheet *sheet = add_worksheet(b, b->lang == LANG_JA ? "目次" : "Contents");
    uint32_t at = 2;
    if (sheet == NULL) return;
    write_text(b, sheet, 0, 0, text_in(b->doc->title, b->lang), b->title);
    for (const struct doc_block *c = b->doc->root.first; c; c = c->next) {
        if (c->kind != DOC_COVER) continue;
        write_text(b, sheet, 1, 0, text_in(c->heading, b->lang), NULL);
        at = write_facts(b, sheet, c, at);
    }
    at++;
    write_text(b, sheet, at, 0, b->lang == LANG_JA ? "シート" : "Sheet", b->head);
    write_text(b, sheet, at++, 1, b->lang == LANG_JA ? "内容" : "What it has", b->head);
    for (const struct sheet *s = b->first; s; s = s->next)
        write_link(b, sheet, at++, s->name, s->caption);
    for (size_t i = 0; i < b->n_grids; i++)
        write_link(b, sheet, at++, b->grids[i].name, b->grids[i].about);
    b->lib.worksheet_set_column(sheet, 0, 0, 36, NULL);
    b->lib.worksheet_set_column(sheet, 1, 1, 90, NULL);
    set_printed(b, sheet);
}

// ---- the whole ----------------------------------------------------------------------

static void add_sheet(struct book *b, const struct doc_table *t,
                      const struct doc_figure *figure, struct text caption)
{
    struct sheet *s = arena_alloc(&b->arena, sizeof *s);
    struct buf name = {0};
    s->table = t;
    s->figure = figure;
    s->caption = caption;
    doc_xlsx_name(++b->n_sheets, text_in(caption, b->lang), &name);
    s->name = arena_str(&b->arena, buf_text(&name));
    buf_fini(&name);
    if (b->last)
        b->last->next = s;
    else
        b->first = s;
    b->last = s;
}

/* A table without caption is called as the section it is in. */
static void collect(struct book *b, const struct doc_block *block, struct text section)
{
    if (!text_empty(block->heading)) section = block->heading;
    if (block->table)
        add_sheet(b, block->table, NULL,
                  text_empty(block->table->caption) ? section : block->table->caption);
    if (block->figure && block->figure->table)
        add_sheet(b, block->figure->table, block->figure, block->figure->caption);
    for (const struct doc_block *child = block->first; child; child = child->next)
        collect(b, child, section);
}

/* Excel shows when a workbook was made; ours is made whenever it is asked for. */
static void set_properties(struct book *b)
{
    enum { YEAR_2000 = 946684800 };
    char made_by[] = "Awai";
    char *title = arena_str(&b->arena, text_in(b->doc->title, b->lang));
    size_t most = text_whole(title, strlen(title) < 255 ? strlen(title) : 255);
    title[most] = '\0';
    text_clean(title);
    lxw_doc_properties properties = {
        .title = title, .author = made_by, .created = YEAR_2000};
    b->lib.workbook_set_properties(b->file, &properties);
}

static int read_back(const char *path, struct buf *out)
{
    char piece[1 << 16];
    size_t n;
    FILE *f = fopen(path, "rb");
    if (f == NULL) return -1;
    while ((n = fread(piece, 1, sizeof piece, f)) > 0)
        buf_add(out, piece, n);
    int failed = ferror(f);
    return fclose(f) == 0 && !failed ? 0 : -1;
}

static int write_book(struct book *b, const char *path)
{
    errno = 0;
    b->file = b->lib.workbook_new(path);
    if (b->file == NULL) return -1;
    make_formats(b);
    set_properties(b);
    collect(b, &b->doc->root, b->doc->title);
    write_contents(b);
    for (const struct sheet *s = b->first; s; s = s->next)
        write_sheet(b, s);
    for (size_t i = 0; i < b->n_grids; i++)
        write_grid(b, &b->grids[i]);
    lxw_error e = b->lib.workbook_close(b->file);
    if (e == LXW_NO_ERROR && !b->failed) return 0;
    if (errno == 0) errno = EIO;
    return -1;
}

enum doc_xlsx_end doc_xlsx(const struct doc *doc, enum lang lang, struct buf *out)
{
    return doc_xlsx_with(doc, NULL, 0, lang, out);
}

enum doc_xlsx_end doc_xlsx_with(const struct doc *doc, const struct doc_grid *grids,
                                size_t n_grids, enum lang lang, struct buf *out)
{
    struct book b = {.doc = doc, .lang = lang, .grids = grids, .n_grids = n_grids};
    struct buf path = {0};
    const char *folder = getenv("TMPDIR");
    size_t start = out->len;
    if (!load_library(&b.lib)) return DOC_XLSX_ABSENT;
    buf_printf(&path, "%s/awai-XXXXXX", folder && folder[0] ? folder : "/tmp");
    int file = mkstemp(path.data);
    int done =
        file >= 0 && write_book(&b, path.data) == 0 && read_back(path.data, out) == 0;
    int why = errno;
    if (!done) out->len = start;
    if (file >= 0) {
        close(file);
        unlink(path.data);
    }
    buf_fini(&b.text);
    buf_fini(&path);
    arena_fini(&b.arena);
    errno = why;
    return done ? DOC_XLSX_DONE : DOC_XLSX_FAILED;
}
