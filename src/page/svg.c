// SPDX-License-Identifier: Apache-2.0
/* Writes SVG elements; see svg.h. */
#include "page/svg.h"

#include <math.h>
#include <string.h>

static const char font[] = "'Noto Sans', 'Noto Sans CJK JP', 'Noto Sans JP', "
                           "system-ui, sans-serif";

void svg_number(struct buf *out, double value)
{
    if (!isfinite(value)) value = 0;
    value = fmin(fmax(value, -1e7), 1e7);
    long tenths = lround(value * 10);
    if (tenths < 0) {
        buf_char(out, '-');
        tenths = -tenths;
    }
    buf_printf(out, "%ld", tenths / 10);
    if (tenths % 10) buf_printf(out, ".%ld", tenths % 10);
}

static void attribute(struct buf *out, const char *name, double value)
{
    buf_printf(out, " %s=\"", name);
    svg_number(out, value);
    buf_char(out, '"');
}

static void pen_attributes(struct buf *out, struct pen pen)
{
    buf_printf(out, " fill=\"%s\"", pen.fill ? pen.fill : "none");
    if (!pen.stroke) return;
    buf_printf(out, " stroke=\"%s\"", pen.stroke);
    attribute(out, "stroke-width", pen.width);
    if (pen.dash) buf_printf(out, " stroke-dasharray=\"%s\"", pen.dash);
}

void svg_open(struct buf *out, const char *name, double width, double height,
              const char *title, const char *description, enum lang lang)
{
    buf_printf(out,
               "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"figure figure-%s\" "
               "role=\"img\" lang=\"%s\" width=\"100%%\" viewBox=\"0 0 ",
               name, lang == LANG_JA ? "ja" : "en");
    svg_number(out, width);
    buf_char(out, ' ');
    svg_number(out, height);
    buf_str(out, "\" style=\"max-width:");
    svg_number(out, width);
    buf_printf(out, "px\" font-family=\"%s\" stroke-linecap=\"round\" ", font);
    buf_str(out, "stroke-linejoin=\"round\"><title>");
    buf_html(out, title);
    buf_str(out, "</title><desc>");
    buf_html(out, description);
    buf_str(out, "</desc>\n");
}

void svg_close(struct buf *out)
{
    buf_str(out, "</svg>\n");
}

void svg_open_file(struct buf *out, double width, double height, const char *title,
                   const char *description, enum lang lang)
{
    const char *code = lang == LANG_JA ? "ja" : "en";
    buf_str(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                 "<svg xmlns=\"http://www.w3.org/2000/svg\"");
    attribute(out, "width", width);
    attribute(out, "height", height);
    buf_str(out, " viewBox=\"0 0 ");
    svg_number(out, width);
    buf_char(out, ' ');
    svg_number(out, height);
    buf_printf(out,
               "\" lang=\"%s\" xml:lang=\"%s\" font-family=\"%s\" "
               "stroke-linecap=\"round\" stroke-linejoin=\"round\">",
               code, code, font);
    if (title) {
        buf_str(out, "<title>");
        buf_html(out, title);
        buf_str(out, "</title><desc>");
        buf_html(out, description);
        buf_str(out, "</desc>\n");
    }
}

/* A number as we write them, whatever the locale; *at moves behind it. */
static double read_number(const char **at)
{
    double value = 0, unit = 1;
    for (; **at >= '0' && **at <= '9'; ++*at)
        value = value * 10 + (**at - '0');
    if (**at != '.') return value;
    for (++*at; **at >= '0' && **at <= '9'; ++*at)
        value += (**at - '0') * (unit /= 10);
    return value;
}

/* The text after `before` in the start tag, or NULL. */
static const char *in_tag(const char *svg, const char *end, const char *before)
{
    const char *at = strstr(svg, before);
    return at && at < end ? at + strlen(before) : NULL;
}

