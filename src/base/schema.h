// SPDX-License-Identifier: Apache-2.0
#ifndef BASE_SCHEMA_H
#define BASE_SCHEMA_H
/*
 * A file format as a table. A `shape` lists the keys of one kind of mapping: name,
 * type, where the value goes in a C struct, what it may refer to, and what it
 * means in both languages. From the same table come the reader (schema_read), the
 * check of references (schema_resolve), the writer (schema_write), the JSON Schema
 * for editors (schema_json) and the manual page (schema_manual): they cannot differ.
 *
 * What is read lives in the arena given; structs are plain data.
 */
#include "base/buf.h"
#include "base/intern.h"
#include "base/text.h"
#include "base/yaml.h"

enum field_type {
    FIELD_TEXT,    // struct text: "plain" or {ja: , en: }
    FIELD_TEXTS,   // struct list of struct text
    FIELD_STRING,  // const char *
    FIELD_STRINGS, // struct list of const char *
    FIELD_ID,      // const char *, checked as identifier
    FIELD_BOOL,    // uint8_t, enum tri
    FIELD_INT,     // int32_t; within `of` (struct range) if there is one
    FIELD_NUMBER,  // struct number; likewise
    FIELD_CHOICE,  // uint8_t: a value of `of` (struct choice_set); 0 when absent
    FIELD_CHOICES, // uint32_t: 1 << value for each; CHOICES_EMPTY for an empty list
    FIELD_DATE,    // int32_t yyyymmdd; 0 when absent
    FIELD_MONEY,   // struct money
    FIELD_REF,     // struct ref
    FIELD_REFS,    // struct list of struct ref; a single one may stand without []
    FIELD_STRUCT,  // a struct of shape `of`, in place
    FIELD_LIST,    // struct list of structs of shape `of`
    FIELD_MAP,     // struct list of structs of shape `of` that begin with struct entry
    FIELD_NODE,    // const struct node *: read by its owner
    /*
     * No key of the file (key NULL): uint8_t, TRI_YES once the mapping was read, else
     * TRI_UNSET. For a shape whose mapping means something even when all its values
     * are zero; without it a FIELD_STRUCT is there when any of its values is.
     */
    FIELD_PRESENCE,
};

enum field_flags {
    FIELD_REQUIRED = 1, // it must be given; a list, set or map with at least one entry
    FIELD_SOME = 2,     // of a list, set or map: when given, with at least one entry
    FIELD_VERSION = 4,  // of FIELD_INT: the one version that is read, as it is written
    FIELD_RESULT = 8,   // of a reference: it may be CLASS@ASSET, too
    FIELD_SHORT = 16,   // of FIELD_STRUCT, and of the entries of FIELD_MAP: a value
                        // that is no mapping stands for one with only the first key
    FIELD_SUBJECT =
        32, // of FIELD_STRING: the id of a result, CLASS@ASSET, incident:ID,
            // requirement:ID or map:STAKEHOLDER; it may have gone
};

/* From least to greatest, both included. */
struct range {
    double least, greatest;
};

/*
 * What FIELD_CHOICES holds for `[]`, so that it differs from 0, absent. It is no
 * choice: leave it out (& ~CHOICES_EMPTY) when sets are compared with each other.
 */
#define CHOICES_EMPTY (1u << 31)

enum tri { TRI_UNSET, TRI_NO, TRI_YES };

struct number {
    double value;
    int is_set;
};

/* An amount of money: value in units of the ISO 4217 currency; unit "" when absent. */
struct money {
    double value;
    char unit[4];
};

struct list {
    void *items;
    uint32_t n;
};

#define REF_NONE UINT32_MAX

/* A reference by id; index and section are set by schema_resolve. */
struct ref {
    const char *id;   // NULL when absent
    uint32_t index;   // in its section, or REF_NONE
    uint32_t section; // which alternative of the field's target: 0, 1, ...
    struct place at;
};

/* What every member of a FIELD_MAP begins with. */
struct entry {
    const char *id;
    struct place at;
    uint32_t key_index; // where the key itself is a reference: its index, or REF_NONE
};

struct choice {
    const char *name;
    int value;
    struct text text;
};

struct choice_set {
    const char *name;
    const struct choice *items;
    size_t n;
};

