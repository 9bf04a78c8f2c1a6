// SPDX-License-Identifier: Apache-2.0
/*
 * Pictures as dots. Without librsvg there is nothing to test but that it is said; which
 * of both it was, is printed.
 */
#include <math.h>
#include <string.h>

#include "page/raster.h"
#include "unit.h"

#define SVG(inside)                                                                    \
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"10\" "            \
    "viewBox=\"0 0 20 10\">" inside "</svg>"

/* The width or height that a PNG states, big end first. */
static unsigned side(const struct buf *png, size_t at)
{
    const unsigned char *b = (const unsigned char *)png->data + at;
    return (unsigned)b[0] << 24 | (unsigned)b[1] << 16 | (unsigned)b[2] << 8 | b[3];
}

static enum raster_end raster(const char *svg, double width, double height,
                              double scale, struct buf *out)
{
    return raster_png(svg, strlen(svg), width, height, scale, out, NULL);
}

static int is_there(void)
{
    struct buf out = {0};
    enum raster_end end = raster(SVG(""), 20, 10, 1, &out);
    if (end == RASTER_ABSENT) CHECK_INT(out.len, 0);
    if (end == RASTER_ABSENT) printf("# librsvg is not installed\n");
    buf_fini(&out);
    return end != RASTER_ABSENT;
}

static void test_size(void)
{
    struct buf out = {0};
    double done = 0;
    const char *svg = SVG("<rect width=\"20\" height=\"10\" fill=\"#fff\"/>");
    if (!is_there()) return;
    for (unsigned scale = 1; scale <= 3; scale++) {
        out.len = 0;
        CHECK_INT(raster(svg, 20, 10, scale, &out), RASTER_DONE);
        REQUIRE(out.len > 24 && memcmp(out.data, "\x89PNG\r\n\x1a\n", 8) == 0);
        CHECK_INT(side(&out, 16), 20 * scale);
        CHECK_INT(side(&out, 20), 10 * scale);
    }
    out.len = 0;
    CHECK_INT(raster_png(svg, strlen(svg), 20, 10, 1e6, &out, &done), RASTER_DONE);
    CHECK_INT(side(&out, 16), RASTER_MOST);
    CHECK_INT(side(&out, 20), RASTER_MOST / 2);
    CHECK(done == RASTER_MOST / 20.0);
    buf_fini(&out);
}

/* What is drawn is seen, and twice the same. */
static void test_drawn(void)
{
    struct buf empty = {0}, once = {0}, twice = {0};
    const char *drawn = SVG("<circle cx=\"9\" cy=\"5\" r=\"4\" fill=\"#14577a\"/>");
    if (!is_there()) return;
    CHECK_INT(raster(SVG(""), 20, 10, 4, &empty), RASTER_DONE);
    CHECK_INT(raster(drawn, 20, 10, 4, &once), RASTER_DONE);
    CHECK_INT(raster(drawn, 20, 10, 4, &twice), RASTER_DONE);
    CHECK(once.len == twice.len && memcmp(once.data, twice.data, once.len) == 0);
    CHECK(once.len != empty.len || memcmp(once.data, empty.data, once.len) != 0);
    buf_fini(&empty);
    buf_fini(&once);
    buf_fini(&twice);
}

static void test_wrong(void)
{
    static const double sizes[][2] = {
        {0,                10},
        {20,               -1},
        {(double)INFINITY, 10},
        {(double)NAN,      10}
    };
    static const char *const texts[] = {"", "<svg", "no picture at all", "<html/>"};
    struct buf out = {0};
    if (!is_there()) return;
    buf_str(&out, "before");
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        CHECK_INT(raster(SVG(""), sizes[i][0], sizes[i][1], 1, &out), RASTER_FAILED);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        CHECK_INT(raster(texts[i], 20, 10, 1, &out), RASTER_FAILED);
    CHECK_STR(buf_text(&out), "before");
    buf_fini(&out);
}

int main(void)
{
    RUN(test_size);
    RUN(test_drawn);
    RUN(test_wrong);
    return UNIT_RESULT();
}
