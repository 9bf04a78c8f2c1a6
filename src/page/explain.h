// SPDX-License-Identifier: Apache-2.0
#ifndef PAGE_EXPLAIN_H
#define PAGE_EXPLAIN_H
/* Why a threat, requirement, incident, position, component, flow or attack step is
 * there, in prose. */
#include "assess/assess.h"

/*
 * Explains what an id names: CLASS@ASSET, requirement:ID, incident:ID, map:STAKEHOLDER,
 * component:ID, flow:ID or ASSET.STEP; the prefix may be left out where no other thing
 * is called so. Returns 0, and writes nothing, if nothing is.
 */
int explain(const struct assessment *a, const char *id, enum lang lang,
            struct buf *out);
#endif
