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
        .summary = "",
    };
}

enum store_result store_workspaces(struct store *store, struct arena *a,
                                   struct list *workspaces)
{
    struct db *db = store_take(store);
    const char **items = NULL;
    size_t n = 0, cap = 0;
    db->ops->start(db, SQL_WORKSPACES, NULL, 0);
    while (db->ops->next(db, SQL_WORKSPACES)) {
        const char **item = mem_push(&items, &n, &cap, sizeof *items);
        *item = db->ops->text(db, SQL_WORKSPACES, 0, a);
    }
    *workspaces = db_list(a, items, n, sizeof *items);
    return store_give(store, db, db->ops->finish(db, SQL_WORKSPACES));
}

enum store_result store_systems_page(struct store *store, const char *workspace,
                                     const struct store_page *page, struct arena *a,
                                     struct list *systems)
{
    struct db *db;
    struct store_system *items = NULL;
    size_t n = 0, cap = 0;
    *systems = (struct list){0};
    if (!schema_is_id(workspace)) return STORE_MISSING;
    db = store_take(store);
    DB_START(db, SQL_SYSTEMS, SQL_STRING(workspace), SQL_STRING(page->mark),
             SQL_STRING(page->after), SQL_NUMBER_OF(page->most),
             SQL_STRING(page->person));
    while (db->ops->next(db, SQL_SYSTEMS)) {
        struct store_system *item = mem_push(&items, &n, &cap, sizeof *items);
        *item = read_system(db, SQL_SYSTEMS, a);
        item->summary = db->ops->text(db, SQL_SYSTEMS, 7, a);
        item->seen = db->ops->number(db, SQL_SYSTEMS, 8);
    }
    *systems = db_list(a, items, n, sizeof *items);
    return store_give(store, db, db->ops->finish(db, SQL_SYSTEMS));
}

enum store_result store_systems(struct store *store, const char *workspace,
                                struct arena *a, struct list *systems)
{
    const struct store_page all = {"", INT64_MAX, "", ""};
    return store_systems_page(store, workspace, &all, a, systems);
}

static int is_name(const char *workspace, const char *slug)
{
    return schema_is_id(workspace) && schema_is_id(slug);
}

enum store_result store_system(struct store *store, const char *workspace,
                               const char *slug, struct arena *a,
                               struct store_system *system)
{
    struct db *db;
    if (!is_name(workspace, slug)) return STORE_MISSING;
    db = store_take(store);
    DB_START(db, SQL_SYSTEM, SQL_STRING(workspace), SQL_STRING(slug));
    int found = db->ops->next(db, SQL_SYSTEM);
    if (found) *system = read_system(db, SQL_SYSTEM, a);
    return store_give(store, db, db_finish_one(db, SQL_SYSTEM, found));
}

enum store_result store_text(struct store *store, const char *workspace,
                             const char *slug, int64_t number, struct arena *a,
                             const char **text, struct store_version *version)
{
    struct db *db;
    struct store_version unused;
    if (!is_name(workspace, slug) || number < 0) return STORE_MISSING;
    db = store_take(store);
    DB_START(db, SQL_TEXT, SQL_STRING(workspace), SQL_STRING(slug),
             SQL_NUMBER_OF(number));
    int found = db->ops->next(db, SQL_TEXT);
    if (found) {
        *(version ? version : &unused) = read_version(db, SQL_TEXT, 0, a);
        *text = db->ops->text(db, SQL_TEXT, 5, a);
    }
    return store_give(store, db, db_finish_one(db, SQL_TEXT, found));
}

enum store_result store_versions(struct store *store, const char *workspace,
                                 const char *slug, struct arena *a,
                                 struct list *versions)
{
    struct db *db;
    struct store_version *items = NULL;
    size_t n = 0, cap = 0;
    *versions = (struct list){0};
    if (!is_name(workspace, slug)) return STORE_MISSING;
    db = store_take(store);
    DB_START(db, SQL_VERSIONS, SQL_STRING(workspace), SQL_STRING(slug));
    while (db->ops->next(db, SQL_VERSIONS)) {
        struct store_version *item = mem_push(&items, &n, &cap, sizeof *items);
        *item = read_version(db, SQL_VERSIONS, 0, a);
    }
    *versions = db_list(a, items, n, sizeof *items);
    return store_give(store, db, db_finish_one(db, SQL_VERSIONS, n > 0));
}

/* ---- writing -------------------------------------------------------------------- */

/* What is to be saved, and the number that comes of it. */
struct save {
    const char *workspace, *slug;
    int64_t based_on;
    const struct store_text *text;
    int64_t number;
};

enum store_result db_find_system(struct db *db, const char *workspace, const char *slug,
                                 int64_t *id, int64_t *number)
{
    DB_START(db, SQL_NUMBER, SQL_STRING(workspace), SQL_STRING(slug));
    int found = db->ops->next(db, SQL_NUMBER);
    if (found) {
        *id = db->ops->number(db, SQL_NUMBER, 0);
        *number = db->ops->number(db, SQL_NUMBER, 1);
    }
    return db_finish_one(db, SQL_NUMBER, found);
}

enum store_result db_add_version(struct db *db, int64_t id, int64_t number,
                                 const struct store_text *t)
{
    DB_START(db, SQL_SAVE, SQL_NUMBER_OF(id), SQL_NUMBER_OF(number),
             SQL_NUMBER_OF(t->saved_s), SQL_STRING(t->who), SQL_STRING(t->why),
             SQL_NUMBER_OF((int64_t)t->len), SQL_TEXT_OF(t->text, t->len));
    return db_run(db, SQL_SAVE);
}

