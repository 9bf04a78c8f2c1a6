// SPDX-License-Identifier: Apache-2.0
/*
 * The writer of table-described files; see schema.h. One row of a table per field
 * type: whether a value is there, how it is written, and what stands for a required
 * one without content. Collections of structs go in block style, everything short in
 * flow style; strings are always quoted, so that none is taken for null or a number.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/schema.h"

struct writer {
    struct buf *out;
    unsigned indent; // spaces
    int after_dash;  // "- " was written: the line has begun already
};

struct field_kind {
    int (*is_given)(const struct field *f, const void *slot);
    void (*write)(struct writer *w, const struct field *f, const void *slot);
    const char *empty; // of a required value without content; NULL: leave it out
};

static const struct field_kind *kind_of(enum field_type type);

/* Begins a line, unless a dash has. */
static void begin_line(struct writer *w)
{
    if (!w->after_dash) buf_printf(w->out, "%*s", (int)w->indent, "");
    w->after_dash = 0;
}

static void put_dash(struct writer *w)
{
    begin_line(w);
    buf_str(w->out, "- ");
}

/* What the scanner takes for a line break or cannot take at all. */
static int must_escape(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 ||
           c == 0xFEFF || c == 0xFFFE || c == 0xFFFF || c == '"' || c == '\\';
}

static void put_escaped(struct buf *out, uint32_t c)
{
    static const struct {
        uint32_t character;
        const char *escape;
    } short_forms[] = {
        {'"',  "\\\""},
        {'\\', "\\\\"},
        {'\n', "\\n" },
        {'\t', "\\t" }
    };
    for (size_t i = 0; i < sizeof short_forms / sizeof *short_forms; i++) {
        if (short_forms[i].character == c) {
            buf_str(out, short_forms[i].escape);
            return;
        }
    }
    buf_printf(out, "\\u%04X", (unsigned)c);
}

/* A double-quoted scalar that is JSON, too. */
void schema_quote(struct buf *out, const char *s)
{
    size_t len = strlen(s), start = 0, used = 0;
    buf_char(out, '"');
    for (size_t i = 0; i < len; i += used) {
        uint32_t c = text_decode(s + i, len - i, &used);
        int malformed = c == 0xFFFD && used == 1;
        if (!malformed && !must_escape(c)) continue;
        buf_add(out, s + start, i - start);
        put_escaped(out, c);
        start = i + used;
    }
    buf_add(out, s + start, len - start);
    buf_char(out, '"');
}

/* An identifier; plain where nothing else can be read from it. */
static void put_word(struct buf *out, const char *s)
{
    if (schema_is_id(s) && yaml_plain_type(s) == SCALAR_TEXT)
        buf_str(out, s);
    else
        schema_quote(out, s);
}

/* Shortest of 15 to 17 digits that reads back. */
static void print_double(char *text, size_t size, double value)
{
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, size, "%.*g", digits, value);
        if (strtod(text, NULL) == value) // NOLINT: exact round trip is meant
            return;
    }
}

static void put_text(struct buf *out, const struct text *t)
{
    static const struct {
        enum lang lang;
        const char *key;
    } langs[] = {
        {LANG_JA, "ja"},
        {LANG_EN, "en"}
    };
    const char *ja = t->in[LANG_JA], *en = t->in[LANG_EN];
    if (ja && en && strcmp(ja, en) == 0) {
        schema_quote(out, ja);
        return;
    }
    buf_char(out, '{');
    for (size_t i = 0; i < N_LANGS; i++) {
        const char *s = t->in[langs[i].lang];
        if (s == NULL) continue;
        buf_printf(out, "%s%s: ", i > 0 && ja ? ", " : "", langs[i].key);
        schema_quote(out, s);
    }
    buf_char(out, '}');
}

// ---- whether a value is there

static int text_is_given(const struct field *f, const void *slot)
{
    (void)f;
    return !text_empty(*(const struct text *)slot);
}

static int string_is_given(const struct field *f, const void *slot)
{
    (void)f;
    return *(const char *const *)slot != NULL;
}

static int byte_is_given(const struct field *f, const void *slot)
{
    (void)f;
    return *(const uint8_t *)slot != 0;
}

static int int_is_given(const struct field *f, const void *slot)
{
    (void)f;
    return *(const int32_t *)slot != 0;
}

