// SPDX-License-Identifier: Apache-2.0
#ifndef WEB_JOIN_H
#define WEB_JOIN_H
/*
 * Two changes of one text, joined where nobody has to decide. `mine` was made of `base`
 * while somebody else made `theirs` of it. What counts is entries, such as one measure
 * or one decision: if no entry was changed by both, both changes hold in what comes
 * out, and nothing else does; that is proved by reading all four texts, so it does not
 * rest on how they were merged. An entry that both changed, differently, is for people
 * (page_merge.c), even where the lines would not overlap.
 *
 * First the texts are merged by lines (merge.h). Where that leaves an overlap although
 * the entries are others, as with two that were added at the end of one section, my
 * change is made once more, of theirs: for that it is known as deeds. Pure.
 */
#include "lsp/text_edit.h"

enum deed_verb { DEED_SET, DEED_DROP, DEED_ADD, DEED_ADD_NUMBERED };

/* One edit in a text, as the functions of lsp/text_edit.h make it. */
struct deed {
    enum deed_verb verb;
    const char *path;  // of the value; of an entry that is added, of its section
    const char *id;    // of that entry; numbered: what stands before its number
    const char *value; // unless it is dropped
};

struct deeds {
    struct deed *items;
    size_t n;
};

/*
 * What my change is about beside the entries that it changes: they must not have
 * changed, added or dropped an entry of a section whose key has that value (a decision
 * on the same subject). Subject NULL: nor what that key says in any entry (a plan is
 * about all statuses, also those that it leaves). Section NULL: nothing.
 */
struct claim {
    const char *section, *key, *subject;
};

/*
 * Does deeds one after another, and appends the text; or none, and *failed is the path
 * of the first that could not be done. An entry that is there already is left as it is.
 * A numbered entry gets the first number that is free both here and in the text
 * `beside`, which may be "".
 */
enum text_edit_result deeds_do(const struct deeds *deeds, const char *text,
                               const char *beside, struct buf *out,
                               const char **failed);

struct join {
    const char *base, *mine, *theirs;
    struct deeds deeds; // that made mine of base; n 0: not known
    struct claim claim;
};

/* 1 and the joined text appended, or 0 and nothing: people must decide. */
int join_texts(const struct join *join, struct buf *out);
#endif
