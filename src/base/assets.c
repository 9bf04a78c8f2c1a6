/* SPDX-License-Identifier: Apache-2.0
 *
 * Looks up embedded files: a binary search in the table that tools/embed writes,
 * which is sorted by path.
 */
#include "base/assets.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static int compare_path(const void *key, const void *element)
{
    const struct asset *asset = element;

    return strcmp(key, asset->path);
}

const struct asset *asset_find(const char *path)
{
    assert(path);
    return bsearch(path, embed_assets, embed_n_assets, sizeof embed_assets[0],
                   compare_path);
}
