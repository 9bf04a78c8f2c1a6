// SPDX-License-Identifier: Apache-2.0
/* A QR code as SVG, by libqrencode if it is there: without it the page says the same in
 * letters. Dark modules of a row that touch are one rectangle. */
#include <qrencode.h>
#include <string.h>

#include "base/library.h"
#include "web/web_int.h"

static void put_row(struct buf *out, const unsigned char *row, int width, int y)
{
    enum { QUIET = 4 }; // modules around the code
    for (int x = 0; x < width;) {
        int from = x;
        while (x < width && (row[x] & 1))
            x++;
        if (x > from)
            buf_printf(out, "M%d %dh%dv1h-%dz", from + QUIET, y + QUIET, x - from,
                       x - from);
        else
            x++;
    }
}

static void put_svg(struct buf *out, const QRcode *code)
{
    int size = code->width + 8;
    buf_printf(out,
               "<svg class=\"qr\" viewBox=\"0 0 %d %d\" role=\"img\" "
               "aria-label=\"QR\" shape-rendering=\"crispEdges\">"
               "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>"
               "<path fill=\"#000\" d=\"",
               size, size, size, size);
    for (int y = 0; y < code->width; y++)
        put_row(out, code->data + y * code->width, code->width, y);
    buf_str(out, "\"/></svg>\n");
}

void access_qr(struct buf *out, const char *text)
{
    __typeof__(QRcode_encodeString8bit) *encode = NULL;
    __typeof__(QRcode_free) *give_back = NULL;
    const struct library_call calls[] = {
        {"QRcode_encodeString8bit", &encode   },
        {"QRcode_free",             &give_back}
    };
    if (!LIBRARY_LOAD("libqrencode.so.4", calls)) return;
    QRcode *code = encode(text, 0, QR_ECLEVEL_M);
    if (code) {
        put_svg(out, code);
        give_back(code);
    }
}