int svg_look(const char *svg, struct svg_seen *seen)
{
    static const char close[] = "</svg>";
    size_t len = strlen(svg);
    const char *end = strchr(svg, '>'), *name, *box;
    while (len > 0 && svg[len - 1] == '\n')
        len--;
    if (end == NULL || len < sizeof close ||
        (name = in_tag(svg, end, "class=\"figure figure-")) == NULL ||
        (box = in_tag(svg, end, "viewBox=\"0 0 ")) == NULL)
        return 0;
    seen->name = name;
    seen->name_len = strcspn(name, "\"");
    seen->width = read_number(&box);
    box += *box == ' ';
    seen->height = read_number(&box);
    seen->inside = end + 1;
    seen->inside_len = (size_t)(svg + len - (end + 1)) - (sizeof close - 1);
    return 1;
}

double svg_size(const char *svg, const char *name)
{
    const char *end = strchr(svg, '>');
    const char *at = end ? in_tag(svg, end, name) : NULL;
    if (at == NULL || strncmp(at, "=\"", 2) != 0) return 0;
    at += 2;
    return read_number(&at);
}

void svg_put(struct buf *out, const struct svg_seen *seen, double x, double y)
{
    buf_printf(out, "<g class=\"figure-%.*s\" transform=\"translate(",
               (int)seen->name_len, seen->name);
    svg_number(out, x);
    buf_char(out, ' ');
    svg_number(out, y);
    buf_str(out, ")\">");
    buf_add(out, seen->inside, seen->inside_len);
    buf_str(out, "</g>\n");
}

void svg_group(struct buf *out, const char *kind, const char *id, const char *title)
{
    buf_str(out, "<g");
    if (kind) {
        buf_printf(out, " data-%s=\"", kind);
        buf_html(out, id);
        buf_char(out, '"');
    }
    buf_char(out, '>');
    if (title && *title) {
        buf_str(out, "<title>");
        buf_html(out, title);
        buf_str(out, "</title>");
    }
}

void svg_group_end(struct buf *out)
{
    buf_str(out, "</g>\n");
}

void svg_rect(struct buf *out, double x, double y, double width, double height,
              double radius, struct pen pen)
{
    buf_str(out, "<rect");
    attribute(out, "x", x);
    attribute(out, "y", y);
    attribute(out, "width", width);
    attribute(out, "height", height);
    if (radius > 0) attribute(out, "rx", radius);
    pen_attributes(out, pen);
    buf_str(out, "/>\n");
}

void svg_circle(struct buf *out, double x, double y, double radius, struct pen pen)
{
    buf_str(out, "<circle");
    attribute(out, "cx", x);
    attribute(out, "cy", y);
    attribute(out, "r", radius);
    pen_attributes(out, pen);
    buf_str(out, "/>\n");
}

static void put_point(struct buf *out, struct point p)
{
    svg_number(out, p.x);
    buf_char(out, ' ');
    svg_number(out, p.y);
}

void svg_polygon(struct buf *out, const struct point *points, size_t n, struct pen pen)
{
    buf_str(out, "<path d=\"");
    for (size_t i = 0; i < n; i++) {
        buf_char(out, i == 0 ? 'M' : 'L');
        put_point(out, points[i]);
    }
    buf_str(out, "Z\"");
    pen_attributes(out, pen);
    buf_str(out, "/>\n");
}

void svg_line(struct buf *out, double x1, double y1, double x2, double y2,
              struct pen pen)
{
    buf_str(out, "<path d=\"M");
    put_point(out, (struct point){x1, y1});
    buf_char(out, 'L');
    put_point(out, (struct point){x2, y2});
    buf_char(out, '"');
    pen_attributes(out, pen);
    buf_str(out, "/>\n");
}

void svg_icon(struct buf *out, const char *path, double x, double y, struct pen pen)
{
    buf_str(out, "<path transform=\"translate(");
    put_point(out, (struct point){x, y});
    buf_printf(out, ")\" d=\"%s\"", path);
    pen_attributes(out, pen);
    buf_str(out, "/>\n");
}

void svg_spline(struct buf *out, const struct point *points, size_t n, struct pen pen)
{
    if (n < 4) return;
    buf_str(out, "<path d=\"M");
    put_point(out, points[0]);
    for (size_t i = 1; i < n; i++) {
        buf_char(out, i % 3 == 1 ? 'C' : ' ');
        put_point(out, points[i]);
    }
    buf_char(out, '"');
    pen_attributes(out, pen);
    buf_str(out, "/>\n");
}

