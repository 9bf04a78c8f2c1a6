// SPDX-License-Identifier: Apache-2.0
#ifndef EXCHANGE_EXPORT_H
#define EXCHANGE_EXPORT_H
/*
 * Gives a model to other tools: as an Open Threat Model (OTM 0.2.0) or as a model of
 * OWASP Threat Dragon (version 2), both JSON. What the other format has no place for is
 * told, section by section. OTM has attributes for what it does not know: there goes
 * all of it, as "awai.KEY", so that awai import gets the same model back.
 */
#include "base/buf.h"
#include "base/json.h"
#include "catalog/catalog.h"

enum export_kind { EXPORT_OTM = 1, EXPORT_THREAT_DRAGON };
extern const struct choice_set export_kinds; // as the command line names them

/* The trust rating of a zone that states no trust. */
#define EXPORT_NO_TRUST 50.0

struct export_result {
    struct buf text;        // JSON
    struct diag_list diags; // what is not carried over, as warnings
    size_t n_components, n_flows, n_zones, n_threats;
};

/* Exports a model that is bound to the catalog; texts in one language. Free the result
 * with export_fini. */
void export_model(const struct model *model, const struct catalog *catalog,
                  enum export_kind kind, enum lang lang, struct export_result *r);
void export_fini(struct export_result *r);

/* What was carried over, and what not (schema/export.schema.json), as members of an
 * open object; `wrote` is the file that has it now, or NULL. */
void export_json(struct json *j, const struct export_result *r, enum export_kind kind,
                 enum lang lang, const char *wrote);
#endif
