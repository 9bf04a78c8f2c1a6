// SPDX-License-Identifier: Apache-2.0
/* Streaming JSON writer; see json.h. */
#include "base/json.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct json json_on(struct buf *out, int lines)
{
    return (struct json){.out = out, .first = 1, .compact = lines};
}

static void new_line(struct json *j)
{
    static const char spaces[] = "                                ";
    if ((int)j->depth > j->compact) return;
    buf_char(j->out, '\n');
    size_t n = 2 * (size_t)j->depth;
    buf_add(j->out, spaces, n < sizeof spaces - 1 ? n : sizeof spaces - 1);
}

/* What stands before a value: nothing after a key, else a comma and a line. */
static void before_value(struct json *j)
{
    if (j->key) {
        j->key = 0;
        return;
    }
    if (!j->first) buf_str(j->out, (int)j->depth > j->compact ? ", " : ",");
    if (j->depth > 0) new_line(j);
    j->first = 0;
}

void json_open(struct json *j, char bracket)
{
    before_value(j);
    buf_char(j->out, bracket);
    j->depth++;
    j->first = 1;
}

void json_close(struct json *j, char bracket)
{
    assert(j->depth > 0);
    int was_empty = j->first;
    if (!was_empty && (int)j->depth <= j->compact) {
        j->depth--;
        new_line(j);
    } else {
        j->depth--;
    }
    buf_char(j->out, bracket);
    j->first = 0;
    if (j->depth == 0) buf_char(j->out, '\n');
}

static void write_string(struct json *j, const char *s)
{
    static const char hex[] = "0123456789abcdef";
    buf_char(j->out, '"');
    for (const char *p = s; *p;) {
        size_t plain = 0;
        while ((unsigned char)p[plain] >= 0x20 && p[plain] != '"' && p[plain] != '\\')
            plain++;
        buf_add(j->out, p, plain);
        p += plain;
        if (*p == '\0') break;
        unsigned char c = (unsigned char)*p++;
        if (c == '"' || c == '\\') {
            buf_char(j->out, '\\');
            buf_char(j->out, (char)c);
        } else if (c == '\n') {
            buf_str(j->out, "\\n");
        } else {
            buf_str(j->out, "\\u00");
            buf_char(j->out, hex[c >> 4]);
            buf_char(j->out, hex[c & 15]);
        }
    }
    buf_char(j->out, '"');
}

void json_key(struct json *j, const char *key)
{
    before_value(j);
    write_string(j, key);
    buf_str(j->out, ": ");
    j->key = 1;
}

void json_string(struct json *j, const char *s)
{
    before_value(j);
    if (s)
        write_string(j, s);
    else
        buf_str(j->out, "null");
}

void json_int(struct json *j, long long value)
{
    before_value(j);
    buf_printf(j->out, "%lld", value);
}

void json_double(struct json *j, double value)
{
    before_value(j);
    if (!isfinite(value)) {
        buf_str(j->out, "null");
        return;
    }
    char text[32];
    for (int digits = 6; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value) // NOLINT: exact round trip is meant
            break;
    }
    buf_str(j->out, text);
}

void json_bool(struct json *j, int value)
{
    before_value(j);
    buf_str(j->out, value ? "true" : "false");
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
