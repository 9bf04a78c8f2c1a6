/* SPDX-License-Identifier: Apache-2.0
 *
 * Feeds bytes as the text of a model, and edits it at places that are in it: whatever
 * the text, an edit that is said to be done leaves a text that is read, and all bytes
 * before and after one place.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lsp/outline.h"
#include "lsp/text_edit.h"
#include "model/model.h"

/* The path of a spot; 0 if it has none. */
static int put_path(const struct spot *s, struct buf *out)
{
    if (s->parent == NULL) return 1;
    if (!put_path(s->parent, out)) return 0;
    if (out->len) buf_char(out, '/');
    unsigned n = 0;
    for (const struct spot *c = s->parent->first; c != s; c = c->next)
        n++;
    if (s->key)
        buf_str(out, s->key);
    else
        buf_printf(out, "%u", n);
    return 1;
}

static void demand_read(enum text_edit_result result, struct buf *out)
{
    struct arena a = {0};
    struct diag_list d = {0};
    if (result != EDIT_DONE && out->len) abort();
    if (result == EDIT_DONE) {
        int file = yaml_text(&d, "edited", buf_text(out), out->len);
        if (file < 0 || yaml_parse(&a, &d, (uint32_t)file) == NULL) abort();
    }
    out->len = 0;
    diag_fini(&d);
    arena_fini(&a);
}

static void edit_at(const char *text, size_t len, const char *path)
{
    struct buf out = {0};
    demand_read(text_edit_set(text, len, path, "{v: [1, \"x\"]}", &out), &out);
    demand_read(text_edit_add(text, len, path, "new", "k: 1\nl:\n  - 2\n", &out), &out);
    demand_read(text_edit_add(text, len, path, NULL, "3", &out), &out);
    demand_read(text_edit_drop(text, len, path, &out), &out);
    buf_fini(&out);
}

static void edit_text(const char *text, size_t len)
{
    enum { PLACES = 8 };
    struct outline o;
    size_t n = 0, i = 0;
    memset(&o, 0, sizeof o);
    outline_make(&o, text, len, &model_shape);
    for (struct spot *s = o.root; s; s = outline_next(s))
        n++;
    for (struct spot *s = o.root; s; s = outline_next(s), i++) {
        struct buf path = {0};
        int is_chosen = n <= PLACES || i % (n / PLACES) == 0;
        if (is_chosen && put_path(s, &path)) edit_at(text, len, buf_text(&path));
        buf_fini(&path);
    }
    outline_fini(&o);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct buf word = {0};
    if (len > 65536) return 0;
    char *text = mem_alloc(len + 1);
    if (len) memcpy(text, bytes, len);
    if (text_valid(text, len) == len) {
        edit_text(text, len);
        text_edit_word(&word, text);
    }
    buf_fini(&word);
    free(text);
    return 0;
}
