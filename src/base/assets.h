/* SPDX-License-Identifier: Apache-2.0
 *
 * The files built into the program: catalog, use cases, and what a page needs.
 * tools/embed writes the table at build time; this is how it is read. Everything
 * here is constant and lives as long as the program; nothing is to be freed.
 */
#ifndef AWAI_BASE_ASSETS_H
#define AWAI_BASE_ASSETS_H

#include <stddef.h>

/* One embedded file. */
struct asset {
    const char *path;           /* relative to the project's root: "catalog/x.yaml" */
    const unsigned char *bytes; /* the content; a NUL that is not part of it follows */
    size_t len;                 /* bytes, without that NUL */
};

/* All embedded files in the order of strcmp on their paths, each path once. Those
 * below one folder are therefore neighbours. */
extern const struct asset embed_assets[];
extern const size_t embed_n_assets;

/* The embedded file with exactly this path, or NULL if there is none. */
const struct asset *asset_find(const char *path);

#endif
