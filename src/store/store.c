// SPDX-License-Identifier: Apache-2.0
/*
 * What may be kept, opening and closing, and what is made of the store's other
 * functions: restoring and seeding.
 */
#include "store/store.h"

#include <string.h>

#include "base/assets.h"
#include "store/store_int.h"

/* ---- what may be kept ----------------------------------------------------------- */

int store_is_clean(const char *s, size_t len, size_t most)
{
    return s && len <= most && text_valid(s, len) == len;
}

/* A note is one line of visible characters, or empty: so it survives any list. */
int store_is_note(const char *s, size_t most)
{
    uint32_t found;
    size_t len = s ? strlen(s) : 0;
    if (!store_is_clean(s, len, most) || (len && text_is_blank(s))) return 0;
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)s[i] < ' ' || s[i] == 0x7f) return 0;
    return text_find_invisible(s, len, 0, &found) == len;
}

int store_is_text(const struct store_text *t)
{
    return t->len > 0 && store_is_clean(t->text, t->len, STORE_TEXT_BYTES) &&
           store_is_note(t->who, STORE_WHO_BYTES) &&
           store_is_note(t->why, STORE_WHY_BYTES);
}

/* ---- opening -------------------------------------------------------------------- */

static int is_address(const char *where)
{
    return strncmp(where, "postgresql://", 13) == 0 ||
           strncmp(where, "postgres://", 11) == 0;
}

struct store *store_open(const char *where, struct diag_list *d)
{
    struct db *db =
        is_address(where) ? db_open_postgres(where, d) : db_open_sqlite(where, d);
    return db ? store_new(db) : NULL;
}

void store_close(struct store *store)
{
    if (store) store_free(store);
}

/* ---- made of others ------------------------------------------------------------- */

enum store_result store_restore(struct store *store, const char *workspace,
                                const char *slug, int64_t old, int64_t based_on,
                                const struct store_text *note, int64_t *number)
{
    struct arena a = {0};
    struct store_version version;
    struct store_text text = *note;
    enum store_result result =
        store_text(store, workspace, slug, old, &a, &text.text, &version);
    if (old == 0) result = STORE_MISSING;
    if (result == STORE_OK) {
        text.len = (size_t)version.n_bytes;
        result = store_save(store, workspace, slug, based_on, &text, number);
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

struct seed {
    const char *workspace;
    int64_t now_s;
    const char *why;
};

static enum store_result seed_all(struct store *store, const struct seed *seed,
                                  struct arena *a)
{
    enum store_result result = STORE_OK;
    for (size_t i = 0; i < embed_n_assets && result == STORE_OK; i++) {
        const struct asset *asset = &embed_assets[i];
        const char *slug = use_case(asset, a);
        const struct store_text text = {(const char *)asset->bytes, asset->len,
                                        seed->now_s, "awai", seed->why};
        if (slug) result = store_create(store, seed->workspace, slug, &text);
    }
    return result;
}

static enum store_result seed_empty(struct store *within, void *context)
{
    const struct seed *seed = context;
    struct arena a = {0};
    struct list systems;
    enum store_result result = store_systems(within, seed->workspace, &a, &systems);
    if (result == STORE_OK && systems.n == 0) result = seed_all(within, seed, &a);
    arena_fini(&a);
    return result;
}

enum store_result store_seed(struct store *store, const char *workspace, int64_t now_s,
                             const char *why)
{
    struct seed seed = {workspace, now_s, why};
    return store_together(store, seed_empty, &seed);
}
