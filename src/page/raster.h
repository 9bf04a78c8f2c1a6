// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_RASTER_H
#define PAGE_RASTER_H
/*
 * A picture as dots, for files that hold no SVG: by librsvg, which is loaded when it is
 * needed, with the fonts of the machine.
 */
#include "base/buf.h"

enum raster_end {
    RASTER_DONE,
    RASTER_ABSENT, // the library is not installed
    RASTER_FAILED, // the picture is not one, or there was no memory for it
};

/* Dots a side that a picture may have; a larger one is made with fewer dots for each
 * of its units. */
enum { RASTER_MOST = 4096 };

/*
 * Appends a picture of width x height units to `out` as PNG, with `scale` dots a unit
 * (above 0), or fewer. `svg` is a file of its own, without custom properties. Nothing
 * is appended unless the end is RASTER_DONE. *done, which may be NULL, is what was used
 * as scale.
 */
enum raster_end raster_png(const char *svg, size_t len, double width, double height,
                           double scale, struct buf *out, double *done);
#endif
