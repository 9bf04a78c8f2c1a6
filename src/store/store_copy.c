// SPDX-License-Identifier: Apache-2.0
/*
 * A whole store copied into another, whatever their backends are: systems and versions,
 * with who has seen them, records with their revisions, the audit log with its hashes.
 */
#include <string.h>

#include "store/store_int.h"

/* From a store that looks to one that writes. */
struct copy {
    struct store *from, *to;
    int is_to_replace;
};

static enum store_result copy_version(const struct copy *c, const char *workspace,
                                      const char *slug, int64_t id, int64_t number)
{
    struct arena a = {0};
    struct store_version v;
    const char *text;
    enum store_result result =
        store_text(c->from, workspace, slug, number, &a, &text, &v);
    const struct store_text t = {text, (size_t)v.n_bytes, v.saved_s, v.who, v.why};
    if (result == STORE_OK) result = db_add_version(c->to->bound, id, number, &t);
    arena_fini(&a);
    return result;
}

static enum store_result copy_system(const struct copy *c, const char *workspace,
                                     const struct store_system *system)
{
    struct arena a = {0};
    struct list versions;
    int64_t id = 0;
    enum store_result result =
        store_versions(c->from, workspace, system->slug, &a, &versions);
    if (result == STORE_OK)
        result = db_add_system(c->to->bound, workspace, system->slug, system->created_s,
                               &id);
    const struct store_version *v = versions.items;
    for (uint32_t i = versions.n; i > 0 && result == STORE_OK; i--)
        result = copy_version(c, workspace, system->slug, id, v[i - 1].number);
    arena_fini(&a);
    return result;
}

static enum store_result copy_workspace(const struct copy *c, const char *workspace)
{
    struct arena a = {0};
    struct list systems;
    enum store_result result = store_systems(c->from, workspace, &a, &systems);
    const struct store_system *s = systems.items;
    for (uint32_t i = 0; i < systems.n && result == STORE_OK; i++)
        result = copy_system(c, workspace, &s[i]);
    arena_fini(&a);
    return result;
}

static enum store_result copy_systems(const struct copy *c)
{
    struct arena a = {0};
    struct list workspaces;
    enum store_result result = store_workspaces(c->from, &a, &workspaces);
    const char *const *w = workspaces.items;
    for (uint32_t i = 0; i < workspaces.n && result == STORE_OK; i++)
        result = copy_workspace(c, w[i]);
    arena_fini(&a);
    return result;
}

/* The row of the records that is being read. */
static enum store_result copy_record(struct db *from, struct db *to)
{
    struct arena a = {0};
    const char *kind = from->ops->text(from, SQL_RECORDS_ALL, 3, &a);
    const char *name = from->ops->text(from, SQL_RECORDS_ALL, 2, &a);
    const char *value = from->ops->text(from, SQL_RECORDS_ALL, 1, &a);
    int64_t revision = from->ops->number(from, SQL_RECORDS_ALL, 0);
    DB_START(to, SQL_RECORD_ADD, SQL_STRING(kind), SQL_STRING(name),
             SQL_NUMBER_OF(revision), SQL_STRING(value));
    enum store_result result = db_run(to, SQL_RECORD_ADD);
    arena_fini(&a);
    return result;
}

/* The row of the visits that is being read. */
static enum store_result copy_visit(struct db *from, struct db *to)
{
    enum sql q = SQL_VISITS_ALL;
    struct arena a = {0};
    int64_t id = 0, number;
    const struct store_visit visit = {from->ops->number(from, q, 0),
                                      from->ops->number(from, q, 1)};
    const char *person = from->ops->text(from, q, 2, &a);
    const char *workspace = from->ops->text(from, q, 3, &a);
    enum store_result result =
        db_find_system(to, workspace, from->ops->text(from, q, 4, &a), &id, &number);
    if (result == STORE_OK) result = db_put_visit(to, id, person, &visit);
    arena_fini(&a);
    return result;
}

/* All rows of a statement without parameters. */
static enum store_result copy_rows(const struct copy *c, enum sql q,
                                   enum store_result (*copy)(struct db *from,
                                                             struct db *to))
{
    struct db *from = c->from->bound, *to = c->to->bound;
    enum store_result result = STORE_OK, ended;
    from->ops->start(from, q, NULL, 0);
    while (result == STORE_OK && from->ops->next(from, q))
        result = copy(from, to);
    ended = from->ops->finish(from, q);
    return result == STORE_OK ? ended : result;
}

static enum store_result copy_records(const struct copy *c)
{
    return copy_rows(c, SQL_RECORDS_ALL, copy_record);
}

static enum store_result copy_visits(const struct copy *c)
{
    return copy_rows(c, SQL_VISITS_ALL, copy_visit);
}

static enum store_result copy_revision(const struct copy *c)
{
    struct db *from = c->from->bound, *to = c->to->bound;
    int64_t revision = 0;
    enum store_result result = db_count(from, SQL_REVISION_OF_ALL, &revision);
    if (result != STORE_OK) return result;
    DB_START(to, SQL_REVISION_SET, SQL_NUMBER_OF(revision));
    return db_run(to, SQL_REVISION_SET);
}

static enum store_result copy_audit(const struct copy *c)
{
    int64_t last = 0;
    struct list list = {.n = 1};
    enum store_result result = STORE_OK;
    while (result == STORE_OK && list.n) {
        struct arena a = {0};
        result = db_audit_after(c->from->bound, last, &a, &list);
        const struct store_audit *e = list.items;
        for (uint32_t i = 0; i < list.n && result == STORE_OK; i++) {
            result = db_audit_put(c->to->bound, &e[i]);
            last = e[i].number;
        }
        arena_fini(&a);
    }
    return result;
}

enum store_result store_be_empty(struct store *store)
{
    struct arena a = {0};
    struct list workspaces, entries;
    int64_t n_records = 0;
    enum store_result result = store_workspaces(store, &a, &workspaces);
    if (result == STORE_OK) result = store_audit_list(store, 0, 1, &a, &entries);
    if (result == STORE_OK)
        result = db_count(store->bound, SQL_RECORD_COUNT, &n_records);
    if (result == STORE_OK && (workspaces.n || entries.n || n_records))
        result = STORE_EXISTS;
    arena_fini(&a);
    return result;
}

static enum store_result copy_all(struct store *to, void *context)
{
    static enum store_result (*const parts[])(const struct copy *) = {
        copy_systems, copy_visits, copy_records, copy_revision, copy_audit};
    struct copy c = *(const struct copy *)context;
    struct db *db = to->bound;
    enum store_result result =
        c.is_to_replace ? db->ops->clear(db) : store_be_empty(to);
    c.to = to; // as it is within the transaction
    for (size_t i = 0; i < sizeof parts / sizeof *parts && result == STORE_OK; i++)
        result = parts[i](&c);
    return result;
}

static enum store_result copy_what_is_there(struct store *from, void *context)
{
    struct copy *c = context;
    c->from = from;
    return store_together(c->to, copy_all, c);
}

enum store_result store_copy(struct store *from, struct store *to, int is_to_replace)
{
    struct copy c = {from, to, is_to_replace};
    return store_look(from, copy_what_is_there, &c);
}
