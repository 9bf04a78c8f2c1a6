/* SPDX-License-Identifier: Apache-2.0
 *
 * Feeds bytes to the reader of forms with files: the first line is the header that
 * names the boundary, the rest the body. Parts lie in the body, one after the other,
 * each with a name of its own; no file's name has a folder in it.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "web/multipart.h"

static void look_at(const struct multipart *m, const char *body, size_t len,
                    struct arena *a)
{
    const char *before = body;
    for (size_t i = 0; i < m->n; i++) {
        const struct multipart_part *p = &m->parts[i];
        assert(p->bytes >= before && p->bytes + p->len <= body + len);
        before = p->bytes + p->len;
        assert(p->name[0] && text_valid(p->name, strlen(p->name)) == strlen(p->name));
        assert(p->file == NULL || strpbrk(p->file, "/\\") == NULL);
        assert(multipart_find(m, p->name) == p);
        const char *text = multipart_text(m, p->name, a);
        assert(text == NULL || strlen(text) <= p->len);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena a = {0};
    struct multipart m;
    char boundary[MULTIPART_BOUNDARY];
    char *text = malloc(len + 1);
    if (len) memcpy(text, bytes, len);
    text[len] = '\0';
    char *line = memchr(text, '\n', len);
    const char *body = line ? line + 1 : text + len;
    size_t n = (size_t)(text + len - body);
    if (line) *line = '\0';
    if (multipart_boundary(text, boundary) == 0 &&
        multipart_read(body, n, boundary, &a, &m) == 0)
        look_at(&m, body, n, &a);
    arena_fini(&a);
    free(text);
    return 0;
}
