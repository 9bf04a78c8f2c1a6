// SPDX-License-Identifier: Apache-2.0
/*
 * Reads the catalog: embedded files and the user's directory are joined entry by
 * entry (a user's entry replaces an embedded one of the same id), then read by the
 * tables of catalog_shape.c, then resolved.
 */
#include "catalog/catalog.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/assets.h"
#include "base/limits.h"
#include "catalog/catalog_int.h"

/* Finds the link that points to the entry called key, or the end of the list. */
static struct node **find_link(struct node *collection, const char *key)
{
    struct node **link = &collection->first;
    while (*link && strcmp((*link)->key, key) != 0)
        link = &(*link)->next;
    return link;
}

static void join_entry(struct catalog *catalog, struct node *section, struct node *e,
                       int may_replace)
{
    struct node **link = find_link(section, e->key);
    if (*link && !may_replace) {
        DIAG_ADD(&catalog->diags, CATALOG_TWICE, node_key_place(e), text_same(e->key));
        return;
    }
    e->next = *link ? (*link)->next : NULL;
    section->n += *link == NULL;
    *link = e;
}

static void join_section(struct catalog *catalog, struct node *root,
                         struct node *section, int may_replace)
{
    struct node *mine = node_get(root, section->key);
    if (mine == NULL) {
        section->next = root->first;
        root->first = section;
        root->n++;
        return;
    }
    if (mine->kind != NODE_MAPPING || section->kind != NODE_MAPPING) {
        DIAG_ADD(&catalog->diags, WANTS_ENTRIES, node_key_place(section),
                 text_same(section->key));
        return;
    }
    for (struct node *e = section->first, *next; e; e = next) {
        next = e->next;
        join_entry(catalog, mine, e, may_replace);
    }
}

static void join_file(struct catalog *catalog, struct node *root, uint32_t file,
                      int may_replace)
{
    struct node *more = yaml_parse(&catalog->arena, &catalog->diags, file);
    if (more == NULL) return;
    if (more->kind != NODE_MAPPING) {
        diag_put(&catalog->diags, DIAG_CATALOG_NOT_MAPPING, more->at, NULL);
        return;
    }
    for (struct node *section = more->first, *next; section; section = next) {
        next = section->next;
        join_section(catalog, root, section, may_replace);
    }
}

