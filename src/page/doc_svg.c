// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * Pictures of a document on one sheet; see doc_svg.h. First the pictures are collected
 * and hung, each below the last of the column that is shorter, which gives the width of
 * the sheet; then the head is drawn across, the pictures below it, and at last, when
 * the height is known, the element is opened before all that.
 */
#include "page/doc_svg.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "page/pictures.h"
#include "page/svg.h"

#define MARGIN       36.0
#define GAP          32.0 // between columns, and between pictures
#define CAPTION_GAP  8.0
#define LEAST_WIDTH  720.0
#define FACT_WIDTH   300.0
#define TILE_WIDTH   190.0
#define TILE_PAD     14.0
#define SIZE_TITLE   28.0
#define SIZE_KICKER  13.0
#define SIZE_VALUE   12.5
#define SIZE_SMALL   11.0
#define SIZE_CAPTION 13.0

enum { N_COLUMNS = 2 };

/* A picture on the sheet. */
struct hung {
    const struct doc_figure *figure;
    struct svg_seen seen;
    struct label caption;
    unsigned column;
    double y; // from the top of its column
};

struct sheet {
    const struct doc *doc;
    enum lang lang;
    const char *name; // of pictures, or NULL
    struct arena arena;
    struct hung *items;
    size_t n, cap;
    const struct doc_block *cover, *tiles; // the first of each, or NULL
    double columns[N_COLUMNS];             // widths
    double width, y;                       // of all; where the next thing goes
    struct buf body;
};

// ---- pictures -----------------------------------------------------------------------

static const char *svg_of(const struct doc_figure *f, enum lang lang)
{
    return f->svg[lang] ? f->svg[lang] : f->svg[!lang];
}

static int is_wanted(const struct sheet *s, const struct svg_seen *seen)
{
    const struct picture *p = picture_find(seen->name, seen->name_len);
    return p && (s->name ? strcmp(p->name, s->name) == 0 : p->on_sheet);
}

static void collect(struct sheet *s, const struct doc_block *b)
{
    struct svg_seen seen;
    const char *svg = b->figure ? svg_of(b->figure, s->lang) : NULL;
    if (b->kind == DOC_COVER && s->cover == NULL) s->cover = b;
    if (b->kind == DOC_TILES && s->tiles == NULL && b->facts) s->tiles = b;
    if (b->kind == DOC_FIGURE && svg && svg_look(svg, &seen) && is_wanted(s, &seen)) {
        struct hung *h = mem_push(&s->items, &s->n, &s->cap, sizeof *h);
        *h = (struct hung){.figure = b->figure, .seen = seen};
    }
    for (const struct doc_block *child = b->first; child; child = child->next)
        collect(s, child);
}

static struct label caption_of(struct sheet *s, const struct hung *h)
{
    const char *caption = text_in(h->figure->caption, s->lang);
    unsigned number = h->figure->number;
    if (number && s->lang == LANG_JA)
        caption = arena_printf(&s->arena, "図%u　%s", number, caption);
    else if (number)
        caption = arena_printf(&s->arena, "Figure %u: %s", number, caption);
    return figure_label(&s->arena, caption, SIZE_CAPTION, 1, h->seen.width, 3);
}

static void hang(struct sheet *s)
{
    double heights[N_COLUMNS] = {0};
    for (size_t i = 0; i < s->n; i++) {
        struct hung *h = &s->items[i];
        h->caption = caption_of(s, h);
        h->column = heights[1] < heights[0];
        h->y = heights[h->column];
        heights[h->column] +=
            h->caption.height + CAPTION_GAP + ceil(h->seen.height) + GAP;
        s->columns[h->column] = fmax(s->columns[h->column], ceil(h->seen.width));
    }
    double between = s->columns[1] > 0 ? GAP : 0;
    s->width = 2 * MARGIN + fmax(s->columns[0] + between + s->columns[1], LEAST_WIDTH);
}

static void draw_pictures(struct sheet *s)
{
    double bottom = s->y;
    for (size_t i = 0; i < s->n; i++) {
        const struct hung *h = &s->items[i];
        double x = MARGIN + (h->column ? s->columns[0] + GAP : 0), y = s->y + h->y;
        svg_label(&s->body, x, y, ANCHOR_START, SVG_INK, &h->caption);
        y += h->caption.height + CAPTION_GAP;
        svg_put(&s->body, &h->seen, x, y);
        bottom = fmax(bottom, y + ceil(h->seen.height));
    }
    s->y = bottom;
}

// ---- the head -----------------------------------------------------------------------

