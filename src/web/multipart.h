// SPDX-License-Identifier: Apache-2.0
#ifndef WEB_MULTIPART_H
#define WEB_MULTIPART_H
/*
 * Forms with files: multipart/form-data (RFC 7578), as browsers send it, and no more of
 * MIME than that. Pure: bytes in, parts or a refusal out; the parts' bytes are those of
 * the body, which must outlive them. tests/fuzz/multipart.c feeds it.
 */
#include <stddef.h>

#include "base/mem.h"

enum {
    MULTIPART_MOST_PARTS = 16,
    MULTIPART_BOUNDARY = 71,     // characters of a boundary, and the NUL
    MULTIPART_HEAD_BYTES = 1024, // of the headers of a part
    MULTIPART_NAME_BYTES = 255,
};

struct multipart_part {
    const char *name;  // of the field: UTF-8, in the arena
    const char *file;  // its name without folders; NULL: a field that is no file
    const char *bytes; // not NUL-terminated
    size_t len;
};
struct multipart {
    struct multipart_part parts[MULTIPART_MOST_PARTS];
    size_t n;
};

/* The boundary that a Content-Type header of this type names: 0, or -1 if it is of
 * another type, or has none, or one of other characters than those of RFC 2046. */
int multipart_boundary(const char *content_type, char boundary[MULTIPART_BOUNDARY]);

/*
 * Reads a body. 0, or -1 if it is malformed: something before the first boundary or
 * after the last, a part without a name or with the name of another, headers other than
 * Content-Disposition and Content-Type, a name that is not UTF-8, more parts than there
 * may be.
 */
int multipart_read(const char *body, size_t len, const char *boundary, struct arena *a,
                   struct multipart *out);

/* The part of that name, or NULL. */
const struct multipart_part *multipart_find(const struct multipart *m,
                                            const char *name);

/* What a part has as text in the arena: "" if there is no such part, NULL if it is not
 * UTF-8 or has a NUL in it. Line ends are made "\n". */
const char *multipart_text(const struct multipart *m, const char *name,
                           struct arena *a);
#endif
