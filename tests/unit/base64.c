/* SPDX-License-Identifier: Apache-2.0
 *
 * Bytes as text: the examples of RFC 4648, all bytes there and back, and what is no
 * base64.
 */
#include <string.h>

#include "base/base64.h"
#include "unit.h"

static void test_examples(void)
{
    static const char *const rows[][2] = {
        {"",       ""        },
        {"f",      "Zg=="    },
        {"fo",     "Zm8="    },
        {"foo",    "Zm9v"    },
        {"foob",   "Zm9vYg=="},
        {"foobar", "Zm9vYmFy"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf out = {0}, back = {0};
        base64_put(&out, rows[i][0], strlen(rows[i][0]));
        CHECK_STR(buf_text(&out), rows[i][1]);
        CHECK(base64_take(&back, buf_text(&out), out.len) == 0);
        CHECK_STR(buf_text(&back), rows[i][0]);
        buf_fini(&out);
        buf_fini(&back);
    }
}

static void test_all_bytes_come_back(void)
{
    unsigned char bytes[259];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(i * 37);
    for (size_t n = sizeof bytes - 3; n <= sizeof bytes; n++) {
        struct buf out = {0}, back = {0};
        base64_put(&out, bytes, n);
        CHECK(base64_take(&back, buf_text(&out), out.len) == 0 && back.len == n);
        CHECK(memcmp(back.data, bytes, n) == 0);
        buf_fini(&out);
        buf_fini(&back);
    }
}

static void test_the_rest_is_refused(void)
{
    static const char *const texts[] = {
        "Z", "Zg=", "Zg==Zg==", "Z===", "Zm9v\n", "Zm-v", "====", "Zm9vZ*8="};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct buf out = {0};
        buf_str(&out, "x");
        CHECK(base64_take(&out, texts[i], strlen(texts[i])) == -1);
        CHECK_STR(buf_text(&out), "x");
        buf_fini(&out);
    }
}

int main(void)
{
    RUN(test_examples);
    RUN(test_all_bytes_come_back);
    RUN(test_the_rest_is_refused);
    return UNIT_RESULT();
}
