// SPDX-License-Identifier: Apache-2.0
#ifndef ACCESS_RECORD_H
#define ACCESS_RECORD_H
/*
 * Plain structs as records of the store: a kind is a table of fields, and their text is
 * a JSON object. What is read is taken field by field; a text that does not fit its
 * field, or a word that is not one, makes the record unreadable.
 */
#include "store/store.h"

enum record_type {
    RECORD_TEXT,   // an array of char with its NUL
    RECORD_NUMBER, // an int64_t
    RECORD_WORD,   // an int, kept as one of `words`
};

struct record_field {
    const char *name;
    enum record_type type;
    size_t offset, size;
    const char *const *words;
    int n_words;
};

struct record_kind {
    const char *kind; // of the store
    const struct record_field *fields;
    size_t n, size; // of fields; of the struct in bytes
};

// clang-format off
#define RECORD_TEXT_AT(type, member) \
    {#member, RECORD_TEXT, offsetof(type, member), sizeof(((type *)0)->member), NULL, 0}
#define RECORD_NUMBER_AT(type, member) \
    {#member, RECORD_NUMBER, offsetof(type, member), sizeof(int64_t), NULL, 0}
#define RECORD_WORD_AT(type, member, words, n) \
    {#member, RECORD_WORD, offsetof(type, member), sizeof(int), words, n}
// clang-format on

/* Appends the text of a value. */
void record_write(const struct record_kind *kind, const void *value, struct buf *out);

/* Reads a text into `value`, zeroed before; 0, or -1 if it is none of that kind. Fields
 * that are missing stay zero. */
int record_read(const struct record_kind *kind, const char *text, size_t len,
                void *value);

/* As store_record_get and store_record_put. STORE_FAILED, too, for what is unreadable.
 */
enum store_result record_get(struct store *store, const struct record_kind *kind,
                             const char *key, void *value, int64_t *revision);
enum store_result record_put(struct store *store, const struct record_kind *kind,
                             const char *key, const void *value, int64_t based_on);

/* All of a kind in the arena, with their keys; those that are unreadable are left out.
 * `values` has n structs of kind->size bytes. */
struct record_list {
    const char **keys;
    void *values;
    size_t n;
};
enum store_result record_all(struct store *store, const struct record_kind *kind,
                             struct arena *a, struct record_list *out);
#endif
