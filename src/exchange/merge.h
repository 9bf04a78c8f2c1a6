// SPDX-License-Identifier: Apache-2.0
#ifndef EXCHANGE_MERGE_H
#define EXCHANGE_MERGE_H
/*
 * Changes to the text of a model that leave the rest of it as it is, comments and order
 * included. What is wanted is a tree of keys; where the text has a key in block style,
 * its lines are replaced; an entry in flow style ({...}) that changes is written anew
 * in block style; what is new is added at the end of what it belongs to. Each new line
 * knows where its value came from, so that a message of the reader about the line
 * becomes one about a cell.
 */
#include "base/buf.h"
#include "base/yaml.h"

/* Where a value came from: a cell, numbered by the caller. 0: nowhere. */
typedef uint32_t source;

/* A key, and what it is to be. */
struct want {
    struct want *next, *first, *last; // children, of what has keys of its own
    const char *key;
    const char *yaml; // the value on one line; NULL with children: a mapping; else the
                      // key is to go
    source from;
    uint8_t is_old; // the text must have it: what is not there is in another file
};

struct want *want_add(struct arena *a, struct want *parent, const char *key,
                      source from);
/* The child of that key, or NULL. */
struct want *want_get(const struct want *parent, const char *key);

/* A line of the text that comes out. */
struct merge_line {
    const char *text;
    size_t len;
    uint32_t line; // of the text that went in; 0: new
    source from;   // of a new line; of an old one the entry that it begins, or 0
};

struct merged {
    struct merge_line *lines;
    size_t n, cap;
    int is_partial; // something could not be changed in its place: see below
};

/*
 * Applies the wants to a text whose tree is `root` (of file `file`). is_partial is set
 * when what must be changed is no mapping, shares its line with others, or is in
 * another file; the result is then not to be used. Lines live in the arena, or in the
 * text.
 */
void merge_text(struct merged *m, const char *text, size_t len, const struct node *root,
                const struct want *wants, struct arena *a);
void merged_fini(struct merged *m);
/* All lines, one after the other. */
void merged_text(const struct merged *m, struct buf *out);
#endif