/* The point `length` px from a towards b, at most half the way. */
static struct point towards(struct point a, struct point b, double length)
{
    double dx = b.x - a.x, dy = b.y - a.y, distance = hypot(dx, dy);
    double t = distance > 0 ? fmin(length / distance, 0.5) : 0;
    return (struct point){a.x + t * dx, a.y + t * dy};
}

void svg_route(struct buf *out, const struct point *points, size_t n, double radius,
               struct pen pen)
{
    if (n < 2) return;
    buf_str(out, "<path d=\"M");
    put_point(out, points[0]);
    for (size_t i = 1; i + 1 < n; i++) {
        buf_char(out, 'L');
        put_point(out, towards(points[i], points[i - 1], radius));
        buf_char(out, 'Q');
        put_point(out, points[i]);
        buf_char(out, ' ');
        put_point(out, towards(points[i], points[i + 1], radius));
    }
    buf_char(out, 'L');
    put_point(out, points[n - 1]);
    buf_char(out, '"');
    pen_attributes(out, pen);
    buf_str(out, "/>\n");
}

void svg_arrow(struct buf *out, struct point from, struct point tip, double length,
               const char *colour)
{
    double dx = tip.x - from.x, dy = tip.y - from.y, distance = hypot(dx, dy);
    if (!(distance > 0)) {
        dx = 0;
        dy = distance = 1;
    }
    dx *= length / distance;
    dy *= length / distance;
    struct point base = {tip.x - dx, tip.y - dy};
    struct point head[] = {
        tip,
        {base.x - dy * 0.42, base.y + dx * 0.42},
        {base.x + dy * 0.42, base.y - dx * 0.42},
    };
    svg_polygon(out, head, 3, (struct pen){.fill = colour});
}

static void open_text(struct buf *out, double x, double y, double size, int bold,
                      enum anchor anchor, const char *colour)
{
    static const char *const anchors[] = {"", " text-anchor=\"middle\"",
                                          " text-anchor=\"end\""};
    buf_str(out, "<text");
    attribute(out, "x", x);
    attribute(out, "y", y);
    attribute(out, "font-size", size);
    if (bold) buf_str(out, " font-weight=\"600\"");
    buf_str(out, anchors[anchor]);
    buf_printf(out, " fill=\"%s\">", colour);
}

void svg_text(struct buf *out, double x, double y, double size, int bold,
              enum anchor anchor, const char *colour, const char *text)
{
    if (!*text) return;
    open_text(out, x, y, size, bold, anchor, colour);
    buf_html(out, text);
    buf_str(out, "</text>\n");
}

void svg_label(struct buf *out, double x, double y, enum anchor anchor,
               const char *colour, const struct label *label)
{
    if (label->n == 0) return;
    // the baseline lies so that capitals and ideographs look centred in the leading
    double baseline = y + label->leading * 0.5 + label->size * 0.36;
    if (label->n == 1) {
        svg_text(out, x, baseline, label->size, label->bold, anchor, colour,
                 label->line[0]);
        return;
    }
    open_text(out, x, baseline, label->size, label->bold, anchor, colour);
    for (unsigned i = 0; i < label->n; i++) {
        buf_str(out, "<tspan");
        attribute(out, "x", x);
        attribute(out, "y", baseline + i * label->leading);
        buf_char(out, '>');
        buf_html(out, label->line[i]);
        buf_str(out, "</tspan>");
    }
    buf_str(out, "</text>\n");
}

/* No text of a figure has a plain quotation mark, so nothing else is touched. */
void svg_plain_colours(const char *svg, struct buf *out)
{
    static const char before[] = "=\"var(--fig-";
    const char *p;
    while ((p = strstr(svg, before)) != NULL) {
        const char *comma = strchr(p, ','), *end = strchr(p, ')');
        if (comma == NULL || end == NULL || end < comma) break;
        buf_add(out, svg, (size_t)(p - svg) + 2);
        comma += 1 + strspn(comma + 1, " ");
        buf_add(out, comma, (size_t)(end - comma));
        svg = end + 1;
    }
    buf_str(out, svg);
}
