// SPDX-License-Identifier: Apache-2.0
/* Logos; see logo.h. An allow-list of elements and attributes, never a list of evil. */
#include "exchange/logo.h"

#include <expat.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/base64.h"

// ---- the frame ----------------------------------------------------------------------

/* Opens the element, fitted into its room without changing its shape. */
static void open_frame(struct buf *out, double width, double height, const char *name)
{
    double scale = LOGO_WIDTH / width;
    if (scale * height > LOGO_HEIGHT) scale = LOGO_HEIGHT / height;
    buf_printf(out,
               "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"logo\" role=\"img\" "
               "width=\"%.4g\" height=\"%.4g\" aria-label=\"",
               width * scale, height * scale);
    buf_html(out, name);
    buf_char(out, '"');
}

// ---- PNG ----------------------------------------------------------------------------

static uint32_t big_endian(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* 1 if the bytes are whole chunks with right sums, from IHDR to IEND. */
static int is_whole_png(const uint8_t *p, size_t len)
{
    size_t at = 8;
    for (int first = 1; at + 12 <= len; first = 0) {
        size_t n = big_endian(p + at);
        if (n > len - at - 12 || (first && memcmp(p + at + 4, "IHDR", 4) != 0))
            return 0;
        if (crc32(0, p + at + 4, (uInt)n + 4) != big_endian(p + at + 8 + n)) return 0;
        if (memcmp(p + at + 4, "IEND", 4) == 0) return at + 12 + n == len;
        at += 12 + n;
    }
    return 0;
}

static enum logo_end read_png(struct logo *l, const uint8_t *p, size_t len,
                              const char *name)
{
    if (len < 33 || !is_whole_png(p, len)) return LOGO_BROKEN;
    uint32_t width = big_endian(p + 16), height = big_endian(p + 20);
    if (width == 0 || height == 0) return LOGO_BROKEN;
    if (width > LOGO_MOST_PIXELS || height > LOGO_MOST_PIXELS) return LOGO_LARGE;
    open_frame(&l->svg, width, height, name);
    buf_printf(&l->svg,
               " viewBox=\"0 0 %u %u\"><image width=\"%u\" height=\"%u\" "
               "href=\"data:image/png;base64,",
               width, height, width, height);
    base64_put(&l->svg, p, len);
    buf_str(&l->svg, "\"/></svg>");
    l->is_raster = 1;
    return LOGO_DONE;
}

// ---- SVG ----------------------------------------------------------------------------

static const char *const elements[] = {"g",
                                       "path",
                                       "rect",
                                       "circle",
                                       "ellipse",
                                       "line",
                                       "polyline",
                                       "polygon",
                                       "text",
                                       "tspan",
                                       "defs",
                                       "linearGradient",
                                       "radialGradient",
                                       "stop",
                                       "clipPath",
                                       "title",
                                       "desc"};

static const char *const attributes[] = {"d",
                                         "x",
                                         "y",
                                         "x1",
                                         "y1",
                                         "x2",
                                         "y2",
                                         "cx",
                                         "cy",
                                         "r",
                                         "rx",
                                         "ry",
                                         "fx",
                                         "fy",
                                         "dx",
                                         "dy",
                                         "width",
                                         "height",
                                         "points",
                                         "transform",
                                         "fill",
                                         "fill-opacity",
                                         "fill-rule",
                                         "clip-rule",
                                         "stroke",
                                         "stroke-width",
                                         "stroke-linecap",
                                         "stroke-linejoin",
                                         "stroke-miterlimit",
                                         "stroke-dasharray",
                                         "stroke-dashoffset",
                                         "stroke-opacity",
                                         "opacity",
                                         "clip-path",
                                         "offset",
                                         "stop-color",
                                         "stop-opacity",
                                         "gradientUnits",
                                         "gradientTransform",
                                         "spreadMethod",
                                         "clipPathUnits",
                                         "id",
                                         "font-family",
                                         "font-size",
                                         "font-weight",
                                         "font-style",
                                         "text-anchor",
                                         "letter-spacing",
                                         "display",
                                         "visibility"};

struct drawing {
    struct logo *l;
    XML_Parser parser;
    const char *name;
    enum logo_end end;
    unsigned depth, n_elements;
    unsigned dropped; // depth of the element that is left out, or 0
};

static int is_in(const char *const *list, size_t n, const char *word)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i], word) == 0) return 1;
    return 0;
}

#define IS_IN(list, word) is_in(list, sizeof(list) / sizeof *(list), word)

/* Nothing that could lead out: the only url( is of an id within, written plainly. */
static int is_harmless(const char *value)
{
    for (const char *s = value; *s; s++) {
        if ((unsigned char)*s < ' ' && !strchr("\t\n\r", *s)) return 0;
        if (strchr("<>\\@;{}", *s)) return 0;
        int is_url = (s[0] | 32) == 'u' && (s[1] | 32) == 'r' && (s[2] | 32) == 'l';
        if (is_url && strncmp(s, "url(#", 5) != 0) return 0;
        if (s[0] == ':' || (s[0] == '/' && s[1] == '/')) return 0;
    }
    return 1;
}

/* An id is ours from here on, and so is what names it. */
static void put_value(struct buf *out, const char *key, const char *value)
{
    const char *url = strstr(value, "url(#");
    struct buf text = {0};
    if (strcmp(key, "id") == 0) {
        buf_printf(&text, "logo-%s", value);
    } else if (url) {
        buf_add(&text, value, (size_t)(url - value));
        buf_printf(&text, "url(#logo-%s", url + 5);
    } else {
        buf_str(&text, value);
    }
    buf_html(out, buf_text(&text));
    buf_fini(&text);
}