/* A text over the width; what follows goes below it. */
static void draw_words(struct sheet *s, const char *text, double size, int bold,
                       double width, const char *colour)
{
    struct label label = figure_label(&s->arena, text, size, bold, width, LABEL_LINES);
    svg_label(&s->body, MARGIN, s->y, ANCHOR_START, colour, &label);
    s->y += label.height;
}

/* At the upper right; returns how much of the width it takes, and how far down it
 * reaches. A logo is an element of its own, already made harmless, so it only gets its
 * place. */
static double draw_logo(struct sheet *s, double *bottom)
{
    static const char start[] = "<svg";
    const struct doc_figure *f = s->cover->figure;
    const char *svg = f ? svg_of(f, s->lang) : NULL;
    if (svg == NULL || strncmp(svg, start, sizeof start - 1) != 0) return 0;
    double width = svg_size(svg, " width");
    *bottom = s->y + svg_size(svg, " height");
    buf_str(&s->body, "<svg x=\"");
    svg_number(&s->body, s->width - MARGIN - width);
    buf_str(&s->body, "\" y=\"");
    svg_number(&s->body, MARGIN);
    buf_char(&s->body, '"');
    buf_str(&s->body, svg + sizeof start - 1);
    return width + GAP;
}

static const char *plain(struct sheet *s, const struct doc_line *line)
{
    struct buf text = {0};
    doc_plain(line, s->lang, &text);
    const char *copy = arena_str(&s->arena, buf_text(&text));
    buf_fini(&text);
    return copy;
}

static void draw_title(struct sheet *s)
{
    double width = s->width - 2 * MARGIN, logo = 0, bottom = 0;
    if (s->cover) {
        logo = draw_logo(s, &bottom);
        draw_words(s, text_in(s->cover->heading, s->lang), SIZE_KICKER, 1, width - logo,
                   SVG_ACCENT);
        s->y += 6;
    }
    draw_words(s, text_in(s->doc->title, s->lang), SIZE_TITLE, 1, width - logo,
               SVG_INK);
    for (const struct doc_line *l = s->cover ? s->cover->lines.first : NULL; l;
         l = l->next)
        draw_words(s, plain(s, l), SIZE_VALUE, 0, width - logo, SVG_SOFT);
    s->y = fmax(s->y, bottom);
    s->y += 12;
    svg_line(&s->body, MARGIN, s->y, s->width - MARGIN, s->y,
             (struct pen){NULL, SVG_ACCENT, 2, NULL});
    s->y += 14;
}

/* Small name, value below it; returns the height. */
static double draw_fact(struct sheet *s, const struct doc_fact *f, double x,
                        double width)
{
    struct label name =
        figure_label(&s->arena, text_in(f->name, s->lang), SIZE_SMALL, 0, width, 2);
    double y = s->y + name.height + 1;
    svg_label(&s->body, x, s->y, ANCHOR_START, SVG_SOFT, &name);
    for (const struct doc_line *l = f->value.first; l; l = l->next) {
        struct label value =
            figure_label(&s->arena, plain(s, l), SIZE_VALUE, 0, width, LABEL_LINES);
        svg_label(&s->body, x, y, ANCHOR_START, SVG_INK, &value);
        y += value.height;
    }
    return y - s->y;
}

static double draw_tile(struct sheet *s, const struct doc_fact *f, double x,
                        double width)
{
    double inner = width - 2 * TILE_PAD;
    const char *text = f->value.first ? plain(s, f->value.first) : "";
    struct label value = figure_label(&s->arena, text, 20, 1, inner, 1);
    struct label name =
        figure_label(&s->arena, text_in(f->name, s->lang), SIZE_SMALL, 0, inner, 2);
    double height = 20 + value.height + 2 * name.leading;
    double y = s->y + (height - value.height - name.height) / 2;
    svg_rect(
        &s->body, x, s->y, width, height, 8,
        (struct pen){SVG_ZONE, f->tone == DOC_OPEN ? SVG_ALERT : SVG_EDGE, 1, NULL});
    svg_label(&s->body, x + TILE_PAD, y, ANCHOR_START,
              f->tone == DOC_OPEN ? SVG_ALERT : SVG_INK, &value);
    svg_label(&s->body, x + TILE_PAD, y + value.height, ANCHOR_START, SVG_SOFT, &name);
    return height;
}

typedef double draw_one(struct sheet *s, const struct doc_fact *f, double x,
                        double width);

