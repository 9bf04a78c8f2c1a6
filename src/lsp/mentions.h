// SPDX-License-Identifier: Apache-2.0
#ifndef LSP_MENTIONS_H
#define LSP_MENTIONS_H
/*
 * Where a text defines identifiers, and where it uses them: keys of maps, references,
 * and the parts of a subject (CLASS@ASSET, incident:ID, ...).
 */
#include "lsp/outline.h"

struct mention {
    const char *targets; // sections that may define it, "components|flows"
    const char *id;
    struct span at; // of the identifier alone: no quotes
    const struct spot *spot;
    uint8_t is_definition; // targets is then one section
};

struct mentions {
    struct mention *items; // in the order of the text
    size_t n, cap;
    struct strmap definitions; // "section/id" -> index
    struct arena arena;
};

void mentions_make(struct mentions *m, const struct outline *o, const char *text);
void mentions_fini(struct mentions *m);

/* The mention that holds the byte, ends included; NULL if there is none. */
const struct mention *mentions_at(const struct mentions *m, size_t byte);

/* The definition in a section, `len` bytes of its name, or NULL. */
const struct mention *mentions_defined(const struct mentions *m, const char *section,
                                       size_t len, const char *id);

/* The first definition in one of several sections, or NULL. */
const struct mention *mentions_definition(const struct mentions *m, const char *targets,
                                          const char *id);
#endif
