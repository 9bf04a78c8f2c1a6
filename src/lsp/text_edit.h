// SPDX-License-Identifier: Apache-2.0
#ifndef LSP_TEXT_EDIT_H
#define LSP_TEXT_EDIT_H
/*
 * A model's text changed in one place, as its author would: comments, order, and every
 * byte of other places stay. The place is found in the outline (outline.h); what comes
 * of it is read by the reader (base/yaml.h) before and after, and an edit that changed
 * anything but the place, or not what was asked, is refused. So the outcome does not
 * rest on how the text is written.
 *
 * A path leads from the top through keys, or numbers in a sequence from 0, parted by
 * "/": "measures/strong-login/status", "relations/2".
 *
 * Every function appends the whole new text to `out`; but for EDIT_DONE, nothing.
 */
#include <stddef.h>

#include "base/buf.h"

enum text_edit_result {
    EDIT_DONE,
    EDIT_NOWHERE,   // the path, or what it should be in, is not there
    EDIT_TAKEN,     // what was to be added is there already
    EDIT_MALFORMED, // the value is no YAML, or more than one value
    EDIT_REFUSED,   // written so that the place cannot be changed alone (an anchor
                    // that others use, a text that is not read)
};

/*
 * Gives a key a value, whether it has one or not; the mapping that the key is in must
 * be there. `value` is YAML on one line: "decided", "[a, b]", "{en: Lock, ja:
 * \"...\"}". Comments within a value that is replaced go with it.
 */
enum text_edit_result text_edit_set(const char *text, size_t len, const char *path,
                                    const char *value, struct buf *out);

/*
 * Adds an entry at the end of a section, which is made if it is not there. `section` is
 * a path; `id` the key of the entry, or NULL to add to a sequence. `block` is the
 * entry's value: one on one line, as in text_edit_set, or the lines of a mapping,
 * "kind: door-lock\nzone: home\n", which come to stand below the id.
 */
enum text_edit_result text_edit_add(const char *text, size_t len, const char *section,
                                    const char *id, const char *block, struct buf *out);

/* Takes an entry away, with what it holds. Comments beside it go, those above stay. */
enum text_edit_result text_edit_drop(const char *text, size_t len, const char *path,
                                     struct buf *out);

/* A string as a YAML value on one line: in quotes where it has to be. Control
 * characters but line breaks and tabs are escaped, which the reader refuses. */
void text_edit_word(struct buf *out, const char *s);
#endif