static int number_is_given(const struct field *f, const void *slot)
{
    (void)f;
    return ((const struct number *)slot)->is_set;
}

static int choices_are_given(const struct field *f, const void *slot)
{
    (void)f;
    return *(const uint32_t *)slot != 0;
}

static int money_is_given(const struct field *f, const void *slot)
{
    (void)f;
    return ((const struct money *)slot)->unit[0] != '\0';
}

static int ref_is_given(const struct field *f, const void *slot)
{
    (void)f;
    return ((const struct ref *)slot)->id != NULL;
}

static int list_is_given(const struct field *f, const void *slot)
{
    (void)f;
    return ((const struct list *)slot)->n > 0;
}

static int node_is_given(const struct field *f, const void *slot)
{
    (void)f;
    return *(const struct node *const *)slot != NULL;
}

/* By its presence field where the shape has one, else when any value in it is given. */
static int struct_is_given(const struct field *f, const void *slot)
{
    const struct shape *shape = f->of;
    int any = 0;
    for (size_t i = 0; i < shape->n_fields; i++) {
        const struct field *inner = &shape->fields[i];
        const void *value = (const char *)slot + inner->offset;
        if (inner->type == FIELD_PRESENCE) // decides alone
            return *(const uint8_t *)value == TRI_YES;
        any = any || kind_of(inner->type)->is_given(inner, value);
    }
    return any;
}

/* 1 if a line is to be written for the field. */
static int is_written(const struct field *f, const void *slot)
{
    if (f->type == FIELD_PRESENCE) return 0;
    if (f->type == FIELD_CHOICE) // zero is absent unless it has a name
        return choice_name(f->of, *(const uint8_t *)slot)[0] != '\0';
    const struct field_kind *kind = kind_of(f->type);
    if (kind->is_given(f, slot)) return 1;
    return (f->flags & FIELD_REQUIRED) && (kind->empty || f->type == FIELD_INT);
}

static int object_is_empty(const struct shape *shape, const void *object)
{
    for (size_t i = 0; i < shape->n_fields; i++) {
        const struct field *f = &shape->fields[i];
        if (is_written(f, (const char *)object + f->offset)) return 0;
    }
    return 1;
}

// ---- values on the line of their key: written with the blank before them

static void write_text(struct writer *w, const struct field *f, const void *slot)
{
    (void)f;
    buf_char(w->out, ' ');
    put_text(w->out, slot);
    buf_char(w->out, '\n');
}

static void write_string(struct writer *w, const struct field *f, const void *slot)
{
    (void)f;
    buf_char(w->out, ' ');
    schema_quote(w->out, *(const char *const *)slot);
    buf_char(w->out, '\n');
}

static void write_id(struct writer *w, const struct field *f, const void *slot)
{
    (void)f;
    buf_char(w->out, ' ');
    put_word(w->out, *(const char *const *)slot);
    buf_char(w->out, '\n');
}

static void write_bool(struct writer *w, const struct field *f, const void *slot)
{
    (void)f;
    buf_str(w->out, *(const uint8_t *)slot == TRI_YES ? " true\n" : " false\n");
}

static void write_int(struct writer *w, const struct field *f, const void *slot)
{
    (void)f;
    buf_printf(w->out, " %d\n", (int)*(const int32_t *)slot);
}

static void write_number(struct writer *w, const struct field *f, const void *slot)
{
    char text[32];
    (void)f;
    print_double(text, sizeof text, ((const struct number *)slot)->value);
    buf_printf(w->out, " %s\n", text);
}

static void write_choice(struct writer *w, const struct field *f, const void *slot)
{
    buf_printf(w->out, " %s\n", choice_name(f->of, *(const uint8_t *)slot));
}

static void write_choices(struct writer *w, const struct field *f, const void *slot)
{
    const struct choice_set *set = f->of;
    uint32_t mask = *(const uint32_t *)slot;
    const char *separator = "";
    buf_str(w->out, " [");
    for (size_t i = 0; i < set->n; i++) {
        if (!(mask >> set->items[i].value & 1)) continue;
        buf_printf(w->out, "%s%s", separator, set->items[i].name);
        separator = ", ";
    }
    buf_str(w->out, "]\n");
}

static void write_date(struct writer *w, const struct field *f, const void *slot)
{
    int date = (int)*(const int32_t *)slot;
    (void)f;
    buf_printf(w->out, " %04d-%02d-%02d\n", date / 10000, date / 100 % 100, date % 100);
}