struct field { // NOLINT: in the order in which tables are written
    const char *key;
    enum field_type type;
    size_t offset;
    const void *of;     // struct choice_set *, struct shape * or struct range *
    const char *target; // of references, or of a map's keys: "components|flows"
    unsigned flags;
    struct text doc;
};

struct shape {
    struct text name; // as messages call one, e.g. "a flow"
    size_t size;
    const struct field *fields;
    size_t n_fields;
    struct text doc;
};

/* One section that references may point into: name -> ids. */
struct scope {
    const char *name;
    struct strmap ids;
    const char *lister; // the command that lists them; NULL: they are in the file
};

/* For writing the tables: a set of choices, a field, a shape from NAME_fields. */
// clang-format off
#define SCHEMA_SET(variable, label, ...)                                               \
    static const struct choice variable##_items[] = {__VA_ARGS__};                     \
    const struct choice_set variable = {label, variable##_items,                       \
                                        sizeof variable##_items / sizeof(struct choice)};
#define SCHEMA_FIELD(type, key, kind, member, of, target, flags, en, ja)               \
    {key, kind, offsetof(type, member), of, target, flags, {{en, ja}}}
#define SCHEMA_SHAPE(name, label_en, label_ja, type, en, ja)                           \
    static const struct shape name##_shape = {                                         \
        {{label_en, label_ja}}, sizeof(type), name##_fields,                           \
        sizeof name##_fields / sizeof(struct field), {{en, ja}},                       \
    };
// clang-format on

/* Name of a value in a set, "" if it has none. */
const char *choice_name(const struct choice_set *set, int value);
/* Text of a value in both languages. */
struct text choice_text(const struct choice_set *set, int value);
/* The value with that name, or -1. */
int choice_value(const struct choice_set *set, const char *name);

/* The row of a key, or NULL. */
const struct field *schema_field(const struct shape *shape, const char *key);

/*
 * Reads a mapping node into `object` (shape->size zeroed bytes). All errors go to d;
 * returns the number of errors added. What could be read is there in any case.
 */
size_t schema_read(const struct shape *shape, const struct node *node, void *object,
                   struct arena *a, struct diag_list *d);

/*
 * Resolves references of `object` into the scopes given; a field none of whose target
 * sections is among the scopes is left for a later call. Returns errors added.
 */
size_t schema_resolve(const struct shape *shape, void *object,
                      const struct scope *scopes, size_t n_scopes, struct arena *a,
                      struct diag_list *d);

/* Adds the ids of a FIELD_MAP's entries to a scope. */
void schema_scope(struct scope *scope, const char *name, const struct list *entries,
                  size_t entry_size);

/*
 * Writes `object` as YAML that schema_read reads back to the same object, places
 * apart. Canonical: keys in the order of the table, what is absent left out, texts
 * double-quoted; the same object gives the same bytes. An object read without errors
 * is read back without errors.
 */
void schema_write(const struct shape *shape, const void *object, struct buf *out);

/* Appends a text as a double-quoted scalar of YAML, on one line. */
void schema_quote(struct buf *out, const char *s);

/*
 * Writes the JSON Schema (draft 2020-12) of the shape as root, its $id a URI. Shapes
 * below it become $defs; descriptions are in one language.
 */
void schema_json(const struct shape *shape, const char *id, enum lang lang,
                 struct buf *out);

/*
 * Writes the reference of all keys as Markdown, in one language: a section for each
 * shape, in the order in which they are met, with the anchor that schema_json uses as
 * the name of its definition.
 */
void schema_manual(const struct shape *shape, enum lang lang, struct buf *out);

/* 1 if s may be an identifier: letters, digits, '-', '_', at most 64, no '-' first. */
int schema_is_id(const char *s);

/* 1 if a list, set or map must not be empty when it is given. */
int schema_wants_some(const struct field *f);

/*
 * Parses "10 MJPY" (number, optional k M G T, currency); 1 if well formed: at most 20
 * digits on either side of the point, at most 2 in the exponent; 0 or from 1e-30 to
 * 1e30.
 */
int money_parse(const char *s, struct money *money);

/* Parses yyyy-mm-dd into yyyymmdd; 0 if it is not a date. */
int32_t date_parse(const char *s);
#endif
