// SPDX-License-Identifier: Apache-2.0
#ifndef EXCHANGE_IMPORT_H
#define EXCHANGE_IMPORT_H
/*
 * Takes over what others have written, from bytes: a workbook, an Open Threat Model
 * (OTM 0.2.0, JSON or YAML), a model of OWASP Threat Dragon (version 2, JSON). What
 * comes out is the text of a model, read and checked like any other; what could not be
 * carried over is told, each thing with its place.
 */
#include "base/buf.h"
#include "base/json.h"
#include "catalog/catalog.h"

enum import_kind { IMPORT_UNKNOWN, IMPORT_XLSX, IMPORT_OTM, IMPORT_THREAT_DRAGON };
extern const struct choice_set import_kinds; // as the command line names them

/* A model that a workbook changes. */
struct import_base {
    const char *path; // as messages call it; included files are looked for beside it
    const char *text;
    size_t len;
    const char *folder; // as in model_read_edited; may be NULL
};

struct import_job {
    const char *name; // of the bytes, in messages
    const void *bytes;
    size_t len;
    enum import_kind kind;          // IMPORT_UNKNOWN: by what the bytes are
    const struct import_base *base; // of a workbook; NULL: it is the whole model
    const struct catalog *catalog;  // read without errors; borrowed
    int is_text_only;               // no file is opened: `include` is an error
};

struct import_result {
    enum import_kind kind;
    struct buf text;        // of the model; empty if diags has errors
    struct diag_list diags; // errors, and what was not carried over, as warnings
    size_t n_new, n_changed, n_same; // entries of the model: rows, components, ...
};

/* What the bytes are, or IMPORT_UNKNOWN. */
enum import_kind import_guess(const void *bytes, size_t len);

/* Always fills the result; free it with import_fini. */
void import_bytes(const struct import_job *job, struct import_result *r);
void import_fini(struct import_result *r);

/* What was taken over, and what not (schema/import.schema.json), as members of an open
 * object; `wrote` is the file that has it now, or NULL. */
void import_json(struct json *j, const struct import_result *r, const char *wrote);
#endif
