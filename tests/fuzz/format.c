/* SPDX-License-Identifier: Apache-2.0
 *
 * Feeds bytes as a text to be formatted. Whatever they are: what is done is read, stays
 * as it is when formatted again, and is what the edits make of the text, which take
 * nothing but white space; what is not done leaves nothing.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/yaml.h"
#include "lsp/format.h"

static int format(const char *text, size_t len, struct buf *out)
{
    struct diag_list d = {0};
    int file = yaml_text(&d, "text", text, len);
    int is_done = file >= 0 && format_file(&d, (uint32_t)file, out);
    if (is_done == (d.n_errors > 0) || (!is_done && out->len)) abort();
    diag_fini(&d);
    return is_done;
}

static void demand_same(const struct buf *a, const struct buf *b)
{
    if (a->len != b->len || memcmp(buf_text(a), buf_text(b), a->len) != 0) abort();
}

static void demand_white(const char *text, struct span at)
{
    for (; at.from < at.to; at.from++)
        if (strchr(" \t\r\n", text[at.from]) == NULL) abort();
}

static void demand_edits(const char *text, size_t len, const struct buf *formatted)
{
    size_t n, at = 0;
    struct buf made = {0};
    struct format_edit *edits = format_edits(text, len, formatted, &n);
    for (size_t i = 0; i < n; i++) {
        if (edits[i].was.from < at || edits[i].was.to > len) abort();
        demand_white(text, edits[i].was);
        demand_white(formatted->data, edits[i].is);
        buf_add(&made, text + at, edits[i].was.from - at);
        buf_add(&made, formatted->data + edits[i].is.from,
                edits[i].is.to - edits[i].is.from);
        at = edits[i].was.to;
    }
    buf_add(&made, text + at, len - at);
    demand_same(&made, formatted);
    free(edits);
    buf_fini(&made);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct buf once = {0}, twice = {0};
    if (len > 65536) return 0;
    char *text = mem_alloc(len + 1);
    if (len) memcpy(text, bytes, len);
    if (format(text, len, &once)) {
        demand_edits(text, len, &once);
        if (!format(once.data, once.len, &twice)) abort();
        demand_same(&once, &twice);
    }
    buf_fini(&once);
    buf_fini(&twice);
    free(text);
    return 0;
}
