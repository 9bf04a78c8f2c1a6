// SPDX-License-Identifier: Apache-2.0
#ifndef EXCHANGE_LOGO_H
#define EXCHANGE_LOGO_H
/*
 * A logo from bytes as one SVG element for a page. A PNG is checked chunk by chunk and
 * put in as it is. An SVG is written anew from the shapes, paints and texts that are
 * known to do nothing but draw: scripts, links, styles, animation, images and whatever
 * lies outside are not there to be written, and are told. Its ids begin with "logo-",
 * so that they meet none of the page's.
 */
#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"

enum {
    LOGO_MOST_BYTES = 512 << 10,
    LOGO_MOST_PIXELS = 4096, // a side of a PNG
    LOGO_MOST_ELEMENTS = 4000,
    LOGO_MOST_DEPTH = 32,
    LOGO_WIDTH = 240, // px that it is fitted into
    LOGO_HEIGHT = 72,
};

enum logo_end {
    LOGO_DONE,
    LOGO_LARGE,   // beyond a limit
    LOGO_UNKNOWN, // neither PNG nor SVG
    LOGO_BROKEN,  // not well formed, or of no size
};

struct logo {
    struct buf svg;     // the element; empty but for LOGO_DONE
    int is_raster;      // a PNG within: the page must let data: images through
    unsigned n_dropped; // elements and attributes of an SVG that were left out
};

/* `name` is what the picture is of, for those who do not see it. Free with logo_fini.
 */
enum logo_end logo_read(struct logo *l, const void *bytes, size_t len,
                        const char *name);
void logo_fini(struct logo *l);
#endif
