/* SPDX-License-Identifier: Apache-2.0
 *
 * Feeds three texts, parted by bytes of 0, to the merge of saved models: the parts of
 * each text, in their order, must be that text, and whatever is chosen is written. Then
 * to what joins them as models: it writes all or nothing.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "web/join.h"
#include "web/merge.h"

static void demand_whole(const struct merge *m, size_t offset, const char *text)
{
    size_t at = 0, len = strlen(text);
    for (size_t i = 0; i < m->n; i++) {
        const struct lines_of *part =
            (const struct lines_of *)(const void *)((const char *)&m->parts[i] +
                                                    offset);
        if (at + part->len > len || memcmp(text + at, part->text, part->len) != 0)
            abort();
        at += part->len;
    }
    if (at != len) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena a = {0};
    struct buf out = {0};
    const char *texts[3] = {"", "", ""};
    char *copy = arena_strn(&a, (const char *)bytes, len);
    size_t at = 0;
    for (size_t i = 0; i < 3 && at <= len; i++) {
        texts[i] = copy + at;
        at += strlen(copy + at) + 1;
    }
    struct merge m = merge_texts(&a, texts[0], texts[1], texts[2]);
    demand_whole(&m, offsetof(struct merge_part, base), texts[0]);
    demand_whole(&m, offsetof(struct merge_part, mine), texts[1]);
    demand_whole(&m, offsetof(struct merge_part, theirs), texts[2]);
    merge_write(&m, "mtb", &out);
    out.len = 0;
    const struct join join = {.base = texts[0], .mine = texts[1], .theirs = texts[2]};
    if (join_texts(&join, &out) == 0 && out.len) abort();
    buf_fini(&out);
    arena_fini(&a);
    return 0;
}
