// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* The reader of table-described files; see schema.h. One function per field type. */
#include "base/schema.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"

struct reader {
    struct arena *arena;
    struct diag_list *diags;
    size_t n_errors;
};

typedef void (*field_reader)(struct reader *r, const struct field *f,
                             const struct node *n, void *slot);

#define COMPLAIN(r, place, name, ...)                                                  \
    ((r)->n_errors++, DIAG_ADD((r)->diags, name, (place), __VA_ARGS__))

const char *choice_name(const struct choice_set *set, int value)
{
    for (size_t i = 0; i < set->n; i++) {
        if (set->items[i].value == value) return set->items[i].name;
    }
    return "";
}

struct text choice_text(const struct choice_set *set, int value)
{
    for (size_t i = 0; i < set->n; i++) {
        if (set->items[i].value == value) return set->items[i].text;
    }
    return (struct text){
        {NULL, NULL}
    };
}

int choice_value(const struct choice_set *set, const char *name)
{
    for (size_t i = 0; i < set->n; i++) {
        if (strcmp(set->items[i].name, name) == 0) return set->items[i].value;
    }
    return -1;
}

int schema_is_id(const char *s)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    size_t len = strlen(s);
    return len > 0 && len <= 64 && s[0] != '-' && strspn(s, allowed) == len;
}

int32_t date_parse(const char *s)
{
    static const int month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (strlen(s) != 10 || s[4] != '-' || s[7] != '-') return 0;
    int number[3] = {0};
    for (int i = 0, part = 0; i < 10; i++) {
        if (i == 4 || i == 7)
            part++;
        else if (s[i] < '0' || s[i] > '9')
            return 0;
        else
            number[part] = number[part] * 10 + (s[i] - '0');
    }
    int y = number[0], m = number[1], day = number[2];
    if (y < 1900 || m < 1 || m > 12 || day < 1) return 0;
    int leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    if (day > month_days[m - 1] + (m == 2 && leap)) return 0;
    return y * 10000 + m * 100 + day;
}

/* Bytes of the number at the beginning of an amount of money, or 0. */
static size_t amount_length(const char *s)
{
    static const char digits[] = "0123456789";
    size_t whole = strspn(s, digits), n = whole;
    size_t part = s[n] == '.' ? strspn(s + n + 1, digits) : 0;
    if (whole == 0 || whole > 20 || part > 20) return 0;
    if (s[n] == '.') n += part + 1;
    if (s[n] != 'e' && s[n] != 'E') return n;
    size_t sign = s[n + 1] == '+' || s[n + 1] == '-';
    size_t exponent = strspn(s + n + 1 + sign, digits);
    return exponent >= 1 && exponent <= 2 ? n + 1 + sign + exponent : 0;
}

