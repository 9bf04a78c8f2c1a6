// SPDX-License-Identifier: Apache-2.0
/*
 * Boxes, chips, icons and legends: the vocabulary that all figures share. Whatever
 * means something is said by form or text as well as by colour.
 */
#include "page/figure_int.h"

#include <math.h>
#include <string.h>

#define PAD      8.0
#define PAD_Y    7.0
#define ICON     16.0
#define ICON_GAP 5.0
#define CHIP_GAP 4.0

// clang-format off
static const char icon_server[] = "M2 2.5h12v4.5H2zM2 9h12v4.5H2zM4.7 4.8h.01M4.7 11.3h.01M7.5 4.8h4M7.5 11.3h4";
static const char icon_cloud[] = "M4.4 12.8a3 3 0 0 1-.4-5.9 4.1 4.1 0 0 1 7.9-.8 3.4 3.4 0 0 1 .2 6.7z";
static const char icon_terminal[] = "M1.8 2.8h12.4v8H1.8zM5.5 13.6h5M8 10.8v2.8";
static const char icon_phone[] = "M4.8 1.5h6.4v13H4.8zM7.3 12.4h1.4";
static const char icon_network[] = "M2 9h12v4.5H2zM4.7 11.3h.01M7.2 11.3h.01M5 9V6M11 9V6M8.4 4.2a3.6 3.6 0 0 1 5.2 0M9.9 5.9a1.5 1.5 0 0 1 2.2 0";
static const char icon_device[] = "M4 4h8v8H4zM6.3 4V1.6M9.7 4V1.6M6.3 14.4V12M9.7 14.4V12M1.6 6.3H4M1.6 9.7H4M12 6.3h2.4M12 9.7h2.4";
static const char icon_field[] = "M6.3 8a1.7 1.7 0 1 0 3.4 0a1.7 1.7 0 1 0-3.4 0M4 4.2a5.4 5.4 0 0 0 0 7.6M12 4.2a5.4 5.4 0 0 1 0 7.6";
static const char icon_medium[] = "M4.8 6h6.4v8.5H4.8zM6 6V1.6h4V6M7.2 3.6h.01M8.8 3.6h.01";
const char icon_person[] = "M8 7.4a2.9 2.9 0 1 0 0-5.8 2.9 2.9 0 0 0 0 5.8zM2.4 14.4c0-3 2.5-4.8 5.6-4.8s5.6 1.8 5.6 4.8";
const char icon_zone[] = "M2 2.5h12v11H2zM5 5.5h2.5v2H5zM9 5.5h2.2v2H9zM5 9.3h2.5v2H5zM9 9.3h2.2v2H9z";
const char icon_lock[] = "M1.2 4.4h6.6v4.2H1.2zM2.7 4.2V2.9a1.8 1.8 0 0 1 3.6 0v1.3";
const char icon_check[] = "M1.2 5.2l2.3 2.4L7.8 2.2";
const char icon_cross[] = "M1.8 2.2l5.4 5.4M7.2 2.2L1.8 7.6";
// clang-format on

const char *icon_of_kind(const struct catalog *catalog, uint32_t kind)
{
    static const struct {
        const char *family, *icon;
    } icons[] = {
        {"cloud-service",  icon_cloud   },
        {"smartphone",     icon_phone   },
        {"smartphone-app", icon_phone   },
        {"web-portal",     icon_cloud   },
        {"person-family",  icon_person  },
        {"medium-family",  icon_medium  },
        {"network-device", icon_network },
        {"terminal",       icon_terminal},
        {"field-device",   icon_field   },
        {"server",         icon_server  },
    };
    for (size_t i = 0; i < sizeof icons / sizeof *icons; i++) {
        if (kind != REF_NONE && kind_is_a(catalog, kind, icons[i].family))
            return icons[i].icon;
    }
    return icon_device;
}

const char *name_or_id(struct arena *a, struct text name, const char *id,
                       enum lang lang)
{
    const char *s = figure_text_clean(a, text_in(name, lang));
    return *s ? s : figure_text_clean(a, id);
}

struct label name_label(struct arena *a, const char *name, double max_width,
                        unsigned lines)
{
    struct label label = {0};
    for (int more = 0; more <= 40; more += 20) {
        struct label wider =
            figure_label(a, name, SIZE_NAME, 1, max_width + more, lines);
        if (more == 0 || !wider.rough) label = wider;
        if (!wider.rough) break;
    }
    return label;
}

double box_border(unsigned rank)
{
    static const double widths[] = {1, 1.2, 1.9, 2.7};
    return widths[rank < 4 ? rank : 3];
}

