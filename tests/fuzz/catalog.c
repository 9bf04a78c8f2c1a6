/* SPDX-License-Identifier: Apache-2.0
 *
 * Feeds bytes to the reader of catalogs: up to a NUL byte an embedded file, beyond it
 * one of the user's, whose entries replace. What is accepted is written so that it
 * reads back the same. The reader takes files only, so its own parts are called, in its
 * order.
 */
#include "catalog/catalog.c" // also the functions that only it knows

#include <stdio.h>

#include "assess/assess.h"

static void must(int holds, const char *what)
{
    if (holds) return;
    fprintf(stderr, "fuzz: %s\n", what);
    abort();
}

static void check_errors(const struct diag_list *d)
{
    for (size_t i = 0; i < d->n; i++) {
        must(d->items[i].message.in[LANG_EN][0] != '\0', "an error says nothing");
        must(d->items[i].at.file < d->n_files, "an error has no file");
    }
}

static void join_bytes(struct catalog *catalog, struct node *root, const uint8_t *bytes,
                       size_t len, int may_replace)
{
    char *text = mem_alloc(len + 1);
    memcpy(text, bytes, len);
    uint32_t file = diag_add_file(&catalog->diags, "fuzz.yaml", text, len);
    if (text_valid(text, len) == len) join_file(catalog, root, file, may_replace);
}

static void check_writing(const struct catalog *catalog)
{
    struct catalog *again = mem_alloc(sizeof *again);
    struct node root = {.kind = NODE_MAPPING};
    struct buf first = {0}, second = {0};
    schema_write(&catalog_shape, &catalog->c, &first);
    join_bytes(again, &root, (const uint8_t *)buf_text(&first), first.len, 0);
    schema_read(&catalog_shape, &root, &again->c, &again->arena, &again->diags);
    // {not: {not: ...}} through aliases may be nested deeper than a file can be
    if (first.len < 100000)
        must(again->diags.n_errors == 0, "what was written is refused");
    schema_write(&catalog_shape, &again->c, &second);
    if (again->diags.n_errors == 0)
        must(strcmp(buf_text(&first), buf_text(&second)) == 0,
             "what was written changes");
    catalog_free(again);
    buf_fini(&first);
    buf_fini(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct catalog *catalog = mem_alloc(sizeof *catalog);
    struct node root = {.kind = NODE_MAPPING};
    const uint8_t *end = len ? memchr(bytes, '\0', len) : NULL;
    size_t own = end ? (size_t)(end - bytes) : len;

    join_bytes(catalog, &root, bytes, own, 0);
    if (end) join_bytes(catalog, &root, end + 1, len - own - 1, 1);
    if (catalog->diags.n_errors == 0)
        schema_read(&catalog_shape, &root, &catalog->c, &catalog->arena,
                    &catalog->diags);
    if (catalog->diags.n_errors == 0) {
        check_writing(catalog);
        resolve(catalog);
        read_demands(catalog);
        check_threats(catalog);
    }
    criteria_check(&root, &catalog->c.criteria, &catalog->diags);
    if (catalog->diags.n_errors == 0) catalog_plan(catalog);
    if (catalog->diags.n_errors == 0) assess_check_catalog(catalog);
    diag_sort(&catalog->diags);
    check_errors(&catalog->diags);
    catalog_free(catalog);
    return 0;
}