/* The shortest form that reads back to the same amount: 2000000 JPY is 2 MJPY. */
static void write_money(struct writer *w, const struct field *f, const void *slot)
{
    static const char *const prefixes[] = {"T", "G", "M", "k", ""};
    static const double factors[] = {1e12, 1e9, 1e6, 1e3, 1};
    const struct money *money = slot;
    char best[64] = "";
    (void)f;
    for (size_t i = 0; i < sizeof factors / sizeof *factors; i++) {
        char number[32], text[64];
        struct money back = {0};
        print_double(number, sizeof number, money->value / factors[i]);
        snprintf(text, sizeof text, "%s %s%s", number, prefixes[i], money->unit);
        int same = money_parse(text, &back) && back.value == money->value; // NOLINT
        if (same && (best[0] == '\0' || strlen(text) < strlen(best)))
            memcpy(best, text, sizeof best);
    }
    buf_printf(w->out, " %s\n", best);
}

static void write_ref(struct writer *w, const struct field *f, const void *slot)
{
    (void)f;
    buf_char(w->out, ' ');
    put_word(w->out, ((const struct ref *)slot)->id);
    buf_char(w->out, '\n');
}

static void write_refs(struct writer *w, const struct field *f, const void *slot)
{
    const struct list *list = slot;
    (void)f;
    buf_str(w->out, " [");
    for (uint32_t i = 0; i < list->n; i++) {
        if (i > 0) buf_str(w->out, ", ");
        put_word(w->out, ((const struct ref *)list->items)[i].id);
    }
    buf_str(w->out, "]\n");
}

// ---- values on lines of their own

static void write_strings(struct writer *w, const struct field *f, const void *slot)
{
    const struct list *list = slot;
    (void)f;
    buf_char(w->out, '\n');
    w->indent += 2;
    for (uint32_t i = 0; i < list->n; i++) {
        put_dash(w);
        schema_quote(w->out, ((const char *const *)list->items)[i]);
        buf_char(w->out, '\n');
    }
    w->indent -= 2;
}

static void write_texts(struct writer *w, const struct field *f, const void *slot)
{
    const struct list *list = slot;
    (void)f;
    buf_char(w->out, '\n');
    w->indent += 2;
    for (uint32_t i = 0; i < list->n; i++) {
        put_dash(w);
        put_text(w->out, (const struct text *)list->items + i);
        buf_char(w->out, '\n');
    }
    w->indent -= 2;
}

static void write_object(struct writer *w, const struct shape *shape,
                         const void *object)
{
    for (size_t i = 0; i < shape->n_fields; i++) {
        const struct field *f = &shape->fields[i];
        const void *slot = (const char *)object + f->offset;
        if (!is_written(f, slot)) continue;
        const struct field_kind *kind = kind_of(f->type);
        int is_hollow = kind->empty && !kind->is_given(f, slot);
        begin_line(w);
        buf_printf(w->out, "%s:", f->key);
        if (is_hollow && f->type != FIELD_STRUCT)
            buf_printf(w->out, " %s\n", kind->empty);
        else
            kind->write(w, f, slot);
    }
}

/* The object below a key: {} on its line, or indented lines. */
static void write_below(struct writer *w, const struct shape *shape, const void *object)
{
    if (object_is_empty(shape, object)) {
        buf_str(w->out, " {}\n");
        return;
    }
    buf_char(w->out, '\n');
    w->indent += 2;
    write_object(w, shape, object);
    w->indent -= 2;
}

static void write_struct(struct writer *w, const struct field *f, const void *slot)
{
    write_below(w, f->of, slot);
}

static void write_list(struct writer *w, const struct field *f, const void *slot)
{
    const struct shape *shape = f->of;
    const struct list *list = slot;
    const char *item = list->items;
    buf_char(w->out, '\n');
    w->indent += 2;
    for (uint32_t i = 0; i < list->n; i++, item += shape->size) {
        put_dash(w);
        if (object_is_empty(shape, item)) {
            buf_str(w->out, "{}\n");
            continue;
        }
        w->after_dash = 1;
        w->indent += 2;
        write_object(w, shape, item);
        w->indent -= 2;
    }
    w->indent -= 2;
}

