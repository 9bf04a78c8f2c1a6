// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* What is imported: by its kind, given or guessed; see import.h. */
#include "exchange/import.h"

#include <string.h>

#include "base/json_read.h"
#include "exchange/import_int.h"
#include "exchange/xlsx.h"
#include "twin/cast.h"

// clang-format off
SCHEMA_SET(import_kinds, "format",
    {"xlsx", IMPORT_XLSX, {{"workbook", "表計算ファイル"}}},
    {"otm", IMPORT_OTM, {{"Open Threat Model", "Open Threat Model"}}},
    {"threat-dragon", IMPORT_THREAT_DRAGON, {{"OWASP Threat Dragon", "OWASP Threat Dragon"}}})
// clang-format on

/* 1 if a piece of text stands in bytes. */
static int holds(const char *bytes, size_t len, const char *piece)
{
    size_t n = strlen(piece);
    for (size_t i = 0; i + n <= len; i++)
        if (memcmp(bytes + i, piece, n) == 0) return 1;
    return 0;
}

enum import_kind import_guess(const void *bytes, size_t len)
{
    if (xlsx_is_like(bytes, len)) return IMPORT_XLSX;
    if (holds(bytes, len, "otmVersion")) return IMPORT_OTM;
    if (holds(bytes, len, "\"summary\"") && holds(bytes, len, "\"detail\""))
        return IMPORT_THREAT_DRAGON;
    return IMPORT_UNKNOWN;
}

struct place import_place(struct import_result *r, const struct import_job *job,
                          const char *place)
{
    struct buf path = {0};
    struct place at = {0};
    buf_printf(&path, place[0] ? "%s: %s" : "%s", job->name, place);
    for (at.file = 0; at.file < r->diags.n_files; at.file++)
        if (strcmp(r->diags.files[at.file].path, buf_text(&path)) == 0) break;
    if (at.file == r->diags.n_files)
        at.file = diag_add_file(&r->diags, buf_text(&path), NULL, 0);
    r->diags.files[at.file].is_place = 1;
    buf_fini(&path);
    return at;
}

void import_bind(const struct import_job *job, struct model *model)
{
    catalog_bind(job->catalog, model);
    cast_bind(model);
}

void import_bytes(const struct import_job *job, struct import_result *r)
{
    static void (*const imports[])(const struct import_job *job,
                                   struct import_result *r) = {
        [IMPORT_XLSX] = import_workbook,
        [IMPORT_OTM] = import_otm,
        [IMPORT_THREAT_DRAGON] = import_threat_dragon,
    };
    *r = (struct import_result){0};
    r->kind = job->kind ? job->kind : import_guess(job->bytes, job->len);
    if (r->kind == IMPORT_UNKNOWN)
        diag_put(&r->diags, DIAG_IMPORT_UNKNOWN, import_place(r, job, ""), NULL);
    else
        imports[r->kind](job, r);
    if (r->diags.n_errors) r->text.len = 0;
}

void import_fini(struct import_result *r)
{
    buf_fini(&r->text);
    diag_fini(&r->diags);
}

// ---- what is said of it -------------------------------------------------------------

static void put_left_out(struct json *j, const struct import_result *r)
{
    json_in(j, "messages", '[');
    for (size_t i = 0; i < r->diags.n; i++) {
        const struct diag *item = &r->diags.items[i];
        json_open(j, '{');
        json_put(j, "severity", diag_severity_name(item->severity));
        json_put(j, "code", item->code);
        json_put(j, "place", r->diags.files[item->at.file].path);
        if (item->at.line) json_put_int(j, "line", item->at.line);
        json_put_text(j, "message", item->message);
        json_close(j, '}');
    }
    json_close(j, ']');
}

void import_json(struct json *j, const struct import_result *r, const char *wrote)
{
    json_put(j, "schema", "urn:awai:schema:import:1");
    json_put(j, "from", choice_name(&import_kinds, (int)r->kind));
    json_put(j, "wrote", wrote);
    json_put_int(j, "new", (long long)r->n_new);
    json_put_int(j, "changed", (long long)r->n_changed);
    json_put_int(j, "same", (long long)r->n_same);
    put_left_out(j, r);
}
