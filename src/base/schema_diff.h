// SPDX-License-Identifier: Apache-2.0
#ifndef BASE_SCHEMA_DIFF_H
#define BASE_SCHEMA_DIFF_H
/*
 * What differs in meaning between two objects of one shape, field by field. Entries of
 * mappings are paired by their ids; lists are compared as sets, so that order never is
 * a difference; places and comments are none either. FIELD_NODE is not compared.
 *
 * The result owns its texts, not the objects, which may go.
 */
#include "base/schema.h"

enum schema_change_kind { CHANGE_ADDED, CHANGE_REMOVED, CHANGE_CHANGED };

/*
 * One difference. Of a mapping directly below the root, such as `components`, the entry
 * is `id` and what is within it `key` ("harms.resident.recovery"), NULL when the whole
 * entry came or went; otherwise `id` is NULL and `key` may be.
 */
struct schema_change {
    enum schema_change_kind kind;
    const char *section;   // key at the root
    const char *id;        // of the entry, or NULL
    const char *key;       // path below that, or NULL
    struct text name;      // of a whole entry, where its shape has one
    const char *old_value; // as one line of text; NULL when absent
    const char *new_value;
};

struct schema_diff {
    struct arena arena;
    struct schema_change *items; // sections in the order of the table, entries by id
    size_t n, cap;
};

/* Compares; free with schema_diff_fini. O(n log n). */
struct schema_diff schema_diff(const struct shape *shape, const void *old_object,
                               const void *new_object);
void schema_diff_fini(struct schema_diff *diff);
#endif
