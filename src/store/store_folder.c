// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The store as a folder of YAML: FOLDER/WORKSPACE/SLUG/index.yaml and NUMBER.yaml. It
 * is made of what every backend can do. The index is a file format like others, a
 * table of base/schema.h, so what is written is read back by the same words; the texts
 * are copied byte for byte.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/words.h"
#include "store/store_int.h"

/* ---- the index ------------------------------------------------------------------ */

struct index_version {
    struct number number, saved_s;
    const char *who;
    struct text why;
};

struct index {
    struct list versions; // struct index_version, the oldest first
};

static const struct range times = {0, 9007199254740991.0};

// clang-format off
static const struct field version_fields[] = {
    SCHEMA_FIELD(struct index_version, "number", FIELD_NUMBER, number, &times, NULL, FIELD_REQUIRED, "number of the version, from 1", "版の番号(1から)"),
    SCHEMA_FIELD(struct index_version, "saved", FIELD_NUMBER, saved_s, &times, NULL, FIELD_REQUIRED, "when, in seconds since 1970-01-01 UTC", "保存時刻(1970-01-01 UTCからの秒数)"),
    SCHEMA_FIELD(struct index_version, "who", FIELD_STRING, who, NULL, NULL, 0, "who has saved it", "保存した人"),
    SCHEMA_FIELD(struct index_version, "why", FIELD_TEXT, why, NULL, NULL, 0, "why", "保存の理由"),
};
SCHEMA_SHAPE(version, "a version", "版", struct index_version, "a version of a model", "モデルの版")
static const struct field index_fields[] = {
    SCHEMA_FIELD(struct index, "versions", FIELD_LIST, versions, &version_shape, NULL, FIELD_REQUIRED, "all versions, the oldest first", "すべての版(古い順)"),
};
SCHEMA_SHAPE(index, "an index", "一覧", struct index, "the versions of a system", "システムの版の一覧")
// clang-format on

/* ---- export --------------------------------------------------------------------- */

/* Says why a file or folder cannot be made; -1. */
static int cannot_write(const char *path, struct diag_list *d)
{
    DIAG_ADD(d, CANNOT_WRITE, (struct place){0}, text_same(path), words_error(errno));
    return -1;
}

static int unusable(struct store *store, enum store_result result, struct diag_list *d)
{
    if (result == STORE_OK) return 0;
    DIAG_ADD(d, STORE_UNUSABLE, (struct place){0}, text_same(store_problem(store)));
    return -1;
}

static int write_file(const char *path, const char *bytes, size_t len,
                      struct diag_list *d)
{
    FILE *f = fopen(path, "wbx");
    if (f == NULL) return cannot_write(path, d);
    int failed = fwrite(bytes, 1, len, f) != len;
    failed |= fflush(f) != 0 || fsync(fileno(f)) != 0;
    failed |= fclose(f) != 0;
    return failed ? cannot_write(path, d) : 0;
}

/* A workspace and its folder. */
struct home {
    struct store *store;
    const char *workspace, *folder;
};

static int export_text(const struct home *h, const char *slug, int64_t number,
                       struct diag_list *d)
{
    struct arena a = {0};
    const char *text, *path;
    struct store_version v;
    enum store_result result =
        store_text(h->store, h->workspace, slug, number, &a, &text, &v);
    path = arena_printf(&a, "%s/%s/%lld.yaml", h->folder, slug, (long long)number);
    int wrong =
        unusable(h->store, result, d) || write_file(path, text, (size_t)v.n_bytes, d);
    arena_fini(&a);
    return wrong ? -1 : 0;
}

/* The index of a system from its versions, the latest first. */
static struct index make_index(const struct list *versions, struct arena *a)
{
    struct index index = {0};
    struct index_version *to = arena_array(a, versions->n + 1u, sizeof *to);
    const struct store_version *from = versions->items;
    for (uint32_t i = 0; i < versions->n; i++) {
        const struct store_version *v = &from[versions->n - 1 - i];
        to[i].number = (struct number){(double)v->number, 1};
        to[i].saved_s = (struct number){(double)v->saved_s, 1};
        to[i].who = v->who[0] ? v->who : NULL;
        to[i].why = text_same(v->why[0] ? v->why : NULL);
    }
    index.versions = (struct list){to, versions->n};
    return index;
}

