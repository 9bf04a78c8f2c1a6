// SPDX-License-Identifier: Apache-2.0
#ifndef LSP_LSP_INT_H
#define LSP_LSP_INT_H
/* What the files of the server share. */
#include "lsp/lsp.h"
#include "lsp/position.h"
#include "lsp/things.h"

/* An open text. What is found in it is made when it is asked for, and again after a
 * change. */
struct document {
    struct document *next;
    char *uri;
    char *path; // NULL: it is no file
    char *text;
    size_t len;
    long long version;
    int has_version;
    int is_dirty; // its diagnostics are of an earlier text
    int is_found; // the next three are of this text
    struct lines lines;
    struct outline outline;
    struct mentions mentions;
    struct model *model; // of the last text that had any sections, or NULL
    char **others;       // uris of included files that have diagnostics
    size_t n_others, cap_others;
};

struct lsp {
    struct lsp_settings settings;
    enum lang lang;
    struct document *documents;
    size_t n_documents;
    struct buf input;
    size_t skip; // bytes of a message that is passed over
    uint8_t is_ready, is_shut_down, has_exited, is_broken;
};

/* Codes of JSON-RPC and of the protocol. */
enum rpc_error {
    RPC_FINE = 0,
    RPC_PARSE = -32700,
    RPC_INVALID = -32600,
    RPC_NO_METHOD = -32601,
    RPC_PARAMETERS = -32602,
    RPC_NOT_READY = -32002,
    RPC_FAILED = -32803
};

/* One request: its parameters, and where its result is written. */
struct call {
    struct lsp *lsp;
    const struct json_value *params;
    struct json *j;  // one value is to be written
    struct buf *out; // for notifications of the server
    enum rpc_error error;
    struct lsp_refusal why; // of an error that has words of its own; in the arena
    struct arena *arena;
    struct document *document; // NULL: the one that the parameters name
    size_t n_symbols;          // told so far
    // of requests about a place, after call_place:
    size_t byte;
    struct knowledge known;
};

/* ---- documents.c */

void document_open(struct call *c);
void document_change(struct call *c);
void document_close(struct call *c);
void document_save(struct call *c);
/* Keeps a text under a name, in the place of one that is there. */
struct document *document_keep(struct lsp *lsp, const char *uri, const char *text,
                               size_t len);
void document_free(struct document *d);
struct document *document_find(const struct lsp *lsp, const struct json_value *params);
/* The document of a request, once; 0 and an error if there is none. */
int call_document(struct call *c);
void document_know(const struct lsp *lsp, struct document *d, struct knowledge *k);

/* Finds document and byte of a request, and what is known there; else an error. */
int call_place(struct call *c);

/* The path of a file: URI, to be freed; NULL for any other. */
char *path_of_uri(const char *uri);
void uri_of_path(const char *path, struct buf *out);

/* Reads {line, character}; 0 if it is none. */
int read_position(const struct json_value *v, struct cursor *p);
void put_position(struct json *j, const char *key, struct cursor p);
void put_range(struct json *j, const char *key, const struct lines *l, struct span at);

/* Fails with what a row of base/diag.def says, in the language of the server. */
void call_fail(struct call *c, enum rpc_error error, enum diag_kind kind,
               const struct text *args);

/* Appends a message with its header. */
void send_message(struct buf *out, const struct buf *body);

/* ---- the rest, each its own file */

void check_document(struct lsp *lsp, struct document *d, struct buf *out);
void check_clear(struct document *d, struct buf *out); // takes its diagnostics back
void check_and_list(struct call *c);
void complete(struct call *c);
void hover(struct call *c);
void go_to_definition(struct call *c);
void find_references(struct call *c);
void lay_out_document(struct call *c);
void highlight(struct call *c);
void prepare_rename(struct call *c);
void rename_id(struct call *c);
void list_symbols(struct call *c);
void put_symbol_list(struct call *c); // of the document; as one value
#endif
