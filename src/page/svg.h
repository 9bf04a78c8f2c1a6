// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_SVG_H
#define PAGE_SVG_H
/*
 * A small writer of SVG: shapes, paths and text with a few drawing styles. Numbers
 * are written in tenths of a px, independent of locale; text is escaped. Everything is
 * appended to the buffer given; the caller keeps the order of elements.
 */
#include "base/buf.h"
#include "page/figure_text.h"

/* Colours: custom properties that a page may set, with the light theme as fallback. */
#define SVG_PAPER     "var(--fig-paper, #ffffff)"
#define SVG_INK       "var(--fig-ink, #1c2733)"
#define SVG_SOFT      "var(--fig-soft, #4a5866)"
#define SVG_LINE      "var(--fig-line, #56687a)"
#define SVG_ZONE      "var(--fig-zone, #f3f6f9)"
#define SVG_ZONE_ALT  "var(--fig-zone-alt, #e8eef3)"
#define SVG_EDGE      "var(--fig-edge, #a9b7c4)"
#define SVG_BOX       "var(--fig-box, #ffffff)"
#define SVG_ACCENT    "var(--fig-accent, #1d5a86)"
#define SVG_ON_ACCENT "var(--fig-on-accent, #ffffff)"
#define SVG_ALERT     "var(--fig-alert, #b3261e)"
#define SVG_ON_ALERT  "var(--fig-on-alert, #ffffff)"

/* How a shape is drawn. NULL: no fill, no stroke, no dashes. Width in px. */
struct pen {
    const char *fill, *stroke;
    double width;
    const char *dash;
};

struct point {
    double x, y;
};

enum anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };

/*
 * Opens the element; width and height of its contents in px. `name` becomes the class
 * "figure figure-NAME". Title and description are escaped here.
 */
void svg_open(struct buf *out, const char *name, double width, double height,
              const char *title, const char *description, enum lang lang);
void svg_close(struct buf *out);

/*
 * Opens a picture that is a file of its own: declared, of a fixed size, in both
 * attributes of language, with a ground. Title and description as in svg_open; without
 * a title (NULL) both are to come from what follows.
 */
void svg_open_file(struct buf *out, double width, double height, const char *title,
                   const char *description, enum lang lang);

/* A picture that svg_open and svg_close have written. */
struct svg_seen {
    const char *name; // after "figure-"; `name_len` bytes
    size_t name_len;
    double width, height;
    const char *inside; // from its title on; `inside_len` bytes
    size_t inside_len;
};

/* Looks at one: 1, or 0 if it is none (a logo, say). */
int svg_look(const char *svg, struct svg_seen *seen);

/* The first number that an attribute of the start tag has (" width"), or 0. */
double svg_size(const char *svg, const char *name);

/* What is inside of one, as a group whose upper left corner is at x, y. */
void svg_put(struct buf *out, const struct svg_seen *seen, double x, double y);

/* Opens <g data-KIND="id"><title>..</title>; without kind, or title, leaves them out.
 */
void svg_group(struct buf *out, const char *kind, const char *id, const char *title);
void svg_group_end(struct buf *out);

void svg_rect(struct buf *out, double x, double y, double width, double height,
              double radius, struct pen pen);
void svg_circle(struct buf *out, double x, double y, double radius, struct pen pen);
void svg_polygon(struct buf *out, const struct point *points, size_t n, struct pen pen);
void svg_line(struct buf *out, double x1, double y1, double x2, double y2,
              struct pen pen);

/* Path data as a literal, moved to x, y. */
void svg_icon(struct buf *out, const char *path, double x, double y, struct pen pen);

/* A Bezier path: first point, then three for each piece. */
void svg_spline(struct buf *out, const struct point *points, size_t n, struct pen pen);

/* A line through points with corners rounded by radius. */
void svg_route(struct buf *out, const struct point *points, size_t n, double radius,
               struct pen pen);

/* A filled arrow head whose tip is at `tip`, coming from `from`. */
void svg_arrow(struct buf *out, struct point from, struct point tip, double length,
               const char *colour);

/* One line of text; y is the baseline. */
void svg_text(struct buf *out, double x, double y, double size, int bold,
              enum anchor anchor, const char *colour, const char *text);

/* A label; y is its upper end. */
void svg_label(struct buf *out, double x, double y, enum anchor anchor,
               const char *colour, const struct label *label);

/*
 * Appends a picture for programs that know no custom properties: each
 * ="var(--fig-NAME, COLOUR)" becomes ="COLOUR".
 */
void svg_plain_colours(const char *svg, struct buf *out);

/* A number as SVG has it, in tenths. */
void svg_number(struct buf *out, double value);
#endif