static int export_index(const char *path, const struct list *versions, struct arena *a,
                        struct diag_list *d)
{
    struct buf text = {0};
    const struct index index = make_index(versions, a);
    schema_write(&index_shape, &index, &text);
    int wrong = write_file(arena_printf(a, "%s/index.yaml", path), buf_text(&text),
                           text.len, d);
    buf_fini(&text);
    return wrong;
}

static int make_folder(const char *path, struct diag_list *d)
{
    return mkdir(path, 0777) == 0 ? 0 : cannot_write(path, d);
}

static int export_system(const struct home *h, const char *slug, struct diag_list *d)
{
    struct arena a = {0};
    struct list versions;
    const char *path = arena_printf(&a, "%s/%s", h->folder, slug);
    int wrong = unusable(
        h->store, store_versions(h->store, h->workspace, slug, &a, &versions), d);
    if (!wrong) wrong = make_folder(path, d);
    const struct store_version *v = versions.items;
    for (uint32_t i = 0; i < versions.n && !wrong; i++)
        wrong = export_text(h, slug, v[i].number, d);
    if (!wrong) wrong = export_index(path, &versions, &a, d);
    arena_fini(&a);
    return wrong ? -1 : 0;
}

static int export_workspace(const struct home *h, struct diag_list *d)
{
    struct arena a = {0};
    struct list systems;
    int wrong =
        unusable(h->store, store_systems(h->store, h->workspace, &a, &systems), d);
    if (!wrong) wrong = make_folder(h->folder, d);
    const struct store_system *system = systems.items;
    for (uint32_t i = 0; i < systems.n && !wrong; i++)
        wrong = export_system(h, system[i].slug, d);
    arena_fini(&a);
    return wrong ? -1 : 0;
}

/* What is done as one, and what has come of it. */
struct errand {
    const char *folder;
    struct diag_list *d;
    int wrong;
};

static enum store_result export_all(struct store *within, void *context)
{
    struct errand *e = context;
    struct arena a = {0};
    struct list workspaces;
    e->wrong = unusable(within, store_workspaces(within, &a, &workspaces), e->d);
    const char *const *workspace = workspaces.items;
    for (uint32_t i = 0; i < workspaces.n && !e->wrong; i++) {
        const char *path = arena_printf(&a, "%s/%s", e->folder, workspace[i]);
        const struct home h = {within, workspace[i], path};
        e->wrong = export_workspace(&h, e->d);
    }
    arena_fini(&a);
    return STORE_OK;
}

int store_export(struct store *store, const char *folder, struct diag_list *d)
{
    struct errand e = {folder, d, 0};
    if (make_folder(folder, d) != 0) return -1;
    if (unusable(store, store_together(store, export_all, &e), d)) return -1;
    return e.wrong;
}

/* ---- import --------------------------------------------------------------------- */

/* What a version's file holds, to be freed; NULL after an error in d. */
static char *read_text(const char *path, size_t *len, struct diag_list *d)
{
    struct stat info;
    FILE *f = fopen(path, "rb");
    char *text = NULL;
    int why = f ? 0 : errno;
    if (f && (fstat(fileno(f), &info) != 0 || !S_ISREG(info.st_mode) ||
              info.st_size > STORE_TEXT_BYTES))
        why = EFBIG;
    if (why == 0) {
        text = mem_alloc((size_t)info.st_size + 1);
        *len = fread(text, 1, (size_t)info.st_size, f);
    }
    if (f) fclose(f);
    if (why)
        DIAG_ADD(d, CANNOT_READ, (struct place){0}, text_same(path), words_error(why));
    return text;
}

/* Puts one version in; the first makes the system. */
static enum store_result put_version(const struct home *h, const char *slug,
                                     int64_t number, const struct store_text *text)
{
    int64_t saved;
    if (number == 1) return store_create(h->store, h->workspace, slug, text);
    return store_save(h->store, h->workspace, slug, number - 1, text, &saved);
}

