// SPDX-License-Identifier: Apache-2.0
/*
 * Joins included files, section by section. A model may come from anyone, and so may
 * what it includes: a file is opened only if it lies in the folder that the model may
 * use, after symbolic links, and is quoted only once it has turned out to be part of a
 * model. A file is joined once, however many include it; one that includes itself is
 * told once.
 */
// NOLINTNEXTLINE: the C library reserves the name for this very use
#define _XOPEN_SOURCE 700 // realpath
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/words.h"
#include "model/model_int.h"

/* A file that is being joined, and the one that includes it. */
struct open_file {
    const struct open_file *outer;
    const char *path; // as messages call it
    const char *real; // without links; "" for standard input
};

struct joiner {
    struct model *model;
    struct node *root;
    const char *folder;   // of the first file, as its path has it, with '/' or ""
    const char *within;   // where all files must lie, without links, or NULL: nowhere
    int is_given;         // `within` was: paths may be absolute, and lead out and in
    struct strmap joined; // real paths
    uint32_t n_files;
    int has_cycle;
};

static void join_file(struct joiner *j, const struct node *name,
                      const struct open_file *outer);

/* Appends the entries of `from` to the section `to`; ids must differ. */
static void join_section(struct joiner *j, struct node *to, struct node *from)
{
    struct diag_list *d = &j->model->diags;
    if (to->kind != from->kind || to->kind == NODE_SCALAR) {
        DIAG_ADD(d, SECTION_TWICE, node_key_place(from), text_same(from->key));
        return;
    }
    struct strmap seen = {0};
    struct node **tail = &to->first;
    for (; *tail; tail = &(*tail)->next) {
        if (to->kind == NODE_MAPPING) strmap_add(&seen, (*tail)->key, 0, NULL);
    }
    *tail = from->first;
    to->n += from->n;
    for (struct node *e = from->first; e && to->kind == NODE_MAPPING; e = e->next) {
        if (!strmap_add(&seen, e->key, 0, NULL))
            DIAG_ADD(d, ENTRY_TWICE, node_key_place(e), text_same(e->key));
    }
    strmap_fini(&seen);
}

static void join_includes(struct joiner *j, const struct node *root,
                          const struct open_file *file)
{
    const struct node *list = node_get(root, "include");
    if (list == NULL || node_is_null(list)) return;
    if (list->kind == NODE_SCALAR) join_file(j, list, file);
    for (const struct node *e = list->kind == NODE_SEQUENCE ? list->first : NULL; e;
         e = e->next) {
        if (e->kind == NODE_SCALAR) join_file(j, e, file);
    }
}

/* An included file need not state its version, but not another one. */
static void check_version(struct joiner *j, const struct node *version)
{
    struct diag_list *d = &j->model->diags;
    struct text known = diag_number(d, MODEL_VERSION);
    int is_known = version->kind == NODE_SCALAR && !version->quoted &&
                   strcmp(version->text, text_in(known, LANG_EN)) == 0;
    if (!is_known && !node_is_null(version))
        DIAG_ADD(d, VERSION, version->at,
                 diag_quote(d, version->kind == NODE_SCALAR ? version->text : ""),
                 known, text_same(version->key));
}

/* Joins the sections of an included file to the root. */
static void join_root(struct joiner *j, const struct node *root)
{
    for (struct node *e = root->first, *next; e; e = next) {
        next = e->next;
        struct node *mine = node_get(j->root, e->key);
        if (strcmp(e->key, "include") == 0) continue;
        if (strcmp(e->key, "awai") == 0) {
            check_version(j, e);
            continue;
        }
        if (mine) {
            join_section(j, mine, e);
            continue;
        }
        e->next = j->root->first;
        j->root->first = e;
        j->root->n++;
    }
}

// ---- where a file may lie

/* The part of a path up to its last '/', "" if it has none. */
static const char *folder_of(struct joiner *j, const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t len = slash ? (size_t)(slash + 1 - path) : 0;
    return arena_strn(&j->model->arena, path, len);
}

/* 1 if a path below a folder leads out of it by "..", whatever exists. */
static int climbs_out(const char *path)
{
    int depth = 0;
    while (*path) {
        size_t len = strcspn(path, "/");
        if (len == 2 && memcmp(path, "..", 2) == 0)
            depth--;
        else if (len > 0 && !(len == 1 && *path == '.'))
            depth++;
        if (depth < 0) return 1;
        path += len + (path[len] == '/');
    }
    return 0;
}

static int is_within(const char *folder, const char *real)
{
    size_t len = strlen(folder);
    if (strcmp(folder, "/") == 0) return 1;
    return strncmp(real, folder, len) == 0 && real[len] == '/';
}

/* The path without links, in the model's arena; NULL, and errno, if there is none. */
static const char *real_path(struct joiner *j, const char *path)
{
    char *real = realpath(path, NULL);
    const char *copy = real ? arena_str(&j->model->arena, real) : NULL;
    free(real);
    return copy;
}

/*
 * The real path of a file that may be opened, or NULL after an error. What lies outside
 * is not even asked for: whether it is there is nobody's business.
 */