static void join_embedded(struct catalog *catalog, struct node *root)
{
    for (size_t i = 0; i < embed_n_assets; i++) {
        const struct asset *asset = &embed_assets[i];
        if (strncmp(asset->path, "catalog/", 8) != 0) continue;
        char *text = mem_alloc(asset->len + 1);
        memcpy(text, asset->bytes, asset->len);
        join_file(catalog, root,
                  diag_add_file(&catalog->diags, asset->path, text, asset->len), 0);
    }
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int is_yaml(const char *name)
{
    size_t len = strlen(name);
    return len > 5 && name[0] != '.' && strcmp(name + len - 5, ".yaml") == 0;
}

/* Reads the user's *.yaml in the order of their names. */
static void join_directory(struct catalog *catalog, struct node *root, const char *path)
{
    DIR *dir = opendir(path);
    if (dir == NULL) {
        struct place at = {diag_add_file(&catalog->diags, path, NULL, 0), 0, 0};
        DIAG_ADD(&catalog->diags, CATALOG_DIRECTORY, at, text_same(path));
        return;
    }
    const char **names = NULL;
    size_t n = 0, cap = 0;
    for (struct dirent *e = readdir(dir); e && n < 1000; e = readdir(dir)) {
        if (is_yaml(e->d_name))
            *(const char **)mem_push(&names, &n, &cap, sizeof *names) =
                arena_printf(&catalog->arena, "%s/%s", path, e->d_name);
    }
    closedir(dir);
    if (n > 0) qsort(names, n, sizeof *names, compare_names);
    for (size_t i = 0; i < n; i++) {
        int file = yaml_load(&catalog->diags, names[i], (struct place){0});
        if (file >= 0) join_file(catalog, root, (uint32_t)file, 1);
    }
    free(names);
}

traits trait_bit(const char *name)
{
    int bit = choice_value(&trait_names, name);
    return bit < 0 ? 0 : (traits)1 << bit;
}

/* Resolves references within the catalog; traits are a section made from their table.
 */
static void resolve(struct catalog *catalog)
{
    struct catalog_data *c = &catalog->c;
    enum { TRAITS = 4, N_SCOPES };
    struct scope scopes[N_SCOPES] = {{0}};
    schema_scope(&scopes[0], "threats", &c->threats, sizeof(struct threat_class));
    schema_scope(&scopes[1], "kinds", &c->kinds, sizeof(struct kind));
    schema_scope(&scopes[2], "requirements", &c->requirements,
                 sizeof(struct requirement));
    schema_scope(&scopes[3], "origins", &c->origins, sizeof(struct origin));
    scopes[TRAITS].name = "traits";
    for (size_t i = 0; i < trait_names.n; i++)
        strmap_add(&scopes[TRAITS].ids, trait_names.items[i].name,
                   (uint32_t)trait_names.items[i].value, NULL);
    schema_resolve(&catalog_shape, c, scopes, N_SCOPES, &catalog->arena,
                   &catalog->diags);
    for (size_t i = 0; i < N_SCOPES; i++)
        strmap_fini(&scopes[i].ids);
}

/* Each viewpoint of a cell is demanded once, by one entry or by another. */
static void read_demand(struct catalog *catalog, const struct demand *d)
{
    for (uint32_t k = 0; k < d->viewpoints.n; k++) {
        const struct viewpoint_demand *v =
            LIST_AT(d->viewpoints, struct viewpoint_demand, k);
        uint8_t *strength = &catalog->strength[d->recovery][d->economic][v->viewpoint];
        if (*strength != STRENGTH_NONE)
            DIAG_ADD(&catalog->diags, DEMAND_TWICE, d->entry.at, text_same(d->entry.id),
                     text_same(choice_name(&recovery_levels, d->recovery)),
                     text_same(choice_name(&economic_levels, d->economic)),
                     diag_number(&catalog->diags, v->viewpoint));
        *strength = v->strength;
    }
}

static void read_demands(struct catalog *catalog)
{
    for (uint32_t i = 0; i < catalog->c.demands.n; i++)
        read_demand(catalog, LIST_AT(catalog->c.demands, struct demand, i));
}

int catalog_strength(const struct catalog *catalog, int recovery, int economic,
                     int viewpoint)
{
    return catalog->strength[recovery][economic][viewpoint];
}

static void check_threats(struct catalog *catalog)
{
    if (catalog->c.threats.n > MAX_THREAT_CLASSES)
        DIAG_ADD(&catalog->diags, TOO_MANY_CLASSES,
                 LIST_AT(catalog->c.threats, struct threat_class, MAX_THREAT_CLASSES)
                     ->entry.at,
                 diag_number(&catalog->diags, MAX_THREAT_CLASSES));
}

static void check_estimates(struct catalog *catalog)
{
    estimate_check(&catalog->c.effectiveness.holds, (struct place){0}, "effectiveness",
                   &catalog->diags);
    for (uint32_t i = 0; i < catalog->c.examples.n; i++) {
        const struct example *x = LIST_AT(catalog->c.examples, struct example, i);
        estimate_check(&x->holds, x->entry.at, x->entry.id, &catalog->diags);
    }
}

struct catalog *catalog_read(const char *directory)
{
    struct catalog *catalog = mem_alloc(sizeof *catalog);
    struct node root = {.kind = NODE_MAPPING};
    join_embedded(catalog, &root);
    if (directory) join_directory(catalog, &root, directory);
    if (catalog->diags.n_errors == 0)
        schema_read(&catalog_shape, &root, &catalog->c, &catalog->arena,
                    &catalog->diags);
    if (catalog->diags.n_errors == 0) {
        resolve(catalog);
        read_demands(catalog);
        check_threats(catalog);
        criteria_check(&root, &catalog->c.criteria, &catalog->diags);
        attackers_check(&catalog->c.attackers, &catalog->diags);
        check_estimates(catalog);
    }
    if (catalog->diags.n_errors == 0) catalog_plan(catalog);
    diag_sort(&catalog->diags);
    return catalog;
}

void catalog_free(struct catalog *catalog)
{
    if (catalog == NULL) return;
    strmap_fini(&catalog->step_ids);
    arena_fini(&catalog->arena);
    diag_fini(&catalog->diags);
    free(catalog);
}

int kind_is_a(const struct catalog *catalog, uint32_t k, const char *is_a)
{
    while (k != REF_NONE) {
        const struct kind *kind = LIST_AT(catalog->c.kinds, struct kind, k);
        if (strcmp(kind->entry.id, is_a) == 0) return 1;
        k = kind->extends.id ? kind->extends.index : REF_NONE;
    }
    return 0;
}
