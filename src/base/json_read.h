// SPDX-License-Identifier: Apache-2.0
#ifndef BASE_JSON_READ_H
#define BASE_JSON_READ_H
/*
 * JSON (RFC 8259) -> a tree in the caller's arena. For bytes from outside: UTF-8 is
 * checked, nesting is limited to LIMIT_DEPTH and values to LIMIT_JSON_VALUES before
 * memory is taken for them. YAML's reader is no substitute: it refuses surrogates
 * written as escapes and control characters, which JSON texts may have.
 */
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

#define LIMIT_JSON_VALUES (1u << 20)

enum json_kind {
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT
};

struct json_value {
    struct json_value *next;  // the next member of the same array or object
    struct json_value *first; // of an array or object: its first member
    const char *key;          // of a member of an object
    const char
        *text;    // of a string: what it says, of a number: as written; a NUL follows
    size_t len;   // of the text, which may hold NULs; of half a surrogate: U+FFFD
    uint8_t kind; // enum json_kind
};

/* The value that the text is, or NULL if it is none or beyond a limit. */
struct json_value *json_read(struct arena *a, const char *text, size_t len);

/* The first member of an object with that key; NULL without one, or if v is no object.
 */
const struct json_value *json_get(const struct json_value *v, const char *key);

/* What a string says; NULL for anything else, and for one that holds a NUL. */
const char *json_text(const struct json_value *v);

/* 1 and *out for a number that is whole, up to 2^53 on either side of zero. */
int json_whole(const struct json_value *v, long long *out);
#endif