static const char *allowed(struct joiner *j, const struct node *name, const char *path)
{
    struct diag_list *d = &j->model->diags;
    size_t n = strlen(j->folder);
    int is_below = name->text[0] != '/' && strncmp(path, j->folder, n) == 0 &&
                   !climbs_out(path + n);
    const char *real = is_below || j->is_given ? real_path(j, path) : NULL;
    if (real == NULL && (is_below || j->is_given))
        DIAG_ADD(d, CANNOT_READ, name->at, text_same(path), words_error(errno));
    else if (real == NULL || j->within == NULL || !is_within(j->within, real))
        DIAG_ADD(d, INCLUDE_OUTSIDE, name->at, diag_quote(d, name->text));
    else
        return real;
    return NULL;
}

// ---- what a file must be

/* The text after white space, comments and the lines that may begin a document. */
static const char *skip_to_content(const char *s)
{
    static const char mark[] = "\xEF\xBB\xBF";
    if (strncmp(s, mark, 3) == 0) s += 3;
    for (;;) {
        s += strspn(s, " \t\r\n{");
        int is_no_content = *s == '#' || *s == '%' || strncmp(s, "---", 3) == 0;
        if (!is_no_content) return s;
        s += strcspn(s, "\n");
    }
}

/* 1 if the text begins with a key of the model's root, as block or in braces. */
static int is_part_of_a_model(const char *text)
{
    const char *s = skip_to_content(text);
    if (*s == '"' || *s == '\'') s++;
    for (size_t i = 0; i < model_shape.n_fields; i++) {
        const char *key = model_shape.fields[i].key;
        size_t len = strlen(key);
        if (strncmp(s, key, len) != 0) continue;
        const char *end = s + len;
        if (*end == '"' || *end == '\'') end++;
        end += strspn(end, " \t");
        if (*end == ':') return 1;
    }
    return 0;
}

/* The root of a file; NULL after an error, which quotes nothing of a foreign file. */
static struct node *read_part(struct joiner *j, const struct node *name,
                              const char *path)
{
    struct diag_list *d = &j->model->diags;
    int file = yaml_load(d, path, name->at);
    if (file < 0) return NULL;
    d->files[file].is_foreign = !is_part_of_a_model(d->files[file].text);
    struct node *root = NULL;
    if (!d->files[file].is_foreign)
        root = yaml_parse(&j->model->arena, d, (uint32_t)file);
    if (d->files[file].is_foreign || (root && root->kind != NODE_MAPPING)) {
        DIAG_ADD(d, INCLUDE_FOREIGN, name->at, diag_quote(d, name->text));
        return NULL;
    }
    return root;
}

// ---- joining

/* "a.yaml -> b.yaml -> a.yaml", from the outer `real` to the file that includes it. */
static const char *circle(struct joiner *j, const struct open_file *file,
                          const char *real, const char *path)
{
    const char *s = path;
    for (; file; file = file->outer) {
        s = arena_printf(&j->model->arena, "%s -> %s", file->path, s);
        if (strcmp(file->real, real) == 0) return s;
    }
    return s;
}

/* 1 if the file is being joined already: told the first time. */
static int is_in_itself(struct joiner *j, const struct node *name, const char *real,
                        const char *path, const struct open_file *outer)
{
    const struct open_file *file = outer;
    while (file && strcmp(file->real, real) != 0)
        file = file->outer;
    if (file == NULL) return 0;
    if (!j->has_cycle)
        DIAG_ADD(&j->model->diags, INCLUDE_CYCLE, name->at, text_same(file->path),
                 text_same(circle(j, outer, real, path)));
    j->has_cycle = 1;
    return 1;
}

static int is_too_many(struct joiner *j, const struct node *name)
{
    struct diag_list *d = &j->model->diags;
    if (++j->n_files <= LIMIT_INCLUDES) return 0;
    if (j->n_files == LIMIT_INCLUDES + 1)
        DIAG_ADD(d, TOO_MANY_INCLUDES, name->at, diag_number(d, LIMIT_INCLUDES));
    return 1;
}

static void join_file(struct joiner *j, const struct node *name,
                      const struct open_file *outer)
{
    if (is_too_many(j, name)) return;
    const char *base = name->text[0] == '/' ? "" : folder_of(j, outer->path);
    const char *path = arena_printf(&j->model->arena, "%s%s", base, name->text);
    const char *real = allowed(j, name, path);
    if (real == NULL || is_in_itself(j, name, real, path, outer)) return;
    if (!strmap_add(&j->joined, real, 0, NULL)) return;
    struct node *root = read_part(j, name, path);
    if (root == NULL) return;
    const struct open_file file = {outer, path, real};
    join_includes(j, root, &file);
    join_root(j, root);
}

void model_join(struct model *model, struct node *root, const char *within)
{
    struct joiner j = {.model = model, .root = root, .is_given = within != NULL};
    const char *path = model->diags.files[model->file].path;
    const struct node *list = node_get(root, "include");
    if (list == NULL) return;
    j.folder = folder_of(&j, path);
    const char *real = real_path(&j, path);
    const char *folder = within ? within : j.folder[0] ? j.folder : ".";
    j.within = real_path(&j, folder);
    if (j.within == NULL)
        DIAG_ADD(&model->diags, CANNOT_READ, list->at, text_same(folder),
                 words_error(errno));
    const struct open_file file = {NULL, path, real ? real : ""};
    if (j.within) join_includes(&j, root, &file);
    strmap_fini(&j.joined);
}
