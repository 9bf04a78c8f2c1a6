// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* What is done with a store as a whole: backup, the way back, and looking through it.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/words.h"
#include "store/store_int.h"

/* Tells what is in the way of a result that is not STORE_OK; -1. */
static int tell(struct store *store, enum store_result result, struct diag_list *d)
{
    if (result == STORE_OK) return 0;
    if (result == STORE_FULL)
        diag_put(d, DIAG_STORE_NO_ROOM, (struct place){0}, NULL);
    else if (result == STORE_EXISTS)
        diag_put(d, DIAG_STORE_HAS, (struct place){0}, NULL);
    else
        DIAG_ADD(d, STORE_UNUSABLE, (struct place){0}, text_same(store_problem(store)));
    return -1;
}

/* ---- backup --------------------------------------------------------------------- */

static int cannot_write(const char *path, int why, struct diag_list *d)
{
    DIAG_ADD(d, CANNOT_WRITE, (struct place){0}, text_same(path), words_error(why));
    return -1;
}

/* By way of a store of SQLite in a file beside, which is then copied once more: into
 * one file without a journal. */
static int backup_elsewhere(struct store *store, const char *path, struct diag_list *d)
{
    struct buf between = {0};
    buf_printf(&between, "%s.copy", path);
    remove(buf_text(&between));
    struct store *copy = store_open(buf_text(&between), d);
    int wrong = copy == NULL;
    if (copy) wrong = tell(store, store_copy(store, copy, 0), d);
    if (copy && !wrong) wrong = store_backup(copy, path, d);
    store_close(copy);
    remove(buf_text(&between));
    buf_fini(&between);
    return wrong ? -1 : 0;
}

int store_backup(struct store *store, const char *path, struct diag_list *d)
{
    if (access(path, F_OK) == 0) return cannot_write(path, EEXIST, d);
    if (store->writer->ops->backup == NULL) return backup_elsewhere(store, path, d);
    struct db *db = store_take(store);
    return tell(store, store_give(store, db, db->ops->backup(db, path)), d);
}

/* ---- the way back --------------------------------------------------------------- */

static enum store_result find_anything(struct store *within, void *context)
{
    (void)context;
    return store_be_empty(within);
}

/* From a file of the newest form, which is ours. */
static int refill_from(struct store *store, const char *path, int is_to_replace,
                       struct diag_list *d)
{
    enum store_result result =
        is_to_replace ? STORE_OK : store_look(store, find_anything, NULL);
    if (result != STORE_OK) return tell(store, result, d);
    if (store->writer->ops->refill) {
        struct db *db = store_take(store);
        return tell(store, store_give(store, db, db->ops->refill(db, path)), d);
    }
    struct store *from = store_open(path, d);
    if (from == NULL) return -1;
    int wrong = tell(store, store_copy(from, store, is_to_replace), d);
    store_close(from);
    return wrong;
}

/* A copy of a backup, so that the backup itself is only read: brought to the newest
 * form by being opened. */
static int copy_backup(const char *path, const char *copy, struct diag_list *d)
{
    struct store *store;
    if (db_copy_sqlite(path, copy, d) != 0) return -1;
    store = store_open(copy, d);
    store_close(store);
    return store ? 0 : -1;
}

int store_refill(struct store *store, const char *path, int is_to_replace,
                 struct diag_list *d)
{
    const char *base = getenv("TMPDIR");
    struct buf folder = {0}, copy = {0};
    buf_printf(&folder, "%s/awai-XXXXXX", base ? base : "/tmp");
    if (mkdtemp(folder.data) == NULL) {
        int wrong = cannot_write(buf_text(&folder), errno, d);
        buf_fini(&folder);
        return wrong;
    }
    buf_printf(&copy, "%s/copy", buf_text(&folder));
    int wrong = copy_backup(path, buf_text(&copy), d);
    if (!wrong) wrong = refill_from(store, buf_text(&copy), is_to_replace, d);
    remove(buf_text(&copy));
    rmdir(buf_text(&folder));
    buf_fini(&copy);
    buf_fini(&folder);
    return wrong ? -1 : 0;
}

/* ---- looking through ------------------------------------------------------------ */

/* What is being looked through, and what was found. */
struct look {
    struct store *store;
    struct store_count *count;
    struct diag_list *d;
    const char *workspace, *slug;
};

