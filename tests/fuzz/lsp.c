/* SPDX-License-Identifier: Apache-2.0
 *
 * Feeds bytes to the language server as its client would, or, where they do not begin
 * with a header, as the text of a model about which everything is asked, at places that
 * the bytes choose. The catalog is read once.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "lsp/lsp.h"
#include "lsp/position.h"

static int32_t today(void)
{
    return 20270101;
}

static void send(struct lsp *lsp, const struct buf *body)
{
    struct buf frame = {0}, out = {0};
    buf_printf(&frame, "Content-Length: %zu\r\n\r\n", body->len);
    buf_add(&frame, buf_text(body), body->len);
    lsp_feed(lsp, frame.data, frame.len, &out);
    buf_fini(&frame);
    buf_fini(&out);
}

/* A message with a text to open, or with a place. */
static void send_about(struct lsp *lsp, const char *method, const char *text,
                       const struct cursor *at)
{
    struct buf body = {0};
    struct json j = json_on(&body, 0);
    json_open(&j, '{');
    if (at) json_put_int(&j, "id", 1);
    json_put(&j, "method", method);
    json_in(&j, "params", '{');
    json_in(&j, "textDocument", '{');
    json_put(&j, "uri", "untitled:fuzz");
    if (text) json_put(&j, "text", text);
    json_close(&j, '}');
    if (at) {
        json_in(&j, "position", '{');
        json_put_int(&j, "line", at->line);
        json_put_int(&j, "character", at->character);
        json_close(&j, '}');
        json_put(&j, "newName", "new-name");
    }
    json_close(&j, '}');
    json_close(&j, '}');
    send(lsp, &body);
    buf_fini(&body);
}

static void ask_all(struct lsp *lsp, const char *text, size_t len)
{
    static const char *const methods[] = {
        "textDocument/completion", "textDocument/hover",  "textDocument/definition",
        "textDocument/references", "textDocument/rename", "textDocument/documentSymbol",
        "textDocument/formatting",
    };
    struct buf init = {0}, out = {0};
    struct lines l;
    buf_str(
        &init,
        "{\"id\": 0, \"method\": \"initialize\", \"params\": {\"locale\": \"ja\"}}");
    send(lsp, &init);
    buf_fini(&init);
    send_about(lsp, "textDocument/didOpen", text, NULL);
    lines_make(&l, text, len);
    for (size_t i = 0; i < 8 && len > 0; i++) {
        struct cursor at = lines_position(&l, (size_t)(unsigned char)text[i * len / 8] *
                                                  (i + 1) * 131 % (len + 1));
        for (size_t m = 0; m < sizeof methods / sizeof *methods; m++)
            send_about(lsp, methods[m], NULL, &at);
    }
    lines_fini(&l);
    lsp_idle(lsp, &out);
    buf_fini(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static struct catalog *catalog;
    if (catalog == NULL) catalog = catalog_read(NULL);

    const struct lsp_settings settings = {.catalog = catalog, .today = today};
    struct lsp *lsp = lsp_new(&settings);
    char *text = mem_alloc(len + 1);
    if (len) memcpy(text, bytes, len);
    if (len >= 8 && memcmp(text, "Content-", 8) == 0) {
        struct buf out = {0};
        lsp_feed(lsp, text, len, &out);
        lsp_idle(lsp, &out);
        buf_fini(&out);
    } else if (text_valid(text, len) == len) {
        ask_all(lsp, text, len);
    }
    lsp_free(lsp);
    free(text);
    return 0;
}
