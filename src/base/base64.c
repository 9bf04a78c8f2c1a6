// SPDX-License-Identifier: Apache-2.0
/* Base64; see base64.h. */
#include "base/base64.h"

#include <stdint.h>
#include <string.h>

static const char digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_put(struct buf *out, const void *bytes, size_t len)
{
    const uint8_t *p = bytes;
    for (size_t i = 0; i < len; i += 3) {
        uint32_t bits = (uint32_t)p[i] << 16;
        if (i + 1 < len) bits |= (uint32_t)p[i + 1] << 8;
        if (i + 2 < len) bits |= p[i + 2];
        buf_char(out, digits[bits >> 18]);
        buf_char(out, digits[bits >> 12 & 63]);
        buf_char(out, i + 1 < len ? digits[bits >> 6 & 63] : '=');
        buf_char(out, i + 2 < len ? digits[bits & 63] : '=');
    }
}

/* The bits of four characters, the padding as zeros; -1 if one is no digit. */
static int64_t bits_of(const char *text, size_t n_padding)
{
    int64_t bits = 0;
    for (size_t i = 0; i < 4; i++) {
        const char *digit =
            i < 4 - n_padding && text[i] ? strchr(digits, text[i]) : NULL;
        if (i < 4 - n_padding && digit == NULL) return -1;
        bits = bits << 6 | (digit ? digit - digits : 0);
    }
    return bits;
}

int base64_take(struct buf *out, const char *text, size_t len)
{
    size_t start = out->len;
    if (len % 4 != 0) return -1;
    for (size_t i = 0; i < len; i += 4) {
        size_t n_padding = i + 4 < len          ? 0
                           : text[i + 3] != '=' ? 0
                           : text[i + 2] != '=' ? 1
                                                : 2;
        int64_t bits = bits_of(text + i, n_padding);
        if (bits < 0) {
            out->len = start;
            if (out->data) out->data[start] = '\0';
            return -1;
        }
        for (size_t k = 0; k < 3 - n_padding; k++)
            buf_char(out, (char)(bits >> (16 - 8 * k) & 0xff));
    }
    return 0;
}
