// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* What does not depend on any system: messages, schemas, catalog, templates, the API's
 * own description. */
#include <string.h>

#include "base/json.h"
#include "catalog/synth.h"
#include "exchange/formats.h"
#include "page/catalog_show.h"
#include "page/templates.h"
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

/* ---- the catalog ---------------------------------------------------------------- */

void ask_catalog(struct exchange *ex)
{
    const struct catalog *c = ex->web->catalog;
    const char *id = ex->path.id[0] ? ex->path.id : NULL;
    int is_text = strcmp(contract_text(ex, "format"), "text") == 0;
    ask_begin(ex, is_text ? ASK_PLAIN : "application/json");
    if (!catalog_has(c, id))
        WEB_SAY(ex, CATALOG_ENTRY, text_same(id), text_same(catalog_nearest(c, id)));
    else if (is_text)
        catalog_show(c, id, ex->lang, &ex->answer.body);
    else
        catalog_json(c, id, &ex->answer.body);
}

/* ---- models to begin with ------------------------------------------------------- */

void ask_templates(struct exchange *ex)
{
    const char *names[TEMPLATES_MOST];
    size_t lens[TEMPLATES_MOST], n = templates_list(names, lens);
    struct json j = json_on(&ex->answer.body, 2);
    ask_begin(ex, "application/json");
    json_open(&j, '{');
    json_in(&j, "templates", '[');
    for (size_t i = 0; i < n; i++)
        json_string(&j, arena_strn(&ex->arena, names[i], lens[i]));
    json_close(&j, ']');
    json_close(&j, '}');
}

void ask_template(struct exchange *ex)
{
    const struct asset *model = template_find(ex->path.id);
    if (model == NULL) {
        WEB_SAY(ex, TEMPLATE, text_same(ex->path.id), text_same(" /api/v1/templates"));
        return;
    }
    ask_begin(ex, "application/yaml; charset=utf-8");
    buf_add(&ex->answer.body, (const char *)model->bytes, model->len);
}

void ask_synth(struct exchange *ex)
{
    ask_begin(ex, "application/yaml; charset=utf-8");
    synth_model(ex->web->catalog, (uint32_t)contract_whole(ex, "components"),
                contract_whole(ex, "seed"), &ex->answer.body);
}
