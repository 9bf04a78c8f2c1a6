// SPDX-License-Identifier: Apache-2.0
#ifndef WEB_EDIT_ORDER_H
#define WEB_EDIT_ORDER_H
/*
 * Orders to change a model's text in places, as the API has them, carried out:
 *
 *     {"text": "...", "edits": [
 *         {"set": "components/lock/zone", "value": "home"},
 *         {"add": "flows", "id": "a-b", "value": {"from": "a", "to": "b"}},
 *         {"drop": "flows/old"}]}
 *
 * Each works on the text that the one before left, as lsp/text_edit.h says. A value is
 * text, number, truth, array or object; an object that is added stands on lines of its
 * own. tests/fuzz/editor.c feeds this.
 */
#include "base/buf.h"
#include "base/diag.h"
#include "base/json.h"
#include "base/json_read.h"

/* Edits in one order, and bytes that all of them together may read: each reads the
 * whole text, which takes a second for 4 MB. */
enum { EDIT_ORDER_MOST = 64, EDIT_ORDER_WORK = 32 << 20 };

/* What became of an order. */
struct edit_outcome {
    int is_done;
    enum diag_kind
        why;          // if it is not: a row of base/diag.def, with one argument at most
    const char *what; // that argument: the path of the edit; in the body's arena
};

/*
 * Carries all edits of a body out and appends the text to `out`; or none, and appends
 * nothing. A text is at no time longer than `most` bytes.
 */
struct edit_outcome edit_order_run(const struct json_value *body, size_t most,
                                   struct buf *out);

/*
 * Writes what the text of a body says at its "path", keys with "/" between them: every
 * word a string, nothing null; null, too, where there is nothing or the text is not
 * read. 0 and nothing written if the body has not both.
 */
int edit_order_read(const struct json_value *body, struct json *j);
#endif
