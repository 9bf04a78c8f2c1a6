// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* What does not depend on any system: messages, schemas, and the API's own
 * description. */
#include <string.h>

#include "assess/formats.h"
#include "web/ask.h"

void ask_messages(struct exchange *ex)
{
    const char *code = ex->path.id[0] ? ex->path.id : NULL;
    if (diag_manual(code, ex->lang, &ex->answer.body))
        ask_begin(ex, ASK_MARKDOWN);
    else
        WEB_SAY(ex, MESSAGE_CODE, text_same(code), text_same(diag_nearest_code(code)));
}

/* ---- schemas -------------------------------------------------------------------- */

static void put_format(struct exchange *ex, const struct file_format *format,
                       int is_manual)
{
    if (is_manual)
        schema_manual(format->shape, ex->lang, &ex->answer.body);
    else
        schema_json(format->shape, format->id, ex->lang, &ex->answer.body);
}

/* The schema of a result, which is written by hand. */
static const struct asset *find_result(const char *name)
{
    char path[96];
    snprintf(path, sizeof path, "schema/%s.schema.json", name);
    return asset_find(path);
}

void ask_schema(struct exchange *ex)
{
    const char *name = ex->path.id;
    const struct file_format *format = format_find(name);
    const struct asset *asset = format ? NULL : find_result(name);
    int is_manual = strcmp(contract_text(ex, "format"), "manual") == 0;
    int is_api = strcmp(name, "api") == 0;
    ask_begin(ex, is_manual ? ASK_MARKDOWN : "application/schema+json");
    if (format)
        put_format(ex, format, is_manual);
    else if (is_api && is_manual)
        contract_manual(ex->lang, &ex->answer.body);
    else if (asset && !is_manual)
        buf_add(&ex->answer.body, (const char *)asset->bytes, asset->len);
    else
        WEB_SAY(
            ex, FORMAT, text_same(name),
            TEXT("model, catalog, rules, or a result", "model、catalog、rules、結果"));
}

void ask_openapi(struct exchange *ex)
{
    ask_begin(ex, "application/json");
    contract_openapi(ex->lang, &ex->answer.body);
}
