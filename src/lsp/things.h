// SPDX-License-Identifier: Apache-2.0
#ifndef LSP_THINGS_H
#define LSP_THINGS_H
/*
 * What identifiers can refer to, by section: what the text itself defines, what its
 * included files do, what the catalog holds, and the parts of its digital twin.
 */
#include "catalog/catalog.h"
#include "lsp/mentions.h"

/* Where to look; all but the catalog may be NULL. */
struct knowledge {
    const struct outline *outline;
    const struct mentions *mentions;
    const struct catalog *catalog;
    const struct model *model; // of an earlier text perhaps, for its included files
};

struct thing {
    const char *section;
    const char *id;
    struct text name, about;
    const char *unit;             // of quantities of the twin, or NULL
    double least, most;           // likewise
    const struct mention *at;     // where the text defines it, or NULL
    const struct place *included; // where an included file does, or NULL
};

typedef void thing_visitor(void *told, const struct thing *thing);

/* Each thing of a section, whose name is `len` bytes; ids may come twice. */
void things_each(const struct knowledge *k, const char *section, size_t len,
                 thing_visitor *visit, void *told);

/* What an id of one of the sections "a|b" refers to; 0 if to nothing known. */
int things_find(const struct knowledge *k, const char *targets, const char *id,
                struct thing *thing);
#endif