struct chip chip_of(const char *text, int filled, const char *colour,
                    const char *on_colour)
{
    double width = figure_text_width(text, strlen(text), SIZE_MARK, 1);
    return (struct chip){text, filled, colour, on_colour, width + 10};
}

static double chips_width(const struct box *box)
{
    double width = 0;
    for (size_t i = 0; i < N_CHIPS; i++) {
        if (box->chips[i].text)
            width += box->chips[i].width + (width > 0 ? CHIP_GAP : 0);
    }
    return width;
}

double box_tab(const struct box *box)
{
    double width = chips_width(box);
    return width > 0 ? width + 10 : 0;
}

void box_measure(struct box *box, double min_width)
{
    double inner = fmax(fmax(box->name.width, box->under.width), box->over.width);
    if (box->icon) inner += ICON + ICON_GAP;
    inner = fmax(inner, chips_width(box));
    double height = box->over.height + box->name.height + box->under.height;
    box->width = ceil(fmax(min_width, inner + 2 * PAD));
    box->height = ceil(fmax(height, ICON) + 2 * PAD_Y);
    if (chips_width(box) > 0) box->height += 3;
}

/* On the upper border, at its right end. */
static void chips_draw(struct buf *out, const struct box *box, double x, double y)
{
    x += box->width - chips_width(box) - 8;
    y -= CHIP_HEIGHT * 0.6;
    for (size_t i = 0; i < N_CHIPS; i++) {
        const struct chip *c = &box->chips[i];
        if (!c->text) continue;
        svg_rect(out, x, y, c->width, CHIP_HEIGHT, 4,
                 (struct pen){c->filled ? c->colour : SVG_BOX, c->colour, 1, NULL});
        svg_text(out, x + c->width / 2, y + CHIP_HEIGHT * 0.74, SIZE_MARK, 1,
                 ANCHOR_MIDDLE, c->filled ? c->on_colour : c->colour, c->text);
        x += c->width + CHIP_GAP;
    }
}

void box_draw(struct buf *out, const struct box *box, double x, double y)
{
    static const struct {
        const char *fill, *stroke, *ink, *soft, *dash;
    } looks[] = {
        [BOX_PLAIN] = {SVG_BOX,    SVG_INK,    SVG_INK,       SVG_SOFT,      NULL },
        [BOX_ACCENT] = {SVG_ACCENT, SVG_ACCENT, SVG_ON_ACCENT, SVG_ON_ACCENT, NULL },
        [BOX_FAINT] = {SVG_PAPER,  SVG_LINE,   SVG_INK,       SVG_SOFT,      "4 3"},
        [BOX_ALERT] = {SVG_ALERT,  SVG_ALERT,  SVG_ON_ALERT,  SVG_ON_ALERT,  NULL },
    };
    const char *soft = looks[box->look].soft;
    int chips = chips_width(box) > 0;
    svg_group(out, box->data_kind, box->id, box->title);
    svg_rect(out, x, y, box->width, box->height, 7,
             (struct pen){looks[box->look].fill, looks[box->look].stroke,
                          fmax(box->border, 1), looks[box->look].dash});
    double left = x + PAD, middle = y + (box->height + (chips ? 3 : 0)) / 2;
    double top = middle - (box->over.height + box->name.height + box->under.height) / 2;
    if (box->icon) {
        svg_icon(out, box->icon, left, middle - ICON / 2,
                 (struct pen){NULL, soft, 1.3, NULL});
        left += ICON + ICON_GAP;
    }
    svg_label(out, left, top, ANCHOR_START, soft, &box->over);
    top += box->over.height;
    svg_label(out, left, top, ANCHOR_START, looks[box->look].ink, &box->name);
    top += box->name.height;
    svg_label(out, left, top, ANCHOR_START, soft, &box->under);
    chips_draw(out, box, x, y);
    svg_group_end(out);
}

double symbol_width(enum symbol symbol)
{
    switch (symbol) {
    case SYMBOL_BORDERS: return 78;
    case SYMBOL_LOCK:
    case SYMBOL_CHECK:
    case SYMBOL_CROSS:
    case SYMBOL_BEYOND: return 10;
    case SYMBOL_THREAT:
    case SYMBOL_NOW:
    case SYMBOL_PLANNED:
    case SYMBOL_NUMBER: return 22;
    default: return 30;
    }
}

static void draw_borders(struct buf *out, double x, double y)
{
    for (unsigned i = 0; i < 3; i++)
        svg_rect(out, x + i * 27 + 1, y - 6, 22, 12, 3,
                 (struct pen){SVG_BOX, SVG_INK, box_border(i + 1), NULL});
}

