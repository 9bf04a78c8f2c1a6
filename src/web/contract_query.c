// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Queries against the table of what the API promises; see contract.h. */
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "web/contract.h"

/* ---- the row of a request ------------------------------------------------------- */

const struct operation *contract_find(const char *method, const char *pattern)
{
    for (size_t i = 0; i < n_operations; i++)
        if (strcmp(operations[i].method, method) == 0 &&
            strcmp(operations[i].pattern, pattern) == 0)
            return &operations[i];
    return NULL;
}

const struct web_route *contract_route(const struct operation *o)
{
    for (size_t i = 0; i < n_web_routes; i++)
        if (strcmp(web_routes[i].method, o->method) == 0 &&
            strcmp(web_routes[i].pattern, o->pattern) == 0)
            return &web_routes[i];
    return NULL;
}

static const struct operation *operation_of(const struct exchange *ex)
{
    return contract_find(ex->route->method, ex->route->pattern);
}

const struct parameter *contract_parameter(const struct operation *o, const char *name)
{
    if (strcmp(name, contract_lang.name) == 0) return &contract_lang;
    if (strcmp(name, contract_in.name) == 0 && strcmp(o->method, "GET") != 0)
        return &contract_in;
    for (const struct parameter *p = o->parameters; p && p->name; p++)
        if (strcmp(p->name, name) == 0) return p;
    return NULL;
}

/* ---- values --------------------------------------------------------------------- */

static int is_whole(const struct parameter *p, const char *value)
{
    size_t len = strlen(value);
    if (len == 0 || len > 19 || strspn(value, "0123456789") != len) return 0;
    uint64_t number = strtoull(value, NULL, 10);
    return number >= p->least && number <= p->most;
}

/* Digits, a point and an exponent; not all that strtod reads. */
static int is_decimal(const struct parameter *p, const char *value)
{
    char *end = NULL;
    if (value[0] == '\0' || strspn(value, "0123456789.eE+-") != strlen(value)) return 0;
    double number = strtod(value, &end);
    if (*end || !isfinite(number) || (p->most && number > (double)p->most)) return 0;
    return number > 0 || (p->least == 0 && number >= 0);
}

/* 1 if one of the words of a list, separated by blanks, is the value. */
static int is_word(const char *words, const char *value)
{
    size_t len = strlen(value);
    for (const char *w = words; *w; w += strspn(w, " ")) {
        size_t n = strcspn(w, " ");
        if (n == len && strncmp(w, value, n) == 0) return 1;
        w += n;
    }
    return 0;
}

int contract_fits(const struct parameter *p, const char *value)
{
    switch (p->type) {
    case PARAMETER_WHOLE: return is_whole(p, value);
    case PARAMETER_DECIMAL: return is_decimal(p, value);
    case PARAMETER_WORD: return is_word(p->words, value);
    case PARAMETER_FLAG: return is_word("true false", value);
    case PARAMETER_TEXT: return 1;
    }
    return 0;
}

static struct text decimal_range(const struct parameter *p, struct arena *a)
{
    unsigned long long most = p->most;
    const char *from[] = {p->least ? "a number above 0" : "a number, 0 or more",
                          p->least ? "0より大きい" : "0以上"};
    if (most == 0) return TEXT(from[0], arena_printf(a, "%s数", from[1]));
    return TEXT(
        arena_printf(a, "%s, at most %llu", from[0], most),
        arena_printf(a, "%s%s%llu以下の数", from[1], p->least ? "、" : "", most));
}

struct text contract_range(const struct parameter *p, struct arena *a)
{
    unsigned long long least = p->least, most = p->most;
    switch (p->type) {
    case PARAMETER_WHOLE:
        return TEXT(arena_printf(a, "a whole number from %llu to %llu", least, most),
                    arena_printf(a, "%llu以上%llu以下の整数", least, most));
    case PARAMETER_DECIMAL: return decimal_range(p, a);
    case PARAMETER_WORD:
        return TEXT(arena_printf(a, "one of: %s", p->words),
                    arena_printf(a, "次のいずれか: %s", p->words));
    case PARAMETER_FLAG: return TEXT("true or false", "true 又は false");
    case PARAMETER_TEXT: break;
    }
    return TEXT("a text", "文字列");
}

/* ---- the check ------------------------------------------------------------------ */

static int say_unknown(struct exchange *ex, const struct operation *o, const char *name)
{
    const char *names[32];
    size_t n = 0;
    names[n++] = contract_lang.name;
    for (const struct parameter *p = o->parameters; p && p->name && n < 32; p++)
        names[n++] = p->name;
    WEB_SAY(ex, REQUEST_PARAMETER, text_same(name),
            text_same(str_nearest(name, names, n)));
    return 0;
}