int money_parse(const char *s, struct money *money)
{
    static const char prefixes[] = "kMGT";
    size_t length = amount_length(s);
    if (length == 0) return 0;
    double value = strtod(s, NULL);
    const char *end = s + length + strspn(s + length, " ");
    const char *prefix = strlen(end) == 4 ? strchr(prefixes, *end) : NULL;
    if (prefix) {
        value *= pow(1000.0, (double)(prefix - prefixes + 1));
        end++;
    }
    if (strlen(end) != 3 || strspn(end, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3) return 0;
    if (value != 0 && (value < 1e-30 || value > 1e30)) return 0; // NOLINT: exactly zero
    money->value = value;
    memcpy(money->unit, end, 4);
    return 1;
}

/* What a key of a type wants, for messages. */
// clang-format off
static const struct text wanted[] = {
    [FIELD_TEXT] = {{"a text, or {ja: ..., en: ...}", "文章、又は {ja: ..., en: ...} "}},
    [FIELD_TEXTS] = {{"texts, or {ja: ..., en: ...}", "文章、又は {ja: ..., en: ...} "}},
    [FIELD_STRING] = {{"a text", "文字列"}},
    [FIELD_STRINGS] = {{"texts", "文字列"}},
    [FIELD_ID] = {{"an identifier", "識別子"}},
    [FIELD_BOOL] = {{"true or false", " true か false "}},
    [FIELD_INT] = {{"a whole number", "整数"}},
    [FIELD_NUMBER] = {{"a number", "数値"}},
    [FIELD_CHOICE] = {{"a word", "語"}},
    [FIELD_CHOICES] = {{"words", "語"}},
    [FIELD_DATE] = {{"a date, yyyy-mm-dd", "日付(yyyy-mm-dd)"}},
    [FIELD_MONEY] = {{"an amount such as 10 MJPY", "金額(10 MJPY など)"}},
    [FIELD_REF] = {{"an identifier", "識別子"}},
    [FIELD_REFS] = {{"identifiers", "識別子"}},
};
// clang-format on

/* The text of a scalar node that is not null, or NULL after an error. */
static const char *scalar(struct reader *r, const struct field *f, const struct node *n)
{
    if (n->kind == NODE_SCALAR && !node_is_null(n)) return n->text;
    COMPLAIN(r, n->at, WANTS, text_same(f->key), wanted[f->type]);
    return NULL;
}

/* The same of one that other readers of YAML take for a text, too. */
static const char *word(struct reader *r, const struct field *f, const struct node *n)
{
    const char *s = scalar(r, f, n);
    if (s == NULL || node_type(n) == SCALAR_TEXT) return s;
    COMPLAIN(r, n->at, WANTS_QUOTES, text_same(f->key), wanted[f->type],
             diag_quote(r->diags, s));
    return NULL;
}

/* The same of one that says something. */
static const char *words(struct reader *r, const struct field *f, const struct node *n)
{
    const char *s = word(r, f, n);
    if (s == NULL || !text_is_blank(s)) return s;
    COMPLAIN(r, n->at, BLANK_TEXT, text_same(f->key));
    return NULL;
}

int schema_wants_some(const struct field *f)
{
    return (f->flags & (FIELD_REQUIRED | FIELD_SOME)) != 0;
}

static void check_some(struct reader *r, const struct field *f, const struct node *n)
{
    if (n->kind != NODE_SCALAR && n->n == 0 && schema_wants_some(f))
        COMPLAIN(r, n->at, BLANK_LIST, text_same(f->key));
}

static void read_text(struct reader *r, const struct field *f, const struct node *n,
                      void *slot)
{
    struct text *t = slot;
    if (n->kind != NODE_MAPPING) {
        const char *s = words(r, f, n);
        *t = (struct text){
            {s, s}
        };
        return;
    }
    if (n->n == 0) COMPLAIN(r, n->at, BLANK_TEXT, text_same(f->key));
    for (const struct node *e = n->first; e; e = e->next) {
        int lang = strcmp(e->key, "en") == 0   ? LANG_EN
                   : strcmp(e->key, "ja") == 0 ? LANG_JA
                                               : -1;
        if (lang < 0)
            COMPLAIN(r, node_key_place(e), UNKNOWN_LANGUAGE, text_same(e->key));
        else
            t->in[lang] = words(r, f, e);
    }
}

static void read_string(struct reader *r, const struct field *f, const struct node *n,
                        void *slot)
{
    *(const char **)slot = words(r, f, n);
}

static void read_id(struct reader *r, const struct field *f, const struct node *n,
                    void *slot)
{
    const char *s = word(r, f, n);
    if (s && !schema_is_id(s)) COMPLAIN(r, n->at, IDENTIFIER, diag_quote(r->diags, s));
    *(const char **)slot = s;
}

static void read_bool(struct reader *r, const struct field *f, const struct node *n,
                      void *slot)
{
    const char *s = scalar(r, f, n);
    if (s == NULL) return;
    if (!n->quoted && strcmp(s, "true") == 0)
        *(uint8_t *)slot = TRI_YES;
    else if (!n->quoted && strcmp(s, "false") == 0)
        *(uint8_t *)slot = TRI_NO;
    else
        COMPLAIN(r, n->at, WANTS_BOOL, text_same(f->key), diag_quote(r->diags, s));
}

/* 1 if the node is a finite number in decimal digits. */
static int parse_number(const struct node *n, double *value)
{
    char *end = NULL;
    const char *s = n->text;
    if (node_type(n) != SCALAR_NUMBER || strspn(s, "+-.0123456789eE") != strlen(s))
        return 0;
    *value = strtod(s, &end);
    return *end == '\0' && isfinite(*value);
}

static struct text number_text(struct reader *r, double value)
{
    return text_same(arena_printf(&r->diags->arena, "%.10g", value));
}

/* 1 if the value is in the range of the field, or it has none. */
static int check_range(struct reader *r, const struct field *f, const struct node *n,
                       double value)
{
    const struct range *range = f->of;
    if (range == NULL || (value >= range->least && value <= range->greatest)) return 1;
    COMPLAIN(r, n->at, RANGE, text_same(f->key), diag_quote(r->diags, n->text),
             number_text(r, range->least), number_text(r, range->greatest));
    return 0;
}

/* The version that is read has one spelling, so that all files say the same. */
static void read_version(struct reader *r, const struct field *f, const struct node *n,
                         int32_t *slot)
{
    const struct range *range = f->of;
    const struct text known = number_text(r, range->least);
    *slot = (int32_t)range->least;
    if (n->quoted || strcmp(n->text, text_in(known, LANG_EN)) != 0)
        COMPLAIN(r, n->at, VERSION, diag_quote(r->diags, n->text), known,
                 text_same(f->key));
}

static void read_int(struct reader *r, const struct field *f, const struct node *n,
                     void *slot)
{
    double value = 0;
    const char *s = scalar(r, f, n);
    if (s == NULL) return;
    if (f->flags & FIELD_VERSION)
        read_version(r, f, n, slot);
    else if (!parse_number(n, &value) || value != floor(value) || fabs(value) > 1e9)
        COMPLAIN(r, n->at, WHOLE_NUMBER, text_same(f->key), diag_quote(r->diags, s));
    else if (check_range(r, f, n, value))
        *(int32_t *)slot = (int32_t)value;
}

static void read_number(struct reader *r, const struct field *f, const struct node *n,
                        void *slot)
{
    struct number *number = slot;
    const char *s = scalar(r, f, n);
    if (s == NULL) return;
    if (!parse_number(n, &number->value))
        COMPLAIN(r, n->at, FINITE_NUMBER, text_same(f->key), diag_quote(r->diags, s));
    else
        number->is_set = check_range(r, f, n, number->value);
}

/* 1 when further errors are only counted, so their hints need not be made. */
static int is_full(struct reader *r)
{
    if (r->diags->n_errors < LIMIT_ERRORS) return 0;
    r->n_errors++;
    r->diags->n_errors++;
    r->diags->n_dropped++;
    return 1;
}

static const char *choice_list(struct reader *r, const struct choice_set *set)
{
    const char *s = "";
    for (size_t i = 0; i < set->n; i++)
        s = arena_printf(r->arena, "%s%s%s", s, i ? ", " : "", set->items[i].name);
    return s;
}

/* The value of a scalar in a set, or -1 after an error. */
static int read_one_choice(struct reader *r, const struct field *f,
                           const struct node *n)
{
    const struct choice_set *set = f->of;
    const char *s = scalar(r, f, n);
    if (s == NULL) return -1;
    int value = choice_value(set, s);
    if (value >= 0 || is_full(r)) return value;
    const char *names[64];
    size_t n_names = set->n < 64 ? set->n : 64;
    for (size_t i = 0; i < n_names; i++)
        names[i] = set->items[i].name;
    const char *near = str_nearest(s, names, n_names);
    COMPLAIN(r, n->at, CHOICE, text_same(f->key), diag_quote(r->diags, s),
             text_same(near), text_same(choice_list(r, set)));
    return -1;
}

static void read_choice(struct reader *r, const struct field *f, const struct node *n,
                        void *slot)
{
    int value = read_one_choice(r, f, n);
    if (value >= 0) *(uint8_t *)slot = (uint8_t)value;
}

static void read_choices(struct reader *r, const struct field *f, const struct node *n,
                         void *slot)
{
    uint32_t *mask = slot;
    const struct node *e = n->kind == NODE_SEQUENCE ? n->first : n;
    if (e == NULL) *mask = CHOICES_EMPTY;
    check_some(r, f, n);
    for (; e; e = n->kind == NODE_SEQUENCE ? e->next : NULL) {
        int value = read_one_choice(r, f, e);
        if (value >= 0) *mask |= 1u << value;
    }
}

static void read_date(struct reader *r, const struct field *f, const struct node *n,
                      void *slot)
{
    const char *s = scalar(r, f, n);
    int32_t date = s ? date_parse(s) : 0;
    if (s && date == 0) COMPLAIN(r, n->at, DATE, diag_quote(r->diags, s));
    *(int32_t *)slot = date;
}

static void read_money(struct reader *r, const struct field *f, const struct node *n,
                       void *slot)
{
    const char *s = scalar(r, f, n);
    if (s && !money_parse(s, slot)) COMPLAIN(r, n->at, MONEY, diag_quote(r->diags, s));
}

/* 1 if s may be what the field refers to: an identifier, of a result CLASS@ASSET, too.
 */
static int is_reference(const struct field *f, const char *s)
{
    const char *at = f->flags & FIELD_RESULT ? strchr(s, '@') : NULL;
    char first[68] = "";
    if (at == NULL) return schema_is_id(s);
    if ((size_t)(at - s) >= sizeof first) return 0;
    memcpy(first, s, (size_t)(at - s));
    return schema_is_id(first) && schema_is_id(at + 1);
}

static void read_ref(struct reader *r, const struct field *f, const struct node *n,
                     void *slot)
{
    struct ref *ref = slot;
    const char *s = word(r, f, n);
    ref->index = REF_NONE;
    ref->at = n->at;
    ref->id = s && is_reference(f, s) ? s : NULL;
    if (s && ref->id == NULL) COMPLAIN(r, n->at, IDENTIFIER, diag_quote(r->diags, s));
}

/* Reads a sequence (or a single value where `single`) into a list of elements. */
static void read_sequence(struct reader *r, const struct field *f, const struct node *n,
                          struct list *list, size_t size, field_reader one, int single)
{
    if (n->kind != NODE_SEQUENCE && !single) {
        COMPLAIN(r, n->at, WANTS_LIST, text_same(f->key));
        return;
    }
    int is_list = n->kind == NODE_SEQUENCE;
    list->n = is_list ? n->n : 1;
    list->items = arena_array(r->arena, list->n, size);
    check_some(r, f, n);
    // counted: the chain of an aliased collection may go on beyond its own entries
    const struct node *e = is_list ? n->first : n;
    for (uint32_t i = 0; i < list->n && e; i++, e = e->next)
        one(r, f, e, (char *)list->items + i * size);
}

static void read_refs(struct reader *r, const struct field *f, const struct node *n,
                      void *slot)
{
    read_sequence(r, f, n, slot, sizeof(struct ref), read_ref, 1);
}

static void read_strings(struct reader *r, const struct field *f, const struct node *n,
                         void *slot)
{
    read_sequence(r, f, n, slot, sizeof(const char *), read_string, 1);
}

static void read_texts(struct reader *r, const struct field *f, const struct node *n,
                       void *slot)
{
    read_sequence(r, f, n, slot, sizeof(struct text), read_text, 1);
}

static void read_object(struct reader *r, const struct shape *shape,
                        const struct node *n, void *object);
static void check_required(struct reader *r, const struct shape *shape,
                           const struct node *n);

static void read_value(struct reader *r, const struct field *f, const struct node *n,
                       void *slot);

static void read_struct(struct reader *r, const struct field *f, const struct node *n,
                        void *slot)
{
    const struct shape *shape = f->of;
    if (f->flags & FIELD_SHORT && n->kind == NODE_SCALAR)
        read_value(r, &shape->fields[0], n, (char *)slot + shape->fields[0].offset);
    else
        read_object(r, shape, n, slot);
}

static void read_list(struct reader *r, const struct field *f, const struct node *n,
                      void *slot)
{
    const struct shape *shape = f->of;
    read_sequence(r, f, n, slot, shape->size, read_struct, 0);
}

/* An entry of a map: a mapping, or the value of its first key. */
static void read_entry(struct reader *r, const struct field *f, const struct node *n,
                       void *item)
{
    const struct shape *shape = f->of;
    if (f->flags & FIELD_SHORT && n->kind != NODE_MAPPING)
        read_value(r, &shape->fields[0], n, (char *)item + shape->fields[0].offset);
    else
        read_object(r, shape, n, item);
}

static void read_map(struct reader *r, const struct field *f, const struct node *n,
                     void *slot)
{
    const struct shape *shape = f->of;
    struct list *list = slot;
    if (n->kind != NODE_MAPPING) {
        COMPLAIN(r, n->at, WANTS_ENTRIES, text_same(f->key));
        return;
    }
    list->n = n->n;
    list->items = arena_array(r->arena, n->n, shape->size);
    check_some(r, f, n);
    const struct node *e = n->first;
    for (uint32_t i = 0; i < list->n && e; i++, e = e->next) {
        char *item = (char *)list->items + i * shape->size;
        struct entry *entry = (struct entry *)(void *)item;
        *entry = (struct entry){e->key, node_key_place(e), REF_NONE};
        if (!schema_is_id(e->key))
            COMPLAIN(r, entry->at, IDENTIFIER, diag_quote(r->diags, e->key));
        if (node_is_null(e))
            check_required(r, shape, e);
        else
            read_entry(r, f, e, item);
    }
}

static void read_node(struct reader *r, const struct field *f, const struct node *n,
                      void *slot)
{
    (void)r;
    (void)f;
    *(const struct node **)slot = n;
}

static const field_reader readers[] = {
    [FIELD_TEXT] = read_text,     [FIELD_TEXTS] = read_texts,
    [FIELD_STRING] = read_string, [FIELD_STRINGS] = read_strings,
    [FIELD_ID] = read_id,         [FIELD_BOOL] = read_bool,
    [FIELD_INT] = read_int,       [FIELD_NUMBER] = read_number,
    [FIELD_CHOICE] = read_choice, [FIELD_CHOICES] = read_choices,
    [FIELD_DATE] = read_date,     [FIELD_MONEY] = read_money,
    [FIELD_REF] = read_ref,       [FIELD_REFS] = read_refs,
    [FIELD_STRUCT] = read_struct, [FIELD_LIST] = read_list,
    [FIELD_MAP] = read_map,       [FIELD_NODE] = read_node,
};

static void read_value(struct reader *r, const struct field *f, const struct node *n,
                       void *slot)
{
    readers[f->type](r, f, n, slot);
}

const struct field *schema_field(const struct shape *shape, const char *key)
{
    for (size_t i = 0; i < shape->n_fields; i++) {
        const struct field *f = &shape->fields[i];
        if (f->type != FIELD_PRESENCE && strcmp(f->key, key) == 0) return f;
    }
    return NULL;
}

static void unknown_key(struct reader *r, const struct shape *shape,
                        const struct node *e)
{
    if (is_full(r)) return;
    const char *names[64];
    size_t n = 0;
    const char *list = "";
    for (size_t i = 0; i < shape->n_fields && n < 64; i++) {
        if (shape->fields[i].type == FIELD_PRESENCE) continue;
        names[n] = shape->fields[i].key;
        list = arena_printf(r->arena, "%s%s%s", list, n ? ", " : "", names[n]);
        n++;
    }
    const char *near = str_nearest(e->key, names, n);
    COMPLAIN(r, node_key_place(e), UNKNOWN_KEY, text_same(e->key), shape->name,
             text_same(near), text_same(list));
}

static int has_choices(const struct field *f)
{
    return f->type == FIELD_CHOICE || f->type == FIELD_CHOICES;
}

static void check_required(struct reader *r, const struct shape *shape,
                           const struct node *n)
{
    for (size_t i = 0; i < shape->n_fields; i++) {
        const struct field *f = &shape->fields[i];
        if (!(f->flags & FIELD_REQUIRED)) continue;
        const struct node *e = node_get(n, f->key);
        if ((e == NULL || node_is_null(e)) && !is_full(r))
            COMPLAIN(r, node_key_place(n), MISSING_KEY, shape->name, text_same(f->key),
                     f->doc, text_same(has_choices(f) ? choice_list(r, f->of) : NULL));
    }
}

/* Says in the object that its mapping was there, where the shape wants to know. */
static void note_presence(const struct shape *shape, void *object)
{
    for (size_t i = 0; i < shape->n_fields; i++) {
        const struct field *f = &shape->fields[i];
        if (f->type == FIELD_PRESENCE) *((uint8_t *)object + f->offset) = TRI_YES;
    }
}

static void read_object(struct reader *r, const struct shape *shape,
                        const struct node *n, void *object)
{
    if (n->kind != NODE_MAPPING) {
        COMPLAIN(r, n->at, WANTS_MAPPING, shape->name);
        return;
    }
    note_presence(shape, object);
    for (const struct node *e = n->first; e; e = e->next) {
        const struct field *f = schema_field(shape, e->key);
        if (f == NULL)
            unknown_key(r, shape, e);
        else if (!node_is_null(e))
            read_value(r, f, e, (char *)object + f->offset);
    }
    check_required(r, shape, n);
}

size_t schema_read(const struct shape *shape, const struct node *node, void *object,
                   struct arena *a, struct diag_list *d)
{
    struct reader r = {a, d, 0};
    read_object(&r, shape, node, object);
    return r.n_errors;
}
