// SPDX-License-Identifier: Apache-2.0
/*
 * Pictures as dots; see raster.h. The only file that knows of librsvg and cairo: their
 * headers would want some sixty packages, for twelve calls that have not changed in
 * years, so the calls are declared here as the libraries' documentation has them.
 */
#include "page/raster.h"

#include <math.h>
#include <stdint.h>

#include "base/library.h"

struct rectangle {
    double x, y, width, height;
};

typedef int write_bytes(void *context, const unsigned char *bytes, unsigned len);

/* Handles, surfaces and contexts are the libraries'; errors are not asked for. */
struct calls {
    void *(*rsvg_handle_new_from_data)(const uint8_t *data, size_t len, void **error);
    int (*rsvg_handle_render_document)(void *handle, void *cairo,
                                       const struct rectangle *where, void **error);
    void (*g_object_unref)(void *object);
    void *(*cairo_image_surface_create)(int format, int width, int height);
    int (*cairo_surface_status)(void *surface);
    int (*cairo_surface_write_to_png_stream)(void *surface, write_bytes *write,
                                             void *context);
    void (*cairo_surface_destroy)(void *surface);
    void *(*cairo_create)(void *surface);
    int (*cairo_status)(void *cairo);
    void (*cairo_set_source_rgb)(void *cairo, double red, double green, double blue);
    void (*cairo_paint)(void *cairo);
    void (*cairo_destroy)(void *cairo);
};

/* 1 if all are there. */
static int load(struct calls *lib)
{
#define CALL(name)                                                                     \
    {                                                                                  \
#name, &lib->name                                                              \
    }
    const struct library_call rsvg[] = {CALL(rsvg_handle_new_from_data),
                                        CALL(rsvg_handle_render_document)};
    const struct library_call object[] = {CALL(g_object_unref)};
    const struct library_call cairo[] = {
        CALL(cairo_image_surface_create),
        CALL(cairo_surface_status),
        CALL(cairo_surface_write_to_png_stream),
        CALL(cairo_surface_destroy),
        CALL(cairo_create),
        CALL(cairo_status),
        CALL(cairo_set_source_rgb),
        CALL(cairo_paint),
        CALL(cairo_destroy),
    };
#undef CALL
    return LIBRARY_LOAD("librsvg-2.so.2", rsvg) &&
           LIBRARY_LOAD("libgobject-2.0.so.0", object) &&
           LIBRARY_LOAD("libcairo.so.2", cairo);
}

static int add_bytes(void *context, const unsigned char *bytes, unsigned len)
{
    buf_add(context, (const char *)bytes, len);
    return 0;
}

/* Draws on a surface, as on paper, and writes that; 1 if it went well. */
static int draw(const struct calls *lib, void *surface, void *svg,
                const struct rectangle *whole, struct buf *out)
{
    void *cairo = lib->cairo_create(surface);
    size_t before = out->len;
    lib->cairo_set_source_rgb(cairo, 1, 1, 1);
    lib->cairo_paint(cairo);
    int good = lib->rsvg_handle_render_document(svg, cairo, whole, NULL) &&
               lib->cairo_status(cairo) == 0;
    lib->cairo_destroy(cairo);
    good = good && lib->cairo_surface_write_to_png_stream(surface, add_bytes, out) == 0;
    if (!good) out->len = before;
    return good;
}

enum raster_end raster_png(const char *svg, size_t len, double width, double height,
                           double scale, struct buf *out, double *done)
{
    enum { RGB24 = 1 };
    struct calls calls, *lib = &calls;
    if (!load(lib)) return RASTER_ABSENT;
    double side = fmax(width, height);
    if (!(width > 0 && height > 0 && isfinite(side))) return RASTER_FAILED;
    scale = fmin(scale, RASTER_MOST / side);
    const struct rectangle whole = {0, 0, fmax(1, floor(width * scale)),
                                    fmax(1, floor(height * scale))};
    void *handle = lib->rsvg_handle_new_from_data((const uint8_t *)svg, len, NULL);
    if (handle == NULL) return RASTER_FAILED;
    void *surface =
        lib->cairo_image_surface_create(RGB24, (int)whole.width, (int)whole.height);
    int good = lib->cairo_surface_status(surface) == 0 &&
               draw(lib, surface, handle, &whole, out);
    lib->cairo_surface_destroy(surface);
    lib->g_object_unref(handle);
    if (done) *done = scale;
    return good ? RASTER_DONE : RASTER_FAILED;
}
