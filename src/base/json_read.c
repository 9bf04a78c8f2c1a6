// SPDX-License-Identifier: Apache-2.0
/* Reads JSON; see json_read.h. Recursion is bounded by LIMIT_DEPTH. */
#include "base/json_read.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"

struct json_reader {
    struct arena *arena;
    const char *at, *end;
    uint32_t n_values;
    unsigned depth;
};

static struct json_value *read_value(struct json_reader *r);

static void skip_blanks(struct json_reader *r)
{
    while (r->at < r->end && memchr(" \t\r\n", *r->at, 4))
        r->at++;
}

/* 1 if c comes next, after blanks; it is taken. */
static int take(struct json_reader *r, char c)
{
    skip_blanks(r);
    if (r->at == r->end || *r->at != c) return 0;
    r->at++;
    return 1;
}

static int hex_digit(char c)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *p = c ? strchr(digits, c) : NULL;
    return p ? (int)((p - digits) % 16) : -1;
}

/* The four digits after \u at p, or -1. */
static int32_t hex_unit(const struct json_reader *r, const char *p)
{
    int32_t unit = 0;
    if (r->end - p < 4) return -1;
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(p[i]);
        if (digit < 0) return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

static char *put_utf8(char *to, uint32_t c)
{
    if (c < 0x80) {
        *to++ = (char)c;
    } else if (c < 0x800) {
        *to++ = (char)(0xC0 | c >> 6);
        *to++ = (char)(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        *to++ = (char)(0xE0 | c >> 12);
        *to++ = (char)(0x80 | (c >> 6 & 0x3F));
        *to++ = (char)(0x80 | (c & 0x3F));
    } else {
        *to++ = (char)(0xF0 | c >> 18);
        *to++ = (char)(0x80 | (c >> 12 & 0x3F));
        *to++ = (char)(0x80 | (c >> 6 & 0x3F));
        *to++ = (char)(0x80 | (c & 0x3F));
    }
    return to;
}

/* Takes the digits after \u, and the other half of a surrogate; NULL if malformed. */
static char *take_unicode(struct json_reader *r, char *to)
{
    int32_t unit = hex_unit(r, r->at);
    if (unit < 0) return NULL;
    r->at += 4;
    if (unit < 0xD800 || unit > 0xDFFF) return put_utf8(to, (uint32_t)unit);
    int has_more = unit < 0xDC00 && r->end - r->at >= 6 && memcmp(r->at, "\\u", 2) == 0;
    int32_t low = has_more ? hex_unit(r, r->at + 2) : -1;
    if (low < 0xDC00 || low > 0xDFFF) return put_utf8(to, 0xFFFD);
    r->at += 6;
    return put_utf8(to, 0x10000 + ((uint32_t)(unit - 0xD800) << 10) +
                            (uint32_t)(low - 0xDC00));
}

/* Takes what follows a backslash; NULL if malformed. */
static char *take_escape(struct json_reader *r, char *to)
{
    static const char names[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    if (r->at == r->end) return NULL;
    char c = *r->at++;
    if (c == 'u') return take_unicode(r, to);
    const char *p = c ? strchr(names, c) : NULL;
    if (p) *to++ = meanings[p - names];
    return p ? to : NULL;
}

/* The closing quote of a string that begins at `from`, or NULL. */
static const char *find_quote(const char *from, const char *end)
{
    for (const char *p = from; p < end; p++) {
        if ((unsigned char)*p < 0x20) return NULL;
        if (*p == '"') return p;
        if (*p == '\\') p++;
    }
    return NULL;
}

/* Takes the rest of a string, after its opening quote; escapes only get shorter. */
static char *take_string(struct json_reader *r, size_t *len)
{
    const char *quote = find_quote(r->at, r->end);
    if (quote == NULL) return NULL;
    char *text = arena_alloc(r->arena, (size_t)(quote - r->at) + 1), *to = text;
    while (to && r->at < quote) {
        if (*r->at == '\\') {
            r->at++;
            to = take_escape(r, to);
        } else {
            *to++ = *r->at++;
        }
    }
    if (to == NULL || r->at != quote) return NULL;
    r->at++;
    *len = (size_t)(to - text);
    return text;
}

static int read_string(struct json_reader *r, struct json_value *v)
{
    r->at++;
    v->kind = JSON_STRING;
    v->text = take_string(r, &v->len);
    return v->text != NULL;
}

static size_t count_digits(const struct json_reader *r, const char *p)
{
    size_t n = 0;
    while (p + n < r->end && p[n] >= '0' && p[n] <= '9')
        n++;
    return n;
}

/* number = [ "-" ] ( "0" | 1-9 digits ) [ "." digits ] [ e [ + | - ] digits ] */
static int read_number(struct json_reader *r, struct json_value *v)
{
    const char *p = r->at + (*r->at == '-');
    size_t n = count_digits(r, p);
    if (n == 0 || (n > 1 && *p == '0')) return 0;
    p += n;
    if (p < r->end && *p == '.') {
        n = count_digits(r, p + 1);
        if (n == 0) return 0;
        p += 1 + n;
    }
    if (p < r->end && (*p == 'e' || *p == 'E')) {
        p += 1 + (p + 1 < r->end && (p[1] == '+' || p[1] == '-'));
        n = count_digits(r, p);
        if (n == 0) return 0;
        p += n;
    }
    v->kind = JSON_NUMBER;
    v->len = (size_t)(p - r->at);
    v->text = arena_strn(r->arena, r->at, v->len);
    r->at = p;
    return 1;
}

static int read_word(struct json_reader *r, struct json_value *v)
{
    static const struct {
        const char *word;
        enum json_kind kind;
    } words[] = {
        {"null",  JSON_NULL },
        {"false", JSON_FALSE},
        {"true",  JSON_TRUE },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t len = strlen(words[i].word);
        if ((size_t)(r->end - r->at) < len || memcmp(r->at, words[i].word, len) != 0)
            continue;
        r->at += len;
        v->kind = (uint8_t)words[i].kind;
        return 1;
    }
    return 0;
}

/* A member of an array or, with its key, of an object. */
static struct json_value *read_member(struct json_reader *r, int is_object)
{
    size_t len = 0;
    const char *key = NULL;
    if (is_object) {
        if (!take(r, '"')) return NULL;
        key = take_string(r, &len);
        if (key == NULL || !take(r, ':')) return NULL;
    }
    struct json_value *v = read_value(r);
    if (v) v->key = key;
    return v;
}

static int read_members(struct json_reader *r, struct json_value *v, char close)
{
    struct json_value **tail = &v->first;
    r->at++;
    if (take(r, close)) return 1;
    do {
        *tail = read_member(r, close == '}');
        if (*tail == NULL) return 0;
        tail = &(*tail)->next;
    } while (take(r, ','));
    return take(r, close);
}

static int read_collection(struct json_reader *r, struct json_value *v)
{
    int is_object = *r->at == '{';
    if (r->depth == LIMIT_DEPTH) return 0;
    r->depth++;
    v->kind = is_object ? JSON_OBJECT : JSON_ARRAY;
    int good = read_members(r, v, is_object ? '}' : ']');
    r->depth--;
    return good;
}

static struct json_value *read_value(struct json_reader *r)
{
    skip_blanks(r);
    if (r->at == r->end || r->n_values++ == LIMIT_JSON_VALUES) return NULL;
    struct json_value *v = arena_alloc(r->arena, sizeof *v);
    int good = *r->at == '{' || *r->at == '['      ? read_collection(r, v)
               : *r->at == '"'                     ? read_string(r, v)
               : memchr("-0123456789", *r->at, 11) ? read_number(r, v)
                                                   : read_word(r, v);
    return good ? v : NULL;
}

struct json_value *json_read(struct arena *a, const char *text, size_t len)
{
    struct json_reader r = {.arena = a, .at = text, .end = text + len};
    if (text_valid(text, len) != len) return NULL;
    struct json_value *v = read_value(&r);
    skip_blanks(&r);
    return r.at == r.end ? v : NULL;
}

const struct json_value *json_get(const struct json_value *v, const char *key)
{
    if (v == NULL || v->kind != JSON_OBJECT) return NULL;
    const struct json_value *m = v->first;
    while (m && strcmp(m->key, key) != 0)
        m = m->next;
    return m;
}

const char *json_text(const struct json_value *v)
{
    if (v == NULL || v->kind != JSON_STRING || strlen(v->text) != v->len) return NULL;
    return v->text;
}

int json_whole(const struct json_value *v, long long *out)
{
    if (v == NULL || v->kind != JSON_NUMBER) return 0;
    double value = strtod(v->text, NULL);
    if (value != floor(value) || fabs(value) > 9007199254740992.0) return 0;
    *out = (long long)value;
    return 1;
}