/* Facts beside each other, as many as fit, none narrower than `least`. */
static void draw_facts(struct sheet *s, const struct doc_facts *facts, draw_one *draw,
                       double least)
{
    enum { SPACE = 16 };
    size_t n = 0, i = 0;
    double all = s->width - 2 * MARGIN, tallest = 0;
    for (const struct doc_fact *f = facts ? facts->first : NULL; f; f = f->next)
        n++;
    if (n == 0) return;
    size_t most = (size_t)fmax(1, floor((all + SPACE) / (least + SPACE)));
    size_t across = n < most ? n : most;
    double width = (all - (double)(across - 1) * SPACE) / (double)across;
    for (const struct doc_fact *f = facts->first; f; f = f->next, i++) {
        if (i && i % across == 0) {
            s->y += tallest + SPACE / 2;
            tallest = 0;
        }
        double x = MARGIN + (double)(i % across) * (width + SPACE);
        tallest = fmax(tallest, draw(s, f, x, width));
    }
    s->y += tallest + SPACE;
}

static void draw_head(struct sheet *s)
{
    draw_title(s);
    if (s->name) return;
    if (s->cover) draw_facts(s, s->cover->facts, draw_fact, FACT_WIDTH);
    if (s->tiles) draw_facts(s, s->tiles->facts, draw_tile, TILE_WIDTH);
    if (s->n == 0)
        draw_words(
            s,
            text_in(TEXT("There is nothing to draw.", "図にするものがない。"), s->lang),
            SIZE_VALUE, 0, s->width - 2 * MARGIN, SVG_SOFT);
}

// ---- the file -----------------------------------------------------------------------

/* What is on it, for those who do not see it. */
static const char *describe(struct sheet *s)
{
    struct buf text = {0};
    for (size_t i = 0; i < s->n; i++)
        buf_printf(&text, "%s%s", i ? (s->lang == LANG_JA ? "、" : "; ") : "",
                   text_in(s->items[i].figure->caption, s->lang));
    const char *copy = figure_text_clean(&s->arena, buf_text(&text));
    buf_fini(&text);
    return copy;
}

static void write_sheet(struct sheet *s, struct buf *out)
{
    hang(s);
    s->y = MARGIN;
    draw_head(s);
    s->y += 8;
    draw_pictures(s);
    double height = ceil(s->y + MARGIN);
    svg_open_file(out, s->width, height,
                  figure_text_clean(&s->arena, text_in(s->doc->title, s->lang)),
                  describe(s), s->lang);
    svg_rect(out, 0, 0, s->width, height, 0, (struct pen){.fill = SVG_PAPER});
    buf_add(out, buf_text(&s->body), s->body.len);
}

/* Just the one, with its own title and description. */
static void write_one(const struct svg_seen *seen, enum lang lang, struct buf *out)
{
    static const char end[] = "</desc>\n";
    const char *rest = strstr(seen->inside, end);
    size_t head = rest ? (size_t)(rest - seen->inside) + sizeof end - 1 : 0;
    svg_open_file(out, seen->width, seen->height, NULL, NULL, lang);
    buf_add(out, seen->inside, head);
    svg_rect(out, 0, 0, seen->width, seen->height, 0, (struct pen){.fill = SVG_PAPER});
    buf_add(out, seen->inside + head, seen->inside_len - head);
}

/* Closes what has been written, in the colours of paper. */
static void finish(struct buf *text, struct buf *out)
{
    svg_close(text);
    svg_plain_colours(buf_text(text), out);
}

int doc_svg_figure(const struct doc_figure *f, enum lang lang, struct buf *out,
                   double *width, double *height)
{
    struct svg_seen seen;
    struct buf text = {0};
    const char *svg = svg_of(f, lang);
    if (svg == NULL || !svg_look(svg, &seen)) return 0;
    write_one(&seen, lang, &text);
    finish(&text, out);
    buf_fini(&text);
    *width = seen.width;
    *height = seen.height;
    return 1;
}

size_t doc_svg(const struct doc *doc, enum lang lang, const char *name, struct buf *out)
{
    struct sheet s = {.doc = doc, .lang = lang, .name = name};
    struct buf text = {0};
    collect(&s, &doc->root);
    if (name && s.n == 1)
        write_one(&s.items[0].seen, lang, &text);
    else if (name == NULL || s.n)
        write_sheet(&s, &text);
    if (text.len) finish(&text, out);
    size_t n = s.n;
    free(s.items);
    buf_fini(&s.body);
    buf_fini(&text);
    arena_fini(&s.arena);
    return n;
}

// ---- names --------------------------------------------------------------------------

void doc_svg_names(const struct doc *doc, struct buf *out)
{
    const char *comma = "";
    for (size_t i = 0; i < picture_n; i++) {
        struct sheet s = {.doc = doc, .name = picture_table[i].name};
        collect(&s, &doc->root);
        if (s.n) buf_printf(out, "%s%s", comma, s.name);
        if (s.n) comma = ", ";
        free(s.items);
    }
}
