// SPDX-License-Identifier: Apache-2.0
/* Models to begin with; see templates.h. */
#include "page/templates.h"

#include <stdio.h>
#include <string.h>

#include "base/schema.h"

static const char folder[] = "usecases/", file[] = "/model.yaml";

size_t templates_list(const char *names[TEMPLATES_MOST], size_t lens[TEMPLATES_MOST])
{
    size_t n = 0;
    for (size_t i = 0; i < embed_n_assets && n < TEMPLATES_MOST; i++) {
        const char *path = embed_assets[i].path;
        size_t len = strlen(path), around = sizeof folder - 1 + sizeof file - 1;
        if (strncmp(path, folder, sizeof folder - 1) != 0 || len <= around ||
            strcmp(path + len - (sizeof file - 1), file) != 0)
            continue;
        names[n] = path + sizeof folder - 1;
        lens[n++] = len - around;
    }
    return n;
}

const struct asset *template_find(const char *name)
{
    char path[128];
    if (name == NULL) return asset_find("src/page/assets/new-model.yaml");
    if (!schema_is_id(name)) return NULL;
    snprintf(path, sizeof path, "%s%s%s", folder, name, file);
    return asset_find(path);
}