static void draw_stroke(struct buf *out, enum symbol symbol, double x, double y)
{
    int dashed = symbol == SYMBOL_DASHED || symbol == SYMBOL_DASHED_ARROW;
    int arrow = symbol == SYMBOL_ARROW || symbol == SYMBOL_DASHED_ARROW;
    svg_line(out, x, y, x + (arrow ? 22 : 28), y,
             (struct pen){NULL, SVG_LINE, 1.4, dashed ? "5 4" : NULL});
    if (arrow)
        svg_arrow(out, (struct point){x, y}, (struct point){x + 28, y}, 8, SVG_LINE);
}

static void draw_marker(struct buf *out, double x, double y, int filled)
{
    svg_circle(out, x + 10, y, 9,
               (struct pen){filled ? SVG_ACCENT : SVG_PAPER, SVG_ACCENT, 1.6, NULL});
    svg_text(out, x + 10, y + 3.8, SIZE_NOTE, 1, ANCHOR_MIDDLE,
             filled ? SVG_ON_ACCENT : SVG_ACCENT, "A");
}

void symbol_draw(struct buf *out, enum symbol symbol, double x, double y)
{
    const struct pen ink = {NULL, SVG_INK, 1.4, NULL};
    switch (symbol) {
    case SYMBOL_BORDERS: draw_borders(out, x, y); break;
    case SYMBOL_OUT:
        svg_rect(out, x + 1, y - 6, 26, 12, 3,
                 (struct pen){SVG_PAPER, SVG_LINE, 1, "4 3"});
        break;
    case SYMBOL_APPLICANT:
        svg_rect(out, x + 1, y - 6, 26, 12, 3, (struct pen){SVG_ACCENT, NULL, 0, NULL});
        break;
    case SYMBOL_THREAT:
        svg_rect(out, x, y - 7, 20, 14, 4, (struct pen){SVG_ALERT, NULL, 0, NULL});
        svg_text(out, x + 10, y + 3.6, SIZE_MARK, 1, ANCHOR_MIDDLE, SVG_ON_ALERT,
                 "\xE2\x96\xB2");
        break;
    case SYMBOL_NUMBER:
        svg_rect(out, x, y - 7, 18, 14, 7, (struct pen){SVG_PAPER, SVG_LINE, 1, NULL});
        svg_text(out, x + 9, y + 3.6, SIZE_MARK, 1, ANCHOR_MIDDLE, SVG_INK, "1");
        break;
    case SYMBOL_BEYOND:
        svg_text(out, x, y + 3.8, SIZE_NOTE, 0, ANCHOR_START, SVG_SOFT, "\xE2\x86\x97");
        break;
    case SYMBOL_NOW: draw_marker(out, x, y, 1); break;
    case SYMBOL_PLANNED: draw_marker(out, x, y, 0); break;
    case SYMBOL_TARGET:
        svg_line(out, x, y, x + 28, y, (struct pen){NULL, SVG_ACCENT, 2, "7 4"});
        break;
    case SYMBOL_MOVE:
        svg_line(out, x, y, x + 22, y, (struct pen){NULL, SVG_ACCENT, 1.6, NULL});
        svg_arrow(out, (struct point){x, y}, (struct point){x + 28, y}, 8, SVG_ACCENT);
        break;
    case SYMBOL_LOAD:
        svg_line(out, x, y, x + 28, y, (struct pen){NULL, SVG_ACCENT, 6, NULL});
        break;
    case SYMBOL_LOCK:
        svg_icon(out, icon_lock, x, y - 5, (struct pen){SVG_INK, SVG_INK, 1.2, NULL});
        break;
    case SYMBOL_CHECK: svg_icon(out, icon_check, x, y - 5, ink); break;
    case SYMBOL_CROSS: svg_icon(out, icon_cross, x, y - 5, ink); break;
    default: draw_stroke(out, symbol, x, y); break;
    }
}

double legend_draw(struct buf *out, const struct legend_item *items, size_t n, double x,
                   double y, double width, enum lang lang)
{
    double left = x, row = 20;
    double top = y;
    for (size_t i = 0; i < n; i++) {
        const char *text = text_in(items[i].text, lang);
        double symbol = symbol_width(items[i].symbol);
        double wide = symbol + 6 + figure_text_width(text, strlen(text), SIZE_NOTE, 0);
        if (left > x && left + wide > x + width) {
            left = x;
            top += row;
        }
        if (out) {
            symbol_draw(out, items[i].symbol, left, top + row / 2);
            svg_text(out, left + symbol + 6, top + row / 2 + SIZE_NOTE * 0.36,
                     SIZE_NOTE, 0, ANCHOR_START, SVG_SOFT, text);
        }
        left += wide + 18;
    }
    return n > 0 ? top + row - y : 0;
}