static int check_value(struct exchange *ex, const struct parameter *p,
                       const char *value)
{
    if (contract_fits(p, value)) return 1;
    WEB_SAY(ex, REQUEST_VALUE, text_same(p->name), text_same(value),
            contract_range(p, &ex->arena));
    return 0;
}

static int check_one(struct exchange *ex, const struct operation *o,
                     const struct request_field *given)
{
    const struct parameter *p = contract_parameter(o, given->name);
    if (p == NULL) return say_unknown(ex, o, given->name);
    return check_value(ex, p, given->value);
}

static size_t count(const struct request_form *query, const char *name)
{
    size_t n = 0;
    for (size_t i = 0; i < query->n; i++)
        n += strcmp(query->fields[i].name, name) == 0;
    return n;
}

/* That what must be given is given, and nothing twice that may not be. */
static int check_counts(struct exchange *ex, const struct parameter *p)
{
    size_t n = count(&ex->query, p->name);
    if (n == 0 && p->is_needed)
        WEB_SAY(ex, REQUEST_LACKS, text_same(p->name));
    else if (n > 1 && !p->is_many)
        WEB_SAY(ex, REQUEST_TWICE, text_same(p->name));
    else
        return 1;
    return 0;
}

int contract_check(struct exchange *ex)
{
    const struct operation *o = operation_of(ex);
    if (o == NULL) return 1;
    if (web_read_query(ex) != 0) {
        web_problem(ex, DIAG_REQUEST_MALFORMED, NULL);
        return 0;
    }
    for (size_t i = 0; i < ex->query.n; i++)
        if (!check_one(ex, o, &ex->query.fields[i])) return 0;
    for (const struct parameter *p = o->parameters; p && p->name; p++)
        if (!check_counts(ex, p)) return 0;
    return check_counts(ex, &contract_in) && check_counts(ex, &contract_lang);
}

int contract_taken(struct exchange *ex, const char *id, const char *name,
                   const char **value)
{
    const char *given = web_query(ex, name);
    size_t i = 0;
    while (i < n_operations - 1 && strcmp(operations[i].id, id) != 0)
        i++;
    const struct parameter *p = contract_parameter(&operations[i], name);
    assert(p);
    *value = given && given[0] ? arena_str(&ex->arena, given) : NULL;
    return *value == NULL || check_value(ex, p, *value);
}

/* ---- reading -------------------------------------------------------------------- */

const char *contract_text_at(const struct exchange *ex, const char *name, size_t i)
{
    for (size_t k = 0; k < ex->query.n; k++)
        if (strcmp(ex->query.fields[k].name, name) == 0 && i-- == 0)
            return ex->query.fields[k].value;
    return NULL;
}

const char *contract_text(const struct exchange *ex, const char *name)
{
    const char *value = contract_text_at(ex, name, 0);
    return value ? value : contract_parameter(operation_of(ex), name)->usual;
}

uint64_t contract_whole(const struct exchange *ex, const char *name)
{
    const char *value = contract_text(ex, name);
    return value ? strtoull(value, NULL, 10) : 0;
}

double contract_decimal(const struct exchange *ex, const char *name, double otherwise)
{
    const char *value = contract_text(ex, name);
    return value ? strtod(value, NULL) : otherwise;
}

int contract_flag(const struct exchange *ex, const char *name)
{
    const char *value = contract_text(ex, name);
    return value && strcmp(value, "true") == 0;
}

/* A value with its length before it, so that no two lists of values are alike. */
static void put_value(struct buf *key, const char *value)
{
    buf_printf(key, ",%zu:%s", value ? strlen(value) : 0, value ? value : "");
}

/* Texts in JSON are in both languages. */
static int is_in_one_language(const struct operation *o)
{
    for (size_t i = 0; i < CONTRACT_MOST_ANSWERS && o->answers[i].type; i++)
        if (strcmp(o->answers[i].type, "application/json") != 0) return 1;
    return 0;
}

const char *contract_key(struct exchange *ex)
{
    struct buf key = {0};
    const struct operation *o = operation_of(ex);
    const char *lang = ex->lang == LANG_JA ? "ja" : "en";
    buf_printf(&key, "%s %s %s%s", o->id, is_in_one_language(o) ? lang : "",
               ex->path.id, ex->path.file);
    for (const struct parameter *p = o->parameters; p && p->name; p++) {
        buf_printf(&key, " %s", p->name);
        put_value(&key, contract_text(ex, p->name));
        for (size_t i = 1; contract_text_at(ex, p->name, i); i++)
            put_value(&key, contract_text_at(ex, p->name, i));
    }
    const char *text = arena_str(&ex->arena, buf_text(&key));
    buf_fini(&key);
    return text;
}
