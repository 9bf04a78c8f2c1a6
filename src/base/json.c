// SPDX-License-Identifier: Apache-2.0
/* Streaming JSON writer; see json.h. */
#include "base/json.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_INDENT = 32,
    MOST_BEFORE = MOST_INDENT + 3, // a comma, a space or a line break, the indent
};

struct json json_on(struct buf *out, int lines)
{
    return (struct json){.out = out, .first = 1, .compact = lines};
}

/* A line break and the indent of the depth, if this depth has lines of its own. */
static char *put_line(const struct json *j, char *to)
{
    size_t n = 2 * (size_t)j->depth;
    if ((int)j->depth > j->compact) return to;
    if (n > MOST_INDENT) n = MOST_INDENT;
    *to++ = '\n';
    memset(to, ' ', n);
    return to + n;
}

/* What stands before a value: nothing after a key, else a comma and a line. */
static char *put_before(struct json *j, char *to)
{
    if (j->key) {
        j->key = 0;
        return to;
    }
    if (!j->first) {
        *to++ = ',';
        if ((int)j->depth > j->compact) *to++ = ' ';
    }
    j->first = 0;
    return j->depth > 0 ? put_line(j, to) : to;
}

static char *put_escaped(char *to, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    *to++ = '\\';
    if (c == '"' || c == '\\' || c == '\n') {
        *to++ = c == '\n' ? 'n' : (char)c;
        return to;
    }
    memcpy(to, "u00", 3);
    to[3] = hex[c >> 4];
    to[4] = hex[c & 15];
    return to + 5;
}

/* At most six bytes for each of s, and two quotes. */
static char *put_quoted(char *to, const char *s)
{
    *to++ = '"';
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (c >= 0x20 && c != '"' && c != '\\')
            *to++ = (char)c;
        else
            to = put_escaped(to, c);
    }
    *to++ = '"';
    return to;
}

static void write_value(struct json *j, const char *text)
{
    size_t len = strlen(text);
    char *to = put_before(j, buf_room(j->out, len + MOST_BEFORE));
    memcpy(to, text, len);
    buf_used(j->out, to + len);
}

void json_open(struct json *j, char bracket)
{
    char *to = put_before(j, buf_room(j->out, MOST_BEFORE + 1));
    *to++ = bracket;
    buf_used(j->out, to);
    j->depth++;
    j->first = 1;
}

void json_close(struct json *j, char bracket)
{
    assert(j->depth > 0);
    char *to = buf_room(j->out, MOST_BEFORE + 2);
    int has_lines = !j->first && (int)j->depth <= j->compact;
    j->depth--;
    if (has_lines) to = put_line(j, to);
    *to++ = bracket;
    if (j->depth == 0) *to++ = '\n';
    buf_used(j->out, to);
    j->first = 0;
}

void json_key(struct json *j, const char *key)
{
    char *to = put_before(j, buf_room(j->out, 6 * strlen(key) + 4 + MOST_BEFORE));
    to = put_quoted(to, key);
    *to++ = ':';
    *to++ = ' ';
    buf_used(j->out, to);
    j->key = 1;
}

void json_string(struct json *j, const char *s)
{
    if (s == NULL) {
        write_value(j, "null");
        return;
    }
    char *to = put_before(j, buf_room(j->out, 6 * strlen(s) + 2 + MOST_BEFORE));
    buf_used(j->out, put_quoted(to, s));
}

void json_int(struct json *j, long long value)
{
    char text[24], *p = text + sizeof text - 1;
    unsigned long long rest =
        value < 0 ? 0 - (unsigned long long)value : (unsigned long long)value;
    *p = '\0';
    do
        *--p = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0) *--p = '-';
    write_value(j, p);
}

void json_double(struct json *j, double value)
{
    char text[32] = "null";
    for (int digits = 6; isfinite(value) && digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value) // NOLINT: exact round trip is meant
            break;
    }
    write_value(j, text);
}

void json_bool(struct json *j, int value)
{
    write_value(j, value ? "true" : "false");
}

void json_raw(struct json *j, const char *text)
{
    write_value(j, text);
}

void json_null(struct json *j)
{
    json_string(j, NULL);
}

void json_put(struct json *j, const char *key, const char *s)
{
    json_key(j, key);
    json_string(j, s);
}

void json_put_int(struct json *j, const char *key, long long value)
{
    json_key(j, key);
    json_int(j, value);
}

void json_put_bool(struct json *j, const char *key, int value)
{
    json_key(j, key);
    json_bool(j, value);
}

void json_put_text(struct json *j, const char *key, struct text t)
{
    json_key(j, key);
    if (text_empty(t)) {
        json_null(j);
        return;
    }
    int compact = j->compact;
    j->compact = 0;
    json_open(j, '{');
    json_put(j, "ja", text_in(t, LANG_JA));
    json_put(j, "en", text_in(t, LANG_EN));
    json_close(j, '}');
    j->compact = compact;
}

void json_in(struct json *j, const char *key, char bracket)
{
    json_key(j, key);
    json_open(j, bracket);
}
