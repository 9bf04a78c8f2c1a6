// SPDX-License-Identifier: Apache-2.0
#ifndef LSP_DESCRIBE_H
#define LSP_DESCRIBE_H
/* Keys, values and things in words, as Markdown, in one language. */
#include "lsp/things.h"

/* What a key means, what its value is, and what it may be. */
void describe_key(const struct field *f, enum lang lang, struct buf *out);
/* In a line: "text", "one of components, flows", ... */
void describe_type(const struct field *f, enum lang lang, struct buf *out);
void describe_choice(const struct choice *choice, enum lang lang, struct buf *out);
/* What an identifier stands for: its section, name, description, unit and range. */
void describe_thing(const struct thing *thing, enum lang lang, struct buf *out);
/* What a section holds: "component", from its table; its own name where it has none. */
const char *describe_section(const char *section, enum lang lang);

/* Appends text that comes from a model so that no editor takes it for markup: one that
 * shows Markdown may fetch its pictures. */
void describe_plain(const char *s, struct buf *out);
#endif
