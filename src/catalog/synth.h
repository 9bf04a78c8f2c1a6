// SPDX-License-Identifier: Apache-2.0
#ifndef CATALOG_SYNTH_H
#define CATALOG_SYNTH_H
/* Models for trials of scale. */
#include "catalog/catalog.h"

enum { SYNTH_LEAST = 2, SYNTH_MOST = 1000000 }; // components

/* Writes a valid model of so many components, the same for the same seed. The catalog
 * has no errors. */
void synth_model(const struct catalog *catalog, uint32_t n_components, uint64_t seed,
                 struct buf *out);
#endif
