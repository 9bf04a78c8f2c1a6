// SPDX-License-Identifier: Apache-2.0
#ifndef BASE_JSON_H
#define BASE_JSON_H
/*
 * Streaming JSON writer (RFC 8259) into a buf. Commas and indentation are its
 * business; the caller opens, writes and closes. Strings must be UTF-8.
 */
#include "base/buf.h"
#include "base/text.h"

struct json {
    struct buf *out;
    unsigned depth;
    int first;   // nothing written yet at this depth
    int compact; // from which depth on no line breaks are made
    int key;     // a key was just written
};

/* A writer that breaks lines down to `lines` levels of nesting. */
struct json json_on(struct buf *out, int lines);

void json_open(struct json *j, char bracket);  // '{' or '['
void json_close(struct json *j, char bracket); // '}' or ']'
void json_key(struct json *j, const char *key);
void json_string(struct json *j, const char *s); // NULL is written as null
void json_int(struct json *j, long long value);
void json_double(struct json *j, double value); // shortest that reads back; NaN as null
void json_bool(struct json *j, int value);
void json_null(struct json *j);
void json_raw(struct json *j, const char *text); // which is JSON already

/* key and value in one call */
void json_put(struct json *j, const char *key, const char *s);
void json_put_int(struct json *j, const char *key, long long value);
void json_put_bool(struct json *j, const char *key, int value);
/* {"ja": , "en": }, a missing language filled from the other; null when empty. */
void json_put_text(struct json *j, const char *key, struct text t);
/* key and opening bracket */
void json_in(struct json *j, const char *key, char bracket);
#endif
