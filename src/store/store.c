// SPDX-License-Identifier: Apache-2.0
/*
 * The store's front: checks what comes from outside before a backend sees it, and
 * makes of the backend's few functions what needs no database to be told: restoring
 * and seeding.
 */
#include "store/store.h"

#include <string.h>

#include "base/assets.h"
#include "store/store_int.h"

/* ---- what may be kept ----------------------------------------------------------- */

static int is_clean(const char *s, size_t len, size_t most)
{
    return s && len <= most && text_valid(s, len) == len;
}

/* A note is one line of visible characters, or empty: so it survives any list. */
static int is_note(const char *s, size_t most)
{
    uint32_t found;
    size_t len = s ? strlen(s) : 0;
    if (!is_clean(s, len, most) || (len && text_is_blank(s))) return 0;
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)s[i] < ' ' || s[i] == 0x7f) return 0;
    return text_find_invisible(s, len, 0, &found) == len;
}

int store_is_text(const struct store_text *t)
{
    return t->len > 0 && is_clean(t->text, t->len, STORE_TEXT_BYTES) &&
           is_note(t->who, STORE_WHO_BYTES) && is_note(t->why, STORE_WHY_BYTES);
}

/* ---- passed on ------------------------------------------------------------------ */

struct store *store_open(const char *path, struct diag_list *d)
{
    return store_open_sqlite(path, d);
}

void store_close(struct store *store)
{
    if (store) store->ops->close(store);
}

const char *store_problem(const struct store *store)
{
    return store->ops->problem(store);
}

enum store_result store_systems(struct store *store, struct arena *a,
                                struct list *systems)
{
    *systems = (struct list){0};
    return store->ops->systems(store, a, systems);
}

enum store_result store_system(struct store *store, const char *slug, struct arena *a,
                               struct store_system *system)
{
    if (!schema_is_id(slug)) return STORE_MISSING;
    return store->ops->system(store, slug, a, system);
}

enum store_result store_create(struct store *store, const char *slug,
                               const struct store_text *text)
{
    if (!schema_is_id(slug) || !store_is_text(text)) return STORE_REFUSED;
    return store->ops->create(store, slug, text);
}

enum store_result store_save(struct store *store, const char *slug, int64_t based_on,
                             const struct store_text *text, int64_t *number)
{
    if (!schema_is_id(slug)) return STORE_MISSING;
    if (!store_is_text(text)) return STORE_REFUSED;
    return store->ops->save(store, slug, based_on, text, number);
}

enum store_result store_text(struct store *store, const char *slug, int64_t number,
                             struct arena *a, const char **text,
                             struct store_version *version)
{
    struct store_version unused;
    if (!schema_is_id(slug) || number < 0) return STORE_MISSING;
    return store->ops->text(store, slug, number, a, text, version ? version : &unused);
}

enum store_result store_versions(struct store *store, const char *slug, struct arena *a,
                                 struct list *versions)
{
    *versions = (struct list){0};
    if (!schema_is_id(slug)) return STORE_MISSING;
    return store->ops->versions(store, slug, a, versions);
}

enum store_result store_backup(struct store *store, const char *path)
{
    return store->ops->backup(store, path);
}

/* ---- made of others ------------------------------------------------------------- */

enum store_result store_restore(struct store *store, const char *slug, int64_t old,
                                int64_t based_on, const struct store_text *note,
                                int64_t *number)
{
    struct arena a = {0};
    struct store_version version;
    struct store_text text = *note;
    enum store_result result = store_text(store, slug, old, &a, &text.text, &version);
    if (old == 0) result = STORE_MISSING;
    if (result == STORE_OK) {
        text.len = (size_t)version.n_bytes;
        result = store_save(store, slug, based_on, &text, number);
    }
    arena_fini(&a);
    return result;
}

/* The name of the use case whose model an embedded file is, in the arena; or NULL. */
static const char *use_case(const struct asset *asset, struct arena *a)
{
    static const char folder[] = "usecases/", file[] = "/model.yaml";
    const size_t n_folder = sizeof folder - 1, n_file = sizeof file - 1;
    size_t len = strlen(asset->path);
    if (len <= n_folder + n_file || strncmp(asset->path, folder, n_folder) != 0 ||
        strcmp(asset->path + len - n_file, file) != 0)
        return NULL;
    return arena_strn(a, asset->path + n_folder, len - n_folder - n_file);
}

static enum store_result seed_all(struct store *store, int64_t now_s, struct arena *a)
{
    enum store_result result = STORE_OK;
    for (size_t i = 0; i < embed_n_assets && result == STORE_OK; i++) {
        const struct asset *asset = &embed_assets[i];
        const char *slug = use_case(asset, a);
        const struct store_text text = {(const char *)asset->bytes, asset->len, now_s,
                                        "awai", "use case of the IoT-SSF collection"};
        if (slug) result = store_create(store, slug, &text);
    }
    return result;
}

enum store_result store_seed(struct store *store, int64_t now_s)
{
    struct arena a = {0};
    struct list systems;
    enum store_result result = store->ops->begin(store), ended;
    if (result != STORE_OK) return result;
    result = store_systems(store, &a, &systems);
    if (result == STORE_OK && systems.n == 0) result = seed_all(store, now_s, &a);
    ended = store->ops->end(store, result == STORE_OK);
    arena_fini(&a);
    return result == STORE_OK ? ended : result;
}