static void write_map(struct writer *w, const struct field *f, const void *slot)
{
    const struct shape *shape = f->of;
    const struct list *list = slot;
    const char *item = list->items;
    buf_char(w->out, '\n');
    w->indent += 2;
    for (uint32_t i = 0; i < list->n; i++, item += shape->size) {
        begin_line(w);
        put_word(w->out, ((const struct entry *)(const void *)item)->id);
        buf_char(w->out, ':');
        write_below(w, shape, item);
    }
    w->indent -= 2;
}

// ---- nodes, kept as they were read

/* Plain scalars that stay what they are when written plain: words and numbers. */
static int is_plain(const struct node *n)
{
    const char *digits = n->text + (n->text[0] == '-');
    if (n->quoted) return 0;
    return schema_is_id(n->text) || (digits[0] >= '0' && digits[0] <= '9' &&
                                     strspn(digits, "0123456789.") == strlen(digits));
}

static void put_scalar(struct buf *out, const struct node *n)
{
    if (n->kind != NODE_SCALAR)
        buf_str(out, n->kind == NODE_MAPPING ? "{}" : "[]");
    else if (node_is_null(n))
        buf_str(out, "null");
    else if (is_plain(n))
        buf_str(out, n->text);
    else
        schema_quote(out, n->text);
}

static int is_short(const struct node *n)
{
    return n->kind == NODE_SCALAR || n->n == 0;
}

/* The entries of a collection that has some, each on a line of its own. */
static void write_entries(struct writer *w, const struct node *n)
{
    const struct node *e = n->first;
    for (uint32_t i = 0; i < n->n && e; i++, e = e->next) {
        begin_line(w);
        if (n->kind == NODE_MAPPING) put_word(w->out, e->key);
        buf_char(w->out, n->kind == NODE_MAPPING ? ':' : '-');
        if (is_short(e)) {
            buf_char(w->out, ' ');
            put_scalar(w->out, e);
            buf_char(w->out, '\n');
            continue;
        }
        w->after_dash = n->kind == NODE_SEQUENCE;
        buf_char(w->out, w->after_dash ? ' ' : '\n');
        w->indent += 2;
        write_entries(w, e);
        w->indent -= 2;
    }
}

static void write_node(struct writer *w, const struct field *f, const void *slot)
{
    const struct node *n = *(const struct node *const *)slot;
    (void)f;
    buf_char(w->out, is_short(n) ? ' ' : '\n');
    if (is_short(n)) {
        put_scalar(w->out, n);
        buf_char(w->out, '\n');
        return;
    }
    w->indent += 2;
    write_entries(w, n);
    w->indent -= 2;
}

// clang-format off
static const struct field_kind kinds[] = {
    [FIELD_TEXT] = {text_is_given, write_text, "{}"},
    [FIELD_TEXTS] = {list_is_given, write_texts, "[]"},
    [FIELD_STRING] = {string_is_given, write_string, NULL},
    [FIELD_STRINGS] = {list_is_given, write_strings, "[]"},
    [FIELD_ID] = {string_is_given, write_id, NULL},
    [FIELD_BOOL] = {byte_is_given, write_bool, NULL},
    [FIELD_INT] = {int_is_given, write_int, NULL},
    [FIELD_NUMBER] = {number_is_given, write_number, NULL},
    [FIELD_CHOICE] = {byte_is_given, write_choice, NULL},
    [FIELD_CHOICES] = {choices_are_given, write_choices, NULL},
    [FIELD_DATE] = {int_is_given, write_date, NULL},
    [FIELD_MONEY] = {money_is_given, write_money, NULL},
    [FIELD_REF] = {ref_is_given, write_ref, NULL},
    [FIELD_REFS] = {list_is_given, write_refs, "[]"},
    [FIELD_STRUCT] = {struct_is_given, write_struct, "{}"},
    [FIELD_LIST] = {list_is_given, write_list, "[]"},
    [FIELD_MAP] = {list_is_given, write_map, "{}"},
    [FIELD_NODE] = {node_is_given, write_node, NULL},
};
// clang-format on

static const struct field_kind *kind_of(enum field_type type)
{
    return &kinds[type];
}

void schema_write(const struct shape *shape, const void *object, struct buf *out)
{
    struct writer w = {out, 0, 0};
    if (object_is_empty(shape, object))
        buf_str(out, "{}\n");
    else
        write_object(&w, shape, object);
}
