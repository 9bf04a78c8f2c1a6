// SPDX-License-Identifier: Apache-2.0
#ifndef WEB_ASK_H
#define WEB_ASK_H
/*
 * What the files ask_*.c share: they answer calls of the API with what the commands
 * print. The work is done by the rooms below; here it is only asked for, with the
 * parameters that the contract has checked.
 */
#include "page/term.h"
#include "web/contract.h"

#define ASK_PLAIN    "text/plain; charset=utf-8"
#define ASK_MARKDOWN "text/markdown; charset=utf-8"

/* Answers from a model without errors, assessed. */
typedef void ask_fn(struct exchange *ex, const struct view *v);

/* The answer of the path's system as it is now, or of a view, which is closed; of a
 * model with errors, these. */
void ask_of_system(struct exchange *ex, ask_fn *answer);
void ask_of_view(struct exchange *ex, struct view *v, ask_fn *answer);

/* Answers what is wrong with a model, and what an organization's rules found. */
void ask_put_check(struct exchange *ex, const struct view *v, int64_t version,
                   const struct diag_list *found);

/* 1 if the body is of a type; 0 after an answer. */
int ask_is_type(struct exchange *ex, const char *type);
/* 1 if the body is YAML, and no larger than a model may be; 0 after an answer. */
int ask_is_posted(struct exchange *ex);

/* 1 if the parameter `format` asks for text as a terminal shows it; then the type of
 * the answer is that. */
int ask_is_text(struct exchange *ex);
/* How such text is written: without colours, its lines not broken. */
struct term ask_term(const struct exchange *ex);

/* 404 instead of an empty figure: there is nothing to draw. */
void ask_nothing_drawn(struct exchange *ex);

/* Begins an answer of a type, whose text is a constant. */
void ask_begin(struct exchange *ex, const char *type);
#endif
