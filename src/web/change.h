// SPDX-License-Identifier: Apache-2.0
#ifndef WEB_CHANGE_H
#define WEB_CHANGE_H
/*
 * A change of a model that a form asks for. It is made of the version whose page had
 * the form ("base"), whatever has been saved since: what a form states, it states of
 * what was seen. If there is a later version when it is to be saved, the two changes
 * are joined (join.h), which the next page tells; where both changed one entry, the
 * page of the merge asks (page_merge.c), with the reason that was given. Nothing is
 * saved that has errors, and nobody's change is lost.
 *
 * Programs have no such ease: they name the version and are refused.
 */
#include "web/join.h"
#include "web/seen.h"

struct change {
    struct exchange *ex;
    const char *base; // the text it is made of
    int64_t number;   // and its version
    struct buf text;  // with the deeds so far
    struct deeds deeds;
    size_t capacity;
    struct claim claim;
    const char *failed; // the path of the first deed that could not be done, or NULL
    int64_t joined;     // the version that was joined with, 0: none
};

/* The version that a form was made of: its field "base", -1 without. */
int64_t change_base(const struct request_form *form);
/* Opens that version of the path's system, to change it; -1 after an answer: there is
 * no such version or system, its model has errors, or a program's is not the latest. */
int change_open(struct exchange *ex, int64_t base, struct seen *s);

/* Begins a change of what is open. The change is freed with change_fini. */
struct change change_begin(struct exchange *ex, const struct seen *s);
void change_fini(struct change *c);
/* A change that is a whole text, made of that version; -1 after an answer. */
int change_whole(struct exchange *ex, int64_t base, const char *text, struct change *c);

/* Does one thing more, as lsp/text_edit.h says. What is there already when it is to be
 * added stays as it is, which is no change. */
void change_set(struct change *c, const char *path, const char *value);
void change_drop(struct change *c, const char *path);
void change_add(struct change *c, const char *section, const char *id,
                const char *block);
/* Adds an entry with the stem and the first free number as its id. */
void change_add_numbered(struct change *c, const char *section, const char *stem,
                         const char *block);

/*
 * Saves it: the number of the new version, or 0 after an answer. A change without deeds
 * is one of its whole text. If they have saved just the same (or a form was sent
 * twice), it is the number of theirs, and there is no new one.
 */
int64_t change_save(struct change *c, const char *why);

/* Saves it, if anything was changed, and goes to that page of the system. */
void change_finish(struct change *c, const char *why, const char *page);

/* After 303: the page that is gone to tells with whose change this one was joined. */
void change_tell(struct change *c, int64_t number);

/* That page tells it; frame.c. */
void change_notice(struct exchange *ex, const char *slug);
#endif
