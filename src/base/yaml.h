// SPDX-License-Identifier: Apache-2.0
#ifndef BASE_YAML_H
#define BASE_YAML_H
/*
 * YAML 1.2 text -> a tree of nodes that know their place. The scanner is libyaml;
 * this layer adds what hostile input needs: limits (limits.h), UTF-8 and NUL
 * checks, duplicate keys, aliases counted as what they expand to, one document,
 * no application tags. Scalars stay text; their type is decided by the reader.
 * The tree lives in the caller's arena.
 */
#include "base/diag.h"

enum node_kind { NODE_SCALAR, NODE_SEQUENCE, NODE_MAPPING };

struct node {
    struct node *next;  // the next entry of the same collection
    struct node *first; // of a collection: its first entry
    const char *key;    // of a mapping's entry: its key (interned per document)
    const char *text;   // of a scalar: its text, NUL-terminated
    struct place at;    // of the value
    uint32_t key_line, key_column;
    uint32_t n;     // of a collection: entries
    uint8_t kind;   // enum node_kind
    uint8_t quoted; // a scalar in quotes or a block scalar: always a string
};

/* The place of an entry's key, or of the value when it has none. */
struct place node_key_place(const struct node *n);

/* The entry of a mapping with that key, or NULL. */
struct node *node_get(const struct node *mapping, const char *key);

/* What a scalar is by YAML 1.2's core schema; one in quotes is a text. */
enum scalar_type { SCALAR_TEXT, SCALAR_NULL, SCALAR_BOOL, SCALAR_NUMBER };

enum scalar_type yaml_plain_type(const char *text); // without quotes
enum scalar_type node_type(const struct node *n);   // SCALAR_TEXT for a collection

/* 1 for a plain scalar that stands for null. */
int node_is_null(const struct node *n);

/* 1 if two values mean the same: however they are quoted, entries in the same order. */
int node_means_same(const struct node *a, const struct node *b);

/*
 * Reads a file into memory; returns its index in d->files, or -1 after an error
 * (missing, not a regular file, too large, not UTF-8). `from` is where the name
 * was given (place {0} from the command line). A file that another one names is not
 * quoted (is_foreign) until the caller knows it.
 */
int yaml_load(struct diag_list *d, const char *path, struct place from);

/* Registers a copy of a text that is at hand as the file of that name; its index, or -1
 * after an error (not UTF-8). */
int yaml_text(struct diag_list *d, const char *path, const char *text, size_t len);

/* Parses file `file` of d. NULL after an error (in d). An empty file is an error. */
struct node *yaml_parse(struct arena *a, struct diag_list *d, uint32_t file);
#endif
