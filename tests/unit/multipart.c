/* SPDX-License-Identifier: Apache-2.0
 *
 * Forms with files: what browsers send is read as it was sent, and whatever is not
 * quite that is refused.
 */
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "unit.h"
#include "web/multipart.h"

#define HEAD(name) "Content-Disposition: form-data; name=\"" name "\""

static int reads(const char *body, struct arena *a, struct multipart *m)
{
    return multipart_read(body, strlen(body), "B", a, m) == 0;
}

/* What a part has, for comparing. */
static const char *bytes_of(const struct multipart *m, const char *name,
                            struct arena *a)
{
    const struct multipart_part *p = multipart_find(m, name);
    return p ? arena_strn(a, p->bytes, p->len) : "(none)";
}

static void test_boundary(void)
{
    static const struct {
        const char *type, *boundary;
    } rows[] = {
        {"multipart/form-data; boundary=----WebKitFormBoundaryAbC1",
         "----WebKitFormBoundaryAbC1"                                    },
        {"multipart/form-data;boundary=\"a b\"",                     NULL},
        {"Multipart/Form-Data; Boundary=\"ab\"",                     "ab"},
        {"multipart/form-data; boundary=",                           NULL},
        {"multipart/form-data; boundary=\"ab",                       NULL},
        {"multipart/form-data; boundary=ab; charset=utf-8",          NULL},
        {"multipart/form-data",                                      NULL},
        {"multipart/mixed; boundary=ab",                             NULL},
        {NULL,                                                       NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char boundary[MULTIPART_BOUNDARY] = "";
        int found = multipart_boundary(rows[i].type, boundary) == 0;
        CHECK(found == (rows[i].boundary != NULL));
        if (found) CHECK_STR(boundary, rows[i].boundary);
    }
}

static void test_parts_are_as_they_were_sent(void)
{
    static const char body[] = "--B\r\n" HEAD(
        "why") "\r\n\r\none\r\ntwo\r\n"
               "--B\r\n" HEAD(
                   "file") "; filename=\"C:\\fakepath\\a.xlsx\"\r\n"
                           "content-type: x/y\r\n\r\n\r\n--\r\n--C\r\n\r\n"
                           "--B\r\n" HEAD(
                               "none") "; filename=\"\"\r\n\r\n\r\n--B--\r\n";
    struct arena a = {0};
    struct multipart m;
    CHECK(reads(body, &a, &m) && m.n == 3);
    CHECK_STR(bytes_of(&m, "why", &a), "one\r\ntwo");
    CHECK_STR(multipart_text(&m, "why", &a), "one\ntwo");
    CHECK(multipart_find(&m, "why")->file == NULL);
    CHECK_STR(bytes_of(&m, "file", &a), "\r\n--\r\n--C\r\n");
    CHECK_STR(multipart_find(&m, "file")->file, "a.xlsx");
    CHECK_STR(bytes_of(&m, "none", &a), "");
    CHECK_STR(multipart_find(&m, "none")->file, "");
    CHECK_STR(multipart_text(&m, "nosuch", &a), "");
    arena_fini(&a);
}

static void test_the_rest_is_refused(void)
{
    static const char *const bodies[] = {
        "",
        "--B",
        "--B\r\n",
        "x--B\r\n" HEAD("a") "\r\n\r\n1\r\n--B--",
        "\r\n--B\r\n" HEAD("a") "\r\n\r\n1\r\n--B--",
        "--B\r\n" HEAD("a") "\r\n\r\n1\r\n--B--\r\nmore",
        "--B\r\n" HEAD("a") "\r\n\r\n1\r\n--B",
        "--B\r\n" HEAD("a") "\r\n\r\n1\r\n--Bx\r\n",
        "--B\r\n" HEAD("a") "\r\n\r\n1\n--B--",
        "--B\r\n" HEAD("a") "\r\n\r\n1\r\n--B\r\n" HEAD("a") "\r\n\r\n2\r\n--B--",
        "--B\r\n" HEAD("") "\r\n\r\n1\r\n--B--",
        "--B\r\n" HEAD("a") "; size=1\r\n\r\n1\r\n--B--",
        "--B\r\n" HEAD("a") "\r\n" HEAD("b") "\r\n\r\n1\r\n--B--",
        "--B\r\nContent-Type: x/y\r\n\r\n1\r\n--B--",
        "--B\r\n" HEAD("a") "\r\nX-More: 1\r\n\r\n1\r\n--B--",
        "--B\r\n" HEAD("\xff") "\r\n\r\n1\r\n--B--",
    };
    struct arena a = {0};
    struct multipart m;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        CHECK(!reads(bodies[i], &a, &m));
    arena_fini(&a);
}

static void test_text_is_text(void)
{
    static const char body[] = "--B\r\n" HEAD("a") "\r\n\r\n\xff\r\n--B--";
    struct arena a = {0};
    struct multipart m;
    CHECK(reads(body, &a, &m));
    CHECK(multipart_text(&m, "a", &a) == NULL);
    arena_fini(&a);
}

static void test_more_parts_than_there_may_be(void)
{
    struct arena a = {0};
    struct multipart m;
    struct buf body = {0};
    for (int i = 0; i <= MULTIPART_MOST_PARTS; i++) {
        if (i == MULTIPART_MOST_PARTS) {
            buf_str(&body, "--B--");
            CHECK(reads(buf_text(&body), &a, &m));
            body.len -= 5;
        }
        buf_printf(&body,
                   "--B\r\nContent-Disposition: form-data; name=\"f%d\"\r\n\r\n\r\n",
                   i);
    }
    buf_str(&body, "--B--");
    CHECK(!reads(buf_text(&body), &a, &m));
    buf_fini(&body);
    arena_fini(&a);
}

int main(void)
{
    RUN(test_boundary);
    RUN(test_parts_are_as_they_were_sent);
    RUN(test_the_rest_is_refused);
    RUN(test_text_is_text);
    RUN(test_more_parts_than_there_may_be);
    return UNIT_RESULT();
}
