// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * The store as a folder of YAML: FOLDER/SLUG/index.yaml and FOLDER/SLUG/NUMBER.yaml.
 * It is made of what every backend can do. The index is a file format like others, a
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

static int export_text(struct store *store, const char *folder, const char *slug,
                       int64_t number, struct diag_list *d)
{
    struct arena a = {0};
    const char *text;
    struct store_version v;
    int wrong =
        unusable(store, store_text(store, slug, number, &a, &text, &v), d) ||
        write_file(arena_printf(&a, "%s/%s/%lld.yaml", folder, slug, (long long)number),
                   text, (size_t)v.n_bytes, d);
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

static int export_system(struct store *store, const char *folder,
                         const struct store_system *system, struct diag_list *d)
{
    struct arena a = {0};
    struct buf text = {0};
    struct list versions;
    const char *path = arena_printf(&a, "%s/%s", folder, system->slug);
    int wrong = unusable(store, store_versions(store, system->slug, &a, &versions), d);
    if (!wrong && mkdir(path, 0777) != 0) wrong = cannot_write(path, d);
    for (uint32_t i = 0; i < versions.n && !wrong; i++) {
        const struct store_version *v = versions.items;
        wrong = export_text(store, folder, system->slug, v[i].number, d);
    }
    if (!wrong) {
        const struct index index = make_index(&versions, &a);
        schema_write(&index_shape, &index, &text);
        wrong = write_file(arena_printf(&a, "%s/index.yaml", path), buf_text(&text),
                           text.len, d);
    }
    buf_fini(&text);
    arena_fini(&a);
    return wrong ? -1 : 0;
}

static int export_all(struct store *store, const char *folder, struct diag_list *d)
{
    struct arena a = {0};
    struct list systems;
    int wrong = unusable(store, store_systems(store, &a, &systems), d);
    for (uint32_t i = 0; i < systems.n && !wrong; i++)
        wrong = export_system(store, folder,
                              &((const struct store_system *)systems.items)[i], d);
    arena_fini(&a);
    return wrong ? -1 : 0;
}

int store_export(struct store *store, const char *folder, struct diag_list *d)
{
    if (mkdir(folder, 0777) != 0) return cannot_write(folder, d);
    if (unusable(store, store->ops->begin(store), d)) return -1; // of one moment
    int wrong = export_all(store, folder, d);
    store->ops->end(store, 0);
    return wrong;
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
static int import_version(struct store *store, const char *folder, const char *slug,
                          const struct index_version *v, int64_t number,
                          struct diag_list *d)
{
    char path[4200];
    size_t len = 0;
    int64_t saved;
    snprintf(path, sizeof path, "%s/%s/%lld.yaml", folder, slug, (long long)number);
    char *bytes = read_text(path, &len, d);
    if (bytes == NULL) return -1;
    const struct store_text text = {bytes, len, (int64_t)v->saved_s.value,
                                    v->who ? v->who : "", text_in(v->why, LANG_EN)};
    enum store_result result = number == 1
                                   ? store_create(store, slug, &text)
                                   : store_save(store, slug, number - 1, &text, &saved);
    free(bytes);
    if (result == STORE_EXISTS)
        DIAG_ADD(d, STORE_THERE, (struct place){0}, text_same(slug));
    else if (result == STORE_REFUSED)
        DIAG_ADD(d, STORE_FOLDER, (struct place){0}, text_same(path),
                 TEXT("empty, too large, or not UTF-8", "空、過大、又はUTF-8でない"));
    else
        return unusable(store, result, d);
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

static int import_system(struct store *store, const char *folder, const char *slug,
                         struct diag_list *d)
{
    struct arena a = {0};
    struct index index = {0};
    const char *path = arena_printf(&a, "%s/%s/index.yaml", folder, slug);
    int wrong = read_index(path, &index, &a, d);
    for (uint32_t i = 0; i < index.versions.n && !wrong; i++) {
        const struct index_version *v = index.versions.items;
        wrong = import_version(store, folder, slug, &v[i], (int64_t)i + 1, d);
    }
    arena_fini(&a);
    return wrong ? -1 : 0;
}

static int is_system(const struct dirent *entry)
{
    return schema_is_id(entry->d_name);
}

static int import_all(struct store *store, const char *folder, struct diag_list *d)
{
    struct dirent **entries = NULL;
    int n = scandir(folder, &entries, is_system, alphasort), wrong = n < 0 ? -1 : 0;
    if (n < 0)
        DIAG_ADD(d, CANNOT_READ, (struct place){0}, text_same(folder),
                 words_error(errno));
    for (int i = 0; i < n; i++) {
        if (!wrong) wrong = import_system(store, folder, entries[i]->d_name, d);
        free(entries[i]);
    }
    free(entries);
    return wrong;
}

int store_import(struct store *store, const char *folder, struct diag_list *d)
{
    if (unusable(store, store->ops->begin(store), d)) return -1;
    int wrong = import_all(store, folder, d);
    enum store_result ended = store->ops->end(store, !wrong);
    return wrong ? -1 : unusable(store, ended, d);
}
