// SPDX-License-Identifier: Apache-2.0
#ifndef LSP_LSP_H
#define LSP_LSP_H
/*
 * A language server for model files: LSP 3.17, JSON-RPC 2.0 with Content-Length. It is
 * fed bytes as they come and answers into a buffer; who reads and writes is the
 * caller's business. Requests are answered in their order, at once, so that there is
 * nothing to cancel; diagnostics wait until no more bytes do.
 */
#include "base/json.h"
#include "base/json_read.h"
#include "catalog/catalog.h"

enum {
    LSP_MOST_HEADER = 4096,      // bytes before the empty line
    LSP_MOST_MESSAGE = 64 << 20, // bytes of a message; longer ones are passed over
    LSP_MOST_DOCUMENTS = 256,    // open at one time
    LSP_MOST_COMPLETIONS = 1000, // in one answer
};

struct lsp_settings {
    const struct catalog *catalog; // without errors; lives as long as the server
    const char *include_root;      // as of model_read_within
    enum lang lang;
    int is_lang_given; // else the client's locale decides, where it says one
    int32_t (*today)(void);
};

struct lsp;

struct lsp *lsp_new(const struct lsp_settings *settings);
void lsp_free(struct lsp *lsp);

/* Takes bytes of any number of messages, or of a part of one; appends the answers. */
void lsp_feed(struct lsp *lsp, const char *bytes, size_t len, struct buf *out);

/* Checks what has changed and appends its diagnostics: when no bytes wait. */
void lsp_idle(struct lsp *lsp, struct buf *out);

/* 1 once `exit` has come, or the header of a message was too long to go on. */
int lsp_is_over(const struct lsp *lsp);

/* 0 if `shutdown` came before `exit`, else 1; also where the client just ended. */
int lsp_exit_code(const struct lsp *lsp);

/* ---- one question, without a server: for pages, which keep their texts themselves */

struct lsp_text {
    const char *name; // of no file; as in places of the answer
    const char *text;
    size_t len;
};

/* LSP_MALFORMED: no such question, or parameters are missing or wrong; LSP_REFUSED: it
 * cannot be done. */
enum lsp_answer { LSP_ANSWERED, LSP_MALFORMED, LSP_REFUSED };

/* Why not, by a row of base/diag.def; code as diag_code has it. */
struct lsp_refusal {
    const char *code, *message, *hint;
};

/*
 * Answers "check" with diagnostics and symbols; "complete", "definition", "format" (the
 * protocol's formatting), "hover", "references" and "rename" as the protocol does. In
 * the language of the settings, with the parameters of the protocol but for the
 * document. One value is written to j, which is of no use unless it is LSP_ANSWERED;
 * *why is set, in the arena, with LSP_REFUSED.
 */
enum lsp_answer lsp_ask(const struct lsp_settings *settings, const struct lsp_text *of,
                        const char *question, const struct json_value *params,
                        struct arena *a, struct json *j, struct lsp_refusal *why);
#endif