enum store_result db_add_system(struct db *db, const char *workspace, const char *slug,
                                int64_t created_s, int64_t *id)
{
    DB_START(db, SQL_CREATE, SQL_STRING(workspace), SQL_STRING(slug),
             SQL_NUMBER_OF(created_s));
    if (db->ops->next(db, SQL_CREATE)) *id = db->ops->number(db, SQL_CREATE, 0);
    return db_run(db, SQL_CREATE);
}

/* Who has seen all that came before his own version has seen all. */
static enum store_result take_along(struct db *db, int64_t id, const struct save *s)
{
    DB_START(db, SQL_VISIT_FOLLOWS, SQL_NUMBER_OF(id), SQL_STRING(s->text->who),
             SQL_NUMBER_OF(s->based_on), SQL_NUMBER_OF(s->number));
    return db_run(db, SQL_VISIT_FOLLOWS);
}

static enum store_result save(struct db *db, void *context)
{
    struct save *s = context;
    int64_t id = 0;
    enum store_result result =
        db_find_system(db, s->workspace, s->slug, &id, &s->number);
    if (result != STORE_OK) return result;
    if (s->number != s->based_on) return STORE_CONFLICT;
    result = db_add_version(db, id, ++s->number, s->text);
    return result == STORE_OK ? take_along(db, id, s) : result;
}

enum store_result store_save(struct store *store, const char *workspace,
                             const char *slug, int64_t based_on,
                             const struct store_text *text, int64_t *number)
{
    struct save s = {workspace, slug, based_on, text, 0};
    if (!is_name(workspace, slug)) return STORE_MISSING;
    if (!store_is_text(text)) return STORE_REFUSED;
    enum store_result result = store_write(store, save, &s);
    *number = s.number;
    return result;
}

static enum store_result create(struct db *db, void *context)
{
    const struct save *s = context;
    int64_t id = 0, number;
    enum store_result result = db_find_system(db, s->workspace, s->slug, &id, &number);
    if (result != STORE_MISSING) return result == STORE_OK ? STORE_EXISTS : result;
    result = db_add_system(db, s->workspace, s->slug, s->text->saved_s, &id);
    return result == STORE_OK ? db_add_version(db, id, 1, s->text) : result;
}

enum store_result store_create(struct store *store, const char *workspace,
                               const char *slug, const struct store_text *text)
{
    struct save s = {.workspace = workspace, .slug = slug, .text = text};
    if (!is_name(workspace, slug) || !store_is_text(text)) return STORE_REFUSED;
    return store_write(store, create, &s);
}

/* ---- what is remembered --------------------------------------------------------- */

struct memory {
    const struct store_summary *items;
    size_t n;
};

static enum store_result remember(struct db *db, void *context)
{
    const struct memory *m = context;
    enum store_result result = STORE_OK;
    for (size_t i = 0; i < m->n && result == STORE_OK; i++) {
        const struct store_summary *s = &m->items[i];
        DB_START(db, SQL_REMEMBER, SQL_STRING(s->workspace), SQL_STRING(s->slug),
                 SQL_NUMBER_OF(s->number), SQL_STRING(s->mark), SQL_STRING(s->text));
        result = db_run(db, SQL_REMEMBER);
    }
    return result;
}

enum store_result store_remember(struct store *store, const struct store_summary *items,
                                 size_t n)
{
    struct memory m = {items, n};
    for (size_t i = 0; i < n; i++)
        if (!is_name(items[i].workspace, items[i].slug) ||
            !store_is_clean(items[i].mark, strlen(items[i].mark), STORE_KEY_BYTES) ||
            !store_is_clean(items[i].text, strlen(items[i].text), STORE_RECORD_BYTES))
            return STORE_REFUSED;
    return n ? store_write(store, remember, &m) : STORE_OK;
}

/* ---- visits --------------------------------------------------------------------- */

struct see {
    const char *workspace, *slug, *person;
    const struct store_visit *visit;
};

enum store_result db_put_visit(struct db *db, int64_t id, const char *person,
                               const struct store_visit *visit)
{
    DB_START(db, SQL_VISIT_PUT, SQL_NUMBER_OF(id), SQL_STRING(person),
             SQL_NUMBER_OF(visit->number), SQL_NUMBER_OF(visit->seen_s));
    return db_run(db, SQL_VISIT_PUT);
}

static enum store_result see(struct db *db, void *context)
{
    const struct see *s = context;
    int64_t id = 0, number = 0;
    enum store_result result = db_find_system(db, s->workspace, s->slug, &id, &number);
    if (result != STORE_OK) return result;
    if (s->visit->number < 1 || s->visit->number > number) return STORE_MISSING;
    return db_put_visit(db, id, s->person, s->visit);
}

enum store_result store_see(struct store *store, const char *workspace,
                            const char *slug, const char *person,
                            const struct store_visit *visit)
{
    struct see s = {workspace, slug, person, visit};
    if (!is_name(workspace, slug)) return STORE_MISSING;
    if (person[0] == '\0' || !store_is_note(person, STORE_WHO_BYTES))
        return STORE_REFUSED;
    return store_write(store, see, &s);
}

enum store_result store_visited(struct store *store, const char *workspace,
                                const char *slug, const char *person,
                                struct store_visit *visit)
{
    struct db *db;
    if (!is_name(workspace, slug) || !store_is_note(person, STORE_WHO_BYTES))
        return STORE_MISSING;
    db = store_take(store);
    DB_START(db, SQL_VISIT, SQL_STRING(workspace), SQL_STRING(slug),
             SQL_STRING(person));
    int found = db->ops->next(db, SQL_VISIT);
    if (found)
        *visit = (struct store_visit){db->ops->number(db, SQL_VISIT, 0),
                                      db->ops->number(db, SQL_VISIT, 1)};
    return store_give(store, db, db_finish_one(db, SQL_VISIT, found));
}
