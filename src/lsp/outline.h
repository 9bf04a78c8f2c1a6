// SPDX-License-Identifier: Apache-2.0
#ifndef LSP_OUTLINE_H
#define LSP_OUTLINE_H
/*
 * The structure of a YAML text that need not be right: what someone is typing. Keys and
 * values with the bytes they take, found by indentation and brackets, so that a line
 * that is half there spoils nothing but itself. Of a text that base/yaml.c reads, the
 * outline has the same keys and values at the same places (tests/unit/lsp.c); what is
 * rare in models (keys that are collections, texts over several lines) it has only in
 * its extent. It decides no question of right or wrong: that is the reader's.
 *
 * Then each key and value is given its row of the model's tables.
 */
#include "base/schema.h"

/* Bytes of the text, the last one not included. */
struct span {
    size_t from, to;
};

enum spot_kind { SPOT_NOTHING, SPOT_SCALAR, SPOT_SEQUENCE, SPOT_MAPPING };

/* A value, and the key that it has in a mapping. */
struct spot {
    struct spot *parent, *first, *last, *next;
    const char *key;        // NULL: none
    const char *text;       // of a scalar
    struct span key_at, at; // quotes included; `at` of nothing: where it would stand
    uint8_t kind;           // enum spot_kind
    uint8_t is_bare;        // a word where a key is to stand, without its colon
    uint8_t is_quoted, is_block;
    // by the tables:
    const struct shape *shape;   // its keys, if it is a mapping, or were it one
    const struct field *field;   // what its value is, or each of its values
    const struct field *entries; // of a map: its keys are identifiers
};

struct outline {
    struct arena arena;
    struct spot *root; // a mapping, or nothing
};

/* Spots more deeply nested than LIMIT_DEPTH are left out. `text` must live as long. */
void outline_make(struct outline *o, const char *text, size_t len,
                  const struct shape *shape);
void outline_fini(struct outline *o);

/* The spot after s in the order of the text, or NULL: its first, next, or the next of
 * one around it. */
struct spot *outline_next(const struct spot *s);

/* The innermost spot whose key or value holds the byte, ends included; or NULL. */
struct spot *outline_at(const struct outline *o, size_t byte);

int span_holds(struct span s, size_t byte); // ends included

/* 1 if the outline has the same keys and words, at the same places, as what was read.
 */
int outline_agrees(const struct outline *o, const char *text, size_t len,
                   const struct node *root);
#endif
