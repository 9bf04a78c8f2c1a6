/* SPDX-License-Identifier: Apache-2.0
 *
 * Feeds bytes as the body of an order to edit a text. Whatever it says, an order that
 * is done leaves a text that is read and is not too long; one that is not leaves
 * nothing and says why by a row of the table with as many arguments as it has.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/yaml.h"
#include "web/edit_order.h"

enum { MOST = 1 << 16 };

static void demand_read(const struct buf *text)
{
    struct arena a = {0};
    struct diag_list d = {0};
    int file = yaml_text(&d, "edited", buf_text(text), text->len);
    assert(file >= 0 && yaml_parse(&a, &d, (uint32_t)file) != NULL);
    diag_fini(&d);
    arena_fini(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena a = {0};
    struct buf body = {0}, out = {0};
    buf_add(&body, (const char *)bytes, len);
    const struct json_value *order = json_read(&a, buf_text(&body), body.len);
    const struct json_value *edits = json_get(order, "edits");
    struct edit_outcome outcome = edit_order_run(order, MOST, &out);
    if (outcome.is_done) {
        assert(out.len <= MOST);
        if (edits->first) demand_read(&out); // without an edit, it is as it was
    } else {
        const struct text what = text_same(outcome.what);
        struct buf said = {0};
        assert(out.len == 0 && diag_code(outcome.why));
        assert(outcome.what || outcome.why == DIAG_REQUEST_MALFORMED);
        diag_message(outcome.why, LANG_JA, &what, &said);
        buf_fini(&said);
    }
    out.len = 0;
    struct json j = json_on(&out, 0);
    if (edit_order_read(order, &j)) assert(json_read(&a, buf_text(&out), out.len));
    buf_fini(&out);
    buf_fini(&body);
    arena_fini(&a);
    return 0;
}