static void damaged(const struct look *l, const char *what, struct text how)
{
    DIAG_ADD(l->d, STORE_DAMAGED, (struct place){0}, text_same(what), how);
}

static enum store_result
look_at_version(const struct look *l, const struct store_version *v, int64_t expected)
{
    struct arena a = {0};
    const char *text = "";
    enum store_result result =
        store_text(l->store, l->workspace, l->slug, v->number, &a, &text, NULL);
    const char *what =
        arena_printf(&a, "%s/%s/%lld", l->workspace, l->slug, (long long)v->number);
    const struct store_text t = {text, (size_t)v->n_bytes, v->saved_s, v->who, v->why};
    if (v->number != expected)
        damaged(l, what,
                TEXT("a version before it is missing", "これより前の版が無い"));
    if (result == STORE_OK && (strlen(text) != t.len || !store_is_text(&t)))
        damaged(
            l, what,
            TEXT("its text is not the one that was saved", "保存された文書と異なる"));
    l->count->n_versions++;
    arena_fini(&a);
    return result;
}

static enum store_result look_at_system(struct look *l, const char *slug)
{
    struct arena a = {0};
    struct list versions;
    enum store_result result =
        store_versions(l->store, l->workspace, slug, &a, &versions);
    const struct store_version *v = versions.items;
    l->slug = slug;
    for (uint32_t i = 0; i < versions.n && result == STORE_OK; i++)
        result = look_at_version(l, &v[i], (int64_t)versions.n - i);
    l->count->n_systems++;
    arena_fini(&a);
    return result;
}

static enum store_result look_at_workspace(struct look *l, const char *workspace)
{
    struct arena a = {0};
    struct list systems;
    enum store_result result = store_systems(l->store, workspace, &a, &systems);
    const struct store_system *s = systems.items;
    l->workspace = workspace;
    for (uint32_t i = 0; i < systems.n && result == STORE_OK; i++)
        result = look_at_system(l, s[i].slug);
    l->count->n_workspaces++;
    arena_fini(&a);
    return result;
}

static enum store_result look_at_systems(struct look *l)
{
    struct arena a = {0};
    struct list workspaces;
    enum store_result result = store_workspaces(l->store, &a, &workspaces);
    const char *const *w = workspaces.items;
    for (uint32_t i = 0; i < workspaces.n && result == STORE_OK; i++)
        result = look_at_workspace(l, w[i]);
    arena_fini(&a);
    return result;
}

static enum store_result look_at_audit(struct look *l)
{
    int64_t broken;
    char number[32];
    enum store_result result =
        store_audit_verify(l->store, &broken, &l->count->n_entries, l->count->head);
    snprintf(number, sizeof number, "%lld", (long long)broken);
    if (result == STORE_OK && broken)
        damaged(
            l, number,
            TEXT("this entry of the audit log is missing, or does not follow the one "
                 "before it",
                 "監査記録のこの項目が無いか、前の項目につながらない"));
    return result;
}

/* What the database says of itself. */
static enum store_result look_at_database(struct look *l)
{
    struct buf found = {0};
    struct db *db = l->store->bound;
    enum store_result result =
        db->ops->examine ? db->ops->examine(db, &found) : STORE_OK;
    if (result == STORE_OK && found.len) {
        found.data[found.len - 1] = '\0'; // the last end of a line
        damaged(l, "SQLite", text_same(arena_str(&l->d->arena, found.data)));
    }
    buf_fini(&found);
    return result;
}

static enum store_result look_at_records(struct look *l)
{
    return db_count(l->store->bound, SQL_RECORD_COUNT, &l->count->n_records);
}

static enum store_result look_through(struct store *within, void *context)
{
    static enum store_result (*const parts[])(struct look *) = {
        look_at_database, look_at_systems, look_at_records, look_at_audit};
    struct look *l = context;
    enum store_result result = STORE_OK;
    l->store = within;
    for (size_t i = 0; i < sizeof parts / sizeof *parts && result == STORE_OK; i++)
        result = parts[i](l);
    return result;
}

int store_verify(struct store *store, struct store_count *count, struct diag_list *d)
{
    struct look l = {.count = count, .d = d};
    size_t before = d->n_errors;
    *count = (struct store_count){0};
    int wrong = tell(store, store_look(store, look_through, &l), d);
    return wrong || d->n_errors > before ? -1 : 0;
}