static void put_attributes(struct drawing *d, const char **list)
{
    for (; list[0]; list += 2) {
        if (!IS_IN(attributes, list[0]) || !is_harmless(list[1])) {
            d->l->n_dropped++;
            continue;
        }
        buf_printf(&d->l->svg, " %s=\"", list[0]);
        put_value(&d->l->svg, list[0], list[1]);
        buf_char(&d->l->svg, '"');
    }
}

static const char *attribute(const char **list, const char *name)
{
    for (; list[0]; list += 2)
        if (strcmp(list[0], name) == 0) return list[1];
    return NULL;
}

/* The size: by the view box, else by width and height. */
static int read_size(const char **list, double box[4])
{
    const char *view = attribute(list, "viewBox");
    const char *width = attribute(list, "width"), *height = attribute(list, "height");
    box[0] = box[1] = 0;
    box[2] = width ? strtod(width, NULL) : 0;
    box[3] = height ? strtod(height, NULL) : 0;
    for (int i = 0; i < 4 && view; i++) {
        char *end;
        while (*view == ',' || *view == ' ')
            view++;
        box[i] = strtod(view, &end);
        view = end;
    }
    return box[2] > 0 && box[3] > 0 && box[2] < 1e6 && box[3] < 1e6 && box[0] > -1e6 &&
           box[0] < 1e6 && box[1] > -1e6 && box[1] < 1e6;
}

static void stop(struct drawing *d, enum logo_end end)
{
    d->end = end;
    XML_StopParser(d->parser, XML_FALSE);
}

static void begin_root(struct drawing *d, const char *name, const char **list)
{
    double box[4];
    if (strcmp(name, "svg") != 0 || !read_size(list, box)) {
        stop(d, LOGO_BROKEN);
        return;
    }
    open_frame(&d->l->svg, box[2], box[3], d->name);
    buf_printf(&d->l->svg, " viewBox=\"%.6g %.6g %.6g %.6g\"", box[0], box[1], box[2],
               box[3]);
    const char *fill = attribute(list, "fill");
    if (fill && is_harmless(fill)) {
        buf_str(&d->l->svg, " fill=\"");
        put_value(&d->l->svg, "fill", fill);
        buf_char(&d->l->svg, '"');
    }
    buf_char(&d->l->svg, '>');
}

static void on_begin(void *context, const char *name, const char **list)
{
    struct drawing *d = context;
    if (++d->depth > LOGO_MOST_DEPTH || ++d->n_elements > LOGO_MOST_ELEMENTS) {
        stop(d, LOGO_LARGE);
        return;
    }
    if (d->depth == 1) {
        begin_root(d, name, list);
        return;
    }
    if (d->dropped) return;
    if (!IS_IN(elements, name)) {
        d->dropped = d->depth;
        d->l->n_dropped++;
        return;
    }
    buf_printf(&d->l->svg, "<%s", name);
    put_attributes(d, list);
    buf_char(&d->l->svg, '>');
}

static void on_end(void *context, const char *name)
{
    struct drawing *d = context;
    if (d->dropped == 0) buf_printf(&d->l->svg, "</%s>", name);
    if (d->dropped == d->depth) d->dropped = 0;
    d->depth--;
}

static void on_characters(void *context, const char *s, int len)
{
    struct drawing *d = context;
    if (d->dropped || d->depth < 2) return;
    char *text = mem_alloc((size_t)len + 1);
    memcpy(text, s, (size_t)len);
    buf_html(&d->l->svg, text);
    free(text);
}

static void on_document_type(void *context, const char *name, const char *system,
                             const char *public, int has_internal)
{
    struct drawing *d = context;
    (void)name, (void)system, (void)public;
    if (has_internal) stop(d, LOGO_BROKEN); // it could define entities
}

static enum logo_end read_svg(struct logo *l, const void *bytes, size_t len,
                              const char *name)
{
    struct drawing d = {.l = l, .name = name, .parser = XML_ParserCreate(NULL)};
    if (d.parser == NULL) mem_out_of_memory();
    XML_SetUserData(d.parser, &d);
    XML_SetElementHandler(d.parser, on_begin, on_end);
    XML_SetCharacterDataHandler(d.parser, on_characters);
    XML_SetStartDoctypeDeclHandler(d.parser, on_document_type);
    if (XML_Parse(d.parser, bytes, (int)len, 1) == XML_STATUS_ERROR &&
        d.end == LOGO_DONE)
        d.end = LOGO_BROKEN;
    XML_ParserFree(d.parser);
    return d.end;
}

enum logo_end logo_read(struct logo *l, const void *bytes, size_t len, const char *name)
{
    static const char png[] = "\x89PNG\r\n\x1a\n";
    const char *s = bytes;
    enum logo_end end = LOGO_UNKNOWN;
    *l = (struct logo){0};
    if (len > LOGO_MOST_BYTES) return LOGO_LARGE;
    size_t blank = 0;
    if (len >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0) blank = 3;
    while (blank < len && strchr(" \t\r\n", s[blank]) && s[blank])
        blank++;
    if (len >= 8 && memcmp(s, png, 8) == 0)
        end = read_png(l, bytes, len, name);
    else if (blank < len && s[blank] == '<')
        end = read_svg(l, bytes, len, name);
    if (end != LOGO_DONE) l->svg.len = 0;
    return end;
}

void logo_fini(struct logo *l)
{
    buf_fini(&l->svg);
}
