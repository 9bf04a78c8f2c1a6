// SPDX-License-Identifier: Apache-2.0
/* Workspaces, systems and versions. */
#include <string.h>

#include "store/store_int.h"

/* ---- reading -------------------------------------------------------------------- */

/* The five columns that tell of a version, from column i on. */
static struct store_version read_version(struct db *db, enum sql q, int i,
                                         struct arena *a)
{
    return (struct store_version){
        .number = db->ops->number(db, q, i),
        .saved_s = db->ops->number(db, q, i + 1),
        .who = db->ops->text(db, q, i + 2, a),
        .why = db->ops->text(db, q, i + 3, a),
        .n_bytes = db->ops->number(db, q, i + 4),
    };
}

static struct store_system read_system(struct db *db, enum sql q, struct arena *a)
{
    return (struct store_system){
        .slug = db->ops->text(db, q, 0, a),
        .created_s = db->ops->number(db, q, 1),
        .latest = read_version(db, q, 2, a),
    };
}

enum store_result store_workspaces(struct store *store, struct arena *a,
                                   struct list *workspaces)
{
    struct db *db = store->db;
    const char **items = NULL;
    size_t n = 0, cap = 0;
    db->ops->start(db, SQL_WORKSPACES, NULL, 0);
    while (db->ops->next(db, SQL_WORKSPACES)) {
        const char **item = mem_push(&items, &n, &cap, sizeof *items);
        *item = db->ops->text(db, SQL_WORKSPACES, 0, a);
    }
    *workspaces = db_list(a, items, n, sizeof *items);
    return db->ops->finish(db, SQL_WORKSPACES);
}

enum store_result store_systems(struct store *store, const char *workspace,
                                struct arena *a, struct list *systems)
{
    struct db *db = store->db;
    struct store_system *items = NULL;
    size_t n = 0, cap = 0;
    *systems = (struct list){0};
    if (!schema_is_id(workspace)) return STORE_MISSING;
    DB_START(db, SQL_SYSTEMS, SQL_STRING(workspace));
    while (db->ops->next(db, SQL_SYSTEMS)) {
        struct store_system *item = mem_push(&items, &n, &cap, sizeof *items);
        *item = read_system(db, SQL_SYSTEMS, a);
    }
    *systems = db_list(a, items, n, sizeof *items);
    return db->ops->finish(db, SQL_SYSTEMS);
}

static int is_name(const char *workspace, const char *slug)
{
    return schema_is_id(workspace) && schema_is_id(slug);
}

enum store_result store_system(struct store *store, const char *workspace,
                               const char *slug, struct arena *a,
                               struct store_system *system)
{
    struct db *db = store->db;
    if (!is_name(workspace, slug)) return STORE_MISSING;
    DB_START(db, SQL_SYSTEM, SQL_STRING(workspace), SQL_STRING(slug));
    int found = db->ops->next(db, SQL_SYSTEM);
    if (found) *system = read_system(db, SQL_SYSTEM, a);
    return db_finish_one(db, SQL_SYSTEM, found);
}

enum store_result store_text(struct store *store, const char *workspace,
                             const char *slug, int64_t number, struct arena *a,
                             const char **text, struct store_version *version)
{
    struct db *db = store->db;
    struct store_version unused;
    if (!is_name(workspace, slug) || number < 0) return STORE_MISSING;
    DB_START(db, SQL_TEXT, SQL_STRING(workspace), SQL_STRING(slug),
             SQL_NUMBER_OF(number));
    int found = db->ops->next(db, SQL_TEXT);
    if (found) {
        *(version ? version : &unused) = read_version(db, SQL_TEXT, 0, a);
        *text = db->ops->text(db, SQL_TEXT, 5, a);
    }
    return db_finish_one(db, SQL_TEXT, found);
}

enum store_result store_versions(struct store *store, const char *workspace,
                                 const char *slug, struct arena *a,
                                 struct list *versions)
{
    struct db *db = store->db;
    struct store_version *items = NULL;
    size_t n = 0, cap = 0;
    *versions = (struct list){0};
    if (!is_name(workspace, slug)) return STORE_MISSING;
    DB_START(db, SQL_VERSIONS, SQL_STRING(workspace), SQL_STRING(slug));
    while (db->ops->next(db, SQL_VERSIONS)) {
        struct store_version *item = mem_push(&items, &n, &cap, sizeof *items);
        *item = read_version(db, SQL_VERSIONS, 0, a);
    }
    *versions = db_list(a, items, n, sizeof *items);
    return db_finish_one(db, SQL_VERSIONS, n > 0);
}

/* ---- writing -------------------------------------------------------------------- */

/* The row of a system and its latest number, 0 before the first. */
static enum store_result find_number(struct db *db, const char *workspace,
                                     const char *slug, int64_t *id, int64_t *number)
{
    DB_START(db, SQL_NUMBER, SQL_STRING(workspace), SQL_STRING(slug));
    int found = db->ops->next(db, SQL_NUMBER);
    if (found) {
        *id = db->ops->number(db, SQL_NUMBER, 0);
        *number = db->ops->number(db, SQL_NUMBER, 1);
    }
    return db_finish_one(db, SQL_NUMBER, found);
}

static enum store_result add_version(struct db *db, int64_t id, int64_t number,
                                     const struct store_text *t)
{
    DB_START(db, SQL_SAVE, SQL_NUMBER_OF(id), SQL_NUMBER_OF(number),
             SQL_NUMBER_OF(t->saved_s), SQL_STRING(t->who), SQL_STRING(t->why),
             SQL_NUMBER_OF((int64_t)t->len), SQL_TEXT_OF(t->text, t->len));
    return db_run(db, SQL_SAVE);
}

/* Within a transaction. */
static enum store_result save(struct db *db, const char *workspace, const char *slug,
                              int64_t based_on, const struct store_text *text,
                              int64_t *number)
{
    int64_t id = 0;
    enum store_result result = find_number(db, workspace, slug, &id, number);
    if (result != STORE_OK) return result;
    if (*number != based_on) return STORE_CONFLICT;
    return add_version(db, id, ++*number, text);
}

enum store_result store_save(struct store *store, const char *workspace,
                             const char *slug, int64_t based_on,
                             const struct store_text *text, int64_t *number)
{
    if (!is_name(workspace, slug)) return STORE_MISSING;
    if (!store_is_text(text)) return STORE_REFUSED;
    enum store_result result = db_begin(store->db);
    if (result != STORE_OK) return result;
    return db_end(store->db, save(store->db, workspace, slug, based_on, text, number));
}

static enum store_result create(struct db *db, const char *workspace, const char *slug,
                                const struct store_text *text)
{
    int64_t id = 0, number;
    enum store_result result = find_number(db, workspace, slug, &id, &number);
    if (result != STORE_MISSING) return result == STORE_OK ? STORE_EXISTS : result;
    DB_START(db, SQL_CREATE, SQL_STRING(workspace), SQL_STRING(slug),
             SQL_NUMBER_OF(text->saved_s));
    if (db->ops->next(db, SQL_CREATE)) id = db->ops->number(db, SQL_CREATE, 0);
    result = db_run(db, SQL_CREATE);
    return result == STORE_OK ? add_version(db, id, 1, text) : result;
}

enum store_result store_create(struct store *store, const char *workspace,
                               const char *slug, const struct store_text *text)
{
    if (!is_name(workspace, slug) || !store_is_text(text)) return STORE_REFUSED;
    enum store_result result = db_begin(store->db);
    if (result != STORE_OK) return result;
    return db_end(store->db, create(store->db, workspace, slug, text));
}
