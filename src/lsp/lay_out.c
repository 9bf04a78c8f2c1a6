// SPDX-License-Identifier: Apache-2.0
/* textDocument/formatting: what format.h makes of a text, as edits of lines. The layout
 * is ours alone, so the client's wishes (tabs, columns) are passed over. */
#include <stdlib.h>

#include "base/yaml.h"
#include "lsp/format.h"
#include "lsp/lsp_int.h"

/* Why a text was not formatted: the first error in it, or that it would be changed. */
static void say_why(struct call *c, struct diag_list *d)
{
    const struct diag *first = &d->items[0];
    if (first->kind == DIAG_FORMAT_REFUSED) {
        call_fail(c, RPC_FAILED, DIAG_FORMAT_REFUSED, NULL);
        return;
    }
    call_fail(
        c, RPC_FAILED, DIAG_FORMAT_SYNTAX,
        DIAG_ARGUMENTS(FORMAT_SYNTAX, first->message, diag_number(d, first->at.line)));
}

static void put_edits(struct call *c, const struct buf *formatted)
{
    const struct document *d = c->document;
    size_t n;
    struct format_edit *edits = format_edits(d->text, d->len, formatted, &n);
    json_open(c->j, '[');
    for (size_t i = 0; i < n; i++) {
        const struct span is = edits[i].is;
        const char *text =
            arena_strn(c->arena, formatted->data + is.from, is.to - is.from);
        json_open(c->j, '{');
        put_range(c->j, "range", &d->lines, edits[i].was);
        json_put(c->j, "newText", text);
        json_close(c->j, '}');
    }
    json_close(c->j, ']');
    free(edits);
}

void lay_out_document(struct call *c)
{
    struct diag_list d = {0};
    struct buf formatted = {0};
    if (!call_document(c)) return;
    document_know(c->lsp, c->document, &c->known);
    int file = yaml_text(&d, "", c->document->text, c->document->len);
    if (file >= 0 && format_file(&d, (uint32_t)file, &formatted))
        put_edits(c, &formatted);
    else
        say_why(c, &d);
    buf_fini(&formatted);
    diag_fini(&d);
}
