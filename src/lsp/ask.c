// SPDX-License-Identifier: Apache-2.0
/*
 * One question about a text that somebody else keeps: a server with that one document,
 * for as long as the answer takes. There is no file behind it, so nothing is looked up
 * on disk.
 */
#include <string.h>

#include "lsp/lsp_int.h"

static const struct question {
    const char *name;
    void (*answer)(struct call *c);
} questions[] = {
    {"check",      check_and_list  },
    {"complete",   complete        },
    {"definition", go_to_definition},
    {"format",     lay_out_document},
    {"hover",      hover           },
    {"references", find_references },
    {"rename",     rename_id       },
};

static const struct question *find_question(const char *name)
{
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
        if (strcmp(questions[i].name, name) == 0) return &questions[i];
    return NULL;
}

enum lsp_answer lsp_ask(const struct lsp_settings *settings, const struct lsp_text *of,
                        const char *question, const struct json_value *params,
                        struct arena *a, struct json *j, struct lsp_refusal *why)
{
    const struct question *q = find_question(question);
    if (q == NULL) return LSP_MALFORMED;
    struct lsp *lsp = lsp_new(settings);
    struct document *d = document_keep(lsp, of->name, of->text, of->len);
    struct call c = {.lsp = lsp, .params = params, .j = j, .arena = a, .document = d};
    q->answer(&c);
    *why = c.why;
    lsp_free(lsp);
    return c.error == RPC_FINE         ? LSP_ANSWERED
           : c.error == RPC_PARAMETERS ? LSP_MALFORMED
                                       : LSP_REFUSED;
}
