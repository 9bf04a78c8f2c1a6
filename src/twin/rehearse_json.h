// SPDX-License-Identifier: Apache-2.0
#ifndef TWIN_REHEARSE_JSON_H
#define TWIN_REHEARSE_JSON_H
/* Rehearsals as JSON (schema/rehearse.schema.json): members of an open object. */
#include "base/json.h"
#include "twin/rehearse.h"

/* Result, and the matrix and compatibility where they are not NULL. */
void rehearse_json(const struct rehearse_result *r, const struct rehearse_matrix *m,
                   const struct compatibility *c, struct json *j);

/* The words for a mark: attack, refused, seen, response, ended. */
const char *mark_name(enum mark_kind kind);
#endif
