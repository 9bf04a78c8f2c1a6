// SPDX-License-Identifier: Apache-2.0
#ifndef TESTS_TOOLS_SVG_H
#define TESTS_TOOLS_SVG_H
/* Reading the SVG that the figures write; for their tests. Include it after unit.h. */
#include <stdlib.h>

#include "page/figure_text.h"

/* Length of a well-formed entity at s, or 0. */
static inline size_t entity(const char *s)
{
    static const char *const known[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strncmp(s, known[i], strlen(known[i])) == 0) return strlen(known[i]);
    return 0;
}

/* Skips the attributes of a tag from s to its end in *s; what is wrong, or NULL. */
static inline const char *skip_attributes(const char **s)
{
    const char *wrong = NULL;
    int quoted = 0;

    for (; **s && (quoted || (**s != '>' && **s != '/')); ++*s) {
        if (**s == '"') quoted = !quoted;
        if (quoted && **s == '<') wrong = "< in an attribute";
        if (quoted && **s == '&' && !entity(*s)) wrong = "bare & in an attribute";
    }
    return wrong;
}

/* NULL if text is one well-formed XML element of the simple kind we write, else why
 * not. */
static inline const char *malformed(const char *text)
{
    char stack[32][16];
    int depth = 0, closed = 0;

    if (text_valid(text, strlen(text)) != strlen(text)) return "broken UTF-8";
    for (const char *s = text; *s; s++) {
        if ((unsigned char)*s < 0x20 && *s != '\n') return "control character";
        if (*s == '&') {
            if (!entity(s)) return "bare &";
            s += entity(s) - 1;
        }
        if (*s == '>') return "bare >";
        if (*s != '<') {
            if (depth == 0 && *s != '\n') return "text outside the root";
            continue;
        }
        int closing = s[1] == '/';
        const char *name = s + 1 + closing;
        size_t len = strcspn(name, " />");
        if (len == 0 || len >= sizeof stack[0]) return "name of a tag";
        if (depth == 0 && closed) return "second root";
        s = name + len;
        const char *wrong = skip_attributes(&s);
        if (wrong) return wrong;
        if (closing) {
            if (depth == 0 || strncmp(stack[depth - 1], name, len) != 0)
                return "nesting";
            depth--;
        } else if (*s != '/') {
            if (depth == 32) return "too deep";
            snprintf(stack[depth++], sizeof stack[0], "%.*s", (int)len, name);
        }
        if (*s == '/') s++;
        if (*s != '>') return "end of a tag";
        closed = depth == 0;
    }
    return depth == 0 && closed ? NULL : "not closed";
}

static inline double attribute(const char *tag, const char *name)
{
    char key[32];
    const char *end = strchr(tag, '>');

    snprintf(key, sizeof key, " %s=\"", name);
    const char *at = strstr(tag, key);
    return at && at < end ? strtod(at + strlen(key), NULL) : -1e9;
}

/* Where the next group of a kind begins, from s on; its id goes to id. */
static inline const char *next_group(const char *s, const char *kind, char id[80])
{
    char key[40];

    snprintf(key, sizeof key, "<g data-%s=\"", kind);
    s = strstr(s, key);
    if (!s) return NULL;
    const char *start = s + strlen(key);
    snprintf(id, 80, "%.*s", (int)strcspn(start, "\""), start);
    return start;
}

static inline int has_group(const char *svg, const char *kind, const char *id)
{
    char found[80];

    for (const char *s = svg; (s = next_group(s, kind, found)) != NULL;)
        if (strcmp(found, id) == 0) return 1;
    return 0;
}

static inline int n_groups(const char *svg, const char *kind)
{
    char id[80];
    int n = 0;

    for (const char *s = svg; (s = next_group(s, kind, id)) != NULL;)
        n++;
    return n;
}

struct rect {
    double x0, y0, x1, y1;
};

static inline struct rect rect_of(const char *tag)
{
    double x = attribute(tag, "x"), y = attribute(tag, "y");

    return (struct rect){x, y, x + attribute(tag, "width"),
                         y + attribute(tag, "height")};
}

static inline int overlap(struct rect a, struct rect b)
{
    return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

/* The first rectangles of all groups of a kind. */
static inline size_t find_boxes(const char *svg, const char *kind, struct rect *boxes,
                                size_t max)
{
    char id[80];
    size_t n = 0;

    for (const char *s = svg; n < max && (s = next_group(s, kind, id)) != NULL;)
        boxes[n++] = rect_of(strstr(s, "<rect"));
    return n;
}

/* Width of escaped text up to the next tag. */
static inline double escaped_width(const char *s, double size)
{
    double width = 0;

    while (*s && *s != '<') {
        size_t used = entity(s), len = used;
        if (!used) text_decode(s, strlen(s), &len);
        // entities stand for one narrow character
        width += used ? 0.57 * size : figure_text_width(s, len, size, 0) / 1.02;
        s += len;
    }
    return width;
}

/* Widest line of text in the group that starts at s. */
static inline double widest_text(const char *s)
{
    const char *end = strstr(s, "</g>");
    double widest = 0;

    for (const char *t = s; (t = strstr(t, "<text")) != NULL && t < end; t++) {
        double size = attribute(t, "font-size");
        const char *close = strstr(t, "</text>");
        for (const char *p = strchr(t, '>'); p && p < close; p = strchr(p + 1, '>')) {
            double width = escaped_width(p + 1, size);
            if (width > widest) widest = width;
        }
    }
    return widest;
}

static inline void check_form(int line, const char *name, const char *svg)
{
    const char *why = malformed(svg);
    char text[160];

    if (!why && strncmp(svg, "<svg ", 5) != 0) why = "does not begin with <svg";
    if (!why && !strstr(svg, "role=\"img\"")) why = "no role";
    if (!why && (!strstr(svg, "<title>") || !strstr(svg, "<desc>"))) why = "no title";
    snprintf(text, sizeof text, "%s: %s", name, why ? why : "");
    unit_check(__FILE__, line, why == NULL, text);
}

#define CHECK_FORM(name, svg) check_form(__LINE__, name, svg)
#endif
