/* SPDX-License-Identifier: Apache-2.0
 *
 * Feeds bytes as the body of what an editor in a page sends: every question, and an
 * order to edit. Whatever it says, an answer is JSON, an order that is done leaves a
 * text that is read and is not too long; one that is not leaves nothing and says why by
 * a row of the table with as many arguments as it has. The catalog is read once.
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/yaml.h"
#include "lsp/lsp.h"
#include "web/edit_order.h"

enum { MOST = 1 << 16 };

static int32_t today(void)
{
    return 20270101;
}

static void demand_json(const struct buf *text)
{
    struct arena a = {0};
    assert(json_read(&a, buf_text(text), text->len));
    arena_fini(&a);
}

static void ask_all(const struct json_value *body, struct arena *a)
{
    static const char *const questions[] = {
        "check", "complete", "definition", "format", "hover", "references", "rename"};
    static struct catalog *catalog;
    const struct json_value *text = json_get(body, "text");
    if (text == NULL || text->kind != JSON_STRING || text->len > MOST) return;
    if (catalog == NULL) catalog = catalog_read(NULL);
    const struct lsp_settings settings = {
        .catalog = catalog, .lang = LANG_JA, .is_lang_given = 1, .today = today};
    const struct lsp_text of = {"untitled:fuzz", text->text, text->len};
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        struct buf out = {0};
        struct json j = json_on(&out, 0);
        struct lsp_refusal why;
        enum lsp_answer answer =
            lsp_ask(&settings, &of, questions[i], body, a, &j, &why);
        if (answer == LSP_ANSWERED) demand_json(&out);
        if (answer == LSP_REFUSED) assert(why.code && why.message && why.hint);
        buf_fini(&out);
    }
}

static void demand_read(const struct buf *text)
{
    struct arena a = {0};
    struct diag_list d = {0};
    int file = yaml_text(&d, "edited", buf_text(text), text->len);
    assert(file >= 0 && yaml_parse(&a, &d, (uint32_t)file) != NULL);
    diag_fini(&d);
    arena_fini(&a);
}

/* What is said of an order that was not carried out. */
static void demand_words(const struct edit_outcome *outcome)
{
    const struct text what = text_same(outcome->what ? outcome->what : "");
    struct buf said = {0};
    assert(diag_code(outcome->why));
    assert(outcome->what || outcome->why == DIAG_REQUEST_MALFORMED ||
           outcome->why == DIAG_REQUEST_LARGE);
    diag_message(outcome->why, LANG_JA, &what, &said);
    assert(said.len > 0);
    buf_fini(&said);
}

static void edit(const struct json_value *body)
{
    struct buf out = {0};
    struct json j = json_on(&out, 0);
    struct edit_outcome outcome = edit_order_run(body, MOST, &out);
    assert(out.len <= MOST);
    if (!outcome.is_done) {
        assert(out.len == 0);
        demand_words(&outcome);
    } else if (json_get(body, "edits")->first) { // without an edit, it is as it was
        demand_read(&out);
    }
    out.len = 0;
    if (edit_order_read(body, &j)) demand_json(&out);
    buf_fini(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct arena a = {0};
    struct buf text = {0};
    buf_add(&text, (const char *)bytes, len);
    const struct json_value *body = json_read(&a, buf_text(&text), text.len);
    ask_all(body, &a);
    edit(body);
    buf_fini(&text);
    arena_fini(&a);
    return 0;
}
