/* SPDX-License-Identifier: Apache-2.0
 *
 * Feeds bytes to the reader of templates, which is given a document, and to that of
 * logos.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "exchange/template.h"

static void apply(struct report_template *t)
{
    struct arena arena = {0};
    struct doc *doc = doc_new(&arena, text_same("T"));
    doc_block(doc, NULL, DOC_COVER);
    doc_front(doc, "summary", text_same("S"));
    struct doc_block *b = doc_chapter(doc, "prepare", text_same("P"));
    doc_section(doc, b, "overview", text_same("O"));
    doc_appendix(doc, "sources", text_same("Q"));
    template_apply(t, doc);
    doc_fini(doc);
    arena_fini(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct logo logo;
    struct report_template *t =
        template_read_text("fuzz.yaml", (const char *)bytes, len);
    if (t->diags.n_errors == 0) apply(t);
    template_free(t);
    logo_read(&logo, bytes, len, "Logo");
    logo_fini(&logo);
    return 0;
}
