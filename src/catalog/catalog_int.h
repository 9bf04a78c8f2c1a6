// SPDX-License-Identifier: Apache-2.0
#ifndef CATALOG_CATALOG_INT_H
#define CATALOG_CATALOG_INT_H
/* Shared between the files of this room only. */
#include "catalog/catalog.h"

/*
 * Resolves inheritance: each kind gets its plan, the steps it has with everything
 * inherited, conditions as bit masks and parents as indices.
 */
void catalog_plan(struct catalog *catalog);
#endif