static int import_version(const struct home *h, const char *slug,
                          const struct index_version *v, int64_t number,
                          struct diag_list *d)
{
    char path[4200];
    size_t len = 0;
    snprintf(path, sizeof path, "%s/%s/%lld.yaml", h->folder, slug, (long long)number);
    char *bytes = read_text(path, &len, d);
    if (bytes == NULL) return -1;
    const struct store_text text = {bytes, len, (int64_t)v->saved_s.value,
                                    v->who ? v->who : "", text_in(v->why, LANG_EN)};
    enum store_result result = put_version(h, slug, number, &text);
    free(bytes);
    if (result == STORE_EXISTS)
        DIAG_ADD(d, STORE_THERE, (struct place){0}, text_same(slug));
    else if (result == STORE_REFUSED)
        DIAG_ADD(d, STORE_FOLDER, (struct place){0}, text_same(path),
                 TEXT("empty, too large, or not UTF-8", "空、過大、又はUTF-8でない"));
    else
        return unusable(h->store, result, d);
    return -1;
}

/* Reads an index; -1 after errors in d. */
static int read_index(const char *path, struct index *index, struct arena *a,
                      struct diag_list *d)
{
    int file = yaml_load(d, path, (struct place){0});
    const struct node *root = file < 0 ? NULL : yaml_parse(a, d, (uint32_t)file);
    if (root == NULL || schema_read(&index_shape, root, index, a, d)) return -1;
    const struct index_version *v = index->versions.items;
    for (uint32_t i = 0; i < index->versions.n; i++) {
        if ((int64_t)v[i].number.value == (int64_t)i + 1) continue;
        DIAG_ADD(d, STORE_FOLDER, (struct place){0}, text_same(path),
                 TEXT("the numbers are not 1, 2, 3, ...", "番号が1、2、3…でない"));
        return -1;
    }
    return 0;
}

static int import_system(const struct home *h, const char *slug, struct diag_list *d)
{
    struct arena a = {0};
    struct index index = {0};
    const char *path = arena_printf(&a, "%s/%s/index.yaml", h->folder, slug);
    int wrong = read_index(path, &index, &a, d);
    for (uint32_t i = 0; i < index.versions.n && !wrong; i++) {
        const struct index_version *v = index.versions.items;
        wrong = import_version(h, slug, &v[i], (int64_t)i + 1, d);
    }
    arena_fini(&a);
    return wrong ? -1 : 0;
}

static int is_named(const struct dirent *entry)
{
    return schema_is_id(entry->d_name);
}

/* Does something with each entry of a folder whose name is an identifier, in their
 * order, until it goes wrong. */
static int each_entry(const struct home *h,
                      int (*visit)(const struct home *h, const char *name,
                                   struct diag_list *d),
                      struct diag_list *d)
{
    struct dirent **entries = NULL;
    int n = scandir(h->folder, &entries, is_named, alphasort), wrong = n < 0 ? -1 : 0;
    if (n < 0)
        DIAG_ADD(d, CANNOT_READ, (struct place){0}, text_same(h->folder),
                 words_error(errno));
    for (int i = 0; i < n; i++) {
        if (!wrong) wrong = visit(h, entries[i]->d_name, d);
        free(entries[i]);
    }
    free(entries);
    return wrong;
}

static int import_workspace(const struct home *all, const char *name,
                            struct diag_list *d)
{
    struct arena a = {0};
    const struct home h = {all->store, name,
                           arena_printf(&a, "%s/%s", all->folder, name)};
    int wrong = each_entry(&h, import_system, d);
    arena_fini(&a);
    return wrong;
}

static enum store_result import_all(struct store *within, void *context)
{
    struct errand *e = context;
    const struct home all = {within, NULL, e->folder};
    e->wrong = each_entry(&all, import_workspace, e->d);
    return e->wrong ? STORE_REFUSED : STORE_OK;
}

int store_import(struct store *store, const char *folder, struct diag_list *d)
{
    struct errand e = {folder, d, 0};
    enum store_result result = store_together(store, import_all, &e);
    return e.wrong ? -1 : unusable(store, result, d);
}
